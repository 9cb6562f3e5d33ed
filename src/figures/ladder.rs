//! The two-sided ladder, for a relationship that hurts: mend my own side, show the evidence, meet, set new goals, look at it
//! again, and only then leave, or stay because it got better.
//!
//! **When**: the kind is toxic or at risk (by hand too: so one begins it oneself), or it leaves less than break-even and they push, or the
//! score is below `health_risk`.
//!
//! **Mine first**: promises of mine whose day has passed, and what they said that has waited for a word of mine longer than
//! `answer_days`, as Today has it.
//! As long as there is one, the next step is to mend it.
//!
//! **A step is done by a fact**, and only after the one before it: a touch in which we showed the evidence; a later review or
//! meeting; a goal of one of its deals set on that day or after it; a review after the goals; the end. Facts count from the
//! first push on price or scope on, or since the kind was set by hand, whichever was first, and from the last 12 months at most, so that an old round does not stand for a new one.
//! The first fact that fits is taken, but of goals those set last, and of reviews after them the last one.
//!
//! **Looking again** is due `reevaluate_days` after the goals; a review before half of them is none. It still holds if, since the goals were set, price or scope was
//! pushed, they complained or felt uneasy, or a day of work or more left less than the break-even rate, or an invoice that fell due is more
//! than two weeks late, or a promise of theirs was broken. Without any fact since but that review nobody can tell, nor as long as a
//! goal of that day is not noted as reached.

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, ClientKind, Direction, Party, Promise, Table, Threshold, Touch, TouchKind,
    add_days, days_between,
};

use super::Client;
use super::answering::{is_trouble, wants_answer};
use super::health::{
    ClientHealth, Effort, FactId, Look, Outcome, Push, days_named, pushes_in_words, pushes_of_theirs,
    questions,
};
use super::jobs::has_agreed;
use super::kind::{below_break_even, effort_since};
use super::standing::Standing;
use super::timeline::touch_words;
use super::words::{clause, date};

/// Steps of a round lie within so many days.
const ROUND_DAYS: i64 = 365;
/// Days beyond terms from which on an invoice counts as late.
const LATE_DAYS: i64 = 14;

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Show what was achieved, and what it takes.
    Evidence,
    /// Meet and talk about it.
    Meet,
    /// Set new goals together.
    Goals,
    /// Look at it again.
    Reevaluate,
    /// Leave.
    Leave,
}

impl Rung {
    /// Every step, in order.
    pub const ALL: [Self; 5] = [Self::Evidence, Self::Meet, Self::Goals, Self::Reevaluate, Self::Leave];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Evidence => "Show the evidence",
            Self::Meet => "Meet",
            Self::Goals => "Set new goals",
            Self::Reevaluate => "Look at it again",
            Self::Leave => "Leave",
        }
    }

    /// What proves it, in a clause.
    #[must_use]
    pub fn proven_by(self) -> &'static str {
        match self {
            Self::Evidence => "a touch in which you show what was achieved",
            Self::Meet => "a review or a meeting after that",
            Self::Goals => "a goal of one of its deals, set then or later",
            Self::Reevaluate => "a review after the goals",
            Self::Leave => "its end, with day and reason",
        }
    }
}

/// Where a relationship stands on the ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// What hurts, each in a clause; empty: nothing does.
    pub hurts: Vec<String>,
    /// From this day on facts count as steps.
    pub since: NaiveDate,
    /// What I owe them, the longest first.
    pub mine: Vec<Mine>,
    /// Every step, in order.
    pub rungs: Vec<RungLine>,
    /// What happened since the goals that shows that it still holds, each in a clause.
    pub still: Vec<String>,
    /// What is next.
    pub next: Next,
    /// Why, in a sentence with its figures.
    pub why: String,
}

/// Something I owe them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    /// What: the promise, or what was asked.
    pub what: String,
    /// Whether it is a promise, and not a question.
    pub promise: bool,
    /// The day it was due, or asked.
    pub day: NaiveDate,
    /// How many days ago that was; below nought when it lies ahead.
    pub days: i64,
    /// The record.
    pub record: FactId,
}

/// A step and the fact that did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungLine {
    /// Which.
    pub rung: Rung,
    /// The fact, where there is one.
    pub done: Option<Done>,
}

/// The fact that did a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// When; an end that is agreed lies ahead.
    pub day: NaiveDate,
    /// What, in a line.
    pub what: String,
    /// The record that tells.
    pub record: FactId,
}

/// What is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: nothing hurts.
    Nothing,
    /// Mend my own side.
    Mend,
    /// Do this step.
    Step(Rung),
    /// Wait until this day, and look at it again then.
    Wait(NaiveDate),
    /// Nobody can tell yet: wait for something to happen.
    Unclear,
    /// Stay: it got better.
    Stay,
    /// It is agreed to end on this day, which lies ahead.
    Ends(NaiveDate),
    /// It is over.
    Over,
}

impl Ladder {
    /// Of a client with its health, as of `day`.
    #[must_use]
    pub fn of(business: &Business, client: &Client, health: &ClientHealth, day: NaiveDate) -> Self {
        let stages = business.stages();
        let invoices: Vec<Standing<'_>> =
            client.known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
        let look = Look::new(business, &stages, &client.known, &invoices, day);
        let hurts = hurts(&look, client, health);
        Self::where_it_hurts(&look, hurts)
    }

    /// Of a client's facts as looked at, where this hurts, each in a clause.
    pub(super) fn where_it_hurts(look: &Look<'_>, hurts: Vec<String>) -> Self {
        let (business, client, day) = (look.business, look.known, look.day);
        let first_push = pushes_of_theirs(look).first().map(|push| push.day);
        let by_hand = client.client.kind.as_ref().map(|kind| kind.day);
        let begins = first_push.into_iter().chain(by_hand).min();
        let since = add_days(day, -ROUND_DAYS).max(begins.unwrap_or(NaiveDate::MIN));
        let mine = mine(business, client, day).into_iter().filter(|it| it.days > 0).collect();
        let rungs = rungs(business, client, since, !hurts.is_empty(), day);
        let done =
            |rung: Rung| rungs.iter().find(|line| line.rung == rung).and_then(|line| line.done.as_ref());
        let goals = done(Rung::Goals).map(|done| done.day);
        let still = goals.map(|goals| still(look, goals)).unwrap_or_default();
        let mut ladder =
            Self { hurts, since, mine, rungs: Vec::new(), still, next: Next::Nothing, why: String::new() };
        let seen = done(Rung::Reevaluate).map(|done| &done.record);
        let quiet = goals.is_some_and(|goals| is_quiet(client, goals, seen));
        let unclear = match goals {
            Some(goals) if quiet => Some(format!("nothing is noted since the goals of {}", date(goals, day))),
            Some(goals) => open_goal(client, goals).map(|goal| {
                format!("whether “{goal}” was reached, as agreed on {}, is not noted", date(goals, day))
            }),
            None => None,
        };
        (ladder.next, ladder.why) = ladder.next(business, &done, unclear, day);
        ladder.rungs = rungs;
        ladder
    }

    /// The fact that did a step.
    #[must_use]
    pub fn done(&self, rung: Rung) -> Option<&Done> {
        self.rungs.iter().find(|line| line.rung == rung)?.done.as_ref()
    }

    fn next<'a>(
        &self,
        business: &Business,
        done: &dyn Fn(Rung) -> Option<&'a Done>,
        unclear: Option<String>,
        day: NaiveDate,
    ) -> (Next, String) {
        if let Some(over) = done(Rung::Leave) {
            let on = date(over.day, day);
            return if over.day > day {
                (Next::Ends(over.day), format!("It ends on {on}, {}.", over.what))
            } else {
                (Next::Over, format!("It ended on {on}: {}.", over.what))
            };
        }
        let Some(first) = self.hurts.first() else {
            return (
                Next::Nothing,
                "Nothing that is noted hurts here: the ladder is for when it does.".to_owned(),
            );
        };
        if let Some(oldest) = self.mine.first() {
            let more = match self.mine.len() {
                1 => String::new(),
                count => format!(", and {} more", count - 1),
            };
            let what = if oldest.promise { "promised" } else { "to be answered" };
            let why =
                format!("Mend your own side first: {}, {what} {} ago{more}.", oldest.what, days(oldest.days));
            return (Next::Mend, why);
        }
        let ago = |rung: Rung| done(rung).map(|done| days_between(done.day, day));
        let step = |rung, why: String| (Next::Step(rung), why);
        let Some(shown) = ago(Rung::Evidence) else {
            return step(
                Rung::Evidence,
                format!("Show them what was achieved and what it took. What hurts: {first}."),
            );
        };
        let Some(met) = ago(Rung::Meet) else {
            let why = format!(
                "You showed the evidence {} and have not met since. What hurts: {first}.",
                days_ago(shown)
            );
            return step(Rung::Meet, why);
        };
        let Some(goals) = done(Rung::Goals).map(|done| done.day) else {
            return step(
                Rung::Goals,
                format!("You met {} and set no goal since. What hurts: {first}.", days_ago(met)),
            );
        };
        let still = self.still.join("; ");
        if done(Rung::Reevaluate).is_some() {
            return match (self.still.is_empty(), unclear) {
                (false, _) => step(
                    Rung::Leave,
                    format!("It still holds since the goals of {}: {still}.", date(goals, day)),
                ),
                (true, Some(why)) => (Next::Unclear, format!("Nobody can tell yet: {why}.")),
                (true, None) => (
                    Next::Stay,
                    format!(
                        "Stay, it got better: since the goals of {} nothing of it came again.",
                        date(goals, day)
                    ),
                ),
            };
        }
        let since = if still.is_empty() {
            "nothing of it came again since".to_owned()
        } else {
            format!("since then: {still}")
        };
        let due = add_days(goals, business.threshold_days(Threshold::ReevaluateDays));
        match days_between(day, due) {
            left @ 1.. => (
                Next::Wait(due),
                format!(
                    "Give the goals of {} time: look at them again in {}, on {}; {since}.",
                    date(goals, day),
                    days(left),
                    date(due, day)
                ),
            ),
            _ => step(
                Rung::Reevaluate,
                format!("The goals are {} old: look at them again; {since}.", days(days_between(goals, day))),
            ),
        }
    }
}

/// `today`, `1 day ago`, `12 days ago`.
fn days_ago(count: i64) -> String {
    if count == 0 { "today".to_owned() } else { format!("{} ago", days(count)) }
}

/// `1 day`, `12 days`.
fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// That a day of work or more left less than the break-even rate over the window of health, and price or scope was pushed, by all `pushes` of theirs. Another kind set
/// by hand says that somebody looked at it; with whom nothing was ever agreed there is nothing to mend.
pub(super) fn pattern(look: &Look<'_>, pushes: &[Push]) -> Option<Vec<String>> {
    if look.known.client.kind.is_some() || !has_agreed(look.stages, look.known) {
        return None;
    }
    let pushed = pushed(pushes, look.day)?;
    Some(vec![below_break_even(look, &Effort::of(look))?, pushed])
}

/// How often they pushed, and when last.
fn pushed(pushes: &[Push], day: NaiveDate) -> Option<String> {
    let last = date(pushes.last()?.day, day);
    Some(match pushes {
        [only] => format!("{} on {last}", only.what.words()),
        all => format!("{}, last on {last}", pushes_in_words(all)),
    })
}

/// What hurts, each in a clause.
fn hurts(look: &Look<'_>, client: &Client, health: &ClientHealth) -> Vec<String> {
    if let Some(decided) = &client.kind
        && matches!(decided.kind, ClientKind::Toxic | ClientKind::AtRisk)
    {
        return match &client.known.client.kind {
            Some(by_hand) => vec![by_hand.reason.clone()],
            None => decided.because.clone(),
        };
    }
    if let Some(pattern) = pattern(look, &pushes_of_theirs(look)) {
        return pattern;
    }
    let least = look.business.threshold(Threshold::HealthRisk);
    match &health.health.score {
        // Judged as it is written, like its level.
        Ok(score) if score.points.round() < least => {
            let mut hurts =
                vec![format!("its health is {}, below {}", score.points.round(), least.normalize())];
            hurts.extend(health.reasons.iter().take(2).map(|reason| {
                format!("{}: {}", reason.indicator.title().to_lowercase(), clause(&reason.says))
            }));
            hurts
        }
        _ => Vec::new(),
    }
}

/// What I owe: promises not kept, and questions that wait for an answer, the longest first.
pub(super) fn mine(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Mine> {
    let facts = &known.facts;
    let kept = facts.promises.iter().filter(|promise| promise.by == Party::Me && promise.kept.is_none());
    let promised = |promise: &std::sync::Arc<Promise>| Mine {
        what: promise.what.clone(),
        promise: true,
        day: promise.due_now(),
        days: days_between(promise.due_now(), day),
        record: (Table::Promises, promise.id.to_string()),
    };
    let mut mine: Vec<Mine> = kept.map(promised).collect();
    let mut touches: Vec<&Touch> = facts.touches.iter().map(AsRef::as_ref).collect();
    touches.sort_by_key(|touch| touch.day);
    let wait = business.threshold_days(Threshold::AnswerDays);
    let asked = questions(known, &touches, Direction::In);
    let asked = asked.into_iter().filter(|(touch, answered)| !answered && wants_answer(business, touch, day));
    mine.extend(asked.filter_map(|(touch, _)| {
        let days = days_between(touch.day, day);
        (days > wait).then(|| Mine {
            what: touch_words(touch),
            promise: false,
            day: touch.day,
            days,
            record: (Table::Touches, touch.id.to_string()),
        })
    }));
    mine.sort_by(|a, b| (a.day, &a.record).cmp(&(b.day, &b.record)));
    mine
}

/// The steps with the facts that did them. Where nothing hurts, a review or a goal is what it is, and no step.
fn rungs(
    business: &Business,
    known: &ClientFacts,
    since: NaiveDate,
    hurts: bool,
    day: NaiveDate,
) -> Vec<RungLine> {
    let time = business.threshold_days(Threshold::ReevaluateDays);
    let facts = &known.facts;
    let mut touches: Vec<&Touch> =
        facts.touches.iter().map(AsRef::as_ref).filter(|it| it.day >= since).collect();
    touches.sort_by_key(|touch| touch.day);
    let told = |touch: &&Touch| Done {
        day: touch.day,
        what: touch_words(touch),
        record: (Table::Touches, touch.id.to_string()),
    };
    let shows = |it: &&&Touch| it.kind == Some(TouchKind::Evidence) && it.direction == Direction::Out;
    let evidence = touches.iter().find(shows).filter(|_| hurts).map(told);
    let met = evidence.as_ref().and_then(|evidence| {
        let later = touches.iter().filter(|it| it.day >= evidence.day && it.id.as_str() != evidence.record.1);
        later.into_iter().find(|it| it.kind == Some(TouchKind::Review) || is_meeting(it)).map(told)
    });
    let goals = met.as_ref().and_then(|met| {
        let of_deals = facts.deals.iter().flat_map(|deal| deal.goals.iter().map(move |goal| (deal, goal)));
        let later = of_deals.filter(|(_, goal)| goal.day >= met.day);
        // New goals are a new beginning.
        let (deal, goal) = later.max_by_key(|(_, goal)| goal.day)?;
        let what = format!("{}: {}", deal.title, goal.what);
        Some(Done { day: goal.day, what, record: (Table::Deals, deal.id.to_string()) })
    });
    let review = goals.as_ref().and_then(|goals| {
        let had_time = |it: &&&Touch| days_between(goals.day, it.day) >= (time / 2).max(1);
        let later = touches.iter().filter(|it| it.kind == Some(TouchKind::Review)).filter(had_time);
        later.into_iter().next_back().map(told)
    });
    let record = || (Table::Clients, known.id().to_string());
    let ended = known.client.over().map(|ended| Done {
        day: ended.day,
        what: ended.why.clone().unwrap_or_else(|| "no reason is noted".to_owned()),
        record: record(),
    });
    let ends = known.client.ends_on.as_ref().map(|ends| {
        let why = ends.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let agreed = date(ends.known_on(), day);
        Done { day: ends.day, what: format!("agreed on {agreed}{why}"), record: record() }
    });
    let done = [evidence, met, goals, review, ended.or(ends)];
    Rung::ALL.into_iter().zip(done).map(|(rung, done)| RungLine { rung, done }).collect()
}

fn is_meeting(touch: &Touch) -> bool {
    touch.channel.as_ref().is_some_and(|channel| channel.to_lowercase().contains("meet"))
}

/// What shows that it still holds since the goals were set, each in a clause.
fn still(look: &Look<'_>, goals: NaiveDate) -> Vec<String> {
    let day = look.day;
    let mut still: Vec<String> = Vec::new();
    let again: Vec<_> = pushes_of_theirs(look).into_iter().filter(|push| push.day > goals).collect();
    still.extend(pushed(&again, day));
    let since = look.known.facts.touches.iter().map(AsRef::as_ref).filter(|touch| touch.day > goals);
    let troubles = since.filter(|touch| is_trouble(touch)).max_by_key(|touch: &&Touch| touch.day);
    still.extend(troubles.map(|it| {
        let what = if it.kind == Some(TouchKind::Complaint) { "complained" } else { "felt uneasy" };
        format!("{what} on {}", date(it.day, day))
    }));
    still.extend(effort_since(look, goals).and_then(|since| below_break_even(look, &since)));
    let due = look.invoices.iter().filter(|it| it.invoice.due > goals);
    let late = due.filter_map(|it| {
        let late = it.mean_days_beyond_terms(day).filter(|late| *late > LATE_DAYS)?;
        Some((late, &it.invoice.number))
    });
    if let Some((late, number)) = late.max() {
        still.push(format!("invoice {number} is {} late", days(late)));
    }
    let theirs = look.known.facts.promises.iter().filter(|it| it.by == Party::Them);
    let slipped = theirs.filter_map(|it| {
        let mut days = days_named(it, day).into_iter();
        let (by, _) = days.find(|(by, went)| goals < *by && *went == Outcome::Broken)?;
        Some((by, it))
    });
    still.extend(slipped.min_by_key(|(by, _)| *by).map(|(by, promise)| match promise.kept {
        // Kept later, or moved to a day that lies ahead.
        kept if kept.is_some() || promise.due_now() > day => {
            format!("they let {} pass without a word: {}", date(by, day), promise.what)
        }
        _ => format!("they have not kept: {}", promise.what),
    }));
    still
}

/// A goal set on a day of which nobody noted what became.
fn open_goal(known: &ClientFacts, set: NaiveDate) -> Option<&str> {
    let mut goals = known.facts.deals.iter().flat_map(|deal| &deal.goals);
    goals.find(|goal| goal.day == set && goal.achieved.is_none()).map(|goal| goal.what.as_str())
}

/// Whether nothing is noted since the goals were set but the review `seen`.
fn is_quiet(known: &ClientFacts, goals: NaiveDate, seen: Option<&FactId>) -> bool {
    let facts = &known.facts;
    let touched =
        facts.touches.iter().any(|it| it.day > goals && seen.is_none_or(|(_, id)| it.id.as_str() != id));
    let worked = facts.work.iter().any(|it| it.day > goals);
    let invoiced =
        facts.invoices.iter().any(|it| it.issued > goals || it.payments.iter().any(|paid| paid.day > goals));
    let promised =
        facts.promises.iter().any(|it| it.made > goals || it.kept.is_some_and(|kept| kept > goals));
    !(touched || worked || invoiced || promised)
}
