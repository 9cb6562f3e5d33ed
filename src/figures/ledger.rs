//! Receivables and what follows from them: ageing, DSO, CEI and DBT, exactly.
//!
//! As of day D, with facts after D unknown:
//! - open amount of an invoice = invoiced − paid by D − set off by D − written off by D, gross;
//! - receivables = Σ open amounts of the invoices issued by D, at the exchange rates of D;
//! - ageing = the open amounts by D − due;
//! - DSO = receivables / invoiced in the 90 days ending at D × 90;
//! - CEI = (opening + invoiced − closing total) / (opening + invoiced − closing not due) × 100 over the same 90 days,
//!   opening = receivables 90 days before;
//! - DBT = amount-weighted mean, over invoices due in the 24 months ending at D, of settled − due, or D − due while open.
//!   What was written off was neither paid nor is it open, a credit note is not a bill, and what was set off against one is
//!   not asked for: they stay out of DBT.
//!
//! Amounts invoiced convert at the rate of the day of issue.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{Business, Currency, FIRST_DAY, Money, add_days, days_between};

use super::standing::Standing;
use super::sum::{Sum, converted, ratio};
use super::{Answer, Unknown};

/// The days that DSO and CEI look back.
pub(super) const WINDOW_DAYS: i64 = 90;
/// The months of due days that DBT looks back.
const DBT_MONTHS: u32 = 24;

/// Some open amounts and how many invoices they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Their sum in the book's currency.
    pub amount: Answer<Money>,
    /// How many invoices with something open.
    pub count: usize,
}

/// Open amounts by how long they have been due.
#[derive(Debug, Clone, PartialEq)]
pub struct Ageing {
    /// Due today or later.
    pub not_due: Bucket,
    /// 1 to 30 days late.
    pub d1_30: Bucket,
    /// 31 to 60 days late.
    pub d31_60: Bucket,
    /// 61 to 90 days late.
    pub d61_90: Bucket,
    /// More than 90 days late.
    pub d90_plus: Bucket,
}

/// The terms of which DBT is made, so that several clients' can be pooled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DbtTerms {
    /// Σ amount × days beyond terms.
    pub amount_days: Decimal,
    /// Σ amount, in the book's currency.
    pub amount: Decimal,
    /// From how many invoices.
    pub invoices: usize,
}

/// The terms of the ledger figures of one client, or of several merged.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Σ open amounts.
    pub receivables: Answer<Money>,
    /// The part of them that is late.
    pub overdue: Answer<Money>,
    /// The same by how long they have been due.
    pub ageing: Ageing,
    /// Receivables 90 days before.
    pub opening: Answer<Money>,
    /// Invoiced in the 90 days ending at the day.
    pub invoiced_90: Answer<Money>,
    /// The terms of DBT.
    pub dbt: Answer<DbtTerms>,
}

/// `months` before `day`: a period of so many months ending at `day` begins on the day after.
pub(super) fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(FIRST_DAY)
}

impl Ageing {
    /// Its buckets, from not due to the oldest.
    #[must_use]
    pub fn buckets(&self) -> [&Bucket; 5] {
        [&self.not_due, &self.d1_30, &self.d31_60, &self.d61_90, &self.d90_plus]
    }

    fn from_buckets([not_due, d1_30, d31_60, d61_90, d90_plus]: [Bucket; 5]) -> Self {
        Self { not_due, d1_30, d31_60, d61_90, d90_plus }
    }

    fn of(invoices: &[Standing<'_>], business: &Business, day: NaiveDate) -> Self {
        let mut growing = [(); 5].map(|()| (Sum::new(business.currency), 0));
        for (age, open) in invoices.iter().filter_map(|standing| aged(standing, business, day)) {
            if let Some((sum, count)) = growing.get_mut(age) {
                sum.add(&open);
                *count += 1;
            }
        }
        Self::from_buckets(growing.map(|(sum, count)| Bucket { amount: sum.answer(), count }))
    }

    fn merged<'a>(currency: Currency, parts: &(impl Iterator<Item = &'a Self> + Clone)) -> Self {
        let merge = |bucket: fn(&Self) -> &Bucket| Bucket {
            amount: Sum::of(currency, parts.clone().map(|part| &bucket(part).amount)),
            count: parts.clone().map(|part| bucket(part).count).sum(),
        };
        Self {
            not_due: merge(|it| &it.not_due),
            d1_30: merge(|it| &it.d1_30),
            d31_60: merge(|it| &it.d31_60),
            d61_90: merge(|it| &it.d61_90),
            d90_plus: merge(|it| &it.d90_plus),
        }
    }
}

/// What is open of an invoice, and in which of the five buckets; `None` where nothing is.
pub(super) fn aged(
    standing: &Standing<'_>,
    business: &Business,
    day: NaiveDate,
) -> Option<(usize, Answer<Money>)> {
    // What is owed to them is late for nobody.
    let is_credit = standing.open.amount < Decimal::ZERO;
    let age = if is_credit { 0 } else { age_of(days_between(standing.invoice.due, day)) };
    (!standing.open.is_zero()).then(|| (age, converted(business, standing.open, day)))
}

/// What an invoice is to the 90 days that DSO and CEI look back.
pub(super) enum Looked {
    /// It was issued before them: what was open then.
    Opening(Answer<Money>),
    /// It was issued within them: what it asks.
    Invoiced(Answer<Money>),
}

impl Looked {
    pub(super) fn of(standing: &Standing<'_>, business: &Business, day: NaiveDate) -> Self {
        let (opened, issued) = (opened(day), standing.invoice.issued);
        if issued <= opened {
            Self::Opening(converted(business, standing.open_on(opened), opened))
        } else {
            Self::Invoiced(converted(business, standing.total, issued))
        }
    }
}

/// The day at whose end the 90 days begin.
pub(super) fn opened(day: NaiveDate) -> NaiveDate {
    add_days(day, -WINDOW_DAYS)
}

/// An invoice that counts in DBT.
pub(super) struct DbtTerm {
    /// Days beyond terms.
    pub(super) days: i64,
    /// What it asks for in money, in the book's currency.
    pub(super) amount: Decimal,
    /// The two multiplied.
    pub(super) amount_days: Decimal,
}

impl DbtTerm {
    /// What an invoice brings to DBT; `None` where it stays out.
    pub(super) fn of(standing: &Standing<'_>, business: &Business, day: NaiveDate) -> Option<Answer<Self>> {
        let invoice = standing.invoice;
        let in_window = months_before(day, DBT_MONTHS) < invoice.due && invoice.due <= day;
        let days = standing.days_beyond_terms(day).filter(|_| in_window)?;
        Some(converted(business, standing.asked, invoice.issued).map(|asked| Self {
            days,
            amount: asked.amount,
            // Saturating: a hostile book may hold more than a Decimal counts, and must not end the program.
            amount_days: asked.amount.saturating_mul(days.into()),
        }))
    }
}

/// Which of the five buckets an amount belongs to that has been due for so many days.
fn age_of(days_late: i64) -> usize {
    match days_late {
        ..=0 => 0,
        1..=30 => 1,
        31..=60 => 2,
        61..=90 => 3,
        _ => 4,
    }
}

impl DbtTerms {
    fn of(invoices: &[Standing<'_>], business: &Business, day: NaiveDate) -> Answer<Self> {
        let mut terms = Self::default();
        for term in invoices.iter().filter_map(|standing| DbtTerm::of(standing, business, day)) {
            let term = term?;
            terms.add(term.amount, term.amount_days, 1);
        }
        Ok(terms)
    }

    fn add(&mut self, amount: Decimal, amount_days: Decimal, invoices: usize) {
        self.amount = self.amount.saturating_add(amount);
        self.amount_days = self.amount_days.saturating_add(amount_days);
        self.invoices += invoices;
    }

    /// Days beyond terms: the amount-weighted mean.
    ///
    /// # Errors
    /// When no invoice came due in the 24 months.
    pub fn days(&self) -> Answer<Decimal> {
        ratio(self.amount_days, self.amount, "no invoice came due in the last 24 months")
    }
}

impl Ledger {
    /// The ledger of one client's invoices as of `day`.
    pub(super) fn of(invoices: &[Standing<'_>], business: &Business, day: NaiveDate) -> Self {
        let currency = business.currency;
        let ageing = Ageing::of(invoices, business, day);
        let [_, late @ ..] = ageing.buckets();
        let overdue = Sum::of(currency, late.map(|bucket| &bucket.amount));
        let receivables = Sum::of(currency, ageing.buckets().map(|bucket| &bucket.amount));
        let mut opening = Sum::new(currency);
        let mut invoiced_90 = Sum::new(currency);
        for standing in invoices {
            match Looked::of(standing, business, day) {
                Looked::Opening(open) => opening.add(&open),
                Looked::Invoiced(total) => invoiced_90.add(&total),
            }
        }
        Self {
            receivables,
            overdue,
            ageing,
            opening: opening.answer(),
            invoiced_90: invoiced_90.answer(),
            dbt: DbtTerms::of(invoices, business, day),
        }
    }

    /// The ledger of several clients together.
    pub(super) fn merged<'a>(currency: Currency, parts: &(impl Iterator<Item = &'a Self> + Clone)) -> Self {
        let sum = |term: fn(&Self) -> &Answer<Money>| Sum::of(currency, parts.clone().map(term));
        let dbt = parts.clone().try_fold(DbtTerms::default(), |mut pooled, part| {
            let terms = part.dbt.as_ref().map_err(Unknown::clone)?;
            pooled.add(terms.amount, terms.amount_days, terms.invoices);
            Ok(pooled)
        });
        Self {
            receivables: sum(|it| &it.receivables),
            overdue: sum(|it| &it.overdue),
            ageing: Ageing::merged(currency, &parts.clone().map(|it| &it.ageing)),
            opening: sum(|it| &it.opening),
            invoiced_90: sum(|it| &it.invoiced_90),
            dbt,
        }
    }

    /// Days sales outstanding.
    ///
    /// # Errors
    /// When nothing was invoiced in the 90 days.
    pub fn dso_days(&self) -> Answer<Decimal> {
        let receivables = self.receivables.clone()?.amount;
        let invoiced = self.invoiced_90.clone()?.amount;
        let amount_days = receivables.saturating_mul(WINDOW_DAYS.into());
        ratio(amount_days, invoiced, "nothing was invoiced in the last 90 days")
    }

    /// Collection effectiveness index, per hundred: how much of what could be collected in the 90 days was.
    ///
    /// # Errors
    /// When nothing could be collected.
    pub fn cei(&self) -> Answer<Decimal> {
        let collectable = self.opening.clone()?.amount + self.invoiced_90.clone()?.amount;
        let not_due = self.ageing.not_due.amount.clone()?.amount;
        let collected = collectable - self.receivables.clone()?.amount;
        let per_hundred = collected.saturating_mul(Decimal::ONE_HUNDRED);
        ratio(per_hundred, collectable - not_due, "nothing was to be collected in the last 90 days")
    }

    /// Days beyond terms.
    ///
    /// # Errors
    /// When no invoice came due in the 24 months.
    pub fn dbt_days(&self) -> Answer<Decimal> {
        self.dbt.clone()?.days()
    }
}
