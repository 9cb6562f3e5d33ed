//! Laws over random scripts of commands: whatever is run and typed, nothing panics, no book changes without a step of undo, and
//! undoing all of it gives the very book and the very bytes one began with.

use std::sync::Arc;

use proptest::prelude::*;
use rapport::command::commands;
use rapport::state::form::FieldKind;
use rapport::state::{Action, Form, Overlay};
use rapport::store::{Source, load, splice};

use crate::desk::Desk;
use crate::facts::day;

const TODAY: &str = "2026-11-20";

/// A small book with something of most tables, so that a script of many commands costs little.
const BOOK: &str = r#"// A book.
(format: 1,
  business: (name: "Linden", currency: "EUR", reserve: "2000.00", accounts: [(id: "bank", name: "Bank", balances: [(day: "2026-11-01", amount: "5000.00")])]),
  clients: [
    (id: "ada", name: "Ada Ltd", added: "2026-01-01", people: [(name: "Ada Roe", mail: "ada@example.org")]), // first
    (id: "bob", name: "Bob & Co", added: "2026-02-01", met: (day: "2026-11-18", why: "wants a site")),
  ],
  deals: [(id: "site", client: "ada", title: "New site", value: "4000.00", stages: [(day: "2026-11-01", stage: "proposal")])],
  invoices: [(id: "i1", number: "1", client: "ada", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "Plan", price: "900.00")])],
  promises: [(id: "p1", client: "ada", by: me, what: "proofs", made: "2026-11-10", due: "2026-11-19")],
  renewals: [(id: "r1", what: "ada.example", client: "ada", noted: "2026-01-01", expires: "2026-12-10", price: "30.00")],
)
"#;

/// What is typed into a field of a kind, mostly what fits.
pub(crate) fn text_for(kind: FieldKind, pick: usize) -> &'static str {
    let nonsense = ["", "\u{202e}x", "999999999999999999999999", "31 feb"];
    let fits: &[&str] = match kind {
        FieldKind::Day(_) | FieldKind::StageDay => &["today", "-3d", "+2w"],
        FieldKind::Snooze => &["3d", "when paid", "if no reply 5d"],
        FieldKind::Amount => &["120", "1 200.50", "35 usd"],
        FieldKind::Count => &["3", "14"],
        FieldKind::Percent => &["5", "19 %"],
        FieldKind::Client | FieldKind::OwnClient | FieldKind::Clients => &["ada", "bob"],
        FieldKind::Deal => &["new"],
        FieldKind::Invoice => &["1"],
        FieldKind::Choice(words) => return words.get(pick % words.len().max(1)).copied().unwrap_or_default(),
        _ => &["Ahorn", "Website 240", "a@b.example"],
    };
    let at = pick % (fits.len() * 4);
    fits.get(at % fits.len())
        .filter(|_| at + 1 < fits.len() * 4)
        .copied()
        .unwrap_or(nonsense[pick % nonsense.len()])
}

/// Does something; the book changes with a step of undo or not at all.
#[track_caller]
fn act(desk: &mut Desk, action: Action) {
    let (book, depth, says) = (desk.state.book.clone(), desk.state.history.depth(), format!("{action:?}"));
    desk.act(action);
    let undoable = desk.state.history.depth() != depth;
    assert!(desk.state.book.is_same(&book) || undoable, "{says} changed the book without a step of undo");
}

/// Fills what is needed and empty in an open form, and now and then what may stay empty.
fn fill(desk: &mut Desk, form: &Form, pick: usize) {
    for (at, field) in form.kind.spec().fields.iter().enumerate() {
        let fills = field.required || (pick + at).is_multiple_of(5);
        if fills && form.values[at].is_empty() {
            act(desk, Action::SetField(at, text_for(field.kind, pick + at).to_owned()));
        }
    }
}

fn step(desk: &mut Desk, id: &'static str, pick: usize) {
    act(desk, Action::Run(id));
    match &desk.state.session.overlay {
        Some(Overlay::Form(form)) => {
            let form = form.clone();
            fill(desk, &form, pick);
            if !pick.is_multiple_of(3) {
                act(desk, Action::Run("form.commit"));
            }
        }
        Some(Overlay::Quick) => {
            let lines =
                ["paid ada 900", "call bob: hi", "ada 3h design", "met Zoe at the fair", "x ada y bob"];
            desk.type_text(lines[pick % lines.len()]);
        }
        Some(Overlay::Confirm(_)) if pick.is_multiple_of(2) => act(desk, Action::Run("confirm.yes")),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_hundred_commands_change_nothing_that_undo_does_not_bring_back_to_the_byte(
        script in prop::collection::vec((0..commands().count(), 0..97_usize), 200)
    ) {
        let loaded = load(BOOK.as_bytes()).unwrap();
        prop_assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let source: Arc<Source> = loaded.source.clone();
        let mut desk = Desk::of(loaded.book.clone(), day(TODAY));
        let all: Vec<_> = commands().collect();
        for (command, pick) in script {
            let id = all[command].id;
            // Another book would take this one's place, or the program end.
            if matches!(id, "file.start" | "app.quit") {
                continue;
            }
            step(&mut desk, id, pick);
        }
        let edited = splice(&source, &desk.state.book);
        prop_assert!(load(edited.as_bytes()).is_ok(), "{edited}");
        desk.state.as_of = None;
        desk.state.session.overlay = None;
        while desk.state.history.next_undo().is_some() {
            desk.act(Action::Undo);
        }
        prop_assert!(desk.state.book.is_same(&loaded.book));
        prop_assert_eq!(splice(&source, &desk.state.book), BOOK);
    }
}
