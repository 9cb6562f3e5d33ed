//! The strips under the head: what one has to know about the book on the screen.

use egui::Ui;

use crate::command::{key_of, with_keys};
use crate::kit::icon;
use crate::kit::theme::Tone;
use crate::kit::widgets::{Banner, Button, banner_ui, ghost, primary, secondary};
use crate::state::{Access, Action, Lesson, Origin, Saving, State};

/// A strip: what it says, and what can be done.
struct Strip {
    icon: &'static str,
    sentence: String,
    tone: Tone,
    /// Label and command of each button, the first one first.
    buttons: Vec<(&'static str, &'static str)>,
}

/// How many strips there are.
#[must_use]
pub(super) fn count(state: &State) -> usize {
    strips(state).len()
}

/// Draws the strips.
pub(super) fn strips_ui(ui: &mut Ui, state: &State) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.spacing_mut().item_spacing.y = 1.0;
    for strip in strips(state) {
        let keys: Vec<String> =
            strip.buttons.iter().map(|(_, id)| key_of(ui, id).unwrap_or_default()).collect();
        let buttons: Vec<Button<'_>> = strip
            .buttons
            .iter()
            .zip(&keys)
            .enumerate()
            .map(|(at, ((label, _), key))| match at {
                0 if strip.buttons.len() > 2 => primary(label).key(key),
                0 => secondary(label).key(key),
                _ => ghost(label).key(key),
            })
            .collect();
        let banner = Banner { icon: strip.icon, sentence: &strip.sentence, tone: strip.tone };
        if let Some(pressed) = banner_ui(ui, banner, buttons)
            && let Some((_, id)) = strip.buttons.get(pressed)
        {
            actions.push(Action::Run(id));
        }
    }
    actions
}

fn strips(state: &State) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut strip = |icon, sentence: String, tone, buttons: &[(&'static str, &'static str)]| {
        strips.push(Strip { icon, sentence, tone, buttons: buttons.to_vec() });
    };
    if let Some(drill) = &state.session.drill {
        let says = with_keys(&state.session.keys, drill.lesson.says());
        if drill.lesson == Lesson::End {
            let buttons = [
                ("Import invoices", "file.import"),
                ("Start with one client", "file.start"),
                ("Close", "drill.end"),
            ];
            strip(icon::CHECK, says, Tone::Good, &buttons);
        } else {
            let says = format!("{} of {}: {says}", drill.lesson.number(), Lesson::COUNT);
            strip(icon::KEYBOARD, says, Tone::Accent, &[("Skip", "drill.skip"), ("End", "drill.end")]);
        }
    } else if state.session.welcome {
        strip(
            icon::SAMPLE,
            "Welcome to the sample, a studio and its clients.".to_owned(),
            Tone::Accent,
            &[
                ("Learn the keys", "drill.begin"),
                ("Import invoices", "file.import"),
                ("Start with one client", "file.start"),
                ("Look around", "welcome.dismiss"),
            ],
        );
    } else if state.file.origin == Origin::Sample {
        strip(
            icon::SAMPLE,
            "This is the sample book. What you change stays in memory until you save it under a name."
                .to_owned(),
            Tone::Neutral,
            &[("Save as", "file.save_as"), ("Start your own", "file.start")],
        );
    }
    if let Some(day) = state.as_of {
        strip(
            icon::HISTORY,
            format!("The book as it was known on {}: for looking only.", crate::written::long_weekday(day)),
            Tone::Watch,
            &[("Back to today", "as_of.today")],
        );
    }
    if let (Access::ReadOnly(why), None) = (&state.file.access, &state.file.unreadable) {
        let buttons = [("Try again", "file.reload"), ("Save as", "file.save_as")];
        strip(icon::LOCKED, why.clone(), Tone::Watch, &buttons);
    }
    match &state.file.saving {
        Saving::ChangedOutside => strip(
            icon::WARNING,
            "The file was changed by another program. Nothing is written until you decide.".to_owned(),
            Tone::Risk,
            &[("Read it again", "file.reload"), ("Save mine as", "file.save_as")],
        ),
        Saving::Gone => strip(
            icon::WARNING,
            "The file is not there now: deleted, or on a share or a stick that is away. Saving goes on once it is back."
                .to_owned(),
            Tone::Risk,
            &[("Save as", "file.save_as")],
        ),
        Saving::Failed(why) => {
            strip(
                icon::WARNING,
                format!("Not saved: {why}"),
                Tone::Risk,
                &[("Try again", "file.save"), ("Save as", "file.save_as")],
            );
        }
        Saving::Idle | Saving::Running => {}
    }
    if let Some(first) = state.file.problems.first() {
        let more = state.file.problems.len() - 1;
        let more = if more > 0 { format!(" And {more} more: see rapport check.") } else { String::new() };
        strip(
            icon::WARNING,
            format!("A record could not be read and is left as it is in the file. {first}.{more}"),
            Tone::Watch,
            &[],
        );
    }
    strips
}
