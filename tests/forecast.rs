//! The forecast of a book, from its facts to its fans, and as `rapport forecast` prints it.

use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::cli::forecast::{Args, json, run, table};
use rapport::domain::{
    Account, AccountId, AnyRecord, Balance, Book, Business, Currency, Dispute, Invoice, Payment, Percent,
    PromisedPayment, WriteOff, WriteOffCause, add_days,
};
use rapport::figures::forecast::{Ask, Forecast, Layer, Layers};
use rapport::figures::{Figures, Unknown};
use rapport::store::{load, sample};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::facts::{book, book_of, day, money, read};

const ACME: &str = r#"client (id: "acme", name: "Acme")"#;
const RENT: &str =
    r#"expense (id: "rent", what: "Rent", amount: "300 EUR", day: "2026-01-01", every: "1 month")"#;
const COMMITTED: Layers = Layers { likely: false, possible: false };

fn with_balances(balances: &[(&str, &str)]) -> Business {
    let read = |(on, amount): &(&str, &str)| Balance { day: day(on), amount: money(amount) };
    let giro = Account {
        id: AccountId::new("giro").unwrap(),
        name: "Giro".to_owned(),
        balances: balances.iter().map(read).collect(),
    };
    Business { accounts: vec![giro], ..Business::new(Currency::EUR) }
}

fn invoice(id: &str, issued: &str, price: &str, paid: Option<&str>) -> String {
    let due = add_days(day(issued), 30);
    let paid = paid.map(|on| format!(r#"payments: [(day: "{on}", amount: "{price}")],"#)).unwrap_or_default();
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{due}", {paid}
            lines: [(result: "x", price: "{price}")])"#
    )
}

fn lines(of: &[String]) -> Vec<&str> {
    std::iter::once(ACME).chain(of.iter().map(String::as_str)).collect()
}

fn few() -> Ask {
    Ask { draws: 200, ..Ask::default() }
}

fn forecast(book: &Book, on: &str) -> Forecast {
    Forecast::of(book, day(on), &few())
}

fn sampled() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book
}

#[test]
fn a_book_of_rent_alone_runs_down_as_worked_out_by_hand() {
    let business =
        Business { reserve: Some(money("350 EUR")), ..with_balances(&[("2026-11-20", "1000 EUR")]) };
    let forecast = forecast(&book_of(business, &[RENT]), "2026-11-20");
    let fan = forecast.fan(COMMITTED).unwrap();
    let changes: Vec<String> = fan
        .days
        .windows(2)
        .filter(|pair| pair[0].median() != pair[1].median())
        .map(|pair| format!("{} {}", pair[1].day, pair[1].median()))
        .collect();
    assert_eq!(changes, ["2026-12-01 700.00 EUR", "2027-01-01 400.00 EUR", "2027-02-01 100.00 EUR"]);
    assert_eq!((fan.lowest.day, fan.lowest.nine_in_ten), (day("2027-02-01"), money("100 EUR")));
    assert_eq!(forecast.until, day("2027-02-19"));
    // 2027-02-01 is the 73rd day, in the eleventh week: ten weeks are sure.
    assert_eq!([10, 11].map(|weeks| forecast.under(COMMITTED, weeks)), [Some(0.0), Some(1.0)]);
    let runway = forecast.runway.clone().unwrap();
    assert_eq!((runway.committed_weeks, runway.without_receipts_weeks), (Some(10), Some(10)));
    let of = forecast.expected(Layer::Committed);
    assert_eq!((of.money_in, of.money_out), (money("0 EUR"), money("-900 EUR")));
    assert!(Layers::ALL.iter().all(|it| forecast.fan(*it).unwrap().days == fan.days));
}

#[test]
fn without_a_reserve_the_runway_ends_below_nought_and_with_enough_it_never_does() {
    let runway = |balance: &str| {
        let business = with_balances(&[("2026-11-20", balance)]);
        forecast(&book_of(business, &[RENT]), "2026-11-20").runway.unwrap().committed_weeks
    };
    // The fourth rent falls on 1 March 2027, the 101st day.
    assert_eq!(runway("1199.99 EUR"), Some(14));
    assert_eq!(runway("-5 EUR"), Some(0));
    assert_eq!(runway("100000 EUR"), None);
}

#[test]
fn a_later_dated_balance_corrects_the_opening() {
    let business = with_balances(&[("2026-11-01", "5000 EUR"), ("2026-11-18", "1234.56 EUR")]);
    let book = book_of(business, &lines(&[invoice("1", "2026-11-01", "100 EUR", Some("2026-11-19"))]));
    assert_eq!(forecast(&book, "2026-11-17").opening, Ok(money("5000 EUR")));
    assert_eq!(forecast(&book, "2026-11-18").opening, Ok(money("1234.56 EUR")));
    assert_eq!(forecast(&book, "2026-11-19").opening, Ok(money("1334.56 EUR")));
    let sample = sampled();
    for on in ["2025-03-01", "2026-11-20"].map(day) {
        let forecast = Forecast::of(&sample, on, &few());
        assert_eq!(forecast.opening, Figures::of(&sample, on).cash.balance);
    }
}

#[test]
fn an_empty_book_and_one_without_a_balance_say_what_is_unknown() {
    let forecast = forecast(&book(&[]), "2026-11-20");
    assert!(forecast.receipts.is_empty() && forecast.flows.is_empty() && forecast.left_out.is_empty());
    assert_eq!(forecast.opening, Err(Unknown::because("no account has a balance yet")));
    assert_eq!(forecast.runway.clone().unwrap_err(), Unknown::because("no account has a balance yet"));
    let fan = forecast.fan(COMMITTED).unwrap();
    assert!(fan.days.iter().all(|it| it.median().is_zero() && it.under_by.is_none()));
    assert_eq!((fan.days.len(), fan.lowest.under_reserve), (91, None));
    let text = table(&forecast, &Business::new(Currency::EUR));
    assert!(text.contains("unknown: no account has a balance yet") && !text.contains("NaN"), "{text}");
}

#[test]
fn every_open_invoice_is_a_receipt_from_tomorrow_on_and_no_settled_one_is() {
    let book = book(&lines(&[
        invoice("old", "2026-06-01", "100 EUR", Some("2026-07-10")),
        invoice("overdue", "2026-08-01", "200 EUR", None),
        invoice("soon", "2026-11-10", "300 EUR", None),
    ]));
    let forecast = forecast(&book, "2026-11-20");
    let mut numbers: Vec<&str> = forecast.receipts.iter().map(|it| it.number.as_str()).collect();
    assert!(forecast.receipts.is_sorted_by_key(|it| it.expected().unwrap_or(NaiveDate::MAX)));
    numbers.sort_unstable();
    assert_eq!(numbers, ["overdue", "soon"]);
    for it in &forecast.receipts {
        assert!(it.p10().unwrap() >= day("2026-11-21"), "{}", it.number);
        assert!(it.p10() <= it.expected() && it.chance_within(30) > 0.0);
        assert!((it.chance_within(200) + it.chance_not_within(200) - 1.0).abs() < 1e-12);
    }
    let open: Decimal = forecast
        .flows
        .iter()
        .filter(|flow| flow.key.starts_with("invoices/"))
        .map(|flow| flow.expected_within(91).amount + flow.left_after(91).amount)
        .sum();
    assert_eq!(Ok(open), Figures::of(&book, day("2026-11-20")).cash.receivables.clone().map(|it| it.amount));
}

#[test]
fn totals_of_layers_are_the_sums_of_their_flows() {
    let forecast = forecast(&sampled(), "2026-11-20");
    for layer in [Layer::Committed, Layer::Likely, Layer::Possible] {
        let of_layer = || forecast.flows.iter().filter(move |flow| flow.layer == layer);
        let sum: Decimal = of_layer().map(|flow| flow.expected_within(91).amount).sum();
        let of = forecast.expected(layer);
        assert_eq!(of.money_in.amount + of.money_out.amount, sum);
        assert!(of_layer().count() > 0 && of.money_out.amount <= Decimal::ZERO);
    }
    // What single days bring adds up to what all of them do, but for rounding each of them.
    let days = (1..=91).flat_map(|on| forecast.on_day(add_days(forecast.day, on)));
    let mut chances: Vec<(&str, f64)> = days.map(|it| (it.flow.key.as_str(), it.chance)).collect();
    chances.sort_by(|a, b| a.0.cmp(b.0));
    for flow in forecast.flows.iter() {
        let sum: f64 = chances.iter().filter(|(key, _)| *key == flow.key).map(|(_, chance)| chance).sum();
        assert!((sum - flow.when.within(91)).abs() < 1e-9, "{}: {sum}", flow.key);
    }
}

#[test]
fn a_day_tells_what_comes_and_from_whom_the_largest_first() {
    let forecast =
        forecast(&book(&lines(&[RENT.to_owned(), invoice("1", "2026-11-10", "9 EUR", None)])), "2026-11-20");
    let day = forecast.on_day(day("2026-12-01"));
    assert_eq!((day[0].flow.what.as_str(), day[0].expected), ("Rent", money("-300 EUR")));
    assert!((day[0].chance - 1.0).abs() < 1e-12);
    assert_eq!(day[1].flow.client.as_ref().map(|(id, _)| id.as_str()), Some("acme"));
    assert!(day[1].chance > 0.0 && day[1].chance < 0.2);
    assert!(forecast.on_day(forecast.day).is_empty());
}

#[test]
fn what_is_set_aside_leaves_on_the_tax_day_and_is_told() {
    let business = Business {
        tax_set_aside: Some(Percent::new(Decimal::from(30))),
        ..with_balances(&[("2026-11-20", "1000 EUR")])
    };
    // Paid in October: 30 of 100 accrued, and leave with all else on 15 January.
    let book = book_of(business, &lines(&[invoice("1", "2026-10-16", "100 EUR", Some("2026-10-20"))]));
    let forecast = forecast(&book, "2026-11-20");
    let committed: Vec<_> = forecast.taxes.iter().filter(|it| it.layer == Layer::Committed).collect();
    let [tax] = committed.as_slice() else { panic!("{committed:?}") };
    assert_eq!((tax.day, tax.amount), (day("2027-01-15"), money("-30 EUR")));
    let fan = forecast.fan(COMMITTED).unwrap();
    let on = |text: &str| fan.days.iter().find(|it| it.day == day(text)).unwrap().median();
    assert_eq!((on("2027-01-14"), on("2027-01-15")), (money("1000 EUR"), money("970 EUR")));
    assert_eq!(forecast.expected(Layer::Committed).tax, money("-30 EUR"));
}

#[test]
fn a_bill_for_tax_is_paid_from_what_was_set_aside_and_never_from_more_than_that() {
    let business = Business {
        tax_set_aside: Some(Percent::new(Decimal::from(30))),
        ..with_balances(&[("2026-11-20", "1000 EUR")])
    };
    let paid = invoice("1", "2026-10-16", "100 EUR", Some("2026-10-20"));
    let bill = |amount: &str| {
        format!(
            r#"expense (id: "vat", what: "VAT", amount: "{amount}", day: "2027-01-10", noted: "2026-11-01", category: "tax")"#
        )
    };
    // 30 are set aside; the balance is read at the end of the tax day.
    for (amount, leaves, left) in [("20 EUR", Some("-10 EUR"), "970 EUR"), ("50 EUR", None, "950 EUR")] {
        let forecast =
            forecast(&book_of(business.clone(), &lines(&[paid.clone(), bill(amount)])), "2026-11-20");
        let taxes: Vec<_> = forecast.taxes.iter().filter(|it| it.layer == Layer::Committed).collect();
        assert_eq!(taxes.first().map(|tax| tax.amount), leaves.map(money));
        let fan = forecast.fan(COMMITTED).unwrap();
        let on = fan.days.iter().find(|it| it.day == day("2027-01-15")).unwrap();
        assert_eq!(on.median(), money(left), "{amount}");
    }
}

#[test]
fn what_no_rate_is_known_for_is_left_out_and_named() {
    let business =
        Business { reserve: Some(money("500 USD")), ..with_balances(&[("2026-11-20", "1000 EUR")]) };
    let book = book_of(business, &lines(&[invoice("1", "2026-11-10", "70 USD", None)]));
    let forecast = forecast(&book, "2026-11-20");
    assert_eq!((forecast.reserve, forecast.flows.len()), (None, 0));
    assert_eq!(forecast.fan(COMMITTED).unwrap().lowest.under_reserve, None);
    let left_out: Vec<String> = forecast.left_out.iter().map(|it| it.amount.to_string()).collect();
    assert_eq!(left_out.first().map(String::as_str), Some("70.00 USD"));
    let reserve = forecast.left_out.last().unwrap();
    assert_eq!((reserve.what.as_str(), reserve.amount), ("Reserve", money("500 USD")));
    assert!(forecast.left_out.iter().all(|it| it.why.0.contains("USD")), "{:?}", forecast.left_out);
    // Its day is told all the same.
    assert_eq!(forecast.receipts.len(), 1);
    assert!(forecast.receipts[0].amount.is_err() && forecast.receipts[0].expected().is_some());
}

#[test]
fn the_same_book_and_day_give_the_same_forecast_whatever_the_order_of_its_records() {
    let book = sampled();
    let mut records: Vec<_> = book.records().collect();
    records.reverse();
    let turned = Book::from_records(book.business().clone(), records);
    let [first, second] = [&book, &turned].map(|book| forecast(book, "2026-11-20"));
    assert_eq!(first.fans, second.fans);
    assert_eq!(first.runway, second.runway);
    assert_eq!(first, forecast(&book, "2026-11-20"));
}

#[test]
fn thirty_years_of_history_and_absurd_amounts_are_forecast_without_fault() {
    let mut old: Vec<String> = (0..60)
        .map(|n| {
            let issued = add_days(day("1990-01-01"), n * 220);
            invoice(
                &format!("i{n}"),
                &issued.to_string(),
                "999999999999 EUR",
                Some(&add_days(issued, n).to_string()),
            )
        })
        .collect();
    old.push(invoice("open", "2026-11-01", "999999999999.999999 EUR", None));
    old.push(invoice("nought", "2026-11-01", "0 EUR", None));
    old.push(invoice("ahead", "2190-11-01", "5 EUR", None));
    let book = book_of(with_balances(&[("2026-11-20", "-999999999999 EUR")]), &lines(&old));
    for on in ["1900-01-01", "2026-11-20", "2199-12-31"] {
        let forecast = Forecast::of(&book, day(on), &Ask { days: 400, draws: 50, ..Ask::default() });
        let text = format!("{}{}", json(&forecast), table(&forecast, book.business()));
        assert!(!text.contains("NaN") && !text.contains("inf"), "{on}: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn later_facts_never_change_an_earlier_forecast(
        back in 0_i64..900, extra in 1_i64..60, happens in prop::collection::vec((0_usize..6, any::<prop::sample::Index>()), 1..4)
    ) {
        let book = sampled();
        let on = add_days(day("2026-11-20"), -back);
        let later = add_days(on, extra);
        let first = Forecast::of(&book.as_of(on), on, &few());
        prop_assert_eq!(&first, &Forecast::of(&book, on, &few()));
        let invoices: Vec<Invoice> =
            book.clients().flat_map(|client| client.facts.invoices.iter().map(|it| Invoice::clone(it))).collect();
        let mut with_more = book;
        for (what, of) in happens {
            let mut told = of.get(&invoices).clone();
            let record = match what {
                0 => Ok(read(&invoice("later", &later.to_string(), "7000 EUR", None).replace("acme", "kranich-verlag"))),
                1 => Ok(read(&format!(r#"expense (id: "later", what: "Desk", amount: "900 EUR", day: "{later}")"#))),
                2 => {
                    let amount = told.total();
                    told.payments.push(Payment { day: later, amount, method: None, offset: None });
                    Ok(AnyRecord::Invoice(Arc::new(told)))
                }
                3 => {
                    told.promised.push(PromisedPayment { day: later, pay_by: add_days(later, 10) });
                    Ok(AnyRecord::Invoice(Arc::new(told)))
                }
                4 => {
                    told.disputes.push(Dispute { from: later, until: None, about: None });
                    Ok(AnyRecord::Invoice(Arc::new(told)))
                }
                _ if told.write_off.is_none() => {
                    told.write_off = Some(WriteOff { day: later, cause: WriteOffCause::Cannot, lesson: None });
                    Ok(AnyRecord::Invoice(Arc::new(told)))
                }
                _ => Err("it was written off before"),
            };
            if let Ok(Ok(more)) = record.map(|record| with_more.with(record)) {
                with_more = more;
            }
        }
        prop_assert_eq!(&first, &Forecast::of(&with_more, on, &few()));
    }
}

#[test]
fn the_json_has_the_documented_keys_and_a_reason_beside_every_null() {
    let report = json(&forecast(&sampled(), "2026-11-20"));
    let keys: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "as_of", "until", "currency", "opening", "reserve", "receipts", "balances", "expected", "taxes",
            "coming", "runway", "left_out"
        ]
    );
    for key in ["invoice", "p10", "p50", "p90", "paid_within_30", "not_within_200", "habit_days", "n"] {
        assert!(report["receipts"][0].get(key).is_some(), "{key}");
    }
    let balances = report["balances"].as_array().unwrap();
    assert_eq!(balances.len(), 4);
    assert_eq!(balances[3]["layers"], serde_json::json!(["committed", "likely", "possible"]));
    assert_eq!(balances[0]["days"].as_array().unwrap().len(), 91);
    for key in ["day", "median", "nine_in_ten", "under_reserve"] {
        assert!(balances[0]["lowest"].get(key).is_some(), "{key}");
    }
    let bare = json(&forecast(&book(&[]), "2026-11-20"));
    for (key, why) in [
        ("opening", "no account has a balance yet"),
        ("reserve", "the book states no reserve"),
        ("runway", "no account has a balance yet"),
    ] {
        assert_eq!((&bare[key], bare[format!("{key}_why")].as_str()), (&Value::Null, Some(why)));
    }
    assert_eq!(bare["balances"][0]["lowest"]["under_reserve_why"], "no account has a balance yet");
}

/// A command line of the subcommand alone.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

fn printed(args: &Args) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(args, day("2026-11-20"), &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_command_tells_a_person_the_sentence_the_weeks_and_the_receipts() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(sample::text(sample::ANCHOR).as_bytes()).unwrap();
    let args = Args { book: file.path().to_owned(), as_of: None, weeks: 4, json: false };
    let (code, out, err) = printed(&args);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("forecast from 2026-11-20 to 2026-12-18"), "{out}");
    for text in ["9 in 10: stays above ", "; lowest ", " chance of going under the reserve", "open invoices"]
    {
        assert!(out.contains(text), "{text}: {out}");
    }
    assert_eq!(out.lines().filter(|line| line.trim_start().starts_with("2026-12-")).count(), 2 * 3, "{out}");
    for text in ["committed", "with what is likely", "with open deals too", "200 days+"] {
        assert!(out.contains(text), "{text}: {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let (code, out, _) = printed(&Args { json: true, as_of: Some(day("2026-03-01")), ..args });
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["as_of"]), (0, &"2026-03-01".into()));
}

#[test]
fn a_file_that_is_not_there_is_said_and_a_horizon_beyond_reason_refused() {
    let args = Args { book: "no/such.ron".into(), as_of: None, weeks: 13, json: false };
    let (code, out, err) = printed(&args);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "no/such.ron: error: there is no such file: check its name and folder\n");
    let parsed =
        |weeks: &str| <Line as clap::Parser>::try_parse_from(["forecast", "b.ron", "--weeks", weeks]);
    assert_eq!(parsed("26").unwrap().args.weeks, 26);
    for wrong in ["0", "261", "-1", "many"] {
        assert!(parsed(wrong).is_err(), "{wrong}");
    }
}
