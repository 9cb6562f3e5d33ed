//! What follows from levers that change whom one works for: letting a client go, and dearer rates.

use rust_decimal::Decimal;

use crate::domain::{ClientId, Percent, Table};
use crate::figures::forecast::what_if::{
    BreakEven, LettingGo, Other, concerned, deals_with_others, deals_won_from_others, hours_logged,
};
use crate::figures::proof::{FigureKey, Leaving, Whose};

use super::{Ground, Part, Proof, Rule, Term, Unit, Value};

pub(in super::super) fn letting_go(on: &Ground<'_>, client: &ClientId, of: Leaving) -> Option<Proof> {
    let leaving = LettingGo::of(on.business(), on.figures, client)?;
    match of {
        Leaving::Hours => hours(on, client, &leaving),
        Leaving::Covers => Some(covers(on, client, &leaving)),
        Leaving::MeanDeal => Some(mean_deal(on, client, &leaving)),
        Leaving::DealsNeeded => Some(deals_needed(on, client, &leaving)),
    }
}

fn hours(on: &Ground<'_>, client: &ClientId, leaving: &LettingGo) -> Option<Proof> {
    let (logged, days) = hours_logged(on.figures.client(client)?, on.day());
    let hours = |number: Decimal| Value::Number(number, Unit::Hours);
    let mut terms: Vec<Term> = logged
        .iter()
        .map(|work| {
            let what = work.note.clone().unwrap_or_else(|| "Work".to_owned());
            let term = Term::new(what, Ok(hours(work.hours))).on(work.day);
            let term = term.in_record(Table::Work, work.id.as_str());
            Term { client: on.who(client), ..term }
        })
        .collect();
    terms.sort_by(|a, b| (a.day, &a.record).cmp(&(b.day, &b.record)));
    if let (Err(why), true) = (&leaving.hours_a_week, terms.is_empty()) {
        terms.push(Term::new("Hours logged", Err(why.clone())));
    }
    let counted = Term::new("Days of these months", Ok(Value::Number(days.into(), Unit::Days)));
    Some(on.made(
        on.titled("Hours a week that are freed", client),
        leaving.hours_a_week.clone().map(hours),
        "Hours logged for the client in the last 12 months, whatever they were for, × 7 ÷ the days of these months; to the \
         tenth of an hour.",
        Rule::TenthsOfQuotient(Decimal::from(7)),
        vec![
            Part::of("Hours, by day", hours(Decimal::ZERO), terms),
            Part::of("Days", Value::Number(Decimal::ZERO, Unit::Days), vec![counted]),
        ],
    ))
}

/// Deals as terms, the most valuable first.
fn deals(on: &Ground<'_>, others: &[Other], figure: fn(crate::domain::DealId) -> FigureKey) -> Vec<Term> {
    let term = |it: &Other| {
        let term = Term::money(it.title.clone(), &it.worth).in_record(Table::Deals, it.deal.as_str());
        Term { client: on.who(&it.client), ..term.with_figure(figure(it.deal.clone())) }
    };
    let mut terms: Vec<Term> = others.iter().map(term).collect();
    let amount = |term: &Term| term.amount.as_ref().ok().and_then(Value::number);
    terms.sort_by_key(|term| std::cmp::Reverse(amount(term)));
    terms
}

fn income_lost(on: &Ground<'_>, client: &ClientId, leaving: &LettingGo) -> Part {
    let term = Term::money("Income of the last 12 months", &leaving.income_lost);
    let term = term.with_figure(FigureKey::Income(Whose::One(client.clone())));
    Part::of("What is lost", on.nothing(), vec![Term { client: on.who(client), ..term }])
}

fn covers(on: &Ground<'_>, client: &ClientId, leaving: &LettingGo) -> Proof {
    let mut terms = deals(on, &deals_with_others(on.figures, client), FigureKey::DealWeighted);
    if let (Err(_), true) = (&leaving.pipeline, terms.is_empty()) {
        terms.push(Term::money("Open deals", &leaving.pipeline));
    }
    on.made(
        on.titled("Open deals with others, against what is lost", client),
        leaving.covers.clone().map(|times| Value::Number(times, Unit::Times)),
        "The value of every open deal with another client times its chance, ÷ the income that goes with this one.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Open deals with others, each times its chance", on.nothing(), terms),
            income_lost(on, client, leaving),
        ],
    )
}

fn mean_deal(on: &Ground<'_>, client: &ClientId, leaving: &LettingGo) -> Proof {
    let won = deals_won_from_others(on.business(), on.figures, client);
    let counted = Term::new("Deals", Ok(Value::things(won.len())));
    on.made(
        "Mean value of the deals won from others".to_owned(),
        leaving.mean_deal.clone().map(Value::Money),
        "What the deals ever won from other clients are worth together, ÷ how many they are; rounded.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Deals won, by value", on.nothing(), deals(on, &won, FigureKey::DealValue)),
            Part::of("How many", Value::things(0), vec![counted]),
        ],
    )
}

fn deals_needed(on: &Ground<'_>, client: &ClientId, leaving: &LettingGo) -> Proof {
    let mean = Term::money("Mean value of a deal won from others", &leaving.mean_deal);
    let mean = mean.with_figure(FigureKey::LettingGo(client.clone(), Leaving::MeanDeal));
    on.made(
        on.titled("New deals to make up for what is lost", client),
        leaving.deals_needed.clone().map(|deals| Value::Number(deals, Unit::Things)),
        "The income that goes with the client ÷ the mean value of the deals won from others; what is left takes one more.",
        Rule::QuotientUp,
        vec![income_lost(on, client, leaving), Part::of("A new deal", on.nothing(), vec![mean])],
    )
}

pub(in super::super) fn break_even(on: &Ground<'_>, clients: &[ClientId], percent: Percent) -> Proof {
    const TITLE: &str = "Income that may go before dearer rates no longer pay";
    let rise = match BreakEven::of(on.figures, clients, percent) {
        Ok(rise) => rise,
        Err(why) => return super::unknown(on, TITLE, &why),
    };
    let mut terms: Vec<Term> = concerned(on.figures, clients)
        .map(|client| {
            let term = Term::money("Income of the last 12 months", &client.income_12m);
            let term = term.with_figure(FigureKey::Income(Whose::One(client.id.clone())));
            Term { client: on.who(&client.id), ..term }
        })
        .collect();
    let amount = |term: &Term| term.amount.as_ref().ok().and_then(Value::number);
    terms.sort_by_key(|term| std::cmp::Reverse(amount(term)));
    let share = Value::Number(rise.share, Unit::Fraction);
    let of_share = Term::new(format!("{percent} ÷ (100\u{a0}% + {percent})"), Ok(share));
    let proof = on.made(
        TITLE.to_owned(),
        rise.may_go.clone().map(Value::Money),
        "If rates rise by P and a share P ÷ (1 + P) of the income concerned goes, what stays brings as much as before. The \
         hours of those who leave are a gain that is not counted.",
        Rule::Product,
        vec![
            Part::of("Income concerned, by client", on.nothing(), terms),
            Part::of("Share that may go", Value::Number(Decimal::ZERO, Unit::Fraction), vec![of_share]),
        ],
    );
    let beside = vec![
        ("clients concerned".to_owned(), Value::things(rise.clients)),
        ("of average size may leave".to_owned(), Value::things(rise.may_leave)),
    ];
    Proof { beside, ..proof }
}
