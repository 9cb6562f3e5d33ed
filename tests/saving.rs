//! Saving a book: the file is the old one or the new one, whole, and nobody's edit is lost.

#![expect(clippy::unwrap_used, reason = "what a test cannot set up fails the test")]

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rapport::store::backup::{self, adopt_leftovers};
use rapport::store::file::{LARGEST, ReadError, read};
use rapport::store::lock::{BookLock, LockError};
use rapport::store::save::{
    Expected, OutsideChange, Previous, SaveError, SaveRequest, Saved, Step, save, save_step_by_step,
};
use rapport::store::settings::{Motion, Settings, Theme, WindowPlace, Zoom};
use rapport::store::watch::{Change, Fingerprint, changed};
use rapport::written::{DayOrder, Marks};
use tempfile::TempDir;

const OLD: &[u8] = b"(format: 1, clients: [])\n";
const NEW: &[u8] = b"(format: 1, clients: [(id: \"bakery\")])\n";
const THEIRS: &[u8] = b"(format: 1, clients: [(id: \"another program\")])\n";

/// The steps after which the new version is in place.
const IN_PLACE: [Step; 3] = [Step::Verify, Step::SyncFolder, Step::KeepPrevious];

fn at(second: i64) -> NaiveDateTime {
    let morning = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(9, 15, 3).unwrap();
    morning + TimeDelta::seconds(second)
}

/// What another program does: no care taken.
#[expect(clippy::disallowed_methods, reason = "another program writes as it likes")]
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

/// A folder with a book in it.
fn a_book() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    // Some systems keep their temporary folder behind a link.
    let book = folder.path().canonicalize().unwrap().join("rapport.ron");
    put(&book, OLD);
    (folder, book)
}

fn old_to_new(path: &Path) -> SaveRequest<'_> {
    SaveRequest { path, bytes: NEW, expected: Expected::Bytes(OLD), backup_at: Some(at(0)) }
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Every file's bytes, at any depth.
fn contents(folder: &Path) -> BTreeSet<Vec<u8>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(fs::read(path).unwrap());
        }
    }
    found
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}

#[test]
fn a_saved_book_holds_the_new_bytes_and_the_old_ones_are_a_dated_backup() {
    let (folder, book) = a_book();
    let saved = save(&old_to_new(&book)).unwrap();
    assert!(saved.written);
    assert_eq!(fs::read(&book).unwrap(), NEW);
    let kept = book.with_file_name("rapport.backups").join("2026-11-21T09-15-03.ron");
    assert_eq!(saved.previous, Previous::Kept(kept.clone()));
    assert_eq!(fs::read(kept).unwrap(), OLD);
    assert_eq!(names(folder.path()), ["rapport.backups", "rapport.ron"].map(str::to_owned).into());
    assert_eq!(changed(&book, &saved.fingerprint), Change::Same);
}

#[test]
fn a_new_book_is_made_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ron");
    let request = SaveRequest { path: &path, bytes: NEW, expected: Expected::Absent, backup_at: Some(at(0)) };
    assert_eq!(save(&request).unwrap().previous, Previous::NotKept);
    assert_eq!(fs::read(&path).unwrap(), NEW);
    assert_eq!(names(folder.path()), ["new.ron".to_owned()].into());
}

#[test]
fn bytes_that_are_there_already_are_not_written() {
    let (folder, book) = a_book();
    let before = Fingerprint::of(&book).unwrap();
    let request = SaveRequest { bytes: OLD, ..old_to_new(&book) };
    let saved = save(&request).unwrap();
    let untouched = Saved { written: false, fingerprint: before, previous: Previous::NotKept };
    assert_eq!(saved, untouched);
    assert_eq!(names(folder.path()), ["rapport.ron".to_owned()].into());
}

#[test]
fn a_file_changed_gone_or_appeared_since_loading_is_not_written_over() {
    let (folder, book) = a_book();
    let found = |request: &SaveRequest<'_>| match save(request) {
        Err(SaveError::ChangedOnDisk { change, .. }) => change,
        other => panic!("{other:?}"),
    };
    put(&book, THEIRS);
    assert_eq!(found(&old_to_new(&book)), OutsideChange::Edited);
    let as_new = SaveRequest { expected: Expected::Absent, ..old_to_new(&book) };
    assert_eq!(found(&as_new), OutsideChange::Appeared);
    assert_eq!(fs::read(&book).unwrap(), THEIRS);
    fs::remove_file(&book).unwrap();
    assert_eq!(found(&old_to_new(&book)), OutsideChange::Gone);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_step_that_fails_leaves_the_old_file_and_no_other() {
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::PermissionDenied,
        ErrorKind::NotFound,
        ErrorKind::Interrupted,
        ErrorKind::Other,
    ];
    for (step, kind) in Step::ALL.iter().flat_map(|step| kinds.map(|kind| (*step, kind))) {
        if step == Step::KeepPrevious {
            continue;
        }
        for expected in [Expected::Bytes(OLD), Expected::Absent] {
            let (folder, book) = a_book();
            let path = if expected == Expected::Absent { book.with_file_name("new.ron") } else { book };
            let request = SaveRequest { path: &path, bytes: NEW, expected, backup_at: Some(at(0)) };
            let failed = save_step_by_step(&request, &mut |now| {
                if now == step { Err(io::Error::from(kind)) } else { Ok(()) }
            });
            let message = failed.expect_err(&format!("{step:?} {kind:?}")).to_string();
            let folder_name = path.parent().unwrap().to_str().unwrap();
            assert!(message.contains(folder_name), "{step:?} {kind:?}: {message}");
            assert_eq!(names(folder.path()), ["rapport.ron".to_owned()].into(), "{step:?} {kind:?}");
            assert_eq!(fs::read(path.with_file_name("rapport.ron")).unwrap(), OLD, "{step:?} {kind:?}");
        }
    }
}

#[test]
fn errors_are_told_as_what_a_person_can_act_on() {
    let (_folder, book) = a_book();
    let error = |step: Step, kind: ErrorKind| {
        save_step_by_step(&old_to_new(&book), &mut |now| {
            if now == step { Err(io::Error::from(kind)) } else { Ok(()) }
        })
        .unwrap_err()
    };
    assert!(
        matches!(error(Step::Write, ErrorKind::StorageFull), SaveError::NoSpace { path } if path == book)
    );
    assert!(matches!(
        error(Step::Create, ErrorKind::PermissionDenied),
        SaveError::ReadOnly { path } if path == book.parent().unwrap()
    ));
    assert!(matches!(error(Step::Create, ErrorKind::NotFound), SaveError::FolderMissing { .. }));
    let other = error(Step::Sync, ErrorKind::Other).to_string();
    assert!(other.contains("waiting until the temporary file is on the disk failed"), "{other}");
}

#[test]
fn killed_before_any_step_the_file_is_whole_and_both_versions_are_found_again() {
    for (step, exchange) in Step::ALL.iter().flat_map(|step| [(*step, true), (*step, false)]) {
        let (_folder, book) = a_book();
        let after_kill = tempfile::tempdir().unwrap();
        save_step_by_step(&old_to_new(&book), &mut |now| {
            if now == step {
                copy_folder(book.parent().unwrap(), after_kill.path());
            }
            no_exchange(now, exchange)
        })
        .unwrap();
        let book = after_kill.path().join("rapport.ron");
        let expected = if IN_PLACE.contains(&step) { NEW } else { OLD };
        assert_eq!(fs::read(&book).unwrap(), expected, "{step:?}");

        let adopted = adopt_leftovers(&book, at(60)).unwrap();
        assert!(names(after_kill.path()).iter().all(|name| !name.starts_with('.')), "{step:?}");
        let found = contents(after_kill.path());
        assert!(found.contains(OLD), "{step:?}");
        // Written and on the disk, but not yet in place: an edit that would be lost otherwise.
        assert_eq!(found.contains(NEW), step > Step::Write, "{step:?}");
        let listed = backup::list(&book).unwrap();
        assert!(adopted.iter().all(|path| listed.iter().any(|one| one.path == *path && one.interrupted)));
    }
}

/// Lets a save go the way of file systems that cannot exchange two files.
fn no_exchange(step: Step, exchange: bool) -> io::Result<()> {
    if step == Step::Exchange && !exchange { Err(ErrorKind::Unsupported.into()) } else { Ok(()) }
}

#[test]
fn what_another_program_writes_during_a_save_is_never_lost() {
    let in_place: fn(&Path) = |book| put(book, THEIRS);
    let by_rename: fn(&Path) = |book| {
        put(&book.with_file_name("theirs"), THEIRS);
        fs::rename(book.with_file_name("theirs"), book).unwrap();
    };
    for (step, edit, exchange) in Step::ALL.iter().flat_map(|step| {
        [(in_place, true), (by_rename, true), (in_place, false), (by_rename, false)]
            .map(|(edit, exchange)| (*step, edit, exchange))
    }) {
        let (folder, book) = a_book();
        let mut reached = Step::Look;
        let saved = save_step_by_step(&old_to_new(&book), &mut |now| {
            reached = now;
            if now == step {
                edit(&book);
            }
            no_exchange(now, exchange)
        });
        // Theirs stays in place, whether it came before ours, then ours is refused, or after.
        assert_eq!(fs::read(&book).unwrap(), THEIRS, "{step:?}");
        if let (true, Ok(saved)) = (IN_PLACE.contains(&step), &saved) {
            assert_eq!(changed(&book, &saved.fingerprint), Change::Changed, "{step:?}");
        } else {
            assert!(matches!(saved, Err(SaveError::ChangedOnDisk { .. })), "{step:?}: {saved:?}");
            assert_eq!(names(folder.path()), ["rapport.ron".to_owned()].into(), "{step:?}");
        }
        if step <= Step::LookAgain {
            assert!(reached < Step::Exchange, "{step:?}: seen in time, nothing changes places");
        }
    }
}

#[test]
fn without_an_exchange_an_edit_in_place_is_still_noticed() {
    let (folder, book) = a_book();
    let mut theirs = fs::OpenOptions::new().write(true).open(&book).unwrap();
    let saved = save_step_by_step(&old_to_new(&book), &mut |now| {
        if now == Step::Verify {
            theirs.write_all(THEIRS)?;
        }
        no_exchange(now, false)
    });
    assert!(matches!(saved, Err(SaveError::ChangedOnDisk { .. })), "{saved:?}");
    assert_eq!(fs::read(&book).unwrap(), THEIRS);
    assert_eq!(names(folder.path()), ["rapport.ron".to_owned()].into());
    drop(theirs);

    let again = SaveRequest { expected: Expected::Bytes(THEIRS), ..old_to_new(&book) };
    let saved = save_step_by_step(&again, &mut |now| no_exchange(now, false)).unwrap();
    assert_eq!(fs::read(&book).unwrap(), NEW);
    assert!(matches!(saved.previous, Previous::Kept(path) if fs::read(&path).unwrap() == THEIRS));
}

#[test]
fn an_edit_through_a_file_that_was_open_all_the_time_goes_back_into_place() {
    let (_folder, book) = a_book();
    let mut theirs = fs::OpenOptions::new().write(true).open(&book).unwrap();
    let saved = save_step_by_step(&old_to_new(&book), &mut |now| {
        if now == Step::Verify { theirs.write_all(THEIRS) } else { Ok(()) }
    });
    assert!(matches!(saved, Err(SaveError::ChangedOnDisk { .. })), "{saved:?}");
    assert_eq!(fs::read(&book).unwrap(), THEIRS);
}

#[test]
fn a_previous_version_that_cannot_be_a_backup_lies_beside_the_book_and_is_told() {
    let (folder, book) = a_book();
    // A file stands where the folder should be.
    put(&book.with_file_name("rapport.backups"), b"in the way");
    let beside = book.with_file_name("rapport.previous.ron");
    let saved = save(&old_to_new(&book)).unwrap();
    assert!(matches!(saved.previous, Previous::Beside { path, .. } if path == beside));
    assert_eq!((fs::read(&book).unwrap(), fs::read(&beside).unwrap()), (NEW.to_vec(), OLD.to_vec()));

    let next = SaveRequest { bytes: THEIRS, expected: Expected::Bytes(NEW), ..old_to_new(&book) };
    save(&next).unwrap();
    assert_eq!(fs::read(&beside).unwrap(), NEW);
    assert_eq!(names(folder.path()).len(), 3, "the folder does not fill");
}

#[test]
fn backups_of_one_second_do_not_replace_each_other() {
    let (_folder, book) = a_book();
    save(&old_to_new(&book)).unwrap();
    let back = SaveRequest { bytes: OLD, expected: Expected::Bytes(NEW), ..old_to_new(&book) };
    save(&back).unwrap();
    let listed = backup::list(&book).unwrap();
    let found: Vec<Vec<u8>> = listed.iter().map(|backup| fs::read(&backup.path).unwrap()).collect();
    assert_eq!(found, [NEW, OLD], "the newest first");
    assert!(listed.first().unwrap().path.ends_with("2026-11-21T09-15-03-2.ron"));
}

#[test]
fn old_backups_are_pruned_and_strange_files_are_not_touched() {
    let (_folder, book) = a_book();
    save(&old_to_new(&book)).unwrap();
    let backups = backup::folder(&book).unwrap();
    put(&backups.join("my notes.ron"), b"mine");
    let text = |n: i64| format!("(format: 1, n: {n})").into_bytes();
    let mut known = NEW.to_vec();
    for n in 1..=40 {
        let next = text(n);
        let request = SaveRequest {
            path: &book,
            bytes: &next,
            expected: Expected::Bytes(&known),
            backup_at: Some(at(n * 2)),
        };
        save(&request).unwrap();
        known = next;
    }
    let listed = backup::list(&book).unwrap();
    assert_eq!(listed.len(), backup::LAST);
    assert_eq!(fs::read(&listed.first().unwrap().path).unwrap(), text(39));
    assert_eq!(fs::read(backups.join("my notes.ron")).unwrap(), b"mine");
}

#[test]
fn a_folder_or_a_missing_folder_is_told_as_such() {
    let (folder, book) = a_book();
    let on_folder = SaveRequest { path: folder.path(), ..old_to_new(&book) };
    assert!(matches!(save(&on_folder), Err(SaveError::NotAFile { .. })));
    let nowhere = folder.path().join("missing").join("rapport.ron");
    for path in [&nowhere, &book.join("rapport.ron")] {
        let error = save(&SaveRequest { path, expected: Expected::Absent, ..old_to_new(&book) });
        assert!(matches!(error, Err(SaveError::FolderMissing { .. })), "{error:?}");
    }
    assert!(!nowhere.parent().unwrap().exists());
}

#[test]
fn a_read_only_file_is_not_got_round_by_replacing_it() {
    let (folder, book) = a_book();
    let mut permissions = fs::metadata(&book).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&book, permissions).unwrap();
    assert!(matches!(save(&old_to_new(&book)), Err(SaveError::ReadOnly { path }) if path == book));
    assert_eq!(fs::read(&book).unwrap(), OLD);
    assert_eq!(names(folder.path()).len(), 1);
}

#[test]
fn a_file_that_cannot_be_a_book_is_refused_unread() {
    let (folder, book) = a_book();
    assert_eq!(read(&book).unwrap(), OLD);
    assert!(matches!(read(folder.path()), Err(ReadError::NotAFile(_))));
    assert!(matches!(read(&folder.path().join("other")), Err(ReadError::Missing(_))));
    let huge = folder.path().join("huge.ron");
    File::create(&huge).unwrap().set_len(LARGEST + 1).unwrap();
    let error = read(&huge).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge(_)) && error.to_string().contains("larger than 1 GB"));
}

#[test]
fn a_second_window_cannot_lock_the_same_book() {
    let (folder, book) = a_book();
    let first = BookLock::take(&book).unwrap();
    let refused = BookLock::take(&folder.path().join(".").join("rapport.ron"));
    assert!(matches!(&refused, Err(LockError::Held { .. })), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("another Rapport window has this book open"));
    let other = BookLock::take(&folder.path().join("other.ron")).unwrap();
    assert!(first.covers(&book) && !other.covers(&book));
    drop(first);
    BookLock::take(&book).unwrap();
}

#[test]
fn a_book_whose_side_file_cannot_be_made_is_only_looked_at() {
    let (folder, book) = a_book();
    // Something that cannot be opened for writing stands where the side file should be.
    fs::create_dir(folder.path().join(".rapport.ron.lock")).unwrap();
    let error = BookLock::take(&book).unwrap_err();
    assert!(matches!(error, LockError::Unavailable { .. }) && error.to_string().contains("only looks"));
    let nowhere = folder.path().join("missing").join("rapport.ron");
    let error = BookLock::take(&nowhere).unwrap_err().to_string();
    assert!(error.contains("its folder does not exist"), "{error}");
}

#[test]
fn a_change_of_the_file_is_noticed() {
    let (_folder, book) = a_book();
    let known = Fingerprint::of(&book).unwrap();
    assert_eq!(changed(&book, &known), Change::Same);
    put(&book, THEIRS);
    assert_eq!(changed(&book, &known), Change::Changed);
    fs::remove_file(&book).unwrap();
    assert_eq!(changed(&book, &known), Change::Gone);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn the_mode_is_kept_by_the_file_and_its_backup() {
        for bits in [0o600, 0o644, 0o664, 0o640] {
            let (_folder, book) = a_book();
            fs::set_permissions(&book, fs::Permissions::from_mode(bits)).unwrap();
            let Previous::Kept(kept) = save(&old_to_new(&book)).unwrap().previous else { panic!() };
            assert_eq!((mode(&book), mode(&kept)), (bits, bits));
        }
    }

    #[test]
    fn a_link_stays_a_link_and_the_file_it_leads_to_is_saved() {
        let (folder, book) = a_book();
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        let link = elsewhere.join("link.ron");
        symlink("../rapport.ron", &link).unwrap();
        let saved = save(&old_to_new(&link)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&book).unwrap(), NEW);
        assert_eq!(names(&elsewhere), ["link.ron".to_owned()].into());
        assert!(matches!(saved.previous, Previous::Kept(path) if path.starts_with(book.parent().unwrap())));
        assert_eq!(backup::list(&link).unwrap(), backup::list(&book).unwrap());
    }

    #[test]
    fn a_link_to_nothing_makes_the_file_it_leads_to() {
        let (folder, book) = a_book();
        let link = folder.path().join("link.ron");
        symlink("new.ron", &link).unwrap();
        let request = SaveRequest { expected: Expected::Absent, ..old_to_new(&link) };
        save(&request).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(book.with_file_name("new.ron")).unwrap(), NEW);
        let circle = folder.path().join("circle.ron");
        symlink("circle.ron", &circle).unwrap();
        assert!(save(&SaveRequest { path: &circle, ..request }).is_err());
    }

    #[test]
    fn a_link_and_its_file_share_one_lock() {
        let (folder, book) = a_book();
        let link = folder.path().join("link.ron");
        symlink(&book, &link).unwrap();
        let held = BookLock::take(&link).unwrap();
        assert!(held.covers(&book));
        assert!(matches!(BookLock::take(&book), Err(LockError::Held { .. })));
    }

    #[test]
    fn a_device_is_neither_read_nor_saved_over() {
        let full = Path::new("/dev/null");
        assert!(matches!(read(full), Err(ReadError::NotAFile(_))));
        assert!(matches!(save(&old_to_new(full)), Err(SaveError::NotAFile { .. })));
    }

    #[test]
    fn a_replaced_file_of_the_same_length_and_time_is_noticed() {
        let (folder, book) = a_book();
        let known = Fingerprint::of(&book).unwrap();
        let twin = folder.path().join("twin");
        put(&twin, OLD);
        let time = fs::metadata(&book).unwrap().modified().unwrap();
        File::options().write(true).open(&twin).unwrap().set_modified(time).unwrap();
        fs::rename(&twin, &book).unwrap();
        assert_eq!(changed(&book, &known), Change::Changed);
    }
}

#[test]
fn settings_come_back_as_they_were_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config").join("rapport-settings.ron");
    assert_eq!(Settings::load(&path), rapport::store::settings::Loaded::default());
    let settings = Settings {
        plain_keys_off: true,
        last_book: Some(PathBuf::from("/books/studio.ron")),
        theme: Theme::Dark,
        motion: Motion::Reduced,
        zoom: Zoom::new(1.25),
        window: Some(WindowPlace { size: (1440.0, 900.0), position: Some((-8.0, 0.0)), maximised: true }),
        seen_first_run: true,
        used: vec![("view.cash".to_owned(), 2970)],
        numbers: Marks::Point,
        days: DayOrder::YearFirst,
    };
    settings.save(&path).unwrap();
    let loaded = Settings::load(&path);
    assert_eq!((loaded.settings, loaded.message), (settings.clone(), None));
    let other = Settings { theme: Theme::Light, ..settings };
    other.save(&path).unwrap();
    assert_eq!(Settings::load(&path).settings, other);
    assert_eq!(names(path.parent().unwrap()), ["rapport-settings.ron".to_owned()].into(), "no backups");
}

#[test]
fn settings_of_another_version_keep_what_is_known_and_what_is_sane() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rapport-settings.ron");
    put(&path, b"\xef\xbb\xbf(theme: light, sound: loud, zoom: 1e30, window: (size: (-3, inf)))");
    let loaded = Settings::load(&path);
    assert_eq!(loaded.message, None);
    assert_eq!(
        loaded.settings,
        Settings { theme: Theme::Light, zoom: Zoom::new(3.0), ..Settings::default() }
    );
}

#[test]
fn settings_that_make_no_sense_are_kept_aside_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rapport-settings.ron");
    let broken: [&[u8]; 4] = [b"(theme: ", b"\xff\xfe\0", b"", b"(theme: loud)"];
    let nth = Cell::new(0);
    for text in broken {
        nth.set(nth.get() + 1);
        put(&path, text);
        let loaded = Settings::load(&path);
        assert_eq!(loaded.settings, Settings::default());
        let message = loaded.message.unwrap();
        assert!(message.contains("rapport-settings.ron") && message.contains(".broken"), "{message}");
        assert!(!path.exists());
        assert_eq!(names(folder.path()).len(), nth.get(), "none takes another's place");
    }
}
