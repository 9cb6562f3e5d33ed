//! Whether an open deal is won within so many days: asked of the book's own earlier deals, never of "some day".
//!
//! In every week of the ten years before the day each deal then open was *seen* in its stage, and what became of it since is known. With few
//! decided deals (below 50) the chance is the share of those seen in the same stage that were won within so many days,
//! shrunk to what is set for the stage by the weight of eight deals; what all stages together tell corrects the set chances
//! first. From 50 on it is a weekly hazard with two outcomes, won and lost, of those seen in the same stage for as long,
//! shrunk to all seen in the stage, these to all seen, and these to what is set, each by the weight of eight deals. Deals
//! seen often count as one deal in these weights.
//!
//! What is set for a stage is the chance of ever winning. It is spread over time as deals are decided without any history:
//! half within about 42 days (1 − e^(−days / 60)). A chance set by hand wins over the history, and is spread as the book's
//! won deals were.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Book, Deal, Percent, Phase, Stage, days_between};
use crate::figures::chance::fraction;
use crate::figures::jobs::phase_of;

use super::Pmf;
use super::pmf::FURTHEST;

/// From so many decided deals on, the age of a deal counts.
const ENOUGH_DECIDED: usize = 50;
/// What is known without history weighs as much as so many deals.
const PRIOR_WEIGHT: f64 = 8.0;
/// Mean days to a decision, without history.
const DECISION_DAYS: f64 = 60.0;
/// The chance of a stage for which none is set.
const CHANCE_UNSET: f64 = 0.1;
/// Days in a stage from which a deal counts as older, and older still.
const AGES: [i64; 3] = [14, 42, 91];
const WEEK: i64 = 7;

/// The weeks looked back at.
const MOST_WEEKS: i64 = 520;

/// A deal's time in an open stage.
#[derive(Debug, Clone, PartialEq)]
struct Stay {
    deal: usize,
    stage: Option<usize>,
    /// How many days ago it entered.
    entered: i64,
    /// The weeks ago in which it was seen there.
    newest: i64,
    oldest: i64,
    /// Whether it was won, and how many days ago that was decided.
    decided: Option<(bool, i64)>,
}

/// A deal seen in a stage one week.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sighting {
    deal: usize,
    stage: Option<usize>,
    /// Which of the ages.
    age: usize,
    /// For how many days it was watched since.
    watched: i64,
    /// Whether it was won, and after how many days it was decided.
    end: Option<(bool, i64)>,
}

/// What the deals of a book tell about winning others.
#[derive(Debug, Clone, PartialEq)]
pub struct Winning {
    day: NaiveDate,
    stages: Vec<Stage>,
    decided: usize,
    stays: Vec<Stay>,
}

/// The chance that a deal is won within so many days.
#[derive(Debug, Clone, PartialEq)]
pub struct WinChance {
    /// The chance, between nought and one.
    pub chance: f64,
    /// From how many deals that were in the same stage before; of one set by hand, how many won ones tell its spread.
    pub from: usize,
    /// Whether it was set by hand.
    pub by_hand: bool,
    /// Where it comes from, in a clause.
    pub words: String,
}

/// Deals at risk of being decided in a week, and how many were won and lost.
#[derive(Debug, Clone, Copy, Default)]
struct Week {
    at_risk: f64,
    won: f64,
    lost: f64,
}

impl Winning {
    /// What the deals of a book tell, as `known` at the end of `day`.
    #[must_use]
    pub fn of(known: &Book, day: NaiveDate) -> Self {
        let stages = known.business().stages();
        let mut winning = Self { day, stages, decided: 0, stays: Vec::new() };
        let deals = known.clients().flat_map(|client| &client.facts.deals);
        for (at, deal) in deals.enumerate() {
            if winning.phase(deal) != Phase::Open {
                winning.decided += 1;
            }
            winning.watch(at, deal);
        }
        winning
    }

    /// How many deals were won or lost by the day.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.decided
    }

    /// The chance that a deal is won within so many days.
    #[must_use]
    pub fn within(&self, deal: &Deal, days: i64) -> WinChance {
        let phase = self.phase(deal);
        if phase != Phase::Open {
            let (chance, words) = if phase == Phase::Lost { (0.0, "lost") } else { (1.0, "won already") };
            return WinChance { chance, from: 0, by_hand: false, words: words.to_owned() };
        }
        let chance = self.curve(deal, days).last().copied().unwrap_or(0.0);
        if let Some(set) = deal.chance {
            let from = deals_of(self.sightings().filter(Sighting::was_won));
            let spread = match from {
                0 => String::new(),
                1 => ", spread over time as 1 won deal was".to_owned(),
                n => format!(", spread over time as {n} won deals were"),
            };
            let words = format!("{set} set by hand{spread}");
            return WinChance { chance, from, by_hand: true, words };
        }
        let (stage, age) = self.now(deal);
        let name = stage.and_then(|at| self.stages.get(at)).map_or("no stage", |stage| stage.name.as_str());
        let from = deals_of(self.sightings().filter(|it| it.stage == stage));
        let words = match from {
            0 => format!("no earlier deal in {name}: what is set for the stage"),
            _ if self.decided >= ENOUGH_DECIDED => {
                let days = self.days_in_stage(deal);
                let same = deals_of(self.sightings().filter(|it| it.stage == stage && it.age == age));
                format!(
                    "{days} days in {name}, from {from} deals there before, {same} of them for about as long"
                )
            }
            1 => format!("1 earlier deal in {name}, shrunk to what is set for the stage"),
            _ => format!("{from} earlier deals in {name}, shrunk to what is set for the stage"),
        };
        WinChance { chance, from, by_hand: false, words }
    }

    /// The chance of each day on which a deal may be won, for so many days.
    #[must_use]
    pub fn when(&self, deal: &Deal, days: i64) -> Pmf {
        let by = self.curve(deal, days);
        let before = std::iter::once(0.0).chain(by.iter().copied());
        Pmf::of_days(by.iter().zip(before).map(|(by, before)| by - before).collect::<Vec<f64>>(), 0.0)
    }

    /// What open deals have in common whose chances are the same: the stage, how old they are there, the chance set by hand.
    pub(super) fn alike(&self, deal: &Deal) -> (Option<usize>, usize, Option<Percent>) {
        let (stage, age) = self.now(deal);
        (stage, age, deal.chance)
    }

    /// The chance that an open deal is won by day 1, 2, 3 …: at the end of each week, and evenly between.
    fn curve(&self, deal: &Deal, days: i64) -> Vec<f64> {
        let weeks = (days.clamp(0, FURTHEST) + WEEK - 1) / WEEK;
        let ends = match deal.chance {
            Some(set) => {
                let ever = fraction(set).to_f64().unwrap_or(0.0);
                rising((1..=weeks).map(|week| ever * self.spread(week * WEEK)))
            }
            None if self.decided < ENOUGH_DECIDED => {
                let (stage, _) = self.now(deal);
                rising((1..=weeks).map(|week| self.share(stage, week * WEEK)))
            }
            None => self.incidence(deal, weeks),
        };
        let mut before = 0.0;
        let mut by = Vec::new();
        for end in ends {
            by.extend((1..=7_u8).map(|day| before + (end - before) * f64::from(day) / 7.0));
            before = end;
        }
        by.truncate(usize::try_from(days).unwrap_or(0));
        by
    }

    /// Of the deals that are won some day, the share that is within so many days.
    fn spread(&self, days: i64) -> f64 {
        let won: Vec<Sighting> = self.sightings().filter(Sighting::was_won).collect();
        let within = won.iter().filter(|it| it.end.is_some_and(|(_, after)| after <= days));
        shrunk(count(within), won.len(), deals_of(won.iter().copied()), decided_by(days))
    }

    /// Of the deals seen in a stage at least `days` ago, the share that was won within `days`.
    fn share(&self, stage: Option<usize>, days: i64) -> f64 {
        let watched: Vec<Sighting> = self.sightings().filter(|it| it.watched >= days).collect();
        let won = |it: &Sighting| it.end.is_some_and(|(won, after)| won && after <= days);
        let (mut came, mut set) = (0.0, 0.0);
        for at in (0..self.stages.len()).map(Some).chain([None]) {
            let of_stage: Vec<Sighting> = watched.iter().copied().filter(|it| it.stage == at).collect();
            if of_stage.is_empty() {
                continue;
            }
            let deals = float(deals_of(of_stage.iter().copied()));
            came += deals * count(of_stage.iter().filter(|it| won(it))) / float(of_stage.len());
            set += deals * self.set(at) * decided_by(days);
        }
        let corrected = (came + PRIOR_WEIGHT) / (set + PRIOR_WEIGHT) * self.set(stage) * decided_by(days);
        let own: Vec<Sighting> = watched.iter().copied().filter(|it| it.stage == stage).collect();
        let own_won = count(own.iter().filter(|it| won(it)));
        shrunk(own_won, own.len(), deals_of(own.iter().copied()), corrected.min(1.0))
    }

    /// The chance that a deal is won by the end of each week, from hazards of winning and of losing.
    fn incidence(&self, deal: &Deal, weeks: i64) -> Vec<f64> {
        let (stage, age) = self.now(deal);
        let levels = [
            self.weeks(weeks, |_| true),
            self.weeks(weeks, |it| it.stage == stage),
            self.weeks(weeks, |it| it.stage == stage && it.age == age),
        ];
        // What is set, as hazards: each week as many are decided as were a week before, `set` of them won.
        let weekly = decided_by(WEEK);
        let (set_won, set_lost) = (self.set(stage) * weekly, (1.0 - self.set(stage)) * weekly);
        let (mut open, mut won) = (1.0, 0.0);
        let mut by = Vec::new();
        for week in 0..usize::try_from(weeks).unwrap_or(0) {
            let (mut win, mut lose) = (set_won, set_lost);
            for level in &levels {
                let seen = level.get(week).copied().unwrap_or_default();
                win = (seen.won + PRIOR_WEIGHT * win) / (seen.at_risk + PRIOR_WEIGHT);
                lose = (seen.lost + PRIOR_WEIGHT * lose) / (seen.at_risk + PRIOR_WEIGHT);
            }
            won += open * win;
            open *= (1.0 - win - lose).max(0.0);
            by.push(won.min(1.0));
        }
        by
    }

    /// What became of those seen, week by week, weighted so that a deal seen often counts as one.
    fn weeks(&self, weeks: i64, which: impl Fn(&Sighting) -> bool) -> Vec<Week> {
        let seen: Vec<Sighting> = self.sightings().filter(|it| which(it)).collect();
        let weight =
            if seen.is_empty() { 0.0 } else { float(deals_of(seen.iter().copied())) / float(seen.len()) };
        let mut table = vec![Week::default(); usize::try_from(weeks).unwrap_or(0)];
        for it in seen {
            let until = it.end.map_or(it.watched, |(_, after)| after);
            // Decided in the week that ends on its last day; one not decided is at risk in the weeks it was watched in full.
            let weeks_at_risk = if it.end.is_some() { (until + WEEK - 1) / WEEK } else { until / WEEK };
            let Some(last) = usize::try_from(weeks_at_risk).ok().and_then(|weeks| weeks.checked_sub(1))
            else {
                continue;
            };
            // Those at risk are first noted in their last week, and summed from there backwards.
            let beyond = table.len().saturating_sub(1);
            if let Some(week) = table.get_mut(last.min(beyond)) {
                week.at_risk += weight;
            }
            if let (Some(week), Some((won, _))) = (table.get_mut(last), it.end) {
                *(if won { &mut week.won } else { &mut week.lost }) += weight;
            }
        }
        let mut at_risk = 0.0;
        for week in table.iter_mut().rev() {
            at_risk += week.at_risk;
            week.at_risk = at_risk;
        }
        table
    }

    /// Notes in which stage a deal was seen, week by week, and what became of it.
    fn watch(&mut self, at: usize, deal: &Deal) {
        let mut facts: Vec<_> = deal.stages.iter().filter(|fact| fact.day <= self.day).collect();
        facts.sort_by_key(|fact| fact.day);
        let phases: Vec<Phase> = facts.iter().map(|fact| self.phase_of(&fact.stage)).collect();
        for (position, fact) in facts.iter().enumerate() {
            if phases.get(position) != Some(&Phase::Open) {
                continue;
            }
            let until = facts.get(position + 1).map_or(self.day, |next| next.day);
            let decision =
                facts.iter().zip(&phases).skip(position + 1).find(|(_, phase)| **phase != Phase::Open);
            let stage = self.position(&fact.stage);
            let ago = |on| days_between(on, self.day);
            let entered = ago(fact.day);
            // The day itself is not among them: of it nothing is known since.
            let (newest, oldest) = (ago(until) / WEEK + 1, (entered / WEEK).min(MOST_WEEKS));
            let decided = decision.map(|(decided, phase)| (*phase != Phase::Lost, ago(decided.day)));
            if newest <= oldest {
                self.stays.push(Stay { deal: at, stage, entered, newest, oldest, decided });
            }
        }
    }

    /// Each deal in each week in which it was seen open, deal by deal.
    fn sightings(&self) -> impl Iterator<Item = Sighting> {
        self.stays.iter().flat_map(|stay| {
            (stay.newest..=stay.oldest).map(move |week| {
                let watched = week * WEEK;
                let end = stay.decided.map(|(won, ago)| (won, watched - ago));
                let age = age_of(stay.entered - watched);
                Sighting { deal: stay.deal, stage: stay.stage, age, watched, end }
            })
        })
    }

    /// The stage a deal is in, and which of the ages it has there.
    fn now(&self, deal: &Deal) -> (Option<usize>, usize) {
        let stage = match deal.stage() {
            Some(fact) => self.position(&fact.stage),
            // A deal that entered no stage yet stands before the first one's others.
            None => self.stages.first().map(|_| 0),
        };
        (stage, age_of(self.days_in_stage(deal)))
    }

    fn days_in_stage(&self, deal: &Deal) -> i64 {
        deal.stage().map_or(0, |fact| days_between(fact.day, self.day))
    }

    /// What is set for a stage: the chance that a deal there is won some day.
    fn set(&self, stage: Option<usize>) -> f64 {
        let set = stage.and_then(|at| self.stages.get(at)).and_then(|stage| stage.chance);
        set.and_then(|it| fraction(it).to_f64()).unwrap_or(CHANCE_UNSET)
    }

    fn position(&self, stage: &str) -> Option<usize> {
        self.stages.iter().position(|it| it.id == stage)
    }

    /// What a stage means; in one the book does not list, a deal is still to be won.
    fn phase_of(&self, stage: &str) -> Phase {
        phase_of(&self.stages, stage).unwrap_or(Phase::Open)
    }

    fn phase(&self, deal: &Deal) -> Phase {
        deal.stage().map_or(Phase::Open, |fact| self.phase_of(&fact.stage))
    }
}

impl Sighting {
    fn was_won(&self) -> bool {
        self.end.is_some_and(|(won, _)| won)
    }
}

/// The share that is decided within so many days, without history.
fn decided_by(days: i64) -> f64 {
    1.0 - libm::exp(-f64::from(i32::try_from(days).unwrap_or(i32::MAX)) / DECISION_DAYS)
}

/// The share `part` of `all`, as so many `deals` tell it, shrunk to `prior`.
fn shrunk(part: f64, all: usize, deals: usize, prior: f64) -> f64 {
    let share = if all == 0 { 0.0 } else { part / float(all) };
    (share * float(deals) + prior * PRIOR_WEIGHT) / (float(deals) + PRIOR_WEIGHT)
}

fn age_of(days: i64) -> usize {
    AGES.iter().filter(|from| days >= **from).count()
}

/// How many deals these are; those of a deal stand together.
fn deals_of(sightings: impl Iterator<Item = Sighting>) -> usize {
    let (mut last, mut deals) = (None, 0);
    for it in sightings {
        if last != Some(it.deal) {
            (last, deals) = (Some(it.deal), deals + 1);
        }
    }
    deals
}

/// Chances that never fall and at most one: what was seen for longer windows is seen less often, and may say less.
fn rising(chances: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut most = 0.0_f64;
    chances
        .map(|chance| {
            most = most.max(chance.min(1.0));
            most
        })
        .collect()
}

fn count<T>(of: impl Iterator<Item = T>) -> f64 {
    float(of.count())
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
