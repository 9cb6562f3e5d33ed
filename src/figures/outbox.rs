//! The outbox: the letters that are still to go out, the one that has waited longest first.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Outgoing, OutgoingId, days_between};

use super::fold::Change;
use super::{Client, Letter};

/// The letters that wait to be handed over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outbox {
    /// By the day they were queued; of one day by client, and then in the order of the book.
    pub waiting: Vec<Waiting>,
}

/// A letter that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// What it says, and to whom.
    pub letter: Arc<Outgoing>,
    /// What the client is called.
    pub name: Arc<str>,
    /// For how many days it has waited.
    pub days: i64,
}

impl Outbox {
    /// What waits in the facts of these clients, as they are known at the end of `day`.
    fn of(clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let mut waiting = Vec::new();
        for client in clients {
            let letters = client.known.facts.outbox.iter().filter(|letter| letter.waits());
            waiting.extend(letters.map(|letter| Waiting {
                letter: letter.clone(),
                name: client.name.clone(),
                days: days_between(letter.queued, day),
            }));
        }
        // Stable, and the clients come by id.
        waiting.sort_by_key(|waiting| waiting.letter.queued);
        Self { waiting }
    }

    /// What waits, from what waited `before` and what changed since: all are gone through only where a letter may have come or
    /// gone.
    pub(super) fn next(
        before: Option<&Arc<Self>>,
        change: &Change,
        clients: &[Arc<Client>],
        day: NaiveDate,
    ) -> Arc<Self> {
        let waits = |client: &Arc<Client>| client.known.facts.outbox.iter().any(|letter| letter.waits());
        let changed = || change.gone.clients.iter().chain(&change.come.clients).any(waits);
        match before {
            Some(same) if !changed() => same.clone(),
            _ => Arc::new(Self::of(clients, day)),
        }
    }

    /// The waiting letter of this id.
    #[must_use]
    pub fn letter(&self, id: &str) -> Option<&Waiting> {
        self.waiting.iter().find(|waiting| waiting.letter.id.as_str() == id)
    }
}

impl Letter {
    /// The letter as it goes into the outbox.
    #[must_use]
    pub fn outgoing(&self, id: OutgoingId, queued: NaiveDate) -> Outgoing {
        Outgoing {
            id,
            client: self.client.clone(),
            person: self.person.clone(),
            to: self.to.clone(),
            subject: self.subject.clone(),
            text: self.text.trim_end().to_owned(),
            item: None,
            kind: None,
            deal: None,
            invoice: None,
            queued,
            handed_over: None,
            dropped: None,
        }
    }
}
