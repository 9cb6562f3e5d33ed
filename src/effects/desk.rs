//! The desk: what the window asks of the disk, each on a thread of its own.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::NaiveDate;

use crate::domain::{Book, Outgoing};
use crate::state::{Access, Action, DossierFormat, ImportDraft, Opened, Origin, OutboxAction, PathPurpose};
use crate::store::lock::BookLock;
use crate::store::{Loaded, Source, file, load, sample};
use crate::written;

use super::Wake;
use super::import::preview;
use super::mail::{self, Opener};
use super::open_file::{
    Newest, OpenFile, Shared, access_of, flush, news, open, rescue, save_as, save_newest, with,
};

/// How often the file is looked at for somebody else's changes.
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// The desk: reads, writes and watches files for the window.
pub struct Desk {
    shared: Arc<Mutex<Shared>>,
    newest: Arc<Newest>,
    outbox: Sender<Action>,
    inbox: Receiver<Action>,
    wake: Wake,
    opener: Opener,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(wake: Wake) -> Self {
        Self::with_opener(wake, mail::by_the_desktop())
    }

    /// An empty desk that hands letters to `opener` in the place of the desktop.
    #[must_use]
    pub fn with_opener(wake: Wake, opener: Opener) -> Self {
        let (outbox, inbox) = channel();
        Self { shared: Arc::default(), newest: Arc::default(), outbox, inbox, wake, opener }
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
        open(&self.shared, &self.newest, path, false)
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
        let (shared, newest) = (self.shared.clone(), self.newest.clone());
        self.run(move || Some(opened(open(&shared, &newest, &path, false))));
    }

    /// Reads the open file again on a thread.
    pub fn reload(&self) {
        let (shared, newest) = (self.shared.clone(), self.newest.clone());
        self.run(move || {
            let path = with(&shared, |shared| shared.file.as_ref().map(|file| file.path.clone()));
            let nothing = || "this book has no file to read again".to_owned();
            Some(opened(path.ok_or_else(nothing).and_then(|path| open(&shared, &newest, &path, true))))
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
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = Some((path.to_path_buf(), book.clone()));
    }

    /// Writes the book on a thread to the file at `path`, or the one that was noted for it since; nothing if the desk has
    /// turned to another file meanwhile.
    pub fn save(&self, book: &Book, path: PathBuf) {
        self.note(book, &path);
        let (shared, newest) = (self.shared.clone(), self.newest.clone());
        let (outbox, wake) = (self.outbox.clone(), self.wake.clone());
        thread::spawn(move || {
            if tell(&shared, &outbox, |shared| save_newest(shared, &newest, &path)).is_some() {
                wake();
            }
        });
    }

    /// Writes the book to another file on a thread, and goes on with that one.
    pub fn save_as(&self, book: Book, path: PathBuf) {
        let shared = self.shared.clone();
        self.run(move || Some(save_as(&shared, &book, &path)));
    }

    /// Writes the book now to the file at `path`, if it is not there yet, after whatever is being written: before another
    /// book takes its place, and for closing.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn flush(&self, book: &Book, path: &Path) -> Result<(), String> {
        let done = with(&self.shared, |shared| {
            if shared.is_at(path) {
                return flush(shared, book);
            }
            Some(Action::SaveFailed(format!("{} is no longer open", path.display())))
        });
        match done {
            Some(Action::SaveFailed(why)) => Err(why),
            Some(Action::ChangedOutside) => {
                Err("the file was changed by another program meanwhile".to_owned())
            }
            Some(Action::FileGone) => Err("the file is not there now".to_owned()),
            _ => Ok(()),
        }
    }

    /// Writes the newest book that was noted, if it belongs to the open file and is not there yet: the last thing a
    /// crash does. Waits a few seconds at most for a save that is running.
    pub fn rescue(&self) {
        rescue(&self.shared, &self.newest);
    }

    /// From now on a panic writes the newest book before the program ends.
    pub fn save_on_panic(&self) {
        let (shared, newest) = (Arc::downgrade(&self.shared), Arc::downgrade(&self.newest));
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if let (Some(shared), Some(newest)) = (shared.upgrade(), newest.upgrade()) {
                rescue(&shared, &newest);
            }
            before(panic);
        }));
    }

    /// Looks once whether somebody else changed the open file; each change comes in once as an action.
    pub fn look(&self) {
        if tell(&self.shared, &self.outbox, news).is_some() {
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
                match tell(&shared, &outbox, news) {
                    Some(true) => wake(),
                    Some(false) => return,
                    None => {}
                }
            }
        });
    }

    /// Lets the person choose a path in the system's dialog.
    pub fn browse(&self, purpose: PathPurpose) {
        self.run(move || {
            let dialog = rfd::FileDialog::new();
            let chosen = match purpose {
                PathPurpose::Calendar => {
                    dialog.add_filter("Calendar", &["ics"]).set_file_name("rapport.ics").save_file()
                }
                PathPurpose::Open => dialog.add_filter("Rapport book", &["ron"]).pick_file(),
                PathPurpose::SaveAs => dialog.set_file_name("rapport.ron").save_file(),
                PathPurpose::Export => dialog.set_file_name("letters.md").save_file(),
                PathPurpose::Import => dialog.add_filter("Table", &["csv", "tsv", "txt"]).pick_file(),
                PathPurpose::Dossier(format) => {
                    dialog.set_file_name(format!("dossier.{}", format.extension())).save_file()
                }
            };
            chosen.map(|path| Action::Browsed(purpose, path))
        });
    }

    /// Writes a text on a thread to a file that is not there yet.
    pub fn export(&self, path: PathBuf, text: Arc<str>) {
        let there = |_| {
            let why = "there is a file of this name already: choose another".to_owned();
            Action::PathFailed(PathPurpose::Export, why)
        };
        self.write_page(PathPurpose::Export, path, text, false, there);
    }

    /// Opens a letter on a thread in the mail program; one that is too long for a link by a file in `folder`. Old files there
    /// of letters that were handed over are removed: all but those of the letters that `wait`.
    pub fn open_mail(&self, letter: Arc<Outgoing>, folder: PathBuf, wait: Vec<String>) {
        let opener = self.opener.clone();
        self.run(move || {
            mail::sweep(&folder, &wait);
            Some(Action::Outbox(match mail::open(&letter, &folder, &opener) {
                Ok(()) => OutboxAction::Opened(letter.id.clone()),
                Err(why) => OutboxAction::NotOpened(why),
            }))
        });
    }

    /// Shows a folder on a thread, in whatever the desktop has for that.
    pub fn show_folder(&self, folder: PathBuf) {
        let opener = self.opener.clone();
        self.run(move || {
            let why = || format!("No program showed {}: open it in your file manager", folder.display());
            opener(folder.as_os_str()).err().map(|_| Action::Refuse(why()))
        });
    }

    /// Reads a file to import on a thread.
    pub fn read_import(&self, path: PathBuf) {
        self.run(move || {
            Some(match file::read(&path) {
                Ok(bytes) => Action::ImportRead(ImportDraft::of(Some(path), bytes)),
                Err(why) => Action::PathFailed(PathPurpose::Import, why.to_string()),
            })
        });
    }

    /// Writes a dossier on a thread: over a file that is there only where that was agreed to.
    pub fn write_dossier(&self, format: DossierFormat, path: PathBuf, text: String, over: bool) {
        let there = move |path| Action::DossierThere(format, path);
        self.write_page(PathPurpose::Dossier(format), path, text, over, there);
    }

    /// The same for the calendar.
    pub fn write_calendar(&self, path: PathBuf, text: String, over: bool) {
        self.write_page(PathPurpose::Calendar, path, text, over, Action::CalendarThere);
    }

    /// Writes a text on a thread; `there` says that a file is there which nobody agreed to write over.
    fn write_page(
        &self,
        purpose: PathPurpose,
        path: PathBuf,
        text: impl AsRef<str> + Send + 'static,
        over: bool,
        there: impl FnOnce(PathBuf) -> Action + Send + 'static,
    ) {
        self.run(move || {
            let write = if over { file::write_over } else { file::write_if_new };
            Some(match write(&path, text.as_ref().as_bytes()) {
                Ok(()) => Action::All(vec![
                    Action::PathTaken(purpose),
                    Action::Tell(format!("Wrote {}", path.display())),
                ]),
                Err(why) if why.kind() == ErrorKind::AlreadyExists => there(path),
                Err(why) if why.kind() == ErrorKind::NotFound => {
                    Action::PathFailed(purpose, format!("{}: there is no such folder", path.display()))
                }
                Err(why) => {
                    Action::PathFailed(purpose, format!("{} could not be written: {why}", path.display()))
                }
            })
        });
    }

    /// Works out on a thread what an import would bring into `book`, which came from `origin`.
    pub fn plan_import(&self, draft: ImportDraft, book: Book, origin: Origin) {
        let format = written::format();
        self.run(move || {
            written::use_format(format);
            let preview = preview(&draft, &book, &origin);
            Some(Action::ImportPlanned(draft, preview))
        });
    }
}

/// Tells what is to be told of the open file while nobody can put another in its place, so that it comes in before the news
/// of that one. Gives whether somebody is left to tell; nothing, where nothing is to be told.
fn tell(
    shared: &Mutex<Shared>,
    outbox: &Sender<Action>,
    what: impl FnOnce(&mut Shared) -> Option<Action>,
) -> Option<bool> {
    with(shared, |shared| what(shared).map(|action| outbox.send(action).is_ok()))
}

fn opened(opened: Result<Opened, String>) -> Action {
    match opened {
        Ok(opened) => Action::Opened(Box::new(opened)),
        Err(why) => Action::PathFailed(PathPurpose::Open, why),
    }
}
