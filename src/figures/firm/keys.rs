//! Which figure of the firm is meant: every one that a person can see has a key.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{BASES, ChannelStep, Firm, Practice, Rate, WorkFrom};
use crate::domain::{Basis, ClientId, ClientKind, HesitationCause, Origin};

/// A figure of the firm that can be proved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirmFigure {
    // Income.
    /// Income of the last 12 months that rests on one thing.
    Mix(Option<Basis>),
    /// The same of a calendar month, by its first day.
    MixMonth(NaiveDate, Option<Basis>),
    /// All income of a calendar month.
    MonthIncome(NaiveDate),
    /// Income of the last 12 months by the income wanted in a year.
    OfGoal,
    /// The income wanted in a month.
    GoalAMonth,
    /// The share of income that recurs.
    RecurringShare,
    /// The share of which nobody said what it rests on.
    NotSaidShare,
    /// What time can bring in a year.
    Ceiling,
    /// What of the goal lies above it.
    FromOtherBases,
    /// (direct + introduced) / direct income.
    TrustMultiplier,

    // Who it comes from.
    /// How many clients make most of the income.
    Spread,
    /// Hours noted for clients in the last 12 months.
    Hours,
    /// A client's share of them. Its share of income is `FigureKey::Share`.
    HoursShare(ClientId),
    /// Of those said whether they meet a criterion, the ones who do.
    Fit(String),
    /// The same of their income.
    FitIncome(String),
    /// Of everything said, what is met.
    FitOverall,
    /// How many clients have an origin.
    OriginClients(Option<Origin>),
    /// What they brought in the last 12 months.
    OriginIncome(Option<Origin>),
    /// What an hour for them left.
    OriginHourly(Option<Origin>),

    // Where it comes from.
    /// The share of first-time clients who came back, of those met in a year or all.
    SecondDeals(Option<i32>),
    /// Deals won in the last 12 months from one of them.
    NewWork(WorkFrom),
    /// Their share of all deals won.
    NewWorkShare(WorkFrom),
    /// What they are worth.
    NewWorkValue(WorkFrom),
    /// How many met through a channel took a step.
    Channel(Option<Arc<str>>, ChannelStep),
    /// Of those with whom there could be contact in time, the ones with whom there was.
    ChannelContactedShare(Option<Arc<str>>),
    /// Of those met, the ones who became clients.
    ChannelWonShare(Option<Arc<str>>),
    /// Hours before the sale, by channel.
    ChannelHours(Option<Arc<str>>),
    /// The same by the ones who became clients.
    ChannelHoursAClient(Option<Arc<str>>),

    // What it costs.
    /// What clients of a kind owe.
    Owed(Option<ClientKind>),
    /// The part of it that is late.
    OwedLate(Option<ClientKind>),
    /// What is at risk of non-payment.
    AtRisk,
    /// That by all that is owed.
    AtRiskShare,
    /// Lines at no price.
    GiftLines,
    /// Hours beyond what was agreed.
    GiftHours,
    /// Results beyond the agreement.
    GiftResults,
    /// Income of the last 12 months less what was spent for clients in them.
    Margin,
    /// The hours given at a rate.
    GiftCost(Rate),
    /// That by the margin.
    GiftShare(Rate),
    /// Deals held up in a stage for a cause, or at all.
    HeldUp(Option<(Option<String>, HesitationCause)>),
    /// Of them, those lost.
    HeldUpLost(Option<(Option<String>, HesitationCause)>),
    /// What those were worth.
    MoneyLost(Option<(Option<String>, HesitationCause)>),
    /// The mean delay of invoices with a practice, or without.
    Delay(Practice, bool),
    /// The share of them that was disputed.
    Disputed(Practice, bool),
}

impl Firm {
    /// Every figure of the firm that there is.
    #[must_use]
    pub fn keys(&self) -> Vec<FirmFigure> {
        use FirmFigure as Key;
        let mut keys =
            vec![Key::OfGoal, Key::GoalAMonth, Key::RecurringShare, Key::NotSaidShare, Key::Ceiling];
        keys.extend([Key::FromOtherBases, Key::TrustMultiplier, Key::Spread, Key::Hours, Key::FitOverall]);
        keys.extend([Key::AtRisk, Key::AtRiskShare, Key::GiftLines, Key::GiftHours, Key::GiftResults]);
        keys.extend([Key::Margin, Key::SecondDeals(None)]);
        keys.extend(BASES.map(Key::Mix));
        for month in &self.mix.months {
            keys.push(Key::MonthIncome(month.month));
            keys.extend(BASES.map(|basis| Key::MixMonth(month.month, basis)));
        }
        keys.extend(self.concentration.clients.iter().map(|share| Key::HoursShare(share.client.clone())));
        for criterion in &self.fit.criteria {
            keys.extend([Key::Fit(criterion.id.clone()), Key::FitIncome(criterion.id.clone())]);
        }
        for row in &self.origins.rows {
            let origin = row.origin;
            keys.extend([Key::OriginClients(origin), Key::OriginIncome(origin), Key::OriginHourly(origin)]);
        }
        keys.extend(self.second_deals.years.iter().map(|year| Key::SecondDeals(year.year)));
        for from in WorkFrom::ALL {
            keys.extend([Key::NewWork(from), Key::NewWorkShare(from), Key::NewWorkValue(from)]);
        }
        for row in &self.channels.rows {
            let key = || row.key.clone();
            keys.extend(ChannelStep::ALL.map(|step| Key::Channel(key(), step)));
            keys.extend([Key::ChannelContactedShare(key()), Key::ChannelWonShare(key())]);
            keys.extend([Key::ChannelHours(key()), Key::ChannelHoursAClient(key())]);
        }
        for row in &self.at_risk.rows {
            keys.extend([Key::Owed(row.kind), Key::OwedLate(row.kind)]);
        }
        for rate in [Rate::Target, Rate::BreakEven] {
            keys.extend([Key::GiftCost(rate), Key::GiftShare(rate)]);
        }
        let rows = self.value_talks.rows.iter().map(|row| Some((row.stage.clone(), row.cause)));
        for at in std::iter::once(None).chain(rows) {
            keys.extend([Key::HeldUp(at.clone()), Key::HeldUpLost(at.clone()), Key::MoneyLost(at)]);
        }
        for row in &self.practices.rows {
            for with in [true, false] {
                let practice = || row.practice.clone();
                keys.extend([Key::Delay(practice(), with), Key::Disputed(practice(), with)]);
            }
        }
        keys
    }
}
