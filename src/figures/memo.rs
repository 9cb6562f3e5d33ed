//! Figures of a whole book, and the memory that makes them cheap: one edit costs one client plus the folds.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Book, Business, ClientFacts, ClientId, Currency};

use super::today::{self, Marks, Today};
use super::{Board, Cash, Client, Clients, Page};

/// For so many (book, day) the whole is kept: an undo and a look back cost nothing.
const KEPT_WHOLE: usize = 6;
/// For so many versions of a client, or days, its figures are kept.
const KEPT_CLIENT: usize = 4;
/// So many clients' pages are kept.
const KEPT_PAGES: usize = 4;

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
    /// What each client's figures were folded from, in the order of their ids.
    pub of_clients: Arc<Vec<Arc<Client>>>,
}

/// What was computed before, for the books and days looked at last.
#[derive(Debug, Default)]
pub struct Memo {
    recent: Vec<(Book, NaiveDate, Arc<Figures>)>,
    clients: BTreeMap<ClientId, Vec<Kept>>,
    pages: Vec<(Arc<Figures>, Arc<Page>)>,
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
    /// The figures of `book` as of the end of `day`.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate) -> Arc<Self> {
        Memo::new().figures(book, day)
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

    /// The figures of `book` as of the end of `day`: the same `Arc` as long as neither changes.
    pub fn figures(&mut self, book: &Book, day: NaiveDate) -> Arc<Figures> {
        let known = self.recent.iter().position(|(of, on, _)| of.is_same(book) && *on == day);
        let found = match known {
            Some(position) => self.recent.remove(position),
            None => (book.clone(), day, Arc::new(self.computed(book, day))),
        };
        let figures = found.2.clone();
        self.recent.insert(0, found);
        self.recent.truncate(KEPT_WHOLE);
        figures
    }

    /// One client's page as of the end of `day`: the same `Arc` as long as nothing changes; `None` when the client was
    /// not known by then.
    pub fn page(&mut self, book: &Book, day: NaiveDate, id: &ClientId) -> Option<Arc<Page>> {
        let figures = self.figures(book, day);
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

    fn computed(&mut self, book: &Book, day: NaiveDate) -> Figures {
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
        Figures {
            day,
            currency: book.currency(),
            today: Arc::new(queue(&known, &clients, day)),
            board: Arc::new(Board::of(business, &clients, day)),
            cash: Arc::new(Cash::of(business, &clients, firm, day)),
            clients: Arc::new(Clients::of(business.currency, &clients, day)),
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

/// The queue of all clients and the firm, of a book as known.
fn queue(known: &Book, clients: &[Arc<Client>], day: NaiveDate) -> Today {
    let mut firm = today::firm_items(known.business(), known.firm(), day);
    let alone = Book::from_records(known.business().clone(), known.firm().records());
    firm.extend(today::implausible_items(&alone, day));
    let per_client = clients.iter().map(|client| client.items.as_slice());
    today::queue(known.business(), per_client, &firm, &Marks::of(known), day)
}
