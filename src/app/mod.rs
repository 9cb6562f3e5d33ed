//! The window: events → keys → commands → actions → reduce → effects, and the memory of what was computed.

mod calendar;
mod dossier;
mod forecasting;
mod keys;
mod opening;
mod run;
mod saving;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Ui, ViewportCommand};

use crate::command::{Chord, Guide, Keymap, meaning};
use crate::effects::{self, Desk, Wake};
use crate::figures::Memo;
use crate::figures::forecast::Outlook;
use crate::kit::fallback::{self, Wanted};
use crate::kit::{fonts, theme};
use crate::panels::window_ui;
use crate::state::{
    Action, Effect, Keys, Origin, PathPurpose, Shown, State, ThemeChoice, Unfinished, reduce,
};
use crate::store::place::{self, Surroundings};
use crate::store::settings::{Settings, WindowPlace};
use crate::store::{file, mail};

pub use run::run;

use forecasting::Forecaster;
use opening::{default_book, opening};
use settings::{Applied, note, prefer};

/// What the command line asks of the window.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The book.
    pub book: Option<PathBuf>,
    /// Open the sample instead.
    pub sample: bool,
    /// The working day, instead of the clock's.
    pub today: Option<chrono::NaiveDate>,
    /// The earlier day to look at.
    pub as_of: Option<chrono::NaiveDate>,
    /// The currency of a book that is not there yet.
    pub currency: Option<crate::domain::Currency>,
}

/// Everything derived, in one place.
struct Derived {
    memo: Memo,
    /// What is known of the future; worked out on a thread, so it may be a moment behind the book.
    outlook: Outlook,
    shown: Shown,
    guide: Guide,
}

impl Derived {
    fn of(state: &State) -> Self {
        Self::again(state, Outlook::default())
    }

    /// What is derived from nothing but the state and what is known of the future.
    fn again(state: &State, outlook: Outlook) -> Self {
        let mut memo = Memo::new();
        let shown = Shown::whole(&mut memo, &outlook, state);
        let guide = Guide::of(state, &shown);
        Self { memo, outlook, shown, guide }
    }

    fn refresh(&mut self, state: &State) {
        self.shown = Shown::whole(&mut self.memo, &self.outlook, state);
        self.guide = Guide::of(state, &self.shown);
    }
}

/// What one frame of keys leaves for the next.
#[derive(Default)]
struct Held {
    events: Vec<egui::Event>,
    /// Whether an input method is composing a text in the field that has the hand.
    composing: bool,
}

/// The program in its window.
pub struct App {
    state: State,
    derived: Derived,
    keymap: Keymap,
    /// The keys that the keymap was made of.
    bound: Keys,
    /// Events of a slow frame that belong to the next one.
    held: Held,
    /// The chord that closed a form, and when: it means nothing else until it was let go, nor in the moment after.
    spent: Option<(Chord, f64)>,
    /// When a plain key of a list led into a letter with a marked field: what is typed in the moment after was meant for the list.
    letter_opened: Option<f64>,
    desk: Desk,
    forecaster: Forecaster,
    settings: Settings,
    settings_file: PathBuf,
    default_book: PathBuf,
    follows_clock: bool,
    /// When the book was edited last, in seconds of the window's time.
    edited_at: Option<f64>,
    /// Since when something is unsaved.
    unsaved_since: Option<f64>,
    /// When the last save failed.
    failed_at: Option<f64>,
    /// The characters that no face has yet.
    wanted: Wanted,
    theme: Option<ThemeChoice>,
    applied: Applied,
    title: String,
    /// Of what closing was refused since the last edit.
    warned: Warned,
    /// Whether the first run's choices were offered at the start.
    offered: bool,
}

/// What was told would be lost by closing, once each.
#[derive(Debug, Default)]
struct Warned {
    /// What was edited and cannot be saved.
    of_edits: bool,
    /// What is typed and not in the book, and when that was told: of more that is typed it is told again.
    of_typed: Option<(Unfinished, f64)>,
}

impl App {
    /// Opens what was wished for. Nothing that goes wrong with a file keeps the window from opening.
    #[must_use]
    pub fn open(ctx: &egui::Context, wish: &Wish, surroundings: &Surroundings) -> Self {
        fonts::install(ctx);
        theme::apply(ctx);
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let desk = Desk::new(wake.clone());
        let forecaster = Forecaster::new(wake);
        let settings_file = place::settings_file(surroundings, Path::exists);
        let loaded = Settings::load(&settings_file);
        let today = wish.today.unwrap_or_else(effects::today);
        let default_book = default_book(surroundings);
        let mut state = opening(&desk, wish, surroundings, &loaded.settings, today);
        state.region_currency = surroundings.currency;
        if let Some(message) = loaded.message {
            reduce(&mut state, Action::Refuse(message));
        }
        prefer(&mut state.session, &loaded.settings);
        state.clock = effects::today().max(today);
        state.session.suggested_path = Some(default_book.clone());
        if let Some(day) = wish.as_of {
            reduce(&mut state, Action::LookAt(Some(day)));
        }
        crate::written::use_format(state.session.format);
        desk.save_on_panic();
        desk.watch();
        let derived = Derived::of(&state);
        let offered = state.session.welcome;
        let mut app = Self {
            state,
            wanted: Wanted::of(ctx),
            derived,
            keymap: Keymap::of_table(),
            bound: Keys::default(),
            held: Held::default(),
            spent: None,
            letter_opened: None,
            desk,
            forecaster,
            settings: loaded.settings,
            settings_file,
            default_book,
            follows_clock: wish.today.is_none(),
            edited_at: None,
            unsaved_since: None,
            failed_at: None,
            theme: None,
            applied: Applied::default(),
            title: String::new(),
            warned: Warned::default(),
            offered,
        };
        if matches!(app.state.file.origin, Origin::File(_)) {
            app.remember(ctx);
        }
        let keys = app.wished_keys();
        app.act(ctx, keys);
        app
    }

    /// What the program knows.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Carries out an action and what follows from it.
    fn act(&mut self, ctx: &egui::Context, action: Action) {
        let action = meaning(action, &self.state, &self.derived.shown);
        let (before, origin) = (self.state.book.clone(), self.state.file.origin.clone());
        for effect in reduce(&mut self.state, action) {
            self.carry_out(ctx, effects::at_home(effect));
        }
        if !before.is_same(&self.state.book) {
            if origin != self.state.file.origin {
                // Nothing of another book's future stands beside this one.
                self.derived.outlook = Outlook::default();
            }
            self.edited_at = Some(ctx.input(|input| input.time));
            self.warned = Warned::default();
            if let Origin::File(path) = &self.state.file.origin {
                self.desk.note(&self.state.book, path);
            }
        }
        self.use_keys();
        self.use_format();
        self.derived.refresh(&self.state);
        if let Some(settled) = self.derived.shown.settle(&self.state) {
            reduce(&mut self.state, settled);
        }
        ctx.request_repaint();
    }

    fn carry_out(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::Open(path) => self.open_file(ctx, path),
            Effect::Reload => {
                if let Origin::File(path) = self.state.file.origin.clone() {
                    reduce(&mut self.state, Action::TurnTo(path));
                    self.desk.reload();
                }
            }
            Effect::Save => self.start_saving(),
            Effect::SaveThen(action) => self.save_then(|app| app.act(ctx, *action)),
            Effect::SaveAs(path) => self.save_as(path),
            Effect::Browse(purpose) => self.desk.browse(purpose),
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::OpenMail(letter) => {
                self.desk.open_mail(letter, self.outbox_folder(), self.letter_files());
            }
            Effect::Export(path, text) => self.desk.export(path, text),
            Effect::ReadImport(path) => self.desk.read_import(path),
            Effect::PlanImport(draft) => {
                let (book, origin) = (self.state.book.clone(), self.state.file.origin.clone());
                self.desk.plan_import(draft, book, origin);
            }
            Effect::WriteDossier { client, format, path, over } => {
                self.write_dossier(ctx, &client, format, path, over);
            }
            Effect::WriteCalendar { path, over } => self.write_calendar(path, over),
            Effect::NewFile => self.new_file(ctx),
            Effect::LookAtSettings => self.look_at_settings(ctx),
            Effect::WriteKeys => self.write_keys(ctx),
            Effect::ShowFolder(folder) => self.desk.show_folder(folder),
            Effect::Remember => self.remember(ctx),
            Effect::Quit => {
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Where letters are written that are too long for a link: beside the books that nobody put elsewhere.
    fn outbox_folder(&self) -> PathBuf {
        file::folder_of(&self.default_book).join("outbox")
    }

    /// The names that files of the letters have which still wait.
    fn letter_files(&self) -> Vec<String> {
        let letters = self.state.book.clients().flat_map(|client| &client.facts.outbox);
        letters.filter(|letter| letter.waits()).map(|letter| mail::file_name(letter)).collect()
    }

    /// The working day turns at midnight.
    fn follow_clock(&mut self, ctx: &egui::Context) {
        if !self.follows_clock {
            return;
        }
        let today = effects::today();
        if today != self.state.today {
            let queue = |app: &Self| -> Vec<String> {
                app.derived.shown.figures.today.items.iter().map(|item| item.id.clone()).collect()
            };
            let before = queue(self);
            self.act(ctx, Action::SetToday(today));
            if let Some(notice) = moved(today, &before, &queue(self)) {
                self.act(ctx, Action::Tell(notice));
            }
        }
        ctx.request_repaint_after(effects::until_midnight());
    }

    /// Asks what is to be known of the future, and takes what the thread worked out of it.
    fn forecasts(&mut self) {
        let question = self.derived.shown.question(&self.state);
        // An answer to another question is gone once this one is asked.
        if self.forecaster.ask(&question) {
            self.derived.outlook = Outlook::awaiting(&question, &self.derived.outlook);
        } else {
            let Some(outlook) = self.forecaster.arrived() else { return };
            self.derived.outlook = outlook.over(&self.derived.outlook);
        }
        self.derived.refresh(&self.state);
        if let Some(settled) = self.derived.shown.settle(&self.state) {
            reduce(&mut self.state, settled);
        }
    }

    /// Notes that somebody is at work.
    fn sign(&mut self, ctx: &egui::Context) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds since the window opened"
        )]
        let second = ctx.input(|input| input.time) as u64;
        reduce(&mut self.state, Action::Sign(second));
    }

    fn dropped_files(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            let path = file.path().to_owned();
            let is_book = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
            if is_book {
                self.act(ctx, Action::Open(path));
            } else {
                self.act(ctx, Action::AskPath(PathPurpose::Import));
                self.act(ctx, Action::SetPath(path.display().to_string()));
                self.act(ctx, Action::TakePath);
            }
        }
    }

    /// What was drawn in scripts that no face has yet, in the book or being typed, is drawn with a face of the system as soon
    /// as one is found.
    fn cover_scripts(&self, ctx: &egui::Context) {
        let wanted = self.wanted.take();
        if wanted.is_empty() {
            return;
        }
        let ctx = ctx.clone();
        // Reads the system's faces, so away from the screen.
        std::thread::spawn(move || {
            for face in fallback::system_faces(&wanted, fontdb::Database::load_system_fonts) {
                ctx.add_font(face);
            }
            ctx.request_repaint();
        });
    }

    /// The window says which book it holds.
    fn use_title(&mut self, ctx: &egui::Context) {
        let title = match &self.state.file.origin {
            Origin::File(path) => {
                let name =
                    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                format!("{name} · Rapport")
            }
            Origin::Sample => "Sample · Rapport".to_owned(),
            Origin::Unsaved => "Not saved yet · Rapport".to_owned(),
        };
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title.as_str()));
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn use_theme(&mut self, ctx: &egui::Context) {
        let wanted = self.state.session.theme;
        if self.theme != Some(wanted) {
            self.theme = Some(wanted);
            ctx.set_theme(match wanted {
                ThemeChoice::System => egui::ThemePreference::System,
                ThemeChoice::Light => egui::ThemePreference::Light,
                ThemeChoice::Dark => egui::ThemePreference::Dark,
            });
        }
    }

    /// Writes the settings: what is preferred, the last book, how the window lies.
    fn remember(&mut self, ctx: &egui::Context) {
        note(&mut self.settings, &self.state.session);
        if let Origin::File(path) = &self.state.file.origin {
            self.settings.last_book = std::path::absolute(path).ok();
        }
        self.settings.seen_first_run |= self.offered && !self.state.session.welcome;
        let window = ctx.input(|input| {
            let viewport = input.viewport();
            let size = viewport.inner_rect?.size();
            let position = viewport.outer_rect.map(|rect| (rect.min.x, rect.min.y));
            Some(WindowPlace {
                size: (size.x, size.y),
                position,
                maximised: viewport.maximized.unwrap_or(false),
            })
        });
        self.settings.window = window.or(self.settings.window);
        if let Err(why) = self.settings.save(&self.settings_file) {
            reduce(&mut self.state, Action::Refuse(format!("The settings could not be kept: {why}")));
        }
    }
}

/// What a new day did to the queue, by the ids of its items before and now; nothing where it holds the same ones.
fn moved(today: chrono::NaiveDate, before: &[String], now: &[String]) -> Option<String> {
    let come = now.iter().filter(|id| !before.contains(id)).count();
    let gone = before.iter().filter(|id| !now.contains(id)).count();
    (come + gone > 0).then(|| {
        format!("It is {}: {come} new in the queue, {gone} gone from it", crate::written::long_weekday(today))
    })
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        for action in self.desk.arrived() {
            let failed = matches!(action, Action::SaveFailed(_));
            self.act(&ctx, action);
            if failed {
                self.failed_at = Some(ctx.input(|input| input.time));
            }
        }
        self.follow_clock(&ctx);
        self.dropped_files(&ctx);
        self.keys(&ctx);
        self.use_theme(&ctx);
        self.use_preferences(&ctx);
        self.use_title(&ctx);
        // What a key asks for is asked before it is painted.
        self.forecasts();
        let actions = window_ui(ui, &self.state, &self.derived.shown, &self.derived.guide);
        if !actions.is_empty() {
            self.sign(&ctx);
        }
        for action in actions {
            self.act(&ctx, action);
        }
        self.cover_scripts(&ctx);
        self.autosave(&ctx);
        self.close(&ctx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_tells_of_the_queue_when_other_items_are_in_it() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(moved(day, &ids(&["a", "b"]), &ids(&["b", "a"])), None);
        let told = moved(day, &ids(&["a", "b"]), &ids(&["b", "c"]));
        assert_eq!(
            told.as_deref(),
            Some("It is Sunday, 22 November 2026: 1 new in the queue, 1 gone from it"),
            "as many as before, but not the same"
        );
    }
}
