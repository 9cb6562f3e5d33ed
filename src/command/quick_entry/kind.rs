//! What sort of fact a line tells of, by its verbs.

use std::ops::Range;

use crate::domain::{Currency, Party, Relation, Stage};

use super::ChipKind;
use super::agreement::{AGREEMENT, DELIVERED, Signed, signed};
use super::amount::amounts;
use super::opening::{NEXT, NOTE, note_at_end, opening, opens, written_off};
use super::payment::said_paid;
use super::promise::promised;
use super::reader::Reader;
use super::renewal::RENEWS;
use super::several::is_followed;
use super::stage::stage_said;
use super::touch;
use super::touch_verb::{self, Verb};
use super::work;

/// What sort of fact.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Payment,
    Credit,
    SetOff,
    Invoice,
    Touch(Verb),
    Met,
    Client(Relation),
    Deal,
    Stage(StageTo),
    Agreement(Signed),
    Delivered,
    NextStep,
    Promise(Party),
    Work,
    Expense,
    Renewal,
    Note,
    /// How somebody is reached changed.
    Details,
    /// An invoice that will not be paid, which is more than a line tells.
    WriteOff,
    /// Several at once.
    Several,
}

/// To which stage a deal goes.
#[derive(Debug, Clone)]
pub(super) enum StageTo {
    Won,
    Lost,
    Named(Stage),
}

/// The kind of fact the line tells of; its verbs are used for the first chip. `None` where it tells of none.
pub(super) fn kind(reader: &mut Reader<'_>) -> Option<Kind> {
    // `remember to call` is a plan, no note.
    let is_plan = opens(&reader.line, &["remember to"]).is_some();
    let note = opens(&reader.line, &NOTE).or_else(|| note_at_end(&reader.line));
    if let Some(words) = note.filter(|_| !is_plan) {
        reader.open(ChipKind::Note, "Note", &words);
        return Some(Kind::Note);
    }
    reader.refuse_what_is_none();
    if let Some(words) = written_off(&reader.line) {
        reader.open(ChipKind::Invoice, "Write off", &words);
        return Some(Kind::WriteOff);
    }
    if let Some(words) = super::details::said(&reader.line) {
        reader.open(ChipKind::Person, "How they are reached", &words);
        return Some(Kind::Details);
    }
    if is_followed(&reader.line) {
        return Some(Kind::Several);
    }
    opening(reader).or_else(|| anywhere(reader))
}

/// Kinds whose verb may stand anywhere before the colon.
fn anywhere(reader: &mut Reader<'_>) -> Option<Kind> {
    let line = &reader.line;
    let heading = line.heading();
    let verb = touch_verb::verb(line);
    let paid = said_paid(line, line.all());
    let promise = promised(line);
    let hours = work::hours(line).into_iter().next();
    let agreement = line.find(&AGREEMENT, heading.clone());
    let won = line.find(&["won"], heading.clone());
    let lost = line.find(&["lost"], heading.clone());
    let delivered = line.find(&DELIVERED, heading.clone());
    // What is said in a talk is its note, and stands after a colon: two verbs are two facts.
    let also = |words: &Option<Range<usize>>| words.as_ref().map(|words| words.start);
    let others = [
        also(&paid),
        promise.as_ref().map(|(words, _)| words.start),
        also(&won),
        also(&lost),
        also(&delivered),
    ];
    let first_touch = verb.as_ref().map(|verb| verb.words.start);
    let talk_first = first_touch.is_some_and(|touch| others.iter().flatten().any(|other| *other > touch));
    let paid_and = paid.is_some() && (promise.is_some() || hours.is_some() || verb.is_some());
    if talk_first || paid_and {
        return Some(Kind::Several);
    }
    // `i promised acme a 3h workshop`: what is promised may take hours.
    let before = |at: usize| hours.as_ref().is_none_or(|(hours, _)| at < hours.start);
    let promise = promise.filter(|(words, _)| before(words.start));
    if hours.is_some() && promise.is_none() {
        return Some(Kind::Work);
    }
    if let Some((words, by)) = promise {
        let label = if by == Party::Me { "My promise" } else { "Their promise" };
        reader.open(ChipKind::Promise, label, &words);
        return Some(Kind::Promise(by));
    }
    // `next week` is a day.
    let next = line.find(&NEXT, heading.clone()).filter(|words| line.plain(words.end) != "week");
    if let Some(words) = next {
        reader.open(ChipKind::NextStep, "Next step", &words);
        return Some(Kind::NextStep);
    }
    if let Some(words) = agreement {
        return Some(Kind::Agreement(signed(reader, words)));
    }
    if let Some(words) = won {
        reader.open(ChipKind::Stage, "Won", &words);
        return Some(Kind::Stage(StageTo::Won));
    }
    if let Some(words) = lost {
        reader.open(ChipKind::Stage, "Lost", &words);
        return Some(Kind::Stage(StageTo::Lost));
    }
    if let Some(verb) = verb {
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    if let Some(words) = delivered {
        reader.open(ChipKind::Agreement, "Delivered", &words);
        return Some(Kind::Delivered);
    }
    if let Some(words) = line.find(&RENEWS, heading.clone()) {
        reader.open(ChipKind::Renewal, "Renewal", &words);
        return Some(Kind::Renewal);
    }
    if let Some(words) = paid {
        reader.open(ChipKind::Payment, "Payment", &words);
        return Some(Kind::Payment);
    }
    if let Some((words, stage)) = stage_said(reader) {
        reader.open(ChipKind::Stage, &format!("To {}", stage.name), &words);
        return Some(Kind::Stage(StageTo::Named(stage)));
    }
    if let Some(verb) = touch_verb::sent(&reader.line) {
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    // `1200 from acme`.
    let line = &reader.line;
    let from = line.find(&["from"], heading.clone())?;
    amounts(line, heading, Currency::EUR).first()?;
    reader.open(ChipKind::Payment, "Payment", &from);
    Some(Kind::Payment)
}
