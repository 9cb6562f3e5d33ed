//! What income rests on, on whom, and what of it is not paid yet.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Basis, ClientId, ClientKind, Money, Table, Work, first_of_month};
use crate::figures::Answer;
use crate::figures::firm::{
    Firm, FirmFigure, Introduced, Look, basis_title, incomes, is_recurring, is_risky, kind_of, needed, owes,
};
use crate::figures::sum::converted;

use super::super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value, Whose, named};
use super::{by_client, fraction, hours_in, income_of, looked, money, quotient, sum, things};

/// The payments that count, net of tax.
fn paid(on: &Ground<'_>, counts: impl Fn(&Look<'_>, NaiveDate, Option<Basis>) -> bool) -> Vec<Term> {
    looked(on, |_, look| {
        let counted = incomes(look).filter(|(paid, basis)| counts(look, paid.day, *basis));
        counted
            .map(|(paid, _)| {
                let term = Term::money(format!("{}, paid", named(paid.invoice)), &paid.net);
                term.on(paid.day).in_record(Table::Invoices, paid.invoice.id.as_str())
            })
            .collect()
    })
}

fn recent(on: &Ground<'_>, title: &str, counts: impl Fn(Option<Basis>) -> bool) -> Part {
    let terms = paid(on, |look, day, basis| look.is_recent(day) && counts(basis));
    Part::of(title, on.nothing(), terms)
}

pub(super) fn mix(on: &Ground<'_>, firm: &Firm, basis: Option<Basis>) -> Proof {
    let formula = "Payments of the 12 months ending on the day, net of tax, of invoices whose retainer or deal rests on this. \
                   A retainer's fees rest on the retainer unless it says otherwise.";
    let part = recent(on, "Payments net of tax, by day", |of| of == basis);
    sum(on, format!("Income, {}", basis_title(basis)), money(&firm.mix.income_by(basis)), formula, part)
}

pub(super) fn mix_month(
    on: &Ground<'_>,
    firm: &Firm,
    month: NaiveDate,
    basis: Option<Basis>,
) -> Option<Proof> {
    let known = firm.mix.months.iter().find(|known| known.month == month)?;
    let of = known.by_basis.iter().find(|it| it.basis == basis)?;
    let title = format!("Income, {}", basis_title(basis));
    Some(of_month(on, &title, month, &of.income, |of| of == basis))
}

pub(super) fn month_income(on: &Ground<'_>, firm: &Firm, month: NaiveDate) -> Option<Proof> {
    let known = firm.mix.months.iter().find(|known| known.month == month)?;
    Some(of_month(on, "Income", month, &known.income, |_| true))
}

fn of_month(
    on: &Ground<'_>,
    title: &str,
    month: NaiveDate,
    value: &Answer<Money>,
    counts: impl Fn(Option<Basis>) -> bool,
) -> Proof {
    let terms = paid(on, |_, day, basis| first_of_month(day) == month && counts(basis));
    let part = Part::of("Payments net of tax, by day", on.nothing(), terms);
    let formula = "Payments of the calendar month, net of tax, at the exchange rates of their days.";
    sum(on, format!("{title}, {}", crate::written::long_month(month)), money(value), formula, part)
}

/// The income goal, as the settings say.
fn goal(on: &Ground<'_>, firm: &Firm) -> Term {
    let own = on.business().income_goal.filter(|own| own.currency != on.currency());
    Term { own, ..Term::money("Income goal of a year", &firm.mix.goal) }
}

pub(super) fn of_goal(on: &Ground<'_>, firm: &Firm) -> Proof {
    let parts = [
        recent(on, "Payments net of tax, by day", |_| true),
        Part::of("The firm's settings", on.nothing(), vec![goal(on, firm)]),
    ];
    let formula = "Income of 12 months, net of tax, ÷ the income wanted in a year.";
    quotient(on, "Income by the goal", fraction(&firm.mix.of_goal()), formula, parts)
}

pub(super) fn goal_a_month(on: &Ground<'_>, firm: &Firm) -> Proof {
    let months = Term::new("Months of a year", Ok(Value::things(12)));
    let parts = [
        Part::of("The firm's settings", on.nothing(), vec![goal(on, firm)]),
        Part::of("Months", Value::things(0), vec![months]),
    ];
    let formula = "The income wanted in a year ÷ 12, rounded.";
    quotient(on, "Income goal of a month", money(&firm.mix.goal_a_month), formula, parts)
}

pub(super) fn recurring_share(on: &Ground<'_>, firm: &Firm) -> Proof {
    let parts = [
        recent(on, "Of retainers and by-products, by day", is_recurring),
        recent(on, "All payments net of tax, by day", |_| true),
    ];
    let formula = "Income of 12 months from retainers and by-products ÷ all income, net of tax: what comes again without \
                   another sale.";
    quotient(on, "Recurring share of income", fraction(&firm.mix.recurring_share), formula, parts)
}

pub(super) fn not_said_share(on: &Ground<'_>, firm: &Firm) -> Proof {
    let parts = [
        recent(on, "Not said what it rests on, by day", |basis| basis.is_none()),
        recent(on, "All payments net of tax, by day", |_| true),
    ];
    let formula =
        "Income of 12 months of invoices whose retainer or deal does not say what it rests on ÷ all income.";
    quotient(on, "Income of no stated basis", fraction(&firm.mix.not_said_share), formula, parts)
}

pub(super) fn ceiling(on: &Ground<'_>, firm: &Firm) -> Proof {
    let ceiling = &firm.ceiling;
    let own = on.business().target_rate.filter(|own| own.currency != on.currency());
    let rate = Term { own, ..Term::money("Target rate", &ceiling.rate) };
    let what = match &ceiling.hours_a_week {
        Ok(hours) => {
            format!(
                "{} hours a week × {} weeks",
                crate::written::decimal(*hours),
                crate::written::decimal(ceiling.weeks_a_year)
            )
        }
        Err(_) => "Hours a year".to_owned(),
    };
    let hours = ceiling.hours_a_year.clone().map(|hours| Value::Number(hours, Unit::Hours));
    on.made(
        "Ceiling of time".to_owned(),
        money(&ceiling.ceiling),
        "Capacity in hours a week × weeks worked a year (the threshold weeks_a_year) × target rate, rounded: the most that \
         time alone brings in a year.",
        Rule::Product,
        vec![
            Part::of("An hour", on.nothing(), vec![rate]),
            hours_in("Hours a year", vec![Term::new(what, hours)]),
        ],
    )
}

pub(super) fn from_other_bases(on: &Ground<'_>, firm: &Firm) -> Proof {
    let ceiling = Term::money("Ceiling of time", &firm.ceiling.ceiling);
    let mut terms = vec![goal(on, firm), ceiling.with_figure(FigureKey::Firm(FirmFigure::Ceiling)).less()];
    if let (Ok(ceiling), Ok(goal)) = (&firm.ceiling.ceiling, &firm.ceiling.goal) {
        let above = ceiling.amount.saturating_sub(goal.amount);
        if above > Decimal::ZERO {
            terms.push(Term::money("Beyond the goal", &Ok(Money::new(above, goal.currency))));
        }
    }
    let part = Part::of("Goal and ceiling", on.nothing(), terms);
    let formula = "The income goal of a year less the ceiling of time; nought where time alone can reach it.";
    sum(on, "Must rest on something else", money(&firm.ceiling.from_other_bases), formula, part)
}

pub(super) fn trust(on: &Ground<'_>, firm: &Firm) -> Proof {
    let introduced = Introduced::among(&on.figures.of_clients);
    let came = |direct_alone: bool| {
        by_client(on, |client| {
            let by_introduction = introduced.holds(client);
            let how = if by_introduction { "introduced" } else { "came directly" };
            let term = Term::money(format!("{}, {how}", client.name), &client.firm.income_ever);
            (!by_introduction || !direct_alone).then_some(term)
        })
    };
    let parts = [
        Part::of("Income of those who came directly or were introduced", on.nothing(), came(false)),
        Part::of("Income of those who came directly", on.nothing(), came(true)),
    ];
    let value = firm.trust.multiplier.clone().map(|it| Value::Number(it, Unit::Fraction));
    let formula = "(Direct + introduced) ÷ direct income, net of tax, since the book began.";
    quotient(on, "Trust multiplier", value, formula, parts)
}

pub(super) fn spread(on: &Ground<'_>, firm: &Firm) -> Proof {
    let shares = needed(&firm.concentration).unwrap_or_default();
    let terms = shares.iter().map(|share| {
        let term = Term::new(share.name.to_string(), Ok(Value::things(1)));
        let term = term.with_figure(FigureKey::Share(share.client.clone()));
        Term { client: on.who(&share.client), ..term }
    });
    let part = Part::of("Clients, the largest income first", Value::things(0), terms.collect());
    let formula = "The fewest clients whose income of 12 months together reaches 80\u{a0}% of all.";
    sum(on, "Clients for 80\u{a0}% of income", things(&firm.spread.clients), formula, part)
}

fn worked(on: &Ground<'_>, only: Option<&ClientId>) -> Vec<Term> {
    looked(on, |client, look| {
        let counts = only.is_none_or(|only| client.id == *only);
        look.recent_work().filter(|_| counts).map(hours_term).collect()
    })
}

pub(super) fn hours_term(work: &Work) -> Term {
    let what = work.note.clone().unwrap_or_else(|| "Hours".to_owned());
    let term = Term::new(what, Ok(Value::Number(work.hours, Unit::Hours))).on(work.day);
    term.in_record(Table::Work, work.id.as_str())
}

pub(super) fn hours(on: &Ground<'_>, firm: &Firm) -> Proof {
    let value = firm.concentration.hours.clone().map(|hours| Value::Number(hours, Unit::Hours));
    let formula = "Hours noted for clients in the 12 months ending on the day, whatever they were for.";
    sum(on, "Hours for clients", value, formula, hours_in("Hours, by day", worked(on, None)))
}

pub(super) fn hours_share(on: &Ground<'_>, firm: &Firm, client: &ClientId) -> Option<Proof> {
    let share = firm.concentration.client(client)?;
    let parts = [
        hours_in("Hours for it, by day", worked(on, Some(client))),
        hours_in("Hours for all clients, by day", worked(on, None)),
    ];
    let formula = "Hours noted for this client in 12 months ÷ those for all clients.";
    Some(quotient(on, on.titled("Share of all hours", client), fraction(&share.hours_share), formula, parts))
}

/// What the clients that count owe.
fn receivables(on: &Ground<'_>, counts: impl Fn(Option<ClientKind>) -> bool, late: bool) -> Vec<Term> {
    by_client(on, |client| {
        let one = Whose::One(client.id.clone());
        let term = if late {
            Term::money(client.name.to_string(), &client.ledger.overdue).with_figure(FigureKey::Overdue(one))
        } else {
            let receivables = &client.ledger.receivables;
            Term::money(client.name.to_string(), receivables).with_figure(FigureKey::Receivables(one))
        };
        (owes(client) && counts(kind_of(client))).then_some(term)
    })
}

fn open(on: &Ground<'_>, title: &str, counts: impl Fn(Option<ClientKind>) -> bool) -> Part {
    Part::of(title, on.nothing(), receivables(on, counts, false))
}

pub(super) fn owed(on: &Ground<'_>, firm: &Firm, kind: Option<ClientKind>) -> Option<Proof> {
    let row = firm.at_risk.row(kind)?;
    let formula =
        "What is open with clients of this kind, taxes included, at the exchange rate of the day looked at.";
    Some(sum(
        on,
        "Owed, by kind of client",
        money(&row.open),
        formula,
        open(on, "By client", |it| it == kind),
    ))
}

pub(super) fn owed_late(on: &Ground<'_>, firm: &Firm, kind: Option<ClientKind>) -> Option<Proof> {
    let row = firm.at_risk.row(kind)?;
    let part = Part::of("By client", on.nothing(), receivables(on, |it| it == kind, true));
    let formula = "What is late of what clients of this kind owe, taxes included.";
    Some(sum(on, "Overdue, by kind of client", money(&row.overdue), formula, part))
}

const AT_RISK: &str = "What stepping-stone, at-risk, toxic, dormant and ended clients owe, taxes included";

pub(super) fn at_risk(on: &Ground<'_>, firm: &Firm) -> Proof {
    let part = open(on, "By client", is_risky);
    sum(on, "Money at risk", money(&firm.at_risk.at_risk), &format!("{AT_RISK}."), part)
}

pub(super) fn at_risk_share(on: &Ground<'_>, firm: &Firm) -> Proof {
    let parts = [open(on, "At risk, by client", is_risky), open(on, "All that is owed, by client", |_| true)];
    let formula = format!("{AT_RISK}, ÷ all that is owed.");
    quotient(on, "Share of money at risk", fraction(&firm.at_risk.share), &formula, parts)
}

/// The term of a rate of the firm's.
pub(super) fn rate_term(on: &Ground<'_>, what: &str, own: Option<Money>) -> Term {
    let rate = own.ok_or_else(|| crate::figures::Unknown::because("no such rate is set"));
    let rate = rate.and_then(|rate| converted(on.business(), rate, on.day()));
    Term { own: own.filter(|own| own.currency != on.currency()), ..Term::money(what, &rate) }
}

/// All income of the last 12 months, by client.
pub(super) fn incomes_by_client(on: &Ground<'_>) -> Vec<Term> {
    by_client(on, |client| (!client.income_12m.as_ref().is_ok_and(Money::is_zero)).then(|| income_of(client)))
}
