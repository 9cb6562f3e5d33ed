//! Until when an item is put off: the presets of the table of commands, each with the day it comes back, at the latest.

use egui::{Align, Id, Ui, vec2};

use crate::command::{Command, Place, commands, key_of, no_snooze, snooze_preset};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{Dialog, Row, ghost, list_box_ui, paint_key_cap};
use crate::state::{Action, Overlay, Session, Shown};

/// Shows the dialog while an item is being put off, and nothing else.
#[must_use]
pub fn snooze_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let Some(Overlay::Snooze(item, client)) = &session.overlay else { return Vec::new() };
    let mut actions = Vec::new();
    let dialog = Dialog::new(Id::unique("snooze"), "Snooze until").width(380.0);
    let cancel = key_of(ui, "app.back").unwrap_or_default();
    let response = dialog.show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            match shown.selected.len() {
                0 => about_ui(ui, shown, item),
                many => {
                    let items = if many == 1 { "item" } else { "items" };
                    let says = format!("{} selected {items}", number::count(many));
                    text::label(ui, says, &Ink::body(Tokens::of(ui)).semibold());
                    ui.add_space(space::M);
                }
            }
            let clients = match shown.selected.len() {
                0 => vec![client.as_ref()],
                _ => shown.selected_items().map(|item| item.client.as_ref()).collect(),
            };
            let no_use = |id| no_snooze(id, shown, &clients);
            let presets: Vec<_> =
                commands().filter(|command| command.places.contains(&Place::Snooze)).collect();
            list_box_ui(ui, "Days", presets.len(), |ui| {
                let mut actions = Vec::new();
                for (at, command) in presets.iter().enumerate() {
                    if preset_ui(ui, shown, command, no_use(command.id), (at, presets.len())) {
                        actions.push(Action::Run(command.id));
                    }
                }
                actions
            })
        },
        vec![(ghost("Cancel").key(&cancel), ())],
    );
    actions.extend(response.body);
    if response.footer.is_some() || response.clicked_outside {
        actions.push(Action::Run("app.back"));
    }
    actions
}

/// What is being put off.
fn about_ui(ui: &mut Ui, shown: &Shown, item: &str) {
    let Some(item) = shown.figures.today.items.iter().find(|known| known.id == item) else { return };
    let tokens = Tokens::of(ui);
    let (name, title) = match item.client_name.as_str() {
        "" => (item.title.as_str(), None),
        name => (name, Some(item.title.as_str())),
    };
    let line = |ui: &mut Ui| ui.allocate_space(vec2(ui.available_width(), 20.0)).1;
    let place = line(ui);
    let name_ink = Ink::new(size::BODY, tokens.text).semibold();
    let name_place = place.with_max_x(place.left() + place.width() * 0.6);
    let taken = text::paint(ui.painter(), name_place, Align::Min, name, &name_ink, Cut::Middle);
    if let Some(title) = title {
        let place = place.with_min_x(taken.right() + space::S);
        let ink = Ink::new(size::BODY, tokens.secondary);
        text::paint(ui.painter(), place, Align::Min, title, &ink, Cut::Middle);
    }
    text::label(ui, &item.why, &Ink::second(tokens));
    ui.add_space(space::M);
}

/// One preset: its key, its name, its day; or why it is of no use. Returns whether it was chosen.
fn preset_ui(
    ui: &mut Ui,
    shown: &Shown,
    command: &Command,
    no_use: Option<&'static str>,
    (at, of): (usize, usize),
) -> bool {
    let tokens = Tokens::of(ui);
    let entry = snooze_preset(command.id, shown.figures.day);
    // A snooze is counted from the working day, which is the day shown: on another day nothing can be put off.
    let until = match entry {
        Some(_) if let Some(why) = no_use => why.to_owned(),
        Some(entry) if entry.wait.is_some() => {
            format!("{} at the latest", number::relative_date(entry.until, shown.figures.day))
        }
        Some(entry) => number::relative_date(entry.until, shown.figures.day),
        None => "just type: fri, if no reply 5d".to_owned(),
    };
    let label = format!("{}, {until}", command.title.trim_end_matches(" …"));
    let row = Row::new(Id::unique(("snooze", command.id)), &label).height(height::ROW).place(at, of);
    let response = row.show(ui, |ui, rect| {
        let inside = rect.shrink2(vec2(-space::XS, 0.0));
        let key = key_of(ui, command.id).unwrap_or_default();
        let cap = paint_key_cap(ui.painter(), tokens, inside.left_center(), &key);
        let words = inside.with_min_x(cap.right() + space::M);
        let colour = if no_use.is_some() { tokens.tertiary } else { tokens.text };
        let ink = Ink::new(size::BODY, colour);
        text::paint(ui.painter(), words, Align::Min, command.title, &ink, Cut::Never);
        text::paint(ui.painter(), inside, Align::Max, &until, &Ink::second(tokens), Cut::Never);
    });
    response.clicked()
}
