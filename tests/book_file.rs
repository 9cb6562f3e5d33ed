//! A book's file: what is read from it, what is told about it, and what an edit changes in it.

#![cfg(test)]

use std::sync::Arc;

use proptest::prelude::*;
use rapport::cli::check::{Check, run};
use rapport::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Direction, Invoice, Money, Payment, Percent, Person, Table,
    Touch, TouchId,
};
use rapport::store::{Loaded, Severity, Source, load, splice};

/// A hand-edited book with everything a person may do to one.
const BOOK: &str = r#"// My studio.
Book(
    format: 1, // never change this

    business: (
        name: "Studio Größe",
        currency: "EUR",
        reserve: "6000", // three months
        accounts: [(id: "giro", name: "Giro", balances: [(day: "2026-01-01", amount: "4200.50")])],
    ),
    clients: [
        // Met at the fair,
        // twice.
        (id: "acme", name: "Acme", people: [(name: "Ann", role: "boss")], terms_days: 14), // pays late
        Client(
            id: "bolt",
            name: "Bolt & Co", // the "&" matters
            favourite: "tea",
            // Asked in March.
            relation: partner,
        ),

        (id: "cord", name: "Cord", notes: r"C:\cord")
    ],
    deals: [(id: "d1", client: "acme", title: "Site", stages: [(day: "2026-01-05", stage: "engaged")]), (id: "d2", client: "bolt", title: "Logo")],
    invoices: [
        /* the first one ever */
        (
            id: "i1", number: "2026-001", client: "acme", deal: "d1", issued: "2026-02-01", due: "2026-02-15",
            lines: [(result: "Design", quantity: 2.5, price: "400"), (result: "Type", price: "12.345 EUR")],
            tax: "19%",
            payments: [(day: "2026-02-20", amount: "100.00")],
        ),
        (id: "i2", number: "2026-002", client: "bolt", issued: "2026-03-01", due: "2026-03-15", lines: [(result: "Logo", price: "900 USD")]),
    ],
    moods: [(id: "m1", mood: "from a newer version")],
    touches: [],
)
// The end.
"#;

fn opened(text: &str) -> Loaded {
    load(text.as_bytes()).unwrap_or_else(|unusable| panic!("{unusable}\n{text}"))
}

fn told(text: &str) -> Vec<String> {
    opened(text).problems.iter().map(ToString::to_string).collect()
}

fn with_clients(clients: &str) -> String {
    format!("(\nformat: 1,\nbusiness: (currency: \"EUR\"),\nclients: [\n{clients}\n],\n)\n")
}

fn client(loaded: &Loaded, id: &str) -> Client {
    let id = ClientId::new(id).unwrap();
    Client::clone(&loaded.book.client(&id).unwrap().client)
}

fn with_client(book: &Book, client: Client) -> Book {
    book.with(AnyRecord::Client(Arc::new(client))).unwrap()
}

/// The same facts, in whichever order.
fn same_facts(a: &Book, b: &Book) -> Result<(), String> {
    let sorted = |book: &Book| {
        let mut all: Vec<String> = book.records().map(|record| format!("{record:?}")).collect();
        all.sort();
        all
    };
    if a.business() != b.business() {
        return Err(format!("{:?}\n{:?}", a.business(), b.business()));
    }
    let (a, b) = (sorted(a), sorted(b));
    if a == b { Ok(()) } else { Err(format!("{a:#?}\n{b:#?}")) }
}

#[test]
fn a_hand_edited_book_opens_and_saving_it_changes_no_byte() {
    let loaded = opened(BOOK);
    assert_eq!(loaded.book.clients().len(), 3);
    assert_eq!(loaded.book.records().count(), 7);
    assert_eq!(splice(&loaded.source, &loaded.book), BOOK);
    let messages: Vec<_> = loaded.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(messages, ["clients[bolt].favourite", "moods"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_stay() {
    let text = format!("\u{feff}{}", BOOK.replace('\n', "\r\n"));
    let loaded = opened(&text);
    assert_eq!(splice(&loaded.source, &loaded.book), text);
    let mut acme = client(&loaded, "acme");
    acme.terms_days = Some(30);
    let added = Client::new(ClientId::new("new").unwrap(), "New");
    let book = with_client(&with_client(&loaded.book, acme), added);
    let spliced = splice(&loaded.source, &book);
    assert_eq!(spliced.matches('\n').count(), spliced.matches("\r\n").count());
    same_facts(&opened(&spliced).book, &book).unwrap();
    // The mark is no column.
    assert_eq!(
        told("\u{feff}(format: 1, buisness: (currency: \"EUR\"))").first().unwrap().split(' ').next(),
        Some("1:1:")
    );
}

#[test]
fn amounts_without_a_code_are_in_the_books_currency() {
    let loaded = opened(BOOK);
    let invoice = loaded.book.find(Table::Invoices, "i1").unwrap();
    let AnyRecord::Invoice(invoice) = invoice else { panic!() };
    assert_eq!(invoice.currency(), Some(Currency::EUR));
    assert_eq!(invoice.net().unwrap().to_string(), "1012.35 EUR");
    assert_eq!(loaded.book.business().reserve.unwrap().to_string(), "6000.00 EUR");
}

#[test]
fn an_edit_changes_its_field_and_no_other_byte() {
    let loaded = opened(BOOK);
    let mut acme = client(&loaded, "acme");
    acme.terms_days = Some(30);
    let spliced = splice(&loaded.source, &with_client(&loaded.book, acme));
    assert_eq!(spliced, BOOK.replace("terms_days: 14", "terms_days: 30"));

    let mut bolt = client(&loaded, "bolt");
    bolt.name = "Bolt".to_owned();
    bolt.tags = vec!["print".to_owned()];
    bolt.notes = Some("Quote: \"yes\"".to_owned());
    let spliced = splice(&loaded.source, &with_client(&loaded.book, bolt));
    let expected = BOOK.replace("\"Bolt & Co\", //", "\"Bolt\", //").replace(
        "relation: partner,\n",
        "relation: partner,\n            tags: [\"print\"],\n            notes: \"Quote: \\\"yes\\\"\",\n",
    );
    assert_eq!(spliced, expected);
}

#[test]
fn a_field_that_is_emptied_goes_and_one_that_is_filled_comes() {
    let loaded = opened(BOOK);
    let mut acme = client(&loaded, "acme");
    acme.people = Vec::new();
    acme.terms_days = None;
    acme.cadence_days = Some(30);
    let spliced = splice(&loaded.source, &with_client(&loaded.book, acme));
    let expected = BOOK.replace(
        "(id: \"acme\", name: \"Acme\", people: [(name: \"Ann\", role: \"boss\")], terms_days: 14)",
        "(id: \"acme\", name: \"Acme\", cadence_days: 30,)",
    );
    assert_eq!(spliced, expected);
}

#[test]
fn a_removed_record_goes_with_its_comments_and_no_other_byte() {
    let loaded = opened(&BOOK.replace("client: \"acme\", ", "client: \"bolt\", "));
    let text = loaded.source.text().to_owned();
    let book = loaded.book.without(Table::Clients, "acme").unwrap();
    let from = text.find("        // Met at the fair").unwrap();
    let to = text.find("        Client(").unwrap();
    assert_eq!(splice(&loaded.source, &book), format!("{}{}", &text[..from], &text[to..]));

    let book = loaded.book.without(Table::Clients, "cord").unwrap();
    let line = "        (id: \"cord\", name: \"Cord\", notes: r\"C:\\cord\")\n";
    assert_eq!(splice(&loaded.source, &book), text.replace(line, ""));

    let book = loaded.book.without(Table::Deals, "d2").unwrap();
    let expected = text.replace(", (id: \"d2\", client: \"bolt\", title: \"Logo\")]", ",]");
    assert_eq!(splice(&loaded.source, &book), expected);
}

#[test]
fn a_new_record_goes_to_the_end_of_its_table() {
    let loaded = opened(BOOK);
    let book = with_client(&loaded.book, Client::new(ClientId::new("dune").unwrap(), "Dune"));
    let line = "notes: r\"C:\\cord\")";
    let expected = BOOK.replace(line, &format!("{line},\n        (id: \"dune\", name: \"Dune\"),"));
    assert_eq!(splice(&loaded.source, &book), expected);

    let touch: Touch =
        ron::from_str("(id: \"t1\", day: \"2026-03-04\", client: \"acme\", direction: out)").unwrap();
    let book = loaded.book.with(AnyRecord::Touch(Arc::new(touch))).unwrap();
    let touches =
        "touches: [\n        (id: \"t1\", day: \"2026-03-04\", client: \"acme\", direction: out),\n    ],";
    assert_eq!(splice(&loaded.source, &book), BOOK.replace("touches: [],", touches));
}

#[test]
fn a_table_that_is_missing_comes_after_the_one_before_it() {
    let text = "(\n  format: 1,\n  business: (currency: \"EUR\"), // mine\n  clients: [(id: \"a\", name: \"A\")]\n)\n";
    let loaded = opened(text);
    let touch: Touch =
        ron::from_str("(id: \"t1\", day: \"2026-03-04\", client: \"a\", direction: out)").unwrap();
    let book = loaded.book.with(AnyRecord::Touch(Arc::new(touch))).unwrap();
    let expected = text.replace(
        "\"A\")]\n",
        "\"A\")],\n  touches: [\n      (id: \"t1\", day: \"2026-03-04\", client: \"a\", direction: out),\n  ],\n",
    );
    assert_eq!(splice(&loaded.source, &book), expected);
}

#[test]
fn the_settings_are_edited_in_place_and_added_where_there_are_none() {
    let loaded = opened(BOOK);
    let mut business = loaded.book.business().as_ref().clone();
    business.reserve = Some(Money::parse("7500.00 EUR").unwrap());
    business.tax_set_aside = Some(Percent::parse("30%").unwrap());
    let book = loaded.book.with_settings(Arc::new(business));
    let expected = BOOK.replace("reserve: \"6000\",", "reserve: \"7500.00\",").replace(
        "        reserve: \"7500.00\", // three months\n",
        "        reserve: \"7500.00\", // three months\n        tax_set_aside: \"30%\",\n",
    );
    assert_eq!(splice(&loaded.source, &book), expected);

    let bare = opened("(\n    format: 1\n)\n");
    let mut business = bare.book.business().as_ref().clone();
    business.name = "S".to_owned();
    let book = bare.book.with_settings(Arc::new(business));
    let expected = "(\n    format: 1,\n    business: (name: \"S\", currency: \"USD\"),\n)\n";
    assert_eq!(splice(&bare.source, &book), expected);
}

#[test]
fn another_currency_of_the_book_gives_amounts_their_code() {
    let loaded = opened(BOOK);
    let mut business = loaded.book.business().as_ref().clone();
    business.currency = Currency::USD;
    let book = loaded.book.with_settings(Arc::new(business));
    let spliced = splice(&loaded.source, &book);
    assert!(spliced.contains("price: \"400.00 EUR\"") && spliced.contains("price: \"900.00\""), "{spliced}");
    same_facts(&opened(&spliced).book, &book).unwrap();
}

#[test]
fn a_new_book_is_written_readably_and_reads_back() {
    let loaded = opened(BOOK);
    let text = splice(&Source::empty(), &loaded.book);
    assert!(
        text.starts_with("(\n    format: 1,\n    business: (name: \"Studio Größe\", currency: \"EUR\""),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() < 160), "{text}");
    let again = opened(&text);
    assert_eq!(again.problems, []);
    assert_eq!(again.book, loaded.book);
}

#[test]
fn after_a_save_further_edits_go_into_the_saved_text() {
    let loaded = opened(BOOK);
    let book = with_client(&loaded.book, Client::new(ClientId::new("dune").unwrap(), "Dune"));
    let saved = splice(&loaded.source, &book);
    let source = Source::after_save(saved.clone(), &book);
    assert_eq!(splice(&source, &book), saved);
    assert_eq!(splice(&source, &loaded.book), BOOK.replace("r\"C:\\cord\")", "r\"C:\\cord\"),"));
}

#[test]
fn a_bad_record_is_told_with_its_place_and_the_rest_opens() {
    let text = with_clients(
        "(id: \"a\", name: \"A\"),\n(id: \"ä\", name: \"B\", added: \"2026-02-30\"),\n(id: \"c\", nmae: \"C\"),\n(id: \"d\", name: \"D\" added: 1),\n(id: \"e\", name: \"E\"),",
    );
    assert_eq!(
        told(&text),
        [
            "6:29: error: clients[ä].added: expected a day such as \"2026-11-21\", found \"2026-02-30\"",
            "7:1: error: clients[c]: missing field name: add it, as in (name: …)",
            "8:21: error: clients[d]: expected a comma before this, found added",
        ]
    );
    let loaded = opened(&text);
    let ids: Vec<_> = loaded.book.clients().map(|client| client.id().to_string()).collect();
    assert_eq!(ids, ["a", "e"]);
    assert_eq!(splice(&loaded.source, &loaded.book), text);
    let book = with_client(&loaded.book, Client::new(ClientId::new("f").unwrap(), "F"));
    assert!(splice(&loaded.source, &book).contains("(id: \"d\", name: \"D\" added: 1),\n(id: \"e\""));
}

#[test]
fn an_id_is_given_once_and_what_is_named_is_there() {
    let text = format!(
        "{}deals: [\n{}\n],\ntouches: [\n{}\n],\n)\n",
        with_clients("(id: \"acme\", name: \"A\"),\n(id: \"acme\", name: \"B\"),\n(id: \"bolt\", name: \"C\"),\n(id: \"cord\", name: 1.2.3, added: 3),")
            .trim_end()
            .trim_end_matches(')'),
        "(id: \"d1\", client: \"acne\", title: \"T\"),\n(id: \"d2\", client: \"bolt\", title: \"T\"),\n(id: \"d3\", client: \"cord\", title: \"T\"),",
        "(id: \"t1\", day: \"2026-01-01\", client: \"acme\", direction: in, deal: \"d2\"),\n(id: \"t2\", day: \"2026-01-01\", client: \"acme\", direction: in, answers: \"t1\"),",
    );
    assert_eq!(
        told(&text),
        [
            "6:1: error: clients[acme]: the id \"acme\" is taken by the client in line 5: give this one another, or remove it",
            "8:34: error: clients[cord].added: expected a day such as \"2026-11-21\", found \"3\"",
            "11:20: error: deals[d1].client: there is no client \"acne\": did you mean \"acme\"?",
            "13:20: error: deals[d3].client: its client \"cord\" is left out, see line 8, so this deal is left out too",
            "16:68: error: touches[t1].deal: the deal \"d2\" is one of client \"bolt\": name one of this touch's own client",
            "17:71: error: touches[t2].answers: its touch \"t1\" is left out, see line 16, so this touch is left out too",
        ]
    );
}

#[test]
fn an_invoice_in_two_currencies_is_an_error() {
    let text = BOOK.replace("amount: \"100.00\"", "amount: \"100.00 USD\"");
    let problems = opened(&text).problems;
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].path, "invoices[i1].payments[0].amount");
    assert_eq!(errors[0].record, Some((Table::Invoices, "i1".to_owned())));
    assert!(errors[0].message.starts_with("this is in USD and the invoice in EUR"));
}

#[test]
fn settings_that_cannot_be_read_leave_the_currency_or_refuse_the_book() {
    let text =
        "(format: 1, business: (currency: \"EUR\", reserve: \"much\"), clients: [(id: \"a\", name: \"A\")])";
    let loaded = opened(text);
    assert!(!loaded.source.settings_readable());
    assert_eq!((loaded.book.currency(), loaded.book.clients().len()), (Currency::EUR, 1));
    assert_eq!(loaded.problems[0].severity, Severity::Error);
    let edited = loaded.book.with_settings(Arc::new(loaded.book.business().as_ref().clone()));
    assert_eq!(splice(&loaded.source, &edited), text);
    assert!(load(b"(format: 1, business: (currency: \"EURO\"))").is_err());
}

#[test]
fn check_prints_a_line_for_each_problem_and_exits_by_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.ron");
    let checked = |text: Option<&str>| {
        if let Some(text) = text {
            std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let today = "2026-11-21".parse().unwrap();
        let code = run(&Check { book: path.clone() }, today, &mut out, &mut err);
        let file = path.display().to_string();
        let plain = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&file, "FILE");
        (code, plain(out), plain(err))
    };
    let good = with_clients("(id: \"a\", name: \"A\"),");
    assert_eq!(checked(Some(&good)), (0, String::new(), "FILE: 1 record, nothing wrong\n".to_owned()));
    let warned = with_clients("(id: \"a\", name: \"A\", nots: \"x\"),");
    assert_eq!(
        checked(Some(&warned)),
        (
            0,
            "FILE:5:22: warning: clients[a].nots: unknown field nots: did you mean notes?\n".to_owned(),
            "FILE: 1 record, 1 warning, no errors\n".to_owned(),
        )
    );
    let wrong = with_clients("(id: \"a\"),");
    assert_eq!(
        checked(Some(&wrong)),
        (
            1,
            "FILE:5:1: error: clients[a]: missing field name: add it, as in (name: …)\n".to_owned(),
            "FILE: 0 records can be used; 1 error, 0 warnings\n".to_owned(),
        )
    );
    let (code, out, _) = checked(Some("(format: 2)"));
    assert_eq!(code, 2);
    assert!(out.starts_with("FILE:1:10: error: this book is of format 2"), "{out}");
    let (code, _, err) = checked(None);
    assert_eq!((code, err.as_str()), (2, "FILE: error: there is no such file: check its name and folder\n"));
}

/// An edit of a book.
#[derive(Debug, Clone)]
enum Edit {
    Rename(usize, String),
    Terms(usize, Option<u32>),
    People(usize, Vec<String>),
    Notes(usize, Option<String>),
    Pay(usize, u32),
    Unpay(usize),
    Touch(usize, u64, Option<String>),
    Add(u64, String),
    Remove(usize),
    Settings(String),
}

fn an_edit() -> impl Strategy<Value = Edit> {
    let text = || "[a-zÄ\"\\\\ \n/*()\\[\\],:#'🦀]{0,8}";
    prop_oneof![
        (0..9_usize, text()).prop_map(|(at, name)| Edit::Rename(at, name)),
        (0..9_usize, proptest::option::of(0..90_u32)).prop_map(|(at, days)| Edit::Terms(at, days)),
        (0..9_usize, proptest::collection::vec(text(), 0..3)).prop_map(|(at, names)| Edit::People(at, names)),
        (0..9_usize, proptest::option::of(text())).prop_map(|(at, notes)| Edit::Notes(at, notes)),
        (0..9_usize, 0..1000_u32).prop_map(|(at, amount)| Edit::Pay(at, amount)),
        (0..9_usize).prop_map(Edit::Unpay),
        (0..9_usize, any::<u64>(), proptest::option::of(text()))
            .prop_map(|(at, seed, note)| Edit::Touch(at, seed, note)),
        (any::<u64>(), text()).prop_map(|(seed, name)| Edit::Add(seed, name)),
        (0..20_usize).prop_map(Edit::Remove),
        text().prop_map(Edit::Settings),
    ]
}

fn nth<T>(items: impl Iterator<Item = T>, at: usize) -> Option<T> {
    let mut items: Vec<T> = items.collect();
    if items.is_empty() { None } else { Some(items.remove(at % items.len())) }
}

/// The book after an edit; the same one when it cannot be made.
fn edited(book: &Book, edit: &Edit) -> Book {
    let client = |at: &usize| nth(book.clients(), *at).map(|facts| Client::clone(&facts.client));
    let invoice = |at: &usize| {
        nth(book.clients().flat_map(|facts| facts.facts.invoices.clone()), *at).map(|it| Invoice::clone(&it))
    };
    let changed: Option<AnyRecord> = (|| {
        let mut changed = match edit {
            Edit::Rename(at, _) | Edit::Terms(at, _) | Edit::People(at, _) | Edit::Notes(at, _) => {
                client(at)?
            }
            Edit::Add(seed, name) => Client::new(ClientId::fresh(name, *seed), name),
            Edit::Touch(at, seed, note) => {
                let touch = Touch {
                    id: TouchId::fresh("t", *seed),
                    day: "2026-05-05".parse().unwrap(),
                    client: client(at)?.id,
                    person: None,
                    direction: Direction::Out,
                    channel: None,
                    written: true,
                    answer_wanted: false,
                    answers: None,
                    kind: None,
                    temperature: None,
                    may_quote: None,
                    deal: None,
                    invoice: None,
                    introduces: None,
                    note: note.clone(),
                };
                return Some(AnyRecord::Touch(Arc::new(touch)));
            }
            Edit::Pay(at, amount) => {
                let mut invoice = invoice(at)?;
                let amount = Money::new((*amount).into(), invoice.currency()?);
                invoice.payments.push(Payment {
                    day: "2026-04-04".parse().unwrap(),
                    amount,
                    method: None,
                    offset: None,
                });
                return Some(AnyRecord::Invoice(Arc::new(invoice)));
            }
            Edit::Unpay(at) => {
                let mut invoice = invoice(at)?;
                invoice.payments.pop();
                return Some(AnyRecord::Invoice(Arc::new(invoice)));
            }
            Edit::Remove(_) | Edit::Settings(_) => return None,
        };
        match edit {
            Edit::Rename(_, name) => changed.name.clone_from(name),
            Edit::Terms(_, days) => changed.terms_days = *days,
            Edit::People(_, names) => {
                let person = |name: &String| Person {
                    name: name.clone(),
                    mail: None,
                    phone: None,
                    role: None,
                    decides: None,
                    up_to: None,
                };
                changed.people = names.iter().map(person).collect();
            }
            Edit::Notes(_, notes) => changed.notes.clone_from(notes),
            _ => {}
        }
        Some(AnyRecord::Client(Arc::new(changed)))
    })();
    match (changed, edit) {
        (Some(record), _) => book.with(record).unwrap_or_else(|_| book.clone()),
        (None, Edit::Remove(at)) => nth(book.records(), *at)
            .and_then(|record| book.without(record.table(), record.id_str()).ok())
            .unwrap_or_else(|| book.clone()),
        (None, Edit::Settings(name)) => {
            let mut business = book.business().as_ref().clone();
            business.name.clone_from(name);
            book.with_settings(Arc::new(business))
        }
        _ => book.clone(),
    }
}

/// The book as a person, another person and a machine would have laid it out.
fn layouts() -> Vec<String> {
    vec![
        BOOK.to_owned(),
        BOOK.replace('\n', "\r\n"),
        splice(&Source::empty(), &opened(BOOK).book),
        BOOK.lines()
            .map(|line| line.split(" //").next().unwrap().trim())
            .filter(|line| !line.starts_with("//"))
            .collect::<Vec<_>>()
            .join(" "),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_book_reads_back_as_it_is_and_undone_has_its_old_bytes(
        layout in 0..4_usize,
        edits in proptest::collection::vec(an_edit(), 1..8),
    ) {
        let text = layouts().remove(layout);
        let loaded = opened(&text);
        let book = edits.iter().fold(loaded.book.clone(), |book, edit| edited(&book, edit));
        let spliced = splice(&loaded.source, &book);
        let again = load(spliced.as_bytes()).map_err(|unusable| TestCaseError::fail(format!("{unusable}\n{spliced}")))?;
        prop_assert!(again.problems.iter().all(|it| it.severity == Severity::Warning), "{:#?}\n{}", again.problems, spliced);
        if let Err(difference) = same_facts(&again.book, &book) {
            return Err(TestCaseError::fail(format!("{difference}\n{spliced}")));
        }
        let options = ron::Options::default();
        if layout == 2 {
            prop_assert!(options.from_str::<ron::Value>(&spliced).is_ok(), "not RON: {}", spliced);
        }
        // Undoing is showing an earlier book, whatever was saved in between.
        prop_assert_eq!(splice(&loaded.source, &loaded.book), text);
        let saved = Source::after_save(spliced.clone(), &book);
        prop_assert_eq!(splice(&saved, &book), spliced);
    }
}

/// A client whose people are laid out in one of the ways in which a person might.
fn people_laid_out(layout: usize) -> String {
    let people = match layout {
        0 => r#"[(name: "A"), (name: "B"), (name: "C", role: "boss"), (name: "D")]"#,
        1 => {
            "[\n            (name: \"A\"), // first\n            // met at the fair\n            (name: \"B\"),\n            (\n                name: \"C\",\n                role: \"boss\", // says who\n            ),\n            (name: \"D\")\n        ]"
        }
        _ => {
            "[\n            (name: \"A\"), (name: \"B\"),\n            (name: \"C\", role: \"boss\"), (name: \"D\"),\n        ]"
        }
    };
    with_clients(&format!(
        "    (\n        id: \"acme\",\n        name: \"Acme\",\n        people: {people},\n        terms_days: 14,\n    ),"
    ))
}

#[test]
fn what_changes_in_a_list_leaves_the_lines_of_the_rest_as_they_are() {
    let text = people_laid_out(1);
    let loaded = opened(&text);
    let changed = |edit: &dyn Fn(&mut Vec<Person>)| {
        let mut acme = client(&loaded, "acme");
        edit(&mut acme.people);
        splice(&loaded.source, &with_client(&loaded.book, acme))
    };
    let promoted = changed(&|people| people[2].role = Some("owner".to_owned()));
    assert_eq!(promoted, text.replace("\"boss\"", "\"owner\""));
    let mailed = changed(&|people| people[1].mail = Some("b@acme.example".to_owned()));
    assert_eq!(mailed, text.replace("(name: \"B\")", "(name: \"B\", mail: \"b@acme.example\")"));
    let gone = changed(&|people| drop(people.remove(1)));
    assert_eq!(gone, text.replace("            // met at the fair\n            (name: \"B\"),\n", ""));
    let come = changed(&|people| people.push(Person { name: "E".to_owned(), ..people[0].clone() }));
    assert_eq!(
        come,
        text.replace("(name: \"D\")\n", "(name: \"D\"),\n            (name: \"E\"),\n"),
        "on a line of its own, as the one before it"
    );
    let first = changed(&|people| people.insert(0, Person { name: "E".to_owned(), ..people[0].clone() }));
    assert_eq!(first, text.replace("(name: \"A\")", "(name: \"E\"),\n            (name: \"A\")"));
}

#[test]
fn what_follows_a_new_field_on_its_line_stands_at_the_indent_on_the_next() {
    let text = with_clients(
        "    (\n        id: \"acme\", name: \"Acme\",\n        terms_days: 14, notes: \"x\",\n    ),",
    );
    let loaded = opened(&text);
    let mut acme = client(&loaded, "acme");
    acme.cadence_days = Some(30);
    let spliced = splice(&loaded.source, &with_client(&loaded.book, acme));
    let expected = text.replace("14, notes", "14,\n        cadence_days: 30,\n        notes");
    assert_eq!(spliced, expected);
}

#[test]
fn a_balance_that_is_noted_leaves_the_lines_of_the_others_alone() {
    let sample = include_str!("../assets/sample.ron");
    let loaded = opened(sample);
    let mut business = loaded.book.business().as_ref().clone();
    let balances = &mut business.accounts[0].balances;
    let last = balances.last().unwrap().clone();
    balances.push(last);
    let spliced = splice(&loaded.source, &loaded.book.with_settings(Arc::new(business)));
    let before: Vec<&str> = sample.lines().collect();
    let other = spliced.lines().filter(|line| !before.contains(line)).count();
    assert!(other <= 1, "{other} lines are written anew");
    assert!(spliced.len() - sample.len() < 80);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_changes_in_a_list_is_read_back(
        layout in 0..3_usize,
        edits in proptest::collection::vec((0..3_u8, 0..6_usize, "[a-e\"]{0,3}"), 1..6),
    ) {
        let text = people_laid_out(layout);
        let loaded = opened(&text);
        let mut acme = client(&loaded, "acme");
        for (what, at, name) in edits {
            let count = acme.people.len();
            match what {
                0 => acme.people.insert(at.min(count), Person { name, mail: None, phone: None, role: None, decides: None, up_to: None }),
                1 if count > 0 => drop(acme.people.remove(at % count)),
                _ if count > 0 => acme.people[at % count].role = (!name.is_empty()).then_some(name),
                _ => {}
            }
        }
        let book = with_client(&loaded.book, acme);
        let spliced = splice(&loaded.source, &book);
        let again = load(spliced.as_bytes()).map_err(|unusable| TestCaseError::fail(format!("{unusable}\n{spliced}")))?;
        if let Err(difference) = same_facts(&again.book, &book) {
            return Err(TestCaseError::fail(format!("{difference}\n{spliced}")));
        }
        prop_assert_eq!(splice(&loaded.source, &loaded.book), text);
    }
}
