//! Saving: two seconds after the last edit, before another file is opened, and on closing.

use std::time::Duration;

use egui::ViewportCommand;

use super::App;
use crate::effects::Desk;
use crate::state::{Access, Action, File, Origin, PathPurpose, Saving, reduce};
use crate::store::place;

/// Seconds without an edit after which the book is saved.
const SAVE_AFTER: f64 = 2.0;
/// Seconds after which it is saved even in the middle of editing.
const SAVE_AT_LEAST_EVERY: f64 = 30.0;
/// Seconds after a failed save until it is tried again.
const RETRY_AFTER: f64 = 20.0;

impl App {
    /// Writes what is unsaved before the desk turns to another file.
    pub(super) fn save_then(&mut self, then: impl FnOnce(&Desk)) {
        match self.flush() {
            Ok(()) => then(&self.desk),
            Err(why) => {
                reduce(&mut self.state, Action::SaveFailed(why));
            }
        }
    }

    /// Writes what is unsaved to the open file, if there is one that may be written.
    pub(super) fn flush(&self) -> Result<(), String> {
        match &self.state.file.origin {
            Origin::File(path) => self.desk.flush(&self.state.book, path),
            Origin::Sample | Origin::Unsaved => Ok(()),
        }
    }

    /// Gives a new book its file: the platform's place, if nothing is there yet.
    pub(super) fn new_file(&mut self, ctx: &egui::Context) {
        self.desk.rescue();
        let path = self.default_book.clone();
        if path.exists() || place::make_folder(&path).is_err() {
            self.desk.forget_file(&self.state.file.saved.clone());
            return;
        }
        let access = self.desk.start_at(&path);
        self.state.file = File {
            origin: Origin::File(path),
            access,
            saved: self.state.file.saved.clone(),
            saving: Saving::Idle,
            problems: Vec::new(),
            unreadable: None,
        };
        self.remember(ctx);
    }

    /// Writes the book to its file on a thread.
    pub(super) fn start_saving(&mut self) {
        if let Origin::File(path) = &self.state.file.origin {
            self.desk.save(self.state.book.clone(), path.clone());
            reduce(&mut self.state, Action::Saving);
        }
    }

    /// Saves two seconds after the last edit, and tries again after a failure.
    pub(super) fn autosave(&mut self, ctx: &egui::Context) {
        let file = &self.state.file;
        let savable = matches!(file.origin, Origin::File(_)) && file.access == Access::ReadWrite;
        if !savable || !self.state.is_unsaved() {
            self.failed_at = None;
            self.unsaved_since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let due = match file.saving {
            Saving::Running | Saving::ChangedOutside => return,
            Saving::Failed(_) => *self.failed_at.get_or_insert(now) + RETRY_AFTER,
            Saving::Idle => {
                let quiet = *self.edited_at.get_or_insert(now) + SAVE_AFTER;
                quiet.min(*self.unsaved_since.get_or_insert(now) + SAVE_AT_LEAST_EVERY)
            }
        };
        if now >= due {
            self.failed_at = None;
            self.unsaved_since = None;
            self.start_saving();
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64((due - now).max(0.05)));
        }
    }

    /// Closing writes what is unsaved; if that fails the window stays.
    pub(super) fn close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        self.remember(ctx);
        // The sample says all the time that it is in memory only.
        let is_own = self.state.file.origin != Origin::Sample;
        if !is_own || !self.state.is_unsaved() || self.state.file.access != Access::ReadWrite {
            return;
        }
        let why = match (&self.state.file.origin, self.flush()) {
            (Origin::Unsaved, _) => "save it under a name".to_owned(),
            (_, Ok(())) => return,
            (_, Err(why)) => why,
        };
        // What cannot be written would be lost: ask once, and close on the second wish.
        if std::mem::replace(&mut self.warned, true) {
            return;
        }
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        match self.state.file.origin {
            Origin::Unsaved => self.act(ctx, Action::AskPath(PathPurpose::SaveAs)),
            _ => self.act(ctx, Action::SaveFailed(why.clone())),
        }
        self.act(ctx, Action::Refuse(format!("Not saved ({why}): close again to drop what was edited")));
    }
}
