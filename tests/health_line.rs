//! How the health of clients ran over 24 months.

use std::ops::ControlFlow;

use chrono::Months;
use rapport::domain::{AnyRecord, Book, Table};
use rapport::figures::Figures;
use rapport::figures::health::{HealthLines, LinesMemo};
use rapport::store::{load, sample};

use crate::facts::day;

fn lines(memo: &mut LinesMemo, book: &Book) -> HealthLines {
    let mut go_on = || ControlFlow::Continue(());
    match memo.lines(book, sample::ANCHOR, &mut go_on) {
        ControlFlow::Continue(lines) => lines,
        ControlFlow::Break(()) => panic!("nobody broke it off"),
    }
}

fn sampled() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).expect("the sample is a book").book
}

#[test]
fn a_line_is_what_the_table_said_on_each_of_its_days() {
    let book = sampled();
    let lines = lines(&mut LinesMemo::default(), &book);
    assert_eq!((lines.days.len(), lines.days[0]), (25, day("2024-11-20")));
    for (at, on) in lines.days.iter().enumerate() {
        let figures = Figures::of(&book, *on);
        for client in book.clients() {
            let told = figures.healths.client(client.id());
            let over = client.client.over().is_some_and(|ended| ended.day < *on);
            let told = told.filter(|_| !over);
            let told = told.and_then(|it| it.health.score.as_ref().ok()).map(|score| score.points);
            assert_eq!(lines.client(client.id()).unwrap()[at], told, "{} on {on}", client.id());
        }
    }
}

#[test]
fn after_an_edit_the_lines_are_those_worked_out_from_nothing() {
    let (book, mut memo) = (sampled(), LinesMemo::default());
    lines(&mut memo, &book);
    let mut touches = book.records().filter(|record| record.table() == Table::Touches);
    let edited = touches.find_map(|touch| book.without(Table::Touches, touch.id_str()).ok());
    let edited = edited.expect("the sample has a touch that nothing names");
    let invoice = edited.records().find_map(|record| match record {
        AnyRecord::Invoice(invoice) if invoice.payments.len() == 1 => Some(invoice),
        _ => None,
    });
    let mut late = rapport::domain::Invoice::clone(&invoice.expect("the sample has paid invoices"));
    late.payments[0].day = late.payments[0].day.checked_add_months(Months::new(1)).expect("a day");
    let edited = edited.with(AnyRecord::Invoice(late.into())).expect("it names what it named");
    assert_eq!(lines(&mut memo, &edited), lines(&mut LinesMemo::default(), &edited));
}

#[test]
fn it_is_broken_off_when_nobody_waits() {
    let mut steps = 0;
    let mut step = || {
        steps += 1;
        if steps < 5 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    assert!(LinesMemo::default().lines(&sampled(), sample::ANCHOR, &mut step).is_break());
    assert_eq!(steps, 5);
}
