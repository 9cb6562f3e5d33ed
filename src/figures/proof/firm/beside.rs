//! What the firm's page tells in the same breath as a figure: of how many, for how long, how sure.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::figures::firm::{Difference, ENOUGH_INVOICES, Firm, FirmFigure};

use super::super::{Unit, Value};

type Beside = Vec<(String, Value)>;

/// What belongs to a figure of the firm besides its terms.
pub(super) fn beside(firm: &Firm, figure: &FirmFigure) -> Beside {
    use FirmFigure as Key;
    match figure {
        Key::Mix(basis) => {
            let part = firm.mix.by_basis.iter().find(|part| part.basis == *basis);
            let share = part.and_then(|part| firm.mix.share(part).ok());
            share.map(|share| number("of all income", share, Unit::Fraction)).into_iter().collect()
        }
        Key::Ceiling => ceiling(firm),
        Key::Spread => vec![things("of clients with income", firm.spread.with_income)],
        Key::TrustMultiplier => trust(firm),
        Key::FitOverall => vec![things("said of clients served", firm.fit.clients)],
        Key::SecondDeals(year) => {
            let all = &firm.second_deals.all;
            let row = firm.second_deals.years.iter().find(|row| row.year == *year).unwrap_or(all);
            vec![things("too early to say", row.waiting)]
        }
        Key::ChannelContactedShare(_) => vec![
            number("in time is within", firm.channels.days.into(), Unit::Days),
            things("met without a channel noted", firm.channels.not_noted),
        ],
        Key::HeldUpLost(None) => vec![things("lost without a value", firm.value_talks.without_value)],
        Key::Delay(practice, true) => {
            let row = firm.practices.row(practice);
            row.and_then(|row| row.delay.as_ref().ok()).map(difference).unwrap_or_default()
        }
        Key::Disputed(..) => vec![number("needed on each side", ENOUGH_INVOICES.into(), Unit::Things)],
        _ => Vec::new(),
    }
}

fn things(what: &str, count: usize) -> (String, Value) {
    (what.to_owned(), Value::things(count))
}

fn number(what: &str, number: Decimal, unit: Unit) -> (String, Value) {
    (what.to_owned(), Value::Number(number, unit))
}

fn ceiling(firm: &Firm) -> Beside {
    let it = &firm.ceiling;
    let hours = it.hours_a_week.iter().map(|hours| number("hours a week", *hours, Unit::Hours));
    hours.chain([number("weeks a year", it.weeks_a_year, Unit::Weeks)]).collect()
}

fn trust(firm: &Firm) -> Beside {
    let it = &firm.trust;
    let introduced = it.introduced.iter().map(|money| ("introduced".to_owned(), Value::Money(*money)));
    let more = it.multiplier.iter().map(|multiplier| {
        number("more by introduction", multiplier.saturating_sub(Decimal::ONE), Unit::Times)
    });
    let clients = [
        things("clients who came by themselves", it.direct_clients),
        things("clients who were introduced", it.introduced_clients),
    ];
    introduced.chain(more).chain(clients).collect()
}

/// By how much sooner those with a practice are paid, and within which range that lies in 95 of 100 cases.
fn difference(it: &Difference) -> Beside {
    let end = |days: f64| Decimal::from_f64(days).unwrap_or_default().round_dp(4);
    vec![
        number("against those without", it.by, Unit::Days),
        number("in 95\u{a0}% of cases from", end(it.low), Unit::Days),
        number("to", end(it.high), Unit::Days),
        things("clients on both sides", it.clients),
    ]
}
