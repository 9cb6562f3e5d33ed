//! `rapport import invoices`: what it writes, says and returns.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test sets files up as it likes")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use clap::Parser;
use rapport::cli::import::{Import, run};
use rapport::domain::{AnyRecord, Currency};
use rapport::store::load;
use tempfile::TempDir;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    import: Import,
}

struct Said {
    code: u8,
    out: String,
    err: String,
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/late_payments.csv")
}

fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(9, 0, 0).unwrap()
}

fn import(file: &Path, book: &Path, more: &[&str]) -> Said {
    import_in(None, file, book, more)
}

fn import_in(region: Option<Currency>, file: &Path, book: &Path, more: &[&str]) -> Said {
    let mut arguments = vec!["rapport", "invoices", file.to_str().unwrap(), "--into", book.to_str().unwrap()];
    arguments.extend(more);
    let arguments = Arguments::try_parse_from(arguments).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(&arguments.import, now(), region, &mut out, &mut err);
    Said { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn csv(folder: &TempDir, rows: &str) -> PathBuf {
    let path = folder.path().join("invoices.csv");
    fs::write(&path, format!("client,number,issued,due,amount,paid\n{rows}")).unwrap();
    path
}

#[test]
fn a_missing_book_is_made_with_every_invoice_and_a_second_import_changes_no_byte() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("book.ron");
    let said = import(&fixture(), &book, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    for line in [
        "late_payments.csv: 2,466 rows, UTF-8, cells between commas",
        "  issued    column 5 \"InvoiceDate\", by its header; day/month/year: \"13/01/2012\" on line",
        "  not used  countrycode, PaperlessDate, PaperlessBill, DaysToSettle, DaysLate",
        "Amounts that name no currency are in USD: the default of a new book here; --currency names another.",
        "Invoices: 2,466 added, 0 updated, 0 unchanged, 0 skipped. Clients: 100 added.",
    ] {
        assert!(said.out.contains(line), "{line}\n{}", said.out);
    }
    let bytes = fs::read(&book).unwrap();
    let loaded = load(&bytes).unwrap();
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.book.currency(), Currency::USD);
    let invoices = loaded.book.records().filter(|record| matches!(record, AnyRecord::Invoice(_))).count();
    assert_eq!((loaded.book.clients().len(), invoices), (100, 2466));

    let again = import(&fixture(), &book, &[]);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("0 added, 0 updated, 2,466 unchanged, 0 skipped"), "{}", again.out);
    assert_eq!(fs::read(&book).unwrap(), bytes);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let file = csv(&folder, "Acme,1,2026-01-01,2026-01-31,10,\n");
    let book = folder.path().join("book.ron");
    let said = import(&file, &book, &["--dry-run"]);
    assert_eq!(said.code, 0);
    assert!(
        said.out.contains("1 added") && said.out.ends_with("Dry run: nothing written.\n"),
        "{}",
        said.out
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_new_book_has_the_currency_asked_for() {
    let folder = TempDir::new().unwrap();
    let file = csv(&folder, "Acme,1,2026-01-01,2026-01-31,10,\nAcme,2,2026-01-01,2026-01-31,£10,\n");
    let book = folder.path().join("book.ron");
    assert_eq!(import(&file, &book, &["--currency", "eur"]).code, 0);
    let text = fs::read_to_string(&book).unwrap();
    assert_eq!(load(text.as_bytes()).unwrap().book.currency(), Currency::EUR);
    assert!(text.contains("GBP"), "{text}");
}

#[test]
fn a_hand_written_book_keeps_its_comments_and_takes_later_payments() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("book.ron");
    let hand = "// mine\n(\n    format: 1,\n    business: (currency: \"EUR\"), // euros\n    clients: [\n        \
                // met at the fair\n        (id: \"acme\", name: \"Acme\"),\n    ],\n)\n";
    fs::write(&book, hand).unwrap();
    let open = csv(&folder, "acme,1,2026-01-01,2026-01-31,10,\nBolt,2,2026-01-01,2026-01-31,20,\n");
    assert_eq!(import(&open, &book, &[]).code, 0);
    let paid = csv(&folder, "acme,1,2026-01-01,2026-01-31,10,2026-02-11\nBolt,2,2026-01-01,2026-01-31,20,\n");
    let said = import(&paid, &book, &[]);
    assert!(said.out.contains("0 added, 1 updated, 1 unchanged, 0 skipped"), "{}{}", said.out, said.err);
    assert!(said.out.contains("are in EUR: the book's own."), "{}", said.out);
    let text = fs::read_to_string(&book).unwrap();
    for kept in
        ["// mine\n", "// euros", "// met at the fair\n        (id: \"acme\", name: \"Acme\"),", "2026-02-11"]
    {
        assert!(text.contains(kept), "{text}");
    }
    assert_eq!(load(text.as_bytes()).unwrap().problems, []);
}

#[test]
fn skipped_rows_are_listed_by_line_and_no_usable_row_is_an_exit_code_of_its_own() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("book.ron");
    let mut rows = "Acme,1,2026-01-01,2026-01-31,10,\n".to_owned();
    rows.push_str(&"Acme,,2026-01-01,2026-01-31,10,\n".repeat(23));
    let said = import(&csv(&folder, &rows), &book, &[]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("invoices.csv:3: skipped: no number given\n"), "{}", said.out);
    assert!(said.out.contains("… and 3 more rows skipped\n"), "{}", said.out);
    let other = folder.path().join("other.ron");
    let said = import(&csv(&folder, "Acme,,2026-01-01,2026-01-31,10,\n"), &other, &[]);
    assert_eq!((said.code, other.exists()), (1, false));
}

#[test]
fn what_is_refused_exits_with_2_names_the_place_and_leaves_the_book_alone() {
    let folder = TempDir::new().unwrap();
    let file = csv(&folder, "Acme,1,03/01/2026,31/01/2026,10,04-01-2026\n");
    let book = folder.path().join("book.ron");
    fs::write(&book, "not a book").unwrap();
    let fresh = folder.path().join("fresh.ron");
    for (into, more, message) in [
        (&fresh, &[][..], "invoices.csv: error: the days of \"paid\" may be"),
        (
            &fresh,
            &["--map", "clint=1"][..],
            "--map: error: there is no field \"clint\": did you mean client?",
        ),
        (&fresh, &["--dates", "ymdd"][..], "--dates: error: expected dmy, mdy or ymd, found \"ymdd\""),
        (&fresh, &["--currency", "EUX"][..], "--currency: error: unknown currency \"EUX\""),
        (&book, &[][..], "this is not a book of Rapport"),
    ] {
        let said = import(&file, into, more);
        assert_eq!(said.code, 2);
        assert!(said.err.contains(message), "{message}\n{}", said.err);
        assert!(!fresh.exists());
    }
    assert_eq!(fs::read_to_string(&book).unwrap(), "not a book");
    let said = import(&folder.path().join("none.csv"), &fresh, &[]);
    assert!(said.err.contains("none.csv: error: there is no such file"), "{}", said.err);
}

#[test]
fn a_book_with_unusable_records_is_not_imported_into() {
    let folder = TempDir::new().unwrap();
    let book = folder.path().join("book.ron");
    let text = "(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"acme\"),\n    ],\n)\n";
    fs::write(&book, text).unwrap();
    let said = import(&csv(&folder, "Acme,1,2026-01-01,2026-01-31,10,\n"), &book, &[]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("1 of its records cannot be used") && said.err.contains("rapport check"),
        "{}",
        said.err
    );
    assert_eq!(fs::read_to_string(&book).unwrap(), text);
}

#[test]
fn a_book_that_a_window_has_open_is_not_written() {
    let folder = TempDir::new().unwrap();
    let file = csv(&folder, "Acme,1,2026-01-01,2026-01-31,10,\n");
    let book = folder.path().join("book.ron");
    let window = rapport::store::lock::BookLock::take(&book).unwrap();
    let said = import(&file, &book, &[]);
    assert_eq!((said.code, book.exists()), (2, false));
    assert!(said.err.contains("window has this book open"), "{}", said.err);
    drop(window);
    assert_eq!(import(&file, &book, &[]).code, 0);
}

#[test]
fn an_empty_book_takes_the_currency_of_what_comes_in() {
    let folder = TempDir::new().unwrap();
    let named = folder.path().join("named.csv");
    fs::write(&named, "client,number,issued,due,Amount (EUR)\nAcme,1,2026-01-01,2026-01-31,10\n").unwrap();
    let column = folder.path().join("column.csv");
    fs::write(&column, "client,number,issued,due,amount,currency\nAcme,1,2026-01-01,2026-01-31,10,EUR\n")
        .unwrap();
    let empty = folder.path().join("empty.ron");
    fs::write(&empty, "// mine\n(\n    format: 1,\n    business: (currency: \"USD\"),\n)\n").unwrap();
    for (file, book, why) in [
        (&named, &folder.path().join("one.ron"), "in EUR: so says their header"),
        (&column, &folder.path().join("two.ron"), "in EUR: so are all that name one"),
        (&named, &empty, "in EUR: so says their header"),
    ] {
        let said = import(file, book, &[]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains(why), "{}", said.out);
        assert_eq!(load(&fs::read(book).unwrap()).unwrap().book.currency(), Currency::EUR);
    }
    // A book with something in it keeps its own.
    let said = import(&named, &folder.path().join("three.ron"), &["--currency", "chf"]);
    assert_eq!(said.code, 0, "{}", said.err);
    import(&named, &folder.path().join("three.ron"), &[]);
    let book = load(&fs::read(folder.path().join("three.ron")).unwrap()).unwrap().book;
    assert_eq!(book.currency().to_string(), "CHF");
}

#[test]
fn a_new_book_is_in_the_currency_of_the_region_where_the_file_names_none() {
    let folder = TempDir::new().unwrap();
    let chf: Currency = "CHF".parse().unwrap();
    let rows = "Acme,1,2026-10-01,2026-10-31,100.00,\n";
    let (file, book) = (csv(&folder, rows), folder.path().join("book.ron"));
    let said = import_in(Some(chf), &file, &book, &[]);
    assert!(
        said.out.contains("Amounts that name no currency are in CHF: the default of a new book here"),
        "{}",
        said.out
    );
    assert_eq!(load(&fs::read(&book).unwrap()).unwrap().book.currency(), chf);
    let other = folder.path().join("other.ron");
    import_in(Some(chf), &file, &other, &["--currency", "usd"]);
    assert_eq!(load(&fs::read(&other).unwrap()).unwrap().book.currency(), Currency::USD);
}
