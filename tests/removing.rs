//! Removing a record of any table: what goes with it and what names it is shown before, and nothing names what is gone.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rapport::domain::{AnyRecord, Named, Table};
use rapport::state::{Action, Overlay};
use rapport::store::{load, sample, splice};

use crate::desk::Desk;
use crate::facts::{book, day, read};

const TODAY: &str = "2026-11-20";

const LINES: [&str; 13] = [
    r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01", people: [(name: "Ada Roe"), (name: "Sam Poe")])"#,
    r#"client (id: "bob", name: "Bob Ltd", met: (day: "2026-02-01", introduced_by: "ada"))"#,
    r#"deal (id: "site", client: "ada", title: "New site", stages: [(day: "2026-11-01", stage: "engaged")],
        goals: [(day: "2026-11-02", what: "orders")], agreement: (sent: "2026-11-03"),
        down_payment: (asked: "2026-11-02", amount: "90 EUR", invoice: "i1"),
        instalments: (agreed: "2026-11-02", instalments: [(due: "2026-12-01", amount: "10 EUR", invoice: "i1")]))"#,
    r#"retainer (id: "care", client: "ada", what: "Care", amount: "50 EUR", every: "1 month", agreed: "2026-11-01", from: "2026-12-01", deal: "site")"#,
    r#"invoice (id: "i1", number: "1", client: "ada", deal: "site", retainer: "care", issued: "2026-11-01", due: "2026-12-01",
        lines: [(result: "A", price: "90 EUR")], payments: [(day: "2026-11-05", amount: "9 EUR")])"#,
    r#"touch (id: "t1", client: "ada", day: "2026-11-01", direction: in, deal: "site", answer_wanted: true)"#,
    r#"touch (id: "t2", client: "ada", day: "2026-11-02", direction: out, answers: "t1", invoice: "i1", introduces: "bob")"#,
    r#"promise (id: "p1", client: "ada", by: me, what: "proofs", made: "2026-11-01", due: "2026-12-05", deal: "site")"#,
    r#"work (id: "w1", client: "ada", deal: "site", day: "2026-11-01", hours: "2")"#,
    r#"expense (id: "e1", what: "Fonts", client: "ada", deal: "site", amount: "9 EUR", day: "2026-11-01")"#,
    r#"renewal (id: "x1", what: "ada.example", client: "ada", noted: "2026-01-01", expires: "2027-02-01", contacts: ["A", "B"])"#,
    r#"outgoing (id: "l1", client: "ada", subject: "S", text: "T", queued: "2026-11-02", deal: "site", invoice: "i1", handed_over: (day: "2026-11-02", touch: "t2"))"#,
    r#"snooze (id: "s1", item: "silent:ada", client: "ada", day: "2026-11-01", until: "2026-12-01")"#,
];

/// What is asked before the row that the cursor is at goes.
fn asked(desk: &mut Desk) -> String {
    desk.act(Action::Run("record.remove"));
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    asked.consequence.clone()
}

/// No record names one that is not there.
fn dangling(desk: &Desk) -> Vec<String> {
    let all: Vec<AnyRecord> = desk.state.book.records().collect();
    let there: BTreeSet<(Table, String)> =
        all.iter().map(|it| (it.table(), it.id_str().to_owned())).collect();
    let named = all.iter().flat_map(AnyRecord::references);
    named.filter(|it| !there.contains(&(it.table, it.id.clone()))).map(|it| format!("{it:?}")).collect()
}

fn on_page(section: rapport::state::PageSection) -> Desk {
    let mut desk = Desk::of(book(&LINES), day(TODAY));
    desk.act(Action::OpenClient(rapport::domain::ClientId::new("ada").unwrap()));
    desk.act(Action::ShowSection(section));
    desk
}

#[test]
fn a_deal_tells_what_is_noted_in_it_and_what_names_it() {
    let mut desk = on_page(rapport::state::PageSection::Deals);
    assert_eq!(
        asked(&mut desk),
        "With it go its agreement, the down payment asked, 1 instalment, 1 goal. 1 retainer, 1 invoice, 1 touch, 1 promise, \
         1 piece of work, 1 expense, 1 letter of the outbox name it, and stay without that. Undo brings it back."
    );
    let before = desk.state.book.clone();
    desk.press("enter");
    assert_eq!(desk.notice(), "Removed deal New site");
    assert_eq!((dangling(&desk), desk.state.history.depth()), (Vec::<String>::new(), 1));
    assert_eq!(desk.state.book.records().count() + 1, before.records().count());
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn an_invoice_tells_of_its_payments_and_of_what_it_was_for() {
    let mut desk = on_page(rapport::state::PageSection::Invoices);
    assert_eq!(
        asked(&mut desk),
        "With it go 1 payment. 1 deal, 1 touch, 1 letter of the outbox name it, and stay without that. Undo brings it back."
    );
    desk.press("enter");
    assert!(dangling(&desk).is_empty());
}

#[test]
fn a_client_tells_of_its_facts_by_table_and_of_whom_it_introduced() {
    let mut desk = Desk::of(book(&LINES), day(TODAY));
    desk.press("g c home");
    while desk.shown().selected_client(&desk.state.session).unwrap().as_str() != "ada" {
        desk.press("j");
    }
    assert_eq!(
        asked(&mut desk),
        "The 11 facts known about it go with it: 1 deal, 1 retainer, 1 invoice, 2 touches, 1 promise, 1 piece of work, \
         1 expense, 1 renewal, 1 snooze, 1 letter of the outbox. So do Ada Roe and Sam Poe. 1 client names it, and stays without that. Undo brings it back."
    );
    desk.press("enter");
    assert!(dangling(&desk).is_empty());
    assert_eq!(desk.state.book.records().count(), 1);
}

#[test]
fn what_is_no_fact_is_not_removed_and_says_where_its_facts_are() {
    let mut desk = on_page(rapport::state::PageSection::Health);
    desk.press("del");
    assert_eq!(desk.notice(), "This follows from the facts: its proof, on {figure.prove}, leads to them");
}

#[test]
fn a_person_tells_what_names_them_and_keeps_their_name() {
    let mut lines = LINES.to_vec();
    lines.push(r#"deal (id: "shop", client: "ada", title: "Shop", decider: "Ada Roe", stages: [(day: "2026-11-01", stage: "engaged")])"#);
    lines.push(r#"touch (id: "t3", client: "ada", day: "2026-11-03", direction: in, person: "Ada Roe")"#);
    let mut desk = Desk::of(book(&lines), day(TODAY));
    desk.act(Action::OpenClient(rapport::domain::ClientId::new("ada").unwrap()));
    desk.act(Action::ShowSection(rapport::state::PageSection::People));
    assert_eq!(
        asked(&mut desk),
        "1 deal, 1 touch name them, and keep their name. What was noted of talks with them stays. Undo brings them back."
    );
    desk.press("esc j");
    assert_eq!(asked(&mut desk), "What was noted of talks with them stays. Undo brings them back.");
}

#[test]
fn a_goal_goes_alone_and_its_deal_stays() {
    let mut desk = on_page(rapport::state::PageSection::Goals);
    assert_eq!(asked(&mut desk), "The deal New site stays. Undo brings it back.");
    desk.press("enter");
    assert_eq!(desk.notice(), "Removed goal orders");
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "site") else { panic!() };
    assert!(deal.goals.is_empty() && deal.agreement.is_some());
}

#[test]
fn the_firms_own_expenses_and_renewals_are_listed_changed_and_removed() {
    let lines = [
        r#"expense (id: "rent", what: "Rent", amount: "400 EUR", day: "2026-01-01", every: "1 month")"#,
        r#"expense (id: "pc", what: "Laptop", amount: "1900 EUR", day: "2026-10-01")"#,
        r#"renewal (id: "x1", what: "me.example", noted: "2026-01-01", expires: "2027-02-01", contacts: ["A", "B"])"#,
    ];
    let mut desk = Desk::of(book(&lines), day(TODAY));
    desk.press("g f h");
    assert_eq!(desk.notice(), "There is no further list");
    desk.press("l l l l l l l l");
    let rows = |desk: &Desk| -> Vec<String> {
        desk.shown().lists.iter().map(|row| format!("{} · {}", row.title, row.detail)).collect()
    };
    assert_eq!(
        rows(&desk),
        ["Rent · 400.00 EUR every 1 month from 1 Jan 2026", "Laptop · 1,900.00 EUR on 1 Oct 2026"]
    );
    desk.press("enter");
    desk.fill("How much", "450");
    desk.press("enter");
    assert_eq!(rows(&desk)[0], "Rent · 450.00 EUR every 1 month from 1 Jan 2026");
    desk.press("j del");
    desk.press("enter");
    assert_eq!(desk.notice(), "Removed expense Laptop");
    desk.press("l n");
    desk.fill("What expires", "me.example");
    desk.fill("Expires", "+9d");
    assert_eq!(desk.shown().form.unwrap().warning.unwrap(), "This is among the renewals already");
    desk.press("esc");
    assert_eq!(rows(&desk), ["me.example · expires 1 Feb 2027"]);
}

#[test]
fn what_names_nothing_that_is_gone_is_left_alone() {
    for line in LINES {
        let record = read(line);
        assert!(record.unnamed(&Named::new()).is_none());
        // Whose it is is no name that can be left out.
        let own = Named::from([(Table::Snoozes, "s1".to_owned())]);
        assert!(record.unnamed(&own).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_removed_from_the_sample_nothing_names_it_and_undo_gives_the_bytes(pick in 0_usize..100_000) {
        let loaded = load(sample::text(sample::ANCHOR).as_bytes()).unwrap();
        let all: Vec<AnyRecord> = loaded.book.records().collect();
        let record = &all[pick % all.len()];
        let gone: Named = match record.client().filter(|_| record.table() == Table::Clients) {
            Some(client) => loaded.book.records().filter(|it| it.client() == Some(client)).map(|it| (it.table(), it.id_str().to_owned())).collect(),
            None => Named::from([(record.table(), record.id_str().to_owned())]),
        };
        let stays = |it: &AnyRecord| !gone.contains(&(it.table(), it.id_str().to_owned()));
        let mut book = loaded.book.clone();
        for other in all.iter().filter(|it| stays(it)).filter_map(|it| it.unnamed(&gone)) {
            book = book.with(other).unwrap();
        }
        let book = book.without(record.table(), record.id_str()).unwrap();
        prop_assert_eq!(book.records().count() + gone.len(), all.len());
        prop_assert!(load(splice(&loaded.source, &book).as_bytes()).unwrap().problems.len() <= loaded.problems.len());
    }
}
