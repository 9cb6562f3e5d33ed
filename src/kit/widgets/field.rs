//! A text to be typed, with its label, hint and what is wrong with it; and the list that completes it.

use std::ops::Range;

use egui::text::CCursor;
use egui::text_edit::TextEditState;
use egui::text_selection::CCursorRange;
use egui::{
    Align, Event, Frame, Id, Margin, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Sense, Stroke,
    TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::Row;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{LINE, Tokens, height, radius, size, space};

/// A text field to be shown with [`Field::show`].
#[derive(Debug, Clone)]
#[must_use = "a field is shown with `show`"]
pub struct Field<'a> {
    id: Id,
    label: &'a str,
    hint: &'a str,
    error: Option<&'a str>,
    note: Option<&'a str>,
    icon: Option<&'a str>,
    label_hidden: bool,
    width: f32,
    lines: usize,
    keeps_tab: bool,
    turn: Option<u64>,
    select: Option<Range<usize>>,
}

impl<'a> Field<'a> {
    /// A field. `id` is where the focus goes: `ui.memory_mut(|m| m.request_focus(id))`.
    pub fn new(id: Id, label: &'a str) -> Self {
        Self {
            id,
            label,
            hint: "",
            error: None,
            note: None,
            icon: None,
            label_hidden: false,
            width: f32::INFINITY,
            lines: 1,
            keeps_tab: false,
            turn: None,
            select: None,
        }
    }

    /// An example of what to type, shown while it is empty.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong, below the field; it takes the place of the note.
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// What was understood, below the field: the resolved day, the client that was meant.
    pub fn note(self, note: Option<&'a str>) -> Self {
        Self { note, ..self }
    }

    /// An icon inside, at the left.
    pub fn icon(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// The label is spoken and not drawn: for a filter or a palette.
    pub fn label_hidden(self) -> Self {
        Self { label_hidden: true, ..self }
    }

    /// Width in points; all there is unless said otherwise.
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// How many lines are in sight; from two on the text may have as many as it wants, and scrolls.
    pub fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }

    /// `Tab` stays with the field: its caller gives the key a meaning.
    pub fn keeps_tab(self) -> Self {
        Self { keeps_tab: true, ..self }
    }

    /// The caret goes to the end of the text in the frames in which `turn` is another than before: when something else
    /// than typing changed the text.
    pub fn caret_to_end(self, turn: u64) -> Self {
        Self { turn: Some(turn), ..self }
    }

    /// The characters that are selected when a key leads into it, so that typing replaces them; nothing: all of one line.
    pub fn select(self, select: Option<Range<usize>>) -> Self {
        Self { select, ..self }
    }

    /// Shows it. The caller keeps the text; `changed()` of the response says when it is another.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        let tokens = Tokens::of(ui);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if !self.label_hidden {
                text::label(ui, self.label, &Ink::second(tokens).medium());
            }
            let response =
                if self.lines > 1 { self.edit_lines(ui, text, tokens) } else { self.edit(ui, text, tokens) };
            self.tell(ui, &response);
            if let Some(error) = self.error {
                let ink = Ink::new(size::SMALL, tokens.risk);
                text::label(ui, format!("{} {error}", icon::RISK), &ink);
            } else if let Some(note) = self.note {
                text::label(ui, note, &Ink::new(size::SMALL, tokens.tertiary));
            }
            response
        })
        .inner
    }

    /// Tells a screen reader what is wrong with the field, or what was understood; the first at once where the hand is in it.
    fn tell(&self, ui: &Ui, response: &Response) {
        let (ctx, source) = (ui.ctx(), response.id.with("error"));
        if let Some(says) = self.error.or(self.note) {
            ctx.accesskit_node_builder(response.id, |node| {
                node.set_description(says);
                if self.error.is_some() {
                    node.set_invalid(egui::accesskit::Invalid::True);
                }
            });
        }
        match self.error.filter(|_| response.has_focus()) {
            Some(error) if error.starts_with(self.label) => super::announce(ctx, source, error),
            Some(error) => super::announce(ctx, source, &format!("{}: {error}", self.label)),
            None => super::hush(ctx, source),
        }
    }

    /// The ground and edge of the field, of this height.
    fn ground(&self, ui: &mut Ui, height: f32, tokens: &Tokens) -> Rect {
        let width = self.width.min(ui.available_width());
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        let edge = match (self.error.is_some(), focused) {
            (true, _) => Stroke::new(if focused { 2.0 } else { 1.0 }, tokens.risk),
            (false, true) => Stroke::new(2.0, tokens.accent),
            (false, false) => Stroke::new(1.0, tokens.edge),
        };
        let (_, rect) = ui.allocate_space(vec2(width, height));
        ui.painter().rect(rect, radius::S, tokens.surface, edge, egui::StrokeKind::Inside);
        rect
    }

    /// A text of many lines, which scrolls within the field.
    fn edit_lines(&self, ui: &mut Ui, text: &mut String, tokens: &Tokens) -> Response {
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = self.lines as f32 * (size::BODY * LINE).round() + 2.0 * space::S;
        let rect = self.ground(ui, height, tokens);
        let inside = UiBuilder::new().max_rect(rect.shrink(space::S));
        let response = ui.scope_builder(inside, |ui| {
            let area = ScrollArea::vertical().id_salt(self.id).auto_shrink([false, false]);
            area.show(ui, |ui| {
                let edit = TextEdit::multiline(text)
                    .id(self.id)
                    .font(crate::kit::fonts::regular(size::BODY))
                    .hint_text(Ink::new(size::BODY, tokens.tertiary).rich(self.hint))
                    .text_color(tokens.text)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .desired_rows(self.lines)
                    .desired_width(f32::INFINITY);
                ui.add(edit)
            })
            .inner
        });
        if entered(ui, &response.inner)
            && let Some(characters) = &self.select
        {
            select(ui, self.id, characters);
        }
        response.inner.accessible_name(self.label)
    }

    fn edit(&self, ui: &mut Ui, text: &mut String, tokens: &Tokens) -> Response {
        let rect = self.ground(ui, height::DENSE, tokens);
        let mut inside = rect.shrink2(vec2(space::S, 0.0));
        if let Some(icon) = self.icon {
            let place = Rect::from_min_size(inside.min, vec2(16.0, inside.height()));
            let ink = Ink::new(size::BODY, tokens.tertiary);
            text::paint(ui.painter(), place, Align::Center, icon, &ink, Cut::Never);
            inside.min.x += 16.0 + 6.0;
        }
        if let Some(turn) = self.turn {
            let key = self.id.with("turn");
            let before = ui.data(|data| data.get_temp::<u64>(key));
            if before.is_some_and(|before| before != turn) {
                caret_to_end(ui, self.id, text);
            }
            ui.data_mut(|data| data.insert_temp(key, turn));
        }
        let edit = TextEdit::singleline(text)
            .lock_focus(self.keeps_tab)
            .id(self.id)
            .font(crate::kit::fonts::regular(size::BODY))
            .hint_text(Ink::new(size::BODY, tokens.tertiary).rich(self.hint))
            .text_color(tokens.text)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .desired_width(inside.width())
            .align(egui::Align2::LEFT_CENTER)
            .min_size(inside.size());
        let ground = ui.interact(rect, self.id.with("ground"), Sense::CLICK);
        let response = ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| ui.add(edit)).inner;
        if entered(ui, &response) {
            select(ui, self.id, &self.select.clone().unwrap_or(0..text.chars().count()));
        }
        // A click beside the text is meant for the text too; the text has just let go of the focus for it.
        if ground.clicked() {
            response.request_focus();
        }
        response.accessible_name(self.label).with_new_rect(rect)
    }
}

/// Takes rows that are being pasted, as they are: several lines, or cells with tabs between them.
#[must_use]
pub fn pasted_rows(ui: &Ui) -> Option<String> {
    ui.input_mut(|input| {
        let rows =
            |event: &Event| matches!(event, Event::Paste(text) if text.trim().contains(['\n', '\r', '\t']));
        let at = input.events.iter().position(rows)?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })
}

/// Takes several lines that are being pasted, so that a field of one line does not run them into each other. Empty ones
/// are left out.
#[must_use]
pub fn pasted_lines(ui: &Ui) -> Option<Vec<String>> {
    let lines = |event: &Event| -> Vec<String> {
        let Event::Paste(text) = event else { return Vec::new() };
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    ui.input_mut(|input| {
        let at = input.events.iter().position(|event| lines(event).len() > 1)?;
        Some(lines(&input.events.remove(at)))
    })
}

/// Whether all of a field's text is selected, so that what comes takes its place.
#[must_use]
pub fn selects_all(ui: &Ui, id: Id, text: &str) -> bool {
    let range = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let all = CCursorRange::select_all_str(text).as_sorted_char_range();
    range.is_some_and(|range| range.as_sorted_char_range() == all)
}

/// Whether a key led into a field.
fn entered(ui: &Ui, response: &Response) -> bool {
    response.gained_focus() && !response.changed() && !ui.input(|input| input.pointer.any_down())
}

/// Selects some characters of a field, so that typing replaces them.
fn select(ui: &Ui, id: Id, characters: &Range<usize>) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let [from, to] = [characters.start, characters.end].map(CCursor::new);
    state.cursor.set_char_range(Some(CCursorRange::two(from, to)));
    state.store(ui.ctx(), id);
}

/// Puts the caret of a field behind its text.
fn caret_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::select_all_str(text);
    state.cursor.set_char_range(Some(CCursorRange::one(all.primary)));
    state.store(ui.ctx(), id);
}

/// One proposal of a completion list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completion<'a> {
    /// What it would put into the field.
    pub text: &'a str,
    /// What tells it from the others: the client of a deal, the key of a command.
    pub detail: &'a str,
}

/// As [`completion_ui`], floating below the field whose response is given.
#[must_use = "a proposal may have been chosen"]
pub fn completion_popup(
    field: &Response,
    name: &str,
    proposals: &[Completion<'_>],
    cursor: Option<usize>,
) -> Option<usize> {
    let popup = Popup::from_response(field)
        .accessible_name(name)
        .open(!proposals.is_empty())
        .frame(Frame::NONE)
        .gap(space::XS)
        .width(field.rect.width())
        .close_behavior(PopupCloseBehavior::IgnoreClicks);
    popup.show(|ui| completion_ui(ui, name, proposals, cursor)).and_then(|shown| shown.inner)
}

/// A list of proposals under a field, the one under the cursor lit. Returns the one that was clicked.
///
/// At most eight are drawn; the cursor is kept among them.
#[must_use = "a proposal may have been chosen"]
pub fn completion_ui(
    ui: &mut Ui,
    name: &str,
    proposals: &[Completion<'_>],
    cursor: Option<usize>,
) -> Option<usize> {
    const SHOWN: usize = 8;
    if proposals.is_empty() {
        return None;
    }
    let tokens = Tokens::of(ui);
    let first = cursor.unwrap_or(0).saturating_sub(SHOWN - 1);
    // Where there is little room, the chosen one comes into sight.
    let reveal = super::moved_cursor(ui, ("completions", name), cursor);
    let mut clicked = None;
    let frame = Frame::new()
        .fill(tokens.surface)
        .stroke(Stroke::new(1.0, tokens.hairline))
        .corner_radius(radius::M)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(0, 4));
    frame.show(ui, |ui| {
        super::list_box_ui(ui, name, proposals.len(), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, proposal) in proposals.iter().enumerate().skip(first).take(SHOWN) {
                let id = ui.scope_id().with(("completion", index));
                let row = Row::new(id, proposal.text).dense().place(index, proposals.len());
                let row = row.selected(cursor == Some(index)).sense(Sense::CLICK);
                let response = row.show(ui, |ui, rect| {
                    let painter = ui.painter();
                    let detail = text::paint(
                        painter,
                        rect,
                        Align::Max,
                        proposal.detail,
                        &Ink::second(tokens),
                        Cut::Never,
                    );
                    let place = Rect::from_min_max(rect.min, pos2(detail.left() - space::M, rect.bottom()));
                    text::paint(painter, place, Align::Min, proposal.text, &Ink::body(tokens), Cut::Middle);
                });
                if reveal == Some(index) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(index);
                }
            }
        });
    });
    clicked
}
