//! The form of a regular fee.

use crate::domain::{AnyRecord, LAST_DAY, Retainer, RetainerId, Table, add_days};
use crate::figures::{Told, amount_in_full};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::deal::{BASES, BASIS_WORDS};
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New regular fee",
    edit_title: "Regular fee",
    fields: &[
        required("client", "Client", "who pays it", FieldKind::OwnClient),
        required("what", "What for", "care of the shop, two days a month", FieldKind::Text),
        required("amount", "How much", "net, each time: 540", FieldKind::Amount),
        required("every", "How often", "1 month, 3 months, 1 year", FieldKind::Text),
        required("agreed", "Agreed", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        required("from", "First fee", "1 dec, fri, +3d", FieldKind::Day(Lean::Ahead)).begun_by("agreed"),
        optional("until", "Until", "the last day a fee can fall on", FieldKind::Day(Lean::Ahead))
            .begun_by("from"),
        optional("basis", "Basis", "a retainer, where nothing else is said", FieldKind::Choice(BASIS_WORDS)),
        optional("deal", "Deal", "what it came out of", FieldKind::Deal),
    ],
    fill,
    read: Read::Edit(read),
};

/// What it costs from a day on: the fee itself ends the day before.
pub(super) const NEW_PRICE: FormSpec = FormSpec {
    new_title: "New price",
    edit_title: "New price",
    fields: &[
        required("amount", "How much", "net, each time: 590", FieldKind::Amount),
        required("from", "First fee at it", "1 jan, fri, +3d", FieldKind::Day(Lean::Ahead))
            .begun_by("agreed"),
        required("agreed", "Agreed", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: fill_price,
    read: Read::Edit(read_price),
};

/// The fee that gets a new price.
pub(super) fn at_old_price(context: &Context<'_>, target: &Target) -> Option<Retainer> {
    let Target::NewPart(Table::Retainers, id) = target else { return None };
    existing(context, &Target::Record(Table::Retainers, id.clone()))
}

fn fill_price(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(fee) = at_old_price(context, target) else { return Vec::new() };
    let known = context.book.client(&fee.client).and_then(|known| known.as_of(context.today));
    let told = known.and_then(|known| Told::of_fee(&known, &fee, context.today));
    let named = told.and_then(|told| told.from).unwrap_or_else(|| add_days(context.today, 1));
    // From that day on it costs more: the next fee is the first that does.
    let first = fee.every.occurrences(fee.from, named.max(add_days(fee.from, 1)), LAST_DAY).next();
    let mut filled = vec![("agreed", context.today.to_string())];
    filled.extend(first.map(|day| ("from", day.to_string())));
    let price = told.and_then(|told| told.to);
    filled.extend(price.map(|it| ("amount", amount_text(it, context.currency_of(Some(&fee.client))))));
    filled
}

fn read_price(reader: &mut Reader<'_>) -> Option<Edit> {
    let fee = at_old_price(reader.context(), reader.target())?;
    let amount = reader.more_than_nothing("amount", Reader::amount);
    let (from, agreed) = (reader.day("from"), reader.past_day("agreed"));
    if from.is_some_and(|from| from <= fee.from) {
        let began = crate::written::day_in_full(fee.from);
        reader.refuse("from", format!("its first fee was on {began}: choose a later day"));
    }
    let (amount, from, agreed) = (amount?, from?, agreed?);
    let id = RetainerId::fresh(&fee.what, reader.seed());
    let (ended, new) = fee.at_new_price(id, amount, agreed, from);
    let (price, day) = (amount_in_full(amount), crate::written::day_in_full(from));
    let label = format!("New price of {}: {price} every {} from {day} on", fee.what, fee.every);
    Some(Edit::put(label, ended).and(new))
}

fn existing(context: &Context<'_>, target: &Target) -> Option<Retainer> {
    let Target::Record(Table::Retainers, id) = target else { return None };
    match context.book.find(Table::Retainers, id)? {
        AnyRecord::Retainer(retainer) => Some(Retainer::clone(&retainer)),
        _ => None,
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let client = super::client_name(context, target).map(|name| ("client", name));
    let Some(retainer) = existing(context, target) else {
        let today = context.today.to_string();
        let mut filled = vec![("every", "1 month".to_owned()), ("agreed", today.clone()), ("from", today)];
        filled.extend(client);
        return filled;
    };
    let basis = BASES.iter().position(|it| Some(*it) == retainer.basis).and_then(|at| BASIS_WORDS.get(at));
    let mut filled = vec![
        ("what", retainer.what.clone()),
        ("amount", amount_text(retainer.amount, context.currency_of(Some(&retainer.client)))),
        ("every", retainer.every.to_string()),
        ("agreed", retainer.agreed.to_string()),
        ("from", retainer.from.to_string()),
        ("until", retainer.until.map(|day| day.to_string()).unwrap_or_default()),
        ("basis", basis.copied().unwrap_or_default().to_owned()),
        ("deal", super::deal_title(context, retainer.deal.as_ref())),
    ];
    filled.extend(client);
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let client = reader.client("client");
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let amount = reader.keep("amount", held.map(|it| Some(it.amount)), |reader, name| {
        reader.more_than_nothing(name, Reader::amount)
    });
    let every = reader.keep("every", held.map(|it| Some(it.every)), Reader::interval);
    let agreed = reader.keep("agreed", held.map(|it| Some(it.agreed)), Reader::past_day);
    let from = reader.keep("from", held.map(|it| Some(it.from)), Reader::day);
    let until = reader.keep("until", held.map(|it| it.until), Reader::day);
    let basis = reader.keep("basis", held.map(|it| it.basis), |reader, name| reader.choice(name, &BASES));
    let deal = reader.kept_deal("deal");
    let (client, what, amount, every) = (client?, what?, amount?, every?);
    let (agreed, from) = (agreed?, from?);
    let days_typed = held.is_none() || ["from", "until"].iter().any(|name| !reader.untouched(name));
    if days_typed && until.is_some_and(|until| until < from) {
        reader.refuse("until", "the last day lies before the first fee");
    }
    let verb = if held.is_some() { "Changed fee" } else { "Agreed fee" };
    let label = format!("{verb}: {what}, {} every {every}", amount_in_full(amount));
    let id = held.map_or_else(|| RetainerId::fresh(&what, reader.seed()), |it| it.id.clone());
    let client = client.id().clone();
    Some(Edit::put(label, Retainer { id, client, what, amount, every, agreed, from, until, basis, deal }))
}
