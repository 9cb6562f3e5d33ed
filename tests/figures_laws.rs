//! Laws that hold for every book: the past knows nothing of the future, totals are the sums of their terms, what is
//! unknown is never a number, and what was computed once is the same when it is remembered.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{
    Account, AccountId, AnyRecord, Balance, Book, Business, Client, Currency, ExchangeRate, Money, Table,
    add_days,
};
use rapport::figures::forecast::expected_receipts;
use rapport::figures::today::{Item, ItemKind};
use rapport::figures::{Answer, ClientFilter, ClientSort, Clients, Figures, Memo};
use rust_decimal::Decimal;

use crate::facts::{book_of, day, money, read};

const CLIENTS: [&str; 3] = ["acme", "bolt", "czech"];
/// So few invoices that deals name some of them.
const INVOICES: usize = 40;
/// So many more clients that sums over them are added up in parts.
const MANY: usize = 60;

pub(crate) fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..900).prop_map(|days| add_days(day("2024-01-01"), days))
}

fn an_amount() -> impl Strategy<Value = String> {
    (1_i64..500_000, prop_oneof![3 => Just("EUR"), 1 => Just("USD")])
        .prop_map(|(cents, currency)| format!("{} {currency}", Decimal::new(cents, 2)))
}

/// An invoice and its payments, each a tenth to all of the price.
fn an_invoice() -> impl Strategy<Value = String> {
    let payments = prop::collection::vec((a_day(), 1_i64..=10), 0..3);
    (0_usize..INVOICES, 0_usize..3, a_day(), 0_i64..60, an_amount(), payments, any::<bool>()).prop_map(
        |(id, client, issued, terms, price, payments, taxed)| {
            let price = money(&price);
            let payments: Vec<String> = payments
                .iter()
                .map(|(on, tenths)| {
                    let part = price.times(Decimal::new(*tenths, 1));
                    format!(r#"(day: "{on}", amount: "{part}")"#)
                })
                .collect();
            format!(
                r#"invoice (id: "i{id}", number: "{id}", client: "{}", issued: "{issued}", due: "{}", tax: "{}",
                    lines: [(result: "x", price: "{price}")], payments: [{}])"#,
                CLIENTS.get(client).unwrap(),
                add_days(issued, terms),
                if taxed { "19%" } else { "0%" },
                payments.join(", "),
            )
        },
    )
}

/// A deal, maybe with an instalment and a down payment that name an invoice which may come later or never.
fn a_deal() -> impl Strategy<Value = String> {
    let stage =
        prop::sample::select(vec!["engaged", "proposal", "agreed", "in_work", "done", "lost", "limbo"]);
    let stages = prop::collection::vec((a_day(), stage), 1..4);
    let part = || prop::option::of((a_day(), an_amount(), 0_usize..INVOICES));
    (0_usize..10_000, 0_usize..3, prop::option::of(an_amount()), stages, part(), part()).prop_map(
        |(id, client, value, stages, down, instalment)| {
            let first = stages.iter().map(|(on, _)| *on).min().unwrap();
            let stages: Vec<String> =
                stages.iter().map(|(on, stage)| format!(r#"(day: "{on}", stage: "{stage}")"#)).collect();
            let value = value.map(|value| format!(r#"value: "{value}","#)).unwrap_or_default();
            let down = down.map(|(_, amount, invoice)| {
                format!(r#"down_payment: (asked: "{first}", amount: "{amount}", invoice: "i{invoice}"),"#)
            });
            let plan = instalment.map(|(due, amount, invoice)| {
                let due = due.max(first);
                format!(
                    r#"instalments: (agreed: "{first}",
                        instalments: [(due: "{due}", amount: "{amount}", invoice: "i{invoice}")]),"#
                )
            });
            format!(
                r#"deal (id: "d{id}", client: "{}", title: "D{id}", {value} {} {} stages: [{}])"#,
                CLIENTS.get(client).unwrap(),
                down.unwrap_or_default(),
                plan.unwrap_or_default(),
                stages.join(", ")
            )
        },
    )
}

fn an_expense() -> impl Strategy<Value = String> {
    (0_usize..10_000, a_day(), an_amount(), any::<bool>()).prop_map(|(id, on, amount, recurs)| {
        let every = if recurs { r#", every: "1 month""# } else { "" };
        format!(r#"expense (id: "e{id}", what: "E", amount: "{amount}", day: "{on}"{every})"#)
    })
}

fn a_touch() -> impl Strategy<Value = String> {
    (0_usize..10_000, 0_usize..3, a_day(), any::<bool>()).prop_map(|(id, client, on, inward)| {
        let direction = if inward { "in" } else { "out" };
        let client = CLIENTS.get(client).unwrap();
        format!(r#"touch (id: "t{id}", day: "{on}", client: "{client}", direction: {direction})"#)
    })
}

pub(crate) fn records() -> impl Strategy<Value = Vec<String>> {
    let record = prop_oneof![5 => an_invoice(), 2 => a_deal(), 1 => an_expense(), 2 => a_touch()];
    prop::collection::vec(record, 0..25).prop_map(|mut lines| {
        // An id stands once in a book.
        let id = |line: &String| line.split('"').nth(1).unwrap_or_default().to_owned();
        lines.sort_by_key(&id);
        lines.dedup_by_key(|line| id(line));
        lines
    })
}

/// A firm with one balance, and a rate for dollars from a day on.
pub(crate) fn firm(rate_from: &str) -> Business {
    let rate = ExchangeRate { day: day(rate_from), currency: Currency::USD, rate: Decimal::new(85, 2) };
    let balance = Balance { day: day("2024-06-01"), amount: money("5000 EUR") };
    let account =
        Account { id: AccountId::new("giro").unwrap(), name: "Giro".to_owned(), balances: vec![balance] };
    Business { exchange_rates: vec![rate], accounts: vec![account], ..Business::new(Currency::EUR) }
}

pub(crate) fn a_book(rate_from: &str, lines: &[String]) -> Book {
    let clients = CLIENTS.map(|id| format!(r#"client (id: "{id}", name: "{id}", added: "2024-01-01")"#));
    let lines: Vec<&str> = clients.iter().chain(lines).map(String::as_str).collect();
    book_of(firm(rate_from), &lines)
}

/// The day a record written above became known: the first one in it, but for stages, which may stand in any order.
fn known_on(line: &str) -> NaiveDate {
    let days = line.split('"').filter_map(|part| part.parse::<NaiveDate>().ok());
    if line.starts_with("deal") { days.min().unwrap() } else { days.take(1).next().unwrap() }
}

/// The records as somebody had written them by the end of a day, who could not name an invoice that was not sent yet.
fn written_by(lines: &[String], on: NaiveDate) -> Vec<String> {
    let mut written: Vec<String> = lines.iter().filter(|line| known_on(line) <= on).cloned().collect();
    let sent = |id: &str| written.iter().any(|line| line.starts_with(&format!(r#"invoice (id: "{id}""#)));
    let unsent: Vec<String> = (0..INVOICES).map(|n| format!("i{n}")).filter(|id| !sent(id)).collect();
    for line in &mut written {
        for id in &unsent {
            *line = line.replace(&format!(r#", invoice: "{id}""#), "");
        }
    }
    written
}

fn sum<'a>(terms: impl Iterator<Item = &'a Answer<Money>>) -> Decimal {
    terms.map(|term| term.as_ref().unwrap().amount).sum()
}

/// What came in and, below zero, went out by the end of a day, in the book's currency.
fn flows(book: &Book, until: NaiveDate) -> Vec<(NaiveDate, Decimal)> {
    let of = |record: AnyRecord| -> Vec<(NaiveDate, Money, Decimal)> {
        match record {
            AnyRecord::Invoice(it) => {
                it.payments.iter().map(|it| (it.day, it.amount, Decimal::ONE)).collect()
            }
            AnyRecord::Expense(it) => {
                it.days(it.day, until).into_iter().map(|on| (on, it.amount, -Decimal::ONE)).collect()
            }
            _ => Vec::new(),
        }
    };
    // A payment noted on an invoice that was not sent by then is not known either.
    let all = book.as_of(until);
    let all = all.records().flat_map(of);
    all.map(|(on, amount, sign)| (on, sign * book.business().convert(amount, on).unwrap().amount)).collect()
}

/// What a person does next to a book.
#[derive(Debug, Clone)]
enum Step {
    /// Writes a record, or another in its place.
    Put(String),
    /// Marks an item of the queue as handled or puts it off, and notes that with a client or with the firm.
    Mark { nth: usize, with: usize, mark: usize },
    /// Removes a record that nothing names, be it a client with all that is known about it.
    Remove(usize),
    /// Takes one of many clients on, whose invoice is sent on a day.
    Take(usize, NaiveDate),
    /// Gives a client another name.
    Rename(usize, u8),
    /// Goes back to the book of so many steps ago.
    Undo(usize),
    /// Looks at another day.
    Look(NaiveDate),
    /// Takes up work on another day: what lies ahead of it in the file is no longer right.
    Work(NaiveDate),
    /// Changes the settings.
    Stage(bool),
}

fn a_step() -> impl Strategy<Value = Step> {
    let line = prop_oneof![5 => an_invoice(), 3 => a_deal(), 2 => an_expense(), 3 => a_touch()];
    prop_oneof![
        10 => line.prop_map(Step::Put),
        6 => (any::<usize>(), 0_usize..4, 0_usize..6)
            .prop_map(|(nth, with, mark)| Step::Mark { nth, with, mark }),
        4 => any::<usize>().prop_map(Step::Remove),
        4 => (0..MANY, a_day()).prop_map(|(which, on)| Step::Take(which, on)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(which, name)| Step::Rename(which, name)),
        2 => (1_usize..4).prop_map(Step::Undo),
        1 => a_day().prop_map(Step::Look),
        1 => a_day().prop_map(Step::Work),
        1 => any::<bool>().prop_map(Step::Stage),
    ]
}

/// A client of many, and an invoice for it, in dollars for some.
fn one_of_many(which: usize, issued: NaiveDate) -> [String; 2] {
    let currency = if which.is_multiple_of(7) { "USD" } else { "EUR" };
    [
        format!(r#"client (id: "n{which}", name: "N {which}")"#),
        format!(
            r#"invoice (id: "n{which}", number: "n{which}", client: "n{which}", issued: "{issued}", due: "{issued}",
                lines: [(result: "x", price: "{which}.5 {currency}")], payments: [(day: "{issued}", amount: "1 {currency}")])"#
        ),
    ]
}

/// The book after a step; `None` when nothing comes of it.
fn stepped(book: &Book, queue: &Figures, step: &Step, times: usize) -> Option<Book> {
    let nth_client = |nth: usize| book.clients().nth(nth % book.clients().len().max(1));
    match step {
        Step::Put(line) => book.with(read(line)).ok(),
        Step::Mark { nth, with, mark } => {
            let items = &queue.today.items;
            let item = items.get(nth % items.len().max(1))?;
            let client = CLIENTS.get(*with).map(|id| format!(r#", client: "{id}""#)).unwrap_or_default();
            let (on, until) = (queue.day, add_days(queue.day, 7));
            let item = &item.id;
            let wait = ["", ", wait: they_reply", ", wait: paid", ", wait: no_reply"].get(*mark);
            let mark = match (wait, mark) {
                (Some(wait), _) => format!(
                    r#"snooze (id: "m{times}", item: "{item}", day: "{on}", until: "{until}"{wait}{client})"#
                ),
                (None, 4) => format!(r#"handled (id: "m{times}", item: "{item}", day: "{on}"{client})"#),
                (None, _) => {
                    format!(
                        r#"handled (id: "m{times}", item: "{item}", day: "{on}", dismissed: "no"{client})"#
                    )
                }
            };
            book.with(read(&mark)).ok()
        }
        Step::Remove(nth) => {
            let record = book.records().nth(nth % book.records().count().max(1))?;
            book.without(record.table(), record.id_str()).ok()
        }
        Step::Take(which, on) => {
            let lines = one_of_many(*which, *on);
            lines.iter().try_fold(book.clone(), |book, line| book.with(read(line)).ok())
        }
        Step::Rename(nth, name) => {
            let mut client = Client::clone(&nth_client(*nth)?.client);
            client.name = format!("{name} {}", client.id);
            book.with(AnyRecord::Client(Arc::new(client))).ok()
        }
        Step::Stage(paid) => {
            let mut business = Business::clone(book.business());
            business.reserve = paid.then(|| money("100 EUR"));
            Some(book.with_settings(Arc::new(business)))
        }
        Step::Undo(_) | Step::Look(_) | Step::Work(_) => None,
    }
}

fn same(a: &Figures, b: &Figures) -> bool {
    a.cash == b.cash && a.board == b.board && a.clients == b.clients && a.today == b.today
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_figures_of_a_day_do_not_know_what_came_later(lines in records(), on in a_day()) {
        let whole = a_book("2024-01-01", &lines);
        let known = a_book("2024-01-01", &written_by(&lines, on));
        prop_assert!(same(&Figures::of(&whole, on), &Figures::of(&known, on)));
        prop_assert!(same(&Figures::of(&whole, on), &Figures::of(&whole.as_of(on), on)));
    }

    #[test]
    fn of_what_lies_ahead_the_working_day_names_the_faults_of_the_file_and_no_more(lines in records(), on in a_day()) {
        let whole = a_book("2024-01-01", &lines);
        let (working, pure) = (Memo::new().figures(&whole, on, on), Figures::of(&whole, on));
        prop_assert!(working.cash == pure.cash && working.board == pure.board && working.clients == pure.clients);
        let right = |figures: &Figures| -> Vec<Arc<Item>> {
            figures.today.items.iter().filter(|it| it.kind != ItemKind::Implausible).cloned().collect()
        };
        prop_assert_eq!(right(&working), right(&pure));
        prop_assert!(same(&Memo::new().figures(&whole, on, add_days(on, 1)), &pure));
    }

    #[test]
    fn totals_are_the_sums_of_their_terms(lines in records(), on in a_day()) {
        let figures = Figures::of(&a_book("2023-01-01", &lines), on);
        let (cash, clients) = (&figures.cash, &figures.clients);
        let receivables = cash.receivables.clone().unwrap().amount;
        prop_assert_eq!(receivables, sum(cash.ageing.buckets().into_iter().map(|bucket| &bucket.amount)));
        prop_assert_eq!(receivables, sum(clients.rows.iter().map(|row| &row.open)));
        prop_assert_eq!(&cash.receivables, &clients.totals.open);
        let overdue = sum(cash.ageing.buckets().into_iter().skip(1).map(|bucket| &bucket.amount));
        prop_assert_eq!(cash.overdue.clone().unwrap().amount, overdue);
        let income = clients.totals.income_12m.clone().unwrap().amount;
        prop_assert_eq!(income, sum(clients.rows.iter().map(|row| &row.income_12m)));
        let money_in = sum(cash.ahead.rows.iter().filter(|row| row.comes_in).map(|row| &row.amount));
        prop_assert_eq!(cash.ahead.money_in.clone().unwrap().amount, money_in);
        let money_out = sum(cash.ahead.rows.iter().filter(|row| !row.comes_in).map(|row| &row.amount));
        prop_assert_eq!(cash.ahead.money_out.clone().unwrap().amount, money_out);
        for column in &figures.board.columns {
            prop_assert_eq!(column.count, column.cards.len());
            prop_assert!(column.count <= column.count_all);
            if let Ok(total) = &column.sum {
                prop_assert_eq!(total.amount, sum(column.cards.iter().filter_map(|card| card.value.as_ref())));
            }
        }
    }

    #[test]
    fn every_deal_known_stands_in_one_column(lines in records(), on in a_day()) {
        let book = a_book("2023-01-01", &lines);
        let known = book.as_of(on).records().filter(|record| record.table() == Table::Deals).count();
        let figures = Figures::of(&book, on);
        let on_board: usize = figures.board.columns.iter().skip(2).map(|column| column.count_all).sum();
        prop_assert_eq!(on_board, known);
    }

    #[test]
    fn the_balance_grows_by_what_comes_in_less_what_goes_out(lines in records(), on in a_day()) {
        let book = a_book("2023-01-01", &lines);
        let figures = Figures::of(&book, on);
        let (cash, read) = (&figures.cash, day("2024-06-01"));
        if on < read {
            prop_assert!(cash.balance.is_err() && cash.balance_line.is_empty());
            return Ok(());
        }
        let flows = flows(&book, on);
        for (until, balance) in &cash.balance_line {
            let since = flows.iter().filter(|(flowed, _)| (read < *flowed) && (flowed <= until));
            let expected = Decimal::from(5000) + since.map(|(_, amount)| amount).sum::<Decimal>();
            prop_assert_eq!(balance.amount, expected, "on {}", until);
        }
        let (last, balance) = cash.balance_line.last().unwrap();
        prop_assert_eq!((*last, Ok(*balance)), (on, cash.balance.clone()));
    }

    #[test]
    fn without_a_rate_a_total_names_currency_and_day_and_is_no_number(lines in records(), on in a_day()) {
        let figures = Figures::of(&a_book("2199-01-01", &lines), on);
        let cash = &figures.cash;
        let foreign = cash.owed.iter().any(|it| it.open.currency == Currency::USD);
        match &cash.receivables {
            Ok(_) => prop_assert!(!foreign),
            Err(unknown) => {
                prop_assert_eq!(&unknown.0, &format!("no exchange rate from USD into EUR by {on}"));
            }
        }
    }

    #[test]
    fn nothing_is_expected_before_tomorrow(lines in records(), on in a_day()) {
        let receipts = expected_receipts(&a_book("2023-01-01", &lines), on);
        prop_assert!(receipts.iter().all(|it| it.p10().is_none_or(|day| day > on)));
    }

    #[test]
    fn what_is_remembered_equals_what_is_computed_anew(lines in records(), on in a_day(), edit in an_invoice()) {
        let book = a_book("2023-01-01", &lines);
        let edited = book.with(read(&edit)).unwrap();
        let mut memo = Memo::new();
        let before = memo.figures(&book, on, day("2099-01-01"));
        let after = memo.figures(&edited, on, day("2099-01-01"));
        prop_assert!(same(&after, &Figures::of(&edited, on)));
        prop_assert!(Arc::ptr_eq(&before, &memo.figures(&book, on, day("2099-01-01"))));
        let kept = before.of_clients.iter().filter(|client| after.of_clients.iter().any(|it| Arc::ptr_eq(it, client)));
        prop_assert!(kept.count() + 2 >= before.of_clients.len());
    }

    #[test]
    fn whatever_was_edited_before_the_figures_are_those_computed_from_nothing(
        lines in records(),
        many in prop::collection::btree_map(0..MANY, a_day(), 10..MANY),
        rate_from in prop::sample::select(vec!["2023-01-01", "2025-01-01", "2199-01-01"]),
        (on, clock) in (a_day(), a_day()),
        steps in prop::collection::vec(a_step(), 1..12),
    ) {
        let many = many.into_iter().flat_map(|(which, on)| one_of_many(which, on));
        let mut books = vec![a_book(rate_from, &lines.into_iter().chain(many).collect::<Vec<_>>())];
        let (mut memo, mut on, mut clock) = (Memo::new(), on, clock);
        let mut figures = memo.figures(&books[0], on, clock);
        for (times, step) in steps.iter().enumerate() {
            match step {
                Step::Undo(count) => books.truncate(books.len().saturating_sub(*count).max(1)),
                Step::Look(day) => on = *day,
                Step::Work(day) => (on, clock) = (*day, *day),
                _ => {
                    let next = stepped(books.last().unwrap(), &figures, step, times);
                    books.extend(next);
                }
            }
            let book = books.last().unwrap();
            figures = memo.figures(book, on, clock);
            let anew = Memo::new().figures(book, on, clock);
            prop_assert_eq!(&figures.today, &anew.today, "after {:?}", step);
            prop_assert_eq!(&figures.board, &anew.board, "after {:?}", step);
            prop_assert_eq!(&figures.cash, &anew.cash, "after {:?}", step);
            prop_assert_eq!(&figures.clients, &anew.clients, "after {:?}", step);
            let ids = |figures: &Figures| figures.of_clients.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
            prop_assert_eq!(ids(&figures), ids(&anew));
        }
    }

    #[test]
    fn a_sorted_table_has_every_row_once_and_the_unknown_last(lines in records(), on in a_day()) {
        let figures = Figures::of(&a_book("2023-01-01", &lines), on);
        let clients: &Clients = &figures.clients;
        for descending in [false, true] {
            let order = clients.rows(&ClientFilter::default(), ClientSort::Dbt, descending);
            let known: Vec<bool> = order.iter().map(|at| clients.rows.get(*at).unwrap().dbt_days.is_ok()).collect();
            prop_assert!(known.is_sorted_by(|a, b| a >= b));
            let mut all = order;
            all.sort_unstable();
            prop_assert_eq!(all, (0..clients.rows.len()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_cannot_be_right_is_in_the_queue_once_whoever_it_belongs_to() {
    let lines = [
        r#"work (id: "w", day: "2024-03-01", client: "acme", hours: "-2")"#,
        r#"work (id: "x", day: "2024-03-01", hours: "-2")"#,
    ];
    let book = a_book("2024-01-01", &lines.map(str::to_owned));
    let queue = Figures::of(&book, day("2024-03-02")).today.clone();
    let ids: Vec<&str> = queue.items.iter().map(|item| item.id.as_str()).collect();
    for id in ["implausible-number:work:w", "implausible-number:work:x"] {
        assert_eq!(ids.iter().filter(|found| **found == id).count(), 1, "{ids:?}");
    }
}

#[test]
fn a_payment_far_ahead_is_in_the_queue_of_the_working_day_but_not_in_that_of_a_look_back() {
    let lines = [
        r#"invoice (id: "1", number: "1", client: "acme", issued: "2024-02-01", due: "2024-02-15",
            lines: [(result: "x", price: "100 EUR")], payments: [(day: "2062-03-01", amount: "100 EUR")])"#,
        r#"touch (id: "t", client: "bolt", day: "2062-03-01", direction: in)"#,
    ];
    let book = a_book("2024-01-01", &lines.map(str::to_owned));
    let ahead = |on: &str| -> Vec<String> {
        let figures = Memo::new().figures(&book, day(on), day("2024-07-02"));
        let found = figures.today.items.iter().filter(|item| item.kind == ItemKind::Implausible);
        found.map(|item| format!("{} {}", item.client_name, item.why)).collect()
    };
    let expected = [
        "acme Payments 1, day: 1 Mar 2062 lies ahead of today, 2 Jul: correct the day",
        "bolt Day: 1 Mar 2062 lies ahead of today, 2 Jul: correct the day",
    ];
    assert_eq!(ahead("2024-07-02"), expected);
    assert!(ahead("2024-07-01").is_empty());
}

#[test]
fn the_income_at_stake_on_today_is_that_of_the_table_of_clients() {
    let lines = [
        r#"invoice (id: "1", number: "1", client: "acme", issued: "2024-02-01", due: "2024-02-15", tax: "20%",
            lines: [(result: "x", price: "100 USD")], payments: [(day: "2024-02-20", amount: "120 USD")])"#,
        r#"promise (id: "p", client: "acme", by: me, what: "Draft", made: "2024-07-01", due: "2024-07-10")"#,
    ];
    let mut firm = firm("2024-01-01");
    firm.exchange_rates.push(ExchangeRate {
        day: day("2024-07-01"),
        currency: Currency::USD,
        rate: Decimal::new(95, 2),
    });
    let acme = r#"client (id: "acme", name: "Acme")"#;
    let figures = Figures::of(&book_of(firm, &[&[acme], lines.as_slice()].concat()), day("2024-07-11"));
    let promise = figures.today.items.iter().find(|item| item.kind == ItemKind::MyPromiseDue).unwrap();
    assert_eq!(promise.at_stake, Some(money("85 EUR")), "at the rate of the day it came");
    assert_eq!(figures.clients.rows[0].income_12m, Ok(money("85 EUR")));
}
