//! The heading of a group of clients of one kind.

use egui::{Align, Id, Rect, Ui, pos2};

use crate::figures::proof::FigureKey;
use crate::figures::{ClientGroup, Clients};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Cell, TableRow};
use crate::panels::figure::Figure;
use crate::panels::kind::kind_title;
use crate::panels::proof::provable_place;
use crate::state::{Action, Session, View};

/// What the group is, for those who hear the screen.
pub(super) fn look(group: &ClientGroup, clients: &Clients) -> TableRow {
    TableRow {
        id: Id::unique(("clients of kind", kind_title(group.kind))),
        label: format!("{}: {}", kind_title(group.kind), sums(group, clients)),
        selected: false,
        marked: false,
        bar: None,
        heading: true,
    }
}

/// How many, and what they bring and owe.
fn sums(group: &ClientGroup, clients: &Clients) -> String {
    let amount = |answer| Figure::listed_answer(answer, clients.currency).spoken();
    let count = match group.clients {
        1 => "1 client".to_owned(),
        many => format!("{} clients", number::count(many)),
    };
    let (income, open) = (amount(&group.income_12m), amount(&group.open));
    format!("{count}  ·  income of 12 months {income}  ·  owed {open}")
}

/// Paints the heading over the whole width of the table. Its sums are one stop, and lead to their proof.
pub(super) fn group_ui(
    ui: &mut Ui,
    cell: Cell,
    group: &ClientGroup,
    clients: &Clients,
    session: &Session,
) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let ink = Ink::body(tokens).semibold();
    let taken = text::paint(ui.painter(), cell.rect, Align::Min, kind_title(group.kind), &ink, Cut::Never);
    let after = Rect::from_min_max(pos2(taken.right() + space::M, cell.rect.top()), cell.rect.max);
    let says = sums(group, clients);
    let sums = text::paint(ui.painter(), after, Align::Min, &says, &Ink::second(tokens), Cut::End);
    let place = Rect::from_min_max(cell.rect.min, pos2(sums.right(), cell.rect.bottom()));
    let key = FigureKey::Group(group.kind, session.filters.of(View::Clients).to_owned());
    provable_place(ui, place, &format!("{}: {says}", kind_title(group.kind)), &key, session)
}
