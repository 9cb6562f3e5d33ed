//! The sample book: whole, varied and believable on whichever day it is opened.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rapport::domain::{
    AnyRecord, Basis, Book, Business, Client, ClientId, Deal, Direction, Expense, Facts, Handled, Invoice,
    Party, Phase, Promise, Purpose, Record, Relation, Renewal, Retainer, Snooze, Touch, Work, add_days,
    days_between,
};
use rapport::store::sample;
use rust_decimal::Decimal;
use serde::Deserialize;

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Tables {
    format: u32,
    business: Business,
    clients: Vec<Client>,
    deals: Vec<Deal>,
    retainers: Vec<Retainer>,
    invoices: Vec<Invoice>,
    touches: Vec<Touch>,
    promises: Vec<Promise>,
    work: Vec<Work>,
    expenses: Vec<Expense>,
    renewals: Vec<Renewal>,
    snoozes: Vec<Snooze>,
    handled: Vec<Handled>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn tables(today: NaiveDate) -> Tables {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(&sample::text(today)).unwrap()
}
