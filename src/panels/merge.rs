//! The preview of merging two clients: what goes over, where they differ and which value is kept, what cannot be.

use egui::{Align, Id, Rect, Sense, Ui, pos2, vec2};

use crate::command::key_of;
use crate::domain::{Difference, Merge};
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{Dialog, Row, ghost, hover_text, list_box_ui, moved_cursor, primary, secondary};
use crate::state::{Action, MergeAction, MergePlace};

/// Width of the dialog in points.
const WIDTH: f32 = 760.0;
/// The width of the fields' names, as a part of the whole.
const TITLES: f32 = 0.2;

/// Draws the preview.
pub(super) fn merge_ui(ui: &mut Ui, place: &MergePlace, told: &Merge) -> Vec<Action> {
    let title = format!("Merge {} into {}", told.goes, told.stays);
    let keys = ["merge.go", "merge.swap", "app.back"].map(|id| key_of(ui, id).unwrap_or_default());
    let [go, swap, back] = &keys;
    let shown = Dialog::new(Id::unique("merge"), &title).width(WIDTH).show(
        ui,
        |ui| body_ui(ui, place, told),
        vec![
            (ghost("Cancel").key(back), "app.back"),
            (secondary("Let the other stay").key(swap), "merge.swap"),
            (primary("Merge").key(go).enabled(told.result.is_ok()), "merge.go"),
        ],
    );
    let mut actions = shown.body;
    actions.extend(shown.footer.map(Action::Run));
    actions
}

/// What goes over, in a sentence.
fn moves_words(told: &Merge) -> String {
    let all: usize = told.moves.iter().map(|(_, count)| count).sum();
    if all == 0 {
        return format!("Nothing is noted of {} but itself: only that goes over.", told.goes);
    }
    let tables: Vec<String> = told.moves.iter().map(|(table, count)| table.counted(*count)).collect();
    let verb = if all == 1 { "goes" } else { "go" };
    format!("{} {verb} over to {}. No amount and no day changes.", tables.join(", "), told.stays)
}

fn body_ui(ui: &mut Ui, place: &MergePlace, told: &Merge) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    let wrapped = |ui: &mut Ui, words: String, ink: &Ink| {
        ui.add(egui::Label::new(ink.rich(words)).wrap());
    };
    wrapped(ui, moves_words(told), &Ink::body(tokens).medium());
    if let Err(why) = &told.result {
        wrapped(ui, format!("{} It cannot be: {why}", icon::RISK), &Ink::body(tokens).colour(tokens.risk));
    }
    if told.differs.is_empty() {
        wrapped(
            ui,
            "There is nothing to choose: they contradict each other nowhere.".to_owned(),
            &Ink::second(tokens),
        );
    } else {
        let count = told.differs.len();
        list_box_ui(ui, "Where they differ", count, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, told);
            let found = |row: &Difference| Some(&row.field) == place.cursor.as_ref();
            let at = told.differs.iter().position(found).unwrap_or(0);
            let moved = moved_cursor(ui, "merge", Some(at)).is_some();
            for (nth, row) in told.differs.iter().enumerate() {
                actions.extend(row_ui(ui, row, (nth, count), (nth == at, moved)));
            }
        });
    }
    if !told.notes.is_empty() {
        text::label(ui, "And besides", &Ink::new(size::SMALL, tokens.tertiary).semibold());
        ui.spacing_mut().item_spacing.y = space::XS;
        for note in &told.notes {
            wrapped(ui, format!("{note}."), &Ink::second(tokens));
        }
    }
    actions
}

/// The places of a line: the field, what the one that stays says, what the other one says.
fn parts(rect: Rect) -> [Rect; 3] {
    let each = (1.0 - TITLES) / 2.0;
    [(0.0, TITLES), (TITLES, TITLES + each), (TITLES + each, 1.0)].map(|(from, to)| {
        Rect::from_min_max(
            pos2(rect.left() + rect.width() * from, rect.top()),
            pos2(rect.left() + rect.width() * to - space::M, rect.bottom()),
        )
    })
}

fn head_ui(ui: &mut Ui, told: &Merge) {
    let ink = Ink::new(size::SMALL, Tokens::of(ui).tertiary).semibold();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE), Sense::hover());
    let [field, stays, goes] = parts(rect.shrink2(vec2(space::M, 0.0)));
    let (one, other) = (format!("{} stays", told.stays), format!("{} goes", told.goes));
    for (place, words) in [(field, "They differ in"), (stays, &one), (goes, &other)] {
        text::paint(ui.painter(), place, Align::Min, words, &ink, Cut::Middle);
    }
}

/// A field with both values, the one that is kept marked. A click on a value keeps it.
fn row_ui(
    ui: &mut Ui,
    row: &Difference,
    (at, of): (usize, usize),
    (selected, moved): (bool, bool),
) -> Option<Action> {
    let tokens = Tokens::of(ui);
    let (kept, left) = if row.takes_other { (&row.goes, &row.stays) } else { (&row.stays, &row.goes) };
    let label = format!("{}: {kept} is kept, not {left}", row.field);
    let mut values = None;
    let id = Id::unique(("merge", &row.field.to_string()));
    let response = Row::new(id, &label).place(at, of).selected(selected).show(ui, |ui, rect| {
        let [field, stays, goes] = parts(rect);
        let title = row.field.to_string();
        text::paint(ui.painter(), field, Align::Min, &title, &Ink::body(tokens), Cut::End);
        for (place, words, kept) in
            [(stays, &row.stays, !row.takes_other), (goes, &row.goes, row.takes_other)]
        {
            let ink =
                if kept { Ink::body(tokens).medium() } else { Ink::body(tokens).colour(tokens.tertiary) };
            let sign = Ink::body(tokens).colour(tokens.accent);
            let mark = Rect::from_min_size(place.min, vec2(18.0, place.height()));
            text::paint(
                ui.painter(),
                mark,
                Align::Min,
                if kept { icon::CHECK } else { "" },
                &sign,
                Cut::Never,
            );
            text::paint(ui.painter(), place.with_min_x(mark.right()), Align::Min, words, &ink, Cut::Middle);
        }
        values = Some(goes.left());
    });
    if selected && moved {
        response.scroll_to_me(None);
    }
    let response = hover_text(response, format!("{}\n{}", row.stays, row.goes));
    if !response.clicked() {
        return None;
    }
    let right = response.interact_pointer_pos().zip(values).map(|(pos, from)| pos.x >= from);
    Some(Action::Merge(MergeAction::Choose(row.field.clone(), right.unwrap_or(!row.takes_other))))
}
