//! What was to come in by the week ends after a cut-off, and what came.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::{
    Draws, Fan, Flow, FlowKind, Habits, Layer, Layers, Paths, Pmf, SetAside, Strengths, When,
};
use crate::domain::{Book, ClientFacts, Invoice, Money, Table, add_days, days_between};

/// So many weeks are looked ahead.
pub(in crate::figures::forecast) const WEEKS: u32 = 13;
/// Over so many weeks the forecasts are scored.
const SCORED_WEEKS: [u32; 2] = [8, 13];
/// So many paths are drawn.
const DRAWS: u32 = 1_000;

/// What was to come in by a week end after a cut-off, in the book's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashCheck {
    /// The day it was predicted on.
    pub cutoff: NaiveDate,
    /// By the end of so many weeks after it.
    pub week: u32,
    /// Whether the invoices issued in those 13 weeks are counted too: their days and amounts taken as known, but not when
    /// they are paid. Otherwise those alone that were open at the cut-off.
    pub scheduled: bool,
    /// In one path of ten no more than this.
    pub p10: Money,
    /// In half of the paths no more than this.
    pub p50: Money,
    /// In nine paths of ten no more than this.
    pub p90: Money,
    /// What came.
    pub came: Money,
}

/// How forecasts of cash held over some weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashScore {
    /// Over so many weeks: cut-offs with fewer past weeks behind them are not counted.
    pub weeks: u32,
    /// Whether the invoices issued in the window were counted.
    pub scheduled: bool,
    /// How many cut-offs.
    pub forecasts: usize,
    /// Of how many of them what came by the last week end lay between the 10 % and the 90 % quantile.
    pub held: usize,
    /// How many week ends these cut-offs have.
    pub week_ends: usize,
    /// Σ |median − came| / Σ came over all week ends; `None` when nothing came.
    pub wape: Option<f64>,
    /// On how many of the week ends the 10 % and the 90 % quantile differ. Once all open invoices are sure to be paid there
    /// is nothing left to miss.
    pub in_doubt: usize,
    /// The share of those by which what came lay between the two quantiles: a range of no width that is right tells
    /// nothing. `None` when nothing was in doubt.
    pub coverage: Option<f64>,
}

/// An invoice that was to bring something in after a cut-off.
pub(in crate::figures::forecast) struct ToCome<'a> {
    invoice: &'a Invoice,
    /// Whether it was issued only after the cut-off.
    pub(in crate::figures::forecast) scheduled: bool,
    /// What was open of it then, or all of it; in the book's currency.
    pub(in crate::figures::forecast) amount: Money,
    /// When it was to be paid.
    pub(in crate::figures::forecast) when: Arc<Pmf>,
    /// What it brought, and by which week end (nought is the first one).
    pub(in crate::figures::forecast) came: Vec<(usize, Money)>,
}

/// The invoices of a client, as they stand in a later book, that were open on the day of the `habits` or were issued within
/// the 13 weeks after it. When they were to be paid is told by the book as `known` on that day alone. An amount without an
/// exchange rate is left out.
pub(in crate::figures::forecast) fn to_come<'a>(
    client: &'a ClientFacts,
    habits: &Habits,
    known: &Book,
) -> impl Iterator<Item = ToCome<'a>> {
    let cutoff = habits.day();
    let end = add_days(cutoff, i64::from(WEEKS) * 7);
    client.facts.invoices.iter().filter(move |it| it.issued <= end).filter_map(move |invoice| {
        let scheduled = invoice.issued > cutoff;
        let before = if scheduled { invoice.clone() } else { invoice.as_of(cutoff)? };
        let open = if scheduled { before.asked() } else { before.open() };
        let amount = known.business().convert(open, cutoff).ok().filter(|it| it.amount > Decimal::ZERO)?;
        let when = if scheduled {
            habits.of_scheduled(&invoice.client, invoice.issued, invoice.due)
        } else {
            habits.of_invoice(&before)
        };
        let payments = invoice.received().filter(|it| it.day > cutoff);
        let came = payments.filter_map(|payment| {
            let part = known.business().convert(payment.amount, cutoff).ok()?;
            // What is paid before it is invoiced belongs to nothing until then.
            let day = payment.day.max(invoice.issued);
            Some((usize::try_from((days_between(cutoff, day) - 1) / 7).unwrap_or(0), part))
        });
        Some(ToCome { invoice, scheduled, amount, when, came: came.collect() })
    })
}

/// What was to come in by each of the 13 week ends after the day of the `habits` that is no later than `last`, from the
/// book as `known` on that day, beside what `later` tells. An amount without an exchange rate is on neither side.
/// `strengths` should be those known on that day.
#[must_use]
pub fn cash_checks(
    habits: &Habits,
    known: &Book,
    later: &Book,
    last: NaiveDate,
    strengths: Strengths,
) -> Vec<CashCheck> {
    let cutoff = habits.day();
    let weeks = u32::try_from(days_between(cutoff, last) / 7).unwrap_or(0).min(WEEKS);
    if weeks == 0 {
        return Vec::new();
    }
    let currency = known.currency();
    let mut flows = Vec::new();
    let mut came = vec![(Money::zero(currency), Money::zero(currency)); weeks as usize];
    for item in later.clients().flat_map(|client| to_come(client, habits, known)) {
        for (week, part) in &item.came {
            for (all, open) in came.iter_mut().skip(*week) {
                all.amount = all.amount.saturating_add(part.amount);
                if !item.scheduled {
                    open.amount = open.amount.saturating_add(part.amount);
                }
            }
        }
        flows.push(item.flow());
    }
    let draws = Draws { days: i64::from(weeks) * 7, draws: DRAWS, strengths };
    let paths = Paths::of(&flows, &SetAside::nothing(currency), &draws);
    let mut checks = Vec::new();
    for scheduled in [false, true] {
        let fan = Fan::of(&paths, Layers { likely: scheduled, possible: false }, cutoff, None, None);
        let ends = fan.days.iter().skip(6).step_by(7);
        checks.extend((1..).zip(ends).zip(&came).map(|((week, end), (all, open))| {
            let [_, p10, _, p50, _, p90, _] = end.quantiles;
            let came = if scheduled { *all } else { *open };
            CashCheck { cutoff, week, scheduled, p10, p50, p90, came }
        }));
    }
    checks
}

impl ToCome<'_> {
    /// The open invoices are one layer and the scheduled ones another, so that both can be told from one set of paths.
    fn flow(self) -> Flow {
        let Self { invoice, scheduled, amount, when, .. } = self;
        Flow {
            key: format!("invoices/{}", invoice.id),
            layer: if scheduled { Layer::Likely } else { Layer::Committed },
            kind: if scheduled { FlowKind::Fee } else { FlowKind::Invoice },
            client: Some((invoice.client.clone(), invoice.client.as_str().into())),
            what: invoice.number.clone(),
            record: Some((Table::Invoices, invoice.id.to_string())),
            amount,
            income: Money::zero(amount.currency),
            due: Some(invoice.due),
            when: When::After(when),
        }
    }
}

impl CashCheck {
    /// Whether what came lay between the 10 % and the 90 % quantile.
    #[must_use]
    pub fn held(&self) -> bool {
        (self.p10.amount..=self.p90.amount).contains(&self.came.amount)
    }
}

impl CashScore {
    /// The scores over 8 and over 13 weeks, of the open invoices alone and with those issued since; none over weeks that no
    /// cut-off has behind it.
    #[must_use]
    pub fn all(checks: &[CashCheck]) -> Vec<Self> {
        let asked = SCORED_WEEKS.into_iter().flat_map(|weeks| [(weeks, false), (weeks, true)]);
        asked.filter_map(|(weeks, scheduled)| Self::of(checks, weeks, scheduled)).collect()
    }

    fn of(checks: &[CashCheck], weeks: u32, scheduled: bool) -> Option<Self> {
        let of_kind = || checks.iter().filter(|it| it.scheduled == scheduled);
        let ends: Vec<&CashCheck> = of_kind().filter(|it| it.week == weeks).collect();
        let long_enough = |it: &&CashCheck| ends.iter().any(|end| end.cutoff == it.cutoff);
        let counted: Vec<&CashCheck> = of_kind().filter(|it| it.week <= weeks).filter(long_enough).collect();
        let sum = |of: fn(&CashCheck) -> Decimal| {
            counted.iter().map(|it| of(it)).fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let off = sum(|it| it.p50.amount.saturating_sub(it.came.amount).abs());
        let in_doubt = || counted.iter().filter(|it| it.p10 != it.p90);
        let held = in_doubt().filter(|it| it.held()).count();
        (!ends.is_empty()).then(|| Self {
            weeks,
            scheduled,
            forecasts: ends.len(),
            held: ends.iter().filter(|it| it.held()).count(),
            wape: off.checked_div(sum(|it| it.came.amount)).and_then(|it| it.to_f64()),
            week_ends: counted.len(),
            in_doubt: in_doubt().count(),
            coverage: share(held, in_doubt().count()),
        })
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    (whole > 0).then(|| count(part) / count(whole))
}
