//! All figures in a form to read in a terminal: plain text of at most 100 columns, no colours.

use std::fmt::{Display, Write};

use rust_decimal::Decimal;

use crate::domain::{Business, Money, per_cent};
use crate::figures::forecast::Receipt;
use crate::figures::{Answer, Cash, ClientFilter, ClientSort, Column, Figures, kind_token};
use crate::written::{self, counted};

/// How many rows of a long list are shown.
pub(in crate::cli) const ROWS: usize = 20;
/// How many months are shown.
const MONTHS: usize = 12;

/// The figures in words and columns.
#[must_use]
pub fn summary(figures: &Figures, receipts: &[Receipt], business: &Business) -> String {
    let mut text = String::new();
    let name = if business.name.is_empty() { "This book" } else { &business.name };
    line(&mut text, format!("{name} as of {}, amounts in {}", figures.day, figures.currency));
    today(&mut text, figures);
    board(&mut text, &figures.board.columns);
    cash(&mut text, &figures.cash, receipts);
    clients(&mut text, figures);
    text
}

/// Adds a line.
pub(in crate::cli) fn line(text: &mut String, line: impl Display) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{line}");
}

fn heading(text: &mut String, title: impl Display) {
    line(text, format!("\n{title}"));
}

/// Says how many rows are not shown.
pub(in crate::cli) fn and_more(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        line(text, format!("  … and {} more", all - shown));
    }
}

fn today(text: &mut String, figures: &Figures) {
    let items = &figures.today.items;
    heading(text, format!("TODAY: {}", counted(items.len(), "item")));
    for item in items.iter().take(ROWS) {
        let stake = item.at_stake.map_or_else(|| "?".to_owned(), grouped);
        line(text, format!("  {stake:>12}  {:<22}  {}", cut(&item.client_name, 22), item.why));
    }
    and_more(text, items.len(), ROWS);
}

fn board(text: &mut String, columns: &[Column]) {
    heading(text, "BOARD");
    line(text, format!("  {:<20} {:>6} {:>14} {:>14}", "", "count", "sum", "weighted"));
    for column in columns {
        // A lane of clients has no money in it: its reason why is not worth a column.
        let money =
            |answer: &Answer<Money>| answer.as_ref().map_or_else(|_| "–".to_owned(), |it| grouped(*it));
        let (sum, weighted) = (money(&column.sum), money(&column.weighted));
        line(text, format!("  {:<20} {:>6} {sum:>14} {weighted:>14}", cut(&column.name, 20), column.count));
    }
}

fn cash(text: &mut String, cash: &Cash, receipts: &[Receipt]) {
    heading(text, "CASH");
    let row = |text: &mut String, name: &str, value: String| line(text, format!("  {name:<22} {value}"));
    row(text, "Balance", shown(&cash.balance, |it| grouped(*it)));
    row(text, "Receivables", shown(&cash.receivables, |it| grouped(*it)));
    row(text, "  of these overdue", shown(&cash.overdue, |it| grouped(*it)));
    let names = ["  not due", "  1 to 30 days late", "  31 to 60", "  61 to 90", "  more than 90"];
    for (name, bucket) in names.into_iter().zip(cash.ageing.buckets()) {
        let amount = shown(&bucket.amount, |it| grouped(*it));
        row(text, name, format!("{amount} ({})", counted(bucket.count, "invoice")));
    }
    row(text, "DSO", shown(&cash.dso_days, |it| format!("{} days", tenth(*it))));
    row(text, "CEI", shown(&cash.cei, |it| format!("{} of 100", tenth(*it))));
    row(text, "DBT", shown(&cash.dbt_days, |it| format!("{} days", tenth(*it))));
    row(text, "Coming 90 days, in", shown(&cash.ahead.money_in, |it| grouped(*it)));
    row(text, "Coming 90 days, out", shown(&cash.ahead.money_out, |it| grouped(*it)));
    line(text, format!("\n  {:<10} {:>14} {:>14}", "month", "in", "out"));
    for month in cash.months.iter().skip(cash.months.len().saturating_sub(MONTHS)) {
        let (money_in, money_out) =
            (shown(&month.money_in, |it| grouped(*it)), shown(&month.money_out, |it| grouped(*it)));
        line(
            text,
            format!("  {:<10} {money_in:>14} {money_out:>14}", month.month.format("%Y-%m").to_string()),
        );
    }
    line(text, format!("\n  {}", counted(receipts.len(), "open invoice")));
    for it in receipts.iter().take(ROWS) {
        let amount = shown(&it.amount, |money| grouped(*money));
        let who = format!("{} {}", cut(&it.client_name, 22), it.number);
        let expected = it.expected().map_or_else(|| "?".to_owned(), |day| day.to_string());
        line(text, format!("  {expected:>10} {amount:>12}  {:<36}  {}", cut(&who, 36), it.habit.words()));
    }
    and_more(text, receipts.len(), ROWS);
}

fn clients(text: &mut String, figures: &Figures) {
    let clients = &figures.clients;
    heading(text, format!("CLIENTS: {}", clients.rows.len()));
    line(
        text,
        format!(
            "  {:<24} {:<14} {:>12} {:>12} {:>7} {:>13} {:>6}",
            "by income", "kind", "open", "overdue", "DBT", "12 months", "share"
        ),
    );
    let order = clients.rows(&ClientFilter::default(), ClientSort::Income, true);
    for row in order.iter().take(ROWS).filter_map(|position| clients.rows.get(*position)) {
        let kind = row.kind.as_ref().map_or("–", |it| kind_token(it.kind));
        let money =
            |answer: &Answer<Money>| answer.as_ref().map_or_else(|_| "?".to_owned(), |it| grouped(*it));
        let dbt = row.dbt_days.as_ref().map_or_else(|_| "?".to_owned(), |days| tenth(*days));
        let share = clients
            .share(row)
            .map_or_else(|_| "?".to_owned(), |share| per_cent(tenth(share * Decimal::ONE_HUNDRED)));
        line(
            text,
            format!(
                "  {:<24} {kind:<14} {:>12} {:>12} {dbt:>7} {:>13} {share:>6}",
                cut(&row.name, 24),
                money(&row.open),
                money(&row.overdue),
                money(&row.income_12m),
            ),
        );
    }
    and_more(text, clients.rows.len(), ROWS);
}

fn shown<T>(answer: &Answer<T>, value: impl Fn(&T) -> String) -> String {
    answer.as_ref().map_or_else(|unknown| format!("unknown: {unknown}"), value)
}

/// A number with one decimal.
fn tenth(number: Decimal) -> String {
    let mut rounded = number.round_dp(1);
    rounded.rescale(1);
    // Rounding leaves a minus before nought.
    if rounded.is_zero() { "0.0".to_owned() } else { rounded.to_string() }
}

/// An amount with its currency's decimals and its thousands parted, with a plain minus for a terminal: `-12,345.60`.
pub(in crate::cli) fn grouped(money: Money) -> String {
    let amount = money.rounded().amount;
    written::rounded(amount, money.currency.decimals()).replace(written::MINUS, "-")
}

/// The text in at most `width` characters.
pub(in crate::cli) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
