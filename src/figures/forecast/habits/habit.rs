//! How a client pays, in figures and in words.

use super::grid::whole;

/// From so many paid invoices on it is said how a client itself pays.
const OWN_FROM: usize = 3;

/// How a client pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Habit {
    /// Days late on average, negative when early, shrunk to how all pay.
    pub days: f64,
    /// Nine in ten of its invoices are paid later than this many days after they are due …
    pub p10: i64,
    /// … and nine in ten earlier than this.
    pub p90: i64,
    /// From how many paid invoices of its own.
    pub own: usize,
    /// From how many paid invoices of everybody.
    pub all: usize,
    /// Days late on average of everybody.
    pub all_days: f64,
}

impl Habit {
    /// The habit in a clause and what it rests on: `pays 12 days late (5 to 30), from 14 invoices`.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { days, p10, p90, own, all, all_days } = self;
        if *all == 0 {
            return format!("no history yet: taken to pay {}", off(*days));
        }
        if *own >= OWN_FROM {
            return format!("pays {} ({}), from {own} invoices", off(*days), range(*p10, *p90));
        }
        let own = match own {
            0 => "no paid invoice of its own yet".to_owned(),
            1 => "1 invoice of its own".to_owned(),
            own => format!("{own} invoices of its own"),
        };
        let all = format!("all pay {}, from {all}", off(*all_days));
        // What is open and late already tells something of its own.
        if whole(*days) == whole(*all_days) {
            format!("{own}; {all}")
        } else {
            format!("{own}: taken to pay {}; {all}", off(*days))
        }
    }

    /// The same in half the room: `12 d late (5–30), n 14`.
    #[must_use]
    pub fn short_words(&self) -> String {
        let Self { days, p10, p90, own, all, all_days } = self;
        if *all == 0 {
            return format!("no history: {}", short_off(*days));
        }
        if *own >= OWN_FROM {
            return format!("{} ({}), n {own}", short_off(*days), short_range(*p10, *p90));
        }
        let alone = if *own == 0 { String::new() } else { format!("; own {own}") };
        let all = format!("all {}, n {all}{alone}", short_off(*all_days));
        if whole(*days) == whole(*all_days) { all } else { format!("{}; {all}", short_off(*days)) }
    }
}

/// `12 days late`, `1 day early`, `on the due day`.
fn off(days: f64) -> String {
    let days = whole(days);
    let plural = if days.abs() == 1 { "" } else { "s" };
    match days {
        0 => "on the due day".to_owned(),
        1.. => format!("{days} day{plural} late"),
        _ => format!("{} day{plural} early", days.abs()),
    }
}

/// `5 to 30`, `3 early to 8 late`, `9 to 2 early`.
fn range(from: i64, to: i64) -> String {
    match (from, to) {
        (0.., _) => format!("{from} to {to}"),
        (_, ..=0) => format!("{} to {} early", from.abs(), to.abs()),
        _ => format!("{} early to {to} late", from.abs()),
    }
}

/// `12 d late`, `1 d early`, `on time`.
fn short_off(days: f64) -> String {
    match whole(days) {
        0 => "on time".to_owned(),
        days @ 1.. => format!("{days} d late"),
        days => format!("{} d early", days.abs()),
    }
}

/// `5–30`; `−3 to 8` where days early are among them.
fn short_range(from: i64, to: i64) -> String {
    let signed = |days: i64| format!("{}{}", if days < 0 { "\u{2212}" } else { "" }, days.abs());
    let between = if from < 0 { " to " } else { "–" };
    format!("{}{between}{}", signed(from), signed(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habit(days: f64, p10: i64, p90: i64, own: usize, all: usize) -> Habit {
        Habit { days, p10, p90, own, all, all_days: 4.2 }
    }

    #[test]
    fn a_habit_says_how_late_how_sure_and_from_what() {
        let habits = [
            habit(12.4, 5, 30, 14, 120),
            habit(-1.2, -9, 4, 3, 120),
            habit(-6.0, -9, -2, 5, 120),
            habit(0.3, 0, 1, 5, 120),
            habit(4.0, 1, 9, 1, 120),
            habit(8.7, 1, 9, 2, 120),
            habit(4.2, 1, 9, 0, 120),
            habit(11.7, 1, 9, 0, 0),
        ];
        assert_eq!(
            habits.each_ref().map(Habit::words),
            [
                "pays 12 days late (5 to 30), from 14 invoices",
                "pays 1 day early (9 early to 4 late), from 3 invoices",
                "pays 6 days early (9 to 2 early), from 5 invoices",
                "pays on the due day (0 to 1), from 5 invoices",
                "1 invoice of its own; all pay 4 days late, from 120",
                "2 invoices of its own: taken to pay 9 days late; all pay 4 days late, from 120",
                "no paid invoice of its own yet; all pay 4 days late, from 120",
                "no history yet: taken to pay 12 days late",
            ]
        );
        assert_eq!(
            habits.each_ref().map(Habit::short_words),
            [
                "12 d late (5–30), n 14",
                "1 d early (−9 to 4), n 3",
                "6 d early (−9 to −2), n 5",
                "on time (0–1), n 5",
                "all 4 d late, n 120; own 1",
                "9 d late; all 4 d late, n 120; own 2",
                "all 4 d late, n 120",
                "no history: 12 d late",
            ]
        );
    }
}
