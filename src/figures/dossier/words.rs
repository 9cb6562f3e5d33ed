//! Words that both writers use.

use chrono::NaiveDate;

pub(super) use crate::figures::words::{amount, long_day, plain};

use super::{Achieved, AchievedKind, Dossier};

/// `12 Mar`: the year stands above.
pub(super) fn day_of_year(day: NaiveDate) -> String {
    crate::written::day_of_year(day)
}

/// What goes with something achieved, behind its words: how a goal went, how often, that it was a gift.
pub(super) fn besides(it: &Achieved) -> Vec<String> {
    let mut besides = Vec::new();
    match &it.kind {
        AchievedKind::Goal { .. } => besides.push(plain(&it.kind.course())),
        AchievedKind::Beyond => besides.push("beyond what was agreed".to_owned()),
        AchievedKind::Gift => besides.push("a gift".to_owned()),
        AchievedKind::Result | AchievedKind::Delivered => {}
    }
    if it.times > 1 {
        besides.push(format!("{} times", it.times));
    }
    besides
}

/// The sentence with the sum, where there is one.
pub(super) fn worth(dossier: &Dossier) -> Option<String> {
    let worth = dossier.worth.as_ref()?.as_ref().ok()?;
    Some(format!("Worth {} to you, as far as it was told.", amount(*worth)))
}

/// What stands in place of a list where nothing was achieved yet.
pub(super) const NOTHING: &str = "Nothing is noted yet.";

/// What does not belong to a deal.
pub(super) const NO_DEAL: &str = "Besides";
