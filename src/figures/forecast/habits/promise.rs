//! Days on which a client said it would pay: how it kept earlier ones, and how far the next is to be believed.

use chrono::NaiveDate;

use super::curve::BEYOND;
use super::grid::float;
use super::observed::taught_on;
use crate::domain::{Invoice, PromisedPayment, days_between};

/// Before anything is known three promises of five are taken to be kept: a Beta(3, 2).
const PRIOR_KEPT: f64 = 3.0;
const PRIOR_BROKEN: f64 = 2.0;
/// A transfer may come so many days after the day promised and is still as promised: a weekend, a bank. As many days before
/// it counts as that day too.
const GRACE_DAYS: i64 = 2;
/// A promise for a day further off than this is none.
const FURTHEST_DAYS: i64 = 3_653;

/// How a client kept its promises to pay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Paid by the day promised, or two days after.
    pub kept: u32,
    /// Not paid by then.
    pub broken: u32,
}

impl Kept {
    /// Adds what became of the promises of an invoice by the end of `day`. One that was replaced before its day was a word in
    /// time and counts neither way, as does one whose day has not passed.
    pub(super) fn add(&mut self, invoice: &Invoice, day: NaiveDate) {
        // Nobody pays what was set off.
        if invoice.is_set_off() {
            return;
        }
        let paid = taught_on(invoice);
        let mut promised: Vec<&PromisedPayment> = invoice.promised.iter().collect();
        promised.sort_by_key(|it| it.day);
        for (index, promise) in promised.iter().enumerate() {
            let replaced = promised.get(index + 1).is_some_and(|next| next.day <= promise.pay_by);
            let judged_on = paid.unwrap_or(day).min(day);
            if paid.is_some_and(|paid| paid < promise.day) {
                continue;
            }
            let late = days_between(promise.pay_by, judged_on);
            if paid.is_some() && late <= GRACE_DAYS && !replaced {
                self.kept += 1;
            } else if late > GRACE_DAYS && !replaced {
                self.broken += 1;
            }
        }
    }

    /// The chance that the next one is kept.
    #[must_use]
    pub fn chance(self) -> f64 {
        let (kept, broken) = (f64::from(self.kept), f64::from(self.broken));
        (kept + PRIOR_KEPT) / (kept + broken + PRIOR_KEPT + PRIOR_BROKEN)
    }
}

/// The promise that stands: the one made last.
pub(super) fn standing(invoice: &Invoice) -> Option<&PromisedPayment> {
    invoice.promised.iter().max_by_key(|it| it.day)
}

/// The chances of the coming days when a day was promised: a peak around that day and the `habit` without it, as likely as
/// the one and the other still are. Each begins on the day of the promise with `chance` and one less that; then what has not
/// come by `day` speaks against it. So the peak is gone once its days are, and the habit that should have led to a payment by
/// now gives way to the peak. `habit_left` is how likely the habit alone was to leave it open from the promise until `day`.
pub(super) fn mixed(
    mut habit: Vec<f64>,
    habit_left: f64,
    promise: &PromisedPayment,
    chance: f64,
    day: NaiveDate,
) -> Vec<f64> {
    let ahead = days_between(day, promise.pay_by);
    if promise.pay_by < promise.day || ahead > FURTHEST_DAYS {
        return habit;
    }
    // A promise cannot be kept before it is made.
    let earliest = days_between(promise.pay_by, promise.day) + 1;
    let weights = (-GRACE_DAYS..=GRACE_DAYS)
        .filter(|distance| *distance >= earliest)
        .map(|distance| (ahead + distance, float(GRACE_DAYS + 1 - distance.abs())));
    let all: f64 = weights.clone().map(|(_, weight)| weight).sum();
    let coming: Vec<(i64, f64)> = weights.filter(|(ahead, _)| *ahead >= 1).collect();
    let left: f64 = coming.iter().map(|(_, weight)| weight).sum();
    if left <= 0.0 {
        return habit;
    }
    let (kept, other) = (chance * left / all, (1.0 - chance) * habit_left);
    let share = kept / (kept + other);

    let last = usize::try_from(ahead + GRACE_DAYS).unwrap_or(0);
    let mut open = (1.0 - habit.iter().sum::<f64>()).max(0.0);
    while habit.len() < last {
        habit.push(open * BEYOND);
        open -= open * BEYOND;
    }
    for it in &mut habit {
        *it *= 1.0 - share;
    }
    for (ahead, weight) in coming {
        let index = usize::try_from(ahead - 1).unwrap_or(0);
        if let Some(it) = habit.get_mut(index) {
            *it += share * weight / left;
        }
    }
    habit
}
