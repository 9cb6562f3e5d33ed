//! Moves of deals: `acme website proposed`, `won acme website`, `lost acme shop: too expensive`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::command::board::{Moved, moved_deal};
use crate::domain::{AnyRecord, Currency, Deal, DealId, Phase, Stage};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words, short_day};

use crate::command::quick_entry::facts::worth::{set_valid, set_value, valid_until};
use crate::command::quick_entry::grammar::closed::DEAL_JOINS;
use crate::command::quick_entry::grammar::kind::StageTo;
use crate::command::quick_entry::grammar::opening::opens;
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::who::name::likeliest;
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::{Day, find_day};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

const PROPOSED: [&str; 14] = [
    "sent the proposal",
    "sent a proposal",
    "sent proposal",
    "proposal sent",
    "sent the offer",
    "sent an offer",
    "sent offer",
    "sent quote",
    "sent a quote",
    "proposal to",
    "offer to",
    "quote to",
    "proposed",
    "quoted",
];
/// What one does with a proposal to win it, to sign it, and to turn it down.
const ACCEPTED: [&str; 3] = ["accepted", "approved", "said yes to"];
const SIGNED: [&str; 1] = ["signed"];
const DECLINED: [&str; 3] = ["declined", "rejected", "turned down"];
/// What a proposal is called.
const PROPOSALS: [&str; 3] = ["proposal", "offer", "quote"];

/// The words that say that what was proposed was accepted, signed or turned down by them.
pub(in crate::command::quick_entry) fn accepted(line: &Line<'_>) -> Option<(Range<usize>, StageTo)> {
    let ways = [(ACCEPTED.as_slice(), StageTo::Won), (&SIGNED, StageTo::Signed), (&DECLINED, StageTo::Lost)];
    let proposal = ways.into_iter().find_map(|(verbs, to)| Some((done_to_proposal(line, verbs)?, to)));
    proposal.or_else(|| {
        // `acme accepted`, and no more.
        let alone = |verb: &str| {
            let words = line.find(&[verb], line.heading())?;
            let somebody = (0..words.start).any(|at| !line.is_filler(at));
            (somebody && words.end == line.head && line.text().is_empty()).then_some(words)
        };
        let declined = || alone("declined").map(|words| (words, StageTo::Lost));
        alone("accepted").map(|words| (words, StageTo::Won)).or_else(declined)
    })
}

/// `müller accepted our proposal`, `proposal accepted`: one of these verbs beside what was proposed.
fn done_to_proposal(line: &Line<'_>, verbs: &[&str]) -> Option<Range<usize>> {
    const NEAR: usize = 4;
    let found = line.find(verbs, line.heading())?;
    let is_proposal = |at: usize| line.is_free(at) && PROPOSALS.contains(&line.plain(at));
    let article = matches!(line.plain(found.end), "the" | "our" | "my");
    let behind = found.end + usize::from(article);
    // `i accepted the proposal` was theirs.
    let mine = (0..found.start).any(|at| matches!(line.plain(at), "i" | "we"));
    let somebody = (0..found.start).any(|at| !line.is_filler(at));
    if is_proposal(behind) && somebody && !mine {
        return Some(found.start..behind + 1);
    }
    // `regina accepted the label proposal`
    let near = (behind..(behind + NEAR).min(line.head)).find(|at| is_proposal(*at));
    if article && somebody && !mine && near.is_some() {
        return Some(found);
    }
    let before = found.start.checked_sub(1).filter(|at| is_proposal(*at))?;
    Some(before..found.end)
}

/// What says that a deal is in a stage by now, beside the name of the stage.
const DONE: [&str; 10] =
    ["to", "sent", "proposed", "quoted", "offered", "presented", "done", "agreed", "has", "was"];

/// The stage the line names, by its name or by what one does to enter it.
pub(in crate::command::quick_entry) fn stage_said(reader: &Reader<'_>) -> Option<(Range<usize>, Stage)> {
    let line = &reader.line;
    let stages = reader.stages();
    // `offered acme 3500`; `acme offered help` is no proposal.
    let offered =
        || opens(line, &["offered"]).filter(|_| !amounts(line, line.all(), Currency::EUR).is_empty());
    // `sent regina the proposal for the label`
    let sent_to = || {
        const THEM: [&str; 6] =
            ["the proposal", "a proposal", "the offer", "an offer", "the quote", "a quote"];
        let sent = opens(line, &["sent"])?;
        line.find(&THEM, sent.end..(sent.end + 6).min(line.head))
    };
    if let Some(words) = line.find(&PROPOSED, line.heading()).or_else(offered).or_else(sent_to) {
        let is_proposal = |stage: &&Stage| {
            let name = format!("{} {}", stage.id, stage.name).to_lowercase();
            stage.phase == Phase::Open && ["propos", "offer", "quot"].iter().any(|part| name.contains(part))
        };
        return stages.iter().find(is_proposal).map(|stage| (words, stage.clone()));
    }
    named_stage(line, &stages, line.heading())
}

/// The stage whose name stands in a range, with the words that say the deal goes there.
pub(in crate::command::quick_entry) fn named_stage(
    line: &Line<'_>,
    stages: &[Stage],
    within: Range<usize>,
) -> Option<(Range<usize>, Stage)> {
    stages.iter().find_map(|stage| {
        let name = words::fold::name_words(&stage.name).join(" ");
        let found = line.find(&[name.as_str()], within.clone())?;
        Some((found, stage.clone()))
    })
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, to: &StageTo) -> Option<Edit> {
    reader.joins = &DEAL_JOINS;
    let heading = reader.line.heading();
    // Behind a comma stands why.
    let ends = heading.clone().find(|at| reader.line.words.get(*at).is_some_and(|word| word.parts));
    let moved = 0..ends.map_or(heading.end, |at| at + 1);
    // `lost the tannert deal`
    reader.swallow(&["deal"], moved.clone());
    if matches!(to, StageTo::Won | StageTo::Signed | StageTo::Lost) {
        reader.swallow(&PROPOSALS, moved.clone());
    }
    let moved = reader
        .swallow(&["went out", "is out", "moved", "move", "moves", "went", "goes", "now", "stage"], moved);
    let valid = valid_until(reader);
    let said = find_day(&reader.line, heading.clone(), reader.known.today, Lean::Back);
    let day = reader.past_day(heading.clone());
    // `acme proposal friday` may be when it is to be sent.
    let done = |at: usize| DONE.contains(&reader.line.plain(at));
    if matches!(to, StageTo::Named(_)) && !moved && !heading.clone().any(done) {
        ask_when(reader, said.as_ref(), day)?;
    }
    let stages = reader.stages();
    let stage = match to {
        StageTo::Named(stage) => Some(stage.clone()),
        StageTo::Won | StageTo::Signed => stages.into_iter().find(|stage| stage.phase == Phase::Won),
        StageTo::Lost => stages.into_iter().find(|stage| stage.phase == Phase::Lost),
    };
    let Some(stage) = stage else {
        reader.need("This book has no stage for that");
        return None;
    };
    // What is won or lost was still to be decided; everything else may go anywhere.
    let phases: &[Phase] = match stage.phase {
        Phase::Won if matches!(to, StageTo::Won | StageTo::Signed) => &[Phase::Open],
        Phase::Lost => &[Phase::Open, Phase::Won],
        Phase::Open => &[Phase::Open],
        _ => &[Phase::Open, Phase::Won],
    };
    if has_nothing_open(reader, &stage, phases) {
        return new_in_stage(reader, &stage, day);
    }
    let by_them = reader.by_person_before("sent");
    let (who, deal) = reader.deal_about(heading, phases)?;
    if by_them {
        ask_whether_mine(reader, "Did you send it? What they sent is a touch, as in “acme sent the draft”")?;
    }
    let today = reader.known.today;
    let known = deal.as_of(today).unwrap_or_else(|| deal.clone());
    reader.refuse_before(deal, day);
    if let Some(later) = known.stage().filter(|fact| fact.day > day) {
        let later = short_day(later.day, today);
        reader.need(format!("{} was moved later, on {later}: change its stages in the deal", deal.title));
    }
    let is_there = known.stage().is_some_and(|fact| fact.stage == stage.id);
    let is_won = matches!(reader.phase(deal), Phase::Won | Phase::Closed);
    if is_won && !is_there && matches!(to, StageTo::Won | StageTo::Signed) {
        let since = known.stage().map(|fact| short_day(fact.day, today)).unwrap_or_default();
        reader.need(format!("{} is won already: it went on, last on {since}", deal.title));
        return None;
    }
    let mut priced = Deal::clone(deal);
    let changes_value = stage.phase != Phase::Lost && set_value(reader, &mut priced)?;
    if is_there && (valid.is_some() || changes_value) {
        // Nothing moves: only what else is told is new.
        if let Some(valid) = valid {
            set_valid(&mut priced, valid);
        }
        let label = format!("Changed {} of {}", priced.title, who.name);
        return Some(put(label, vec![AnyRecord::Deal(Arc::new(priced))]));
    }
    if is_there {
        reader.warn(format!("{} is in this stage already", deal.title));
    }
    let why = if stage.phase == Phase::Lost { why(reader) } else { None };
    if stage.phase == Phase::Lost && why.is_none() {
        reader.need("Say why, after a colon");
        return None;
    }
    let Moved { mut deal, warnings } =
        moved_deal(reader.known.book, reader.known.figures, deal, &stage, day, today)?;
    for warning in warnings {
        reader.warn(warning);
    }
    let label = if stage.phase == Phase::Lost {
        end_plan(&mut deal, today);
        format!("Lost {} of {}", deal.title, who.name)
    } else {
        format!("Moved {} of {} to {}", deal.title, who.name, stage.name)
    };
    if let Some(fact) = deal.stages.last_mut() {
        fact.why = why;
    }
    deal.value = priced.value;
    if let Some(valid) = valid {
        set_valid(&mut deal, valid);
    }
    if matches!(to, StageTo::Signed) {
        deal.agreement.get_or_insert_default().signed.get_or_insert(day);
        reader.chip(ChipKind::Agreement, "signed");
    }
    Some(put(label, vec![AnyRecord::Deal(Arc::new(deal))]))
}

/// What was planned for a deal that is lost is done with; a step planned after the working day stays.
fn end_plan(deal: &mut Deal, today: NaiveDate) {
    deal.next_step.take_if(|step| step.set.is_none_or(|set| set <= today));
}

/// How a deal was decided, where it was answered that it was, and what they said to it.
pub(super) fn decided(
    reader: &mut Reader<'_>,
    who: &Who<'_>,
    deal: &Arc<Deal>,
    phase: Phase,
    day: NaiveDate,
    why: String,
) -> Option<Edit> {
    let (known, today) = (reader.known, reader.known.today);
    let stage = reader.stages().into_iter().find(|stage| stage.phase == phase);
    let Some(stage) = stage else {
        reader.need("This book has no stage for that");
        return None;
    };
    reader.refuse_before(deal, day);
    let moved = moved_deal(known.book, known.figures, deal, &stage, day, today)?;
    for warning in moved.warnings {
        reader.warn(warning);
    }
    let mut deal = moved.deal;
    if phase == Phase::Lost {
        end_plan(&mut deal, today);
    }
    if let Some(fact) = deal.stages.last_mut() {
        fact.why = Some(why);
    }
    let label = format!("Moved {} of {} to {}", deal.title, who.name, stage.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(deal))]))
}

/// Whether I did what a line tells right behind the name of somebody else; it is asked.
pub(super) fn ask_whether_mine(reader: &mut Reader<'_>, text: &str) -> Option<()> {
    let choices = vec![Choice { key: "me".to_owned(), label: "Yes, I did".to_owned() }];
    reader
        .ask(format!("mine:{}", reader.line.raw.trim().to_lowercase()), text.to_owned(), choices)
        .map(|_| ())
}

/// Whether a client is named with a title, but has no deal that could be meant: `proposal acme postcards 950`.
fn has_nothing_open(reader: &Reader<'_>, stage: &Stage, phases: &[Phase]) -> bool {
    let heading = reader.line.heading();
    let Some(named) = likeliest(reader.names(&heading), true).into_iter().next() else { return false };
    let alive =
        |deal: &Arc<Deal>| deal.as_of(reader.known.today).is_some() && phases.contains(&reader.phase(deal));
    let is_title = |at: usize| {
        let other = !named.fit.words.contains(&at) && reader.line.is_free(at) && !reader.line.is_filler(at);
        other && reader.line.plain(at).starts_with(char::is_alphabetic)
    };
    // `valid till christmas` is none.
    let is_valid = |at: usize| matches!(reader.line.plain(at), "valid" | "till" | "until");
    stage.phase == Phase::Open
        && !named.client.facts.deals.iter().any(alive)
        && reader.line.text().is_empty()
        && heading.clone().any(is_title)
        && !heading.clone().any(is_valid)
}

/// A new deal that is in a stage at once, if that is meant.
fn new_in_stage(reader: &mut Reader<'_>, stage: &Stage, day: NaiveDate) -> Option<Edit> {
    let who = reader.who(reader.line.heading())?;
    let choices = vec![Choice { key: "new".to_owned(), label: format!("Yes, in {}", stage.name) }];
    let text = format!("{} has nothing open: is that a new deal?", who.name);
    reader.ask(format!("new-in:{}:{}", who.id, stage.id), text, choices)?;
    let (value, _) = super::deal::value(reader, reader.currency(Some(&who))).unzip();
    let title = reader.rest_as(ChipKind::Deal, reader.line.all())?;
    let mut deal = Deal::new(DealId::fresh(&title, reader.seed()), who.id.clone(), &title);
    deal.value = value;
    let (known, today) = (reader.known, reader.known.today);
    let Moved { deal, warnings } = moved_deal(known.book, known.figures, &Arc::new(deal), stage, day, today)?;
    for warning in warnings {
        reader.warn(warning);
    }
    Some(put(format!("Added {title} with {}", who.name), vec![AnyRecord::Deal(Arc::new(deal))]))
}

/// Whether what is named happened on the weekday that is said, which may be one ahead; `None` where that is asked.
fn ask_when(reader: &mut Reader<'_>, said: Option<&Day>, day: NaiveDate) -> Option<()> {
    if !said.is_some_and(|said| said.bare_weekday) {
        return Some(());
    }
    let happened = day_words(day, reader.known.today);
    let choices = vec![Choice { key: "past".to_owned(), label: format!("It happened on {happened}") }];
    let question = format!("Happened on {happened}? A plan is entered as the next step of the deal");
    reader.ask(format!("when:{day}"), question, choices).map(|_| ())
}

/// Why it is lost: after the colon, after a comma or `because`.
fn why(reader: &mut Reader<'_>) -> Option<String> {
    if let Some((text, words)) = reader.told() {
        reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
        return Some(text);
    }
    let heading = reader.line.heading();
    let comma = (0..reader.line.head).find(|at| reader.line.words.get(*at).is_some_and(|word| word.parts));
    let because = reader.line.find(&["because of", "because", "since"], heading.clone());
    if let Some(words) = &because {
        reader.absorb(words.clone());
    }
    let from = match (because, comma) {
        (Some(words), _) => words.end,
        (None, Some(comma)) => comma + 1,
        (None, None) => return None,
    };
    let (text, words) = reader.whole(from..heading.end)?;
    reader.chip_of_all(ChipKind::Note, text.clone(), &words);
    Some(text)
}
