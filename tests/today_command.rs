//! `rapport today`: the queue in a terminal, in a status bar and as JSON.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use rapport::cli::today::{Args, run};
use rapport::cli::{Subcommand, report};
use rapport::store::sample;
use serde_json::Value;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn args(book: &Path) -> Args {
    Args { book: book.to_owned(), as_of: None, width: None, json: false }
}

fn printed(args: &Args, terminal: Option<u16>) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(args, day(TODAY), terminal, &mut out, &mut err);
    (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure_and_a_full_disk_is_one() {
    struct Closed(std::io::ErrorKind);
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let book = file(&sample::text(day(TODAY)));
    let today = Subcommand::Today(args(book.path()));
    let now = day(TODAY).and_time(chrono::NaiveTime::MIN);
    let code = |kind| rapport::cli::run(&today, now, None, &mut Closed(kind), &mut Vec::new());
    assert_eq!(code(std::io::ErrorKind::BrokenPipe), 0);
    assert_eq!(code(std::io::ErrorKind::StorageFull), 1);
}

#[test]
fn a_line_of_counts_comes_first_and_then_a_line_an_item_the_costliest_delay_first() {
    let book = file(&sample::text(day(TODAY)));
    let (code, out, err) = printed(&args(book.path()), None);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    let count: usize = lines[0].split(' ').next().unwrap().parse().unwrap();
    assert_eq!(lines.len(), count + 2, "{out}");
    assert!(
        lines[0].contains(" things need you · a week's delay costs ") && lines[0].contains(" snoozed"),
        "{}",
        lines[0]
    );
    let costs = lines[2..].iter().map(|line| line.split_whitespace().next().unwrap().replace(',', ""));
    let costs: Vec<f64> = costs.map(|cost| cost.parse().unwrap()).collect();
    assert!(costs.is_sorted_by(|a, b| a >= b), "{costs:?}");
    assert!(!out.contains('\u{1b}'), "no colours");
}

#[test]
fn lines_are_as_wide_as_the_terminal_or_as_was_asked() {
    let book = file(&sample::text(day(TODAY)));
    let widest = |args: &Args, terminal| {
        printed(args, terminal).1.lines().map(|line| line.chars().count()).max().unwrap()
    };
    assert!(widest(&args(book.path()), None) > 100);
    assert_eq!(widest(&args(book.path()), Some(72)), 72);
    assert_eq!(widest(&Args { width: Some(40), ..args(book.path()) }, Some(72)), 40);
}

#[test]
fn in_a_narrow_terminal_the_reason_takes_the_place_of_the_figures() {
    let book = file(&sample::text(day(TODAY)));
    let heading = |width: u16| {
        let out = printed(&Args { width: Some(width), ..args(book.path()) }, None).1;
        let lines: Vec<String> = out.lines().map(str::to_owned).collect();
        let heads = ["a week costs", "at stake", "client", "why"].map(|head| lines[1].contains(head));
        let at = lines[1].find("why").unwrap();
        assert!(lines[2].chars().nth(at - 1) == Some(' ') && lines[2].chars().nth(at) != Some(' '), "{out}");
        (heads, usize::from(width) - at)
    };
    assert_eq!(heading(100).0, [true, true, true, true]);
    assert_eq!(heading(72).0, [true, false, true, true]);
    let (heads, room) = heading(40);
    assert_eq!(heads, [false, false, true, true]);
    assert!(room >= 24, "{room}");
}

#[test]
fn json_has_the_items_of_the_report_and_what_is_put_off() {
    let book = file(&sample::text(day(TODAY)));
    let (code, out, _) = printed(&Args { json: true, ..args(book.path()) }, Some(20));
    let mut said: Value = serde_json::from_str(&out).unwrap();
    for item in said["today"].as_array_mut().unwrap() {
        let told = item.as_object_mut().unwrap().remove("consequence").unwrap();
        assert!(told.as_str().is_some_and(|told| !told.is_empty()), "{item}");
    }
    let (mut report, mut err) = (Vec::new(), Vec::new());
    let whole = report::Report { book: book.path().to_owned(), as_of: None, json: true };
    report::run(&whole, day(TODAY), &mut report, &mut err);
    let report: Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(code, 0);
    assert_eq!((&said["today"], &said["currency"]), (&report["today"], &report["currency"]));
    assert_eq!(said["count"], said["today"].as_array().unwrap().len());
    let put_off = &said["snoozed"][0];
    assert!(
        put_off["until"].as_str().unwrap() > TODAY && put_off["wait"] == "day" && put_off["why"].is_string()
    );
}

#[test]
fn an_item_says_what_it_is_about_and_when_they_were_last_spoken_to() {
    let book = file(
        r#"(format: 1, business: (currency: "EUR"), clients: [(id: "a", name: "Acme", added: "2026-01-01")],
        promises: [(id: "p", client: "a", by: me, what: "the draft", made: "2026-11-01", due: "2026-11-20"),
            (id: "q", client: "a", by: me, what: "the offer", made: "2026-11-01", due: "2026-11-20")],
        touches: [(id: "t", client: "a", day: "2026-11-02", direction: out)])"#,
    );
    let lines = printed(&args(book.path()), None).1;
    for what in
        ["Acme                    the draft: Due today", "Acme                    the offer: Due today"]
    {
        assert!(lines.contains(what), "{lines}");
    }
    let said: Value =
        serde_json::from_str(&printed(&Args { json: true, ..args(book.path()) }, None).1).unwrap();
    let titles: Vec<_> =
        said["today"].as_array().unwrap().iter().map(|it| (&it["title"], &it["last_touch"])).collect();
    assert!(titles.contains(&(&"the draft".into(), &"2026-11-02".into())), "{titles:?}");
}

#[test]
fn an_empty_queue_a_hostile_name_and_a_broken_book_are_said_plainly() {
    let none = file(r#"(format: 1, business: (currency: "EUR"))"#);
    assert_eq!(printed(&args(none.path()), None), (0, "0 things need you\n".to_owned(), String::new()));
    let hostile = file(
        r#"(format: 1, business: (currency: "EUR"), clients: [(id: "a", name: "A\u{1b}[2J\nB")],
        invoices: [(id: "1", number: "1", client: "a", issued: "2026-09-01", due: "2026-10-01", lines: [(result: "x", price: "9")]),
            (id: "2", number: "2", client: "gone", issued: "2026-09-01", due: "2026-10-01", lines: [])])"#,
    );
    let (code, out, err) = printed(&args(hostile.path()), None);
    assert!(!out.contains('\u{1b}') && out.lines().count() == 3, "{out:?}");
    assert_eq!((code, err.contains("1 error keeps records out")), (1, true), "{err}");
    let earlier = Args { as_of: Some(day("2026-09-15")), ..args(hostile.path()) };
    assert!(printed(&earlier, None).1.starts_with("0 things"), "not late then");
    assert_eq!(printed(&args(Path::new("no.ron")), None).0, 2);
}
