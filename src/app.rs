//! The window: events → keys → commands → actions → reduce → effects, and the memory of what was computed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{Event, Key, Ui, ViewportCommand};

use crate::command::{Keymap, Press, is_typing, meaning, places, strokes};
use crate::domain::Book;
use crate::effects::{self, Desk, Wake};
use crate::figures::Memo;
use crate::kit::{fallback, fonts, theme};
use crate::panels::window_ui;
use crate::state::{
    Access, Action, Effect, File, Opened, Origin, PathPurpose, Saving, Shown, State, ThemeChoice, Tone,
    reduce,
};
use crate::store::place::{self, BookPlace, Given, Surroundings};
use crate::store::settings::{Settings, Theme, WindowPlace};

/// Seconds without an edit after which the book is saved.
const SAVE_AFTER: f64 = 2.0;
/// Seconds after a failed save until it is tried again.
const RETRY_AFTER: f64 = 20.0;

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
}

/// Everything derived, in one place.
struct Derived {
    memo: Memo,
    shown: Shown,
}

impl Derived {
    fn of(state: &State) -> Self {
        let mut memo = Memo::new();
        let shown = shown(&mut memo, state);
        Self { memo, shown }
    }

    fn refresh(&mut self, state: &State) {
        self.shown = shown(&mut self.memo, state);
    }
}

fn shown(memo: &mut Memo, state: &State) -> Shown {
    let figures = memo.figures(&state.book, state.day());
    Shown::of(state, figures, |client| memo.page(&state.book, state.day(), client))
}

/// The program in its window.
pub struct App {
    state: State,
    derived: Derived,
    keymap: Keymap,
    desk: Desk,
    settings: Settings,
    settings_file: PathBuf,
    default_book: PathBuf,
    follows_clock: bool,
    /// When the book was edited last, in seconds of the window's time.
    edited_at: Option<f64>,
    /// When the last save failed.
    failed_at: Option<f64>,
    covered: Book,
    /// The characters that faces of the system were looked for already.
    sought: Arc<Mutex<BTreeSet<char>>>,
    theme: Option<ThemeChoice>,
    /// Whether closing was refused since the last edit, because it would lose something.
    warned: bool,
    /// Whether the first run's choices were offered at the start.
    offered: bool,
}

impl App {
    /// Opens what was wished for. Nothing that goes wrong with a file keeps the window from opening.
    #[must_use]
    pub fn open(ctx: &egui::Context, wish: &Wish, surroundings: &Surroundings) -> Self {
        fonts::install(ctx);
        theme::apply(ctx);
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let desk = Desk::new(wake);
        let settings_file = place::settings_file(surroundings, Path::exists);
        let loaded = Settings::load(&settings_file);
        let today = wish.today.unwrap_or_else(effects::today);
        let default_book = default_book(surroundings);
        let mut state = opening(&desk, wish, surroundings, &loaded.settings, today);
        if let Some(message) = loaded.message {
            reduce(&mut state, Action::Refuse(message));
        }
        state.session.theme = match loaded.settings.theme {
            Theme::System => ThemeChoice::System,
            Theme::Light => ThemeChoice::Light,
            Theme::Dark => ThemeChoice::Dark,
        };
        state.session.suggested_path = Some(default_book.clone());
        if let Some(day) = wish.as_of {
            reduce(&mut state, Action::LookAt(Some(day)));
        }
        ctx.set_zoom_factor(loaded.settings.zoom.factor());
        desk.save_on_panic();
        desk.watch();
        let derived = Derived::of(&state);
        let offered = state.session.welcome;
        let mut app = Self {
            covered: Book::empty(state.book.currency()),
            state,
            sought: Arc::default(),
            derived,
            keymap: Keymap::of_table(),
            desk,
            settings: loaded.settings,
            settings_file,
            default_book,
            follows_clock: wish.today.is_none(),
            edited_at: None,
            failed_at: None,
            theme: None,
            warned: false,
            offered,
        };
        if matches!(app.state.file.origin, Origin::File(_)) {
            app.remember(ctx);
        }
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
        let before = self.state.book.clone();
        for effect in reduce(&mut self.state, action) {
            self.carry_out(ctx, effect);
        }
        if !before.is_same(&self.state.book) {
            self.edited_at = Some(ctx.input(|input| input.time));
            self.warned = false;
            if let Origin::File(path) = &self.state.file.origin {
                self.desk.note(&self.state.book, path);
            }
        }
        self.derived.refresh(&self.state);
        ctx.request_repaint();
    }

    fn carry_out(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::Open(path) if path.exists() => self.save_then(|desk| desk.open(path)),
            Effect::Open(path) => {
                self.act(ctx, Action::PathFailed(format!("there is no file {}", path.display())));
            }
            Effect::Reload => self.desk.reload(),
            Effect::Save => self.start_saving(),
            Effect::SaveAs(path) => {
                let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
                self.desk.save_as(self.state.book.clone(), path);
            }
            Effect::Browse(purpose) => self.desk.browse(purpose),
            Effect::ReadImport(path) => self.desk.read_import(path),
            Effect::PlanImport(draft) => {
                let into = effects::book_for_import(&self.state.file.origin, &self.state.book);
                self.desk.plan_import(draft, into);
            }
            Effect::NewFile => self.new_file(ctx),
            Effect::Remember => self.remember(ctx),
            Effect::Quit => {
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Writes what is unsaved before the desk turns to another file.
    fn save_then(&mut self, then: impl FnOnce(&Desk)) {
        match self.flush() {
            Ok(()) => then(&self.desk),
            Err(why) => {
                reduce(&mut self.state, Action::SaveFailed(why));
            }
        }
    }

    /// Writes what is unsaved to the open file, if there is one that may be written.
    fn flush(&self) -> Result<(), String> {
        match &self.state.file.origin {
            Origin::File(path) => self.desk.flush(&self.state.book, path),
            Origin::Sample | Origin::Unsaved => Ok(()),
        }
    }

    /// Gives a new book its file: the platform's place, if nothing is there yet.
    fn new_file(&mut self, ctx: &egui::Context) {
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
        };
        self.remember(ctx);
    }

    fn start_saving(&mut self) {
        if let Origin::File(path) = &self.state.file.origin {
            self.desk.save(self.state.book.clone(), path.clone());
            reduce(&mut self.state, Action::Saving);
        }
    }

    /// Saves two seconds after the last edit, and tries again after a failure.
    fn autosave(&mut self, ctx: &egui::Context) {
        let file = &self.state.file;
        let savable = matches!(file.origin, Origin::File(_)) && file.access == Access::ReadWrite;
        if !savable || !self.state.is_unsaved() {
            self.failed_at = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let due = match file.saving {
            Saving::Running | Saving::ChangedOutside => return,
            Saving::Failed(_) => *self.failed_at.get_or_insert(now) + RETRY_AFTER,
            Saving::Idle => *self.edited_at.get_or_insert(now) + SAVE_AFTER,
        };
        if now >= due {
            self.failed_at = None;
            self.start_saving();
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64((due - now).max(0.05)));
        }
    }

    /// The working day turns at midnight.
    fn follow_clock(&mut self, ctx: &egui::Context) {
        if !self.follows_clock {
            return;
        }
        let today = effects::today();
        if today != self.state.today {
            let before = self.derived.shown.figures.today.items.len();
            self.act(ctx, Action::SetToday(today));
            let now = self.derived.shown.figures.today.items.len();
            if before != now {
                let notice = format!(
                    "It is {}: the queue has {now} items, it had {before}",
                    today.format("%A, %-d %B")
                );
                self.act(ctx, Action::Tell(notice));
            }
        }
        ctx.request_repaint_after(effects::until_midnight());
    }

    /// Turns the frame's keys into actions, and takes those keys out of the frame.
    fn keys(&mut self, ctx: &egui::Context) {
        let events = ctx.input(|input| input.events.clone());
        let typing = is_typing(&self.state) || ctx.text_edit_focused();
        let on_widget = !typing && ctx.memory(|memory| memory.focused().is_some());
        let mut used = Vec::new();
        for stroke in strokes(&events, typing) {
            // A focused button answers Enter and Space itself; Tab walks on.
            if on_widget && presses_widget(events.get(stroke.event)) {
                continue;
            }
            let prefix = self.state.session.prefix.clone();
            let press = self.keymap.press(&places(&self.state), prefix.as_deref(), stroke);
            let was_typing = is_typing(&self.state);
            match press {
                Press::Command(command) => {
                    if prefix.is_some() {
                        self.act(ctx, Action::Await(None));
                    }
                    self.act(ctx, Action::Run(command.id));
                }
                Press::Prefix(first) => self.act(ctx, Action::Await(Some(first))),
                Press::Nothing if prefix.is_some() => self.act(ctx, Action::Await(None)),
                Press::Nothing => continue,
            }
            used.push(stroke.event);
            // The text of a key that acted is not typed into the field it opened.
            if matches!(events.get(stroke.event + 1), Some(Event::Text(_))) {
                used.push(stroke.event + 1);
            }
            if !was_typing && is_typing(&self.state) {
                // What was typed after it belongs to the field.
                break;
            }
        }
        if !used.is_empty() {
            ctx.input_mut(|input| {
                let mut position = 0;
                input.events.retain(|_| {
                    position += 1;
                    !used.contains(&(position - 1))
                });
            });
        }
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

    /// Names in scripts that the embedded faces lack are drawn with the system's; looked for once a book.
    fn cover_scripts(&mut self, ctx: &egui::Context) {
        if self.covered.is_same(&self.state.book) {
            return;
        }
        self.covered = self.state.book.clone();
        let (ctx, book, sought) = (ctx.clone(), self.state.book.clone(), self.sought.clone());
        std::thread::spawn(move || {
            let texts: Vec<String> = book.records().map(|record| format!("{record:?}")).collect();
            let mut missing = fallback::missing(texts.iter().map(String::as_str));
            // Every edit makes another book; the system's faces are read once for a character.
            let mut sought = sought.lock().unwrap_or_else(PoisonError::into_inner);
            missing.retain(|c| sought.insert(*c));
            if missing.is_empty() {
                return;
            }
            let mut system = fontdb::Database::new();
            system.load_system_fonts();
            for face in fallback::faces_for(&system, &missing) {
                ctx.add_font(face);
            }
            ctx.request_repaint();
        });
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

    /// Writes the settings: theme, last book, how the window lies.
    fn remember(&mut self, ctx: &egui::Context) {
        self.settings.theme = match self.state.session.theme {
            ThemeChoice::System => Theme::System,
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        };
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
        self.settings.zoom = crate::store::settings::Zoom::new(ctx.zoom_factor());
        if let Err(why) = self.settings.save(&self.settings_file) {
            reduce(&mut self.state, Action::Refuse(format!("The settings could not be kept: {why}")));
        }
    }

    /// Closing writes what is unsaved; if that fails the window stays.
    fn close(&mut self, ctx: &egui::Context) {
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
        self.cover_scripts(&ctx);
        for action in window_ui(ui, &self.state, &self.derived.shown) {
            self.act(&ctx, action);
        }
        self.autosave(&ctx);
        self.close(&ctx);
    }
}

fn presses_widget(event: Option<&Event>) -> bool {
    matches!(event, Some(Event::Key { key: Key::Enter | Key::Space, modifiers, .. }) if modifiers.is_none())
}

fn default_book(surroundings: &Surroundings) -> PathBuf {
    let nothing = Given::default();
    let fallback = Surroundings { program: None, ..surroundings.clone() };
    place::find(&nothing, &fallback, Path::exists).book.path().to_path_buf()
}

/// The state the window opens with: the book that was asked for, else the one that was open last, else the sample.
fn opening(
    desk: &Desk,
    wish: &Wish,
    surroundings: &Surroundings,
    settings: &Settings,
    today: chrono::NaiveDate,
) -> State {
    let start = |opened: Opened| {
        let mut state = State::new(opened.book.clone(), today, effects::seed());
        state.file = File {
            origin: opened.origin,
            access: opened.access,
            saved: opened.book,
            saving: Saving::Idle,
            problems: opened.problems,
        };
        state
    };
    let sample = || match desk.open_sample(today) {
        Ok(opened) => start(opened),
        Err(why) => {
            let mut state = State::new(Book::empty(crate::domain::Currency::EUR), today, effects::seed());
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
    let refused = |why: String| {
        let mut state = sample();
        reduce(&mut state, Action::Refuse(format!("{why}. The sample book is shown instead")));
        state.session.notice.iter_mut().for_each(|notice| notice.tone = Tone::Refused);
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
            let empty = Book::empty(crate::domain::Currency::USD);
            let mut state = State::new(empty, today, effects::seed());
            state.file.access = desk.start_at(&path);
            state.file.origin = Origin::File(path.clone());
            reduce(
                &mut state,
                Action::Tell(format!("{} is a new book: add a client to begin", path.display())),
            );
            state
        }
        _ => match desk.open_now(&path) {
            Ok(opened) => start(opened),
            Err(why) => refused(why),
        },
    }
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// When there is no display to open it on, in a sentence that names what works without one.
pub fn run(wish: Wish) -> Result<(), String> {
    let surroundings = Surroundings::of_this_machine();
    let settings_file = place::settings_file(&surroundings, Path::exists);
    let window = Settings::load(&settings_file).settings.window.filter(WindowPlace::is_usable);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Rapport")
        .with_app_id("rapport")
        .with_inner_size(window.map_or([1280.0, 800.0], |window| [window.size.0, window.size.1]))
        .with_min_inner_size([720.0, 480.0])
        .with_maximized(window.is_some_and(|window| window.maximised))
        .with_icon(crate::kit::icon::window());
    if let Some((x, y)) = window.and_then(|window| window.position) {
        viewport = viewport.with_position([x, y]);
    }
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let opened = eframe::run_native(
        "rapport",
        options,
        Box::new(move |creation| Ok(Box::new(App::open(&creation.egui_ctx, &wish, &surroundings)))),
    );
    opened.map_err(|why| {
        format!(
            "The window could not be opened ({}). Without a display these work: rapport check, report, render, import, \
             sample; see rapport --help",
            plain(&why)
        )
    })
}

/// The reason without the paths of the source files that some libraries put into their messages.
fn plain(why: &eframe::Error) -> String {
    match why {
        eframe::Error::WinitEventLoop(_) => "there is no display".to_owned(),
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) => {
            "its graphics cannot be set up".to_owned()
        }
        other => other.to_string(),
    }
}
