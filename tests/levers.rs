//! The what-if on Cash by keys: levers entered, changed, muted and removed, kept as a scenario and dropped.

#![cfg(test)]

use rapport::command::{Guide, places};
use rapport::domain::{
    AnyRecord, ClientId, Currency, DealId, Interval, InvoiceId, Lever, LeverRow, Money, Percent, Scenario,
    Table,
};
use rapport::state::{Action, FormKind, LeverKind, Overlay, View, WhatIfAction};
use rapport::store::load;

use crate::desk::Desk;
use crate::facts::day;

const TODAY: &str = "2026-11-20";

fn desk() -> Desk {
    let text = r#"(
        format: 1,
        business: (currency: "EUR"),
        clients: [(id: "acme", name: "Acme"), (id: "bolt", name: "Bolt & Co"), (id: "cord", name: "Cord", currency: "USD")],
        deals: [
            (id: "site", client: "acme", title: "Site", stages: [(day: "2026-11-01", stage: "proposal")], value: "900.00"),
            (id: "shop", client: "bolt", title: "Shop"),
        ],
        invoices: [
            (id: "i1", number: "17", client: "acme", issued: "2026-11-01", due: "2026-11-15", lines: [(result: "R", price: "100.00")]),
            (id: "i2", number: "18", client: "bolt", issued: "2026-11-02", due: "2026-11-16", lines: [(result: "R", price: "50.00")]),
        ],
    )"#;
    let loaded = load(text.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let mut desk = Desk::of(loaded.book, day(TODAY));
    desk.press("g m");
    desk.press("w");
    desk
}

fn client(id: &str) -> ClientId {
    ClientId::new(id).unwrap()
}

fn levers(desk: &Desk) -> Vec<Lever> {
    desk.state.session.what_if.rows.iter().map(|row| row.lever.clone()).collect()
}

/// Opens a lever's form by its keys, fills it by labels, and commits.
fn enter(desk: &mut Desk, keys: &str, fields: &[(&str, &str)]) {
    desk.press(keys);
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "{keys} opens a form");
    for (label, text) in fields {
        desk.fill(label, text);
    }
    desk.press("ctrl+enter");
}

fn deposit(percent: i64) -> Lever {
    Lever::Deposit { percent: Percent::new(percent.into()) }
}

fn add_deposits(desk: &mut Desk, percents: &[&str]) {
    for percent in percents {
        enter(desk, "l d", &[("When won", percent)]);
    }
}

fn scenarios(desk: &Desk) -> Vec<Scenario> {
    desk.state.book.firm().scenarios.iter().map(|it| Scenario::clone(it)).collect()
}

#[test]
fn every_kind_of_lever_is_entered_by_its_form_and_changes_no_fact() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let money = |text: &str, currency| Money::new(text.parse().unwrap(), currency);
    for (keys, fields, lever) in [
        (
            "l p",
            vec![("Client", "acme"), ("Days later", "14")],
            Lever::PaysLater { client: client("acme"), days: 14 },
        ),
        (
            "l l",
            vec![("Client", "bolt"), ("Last day", "31 dec")],
            Lever::Leaves { client: client("bolt"), on: day("2026-12-31") },
        ),
        (
            "l g",
            vec![("Client", "acme"), ("Last day", "2027-01-31")],
            Lever::LetGo { client: client("acme"), on: day("2027-01-31") },
        ),
        (
            "l r",
            vec![("By", "8%"), ("From", "1 jan"), ("For", "Acme; bolt & co; acme")],
            Lever::RatesRise {
                clients: vec![client("acme"), client("bolt")],
                percent: Percent::new(8.into()),
                from: day("2027-01-01"),
            },
        ),
        ("l d", vec![("When won", "30")], deposit(30)),
        (
            "l i",
            vec![("Client", "acme"), ("Deal", "site"), ("Parts", "3"), ("Every", "1 month")],
            Lever::Instalments { deal: DealId::new("site").unwrap(), parts: 3, every: Interval::MONTHLY },
        ),
        (
            "l m",
            vec![("Largest clients", "2"), ("Small ones for each", "5")],
            Lever::ManySmall { largest: 2, each: 5 },
        ),
        ("l n", vec![("Invoice", "18")], Lever::NeverPaid { invoice: InvoiceId::new("i2").unwrap() }),
        (
            "l c",
            vec![("What", "Workshop"), ("Amount", "900"), ("On", "+1m"), ("Every", "")],
            Lever::Income {
                what: "Workshop".to_owned(),
                amount: money("900", Currency::EUR),
                day: day("2026-12-20"),
                every: None,
            },
        ),
        (
            "l o",
            vec![("What", "Laptop"), ("Amount", "2,400 usd"), ("On", "2026-12-01"), ("Every", "2 weeks")],
            Lever::Expense {
                what: "Laptop".to_owned(),
                amount: money("2400", Currency::USD),
                day: day("2026-12-01"),
                every: "2 weeks".parse().ok(),
            },
        ),
    ] {
        enter(&mut desk, keys, &fields);
        assert!(desk.state.session.overlay.is_none(), "{keys}: {:?}", desk.shown().form);
        assert_eq!(levers(&desk).last(), Some(&lever), "{keys}");
        // Opened on itself and committed untouched it is the same; the form says so.
        desk.press("enter");
        desk.press("ctrl+enter");
        assert_eq!((levers(&desk).last(), desk.notice()), (Some(&lever), "Nothing was changed"));
        // Read anew it is the same too.
        desk.press("f2");
        let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("a form is open") };
        assert_eq!(form.kind, FormKind::Lever(LeverKind::of(&lever)));
        let value = form.values[0].clone();
        desk.act(Action::SetField(0, format!("{value} ")));
        desk.press("ctrl+enter");
        assert_eq!(levers(&desk).last(), Some(&lever), "{keys}");
    }
    assert_eq!(levers(&desk).len(), LeverKind::ALL.len());
    assert!(desk.state.book.is_same(&before));
    assert_eq!(desk.state.history.depth(), 0);
}

#[test]
fn what_makes_no_sense_is_refused_at_its_field() {
    for (keys, fields, label, why) in [
        ("l p", vec![("Client", "acme"), ("Days later", "0")], "Days later", "0 days later is no change"),
        ("l p", vec![("Client", "nobody"), ("Days later", "3")], "Client", "there is no such client"),
        (
            "l p",
            vec![("Client", "acme"), ("Days later", "soon")],
            "Days later",
            "expected a number of days such as 14 or -7, at most 3650 either way",
        ),
        ("l l", vec![("Client", "acme"), ("Last day", "2026-11-19")], "Last day", "this day has passed"),
        (
            "l r",
            vec![("By", "0%"), ("From", "1 jan")],
            "By",
            "expected a change of at least −100\u{a0}%, such as 8\u{a0}%",
        ),
        (
            "l r",
            vec![("By", "5%"), ("From", "1 jan"), ("For", "acme; nobody")],
            "For",
            "there is no one client \"nobody\"",
        ),
        (
            "l d",
            vec![("When won", "120%")],
            "When won",
            "expected a part of the price, above 0\u{a0}% and up to 100\u{a0}%",
        ),
        (
            "l i",
            vec![("Client", "acme"), ("Deal", "shop"), ("Parts", "3"), ("Every", "1 month")],
            "Deal",
            "this client has no deal of that name",
        ),
        (
            "l i",
            vec![("Client", "acme"), ("Deal", "site"), ("Parts", "1"), ("Every", "1 month")],
            "Parts",
            "expected at least 2",
        ),
        (
            "l i",
            vec![("Client", "acme"), ("Deal", "site"), ("Parts", "3"), ("Every", "often")],
            "Every",
            "expected an interval such as 1 month, 2 weeks or 1 year",
        ),
        (
            "l m",
            vec![("Largest clients", "2"), ("Small ones for each", "51")],
            "Small ones for each",
            "expected a whole number up to 50",
        ),
        ("l n", vec![("Invoice", "99")], "Invoice", "there is no invoice of that number"),
        (
            "l o",
            vec![("What", "Laptop"), ("Amount", "-5"), ("On", "1 jan")],
            "Amount",
            "expected an amount above nought: what comes in is a lever of its own",
        ),
        (
            "l c",
            vec![("What", "Grant"), ("Amount", "-5"), ("On", "1 jan")],
            "Amount",
            "expected an amount above nought: what goes out is a lever of its own",
        ),
        (
            "l o",
            vec![("What", "Laptop"), ("Amount", "0"), ("On", "1 jan")],
            "Amount",
            "expected an amount above nought",
        ),
        ("l c", vec![("What", "x"), ("Amount", "5"), ("On", "2026-11-01")], "On", "this day has passed"),
    ] {
        let mut desk = desk();
        enter(&mut desk, keys, &fields);
        assert_eq!(desk.field(label).0.as_deref(), Some(why), "{keys} {fields:?}");
        assert!(levers(&desk).is_empty());
    }
}

#[test]
fn the_beginning_of_one_deal_is_enough_and_what_was_understood_is_said() {
    let mut desk = desk();
    desk.press("l i");
    desk.fill("Client", "acme");
    desk.fill("Deal", "si");
    assert_eq!(desk.field("Deal").1.as_deref(), Some("Site"));
    desk.fill("Parts", "3");
    desk.fill("Every", "1 month");
    desk.press("ctrl+enter");
    let deal = DealId::new("site").unwrap();
    assert_eq!(levers(&desk), [Lever::Instalments { deal, parts: 3, every: Interval::MONTHLY }]);
}

#[test]
fn clients_complete_one_after_the_other() {
    let mut desk = desk();
    desk.press("l r");
    desk.fill("For", "Acme; bo");
    let fields = desk.shown().form.unwrap().fields;
    assert_eq!(fields[2].completions, ["Acme; Bolt & Co"]);
    desk.fill("For", "Acme; Bolt & Co");
    assert!(desk.shown().form.unwrap().fields[2].completions.is_empty());
}

#[test]
fn the_row_under_the_cursor_fills_the_lever() {
    let mut desk = desk();
    desk.press("w");
    desk.press("j");
    let invoice = desk.shown().selected(&desk.state.session).unwrap().id;
    desk.press("w");
    desk.press("l n");
    desk.press("ctrl+enter");
    assert_eq!(levers(&desk), [Lever::NeverPaid { invoice: InvoiceId::new(&invoice).unwrap() }]);
}

#[test]
fn the_keys_for_lists_move_among_the_levers_while_the_what_if_is_open() {
    let mut desk = desk();
    add_deposits(&mut desk, &["10", "20", "30"]);
    assert_eq!(desk.state.session.what_if.cursor, 2);
    let receipts = desk.state.session.cursors.cash.clone();
    desk.press("g g");
    desk.press("j");
    assert_eq!((desk.state.session.what_if.cursor, &desk.state.session.cursors.cash), (1, &receipts));
    desk.press("m");
    assert_eq!(desk.state.session.what_if.levers(), [deposit(10), deposit(30)]);
    desk.press("shift+k");
    assert_eq!(
        (levers(&desk), desk.state.session.what_if.cursor),
        (vec![deposit(20), deposit(10), deposit(30)], 0)
    );
    desk.press("shift+k");
    assert_eq!(desk.notice(), "It is the first one");
    desk.press("m");
    desk.press("shift+j");
    desk.press("del");
    assert_eq!((levers(&desk), desk.state.session.what_if.cursor), (vec![deposit(10), deposit(30)], 1));
    // A new one goes below the hand.
    desk.press("k");
    add_deposits(&mut desk, &["15"]);
    assert_eq!(levers(&desk), [deposit(10), deposit(15), deposit(30)]);
    for _ in 0..3 {
        desk.press("del");
    }
    desk.press("del");
    assert_eq!(desk.notice(), "There is no lever yet");
}

#[test]
fn levers_that_were_removed_or_dropped_come_back_by_undo_beside_what_was_done_since() {
    let mut desk = desk();
    let book = desk.state.book.clone();
    add_deposits(&mut desk, &["10", "20", "30"]);
    desk.press("g g");
    desk.press("m");
    let muted = desk.state.session.what_if.rows[0].clone();
    desk.press("del");
    assert_eq!(
        (levers(&desk), desk.notice()),
        (vec![deposit(20), deposit(30)], "Took away: New deals pay 10\u{a0}% when they are won")
    );
    add_deposits(&mut desk, &["25"]);
    desk.press("z");
    assert_eq!(levers(&desk), [deposit(10), deposit(20), deposit(25), deposit(30)]);
    assert_eq!((&desk.state.session.what_if.rows[0], desk.state.session.what_if.cursor), (&muted, 0));
    desk.press("shift+z");
    assert_eq!(levers(&desk), [deposit(20), deposit(25), deposit(30)]);
    desk.press("z");
    // All of them, with the name they were kept under.
    desk.press("s");
    desk.fill("Name", "All");
    desk.press("ctrl+enter");
    let kept = desk.state.session.what_if.kept.clone();
    desk.press("d");
    assert_eq!((levers(&desk).len(), desk.notice()), (0, "Dropped the what-if"));
    // Levers are no facts: they come back while an earlier day is looked at.
    desk.press("[");
    desk.press("z");
    assert_eq!((levers(&desk).len(), &desk.state.session.what_if.kept), (4, &kept));
    desk.press("shift+z");
    assert_eq!((levers(&desk).len(), &desk.state.session.what_if.kept), (0, &None));
    desk.press("z");
    // The next step is an edit of the book again.
    desk.press("z");
    assert!(desk.notice().starts_with("You are looking at"), "{}", desk.notice());
    desk.press("\\");
    desk.press("z");
    assert!(desk.state.book.is_same(&book) && desk.state.history.depth() == 0);
}

#[test]
fn closed_it_keeps_its_levers_and_counts_none() {
    let mut desk = desk();
    add_deposits(&mut desk, &["10"]);
    desk.press("w");
    assert!(desk.state.session.what_if.levers().is_empty() && levers(&desk).len() == 1);
    desk.press("j");
    assert_eq!(desk.state.session.cursors.cash.index, 1);
    desk.press("w");
    assert_eq!(desk.state.session.what_if.levers().len(), 1);
    desk.press("esc");
    assert!(!desk.state.session.what_if.open && desk.state.session.view == View::Cash);
    // From elsewhere a lever leads to Cash.
    desk.press("g t");
    desk.act(Action::Run("what_if.deposit"));
    desk.fill("When won", "20");
    desk.press("ctrl+enter");
    assert!(desk.state.session.is_assuming() && levers(&desk).len() == 2);
    // Open, but away from Cash, it has no keys; opening it again leads there.
    desk.press("g b");
    assert!(!desk.state.session.is_assuming());
    desk.act(Action::Run("what_if.open"));
    assert!(desk.state.session.is_assuming());
}

#[test]
fn kept_levers_are_one_step_of_undo_and_are_taken_up_again() {
    let mut desk = desk();
    desk.press("s");
    assert_eq!(desk.notice(), "There is no lever yet");
    add_deposits(&mut desk, &["10", "20"]);
    desk.press("m");
    desk.press("s");
    desk.fill("Name", "Lean winter");
    desk.press("ctrl+enter");
    let [kept] = scenarios(&desk).try_into().unwrap();
    assert_eq!((kept.name.as_str(), kept.made), ("Lean winter", day(TODAY)));
    assert_eq!(kept.levers, [LeverRow::new(deposit(10)), LeverRow { lever: deposit(20), muted: true }]);
    assert_eq!((desk.state.history.depth(), desk.notice()), (1, "Kept scenario Lean winter"));
    desk.press("s");
    assert_eq!(desk.notice(), "It is kept as it is");
    // A change is kept under the same name, without asking for it.
    desk.press("m");
    desk.press("s");
    assert_eq!((scenarios(&desk).len(), scenarios(&desk)[0].levers[1].muted), (1, false));
    // Under another name it is another one; a name is there once.
    desk.press("shift+s");
    desk.fill("Name", "lean WINTER");
    assert_eq!(desk.field("Name").0.as_deref(), Some("there is a scenario of that name: choose another"));
    desk.fill("Name", "Other");
    desk.press("ctrl+enter");
    assert_eq!(scenarios(&desk).len(), 2);
    desk.press("d");
    assert!(levers(&desk).is_empty() && desk.state.session.what_if.open && scenarios(&desk).len() == 2);
    desk.press("o");
    desk.fill("Scenario", "lean winter");
    desk.press("ctrl+enter");
    assert_eq!((levers(&desk), desk.notice()), (vec![deposit(10), deposit(20)], "Taken up: Lean winter"));
    // The levers that were dropped, then the three scenarios.
    for _ in 0..4 {
        desk.press("z");
    }
    assert!(scenarios(&desk).is_empty());
    // What was undone asks for a name again.
    desk.press("s");
    assert!(
        matches!(&desk.state.session.overlay, Some(Overlay::Form(form)) if form.kind == FormKind::KeepScenario)
    );
}

#[test]
fn levers_that_would_be_lost_are_asked_about() {
    let mut desk = desk();
    desk.press("o");
    assert_eq!(desk.notice(), "No scenario was kept yet");
    add_deposits(&mut desk, &["10"]);
    desk.press("d");
    let Some(Overlay::Confirm(confirm)) = &desk.state.session.overlay else { panic!("it asks") };
    assert_eq!(confirm.question, "Drop the lever?");
    desk.press("esc");
    assert_eq!(levers(&desk).len(), 1);
    desk.press("s");
    desk.fill("Name", "One");
    desk.press("ctrl+enter");
    desk.press("m");
    desk.press("o");
    assert_eq!(desk.notice(), "Keep or drop the levers first");
    desk.press("m");
    desk.press("shift+d");
    desk.press("enter");
    assert!(scenarios(&desk).is_empty() && levers(&desk).len() == 1);
    desk.press("d");
    desk.press("enter");
    assert!(levers(&desk).is_empty());
}

#[test]
fn nothing_is_kept_while_an_earlier_day_is_looked_at_but_levers_are_tried() {
    let mut desk = desk();
    desk.press("[");
    add_deposits(&mut desk, &["10"]);
    assert_eq!(levers(&desk), [deposit(10)]);
    desk.press("s");
    assert!(desk.state.session.overlay.is_none() && desk.notice().starts_with("You are looking at"));
    desk.press("d");
    assert!(levers(&desk).is_empty());
}

#[test]
fn what_is_removed_is_no_longer_assumed_anything_of() {
    let mut desk = desk();
    enter(&mut desk, "l r", &[("By", "5%"), ("From", "1 jan"), ("For", "Acme; Bolt & Co")]);
    enter(&mut desk, "l r", &[("By", "6%"), ("From", "1 jan"), ("For", "Acme")]);
    enter(&mut desk, "l n", &[("Invoice", "17")]);
    enter(&mut desk, "l i", &[("Client", "acme"), ("Deal", "site"), ("Parts", "3"), ("Every", "1 month")]);
    add_deposits(&mut desk, &["10"]);
    desk.press("s");
    desk.fill("Name", "All");
    desk.press("ctrl+enter");
    desk.press("w");
    desk.press("g c");
    while desk.shown().selected_client(&desk.state.session) != Some(client("acme")) {
        desk.press("j");
    }
    desk.press("del");
    desk.press("enter");
    assert!(desk.state.book.client(&client("acme")).is_none(), "{}", desk.notice());
    let left: Vec<Lever> = scenarios(&desk)[0].levers.iter().map(|row| row.lever.clone()).collect();
    let rise = Lever::RatesRise {
        clients: vec![client("bolt")],
        percent: Percent::new(5.into()),
        from: day("2027-01-01"),
    };
    assert_eq!(left, [rise, deposit(10)]);
    desk.press("z");
    assert_eq!(scenarios(&desk)[0].levers.len(), 5);
    assert!(matches!(desk.state.book.find(Table::Invoices, "i1"), Some(AnyRecord::Invoice(_))));
}

#[test]
fn another_book_has_another_what_if() {
    let mut desk = desk();
    add_deposits(&mut desk, &["10"]);
    desk.act(Action::StartBook);
    desk.fill("Client", "Quill Ltd");
    desk.press("enter");
    assert!(levers(&desk).is_empty() && !desk.state.session.what_if.open);
}

#[test]
fn a_scenario_that_is_gone_is_told() {
    let mut desk = desk();
    let gone = rapport::domain::ScenarioId::new("gone").unwrap();
    desk.act(Action::WhatIf(WhatIfAction::Open(gone)));
    assert_eq!(desk.notice(), "The scenario is gone");
    desk.act(Action::WhatIf(WhatIfAction::Keep(None)));
    assert_eq!(desk.notice(), "It has no name yet");
}

#[test]
fn the_footer_names_the_keys_of_the_levers() {
    let mut desk = desk();
    let keys = |desk: &Desk| -> Vec<String> {
        Guide::of(&desk.state, &desk.shown()).hints.into_iter().map(|hint| hint.key).collect()
    };
    assert_eq!(keys(&desk), ["L P", "L R", "L O", "Esc"]);
    add_deposits(&mut desk, &["10"]);
    assert_eq!(keys(&desk), ["M", "Enter", "S", "D", "W", "Ctrl+K"]);
    assert_eq!(format!("{:?}", places(&desk.state)[0]), "WhatIf");
    desk.press("l");
    assert_eq!(Guide::of(&desk.state, &desk.shown()).continuations.len(), LeverKind::ALL.len());
}
