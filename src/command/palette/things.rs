//! What of the book the palette finds: clients, people, invoices and deals.

use std::sync::Arc;

use crate::domain::{ClientFacts, ClientId, Deal, Invoice, Person, Phase};
use crate::state::{Action, Cursor, PageSection, Shown, State};

use super::rank::{Query, by_use};

/// How many rows of one kind are found at most.
const MOST: usize = 12;

/// Something of the book that a row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// Whose it is.
    pub client: ClientId,
    /// What it is.
    pub kind: ThingKind,
    /// Its id; of a person the name.
    pub id: String,
    /// The row of its part of the page.
    position: usize,
    /// Whether something is still to come of it.
    pub(super) open: bool,
    /// What it is called.
    pub(super) title: String,
    pub(super) detail: String,
}

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThingKind {
    /// A client.
    Client,
    /// A person at a client.
    Person,
    /// An invoice.
    Invoice,
    /// A deal.
    Deal,
}

impl ThingKind {
    pub(super) const ALL: [Self; 4] = [Self::Client, Self::Person, Self::Invoice, Self::Deal];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Person => "person",
            Self::Invoice => "invoice",
            Self::Deal => "deal",
        }
    }
}

impl Thing {
    /// What use of it is noted under.
    pub(super) fn used_as(&self) -> String {
        format!("{}:{}", self.kind.word(), self.id)
    }

    /// Opens the page of its client, where it stands.
    pub(super) fn open(&self) -> Action {
        let (section, key) = match self.kind {
            ThingKind::Client => return Action::OpenClient(self.client.clone()),
            ThingKind::Person => (PageSection::People, format!("{}/{}", self.client, self.position)),
            ThingKind::Invoice => (PageSection::Invoices, self.id.clone()),
            ThingKind::Deal => (PageSection::Deals, self.id.clone()),
        };
        Action::All(vec![
            Action::OpenClient(self.client.clone()),
            Action::ShowSection(section),
            Action::Point(Cursor { key, index: self.position, column: 0 }),
        ])
    }
}

/// The things of some kinds that fit, each with how well; without a word those that were used.
/// Those of which something is still to come are first among equals.
pub(super) fn found(
    kinds: &[ThingKind],
    all: bool,
    query: &Query,
    state: &State,
    shown: &Shown,
) -> Vec<(u32, Thing)> {
    let mut found = Vec::new();
    let stages = state.book.business().stages();
    let open: Vec<&str> =
        stages.iter().filter(|it| it.phase == Phase::Open).map(|it| it.id.as_str()).collect();
    for kind in kinds {
        let mut fitting: Vec<(u32, Thing)> = shown
            .figures
            .clients
            .rows
            .iter()
            .filter_map(|row| state.book.client(&row.id))
            .flat_map(|known| named(*kind, known, state, &open))
            .filter_map(|(thing, names)| {
                let fits = query.score(&names, &thing.id)?;
                let used = by_use(&state.session.uses, &thing.used_as());
                let first = if thing.open { 5 } else { 0 };
                let fits = fits.saturating_add(used).saturating_add(first);
                (all || used > 0 || !query.is_empty()).then_some((fits, thing))
            })
            .collect();
        fitting.sort_by_key(|(fits, _)| std::cmp::Reverse(*fits));
        fitting.truncate(MOST);
        found.extend(fitting);
    }
    for (_, thing) in &mut found {
        thing.detail = detail(thing, state, shown);
    }
    found
}

/// The things of one kind of a client that are known on the day looked at, the newest first; and what each is found by.
/// These stages are `open`.
fn named(kind: ThingKind, known: &ClientFacts, state: &State, open: &[&str]) -> Vec<(Thing, String)> {
    let (client, now, day) = (&known.client, state.as_of.is_none(), state.day());
    let thing = |id: String, position: usize, open: bool, title: &str, names: String| {
        let (client, title) = (client.id.clone(), title.to_owned());
        (Thing { client, kind, id, position, open, title, detail: String::new() }, names)
    };
    match kind {
        ThingKind::Client => {
            vec![thing(client.id.to_string(), 0, client.ended.is_none(), &client.name, client.name.clone())]
        }
        ThingKind::Person => {
            let people = client.people.iter().enumerate();
            let called = |it: &Person| format!("{} {}", it.name, it.mail.as_deref().unwrap_or_default());
            people.map(|(at, it)| thing(it.name.clone(), at, true, &it.name, called(it))).collect()
        }
        ThingKind::Invoice => {
            let known = known.facts.invoices.iter().rev().filter(|it| now || it.as_of(day).is_some());
            let named = |it: &Arc<Invoice>| {
                let (title, open) = (format!("Invoice {}", it.number), !it.open().amount.is_zero());
                // Its number first: who types `invoice` means the commands before any one of them.
                thing(it.id.to_string(), 0, open, &title, format!("{} {} invoice", it.number, client.name))
            };
            known.map(named).collect()
        }
        ThingKind::Deal => {
            let known = known.facts.deals.iter().rev().filter(|it| now || it.as_of(day).is_some());
            let named = |it: &Arc<Deal>| {
                let open = it.stage().is_some_and(|fact| open.contains(&fact.stage.as_str()));
                thing(it.id.to_string(), 0, open, &it.title, format!("{} {}", it.title, client.name))
            };
            known.map(named).collect()
        }
    }
}

/// What tells a thing from others of its name.
fn detail(thing: &Thing, state: &State, shown: &Shown) -> String {
    let Some(known) = state.book.client(&thing.client) else { return String::new() };
    let name = &known.client.name;
    match thing.kind {
        ThingKind::Client => "Client".to_owned(),
        ThingKind::Person => {
            let role = known.client.people.get(thing.position).and_then(|person| person.role.as_deref());
            role.map_or_else(|| format!("At {name}"), |role| format!("{role} at {name}"))
        }
        ThingKind::Invoice => {
            let open = shown.figures.cash.owed.iter().find(|it| it.invoice.as_str() == thing.id);
            match open {
                Some(owed) => format!("{name} · {} open", crate::figures::amount_in_full(owed.open)),
                None => format!("{name} · nothing open"),
            }
        }
        ThingKind::Deal => {
            let deal = known.facts.deals.iter().find(|it| it.id.as_str() == thing.id);
            let stage = deal.and_then(|it| it.stage()).map(|fact| fact.stage.clone());
            let stages = state.book.business().stages();
            let stage = stage.and_then(|id| stages.into_iter().find(|it| it.id == id)).map(|it| it.name);
            stage.map_or_else(|| format!("Deal of {name}"), |stage| format!("Deal of {name} · {stage}"))
        }
    }
}
