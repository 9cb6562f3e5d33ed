//! Quick entry: one line in plain words becomes facts.
//!
//! [`read`] is pure: what was typed, the book as it is known and the day make a [`Reading`], which says what it understood in
//! chips and holds the edit, one step of undo. A line runs through four rooms: `words` cuts it into words that know where they
//! stand, and finds days and amounts among them; `grammar` says what sort of fact it tells of and keeps account of every word;
//! `who` finds clients, people and deals; and `facts`, one file a kind, makes the records.
//!
//! **Never silently wrong**: the grammar is closed. A word that no chip accounts for is said not to be understood and nothing is
//! entered; words of one's own are kept where a text is declared and nowhere else; where two things can be meant it is asked.
//! **This folder must not know** how anything is drawn, a clock, or the session.

mod cards;
mod complete;
mod examples;
mod facts;
mod grammar;
mod who;
mod words;

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::figures::Figures;
use crate::state::Edit;

pub use cards::{begins_cards, read_cards};
pub use complete::{Completed, completions};
pub use examples::{Example, examples};
pub(super) use words::fold::plain as plain_word;

use grammar::kind::Kind;
use grammar::reader::{Answered, Finished, Reader};
use words::line::Line;

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
    let line = Line::new(raw, grammar::opening::is_opening);
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
    let line = grammar::kind::without_text(line, known);
    let (by_verb, declared) = read_by_verb(Reader::new(*known, line.clone()));
    let mut reader = Reader::new(*known, line);
    if !by_verb.is_puzzled || declared || !facts::meaning::names_one(&reader) {
        return by_verb.reading;
    }
    // Its verb takes less than is said: it is asked what all of it is.
    let edit = facts::meaning::read(&mut reader);
    if reader.is_asking() || reader.answered != Answered::Not {
        reader.finish(edit).reading
    } else {
        by_verb.reading
    }
}

/// Reads a line as what its verb says, and whether that is declared, so that it can be no other.
fn read_by_verb(mut reader: Reader<'_>) -> (Finished, bool) {
    let kind = grammar::kind::kind(&mut reader);
    // `won acme plus vat` is a move; `the book is not done` is none.
    let turned = grammar::unclear::turning(&reader.line, reader.line.all()).is_some();
    let is_move = matches!(kind, Some(Kind::Stage(_))) && !turned;
    let declared = is_move || kind.as_ref().is_some_and(Kind::is_declared);
    let edit = match kind {
        None if facts::payment::ask_whether_paid(&mut reader) => facts::payment::read(&mut reader),
        None if reader.is_asking() => None,
        None => facts::meaning::read(&mut reader),
        Some(Kind::Payment) => facts::payment::read(&mut reader),
        Some(Kind::Credit) => facts::credit::read(&mut reader),
        Some(Kind::SetOff) => facts::credit::read_set_off(&mut reader),
        Some(Kind::Invoice) => facts::invoice::read(&mut reader),
        Some(Kind::Touch(verb)) => facts::touch::read(&mut reader, &verb),
        Some(Kind::Met) => facts::met::read(&mut reader),
        Some(Kind::Client(relation)) => facts::client::read(&mut reader, relation),
        Some(Kind::Deal) => facts::deal::read(&mut reader),
        Some(Kind::Stage(to)) => facts::stage::read(&mut reader, &to),
        Some(Kind::Agreement(what)) => facts::agreement::read(&mut reader, what),
        Some(Kind::Delivered) => facts::agreement::read_delivered(&mut reader),
        Some(Kind::Finished) => facts::agreement::read_finished(&mut reader),
        Some(Kind::NextStep) => facts::next_step::read(&mut reader),
        Some(Kind::Postponed) => facts::next_step::read_postponed(&mut reader),
        Some(Kind::Promise(by)) => facts::promise::read(&mut reader, by),
        Some(Kind::Kept(by)) => facts::kept::read(&mut reader, by),
        Some(Kind::Work) => facts::work::read(&mut reader),
        Some(Kind::Expense) => facts::expense::read(&mut reader),
        Some(Kind::Renewal) => facts::renewal::read(&mut reader),
        Some(Kind::Renewed) => facts::renewed::read(&mut reader),
        Some(Kind::Note) => facts::note::read(&mut reader),
        Some(Kind::Details) => facts::details::read(&mut reader),
        Some(Kind::Elsewhere(cure)) => {
            reader.need(cure);
            None
        }
        Some(Kind::Several) => {
            reader.need("These are two things: enter one, or put what was said after a colon");
            None
        }
    };
    (reader.finish(edit), declared)
}
