//! Whether a client costs more than it brings, and does so still after a review.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientKind, Invoice, Money, Table, Threshold, Touch, TouchKind, add_days, days_between};
use crate::figures::health::{Effort, Look, Push, Pushed, effort_terms, pushes_in_words, pushes_of_theirs};
use crate::figures::proof::{Unit, Value};
use crate::figures::sum::converted;
use crate::figures::words::{amount_in_full, date, number};

use super::Seen;
use super::grounds::{Decided, Grounds, Said};

/// Below so many hours nobody can say what an hour leaves.
const ENOUGH_HOURS: i64 = 8;
/// Pushes count as still going on for so many days.
const PUSHES_LAST_DAYS: i64 = 365;

/// Below break-even, pushes, and both still so after a review.
pub(super) fn toxic(seen: &Seen<'_>) -> Option<Decided> {
    let look = seen.look;
    let pushes = pushes_of_theirs(look);
    let last_push = pushes.last()?.day;
    // Who has not pushed for a year does so no more.
    if days_between(last_push, look.day) > PUSHES_LAST_DAYS {
        return None;
    }
    let below = below_break_even(look, &seen.signals.effort)?;
    let review = review_that_worked(look, &pushes)?;
    // As long as too little was worked since, what was worked before still holds.
    if effort_since(look, review.day).is_some_and(|since| below_break_even(look, &since).is_none()) {
        return None;
    }
    // What had not come up by then, a review could not mend: it is still so where they had pushed before.
    pushes.first().filter(|push| push.day <= review.day)?;
    let first = pushes.iter().find(|push| push.day > review.day)?;
    let worked = effort_terms(look).into_iter().filter(|term| term.counts).map(|term| term.fact);
    let first_push = pushes.first()?.day;
    let pushed =
        format!("{} in the window, first on {}", pushes_in_words(&pushes), date(first_push, look.day));
    let mut pushed = Said::from(pushed).with("First push", Value::On(first_push));
    for what in Pushed::ALL {
        let times = pushes.iter().filter(|push| push.what == what).count();
        pushed = pushed.with("Times pushed", Value::things(times));
    }
    let still = format!(
        "still so after the review on {}: {} on {}",
        date(review.day, look.day),
        first.what.words(),
        date(first.day, look.day)
    );
    let still = Said::from(still).with("The review", Value::On(review.day));
    let still = still.with("Pushed after it", Value::On(first.day));
    let mut grounds = Grounds::default();
    let effort = &seen.signals.effort;
    let hours = Value::Number(effort.hours, Unit::Hours);
    let mut below = Said::from(below).with("Hours worked", hours);
    for (what, money) in [("Left an hour", effort.hourly().ok()), ("Break-even rate", break_even_rate(look))]
    {
        below = money.into_iter().fold(below, |below, money| below.with(what, Value::Money(money)));
    }
    grounds.add(below, worked.collect());
    grounds.add(pushed, pushes.iter().map(|push| push.fact.clone()).collect());
    grounds.add(still, vec![(Table::Touches, review.id.to_string())]);
    Some(grounds.into_kind(ClientKind::Toxic))
}

/// What was left of the hours worked since a day; `None` where they are too few to judge by. A fee is of a time and not of a day:
/// where one ran, it is looked at since its last invoice by then, so that neither a fee without its hours nor hours without their
/// fee are judged.
pub(in crate::figures) fn effort_since(look: &Look<'_>, day: NaiveDate) -> Option<Effort> {
    let ran = |invoice: &Invoice| {
        let fee = look.known.retainer_of(invoice);
        fee.is_some_and(|fee| fee.until.is_none_or(|until| until > day))
    };
    let fees = look.invoices.iter().map(|it| it.invoice).filter(|it| it.issued <= day && ran(it));
    let before_fee = fees.map(|it| add_days(it.issued, -1)).max();
    let from = before_fee.unwrap_or(day).max(look.from);
    let effort = Effort::of(&Look { from, ..*look });
    (effort.hours >= Decimal::from(ENOUGH_HOURS)).then_some(effort)
}

/// The review by which it is judged whether something is still so: the last one that had its time to work, `reevaluate_days`, or came
/// after as long without a push; without such a one the first.
fn review_that_worked<'a>(look: &Look<'a>, pushes: &[Push]) -> Option<&'a Touch> {
    let time = look.business.threshold_days(Threshold::ReevaluateDays);
    let reviews = look.known.facts.touches.iter().map(AsRef::as_ref);
    let reviews = reviews.filter(|touch| touch.kind == Some(TouchKind::Review) && look.from < touch.day);
    let pushed_before =
        |day: NaiveDate| pushes.iter().any(|push| push.day <= day && days_between(push.day, day) < time);
    let worked = |touch: &&Touch| days_between(touch.day, look.day) >= time || !pushed_before(touch.day);
    let mut reviews: Vec<&Touch> = reviews.collect();
    reviews.sort_by_key(|touch| touch.day);
    reviews.iter().copied().rfind(worked).or_else(|| reviews.first().copied())
}

/// The break-even rate in the book's currency, where there is one.
fn break_even_rate(look: &Look<'_>) -> Option<Money> {
    converted(look.business, look.business.break_even_rate?, look.day).ok()
}

/// That enough hours left less than the break-even rate.
pub(in crate::figures) fn below_break_even(look: &Look<'_>, effort: &Effort) -> Option<String> {
    let least = break_even_rate(look).filter(|_| effort.hours >= Decimal::from(ENOUGH_HOURS))?;
    let hourly = effort.hourly().ok()?;
    (hourly.amount < least.amount).then(|| {
        let [hourly, least] = [hourly, least].map(amount_in_full);
        let hours = number(effort.hours.normalize());
        format!("leaves {hourly} an hour, below the break-even rate of {least}, from {hours} hours")
    })
}
