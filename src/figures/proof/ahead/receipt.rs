//! When an invoice is expected to be paid: from its due day, how its client pays, and what is known of the invoice itself.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::domain::{Invoice, InvoiceId, PromisedPayment, Table, days_between, per_cent};
use crate::figures::Unknown;
use crate::figures::forecast::{Habits, Outcome, Receipt};
use crate::figures::proof::FigureKey;
use crate::figures::words::{date, percent};

use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value, days_number, delays, of_forecast};

pub(in super::super) fn receipt(on: &Ground<'_>, id: &InvoiceId) -> Option<Proof> {
    let invoice = on.invoice(id)?;
    let title = on.titled(&format!("Expected receipt of invoice {}", invoice.number), &invoice.client);
    of_forecast(on, Course::Facts, &title, |forecast| {
        let receipt = forecast.receipt(id)?;
        let habits = Habits::of(on.known, on.day());
        let value = receipt.expected().map(Value::On);
        let value = value.ok_or_else(|| Unknown::because("it is as likely as not never paid"));
        let open = Term::money("Open", &Ok(receipt.open)).in_record(Table::Invoices, id.as_str());
        let open =
            Term { client: on.who(&invoice.client), ..open }.with_figure(FigureKey::InvoiceOpen(id.clone()));
        let nothing = Value::Money(crate::domain::Money::zero(receipt.open.currency));
        let proof = on.made(
            title.clone(),
            value,
            "The day by which it is as likely as not paid: for every day late the chance that an invoice still open is paid \
             on it, as all pay, moved to this client's habit and bent by its own payments; the less is known of the client, \
             the wider. What did not come by now is ruled out, so nothing is expected in the past.",
            Rule::DaysAfter(receipt.as_of),
            vec![
                Part::of("Days from today", Value::Number(Decimal::ZERO, Unit::Days), days(on, invoice, receipt, &habits)),
                Part::of("How much", nothing, vec![open]),
                own(on, invoice, &habits),
            ],
        );
        let delays = delays(habits.observed(&invoice.client));
        Some(Proof {
            method: Some(method(on, invoice, receipt, &habits)),
            beside: beside(receipt),
            delays,
            ..proof
        })
    })
}

/// From today to the day expected, step by step.
fn days(on: &Ground<'_>, invoice: &Invoice, receipt: &Receipt, habits: &Habits) -> Vec<Term> {
    let Some(expected) = receipt.expected() else {
        return vec![Term::new("Not in sight", Err(Unknown::because("it is as likely as not never paid")))];
    };
    let whole = |days: f64| Decimal::from_f64(days).unwrap_or_default().round();
    let days = |number: Decimal| Ok(Value::Number(number, Unit::Days));
    let due = Term::new("Due", Ok(days_number(receipt.as_of, invoice.due))).on(invoice.due);
    let due = due.in_record(Table::Invoices, invoice.id.as_str());
    let mut terms = vec![Term { client: on.who(&invoice.client), ..due }];
    let habit = format!("{} {}", receipt.client_name, receipt.habit.words());
    terms.push(Term::new(habit, days(whole(receipt.habit.days))));
    if receipt.disputed {
        let later = "Disputed: such invoices are paid so much later";
        terms.push(Term::new(later, days(whole(habits.dispute_days()))));
    }
    let sum: Decimal = terms.iter().filter_map(|term| term.amount.as_ref().ok()?.number()).sum();
    let rest = Decimal::from(days_between(receipt.as_of, expected)) - sum;
    if !rest.is_zero() {
        let late = receipt.as_of > invoice.due;
        let what = match (promise(invoice), late) {
            (Some(promise), _) => {
                format!("Promised by {}, and how payments spread", date(promise.pay_by, on.day()))
            }
            (None, true) => "Open for so long already, and how payments spread".to_owned(),
            (None, false) => "How payments spread around that".to_owned(),
        };
        terms.push(Term::new(what, days(rest)));
    }
    terms
}

/// The client's paid invoices: what it is told from.
fn own(on: &Ground<'_>, invoice: &Invoice, habits: &Habits) -> Part {
    let observed = habits.observed(&invoice.client).iter().filter(|it| it.is_paid());
    let number = |id: &InvoiceId| on.invoice(id).map_or_else(|| id.to_string(), |it| it.number.clone());
    let mut terms: Vec<Term> = observed
        .map(|it| {
            let weight = per_cent((it.weight * 100.0).round().to_i64().unwrap_or(0));
            let what = format!("Invoice {}, {}, counts {weight}", number(&it.invoice), late(it.days));
            let day = match it.outcome {
                Outcome::Paid(day) | Outcome::WrittenOff(day) => day,
                Outcome::Open => on.day(),
            };
            Term::new(what, Ok(Value::things(1))).on(day).in_record(Table::Invoices, it.invoice.as_str())
        })
        .map(|term| Term { client: on.who(&invoice.client), ..term })
        .collect();
    terms.sort_by(|a, b| (b.day, &b.record).cmp(&(a.day, &a.record)));
    Part::of("Told from its paid invoices, the last first", Value::things(0), terms)
}

/// `12 d late`, `3 d early`, `on the day`.
fn late(days: i64) -> String {
    match days {
        0 => "on the day".to_owned(),
        1.. => format!("{days} d late"),
        _ => format!("{} d early", days.saturating_neg()),
    }
}

/// The promise that stands: the one made last.
fn promise(invoice: &Invoice) -> Option<&PromisedPayment> {
    invoice.promised.iter().max_by_key(|it| it.day)
}

fn method(on: &Ground<'_>, invoice: &Invoice, receipt: &Receipt, habits: &Habits) -> String {
    let habit = &receipt.habit;
    let told = format!(
        "Told from {} of this client's own paid invoices and {} of everybody's; what was paid a year ago counts half.",
        habit.own, habit.all
    );
    let Some(promise) = promise(invoice) else { return told };
    let kept = habits.kept(&invoice.client);
    format!(
        "{told} Promised by {}: {} of {} such promises were kept, so it begins with {} and loses as days pass.",
        date(promise.pay_by, on.day()),
        kept.kept,
        kept.kept + kept.broken,
        percent(kept.chance())
    )
}

fn beside(receipt: &Receipt) -> Vec<(String, Value)> {
    let days = [("8 in 10 from", receipt.p10()), ("to", receipt.p90())];
    let days = days.into_iter().filter_map(|(what, day)| Some((what.to_owned(), Value::On(day?))));
    let chance = |what: &str, chance: f64| (what.to_owned(), super::chance(chance));
    let habit = &receipt.habit;
    let late = |days: i64| Value::Number(days.into(), Unit::Days);
    let own = [("nine in ten of its own come later than", habit.p10), ("and nine in ten within", habit.p90)];
    let own = own.into_iter().filter(|_| habit.own > 0).map(|(what, days)| (what.to_owned(), late(days)));
    let mean = Decimal::from_f64(habit.all_days).unwrap_or_default();
    let everybody = [
        ("everybody, on average".to_owned(), Value::Number(mean, Unit::Days)),
        ("from so many".to_owned(), Value::things(habit.all)),
    ];
    let everybody = everybody.into_iter().filter(|_| habit.all > 0);
    days.chain([
        chance("within 30 days", receipt.chance_within(30)),
        chance("not within 200 days", receipt.chance_not_within(200)),
    ])
    .chain(own)
    .chain(everybody)
    .collect()
}
