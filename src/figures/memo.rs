//! Figures of a whole book, and the memory that makes them cheap: one edit costs one client plus the folds.
//!
//! Every figure follows from the facts known at the end of the day looked at. What is wrong with the file itself is no such
//! figure: a payment noted for 2062 is a slip of today, though nothing of it is known yet. So on the working day the queue
//! also names what lies ahead of it in the file; a look back names nothing that came later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Book, Business, ClientFacts, ClientId, Currency};

use super::firm::Firm;
use super::forecast::Outlook;
use super::health::Healths;
use super::proof::{FigureKey, Proof, prove};
use super::today::{self, Item, ItemKind, Marks, Today};
use super::{Board, Cash, Client, Clients, Page};

/// For so many (book, day) the whole is kept: an undo and a look back cost nothing.
const KEPT_WHOLE: usize = 6;
/// For so many versions of a client, or days, its figures are kept.
const KEPT_CLIENT: usize = 4;
/// So many clients' pages are kept.
const KEPT_PAGES: usize = 4;
/// For so many (book, day) the figures of the firm are kept.
const KEPT_FIRMS: usize = 2;

/// Every figure of a book as of a day.
#[derive(Debug, Clone)]
pub struct Figures {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// The queue.
    pub today: Arc<Today>,
    /// The board.
    pub board: Arc<Board>,
    /// Money.
    pub cash: Arc<Cash>,
    /// The table of clients.
    pub clients: Arc<Clients>,
    /// Every client's health.
    pub healths: Arc<Healths>,
    /// What each client's figures were folded from, in the order of their ids.
    pub of_clients: Arc<Vec<Arc<Client>>>,
}

/// What was computed before, for the books and days looked at last.
#[derive(Debug, Default)]
pub struct Memo {
    recent: Vec<Whole>,
    clients: BTreeMap<ClientId, Vec<Kept>>,
    pages: Vec<(Arc<Figures>, Arc<Page>)>,
    /// The healths made last: one edit changes few of them.
    healths: Option<Arc<Healths>>,
    firms: Vec<(Arc<Figures>, Arc<Firm>)>,
    /// Beside what it was made from, so that no pointer in there can be reused.
    proof: Option<(Arc<Figures>, Outlook, Arc<Proof>)>,
}

/// The figures of a book beside what they were computed from.
#[derive(Debug)]
struct Whole {
    book: Book,
    day: NaiveDate,
    /// Whether the queue also names what lies ahead in the file.
    with_faults_ahead: bool,
    figures: Arc<Figures>,
}

/// A client's figures beside what they were computed from. Both `Arc`s are held, so their pointers cannot be reused.
#[derive(Debug)]
struct Kept {
    facts: Arc<ClientFacts>,
    business: Arc<Business>,
    day: NaiveDate,
    figures: Arc<Client>,
}

impl Figures {
    /// The figures of `book` as of the end of `day`, from what was known by then alone.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate) -> Arc<Self> {
        Arc::new(Memo::new().computed(book, day, false))
    }

    /// One client's figures.
    #[must_use]
    pub fn client(&self, id: &ClientId) -> Option<&Arc<Client>> {
        let position = self.of_clients.binary_search_by(|client| client.id.cmp(id)).ok()?;
        self.of_clients.get(position)
    }
}

impl Memo {
    /// Nothing remembered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The figures of `book` as of the end of `day`: the same `Arc` as long as nothing changes. `today` is the day by
    /// the clock: on it, the queue also names what in the file cannot be right because it lies ahead.
    pub fn figures(&mut self, book: &Book, day: NaiveDate, today: NaiveDate) -> Arc<Figures> {
        let with_faults_ahead = day >= today;
        let same =
            |it: &Whole| it.book.is_same(book) && it.day == day && it.with_faults_ahead == with_faults_ahead;
        let found = match self.recent.iter().position(same) {
            Some(position) => self.recent.remove(position),
            None => Whole {
                book: book.clone(),
                day,
                with_faults_ahead,
                figures: Arc::new(self.computed(book, day, with_faults_ahead)),
            },
        };
        let figures = found.figures.clone();
        self.recent.insert(0, found);
        self.recent.truncate(KEPT_WHOLE);
        figures
    }

    /// One client's page as of the end of `day`: the same `Arc` as long as nothing changes; `None` when the client was
    /// not known by then.
    pub fn page(
        &mut self,
        book: &Book,
        day: NaiveDate,
        today: NaiveDate,
        id: &ClientId,
    ) -> Option<Arc<Page>> {
        let figures = self.figures(book, day, today);
        let same =
            |(of, page): &(Arc<Figures>, Arc<Page>)| Arc::ptr_eq(of, &figures) && page.client.id == *id;
        let found = if let Some(position) = self.pages.iter().position(same) {
            self.pages.remove(position)
        } else {
            let page = Page::of(book.business(), &figures, id)?;
            (figures, Arc::new(page))
        };
        let page = found.1.clone();
        self.pages.insert(0, found);
        self.pages.truncate(KEPT_PAGES);
        Some(page)
    }

    /// The figures of the firm as of the end of `day`: the same `Arc` as long as nothing changes.
    pub fn firm(&mut self, book: &Book, day: NaiveDate, today: NaiveDate) -> Arc<Firm> {
        let figures = self.figures(book, day, today);
        let same = |(of, _): &(Arc<Figures>, Arc<Firm>)| Arc::ptr_eq(of, &figures);
        let found = if let Some(position) = self.firms.iter().position(same) {
            self.firms.remove(position)
        } else {
            let firm = Firm::of(book.business(), &figures.of_clients, day);
            (figures, Arc::new(firm))
        };
        let firm = found.1.clone();
        self.firms.insert(0, found);
        self.firms.truncate(KEPT_FIRMS);
        firm
    }

    /// The proof of a figure as of the end of `day`, and of what is known of the future: the same `Arc` as long as nothing
    /// changes; `None` when there is no such figure.
    pub fn proof(
        &mut self,
        book: &Book,
        day: NaiveDate,
        today: NaiveDate,
        outlook: &Outlook,
        key: &FigureKey,
    ) -> Option<Arc<Proof>> {
        let figures = self.figures(book, day, today);
        let same = |(of, ahead, proof): &&(Arc<Figures>, Outlook, Arc<Proof>)| {
            Arc::ptr_eq(of, &figures) && ahead.is_same(outlook) && proof.key == *key
        };
        if let Some((.., proof)) = self.proof.as_ref().filter(same) {
            return Some(proof.clone());
        }
        let proof = Arc::new(prove(key, &figures, &book.as_of(day), outlook)?);
        self.proof = Some((figures, outlook.clone(), proof.clone()));
        Some(proof)
    }

    fn computed(&mut self, book: &Book, day: NaiveDate, with_faults_ahead: bool) -> Figures {
        let known = book.as_of(day);
        let (business, firm) = (known.business(), known.firm());
        self.clients.retain(|id, _| book.client(id).is_some());
        let clients: Vec<Arc<Client>> = book
            .clients()
            .filter_map(|facts| {
                let as_known = known.client(facts.id())?;
                Some(self.client(facts, book.business(), day, || of_client(business, as_known, day)))
            })
            .collect();
        let faults_ahead = if with_faults_ahead { faults_ahead(book, &known, day) } else { Vec::new() };
        let healths = Healths::of(business, &clients, day, self.healths.as_deref());
        let healths = Arc::new(healths);
        self.healths = Some(healths.clone());
        Figures {
            day,
            currency: book.currency(),
            today: Arc::new(queue(&known, &clients, faults_ahead, day)),
            board: Arc::new(Board::of(business, &clients, day)),
            cash: Arc::new(Cash::of(business, &clients, firm, day)),
            clients: Arc::new(Clients::of(business, &clients, &healths, day)),
            healths,
            of_clients: Arc::new(clients),
        }
    }

    fn client(
        &mut self,
        facts: &Arc<ClientFacts>,
        business: &Arc<Business>,
        day: NaiveDate,
        compute: impl FnOnce() -> Client,
    ) -> Arc<Client> {
        let kept = self.clients.entry(facts.id().clone()).or_default();
        let same =
            |it: &Kept| it.day == day && Arc::ptr_eq(&it.facts, facts) && Arc::ptr_eq(&it.business, business);
        let found = match kept.iter().position(same) {
            Some(position) => kept.remove(position),
            None => {
                Kept { facts: facts.clone(), business: business.clone(), day, figures: Arc::new(compute()) }
            }
        };
        let figures = found.figures.clone();
        kept.insert(0, found);
        kept.truncate(KEPT_CLIENT);
        figures
    }
}

/// One client's figures, with what in its records cannot be right among its items.
fn of_client(business: &Arc<Business>, known: &Arc<ClientFacts>, day: NaiveDate) -> Client {
    let mut client = Client::of(business, known, day);
    let who = AnyRecord::Client(known.client.clone());
    let alone = Book::from_records(business.clone(), std::iter::once(who).chain(known.facts.records()));
    let found = today::implausible_items(&alone, day);
    // What is wrong with the settings is the firm's.
    client.items.extend(found.into_iter().filter(|item| item.table.is_some()));
    client
}

/// What cannot be right in the parts of `book` that hold something later than `day`; `known` is the book as known then.
fn faults_ahead(book: &Book, known: &Book, day: NaiveDate) -> Vec<Item> {
    let (business, firm) = (book.business(), book.firm());
    let is_known = |facts: &&Arc<ClientFacts>| {
        known.client(facts.id()).is_some_and(|as_known| Arc::ptr_eq(as_known, facts))
    };
    let mut records: Vec<AnyRecord> = Vec::new();
    for facts in book.clients().filter(|facts| !is_known(facts)) {
        records.push(AnyRecord::Client(facts.client.clone()));
        records.extend(facts.facts.records());
    }
    if !Arc::ptr_eq(firm, known.firm()) {
        records.extend(firm.records());
    }
    if records.is_empty() && Arc::ptr_eq(business, known.business()) {
        return Vec::new();
    }
    today::implausible_items(&Book::from_records(business.clone(), records), day)
}

/// The queue of all clients and the firm, of a book as known, and of what lies ahead in the file.
fn queue(known: &Book, clients: &[Arc<Client>], faults_ahead: Vec<Item>, day: NaiveDate) -> Today {
    let mut firm = today::firm_items(known.business(), known.firm(), day);
    let alone = Book::from_records(known.business().clone(), known.firm().records());
    firm.extend(today::implausible_items(&alone, day));
    // A record is in the queue once, with what is wrong with it as known before what is wrong with the rest.
    let named: BTreeSet<&str> = clients
        .iter()
        .flat_map(|client| &client.items)
        .chain(&firm)
        .filter(|item| item.kind == ItemKind::Implausible)
        .map(|item| item.id.as_str())
        .collect();
    let more: Vec<Item> = faults_ahead.into_iter().filter(|item| !named.contains(item.id.as_str())).collect();
    firm.extend(more);
    let per_client = clients.iter().map(|client| client.items.as_slice());
    today::queue(known.business(), per_client, &firm, &Marks::of(known), day)
}
