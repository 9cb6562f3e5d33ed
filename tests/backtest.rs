//! The forecast's own back-test: on books worked out by hand, and on the sample of 2,466 invoices.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::ops::ControlFlow;

use rapport::domain::{Book, Currency};
use rapport::figures::forecast::{Backtest, Plan};
use rapport::store::import::{Options, Override, plan};

use crate::facts::day;

/// The sample of real invoices, without the column that says not when a dispute began.
fn late_payments() -> Book {
    let disputed: Override = Override::parse("disputed=-").unwrap();
    let options = Options { map: vec![disputed], ..Options::default() };
    let csv = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    plan(&csv, &options, &Book::empty(Currency::USD)).unwrap().apply()
}

#[test]
fn x() {
    let book = late_payments();
    let plan = Plan { from: day("2012-07-01"), to: day("2013-09-22"), every: 28 };
    let t = Backtest::of(&book, &plan, &mut |_, _| ControlFlow::Continue(())).unwrap();
    println!("{:?}\n{:#?}", t.forecast, t.cash_scores);
}
