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
use super::fold::{Change, Side, Tree};
use super::forecast::{Forecast, Outlook};
use super::health::Healths;
use super::outbox::AllOvertaken;
use super::own::{Own, not_named};
use super::proof::{FigureKey, Proof, prove};
use super::today::{self, Item, Marked, Marks, Today};
use super::{Board, Cash, Client, Clients, Lessons, Outbox, Page};

/// For so many (book, day) the whole is kept: an undo and a look back cost nothing.
const KEPT_WHOLE: usize = 6;
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
    /// The letters that wait to go out.
    pub outbox: Arc<Outbox>,
    /// Every client's health.
    pub healths: Arc<Healths>,
    /// What was learnt from invoices that were written off.
    pub lessons: Arc<Lessons>,
    /// What each client's figures were folded from, in the order of their ids.
    pub of_clients: Arc<Vec<Arc<Client>>>,
    /// What was folded from the firm's own facts.
    own: Arc<Own>,
    tree: Arc<Tree>,
    marks: Arc<Marks>,
}

/// What was computed before, for the books and days looked at last.
#[derive(Debug, Default)]
pub struct Memo {
    recent: Vec<Whole>,
    /// Figures without and with what a forecast brings to the queue.
    ahead: Option<(Arc<Figures>, Arc<Forecast>, Arc<Figures>)>,
    pages: Vec<(Arc<Figures>, Arc<Page>)>,
    firms: Vec<(Arc<Figures>, Arc<Firm>)>,
    overtaken: Option<(Arc<Figures>, Arc<AllOvertaken>)>,
    /// Beside what it was made from, so that no pointer in there can be reused.
    proof: Option<(Arc<Figures>, Outlook, Arc<Proof>)>,
}

/// The figures of a book beside what they were computed from. The book is held, so its pointers cannot be reused.
#[derive(Debug)]
struct Whole {
    book: Book,
    day: NaiveDate,
    /// Whether the queue also names what lies ahead in the file.
    with_faults_ahead: bool,
    /// Of each client of the book; nothing for one of whom nothing was known yet.
    clients: Vec<Option<Arc<Client>>>,
    figures: Arc<Figures>,
}

impl Figures {
    /// The figures of `book` as of the end of `day`, from what was known by then alone.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate) -> Arc<Self> {
        Whole::of(book, day, false, None).figures
    }

    /// These figures with what a forecast of 13 weeks brings to the queue: nothing, where it is of another day. `business` is
    /// as known at the end of the day.
    #[must_use]
    pub fn with_ahead(self: &Arc<Self>, business: &Business, forecast: &Forecast) -> Arc<Self> {
        if forecast.day != self.day {
            return self.clone();
        }
        let found: Vec<Arc<Item>> =
            today::ahead_items(business, &self.of_clients, forecast).into_iter().map(Arc::new).collect();
        if found.is_empty() {
            return self.clone();
        }
        let gone = Marked { items: Vec::new(), marks: &self.marks };
        let come = Marked { items: found.iter().collect(), marks: &self.marks };
        let today = Arc::new(self.today.next(&gone, &come, business, self.day));
        Arc::new(Self { today, ..Self::clone(self) })
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
        let alike = |it: &&Whole| {
            Arc::ptr_eq(it.book.business(), book.business())
                && it.day == day
                && it.with_faults_ahead == with_faults_ahead
        };
        let found = match self.recent.iter().position(|it| it.book.is_same(book) && alike(&it)) {
            Some(position) => self.recent.remove(position),
            None => Whole::of(book, day, with_faults_ahead, self.recent.iter().find(alike)),
        };
        let figures = found.figures.clone();
        self.recent.insert(0, found);
        self.recent.truncate(KEPT_WHOLE);
        figures
    }

    /// The same with what is known of the future in the queue, as soon as it is known.
    pub fn figures_ahead(
        &mut self,
        book: &Book,
        day: NaiveDate,
        today: NaiveDate,
        outlook: &Outlook,
    ) -> Arc<Figures> {
        let figures = self.figures(book, day, today);
        let Some(forecast) = &outlook.quarter else { return figures };
        let same = |(of, by, _): &&(Arc<Figures>, Arc<Forecast>, Arc<Figures>)| {
            Arc::ptr_eq(of, &figures) && Arc::ptr_eq(by, forecast)
        };
        if let Some((.., ahead)) = self.ahead.as_ref().filter(same) {
            return ahead.clone();
        }
        let ahead = figures.with_ahead(&book.business().as_of(day), forecast);
        self.ahead = Some((figures, forecast.clone(), ahead.clone()));
        ahead
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

    /// Why letters that wait are to be read again before they go: the same `Arc` as long as nothing changes.
    pub fn overtaken(
        &mut self,
        book: &Book,
        day: NaiveDate,
        today: NaiveDate,
        outlook: &Outlook,
    ) -> Arc<AllOvertaken> {
        let figures = self.figures_ahead(book, day, today, outlook);
        if let Some((_, same)) = self.overtaken.as_ref().filter(|(of, _)| Arc::ptr_eq(of, &figures)) {
            return same.clone();
        }
        let overtaken = Arc::new(figures.all_overtaken(book.business()));
        self.overtaken = Some((figures, overtaken.clone()));
        overtaken
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
        let figures = self.figures_ahead(book, day, today, outlook);
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
}

impl Whole {
    /// The figures of `book`, from what was computed `before` for a book with the same settings on the same day.
    fn of(book: &Book, day: NaiveDate, with_faults_ahead: bool, before: Option<&Self>) -> Self {
        let business = book.business().as_of(day);
        let of_client = |facts: &Arc<ClientFacts>| {
            let ahead = with_faults_ahead.then(|| book.business());
            of_client(&business, facts, ahead, day).map(Arc::new)
        };
        let mut change = Change::default();
        let clients = clients(book, before, &mut change, of_client);
        let of_clients: Arc<Vec<Arc<Client>>> = Arc::new(clients.iter().flatten().cloned().collect());
        let own = own(book, &business, &clients, with_faults_ahead, day, before);
        if before.is_none_or(|before| !Arc::ptr_eq(&before.figures.own, &own)) {
            change.gone.own = before.map(|before| before.figures.own.clone());
            change.come.own = Some(own.clone());
        }
        let before = before.map(|before| before.figures.as_ref());
        let tree = Tree::of(
            book.currency(),
            &of_clients,
            before.map(|before| (&before.tree, before.of_clients.as_slice())),
        );
        let sums = tree.sums();
        let (today, marks) = queue(before, &change, &of_clients, &own, &business, day);
        let board = Board::next(before.map(|it| it.board.as_ref()), &change, sums, &business, day);
        let cash = Cash::next(before.map(|it| it.cash.as_ref()), &change, (sums, &own), &business, day);
        let last = before.map(|it| it.healths.as_ref());
        let healths = Healths::next(&business, &of_clients, day, last, &change);
        let known = before.map(|it| it.clients.as_ref());
        let table = Clients::next(known, &change, (sums, &healths), &business, day);
        let lessons = Lessons::next(before.map(|it| &it.lessons), &change);
        let figures = Figures {
            day,
            currency: book.currency(),
            today: Arc::new(today),
            board: Arc::new(board),
            cash: Arc::new(cash),
            clients: Arc::new(table),
            outbox: Outbox::next(before.map(|it| &it.outbox), &change, &of_clients, day),
            healths: Arc::new(healths),
            lessons,
            of_clients,
            own,
            tree,
            marks,
        };
        Self { book: book.clone(), day, with_faults_ahead, clients, figures: Arc::new(figures) }
    }

    /// The facts of each client and its figures.
    fn each(&self) -> impl Iterator<Item = (&Arc<ClientFacts>, &Option<Arc<Client>>)> {
        self.book.clients().zip(&self.clients)
    }
}

/// The figures of each client: those computed `before` where its facts are the same, else from `of_client`. What is
/// different goes into `change`.
fn clients(
    book: &Book,
    before: Option<&Whole>,
    change: &mut Change,
    of_client: impl Fn(&Arc<ClientFacts>) -> Option<Arc<Client>>,
) -> Vec<Option<Arc<Client>>> {
    let mut all = Vec::with_capacity(book.clients().len());
    let mut known = before.into_iter().flat_map(Whole::each).peekable();
    for facts in book.clients() {
        let mut same = None;
        // Pointers are compared first, since ids lie elsewhere in memory.
        while let Some((was, figures)) =
            known.next_if(|(was, _)| Arc::ptr_eq(was, facts) || was.id() <= facts.id())
        {
            if Arc::ptr_eq(was, facts) {
                same = Some(figures.clone());
                break;
            }
            change.gone.clients.extend(figures.clone());
        }
        all.push(same.unwrap_or_else(|| {
            let figures = of_client(facts);
            change.come.clients.extend(figures.clone());
            figures
        }));
    }
    change.gone.clients.extend(known.filter_map(|(_, figures)| figures.clone()));
    all
}

/// One client's figures, with what in its records cannot be right among its items; nothing where it was not known yet.
/// With the settings of the whole book, what cannot be right in its facts that lie `ahead` is there too.
fn of_client(
    business: &Arc<Business>,
    facts: &Arc<ClientFacts>,
    ahead: Option<&Arc<Business>>,
    day: NaiveDate,
) -> Option<Client> {
    let known = facts.as_of(day)?;
    let mut client = Client::of(business, &known, day);
    client.items.extend(faults(business, &known, day).into_iter().map(Arc::new));
    if let Some(business) = ahead.filter(|_| !Arc::ptr_eq(&known, facts)) {
        client.items.extend(not_named(&client.items, faults(business, facts, day)));
    }
    Some(client)
}

/// What cannot be right in one client's records.
fn faults(business: &Arc<Business>, facts: &ClientFacts, day: NaiveDate) -> Vec<Item> {
    let who = AnyRecord::Client(facts.client.clone());
    let alone = Book::from_records(business.clone(), std::iter::once(who).chain(facts.facts.records()));
    let mut found = today::implausible_items(&alone, day);
    // What is wrong with the settings is the firm's.
    found.retain(|item| item.table.is_some());
    found
}

/// What the firm's own facts bring: what was computed `before` where nothing of it changed.
fn own(
    book: &Book,
    business: &Arc<Business>,
    clients: &[Option<Arc<Client>>],
    with_faults_ahead: bool,
    day: NaiveDate,
    before: Option<&Whole>,
) -> Arc<Own> {
    let unknown = book.clients().zip(clients).filter(|(_, figures)| figures.is_none());
    let strangers: Vec<&Arc<ClientFacts>> = unknown.map(|(facts, _)| facts).collect();
    if let Some(before) = before.filter(|before| Arc::ptr_eq(before.book.firm(), book.firm())) {
        let mut known = before.each().filter(|(_, figures)| figures.is_none());
        let same = strangers.iter().all(|it| known.next().is_some_and(|(known, _)| Arc::ptr_eq(known, it)));
        if same && known.next().is_none() {
            return before.figures.own.clone();
        }
    }
    let mut own = Own::of(business, &book.firm().as_of(day), day);
    if with_faults_ahead {
        own.add_faults_ahead(book, business, &strangers, day);
    }
    Arc::new(own)
}

/// The queue of all clients and the firm, and the marks in it.
fn queue(
    before: Option<&Figures>,
    change: &Change,
    of_clients: &[Arc<Client>],
    own: &Arc<Own>,
    business: &Business,
    day: NaiveDate,
) -> (Today, Arc<Marks>) {
    let (no_items, no_marks) = (Today::default(), Arc::default());
    let (today, marks_before) = before.map_or((&no_items, &no_marks), |it| (it.today.as_ref(), &it.marks));
    let all = of_clients.iter().map(|client| &client.known.facts).chain([own.known.as_ref()]);
    let (marks, stirred) = marks_before.next(change.gone.facts(), change.come.facts(), all);
    // Mostly one mark changes: to compare with it costs less than to look for it in order.
    let single = stirred.first().filter(|_| stirred.len() == 1);
    let is_stirred = |item: &Item| match single {
        Some(id) => item.id == *id,
        None => stirred.contains(item.id.as_str()),
    };
    let (gone, come) = different(&change.gone, &change.come, is_stirred);
    let mut gone = Marked { items: gone, marks: marks_before };
    let mut come = Marked { items: come, marks: &marks };
    if !stirred.is_empty() {
        // A mark may be among the facts of another client than its item is, or of none.
        let items = change.unchanged(of_clients, own).filter(|item| is_stirred(item));
        for item in items {
            gone.items.push(item);
            come.items.push(item);
        }
    }
    (today.next(&gone, &come, business, day), marks)
}

/// The items of either side but for those that are on both, unless a mark on them changed: they stay where they are.
fn different<'a>(
    gone: &'a Side,
    come: &'a Side,
    is_stirred: impl Fn(&Item) -> bool,
) -> (Vec<&'a Arc<Item>>, Vec<&'a Arc<Item>>) {
    let was: BTreeMap<&str, &Arc<Item>> = gone.items().map(|item| (item.id.as_str(), item)).collect();
    let stays = |item: &&Arc<Item>| {
        !is_stirred(item) && was.get(item.id.as_str()).is_some_and(|before| before == item)
    };
    let (stay, come): (Vec<&Arc<Item>>, Vec<&Arc<Item>>) = come.items().partition(stays);
    let stay: BTreeSet<&str> = stay.into_iter().map(|item| item.id.as_str()).collect();
    (gone.items().filter(|item| !stay.contains(item.id.as_str())).collect(), come)
}
