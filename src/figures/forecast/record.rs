//! How past forecasts of a book held: honesty, in a few figures.
//!
//! Every week of the last half year whose eight weeks have passed is looked back from. The book is cut back to what was
//! known then; what its invoices were to bring within eight weeks is drawn, and held against what they brought. A range from
//! the 10 % to the 90 % quantile should hold eight times in ten.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, InvoiceId, add_days};

use super::backtest::{CashCheck, Prediction, cash_checks, predictions};
use super::{Habits, Hindsight, LEVELS};

/// So many weeks are looked back from.
const FORECASTS: i64 = 26;
/// So many weeks each forecast looks ahead.
const WEEKS: u32 = 8;
/// Before so many invoices were paid a forecast had little to go by, and says little about later ones.
const ENOUGH_PAID: usize = 10;
/// With fewer forecasts than this it is too early to judge.
const ENOUGH_FORECASTS: usize = 8;
/// The levels that are looked at, among [`LEVELS`]: 10, 25, 50, 75 and 90 %.
const LOOKED_AT: [usize; 5] = [1, 4, 9, 14, 17];

/// How past forecasts of a book held.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRecord {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// Eight-week forecasts of cash, oldest first.
    pub cash: Vec<CashCheck>,
    /// How often invoices were paid by the day of each level.
    pub levels: Vec<Calibrated>,
    /// From how many invoices the levels are.
    pub invoices: usize,
}

/// How often invoices were paid by the day until which that was so likely.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// The chance that was told.
    pub said: f64,
    /// The share that was paid by then.
    pub came: f64,
    /// From how many predictions.
    pub count: usize,
    /// Each of them, in the order they were made.
    pub told: Vec<Told>,
}

/// A day that was told for an invoice, and whether it was paid by then.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Its own number.
    pub number: String,
    /// Who was to pay.
    pub client: ClientId,
    /// The day it was told on …
    pub cutoff: NaiveDate,
    /// … and the day told.
    pub by: NaiveDate,
    /// Whether it was paid by then.
    pub paid: bool,
}

impl TrackRecord {
    /// How the forecasts of `book` held, as known at the end of `day`. `go_on` is asked before each of them, and may break
    /// off.
    ///
    /// # Errors
    /// Breaks when it was broken off.
    pub fn of(
        book: &Book,
        day: NaiveDate,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> ControlFlow<(), Self> {
        let later = book.as_of(day);
        let mut hindsight = Hindsight::of(&later);
        let (mut cash, mut made) = (Vec::new(), Vec::new());
        for back in (0..FORECASTS).rev() {
            go_on()?;
            let cutoff = add_days(day, -7 * (i64::from(WEEKS) + back));
            let known = later.as_of(cutoff);
            let habits = Habits::of(&known, cutoff);
            let paid =
                known.clients().flat_map(|client| habits.observed(client.id())).filter(|it| it.is_paid());
            if paid.take(ENOUGH_PAID).count() < ENOUGH_PAID {
                continue;
            }
            let strengths = hindsight.strengths(cutoff);
            let until = add_days(cutoff, 7 * i64::from(WEEKS));
            let checks = cash_checks(&habits, &known, &later, until, strengths);
            cash.extend(checks.into_iter().filter(|it| it.week == WEEKS && it.scheduled && tells(it)));
            made.extend(predictions(&habits, &known, &later));
        }
        let invoices: BTreeSet<&InvoiceId> = made.iter().map(|it| &it.invoice).collect();
        let levels = LOOKED_AT.into_iter().filter_map(|level| Calibrated::of(&made, level, day)).collect();
        ControlFlow::Continue(Self { day, cash, levels, invoices: invoices.len() })
    }

    /// How many of the forecasts of cash held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.cash.iter().filter(|it| it.held()).count()
    }

    /// Whether there is enough to judge by.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.cash.len() >= ENOUGH_FORECASTS
    }

    /// How the forecasts held, in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let (held, all) = (self.held(), self.cash.len());
        match all {
            0 => "Too little to judge: no eight-week forecast of receipts has had its eight weeks yet"
                .to_owned(),
            1 => format!(
                "Too little to judge: the only eight-week forecast of receipts so far {}",
                if held == 1 { "held" } else { "did not hold" }
            ),
            _ if !self.is_enough() => {
                format!("Too little to judge: of {all} eight-week forecasts of receipts so far, {held} held")
            }
            _ => format!("Of the last {all} eight-week forecasts of receipts, {held} held; 8 in 10 should"),
        }
    }
}

/// Whether anything was in doubt: a range without width says nothing.
fn tells(check: &CashCheck) -> bool {
    check.p10 != check.p90
}

impl Calibrated {
    /// How often what was predicted was paid by the day of a level, among those predictions whose day has come by `today`:
    /// that depends on what was predicted alone, and not on what came.
    fn of(made: &[Prediction], level: usize, today: NaiveDate) -> Option<Self> {
        let said = LEVELS.get(level).copied()?;
        let mut told = Vec::new();
        for prediction in made {
            let days = prediction.quantiles.get(level).copied()?;
            let by = add_days(prediction.cutoff, days);
            if by <= today {
                told.push(Told {
                    invoice: prediction.invoice.clone(),
                    number: prediction.number.clone(),
                    client: prediction.client.clone(),
                    cutoff: prediction.cutoff,
                    by,
                    paid: prediction.paid_after.is_some_and(|came| came <= days),
                });
            }
        }
        let paid = told.iter().filter(|it| it.paid).count();
        let count = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
        let came = if told.is_empty() { 0.0 } else { count(paid) / count(told.len()) };
        (!told.is_empty()).then_some(Self { said, came, count: told.len(), told })
    }
}
