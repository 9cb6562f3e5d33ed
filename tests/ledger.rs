//! Receivables, ageing, DSO, CEI, DBT and income, against numbers worked out elsewhere.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test writes itself is well formed")]

use rapport::domain::{
    AnyRecord, Book, Business, Client, ClientId, Currency, ExchangeRate, Invoice, InvoiceId, Line, Money,
    Payment, Percent, WriteOff, WriteOffCause,
};
use rapport::figures::{Answer, Figures};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn invoice(client: &str, number: &str, issued: &str, due: &str, price: &str) -> Invoice {
    Invoice {
        id: InvoiceId::new(number).unwrap(),
        number: number.to_owned(),
        client: ClientId::new(client).unwrap(),
        deal: None,
        retainer: None,
        issued: day(issued),
        due: day(due),
        lines: vec![Line {
            result: "as agreed".to_owned(),
            quantity: Decimal::ONE,
            price: money(price),
            tax: None,
        }],
        tax: Percent::ZERO,
        thanks: None,
        payments: Vec::new(),
        promised: Vec::new(),
        disputes: Vec::new(),
        write_off: None,
        notes: None,
    }
}

fn paid(mut invoice: Invoice, on: &str, amount: &str) -> Invoice {
    invoice.payments.push(Payment { day: day(on), amount: money(amount), method: None, offset: None });
    invoice
}

fn book(business: Business, invoices: Vec<Invoice>) -> Book {
    let clients = invoices.iter().map(|invoice| {
        AnyRecord::Client(Arc::new(Client::new(invoice.client.clone(), invoice.client.as_str())))
    });
    let clients: Vec<AnyRecord> = clients.collect();
    let invoices = invoices.into_iter().map(|invoice| AnyRecord::Invoice(Arc::new(invoice)));
    Book::from_records(Arc::new(business), clients.into_iter().chain(invoices))
}

fn euros(invoices: Vec<Invoice>) -> Book {
    book(Business::new(Currency::EUR), invoices)
}

fn shown(answer: &Answer<Money>) -> String {
    answer.as_ref().map_or_else(ToString::to_string, ToString::to_string)
}

fn rounded(answer: &Answer<Decimal>) -> String {
    answer.as_ref().map_or_else(ToString::to_string, |number| format!("{:.4}", number.round_dp(4)))
}

/// The sample of 2,466 invoices, each one line without tax and settled in full on one day.
pub(crate) fn late_payments() -> Book {
    let mut reader = csv::Reader::from_path("tests/fixtures/late_payments.csv").unwrap();
    let iso = |text: &str| NaiveDate::parse_from_str(text, "%d/%m/%Y").unwrap().to_string();
    let invoices = reader.records().map(|record| {
        let record = record.unwrap();
        let amount = format!("{} USD", &record[6]);
        let sent = invoice(&record[1], &record[3], &iso(&record[4]), &iso(&record[5]), &amount);
        paid(sent, &iso(&record[8]), &amount)
    });
    book(Business::new(Currency::USD), invoices.collect())
}

/// As of a day: receivables, the five buckets with their counts, DSO, CEI, DBT, income of 12 months, invoices, paid.
type Expected<'a> = (&'a str, &'a str, [(&'a str, usize); 5], [&'a str; 3], &'a str, usize, usize);

/// Worked out from the CSV by a script that shares nothing with this program.
const RECOMPUTED: [Expected<'_>; 5] = [
    (
        "2012-03-31",
        "6183.10 USD",
        [("5613.87", 98), ("569.23", 9), ("0.00", 0), ("0.00", 0), ("0.00", 0)],
        ["30.3781", "95.5195", "-0.6483"],
        "12135.32 USD",
        304,
        197,
    ),
    (
        "2012-12-31",
        "5725.06 USD",
        [("4936.32", 86), ("788.74", 13), ("0.00", 0), ("0.00", 0), ("0.00", 0)],
        ["26.8407", "96.1596", "-1.8006"],
        "70339.01 USD",
        1277,
        1178,
    ),
    (
        "2013-06-30",
        "5119.85 USD",
        [("4284.29", 72), ("835.56", 12), ("0.00", 0), ("0.00", 0), ("0.00", 0)],
        ["23.1508", "96.0871", "-2.3953"],
        "79088.69 USD",
        1930,
        1846,
    ),
    (
        "2013-09-30",
        "5029.22 USD",
        [("4563.74", 81), ("465.48", 7), ("0.00", 0), ("0.00", 0), ("0.00", 0)],
        ["23.5900", "97.6564", "-2.7412"],
        "79583.42 USD",
        2258,
        2170,
    ),
    (
        "2014-01-09",
        "0.00 USD",
        [("0.00", 0), ("0.00", 0), ("0.00", 0), ("0.00", 0), ("0.00", 0)],
        ["0.0000", "100.0000", "-3.2994"],
        "75585.64 USD",
        2466,
        2466,
    ),
];

#[test]
fn the_ledger_of_2466_invoices_equals_an_independent_recomputation() {
    let book = late_payments();
    for (on, receivables, ageing, [dso, cei, dbt], income, invoices, paid) in RECOMPUTED {
        let figures = Figures::of(&book, day(on));
        let (cash, totals) = (&figures.cash, &figures.clients.totals);
        assert_eq!(shown(&cash.receivables), receivables, "{on}");
        let buckets = cash.ageing.buckets().map(|bucket| (shown(&bucket.amount), bucket.count));
        assert_eq!(buckets, ageing.map(|(amount, count)| (format!("{amount} USD"), count)), "{on}");
        let ratios = [&cash.dso_days, &cash.cei, &cash.dbt_days].map(rounded);
        assert_eq!(ratios, [dso, cei, dbt], "{on}");
        assert_eq!(shown(&totals.income_12m), income, "{on}");
        assert_eq!((totals.invoices, totals.paid_invoices), (invoices, paid), "{on}");
    }
}

#[test]
fn before_the_first_invoice_every_ratio_is_unknown_and_says_why() {
    let figures = Figures::of(&late_payments(), day("2012-01-01"));
    assert_eq!(shown(&figures.cash.receivables), "0.00 USD");
    assert_eq!(rounded(&figures.cash.dso_days), "nothing was invoiced in the last 90 days");
    assert_eq!(rounded(&figures.cash.cei), "nothing was to be collected in the last 90 days");
    assert_eq!(rounded(&figures.cash.dbt_days), "no invoice came due in the last 24 months");
    assert_eq!(shown(&figures.cash.balance), "no account has a balance yet");
}

#[test]
fn a_part_payment_leaves_the_rest_open_and_brings_its_part_of_the_net() {
    let mut sent = paid(invoice("acme", "1", "2026-01-01", "2026-01-31", "100 EUR"), "2026-02-10", "50 EUR");
    sent.tax = Percent::parse("19%").unwrap();
    sent.payments.push(Payment {
        day: day("2026-03-10"),
        amount: money("69 EUR"),
        method: None,
        offset: None,
    });
    let book = euros(vec![sent]);
    let after_one = Figures::of(&book, day("2026-02-20"));
    assert_eq!(shown(&after_one.cash.receivables), "69.00 EUR");
    assert_eq!(shown(&after_one.cash.ageing.d1_30.amount), "69.00 EUR");
    assert_eq!(shown(&after_one.clients.totals.income_12m), "42.02 EUR");
    assert_eq!(rounded(&after_one.cash.dbt_days), "20.0000");
    let after_both = Figures::of(&book, day("2026-03-10"));
    assert_eq!(shown(&after_both.clients.totals.income_12m), "100.00 EUR");
    assert_eq!(shown(&after_both.cash.months[1].money_in), "69.00 EUR");
    assert_eq!(rounded(&after_both.cash.dbt_days), "38.0000");
}

#[test]
fn what_is_written_off_is_neither_owed_nor_late_nor_paid() {
    let mut lost = invoice("acme", "1", "2026-01-01", "2026-01-31", "100 EUR");
    lost.write_off = Some(WriteOff { day: day("2026-03-01"), cause: WriteOffCause::Cannot, lesson: None });
    let book = euros(vec![lost]);
    let before = Figures::of(&book, day("2026-02-28"));
    assert_eq!(shown(&before.cash.receivables), "100.00 EUR");
    assert_eq!(rounded(&before.cash.dbt_days), "28.0000");
    let after = Figures::of(&book, day("2026-03-01"));
    assert_eq!(shown(&after.cash.receivables), "0.00 EUR");
    assert_eq!(after.clients.rows[0].paid_invoices, 0);
    assert_eq!(rounded(&after.cash.dbt_days), "no invoice came due in the last 24 months");
}

#[test]
fn a_credit_note_lessens_receivables_and_is_expected_from_nobody() {
    let book = euros(vec![
        invoice("acme", "1", "2026-01-01", "2026-01-31", "100 EUR"),
        invoice("acme", "2", "2026-01-02", "2026-02-01", "-30 EUR"),
    ]);
    let figures = Figures::of(&book, day("2026-01-10"));
    assert_eq!(shown(&figures.cash.receivables), "70.00 EUR");
    assert_eq!(figures.cash.owed.len(), 1);
}

#[test]
fn an_invoice_due_today_is_not_late_and_ages_by_whole_days() {
    let book = euros(vec![invoice("acme", "1", "2026-01-01", "2026-01-31", "100 EUR")]);
    let bucket = |on: &str| {
        let figures = Figures::of(&book, day(on));
        figures.cash.ageing.buckets().iter().position(|bucket| bucket.count == 1).unwrap()
    };
    let edges = [
        "2026-01-31",
        "2026-02-01",
        "2026-03-02",
        "2026-03-03",
        "2026-04-01",
        "2026-04-02",
        "2026-05-01",
        "2026-05-02",
    ];
    assert_eq!(edges.map(bucket), [0, 1, 1, 2, 2, 3, 3, 4]);
}

#[test]
fn a_foreign_invoice_converts_at_the_rate_of_each_day_and_without_one_the_total_is_unknown() {
    let mut business = Business::new(Currency::EUR);
    for (on, rate) in [("2026-01-01", "0.90"), ("2026-02-01", "0.80")] {
        let rate = rate.parse().unwrap();
        business.exchange_rates.push(ExchangeRate { day: day(on), currency: Currency::USD, rate });
    }
    let sent = |issued| {
        vec![
            paid(invoice("acme", "1", issued, "2026-03-01", "100 USD"), "2026-02-15", "40 USD"),
            invoice("bolt", "2", "2026-01-05", "2026-03-01", "10 EUR"),
        ]
    };
    let known = book(business.clone(), sent("2026-01-10"));
    assert_eq!(shown(&Figures::of(&known, day("2026-01-20")).cash.receivables), "100.00 EUR");
    let later = Figures::of(&known, day("2026-02-20"));
    assert_eq!(shown(&later.cash.receivables), "58.00 EUR");
    assert_eq!(shown(&later.clients.totals.income_12m), "32.00 EUR");
    let unknown = book(business, sent("2025-12-31"));
    let before = Figures::of(&unknown, day("2025-12-31"));
    assert_eq!(shown(&before.cash.receivables), "no exchange rate from USD into EUR by 2025-12-31");
    assert_eq!(before.cash.owed[0].open, money("100 USD"));
}

#[test]
fn numbers_as_large_as_a_book_can_hold_end_in_an_answer_or_a_reason() {
    let mut business = Business::new(Currency::EUR);
    let rate = Decimal::MAX;
    business.exchange_rates.push(ExchangeRate { day: day("1900-01-01"), currency: Currency::USD, rate });
    let huge = |number: &str, price: &str| {
        let mut sent = invoice("acme", number, "1900-01-01", "1900-01-02", price);
        sent.lines[0].quantity = Decimal::from(1_000_000);
        sent.tax = Percent::new(Decimal::ONE_THOUSAND);
        paid(sent, "1901-01-01", &price.replace('9', "1"))
    };
    let mut invoices: Vec<Invoice> = (0..200).map(|n| huge(&n.to_string(), "999999999999 EUR")).collect();
    let euros = book(business.clone(), invoices.clone());
    invoices.push(huge("foreign", "999999999999 USD"));
    let mixed = book(business, invoices);
    for on in ["1900-01-02", "1901-12-31", "2199-12-31"] {
        assert!(Figures::of(&euros, day(on)).cash.receivables.is_ok());
        assert!(Figures::of(&mixed, day(on)).cash.receivables.is_err());
    }
}
