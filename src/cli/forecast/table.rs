//! A forecast in a form to read in a terminal: plain text of at most 100 columns, no colours.

use chrono::{Datelike, NaiveDate};

use crate::cli::report::{ROWS, and_more, cut, grouped, line};
use crate::domain::{Business, Money, per_cent};
use crate::figures::Unknown;
use crate::figures::forecast::{Fan, FanDay, Forecast, Layer, Layers, Receipt};
use crate::written::counted;

/// What is told of: committed money alone, with what is likely, and with what is possible too.
const TOLD: [(&str, Layers); 3] = [
    ("Committed money alone", Layers { likely: false, possible: false }),
    ("With what is likely", Layers { likely: true, possible: false }),
    ("With open deals too", Layers { likely: true, possible: true }),
];

/// The forecast in words and columns.
#[must_use]
pub fn table(forecast: &Forecast, business: &Business) -> String {
    let mut text = String::new();
    let name = if business.name.is_empty() { "This book" } else { &business.name };
    let Forecast { day, until, currency, .. } = forecast;
    line(&mut text, format!("{name}: forecast from {day} to {until}, amounts in {currency}"));
    balance(&mut text, forecast);
    weeks(&mut text, forecast);
    expected(&mut text, forecast);
    receipts(&mut text, forecast);
    left_out(&mut text, forecast);
    text
}

fn balance(text: &mut String, forecast: &Forecast) {
    let opening = match &forecast.opening {
        Ok(opening) => grouped(*opening),
        Err(Unknown(why)) => format!("unknown: {why}; balances below tell the change from today"),
    };
    let reserve = forecast.reserve.map_or_else(|| "none is set".to_owned(), grouped);
    line(text, format!("\n  {:<22} {opening}", "Balance"));
    line(text, format!("  {:<22} {reserve}", "Reserve"));
    for (name, layers) in TOLD {
        if let Some(fan) = forecast.fan(layers) {
            line(text, format!("  {name}\n    {}", sentence(fan, forecast)));
        }
    }
    if let Ok(runway) = &forecast.runway {
        let weeks = |weeks: Option<i64>| match weeks {
            None => "more than 2 years".to_owned(),
            Some(1) => "1 week".to_owned(),
            Some(weeks) => format!("{weeks} weeks"),
        };
        let (committed, without) = (weeks(runway.committed_weeks), weeks(runway.without_receipts_weeks));
        line(text, format!("  {:<22} {committed} on committed money, {without} without receipts", "Runway"));
    }
}

/// `9 in 10: stays above 4,000.00; lowest 18 Apr; 6 % chance of going under the reserve`.
fn sentence(fan: &Fan, forecast: &Forecast) -> String {
    let lowest = &fan.lowest;
    let stays = match &forecast.opening {
        Ok(_) => format!("stays above {}", grouped(lowest.nine_in_ten)),
        Err(_) => format!("changes by no less than {}", grouped(lowest.nine_in_ten)),
    };
    let day = said(lowest.day, forecast.day);
    let under =
        lowest.under_reserve.map(|share| format!("; {} chance of going under the reserve", estimated(share)));
    format!("9 in 10: {stays}; lowest {day}{}", under.unwrap_or_default())
}

/// A day as one says it on another: `4 Mar`, with its year where that differs.
fn said(day: NaiveDate, on: NaiveDate) -> String {
    let format = if day.year() == on.year() { "%-d %b" } else { "%-d %b %Y" };
    day.format(format).to_string()
}

/// A share of paths, which is never quite none and never quite all.
fn estimated(share: f64) -> String {
    percent(share.clamp(0.001, 0.999))
}

/// A chance in whole per cent; what is neither nought nor certain never looks so.
fn percent(share: f64) -> String {
    match share {
        0.0 => per_cent(0),
        ..0.01 => per_cent("<1"),
        0.99..1.0 => per_cent(">99"),
        share => per_cent(format_args!("{:.0}", libm::round(share * 100.0))),
    }
}

/// The width of a column of amounts: at least so many characters, and always a blank before the widest.
fn width(amounts: impl Iterator<Item = String>, least: usize) -> usize {
    amounts.map(|amount| amount.chars().count().saturating_add(1)).max().unwrap_or(0).max(least)
}

fn weeks(text: &mut String, forecast: &Forecast) {
    let [committed, likely, possible] = TOLD.map(|(_, layers)| forecast.fan(layers));
    let (Some(committed), Some(likely), Some(possible)) = (committed, likely, possible) else { return };
    let weekly = |fan: &Fan| fan.days.iter().skip(6).step_by(7).cloned().collect::<Vec<_>>();
    let [committed_days, likely_days, possible_days] = [committed, likely, possible].map(weekly);
    let bands = |day: &FanDay| {
        let [_, p10, _, p50, _, p90, _] = day.quantiles.map(grouped);
        [p10, p50, p90]
    };
    let every = committed_days.iter().chain(&likely_days).chain(&possible_days);
    let wide = width(every.flat_map(bands), 14);
    let row = |[p10, p50, p90]: [String; 3]| format!("{p10:>wide$}{p50:>wide$}{p90:>wide$}");
    let three = 3 * wide;
    let heads = row(["P10", "median", "P90"].map(str::to_owned));
    line(text, format!("\n  {:<11}{:>three$} {:>three$}", "", "committed", "with what is likely"));
    line(text, format!("  {:<11}{heads} {heads}", "week to"));
    for (committed, likely) in committed_days.iter().zip(&likely_days) {
        line(text, format!("  {:<11}{} {}", committed.day, row(bands(committed)), row(bands(likely))));
    }
    if possible.days != likely.days {
        line(text, format!("\n  {:<11}{:>three$}", "", "with open deals too"));
        line(text, format!("  {:<11}{heads}", "week to"));
        for day in &possible_days {
            line(text, format!("  {:<11}{}", day.day, row(bands(day))));
        }
    }
    line(text, "  Each single day, and more quantiles: --json");
}

fn expected(text: &mut String, forecast: &Forecast) {
    let rows = [("committed", Layer::Committed), ("likely", Layer::Likely), ("possible", Layer::Possible)]
        .map(|(name, layer)| {
            let of = forecast.expected(layer);
            (name, [of.money_in, of.money_out, of.tax].map(grouped))
        });
    let wide = width(rows.iter().flat_map(|(_, amounts)| amounts).cloned(), 14);
    line(text, format!("\n  {:<22}{:>wide$}{:>wide$}{:>wide$}", "expected", "in", "out", "tax"));
    for (name, [money_in, money_out, tax]) in rows {
        line(text, format!("  {name:<22}{money_in:>wide$}{money_out:>wide$}{tax:>wide$}"));
    }
}

fn receipts(text: &mut String, forecast: &Forecast) {
    let receipts = &forecast.receipts;
    line(text, format!("\n  {}", counted(receipts.len(), "open invoice")));
    if receipts.is_empty() {
        return;
    }
    let shown = || receipts.iter().take(ROWS);
    let wide = width(shown().map(|it| amount(it.open, it.amount.as_ref().ok().copied())), 13);
    // The chances that it is paid within 30 days, and that it is not within 200.
    let chances = format!("{:>7} {:>9}", "30 days", "200 days+");
    let heads = format!("{:>wide$}  {:<10} {:<10} {:<11} {chances}", "open", "expected", "P10", "P90");
    line(text, format!("  {:<30} {heads}", ""));
    for it in shown() {
        let who = format!("{} {}", cut(&it.client_name, 20), it.number);
        line(text, format!("  {:<30} {}", cut(&who, 30), of_receipt(it, wide)));
        line(text, format!("    {}{}", it.habit.words(), if it.disputed { "; disputed" } else { "" }));
    }
    and_more(text, receipts.len(), ROWS);
}

fn of_receipt(receipt: &Receipt, wide: usize) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let open = amount(receipt.open, receipt.amount.as_ref().ok().copied());
    let (p50, p10, p90) = (day(receipt.expected()), day(receipt.p10()), day(receipt.p90()));
    let (soon, hardly) = (percent(receipt.chance_within(30)), percent(receipt.chance_not_within(200)));
    format!("{open:>wide$}  {p50:<10} {p10:<10} {p90:<11} {soon:>7} {hardly:>9}")
}

/// An amount in the book's currency, or in its own with its code where there is no rate.
fn amount(own: Money, converted: Option<Money>) -> String {
    converted.map_or_else(|| format!("{} {}", grouped(own), own.currency), grouped)
}

fn left_out(text: &mut String, forecast: &Forecast) {
    if forecast.left_out.is_empty() {
        return;
    }
    line(text, "\n  Left out");
    for it in forecast.left_out.iter().take(ROWS) {
        let amount = format!("{} {}", grouped(it.amount), it.amount.currency);
        line(text, format!("  {:<36}{amount:>18}  {}", cut(&it.what, 36), it.why));
    }
    and_more(text, forecast.left_out.len(), ROWS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_never_run_together_however_large() {
        let of = |amounts: &[&str]| width(amounts.iter().map(|it| (*it).to_owned()), 14);
        assert_eq!((of(&[]), of(&["1,234.00"]), of(&["\u{2212}123,456,789,012.00"])), (14, 14, 20));
    }
}
