//! Warnings of what may be in the book already, in every form that adds something: they say what is there and never stand in
//! the way.

use rapport::state::Overlay;

use crate::desk::Desk;
use crate::facts::{book, day};

const TODAY: &str = "2026-11-20";

fn desk() -> Desk {
    let lines = [
        r#"client (id: "ada", name: "Ada GmbH", added: "2026-01-01", people: [(name: "Ann Lee", mail: "ann@example.org")])"#,
        r#"client (id: "bob", name: "Bob Ltd", added: "2026-01-01", people: [(name: "Ben Ray")])"#,
        r#"deal (id: "site", client: "ada", title: "New site", value: "2000 EUR", stages: [(day: "2026-11-01", stage: "engaged")])"#,
        r#"retainer (id: "care", client: "ada", what: "Care", amount: "50 EUR", every: "1 month", agreed: "2026-11-01", from: "2026-12-01")"#,
        r#"invoice (id: "i1", number: "R-7", client: "ada", issued: "2026-11-01", due: "2026-12-01",
            lines: [(result: "A", price: "90 EUR")], payments: [(day: "2026-11-05", amount: "9 EUR")])"#,
        r#"touch (id: "t1", client: "ada", day: "2026-11-20", direction: out, channel: "mail", written: true, note: "sent the draft")"#,
        r#"promise (id: "p1", client: "ada", by: me, what: "Proofs", made: "2026-11-01", due: "2026-12-05")"#,
        r#"work (id: "w1", client: "ada", deal: "site", day: "2026-11-20", hours: "2")"#,
        r#"expense (id: "e1", what: "Fonts", amount: "9 EUR", day: "2026-11-20")"#,
        r#"renewal (id: "x1", what: "ada.example", client: "ada", noted: "2026-01-01", expires: "2027-02-01")"#,
    ];
    Desk::of(book(&lines), day(TODAY))
}

/// What a form warns of when it is filled so.
fn warned(keys: &str, fields: &[(&str, &str)]) -> Option<String> {
    let mut desk = desk();
    desk.press("g c");
    desk.press(keys);
    for (label, text) in fields {
        desk.fill(label, text);
    }
    let view = desk.shown().form.unwrap();
    assert!(view.ready, "{keys} {fields:?}: a warning never stands in the way");
    let before = desk.state.history.depth();
    desk.press("enter");
    assert_eq!(desk.state.history.depth(), before + 1, "{}", desk.notice());
    view.warning
}

#[test]
fn the_same_client_person_or_address_is_warned_of() {
    let client = |name: &str| warned("shift+a c", &[("Name", name)]);
    assert_eq!(client("ADA").as_deref(), Some("Ada GmbH is in the book already: is it the same?"));
    assert_eq!(client("Ada & Bob"), None);
    let person = |fields: &[(&str, &str)]| warned("shift+a p", fields);
    let here = person(&[("Client", "ada"), ("Name", "ann lee")]);
    assert_eq!(here.as_deref(), Some("Ann Lee is here already"));
    let there = person(&[("Client", "ada"), ("Name", "Ben Ray")]);
    assert_eq!(there.as_deref(), Some("Ben Ray is at Bob Ltd already"));
    let mail = person(&[("Client", "bob"), ("Name", "A. Lee"), ("Mail", "ANN@example.org")]);
    assert_eq!(mail.as_deref(), Some("Ann Lee at Ada GmbH has this address already"));
    assert_eq!(person(&[("Client", "bob"), ("Name", "Cy Orr")]), None);
}

#[test]
fn instalments_beyond_the_price_and_any_tax_on_it_are_warned_of() {
    let parts = |parts: &str| {
        warned("shift+a n", &[("Client", "ada"), ("Deal", "site"), ("Parts", parts), ("Agreed on", "today")])
    };
    assert_eq!(parts("2 x 1,190 from 1 dec"), None, "with 19 % of tax");
    let says = "The parts come to 3,600.00 EUR, more than the price of 2,000.00 EUR with any tax on it";
    assert_eq!(parts("3 x 1,200 from 1 dec").as_deref(), Some(says));
}

#[test]
fn the_same_invoice_number_is_refused_at_one_client_and_warned_of_at_another() {
    let fields = [("Client", "bob"), ("Number", "r-7"), ("Results", "Plan 100")];
    assert_eq!(warned("shift+a i", &fields).as_deref(), Some("Ada GmbH has an invoice of this number too"));
    assert_eq!(warned("shift+a i", &[("Client", "bob"), ("Results", "Plan 100")]), None);
    let mut desk = desk();
    desk.press("shift+a i");
    for (label, text) in [("Client", "ada"), ("Number", "R-7"), ("Results", "Plan 100")] {
        desk.fill(label, text);
    }
    desk.press("enter");
    assert_eq!(desk.field("Number").0.unwrap(), "this client has an invoice of this number already");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))));
}

#[test]
fn the_same_fact_twice_is_warned_of_and_another_is_not() {
    type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);
    let cases: [Case; 8] = [
        (
            "shift+a d",
            &[("Client", "ada"), ("Title", "new site")],
            "This client has a deal of this title already",
        ),
        (
            "shift+a f",
            &[("Client", "ada"), ("What for", "care"), ("How much", "9")],
            "This client pays a fee for this already",
        ),
        (
            "shift+a t",
            &[
                ("Client", "ada"),
                ("Who spoke", "we did"),
                ("How", "mail"),
                ("Note", "sent the draft"),
                ("What about", ""),
            ],
            "The same touch is in the book already",
        ),
        (
            "shift+a r",
            &[("Client", "ada"), ("Promised by", "me"), ("What", "proofs"), ("Due", "+9d")],
            "The same promise is open already",
        ),
        (
            "shift+a w",
            &[("Client", "ada"), ("Deal", "new"), ("Hours", "2")],
            "The same hours are in the book already",
        ),
        (
            "shift+a e",
            &[("What for", "fonts"), ("How much", "9"), ("When", "today")],
            "The same expense is in the book already",
        ),
        (
            "shift+a x",
            &[("Client", "ada"), ("What expires", "ADA.example"), ("Expires", "+9d")],
            "This is among the renewals already",
        ),
        (
            "p",
            &[("Invoice", "R-7"), ("Amount", "9"), ("Paid on", "2026-11-05")],
            "The same payment is in the book already",
        ),
    ];
    for (keys, fields, says) in cases {
        assert_eq!(warned(keys, fields).as_deref(), Some(says), "{keys}");
    }
    let cases: [(&str, &[(&str, &str)]); 3] = [
        ("shift+a d", &[("Client", "bob"), ("Title", "new site")]),
        ("shift+a w", &[("Client", "ada"), ("Deal", "new"), ("Hours", "3")]),
        ("p", &[("Invoice", "R-7"), ("Amount", "10"), ("Paid on", "2026-11-05")]),
    ];
    for (keys, fields) in cases {
        assert_eq!(warned(keys, fields), None, "{keys}");
    }
}

#[test]
fn changing_a_record_warns_of_nothing_that_it_was_before() {
    let mut desk = desk();
    desk.act(rapport::state::Action::OpenForm(
        rapport::state::FormKind::Person,
        rapport::state::Target::Part(rapport::domain::Table::Clients, "ada".to_owned(), 0),
    ));
    desk.fill("Role", "owner");
    assert_eq!(desk.shown().form.unwrap().warning, None);
}
