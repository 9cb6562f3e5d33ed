//! The settings: a line each for what can be chosen, and for the files one may look for.

use egui::{Align, Id, Layout, Rect, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetText, pos2, vec2};

use crate::command::key_of;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{
    Dialog, Row, at_right_ui, ghost, list_box_ui, moved_cursor, primary, segmented_height, segmented_ui,
};
use crate::kit::{icon, number};
use crate::state::{Action, Origin, SettingsAction, SettingsRow, State, percent};

/// Width of the dialog in points.
const WIDTH: f32 = 640.0;
/// Height of a line in points.
const LINE: f32 = 44.0;
/// Width of the zoom in per cent in points.
const PERCENT: f32 = 56.0;
/// Width of the titles in points.
const TITLES: f32 = 92.0;

/// Draws the settings with the cursor on this line.
pub(super) fn settings_ui(ui: &mut Ui, state: &State, at: SettingsRow) -> Vec<Action> {
    let close = key_of(ui, "app.back").unwrap_or_default();
    let shown = Dialog::new(Id::unique("settings"), "Settings").width(WIDTH).show(
        ui,
        |ui| {
            let mut actions = Vec::new();
            let moved = moved_cursor(ui, "settings", Some(at)).is_some();
            let count = SettingsRow::lines(&state.session).count();
            list_box_ui(ui, "Settings", count, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (nth, row) in SettingsRow::lines(&state.session).enumerate() {
                    let hand = (row == at, moved);
                    actions.extend(match row {
                        SettingsRow::KeyProblem(problem) => {
                            problem_ui(ui, state, problem, (nth, count), hand)
                        }
                        _ => row_ui(ui, state, row, (nth, count), hand),
                    });
                }
            });
            actions
        },
        vec![(primary("Close").key(&close), ())],
    );
    let mut actions = shown.body;
    if shown.footer.is_some() || shown.clicked_outside {
        actions.push(Action::Back);
    }
    actions
}

/// One line: its title, what is chosen or where the file is, and the controls that change it.
fn row_ui(
    ui: &mut Ui,
    state: &State,
    row: SettingsRow,
    (at, of): (usize, usize),
    (selected, moved): (bool, bool),
) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    let says = value(state, row);
    let label = format!("{}: {says}", row.title());
    let height = line_height(ui, row);
    let line = Row::new(Id::unique(("setting", row)), &label).height(height).selected(selected);
    let line = line.place(at, of);
    let response = line.show(ui, |ui, rect| {
        let (titles, rest) = rect.split_left_right_at_x(rect.left() + TITLES);
        let ink = Ink::body(tokens).medium();
        text::paint(ui.painter(), titles, Align::Min, row.title(), &ink, Cut::End);
        let builder = UiBuilder::new()
            .id_salt(("controls of", row))
            .max_rect(rest)
            .layout(Layout::right_to_left(Align::Center));
        let mut ui = ui.new_child(builder);
        ui.spacing_mut().item_spacing.x = space::XS;
        actions.extend(control_ui(&mut ui, state, row));
        let place = Rect::from_min_max(rest.min, pos2(ui.min_rect().left() - space::M, rest.bottom()));
        if row.chosen(&state.session).is_none() {
            text::paint(ui.painter(), place, Align::Min, &says, &Ink::second(tokens), Cut::Middle);
        } else if row == SettingsRow::PlainKeys {
            let says = if state.session.keys.plain_off {
                "Letters, digits and signs do nothing outside fields"
            } else {
                "Letters, digits and signs are commands outside fields"
            };
            text::paint(ui.painter(), place, Align::Min, says, &Ink::second(tokens), Cut::End);
        }
    });
    if selected && moved {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        actions.insert(0, Action::Settings(SettingsAction::Point(row)));
    }
    actions
}

/// How high a line is: higher where its choices stand below one another.
fn line_height(ui: &Ui, row: SettingsRow) -> f32 {
    if row == SettingsRow::Zoom {
        return LINE;
    }
    let choices = row.choices();
    let labels: Vec<&str> = choices.iter().map(|(label, _)| label.as_str()).collect();
    let room = ui.available_width() - 2.0 * space::M - TITLES;
    LINE.max(segmented_height(ui, &labels, room) + 2.0 * space::S)
}

/// The controls of a line, from the right.
fn control_ui(ui: &mut Ui, state: &State, row: SettingsRow) -> Vec<Action> {
    let session = &state.session;
    let set = |setting| vec![Action::Settings(SettingsAction::Set(setting))];
    match row {
        SettingsRow::Zoom => {
            let (larger, smaller) = (row.beside(session, true), row.beside(session, false));
            let less = ghost("Smaller").icon_only(icon::REMOVE).enabled(smaller.is_some());
            let more = ghost("Larger").icon_only(icon::ADD).enabled(larger.is_some());
            let width = less.width(ui) + PERCENT + more.width(ui) + 2.0 * ui.spacing().item_spacing.x;
            let chosen = at_right_ui(ui, width, |ui| {
                let less = less.show(ui).clicked();
                ui.allocate_ui(vec2(PERCENT, LINE), |ui| {
                    ui.centered_and_justified(|ui| {
                        text::label(ui, percent(session.zoom), &Ink::new(size::BODY, Tokens::of(ui).text));
                    });
                });
                let more = more.show(ui).clicked();
                smaller.filter(|_| less).or(larger.filter(|_| more))
            });
            chosen.map(set).unwrap_or_default()
        }
        SettingsRow::Theme
        | SettingsRow::Motion
        | SettingsRow::PlainKeys
        | SettingsRow::Numbers
        | SettingsRow::Days => {
            let choices = row.choices();
            let labels: Vec<&str> = choices.iter().map(|(label, _)| label.as_str()).collect();
            let chosen = row.chosen(session);
            let on = choices.iter().position(|(_, setting)| Some(*setting) == chosen).unwrap_or(0);
            let clicked = segmented_ui(ui, row.title(), &labels, on).and_then(|at| choices.get(at));
            clicked.map(|(_, setting)| set(*setting)).unwrap_or_default()
        }
        SettingsRow::Keys if !session.files.keys_there => {
            let write = ghost("Write the file").icon(icon::EXPORT).show(ui).clicked();
            if write { vec![Action::Settings(SettingsAction::WriteKeys)] } else { Vec::new() }
        }
        SettingsRow::KeyProblem(_) => Vec::new(),
        SettingsRow::Keys | SettingsRow::Book | SettingsRow::Backups => {
            let there = match row {
                SettingsRow::Book => matches!(state.file.origin, Origin::File(_)),
                SettingsRow::Backups => {
                    session.files.backups.as_ref().is_some_and(|(_, count, _)| *count > 0)
                }
                _ => true,
            };
            let show = ghost("Show folder").enabled(there).show(ui).clicked();
            if show { vec![Action::Settings(SettingsAction::ShowFolder(row))] } else { Vec::new() }
        }
    }
}

/// What is chosen, or where the file is, in words.
fn value(state: &State, row: SettingsRow) -> String {
    let session = &state.session;
    match row {
        SettingsRow::Zoom => percent(session.zoom),
        SettingsRow::Theme
        | SettingsRow::Motion
        | SettingsRow::PlainKeys
        | SettingsRow::Numbers
        | SettingsRow::Days => {
            let chosen = row.chosen(session);
            let choice = row.choices().into_iter().find(|(_, setting)| Some(*setting) == chosen);
            choice.map(|(label, _)| label).unwrap_or_default()
        }
        SettingsRow::Keys => {
            let path = session.files.keys.display();
            if session.files.keys_unreadable {
                return format!(
                    "{path} cannot be read, so the built-in keys count: mend it as said below, or delete it, and open the settings again"
                );
            }
            match (session.files.keys_there, session.keys.count()) {
                (false, _) => format!("All built in; your own would be in {path}"),
                (true, 0) => format!("All built in, as they stand in {path}"),
                (true, 1) => format!("1 command with keys of your own in {path}"),
                (true, count) => format!("{} commands with keys of your own in {path}", number::count(count)),
            }
        }
        SettingsRow::Book => match &state.file.origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Sample => "The sample, in memory only".to_owned(),
            Origin::Unsaved => "Not saved yet".to_owned(),
        },
        SettingsRow::Backups => match &session.files.backups {
            None => "None: the book has no file".to_owned(),
            Some((folder, 0, _)) => format!("None yet; they will be in {}", folder.display()),
            Some((folder, count, newest)) => {
                let newest = newest.as_ref().map(|newest| format!(", the newest of {newest}"));
                format!("{}{}, in {}", number::count(*count), newest.unwrap_or_default(), folder.display())
            }
        },
        SettingsRow::KeyProblem(at) => session.key_problems.get(at).cloned().unwrap_or_default(),
    }
}

/// Keys that were wished for and do not count, in a sentence; the first one stands under a heading.
fn problem_ui(
    ui: &mut Ui,
    state: &State,
    problem: usize,
    (at, of): (usize, usize),
    (selected, moved): (bool, bool),
) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let row = SettingsRow::KeyProblem(problem);
    if problem == 0 {
        ui.add_space(space::M);
        text::label(ui, row.title(), &Ink::new(size::SMALL, tokens.tertiary).semibold());
        ui.add_space(space::XS);
    }
    let (says, ink) = (value(state, row), Ink::second(tokens));
    let room = ui.available_width() - 2.0 * space::M;
    let galley = WidgetText::from(ink.rich(says.as_str()));
    let galley = galley.into_galley(ui, Some(TextWrapMode::Wrap), room, TextStyle::Body);
    let line = Row::new(Id::unique(("setting", row)), &says).height(galley.size().y + 2.0 * space::XS);
    let response = line.selected(selected).place(at, of).show(ui, |ui, rect| {
        ui.painter().galley(rect.min + vec2(0.0, space::XS), galley, ink.colour);
    });
    if selected && moved {
        response.scroll_to_me(None);
    }
    if response.clicked() { vec![Action::Settings(SettingsAction::Point(row))] } else { Vec::new() }
}
