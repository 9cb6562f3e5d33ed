//! The head of a page: name, kind and why, how it began, who is there, and how it stands.

use egui::{Align, Layout, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::command::{command, key_of};
use crate::domain::{ClientId, Person, Table};
use crate::figures::proof::{ExitFigure, FigureKey, HealthFigure};
use crate::figures::{Figures, Page, Rung, at_place};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{buttons_ui, buttons_width, chip, focus_ring, ghost};
use crate::kit::{icon, number};
use crate::panels::key_figure::{key_figures, strip_ui};
use crate::panels::kind::{kind_tone, kind_words};
use crate::panels::proof::figure_place;
use crate::state::{Action, PageSection, Session};
use crate::written::capital;

/// Height of a line of the head in points.
const LINE: f32 = 22.0;
/// Height of the title in points.
const TITLE_HEIGHT: f32 = 32.0;
/// What stands beside the name at least: the kind.
const BESIDE_NAME: f32 = 120.0;
/// A name has at least so much room with its kind, or all that it needs: what one does with a client stands below it rather.
const LEAST_TITLE: f32 = 360.0;
/// How many people the head names; the others are a click away.
const PEOPLE: usize = 2;

/// Shows the head over the whole width.
pub(super) fn head_ui(ui: &mut Ui, page: &Page, figures: &Figures, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.spacing_mut().item_spacing.y = space::XXS;
    actions.extend(title_ui(ui, page));
    actions.extend(why_ui(ui, page, session));
    actions.extend(ends_ui(ui, page, session));
    actions.extend(beginning_ui(ui, page, figures, session));
    actions.extend(people_ui(ui, page));
    ui.add_space(space::M);
    actions.extend(strip_ui(ui, &key_figures(&page.row, &figures.clients), session));
    actions
}

/// The name, the kind and the tags; at the right what one does most with a client.
fn title_ui(ui: &mut Ui, page: &Page) -> Option<Action> {
    let does = [
        ("client.merge", "Merge"),
        ("touch.log", "Touch"),
        ("invoice.record_payment", "Payment"),
        ("client.edit", "Change"),
    ];
    let keys = does.map(|(id, _)| key_of(ui, id).unwrap_or_default());
    let buttons = does.into_iter().zip(&keys).map(|((id, label), key)| {
        let help = command(id).map(|command| command.help).unwrap_or_default();
        (ghost(label).key(key).help(help), id)
    });
    let buttons: Vec<_> = buttons.collect();
    let run = |ui: &mut Ui, buttons| {
        ui.spacing_mut().item_spacing.x = space::XXS;
        buttons_ui(ui, buttons).map(Action::Run)
    };
    let whole = ui.available_width();
    let beside = whole - buttons_width(ui, &buttons) - space::L;
    if beside < (name_width(ui, page) + BESIDE_NAME).min(LEAST_TITLE) {
        named_ui(ui, page, whole);
        return ui.horizontal(|ui| run(ui, buttons)).inner;
    }
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        named_ui(ui, page, beside);
        run(ui, buttons)
    });
    row.inner
}

/// The name, the kind and as many tags as have room.
fn named_ui(ui: &mut Ui, page: &Page, room: f32) {
    let tokens = Tokens::of(ui);
    ui.allocate_ui_with_layout(vec2(room, TITLE_HEIGHT), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(room);
        ui.spacing_mut().item_spacing.x = space::S;
        name_ui(ui, page);
        if let Some(decided) = &page.kind {
            chip(ui, kind_words(decided.kind), kind_tone(decided.kind));
        }
        for tag in &page.client.tags {
            let wanted = text::width(ui.painter(), tag, &Ink::second(tokens)) + space::S;
            if ui.available_width() > wanted {
                text::label(ui, tag, &Ink::second(tokens).colour(tokens.tertiary));
            }
        }
    });
}

fn name_ui(ui: &mut Ui, page: &Page) {
    let ink = name_ink(ui);
    let room = (ui.available_width() - BESIDE_NAME).max(80.0);
    let width = name_width(ui, page).min(room);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &page.client.name));
    text::paint(ui.painter(), rect, Align::Min, &page.client.name, &ink, Cut::Middle);
}

fn name_ink(ui: &Ui) -> Ink {
    Ink::new(size::TITLE, Tokens::of(ui).text).semibold()
}

fn name_width(ui: &Ui, page: &Page) -> f32 {
    text::width(ui.painter(), &page.client.name, &name_ink(ui)).ceil()
}

/// Why it is the kind of client it is, or that the facts do not tell.
fn why_ui(ui: &mut Ui, page: &Page, session: &Session) -> Vec<Action> {
    let row = ui.horizontal(|ui| {
        ui.set_min_height(LINE);
        ui.spacing_mut().item_spacing.x = space::XS;
        icon_ui(ui, icon::INFO);
        let Some(decided) = &page.kind else {
            word_ui(ui, "The facts do not decide yet what kind of client this is");
            return Vec::new();
        };
        let (words, why) = (kind_words(decided.kind), capital(&decided.why()));
        // What decides it is read to its end.
        let ink = Ink::new(size::BODY, Tokens::of(ui).secondary);
        let place = (ui.scope_id().with("kind"), ui.add(egui::Label::new(ink.rich(&why)).wrap()).rect);
        let key = FigureKey::Health(page.client.id.clone(), HealthFigure::Kind);
        figure_place(ui, place, (words, &why), &key, session)
    });
    row.inner
}

/// When it is agreed to end, where that lies ahead.
fn ends_ui(ui: &mut Ui, page: &Page, session: &Session) -> Vec<Action> {
    let Some(ends) = &page.leaving.ends else { return Vec::new() };
    let why = ends.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    let says = format!("Ends {}{why}", number::relative_date(ends.day, page.day));
    let row = ui.horizontal(|ui| {
        ui.set_height(LINE);
        ui.spacing_mut().item_spacing.x = space::XS;
        icon_ui(ui, icon::CROSS);
        let place = (ui.scope_id().with("ends"), word_ui(ui, &says).rect);
        let key = FigureKey::Exit(ExitFigure::Step(page.client.id.clone(), Rung::Leave));
        figure_place(ui, place, (&says, ""), &key, session)
    });
    row.inner
}

/// How it began, who introduced it, and whom it introduced.
fn beginning_ui(ui: &mut Ui, page: &Page, figures: &Figures, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let name_of = |id: &ClientId| figures.client(id).map(|client| client.name.clone());
    let met = page.client.met.as_ref().map(|met| {
        let place =
            met.place.as_deref().and_then(at_place).map(|place| format!(" {place}")).unwrap_or_default();
        let why = met.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("Met {}{place}{why}", number::relative_date(met.day, page.day))
    });
    let by = page.introduced_by.as_ref().and_then(|id| Some((id.clone(), name_of(id)?)));
    if met.is_none() && by.is_none() && page.introduced.is_empty() {
        return actions;
    }
    ui.horizontal(|ui| {
        ui.set_height(LINE);
        ui.spacing_mut().item_spacing.x = space::XS;
        icon_ui(ui, icon::CALENDAR);
        // Whether something stands before what comes next.
        let mut began = met.is_some();
        if let Some(met) = met {
            let place = (ui.scope_id().with("met"), word_ui(ui, &met).rect);
            let key = FigureKey::Record(Table::Clients, page.client.id.to_string());
            actions.extend(figure_place(ui, place, (&met, ""), &key, session));
        }
        if let Some((id, name)) = by {
            word_ui(ui, if began { "· introduced by" } else { "Introduced by" });
            began = true;
            if link_ui(ui, &name) {
                actions.push(Action::OpenClient(id));
            }
        }
        for (index, (id, name)) in page.introduced.iter().enumerate() {
            if ui.available_width() < 160.0 {
                word_ui(ui, &format!("and {} more", page.introduced.len() - index));
                break;
            }
            if index == 0 {
                word_ui(ui, if began { "· introduced" } else { "Introduced" });
            } else {
                ui.add_space(space::XS);
            }
            if link_ui(ui, name) {
                actions.push(Action::OpenClient(id.clone()));
            }
        }
    });
    actions
}

/// The first people with how to reach them, and how many more there are.
fn people_ui(ui: &mut Ui, page: &Page) -> Option<Action> {
    let people = &page.client.people;
    if people.is_empty() {
        return None;
    }
    let mut more = false;
    ui.horizontal(|ui| {
        ui.set_height(LINE);
        ui.spacing_mut().item_spacing.x = space::XS;
        icon_ui(ui, icon::CLIENT);
        for (index, person) in people.iter().take(PEOPLE).enumerate() {
            let says = reach(person);
            let ink = Ink::new(size::BODY, Tokens::of(ui).secondary);
            if index > 0 && ui.available_width() < text::width(ui.painter(), &says, &ink) + 60.0 {
                break;
            }
            if index > 0 {
                ui.add_space(space::M);
            }
            word_ui(ui, &says);
        }
        if people.len() > PEOPLE {
            ui.add_space(space::S);
            more = link_ui(ui, &format!("{} more", people.len() - PEOPLE));
        }
    });
    more.then_some(Action::ShowSection(PageSection::People))
}

/// A person with role, mail and telephone, as far as they are known.
fn reach(person: &Person) -> String {
    let decides = (person.decides == Some(true)).then_some("decides");
    let known = [person.role.as_deref(), decides, person.mail.as_deref(), person.phone.as_deref()];
    let known: Vec<&str> = known.into_iter().flatten().collect();
    let name = &person.name;
    if known.is_empty() { name.clone() } else { format!("{name}, {}", known.join(" · ")) }
}

fn icon_ui(ui: &mut Ui, icon: &str) {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, LINE), Sense::hover());
    text::paint(ui.painter(), rect, Align::Min, icon, &Ink::new(size::BODY, tokens.tertiary), Cut::Never);
}

fn word_ui(ui: &mut Ui, says: &str) -> Response {
    let ink = Ink::new(size::BODY, Tokens::of(ui).secondary);
    ui.add(egui::Label::new(ink.rich(says)).truncate())
}

/// A word that leads somewhere.
fn link_ui(ui: &mut Ui, says: &str) -> bool {
    let tokens = Tokens::of(ui);
    let ink = Ink::new(size::BODY, tokens.accent);
    let width = text::width(ui.painter(), says, &ink).ceil().min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, LINE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, says));
    let taken: Rect = text::paint(ui.painter(), rect, Align::Min, says, &ink, Cut::Middle);
    if response.hovered() {
        let line = egui::Stroke::new(1.0, tokens.accent);
        ui.painter().hline(taken.x_range(), taken.bottom() - 1.0, line);
    }
    if response.has_focus() {
        focus_ring(ui, rect.expand(2.0), 2);
    }
    response.clicked()
}
