//! What expires: domains, hosting, licences.

use egui::{Align, Id, Rect, Ui, pos2};

use super::{Hit, List};
use crate::domain::{Money, Renewal};
use crate::figures::RenewalLine;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Cell, Column, Empty, Table, TableRow, glyph};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, hover};

/// Height of a row of two lines in points.
const ROW: f32 = 50.0;
/// From so many days before it expires, a renewal is to be watched.
const SOON: i64 = 30;

pub(super) fn renewals_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let renewals = &list.page.renewals;
    if renewals.is_empty() {
        let sentence = "Domains, hosting and licences that expire stand here, with whom one can reach.";
        let key = crate::command::key_of(ui, "renewal.add");
        let key = key.as_deref().map(|key| (key, "add a renewal"));
        Empty { icon: icon::GLOBE, sentence, key }.show(ui);
        return Hit::default();
    }
    let columns = [
        Column::text("What").share(3.0).min(200.0).unsortable(),
        Column::text("Expires").share(1.0).min(170.0).unsortable(),
        Column::number("Costs").share(0.5).min(84.0).unsortable(),
        Column::number("They pay").share(0.5).min(84.0).unsortable(),
        Column::text("Renews itself").share(0.8).min(110.0).unsortable(),
    ];
    let name = format!("Renewals of {}", list.page.client.name);
    Table::new("renewals", &name, &columns, renewals.len())
        .row_height(ROW)
        .reveal(list.reveal)
        .show(
            ui,
            |row| TableRow {
                id: Id::unique(("renewal row", row)),
                label: renewals.get(row).map(|renewal| spoken(renewal, list)).unwrap_or_default(),
                selected: list.cursor == Some(row),
                marked: false,
                bar: None,
                heading: false,
            },
            |ui, cell| {
                if let Some(renewal) = renewals.get(cell.row) {
                    renewal_cell(ui, cell, renewal, list);
                }
            },
        )
        .into()
}

fn spoken(renewal: &RenewalLine, list: List<'_>) -> String {
    let expires = number::relative_date(renewal.expires, list.page.day);
    let (contacts, _) = contacts(renewal);
    let checked = verified(renewal, list);
    let chain = chain(renewal);
    format!(
        "{}, expires {expires}, renews itself: {}; {chain}; {contacts}; {checked}",
        renewal.what,
        itself(renewal)
    )
}

/// Who is involved, each as what.
fn chain(renewal: &RenewalLine) -> String {
    let links: Vec<String> =
        renewal.chain.iter().map(|link| format!("{}: {}", link.role, link.who)).collect();
    if links.is_empty() { "who is involved is not noted".to_owned() } else { links.join(" · ") }
}

/// Whom the registrar can reach, and whether these are enough.
fn contacts(renewal: &RenewalLine) -> (String, bool) {
    let enough = renewal.contacts.len() >= Renewal::CONTACTS_WANTED;
    let says = match renewal.contacts.as_slice() {
        [] => "no point of contact, two are wanted".to_owned(),
        [one] => format!("one point of contact only, two are wanted: {one}"),
        several => format!("{} points of contact: {}", several.len(), several.join(", ")),
    };
    (says, enough)
}

fn verified(renewal: &RenewalLine, list: List<'_>) -> String {
    match renewal.verified {
        Some(on) => format!("verified {}", number::relative_date(on, list.page.day)),
        None => "never verified".to_owned(),
    }
}

/// The second line has the whole width: who is involved, whom one can reach, when that was checked.
fn second_line(ui: &mut Ui, rect: Rect, renewal: &RenewalLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let quiet = Ink::second(tokens).colour(tokens.tertiary);
    let watch = quiet.clone().colour(tokens.watch);
    let checked = verified(renewal, list);
    let ink = if renewal.unverified { &watch } else { &quiet };
    let taken = text::paint(ui.painter(), rect, Align::Max, &checked, ink, Cut::Never);
    if renewal.unverified {
        glyph(ui.painter(), tokens, pos2(taken.left() - 10.0, rect.center().y), Tone::Watch);
    }
    let right = taken.left() - 28.0;
    let half = rect.left() + (right - rect.left()) * 0.5;
    let chain_place = Rect::from_min_max(rect.min, pos2(half, rect.bottom()));
    let chain = chain(renewal);
    let taken = text::paint(ui.painter(), chain_place, Align::Min, &chain, &quiet, Cut::End);
    let (contacts, enough) = contacts(renewal);
    let left = taken.right() + 16.0;
    if !enough {
        glyph(ui.painter(), tokens, pos2(left + 6.0, rect.center().y), Tone::Watch);
    }
    let left = if enough { left } else { left + 16.0 };
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
    text::paint(ui.painter(), words, Align::Min, &contacts, if enough { &quiet } else { &watch }, Cut::End);
    hover(ui, rect, &format!("{chain}\n{contacts}"));
}

fn itself(renewal: &RenewalLine) -> &'static str {
    match renewal.renews_itself {
        Some(true) => "yes",
        Some(false) => "no, by hand",
        None => "not known",
    }
}

/// Expired is a risk; soon, and not by itself, is to be watched.
fn tone(renewal: &RenewalLine) -> Tone {
    match renewal.days {
        ..0 => Tone::Risk,
        0..=SOON if renewal.renews_itself != Some(true) => Tone::Watch,
        _ => Tone::Neutral,
    }
}

fn renewal_cell(ui: &mut Ui, cell: Cell, renewal: &RenewalLine, list: List<'_>) {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens);
    let second = ink.clone().colour(tokens.secondary);
    let (above, below) = cell.rect.split_top_bottom_at_y(cell.rect.center().y);
    let below = below.with_max_y(below.bottom() - 4.0);
    let cell = Cell { rect: above.with_min_y(above.top() + 4.0), ..cell };
    let money = |amount: Option<Money>, why: &str| {
        amount.map_or_else(|| Figure::unknown(why), |amount| Figure::listed(amount, list.currency))
    };
    match cell.column {
        0 => {
            cell.name(ui, &renewal.what, &ink.medium());
            let right = ui.max_rect().right() - space::M;
            second_line(ui, Rect::from_min_max(below.min, pos2(right, below.bottom())), renewal, list);
        }
        1 => {
            let tone = tone(renewal);
            glyph(ui.painter(), tokens, pos2(cell.rect.left() + 6.0, cell.rect.center().y), tone);
            let place = Rect::from_min_max(pos2(cell.rect.left() + 18.0, cell.rect.top()), cell.rect.max);
            let says = number::relative_date(renewal.expires, list.page.day);
            let ink = second.colour(tokens.tone(tone));
            text::paint(ui.painter(), place, Align::Min, &says, &ink, Cut::End);
        }
        2 => drop(money(renewal.cost, "what it costs is not noted").paint(ui, cell.rect, cell.align, &ink)),
        3 => drop(money(renewal.price, "what they pay is not noted").paint(ui, cell.rect, cell.align, &ink)),
        _ => drop(cell.text(ui, itself(renewal), &second)),
    }
}
