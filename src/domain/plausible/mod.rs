//! What in a book cannot be right, though it can be read: warnings for `check` and for the Today view.
//!
//! One small function for each kind of record, which states its rules one after the other. **This folder must not know** what
//! comes of such a book: the figures that would be absurd say so themselves, or count what is built in instead.

mod deal;
mod settings;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    AnyRecord, Book, Business, Client, Expense, Handled, Invoice, Lever, Money, Outgoing, Promise, Renewal,
    Retainer, Scenario, Snooze, Table, Touch, Work, is_mail_address,
};
use deal::deal;
use settings::settings;

/// Something in a record that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implausible {
    /// The record's table; `None`: the firm's settings.
    pub table: Option<Table>,
    /// The record's id; empty for the firm's settings.
    pub id: String,
    /// The field it is about, as written in a book: `payments[1].day`.
    pub field: String,
    /// What is wrong and what would be right, in a sentence without a full stop.
    pub message: String,
}

/// Everything implausible in a book, in the order of its records. `today` tells which days lie ahead.
#[must_use]
pub fn implausible(book: &Book, today: NaiveDate) -> Vec<Implausible> {
    let known = Known::of(book.business());
    let mut all = Vec::new();
    let mut notes = Notes { today, found: Vec::new() };
    settings(book.business(), &mut notes);
    all.extend(notes.found.drain(..).map(|(field, message)| Implausible {
        table: None,
        id: String::new(),
        field,
        message,
    }));
    for record in book.records() {
        match &record {
            AnyRecord::Client(it) => client(it, &known, &mut notes),
            AnyRecord::Deal(it) => deal(it, &known, &mut notes),
            AnyRecord::Retainer(it) => retainer(it, &mut notes),
            AnyRecord::Invoice(it) => invoice(it, &mut notes),
            AnyRecord::Touch(it) => touch(it, &mut notes),
            AnyRecord::Promise(it) => promise(it, &mut notes),
            AnyRecord::Work(it) => work(it, &mut notes),
            AnyRecord::Expense(it) => expense(it, &mut notes),
            AnyRecord::Renewal(it) => renewal(it, &mut notes),
            AnyRecord::Snooze(it) => snooze(it, &mut notes),
            AnyRecord::Handled(it) => handled(it, &mut notes),
            AnyRecord::Outgoing(it) => outgoing(it, &mut notes),
            AnyRecord::Scenario(it) => scenario(it, &mut notes),
        }
        all.extend(notes.found.drain(..).map(|(field, message)| Implausible {
            table: Some(record.table()),
            id: record.id_str().to_owned(),
            field,
            message,
        }));
    }
    all.extend(repeated_numbers(book));
    all.extend(one_sided_offsets(book));
    all.extend(ended_and_back(book));
    all
}

/// The names that records may use.
struct Known {
    stages: Vec<String>,
    criteria: Vec<String>,
}

impl Known {
    fn of(business: &Business) -> Self {
        Self {
            stages: business.stages().into_iter().map(|stage| stage.id).collect(),
            criteria: business.criteria.iter().map(|criterion| criterion.id.clone()).collect(),
        }
    }
}

/// What was found in one record: fields and messages.
struct Notes {
    today: NaiveDate,
    found: Vec<(String, String)>,
}

impl Notes {
    fn note(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.found.push((field.into(), message.into()));
    }

    /// Something that happened cannot lie ahead.
    fn happened(&mut self, field: impl Into<String>, day: NaiveDate) {
        if day > self.today {
            self.note(field, format!("{day} lies ahead of today, {}: correct the day", self.today));
        }
    }

    /// One thing cannot be before another.
    fn in_order(&mut self, field: impl Into<String>, day: NaiveDate, what: &str, earlier: NaiveDate) {
        if day < earlier {
            self.note(field, format!("{day} is before {what}, {earlier}: correct one of the days"));
        }
    }

    fn positive(&mut self, field: impl Into<String>, number: Decimal) {
        if number <= Decimal::ZERO {
            self.note(field, format!("{number} is not above zero: correct it"));
        }
    }

    fn not_negative(&mut self, field: impl Into<String>, number: Decimal) {
        if number.is_sign_negative() && !number.is_zero() {
            self.note(field, format!("{number} is below zero: remove the minus"));
        }
    }

    fn percent(&mut self, field: impl Into<String>, percent: Decimal) {
        if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent) {
            self.note(field, format!("{percent}% is not between 0% and 100%: correct it"));
        }
    }
}

/// Of `known`, the name most like `found`, if any is like it at all: for "did you mean …?".
#[must_use]
pub fn likely<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&found.to_lowercase(), name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The question whether the likely name was meant, where there is one.
fn meant<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    likely(found, known).map_or(String::new(), |name| format!(": did you mean {name:?}?"))
}

fn client(client: &Client, known: &Known, notes: &mut Notes) {
    if client.name.trim().is_empty() {
        notes.note("name", "the name is empty: write one");
    }
    client.met.iter().for_each(|met| notes.happened("met.day", met.day));
    client.added.into_iter().for_each(|day| notes.happened("added", day));
    match client.ended.as_ref().map(|ended| (ended.day, ended.agreed)) {
        Some((day, Some(agreed))) => {
            notes.happened("ended.agreed", agreed);
            notes.in_order("ended.day", day, "the day it was agreed", agreed);
        }
        Some((day, None)) if day > notes.today => {
            notes.note(
                "ended.day",
                format!("{day} lies ahead of today, {}: note when it was agreed", notes.today),
            );
        }
        Some((_, None)) | None => {}
    }
    if let (Some(ended), Some(met)) = (&client.ended, &client.met) {
        notes.in_order("ended.day", ended.day, "the day you met", met.day);
    }
    if client.kind.as_ref().is_some_and(|by_hand| by_hand.reason.trim().is_empty()) {
        notes.note("kind.reason", "a kind set by hand needs its reason: write why");
    }
    for (at, feeling) in client.feelings.iter().enumerate() {
        notes.happened(format!("feelings[{at}].day"), feeling.day);
    }
    for (at, check) in client.door_check.iter().enumerate() {
        notes.happened(format!("door_check[{at}].day"), check.day);
    }
    for (at, rate) in client.rates.iter().enumerate() {
        notes.not_negative(format!("rates[{at}].rate"), rate.rate.amount);
        if let Some(agreed) = rate.agreed {
            notes.happened(format!("rates[{at}].agreed"), agreed);
        }
    }
    for (at, fit) in client.fit.iter().enumerate() {
        if !known.criteria.contains(&fit.criterion) {
            let meant = meant(&fit.criterion, known.criteria.iter().map(String::as_str));
            let message = format!("there is no criterion {:?} among the firm's{meant}", fit.criterion);
            notes.note(format!("fit[{at}].criterion"), message);
        }
    }
    let introduced_by = client.met.as_ref().and_then(|met| met.introduced_by.as_ref());
    if introduced_by == Some(&client.id) {
        notes.note("met.introduced_by", "nobody introduces themselves: name who did, or leave it out");
    }
}

fn retainer(retainer: &Retainer, notes: &mut Notes) {
    notes.happened("agreed", retainer.agreed);
    notes.not_negative("amount", retainer.amount.amount);
    retainer
        .until
        .into_iter()
        .for_each(|until| notes.in_order("until", until, "its first day", retainer.from));
}

fn invoice(invoice: &Invoice, notes: &mut Notes) {
    notes.happened("issued", invoice.issued);
    notes.in_order("due", invoice.due, "the day it was issued", invoice.issued);
    let total = invoice.total();
    let is_credit = total.amount.is_sign_negative();
    for (at, payment) in invoice.payments.iter().enumerate() {
        let field = format!("payments[{at}].day");
        notes.happened(field.as_str(), payment.day);
        notes.in_order(field, payment.day, "the day the invoice was issued", invoice.issued);
        if payment.amount.is_zero() {
            notes.note(
                format!("payments[{at}].amount"),
                "a payment of nothing: write the amount or remove it",
            );
        }
    }
    let (paid, credited) = (invoice.paid(), invoice.credited());
    let settled = Money::new(paid.amount + credited.amount, total.currency);
    let too_much = if is_credit { settled.amount < total.amount } else { settled.amount > total.amount };
    if too_much && !invoice.payments.is_empty() {
        let was = if credited.is_zero() { "was paid" } else { "was paid or set off" };
        let message =
            format!("{settled} {was} on an invoice of {total}: correct one, or note what the rest is for");
        notes.note(format!("payments[{}].amount", invoice.payments.len() - 1), message);
    }
    for (at, offset) in invoice.payments.iter().enumerate().filter(|(_, it)| it.offset.is_some()) {
        if offset.amount.amount.is_sign_negative() != is_credit && !offset.amount.is_zero() {
            let message = if is_credit {
                "what is set off on a credit note is below zero: write a minus"
            } else {
                "what is set off on an invoice is above zero: remove the minus, or name the credit note here"
            };
            notes.note(format!("payments[{at}].amount"), message);
        }
        if offset.offset.as_ref() == Some(&invoice.id) {
            notes.note(
                format!("payments[{at}].offset"),
                "nothing is set off against itself: name the other side",
            );
        }
    }
    for (at, promised) in invoice.promised.iter().enumerate() {
        notes.happened(format!("promised[{at}].day"), promised.day);
        notes.in_order(
            format!("promised[{at}].pay_by"),
            promised.pay_by,
            "the day it was promised",
            promised.day,
        );
    }
    for (at, dispute) in invoice.disputes.iter().enumerate() {
        notes.happened(format!("disputes[{at}].from"), dispute.from);
        notes.in_order(
            format!("disputes[{at}].from"),
            dispute.from,
            "the day the invoice was issued",
            invoice.issued,
        );
        if let Some(until) = dispute.until {
            notes.happened(format!("disputes[{at}].until"), until);
            notes.in_order(format!("disputes[{at}].until"), until, "the day the dispute began", dispute.from);
        }
    }
    if let Some(write_off) = &invoice.write_off {
        notes.happened("write_off.day", write_off.day);
        notes.in_order("write_off.day", write_off.day, "the day the invoice was issued", invoice.issued);
        if !is_credit && settled.amount >= total.amount {
            notes.note("write_off", "nothing was left to write off: the invoice was paid in full");
        }
    }
}

fn touch(touch: &Touch, notes: &mut Notes) {
    notes.happened("day", touch.day);
    if touch.introduces.as_ref() == Some(&touch.client) {
        notes.note("introduces", "nobody introduces themselves: name whom they introduced");
    }
    if touch.answers.as_ref() == Some(&touch.id) {
        notes.note("answers", "a touch cannot answer itself: name the one it answers");
    }
}

fn promise(promise: &Promise, notes: &mut Notes) {
    notes.happened("made", promise.made);
    notes.in_order("due", promise.due, "the day it was made", promise.made);
    if let Some(kept) = promise.kept {
        notes.happened("kept", kept);
        notes.in_order("kept", kept, "the day it was made", promise.made);
    }
    for (at, moved) in promise.moved.iter().enumerate() {
        notes.happened(format!("moved[{at}].day"), moved.day);
        notes.in_order(format!("moved[{at}].day"), moved.day, "the day it was made", promise.made);
    }
}

fn work(work: &Work, notes: &mut Notes) {
    notes.happened("day", work.day);
    notes.positive("hours", work.hours);
    if work.hours > Decimal::from(24) {
        notes.note("hours", format!("{} hours do not fit into a day: spread them over several", work.hours));
    }
}

fn expense(expense: &Expense, notes: &mut Notes) {
    expense.noted.into_iter().for_each(|noted| notes.happened("noted", noted));
    if expense.day > notes.today && expense.noted.is_none() {
        let message = format!(
            "{} lies ahead: add noted, the day it became known, so that it counts from then",
            expense.day
        );
        notes.note("day", message);
    }
    notes.not_negative("amount", expense.amount.amount);
    expense.until.into_iter().for_each(|until| notes.in_order("until", until, "its first day", expense.day));
}

fn renewal(renewal: &Renewal, notes: &mut Notes) {
    notes.happened("noted", renewal.noted);
    for (at, renewed) in renewal.renewed.iter().enumerate() {
        notes.happened(format!("renewed[{at}].day"), renewed.day);
        notes.in_order(format!("renewed[{at}].day"), renewed.day, "the day it was noted", renewal.noted);
        notes.in_order(format!("renewed[{at}].until"), renewed.until, "the day it was renewed", renewed.day);
    }
    for (at, verified) in renewal.verified.iter().enumerate() {
        notes.happened(format!("verified[{at}]"), *verified);
    }
    renewal.cost.into_iter().for_each(|cost| notes.not_negative("cost", cost.amount));
    renewal.price.into_iter().for_each(|price| notes.not_negative("price", price.amount));
}

fn snooze(snooze: &Snooze, notes: &mut Notes) {
    notes.happened("day", snooze.day);
    notes.in_order("until", snooze.until, "the day it was put off", snooze.day);
}

fn handled(handled: &Handled, notes: &mut Notes) {
    notes.happened("day", handled.day);
    if handled.dismissed.as_ref().is_some_and(|why| why.trim().is_empty()) {
        notes.note("dismissed", "it does not say why it was dismissed: write a reason");
    }
}

fn outgoing(letter: &Outgoing, notes: &mut Notes) {
    notes.happened("queued", letter.queued);
    if let Some(handed) = &letter.handed_over {
        notes.happened("handed_over.day", handed.day);
        notes.in_order("handed_over.day", handed.day, "it was queued", letter.queued);
        if letter.dropped.is_some() {
            notes.note("dropped", "it was handed over, too: remove one of them");
        }
    }
    if let Some(dropped) = letter.dropped {
        notes.happened("dropped", dropped);
        notes.in_order("dropped", dropped, "it was queued", letter.queued);
    }
    if let Some(to) = letter.to.as_ref().filter(|to| !is_mail_address(to)) {
        notes.note("to", format!("{to:?} is no mail address, such as \"ann@example.org\": correct it"));
    }
    if letter.subject.contains(['\n', '\r']) {
        notes.note("subject", "it has more than one line: put the rest into the text");
    }
}

fn scenario(scenario: &Scenario, notes: &mut Notes) {
    if scenario.name.trim().is_empty() {
        notes.note("name", "the name is empty: write one");
    }
    notes.happened("made", scenario.made);
    for (at, row) in scenario.levers.iter().enumerate() {
        lever(&row.lever, &format!("levers[{at}].lever"), notes);
    }
}

fn lever(lever: &Lever, path: &str, notes: &mut Notes) {
    let too_few = "is too few to change anything: correct it";
    match lever {
        Lever::PaysLater { days: 0, .. } => {
            notes.note(format!("{path}.days"), "0 days later changes nothing: write how many, or remove it");
        }
        Lever::RatesRise { percent, .. } if percent.is_zero() => {
            notes.note(format!("{path}.percent"), "0% changes nothing: write how much, or remove it");
        }
        Lever::RatesRise { percent, .. } if percent.per_hundred() < -Decimal::ONE_HUNDRED => {
            let percent = percent.per_hundred().normalize();
            notes.note(format!("{path}.percent"), format!("{percent}% is more than all of it: correct it"));
        }
        Lever::Deposit { percent } => notes.percent(format!("{path}.percent"), percent.per_hundred()),
        Lever::Instalments { parts: parts @ ..=1, .. } => {
            notes.note(format!("{path}.parts"), format!("{parts} {too_few}"));
        }
        Lever::Instalments { parts, .. } if *parts > Lever::MOST_PARTS => {
            notes.note(
                format!("{path}.parts"),
                format!("{parts} are more than are counted: at most {}", Lever::MOST_PARTS),
            );
        }
        Lever::ManySmall { each, .. } if *each > Lever::MOST_EACH => {
            notes.note(
                format!("{path}.each"),
                format!("{each} are more than are counted: at most {}", Lever::MOST_EACH),
            );
        }
        Lever::ManySmall { largest: 0, .. } => notes.note(format!("{path}.largest"), format!("0 {too_few}")),
        Lever::ManySmall { each: each @ ..=1, .. } => {
            notes.note(format!("{path}.each"), format!("{each} {too_few}"));
        }
        Lever::Income { amount, .. } | Lever::Expense { amount, .. } => {
            notes.positive(format!("{path}.amount"), amount.amount);
        }
        _ => {}
    }
}

/// Invoices of one client that bear the same number.
fn repeated_numbers(book: &Book) -> Vec<Implausible> {
    let mut found = Vec::new();
    for client in book.clients() {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for invoice in &client.facts.invoices {
            if let Some(other) = first.get(invoice.number.as_str()) {
                found.push(Implausible {
                    table: Some(Table::Invoices),
                    id: invoice.id.to_string(),
                    field: "number".to_owned(),
                    message: format!(
                        "{:?} is also the number of {other:?}: give one its own, or remove it",
                        invoice.number
                    ),
                });
            } else {
                first.insert(&invoice.number, invoice.id.as_str());
            }
        }
    }
    found
}

/// What was set off on one side, and not by the same amount on the same day on the other: one of them counts as open that is
/// not, or the other way round.
fn one_sided_offsets(book: &Book) -> Vec<Implausible> {
    let mut found = Vec::new();
    for client in book.clients() {
        for invoice in &client.facts.invoices {
            for (at, offset) in invoice.payments.iter().enumerate() {
                let Some(named) = offset.offset.as_ref().filter(|named| **named != invoice.id) else {
                    continue;
                };
                let Some(other) = client.facts.get::<Invoice>(named.as_str()) else { continue };
                let (own, opposite) = invoice.sides(offset, other);
                let message = if invoice.is_credit_note() == other.is_credit_note() {
                    let what = if invoice.is_credit_note() { "a credit note" } else { "an invoice" };
                    format!("{} is {what} too: an invoice is set off against a credit note", other.number)
                } else if own > opposite {
                    let amount = Money::new(-offset.amount.amount, offset.amount.currency);
                    format!(
                        "{} does not say so: add (day: \"{}\", amount: \"{amount}\", offset: \"{}\") to its payments, or remove \
                         this one",
                        other.number, offset.day, invoice.id
                    )
                } else {
                    continue;
                };
                found.push(Implausible {
                    table: Some(Table::Invoices),
                    id: invoice.id.to_string(),
                    field: format!("payments[{at}].offset"),
                    message,
                });
            }
        }
    }
    found
}

/// Clients with whom it ended that ordered again since: the end is the last word until somebody says otherwise.
fn ended_and_back(book: &Book) -> Vec<Implausible> {
    let stages = book.business().stages();
    let back = book.clients().filter_map(|it| Some((it, it.client.over()?, it.ordered_again(&stages)?)));
    let warned = back.map(|(client, ended, again)| Implausible {
        table: Some(Table::Clients),
        id: client.id().to_string(),
        field: "ended".to_owned(),
        message: format!(
            "it ended on {}, but they ordered again since, last on {} ({} {:?}): set their kind by hand from a later day, or \
             remove the end",
            ended.day,
            again.day,
            again.table.singular(),
            again.id
        ),
    });
    warned.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ron::extensions::Extensions;
    use serde::de::DeserializeOwned;

    use super::super::{Deal, Record};
    use super::*;

    pub(super) fn parsed<T: DeserializeOwned>(text: &str) -> T {
        ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(text).unwrap()
    }

    pub(super) fn found(business: &str, records: Vec<AnyRecord>) -> Vec<String> {
        let client = parsed::<Client>("(id: \"c\", name: \"C\")");
        let own = AnyRecord::Client(Arc::new(client));
        let has_client = records.iter().any(|record| record.table() == Table::Clients);
        let records = (!has_client).then_some(own).into_iter().chain(records);
        let book = Book::from_records(Arc::new(parsed(&format!("(currency: \"EUR\", {business})"))), records);
        let today = "2026-11-21".parse().unwrap();
        implausible(&book, today).into_iter().map(|it| format!("{}: {}", it.field, it.message)).collect()
    }

    /// What is found in one record with the fields `head` that it must have and `fields`.
    fn of<R: Record>(head: &str, fields: &str) -> Vec<String> {
        found("", vec![R::any(Arc::new(parsed::<R>(&format!("(id: \"x\", {head}, {fields})"))))])
    }

    pub(super) fn one(found: &[String], expected: &str) {
        assert_eq!(found.len(), 1, "{expected}\n{found:?}");
        assert!(found.iter().all(|it| it.starts_with(expected)), "{expected}\n{found:?}");
    }

    const INVOICE: &str = "number: \"1\", client: \"c\", issued: \"2026-03-01\", due: \"2026-03-15\", lines: [(result: \"R\", \
        price: \"100 EUR\")]";
    const DEAL: &str = "client: \"c\", title: \"T\"";

    #[test]
    fn a_believable_book_raises_no_warning() {
        let none: Vec<String> = Vec::new();
        assert_eq!(of::<Invoice>(INVOICE, "payments: [(day: \"2026-03-01\", amount: \"100 EUR\")]"), none);
        assert_eq!(
            of::<Deal>(
                DEAL,
                "stages: [(day: \"2026-01-01\", stage: \"engaged\")], delivered: \"2026-02-01\""
            ),
            none
        );
        assert_eq!(
            of::<Expense>("what: \"W\", amount: \"1 EUR\", day: \"2027-01-01\"", "noted: \"2026-01-01\""),
            none
        );
        let credit = INVOICE.replace("100 EUR", "-100 EUR");
        assert_eq!(of::<Invoice>(&credit, "payments: [(day: \"2026-03-02\", amount: \"-100 EUR\")]"), none);
    }

    #[test]
    fn a_kind_set_by_hand_needs_its_reason() {
        let with = |reason: &str| {
            let kind = format!("kind: (kind: steady, day: \"2026-03-01\", reason: \"{reason}\")");
            of::<Client>("name: \"C\"", &kind)
        };
        one(&with(" "), "kind.reason: a kind set by hand needs its reason: write why");
        assert!(with("they pay on the day").is_empty());
    }

    #[test]
    fn payments_and_dates_of_an_invoice_must_fit() {
        let of = |fields: &str| of::<Invoice>(INVOICE, fields);
        one(
            &of("payments: [(day: \"2026-02-01\", amount: \"1 EUR\")]"),
            "payments[0].day: 2026-02-01 is before the day the",
        );
        one(
            &of(
                "payments: [(day: \"2026-04-01\", amount: \"60 EUR\"), (day: \"2026-04-01\", amount: \"60 EUR\")]",
            ),
            "payments[1].amount: 120.00 EUR was paid on an invoice of 100.00 EUR",
        );
        one(
            &of("payments: [(day: \"2026-12-01\", amount: \"1 EUR\")]"),
            "payments[0].day: 2026-12-01 lies ahead",
        );
        one(
            &of("payments: [(day: \"2026-04-01\", amount: \"0 EUR\")]"),
            "payments[0].amount: a payment of nothing",
        );
        one(
            &of("promised: [(day: \"2026-04-01\", pay_by: \"2026-03-30\")]"),
            "promised[0].pay_by: 2026-03-30 is before",
        );
        one(
            &of("disputes: [(from: \"2026-04-01\", until: \"2026-03-30\")]"),
            "disputes[0].until: 2026-03-30 is before",
        );
        one(&of("write_off: (day: \"2026-02-01\", cause: cannot)"), "write_off.day: 2026-02-01 is before");
        one(
            &of(
                "payments: [(day: \"2026-04-01\", amount: \"100 EUR\")], write_off: (day: \"2026-05-01\", cause: cannot)",
            ),
            "write_off: nothing was left to write off",
        );
        let early = INVOICE.replace("2026-03-15", "2026-02-15");
        one(&super::tests::of::<Invoice>(&early, ""), "due: 2026-02-15 is before the day it was issued");
    }

    #[test]
    fn a_number_is_given_once_to_a_client() {
        let invoice = |id: &str| AnyRecord::Invoice(Arc::new(parsed(&format!("(id: \"{id}\", {INVOICE})"))));
        one(&found("", vec![invoice("a"), invoice("b")]), "number: \"1\" is also the number of \"a\"");
    }

    #[test]
    fn who_ended_and_ordered_again_is_taken_up_again_or_never_ended() {
        let of = |client: &str, issued: &str| {
            let bill = format!(
                "(id: \"x\", number: \"1\", client: \"c\", issued: \"{issued}\", due: \"{issued}\", lines: [(result: \"R\", \
                 price: \"100 EUR\")])"
            );
            let client = format!("(id: \"c\", name: \"C\", ended: (day: \"2026-01-15\"), {client})");
            let client = AnyRecord::Client(Arc::new(parsed(&client)));
            found("", vec![client, AnyRecord::Invoice(Arc::new(parsed(&bill)))])
        };
        assert_eq!(of("", "2026-03-16"), [""; 0], "a last bill");
        let warned =
            "ended: it ended on 2026-01-15, but they ordered again since, last on 2026-03-17 (invoice \"x\")";
        one(&of("", "2026-03-17"), warned);
        let taken_up = "kind: (kind: new, day: \"2026-03-01\", reason: \"they called\")";
        assert_eq!(of(taken_up, "2026-03-17"), [""; 0]);
    }

    #[test]
    fn a_deal_goes_forward_through_stages_that_exist() {
        let of = |fields: &str| of::<Deal>(DEAL, fields);
        let stages = "stages: [(day: \"2026-03-01\", stage: \"engaged\"), (day: \"2026-02-01\", stage: \"presented\")]";
        one(&of(stages), "stages[1].day: 2026-02-01 is before the stage listed above it, 2026-03-01");
        one(
            &of("stages: [(day: \"2026-03-01\", stage: \"engagd\")]"),
            "stages[0].stage: there is no stage \"engagd\": did you mean \"engaged\"?",
        );
        one(
            &of("stages: [(day: \"2026-03-01\", stage: \"done\")], delivered: \"2026-02-01\""),
            "delivered: 2026-02-01 is before",
        );
        one(
            &of("agreement: (sent: \"2026-03-01\", signed: \"2026-02-01\")"),
            "agreement.signed: 2026-02-01 is before the day it was sent",
        );
        one(
            &of("proposal: (asked: \"2026-03-01\", sent: \"2026-02-01\")"),
            "proposal.sent: 2026-02-01 is before",
        );
        one(&of("chance: \"120%\""), "chance: 120% is not between");
        one(
            &of("down_payment: (asked: \"2026-01-01\", amount: \"0 EUR\")"),
            "down_payment.amount: 0 is not above zero",
        );
        one(
            &of("goals: [(day: \"2026-03-01\", what: \"W\", achieved_on: \"2026-02-01\")]"),
            "goals[0].achieved_on: 2026-02-01 is before",
        );
    }

    #[test]
    fn what_happened_cannot_lie_ahead() {
        one(
            &of::<Touch>("day: \"2026-11-22\", client: \"c\", direction: in", ""),
            "day: 2026-11-22 lies ahead of today",
        );
        one(&of::<Work>("day: \"2026-11-22\", hours: \"1\"", ""), "day: 2026-11-22 lies ahead");
        one(
            &of::<Deal>(DEAL, "stages: [(day: \"2026-11-22\", stage: \"engaged\")]"),
            "stages[0].day: 2026-11-22 lies ahead",
        );
        one(
            &of::<Expense>("what: \"W\", amount: \"1 EUR\", day: \"2027-01-01\"", ""),
            "day: 2027-01-01 lies ahead: add noted",
        );
        one(&of::<Handled>("item: \"i\", day: \"2026-11-22\"", ""), "day: 2026-11-22 lies ahead");
        one(&of::<Client>("name: \"A\", added: \"2026-11-22\"", ""), "added: 2026-11-22 lies ahead");
    }

    #[test]
    fn hours_are_above_zero_and_fit_into_a_day() {
        one(&of::<Work>("day: \"2026-11-01\"", "hours: \"-2\""), "hours: -2 is not above zero");
        one(&of::<Work>("day: \"2026-11-01\"", "hours: \"25\""), "hours: 25 hours do not fit");
    }

    #[test]
    fn promises_retainers_renewals_and_snoozes_run_forward() {
        let promise = "client: \"c\", by: me, what: \"W\", made: \"2026-03-01\", due: \"2026-03-09\"";
        one(
            &of::<Promise>(promise, "kept: \"2026-02-01\""),
            "kept: 2026-02-01 is before the day it was made",
        );
        one(
            &of::<Promise>(promise, "moved: [(day: \"2026-02-01\", to: \"2026-04-01\")]"),
            "moved[0].day: 2026-02-01",
        );
        let retainer = "client: \"c\", what: \"W\", amount: \"1 EUR\", every: \"1 month\", agreed: \"2026-01-01\", from: \"2026-02-01\"";
        one(&of::<Retainer>(retainer, "until: \"2026-01-15\""), "until: 2026-01-15 is before its first day");
        let renewal = "what: \"W\", noted: \"2026-03-01\", expires: \"2026-12-01\"";
        one(
            &of::<Renewal>(renewal, "renewed: [(day: \"2026-02-01\", until: \"2027-12-01\")]"),
            "renewed[0].day: 2026-02-01 is before",
        );
        one(
            &of::<Snooze>("item: \"i\", day: \"2026-03-01\"", "until: \"2026-02-01\""),
            "until: 2026-02-01 is before",
        );
    }

    #[test]
    fn a_letter_is_queued_before_it_goes_and_has_one_line_above_its_text_and_one_address() {
        let of = |more: &str| {
            let letter = "client: \"c\", text: \"T\", queued: \"2026-03-02\"";
            of::<Outgoing>(letter, &format!("subject: \"S\", {more}"))
        };
        one(&of("handed_over: (day: \"2026-03-01\")"), "handed_over.day: 2026-03-01 is before it was queued");
        one(&of("dropped: \"2026-11-22\""), "dropped: 2026-11-22 lies ahead");
        one(
            &of("handed_over: (day: \"2026-03-02\"), dropped: \"2026-03-02\""),
            "dropped: it was handed over, too",
        );
        one(&of("to: \"Ann <ann@x>\""), "to: \"Ann <ann@x>\" is no mail address");
        let letter = "client: \"c\", text: \"T\", queued: \"2026-03-02\"";
        one(
            &super::tests::of::<Outgoing>(letter, "subject: \"a\nBcc: b\""),
            "subject: it has more than one line",
        );
    }
}
