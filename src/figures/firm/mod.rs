//! The firm: what all clients together say about it, shown above the table of clients.
//!
//! One file a figure. What follows from one client's facts alone is a [`FirmPart`], computed once with the other figures of
//! that client and kept there; [`Firm`] folds these parts when somebody looks at them, so that an edit costs one client.
//! Each figure names the facts it counts through one function, of which the figure and its proof are both made.
//! **This folder must not know** a client's health, what may come, a screen, or, but for the intervals of `interval`,
//! floating point.

mod at_risk;
mod ceiling;
mod channels;
mod concentration;
mod fit;
mod gifts;
mod hesitations;
mod interval;
mod introductions;
mod keys;
mod look;
mod mix;
mod new_work;
mod origins;
mod practices;
mod second;
mod spread;
mod trust;
mod units;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, ClientFacts, Currency, Money, Stage, Threshold};

use super::standing::Standing;
use super::{Answer, Client};

pub use at_risk::{KindOwes, MoneyAtRisk, is_risky};
pub use ceiling::CeilingOfTime;
pub use channels::{ChannelRow, ChannelStep, Channels};
pub use concentration::{ClientShare, Concentration, Level};
pub use fit::{CriterionFit, WantedFit};
pub use gifts::{GiftCost, Gifts, Rate};
pub use hesitations::{BreakRow, ValueTalks, cause_title, cause_token};
pub use keys::FirmFigure;
pub use mix::{BASES, BasisIncome, Mix, MixMonth, basis_title, basis_token, is_recurring};
pub use new_work::{NewWork, WorkFrom, WorkRow};
pub use origins::{ORIGINS, OriginRow, Origins, origin_title, origin_token};
pub use practices::{Difference, ENOUGH_INVOICES, Practice, PracticeRow, Practices, Side};
pub use second::{ComingBack, SecondDeals};
pub use spread::Spread;
pub use trust::Trust;

pub(super) use at_risk::{kind_of, owes};
pub(super) use fit::answers;
pub(super) use gifts::{free_lines, results};
pub(super) use hesitations::{HeldUp, held_up};
pub(super) use introductions::Introduced;
pub(super) use look::Look;
pub(super) use mix::incomes;
pub(super) use new_work::{NewDeal, new_deals};
pub(super) use origins::{is_timed, of_origin};
pub(super) use practices::{CameDue, came_due};
pub(super) use second::{JobKind, Return, jobs};
pub(super) use spread::needed;

/// The figures of the firm as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Firm {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// What income rests on.
    pub mix: Mix,
    /// How much rests on one client.
    pub concentration: Concentration,
    /// How many clients make most of the income.
    pub spread: Spread,
    /// Whether the clients are those one wants.
    pub fit: WantedFit,
    /// What time can bring in a year.
    pub ceiling: CeilingOfTime,
    /// Whether first-time clients come back.
    pub second_deals: SecondDeals,
    /// Where new work comes from.
    pub new_work: NewWork,
    /// Through what people were met, and what came of it.
    pub channels: Channels,
    /// What introductions brought.
    pub trust: Trust,
    /// Money at risk of non-payment.
    pub at_risk: MoneyAtRisk,
    /// What was given.
    pub gifts: Gifts,
    /// Clients chosen or fallen into.
    pub origins: Origins,
    /// Where value talks break.
    pub value_talks: ValueTalks,
    /// Does it work here?
    pub practices: Practices,
}

/// What one client's facts bring to the figures of the firm: sums that can be added up.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmPart {
    mix: mix::MixPart,
    /// All income since the book began.
    pub(super) income_ever: Answer<Money>,
    /// Its expenses of the last 12 months.
    pub(super) spent: Answer<Money>,
    pub(super) hours: look::Hours,
    /// Whether the firm works or worked for it.
    served: bool,
    /// What is said for each criterion; empty where it is not looked at.
    fit: Vec<Option<bool>>,
    pub(super) jobs: second::Jobs,
    pub(super) new_deals: Vec<new_work::NewDeal>,
    introducing: introductions::Introducing,
    pub(super) meeting: channels::Meeting,
    given: gifts::Given,
    held_up: Vec<hesitations::HeldUp>,
    practised: practices::Practised,
}

impl FirmPart {
    /// Whether the firm works or worked for the client.
    pub(super) fn is_served(&self) -> bool {
        self.served
    }

    /// What a client brings, from its facts as `known` at the end of `day`.
    pub(super) fn of(
        business: &Business,
        stages: &[Stage],
        known: &ClientFacts,
        invoices: &[Standing<'_>],
        day: NaiveDate,
    ) -> Self {
        let look = Look::new(business, stages, known, invoices, day);
        let jobs = second::Jobs::of(&look);
        Self {
            mix: mix::MixPart::of(&look),
            income_ever: look.income_ever(),
            spent: look.spent_recently(),
            hours: look.hours(),
            served: look.is_served(),
            fit: fit::answers(&look),
            new_deals: new_work::new_deals(&look),
            introducing: introductions::Introducing::of(&look),
            meeting: channels::Meeting::of(&look, &jobs),
            given: gifts::Given::of(&look),
            held_up: hesitations::held_up(&look),
            practised: practices::Practised::of(&look),
            jobs,
        }
    }
}

impl Firm {
    /// The figures of the firm from those of all its clients as of `day`, and its settings.
    #[must_use]
    pub fn of(business: &Business, clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let introduced = Introduced::among(clients);
        let hours = look::Hours::of_all(clients);
        let concentration = Concentration::of(business, clients, hours);
        Self {
            day,
            currency: business.currency,
            mix: Mix::of(business, clients, day),
            spread: Spread::of(&concentration),
            concentration,
            fit: WantedFit::of(business, clients),
            ceiling: CeilingOfTime::of(business, day),
            second_deals: SecondDeals::of(clients, day),
            new_work: NewWork::of(business, clients, &introduced),
            channels: Channels::of(clients, business.threshold_days(Threshold::NewContactDays)),
            trust: Trust::of(business, clients, &introduced),
            at_risk: MoneyAtRisk::of(business, clients),
            gifts: Gifts::of(business, clients, hours, day),
            origins: Origins::of(business, clients),
            value_talks: ValueTalks::of(business, clients),
            practices: Practices::of(business, clients),
        }
    }
}
