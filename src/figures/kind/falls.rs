//! Whether a client falls: by its score, or by late invoices where too little is known for one.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Table, Threshold};
use crate::figures::health::{FactId, Indicator, Look, TREND_DAYS};
use crate::figures::proof::{Unit, Value};
use crate::figures::words::{clause, date};

use super::Seen;
use super::grounds::{Grounds, Said};

/// Points that an indicator loses before it counts as fallen.
const FALLEN: i64 = 5;
/// Days beyond terms from which on an invoice counts as late where it is asked whether a client falls.
const LATE_INVOICE_DAYS: i64 = 14;
/// From so many late invoices on they are no exception.
const ENOUGH_LATE: usize = 2;

/// Why a client falls: by its score, or, where too little is known for one, by late invoices. `None` where it does not, or on one
/// ground alone.
pub(super) fn falls(now: &Seen<'_>, before: &Seen<'_>) -> Option<Grounds> {
    let weights = Indicator::weights(now.look.business);
    let (is, was) = (now.signals.by_itself(&weights), before.signals.by_itself(&weights));
    let (Ok(had), Ok(has)) = (&was.score, &is.score) else {
        return falls_by_late_invoices(now.look, before.look.day);
    };
    let lost = had.points.saturating_sub(has.points);
    if lost < now.look.business.threshold(Threshold::FallingPoints) {
        return None;
    }
    let late = late_since(now.look, before.look.day, LATE_INVOICE_DAYS.into());
    let late_alone = late.len() >= ENOUGH_LATE;
    let excused = now.signals.paying.exception().is_some_and(|it| it.whole);
    let points = |points: Decimal| Value::Number(points, Unit::Points);
    let says =
        Said::from(format!("the score by itself, not drawn to others, fell by {} in 90 days", lost.round()));
    let mut grounds = Grounds::default();
    grounds.add(says.with("Points lost", points(lost)).days("Compared with", TREND_DAYS), late);
    for (is, was) in is.readings.iter().zip(&was.readings) {
        let (Ok(now), Ok(then)) = (&is.points, &was.points) else { continue };
        let lost = then.saturating_sub(*now);
        if lost >= Decimal::from(FALLEN) && !(is.indicator == Indicator::Pays && excused) {
            let (what, says) = (is.indicator.title().to_lowercase(), clause(&is.says));
            let facts = is.facts.iter().chain(&was.facts).cloned().collect();
            let says = Said::from(format!("{what} by itself fell by {}: {says}", lost.round()));
            grounds.add(says.with("Points lost", points(lost)).of(is.indicator, Some(*now)), facts);
        }
    }
    // The first clause is the score's own. One late invoice out of character is no ground.
    (late_alone || grounds.because.len() > 2).then_some(grounds)
}

/// The same of whom too little is known for a score: invoices tell that came later than is still punctual.
fn falls_by_late_invoices(look: &Look<'_>, since: NaiveDate) -> Option<Grounds> {
    let punctual = look.business.threshold(Threshold::PunctualDays);
    let late = late_since(look, since, punctual.max(LATE_INVOICE_DAYS.into()));
    if late.len() < ENOUGH_LATE {
        return None;
    }
    let says = format!("{} invoices that were due since {} are late", late.len(), date(since, look.day));
    let says =
        Said::from(says).with("Late invoices", Value::things(late.len())).with("Due since", Value::On(since));
    let mut grounds = Grounds::default();
    grounds.add(says, late);
    Some(grounds)
}

/// The invoices due after a day that came, or are open, more than so many days beyond terms, weighed by their parts.
fn late_since(look: &Look<'_>, since: NaiveDate, beyond: Decimal) -> Vec<FactId> {
    let late = look.invoices.iter().filter(|it| {
        let days = it.mean_days_beyond_terms(look.day);
        it.invoice.due > since && days.is_some_and(|days| Decimal::from(days) > beyond)
    });
    late.map(|it| (Table::Invoices, it.invoice.id.to_string())).collect()
}
