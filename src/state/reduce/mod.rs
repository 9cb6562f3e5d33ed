//! How an action changes the state, and what is to leave the process because of it.

mod calendar;
mod dossier;
mod file;
mod import;
mod merge;
mod outbox;
mod proof;
mod quick;
mod rates;
mod settings;
mod triage;
mod what_if;

use crate::domain::FIRST_DAY;

use crate::state::action::{Action, CashAction, ClientsAction, DrillAction, Effect};
use crate::state::cash_place::{CashPlace, CashSide};
use crate::state::drill::Drill;
use crate::state::edit::Edit;
use crate::state::firm_list::{ListsAction, ListsPlace};
use crate::state::form::{Entered, Form, FormKind, Leaving, Target};
use crate::state::history::Hand;
use crate::state::session::{
    Cursor, Notice, Overlay, PagePlace, PageSection, Palette, PaletteOf, Picked, ThemeChoice, Tone, View,
};
use crate::state::{Access, Origin, Saving, Selection, State};

use file::{file, open, take_start};
use import::import;
use merge::merge;
use outbox::outbox;
use proof::proof;
use quick::quick;
use rates::rates;
use settings::settings;
use triage::triage;
use what_if::what_if;

/// Changes the state by an action; gives what is to leave the process.
pub fn reduce(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    apply(state, action, &mut effects);
    Drill::follow(state);
    effects
}

fn apply(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::All(actions) => actions.into_iter().for_each(|action| apply(state, action, effects)),
        Action::Show(_)
        | Action::OpenClient(_)
        | Action::ShowSection(_)
        | Action::Point(_)
        | Action::Cash(_)
        | Action::LookAt(_)
        | Action::TogglePeek
        | Action::Sort(_)
        | Action::Clients(_)
        | Action::Scroll(_)
        | Action::Filtering(_)
        | Action::SetFilter(_)
        | Action::Await(_)
        | Action::OpenHelp
        | Action::PointHelp(_)
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
        Action::Drill(action) => match action {
            DrillAction::Begin => {
                let welcomed = state.session.welcome;
                look(state, Action::Show(View::Today));
                Drill::begin(state);
                effects.extend(welcomed.then_some(Effect::Remember));
            }
            DrillAction::Skip => Drill::skip(state),
            DrillAction::End => state.session.drill = None,
        },
        Action::FocusFigure(_) | Action::LeaveFigure(_) | Action::Prove(_) | Action::PointProof(_) => {
            proof(&mut state.session, action);
        }
        Action::OpenPalette
        | Action::SetQuery(_)
        | Action::PointPalette(_)
        | Action::ArgumentOf(_)
        | Action::Used(_) => palette(state, action),
        Action::OpenForm(..)
        | Action::SetField(..)
        | Action::FocusField(_)
        | Action::PointCompletion(_)
        | Action::Complete(..) => form(state, action),
        Action::Commit => commit(state, effects),
        Action::Quick(action) => quick(state, action),
        Action::Triage(action) => triage(state, action),
        Action::Sign(second) => {
            let at_the_queue = matches!(state.session.view, View::Today | View::Outbox);
            state.begun.sign(second, at_the_queue);
        }
        Action::WhatIf(action) => what_if(state, action),
        Action::Rates(action) => rates(state, action),
        Action::Merge(action) => merge(state, action),
        Action::Lists(ListsAction::Show(list)) => {
            state.session.lists = Some(ListsPlace { list, cursor: Cursor::default() });
        }
        Action::Lists(ListsAction::Point(cursor)) => {
            if let Some(place) = &mut state.session.lists {
                place.cursor = cursor;
            }
        }
        Action::Outbox(action) => outbox(state, action, effects),
        Action::Copy(text, says) => {
            effects.push(Effect::Copy(text));
            tell(state, says);
        }
        Action::Edit(step) => edit(state, &step),
        Action::EditRow(step) => {
            // The key no longer matches a row; the position stays, where the row below comes up. The queue keeps its order,
            // and so knows that row by the key of the one that left.
            if state.edit_refusal().is_none() {
                let view = state.session.view;
                state.session.notice = None;
                let before = state.session.cursors.clone();
                edit(state, &step);
                let edited = state.session.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Done);
                state.session.cursors = before;
                if edited && view != View::Today {
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
        | Action::AskExport(..)
        | Action::SetPath(_)
        | Action::TakePath
        | Action::Browse
        | Action::Browsed(..)
        | Action::PathTaken(_)
        | Action::PathFailed(..)
        | Action::DossierThere(..)
        | Action::WriteDossier(..)
        | Action::CalendarThere(_)
        | Action::WriteCalendar(_)
        | Action::Open(_)
        | Action::OpenAnyway(_)
        | Action::TurnTo(_)
        | Action::StartBook
        | Action::Save
        | Action::Reload
        | Action::Quit => file(state, action, effects),
        Action::Settings(action) => settings(state, action, effects),
        Action::UseKeys(keys, problems) => {
            let told = match problems.as_slice() {
                [] => None,
                [only] => Some(only.clone()),
                [first, rest @ ..] => Some(format!("{first} {} more: see the settings", rest.len())),
            };
            state.session.keys = keys.with_plain_off(state.session.keys.plain_off);
            if let Some(told) = told.filter(|_| state.session.key_problems != problems) {
                refuse(state, told);
            }
            state.session.key_problems = problems;
        }
        Action::ImportRead(_)
        | Action::PasteImport(_)
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
                state.begin();
                tell(state, format!("It is {} now", crate::written::long_weekday(day)));
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
            if view == View::Today {
                session.triage.kept.release();
            }
            session.view = view;
            session.lists = None;
            session.rates.take_if(|_| view == View::Clients);
            session.page = None;
            session.focus = None;
            session.filtering = false;
            session.overlay = None;
            session.notice = None;
        }
        Action::OpenClient(client) => {
            session.overlay = None;
            session.lists = None;
            session.focus = None;
            session.filtering = false;
            session.notice.take_if(|notice| notice.tone == Tone::Refused);
            session.page =
                Some(PagePlace { client, section: PageSection::default(), cursor: Cursor::default() });
        }
        Action::ShowSection(section) => {
            if let Some(page) = &mut session.page {
                page.section = section;
                page.cursor = Cursor::default();
            }
        }
        Action::Point(cursor) => {
            // A figure that still has the keyboard says so again.
            session.focus = None;
            if let Some(page) = &mut session.page {
                page.cursor = cursor;
            } else {
                if session.view == View::Today {
                    session.triage.kept.hold();
                    session.triage.selection.stretch = None;
                }
                session.picked.board.stretch = None;
                session.picked.clients.stretch = None;
                *session.cursors.of_mut(session.view) = cursor;
                session.cash.at_day &= session.view != View::Cash;
            }
        }
        Action::Cash(action) => look_ahead(&mut session.cash, action),
        Action::LookAt(day) => {
            state.as_of = day.filter(|day| *day < state.today).map(|day| day.max(FIRST_DAY));
            session.triage.selection = Selection::default();
            session.picked = Picked::default();
            if state.as_of.is_none() {
                session.triage.kept.release();
            }
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
        Action::Clients(ClientsAction::Group(on)) => session.clients.grouped = on,
        Action::Scroll(to) => session.scrolled.ask(to),
        Action::Clients(ClientsAction::Firm(on)) => {
            session.clients.firm = on;
            session.focus = None;
        }
        Action::Filtering(on) => {
            // Its field would have the hand under the lists.
            session.lists.take_if(|_| on);
            session.filtering = on;
        }
        Action::SetFilter(text) => session.filters.set(session.view, text),
        Action::Await(prefix) => session.prefix = prefix,
        Action::OpenHelp => session.overlay = Some(Overlay::Help(0)),
        Action::PointHelp(row) => {
            if let Some(Overlay::Help(at)) = &mut session.overlay {
                *at = row;
            }
        }
        Action::Back => back(state),
        _ => {}
    }
}

/// Looks ahead in another way.
fn look_ahead(cash: &mut CashPlace, action: CashAction) {
    match action {
        CashAction::PointDay(day) => (cash.day, cash.at_day) = (Some(day), true),
        CashAction::Horizon(weeks) => cash.weeks = weeks,
        CashAction::Layers(layers) => cash.layers = layers,
        CashAction::Quantile(quantile) => cash.quantile = quantile,
        CashAction::Side(side) => cash.side = side,
        CashAction::Why(days) => (cash.side, cash.since_days) = (CashSide::Why, days),
        CashAction::PointChange(row) => cash.change = Some(row),
        CashAction::PointMonth(month) => cash.month = Some(month),
    }
}

/// Keeps a form that was left while something typed in it is not in the book.
fn keep_form(state: &mut State, overlay: Overlay) {
    let Overlay::Form(form) = overlay else { return };
    match form.leaves() {
        Leaving::Nothing => {}
        Leaving::Dropped => tell(state, "Dropped what was typed".to_owned()),
        Leaving::Kept => {
            let what = if form.kind == FormKind::Letter { "the letter" } else { "the form" };
            let kept = &mut state.session.kept_forms;
            kept.retain(|other| !other.goes_on_with(&form));
            kept.push(form);
            tell(state, format!("Kept what you typed: open {what} again to go on"));
        }
    }
}

/// Unwinds one step: what is awaited, an overlay, the firm's lists, the filter field, the page, the what-if, the firm, why a month changed, the
/// filter, the selection, the day looked at, the notice.
/// Never closes the program and never changes the view.
fn back(state: &mut State) {
    if state.session.prefix.take().is_some() {
        return;
    }
    if let Some(Overlay::Form(form)) = &state.session.overlay
        && (form.completion.is_some() || form.has_open_list(&state.form_context()))
    {
        if let Some(Overlay::Form(form)) = &mut state.session.overlay {
            (form.completion, form.list_closed) = (None, true);
        }
        return;
    }
    let session = &mut state.session;
    if quick::back(session) || proof::back(session) {
        return;
    }
    if matches!(&session.overlay, Some(Overlay::Palette(open)) if open.of.as_ref().is_some_and(|of| of.query.is_some()))
    {
        return palette(state, Action::ArgumentOf(None));
    }
    if let Some(overlay) = session.overlay.take() {
        // What could not be done in it is of no concern any more.
        session.notice.take_if(|notice| notice.tone == Tone::Refused);
        keep_form(state, overlay);
        return;
    }
    if session.lists.take().is_some() {
        return;
    }
    if session.filtering {
        session.filtering = false;
        return;
    }
    if session.rating().is_some()
        && let Some(place) = &mut session.rates
    {
        if place.typing.take().is_none() {
            session.rates = None;
        }
        session.focus = None;
        return;
    }
    if session.page.take().is_some() {
        session.focus = None;
        return;
    }
    if session.is_assuming() {
        session.what_if.open = false;
        return;
    }
    if session.shows_firm() {
        (session.clients.firm, session.focus) = (false, None);
        return;
    }
    if session.view == View::Cash && session.cash.side == CashSide::Why {
        session.cash.side = CashSide::Days;
        return;
    }
    if !session.filters.of(session.view).is_empty() {
        session.filters.set(session.view, String::new());
        return;
    }
    if session.selection().is_some_and(|selection| !selection.is_empty()) {
        session.select(Selection::default());
        return;
    }
    if state.as_of.take().is_some() {
        session.triage.kept.release();
        return;
    }
    session.notice = None;
}

fn palette(state: &mut State, action: Action) {
    let session = &mut state.session;
    match (action, &mut session.overlay) {
        (Action::OpenPalette, overlay) => *overlay = Some(Overlay::Palette(Palette::default())),
        (Action::SetQuery(query), Some(Overlay::Palette(palette))) => {
            (palette.query, palette.cursor) = (query, 0);
        }
        (Action::PointPalette(cursor), Some(Overlay::Palette(palette))) => palette.cursor = cursor,
        (Action::ArgumentOf(Some(command)), overlay) => {
            let (turn, query) = match overlay.take() {
                Some(Overlay::Palette(open)) => (open.turn.wrapping_add(1), Some(open.query)),
                _ => (0, None),
            };
            let of = Some(PaletteOf { command, query });
            *overlay = Some(Overlay::Palette(Palette { of, turn, ..Palette::default() }));
        }
        (Action::ArgumentOf(None), Some(Overlay::Palette(palette))) => {
            let before = palette.of.take().and_then(|of| of.query).unwrap_or_default();
            *palette = Palette { query: before, turn: palette.turn.wrapping_add(1), ..Palette::default() };
        }
        (Action::Used(what), _) => session.uses.note(&what),
        _ => {}
    }
}

fn form(state: &mut State, action: Action) {
    if let Action::OpenForm(kind, target) = action {
        if let Some(why) = state.edit_refusal().filter(|_| kind.changes_facts()) {
            return refuse(state, why);
        }
        let mut form = Form::open(kind, target, state.next_seed(), &state.form_context());
        let kept_forms = &state.session.kept_forms;
        let here = kept_forms.iter().position(|kept| kept.goes_on_with(&form));
        let kept = here.or_else(|| {
            let stands = |kept: &Form| {
                let there = Form::open(kept.kind, kept.opened.clone(), kept.seed, &state.form_context());
                kept.goes_on_with(&there)
            };
            kept_forms.iter().position(|kept| kept.is_of_what_moved(&form) && !stands(kept))
        });
        if let Some(kept) = kept.map(|at| state.session.kept_forms.remove(at)) {
            let overtaken = form.go_on_with(kept, &state.form_context());
            tell(state, come_back(&form, &overtaken));
        }
        let typed = |kept: &Form| kept.typed_for_another(&form);
        if let Some(lost) = state.session.kept_forms.iter().find_map(typed) {
            state.session.kept_forms.retain(|kept| kept.typed_for_another(&form).is_none());
            tell(
                state,
                format!("What you typed before was for what stood here then, and is dropped: {lost}"),
            );
        }
        state.use_seed();
        state.session.overlay = Some(Overlay::Form(form));
        return;
    }
    let Some(Overlay::Form(before)) = &state.session.overlay else { return };
    let mut form = before.clone();
    match action {
        Action::SetField(field, text) => {
            if let Some(value) = form.values.get_mut(field) {
                *value = text;
            }
            form.focus = field;
            (form.completion, form.list_closed) = (None, false);
        }
        Action::FocusField(field) if form.focus != field && field < form.values.len() => {
            form.focus = field;
            (form.completion, form.list_closed) = (None, false);
        }
        Action::PointCompletion(position) => form.completion = position,
        Action::Complete(field, text) => {
            if let Some(value) = form.values.get_mut(field) {
                *value = text;
            }
            (form.completion, form.list_closed) = (None, false);
            form.focus = (field + 1).min(form.values.len().saturating_sub(1));
        }
        _ => return,
    }
    form.follow(before, &state.form_context());
    state.session.overlay = Some(Overlay::Form(form));
}

/// What is said where what was typed before is there again; `overtaken` are the fields that were changed meanwhile.
fn come_back(form: &Form, overtaken: &[&str]) -> String {
    if !overtaken.is_empty() {
        let was = if overtaken.len() == 1 { "was" } else { "were" };
        let fields = overtaken.join(", ");
        return format!(
            "What you typed before is here again: {fields} {was} changed meanwhile, and is replaced by it"
        );
    }
    match form.leaves() {
        Leaving::Dropped => "What you typed before is here again: leave the form to drop it".to_owned(),
        Leaving::Nothing => "What you typed before is in the book by now".to_owned(),
        Leaving::Kept => "What you typed before is here again".to_owned(),
    }
}

fn commit(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Overlay::Form(form)) = &state.session.overlay else { return };
    if form.kind == FormKind::Start {
        let form = form.clone();
        return take_start(state, &form, effects);
    }
    if let Some(why) = state.edit_refusal().filter(|_| form.kind.changes_facts()) {
        // The draft stays: what stands in the way may pass.
        return refuse(state, why);
    }
    match form.read(&state.form_context()) {
        Ok(_) if form.changes_something() && form.is_untouched() => {
            state.session.overlay = None;
            tell(state, "Nothing was changed".to_owned());
        }
        Ok(Entered::Merge(place)) => state.session.overlay = Some(Overlay::Merge(place)),
        Ok(Entered::WhatIf(action)) => {
            state.session.overlay = None;
            what_if(state, action);
        }
        Ok(Entered::Edit(step)) => {
            if step.changes.is_empty() {
                state.session.overlay = None;
                return tell(state, "Nothing was changed".to_owned());
            }
            let in_bulk = matches!(form.target, Target::Items(..) | Target::Several(..));
            let draft = state.session.overlay.take();
            let depth = state.history.depth();
            edit(state, &step);
            if state.history.depth() == depth {
                state.session.overlay = draft;
                return;
            }
            if in_bulk {
                state.session.select(Selection::default());
            }
        }
        Err(errors) => show_errors(state, &errors),
    }
}

/// Says in the form what stands in the way, and goes to the first field it is said of.
fn show_errors(state: &mut State, errors: &[(usize, String)]) {
    if let Some(Overlay::Form(form)) = &mut state.session.overlay {
        form.tried = true;
        if let Some(first) = errors.iter().map(|(field, _)| *field).min() {
            form.focus = first;
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
            state.session.triage.kept.hold();
            state.history.note(before, step.label.clone(), Hand::of(&state.session));
            state.use_seed();
            tell(state, step.label.clone());
        }
        Err(error) => refuse(state, format!("Not done: {error}")),
    }
}

fn undo(state: &mut State) {
    // Levers are tried out, and so put back, where no fact can be changed.
    if let Some(why) = state.edit_refusal().filter(|_| !state.history.undoes_levers()) {
        return refuse(state, why);
    }
    match state.history.undo(state.book.clone(), Hand::of(&state.session)) {
        Some(step) => {
            state.book = step.book;
            step.hand.put_back(&mut state.session);
            step.levers.iter().for_each(|levers| state.session.what_if.put_back(levers));
            tell(state, format!("Undone: {}", step.label));
        }
        None => refuse(state, "There is nothing to undo".to_owned()),
    }
}

fn redo(state: &mut State) {
    if let Some(why) = state.edit_refusal().filter(|_| !state.history.redoes_levers()) {
        return refuse(state, why);
    }
    match state.history.redo(state.book.clone(), Hand::of(&state.session)) {
        Some(step) => {
            state.book = step.book;
            step.hand.put_back(&mut state.session);
            step.levers.iter().for_each(|levers| state.session.what_if.take_again(levers));
            tell(state, format!("Done again: {}", step.label));
        }
        None => refuse(state, "There is nothing to do again".to_owned()),
    }
}
