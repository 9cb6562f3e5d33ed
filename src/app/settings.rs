//! What a person prefers: read at the start, used by the window, kept in files.

use super::App;
use crate::command::{Keymap, bind, keys_file as text_of};
use crate::kit::theme::{self, Motion as Moves};
use crate::state::{
    Action, Keys, MotionChoice, Origin, Session, Setting, SettingsAction, SettingsFiles, ThemeChoice, Uses,
    reduce,
};
use crate::store::keys_file::{keys_file, read_keys};
use crate::store::settings::{Motion, Settings, Theme, Zoom};
use crate::store::{backup, file, place};
use crate::written::{self, Format};

/// What of the preferences the context was given last.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Applied {
    motion: Option<MotionChoice>,
    /// The zoom in per cent that was asked for last; `None` before any was.
    zoom: Option<u16>,
    /// The zoom in per cent that the context was seen with last.
    seen: Option<u16>,
}

/// The session prefers what the file says.
pub(super) fn prefer(session: &mut Session, settings: &Settings) {
    session.theme = match settings.theme {
        Theme::System => ThemeChoice::System,
        Theme::Light => ThemeChoice::Light,
        Theme::Dark => ThemeChoice::Dark,
    };
    session.motion = match settings.motion {
        Motion::Full => MotionChoice::Full,
        Motion::Reduced => MotionChoice::Reduced,
        Motion::Off => MotionChoice::Off,
    };
    session.zoom = percent(settings.zoom.factor());
    session.keys.plain_off = settings.plain_keys_off;
    session.format = Format { marks: settings.numbers, days: settings.days };
    session.uses = Uses::of(settings.used.iter().cloned());
}

/// The file is to say what the session prefers.
pub(super) fn note(settings: &mut Settings, session: &Session) {
    settings.theme = match session.theme {
        ThemeChoice::System => Theme::System,
        ThemeChoice::Light => Theme::Light,
        ThemeChoice::Dark => Theme::Dark,
    };
    settings.motion = match session.motion {
        MotionChoice::Full => Motion::Full,
        MotionChoice::Reduced => Motion::Reduced,
        MotionChoice::Off => Motion::Off,
    };
    settings.zoom = Zoom::new(f32::from(session.zoom) / 100.0);
    settings.plain_keys_off = session.keys.plain_off;
    settings.numbers = session.format.marks;
    settings.days = session.format.days;
    settings.used = session.uses.iter().cloned().collect();
}

/// A factor in per cent, within the bounds in which everything can be reached.
fn percent(factor: f32) -> u16 {
    percent_of_all(Zoom::new(factor).factor())
}

/// A factor in per cent as it is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between ten and a thousand")]
fn percent_of_all(factor: f32) -> u16 {
    (factor.clamp(0.1, 10.0) * 100.0).round() as u16
}

impl App {
    /// The keys of `keys.ron`, with a sentence for each wish in it that does not count. What cannot be read changes
    /// nothing and is told.
    pub(super) fn wished_keys(&self) -> Action {
        let (keys, problems) = match read_keys(&keys_file(&self.settings_file)) {
            Ok(wishes) => bind(&wishes),
            Err(why) => (Keys::default(), vec![why]),
        };
        Action::UseKeys(keys, problems)
    }

    /// Makes the keys in use those of the state.
    pub(super) fn use_keys(&mut self) {
        let wanted = &self.state.session.keys;
        if self.bound != *wanted {
            self.keymap = Keymap::of(wanted);
            self.bound = wanted.clone();
        }
    }

    /// Writes numbers and days as the state prefers. What was worked out in other writing is worked out anew; the forecast on
    /// the screen stands until it is there in the new one.
    pub(super) fn use_format(&mut self) {
        if written::format() != self.state.session.format {
            written::use_format(self.state.session.format);
            self.derived = super::Derived::again(&self.state, std::mem::take(&mut self.derived.outlook));
        }
    }

    /// Gives motion and zoom of the state to the context; and the zoom that `Ctrl` with plus and minus chose to the state.
    pub(super) fn use_preferences(&mut self, ctx: &egui::Context) {
        let wanted = self.state.session.motion;
        if self.applied.motion != Some(wanted) {
            self.applied.motion = Some(wanted);
            theme::set_motion(
                ctx,
                match wanted {
                    MotionChoice::Full => Moves::Full,
                    MotionChoice::Reduced => Moves::Reduced,
                    MotionChoice::Off => Moves::Off,
                },
            );
        }
        let now = percent(ctx.zoom_factor());
        if now != percent_of_all(ctx.zoom_factor()) {
            ctx.set_zoom_factor(f32::from(now) / 100.0);
        }
        let changed = self.applied.seen.is_some_and(|seen| seen != now);
        self.applied.seen = Some(now);
        if changed && self.applied.zoom == Some(self.state.session.zoom) {
            reduce(&mut self.state, Action::Settings(SettingsAction::Set(Setting::Zoom(now))));
            self.applied.zoom = Some(now);
        }
        let wanted = self.state.session.zoom;
        if self.applied.zoom != Some(wanted) {
            self.applied.zoom = Some(wanted);
            ctx.set_zoom_factor(f32::from(wanted) / 100.0);
        }
    }

    /// Reads the keys again, and tells the settings where their files are.
    pub(super) fn look_at_settings(&mut self, ctx: &egui::Context) {
        let keys = keys_file(&self.settings_file);
        let backups = match &self.state.file.origin {
            Origin::File(book) => backup::folder(book).ok().map(|folder| {
                let backups = backup::list(book).unwrap_or_default();
                let newest = backups.iter().map(|it| it.stamp.taken).max();
                let newest =
                    newest.map(|at| format!("{}, {}", written::day_in_full(at.date()), at.format("%H:%M")));
                (folder, backups.len(), newest)
            }),
            Origin::Sample | Origin::Unsaved => None,
        };
        let keys_unreadable = read_keys(&keys).is_err();
        let files = SettingsFiles { keys_there: keys.exists(), keys_unreadable, keys, backups };
        let wished = self.wished_keys();
        self.act(ctx, Action::All(vec![wished, Action::Settings(SettingsAction::Found(files))]));
    }

    /// Writes the keys in use to the file of keys, where there is none yet.
    pub(super) fn write_keys(&mut self, ctx: &egui::Context) {
        let path = keys_file(&self.settings_file);
        let text = text_of(&self.state.session.keys);
        let written = place::make_folder(&path).and_then(|()| file::write_if_new(&path, text.as_bytes()));
        let told = match written {
            Ok(()) => {
                Action::Tell(format!("Wrote {}: change it, and open the settings again", path.display()))
            }
            Err(why) => Action::Refuse(format!("{} could not be written: {why}", path.display())),
        };
        self.look_at_settings(ctx);
        self.act(ctx, told);
    }
}
