//! What a week's delay costs: shares of what is at stake, in one place.
//!
//! The shares are stated assumptions, not measurements: what matters is the order they give. They are chosen so that
//! an invoice a quarter late, a fresh contact not written to, and a good client left alone for twice its rhythm can
//! each come first, depending on the sums.

use rust_decimal::Decimal;

use super::ItemKind;
use crate::domain::{Business, MissingRate, Money};

/// A share of what is at stake, in thousandths a week.
pub(super) type PerMille = i64;

pub(super) const DOWN_PAYMENT_AT_WORK: PerMille = 20;
pub(super) const DOWN_PAYMENT_IDLE: PerMille = 5;
pub(super) const BREAK_EVEN: PerMille = 5;
pub(super) const IMPLAUSIBLE: PerMille = 10;
pub(super) const NEW_CONTACT: PerMille = 100;
pub(super) const NEW_CONTACT_PAST: PerMille = 200;
pub(super) const STALLED: PerMille = 50;
pub(super) const STALLED_ENDING: PerMille = 100;
pub(super) const PRICE_PUSHED: PerMille = 50;
pub(super) const DOOR_CHECK: PerMille = 20;
pub(super) const UNSIGNED_AT_WORK: PerMille = 20;
pub(super) const UNSIGNED_NOT_NOTED: PerMille = 10;
pub(super) const UNSIGNED_IDLE: PerMille = 5;
pub(super) const NEXT_STEP: PerMille = 20;
pub(super) const SILENT: PerMille = 10;
pub(super) const SILENT_TWICE: PerMille = 20;
pub(super) const UNANSWERED: PerMille = 20;
pub(super) const FEEDBACK_OWED: PerMille = 2;
pub(super) const IDEA: PerMille = 3;
pub(super) const MY_PROMISE: PerMille = 10;
pub(super) const MY_PROMISE_PAST: PerMille = 20;
pub(super) const THEIR_PROMISE: PerMille = 5;
pub(super) const RENEWAL_RELATION: PerMille = 50;
pub(super) const REVIEW: PerMille = 1;
pub(super) const TEMPERATURE: PerMille = 1;
pub(super) const THANKS: PerMille = 1;
pub(super) const RENEWAL_UNSURE: PerMille = 5;
pub(super) const REPORT: PerMille = 1;
pub(super) const GOOD_WORD: PerMille = 1;
pub(super) const CHECK_IN: PerMille = 10;
pub(super) const MOMENT: PerMille = 2;
pub(super) const MAINTENANCE: PerMille = 2;
pub(super) const FEE: PerMille = 1;
pub(super) const TOXIC: PerMille = 5;

impl ItemKind {
    /// What a week's delay of such an item costs, as a person reads the rule. *Income* and *loss* are those of the folder's
    /// documentation.
    #[must_use]
    pub fn delay(self) -> &'static str {
        match self {
            Self::OverdueInvoice => {
                "what is open, less open credit, × loss; of several of a client, their sum × the largest loss among them"
            }
            Self::BrokenPromiseToPay => "what is open × loss × 2: a word was broken too",
            Self::DisputedInvoice => "what is open × loss",
            Self::DeliveredNotInvoiced => {
                "what is due and not invoiced × loss since delivery, before that since the first instalment was due"
            }
            Self::MissingDownPayment => "what is missing × 2 % while work goes on, else × 0.5 %",
            Self::BreakEvenProject => "value × 0.5 %",
            Self::CashBelowReserve => {
                "what may be missing of the reserve × its chance / weeks left to the lowest day, at least one"
            }
            Self::DrySpell => "what comes less than goes in it / weeks left to its end, at least one",
            Self::Implausible => "the unknown amount × 1 %: every figure that rests on it is wrong",
            Self::NewContact => {
                "income × 10 % within the days to write in, × 20 % past them: interest fades in days"
            }
            Self::StalledProposal => "value × chance × 5 %, × 10 % from a week before its validity ends",
            Self::PricePushed => "value × chance × 5 %",
            Self::DoorCheckFailed | Self::NextStepDue => "value × chance × 2 %",
            Self::UnsignedAgreement => {
                "value × 2 % while work goes on (× 1 % where none was noted at all), else × 0.5 %"
            }
            Self::Silent => {
                "income × 1 %, × 2 % from twice the cadence on: the fall in the chance that they come back"
            }
            Self::Unanswered => "income × 2 %",
            Self::MyPromiseDue => "income × 1 %, × 2 % once its day has passed",
            Self::TheirPromiseBroken | Self::ToxicPattern => "income × 0.5 %",
            Self::IdeaToFollow => "income × 0.3 %",
            Self::FeedbackOwed => "income × 0.2 %",
            Self::ReviewDue
            | Self::TemperatureDue
            | Self::ReportDue
            | Self::ThanksDue
            | Self::GoodWordDue => "income × 0.1 %: worth doing, seldom today",
            Self::CheckInFirst => {
                "income × 1 %, at least a hundredth more than the costliest thing asked of them: it stands before that"
            }
            Self::MomentToAsk | Self::MaintenanceOffer => "income × 0.2 %: moments pass",
            Self::FeeUnchanged => "income × 0.1 %: some 5 % of it a year",
            Self::RenewalNear => {
                "price, else cost, and 5 % of income for the trust in it / weeks left, at least one; a quarter of that if it \
                 renews itself"
            }
            Self::RenewalUnsure => "price, else cost, and 5 % of income for the trust in it × 0.5 %",
        }
    }
}

/// Hours at the target rate that stand for an amount nobody noted.
const PRIOR_HOURS: i64 = 10;
/// The same where there is no target rate either, in hundreds of the currency's smallest units.
const PRIOR_UNITS: i64 = 500;

/// What stands for an unknown amount, so that no delay is free: ten hours at the target rate, else 500 in the book's
/// currency (50,000 where it has no decimals).
pub(super) fn prior(business: &Business) -> Decimal {
    let target = business.target_rate.filter(|rate| rate.currency == business.currency);
    match target {
        Some(rate) if rate.amount > Decimal::ZERO => rate.amount.saturating_mul(Decimal::from(PRIOR_HOURS)),
        _ if business.currency.decimals() == 0 => Decimal::from(PRIOR_UNITS * 100),
        _ => Decimal::from(PRIOR_UNITS),
    }
}

/// The share of money due that a week more costs, in waiting and in the chance that it never comes: 2 %, and 0.5 % more
/// for each full week since it was due, at most 5 %.
pub(super) fn loss(days_late: i64) -> PerMille {
    (20 + days_late.max(0) / 7 * 5).min(50)
}

/// What a week's delay costs, and of what it is a share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// The number it is a share of.
    pub(super) of: Decimal,
    /// That share, a fraction of one.
    pub(super) share: Decimal,
}

impl Cost {
    /// To the hundredth and at least one hundredth.
    pub(super) fn a_week(&self) -> Decimal {
        at_least_something(self.of.saturating_mul(self.share))
    }
}

/// `per_mille` of `value`.
pub(super) fn weekly(value: Decimal, per_mille: PerMille) -> Cost {
    Cost { of: value, share: Decimal::new(per_mille, 3) }
}

/// To the hundredth, and at least one hundredth: nothing that is in the queue is free to put off.
pub(in crate::figures) fn at_least_something(cost: Decimal) -> Decimal {
    cost.round_dp(2).max(Decimal::new(1, 2))
}

/// What is at stake.
#[derive(Debug, Clone)]
pub(super) struct Stake {
    /// The amount in the book's currency, where it is known.
    pub(super) money: Option<Money>,
    /// Why it is not.
    pub(super) why: Option<String>,
    /// The number that costs are shares of: the amount, or what stands for it.
    pub(super) value: Decimal,
}

impl Stake {
    /// A known amount in the book's currency.
    pub(super) fn known(money: Money) -> Self {
        Self { money: Some(money), why: None, value: money.amount }
    }

    /// An unknown amount, for which the prior stands.
    pub(super) fn unknown(business: &Business, why: impl Into<String>) -> Self {
        Self { money: None, why: Some(why.into()), value: prior(business) }
    }

    /// Both together; unknown where one of them is.
    pub(super) fn and(self, other: Self) -> Self {
        let money = self.money.zip(other.money);
        Self {
            money: money.map(|(a, b)| Money::new(a.amount.saturating_add(b.amount), a.currency)),
            why: self.why.or(other.why),
            value: self.value.saturating_add(other.value),
        }
    }

    /// Less an amount in the book's currency.
    pub(super) fn less(self, off: Money) -> Self {
        let less = |amount: Decimal| amount.saturating_sub(off.amount).max(Decimal::ZERO);
        let money = self.money.map(|money| Money::new(less(money.amount), money.currency));
        Self { money, value: less(self.value), ..self }
    }

    /// An amount that could or could not be converted.
    pub(super) fn converted(business: &Business, money: Result<Money, MissingRate>) -> Self {
        match money {
            Ok(money) => Self::known(money),
            Err(missing) => Self::unknown(business, missing.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn the_later_the_money_the_dearer_a_week_up_to_five_percent() {
        assert_eq!([-5, 1, 7, 20, 35, 42, 4000].map(loss), [20, 20, 25, 30, 45, 50, 50]);
    }

    #[test]
    fn nothing_is_free_to_put_off_and_nothing_overflows() {
        assert_eq!(weekly(Decimal::ZERO, SILENT).a_week(), Decimal::new(1, 2));
        assert!(weekly(Decimal::MAX, 200).a_week() > Decimal::ZERO);
        assert_eq!(prior(&Business::new(Currency::EUR)), Decimal::from(500));
    }
}
