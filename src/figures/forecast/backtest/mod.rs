//! The forecast scores itself: what it would have said on past days, beside what came.
//!
//! At each cut-off the book is cut back to what was known then, so that no prediction can peek at what followed. Only then
//! is the rest of the book looked at, to see what came.

mod cash;
mod prediction;

use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::score::Score;
use super::{Habits, Hindsight};
use crate::domain::{Book, Currency, add_days, days_between};
use crate::figures::{Answer, Unknown};

pub use cash::{CashCheck, CashScore, cash_checks};
pub(super) use cash::{ToCome, WEEKS, to_come};
pub use prediction::{Prediction, predictions};

/// So many invoices must be paid before the first cut-off, where none is named.
const ENOUGH_PAID: usize = 20;

/// Which past days are looked back from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The first cut-off.
    pub from: NaiveDate,
    /// The last day that can be one.
    pub to: NaiveDate,
    /// Days from one cut-off to the next; at least 1.
    pub every: u32,
}

/// Past forecasts of a book, and how they held.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Which days were looked back from.
    pub plan: Plan,
    /// The currency of the cash.
    pub currency: Currency,
    /// Every invoice that was open at a cut-off, cut-off by cut-off.
    pub predictions: Vec<Prediction>,
    /// What was to come in by the week ends after each cut-off, as far as these are past.
    pub cash: Vec<CashCheck>,
    /// How that held.
    pub cash_scores: Vec<CashScore>,
    /// How the predictions held of what was paid since; `None` where nothing was.
    pub forecast: Option<Score>,
    /// The same for "paid on the due date".
    pub due_day: Option<Score>,
    /// The same for "paid as late as this client's invoices were on average".
    pub client_mean: Option<Score>,
}

impl Plan {
    /// The usual plan: every 28 days from the day by which 20 invoices were paid, until the last day on which anything was
    /// invoiced or paid; nothing later than `today`.
    ///
    /// # Errors
    /// When fewer than 20 invoices were paid.
    pub fn usual(book: &Book, today: NaiveDate) -> Answer<Self> {
        let invoices = || book.clients().flat_map(|client| &client.facts.invoices);
        let mut paid: Vec<NaiveDate> =
            invoices().filter_map(|it| super::habits::taught_on(it)).filter(|day| *day <= today).collect();
        paid.sort_unstable();
        let from = paid.get(ENOUGH_PAID - 1).copied().ok_or_else(|| {
            let count = paid.len();
            Unknown(format!("a back-test needs {ENOUGH_PAID} paid invoices, and the book has {count}"))
        })?;
        Ok(Self { from, to: Self::last_day(book, today).unwrap_or(from), every: 28 })
    }

    /// The last day, up to `today`, on which anything was invoiced or paid.
    #[must_use]
    pub fn last_day(book: &Book, today: NaiveDate) -> Option<NaiveDate> {
        let invoices = book.clients().flat_map(|client| &client.facts.invoices);
        let days = invoices
            .flat_map(|it| std::iter::once(it.issued).chain(it.received().map(|payment| payment.day)));
        days.filter(|day| *day <= today).max()
    }

    /// The cut-offs, in order.
    pub fn cutoffs(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let Self { from, to, every } = *self;
        let every = i64::from(every.max(1));
        let steps = days_between(from, to);
        (0..=steps).step_by(usize::try_from(every).unwrap_or(1)).map(move |days| add_days(from, days))
    }
}

impl Backtest {
    /// Looks back at the forecasts of a book. `progress` hears how many cut-offs of how many are done, and may break off.
    ///
    /// Returns `None` when it was broken off.
    pub fn of(
        book: &Book,
        plan: &Plan,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Self> {
        let cutoffs: Vec<NaiveDate> = plan.cutoffs().collect();
        let last = Plan::last_day(book, NaiveDate::MAX).unwrap_or(plan.to);
        let mut hindsight = Hindsight::of(book);
        let (mut made, mut cash) = (Vec::new(), Vec::new());
        for (done, cutoff) in cutoffs.iter().enumerate() {
            if progress(done, cutoffs.len()).is_break() {
                return None;
            }
            let known = book.as_of(*cutoff);
            let habits = Habits::of(&known, *cutoff);
            made.extend(predictions(&habits, &known, book));
            cash.extend(cash_checks(&habits, &known, book, last, hindsight.strengths(*cutoff)));
        }
        let _ = progress(cutoffs.len(), cutoffs.len());
        let score = |of: fn(&Prediction) -> Option<super::Judged>| {
            Score::of(&made.iter().filter_map(of).collect::<Vec<_>>())
        };
        let forecast = score(|it| it.judged);
        let due_day = score(|it| it.due_day);
        let client_mean = score(|it| it.client_mean);
        let cash_scores = CashScore::all(&cash);
        Some(Self {
            plan: *plan,
            currency: book.currency(),
            predictions: made,
            cash,
            cash_scores,
            forecast,
            due_day,
            client_mean,
        })
    }
}
