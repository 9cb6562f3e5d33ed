//! The form of what was told and offered of a deal: price, terms, proposal, what each side gets.

use crate::domain::{Deal, LessScope, PriceTold, Proposal, TermsTold};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::deal::{existing, known};
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "What was told and offered",
    edit_title: "What was told and offered",
    fields: &[
        optional("price", "Price told", "net, such as 4,800", FieldKind::Amount),
        optional("price_day", "Told on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("terms", "Terms told", "days an invoice gives: 14", FieldKind::Count),
        optional("terms_day", "Terms told on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("asked", "Proposal asked for on", "empty: nobody asked", FieldKind::Day(Lean::Back)),
        optional("asked_by", "Asked for by", "who of theirs", FieldKind::Person),
        optional("sent", "Proposal sent on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("valid", "Holds until", "+30d, 31 mar", FieldKind::Day(Lean::Ahead)).begun_by("sent"),
        optional("they_get", "They get", "what it is worth to them", FieldKind::Text),
        optional("we_get", "You get", "beyond the money", FieldKind::Text),
        optional("less", "Left out for less money", "what is not done any more", FieldKind::Text),
        optional("less_day", "Left out on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(deal) = existing(context, target) else { return Vec::new() };
    let deal = known(context, deal);
    let currency = context.currency_of(Some(&deal.client));
    let (price, terms, less) = (deal.price_told.as_ref(), deal.terms_told.as_ref(), deal.less_scope.as_ref());
    let proposal = deal.proposal.clone().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let price_text = price.and_then(|it| it.amount).map(|amount| amount_text(amount, currency));
    vec![
        ("price", price_text.unwrap_or_default()),
        ("price_day", day(price.map(|it| it.day))),
        ("terms", terms.and_then(|it| it.days).map(|days| days.to_string()).unwrap_or_default()),
        ("terms_day", day(terms.map(|it| it.day))),
        ("asked", day(proposal.asked)),
        ("asked_by", proposal.asked_by.unwrap_or_default()),
        ("sent", day(proposal.sent)),
        ("valid", day(proposal.valid_until)),
        ("they_get", deal.they_get.clone().unwrap_or_default()),
        ("we_get", deal.we_get.clone().unwrap_or_default()),
        ("less", less.map(|it| it.what.clone()).unwrap_or_default()),
        ("less_day", day(less.map(|it| it.day))),
    ]
}

/// What was said on a day: kept while both fields hold what the form wrote, and of today where no day is typed.
fn told<T>(
    reader: &mut Reader<'_>,
    [what, day]: [&str; 2],
    held: Option<T>,
    read: impl FnOnce(&mut Reader<'_>, chrono::NaiveDate) -> Option<T>,
) -> Option<T> {
    if reader.untouched(what) && reader.untouched(day) {
        return held;
    }
    if reader.typed(what).is_none() && reader.typed(day).is_none() {
        return None;
    }
    let on = if reader.typed(day).is_some() { reader.past_day(day)? } else { reader.context().today };
    read(reader, on)
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal: Deal = existing(reader.context(), reader.target())?;
    let price_told = told(reader, ["price", "price_day"], deal.price_told.clone(), |reader, day| {
        let held = deal.price_told.as_ref().and_then(|it| it.amount);
        let amount =
            reader.keep("price", Some(held), |reader, name| reader.nothing_or_more(name, Reader::amount));
        Some(PriceTold { day, amount })
    });
    let terms_told = told(reader, ["terms", "terms_day"], deal.terms_told.clone(), |reader, day| {
        let held = deal.terms_told.as_ref().and_then(|it| it.days);
        let days = reader.keep("terms", Some(held), |reader, name| reader.count(name, 365));
        Some(TermsTold { day, days })
    });
    let less_scope = told(reader, ["less", "less_day"], deal.less_scope.clone(), |reader, day| {
        if reader.typed("less").is_none() {
            reader.refuse("less", "say what was left out");
        }
        Some(LessScope { day, what: reader.text("less")? })
    });
    let proposal = proposal(reader, deal.proposal.as_ref());
    let they_get = reader.keep("they_get", Some(deal.they_get.clone()), Reader::text);
    let we_get = reader.keep("we_get", Some(deal.we_get.clone()), Reader::text);
    let label = format!("Noted what was told and offered for {}", deal.title);
    Some(Edit::put(label, Deal { price_told, terms_told, less_scope, proposal, they_get, we_get, ..deal }))
}

fn proposal(reader: &mut Reader<'_>, held: Option<&Proposal>) -> Option<Proposal> {
    let names = ["asked", "asked_by", "sent", "valid"];
    if names.iter().all(|name| reader.untouched(name)) {
        return held.cloned();
    }
    let known = held.cloned().unwrap_or_default();
    let asked = reader.keep("asked", Some(known.asked), Reader::past_day);
    let asked_by = reader.keep("asked_by", Some(known.asked_by), Reader::person);
    let sent = reader.keep("sent", Some(known.sent), Reader::past_day);
    let valid_until = reader.keep("valid", Some(known.valid_until), Reader::day);
    if asked_by.is_some() && asked.is_none() && reader.typed("asked").is_none() {
        reader.refuse("asked", "say on which day they asked");
    }
    if asked.zip(sent).is_some_and(|(asked, sent)| sent < asked) {
        reader.refuse("sent", "it was asked for only after that");
    }
    if sent.zip(valid_until).is_some_and(|(sent, until)| until < sent) {
        reader.refuse("valid", "this lies before the day it was sent");
    }
    let proposal = Proposal { asked, asked_by, sent, valid_until };
    (proposal != Proposal::default()).then_some(proposal)
}
