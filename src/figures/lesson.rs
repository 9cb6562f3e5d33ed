//! Lessons of written-off invoices, which come back as checks at the next similar deal.
//!
//! An invoice that was written off teaches something where a lesson was noted for it, and where we had misunderstood each
//! other: then what was written off is to be agreed in writing the next time, noted or not. It counts as long as health
//! looks back: `health_months` (24) months from the day it was written off.
//!
//! A lesson comes back at a deal that is open and on which work has not begun, and never at the deal it was learnt from.
//! It is similar when it was learnt from the same client, or when both rest on the same basis, as far as that is known.
//! Those of the same client come first, each group the newest first, and no deal has more than [`CHECKS`].
//!
//! A client's figures hold only what was learnt from that client and which of its deals have yet to begin; [`Lessons`] is
//! folded from all of them. The two meet where a deal is shown or moved ([`Figures::checks`]), so that a lesson of one
//! client never changes the figures of another.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Basis, ClientFacts, ClientId, Deal, DealId, Invoice, InvoiceId, Money, Phase, Stage, WriteOffCause,
};

use super::fold::{Change, Side, replaced};
use super::gate::works;
use super::health::Look;
use super::kind::phase_of;
use super::words::date;
use super::{Card, CardKey, Figures};

/// A deal has at most so many checks.
pub const CHECKS: usize = 3;

/// What a written-off invoice teaches.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The client it was learnt from.
    pub client: ClientId,
    /// What that client is called.
    pub client_name: Arc<str>,
    /// The invoice.
    pub invoice: InvoiceId,
    /// The number on it.
    pub number: String,
    /// The deal it was for.
    pub deal: Option<DealId>,
    /// What its income would have rested on.
    pub basis: Option<Basis>,
    /// When it was written off.
    pub day: NaiveDate,
    /// Why.
    pub cause: WriteOffCause,
    /// What to check, in a sentence without a full stop.
    pub check: String,
}

/// What one client brings to the lessons of a book, and where they can come back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LessonPart {
    /// What was learnt from it, the newest first.
    pub learnt: Vec<Arc<Lesson>>,
    /// Its open deals on which work has not begun, and what each rests on.
    pub to_begin: Vec<(DealId, Option<Basis>)>,
}

/// All lessons of a book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lessons {
    /// By what their income would have rested on, the newest first. Where that is not known, only the same client's deals
    /// are similar.
    by_basis: BTreeMap<Basis, Vec<Arc<Lesson>>>,
}

impl Lesson {
    /// What an invoice teaches by the day looked at; `None` where it was not written off in the window, or teaches nothing.
    fn of(look: &Look<'_>, name: &Arc<str>, invoice: &Invoice) -> Option<Self> {
        let write_off = invoice.write_off.as_ref().filter(|it| look.is_recent(it.day))?;
        let noted = write_off.lesson.as_deref().map(|lesson| lesson.trim().trim_end_matches('.'));
        let noted = noted.filter(|lesson| !lesson.is_empty()).map(str::to_owned);
        let misunderstood = write_off.cause == WriteOffCause::Misunderstanding;
        let check = noted.or_else(|| misunderstood.then(|| ask_for_writing(invoice)))?;
        Some(Self {
            client: look.known.id().clone(),
            client_name: name.clone(),
            invoice: invoice.id.clone(),
            number: invoice.number.clone(),
            deal: invoice.deal.clone(),
            basis: basis_of(look.known, invoice),
            day: write_off.day,
            cause: write_off.cause,
            check,
        })
    }

    /// What to check, and from where that is known: `Check: Say how many rounds the price holds (R-1017 of Acme, written
    /// off 3 May, misunderstanding)`.
    #[must_use]
    pub fn words(&self, said_on: NaiveDate) -> String {
        let cause = match self.cause {
            WriteOffCause::Misunderstanding => "misunderstanding",
            WriteOffCause::Dissatisfied => "not content",
            WriteOffCause::Cannot => "cannot pay",
            WriteOffCause::WillNot => "will not pay",
        };
        let day = date(self.day, said_on);
        format!("Check: {} ({} of {}, written off {day}, {cause})", self.check, self.number, self.client_name)
    }
}

impl LessonPart {
    /// One client's part, by its `name`, from what is looked at.
    pub(super) fn of(look: &Look<'_>, name: &Arc<str>) -> Self {
        let facts = &look.known.facts;
        let learnt = facts.invoices.iter().filter_map(|invoice| Lesson::of(look, name, invoice));
        let mut learnt: Vec<_> = learnt.map(Arc::new).collect();
        learnt.sort_by(newest);
        let to_begin = facts.deals.iter().filter(|deal| is_to_begin(look.stages, deal));
        let to_begin = to_begin.map(|deal| (deal.id.clone(), deal.basis)).collect();
        Self { learnt, to_begin }
    }
}

impl Lessons {
    /// The lessons of a book from those `before` and what changed since: the same `Arc` where no lesson did.
    pub(super) fn next(before: Option<&Arc<Self>>, change: &Change) -> Arc<Self> {
        let before = before.cloned().unwrap_or_default();
        let (mut gone, mut come) = (by_basis(&change.gone), by_basis(&change.come));
        if gone == come {
            return before;
        }
        let mut next = before.by_basis.clone();
        let touched: BTreeSet<Basis> = gone.keys().chain(come.keys()).copied().collect();
        for basis in touched {
            let (gone, come) = (gone.remove(&basis), come.remove(&basis));
            let lessons = next.entry(basis).or_default();
            *lessons = replaced(lessons, gone.unwrap_or_default(), come.unwrap_or_default(), newest);
        }
        next.retain(|_, lessons| !lessons.is_empty());
        Arc::new(Self { by_basis: next })
    }

    /// Those learnt where income rests on a basis, the newest first.
    fn of_basis(&self, basis: Option<Basis>) -> &[Arc<Lesson>] {
        basis.and_then(|basis| self.by_basis.get(&basis)).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Figures {
    /// What comes back at a client's deal, as checks before work on it begins: the client's own lessons first, then those
    /// of others, each the newest first; at most [`CHECKS`].
    #[must_use]
    pub fn checks(&self, client: &ClientId, deal: &DealId) -> Vec<Arc<Lesson>> {
        let Some(client) = self.client(client) else { return Vec::new() };
        let mut to_begin = client.lessons.to_begin.iter();
        let Some((_, basis)) = to_begin.find(|(id, _)| id == deal) else { return Vec::new() };
        let own = client.lessons.learnt.iter().filter(|lesson| lesson.deal.as_ref() != Some(deal));
        let of_others = self.lessons.of_basis(*basis).iter().filter(|lesson| lesson.client != client.id);
        own.chain(of_others).take(CHECKS).cloned().collect()
    }

    /// What comes back at the deal of a card; nothing at a client without one.
    #[must_use]
    pub fn checks_of(&self, card: &Card) -> Vec<Arc<Lesson>> {
        match &card.key {
            CardKey::Deal(deal) => self.checks(&card.client, deal),
            CardKey::Client(_) => Vec::new(),
        }
    }
}

/// The newest first; those of one day by their clients and invoices.
fn newest(a: &Arc<Lesson>, b: &Arc<Lesson>) -> Ordering {
    let order = |it: &Lesson| Reverse(it.day);
    order(a).cmp(&order(b)).then_with(|| (&a.client, &a.invoice).cmp(&(&b.client, &b.invoice)))
}

fn by_basis(side: &Side) -> BTreeMap<Basis, Vec<Arc<Lesson>>> {
    let mut found: BTreeMap<Basis, Vec<Arc<Lesson>>> = BTreeMap::new();
    for lesson in side.clients.iter().flat_map(|client| &client.lessons.learnt) {
        if let Some(basis) = lesson.basis {
            found.entry(basis).or_default().push(lesson.clone());
        }
    }
    found
}

/// Without a lesson, a misunderstanding says: what was written off, and whether it is agreed in writing this time.
fn ask_for_writing(invoice: &Invoice) -> String {
    let (total, paid) = (invoice.total(), invoice.paid());
    let lost = Money::new(total.amount.saturating_sub(paid.amount), total.currency);
    let for_what = invoice.lines.iter().find(|line| !line.price.is_zero());
    let for_what = for_what.map(|line| format!(" for “{}”", line.result.trim())).unwrap_or_default();
    format!("{lost}{for_what} was written off; is it agreed in writing this time what is to be done?")
}

/// What an invoice's income rests on: the basis of its deal, or a retainer's fee.
fn basis_of(known: &ClientFacts, invoice: &Invoice) -> Option<Basis> {
    if let Some(deal) = &invoice.deal {
        return known.facts.deals.iter().find(|it| it.id == *deal)?.basis;
    }
    let fee_of = invoice.retainer.as_ref()?;
    let retainer = known.facts.retainers.iter().find(|it| it.id == *fee_of);
    Some(retainer.and_then(|it| it.basis).unwrap_or(Basis::Retainer))
}

/// Whether a deal is open and work on it has not begun. One in no stage, or in one that the book does not list, is open.
fn is_to_begin(stages: &[Stage], deal: &Deal) -> bool {
    let phase = deal.stage().and_then(|at| phase_of(stages, &at.stage));
    let over = matches!(phase, Some(Phase::Closed | Phase::Lost)) || deal.delivered.is_some();
    !over && !deal.stages.iter().any(|entered| works(stages, &entered.stage))
}
