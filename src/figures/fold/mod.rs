//! How the figures of the whole book follow from those of its clients, so that one edit costs one client and a little.
//!
//! The figures of a book are those of the book before, less what the clients that changed brought to them, plus what they
//! bring now. Computing from nothing is the same with nothing before. Two shapes are enough:
//!
//! - **sums** ([`Sums`]: totals, ageing, money by month and day, counts, and whatever else is pooled over all clients) are
//!   added up in a tree ([`Tree`]), so that a client costs as many additions as the tree is high. A new total is a new
//!   field of `Sums`;
//! - **lists** in an order (the queue, open invoices, cards, rows of the table) hold `Arc`s; [`replaced`] takes out the
//!   rows of a [`Change`] and puts in the new ones, so that the others cost a pointer. A new list is one more call of it.
//!
//! What follows from a client *and* from a sum (a share of all income) is not kept a client, since one edit would change
//! all of them: it is asked for where it is shown.
//!
//! Nothing here may depend on which books were looked at before: the same clients give the same figures. **This folder must
//! not know** what a figure means or where it is shown.

mod list;
mod sums;
mod tree;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::own::Own;
use super::today::Item;
use super::{AheadRow, Client};
use crate::domain::Facts;

pub(super) use list::replaced;
pub(super) use sums::{ByDay, Sums, by_day};
pub(super) use tree::Tree;

/// What is different between the clients of two books, and the firm's own facts.
#[derive(Default)]
pub(super) struct Change {
    /// What is no longer so.
    pub(super) gone: Side,
    /// What is so now.
    pub(super) come: Side,
}

/// One side of a change. A client that was edited is on both.
#[derive(Default)]
pub(super) struct Side {
    /// In the order of their ids.
    pub(super) clients: Vec<Arc<Client>>,
    /// The firm's own, where that changed.
    pub(super) own: Option<Arc<Own>>,
}

impl Side {
    /// What needs attention.
    pub(super) fn items(&self) -> impl Iterator<Item = &Arc<Item>> {
        let own = self.own.iter().flat_map(|own| &own.items);
        self.clients.iter().flat_map(|client| &client.items).chain(own)
    }

    /// What is agreed or planned for the coming days.
    pub(super) fn ahead(&self) -> impl Iterator<Item = &Arc<AheadRow>> {
        let own = self.own.iter().flat_map(|own| &own.ahead);
        self.clients.iter().flat_map(|client| &client.ahead).chain(own)
    }

    /// The facts as known.
    pub(super) fn facts(&self) -> impl Iterator<Item = &Facts> + Clone {
        let own = self.own.iter().map(|own| own.known.as_ref());
        self.clients.iter().map(|client| &client.known.facts).chain(own)
    }
}

impl Change {
    /// The items of all clients and the firm that did not change.
    pub(super) fn unchanged<'a>(
        &self,
        clients: &'a [Arc<Client>],
        own: &'a Own,
    ) -> impl Iterator<Item = &'a Arc<Item>> {
        let come: BTreeSet<*const Client> = self.come.clients.iter().map(Arc::as_ptr).collect();
        let own = self.come.own.is_none().then_some(own);
        let clients = clients.iter().filter(move |client| !come.contains(&Arc::as_ptr(client)));
        clients.flat_map(|client| &client.items).chain(own.into_iter().flat_map(|own| &own.items))
    }
}
