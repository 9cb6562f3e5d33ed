//! Text → book: what can be read opens; what cannot is told, stays in the file, and hides nothing else.

use std::sync::Arc;

use chrono::NaiveDate;

use super::circles::leave_out_circles;
use super::index::{Entry, index, leading_id};
use super::problem::Lines;
use super::read::read;
use super::references::leave_out_dangling;
use super::source::{Settings, Slot};
use super::tree::{SyntaxError, Tree};
use super::whole::{beginning, check_format, not_a_book, text_of, unusable};
use super::{Problem, Severity, Source, Unusable};
use crate::domain::{
    AnyRecord, Book, Business, Client, Currency, Deal, Expense, Handled, Invoice, Outgoing, Promise, Record,
    Renewal, Retainer, Scenario, Snooze, Table, Touch, Work, implausible, likely,
};

/// A book with the text it came from.
#[derive(Debug)]
pub struct Loaded {
    /// The facts that could be read.
    pub book: Book,
    /// The text, needed to write the book back.
    pub source: Arc<Source>,
    /// What is wrong with the text, in its order.
    pub problems: Vec<Problem>,
}

impl Loaded {
    /// The problems of the text and everything implausible in the book as seen on `today`, in the text's order.
    #[must_use]
    pub fn problems_on(&self, today: NaiveDate) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        problems.extend(self.source.locate(implausible(&self.book, today)));
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }
}

/// Reads a book.
///
/// # Errors
/// When the file as a whole cannot be used: empty, damaged, cut off, not a book, of a newer format, or with settings
/// that do not even tell the currency.
pub fn load(bytes: &[u8]) -> Result<Loaded, Unusable> {
    let text = text_of(bytes)?;
    let index = index(text, beginning(text)).map_err(|why| not_a_book(text, &why))?;
    check_format(text, &index)?;
    let mut loader = Loader { text, lines: Lines::of(text), problems: Vec::new(), unlisted: Vec::new() };
    for fault in &index.faults {
        let severity = if fault.harmless { Severity::Warning } else { Severity::Error };
        loader.tell(severity, fault.at, String::new(), fault.message.clone(), None);
    }
    loader.unknown_entries(&index.entries);
    let settings = loader.settings(&index.entries)?;
    let currency = settings.business.currency;
    let mut slots = Vec::new();
    for entry in &index.entries {
        let Some(table) = entry.table else { continue };
        for (position, range) in entry.records.iter().enumerate() {
            let id = leading_id(text, range);
            let about = About { table, id: id.as_deref(), position };
            let record = loader.record(range.clone(), &about, currency);
            let id = record.as_ref().map(|record| record.id_str().to_owned()).or(id);
            slots.push(Slot { table, range: range.clone(), id, record });
        }
    }
    leave_out_dangling(&mut loader, &mut slots);
    leave_out_circles(&mut loader, &mut slots);
    let records = slots.iter().filter_map(|slot| slot.record.clone());
    let book = Book::from_records(settings.business.clone(), records);
    loader.tell_how_many_more();
    let Loader { lines, mut problems, .. } = loader;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let source = Arc::new(Source::new(text.to_owned(), lines, index.entries, settings, slots));
    Ok(Loaded { book, source, problems })
}

/// How many problems are listed one by one.
const MOST_PROBLEMS: usize = 10_000;

/// Reads records and gathers what is wrong.
pub(super) struct Loader<'t> {
    pub(super) text: &'t str,
    pub(super) lines: Lines,
    problems: Vec<Problem>,
    /// How much the problems matter that are one too many to be listed.
    unlisted: Vec<Severity>,
}

/// Which record is being read.
pub(super) struct About<'a> {
    pub(super) table: Table,
    pub(super) id: Option<&'a str>,
    /// Its place in its table.
    pub(super) position: usize,
}

impl About<'_> {
    /// The path to a field of the record; to the record itself when `inner` is empty.
    pub(super) fn path(&self, inner: &str) -> String {
        let record = match self.id {
            Some(id) => format!("{}[{id}]", self.table),
            None => format!("{}[{}]", self.table, self.position),
        };
        join(&record, inner)
    }

    fn record(&self) -> Option<(Table, String)> {
        self.id.map(|id| (self.table, id.to_owned()))
    }
}

fn join(outer: &str, inner: &str) -> String {
    if inner.is_empty() { outer.to_owned() } else { format!("{outer}.{inner}") }
}

impl Loader<'_> {
    pub(super) fn tell(
        &mut self,
        severity: Severity,
        at: usize,
        path: String,
        message: String,
        record: Option<(Table, String)>,
    ) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.unlisted.push(severity);
            return;
        }
        let place = self.lines.place(self.text, at);
        self.problems.push(Problem {
            severity,
            line: place.line,
            column: place.column,
            path,
            message,
            record,
        });
    }

    fn tell_how_many_more(&mut self) {
        let Some(severity) = self.unlisted.iter().min().copied() else { return };
        let place = self.lines.place(self.text, self.text.trim_end().len());
        let message = format!("{} more problems are not listed: correct these first", self.unlisted.len());
        let (line, column) = (place.line, place.column);
        self.problems.push(Problem { severity, line, column, path: String::new(), message, record: None });
    }

    pub(super) fn tell_about(
        &mut self,
        about: &About<'_>,
        severity: Severity,
        at: usize,
        inner: &str,
        message: String,
    ) {
        self.tell(severity, at, about.path(inner), message, about.record());
    }

    fn unknown_entries(&mut self, entries: &[Entry]) {
        let known = || ["format", "business"].into_iter().chain(Table::ALL.into_iter().map(Table::name));
        for (position, entry) in entries.iter().enumerate() {
            let name = |entry: &Entry| self.text.get(entry.name.clone()).unwrap_or_default();
            let word = name(entry);
            let message = if !known().any(|known| known == word) {
                match likely(word, known()) {
                    Some(likely) => format!("unknown field {word}: did you mean {likely}?"),
                    None => format!("unknown field {word}: it is kept in the file and has no meaning"),
                }
            } else if entries.iter().take(position).any(|before| name(before) == word) {
                match entry.table {
                    Some(_) => {
                        format!("{word} is there twice: both are read, but one list is easier to keep")
                    }
                    None => format!("{word} is written twice: the first one counts, remove the other"),
                }
            } else {
                continue;
            };
            self.tell(Severity::Warning, entry.name.start, word.to_owned(), message, None);
        }
    }

    /// The firm's settings; where they cannot be read, those that tell at least the currency.
    fn settings(&mut self, entries: &[Entry]) -> Result<Settings, Unusable> {
        let name = |entry: &&Entry| self.text.get(entry.name.clone()) == Some("business");
        let Some(entry) = entries.iter().find(name) else {
            let at = beginning(self.text);
            let message = "the book has no business: amounts without a currency are read as USD; add business: (currency: \
                \"EUR\")";
            self.tell(Severity::Warning, at, "business".to_owned(), message.to_owned(), None);
            let business = Arc::new(Business::new(Currency::USD));
            return Ok(Settings { business, range: None, readable: true });
        };
        let range = entry.value.clone();
        let tree = match Tree::parse(self.text, range.clone()) {
            Ok(tree) => tree,
            Err(SyntaxError { at, message }) => {
                let message = format!(
                    "the settings cannot be read, and every amount depends on their currency: {message}"
                );
                return Err(unusable(self.text, at, message));
            }
        };
        let failed = match read::<Business>(&tree) {
            Ok((mut business, unused)) => {
                for it in unused {
                    let path = join("business", &tree.path(it.node));
                    self.tell(Severity::Warning, field_start(&tree, it.node), path, it.why, None);
                }
                let currency = business.currency;
                business.each_amount(&mut |money| settle(&mut money.currency, currency));
                match out_of_range(&business) {
                    None => {
                        return Ok(Settings {
                            business: Arc::new(business),
                            range: Some(range),
                            readable: true,
                        });
                    }
                    Some((path, message)) => (tree.locate(&path, None), message),
                }
            }
            Err(error) => (error.node.unwrap_or(0), error.message),
        };
        let (node, message) = failed;
        let at = tree.range(node).start;
        let currency =
            tree.field(0, "currency").and_then(|node| tree.text(node).ok()?.parse::<Currency>().ok());
        let Some(currency) = currency else {
            let message = format!("business: {message} (every amount depends on the book's currency)");
            return Err(unusable(self.text, at, message));
        };
        let path = join("business", &tree.path(node));
        let message = format!("{message}; until then the firm's settings are left out, all but the currency");
        self.tell(Severity::Error, at, path, message, None);
        Ok(Settings { business: Arc::new(Business::new(currency)), range: Some(range), readable: false })
    }

    /// Reads the record in the bytes `range`, or tells why it cannot be.
    fn record(
        &mut self,
        range: std::ops::Range<usize>,
        about: &About<'_>,
        currency: Currency,
    ) -> Option<AnyRecord> {
        match about.table {
            Table::Clients => self.record_of::<Client>(range, about, currency),
            Table::Deals => self.record_of::<Deal>(range, about, currency),
            Table::Retainers => self.record_of::<Retainer>(range, about, currency),
            Table::Invoices => self.record_of::<Invoice>(range, about, currency),
            Table::Touches => self.record_of::<Touch>(range, about, currency),
            Table::Promises => self.record_of::<Promise>(range, about, currency),
            Table::Work => self.record_of::<Work>(range, about, currency),
            Table::Expenses => self.record_of::<Expense>(range, about, currency),
            Table::Renewals => self.record_of::<Renewal>(range, about, currency),
            Table::Snoozes => self.record_of::<Snooze>(range, about, currency),
            Table::Handled => self.record_of::<Handled>(range, about, currency),
            Table::Outbox => self.record_of::<Outgoing>(range, about, currency),
            Table::Scenarios => self.record_of::<Scenario>(range, about, currency),
        }
    }

    fn record_of<R: Record>(
        &mut self,
        range: std::ops::Range<usize>,
        about: &About<'_>,
        currency: Currency,
    ) -> Option<AnyRecord> {
        let tree = match Tree::parse(self.text, range) {
            Ok(tree) => tree,
            Err(SyntaxError { at, message }) => {
                self.tell_about(about, Severity::Error, at, "", message);
                return None;
            }
        };
        match read::<R>(&tree) {
            Ok((mut record, unused)) => {
                for it in unused {
                    let at = field_start(&tree, it.node);
                    self.tell_about(about, Severity::Warning, at, &tree.path(it.node), it.why);
                }
                record.each_amount(&mut |money| settle(&mut money.currency, currency));
                let record = R::any(Arc::new(record));
                match mixed_currencies(&record) {
                    None => Some(record),
                    Some((path, message)) => {
                        let at = tree.range(tree.locate(&path, None)).start;
                        self.tell_about(about, Severity::Error, at, &path, message);
                        None
                    }
                }
            }
            Err(error) => {
                let node = error.node.unwrap_or(0);
                let at = tree.range(node).start;
                self.tell_about(about, Severity::Error, at, &tree.path(node), error.message);
                None
            }
        }
    }
}

/// Where a field's name starts.
fn field_start(tree: &Tree<'_>, node: usize) -> usize {
    tree.node(node).map_or(0, |node| node.key.as_ref().unwrap_or(&node.range).start)
}

fn settle(stated: &mut Currency, book: Currency) {
    if *stated == Currency::UNSTATED {
        *stated = book;
    }
}

/// The first amount of an invoice that is in another currency than its first line.
fn mixed_currencies(record: &AnyRecord) -> Option<(String, String)> {
    let AnyRecord::Invoice(invoice) = record else { return None };
    let payments = invoice.payments.iter().map(|payment| payment.amount.currency).enumerate();
    let lines = invoice.lines.iter().map(|line| line.price.currency).enumerate();
    let amounts = lines
        .map(|(at, currency)| (format!("lines[{at}].price"), currency))
        .chain(payments.map(|(at, currency)| (format!("payments[{at}].amount"), currency)));
    let mut amounts = amounts.peekable();
    let first = amounts.peek()?.1;
    let (path, other) = amounts.find(|(_, currency)| *currency != first)?;
    let message = format!(
        "this is in {other} and the invoice in {first}: an invoice and its payments have one currency"
    );
    Some((path, message))
}

/// A number of the settings that is too large to count with.
fn out_of_range(business: &Business) -> Option<(String, String)> {
    const MOST: i64 = 1_000_000_000;
    let too_large = |number: rust_decimal::Decimal| number.abs() > MOST.into();
    let rates = business.exchange_rates.iter().enumerate();
    let rate = rates.map(|(at, rate)| (format!("exchange_rates[{at}].rate"), rate.rate));
    let thresholds =
        business.thresholds.iter().map(|(name, value)| (format!("thresholds[\"{name}\"]"), *value));
    let weights = business.weights.iter().map(|(name, value)| (format!("weights[\"{name}\"]"), *value));
    let capacity = business.capacity_hours.map(|hours| ("capacity_hours".to_owned(), hours));
    let (path, number) =
        rate.chain(thresholds).chain(weights).chain(capacity).find(|(_, number)| too_large(*number))?;
    Some((path, format!("expected a number up to a billion, found {number}")))
}
