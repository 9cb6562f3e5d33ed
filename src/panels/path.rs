//! A path being typed: to open, to save under, to import.

use egui::{Id, Ui};

use crate::command::{key_of, with_keys};
use crate::kit::widgets::{Dialog, Field, ghost, pasted_rows, primary, secondary};
use crate::state::{Action, DossierFormat, Keys, PathPrompt, PathPurpose};

/// Draws the prompt.
pub(super) fn path_ui(ui: &mut Ui, prompt: &PathPrompt, own_keys: &Keys) -> Vec<Action> {
    let error = prompt.error.as_ref().map(|why| with_keys(own_keys, why));
    let (title, hint, go) = match prompt.purpose {
        PathPurpose::Open => ("Open a book", "path of a .ron file", "Open"),
        PathPurpose::SaveAs => ("Save the book as", "path of the new .ron file", "Save"),
        PathPurpose::Import => ("Import invoices", "path of a .csv file", "Preview"),
        PathPurpose::Dossier(DossierFormat::Html) => {
            ("Write down what was achieved, to print", "path of the new .html file", "Write")
        }
        PathPurpose::Dossier(DossierFormat::Markdown) => {
            ("Write down what was achieved, as Markdown", "path of the new .md file", "Write")
        }
        PathPurpose::Calendar => ("Write the calendar", "path of the .ics file", "Write"),
        PathPurpose::Export => ("Write to a file", "path of the new .md file", "Write"),
    };
    let mut actions = Vec::new();
    let keys = ["path.take", "path.browse", "app.back"].map(|id| key_of(ui, id).unwrap_or_default());
    let [take, browse, back] = &keys;
    let mut footer = vec![
        (ghost("Cancel").key(back), Some(Action::Back)),
        (secondary("Browse").key(browse), Some(Action::Browse)),
        (primary(go).key(take), Some(Action::TakePath)),
    ];
    if prompt.purpose == PathPurpose::Import {
        footer.insert(1, (secondary("Paste rows"), None));
    }
    let shown = Dialog::new(Id::unique("path"), title).width(560.0).show(
        ui,
        |ui| {
            let id = Id::unique("path field");
            if !ui.memory(|memory| memory.has_focus(id)) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let is_import = prompt.purpose == PathPurpose::Import;
            if let Some(rows) = is_import.then(|| pasted_rows(ui)).flatten() {
                return Some(Action::PasteImport(rows));
            }
            let mut typed = prompt.text.clone();
            let note = "Or paste the rows themselves, copied from a spreadsheet or a list; or drop a file on the window.";
            let field = Field::new(id, "Path").hint(hint).note(is_import.then_some(note)).error(error.as_deref());
            field.show(ui, &mut typed).changed().then_some(Action::SetPath(typed))
        },
        footer,
    );
    actions.extend(shown.body);
    match shown.footer {
        Some(Some(action)) => actions.push(action),
        // What comes of it comes as an event.
        Some(None) => ui.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
        None => {}
    }
    actions
}
