//! What the window opens with.

use std::path::{Path, PathBuf};

use super::Wish;
use crate::domain::{Book, Currency};
use crate::effects::{self, Desk};
use crate::state::{Access, Action, File, Opened, Origin, State, reduce};
use crate::store::place::{self, BookPlace, Given, Surroundings};
use crate::store::settings::Settings;

pub(super) fn default_book(surroundings: &Surroundings) -> PathBuf {
    let nothing = Given::default();
    let fallback = Surroundings { program: None, ..surroundings.clone() };
    place::find(&nothing, &fallback, Path::exists).book.path().to_path_buf()
}

/// The state the window opens with: the book that was asked for, else the one that was open last, else the sample.
pub(super) fn opening(
    desk: &Desk,
    wish: &Wish,
    surroundings: &Surroundings,
    settings: &Settings,
    today: chrono::NaiveDate,
) -> State {
    let start = |opened: Opened| {
        let mut state = State::new(opened.book.clone(), today, effects::seed());
        state.file = File::of(opened.origin, opened.access, opened.book, opened.problems);
        state
    };
    let sample = || match desk.open_sample(today) {
        Ok(opened) => start(opened),
        Err(why) => {
            let mut state = State::new(Book::empty(Currency::EUR), today, effects::seed());
            reduce(&mut state, Action::Refuse(format!("The sample book cannot be read: {why}")));
            state
        }
    };
    if wish.sample {
        return sample();
    }
    let given = Given { path: wish.book.clone(), last: settings.last_book.clone() };
    let book = place::find(&given, surroundings, Path::exists).book;
    let path = book.path().to_path_buf();
    // Nobody's figures but an error: what stands in the file is neither shown nor touched.
    let unreadable = |why: String| {
        let mut state = State::new(Book::empty(Currency::EUR), today, effects::seed());
        state.file.origin = Origin::File(path.clone());
        state.file.access =
            Access::ReadOnly("This book cannot be read, so nothing is written to it".to_owned());
        state.file.unreadable = Some(why);
        state
    };

    match book {
        BookPlace::Default { exists: false, missing_last, .. } => {
            let mut state = sample();
            state.session.welcome = !settings.seen_first_run;
            if let Some(missing) = missing_last {
                let why = format!("The book that was open last is not there now: {}", missing.display());
                reduce(&mut state, Action::Refuse(why));
            }
            state
        }
        BookPlace::Given(path) if !path.exists() => {
            let currency = wish.currency.or(surroundings.currency).unwrap_or(Currency::USD);
            let empty = Book::empty(currency);
            let mut state = State::new(empty, today, effects::seed());
            state.file.access = desk.start_at(&path);
            state.file.origin = Origin::File(path.clone());
            reduce(&mut state, Action::Tell(new_book(&path, currency, wish.currency.is_some())));
            state
        }
        _ => match desk.open_now(&path) {
            Ok(opened) => {
                let mut state = start(opened);
                let own = state.book.currency();
                if wish.currency.is_some_and(|wanted| wanted != own) {
                    let why = format!("{} is in {own}: --currency is for a book that is new", path.display());
                    reduce(&mut state, Action::Refuse(why));
                }
                state
            }
            Err(why) => unreadable(why),
        },
    }
}

/// What is said of a book that begins now, and how its currency is chosen where nobody did.
fn new_book(path: &Path, currency: Currency, asked: bool) -> String {
    let path = path.display();
    if asked {
        return format!("{path} is a new book in {currency}: add a client to begin");
    }
    format!(
        "{path} is a new book in {currency}: {{file.start}} begins it with one client, in another currency where you choose one"
    )
}
