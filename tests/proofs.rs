//! Proofs: every figure on the screen is made of its terms, exactly; and the keys that lead there.

use proptest::prelude::*;
use rapport::domain::{Book, Currency, Direction, InvoiceId, Money};
use rapport::figures::Figures;
use rapport::figures::proof::{FigureKey as Key, Line, Part, Proof, Rule, Term, Unit, Value, Whose, prove};
use rapport::figures::today::{Family, ItemKind};
use rapport::store::{import, load, sample};
use rust_decimal::Decimal;

use crate::facts::{book, day, money};
use crate::figures_laws::{a_book, a_day, records};

/// The figures a person can see of a book: every view's, every client's and every record's.
fn keys(figures: &Figures) -> Vec<Key> {
    let all = || Whose::All;
    let mut keys = vec![Key::Balance, Key::Receivables(all()), Key::Overdue(all()), Key::Dso, Key::Cei];
    keys.extend([Key::Dbt(all()), Key::InvoicesPaid(all()), Key::Income(all()), Key::AheadIn, Key::AheadOut]);
    keys.extend(figures.cash.reserve.map(|_| Key::Reserve));
    keys.extend((0..5).map(Key::AgeingBucket));
    for month in &figures.cash.months {
        keys.extend([Key::MonthIn(month.month), Key::MonthOut(month.month)]);
    }
    keys.extend(Family::ALL.map(Key::TodayStake));
    let today = &figures.today;
    let put_off = today.snoozed.iter().map(|(item, _)| item);
    for item in today.items.iter().chain(put_off).chain(&today.handled) {
        keys.extend([Key::Item(item.id.clone()), Key::ItemCost(item.id.clone())]);
    }
    for column in &figures.board.columns {
        keys.extend([Key::ColumnSum(column.id.clone()), Key::ColumnWeighted(column.id.clone())]);
        keys.extend(column.chance.as_ref().map(|_| Key::ColumnChance(column.id.clone())));
        for card in column.cards.iter().filter(|card| card.value.is_some()) {
            if let rapport::figures::CardKey::Deal(id) = &card.key {
                keys.extend([Key::DealValue(id.clone()), Key::DealWeighted(id.clone())]);
            }
        }
    }
    for client in figures.of_clients.iter() {
        let one = || Whose::One(client.id.clone());
        keys.extend([
            Key::Receivables(one()),
            Key::Overdue(one()),
            Key::Dbt(one()),
            Key::InvoicesPaid(one()),
        ]);
        keys.extend([Key::Income(one()), Key::Share(client.id.clone())]);
        keys.extend([Direction::In, Direction::Out].map(|way| Key::LastTouch(client.id.clone(), way)));
        for invoice in &client.known.facts.invoices {
            keys.extend([Key::InvoiceTotal(invoice.id.clone()), Key::InvoiceOpen(invoice.id.clone())]);
        }
        for deal in &client.known.facts.deals {
            let id = || deal.id.clone();
            keys.extend([Key::DealIncome(id()), Key::DealExpenses(id()), Key::DealHours(id())]);
            keys.extend([Key::DealHoursBeyond(id()), Key::DealHourly(id())]);
        }
    }
    keys
}

/// The sum of a part's terms, added up here; `None` where one is unknown.
fn added(part: &Part) -> Option<Decimal> {
    part.terms.iter().map(|term| term.amount.as_ref().ok()?.number()).sum()
}

/// Why a proof does not hold; nothing where it does.
fn fault(proof: &Proof) -> Option<String> {
    let sums: Option<Vec<Decimal>> = proof.parts.iter().map(added).collect();
    let known = proof.value.as_ref().ok().and_then(Value::number);
    let made = match (&sums, proof.rule) {
        (_, Rule::Latest) => return (!proof.holds()).then(|| format!("{proof:?}")),
        (None, _) => None,
        (Some(sums), Rule::Sum) => Some(sums.iter().sum::<Decimal>()),
        (Some(sums), Rule::Quotient(times)) => (sums[0] * times).checked_div(sums[1]),
        (Some(sums), Rule::Product | Rule::WeekOfDelay) => Some(sums[0] * sums[1]),
    };
    let rounded =
        matches!(proof.rule, Rule::Quotient(_) | Rule::Product) && matches!(proof.value, Ok(Value::Money(_)));
    let holds = match (known, made) {
        (Some(known), Some(made)) if rounded => {
            (known - made).abs() <= Decimal::new(5, 3)
                || known == Money::new(made, Currency::EUR).rounded().amount
        }
        (Some(known), Some(made)) if proof.rule == Rule::WeekOfDelay => {
            known == made.round_dp(2).max(Decimal::new(1, 2))
        }
        (Some(known), Some(made)) => known == made,
        (known, made) => known.is_none() == made.is_none(),
    };
    (!holds || !proof.holds()).then(|| format!("{known:?} is not {made:?}: {proof:#?}"))
}

/// How many proofs were made of a book, each of which holds.
fn all_hold(book: &Book, on: chrono::NaiveDate) -> usize {
    let (figures, known) = (Figures::of(book, on), book.as_of(on));
    let keys = keys(&figures);
    for key in &keys {
        let proof = prove(key, &figures, &known).unwrap_or_else(|| panic!("{key:?} has no proof"));
        if let Some(fault) = fault(&proof) {
            panic!("{key:?}: {fault}");
        }
        assert!(!proof.title.is_empty() && proof.formula.ends_with('.'), "{proof:?}");
        for term in proof.parts.iter().flat_map(|part| part.terms.iter().take(3)).chain(&proof.left_out) {
            let deeper = term.figure.as_ref();
            assert!(deeper.is_none_or(|key| prove(key, &figures, &known).is_some()), "{term:?}");
            let record = term.record.as_ref();
            assert!(record.is_none_or(|(table, id)| known.find(*table, id).is_some()), "{term:?}");
        }
    }
    keys.len()
}

fn sample_book() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book
}

#[test]
fn every_figure_of_the_sample_is_the_sum_of_its_terms() {
    for back in [0, 1, 45, 200] {
        let on = rapport::domain::add_days(sample::ANCHOR, -back);
        assert!(all_hold(&sample_book(), on) > 100);
    }
}

#[test]
fn every_figure_of_an_import_is_the_sum_of_its_terms() {
    let bytes = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    let plan = import::plan(&bytes, &import::Options::default(), &Book::empty(Currency::USD)).unwrap();
    assert!(all_hold(&plan.apply(), day("2013-06-30")) > 1000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_book_is_the_sum_of_its_terms(lines in records(), on in a_day(), rate_from in prop_oneof![3 => Just("2023-01-01"), 1 => Just("2024-09-01")]) {
        all_hold(&a_book(rate_from, &lines), on);
    }
}
