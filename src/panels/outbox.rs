//! The outbox: the letters that wait, and the one that the hand is at beside them.

use egui::{Align, Frame, Id, Label, Layout, Margin, Panel, Rect, ScrollArea, Stroke, Ui, pos2, vec2};

use crate::command::key_of;
use crate::domain::is_mail_address;
use crate::figures::{Overtaken, Waiting};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{LINE, Tokens, size, space};
use crate::kit::widgets::{Button, Empty, Row, VirtualList, ghost, moved_cursor, primary, secondary};
use crate::kit::{icon, number};
use crate::state::{Action, Session, Shown, View};

use super::scroll::scroll_by_keys;

/// Height of a row in points: two lines.
const ROW: f32 = 56.0;
/// Below this width the letters and the one that is read stand one above the other, in points.
const BESIDE_FROM: f32 = 720.0;
/// A line longer than this is hard to follow, in points.
const WIDEST_TEXT: f32 = 640.0;
/// What stands under its text: the buttons, and that nothing is sent, in points.
const UNDER_TEXT: f32 = 72.0;
/// The buttons need so much for standing on one line, in points.
const BUTTONS: f32 = 480.0;

/// Shows the outbox in all the space there is.
#[must_use]
pub fn outbox_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    if shown.outbox.is_empty() {
        empty_ui(ui, shown, session);
        return actions;
    }
    let row = shown.row(session);
    let whole = ui.available_size();
    let surface = Tokens::of(ui).surface;
    let frame = Frame::new().fill(surface).inner_margin(Margin::symmetric(20, 16));
    let panel = if whole.x >= BESIDE_FROM {
        Panel::right("letter").exact_size((whole.x * 0.58).round())
    } else {
        Panel::bottom("letter").exact_size((whole.y * 0.6).round())
    };
    if let Some(waiting) = row.and_then(|row| shown.waiting(row)) {
        panel
            .resizable(false)
            .frame(frame)
            .show(ui, |ui| actions.extend(letter_ui(ui, waiting, shown, session)));
    }
    let reveal = moved_cursor(ui, "outbox", row);
    let list = VirtualList::new("outbox", "Outbox", shown.outbox.len()).row_height(ROW).reveal(reveal);
    list.show(ui, |ui, at| {
        let Some(waiting) = shown.waiting(at) else { return };
        let response = row_ui(ui, waiting, shown, row == Some(at));
        if response.clicked() || response.double_clicked() {
            actions.push(Action::Point(shown.cursor_at(session, at)));
        }
        if response.double_clicked() {
            actions.push(Action::Run("outbox.edit"));
        }
    });
    actions
}

fn empty_ui(ui: &mut Ui, shown: &Shown, session: &Session) {
    let filtered = !session.filters.of(View::Outbox).trim().is_empty();
    let sentence = match (filtered && !shown.figures.outbox.waiting.is_empty(), shown.looking) {
        (true, _) => "No letter holds every word of the filter.",
        (false, true) => "No letter waited on this day.",
        (false, false) => {
            "No letter waits. What you queue on Today, on Rates or on a client's way out waits here until you hand it over."
        }
    };
    let key = key_of(ui, if filtered { "app.back" } else { "view.today" });
    let what = if filtered { "leave the filter" } else { "go to Today" };
    Empty { icon: icon::MAIL, sentence, key: key.as_deref().map(|key| (key, what)) }.show(ui);
}

fn row_ui(ui: &mut Ui, waiting: &Waiting, shown: &Shown, selected: bool) -> egui::Response {
    let letter = &waiting.letter;
    let ago = number::relative(letter.queued, shown.figures.day);
    let to = to_words(waiting);
    let unfilled = letter.unfilled();
    let lacks = if unfilled.is_empty() { String::new() } else { format!(", lacks {}", unfilled.join(", ")) };
    let mark = if !unfilled.is_empty() {
        Some("unfilled")
    } else if strange_address(waiting).is_some() {
        Some("no mail address")
    } else {
        shown.overtaken(waiting).map(|overtaken| match overtaken {
            Overtaken::Gone => "no longer waits for you",
            Overtaken::Other => "another letter now",
            Overtaken::NoEnd => "no end is noted",
            Overtaken::Amounts(_) => "other amounts now",
            Overtaken::Days(_) => "other days now",
            Overtaken::Deadline(_) => "its day has come",
            Overtaken::Waited(_) => "waited for long",
        })
    };
    let overtaken = mark.filter(|_| unfilled.is_empty()).map(|it| format!(", {it}")).unwrap_or_default();
    // A line break has no place in a row.
    let subject = letter.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = format!("{}: {subject}, to {to}, queued {ago}{lacks}{overtaken}", waiting.name);
    let row = Row::new(Id::unique(("letter", &letter.id)), &says).height(ROW).selected(selected);
    row.show(ui, |ui, rect| {
        let (tokens, painter) = (Tokens::of(ui), ui.painter());
        let rect = rect.shrink2(vec2(space::XS, 0.0));
        let line = |top: f32| {
            Rect::from_min_max(
                pos2(rect.left(), rect.top() + top),
                pos2(rect.right(), rect.top() + top + 19.0),
            )
        };
        let (first, second) = (line(9.0), line(28.0));
        let small = Ink::new(size::SMALL, tokens.tertiary);
        let taken = text::paint(painter, first, Align::Max, &ago, &small, Cut::Never);
        let place = first.with_max_x(taken.left() - space::M);
        text::paint(painter, place, Align::Min, &waiting.name, &Ink::body(tokens).semibold(), Cut::Middle);
        let (mark, ink) = match mark {
            None => (to, small),
            Some(mark) => (format!("{} {mark}", icon::WATCH), Ink::new(size::SMALL, tokens.watch)),
        };
        let most = second.width() * 0.5;
        let width = text::width(painter, &mark, &ink).min(most);
        let right = second.with_min_x(second.right() - width);
        text::paint(painter, right, Align::Max, &mark, &ink, Cut::Middle);
        let place = second.with_max_x(right.left() - space::M);
        let ink = Ink::body(tokens).colour(tokens.secondary);
        text::paint(painter, place, Align::Min, &subject, &ink, Cut::End);
        let rule = Stroke::new(1.0, tokens.hairline.gamma_multiply(0.6));
        painter.hline(rect.x_range(), rect.bottom() - 0.5, rule);
    })
}

/// The address of a letter, where it can be none.
fn strange_address(waiting: &Waiting) -> Option<&str> {
    waiting.letter.to.as_deref().filter(|to| !is_mail_address(to))
}

/// To whom a letter goes, in a few words.
fn to_words(waiting: &Waiting) -> String {
    match (&waiting.letter.to, &waiting.letter.person) {
        (Some(to), _) => to.clone(),
        (None, Some(person)) => format!("{person}, no address"),
        (None, None) => "no address".to_owned(),
    }
}

/// The letter that the hand is at, and what one does with it.
fn letter_ui(ui: &mut Ui, waiting: &Waiting, shown: &Shown, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let letter = &waiting.letter;
    let mut actions = Vec::new();
    ui.set_max_width(ui.available_width().min(WIDEST_TEXT));
    ui.spacing_mut().item_spacing.y = space::XS;
    text::label(ui, letter.subject.as_str(), &Ink::new(size::TITLE, tokens.text).semibold());
    let person = letter.person.as_ref().map(|person| format!("{person}, ")).unwrap_or_default();
    let to = letter.to.clone().unwrap_or_else(|| "no address: the mail program asks for it".to_owned());
    text::label(ui, format!("To {person}{to}"), &Ink::body(tokens).colour(tokens.secondary));
    let queued = number::relative_date(letter.queued, shown.figures.day);
    let says = match &shown.about {
        Some(item) => format!("Queued {queued} · {}: {}", item.kind.title(), item.title),
        None => format!("Queued {queued}"),
    };
    text::label(ui, says, &Ink::new(size::SMALL, tokens.tertiary));
    let overtaken = match shown.overtaken(waiting) {
        Some(Overtaken::Gone) => {
            Some("What it was about no longer waits for you: read it again before you send it.".to_owned())
        }
        Some(Overtaken::Other) => Some(
            "Its facts changed, and another letter would be written now: drop this one, or read it again before you send it."
                .to_owned(),
        ),
        Some(Overtaken::NoEnd) => {
            Some("No end is noted with them: record it on their page, or drop this letter.".to_owned())
        }
        Some(Overtaken::Amounts(how)) => Some(format!("Its amounts are not those of now: {how}.")),
        Some(Overtaken::Days(how)) => Some(format!("Its days are not those of now: {how}.")),
        Some(Overtaken::Deadline(by)) if *by == shown.figures.day => {
            Some("It asks for an answer by today: name a later day before you send it.".to_owned())
        }
        Some(Overtaken::Deadline(by)) => {
            let by = number::relative_date(*by, shown.figures.day);
            Some(format!(
                "The day by which it asks for an answer has passed ({by}): name a later one before you send it."
            ))
        }
        Some(Overtaken::Waited(days)) => Some(format!(
            "It has waited for {days} days, and what it says of days may no longer be true: read it again before you send it."
        )),
        None => None,
    };
    if let Some(to) = strange_address(waiting) {
        let says = format!("{} \"{to}\" is no mail address, such as ann@example.org.", icon::WATCH);
        text::label(ui, says, &Ink::new(size::SMALL, tokens.watch));
    }
    if let Some(says) = overtaken {
        let ink = Ink::new(size::SMALL, tokens.watch);
        text::label(ui, format!("{} {says}", icon::WATCH), &ink);
    }
    let unfilled = letter.unfilled();
    if !unfilled.is_empty() {
        let says = format!("{} Still to be filled in: {}.", icon::WATCH, unfilled.join(", "));
        text::label(ui, says, &Ink::new(size::SMALL, tokens.watch));
    }
    ui.add_space(space::S);
    // The buttons follow the text, and stay in sight under a long one.
    let under_text = if ui.available_width() < BUTTONS { UNDER_TEXT + 34.0 } else { UNDER_TEXT };
    let area = ScrollArea::vertical()
        .id_salt(("text of", &letter.id))
        .auto_shrink([false, true])
        .animated(false)
        .max_height(ui.available_height() - under_text);
    area.show(ui, |ui| {
        let ink = Ink::body(tokens);
        let mut job = egui::text::LayoutJob::simple(
            letter.text.clone(),
            ink.font.clone(),
            ink.colour,
            ui.available_width(),
        );
        for section in &mut job.sections {
            section.format.line_height = Some((size::BODY * LINE).round());
        }
        ui.add(Label::new(job).wrap());
        scroll_by_keys(ui, session);
    });
    ui.add_space(space::M);
    actions.extend(buttons_ui(ui, waiting, shown, session));
    let says = "Nothing is sent from here: your mail program opens with the letter, and you send it.";
    text::label(ui, says, &Ink::new(size::SMALL, tokens.tertiary));
    actions
}

fn buttons_ui(ui: &mut Ui, waiting: &Waiting, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let ready = waiting.letter.unfilled().is_empty() && !shown.looking && session.opening.is_none();
    let mut button = |ui: &mut Ui, button: Button<'_>, enabled: bool, command: &'static str| {
        let key = key_of(ui, command).unwrap_or_default();
        let button = button.key(&key).enabled(enabled);
        if ui.available_size_before_wrap().x < button.width(ui) {
            ui.end_row();
        }
        if button.show(ui).clicked() {
            actions.push(Action::Run(command));
        }
    };
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        // Where it is narrow some of them stand on a second line.
        Layout::left_to_right(Align::Center).with_main_wrap(true),
        |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            button(ui, primary("Open in mail").icon(icon::MAIL), ready, "outbox.open");
            button(ui, secondary("Copy").icon(icon::COPY), ready, "outbox.copy");
            button(ui, secondary("Edit"), !shown.looking, "outbox.edit");
            button(ui, ghost("Drop"), !shown.looking, "outbox.drop");
        },
    );
    actions
}
