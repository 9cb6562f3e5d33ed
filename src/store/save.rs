//! Saving a file so that, whatever happens, it is the old one or the new one, whole, and nobody's edit is lost.
//!
//! The new version is written beside the file, put on the disk and read back; then old and new change places in one step,
//! and only now is the old one compared with what we knew. Comparing first and renaming after would lose what another
//! program writes in between; this way its version is in our hands, and goes back into place.
//!
//! Where the file system cannot exchange two files, the old version gets a second name and the new one is renamed over
//! it; another program that replaces the file by a rename of its own between these two would lose its version.
//!
//! Kept: links, the mode, the owner where we may. Not kept: further hard links to the old file, and extended attributes.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::NaiveDateTime;

pub use super::save_error::{OutsideChange, SaveError, Step};

use super::backup;
use super::file::{folder_of, holds, real_path};
use super::swap;
use super::watch::Fingerprint;

/// What to save, and what must be there before.
#[derive(Debug, Clone, Copy)]
pub struct SaveRequest<'a> {
    /// The file. Links are followed and stay.
    pub path: &'a Path,
    /// Its new bytes.
    pub bytes: &'a [u8],
    /// What we believe is on the disk.
    pub expected: Expected<'a>,
    /// The time to name the backup of the previous version by; `None` keeps no backup.
    pub backup_at: Option<NaiveDateTime>,
}

/// What must be on the disk for a save to go ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected<'a> {
    /// The bytes as they were loaded or last saved.
    Bytes(&'a [u8]),
    /// No file.
    Absent,
}

/// A save that succeeded: the file holds the new bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// False if the file held these bytes already and was left alone.
    pub written: bool,
    /// The file as it is now, to notice later changes by.
    pub fingerprint: Fingerprint,
    /// Where the version before is.
    pub previous: Previous,
}

/// What became of the version that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Previous {
    /// There was none, nothing was written, or no backup was asked for.
    NotKept,
    /// It is among the backups.
    Kept(PathBuf),
    /// It could not be put among the backups, so it lies beside the book, where the next such takes its place. The save
    /// stands all the same: today's work matters more than yesterday's copy. To be said to the person.
    Beside {
        /// The file.
        path: PathBuf,
        /// Why it is not among the backups.
        reason: String,
    },
}

/// Saves a file; see the module for how.
///
/// # Errors
/// Then the file is what it was, and no temporary file is left; [`SaveError::Stranded`] is the one exception.
pub fn save(request: &SaveRequest<'_>) -> Result<Saved, SaveError> {
    save_step_by_step(request, &mut |_| Ok(()))
}

/// Saves a file and calls `before` ahead of every step; an error that it returns counts as that step's own (`Unsupported`
/// at [`Step::Exchange`]: the file system cannot). So tests can fail any step, and look at the disk or edit it between any
/// two.
///
/// # Errors
/// As [`save`].
pub fn save_step_by_step(
    request: &SaveRequest<'_>,
    before: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<Saved, SaveError> {
    let real = real_path(request.path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            SaveError::FolderMissing { folder: folder_of(request.path).to_path_buf() }
        }
        _ => SaveError::at(Step::Look, request.path, error),
    })?;
    Saving { request, real, before }.run()
}

struct Saving<'a> {
    request: &'a SaveRequest<'a>,
    real: PathBuf,
    before: &'a mut dyn FnMut(Step) -> io::Result<()>,
}

/// How the new version came into place, and where the one before is.
enum InPlace {
    New,
    Exchanged(PathBuf),
    RenamedOver(PathBuf),
}

impl Saving<'_> {
    fn run(mut self) -> Result<Saved, SaveError> {
        if self.doing(Step::Look, |saving| holds(&saving.real, saving.request.bytes))? == Some(true) {
            let metadata = fs::metadata(&self.real).map_err(|error| self.failed(Step::Look, error))?;
            let fingerprint = Fingerprint::of_metadata(&metadata);
            return Ok(Saved { written: false, fingerprint, previous: Previous::NotKept });
        }
        self.compare(Step::Look)?;
        let model = model(&self.real).map_err(|error| self.failed(Step::Look, error))?;
        let mut draft = self.draft(model.as_ref())?;
        // A rename keeps all of this, so it holds when the draft is in place.
        let metadata = self.doing(Step::LookAgain, |_| draft.file.metadata())?;
        let fingerprint = Fingerprint::of_metadata(&metadata);
        self.compare(Step::LookAgain)?;
        let in_place = self.put_in_place(&mut draft)?;
        if let Err(error) = self.settle(&in_place) {
            return Err(self.undo(&in_place, &draft.path, error));
        }
        Ok(Saved { written: true, fingerprint, previous: self.keep_previous(in_place) })
    }

    fn doing<T>(&mut self, step: Step, work: impl FnOnce(&Self) -> io::Result<T>) -> Result<T, SaveError> {
        (self.before)(step).and_then(|()| work(self)).map_err(|error| self.failed(step, error))
    }

    fn failed(&self, step: Step, error: io::Error) -> SaveError {
        SaveError::at(step, &self.real, error)
    }

    fn changed(&self, change: OutsideChange) -> SaveError {
        SaveError::ChangedOnDisk { path: self.real.clone(), change }
    }

    /// Is on the disk what must be there?
    fn compare(&self, step: Step) -> Result<(), SaveError> {
        let known = match self.request.expected {
            Expected::Bytes(bytes) => bytes,
            Expected::Absent => &[],
        };
        let found = holds(&self.real, known).map_err(|error| self.failed(step, error))?;
        match (self.request.expected, found) {
            (Expected::Absent, None) | (Expected::Bytes(_), Some(true)) => Ok(()),
            (Expected::Absent, Some(_)) => Err(self.changed(OutsideChange::Appeared)),
            (Expected::Bytes(_), None) => Err(self.changed(OutsideChange::Gone)),
            (Expected::Bytes(_), Some(false)) => Err(self.changed(OutsideChange::Edited)),
        }
    }

    /// The new version, whole and on the disk, under a temporary name.
    fn draft(&mut self, model: Option<&Metadata>) -> Result<Draft, SaveError> {
        let mut draft = self.doing(Step::Create, |saving| Draft::create(&saving.real, model))?;
        self.doing(Step::Write, |saving| draft.file.write_all(saving.request.bytes))?;
        self.doing(Step::Sync, |_| {
            if let Some(model) = model {
                take_after(&draft.file, model)?;
            }
            draft.file.sync_all()
        })?;
        self.doing(Step::ReadBack, |saving| {
            draft.file.rewind()?;
            let mut found = Vec::with_capacity(saving.request.bytes.len());
            draft.file.read_to_end(&mut found)?;
            if found == saving.request.bytes {
                Ok(())
            } else {
                Err(io::Error::other("what was read is not what was written"))
            }
        })?;
        Ok(draft)
    }

    fn put_in_place(&mut self, draft: &mut Draft) -> Result<InPlace, SaveError> {
        let absent = self.request.expected == Expected::Absent;
        let asked = (self.before)(Step::Exchange);
        let done = if absent {
            asked.and_then(|()| swap::rename_new(&draft.path, &self.real)).map(|()| InPlace::New)
        } else {
            match asked.and_then(|()| swap::exchange(&draft.path, &self.real)) {
                Err(error) if error.kind() == io::ErrorKind::Unsupported => self.rename_over(&draft.path),
                result => result.map(|()| InPlace::Exchanged(draft.path.clone())),
            }
        };
        draft.used = done.is_ok();
        done.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists if absent => self.changed(OutsideChange::Appeared),
            io::ErrorKind::NotFound if !self.real.exists() => self.changed(OutsideChange::Gone),
            _ => self.failed(Step::Exchange, error),
        })
    }

    /// The way without an exchange.
    fn rename_over(&self, draft: &Path) -> io::Result<InPlace> {
        let aside = free_name(&self.real);
        swap::second_name(&self.real, &aside).and_then(|()| fs::rename(draft, &self.real)).inspect_err(
            |_| {
                // It is a second name for what is still in place.
                let _ = fs::remove_file(&aside);
            },
        )?;
        Ok(InPlace::RenamedOver(aside))
    }

    /// With the new version in place: was it the version we know that made room, and is all this on the disk?
    fn settle(&mut self, in_place: &InPlace) -> Result<(), SaveError> {
        let replaced = match in_place {
            InPlace::New => None,
            InPlace::Exchanged(aside) | InPlace::RenamedOver(aside) => Some(aside),
        };
        let expected = self.doing(Step::Verify, |saving| match (saving.request.expected, replaced) {
            (Expected::Bytes(known), Some(aside)) => holds(aside, known),
            _ => Ok(Some(true)),
        })?;
        if expected != Some(true) {
            return Err(self.changed(OutsideChange::Edited));
        }
        self.doing(Step::SyncFolder, |saving| swap::sync_folder(folder_of(&saving.real)))
    }

    /// Puts back what was there before, and returns the error to report: `error`, unless this fails too.
    fn undo(&self, in_place: &InPlace, draft: &Path, error: SaveError) -> SaveError {
        let done = match in_place {
            InPlace::New => swap::rename_new(&self.real, draft),
            InPlace::Exchanged(aside) => swap::exchange(aside, &self.real),
            InPlace::RenamedOver(aside) => fs::rename(aside, &self.real),
        };
        match (done, in_place) {
            (Err(source), InPlace::Exchanged(aside) | InPlace::RenamedOver(aside)) => {
                return SaveError::Stranded { path: self.real.clone(), other: aside.clone(), source };
            }
            (Ok(()), InPlace::New | InPlace::Exchanged(_)) => {
                // What came back is ours, unless somebody has edited even that; then it stays, and `adopt_leftovers`
                // finds it.
                if matches!(holds(draft, self.request.bytes), Ok(Some(true))) {
                    let _ = fs::remove_file(draft);
                }
            }
            _ => {}
        }
        let _ = swap::sync_folder(folder_of(&self.real));
        error
    }

    fn keep_previous(&mut self, in_place: InPlace) -> Previous {
        let (InPlace::Exchanged(aside) | InPlace::RenamedOver(aside)) = in_place else {
            return Previous::NotKept;
        };
        let Some(now) = self.request.backup_at else {
            let _ = fs::remove_file(&aside);
            return Previous::NotKept;
        };
        let kept = (self.before)(Step::KeepPrevious).and_then(|()| backup::keep(&aside, &self.real, now));
        match kept {
            Ok(path) => Previous::Kept(path),
            Err(reason) => {
                let path = backup::keep_beside(&aside, &self.real).unwrap_or(aside);
                Previous::Beside { path, reason: reason.to_string() }
            }
        }
    }
}

/// A temporary file, removed when dropped unless it was used.
struct Draft {
    path: PathBuf,
    file: File,
    used: bool,
}

impl Draft {
    fn create(real: &Path, model: Option<&Metadata>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        if model.is_some() {
            use std::os::unix::fs::OpenOptionsExt as _;
            // Nobody else reads it before it has the old file's mode.
            options.mode(0o600);
        }
        let _ = model;
        let path = free_name(real);
        let file = options.open(&path)?;
        Ok(Self { path, file, used: false })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.used {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A temporary name beside a file that no other save has, in this process or another.
fn free_name(real: &Path) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    loop {
        let mut name = backup::leftover_prefix(real);
        name.push(format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let path = real.with_file_name(name);
        if fs::symlink_metadata(&path).is_err() {
            return path;
        }
    }
}

/// The file whose mode and owner the new one takes over; `None` if there is none. An error if it may not be written:
/// replacing it would get round that.
fn model(real: &Path) -> io::Result<Option<Metadata>> {
    let metadata = match fs::metadata(real) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if metadata.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    #[cfg(unix)]
    rustix::fs::access(real, rustix::fs::Access::WRITE_OK)?;
    Ok(Some(metadata))
}

fn take_after(file: &File, model: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let ours = file.metadata()?;
        if (ours.uid(), ours.gid()) != (model.uid(), model.gid()) {
            // Only root may give files away; a member of the group may give it the group.
            let _ = fchown(file, Some(model.uid()), Some(model.gid()))
                .or_else(|_| fchown(file, None, Some(model.gid())));
        }
    }
    file.set_permissions(model.permissions())
}
