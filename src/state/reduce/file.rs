//! The book's file: paths, saving, a new book, and one that was opened.

use crate::domain::Book;
use crate::state::form::{Context, Entered, Form};
use crate::state::{
    Access, Action, Confirm, Cursors, Effect, File, Filters, FormKind, Hand, History, Opened, Origin,
    Overlay, PathPrompt, PathPurpose, Saving, Session, State, Target, Triage, WhatIfDraft,
};

use super::import::import_refusal;
use super::{calendar, come_back, dossier, edit, refuse, show_errors, tell};

pub(super) fn file(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
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
                (PathPurpose::Dossier(format), _) => dossier::default_path(state, format),
                (PathPurpose::Calendar, _) => calendar::default_path(state),
                _ => String::new(),
            };
            state.session.overlay =
                Some(Overlay::Path(PathPrompt { purpose, text, taken: false, error: None, content: None }));
        }
        Action::AskExport(content, name) => {
            let prompt = PathPrompt {
                purpose: PathPurpose::Export,
                text: name,
                taken: false,
                error: None,
                content: Some(content),
            };
            state.session.overlay = Some(Overlay::Path(prompt));
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
            if !matches!(purpose, PathPurpose::Dossier(_) | PathPurpose::Export | PathPurpose::Calendar) {
                state.file.turning_to = None;
            }
        }
        Action::PathFailed(purpose, why) => {
            if purpose.turns_to_another_book() {
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
        Action::DossierThere(format, path) => dossier::ask_over(state, format, path),
        Action::WriteDossier(format, client, path) => {
            effects.push(Effect::WriteDossier { client, format, path, over: true });
        }
        Action::CalendarThere(path) => calendar::ask_over(state, path),
        Action::WriteCalendar(path) => effects.push(Effect::WriteCalendar { path, over: true }),
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
pub(super) fn taken_prompt(state: &mut State, purpose: PathPurpose) -> Option<&mut PathPrompt> {
    prompt_of(state, purpose).filter(|prompt| prompt.taken)
}

/// The path being typed, if it is for this.
pub(super) fn prompt_of(state: &mut State, purpose: PathPurpose) -> Option<&mut PathPrompt> {
    match &mut state.session.overlay {
        Some(Overlay::Path(prompt)) if prompt.purpose == purpose => Some(prompt),
        _ => None,
    }
}

/// Opens a file, after a question where the book on the screen has none and would be lost.
pub(super) fn ask_open(state: &mut State, path: std::path::PathBuf, effects: &mut Vec<Effect>) {
    if !state.would_be_lost() && state.session.unfinished().is_empty() {
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
pub(super) fn what_is_lost(state: &State) -> String {
    let book = match state.file.origin {
        _ if !state.would_be_lost() => None,
        Origin::Sample => Some("What you changed in the sample is dropped."),
        _ => Some("The open book was never saved and is dropped."),
    };
    let unfinished = state.session.unfinished();
    let typed =
        (!unfinished.is_empty()).then(|| format!("What you typed in {} is dropped.", unfinished.place()));
    book.map(str::to_owned).into_iter().chain(typed).collect::<Vec<_>>().join(" ")
}

pub(super) fn take_path(state: &mut State, effects: &mut Vec<Effect>) {
    let busy = state.turning_refusal();
    let unreadable = import_refusal(state);
    let client = state.session.page.as_ref().map(|page| page.client.clone());
    let Some(Overlay::Path(prompt)) = &mut state.session.overlay else { return };
    let text = prompt.text.trim();
    if text.is_empty() {
        prompt.error = Some("type a path, or press {path.browse} to choose one".to_owned());
        return;
    }
    let refused = busy
        .filter(|_| prompt.purpose != PathPurpose::Export)
        .or(unreadable.filter(|_| prompt.purpose == PathPurpose::Import));
    if refused.is_some() {
        prompt.error = refused;
        return;
    }
    let path = std::path::PathBuf::from(text);
    let checked = match prompt.purpose {
        PathPurpose::Dossier(format) => dossier::checked_path(path, format.extension()),
        PathPurpose::Calendar => dossier::checked_path(path, "ics"),
        _ => Ok(path),
    };
    let path = match checked {
        Ok(path) => path,
        Err(why) => return prompt.error = Some(why),
    };
    prompt.taken = true;
    match prompt.purpose {
        PathPurpose::Calendar => effects.push(Effect::WriteCalendar { path, over: false }),
        PathPurpose::Open => ask_open(state, path, effects),
        PathPurpose::SaveAs => effects.push(Effect::SaveAs(path)),
        PathPurpose::Import => effects.push(Effect::ReadImport(path)),
        PathPurpose::Dossier(format) => {
            effects.extend(client.map(|client| Effect::WriteDossier { client, format, path, over: false }));
        }
        PathPurpose::Export => {
            effects.extend(prompt.content.clone().map(|content| Effect::Export(path, content)));
        }
    }
}

/// Asks for the first client of a new book; the one on the screen stays until that is given. The new one's currency is that of the book on the screen, which is EUR in the sample,
/// unless the first amount names another.
pub(super) fn start_book(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(why) = state.turning_refusal() {
        return refuse(state, why);
    }
    if !fills(state) && state.is_unsaved() && matches!(state.file.origin, Origin::File(_)) {
        // A new book takes the place of this one, and what is not written would go with it.
        return effects.push(Effect::SaveThen(Box::new(Action::StartBook)));
    }
    let blank = blank_book(state);
    let context = Context { book: &blank, today: state.today };
    let mut form = Form::open(FormKind::Start, Target::New(None), state.next_seed(), &context);
    let kept = state.session.kept_forms.iter().position(|kept| kept.goes_on_with(&form));
    if let Some(kept) = kept.map(|at| state.session.kept_forms.remove(at)) {
        let overtaken = form.go_on_with(kept, &context);
        tell(state, come_back(&form, &overtaken));
    }
    state.use_seed();
    state.session.overlay = Some(Overlay::Form(form));
}

/// Starts the new book with what the form says of its first client. Until then the book on the screen is as it was.
pub(super) fn take_start(state: &mut State, form: &Form, effects: &mut Vec<Effect>) {
    if let Some(why) = state.turning_refusal() {
        return refuse(state, why);
    }
    if fills(state)
        && let Some(why) = state.edit_refusal()
    {
        return refuse(state, why);
    }
    let blank = blank_book(state);
    match form.read(&Context { book: &blank, today: state.today }) {
        Ok(Entered::Edit(step)) if fills(state) => {
            state.session.overlay = None;
            edit(state, &step);
        }
        Ok(Entered::Edit(_)) if state.is_unsaved() && matches!(state.file.origin, Origin::File(_)) => {
            effects.push(Effect::SaveThen(Box::new(Action::Commit)));
        }
        Ok(Entered::Edit(step)) => {
            state.session.overlay = None;
            new_book(state, blank, effects);
            edit(state, &step);
        }
        Ok(_) => {}
        Err(errors) => show_errors(state, &errors),
    }
}

/// Whether the book on the screen is one's own and has nothing in it yet: then its first client goes into it.
pub(in crate::state) fn fills(state: &State) -> bool {
    state.file.origin != Origin::Sample
        && state.file.unreadable.is_none()
        && state.book.records().next().is_none()
}

/// A book with nothing in it, in the currency of the region; that on the screen where it is one.
fn blank_book(state: &State) -> Book {
    if fills(state) {
        return state.book.clone();
    }
    Book::empty(state.region_currency.unwrap_or(state.book.currency()))
}

/// Goes on with a new book that has no file yet.
pub(super) fn new_book(state: &mut State, book: Book, effects: &mut Vec<Effect>) {
    state.file.saved = book.clone();
    state.file.origin = Origin::Unsaved;
    state.file.access = Access::ReadWrite;
    state.file.saving = Saving::Idle;
    state.file.problems.clear();
    state.file.unreadable = None;
    state.file.turning_to = None;
    state.book = book;
    state.history = History::default();
    state.as_of = None;
    state.session.page = None;
    state.session.triage = Triage::default();
    state.session.welcome = false;
    state.session.cursors = Cursors::default();
    state.session.filters = Filters::default();
    state.session.rates = None;
    state.session.what_if = WhatIfDraft::default();
    state.begin();
    effects.push(Effect::NewFile);
}

pub(super) fn open(state: &mut State, opened: Opened, effects: &mut Vec<Effect>) {
    let Opened { book, origin, access, problems, again } = opened;
    if again {
        // What was edited and not saved stays one undo away; drafts in forms stay as they are.
        let before = std::mem::replace(&mut state.book, book.clone());
        state.history.note(
            before,
            "reading the file again; what the other program wrote is among the backups".to_owned(),
            Hand::of(&state.session),
        );
        tell(state, "Read the file again: undo brings back what was on the screen before".to_owned());
    } else {
        state.book = book.clone();
        state.history = History::default();
        state.as_of = None;
        state.session = Session {
            theme: state.session.theme,
            zoom: state.session.zoom,
            motion: state.session.motion,
            format: state.session.format,
            files: std::mem::take(&mut state.session.files),
            keys: std::mem::take(&mut state.session.keys),
            key_problems: std::mem::take(&mut state.session.key_problems),
            peeks: std::mem::take(&mut state.session.peeks),
            uses: std::mem::take(&mut state.session.uses),
            suggested_path: state.session.suggested_path.take(),
            view: state.session.view,
            sort: state.session.sort,
            ..Session::default()
        };
        state.begin();
        if let Origin::File(path) = &origin {
            tell(state, format!("Opened {}", path.display()));
        }
        effects.push(Effect::Remember);
    }
    state.file = File::of(origin, access, book, problems);
}
