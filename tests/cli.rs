//! The program as a shell sees it: arguments, what is printed where, exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails there and then"
)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A place where the program finds neither a display nor anybody's books.
struct Shell(TempDir);

impl Shell {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        put(&path, bytes);
        path
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let home = self.0.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
        command
            .args(arguments)
            .current_dir(home)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("HOME", home)
            // The currency of a new book follows the region that the machine is set to.
            .env("LC_ALL", "C")
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_RUNTIME_DIR", home);
        command
    }

    /// The sample book, printed into a file.
    fn sample(&self) -> PathBuf {
        let printed = self.run(["sample", "--today", "2026-11-20"]);
        assert_eq!(printed.code, 0, "{}", printed.err);
        self.file("sample.ron", printed.out.as_bytes())
    }
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().expect("the program ends by itself"),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test sets files up as it likes")]
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

fn width_and_height(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn the_sample_printed_into_a_file_passes_the_check() {
    let shell = Shell::new();
    let sample = shell.sample();
    let checked = shell.run([OsStr::new("check"), sample.as_os_str()]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(checked.err.contains("no errors") || checked.err.contains("nothing wrong"), "{}", checked.err);
}

#[test]
fn a_broken_book_is_told_by_line_and_column_and_what_is_no_book_has_a_code_of_its_own() {
    let shell = Shell::new();
    shell.file(
        "broken.ron",
        b"(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"acme\", name: \"Acme\"),\n        (id: \"acme\", name: \"Again\"),\n    ],\n)\n",
    );
    let broken = shell.run(["check", "broken.ron"]);
    assert_eq!(broken.code, 1, "{}", broken.err);
    assert!(broken.out.starts_with("broken.ron:6:"), "{}", broken.out);
    let place: Vec<&str> = broken.out.split(':').take(4).collect();
    assert!(place[2].parse::<u32>().is_ok() && place[3] == " error", "{}", broken.out);

    for (name, bytes) in [
        ("empty.ron", b"".as_slice()),
        ("garbage.ron", b"\x00\xff\xfe garbage".as_slice()),
        ("newer.ron", b"(format: 99)".as_slice()),
        ("deep.ron", "[".repeat(100_000).as_bytes()),
    ] {
        shell.file(name, bytes);
        let said = shell.run(["check", name]);
        assert_eq!(said.code, 2, "{name}: {}{}", said.out, said.err);
        assert!(said.out.starts_with(name), "{name}: {}", said.out);
        assert_eq!(fs::read(shell.path(name)).unwrap(), bytes, "{name} is as it was");
    }
    let missing = shell.run(["check", "no.ron"]);
    assert_eq!((missing.code, missing.err.contains("there is no such file")), (2, true), "{}", missing.err);
}

#[test]
fn an_import_reports_the_figures_of_its_day_and_a_second_one_leaves_the_bytes_alone() {
    let shell = Shell::new();
    let csv = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/late_payments.csv");
    let import =
        [OsStr::new("import"), "invoices".as_ref(), csv.as_ref(), "--into".as_ref(), "b.ron".as_ref()];
    let first = shell.run(import);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("Invoices: 2,466 added"), "{}", first.out);
    let bytes = fs::read(shell.path("b.ron")).unwrap();
    let second = shell.run(import);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(second.out.contains("2,466 unchanged"), "{}", second.out);
    assert_eq!(fs::read(shell.path("b.ron")).unwrap(), bytes);

    let report = shell.run(["report", "b.ron", "--as-of", "2013-06-30", "--json"]);
    assert_eq!(report.code, 0, "{}", report.err);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!((&report["as_of"], &report["currency"]), (&"2013-06-30".into(), &"USD".into()));
    assert_eq!(report["clients"].as_array().unwrap().len(), 100);
    let ageing = report["cash"]["ageing"].as_object().unwrap();
    let cents = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    assert_eq!(ageing.values().map(cents).sum::<i64>(), cents(&report["cash"]["receivables"]));
}

#[test]
fn a_report_without_json_is_for_people() {
    let shell = Shell::new();
    let sample = shell.sample();
    let said =
        shell.run([OsStr::new("report"), sample.as_os_str(), "--as-of".as_ref(), "2026-11-20".as_ref()]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("as of 2026-11-20"), "{}", said.out);
    assert!(said.out.contains("Receivables"), "{}", said.out);
}

#[test]
fn a_back_test_says_how_the_forecast_held_for_people_and_for_programs() {
    let shell = Shell::new();
    shell.sample();
    let people = shell.run(["backtest", "sample.ron", "--to", "2026-10-01", "--every", "90"]);
    assert_eq!((people.code, people.err.as_str()), (0, ""));
    for words in
        ["This forecast", "Paid on the due date", "13 weeks, invoices open then", "eight-week forecast"]
    {
        assert!(people.out.contains(words), "{words}: {}", people.out);
    }

    let said = shell.run(["backtest", "sample.ron", "--from", "2026-03-01", "--to", "2026-03-01", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&json["from"], &json["every"], &json["cutoffs"]),
        (&"2026-03-01".into(), &28.into(), &1.into())
    );
    let predictions = json["predictions"].as_array().unwrap();
    assert!(!predictions.is_empty() && predictions.iter().all(|it| it["cutoff"] == "2026-03-01"));
}

#[test]
fn a_back_test_without_anything_to_look_back_at_says_why() {
    let shell = Shell::new();
    shell.sample();
    shell.file("empty.ron", b"(format: 1, business: (currency: \"EUR\"))");
    for (arguments, words) in [
        (vec!["backtest", "empty.ron"], "empty.ron: error: it has no invoices"),
        (vec!["backtest", "no.ron"], "there is no such file"),
        (vec!["backtest", "sample.ron", "--from", "2026-05-01", "--to", "2026-04-01"], "is after the last"),
        (vec!["backtest", "sample.ron", "--every", "0"], "0 is not in 1.."),
        (vec!["backtest", "sample.ron", "--from", "yesterday"], "expected a day such as"),
    ] {
        let said = shell.run(&arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}: {}", said.err);
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn a_look_back_at_health_says_what_became_of_whom_for_people_and_for_programs() {
    let shell = Shell::new();
    shell.sample();
    let people = shell.run(["backtest-health", "sample.ron", "--as-of", "2026-11-20"]);
    assert_eq!((people.code, people.err.as_str()), (0, ""));
    for words in ["looked back at from 2026-11-20", "Too few to judge", "ENDED BADLY", "STAYED", "LEFT OUT"] {
        assert!(people.out.contains(words), "{words}: {}", people.out);
    }
    let said = shell.run(["backtest-health", "sample.ron", "--as-of", "2026-11-20", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["as_of"], &json["reference_day"]), (&"2026-11-20".into(), &"2026-08-22".into()));
    assert!(!json["clients"].as_array().unwrap().is_empty() && json["auc_90"]["auc_why"].is_string());
}

#[test]
fn a_look_back_at_health_without_anybody_to_look_back_at_says_too_few_and_what_is_no_book_is_an_error() {
    let shell = Shell::new();
    shell.sample();
    shell.file("empty.ron", b"(format: 1, business: (currency: \"EUR\"))");
    for (arguments, words) in [
        (vec!["backtest-health", "no.ron"], "there is no such file"),
        (vec!["backtest-health", "sample.ron", "--as-of", "yesterday"], "expected a day such as"),
        (vec!["backtest-health"], "<BOOK>"),
    ] {
        let said = shell.run(&arguments);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}: {}", said.err);
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    }
    for arguments in [vec!["empty.ron", "--as-of", "2026-11-20"], vec!["sample.ron", "--as-of", "1950-01-01"]]
    {
        let said = shell.run([&["backtest-health"], arguments.as_slice()].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{arguments:?}");
        assert!(
            said.out.contains("No client was known on") && said.out.contains("Too few to judge"),
            "{}",
            said.out
        );
        let json = shell.run([&["backtest-health", "--json"], arguments.as_slice()].concat());
        let json: Value = serde_json::from_str(&json.out).unwrap();
        assert!(json["clients"].as_array().unwrap().is_empty() && json["auc_90"]["auc"].is_null());
    }
    shell.file(
        "part.ron",
        br#"(format: 1, business: (currency: "EUR"), clients: [(id: "a", name: "A"), (id: "a", name: "B")])"#,
    );
    let said = shell.run(["backtest-health", "part.ron", "--as-of", "2026-11-20"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("Too few to judge"), "{}", said.out);
}

#[test]
fn a_picture_has_the_size_asked_for() {
    let shell = Shell::new();
    shell.sample();
    let draw = |view: &str, more: &[&str], out: &str| {
        let arguments = ["render", "sample.ron", "--as-of", "2026-11-20", "--view", view];
        let arguments = arguments.iter().chain(more).chain([&out]);
        shell.run(arguments)
    };
    let said = draw("today", &["--size", "900x600", "--scale", "1.5", "--theme", "light"], "today.png");
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(width_and_height(&fs::read(shell.path("today.png")).unwrap()), (1350, 900));

    for (view, more) in [("nonsense", vec![]), ("client:nobody", vec![]), ("cash", vec!["--size", "0x0"])] {
        let said = draw(view, &more, "none.png");
        assert_eq!(said.code, 2, "{view}");
        assert!(!said.err.is_empty() && !shell.path("none.png").exists(), "{view}");
    }
}

/// Every subcommand that looks at a book, with a book of this name.
fn of_book(book: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> =
        ["check", "today", "calendar", "report", "forecast", "backtest", "backtest-health"]
            .map(|it| vec![it.to_owned(), book.to_owned()])
            .to_vec();
    all.push(["render", book, "out.png"].map(str::to_owned).to_vec());
    all
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_refused_by_every_subcommand_in_the_same_words() {
    let shell = Shell::new();
    fs::create_dir(shell.path("folder")).unwrap();
    for (book, why) in [
        ("/dev/null", "this is not a file: name the book's file itself"),
        ("folder", "this is not a file: name the book's file itself"),
        ("no.ron", "there is no such file: check its name and folder"),
    ] {
        for arguments in of_book(book) {
            let said = shell.run(&arguments);
            let expected = (2, String::new(), format!("{book}: error: {why}\n"));
            assert_eq!((said.code, said.out, said.err), expected, "{arguments:?}");
        }
    }
    let csv =
        shell.file("some.csv", b"number,client,issued,due,amount\n1,Acme,2026-01-01,2026-01-15,900 EUR\n");
    let said = shell.run([
        OsStr::new("import"),
        "invoices".as_ref(),
        csv.as_ref(),
        "--into".as_ref(),
        "folder".as_ref(),
    ]);
    assert_eq!(said.err, "folder: error: this is not a file: name the book's file itself\n");
}

#[test]
#[cfg(unix)]
fn a_reader_who_has_seen_enough_is_no_failure_and_changes_no_code() {
    let shell = Shell::new();
    shell.sample();
    shell.file("broken.ron", b"(format: 1, business: (currency: \"EUR\"), clients: [(id: \"acme\")])");
    let sample = vec!["sample".to_owned()];
    let code = |arguments: &[String]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = shell.command(arguments).stdout(writer).stderr(std::process::Stdio::null()).status();
        status.unwrap().code()
    };
    for arguments in of_book("sample.ron").into_iter().chain([sample]) {
        assert_eq!(code(&arguments), Some(0), "{arguments:?}");
    }
    for subcommand in ["check", "report"] {
        assert_eq!(code(&[subcommand, "broken.ron"].map(str::to_owned)), Some(1), "{subcommand}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_window_says_what_works_without_one() {
    let shell = Shell::new();
    let said = shell.run(["--sample"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(
        said.err.starts_with("rapport: The window could not be opened (there is no display)"),
        "{}",
        said.err
    );
    let (_, named) = said.err.split_once("these work: rapport ").unwrap();
    let (named, _) = named.split_once(';').unwrap();
    let named: Vec<&str> = named.split(", ").collect();
    assert_eq!(named, rapport::cli::subcommands());
    assert!(named.contains(&"today") && named.contains(&"backtest-health"), "{named:?}");
    assert!(!said.err.contains(".rs") && !said.err.contains("panicked"), "{}", said.err);
    assert_eq!(said.err.trim_end().lines().count(), 1, "{}", said.err);
}

#[test]
fn the_help_and_a_wrong_argument_are_answered_without_a_window() {
    let shell = Shell::new();
    let help = shell.run(["--help"]);
    assert_eq!(help.code, 0);
    for subcommand in rapport::cli::subcommands() {
        assert!(help.out.contains(&subcommand), "{subcommand}: {}", help.out);
    }
    let wrong = shell.run(["--today", "2026-02-30"]);
    assert_eq!((wrong.code, wrong.err.contains("expected a day such as")), (2, true), "{}", wrong.err);
}
