//! Gates: what speaks against a deal being in a stage. They warn, and never block.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Agreement, Business, ClientFacts, ClientKind, Deal, Money, Phase, Stage, Threshold};

use super::asked::DownPayments;
use super::kind::kind_on;
use super::proposal::is_of_proposals;
use super::standing::Standing;
use super::words::amount_in_full;
use super::{Answer, Ledger, Lesson};

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
    /// Work on a deal like one of which an invoice was written off.
    Lesson,
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
            Self::Lesson => "lesson",
        }
    }
}

/// What speaks against `deal` being in the stage with the id `stage`, from the facts `known` by the end of `day`.
///
/// Proposals are looked at in their stage: `proposal`, or the last open one where a book has none of that id. Work is what comes
/// after the first stage of work agreed.
#[must_use]
pub fn gates(
    business: &Business,
    known: &Arc<ClientFacts>,
    deal: &Deal,
    stage: &str,
    day: NaiveDate,
) -> Vec<Gate> {
    let stages = business.stages();
    let over_cap = works(&stages, stage).then(|| over_cap_on(business, &stages, known, day)).flatten();
    let down = DownPayments::of(&known.facts, std::iter::once(deal));
    Entrance { business, stages: &stages, known, down, over_cap, day }.gates(deal, stage)
}

/// The entrances of the stages for the deals of one client, of whom all is known that each of these deals would ask again.
pub(super) struct Entrance<'a> {
    pub(super) business: &'a Business,
    pub(super) stages: &'a [Stage],
    /// The client's facts as known at the end of `day`.
    pub(super) known: &'a ClientFacts,
    pub(super) down: DownPayments<'a>,
    /// What speaks against working for it at all, see [`over_cap`].
    pub(super) over_cap: Option<Gate>,
    pub(super) day: NaiveDate,
}

impl Entrance<'_> {
    /// What speaks against a deal of the client being in a stage.
    pub(super) fn gates(&self, deal: &Deal, stage: &str) -> Vec<Gate> {
        let mut gates = Vec::new();
        if is_of_proposals(self.stages, stage) {
            before_a_proposal(self.known, deal, &mut gates);
        }
        if works(self.stages, stage) {
            self.before_work(deal, &mut gates);
            gates.extend(self.over_cap.clone());
        }
        gates
    }

    fn before_work(&self, deal: &Deal, gates: &mut Vec<Gate>) {
        let agreement = deal.agreement.as_ref();
        if !agreement.is_some_and(Agreement::is_signed) {
            let because = match agreement {
                Some(it) if it.refusal().is_some() => "they refused to sign the agreement",
                Some(_) => "the agreement is not signed",
                None => "there is no agreement in writing",
            };
            gates.push(Gate::new(GateKind::Unsigned, because));
        }
        match &deal.down_payment {
            None => gates.push(Gate::new(GateKind::NoDownPayment, "no down payment was asked for")),
            Some(down) if self.down.to_come(self.business, deal, self.day).is_some() => {
                let because = format!("the down payment of {} has not come", amount_in_full(down.amount));
                gates.push(Gate { kind: GateKind::NoDownPayment, because });
            }
            Some(_) => {}
        }
    }
}

/// What the lessons that come back at a deal say of its being moved into a stage: nothing but before work.
#[must_use]
pub fn gates_of_lessons(
    business: &Business,
    stage: &str,
    lessons: &[Arc<Lesson>],
    day: NaiveDate,
) -> Vec<Gate> {
    let lessons = if works(&business.stages(), stage) { lessons } else { &[] };
    lessons.iter().map(|lesson| Gate { kind: GateKind::Lesson, because: lesson.words(day) }).collect()
}

impl Gate {
    fn new(kind: GateKind, because: &str) -> Self {
        Self { kind, because: because.to_owned() }
    }
}

/// Whether a stage is one of work: what comes after the first stage of work agreed.
pub(super) fn works(stages: &[Stage], stage: &str) -> bool {
    let won = || stages.iter().filter(|it| it.phase == Phase::Won);
    let first = usize::from(won().count() > 1);
    won().skip(first).any(|it| it.id == stage)
}

fn before_a_proposal(known: &ClientFacts, deal: &Deal, gates: &mut Vec<Gate>) {
    if deal.proposal.as_ref().is_none_or(|proposal| proposal.asked.is_none()) {
        gates.push(Gate::new(GateKind::NobodyAsked, "nobody asked for a proposal"));
    }
    if deal.price_told.is_none() {
        gates.push(Gate::new(GateKind::PriceUntold, "the price was not told before"));
    }
    if deal.terms_told.is_none() {
        gates.push(Gate::new(GateKind::TermsUntold, "the terms were not told before"));
    }
    let decider_known =
        deal.decider.is_some() || known.client.people.iter().any(|it| it.decides == Some(true));
    if !decider_known {
        gates.push(Gate::new(GateKind::DeciderUnknown, "it is not known who decides"));
    }
}

/// The warning of a stepping-stone client that owes more than its cap.
pub(super) fn over_cap(
    business: &Business,
    owed: &Answer<Money>,
    kind: impl FnOnce() -> Option<ClientKind>,
) -> Option<Gate> {
    let owed = owed.as_ref().ok()?;
    let cap = Money::new(business.threshold(Threshold::SteppingStoneCap), business.currency);
    if owed.amount <= cap.amount {
        return None;
    }
    (kind()? == ClientKind::SteppingStone).then(|| Gate {
        kind: GateKind::OverCap,
        because: format!(
            "a stepping-stone client owes {}, more than {}",
            amount_in_full(*owed),
            amount_in_full(cap)
        ),
    })
}

/// The same from facts of which nothing else was made yet.
fn over_cap_on(
    business: &Business,
    stages: &[Stage],
    known: &Arc<ClientFacts>,
    day: NaiveDate,
) -> Option<Gate> {
    let invoices: Vec<_> = known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
    let ledger = Ledger::of(&invoices, business, day);
    let kind = || Some(kind_on(business, stages, known, day)?.kind);
    over_cap(business, &ledger.receivables, kind)
}
