//! One book, one writer: a lock on a side file, so that two windows never both write.
//!
//! The side file `.rapport.ron.lock` stays when the window closes: removing it could take it away under somebody who is
//! just locking it. The lock belongs to the process and ends with it, however it ends.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use super::file::real_path;

/// The right to write a book, held until it is dropped.
#[derive(Debug)]
pub struct BookLock {
    // Closing the file ends the lock.
    _file: File,
    path: PathBuf,
}

/// Why a book could not be locked: it can be looked at, not written.
#[derive(Debug)]
pub enum LockError {
    /// Another window has it.
    Held {
        /// The book.
        book: PathBuf,
    },
    /// The side file cannot be made or locked: a read-only folder, a file system without locks.
    Unavailable {
        /// The book.
        book: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl BookLock {
    /// Takes the lock of a book, which need not exist yet; its folder must. Links are followed first, so a link and the
    /// file it leads to share one lock.
    ///
    /// # Errors
    /// When another window holds the lock, or no side file can be made or locked.
    pub fn take(book: &Path) -> Result<Self, LockError> {
        let unavailable = |source| LockError::Unavailable { book: book.to_path_buf(), source };
        let path = side_file(&real_path(book).map_err(unavailable)?);
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(unavailable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file, path }),
            Err(TryLockError::WouldBlock) => Err(LockError::Held { book: book.to_path_buf() }),
            Err(TryLockError::Error(source)) => Err(unavailable(source)),
        }
    }

    /// Whether this is the lock of `book`, by whatever path or link it is named.
    #[must_use]
    pub fn covers(&self, book: &Path) -> bool {
        real_path(book).is_ok_and(|real| side_file(&real) == self.path)
    }
}

fn side_file(real: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".lock");
    real.with_file_name(name)
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { book } => write!(
                f,
                "{}: another Rapport window has this book open, so this one only looks; close the other one and \
                 reload to edit here",
                book.display()
            ),
            Self::Unavailable { book, source } => match source.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => write!(
                    f,
                    "{}: its folder is read-only, so this window only looks; save the book somewhere else to edit it",
                    book.display()
                ),
                io::ErrorKind::NotFound => write!(
                    f,
                    "{}: its folder does not exist, so the book cannot be kept here; make the folder, or save \
                     somewhere else",
                    book.display()
                ),
                _ => write!(
                    f,
                    "{}: this book cannot be locked against other windows ({source}), so this one only looks; save it \
                     on another disk to edit it",
                    book.display()
                ),
            },
        }
    }
}

impl error::Error for LockError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Held { .. } => None,
            Self::Unavailable { source, .. } => Some(source),
        }
    }
}
