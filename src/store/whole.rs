//! The file as a whole: whether its bytes are the text of a book at all, and if not, what happened to it.

use std::ops::Range;

use super::index::{Index, NotABook};
use super::problem::{Lines, Place, Unusable};
use super::read::whole_number;

/// The only version of the format so far.
pub(super) const FORMAT: i64 = 1;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A book starts like this, for messages.
const START: &str = "a book starts with (format: 1, business: (…), clients: […], …)";

/// Where the text of a book begins, behind a byte order mark.
pub(super) fn beginning(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
}

/// The text of a file.
///
/// # Errors
/// When it is empty, damaged, or holds two versions of a book.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, Unusable> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid =
            std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
        let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        let cure = if utf16 {
            "this file is in UTF-16: save it as UTF-8 in your editor".to_owned()
        } else {
            format!(
                "this is not UTF-8 text at byte {}: save the file as UTF-8, or restore a backup",
                error.valid_up_to() + 1
            )
        };
        unusable(valid, valid.len(), cure)
    })?;
    let body = text.get(beginning(text)..).unwrap_or_default();
    if body.trim().is_empty() {
        let message = "the file is empty: restore a backup, or remove it to start a new book";
        return Err(unusable(text, 0, message.to_owned()));
    }
    if let Some(at) = text.find('\0') {
        let message =
            "the file holds NUL characters, as after a power cut while it was written: restore a backup";
        return Err(unusable(text, at, message.to_owned()));
    }
    if let Some(at) = conflict(text) {
        let message = "two versions of this book were merged and left their conflict markers (<<<<<<<, =======, >>>>>>>): \
            choose between them and remove the markers";
        return Err(unusable(text, at, message.to_owned()));
    }
    Ok(text)
}

/// Where a conflict that a merge left behind begins.
fn conflict(text: &str) -> Option<usize> {
    let line_starts = |marker: &str, from: usize| {
        let rest = text.get(from..)?;
        if rest.starts_with(marker) {
            Some(from)
        } else {
            rest.find(&format!("\n{marker}")).map(|at| from + at + 1)
        }
    };
    let start = line_starts("<<<<<<< ", beginning(text))?;
    line_starts("=======", start)?;
    line_starts(">>>>>>> ", start)?;
    Some(start)
}

/// Says why a text is not a book.
pub(super) fn not_a_book(text: &str, why: &NotABook) -> Unusable {
    match why {
        NotABook::Start(at) => {
            let brackets = text.get(*at..).unwrap_or_default();
            let depth = brackets.bytes().take_while(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
            let found = if depth > 50 { format!("; this is {depth} brackets deep") } else { String::new() };
            unusable(text, *at, format!("this is not a book of Rapport: {START}{found}"))
        }
        NotABook::CutOff => {
            let message = "the file ends before the book does, as if it was cut off: restore a backup, or add the missing \
                brackets ] and ) at its end";
            unusable(text, text.trim_end().len(), message.to_owned())
        }
        NotABook::Hopeless(at) => {
            let message = "thousands of places between the records make no sense, the first of them here: this is not a book \
                of Rapport, or a badly damaged one; restore a backup";
            unusable(text, *at, message.to_owned())
        }
        NotABook::After(at) => {
            let message = "the book ends before this, with the ) that closes its first bracket: remove what follows, or the \
                bracket that is too many";
            unusable(text, *at, message.to_owned())
        }
    }
}

/// Checks that a book says it is of the format this program knows.
///
/// # Errors
/// When it names none, or a newer one.
pub(super) fn check_format(text: &str, index: &Index) -> Result<(), Unusable> {
    let written = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let Some(entry) = index.entries.iter().find(|entry| written(&entry.name) == "format") else {
        let message = format!("this book does not say its format, which comes first: {START}");
        return Err(unusable(text, index.open, message));
    };
    match whole_number(written(&entry.value)) {
        Some(FORMAT) => Ok(()),
        Some(newer) if newer > FORMAT => {
            let message = format!(
                "this book is of format {newer}, which a newer version of Rapport wrote; this one knows format {FORMAT}: \
                 open it with a newer version"
            );
            Err(unusable(text, entry.value.start, message))
        }
        _ => {
            let found = super::tree::shortened(written(&entry.value));
            Err(unusable(
                text,
                entry.value.start,
                format!("expected format: {FORMAT}, found format: {found}"),
            ))
        }
    }
}

/// A refusal of the whole file, because of what is at a byte of it.
pub(super) fn unusable(text: &str, at: usize, message: String) -> Unusable {
    let place: Place = Lines::of(text).place(text, at);
    Unusable { place, message }
}
