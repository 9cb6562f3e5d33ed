//! What the lists hold: the figures, narrowed by the session's filters and put in its order.

use std::sync::Arc;

use chrono::NaiveDate;

use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Merge, Table, days_between, merge};
use crate::figures::consequence::Consequence;
use crate::figures::firm::Firm;
use crate::figures::forecast::{AgendaRow, DayPart, Layers, Outlook, Question, Receipt};
use crate::figures::proof::{FigureKey, Proof};
use crate::figures::{
    AllOvertaken, Card, CardKey, ClientFilter, ClientGroup, Column, Figures, Filter, ItemFilter, Letter,
    Memo, Overtaken, Owed, Page, Row, Waiting, WayOutRow, today::Done, today::Item,
};

use super::State;
use super::action::Action;
use super::firm_list::{FirmRow, firm_rows};
use super::form::FormView;
use super::lever_line::{LeverLine, LeverNote, lever_lines, lever_note};
use super::rates_place::RatesView;
use super::session::{Cursor, Overlay, PageSection, Session, View};
use super::triage::{Arranged, Selection, TriageAction};

/// So many differences of a month have a row of their own; what the others make together stands in one.
pub const CHANGES: usize = 40;

/// The axis of the receipts goes on no further than to what is expected within this many days: else nothing near could be told apart.
const HALF_A_YEAR: i64 = 182;

/// The rows of every list, as positions in the figures; and what is open over them.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The figures of the book as of the day shown.
    pub figures: Arc<Figures>,
    /// Items of the queue, in the order its rows keep.
    pub today: Vec<usize>,
    /// How many items wait to be merged into it.
    pub arrivals: usize,
    /// Whether the queue has another order than its rows keep.
    pub can_merge: bool,
    /// The rows of the queue that are selected.
    pub selected: Vec<usize>,
    /// What became of the items that left the queue in this session.
    pub done: Done,
    /// For how many minutes somebody worked at the queue in this session.
    pub minutes: u64,
    /// Cards, column by column of the board.
    pub board: Vec<Vec<usize>>,
    /// Open invoices, by the day they may be paid; on the other views none.
    pub cash: Vec<usize>,
    /// After how many days the last receipt is expected, of those expected within half a year; on the other views none.
    pub last_receipt_days: Option<i64>,
    /// Whether an open invoice is in another currency than the book's; on the other views not asked.
    pub owed_abroad: bool,
    /// What comes and goes, by day, in the layers that are counted: positions in the forecast's agenda.
    pub coming: Vec<usize>,
    /// What may come or go on the day the cursor of the fan is at.
    pub on_day: Vec<DayPart>,
    /// What is known of the future so far.
    pub outlook: Outlook,
    /// The levers of the what-if.
    pub levers: Vec<LeverLine>,
    /// What else follows from the one that the hand is at.
    pub lever_note: Option<LeverNote>,
    /// Rows of the table of clients.
    pub clients: Vec<usize>,
    /// The kinds they stand in groups by; empty while they stand in one list.
    pub groups: Vec<ClientGroup>,
    /// Letters of the outbox.
    pub outbox: Vec<usize>,
    /// What of the filter of the view was not understood, each in a sentence.
    pub filter_notes: Vec<String>,
    /// The figures of the firm, in the view that shows them.
    pub firm: Option<Arc<Firm>>,
    /// The rates, while they are looked at.
    pub rates: Option<RatesView>,
    /// Whether an earlier day is looked at.
    pub looking: bool,
    /// The client's page that is open.
    pub page: Option<Arc<Page>>,
    /// The page of the client the cursor is at, for the pane beside the list.
    pub beside: Option<Arc<Page>>,
    /// What to write about the item of the queue the cursor is at, as a draft.
    pub draft: Option<Letter>,
    /// Why letters of the outbox are to be read again before they go, while they are shown; nothing goes from another day.
    pub overtaken: Option<Arc<AllOvertaken>>,
    /// Who writes.
    pub business: Arc<Business>,
    /// What the letter of the outbox that the cursor is at is about, as long as that waits.
    pub about: Option<Arc<Item>>,
    /// The form that is open.
    pub form: Option<FormView>,
    /// What merging the two clients would do that are previewed.
    pub merge: Option<Arc<Merge>>,
    /// The rows of the firm's list that is looked at.
    pub lists: Vec<FirmRow>,
    /// The proof that is looked at; nothing while none is, and where its figure is no longer there.
    pub proof: Option<Arc<Proof>>,
}

/// A line of the table of clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientLine {
    /// The heading of a group, by its position in [`Shown::groups`].
    Group(usize),
    /// A row, by its position in [`Shown::clients`].
    Row(usize),
}

/// What the cursor is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// The record's table.
    pub table: Table,
    /// Its id.
    pub id: String,
    /// The part of it: a person, by position.
    pub part: Option<usize>,
    /// Whose it is.
    pub client: Option<ClientId>,
}

impl Shown {
    /// The item of the queue at a row.
    #[must_use]
    pub fn item(&self, row: usize) -> Option<&Item> {
        self.figures.today.items.get(*self.today.get(row)?).map(AsRef::as_ref)
    }

    /// What is asked of the future while this is shown.
    #[must_use]
    pub fn question(&self, state: &State) -> Question {
        let on_queue = state.session.view == View::Today && state.session.page.is_none();
        let at = || self.today.get(self.row(&state.session)?);
        let item = at().filter(|_| on_queue).and_then(|at| self.figures.today.items.get(*at));
        Question { item: item.cloned(), ..state.question() }
    }

    /// What the item that the hand is at means for the cash to come, once that is known.
    #[must_use]
    pub fn consequence(&self, item: &str) -> Option<&Consequence> {
        self.outlook.consequence.as_deref().filter(|told| told.item == item)
    }

    /// Why a letter that waits is to be read again before it goes.
    #[must_use]
    pub fn overtaken(&self, waiting: &Waiting) -> Option<&Overtaken> {
        self.overtaken.as_ref()?.get(&waiting.letter.id)
    }

    /// The letter of the outbox at a row.
    #[must_use]
    pub fn waiting(&self, row: usize) -> Option<&Waiting> {
        self.figures.outbox.waiting.get(*self.outbox.get(row)?)
    }

    /// The card of the board at a column and row.
    #[must_use]
    pub fn card(&self, column: usize, row: usize) -> Option<&Card> {
        let position = *self.board.get(column)?.get(row)?;
        self.figures.board.columns.get(column)?.cards.get(position).map(AsRef::as_ref)
    }

    /// The open invoice at a row of Cash.
    #[must_use]
    pub fn owed(&self, row: usize) -> Option<&Owed> {
        self.figures.cash.owed.get(*self.cash.get(row)?).map(AsRef::as_ref)
    }

    /// What comes or goes at a row beside the fan.
    #[must_use]
    pub fn coming(&self, row: usize) -> Option<&AgendaRow> {
        self.outlook.base.as_ref()?.agenda.get(*self.coming.get(row)?)
    }

    /// The first row of what comes on a day or later; the last row when nothing does.
    #[must_use]
    pub fn first_coming_from(&self, day: NaiveDate) -> usize {
        let Some(forecast) = &self.outlook.base else { return 0 };
        let earlier = |row: &usize| forecast.agenda.get(*row).is_some_and(|coming| coming.day < day);
        self.coming.partition_point(earlier).min(self.coming.len().saturating_sub(1))
    }

    /// The rows of why the month changed, by their figures: as seen then, what differs, as seen now.
    #[must_use]
    pub fn change_rows(&self) -> Vec<FigureKey> {
        let Some(change) = &self.outlook.change else { return Vec::new() };
        let mut rows = vec![FigureKey::MonthThen];
        rows.extend(change.terms.iter().take(CHANGES).map(|term| FigureKey::ChangeRow(term.key.clone())));
        if change.terms.len() > CHANGES {
            rows.push(FigureKey::ChangeRest(CHANGES));
        }
        rows.push(FigureKey::MonthChange);
        rows
    }

    /// The month of the bars on Cash that the cursor is at; `None` where there are no bars.
    #[must_use]
    pub fn month(&self, session: &Session) -> Option<NaiveDate> {
        let months = &self.figures.cash.months;
        let at = session.cash.month.filter(|at| months.iter().any(|month| month.month == *at));
        at.or_else(|| months.last().map(|month| month.month))
    }

    /// The client at a row.
    #[must_use]
    pub fn client(&self, row: usize) -> Option<&Row> {
        self.figures.clients.rows.get(*self.clients.get(row)?).map(AsRef::as_ref)
    }

    /// How many lines the table of clients has: its rows, and a heading for each group.
    #[must_use]
    pub fn client_lines(&self) -> usize {
        self.clients.len().saturating_add(self.groups.len())
    }

    /// What stands in a line of the table of clients.
    #[must_use]
    pub fn client_line(&self, line: usize) -> ClientLine {
        // Each group begins a line later for every heading before it.
        let begins = |(at, group): (usize, &ClientGroup)| group.first.saturating_add(at);
        let headings = self.groups.iter().enumerate().take_while(|group| begins(*group) <= line).count();
        let last = headings.checked_sub(1).and_then(|at| Some((at, self.groups.get(at)?)));
        match last {
            Some((at, group)) if begins((at, group)) == line => ClientLine::Group(at),
            _ => ClientLine::Row(line.saturating_sub(headings)),
        }
    }

    /// The line a row of the table of clients stands in.
    #[must_use]
    pub fn line_of_client(&self, row: usize) -> usize {
        row.saturating_add(self.groups.iter().take_while(|group| group.first <= row).count())
    }

    /// How many rows the list that has the keys holds.
    #[must_use]
    pub fn len(&self, session: &Session) -> usize {
        if let (Some(place), Some(page)) = (&session.page, &self.page) {
            return section_len(page, place.section);
        }
        match session.view {
            View::Today => self.today.len(),
            View::Board => self.board.get(self.column(session)).map_or(0, Vec::len),
            View::Cash => self.cash.len(),
            View::Clients if session.shows_firm() => 0,
            View::Clients => self.clients.len(),
            View::Outbox => self.outbox.len(),
        }
    }

    /// Whether that list holds nothing.
    #[must_use]
    pub fn is_empty(&self, session: &Session) -> bool {
        self.len(session) == 0
    }

    /// The key of a row of the list that has the keys.
    #[must_use]
    pub fn key(&self, session: &Session, row: usize) -> Option<String> {
        self.key_in(session, self.column(session), row)
    }

    /// The key of a row, in a column where the list is the board.
    fn key_in(&self, session: &Session, column: usize, row: usize) -> Option<String> {
        if let (Some(place), Some(page)) = (&session.page, &self.page) {
            return section_key(page, place.section, row);
        }
        match session.view {
            View::Today => self.item(row).map(|item| item.id.clone()),
            View::Board => self.card(column, row).map(card_key),
            View::Cash => self.owed(row).map(|owed| owed.invoice.to_string()),
            View::Clients if session.shows_firm() => None,
            View::Clients => self.client(row).map(|row| row.id.to_string()),
            View::Outbox => self.waiting(row).map(|it| it.letter.id.to_string()),
        }
    }

    /// The cursor for a row of that list.
    #[must_use]
    pub fn cursor_at(&self, session: &Session, row: usize) -> Cursor {
        Cursor { key: self.key(session, row).unwrap_or_default(), index: row, column: self.column(session) }
    }

    /// The row the cursor of that list is at; `None` when the list is empty.
    #[must_use]
    pub fn row(&self, session: &Session) -> Option<usize> {
        let length = self.len(session);
        let cursor = match &session.page {
            Some(place) => &place.cursor,
            None => session.cursors.of(session.view),
        };
        let by_key = || {
            if cursor.key.is_empty() {
                return None;
            }
            let column = self.column(session);
            let is_there =
                |row: usize| self.key_in(session, column, row).is_some_and(|key| key == cursor.key);
            // The row is where it was, but right after an edit; see `settled`.
            if is_there(cursor.index) { Some(cursor.index) } else { (0..length).find(|row| is_there(*row)) }
        };
        let in_its_place = || {
            let rows = (0..length).filter_map(|row| self.item(row)).map(|item| item.id.as_str());
            let keeps = session.is_triaging() && !cursor.key.is_empty();
            keeps.then(|| session.triage.kept.row_in_place_of(&cursor.key, rows)).flatten()
        };
        let at_its_index = || length.checked_sub(1).map(|last| cursor.index.min(last));
        by_key().or_else(in_its_place).or_else(at_its_index)
    }

    /// What is to be noted of where the lists came to rest: after an edit, an undo or a filter the row of the cursor may be
    /// elsewhere, and other rows may have left the queue. To be done at once, so that no frame has to look for it.
    #[must_use]
    pub fn settle(&self, state: &State) -> Option<Action> {
        let session = &state.session;
        let cursor = match &session.page {
            Some(place) => &place.cursor,
            None => session.cursors.of(session.view),
        };
        let now = self.row(session).map(|row| self.cursor_at(session, row));
        // A cursor that was never led anywhere follows the first row, until a filter finds another one.
        let found = !session.filtering && !session.filters.of(session.view).is_empty();
        let cursor = now.filter(|now| (found || !cursor.key.is_empty()) && now != cursor);
        let (kept, items) = (&session.triage.kept, &self.figures.today.items);
        let is_foretold = self.outlook.quarter.as_ref().is_some_and(|it| it.day == self.figures.day);
        let foreseen = !self.looking && is_foretold && state.begun.is_blind();
        let kept = match (self.looking, foreseen) {
            (true, _) => None,
            (false, true) => kept.begun_anew(items),
            (false, false) => kept.settled(items),
        };
        let begins = state.begun.is_fresh() && !self.looking;
        let is_due = cursor.is_some() || kept.is_some() || begins || foreseen;
        is_due.then_some(Action::Triage(TriageAction::Settle { cursor, kept, foreseen }))
    }

    /// The items of the queue that are selected and shown.
    pub fn selected_items(&self) -> impl Iterator<Item = &Item> {
        self.selected.iter().filter_map(|row| self.item(*row))
    }

    /// The clients of the table, or the cards of the board, that are selected and shown.
    #[must_use]
    pub fn picked(&self, session: &Session) -> Vec<Selected> {
        let Some(selection) = session.selection().filter(|selection| !selection.is_empty()) else {
            return Vec::new();
        };
        let of_client = |id: &ClientId| Selected {
            table: Table::Clients,
            id: id.to_string(),
            part: None,
            client: Some(id.clone()),
        };
        match session.view {
            View::Clients => {
                let rows = (0..self.clients.len()).filter_map(|row| self.client(row));
                rows.filter(|row| selection.holds(row.id.as_str())).map(|row| of_client(&row.id)).collect()
            }
            View::Board => {
                let rows = self.board.iter().enumerate();
                let cards =
                    rows.flat_map(|(at, cards)| (0..cards.len()).filter_map(move |row| self.card(at, row)));
                let cards = cards.filter(|card| selection.holds(&card_key(card)));
                cards
                    .map(|card| match &card.key {
                        CardKey::Client(id) => of_client(id),
                        CardKey::Deal(id) => Selected {
                            table: Table::Deals,
                            id: id.to_string(),
                            part: None,
                            client: Some(card.client.clone()),
                        },
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is at stake for those together, and for how many of them that is not known.
    #[must_use]
    pub fn selected_stake(&self) -> (Decimal, usize) {
        let stakes = || self.selected_items().map(|item| item.at_stake.map(|money| money.amount));
        let sum = stakes().flatten().fold(Decimal::ZERO, Decimal::saturating_add);
        (sum, stakes().filter(Option::is_none).count())
    }

    /// The selection with every row from where the hand began to this one, beside what was selected before.
    #[must_use]
    pub fn stretched_to(&self, session: &Session, row: usize) -> Selection {
        let Some(selection) = session.selection() else { return Selection::default() };
        let at = || self.row(session).and_then(|row| self.key(session, row));
        let known = selection.stretch.clone();
        let Some((from, beside)) = known.or_else(|| Some((at()?, selection.items.clone()))) else {
            return selection.clone();
        };
        let begins = (0..self.len(session)).find(|row| self.key(session, *row).as_ref() == Some(&from));
        let begins = begins.unwrap_or(row);
        let rows = (begins.min(row)..=begins.max(row)).filter_map(|row| self.key(session, row));
        let items = rows.chain(beside.iter().cloned());
        Selection { stretch: Some((from, beside.clone())), ..Selection::of(items) }
    }

    /// The column of the board the cursor is in: that of its card wherever it moved, else the one it was in.
    #[must_use]
    pub fn column(&self, session: &Session) -> usize {
        let cursor = &session.cursors.board;
        let columns = &self.figures.board.columns;
        let holds = |column: usize| {
            let cards = columns.get(column).map(|column| column.cards.as_slice()).unwrap_or_default();
            cards.iter().any(|card| is_card(card, &cursor.key))
        };
        if !cursor.key.is_empty() {
            let there = self.card(cursor.column, cursor.index).is_some_and(|card| is_card(card, &cursor.key));
            if there || holds(cursor.column) {
                return self.nearest_found(session, cursor.column);
            }
            if let Some(column) = (0..columns.len()).find(|column| holds(*column)) {
                return self.nearest_found(session, column);
            }
        }
        let column = cursor.column.min(columns.len().saturating_sub(1));
        let empty = self.board.get(column).is_none_or(Vec::is_empty);
        let untouched = cursor.key.is_empty() && cursor.column == 0;
        if empty && untouched {
            // Nothing was pointed at yet: start where there is something.
            return self.board.iter().position(|cards| !cards.is_empty()).unwrap_or(column);
        }
        column
    }

    /// A column, or while a filter has emptied it the first one where it finds something.
    fn nearest_found(&self, session: &Session, column: usize) -> usize {
        let filtered = !session.filters.of(View::Board).is_empty();
        if filtered && self.board.get(column).is_none_or(Vec::is_empty) {
            return self.board.iter().position(|cards| !cards.is_empty()).unwrap_or(column);
        }
        column
    }

    /// What the cursor is at.
    #[must_use]
    pub fn selected(&self, session: &Session) -> Option<Selected> {
        if session.rating().is_some() {
            let client = self.selected_client(session)?;
            let id = client.to_string();
            return Some(Selected { table: Table::Clients, id, part: None, client: Some(client) });
        }
        let row = self.row(session)?;
        if let (Some(place), Some(page)) = (&session.page, &self.page) {
            return section_selected(page, place.section, row);
        }
        match session.view {
            View::Today => {
                let item = self.item(row)?;
                Some(Selected {
                    table: item.table?,
                    id: item.record.clone(),
                    part: None,
                    client: item.client.clone(),
                })
            }
            View::Board => {
                let card = self.card(self.column(session), row)?;
                let (table, id) = match &card.key {
                    CardKey::Deal(id) => (Table::Deals, id.to_string()),
                    CardKey::Client(id) => (Table::Clients, id.to_string()),
                };
                Some(Selected { table, id, part: None, client: Some(card.client.clone()) })
            }
            View::Cash => {
                let owed = self.owed(row)?;
                Some(Selected {
                    table: Table::Invoices,
                    id: owed.invoice.to_string(),
                    part: None,
                    client: Some(owed.client.clone()),
                })
            }
            View::Clients => {
                let row = self.client(row)?;
                Some(Selected {
                    table: Table::Clients,
                    id: row.id.to_string(),
                    part: None,
                    client: Some(row.id.clone()),
                })
            }
            View::Outbox => {
                let letter = &self.waiting(row)?.letter;
                Some(Selected {
                    table: Table::Outbox,
                    id: letter.id.to_string(),
                    part: None,
                    client: Some(letter.client.clone()),
                })
            }
        }
    }

    /// The client that what the cursor is at belongs to.
    #[must_use]
    pub fn selected_client(&self, session: &Session) -> Option<ClientId> {
        if let Some(place) = &session.page {
            return Some(place.client.clone());
        }
        if let (Some(place), Some(rates)) = (session.rating(), &self.rates) {
            return rates.rates.rows.get(rates.row(place)?).map(|row| row.id.clone());
        }
        match session.view {
            View::Today => self.item(self.row(session)?)?.client.clone(),
            _ => self.selected(session)?.client,
        }
    }

    /// All that the window shows, from what is remembered and what is known of the future: the rows, the figures of the firm, why
    /// letters are to be read again, and the proof that is looked at, each where it is shown.
    #[must_use]
    pub fn whole(memo: &mut Memo, outlook: &Outlook, state: &State) -> Self {
        let (book, day, clock, session) = (&state.book, state.day(), state.clock, &state.session);
        let figures = memo.figures_ahead(book, day, clock, outlook);
        let mut shown =
            Self::of(state, figures, outlook.clone(), |client| memo.page(book, day, clock, client));
        if session.page.is_none() {
            shown.firm = (session.view == View::Clients).then(|| memo.firm(book, day, clock));
            // Nothing goes from another day.
            let goes = session.view == View::Outbox && !shown.looking;
            shown.overtaken = goes.then(|| memo.overtaken(book, day, clock, outlook));
        }
        if let Some(Overlay::Proof(place)) = &session.overlay {
            shown.proof = memo.proof(book, day, clock, outlook, &place.key);
        }
        shown
    }

    /// The rows under the session's filters and order, and the pages that are given: nothing that [`Shown::whole`] adds.
    #[must_use]
    pub fn of(
        state: &State,
        figures: Arc<Figures>,
        outlook: Outlook,
        mut page_of: impl FnMut(&ClientId) -> Option<Arc<Page>>,
    ) -> Self {
        let session = &state.session;
        let filter = |view: View| Filter::new(session.filters.of(view));
        let (sort, down) = session.sort;
        let clients_filter = ClientFilter::new(session.filters.of(View::Clients));
        let queue_filter = ItemFilter::new(session.filters.of(View::Today));
        let items = &figures.today.items;
        let looking = state.as_of.is_some();
        let kept = &session.triage.kept;
        let arranged = if looking { Arranged::as_it_is(items) } else { kept.arranged(items) };
        let can_merge = arranged.can_merge();
        let passes = |row: &usize| items.get(*row).is_some_and(|item| queue_filter.passes(item, figures.day));
        let done = match session.view {
            View::Today => done(state, &arranged),
            _ => Done::default(),
        };
        let today: Vec<usize> = arranged.rows.into_iter().filter(passes).collect();
        let mut clients = figures.clients.rows(&clients_filter, sort, down);
        let groups = if session.clients.grouped { figures.clients.grouped(&mut clients) } else { Vec::new() };
        let merge = match &session.overlay {
            Some(Overlay::Merge(it)) => merge(&state.book, &it.stays, &it.goes, &it.other).map(Arc::new),
            _ => None,
        };
        let form = match &session.overlay {
            Some(Overlay::Form(form)) => Some(form.view(&state.form_context())),
            _ => None,
        };
        let on_cash = session.view == View::Cash;
        let mut shown = Self {
            selected: selected(&session.triage.selection, &today, items),
            today,
            arrivals: arranged.arrivals,
            can_merge,
            done,
            minutes: state.begun.worked_minutes(),
            board: {
                let filter = filter(View::Board);
                let cards = |column: &Column| passing(&column.cards, &filter, Filter::card);
                figures.board.columns.iter().map(cards).collect()
            },
            // Only Cash shows them, and they are put in order anew with every key.
            cash: if on_cash {
                receipts(&figures.cash.owed, &outlook, &filter(View::Cash))
            } else {
                Vec::new()
            },
            last_receipt_days: on_cash.then(|| last_receipt_days(&outlook, figures.day)).flatten(),
            owed_abroad: on_cash && figures.cash.owed.iter().any(|it| it.open.currency != figures.currency),
            coming: coming(&outlook, session.cash.layers),
            on_day: on_day(&outlook, session),
            levers: lever_lines(state, &outlook),
            lever_note: lever_note(state, &figures),
            outlook,
            clients,
            groups,
            outbox: {
                let filter = filter(View::Outbox);
                let rows = figures.outbox.waiting.iter().enumerate();
                rows.filter(|(_, row)| filter.waiting(row)).map(|(position, _)| position).collect()
            },
            filter_notes: match session.view {
                View::Today => queue_filter.notes().to_vec(),
                View::Clients => clients_filter.notes().to_vec(),
                _ => Vec::new(),
            },
            firm: None,
            rates: session.rating().and_then(|_| RatesView::of(state, &figures)),
            looking,
            page: session.page.as_ref().and_then(|place| page_of(&place.client)),
            beside: None,
            draft: None,
            overtaken: None,
            business: state.book.business().clone(),
            about: None,
            form,
            merge,
            lists: match &session.lists {
                Some(place) => firm_rows(&state.book, place.list),
                None => Vec::new(),
            },
            proof: None,
            figures,
        };
        if session.peeks() {
            shown.beside = shown.selected_client(session).and_then(|client| page_of(&client));
        }
        if session.view == View::Outbox && session.page.is_none() {
            let letter = shown.row(session).and_then(|row| shown.waiting(row)).map(|it| &it.letter);
            shown.about = letter.and_then(|it| shown.figures.today.find(it.item.as_deref()?)).cloned();
        }
        if session.view == View::Today && session.page.is_none() {
            let item = shown.row(session).and_then(|row| shown.item(row));
            shown.draft = item.and_then(|it| Letter::for_item(state.book.business(), &shown.figures, it));
        }
        shown
    }
}

/// The rows that are selected.
fn selected(selection: &Selection, rows: &[usize], items: &[Arc<Item>]) -> Vec<usize> {
    if selection.is_empty() {
        return Vec::new();
    }
    let is_selected = |at: &usize| items.get(*at).is_some_and(|item| selection.holds(&item.id));
    rows.iter().enumerate().filter(|(_, at)| is_selected(at)).map(|(row, _)| row).collect()
}

/// What became of the items that left the queue since the session began.
fn done(state: &State, arranged: &Arranged) -> Done {
    let seats = state.session.triage.kept.seats();
    let left = arranged.left.iter().filter_map(|at| seats.get(*at));
    let left = left.filter(|seat| state.begun.saw(&seat.item));
    let named = left.map(|seat| (seat.item.as_str(), seat.client.as_ref()));
    Done::between(&state.begun.book, &state.book, named)
}

/// The positions of the open invoices a filter lets through, by the day they may be paid; one that the forecast does not
/// know yet stands by its due day.
fn receipts(owed: &[Arc<Owed>], outlook: &Outlook, filter: &Filter) -> Vec<usize> {
    let mut rows = passing(owed, filter, Filter::owed);
    rows.sort_by_cached_key(|row| {
        let owed = owed.get(*row)?;
        let expected = outlook.receipt(&owed.invoice).and_then(Receipt::expected);
        Some((expected.unwrap_or(owed.due), owed.due, owed.invoice.clone()))
    });
    rows
}

/// After how many days the last of the receipts is expected that come within half a year.
fn last_receipt_days(outlook: &Outlook, day: NaiveDate) -> Option<i64> {
    let expected = outlook.base.as_ref()?.receipts.iter().filter_map(Receipt::expected);
    expected.map(|on| days_between(day, on)).filter(|days| *days <= HALF_A_YEAR).max()
}

/// What may come or go on the day the cursor of the fan is at, once it went there.
fn on_day(outlook: &Outlook, session: &Session) -> Vec<DayPart> {
    let (Some(forecast), Some(_), View::Cash) = (&outlook.base, session.cash.day, session.view) else {
        return Vec::new();
    };
    forecast.day_parts(session.cash.day_at(forecast.day), session.cash.layers)
}

/// The positions in the agenda of what is counted.
fn coming(outlook: &Outlook, layers: Layers) -> Vec<usize> {
    let Some(forecast) = &outlook.base else { return Vec::new() };
    let rows = forecast.agenda.iter().enumerate().filter(|(_, coming)| layers.counts(coming.layer));
    rows.map(|(position, _)| position).collect()
}

/// The positions of what a filter lets through.
fn passing<T>(rows: &[Arc<T>], filter: &Filter, passes: impl Fn(&Filter, &T) -> bool) -> Vec<usize> {
    rows.iter().enumerate().filter(|(_, row)| passes(filter, row)).map(|(position, _)| position).collect()
}

/// The key of a card, as a cursor holds it.
#[must_use]
pub fn card_key(card: &Card) -> String {
    match &card.key {
        CardKey::Deal(id) => format!("deal:{id}"),
        CardKey::Client(id) => format!("client:{id}"),
    }
}

fn is_card(card: &Card, key: &str) -> bool {
    match (&card.key, key.split_once(':')) {
        (CardKey::Deal(id), Some(("deal", key))) => id.as_str() == key,
        (CardKey::Client(id), Some(("client", key))) => id.as_str() == key,
        _ => false,
    }
}

/// How many rows a part of a page holds.
#[must_use]
pub fn section_len(page: &Page, section: PageSection) -> usize {
    match section {
        PageSection::Health => page.door.as_ref().map_or(page.row.health.health.readings.len(), Vec::len),
        PageSection::Timeline => page.timeline.len(),
        PageSection::Deals => page.deals.len(),
        PageSection::Invoices => page.invoices.len(),
        PageSection::Achieved => page.dossier.achieved.len(),
        PageSection::Goals => page.goals.goals.len() + page.goals.reviews.len(),
        PageSection::Promises => page.promises.len(),
        PageSection::Renewals => page.renewals.len(),
        PageSection::Referrals => page.referrals.people.len(),
        PageSection::People => page.client.people.len(),
        PageSection::WayOut => page.way_out().len(),
    }
}

fn section_key(page: &Page, section: PageSection, row: usize) -> Option<String> {
    match section {
        PageSection::Health => match &page.door {
            Some(door) => door.get(row).map(|line| line.question.token().to_owned()),
            None => {
                page.row.health.health.readings.get(row).map(|reading| reading.indicator.token().to_owned())
            }
        },
        // One record can tell of several things.
        PageSection::Achieved => {
            let it = page.dossier.achieved.get(row)?;
            Some(format!("{}/{}/{}/{}", it.fact.0, it.fact.1, it.day, it.what))
        }
        PageSection::Goals => match page.goals.goals.get(row) {
            Some(goal) => Some(format!("{}/{}", goal.deal, goal.position)),
            None => page.review(row).map(|review| review.touch.to_string()),
        },
        PageSection::Referrals => page.referrals.people.get(row).map(|person| person.id.to_string()),
        // One record can have several entries on one day; text tells them apart.
        PageSection::Timeline => page
            .timeline
            .get(row)
            .map(|entry| format!("{}/{}/{}/{}", entry.table, entry.id, entry.day, entry.text)),
        PageSection::WayOut => page.way_out_key(*page.way_out().get(row)?),
        _ => section_selected(page, section, row).map(|selected| match selected.part {
            Some(part) => format!("{}/{part}", selected.id),
            None => selected.id,
        }),
    }
}

fn section_selected(page: &Page, section: PageSection, row: usize) -> Option<Selected> {
    let selected =
        |table: Table, id: String| Selected { table, id, part: None, client: Some(page.client.id.clone()) };
    match section {
        // These rows are no records: what they rest on is named by their proofs.
        PageSection::Health | PageSection::Referrals => None,
        PageSection::Achieved => {
            page.dossier.achieved.get(row).map(|it| selected(it.fact.0, it.fact.1.clone()))
        }
        PageSection::Goals => match page.goals.goals.get(row) {
            Some(goal) => Some(selected(Table::Deals, goal.deal.to_string())),
            None => page.review(row).map(|review| selected(Table::Touches, review.touch.to_string())),
        },
        PageSection::Timeline => page.timeline.get(row).map(|entry| selected(entry.table, entry.id.clone())),
        PageSection::Deals => page.deals.get(row).map(|deal| selected(Table::Deals, deal.id.to_string())),
        PageSection::Invoices => {
            page.invoices.get(row).map(|invoice| selected(Table::Invoices, invoice.id.to_string()))
        }
        PageSection::Promises => {
            page.promises.get(row).map(|promise| selected(Table::Promises, promise.id.to_string()))
        }
        PageSection::Renewals => {
            page.renewals.get(row).map(|renewal| selected(Table::Renewals, renewal.id.to_string()))
        }
        PageSection::People => page
            .client
            .people
            .get(row)
            .map(|_| Selected { part: Some(row), ..selected(Table::Clients, page.client.id.to_string()) }),
        PageSection::WayOut => match page.way_out().get(row)? {
            WayOutRow::Mine(at) => page.leaving.mine.get(*at).map(|it| it.record.clone()),
            WayOutRow::Theirs(at) => {
                page.leaving.theirs.get(*at).map(|it| (Table::Invoices, it.invoice.to_string()))
            }
            WayOutRow::Hand(at) => page.leaving.hand.get(*at).map(|it| it.record.clone()),
            // A step is no record: the fact that did it is changed where it is listed.
            WayOutRow::Step(_) => None,
        }
        .map(|(table, id)| selected(table, id)),
    }
}
