//! What of a book goes into a calendar, and that any calendar program reads it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use proptest::prelude::*;
use rapport::cli::calendar::{Args, run};
use rapport::domain::{Book, add_days};
use rapport::figures::Figures;
use rapport::figures::calendar::{Event, EventKind, calendar, ics};
use rapport::state::{Action, Effect, Overlay};
use rapport::store::{load, sample};

use crate::desk::Desk;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book(records: &str) -> Book {
    let text = format!(r#"(format: 1, business: (name: "Studio", currency: "EUR"), {records})"#);
    let loaded = load(text.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.book
}

fn events(book: &Book, on: &str) -> Vec<Event> {
    let figures = Figures::of(book, day(on));
    calendar(&book.as_of(day(on)), &figures.today, day(on))
}

/// Each event as `2026-12-09 Renewal: example.org · Acme`.
fn lines(book: &Book, on: &str) -> Vec<String> {
    events(book, on).iter().map(|event| format!("{} {}", event.day, event.summary)).collect()
}

/// What a parser of another make reads: the UID, the day, the day after it, the summary and the description of each event.
fn parsed(text: &str) -> Vec<(String, NaiveDate, NaiveDate, String, String)> {
    let calendar: Calendar = text.parse().unwrap_or_else(|why| panic!("{why}\n{text}"));
    let of = |component: &CalendarComponent| {
        let CalendarComponent::Event(event) = component else { panic!("only events: {component:?}") };
        let date = |at: Option<DatePerhapsTime>| match at {
            Some(DatePerhapsTime::Date(day)) => day,
            other => panic!("a whole day, not {other:?}"),
        };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (
            text(event.get_uid()),
            date(event.get_start()),
            date(event.get_end()),
            text(event.get_summary()),
            text(event.get_description()),
        )
    };
    calendar.components.iter().map(of).collect()
}

const CLIENT: &str = r#"clients: [(id: "acme", name: "Acme", met: (day: "2026-01-05"))],"#;

#[test]
fn every_sort_of_day_that_is_still_open_is_there_and_leaves_when_it_is_done() {
    let open = r#"
        deals: [(id: "site", client: "acme", title: "New site", stages: [(day: "2026-11-01", stage: "proposal")],
            next_step: (what: "Call Ana", due: "2026-11-24", set: "2026-11-18"))],
        invoices: [(id: "1", number: "R-1", client: "acme", issued: "2026-11-01", due: "2026-11-30",
            lines: [(result: "x", price: "100")], promised: [(day: "2026-11-10", pay_by: "2026-12-04")])],
        promises: [
            (id: "p", client: "acme", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20",
                moved: [(day: "2026-11-18", to: "2026-11-27")]),
            (id: "q", client: "acme", by: them, what: "Texts", made: "2026-11-01", due: "2026-11-10"),
        ],
        renewals: [
            (id: "d", what: "acme.example", client: "acme", noted: "2026-01-05", expires: "2027-01-05"),
            (id: "own", what: "font licence", noted: "2026-01-05", expires: "2027-02-01"),
        ],
        work: [(id: "w", day: "2026-11-03", client: "acme", hours: "3")],
        snoozes: [(id: "s", item: "their-promise-broken:q", client: "acme", day: "2026-11-19", until: "2026-12-01")],
    "#;
    let ends = r#", (id: "bolt", name: "Bolt", met: (day: "2026-01-05"),
        ended: (day: "2026-12-31", agreed: "2026-11-02", why: "never pays"))],"#;
    let whole = book(&format!("{}{open}", CLIENT.replace("],", ends)));
    assert_eq!(
        lines(&whole, TODAY),
        [
            "2026-11-10 Their promise: Texts · Acme",
            "2026-11-24 Next step: Call Ana · Acme",
            "2026-11-27 My promise: Draft · Acme",
            "2026-11-30 Invoice due: R-1 · Acme",
            "2026-12-01 Back in the queue: Their promise broken: Texts · Acme",
            "2026-12-04 Payment promised: invoice R-1 · Acme",
            "2026-12-31 Last day: it is agreed to end · Bolt",
            "2027-01-05 Renewal: acme.example · Acme",
            "2027-02-01 Renewal: font licence",
            "2027-05-02 Review: look back at the work · Acme",
        ]
    );
    let kinds: BTreeSet<EventKind> = events(&whole, TODAY).iter().map(|event| event.kind).collect();
    assert_eq!(kinds.len(), EventKind::ALL.len(), "every kind is shown here");
    assert_eq!(lines(&whole, "2026-11-17")[1], "2026-11-20 My promise: Draft · Acme", "not moved yet");
    let done = open
        .replace(r#"(day: "2026-11-01", stage: "proposal")"#, r#"(day: "2026-11-19", stage: "lost")"#)
        .replace("promised: [", r#"payments: [(day: "2026-11-19", amount: "100")], promised: ["#)
        .replace(r#"made: "2026-11-01","#, r#"made: "2026-11-01", kept: "2026-11-19","#)
        .replace(r#"noted: "2026-01-05","#, r#"noted: "2026-01-05", renewed: [(day: "2026-11-19", until: "2028-01-05")],"#)
        .replace("work: [", r#"touches: [(id: "t", day: "2026-11-19", client: "acme", direction: out, kind: review)], work: ["#);
    assert_eq!(
        lines(&book(&format!("{CLIENT}{done}")), TODAY),
        [
            "2027-05-18 Review: look back at the work · Acme",
            "2028-01-05 Renewal: acme.example · Acme",
            "2028-01-05 Renewal: font licence",
        ]
    );
    let ended = CLIENT.replace("met:", r#"ended: (day: "2026-11-19", why: "done"), met:"#);
    assert_eq!(
        lines(&book(&format!("{ended}{open}")), TODAY),
        [
            "2026-11-30 Invoice due: R-1 · Acme",
            "2026-12-04 Payment promised: invoice R-1 · Acme",
            "2027-02-01 Renewal: font licence",
        ],
        "of an ended relationship only money is left"
    );
}

#[test]
fn a_parser_of_another_make_reads_the_sample_as_it_is_with_unique_ids() {
    let loaded = load(sample::text(day(TODAY)).as_bytes()).unwrap();
    let all = events(&loaded.book, TODAY);
    let text = ics(&all, day(TODAY));
    let read = parsed(&text);
    assert!(all.len() > 20, "{}", all.len());
    assert_eq!(read.len(), all.len());
    for (event, (uid, start, end, summary, description)) in all.iter().zip(&read) {
        assert_eq!((*start, *end), (event.day, add_days(event.day, 1)));
        assert_eq!((summary, description), (&event.summary, &event.more));
        assert_eq!(*uid, format!("{}-{}@rapport", event.kind.token(), event.about));
    }
    let ids: BTreeSet<&String> = read.iter().map(|(uid, ..)| uid).collect();
    assert_eq!(ids.len(), read.len());
    assert_eq!(text, ics(&events(&loaded.book, TODAY), day(TODAY)), "the same bytes");
    assert!(!text.contains("EUR") && !text.contains('€'), "no amounts");
}

#[test]
fn the_file_is_laid_out_as_the_standard_asks() {
    let event = Event {
        kind: EventKind::Renewal,
        about: "d".to_owned(),
        day: day("2026-12-31"),
        summary: r"Renewal: a,b;c\d".to_owned(),
        more: "one\ntwo".to_owned(),
    };
    assert_eq!(
        ics(&[event], day(TODAY)),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapport//Rapport//EN\r\nCALSCALE:GREGORIAN\r\n\
         METHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:renewal-d@rapport\r\nDTSTAMP:20261120T000000Z\r\n\
         DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Renewal: a\\,b\\;c\\\\d\r\n\
         DESCRIPTION:one\\ntwo\r\nCATEGORIES:Renewal\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_arrives_whole_in_lines_of_at_most_75_octets(
        summary in "[a-z,;:\\\\\"äöü漢🙂 ]{1,200}[a-z]", more in "([a-z,;\\\\é漢🙂=]{1,60}\n){0,4}[a-z]", off in 0_i64..70_000,
    ) {
        let on = add_days(day("1901-01-01"), off);
        let event = Event { kind: EventKind::Snooze, about: "x:y".to_owned(), day: on, summary, more };
        let text = ics(std::slice::from_ref(&event), on);
        prop_assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{}", text);
        let read = parsed(&text);
        prop_assert_eq!(&read[0].3, &event.summary);
        prop_assert_eq!(&read[0].4, &event.more);
        prop_assert_eq!(read[0].1, on);
    }

    #[test]
    fn no_name_writes_a_line_of_its_own(name in "\\PC{0,40}[\r\n\u{0}\u{7f}\u{85}\u{2028}]{0,3}END:VEVENT\\PC{0,20}") {
        let event =
            Event { kind: EventKind::Renewal, about: name.clone(), day: day(TODAY), summary: name.clone(), more: name };
        let text = ics(&[event], day(TODAY));
        prop_assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
        prop_assert_eq!(text.matches("\r\n ").count() + 16, text.matches("\r\n").count());
        prop_assert_eq!(parsed(&text).len(), 1);
    }
}

fn printed(args: &Args) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(args, day(TODAY), &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test sets files up as it likes")]
fn the_command_prints_it_or_writes_it_over_an_older_one_and_never_over_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("sample.ron");
    std::fs::write(&book, sample::text(day(TODAY))).unwrap();
    let args = |out: Option<&str>, as_of| Args {
        book: book.clone(),
        out: out.map(|name| folder.path().join(name)),
        as_of,
    };
    let (code, text, err) = printed(&args(None, None));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n"));
    std::fs::write(folder.path().join("out.ics"), "older").unwrap();
    assert_eq!(printed(&args(Some("out.ics"), None)), (0, String::new(), String::new()));
    assert_eq!(std::fs::read_to_string(folder.path().join("out.ics")).unwrap(), text);
    let (_, earlier, _) = printed(&args(None, Some(day("2026-01-01"))));
    assert!(earlier.contains("DTSTAMP:20260101T000000Z") && earlier != text);
    let (code, _, err) = printed(&args(Some("sample.ron"), None));
    assert_eq!((code, err.contains("is a book")), (1, true), "{err}");
    assert_eq!(std::fs::read_to_string(&book).unwrap(), sample::text(day(TODAY)));
    let (code, _, err) = printed(&args(Some("no/such/folder.ics"), None));
    assert_eq!((code, err.contains("could not be written")), (1, true), "{err}");
    let (code, _, err) = printed(&Args { book: "no.ron".into(), out: None, as_of: None });
    assert_eq!((code, err.contains("there is no such file")), (2, true));
}

#[test]
fn in_the_window_a_path_is_offered_and_a_file_is_written_over_only_after_a_question() {
    let mut desk = Desk::sample();
    desk.press("ctrl+shift+d");
    let Some(Overlay::Path(prompt)) = &desk.state.session.overlay else { panic!("no path is asked for") };
    assert!(prompt.text.ends_with("rapport.ics"), "{}", prompt.text);
    desk.act(Action::SetPath("sample.ron".to_owned()));
    desk.press("enter");
    let Some(Overlay::Path(prompt)) = &desk.state.session.overlay else { panic!("it stays open") };
    assert!(prompt.error.as_ref().unwrap().contains("is a book"));
    desk.act(Action::SetPath("days".to_owned()));
    desk.press("enter");
    let path = PathBuf::from("days.ics");
    let written = |over| format!("{:?}", Effect::WriteCalendar { path: path.clone(), over });
    assert_eq!(format!("{:?}", desk.effects.last().unwrap()), written(false));
    desk.act(Action::CalendarThere(path.clone()));
    let Some(Overlay::Confirm(confirm)) = &desk.state.session.overlay else { panic!("nothing is asked") };
    assert_eq!(confirm.question, "Write over days.ics?");
    desk.press("enter");
    assert_eq!(format!("{:?}", desk.effects.last().unwrap()), written(true));
    desk.act(Action::CalendarThere(path.clone()));
    assert!(desk.state.session.overlay.is_none(), "nobody waits for it any more");
}
