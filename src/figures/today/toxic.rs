//! The item for a relationship that hurts: it leaves less than break-even, and they push on price or scope.
//!
//! What comes next is told by the [ladder](crate::figures::ladder); while that gives the goals time, stays, or is over, there
//! is no item, and it comes back by itself.

use super::cost;
use super::view::{Case, View};
use super::words::sentence;
use super::{Item, ItemKind};
use crate::domain::{Arrival, ClientKind, Table};
use crate::figures::health::{Look, pushes_of_theirs};
use crate::figures::ladder::{self, Ladder, Next, Rung};

pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    if view.known.client.last_day().is_none() {
        items.extend(pattern(view).map(|case| view.item(case)));
    }
}

/// Over the window of health a day of work at least left less than the break-even rate, and price or scope was pushed; or
/// it was found toxic by hand.
fn pattern<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let client = &view.known.client;
    let look = Look::new(view.business, &view.stages, view.known, view.invoices, view.day);
    let by_hand = client.kind.as_ref().filter(|by_hand| by_hand.kind == ClientKind::Toxic);
    let pushes = pushes_of_theirs(&look);
    let last = pushes.last();
    let hurts = match by_hand {
        Some(by_hand) => vec![by_hand.reason.clone()],
        None => ladder::pattern(&look, &pushes)?,
    };
    let why = sentence(hurts.iter().map(|it| it.trim_end_matches('.').to_owned()));
    let ladder = Ladder::where_it_hurts(&look, hurts);
    let next = match ladder.next {
        Next::Mend => "next: mend your own side",
        Next::Step(Rung::Evidence) => "next: show them what was achieved and what it took",
        Next::Step(Rung::Meet) => "next: meet and talk about it",
        Next::Step(Rung::Goals) => "next: set new goals together",
        Next::Step(Rung::Reevaluate) => "next: look at it again",
        Next::Step(Rung::Leave) => "it still holds since the new goals; next: leave, cordially",
        Next::Nothing | Next::Wait(_) | Next::Unclear | Next::Stay | Next::Ends(_) | Next::Over => {
            return None;
        }
    };
    let since = by_hand.map(|it| it.day).max(last.map(|push| push.day))?;
    let done = ladder.rungs.iter().filter_map(|line| line.done.as_ref()).map(|done| done.day);
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::ToxicPattern,
        table: Table::Clients,
        record: client.id.as_str(),
        title: "Re-evaluate".to_owned(),
        why: sentence([why, next.to_owned()]),
        since,
        changed: Arrival::last(done),
        cost: cost::weekly(stake.value, cost::TOXIC),
        stake,
    })
}
