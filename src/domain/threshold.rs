//! The numbers that rules compare with: built-in defaults, each overridable in the book's `business.thresholds`.

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
}

/// A threshold's name in a book, its built-in value and its meaning.
#[derive(Debug, Clone, Copy)]
pub struct ThresholdRow {
    /// Which.
    pub threshold: Threshold,
    /// Its name in a book.
    pub name: &'static str,
    built_in: i64,
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

const fn row(threshold: Threshold, name: &'static str, built_in: i64, meaning: &'static str) -> ThresholdRow {
    ThresholdRow { threshold, name, built_in, meaning }
}

/// Every threshold, in the order of [`Threshold`].
pub const THRESHOLDS: [ThresholdRow; 53] = [
    row(Threshold::NewContactDays, "new_contact_days", 3, "days within which a new contact is written to"),
    row(
        Threshold::SilentDays,
        "silent_days",
        45,
        "days of silence after which a client without a cadence comes up",
    ),
    row(Threshold::RenewalDays, "renewal_days", 30, "days before its expiry at which a renewal comes up"),
    row(Threshold::ReviewDays, "review_days", 180, "days after the last review at which the next is due"),
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
    ),
    row(
        Threshold::ConcentrationRisk,
        "concentration_risk",
        40,
        "percent of income from one client that is a risk",
    ),
    row(
        Threshold::SteppingStoneCap,
        "stepping_stone_cap",
        2000,
        "the most a stepping-stone client should owe at once",
    ),
    row(Threshold::HealthMonths, "health_months", 24, "months over which health looks back"),
    row(
        Threshold::LateDaysWorst,
        "late_days_worst",
        45,
        "days beyond terms from which on paying has no points",
    ),
    row(Threshold::PushesWorst, "pushes_worst", 2, "pushes a deal from which on the price has no points"),
    row(Threshold::AnswerDays, "answer_days", 5, "days after which a question is unanswered"),
    row(Threshold::JobsFull, "jobs_full", 4, "orders from which on their number has all points"),
    row(Threshold::HealthGood, "health_good", 70, "points from which on health is good"),
    row(Threshold::HealthRisk, "health_risk", 45, "points below which health is a risk"),
    row(Threshold::FallingPoints, "falling_points", 10, "points lost in 90 days that make a client fall"),
    row(Threshold::PunctualDays, "punctual_days", 7, "days beyond terms above which a client pays late"),
    row(
        Threshold::WeeksAYear,
        "weeks_a_year",
        46,
        "weeks a year that are worked: 52 less holidays and illness",
    ),
    row(Threshold::MostRise, "most_rise", 15, "percent by which a rate rises at most in a year"),
    row(Threshold::UsualRise, "usual_rise", 5, "percent by which a rate rises that has reached the target"),
    row(Threshold::LeastRise, "least_rise", 2, "percent below which a rise is not worth asking for"),
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
    ),
    row(
        Threshold::VerifyDays,
        "verify_days",
        183,
        "days after which what is noted of a renewal wants checking",
    ),
    row(
        Threshold::ReportDays,
        "report_days",
        30,
        "days of work under way after which a progress report is due",
    ),
    row(
        Threshold::GoodWordDays,
        "good_word_days",
        183,
        "days without a good word after which a good client is owed one",
    ),
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
    row(Threshold::FeeDays, "fee_days", 540, "days after which an unchanged fee or rate comes up"),
    row(
        Threshold::ReserveRisk,
        "reserve_risk",
        10,
        "percent: the chance of falling below the reserve from which on it comes up",
    ),
    row(Threshold::DryDays, "dry_days", 28, "days in which less comes than goes that make a dry spell"),
    row(
        Threshold::TalksDays,
        "talks_days",
        30,
        "days in which new conversations are counted, to compare with the year before them",
    ),
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
    ),
    row(
        Threshold::TemperatureDays,
        "temperature_days",
        14,
        "days of work under way in which somebody asks how they feel",
    ),
    row(Threshold::MattersDays, "matters_days", 730, "days for which a payment makes silence matter"),
    row(
        Threshold::ContactDays,
        "contact_days",
        90,
        "days after which somebody not written to is no new contact any more",
    ),
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
    ),
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
    ),
    row(
        Threshold::GivenDays,
        "given_days",
        365,
        "days for which a testimonial or a referral that was given is enough",
    ),
    row(
        Threshold::FeePaidDays,
        "fee_paid_days",
        365,
        "days for which work or a payment shows that a fee is still paid",
    ),
    row(Threshold::AskedDays, "asked_days", 90, "days for which it matters that all we said asked for money"),
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
    ),
];

impl Threshold {
    /// Its row in [`THRESHOLDS`].
    #[must_use]
    pub fn row(self) -> ThresholdRow {
        THRESHOLDS.get(self as usize).copied().unwrap_or(row(self, "", 0, ""))
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
        assert_eq!(Threshold::LetterDays as usize + 1, THRESHOLDS.len());
    }
}
