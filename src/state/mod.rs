//! What the program knows, and how an action changes it.
//!
//! [`State`] is the book, the day and the session; [`reduce`] makes the next state from an [`Action`] and says which
//! [`Effect`]s are to leave the process. [`Shown`] is what the lists hold under the session's filters.
//! **This folder must not know** egui, a file, a thread or a clock: today and the seed of new ids are given by actions.

mod action;
pub mod amount_entry;
mod cash_place;
mod clients_place;
pub mod day_entry;
mod drill;
mod edit;
mod firm_list;
pub mod form;
mod history;
mod import;
mod keys;
mod lever_line;
mod merge_place;
mod quick_place;
mod rates_place;
mod reduce;
mod scroll;
mod session;
mod settings_place;
mod shown;
pub mod snooze_entry;
mod triage;
mod twin;
mod unfinished;
mod uses;
mod what_if;

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::domain::{Book, Currency, add_days};
use crate::figures::forecast::{Earlier, Question};

pub use action::{Action, CashAction, ClientsAction, DrillAction, Effect, Opened, OutboxAction};
pub use cash_place::{CashPlace, CashSide, HORIZONS, Quantile};
pub use clients_place::ClientsPlace;
pub use drill::{Drill, Lesson};
pub use edit::{Change, Edit};
pub use firm_list::{
    FirmList, FirmRow, ListsAction, ListsPlace, Removal, built_in_again, firm_rows, removal,
};
pub use form::{Entered, Form, FormKind, FormView, LeverKind, Target};
pub use history::{Hand, History, Step};
pub use import::{DateOrder, ImportChoice, ImportDraft, ImportField, ImportPreview, ImportRow, ImportState};
pub use keys::Keys;
pub use lever_line::{LeverLine, LeverNote};
pub use merge_place::{MergeAction, MergePlace};
pub use quick_place::{BEGUN_CARDS, QuickAction, QuickPlace};
pub use rates_place::{RateField, RatesAction, RatesPlace, RatesView};
pub use reduce::reduce;
pub use scroll::{Scroll, Scrolled};
pub use session::{
    Confirm, Cursor, Cursors, DossierFormat, Filters, Notice, Overlay, PagePlace, PageSection, Palette,
    PaletteOf, PathPrompt, PathPurpose, Picked, ProofPlace, Session, ThemeChoice, Tone, View,
};
pub use settings_place::{MotionChoice, Setting, SettingsAction, SettingsFiles, SettingsRow, ZOOMS, percent};
pub use shown::{CHANGES, ClientLine, Selected, Shown, card_key, section_len};
pub use triage::{Arranged, Begun, Kept, Seat, Selection, Triage, TriageAction};
pub use unfinished::Unfinished;
pub use uses::Uses;
pub use what_if::{Taken, WhatIfAction, WhatIfDraft};

/// Where the open book came from, and where it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The sample book, in memory until it is saved under a name.
    Sample,
    /// A file.
    File(PathBuf),
    /// A new book that has no file yet.
    Unsaved,
}

/// Whether the book may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It may.
    ReadWrite,
    /// It may not, and why, in a sentence.
    ReadOnly(String),
}

/// How saving stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Nothing is being written.
    Idle,
    /// The book is being written.
    Running,
    /// It could not be written, and why; tried again after a while or on request.
    Failed(String),
    /// The file was changed by somebody else since it was read: nothing is written until one decides.
    ChangedOutside,
    /// The file is not to be reached: deleted, or on a share or a stick that is away. Goes on by itself once it is back.
    Gone,
}

/// The file behind the book.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it came from.
    pub origin: Origin,
    /// Whether it may be written.
    pub access: Access,
    /// The book as it is on disk.
    pub saved: Book,
    /// How saving stands.
    pub saving: Saving,
    /// What could not be read when it was loaded, one line each: place, message.
    pub problems: Vec<String>,
    /// Why the file as a whole cannot be used: place, cause and cure. Nothing is shown of it and nothing written to it.
    pub unreadable: Option<String>,
    /// The file that is being read or written to be in this one's place soon: until then nothing is edited, for it would
    /// be lost.
    pub turning_to: Option<PathBuf>,
}

impl File {
    /// That of a book as it was read or written just now, with what could not be read of it.
    #[must_use]
    pub fn of(origin: Origin, access: Access, saved: Book, problems: Vec<String>) -> Self {
        Self { origin, access, saved, saving: Saving::Idle, problems, unreadable: None, turning_to: None }
    }
}

/// Everything the program knows.
#[derive(Debug, Clone)]
pub struct State {
    /// The book.
    pub book: Book,
    /// What can be undone.
    pub history: History,
    /// The working day.
    pub today: NaiveDate,
    /// The day by the clock. It is the working day, unless another was asked for to work through an old book: then facts
    /// between the two lie ahead of the work, and nothing is wrong with them.
    pub clock: NaiveDate,
    /// The earlier day that is looked at, if one is: for looking only.
    pub as_of: Option<NaiveDate>,
    /// What is open, pointed at and typed.
    pub session: Session,
    /// The file behind the book.
    pub file: File,
    /// What the session began with.
    pub begun: Begun,
    /// The currency of the region that the computer is set to: what a new book begins in.
    pub region_currency: Option<Currency>,
    seed: u64,
}

impl State {
    /// A state with a book that has no file yet. `seed` is drawn outside; new ids are made from it.
    #[must_use]
    pub fn new(book: Book, today: NaiveDate, seed: u64) -> Self {
        let file = File::of(Origin::Unsaved, Access::ReadWrite, book.clone(), Vec::new());
        Self {
            begun: Begun::with(book.clone()),
            book,
            history: History::default(),
            today,
            clock: today,
            as_of: None,
            session: Session::default(),
            file,
            region_currency: None,
            seed,
        }
    }

    /// The day the screen shows: the earlier one looked at, or the working day.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.as_of.unwrap_or(self.today)
    }

    /// What is asked of the future: as far ahead as Cash looks, and what stands there beside the fan. What the item that
    /// the hand is at means is asked by whoever knows the queue: see [`Shown::question`].
    #[must_use]
    pub fn question(&self) -> Question {
        let (cash, on_cash) = (&self.session.cash, self.session.view == View::Cash);
        let why = on_cash && cash.side == CashSide::Why;
        Question {
            book: self.book.clone(),
            day: self.day(),
            days: cash.days(),
            levers: self.session.what_if.levers(),
            layers: cash.layers,
            since: why.then(|| add_days(self.day(), -cash.since_days)),
            record: on_cash,
            health: self.session.view == View::Clients || self.session.page.is_some(),
            item: None,
            earlier: self.earlier(),
        }
    }

    /// What the quarter is compared with, where the queue shows it: nothing on an earlier day.
    fn earlier(&self) -> Earlier<Book> {
        if self.session.view != View::Today || self.as_of.is_some() {
            return Earlier::default();
        }
        // What was undone to the last step leaves the book as the session began with it.
        let edited = !self.book.is_same(&self.begun.book);
        let before = self.history.before().filter(|_| edited).cloned();
        Earlier { begun: Some(self.begun.book.clone()), before }
    }

    /// A session begins with the book as it is.
    fn begin(&mut self) {
        self.begun = Begun::with(self.book.clone());
    }

    /// Whether something was edited since the book was last written.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        !self.book.is_same(&self.file.saved)
    }

    /// The seed for the next new id. Every action that makes a record moves on to another.
    #[must_use]
    pub fn next_seed(&self) -> u64 {
        self.seed
    }

    /// What a form knows while it is filled in.
    #[must_use]
    pub fn form_context(&self) -> form::Context<'_> {
        form::Context { book: &self.book, today: self.today }
    }

    /// Whether the book has no file and would be lost with what was edited, if another took its place.
    #[must_use]
    pub fn would_be_lost(&self) -> bool {
        self.is_unsaved() && !matches!(self.file.origin, Origin::File(_))
    }

    /// Why another file cannot take this one's place now: one is about to.
    #[must_use]
    pub fn turning_refusal(&self) -> Option<String> {
        let next = self.file.turning_to.as_ref()?;
        Some(format!("Wait a moment: {} is not ready yet", next.display()))
    }

    /// Why nothing can be edited now, if so.
    #[must_use]
    pub fn edit_refusal(&self) -> Option<String> {
        if let Some(why) = self.turning_refusal() {
            return Some(why);
        }
        if let Some(day) = self.as_of {
            let day = crate::written::day_in_full(day);
            return Some(format!(
                "You are looking at {day}: press {{as_of.today}} to come back to today and edit"
            ));
        }
        match &self.file.access {
            Access::ReadOnly(why) => Some(why.clone()),
            Access::ReadWrite => None,
        }
    }

    /// Moves on to the next seed, for one more record of the same edit.
    pub fn use_seed(&mut self) {
        // A step of Knuth's MMIX generator: a different seed for each new record, the same in every replay.
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    }
}
