//! What became of items that left the queue: read from the facts that came, never from what was pressed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Book, ClientFacts, ClientId, Facts};

/// How many items left the queue in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// A letter about them went into the outbox.
    pub queued: usize,
    /// A touch with the client was logged.
    pub logged: usize,
    /// Another fact was recorded: a payment, a signature, a promise kept.
    pub recorded: usize,
    /// They were marked as handled.
    pub handled: usize,
    /// They were put off.
    pub snoozed: usize,
    /// They were dismissed for a reason.
    pub dismissed: usize,
    /// Nothing was done about them: another fact, or the day, took their reason away.
    pub by_itself: usize,
}

/// What came to be known of a client, or of the firm.
#[derive(Default)]
struct News<'a> {
    /// The items that a mark or a letter names, with the way that is.
    named: BTreeMap<&'a str, Way>,
    touched: bool,
    recorded: bool,
}

/// Of several ways to be done with an item the first one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Queued,
    Dismissed,
    Handled,
    Snoozed,
    Logged,
    Recorded,
    ByItself,
}

impl Done {
    /// What became of items that left, each by its id and whose it is, between two books.
    #[must_use]
    pub fn between<'a>(
        before: &Book,
        now: &Book,
        left: impl IntoIterator<Item = (&'a str, Option<&'a ClientId>)>,
    ) -> Self {
        let of_firm = News::between(Some(before.firm()), Some(now.firm()));
        let mut of_clients: BTreeMap<&ClientId, News<'_>> = BTreeMap::new();
        let mut done = Self::default();
        for (item, client) in left {
            let own = client.map(|client| {
                of_clients.entry(client).or_insert_with(|| News::of_client(before, now, client))
            });
            let ways =
                own.map(|news| news.way(item)).into_iter().chain([of_firm.way_of_the_firm(item, client)]);
            done.count(ways.min().unwrap_or(Way::ByItself));
        }
        done
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        let Self { queued, logged, recorded, handled, snoozed, dismissed, by_itself } = self;
        queued + logged + recorded + handled + snoozed + dismissed + by_itself
    }

    fn count(&mut self, way: Way) {
        let counted = match way {
            Way::Queued => &mut self.queued,
            Way::Dismissed => &mut self.dismissed,
            Way::Handled => &mut self.handled,
            Way::Snoozed => &mut self.snoozed,
            Way::Logged => &mut self.logged,
            Way::Recorded => &mut self.recorded,
            Way::ByItself => &mut self.by_itself,
        };
        *counted += 1;
    }
}

impl<'a> News<'a> {
    fn of_client(before: &'a Book, now: &'a Book, client: &ClientId) -> Self {
        let facts = |known: &'a Arc<ClientFacts>| &known.facts;
        let (old, new) = (before.client(client), now.client(client));
        if let (Some(old), Some(new)) = (old, new)
            && Arc::ptr_eq(old, new)
        {
            return Self::default();
        }
        let mut news = Self::between(old.map(facts), new.map(facts));
        let who = |known: Option<&'a Arc<ClientFacts>>| known.map(|known| &known.client);
        news.recorded |= who(old) != who(new);
        news
    }

    fn between(old: Option<&'a Facts>, new: Option<&'a Facts>) -> Self {
        let (nothing, mut news) = (Facts::default(), Self::default());
        let Some(new) = new else { return Self { recorded: old.is_some(), ..news } };
        let old = old.unwrap_or(&nothing);
        for snooze in come(&old.snoozes, &new.snoozes) {
            news.name(&snooze.item, Way::Snoozed);
        }
        for mark in come(&old.handled, &new.handled) {
            let way = if mark.dismissed.is_some() { Way::Dismissed } else { Way::Handled };
            news.name(&mark.item, way);
        }
        for letter in come(&old.outbox, &new.outbox).filter(|letter| letter.dropped.is_none()) {
            if let Some(item) = &letter.item {
                news.name(item, Way::Queued);
            }
        }
        news.touched = come(&old.touches, &new.touches).next().is_some();
        news.recorded = differ(&old.deals, &new.deals)
            || differ(&old.invoices, &new.invoices)
            || differ(&old.promises, &new.promises)
            || differ(&old.renewals, &new.renewals)
            || differ(&old.retainers, &new.retainers)
            || differ(&old.work, &new.work)
            || differ(&old.expenses, &new.expenses);
        news
    }

    fn name(&mut self, item: &'a str, way: Way) {
        let known = self.named.entry(item).or_insert(way);
        *known = way.min(*known);
    }

    fn way(&self, item: &str) -> Way {
        match self.named.get(item) {
            Some(way) => *way,
            None if self.touched => Way::Logged,
            None if self.recorded => Way::Recorded,
            None => Way::ByItself,
        }
    }

    /// A mark on an item may stand among the firm's facts; its other facts say something of its own items alone.
    fn way_of_the_firm(&self, item: &str, client: Option<&ClientId>) -> Way {
        match client {
            None => self.way(item),
            Some(_) => self.named.get(item).copied().unwrap_or(Way::ByItself),
        }
    }
}

/// What is among the new ones and not among the old.
fn come<'a, T: PartialEq>(old: &[Arc<T>], new: &'a [Arc<T>]) -> impl Iterator<Item = &'a Arc<T>> {
    // Both keep their order, so what is the same stands at the same place or further on.
    let same = old.iter().zip(new).take_while(|(old, new)| Arc::ptr_eq(old, new)).count();
    let rest: Vec<&Arc<T>> = new.iter().skip(same).collect();
    let old: Vec<&Arc<T>> = old.iter().skip(same).collect();
    rest.into_iter().filter(move |new| !old.iter().any(|old| Arc::ptr_eq(old, new) || old == new))
}

fn differ<T: PartialEq>(old: &[Arc<T>], new: &[Arc<T>]) -> bool {
    old.len() != new.len() || old.iter().zip(new).any(|(old, new)| !Arc::ptr_eq(old, new) && old != new)
}
