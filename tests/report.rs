//! `report`: its JSON for programs, its summary for people, and its exit codes.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::io::Write;

use rapport::cli::report::{Report, json, run, summary};
use rapport::domain::{Account, AccountId, Balance, Book, Business, Currency};
use rapport::figures::forecast::expected_receipts;
use rapport::figures::{Figures, Memo};
use serde_json::Value;

use crate::facts::{book, book_of, day, money};

const LINES: &[&str] = &[
    r#"client (id: "acme", name: "Acme")"#,
    r#"client (id: "bolt", name: "Bolt Ltd", met: (day: "2026-11-20", place: "the fair"))"#,
    r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-09-01", due: "2026-10-01", tax: "20%",
        lines: [(result: "x", price: "1000 EUR")], payments: [(day: "2026-11-10", amount: "600 EUR")])"#,
    r#"deal (id: "site", client: "acme", title: "Site", value: "3000 EUR",
        stages: [(day: "2026-10-01", stage: "proposal")])"#,
    r#"touch (id: "t", day: "2026-11-01", client: "acme", direction: out, channel: "mail")"#,
    r#"expense (id: "rent", what: "Rent", amount: "30.5 EUR", day: "2026-10-31", every: "1 month")"#,
];

fn sample() -> Book {
    book(LINES)
}

fn report(book: &Book) -> Value {
    let on = day("2026-11-21");
    let firm = Memo::new().firm(book, on, on);
    json(&Figures::of(book, on), &expected_receipts(book, on), &firm)
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_json_has_the_documented_keys() {
    let report = report(&sample());
    let top = ["as_of", "currency", "today", "outbox", "board", "without_deal", "cash", "clients"];
    let of_firm = ["mix", "recurring_share", "recurring_share_why", "concentration", "firm"];
    assert_eq!(keys(&report), [top.as_slice(), of_firm.as_slice()].concat());
    let bases = ["time", "fixed", "retainer", "by_product", "product", "not_said"];
    assert_eq!(keys(&report["mix"]), bases);
    assert_eq!(
        keys(&report["concentration"][0]),
        ["client", "share", "hours_share", "hours_share_why", "level"]
    );
    assert_eq!((&report["as_of"], &report["currency"]), (&"2026-11-21".into(), &"EUR".into()));
    for key in ["id", "kind", "client", "why", "at_stake", "currency", "cost"] {
        assert!(report["today"][0].get(key).is_some(), "{key}");
    }
    for key in ["stage", "count", "sum", "weighted", "deals"] {
        assert!(report["board"][0].get(key).is_some(), "{key}");
    }
    for key in ["balance", "receivables", "ageing", "dso_days", "cei", "dbt_days", "months"] {
        assert!(report["cash"].get(key).is_some(), "{key}");
    }
    let buckets = keys(&report["cash"]["ageing"]);
    assert_eq!(buckets, ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]);
    for key in [
        "id",
        "name",
        "open",
        "overdue",
        "dbt_days",
        "income_12m",
        "share",
        "last_in",
        "last_out",
        "invoices",
        "paid_invoices",
    ] {
        assert!(report["clients"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn every_key_is_documented_in_the_readme_as_in_the_source() {
    let (source, readme) = (include_str!("../src/cli/report/json.rs"), include_str!("../README.md"));
    let rows: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("//! | ")).collect();
    assert!(rows.len() > 40);
    for row in rows {
        assert!(readme.contains(&format!("| {row}")), "{row}");
    }
}

#[test]
fn the_firm_of_the_report_has_its_documented_keys() {
    let report = report(&sample());
    assert_eq!(report["mix"]["not_said"], "500.00");
    assert_eq!(report["recurring_share_why"], "no invoice says what its income rests on");
    let acme = &report["concentration"][0];
    assert_eq!(
        (&acme["client"], &acme["share"], &acme["level"]),
        (&"acme".into(), &1.into(), &"risk".into())
    );
    let firm = report["firm"].as_object().unwrap();
    let source = include_str!("../src/cli/report/json.rs");
    for key in firm.keys().filter(|key| !key.ends_with("_why")) {
        let documented = source.lines().any(|line| {
            line.starts_with("//! | `firm.")
                && (line.contains(&format!("`firm.{key}`"))
                    || line.contains(&format!("`firm.{key}[]`"))
                    || line.contains(&format!("`.{key}`")))
        });
        assert!(documented, "{key}");
    }
}

#[test]
fn amounts_are_strings_with_the_currencys_decimals_and_days_are_numbers() {
    let report = report(&sample());
    let cash = &report["cash"];
    assert_eq!(cash["receivables"], "600.00");
    assert_eq!(cash["ageing"]["d31_60"], "600.00");
    assert_eq!(cash["dbt_days"], 51);
    assert_eq!(cash["dso_days"], 45);
    let november = cash["months"].as_array().unwrap().last().unwrap();
    assert_eq!(november, &serde_json::json!({"month": "2026-11", "in": "600.00", "out": "0.00"}));
    let acme = &report["clients"][0];
    assert_eq!((&acme["income_12m"], &acme["share"]), (&"500.00".into(), &1.into()));
    assert_eq!((&acme["invoices"], &acme["paid_invoices"]), (&1.into(), &0.into()));
    let proposal = &report["board"][2];
    assert_eq!((&proposal["sum"], &proposal["weighted"]), (&"3000.00".into(), &"1200.00".into()));
    assert_eq!(proposal["deals"][0]["id"], "site");
    assert_eq!(report["without_deal"]["contacts"], serde_json::json!(["bolt"]));
}

/// Every null with the key it stands under, and whether its reason stands beside it.
fn nulls(value: &Value, found: &mut Vec<(String, bool)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| nulls(item, found)),
        Value::Object(object) => {
            for (key, value) in object {
                if value.is_null() {
                    let why = object.get(&format!("{key}_why")).and_then(Value::as_str);
                    found.push((key.clone(), why.is_some_and(|why| !why.is_empty())));
                }
                nulls(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_unknown_is_null_and_says_why() {
    let report = report(&sample());
    let mut found = Vec::new();
    nulls(&report, &mut found);
    assert!(found.iter().any(|(key, _)| key == "balance"));
    assert_eq!(found.iter().find(|(_, has_why)| !has_why), None);
    assert_eq!(report["cash"]["balance_why"], "no account has a balance yet");
    assert_eq!(report["clients"][0]["last_in_why"], "no touch from them yet");
    assert_eq!(report["clients"][1]["dbt_days_why"], "no invoice came due in the last 24 months");
}

#[test]
fn a_currency_without_decimals_gets_none() {
    let business = Business {
        accounts: vec![Account {
            id: AccountId::new("a").unwrap(),
            name: "A".to_owned(),
            balances: vec![Balance { day: day("2026-01-01"), amount: money("125000 JPY") }],
        }],
        ..Business::new("JPY".parse::<Currency>().unwrap())
    };
    assert_eq!(report(&book_of(business, &[]))["cash"]["balance"], "125000");
}

#[test]
fn the_summary_says_in_words_what_is_unknown() {
    let figures = Figures::of(&sample(), day("2026-11-21"));
    let text =
        summary(&figures, &[], &Business { name: "Studio".to_owned(), ..Business::new(Currency::EUR) });
    assert!(text.starts_with("Studio as of 2026-11-21, amounts in EUR\n"), "{text}");
    for expected in [
        "Balance                unknown: no account has a balance yet",
        "Receivables            600.00",
        "3,000.00",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

fn printed(args: &Report) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(args, day("2026-11-21"), &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn a_file_that_is_not_there_is_said_and_exits_with_2() {
    let (code, out, err) = printed(&Report { book: "no/such.ron".into(), as_of: None, json: true });
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "no/such.ron: error: there is no such file: check its name and folder\n");
}

const FILE: &str = r#"(
format: 1,
business: (name: "Studio", currency: "EUR"),
clients: [(id: "acme", name: "Acme")],
invoices: [
(id: "1", number: "1", client: "acme", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "x", price: "12.5")]),
(id: "2", number: "2", client: "gone", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "x", price: "99")]),
],
)
"#;

#[test]
fn records_that_cannot_be_used_are_in_no_figure_and_exit_with_1() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(FILE.as_bytes()).unwrap();
    let report = |as_of, json| printed(&Report { book: file.path().to_owned(), as_of, json });
    let (code, out, err) = report(Some(day("2026-09-30")), true);
    let figures: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    assert!(err.contains("1 error keeps records out of these figures: run rapport check"), "{err}");
    assert_eq!(figures["as_of"], "2026-09-30");
    assert_eq!(figures["cash"]["ageing"]["not_due"], "12.50");
    let (_, out, _) = report(None, false);
    assert!(out.starts_with("Studio as of 2026-11-21, amounts in EUR\n"), "{out}");
}

#[test]
fn a_day_that_no_book_holds_is_refused() {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        report: Report,
    }
    let parsed = |day: &str| <Line as clap::Parser>::try_parse_from(["report", "book.ron", "--as-of", day]);
    assert_eq!(parsed("2013-06-30").unwrap().report.as_of, Some(day("2013-06-30")));
    for wrong in ["2013-02-30", "tomorrow", "9999-01-01"] {
        assert!(parsed(wrong).is_err(), "{wrong}");
    }
}
