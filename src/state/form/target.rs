//! What a form is about: what it makes or changes, and for whom.

use std::sync::Arc;

use crate::domain::{AnyRecord, ClientId, Deal, DealId, Lever, Outgoing, Table};
use crate::state::firm_list::FirmList;
use crate::state::triage::Seat;

use super::{Context, lever, payment};

/// What a form fills in or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A new record, for this client if one is given.
    New(Option<ClientId>),
    /// A record that exists.
    Record(Table, String),
    /// The part of a record with this position: a person of a client, a payment of an invoice.
    Part(Table, String, usize),
    /// A new part of a record: a payment of this invoice.
    NewPart(Table, String),
    /// An item of the queue, by its id and whose it is.
    Item(String, Option<ClientId>),
    /// Items of the queue that were selected.
    Items(Vec<Seat>),
    /// A row of a list of the firm's, by its key.
    Row(FirmList, String),
    /// Records of a table that were selected.
    Several(Table, Vec<String>),
    /// A letter that is to be queued.
    Draft(Box<Outgoing>),
    /// The lever at this position of the what-if.
    Lever(usize, Lever),
}

/// The client a form starts from.
pub(super) fn own_client(context: &Context<'_>, target: &Target) -> Option<ClientId> {
    match target {
        Target::New(client) | Target::Item(_, client) => client.clone(),
        Target::Record(table, id) | Target::Part(table, id, _) | Target::NewPart(table, id) => {
            context.book.find(*table, id)?.client().cloned()
        }
        Target::Draft(letter) => Some(letter.client.clone()),
        Target::Items(_) | Target::Several(..) | Target::Row(..) => None,
        Target::Lever(_, lever) => lever::client_of(context, lever),
    }
}

/// The name of the client a form starts from.
pub(super) fn client_name(context: &Context<'_>, target: &Target) -> Option<String> {
    context.book.client(&own_client(context, target)?).map(|known| known.client.name.clone())
}

/// The texts that a form of a deal's facts starts with, and the working day: the deal it is for, that of the invoice it was
/// opened at, or else the one of its client that moved last. Of an invoice that is for no deal it is not guessed.
pub(super) fn filled_for_deal(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string())];
    filled.extend(client_name(context, target).map(|name| ("client", name)));
    filled.extend(started_deal(context, target).map(|deal| ("deal", deal.title.clone())));
    filled
}

/// The deal that a form of a deal's facts starts with: what it says is said of this one.
pub(super) fn started_deal<'a>(context: &Context<'a>, target: &Target) -> Option<&'a Arc<Deal>> {
    let deals = &context.book.client(&own_client(context, target)?)?.facts.deals;
    let named = match target {
        Target::NewPart(Table::Deals, id) => DealId::new(id).ok(),
        Target::NewPart(Table::Invoices, _) => Some(payment::existing(context, target)?.deal.clone()?),
        _ => None,
    };
    if let Some(named) = named {
        return deals.iter().find(|deal| deal.id == named);
    }
    // The one that moved last is most likely meant.
    let known = deals.iter().filter_map(|deal| Some((deal, deal.as_of(context.today)?)));
    known.max_by_key(|(_, known)| known.stage().map(|at| at.day)).map(|(deal, _)| deal)
}

/// The title of a deal; empty where there is none.
pub(super) fn deal_title(context: &Context<'_>, deal: Option<&DealId>) -> String {
    let deal = deal.and_then(|id| context.book.find(Table::Deals, id.as_str()));
    match deal {
        Some(AnyRecord::Deal(deal)) => deal.title.clone(),
        _ => String::new(),
    }
}
