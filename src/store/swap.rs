//! Renaming that loses nothing: two files change places, or a file takes a name only if it is free.
//!
//! Where the file system cannot do it in one step (`Unsupported`), the caller goes the longer way.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename_with(from: &Path, to: &Path, flags: rustix::fs::RenameFlags) -> io::Result<()> {
    use rustix::io::Errno;
    rustix::fs::renameat_with(rustix::fs::CWD, from, rustix::fs::CWD, to, flags).map_err(|errno| {
        match errno {
            // What file systems and kernels without these renames answer.
            Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::Error::from(io::ErrorKind::Unsupported),
            other => other.into(),
        }
    })
}

/// Lets two files of one folder change places in one step, so that both names always exist.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    return rename_with(one, other, rustix::fs::RenameFlags::EXCHANGE);
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    {
        let _ = (one, other);
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

/// Renames a file, never over another: `AlreadyExists` if the name is taken. Where the system has no such rename, another
/// program could take the name between the question and the rename.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    match rename_with(from, to, rustix::fs::RenameFlags::NOREPLACE) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        result => return result,
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists));
    }
    fs::rename(from, to)
}

/// A second name for a file's present content: a link, or a copy where the file system has no links.
pub(super) fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    if fs::hard_link(file, name).is_ok() {
        return Ok(());
    }
    fs::copy(file, name)?;
    OpenOptions::new().write(true).open(name)?.sync_all()
}

/// Makes renames in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows cannot open a folder, and its file systems write renames down by themselves.
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some network and user-space file systems have no fsync for folders; there is nothing more we could do.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result,
    }
}
