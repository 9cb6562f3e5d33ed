//! The forecast's own back-test: its scores worked out by hand, and what it promises on the sample of 2,466 invoices.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use rapport::cli::backtest::{json, table};
use rapport::domain::{AnyRecord, Book, Currency, Invoice, days_between};
use rapport::figures::forecast::{
    Backtest, CashScore, Habits, Judged, LEVELS, Plan, Pmf, Score, predictions,
};
use rapport::store::import::{Options, Override, plan};

use crate::facts::{book, day};

/// The sample of real invoices, without the column that says not when a dispute began.
pub(crate) fn late_payments() -> Book {
    let disputed = Override::parse("disputed=-").unwrap();
    let options = Options { map: vec![disputed], ..Options::default() };
    let csv = include_bytes!("fixtures/late_payments.csv");
    plan(csv, &options, &Book::empty(Currency::USD)).unwrap().apply()
}

fn backtest(book: &Book, from: &str, to: &str, every: u32) -> Backtest {
    let plan = Plan { from: day(from), to: day(to), every };
    Backtest::of(book, &plan, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-9
}

fn cash(backtest: &Backtest, weeks: u32, scheduled: bool) -> &CashScore {
    backtest.cash_scores.iter().find(|it| it.weeks == weeks && it.scheduled == scheduled).unwrap()
}

mod scores {
    use super::*;

    /// By day 1, 2, 3, 4 a quarter each.
    fn quarters() -> Pmf {
        Pmf::of_days([0.25; 4], 0.0)
    }

    #[test]
    fn the_crps_is_the_squared_distance_of_the_chances_from_what_came() {
        // Came on day 2: (0.25)² + (0.5 − 1)² + (0.75 − 1)² + 0 = 0.0625 + 0.25 + 0.0625.
        assert!(close(Judged::of(&quarters(), 2).crps, 0.375));
        // On day 6: 0.0625 + 0.25 + 0.5625 + 1 + 1.
        assert!(close(Judged::of(&quarters(), 6).crps, 2.875));
        // A sure day is as wrong as it is off.
        assert!(close(Judged::of(&Pmf::on(7), 3).crps, 4.0));
        // Half on day 1, then half of the rest every day: came on day 1, (1/2)² + (1/4)² + … = 1/3.
        assert!(close(Judged::of(&Pmf::of_days([0.5], 0.5), 1).crps, 1.0 / 3.0));
    }

    #[test]
    fn the_scores_of_three_predictions_are_those_of_paper() {
        // 5 %…25 % → day 1, …50 % → 2, …75 % → 3, …95 % → 4. It came on 2, 4 and 9.
        let judged = [2, 4, 9].map(|came| Judged::of(&quarters(), came));
        let score = Score::of(&judged).unwrap();
        assert_eq!(judged[0].quantiles[..6], [1, 1, 1, 1, 1, 2]);
        assert_eq!(score.count, 3);
        // The median is 2: off by 0, 2, 7.
        assert!(close(score.mae, 3.0) && close(score.median_ae, 2.0));
        // 10 %: 0.1 · (1 + 3 + 8) / 3; 50 %: 0.5 · 9 / 3; 90 % is day 4: 0.1 · 2 below, 0, 0.9 · 5 above.
        let [p10, p50, p90] = score.pinball;
        assert!(close(p10, 0.4) && close(p50, 1.5) && close(p90, (0.2 + 4.5) / 3.0));
        // Days 1 to 4 hold the first two. All came within 30 days, as was said.
        assert!(close(score.coverage, 2.0 / 3.0) && close(score.brier_30, 0.0));
        let sure_late = Judged::of(&Pmf::of_days([0.0; 40], 0.25), 3);
        assert!(close(Score::of(&[sure_late]).unwrap().brier_30, 1.0));
        assert_eq!(Score::of(&[]), None);
    }

    #[test]
    fn of_two_middle_errors_the_median_is_their_mean() {
        let judged = [3, 6].map(|came| Judged::of(&Pmf::on(2), came));
        assert!(close(Score::of(&judged).unwrap().median_ae, 2.5));
    }
}

mod on_a_small_book {
    use super::*;

    /// Two invoices of one client: one paid 10 days late on 11 February, one paid 3 days late; and a third never.
    fn small() -> Book {
        book(&[
            r#"client (id: "acme", name: "Acme")"#,
            r#"invoice (id: "a", number: "1", client: "acme", issued: "2026-01-01", due: "2026-02-01",
                lines: [(result: "x", price: "100 EUR")], payments: [(day: "2026-02-11", amount: "100 EUR")])"#,
            r#"invoice (id: "b", number: "2", client: "acme", issued: "2026-02-01", due: "2026-03-01",
                lines: [(result: "x", price: "200 EUR")],
                payments: [(day: "2026-03-04", amount: "200 EUR")])"#,
            r#"invoice (id: "c", number: "3", client: "acme", issued: "2026-02-01", due: "2026-03-01",
                lines: [(result: "x", price: "50 EUR")])"#,
            r#"invoice (id: "d", number: "4", client: "acme", issued: "2026-02-25", due: "2026-05-01",
                lines: [(result: "x", price: "70 EUR")], payments: [(day: "2026-06-20", amount: "70 EUR")])"#,
        ])
    }

    #[test]
    fn every_invoice_open_at_a_cut_off_is_predicted_and_the_paid_ones_scored() {
        let backtest = backtest(&small(), "2026-02-20", "2026-02-20", 28);
        let found: Vec<_> =
            backtest.predictions.iter().map(|it| (it.number.as_str(), it.paid_after)).collect();
        assert_eq!(found, [("2", Some(12)), ("3", None)]);
        assert_eq!(backtest.forecast.unwrap().count, 1);
        // Due 9 days after the cut-off, paid 12 days after it; the client's mean delay was 10 days.
        assert!(close(backtest.due_day.unwrap().mae, 3.0));
        assert!(close(backtest.client_mean.unwrap().mae, 7.0));
    }

    #[test]
    fn the_cash_that_came_is_counted_week_by_week_with_and_without_what_was_invoiced_since() {
        let backtest = backtest(&small(), "2026-02-20", "2026-02-20", 28);
        let came = |scheduled: bool| {
            let of_kind = backtest.cash.iter().filter(move |it| it.scheduled == scheduled);
            of_kind.map(|it| it.came.amount.to_string()).collect::<Vec<_>>()
        };
        let mut open = vec!["0"];
        open.extend(["200"; 12]);
        assert_eq!(came(false), open);
        // The 70 came on 20 June, 17 weeks after the cut-off.
        assert_eq!(came(true), open);
        assert_eq!(backtest.cash_scores.len(), 4);
        assert_eq!(cash(&backtest, 13, true).week_ends, 13);
        let p90 = |scheduled: bool| backtest.cash.iter().rfind(|it| it.scheduled == scheduled);
        assert!(p90(true).unwrap().p90.amount > p90(false).unwrap().p90.amount);
    }

    #[test]
    fn weeks_that_are_not_past_yet_are_not_judged() {
        // 11 weeks and a day before the last payment, of 20 June.
        let backtest = backtest(&small(), "2026-04-03", "2026-04-03", 28);
        assert_eq!(backtest.cash.iter().map(|it| it.week).max(), Some(11));
        assert!(backtest.cash_scores.iter().all(|score| score.weeks == 8));
    }

    #[test]
    fn the_usual_plan_needs_20_paid_invoices() {
        let why = Plan::usual(&small(), day("2026-12-01")).unwrap_err();
        assert_eq!(why.to_string(), "a back-test needs 20 paid invoices, and the book has 3");
    }

    #[test]
    fn it_can_be_broken_off() {
        let plan = Plan { from: day("2026-01-01"), to: day("2026-03-01"), every: 7 };
        let mut heard = Vec::new();
        let stopped = Backtest::of(&small(), &plan, &mut |done, of| {
            heard.push((done, of));
            if done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((stopped, heard), (None, vec![(0, 9), (1, 9), (2, 9)]));
    }

    #[test]
    fn the_json_has_the_documented_keys_and_says_why_something_is_null() {
        let json = json(&backtest(&small(), "2026-02-20", "2026-02-20", 28));
        let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let documented =
            ["from", "to", "every", "cutoffs", "currency", "scores", "cash_scores", "cash", "predictions"];
        assert_eq!(keys, documented);
        let [paid, unpaid] = [&json["predictions"][0], &json["predictions"][1]];
        for key in ["cutoff", "invoice", "client", "number", "open", "currency", "p_paid_30", "crps"] {
            assert!(!paid[key].is_null(), "{key}");
        }
        assert_eq!((&paid["open"], &paid["paid_after_days"]), (&"200.00".into(), &12.into()));
        assert_eq!(paid["quantiles"].as_array().unwrap().len(), LEVELS.len());
        assert!(unpaid["paid_after_days"].is_null());
        assert_eq!(unpaid["paid_after_days_why"], "it is not paid so far");
        let nothing = super::json(&backtest(&small(), "2025-01-01", "2025-01-01", 28));
        assert_eq!(nothing["scores"]["forecast"]["count"], 0);
        assert!(nothing["scores"]["forecast"]["mae"].is_null());
        assert!(nothing["scores"]["forecast"]["mae_why"].is_string());
    }

    #[test]
    fn too_few_to_judge_is_said() {
        let text = table(&backtest(&small(), "2026-02-20", "2026-02-20", 28), small().business());
        assert!(text.contains("Too few to judge: 1 prediction paid since."), "{text}");
        let text = table(&backtest(&small(), "2026-05-20", "2026-05-20", 28), small().business());
        assert!(text.contains("Too few: no day looked back from lies eight weeks behind."), "{text}");
    }
}

/// The promises on the sample, over all 17 cut-offs: what the design measured, or better.
#[test]
fn on_the_sample_the_forecast_is_as_good_as_it_says() {
    let backtest = backtest(&late_payments(), "2012-07-01", "2013-09-22", 28);
    let score = backtest.forecast.unwrap();
    assert_eq!((score.count, backtest.predictions.len()), (1_626, 1_626));
    assert!(score.mae <= 5.75, "{score:?}");
    assert!(score.crps <= 4.10, "{score:?}");
    assert!((0.77..=0.83).contains(&score.coverage), "{score:?}");
    assert!(score.brier_30 <= 0.068, "{score:?}");
    // "Paid on the due date" is known to be 8.6 days off and to cover 6 %.
    let due_day = backtest.due_day.unwrap();
    assert!((8.55..8.65).contains(&due_day.mae) && (0.05..0.07).contains(&due_day.coverage), "{due_day:?}");
    for scheduled in [false, true] {
        let cash = cash(&backtest, 13, scheduled);
        assert!(cash.wape.unwrap() <= 0.030, "{cash:?}");
        assert!((0.75..=0.85).contains(&cash.coverage.unwrap()), "{cash:?}");
    }
    let text = table(&backtest, late_payments().business());
    assert!(text.contains("Of the last 17 eight-week forecasts, 15 held."), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 104), "{text}");
}

/// The book as known, but of each client's paid invoices the last ones alone.
fn cut(known: &Book, keep: usize) -> Book {
    let mut gone = BTreeSet::new();
    for client in known.clients() {
        let paid = |invoice: &Invoice| invoice.settled_on();
        let mut history: Vec<(NaiveDate, &str)> = client
            .facts
            .invoices
            .iter()
            .filter_map(|invoice| Some((paid(invoice)?, invoice.id.as_str())))
            .collect();
        history.sort_unstable();
        gone.extend(history.iter().rev().skip(keep).map(|(_, id)| (*id).to_owned()));
    }
    let stays =
        |record: &AnyRecord| !matches!(record, AnyRecord::Invoice(it) if gone.contains(it.id.as_str()));
    Book::from_records(known.business().clone(), known.records().filter(stays))
}

#[test]
fn with_one_or_two_paid_invoices_a_client_the_range_still_holds() {
    let book = late_payments();
    for keep in [1, 2] {
        let plan = Plan { from: day("2012-07-01"), to: day("2013-09-22"), every: 28 };
        let mut judged = Vec::new();
        for cutoff in plan.cutoffs() {
            let known = cut(&book.as_of(cutoff), keep);
            let habits = Habits::of(&known, cutoff);
            judged.extend(predictions(&habits, &known, &book).iter().filter_map(|it| it.judged));
        }
        let score = Score::of(&judged).unwrap();
        assert!(score.count >= 200, "{score:?}");
        assert!((0.72..=0.88).contains(&score.coverage), "{keep}: {score:?}");
    }
}

#[test]
fn the_past_predicted_does_not_know_what_came() {
    let book = late_payments();
    let cutoff = day("2013-01-13");
    let later = backtest(&book, "2013-01-13", "2013-01-13", 28);
    let alone = book.as_of(cutoff);
    let known = predictions(&Habits::of(&alone, cutoff), &alone, &alone);
    assert!(known.len() > 80 && known.iter().all(|it| it.paid_after.is_none()));
    for (known, later) in known.iter().zip(&later.predictions) {
        assert_eq!((&known.invoice, known.quantiles), (&later.invoice, later.quantiles));
        assert!(later.paid_after.unwrap() >= 1 && days_between(cutoff, later.cutoff) == 0);
    }
}
