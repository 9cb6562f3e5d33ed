//! Income and expenses that are assumed on days of their own.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Interval, Money, add_days, days_between};

use super::super::{Flow, FlowKind, Layer, Pmf, When};
use super::{Done, Ground, Keys, counted};
use crate::figures::sum::converted;

/// A lever's money.
pub(super) struct Row<'a> {
    /// Which lever it is; keys are made from this.
    pub(super) position: usize,
    pub(super) what: &'a str,
    pub(super) amount: Money,
    pub(super) day: NaiveDate,
    pub(super) every: Option<Interval>,
}

/// Money that comes in on its days for certain, all of it income.
pub(super) fn income(flows: &mut Vec<Flow>, row: &Row<'_>, ground: &Ground<'_>) -> Done {
    add(flows, row, ground, |amount| (amount, amount))
}

/// Money that goes out on its days for certain.
pub(super) fn expense(flows: &mut Vec<Flow>, row: &Row<'_>, ground: &Ground<'_>) -> Done {
    add(flows, row, ground, |amount| {
        (Money::new(-amount.amount, amount.currency), Money::zero(amount.currency))
    })
}

fn add(
    flows: &mut Vec<Flow>,
    row: &Row<'_>,
    ground: &Ground<'_>,
    signed: impl Fn(Money) -> (Money, Money),
) -> Done {
    let what = row.what;
    let amount = match converted(ground.known.business(), row.amount, ground.day) {
        Ok(amount) => amount,
        Err(why) => return Done::nothing(format!("{what} is left out: {why}")),
    };
    let (from, until) = (add_days(ground.day, 1), ground.until());
    let days: Vec<NaiveDate> = match row.every {
        Some(every) => every.occurrences(row.day, from, until).collect(),
        None => (from <= row.day && row.day <= until).then_some(row.day).into_iter().collect(),
    };
    let mut keys = Keys::of(flows);
    let (amount, income) = signed(amount);
    for day in &days {
        flows.push(Flow {
            key: keys.derive(&format!("assumed/{}", row.position + 1), day),
            layer: Layer::Committed,
            kind: FlowKind::Assumed,
            client: None,
            what: what.to_owned(),
            record: None,
            amount,
            income,
            due: Some(*day),
            when: When::After(Arc::new(Pmf::on(days_between(ground.day, *day)))),
        });
    }
    let date = |day: NaiveDate| crate::figures::words::date(day, ground.day);
    match days.as_slice() {
        [] => Done::nothing(format!("{what} falls on no day from {} to {}", date(from), date(until))),
        [day] => Done { changed: 1, words: format!("{what} on {}", date(*day)) },
        [first, .., last] => Done {
            changed: days.len(),
            words: format!(
                "{what} {} from {} to {}",
                counted(days.len(), "time", "times"),
                date(*first),
                date(*last)
            ),
        },
    }
}
