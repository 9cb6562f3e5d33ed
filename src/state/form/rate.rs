//! The form of a client's rate: what an hour costs them, from a day on.

use crate::domain::{Client, ClientRate};
use crate::figures::{Told, amount_in_full};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note a rate",
    edit_title: "Note a rate",
    fields: &[
        required("client", "Client", "whom", FieldKind::OwnClient),
        required("rate", "An hour costs", "90 or 90 usd", FieldKind::Amount),
        required("from", "From", "the first day: 1 jan, fri, today", FieldKind::Day(Lean::Back)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let client = super::own_client(context, target);
    let known = client.as_ref().and_then(|id| context.book.client(id)?.as_of(context.today));
    // What a letter told them of is what is agreed, most likely.
    let told = known.and_then(|known| Told::of_rate(context.book.business(), &known, context.today));
    let from = told.and_then(|told| told.from).unwrap_or(context.today);
    let mut filled = vec![("from", from.to_string())];
    let rate = told.and_then(|told| told.to);
    filled.extend(rate.map(|rate| ("rate", amount_text(rate, context.currency_of(client.as_ref())))));
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
