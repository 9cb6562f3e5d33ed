//! Quick entry: one line in plain words becomes facts.
//!
//! [`read`] is pure: what was typed, the book as it is known and the day make a [`Reading`], which says what it understood in
//! chips and holds the edit, one step of undo. A line runs through four hands: `line` cuts it into words that know where they
//! stand, `kind` says what sort of fact it tells of, `reader` finds days and amounts among the words, with `whom` clients and with
//! `which_deal` deals, and keeps account of those used, and one file a kind makes the facts.
//!
//! **Never silently wrong**: the grammar is `closed`. A word that no chip accounts for is said not to be understood and nothing
//! is entered; words of one's own are kept where a text is declared and nowhere else; where two things can be meant it is asked. **This folder must not know** how anything is drawn, a clock, or the session.

mod agreement;
mod amount;
mod cards;
mod client;
mod closed;
mod complete;
mod cost;
mod credit;
mod day;
mod deal;
mod details;
mod direction;
mod examples;
mod expense;
mod failed;
mod fold;
mod invoice;
mod kept;
mod kind;
mod line;
mod met;
mod name;
mod new_name;
mod next_step;
mod note;
mod opening;
mod payment;
mod plan;
mod promise;
mod reader;
mod renewal;
mod renewed;
mod several;
mod stage;
mod touch;
mod touch_day;
mod touch_verb;
mod unclear;
mod unsaid;
mod which_deal;
mod whom;
mod work;
mod worth;

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::figures::Figures;
use crate::state::Edit;

pub use cards::{begins_cards, read_cards};
pub use complete::{Completed, completions};
pub use examples::{Example, examples};
pub(super) use fold::plain as plain_word;

use cost::Untold;
use kind::Kind;
use line::Line;
use reader::Reader;

/// What is known while a line is read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The book it will change; what became known after the working day is held against nothing that is typed.
    pub book: &'a Book,
    /// The working day.
    pub today: NaiveDate,
    /// From which new ids are made.
    pub seed: u64,
    /// What was answered so far: a question's id and the key of the choice.
    pub answers: &'a [(String, String)],
    /// The figures of the book, for the lessons that come back at a deal; without them none do.
    pub figures: Option<&'a Figures>,
}

/// What a chip tells of: the panel gives each its icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what it is called")]
pub enum ChipKind {
    Payment,
    Invoice,
    Touch,
    Met,
    Client,
    Person,
    Deal,
    Stage,
    Agreement,
    NextStep,
    Promise,
    Work,
    Expense,
    Renewal,
    Note,
    Day,
    Money,
    /// Something to mind; it does not stand in the way.
    Warning,
    /// Words that were not understood: nothing is entered.
    NotUnderstood,
}

/// A part of what was understood, and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What it tells of.
    pub kind: ChipKind,
    /// What it says.
    pub label: String,
    /// Where its words stand in the line, in bytes; none where it follows from the book.
    pub spans: Vec<Range<usize>>,
}

/// A way to go on where something can be meant in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the answer is kept as.
    pub key: String,
    /// What it says.
    pub label: String,
}

/// What has to be said before anything is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What answers to it are kept under; another line that asks the same keeps the answer.
    pub id: String,
    /// The question.
    pub text: String,
    /// The ways to go on.
    pub choices: Vec<Choice>,
}

/// What was made of a line.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What was understood, and what was not.
    pub chips: Vec<Chip>,
    /// What has to be answered first.
    pub question: Option<Question>,
    /// What is still missing, or stands in the way, in a sentence without a full stop.
    pub needed: Option<String>,
    /// The facts, as one step of undo: only where nothing stands in the way.
    pub edit: Option<Edit>,
}

impl Reading {
    /// What was not understood, run by run.
    pub fn not_understood(&self) -> impl Iterator<Item = &Chip> {
        self.chips.iter().filter(|chip| chip.kind == ChipKind::NotUnderstood)
    }
}

/// Reads a line. An empty one is nothing and asks for nothing.
#[must_use]
pub fn read(raw: &str, known: &Known<'_>) -> Reading {
    let line = Line::new(raw, opening::is_opening);
    if line.words.is_empty() {
        let mut reading = Reading::default();
        if !raw.trim().is_empty() {
            let (start, text) = (raw.len() - raw.trim_start().len(), raw.trim());
            let span = start..start + text.len();
            let kind = ChipKind::NotUnderstood;
            reading.chips.push(Chip { kind, label: text.to_owned(), spans: vec![span] });
            reading.needed = Some("Say what happened in words".to_owned());
        }
        return reading;
    }
    let mut reader = Reader::new(*known, kind::without_text(line, known));
    let edit = match kind::kind(&mut reader) {
        None if payment::ask_whether_paid(&mut reader) => payment::read(&mut reader),
        None if reader.is_asking() => None,
        None => match cost::ask_what_it_is(&mut reader) {
            Some(Untold::Deal) => deal::read(&mut reader),
            Some(Untold::Invoice) => invoice::read(&mut reader),
            Some(Untold::Spent) => expense::read(&mut reader),
            None => unsaid::read(&mut reader),
        },
        Some(Kind::Payment) => payment::read(&mut reader),
        Some(Kind::Credit) => credit::read(&mut reader),
        Some(Kind::SetOff) => credit::read_set_off(&mut reader),
        Some(Kind::Invoice) => invoice::read(&mut reader),
        Some(Kind::Touch(verb)) => touch::read(&mut reader, &verb),
        Some(Kind::Met) => met::read(&mut reader),
        Some(Kind::Client(relation)) => client::read(&mut reader, relation),
        Some(Kind::Deal) => deal::read(&mut reader),
        Some(Kind::Stage(to)) => stage::read(&mut reader, &to),
        Some(Kind::Agreement(what)) => agreement::read(&mut reader, what),
        Some(Kind::Delivered) => agreement::read_delivered(&mut reader),
        Some(Kind::Finished) => agreement::read_finished(&mut reader),
        Some(Kind::NextStep) => next_step::read(&mut reader),
        Some(Kind::Postponed) => next_step::read_postponed(&mut reader),
        Some(Kind::Promise(by)) => promise::read(&mut reader, by),
        Some(Kind::Kept(by)) => kept::read(&mut reader, by),
        Some(Kind::Work) => work::read(&mut reader),
        Some(Kind::Expense) => expense::read(&mut reader),
        Some(Kind::Renewal) => renewal::read(&mut reader),
        Some(Kind::Renewed) => renewed::read(&mut reader),
        Some(Kind::Note) => note::read(&mut reader),
        Some(Kind::Details) => details::read(&mut reader),
        Some(Kind::Elsewhere(cure)) => {
            reader.need(cure);
            None
        }
        Some(Kind::Several) => {
            reader.need("These are two things: enter one, or put what was said after a colon");
            None
        }
    };
    reader.finish(edit)
}
