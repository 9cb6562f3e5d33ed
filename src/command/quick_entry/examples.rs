//! What can be typed, told with the names of the book itself.

use rust_decimal::Decimal;

use crate::command::quick_entry::Known;

/// A line that could be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The line.
    pub line: String,
    /// What it enters.
    pub what: &'static str,
}

/// A handful of lines with names of the book; in an empty one how to begin.
#[must_use]
pub fn examples(known: &Known<'_>) -> Vec<Example> {
    let example = |line: String, what| Example { line, what };
    let living = || known.book.clients().filter(|client| client.client.over().is_none());
    let Some(any) = living().find(|client| !client.facts.deals.is_empty()).or_else(|| living().next()) else {
        return vec![
            example("client Acme net 14".to_owned(), "a new client"),
            example("met Ana at the fair re new site, wants a quote".to_owned(), "somebody you met"),
            example("cards: Design fair, yesterday".to_owned(), "a stack of business cards"),
            example("spent 49 on hosting".to_owned(), "an expense"),
        ];
    };
    let name = &any.client.name;
    let person = any.client.people.first().map_or(name, |person| &person.name);
    let owing = living().find_map(|client| {
        let mut open = client.facts.invoices.iter().filter_map(|invoice| invoice.as_of(known.today));
        let invoice = open.find(|invoice| invoice.open().amount > Decimal::ZERO)?;
        Some((client.client.name.clone(), invoice.open().amount.normalize()))
    });
    let deal = any.facts.deals.iter().rev().find(|deal| deal.as_of(known.today).is_some());
    let mut lines = Vec::new();
    lines.extend(owing.map(|(name, amount)| example(format!("paid {name} {amount}"), "a payment")));
    lines.push(example(format!("call {person} in: asked about hosting"), "a touch"));
    lines
        .push(example("met Lena Park at the fair re new site, wants a quote".to_owned(), "somebody you met"));
    lines.push(example(format!("i promised {name} the draft by fri"), "a promise"));
    lines.extend(deal.map(|deal| example(format!("{name} {} next: call on tue", deal.title), "a next step")));
    lines.push(example(format!("{name} 3h design"), "hours worked"));
    lines.push(example(format!("invoice {name} 2400 due 14d a result"), "an invoice"));
    lines.push(example("cards: Design fair, yesterday".to_owned(), "a stack of business cards"));
    lines
}
