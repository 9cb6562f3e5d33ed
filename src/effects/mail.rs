//! Handing a letter to the mail program. It opens there as a draft; nothing here sends anything.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::Outgoing;
use crate::store::mail::{self, Mail};
use crate::store::{file, place};

/// For so long the program that opens a letter may fail; one that still runs after that has taken it.
const MAY_FAIL_FOR: Duration = Duration::from_secs(2);

/// A mail program may read its file for as long as it shows the draft; one that is older than this, a week, is let go of.
const KEPT_FOR: Duration = Duration::from_hours(7 * 24);

/// What opens a link or a file in the program that the desktop has for it.
pub type Opener = Arc<dyn Fn(&OsStr) -> io::Result<()> + Send + Sync>;

/// The desktop itself: `xdg-open` and its like, `open` on macOS, the shell on Windows.
pub(super) fn by_the_desktop() -> Opener {
    Arc::new(|what| open::that_detached_with_timeout(what, MAY_FAIL_FOR))
}

/// Opens a letter: by a link, or where it is too long for one by a file in `folder`.
///
/// # Errors
/// Why it is not open, with what helps. What the desktop says is left out: it repeats the link, and so the whole letter.
pub(super) fn open(letter: &Outgoing, folder: &Path, opener: &Opener) -> Result<(), String> {
    let text = match mail::mail(letter) {
        Mail::Link(link) => {
            let why =
                "No mail program opened the letter: set one up in your desktop, or copy the letter instead";
            return opener(OsStr::new(&link)).map_err(|_| why.to_owned());
        }
        Mail::File(text) => text,
    };
    let path = folder.join(mail::file_name(letter));
    let written = place::make_folder(&path).and_then(|()| file::write_over(&path, text.as_bytes()));
    let file = path.display();
    written.map_err(|why| {
        format!(
            "The letter could not be written to {file} ({why}): make room there, or copy the letter instead"
        )
    })?;
    opener(path.as_os_str()).map_err(|_| {
        format!("No mail program opened {file}: open that file in yours, or copy the letter instead")
    })
}

/// Removes the files of letters that were handed over, once they are a week old; those of letters that still `wait`, by name,
/// stay. A file that cannot be looked at or removed now is in nobody's way, and is tried again with the next letter.
pub(super) fn sweep(folder: &Path, wait: &[String]) {
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for path in files.flatten().map(|file| file.path()) {
        let is_letter = path.extension().is_some_and(|extension| extension == "eml");
        let waits = path.file_name().is_some_and(|name| wait.iter().any(|it| name == it.as_str()));
        let age = path.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if is_letter && !waits && age.is_some_and(|age| age > KEPT_FOR) {
            let _ = std::fs::remove_file(&path);
        }
    }
}
