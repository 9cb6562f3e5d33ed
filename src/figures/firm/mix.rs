//! What income rests on: time, a fixed price, a retainer, what comes along, a product.
//!
//! Income is what was paid, net of tax. Of an invoice for a retainer the basis is the retainer's, and a retainer unless
//! said otherwise; of any other it is its deal's. Where neither says, it is "not said", and guessed by nobody. Recurring is
//! what comes again without another sale: retainers and by-products (hosting, mailings).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::look::{Look, NO_INCOME, Paid, share_of};
use super::units::{exact, money};
use crate::domain::{Basis, Business, Currency, FIRST_DAY, Invoice, Money, first_of_month, next_month};
use crate::figures::sum::{Sum, converted};
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

/// What income can rest on, from the bottom of a stack to its top; `None` is "not said".
pub const BASES: [Option<Basis>; 6] = [
    Some(Basis::Time),
    Some(Basis::Fixed),
    Some(Basis::Retainer),
    Some(Basis::ByProduct),
    Some(Basis::Product),
    None,
];

/// The calendar months shown, that of the day among them.
const MONTHS: usize = 24;

/// Income by what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    /// Income of the 12 months ending at the day, in the order of [`BASES`].
    pub by_basis: Vec<BasisIncome>,
    /// Σ of it.
    pub income: Answer<Money>,
    /// The part that recurs: of retainers and by-products.
    pub recurring: Answer<Money>,
    /// That part, a fraction of one.
    pub recurring_share: Answer<Decimal>,
    /// The part of which nobody said what it rests on, a fraction of one.
    pub not_said_share: Answer<Decimal>,
    /// The last 24 calendar months, or those since the first payment, the earliest first.
    pub months: Vec<MixMonth>,
    /// The income wanted in a year, in the book's currency.
    pub goal: Answer<Money>,
    /// A twelfth of it, rounded.
    pub goal_a_month: Answer<Money>,
    /// What it says, in a sentence.
    pub words: Answer<String>,
}

/// Income that rests on one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct BasisIncome {
    /// What it rests on; `None` is "not said".
    pub basis: Option<Basis>,
    /// How much, net of tax, in the book's currency.
    pub income: Answer<Money>,
}

/// Income of a calendar month.
#[derive(Debug, Clone, PartialEq)]
pub struct MixMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// In the order of [`BASES`].
    pub by_basis: Vec<BasisIncome>,
    /// Σ of it.
    pub income: Answer<Money>,
}

/// One client's part of the mix.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MixPart {
    /// Of the last 12 months, by position in [`BASES`].
    year: Cells,
    /// Of the calendar months shown, by month and position in [`BASES`].
    months: Cells,
    /// The month of the first payment.
    first: Option<NaiveDate>,
}

/// Amounts by position.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cells {
    /// In millionths, see [`super::units`].
    known: Vec<(usize, i128)>,
    /// What is unknown, or cannot be told in millionths.
    rest: Vec<(usize, Answer<Money>)>,
}

/// Growing sums by position.
struct Sums {
    currency: Currency,
    known: Vec<i128>,
    rest: Vec<Sum>,
    /// Whether there is any.
    any: bool,
}

/// The word of a basis in reports.
#[must_use]
pub fn basis_token(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Time) => "time",
        Some(Basis::Fixed) => "fixed",
        Some(Basis::Retainer) => "retainer",
        Some(Basis::ByProduct) => "by_product",
        Some(Basis::Product) => "product",
        None => "not_said",
    }
}

/// What a basis is called on screens.
#[must_use]
pub fn basis_title(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Time) => "Time",
        Some(Basis::Fixed) => "Fixed value",
        Some(Basis::Retainer) => "Retainer",
        Some(Basis::ByProduct) => "By-product",
        Some(Basis::Product) => "Product",
        None => "Not said",
    }
}

/// Whether income of this basis comes again without another sale.
#[must_use]
pub fn is_recurring(basis: Option<Basis>) -> bool {
    matches!(basis, Some(Basis::Retainer | Basis::ByProduct))
}

/// What the income of an invoice rests on.
fn basis_of(look: &Look<'_>, invoice: &Invoice) -> Option<Basis> {
    match look.known.retainer_of(invoice) {
        Some(retainer) => Some(retainer.basis.unwrap_or(Basis::Retainer)),
        // A fee is a retainer's even where the retainer was agreed only after it.
        None if invoice.retainer.is_some() => Some(Basis::Retainer),
        None => look.deal_of(invoice)?.basis,
    }
}

/// Every payment, and what it rests on.
pub(in crate::figures) fn incomes<'l, 'a>(
    look: &'l Look<'a>,
) -> impl Iterator<Item = (&'l Paid<'a>, Option<Basis>)> {
    look.paid.iter().map(|paid| (paid, basis_of(look, paid.invoice)))
}

fn position(basis: Option<Basis>) -> usize {
    BASES.iter().position(|known| *known == basis).unwrap_or(BASES.len() - 1)
}

/// The first of the calendar months shown.
fn first_month(day: NaiveDate) -> NaiveDate {
    let back = u32::try_from(MONTHS - 1).unwrap_or(0);
    first_of_month(day).checked_sub_months(Months::new(back)).unwrap_or(FIRST_DAY)
}

/// How many calendar months a day lies after the first one shown; `None` before it.
fn months_after(first: NaiveDate, day: NaiveDate) -> Option<usize> {
    let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    usize::try_from(count(day) - count(first)).ok()
}

impl MixPart {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let currency = look.business.currency;
        let (mut year, mut months) = (BTreeMap::new(), BTreeMap::new());
        let shown_from = first_month(look.day);
        for (paid, basis) in incomes(look) {
            let position = position(basis);
            let new = || Sum::new(currency);
            if look.is_recent(paid.day) {
                year.entry(position).or_insert_with(new).add(&paid.net);
            }
            if let Some(month) = months_after(shown_from, paid.day) {
                months.entry(month * BASES.len() + position).or_insert_with(new).add(&paid.net);
            }
        }
        let first = look.paid.iter().map(|paid| first_of_month(paid.day)).min();
        Self { year: Cells::of(year), months: Cells::of(months), first }
    }
}

impl Cells {
    fn of(sums: BTreeMap<usize, Sum>) -> Self {
        let mut cells = Self::default();
        for (at, sum) in sums {
            let answer = sum.answer();
            match answer.as_ref().ok().and_then(|money| exact(money.amount)) {
                Some(millionths) => cells.known.push((at, millionths)),
                None => cells.rest.push((at, answer)),
            }
        }
        cells
    }
}

impl Sums {
    fn new(currency: Currency, count: usize) -> Self {
        let rest = vec![Sum::new(currency); count];
        Self { currency, known: vec![0; count], rest, any: false }
    }

    fn add(&mut self, cells: &Cells) {
        for (at, millionths) in &cells.known {
            if let Some(sum) = self.known.get_mut(*at) {
                *sum = sum.saturating_add(*millionths);
                self.any = true;
            }
        }
        for (at, answer) in &cells.rest {
            if let Some(sum) = self.rest.get_mut(*at) {
                sum.add(answer);
                self.any = true;
            }
        }
    }

    fn answers(self) -> Vec<Answer<Money>> {
        let both = self.known.into_iter().zip(self.rest);
        both.map(|(known, mut rest)| {
            rest.add(&Ok(money(known, self.currency)));
            rest.answer()
        })
        .collect()
    }
}

impl Mix {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>], day: NaiveDate) -> Self {
        let currency = business.currency;
        let parts = || clients.iter().map(|client| &client.firm.mix);
        let mut year = Sums::new(currency, BASES.len());
        let mut cells = Sums::new(currency, BASES.len() * MONTHS);
        for part in parts() {
            year.add(&part.year);
            cells.add(&part.months);
        }
        let came = year.any;
        let by_basis = BASES.into_iter().zip(year.answers()).map(|(basis, sum)| {
            let income = if came { sum } else { Err(Unknown::because(NO_INCOME)) };
            BasisIncome { basis, income }
        });
        let by_basis: Vec<BasisIncome> = by_basis.collect();
        let sum_of = |counts: fn(Option<Basis>) -> bool| {
            Sum::of(currency, by_basis.iter().filter(|it| counts(it.basis)).map(|it| &it.income))
        };
        let (income, recurring) = (sum_of(|_| true), sum_of(is_recurring));
        let not_said = sum_of(|basis| basis.is_none());
        let share = |part: &Answer<Money>| share_of(part.clone()?.amount, income.clone()?.amount, NO_INCOME);
        let not_said_share = share(&not_said);
        let recurring_share = match &not_said_share {
            Ok(not_said) if *not_said == Decimal::ONE => {
                Err(Unknown::because("no invoice says what its income rests on"))
            }
            _ => share(&recurring),
        };
        let goal = goal(business, day);
        Self {
            words: words(&recurring_share, &not_said_share),
            months: months(currency, &cells.answers(), parts().filter_map(|part| part.first).min(), day),
            goal_a_month: goal.clone().map(a_month),
            goal,
            by_basis,
            income,
            recurring,
            recurring_share,
            not_said_share,
        }
    }

    /// A part of the mix by all income, a fraction of one.
    ///
    /// # Errors
    /// When nothing was paid in the 12 months, or an exchange rate is missing.
    pub fn share(&self, part: &BasisIncome) -> Answer<Decimal> {
        share_of(part.income.clone()?.amount, self.income.clone()?.amount, NO_INCOME)
    }

    /// The income of the 12 months by the goal of a year, a fraction of one.
    ///
    /// # Errors
    /// When no goal is set, nothing was paid in the 12 months, or an exchange rate is missing.
    pub fn of_goal(&self) -> Answer<Decimal> {
        let goal = self.goal.clone()?;
        share_of(self.income.clone()?.amount, goal.amount, "the income goal is nought")
    }

    /// The income of the 12 months that rests on one thing.
    ///
    /// # Errors
    /// When nothing was paid in them, or an exchange rate is missing.
    pub fn income_by(&self, basis: Option<Basis>) -> Answer<Money> {
        let found = self.by_basis.iter().find(|it| it.basis == basis);
        found.map_or_else(|| Err(Unknown::because(NO_INCOME)), |it| it.income.clone())
    }
}

/// The income goal of a year, in the book's currency at the rate of the day.
pub(super) fn goal(business: &Business, day: NaiveDate) -> Answer<Money> {
    let goal = business.income_goal.ok_or_else(|| Unknown::because("no income goal is set"))?;
    converted(business, goal, day)
}

fn a_month(goal: Money) -> Money {
    let month = goal.amount.checked_div(Decimal::from(12)).unwrap_or_default();
    Money::new(month, goal.currency).rounded()
}

fn months(
    currency: Currency,
    cells: &[Answer<Money>],
    first_paid: Option<NaiveDate>,
    day: NaiveDate,
) -> Vec<MixMonth> {
    let Some(first_paid) = first_paid else { return Vec::new() };
    let months = std::iter::successors(Some(first_month(day)), |month| Some(next_month(*month)));
    let shown = months.zip(cells.chunks(BASES.len())).filter(|(month, _)| *month >= first_paid);
    shown
        .map(|(month, sums)| {
            let by_basis: Vec<BasisIncome> = BASES
                .into_iter()
                .zip(sums)
                .map(|(basis, sum)| BasisIncome { basis, income: sum.clone() })
                .collect();
            let income = Sum::of(currency, by_basis.iter().map(|it| &it.income));
            MixMonth { month, by_basis, income }
        })
        .collect()
}

fn words(recurring: &Answer<Decimal>, not_said: &Answer<Decimal>) -> Answer<String> {
    let recurring = per_cent(recurring.clone()?);
    let unsaid = match not_said {
        Ok(share) if !share.is_zero() => format!("; of {} nobody said what it rests on", per_cent(*share)),
        _ => String::new(),
    };
    Ok(format!("{recurring} of the income recurs, from retainers and by-products{unsaid}"))
}
