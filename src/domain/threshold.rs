//! The numbers that rules compare with: built-in defaults, each overridable in the book's `business.thresholds` within a range.
//!
//! A number out of its range, or in the wrong order with those it is compared with, is told of and does not count: what is
//! built in does, until it is corrected.

use std::fmt;

use rust_decimal::Decimal;

/// A number that a rule compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// Days within which a new contact is written to.
    NewContactDays,
    /// Days after which a client without a cadence of its own counts as silent.
    SilentDays,
    /// Days before a renewal's expiry at which it comes up.
    RenewalDays,
    /// Days after the last review of a client with work at which one is due.
    ReviewDays,
    /// Days that may pass between delivery and the invoice.
    InvoiceDays,
    /// Days for which a handled item stays away unless its facts change.
    HandledDays,
    /// Days an agreement may stay unsigned, or a down payment unpaid, before it comes up without work going on.
    AgreementDays,
    /// Share of income (percent) from one client that is worth watching.
    ConcentrationWatch,
    /// Share of income (percent) from one client that is a risk.
    ConcentrationRisk,
    /// The most a stepping-stone client should owe at once, in the book's currency.
    SteppingStoneCap,
    /// Months over which a client's health looks back.
    HealthMonths,
    /// Days beyond terms from which on a client gets no points for paying.
    LateDaysWorst,
    /// Pushes on price or scope a deal from which on it gets none for respecting the price.
    PushesWorst,
    /// Days after which a question that wants an answer is unanswered.
    AnswerDays,
    /// Orders from which on a client gets all points for their number.
    JobsFull,
    /// Points of health from which on an indicator or a client is good.
    HealthGood,
    /// Points below which it is a risk.
    HealthRisk,
    /// Points lost in 90 days from which on a steady client is falling.
    FallingPoints,
    /// Days beyond terms up to which a client pays as agreed, and above which it pays late.
    PunctualDays,
    /// Weeks a year that are worked: 52 less holidays and illness.
    WeeksAYear,
    /// Percent by which a rate rises at most in a year.
    MostRise,
    /// Percent by which a rate rises that has reached the target.
    UsualRise,
    /// Percent below which a rise is not worth asking for.
    LeastRise,
    /// Days after new goals were set at which a relationship that hurts is looked at again.
    ReevaluateDays,
    /// Days for which nobody is asked for money again after a reminder.
    ChaseDays,
    /// Touches of ours in a row that all asked for money, from which on a check-in comes first.
    AsksInARow,
    /// Days after which what is noted of a renewal wants checking.
    VerifyDays,
    /// Days of work under way without a progress report.
    ReportDays,
    /// Days without a good word to a good client.
    GoodWordDays,
    /// Days after delivery at which a one-off client is worth a maintenance offer.
    MaintenanceDays,
    /// Days for which a good moment is one to ask for a referral or a testimonial.
    MomentDays,
    /// Days after which a fee or rate that did not change comes up.
    FeeDays,
    /// Chance (percent) of falling below the reserve from which on it comes up.
    ReserveRisk,
    /// Days in which less comes than goes that make a dry spell.
    DryDays,
    /// Days in which new conversations are counted and compared with the year before.
    TalksDays,
    /// Days after which a question of theirs, or advice they asked for, comes up.
    UnansweredDays,
    /// Days after which an answer of theirs is asked for.
    FeedbackDays,
    /// Days for which an idea, a kindness or a question of mine is still worth a word.
    MeantDays,
    /// Days before its day at which a promise of mine comes up.
    PromiseAheadDays,
    /// Days for which work makes a review worth while.
    ReviewedWorkDays,
    /// Days of work under way in which somebody asks how they feel.
    TemperatureDays,
    /// Days for which a payment makes silence matter.
    MattersDays,
    /// Days after which somebody not written to is no new contact any more.
    ContactDays,
    /// Days for which a pushed price waits for an answer.
    PricePushDays,
    /// Days before a proposal's validity ends from which its delay costs twice.
    ValidityDays,
    /// Answers that speak against a prospect, from which on it fails the door check.
    DoorFails,
    /// Days after delivery for which a project is still compared with its hours.
    BreakEvenDays,
    /// Days after delivery for which a maintenance offer is still about that work.
    LookAfterDays,
    /// Days for which a testimonial or a referral that was given is enough.
    GivenDays,
    /// Days for which work or a payment shows that a fee is still paid.
    FeePaidDays,
    /// Days for which it matters that all we said asked for money.
    AskedDays,
    /// Days for which a payment worth thanks waits for them.
    PaidThanksDays,
    /// Days for which a letter that waits in the outbox keeps its item away.
    LetterDays,
    /// Days a down payment may take to come while work goes on, before it comes up.
    DownPaymentDays,
}

/// The most days that any threshold may have: ten years.
const MOST_DAYS: i64 = 3650;

/// What a threshold may be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// What it counts: `days`.
    pub unit: &'static str,
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// Whether parts of it mean something.
    pub parts: bool,
}

impl Range {
    /// Whether a number may stand here.
    #[must_use]
    pub fn has(self, number: Decimal) -> bool {
        (Decimal::from(self.least)..=Decimal::from(self.most)).contains(&number)
            && (self.parts || number.is_integer())
    }
}

/// `1 to 3650 days`.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} {}", self.least, self.most, self.unit)
    }
}

/// A threshold's name in a book, its built-in value, its range and its meaning.
#[derive(Debug, Clone, Copy)]
pub struct ThresholdRow {
    /// Which.
    pub threshold: Threshold,
    /// Its name in a book.
    pub name: &'static str,
    built_in: i64,
    /// What it may be set to.
    pub range: Range,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

impl ThresholdRow {
    /// The value where a book states none.
    #[must_use]
    pub fn built_in(&self) -> Decimal {
        self.built_in.into()
    }
}

/// A number of days, none among them.
const fn row(threshold: Threshold, name: &'static str, built_in: i64, meaning: &'static str) -> ThresholdRow {
    let range = Range { unit: "days", least: 0, most: MOST_DAYS, parts: false };
    ThresholdRow { threshold, name, built_in, range, meaning }
}

impl ThresholdRow {
    /// The same as at least a day.
    const fn at_least_one(self) -> Self {
        Self { range: Range { least: 1, ..self.range }, ..self }
    }

    /// The same as a whole number of something else.
    const fn whole(self, unit: &'static str, least: i64, most: i64) -> Self {
        Self { range: Range { unit, least, most, parts: false }, ..self }
    }

    /// The same as a number of something else, parts of it too.
    const fn parts(self, unit: &'static str, least: i64, most: i64) -> Self {
        Self { range: Range { unit, least, most, parts: true }, ..self }
    }
}

/// Thresholds that are compared with each other, in the order they must be in: none may be above the next.
pub const IN_ORDER: [&[Threshold]; 4] = [
    &[Threshold::ConcentrationWatch, Threshold::ConcentrationRisk],
    &[Threshold::HealthRisk, Threshold::HealthGood],
    &[Threshold::PunctualDays, Threshold::LateDaysWorst],
    &[Threshold::LeastRise, Threshold::UsualRise, Threshold::MostRise],
];

/// Every threshold, in the order of [`Threshold`].
pub const THRESHOLDS: [ThresholdRow; 54] = [
    row(Threshold::NewContactDays, "new_contact_days", 3, "days within which a new contact is written to"),
    row(
        Threshold::SilentDays,
        "silent_days",
        45,
        "days of silence after which a client without a cadence comes up",
    )
    .at_least_one(),
    row(Threshold::RenewalDays, "renewal_days", 30, "days before its expiry at which a renewal comes up"),
    row(Threshold::ReviewDays, "review_days", 180, "days after the last review at which the next is due")
        .at_least_one(),
    row(Threshold::InvoiceDays, "invoice_days", 2, "days that may pass between delivery and invoice"),
    row(Threshold::HandledDays, "handled_days", 7, "days a handled item stays away unless its facts change"),
    row(
        Threshold::AgreementDays,
        "agreement_days",
        7,
        "days an agreement may stay unsigned, a down payment unpaid",
    ),
    row(
        Threshold::ConcentrationWatch,
        "concentration_watch",
        25,
        "percent of income from one client worth watching",
    )
    .parts("percent", 1, 100),
    row(
        Threshold::ConcentrationRisk,
        "concentration_risk",
        40,
        "percent of income from one client that is a risk",
    )
    .parts("percent", 1, 100),
    row(
        Threshold::SteppingStoneCap,
        "stepping_stone_cap",
        2000,
        "the most a stepping-stone client should owe at once",
    )
    .parts("of the book's currency", 0, 1_000_000_000),
    row(Threshold::HealthMonths, "health_months", 24, "months over which health looks back")
        .whole("months", 1, 240),
    row(
        Threshold::LateDaysWorst,
        "late_days_worst",
        45,
        "days beyond terms from which on paying has no points",
    )
    .at_least_one(),
    row(Threshold::PushesWorst, "pushes_worst", 2, "pushes a deal from which on the price has no points")
        .parts("pushes a deal", 1, 100),
    row(Threshold::AnswerDays, "answer_days", 5, "days after which a question is unanswered"),
    row(Threshold::JobsFull, "jobs_full", 4, "orders from which on their number has all points")
        .whole("orders", 1, 100),
    row(Threshold::HealthGood, "health_good", 70, "points from which on health is good")
        .parts("points", 1, 100),
    row(Threshold::HealthRisk, "health_risk", 45, "points below which health is a risk")
        .parts("points", 0, 100),
    row(Threshold::FallingPoints, "falling_points", 10, "points lost in 90 days that make a client fall")
        .parts("points", 1, 100),
    row(Threshold::PunctualDays, "punctual_days", 7, "days beyond terms above which a client pays late"),
    row(
        Threshold::WeeksAYear,
        "weeks_a_year",
        46,
        "weeks a year that are worked: 52 less holidays and illness",
    )
    .parts("weeks", 1, 52),
    row(Threshold::MostRise, "most_rise", 15, "percent by which a rate rises at most in a year")
        .parts("percent", 1, 100),
    row(Threshold::UsualRise, "usual_rise", 5, "percent by which a rate rises that has reached the target")
        .parts("percent", 0, 100),
    row(Threshold::LeastRise, "least_rise", 2, "percent below which a rise is not worth asking for")
        .parts("percent", 0, 100),
    row(
        Threshold::ReevaluateDays,
        "reevaluate_days",
        60,
        "days after new goals at which they are looked at again",
    ),
    row(Threshold::ChaseDays, "chase_days", 7, "days after a reminder in which a client is not chased again"),
    row(
        Threshold::AsksInARow,
        "asks_in_a_row",
        3,
        "touches in a row that asked for money, from which on a check-in comes first",
    )
    .whole("touches", 1, 100),
    row(
        Threshold::VerifyDays,
        "verify_days",
        183,
        "days after which what is noted of a renewal wants checking",
    )
    .at_least_one(),
    row(
        Threshold::ReportDays,
        "report_days",
        30,
        "days of work under way after which a progress report is due",
    )
    .at_least_one(),
    row(
        Threshold::GoodWordDays,
        "good_word_days",
        183,
        "days without a good word after which a good client is owed one",
    )
    .at_least_one(),
    row(
        Threshold::MaintenanceDays,
        "maintenance_days",
        30,
        "days after delivery at which a one-off client is worth a maintenance offer",
    ),
    row(
        Threshold::MomentDays,
        "moment_days",
        14,
        "days for which a good moment is one to ask for a referral or a testimonial",
    ),
    row(Threshold::FeeDays, "fee_days", 540, "days after which an unchanged fee or rate comes up")
        .at_least_one(),
    row(
        Threshold::ReserveRisk,
        "reserve_risk",
        10,
        "percent: the chance of falling below the reserve from which on it comes up",
    )
    .parts("percent", 0, 100),
    row(Threshold::DryDays, "dry_days", 28, "days in which less comes than goes that make a dry spell")
        .at_least_one(),
    row(
        Threshold::TalksDays,
        "talks_days",
        30,
        "days in which new conversations are counted, to compare with the year before them",
    )
    .at_least_one(),
    row(
        Threshold::UnansweredDays,
        "unanswered_days",
        2,
        "days after which a question of theirs, or advice they asked for, comes up",
    ),
    row(Threshold::FeedbackDays, "feedback_days", 7, "days after which an answer of theirs is asked for"),
    row(
        Threshold::MeantDays,
        "meant_days",
        60,
        "days for which an idea, a kindness or a question of mine is still worth a word",
    ),
    row(
        Threshold::PromiseAheadDays,
        "promise_ahead_days",
        2,
        "days before its day at which a promise of mine comes up",
    ),
    row(
        Threshold::ReviewedWorkDays,
        "reviewed_work_days",
        90,
        "days for which work makes a review worth while",
    )
    .at_least_one(),
    row(
        Threshold::TemperatureDays,
        "temperature_days",
        14,
        "days of work under way in which somebody asks how they feel",
    )
    .at_least_one(),
    row(Threshold::MattersDays, "matters_days", 730, "days for which a payment makes silence matter")
        .at_least_one(),
    row(
        Threshold::ContactDays,
        "contact_days",
        90,
        "days after which somebody not written to is no new contact any more",
    )
    .at_least_one(),
    row(Threshold::PricePushDays, "price_push_days", 60, "days for which a pushed price waits for an answer"),
    row(
        Threshold::ValidityDays,
        "validity_days",
        7,
        "days before a proposal's validity ends from which its delay costs twice",
    ),
    row(
        Threshold::DoorFails,
        "door_fails",
        2,
        "answers that speak against a prospect, from which on it fails the door check",
    )
    .whole("answers", 1, 5),
    row(
        Threshold::BreakEvenDays,
        "break_even_days",
        30,
        "days after delivery for which a project is still compared with its hours",
    ),
    row(
        Threshold::LookAfterDays,
        "look_after_days",
        365,
        "days after delivery for which a maintenance offer is still about that work",
    )
    .at_least_one(),
    row(
        Threshold::GivenDays,
        "given_days",
        365,
        "days for which a testimonial or a referral that was given is enough",
    )
    .at_least_one(),
    row(
        Threshold::FeePaidDays,
        "fee_paid_days",
        180,
        "days for which work or a payment shows that a fee is still paid",
    )
    .at_least_one(),
    row(Threshold::AskedDays, "asked_days", 90, "days for which it matters that all we said asked for money")
        .at_least_one(),
    row(
        Threshold::PaidThanksDays,
        "paid_thanks_days",
        14,
        "days for which a payment worth thanks waits for them",
    ),
    row(
        Threshold::LetterDays,
        "letter_days",
        3,
        "days for which a letter that waits in the outbox keeps its item away",
    )
    .at_least_one(),
    row(
        Threshold::DownPaymentDays,
        "down_payment_days",
        3,
        "days a down payment may take to come while work goes on",
    ),
];

impl Threshold {
    /// Its row in [`THRESHOLDS`].
    #[must_use]
    pub fn row(self) -> ThresholdRow {
        THRESHOLDS.get(self as usize).copied().unwrap_or(row(self, "", 0, ""))
    }

    /// Those that it is in order with, itself among them.
    #[must_use]
    pub fn in_order_with(self) -> &'static [Threshold] {
        IN_ORDER.into_iter().find(|these| these.contains(&self)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_has_one_row_in_order() {
        for (position, row) in THRESHOLDS.iter().enumerate() {
            assert_eq!(row.threshold as usize, position);
            assert_eq!(row.threshold.row().name, row.name);
        }
        assert_eq!(Threshold::DownPaymentDays as usize + 1, THRESHOLDS.len());
    }

    #[test]
    fn what_is_built_in_is_in_its_range_and_in_order() {
        for row in THRESHOLDS {
            assert!(row.range.has(row.built_in()), "{} is not {}", row.name, row.range);
        }
        for these in IN_ORDER {
            assert!(these.is_sorted_by_key(|it| it.row().built_in()), "{these:?}");
        }
    }
}
