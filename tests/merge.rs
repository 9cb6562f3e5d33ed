//! Merging two clients: shown before it is done, one step of undo, and nothing of the firm's figures changes by it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rapport::domain::{AnyRecord, Book, ClientId, Merge, MergeField, Table, add_days, merge};
use rapport::figures::Memo;
use rapport::state::{Action, MergeAction, Overlay};
use rapport::store::{load, sample, splice};

use crate::desk::Desk;
use crate::facts::{book, day};

const TODAY: &str = "2026-11-20";

const BOOK: &str = r#"// A book.
(format: 1,
  business: (name: "Linden", currency: "EUR", criteria: [(id: "local", meaning: "nearby")]),
  clients: [
    // The first.
    (id: "ada", name: "Ada Ltd", added: "2026-02-01", tags: ["shop"], terms_days: 14, cadence_days: 30,
      people: [(name: "Ada Roe", mail: "ada@example.org"), (name: "Sam Poe", role: "buyer")],
      rates: [(from: "2026-01-01", rate: "80.00")], fit: [(criterion: "local", meets: true)], notes: "pays by card"), // behind
    (id: "ada-2", name: "Ada", added: "2026-01-01", met: (day: "2025-12-24", place: "fair", introduced_by: "ada"), tags: ["shop", "late"],
      terms_days: 30, reports: "by mail", people: [(name: "ada roe", phone: "123"), (name: "Sam Poe", role: "boss")],
      rates: [(from: "2026-01-01", rate: "90.00"), (from: "2026-06-01", rate: "95.00")], fit: [(criterion: "local", meets: false)], notes: "two kids"),
    (id: "bob", name: "Bob & Co", met: (day: "2026-11-01", introduced_by: "ada-2")),
    (id: "cid", name: "Cid", met: (day: "2026-11-02", introduced_by: "bob")),
  ],
  deals: [
    (id: "site", client: "ada-2", title: "New site", value: "4000.00", stages: [(day: "2026-11-01", stage: "proposal")],
      down_payment: (asked: "2026-11-02", amount: "900.00", invoice: "i1")),
  ],
  invoices: [
    (id: "i0", number: "7", client: "ada", issued: "2026-08-01", due: "2026-09-01", lines: [(result: "Logo", price: "300.00")]),
    (id: "i1", number: "7", client: "ada-2", deal: "site", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "Plan", price: "900.00")]),
  ],
  touches: [
    (id: "t1", day: "2026-10-01", client: "bob", direction: in, introduces: "ada-2"),
    (id: "t2", day: "2026-10-02", client: "ada", direction: in, introduces: "ada-2"),
  ],
  snoozes: [(id: "s1", item: "silent:ada-2", client: "ada-2", day: "2026-11-01", until: "2026-12-01")],
  scenarios: [(id: "x", name: "Less", made: "2026-11-01", levers: [(lever: rates_rise(clients: ["ada", "ada-2"], percent: "5%", from: "2027-01-01")),
    (lever: pays_later(client: "ada-2", days: 9))])],
)
"#;

fn id(text: &str) -> ClientId {
    ClientId::new(text).unwrap()
}

fn desk() -> Desk {
    let loaded = load(BOOK.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    Desk::of(loaded.book, day(TODAY))
}

/// Opens the preview of the other one going into the first.
fn previewed() -> Desk {
    let mut desk = desk();
    desk.act(Action::OpenClient(id("ada")));
    desk.press("m");
    assert_eq!(desk.field("Stays").0, None);
    desk.fill("Goes into it", "ada");
    desk.press("enter");
    desk
}

fn told(desk: &Desk) -> Merge {
    Merge::clone(&desk.shown().merge.expect("a merging is shown"))
}

fn row(desk: &Desk, field: &str) -> (String, String, bool) {
    let row = told(desk).differs.into_iter().find(|row| row.field.to_string() == field);
    let row = row.unwrap_or_else(|| panic!("they do not differ in {field}"));
    (row.stays, row.goes, row.takes_other)
}

#[test]
fn the_preview_says_what_goes_over_and_in_what_they_differ() {
    let mut desk = desk();
    desk.act(Action::OpenClient(id("ada")));
    desk.press("m");
    desk.fill("Goes into it", "ada ltd");
    desk.press("enter");
    let says = desk.field("Goes into it").0;
    assert_eq!(says.as_deref(), Some("that is the same record already: name the other one"));
    desk.fill("Goes into it", "ada-2");
    desk.press("enter");
    let told = told(&desk);
    let moves: Vec<_> = told.moves.iter().map(|(table, count)| table.counted(*count)).collect();
    assert_eq!(moves, ["1 deal", "1 invoice", "1 snooze"]);
    let fields: Vec<_> = told.differs.iter().map(|row| row.field.to_string()).collect();
    assert_eq!(fields, ["Name", "Payment terms", "Rate from 1 Jan 2026", "Fit: local"]);
    for note in [
        "Met: 24 Dec 2025, fair, through Ada Ltd, from Ada",
        "That one introduced the other is left out: nobody introduces themselves",
        "Reports: by mail, from Ada",
        "Sam Poe is there twice then: what is noted differs",
        "Invoice numbers that are there twice then: 7",
    ] {
        assert!(told.notes.iter().any(|it| it == note), "{note}: {:#?}", told.notes);
    }
    assert_eq!(desk.state.history.depth(), 0, "nothing is done yet");
}

#[test]
fn what_was_noted_with_both_is_named_and_taken_once() {
    let (touch, rest) = (
        r#"day: "2026-11-03", direction: in, channel: "mail", note: "hello""#,
        r#"hours: "2", note: "layout""#,
    );
    let invoice =
        r#"number: "7", issued: "2026-11-01", due: "2026-11-15", lines: [(result: "Site", price: "90 EUR")]"#;
    let lines = [
        r#"client (id: "one", name: "One")"#.to_owned(),
        r#"client (id: "two", name: "Two")"#.to_owned(),
        format!(r#"touch (id: "t1", client: "one", {touch})"#),
        format!(r#"touch (id: "t2", client: "two", {touch})"#),
        format!(r#"touch (id: "t3", client: "two", {touch})"#),
        format!(r#"invoice (id: "i1", client: "one", {invoice})"#),
        format!(r#"invoice (id: "i2", client: "two", {invoice})"#),
        format!(r#"work (id: "w1", client: "one", day: "2026-11-04", {rest})"#),
        format!(r#"work (id: "w2", client: "two", day: "2026-11-04", {rest})"#),
        format!(r#"work (id: "w3", client: "two", day: "2026-11-05", {rest})"#),
        // Hours that say nothing else may be those of another morning.
        r#"work (id: "w4", client: "one", day: "2026-11-06", hours: "1")"#.to_owned(),
        r#"work (id: "w5", client: "two", day: "2026-11-06", hours: "1")"#.to_owned(),
    ];
    let book = crate::facts::book(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let merge =
        rapport::domain::merge(&book, &id("one"), &id("two"), &std::collections::BTreeSet::new()).unwrap();
    assert!(
        merge.notes.contains(
            &"Noted with both, and taken once: touch of 3 Nov 2026, invoice 7, 2 h on 4 Nov 2026".to_owned()
        ),
        "{:?}",
        merge.notes
    );
    assert_eq!(merge.moves, [(Table::Touches, 1), (Table::Work, 2)]);
    let ids: Vec<String> = merge.result.unwrap().records().map(|it| it.id_str().to_owned()).collect();
    assert_eq!(ids, ["one", "i1", "t1", "t3", "w1", "w4", "w3", "w5"], "two that only the one had are two");
}

#[test]
fn what_differs_is_chosen_by_keys_and_the_whole_is_one_step_of_undo() {
    let mut desk = previewed();
    let before = desk.state.book.clone();
    assert_eq!(row(&desk, "Name"), ("Ada Ltd".to_owned(), "Ada".to_owned(), false));
    desk.press("j right");
    assert!(row(&desk, "Payment terms").2);
    desk.press("left");
    assert!(!row(&desk, "Payment terms").2);
    desk.press("space j l enter");
    assert_eq!(desk.notice(), "Merged Ada into Ada Ltd");
    assert!(desk.state.session.overlay.is_none());
    let merged = desk.state.book.client(&id("ada")).unwrap().clone();
    assert!(desk.state.book.client(&id("ada-2")).is_none());
    let client = &merged.client;
    assert_eq!(
        (client.name.as_str(), client.terms_days, client.cadence_days),
        ("Ada Ltd", Some(30), Some(30))
    );
    let rates: Vec<_> = client.rates.iter().map(|it| it.rate.to_string()).collect();
    assert_eq!(rates, ["90.00 EUR", "95.00 EUR"]);
    assert_eq!(client.tags, ["shop", "late"]);
    assert_eq!(client.notes.as_deref(), Some("pays by card\ntwo kids"));
    let people: Vec<_> = client.people.iter().map(|it| (it.name.as_str(), it.phone.as_deref())).collect();
    assert_eq!(people, [("Ada Roe", Some("123")), ("Sam Poe", None), ("Sam Poe", None)]);
    assert_eq!(client.introduced_by(), None);
    assert_eq!(merged.facts.snoozes[0].item, "silent:ada");
    assert!(merged.facts.touches.iter().all(|touch| touch.introduces.is_none()));
    let bob = desk.state.book.client(&id("bob")).unwrap();
    assert_eq!(bob.client.introduced_by(), Some(&id("ada")));
    assert_eq!(bob.facts.touches[0].introduces, Some(id("ada")));
    let levers = &desk.state.book.firm().scenarios[0].levers;
    assert!(levers.iter().all(|row| row.lever.clients() == [id("ada")]), "{levers:?}");
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn a_client_in_the_currency_of_the_book_differs_from_one_in_another() {
    let with = |own: &str| {
        let text = BOOK.replace("name: \"Ada\",", &format!("name: \"Ada\", currency: \"{own}\","));
        load(text.as_bytes()).unwrap().book
    };
    let merged = |book: &Book, other: &[MergeField]| {
        merge(book, &id("ada"), &id("ada-2"), &other.iter().cloned().collect()).unwrap()
    };
    let differs = |merge: &Merge| {
        let row = merge.differs.iter().find(|it| it.field == MergeField::Currency);
        row.map(|row| (row.stays.clone(), row.goes.clone()))
    };
    let (euros, dollars) = (with("EUR"), with("USD"));
    assert_eq!(differs(&merged(&euros, &[])), None, "both are in the book's");
    let kept = merged(&dollars, &[]);
    assert_eq!(differs(&kept), Some(("EUR, as the book".to_owned(), "USD".to_owned())));
    assert_eq!(kept.client.currency, None, "the one that stays is in the book's");
    let taken = merged(&dollars, &[MergeField::Currency]);
    assert_eq!(taken.client.currency.map(|it| it.to_string()).as_deref(), Some("USD"));
}

#[test]
fn the_other_one_may_stay_and_the_page_follows_the_one_that_does() {
    let mut desk = previewed();
    desk.press("x");
    assert_eq!((told(&desk).goes.as_str(), told(&desk).client.name.as_str()), ("Ada Ltd", "Ada"));
    desk.press("enter");
    assert_eq!(desk.state.session.page.as_ref().map(|page| page.client.as_str()), Some("ada-2"));
    assert!(desk.shown().page.is_some());
    desk.press("z");
    assert_eq!(desk.notice(), "Undone: Merged Ada Ltd into Ada");
}

#[test]
fn whoever_would_go_back_to_themselves_cannot_be_merged_until_the_other_meeting_is_kept() {
    let mut desk = desk();
    // Cid was introduced by Bob, who was introduced by the second Ada.
    desk.act(Action::Merge(MergeAction::Open(rapport::state::MergePlace::new(id("cid"), id("ada-2")))));
    let why = told(&desk).result.unwrap_err();
    assert!(why.contains("nobody can go back to themselves"), "{why}");
    desk.press("enter");
    assert_eq!(desk.notice(), "They cannot be merged so: the preview says why");
    assert_eq!(desk.state.history.depth(), 0);
    while told(&desk).differs.iter().any(|row| row.field == MergeField::Met && !row.takes_other) {
        desk.press("right j");
    }
    desk.press("enter");
    assert_eq!(desk.state.history.depth(), 1, "{}", desk.notice());
    let cid = desk.state.book.client(&id("cid")).unwrap();
    assert_eq!(cid.client.introduced_by(), Some(&id("ada")));
}

#[test]
fn a_kind_by_hand_and_an_end_are_chosen_and_none_is_a_value_too() {
    let book = book(&[
        r#"client (id: "a", name: "A", kind: (kind: stepping_stone, day: "2026-10-01", reason: "slow"))"#,
        r#"client (id: "b", name: "B", ended: (day: "2026-10-02", why: "moved"))"#,
    ]);
    let told = merge(&book, &id("a"), &id("b"), &BTreeSet::new()).unwrap();
    let rows: Vec<_> = told.differs.iter().map(|row| (row.stays.as_str(), row.goes.as_str())).collect();
    assert_eq!(
        rows,
        [("A", "B"), ("stepping stone, 1 Oct 2026: slow", "by the facts"), ("goes on", "2 Oct 2026: moved")]
    );
    assert!(told.client.ended.is_none() && told.client.kind.is_some());
    let other = BTreeSet::from([MergeField::Kind, MergeField::Ended]);
    let told = merge(&book, &id("a"), &id("b"), &other).unwrap();
    assert!(told.client.ended.is_some() && told.client.kind.is_none());
}

#[test]
fn two_that_are_selected_are_previewed_at_once_and_the_one_under_the_cursor_stays() {
    let mut desk = desk();
    desk.press("g c x x k m");
    let Some(Overlay::Merge(place)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    let at = desk.shown().selected_client(&desk.state.session);
    assert_eq!(Some(&place.stays), at.as_ref());
    desk.press("esc shift+j m");
    assert_eq!(desk.notice(), "Two clients are merged at a time");
}

#[test]
fn nothing_is_merged_on_another_day() {
    let mut desk = desk();
    desk.act(Action::OpenClient(id("ada")));
    desk.press("[");
    desk.press("m");
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn the_file_has_no_new_problem_after_it_and_its_old_bytes_after_an_undo() {
    let loaded = load(BOOK.as_bytes()).unwrap();
    let mut desk = previewed();
    desk.press("enter");
    let text = splice(&loaded.source, &desk.state.book);
    assert!(!text.contains("\"ada-2\""), "{text}");
    let after = load(text.as_bytes()).unwrap();
    let said = |loaded: &rapport::store::Loaded| -> Vec<String> {
        loaded.problems_on(day(TODAY)).iter().map(ToString::to_string).collect()
    };
    let (before, now) = (said(&loaded), said(&after));
    // What the preview told, and nothing else.
    let twice = |it: &&String| !it.contains("number");
    assert_eq!(now.iter().filter(twice).count(), before.len(), "{now:?}");
    assert_eq!(now.len(), before.len() + 1, "{now:?}");
    assert_eq!(after.book.client(&id("ada")), desk.state.book.client(&id("ada")));
    desk.press("z");
    assert_eq!(splice(&loaded.source, &desk.state.book), BOOK);
}

/// What the firm's figures come to on a day.
fn totals(book: &Book, on: chrono::NaiveDate) -> String {
    let figures = Memo::default().figures(book, on, on);
    let totals = &figures.clients.totals;
    let owed: Vec<_> = figures.cash.owed.iter().map(|owed| (owed.invoice.to_string(), owed.open)).collect();
    let mut months: Vec<_> = figures.cash.months.iter().map(|month| format!("{month:?}")).collect();
    months.sort();
    let mut owed: Vec<_> = owed.into_iter().map(|it| format!("{it:?}")).collect();
    owed.sort();
    format!(
        "{:?} {:?} {:?} {:?} {} {} {owed:?} {months:?}",
        totals.open,
        totals.overdue,
        totals.dbt_days,
        totals.income_12m,
        totals.invoices,
        totals.paid_invoices
    )
}

/// What a record tells, without its own id and its client's.
fn words(record: &AnyRecord) -> String {
    let text = format!("{record:?}").replace(record.id_str(), "");
    record.client().map_or(text.clone(), |client| text.replace(client.as_str(), ""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_any_two_changes_no_total_of_the_firm_on_any_day_and_leaves_no_name_behind(
        one in 0_usize..100, step in 1_usize..99, takes in prop::collection::vec(any::<bool>(), 12), back in 0_i64..900
    ) {
        let loaded = load(sample::text(sample::ANCHOR).as_bytes()).unwrap();
        let ids: Vec<ClientId> = loaded.book.clients().map(|known| known.id().clone()).collect();
        let (one, other) = (one % ids.len(), (one + 1 + step % (ids.len() - 1)) % ids.len());
        let fields = merge(&loaded.book, &ids[one], &ids[other], &BTreeSet::new()).unwrap().differs;
        let chosen = fields.into_iter().zip(takes).filter(|(_, takes)| *takes).map(|(row, _)| row.field).collect();
        let told = merge(&loaded.book, &ids[one], &ids[other], &chosen).unwrap();
        let Ok(after) = told.result else { return Ok(()) };
        let once = told.taken_once;
        prop_assert_eq!(after.records().count() + 1 + once.len(), loaded.book.records().count());
        for twin in &once {
            // But for its id it is there, in the client that stays.
            let there = after.client(&ids[one]).unwrap().facts.records().any(|it| words(&it) == words(twin));
            prop_assert!(there, "{twin:?} is lost");
        }
        for record in after.records() {
            for named in record.references() {
                let found = after.find(named.table, &named.id);
                prop_assert!(found.is_some(), "{:?}", named);
                if named.same_client {
                    prop_assert_eq!(found.as_ref().and_then(|it| it.client()), record.client());
                }
            }
        }
        let on = add_days(sample::ANCHOR, -back);
        // What was written twice was counted twice.
        let counts = |it: &AnyRecord| !matches!(it, AnyRecord::Touch(_) | AnyRecord::Promise(_) | AnyRecord::Work(_));
        prop_assume!(!once.iter().any(counts));
        prop_assert_eq!(totals(&after, on), totals(&loaded.book, on));
        let text = splice(&loaded.source, &after);
        let read = load(text.as_bytes()).unwrap();
        prop_assert_eq!(read.problems.len(), loaded.problems.len());
        prop_assert_eq!(read.book.find(Table::Clients, ids[one].as_str()).is_some(), true);
        prop_assert_eq!(read.book.records().count(), after.records().count());
    }
}
