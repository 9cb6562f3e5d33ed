//! How the queue is worked through: the order its rows keep under the hand, which of them are selected, and what the
//! session began with.
//!
//! While one works, nothing but a row's own leaving moves the rows. What comes new, and what would stand elsewhere by now,
//! waits until it is asked for. All of it is ids, so that the same queue and the same session give the same rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use fnv::FnvHashMap;

use crate::domain::{Book, ClientId};
use crate::figures::today::Item;

use super::edit::Edit;
use super::session::Cursor;

/// Something about the way the queue is worked through.
#[derive(Debug, Clone)]
pub enum TriageAction {
    /// Selects these rows, and puts the cursor where one is given.
    Select(Selection, Option<Cursor>),
    /// Does something about the selected items as one edit; these are selected after it.
    Act(Edit, Selection),
    /// Puts the queue in order anew, with what is new in it.
    Merge,
    /// Notes what the lists settled to after something happened.
    Settle {
        /// Where the cursor is now.
        cursor: Option<Cursor>,
        /// Which order the rows keep.
        kept: Option<Kept>,
        /// Whether the queue holds what the forecast foretells.
        foreseen: bool,
    },
}

/// An item by what does not change while it stands in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub item: String,
    /// Whose it is.
    pub client: Option<ClientId>,
}

impl Seat {
    /// That of an item.
    #[must_use]
    pub fn of(item: &Item) -> Self {
        Self { item: item.id.clone(), client: item.client.clone() }
    }

    fn is(&self, item: &Item) -> bool {
        self.item == item.id && self.client == item.client
    }
}

/// How firmly an order is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hold {
    /// Nobody worked in this queue yet: it stands in its own order.
    #[default]
    Fresh,
    /// Somebody works in it.
    Held,
    /// Somebody did, and asked for its own order: what left keeps its place for an undo.
    Released,
}

/// The order that rows keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Every item that stood in the queue, also those that left it: an undo puts them back where they were.
    seats: Arc<Vec<Seat>>,
    /// Those that left, by id. One of them that comes back by itself is new; an undo takes it out of here.
    away: Arc<BTreeSet<String>>,
    hold: Hold,
}

/// A queue under a kept order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arranged {
    /// Positions in the queue, in the order they keep.
    pub rows: Vec<usize>,
    /// How many items wait to be merged in.
    pub arrivals: usize,
    /// Whether the rows would stand otherwise by now.
    pub reordered: bool,
    /// Positions among the seats of the items that left the queue.
    pub left: Vec<usize>,
}

impl Arranged {
    /// The queue in its own order.
    pub(super) fn as_it_is(items: &[Arc<Item>]) -> Self {
        Self { rows: (0..items.len()).collect(), ..Self::default() }
    }

    /// Whether putting the queue in order anew would change a row.
    #[must_use]
    pub fn can_merge(&self) -> bool {
        self.arrivals > 0 || self.reordered
    }
}

type Positions<'a> = FnvHashMap<(&'a str, Option<&'a ClientId>), usize>;

/// Where each item stands; `None` when two of them cannot be told apart.
fn positions(items: &[Arc<Item>]) -> Option<Positions<'_>> {
    let places: Positions<'_> =
        items.iter().enumerate().map(|(at, item)| ((item.id.as_str(), item.client.as_ref()), at)).collect();
    (places.len() == items.len()).then_some(places)
}

impl Kept {
    /// The items that stood in the queue, in the order they keep.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Those that left it, by id.
    #[must_use]
    pub fn away(&self) -> &Arc<BTreeSet<String>> {
        &self.away
    }

    /// Somebody works in the queue: from now on its rows keep their order.
    pub(super) fn hold(&mut self) {
        self.hold = Hold::Held;
    }

    /// The queue may stand in its own order again.
    pub(super) fn release(&mut self) {
        if self.hold == Hold::Held {
            self.hold = Hold::Released;
        }
    }

    /// What was not away before may come back to its place.
    pub(super) fn bring_back(&mut self, away_before: &BTreeSet<String>) {
        if !self.away.is_subset(away_before) {
            self.away = Arc::new(self.away.intersection(away_before).cloned().collect());
        }
    }

    /// A queue under this order.
    #[must_use]
    pub fn arranged(&self, items: &[Arc<Item>]) -> Arranged {
        let keeps = self.hold != Hold::Fresh && !self.seats.is_empty() && !self.is_order_of(items);
        let Some(mut places) = keeps.then(|| positions(items)).flatten() else {
            return Arranged::as_it_is(items);
        };
        let (mut rows, mut left) = (Vec::with_capacity(items.len()), Vec::new());
        for (at, seat) in self.seats.iter().enumerate() {
            match places.remove(&(seat.item.as_str(), seat.client.as_ref())) {
                Some(row) if !self.away.contains(&seat.item) => rows.push(row),
                // It came back by itself, and waits with what is new.
                Some(_) => {}
                None => left.push(at),
            }
        }
        if self.hold == Hold::Released {
            return Arranged { left, ..Arranged::as_it_is(items) };
        }
        Arranged { arrivals: items.len() - rows.len(), reordered: !rows.is_sorted(), rows, left }
    }

    /// The row that comes up where an item stood that left, or its last one; `None` when it never stood here. `rows` are the
    /// ids of rows in the order they keep.
    #[must_use]
    pub fn row_in_place_of<'a>(&self, item: &str, rows: impl Iterator<Item = &'a str>) -> Option<usize> {
        let mut rows = rows.peekable();
        let (mut row, mut seats) = (0, self.seats.iter().map(|seat| seat.item.as_str()));
        loop {
            let seat = seats.next()?;
            if seat == item {
                return Some(if rows.peek().is_some() { row } else { row.checked_sub(1)? });
            }
            if rows.next_if_eq(&seat).is_some() {
                row += 1;
            }
        }
    }

    fn is_order_of(&self, items: &[Arc<Item>]) -> bool {
        self.away.is_empty()
            && self.seats.len() == items.len()
            && self.seats.iter().zip(items).all(|(seat, item)| seat.is(item))
    }

    /// What is to be kept now that the queue holds these items; `None` where that is the same.
    #[must_use]
    pub fn settled(&self, items: &[Arc<Item>]) -> Option<Self> {
        if self.is_order_of(items) {
            return None;
        }
        let next = match self.hold {
            Hold::Held if !self.seats.is_empty() => self.without(&positions(items)?),
            Hold::Held | Hold::Released => self.merged(items)?,
            Hold::Fresh => {
                let seats = Arc::new(items.iter().map(|item| Seat::of(item)).collect());
                Self { seats, away: Arc::default(), hold: self.hold }
            }
        };
        (next != *self).then_some(next)
    }

    /// The queue's own order, whoever works in it: what the first forecast of a session foretells belongs to the order it
    /// began with, however soon somebody pressed a key.
    #[must_use]
    pub fn begun_anew(&self, items: &[Arc<Item>]) -> Option<Self> {
        self.merged(items).filter(|next| next != self)
    }

    /// The same order, with what left it noted.
    fn without(&self, places: &Positions<'_>) -> Self {
        let is_gone = |seat: &&Seat| {
            !places.contains_key(&(seat.item.as_str(), seat.client.as_ref()))
                && !self.away.contains(&seat.item)
        };
        let gone: Vec<&Seat> = self.seats.iter().filter(is_gone).collect();
        if gone.is_empty() {
            return self.clone();
        }
        let mut away = BTreeSet::clone(&self.away);
        away.extend(gone.into_iter().map(|seat| seat.item.clone()));
        Self { away: Arc::new(away), ..self.clone() }
    }

    /// The order of the queue itself. What left it keeps its place after the row it stood under.
    fn merged(&self, items: &[Arc<Item>]) -> Option<Self> {
        let places = positions(items)?;
        let mut after: Vec<Vec<&Seat>> = vec![Vec::new(); items.len() + 1];
        let (mut away, mut above) = (BTreeSet::new(), 0);
        for seat in self.seats.iter() {
            if let Some(at) = places.get(&(seat.item.as_str(), seat.client.as_ref())) {
                above = at + 1;
            } else {
                away.insert(seat.item.clone());
                after.get_mut(above)?.push(seat);
            }
        }
        let rows = [None].into_iter().chain(items.iter().map(Some));
        let seats = rows.zip(after).flat_map(|(item, under)| {
            item.map(|item| Seat::of(item)).into_iter().chain(under.into_iter().cloned())
        });
        Some(Self { seats: Arc::new(seats.collect()), away: Arc::new(away), hold: self.hold })
    }
}

/// Rows that were selected to be acted upon together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// By the ids of their items.
    pub items: Arc<BTreeSet<String>>,
    /// The stretch that is being extended, if one is: where it began, and what was selected beside it.
    pub stretch: Option<(String, Arc<BTreeSet<String>>)>,
}

impl Selection {
    /// These items alone.
    pub fn of(items: impl IntoIterator<Item = String>) -> Self {
        Self { items: Arc::new(items.into_iter().collect()), stretch: None }
    }

    /// Whether an item is selected.
    #[must_use]
    pub fn holds(&self, item: &str) -> bool {
        self.items.contains(item)
    }

    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Without items that left the queue.
    pub(super) fn forget(&mut self, away: &BTreeSet<String>) {
        if !self.items.is_disjoint(away) {
            self.items = Arc::new(self.items.difference(away).cloned().collect());
        }
    }

    /// With one more item, or without it where it was selected.
    #[must_use]
    pub fn toggled(&self, item: &str) -> Self {
        let mut items = BTreeSet::clone(&self.items);
        if !items.remove(item) {
            items.insert(item.to_owned());
        }
        Self { items: Arc::new(items), stretch: None }
    }
}

/// How the queue is worked through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Triage {
    /// The order its rows keep.
    pub kept: Kept,
    /// Which of them are selected.
    pub selection: Selection,
}

/// What a session began with: it begins when a book is opened and when the day turns.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The book as it was.
    pub book: Book,
    /// What had left the queue by then; noted once it has settled on that day.
    away: Option<Arc<BTreeSet<String>>>,
    /// Whether the first forecast has come, and with it what it foretells.
    foreseen: bool,
    /// For how many seconds somebody worked at the queue since.
    pub worked_seconds: u64,
    /// The second of the last sign of work, by a clock that only counts on.
    last_sign: Option<u64>,
}

/// Who gives no sign for so long does something else.
const PAUSE_SECONDS: u64 = 5 * 60;

impl Begun {
    pub(super) fn with(book: Book) -> Self {
        Self { book, away: None, foreseen: false, worked_seconds: 0, last_sign: None }
    }

    /// Whether the queue has not settled yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.away.is_none()
    }

    /// Whether what the forecast foretells is still to come.
    pub(super) fn is_blind(&self) -> bool {
        !self.foreseen
    }

    /// The queue has settled, with this away; and holds what is foretold, once it is `foreseen`.
    pub(super) fn settle(&mut self, away: &Arc<BTreeSet<String>>, foreseen: bool) {
        self.away.get_or_insert_with(|| away.clone());
        self.foreseen |= foreseen;
    }

    /// Whether an item left the queue since.
    #[must_use]
    pub fn saw(&self, item: &str) -> bool {
        self.away.as_ref().is_some_and(|away| !away.contains(item))
    }

    /// Somebody pressed or clicked something at this second. The time since the last sign was spent on the queue if that
    /// was `at_the_queue`, and is at most a short pause.
    pub(super) fn sign(&mut self, second: u64, at_the_queue: bool) {
        if let Some(last) = self.last_sign.filter(|_| at_the_queue) {
            self.worked_seconds += second.saturating_sub(last).min(PAUSE_SECONDS);
        }
        self.last_sign = Some(second);
    }

    /// The same in minutes, begun ones counted.
    #[must_use]
    pub fn worked_minutes(&self) -> u64 {
        self.worked_seconds.div_ceil(60)
    }
}
