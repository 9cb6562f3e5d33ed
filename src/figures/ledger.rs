//! Receivables and what follows from them: ageing, DSO, CEI and DBT, exactly.
//!
//! As of day D, with facts after D unknown:
//! - open amount of an invoice = invoiced − paid by D − written off by D, gross;
//! - receivables = Σ open amounts of the invoices issued by D, at the exchange rates of D;
//! - ageing = the open amounts by D − due;
//! - DSO = receivables / invoiced in the 90 days ending at D × 90;
//! - CEI = (opening + invoiced − closing total) / (opening + invoiced − closing not due) × 100 over the same 90 days,
//!   opening = receivables 90 days before;
//! - DBT = amount-weighted mean, over invoices due in the 24 months ending at D, of settled − due, or D − due while open.
//!   What was written off was neither paid nor is it open, and a credit note is not a bill: both stay out of DBT.
//!
//! Amounts invoiced convert at the rate of the day of issue.

use crate::domain::Money;
use rust_decimal::Decimal;

use super::Answer;

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
#[derive(Debug, Clone, PartialEq)]
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
