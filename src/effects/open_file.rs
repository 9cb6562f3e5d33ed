//! The file behind the open book, as the threads share it: reading, writing, and noticing somebody else's changes.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use crate::domain::Book;
use crate::state::{Access, Action, Opened, Origin, PathPurpose};
use crate::store::lock::{BookLock, LockError};
use crate::store::save::{Expected, OutsideChange, Previous, SaveError, SaveRequest, save};
use crate::store::watch::{Change, Fingerprint, changed};
use crate::store::{Loaded, Severity, Source, backup, clash, file, load, splice};

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

/// The book as the window has it, and the file it belongs to: what every save writes, also the last one of a crash. Apart
/// from the rest, so that an edit never waits for a save.
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

thread_local! {
    /// Whether this thread has the desk.
    static HAS_DESK: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn with<T>(shared: &Mutex<Shared>, what: impl FnOnce(&mut Shared) -> T) -> T {
    let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
    HAS_DESK.set(true);
    let done = what(&mut shared);
    HAS_DESK.set(false);
    done
}

/// How often, and how long apart, a crash asks for what another thread has: three seconds in all.
const ASK_AGAIN: (usize, Duration) = (60, Duration::from_millis(50));

/// What another thread may have, if it gives it back in time.
fn soon<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    let (times, apart) = ASK_AGAIN;
    for _ in 0..times {
        match mutex.try_lock() {
            Ok(held) => return Some(held),
            Err(TryLockError::Poisoned(held)) => return Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(apart),
        }
    }
    None
}

impl Shared {
    /// Whether the open file is the one at `path`.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.path == path)
    }
}

/// Writes the newest book, if it belongs to the open file and is not there yet.
pub(super) fn rescue(shared: &Mutex<Shared>, newest: &Newest) {
    // The panic may have struck in the thread that has the desk: it would wait for itself.
    if HAS_DESK.get() {
        return;
    }
    // Another thread may be writing an older book: then this one is written after it.
    if let Some(mut shared) = soon(shared)
        && let Some(newest) = soon(newest)
        && let Some((path, newest)) = newest.clone()
        && shared.is_at(&path)
    {
        flush(&mut shared, &newest);
    }
}

/// The book that was noted last, if it is of the file at `path`.
fn newest_of(newest: &Newest, path: &Path) -> Option<Book> {
    let newest = newest.lock().unwrap_or_else(PoisonError::into_inner);
    newest.as_ref().filter(|(of, _)| of == path).map(|(_, book)| book.clone())
}

/// Writes the newest book of the file at `path`, whichever one the saving was started with: a thread that comes late
/// never puts an older book over a newer one. Nothing, when the desk has turned to another file or another reading of it.
pub(super) fn save_newest(shared: &mut Shared, newest: &Newest, path: &Path) -> Option<Action> {
    if !shared.is_at(path) {
        return None;
    }
    let book = newest_of(newest, path)?;
    if shared.saved.as_ref().is_some_and(|saved| saved.is_same(&book)) {
        return Some(Action::Saved(book, path.to_path_buf()));
    }
    let done = write_open(shared, &book);
    if matches!(done, Action::ChangedOutside | Action::FileGone) {
        // It is told herewith.
        shared.told = look(shared);
    }
    Some(done)
}

/// What the last look at the file found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Seen {
    /// It is as we left it.
    #[default]
    AsLeft,
    /// Somebody else changed it; its fingerprint now, if it is still there.
    Changed(Option<Fingerprint>),
    /// It is not to be reached: deleted, or on a share or a stick that is away.
    Gone,
}

/// What became of the file without us, if that was not told yet: somebody else's change, that it is gone, or that it is
/// as we left it again.
pub(super) fn news(shared: &mut Shared) -> Option<Action> {
    let seen = look(shared);
    if seen == shared.told {
        return None;
    }
    let news = match &seen {
        Seen::AsLeft => Action::FileBack,
        Seen::Changed(_) => Action::ChangedOutside,
        Seen::Gone => Action::FileGone,
    };
    shared.told = seen;
    Some(news)
}

/// Whether somebody else changed the file.
fn look(shared: &mut Shared) -> Seen {
    let Some(file) = &mut shared.file else { return Seen::AsLeft };
    let Some(known) = &file.fingerprint else { return Seen::AsLeft };
    match changed(&file.path, known) {
        Change::Same => return Seen::AsLeft,
        Change::Gone => return Seen::Gone,
        Change::Changed => {}
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
        Ok(lock) => (Some(lock), access_with_lock(path)),
        Err(why) => (None, Access::ReadOnly(why.to_string())),
    }
}

/// What may be done with a file whose lock we have.
fn access_with_lock(path: &Path) -> Access {
    if std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
        Access::ReadOnly("This file is read-only: save the book under another name to edit it".to_owned())
    } else {
        Access::ReadWrite
    }
}

pub(super) fn open(
    shared: &Mutex<Shared>,
    newest: &Newest,
    path: &Path,
    again: bool,
) -> Result<Opened, String> {
    // A window that has the book already keeps its lock where it is: taking it twice would fail, and what is unsaved
    // may have to be written while this one reads.
    let covers = |file: &OpenFile| file.lock.as_ref().is_some_and(|lock| lock.covers(path));
    let is_ours = with(shared, |shared| shared.file.as_ref().is_some_and(covers));
    let (lock, access) =
        if is_ours { (None, access_with_lock(path)) } else { access_of(BookLock::take(path), path) };
    if access == Access::ReadWrite && !again {
        // A leftover that cannot be moved among the backups stays where it is; the book opens all the same.
        let _ = backup::adopt_leftovers(path, now());
    }
    let fingerprint = Fingerprint::of(path);
    let loaded = file::read(path).map_err(|why| why.to_string()).and_then(|bytes| match load(&bytes) {
        Ok(loaded) => Ok((bytes, loaded)),
        Err(why) => Err(format!("{}:{why}", path.display())),
    });
    let (bytes, Loaded { book, source, problems }) = loaded?;
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let problems = errors.map(|problem| format!("{}:{problem}", path.display())).collect();
    with(shared, |shared| {
        let lock = match shared.file.take_if(|file| is_ours && covers(file)) {
            Some(before) => before.lock,
            None => lock,
        };
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
    if shared.saved.as_ref().is_some_and(|saved| saved.is_same(book)) {
        return None;
    }
    if shared.file.as_ref().is_some_and(|file| file.lock.is_none()) {
        let why = "this window only looks at the file: save the book under another name";
        return Some(Action::SaveFailed(why.to_owned()));
    }
    Some(write_open(shared, book))
}

pub(super) fn write_open(shared: &mut Shared, book: &Book) -> Action {
    let Some(file) = &mut shared.file else {
        return Action::SaveFailed("This book has no file yet: save it under a name".to_owned());
    };
    if let Some(record) = clash(&file.source, book) {
        return Action::SaveFailed(format!(
            "the file holds a record {} in {} that cannot be read: mend it first, rapport check names it",
            record.id_str(),
            record.table()
        ));
    }
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
            shared.told = Seen::AsLeft;
            let done = Action::Saved(book.clone(), path);
            match saved.previous {
                Previous::Beside { path, reason } => Action::All(vec![
                    done,
                    Action::Tell(format!("Saved; the version before is at {}: {reason}", path.display())),
                ]),
                _ => done,
            }
        }
        Err(SaveError::ChangedOnDisk { change: OutsideChange::Gone, .. }) => Action::FileGone,
        Err(SaveError::ChangedOnDisk { .. }) => Action::ChangedOutside,
        Err(why) => Action::SaveFailed(why.to_string()),
    }
}

pub(super) fn save_as(shared: &Mutex<Shared>, book: &Book, path: &Path) -> Action {
    let same = with(shared, |shared| {
        shared.file.as_ref().is_some_and(|file| file.lock.as_ref().is_some_and(|lock| lock.covers(path)))
    });
    if same {
        let done = with(shared, |shared| {
            let gone = Fingerprint::of(path).is_none();
            let known = shared.file.as_mut().filter(|_| gone).and_then(|file| file.on_disk.take());
            // Whoever asks for a file that is gone under its own name wants it made again.
            let done = write_open(shared, book);
            if let Some(file) = shared.file.as_mut().filter(|file| file.on_disk.is_none()) {
                file.on_disk = known;
            }
            done
        });
        return Action::All(vec![Action::PathTaken(PathPurpose::SaveAs), done]);
    }
    let failed = |why: String| Action::PathFailed(PathPurpose::SaveAs, why);
    if path.exists() {
        return failed("there is a file of that name already: choose another, or open that one".to_owned());
    }
    let lock = match BookLock::take(path) {
        Ok(lock) => lock,
        Err(why) => return failed(why.to_string()),
    };
    with(shared, |shared| {
        let source =
            shared.file.as_ref().map_or_else(|| Arc::new(Source::empty()), |file| file.source.clone());
        let new =
            OpenFile { path: path.to_path_buf(), source, on_disk: None, fingerprint: None, lock: Some(lock) };
        let before = shared.file.replace(new);
        let refused = match write_open(shared, book) {
            Action::SaveFailed(why) => why,
            Action::ChangedOutside | Action::FileGone => {
                "another program has just made a file of that name".to_owned()
            }
            done => {
                let there = Action::SavedAs(path.to_path_buf());
                return Action::All(vec![Action::PathTaken(PathPurpose::SaveAs), there, done]);
            }
        };
        shared.file = before;
        failed(refused)
    })
}
