//! What the firm's own facts bring to the figures: those that belong to no client.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Book, Business, ClientFacts, Facts};

use super::AheadRow;
use super::ahead::expenses;
use super::flow::Flows;
use super::fold::ByDay;
use super::today::{self, Item};

/// The figures of what belongs to no client.
#[derive(Debug)]
pub(super) struct Own {
    /// The facts as known at the end of the day.
    pub(super) known: Arc<Facts>,
    /// What needs attention.
    pub(super) items: Vec<Arc<Item>>,
    /// What is planned for the coming days.
    pub(super) ahead: Vec<Arc<AheadRow>>,
    /// Money out (negative), by day.
    pub(super) flows: ByDay,
    /// Expenses, by month.
    pub(super) money_out: ByDay,
}

impl Own {
    /// The figures of the firm's own facts and settings, as known at the end of `day`.
    pub(super) fn of(business: &Arc<Business>, known: &Arc<Facts>, day: NaiveDate) -> Self {
        let flows = Flows::of(&[], &known.expenses, business, day);
        let mut items = today::firm_items(business, known, day);
        let alone = Book::from_records(business.clone(), known.records());
        items.extend(today::implausible_items(&alone, day));
        Self {
            known: known.clone(),
            items: items.into_iter().map(Arc::new).collect(),
            ahead: expenses(business, &known.expenses, None, day).into_iter().map(Arc::new).collect(),
            flows: flows.by_day(business.currency),
            money_out: flows.out_by_month(business.currency).into_iter().collect(),
        }
    }

    /// Adds what cannot be right in what `book` holds besides: facts that became known after `day`, and `strangers`,
    /// clients of which nothing was known by then.
    pub(super) fn add_faults_ahead(
        &mut self,
        book: &Book,
        known: &Arc<Business>,
        strangers: &[&Arc<ClientFacts>],
        day: NaiveDate,
    ) {
        let firm = (!Arc::ptr_eq(book.firm(), &self.known)).then(|| book.firm().records());
        let strange = strangers
            .iter()
            .flat_map(|it| std::iter::once(AnyRecord::Client(it.client.clone())).chain(it.facts.records()));
        let records: Vec<AnyRecord> = strange.chain(firm.into_iter().flatten()).collect();
        if records.is_empty() && Arc::ptr_eq(book.business(), known) {
            return;
        }
        let found = today::implausible_items(&Book::from_records(book.business().clone(), records), day);
        self.items.extend(not_named(&self.items, found));
    }
}

/// Of what was `found`, what no item names: a record is in the queue once, with what is wrong with it as known before what
/// is wrong with the rest.
pub(super) fn not_named(items: &[Arc<Item>], found: Vec<Item>) -> Vec<Arc<Item>> {
    let named: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    found.into_iter().filter(|item| !named.contains(item.id.as_str())).map(Arc::new).collect()
}
