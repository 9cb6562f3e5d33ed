//! Writing down what was achieved for a client: where to, and never over a file without a question.

use std::path::{Path, PathBuf};

use crate::state::{Action, Confirm, DossierFormat, Origin, Overlay, PathPurpose, State};

use super::file::taken_prompt;

/// The longest name that is made of a client's, in characters: file systems end at 255 bytes.
const LONGEST_NAME: usize = 60;

/// The path that is offered: beside the book, named for the client and the day.
pub(super) fn default_path(state: &State, format: DossierFormat) -> String {
    let client = state.session.page.as_ref().and_then(|page| state.book.client(&page.client));
    let name = client.map(|known| file_name(&known.client.name)).unwrap_or_default();
    let name = if name.is_empty() { "client".to_owned() } else { name };
    let name = format!("{name}-{}.{}", state.day(), format.extension());
    let folder = match &state.file.origin {
        Origin::File(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
        Origin::Sample | Origin::Unsaved => PathBuf::from("~"),
    };
    folder.join(name).display().to_string()
}

/// A name as every file system takes it: letters and digits, with one hyphen for all else.
fn file_name(name: &str) -> String {
    let mut file_name = String::new();
    for c in name.chars().take(LONGEST_NAME) {
        if c.is_alphanumeric() {
            file_name.extend(c.to_lowercase());
        } else if !file_name.is_empty() && !file_name.ends_with('-') {
            file_name.push('-');
        }
    }
    file_name.trim_end_matches('-').to_owned()
}

/// A path with the right ending where it has none.
///
/// # Errors
/// Why nothing is written there.
pub(super) fn checked_path(path: PathBuf, ending: &str) -> Result<PathBuf, String> {
    match path.extension() {
        None => Ok(path.with_extension(ending)),
        Some(extension) if extension.eq_ignore_ascii_case("ron") => {
            Err(format!("a file that ends in .ron is a book: choose a name that ends in .{ending}"))
        }
        Some(_) => Ok(path),
    }
}

/// Asks whether a file that is there may go; nothing, where nobody waits for it any more.
pub(super) fn ask_over(state: &mut State, format: DossierFormat, path: PathBuf) {
    let Some(client) = state.session.page.as_ref().map(|page| page.client.clone()) else { return };
    if taken_prompt(state, PathPurpose::Dossier(format)).is_none() {
        return;
    }
    state.session.overlay = Some(Overlay::Confirm(Confirm {
        question: format!("Write over {}?", path.display()),
        consequence: "What that file holds now is lost.".to_owned(),
        yes: "Write over".to_owned(),
        action: Box::new(Action::WriteDossier(format, client, path)),
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clients_name_becomes_a_name_every_file_system_takes() {
        assert_eq!(file_name("Müller & Söhne GmbH"), "müller-söhne-gmbh");
        assert_eq!(file_name("../../etc/passwd\0<x>"), "etc-passwd-x");
        assert_eq!(file_name("***"), "");
        assert!(file_name(&"Ä".repeat(500)).chars().count() <= LONGEST_NAME);
    }

    #[test]
    fn a_dossier_gets_its_ending_and_is_never_written_as_a_book() {
        let path = |text: &str| checked_path(PathBuf::from(text), "html");
        assert_eq!(path("a"), Ok(PathBuf::from("a.html")));
        assert_eq!(path("a.htm"), Ok(PathBuf::from("a.htm")));
        assert!(path("book.RON").is_err_and(|why| why.contains(".html")));
    }
}
