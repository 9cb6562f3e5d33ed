//! A client's page: who it is, how it stands, and every fact about it, part by part.

mod achieved;
mod deals;
mod door;
mod goals;
mod head;
mod health;
mod invoices;
mod ladder;
mod leaving;
mod people;
mod promises;
mod referrals;
mod renewals;
mod run;
mod timeline;
mod way_out;

pub(super) use invoices::state_ui as invoice_state_ui;
pub(super) use promises::{party as promise_party, state_ui as promise_state_ui};
pub(super) use timeline::{look as entry_look, one_line};

use egui::{Align, Frame, Layout, Margin, Ui};

use super::rows::pointed;
use crate::command::key_of;
use crate::domain::Currency;
use crate::figures::Page;
use crate::figures::forecast::Outlook;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Empty, TableResponse, moved_cursor, segmented_ui};
use crate::kit::{icon, number};
use crate::state::{Action, PagePlace, PageSection, Session, Shown, section_len};

/// What the list of a part is drawn with.
#[derive(Debug, Clone, Copy)]
struct List<'a> {
    page: &'a Page,
    /// The row the cursor is at.
    cursor: Option<usize>,
    /// The row to bring into sight.
    reveal: Option<usize>,
    /// The currency of amounts that say none.
    currency: Currency,
    /// What is known of the future.
    outlook: &'a Outlook,
    /// Which figure has the keyboard.
    session: &'a Session,
}

/// A row that was clicked, one that was double-clicked, and what was done with the figures of a row.
#[derive(Debug, Clone, Default)]
struct Hit {
    clicked: Option<usize>,
    opened: Option<usize>,
    actions: Vec<Action>,
}

impl From<TableResponse> for Hit {
    fn from(response: TableResponse) -> Self {
        Self { clicked: response.clicked, opened: response.opened, actions: Vec::new() }
    }
}

/// Shows the page that is open in all the space there is.
pub fn page_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let Some(place) = &session.page else { return Vec::new() };
    let Some(page) = &shown.page else {
        gone_ui(ui, shown, session);
        return Vec::new();
    };
    let margin = Margin { left: 12, right: 12, top: 14, bottom: 0 };
    let mut actions = Vec::new();
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        actions.extend(head::head_ui(ui, page, &shown.figures, session));
        ui.add_space(space::M);
        actions.extend(sections_ui(ui, page, place, shown.figures.currency));
        ui.add_space(space::S);
    });
    let name = ("page", place.client.as_str(), place.section);
    let cursor = shown.row(session);
    let (reveal, currency) = (moved_cursor(ui, name, cursor), shown.figures.currency);
    let list = List { page, cursor, reveal, currency, outlook: &shown.outlook, session };
    let hit = if place.section == PageSection::WayOut {
        let (done, hit) = ui.push_id(name, |ui| way_out::way_out_ui(ui, list, session)).inner;
        actions.extend(done);
        hit
    } else {
        ui.push_id(name, |ui| list_ui(ui, place.section, list)).inner
    };
    actions.extend(hit.actions);
    actions.extend(pointed(shown, session, hit.clicked, hit.opened));
    actions
}

fn list_ui(ui: &mut Ui, section: PageSection, list: List<'_>) -> Hit {
    match section {
        PageSection::Health => match &list.page.door {
            Some(door) => door::door_ui(ui, list, door),
            None => health::health_ui(ui, list),
        },
        PageSection::Timeline => timeline::timeline_ui(ui, list),
        PageSection::Deals => deals::deals_ui(ui, list),
        PageSection::Invoices => invoices::invoices_ui(ui, list),
        PageSection::Achieved => achieved::achieved_ui(ui, list),
        PageSection::Goals => goals::goals_ui(ui, list),
        PageSection::Promises => promises::promises_ui(ui, list),
        PageSection::Renewals => renewals::renewals_ui(ui, list),
        PageSection::Referrals => referrals::referrals_ui(ui, list),
        PageSection::People => people::people_ui(ui, list),
        // It is more than a list, and drawn for itself.
        PageSection::WayOut => Hit::default(),
    }
}

/// How much a part holds of what it is called after, which is not always how many rows it has.
fn held(page: &Page, section: PageSection) -> usize {
    match section {
        PageSection::Goals => page.goals.goals.len(),
        PageSection::Referrals => {
            let own = page.referrals.people.iter().find(|person| person.id == page.client.id);
            own.map_or(0, |own| own.below)
        }
        _ => section_len(page, section),
    }
}

/// The switch between the parts, each with how much it holds.
fn sections_ui(ui: &mut Ui, page: &Page, place: &PagePlace, currency: Currency) -> Option<Action> {
    let labels = PageSection::ALL.map(|section| match (section, held(page, section)) {
        (PageSection::Health, _) if page.door.is_some() => "Door check".to_owned(),
        // There are as many indicators as ever, and as many steps.
        (PageSection::Health | PageSection::WayOut, _) | (_, 0) => section.title().to_owned(),
        (_, count) => format!("{}  {}", section.title(), number::count(count)),
    });
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let on = PageSection::ALL.iter().position(|section| *section == place.section).unwrap_or(0);
    let mut clicked = None;
    ui.horizontal(|ui| {
        clicked = segmented_ui(ui, "Parts of the page", &labels, on);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ink = Ink::caption(Tokens::of(ui));
            let long = format!("Amounts in {currency} where nothing else is said");
            let fits = |says: &str| text::width(ui.painter(), says, &ink) + space::S < ui.available_width();
            let says = [long, format!("in {currency}")].into_iter().find(|says| fits(says));
            if let Some(says) = says {
                text::label(ui, says, &ink);
            }
        });
    });
    let section = clicked.and_then(|index| PageSection::ALL.get(index));
    section.map(|section| Action::ShowSection(*section))
}

/// Nothing stands in a part: says what would, and the key of the command that puts it there.
fn nothing_ui(ui: &mut Ui, icon: &str, sentence: &str, command: &str, what: &str) -> Hit {
    let key = key_of(ui, command);
    Empty { icon, sentence, key: key.as_deref().map(|key| (key, what)) }.show(ui);
    Hit::default()
}

/// The client is not in the book as it is shown: removed since, or not yet known on the day looked at.
fn gone_ui(ui: &mut Ui, shown: &Shown, session: &Session) {
    let day = shown.figures.day;
    let sentence = format!(
        "This client is not in the book as of {} {}: it was removed, or not known yet.",
        number::date(day, day),
        chrono::Datelike::year(&day)
    );
    let key = key_of(ui, "app.back");
    let back = format!("back to {}", session.view.title());
    Empty { icon: icon::CLIENT, sentence: &sentence, key: key.as_deref().map(|key| (key, back.as_str())) }
        .show(ui);
}
