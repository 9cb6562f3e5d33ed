//! The desk: one book, one file, and nothing lost between the two.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rapport::domain::{Book, Client, ClientId, Record};
use rapport::effects::Desk;
use rapport::state::{Access, Action, DossierFormat, Opened, OutboxAction, PathPurpose};
use rapport::store::load;
use tempfile::TempDir;

const TEXT: &str = "// mine\nBook(\n    format: 1,\n    business: (currency: \"EUR\"),\n    clients: [\n        (id: \"acme\", name: \"Acme\"), // the first\n    ],\n)\n";

/// A desk whose threads one can wait for.
struct Office {
    desk: Desk,
    waiting: Receiver<()>,
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    fn at(folder: TempDir) -> Self {
        let (sender, waiting) = channel();
        let desk = Desk::new(Arc::new(move || {
            let _ = sender.send(());
        }));
        Self { desk, waiting, folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn book(&self) -> PathBuf {
        let path = self.path("book.ron");
        put(&path, TEXT);
        path
    }

    /// What the next thread to finish has to say.
    fn next(&self) -> Vec<Action> {
        self.waiting.recv_timeout(Duration::from_mins(1)).expect("a thread that was started finishes");
        self.desk.arrived().into_iter().flat_map(flat).collect()
    }

    fn open(&self, path: &Path) -> Opened {
        self.desk.open_now(path).expect("the file is a book")
    }
}

fn flat(action: Action) -> Vec<Action> {
    match action {
        Action::All(actions) => actions.into_iter().flat_map(flat).collect(),
        action => vec![action],
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test's own file, of another program as far as the desk knows"
)]
fn put(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn with_client(book: &Book, name: &str) -> Book {
    let client = Client::new(ClientId::derived(&[name]), name);
    book.with(Client::any(Arc::new(client))).unwrap()
}

fn names(path: &Path) -> Vec<String> {
    let book = load(&fs::read(path).unwrap()).unwrap().book;
    book.clients().map(|known| known.client.name.clone()).collect()
}

#[test]
fn a_book_opened_on_a_thread_comes_in_as_an_action() {
    let office = Office::new();
    let path = office.book();
    office.desk.open(path.clone());
    let came = office.next();
    let [Action::Opened(opened)] = came.as_slice() else { panic!("{came:?}") };
    assert_eq!(opened.access, Access::ReadWrite);
    assert_eq!(opened.book.clients().len(), 1);
    office.desk.open(office.path("none.ron"));
    let came = office.next();
    assert!(matches!(came.as_slice(), [Action::PathFailed(PathPurpose::Open, _)]), "{came:?}");
}

#[test]
fn flushing_writes_what_is_unsaved_and_nothing_when_nothing_is() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(office.desk.flush(&opened.book, &path), Ok(()));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    let edited = with_client(&opened.book, "Bolt");
    assert_eq!(office.desk.flush(&edited, &path), Ok(()));
    assert_eq!(names(&path), ["Acme", "Bolt"]);
    assert!(text(&path).contains("// the first"));
}

#[test]
fn undoing_everything_and_saving_gives_the_bytes_the_file_had() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    for book in [with_client(&opened.book, "Bolt"), opened.book.clone()] {
        office.desk.save(&book, path.clone());
        let came = office.next();
        assert!(matches!(came.first(), Some(Action::Saved(..))), "{came:?}");
    }
    assert_eq!(text(&path), TEXT);
}

#[test]
fn undoing_what_a_reload_brought_and_saving_gives_the_bytes_the_file_had() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let theirs = TEXT.replace("Acme", "Acme Ltd");
    put(&path, &theirs);
    office.desk.reload();
    let came = office.next();
    let [Action::Opened(again)] = came.as_slice() else { panic!("{came:?}") };
    assert!(again.again && again.access == Access::ReadWrite, "the lock is kept");
    office.desk.save(&opened.book, path.clone());
    office.next();
    assert_eq!(text(&path), TEXT);
}

#[test]
fn saving_under_a_name_refuses_a_file_that_is_there_and_goes_on_with_a_new_one() {
    let office = Office::new();
    let path = office.book();
    let other = office.path("other.ron");
    put(&other, "not yours");
    let opened = office.open(&path);
    let edited = with_client(&opened.book, "Bolt");
    office.desk.save_as(edited.clone(), other.clone());
    let came = office.next();
    let [Action::PathFailed(PathPurpose::SaveAs, why)] = came.as_slice() else { panic!("{came:?}") };
    assert!(why.contains("already"), "{why}");
    assert_eq!(text(&other), "not yours");

    let new = office.path("new.ron");
    office.desk.save_as(edited.clone(), new.clone());
    let came = office.next();
    assert!(came.iter().any(|action| matches!(action, Action::SavedAs(path) if *path == new)), "{came:?}");
    assert!(text(&new).contains("// mine"), "comments come along");
    assert_eq!(text(&path), TEXT);
    // The book it was is free for another window; the new one is not.
    assert!(office.desk.flush(&with_client(&edited, "Cobalt"), &new).is_ok());
    let (there, _) = channel();
    let second = Desk::new(Arc::new(move || there.send(()).unwrap_or_default()));
    assert_eq!(second.open_now(&path).unwrap().access, Access::ReadWrite);
    assert_ne!(second.open_now(&new).unwrap().access, Access::ReadWrite);
}

#[test]
fn a_second_window_only_looks_and_says_why_until_the_first_is_closed() {
    let first = Office::new();
    let path = first.book();
    first.open(&path);
    let second = Office::new();
    let opened = second.open(&path);
    let Access::ReadOnly(why) = &opened.access else { panic!("two windows may write") };
    assert!(why.contains("another Rapport window"), "{why}");
    assert!(
        second.desk.flush(&with_client(&opened.book, "Bolt"), &path).is_err(),
        "it says that nothing was written"
    );
    assert_eq!(text(&path), TEXT);

    let Office { desk, folder, .. } = first;
    drop(desk);
    second.desk.reload();
    let came = second.next();
    let [Action::Opened(opened)] = came.as_slice() else { panic!("{came:?}") };
    assert_eq!(opened.access, Access::ReadWrite);
    drop(folder);
}

#[test]
fn a_failed_open_leaves_a_looking_window_looking() {
    let first = Office::new();
    let path = first.book();
    first.open(&path);
    let second = Office::new();
    let opened = second.open(&path);
    let broken = second.path("broken.ron");
    put(&broken, "(((");
    assert!(second.desk.open_now(&broken).is_err());
    assert!(
        second.desk.flush(&with_client(&opened.book, "Bolt"), &path).is_err(),
        "it says that nothing was written"
    );
    assert_eq!(text(&path), TEXT, "the lock of the broken book is no right to write this one");
}

#[test]
fn what_another_program_wrote_is_told_once_and_never_written_over() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    office.desk.look();
    assert!(office.desk.arrived().is_empty());
    let theirs = TEXT.replace("Acme", "Acme Limited");
    put(&path, &theirs);
    office.desk.look();
    office.desk.look();
    let came = office.desk.arrived();
    assert!(matches!(came.as_slice(), [Action::ChangedOutside]), "{came:?}");
    let edited = with_client(&opened.book, "Bolt");
    assert!(office.desk.flush(&edited, &path).is_err());
    while office.waiting.try_recv().is_ok() {}
    office.desk.save(&edited, path.clone());
    assert!(matches!(office.next().as_slice(), [Action::ChangedOutside]));
    assert_eq!(text(&path), theirs);
}

#[test]
fn the_same_bytes_put_back_are_no_change() {
    let office = Office::new();
    let path = office.book();
    office.open(&path);
    let copy = office.path("copy.ron");
    put(&copy, TEXT);
    fs::rename(&copy, &path).unwrap();
    office.desk.look();
    assert!(office.desk.arrived().is_empty());
}

#[test]
fn a_crash_writes_the_newest_book_to_its_own_file_only() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let edited = with_client(&opened.book, "Bolt");
    office.desk.note(&edited, &path);
    office.desk.rescue();
    assert_eq!(names(&path), ["Acme", "Bolt"]);

    // A file opened since is not written over with what was noted of the one before.
    let other = office.path("other.ron");
    put(&other, TEXT);
    office.desk.note(&with_client(&edited, "Cobalt"), &path);
    office.open(&other);
    office.desk.rescue();
    assert_eq!(text(&other), TEXT);
    // Nor is the same file, read again, with what was on the screen before.
    office.desk.note(&with_client(&edited, "Dune"), &other);
    office.desk.reload();
    office.next();
    office.desk.rescue();
    assert_eq!(text(&other), TEXT);
}

#[test]
fn a_save_that_comes_late_does_not_write_into_the_file_opened_since() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let other = office.path("other.ron");
    put(&other, TEXT);
    office.open(&other);
    let late = with_client(&opened.book, "Bolt");
    office.desk.save(&late, path.clone());
    assert!(office.desk.flush(&late, &path).is_err());
    // Whatever the thread does it has done when the next one, started behind it, is through with the same file.
    office.desk.save(&with_client(&opened.book, "Cobalt"), other.clone());
    office.next();
    assert_eq!(names(&other), ["Acme", "Cobalt"]);
}

#[test]
fn a_new_book_is_written_where_it_was_to_be_and_only_once_something_is_in_it() {
    let office = Office::new();
    let path = office.path("new.ron");
    assert_eq!(office.desk.start_at(&path), Access::ReadWrite);
    assert!(!path.exists());
    let book = with_client(&Book::empty(rapport::domain::Currency::EUR), "Acme");
    assert_eq!(office.desk.flush(&book, &path), Ok(()));
    assert_eq!(names(&path), ["Acme"]);
    let nowhere = office.path("no/such/folder.ron");
    assert!(matches!(office.desk.start_at(&nowhere), Access::ReadOnly(_)));
}

#[test]
fn of_two_saves_the_newest_book_stays_whichever_thread_comes_last() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let older = with_client(&opened.book, "Bolt");
    let newer = with_client(&older, "Cobalt");
    office.desk.save(&older, path.clone());
    office.desk.save(&newer, path.clone());
    office.next();
    office.waiting.recv_timeout(Duration::from_mins(1)).unwrap();
    assert_eq!(names(&path), ["Acme", "Bolt", "Cobalt"]);
}

#[test]
fn a_crash_waits_for_a_save_that_is_running_and_writes_what_is_newer() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let older = with_client(&opened.book, "Bolt");
    office.desk.save(&older, path.clone());
    office.desk.note(&with_client(&older, "Cobalt"), &path);
    office.desk.rescue();
    assert_eq!(names(&path), ["Acme", "Bolt", "Cobalt"]);
}

#[test]
fn a_file_that_goes_away_and_comes_back_is_told_as_that_and_written_again() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    let away = office.path("away.ron");
    fs::rename(&path, &away).unwrap();
    office.desk.look();
    office.desk.look();
    let came = office.desk.arrived();
    assert!(matches!(came.as_slice(), [Action::FileGone]), "{came:?}");
    let edited = with_client(&opened.book, "Bolt");
    let why = office.desk.flush(&edited, &path).unwrap_err();
    assert!(why.contains("not there"), "{why}");
    fs::rename(&away, &path).unwrap();
    office.desk.look();
    let came = office.desk.arrived();
    assert!(matches!(came.as_slice(), [Action::FileBack]), "{came:?}");
    assert_eq!(office.desk.flush(&edited, &path), Ok(()));
    assert_eq!(names(&path), ["Acme", "Bolt"]);
}

#[test]
fn a_file_that_was_deleted_is_made_again_when_saved_under_its_own_name() {
    let office = Office::new();
    let path = office.book();
    let opened = office.open(&path);
    fs::remove_file(&path).unwrap();
    office.desk.save_as(opened.book, path.clone());
    let came = office.next();
    assert!(came.iter().any(|action| matches!(action, Action::Saved(..))), "{came:?}");
    assert_eq!(text(&path), TEXT);
}

#[test]
fn a_record_is_not_written_beside_an_unreadable_one_of_its_id() {
    let office = Office::new();
    let path = office.path("book.ron");
    let unreadable = TEXT.replace("    ],", "        (id: \"bolt\"),\n    ],");
    put(&path, &unreadable);
    let opened = office.open(&path);
    assert_eq!(opened.problems.len(), 1);
    let bolt = Client::new(ClientId::new("bolt").unwrap(), "Bolt");
    let edited = opened.book.with(Client::any(Arc::new(bolt))).unwrap();
    let why = office.desk.flush(&edited, &path).unwrap_err();
    assert!(why.contains("bolt") && why.contains("mend it first"), "{why}");
    assert_eq!(text(&path), unreadable);
    assert_eq!(office.desk.flush(&with_client(&opened.book, "Cobalt"), &path), Ok(()), "others are written");
}

#[test]
fn a_dossier_is_written_once_and_over_a_file_only_where_that_was_agreed_to() {
    let office = Office::new();
    let (format, purpose) = (DossierFormat::Markdown, PathPurpose::Dossier(DossierFormat::Markdown));
    let path = office.path("acme.md");
    let write = |path: &Path, text: &str, over: bool| {
        office.desk.write_dossier(format, path.to_path_buf(), text.to_owned(), over);
        office.next()
    };
    let came = write(&path, "one", false);
    assert!(
        matches!(came.as_slice(), [Action::PathTaken(taken), Action::Tell(_)] if *taken == purpose),
        "{came:?}"
    );
    let came = write(&path, "two", false);
    assert!(matches!(came.as_slice(), [Action::DossierThere(_, there)] if *there == path), "{came:?}");
    assert_eq!(text(&path), "one");
    write(&path, "two", true);
    assert_eq!(text(&path), "two");
    let came = write(&office.path("no/such/folder.md"), "x", false);
    let [Action::PathFailed(_, why)] = came.as_slice() else { panic!("{came:?}") };
    assert!(why.ends_with("there is no such folder"), "{why}");
}

/// A desk that hands letters to a mail program of the test's own, and what it was given.
fn with_mail_program(works: bool) -> (Office, Arc<std::sync::Mutex<Vec<std::ffi::OsString>>>) {
    let given = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (sender, waiting) = channel();
    let kept = given.clone();
    let desk = Desk::with_opener(
        Arc::new(move || {
            let _ = sender.send(());
        }),
        Arc::new(move |what| {
            kept.lock().unwrap().push(what.to_owned());
            if works { Ok(()) } else { Err(std::io::Error::other("no program for it")) }
        }),
    );
    (Office { desk, waiting, folder: tempfile::tempdir().unwrap() }, given)
}

fn letter(text: &str) -> Arc<rapport::domain::Outgoing> {
    let line = r#"outgoing (id: "l", client: "c", to: "ann@example.org", subject: "S", text: "", queued: "2026-11-20")"#;
    let rapport::domain::AnyRecord::Outgoing(blank) = crate::facts::read(line) else { panic!("no letter") };
    Arc::new(rapport::domain::Outgoing { text: text.to_owned(), ..rapport::domain::Outgoing::clone(&blank) })
}

#[test]
fn a_short_letter_reaches_the_mail_program_as_a_link_and_a_long_one_as_a_file() {
    let (office, given) = with_mail_program(true);
    let folder = office.path("data/outbox");
    office.desk.open_mail(letter("Hello"), folder.clone(), Vec::new());
    assert!(
        matches!(office.next().as_slice(), [Action::Outbox(OutboxAction::Opened(id))] if id.as_str() == "l")
    );
    assert!(!folder.exists(), "a link needs no file");
    office.desk.open_mail(letter(&"Grüße\n".repeat(900)), folder.clone(), Vec::new());
    assert!(matches!(office.next().as_slice(), [Action::Outbox(OutboxAction::Opened(_))]));
    let given = given.lock().unwrap().clone();
    assert_eq!(given[0], "mailto:ann@example.org?subject=S&body=Hello");
    assert_eq!(given[1], folder.join("l.eml").into_os_string());
    assert!(fs::read_to_string(folder.join("l.eml")).unwrap().contains("X-Unsent: 1"));
}

#[test]
fn without_a_mail_program_it_says_where_the_letter_is_and_what_helps() {
    let (office, _) = with_mail_program(false);
    let folder = office.path("outbox");
    let mut told = Vec::new();
    for text in ["Hello".to_owned(), "x".repeat(9_000)] {
        office.desk.open_mail(letter(&text), folder.clone(), Vec::new());
        let [Action::Outbox(OutboxAction::NotOpened(why))] = &office.next()[..] else {
            panic!("it cannot open")
        };
        told.push(why.clone());
    }
    for why in &told {
        assert!(
            why.starts_with("No mail program opened") && why.ends_with("copy the letter instead"),
            "{why}"
        );
        assert!(!why.contains("mailto:"), "{why}");
    }
    assert!(told[1].contains(&folder.join("l.eml").display().to_string()), "{}", told[1]);
    // A folder that cannot be made is named too.
    put(&folder.join("l.eml").parent().unwrap().with_extension("taken"), "");
    office.desk.open_mail(letter(&"x".repeat(9_000)), office.path("outbox.taken"), Vec::new());
    let [Action::Outbox(OutboxAction::NotOpened(why))] = &office.next()[..] else {
        panic!("it cannot be written")
    };
    assert!(why.contains("could not be written to") && why.contains("outbox.taken"), "{why}");
}

#[test]
fn a_week_after_its_letter_was_handed_over_a_file_is_removed_unless_its_letter_waits() {
    let (office, _) = with_mail_program(true);
    let folder = office.path("outbox");
    fs::create_dir_all(&folder).unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_hours(24);
    for name in ["went.eml", "waits.eml", "notes.txt", "new.eml"] {
        put(&folder.join(name), "x");
        if name != "new.eml" {
            fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(old).unwrap();
        }
    }
    office.desk.open_mail(letter("Hello"), folder.clone(), vec!["waits.eml".to_owned()]);
    assert!(matches!(office.next().as_slice(), [Action::Outbox(OutboxAction::Opened(_))]));
    let there = |name: &str| folder.join(name).exists();
    assert_eq!(["went.eml", "waits.eml", "notes.txt", "new.eml"].map(there), [false, true, true, true]);
}
