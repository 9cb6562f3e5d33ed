//! Forms: how a fact is typed in.
//!
//! A form is a table of fields and one function that reads them into an [`Edit`](super::edit::Edit), or into a lever of the
//! what-if, which is no fact. All forms are made the same way, so a new one is a new file here with a [`FormSpec`] and a row in
//! `kind.rs`; drawing, completion, validation as one types and committing come with it.
//!
//! The files of all: `kind` (which forms there are), `spec` (how one is made), `target` (what it is about), `draft` (one being
//! filled in), `follow` (what follows from what is typed), `view` (what it shows); `reader` reads its texts into values, `find`
//! looks for what they name, `complete` says what they could be completed to. It knows no screen, and reads no clock.

mod agreement;
mod business;
mod client;
mod client_kind;
mod complete;
mod credit;
mod criterion;
mod deal;
mod draft;
mod ended;
mod expense;
mod feeling;
mod find;
mod follow;
mod goal;
mod hesitation;
mod instalments;
mod invoice;
mod kind;
mod letter;
mod lever;
mod merge;
mod next_step;
mod offer;
mod payment;
mod person;
mod promise;
mod rate;
mod rate_card;
mod reader;
mod renewal;
mod result;
mod retainer;
mod rule;
mod scenario;
mod several;
mod spec;
mod stage;
mod start;
mod target;
mod template;
mod touch;
mod triage;
mod unpaid;
mod view;
mod work;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Currency, Invoice};

pub use draft::{Form, Leaving};
pub use invoice::{USUAL_TERMS_DAYS, as_in_book, next_credit_number, next_invoice_number};
pub use kind::FormKind;
pub use lever::LeverKind;
pub use reader::Reader;
pub(super) use rule::out_of_order;
pub use spec::{Entered, FieldKind, FieldSpec, FormSpec};
use spec::{Read, optional, required};
pub use target::Target;
use target::{client_name, deal_title, filled_for_deal, own_client, started_deal};
pub use touch::ladder_touch;
pub(in crate::state) use triage::seen;
pub use triage::{marked, put_away, snoozed, whose};
pub use view::{FieldView, FormView};

/// What a form knows while it is filled in.
///
/// It changes the whole book, so that facts dated after the working day stay; what it shows and holds against what is
/// typed is only what was known by then. That is worked out record by record, where it is needed: a form is read anew
/// with every key.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The book it will change.
    pub book: &'a Book,
    /// The working day.
    pub today: NaiveDate,
}

impl Context<'_> {
    /// The currency that amounts of a client are in where nothing else is said: its own, else the book's.
    fn currency_of(&self, client: Option<&ClientId>) -> Currency {
        let own = client.and_then(|id| self.book.client(id)).and_then(|known| known.client.currency);
        own.unwrap_or(self.book.currency())
    }

    /// An invoice as it is known on the working day; as it is when it was issued later.
    fn known_invoice(&self, invoice: &Arc<Invoice>) -> Arc<Invoice> {
        invoice.as_of(self.today).unwrap_or_else(|| invoice.clone())
    }
}
