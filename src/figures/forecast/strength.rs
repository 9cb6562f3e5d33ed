//! How strongly what comes in hangs together, learnt from what past forecasts of the book missed.
//!
//! Were the invoices that are to come paid independently of each other, their sum by a week end would be off its mean by a
//! variance of V = Σ a²·F·(1 − F), with a the amount of each and F its chance to be paid by then. A [`Strength`] of
//! (0.05·λ, 0.20·λ) adds λ·D to it, to first order: D = 0.05·((Σ b)² − Σ b²) + 0.20·Σ over clients of ((Σ b)² − Σ b²), with
//! b = a·φ(Φ⁻¹(F)). So the squared error e² of what came, less V, is λ·D but for chance, and chance has a variance of about
//! 2·(V + λ·D)². With λ₀ taken beforehand as if known within σ, the weighted mean of all that was seen is
//!
//! λ = (λ₀ / σ² + Σ q·mean((e² − V)·D / (2·(V + λ·D)²))) / (1 / σ² + Σ q·mean(D² / (2·(V + λ·D)²)))
//!
//! over past cut-offs, the mean being that over their week ends: these tell much the same, as do cut-offs whose weeks overlap,
//! so q = 0.5·0.5^(age of the cut-off / 2 years). λ stands on both sides: three rounds from λ₀ come close. It lies between
//! half of λ₀ (an error that cancelled out is no proof) and 8.
//!
//! λ₀ and σ belong to the kind: an open invoice has its own story, while of what is not invoiced yet all is off at once when
//! clients change how they pay.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use super::backtest::{ToCome, WEEKS, to_come};
use super::random::normal_quantile;
use super::{Habits, Strength, Strengths};
use crate::domain::{Book, days_between};

/// At most so many past cut-offs are looked back from …
const CUTOFFS: usize = 13;
/// … and in all at so many invoices, so that a huge book does not take for ever. One cut-off there always is.
const MOST_INVOICES: usize = 32_000;
/// Days from one cut-off to the next.
const EVERY: u16 = 28;
/// Before so many invoices were paid a forecast missed because it had little to go by.
const ENOUGH_PAID: usize = 10;
/// What all flows have in common, and those of one client beyond that, where λ is one.
const UNIT: Strength = Strength { market: 0.05, client: 0.20 };
/// What a client's flows have in common is at most this.
const MOST_OF_CLIENT: f64 = 0.3;
/// λ is at most this.
const MOST: f64 = 8.0;
/// A cut-off counts half as much for every so many days that have passed since.
const HALF_LIFE_DAYS: f64 = 730.0;
/// What a cut-off counts at first: those around it tell some of the same.
const WEIGHT: f64 = 0.5;
/// Week ends with less than this share of the largest V of their cut-off have nothing left to tell.
const LEFT_TO_TELL: f64 = 0.02;
/// A chance nearer to nought or one than this is certainty.
const SURE: f64 = 1e-6;
/// So often the fit is repeated from what it gave.
const ROUNDS: usize = 3;

/// What is taken for λ before anything was seen.
#[derive(Debug, Clone, Copy)]
struct Before {
    /// λ₀.
    lambda: f64,
    /// σ: how far off that may be.
    off: f64,
}

/// Chosen with the sample of 2,466 invoices in view: there the range from the 10 % to the 90 % quantile then holds what open
/// invoices brought by 84 % of the week ends in doubt, and 78 % with those issued since. On 18 made-up books it is 80 % and
/// 79 %; on six more with common shocks or heavy tails 69 % and 66 %, for a shock is learnt only after it came.
const OPEN: Before = Before { lambda: 0.0, off: 0.3 };
const SCHEDULED: Before = Before { lambda: 0.8, off: 1.6 };

impl Default for Strengths {
    /// What is taken before anything was seen.
    fn default() -> Self {
        Self { open: strength(OPEN.lambda), scheduled: strength(SCHEDULED.lambda) }
    }
}

fn strength(lambda: f64) -> Strength {
    Strength { market: UNIT.market * lambda, client: (UNIT.client * lambda).min(MOST_OF_CLIENT) }
}

/// How strongly what comes in hangs together, as known on any past day. What a past forecast missed is worked out once.
#[derive(Debug)]
pub struct Hindsight<'a> {
    book: &'a Book,
    /// By cut-off; `None` where there was too little to go by.
    missed: BTreeMap<NaiveDate, Option<Missed>>,
}

/// What the forecast made at a cut-off missed, week end by week end.
///
/// What it tells of a week end follows from what was known at that week end alone.
#[derive(Debug, Clone, PartialEq)]
struct Missed {
    open: Vec<WeekEnd>,
    scheduled: Vec<WeekEnd>,
}

/// What came in by a week end beside what was expected, for the invoices of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct WeekEnd {
    /// e: how much more came than the mean.
    error: f64,
    /// V: the variance of what comes when each invoice is on its own.
    alone: f64,
    /// D: what is added to that for every λ; at least nought.
    together: f64,
}

impl<'a> Hindsight<'a> {
    /// Looks back at the forecasts of a book.
    #[must_use]
    pub fn of(book: &'a Book) -> Self {
        Self { book, missed: BTreeMap::new() }
    }

    /// As known at the end of `day`: what came later makes no difference.
    pub fn strengths(&mut self, day: NaiveDate) -> Strengths {
        let book = self.book;
        let cutoffs: Vec<NaiveDate> = cutoffs(day).take(how_many(book, day)).collect();
        for cutoff in &cutoffs {
            self.missed.entry(*cutoff).or_insert_with(|| Missed::of(book, *cutoff));
        }
        let seen = |kind: fn(&Missed) -> &[WeekEnd]| {
            let seen = cutoffs.iter().filter_map(|cutoff| {
                let age = days_between(*cutoff, day);
                let past = usize::try_from(age / 7).unwrap_or(0);
                let weeks = kind(self.missed.get(cutoff)?.as_ref()?);
                Some((age, weeks.get(..past).unwrap_or(weeks)))
            });
            seen.collect::<Vec<_>>()
        };
        Strengths {
            open: strength(OPEN.refitted(&seen(|it| &it.open))),
            scheduled: strength(SCHEDULED.refitted(&seen(|it| &it.scheduled))),
        }
    }
}

/// Every fourth Sunday with a week end behind it by `day`, the latest first: the same ones day after day, so that a forecast
/// does not change for having looked back from other days.
fn cutoffs(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let since = u64::try_from(day.num_days_from_ce().rem_euclid(i32::from(EVERY))).unwrap_or(0);
    let days = (0_u64..).map(move |back| since + back * u64::from(EVERY)).skip_while(|days| *days < 7);
    days.map_while(move |days| day.checked_sub_days(Days::new(days)))
}

/// From how many cut-offs there is time to look back, at a book with so many invoices by `day`.
fn how_many(book: &Book, day: NaiveDate) -> usize {
    let invoices = book.clients().flat_map(|client| &client.facts.invoices);
    let known = invoices.filter(|it| it.issued <= day).count();
    MOST_INVOICES.checked_div(known).unwrap_or(CUTOFFS).clamp(1, CUTOFFS)
}

impl Before {
    /// λ after what was seen: the days that have passed since each cut-off, and its week ends.
    fn refitted(self, seen: &[(i64, &[WeekEnd])]) -> f64 {
        let known = self.off * self.off;
        let mut lambda = self.lambda;
        for _ in 0..ROUNDS {
            let (mut sum, mut weight) = (self.lambda / known, 1.0 / known);
            for (age, weeks) in seen {
                let most = weeks.iter().map(|it| it.alone).fold(0.0, f64::max);
                let counted = || weeks.iter().filter(|it| it.alone > LEFT_TO_TELL * most);
                let age = f64::from(i32::try_from(*age).unwrap_or(i32::MAX));
                let count = f64::from(u32::try_from(counted().count()).unwrap_or(u32::MAX)).max(1.0);
                let share = WEIGHT * libm::exp2(-age / HALF_LIFE_DAYS) / count;
                for WeekEnd { error, alone, together } in counted() {
                    let variance = alone + lambda * together;
                    let chance = 2.0 * variance * variance;
                    sum += share * (error * error - alone) * together / chance;
                    weight += share * together * together / chance;
                }
            }
            lambda = (sum / weight).clamp(0.0, MOST);
        }
        lambda.max(self.lambda / 2.0)
    }
}

impl Missed {
    fn of(book: &Book, cutoff: NaiveDate) -> Option<Self> {
        let known = book.as_of(cutoff);
        let habits = Habits::of(&known, cutoff);
        let taught = known.clients().flat_map(|client| habits.observed(client.id()));
        if taught.filter(|it| it.is_paid()).take(ENOUGH_PAID).count() < ENOUGH_PAID {
            return None;
        }
        let (mut open, mut scheduled) = (Sums::new(), Sums::new());
        for client in book.clients() {
            for item in to_come(client, &habits, &known) {
                if item.scheduled { scheduled.add(&item) } else { open.add(&item) }
            }
            open.end_client();
            scheduled.end_client();
        }
        Some(Self { open: open.week_ends(), scheduled: scheduled.week_ends() })
    }
}

/// What is summed up over invoices, client by client.
struct Sums(Vec<Sum>);

/// The sums of a week end.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    error: f64,
    alone: f64,
    /// Σ b, of all and of the client that is being added …
    all: f64,
    client: f64,
    /// … Σ b² …
    squares: f64,
    /// … and Σ over clients of (Σ b)².
    clients: f64,
}

impl Sums {
    fn new() -> Self {
        Self(vec![Sum::default(); WEEKS as usize])
    }

    fn add(&mut self, item: &ToCome<'_>) {
        let chances = (1..).map(|week| item.when.within(7 * week));
        self.expect(item.amount.amount.to_f64().unwrap_or(0.0), chances);
        for (week, part) in &item.came {
            self.bring(*week, part.amount.to_f64().unwrap_or(0.0));
        }
    }

    /// An amount that is to come by each week end with these chances.
    fn expect(&mut self, amount: f64, chances: impl Iterator<Item = f64>) {
        for (sum, chance) in self.0.iter_mut().zip(chances) {
            sum.error -= amount * chance;
            if (SURE..=1.0 - SURE).contains(&chance) {
                sum.alone += amount * amount * chance * (1.0 - chance);
                let slope = amount * normal_density(normal_quantile(chance));
                sum.all += slope;
                sum.client += slope;
                sum.squares += slope * slope;
            }
        }
    }

    /// An amount that came by a week end, counted from nought, and is there at all later ones.
    fn bring(&mut self, week: usize, amount: f64) {
        self.0.iter_mut().skip(week).for_each(|sum| sum.error += amount);
    }

    fn end_client(&mut self) {
        for sum in &mut self.0 {
            sum.clients += sum.client * sum.client;
            sum.client = 0.0;
        }
    }

    fn week_ends(&self) -> Vec<WeekEnd> {
        let week_end = |sum: &Sum| {
            let pairs = sum.all * sum.all - sum.squares;
            let pairs_of_clients = sum.clients - sum.squares;
            let together = UNIT.market * pairs + UNIT.client * pairs_of_clients;
            WeekEnd { error: sum.error, alone: sum.alone, together: together.max(0.0) }
        };
        self.0.iter().map(week_end).collect()
    }
}

/// φ: how dense standard normal numbers lie.
fn normal_density(z: f64) -> f64 {
    libm::exp(-z * z / 2.0) / std::f64::consts::TAU.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIOR: Before = Before { lambda: 0.5, off: 1.0 };

    fn close(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-9
    }

    fn week_end(error: f64, alone: f64, together: f64) -> WeekEnd {
        WeekEnd { error, alone, together }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn pairs_of_invoices_vary_together_and_those_of_one_client_the_more() {
        // Each has b = 100·φ(0), so b² = 10,000 / 2π. Three make 3² − 3 = 6 ordered pairs, two of them of one client.
        let mut sums = Sums::new();
        sums.expect(100.0, [0.5].into_iter());
        sums.expect(100.0, [0.5].into_iter());
        sums.end_client();
        sums.expect(100.0, [0.5].into_iter());
        sums.end_client();
        sums.bring(0, 100.0);
        let [first, ..] = sums.week_ends()[..] else { panic!() };
        // Half of 300 was expected, and each has a variance of 100²/4.
        assert_eq!((first.error, first.alone), (-50.0, 7_500.0));
        let square = 10_000.0 / std::f64::consts::TAU;
        assert!(close(first.together, 0.05 * 6.0 * square + 0.20 * 2.0 * square), "{first:?}");
    }

    #[test]
    fn what_is_certain_varies_neither_alone_nor_together() {
        let mut sums = Sums::new();
        for _ in 0..2 {
            sums.expect(80.0, [0.0, 0.25, 1.0].into_iter());
        }
        sums.end_client();
        sums.bring(1, 80.0);
        let ends = sums.week_ends();
        assert_eq!(ends.iter().map(|it| it.error).collect::<Vec<_>>()[..3], [0.0, 40.0, -80.0]);
        assert_eq!(ends.iter().map(|it| it.alone).collect::<Vec<_>>()[..3], [0.0, 2_400.0, 0.0]);
        assert!(ends[1].together > 0.0 && close(ends[0].together, 0.0) && close(ends[2].together, 0.0));
    }

    #[test]
    fn a_miss_of_three_deviations_is_worked_through_on_paper() {
        // λ = ½, V = D = 1, e² = 9, q = ½. 2·1.5² = 4.5: (0.5 + 0.5·8/4.5) / (1 + 0.5/4.5) = 1.25;
        // then 2·2.25² = 10.125 gives 0.852 941, and 2·1.852 941² gives 1.009 042.
        let seen = [week_end(3.0, 1.0, 1.0)];
        assert!((PRIOR.refitted(&[(0, &seen)]) - 1.009_042).abs() < 1e-6);
        // Two years later it counts half as much: 0.894 737, 0.752 353, 0.793 359.
        assert!((PRIOR.refitted(&[(730, &seen)]) - 0.793_359).abs() < 1e-6);
        // A week end that hit the mean halves what the cut-off tells: 0.8, 0.714 900, 0.735 045.
        let hit = [seen[0], week_end(0.0, 1.0, 1.0)];
        assert!((PRIOR.refitted(&[(0, &hit)]) - 0.735_045).abs() < 1e-6);
    }

    #[test]
    fn it_stays_between_half_of_what_was_taken_before_and_the_most() {
        let fit = |week: WeekEnd| PRIOR.refitted(&[(0, [week].as_slice()); 9]);
        assert!(close(fit(week_end(0.0, 1.0, 1.0)), 0.25));
        assert!(close(fit(week_end(300.0, 1.0, 1.0)), MOST));
        // Nothing in pairs, nothing in doubt, nothing seen: nothing learnt.
        assert!(close(fit(week_end(3.0, 1.0, 0.0)), 0.5));
        assert!(close(fit(week_end(0.0, 0.0, 0.0)), 0.5));
        assert!(close(PRIOR.refitted(&[]), 0.5) && close(PRIOR.refitted(&[(7, &[])]), 0.5));
    }

    #[test]
    fn week_ends_with_next_to_nothing_left_do_not_count() {
        let seen = [week_end(3.0, 1.0, 1.0), week_end(50.0, 0.01, 1.0)];
        assert!(close(PRIOR.refitted(&[(0, &seen)]), PRIOR.refitted(&[(0, &seen[..1])])));
    }

    #[test]
    fn cut_offs_are_every_fourth_sunday_with_a_week_end_behind_them() {
        let of = |on: &str| cutoffs(day(on)).take(3).map(|it| it.to_string()).collect::<Vec<_>>();
        let three = ["2026-11-08", "2026-10-11", "2026-09-13"];
        assert_eq!(of("2026-11-15"), three);
        assert_eq!(of("2026-12-12"), three);
        assert_eq!(of("2026-12-13")[0], "2026-12-06");
        assert!(cutoffs(NaiveDate::MIN).next().is_none() && cutoffs(NaiveDate::MAX).next().is_some());
    }

    #[test]
    fn a_strength_never_takes_more_than_there_is() {
        for lambda in [0.0, 0.1, 1.0, 3.0, MOST] {
            let Strength { market, client } = strength(lambda);
            assert!(market >= 0.0 && client >= 0.0 && market + client <= 0.7 + 1e-12, "{lambda}");
        }
        assert_eq!(strength(1.0), UNIT);
    }
}
