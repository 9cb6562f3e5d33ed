//! The first run: a drill on the sample, an import by paste, and a book that begins with one client.

use egui_kittest::kittest::Queryable;
use rapport::command::{Suggestion, commands, suggestions};
use rapport::state::{Action, DrillAction, ImportPreview, Lesson, Origin, Overlay};

use crate::desk::Desk;
use crate::facts::{book, day};
use crate::window::{Machine, Window, previewed};

fn lesson(window: &Window) -> Option<Lesson> {
    window.state().session.drill.as_ref().map(|drill| drill.lesson)
}

#[test]
fn the_drill_teaches_by_doing_and_says_at_its_end_that_it_is_one() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.harness.get_by_label("Learn the keys").click();
    window.harness.run_steps(3);
    assert_eq!(lesson(&window), Some(Lesson::Walk));
    assert!(window.shows("1 of 8: Go down the queue with J, and up again with K."));
    for (keys, next) in [
        ("j", Lesson::Act),
        ("e", Lesson::Undo),
        ("z", Lesson::Go),
        ("g m", Lesson::Prove),
        ("=", Lesson::Back),
        ("esc", Lesson::Enter),
    ] {
        let before = lesson(&window);
        window.press(keys);
        assert_eq!(lesson(&window), Some(next), "{keys} after {before:?}");
    }
    window.press("a");
    window.types("met Ana at the fair");
    assert_eq!(lesson(&window), Some(Lesson::Enter), "typing alone is not entering");
    window.press("enter");
    assert_eq!(lesson(&window), Some(Lesson::Find));
    window.press("ctrl+k");
    assert_eq!(lesson(&window), Some(Lesson::End));
    window.press("esc");
    assert!(window.shows("That was all of it; ? shows the keys of every place."));
    assert!(window.shows("Import invoices") && window.shows("Start with one client"));
    window.harness.get_by_label("Close").click();
    window.harness.run_steps(3);
    assert_eq!(lesson(&window), None);
    // That the sample keeps nothing is said once.
    assert!(!window.close() && window.close());
    let window = machine.start();
    assert!(!window.state().session.welcome, "the first run's choices were answered");
}

#[test]
fn a_lesson_can_be_left_out_and_the_drill_ended_at_any_place() {
    let mut desk = Desk::sample();
    desk.state.file.origin = Origin::Sample;
    desk.press("ctrl+shift+k");
    let at = |desk: &Desk| desk.state.session.drill.as_ref().unwrap().lesson;
    desk.press("ctrl+shift+n");
    assert_eq!(at(&desk), Lesson::Act);
    desk.press("a");
    desk.press("ctrl+shift+n");
    assert_eq!(at(&desk), Lesson::Undo, "also from within a field");
    desk.press("esc");
    for _ in 0..Lesson::COUNT {
        desk.press("ctrl+shift+n");
    }
    assert_eq!(at(&desk), Lesson::End);
    desk.press("ctrl+shift+n");
    assert_eq!(desk.notice(), "This was the last lesson");
    desk.press("ctrl+shift+u");
    assert!(desk.state.session.drill.is_none());
    desk.press("ctrl+shift+u");
    assert_eq!(desk.notice(), "There is no drill");
}

#[test]
fn the_drill_names_commands_that_there_are_and_is_for_the_sample_alone() {
    let mut desk = Desk::sample();
    desk.press("ctrl+shift+k");
    assert!(desk.state.session.drill.is_none(), "this book is somebody's own");
    desk.state.file.origin = Origin::Sample;
    desk.press("ctrl+shift+k");
    for _ in 0..=Lesson::COUNT {
        let says = desk.state.session.drill.as_ref().unwrap().lesson.says();
        for named in says.split('{').skip(1) {
            let id = named.split('}').next().unwrap();
            assert!(commands().any(|command| command.id == id), "{id}");
        }
        desk.act(Action::Drill(DrillAction::Skip));
    }
    desk.act(Action::StartBook);
    assert!(desk.state.session.drill.is_some(), "nothing was started yet");
    desk.fill("Client", "Quill Ltd");
    desk.press("enter");
    assert!(desk.state.session.drill.is_none());
}

const ROWS: &str = "Kunde\tRechnung\tDatum\tFällig\tBetrag\nAhorn KG\t2026-7\t01.10.2026\t31.10.2026\t1.250,00 €\nBirke OHG\t2026-8\t13.11.2026\t13.12.2026\t80,00 €\n";

#[test]
fn rows_pasted_from_a_spreadsheet_are_previewed_and_come_in_with_one_step_of_undo() {
    let machine = Machine::new();
    let book = machine.path("own.ron");
    let mut window = machine.open(&book);
    window.press("ctrl+i");
    assert!(window.shows("paste the rows themselves"));
    window.paste(ROWS);
    window.until(previewed);
    assert!(window.shows("Import pasted rows"));
    let Some(Overlay::Import(import)) = window.state().session.overlay.clone() else { panic!("no preview") };
    let preview = import.preview.unwrap();
    assert!(preview.summary.starts_with("2 new invoices of 2 new clients"), "{}", preview.summary);
    let columns: Vec<_> = preview.fields.iter().filter_map(|field| field.column.clone()).collect();
    for column in ["Kunde", "Rechnung", "Datum", "Fällig", "Betrag"] {
        assert!(columns.contains(&column.to_owned()), "{column} is guessed: {columns:?}");
    }
    assert_eq!(preview.rows[0].amount.to_string(), "1250.00 EUR");
    assert!(window.shows("1,250.00 EUR"), "as the window writes amounts");
    window.press("enter");
    assert_eq!(window.state().book.clients().len(), 2);
    assert!(window.notice().starts_with("Imported pasted rows"), "{}", window.notice());
    assert!(
        !window.state().session.cursors.today.key.is_empty() || window.shows("Ahorn KG"),
        "there is something to do"
    );
    window.press("z");
    assert_eq!((window.state().book.clients().len(), window.state().history.depth()), (0, 0));
    // The same rows again are the same facts.
    window.press("ctrl+i");
    window.paste(ROWS);
    window.until(previewed);
    window.press("enter ctrl+i");
    window.paste(ROWS);
    window.until(previewed);
    assert!(window.shows("nothing in this file is new to the book"));
}

#[test]
fn pasting_a_path_is_typing_it_and_pasting_nonsense_says_what_is_missing() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+i");
    window.paste("/tmp/in.csv");
    assert!(
        matches!(&window.state().session.overlay, Some(Overlay::Path(prompt)) if prompt.text == "/tmp/in.csv")
    );
    window.paste("hello\nworld\n");
    window.until(previewed);
    let Some(Overlay::Import(import)) = window.state().session.overlay.clone() else { panic!("no preview") };
    assert!(import.preview.unwrap().refused.is_some());
    window.press("enter");
    assert_eq!(window.state().file.origin, Origin::Sample, "nothing came in");
}

/// Starts with one client; gives how many keys that took.
fn started(desk: &mut Desk, name: &str, owed: &str, due: &str) -> usize {
    desk.act(Action::StartBook);
    for (label, text) in [("Client", name), ("They owe", owed), ("Due", due)] {
        desk.fill(label, text);
    }
    desk.press("enter");
    assert!(desk.state.session.overlay.is_none(), "{:?}", desk.state.session.overlay);
    // Shift+A, S; a Tab between the fields; Enter.
    2 + name.chars().count() + 1 + owed.chars().count() + 1 + due.chars().count() + 1
}

#[test]
fn the_first_client_yields_the_first_item_whether_it_owes_nothing_is_late_or_owes_later() {
    for (owed, due) in [("", ""), ("1200", "-5d"), ("1200", "fri"), ("1200", "")] {
        let mut desk = Desk::sample();
        let keys = started(&mut desk, "Quill Ltd", owed, due);
        assert!(keys <= 30, "{keys} keys are far less than a minute");
        let shown = desk.shown();
        let item = shown.item(0);
        let item = item.unwrap_or_else(|| panic!("{owed:?} due {due:?} gives nothing to do"));
        assert_eq!(item.client_name, "Quill Ltd", "{owed:?} due {due:?}");
        assert!(!item.why.is_empty());
    }
}

#[test]
fn whoever_thinks_better_of_starting_keeps_the_sample_and_its_welcome() {
    let machine = Machine::new();
    let mut window = machine.start();
    let sample = window.state().book.clone();
    window.press("shift+a s");
    window.types("Quill Ltd");
    window.press("esc");
    assert_eq!(window.state().file.origin, Origin::Sample);
    assert!(window.state().book.is_same(&sample) && window.state().session.welcome);
    assert!(window.shows("Start with one client"));
    // What was typed is here again; nothing to start with is no start either.
    window.press("shift+a s");
    assert!(window.state().session.notice.as_ref().is_some_and(|it| it.text.contains("here again")));
    window.press("ctrl+a");
    window.press("del");
    window.press("enter");
    assert!(window.state().book.is_same(&sample) && window.shows("Client must be filled in"));
    window.types("Quill Ltd");
    window.press("enter");
    let state = window.state();
    assert!(state.book.clients().len() == 1 && state.file.origin != Origin::Sample);
    assert!(!state.session.welcome);
}

#[test]
fn a_first_client_named_as_one_of_the_sample_is_no_second_one() {
    let mut desk = Desk::sample();
    let name = desk.state.book.clients().next().unwrap().client.name.clone();
    desk.act(Action::StartBook);
    desk.fill("Client", &name);
    assert_eq!(desk.shown().form.as_ref().unwrap().warning, None);
}

#[test]
fn who_owes_later_is_asked_whether_the_invoice_came_and_nobody_apologises() {
    let mut desk = Desk::sample();
    started(&mut desk, "Quill Ltd", "1200", "+30d");
    let shown = desk.shown();
    let items = &shown.figures.today.items;
    let only: Vec<_> = items.iter().map(|item| (item.kind.token(), item.why.as_str())).collect();
    assert_eq!(only, [("next-step-due", "Next step due today: ask whether the invoice reached them")]);
    assert!(shown.draft.is_none(), "what to ask is one's own: {:?}", shown.draft);
    let suggested = suggestions(&items[0], shown.draft.as_ref(), &shown.figures.today);
    assert_eq!(suggested.first(), Some(&Suggestion::LogTouch("Log it as done")));
    let facts = &desk.state.book.clients().next().unwrap().facts;
    assert!(facts.promises.is_empty(), "nobody was promised anything");
    assert_eq!(facts.invoices[0].deal.as_ref(), Some(&facts.deals[0].id));
}

#[test]
fn a_due_day_that_is_just_past_is_late_and_not_a_year_ahead() {
    let mut desk = Desk::sample();
    let ago = rapport::domain::add_days(desk.state.today, -20);
    started(&mut desk, "Quill Ltd", "1200", &ago.format("%-d %b").to_string());
    let facts = &desk.state.book.clients().next().unwrap().facts;
    assert_eq!(facts.invoices[0].due, ago);
    assert_eq!(desk.shown().item(0).unwrap().kind.token(), "overdue-invoice");
}

#[test]
fn undoing_the_first_client_leaves_an_empty_book_of_which_nothing_is_done() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("shift+a s");
    window.types("Quill Ltd");
    window.press("enter");
    window.press("z");
    assert!(window.shows("No clients yet"));
    assert!(!window.shows("1 of 1 done"));
}

#[test]
fn columns_that_were_found_are_shown_though_one_is_missing_and_the_currency_is_called_a_guess() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+i");
    window.paste("invoice;client;date;amount\n1;Acme;2026-10-01;100.00\n2;Bolt;2026-10-15;50.00\n");
    window.until(previewed);
    let preview = preview_of(&window);
    let columns: Vec<_> = preview.fields.iter().map(|field| field.column.as_deref()).collect();
    let found = [Some("client"), Some("invoice"), Some("date"), None, Some("amount"), None, None, None];
    assert_eq!(columns, found);
    assert_eq!(preview.refused.as_deref(), Some("no column is found for “due”: choose one in its row below"));
    assert_eq!(preview.fields[3].why, "needed: choose a column");
    assert!(window.shows("Currency: EUR, a guess"), "nothing was found yet");
    // The day it was sent is taken for the day it is due: that column is chosen by keys.
    window.press("j j j");
    window.press("l");
    window.until(previewed);
    assert_eq!(preview_of(&window).fields[3].column.as_deref(), Some("invoice"));
    window.press("esc");
    window.press("ctrl+i");
    window.paste("invoice;client;date;due;amount\n1;Acme;2026-10-01;2026-10-31;100.00\n");
    window.until(previewed);
    let preview = preview_of(&window);
    assert_eq!((preview.currency.to_string().as_str(), preview.currency_guessed), ("EUR", true));
    assert!(window.shows("Currency: EUR, a guess"));
    window.press("esc");
    window.press("ctrl+i");
    window.paste("invoice;client;date;due;amount\n1;Acme;2026-10-01;2026-10-31;100.00 EUR\n");
    window.until(previewed);
    assert!(!preview_of(&window).currency_guessed, "the file says so");
    assert!(window.shows("Currency: as found, EUR"));
}

#[test]
fn an_import_names_the_columns_it_does_not_read() {
    let machine = Machine::new();
    let mut window = machine.start();
    window.press("ctrl+i");
    window
        .paste("invoice;client;date;due;amount;VAT rate;remark\n1;Acme;2026-10-01;2026-10-31;100.00;19;x\n");
    window.until(previewed);
    assert!(window.shows("Not read: VAT rate, remark"));
}

fn preview_of(window: &Window) -> ImportPreview {
    match &window.state().session.overlay {
        Some(Overlay::Import(import)) => import.preview.clone().unwrap(),
        other => panic!("no preview: {other:?}"),
    }
}

#[test]
fn an_empty_book_of_ones_own_is_filled_by_its_first_client_and_not_replaced() {
    let mut desk = Desk::of(book(&[]), day("2026-11-29"));
    desk.state.file.origin = Origin::File("mine.ron".into());
    desk.press("shift+a s");
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "nothing is asked first");
    desk.fill("Client", "Ana Ruiz");
    desk.press("enter");
    assert_eq!(desk.state.file.origin, Origin::File("mine.ron".into()));
    assert_eq!(desk.state.book.clients().len(), 1);
    desk.press("z");
    assert_eq!(desk.state.book.clients().len(), 0);
}

#[test]
fn a_new_book_begins_in_the_currency_of_the_region_and_the_form_asks_for_it() {
    let chf: rapport::domain::Currency = "CHF".parse().unwrap();
    let begun = |fields: &[(&str, &str)]| {
        let mut desk = Desk::sample();
        desk.state.region_currency = Some(chf);
        desk.act(Action::StartBook);
        for (label, text) in fields {
            desk.fill(label, text);
        }
        desk.press("enter");
        let owed = desk.state.book.clients().flat_map(|client| client.facts.invoices.clone()).next();
        (desk.state.book.currency().to_string(), owed.map(|invoice| invoice.open().to_string()))
    };
    let owed = |amount: &str| Some(amount.to_owned());
    assert_eq!(begun(&[("Client", "Quill")]), ("CHF".to_owned(), None));
    assert_eq!(begun(&[("Client", "Quill"), ("They owe", "90")]), ("CHF".to_owned(), owed("90.00 CHF")));
    let typed = [("Client", "Quill"), ("They owe", "90"), ("Currency of the book", "sek")];
    assert_eq!(begun(&typed), ("SEK".to_owned(), owed("90.00 SEK")));
    assert_eq!(begun(&[("Client", "Quill"), ("Currency of the book", "gbp")]).0, "GBP");
    assert_eq!(begun(&[("Client", "Quill"), ("They owe", "90 usd")]).0, "USD");
}

#[test]
fn the_preview_of_an_import_says_of_every_row_what_becomes_of_it() {
    let machine = Machine::new();
    let rows = "Kunde\tRechnung\tDatum\tFällig\tBetrag\tBezahlt\n\
        Ahorn KG\t2026-7\t01.10.2026\t31.10.2026\t1.250,00 €\t\n\
        Ahorn KG\t2026-7\t01.10.2026\t31.10.2026\t99,00 €\t\n\
        Birke OHG\t2026-8\t13.10.2026\t13.11.2026\t-50,00 €\t\n\
        Birke OHG\t\t13.10.2026\t13.11.2026\t80,00 €\t\n\
        Ahorn KG\t2026-7\t01.10.2026\t31.10.2026\t1.250,00 €\t02.11.2026\n\
        Ahorn KG\t2026-7\t01.10.2026\t31.10.2026\t1.250,00 €\t02.11.2026\n";
    let mut window = machine.open(&machine.path("own.ron"));
    window.press("ctrl+i");
    window.paste(rows);
    window.until(previewed);
    let preview = preview_of(&window);
    assert!(
        preview.summary.starts_with(
            "1 new invoice and 1 credit note of 2 new clients, 1 updated, 1 unchanged, 2 skipped"
        ),
        "{}",
        preview.summary
    );
    let told: Vec<_> = preview.rows.iter().map(|row| (row.number.as_str(), row.becomes)).collect();
    assert_eq!(
        told,
        [("2026-7", "new"), ("2026-8", "new credit note"), ("2026-7", "paid now"), ("2026-7", "unchanged")],
        "a row that is skipped is not among those that come in"
    );
    let [differs, unnumbered] = preview.skipped.as_slice() else { panic!("{:?}", preview.skipped) };
    assert!(differs.starts_with("line 3: the same invoice stands on line 2"), "{differs}");
    assert_eq!(unnumbered, "line 5: no number given");
    assert!(window.shows("new credit note") && window.shows("no number given"));
}

#[test]
fn pasted_rows_come_in_however_the_program_they_come_from_writes_them() {
    let machine = Machine::new();
    let head = "Kunde;Rechnung;Datum;Fällig;Betrag\n";
    let many: String = std::iter::once(head.to_owned())
        .chain((0..5_000).map(|at| format!("Kunde {};R-{at};01.10.2026;31.10.2026;{at},50\n", at % 50)))
        .collect();
    for (rows, summary, first) in [
        (
            "\u{feff}Kunde;Rechnung;Datum;Fällig;Betrag\nAhorn;R-1;01.10.2026;31.10.2026;1.234,56\n",
            "1 new invoice",
            "1234.56",
        ),
        (
            "Kunde\tRechnung\tDatum\tFällig\tBetrag\n\"Ahorn\nKG\"\tR-1\t01.10.2026\t31.10.2026\t99,90\n",
            "1 new invoice",
            "99.90",
        ),
        (many.as_str(), "5,000 new invoices of 50 new clients", "0.50"),
    ] {
        let mut window = machine.open(&machine.path("none.ron"));
        window.press("ctrl+i");
        window.paste(rows);
        window.until(previewed);
        let preview = preview_of(&window);
        assert!(preview.summary.starts_with(summary), "{} {:?}", preview.summary, preview.refused);
        assert!(preview.rows[0].amount.to_string().starts_with(first), "{}", preview.rows[0].amount);
        window.press("enter");
        assert!(window.notice().starts_with("Imported pasted rows"), "{}", window.notice());
    }
    let mut window = machine.open(&machine.path("none.ron"));
    window.press("ctrl+i");
    window.paste("  \n \n");
    assert!(matches!(&window.state().session.overlay, Some(Overlay::Path(_))), "nothing was pasted");
    // One row without a header does not tell its columns, but it is no path.
    window.paste("Ahorn KG\tR-1\t13.10.2026\t31.10.2026\t99,90");
    window.until(previewed);
    let why = preview_of(&window).refused.unwrap_or_default();
    assert!(why.starts_with("no column is found for “client”"), "{why}");
}
