//! The forms of the numbers that rules compare with, and of how much an indicator of health counts. A number that is taken
//! away, or typed as it is built in, is no number of the book's own.

use rust_decimal::Decimal;

use crate::domain::{
    Business, IN_ORDER, MOST_WEIGHT, Money, THRESHOLDS, Threshold, ThresholdRow, WEIGHTS, WeightRow,
};
use crate::state::amount_entry::{amount_text, number_text};
use crate::state::edit::Edit;
use crate::state::firm_list::{FirmList, threshold_words};
use crate::written::capital;

use super::business::settings;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional};

pub(super) const THRESHOLD: FormSpec = FormSpec {
    new_title: "Threshold",
    edit_title: "Threshold",
    fields: &[optional("value", "Number", "empty: as built in", FieldKind::Text)],
    fill: fill_threshold,
    read: Read::Edit(read_threshold),
};

pub(super) const WEIGHT: FormSpec = FormSpec {
    new_title: "Health weight",
    edit_title: "Health weight",
    fields: &[optional("value", "Points", "empty: as built in", FieldKind::Text)],
    fill: fill_weight,
    read: Read::Edit(read_weight),
};

/// The threshold a form is about.
fn threshold(target: &Target) -> Option<ThresholdRow> {
    let Target::Row(FirmList::Thresholds, name) = target else { return None };
    THRESHOLDS.into_iter().find(|row| row.name == name)
}

/// The weight a form is about.
fn weight(target: &Target) -> Option<WeightRow> {
    let Target::Row(FirmList::Weights, name) = target else { return None };
    WEIGHTS.into_iter().find(|row| row.name == name)
}

/// What the form of such a number is called.
pub(super) fn title(target: &Target) -> Option<String> {
    let meaning = threshold(target).map(|row| row.meaning);
    meaning.or_else(|| weight(target).map(|row| row.asks)).map(capital)
}

/// What is built in, and what may be typed, in a sentence.
pub(super) fn note(context: &Context<'_>, target: &Target) -> Option<String> {
    if let Some(row) = threshold(target) {
        let built_in = threshold_words(context.book.business(), row, row.built_in());
        return Some(format!("Built in: {built_in}. {}.", capital(&range(row))));
    }
    let row = weight(target)?;
    Some(format!("Built in: {} points. Anything from 0 to {MOST_WEIGHT} points.", row.built_in()))
}

/// `a whole number from 1 to 3650 days`.
fn range(row: ThresholdRow) -> String {
    format!("a {}number from {}", if row.range.parts { "" } else { "whole " }, row.range)
}

fn fill_threshold(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(row) = threshold(target) else { return Vec::new() };
    let business = context.book.business();
    let number = business.thresholds.get(row.name).copied().unwrap_or_else(|| row.built_in());
    let text = match row.threshold {
        Threshold::SteppingStoneCap => amount_text(Money::new(number, business.currency), business.currency),
        _ => number_text(number),
    };
    vec![("value", text)]
}

fn read_threshold(reader: &mut Reader<'_>) -> Option<Edit> {
    let row = threshold(reader.target())?;
    let mut business = Business::clone(reader.context().book.business());
    if reader.untouched("value") {
        return Some(settings(format!("Kept: {}", row.meaning), business));
    }
    let typed = if reader.typed("value").is_some() { Some(number(reader, row)?) } else { None };
    let number = typed.filter(|it| *it != row.built_in());
    match number {
        Some(number) => business.thresholds.insert(row.name.to_owned(), number),
        None => business.thresholds.remove(row.name),
    };
    if let Some(why) = out_of_order(&business, row) {
        reader.refuse("value", why);
    }
    let words = threshold_words(&business, row, number.unwrap_or_else(|| row.built_in()));
    let label = match number {
        Some(_) => format!("Now {words}: {}", row.meaning),
        None => format!("Back to {words}: {}", row.meaning),
    };
    Some(settings(label, business))
}

fn number(reader: &mut Reader<'_>, row: ThresholdRow) -> Option<Decimal> {
    let most = u32::try_from(row.range.most).unwrap_or(u32::MAX);
    let number = match row.threshold {
        Threshold::SteppingStoneCap => {
            let currency = reader.context().book.currency();
            let amount = reader.amount_in("value", currency)?;
            if amount.currency != currency {
                reader.refuse("value", format!("expected an amount in {currency}, the book's currency"));
            }
            amount.amount
        }
        _ if row.range.parts => reader.quantity("value", most.into())?,
        // Of what is counted in whole, a comma cannot part thousands from what is no part.
        _ => reader.count("value", most)?.into(),
    };
    if !row.range.has(number) {
        reader.refuse("value", format!("expected {}", range(row)));
        return None;
    }
    Some(number)
}

/// Why a number cannot stand beside those it is compared with, if so.
pub(crate) fn out_of_order(business: &Business, row: ThresholdRow) -> Option<String> {
    let value = |of: Threshold| {
        let row = of.row();
        let own = business.thresholds.get(row.name).copied().filter(|it| row.range.has(*it));
        own.unwrap_or_else(|| row.built_in())
    };
    let pairs = IN_ORDER.into_iter().flat_map(|these| these.windows(2));
    pairs.filter(|two| two.contains(&row.threshold)).find_map(|two| match *two {
        [low, high] if value(low) > value(high) => {
            let (most, other) = if low == row.threshold { ("at most", high) } else { ("at least", low) };
            let stands = number_text(value(other));
            Some(format!("expected {most} {stands}, where this stands: {}", other.row().meaning))
        }
        _ => None,
    })
}

fn fill_weight(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(row) = weight(target) else { return Vec::new() };
    let own = context.book.business().weights.get(row.name).copied();
    vec![("value", number_text(own.unwrap_or_else(|| row.built_in())))]
}

fn read_weight(reader: &mut Reader<'_>) -> Option<Edit> {
    let row = weight(reader.target())?;
    let mut business = Business::clone(reader.context().book.business());
    if reader.untouched("value") {
        return Some(settings(format!("Kept: {}", row.asks), business));
    }
    let typed = if reader.typed("value").is_some() {
        Some(reader.quantity("value", MOST_WEIGHT.into())?)
    } else {
        None
    };
    let number = typed.filter(|it| *it != row.built_in());
    match number {
        Some(number) => business.weights.insert(row.name.to_owned(), number),
        None => business.weights.remove(row.name),
    };
    if WEIGHTS.iter().all(|row| business.weights.get(row.name).is_some_and(Decimal::is_zero)) {
        reader.refuse("value", "one indicator at least has to count: all others have 0");
    }
    let label = match number {
        Some(number) => format!("Now {} points: {}", number_text(number), row.asks),
        None => format!("Back to {} points: {}", row.built_in(), row.asks),
    };
    Some(settings(label, business))
}
