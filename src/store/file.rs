//! The file of a book: which one a path really names, and its bytes.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::{error, fmt};

/// The largest file that is read, in bytes: twenty times the largest book we measured.
pub const LARGEST: u64 = 1 << 30;
/// As many links as Linux follows before it calls them a loop.
const MOST_LINKS: usize = 40;

/// Why a file could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no file of this name.
    Missing(PathBuf),
    /// A folder, a pipe or a device.
    NotAFile(PathBuf),
    /// More than [`LARGEST`] bytes.
    TooLarge(PathBuf),
    /// The system refused or failed.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl ReadError {
    /// The same in words, without the file's name.
    #[must_use]
    pub fn why(&self) -> String {
        match self {
            Self::Missing(_) => "there is no such file: check its name and folder".to_owned(),
            Self::NotAFile(_) => "this is not a file: name the book's file itself".to_owned(),
            Self::TooLarge(_) => {
                "larger than 1 GB, so it is no book and was not read: check whether this is the file you mean"
                    .to_owned()
            }
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "you may not read this file: check its permissions".to_owned()
            }
            Self::Io { source, .. } => format!("the file cannot be read: {source}"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Missing(path) | Self::NotAFile(path) | Self::TooLarge(path) | Self::Io { path, .. }) =
            self;
        write!(f, "{}: {}", path.display(), self.why())
    }
}

impl error::Error for ReadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Reads a whole file. Take the file's [`Fingerprint`](super::watch::Fingerprint) before, not after: an edit in between
/// then shows as a change.
///
/// # Errors
/// When there is no such file, it is not a plain file, it has more than [`LARGEST`] bytes, or reading fails.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ReadError::Missing(path.to_path_buf()),
        _ => ReadError::Io { path: path.to_path_buf(), source },
    };
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(ReadError::NotAFile(path.to_path_buf()));
    }
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if size > LARGEST {
        return Err(ReadError::TooLarge(path.to_path_buf()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    // A file may grow while it is read, and some files do not know their size.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge(path.to_path_buf()));
    }
    Ok(bytes)
}

/// The absolute path with every link followed, also where the last part does not exist yet.
///
/// # Errors
/// When the folder does not exist or links lead in a circle.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::canonicalize(&path) {
            Ok(real) => return Ok(real),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let Some(name) = path.file_name() else {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        };
        // A link to a file that is still to be written: the link stays, the file is made where it leads.
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => return Ok(fs::canonicalize(folder_of(&path))?.join(name)),
        }
    }
    Err(io::Error::other("links lead in a circle"))
}

/// The folder a file is in: `.` for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a file holds exactly `bytes`; `None` where there is no file. Reads it only if the length is right.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<Option<bool>> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if metadata.len() != bytes.len() as u64 {
        return Ok(Some(false));
    }
    match fs::read(path) {
        Ok(found) => Ok(Some(found == bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file that is not a book (a picture, an export) whole, over what was there.
///
/// # Errors
/// When it cannot be written.
#[expect(clippy::disallowed_methods, reason = "what is made again at will needs no atomic save")]
pub fn write_over(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes)
}

/// Writes the same where no file is yet.
///
/// # Errors
/// `AlreadyExists` where one is; and when it cannot be written.
pub fn write_if_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}
