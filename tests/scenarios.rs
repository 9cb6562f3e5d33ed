//! Scenarios in a book's file: read, written, told about, and named by nothing but themselves.

#![cfg(test)]

use std::sync::Arc;

use rapport::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Lever, LeverRow, Money, Percent, Scenario, ScenarioId, Table,
};
use rapport::store::{Loaded, Severity, load, splice};

/// Every lever once.
const LEVERS: &str = r#"
            (lever: pays_later(client: "acme", days: 14)), // they said so
            (lever: pays_later(client: "acme", days: -3)),
            (lever: leaves(client: "acme", on: "2026-12-31"), muted: true),
            (lever: let_go(client: "acme", on: "2027-01-31")),
            (lever: rates_rise(clients: ["acme", "bolt"], percent: "8%", from: "2027-01-01")),
            (lever: rates_rise(percent: "5%", from: "2027-01-01")),
            (lever: deposit(percent: "30%")),
            (lever: instalments(deal: "d1", parts: 3, every: "1 month")),
            (lever: many_small(largest: 2, each: 5)),
            (lever: never_paid(invoice: "i1")),
            (lever: income(what: "workshop", amount: "900.00", day: "2027-02-01")),
            (lever: expense(what: "laptop", amount: "2400.00 USD", day: "2026-12-01", every: "1 month")),
"#;

fn text(levers: &str) -> String {
    format!(
        r#"(
    format: 1,
    business: (name: "Studio", currency: "EUR"),
    clients: [(id: "acme", name: "Acme"), (id: "bolt", name: "Bolt")],
    deals: [(id: "d1", client: "acme", title: "Site")],
    invoices: [(id: "i1", number: "1", client: "acme", issued: "2026-11-01", due: "2026-11-15", lines: [(result: "R", price: "100.00")])],
    scenarios: [
        // What if the winter is hard?
        (id: "lean", name: "Lean winter", made: "2026-11-20", levers: [{levers}]),
    ],
)
"#
    )
}

fn opened(text: &str) -> Loaded {
    load(text.as_bytes()).unwrap_or_else(|unusable| panic!("{unusable}\n{text}"))
}

fn scenario(book: &Book) -> Scenario {
    let Some(AnyRecord::Scenario(found)) = book.find(Table::Scenarios, "lean") else { panic!("no scenario") };
    Scenario::clone(&found)
}

/// What `check` says of a book with these levers: whether it is an error, its path and its message.
fn told(levers: &str) -> Vec<String> {
    let loaded = opened(&text(levers));
    let problems = loaded.problems_on("2026-11-21".parse().unwrap());
    problems.iter().map(|it| format!("{}: {}: {}", it.severity, it.path, it.message)).collect()
}

#[test]
fn every_lever_is_read_as_it_is_written_and_written_as_it_is_read() {
    let loaded = opened(&text(LEVERS));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let read = scenario(&loaded.book);
    assert_eq!(read.levers.len(), 12);
    let acme = ClientId::new("acme").unwrap();
    assert_eq!(read.levers[0], LeverRow::new(Lever::PaysLater { client: acme.clone(), days: 14 }));
    assert_eq!(read.levers[1].lever, Lever::PaysLater { client: acme, days: -3 });
    assert_eq!(read.levers.iter().map(|row| row.muted).filter(|muted| *muted).count(), 1);
    assert_eq!(read.levers[6].lever, Lever::Deposit { percent: Percent::parse("30%").unwrap() });
    assert_eq!(splice(&loaded.source, &loaded.book), text(LEVERS));

    // A new file of the same book says the same.
    let empty = opened("(format: 1, business: (currency: \"EUR\"))");
    let anew = splice(&empty.source, &loaded.book.with_settings(empty.book.business().clone()));
    let again = opened(&anew);
    assert!(again.problems.is_empty(), "{:?}\n{anew}", again.problems);
    assert_eq!(scenario(&again.book), read);
    assert!(anew.contains("(lever: pays_later(client: \"acme\", days: -3))"), "{anew}");
}

#[test]
fn an_amount_without_a_currency_is_in_the_books() {
    let loaded = opened(&text(LEVERS));
    let amounts: Vec<String> = scenario(&loaded.book)
        .levers
        .into_iter()
        .filter_map(|mut row| row.lever.amount_mut().map(|amount| amount.to_string()))
        .collect();
    assert_eq!(amounts, ["900.00 EUR", "2400.00 USD"]);
}

#[test]
fn a_changed_scenario_keeps_the_bytes_around_it() {
    let loaded = opened(&text(LEVERS));
    let renamed = Scenario { name: "Hard winter".to_owned(), ..scenario(&loaded.book) };
    let book = loaded.book.with(AnyRecord::Scenario(Arc::new(renamed))).unwrap();
    assert_eq!(splice(&loaded.source, &book), text(LEVERS).replace("Lean winter", "Hard winter"));
    let without = loaded.book.without(Table::Scenarios, "lean").unwrap();
    assert!(!splice(&loaded.source, &without).contains("winter"));
}

#[test]
fn a_lever_that_cannot_be_read_is_told_with_its_place_and_cure() {
    for (lever, expected) in [
        (
            "pay_later(client: \"acme\", days: 14)",
            "levers[0].lever: unknown word pay_later: did you mean pays_later?",
        ),
        ("pays_later(client: \"acme\")", "levers[0].lever: missing field days: add it, as in (days: …)"),
        ("never_paid", "levers[0].lever: never_paid needs its fields in brackets: never_paid(invoice: …)"),
        (
            "deposit(percent: \"much\")",
            "levers[0].lever.percent: expected a percentage such as \"19%\", from -1000% to 1000%, found \"much\"",
        ),
        ("14", "levers[0].lever: expected a lever such as pays_later(client: \"acme\", days: 14), found 14"),
        (
            "(client: \"acme\", days: 14)",
            "levers[0].lever: expected a lever such as pays_later(client: \"acme\", days: 14), found brackets",
        ),
    ] {
        let told = told(&format!("(lever: {lever})"));
        assert_eq!(told.len(), 1, "{told:?}");
        let expected = format!("error: scenarios[lean].{expected}");
        assert!(told[0].starts_with(&expected), "{} is not {expected}", told[0]);
    }
    let told = told("(lever: deposit(percent: \"30%\", percnt: \"1\"))");
    assert_eq!(
        told,
        ["warning: scenarios[lean].levers[0].lever.percnt: unknown field percnt: did you mean percent?"]
    );
}

#[test]
fn the_chapter_on_the_format_tells_every_lever() {
    let chapter = include_str!("../README.md");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let described: Vec<&str> = rows.map(|(code, _)| code).filter(|code| code.ends_with(')')).collect();
    let unknown = told("(lever: nonsense())");
    let (_, names) = unknown[0].split_once("expected ").unwrap();
    let names: Vec<&str> = names.split([',', ' ']).filter(|name| !matches!(*name, "" | "or")).collect();
    assert_eq!(names.len(), 10);
    for name in names {
        let example = described.iter().find(|code| code.split('(').next() == Some(name));
        let example = example.unwrap_or_else(|| panic!("{name} is not in the chapter"));
        let example = example.replace("acme-site", "d1").replace("r-1042", "i1");
        assert!(told(&format!("(lever: {example})")).is_empty(), "{example}");
    }
}

#[test]
fn a_scenario_that_names_what_is_not_there_is_left_out_and_hides_nothing_else() {
    for (lever, expected) in [
        (
            "leaves(client: \"acmee\", on: \"2027-01-01\")",
            "lever.client: there is no client \"acmee\": did you mean \"acme\"?",
        ),
        (
            "rates_rise(clients: [\"bolt\", \"x\"], percent: \"5%\", from: \"2027-01-01\")",
            "lever.clients[1]: there is no client \"x\": add it, or correct the id",
        ),
        (
            "instalments(deal: \"d9\", parts: 3, every: \"1 month\")",
            "lever.deal: there is no deal \"d9\": add it, or correct the id",
        ),
        (
            "never_paid(invoice: \"zz\")",
            "lever.invoice: there is no invoice \"zz\": add it, or correct the id",
        ),
    ] {
        let text = text(&format!("(lever: deposit(percent: \"30%\")), (lever: {lever})"));
        let loaded = opened(&text);
        let told: Vec<String> =
            loaded.problems.iter().map(|it| format!("{}: {}", it.path, it.message)).collect();
        assert_eq!(told, [format!("scenarios[lean].levers[1].{expected}")]);
        assert_eq!(loaded.problems[0].severity, Severity::Error);
        assert_eq!(loaded.book.records().count(), 4);
        // It stays in the file for whoever mends it.
        assert_eq!(splice(&loaded.source, &loaded.book), text);
    }
}

#[test]
fn what_a_kept_scenario_names_goes_after_it() {
    let book = opened(&text("(lever: leaves(client: \"bolt\", on: \"2027-01-01\"))")).book;
    let refused = book.without(Table::Clients, "bolt").unwrap_err().to_string();
    assert_eq!(
        refused,
        "1 other record names this client, first the scenario \"lean\": change or remove it first"
    );
    let without = book.without(Table::Scenarios, "lean").unwrap();
    assert!(without.without(Table::Clients, "bolt").is_ok());
}

#[test]
fn a_lever_that_changes_nothing_or_too_much_is_implausible() {
    for (lever, expected) in [
        ("pays_later(client: \"acme\", days: 0)", "days: 0 days later changes nothing"),
        ("rates_rise(percent: \"0%\", from: \"2027-01-01\")", "percent: 0% changes nothing"),
        ("rates_rise(percent: \"-101%\", from: \"2027-01-01\")", "percent: -101% is more than all of it"),
        ("deposit(percent: \"130%\")", "percent: 130% is not between 0% and 100%"),
        ("instalments(deal: \"d1\", parts: 1, every: \"1 month\")", "parts: 1 is too few"),
        ("many_small(largest: 0, each: 5)", "largest: 0 is too few"),
        ("many_small(largest: 2, each: 1)", "each: 1 is too few"),
        ("income(what: \"x\", amount: \"-5\", day: \"2027-01-01\")", "amount: -5 is not above zero"),
        ("expense(what: \"x\", amount: \"0\", day: \"2027-01-01\")", "amount: 0 is not above zero"),
    ] {
        let told = told(&format!("(lever: {lever})"));
        let expected = format!("warning: scenarios[lean].levers[0].lever.{expected}");
        assert!(told.len() == 1 && told[0].starts_with(&expected), "{told:?} is not {expected}");
    }
    assert!(told(LEVERS).is_empty(), "{:?}", told(LEVERS));
}

#[test]
fn a_scenario_is_known_from_the_day_it_was_made_and_is_no_fact_of_a_client() {
    let book = opened(&text(LEVERS)).book;
    assert!(book.as_of("2026-11-19".parse().unwrap()).find(Table::Scenarios, "lean").is_none());
    assert!(book.as_of("2026-11-20".parse().unwrap()).find(Table::Scenarios, "lean").is_some());
    assert_eq!(book.firm().scenarios.len(), 1);
    let ahead = Scenario {
        id: ScenarioId::new("s2").unwrap(),
        name: String::new(),
        made: "2026-11-22".parse().unwrap(),
        levers: Vec::new(),
        notes: None,
    };
    let book = book.with(AnyRecord::Scenario(Arc::new(ahead))).unwrap();
    let found = rapport::domain::implausible(&book, "2026-11-21".parse().unwrap());
    let fields: Vec<_> = found.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields, ["name", "made"]);
}

#[test]
fn an_edit_in_another_currency_states_it() {
    let loaded = opened(&text("(lever: income(what: \"x\", amount: \"5.00\", day: \"2027-01-01\"))"));
    let mut changed = scenario(&loaded.book);
    changed.levers.push(LeverRow::new(Lever::Expense {
        what: "y".to_owned(),
        amount: Money::new(7.into(), Currency::USD),
        day: "2027-01-02".parse().unwrap(),
        every: None,
    }));
    let book = loaded.book.with(AnyRecord::Scenario(Arc::new(changed))).unwrap();
    let text = splice(&loaded.source, &book);
    assert!(text.contains("amount: \"5.00\","), "{text}");
    assert!(
        text.contains("(lever: expense(what: \"y\", amount: \"7.00 USD\", day: \"2027-01-02\"))"),
        "{text}"
    );
    let client = Client::new(ClientId::new("new").unwrap(), "New");
    let book = book.with(AnyRecord::Client(Arc::new(client))).unwrap();
    assert_eq!(scenario(&opened(&splice(&loaded.source, &book)).book).levers.len(), 2);
}
