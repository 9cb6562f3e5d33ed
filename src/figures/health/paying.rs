//! Pays as agreed: days beyond terms, promises to pay, and what was disputed or lost.
//!
//! - **Days beyond terms**: the mean of settled − due (or the day − due while open) over the invoices due in the window, each
//!   weighted by its amount; drawn towards the book's mean as if by three invoices of it. 100 points on the day or before,
//!   none from `late_days_worst` on.
//! - **Promises to pay**: kept by the day 100, moved with a word before it 75, slipped in silence 0.
//! - **Disputed or lost**: (Σ written off + ¼ · Σ disputed) / Σ invoiced in the window; none 100 points, a quarter 0. What was
//!   written off because they were dissatisfied counts half, and because of a misunderstanding not at all: that tells of the
//!   agreement, not of the client (see [`super::writing`]).

use rust_decimal::Decimal;

use crate::domain::{Table, Threshold, WriteOffCause, days_between};
use crate::figures::proof::{Unit, Value};
use crate::figures::standing::{Standing, delays, median};
use crate::figures::sum::converted;
use crate::figures::{Answer, Unknown};

use super::look::Look;
use super::outcome::{Outcomes, of_invoice};
use super::pool::Pool;
use super::{Evidence, FactId, Indicator, Measure, Reading, once_each, scale};

/// As many invoices of the book's mean are added to a client's own.
const SHRUNK_BY: i64 = 3;
/// From so many invoices on a single late one is out of character, if the middle of them is at most so many days late and
/// that one more than so many.
const CHARACTER: usize = 5;
const PUNCTUAL_DAYS: i64 = 7;
const LATE_DAYS: i64 = 14;

/// How one client paid, from its own facts alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paying {
    /// Σ amount, in the book's currency; what could not be counted is unknown.
    amount: Answer<Decimal>,
    /// Σ amount × days beyond terms.
    amount_days: Decimal,
    invoices: usize,
    promises: Outcomes,
    /// Σ invoiced in the window, and of it what was lost and what was disputed.
    invoiced: Decimal,
    lost: Decimal,
    disputed: Decimal,
    /// The number of the only late one, and how late, where that is out of character.
    exception: Option<(String, i64)>,
    worst_days: Decimal,
    facts: Vec<FactId>,
}

impl Paying {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut paying = Self {
            amount: Ok(Decimal::ZERO),
            amount_days: Decimal::ZERO,
            invoices: 0,
            promises: Outcomes::default(),
            invoiced: Decimal::ZERO,
            lost: Decimal::ZERO,
            disputed: Decimal::ZERO,
            exception: exception(look),
            worst_days: look.threshold(Threshold::LateDaysWorst),
            facts: Vec::new(),
        };
        for standing in look.invoices.iter().filter(|it| it.total.amount > Decimal::ZERO) {
            paying.add(look, standing);
        }
        paying.facts = once_each(paying.facts);
        paying
    }

    fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>) {
        let invoice = standing.invoice;
        let issued = look.is_recent(invoice.issued);
        let due = look.is_recent(invoice.due);
        if !issued && !due {
            return;
        }
        self.facts.push((Table::Invoices, invoice.id.to_string()));
        for outcome in of_invoice(invoice, standing.settled, look.day) {
            self.promises.add(outcome);
        }
        let total = match converted(look.business, standing.total, invoice.issued) {
            Ok(total) => total.amount,
            Err(why) => {
                self.amount = Err(why);
                return;
            }
        };
        if let Some(days) = due_days(look, standing) {
            self.amount = self.amount.clone().map(|sum| sum.saturating_add(total));
            self.amount_days = self.amount_days.saturating_add(total.saturating_mul(days.into()));
            self.invoices += 1;
        }
        if issued {
            let part = |share: Decimal| total.saturating_mul(share);
            self.invoiced = self.invoiced.saturating_add(total);
            if let Some(write_off) = &invoice.write_off {
                let unpaid = standing.total.amount.saturating_sub(standing.paid.amount);
                let share = unpaid.checked_div(standing.total.amount).unwrap_or_default();
                let blame = match write_off.cause {
                    WriteOffCause::Misunderstanding => Decimal::ZERO,
                    WriteOffCause::Dissatisfied => Decimal::new(5, 1),
                    WriteOffCause::Cannot | WriteOffCause::WillNot => Decimal::ONE,
                };
                self.lost = self.lost.saturating_add(part(share.saturating_mul(blame)));
            }
            if !invoice.disputes.is_empty() {
                self.disputed = self.disputed.saturating_add(total);
            }
        }
    }

    /// Σ amount × days, Σ amount and how many, to be pooled with those of other clients.
    pub(super) fn terms(&self) -> (Decimal, Decimal) {
        match &self.amount {
            Ok(amount) => (self.amount_days, *amount),
            Err(_) => (Decimal::ZERO, Decimal::ZERO),
        }
    }

    /// The client's own mean, in days beyond terms.
    fn days(&self) -> Answer<Decimal> {
        let amount = self.amount.clone()?;
        let mean = self.amount_days.checked_div(amount);
        mean.ok_or_else(|| Unknown::because("no invoice was due yet"))
    }

    /// The same drawn towards the book's mean.
    fn drawn(&self, own: Decimal, pool: &Pool) -> Decimal {
        let (count, more) = (Decimal::from(self.invoices), Decimal::from(SHRUNK_BY));
        let sum = own.saturating_mul(count).saturating_add(pool.days_beyond_terms().saturating_mul(more));
        sum.checked_div(count.saturating_add(more)).unwrap_or(own)
    }

    pub(super) fn reading(&self, pool: &Pool) -> Reading {
        let evidence = Evidence::of(self.invoices, "invoices");
        let own = match self.days() {
            Ok(own) => own,
            Err(why) => return Reading::unknown(Indicator::Pays, &why.0, evidence, self.facts.clone()),
        };
        let drawn = self.drawn(own, pool);
        let mut measures = vec![Measure::new(
            "Days beyond terms",
            3,
            scale(drawn, self.worst_days, Decimal::ZERO),
            format!("{}, drawn to {} by the book's mean", late(own), days(drawn)),
        )];
        if let Some(points) = self.promises.points() {
            measures.push(Measure::new("Promises to pay", 1, points, self.promises.words()));
        }
        let quarter = Decimal::new(25, 2);
        let trouble = self.lost.saturating_add(self.disputed.saturating_mul(quarter));
        if let Some(share) = trouble.checked_div(self.invoiced) {
            let says = match (self.lost.is_zero(), self.disputed.is_zero()) {
                (true, true) => "nothing disputed, nothing lost".to_owned(),
                (true, false) => format!("{} disputed", share_of(self.disputed, self.invoiced)),
                (false, true) => format!("{} lost", share_of(self.lost, self.invoiced)),
                (false, false) => format!(
                    "{} lost, {} disputed",
                    share_of(self.lost, self.invoiced),
                    share_of(self.disputed, self.invoiced)
                ),
            };
            measures.push(Measure::new("Disputed or lost", 1, scale(share, quarter, Decimal::ZERO), says));
        }
        let mut says = format!("Pays {}, from {}", late(own), evidence.words());
        if let Some((number, days)) = &self.exception {
            says = format!("{says}; {days} days late with {number}, which is out of character");
        }
        if self.promises.count() > 0 {
            says = format!("{says}; promises to pay: {}", self.promises.words());
        }
        if !self.lost.is_zero() {
            says = format!("{says}; {} of what was invoiced is lost", share_of(self.lost, self.invoiced));
        }
        Reading {
            indicator: Indicator::Pays,
            value: Ok(Value::Number(own, Unit::Days)),
            points: Reading::points_of(&measures),
            measures,
            evidence,
            says: format!("{says}."),
            facts: self.facts.clone(),
        }
    }
}

/// Days beyond terms of an invoice that was due in the window; `None` where it is not counted.
pub(in crate::figures) fn due_days(look: &Look<'_>, standing: &Standing<'_>) -> Option<i64> {
    let counts = standing.total.amount > Decimal::ZERO && look.is_recent(standing.invoice.due);
    standing.days_beyond_terms(look.day).filter(|_| counts)
}

/// The one late invoice of a client that is otherwise punctual.
fn exception(look: &Look<'_>) -> Option<(String, i64)> {
    let settled = delays(look.invoices);
    let open = look.invoices.iter().filter(|it| it.settled.is_none() && it.is_open());
    let late_open: Vec<_> = open
        .map(|it| (it.invoice, days_between(it.invoice.due, look.day)))
        .filter(|(_, days)| *days > LATE_DAYS)
        .collect();
    let once = settled.iter().all(|days| *days <= LATE_DAYS) && late_open.len() == 1;
    let usual = median(&settled).filter(|_| settled.len() >= CHARACTER);
    let (invoice, days) =
        late_open.first().filter(|_| once && usual.is_some_and(|it| it <= PUNCTUAL_DAYS))?;
    Some((invoice.number.clone(), *days))
}

/// `12 days late`, `3 days early`, `on the day`.
pub(super) fn late(days: Decimal) -> String {
    let whole = days.round();
    let plural = if whole.abs() == Decimal::ONE { "" } else { "s" };
    if whole.is_zero() {
        "on the day".to_owned()
    } else if whole.is_sign_negative() {
        format!("{} day{plural} early", whole.abs())
    } else {
        format!("{whole} day{plural} late")
    }
}

fn days(days: Decimal) -> String {
    days.round_dp(1).normalize().to_string()
}

/// A part in whole per cent, and never none where there is some.
pub(super) fn share_of(part: Decimal, whole: Decimal) -> String {
    let percent = part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default();
    if percent > Decimal::ZERO && percent < Decimal::ONE {
        "under 1 %".to_owned()
    } else {
        format!("{} %", percent.round())
    }
}
