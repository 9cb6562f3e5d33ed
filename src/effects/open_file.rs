//! The file behind the open book, as the threads share it: reading, writing, and noticing somebody else's changes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::Book;
use crate::state::{Access, Action, Opened, Origin};
use crate::store::lock::{BookLock, LockError};
use crate::store::save::{Expected, Previous, SaveError, SaveRequest, save};
use crate::store::watch::{Change, Fingerprint, changed};
use crate::store::{Loaded, Severity, Source, backup, file, load, splice};

use super::now;

/// The file behind the open book.
pub(super) struct OpenFile {
    pub(super) path: PathBuf,
    /// The text as it was loaded: what is not edited keeps its bytes, however often it is saved.
    pub(super) source: Arc<Source>,
    /// What is on the disk, as far as we know; `None`: nothing yet.
    pub(super) on_disk: Option<Vec<u8>>,
    pub(super) fingerprint: Option<Fingerprint>,
    /// Held as long as the book may be written here.
    pub(super) lock: Option<BookLock>,
}

/// The book as the window has it, for the last save of a crash, and the file it belongs to. Apart from the rest, so that an
/// edit never waits for a save.
pub(super) type Newest = Mutex<Option<(PathBuf, Book)>>;

/// What the threads share.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) file: Option<OpenFile>,
    /// The book as it is on disk.
    pub(super) saved: Option<Book>,
    /// The outside change that was told already.
    pub(super) told: Seen,
}

pub(super) fn with<T>(shared: &Mutex<Shared>, what: impl FnOnce(&mut Shared) -> T) -> T {
    what(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Shared {
    /// Whether the open file is the one at `path`.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.path == path)
    }
}

/// Writes the newest book, if it belongs to the open file and is not there yet.
pub(super) fn rescue(shared: &Mutex<Shared>, newest: &Newest) {
    // A panic may have struck while the desk was locked; then the file is being written already.
    if let Ok(mut shared) = shared.try_lock()
        && let Ok(newest) = newest.try_lock()
        && let Some((path, newest)) = newest.clone()
        && shared.is_at(&path)
    {
        flush(&mut shared, &newest);
    }
}

/// What the last look at the file found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Seen {
    /// It is as we left it.
    #[default]
    AsLeft,
    /// Somebody else changed it; its fingerprint now, if it is still there.
    Changed(Option<Fingerprint>),
}

/// A change of somebody else's that was not told yet.
pub(super) fn news(shared: &mut Shared) -> Option<Action> {
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

pub(super) fn access_of(lock: Result<BookLock, LockError>, path: &Path) -> (Option<BookLock>, Access) {
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

pub(super) fn open(
    shared: &Mutex<Shared>,
    newest: &Newest,
    path: &Path,
    again: bool,
) -> Result<Opened, String> {
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
        *newest.lock().unwrap_or_else(PoisonError::into_inner) = None;
        shared.saved = Some(book.clone());
        shared.told = Seen::AsLeft;
    });
    Ok(Opened { book, origin: Origin::File(path.to_path_buf()), access, problems, again })
}

/// Writes a book to the open file, if it is not there yet.
pub(super) fn flush(shared: &mut Shared, book: &Book) -> Option<Action> {
    let unsaved = shared.saved.as_ref().is_none_or(|saved| !saved.is_same(book));
    let writable = shared.file.as_ref().is_some_and(|file| file.lock.is_some());
    (unsaved && writable).then(|| write_open(shared, book))
}

pub(super) fn write_open(shared: &mut Shared, book: &Book) -> Action {
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

pub(super) fn save_as(shared: &Mutex<Shared>, book: &Book, path: &Path) -> Action {
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
