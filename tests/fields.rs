//! Every field of every record of a book has a way in: a command, or a reason why it needs none.
//!
//! The fields are read from the sources, so a new one is missing here until somebody says how it is entered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rapport::command::commands;
use rapport::domain::{Book, Business, ClientId, Criterion, Currency, Table};
use rapport::state::form::{Context, FieldKind};
use rapport::state::{Action, Change, Entered, FirmList, Form, FormKind, ListsAction, Target};

use crate::desk::Desk;
use crate::facts::{book_of, day};

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
    ("Client", "client.end", &["ended"]),
    (
        "Client",
        "- where an end that lies ahead is put while a book is looked at; no file holds it",
        &["ends_on"],
    ),
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
            "chain",
            "cost",
            "price",
            "contacts",
            "renews_itself",
        ],
    ),
    ("Renewal", "quick.open", &["verified"]),
    ("Renewal", "item.first_action", &["renewed"]),
    ("Renewed", "item.first_action", &["day", "until"]),
    ("ChainLink", "renewal.add", &["role", "who"]),
    (
        "Outgoing",
        "draft.queue",
        &[
            "id", "client", "person", "to", "subject", "text", "template", "item", "kind", "deal", "invoice",
            "queued",
        ],
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

/// A book in which every form finds what it asks for.
fn full_book() -> Book {
    let wanted = |id: &str| Criterion { id: id.to_owned(), meaning: format!("It is {id}") };
    let business =
        Business { criteria: vec![wanted("near"), wanted("kind")], ..Business::new(Currency::EUR) };
    book_of(
        business,
        &[
            r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01", people: [(name: "Ann Lee"), (name: "Bo Poe")])"#,
            r#"client (id: "bob", name: "Bob Ltd", added: "2026-01-01", people: [(name: "Cy Roe")])"#,
            r#"deal (id: "site", client: "ada", title: "New site", value: "900 EUR",
            stages: [(day: "2026-10-01", stage: "engaged")])"#,
            r#"deal (id: "shop", client: "ada", title: "Shop", value: "700 EUR",
            stages: [(day: "2026-10-02", stage: "engaged")])"#,
            r#"deal (id: "app", client: "bob", title: "App", stages: [(day: "2026-10-02", stage: "engaged")])"#,
            r#"retainer (id: "care", client: "ada", what: "Care", amount: "50 EUR", every: "1 month", agreed: "2026-10-01", from: "2026-10-01")"#,
            r#"retainer (id: "host", client: "ada", what: "Hosting", amount: "20 EUR", every: "1 month", agreed: "2026-10-01", from: "2026-10-01")"#,
            r#"invoice (id: "1", number: "1", client: "ada", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "Site", price: "500 EUR")])"#,
            r#"invoice (id: "2", number: "2", client: "ada", issued: "2026-10-02", due: "2026-10-16",
            lines: [(result: "Shop", price: "600 EUR")])"#,
            r#"invoice (id: "c", number: "C-1", client: "ada", issued: "2026-10-03", due: "2026-10-03",
            lines: [(result: "Back", price: "-90 EUR")])"#,
            r#"invoice (id: "d", number: "C-2", client: "ada", issued: "2026-10-03", due: "2026-10-03",
            lines: [(result: "Back", price: "-80 EUR")])"#,
            r#"renewal (id: "dom", what: "ada.example", client: "ada", noted: "2026-01-01", expires: "2027-02-01", contacts: ["A", "B"])"#,
            r#"promise (id: "p", client: "ada", by: me, what: "proofs", made: "2026-10-01", due: "2026-12-01")"#,
            r#"outgoing (id: "l", client: "ada", subject: "S", text: "T", queued: "2026-11-02")"#,
        ],
    )
}

/// What is typed, where nothing is proposed: something for every kind of field.
const TYPED: [&str; 37] = [
    "Alpha",
    "Beta",
    "120",
    "90",
    "40",
    "3",
    "14",
    "2026-11-02",
    "2026-11-05",
    "2026-12-24",
    "2027-03-01",
    "tomorrow",
    "1 month",
    "2 weeks",
    "yes",
    "no",
    "Ada Ltd",
    "Bob Ltd",
    "Site 120; Text 40",
    "Logo 2 x 90",
    "2026-12-01 90; 2027-01-01 30",
    "3 x 40 from 2026-12-01",
    "a@example.org",
    "b@example.org",
    "CHF",
    "USD",
    "Ann Lee",
    "Bo Poe",
    "New site",
    "Shop",
    "host: Ann",
    "registrar: Bo",
    "glad",
    "uneasy",
    "1 year",
    "2026-11-01",
    "today",
];

/// The commands whose forms write facts, with what each is opened on.
fn forms() -> Vec<(&'static str, FormKind, Target)> {
    use FormKind as F;
    let ada = || ClientId::new("ada").ok();
    let of = || Target::New(ada());
    let client = || Target::Record(Table::Clients, "ada".to_owned());
    let deal = || Target::Record(Table::Deals, "site".to_owned());
    let of_deal = || Target::NewPart(Table::Deals, "site".to_owned());
    let of_invoice = || Target::NewPart(Table::Invoices, "1".to_owned());
    let record = |table: Table, id: &str| Target::Record(table, id.to_owned());
    let mut desk = Desk::of(full_book(), day("2026-11-20"));
    desk.press("g f");
    let mut first = |list: FirmList| {
        desk.act(Action::Lists(ListsAction::Show(list)));
        Target::Row(list, desk.shown().lists[0].key.clone())
    };
    vec![
        ("firm.edit", F::Firm, Target::New(None)),
        ("firm.lists", F::Account, Target::Row(FirmList::Accounts, String::new())),
        ("firm.lists", F::RateCard, Target::New(None)),
        ("firm.lists", F::Criterion, Target::New(None)),
        ("firm.lists", F::Stage, Target::New(None)),
        ("firm.lists", F::Exchange, Target::New(None)),
        ("firm.lists", F::Template, first(FirmList::Letters)),
        ("firm.lists", F::Threshold, first(FirmList::Thresholds)),
        ("firm.lists", F::Weight, first(FirmList::Weights)),
        ("balance.note", F::Balance, Target::New(None)),
        ("exchange.note", F::Exchange, Target::New(None)),
        ("client.add", F::Client, Target::New(None)),
        ("client.add", F::Client, client()),
        ("person.add", F::Person, of()),
        ("rate.add", F::Rate, of()),
        ("feeling.note", F::Feeling, of()),
        ("client.kind", F::Kind, client()),
        ("client.end", F::Ended, client()),
        ("deal.add", F::Deal, of()),
        ("deal.add", F::Deal, deal()),
        ("deal.lost", F::Lost, of_deal()),
        ("offer.note", F::Offer, deal()),
        ("hesitation.note", F::Hesitation, of_deal()),
        ("agreement.note", F::Agreement, of_deal()),
        ("down_payment.ask", F::DownPayment, of_deal()),
        ("instalments.set", F::Instalments, of_deal()),
        ("goal.set", F::Goal, of()),
        ("result.note", F::WorkResult, of_deal()),
        ("follow_up.set", F::NextStep, deal()),
        ("follow_up.set", F::PromisedPayment, of_invoice()),
        ("retainer.add", F::Retainer, of()),
        ("invoice.add", F::Invoice, of()),
        ("invoice.add", F::Invoice, record(Table::Invoices, "2")),
        ("invoice.record_payment", F::Payment, of_invoice()),
        ("invoice.credit", F::Credit, of_invoice()),
        ("invoice.credit", F::SetOff, of_invoice()),
        ("invoice.dispute", F::Dispute, of_invoice()),
        ("invoice.write_off", F::WriteOff, of_invoice()),
        ("touch.log", F::Touch, of()),
        ("promise.add", F::Promise, of()),
        ("promise.add", F::Promise, record(Table::Promises, "p")),
        ("work.log", F::Work, of()),
        ("expense.add", F::Expense, of()),
        ("renewal.add", F::Renewal, of()),
        ("renewal.add", F::Renewal, record(Table::Renewals, "dom")),
        ("draft.edit", F::Letter, record(Table::Outbox, "l")),
    ]
}

/// What has to stand in some fields for others to count.
const BESIDE: [(FormKind, &str, &str); 7] = [
    (FormKind::Kind, "Kind", "steady"),
    (FormKind::Deal, "In stage since", "2026-10-01"),
    (FormKind::Goal, "Achieved", "12 days"),
    (FormKind::Goal, "Set on", "2026-11-01"),
    (FormKind::Touch, "What about", "introduction"),
    (FormKind::Expense, "How often", "1 month"),
    (FormKind::Expense, "Client", "Ada Ltd"),
];

/// What may be typed into a field: what is proposed there, what it offers, and else something of every kind.
fn candidates(form: &Form, at: usize, context: &Context<'_>) -> Vec<String> {
    let mut form = form.clone();
    form.focus = at;
    if let Some(value) = form.values.get_mut(at) {
        value.clear();
    }
    let mut all = form.view(context).fields.swap_remove(at).completions;
    if let FieldKind::Choice(words) = form.kind.spec().fields[at].kind {
        all.extend(words.iter().map(|word| (*word).to_owned()));
    }
    all.extend(TYPED.map(str::to_owned));
    all
}

/// The form with everything filled in that stands in its way, but for one field, which stays.
fn completed(mut form: Form, but: Option<usize>, context: &Context<'_>) -> Option<Form> {
    for _ in 0..12 {
        let Err(errors) = form.read(context) else { return Some(form) };
        let stands = |form: &Form, at: usize| {
            form.read(context).is_err_and(|errors| errors.iter().any(|(position, _)| *position == at))
        };
        let (at, _) = errors.iter().find(|(at, _)| Some(*at) != but)?.clone();
        let found = candidates(&form, at, context).into_iter().find_map(|text| {
            let mut tried = form.clone();
            tried.values[at] = text;
            (!stands(&tried, at)).then_some(tried)
        });
        form = found?;
    }
    None
}

/// What a form changes, as it is printed.
fn changes(form: &Form, context: &Context<'_>) -> Option<Vec<(String, String)>> {
    let Ok(Entered::Edit(edit)) = form.read(context) else { return None };
    let told = edit.changes.iter().map(|change| match change {
        Change::Put(record) => {
            let before = context.book.find(record.table(), record.id_str());
            (before.map(|it| format!("{it:#?}")).unwrap_or_default(), format!("{record:#?}"))
        }
        Change::Settings(business) => (format!("{:#?}", context.book.business()), format!("{business:#?}")),
        other => (String::new(), format!("{other:#?}")),
    });
    Some(told.collect())
}

/// The fields of a record that is printed, as `Type.field`, each with what stands in it.
fn printed(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // What is open: the field that it is in, and the type that its own fields are of.
    let mut open: Vec<(Option<String>, Option<String>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with(['}', ')', ']']) {
            open.pop();
            continue;
        }
        let within = open.last().and_then(|(_, of)| of.clone());
        let keyed = within.and_then(|of| {
            let (name, rest) = line.split_once(": ")?;
            let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            is_name.then(|| (format!("{of}.{name}"), rest))
        });
        let (field, rest) = keyed.map_or((None, line), |(field, rest)| (Some(field), rest));
        if rest.ends_with(['{', '(', '[']) {
            let of = rest.strip_suffix(" {").map(|name| name.rsplit('(').next().unwrap_or(name).to_owned());
            open.push((field, of));
            continue;
        }
        let fields = open.iter().filter_map(|(field, _)| field.clone()).chain(field);
        for field in fields {
            found.entry(field).or_default().push(rest.to_owned());
        }
    }
    found
}

#[test]
fn what_is_typed_into_any_field_of_a_form_reaches_the_fields_that_its_command_is_said_to_write() {
    let book = full_book();
    let context = Context { book: &book, today: day("2026-11-20") };
    let mut idle = Vec::new();
    let mut written: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (command, kind, target) in forms() {
        let mut opened = Form::open(kind, target.clone(), 7, &context);
        for (_, label, text) in BESIDE.iter().filter(|(of, ..)| *of == kind) {
            if let Some(at) = kind.spec().fields.iter().position(|field| field.label == *label) {
                (*text).clone_into(&mut opened.values[at]);
            }
        }
        let Some(filled) = completed(opened, None, &context) else {
            idle.push(format!("{kind:?} {target:?} cannot be filled in"));
            continue;
        };
        for (at, field) in kind.spec().fields.iter().enumerate() {
            let mut results: BTreeSet<_> = changes(&filled, &context).into_iter().collect();
            for text in candidates(&filled, at, &context) {
                let mut typed = filled.clone();
                typed.values[at] = text;
                let Some(done) = completed(typed, Some(at), &context) else { continue };
                let Some(changed) = changes(&done, &context) else { continue };
                for (before, after) in &changed {
                    let before = printed(before);
                    let empty =
                        |texts: &Vec<String>| texts.iter().all(|text| text == "None," || text == "[],");
                    let is_new = |(name, texts): &(String, Vec<String>)| {
                        before.get(name) != Some(texts) && !(before.is_empty() && empty(texts))
                    };
                    let new = printed(after).into_iter().filter(is_new).map(|(name, _)| name);
                    written.entry(command).or_default().extend(new);
                }
                results.insert(changed);
            }
            if results.len() < 2 {
                idle.push(format!("{kind:?} {target:?}: what is typed as {:?} changes nothing", field.label));
            }
        }
    }
    for (name, way, fields) in WAYS {
        let Some(written) = written.get(way) else { continue };
        let missing = fields.iter().map(|field| format!("{name}.{field}")).filter(|it| !written.contains(it));
        idle.extend(missing.map(|field| format!("{way} does not write {field}")));
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}
