//! Books that are damaged, half written or not books at all: a clear message, never a panic.

#![cfg(test)]

use proptest::prelude::*;
use rapport::domain::{AnyRecord, Business, Client, Record, Work};
use rapport::store::{Severity, load, splice};
use serde::Deserialize;

const SMALL: &str = "(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"acme\", name: \"Acmé\"), // ok\n        \
    (id: \"bolt\", name: \"Bolt\", notes: r#\"a \"raw\" one\"#),\n    ],\n    work: [(id: \"w1\", day: \"2026-01-01\", client: \"acme\", hours: \"2.5\")],\n)\n";

/// The same book as the ron crate reads it.
#[derive(Deserialize)]
struct Plain {
    #[serde(default)]
    format: u32,
    business: Business,
    #[serde(default)]
    clients: Vec<Client>,
    #[serde(default)]
    work: Vec<Work>,
}

fn plain(text: &str) -> Option<Plain> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options
        .from_str::<Plain>(text.strip_prefix('\u{feff}').unwrap_or(text))
        .ok()
        .filter(|plain| plain.format == 1)
}

/// Every record of the ron crate's reading, by table and id; `None` if an id is there twice.
fn read_by_ron(plain: &Plain) -> Option<Vec<String>> {
    fn shown<R: Record>(record: &R) -> (String, String) {
        (format!("{} {}", R::TABLE, record.id_str()), format!("{record:?}"))
    }
    let clients = plain.clients.iter().map(shown);
    let mut all: Vec<_> = clients.chain(plain.work.iter().map(shown)).collect();
    all.sort();
    let count = all.len();
    all.dedup_by(|a, b| a.0 == b.0);
    (all.len() == count).then(|| all.into_iter().map(|(_, shown)| shown).collect())
}

fn shown(record: &AnyRecord) -> String {
    match record {
        AnyRecord::Client(record) => format!("{record:?}"),
        AnyRecord::Work(record) => format!("{record:?}"),
        other => format!("{other:?}"),
    }
}

fn refusal(bytes: &[u8]) -> String {
    load(bytes).expect_err("refused").to_string()
}

fn first_error(text: &str) -> String {
    let loaded = load(text.as_bytes()).unwrap();
    loaded.problems.iter().find(|problem| problem.severity == Severity::Error).unwrap().to_string()
}

#[test]
fn what_is_no_text_or_no_book_is_refused_with_its_place_and_a_cure() {
    let conflict = SMALL
        .replace("        (id: \"bolt\"", "<<<<<<< ours\n        (id: \"bolt\"")
        .replace("    ],\n    work", "=======\n>>>>>>> theirs\n    ],\n    work");
    for (bytes, start) in [
        (&b""[..], "1:1: error: the file is empty"),
        (b"\xEF\xBB\xBF", "1:1: error: the file is empty"),
        (b" \r\n \n", "1:1: error: the file is empty"),
        (b"(format: 1,\n \"\xFF\")", "2:3: error: this is not UTF-8 text at byte 15"),
        (b"\xFF\xFE(\0", "1:1: error: this file is in UTF-16"),
        (b"(format: 1,\n\0\0\0", "2:1: error: the file holds NUL characters"),
        (conflict.as_bytes(), "6:1: error: two versions of this book were merged"),
        (b"hello", "1:1: error: this is not a book of Rapport"),
        (b"{\"format\": 1}", "1:1: error: this is not a book of Rapport"),
        (b"(clients: [])", "1:1: error: this book does not say its format"),
        (b"(format: 7)", "1:10: error: this book is of format 7, which a newer version of Rapport wrote"),
        (b"(format: \"1\")", "1:10: error: expected format: 1, found format: \"1\""),
        (b"(format: 1, clients: [", "1:23: error: the file ends before the book does"),
        (b"(format: 1))", "1:12: error: the book ends before this"),
    ] {
        let refused = refusal(bytes);
        assert!(refused.starts_with(start), "{start}\n{refused}");
    }
}

#[test]
fn a_hundred_thousand_brackets_end_in_a_message() {
    for bracket in ["(", "[", "{"] {
        let deep = bracket.repeat(100_000);
        let refused = refusal(deep.as_bytes());
        assert!(refused.contains("not a book"), "{refused}");
        assert!(
            refusal(format!("(format: 1, clients: [(id: {deep}").as_bytes()).contains("ends before the book")
        );
    }
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        "(format: 1, business: (currency: \"EUR\"), clients: [(id: \"a\", name: {closed}), (id: \"b\", name: \"B\")])"
    );
    assert!(first_error(&text).contains("nested more than 64 brackets deep"));
    assert_eq!(load(text.as_bytes()).unwrap().book.clients().len(), 1);
}

#[test]
fn megabytes_of_garbage_end_in_a_message() {
    for piece in ["x", "(id:", "\"", "r#\"", "/*", "clients: [(id: \"", "\n(id: r#\"", ",", "'"] {
        let garbage = piece.repeat(500_000 / piece.len());
        assert!(load(garbage.as_bytes()).is_err());
        assert!(load(format!("(format: 1, clients: [{garbage}").as_bytes()).is_err(), "{piece}");
        let closed = format!("(format: 1, clients: [\n{}\n])", piece.repeat(1000));
        if let Ok(loaded) = load(closed.as_bytes()) {
            assert!(!loaded.problems.is_empty());
            assert_eq!(splice(&loaded.source, &loaded.book), closed);
        }
    }
}

#[test]
fn values_that_no_book_can_hold_are_told_and_the_rest_opens() {
    for (wrong, right, message) in [
        ("\"2.5\"", "\"1e400\"", "work[w1].hours: expected a quantity such as \"2.5\", found \"1e400\""),
        ("\"2.5\"", "1e400", "work[w1].hours: expected a quantity such as \"2.5\", found \"1e400\""),
        ("\"2.5\"", "\"99999999999999999999999999\"", "work[w1].hours: expected a quantity such as"),
        (
            "\"2026-01-01\"",
            "\"2026-02-30\"",
            "work[w1].day: expected a day such as \"2026-11-21\", found \"2026-02-30\"",
        ),
        ("\"2026-01-01\"", "\"+262142-01-01\"", "work[w1].day: expected a day from 1900 to 2199"),
        ("\"Acmé\"", "\"\\u{d800}\"", "clients[acme].name: a backslash here does not begin an escape"),
        (
            "id: \"acme\"",
            "id: \"ac me\"",
            "clients[ac me].id: an id has letters, digits and - _ . : only, not ' '",
        ),
    ] {
        let text = SMALL.replace(wrong, right);
        let error = first_error(&text);
        assert!(error.contains(message), "{message}\n{error}");
        assert!(load(text.as_bytes()).unwrap().book.clients().len() > 0);
    }
    let twice = SMALL.replace("name: \"Acmé\"", "name: \"Acmé\", name: \"Other\"");
    let loaded = load(twice.as_bytes()).unwrap();
    assert!(loaded.problems[0].message.starts_with("name is written twice"));
    assert_eq!(loaded.book.clients().next().unwrap().client.name, "Acmé");
}

#[test]
fn a_book_cut_off_at_any_byte_is_never_taken_for_a_whole_one() {
    for end in 0..SMALL.len() {
        match load(&SMALL.as_bytes()[..end]) {
            Ok(loaded) => {
                assert!(SMALL[..end].trim_end().ends_with("],\n)"), "{}", &SMALL[..end]);
                assert_eq!(loaded.book.clients().len(), 2);
            }
            Err(unusable) => assert!(!unusable.message.is_empty()),
        }
    }
}

#[test]
fn a_flood_of_problems_is_cut_short_and_counted() {
    let records = "(id: \"a\"),\n".repeat(12_000);
    let loaded =
        load(format!("(format: 1, business: (currency: \"EUR\"), clients: [\n{records}])").as_bytes())
            .unwrap();
    assert_eq!(loaded.problems.len(), 10_001);
    let last = loaded.problems.last().unwrap();
    assert_eq!(
        (last.severity, last.message.as_str()),
        (Severity::Error, "2000 more problems are not listed: correct these first")
    );
    let hopeless =
        format!("(format: 1, business: (currency: \"EUR\"), clients: [\n{}])", "(id:".repeat(12_000));
    assert!(refusal(hopeless.as_bytes()).starts_with("2:5: error: thousands of places"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = load(&bytes);
    }

    #[test]
    fn random_pieces_of_books_never_panic_and_stay_as_they_are(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "(", ")", "[", "]", "{", "}", ",", ":", "\"", "'", "r#\"", "\"#", "//", "/*", "*/", "\n", "\\", "id", "clients", "deals",
            "(id: \"a\", name: \"A\"),", "format: 1,", "name: ", "\"x\"", "é", "-1.5", "None", "Some(", "#", "\r",
        ]), 0..60),
    ) {
        let text = format!("(format: 1, business: (currency: \"EUR\"), clients: [{}", pieces.concat());
        for text in [text.clone(), format!("{text}])"), format!("{text}\n], deals: [])")] {
            if let Ok(loaded) = load(text.as_bytes()) {
                prop_assert_eq!(splice(&loaded.source, &loaded.book), text);
            }
        }
    }

    #[test]
    fn a_book_with_random_damage_never_panics_and_stays_as_it_is(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..5),
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        if let Ok(loaded) = load(&bytes) {
            prop_assert_eq!(splice(&loaded.source, &loaded.book).into_bytes(), bytes);
        }
    }

    #[test]
    fn what_ron_reads_is_read_with_the_same_records(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), proptest::sample::select(vec![
            " ", "\n", ",", "// x\n", "/* (\" */", "\"", "(", ")", "[", "]", ":", "#", "'", "\\", "\\n", "r", "é", "_", "0", "note: \"x\",", "x: [(id: \"q\")],",
            "x: {\"a\": ')'},", "x: r\"(\",", "Some(", "None", "b\"(\"", "\u{2028}", "-", ".",
        ]), any::<bool>()), 0..4),
    ) {
        let mut chars: Vec<String> = SMALL.chars().map(String::from).collect();
        for (at, piece, replace) in changes {
            let at = at.index(chars.len());
            if replace { chars[at] = piece.to_owned() } else { chars.insert(at, piece.to_owned()) }
        }
        let text = chars.concat();
        let Some(by_ron) = plain(&text) else { return Ok(()) };
        let business = by_ron.business.clone();
        let loaded = load(text.as_bytes()).map_err(|unusable| TestCaseError::fail(format!("{unusable}\n{text}")))?;
        prop_assert_eq!(loaded.book.business().as_ref(), &business);
        if let Some(records) = read_by_ron(&by_ron) {
            // What ron knows nothing of: references, and the days a book may hold.
            let beyond_ron = ["there is no client", "left out", "expected a day from"];
            let dangling =
                loaded.problems.iter().any(|it| beyond_ron.iter().any(|part| it.message.contains(part)));
            let mut ours: Vec<String> = loaded.book.records().map(|record| shown(&record)).collect();
            ours.sort();
            let mut records = records;
            records.sort();
            prop_assert!(dangling || ours == records, "{:#?}\n{:#?}\n{:#?}\n{}", ours, records, loaded.problems, text);
        }
    }
}
