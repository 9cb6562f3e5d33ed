//! Gates: what speaks against a deal being in a stage. They warn, and never block.

use chrono::NaiveDate;

use crate::domain::{Business, ClientFacts, Deal};

/// What a gate warns of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateKind {
    /// A proposal nobody asked for.
    NobodyAsked,
    /// A proposal before the price was told.
    PriceUntold,
    /// A proposal before the terms were told.
    TermsUntold,
    /// A proposal before it is known who decides.
    DeciderUnknown,
    /// Work without a signed agreement.
    Unsigned,
    /// Work without a down payment.
    NoDownPayment,
    /// A stepping-stone client owes more than its cap.
    OverCap,
}

/// A warning at the entrance of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// What it warns of.
    pub kind: GateKind,
    /// In a sentence without a full stop: `nobody asked for this proposal`.
    pub because: String,
}

impl GateKind {
    /// Its name in a book (`override_of` of a stage) and in reports.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::NobodyAsked => "nobody-asked",
            Self::PriceUntold => "price-untold",
            Self::TermsUntold => "terms-untold",
            Self::DeciderUnknown => "decider-unknown",
            Self::Unsigned => "unsigned",
            Self::NoDownPayment => "no-down-payment",
            Self::OverCap => "over-cap",
        }
    }
}

/// What speaks against `deal` being in the stage with the id `stage`, from the facts `known` by the end of `day`.
#[must_use]
pub fn gates(
    business: &Business,
    known: &ClientFacts,
    deal: &Deal,
    stage: &str,
    day: NaiveDate,
) -> Vec<Gate> {
    let _ = (business, known, deal, stage, day);
    Vec::new()
}
