//! Every field of every record of a book has a way in: a command, or a reason why it needs none.
//!
//! The fields are read from the sources, so a new one is missing here until somebody says how it is entered.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rapport::command::commands;

/// The files that hold what a book holds.
const FILES: [&str; 13] = [
    "business",
    "client",
    "deal",
    "expense",
    "invoice",
    "outgoing",
    "promise",
    "renewal",
    "retainer",
    "scenario",
    "touch",
    "triage_mark",
    "work",
];

/// A type, and how its fields come into a book: the id of a command, or after a dash why it needs none.
const WAYS: &[(&str, &str, &[&str])] = &[
    (
        "Business",
        "firm.edit",
        &[
            "name",
            "person",
            "brand_message",
            "reserve",
            "target_rate",
            "break_even_rate",
            "capacity_hours",
            "income_goal",
            "tax_set_aside",
            "tax_days",
        ],
    ),
    (
        "Business",
        "firm.lists",
        &[
            "accounts",
            "rate_card",
            "exchange_rates",
            "criteria",
            "stages",
            "templates",
            "thresholds",
            "weights",
        ],
    ),
    ("Business", "- chosen when the book begins: every amount without a code is in it", &["currency"]),
    ("TaxDays", "firm.edit", &["first", "every"]),
    ("Account", "firm.lists", &["id", "name", "balances"]),
    ("Balance", "balance.note", &["day", "amount"]),
    ("RateCardEntry", "firm.lists", &["from", "what", "rate"]),
    ("ExchangeRate", "exchange.note", &["day", "currency", "rate"]),
    ("Criterion", "firm.lists", &["id", "meaning"]),
    ("Template", "firm.lists", &["id", "text"]),
    ("Stage", "firm.lists", &["id", "name", "phase", "stale_days", "chance"]),
    ("MissingRate", "- an answer, no fact", &["from", "into", "day"]),
    (
        "Client",
        "client.add",
        &[
            "id",
            "name",
            "relation",
            "added",
            "met",
            "tags",
            "values_most",
            "terms_days",
            "currency",
            "cadence_days",
            "reports",
            "fit",
            "origin",
            "notes",
        ],
    ),
    ("Client", "person.add", &["people"]),
    ("Client", "rate.add", &["rates"]),
    ("Client", "feeling.note", &["feelings"]),
    ("Client", "door.yes", &["door_check"]),
    ("Client", "client.kind", &["kind"]),
    ("Client", "client.end", &["ended", "ends_on"]),
    ("Met", "client.add", &["day", "place", "why", "channel", "introduced_by"]),
    ("Person", "person.add", &["name", "mail", "phone", "role", "decides", "up_to"]),
    ("ClientRate", "rate.add", &["from", "rate", "agreed"]),
    ("Fit", "client.add", &["criterion", "meets"]),
    ("Feeling", "feeling.note", &["day", "note"]),
    ("DoorCheck", "door.yes", &["day", "question", "answer"]),
    ("ByHandKind", "client.kind", &["kind", "day", "reason"]),
    ("Ended", "client.end", &["day", "agreed", "why", "how"]),
    (
        "Deal",
        "deal.add",
        &[
            "id",
            "client",
            "title",
            "basis",
            "value",
            "chance",
            "stages",
            "next_step",
            "decider",
            "delivered",
            "notes",
        ],
    ),
    ("Deal", "offer.note", &["price_told", "terms_told", "less_scope", "proposal", "they_get", "we_get"]),
    ("Deal", "hesitation.note", &["hesitations"]),
    ("Deal", "agreement.note", &["agreement"]),
    ("Deal", "down_payment.ask", &["down_payment"]),
    ("Deal", "instalments.set", &["instalments"]),
    ("Deal", "goal.set", &["goals"]),
    ("Deal", "result.note", &["results"]),
    ("StageFact", "deal.lost", &["why"]),
    ("StageFact", "deal.add", &["day", "stage"]),
    ("StageFact", "- what was warned of when the deal was moved", &["override_of"]),
    ("NextStep", "follow_up.set", &["what", "due", "set"]),
    ("PriceTold", "offer.note", &["day", "amount"]),
    ("TermsTold", "offer.note", &["day", "days"]),
    ("LessScope", "offer.note", &["day", "what"]),
    ("Proposal", "offer.note", &["asked", "asked_by", "sent", "valid_until"]),
    ("Hesitation", "hesitation.note", &["day", "cause", "note"]),
    ("Agreement", "agreement.note", &["sent", "signed", "refused"]),
    ("DownPayment", "down_payment.ask", &["asked", "amount", "invoice"]),
    ("InstalmentPlan", "instalments.set", &["agreed", "instalments"]),
    ("Instalment", "instalments.set", &["due", "amount"]),
    (
        "Instalment",
        "- kept where a plan is changed; an invoice stands for its part by amount and day",
        &["invoice"],
    ),
    ("Goal", "goal.set", &["day", "what", "baseline", "target", "achieved", "achieved_on", "worth"]),
    ("WorkResult", "result.note", &["day", "what", "beyond", "worth"]),
    (
        "Retainer",
        "retainer.add",
        &["id", "client", "what", "amount", "every", "agreed", "from", "until", "basis", "deal"],
    ),
    (
        "Invoice",
        "invoice.add",
        &["id", "number", "client", "deal", "retainer", "issued", "due", "lines", "tax", "thanks", "notes"],
    ),
    ("Invoice", "invoice.record_payment", &["payments"]),
    ("Invoice", "follow_up.set", &["promised"]),
    ("Invoice", "invoice.dispute", &["disputes"]),
    ("Invoice", "invoice.write_off", &["write_off"]),
    ("Line", "invoice.add", &["result", "quantity", "price"]),
    ("Line", "- kept where a line is changed; a new one has the invoice's", &["tax"]),
    ("Payment", "invoice.record_payment", &["day", "amount", "method"]),
    ("Payment", "invoice.credit", &["offset"]),
    ("PromisedPayment", "follow_up.set", &["day", "pay_by"]),
    ("Dispute", "invoice.dispute", &["from", "until", "about"]),
    ("WriteOff", "invoice.write_off", &["day", "cause", "lesson"]),
    (
        "Touch",
        "touch.log",
        &[
            "id",
            "day",
            "client",
            "person",
            "direction",
            "channel",
            "written",
            "answer_wanted",
            "kind",
            "temperature",
            "may_quote",
            "deal",
            "invoice",
            "introduces",
            "note",
        ],
    ),
    (
        "Touch",
        "- which question a letter answered is in the file alone; a later word answers it as well",
        &["answers"],
    ),
    (
        "Promise",
        "promise.add",
        &["id", "client", "by", "person", "what", "made", "due", "moved", "kept", "deal"],
    ),
    ("Moved", "promise.add", &["day", "to"]),
    ("Work", "work.log", &["id", "day", "client", "deal", "hours", "purpose", "note"]),
    (
        "Expense",
        "expense.add",
        &["id", "what", "amount", "day", "every", "until", "noted", "client", "deal", "category"],
    ),
    (
        "Renewal",
        "renewal.add",
        &[
            "id",
            "what",
            "client",
            "noted",
            "expires",
            "every",
            "renewed",
            "chain",
            "cost",
            "price",
            "contacts",
            "renews_itself",
        ],
    ),
    ("Renewal", "quick.open", &["verified"]),
    ("Renewed", "renewal.add", &["day", "until"]),
    ("ChainLink", "renewal.add", &["role", "who"]),
    (
        "Outgoing",
        "draft.queue",
        &["id", "client", "person", "to", "subject", "text", "item", "kind", "deal", "invoice", "queued"],
    ),
    ("Outgoing", "outbox.open", &["handed_over"]),
    ("Outgoing", "record.remove", &["dropped"]),
    ("HandedOver", "outbox.open", &["day", "touch", "seen"]),
    ("Scenario", "what_if.keep", &["id", "name", "made", "levers"]),
    ("Scenario", "- what one thinks of it is written in the file", &["notes"]),
    ("LeverRow", "what_if.keep", &["lever", "muted"]),
    ("Snooze", "item.snooze", &["id", "item", "client", "day", "until", "wait", "seen"]),
    ("Handled", "item.handled", &["id", "item", "client", "day", "seen"]),
    ("Handled", "item.dismiss", &["dismissed"]),
];

/// The fields of every type of a source, as `Type.field`.
fn fields(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut within = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("pub struct ") {
            within = rest.split([' ', '(', '<', ';']).next().filter(|_| rest.ends_with('{'));
        } else if line == "}" {
            within = None;
        } else if let (Some(name), Some(field)) = (within, line.strip_prefix("    pub ")) {
            found.extend(field.split_once(':').map(|(field, _)| format!("{name}.{field}")));
        }
    }
    found
}

#[test]
fn every_field_of_every_record_has_a_way_in() {
    let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain");
    let mut held = BTreeSet::new();
    for file in FILES {
        held.extend(fields(&fs::read_to_string(domain.join(file).with_extension("rs")).unwrap()));
    }
    let ways: Vec<(String, &str)> = WAYS
        .iter()
        .flat_map(|(name, way, fields)| fields.iter().map(move |field| (format!("{name}.{field}"), *way)))
        .collect();
    let said: BTreeSet<String> = ways.iter().map(|(field, _)| field.clone()).collect();
    assert_eq!(said.len(), ways.len(), "each is said once");
    let missing: Vec<&String> = held.difference(&said).collect();
    assert!(missing.is_empty(), "without a way in: {missing:?}");
    let gone: Vec<&String> = said.difference(&held).collect();
    assert!(gone.is_empty(), "there is no such field: {gone:?}");
    let known: BTreeSet<&str> = commands().map(|command| command.id).collect();
    let unknown: BTreeSet<&str> = ways
        .iter()
        .map(|(_, way)| *way)
        .filter(|way| !way.starts_with("- ") && !known.contains(way))
        .collect();
    assert!(unknown.is_empty(), "there are no such commands: {unknown:?}");
}
