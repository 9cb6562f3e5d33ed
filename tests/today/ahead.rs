//! Items about what is to come.

use rapport::figures::Figures;
use rapport::figures::forecast::{Ask, Forecast};

use super::*;

/// The queue with what the forecast of the day brings to it.
fn ahead(business: Business, lines: &[&str], on: &str) -> Vec<Item> {
    let whole = book_of(business, lines);
    let (on, known) = (day(on), whole.as_of(day(on)));
    let forecast = Forecast::of(&whole, on, &Ask::default());
    let figures = Figures::of(&whole, on).with_ahead(known.business(), &forecast);
    figures.today.items.iter().map(|item| Item::clone(item)).collect()
}

fn with_money(balance: &str) -> Business {
    let business = format!(
        r#"(name: "Studio", currency: "EUR", reserve: "1000.00 EUR", accounts: [(id: "main", name: "Main", balances: [(day: "2026-11-01", amount: "{balance} EUR")])])"#
    );
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(&business).unwrap()
}

fn expense(amount: &str, on: &str, noted: &str) -> String {
    format!(r#"expense (id: "e", what: "Press", amount: "{amount} EUR", day: "{on}", noted: "{noted}")"#)
}

#[test]
fn cash_that_may_fall_below_the_reserve_is_named_with_what_may_be_missing() {
    let kind = ItemKind::CashBelowReserve;
    let press = expense("2500.00", "2026-12-12", "2026-11-20");
    let found = |business: Business, lines: &[&str], on: &str| {
        ahead(business, lines, on).into_iter().find(|item| item.kind == kind)
    };
    let item = found(with_money("3000.00"), &[&press], TODAY).unwrap();
    assert_eq!(
        item.why,
        "100\u{a0}% chance of falling below the reserve of 1,000 EUR within 13 weeks; lowest about 500.00 EUR, on 12 Dec; \
         nine in ten paths stay above 500.00 EUR"
    );
    // Three weeks are left.
    assert_eq!((item.at_stake, item.cost), (eur("500.00"), "166.67".parse().unwrap()));
    assert_eq!((item.client.as_ref(), item.since), (None, day("2026-11-01")));
    assert_eq!(found(with_money("3000.00"), &[&press], "2026-11-19"), None, "not planned yet");
    assert_eq!(found(with_money("3600.00"), &[&press], TODAY), None, "enough is there");
    let mut business = with_money("3000.00");
    business.reserve = None;
    assert_eq!(found(business, &[&press], TODAY), None, "no reserve, no item");
}

#[test]
fn less_to_come_than_to_go_is_a_dry_spell_once_new_conversations_fall_below_the_norm() {
    let kind = ItemKind::DrySpell;
    let deals: Vec<String> = (1..=12)
        .map(|n| {
            format!(
                r#"deal (id: "d{n}", client: "acme", title: "Talk", stages: [(day: "2026-{:02}-05", stage: "engaged"), (day: "2026-{:02}-06", stage: "lost")])"#,
                n.min(10), n.min(10)
            )
        })
        .collect();
    let press = expense("900.00", "2026-12-12", "2026-11-15");
    let with = |more: &[&str]| -> Vec<String> {
        deals.iter().cloned().chain([press.clone()]).chain(more.iter().map(|it| (*it).to_owned())).collect()
    };
    let found = |lines: &[String]| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        ahead(with_money("9000.00"), &lines, TODAY).into_iter().find(|item| item.kind == kind)
    };
    let item = found(&with(&[])).unwrap();
    assert_eq!(
        item.why,
        "From 22 Nov to 19 Dec, nothing is to come and 900.00 EUR to go; 0 new conversations in 30 days, and 1 is your norm"
    );
    assert_eq!((item.at_stake, item.cost), (eur("900.00"), "225.00".parse().unwrap()));
    let talk =
        r#"deal (id: "new", client: "acme", title: "New", stages: [(day: "2026-11-18", stage: "engaged")])"#;
    assert_eq!(found(&with(&[talk])), None, "one new conversation is the norm");
    assert_eq!(found(&deals), None, "as much is to come as to go");
}

#[test]
fn a_forecast_of_another_day_brings_nothing_to_the_queue() {
    let whole = book_of(with_money("3000.00"), &[&expense("2500.00", "2026-12-12", "2026-11-01")]);
    let forecast = Forecast::of(&whole, day(TODAY), &Ask::default());
    let figures = Figures::of(&whole, day("2026-11-20"));
    assert!(Arc::ptr_eq(&figures, &figures.with_ahead(whole.business(), &forecast)));
}
