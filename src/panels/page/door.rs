//! The door check of a prospect: five questions, what is known of each, and the keys that answer.

use egui::{Align, Id, Rect, Ui, UiBuilder, pos2, vec2};

use super::{Hit, List};
use crate::command::{door_title, key_of};
use crate::domain::DoorAnswer;
use crate::figures::DoorLine;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, space};
use crate::kit::widgets::{Row, VirtualList, buttons_ui, ghost, glyph};
use crate::panels::figure::hover;
use crate::state::Action;
use crate::written::capital;

/// Height of a row in points.
const ROW: f32 = 36.0;
/// Width of the question.
const QUESTION: f32 = 210.0;
/// Width of the answer.
const ANSWER: f32 = 110.0;
/// Width of the buttons.
const BUTTONS: f32 = 140.0;

pub(super) fn door_ui(ui: &mut Ui, list: List<'_>, door: &[DoorLine]) -> Hit {
    let tokens = Tokens::of(ui);
    let says = summary(door);
    ui.horizontal(|ui| {
        ui.add_space(space::M);
        text::label(ui, says, &Ink::body(tokens).colour(tokens.secondary));
    });
    ui.add_space(space::S);
    let mut hit = Hit::default();
    let name = format!("Door check of {}", list.page.client.name);
    VirtualList::new("door", &name, door.len()).row_height(ROW).reveal(list.reveal).show(ui, |ui, index| {
        let Some(line) = door.get(index) else { return };
        let selected = list.cursor == Some(index);
        let says = format!("{}: {}. {}", door_title(line.question), word(line), capital(&line.says));
        let row = Row::new(Id::unique(("door", index)), &says).height(ROW).selected(selected);
        let response = row.show(ui, |ui, rect| {
            line_ui(ui, rect, line);
            if selected {
                let place = Rect::from_min_max(pos2(rect.right() - BUTTONS, rect.top()), rect.max);
                let layout = egui::Layout::left_to_right(Align::Center);
                let mut buttons = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
                buttons.spacing_mut().item_spacing = vec2(space::XS, 0.0);
                let keys = ["door.yes", "door.no"].map(|id| key_of(&buttons, id).unwrap_or_default());
                let [yes, no] = &keys;
                let answers = vec![(ghost("Yes").key(yes), "door.yes"), (ghost("No").key(no), "door.no")];
                hit.actions.extend(buttons_ui(&mut buttons, answers).map(Action::Run));
            }
        });
        if response.clicked() {
            hit.clicked = Some(index);
        }
    });
    hit
}

/// What the answers say together.
fn summary(door: &[DoorLine]) -> String {
    let against =
        door.iter().filter(|line| line.answer.is_some_and(|it| !line.question.speaks_for(it))).count();
    let open = door.iter().filter(|line| line.answer.is_none()).count();
    let asked = match open {
        0 => "all is known".to_owned(),
        1 => "one is not known yet".to_owned(),
        2 => "two are not known yet".to_owned(),
        3 => "three are not known yet".to_owned(),
        4 => "four are not known yet".to_owned(),
        _ => "none is known yet".to_owned(),
    };
    let spoken = match against {
        0 => "nothing speaks against working with them",
        1 => "one answer speaks against working with them",
        2 => "two answers speak against working with them",
        _ => "several answers speak against working with them",
    };
    format!("Before any work there is no health, but five questions: {spoken}, {asked}.")
}

fn word(line: &DoorLine) -> &'static str {
    match line.answer {
        Some(DoorAnswer::Yes) => "Yes",
        Some(DoorAnswer::No) => "No",
        None if line.asked => "Not known",
        None => "Not asked",
    }
}

fn tone(line: &DoorLine) -> Tone {
    match line.answer {
        Some(answer) if line.question.speaks_for(answer) => Tone::Good,
        Some(_) => Tone::Risk,
        None => Tone::Neutral,
    }
}

fn line_ui(ui: &mut Ui, rect: Rect, line: &DoorLine) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let (ink, tone) = (Ink::body(tokens), tone(line));
    let at = |left: f32, width: f32| {
        Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, rect.height()))
    };
    text::paint(
        painter,
        at(18.0, QUESTION),
        Align::Min,
        door_title(line.question),
        &ink.clone().medium(),
        Cut::End,
    );
    glyph(painter, tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let colour = if line.answer.is_some() { tokens.tone(tone) } else { tokens.tertiary };
    text::paint(
        painter,
        at(18.0 + QUESTION, ANSWER),
        Align::Min,
        word(line),
        &ink.colour(colour),
        Cut::Never,
    );
    let left = rect.left() + 18.0 + QUESTION + ANSWER;
    let words =
        Rect::from_min_max(pos2(left, rect.top()), pos2(rect.right() - BUTTONS - space::M, rect.bottom()));
    let says = capital(&line.says);
    text::paint(painter, words, Align::Min, &says, &Ink::second(tokens), Cut::End);
    hover(ui, words, &says);
}
