//! How late a client pays: worked through on paper, by an independent re-implementation, and as laws for every book.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{Book, ClientId, Invoice, add_days, days_between};
use rapport::figures::forecast::{Habits, Outcome, Pmf};

use crate::facts::{book, day};

const TODAY: &str = "2026-06-30";

fn today() -> NaiveDate {
    day(TODAY)
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

/// Days from today, as a day.
fn ago(days: i64) -> NaiveDate {
    add_days(today(), -days)
}

/// An invoice of a hundred, issued 30 days before it was due; `rest` are further fields.
fn invoice(client: &str, id: &str, due: NaiveDate, rest: &str) -> String {
    let issued = add_days(due, -30);
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "{client}", issued: "{issued}", due: "{due}",
            lines: [(result: "x", price: "100 EUR")], {rest})"#
    )
}

fn paid(client: &str, id: &str, due: NaiveDate, days_late: i64) -> String {
    let on = add_days(due, days_late);
    invoice(client, id, due, &format!(r#"payments: [(day: "{on}", amount: "100 EUR")]"#))
}

fn client(id: &str) -> String {
    format!(r#"client (id: "{id}", name: "{id}", added: "1990-01-01")"#)
}

fn book_with(lines: &[String]) -> Book {
    let clients: Vec<String> = ["acme", "bolt", "czech"].into_iter().map(client).collect();
    book(&clients.iter().chain(lines).map(String::as_str).collect::<Vec<_>>())
}

fn the<'a>(book: &'a Book, id: &str) -> &'a Invoice {
    book.clients().flat_map(|client| &client.facts.invoices).find(|it| it.id.as_str() == id).unwrap()
}

fn chance_of(book: &Book, id: &str) -> std::sync::Arc<Pmf> {
    Habits::of(book, today()).of_invoice(the(book, id))
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-9
}

/// The median of the chance of each day.
fn median(pmf: &Pmf) -> i64 {
    pmf.quantile(0.5).unwrap()
}

mod on_paper {
    use super::*;

    /// Three payments, all today and so of weight one: 0, 3 and 9 days late. One invoice open, due today.
    fn three_payments() -> Book {
        book_with(&[
            paid("acme", "a", ago(0), 0),
            paid("acme", "b", ago(3), 3),
            paid("acme", "c", ago(9), 9),
            invoice("acme", "open", ago(0), ""),
        ])
    }

    #[test]
    fn the_mean_of_three_payments_is_what_paper_says() {
        // Fewer than 20 payments: nothing is clipped. μ = (0 + 3 + 9) / 3 = 4. Own mean (0 + 3 + 9 + 4) / (3 + 1) = 4. The
        // open invoice is 0 days late, less than 4: it does not count. Drift: all three were paid within 30 days, each off
        // by −4, −1, +5: Σ = 0, so 0 / (3 + 10) = 0.
        let habits = Habits::of(&three_payments(), today());
        let habit = habits.habit(&acme());
        assert!(close(habit.days, 4.0) && close(habit.all_days, 4.0), "{habit:?}");
        assert_eq!((habit.own, habit.all), (3, 3));
        let observed: Vec<_> = habits.observed(&acme()).iter().map(|it| (it.days, it.weight)).collect();
        assert_eq!(observed, [(0, 1.0), (3, 1.0), (9, 1.0), (0, 1.0)]);
        assert_eq!(habits.observed(&acme())[3].outcome, Outcome::Open);
    }

    /// The whole distribution of the three payments again, slowly and with nothing shared: by formula on dense arrays.
    #[test]
    fn the_chances_after_three_payments_are_those_of_a_slow_calculation() {
        // Distances from the habit of 4: −4, −1, +5, widened by 1 / √(1 − 1/(3 + 1)) = 1.1547 to −4.6, −1.2, 5.8, so −5, −1
        // and 6; each is spread 1 2 3 2 1 ninths. The open one is censored at −4.
        let offsets: Vec<i64> = (-120..=401).collect();
        let triangle = |half_width: i64, center: i64, at: i64| {
            let (from, all) = (half_width + 1, (half_width + 1) * (half_width + 1));
            f64::from(i32::try_from(from - (center - at).abs().min(from)).unwrap())
                / f64::from(i32::try_from(all).unwrap())
        };
        let event = |at: i64| [-5, -1, 6].iter().map(|center| triangle(2, *center, at)).sum::<f64>();
        // Variance within: ((16 + 1 + 25) / 0.75 + 2·196) / (3 + 2) = 89.6. The pool is blurred by ½ · 89.6 / (3 + 1) = 11.2,
        // cut off at 4 sd = 13.4 → 14.
        let bell = |distance: i32| {
            if distance.abs() > 14 { 0.0 } else { (-f64::from(distance * distance) / (2.0 * 11.2)).exp() }
        };
        let all: f64 = (-14..=14).map(bell).sum();
        let blurred = |of: &dyn Fn(i64) -> f64, day: i64| {
            (-14..=14).map(|distance| of(day - 4 - i64::from(distance)) * bell(distance) / all).sum::<f64>()
        };
        let events: Vec<f64> = offsets.iter().map(|day| blurred(&event, *day)).collect();
        let censored: Vec<f64> =
            offsets.iter().map(|day| blurred(&|at| if at == -4 { 1.0 } else { 0.0 }, *day)).collect();
        // Own payments on 0, 3 and 9, spread 1 2 3 4 3 2 1 sixteenths; the open one is censored on 0.
        let own = |day: i64| [0, 3, 9].iter().map(|center| triangle(3, *center, day)).sum::<f64>();
        let hazard = |day: i64| {
            let from = usize::try_from(day + 120).unwrap();
            let at_risk: f64 = events[from..].iter().chain(&censored[from..]).sum();
            let base = if day > 0 { 0.002 } else { 0.0 };
            let pooled = (events[from] + base) / (at_risk + 0.2);
            let own_at_risk = (day..=20).map(own).sum::<f64>() + if day <= 0 { 1.0 } else { 0.0 };
            (own(day) + 8.0 * pooled) / (own_at_risk + 8.0)
        };
        let book = three_payments();
        let pmf = chance_of(&book, "open");
        let mut left = 1.0;
        for day in 1..=60 {
            let chance = left * hazard(day);
            left -= chance;
            assert!(close(pmf.on_day(day), chance), "day {day}: {} and {chance}", pmf.on_day(day));
        }
        assert!(pmf.within(9) > 0.6, "most of it lies where the payments were");
    }

    #[test]
    fn an_old_payment_counts_half_as_much_every_year() {
        let book = book_with(&[paid("acme", "new", ago(20), 20), paid("acme", "old", ago(365), 0)]);
        let habits = Habits::of(&book, today());
        let weights: Vec<f64> = habits.observed(&acme()).iter().map(|it| it.weight).collect();
        assert_eq!(weights, [1.0, 0.5]);
        // μ = 20 / 1.5; m = (20 + μ) / 2.5; the payment of today is off by 20 − m, drift (20 − m) / 11.
        let common = 20.0 / 1.5;
        let mean = (20.0 + common) / 2.5;
        let drift = (20.0 - mean) / 11.0;
        assert!(close(habits.habit(&acme()).days, mean + drift));
    }

    #[test]
    fn an_open_invoice_later_than_the_habit_makes_it_later() {
        // All were paid over a year ago, so there is no drift; their weight is a half each. μ = 0.5 · 40 / 2.5 = 8. Without the
        // open one, 30 days late, the mean is (0 + 8) / (2 + 1); with it (0 + 30 + 8) / (2 + 1 + 1).
        let old = |id: &str, client: &str, late| paid(client, id, ago(365 + late), late);
        let quarter = [old("1", "acme", 0), old("2", "acme", 0), old("3", "acme", 0), old("4", "acme", 0)];
        let late = [old("5", "bolt", 40), invoice("acme", "open", ago(30), "")];
        let without = Habits::of(&book_with(&[&quarter[..], &late[..1]].concat()), today()).habit(&acme());
        let with = Habits::of(&book_with(&[&quarter[..], &late[..]].concat()), today()).habit(&acme());
        assert!(close(without.days, 8.0 / 3.0), "{}", without.days);
        assert!(close(with.days, 9.5), "{}", with.days);
    }

    #[test]
    fn a_dispute_moves_the_due_day_by_what_disputes_cost_shrunk_to_14_days() {
        let dispute =
            |from: NaiveDate, until: NaiveDate| format!(r#"disputes: [(from: "{from}", until: "{until}")]"#);
        let on = add_days(ago(100), 34);
        let payments = format!(r#"payments: [(day: "{on}", amount: "100 EUR")]"#);
        let settled = format!("{}, {payments}", dispute(ago(100), on));
        let disputed = invoice("acme", "d", ago(100), &settled);
        // Δ = 34 − 4 = 30 with ω = 1 / (1/1 + 1/1) = ½: δ = (15 + 140) / 10.5.
        let book = book_with(&[disputed, paid("acme", "p", ago(100), 4)]);
        assert!(close(Habits::of(&book, today()).dispute_days(), 155.0 / 10.5));
    }
}

#[test]
fn an_empty_book_takes_all_to_pay_7_days_late_give_or_take_14() {
    let habits = Habits::of(&book_with(&[]), today());
    let habit = habits.habit(&acme());
    assert_eq!(habit.words(), "no history yet: taken to pay 7 days late");
    assert_eq!((habit.days, habit.own, habit.all), (7.0, 0, 0));
    // A normal distribution of sd 14 around 7 has its 10 % at 7 − 1.28 · 14 = −11 and its 90 % at 25; the half invoice that
    // says nothing lets some come later.
    assert!((-13..=-9).contains(&habit.p10) && (25..=30).contains(&habit.p90), "{habit:?}");
    let stranger = ClientId::new("nobody").unwrap();
    assert_eq!(habits.habit(&stranger), habit);
    let scheduled = habits.of_scheduled(&stranger, today(), add_days(today(), 30));
    assert!((34..=40).contains(&median(&scheduled)), "{}", median(&scheduled));
}

#[test]
fn one_without_history_is_taken_to_pay_as_all_do() {
    let paid: Vec<String> =
        (0..30).map(|n| paid("bolt", &format!("b{n}"), ago(100 + n), 10 + n % 3)).collect();
    let habits = Habits::of(&book_with(&paid), today());
    let habit = habits.habit(&acme());
    assert_eq!((habit.own, habit.all), (0, 30));
    assert!((habit.days - 11.0).abs() < 0.5, "{}", habit.days);
    assert_eq!(habit.words(), "no paid invoice of its own yet; all pay 11 days late, from 30");
}

#[test]
fn more_history_narrows_the_range() {
    let range = |count: i64| {
        let others: Vec<String> =
            (0..40).map(|n| paid("bolt", &format!("b{n}"), ago(90 + n), (n * 7) % 25)).collect();
        let own: Vec<String> = (0..count).map(|n| paid("acme", &format!("a{n}"), ago(60 + n), 10)).collect();
        let habit = Habits::of(&book_with(&[others, own].concat()), today()).habit(&acme());
        habit.p90 - habit.p10
    };
    let ranges = [0, 3, 12, 40].map(range);
    assert!(ranges.is_sorted_by(|more, less| more > less), "{ranges:?}");
}

#[test]
fn what_is_settled_or_written_off_is_not_to_come() {
    let book = book_with(&[
        paid("acme", "paid", ago(10), 3),
        invoice("acme", "gone", ago(200), r#"write_off: (day: "2026-05-01", cause: will_not)"#),
    ]);
    assert!(["paid", "gone"].iter().all(|id| chance_of(&book, id).within(5_000) <= 0.0));
}

#[test]
fn a_part_payment_teaches_nothing_until_95_per_cent_are_paid() {
    let part = |amount: &str| {
        let payment = format!(r#"payments: [(day: "{}", amount: "{amount} EUR")]"#, ago(50));
        let book = book_with(&[invoice("acme", "i", ago(60), &payment)]);
        let observed = Habits::of(&book, today()).observed(&acme()).to_vec();
        (observed[0].outcome, observed[0].days, chance_of(&book, "i").within(500) > 0.9)
    };
    assert_eq!(part("94.99"), (Outcome::Open, 60, true));
    assert_eq!(part("95.00"), (Outcome::Paid(ago(50)), 10, true));
}

#[test]
fn a_write_off_is_remembered_as_unpaid_until_its_day_and_credit_notes_teach_nothing() {
    let book = book_with(&[
        invoice("acme", "gone", ago(200), &format!(r#"write_off: (day: "{}", cause: cannot)"#, ago(20))),
        format!(
            r#"invoice (id: "credit", number: "c", client: "acme", issued: "{0}", due: "{0}",
                lines: [(result: "x", price: "-50 EUR")], payments: [(day: "{0}", amount: "-50 EUR")])"#,
            ago(9)
        ),
        format!(r#"invoice (id: "gift", number: "g", client: "acme", issued: "{0}", due: "{0}")"#, ago(9)),
    ]);
    let habits = Habits::of(&book, today());
    let [only] = habits.observed(&acme()) else { panic!("{:?}", habits.observed(&acme())) };
    assert_eq!((only.outcome, only.days), (Outcome::WrittenOff(ago(20)), 180));
    assert_eq!(habits.habit(&acme()).all, 0);
}

#[test]
fn a_disputed_invoice_comes_later_until_the_dispute_is_settled() {
    let history: Vec<String> =
        (0..20).map(|n| paid("acme", &format!("a{n}"), ago(60 + n), 5 + n % 3)).collect();
    let open = |disputes: &str| {
        let lines = [history.clone(), vec![invoice("acme", "open", ago(-10), disputes)]].concat();
        median(&chance_of(&book_with(&lines), "open"))
    };
    let from = ago(3);
    let undisputed = open("");
    assert_eq!(open(&format!(r#"disputes: [(from: "{from}", until: "{}")]"#, ago(1))), undisputed);
    assert_eq!(open(&format!(r#"disputes: [(from: "{from}")]"#)), undisputed + 14);
}

mod promises {
    use super::*;

    /// A client that pays about 5 days late, made `kept` and `broken` promises before, and now owes an invoice.
    fn promising(kept: i64, broken: i64, promised: &str) -> Book {
        let promise = |made: NaiveDate, by: NaiveDate, paid: NaiveDate| {
            format!(
                r#"payments: [(day: "{paid}", amount: "100 EUR")],
                    promised: [(day: "{made}", pay_by: "{by}")]"#
            )
        };
        let due = |n: i64| ago(200 + n);
        let history = (0..12).map(|n| paid("acme", &format!("a{n}"), due(n), 4 + n % 3));
        let kept = (0..kept).map(|n| {
            let by = add_days(due(n), 6);
            invoice("acme", &format!("k{n}"), due(n), &promise(due(n), by, by))
        });
        let broken = (0..broken).map(|n| {
            let by = add_days(due(n), 2);
            invoice("acme", &format!("x{n}"), due(n), &promise(due(n), by, add_days(by, 3)))
        });
        let open = invoice("acme", "open", ago(1), promised);
        book_with(&history.chain(kept).chain(broken).chain([open]).collect::<Vec<_>>())
    }

    fn promise(made_ago: i64, in_days: i64) -> String {
        format!(r#"promised: [(day: "{}", pay_by: "{}")]"#, ago(made_ago), ago(-in_days))
    }

    /// The chance that the promised day, two before or two after it, is the one.
    fn around(book: &Book, day: i64) -> f64 {
        let pmf = chance_of(book, "open");
        pmf.within(day + 2) - pmf.within(day - 3)
    }

    #[test]
    fn a_promise_draws_the_chance_to_its_day_as_far_as_earlier_ones_were_kept() {
        let without = around(&promising(4, 0, ""), 30);
        let [reliable, new, careless] = [(6, 0), (0, 0), (0, 6)]
            .map(|(kept, broken)| around(&promising(kept, broken, &promise(0, 30)), 30));
        assert!(without < 0.1, "{without}");
        // Made today, so nothing speaks for or against it yet: a Beta(3, 2) says 9/11, 3/5 and 3/11, and the rest is habit.
        let expected = [9.0 / 11.0, 3.0 / 5.0, 3.0 / 11.0];
        for (found, expected) in [reliable, new, careless].into_iter().zip(expected) {
            assert!((expected..expected + 0.1).contains(&found), "{found} {expected}");
        }
    }

    #[test]
    fn a_broken_promise_weighs_nothing_any_more() {
        // The day passed three days ago, and nothing came.
        let broken = chance_of(&promising(3, 0, &promise(5, -3)), "open");
        assert_eq!(broken, chance_of(&promising(3, 0, ""), "open"));
    }

    #[test]
    fn a_promise_still_stands_on_the_days_of_grace_and_comes_tomorrow_at_the_earliest() {
        let standing = chance_of(&promising(3, 0, &promise(5, 0)), "open");
        let without = chance_of(&promising(3, 0, ""), "open");
        assert!(standing.within(2) > without.within(2) + 0.1);
        assert!(standing.within(0) <= 0.0);
    }

    #[test]
    fn promises_kept_and_broken_are_counted_and_those_replaced_in_time_are_not() {
        let kept = |book: &Book| {
            let kept = Habits::of(book, today()).kept(&acme());
            (kept.kept, kept.broken)
        };
        assert_eq!(kept(&promising(3, 2, &promise(5, 4))), (3, 2));
        assert_eq!(kept(&promising(0, 0, &promise(9, -3))), (0, 1));
        let replaced = format!(
            r#"promised: [(day: "{}", pay_by: "{}"), (day: "{}", pay_by: "{}")]"#,
            ago(30),
            ago(10),
            ago(12),
            ago(-4)
        );
        assert_eq!(kept(&promising(0, 0, &replaced)), (0, 0));
    }
}

mod laws {
    use super::*;

    fn a_day() -> impl Strategy<Value = NaiveDate> {
        prop_oneof![
            30 => (0_i64..900).prop_map(ago),
            1 => (-60_000_i64..13_000).prop_map(ago),
        ]
    }

    /// An invoice with whatever days: some absurd, some in the future.
    fn an_invoice() -> impl Strategy<Value = (usize, String)> {
        let payments = prop::collection::vec((a_day(), -2_i64..=12), 0..3);
        let promised = prop::collection::vec((a_day(), a_day()), 0..3);
        let disputes = prop::collection::vec((a_day(), prop::option::of(a_day())), 0..2);
        let write_off = prop::option::weighted(0.1, a_day());
        let facts = (payments, promised, disputes, write_off);
        (0_usize..60, 0_usize..3, a_day(), a_day(), -20_i64..100, facts).prop_map(
            |(id, client, issued, due, price, (payments, promised, disputes, write_off))| {
                let payments: Vec<String> = payments
                    .iter()
                    .map(|(on, tenths)| {
                        format!(r#"(day: "{on}", amount: "{}.{} EUR")"#, price.abs() / 10 * tenths, 0)
                    })
                    .collect();
                let promised: Vec<String> =
                    promised.iter().map(|(on, by)| format!(r#"(day: "{on}", pay_by: "{by}")"#)).collect();
                let disputes: Vec<String> = disputes
                    .iter()
                    .map(|(from, until)| match until {
                        Some(until) => format!(r#"(from: "{from}", until: "{until}")"#),
                        None => format!(r#"(from: "{from}")"#),
                    })
                    .collect();
                let write_off = write_off
                    .map(|on| format!(r#", write_off: (day: "{on}", cause: will_not)"#))
                    .unwrap_or_default();
                let line = format!(
                    r#"invoice (id: "i{id}", number: "{id}", client: "{}", issued: "{issued}", due: "{due}",
                        lines: [(result: "x", price: "{price} EUR")], payments: [{}], promised: [{}],
                        disputes: [{}]{write_off})"#,
                    ["acme", "bolt", "czech"][client],
                    payments.join(", "),
                    promised.join(", "),
                    disputes.join(", "),
                );
                (id, line)
            },
        )
    }

    fn a_book() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(an_invoice(), 0..25).prop_map(|mut invoices| {
            invoices.sort_by_key(|(id, _)| *id);
            invoices.dedup_by_key(|(id, _)| *id);
            invoices.into_iter().map(|(_, line)| line).collect()
        })
    }

    fn all_invoices(book: &Book) -> impl Iterator<Item = &Invoice> {
        book.clients().flat_map(|client| client.facts.invoices.iter().map(AsRef::as_ref))
    }

    fn check(pmf: &Pmf) -> Result<(), TestCaseError> {
        prop_assert!(pmf.within(0) <= 0.0, "something before tomorrow");
        let mut before = 0.0;
        for by in pmf.listed() {
            prop_assert!(by.is_finite() && *by >= before && *by <= 1.0 + 1e-9, "{by} after {before}");
            before = *by;
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn chances_sum_to_one_and_none_lies_before_tomorrow(lines in a_book()) {
            let book = book_with(&lines).as_of(today());
            let habits = Habits::of(&book, today());
            for invoice in all_invoices(&book) {
                let pmf = habits.of_invoice(invoice);
                check(&pmf)?;
                let all = if invoice.open().is_zero() { 0.0 } else { 1.0 };
                let sum = pmf.within(i64::try_from(pmf.listed().len()).unwrap() + 5_000);
                prop_assert!((sum - all).abs() < 1e-9, "{sum}");
                let scheduled = habits.of_scheduled(&invoice.client, add_days(today(), 9), invoice.due);
                check(&scheduled)?;
                prop_assert!(scheduled.within(8) <= 0.0, "paid before it is invoiced");
            }
            for client in book.clients() {
                let habit = habits.habit(client.id());
                prop_assert!(habit.days.is_finite() && habit.p10 <= habit.p90, "{habit:?}");
                prop_assert!(!habit.words().contains("NaN"));
            }
        }

        #[test]
        fn later_facts_change_no_earlier_habit(lines in a_book(), later in a_book(), on in 0_i64..600) {
            let on = ago(on);
            let before = book_with(&lines).as_of(on);
            // The same book, and beside it invoices nobody knew of on that day.
            let future = later.iter().enumerate().map(|(n, line)| {
                line.replace("\"i", &format!("\"later{n}-"))
            });
            let known_later = |line: &String| {
                let book = book_with(std::slice::from_ref(line));
                let invoice = all_invoices(&book).next().unwrap().clone();
                days_between(on, invoice.issued) > 0
            };
            let both: Vec<String> = lines.into_iter().chain(future.filter(known_later)).collect();
            let after = book_with(&both).as_of(on);
            let (before_habits, after_habits) = (Habits::of(&before, on), Habits::of(&after, on));
            prop_assert!(before_habits == after_habits);
            for invoice in all_invoices(&before) {
                prop_assert!(before_habits.of_invoice(invoice) == after_habits.of_invoice(invoice));
            }
        }
    }

    #[test]
    fn thirty_years_of_history_give_a_habit() {
        let lines: Vec<String> =
            (0..1_500).map(|n| paid("acme", &format!("i{n}"), ago(7 * n + 30), 3 + n % 9)).collect();
        let habit = Habits::of(&book_with(&lines), today()).habit(&acme());
        assert_eq!(habit.own, 1_500);
        // 3 to 11 days late, in turn; the last ones were early in that turn, and so the drift is downward.
        assert!((habit.days - 6.5).abs() < 0.5, "{}", habit.days);
        assert!((1..=5).contains(&habit.p10) && (8..=12).contains(&habit.p90), "{habit:?}");
    }
}
