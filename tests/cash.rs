//! Money: the balance, what is expected when, and what lies ahead.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use rapport::domain::{Account, AccountId, Balance, Book, Business, Currency};
use rapport::figures::{Cash, Figures, Filter};

use crate::facts::{book, book_of, day, money};

const ACME: &str = r#"client (id: "acme", name: "Acme")"#;

fn cash(book: &Book, on: &str) -> Cash {
    (*Figures::of(book, day(on)).cash).clone()
}

fn account(id: &str, balances: &[(&str, &str)]) -> Account {
    let read = |(on, amount): &(&str, &str)| Balance { day: day(on), amount: money(amount) };
    Account {
        id: AccountId::new(id).unwrap(),
        name: id.to_owned(),
        balances: balances.iter().map(read).collect(),
    }
}

fn firm(accounts: Vec<Account>) -> Business {
    Business { accounts, ..Business::new(Currency::EUR) }
}

fn invoice(id: &str, due: &str, paid: Option<&str>) -> String {
    let paid = paid.map(|on| format!(r#"payments: [(day: "{on}", amount: "100 EUR")],"#)).unwrap_or_default();
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2026-01-01", due: "{due}", {paid}
            lines: [(result: "x", price: "100 EUR")])"#
    )
}

#[test]
fn a_balance_is_that_of_the_end_of_its_day_with_what_came_and_went_since() {
    let lines = [
        ACME.to_owned(),
        invoice("1", "2026-01-31", Some("2026-03-01")),
        invoice("2", "2026-01-31", Some("2026-03-02")),
        r#"expense (id: "rent", what: "Rent", amount: "30 EUR", day: "2026-02-15", every: "1 month")"#
            .to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = book_of(firm(vec![account("giro", &[("2026-03-01", "1000 EUR")])]), &lines);
    let balance = |on: &str| cash(&book, on).balance;
    assert_eq!(balance("2026-02-28").unwrap_err().0, "no account has a balance yet");
    assert_eq!(balance("2026-03-01"), Ok(money("1000 EUR")));
    assert_eq!(balance("2026-03-02"), Ok(money("1100 EUR")));
    assert_eq!(balance("2026-03-15"), Ok(money("1070 EUR")));
    let line = cash(&book, "2026-03-20").balance_line;
    let shown: Vec<String> = line.iter().map(|(on, amount)| format!("{on} {amount}")).collect();
    assert_eq!(
        shown,
        [
            "2026-03-01 1000.00 EUR",
            "2026-03-02 1100.00 EUR",
            "2026-03-15 1070.00 EUR",
            "2026-03-20 1070.00 EUR"
        ]
    );
}

#[test]
fn several_accounts_add_up_and_money_counts_after_the_newest_reading() {
    let giro = account("giro", &[("2026-01-01", "1 EUR"), ("2026-02-01", "1000 EUR")]);
    let savings = account("savings", &[("2026-01-10", "500 EUR")]);
    let lines = [
        ACME.to_owned(),
        invoice("1", "2026-01-31", Some("2026-01-20")),
        invoice("2", "2026-01-31", Some("2026-02-20")),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = book_of(firm(vec![giro, savings]), &lines);
    assert_eq!(cash(&book, "2026-01-05").balance, Ok(money("1 EUR")));
    assert_eq!(cash(&book, "2026-02-10").balance, Ok(money("1500 EUR")));
    let later = cash(&book, "2026-02-20");
    assert_eq!(later.balance, Ok(money("1600 EUR")));
    assert_eq!(
        later.balance_basis,
        "2 accounts read between 10 Jan and 1 Feb, with payments and expenses since"
    );
}

#[test]
fn months_run_from_the_first_money_to_the_day_without_gaps() {
    let lines = [
        ACME.to_owned(),
        invoice("1", "2026-01-31", Some("2026-02-10")),
        r#"expense (id: "desk", what: "Desk", amount: "40 EUR", day: "2026-04-05")"#.to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let months = cash(&book(&lines), "2026-05-02").months;
    let shown: Vec<String> = months
        .iter()
        .map(|it| format!("{} {} {}", it.month, it.money_in.clone().unwrap(), it.money_out.clone().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            "2026-02-01 100.00 EUR 0.00 EUR",
            "2026-03-01 0.00 EUR 0.00 EUR",
            "2026-04-01 0.00 EUR 40.00 EUR",
            "2026-05-01 0.00 EUR 0.00 EUR"
        ]
    );
    assert!(cash(&book(&[ACME]), "2026-05-02").months.is_empty());
}

#[test]
fn open_invoices_are_listed_by_their_due_day_and_found_by_words() {
    let lines = [invoice("soon", "2026-04-20", None), invoice("late", "2026-02-01", None)];
    let lines: Vec<&str> = std::iter::once(ACME).chain(lines.iter().map(String::as_str)).collect();
    let cash = cash(&book(&lines), "2026-04-10");
    let [late, soon] = cash.owed.as_slice() else { panic!("{:?}", cash.owed) };
    assert_eq!((late.number.as_str(), late.days_late), ("late", 68));
    assert_eq!((soon.number.as_str(), soon.days_late), ("soon", -10));
    assert!(Filter::new("acme soon").owed(soon) && !Filter::new("late").owed(soon));
}

#[test]
fn fees_instalments_and_expenses_lie_ahead_and_add_up_and_what_is_invoiced_is_listed_once() {
    let fee = r#"retainer (id: "care", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-01-01", until: "2026-06-30")"#;
    let sent_early = r#"invoice (id: "i", number: "i", client: "acme", retainer: "care", issued: "2026-04-28",
        due: "2026-05-28", lines: [(result: "care", price: "50 EUR")])"#;
    let deal = r#"deal (id: "a", client: "acme", title: "Site", stages: [(day: "2026-04-01", stage: "agreed")],
        instalments: (agreed: "2026-04-01", instalments: [(due: "2026-05-15", amount: "70 EUR"),
        (due: "2026-04-15", amount: "60 EUR", invoice: "i"), (due: "2027-05-15", amount: "80 EUR")]))"#;
    let rent = r#"expense (id: "rent", what: "Rent", amount: "30 EUR", day: "2026-04-30", every: "1 month")"#;
    let fair =
        r#"expense (id: "fair", what: "Fair", amount: "200 EUR", day: "2026-07-01", noted: "2026-04-01")"#;
    let ahead = cash(&book(&[ACME, fee, sent_early, deal, rent, fair]), "2026-04-30").ahead;
    let shown: Vec<String> = ahead.rows.iter().map(|row| format!("{} {}", row.day, row.what)).collect();
    assert_eq!(
        shown,
        [
            "2026-05-15 Site: instalment",
            "2026-05-31 Rent",
            "2026-06-01 Care",
            "2026-06-30 Rent",
            "2026-07-01 Fair"
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!(ahead.money_in, Ok(money("120 EUR")));
    assert_eq!(ahead.money_out, Ok(money("260 EUR")));
}

#[test]
fn a_fee_lies_ahead_until_an_invoice_asks_for_it_by_name_or_by_its_amount_and_while_the_client_stays() {
    let fee = r#"retainer (id: "care", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-01-01", until: "2026-06-30")"#;
    let sent_early = r#"invoice (id: "i", number: "i", client: "acme", issued: "2026-04-28", due: "2026-05-28",
        lines: [(result: "care", price: "50 EUR")])"#;
    let ahead = |lines: &[&str]| -> Vec<String> {
        cash(&book(lines), "2026-04-30").ahead.rows.iter().map(|row| row.day.to_string()).collect()
    };
    assert_eq!(ahead(&[ACME, fee]), ["2026-05-01", "2026-06-01"]);
    assert_eq!(ahead(&[ACME, fee, sent_early]), ["2026-06-01"]);
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-04-20"))"#;
    assert_eq!(ahead(&[ended, fee]), [""; 0]);
}

#[test]
fn an_instalment_lies_ahead_until_the_day_its_invoice_is_sent() {
    let deal = r#"deal (id: "a", client: "acme", title: "Site", stages: [(day: "2026-01-01", stage: "agreed")],
        instalments: (agreed: "2026-01-01", instalments: [(due: "2026-03-01", amount: "70 EUR", invoice: "i")]))"#;
    let sent = r#"invoice (id: "i", number: "i", client: "acme", deal: "a", issued: "2026-02-20", due: "2026-03-01",
        lines: [(result: "half", price: "70 EUR")])"#;
    let book = book(&[ACME, deal, sent]);
    let (ahead, owed) = (|on: &str| cash(&book, on).ahead.rows.len(), |on: &str| cash(&book, on).receivables);
    assert_eq!((ahead("2026-02-19"), owed("2026-02-19")), (1, Ok(money("0 EUR"))));
    assert_eq!((ahead("2026-02-20"), owed("2026-02-20")), (0, Ok(money("70 EUR"))));
}
