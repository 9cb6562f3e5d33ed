//! Why a file was not saved: what happened, where, and what cures it.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

/// The steps of saving, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Is the file on disk the one we know?
    Look,
    /// Making a temporary file beside it.
    Create,
    /// Writing into that.
    Write,
    /// Waiting until it is on the disk.
    Sync,
    /// Reading it back.
    ReadBack,
    /// Looking again at the file on disk.
    LookAgain,
    /// Old and new change places.
    Exchange,
    /// Was it the file we know that made room?
    Verify,
    /// Waiting until the new name is on the disk.
    SyncFolder,
    /// Keeping the previous version as a backup.
    KeepPrevious,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 10] = [
        Self::Look,
        Self::Create,
        Self::Write,
        Self::Sync,
        Self::ReadBack,
        Self::LookAgain,
        Self::Exchange,
        Self::Verify,
        Self::SyncFolder,
        Self::KeepPrevious,
    ];
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Look | Self::LookAgain => "looking at the file on disk",
            Self::Create => "making a temporary file beside it",
            Self::Write => "writing the temporary file",
            Self::Sync => "waiting until the temporary file is on the disk",
            Self::ReadBack => "reading the temporary file back",
            Self::Exchange => "putting the new version in place",
            Self::Verify => "checking the version that was replaced",
            Self::SyncFolder => "waiting until the folder is on the disk",
            Self::KeepPrevious => "keeping the previous version",
        })
    }
}

/// What somebody else did to the file since we loaded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideChange {
    /// Its bytes differ.
    Edited,
    /// It is not there any more.
    Gone,
    /// It was not there, and now it is.
    Appeared,
}

/// Why nothing was saved. The file on disk is what it was, whole, and no temporary file is left, except as
/// [`SaveError::Stranded`] says.
#[derive(Debug)]
pub enum SaveError {
    /// Another program changed the file since it was loaded.
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
        /// What was done to it.
        change: OutsideChange,
    },
    /// The file or its folder may not be written.
    ReadOnly {
        /// The file or folder that is protected.
        path: PathBuf,
    },
    /// The disk is full, or the quota is used up.
    NoSpace {
        /// The file.
        path: PathBuf,
    },
    /// The folder does not exist, or not any more.
    FolderMissing {
        /// The folder.
        folder: PathBuf,
    },
    /// The name belongs to a folder, a pipe or a device.
    NotAFile {
        /// The name.
        path: PathBuf,
    },
    /// Something else failed.
    Io {
        /// What was being done.
        step: Step,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Saving failed when old and new had already changed places, and putting them back failed too. Nothing is lost: there
    /// are two files.
    Stranded {
        /// The file: it holds our version.
        path: PathBuf,
        /// Where the version is that was there before.
        other: PathBuf,
        /// Why it could not be put back.
        source: io::Error,
    },
}

impl SaveError {
    /// Sorts what the system says into what a person can act on.
    pub(super) fn at(step: Step, path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace { path },
            io::ErrorKind::NotFound if step == Step::Create => {
                Self::FolderMissing { folder: super::file::folder_of(&path).to_path_buf() }
            }
            io::ErrorKind::IsADirectory => Self::NotAFile { path },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                // Whoever may not make a file may not write the folder; before that, it is the file itself.
                let path =
                    if step == Step::Look { path } else { super::file::folder_of(&path).to_path_buf() };
                Self::ReadOnly { path }
            }
            _ => Self::Io { step, path, source },
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangedOnDisk { path, change } => {
                let path = path.display();
                match change {
                    OutsideChange::Edited => write!(
                        f,
                        "{path}: another program changed this file since it was opened, so nothing was written; \
                         reload it, or save under another name"
                    ),
                    OutsideChange::Gone => write!(
                        f,
                        "{path}: this file is not there any more, so nothing was written; bring it back, or save \
                         under another name"
                    ),
                    OutsideChange::Appeared => write!(
                        f,
                        "{path}: there is already a file of this name, so nothing was written; open it, or save \
                         under another name"
                    ),
                }
            }
            Self::ReadOnly { path } => write!(
                f,
                "{}: this is read-only, so nothing was saved; allow writing to it, or save somewhere else",
                path.display()
            ),
            Self::NoSpace { path } => write!(
                f,
                "{}: the disk is full, so nothing was saved and the file is as it was; free some space, or save on \
                 another disk",
                path.display()
            ),
            Self::FolderMissing { folder } => write!(
                f,
                "{}: this folder does not exist, so nothing was saved; make it, or save somewhere else",
                folder.display()
            ),
            Self::NotAFile { path } => write!(
                f,
                "{}: this is not a file, so nothing was saved; save under another name",
                path.display()
            ),
            Self::Io { step, path, source } => write!(
                f,
                "{}: not saved, and the file is as it was; {step} failed: {source}; try again, or save somewhere else",
                path.display()
            ),
            Self::Stranded { path, other, source } => write!(
                f,
                "{}: holds your version, but the version that was there before could not be put back ({source}) and \
                 is now {}; compare the two before going on",
                path.display(),
                other.display()
            ),
        }
    }
}

impl error::Error for SaveError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Stranded { source, .. } => Some(source),
            _ => None,
        }
    }
}
