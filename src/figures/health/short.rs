//! What costs an indicator its points, in a word or two, for a place too small for its sentence.

use rust_decimal::Decimal;

use crate::figures::proof::Value;

use super::{Indicator, Measure, Reading};

/// The word for the measure that costs a reading most.
///
/// It names what is looked at, and blames only where the facts do: a client drawn towards the others' delays is not late.
pub(super) fn in_short(reading: &Reading) -> &'static str {
    let missing = |it: &&Measure| it.weight.saturating_mul(Decimal::ONE_HUNDRED.saturating_sub(it.points));
    // The first of several that cost the same, so that the word stays while nothing changes.
    let worst = reading.measures.iter().rev().max_by_key(missing);
    let late = matches!(&reading.value, Ok(Value::Number(days, _)) if *days > Decimal::ZERO);
    match worst.map(|measure| measure.what) {
        Some("Days beyond terms") if late => "late",
        Some("Promises to pay" | "Their promises") => "promises",
        Some("Overdue, disputed or lost") => match worst.map(|measure| measure.says.as_str()) {
            Some(says) if says.contains("lost") => "losses",
            Some(says) if says.contains("disputed") => "disputes",
            _ => "overdue",
        },
        Some("Signed before the work") => "unsigned",
        Some("Down payment received") => "no deposit",
        Some("Requests in writing") => "verbal",
        Some("Understood alike") => "misread",
        Some("They are in touch") => "silent",
        Some("I am in touch") => "I am silent",
        Some("My promises") => "my promises",
        Some("Their answers") => "answers",
        Some("My answers") => "my answers",
        Some("A word before it slips") => "no warning",
        Some("Orders so far") => "few orders",
        _ => match reading.indicator {
            Indicator::Pays => "paying",
            Indicator::Effort => "low rate",
            Indicator::Price => "pushes",
            Indicator::Lines => "contact",
            Indicator::Writing => "writing",
            Indicator::Returns => "returning",
            Indicator::Speaks => "praise",
        },
    }
}
