//! Importing invoices from CSV files of every kind, on books in memory.

#![expect(clippy::unwrap_used, reason = "what a test cannot set up fails the test")]

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Invoice, Money, Payment, Record, WriteOff, WriteOffCause,
};
use rapport::store::import::{
    Change, Counts, DateOrder, Field, ImportError, Options, Outcome, Override, Plan, plan,
};

const LATE_PAYMENTS: &[u8] = include_bytes!("fixtures/late_payments.csv");
const HEADER: &str = "client,number,issued,due,amount,paid,disputed\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn empty() -> Book {
    Book::empty(Currency::USD)
}

fn mapped(map: &[&str]) -> Options {
    let map = map.iter().map(|text| Override::parse(text).unwrap()).collect();
    Options { map, ..Options::default() }
}

fn planned(text: &str) -> Plan {
    plan(text.as_bytes(), &Options::default(), &empty()).unwrap()
}

/// A plan of rows under the plain header.
fn rows(rows: &str) -> Plan {
    planned(&format!("{HEADER}{rows}"))
}

fn refused(text: &str) -> String {
    plan(text.as_bytes(), &Options::default(), &empty()).unwrap_err().to_string()
}

fn invoices(book: &Book) -> Vec<Arc<Invoice>> {
    let mut invoices: Vec<_> = book.clients().flat_map(|client| client.facts.invoices.clone()).collect();
    invoices.sort_by(|a, b| a.number.cmp(&b.number));
    invoices
}

fn skips(plan: &Plan) -> Vec<String> {
    plan.skipped().map(|(line, reason)| format!("{line}: {reason}")).collect()
}

fn amounts(plan: &Plan) -> Vec<String> {
    invoices(&plan.apply()).iter().map(|invoice| invoice.total().to_string()).collect()
}

fn with_invoice(book: &Book, number: &str, edit: impl Fn(&mut Invoice)) -> Book {
    let mut invoice = invoices(book).into_iter().find(|known| known.number == number).unwrap();
    edit(Arc::make_mut(&mut invoice));
    book.with(Invoice::any(invoice)).unwrap()
}

#[test]
fn the_late_payments_file_imports_whole_with_its_day_orders_told_by_values() {
    let plan = plan(LATE_PAYMENTS, &Options::default(), &empty()).unwrap();
    let expected = Counts { added: 2466, clients_added: 100, ..Counts::default() };
    assert_eq!(plan.counts(), expected);
    let columns: Vec<_> =
        plan.columns.iter().map(|column| (column.field.name(), column.header.as_str())).collect();
    assert_eq!(
        columns,
        [
            ("client", "customerID"),
            ("number", "invoiceNumber"),
            ("issued", "InvoiceDate"),
            ("due", "DueDate"),
            ("amount", "InvoiceAmount"),
            ("paid", "SettledDate"),
            ("disputed", "Disputed"),
        ]
    );
    for column in plan.columns.iter().filter(|column| column.header.ends_with("Date")) {
        assert!(column.reading.starts_with("day/month/year: \""), "{column}");
    }
    let book = plan.apply();
    // Summed from the file by other means.
    let all = invoices(&book);
    let sum = all.iter().map(|invoice| invoice.total().amount).sum::<rust_decimal::Decimal>();
    assert_eq!(sum.to_string(), "147703.18");
    assert_eq!(all.iter().filter(|invoice| !invoice.disputes.is_empty()).count(), 561);
    let first = all.iter().find(|invoice| invoice.number == "6050714721").unwrap();
    assert_eq!(first.client, ClientId::derived(&["8887-NCUZC"]));
    assert_eq!((first.issued, first.due), (day("2012-01-03"), day("2012-02-02")));
    assert_eq!(first.total().to_string(), "15.99 USD");
    assert_eq!(first.settled_on(), Some(day("2012-02-15")));
    assert_eq!(first.disputes[0].from, day("2012-01-03"));
    assert_eq!(first.disputes[0].until, Some(day("2012-02-15")));
    assert_eq!(first.lines[0].result, "Invoice 6050714721");
    assert!(first.open().is_zero());
}

#[test]
fn importing_a_file_again_changes_nothing_at_all() {
    let book = plan(LATE_PAYMENTS, &Options::default(), &empty()).unwrap().apply();
    let again = plan(LATE_PAYMENTS, &Options::default(), &book).unwrap();
    assert_eq!(again.counts(), Counts { unchanged: 2466, ..Counts::default() });
    assert!(again.changes_nothing());
    assert!(again.apply().is_same(&book));
}

#[test]
fn an_import_keeps_every_record_that_was_there() {
    let book = rows("Acme,1,2026-01-01,2026-01-31,10,,\nBolt,2,2026-01-01,2026-01-31,10,,\n").apply();
    let more =
        format!("{HEADER}Acme,1,2026-01-01,2026-01-31,10,2026-02-03,\nAcme,3,2026-01-01,2026-01-31,5,,\n");
    let next = plan(more.as_bytes(), &Options::default(), &book).unwrap().apply();
    let (old, new) = (invoices(&book), invoices(&next));
    assert!(!Arc::ptr_eq(&old[0], &new[0]) && Arc::ptr_eq(&old[1], &new[1]));
    for (before, after) in book.clients().zip(next.clients()) {
        assert!(Arc::ptr_eq(&before.client, &after.client));
    }
}

#[test]
fn semicolons_decimal_commas_and_an_old_encoding_are_found_out() {
    let text = "Kunde;Rechnungsnr.;Datum;Fällig am;Betrag;Bezahlt am\r\n\
                Müller & Söhne;R-1;15.01.2026;14.02.2026;1.234,56 €;\r\n\
                Bäckerei Grün;R-2;16.01.2026;15.02.2026;99,90;03.02.2026\r\n";
    let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let plan = plan(&latin, &Options::default(), &empty()).unwrap();
    assert_eq!(plan.written.encoding, "windows-1252");
    assert_eq!(plan.written.delimiter, ';');
    assert_eq!(amounts(&plan), ["1234.56 EUR", "99.90 USD"]);
    let names: Vec<_> =
        plan.rows.iter().filter_map(|row| row.invoice.as_ref()).map(|row| row.client.clone()).collect();
    assert_eq!(names, ["Müller & Söhne", "Bäckerei Grün"]);
    assert!(plan.written.to_string().contains("windows-1252 (guessed"), "{}", plan.written);
}

#[test]
fn byte_order_marks_are_understood_and_no_part_of_the_first_header() {
    let text = format!("{HEADER}Ärzte,1,2026-01-01,2026-01-31,10.50,,\n");
    let utf_8 = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let little: Vec<u8> =
        [0xFEFF_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> =
        [0xFEFF_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for (bytes, encoding) in [(utf_8, "UTF-8"), (little, "UTF-16LE"), (big, "UTF-16BE")] {
        let plan = plan(&bytes, &Options::default(), &empty()).unwrap();
        assert_eq!(plan.written.encoding, encoding);
        assert_eq!(plan.rows[0].invoice.as_ref().unwrap().client, "Ärzte");
    }
}

#[test]
fn tabs_bars_and_a_stated_separator_stand_between_cells_too() {
    for (delimiter, prefix) in [('\t', ""), ('|', ""), (';', "sep=;\n")] {
        let text =
            format!("{HEADER}Acme,1,2026-01-01,2026-01-31,10.50,,\n").replace(',', &delimiter.to_string());
        let plan = planned(&format!("{prefix}{text}"));
        assert_eq!((plan.written.delimiter, plan.counts().added), (delimiter, 1));
    }
}

#[test]
fn quoted_cells_may_hold_delimiters_quotes_and_line_breaks() {
    let plan = rows(
        "\"Acme,\nthe \"\"best\"\"\",1,2026-01-01,2026-01-31,\"1,234.50\",,\nBolt,2,oops,2026-01-31,5,,\n",
    );
    assert_eq!(plan.rows[0].invoice.as_ref().unwrap().client, "Acme, the \"best\"");
    assert_eq!(amounts(&plan), ["1234.50 USD"]);
    assert_eq!(skips(&plan), ["4: issued: \"oops\" is not a day"]);
}

#[test]
fn days_that_could_be_read_two_ways_are_refused_with_the_cure() {
    let text = format!("{HEADER}Acme,1,03/01/2026,02/02/2026,10,,\n");
    let message = refused(&text);
    assert!(message.contains("\"issued\"") && message.contains("\"03/01/2026\" on line 2"), "{message}");
    assert!(message.contains("--dates dmy or --dates mdy"), "{message}");
    for (order, issued) in [(DateOrder::Dmy, "2026-01-03"), (DateOrder::Mdy, "2026-03-01")] {
        let options = Options { dates: Some(order), ..Options::default() };
        let plan = plan(text.as_bytes(), &options, &empty()).unwrap();
        assert_eq!(plan.rows[0].invoice.as_ref().unwrap().issued, day(issued));
    }
}

#[test]
fn each_column_of_days_has_its_own_order() {
    let plan = rows("Acme,1,01/13/2026,14/02/2026,10,2026-02-11,\n");
    let row = plan.rows[0].invoice.as_ref().unwrap();
    assert_eq!(
        (row.issued, row.due, row.paid),
        (day("2026-01-13"), day("2026-02-14"), Some(day("2026-02-11")))
    );
    // The two orders told disagree, so neither is lent to a third column.
    let message = refused(&format!("{HEADER}Acme,1,01/13/2026,14/02/2026,10,02/03/2026,\n"));
    assert!(message.contains("\"paid\" may be"), "{message}");
}

#[test]
fn a_column_without_a_telling_value_is_read_as_the_others_and_says_so() {
    let plan = rows("Acme,1,13/01/2026,12/02/2026,10,,\n");
    let due = plan.columns.iter().find(|column| column.field == Field::Due).unwrap();
    assert_eq!(due.reading, "day/month/year, as the other days of the file");
    assert_eq!(plan.rows[0].invoice.as_ref().unwrap().due, day("2026-02-12"));
}

#[test]
fn days_in_two_orders_within_a_column_are_reported_by_line() {
    let text = format!("{HEADER}A,1,13/01/2026,2026-02-12,10,,\nA,2,01/14/2026,2026-02-12,10,,\n");
    let message = refused(&text);
    assert!(message.contains("line 2") && message.contains("line 3"), "{message}");
    let options = Options { dates: Some(DateOrder::Dmy), ..Options::default() };
    let plan = plan(text.as_bytes(), &options, &empty()).unwrap();
    assert_eq!(skips(&plan), ["3: issued: \"01/14/2026\" is not a day when read day/month/year"]);
    assert_eq!(plan.counts().added, 1);
}

#[test]
fn an_order_that_most_values_contradict_is_refused_rather_than_misread() {
    let options = Options { dates: Some(DateOrder::Mdy), ..Options::default() };
    let message = plan(LATE_PAYMENTS, &options, &empty()).unwrap_err().to_string();
    assert!(message.contains("are not month/day/year as asked"), "{message}");
}

#[test]
fn american_days_and_dollars_read_as_such() {
    let plan = planned(
        "Customer Name,Invoice #,Invoice Number,Invoice Date,Due Date,Amount\n\
         Acme,x,17,1/31/2026,3/2/2026,\"$1,234.56\"\nAcme,x,18,2/1/2026,3/3/2026,($123.45)\n",
    );
    let row = plan.rows[0].invoice.as_ref().unwrap();
    assert_eq!((row.issued, row.due), (day("2026-01-31"), day("2026-03-02")));
    assert_eq!(amounts(&plan), ["1234.56 USD", "-123.45 USD"]);
}

#[test]
fn a_mapping_overrides_what_was_guessed_by_header_or_by_number() {
    let text = "client,number,issued,due,amount,project,gross\nAcme,1,2026-01-01,2026-01-31,10,Shop,11.90\n";
    let options = mapped(&["client=PROJECT", "amount=7", "due=issued", "issued=issued"]);
    let plan = plan(text.as_bytes(), &options, &empty()).unwrap();
    let row = plan.rows[0].invoice.as_ref().unwrap();
    assert_eq!((row.client.as_str(), row.amount.to_string()), ("Shop", "11.90 USD".to_owned()));
    assert_eq!(row.due, row.issued);
    assert!(plan.unused.contains(&"client".to_owned()));
    let half = rapport::store::import::plan(text.as_bytes(), &mapped(&["due=issued"]), &empty());
    assert!(half.unwrap_err().to_string().contains("no column found for issued"));
}

#[test]
fn disputes_can_be_left_out() {
    let text = format!("{HEADER}Acme,1,2026-01-01,2026-01-31,10,,yes\n");
    let options = mapped(&["disputed=-"]);
    let without = plan(text.as_bytes(), &options, &empty()).unwrap().apply();
    assert!(invoices(&without)[0].disputes.is_empty());
    let with = planned(&text).apply();
    assert!(invoices(&with)[0].open_dispute().is_some());
}

#[test]
fn unknown_names_in_a_mapping_are_answered_with_the_likely_meant_ones() {
    let message = Override::parse("isued=Date").unwrap_err().to_string();
    assert!(message.contains("did you mean issued?"), "{message}");
    let message = Override::parse("amount=-").unwrap_err().to_string();
    assert!(message.contains("cannot be left out"), "{message}");
    assert!(Override::parse("amount").is_err() && Override::parse("amount=").is_err());
    for (asked, answer) in [
        ("client=custmerID", "did you mean \"customerID\"?"),
        ("client=99", "there is no column \"99\""),
        ("client=0", "there is no column \"0\""),
    ] {
        let message = plan(LATE_PAYMENTS, &mapped(&[asked]), &empty()).unwrap_err().to_string();
        assert!(message.contains(answer) && message.contains("2 \"customerID\""), "{message}");
    }
    let twice = mapped(&["due=1", "due=2"]);
    assert!(plan(LATE_PAYMENTS, &twice, &empty()).unwrap_err().to_string().contains("mapped twice"));
}

#[test]
fn a_missing_column_is_named_with_the_columns_there_are() {
    let message = refused("client,number,issued,amount\nAcme,1,2026-01-01,10\n");
    assert!(message.contains("no column found for due"), "{message}");
    assert!(message.contains("--map due=COLUMN") && message.contains("4 \"amount\""), "{message}");
}

#[test]
fn a_header_that_its_values_belie_is_said() {
    let plan = rows("Acme,1,2026-01-01,2026-01-31,10,yes,\nAcme,2,2026-01-01,2026-01-31,10,no,\n");
    assert_eq!(plan.doubts(Field::Paid), " (\"paid\" is not read as paid: the values do not fit)");
    assert_eq!(plan.counts().added, 2);
    let message = refused("client,number,issued,due,amount\nAcme,1,2026-01-01,soon,10\n");
    assert!(message.contains("\"due\" is not read as due"), "{message}");
}

#[test]
fn a_row_that_cannot_be_used_is_skipped_by_line_and_the_rest_goes_in() {
    let plan = rows(
        "Acme,1,2026-01-01,2026-01-31,ten,,\n\
         Acme,2,2026-02-30,2026-01-31,10,,\n\
         \n\
         ,3,2026-01-01,2026-01-31,10,,\n\
         Acme,,2026-01-01,2026-01-31,10,,\n\
         Acme,5,2026-01-01,,10,,\n\
         Acme,6,2026-01-01,2026-01-31,10,someday,\n\
         Acme,7,2026-01-01,2026-01-31,10,,perhaps\n\
         Acme,8,2026-01-01,2026-01-31,10,,no,and,more\n\
         Acme,9,2026-01-01,2026-01-31,\n\
         Acme,10,2026-01-01,2026-01-31,12.50\n\
         Acme,11,2026-01-01,2026-01-31,7,2026-02-01\n\
         Total,,,,22.50\n",
    );
    assert_eq!(
        skips(&plan),
        [
            "2: \"ten\" is not an amount",
            "3: issued: \"2026-02-30\" is not a day",
            "5: no client given",
            "6: no number given",
            "7: no due given",
            "8: paid: \"someday\" is not a day",
            "9: disputed: \"perhaps\" is neither yes nor no",
            "10: 9 cells for 7 columns: a cell that holds the delimiter must be in quotation marks",
            "11: the amount is missing",
            "14: no number given",
        ]
    );
    assert_eq!(amounts(&plan), ["12.50 USD", "7.00 USD"]);
}

#[test]
fn the_same_number_twice_is_one_invoice_and_a_contradiction_is_skipped() {
    let plan = rows(
        "Acme,1,2026-01-01,2026-01-31,10,,\nACME ,1,2026-01-01,2026-01-31,10,,\n\
         Acme,1,2026-01-01,2026-01-31,99,,\nBolt,1,2026-01-01,2026-01-31,99,,\n",
    );
    let expected = Counts { added: 2, unchanged: 1, skipped: 1, clients_added: 2, ..Counts::default() };
    assert_eq!(plan.counts(), expected);
    assert_eq!(
        skips(&plan),
        ["4: the same invoice stands on line 2, and differs: amount 10.00 USD there, 99.00 USD here"]
    );
}

#[test]
fn a_credit_note_is_an_invoice_below_nothing() {
    let book = rows("Acme,1,2026-01-01,2026-01-31,-50.00,2026-02-01,\n").apply();
    let note = &invoices(&book)[0];
    assert_eq!(note.total().to_string(), "-50.00 USD");
    assert_eq!(note.settled_on(), Some(day("2026-02-01")));
}

#[test]
fn what_was_paid_since_is_added_and_counted_as_updated() {
    let before = rows("Acme,1,2026-01-01,2026-01-31,100,,yes\n").apply();
    let before = with_invoice(&before, "1", |invoice| {
        let amount = Money::parse("30.00 USD").unwrap();
        invoice.payments.push(Payment { day: day("2026-02-01"), amount, method: None, offset: None });
    });
    let later = format!("{HEADER}Acme,1,2026-01-01,2026-01-31,100,2026-03-05,yes\n");
    let plan = plan(later.as_bytes(), &Options::default(), &before).unwrap();
    let change = Change { paid: Some(day("2026-03-05")), disputed: false };
    assert!(matches!(&plan.rows[0].outcome, Outcome::Updated(_, found) if *found == change));
    let book = plan.apply();
    let invoice = &invoices(&book)[0];
    assert_eq!(invoice.payments[1].amount.to_string(), "70.00 USD");
    assert_eq!(invoice.disputes[0].until, Some(day("2026-03-05")));
    let again = rapport::store::import::plan(later.as_bytes(), &Options::default(), &book).unwrap();
    assert!(again.apply().is_same(&book));
}

#[test]
fn an_older_file_takes_no_payment_back() {
    let paid = rows("Acme,1,2026-01-01,2026-01-31,100,2026-03-05,\n").apply();
    let older = format!("{HEADER}Acme,1,2026-01-01,2026-01-31,100,,\n");
    assert!(plan(older.as_bytes(), &Options::default(), &paid).unwrap().changes_nothing());
}

#[test]
fn what_the_book_says_is_never_overwritten() {
    let book =
        rows("Acme,1,2026-01-01,2026-01-31,100,2026-03-05,\nAcme,2,2026-01-01,2026-01-31,7,,\n").apply();
    let book = with_invoice(&book, "2", |invoice| {
        let cause = WriteOffCause::Cannot;
        invoice.write_off = Some(WriteOff { day: day("2026-05-01"), cause, lesson: None });
    });
    for (row, difference) in [
        ("Acme,1,2026-01-01,2026-01-31,120,,", "amount 100.00 USD there, 120.00 USD here"),
        ("Acme,1,2026-01-01,2026-01-31,100 EUR,,", "amount 100.00 USD there, 100.00 EUR here"),
        ("Acme,1,2026-01-02,2026-01-31,100,,", "issued 2026-01-01 there, 2026-01-02 here"),
        ("Acme,1,2026-01-01,2026-02-28,100,,", "due 2026-01-31 there, 2026-02-28 here"),
        ("Acme,1,2026-01-01,2026-01-31,100,2026-03-09,", "paid 2026-03-05 there, 2026-03-09 here"),
        ("Acme,2,2026-01-01,2026-01-31,7,2026-03-09,", "written off there, paid 2026-03-09 here"),
    ] {
        let plan = plan(format!("{HEADER}{row}\n").as_bytes(), &Options::default(), &book).unwrap();
        assert_eq!(skips(&plan), [format!("2: differs from the book: {difference}")]);
        assert!(plan.apply().is_same(&book));
    }
}

#[test]
fn a_client_of_the_book_is_found_by_name_and_after_a_change_of_name() {
    let known = Client::new(ClientId::new("acme").unwrap(), "ACME  Ltd");
    let book = empty().with(AnyRecord::Client(Arc::new(known))).unwrap();
    let text = format!("{HEADER}Acme Ltd,1,2026-01-01,2026-01-31,10,,\nBolt,2,2026-01-01,2026-01-31,10,,\n");
    let import = plan(text.as_bytes(), &Options::default(), &book).unwrap();
    assert_eq!(import.counts().clients_added, 1);
    let book = import.apply();
    assert_eq!(invoices(&book)[0].client.as_str(), "acme");
    let bolt = book.client(&ClientId::derived(&["Bolt"])).unwrap();
    let mut renamed = Client::clone(&bolt.client);
    renamed.name = "Bolt & Nut".to_owned();
    let book = book.with(AnyRecord::Client(Arc::new(renamed))).unwrap();
    assert!(plan(text.as_bytes(), &Options::default(), &book).unwrap().changes_nothing());
}

#[test]
fn a_name_that_two_clients_share_is_not_guessed_at() {
    let mut book = empty();
    for id in ["acme-1", "acme-2"] {
        let client = Client::new(ClientId::new(id).unwrap(), "Acme");
        book = book.with(AnyRecord::Client(Arc::new(client))).unwrap();
    }
    let text = format!("{HEADER}Acme,1,2026-01-01,2026-01-31,10,,\n");
    let plan = plan(text.as_bytes(), &Options::default(), &book).unwrap();
    assert_eq!(skips(&plan), ["2: 2 clients are called \"Acme\": acme-1, acme-2"]);
}

#[test]
fn an_amount_takes_its_currency_from_its_cell_its_row_the_option_or_the_book() {
    let text = "client,number,issued,due,amount,currency\n\
                Acme,1,2026-01-01,2026-01-31,10,CHF\nAcme,2,2026-01-01,2026-01-31,£10,\n\
                Acme,3,2026-01-01,2026-01-31,10,\nAcme,4,2026-01-01,2026-01-31,€10,CHF\n";
    let options = Options { currency: Some(Currency::EUR), ..Options::default() };
    let asked = plan(text.as_bytes(), &options, &empty()).unwrap();
    assert_eq!(amounts(&asked), ["10.00 CHF", "10.00 GBP", "10.00 EUR"]);
    assert_eq!(asked.counts().skipped, 1);
    assert_eq!(amounts(&planned(text))[2], "10.00 USD");
}

#[test]
fn a_header_may_name_the_currency_of_its_amounts() {
    for (header, total) in
        [("Amount (EUR)", "10.00 EUR"), ("Betrag in €", "10.00 EUR"), ("Amount", "10.00 USD")]
    {
        let text = format!("client,number,issued,due,{header}\nAcme,1,2026-01-01,2026-01-31,10\n");
        assert_eq!(amounts(&planned(&text)), [total]);
    }
}

#[test]
fn gross_amounts_are_taken_before_net_ones() {
    let text =
        "client,number,issued,due,Amount (net),Amount (gross)\nAcme,1,2026-01-01,2026-01-31,10,11.90\n";
    assert_eq!(amounts(&planned(text)), ["11.90 USD"]);
}

#[test]
fn a_file_without_a_header_is_read_by_its_values() {
    let plan = planned(
        "Acme,R17,2026-01-01,2026-01-31,10.00\nAcme,R18,2026-01-02,2026-02-01,10.00\n\
         Bolt,R19,2026-01-02,2026-02-01,10.00\n",
    );
    assert_eq!((plan.written.header_line, plan.counts().added), (None, 3));
    assert_eq!(
        plan.columns[1].to_string(),
        "column 2 \"column 2\", by its values: the only column whose values all differ"
    );
}

#[test]
fn text_that_is_nearly_all_utf_8_is_read_as_that_and_the_damage_is_said() {
    let text = format!(
        "{HEADER}Müller & Söhne,1,2026-01-01,2026-01-31,10,,\nM\u{1}ller,2,2026-01-01,2026-01-31,10,,\n"
    );
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xFC } else { byte }).collect();
    let plan = plan(&bytes, &Options::default(), &empty()).unwrap();
    assert_eq!(plan.rows[0].invoice.as_ref().unwrap().client, "Müller & Söhne");
    assert!(plan.written.to_string().starts_with("UTF-8 (1 characters damaged"), "{}", plan.written);
}

#[test]
fn files_that_are_no_table_of_invoices_are_refused_in_plain_words() {
    for (bytes, message) in [
        (&b""[..], "the file is empty"),
        (b"\xEF\xBB\xBF", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (HEADER.as_bytes(), "nothing to import"),
        (b"PK\x03\x04\x14\0", "export the invoices as CSV"),
        (b"\x7fELF\0\0\0\0", "it is not text"),
        (b"just some prose\nand more of it\n", "no column found for client"),
    ] {
        let error = plan(bytes, &Options::default(), &empty()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
    let commas = vec![b','; 100_000];
    assert_eq!(plan(&commas, &Options::default(), &empty()).unwrap_err(), ImportError::Empty);
}

#[test]
fn a_file_of_fifty_thousand_rows_is_planned_without_quadratic_work() {
    let mut text = HEADER.to_owned();
    for number in 0..50_000 {
        writeln!(text, "Client {},{number},2026-01-01,2026-01-31,{number}.50,,no", number % 997).unwrap();
    }
    let book = planned(&text).apply();
    assert_eq!(book.clients().len(), 997);
    let again = plan(text.as_bytes(), &Options::default(), &book).unwrap();
    assert_eq!(again.counts().unchanged, 50_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = plan(&bytes, &Options::default(), &empty());
    }

    #[test]
    fn no_cells_make_it_panic_and_what_goes_in_goes_in_once(
        cells in proptest::collection::vec("[0-9A-Za-z/.,;:€$()'\" \t\n\u{2212}äß-]{0,14}", 7..70),
        tidy in any::<bool>(),
    ) {
        let mut text = HEADER.to_owned();
        for row in cells.chunks(7) {
            if tidy {
                text.push_str("Acme,17,2026-01-01,2026-01-31,10,2026-01-20,no\n");
            }
            text.push_str(&row.join(","));
            text.push('\n');
        }
        let options = Options { dates: Some(DateOrder::Dmy), ..Options::default() };
        if let Ok(first) = plan(text.as_bytes(), &options, &empty()) {
            let book = first.apply();
            let again = plan(text.as_bytes(), &options, &book).unwrap();
            prop_assert!(again.changes_nothing());
            prop_assert_eq!(again.counts().skipped, first.counts().skipped);
        }
    }
}
