//! A form: its fields, what stands in the way, and completions.

use std::ops::Range;

use egui::{Id, Rect, Response, Ui, pos2};

use crate::command::key_of;
use crate::domain::{unfilled_fields, unfilled_mark};
use crate::kit::icon;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Completion, Dialog, Field, completion_ui, ghost, primary};
use crate::state::Action;
use crate::state::form::{FieldView, Form, FormView, Leaving};

/// Where a field's focus goes.
fn field_id(form: &Form, position: usize) -> Id {
    Id::unique(("form", form.seed, position))
}

/// Draws a form.
pub(super) fn form_ui(ui: &mut Ui, form: &Form, view: &FormView) -> Vec<Action> {
    let mut actions = Vec::new();
    // In a text of many lines Enter begins a new one.
    let commit = if form.is_in_long_text() { "form.commit_text" } else { "form.commit" };
    let (commit, cancel) =
        (key_of(ui, commit).unwrap_or_default(), key_of(ui, "app.back").unwrap_or_default());
    let wide = view.fields.len() >= TWO_COLUMNS_FROM || view.fields.iter().any(|field| field.long);
    let width = if wide { 680.0 } else { 440.0 };
    let leave = match form.leaves() {
        Leaving::Nothing => "Cancel",
        Leaving::Kept => "Keep for later",
        Leaving::Dropped => "Drop",
    };
    // The button leaves at once, whatever is open under a field.
    let back = if view.list_open { Action::All(vec![Action::Back, Action::Back]) } else { Action::Back };
    let dialog = Dialog::new(Id::unique("form"), &view.title).width(width);
    let shown = dialog.show(
        ui,
        |ui| {
            let actions = fields_ui(ui, form, view);
            if let Some(warning) = &view.warning {
                let ink = Ink::body(Tokens::of(ui)).colour(Tokens::of(ui).watch);
                text::label(ui, format!("{} {warning}", icon::WATCH), &ink);
            }
            if let Some(note) = &view.note {
                text::label(ui, note.as_str(), &Ink::body(Tokens::of(ui)).medium());
            }
            actions
        },
        vec![(ghost(leave).key(&cancel), back), (primary("Done").key(&commit), Action::Commit)],
    );
    actions.extend(shown.body);
    actions.extend(shown.footer);
    actions
}

/// From this many fields on a form has two columns.
const TWO_COLUMNS_FROM: usize = 7;

/// So many lines of a long text are in sight.
const LONG_LINES: usize = 16;

fn fields_ui(ui: &mut Ui, form: &Form, view: &FormView) -> Vec<Action> {
    // Before the fields are drawn, so that what was typed during a slow frame is not lost.
    let first = field_id(form, form.focus);
    let is_new = ui.ctx().read_response(first).is_none();
    if is_new || ui.memory(|memory| memory.focused().is_none()) {
        ui.memory_mut(|memory| memory.request_focus(first));
    }
    let mut actions = Vec::new();
    let (mut responses, mut places) = (Vec::new(), Vec::new());
    ui.spacing_mut().item_spacing.x = space::L;
    let count = if view.fields.len() >= TWO_COLUMNS_FROM { 2 } else { 1 };
    for (line, fields) in view.fields.chunks(count).enumerate() {
        ui.columns(count, |columns| {
            for (at, (ui, field)) in columns.iter_mut().zip(fields).enumerate() {
                let position = line * count + at;
                let Some(value) = form.values.get(position) else { continue };
                let mut typed = value.clone();
                let top = ui.cursor().top();
                let response = field_ui(ui, field_id(form, position), field, &mut typed);
                // With its label above and what is said of it below.
                places.push(Rect::from_min_max(
                    pos2(response.rect.left(), top),
                    pos2(response.rect.right(), ui.cursor().top()),
                ));
                if response.changed() {
                    actions.push(Action::SetField(position, typed));
                }
                if form.focus == position {
                    actions.extend(completions_ui(ui, form, position, field));
                }
                responses.push(response);
            }
        });
    }
    actions.extend(hand(ui, form, &responses, &places));
    actions
}

/// Lets the hand follow: the state goes where `Tab` or a click went; else the focus goes where the state wants it (a
/// completion was taken, a commit found an error). On a button it stays there.
fn hand(ui: &Ui, form: &Form, responses: &[Response], places: &[Rect]) -> Option<Action> {
    if let Some(place) = places.get(form.focus) {
        keep_in_sight(ui, form.focus, *place);
    }
    let gained = responses.iter().position(Response::gained_focus);
    if let Some(position) = gained {
        return (position != form.focus).then_some(Action::FocusField(position));
    }
    let wanted = responses.get(form.focus)?;
    if !wanted.has_focus() && responses.iter().any(Response::has_focus) {
        wanted.request_focus();
    }
    None
}

/// Scrolls to the field that has the hand when another one takes it, and when it moves within the form: the proposals under
/// the field before went, or a sentence came. A hand that scrolls away is left alone.
fn keep_in_sight(ui: &Ui, field: usize, place: Rect) {
    let known = Id::unique("the field of the form that has the hand");
    let top = place.top() - ui.min_rect().top();
    let before = ui.data(|data| data.get_temp::<(usize, f32)>(known));
    if before.is_none_or(|(known, at)| known != field || (at - top).abs() > 0.5) {
        ui.scroll_to_rect(place, None);
        ui.data_mut(|data| data.insert_temp(known, (field, top)));
    }
}

fn field_ui(ui: &mut Ui, id: Id, field: &FieldView, typed: &mut String) -> Response {
    let label = if field.required { field.label.to_owned() } else { format!("{} · optional", field.label) };
    let shown = Field::new(id, &label)
        .hint(field.hint)
        .error(field.error.as_deref())
        .note(field.echo.as_deref())
        .lines(if field.long { LONG_LINES } else { 1 })
        .select(unfilled(typed));
    shown.show(ui, typed)
}

/// The characters of the first mark in a text that is to be filled in.
fn unfilled(text: &str) -> Option<Range<usize>> {
    let mark = unfilled_mark(unfilled_fields(text).first()?);
    let (before, _) = text.split_once(&mark)?;
    let from = before.chars().count();
    Some(from..from + mark.chars().count())
}

fn completions_ui(ui: &mut Ui, form: &Form, position: usize, field: &FieldView) -> Option<Action> {
    if field.completions.is_empty() {
        return None;
    }
    let proposals: Vec<Completion<'_>> =
        field.completions.iter().map(|text| Completion { text, detail: "" }).collect();
    let chosen = completion_ui(ui, field.label, &proposals, form.completion)?;
    field.completions.get(chosen).map(|text| Action::Complete(position, text.clone()))
}
