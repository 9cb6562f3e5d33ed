//! How a kind of item looks: its icon, and how urgent that kind is.

use crate::figures::today::{Family, ItemKind};
use crate::kit::icon;
use crate::kit::theme::Tone;

/// The icon of a kind.
pub(super) fn icon_of(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::OverdueInvoice | ItemKind::DisputedInvoice => icon::INVOICE,
        ItemKind::BrokenPromiseToPay | ItemKind::MissingDownPayment => icon::PAYMENT,
        ItemKind::DeliveredNotInvoiced => icon::RECEIPT,
        ItemKind::BreakEvenProject => icon::TREND_DOWN,
        ItemKind::Implausible => icon::WARNING,
        ItemKind::NewContact => icon::ADD_CLIENT,
        ItemKind::StalledProposal | ItemKind::UnsignedAgreement => icon::PROPOSAL,
        ItemKind::PricePushed => icon::CASH,
        ItemKind::DoorCheckFailed => icon::HELP,
        ItemKind::NextStepDue => icon::FLAG,
        ItemKind::Silent | ItemKind::FeedbackOwed => icon::CLOCK,
        ItemKind::Unanswered => icon::CHAT,
        ItemKind::IdeaToFollow => icon::INFO,
        ItemKind::MyPromiseDue | ItemKind::TheirPromiseBroken => icon::HANDLED,
        ItemKind::RenewalNear => icon::RENEWAL,
        ItemKind::ReviewDue => icon::TARGET,
        ItemKind::TemperatureDue => icon::OKAY,
        ItemKind::ThanksDue | ItemKind::GoodWordDue => icon::GIFT,
        ItemKind::CashBelowReserve | ItemKind::ToxicPattern => icon::WARNING,
        ItemKind::DrySpell => icon::TREND_DOWN,
        ItemKind::RenewalUnsure => icon::RENEWAL,
        ItemKind::ReportDue => icon::TARGET,
        ItemKind::CheckInFirst => icon::CHAT,
        ItemKind::MomentToAsk => icon::OKAY,
        ItemKind::MaintenanceOffer => icon::PROPOSAL,
        ItemKind::FeeUnchanged => icon::CASH,
    }
}

/// The icon of a family.
pub(super) fn icon_of_family(family: Family) -> &'static str {
    match family {
        Family::Money => icon::CASH,
        Family::Winning => icon::TARGET,
        Family::Keeping => icon::CLIENTS,
    }
}

/// Risk where a word was broken or a number is wrong, watch where a term has passed, else no judgement: a queue in which
/// everything is red says nothing.
pub(super) fn tone_of(kind: ItemKind) -> Tone {
    match kind {
        ItemKind::BrokenPromiseToPay | ItemKind::MissingDownPayment | ItemKind::Implausible => Tone::Risk,
        ItemKind::OverdueInvoice
        | ItemKind::DisputedInvoice
        | ItemKind::UnsignedAgreement
        | ItemKind::DoorCheckFailed
        | ItemKind::CashBelowReserve
        | ItemKind::DrySpell
        | ItemKind::ToxicPattern
        | ItemKind::MyPromiseDue
        | ItemKind::TheirPromiseBroken => Tone::Watch,
        _ => Tone::Neutral,
    }
}
