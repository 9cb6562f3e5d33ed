//! The form of a client's rate: what an hour costs them, from a day on.

use crate::domain::{Client, ClientRate};
use crate::figures::amount_in_full;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note a rate",
    edit_title: "Note a rate",
    fields: &[
        required("client", "Client", "whom", FieldKind::Client),
        required("rate", "An hour costs", "90 or 90 usd", FieldKind::Amount),
        required("from", "From", "the first day: 1 jan, fri, today", FieldKind::Day(Lean::Back)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("from", context.today.to_string())];
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let known = reader.client("client");
    let (rate, from) = (reader.amount("rate"), reader.day("from"));
    if rate.is_some_and(|rate| rate.amount <= rust_decimal::Decimal::ZERO) {
        reader.refuse("rate", "expected more than nothing");
    }
    let (known, rate, from) = (known?, rate?, from?);
    if known.client.rates.iter().any(|it| it.from == from) {
        reader.refuse("from", "a rate from this day on is noted already");
    }
    let today = reader.context().today;
    let mut client = Client::clone(&known.client);
    // What holds later is known from now on; what holds already was known when it began.
    client.rates.push(ClientRate { from, rate, agreed: (from > today).then_some(today) });
    client.rates.sort_by_key(|it| it.from);
    let label = format!(
        "An hour costs {} {} from {}",
        client.name,
        amount_in_full(rate),
        crate::written::day_in_full(from)
    );
    Some(Edit::put(label, client))
}
