//! Actions: everything that can happen. Effects: everything that is to leave the process.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, ClientId, Currency, Outgoing, OutgoingId};
use crate::figures::ClientSort;
use crate::figures::forecast::Layers;
use crate::figures::proof::FigureKey;

use super::cash_place::{CashSide, Quantile};
use super::edit::Edit;
use super::firm_list::ListsAction;
use super::form::{FormKind, Target};
use super::import::{DateOrder, ImportChoice, ImportDraft, ImportPreview, ImportState};
use super::keys::Keys;
use super::merge_place::MergeAction;
use super::quick_place::QuickAction;
use super::rates_place::RatesAction;
use super::scroll::Scroll;
use super::session::{Confirm, Cursor, DossierFormat, PageSection, PathPurpose, View};
use super::settings_place::SettingsAction;
use super::triage::TriageAction;
use super::what_if::WhatIfAction;
use super::{Access, Origin};

/// A book that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The book.
    pub book: Book,
    /// Where it came from.
    pub origin: Origin,
    /// Whether it may be written.
    pub access: Access,
    /// What could not be read, one line each.
    pub problems: Vec<String>,
    /// Whether it is the same file read again, so that undo and drafts are kept.
    pub again: bool,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub enum Action {
    // Looking.
    /// Shows a view.
    Show(View),
    /// Opens a client's page.
    OpenClient(ClientId),
    /// Shows a part of the page.
    ShowSection(PageSection),
    /// Puts the cursor of the list that has the keys.
    Point(Cursor),
    /// Looks ahead in another way on Cash.
    Cash(CashAction),
    /// Unwinds one step.
    Back,
    /// Looks at another day; `None` comes back to the working day.
    LookAt(Option<NaiveDate>),
    /// Shows or hides the pane beside the list.
    TogglePeek,
    /// Sorts the clients by a column; again: the other way.
    Sort(ClientSort),
    /// Shows the clients in another way.
    Clients(ClientsAction),
    /// Scrolls what is read here and has no cursor.
    Scroll(Scroll),
    /// Gives the filter field the hand, or takes it.
    Filtering(bool),
    /// Changes the filter of the view.
    SetFilter(String),
    /// Selects in the queue, or puts it in order anew.
    Triage(TriageAction),
    /// Somebody pressed or clicked something at this second of a clock that only counts on.
    Sign(u64),
    /// Awaits the second key of a command, or no longer.
    Await(Option<String>),
    /// Goes on to the next theme.
    NextTheme,
    /// Takes the first run's strip away.
    DismissWelcome,
    /// Goes on with the drill on the sample.
    Drill(DrillAction),
    /// Shows the keys of this place.
    OpenHelp,
    /// Look at another row of the keys of this place.
    PointHelp(usize),

    // Proofs.
    /// The keyboard came to a figure.
    FocusFigure(FigureKey),
    /// It left the figure.
    LeaveFigure(FigureKey),
    /// Shows why a figure is what it is.
    Prove(FigureKey),
    /// Puts the cursor among the terms of the proof.
    PointProof(usize),

    // The palette.
    /// Opens it.
    OpenPalette,
    /// Changes what is typed.
    SetQuery(String),
    /// Puts its cursor.
    PointPalette(usize),
    /// Asks whom or what this command is for; nothing: goes back to the commands.
    ArgumentOf(Option<&'static str>),
    /// Notes that something was chosen in it.
    Used(String),

    // Forms.
    /// Opens a form.
    OpenForm(FormKind, Target),
    /// Changes a field's text.
    SetField(usize, String),
    /// Gives a field the hand.
    FocusField(usize),
    /// Chooses a completion, or none.
    PointCompletion(Option<usize>),
    /// Takes a completion into a field.
    Complete(usize, String),
    /// Commits the form.
    Commit,

    // Quick entry.
    /// Changes the one line.
    Quick(QuickAction),

    // What-if.
    /// Changes what is assumed on Cash.
    WhatIf(WhatIfAction),

    // Rates.
    /// Changes what is drafted for the rates.
    Rates(RatesAction),

    // The outbox.
    /// Hands a letter over.
    Outbox(OutboxAction),

    // Texts that leave the program.
    /// Copies a text, and says in the footer what it was.
    Copy(String, String),
    /// Asks where to write a text, with a name to begin with.
    AskExport(Arc<str>, String),

    // Editing.
    /// Makes an edit.
    Edit(Edit),
    /// Makes an edit and puts the cursor where its row was, so that the hand lands on the row below.
    EditRow(Edit),
    /// Takes the last edit back.
    Undo,
    /// Does it again.
    Redo,
    /// Asks before something that takes much away.
    Ask(Confirm),
    /// Says yes to what is asked.
    Yes,
    /// Asks until when an item is put off, or all that are selected.
    AskSnooze(String, Option<ClientId>),

    // Files.
    /// Asks for a path.
    AskPath(PathPurpose),
    /// Changes the path typed.
    SetPath(String),
    /// Goes on with the path typed.
    TakePath,
    /// Chooses a path in the system's dialog.
    Browse,
    /// This path was chosen there.
    Browsed(PathPurpose, PathBuf),
    /// The path typed for this was used: it need no longer be asked for.
    PathTaken(PathPurpose),
    /// The path given for this could not be used, and why.
    PathFailed(PathPurpose, String),
    /// A dossier was to be written to this path, where a file is already.
    DossierThere(DossierFormat, PathBuf),
    /// Writes this client's dossier to a path, whatever is there.
    WriteDossier(DossierFormat, ClientId, PathBuf),
    /// The calendar was to be written to this path, where a file is already.
    CalendarThere(PathBuf),
    /// Writes the calendar to a path, whatever is there.
    WriteCalendar(PathBuf),
    /// Opens a file; asks first, where the book on the screen would be lost.
    Open(PathBuf),
    /// Opens a file, whatever becomes of a book that has none.
    OpenAnyway(PathBuf),
    /// A file is being read or written, to be in the open one's place soon.
    TurnTo(PathBuf),
    /// Starts a new book and asks for its first client.
    StartBook,
    /// Saves now.
    Save,
    /// Reads the file again.
    Reload,
    /// Closes the program, saving first.
    Quit,

    // What a window of its own changes.
    /// Shows what merging two clients would do, or does it.
    Merge(MergeAction),
    /// Shows a list of the firm's settings, or a row of it.
    Lists(ListsAction),

    // Settings.
    /// Shows or changes what a person prefers.
    Settings(SettingsAction),
    /// Uses these keys from now on; and a sentence for each that was wished for and does not count.
    UseKeys(Keys, Vec<String>),

    // Importing.
    /// Rows were pasted, to be imported.
    PasteImport(String),
    /// A file to import was read.
    ImportRead(ImportDraft),
    /// What an import would bring.
    ImportPlanned(ImportDraft, ImportPreview),
    /// Puts the cursor among the fields.
    PointImport(usize),
    /// Chooses a field's column.
    ChooseColumn(String, ImportChoice),
    /// Sets the order of dates.
    ChooseDates(Option<DateOrder>),
    /// Sets the currency of amounts that name none.
    ChooseCurrency(Option<Currency>),
    /// Makes the import; asks first, where the book on the screen would be lost.
    Import,
    /// Makes this import, whatever becomes of an edited sample.
    ImportAnyway(Box<ImportState>),

    // What comes from outside.
    /// The working day is this.
    SetToday(NaiveDate),
    /// A book was opened.
    Opened(Box<Opened>),
    /// A book is being written.
    Saving,
    /// From now on the book lives at this path.
    SavedAs(PathBuf),
    /// This book is on disk now, at this path.
    Saved(Book, PathBuf),
    /// The book could not be written, and why.
    SaveFailed(String),
    /// The file was changed by somebody else.
    ChangedOutside,
    /// The file is not to be reached.
    FileGone,
    /// The file is as it was left again.
    FileBack,
    /// Says something in the footer.
    Tell(String),
    /// Says in the footer why something cannot be done.
    Refuse(String),
    /// What this command means now; whoever holds the table of commands works it out.
    Run(&'static str),
    /// A deal was dropped on a stage: both ids. Whoever holds the table of commands works it out.
    DropDeal(String, String),
    /// Several, in order.
    All(Vec<Action>),
}

/// How the drill goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrillAction {
    /// With the first lesson.
    Begin,
    /// With the next one.
    Skip,
    /// Not at all.
    End,
}

/// What becomes of a letter of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutboxAction {
    /// Opens it in the mail program; what came of it is told by one of the last two.
    Open(OutgoingId),
    /// Opens several, each once the mail program has the one before.
    OpenAll(Vec<OutgoingId>),
    /// Copies its text, which is as good as handing it over.
    Copy(OutgoingId),
    /// The mail program has it.
    Opened(OutgoingId),
    /// It could not be opened, and why, with what helps.
    NotOpened(String),
}

/// Another way to look ahead on Cash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CashAction {
    /// Puts the cursor of the fan.
    PointDay(NaiveDate),
    /// Looks so many weeks ahead.
    Horizon(u32),
    /// Counts these layers.
    Layers(Layers),
    /// Draws this line strongest.
    Quantile(Quantile),
    /// Shows this beside the fan.
    Side(CashSide),
    /// Shows why the month looks different than so many days ago.
    Why(i64),
    /// Puts the cursor among the rows of that.
    PointChange(FigureKey),
    /// Puts the cursor among the bars of months.
    PointMonth(NaiveDate),
}

/// Another way to show the clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientsAction {
    /// In groups by kind, or in one list.
    Group(bool),
    /// The firm's figures in the place of the table, or the table.
    Firm(bool),
}

/// Something that is to leave the process.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read this file.
    Open(PathBuf),
    /// Read the open file again.
    Reload,
    /// Write the book now.
    Save,
    /// Write what is unsaved and wait for it; then, if nothing failed, do this.
    SaveThen(Box<Action>),
    /// Write the book to this path from now on.
    SaveAs(PathBuf),
    /// Let the person choose a path.
    Browse(PathPurpose),
    /// Put a text on the clipboard.
    Copy(String),
    /// Open a letter in the mail program, as a draft. Nothing is sent.
    OpenMail(Arc<Outgoing>),
    /// Write a text to a new file.
    Export(PathBuf, Arc<str>),
    /// Read a file to import.
    ReadImport(PathBuf),
    /// Work out what an import would bring.
    PlanImport(ImportDraft),
    /// Writes the calendar of the book as of the day looked at.
    WriteCalendar {
        /// Where to.
        path: PathBuf,
        /// Whether a file that is there may go.
        over: bool,
    },
    /// Write what was achieved for a client to this path; over a file that is there only where that was agreed to.
    WriteDossier {
        /// For whom.
        client: ClientId,
        /// How.
        format: DossierFormat,
        /// Where to.
        path: PathBuf,
        /// Whether a file of that name may go.
        over: bool,
    },
    /// Give a new book its file, where nothing is in its way.
    NewFile,
    /// Look where the files are that the settings tell of, and read the keys again.
    LookAtSettings,
    /// Write the keys in use to the file of keys, where there is none.
    WriteKeys,
    /// Show a folder in the file manager.
    ShowFolder(PathBuf),
    /// Remember the settings.
    Remember,
    /// Close the program once the book is written.
    Quit,
}
