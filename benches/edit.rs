//! What one edit costs: `cargo bench --bench edit`.
//!
//! The book is twenty imports of 2,466 invoices side by side: 2,000 clients and 49,320 invoices. A second one also gives
//! each client a deal, touches, a promise, an expense and a mark in the queue, so that every list is long. Each edit makes
//! the next book (`book`) and computes its figures (`figures`), while all that was computed for the books before is
//! remembered.
//!
//! **What must hold**: the figures after an edit cost at most 5 ms, and at most a fiftieth of computing them from nothing.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "the books are our own")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use rapport::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Deal, DealId, Direction, Expense, ExpenseId, Handled,
    HandledId, Invoice, InvoiceId, Money, Party, Payment, Promise, PromiseId, Record, StageFact, Touch,
    TouchId, add_days,
};
use rapport::figures::Memo;
use rapport::store::import::{Options, plan};
use rust_decimal::Decimal;

const LATE_PAYMENTS: &[u8] = include_bytes!("../tests/fixtures/late_payments.csv");
const COPIES: usize = 20;
/// So often is each edit made, each time to another client.
const EDITS: usize = 100;
/// What the figures after an edit may take …
const BUDGET: Duration = Duration::from_millis(5);
/// … and which part of computing from nothing.
const PART: u32 = 50;

fn main() {
    // On the working day all is known and faults that lie ahead are looked for; looking back, half of it is not known yet.
    let working = NaiveDate::from_ymd_opt(2014, 3, 31).unwrap();
    let earlier = NaiveDate::from_ymd_opt(2013, 6, 30).unwrap();
    let imported = plan(LATE_PAYMENTS, &Options::default(), &Book::empty(Currency::USD)).unwrap().apply();
    let copied = copies(&imported);
    let busy = busy(&copied, earlier);
    println!("Milliseconds, best and median of {EDITS} edits.");
    for (name, book) in
        [("invoices alone", &copied), ("with deals, touches, promises, expenses, marks", &busy)]
    {
        let records = book.records().count();
        println!("\n{name}: {} clients, {records} records\n", book.clients().len());
        for (when, day) in [("working day", working), ("looking back", earlier)] {
            compare(when, book, day, working);
        }
    }
}

fn compare(when: &str, book: &Book, day: NaiveDate, today: NaiveDate) {
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
    }
    println!();
}

type Make = fn(&Book, &ClientId, usize, NaiveDate) -> AnyRecord;

const EDITS_MADE: [(&str, Make); 6] = [
    ("a payment", |book, id, _, day| {
        let invoices = &book.client(id).unwrap().facts.invoices;
        let mut invoice = Invoice::clone(invoices.iter().rev().find(|it| it.issued < day).unwrap());
        invoice.payments.push(Payment { day, amount: usd(1), method: None });
        Invoice::any(Arc::new(invoice))
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

fn usd(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::USD)
}

fn touch(client: &ClientId, id: &str, day: NaiveDate) -> AnyRecord {
    let id = TouchId::new(id).unwrap();
    Touch::any(Arc::new(Touch {
        id,
        day,
        client: client.clone(),
        person: None,
        direction: Direction::Out,
        channel: None,
        written: false,
        answer_wanted: false,
        answers: None,
        kind: None,
        temperature: None,
        may_quote: None,
        deal: None,
        invoice: None,
        introduces: None,
        note: None,
    }))
}

fn handled(client: &ClientId, id: &str, day: NaiveDate) -> AnyRecord {
    let item = format!("silent:{client}");
    Handled::any(Arc::new(Handled {
        id: HandledId::new(id).unwrap(),
        item,
        client: Some(client.clone()),
        day,
        dismissed: None,
    }))
}

fn expense(id: &str, client: Option<ClientId>, day: NaiveDate) -> Expense {
    Expense {
        id: ExpenseId::new(id).unwrap(),
        what: "Hosting".to_owned(),
        amount: usd(20),
        day,
        every: "1 month".parse().ok(),
        until: None,
        noted: None,
        client,
        deal: None,
        category: None,
    }
}

/// The same book with more about each client.
fn busy(book: &Book, day: NaiveDate) -> Book {
    let stages = book.business().stages();
    let more = book.clients().enumerate().flat_map(|(at, client)| {
        let id = client.id();
        let ago = |days: usize| add_days(day, -i64::try_from(days).unwrap());
        let mut deal = Deal::new(DealId::new(&format!("deal-{id}")).unwrap(), id.clone(), "Site");
        deal.value = Some(usd(1_000 + i64::try_from(at).unwrap()));
        let stage = stages.get(at % stages.len()).unwrap().id.clone();
        deal.stages = vec![StageFact { day: ago(at % 300), stage, why: None, override_of: None }];
        let promise = Promise {
            id: PromiseId::new(&format!("promise-{id}")).unwrap(),
            client: id.clone(),
            by: Party::Me,
            person: None,
            what: "Draft".to_owned(),
            made: ago(10 + at % 60),
            due: ago(at % 60),
            moved: Vec::new(),
            kept: None,
            deal: None,
        };
        [
            Deal::any(Arc::new(deal)),
            touch(id, &format!("touch-{id}"), ago(at % 200)),
            touch(id, &format!("earlier-{id}"), ago(200 + at % 200)),
            Promise::any(Arc::new(promise)),
            Expense::any(Arc::new(expense(&format!("expense-{id}"), Some(id.clone()), ago(at % 90)))),
            handled(id, &format!("handled-{id}"), ago(at % 90)),
        ]
    });
    Book::from_records(book.business().clone(), book.records().chain(more.collect::<Vec<_>>()))
}

/// Copies of a book side by side in one, told apart by what is appended to names, numbers and ids.
fn copies(book: &Book) -> Book {
    let all = (1..=COPIES).flat_map(|copy| book.records().map(move |record| copied(&record, copy)));
    Book::from_records(book.business().clone(), all)
}

fn copied(record: &AnyRecord, copy: usize) -> AnyRecord {
    let of = |id: &ClientId| ClientId::new(&format!("{id}-{copy}")).unwrap();
    match record {
        AnyRecord::Client(client) => Client::any(Arc::new(Client {
            id: of(&client.id),
            name: format!("{} ({copy})", client.name),
            ..Client::clone(client)
        })),
        AnyRecord::Invoice(invoice) => Invoice::any(Arc::new(Invoice {
            id: InvoiceId::new(&format!("{}-{copy}", invoice.id)).unwrap(),
            number: format!("{}-{copy}", invoice.number),
            client: of(&invoice.client),
            ..Invoice::clone(invoice)
        })),
        other => other.clone(),
    }
}

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
