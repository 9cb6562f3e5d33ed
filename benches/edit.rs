//! What one edit costs: `cargo bench --bench edit`; with `-- --check` it fails where one is over its budget.
//!
//! The book is twenty imports of 2,466 invoices side by side: 2,000 clients and 49,320 invoices. A second one also gives
//! each client a deal, touches, a promise, an expense and a mark in the queue, so that every list is long. Each edit makes
//! the next book (`book`) and computes its figures (`figures`), while all that was computed for the books before is
//! remembered.
//!
//! Below, what one client costs that has very many records, each from nothing: its figures, its page, and the fold of the
//! firm's figures. They grow as the number of records does.
//!
//! **What must hold**: the figures after an edit cost at most 5 ms, and at most a fiftieth of computing them from nothing.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "the books are our own")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use books::{busy, copies, expense, handled, heavy, imported, touch, usd};
use chrono::NaiveDate;
use rapport::domain::{AnyRecord, Book, Client, ClientId, Expense, Invoice, InvoiceId, Payment, Record};
use rapport::figures::firm::Firm;
use rapport::figures::{Figures, Memo, Page};

mod books;

/// So often is each edit made, each time to another client.
const EDITS: usize = 100;
/// What the figures after an edit may take …
const BUDGET: Duration = Duration::from_millis(5);
/// … and which part of computing from nothing.
const PART: u32 = 50;
/// So often is each computed that is computed for one client.
const RUNS: usize = 10;

fn main() {
    // On the working day all is known and faults that lie ahead are looked for; looking back, half of it is not known yet.
    let working = NaiveDate::from_ymd_opt(2014, 3, 31).unwrap();
    let earlier = NaiveDate::from_ymd_opt(2013, 6, 30).unwrap();
    let copied = copies(&imported());
    let busy = busy(&copied, earlier);
    let mut is_over = false;
    println!("Milliseconds, best and median of {EDITS} edits.");
    for (name, book) in
        [("invoices alone", &copied), ("with deals, touches, promises, expenses, marks", &busy)]
    {
        let records = book.records().count();
        println!("\n{name}: {} clients, {records} records\n", book.clients().len());
        for (when, day) in [("working day", working), ("looking back", earlier)] {
            is_over |= compare(when, book, day, working);
        }
    }
    println!("\none client, the best of {RUNS} runs\n");
    println!("{:<24}{:>12}{:>12}{:>12}", "", "figures", "page", "firm");
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for invoices in [200, 2_000, 20_000] {
        let book = heavy(invoices, day);
        of_one(&format!("{invoices} invoices"), &book, day);
    }
    of_one("the busiest of many", &busy, earlier);
    std::process::exit(i32::from(is_over && books::is_checked()));
}

/// What all of one client costs: the one with most records.
fn of_one(name: &str, book: &Book, day: NaiveDate) {
    let busiest = book.clients().max_by_key(|known| known.facts.records().count()).unwrap();
    let id = busiest.id();
    let alone = {
        let who = AnyRecord::Client(busiest.client.clone());
        let records = std::iter::once(who).chain(busiest.facts.records());
        Book::from_records(book.business().clone(), records)
    };
    let best = |work: &dyn Fn()| Cost::of((0..RUNS).map(|_| timed(work))).best;
    let all = Figures::of(book, day);
    let computed = best(&|| drop(std::hint::black_box(Figures::of(&alone, day))));
    let page = best(&|| drop(std::hint::black_box(Page::of(book.business(), &all, id))));
    let firm = best(&|| drop(std::hint::black_box(Firm::of(book.business(), &all.of_clients, day))));
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let [computed, page, firm] = [computed, page, firm].map(milliseconds);
    println!("{name:<24}{computed:>12.3}{page:>12.3}{firm:>12.3}");
}

/// Prints what edits cost on a day; gives whether one is over its budget.
fn compare(when: &str, book: &Book, day: NaiveDate, today: NaiveDate) -> bool {
    let mut is_over = false;
    let nothing = Cost::of(
        (0..10).map(|_| timed(|| drop(std::hint::black_box(Memo::new().figures(book, day, today))))),
    );
    println!("{when:<24}{:>19}{:>20}", "book", "figures");
    println!("{:<24}{:>19}{nothing}", "from nothing", "");
    for (name, edit) in EDITS_MADE {
        let mut memo = Memo::new();
        memo.figures(book, day, today);
        let ids: Vec<ClientId> = book.clients().map(|client| client.id().clone()).collect();
        let mut before = book.clone();
        let measured = (0..EDITS).map(|times| {
            let id = ids.get(times * 7919 % ids.len()).unwrap();
            let record = edit(&before, id, times, day);
            let mut next = before.clone();
            let made = timed(|| next = before.with(record).unwrap());
            before = next;
            (made, timed(|| drop(std::hint::black_box(memo.figures(&before, day, today)))))
        });
        let (made, computed): (Vec<Duration>, Vec<Duration>) = measured.unzip();
        let (made, computed) = (Cost::of(made), Cost::of(computed));
        let part = nothing.median.as_secs_f64() / computed.median.as_secs_f64();
        let over = computed.median > BUDGET || computed.median * PART > nothing.median;
        println!("{name:<24}{made}{computed}   1/{part:.0}{}", if over { "  over budget" } else { "" });
        is_over |= over;
    }
    println!();
    is_over
}

type Make = fn(&Book, &ClientId, usize, NaiveDate) -> AnyRecord;

const EDITS_MADE: [(&str, Make); 7] = [
    ("a payment", |book, id, _, day| {
        let invoices = &book.client(id).unwrap().facts.invoices;
        let mut invoice = Invoice::clone(invoices.iter().rev().find(|it| it.issued < day).unwrap());
        invoice.payments.push(Payment { day, amount: usd(1), method: None, offset: None });
        Invoice::any(Arc::new(invoice))
    }),
    ("an invoice", |book, id, times, day| {
        let known = book.client(id).unwrap().facts.invoices.last().unwrap();
        let (id, number) = (InvoiceId::new(&format!("{id}-new-{times}")).unwrap(), format!("new {times}"));
        Invoice::any(Arc::new(Invoice {
            id,
            number,
            issued: day,
            due: day,
            payments: Vec::new(),
            ..Invoice::clone(known)
        }))
    }),
    ("a touch", |_, id, times, day| touch(id, &format!("new-{times}"), day)),
    ("an item handled", |_, id, times, day| handled(id, &format!("new-{times}"), day)),
    ("a client", |_, id, _, day| {
        let mut client = Client::new(ClientId::new(&format!("{id}-new")).unwrap(), &format!("New {id}"));
        client.added = Some(day);
        AnyRecord::Client(Arc::new(client))
    }),
    ("a client's name", |book, id, times, _| {
        let mut client = Client::clone(&book.client(id).unwrap().client);
        client.name = format!("Renamed {times}");
        AnyRecord::Client(Arc::new(client))
    }),
    ("an expense of the firm", |_, _, times, day| {
        Expense::any(Arc::new(expense(&format!("new-{times}"), None, day)))
    }),
];

#[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The least and the middle of many measurements.
struct Cost {
    best: Duration,
    median: Duration,
}

impl Cost {
    fn of(all: impl IntoIterator<Item = Duration>) -> Self {
        let mut all: Vec<Duration> = all.into_iter().collect();
        all.sort_unstable();
        let at = |index: usize| all.get(index).copied().unwrap_or_default();
        Self { best: at(0), median: at(all.len() / 2) }
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(f, "{:>10.3} {:>8.3}", milliseconds(self.best), milliseconds(self.median))
    }
}
