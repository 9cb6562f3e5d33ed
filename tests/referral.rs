//! Who introduced whom: the tree, the sums that go back to each introduction, and circles, which are refused.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use rapport::domain::{AnyRecord, Book, Business, Client, ClientId, Currency, EditError, Met, Record};
use rapport::figures::forecast::Outlook;
use rapport::figures::health::Indicator;
use rapport::figures::proof::{FigureKey, HealthFigure, Value, prove};
use rapport::figures::{Figures, Page};
use rapport::state::Action;
use rapport::store::{load, splice};

use crate::desk::Desk;
use crate::facts::{book, book_of, day, money, read};

fn id(text: &str) -> ClientId {
    ClientId::new(text).unwrap()
}

/// A client met through another, or through nobody.
fn met(name: &str, by: Option<&str>) -> String {
    let by = by.map(|by| format!(r#", introduced_by: "{by}""#)).unwrap_or_default();
    format!(r#"client (id: "{}", name: "{name}", met: (day: "2025-01-01"{by}))"#, name.to_lowercase())
}

/// An invoice of 20 % tax, paid in full.
fn paid(client: &str, net: &str, gross: &str) -> String {
    format!(
        r#"invoice (id: "i-{client}", number: "{client}", client: "{client}", issued: "2025-02-01", due: "2025-03-01",
            tax: "20%", lines: [(result: "x", price: "{net} EUR")], payments: [(day: "2025-02-20", amount: "{gross} EUR")])"#
    )
}

/// Anna introduced Bert and Cora, Bert introduced Dora; Emil came by himself.
fn family() -> Book {
    let lines = [
        met("Anna", None),
        met("Bert", Some("anna")),
        met("Cora", Some("anna")),
        met("Dora", Some("bert")),
        met("Emil", None),
        paid("anna", "100", "120"),
        paid("bert", "200", "240"),
        paid("dora", "400", "480"),
        paid("emil", "800", "960"),
    ];
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn page(book: &Book, client: &str) -> Page {
    Page::of(book.business(), &Figures::of(book, day("2026-01-01")), &id(client)).unwrap()
}

fn tree(book: &Book, client: &str) -> Vec<String> {
    let people = page(book, client).referrals.people;
    let told = people.iter().map(|it| {
        let (income, traced) = (it.income.clone().unwrap(), it.traced.clone().unwrap());
        format!("{}{} {income} {} {traced}", "-".repeat(it.depth), it.name, it.below)
    });
    told.collect()
}

#[test]
fn every_page_of_a_tree_shows_it_from_its_root_with_each_amount_once_below_an_introducer() {
    let book = family();
    let whole = [
        "Anna 100.00 EUR 3 600.00 EUR",
        "-Bert 200.00 EUR 1 400.00 EUR",
        "--Dora 400.00 EUR 0 0.00 EUR",
        "-Cora 0.00 EUR 0 0.00 EUR",
    ];
    for client in ["anna", "bert", "cora", "dora"] {
        assert_eq!(tree(&book, client), whole);
    }
    assert_eq!(tree(&book, "emil"), Vec::<String>::new(), "who stands alone has no tree");
}

#[test]
fn what_came_through_a_client_is_proved_by_the_income_of_each_below_it() {
    let book = family();
    let on = day("2026-01-01");
    let (figures, known) = (Figures::of(&book, on), book.as_of(on));
    let proof = |key: FigureKey| prove(&key, &figures, &known, &Outlook::default()).unwrap();
    let traced = proof(FigureKey::Traced(id("anna")));
    assert!(traced.holds());
    assert_eq!(traced.value, Ok(Value::Money(money("600 EUR"))));
    let names: Vec<&str> =
        traced.parts[0].terms.iter().map(|term| term.client.as_ref().unwrap().1.as_ref()).collect();
    assert_eq!(names, ["Bert", "Dora", "Cora"]);
    for term in &traced.parts[0].terms {
        let own = proof(term.figure.clone().unwrap());
        assert!(own.holds() && own.value == term.amount);
    }
}

#[test]
fn good_words_tell_what_came_of_those_introduced_and_have_no_points_by_it() {
    let speaks = |book: &Book, client: &str| {
        let page = page(book, client);
        let reading = page.row.health.health.reading(Indicator::Speaks).unwrap();
        (reading.points.clone(), page.says(reading), page.says(&page.row.health.health.readings[0]))
    };
    let (points, says, pays) = speaks(&family(), "anna");
    assert!(says.ends_with(" Introduced 3 clients, with 600.00 EUR so far."), "{says}");
    assert!(!pays.contains("Introduced"), "{pays}");
    assert!(speaks(&family(), "bert").1.ends_with(" Introduced 1 client, with 400.00 EUR so far."));
    assert!(!speaks(&family(), "emil").1.contains("Introduced"));
    let alone = book(&[&met("Anna", None), &paid("anna", "100", "120")]);
    assert_eq!(speaks(&alone, "anna").0, points);
    // Beside its points the proof says the same.
    let (book, on) = (family(), day("2026-01-01"));
    let key = FigureKey::Health(id("anna"), HealthFigure::Points(Indicator::Speaks));
    let proof = prove(&key, &Figures::of(&book, on), &book.as_of(on), &Outlook::default()).unwrap();
    let brought = ("from them".to_owned(), Value::Money(money("600 EUR")));
    assert!(proof.beside.contains(&brought), "{:?}", proof.beside);
}

#[test]
fn an_introducer_not_known_yet_is_no_part_of_the_tree() {
    let late = met("Anna", None).replace("2025-01-01", "2025-12-01");
    let book = book(&[&late, &met("Bert", Some("anna")), &met("Dora", Some("bert"))]);
    let on = |on: &str| {
        let page = Page::of(book.business(), &Figures::of(&book, day(on)), &id("dora")).unwrap();
        page.referrals.people.first().unwrap().name.to_string()
    };
    assert_eq!([on("2025-06-01"), on("2026-01-01")], ["Bert", "Anna"]);
}

#[test]
fn an_unknown_income_makes_what_came_through_its_introducers_unknown_and_no_other_sum() {
    let mut lines: Vec<String> =
        vec![met("Anna", None), met("Bert", Some("anna")), met("Cora", Some("bert"))];
    lines.push(paid("cora", "100", "120").replace("EUR", "USD"));
    let book = book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let people = page(&book, "anna").referrals.people;
    let known: Vec<bool> = people.iter().map(|it| it.traced.is_ok()).collect();
    assert_eq!(known, [false, false, true]);
}

fn introduced(book: &Book, client: &str, by: &str) -> Result<Book, EditError> {
    let known = &book.client(&id(client)).unwrap().client;
    let met = known.met.clone().map(|met| Met { introduced_by: Some(id(by)), ..met });
    book.with(Client { met, ..Client::clone(known) }.into_any())
}

#[test]
fn an_edit_that_would_close_a_circle_is_refused_and_names_the_chain() {
    let book = family();
    let refused = introduced(&book, "anna", "dora").unwrap_err();
    let names = ["Anna", "Dora", "Bert"].map(str::to_owned).to_vec();
    assert_eq!(refused, EditError::Circle(names));
    let says = refused.to_string();
    assert!(
        says.contains(
            "Anna, who was introduced by Dora, who was introduced by Bert, who was introduced by Anna"
        ),
        "{says}"
    );
    let alone = introduced(&book, "emil", "emil").unwrap_err();
    assert!(alone.to_string().contains("nobody introduces themselves"), "{alone}");
    let moved = introduced(&book, "dora", "cora").unwrap();
    assert_eq!(tree(&moved, "emil"), Vec::<String>::new());
    assert_eq!(tree(&moved, "dora").len(), 4, "another introducer is no circle");
}

#[test]
fn a_form_says_at_its_field_that_an_introduction_would_close_a_circle() {
    let mut desk = Desk::of(family(), day("2026-01-01"));
    desk.act(Action::OpenClient(id("anna")));
    desk.press("shift+f2");
    desk.fill("Introduced by", "Dora");
    desk.press("enter");
    let (error, _) = desk.field("Introduced by");
    assert!(error.unwrap().starts_with("Anna, who was introduced by Dora, who was introduced by Bert,"));
    assert!(desk.state.book.client(&id("anna")).unwrap().client.introduced_by().is_none());
    desk.fill("Introduced by", "Emil");
    desk.press("enter");
    assert_eq!(desk.state.book.client(&id("anna")).unwrap().client.introduced_by(), Some(&id("emil")));
}

#[test]
fn figures_come_to_an_end_where_a_book_holds_a_circle_all_the_same() {
    let lines = [
        met("Anna", Some("cora")),
        met("Bert", Some("anna")),
        met("Cora", Some("bert")),
        met("Self", Some("self")),
    ];
    let records = lines.iter().map(|line| read(line));
    let book = Book::from_records(std::sync::Arc::new(Business::new(Currency::EUR)), records);
    assert_eq!(page(&book, "bert").referrals.people.len(), 3);
    assert!(page(&book, "self").referrals.people.is_empty());
    // An edit of somebody else's is not held up by it.
    let dora = read(&met("Dora", Some("bert")));
    assert!(book.with(dora).is_ok());
}

#[test]
fn a_long_chain_is_followed_to_its_root() {
    let mut records: Vec<AnyRecord> = vec![read(&met("C0", None))];
    records.extend((1..3000).map(|at| read(&met(&format!("C{at}"), Some(&format!("c{}", at - 1))))));
    let book = Book::from_records(std::sync::Arc::new(Business::new(Currency::EUR)), records);
    let people = page(&book, "c2999").referrals.people;
    assert_eq!((people.len(), people[0].below), (3000, 2999));
    assert_eq!(people[2999].depth, 2999);
}

const CIRCLE: &str = r#"Book(
    format: 1,
    business: (currency: "EUR"),
    clients: [
        (id: "anna", name: "Anna", met: (day: "2025-01-01", introduced_by: "cora")),
        (id: "bert", name: "Bert", met: (day: "2025-01-01", introduced_by: "anna")),
        (id: "cora", name: "Cora", met: (day: "2025-01-01", place: "fair", introduced_by: "bert")),
        (id: "dora", name: "Dora", met: (day: "2025-01-01", introduced_by: "cora")),
    ],
    invoices: [
        (id: "i", number: "1", client: "anna", issued: "2025-02-01", due: "2025-03-01", lines: [(result: "x", price: "5")]),
    ],
)
"#;

#[test]
fn a_circle_in_a_file_is_an_error_of_each_in_it_and_hides_nothing_else() {
    let loaded = load(CIRCLE.as_bytes()).unwrap();
    let told: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for (line, name) in [(5, "Anna"), (6, "Bert"), (7, "Cora")] {
        let found = told.iter().find(|it| it.starts_with(&format!("{line}:"))).unwrap();
        assert!(found.contains("error: clients[") && found.contains("].met.introduced_by: "), "{found}");
        assert!(found.contains(&format!("{name}, who was introduced by ")), "{found}");
        assert!(["Anna", "Bert", "Cora"].iter().all(|name| found.contains(name)), "{found}");
    }
    let client = |name: &str| loaded.book.client(&id(name)).unwrap();
    assert!(client("anna").client.introduced_by().is_none());
    assert_eq!(client("anna").facts.invoices.len(), 1, "its invoices stay");
    assert_eq!(client("cora").client.met.as_ref().unwrap().place.as_deref(), Some("fair"));
    assert_eq!(
        client("dora").client.introduced_by(),
        Some(&id("cora")),
        "who leads to a circle is not in it"
    );
    assert_eq!(splice(&loaded.source, &loaded.book), CIRCLE, "the file stays as it is");
    let changed = Client { notes: Some("new".to_owned()), ..Client::clone(&client("cora").client) };
    let text = splice(&loaded.source, &loaded.book.with(changed.into_any()).unwrap());
    assert!(
        text.contains(r#"introduced_by: "bert""#),
        "an edit of something else leaves it to be mended: {text}"
    );
}

#[test]
fn one_who_introduces_themselves_in_a_file_is_told_so() {
    let text = CIRCLE.replace(
        r#"introduced_by: "cora")),
        (id: "bert""#,
        r#"introduced_by: "anna")),
        (id: "bert""#,
    );
    let loaded = load(text.as_bytes()).unwrap();
    let [problem] = loaded.problems.as_slice() else { panic!("{:?}", loaded.problems) };
    assert!(problem.message.starts_with("nobody introduces themselves"), "{problem}");
    assert_eq!(loaded.book.clients().len(), 4);
}

/// A record as the book takes it.
trait IntoAny {
    fn into_any(self) -> AnyRecord;
}

impl IntoAny for Client {
    fn into_any(self) -> AnyRecord {
        Client::any(std::sync::Arc::new(self))
    }
}

#[test]
fn a_clients_figures_never_depend_on_where_its_introducer_stands_in_the_book() {
    let business = Business::new(Currency::EUR);
    let lines = [met("Zoe", None), met("Abe", Some("zoe")), paid("abe", "10", "12")];
    let book = book_of(business, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(tree(&book, "abe"), ["Zoe 0.00 EUR 1 10.00 EUR", "-Abe 10.00 EUR 0 0.00 EUR"]);
}
