//! The book that a subcommand looks at: one way to read it, and one way to say what stands in the way.

use std::io::{self, Write};
use std::path::Path;

use crate::store::file::{self, ReadError};
use crate::store::{Loaded, Severity, load};

/// The bytes of a book's file; what stands in the way is said as `FILE: error: …`.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    file::read(path).map_err(|error| unreadable(path, &error))
}

/// That a book's file cannot be read, as `FILE: error: …`.
pub(super) fn unreadable(path: &Path, error: &ReadError) -> String {
    format!("{}: error: {}", path.display(), error.why())
}

/// Reads a book; what stands in the way is said as `FILE: error: …`, or with its line and column.
pub(super) fn read(path: &Path) -> Result<Loaded, String> {
    load(&bytes(path)?).map_err(|unusable| format!("{}:{unusable}", path.display()))
}

/// Says how many records cannot be used, and so are in no figure; gives the exit code.
pub(super) fn tell_unusable(path: &Path, loaded: &Loaded, err: &mut dyn Write) -> io::Result<u8> {
    let unusable = loaded.problems.iter().filter(|it| it.severity == Severity::Error).count();
    if unusable > 0 {
        let file = path.display();
        let errors =
            if unusable == 1 { "1 error keeps".to_owned() } else { format!("{unusable} errors keep") };
        writeln!(err, "{file}: {errors} records out of these figures: run rapport check {file}")?;
    }
    Ok(u8::from(unusable > 0))
}
