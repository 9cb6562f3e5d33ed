//! How late each client pays: a shifted, shrunk hazard, learnt from the invoices known at the end of a day.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Invoice};

use super::Pmf;

/// How late clients pay, as known at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Habits {
    day: NaiveDate,
}

/// How a client pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Habit {
    /// Days late on average, negative when early, shrunk to how all pay.
    pub days: f64,
    /// Nine in ten of its invoices are paid later than this many days after they are due …
    pub p10: i64,
    /// … and nine in ten earlier than this.
    pub p90: i64,
    /// From how many paid invoices of its own.
    pub own: usize,
    /// From how many paid invoices of everybody.
    pub all: usize,
}

impl Habits {
    /// What the invoices of a book tell, as `known` at the end of `day`.
    #[must_use]
    pub fn of(known: &Book, day: NaiveDate) -> Self {
        let _ = known;
        Self { day }
    }

    /// The day these habits were learnt at.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// How a client pays; one of whom nothing is known is taken to pay as all do.
    #[must_use]
    pub fn habit(&self, client: &ClientId) -> Habit {
        let _ = client;
        todo!()
    }

    /// When an open invoice will be paid: with its dispute and the days promised for it.
    #[must_use]
    pub fn of_invoice(&self, invoice: &Invoice) -> Arc<Pmf> {
        let _ = invoice;
        todo!()
    }

    /// When something a client has not been sent yet will be paid: invoiced on `issued` and due on `due`. Nobody pays before
    /// it is invoiced.
    #[must_use]
    pub fn of_scheduled(&self, client: &ClientId, issued: NaiveDate, due: NaiveDate) -> Arc<Pmf> {
        let _ = (client, issued, due);
        todo!()
    }
}
