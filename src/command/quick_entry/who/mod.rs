//! Clients, people, deals and invoices by the words they are called.
//!
//! **This folder must not know** what is told of them.

pub(super) mod name;
pub(super) mod new_name;
pub(super) mod which_deal;
pub(super) mod which_invoice;
pub(super) mod whom;
