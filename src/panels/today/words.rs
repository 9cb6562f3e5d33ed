//! The words of a row: amounts, days, and the sentence for those who hear it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::FIRST_DAY;
use crate::figures::today::Item;
use crate::kit::number;

/// What stands where a figure is unknown.
pub(super) const UNKNOWN: &str = "–";

/// What is at stake, at a glance.
pub(super) fn stake(item: &Item) -> String {
    item.at_stake
        .map_or_else(|| UNKNOWN.to_owned(), |money| number::summary(money.amount, money.currency.decimals()))
}

/// What is at stake in full, or why it is unknown.
pub(super) fn stake_in_full(item: &Item) -> String {
    match (&item.at_stake, &item.at_stake_why) {
        (Some(money), _) => {
            let amount = number::exact(money.amount, money.currency.decimals());
            format!("{amount} {} at stake", money.currency.code())
        }
        (None, Some(why)) => format!("At stake unknown: {why}"),
        (None, None) => "At stake unknown".to_owned(),
    }
}

/// What a week's delay costs, about.
pub(super) fn cost(item: &Item) -> String {
    if item.cost < Decimal::ONE {
        "under 1 a week".to_owned()
    } else {
        format!("≈ {} a week", number::summary(item.cost, 0))
    }
}

/// What stands behind that figure.
pub(super) const COST_EXPLAINED: &str =
    "About what a week's delay costs, from stated assumptions. The queue is ordered by it.";

/// The last touch against the day shown, and on the calendar.
pub(super) fn last_touch(item: &Item, day: NaiveDate) -> (String, String) {
    item.last_touch.map_or_else(
        || (UNKNOWN.to_owned(), String::new()),
        |touch| (number::relative(touch, day), number::date(touch, day)),
    )
}

/// The kind, since when, and what is unknown: the open row's last line.
pub(super) fn detail(item: &Item, day: NaiveDate) -> String {
    let mut detail = item.kind.title().to_owned();
    // What has no day of its own came up with the first day there is.
    if item.since > FIRST_DAY {
        detail = format!("{detail} · came up {}", number::relative_date(item.since, day));
    }
    if item.at_stake.is_none() {
        detail = format!("{detail} · {}", stake_in_full(item).replacen('A', "a", 1));
    }
    detail
}

/// What a screen reader says of a row.
pub(super) fn label(item: &Item, day: NaiveDate, selected: bool) -> String {
    let touch = match item.last_touch {
        Some(touch) => format!(" Last touch {}.", number::relative_date(touch, day)),
        None => String::new(),
    };
    let (kind, name) = (item.kind.title(), super::name_of(item));
    let mark = if selected { "Selected. " } else { "" };
    format!("{mark}{kind}: {name}. {}. {}.{touch} {}.", item.why, stake_in_full(item), cost(item))
}

/// `1 thing`, `14 things`.
pub(super) fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{} {}", number::count(count), if count == 1 { one } else { more })
}
