//! What leaves the process: the disk, the clock, dialogs and threads.
//!
//! The [`Desk`] holds the file behind the open book. What takes long runs on threads of its own and comes back as an
//! [`Action`]; [`Wake`] tells the window that one is there. Panels never see this.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::{Book, Currency};
use crate::state::{
    Access, Action, ImportChoice, ImportDraft, ImportField, ImportPreview, Opened, Origin, PathPurpose,
};
use crate::store::import::{Column, DateOrder, Field, Options, Override, Plan, plan};
use crate::store::lock::{BookLock, LockError};
use crate::store::save::{Expected, Previous, SaveError, SaveRequest, save};
use crate::store::watch::{Change, Fingerprint, changed};
use crate::store::{Loaded, Severity, Source, backup, file, load, sample, splice};

/// How often the file is looked at for somebody else's changes.
const WATCH_EVERY: Duration = Duration::from_secs(2);
/// How many rows of an import its preview shows.
const PREVIEW_ROWS: usize = 12;
/// How many skipped rows it names.
const PREVIEW_SKIPS: usize = 8;

/// Tells the window that an action waits.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The working day, by the machine's clock and time zone.
#[must_use]
pub fn today() -> NaiveDate {
    now().date()
}

/// The time, by the machine's clock and time zone.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now() -> NaiveDateTime {
    chrono::Local::now().naive_local()
}

/// A seed for the ids of new records, different in every run.
#[must_use]
pub fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// How long until the day turns.
#[must_use]
pub fn until_midnight() -> Duration {
    let now = now();
    let midnight = now.date().succ_opt().and_then(|day| day.and_hms_opt(0, 0, 1));
    midnight.and_then(|midnight| (midnight - now).to_std().ok()).unwrap_or(Duration::from_hours(1))
}

/// The file behind the open book.
struct OpenFile {
    path: PathBuf,
    /// The text as it was loaded: what is not edited keeps its bytes, however often it is saved.
    source: Arc<Source>,
    /// What is on the disk, as far as we know; `None`: nothing yet.
    on_disk: Option<Vec<u8>>,
    fingerprint: Option<Fingerprint>,
    /// Held as long as the book may be written here.
    lock: Option<BookLock>,
}

/// What the threads share.
#[derive(Default)]
struct Shared {
    file: Option<OpenFile>,
    /// The book as the window has it, for the last save of a crash, and the file it belongs to.
    newest: Option<(PathBuf, Book)>,
    /// The book as it is on disk.
    saved: Option<Book>,
    /// The outside change that was told already.
    told: Seen,
}

/// The desk: reads, writes and watches files for the window.
pub struct Desk {
    shared: Arc<Mutex<Shared>>,
    outbox: Sender<Action>,
    inbox: Receiver<Action>,
    wake: Wake,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(wake: Wake) -> Self {
        let (outbox, inbox) = channel();
        Self { shared: Arc::default(), outbox, inbox, wake }
    }

    /// What came in since the last call.
    #[must_use]
    pub fn arrived(&self) -> Vec<Action> {
        self.inbox.try_iter().collect()
    }

    /// Runs something long on a thread of its own; what it gives comes in as an action.
    fn run(&self, work: impl FnOnce() -> Option<Action> + Send + 'static) {
        let (outbox, wake) = (self.outbox.clone(), self.wake.clone());
        thread::spawn(move || {
            if let Some(action) = work() {
                // With the window gone nobody is left to tell.
                let _ = outbox.send(action);
                wake();
            }
        });
    }

    /// Opens a file at once, for the start of the program.
    ///
    /// # Errors
    /// Why it cannot be used, in a sentence.
    pub fn open_now(&self, path: &Path) -> Result<Opened, String> {
        open(&self.shared, path, false)
    }

    /// A new book that will be written to `path`: nothing is there yet.
    #[must_use]
    pub fn start_at(&self, path: &Path) -> Access {
        let lock = BookLock::take(path);
        let (lock, access) = access_of(lock, path);
        let file = OpenFile {
            path: path.to_path_buf(),
            source: Arc::new(Source::empty()),
            on_disk: None,
            fingerprint: None,
            lock,
        };
        with(&self.shared, |shared| {
            shared.file = Some(file);
            shared.saved = None;
        });
        access
    }

    /// The sample book as of a day. It has no file until it is saved under a name.
    ///
    /// # Errors
    /// Never in a program that is handed out: the sample is a part of it, and a test loads it.
    pub fn open_sample(&self, day: NaiveDate) -> Result<Opened, String> {
        let Loaded { book, problems, .. } =
            load(sample::text(day).as_bytes()).map_err(|why| why.to_string())?;
        with(&self.shared, |shared| {
            shared.file = None;
            shared.saved = Some(book.clone());
        });
        let problems = problems.iter().map(ToString::to_string).collect();
        Ok(Opened { book, origin: Origin::Sample, access: Access::ReadWrite, problems, again: false })
    }

    /// Opens a file on a thread.
    pub fn open(&self, path: PathBuf) {
        let shared = self.shared.clone();
        self.run(move || Some(opened(open(&shared, &path, false))));
    }

    /// Reads the open file again on a thread.
    pub fn reload(&self) {
        let shared = self.shared.clone();
        self.run(move || {
            let path = with(&shared, |shared| shared.file.as_ref().map(|file| file.path.clone()))?;
            Some(opened(open(&shared, &path, true)))
        });
    }

    /// Closes the file without writing it, for a new book that has none.
    pub fn forget_file(&self, book: &Book) {
        with(&self.shared, |shared| {
            shared.file = None;
            shared.saved = Some(book.clone());
        });
    }

    /// Notes the book as the window has it now, of the file at `path`, for the last save of a crash.
    pub fn note(&self, book: &Book, path: &Path) {
        with(&self.shared, |shared| shared.newest = Some((path.to_path_buf(), book.clone())));
    }

    /// Writes the book on a thread to the file at `path`; not if the desk has turned to another file meanwhile.
    pub fn save(&self, book: Book, path: PathBuf) {
        let shared = self.shared.clone();
        self.run(move || with(&shared, |shared| shared.is_at(&path).then(|| write_open(shared, &book))));
    }

    /// Writes the book to another file on a thread, and goes on with that one.
    pub fn save_as(&self, book: Book, path: PathBuf) {
        let shared = self.shared.clone();
        self.run(move || Some(save_as(&shared, &book, &path)));
    }

    /// Writes the book now to the file at `path`, if it is not there yet; for closing.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn flush(&self, book: &Book, path: &Path) -> Result<(), String> {
        match with(&self.shared, |shared| if shared.is_at(path) { flush(shared, book) } else { None }) {
            Some(Action::SaveFailed(why)) => Err(why),
            Some(Action::ChangedOutside) => {
                Err("the file was changed by another program meanwhile".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Writes the newest book that was noted, if it belongs to the open file and is not there yet: the last thing a
    /// crash does, and the first before a new book takes this one's place.
    pub fn rescue(&self) {
        rescue(&self.shared);
    }

    /// From now on a panic writes the newest book before the program ends.
    pub fn save_on_panic(&self) {
        let shared = Arc::downgrade(&self.shared);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if let Some(shared) = shared.upgrade() {
                rescue(&shared);
            }
            before(panic);
        }));
    }

    /// Looks once whether somebody else changed the open file; each change comes in once as an action.
    pub fn look(&self) {
        if let Some(action) = with(&self.shared, news) {
            // With the window gone nobody is left to tell.
            let _ = self.outbox.send(action);
            (self.wake)();
        }
    }

    /// Looks at the open file every few seconds, as long as the desk is there.
    pub fn watch(&self) {
        let shared = Arc::downgrade(&self.shared);
        let (outbox, wake) = (self.outbox.clone(), self.wake.clone());
        thread::spawn(move || {
            loop {
                thread::sleep(WATCH_EVERY);
                let Some(shared) = shared.upgrade() else { return };
                if let Some(action) = with(&shared, news) {
                    if outbox.send(action).is_err() {
                        return;
                    }
                    wake();
                }
            }
        });
    }

    /// Lets the person choose a path in the system's dialog.
    pub fn browse(&self, purpose: PathPurpose) {
        self.run(move || {
            let dialog = rfd::FileDialog::new();
            let chosen = match purpose {
                PathPurpose::Open => dialog.add_filter("Rapport book", &["ron"]).pick_file(),
                PathPurpose::SaveAs => dialog.set_file_name("rapport.ron").save_file(),
                PathPurpose::Import => dialog.add_filter("Table", &["csv", "tsv", "txt"]).pick_file(),
            };
            chosen.map(|path| Action::SetPath(path.display().to_string()))
        });
    }

    /// Reads a file to import on a thread.
    pub fn read_import(&self, path: PathBuf) {
        self.run(move || {
            Some(match file::read(&path) {
                Ok(bytes) => Action::ImportRead(ImportDraft {
                    path,
                    bytes: Arc::new(bytes),
                    choices: Vec::new(),
                    dates: None,
                }),
                Err(why) => Action::PathFailed(why.to_string()),
            })
        });
    }

    /// Works out on a thread what an import would bring into `book`.
    pub fn plan_import(&self, draft: ImportDraft, book: Book) {
        self.run(move || {
            let preview = preview(&draft, &book);
            Some(Action::ImportPlanned(draft, preview))
        });
    }
}

fn with<T>(shared: &Mutex<Shared>, what: impl FnOnce(&mut Shared) -> T) -> T {
    what(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Shared {
    /// Whether the open file is the one at `path`.
    fn is_at(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.path == path)
    }
}

fn rescue(shared: &Mutex<Shared>) {
    // A panic may have struck while the desk was locked; then the file is being written already.
    if let Ok(mut shared) = shared.try_lock()
        && let Some((path, newest)) = shared.newest.clone()
        && shared.is_at(&path)
    {
        flush(&mut shared, &newest);
    }
}

fn opened(opened: Result<Opened, String>) -> Action {
    match opened {
        Ok(opened) => Action::Opened(Box::new(opened)),
        Err(why) => Action::PathFailed(why),
    }
}

/// What the last look at the file found.
#[derive(Debug, Clone, PartialEq, Default)]
enum Seen {
    /// It is as we left it.
    #[default]
    AsLeft,
    /// Somebody else changed it; its fingerprint now, if it is still there.
    Changed(Option<Fingerprint>),
}

/// A change of somebody else's that was not told yet.
fn news(shared: &mut Shared) -> Option<Action> {
    let seen = look(shared);
    let is_news = seen != Seen::AsLeft && seen != shared.told;
    shared.told = seen;
    is_news.then_some(Action::ChangedOutside)
}

/// Whether somebody else changed the file.
fn look(shared: &mut Shared) -> Seen {
    let Some(file) = &mut shared.file else { return Seen::AsLeft };
    let Some(known) = &file.fingerprint else { return Seen::AsLeft };
    if changed(&file.path, known) == Change::Same {
        return Seen::AsLeft;
    }
    // A touch or a restored copy with the same bytes is no change.
    let now = Fingerprint::of(&file.path);
    if let Ok(bytes) = file::read(&file.path)
        && Some(&bytes) == file.on_disk.as_ref()
    {
        file.fingerprint = now;
        return Seen::AsLeft;
    }
    Seen::Changed(now)
}

fn access_of(lock: Result<BookLock, LockError>, path: &Path) -> (Option<BookLock>, Access) {
    match lock {
        Ok(lock) => {
            let read_only = std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly());
            let access = if read_only {
                Access::ReadOnly(
                    "This file is read-only: save the book under another name to edit it".to_owned(),
                )
            } else {
                Access::ReadWrite
            };
            (Some(lock), access)
        }
        Err(why) => (None, Access::ReadOnly(why.to_string())),
    }
}

fn open(shared: &Mutex<Shared>, path: &Path, again: bool) -> Result<Opened, String> {
    // A window that has the book already keeps its lock; taking it twice would fail.
    let kept = with(shared, |shared| match &mut shared.file {
        Some(file) if file.lock.as_ref().is_some_and(|lock| lock.covers(path)) => file.lock.take(),
        _ => None,
    });
    let restore = |lock: Option<BookLock>| {
        with(shared, |shared| {
            if let Some(file) = &mut shared.file
                && lock.as_ref().is_some_and(|lock| lock.covers(&file.path))
            {
                file.lock = lock;
            }
        });
    };
    let (lock, access) = access_of(kept.map_or_else(|| BookLock::take(path), Ok), path);
    if access == Access::ReadWrite && !again {
        // A leftover that cannot be moved among the backups stays where it is; the book opens all the same.
        let _ = backup::adopt_leftovers(path, now());
    }
    let fingerprint = Fingerprint::of(path);
    let loaded = file::read(path).map_err(|why| why.to_string()).and_then(|bytes| match load(&bytes) {
        Ok(loaded) => Ok((bytes, loaded)),
        Err(why) => Err(format!("{}:{why}", path.display())),
    });
    let (bytes, Loaded { book, source, problems }) = match loaded {
        Ok(loaded) => loaded,
        Err(why) => {
            restore(lock);
            return Err(why);
        }
    };
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let problems = errors.map(|problem| format!("{}:{problem}", path.display())).collect();
    with(shared, |shared| {
        shared.file =
            Some(OpenFile { path: path.to_path_buf(), source, on_disk: Some(bytes), fingerprint, lock });
        // What was noted of the version before is not to be written over the one just read.
        shared.newest = None;
        shared.saved = Some(book.clone());
        shared.told = Seen::AsLeft;
    });
    Ok(Opened { book, origin: Origin::File(path.to_path_buf()), access, problems, again })
}

/// Writes a book to the open file, if it is not there yet.
fn flush(shared: &mut Shared, book: &Book) -> Option<Action> {
    let unsaved = shared.saved.as_ref().is_none_or(|saved| !saved.is_same(book));
    let writable = shared.file.as_ref().is_some_and(|file| file.lock.is_some());
    (unsaved && writable).then(|| write_open(shared, book))
}

fn write_open(shared: &mut Shared, book: &Book) -> Action {
    let Some(file) = &mut shared.file else {
        return Action::SaveFailed("This book has no file yet: save it under a name".to_owned());
    };
    let bytes = splice(&file.source, book).into_bytes();
    let expected = match &file.on_disk {
        Some(bytes) => Expected::Bytes(bytes),
        None => Expected::Absent,
    };
    let request = SaveRequest { path: &file.path, bytes: &bytes, expected, backup_at: Some(now()) };
    match save(&request) {
        Ok(saved) => {
            let path = file.path.clone();
            file.on_disk = Some(bytes);
            file.fingerprint = Some(saved.fingerprint);
            shared.saved = Some(book.clone());
            let done = Action::Saved(book.clone(), path);
            match saved.previous {
                Previous::Beside { path, reason } => Action::All(vec![
                    done,
                    Action::Tell(format!("Saved; the version before is at {}: {reason}", path.display())),
                ]),
                _ => done,
            }
        }
        Err(SaveError::ChangedOnDisk { .. }) => Action::ChangedOutside,
        Err(why) => Action::SaveFailed(why.to_string()),
    }
}

fn save_as(shared: &Mutex<Shared>, book: &Book, path: &Path) -> Action {
    let same = with(shared, |shared| {
        shared.file.as_ref().is_some_and(|file| file.lock.as_ref().is_some_and(|lock| lock.covers(path)))
    });
    if same {
        return Action::All(vec![Action::Back, with(shared, |shared| write_open(shared, book))]);
    }
    if path.exists() {
        return Action::PathFailed(
            "there is a file of that name already: choose another, or open that one".to_owned(),
        );
    }
    let lock = match BookLock::take(path) {
        Ok(lock) => lock,
        Err(why) => return Action::PathFailed(why.to_string()),
    };
    with(shared, |shared| {
        let source =
            shared.file.as_ref().map_or_else(|| Arc::new(Source::empty()), |file| file.source.clone());
        let new =
            OpenFile { path: path.to_path_buf(), source, on_disk: None, fingerprint: None, lock: Some(lock) };
        let before = shared.file.replace(new);
        let refused = match write_open(shared, book) {
            Action::SaveFailed(why) => why,
            Action::ChangedOutside => "another program has just made a file of that name".to_owned(),
            done => {
                let there = Action::SavedAs(path.to_path_buf());
                return Action::All(vec![Action::Back, there, done]);
            }
        };
        shared.file = before;
        Action::PathFailed(refused)
    })
}

fn preview(draft: &ImportDraft, book: &Book) -> ImportPreview {
    let map = draft.choices.iter().filter_map(|(field, choice)| {
        let column = match choice {
            ImportChoice::Guessed => return None,
            ImportChoice::Column(header) => header.as_str(),
            ImportChoice::LeftOut => "-",
        };
        Override::parse(&format!("{field}={column}")).ok()
    });
    let dates = draft.dates.map(|order| match order {
        crate::state::DateOrder::Dmy => DateOrder::Dmy,
        crate::state::DateOrder::Mdy => DateOrder::Mdy,
        crate::state::DateOrder::Ymd => DateOrder::Ymd,
    });
    let options = Options { map: map.collect(), dates, currency: None };
    match plan(&draft.bytes, &options, book) {
        Ok(plan) => planned(&plan),
        Err(why) => ImportPreview {
            fields: fields(draft),
            headers: crate::store::import::headers(&draft.bytes),
            rows: Vec::new(),
            summary: String::new(),
            skipped: Vec::new(),
            book: None,
            refused: Some(why.to_string()),
        },
    }
}

/// The fields as they were chosen, where the file could not be planned.
fn fields(draft: &ImportDraft) -> Vec<ImportField> {
    let chosen =
        |field: &str| draft.choices.iter().find(|(known, _)| known == field).map(|(_, choice)| choice);
    let field = |field: &Field| ImportField {
        field: field.name().to_owned(),
        column: match chosen(field.name()) {
            Some(ImportChoice::Column(header)) => Some(header.clone()),
            _ => None,
        },
        why: String::new(),
    };
    Field::ALL.iter().map(field).collect()
}

fn planned(plan: &Plan) -> ImportPreview {
    let field = |field: &Field| {
        let column = plan.columns.iter().find(|column| column.field == *field);
        ImportField {
            field: field.name().to_owned(),
            column: column.map(|column| column.header.clone()),
            why: column.map_or_else(|| plan.doubts(*field), reading),
        }
    };
    let rows = plan.rows.iter().filter_map(|row| row.invoice.as_ref()).take(PREVIEW_ROWS);
    let rows = rows.map(|row| {
        let paid = row.paid.map(|day| day.to_string()).unwrap_or_default();
        [
            row.number.clone(),
            row.client.clone(),
            row.issued.to_string(),
            row.due.to_string(),
            row.amount.to_string(),
            paid,
        ]
    });
    let skipped = plan.rows.iter().filter_map(|row| match &row.outcome {
        crate::store::import::Outcome::Skipped(reason) => Some(format!("line {}: {reason}", row.line)),
        _ => None,
    });
    let counts = plan.counts();
    let summary = format!(
        "{} added for {} new clients, {} updated, {} unchanged, {} skipped, in {}",
        counts.added, counts.clients_added, counts.updated, counts.unchanged, counts.skipped, plan.currency
    );
    let headers = plan.columns.iter().map(|column| column.header.clone()).chain(plan.unused.iter().cloned());
    ImportPreview {
        fields: Field::ALL.iter().map(field).collect(),
        headers: headers.collect(),
        rows: rows.collect(),
        summary,
        skipped: skipped.take(PREVIEW_SKIPS).collect(),
        book: (counts.added + counts.updated > 0).then(|| plan.apply()),
        refused: (counts.added + counts.updated == 0)
            .then(|| "nothing in this file is new to the book".to_owned()),
    }
}

/// Why a column was taken and how its values are read, in a line.
fn reading(column: &Column) -> String {
    if column.reading.is_empty() {
        column.why.to_string()
    } else {
        format!("{}; {}", column.why, column.reading)
    }
}

/// The book an import goes into when the sample is on the screen: an empty one.
#[must_use]
pub fn book_for_import(origin: &Origin, book: &Book) -> Book {
    if *origin == Origin::Sample { Book::empty(Currency::USD) } else { book.clone() }
}
