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
//! Moving a deal into work names all of its checks. A page or a board says each lesson once, where it is needed next: at the
//! deal that has come furthest; of those that came as far, at the one whose next step is due first, then at the one that
//! stands there longest.
//!
//! A client's figures hold only what was learnt from that client and which of its deals have yet to begin; [`Lessons`] is
//! folded from all of them. The two meet where a deal is shown or moved ([`Figures::checks`]), so that a lesson of one
//! client never changes the figures of another.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    Basis, Book, ClientFacts, ClientId, Deal, DealId, Invoice, InvoiceId, Money, Phase, Stage, WriteOffCause,
};

use super::fold::{Change, Side, replaced};
use super::gate::works;
use super::health::Look;
use super::jobs::phase_of;
use super::words::{amount_in_full, date};
use super::{Card, CardKey, Client, Figures};

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
    /// Its open deals on which work has not begun, the one that begins next first.
    pub to_begin: Vec<Arc<ToBegin>>,
}

/// An open deal on which work has not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToBegin {
    /// Whose it is.
    pub client: ClientId,
    /// Which.
    pub deal: DealId,
    /// What its income rests on.
    pub basis: Option<Basis>,
    /// How far it has come: the position of its stage.
    stage: Option<usize>,
    /// When its next step is due.
    due: Option<NaiveDate>,
    /// Since when it stands in its stage.
    entered: Option<NaiveDate>,
}

/// All lessons of a book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lessons {
    /// By what their income would have rested on, the newest first. Where that is not known, only the same client's deals
    /// are similar.
    by_basis: BTreeMap<Basis, Vec<Arc<Lesson>>>,
    /// The deals on which work has not begun by what they rest on, the one that begins next first.
    to_begin: BTreeMap<Basis, Vec<Arc<ToBegin>>>,
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
        let mut to_begin: Vec<_> = to_begin.map(|deal| Arc::new(ToBegin::of(look, deal))).collect();
        to_begin.sort_by(begins_before);
        Self { learnt, to_begin }
    }

    /// The deal at which a lesson of this client is needed next among its own.
    fn next_of_own(&self, lesson: &Lesson) -> Option<&ToBegin> {
        self.to_begin.iter().map(AsRef::as_ref).find(|it| lesson.deal.as_ref() != Some(&it.deal))
    }
}

impl ToBegin {
    fn of(look: &Look<'_>, deal: &Deal) -> Self {
        let at = deal.stage();
        Self {
            client: deal.client.clone(),
            deal: deal.id.clone(),
            basis: deal.basis,
            stage: at.and_then(|at| look.stages.iter().position(|stage| stage.id == at.stage)),
            due: deal.next_step.as_ref().map(|step| step.due),
            entered: at.map(|at| at.day),
        }
    }
}

/// The one that has come furthest first; see the top of the file.
fn begins_before(a: &Arc<ToBegin>, b: &Arc<ToBegin>) -> Ordering {
    let order = |it: &ToBegin| (Reverse(it.stage), it.due.is_none(), it.due, it.entered);
    order(a).cmp(&order(b)).then_with(|| (&a.client, &a.deal).cmp(&(&b.client, &b.deal)))
}

impl Lessons {
    /// The lessons of a book from those `before` and what changed since: the same `Arc` where no lesson did.
    pub(super) fn next(before: Option<&Arc<Self>>, change: &Change) -> Arc<Self> {
        let before = before.cloned().unwrap_or_default();
        let lessons = |side: &Side| {
            let all = side.clients.iter().flat_map(|client| &client.lessons.learnt);
            by_basis(all.map(|lesson| (lesson.basis, lesson)))
        };
        let deals = |side: &Side| {
            let all = side.clients.iter().flat_map(|client| &client.lessons.to_begin);
            by_basis(all.map(|deal| (deal.basis, deal)))
        };
        let learnt = (lessons(&change.gone), lessons(&change.come));
        let to_begin = (deals(&change.gone), deals(&change.come));
        if learnt.0 == learnt.1 && to_begin.0 == to_begin.1 {
            return before;
        }
        Arc::new(Self {
            by_basis: moved(&before.by_basis, learnt, newest),
            to_begin: moved(&before.to_begin, to_begin, begins_before),
        })
    }

    /// The deal at which a lesson is needed next among those of other clients that rest on a basis.
    fn next_of_others(&self, basis: Basis, lesson: &Lesson) -> Option<&ToBegin> {
        let deals = self.to_begin.get(&basis)?;
        deals.iter().map(AsRef::as_ref).find(|deal| deal.client != lesson.client)
    }

    /// Those learnt where income rests on a basis, the newest first.
    fn of_basis(&self, basis: Option<Basis>) -> &[Arc<Lesson>] {
        basis.and_then(|basis| self.by_basis.get(&basis)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What comes back at a deal as it is being changed, before work on it begins, from a book as it is known by the end of `day`: the
/// same as [`Figures::checks`] says of the deal as it stands in the book.
#[must_use]
pub fn checks_at(book: &Book, deal: &Deal, day: NaiveDate) -> Vec<Arc<Lesson>> {
    let stages = book.business().stages();
    if !is_to_begin(&stages, deal) {
        return Vec::new();
    }
    // Few clients cost anything: the others need not be looked at.
    let lost = book.clients().filter(|it| it.facts.invoices.iter().any(|bill| bill.write_off.is_some()));
    let learnt = lost.filter_map(|client| {
        let known = client.as_of(day)?;
        let look = Look::new(book.business(), &stages, &known, &[], day);
        let name: Arc<str> = known.client.name.as_str().into();
        let lessons = known.facts.invoices.iter().filter_map(|invoice| Lesson::of(&look, &name, invoice));
        Some(lessons.map(Arc::new).collect::<Vec<_>>())
    });
    let (mut own, mut others): (Vec<_>, Vec<_>) =
        learnt.flatten().partition(|lesson| lesson.client == deal.client);
    own.retain(|lesson| lesson.deal.as_ref() != Some(&deal.id));
    others.retain(|lesson| lesson.basis.is_some() && lesson.basis == deal.basis);
    own.sort_by(newest);
    others.sort_by(newest);
    own.into_iter().chain(others).take(CHECKS).collect()
}

impl Figures {
    /// What comes back at a client's deal, as checks before work on it begins: the client's own lessons first, then those
    /// of others, each the newest first; at most [`CHECKS`].
    #[must_use]
    pub fn checks(&self, client: &ClientId, deal: &DealId) -> Vec<Arc<Lesson>> {
        let Some(client) = self.client(client) else { return Vec::new() };
        let mut to_begin = client.lessons.to_begin.iter();
        let Some(ToBegin { basis, .. }) = to_begin.find(|it| it.deal == *deal).map(AsRef::as_ref) else {
            return Vec::new();
        };
        let own = client.lessons.learnt.iter().filter(|lesson| lesson.deal.as_ref() != Some(deal));
        let of_others = self.lessons.of_basis(*basis).iter().filter(|lesson| lesson.client != client.id);
        own.chain(of_others).take(CHECKS).cloned().collect()
    }

    /// Of what comes back at the deals of a client, what its page says at each: a lesson once.
    pub(super) fn checks_on_page(&self, client: &Client) -> BTreeMap<DealId, Vec<Arc<Lesson>>> {
        let mut said: BTreeSet<(ClientId, InvoiceId)> = BTreeSet::new();
        let to_begin = client.lessons.to_begin.iter();
        let of_deals = to_begin.map(|it| {
            let mut checks = self.checks(&client.id, &it.deal);
            checks.retain(|lesson| said.insert((lesson.client.clone(), lesson.invoice.clone())));
            (it.deal.clone(), checks)
        });
        of_deals.collect()
    }

    /// Of what comes back at the deal of a card, what the board says there: each lesson once on the whole board.
    #[must_use]
    pub fn checks_on_board(&self, card: &Card) -> Vec<Arc<Lesson>> {
        let (CardKey::Deal(deal), Some(client)) = (&card.key, self.client(&card.client)) else {
            return Vec::new();
        };
        let basis = client.lessons.to_begin.iter().find(|it| it.deal == *deal).and_then(|it| it.basis);
        let is_next = |lesson: &Arc<Lesson>| {
            let next = if lesson.client == client.id {
                client.lessons.next_of_own(lesson)
            } else {
                basis.and_then(|basis| self.lessons.next_of_others(basis, lesson))
            };
            next.is_some_and(|next| next.deal == *deal)
        };
        let mut checks = self.checks(&client.id, deal);
        checks.retain(is_next);
        checks
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

type ByBasis<T> = BTreeMap<Basis, Vec<Arc<T>>>;

fn by_basis<'a, T: 'a>(all: impl Iterator<Item = (Option<Basis>, &'a Arc<T>)>) -> ByBasis<T> {
    let mut found = ByBasis::new();
    for (basis, one) in all {
        if let Some(basis) = basis {
            found.entry(basis).or_default().push(one.clone());
        }
    }
    found
}

/// The lists `before` without what is gone and with what has come.
fn moved<T>(
    before: &ByBasis<T>,
    (mut gone, mut come): (ByBasis<T>, ByBasis<T>),
    order: fn(&Arc<T>, &Arc<T>) -> Ordering,
) -> ByBasis<T> {
    let mut next = before.clone();
    let touched: BTreeSet<Basis> = gone.keys().chain(come.keys()).copied().collect();
    for basis in touched {
        let (gone, come) = (gone.remove(&basis), come.remove(&basis));
        let list = next.entry(basis).or_default();
        *list = replaced(list, gone.unwrap_or_default(), come.unwrap_or_default(), order);
    }
    next.retain(|_, list| !list.is_empty());
    next
}

/// Without a lesson, a misunderstanding says: what was written off, and whether it is agreed in writing this time.
fn ask_for_writing(invoice: &Invoice) -> String {
    let (asked, paid) = (invoice.asked(), invoice.paid());
    let lost = Money::new(asked.amount.saturating_sub(paid.amount), asked.currency);
    let for_what = invoice.lines.iter().find(|line| !line.price.is_zero());
    let for_what = for_what.map(|line| format!(" for “{}”", line.result.trim())).unwrap_or_default();
    format!(
        "{}{for_what} was written off; is it agreed in writing this time what is to be done?",
        amount_in_full(lost)
    )
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
