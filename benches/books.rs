//! The books that are measured: 2,466 imported invoices, copies of them side by side, and one client with very much.
//!
//! Several benchmarks include this file, each for the part it needs.

#![allow(dead_code, reason = "no benchmark needs every book")]

use std::sync::Arc;

use chrono::NaiveDate;
use rapport::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Deal, DealId, Direction, DownPayment, Expense, ExpenseId,
    Handled, HandledId, Invoice, InvoiceId, Line, Money, Outgoing, OutgoingId, Party, Payment, Promise,
    PromiseId, Purpose, Record, StageFact, TemplateId, Touch, TouchId, Work, WorkId, add_days,
};
use rapport::store::import::{Options, plan};
use rapport::store::{load, sample};
use rust_decimal::Decimal;

const LATE_PAYMENTS: &[u8] = include_bytes!("../tests/fixtures/late_payments.csv");
/// So many copies make a large book.
pub(crate) const COPIES: usize = 20;

/// Whether what is over its budget is to be a failure: `cargo bench --bench frame -- --check`.
pub(crate) fn is_checked() -> bool {
    std::env::args().any(|it| it == "--check")
}

/// The same book with a letter to each client that waits.
pub(crate) fn with_letters(book: &Book, day: NaiveDate) -> Book {
    let letters = book.clients().enumerate().map(|(at, known)| {
        let text = format!("Dear you,\n\nof invoice {at}, due on 1 March 2026, 1,190 EUR are still open.");
        Outgoing::any(Arc::new(Outgoing {
            id: OutgoingId::new(&format!("letter-{at}")).unwrap(),
            client: known.id().clone(),
            person: None,
            to: Some(format!("you@{}.example", known.id())),
            subject: format!("Invoice {at}"),
            text,
            template: Some(TemplateId::ReminderFriendly),
            item: None,
            kind: None,
            deal: None,
            invoice: None,
            queued: day,
            handed_over: None,
            dropped: None,
        }))
    });
    Book::from_records(book.business().clone(), book.records().chain(letters))
}

/// The sample as of its own day.
pub(crate) fn sampled() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book
}

/// The import of 2,466 invoices of 100 clients.
pub(crate) fn imported() -> Book {
    plan(LATE_PAYMENTS, &Options::default(), &Book::empty(Currency::USD)).unwrap().apply()
}

/// Copies of a book side by side in one, told apart by what is appended to names, numbers and ids.
pub(crate) fn copies(book: &Book) -> Book {
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

/// The same book with more about each client: a deal, two touches, a promise, an expense and a mark in the queue.
pub(crate) fn busy(book: &Book, day: NaiveDate) -> Book {
    let stages = book.business().stages();
    let more = book.clients().enumerate().flat_map(|(at, client)| {
        let id = client.id();
        let ago = |days: usize| add_days(day, -whole(days));
        let mut deal = Deal::new(DealId::new(&format!("deal-{id}")).unwrap(), id.clone(), "Site");
        deal.value = Some(usd(1_000 + whole(at)));
        let stage = stages.get(at % stages.len()).unwrap().id.clone();
        deal.stages = vec![StageFact { day: ago(at % 300), stage, why: None, override_of: None }];
        [
            Deal::any(Arc::new(deal)),
            touch(id, &format!("touch-{id}"), ago(at % 200)),
            touch(id, &format!("earlier-{id}"), ago(200 + at % 200)),
            promise(id, &format!("promise-{id}"), ago(10 + at % 60), ago(at % 60)),
            Expense::any(Arc::new(expense(&format!("expense-{id}"), Some(id.clone()), ago(at % 90)))),
            handled(id, &format!("handled-{id}"), ago(at % 90)),
        ]
    });
    Book::from_records(book.business().clone(), book.records().chain(more.collect::<Vec<_>>()))
}

/// A book of one client with so many invoices over six years, every fifth of the last year's still open, and for each ten
/// of them a deal whose down payment is one of them, a day of work and a promise, and two touches.
pub(crate) fn heavy(invoices: usize, day: NaiveDate) -> Book {
    let empty = Book::empty(Currency::USD);
    let stages = empty.business().stages();
    let id = ClientId::new("heavy").unwrap();
    let mut client = Client::new(id.clone(), "Heavy");
    client.added = Some(add_days(day, -2300));
    let mut records = vec![AnyRecord::Client(Arc::new(client))];
    for at in 0..invoices {
        let issued = add_days(day, -(whole(at) * 2190 / whole(invoices)) - 1);
        let nth = at / 10;
        let deal = DealId::new(&format!("deal-{nth}")).unwrap();
        let number = format!("{at:05}");
        let price = usd(100 + whole(at) * 37 % 900);
        let line = Line { result: format!("Part {}", at % 50), quantity: Decimal::ONE, price, tax: None };
        let invoice_id = InvoiceId::new(&format!("invoice-{number}")).unwrap();
        let mut invoice =
            Invoice::new(invoice_id.clone(), id.clone(), &number, issued, add_days(issued, 14), vec![line]);
        // Some belong to no deal.
        invoice.deal = (at % 10 < 7).then(|| deal.clone());
        let paid = add_days(issued, 5 + whole(at) * 13 % 40);
        if paid <= day && !(at % 5 == 0 && add_days(issued, 365) > day) {
            invoice.payments.push(Payment { day: paid, amount: price, method: None, offset: None });
        }
        records.push(Invoice::any(Arc::new(invoice)));
        if at % 10 != 0 {
            continue;
        }
        let mut of = Deal::new(deal.clone(), id.clone(), &format!("Job {nth}"));
        of.value = Some(usd(4_000));
        of.down_payment = Some(DownPayment { asked: issued, amount: price, invoice: Some(invoice_id) });
        let stage = stages.get(nth % stages.len()).unwrap().id.clone();
        of.stages = vec![StageFact { day: issued, stage, why: None, override_of: None }];
        of.delivered = (nth % 4 != 0).then_some(issued);
        records.push(Deal::any(Arc::new(of)));
        records.push(touch(&id, &format!("out-{nth}"), issued));
        records.push(asking(&id, &format!("in-{nth}"), issued));
        records.push(promise(&id, &format!("promise-{nth}"), issued, add_days(issued, 10)));
        records.push(Work::any(Arc::new(Work {
            id: WorkId::new(&format!("work-{nth}")).unwrap(),
            day: issued,
            client: Some(id.clone()),
            deal: Some(deal),
            hours: Decimal::from(8),
            purpose: Purpose::Job,
            note: None,
        })));
    }
    Book::from_records(empty.business().clone(), records)
}

pub(crate) fn usd(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::USD)
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

pub(crate) fn touch(client: &ClientId, id: &str, day: NaiveDate) -> AnyRecord {
    Touch::any(Arc::new(a_touch(client, id, day)))
}

fn asking(client: &ClientId, id: &str, day: NaiveDate) -> AnyRecord {
    let asked = Touch { direction: Direction::In, answer_wanted: true, ..a_touch(client, id, day) };
    Touch::any(Arc::new(asked))
}

fn a_touch(client: &ClientId, id: &str, day: NaiveDate) -> Touch {
    Touch {
        id: TouchId::new(id).unwrap(),
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
    }
}

fn promise(client: &ClientId, id: &str, made: NaiveDate, due: NaiveDate) -> AnyRecord {
    Promise::any(Arc::new(Promise {
        id: PromiseId::new(id).unwrap(),
        client: client.clone(),
        by: Party::Me,
        person: None,
        what: "Draft".to_owned(),
        made,
        due,
        moved: Vec::new(),
        kept: None,
        deal: None,
    }))
}

pub(crate) fn handled(client: &ClientId, id: &str, day: NaiveDate) -> AnyRecord {
    let item = format!("silent:{client}");
    Handled::any(Arc::new(Handled {
        id: HandledId::new(id).unwrap(),
        item,
        client: Some(client.clone()),
        day,
        dismissed: None,
        seen: None,
    }))
}

pub(crate) fn expense(id: &str, client: Option<ClientId>, day: NaiveDate) -> Expense {
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
