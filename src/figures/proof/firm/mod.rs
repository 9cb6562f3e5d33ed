//! The figures of the firm: client by client, payment by payment, invoice by invoice.

mod beside;
mod income;
mod origin;
mod practice;
mod work;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Money, Table};
use crate::figures::firm::{Firm, FirmFigure, Look};
use crate::figures::standing::Standing;
use crate::figures::{Answer, Client};

use super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value, Whose};

/// Proves a figure of the firm: `None` where there is no such figure.
pub(super) fn prove(on: &Ground<'_>, figure: &FirmFigure) -> Option<Proof> {
    use FirmFigure as Key;
    let firm = Firm::of(on.business(), &on.figures.of_clients, on.day());
    let proof = match figure {
        Key::Mix(basis) => income::mix(on, &firm, *basis),
        Key::MixMonth(month, basis) => income::mix_month(on, &firm, *month, *basis)?,
        Key::MonthIncome(month) => income::month_income(on, &firm, *month)?,
        Key::OfGoal => income::of_goal(on, &firm),
        Key::GoalAMonth => income::goal_a_month(on, &firm),
        Key::RecurringShare => income::recurring_share(on, &firm),
        Key::NotSaidShare => income::not_said_share(on, &firm),
        Key::Ceiling => income::ceiling(on, &firm),
        Key::FromOtherBases => income::from_other_bases(on, &firm),
        Key::TrustMultiplier => income::trust(on, &firm),
        Key::Spread => income::spread(on, &firm),
        Key::Hours => income::hours(on, &firm),
        Key::HoursShare(client) => income::hours_share(on, &firm, client)?,
        Key::Owed(kind) => income::owed(on, &firm, *kind)?,
        Key::OwedLate(kind) => income::owed_late(on, &firm, *kind)?,
        Key::AtRisk => income::at_risk(on, &firm),
        Key::AtRiskShare => income::at_risk_share(on, &firm),
        Key::Fit(criterion) => origin::fit(on, &firm, criterion)?,
        Key::FitIncome(criterion) => origin::fit_income(on, &firm, criterion)?,
        Key::FitOverall => origin::fit_overall(on, &firm),
        Key::OriginClients(of) => origin::clients(on, &firm, *of)?,
        Key::OriginIncome(of) => origin::income(on, &firm, *of)?,
        Key::OriginHourly(of) => origin::hourly(on, &firm, *of)?,
        Key::SecondDeals(year) => origin::second_deals(on, &firm, *year)?,
        Key::Channel(channel, step) => origin::channel(on, &firm, channel.as_deref(), *step)?,
        Key::ChannelContactedShare(channel) => origin::contacted_share(on, &firm, channel.as_deref())?,
        Key::ChannelWonShare(channel) => origin::won_share(on, &firm, channel.as_deref())?,
        Key::ChannelHours(channel) => origin::presale(on, &firm, channel.as_deref())?,
        Key::ChannelHoursAClient(channel) => origin::presale_a_client(on, &firm, channel.as_deref())?,
        Key::NewWork(from) => work::new_work(on, &firm, *from)?,
        Key::NewWorkShare(from) => work::new_work_share(on, &firm, *from)?,
        Key::NewWorkValue(from) => work::new_work_value(on, &firm, *from)?,
        Key::GiftLines => work::gift_lines(on, &firm),
        Key::GiftHours => work::gift_hours(on, &firm),
        Key::GiftResults => work::gift_results(on, &firm),
        Key::Margin => work::margin(on, &firm),
        Key::GiftCost(rate) => work::gift_cost(on, &firm, *rate),
        Key::GiftShare(rate) => work::gift_share(on, &firm, *rate),
        Key::HeldUp(at) => work::held(on, &firm, at.as_ref(), false)?,
        Key::HeldUpLost(at) => work::held(on, &firm, at.as_ref(), true)?,
        Key::MoneyLost(at) => work::money_lost(on, &firm, at.as_ref())?,
        Key::Delay(practice, with) => practice::delay(on, &firm, practice, *with)?,
        Key::Disputed(practice, with) => practice::disputed(on, &firm, practice, *with)?,
    };
    let told = told(on, proof);
    let beside = told.beside.iter().cloned().chain(beside::beside(&firm, figure)).collect();
    Some(Proof { beside, ..told })
}

/// A proof of a figure that is not told although its terms are known, such as one of too few invoices, says why, and lists
/// the terms as left out.
fn told(on: &Ground<'_>, proof: Proof) -> Proof {
    let Err(why) = &proof.value else { return proof };
    if !makes_something(&proof) {
        return proof;
    }
    let reason = Term::new("Not told", Err(why.clone()));
    let counts = proof.parts.iter().map(|part| (part.title.clone(), Value::things(part.terms.len())));
    let beside = counts.collect();
    let left_out = proof.parts.into_iter().flat_map(|part| part.terms).chain(proof.left_out).collect();
    let parts = vec![Part::of("The figure", on.nothing(), vec![reason])];
    Proof { parts, rule: Rule::Sum, left_out, beside, ..proof }
}

/// Whether the terms would make a figure, if it were told.
fn makes_something(proof: &Proof) -> bool {
    let Rule::Quotient(_) = proof.rule else { return proof.made().is_ok() };
    // What a quotient counts is taken from the figure itself, so that one of an unknown figure makes nothing.
    let numbers = proof.parts.iter().map(|part| part.total.as_ref().ok().and_then(Value::number));
    let numbers: Option<Vec<Decimal>> = numbers.collect();
    numbers.is_some_and(|numbers| numbers.last().is_some_and(|lower| !lower.is_zero()))
}

/// What `find` finds in the facts of each client; the earliest day first.
fn looked(on: &Ground<'_>, find: impl Fn(&Client, &Look<'_>) -> Vec<Term>) -> Vec<Term> {
    let stages = on.business().stages();
    let mut terms = Vec::new();
    for client in on.figures.of_clients.iter() {
        let invoices: Vec<Standing<'_>> =
            client.known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
        let look = Look::new(on.business(), &stages, &client.known, &invoices, on.day());
        let found = find(client, &look).into_iter();
        terms.extend(
            found.map(|term| Term { client: Some((client.id.clone(), client.name.clone())), ..term }),
        );
    }
    terms.sort_by(|a, b| (a.day, &a.what, &a.record).cmp(&(b.day, &b.what, &b.record)));
    terms
}

/// A term for each client that `find` finds something of.
fn by_client(on: &Ground<'_>, find: impl Fn(&Arc<Client>) -> Option<Term>) -> Vec<Term> {
    let found = |client: &Arc<Client>| {
        let term = find(client)?;
        Some(Term { client: Some((client.id.clone(), client.name.clone())), ..term })
    };
    on.figures.of_clients.iter().filter_map(found).collect()
}

/// One client, counted.
fn one(client: &Client) -> Term {
    Term::new(client.name.to_string(), Ok(Value::things(1))).in_record(Table::Clients, client.id.as_str())
}

/// A client's income of the last 12 months.
fn income_of(client: &Client) -> Term {
    let figure = FigureKey::Income(Whose::One(client.id.clone()));
    Term::money(client.name.to_string(), &client.income_12m).with_figure(figure)
}

fn things(count: &Answer<usize>) -> Answer<Value> {
    count.clone().map(Value::things)
}

fn fraction(share: &Answer<Decimal>) -> Answer<Value> {
    share.clone().map(|share| Value::Number(share, Unit::Fraction))
}

fn money(amount: &Answer<Money>) -> Answer<Value> {
    amount.clone().map(Value::Money)
}

fn counted(title: &str, terms: Vec<Term>) -> Part {
    Part::of(title, Value::things(0), terms)
}

fn hours_in(title: &str, terms: Vec<Term>) -> Part {
    Part::of(title, Value::Number(Decimal::ZERO, Unit::Hours), terms)
}

/// One part by another.
fn quotient(
    on: &Ground<'_>,
    title: impl Into<String>,
    value: Answer<Value>,
    formula: &str,
    parts: [Part; 2],
) -> Proof {
    on.made(title.into(), value, formula, Rule::Quotient(Decimal::ONE), parts.into())
}

/// The sum of a part.
fn sum(on: &Ground<'_>, title: impl Into<String>, value: Answer<Value>, formula: &str, part: Part) -> Proof {
    on.made(title.into(), value, formula, Rule::Sum, vec![part])
}
