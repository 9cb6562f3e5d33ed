//! The rows of a file beside a book: what is new, what was paid since, what is the same, what contradicts.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::rows::{InvoiceRow, Reason};
use super::{Change, Outcome};
use crate::domain::{AnyRecord, Book, Client, ClientId, Dispute, Invoice, InvoiceId, Line, Payment};
use rust_decimal::Decimal;

/// What an imported dispute says, for the file knows no more.
pub(super) const DISPUTE: &str = "marked disputed in the imported file, which gives no day";

/// The records an import adds or changes, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) clients: Vec<Arc<Client>>,
    invoices: Vec<Arc<Invoice>>,
    replaced: HashMap<InvoiceId, Arc<Invoice>>,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.clients.is_empty() && self.invoices.is_empty() && self.replaced.is_empty()
    }

    /// The next book. Every record that stays keeps its `Arc`.
    pub(super) fn apply(&self, book: &Book) -> Book {
        if self.is_empty() {
            return book.clone();
        }
        let kept = book.records().map(|record| match &record {
            AnyRecord::Invoice(invoice) => match self.replaced.get(&invoice.id) {
                Some(next) => AnyRecord::Invoice(next.clone()),
                None => record,
            },
            _ => record,
        });
        let clients = self.clients.iter().cloned().map(AnyRecord::Client);
        let invoices = self.invoices.iter().cloned().map(AnyRecord::Invoice);
        Book::from_records(book.business().clone(), kept.chain(clients).chain(invoices))
    }
}

/// A book and what an import has added to it so far.
pub(super) struct Matcher {
    ids: HashSet<ClientId>,
    by_name: HashMap<String, Vec<ClientId>>,
    by_folded_name: HashMap<String, Vec<ClientId>>,
    invoices: HashMap<InvoiceId, Known>,
    by_number: HashMap<(ClientId, String), InvoiceId>,
    clients: Vec<Arc<Client>>,
    order: Vec<InvoiceId>,
}

struct Known {
    invoice: Arc<Invoice>,
    /// The line that added it.
    line: Option<usize>,
    changed: bool,
}

impl Matcher {
    pub(super) fn of(book: &Book) -> Self {
        let mut matcher = Self {
            ids: HashSet::new(),
            by_name: HashMap::new(),
            by_folded_name: HashMap::new(),
            invoices: HashMap::new(),
            by_number: HashMap::new(),
            clients: Vec::new(),
            order: Vec::new(),
        };
        for client in book.clients() {
            matcher.know(&client.client);
            for invoice in &client.facts.invoices {
                matcher.note(invoice, None);
            }
        }
        matcher
    }

    /// The changes of all rows taken so far.
    pub(super) fn changes(self) -> Changes {
        let mut changes = Changes { clients: self.clients, ..Changes::default() };
        for id in &self.order {
            if let Some(known) = self.invoices.get(id) {
                if known.line.is_some() {
                    changes.invoices.push(known.invoice.clone());
                } else {
                    changes.replaced.insert(id.clone(), known.invoice.clone());
                }
            }
        }
        changes
    }

    /// Takes the next row.
    pub(super) fn take(&mut self, line: usize, row: &InvoiceRow) -> Outcome {
        let client = match self.client(&row.client) {
            Ok(client) => client,
            Err(reason) => return Outcome::Skipped(reason),
        };
        let id = InvoiceId::derived(&[&row.client, &row.number]);
        let key = (client, row.number.clone());
        let known_id = if self.invoices.contains_key(&id) { Some(&id) } else { self.by_number.get(&key) };
        if let Some(known) = known_id.cloned().and_then(|id| self.invoices.get_mut(&id)) {
            return match compare(&known.invoice, row) {
                Err(what) => Outcome::Skipped(Reason::Conflict { line: known.line, what }),
                Ok(None) => Outcome::Unchanged(known.invoice.id.clone()),
                Ok(Some((next, change))) => {
                    let id = next.id.clone();
                    known.invoice = Arc::new(next);
                    if known.line.is_none() && !known.changed {
                        known.changed = true;
                        self.order.push(id.clone());
                    }
                    Outcome::Updated(id, change)
                }
            };
        }
        let (client, _) = key;
        if !self.ids.contains(&client) {
            let new = Arc::new(Client::new(client.clone(), &row.client));
            self.know(&new);
            self.clients.push(new);
        }
        let invoice = Arc::new(new_invoice(id.clone(), client, row));
        self.note(&invoice, Some(line));
        self.order.push(id.clone());
        Outcome::Added(id)
    }

    fn know(&mut self, client: &Arc<Client>) {
        self.ids.insert(client.id.clone());
        self.by_name.entry(client.name.clone()).or_default().push(client.id.clone());
        self.by_folded_name.entry(folded(&client.name)).or_default().push(client.id.clone());
    }

    fn note(&mut self, invoice: &Arc<Invoice>, line: Option<usize>) {
        let key = (invoice.client.clone(), invoice.number.clone());
        self.by_number.entry(key).or_insert_with(|| invoice.id.clone());
        self.invoices.insert(invoice.id.clone(), Known { invoice: invoice.clone(), line, changed: false });
    }

    /// The client of this name, or the id of the one to be made. A client that was renamed since it was imported still
    /// has the id derived from its first name, and is found by it.
    fn client(&self, name: &str) -> Result<ClientId, Reason> {
        let named = self.by_name.get(name).or_else(|| self.by_folded_name.get(&folded(name)));
        match named.map(Vec::as_slice) {
            None | Some([]) => Ok(ClientId::derived(&[name])),
            Some([one]) => Ok(one.clone()),
            Some(many) => {
                let ids = many.iter().map(ClientId::to_string).collect();
                Err(Reason::ManyClients(name.to_owned(), ids))
            }
        }
    }
}

/// A name without case and space, by which two spellings are one.
fn folded(name: &str) -> String {
    name.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect()
}

/// What a row adds to an invoice that is known: nothing, a payment or a dispute. `Err` says what contradicts.
fn compare(known: &Invoice, row: &InvoiceRow) -> Result<Option<(Invoice, Change)>, String> {
    let total = known.total();
    if total != row.amount {
        return Err(format!("amount {} there, {} here", total, row.amount));
    }
    if known.issued != row.issued {
        return Err(format!("issued {} there, {} here", known.issued, row.issued));
    }
    if known.due != row.due {
        return Err(format!("due {} there, {} here", known.due, row.due));
    }
    let paid = newly_paid(known, row)?;
    let disputed = row.disputed && known.disputes.is_empty();
    if paid.is_none() && !disputed {
        return Ok(None);
    }
    let mut next = known.clone();
    if let Some(day) = paid {
        next.payments.push(Payment { day, amount: known.open(), method: None, offset: None });
        for dispute in &mut next.disputes {
            if dispute.until.is_none() && dispute.about.as_deref() == Some(DISPUTE) {
                dispute.until = Some(day.max(dispute.from));
            }
        }
    }
    if disputed {
        next.disputes.push(dispute(row));
    }
    Ok(Some((next, Change { paid, disputed })))
}

/// The day on which what is still open was paid, as the row tells and the book does not know yet.
fn newly_paid(known: &Invoice, row: &InvoiceRow) -> Result<Option<NaiveDate>, String> {
    let Some(day) = row.paid else { return Ok(None) };
    match known.settled_on() {
        Some(settled) if settled == day => Ok(None),
        Some(settled) => Err(format!("paid {settled} there, {day} here")),
        None if known.write_off.is_some() => Err(format!("written off there, paid {day} here")),
        None if known.open().is_zero() => Ok(None),
        None => Ok(Some(day)),
    }
}

fn new_invoice(id: InvoiceId, client: ClientId, row: &InvoiceRow) -> Invoice {
    // The file does not say what was delivered; the line says no more than the file.
    let line = Line {
        result: format!("Invoice {}", row.number),
        quantity: Decimal::ONE,
        price: row.amount,
        tax: None,
    };
    let payment = row.paid.filter(|_| !row.amount.is_zero());
    Invoice {
        payments: payment
            .map(|day| Payment { day, amount: row.amount, method: None, offset: None })
            .into_iter()
            .collect(),
        disputes: if row.disputed { vec![dispute(row)] } else { Vec::new() },
        ..Invoice::new(id, client, &row.number, row.issued, row.due, vec![line])
    }
}

/// The dispute a row tells of. The file gives it no day, and a dispute without one would be known before it began; so it
/// lasts from the invoice's day to its payment.
fn dispute(row: &InvoiceRow) -> Dispute {
    Dispute {
        from: row.issued,
        until: row.paid.map(|day| day.max(row.issued)),
        about: Some(DISPUTE.to_owned()),
    }
}
