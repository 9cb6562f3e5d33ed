//! Where the book and the settings live.

use std::path::{Path, PathBuf};

use crate::domain::Currency;

/// The name of a book that nobody named.
pub const BOOK_NAME: &str = "rapport.ron";
/// The name of the settings file.
pub const SETTINGS_NAME: &str = "rapport-settings.ron";

/// What this machine is like. All may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The folder of the running program.
    pub program: Option<PathBuf>,
    /// The platform's folder for a program's data.
    pub data: Option<PathBuf>,
    /// The platform's folder for a program's settings.
    pub settings: Option<PathBuf>,
    /// The currency of the region it is set to.
    pub currency: Option<Currency>,
}

impl Surroundings {
    /// Asks the system. Reads environment variables; no other function here does.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let own = directories::ProjectDirs::from("", "", "Rapport");
        Self {
            program: std::env::current_exe().ok().and_then(|path| path.parent().map(Path::to_path_buf)),
            data: own.as_ref().map(|own| own.data_dir().to_path_buf()),
            settings: own.as_ref().map(|own| own.config_dir().to_path_buf()),
            currency: super::region::currency_of_this_machine(),
        }
    }

    fn portable_book(&self) -> Option<PathBuf> {
        self.program.as_ref().map(|folder| folder.join(BOOK_NAME))
    }
}

/// What a person said about which book, now or the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The path on the command line.
    pub path: Option<PathBuf>,
    /// The book that was open last, from the settings.
    pub last: Option<PathBuf>,
}

/// The book to open, and why this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookPlace {
    /// It was named on the command line; it need not exist.
    Given(PathBuf),
    /// It lies beside the program: used from a stick.
    Portable(PathBuf),
    /// It was open last.
    Last(PathBuf),
    /// The platform's data folder. If `exists` is false this is the first run, and the folder may be missing too: make it
    /// with [`make_folder`] before locking or saving.
    Default {
        /// The book.
        path: PathBuf,
        /// Whether it is there.
        exists: bool,
        /// The book that was open last and is not there now (a share that is offline, a stick in a drawer): to be said,
        /// or its owner believes that everything is lost.
        missing_last: Option<PathBuf>,
    },
}

impl BookPlace {
    /// The book's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Given(path) | Self::Portable(path) | Self::Last(path) | Self::Default { path, .. } => path,
        }
    }
}

/// Where everything lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The book to open.
    pub book: BookPlace,
    /// The settings file, which need not exist.
    pub settings: PathBuf,
}

/// The settings file: beside the program if a book lies there, else in the platform's folder. `exists` answers whether a
/// file is there.
#[must_use]
pub fn settings_file(surroundings: &Surroundings, exists: impl Fn(&Path) -> bool) -> PathBuf {
    let portable = surroundings.portable_book().is_some_and(|book| exists(&book));
    let folder = if portable { None } else { surroundings.settings.as_ref() };
    folder.or(surroundings.program.as_ref()).map_or_else(PathBuf::new, PathBuf::clone).join(SETTINGS_NAME)
}

/// Which book to open: the one given; else the one beside the program; else the last one if it is still there; else the
/// default one. A machine without a data folder keeps it beside the program.
#[must_use]
pub fn find(given: &Given, surroundings: &Surroundings, exists: impl Fn(&Path) -> bool) -> Place {
    let settings = settings_file(surroundings, &exists);
    let book = if let Some(path) = &given.path {
        BookPlace::Given(path.clone())
    } else if let Some(path) = surroundings.portable_book().filter(|book| exists(book)) {
        BookPlace::Portable(path)
    } else if let Some(path) = given.last.as_ref().filter(|last| exists(last)) {
        BookPlace::Last(path.clone())
    } else {
        let folder = surroundings.data.as_ref().or(surroundings.program.as_ref());
        let path = folder.map_or_else(PathBuf::new, PathBuf::clone).join(BOOK_NAME);
        let exists = exists(&path);
        BookPlace::Default { path, exists, missing_last: given.last.clone() }
    };
    Place { book, settings }
}

/// Makes the folder of a file, with those above it.
///
/// # Errors
/// When a folder cannot be made.
pub fn make_folder(file: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(super::file::folder_of(file))
}
