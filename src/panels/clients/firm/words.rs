//! The firm's figures in words.

use crate::domain::Currency;
use crate::figures::Answer;
use crate::figures::firm::{BasisIncome, Level, Mix, basis_title};
use crate::kit::theme::Tone;
use crate::panels::figure::Figure;
use rust_decimal::Decimal;

/// A share as it is written.
pub(in crate::panels::clients) fn per_cent(share: &Answer<Decimal>) -> String {
    Figure::share(share).text
}

/// The tone of a share that rests on one client.
pub(in crate::panels::clients) fn level_tone(level: Level) -> Tone {
    match level {
        Level::None => Tone::Neutral,
        Level::Watch => Tone::Watch,
        Level::Risk => Tone::Risk,
    }
}

/// How far the income reaches to the goal.
pub(in crate::panels::clients) fn income_words(mix: &Mix) -> String {
    match (&mix.goal, &mix.of_goal()) {
        (Ok(goal), Ok(part)) => {
            let goal = Figure::listed(*goal, goal.currency).text;
            format!("{} of the goal of {goal}", Figure::share(&Ok(*part)).text)
        }
        (Err(why), _) | (_, Err(why)) => why.0.clone(),
    }
}

/// Income that rests on one thing, and its share.
pub(in crate::panels::clients) fn basis_words(part: &BasisIncome, mix: &Mix, currency: Currency) -> String {
    let income = Figure::listed_answer(&part.income, currency).spoken();
    format!(
        "{}: {income}, {} of the income of 12 months",
        basis_title(part.basis),
        per_cent(&mix.share(part))
    )
}
