//! Health of clients, against numbers worked out by hand: each indicator, the band, the kinds, and what would mend it.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::sync::Arc;

use rapport::domain::{Basis, Business, ClientId, ClientKind, Currency};
use rapport::figures::health::mend::{Change, Mend, mends};
use rapport::figures::health::{ClientHealth, Indicator, Level, Reading, Score};
use rapport::figures::proof::{Unit, Value};
use rapport::figures::{Answer, Decided, Figures, Memo, Unknown};
use rust_decimal::Decimal;

use crate::facts::{book_of, day, money};

const ACME: &str = r#"client (id: "acme", name: "Acme", added: "2024-01-01")"#;

fn firm() -> Business {
    Business {
        target_rate: Some(money("80 EUR")),
        break_even_rate: Some(money("50 EUR")),
        ..Business::new(Currency::EUR)
    }
}

/// The figures of a book of Acme and these records.
fn figures(lines: &[&str], on: &str) -> Arc<Figures> {
    Figures::of(&book_of(firm(), &[&[ACME], lines].concat()), day(on))
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

fn health(lines: &[&str], on: &str) -> Arc<ClientHealth> {
    figures(lines, on).healths.client(&acme()).unwrap().clone()
}

fn reading(lines: &[&str], on: &str, indicator: Indicator) -> Reading {
    health(lines, on).health.reading(indicator).unwrap().as_ref().clone()
}

/// The points of an indicator to two decimals.
fn points(lines: &[&str], on: &str, indicator: Indicator) -> Answer<String> {
    reading(lines, on, indicator).points.map(|it| it.round_dp(2).normalize().to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with an answer")]
fn known(points: &str) -> Answer<String> {
    Ok(points.to_owned())
}

fn kind(lines: &[&str], on: &str) -> Option<Decided> {
    figures(lines, on).client(&acme()).unwrap().kind.clone()
}

fn mend(lines: &[&str], on: &str, indicator: Indicator) -> Answer<Option<Mend>> {
    let all = mends(&firm(), &figures(lines, on), &acme());
    all.into_iter().find(|(of, _)| *of == indicator).unwrap().1
}

/// An invoice of Acme over a price without tax, with more fields.
fn invoice(id: &str, issued: &str, due: &str, price: &str, more: &str) -> String {
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "{issued}", due: "{due}",
            lines: [(result: "x", price: "{price}")], {more})"#
    )
}

fn paid(id: &str, issued: &str, due: &str, price: &str, on: &str) -> String {
    invoice(id, issued, due, price, &format!(r#"payments: [(day: "{on}", amount: "{price}")]"#))
}

fn touch(id: &str, on: &str, direction: &str, more: &str) -> String {
    format!(r#"touch (id: "{id}", client: "acme", day: "{on}", direction: {direction}, {more})"#)
}

fn work(id: &str, on: &str, hours: &str, more: &str) -> String {
    format!(r#"work (id: "{id}", client: "acme", day: "{on}", hours: "{hours}", {more})"#)
}

/// A deal that went through these stages, each written `day stage`.
fn deal(id: &str, stages: &[&str], more: &str) -> String {
    let stages: Vec<String> = stages
        .iter()
        .map(|it| {
            let (on, stage) = it.split_once(' ').unwrap();
            format!(r#"(day: "{on}", stage: "{stage}")"#)
        })
        .collect();
    format!(r#"deal (id: "{id}", client: "acme", title: "{id}", stages: [{}], {more})"#, stages.join(", "))
}

fn all(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

// Pays as agreed.

#[test]
fn days_beyond_terms_are_weighted_by_amount_and_drawn_to_the_books_mean() {
    let own = [
        paid("1", "2026-01-01", "2026-01-10", "1000 EUR", "2026-01-20"),
        paid("2", "2026-02-01", "2026-02-10", "3000 EUR", "2026-02-12"),
    ];
    let bolt = [
        r#"client (id: "bolt", name: "Bolt", added: "2024-01-01")"#.to_owned(),
        paid("3", "2026-01-01", "2026-01-01", "4000 EUR", "2026-01-13").replace("acme", "bolt"),
    ];
    // Own: (1000 × 10 + 3000 × 2) / 4000 = 4 days. Bolt's: 12. All three: (16000 + 48000) / 8000 = 8, drawn to a week by three:
    // (3 × 8 + 3 × 7) / 6 = 7.5. Drawn by three invoices of that: (2 × 4 + 3 × 7.5) / 5 = 6.1. (45 − 6.1) / 45 = 86.44 points,
    // three times, and 100 for nothing overdue, disputed or lost: (259.33 + 100) / 4 = 89.83.
    let lines = [own.as_slice(), &bolt].concat();
    let with_bolt = reading(&all(&lines), "2026-03-01", Indicator::Pays);
    assert_eq!(with_bolt.points.unwrap().round_dp(2), Decimal::new(8983, 2));
    assert_eq!(with_bolt.value.unwrap().number(), Some(Decimal::from(4)));
    assert_eq!(with_bolt.evidence.words(), "2 invoices");
    // Alone it is not drawn to itself: (2 × 4 + 3 × 7) / 5 = 5.8; (2 × 4 + 3 × 5.8) / 5 = 5.08; (45 − 5.08) / 45 = 88.71;
    // (266.13 + 100) / 4 = 91.53.
    assert_eq!(points(&all(&own), "2026-03-01", Indicator::Pays), known("91.53"));
}

#[test]
fn what_is_overdue_counts_to_the_day_and_is_worse_than_what_came_as_late() {
    let open = [invoice("1", "2026-02-15", "2026-03-01", "1000 EUR", "")];
    // 18 days are drawn to a week: (18 + 3 × 7) / 4 = 9.8 are the book's, (18 + 3 × 9.8) / 4 = 11.85. (45 − 11.85) / 45 = 73.67,
    // three times. In doubt: all of what was invoiced × 18 / 45, a quarter of it 0.1 of it; none of the points at 0.25: 60.
    // (221 + 60) / 4 = 70.25.
    assert_eq!(points(&all(&open), "2026-03-19", Indicator::Pays), known("70.25"));
    // Paid on that day nothing is in doubt: (221 + 100) / 4 = 80.25.
    let late = [paid("1", "2026-02-15", "2026-03-01", "1000 EUR", "2026-03-19")];
    assert_eq!(points(&all(&late), "2026-03-19", Indicator::Pays), known("80.25"));
    // It stays so, while the open one gets worse: (45 + 3 × 16.5) / 4 = 23.625 days have 47.5 points, and the doubt has none.
    assert_eq!(points(&all(&late), "2026-04-15", Indicator::Pays), known("80.25"));
    assert_eq!(points(&all(&open), "2026-04-15", Indicator::Pays), known("35.62"));
    assert!(points(&all(&open), "2026-02-20", Indicator::Pays).is_err(), "nothing was due yet");
}

#[test]
fn a_bill_that_is_still_open_counts_however_old_it_is_and_one_that_was_paid_late_is_over_after_the_window() {
    let open = [invoice("1", "2022-01-01", "2022-01-15", "1000 EUR", "")];
    let pays = reading(&all(&open), "2026-03-19", Indicator::Pays);
    assert_eq!(pays.points, Ok(Decimal::ZERO));
    assert!(pays.says.ends_with("100\u{a0}% of what was invoiced is overdue."), "{}", pays.says);
    let late = [paid("1", "2022-01-01", "2022-01-15", "1000 EUR", "2023-01-01")];
    assert!(points(&all(&late), "2026-03-19", Indicator::Pays).is_err());
}

#[test]
fn a_dispute_counts_a_quarter_and_half_of_that_once_it_is_settled() {
    let of = |dispute: &str| {
        let lines = [
            paid("1", "2026-01-01", "2026-01-10", "1000 EUR", "2026-01-10"),
            invoice("2", "2026-02-20", "2026-03-20", "1000 EUR", dispute),
        ];
        points(&all(&lines), "2026-03-01", Indicator::Pays)
    };
    // The one on its day is drawn to 3.9 days by a week: 91.33 points, three times: 274. (274 + 100) / 4.
    assert_eq!(of(""), known("93.5"));
    // ¼ × 1000 / 2000 = 0.125: 50 points; (274 + 50) / 4.
    assert_eq!(of(r#"disputes: [(from: "2026-02-25")]"#), known("81"));
    // Half of it: 0.0625: 75 points; (274 + 75) / 4.
    assert_eq!(of(r#"disputes: [(from: "2026-02-25", until: "2026-02-28")]"#), known("87.25"));
}

#[test]
fn a_loss_counts_by_its_cause_and_a_misunderstanding_against_the_agreement() {
    let of = |cause: &str| {
        let lost = format!(r#"write_off: (day: "2026-02-20", cause: {cause})"#);
        vec![
            paid("1", "2026-01-01", "2026-01-10", "1800 EUR", "2026-01-10"),
            invoice("2", "2026-01-01", "2026-01-10", "200 EUR", &lost),
            deal("site", &["2026-01-05 in_work"], r#"agreement: (signed: "2026-01-02")"#),
        ]
    };
    let pays = |cause| points(&all(&of(cause)), "2026-03-01", Indicator::Pays);
    let writing = |cause| points(&all(&of(cause)), "2026-03-01", Indicator::Writing);
    // 200 of 2000 is a tenth: (1 − 0.1 / 0.25) = 60 points. As 45 days late it makes 4.5 of the two, the book's mean is then 6, and
    // (2 × 4.5 + 3 × 6) / 5 = 5.4 days have 88 points: (264 + 60) / 4.
    assert_eq!((pays("will_not"), pays("cannot")), (known("81"), known("81")));
    // Half blame: 100 of 1900 make 2.37 days, drawn to 4.007: 91.09 points; (273.28 + 80) / 4.
    assert_eq!(pays("dissatisfied"), known("88.32"));
    let says = reading(&all(&of("dissatisfied")), "2026-03-01", Indicator::Pays).says;
    assert!(says.ends_with("10\u{a0}% of what was invoiced is lost, which counts as 5\u{a0}%."), "{says}");
    assert_eq!(pays("misunderstanding"), known("93.5"));
    // Signed 100 twice, no down payment 0, understood alike: 100, or 60 for the tenth: (200 + 0 + 60) / 4.
    assert_eq!((writing("will_not"), writing("misunderstanding")), (known("75"), known("65")));
}

#[test]
fn what_was_lost_to_a_misunderstanding_is_known_of_the_agreements_though_no_deal_was_noted() {
    let lost = |more: &str| {
        [
            paid("1", "2026-01-01", "2026-01-10", "900 EUR", "2026-01-10"),
            invoice("2", "2026-01-01", "2026-01-10", "100 EUR", more),
        ]
    };
    let read = |more: &str| reading(&all(&lost(more)), "2026-03-01", Indicator::Writing);
    // 100 of 1,000 is a tenth: (1 − 0.1 / 0.25) = 60 points, and nothing else is known of it.
    let misunderstood = read(r#"write_off: (day: "2026-02-20", cause: misunderstanding)"#);
    assert_eq!(misunderstood.points, Ok(Decimal::from(60)));
    assert_eq!(
        misunderstood.says,
        "No job began in the window; 10\u{a0}% of what was invoiced written off as misunderstood."
    );
    assert_eq!(misunderstood.evidence.words(), "2 invoices");
    assert_eq!(misunderstood.value.unwrap_err().0, "no job began in the window");
    // That nothing was lost tells nothing where nothing was agreed.
    assert!(read("").points.is_err());
    assert!(read(r#"write_off: (day: "2026-02-20", cause: will_not)"#).points.is_err());
    // A signed deal mends it: (200 + 0 + 60) / 4 = 65.
    let lines = lost(r#"write_off: (day: "2026-02-20", cause: misunderstanding)"#);
    let mend = mend(&all(&lines), "2026-03-01", Indicator::Writing).unwrap().unwrap();
    assert!(mend.to > Decimal::from(60), "{mend:?}");
}

#[test]
fn a_client_whose_only_bill_was_lost_is_known_to_be_bad_not_unknown() {
    let lost = r#"write_off: (day: "2026-02-20", cause: will_not)"#;
    let lines = [invoice("1", "2026-01-01", "2026-01-10", "200 EUR", lost)];
    let pays = reading(&all(&lines), "2026-03-01", Indicator::Pays);
    // As 45 days late, drawn to 23.625 by the book's mean of 16.5: 47.5 points; (142.5 + 0) / 4.
    assert_eq!(pays.points, Ok("35.625".parse().unwrap()));
    assert_eq!(pays.says, "Paid nothing of 1 invoice; 100\u{a0}% of what was invoiced is lost.");
    assert_eq!(pays.evidence.words(), "1 invoice");
}

#[test]
fn a_promise_to_pay_that_was_moved_with_a_word_is_near_kept_and_a_silent_slip_is_not() {
    let with = |promised: &str, paid: &str| {
        let more = format!(r#"promised: [{promised}], payments: [(day: "{paid}", amount: "100 EUR")]"#);
        let lines = [invoice("1", "2026-01-01", "2026-03-01", "100 EUR", &more)];
        points(&all(&lines), "2026-03-20", Indicator::Pays)
    };
    // Paid before the day: 100 points for the days (three times) and for no doubt; the promises count once.
    // Kept: (300 + 100 + 100) / 5.
    assert_eq!(with(r#"(day: "2026-01-12", pay_by: "2026-01-20")"#, "2026-01-20"), known("100"));
    // Moved with a word and kept then: (75 + 100) / 2 = 87.5; (400 + 87.5) / 5.
    let moved = r#"(day: "2026-01-12", pay_by: "2026-01-20"), (day: "2026-01-19", pay_by: "2026-01-30")"#;
    assert_eq!(with(moved, "2026-01-30"), known("97.5"));
    // Slipped: 0; 400 / 5.
    assert_eq!(with(r#"(day: "2026-01-12", pay_by: "2026-01-20")"#, "2026-01-25"), known("80"));
}

// Worth the effort.

#[test]
fn an_hour_is_worth_what_is_left_of_finished_work_against_both_rates() {
    let lines = [
        invoice(
            "1",
            "2026-01-01",
            "2026-01-31",
            "1000 EUR",
            r#"tax: "20%", payments: [(day: "2026-01-20", amount: "1200 EUR")]"#,
        ),
        r#"expense (id: "e", what: "Font", amount: "100 EUR", day: "2026-01-05", client: "acme")"#.to_owned(),
        work("w", "2026-01-02", "14.5", ""),
        work("x", "2026-01-03", "0.5", "purpose: relationship"),
    ];
    // (1000 − 100) / 15 = 60 an hour; 40 points at break-even 50, 100 at the target 80: 40 + 60 × 10 / 30.
    let effort = reading(&all(&lines), "2026-03-01", Indicator::Effort);
    assert_eq!(effort.points, Ok(Decimal::from(60)));
    assert_eq!(effort.says, "Leaves 60.00 EUR an hour, from 15 hours; the target is 80, break-even 50.");
    assert!(points(&all(&lines[..2]), "2026-03-01", Indicator::Effort).is_err(), "no hours, no answer");
    // An open job's hours and money stay out until it is delivered.
    let job = |delivered: &str| deal("job", &["2026-01-06 in_work"], delivered);
    let more = work("y", "2026-01-04", "100", r#"deal: "job""#);
    let with = |job: String| {
        points(&all(&[lines.as_slice(), &[job, more.clone()]].concat()), "2026-03-01", Indicator::Effort)
    };
    assert_eq!(with(job("")), known("60"));
    // Delivered, it waits for its bill as long as one is to be expected.
    assert_eq!(with(job(r#"delivered: "2026-02-01""#)), known("60"));
    // 900 / 115 = 7.83 an hour; 40 × 7.83 / 50 = 6.264.
    assert_eq!(with(job(r#"delivered: "2025-12-30""#)), known("6.26"));
}

#[test]
fn hours_and_money_of_a_job_are_in_the_window_together_or_not_at_all() {
    let of_deal =
        |line: String, deal: &str| line.replacen("client:", &format!(r#"deal: "{deal}", client:"#), 1);
    let lines = [
        deal("old", &["2024-09-01 in_work"], r#"value: "4500 EUR", delivered: "2024-11-20""#),
        of_deal(work("w1", "2024-10-10", "100", ""), "old"),
        of_deal(paid("1", "2024-11-25", "2024-12-10", "4500 EUR", "2024-12-10"), "old"),
        deal("new", &["2026-06-01 in_work"], r#"value: "400 EUR", delivered: "2026-06-20""#),
        of_deal(work("w2", "2026-06-10", "10", ""), "new"),
        of_deal(paid("2", "2026-06-25", "2026-07-10", "400 EUR", "2026-07-10"), "new"),
    ];
    let an_hour =
        |on: &str| reading(&all(&lines), on, Indicator::Effort).value.ok().and_then(|it| it.number());
    // 4900 EUR for 110 hours, as long as the last hour of the first job lies within 24 months; then 400 for 10.
    assert_eq!(an_hour("2026-10-01"), Some(Decimal::new(4455, 2)));
    assert_eq!(an_hour("2026-11-28"), Some(Decimal::from(40)));
    // Of a job that goes on across its edge as much counts as its hours in the window are of all: at work and short, or done.
    for (done, worth) in [("", "4000 EUR"), (r#", delivered: "2026-10-20""#, "3000 EUR")] {
        let lines = [
            deal("long", &["2024-10-02 in_work"], &format!(r#"value: "{worth}"{done}"#)),
            of_deal(work("w1", "2024-11-10", "80", ""), "long"),
            of_deal(work("w2", "2026-10-10", "20", ""), "long"),
            of_deal(paid("1", "2026-10-25", "2026-11-10", "3000 EUR", "2026-11-10"), "long"),
        ];
        let read = reading(&all(&lines), "2026-11-28", Indicator::Effort);
        let an_hour = if done.is_empty() { 40 } else { 30 };
        assert_eq!(read.value.unwrap().number(), Some(Decimal::from(an_hour)), "{}", read.says);
        assert!(read.says.contains("from 20 hours"), "{}", read.says);
    }
    // Without a deal a bill is in it by the day it was issued, whenever it is paid.
    let by = |on: &str| {
        let lines = [
            work("w1", "2024-11-01", "10", ""),
            paid("1", "2024-11-05", "2024-11-20", "450 EUR", on),
            work("w2", "2026-06-10", "10", ""),
            paid("2", "2026-06-25", "2026-07-10", "400 EUR", "2026-07-10"),
        ];
        reading(&all(&lines), "2026-11-28", Indicator::Effort).value.ok().and_then(|it| it.number())
    };
    assert_eq!((by("2024-11-10"), by("2025-03-01")), (Some(Decimal::from(40)), Some(Decimal::from(40))));
}

#[test]
fn who_never_said_a_word_has_open_lines_neither_good_nor_bad_until_they_should_have() {
    let mine = [touch("o", "2026-02-20", "out", "")];
    let read = |on| reading(&all(&mine), on, Indicator::Lines);
    let why = "they have not said a word so far, and need not have";
    assert_eq!(read("2026-03-01").points, Err(Unknown::because(why)));
    // From the 46th day on their silence counts.
    assert!(read("2026-04-06").points.is_err() && read("2026-04-07").points.is_ok());
    // Nor is it early where they owe an answer.
    let asked = [touch("o", "2026-02-20", "out", "answer_wanted: true")];
    assert!(reading(&all(&asked), "2026-03-10", Indicator::Lines).points.is_ok());
}

#[test]
fn part_of_an_hour_is_never_no_hours_and_a_few_are_too_few_to_judge() {
    let of = |hours: &str| {
        let bill = paid("1", "2026-01-01", "2026-01-31", "50 EUR", "2026-01-31");
        reading(&all(&[bill, work("w", "2026-01-02", hours, "")]), "2026-03-01", Indicator::Effort)
    };
    let effort = of("0.5");
    assert_eq!(effort.says, "Leaves 100.00 EUR an hour, from 0.5 hours; that is judged from 4 hours on.");
    assert_eq!(effort.evidence.pieces, Decimal::new(625, 4), "half of an eighth of a piece");
    assert!(of("3.9").points.is_err());
    assert_eq!(of("4").points, Ok(Decimal::from(10)), "12.50 of 50");
}

#[test]
fn what_names_no_deal_waits_with_the_one_at_work() {
    // The bill of the job stays out, and so must the hours that may be for it.
    let job = |more: &str| deal("job", &["2026-01-05 agreed", "2026-01-10 in_work"], more);
    let of_job = r#"deal: "job", payments: [(day: "2026-01-31", amount: "800 EUR")]"#;
    let lines = |job: String| {
        vec![
            job,
            invoice("1", "2026-01-06", "2026-01-31", "800 EUR", of_job),
            work("w", "2026-01-12", "10", ""),
        ]
    };
    let read = reading(&all(&lines(job(""))), "2026-03-01", Indicator::Effort);
    assert_eq!(
        read.says,
        "Not known: no hours were noted in the window for finished work; 10 hours wait for what is under way."
    );
    // Once it is delivered both count.
    let done = lines(job(r#"delivered: "2026-02-01""#));
    assert_eq!(points(&all(&done), "2026-03-01", Indicator::Effort), known("100"));
    // A bill that names no deal waits like the hours; what was before the job counts.
    let mut before = lines(job(""));
    before.push(paid("2", "2026-01-02", "2026-01-31", "500 EUR", "2026-01-31"));
    before.push(paid("3", "2026-01-20", "2026-01-31", "900 EUR", "2026-01-31"));
    before.push(work("v", "2026-01-02", "10", ""));
    assert_eq!(points(&all(&before), "2026-03-01", Indicator::Effort), known("40"), "500 for 10 hours");
}

#[test]
fn a_deal_at_work_counts_once_it_is_known_to_fall_short_and_one_on_a_regular_fee_always() {
    let at_work = |more: &str| deal("job", &["2026-01-05 agreed", "2026-01-10 in_work"], more);
    let hours = |hours: &str| work("w", "2026-01-12", hours, r#"deal: "job""#);
    let of = |lines: &[String]| reading(&all(lines), "2026-03-01", Indicator::Effort);
    let worth = at_work(r#"value: "1000 EUR""#);
    assert!(of(&[worth.clone(), hours("19")]).points.is_err(), "52.63 an hour by now: it may still pay");
    // 25 an hour at most, and fewer with each further one: 40 x 25 / 50.
    let short = vec![worth, hours("40")];
    let read = of(&short);
    assert_eq!(read.points, Ok(Decimal::from(20)));
    assert!(read.says.starts_with("Leaves 25.00 EUR an hour, from 40 hours"), "{}", read.says);
    // What was paid of it changes nothing, what was spent for it does: (1000 - 200) / 40.
    let part = r#"deal: "job", payments: [(day: "2026-01-31", amount: "800 EUR")]"#;
    let part = invoice("1", "2026-01-06", "2026-01-31", "800 EUR", part);
    let with = |more: String| of(&[short.as_slice(), &[more]].concat());
    assert_eq!(with(part).points, Ok(Decimal::from(20)));
    let font = r#"expense (id: "e", what: "Font", amount: "200 EUR", day: "2026-01-15", client: "acme", deal: "job")"#;
    assert_eq!(with(font.to_owned()).points, Ok(Decimal::from(16)));
    // Hours of the day before it was won are none of it, also where it was talked about by then.
    let talked = deal("job", &["2025-10-01 conversation", "2026-01-05 agreed"], "");
    let earlier =
        [paid("2", "2025-12-01", "2025-12-31", "500 EUR", "2025-12-31"), work("v", "2025-12-02", "10", "")];
    let read = of(&[&[talked][..], &earlier].concat());
    assert_eq!(read.points, Ok(Decimal::from(40)), "50 an hour");
    // What is paid as it goes has no outcome to wait for.
    let fee = [
        at_work("basis: retainer"),
        hours("10"),
        paid("3", "2026-01-06", "2026-01-31", "500 EUR", "2026-01-31"),
    ];
    assert_eq!(of(&fee).points, Ok(Decimal::from(40)));
}

#[test]
fn what_is_left_to_bill_of_finished_work_is_the_least_that_mends_it() {
    // Over only because no bill is expected any more: one over part of the rest would make it wait again.
    let lines = |more: &[String]| {
        let mut lines = vec![
            deal("job", &["2026-06-01 in_work"], r#"value: "5000 EUR", delivered: "2026-08-01""#),
            work("w", "2026-07-01", "40", r#"deal: "job""#),
            paid("1", "2026-08-02", "2026-08-16", "1000 EUR", "2026-08-16").replacen(
                "client:",
                r#"deal: "job", client:"#,
                1,
            ),
        ];
        lines.extend_from_slice(more);
        lines
    };
    let on = "2026-11-30";
    assert_eq!(points(&all(&lines(&[])), on, Indicator::Effort), known("20"), "25 an hour");
    let mend = mend(&all(&lines(&[])), on, Indicator::Effort).unwrap().unwrap();
    assert_eq!(
        mend.says,
        "+80 points if 4,000.00 EUR more is billed and paid for finished work, which makes a good rate: 20 → 100."
    );
    let rest = paid("2", on, on, "4000 EUR", on).replacen("client:", r#"deal: "job", client:"#, 1);
    assert_eq!(points(&all(&lines(&[rest])), on, Indicator::Effort), known("100"));
}

#[test]
fn neither_a_lost_deal_nor_a_price_billed_in_full_is_billed_once_more() {
    let job = |more: &str| {
        [
            deal(
                "job",
                &["2026-01-05 agreed"],
                &format!(r#"value: "800 EUR", delivered: "2026-02-01", {more}"#),
            ),
            work("w", "2026-01-12", "16", r#"deal: "job""#),
            invoice(
                "1",
                "2026-02-02",
                "2026-02-16",
                "800 EUR",
                r#"deal: "job", payments: [(day: "2026-02-10", amount: "800 EUR")]"#,
            ),
            deal("dream", &["2026-01-10 proposal", "2026-02-20 lost"], r#"value: "50000 EUR""#),
            work("d", "2026-02-10", "4", r#"deal: "dream", purpose: before_sale"#),
        ]
    };
    let of = |lines: &[String]| mend(&all(lines), "2026-03-01", Indicator::Effort).unwrap().unwrap();
    // 20 hours left 40 each; a good rate is 71, which leaves 70 points: 620 more.
    let next = of(&job(""));
    assert_eq!(next.changes.len(), 1, "{}", next.says);
    assert!(next.says.contains("the next job leaves"), "{}", next.says);
    let Change::DearerJob { amount, .. } = &next.changes[0] else { panic!("{}", next.says) };
    assert!(amount.amount < Decimal::ONE_THOUSAND, "{}", next.says);
    // What goes by the hour can be billed for the hours.
    let by_hour = of(&job("basis: time"));
    assert!(by_hour.says.contains("more is billed and paid for finished work"), "{}", by_hour.says);
    // Once an end is agreed no next job is to come.
    let ends = r#"client (id: "acme", name: "Acme", ended: (day: "2026-05-31", agreed: "2026-02-25"))"#;
    let book = book_of(firm(), &[&[ends][..], &all(&job(""))].concat());
    let mends = mends(&firm(), &Figures::of(&book, day("2026-03-01")), &acme());
    let (_, effort) = mends.into_iter().find(|(of, _)| *of == Indicator::Effort).unwrap();
    assert!(effort.is_err(), "{effort:?}");
}

#[test]
fn a_deal_that_was_won_is_an_order_before_it_is_invoiced() {
    let old = paid("1", "2024-10-01", "2024-10-15", "1000 EUR", "2024-10-15");
    let won = |id: &str, more: &str| deal(id, &["2026-02-10 agreed"], more);
    let says = |lines: &[String]| reading(&all(lines), "2026-03-01", Indicator::Returns).says;
    let once = says(std::slice::from_ref(&old));
    assert!(once.starts_with("One order, the last 516 days ago; "), "{once}");
    let three = [old.clone(), won("a", ""), won("b", "")];
    assert!(says(&three).starts_with("3 orders, the last 19 days ago; "), "{}", says(&three));
    // Its invoice is the same order, of the day it was won; what a fee is for is none, and one that was broken off later was one.
    let bill = invoice("2", "2026-02-20", "2026-03-20", "500 EUR", r#"deal: "a""#);
    let billed = [three.as_slice(), &[bill]].concat();
    assert!(says(&billed).starts_with("3 orders, the last 19 days ago; "), "{}", says(&billed));
    let lost = deal("b", &["2026-02-10 agreed", "2026-02-20 lost"], "");
    let others = [old, won("a", "basis: retainer"), lost];
    assert!(says(&others).starts_with("2 orders, "), "{}", says(&others));
}

#[test]
fn one_old_debt_makes_nobody_else_late() {
    let mut lines: Vec<String> = monthly(0).into_iter().take(5).collect();
    let alone = reading(&all(&lines), "2025-11-01", Indicator::Pays).points.unwrap();
    lines.push(r#"client (id: "other", name: "Other")"#.to_owned());
    lines.push(
        invoice("old", "2022-03-01", "2022-03-15", "10000 EUR", "")
            .replace(r#"client: "acme""#, r#"client: "other""#),
    );
    let beside = reading(&all(&lines), "2025-11-01", Indicator::Pays);
    // Ten of fifteen thousand by 45 days: 30 of six, with a week three times (6 x 30 + 21) / 9 = 22.3; (5 x 0 + 3 x 22.3) / 8 = 8.4.
    assert!(beside.measures[0].says.contains("drawn to 8.4 by"), "{}", beside.measures[0].says);
    assert!(alone > beside.points.unwrap());
}

#[test]
fn a_fee_that_was_raised_goes_on_and_one_that_ended_is_told_so() {
    let fee = |id: &str, from: &str, until: &str| {
        format!(
            r#"retainer (id: "{id}", client: "acme", what: "Care", amount: "100 EUR", every: "1 month", agreed: "{from}",
                from: "{from}", {until})"#
        )
    };
    let raised =
        [monthly(0), vec![fee("a", "2024-01-01", r#"until: "2025-10-31""#), fee("b", "2025-11-01", "")]]
            .concat();
    let regular = |lines: &[String], on: &str| kind(&all(lines), on).unwrap().why();
    for on in ["2025-10-31", "2025-11-01", "2025-12-31"] {
        assert!(regular(&raised, on).ends_with("on a regular fee"), "{on}: {}", regular(&raised, on));
    }
    let ended = fee("a", "2024-12-01", r#"until: "2025-10-31""#);
    assert_eq!(
        regular(std::slice::from_ref(&ended), "2026-01-15"),
        "a regular fee that ended on 31 Oct 2025, and no job"
    );
    let why = reading(&[&ended], "2026-01-15", Indicator::Returns).points.unwrap_err();
    assert_eq!(why.0, "a fee that is over is no order");
}

#[test]
fn what_was_lost_does_not_make_late_what_was_paid_on_the_day() {
    let mut lines: Vec<String> = monthly(0).into_iter().take(4).collect();
    lines.push(invoice(
        "5",
        "2025-05-01",
        "2025-05-10",
        "1000 EUR",
        r#"write_off: (day: "2025-05-20", cause: cannot)"#,
    ));
    let pays = reading(&all(&lines), "2025-07-01", Indicator::Pays);
    assert_eq!(pays.says, "Pays on the day, from 5 invoices; 20\u{a0}% of what was invoiced is lost.");
    assert_eq!(pays.value.unwrap().number(), Some(Decimal::ZERO));
    // It counts all the same: 45 of five thousand days a fifth.
    assert!(
        pays.measures[0].says.starts_with("9 days late with what is lost, drawn to "),
        "{}",
        pays.measures[0].says
    );
    let decided = kind(&all(&lines), "2025-07-15").unwrap();
    assert_eq!(decided.kind, ClientKind::SteppingStone, "{}", decided.why());
    assert!(!decided.why().contains("late"), "{}", decided.why());
}

#[test]
fn a_first_job_that_is_done_is_not_under_way_because_a_fee_runs() {
    let fee = r#"retainer (id: "f", client: "acme", what: "Care", amount: "100 EUR", every: "1 month", agreed: "2025-12-01",
        from: "2025-12-10")"#;
    let job = |more: &str| deal("job", &["2025-11-01 in_work"], more);
    let why = |line: &str| kind(&[line, fee], "2026-01-15").unwrap().why();
    assert_eq!(why(&job("")), "the first job is under way");
    assert_eq!(why(&job(r#"delivered: "2025-12-01""#)), "the first job is just done");
}

#[test]
fn the_next_job_is_as_large_as_their_orders_net_and_without_their_fees() {
    let fee = r#"retainer (id: "f", client: "acme", what: "Care", amount: "90 EUR", every: "1 month", agreed: "2025-01-01",
        from: "2025-01-01")"#;
    let of_fee = |id: &str, on: &str| invoice(id, on, on, "90 EUR", r#"retainer: "f", tax: "20%""#);
    let part = |id: &str| invoice(id, "2025-03-01", "2025-03-15", "500 EUR", r#"deal: "job", tax: "20%""#);
    let lines = vec![
        fee.to_owned(),
        of_fee("1", "2025-01-01"),
        of_fee("2", "2025-02-01"),
        deal("job", &["2025-02-01 in_work"], r#"value: "1000 EUR""#),
        part("3"),
        part("4"),
    ];
    let next = mend(&all(&lines), "2025-03-20", Indicator::Writing).unwrap().unwrap();
    assert!(next.says.contains("of 1,000.00 EUR"), "{}", next.says);
}

#[test]
fn a_fee_without_a_job_is_called_no_job_and_one_for_maintenance_is_regular() {
    let fee = |more: &str| {
        format!(
            r#"retainer (id: "f", client: "acme", what: "Care", amount: "100 EUR", every: "1 month", agreed: "2025-12-01", {more})"#
        )
    };
    let of = |line: &str| told(kind(&[line], "2026-01-15")).unwrap();
    let new = |says: &str| (ClientKind::New, says.to_owned());
    assert_eq!(of(&fee(r#"from: "2025-12-10""#)), new("a regular fee was just agreed, and no job yet"));
    let over = fee(r#"from: "2025-12-10", until: "2025-12-31""#);
    assert_eq!(of(&over), new("a regular fee has just ended, and there was no job"));
    let care = deal("care", &["2024-03-01 in_work"], "basis: retainer");
    let lines = [&monthly(0)[..4], &[care]].concat();
    let decided = kind(&all(&lines), "2025-11-01").unwrap();
    assert!(decided.why().ends_with("on a regular fee"), "{}", decided.why());
}

#[test]
fn with_whom_it_has_ended_there_is_nothing_to_mend() {
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-10-01", why: "moved away"))"#;
    let bill = invoice("1", "2026-08-01", "2026-08-15", "1000 EUR", "");
    let figures = Figures::of(&book_of(firm(), &[ended, &bill]), day("2026-11-01"));
    let mends = mends(&firm(), &figures, &acme());
    let (_, pays) = mends.into_iter().find(|(of, _)| *of == Indicator::Pays).unwrap();
    assert_eq!(pays, Err(Unknown::because("it has ended, and nothing is to be brought about")));
}

#[test]
fn what_was_written_off_of_a_deal_at_work_is_nothing_that_it_brings() {
    let off = |amount: &str| {
        let off = r#"deal: "job", write_off: (day: "2026-02-20", cause: will_not)"#;
        [
            deal("job", &["2026-01-05 agreed", "2026-01-10 in_work"], r#"value: "2000 EUR""#),
            work("w", "2026-01-12", "30", r#"deal: "job""#),
            invoice("1", "2026-01-06", "2026-01-31", amount, off),
        ]
    };
    let read = |amount: &str| reading(&all(&off(amount)), "2026-03-01", Indicator::Effort);
    // (2000 - 1000) / 30; of the other 1,700 / 30 nothing is known yet.
    assert!(
        read("1000 EUR").says.starts_with("Leaves 33.33 EUR an hour, from 30 hours"),
        "{}",
        read("1000 EUR").says
    );
    assert!(read("300 EUR").points.is_err());
    let figures = figures(&all(&off("1000 EUR")), "2026-03-01");
    let item = figures.today.items.iter().find(|item| item.id.starts_with("project-at-break-even")).unwrap();
    assert!(item.why.contains("30 hours bring 33.33 EUR each after what was written off"), "{}", item.why);
}

#[test]
fn a_reminder_answers_no_question_of_theirs() {
    let lines = |kind: &str| {
        [touch("q", "2026-01-10", "in", "answer_wanted: true"), touch("m", "2026-01-12", "out", kind)]
    };
    let answers = |kind: &str| {
        let read = reading(&all(&lines(kind)), "2026-02-01", Indicator::Lines);
        read.measures.iter().find(|it| it.what == "My answers").map(|it| it.says.clone())
    };
    assert_eq!(answers("kind: reminder").as_deref(), Some("0 of 1 questions and complaints answered"));
    assert_eq!(answers("").as_deref(), Some("1 of 1 questions and complaints answered"));
}

#[test]
fn a_complaint_that_nobody_answered_is_a_line_that_is_not_open() {
    let of = |answer: &[String]| {
        let said = touch("c", "2026-01-10", "in", "kind: complaint");
        let uneasy = touch("t", "2026-01-11", "in", "temperature: uneasy");
        let lines = [&[said, uneasy, touch("m", "2026-01-12", "in", "")], answer].concat();
        let read = reading(&all(&lines), "2026-02-01", Indicator::Lines);
        read.measures.iter().find(|it| it.what == "My answers").map(|it| it.says.clone())
    };
    assert_eq!(of(&[]).as_deref(), Some("0 of 2 questions and complaints answered"));
    let word = touch("o", "2026-01-13", "out", "");
    assert_eq!(of(&[word]).as_deref(), Some("2 of 2 questions and complaints answered"));
}

#[test]
fn a_word_to_one_of_them_answers_no_question_of_another() {
    let of = |answer: &str| {
        let asked = |id: &str, who: &str| {
            touch(id, "2026-01-10", "in", &format!(r#"answer_wanted: true, person: "{who}""#))
        };
        let lines = [asked("q1", "Quin"), asked("q2", "Quo"), touch("o", "2026-01-12", "out", answer)];
        let read = reading(&all(&lines), "2026-02-01", Indicator::Lines);
        read.measures.iter().find(|it| it.what == "My answers").map(|it| it.says.clone())
    };
    assert_eq!(of(r#"person: "Quin (sales)""#).as_deref(), Some("1 of 2 questions and complaints answered"));
    assert_eq!(of("").as_deref(), Some("2 of 2 questions and complaints answered"));
}

#[test]
fn promises_count_by_the_days_named_and_the_word_that_moved_one_counts_once() {
    let promise = |id: &str, made: &str, due: &str, more: &str| {
        format!(
            r#"promise (id: "{id}", client: "acme", by: them, what: "texts", made: "{made}", due: "{due}", {more})"#
        )
    };
    let of = |lines: &[String], what: &str| {
        let mut lines = lines.to_vec();
        lines.extend([touch("i", "2026-11-20", "in", ""), touch("o", "2026-11-20", "out", "")]);
        let read = reading(&all(&lines), "2026-11-30", Indicator::Lines);
        read.measures.iter().find(|it| it.what == what).map(|it| it.says.clone())
    };
    let old = promise("p", "2024-10-01", "2026-10-30", "");
    assert_eq!(of(&[old], "Their promises").as_deref(), Some("0 of 1 kept, 1 broken"));
    let long_past = promise("p", "2023-10-01", "2024-10-30", "");
    assert_eq!(of(&[long_past], "Their promises"), None);
    let moved = [
        promise("p", "2026-10-01", "2026-11-05", r#"moved: [(day: "2026-11-01", to: "2026-12-15")]"#),
        promise("q", "2026-10-01", "2026-11-05", ""),
        touch("h", "2026-11-01", "in", "kind: heads_up"),
    ];
    assert_eq!(of(&moved, "A word before it slips").as_deref(), Some("1 of 2 times"));
}

#[test]
fn what_is_paid_in_full_is_disputed_no_more_and_a_dispute_is_said() {
    let of = |more: &str| {
        let bill = invoice("1", "2026-01-02", "2026-01-16", "500 EUR", more);
        reading(&all(&[bill]), "2026-03-01", Indicator::Pays)
    };
    let open = of(r#"disputes: [(from: "2026-01-10")], payments: [(day: "2026-01-16", amount: "500 EUR")]"#);
    let settled = of(
        r#"disputes: [(from: "2026-01-10", until: "2026-01-15")], payments: [(day: "2026-01-16", amount: "500 EUR")]"#,
    );
    assert_eq!(open.points, settled.points);
    assert!(open.says.contains("100\u{a0}% of what was invoiced is or was disputed"), "{}", open.says);
}

#[test]
fn the_rate_and_its_last_rise_are_those_of_the_rates() {
    let of = |rates: &str| {
        let client = format!(r#"client (id: "acme", name: "Acme", rates: [{rates}])"#);
        let lines = [
            client,
            deal("job", &["2026-01-05 agreed"], r#"value: "1000 EUR""#),
            touch("i", "2026-01-05", "in", ""),
        ];
        let figures = Figures::of(&book_of(firm(), &all(&lines)), day("2026-03-01"));
        let health = figures.healths.client(&acme()).unwrap().health.clone();
        health.reading(Indicator::Price).unwrap().says.clone()
    };
    let rate = |from: &str, amount: &str| format!(r#"(from: "{from}", rate: "{amount} EUR"),"#);
    let again = of(&[rate("2025-03-01", "70"), rate("2025-12-01", "80"), rate("2026-02-01", "80")].concat());
    assert!(again.ends_with("the rate has been 80.00 EUR for 90 days, and was 70.00 EUR before."), "{again}");
    let fell = of(&[rate("2025-03-01", "70"), rate("2025-12-01", "90"), rate("2026-02-01", "80")].concat());
    assert!(fell.ends_with("the rate has been 80.00 EUR for 28 days, and last rose 90 days ago."), "{fell}");
}

#[test]
fn of_a_deal_at_work_that_falls_short_it_is_said_what_more_is_to_be_agreed() {
    let lines = [
        deal("job", &["2026-01-05 agreed", "2026-01-10 in_work"], r#"value: "1000 EUR""#),
        work("w", "2026-01-12", "40", r#"deal: "job""#),
        r#"expense (id: "e", what: "Font", amount: "200 EUR", day: "2026-01-15", client: "acme", deal: "job")"#
            .to_owned(),
    ];
    let why = mend(&all(&lines), "2026-03-01", Indicator::Effort).unwrap_err();
    // 40 x 50 - (1000 - 200).
    assert_eq!(
        why.0,
        "nothing one can do today lifts it by itself; agree 1,200.00 EUR more for job before you go on, and it brings \
         break-even"
    );
    let agreed = [&lines[1..], &[lines[0].replace("1000 EUR", "2200.01 EUR")]].concat();
    assert!(
        reading(&all(&agreed), "2026-03-01", Indicator::Effort).points.is_err(),
        "its outcome is open again"
    );
}

#[test]
fn a_fee_billed_shortly_before_a_review_still_pays_for_the_hours_after_it() {
    let of = |hours_since: &str| {
        let fee = r#"retainer (id: "fee", client: "acme", what: "Care", amount: "600 EUR", every: "3 months", agreed: "2025-12-01",
            from: "2026-01-02")"#;
        let bill = |id: &str, on: &str| {
            paid(id, on, on, "600 EUR", on).replacen("client:", r#"retainer: "fee", client:"#, 1)
        };
        let lines = [
            fee.to_owned(),
            bill("1", "2026-01-02"),
            bill("2", "2026-04-02"),
            bill("3", "2026-07-02"),
            bill("4", "2026-10-02"),
            work("w1", "2026-02-01", "50", ""),
            work("w2", "2026-10-20", hours_since, ""),
            touch("p1", "2026-03-10", "in", "kind: price_push"),
            touch("r", "2026-10-12", "out", "kind: review"),
            touch("p2", "2026-10-25", "in", "kind: scope_push"),
        ];
        kind(&all(&lines), "2026-11-30").unwrap()
    };
    // 60 an hour of the fee of October; too few hours to judge by; 30 an hour.
    assert_ne!(of("10").kind, ClientKind::Toxic, "{}", of("10").why());
    assert_eq!(of("7").kind, ClientKind::Toxic, "what was before the review holds: {}", of("7").why());
    assert_eq!(of("20").kind, ClientKind::Toxic, "{}", of("20").why());
}

#[test]
fn who_pushes_on_after_a_review_of_a_deal_that_falls_short_is_toxic_before_it_is_delivered() {
    let lines = vec![
        deal("job", &["2025-11-05 agreed", "2025-11-10 in_work"], r#"value: "1000 EUR""#),
        work("w", "2025-12-12", "400", r#"deal: "job""#),
        touch("first", "2026-01-05", "in", "kind: price_push"),
        touch("r", "2026-01-10", "out", "kind: review"),
        touch("p", "2026-01-20", "in", "kind: scope_push"),
    ];
    let decided = kind(&all(&lines), "2026-03-01").unwrap();
    assert_eq!(decided.kind, ClientKind::Toxic, "{}", decided.why());
    assert!(decided.because[0].starts_with("leaves 2.50 EUR an hour"), "{}", decided.why());
}

#[test]
fn what_is_billed_counts_until_it_is_written_off_and_lateness_makes_nobody_toxic() {
    let job = deal("job", &["2026-01-05 agreed"], r#"value: "1000 EUR", delivered: "2026-01-20""#);
    let bill = invoice("1", "2026-01-21", "2026-02-04", "1000 EUR", r#"deal: "job", tax: "20%""#);
    let lines = [job, work("w", "2026-01-12", "10", r#"deal: "job""#), bill];
    let on = |day: &str| points(&all(&lines), day, Indicator::Effort);
    assert!(on("2026-01-20").is_err(), "not billed yet");
    assert_eq!(on("2026-01-21"), known("100"), "100 an hour, not due yet");
    assert_eq!(on("2026-06-21"), known("100"), "late, which tells of how they pay");
    let off = lines[2].replace("tax:", r#"write_off: (day: "2026-06-01", cause: cannot), tax:"#);
    assert_eq!(
        points(&all(&[lines[0].clone(), lines[1].clone(), off]), "2026-06-21", Indicator::Effort),
        known("0")
    );
    let pushed =
        [touch("r", "2025-12-01", "out", "kind: review"), touch("p", "2025-12-20", "in", "kind: price_push")];
    let lines = [lines.as_slice(), &pushed].concat();
    for day in ["2026-01-20", "2026-01-21", "2026-06-21"] {
        assert_ne!(kind(&all(&lines), day).map(|it| it.kind), Some(ClientKind::Toxic), "on {day}");
    }
}

#[test]
fn what_names_no_deal_waits_only_with_one_at_work_that_no_hour_names() {
    let fee = r#"retainer (id: "f", client: "acme", what: "Care", amount: "500 EUR", every: "1 month",
        agreed: "2025-12-01", from: "2026-01-01")"#;
    let mut lines = vec![
        fee.to_owned(),
        deal("site", &["2026-01-05 agreed"], r#"value: "9000 EUR""#),
        invoice(
            "1",
            "2026-01-06",
            "2026-01-31",
            "500 EUR",
            r#"retainer: "f", payments: [(day: "2026-01-31", amount: "500 EUR")]"#,
        ),
        work("w", "2026-01-12", "10", ""),
    ];
    // The ten hours may be of the site.
    assert!(points(&all(&lines), "2026-03-01", Indicator::Effort).is_err());
    lines.push(work("v", "2026-01-13", "3", r#"deal: "site""#));
    assert_eq!(points(&all(&lines), "2026-03-01", Indicator::Effort), known("40"), "50 an hour");
}

#[test]
fn a_debt_counts_however_old_it_grows_and_also_once_it_is_written_off() {
    let usual: Vec<String> = monthly(0).into_iter().take(4).collect();
    let old = |more: &str| -> Vec<String> {
        usual.iter().cloned().chain([invoice("old", "2023-07-01", "2023-07-15", "5000 EUR", more)]).collect()
    };
    let pays = |more: &str, on: &str| reading(&all(&old(more)), on, Indicator::Pays);
    let (before, after) = (pays("", "2025-07-10"), pays("", "2025-07-20"));
    assert!(after.points.clone().unwrap() <= before.points.unwrap(), "{}", after.says);
    assert!(after.says.contains("409 days late"), "{}", after.says);
    // Four thousand on the day, and of nine thousand five lost.
    let lost = pays(r#"write_off: (day: "2025-07-16", cause: will_not)"#, "2025-07-20");
    assert!(lost.says.contains("56\u{a0}% of what was invoiced is lost"), "{}", lost.says);
    assert!(lost.facts.iter().any(|(_, id)| id == "old"));
    assert!(lost.points.unwrap() <= pays("", "2025-07-15").points.unwrap(), "{}", lost.says);
}

#[test]
fn neither_the_dispute_nor_the_days_named_before_a_misunderstanding_count_against_the_client() {
    let of = |more: &str| {
        let usual: Vec<String> = monthly(0).into_iter().take(4).collect();
        let more = format!(r#"write_off: (day: "2025-06-01", cause: misunderstanding), {more}"#);
        let lines: Vec<String> =
            usual.into_iter().chain([invoice("m", "2025-02-01", "2025-02-15", "1000 EUR", &more)]).collect();
        points(&all(&lines), "2025-07-20", Indicator::Pays)
    };
    let plain = of("");
    assert_eq!(of(r#"disputes: [(from: "2025-03-01", until: "2025-06-01")]"#), plain);
    assert_eq!(of(r#"promised: [(day: "2025-03-01", pay_by: "2025-03-10")]"#), plain);
}

#[test]
fn neither_a_discount_i_gave_nor_words_of_mine_nor_pushes_before_the_last_review_make_anybody_toxic() {
    let finished =
        |more: &str| deal("job", &["2025-10-01 agreed"], &format!(r#"delivered: "2025-11-01", {more}"#));
    let told = r#"value: "900 EUR", price_told: (day: "2025-09-20", amount: "1000 EUR")"#;
    let bill = paid("1", "2025-11-02", "2025-11-15", "900 EUR", "2025-11-15");
    let base = |more: &str| {
        vec![
            finished(more),
            touch("first", "2025-09-10", "in", "kind: scope_push"),
            bill.replace(r#"number: "1","#, r#"number: "1", deal: "job","#),
            work("w", "2025-10-10", "90", r#"deal: "job""#),
        ]
    };
    let review = |id: &str, on: &str| touch(id, on, "out", "kind: review");
    let of = |lines: Vec<String>| kind(&all(&lines), "2026-03-01").map(|it| it.kind);
    let with = |more: &[String]| of([base("").as_slice(), more].concat());
    let push = |on: &str, direction: &str| touch("p", on, direction, "kind: price_push");
    assert_eq!(with(&[review("r", "2025-11-20"), push("2025-12-20", "in")]), Some(ClientKind::Toxic));
    assert_ne!(with(&[review("r", "2025-11-20"), push("2025-12-20", "out")]), Some(ClientKind::Toxic));
    // A review before anybody pushed had nothing to mend: it is not still so.
    let early = [review("r", "2025-09-01"), push("2025-12-20", "in")];
    assert_ne!(with(&early), Some(ClientKind::Toxic));
    let again = |last: &str| [review("r", "2025-11-20"), push("2025-12-20", "in"), review("s", last)];
    assert_eq!(with(&again("2026-02-01")), Some(ClientKind::Toxic), "the second one had no time to work");
    assert_ne!(
        with(&again("2025-12-30")),
        Some(ClientKind::Toxic),
        "nothing of it for 60 days since the second"
    );
    assert_ne!(with(&again("2026-02-28")), Some(ClientKind::Toxic), "nothing of it for 60 days before it");
    let discount = [base(told).as_slice(), &[review("r", "2025-09-25")]].concat();
    assert_ne!(of(discount), Some(ClientKind::Toxic));
}

#[test]
fn prices_pushed_count_for_the_kind_only_in_the_window_and_when_they_pushed() {
    let of = |on: &str, direction: &str| {
        let mut lines: Vec<String> = monthly(20);
        lines.extend([1, 2].map(|n| touch(&format!("p{n}"), on, direction, "kind: price_push")));
        kind(&all(&lines), "2025-12-20").unwrap().why()
    };
    assert!(of("2025-06-01", "in").contains("pushed the price 2 times"), "{}", of("2025-06-01", "in"));
    assert!(!of("2025-06-01", "out").contains("pushed the price"), "{}", of("2025-06-01", "out"));
    assert!(!of("2023-06-01", "in").contains("pushed the price"), "{}", of("2023-06-01", "in"));
}

#[test]
fn a_regular_fee_of_half_a_year_that_is_paid_on_the_day_is_steady() {
    let fee = r#"retainer (id: "f", client: "acme", what: "Care", amount: "1000 EUR", every: "1 month",
        agreed: "2025-01-01", from: "2025-01-01")"#;
    let lines: Vec<String> = monthly(0).into_iter().take(7).chain([fee.to_owned()]).collect();
    let of = |on: &str| kind(&all(&lines), on).unwrap();
    assert_eq!(of("2025-06-29").kind, ClientKind::New, "{}", of("2025-06-29").why());
    assert_eq!(of("2025-07-20").kind, ClientKind::Steady, "{}", of("2025-07-20").why());
}

#[test]
fn a_down_payment_counts_if_it_came_within_a_week_of_the_first_hour() {
    let of = |came: &str| {
        let down = r#"agreement: (signed: "2026-01-02"), down_payment: (asked: "2026-01-02", amount: "300 EUR", invoice: "d")"#;
        let lines = [
            deal("job", &["2026-01-05 agreed"], down),
            work("w", "2026-01-12", "10", r#"deal: "job""#),
            paid("d", "2026-01-02", "2026-01-09", "300 EUR", came),
        ];
        points(&all(&lines), "2026-03-01", Indicator::Writing)
    };
    assert_eq!(of("2026-01-19"), known("100"));
    // Signed counts twice, understood alike once, and the down payment once.
    assert_eq!(of("2026-01-20"), known("75"));
}

// Respects the price.

#[test]
fn pushes_and_discounts_without_less_scope_count_for_each_deal_with_a_price() {
    let told = r#"price_told: (day: "2026-01-01", amount: "1000 EUR"), value: "800 EUR""#;
    let less = format!(r#"{told}, less_scope: (day: "2026-01-10", what: "a page")"#);
    let with = |more: &str, kind: &str| {
        let lines = [
            deal("one", &["2026-01-01 proposal", "2026-01-15 agreed"], more),
            deal("two", &["2026-01-01 proposal"], r#"value: "500 EUR""#),
            touch("t", "2026-01-05", "in", kind),
        ];
        points(&all(&lines), "2026-03-01", Indicator::Price)
    };
    assert_eq!(with(r#"value: "1000 EUR""#, ""), known("100"));
    // One push in two deals: half a push a deal, of two at which there are no points.
    assert_eq!(with(r#"value: "1000 EUR""#, "kind: price_push"), known("75"));
    assert_eq!(with(told, ""), known("75"), "a discount for nothing");
    assert_eq!(with(&less, ""), known("100"), "a discount for less");
    assert_eq!(with(told, "kind: scope_push"), known("50"));
}

#[test]
fn who_pushed_is_known_without_a_price_and_who_did_not_only_from_touches() {
    let push = touch("t", "2026-01-05", "in", "kind: price_push");
    let alone = reading(&[&push], "2026-03-01", Indicator::Price);
    assert_eq!(alone.points, Ok(Decimal::from(50)), "one push, as of one deal");
    assert!(alone.says.starts_with("Pushed the price once, in no deal with a price"), "{}", alone.says);
    let deal = deal("one", &["2026-01-01 proposal"], r#"value: "500 EUR""#);
    assert!(points(&[&deal], "2026-03-01", Indicator::Price).is_err(), "no touch was noted");
    assert!(points(&[&touch("t", "2026-01-05", "in", "")], "2026-03-01", Indicator::Price).is_err());
    assert!(points(&[&push], "2028-03-01", Indicator::Price).is_err(), "a push of two years ago is over");
}

// Open lines.

#[test]
fn silence_answers_and_promises_count_for_each_side_apart() {
    let lines = [
        touch("q1", "2025-11-25", "out", "answer_wanted: true"),
        touch("q2", "2025-12-20", "out", "answer_wanted: true"),
        touch("a1", "2025-12-31", "in", r#"answers: "q1""#),
        touch("last", "2026-02-19", "out", ""),
        r#"promise (id: "m", client: "acme", by: me, what: "a draft", made: "2026-01-01", due: "2026-01-10", kept: "2026-01-09")"#
            .to_owned(),
        r#"promise (id: "t", client: "acme", by: them, what: "texts", made: "2026-01-01", due: "2026-01-10")"#.to_owned(),
    ];
    // They: silent for 60 days, 45 are usual (two touches of theirs tell no rhythm), none of the points at 135: 75 / 90 = 83.33,
    // twice. I: 10 days: 100, twice.
    // Their answers: one of two: 50. My promise kept: 100. Theirs broken: 0. A word before it slipped: none of one: 0.
    // (166.67 + 200 + 50 + 100 + 0 + 0) / 8 = 64.58.
    let read = reading(&all(&lines), "2026-03-01", Indicator::Lines);
    assert_eq!(read.points.unwrap().round_dp(2), Decimal::new(6458, 2));
    assert_eq!(read.value.unwrap().number(), Some(Decimal::from(10)));
    assert!(read.says.starts_with("They were last in touch 60 days ago, I was 10 days ago"), "{}", read.says);
    assert_eq!(read.evidence.pieces, Decimal::ONE, "four touches are a piece");
    // A word before the day: moved 75, and a word of one: (166.67 + 200 + 50 + 100 + 75 × … ) with the new day still to come.
    let moved = lines[5].replace("due:", r#"moved: [(day: "2026-01-08", to: "2026-03-10")], due:"#);
    let with = [&lines[..5], &[moved]].concat();
    // (166.67 + 200 + 50 + 100 + 75 + 100) / 8 = 86.46.
    assert_eq!(points(&all(&with), "2026-03-01", Indicator::Lines), known("86.46"));
}

#[test]
fn a_client_with_a_slow_rhythm_of_its_own_is_not_silent_within_it() {
    let days = ["2025-03-01", "2025-06-01", "2025-09-01", "2025-12-01"];
    let lines: Vec<String> = days.iter().map(|on| touch(&format!("t{on}"), on, "in", "")).collect();
    // Gaps of 92, 92 and 91 days: 92 is their rhythm, and 90 days of silence are within it: 100, twice. I never spoke, so I am
    // silent since their first word, a year ago: nothing, twice.
    assert_eq!(points(&all(&lines), "2026-03-01", Indicator::Lines), known("50"));
    // With two gaps there is no rhythm yet: 90 days, 45 are usual: (135 − 90) / 90 = 50 for them.
    assert_eq!(points(&all(&lines[1..]), "2026-03-01", Indicator::Lines), known("25"));
    // Nor does a slow rhythm excuse them where a cadence is wanted: 60 of 90 days: (180 − 90) / 120 = 75.
    let wanted = ACME.replace("added:", "cadence_days: 60, added:");
    let with = [vec![wanted.as_str()], all(&lines)].concat();
    assert_eq!(points(&with, "2026-03-01", Indicator::Lines), known("37.5"));
}

/// A touch of theirs and one of mine every five days, forty times, the last on 9 Jan 2026.
fn every_five_days() -> Vec<String> {
    (0..40)
        .flat_map(|n| {
            let on = rapport::domain::add_days(day("2026-01-09"), -5 * n).to_string();
            [touch(&format!("in{n}"), &on, "in", ""), touch(&format!("out{n}"), &on, "out", "")]
        })
        .collect()
}

#[test]
fn who_wrote_every_five_days_and_then_nothing_for_fifty_is_silent() {
    let lines = every_five_days();
    // A rhythm of five days is taken as a week: none of the points from 21 days on, and so none at 50, twice. I: 45 days are
    // usual, none at 135: 85 / 90 = 94.44, twice. (0 + 188.89) / 4 = 47.22.
    let read = reading(&all(&lines), "2026-02-28", Indicator::Lines);
    assert_eq!(read.points.unwrap().round_dp(2), Decimal::new(4722, 2));
    assert_eq!(read.measures[0].says, "silent for 50 days, 7 are their own rhythm");
    // A cadence that is longer does not excuse them either; one that is shorter counts instead: 3 days.
    let with = |cadence: &str| {
        let wanted = ACME.replace("added:", &format!("cadence_days: {cadence}, added:"));
        let lines = [vec![wanted.as_str()], all(&lines)].concat();
        reading(&lines, "2026-02-28", Indicator::Lines).measures[0].says.clone()
    };
    assert_eq!(with("60"), "silent for 50 days, 7 are their own rhythm");
    assert_eq!(with("3"), "silent for 50 days, 3 are wanted");
}

#[test]
fn a_burst_of_mails_is_no_rhythm() {
    // Five mails in five days on each of four jobs, 60 days apart: 16 gaps of a day and three of 56. Nine in ten of 19 are 18:
    // the 18th gap is 56 days.
    let lines: Vec<String> = (0..4)
        .flat_map(|job| (0..5).map(move |mail| (job, mail)))
        .map(|(job, mail)| {
            let on = rapport::domain::add_days(day("2025-06-01"), 60 * job + mail).to_string();
            touch(&format!("t{job}{mail}"), &on, "in", "")
        })
        .collect();
    let read = reading(&all(&lines), "2025-12-20", Indicator::Lines);
    assert_eq!(read.measures[0].says, "silent for 18 days, 56 are their own rhythm");
}

// In writing.

#[test]
fn signatures_and_down_payments_are_weighted_by_the_value_started() {
    let good = r#"value: "3000 EUR", agreement: (signed: "2026-01-10"),
        down_payment: (asked: "2026-01-05", amount: "900 EUR", invoice: "d")"#;
    let with = |down: &str| {
        vec![
            deal("good", &["2026-01-05 agreed", "2026-01-12 in_work"], good),
            deal("bad", &["2026-01-12 in_work"], r#"value: "1000 EUR""#),
            invoice("d", "2026-01-05", "2026-01-10", "900 EUR", down),
        ]
    };
    // Signed before the work: 3000 of 4000 = 75, twice; down payment the same; understood alike: 100. (150 + 75 + 100) / 4.
    let paid = with(r#"payments: [(day: "2026-01-09", amount: "900 EUR")]"#);
    let read = reading(&all(&paid), "2026-03-01", Indicator::Writing);
    assert_eq!(read.points, Ok(Decimal::new(8125, 2)));
    assert_eq!(read.value.unwrap().number(), Some(Decimal::from(75)));
    // Open, or written off, it was not received: (150 + 0 + 100) / 4.
    assert_eq!(points(&all(&with("")), "2026-03-01", Indicator::Writing), known("62.5"));
    let lost = with(r#"write_off: (day: "2026-02-01", cause: cannot)"#);
    assert_eq!(points(&all(&lost), "2026-03-01", Indicator::Writing), known("62.5"));
}

#[test]
fn a_job_that_is_agreed_and_waits_for_its_signature_has_not_begun() {
    let agreed = ["2026-01-05 agreed"];
    let at_work = ["2026-01-05 agreed", "2026-01-12 in_work"];
    let signed = r#"agreement: (signed: "2026-01-10")"#;
    let of = |stages: &[&str], more: &str, hours: &[String]| {
        points(&all(&[&[deal("one", stages, more)], hours].concat()), "2026-01-20", Indicator::Writing)
    };
    assert!(of(&agreed, "", &[]).is_err(), "no job began");
    // Signed 100 twice, nothing paid down: 200 / 3.
    assert_eq!(of(&at_work, signed, &[]), known("66.67"));
    assert_eq!(of(&at_work, "", &[]), known("0"));
    // The first hour tells better than the stage.
    assert_eq!(of(&agreed, signed, &[work("w", "2026-01-08", "2", r#"deal: "one""#)]), known("0"));
    assert_eq!(
        of(&at_work, signed, &[work("w", "2026-01-08", "2", r#"deal: "one", purpose: before_sale"#)]),
        known("66.67")
    );
}

#[test]
fn three_touches_of_theirs_tell_how_much_is_in_writing_and_a_late_complaint_is_named() {
    let job =
        deal("one", &["2026-01-02 in_work"], r#"agreement: (signed: "2026-01-01"), delivered: "2026-02-01""#);
    let mut lines = vec![
        job,
        touch("1", "2026-01-03", "in", "written: true, answer_wanted: true"),
        touch("2", "2026-01-04", "in", "temperature: glad"),
        // What is no request and tells no temperature need not be written.
        touch("0", "2026-01-05", "in", "kind: thanks"),
    ];
    assert_eq!(points(&all(&lines), "2026-03-01", Indicator::Writing), known("66.67"));
    lines.push(touch("3", "2026-02-10", "in", "kind: complaint"));
    // (200 + 0 + 33.33) / 4.
    let read = reading(&all(&lines), "2026-03-01", Indicator::Writing);
    assert_eq!(read.points.unwrap().round_dp(2), Decimal::new(5833, 2));
    assert!(read.says.contains("complained on 10 Feb about “one”, delivered 1 Feb"), "{}", read.says);
    assert!(read.says.contains("written: 1 of 2 requests, 0 of 1 temperature"), "{}", read.says);
}

#[test]
fn a_complaint_that_names_no_deal_is_about_the_last_delivery_before_it_or_none() {
    let job = |id: &str, on: &str| deal(id, &[&format!("{on} in_work")], &format!(r#"delivered: "{on}""#));
    let says = |complained: &str| {
        let lines = [
            job("old", "2025-05-05"),
            job("new", "2026-02-01"),
            touch("c", complained, "in", "kind: complaint"),
        ];
        reading(&all(&lines), "2026-11-01", Indicator::Writing).says
    };
    assert!(says("2026-02-10").contains("about “new”"), "{}", says("2026-02-10"));
    assert!(says("2026-07-31").contains("about “new”"), "180 days");
    assert!(!says("2026-08-01").contains("complained"), "{}", says("2026-08-01"));
}

// Comes back.

#[test]
fn the_chance_of_an_order_counts_twice_beside_their_number_and_a_regular_fee() {
    let orders = [
        paid("1", "2025-01-01", "2025-01-01", "100 EUR", "2025-01-01"),
        paid("2", "2025-04-01", "2025-04-01", "100 EUR", "2025-04-01"),
    ];
    // Gaps of 90 days, silent for 91: ratio 1.0111. −ln 2.0111 + ½ ln(365 / 90) + 0.8 ln 2 = 0.5559; nobody was there a year
    // before, so the base is nought: σ(0.5559) = 0.6355. 64, twice; two of four orders: 1 / 3 = 33.33. (128 + 33.33) / 3.
    let read = reading(&all(&orders), "2025-07-01", Indicator::Returns);
    assert_eq!(read.value.clone().unwrap().number(), Some(Decimal::new(64, 2)));
    assert_eq!(read.points.unwrap().round_dp(2), Decimal::new(5378, 2));
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2025-05-01", from: "2025-05-01")"#;
    // Who pays a fee comes back by it, and an order besides is no less.
    let with = [all(&orders), vec![fee]].concat();
    assert_eq!(points(&with, "2025-07-01", Indicator::Returns), known("100"));
    assert_eq!(points(&[fee], "2025-07-01", Indicator::Returns), known("100"));
    assert!(points(&[], "2025-07-01", Indicator::Returns).is_err());
    // One that ended has no chance: (0 + 33.33) / 3.
    let ended = ACME.replace("added:", r#"ended: (day: "2025-06-01"), added:"#);
    let lines = [vec![ended.as_str()], all(&orders)].concat();
    assert_eq!(points(&lines, "2025-07-01", Indicator::Returns), known("11.11"));
    // Nor does its fee run on, though nobody wrote down when that stops; and to find it ended by hand is the same.
    assert_eq!(
        points(&[lines.as_slice(), &[fee]].concat(), "2025-07-01", Indicator::Returns),
        known("11.11")
    );
    let by_hand = ACME.replace("added:", r#"kind: (kind: ended, day: "2025-06-01", reason: "gone"), added:"#);
    let lines = [vec![by_hand.as_str(), fee], all(&orders)].concat();
    assert_eq!(points(&lines, "2025-07-01", Indicator::Returns), known("11.11"));
    assert_eq!(health(&lines, "2025-07-01").trend, Err(Unknown::because("it has ended")));
}

#[test]
fn a_fee_is_no_order_of_its_own_whether_its_invoice_names_the_retainer_or_not() {
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2025-01-01", from: "2025-01-01", until: "2025-06-30")"#;
    let bills = |more: &str| -> Vec<String> {
        let bill = |month: u32| {
            invoice(
                &format!("f{month}"),
                &format!("2025-{month:02}-01"),
                &format!("2025-{month:02}-15"),
                "50 EUR",
                more,
            )
        };
        (1..=6).map(bill).chain([fee.to_owned()]).collect()
    };
    let (named, unnamed) = (bills(r#"retainer: "r""#), bills(""));
    for on in ["2025-06-15", "2025-08-01", "2027-03-01"] {
        let [named, unnamed] = [&named, &unnamed].map(|lines| kind(&all(lines), on).unwrap());
        assert_eq!(named.kind, unnamed.kind, "{on}: {} and {}", named.why(), unnamed.why());
        assert_eq!(named.because, unnamed.because, "on {on}");
    }
    // Who paid nothing but a fee is dormant once that ended and nobody speaks.
    assert_eq!(kind(&all(&unnamed), "2027-03-01").unwrap().kind, ClientKind::Dormant);
    let income = |lines: &[String]| {
        let lines: Vec<String> = lines
            .iter()
            .map(|line| line.replace("], )", r#"], payments: [(day: "2025-06-20", amount: "50 EUR")])"#))
            .collect();
        let on = day("2025-06-30");
        let book = book_of(firm(), &[&[ACME], all(&lines).as_slice()].concat());
        Memo::new().firm(&book, on, on).mix.income_by(Some(Basis::Retainer)).unwrap()
    };
    assert_eq!(income(&unnamed), money("300 EUR"));
}

// Speaks well.

#[test]
fn good_words_add_complaints_take_and_a_few_plain_touches_tell_nothing() {
    let plain: Vec<String> = (1..=3).map(|n| touch(&format!("p{n}"), "2026-01-05", "in", "")).collect();
    let of = |kinds: &[&str]| {
        let more = kinds.iter().enumerate();
        let more: Vec<String> = more
            .map(|(n, kind)| touch(&format!("k{n}"), "2026-01-06", "in", &format!("kind: {kind}")))
            .collect();
        more
    };
    let score = |lines: &[String]| points(&all(lines), "2026-03-01", Indicator::Speaks);
    assert!(score(&plain[..2]).is_err(), "two plain touches tell nothing");
    assert_eq!(score(&plain), known("40"), "nothing good said is not good");
    // 40 + 15; 40 + 15 + 30; 40 + 15 + 30 − 20.
    assert_eq!(score(&of(&["praise"])), known("55"));
    assert_eq!(score(&of(&["praise", "referral"])), known("85"));
    assert_eq!(score(&of(&["advice_asked", "testimonial", "complaint"])), known("65"));
    // Two complaints alone are too few touches; with one more they leave nothing.
    assert_eq!(score(&[plain.as_slice(), &of(&["complaint", "complaint"])].concat()), known("0"));
    let out = touch("o", "2026-01-06", "out", "kind: praise");
    assert!(score(&[out]).is_err(), "what I say of them is no word of theirs");
}

// The score.

/// Three invoices paid on the day, three touches of theirs and one of mine: what is known is paying, lines, coming back and
/// speaking.
fn four_known() -> Vec<String> {
    let mut lines: Vec<String> = ["2026-01-01", "2026-02-01", "2026-03-01"]
        .iter()
        .map(|on| paid(&format!("i{on}"), on, on, "100 EUR", on))
        .collect();
    lines.extend((1..=3).map(|n| touch(&format!("t{n}"), "2026-03-01", "in", "")));
    lines.push(touch("out", "2026-03-01", "out", ""));
    lines
}

#[test]
fn the_score_is_the_weighted_mean_of_what_is_known_and_its_band_says_from_how_much() {
    let lines = four_known();
    let of = health(&all(&lines), "2026-03-01");
    let score = of.health.score.clone().unwrap();
    let returns = of.health.reading(Indicator::Returns).unwrap().points.clone().unwrap();
    // Three on their day are drawn to 1.75 days: (3 × (45 − 1.75) / 45 × 100 + 100) / 4.
    let pays = of.health.reading(Indicator::Pays).unwrap().points.clone().unwrap();
    assert_eq!(pays.round_dp(2), Decimal::new(9708, 2));
    // 25 × pays + 10 × 100 (lines) + 15 × returns + 10 × 40 (speaks), over 60.
    let sum = Decimal::from(25) * pays + Decimal::from(1400) + Decimal::from(15) * returns;
    assert_eq!(score.points, sum / Decimal::from(60));
    assert_eq!(score.known, 4);
    // Pieces: three invoices, one of four touches, three orders, three touches; the others have none.
    // 1.2816 × 30 × √(25²/4 + 20² + 10² + 10²/2 + 10² + 15²/4 + 10²/4) / 100
    // = 0.38448 × √(156.25 + 400 + 100 + 50 + 100 + 56.25 + 25) = 0.38448 × √887.5 = 11.45.
    assert_eq!(score.half_width, Decimal::new(115, 1));
    assert_eq!(
        (score.low(), score.high()),
        (score.points - score.half_width, score.points + score.half_width)
    );
    assert!(of.trend.is_err(), "there was no score 90 days before");
}

#[test]
fn two_scores_that_read_alike_are_judged_alike() {
    let level = |points: Decimal| {
        let of = health(&all(&four_known()), "2026-03-01");
        let score = of.health.score.clone().unwrap();
        Score { points, ..score }.level(&firm())
    };
    let (low, high) = (Decimal::new(6976, 2), Decimal::new(7046, 2));
    assert_eq!((low.round(), high.round()), (Decimal::from(70), Decimal::from(70)));
    assert_eq!((level(low), level(high)), (Level::Good, Level::Good));
    assert_eq!(level(Decimal::new(6949, 2)), Level::Watch);
}

#[test]
fn more_of_the_same_evidence_narrows_the_band_and_two_known_indicators_make_no_score() {
    let lines = four_known();
    let again: Vec<String> = lines.iter().map(|it| it.replace("(id: \"", "(id: \"x")).collect();
    let width = |lines: &[String]| health(&all(lines), "2026-03-01").health.score.clone().unwrap().half_width;
    assert!(width(&[lines.as_slice(), &again].concat()) < width(&lines));
    let few = health(&all(&lines[..1]), "2026-03-01").health.score.clone();
    assert_eq!(few.unwrap_err().0, "not enough history: 2 indicators are known, and three are needed");
}

#[test]
fn each_indicator_knows_more_from_one_more_fact_of_its_own_kind() {
    let job = |id: &str| deal(id, &["2026-01-05 in_work"], r#"value: "500 EUR""#);
    let done = deal("a", &["2026-01-05 in_work"], r#"value: "500 EUR", delivered: "2026-01-10""#);
    let started = [four_known(), vec![done, work("wa", "2026-01-06", "10", r#"deal: "a""#)]].concat();
    let pieces = |lines: &[String], indicator| reading(&all(lines), "2026-03-01", indicator).evidence.pieces;
    let width = |lines: &[String]| health(&all(lines), "2026-03-01").health.score.clone().unwrap().half_width;
    for (indicator, more) in [
        (Indicator::Pays, paid("more", "2026-01-01", "2026-01-31", "100 EUR", "2026-01-31")),
        (Indicator::Effort, work("more", "2026-01-07", "8", r#"deal: "a""#)),
        (Indicator::Price, job("b")),
        (Indicator::Lines, touch("more", "2026-02-01", "out", "")),
        (Indicator::Writing, job("b")),
        (Indicator::Returns, paid("order", "2025-12-01", "2025-12-01", "100 EUR", "2025-12-01")),
        (Indicator::Speaks, touch("more", "2026-02-01", "in", "")),
    ] {
        let known = [started.as_slice(), &[more]].concat();
        assert!(pieces(&known, indicator) > pieces(&started, indicator), "{indicator:?}");
        // To a tenth of a point; that it narrows strictly before it is rounded is a law of its own.
        assert!(width(&known) <= width(&started), "{indicator:?}");
    }
}

#[test]
fn a_setting_that_cannot_be_right_counts_as_what_is_built_in() {
    let lines = [four_known(), vec![invoice("late", "2025-12-01", "2025-12-31", "900 EUR", "")]].concat();
    let read = |of: &[(&str, &str)], weights: &[(&str, &str)]| {
        let map = |of: &[(&str, &str)]| {
            of.iter().map(|(name, it)| ((*name).to_owned(), it.parse().unwrap())).collect()
        };
        let firm = Business { thresholds: map(of), weights: map(weights), ..firm() };
        let figures =
            Figures::of(&book_of(firm, &[&[ACME], all(&lines).as_slice()].concat()), day("2026-03-01"));
        let row = figures.clients.row(&acme()).unwrap().clone();
        (row.health.health.clone(), row.level.clone(), row.kind.clone())
    };
    let built_in = read(&[], &[]);
    for bad in
        [("health_months", "0"), ("late_days_worst", "-3"), ("late_days_worst", "0"), ("health_good", "40")]
    {
        assert_eq!(read(&[bad], &[]), built_in, "{bad:?}");
    }
    for bad in ["-5", "1001"] {
        assert_eq!(read(&[], &[("pays_as_agreed", bad)]), built_in, "{bad}");
    }
    assert_eq!(read(&[], &[("no_such_thing", "50")]), built_in);
    let nothing = Indicator::ALL.map(|it| (it.token(), "0"));
    assert_eq!(read(&[], &nothing), built_in, "what counts nothing at all is no weighting");
    assert_ne!(read(&[("late_days_worst", "90")], &[]), built_in, "and what can be right does count");
    assert_ne!(read(&[], &[("pays_as_agreed", "50")]), built_in);
}

#[test]
fn a_prospect_has_no_score_and_none_90_days_before_to_compare_with() {
    let touches = ["2025-11-01", "2025-11-02", "2025-11-03"];
    let mut lines: Vec<String> = touches.iter().map(|on| touch(on, on, "in", "")).collect();
    lines.push(deal("one", &["2025-11-01 proposal"], r#"value: "500 EUR""#));
    let before = health(&all(&lines), "2025-12-01").health.score.clone();
    assert_eq!(before.unwrap_err().0, "a prospect has no health yet, but a door check");
    lines.push(paid("1", "2026-02-01", "2026-02-10", "500 EUR", "2026-02-10"));
    let of = health(&all(&lines), "2026-03-01");
    assert!(of.health.score.is_ok());
    assert!(of.trend.is_err(), "{:?}", of.trend);
}

#[test]
fn a_client_that_has_ended_has_no_trend() {
    // Paid 40 days late, and left: the score rises while the late invoices leave the window.
    let mut lines = monthly(40);
    lines.extend((1..=3).map(|n| touch(&format!("t{n}"), "2025-11-01", "in", "")));
    let on = "2026-06-01";
    assert!(health(&all(&lines), on).trend.is_ok());
    let with = |more: &str| {
        let client = ACME.replace("added:", &format!("{more}, added:"));
        health(&[vec![client.as_str()], all(&lines)].concat(), on)
    };
    let ended = with(r#"ended: (day: "2026-01-15")"#);
    assert_eq!(ended.trend.clone().unwrap_err().0, "it has ended");
    assert!(ended.health.score.is_ok());
    // Whoever is taken up again has one.
    let again =
        r#"ended: (day: "2026-01-15"), kind: (kind: steady, day: "2026-02-01", reason: "they called")"#;
    assert!(with(again).trend.is_ok());
}

#[test]
fn talks_that_came_to_nothing_have_no_health_though_they_ended() {
    let client = ACME.replace("added:", r#"ended: (day: "2026-02-01"), added:"#);
    let mut lines = vec![client, deal("one", &["2026-01-02 proposal", "2026-02-01 lost"], "")];
    lines.extend(
        (1..=3).map(|n| touch(&format!("t{n}"), "2026-01-10", "in", "kind: price_push, deal: \"one\"")),
    );
    let health = health(&all(&lines), "2026-03-01");
    assert_eq!(health.health.score.clone().unwrap_err().0, "nothing was ever agreed with them");
}

#[test]
fn a_gift_and_a_credit_note_are_no_jobs() {
    let line = |id: &str, on: &str, price: &str| invoice(id, on, on, price, "");
    let gifts = [
        line("g1", "2026-01-05", "0 EUR"),
        line("g2", "2026-02-05", "0 EUR"),
        line("c", "2026-03-05", "-50 EUR"),
    ];
    assert_eq!(told(kind(&all(&gifts), "2026-04-01")).unwrap().0, ClientKind::Prospect);
    let one = paid("1", "2026-01-02", "2026-01-12", "1000 EUR", "2026-01-12");
    let with = [gifts.as_slice(), &[one]].concat();
    let decided = kind(&all(&with), "2026-04-01").unwrap();
    assert_eq!((decided.kind, decided.why().as_str()), (ClientKind::New, "the first job is just done"));
    assert!(decided.facts.iter().all(|(_, id)| id == "1"), "{:?}", decided.facts);
}

#[test]
fn who_orders_again_after_the_end_is_still_ended_and_it_is_said() {
    let client = ACME.replace("added:", r#"ended: (day: "2026-01-15"), added:"#);
    let of = |issued: &str| {
        let bill = paid("1", issued, issued, "1000 EUR", issued);
        told(kind(&all(&[client.clone(), bill]), "2026-09-01")).unwrap()
    };
    let ended = |why: &str| (ClientKind::Ended, why.to_owned());
    assert_eq!(of("2026-03-16"), ended("ended on 15 Jan"), "a last bill");
    assert_eq!(of("2026-03-17"), ended("ended on 15 Jan; they ordered again since, last on 17 Mar"));
}

// Kinds.

fn told(decided: Option<Decided>) -> Option<(ClientKind, String)> {
    decided.map(|it| (it.kind, it.why()))
}

/// Monthly bills of 2025, each paid so many days late.
fn monthly(late: i64) -> Vec<String> {
    (1..=12)
        .map(|month| {
            let due = day(&format!("2025-{month:02}-10"));
            let on = rapport::domain::add_days(due, late);
            paid(
                &format!("m{month}"),
                &format!("2025-{month:02}-01"),
                &due.to_string(),
                "1000 EUR",
                &on.to_string(),
            )
        })
        .collect()
}

#[test]
fn a_client_is_new_prospect_partner_ended_or_what_was_set_by_hand_before_all_else() {
    assert_eq!(kind(&[], "2026-01-01").unwrap().kind, ClientKind::Prospect);
    let job = deal("one", &["2026-01-02 in_work"], "");
    assert_eq!(kind(&[&job], "2026-03-01").unwrap().kind, ClientKind::New);
    let as_written = |more: &str, lines: &[String]| {
        let client = ACME.replace("added:", &format!("{more}, added:"));
        told(kind(&[vec![client.as_str()], all(lines)].concat(), "2026-03-01"))
    };
    let steady = monthly(2);
    let partner = Some((ClientKind::Partner, "works with the firm".to_owned()));
    assert_eq!(as_written("relation: partner", &steady), partner);
    let ended = as_written(r#"ended: (day: "2026-02-01", why: "moved away")"#, &steady);
    assert_eq!(ended, Some((ClientKind::Ended, "ended on 1 Feb: moved away".to_owned())));
    let by_hand = as_written(r#"kind: (kind: toxic, day: "2026-02-01", reason: "shouts")"#, &steady);
    assert_eq!(by_hand, Some((ClientKind::Toxic, "set by hand on 1 Feb: shouts".to_owned())));
}

#[test]
fn an_end_on_the_day_of_a_kind_set_by_hand_or_later_is_the_last_word() {
    let toxic = r#"kind: (kind: toxic, day: "2026-02-01", reason: "shouts")"#;
    let ended = |on: &str| {
        let more = format!(r#"{toxic}, ended: (day: "{on}", why: "let go"), added:"#);
        let client = ACME.replace("added:", &more);
        let paid = monthly(2);
        kind(&[vec![client.as_str()], all(&paid)].concat(), "2026-03-01").unwrap().kind
    };
    assert_eq!((ended("2026-02-20"), ended("2026-02-01")), (ClientKind::Ended, ClientKind::Ended));
    // Whoever is taken up again afterwards is what is said of it then.
    assert_eq!(ended("2026-01-20"), ClientKind::Toxic);
}

#[test]
fn who_comes_back_and_pays_as_agreed_is_steady_and_an_advocate_once_it_sent_somebody() {
    let mut lines = monthly(2);
    let steady = kind(&all(&lines), "2025-12-20").unwrap();
    assert_eq!(steady.kind, ClientKind::Steady);
    assert_eq!(steady.why(), "12 invoices; paid 2 days late on average, from 12 invoices");
    lines.push(touch("r", "2025-11-01", "in", "kind: referral"));
    let advocate = kind(&all(&lines), "2025-12-20").unwrap();
    // The referral, and the twelve invoices that tell that it comes back and how it pays.
    assert_eq!((advocate.kind, advocate.facts.len()), (ClientKind::Advocate, 13));
    assert!(advocate.why().ends_with("sent or introduced somebody"), "{}", advocate.why());
    // One that never comes back and sends somebody is no advocate.
    let once = [lines[0].clone(), lines[12].clone()];
    assert_ne!(kind(&all(&once), "2025-12-20").map(|it| it.kind), Some(ClientKind::Advocate));
}

#[test]
fn one_late_bill_of_a_steady_client_is_out_of_character_and_changes_no_kind() {
    let mut lines = monthly(2);
    lines.push(invoice("late", "2025-11-05", "2025-11-15", "1000 EUR", ""));
    let on = "2026-01-04";
    assert_eq!(kind(&all(&lines), on).unwrap().kind, ClientKind::Steady);
    let pays = reading(&all(&lines), on, Indicator::Pays);
    assert!(pays.says.contains("; late 50 days late, which is out of character"), "{}", pays.says);
    // A second one is not.
    lines.push(invoice("too", "2025-11-06", "2025-11-16", "1000 EUR", ""));
    let pays = reading(&all(&lines), on, Indicator::Pays);
    assert!(!pays.says.contains("out of character"), "{}", pays.says);
}

/// Seven bills of a client without deals, each paid on its day, and one over a price that is due on 31 Aug 2025.
fn punctual_but(price: &str, more: &str) -> Vec<String> {
    let mut lines: Vec<String> = monthly(0).into_iter().take(7).collect();
    lines.push(invoice("odd", "2025-08-17", "2025-08-31", price, more));
    lines.push(touch("word", "2025-10-15", "in", ""));
    lines
}

#[test]
fn what_was_billed_before_the_first_deal_was_won_still_tells_that_they_come_back() {
    let billed = punctual_but("1000 EUR", "");
    let with = |deals: &[String]| kind(&all(&[billed.as_slice(), deals].concat()), "2025-10-20").unwrap();
    assert_eq!(with(&[]).kind, ClientKind::Steady);
    // A proposal takes nothing away, nor does a deal that was billed and that nobody moved on.
    let talked = deal("new", &["2025-10-15 proposal"], "");
    let as_before = with(&[talked]);
    assert_eq!((as_before.kind, as_before.because[0].as_str()), (ClientKind::Steady, "8 invoices"));
    let forgotten = deal("old", &["2025-03-01 proposal"], "");
    let of_it = [
        paid("p1", "2025-04-02", "2025-04-16", "100 EUR", "2025-04-16"),
        paid("p2", "2025-05-02", "2025-05-16", "100 EUR", "2025-05-16"),
    ]
    .map(|line| line.replacen("client:", r#"deal: "old", client:"#, 1));
    let two_bills = with(&[[forgotten].as_slice(), &of_it].concat());
    assert_eq!((two_bills.kind, two_bills.because[0].as_str()), (ClientKind::Steady, "9 invoices"));
    // Once one is won it is a job beside the others, and must be in writing; what is billed later beside it is of nobody knows what.
    let won = deal(
        "new",
        &["2025-10-15 agreed", "2025-10-16 in_work"],
        r#"value: "500 EUR", agreement: (sent: "2025-10-14", signed: "2025-10-15")"#,
    );
    let later = paid("later", "2025-10-16", "2025-10-16", "100 EUR", "2025-10-16");
    let won = with(&[won, later]);
    assert_eq!((won.kind, won.because[0].as_str()), (ClientKind::Steady, "9 jobs"), "{}", won.why());
    let unwritten = deal("new", &["2025-10-15 agreed", "2025-10-16 in_work"], r#"value: "500 EUR""#);
    assert_eq!(with(&[unwritten]).kind, ClientKind::SteppingStone, "the first job was long ago");
    // Before its work begins nobody can say how it is agreed, and it is not asked.
    let agreed = with(&[deal("new", &["2025-10-15 agreed"], r#"value: "500 EUR""#)]);
    assert_eq!(agreed.kind, ClientKind::Steady, "{}", agreed.why());
}

#[test]
fn one_invoice_that_is_late_open_or_paid_by_now_costs_nobody_its_kind_however_large_it_is() {
    // Still open, 90 days late: over all eight it would be 11 days on average.
    let open = kind(&all(&punctual_but("1000 EUR", "")), "2025-11-29").unwrap();
    assert_eq!(open.kind, ClientKind::Steady);
    let words = "paid on the day on average, from 7 invoices, leaving out odd 90 days late, which is out of character";
    assert_eq!(open.because[1], words);
    // Three times as much, paid 60 days late: 18 days on average.
    let late = r#"payments: [(day: "2025-10-30", amount: "3000 EUR")]"#;
    let lines = punctual_but("3000 EUR", late);
    let paid_late = kind(&all(&lines), "2025-11-01").unwrap();
    assert_eq!(paid_late.kind, ClientKind::Steady);
    assert!(paid_late.because[1].contains("leaving out odd 60 days late"), "{}", paid_late.why());
    let pays = reading(&all(&lines), "2025-11-01", Indicator::Pays);
    assert!(pays.says.contains("; odd 60 days late, which is out of character"), "{}", pays.says);
    // Beyond twice `late_days_worst` it counts more with each day, and ceases to be a slip by and by.
    let points = |on: &str| reading(&all(&punctual_but("3000 EUR", "")), on, Indicator::Pays).points.unwrap();
    let (slip, day_after) = (points("2025-11-29"), points("2025-11-30"));
    assert!(slip > day_after && slip - day_after < 3.into(), "{slip} {day_after}");
    let on_the_day_after = kind(&all(&punctual_but("3000 EUR", "")), "2025-11-30").unwrap();
    assert_eq!(on_the_day_after.kind, ClientKind::Steady);
    // It is one of those the average is of.
    let counts = "from 8 invoices, with odd 91 days late, which is out of character and counts as 2";
    assert!(on_the_day_after.because[1].ends_with(counts), "{}", on_the_day_after.why());
    let debt = kind(&all(&punctual_but("3000 EUR", "")), "2026-02-28").unwrap();
    assert_ne!(debt.kind, ClientKind::Steady, "{}", debt.why());
    // A cent more that is late besides changes next to nothing.
    let cent = paid("cent", "2025-08-18", "2025-09-01", "0.01 EUR", "2025-10-30");
    let with_cent = [punctual_but("3000 EUR", "").as_slice(), &[cent]].concat();
    let besides = reading(&all(&with_cent), "2025-11-29", Indicator::Pays).points.unwrap();
    assert!(slip - besides < Decimal::ONE && besides - slip < Decimal::ONE, "{slip} {besides}");
    // A second one is a habit that begins.
    let second = paid("too", "2025-08-18", "2025-09-01", "3000 EUR", "2025-10-30");
    let twice = kind(&all(&[lines.as_slice(), &[second]].concat()), "2025-11-01");
    assert_ne!(twice.map(|it| it.kind), Some(ClientKind::Steady));
    // Three others are enough to tell, two are not.
    let kind_of = |lines: &[String]| kind(&all(lines), "2025-11-01").map(|it| it.kind);
    assert_eq!(kind_of(&lines[4..]), Some(ClientKind::Steady));
    assert_ne!(kind_of(&lines[5..]), Some(ClientKind::Steady));
}

#[test]
fn a_cent_left_open_does_not_make_all_of_an_invoice_late() {
    // 999 of 1,000 came on the day, a year and a half before; the last euro lies open.
    let mut lines = monthly(0).into_iter().take(7).collect::<Vec<String>>();
    let before = points(&all(&lines), "2025-12-20", Indicator::Pays);
    let part = r#"payments: [(day: "2025-02-15", amount: "999 EUR")]"#;
    lines.push(invoice("rest", "2025-02-01", "2025-02-15", "1000 EUR", part));
    let pays = reading(&all(&lines), "2025-12-20", Indicator::Pays);
    // 308 days x 1 EUR over 8,000 EUR: 0.0385 days.
    let days = pays.value.clone().ok();
    let of = |value: Value| match value {
        Value::Number(days, Unit::Days) => days,
        other => panic!("{other:?} is no number of days"),
    };
    assert_eq!(days.map(of), Some(Decimal::new(385, 4)));
    let lost = before.unwrap().parse::<Decimal>().unwrap() - pays.points.unwrap();
    assert!(lost < Decimal::ONE, "a euro cost {lost} points");
    // What was paid of a bill that is written off tells how they pay; the rest does not.
    let off = r#"payments: [(day: "2025-02-25", amount: "900 EUR")], write_off: (day: "2025-06-01", cause: misunderstanding)"#;
    let lines = vec![invoice("off", "2025-02-01", "2025-02-15", "1000 EUR", off)];
    let pays = reading(&all(&lines), "2025-12-20", Indicator::Pays);
    assert_eq!(pays.value.map(of), Ok(Decimal::TEN));
}

#[test]
fn one_late_invoice_is_no_trend_of_the_score_and_two_are() {
    let score = |lines: &[String]| health(&all(lines), "2025-11-01").health.score.clone().unwrap().points;
    let usual: Vec<String> =
        monthly(0).into_iter().take(7).chain([touch("word", "2025-10-15", "in", "")]).collect();
    let with = |odd: &[(&str, &str)]| {
        let bill = |(id, day): &(&str, &str)| paid(id, "2025-08-17", "2025-08-31", "1000 EUR", day);
        score(&usual.iter().cloned().chain(odd.iter().map(bill)).collect::<Vec<String>>())
    };
    let (on_the_day, late) = ("2025-08-31", "2025-10-10");
    // 40 days: it counts like the middle of the others, which is on the day.
    let one = with(&[("odd", late)]);
    assert_eq!(one, with(&[("odd", on_the_day)]));
    let two = with(&[("odd", late), ("too", late)]);
    assert!(two < one - Decimal::from(3), "{one} with one, {two} with two");
    // Open and overdue, it is in no doubt yet; from the 91st day to the 135th it comes to count as it is.
    let open = |on: &str| {
        let odd = invoice("odd", "2025-08-17", "2025-08-31", "1000 EUR", "");
        let lines: Vec<String> = usual.iter().cloned().chain([odd]).collect();
        let read = reading(&all(&lines), on, Indicator::Pays);
        (read.value, read.points.unwrap())
    };
    let days = |days: Decimal| Ok(Value::Number(days, Unit::Days));
    assert_eq!(open("2025-11-29").0, days(Decimal::ZERO));
    assert_eq!(open("2025-11-30").0, days(Decimal::new(25, 2)), "a 45th of 91 days, of one of eight");
    assert!(open("2025-11-29").1 < open("2025-11-30").1 + Decimal::TWO);
    assert_eq!(open("2026-01-13").0, days(Decimal::new(16875, 3)), "135 days of one of eight");
    assert!(open("2025-11-29").1 > open("2026-01-13").1 + Decimal::TEN);
}

#[test]
fn who_could_or_would_not_pay_an_invoice_is_not_steady() {
    let with = |cause: &str, on: &str| {
        let lost = format!(r#"write_off: (day: "2025-11-20", cause: {cause})"#);
        let lines =
            [monthly(2), vec![invoice("lost", "2025-09-01", "2025-09-15", "100 EUR", &lost)]].concat();
        told(kind(&all(&lines), on)).unwrap()
    };
    let on = "2025-12-20";
    let would_not = (ClientKind::SteppingStone, "would not pay lost, written off on 20 Nov".to_owned());
    assert_eq!(with("will_not", on), would_not);
    let could_not = (ClientKind::SteppingStone, "could not pay lost, written off on 20 Nov".to_owned());
    assert_eq!(with("cannot", on), could_not);
    for cause in ["misunderstanding", "dissatisfied"] {
        assert_eq!(with(cause, on).0, ClientKind::Steady, "{cause}");
    }
    assert_eq!(with("will_not", "2025-11-19").0, ClientKind::Steady, "nobody knew");
}

#[test]
fn a_steady_client_that_falls_on_two_grounds_is_at_risk_and_on_one_it_is_not() {
    let mut lines = monthly(2);
    // Glad and in touch until the autumn, silent since.
    lines.extend((1..=9).flat_map(|month| {
        let on = format!("2025-{month:02}-05");
        [touch(&format!("in{month}"), &on, "in", ""), touch(&format!("out{month}"), &on, "out", "")]
    }));
    let on = "2025-12-28";
    // Silence alone is one ground.
    let alone = kind(&all(&lines), on).unwrap();
    assert_eq!(alone.kind, ClientKind::Steady, "{}", alone.why());
    // Complaints and a push are more.
    lines.extend(["2025-11-01", "2025-11-02"].map(|on| touch(on, on, "in", "kind: complaint")));
    lines.extend(["2025-11-03", "2025-11-04"].map(|on| touch(on, on, "in", "kind: price_push")));
    let falling = kind(&all(&lines), on).unwrap();
    assert_eq!(falling.kind, ClientKind::AtRisk, "{}", falling.why());
    assert!(
        falling.because.len() >= 3
            && falling.because[0].starts_with("the score by itself, not drawn to others, fell by"),
        "{}",
        falling.why()
    );
    let named: Vec<&str> = falling.facts.iter().map(|(_, id)| id.as_str()).collect();
    assert!(["2025-11-01", "2025-11-04", "in9"].iter().all(|id| named.contains(id)), "{named:?}");
}

#[test]
fn of_whom_too_little_is_known_for_a_score_two_late_invoices_tell_that_it_falls() {
    let mut lines = monthly(0);
    lines.extend([invoice("a", "2026-01-05", "2026-01-15", "1000 EUR", "")]);
    let on = "2026-03-20";
    assert_eq!(kind(&all(&lines), on).unwrap().kind, ClientKind::Steady, "one is none");
    lines.extend([invoice("b", "2026-01-20", "2026-01-30", "1000 EUR", "")]);
    let falling = kind(&all(&lines), on).unwrap();
    assert!(health(&all(&lines), on).health.score.is_err());
    assert_eq!(falling.kind, ClientKind::AtRisk, "{}", falling.why());
    assert!(
        falling.why().contains("2 invoices that were due since 20 Dec 2025 are late"),
        "{}",
        falling.why()
    );
}

#[test]
fn between_what_is_steady_and_thirty_days_a_client_is_a_stepping_stone_for_it_pays_late() {
    let late = told(kind(&all(&monthly(20)), "2026-01-05"));
    let words = "pays 20 days late on average, from 12 invoices";
    assert_eq!(late, Some((ClientKind::SteppingStone, words.to_owned())));
    assert_eq!(kind(&all(&monthly(7)), "2026-01-05").unwrap().kind, ClientKind::Steady);
    assert_eq!(kind(&all(&monthly(8)), "2026-01-05").unwrap().kind, ClientKind::SteppingStone);
    // Where it begins is the book's to say.
    let patient = Business { thresholds: [("punctual_days".to_owned(), Decimal::from(30))].into(), ..firm() };
    let lines = monthly(20);
    let book = book_of(patient, &[&[ACME], all(&lines).as_slice()].concat());
    let figures = Figures::of(&book, day("2026-01-05"));
    assert_eq!(figures.client(&acme()).unwrap().kind.as_ref().unwrap().kind, ClientKind::Steady);
}

#[test]
fn who_has_agreed_a_job_always_has_a_kind_and_what_is_missing_to_be_steady_is_named() {
    // Three jobs, and nothing about any of them in writing.
    let jobs: Vec<String> = ["2025-01-10", "2025-05-10", "2025-09-10"]
        .iter()
        .flat_map(|on| {
            let billed = paid(&format!("i{on}"), on, on, "500 EUR", on);
            [deal(on, &[&format!("{on} in_work"), &format!("{on} done")], r#"value: "500 EUR""#), billed]
        })
        .collect();
    let verbal = kind(&all(&jobs), "2025-12-01").unwrap();
    assert_eq!(verbal.kind, ClientKind::SteppingStone);
    assert!(verbal.why().starts_with("too little in writing: "), "{}", verbal.why());
    // Nothing fell due yet: within the first year time will tell.
    let deals: Vec<&str> = jobs.iter().filter(|it| it.starts_with("deal")).map(String::as_str).collect();
    let unbilled = told(kind(&deals, "2025-12-01"));
    let words = "3 jobs, but of 3 invoices that tell how they pay none fell due in the window";
    assert_eq!(unbilled, Some((ClientKind::New, words.to_owned())));
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
        agreed: "2025-01-01", from: "2025-01-01")"#;
    assert_eq!(kind(&[fee], "2025-03-01").unwrap().kind, ClientKind::New);
    assert_eq!(kind(&[fee], "2026-03-01").unwrap().kind, ClientKind::SteppingStone);
}

#[test]
fn every_client_of_the_real_invoices_has_a_kind_on_every_day() {
    let book = crate::ledger::late_payments();
    for on in ["2012-03-01", "2012-09-01", "2013-06-01", "2013-12-01", "2014-06-01"] {
        let figures = Figures::of(&book, day(on));
        let without = figures.of_clients.iter().filter(|it| it.invoices > 0 && it.kind.is_none()).count();
        assert_eq!(without, 0, "{on}");
    }
}

/// A year of work far below break-even: 12 × 1000 for 480 hours, 25 an hour.
fn badly_paid(late: i64) -> Vec<String> {
    let mut lines = monthly(late);
    lines.extend((1..=12).map(|month| work(&format!("w{month}"), &format!("2025-{month:02}-02"), "40", "")));
    lines
}

#[test]
fn lateness_alone_is_never_toxic_nor_is_a_push_or_a_loss_without_a_review() {
    let late = monthly(60);
    assert_eq!(kind(&all(&late), "2026-02-20").unwrap().kind, ClientKind::SteppingStone);
    let mut lines = badly_paid(60);
    let is = |lines: &[String]| kind(&all(lines), "2026-02-20").map(|it| it.kind);
    assert_eq!(is(&lines), Some(ClientKind::SteppingStone), "late, and below break-even");
    lines.push(touch("p1", "2025-05-01", "in", "kind: scope_push"));
    lines.push(touch("p2", "2025-06-01", "in", "kind: scope_push"));
    assert_eq!(is(&lines), Some(ClientKind::SteppingStone), "no review was held");
    lines.push(touch("r", "2025-08-01", "out", "kind: review"));
    assert_eq!(is(&lines), Some(ClientKind::SteppingStone), "no push since the review");
    lines.push(touch("p3", "2025-09-01", "in", "kind: scope_push"));
    let toxic = kind(&all(&lines), "2026-02-20").unwrap();
    assert_eq!(toxic.kind, ClientKind::Toxic);
    assert_eq!(toxic.because.len(), 3);
    assert!(toxic.because[0].starts_with("leaves 25.00 EUR an hour, below the break-even rate of 50.00 EUR"));
    assert!(toxic.because[2].starts_with("still so after the review on 1 Aug 2025"), "{}", toxic.why());
    assert_eq!(toxic.because[1], "pushed the scope 3 times in the window, first on 1 May 2025");
    let named: Vec<&str> = toxic.facts.iter().map(|(_, id)| id.as_str()).collect();
    assert!(["r", "p1", "p2", "p3", "w1", "m12"].iter().all(|id| named.contains(id)), "{named:?}");
    // Each sort is counted apart.
    let mixed: Vec<String> = lines.iter().map(|it| it.replace("(id: \"p1\"", "(id: \"p0\"")).collect();
    let mixed: Vec<String> = mixed
        .iter()
        .map(|it| if it.contains("\"p0\"") { it.replace("scope_push", "price_push") } else { it.clone() })
        .collect();
    let words = "pushed the price once, pushed the scope twice in the window, first on 1 May 2025";
    assert_eq!(kind(&all(&mixed), "2026-02-20").unwrap().because[1], words);
    // A year after the last push nobody can say that they still push.
    assert_eq!(kind(&all(&lines), "2026-09-01").map(|it| it.kind), Some(ClientKind::Toxic));
    assert_ne!(kind(&all(&lines), "2026-09-02").map(|it| it.kind), Some(ClientKind::Toxic));
    // What I said of the price to them is no push of theirs.
    let mine: Vec<String> =
        lines
            .iter()
            .map(|it| {
                if it.contains("_push") { it.replace("direction: in", "direction: out") } else { it.clone() }
            })
            .collect();
    assert_ne!(is(&mine), Some(ClientKind::Toxic));
    // Punctual, it is as toxic.
    let mut punctual = badly_paid(0);
    punctual.extend(lines[24..].to_vec());
    assert_eq!(is(&punctual), Some(ClientKind::Toxic));
    // Once what was worked since the review pays, it is not.
    lines.push(paid("more", "2025-10-20", "2025-10-30", "20000 EUR", "2025-10-30"));
    assert_ne!(is(&lines), Some(ClientKind::Toxic));
}

#[test]
fn silence_beyond_twice_the_rhythm_is_dormant_and_price_and_single_jobs_are_stepping_stones() {
    let lines = monthly(2);
    // Every 30 days before; 90 days at least, from the last payment on.
    assert_ne!(kind(&all(&lines), "2026-03-12").unwrap().kind, ClientKind::Dormant);
    let dormant = kind(&all(&lines), "2026-03-13").unwrap();
    assert_eq!(
        (dormant.kind, dormant.why().as_str()),
        (ClientKind::Dormant, "silent for 91 days, and came every 30 before")
    );
    let at_work = r#"work (id: "w", client: "acme", day: "2026-02-20", hours: "3")"#;
    let busy = [vec![at_work], all(&lines)].concat();
    assert_ne!(kind(&busy, "2026-03-13").unwrap().kind, ClientKind::Dormant, "hours are a sign of life");
    // So are a day named for the payment, a dispute and a promise.
    let theirs = r#"promise (id: "p", client: "acme", by: them, what: "texts", made: "2026-02-20", due: "2026-05-01")"#;
    assert_ne!(kind(&[vec![theirs], all(&lines)].concat(), "2026-03-13").unwrap().kind, ClientKind::Dormant);
    for more in
        [r#"promised: [(day: "2026-02-20", pay_by: "2026-06-01")]"#, r#"disputes: [(from: "2026-02-20")]"#]
    {
        let mut open = lines.clone();
        open[11] = invoice("m12", "2025-12-01", "2025-12-10", "1000 EUR", more);
        assert_ne!(kind(&all(&open), "2026-03-13").unwrap().kind, ClientKind::Dormant, "{more}");
    }
    let job = deal("one", &["2025-06-01 done"], "");
    assert_eq!(
        told(kind(&[&job], "2026-01-01")),
        Some((ClientKind::SteppingStone, "one job, 214 days ago".to_owned()))
    );
    let two =
        [job, deal("two", &["2025-09-01 done"], ""), touch("a", "2025-08-01", "in", "kind: price_push")];
    // Two jobs may still become three, within a year of the first; two old ones are a stepping stone.
    let few = "2 jobs in 214 days, and 3 make a client steady";
    assert_eq!(told(kind(&all(&two), "2026-01-01")), Some((ClientKind::New, few.to_owned())));
    let old = told(kind(&all(&two), "2026-06-02"));
    let words = "2 jobs in 366 days, and 3 make a client steady";
    assert_eq!(old, Some((ClientKind::SteppingStone, words.to_owned())));
    let push = touch("b", "2025-08-02", "in", "kind: price_push");
    let pushed = [two.as_slice(), &[push]].concat();
    assert_eq!(
        told(kind(&all(&pushed), "2026-01-01")),
        Some((ClientKind::SteppingStone, "pushed the price 2 times".to_owned()))
    );
}

// What would mend it.

#[test]
fn the_smallest_change_is_named_with_what_it_comes_to() {
    let lines = [invoice("1042", "2026-02-15", "2026-03-01", "2400 EUR", "")];
    // 30 days are drawn to (30 + 3 × 12.8) / 4 = 17.1: 62 points, three times, and 33.33 for the doubt: 54.83; once it is paid
    // nothing is in doubt: (186 + 100) / 4 = 71.5.
    let pay = mend(&all(&lines), "2026-03-31", Indicator::Pays).unwrap().unwrap();
    assert_eq!(pay.says, "+17 points if they pay invoice 1042 (2,400.00 EUR): 55 → 72.");
    assert_eq!((pay.cost, pay.mended), (2, true));
    let good = [paid("1", "2026-02-15", "2026-03-01", "2400 EUR", "2026-03-01")];
    assert_eq!(mend(&all(&good), "2026-03-19", Indicator::Pays), Ok(None), "what is good needs no mending");
    let unknown = mend(&[], "2026-03-19", Indicator::Pays).unwrap_err();
    assert_eq!(unknown.0, "no invoice was due in the window");
}

#[test]
fn the_cheapest_set_is_named_where_one_change_is_not_enough() {
    // 40 points for nothing said. A referral brings 30 for 3; praise 15 and a testimonial 30, each for 2.
    let plain: Vec<String> = (1..=3).map(|n| touch(&format!("p{n}"), "2026-01-05", "in", "")).collect();
    let one = mend(&all(&plain), "2026-03-01", Indicator::Speaks).unwrap().unwrap();
    assert_eq!(one.says, "+30 points if they give a testimonial when asked: 40 → 70.");
    // 20 for a complaint on top: 15 + 30 are not enough, 30 + 30 are: 5.
    let complaint = touch("c", "2026-01-06", "in", "kind: complaint");
    let lines = [plain.as_slice(), std::slice::from_ref(&complaint)].concat();
    let two = mend(&all(&lines), "2026-03-01", Indicator::Speaks).unwrap().unwrap();
    assert_eq!(two.says, "+60 points if they give a testimonial when asked and they send somebody: 20 → 80.");
    assert_eq!(two.cost, 5);
}

#[test]
fn where_no_set_is_enough_the_best_single_change_is_named_as_not_enough() {
    let plain: Vec<String> = (1..=3).map(|n| touch(&format!("p{n}"), "2026-01-05", "in", "")).collect();
    let complaints = |count: usize| -> Vec<String> {
        (0..count).map(|n| touch(&format!("c{n}"), "2026-01-06", "in", "kind: complaint")).collect()
    };
    // 40 − 40 = 0, to which 75 is the most that three good words bring: enough. With three complaints: 55.
    let lines = [plain.as_slice(), &complaints(3)].concat();
    let best = mend(&all(&lines), "2026-03-01", Indicator::Speaks).unwrap().unwrap();
    // −20 + 30: a testimonial brings 10 for 2.
    assert_eq!(
        best.says,
        "+10 points if they give a testimonial when asked: 0 → 10, of the 70 that are good."
    );
    assert!(!best.mended);
    // With five no single word shows, but several do.
    let lines = [plain.as_slice(), &complaints(5)].concat();
    let some = mend(&all(&lines), "2026-03-01", Indicator::Speaks).unwrap();
    assert!(some.is_some_and(|set| set.changes.len() > 1 && !set.mended && set.to > set.from));
    // Nine leave nothing that mends, until the first is two years old.
    let lines = [plain.as_slice(), &complaints(9)].concat();
    let why = mend(&all(&lines), "2026-03-01", Indicator::Speaks).unwrap_err();
    assert_eq!(why.0, "nothing one can do today lifts it; the first complaint counts until 5 Jan 2028");
    assert!(points(&all(&lines), "2028-01-06", Indicator::Speaks).is_err(), "and so it does");
}

#[test]
fn work_is_mended_by_billing_it_up_to_what_is_good_and_writing_by_the_next_jobs() {
    let lines =
        [paid("1", "2026-01-01", "2026-01-31", "600 EUR", "2026-01-31"), work("w", "2026-01-02", "10", "")];
    // 60 an hour; good is 65, half the way from break-even to the target: 10 hours of that are 50 more.
    let bill = mend(&all(&lines), "2026-03-01", Indicator::Effort).unwrap().unwrap();
    assert_eq!(
        bill.says,
        "+10 points if 50.00 EUR more is billed and paid for finished work, which makes a good rate: 60 → 70."
    );
    let job = deal("one", &["2026-01-02 in_work"], r#"value: "500 EUR""#);
    let jobs = mend(&[&job], "2026-03-01", Indicator::Writing).unwrap().unwrap();
    // One of two: (100 + 50 + 100) / 4 = 62.5; two of three: (133.33 + 66.67 + 100) / 4 = 75.
    assert_eq!(
        jobs.says,
        "+75 points if the next two jobs, of 500.00 EUR each, are signed before the work, with their down payments received and \
         no push: 0 → 75."
    );
    assert_eq!(jobs.cost, 10);
}

#[test]
fn one_complaint_is_known_as_one_word_of_praise_is() {
    let said = |kind: &str| {
        points(
            &all(&[touch("t", "2026-01-05", "in", &format!("kind: {kind}"))]),
            "2026-03-01",
            Indicator::Speaks,
        )
    };
    let (praise, complaint) = (said("praise").unwrap(), said("complaint").unwrap());
    assert!(complaint < praise, "{complaint} {praise}");
    assert!(said("report").is_err(), "a word that says neither tells nothing");
}
