//! Days and snoozes as a person types them: laws over leap days, month ends and two hundred years.

use chrono::{Datelike, Months, NaiveDate, Weekday};
use proptest::prelude::*;
use rapport::domain::{FIRST_DAY, LAST_DAY, Wait, add_days, days_between};
use rapport::state::day_entry::{Lean, day_words, parse_day};
use rapport::state::snooze_entry::SnoozeEntry;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ahead(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    parse_day(typed, today, Lean::Ahead)
}

/// Every day of the two centuries in which nothing typed here leaves the book's days.
fn days() -> impl Iterator<Item = NaiveDate> {
    FIRST_DAY.iter_days().take_while(|day| *day <= NaiveDate::from_ymd_opt(2100, 12, 31).unwrap())
}

/// Any day, and more often one near a month's or a leap year's end.
fn a_day() -> impl Strategy<Value = NaiveDate> {
    let any = 1_i64..72_000;
    let edge = (1901_i32..2097, 1_u32..=12, -2_i64..=2).prop_map(|(year, month, off)| {
        let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        days_between(FIRST_DAY, first) + off
    });
    prop_oneof![any, edge].prop_map(|days| add_days(FIRST_DAY, days))
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[test]
fn the_end_of_the_month_is_its_last_day_on_every_day_of_two_centuries() {
    for today in days() {
        let end = ahead("eom", today).unwrap();
        assert_eq!((end.year(), end.month()), (today.year(), today.month()), "{today}");
        assert!(end >= today && end.succ_opt().unwrap().day() == 1, "{today}: {end}");
    }
}

#[test]
fn a_month_from_a_day_that_the_next_month_lacks_is_its_last_day() {
    for (today, typed, expected) in [
        ("2026-01-31", "1m", "2026-02-28"),
        ("2028-01-31", "1m", "2028-02-29"),
        ("2028-01-30", "1m", "2028-02-29"),
        ("2028-02-29", "1y", "2029-02-28"),
        ("2028-02-29", "4y", "2032-02-29"),
        ("2096-02-29", "8y", "2104-02-29"),
        ("2096-02-29", "4y", "2100-02-28"),
        ("2026-10-31", "1m", "2026-11-30"),
        ("2026-03-31", "-1m", "2026-02-28"),
        ("2026-01-31", "1m 1d", "2026-03-01"),
        ("2028-02-28", "tom", "2028-02-29"),
        ("2027-02-28", "tom", "2027-03-01"),
        ("2026-12-31", "1d", "2027-01-01"),
        ("2026-11-21", "29 feb", "2028-02-29"),
        ("2096-03-01", "29 feb", "2104-02-29"),
    ] {
        assert_eq!(ahead(typed, day(today)), Some(day(expected)), "{typed} on {today}");
    }
}

#[test]
fn months_keep_the_day_of_the_month_or_take_the_last_one_on_every_day() {
    for today in days() {
        let later = ahead("1m", today).unwrap();
        let first = today.with_day(1).unwrap() + Months::new(1);
        assert_eq!((later.year(), later.month()), (first.year(), first.month()), "{today}");
        let is_last = later.succ_opt().unwrap().day() == 1;
        assert!(later.day() == today.day() || (is_last && later.day() < today.day()), "{today}: {later}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn working_days_never_end_on_a_weekend_and_leave_out_weekends_alone(today in a_day(), count in 1_i64..400) {
        let later = ahead(&format!("+{count} workdays"), today).unwrap();
        prop_assert!(!is_weekend(later));
        let walked = (1..=days_between(today, later)).filter(|off| !is_weekend(add_days(today, *off))).count();
        prop_assert_eq!(i64::try_from(walked).unwrap(), count);
        let back = parse_day(&format!("-{count}wd"), later, Lean::Ahead);
        prop_assert!(is_weekend(today) || back == Some(today), "there and back is the same working day");
    }

    #[test]
    fn a_weekday_is_its_next_occurrence_and_never_today(today in a_day(), which in 0_usize..7) {
        let name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][which];
        let next = ahead(name, today).unwrap();
        prop_assert!((1..=7).contains(&days_between(today, next)));
        prop_assert_eq!(next.weekday().num_days_from_monday() as usize, which);
        let last = parse_day(name, today, Lean::Back).unwrap();
        // There is no day before the first one a book can hold.
        prop_assert!(days_between(FIRST_DAY, today) < 7 || (0..7).contains(&days_between(last, today)) && last.weekday() == next.weekday());
    }

    #[test]
    fn counting_from_a_later_day_never_ends_earlier(
        today in a_day(), on in 0_i64..70, count in 0_u32..200, unit in 0_usize..5,
    ) {
        let typed = format!("{count}{}", ["d", "w", "m", "y", " workdays"][unit]);
        let (one, other) = (ahead(&typed, today), ahead(&typed, add_days(today, on)));
        prop_assert!(other.is_none() || one <= other, "{} {:?} {:?}", typed, one, other);
        let more = ahead(&format!("{}{}", count + 1, ["d", "w", "m", "y", " workdays"][unit]), today);
        prop_assert!(more.is_none() || one < more || (count == 0 && unit == 4 && one <= more));
    }

    #[test]
    fn several_counts_are_one_walked_with_the_longest_first(
        today in a_day(), months in 0_u32..30, weeks in 0_u32..30, days in 0_u32..90,
    ) {
        let apart = ahead(&format!("{months}m"), today)
            .and_then(|day| ahead(&format!("{weeks}w"), day))
            .and_then(|day| ahead(&format!("{days}d"), day));
        prop_assert_eq!(ahead(&format!("{days}d {weeks}w {months}m"), today), apart);
        prop_assert_eq!(ahead(&format!("{months}m{weeks}w{days}d"), today), apart);
    }

    #[test]
    fn what_is_said_back_is_read_as_the_same_day(today in a_day(), off in -30_000_i64..30_000) {
        let meant = add_days(today, off);
        let lean = if meant < today { Lean::Back } else { Lean::Ahead };
        prop_assert_eq!(parse_day(&day_words(meant, today), today, lean), Some(meant));
        for wait in [None, Some(Wait::TheyReply), Some(Wait::Paid), Some(Wait::NoReply)] {
            let entry = SnoozeEntry { until: meant.max(today), wait };
            prop_assert_eq!(SnoozeEntry::parse(&entry.words(today), today), Some(entry));
        }
    }

    #[test]
    fn no_text_makes_a_day_outside_of_a_book_or_a_panic(today in a_day(), text in "[-+0-9a-z ,./äµ]{0,14}") {
        for typed in [text.clone(), format!("{text}d"), format!("if no reply {text}"), format!("paid {text}")] {
            for lean in [Lean::Ahead, Lean::Back] {
                let read = parse_day(&typed, today, lean);
                prop_assert!(read.is_none_or(|day| (FIRST_DAY..=LAST_DAY).contains(&day)));
            }
            let _ = SnoozeEntry::parse(&typed, today);
        }
    }
}

#[test]
fn a_count_that_leaves_the_days_of_a_book_is_no_day() {
    for typed in ["40000d", "2000m", "200y", "40000 workdays", "40001d", "-300y"] {
        assert_eq!(ahead(typed, day("2150-06-01")), None, "{typed}");
    }
}
