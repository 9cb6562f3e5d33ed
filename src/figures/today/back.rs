//! Why an item is in the queue again: what kept it away, and what ended that.

use chrono::NaiveDate;

use super::words::{date, days};
use super::{Item, Mailed};
use crate::domain::{Handled, Snooze, Wait, add_days, days_between};

/// Days for which it is news that an item is back; words alone hang on it.
const NEWS_DAYS: i64 = 14;

/// What was done with an item, or written about it, that no longer keeps it away.
pub(super) struct Away<'a> {
    pub(super) snooze: Option<&'a Snooze>,
    pub(super) handled: Option<&'a Handled>,
    pub(super) mailed: Option<Mailed>,
    /// Days for which a mark keeps an item away.
    pub(super) handled_days: i64,
}

impl Away<'_> {
    /// Why the item is back, at the end of `today`; nothing where it was never away since it came up, or is back for long.
    ///
    /// The last thing done with it counts. What was done before it came up was about another time.
    pub(super) fn back(&self, item: &Item, today: NaiveDate) -> Option<String> {
        let snooze = self.snooze.filter(|snooze| snooze.day >= item.since);
        let handled = self.handled.filter(|handled| handled.day >= item.since);
        // Of reminders the reason says how many went.
        let told = |mailed: &Mailed| item.kind.is_chase() && matches!(mailed, Mailed::Went { .. });
        let mailed = self.mailed.filter(|mailed| mailed.day() >= item.since && !told(mailed));
        let last = [
            snooze.map(|it| (it.day, returned(it, item), came_back(it, item, today))),
            handled
                .map(|it| (it.day, self.after(it.day).max(item.changed.day), came_up_again(it, item, today))),
            mailed.map(|it| (it.day(), self.after(it.day()), it.back(item, today))),
        ];
        let (_, since, why) = last.into_iter().flatten().max_by_key(|(day, ..)| *day)?;
        (days_between(since, today) <= NEWS_DAYS).then_some(why)
    }

    /// The day on which a mark of this day no longer keeps an item away.
    fn after(&self, day: NaiveDate) -> NaiveDate {
        add_days(day, self.handled_days)
    }
}

/// The day on which what was put off came back.
fn returned(snooze: &Snooze, item: &Item) -> NaiveDate {
    let came = snooze.wait.and_then(|wait| item.came.since(snooze, wait));
    came.map_or(snooze.until, |came| came.min(snooze.until))
}

fn came_back(snooze: &Snooze, item: &Item, today: NaiveDate) -> String {
    let came = snooze.wait.and_then(|wait| item.came.since(snooze, wait)).map(|day| date(day, today));
    let until = || date(snooze.until, today);
    match (snooze.wait, came) {
        (Some(Wait::TheyReply | Wait::NoReply), Some(day)) => format!("they replied on {day}"),
        (Some(Wait::Paid), Some(day)) => format!("they paid on {day}"),
        (Some(Wait::NoReply), None) => {
            format!("no reply in {}", days(days_between(snooze.day, snooze.until)))
        }
        (Some(Wait::TheyReply), None) => format!("no reply by {}", until()),
        (Some(Wait::Paid), None) => format!("not paid by {}", until()),
        (None, _) if snooze.until == today => "snoozed until today".to_owned(),
        (None, _) => format!("snoozed until {}", until()),
    }
}

fn came_up_again(handled: &Handled, item: &Item, today: NaiveDate) -> String {
    let day = date(handled.day, today);
    match (&handled.dismissed, item.changed_since(handled.day, handled.seen)) {
        (Some(_), _) => format!("its facts changed since you dismissed it on {day}"),
        (None, true) => format!("its facts changed since you handled it on {day}"),
        (None, false) => format!("handled on {day}, and still so"),
    }
}
