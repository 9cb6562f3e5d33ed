//! How terms with more decimals than one reads are written, so that they still add up to the sum that is written.
//!
//! A term such as −89.280612… of a forecast is no amount that anybody pays. Each term is rounded to cents (a number that is
//! no money to four decimals), and the sum too. What the rounding of all of them lacks or is too much is taken from those
//! that were nearest to being rounded the other way, a cent from each: what is read adds up exactly, and no term lies off
//! by a cent or more. The proof itself is made of the exact terms.

use std::cmp::Reverse;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::figures::Answer;

use super::{Term, Value};

/// More decimals than these are not read.
const MOST_DECIMALS: u32 = 4;

/// Rounds the terms of a sum where one of them has more decimals than one reads.
pub(super) fn round(terms: &mut [Term], total: &Answer<Value>) {
    for term in &mut *terms {
        term.rounded = None;
    }
    let is_long = |term: &Term| {
        let number = term.amount.as_ref().ok().and_then(Value::number);
        number.is_some_and(|number| number.normalize().scale() > MOST_DECIMALS)
    };
    let Ok(total) = total else { return };
    if !terms.iter().any(is_long) {
        return;
    }
    let Some(wanted) = read(*total).number() else { return };
    let (mut sum, mut off) = (Decimal::ZERO, Vec::with_capacity(terms.len()));
    for (at, term) in terms.iter_mut().enumerate() {
        let Ok(amount) = &term.amount else { return };
        let rounded = read(*amount);
        term.rounded = Some(rounded);
        if let (Some(exact), Some(number)) = (amount.number(), rounded.number()) {
            sum = sum.saturating_add(number);
            off.push((exact.saturating_sub(number), at));
        }
    }
    let lacking = wanted.saturating_sub(sum);
    let unit = Decimal::new(1, decimals(*total));
    let step = if lacking.is_sign_negative() { -unit } else { unit };
    let Some(steps) = lacking.checked_div(step).and_then(|steps| steps.to_usize()) else { return };
    // The largest error first; of equal ones the earlier term.
    off.sort_by_key(|(off, at)| (Reverse(if step.is_sign_negative() { -*off } else { *off }), *at));
    for (_, at) in off.into_iter().take(steps) {
        let Some(term) = terms.get_mut(at) else { continue };
        term.rounded = term.rounded.map(|rounded| match rounded.number() {
            Some(number) => rounded.with(number.saturating_add(step)),
            None => rounded,
        });
    }
}

/// A value with as many decimals as one reads.
pub(super) fn read(value: Value) -> Value {
    let rounded = |number: Decimal| {
        number.round_dp_with_strategy(decimals(value), RoundingStrategy::MidpointAwayFromZero)
    };
    value.number().map_or(value, |number| value.with(rounded(number)))
}

fn decimals(value: Value) -> u32 {
    match value {
        Value::Money(money) => money.currency.decimals(),
        Value::Number(..) | Value::On(_) => MOST_DECIMALS,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Part, Unit};
    use super::*;
    use crate::domain::{Currency, Money};

    fn part(amounts: &[&str]) -> Part {
        let euros = |text: &str| Value::Money(Money::new(text.parse().unwrap_or_default(), Currency::EUR));
        let terms = amounts.iter().map(|text| Term::new(*text, Ok(euros(text)))).collect();
        Part::of("Parts", euros("0"), terms)
    }

    fn read_of(part: &Part) -> Vec<String> {
        let number = |value: Value| value.number().map(|it| it.normalize().to_string()).unwrap_or_default();
        part.terms.iter().filter_map(|term| term.rounded.map(number)).collect()
    }

    #[test]
    fn what_is_read_adds_up_to_the_sum_that_is_read_and_lies_off_by_less_than_a_cent() {
        let third = part(&["33.333333", "33.333333", "33.333334"]);
        assert_eq!(read_of(&third), ["33.33", "33.33", "33.34"]);
        let down = part(&["-0.006666", "-0.006666", "-0.006668", "5"]);
        assert_eq!(read_of(&down), ["0", "-0.01", "-0.01", "5"]);
        for part in
            [third, down, part(&["0.004444", "0.004444", "0.004444"]), part(&["1.00005", "-89.28061"])]
        {
            let sum: Decimal = part.terms.iter().filter_map(|term| term.rounded?.number()).sum();
            assert_eq!(part.read().ok().and_then(|total| total.number()), Some(sum));
            for term in &part.terms {
                let exact = term.amount.as_ref().ok().and_then(Value::number).unwrap_or_default();
                let read = term.rounded.and_then(|it| it.number()).unwrap_or_default();
                assert!((exact - read).abs() < Decimal::new(1, 2), "{exact} is read as {read}");
            }
        }
    }

    #[test]
    fn what_is_short_is_written_as_it_is() {
        let rates = part(&["0.125", "12.50"]);
        assert!(rates.terms.iter().all(|term| term.rounded.is_none()));
        assert_eq!(rates.read(), rates.total);
        let days = vec![Term::new("Days", Ok(Value::Number(Decimal::new(123_456, 5), Unit::Days)))];
        let days = Part::of("Days", Value::Number(Decimal::ZERO, Unit::Days), days);
        assert_eq!(days.read(), Ok(Value::Number(Decimal::new(12_346, 4), Unit::Days)));
    }
}
