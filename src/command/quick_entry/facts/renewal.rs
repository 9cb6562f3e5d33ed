//! Renewals: `renewal acme domain acme.de 14 mar 29`, `renewal own hosting 12 jan 15 eur`.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, ClientFacts, Money, Renewal, RenewalId};
use crate::state::Edit;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::grammar::reader::{Reader, put, said, titled};
use crate::command::quick_entry::who::whom::{Owner, Who};
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::{ChipKind, Choice};

/// What says that something comes to its end.
pub(in crate::command::quick_entry) const RENEWS: [&str; 11] = [
    "expires",
    "expire",
    "renews",
    "runs out",
    "is renewed",
    "runs until",
    "runs till",
    "runs til",
    "up for renewal",
    "must be renewed",
    "needs renewing",
];

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let every = facts::expense::interval(reader, all.clone());
    let expires = reader.last_day_ahead(all.clone());
    refuse_short_years(reader, false);
    let who = whose(reader)?.client();
    let (cost, price) = paid(reader, who.as_ref());
    if reader.is_asking() {
        return None;
    }
    refuse_short_years(reader, true);
    let another = find_day(&reader.line, reader.line.heading(), reader.known.today, Lean::Ahead);
    if let Some(day) = another {
        reader.refuse(&day.words, "Say one day on which it expires");
    }
    let costs = reader.line.find(&["costs", "cost", "price", "at"], all.clone());
    if let Some(words) = costs.filter(|words| {
        let amount = reader.line.plain(words.end);
        reader.line.is_free(words.end) && amount.starts_with(|c: char| c.is_ascii_digit())
    }) {
        reader.refuse(&words, "Say the price with its currency, such as 90 EUR");
    }
    reader.refuse_unclear_title(None);
    let Some(what) = reader.rest_as(ChipKind::Note, all) else {
        reader.need("Say what is to be renewed");
        return None;
    };
    let Some(expires) = expires else {
        reader.need("Say when it expires");
        return None;
    };
    let known = match &who {
        Some(who) => who.facts.map(|facts| facts.facts.renewals.as_slice()).unwrap_or_default(),
        None => reader.known.book.firm().renewals.as_slice(),
    };
    if known.iter().any(|known| known.what.eq_ignore_ascii_case(&what)) {
        reader.warn(format!("{what} is among the renewals already"));
    } else if let Some(known) = known.iter().find(|known| known.expires_now() == expires) {
        reader.warn(format!("{} expires on that day, too: is it the same?", known.what));
    }
    let renewal = Renewal {
        id: RenewalId::fresh(&what, reader.seed()),
        what: what.clone(),
        client: who.map(|who| who.id),
        noted: reader.known.today,
        expires,
        every,
        renewed: Vec::new(),
        chain: Vec::new(),
        cost,
        price,
        contacts: Vec::new(),
        renews_itself: None,
        verified: Vec::new(),
    };
    Some(put(format!("Noted renewal of {what}"), vec![AnyRecord::Renewal(Arc::new(renewal))]))
}

/// Says of a short number right after the day that it is no year; before the amount is read only where no number can be one.
fn refuse_short_years(reader: &mut Reader<'_>, is_read: bool) {
    let all = reader.line.all();
    let found = amounts(&reader.line, all.clone(), reader.known.book.currency());
    if is_read || !found.iter().any(|amount| amount.marked) {
        for at in all {
            reader.refuse_short_year(at);
        }
    }
}

/// What it costs the firm and what the client pays, of an amount with its currency; of a bare number it is asked where it stands
/// apart, else it is a part of what it is.
fn paid(reader: &mut Reader<'_>, who: Option<&Who<'_>>) -> (Option<Money>, Option<Money>) {
    let all = reader.line.all();
    let currency = reader.currency(who);
    let found = amounts(&reader.line, all.clone(), currency);
    let apart = |amount: &&Amount| {
        let run = |run: &Range<usize>| run.start <= amount.words.start && amount.words.end <= run.end;
        let alone =
            reader.line.runs(all.clone()).into_iter().find(run).is_some_and(|run| run == amount.words);
        // `insurance 640 a year`
        let each = matches!(
            reader.line.plain(amount.words.end),
            "a" | "per" | "each" | "every" | "yearly" | "annually" | "monthly"
        );
        alone || reader.line.is_parted(amount.words.start) || each
    };
    if !found.iter().any(|amount| amount.marked) {
        let Some(apart) = found.iter().find(apart) else { return (None, None) };
        let typed = reader.line.typed(&apart.words).to_owned();
        let told = said(apart.money);
        let choices = vec![
            Choice { key: "amount".to_owned(), label: format!("It is {told}") },
            Choice { key: "name".to_owned(), label: format!("“{typed}” is a part of what is renewed") },
        ];
        let text = format!("Is {typed} an amount?");
        if reader.ask(format!("renewal-amount:{typed}"), text, choices).as_deref() != Some("amount") {
            return (None, None);
        }
    }
    let Some(amount) = reader.amount(all, currency) else { return (None, None) };
    let told = said(amount.money);
    let Some(who) = who else {
        reader.chip_of(ChipKind::Money, format!("costs {told}"), &amount.words);
        return (Some(amount.money), None);
    };
    let choices = vec![
        Choice { key: "price".to_owned(), label: format!("{} pays {told}", who.name) },
        Choice { key: "cost".to_owned(), label: format!("It costs you {told}") },
    ];
    let question = "Who pays that?".to_owned();
    let Some(answer) = reader.ask(format!("pays-renewal:{told}"), question, choices) else {
        return (None, None);
    };
    if answer == "cost" {
        reader.chip_of(ChipKind::Money, format!("costs {told}"), &amount.words);
        (Some(amount.money), None)
    } else {
        reader.chip_of(ChipKind::Money, format!("they pay {told}"), &amount.words);
        (None, Some(amount.money))
    }
}

/// Whose it is; `None` where that is asked or missing.
fn whose<'a>(reader: &mut Reader<'a>) -> Option<Owner<'a>> {
    let all = reader.line.all();
    if let Some(own) = reader.line.take_phrase(&["my own", "our own", "own", "internal"], all.clone()) {
        reader.chip_of(ChipKind::Client, "your own", &own);
        return Some(Owner::Firm);
    }
    if let Some(who) = reader.who_exactly(all.clone(), true) {
        return Some(Owner::Client(who));
    }
    if reader.is_asking() {
        return None;
    }
    let Some(words) = reader.unknown_name(all.clone()) else {
        reader.need("Say what is to be renewed");
        return None;
    };
    let name = titled(reader.line.typed(&words));
    let by_address = of_address(reader, all);
    let mut choices: Vec<Choice> = by_address
        .iter()
        .map(|it| Choice { key: it.id().to_string(), label: it.client.name.clone() })
        .collect();
    choices.push(Choice { key: "own".to_owned(), label: "Your own".to_owned() });
    if !THINGS.contains(&reader.line.plain(words.start)) {
        choices.push(Choice { key: "new".to_owned(), label: format!("New client “{name}”") });
    }
    let answer = reader.ask(format!("owner:{}", name.to_lowercase()), "Whose is it?".to_owned(), choices)?;
    if let Some(known) = by_address.into_iter().find(|known| known.id().as_str() == answer) {
        return Some(Owner::Client(reader.of_client(known)));
    }
    if answer == "own" {
        reader.chip(ChipKind::Client, "your own");
        return Some(Owner::Firm);
    }
    Some(Owner::Client(reader.make_client(&words)))
}

/// What may be renewed, and is nobody's name.
const THINGS: [&str; 9] = [
    "domain",
    "hosting",
    "certificate",
    "ssl",
    "licence",
    "license",
    "subscription",
    "insurance",
    "maintenance",
];

/// The clients whose names an address of the line holds: `domain acme.de`.
fn of_address<'a>(reader: &Reader<'a>, within: Range<usize>) -> Vec<&'a Arc<ClientFacts>> {
    const LEAST: usize = 4;
    let line = &reader.line;
    let free = within.filter(|at| line.is_free(*at));
    let address = free.filter_map(|at| line.words.get(at)).find(|word| word.text.contains('.'));
    let Some(address) = address else { return Vec::new() };
    let parts = name_words(&address.text.replace(['.', '-'], " "));
    let is_in = |name: &str| {
        name_words(name).iter().any(|word| word.chars().count() >= LEAST && parts.contains(word))
    };
    reader.known.book.clients().filter(|known| is_in(&known.client.name)).collect()
}
