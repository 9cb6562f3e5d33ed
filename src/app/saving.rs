//! Saving: two seconds after the last edit, before another file is opened, and on closing.

use std::path::PathBuf;
use std::time::Duration;

use egui::ViewportCommand;

use super::App;
use crate::state::{Access, Action, File, Origin, PathPurpose, Saving, reduce};
use crate::store::place;

/// Seconds without an edit after which the book is saved.
const SAVE_AFTER: f64 = 2.0;
/// Seconds after which it is saved even in the middle of editing.
const SAVE_AT_LEAST_EVERY: f64 = 30.0;
/// Seconds after a failed save until it is tried again.
const RETRY_AFTER: f64 = 20.0;

/// So many seconds a warning stands before closing again answers it: a held key has not read it.
const TO_READ: f64 = 0.8;

impl App {
    /// Writes what is unsaved before another book takes this one's place; what cannot be written stays.
    pub(super) fn save_then(&mut self, then: impl FnOnce(&mut Self)) {
        match self.flush() {
            Ok(()) => then(self),
            Err(why) => {
                reduce(&mut self.state, Action::SaveFailed(why.clone()));
                let why = format!("The open book is not saved ({why}): save it under a name first");
                reduce(&mut self.state, Action::Refuse(why));
            }
        }
    }

    /// Writes what is unsaved to the open file, if there is one. A book without one is asked about before.
    pub(super) fn flush(&mut self) -> Result<(), String> {
        if let Origin::File(path) = self.state.file.origin.clone()
            && self.state.is_unsaved()
        {
            self.desk.flush(&self.state.book, &path)?;
            let saved = self.state.book.clone();
            reduce(&mut self.state, Action::Saved(saved, path));
        }
        Ok(())
    }

    /// Reads another file, to be opened once what is unsaved is written.
    pub(super) fn open_file(&mut self, ctx: &egui::Context, path: PathBuf) {
        if let Some(why) = self.state.turning_refusal() {
            return self.act(ctx, Action::Refuse(why));
        }
        if !path.exists() {
            let why = format!("there is no file {}", path.display());
            return self.act(ctx, Action::PathFailed(PathPurpose::Open, why));
        }
        self.save_then(|app| {
            reduce(&mut app.state, Action::TurnTo(path.clone()));
            app.desk.open(path);
        });
    }

    /// Writes the book to another file from now on. The folder of the path that is offered is made, as for a new book.
    pub(super) fn save_as(&mut self, path: PathBuf) {
        let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
        if path == self.default_book {
            // Where it cannot be made, saving says so.
            let _ = place::make_folder(&path);
        }
        reduce(&mut self.state, Action::TurnTo(path.clone()));
        self.desk.save_as(self.state.book.clone(), path);
    }

    /// Gives a new book its file: the platform's place, if nothing is there yet.
    pub(super) fn new_file(&mut self, ctx: &egui::Context) {
        let path = self.default_book.clone();
        if path.exists() || place::make_folder(&path).is_err() {
            self.desk.forget_file(&self.state.file.saved.clone());
            return;
        }
        let access = self.desk.start_at(&path);
        let saved = self.state.file.saved.clone();
        self.state.file = File::of(Origin::File(path), access, saved, Vec::new());
        self.remember(ctx);
    }

    /// Writes the book to its file on a thread.
    pub(super) fn start_saving(&mut self) {
        if let Origin::File(path) = &self.state.file.origin {
            self.desk.save(&self.state.book, path.clone());
            reduce(&mut self.state, Action::Saving);
        }
    }

    /// Saves two seconds after the last edit, and tries again after a failure.
    pub(super) fn autosave(&mut self, ctx: &egui::Context) {
        let file = &self.state.file;
        let savable = matches!(file.origin, Origin::File(_))
            && file.access == Access::ReadWrite
            && file.turning_to.is_none();
        if !savable || !self.state.is_unsaved() {
            self.failed_at = None;
            self.unsaved_since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let due = match file.saving {
            Saving::Running | Saving::ChangedOutside | Saving::Gone => return,
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
        let unfinished = self.state.session.unfinished();
        let now = ctx.input(|input| input.time);
        let told = self.warned.of_typed.as_ref().filter(|(what, _)| *what == unfinished).map(|(_, at)| *at);
        if !unfinished.is_empty() && told.is_none_or(|at| now - at < TO_READ) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if told.is_none() {
                let place = unfinished.place();
                self.warned.of_typed = Some((unfinished, now));
                let says = format!("What you typed in {place} is not in the book: close again to drop it");
                self.act(ctx, Action::Refuse(says));
            }
            return;
        }
        if !self.state.is_unsaved() {
            return;
        }
        // The sample says all the time that it is in memory only; what somebody entered all the same is not dropped unsaid.
        if self.state.file.origin == Origin::Sample {
            if !std::mem::replace(&mut self.warned.of_edits, true) {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                let says = "The sample keeps nothing: {file.save_as} saves it as a book of your own, and closing again drops what you entered";
                self.act(ctx, Action::Refuse(says.to_owned()));
            }
            return;
        }
        let why = match self.flush() {
            _ if self.state.file.origin == Origin::Unsaved => "save it under a name".to_owned(),
            Ok(()) => return,
            Err(why) => why,
        };
        // What cannot be written would be lost: ask once, and close on the second wish.
        if std::mem::replace(&mut self.warned.of_edits, true) {
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
