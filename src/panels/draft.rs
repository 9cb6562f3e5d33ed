//! What to write about the item of the queue under the cursor: to whom, the subject, the text, and what only its sender
//! can fill in.

use egui::text::{LayoutJob, TextFormat};
use egui::{Frame, Margin, Ui};

use crate::command::key_of;
use crate::domain::unfilled_mark;
use crate::figures::Letter;
use crate::kit::icon;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{LINE, Tokens, radius, size, space};
use crate::kit::widgets::{secondary, section_header};
use crate::state::Action;

/// Shows a draft, with the keys that queue, edit and copy it: those act on this one `alone`, or on all that are selected.
pub(super) fn draft_ui(ui: &mut Ui, letter: &Letter, alone: bool) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    section_header(ui, "Draft", None, None);
    text::label(ui, addressee(letter), &Ink::second(tokens));
    ui.add_space(space::XS);
    // The line that says so stands above the text: below a long one it would be out of sight.
    if !letter.missing.is_empty() {
        let says = format!("{} Still to fill in: {}.", icon::WATCH, letter.still_to_fill());
        text::label(ui, says, &Ink::new(size::SMALL, tokens.watch));
        ui.add_space(space::XS);
    }
    let frame = Frame::new().fill(tokens.ground).corner_radius(radius::M).inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let subject = Ink::body(tokens).medium();
        ui.add(egui::Label::new(marked(&letter.subject, letter, &subject, tokens)).wrap());
        ui.add_space(space::S);
        let body = Ink::body(tokens).colour(tokens.secondary);
        ui.add(egui::Label::new(marked(&letter.text, letter, &body, tokens)).wrap());
    });
    ui.add_space(space::S);
    let mut actions = Vec::new();
    if !alone {
        return actions;
    }
    ui.horizontal(|ui| {
        for (label, command) in [("Queue", "draft.queue"), ("Edit", "draft.edit"), ("Copy", "draft.copy")] {
            let key = key_of(ui, command).unwrap_or_default();
            if secondary(label).key(&key).show(ui).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
    actions
}

fn addressee(letter: &Letter) -> String {
    let person = letter.person.as_deref().unwrap_or("nobody is noted");
    let mail = letter.to.as_deref().unwrap_or("no mail address is noted");
    if letter.person.is_none() { format!("To: {person}") } else { format!("To: {person} · {mail}") }
}

/// A text in which what is not filled in stands out.
fn marked(text: &str, letter: &Letter, ink: &Ink, tokens: &Tokens) -> LayoutJob {
    let plain = TextFormat {
        line_height: Some((ink.font.size * LINE).round()),
        ..TextFormat::simple(ink.font.clone(), ink.colour)
    };
    let watch = TextFormat {
        font_id: Ink::new(ink.font.size, tokens.watch).medium().font,
        color: tokens.watch,
        ..plain.clone()
    };
    let marks: Vec<String> = letter.missing.iter().map(|field| unfilled_mark(field)).collect();
    let mut job = LayoutJob::default();
    let mut rest = text;
    while let Some((at, mark)) =
        marks.iter().filter_map(|mark| Some((rest.find(mark)?, mark))).min_by_key(|(at, _)| *at)
    {
        let Some((before, from)) = rest.split_at_checked(at) else { break };
        job.append(before, 0.0, plain.clone());
        job.append(mark, 0.0, watch.clone());
        rest = from.strip_prefix(mark.as_str()).unwrap_or_default();
    }
    job.append(rest, 0.0, plain);
    job
}
