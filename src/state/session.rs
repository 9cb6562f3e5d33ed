//! The session: what is open, pointed at and typed. It is never saved with the book.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Book, ClientId, OutgoingId};
use crate::figures::ClientSort;
use crate::figures::proof::FigureKey;
use crate::written::Format;

use super::action::Action;
use super::cash_place::CashPlace;
use super::clients_place::ClientsPlace;
use super::drill::Drill;
use super::firm_list::ListsPlace;
use super::form::Form;
use super::import::ImportState;
use super::keys::Keys;
use super::merge_place::MergePlace;
use super::quick_place::QuickPlace;
use super::rates_place::RatesPlace;
use super::scroll::Scrolled;
use super::settings_place::{MotionChoice, SettingsFiles, SettingsRow};
use super::triage::{Selection, Triage};
use super::uses::Uses;
use super::what_if::WhatIfDraft;

/// One of the five views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// The queue: who needs me today.
    #[default]
    Today,
    /// Deals in their stages.
    Board,
    /// Money.
    Cash,
    /// The table of clients.
    Clients,
    /// Letters that wait to go out.
    Outbox,
}

impl View {
    /// All views, in the order of their keys.
    pub const ALL: [Self; 5] = [Self::Today, Self::Board, Self::Cash, Self::Clients, Self::Outbox];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Today => "Today",
            Self::Board => "Board",
            Self::Cash => "Cash",
            Self::Clients => "Clients",
            Self::Outbox => "Outbox",
        }
    }
}

/// Where a list's cursor is: at the row of this key, or where that row was when it has left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The key of the row: an id, never a position.
    pub key: String,
    /// Where it was last; used when its row has left the list.
    pub index: usize,
    /// The column it was in, on the board.
    pub column: usize,
}

/// The cursor of every list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursors {
    /// In the queue.
    pub today: Cursor,
    /// On the board.
    pub board: Cursor,
    /// Among the expected receipts.
    pub cash: Cursor,
    /// In the table of clients.
    pub clients: Cursor,
    /// In the outbox.
    pub outbox: Cursor,
}

impl Cursors {
    /// A view's cursor.
    #[must_use]
    pub fn of(&self, view: View) -> &Cursor {
        match view {
            View::Today => &self.today,
            View::Board => &self.board,
            View::Cash => &self.cash,
            View::Clients => &self.clients,
            View::Outbox => &self.outbox,
        }
    }

    /// A view's cursor, to be moved.
    pub fn of_mut(&mut self, view: View) -> &mut Cursor {
        match view {
            View::Today => &mut self.today,
            View::Board => &mut self.board,
            View::Cash => &mut self.cash,
            View::Clients => &mut self.clients,
            View::Outbox => &mut self.outbox,
        }
    }
}

/// What is selected outside the queue, by the keys of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    /// Cards of the board.
    pub board: Selection,
    /// Clients of the table.
    pub clients: Selection,
}

/// The filter of every view.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    texts: [String; View::ALL.len()],
}

impl Filters {
    /// A view's filter.
    #[must_use]
    pub fn of(&self, view: View) -> &str {
        self.texts.get(view as usize).map_or("", String::as_str)
    }

    /// Sets a view's filter.
    pub fn set(&mut self, view: View, text: String) {
        if let Some(known) = self.texts.get_mut(view as usize) {
            *known = text;
        }
    }
}

/// A part of a client's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageSection {
    /// How good it is for the firm, indicator by indicator; of a prospect the door check.
    #[default]
    Health,
    /// All facts, newest first.
    Timeline,
    /// Its deals.
    Deals,
    /// Its invoices.
    Invoices,
    /// What was achieved for it.
    Achieved,
    /// What its deals are to achieve, and the reviews.
    Goals,
    /// Promises of both sides.
    Promises,
    /// What expires.
    Renewals,
    /// Who introduced whom.
    Referrals,
    /// Who is there.
    People,
    /// The ladder of a relationship that hurts, and letting go.
    WayOut,
}

impl PageSection {
    /// All sections, in order.
    pub const ALL: [Self; 11] = [
        Self::Health,
        Self::Timeline,
        Self::Deals,
        Self::Invoices,
        Self::Achieved,
        Self::Goals,
        Self::Promises,
        Self::Renewals,
        Self::Referrals,
        Self::People,
        Self::WayOut,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Health => "Health",
            Self::Timeline => "Timeline",
            Self::Deals => "Deals",
            Self::Invoices => "Invoices",
            Self::Achieved => "Achieved",
            Self::Goals => "Goals",
            Self::Promises => "Promises",
            Self::Renewals => "Renewals",
            Self::Referrals => "Referrals",
            Self::People => "People",
            Self::WayOut => "Way out",
        }
    }
}

/// The client's page that is open, over whatever view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlace {
    /// Whose.
    pub client: ClientId,
    /// Which part has the cursor.
    pub section: PageSection,
    /// Where in that part.
    pub cursor: Cursor,
}

/// The command palette.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    /// What is typed.
    pub query: String,
    /// The row chosen.
    pub cursor: usize,
    /// The command that is being told whom or what it is for, if one is.
    pub of: Option<PaletteOf>,
    /// How often what is typed was changed by anything but typing: whoever draws it puts the caret at its end then.
    pub turn: u64,
}

/// A command that is being told whom or what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteOf {
    /// The command's id.
    pub command: &'static str,
    /// What was typed to find it; nothing where it was not chosen in the palette.
    pub query: Option<String>,
}

/// What a path is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPurpose {
    /// To open a book.
    Open,
    /// To save the book under another name.
    SaveAs,
    /// To import invoices.
    Import,
    /// To write down what was achieved for the client whose page is open.
    Dossier(DossierFormat),
    /// To write a text to.
    Export,
    /// To write the calendar to.
    Calendar,
}

impl PathPurpose {
    /// Whether another file takes the open one's place.
    #[must_use]
    pub fn turns_to_another_book(self) -> bool {
        matches!(self, Self::Open | Self::SaveAs)
    }
}

/// How a dossier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierFormat {
    /// A page of HTML that is ready to be printed.
    Html,
    /// Markdown.
    Markdown,
}

impl DossierFormat {
    /// How its files end.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }
}

/// A path being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPrompt {
    /// What for.
    pub purpose: PathPurpose,
    /// What is typed.
    pub text: String,
    /// Whether it was taken, and what comes of it is awaited.
    pub taken: bool,
    /// Why the last try failed.
    pub error: Option<String>,
    /// The text to be written there, where one is.
    pub content: Option<Arc<str>>,
}

/// A question before something that takes much away.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// What it would do, in a sentence.
    pub consequence: String,
    /// What the button says.
    pub yes: String,
    /// What happens on yes.
    pub action: Box<Action>,
}

/// The proof of a figure that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofPlace {
    /// Of which figure.
    pub key: FigureKey,
    /// Which of its terms the cursor is at, counted through all parts.
    pub cursor: usize,
    /// The proofs this one was reached from, each with its cursor; the last one is gone back to first.
    pub above: Vec<(FigureKey, usize)>,
}

/// What lies over the view and has the keys.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The command palette.
    Palette(Palette),
    /// The keys of this place, by the row that is looked at.
    Help(usize),
    /// The one line of quick entry; what is typed stays in the session.
    Quick,
    /// A form.
    Form(Form),
    /// The choice of a day to put an item off to, by its id and whose it is; or those that are selected, if any are.
    Snooze(String, Option<ClientId>),
    /// A question.
    Confirm(Confirm),
    /// A path being typed.
    Path(PathPrompt),
    /// The preview of an import.
    Import(ImportState),
    /// The settings, with the line that the cursor is on.
    Settings(SettingsRow),
    /// The proof of a figure.
    Proof(ProofPlace),
    /// The preview of merging two clients.
    Merge(MergePlace),
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something could not be done.
    Refused,
}

/// What the footer says about the last action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// Which theme is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// The system's.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is open, pointed at and typed.
#[derive(Debug, Clone)]
pub struct Session {
    /// The view.
    pub view: View,
    /// The client's page open over it.
    pub page: Option<PagePlace>,
    /// Where the cursors are.
    pub cursors: Cursors,
    /// How the queue is worked through.
    pub triage: Triage,
    /// What is selected on the board and among the clients.
    pub picked: Picked,
    /// How Cash looks ahead.
    pub cash: CashPlace,
    /// How Clients shows them.
    pub clients: ClientsPlace,
    /// What was last asked to be scrolled.
    pub scrolled: Scrolled,
    /// The figure that has the keyboard, if one has.
    pub focus: Option<FigureKey>,
    /// The rates, while they are looked at in place of the table of clients.
    pub rates: Option<RatesPlace>,
    /// The lists of the firm's settings, while they are looked at.
    pub lists: Option<ListsPlace>,
    /// The one line of quick entry, kept while it is closed.
    pub quick: QuickPlace,
    /// What is assumed beside the facts.
    pub what_if: WhatIfDraft,
    /// What the lists are filtered by.
    pub filters: Filters,
    /// Whether the filter field has the hand.
    pub filtering: bool,
    /// The letter that is being opened in the mail program; until that is done no other one is.
    pub opening: Option<OutgoingId>,
    /// The letters that are to be opened after it, one after another.
    pub to_open: Vec<OutgoingId>,
    /// Of those, how many were opened so far, and the book after the last: together they are one step of undo.
    pub opened: Option<(usize, Book)>,
    /// What lies over the view.
    pub overlay: Option<Overlay>,
    /// Forms that were left before they were done: opening one again goes on with what was typed.
    pub kept_forms: Vec<Form>,
    /// The first key of a two-key command, while the second is awaited.
    pub prefix: Option<String>,
    /// The views that show a pane beside their list.
    pub peeks: Vec<View>,
    /// The column the clients are sorted by, and whether downwards.
    pub sort: (ClientSort, bool),
    /// What the footer says.
    pub notice: Option<Notice>,
    /// Which theme is wanted.
    pub theme: ThemeChoice,
    /// How large everything is drawn, in per cent of the system's own size.
    pub zoom: u16,
    /// How much moves.
    pub motion: MotionChoice,
    /// How numbers and days are written.
    pub format: Format,
    /// The files that the settings tell of.
    pub files: SettingsFiles,
    /// Which keys the commands have.
    pub keys: Keys,
    /// Keys that were wished for and do not count, a sentence each.
    pub key_problems: Vec<String>,
    /// The drill on the sample, as far as it has come.
    pub drill: Option<Drill>,
    /// Whether the strip with the three choices of a first run is shown.
    pub welcome: bool,
    /// What was chosen in the palette, which ranks by it.
    pub uses: Uses,
    /// The path the book would be saved under, offered where one is asked for.
    pub suggested_path: Option<PathBuf>,
}

impl Session {
    /// Whether the pane beside the list is shown now.
    #[must_use]
    pub fn peeks(&self) -> bool {
        self.page.is_none()
            && !self.shows_firm()
            && self.rating().is_none()
            && self.peeks.contains(&self.view)
    }

    /// Whether the firm's figures stand in the place of the clients.
    #[must_use]
    pub fn shows_firm(&self) -> bool {
        self.clients.firm && self.rating().is_none() && self.page.is_none() && self.view == View::Clients
    }

    /// The rates, while nothing else is shown in their place.
    #[must_use]
    pub fn rating(&self) -> Option<&RatesPlace> {
        self.rates.as_ref().filter(|_| self.page.is_none() && self.view == View::Clients)
    }

    /// Whether the queue has the keys, with nothing in its place.
    #[must_use]
    pub fn is_triaging(&self) -> bool {
        self.page.is_none() && self.view == View::Today
    }

    /// What is selected in the list that has the keys; `None` where none has a selection of several.
    #[must_use]
    pub fn selection(&self) -> Option<&Selection> {
        match self.view {
            _ if self.page.is_some() || self.rating().is_some() || self.shows_firm() => None,
            View::Today => Some(&self.triage.selection),
            View::Board => Some(&self.picked.board),
            View::Clients => Some(&self.picked.clients),
            View::Cash | View::Outbox => None,
        }
    }

    /// Selects this in the view.
    pub(super) fn select(&mut self, selection: Selection) {
        match self.view {
            View::Today => self.triage.selection = selection,
            View::Board => self.picked.board = selection,
            View::Clients => self.picked.clients = selection,
            View::Cash | View::Outbox => {}
        }
    }

    /// Whether the levers of the what-if have the keys of Cash.
    #[must_use]
    pub fn is_assuming(&self) -> bool {
        self.what_if.open && self.page.is_none() && self.view == View::Cash
    }
}

impl Default for Session {
    fn default() -> Self {
        Self {
            view: View::Today,
            page: None,
            cursors: Cursors::default(),
            triage: Triage::default(),
            picked: Picked::default(),
            cash: CashPlace::default(),
            clients: ClientsPlace::default(),
            scrolled: Scrolled::default(),
            focus: None,
            rates: None,
            lists: None,
            quick: QuickPlace::default(),
            what_if: WhatIfDraft::default(),
            filters: Filters::default(),
            filtering: false,
            opening: None,
            to_open: Vec::new(),
            opened: None,
            overlay: None,
            kept_forms: Vec::new(),
            prefix: None,
            peeks: vec![View::Today],
            sort: (ClientSort::Share, true),
            notice: None,
            theme: ThemeChoice::System,
            zoom: 100,
            motion: MotionChoice::default(),
            format: Format::default(),
            files: SettingsFiles::default(),
            keys: Keys::default(),
            key_problems: Vec::new(),
            drill: None,
            welcome: false,
            uses: Uses::default(),
            suggested_path: None,
        }
    }
}
