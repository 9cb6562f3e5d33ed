//! When the money will come, and what the balance will be: chances, never certainties.
//!
//! The way of the data: [`Habits`] learns from the invoices known at the end of a day how late each client pays and gives
//! for an invoice the chance of every day ([`Pmf`]). [`Flows`] lists everything that is to come or go: open invoices,
//! fees, instalments, expenses, orders expected from habit, deals. The draws turn that list into paths of the balance, and
//! a [`Fan`] says where most of them run. Levers of a what-if change the list of flows and nothing else.
//!
//! Floating point lives here, in chances and paths, and its transcendental functions come from `libm`: the same book and
//! day give the same forecast on every machine. What leaves is rounded to money and days.

mod agenda;
mod backtest;
mod change;
mod coming;
pub(in crate::figures) mod dormancy;
mod draw;
mod fan;
mod flows;
mod fork;
mod habits;
mod month;
mod outlook;
mod pmf;
mod random;
mod receipt;
mod record;
mod runway;
mod score;
mod steps;
mod strength;
mod tax;
mod tax_days;
pub mod what_if;
mod when;
mod winning;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Currency, InvoiceId, Lever, Money, add_days};

use super::Answer;
use super::balance::balance_of;
use super::sum::converted;
use coming::taxes;
use receipt::receipts;
use what_if::{Effect, Ground, WhatIf, what_if};

pub use agenda::{AgendaRow, DayPart};
pub use backtest::{Backtest, CashCheck, CashScore, Plan, Prediction, cash_checks, predictions};
pub use change::{Change, ChangeTerm};
pub use coming::{Coming, Expectation, TaxDue};
pub use dormancy::{Dormancy, Rhythm};
pub use draw::{Draws, MOST_DAYS, Paths, Strength, Strengths, days_drawn};
pub use fan::{Fan, FanDay, Layers, Lowest};
pub(in crate::figures) use flows::fees_to_invoice;
pub use flows::{Event, Flow, FlowKind, Flows, Layer, LeftOut, When};
pub use fork::Fork;
pub use habits::{Habit, Habits, Kept, Observed, Outcome};
pub use month::Brought;
pub use outlook::{Earlier, Outlook, OutlookMemo, Question};
pub use pmf::Pmf;
pub use receipt::Receipt;
pub use record::{Calibrated, Told, TrackRecord};
pub use runway::{RUNWAY_WEEKS, Runway};
pub use score::{Judged, LEVELS, Score};
pub use strength::Hindsight;
pub use tax::SetAside;
pub use tax_days::TaxSchedule;
pub(in crate::figures) use tax_days::{Accrual, Accrued};
pub use winning::{WinChance, Winning};

/// What is asked of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// How many days ahead.
    pub days: i64,
    /// How many paths are drawn.
    pub draws: u32,
    /// What is assumed beside the facts; empty for the forecast itself.
    pub levers: Vec<Lever>,
    /// How strongly flows hang together, where that is known already; else it is learnt from the book.
    pub strengths: Option<Strengths>,
}

impl Default for Ask {
    fn default() -> Self {
        Self { days: 13 * 7, draws: 2_000, levers: Vec::new(), strengths: None }
    }
}

/// The forecast of a book as of the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The last day looked at.
    pub until: NaiveDate,
    /// The currency of every figure.
    pub currency: Currency,
    /// What is in all accounts at the end of the day; unknown without a reading. Then the fans tell the change from
    /// nought.
    pub opening: Answer<Money>,
    /// The cash the firm does not want to fall below, where it said so and there is a rate for it.
    pub reserve: Option<Money>,
    /// Every open invoice, by the day it is expected.
    pub receipts: Vec<Receipt>,
    /// Where each invoice stands among them.
    receipt_of: BTreeMap<InvoiceId, usize>,
    /// Everything that is to come or go within the days, in the order of their keys.
    pub flows: Arc<Vec<Flow>>,
    /// The same and what leaves for the state, each on the day it is most expected.
    pub agenda: Vec<AgendaRow>,
    /// What each lever of a what-if did, in their order.
    pub effects: Vec<Effect>,
    /// What could not be counted, and why.
    pub left_out: Vec<LeftOut>,
    /// What of each receipt is set aside for the state.
    pub set_aside: SetAside,
    /// What is expected to leave for the state, by day and layer.
    pub taxes: Vec<TaxDue>,
    /// How many paths were drawn.
    pub draws: usize,
    /// How strongly flows hang together in what was drawn.
    pub strengths: Strengths,
    /// How the balance may run, for each choice of layers; see [`Forecast::fan`].
    pub fans: Vec<Fan>,
    /// For how long the money lasts when nothing new is agreed; unknown without a balance.
    pub runway: Answer<Runway>,
}

/// When each open invoice of `book` may be paid as of the end of `day`, by the day it is expected.
#[must_use]
pub fn expected_receipts(book: &Book, day: NaiveDate) -> Vec<Receipt> {
    let known = book.as_of(day);
    let habits = Habits::of(&known, day);
    receipts(&known, &habits, &Flows::of(&known, &habits, day, 1).flows, day)
}

impl Forecast {
    /// The forecast of `book` as of the end of `day`, from what was known by then alone.
    #[must_use]
    pub fn of(book: &Book, day: NaiveDate, ask: &Ask) -> Self {
        let known = book.as_of(day);
        let business = known.business();
        let days = ask.days.clamp(1, MOST_DAYS);
        let habits = Habits::of(&known, day);
        // With the levers of a what-if, and what could not be counted.
        let listed = |days: i64| {
            let Flows { flows, left_out } = Flows::of(&known, &habits, day, days);
            let scheduled = |client: &ClientId, issued, due| habits.of_scheduled(client, issued, due);
            let ground = Ground { known: &known, day, days, scheduled: &scheduled };
            (what_if(flows, &ask.levers, &ground), left_out)
        };
        let (WhatIf { flows, effects }, mut left_out) = listed(days);
        let schedule = TaxSchedule::of(&known, day, days);
        left_out.extend(schedule.left_out);
        let opening = balance_of(&known, day);
        let stated = business.reserve.map(|reserve| (reserve, converted(business, reserve, day)));
        if let Some((amount, Err(why))) = &stated {
            left_out.push(LeftOut { what: "Reserve".to_owned(), amount: *amount, why: why.clone() });
        }
        let reserve = stated.and_then(|(_, reserve)| reserve.ok());
        let strengths = ask.strengths.unwrap_or_else(|| Hindsight::of(&known).strengths(day));
        let draws = Draws { days, draws: ask.draws, strengths };
        let runway = opening.clone().map(|opening| {
            let days = RUNWAY_WEEKS * 7;
            let set_aside = TaxSchedule::of(&known, day, days).set_aside;
            Runway::of(&listed(days).0.flows, &set_aside, opening, reserve, &draws)
        });
        let paths = Paths::of(&flows, &schedule.set_aside, &draws);
        let receipts = receipts(&known, &habits, &flows, day);
        let taxes = taxes(&flows, &schedule.set_aside, paths.with_bills(), day, days);
        Self {
            day,
            until: add_days(day, days),
            currency: business.currency,
            receipt_of: receipts.iter().enumerate().map(|(at, it)| (it.invoice.clone(), at)).collect(),
            receipts,
            effects,
            left_out,
            agenda: agenda::agenda(&flows, &taxes, day, days),
            taxes,
            draws: paths.draws(),
            fans: fans(&paths, day, opening.as_ref().ok().copied(), reserve),
            runway,
            strengths,
            opening,
            reserve,
            set_aside: schedule.set_aside,
            flows: Arc::new(flows),
        }
    }

    /// When an open invoice may be paid.
    #[must_use]
    pub fn receipt(&self, invoice: &InvoiceId) -> Option<&Receipt> {
        self.receipts.get(*self.receipt_of.get(invoice)?)
    }

    /// How the balance may run when these layers are counted.
    #[must_use]
    pub fn fan(&self, layers: Layers) -> Option<&Fan> {
        self.fans.iter().find(|fan| fan.layers == layers)
    }

    /// The share of paths that go under the reserve within so many weeks, at most those of the forecast; `None` without a
    /// reserve or a balance.
    #[must_use]
    pub fn under(&self, layers: Layers, weeks: i64) -> Option<f64> {
        let days = usize::try_from(weeks.saturating_mul(7)).unwrap_or(0);
        let fan = self.fan(layers)?;
        let last = fan.days.get(..days).unwrap_or(&fan.days).last();
        last.map_or(fan.lowest.under_reserve.map(|_| 0.0), |day| day.under_by)
    }
}

/// A fan for every choice of layers; choices that differ only by a layer of which there is nothing share one.
fn fans(paths: &Paths, day: NaiveDate, opening: Option<Money>, reserve: Option<Money>) -> Vec<Fan> {
    let mut fans: Vec<Fan> = Vec::new();
    for layers in Layers::ALL {
        let told = Layers {
            likely: layers.likely && paths.has(Layer::Likely),
            possible: layers.possible && paths.has(Layer::Possible),
        };
        let same = fans.iter().find(|fan| fan.layers == told).cloned();
        let fan = same.unwrap_or_else(|| Fan::of(paths, told, day, opening, reserve));
        fans.push(Fan { layers, ..fan });
    }
    fans
}
