//! Open lines: silence in both directions, answers owed, promises kept by either side, a word before something slips.
//!
//! - **They are in touch** and **I am in touch** (each counts twice): 100 points while the silence is no longer than the limit,
//!   none at three times that. My limit is the cadence they want, or `silent_days`. Theirs is that too; where three gaps between
//!   their touches tell a rhythm of their own, it is that, or the cadence they want where that is shorter: the worse of the two
//!   counts. The rhythm is the gap that nine in ten of theirs do not exceed, so that a burst of mails is none, and at least
//!   a week.
//! - **Answers**, theirs and mine: of the touches that wanted one, how many got one; one younger than `answer_days` waits still.
//!   A complaint or an uneasy feeling of theirs wants one too. Of mine a reminder, a report and the like answer nothing, as in Today.
//! - **Promises**, theirs and mine, by the days named: kept by the day 100, moved with a word before it 75, slipped in silence 0.
//! - **A word before it slips**: of what slipped on their side, how often they said so before.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    ClientFacts, Direction, Party, Table, Threshold, Touch, TouchId, TouchKind, days_between,
};
use crate::figures::answering::{LastTo, letters_elsewhere, may_answer, wanted_answer};
use crate::figures::proof::{Unit, Value};
use crate::figures::words::capital;
use crate::figures::{Answer, Unknown};

use super::look::{Look, touch_facts};
use super::outcome::{Outcomes, days_named};
use super::{Evidence, Indicator, Measure, Reading, once_each, scale, share_points};

/// From so many gaps on they have a rhythm of their own.
const RHYTHM_GAPS: usize = 3;
/// A rhythm is no shorter than so many days.
const SHORTEST_RHYTHM: i64 = 7;
/// So many touches tell as much as one paid invoice.
const TOUCHES_A_PIECE: i64 = 4;
/// Why it is unknown.
const THEY_SPEAK: &str = "They are in touch";
const NOT_YET: &str = "they have not said a word so far, and need not have";
const NO_TOUCH: &str = "no touch is noted yet";

/// The points of the reading without the records it was made of.
pub(super) fn points(look: &Look<'_>) -> Answer<Decimal> {
    let last_of = |direction| last_of(look, direction).map(|it| it.day);
    let (last_in, last_out) = (last_of(Direction::In), last_of(Direction::Out));
    let last = last_in.max(last_out).ok_or_else(|| Unknown::because(NO_TOUCH))?;
    let measures = measures(look, &look.touches(), (last_in, last_out), last);
    if is_early(&measures) {
        return Err(Unknown::because(NOT_YET));
    }
    Reading::points_of(&measures)
}

/// Whether all that is known is that I was in touch: they owe no answer, and promised nothing.
fn is_early(measures: &[Measure]) -> bool {
    matches!(measures, [only] if only.what != THEY_SPEAK)
}

/// The last touch of a side counts, however long ago.
fn last_of<'a>(look: &Look<'a>, direction: Direction) -> Option<&'a Touch> {
    let all = look.known.facts.touches.iter().map(AsRef::as_ref);
    all.filter(|it: &&Touch| it.direction == direction).max_by_key(|it| it.day)
}

pub(super) fn reading(look: &Look<'_>) -> Reading {
    let touches = look.touches();
    let (last_in, last_out) = (last_of(look, Direction::In), last_of(look, Direction::Out));
    let promises = &look.known.facts.promises;
    let mut facts = touch_facts(&touches);
    facts.extend(last_in.into_iter().chain(last_out).map(|it| (Table::Touches, it.id.to_string())));
    facts.extend(promises.iter().map(|it| (Table::Promises, it.id.to_string())));
    // A letter tells what its touch was for.
    let letters = letters_elsewhere(&look.known.facts.outbox);
    facts.extend(letters.map(|it| (Table::Outbox, it.id.to_string())));
    facts.push(look.client_fact());
    let facts = once_each(facts);
    let pieces = Decimal::from(touches.len()).checked_div(TOUCHES_A_PIECE.into()).unwrap_or_default();
    let evidence = Evidence { pieces, ..Evidence::of(touches.len(), "touches") };
    let (last_in, last_out) = (last_in.map(|it| it.day), last_out.map(|it| it.day));
    let last = last_in.max(last_out);
    let Some(last) = last else {
        return Reading::unknown(Indicator::Lines, NO_TOUCH, evidence, facts);
    };
    let measures = measures(look, &touches, (last_in, last_out), last);
    let is_early = is_early(&measures);
    let silence = look.days_since(last);
    let days = |day: Option<NaiveDate>| match day.map(|day| look.days_since(day)) {
        None => "never".to_owned(),
        Some(0) => "today".to_owned(),
        Some(1) => "yesterday".to_owned(),
        Some(days) => format!("{days} days ago"),
    };
    let weak = measures.iter().filter(|it| it.points < Decimal::from(50)).min_by_key(|it| it.points);
    let weak = weak.filter(|it| it.what != THEY_SPEAK && it.what != "I am in touch");
    let weak = weak.map(|it| format!("; {}: {}", uncapital(it.what), it.says)).unwrap_or_default();
    let they = match last_in {
        Some(_) => format!("They were last in touch {}", days(last_in)),
        None => "They were never in touch".to_owned(),
    };
    let i = last_out.map_or_else(|| "I never was".to_owned(), |_| format!("I was {}", days(last_out)));
    let says = format!("{they}, {i}{weak}.");
    Reading {
        indicator: Indicator::Lines,
        value: Ok(Value::Number(silence.into(), Unit::Days)),
        points: if is_early { Err(Unknown::because(NOT_YET)) } else { Reading::points_of(&measures) },
        measures,
        evidence,
        says: capital(&says),
        facts,
    }
}

/// What the reading is made of; `last` is the last touch of any side.
fn measures(
    look: &Look<'_>,
    touches: &[&Touch],
    (last_in, last_out): (Option<NaiveDate>, Option<NaiveDate>),
    last: NaiveDate,
) -> Vec<Measure> {
    let first = touches.iter().map(|touch| touch.day).min().unwrap_or(last);
    let mut measures: Vec<Measure> = they_speak(look, touches, last_in, first)
        .into_iter()
        .chain([i_speak(look, last_out, first)])
        .collect();
    for direction in [Direction::Out, Direction::In] {
        measures.extend(answers(look, touches, direction));
    }
    let mut slips = (0, 0);
    for by in [Party::Them, Party::Me] {
        let mut outcomes = Outcomes::default();
        for promise in look.known.facts.promises.iter().filter(|it| it.by == by) {
            let named = days_named(promise, look.day).into_iter();
            named.filter(|(by, _)| look.is_recent(*by)).for_each(|(_, outcome)| outcomes.add(outcome));
        }
        let what = if by == Party::Them { "Their promises" } else { "My promises" };
        measures.extend(outcomes.measure(what));
        if by == Party::Them {
            slips = (outcomes.moved, outcomes.broken);
        }
    }
    measures.extend(heads_up(look, touches, slips));
    measures
}

fn uncapital(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The days of silence that a side may let pass, and what they rest on.
struct Limit {
    days: i64,
    says: &'static str,
}

/// The cadence they want.
fn wanted(look: &Look<'_>) -> Option<Limit> {
    let wanted = look.known.client.cadence_days.map(i64::from).filter(|days| *days > 0)?;
    Some(Limit { days: wanted, says: "are wanted" })
}

/// The cadence they want, or the usual one.
fn cadence(look: &Look<'_>) -> Limit {
    let usual = || look.business.threshold_days(Threshold::SilentDays).max(1);
    wanted(look).unwrap_or_else(|| Limit { days: usual(), says: "are usual" })
}

/// Their own rhythm: the gap between two days with touches of theirs that nine in ten do not exceed.
fn rhythm(touches: &[&Touch]) -> Option<Limit> {
    let mut days: Vec<NaiveDate> =
        touches.iter().filter(|it| it.direction == Direction::In).map(|it| it.day).collect();
    days.dedup();
    let mut gaps: Vec<i64> =
        days.iter().zip(days.iter().skip(1)).map(|(a, b)| days_between(*a, *b)).collect();
    gaps.sort_unstable();
    let ninth_tenth = (gaps.len() * 9).div_ceil(10).checked_sub(1)?;
    let gap = gaps.get(ninth_tenth).filter(|_| gaps.len() >= RHYTHM_GAPS)?;
    Some(Limit { days: (*gap).max(SHORTEST_RHYTHM), says: "are their own rhythm" })
}

/// Nothing as long as they never spoke and need not have.
fn they_speak(
    look: &Look<'_>,
    touches: &[&Touch],
    last: Option<NaiveDate>,
    any: NaiveDate,
) -> Option<Measure> {
    let both = wanted(look).into_iter().chain(rhythm(touches));
    let limit = both.min_by_key(|limit| limit.days).unwrap_or_else(|| cadence(look));
    let is_known = last.is_some() || look.days_since(any) > limit.days;
    is_known.then(|| silence(THEY_SPEAK, look, last, any, &limit))
}

fn i_speak(look: &Look<'_>, last: Option<NaiveDate>, any: NaiveDate) -> Measure {
    silence("I am in touch", look, last, any, &cadence(look))
}

/// Where a side never spoke, it is silent since the first word of the other.
fn silence(
    what: &'static str,
    look: &Look<'_>,
    last: Option<NaiveDate>,
    any: NaiveDate,
    limit: &Limit,
) -> Measure {
    let days = look.days_since(last.unwrap_or(any));
    let points = scale(days.into(), limit.days.saturating_mul(3).into(), limit.days.into());
    let said = if last.is_some() { format!("silent for {days} days") } else { "never so far".to_owned() };
    let measure = Measure::new(what, 2, points, format!("{said}, {} {}", limit.days, limit.says));
    measure.days("Of silence", days).days("That may pass", limit.days)
}

/// The touches in one direction that wanted an answer, each with whether it got one: a touch that names it, or any later word
/// of the other side that names none and is to or from the same person, where both are known; of ours one that may answer it.
pub(in crate::figures) fn questions<'a>(
    known: &ClientFacts,
    touches: &[&'a Touch],
    asked: Direction,
) -> Vec<(&'a Touch, bool)> {
    let named: BTreeSet<&TouchId> = touches.iter().filter_map(|other| other.answers.as_ref()).collect();
    let may_answer = may_answer(&known.facts.outbox);
    let mut words = LastTo::default();
    let is_word = |it: &Touch| {
        it.direction != asked && it.answers.is_none() && (asked == Direction::Out || may_answer(it))
    };
    let said = touches.iter().enumerate().filter(|(_, it)| is_word(it));
    said.for_each(|(at, it)| words.keep(it, at));
    let wanted = touches.iter().enumerate().filter(|(_, it)| match asked {
        Direction::In => wanted_answer(it),
        Direction::Out => it.direction == asked && it.answer_wanted,
    });
    let answered =
        |(at, it): (usize, &&'a Touch)| (*it, named.contains(&it.id) || words.last_for(it) > Some(at));
    wanted.map(answered).collect()
}

/// Of the touches in one direction that wanted an answer, how many got one.
fn answers(look: &Look<'_>, touches: &[&Touch], asked: Direction) -> Option<Measure> {
    let wait = look.business.threshold_days(Threshold::AnswerDays);
    let (mut got, mut count) = (0_u32, 0_u32);
    for (touch, answered) in questions(look.known, touches, asked) {
        if answered {
            got += 1;
            count += 1;
        } else if look.days_since(touch.day) > wait {
            count += 1;
        }
    }
    let points = share_points(got.into(), count.into())?;
    let (what, wanted) = match asked {
        Direction::Out => ("Their answers", "questions"),
        Direction::In => ("My answers", "questions and complaints"),
    };
    let measure = Measure::new(what, 1, points, format!("{got} of {count} {wanted} answered"));
    Some(measure.counting("Questions answered", got).counting("Questions", count))
}

/// Of what slipped on their side, how often they said so before.
fn heads_up(look: &Look<'_>, touches: &[&Touch], (moved, broken): (u32, u32)) -> Option<Measure> {
    let promises = look.known.facts.promises.iter().filter(|it| it.by == Party::Them);
    let moves: BTreeSet<NaiveDate> = promises.flat_map(|it| it.moved.iter().map(|moved| moved.day)).collect();
    // The word by which a promise was moved is counted with the promise.
    let heads_up = |it: &&&Touch| {
        it.direction == Direction::In && it.kind == Some(TouchKind::HeadsUp) && !moves.contains(&it.day)
    };
    let said = touches.iter().filter(heads_up).count();
    let said = u32::try_from(said).unwrap_or(u32::MAX).saturating_add(moved);
    let whole = said.saturating_add(broken);
    let points = share_points(said.into(), whole.into())?;
    let measure = Measure::new("A word before it slips", 1, points, format!("{said} of {whole} times"));
    Some(measure.counting("With a word", said).counting("Slipped", whole))
}
