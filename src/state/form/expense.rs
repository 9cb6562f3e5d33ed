//! The form of an expense: once, or again and again.

use crate::domain::{AnyRecord, Expense, ExpenseId, Table};
use crate::figures::amount_in_full;
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New expense",
    edit_title: "Expense",
    fields: &[
        required("what", "What for", "office rent, laptop, train to a client", FieldKind::Text),
        required("amount", "How much", "gross, each time: 420", FieldKind::Cost),
        required("day", "When", "or when first: today, 1 dec, -3d", FieldKind::Day(Lean::Back))
            .repeated_by("every"),
        optional("every", "How often", "empty: once; 1 month, 3 months, 1 year", FieldKind::Text),
        optional("until", "Until", "the last day it can fall on", FieldKind::Day(Lean::Ahead))
            .begun_by("day"),
        optional("client", "Client", "for whom; empty: for the firm", FieldKind::OwnClient),
        optional("deal", "Deal", "for what", FieldKind::Deal),
        optional("category", "Category", "rent, travel, software", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Expense> {
    let Target::Record(Table::Expenses, id) = target else { return None };
    match context.book.find(Table::Expenses, id)? {
        AnyRecord::Expense(expense) => Some(Expense::clone(&expense)),
        _ => None,
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    // What is spent is mostly the firm's own: only a record names a client from the start.
    let Some(expense) = existing(context, target) else {
        return vec![("day", context.today.to_string())];
    };
    let mut filled = vec![
        ("what", expense.what.clone()),
        ("amount", amount_text(expense.amount, context.book.currency())),
        ("day", expense.day.to_string()),
        ("every", expense.every.map(|every| every.to_string()).unwrap_or_default()),
        ("until", expense.until.map(|day| day.to_string()).unwrap_or_default()),
        ("deal", super::deal_title(context, expense.deal.as_ref())),
        ("category", expense.category.clone().unwrap_or_default()),
    ];
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let currency = reader.context().book.currency();
    let amount = reader.keep("amount", held.map(|it| Some(it.amount)), |reader, name| {
        reader.more_than_nothing(name, |reader, name| reader.amount_in(name, currency))
    });
    let day = reader.keep("day", held.map(|it| Some(it.day)), Reader::day);
    let every = reader.keep("every", held.map(|it| it.every), Reader::interval);
    let until = reader.keep("until", held.map(|it| it.until), Reader::day);
    let client = reader.client("client").map(|known| known.id().clone());
    let deal = reader.kept_deal("deal");
    let category = reader.keep("category", held.map(|it| it.category.clone()), Reader::text);
    let (what, amount, day) = (what?, amount?, day?);
    let days_typed = held.is_none() || ["day", "every", "until"].iter().any(|name| !reader.untouched(name));
    if days_typed && until.is_some_and(|until| until < day) {
        reader.refuse("until", "the last day lies before the first");
    }
    if days_typed && until.is_some() && every.is_none() {
        reader.refuse("until", "what falls once has no last day: say how often, or leave this empty");
    }
    let today = reader.context().today;
    let verb = if held.is_some() { "Changed expense" } else { "Noted expense" };
    let label = format!("{verb}: {what}, {}", amount_in_full(amount));
    let id = held.map_or_else(|| ExpenseId::fresh(&what, reader.seed()), |it| it.id.clone());
    // What lies ahead is known from today on.
    let noted = match held {
        Some(held) => held.noted,
        None => (day > today).then_some(today),
    };
    Some(Edit::put(label, Expense { id, what, amount, day, every, until, noted, client, deal, category }))
}
