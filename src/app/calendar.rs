//! Writing the calendar of the book, as of the day looked at.

use std::path::PathBuf;

use super::App;
use crate::figures::calendar::{calendar, ics};

impl App {
    /// Writes the calendar to a path.
    pub(super) fn write_calendar(&mut self, path: PathBuf, over: bool) {
        let (state, day) = (&self.state, self.state.day());
        let figures = self.derived.memo.figures(&state.book, day, state.clock);
        let text = ics(&calendar(&state.book.as_of(day), &figures.today, day), day);
        self.desk.write_calendar(path, text, over);
    }
}
