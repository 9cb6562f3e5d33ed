//! New work, gifts, and where value talks break.

use rust_decimal::Decimal;

use crate::domain::{HesitationCause, Purpose, Table};
use crate::figures::Unknown;
use crate::figures::firm::{
    Firm, FirmFigure, Introduced, Rate, WorkFrom, cause_title, free_lines, held_up, new_deals, results,
};
use crate::figures::flow::spent;

use super::super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value, named};
use super::income::{hours_term, incomes_by_client, rate_term};
use super::{counted, fraction, hours_in, looked, money, quotient, sum, things};

/// The deals won in 12 months from one of them, or all: counted, or with their values.
fn won(on: &Ground<'_>, from: Option<WorkFrom>, valued: Option<bool>) -> Vec<Term> {
    let introduced = Introduced::among(&on.figures.of_clients);
    looked(on, |client, look| {
        let by_introduction = introduced.holds(client);
        let deals = new_deals(look).into_iter();
        let deals = deals.filter(|deal| from.is_none_or(|from| deal.from(by_introduction) == from));
        let term = |deal: crate::figures::firm::NewDeal| {
            let amount = match (valued, &deal.value) {
                (None, _) => Ok(Value::things(1)),
                (Some(true), Some(value)) => value.clone().map(Value::Money),
                (Some(false), None) => Err(Unknown::because("the deal has no value yet")),
                (Some(true), None) | (Some(false), Some(_)) => return None,
            };
            Some(Term::new(deal.title, amount).on(deal.on).in_record(Table::Deals, deal.deal.as_str()))
        };
        deals.filter_map(term).collect()
    })
}

const WON: &str = "Deals that first entered a stage of work agreed in the 12 months ending on the day, and are not lost since";

pub(super) fn new_work(on: &Ground<'_>, firm: &Firm, from: WorkFrom) -> Option<Proof> {
    let row = firm.new_work.row(from)?;
    let part = counted("Deals, by the day they were won", won(on, Some(from), None));
    Some(sum(on, format!("New work, {}", from.title()), things(&row.deals), &format!("{WON}."), part))
}

pub(super) fn new_work_share(on: &Ground<'_>, firm: &Firm, from: WorkFrom) -> Option<Proof> {
    let row = firm.new_work.row(from)?;
    let parts =
        [counted(from.title(), won(on, Some(from), None)), counted("All deals won", won(on, None, None))];
    let title = format!("Share of new work, {}", from.title());
    Some(quotient(on, title, fraction(&row.share), &format!("{WON}, ÷ all such deals."), parts))
}

pub(super) fn new_work_value(on: &Ground<'_>, firm: &Firm, from: WorkFrom) -> Option<Proof> {
    let row = firm.new_work.row(from)?;
    let part = Part::of("Deals, by the day they were won", on.nothing(), won(on, Some(from), Some(true)));
    let formula =
        format!("{WON}: what they are worth, net of tax, at the exchange rates of the days they were won.");
    let proof = sum(on, format!("Worth of new work, {}", from.title()), money(&row.value), &formula, part);
    Some(Proof { left_out: won(on, Some(from), Some(false)), ..proof })
}

pub(super) fn gift_lines(on: &Ground<'_>, firm: &Firm) -> Proof {
    let terms = looked(on, |_, look| {
        let lines = free_lines(look);
        let terms = lines.filter_map(|(at, line)| {
            let invoice = look.invoices.get(at)?.invoice;
            let term = Term::new(format!("{}: {}", named(invoice), line.result), Ok(Value::things(1)));
            Some(term.on(invoice.issued).in_record(Table::Invoices, invoice.id.as_str()))
        });
        terms.collect()
    });
    let formula = "Lines at no price on the invoices sent in the 12 months ending on the day.";
    sum(on, "Gifts on invoices", things(&firm.gifts.lines), formula, counted("Lines, by day", terms))
}

fn beyond(on: &Ground<'_>) -> Part {
    let terms = looked(on, |_, look| {
        look.recent_work().filter(|work| work.purpose == Purpose::Beyond).map(hours_term).collect()
    });
    hours_in("Hours beyond, by day", terms)
}

pub(super) fn gift_hours(on: &Ground<'_>, firm: &Firm) -> Proof {
    let value = firm.gifts.hours.clone().map(|hours| Value::Number(hours, Unit::Hours));
    let formula = "Hours noted as beyond what was agreed in the 12 months ending on the day.";
    sum(on, "Hours given", value, formula, beyond(on))
}

pub(super) fn gift_results(on: &Ground<'_>, firm: &Firm) -> Proof {
    let terms = looked(on, |_, look| {
        let beyond = results(look).filter(|(_, result)| result.beyond);
        let terms = beyond.map(|(deal, result)| {
            let term = Term::new(result.what.clone(), Ok(Value::things(1)));
            term.on(result.day).in_record(Table::Deals, deal)
        });
        terms.collect()
    });
    let formula = "Results noted as beyond the agreement in the 12 months ending on the day.";
    sum(on, "Results given", things(&firm.gifts.results), formula, counted("Results, by day", terms))
}

/// What was spent for clients in the last 12 months.
fn expenses(on: &Ground<'_>) -> Vec<Term> {
    looked(on, |_, look| {
        let mut terms = Vec::new();
        for expense in &look.known.facts.expenses {
            let record = (Table::Expenses, expense.id.as_str());
            for (day, amount) in spent(expense, on.business(), on.day()) {
                let term = on.converted(expense.what.clone(), expense.amount, &amount, record);
                terms.extend(look.is_recent(day).then(|| term.on(day).less()));
            }
        }
        terms
    })
}

fn margin_parts(on: &Ground<'_>) -> [Part; 2] {
    [
        Part::of("Income, by client", on.nothing(), incomes_by_client(on)),
        Part::of("Expenses, by day", on.nothing(), expenses(on)),
    ]
}

pub(super) fn margin(on: &Ground<'_>, firm: &Firm) -> Proof {
    let formula = "Income of 12 months, net of tax, less what was spent for clients in them. The firm's own expenses stay out.";
    let parts = margin_parts(on).into();
    on.made("Margin of 12 months".to_owned(), money(&firm.gifts.margin), formula, Rule::Sum, parts)
}

fn rate(on: &Ground<'_>, rate: Rate) -> (&'static str, Term) {
    let business = on.business();
    match rate {
        Rate::Target => ("at the target rate", rate_term(on, "Target rate", business.target_rate)),
        Rate::BreakEven => {
            ("at the break-even rate", rate_term(on, "Break-even rate", business.break_even_rate))
        }
    }
}

pub(super) fn gift_cost(on: &Ground<'_>, firm: &Firm, at: Rate) -> Proof {
    let (words, term) = rate(on, at);
    let hours = firm.gifts.hours.clone().map(|hours| Value::Number(hours, Unit::Hours));
    let hours = Term::new("Hours given", hours).with_figure(FigureKey::Firm(FirmFigure::GiftHours));
    on.made(
        format!("Hours given, {words}"),
        money(&firm.gifts.at(at).cost),
        "Hours beyond what was agreed in 12 months, times the rate; rounded.",
        Rule::Product,
        vec![Part::of("An hour", on.nothing(), vec![term]), hours_in("Hours", vec![hours])],
    )
}

pub(super) fn gift_share(on: &Ground<'_>, firm: &Firm, at: Rate) -> Proof {
    let (words, _) = rate(on, at);
    let cost = Term::money("Hours given", &firm.gifts.at(at).cost);
    let cost = cost.with_figure(FigureKey::Firm(FirmFigure::GiftCost(at)));
    let margin = Term::money("Margin of 12 months", &firm.gifts.margin);
    let margin = margin.with_figure(FigureKey::Firm(FirmFigure::Margin));
    on.made(
        format!("Gifts of the margin, {words}"),
        fraction(&firm.gifts.at(at).share),
        "What the hours given cost ÷ income less what was spent for clients, all of 12 months.",
        Rule::Quotient(Decimal::ONE),
        vec![Part::of("Cost", on.nothing(), vec![cost]), Part::of("Margin", on.nothing(), vec![margin])],
    )
}

/// A stage and a cause; `None` is all of them.
type At<'a> = Option<&'a (Option<String>, HesitationCause)>;

/// The deals held up, each once: `find` gives a term.
fn held_terms(
    on: &Ground<'_>,
    at: At<'_>,
    find: impl Fn(&crate::figures::firm::HeldUp) -> Option<super::super::super::Answer<Value>>,
) -> Vec<Term> {
    looked(on, |_, look| {
        let mut terms = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for held in held_up(look) {
            let counts = at.is_none_or(|(stage, cause)| held.stage == *stage && held.cause == *cause);
            if !counts || seen.contains(&held.deal) {
                continue;
            }
            if let Some(amount) = find(&held) {
                let deal = look.known.facts.get::<crate::domain::Deal>(held.deal.as_str());
                let title = deal.map_or_else(|| held.deal.to_string(), |deal| deal.title.clone());
                let day = deal.and_then(|deal| deal.stage()).map(|at| at.day);
                let term = Term::new(title, amount).in_record(Table::Deals, held.deal.as_str());
                terms.push(Term { day, ..term });
            }
            seen.insert(held.deal);
        }
        terms
    })
}

fn held_title(firm: &Firm, at: At<'_>, what: &str) -> Option<String> {
    let Some((stage, cause)) = at else { return Some(what.to_owned()) };
    let row = firm.value_talks.row(stage.as_deref(), *cause)?;
    Some(format!("{what}, {}: {}", row.stage_name, cause_title(*cause).to_lowercase()))
}

pub(super) fn held(on: &Ground<'_>, firm: &Firm, at: At<'_>, lost_alone: bool) -> Option<Proof> {
    let talks = &firm.value_talks;
    let value = match at {
        None => things(if lost_alone { &talks.lost } else { &talks.deals }),
        Some((stage, cause)) => {
            let row = talks.row(stage.as_deref(), *cause)?;
            Ok(Value::things(if lost_alone { row.lost } else { row.deals }))
        }
    };
    let counts =
        |held: &crate::figures::firm::HeldUp| (held.lost || !lost_alone).then_some(Ok(Value::things(1)));
    let (what, formula) = if lost_alone {
        ("Deals lost after a hesitation", "Deals with a hesitation noted that are lost now, each once.")
    } else {
        ("Deals held up", "Deals with a hesitation noted, each once.")
    };
    let part = counted("Deals, by the day of their stage", held_terms(on, at, counts));
    Some(sum(on, held_title(firm, at, what)?, value, formula, part))
}

pub(super) fn money_lost(on: &Ground<'_>, firm: &Firm, at: At<'_>) -> Option<Proof> {
    let value = match at {
        None => &firm.value_talks.money_lost,
        Some((stage, cause)) => &firm.value_talks.row(stage.as_deref(), *cause)?.money_lost,
    };
    let terms = held_terms(on, at, |held| {
        held.value.clone().filter(|_| held.lost).map(|value| value.map(Value::Money))
    });
    let without = held_terms(on, at, |held| {
        let none = || Err(Unknown::because("the deal has no value"));
        (held.lost && held.value.is_none()).then(none)
    });
    let formula =
        "What the deals with a hesitation noted that are lost now were worth, net of tax, each once.";
    let part = Part::of("Deals, by the day they were lost", on.nothing(), terms);
    let proof = sum(on, held_title(firm, at, "Lost after a hesitation")?, money(value), formula, part);
    Some(Proof { left_out: without, ..proof })
}
