//! Importing: the preview, its choices, and making it.

use crate::domain::Book;

use crate::state::action::{Action, Effect};
use crate::state::edit::{Change, Edit};
use crate::state::import::{ImportDraft, ImportState};
use crate::state::session::{Confirm, Overlay, PathPurpose};
use crate::state::{Origin, State};

use super::file::{new_book, prompt_of, taken_prompt, what_is_lost};
use super::{edit, refuse};

pub(super) fn import(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
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
        Action::PasteImport(text) => {
            let why = state.turning_refusal().or_else(|| import_refusal(state));
            let Some(prompt) = prompt_of(state, PathPurpose::Import) else { return };
            if why.is_some() {
                prompt.error = why;
            } else {
                let draft = ImportDraft::of(None, text.into_bytes());
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
pub(super) fn import_refusal(state: &State) -> Option<String> {
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
pub(super) fn ask_import(state: &mut State, effects: &mut Vec<Effect>) {
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

pub(super) fn make_import(state: &mut State, effects: &mut Vec<Effect>) {
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
            let label = format!("Imported {}: {}", import.draft.name(), preview.summary);
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
