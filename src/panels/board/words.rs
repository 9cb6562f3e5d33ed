//! What a card and a column say in words: as hover text, and to those who hear the screen.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Money, Phase};
use crate::figures::{Answer, Card, CardKey, Column, Lane, Lesson, OVER_DAYS};
use crate::kit::number;
use crate::kit::theme::Tone;

/// A clause, and how it judges.
pub(super) type Clause = (Tone, String);

/// Stands for what is not known.
pub(super) const UNKNOWN: &str = "–";

/// An amount at a glance, or a dash.
pub(super) fn glance(answer: &Answer<Money>) -> String {
    answer
        .as_ref()
        .map_or_else(|_| UNKNOWN.to_owned(), |money| number::summary(money.amount, money.currency.decimals()))
}

/// An amount in full, or why there is none.
pub(super) fn full(answer: &Answer<Money>) -> String {
    match answer {
        Ok(money) => {
            format!("{} {}", number::exact(money.amount, money.currency.decimals()), money.currency)
        }
        Err(unknown) => format!("unknown: {unknown}"),
    }
}

/// A fraction of one as per cent.
pub(super) fn percent(fraction: rust_decimal::Decimal) -> String {
    use rust_decimal::prelude::ToPrimitive;
    fraction.to_f64().map_or_else(|| UNKNOWN.to_owned(), number::percent)
}

/// Everything a card stands for, the most telling first, at the end the lessons that come back as `checks`. A deal that
/// `goes_on` should have a next step.
pub(super) fn of_card(card: &Card, checks: &[Arc<Lesson>], day: NaiveDate, goes_on: bool) -> Vec<Clause> {
    let plain = |text: String| (Tone::Neutral, text);
    let mut clauses = vec![plain(format!("{}: {}", card.client_name, card.title))];
    let deal = matches!(card.key, CardKey::Deal(_));
    match &card.value {
        Some(value) => clauses.push(plain(format!("worth {}", full(value)))),
        None if deal => clauses.push(plain("nobody said yet what it is worth".to_owned())),
        None => {}
    }
    if let Some(chance) = card.chance {
        clauses.push(plain(format!("its own chance: {}", percent(chance))));
    }
    match &card.next_step {
        Some(step) => {
            let tone = if step.due < day { Tone::Watch } else { Tone::Neutral };
            let when = number::relative_date(step.due, day);
            clauses.push((tone, format!("next: {}, {when}", step.what)));
        }
        None if deal && goes_on => clauses.push(plain("no next step planned".to_owned())),
        None => {}
    }
    if let (Some(entered), Some(days)) = (card.entered, card.days_in_stage) {
        let since = number::date(entered, day);
        clauses.push(plain(format!("{} in this stage, since {since}", number::days(days))));
    }
    clauses.push(plain(contact(card)));
    if let Some(days) = card.stale_days {
        clauses.push((Tone::Watch, format!("stale for {}", number::days(days))));
    }
    clauses.extend(card.gates.iter().map(|gate| (Tone::Watch, gate.because.clone())));
    clauses.extend(card.shortfall.iter().map(|it| (Tone::Watch, it.words())));
    clauses.extend(checks.iter().map(|lesson| plain(lesson.words(day))));
    clauses
}

/// How long ago one spoke, either way.
pub(super) fn contact(card: &Card) -> String {
    match card.days_since_touch {
        Some(0) => "contact today".to_owned(),
        Some(days) => format!("last contact {} ago", number::days(days)),
        None => "no contact noted".to_owned(),
    }
}

/// Everything a column's header stands for. `found` cards of it pass the filter, if there is one.
pub(super) fn of_column(column: &Column, found: Option<usize>) -> Vec<Clause> {
    let plain = |text: String| (Tone::Neutral, text);
    let mut clauses = vec![plain(format!("{}: {}", column.name, counted(column, found)))];
    if let Some(over) = over(column) {
        clauses.push(plain(over));
    }
    if column.count > 0 {
        if column.lane == Lane::Stage {
            clauses.push(plain(format!("sum: {}", full(&column.sum))));
            clauses.push(plain(format!("weighted by chance: {}", full(&column.weighted))));
        } else if let Err(unknown) = &column.sum {
            clauses.push(plain(unknown.to_string()));
        }
    }
    if let Some((chance, basis)) = &column.chance {
        clauses.push(plain(format!("chance {}: {basis}", percent(*chance))));
    }
    if let Some(without) = without_value(column) {
        clauses.push(plain(format!("{without}, and so in no sum")));
    }
    if column.lane == Lane::Stage && column.phase.is_none() {
        clauses.push((Tone::Watch, "the book lists no such stage".to_owned()));
    }
    clauses
}

/// `12 deals`, `3 of 12 clients`.
fn counted(column: &Column, found: Option<usize>) -> String {
    let (one, many) = if column.lane == Lane::Stage { ("deal", "deals") } else { ("client", "clients") };
    let what = if column.count == 1 { one } else { many };
    match found {
        Some(found) => format!("{} of {} {what} found", number::count(found), number::count(column.count)),
        None => format!("{} {what}", number::count(column.count)),
    }
}

/// What is no longer shown of a column of closed or lost deals: `last 90 days; 41 in all`.
pub(super) fn over(column: &Column) -> Option<String> {
    (!goes_on(column)).then(|| format!("last {OVER_DAYS} days; {} in all", number::count(column.count_all)))
}

/// Whether its deals go on; what is closed or lost is over.
pub(super) fn goes_on(column: &Column) -> bool {
    !matches!(column.phase, Some(Phase::Closed | Phase::Lost))
}

/// `3 without a value`; nothing for lanes of clients, who have none, and where every deal has one.
pub(super) fn without_value(column: &Column) -> Option<String> {
    (column.lane == Lane::Stage && column.without_value > 0)
        .then(|| format!("{} without a value", number::count(column.without_value)))
}

/// What an empty column is for, in a sentence.
pub(super) fn of_empty(column: &Column, filtering: bool) -> String {
    if filtering && column.count > 0 {
        return "Nothing here matches the filter.".to_owned();
    }
    match column.lane {
        Lane::Contacts => "Whom you met and have no deal with yet will stand here.".to_owned(),
        Lane::BetweenJobs => "Who paid before and has no deal open will stand here.".to_owned(),
        Lane::Stage if over(column).is_some() => format!("No deal in the last {OVER_DAYS} days."),
        Lane::Stage => "No deal in this stage.".to_owned(),
    }
}

/// Clauses as one sentence, the tone of each in a word where it has one.
pub(super) fn sentence(clauses: &[Clause]) -> String {
    let said = clauses.iter().map(|(tone, text)| match tone.word() {
        "" => text.clone(),
        word => format!("{word}: {text}"),
    });
    said.collect::<Vec<_>>().join("; ")
}
