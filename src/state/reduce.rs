//! How an action changes the state, and what is to leave the process because of it.

use crate::domain::{Book, FIRST_DAY};

use super::action::{Action, Effect, Opened};
use super::edit::{Change, Edit};
use super::form::Form;
use super::import::{ImportDraft, ImportState};
use super::session::{
    Confirm, Cursor, Notice, Overlay, PagePlace, PageSection, Palette, PathPrompt, PathPurpose, ThemeChoice,
    Tone,
};
use super::{Access, Origin, Saving, State};

/// How many commands the palette remembers.
const REMEMBERED: usize = 20;

/// Changes the state by an action; gives what is to leave the process.
pub fn reduce(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    apply(state, action, &mut effects);
    effects
}

fn apply(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::All(actions) => actions.into_iter().for_each(|action| apply(state, action, effects)),
        Action::Show(_)
        | Action::OpenClient(_)
        | Action::ShowSection(_)
        | Action::Point(_)
        | Action::LookAt(_)
        | Action::TogglePeek
        | Action::Sort(_)
        | Action::Filtering(_)
        | Action::SetFilter(_)
        | Action::Await(_)
        | Action::OpenHelp
        | Action::Back => look(state, action),
        Action::NextTheme => {
            state.session.theme = match state.session.theme {
                ThemeChoice::System => ThemeChoice::Light,
                ThemeChoice::Light => ThemeChoice::Dark,
                ThemeChoice::Dark => ThemeChoice::System,
            };
            let name = match state.session.theme {
                ThemeChoice::System => "the system's theme",
                ThemeChoice::Light => "the light theme",
                ThemeChoice::Dark => "the dark theme",
            };
            tell(state, format!("Using {name}"));
            effects.push(Effect::Remember);
        }
        Action::DismissWelcome => {
            state.session.welcome = false;
            effects.push(Effect::Remember);
        }
        Action::OpenPalette | Action::SetQuery(_) | Action::PointPalette(_) | Action::Used(_) => {
            palette(state, action);
        }
        Action::OpenForm(..)
        | Action::SetField(..)
        | Action::FocusField(_)
        | Action::PointCompletion(_)
        | Action::Complete(..)
        | Action::Commit => form(state, action),
        Action::Edit(step) => edit(state, &step),
        Action::EditRow(step) => {
            // The key no longer matches a row; the position stays, where the row below comes up.
            if state.edit_refusal().is_none() {
                let view = state.session.view;
                state.session.notice = None;
                let before = state.session.cursors.clone();
                edit(state, &step);
                let edited = state.session.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Done);
                state.session.cursors = before;
                if edited {
                    state.session.cursors.of_mut(view).key.clear();
                }
            } else {
                edit(state, &step);
            }
        }
        Action::Undo => undo(state),
        Action::Redo => redo(state),
        Action::Ask(confirm) => match state.edit_refusal() {
            Some(why) => refuse(state, why),
            None => state.session.overlay = Some(Overlay::Confirm(confirm)),
        },
        Action::Yes => {
            if let Some(Overlay::Confirm(confirm)) = state.session.overlay.take() {
                apply(state, *confirm.action, effects);
            }
        }
        Action::AskSnooze(item, client) => match state.edit_refusal() {
            Some(why) => refuse(state, why),
            None => state.session.overlay = Some(Overlay::Snooze(item, client)),
        },
        Action::AskPath(_)
        | Action::SetPath(_)
        | Action::TakePath
        | Action::Browse
        | Action::Browsed(..)
        | Action::PathTaken(_)
        | Action::PathFailed(..)
        | Action::Open(_)
        | Action::OpenAnyway(_)
        | Action::TurnTo(_)
        | Action::StartBook
        | Action::Save
        | Action::Reload
        | Action::Quit => file(state, action, effects),
        Action::ImportRead(_)
        | Action::ImportPlanned(..)
        | Action::PointImport(_)
        | Action::ChooseColumn(..)
        | Action::ChooseDates(_)
        | Action::ChooseCurrency(_)
        | Action::Import
        | Action::ImportAnyway(_) => import(state, action, effects),
        Action::SetToday(day) => {
            if day != state.today {
                state.today = day;
                state.clock = day;
                tell(state, format!("It is {} now", day.format("%A, %-d %B")));
            }
        }
        Action::Opened(opened) => open(state, *opened, effects),
        Action::Saving => state.file.saving = Saving::Running,
        Action::SavedAs(path) => {
            tell(state, format!("Saved as {}", path.display()));
            state.file.origin = Origin::File(path);
            state.file.access = Access::ReadWrite;
            effects.push(Effect::Remember);
        }
        // A word that comes late, of a file that is no longer open, says nothing about this one.
        Action::Saved(book, path) => {
            if state.file.origin == Origin::File(path) {
                state.file.saved = book;
                state.file.saving = Saving::Idle;
            }
        }
        Action::SaveFailed(why) => {
            refuse(state, why.clone());
            state.file.saving = Saving::Failed(why);
        }
        Action::ChangedOutside => state.file.saving = Saving::ChangedOutside,
        Action::FileGone => state.file.saving = Saving::Gone,
        Action::FileBack => {
            if matches!(state.file.saving, Saving::Gone | Saving::ChangedOutside) {
                state.file.saving = Saving::Idle;
            }
        }
        // These mean something only to whoever holds the table of commands; see `command::meaning`.
        Action::Run(_) | Action::DropDeal(..) => {}
        Action::Tell(text) => tell(state, text),
        Action::Refuse(why) => refuse(state, why),
    }
}

fn tell(state: &mut State, text: String) {
    state.session.notice = Some(Notice { text, tone: Tone::Done });
}

fn refuse(state: &mut State, text: String) {
    state.session.notice = Some(Notice { text, tone: Tone::Refused });
}

fn look(state: &mut State, action: Action) {
    let session = &mut state.session;
    match action {
        Action::Show(view) => {
            session.view = view;
            session.page = None;
            session.filtering = false;
            session.overlay = None;
            session.notice = None;
        }
        Action::OpenClient(client) => {
            session.overlay = None;
            session.filtering = false;
            session.page =
                Some(PagePlace { client, section: PageSection::default(), cursor: Cursor::default() });
        }
        Action::ShowSection(section) => {
            if let Some(page) = &mut session.page {
                page.section = section;
                page.cursor = Cursor::default();
            }
        }
        Action::Point(cursor) => match &mut session.page {
            Some(page) => page.cursor = cursor,
            None => *session.cursors.of_mut(session.view) = cursor,
        },
        Action::LookAt(day) => {
            state.as_of = day.filter(|day| *day < state.today).map(|day| day.max(FIRST_DAY));
            session.notice = None;
        }
        Action::TogglePeek => {
            let view = session.view;
            match session.peeks.iter().position(|known| *known == view) {
                Some(at) => drop(session.peeks.remove(at)),
                None => session.peeks.push(view),
            }
        }
        Action::Sort(column) => {
            let (known, down) = session.sort;
            // Names and kinds start at A, figures at the largest, days at the latest.
            let starts_down =
                !matches!(column, crate::figures::ClientSort::Name | crate::figures::ClientSort::Kind);
            session.sort = (column, if known == column { !down } else { starts_down });
        }
        Action::Filtering(on) => session.filtering = on,
        Action::SetFilter(text) => session.filters.set(session.view, text),
        Action::Await(prefix) => session.prefix = prefix,
        Action::OpenHelp => session.overlay = Some(Overlay::Help),
        Action::Back => back(state),
        _ => {}
    }
}

/// Unwinds one step: what is awaited, an overlay, the filter field, the filter, the page, the day looked at, the notice.
/// Never closes the program and never changes the view.
fn back(state: &mut State) {
    let session = &mut state.session;
    if session.prefix.take().is_some() {
        return;
    }
    if let Some(Overlay::Form(form)) = &mut session.overlay
        && form.completion.take().is_some()
    {
        return;
    }
    if session.overlay.take().is_some() {
        return;
    }
    if session.filtering {
        session.filtering = false;
        return;
    }
    if session.page.take().is_some() {
        return;
    }
    if !session.filters.of(session.view).is_empty() {
        session.filters.set(session.view, String::new());
        return;
    }
    if state.as_of.take().is_some() {
        return;
    }
    session.notice = None;
}

fn palette(state: &mut State, action: Action) {
    let session = &mut state.session;
    match (action, &mut session.overlay) {
        (Action::OpenPalette, overlay) => *overlay = Some(Overlay::Palette(Palette::default())),
        (Action::SetQuery(query), Some(Overlay::Palette(palette))) => *palette = Palette { query, cursor: 0 },
        (Action::PointPalette(cursor), Some(Overlay::Palette(palette))) => palette.cursor = cursor,
        (Action::Used(id), _) => {
            session.recent.retain(|known| *known != id);
            session.recent.insert(0, id);
            session.recent.truncate(REMEMBERED);
        }
        _ => {}
    }
}

fn form(state: &mut State, action: Action) {
    if let Action::OpenForm(kind, target) = action {
        if let Some(why) = state.edit_refusal() {
            return refuse(state, why);
        }
        let form = Form::open(kind, target, state.next_seed(), &state.form_context());
        state.use_seed();
        state.session.overlay = Some(Overlay::Form(form));
        return;
    }
    if matches!(action, Action::Commit) {
        return commit(state);
    }
    let Some(Overlay::Form(form)) = &mut state.session.overlay else { return };
    match action {
        Action::SetField(field, text) => {
            if let Some(value) = form.values.get_mut(field) {
                *value = text;
            }
            form.focus = field;
            form.completion = None;
        }
        Action::FocusField(field) if form.focus != field && field < form.values.len() => {
            form.focus = field;
            form.completion = None;
        }
        Action::PointCompletion(position) => form.completion = position,
        Action::Complete(field, text) => {
            if let Some(value) = form.values.get_mut(field) {
                *value = text;
            }
            form.completion = None;
            form.focus = (field + 1).min(form.values.len().saturating_sub(1));
        }
        _ => {}
    }
}

fn commit(state: &mut State) {
    let Some(Overlay::Form(form)) = &state.session.overlay else { return };
    if let Some(why) = state.edit_refusal() {
        // The draft stays: what stands in the way may pass.
        return refuse(state, why);
    }
    match form.read(&state.form_context()) {
        Ok(_) if form.changes_something() && form.is_untouched() => {
            state.session.overlay = None;
            tell(state, "Nothing was changed".to_owned());
        }
        Ok(step) => {
            let leaves_queue = matches!(form.target, super::form::Target::Item(..));
            let draft = state.session.overlay.take();
            let depth = state.history.depth();
            edit(state, &step);
            if state.history.depth() == depth {
                state.session.overlay = draft;
                return;
            }
            if leaves_queue {
                state.session.cursors.today.key.clear();
            }
        }
        Err(errors) => {
            if let Some(Overlay::Form(form)) = &mut state.session.overlay {
                form.tried = true;
                if let Some((first, _)) = errors.first() {
                    form.focus = *first;
                }
            }
        }
    }
}

fn edit(state: &mut State, step: &Edit) {
    if let Some(why) = state.edit_refusal() {
        return refuse(state, why);
    }
    match step.apply(&state.book) {
        Ok(book) => {
            let before = std::mem::replace(&mut state.book, book);
            state.history.note(before, step.label.clone(), state.session.cursors.clone());
            state.use_seed();
            tell(state, step.label.clone());
        }
        Err(error) => refuse(state, format!("Not done: {error}")),
    }
}

fn undo(state: &mut State) {
    if let Some(why) = state.edit_refusal() {
        return refuse(state, why);
    }
    match state.history.undo(state.book.clone(), state.session.cursors.clone()) {
        Some(step) => {
            state.book = step.book;
            state.session.cursors = step.cursors;
            tell(state, format!("Undone: {}", step.label));
        }
        None => refuse(state, "There is nothing to undo".to_owned()),
    }
}

fn redo(state: &mut State) {
    if let Some(why) = state.edit_refusal() {
        return refuse(state, why);
    }
    match state.history.redo(state.book.clone(), state.session.cursors.clone()) {
        Some(step) => {
            state.book = step.book;
            state.session.cursors = step.cursors;
            tell(state, format!("Done again: {}", step.label));
        }
        None => refuse(state, "There is nothing to do again".to_owned()),
    }
}

fn file(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::AskPath(purpose) => {
            let text = match (purpose, &state.file.origin) {
                (PathPurpose::SaveAs, Origin::File(path)) => path.display().to_string(),
                (PathPurpose::SaveAs, _) => state
                    .session
                    .suggested_path
                    .as_ref()
                    .map(|path| path.display().to_string())
                    .unwrap_or_default(),
                _ => String::new(),
            };
            state.session.overlay =
                Some(Overlay::Path(PathPrompt { purpose, text, taken: false, error: None }));
        }
        Action::SetPath(text) => {
            if let Some(Overlay::Path(prompt)) = &mut state.session.overlay {
                prompt.text = text;
                prompt.taken = false;
                prompt.error = None;
            }
        }
        Action::Browsed(purpose, path) => {
            if let Some(prompt) = prompt_of(state, purpose) {
                prompt.text = path.display().to_string();
                prompt.taken = false;
                prompt.error = None;
            }
        }
        Action::PathTaken(purpose) => {
            let taken = taken_prompt(state, purpose).is_some();
            state.session.overlay = state.session.overlay.take().filter(|_| !taken);
            state.file.turning_to = None;
        }
        Action::PathFailed(purpose, why) => {
            if purpose != PathPurpose::Import {
                state.file.turning_to = None;
            }
            match taken_prompt(state, purpose) {
                Some(prompt) => {
                    prompt.taken = false;
                    prompt.error = Some(why);
                }
                None => refuse(state, why),
            }
        }
        Action::TakePath => take_path(state, effects),
        Action::Browse => {
            if let Some(Overlay::Path(prompt)) = &state.session.overlay {
                effects.push(Effect::Browse(prompt.purpose));
            }
        }
        Action::Open(path) => ask_open(state, path, effects),
        Action::OpenAnyway(path) => effects.push(Effect::Open(path)),
        Action::TurnTo(path) => state.file.turning_to = Some(path),
        Action::StartBook => start_book(state, effects),
        Action::Save | Action::Reload if state.file.turning_to.is_some() => {
            let why = state.turning_refusal().unwrap_or_default();
            refuse(state, why);
        }
        Action::Save => match &state.file.origin {
            Origin::File(_) => match &state.file.access {
                Access::ReadOnly(why) => refuse(state, why.clone()),
                Access::ReadWrite if state.is_unsaved() => effects.push(Effect::Save),
                Access::ReadWrite => tell(state, "Everything is saved".to_owned()),
            },
            Origin::Sample | Origin::Unsaved => file(state, Action::AskPath(PathPurpose::SaveAs), effects),
        },
        Action::Reload => match state.file.origin {
            Origin::File(_) => effects.push(Effect::Reload),
            _ => refuse(state, "This book has no file to read again".to_owned()),
        },
        Action::Quit => effects.push(Effect::Quit),
        _ => {}
    }
}

/// The path that was taken for this, if it is still on the screen: what comes late of another one leaves it alone.
fn taken_prompt(state: &mut State, purpose: PathPurpose) -> Option<&mut PathPrompt> {
    prompt_of(state, purpose).filter(|prompt| prompt.taken)
}

/// The path being typed, if it is for this.
fn prompt_of(state: &mut State, purpose: PathPurpose) -> Option<&mut PathPrompt> {
    match &mut state.session.overlay {
        Some(Overlay::Path(prompt)) if prompt.purpose == purpose => Some(prompt),
        _ => None,
    }
}

/// Opens a file, after a question where the book on the screen has none and would be lost.
fn ask_open(state: &mut State, path: std::path::PathBuf, effects: &mut Vec<Effect>) {
    if !state.would_be_lost() {
        effects.push(Effect::Open(path));
        return;
    }
    state.session.overlay = Some(Overlay::Confirm(Confirm {
        question: format!("Open {} instead?", path.display()),
        consequence: what_is_lost(state),
        yes: "Open".to_owned(),
        action: Box::new(Action::OpenAnyway(path)),
    }));
}

/// What would be lost with a book that has no file.
fn what_is_lost(state: &State) -> String {
    match state.file.origin {
        Origin::Sample => "What you changed in the sample is dropped.".to_owned(),
        _ => "The open book was never saved and is dropped.".to_owned(),
    }
}

fn take_path(state: &mut State, effects: &mut Vec<Effect>) {
    let busy = state.turning_refusal();
    let unreadable = import_refusal(state);
    let Some(Overlay::Path(prompt)) = &mut state.session.overlay else { return };
    let text = prompt.text.trim();
    if text.is_empty() {
        prompt.error = Some("type a path, or press Ctrl+B to choose one".to_owned());
        return;
    }
    let refused = busy.or(unreadable.filter(|_| prompt.purpose == PathPurpose::Import));
    if refused.is_some() {
        prompt.error = refused;
        return;
    }
    let path = std::path::PathBuf::from(text);
    prompt.taken = true;
    match prompt.purpose {
        PathPurpose::Open => ask_open(state, path, effects),
        PathPurpose::SaveAs => effects.push(Effect::SaveAs(path)),
        PathPurpose::Import => effects.push(Effect::ReadImport(path)),
    }
}

/// A new book, to be given its first client. Its currency is that of the book on the screen, which is EUR in the sample,
/// unless the first amount names another.
fn start_book(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(why) = state.turning_refusal() {
        return refuse(state, why);
    }
    if state.is_unsaved() && matches!(state.file.origin, Origin::File(_)) {
        // A new book takes the place of this one, and what is not written would go with it.
        return effects.push(Effect::SaveThen(Box::new(Action::StartBook)));
    }
    let book = Book::empty(state.book.currency());
    new_book(state, book, effects);
    form(state, Action::OpenForm(super::FormKind::Start, super::Target::New(None)));
}

/// Goes on with a new book that has no file yet.
fn new_book(state: &mut State, book: Book, effects: &mut Vec<Effect>) {
    state.file.saved = book.clone();
    state.file.origin = Origin::Unsaved;
    state.file.access = Access::ReadWrite;
    state.file.saving = Saving::Idle;
    state.file.problems.clear();
    state.file.unreadable = None;
    state.file.turning_to = None;
    state.book = book;
    state.history = super::History::default();
    state.as_of = None;
    state.session.page = None;
    state.session.welcome = false;
    state.session.cursors = super::Cursors::default();
    state.session.filters = super::Filters::default();
    effects.push(Effect::NewFile);
}

fn open(state: &mut State, opened: Opened, effects: &mut Vec<Effect>) {
    let Opened { book, origin, access, problems, again } = opened;
    if again {
        // What was edited and not saved stays one undo away; drafts in forms stay as they are.
        let before = std::mem::replace(&mut state.book, book.clone());
        state.history.note(
            before,
            "reading the file again; what the other program wrote is among the backups".to_owned(),
            state.session.cursors.clone(),
        );
        tell(state, "Read the file again: undo brings back what was on the screen before".to_owned());
    } else {
        state.book = book.clone();
        state.history = super::History::default();
        state.as_of = None;
        state.session = super::Session {
            theme: state.session.theme,
            peeks: std::mem::take(&mut state.session.peeks),
            recent: std::mem::take(&mut state.session.recent),
            suggested_path: state.session.suggested_path.take(),
            view: state.session.view,
            sort: state.session.sort,
            ..super::Session::default()
        };
        if let Origin::File(path) = &origin {
            tell(state, format!("Opened {}", path.display()));
        }
        effects.push(Effect::Remember);
    }
    state.file = super::File {
        origin,
        access,
        saved: book,
        saving: Saving::Idle,
        problems,
        unreadable: None,
        turning_to: None,
    };
}

fn import(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let plan = |draft: ImportDraft, effects: &mut Vec<Effect>| {
        effects.push(Effect::PlanImport(draft.clone()));
        ImportState { draft, preview: None, cursor: 0 }
    };
    match action {
        Action::ImportRead(draft) => {
            // Whoever went on to something else meanwhile no longer waits for the file.
            if taken_prompt(state, PathPurpose::Import).is_some() {
                state.session.overlay = Some(Overlay::Import(plan(draft, effects)));
            }
            return;
        }
        Action::Import => return ask_import(state, effects),
        Action::ImportAnyway(import) => {
            state.session.overlay = Some(Overlay::Import(*import));
            return make_import(state, effects);
        }
        _ => {}
    }
    let Some(Overlay::Import(import)) = &mut state.session.overlay else { return };
    match action {
        Action::ImportPlanned(draft, preview)
            if draft == import.draft && preview.base.is_same(&state.book) =>
        {
            import.preview = Some(preview);
        }
        Action::ImportPlanned(draft, _) if draft == import.draft && import.preview.is_none() => {
            // The book is another one by now.
            effects.push(Effect::PlanImport(draft));
        }
        Action::PointImport(cursor) => import.cursor = cursor,
        Action::ChooseColumn(field, choice) => {
            import.draft.choices.retain(|(known, _)| *known != field);
            import.draft.choices.push((field, choice));
            let cursor = import.cursor;
            *import = ImportState { cursor, ..plan(import.draft.clone(), effects) };
        }
        Action::ChooseDates(order) => {
            import.draft.dates = order;
            let cursor = import.cursor;
            *import = ImportState { cursor, ..plan(import.draft.clone(), effects) };
        }
        Action::ChooseCurrency(currency) => {
            import.draft.currency = currency;
            let cursor = import.cursor;
            *import = ImportState { cursor, ..plan(import.draft.clone(), effects) };
        }
        _ => {}
    }
}

/// Why nothing can be imported into the book on the screen, if so: a record that cannot be read may be one that would be
/// imported again.
fn import_refusal(state: &State) -> Option<String> {
    let errors = state.file.problems.len();
    let into_it = matches!(state.file.origin, Origin::File(_));
    (into_it && errors > 0).then(|| {
        format!(
            "{errors} of the book's records cannot be used, so that what is new cannot be told: mend them first, \
             rapport check names them"
        )
    })
}

/// Makes the import, after a question where it takes the place of an edited sample.
fn ask_import(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Overlay::Import(import)) = &state.session.overlay else { return };
    let brings = import.preview.as_ref().is_some_and(|preview| preview.book.is_some());
    if !brings || state.file.origin != Origin::Sample || !state.is_unsaved() {
        return make_import(state, effects);
    }
    let import = Box::new(import.clone());
    state.session.overlay = Some(Overlay::Confirm(Confirm {
        question: "Import into a book of your own?".to_owned(),
        consequence: what_is_lost(state),
        yes: "Import".to_owned(),
        action: Box::new(Action::ImportAnyway(import)),
    }));
}

fn make_import(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(why) = state.edit_refusal().or_else(|| import_refusal(state)) {
        return refuse(state, why);
    }
    let Some(Overlay::Import(import)) = &mut state.session.overlay else { return };
    let Some(preview) = import.preview.clone() else { return };
    if !preview.base.is_same(&state.book) {
        import.preview = None;
        effects.push(Effect::PlanImport(import.draft.clone()));
        return refuse(state, "The book was changed meanwhile: look at what would come in now".to_owned());
    }
    match preview.book {
        Some(book) => {
            let name = import.draft.path.file_name().map(|name| name.to_string_lossy().into_owned());
            let label = format!("Imported {}: {}", name.unwrap_or_default(), preview.summary);
            state.session.overlay = None;
            if state.file.origin == Origin::Sample {
                // The sample is for looking: what one brings goes into a book of one's own.
                new_book(state, Book::empty(book.currency()), effects);
            }
            edit(state, &Edit { label, changes: vec![Change::Book(book)] });
        }
        None => refuse(state, preview.refused.unwrap_or_else(|| "There is nothing to import".to_owned())),
    }
}
