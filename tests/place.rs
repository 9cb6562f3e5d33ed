//! Where the book and the settings live.

use std::path::{Path, PathBuf};

use rapport::store::place::{BookPlace, Given, Place, Surroundings, find, settings_file};

fn here() -> Surroundings {
    Surroundings {
        program: Some("/stick".into()),
        data: Some("/home/ida/data".into()),
        settings: Some("/home/ida/settings".into()),
        currency: None,
    }
}

fn given(path: Option<&str>, last: Option<&str>) -> Given {
    Given { path: path.map(PathBuf::from), last: last.map(PathBuf::from) }
}

fn found(given: &Given, surroundings: &Surroundings, files: &[&str]) -> Place {
    find(given, surroundings, |path: &Path| files.iter().any(|file| Path::new(file) == path))
}

#[test]
fn the_book_is_the_given_one_else_the_portable_one_else_the_last_one_else_the_default_one() {
    const PORTABLE: &str = "/stick/rapport.ron";
    const LAST: &str = "/home/ida/studio.ron";
    const DEFAULT: &str = "/home/ida/data/rapport.ron";
    let default = |exists, missing_last: Option<&str>| BookPlace::Default {
        path: DEFAULT.into(),
        exists,
        missing_last: missing_last.map(PathBuf::from),
    };
    let all = [PORTABLE, LAST, DEFAULT];
    let table = [
        (Some("a.ron"), Some(LAST), all.as_slice(), BookPlace::Given("a.ron".into())),
        (Some("a.ron"), None, &[], BookPlace::Given("a.ron".into())),
        (None, Some(LAST), &all, BookPlace::Portable(PORTABLE.into())),
        (None, None, &[PORTABLE], BookPlace::Portable(PORTABLE.into())),
        (None, Some(LAST), &[LAST, DEFAULT], BookPlace::Last(LAST.into())),
        (None, None, &[LAST, DEFAULT], default(true, None)),
        (None, None, &[], default(false, None)),
        // A last book that is not there now is named, so that nobody believes it lost.
        (None, Some(LAST), &[DEFAULT], default(true, Some(LAST))),
        (None, Some(LAST), &[], default(false, Some(LAST))),
    ];
    for (path, last, files, expected) in table {
        let place = found(&given(path, last), &here(), files);
        assert_eq!(place.book, expected, "{path:?} {last:?} {files:?}");
    }
}

#[test]
fn settings_stay_beside_a_portable_book_also_when_another_is_given() {
    let beside = PathBuf::from("/stick/rapport-settings.ron");
    let own = PathBuf::from("/home/ida/settings/rapport-settings.ron");
    assert_eq!(found(&given(None, None), &here(), &["/stick/rapport.ron"]).settings, beside);
    assert_eq!(found(&given(Some("a.ron"), None), &here(), &["/stick/rapport.ron"]).settings, beside);
    assert_eq!(found(&given(None, None), &here(), &[]).settings, own);
    assert_eq!(settings_file(&here(), |_| false), own);
}

#[test]
fn a_machine_without_known_folders_keeps_all_beside_the_program() {
    let bare = Surroundings { program: Some("/stick".into()), ..Surroundings::default() };
    let place = found(&given(None, None), &bare, &[]);
    assert_eq!(place.book.path(), Path::new("/stick/rapport.ron"));
    assert_eq!(place.settings, Path::new("/stick/rapport-settings.ron"));
    let nothing = found(&given(None, None), &Surroundings::default(), &[]);
    assert_eq!(nothing.book.path(), Path::new("rapport.ron"));
}
