//! What an item's stake is made of, for its proof: by its kind, from the rule that found it.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ahead::{Gap, WITH_LIKELY};
use super::chase::chased;
use super::money::{Missing, due_now, missing, not_due_yet};
use super::view::{Basis, View};
use super::{Item, ItemKind, renewals};
use crate::domain::{ClientFacts, Deal, Invoice, Money, Phase, Renewal, Table, per_cent};
use crate::figures::asked::down_payment_to_come;
use crate::figures::flow::Flows;
use crate::figures::ledger::months_before;
use crate::figures::proof::{
    Count, FigureKey, Ground, Part, Rule, Term, Unit, Value, named, open_terms, payments, rounding,
};
use crate::figures::standing::Standing;
use crate::figures::{Answer, Client, Unknown};

/// How a stake came to be: the rule in words, how its parts make it, and the parts.
pub(in crate::figures) struct Made {
    pub(in crate::figures) formula: &'static str,
    pub(in crate::figures) rule: Rule,
    pub(in crate::figures) parts: Vec<Part>,
}

impl Made {
    fn sum(formula: &'static str, part: Part) -> Self {
        Self { formula, rule: Rule::Sum, parts: vec![part] }
    }
}

/// What the income to expect of a client in 12 months is made of, and how much it is.
pub(in crate::figures) fn income_to_expect(on: &Ground<'_>, client: &Arc<Client>) -> (Answer<Money>, Made) {
    let known: &ClientFacts = &client.known;
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let flows = Flows::of(&invoices, &[], on.business(), on.day());
    // What kind of client it is changes nothing about its income.
    let view = View::new(on.business(), known, &invoices, &flows, None, on.day());
    let why = || Unknown(view.expected.why.clone().unwrap_or_default());
    (view.expected.money.ok_or_else(why), of_income(on, &view, &flows, client))
}

/// What an item's stake is made of; `None` where it is about no amount.
pub(in crate::figures) fn stake_of(on: &Ground<'_>, item: &Item) -> Option<Made> {
    let Some(client) = item.client.as_ref().and_then(|id| on.figures.client(id)) else {
        let renewal = on.known.firm().get::<Renewal>(&item.record);
        return match item.kind {
            ItemKind::RenewalNear | ItemKind::RenewalUnsure => renewal.map(|it| of_renewal(on, it, None)),
            ItemKind::CashBelowReserve => below_reserve(on),
            ItemKind::DrySpell => dry_spell(on),
            _ => None,
        };
    };
    let known: &ClientFacts = &client.known;
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let flows = Flows::of(&invoices, &[], on.business(), on.day());
    let kind = client.kind.as_ref().map(|decided| decided.kind);
    let view = View::new(on.business(), known, &invoices, &flows, kind, on.day());
    let record = item.record.as_str();
    let deal = || known.facts.get::<Deal>(record);
    match item.kind {
        ItemKind::DisputedInvoice => {
            known.facts.get::<Invoice>(record).map(|invoice| of_open(on, &[invoice]))
        }
        ItemKind::OverdueInvoice | ItemKind::BrokenPromiseToPay => Some(of_open(on, &chased(&view))),
        ItemKind::DeliveredNotInvoiced => deal().map(|deal| not_invoiced(on, &view, deal)),
        ItemKind::MissingDownPayment => deal().and_then(|deal| of_down_payment(on, &view, deal)),
        ItemKind::BreakEvenProject | ItemKind::UnsignedAgreement => {
            let formula = "The deal's value, net of tax.";
            deal().map(|deal| Made::sum(formula, of_value(on, &view, deal)))
        }
        ItemKind::Implausible | ItemKind::CashBelowReserve | ItemKind::DrySpell => None,
        ItemKind::StalledProposal | ItemKind::PricePushed | ItemKind::NextStepDue => {
            deal().map(|deal| of_deal(on, &view, deal))
        }
        ItemKind::DoorCheckFailed => {
            let deal = known.facts.deals.iter().find(|deal| view.phase(deal) == Phase::Open);
            deal.map(|deal| of_deal(on, &view, deal))
        }
        ItemKind::RenewalNear | ItemKind::RenewalUnsure => {
            known.facts.get::<Renewal>(record).map(|it| of_renewal(on, it, Some(&view)))
        }
        ItemKind::NewContact
        | ItemKind::Silent
        | ItemKind::Unanswered
        | ItemKind::FeedbackOwed
        | ItemKind::IdeaToFollow
        | ItemKind::MyPromiseDue
        | ItemKind::TheirPromiseBroken
        | ItemKind::ReviewDue
        | ItemKind::TemperatureDue
        | ItemKind::ThanksDue
        | ItemKind::ReportDue
        | ItemKind::GoodWordDue
        | ItemKind::CheckInFirst
        | ItemKind::MomentToAsk
        | ItemKind::MaintenanceOffer
        | ItemKind::FeeUnchanged
        | ItemKind::ToxicPattern => Some(of_income(on, &view, &flows, client)),
    }
}

/// What is open on an invoice: its terms where they are in the book's currency, else what they come to.
fn open_part(on: &Ground<'_>, invoice: &Invoice) -> Part {
    let open = invoice.open();
    let terms = if open.currency == on.currency() {
        open_terms(on, invoice)
    } else {
        let amount = on.business().convert(open, on.day()).map_err(Unknown::from);
        let record = (Table::Invoices, invoice.id.as_str());
        let term = on.converted(format!("{}, open", named(invoice)), open, &amount, record).on(invoice.due);
        vec![term.with_figure(FigureKey::InvoiceOpen(invoice.id.clone()))]
    };
    Part::of("Asked and paid", on.nothing(), terms)
}

fn of_open(on: &Ground<'_>, invoices: &[&Invoice]) -> Made {
    let formula =
        "What is open on the invoices the item is about: what they ask less what was paid or set off.";
    let terms = invoices.iter().flat_map(|invoice| open_part(on, invoice).terms);
    Made::sum(formula, Part::of("Asked and paid", on.nothing(), terms.collect()))
}

fn value_term(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Term {
    let stake = view.deal_value(deal);
    let amount = stake.money.ok_or_else(|| Unknown(stake.why.unwrap_or_default()));
    let record = (Table::Deals, deal.id.as_str());
    let own = deal.value.unwrap_or(Money::zero(on.currency()));
    let term = on.converted(format!("Value of {}", deal.title), own, &amount, record);
    Term { client: on.who(&deal.client), ..term }
}

fn of_value(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Part {
    Part::of("Value", on.nothing(), vec![value_term(on, view, deal)])
}

fn of_deal(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Made {
    let from = match (deal.chance, view.phase(deal)) {
        (Some(_), Phase::Open) => "Set for this deal",
        (None, Phase::Open) if view.stage(deal).is_some_and(|it| it.chance.is_some()) => "Set for its stage",
        (_, Phase::Open) => "Neither it nor its stage has one: a tenth",
        _ => "Decided",
    };
    let chance = Term::new(from, Ok(Value::Number(view.chance(deal), Unit::Fraction)));
    let chance = chance.in_record(Table::Deals, deal.id.as_str());
    let zero = Value::Number(Decimal::ZERO, Unit::Fraction);
    Made {
        formula: "The deal's value times its chance: the one set by hand, else its stage's, else a tenth.",
        rule: Rule::Product,
        parts: vec![of_value(on, view, deal), Part::of("Chance", zero, vec![chance])],
    }
}

fn not_invoiced(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Made {
    if missing(view, deal).is_some_and(|(what, _)| what == Missing::Instalments) {
        let due = due_now(view, deal).map_err(Unknown::from).transpose();
        let term = due.map(|due| Term::money("Instalments that are due and not invoiced", &due));
        let term = term.map(|term| term.in_record(Table::Deals, deal.id.as_str()));
        let formula = "The instalments that are due and that no invoice asks for, net of tax.";
        return Made::sum(formula, Part::of("Instalments", on.nothing(), term.into_iter().collect()));
    }
    let mut terms = vec![value_term(on, view, deal)];
    for standing in view.invoices.iter().filter(|it| it.invoice.deal.as_ref() == Some(&deal.id)) {
        let invoice = standing.invoice;
        let net = on.business().convert(standing.net, on.day()).map_err(Unknown::from);
        let record = (Table::Invoices, invoice.id.as_str());
        let term = on.converted(format!("{}, net of tax", named(invoice)), standing.net, &net, record);
        terms.push(term.on(invoice.issued).less());
    }
    let waits = not_due_yet(view, deal).map_err(Unknown::from).transpose();
    terms.extend(waits.map(|waits| {
        let term = Term::money("Instalments that are not due yet", &waits);
        term.in_record(Table::Deals, deal.id.as_str()).less()
    }));
    let formula = "The deal's value less what was invoiced for it, net of tax, and less instalments that are not due yet.";
    Made::sum(formula, Part::of("Value and invoices", on.nothing(), terms))
}

fn of_down_payment(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Option<Made> {
    let facts = &view.known.facts;
    let to_come = down_payment_to_come(on.business(), facts, deal, on.day())?;
    let formula = "What of the down payment is still to come: what is open on its invoice, else all of it.";
    let part = if let Some(invoice) = to_come.invoice {
        open_part(on, invoice)
    } else {
        let down = deal.down_payment.as_ref()?;
        let came = Money::new(to_come.came, on.currency());
        let asked = |rest: Money| Money::new(rest.amount.saturating_add(came.amount), rest.currency);
        let amount = to_come.amount.map(asked).map_err(Unknown::from);
        let record = (Table::Deals, deal.id.as_str());
        let term = on.converted(format!("Asked down for {}", deal.title), down.amount, &amount, record);
        let mut terms = vec![term.on(down.asked)];
        if !came.is_zero() {
            let paid =
                Term::money("Paid for the deal so far", &Ok(came)).in_record(Table::Deals, deal.id.as_str());
            terms.push(paid.less());
        }
        Part::of("Asked", on.nothing(), terms)
    };
    Some(Made::sum(formula, part))
}

/// The reserve less what nine in ten paths stay above.
fn below_reserve(on: &Ground<'_>) -> Option<Made> {
    let forecast = on.outlook.quarter.as_ref()?;
    let lowest = forecast.fan(WITH_LIKELY)?.lowest.nine_in_ten;
    let reserve = Term::money("Reserve", &Ok(forecast.reserve?)).with_figure(FigureKey::Reserve);
    let lowest = Term::money("Nine in ten paths of the balance stay above", &Ok(lowest)).less();
    let formula = "The reserve less what nine in ten paths of the balance stay above in the next 13 weeks, with committed and \
                   likely money.";
    Some(Made::sum(formula, Part::of("Reserve and lowest balance", on.nothing(), vec![reserve, lowest])))
}

/// What goes in the dry spell less what comes.
fn dry_spell(on: &Ground<'_>) -> Option<Made> {
    let forecast = on.outlook.quarter.as_ref()?;
    let gap = Gap::widest(on.business(), forecast)?;
    let goes = Term::money("Goes, with what is set aside for tax", &Ok(gap.goes)).on(gap.until);
    let comes = Term::money("Comes, committed and likely", &Ok(gap.comes)).on(gap.until).less();
    let formula =
        "What is expected to go in the days of the dry spell less what is expected to come in them.";
    Some(Made::sum(formula, Part::of("Goes and comes", on.nothing(), vec![goes, comes])))
}

fn of_renewal(on: &Ground<'_>, renewal: &Renewal, relation: Option<&View<'_>>) -> Made {
    let stake = renewals::renewal_stake(on.business(), renewal, on.day());
    let amount = stake.money.ok_or_else(|| Unknown(stake.why.unwrap_or_default()));
    let own = renewal.price.or(renewal.cost).unwrap_or(Money::zero(on.currency()));
    let record = (Table::Renewals, renewal.id.as_str());
    let term = on.converted(renewal.what.clone(), own, &amount, record).on(renewal.expires_now());
    let Some((view, trust)) = relation.and_then(|view| Some((view, renewals::trust(&view.expected)?))) else {
        let formula = "What the client pays for the renewal, else what it costs.";
        return Made::sum(formula, Part::of("Renewal", on.nothing(), vec![term]));
    };
    let client = &view.known.client;
    let trust = Term::money("5\u{a0}% of the income to expect of them", &Ok(trust));
    let trust = trust.with_figure(FigureKey::IncomeToExpect(client.id.clone()));
    let formula = "What the client pays for the renewal, else what it costs; and what it costs in trust when it expires: 5\u{a0}% \
                   of the income to expect of them.";
    Made::sum(formula, Part::of("Renewal and trust", on.nothing(), vec![term, trust]))
}

/// The income to expect of a client.
fn of_income(on: &Ground<'_>, view: &View<'_>, flows: &Flows, client: &Arc<Client>) -> Made {
    let clients = std::slice::from_ref(client);
    let income = |months| {
        let after = months_before(on.day(), months);
        payments(on, clients, Count::Net, |_, day| day > after)
    };
    let rounded = |title: &str, mut terms: Vec<Term>| {
        terms.extend(rounding(&terms));
        Part::of(title, on.nothing(), terms)
    };
    let basis = view.basis(flows);
    match basis {
        Ok(Basis::Year(_)) | Err(_) => {
            let formula = "The client's income to expect in 12 months: that of the last 12, net of tax.";
            let made = Made::sum(formula, rounded("Payments net of tax, by day", income(12)));
            match basis {
                Err(unknown) => {
                    let term = Term::new("The income to expect", Err(unknown));
                    Made::sum(formula, Part::of("Income", on.nothing(), vec![term]))
                }
                Ok(_) => made,
            }
        }
        Ok(Basis::Retainers(_)) => {
            let terms = view.fees_of_a_year().map(|retainer| {
                let money = |amount| Money::new(amount, on.currency());
                let amount = view.retainer_a_year(retainer).map(money).map_err(Unknown::from);
                let what = format!("{}, a year of it", retainer.what);
                let term = Term::money(what, &amount).in_record(Table::Retainers, retainer.id.as_str());
                Term { client: on.who(&client.id), ..term }
            });
            let formula = "The client's income to expect in 12 months: without any in the last 12, a year of its running \
                           retainers.";
            Made::sum(formula, rounded("Retainers", terms.collect()))
        }
        Ok(Basis::HalfOfTwoYears(_)) => {
            let years = Term::new("Years", Ok(Value::things(2)));
            Made {
                formula: "The client's income to expect in 12 months: without any in the last 12 and a running retainer, \
                          half of that of the last 24, net of tax.",
                rule: Rule::Quotient(Decimal::ONE),
                parts: vec![
                    Part::of("Payments of 24 months net of tax, by day", on.nothing(), income(24)),
                    Part::of("Years", Value::things(0), vec![years]),
                ],
            }
        }
        Ok(Basis::Deals) => {
            let terms: Vec<Term> = view.valued_deals().map(|deal| weighted_term(on, view, deal)).collect();
            let formula = "The client's income to expect in 12 months: without any in the last 24 and a running retainer, \
                           its open deals, each its value times its chance.";
            let part = if terms.is_empty() {
                let why = view.expected.why.clone().unwrap_or_default();
                let none = Term::new("Deals with a value", Err(Unknown(why)));
                Part::of("Deals", on.nothing(), vec![none])
            } else {
                rounded("Deals", terms)
            };
            Made::sum(formula, part)
        }
    }
}

fn weighted_term(on: &Ground<'_>, view: &View<'_>, deal: &Deal) -> Term {
    let stake = view.deal_stake(deal);
    let amount = match stake.money {
        Some(_) => Ok(Money::new(stake.value, on.currency())),
        None => Err(Unknown(stake.why.unwrap_or_default())),
    };
    let chance = (view.chance(deal) * Decimal::ONE_HUNDRED).round_dp(1).normalize();
    let what = format!("{} at {}", deal.title, per_cent(chance));
    let term = Term::money(what, &amount).in_record(Table::Deals, deal.id.as_str());
    Term { client: on.who(&deal.client), ..term }
}
