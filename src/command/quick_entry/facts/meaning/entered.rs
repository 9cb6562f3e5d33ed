//! A line that is not understood, entered as what it was answered to be.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Deal, Direction, Party, Phase, TouchKind};
use crate::state::Edit;

use super::Meaning;
use super::about::About;
use super::vocabulary::WANTS;
use crate::command::quick_entry::ChipKind;
use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::touch_verb;
use crate::command::quick_entry::grammar::reader::{Answered, Reader, put};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::fold::name_words;

/// Reads a line as what it was answered to be.
pub(super) fn carry_out<'a>(
    reader: &mut Reader<'a>,
    meaning: Meaning<'a>,
    about: &About<'a>,
) -> Option<Edit> {
    // What is sold or bought has a title, of which no word may be strange.
    let is_titled = matches!(meaning, Meaning::Deal | Meaning::Invoice | Meaning::Spent);
    reader.answered = if is_titled { Answered::Titled } else { Answered::Wholly };
    match meaning {
        Meaning::Paid => {
            reader.chip(ChipKind::Payment, "Payment");
            facts::payment::read(reader)
        }
        Meaning::PayBy => {
            reader.chip(ChipKind::Promise, "Their promise");
            let who = whom(reader, about)?;
            facts::promise::read_pay_by(reader, &who, about.due.as_ref()?, about.amount.as_ref())
        }
        Meaning::Won(deal) | Meaning::Lost(deal) => {
            let is_lost = matches!(meaning, Meaning::Lost(_));
            reader.chip(ChipKind::Stage, if is_lost { "Lost" } else { "Won" });
            let (who, day) = whom_and_when(reader, about, false)?;
            let why = verbatim(reader)?;
            facts::stage::decided(
                reader,
                &who,
                deal,
                if is_lost { Phase::Lost } else { Phase::Won },
                day,
                why,
            )
        }
        Meaning::Deal => {
            reader.chip(ChipKind::Deal, "New deal");
            reader.swallow(&WANTS, reader.line.heading());
            facts::deal::read(reader)
        }
        Meaning::Invoice => {
            reader.chip(ChipKind::Invoice, "Invoice");
            reader.swallow(&WANTS, reader.line.heading());
            facts::invoice::read(reader)
        }
        Meaning::Spent => {
            reader.chip(ChipKind::Expense, "Expense");
            reader.swallow(&["has been paid", "was paid", "paid", "payed", "payd"], reader.line.heading());
            facts::expense::read(reader)
        }
        Meaning::Work => facts::work::read(reader),
        Meaning::Renewal => {
            reader.chip(ChipKind::Renewal, "Renewal");
            reader.swallow(&["ends", "comes up", "is valid", "valid"], reader.line.heading());
            facts::renewal::read(reader)
        }
        Meaning::Step(deal) => step(reader, deal, about),
        Meaning::Promise(by) => {
            reader.chip(ChipKind::Promise, if by == Party::Me { "My promise" } else { "Their promise" });
            reader.swallow(&facts::promise::PROMISE, reader.line.heading());
            facts::promise::read(reader, by)
        }
        Meaning::Kept(promise) => {
            let (_, day) = whom_and_when(reader, about, false)?;
            Some(facts::kept::kept(reader, promise, day))
        }
        Meaning::OfKind(kind) => {
            let mine = kind == TouchKind::Reminder;
            let direction = if mine { Direction::Out } else { Direction::In };
            touch(reader, about, (direction, Some(kind)), false)
        }
        Meaning::Touch(direction) => {
            touch(reader, about, (direction, None), about.due.is_some() && about.either.is_none())
        }
        Meaning::Note => {
            reader.chip(ChipKind::Note, "Note");
            // `cancelled the meeting with bob` keeps who that was.
            let (_, words) = about.named.clone()?;
            let leads = (0..words.start).all(|at| reader.line.is_filler(at));
            let whole = reader.line.raw.trim().to_owned();
            let who = whom(reader, about)?;
            let text = verbatim(reader)?;
            if !leads {
                return facts::note::on_client(reader, &who, &whole);
            }
            facts::note::noted(reader, &who, None, text)
        }
    }
}

/// Whom the line names, whatever else its other words may be.
fn whom<'a>(reader: &mut Reader<'a>, about: &About<'a>) -> Option<Who<'a>> {
    let (_, words) = about.named.as_ref()?;
    reader.who(words.clone())
}

/// Whom the line is about, and when it happened; `is_due`: a day ahead is what was told, and not when.
fn whom_and_when<'a>(
    reader: &mut Reader<'a>,
    about: &About<'a>,
    is_due: bool,
) -> Option<(Who<'a>, NaiveDate)> {
    let heading = reader.line.heading();
    let who = whom(reader, about)?;
    reader.refuse_others(&who, heading.clone());
    let day = if is_due { reader.known.today } else { reader.past_day(heading) };
    Some((who, day))
}

/// The next step of a deal, in the words of the line.
fn step<'a>(reader: &mut Reader<'a>, deal: &Arc<Deal>, about: &About<'a>) -> Option<Edit> {
    let due = about.due.as_ref()?;
    reader.chip(ChipKind::NextStep, "Next step");
    reader.chip(ChipKind::Deal, deal.title.clone());
    let who = whom(reader, about)?;
    reader.note_day(Some(due), due.on, "due ");
    let (what, words) = facts::note::said(reader)?;
    reader.chip_of_all(ChipKind::Note, format!("“{what}”"), &words);
    Some(facts::plan::stepped(reader, deal, &who.name, what, due.on))
}

/// `is_due`: a day ahead is what was told, and not when.
fn touch<'a>(
    reader: &mut Reader<'a>,
    about: &About<'a>,
    (direction, kind): (Direction, Option<TouchKind>),
    is_due: bool,
) -> Option<Edit> {
    reader.chip(ChipKind::Touch, facts::direction::direction_words(direction));
    let (who, day) = whom_and_when(reader, about, is_due)?;
    // `acme shop: they like it`: what stands beside the name before a colon is a deal.
    let deal =
        if reader.line.text().is_empty() { None } else { reader.named_deal(&who, reader.line.heading()) };
    let deal = deal.filter(|(deal, words)| {
        let title = name_words(&deal.title);
        words.clone().all(|at| title.iter().any(|word| word == reader.line.plain(at)))
    });
    if let Some((deal, words)) = &deal {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), words);
    }
    let by = if about.turned { None } else { touch_verb::verb(&reader.line).and_then(|verb| verb.channel) };
    let text = verbatim(reader)?;
    let mut touch = facts::touch::bare(reader, &who, day, direction);
    touch.deal = deal.map(|(deal, _)| deal.id.clone());
    touch.note = Some(text);
    touch.kind = kind;
    touch.channel = by.map(str::to_owned);
    Some(put(format!("Logged touch with {}", who.name), vec![AnyRecord::Touch(Arc::new(touch))]))
}

/// What is told as it was typed, said in a chip: without the name and the day it begins or ends with, which its fact holds, or
/// what stands behind a colon where nothing else stands before.
fn verbatim(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let tells = |at: usize| line.is_free(at) && !line.is_filler(at);
    let (text, words) = if !line.text().is_empty() && !line.heading().any(tells) {
        reader.told()?
    } else {
        let first = line.all().find(|at| tells(*at))?;
        let last = line.all().rev().find(|at| tells(*at))?;
        // Behind a name all is a part of it but what leads to it.
        let leads = |at: &usize| matches!(line.plain(*at), "that" | "about" | "re" | "and");
        let named = (0..first).rev().find(|at| !line.is_free(*at)).map_or(0, |at| at + 1);
        let starts = (named..first).find(|at| !leads(at)).unwrap_or(first);
        let ends = if line.all_free(last + 1..line.words.len()) { line.words.len() } else { last + 1 };
        let words = starts..ends;
        let text = line.typed(&words).to_owned();
        reader.line.take(words.clone());
        (text, vec![words])
    };
    reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
    Some(text)
}
