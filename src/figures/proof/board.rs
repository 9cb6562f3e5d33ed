//! The sums of the board's columns, card by card, and the chances they are weighted with.

use rust_decimal::Decimal;

use crate::domain::{DealId, Phase, Table};
use crate::figures::client::passed_by;
use crate::figures::words::capital;
use crate::figures::{Answer, Card, CardKey, Column, Unknown};

use super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value};

fn column<'a>(on: &Ground<'a>, id: &str) -> Option<&'a Column> {
    on.figures.board.columns.iter().find(|column| column.id == id)
}

fn nothing_of_chance() -> Value {
    Value::Number(Decimal::ZERO, Unit::Fraction)
}

/// A deal's card as a term; `None` for a client's.
fn of_card(
    on: &Ground<'_>,
    card: &Card,
    what: String,
    amount: Answer<Value>,
    weighted: bool,
) -> Option<Term> {
    let CardKey::Deal(id) = &card.key else { return None };
    let (_, deal) = on.deal(id)?;
    let own = deal.value.filter(|own| own.currency != on.currency() && !weighted);
    let figure =
        if weighted { FigureKey::DealWeighted(id.clone()) } else { FigureKey::DealValue(id.clone()) };
    let term = Term::new(what, amount).in_record(Table::Deals, id.as_str()).with_figure(figure);
    Some(Term { client: on.who(&card.client), day: card.entered, own, ..term })
}

/// The cards without a value, and why the column's sum is not known where that is so of all.
fn without_value(on: &Ground<'_>, column: &Column) -> Vec<Term> {
    let none = || Err(Unknown::because("the deal has no value yet"));
    let cards = column.cards.iter().filter(|card| card.value.is_none());
    let terms = cards.filter_map(|card| of_card(on, card, card.title.clone(), none(), false));
    terms.map(|term| Term { figure: None, ..term }).collect()
}

fn summed(
    on: &Ground<'_>,
    column: &Column,
    title: &str,
    terms: Vec<Term>,
    sum: &Answer<crate::domain::Money>,
) -> Part {
    let nothing_valued = terms.is_empty() && sum.is_err();
    let terms = if nothing_valued { vec![Term::money(column.name.clone(), sum)] } else { terms };
    Part::of(title, on.nothing(), terms)
}

pub(super) fn sum(on: &Ground<'_>, id: &str) -> Option<Proof> {
    let column = column(on, id)?;
    let terms = column.cards.iter().filter_map(|card| {
        let value = card.value.clone()?.map(Value::Money);
        of_card(on, card, card.title.clone(), value, false)
    });
    let part = summed(on, column, "Deals here, by the day they came", terms.collect(), &column.sum);
    let formula = "What the deals of the column are worth, net of tax. Foreign ones at the exchange rate of the day looked \
                   at.";
    let proof = on.sum(format!("Worth, {}", column.name), &column.sum, Value::Money, formula, part);
    Some(Proof { left_out: without_value(on, column), ..proof })
}

pub(super) fn weighted(on: &Ground<'_>, id: &str) -> Option<Proof> {
    let column = column(on, id)?;
    let terms = column.cards.iter().filter_map(|card| {
        let weighted = column.weighted_of(card)?.map(Value::Money);
        let what = match column.chance_of(card) {
            Some(chance) => format!("{} at {}", card.title, per_cent(chance)),
            None => card.title.clone(),
        };
        of_card(on, card, what, weighted, true)
    });
    let part = summed(on, column, "Deals here, each times its chance", terms.collect(), &column.weighted);
    let formula =
        "Each deal's value times its chance, rounded: the one set by hand, else that of the column.";
    let title = format!("Weighted, {}", column.name);
    let proof = on.sum(title, &column.weighted, Value::Money, formula, part);
    Some(Proof { left_out: without_value(on, column), ..proof })
}

fn per_cent(chance: Decimal) -> String {
    crate::written::exact_share(chance)
}

pub(super) fn chance(on: &Ground<'_>, id: &str) -> Option<Proof> {
    let column = column(on, id)?;
    let (chance, from) = column.chance.as_ref()?;
    let value = Ok(Value::Number(*chance, Unit::Fraction));
    let title = format!("Chance, {}", column.name);
    let stages = on.business().stages();
    let mut decided = Vec::new();
    for client in on.figures.of_clients.iter() {
        for (deal, won) in passed_by(&stages, &client.known, id) {
            let Some(won) = won else { continue };
            let end = if won { "won" } else { "lost" };
            let term = Term::new(format!("{}, {end}", deal.title), Ok(Value::things(1)));
            let term = term.in_record(Table::Deals, deal.id.as_str());
            let day = deal.stage().map(|at| at.day);
            decided.push((won, Term { client: on.who(&client.id), day, ..term }));
        }
    }
    if column.phase == Some(Phase::Open) && column.counts_its_own() {
        let won = decided.iter().filter(|(won, _)| *won).map(|(_, term)| term.clone()).collect();
        let all = decided.into_iter().map(|(_, term)| term).collect();
        let formula =
            "Of the decided deals that were in this stage, those that were won. From 20 decided deals on.";
        let parts = vec![Part::of("Won", Value::things(0), won), Part::of("Decided", Value::things(0), all)];
        let proof = on.made(title, value, formula, Rule::Quotient(Decimal::ONE), parts);
        return Some(Proof { method: Some(capital(from)), ..proof });
    }
    let term = Term::new(capital(from), value.clone());
    let formula = "The chance used for deals of the column without one of their own.";
    let part = Part::of("Chance", nothing_of_chance(), vec![term]);
    Some(on.made(title, value, formula, Rule::Sum, vec![part]))
}

pub(super) fn deal_weighted(on: &Ground<'_>, id: &DealId) -> Option<Proof> {
    let key = CardKey::Deal(id.clone());
    let of = |column: &'_ Column| column.cards.iter().position(|card| card.key == key);
    let (column, card) = on.figures.board.columns.iter().find_map(|it| Some((it, it.cards.get(of(it)?)?)))?;
    let weighted = column.weighted_of(card)?;
    let value = of_card(on, card, "Value".to_owned(), card.value.clone()?.map(Value::Money), false)?;
    let from = if card.chance.is_some() && column.phase == Some(Phase::Open) {
        "Set for this deal".to_owned()
    } else {
        column.chance.as_ref().map_or_else(|| "Chance of the stage".to_owned(), |(_, from)| capital(from))
    };
    let chance =
        column.chance_of(card).ok_or_else(|| Unknown(format!("the stage {} has no chance", column.name)));
    let chance = Term::new(from, chance.map(|chance| Value::Number(chance, Unit::Fraction)));
    let figure = column.chance.as_ref().map(|_| FigureKey::ColumnChance(column.id.clone()));
    let chance = Term { figure, ..chance };
    Some(on.made(
        on.titled(&format!("{}, weighted", card.title), &card.client),
        weighted.map(Value::Money),
        "The deal's value times its chance, rounded.",
        Rule::Product,
        vec![
            Part::of("Value", on.nothing(), vec![value]),
            Part::of("Chance", nothing_of_chance(), vec![chance]),
        ],
    ))
}
