//! Keys inside dialogs: forms, palette, questions, paths and the import's preview.

use std::iter;

use crate::domain::Currency;
use crate::state::{Action, DateOrder, ImportChoice, ImportState, Overlay, Shown, State};

use super::palette::{self, PaletteRow};
use super::{Command, Group, Place, Resolved};

pub(super) const COMMANDS: &[Command] = &[
    dialog!(
        "form.commit",
        "Commit",
        "Take what is filled in.",
        &["enter", "ctrl+enter"],
        Form,
        false,
        commit
    ),
    dialog!(
        "form.commit_text",
        "Commit",
        "Take what is filled in; Enter alone begins a new line of the text.",
        &["ctrl+enter"],
        FormText,
        false,
        commit
    ),
    dialog!(
        "form.down",
        "Next completion",
        "Choose the completion below.",
        &["down"],
        Form,
        true,
        |state, shown| { completion(state, shown, 1) }
    ),
    dialog!(
        "form.up",
        "Previous completion",
        "Choose the completion above.",
        &["up"],
        Form,
        true,
        |state, shown| { completion(state, shown, -1) }
    ),
    dialog!("palette.run", "Run", "Run the chosen command.", &["enter"], Palette, false, run),
    dialog!(
        "palette.argument",
        "Complete",
        "Complete the chosen command and say whom, what or which day it is for.",
        &["tab"],
        Palette,
        false,
        |state, shown| Ok(chosen(state, shown)?.complete())
    ),
    dialog!("palette.down", "Next", "Choose the row below.", &["down"], Palette, true, |state, shown| {
        palette_step(state, shown, 1)
    }),
    dialog!("palette.up", "Previous", "Choose the row above.", &["up"], Palette, true, |state, shown| {
        palette_step(state, shown, -1)
    }),
    dialog!("confirm.yes", "Yes", "Do what is asked.", &["enter", "y"], Confirm, false, |state, _| {
        match state.session.overlay {
            Some(Overlay::Confirm(_)) => Ok(Action::Yes),
            _ => Err("nothing is asked"),
        }
    }),
    dialog!("confirm.no", "No", "Leave everything as it is.", &["n"], Confirm, false, |state, _| {
        match state.session.overlay {
            Some(Overlay::Confirm(_)) => Ok(Action::Back),
            _ => Err("nothing is asked"),
        }
    }),
    dialog!("path.take", "Go on", "Go on with the path typed.", &["enter"], Path, false, |state, _| {
        match state.session.overlay {
            Some(Overlay::Path(_)) => Ok(Action::TakePath),
            _ => Err("no path is asked for"),
        }
    }),
    dialog!(
        "path.browse",
        "Browse …",
        "Choose in the system's dialog.",
        &["ctrl+b"],
        Path,
        false,
        |state, _| {
            match state.session.overlay {
                Some(Overlay::Path(_)) => Ok(Action::Browse),
                _ => Err("no path is asked for"),
            }
        }
    ),
    dialog!(
        "import.take",
        "Import",
        "Import what the preview shows.",
        &["enter"],
        Import,
        false,
        |state, _| {
            let import = import(state)?;
            match &import.preview {
                None => Err("the preview is being worked out"),
                Some(preview) if preview.book.is_none() => Err("there is nothing to import yet"),
                Some(_) => Ok(Action::Import),
            }
        }
    ),
    dialog!(
        "import.down",
        "Next field",
        "Go to the field below.",
        &["j", "down"],
        Import,
        true,
        |state, _| { field_step(state, 1) }
    ),
    dialog!(
        "import.up",
        "Previous field",
        "Go to the field above.",
        &["k", "up"],
        Import,
        true,
        |state, _| { field_step(state, -1) }
    ),
    dialog!(
        "import.right",
        "Next column",
        "Read the field from the next column.",
        &["l", "right"],
        Import,
        false,
        |state, _| { column_step(state, 1) }
    ),
    dialog!(
        "import.left",
        "Previous column",
        "Read the field from the column before.",
        &["h", "left"],
        Import,
        false,
        |state, _| { column_step(state, -1) }
    ),
    dialog!(
        "import.dates",
        "Order of dates",
        "Go on to the next order of day, month and year.",
        &["d", "ctrl+d"],
        Import,
        false,
        |state, _| {
            let next = match import(state)?.draft.dates {
                None => Some(DateOrder::Dmy),
                Some(DateOrder::Dmy) => Some(DateOrder::Mdy),
                Some(DateOrder::Mdy) => Some(DateOrder::Ymd),
                Some(DateOrder::Ymd) => None,
            };
            Ok(Action::ChooseDates(next))
        }
    ),
    dialog!(
        "import.currency",
        "Currency",
        "Go on to the next currency of amounts that name none.",
        &["c", "ctrl+u"],
        Import,
        false,
        |state, _| { Ok(Action::ChooseCurrency(next_currency(state.book.currency(), import(state)?))) }
    ),
];

fn commit(state: &State, shown: &Shown) -> Resolved {
    let Some(Overlay::Form(form)) = &state.session.overlay else { return Err("no form is open") };
    let completions = shown.form.as_ref().and_then(|view| view.fields.get(form.focus));
    let chosen = completions.and_then(|field| field.completions.get(form.completion?));
    match chosen {
        Some(text) => Ok(Action::Complete(form.focus, text.clone())),
        None => Ok(Action::Commit),
    }
}

fn completion(state: &State, shown: &Shown, by: isize) -> Resolved {
    let Some(Overlay::Form(form)) = &state.session.overlay else { return Err("no form is open") };
    let field =
        shown.form.as_ref().and_then(|view| view.fields.get(form.focus)).ok_or("no field has the hand")?;
    let Some(last) = field.completions.len().checked_sub(1) else {
        // Without completions the arrows go from field to field.
        let last = form.values.len().saturating_sub(1);
        return Ok(Action::FocusField(form.focus.saturating_add_signed(by).min(last)));
    };
    let next = match (form.completion, by) {
        (None, 1) => Some(0),
        (None, _) | (Some(0), -1) => None,
        (Some(at), by) => Some(at.saturating_add_signed(by).min(last)),
    };
    Ok(Action::PointCompletion(next))
}

fn palette_step(state: &State, shown: &Shown, by: isize) -> Resolved {
    let Some(Overlay::Palette(open)) = &state.session.overlay else { return Err("the palette is not open") };
    let rows = palette::rows_of(open, state, shown).len();
    let last = rows.checked_sub(1).ok_or("nothing is found")?;
    Ok(Action::PointPalette(open.cursor.min(last).saturating_add_signed(by).min(last)))
}

fn chosen(state: &State, shown: &Shown) -> Result<PaletteRow, &'static str> {
    let Some(Overlay::Palette(open)) = &state.session.overlay else { return Err("the palette is not open") };
    let mut rows = palette::rows_of(open, state, shown);
    let at = open.cursor.min(rows.len().saturating_sub(1));
    if rows.is_empty() { Err("nothing is found") } else { Ok(rows.swap_remove(at)) }
}

fn run(state: &State, shown: &Shown) -> Resolved {
    chosen(state, shown)?.action()
}

fn import(state: &State) -> Result<&ImportState, &'static str> {
    match &state.session.overlay {
        Some(Overlay::Import(import)) => Ok(import),
        _ => Err("nothing is being imported"),
    }
}

/// The currency after the one chosen: the file's own, then the book's, then those met most.
fn next_currency(own: Currency, import: &ImportState) -> Option<Currency> {
    let met_most = ["EUR", "USD", "GBP", "CHF"].into_iter().filter_map(|code| code.parse().ok());
    let choices: Vec<Currency> = iter::once(own).chain(met_most.filter(|it| *it != own)).collect();
    match import.draft.currency {
        None => Some(own),
        Some(chosen) => choices.into_iter().skip_while(|it| *it != chosen).nth(1),
    }
}

fn field_step(state: &State, by: isize) -> Resolved {
    let import = import(state)?;
    let fields = import.preview.as_ref().map_or(0, |preview| preview.fields.len());
    let last = fields.checked_sub(1).ok_or("the preview is being worked out")?;
    Ok(Action::PointImport(import.cursor.saturating_add_signed(by).min(last)))
}

/// The next column for the field under the cursor; before the first one it is left out.
fn column_step(state: &State, by: isize) -> Resolved {
    let import = import(state)?;
    let preview = import.preview.as_ref().ok_or("the preview is being worked out")?;
    let field = preview.fields.get(import.cursor).ok_or("no field has the hand")?;
    let at =
        field.column.as_ref().and_then(|column| preview.headers.iter().position(|header| header == column));
    let next = match (at, by) {
        (None, 1) => Some(0),
        (Some(0), -1) => None,
        (None, _) => return Err("the field is left out"),
        (Some(at), by) => Some(at.saturating_add_signed(by).min(preview.headers.len().saturating_sub(1))),
    };
    let choice = match next.and_then(|at| preview.headers.get(at)) {
        Some(header) => ImportChoice::Column(header.clone()),
        None => ImportChoice::LeftOut,
    };
    Ok(Action::ChooseColumn(field.field.clone(), choice))
}
