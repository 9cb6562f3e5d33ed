//! The way out: which fact did a step of the ladder, what is agreed, and which hours letting go frees.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{ClientId, ClientKind, Money, Table, Threshold, Work, days_between};
use crate::figures::forecast::what_if::hours_logged;
use crate::figures::health::FactId;
use crate::figures::{Client, Ladder, Leaving, Next, Rung, Unknown};

use super::{ExitFigure, FigureKey, Ground, HealthFigure, Part, Proof, Rule, Term, Unit, Value};

pub(super) fn exit(on: &Ground<'_>, figure: &ExitFigure) -> Option<Proof> {
    match figure {
        ExitFigure::Step(id, rung) => step(on, id, *rung),
        ExitFigure::Next(id) => next(on, on.figures.client(id)?),
        ExitFigure::HoursAWeek(id) => Some(hours_a_week(on, on.figures.client(id)?)),
        ExitFigure::HoursAYear(id) => Some(hours_a_year(on, on.figures.client(id)?)),
        ExitFigure::Agreed(id, at) => agreed(on, id, *at),
    }
}

fn step(on: &Ground<'_>, id: &ClientId, rung: Rung) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let ladder = Ladder::of(on.business(), client, on.figures.healths.client(id)?, on.day());
    let done = ladder.done(rung);
    let term = done.map(|done| {
        let (table, record) = &done.record;
        let term = Term::new(done.what.clone(), Ok(Value::On(done.day))).on(done.day);
        Term { client: on.who(id), ..term.in_record(*table, record) }
    });
    let proof = on.made(
        on.titled(rung.title(), id),
        done.map(|done| Value::On(done.day)).ok_or_else(|| Unknown::because("it was not done yet")),
        "The fact that did this step, after the one before it.",
        Rule::Latest,
        vec![Part::of("The fact", Value::On(on.day()), term.into_iter().collect())],
    );
    Some(Proof { method: Some(format!("Proven by {}.", rung.proven_by())), ..proof })
}

/// Why the next step is what it is: what hurts, what I owe, what was done, and how long one waits.
fn next(on: &Ground<'_>, client: &Client) -> Option<Proof> {
    let health = on.figures.healths.client(&client.id)?;
    let ladder = Ladder::of(on.business(), client, health, on.day());
    let whose = |term: Term| Term { client: on.who(&client.id), ..term };
    let of_health = |figure| FigureKey::Health(client.id.clone(), figure);
    let by_kind =
        client.kind.as_ref().is_some_and(|it| matches!(it.kind, ClientKind::Toxic | ClientKind::AtRisk));
    let ground = if by_kind { HealthFigure::Kind } else { HealthFigure::Score };
    let clause = |says: &String| whose(Term::new(says.clone(), Ok(Value::things(1))));
    let mut hurts: Vec<Term> =
        ladder.hurts.iter().map(|says| clause(says).with_figure(of_health(ground))).collect();
    if !by_kind && !hurts.is_empty() {
        let least = on.business().threshold(Threshold::HealthRisk);
        hurts.push(whose(Term::new("Where a score is at risk", Ok(Value::Number(least, Unit::Points)))));
    }
    let dated = |what: &str, day, (table, id): &FactId| {
        let term = whose(Term::new(what, Ok(Value::On(day)))).in_record(*table, id);
        term.with_figure(FigureKey::Record(*table, id.clone()))
    };
    let mine = ladder.mine.iter().map(|it| dated(&it.what, it.day, &it.record)).collect();
    let done = ladder.rungs.iter().filter_map(|line| {
        let done = line.done.as_ref()?;
        Some(dated(&format!("{}: {}", line.rung.title(), done.what), done.day, &done.record))
    });
    let waits = on.business().threshold_days(Threshold::ReevaluateDays);
    let mut waits = vec![Term::new("Days after the goals", Ok(Value::Number(waits.into(), Unit::Days)))];
    if let Next::Wait(due) = ladder.next {
        waits.push(Term::new("To be looked at again", Ok(Value::On(due))));
        let left = days_between(on.day(), due);
        waits.push(Term::new("Days until then", Ok(Value::Number(left.into(), Unit::Days))));
    }
    let formula = "My own side is mended first; then each step follows on the fact that did the one before. It is looked at \
                   again so many days after the goals (the threshold reevaluate_days).";
    let parts = vec![
        Part::told("What hurts", hurts),
        Part::told("What I owe", mine),
        Part::told("Steps that were done", done.collect()),
        Part::told("Since the new goals", ladder.still.iter().map(clause).collect()),
        Part::told("How long one waits", waits),
    ];
    Some(on.told(on.titled("The next step", &client.id), formula, parts))
}

fn hours_a_week(on: &Ground<'_>, client: &Client) -> Proof {
    let (logged, days) = hours_logged(client, on.day());
    let leaving = Leaving::of(on.business(), on.figures, client);
    let value =
        leaving.letting_go.map_or_else(|| Err(Unknown::because("it is not known")), |it| it.hours_a_week);
    let mut terms: Vec<Term> = logged
        .into_iter()
        .map(|work| {
            let what = work.note.clone().unwrap_or_else(|| "Worked".to_owned());
            let seven = work.hours.saturating_mul(7.into());
            let term = Term::new(
                format!("{what}, {} h × 7", crate::written::decimal(work.hours)),
                Ok(Value::Number(seven, Unit::Hours)),
            );
            let term = term.on(work.day).in_record(Table::Work, work.id.as_str());
            Term { client: on.who(&client.id), ..term }
        })
        .collect();
    // The figure is written to one decimal: what that adds is a term like any other.
    let sum = terms.iter().filter_map(|term| term.amount.as_ref().ok()?.number()).sum::<Decimal>();
    match &value {
        Ok(weekly) => {
            let rest = weekly.saturating_mul(days.into()).saturating_sub(sum);
            if !rest.is_zero() {
                terms.push(Term::new("Rounded to one decimal", Ok(Value::Number(rest, Unit::Hours))));
            }
        }
        Err(why) => terms.push(Term::new("No work", Err(why.clone()))),
    }
    terms.sort_by_key(|term| (term.day.is_none(), term.day));
    let zero = |unit| Value::Number(Decimal::ZERO, unit);
    on.made(
        on.titled("Hours a week freed", &client.id),
        value.map(|hours| Value::Number(hours, Unit::Hours)),
        "Hours logged for them in the last 12 months, of every purpose, × 7 ÷ the days of these months.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Hours × 7", zero(Unit::Hours), terms),
            Part::of(
                "Days",
                zero(Unit::Days),
                vec![Term::new("Days of 12 months", Ok(Value::Number(days.into(), Unit::Days)))],
            ),
        ],
    )
}

fn hours_a_year(on: &Ground<'_>, client: &Client) -> Proof {
    let value = Leaving::of(on.business(), on.figures, client).hours_a_year;
    let hours = |number| Value::Number(number, Unit::Hours);
    let (logged, _) = hours_logged(client, on.day());
    let term = |work: &Arc<Work>| {
        let what = work.note.clone().unwrap_or_else(|| "Worked".to_owned());
        let term = Term::new(what, Ok(hours(work.hours))).on(work.day);
        Term { client: on.who(&client.id), ..term.in_record(Table::Work, work.id.as_str()) }
    };
    let mut terms: Vec<Term> = logged.into_iter().map(term).collect();
    if let Err(why) = &value {
        terms.push(Term::new("No work", Err(why.clone())));
    }
    terms.sort_by_key(|term| term.day);
    let part = Part::of("Hours, by day", hours(Decimal::ZERO), terms);
    let formula =
        "Hours logged for them in the last 12 months, of every purpose: what a year like the last takes.";
    on.sum(on.titled("Hours a year freed", &client.id), &value, hours, formula, part)
}

fn agreed(on: &Ground<'_>, id: &ClientId, at: usize) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let leaving = Leaving::of(on.business(), on.figures, client);
    let hand = leaving.hand.get(at)?;
    let amount = hand.amount.ok_or_else(|| Unknown::because("no amount is noted"));
    let (table, record) = &hand.record;
    let term = Term::money(format!("{}: {}", hand.what, hand.stands), &amount).in_record(*table, record);
    let term = term.with_figure(FigureKey::Record(*table, record.clone()));
    let term = Term { client: on.who(id), day: hand.day, ..term };
    let currency = hand.amount.map_or(on.currency(), |amount| amount.currency);
    let part = Part::of("As agreed", Value::Money(Money::zero(currency)), vec![term]);
    let formula = "The amount as it stands in the record.";
    let proof = on.sum(on.titled(&hand.what, id), &amount, Value::Money, formula, part);
    let beside = hand.paid.map(|paid| ("paid of it".to_owned(), Value::Money(paid)));
    Some(Proof { beside: beside.into_iter().collect(), ..proof })
}
