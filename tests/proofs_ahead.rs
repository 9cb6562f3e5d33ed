//! Proofs of what may come: every figure of the forecast is made of its terms, exactly, and Cash leads to them by keys.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use proptest::prelude::*;
use rapport::command::Guide;
use rapport::domain::{
    Account, AccountId, Balance, Book, Business, Currency, InvoiceId, Lever, Percent, add_days,
};
use rapport::figures::Figures;
use rapport::figures::Memo;
use rapport::figures::forecast::{Earlier, Forecast, Layer, Layers, Outlook, Question};
use rapport::figures::proof::{Course, Difference, FigureKey as Key, Proof, Rule, Term, Unit, Value, prove};
use rapport::kit::{fonts, theme};
use rapport::panels::window_ui;
use rapport::state::{Action, CashAction};
use rapport::store::{import, load, sample};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::desk::Desk;
use crate::facts::{book_of, day, money};
use crate::figures_laws::{a_book, a_day, records};
use crate::proofs::{added, fault, picture, proving};

const LAYERS: [Layer; 3] = [Layer::Committed, Layer::Likely, Layer::Possible];

fn asked(book: &Book, on: NaiveDate, levers: Vec<Lever>) -> Question {
    let layers = Layers { likely: true, possible: true };
    let since = Some(add_days(on, -7));
    Question {
        book: book.clone(),
        day: on,
        days: 63,
        levers,
        layers,
        since,
        record: true,
        health: false,
        item: None,
        earlier: Earlier::default(),
    }
}

/// The figures of a forecast that a person can see.
fn keys_of(course: Course, forecast: &Forecast) -> Vec<Key> {
    let mut keys = Vec::new();
    for layers in Layers::ALL {
        keys.extend([Key::Lowest(course, layers), Key::UnderReserve(course, layers)]);
        keys.push(Key::LowestHalf(course, layers));
        let days = forecast.fan(layers).unwrap().days.iter().step_by(13);
        for at in days {
            keys.extend([Key::BalanceOn(course, layers, at.day), Key::ComingOn(course, layers, at.day)]);
        }
    }
    for layer in LAYERS {
        keys.extend([Key::ExpectedIn(course, layer), Key::ExpectedOut(course, layer)]);
    }
    keys.extend(forecast.taxes.iter().map(|tax| Key::TaxDue(course, tax.layer, tax.day)));
    let flows = forecast.agenda.iter().filter_map(|row| row.flow.clone());
    keys.extend(flows.map(|key| Key::Flow(course, key, forecast.until)));
    keys
}

fn keys(outlook: &Outlook) -> Vec<Key> {
    let base = outlook.base.as_ref().unwrap();
    let mut keys = vec![Key::Runway, Key::TaxAccrued, Key::MonthChange, Key::TrackRecord];
    keys.extend(keys_of(Course::Facts, base));
    keys.extend(base.receipts.iter().map(|it| Key::Receipt(it.invoice.clone())));
    keys.push(Key::MonthThen);
    let change = outlook.change.as_ref().unwrap();
    keys.extend(change.terms.iter().chain(&change.alike).map(|row| Key::ChangeRow(row.key.clone())));
    keys.extend((0..=change.terms.len()).step_by(3).map(Key::ChangeRest));
    let levels = outlook.record.as_ref().map_or(0, |record| record.levels.len());
    keys.extend((0..levels).map(Key::Calibrated));
    if let Some(fork) = &outlook.what_if {
        keys.extend(keys_of(Course::WhatIf, &fork.forecast));
        for layers in Layers::ALL {
            let all = [
                Difference::Lowest,
                Difference::LowestHalf,
                Difference::UnderReserve,
                Difference::MoneyIn,
                Difference::MoneyOut,
            ];
            keys.extend(all.map(|difference| Key::WhatIf(difference, layers)));
            keys.extend((0..fork.levers.len()).map(|lever| Key::LeverEffect(lever, layers)));
        }
    }
    keys
}

/// What the screen shows of a figure, where it can be told without its proof.
fn on_screen(key: &Key, outlook: &Outlook) -> Option<Value> {
    let of = |course: Course| match course {
        Course::Facts => outlook.base.clone().unwrap(),
        Course::WhatIf => outlook.what_if.as_ref().unwrap().forecast.clone(),
    };
    Some(match key {
        Key::Lowest(course, layers) => Value::Money(of(*course).fan(*layers)?.lowest.nine_in_ten),
        Key::BalanceOn(course, layers, day) => {
            let forecast = of(*course);
            Value::Money(forecast.fan(*layers)?.days.iter().find(|at| at.day == *day)?.median())
        }
        Key::ExpectedIn(course, layer) => Value::Money(of(*course).expected(*layer).money_in),
        Key::ExpectedOut(course, layer) => Value::Money(of(*course).expected(*layer).money_out),
        Key::TaxDue(course, layer, day) => {
            let taxes = of(*course).taxes.clone();
            Value::Money(taxes.iter().find(|tax| (tax.layer, tax.day) == (*layer, *day))?.amount)
        }
        Key::Flow(course, key, by) => {
            let rows = of(*course).agenda.clone();
            assert_eq!(*by, of(*course).until);
            Value::Money(rows.iter().find(|row| row.flow.as_ref() == Some(key))?.expected)
        }
        Key::TaxAccrued => Value::Money(of(Course::Facts).set_aside.accrued),
        Key::Receipt(id) => Value::On(outlook.receipt(id)?.expected()?),
        Key::MonthChange => Value::Money(outlook.change.as_ref()?.now),
        Key::MonthThen => Value::Money(outlook.change.as_ref()?.before),
        Key::ChangeRow(key) => {
            let change = outlook.change.as_ref()?;
            let mut rows = change.terms.iter().chain(&change.alike);
            Value::Money(rows.find(|row| row.key == *key)?.difference())
        }
        Key::LowestHalf(course, layers) => Value::Money(of(*course).fan(*layers)?.lowest.median),
        Key::LeverEffect(lever, layers) => {
            Value::Money(of(Course::WhatIf).effects.get(*lever)?.counted(*layers))
        }
        Key::WhatIf(Difference::MoneyIn, layers) => {
            Value::Money(outlook.what_if.as_ref()?.difference(*layers)?.money_in.by())
        }
        Key::WhatIf(Difference::MoneyOut, layers) => {
            Value::Money(outlook.what_if.as_ref()?.difference(*layers)?.money_out.by())
        }
        Key::WhatIf(Difference::LowestHalf, layers) => {
            Value::Money(outlook.what_if.as_ref()?.difference(*layers)?.lowest.by())
        }
        Key::WhatIf(Difference::Lowest, layers) => {
            Value::Money(outlook.what_if.as_ref()?.difference(*layers)?.nine_in_ten.by())
        }
        _ => return None,
    })
}

/// How many proofs were made, each of which holds.
fn all_hold(book: &Book, on: NaiveDate, outlook: &Outlook) -> usize {
    let (figures, known) = (Figures::of(book, on), book.as_of(on));
    let prove = |key: &Key| prove(key, &figures, &known, outlook);
    let keys = keys(outlook);
    for key in &keys {
        let proof = prove(key).unwrap_or_else(|| panic!("{key:?} has no proof"));
        if let Some(fault) = fault(&proof) {
            panic!("{key:?}: {fault}");
        }
        assert!(!proof.title.is_empty() && proof.formula.ends_with('.'), "{proof:?}");
        assert!(proof.method.as_ref().is_none_or(|words| words.ends_with('.')), "{proof:?}");
        if let Some(value) = on_screen(key, outlook) {
            assert_eq!(proof.value, Ok(value), "{key:?}");
        }
        if let (Key::UnderReserve(course, layers), Ok(share)) = (key, &proof.value) {
            let of = match course {
                Course::Facts => outlook.base.as_ref().unwrap(),
                Course::WhatIf => &outlook.what_if.as_ref().unwrap().forecast,
            };
            let told = of.fan(*layers).unwrap().lowest.under_reserve.unwrap();
            assert!((share.number().unwrap().to_f64().unwrap() - told).abs() < 1e-12, "{proof:?}");
        }
        for term in proof.parts.iter().flat_map(|part| part.terms.iter().take(3)).chain(&proof.left_out) {
            let deeper = term.figure.as_ref();
            assert!(deeper.is_none_or(|key| prove(key).is_some()), "{term:?}");
            let record = term.record.as_ref();
            assert!(record.is_none_or(|(table, id)| known.find(*table, id).is_some()), "{term:?}");
        }
    }
    keys.len()
}

fn sample_book() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book
}

fn levers(book: &Book, on: NaiveDate) -> Vec<Lever> {
    let first = Forecast::of(book, on, &rapport::figures::forecast::Ask { draws: 1, ..Default::default() });
    let receipt = first.receipts.first().unwrap().clone();
    let expense = Lever::Expense {
        what: "Desk".to_owned(),
        amount: money("900 EUR"),
        day: add_days(on, 20),
        every: None,
    };
    vec![
        Lever::PaysLater { client: receipt.client, days: 30 },
        Lever::NeverPaid { invoice: receipt.invoice },
        Lever::RatesRise { clients: Vec::new(), percent: Percent::new(10.into()), from: add_days(on, 1) },
        Lever::Deposit { percent: Percent::new(30.into()) },
        Lever::ManySmall { largest: 2, each: 3 },
        expense,
    ]
}

#[test]
fn every_figure_of_the_samples_forecast_is_made_of_its_terms() {
    let book = sample_book();
    for back in [0, 200] {
        let on = add_days(sample::ANCHOR, -back);
        let outlook = Outlook::of(&asked(&book, on, levers(&book, on)));
        assert!(all_hold(&book, on, &outlook) > 100);
    }
}

#[test]
fn every_figure_of_an_imports_forecast_is_made_of_its_terms() {
    let bytes = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    let plan = import::plan(&bytes, &import::Options::default(), &Book::empty(Currency::USD)).unwrap();
    let (book, on) = (plan.apply(), day("2013-06-30"));
    let outlook = Outlook::of(&Question { record: false, ..asked(&book, on, Vec::new()) });
    assert!(all_hold(&book, on, &outlook) > 100);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_books_forecast_is_made_of_its_terms(
        lines in records(),
        on in a_day(),
        reserve in prop_oneof![Just(None), Just(Some("500 EUR")), Just(Some("30 CHF"))],
        share in prop_oneof![Just(None), Just(Some("27.5 %"))],
    ) {
        let plain = a_book("2023-01-01", &lines);
        let read = Balance { day: day("2024-01-01"), amount: money("1000 EUR") };
        let giro = Account { id: AccountId::new("giro").unwrap(), name: "Giro".to_owned(), balances: vec![read] };
        let business = Business {
            accounts: vec![giro],
            reserve: reserve.map(money),
            tax_set_aside: share.map(|share: &str| Percent::parse(share).unwrap()),
            ..plain.business().as_ref().clone()
        };
        let book = plain.with_settings(Arc::new(business));
        let lever = Lever::Income { what: "x".to_owned(), amount: money("70 EUR"), day: add_days(on, 9), every: None };
        let outlook = Outlook::of(&asked(&book, on, vec![lever]));
        all_hold(&book, on, &outlook);
    }
}

const ACME: &str = r#"client (id: "acme", name: "Acme")"#;
const RENT: &str =
    r#"expense (id: "rent", what: "Rent", amount: "300 EUR", day: "2026-01-01", every: "1 month")"#;

/// 1,000 in the bank, 300 of rent a month, 350 not to fall below.
fn rented() -> Book {
    let read = Balance { day: day("2026-11-20"), amount: money("1000 EUR") };
    let giro = Account { id: AccountId::new("giro").unwrap(), name: "Giro".to_owned(), balances: vec![read] };
    let reserve = Some(money("350 EUR"));
    let business = Business { accounts: vec![giro], reserve, ..Business::new(Currency::EUR) };
    book_of(business, &[ACME, RENT])
}

fn proof_of(book: &Book, on: &str, key: &Key) -> Proof {
    let question = Question { days: 91, ..asked(book, day(on), Vec::new()) };
    let outlook = Outlook::of(&question);
    prove(key, &Figures::of(book, day(on)), &book.as_of(day(on)), &outlook).unwrap()
}

fn amounts(terms: &[Term]) -> Vec<(&str, String)> {
    let amount = |term: &Term| term.amount.as_ref().unwrap().number().unwrap().normalize().to_string();
    terms.iter().map(|term| (term.what.as_str(), amount(term))).collect()
}

#[test]
fn a_balance_to_come_is_what_is_there_and_each_rent_until_then() {
    let key = Key::BalanceOn(Course::Facts, Layers::default(), day("2027-01-15"));
    let proof = proof_of(&rented(), "2026-11-20", &key);
    assert_eq!(proof.value, Ok(Value::Money(money("400 EUR"))));
    assert_eq!(amounts(&proof.parts[0].terms), [("In all accounts on 20 Nov", "1000".to_owned())]);
    assert_eq!(amounts(&proof.parts[1].terms), [("Rent", "-300".to_owned()), ("Rent", "-300".to_owned())]);
    assert_eq!(added(&proof.parts[2]), Some(Decimal::ZERO), "nothing is left to chance");
}

#[test]
fn a_runway_is_its_weeks_and_the_risk_its_paths() {
    // Rent is due on days 11, 42 (the end of week 6) and 73, which leaves 100: ten weeks are sure.
    let proof = proof_of(&rented(), "2026-11-20", &Key::Runway);
    assert_eq!(proof.value, Ok(Value::Number(10.into(), Unit::Weeks)));
    let left: Vec<String> = proof.parts[0].terms.iter().map(|term| term.own.unwrap().to_string()).collect();
    let (first, second, third) = ("650.00 EUR", "350.00 EUR", "50.00 EUR");
    assert_eq!(left, [first, second, second, second, second, third, third, third, third, third]);
    let risk = proof_of(&rented(), "2026-11-20", &Key::UnderReserve(Course::Facts, Layers::default()));
    assert_eq!(risk.value, Ok(Value::Number(Decimal::ONE, Unit::Fraction)));
    assert_eq!(amounts(&risk.parts[0].terms), [("Under it for the first time", "2000".to_owned())]);
    assert_eq!(risk.parts[0].terms[0].day, Some(day("2027-02-01")));
}

/// Three invoices that Acme paid 5, 10 and 15 days late, and one that is open and due on 1 December.
fn paid_late() -> Book {
    let invoice = |id: &str, due: &str, paid: Option<i64>| {
        let issued = add_days(day(due), -14);
        let paid = paid.map(|late| format!(r#"(day: "{}", amount: "100 EUR")"#, add_days(day(due), late)));
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{due}",
                lines: [(result: "Work", price: "100 EUR")], payments: [{}])"#,
            paid.unwrap_or_default()
        )
    };
    let lines = [
        ACME.to_owned(),
        invoice("1", "2026-08-01", Some(5)),
        invoice("2", "2026-09-01", Some(10)),
        invoice("3", "2026-10-01", Some(15)),
        invoice("4", "2026-12-01", None),
    ];
    book_of(Business::new(Currency::EUR), &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_receipt_is_told_from_the_clients_own_delays() {
    let id = InvoiceId::new("4").unwrap();
    let proof = proof_of(&paid_late(), "2026-11-20", &Key::Receipt(id.clone()));
    assert_eq!(proof.rule, Rule::DaysAfter(day("2026-11-20")));
    let steps = amounts(&proof.parts[0].terms);
    assert_eq!(steps[0], ("Due", "11".to_owned()));
    assert!(steps[1].0.starts_with("Acme pays 1") && steps[1].0.ends_with("from 3 invoices"), "{steps:?}");
    assert_eq!(added(&proof.parts[1]), Some(100.into()));
    assert_eq!(proof.parts[1].terms[0].figure, Some(Key::InvoiceOpen(id)));
    let told: Vec<&str> = proof.parts[2].terms.iter().map(|term| term.what.as_str()).collect();
    // Paid 35, 70 and 107 days ago: 0.5^(35 / 365) = 0.94, 0.5^(70 / 365) = 0.88, 0.5^(107 / 365) = 0.82.
    let expected = [
        "Invoice 3, 15 d late, counts 94\u{a0}%",
        "Invoice 2, 10 d late, counts 88\u{a0}%",
        "Invoice 1, 5 d late, counts 82\u{a0}%",
    ];
    assert_eq!(told, expected);
    let drawn: Vec<(i64, bool)> = proof.delays.iter().map(|delay| (delay.days, delay.paid)).collect();
    assert_eq!(drawn, [(-11, false), (15, true), (10, true), (5, true)]);
    let beside: Vec<&str> = proof.beside.iter().map(|(what, _)| what.as_str()).collect();
    let habit = [
        "nine in ten of its own come later than",
        "and nine in ten within",
        "everybody, on average",
        "from so many",
    ];
    assert_eq!(beside[..4], ["8 in 10 from", "to", "within 30 days", "not within 200 days"]);
    assert_eq!(beside[4..], habit);
    assert!(proof.method.unwrap().contains("3 of this client's own paid invoices"));
}

#[test]
fn before_the_forecast_is_there_its_figures_say_that_it_is_worked_out() {
    let (book, on) = (rented(), day("2026-11-20"));
    let (figures, outlook) = (Figures::of(&book, on), Outlook::default());
    for key in
        [Key::Runway, Key::Lowest(Course::Facts, Layers::default()), Key::MonthChange, Key::TrackRecord]
    {
        let proof = prove(&key, &figures, &book, &outlook).unwrap();
        assert!(proof.holds());
        assert_eq!(proof.value.unwrap_err().to_string(), "it is being worked out");
    }
}

#[test]
fn a_proof_is_made_once_for_a_forecast_and_anew_for_the_next() {
    let (book, on) = (rented(), day("2026-11-20"));
    let (mut memo, key) = (Memo::new(), Key::Runway);
    let mut made = |outlook: &Outlook| memo.proof(&book, on, on, outlook, &key).unwrap();
    let none = made(&Outlook::default());
    let ask = Question { record: false, ..asked(&book, on, Vec::new()) };
    let outlook = Outlook::of(&ask);
    let first = made(&outlook);
    assert!(!Arc::ptr_eq(&none, &first));
    assert!(Arc::ptr_eq(&first, &made(&outlook)) && Arc::ptr_eq(&first, &made(&outlook.clone())));
    assert!(!Arc::ptr_eq(&first, &made(&Outlook::of(&ask))));
}

#[test]
fn on_cash_the_row_of_the_list_or_that_of_the_day_is_proved_whichever_had_the_hand_last() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.foresee();
    desk.press("j");
    desk.press("=");
    let receipt = proving(&desk).unwrap().key;
    assert!(matches!(receipt, Key::Receipt(_)), "{receipt:?}");
    assert!(desk.shown().proof.unwrap().value.is_ok());
    // Down to what is open of it, and back.
    let open = desk.shown().proof.unwrap().parts[0].terms.len();
    for _ in 0..open {
        desk.press("j");
    }
    desk.press("l");
    assert!(matches!(proving(&desk).unwrap().key, Key::InvoiceOpen(_)));
    desk.press("=");
    assert_eq!(proving(&desk), None);

    let base = desk.outlook.base.clone().unwrap();
    let coming = base.agenda.iter().find(|row| row.layer == Layer::Committed && row.flow.is_some()).unwrap();
    desk.act(Action::Cash(CashAction::PointDay(coming.day)));
    desk.press("=");
    assert!(matches!(proving(&desk).unwrap().key, Key::Flow(Course::Facts, ..)));
    desk.press("esc");
    let days = (1..).map(|ahead| add_days(base.day, ahead));
    let empty = days.into_iter().find(|on| base.agenda.iter().all(|row| row.day != *on)).unwrap();
    desk.act(Action::Cash(CashAction::PointDay(empty)));
    desk.press("=");
    let layers = desk.state.session.cash.layers;
    assert_eq!(proving(&desk).unwrap().key, Key::BalanceOn(Course::Facts, layers, empty));
    desk.press("esc");
    desk.press("k");
    desk.press("=");
    assert!(matches!(proving(&desk).unwrap().key, Key::Receipt(_)));
}

#[test]
fn proofs_of_what_may_come_are_drawn_in_both_themes_and_in_a_small_window() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.act(Action::Cash(CashAction::Why(7)));
    desk.foresee();
    let base = desk.outlook.base.clone().unwrap();
    let layers = desk.state.session.cash.layers;
    let cases = [
        ("receipt", Key::Receipt(base.receipts[0].invoice.clone())),
        ("lowest", Key::Lowest(Course::Facts, layers)),
        ("risk", Key::UnderReserve(Course::Facts, layers)),
        ("runway", Key::Runway),
        ("month", Key::MonthChange),
        ("record", Key::TrackRecord),
        ("order", {
            let order = base.flows.iter().find(|flow| flow.layer == Layer::Likely).unwrap();
            Key::Flow(Course::Facts, order.key.clone(), base.until)
        }),
    ];
    for (name, key) in cases {
        desk.act(Action::Prove(key));
        assert!(desk.shown().proof.is_some(), "{name}");
        for size in [[1280, 800], [800, 600]] {
            picture(&desk, name, size);
        }
    }
}

#[test]
fn the_sentences_of_cash_take_the_keyboard_and_name_the_key_that_proves_them() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.act(Action::Cash(CashAction::Why(7)));
    desk.foresee();
    let layers = desk.state.session.cash.layers;
    let told = Rc::new(RefCell::new(Vec::new()));
    let (into, mut dressed) = (told.clone(), false);
    let (shown, guide) = (desk.shown(), Guide::of(&desk.state, &desk.shown()));
    let mut harness = Harness::builder().with_size(egui::vec2(1600.0, 1000.0)).build_ui(move |ui| {
        if dressed {
            into.borrow_mut().extend(window_ui(ui, &desk.state, &shown, &guide));
        } else {
            fonts::install(ui);
            theme::apply(ui);
            dressed = true;
        }
    });
    harness.run_steps(4);
    let cases = [
        ("9 in 10: stays above", Key::Lowest(Course::Facts, layers)),
        (
            "chance of going under the reserve., press = for its proof",
            Key::UnderReserve(Course::Facts, layers),
        ),
        (" was to bring ", Key::MonthChange),
        ("eight-week forecasts", Key::TrackRecord),
    ];
    for (says, key) in cases {
        told.borrow_mut().clear();
        let node = |harness: &Harness<'_>| {
            let all = harness.query_all_by_label_contains(says);
            let key = "press = for its proof";
            let mut found =
                all.filter(|it| it.accesskit_node().label().is_some_and(|label| label.contains(key)));
            found.next().unwrap_or_else(|| panic!("{says}")).focus();
        };
        node(&harness);
        harness.run_steps(2);
        let focused = |action: &Action| matches!(action, Action::FocusFigure(of) if *of == key);
        assert!(told.borrow().iter().any(focused), "{key:?}: {:?}", told.borrow());
    }
}

#[test]
fn a_row_of_the_change_of_a_month_is_what_came_and_is_expected_now_less_what_was_expected_then() {
    let invoice = |paid: &str| {
        format!(
            r#"invoice (id: "4", number: "4", client: "acme", issued: "2026-11-01", due: "2026-11-18",
                lines: [(result: "Work", price: "100 EUR")], payments: [{paid}])"#
        )
    };
    let lines = [ACME.to_owned(), RENT.to_owned(), invoice(r#"(day: "2026-11-19", amount: "100 EUR")"#)];
    let book = book_of(Business::new(Currency::EUR), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let proof = proof_of(&book, "2026-11-20", &Key::ChangeRow("invoices/4".to_owned()));
    assert_eq!(amounts(&proof.parts[0].terms), [("Invoice 4, paid", "100".to_owned())]);
    let then = added(&proof.parts[1]).unwrap();
    assert!(then < Decimal::ZERO && then > Decimal::from(-100), "{then}");
    assert_eq!(
        proof.value,
        Ok(Value::Money(rapport::domain::Money::new(then + Decimal::from(100), Currency::EUR)))
    );
    let all = proof_of(&book, "2026-11-20", &Key::MonthChange);
    assert_eq!(all.parts[0].terms[0].figure, Some(Key::MonthThen));
    assert!(all.parts[1].terms.iter().all(|term| matches!(term.figure, Some(Key::ChangeRow(_)))));
    // What stays the same stands in what the month was to bring all the same: the rent, gone out on the first.
    let before = proof_of(&book, "2026-11-20", &Key::MonthThen);
    assert!(amounts(&before.parts[0].terms).contains(&("Rent", "-300".to_owned())), "{before:?}");
}

#[test]
fn what_a_lever_does_is_what_it_does_to_each_flow() {
    let (book, on) = (rented(), day("2026-11-20"));
    let lever = Lever::Income {
        what: "Sale".to_owned(),
        amount: money("70 EUR"),
        day: day("2026-12-01"),
        every: None,
    };
    let outlook = Outlook::of(&Question { record: false, ..asked(&book, on, vec![lever]) });
    let prove = |key: &Key| prove(key, &Figures::of(&book, on), &book.as_of(on), &outlook).unwrap();
    let effect = prove(&Key::LeverEffect(0, Layers::default()));
    assert_eq!(amounts(&effect.parts[0].terms), [("Sale: new", "70".to_owned())]);
    assert!(matches!(effect.parts[0].terms[0].figure, Some(Key::Flow(Course::WhatIf, ..))));
    let comes_in = prove(&Key::WhatIf(Difference::MoneyIn, Layers::default()));
    assert_eq!(comes_in.value, Ok(Value::Money(money("70 EUR"))));
    let goes_out = prove(&Key::WhatIf(Difference::MoneyOut, Layers::default()));
    assert_eq!((goes_out.value, goes_out.parts[0].terms.len()), (Ok(Value::Money(money("0 EUR"))), 0));
}

/// Acme brought 100 and takes hours; Bolt has an open deal of 300 at even chances and one of 80 that was won.
fn let_go() -> Book {
    let lines = [
        ACME,
        r#"client (id: "bolt", name: "Bolt")"#,
        r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-08-01", due: "2026-08-15",
            lines: [(result: "Work", price: "100 EUR")], payments: [(day: "2026-08-20", amount: "100 EUR")])"#,
        r#"work (id: "w1", client: "acme", day: "2026-10-01", hours: "20")"#,
        r#"work (id: "w2", client: "acme", day: "2026-11-01", hours: "6")"#,
        r#"work (id: "w0", client: "acme", day: "2025-11-01", hours: "99")"#,
        r#"deal (id: "open", client: "bolt", title: "Shop", value: "300 EUR", chance: "50 %",
            stages: [(stage: "proposal", day: "2026-11-01")])"#,
        r#"deal (id: "won", client: "bolt", title: "Logo", value: "80 EUR",
            stages: [(stage: "done", day: "2026-10-01")])"#,
    ];
    book_of(Business::new(Currency::EUR), &lines)
}

#[test]
fn what_letting_a_client_go_means_is_made_of_its_hours_and_of_the_deals_of_others() {
    use rapport::domain::ClientId;
    use rapport::figures::proof::Leaving;
    let acme = || ClientId::new("acme").unwrap();
    let of = |leaving| proof_of(&let_go(), "2026-11-20", &Key::LettingGo(acme(), leaving));
    let hours = of(Leaving::Hours);
    assert_eq!(fault(&hours), None);
    assert_eq!(amounts(&hours.parts[0].terms), [("Work", "20".to_owned()), ("Work", "6".to_owned())]);
    assert_eq!(hours.value, Ok(Value::Number(Decimal::new(5, 1), Unit::Hours)), "26 hours × 7 ÷ 365 days");
    let covers = of(Leaving::Covers);
    assert_eq!(fault(&covers), None);
    assert_eq!(amounts(&covers.parts[0].terms), [("Shop", "150".to_owned())]);
    assert_eq!(covers.value, Ok(Value::Number(Decimal::new(15, 1), Unit::Times)));
    let (mean, needed) = (of(Leaving::MeanDeal), of(Leaving::DealsNeeded));
    assert_eq!((fault(&mean), fault(&needed)), (None, None));
    assert_eq!(amounts(&mean.parts[0].terms), [("Logo", "80".to_owned())]);
    assert_eq!(needed.value, Ok(Value::Number(2.into(), Unit::Things)), "100 ÷ 80, rounded up");
    assert_eq!(needed.parts[1].terms[0].figure, Some(Key::LettingGo(acme(), Leaving::MeanDeal)));
    let rise = proof_of(&let_go(), "2026-11-20", &Key::BreakEven(Vec::new(), Percent::new(25.into())));
    assert_eq!(fault(&rise), None);
    // 25 ÷ 125 of 100.
    assert_eq!(rise.value, Ok(Value::Money(money("20 EUR"))));
    let never = proof_of(&let_go(), "2026-11-20", &Key::BreakEven(Vec::new(), Percent::ZERO));
    assert!(never.holds() && never.value.is_err());
}

#[test]
fn both_bars_of_every_month_are_walked_to_with_arrows_while_one_has_the_keyboard() {
    let mut desk = Desk::sample();
    desk.press("g m");
    let months: Vec<NaiveDate> = desk.shown().figures.cash.months.iter().map(|it| it.month).collect();
    let (first, last) = (months[0], *months.last().unwrap());
    let day = desk.state.session.cash.day;
    desk.act(Action::FocusFigure(Key::MonthOut(last)));
    desk.press("left");
    assert_eq!(desk.state.session.focus, Some(Key::MonthOut(months[months.len() - 2])));
    assert_eq!(desk.state.session.cash.day, day, "the day of the fan stays where it is");
    desk.press("home");
    desk.press("left");
    desk.press("=");
    assert_eq!(proving(&desk).unwrap().key, Key::MonthOut(first));
    desk.press("esc");
    desk.press("end");
    assert_eq!(desk.shown().month(&desk.state.session), Some(last));
    // With something else at hand the same keys walk the days of the fan.
    desk.act(Action::LeaveFigure(Key::MonthOut(last)));
    desk.press("right");
    assert!(desk.state.session.cash.day.is_some());
}

#[test]
fn the_rows_of_why_the_month_changed_are_a_list_while_one_has_the_keyboard() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.act(Action::Cash(CashAction::Why(30)));
    desk.foresee();
    let rows = desk.shown().change_rows();
    assert!(rows.len() > 3, "{rows:?}");
    let receipt = desk.shown().row(&desk.state.session);
    desk.act(Action::FocusFigure(rows[0].clone()));
    desk.press("j");
    desk.press("down");
    assert_eq!(desk.state.session.focus, Some(rows[2].clone()));
    assert_eq!(desk.shown().row(&desk.state.session), receipt, "the receipts stay where they are");
    desk.press("=");
    assert!(desk.shown().proof.is_some());
    desk.press("esc");
    desk.press("shift+g");
    assert_eq!(desk.state.session.focus, Some(Key::MonthChange));
}
