//! How the forecast held, in a form to read in a terminal: plain text of at most 100 columns, no colours.

use std::fmt::Write;

use crate::domain::{Business, per_cent};
use crate::figures::forecast::{Backtest, CashScore, Score};
use crate::written::counted;

/// Fewer predictions than these tell little.
const ENOUGH: usize = 20;

/// The scores in words and columns.
#[must_use]
pub fn table(backtest: &Backtest, business: &Business) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let mut line = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    let name = if business.name.is_empty() { "this book" } else { &business.name };
    let plan = &backtest.plan;
    line(format!(
        "The forecast of {name} looked back at from {} ({} to {}, every {})",
        counted(plan.cutoffs().count(), "day"),
        plan.from,
        plan.to,
        counted(plan.every as usize, "day"),
    ));
    let (made, paid) = (backtest.predictions.len(), backtest.forecast.map_or(0, |score| score.count));
    line(format!("{} of open invoices, {paid} of them paid since\n", counted(made, "prediction")));

    line(format!(
        "  {:<26} {:>6} {:>6} {:>7}   {:<17} {:>5} {:>10} {:>9}",
        "WHEN INVOICES ARE PAID", "n", "MAE", "median", "pinball 10 50 90", "CRPS", "P10–P90", "Brier 30"
    ));
    for (name, score) in [
        ("This forecast", &backtest.forecast),
        ("Paid on the due date", &backtest.due_day),
        ("The client's mean delay", &backtest.client_mean),
    ] {
        line(format!("  {name:<26} {}", score.as_ref().map_or_else(|| "–".to_owned(), of_score)));
    }
    if paid < ENOUGH {
        line(format!("  Too few to judge: {} paid since.", counted(paid, "prediction")));
    }

    line(format!(
        "\n  {:<46} {:>9} {:>10} {:>10} {:>9}",
        "MONEY THAT COMES IN, WEEK BY WEEK", "forecasts", "WAPE", "P10–P90", "at end"
    ));
    for score in &backtest.cash_scores {
        line(of_cash(score));
    }
    match backtest.cash_scores.iter().find(|score| score.weeks == 8 && score.scheduled) {
        Some(CashScore { forecasts, held, .. }) => {
            let forecasts = counted(*forecasts, "eight-week forecast");
            line(format!("\nOf the last {forecasts}, {held} held."));
        }
        None => line("  Too few: no day looked back from lies eight weeks behind.".to_owned()),
    }
    line(
        "\nMAE, median, pinball and CRPS are in days, less is better. P10–P90: the share of what came that lay\n\
         between the 10\u{a0}% and the 90\u{a0}% quantile; 80\u{a0}% is right. Of money: by all week ends on which these two\n\
         differ, and at end by the last one alone. WAPE: error of the median in % of what came."
            .to_owned(),
    );
    text
}

fn of_score(score: &Score) -> String {
    let [p10, p50, p90] = score.pinball;
    format!(
        "{:>6} {:>6.2} {:>7.1}   {:<17} {:>5.2} {:>10} {:>9.3}",
        score.count,
        score.mae,
        score.median_ae,
        format!("{p10:.2} {p50:.2} {p90:.2}"),
        score.crps,
        percent(score.coverage),
        score.brier_30,
    )
}

fn of_cash(score: &CashScore) -> String {
    let what = if score.scheduled { "with those issued in the window" } else { "invoices open then" };
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), percent);
    format!(
        "  {:<46} {:>9} {:>10} {:>10} {:>9}",
        format!("{} weeks, {what}", score.weeks),
        score.forecasts,
        figure(score.wape),
        figure(score.coverage),
        format!("{}/{}", score.held, score.forecasts),
    )
}

fn percent(share: f64) -> String {
    per_cent(format_args!("{:.1}", share * 100.0))
}
