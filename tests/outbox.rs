//! The outbox: letters as facts of the book, handed over to a mail program or the clipboard, and never sent.

use rapport::domain::{AnyRecord, Book, Outgoing, Table};
use rapport::figures::Figures;
use rapport::store::{Loaded, Source, load, splice};

use crate::facts::{book, day};

const TODAY: &str = "2026-11-20";

fn loaded(outbox: &str) -> Loaded {
    let text = format!(
        r#"(
    format: 1,
    business: (currency: "EUR"),
    clients: [(id: "acme", name: "Acme"), (id: "other", name: "Other")],
    touches: [(id: "t", day: "2026-11-19", client: "acme", direction: out)],
    deals: [(id: "d", client: "other", title: "D")],
    outbox: [{outbox}],
)
"#
    );
    load(text.as_bytes()).unwrap()
}

fn told(outbox: &str) -> Vec<String> {
    loaded(outbox).problems.iter().map(|it| format!("{}: {}", it.path, it.message)).collect()
}

/// The letters that wait at the end of a day, each as client and days waited.
fn waiting(book: &Book, on: &str) -> Vec<(String, i64)> {
    let figures = Figures::of(book, day(on));
    figures.outbox.waiting.iter().map(|it| (it.letter.id.to_string(), it.days)).collect()
}

const LETTER: &str = r#"(id: "l", client: "acme", subject: "Hello", text: "Dear Ann,\n\n\"how\" are you?", queued: "2026-11-18")"#;

#[test]
fn a_letter_is_read_from_a_book_and_written_back_as_it_was() {
    let loaded = loaded(LETTER);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let Some(AnyRecord::Outgoing(letter)) = loaded.book.find(Table::Outbox, "l") else { panic!("no letter") };
    assert_eq!(letter.text, "Dear Ann,\n\n\"how\" are you?");
    let written = splice(&Source::empty(), &loaded.book);
    let again = load(written.as_bytes()).unwrap();
    assert!(again.problems.is_empty() && again.book == loaded.book, "{written}");
}

#[test]
fn a_letter_names_a_touch_and_a_deal_of_its_own_client() {
    let handed = LETTER.replace("queued", r#"handed_over: (day: "2026-11-19", touch: "t"), queued"#);
    assert_eq!(told(&handed), [""; 0]);
    let lost = handed.replace("touch: \"t\"", "touch: \"u\"");
    assert!(told(&lost)[0].contains("there is no touch \"u\""), "{:?}", told(&lost));
    let strange = LETTER.replace("queued", "deal: \"d\", queued");
    assert!(
        told(&strange)[0].contains("name one of this letter of the outbox's own client"),
        "{:?}",
        told(&strange)
    );
    let typo = LETTER.replace("queued", "qeued: \"2026-11-18\", queued");
    assert!(told(&typo)[0].contains("did you mean queued?"), "{:?}", told(&typo));
}

#[test]
fn a_letter_waits_from_the_day_it_was_queued_until_it_is_handed_over_or_dropped() {
    let outgoing = |id: &str, client: &str, queued: &str, more: &str| {
        format!(
            r#"outgoing (id: "{id}", client: "{client}", subject: "S", text: "T", queued: "{queued}", {more})"#
        )
    };
    let book = book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"client (id: "zeta", name: "Zeta")"#,
        r#"touch (id: "t", day: "2026-11-15", client: "acme", direction: out)"#,
        &outgoing("late", "acme", "2026-11-14", ""),
        &outgoing("went", "acme", "2026-11-12", r#"handed_over: (day: "2026-11-15", touch: "t")"#),
        &outgoing("fell", "zeta", "2026-11-11", r#"dropped: "2026-11-13""#),
        &outgoing("first", "zeta", "2026-11-12", ""),
    ]);
    let ids = |on: &str| waiting(&book, on).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(waiting(&book, TODAY), [("first".to_owned(), 8), ("late".to_owned(), 6)]);
    assert_eq!(ids("2026-11-12"), ["fell", "went", "first"]);
    assert_eq!(ids("2026-11-14"), ["went", "first", "late"]);
    assert_eq!(ids("2026-11-10"), [""; 0]);
    // What was not known yet is forgotten, and the touch with it.
    let before = book.as_of(day("2026-11-14"));
    let Some(AnyRecord::Outgoing(went)) = before.find(Table::Outbox, "went") else { panic!("no letter") };
    assert_eq!(went.handed_over, None);
    assert!(before.find(Table::Touches, "t").is_none());
}

#[test]
fn a_letter_says_which_fields_nobody_filled() {
    let Some(AnyRecord::Outgoing(letter)) = loaded(LETTER).book.find(Table::Outbox, "l") else { panic!() };
    assert_eq!(letter.unfilled(), [""; 0]);
    let marked = Outgoing {
        subject: "My rates from [from?]".to_owned(),
        text: "Dear [person?], from [from?] on".to_owned(),
        ..Outgoing::clone(&letter)
    };
    assert_eq!(marked.unfilled(), ["from", "person"]);
}
