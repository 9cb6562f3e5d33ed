//! The one line of quick entry: its keys, and what is offered under it.

use crate::state::{Action, Keys, Overlay, QuickAction, QuickPlace, Shown, State};

use super::quick_entry::{
    Example, Known, Question, Reading, begins_cards, completions, examples, read, read_cards,
};
use super::{Command, Group, Place, Resolved, command, hints};

/// What the line shows: what was understood, and what is offered.
#[derive(Debug, Clone, Default)]
pub struct QuickView {
    /// The event and the cards of a stack so far.
    pub stack: Vec<Reading>,
    /// The line itself.
    pub reading: Reading,
    /// What is called what is offered: a question, completions, or examples.
    pub rows_title: String,
    /// Whether that is a question.
    pub asks: bool,
    /// What is offered.
    pub rows: Vec<QuickRow>,
    /// Which pasted lines come next; nothing where none do.
    pub waits: Option<String>,
    /// What `Enter` does now, or what stands in its way.
    pub says: String,
    /// Whether `Enter` enters the facts.
    pub ready: bool,
}

/// A row of what is offered.
#[derive(Debug, Clone)]
pub struct QuickRow {
    /// What it says.
    pub text: String,
    /// What it is.
    pub detail: String,
    /// Its key, where it has one.
    pub key: Option<String>,
    take: Take,
}

/// What taking a row does.
#[derive(Debug, Clone)]
enum Take {
    /// Puts a line in place of what is typed.
    Line(String),
    /// Answers a question.
    Answer(String, String),
    /// Runs a command: a form.
    Run(&'static str),
}

/// The forms that the empty line offers.
const FORMS: [&str; 8] = [
    "client.add",
    "person.add",
    "quick.cards",
    "deal.add",
    "invoice.add",
    "touch.log",
    "promise.add",
    "invoice.record_payment",
];

/// A row of this table: keys of the line.
macro_rules! quick {
    ($id:literal, $title:literal, $help:literal, $keys:expr, $repeats:literal, $resolve:expr) => {
        Command {
            id: $id,
            title: $title,
            help: $help,
            keys: $keys,
            places: &[Place::Quick],
            group: Group::Dialog,
            repeats: $repeats,
            resolve: $resolve,
        }
    };
}

/// A row for the choice of a digit.
macro_rules! choose {
    ($digit:literal, $id:literal, $keys:literal) => {
        quick!(
            $id,
            "Choose",
            "Take what stands in this place of the list.",
            &[$keys],
            false,
            |state, shown| {
                let view = view(state, shown)?;
                let row = view.rows.get($digit - 1).ok_or("nothing stands there")?;
                take(state, shown, row)
            }
        )
    };
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "quick.open",
        title: "Add in one line …",
        help: "Say in plain words what happened: a payment, a call, a promise, a new client, whatever it is.",
        keys: &["a"],
        places: &[Place::Anywhere],
        group: Group::Edit,
        repeats: false,
        resolve: |_, _| Ok(Action::Quick(QuickAction::Open)),
    },
    Command {
        id: "quick.cards",
        title: "Add business cards …",
        help: "Enter the cards of an event in one go: the event and its day, then a line each.",
        keys: &["shift+a 1"],
        places: &[Place::Anywhere],
        group: Group::Edit,
        repeats: false,
        resolve: |_, _| Ok(Action::Quick(QuickAction::Cards)),
    },
    quick!("quick.enter", "Enter", "Enter what was understood.", &["enter"], false, |state, shown| {
        enter(state, shown, false)
    }),
    quick!(
        "quick.enter_next",
        "Enter, and the next",
        "Enter what was understood, and stay for the next line.",
        &["shift+enter"],
        false,
        |state, shown| enter(state, shown, true)
    ),
    quick!(
        "quick.finish",
        "Enter all cards",
        "Enter the whole stack of cards in one step.",
        &["ctrl+enter"],
        false,
        finish
    ),
    quick!(
        "quick.take",
        "Take",
        "Take the row chosen, or the first completion.",
        &["tab"],
        false,
        |state, shown| {
            let view = view(state, shown)?;
            let chosen = state.session.quick.cursor.and_then(|at| view.rows.get(at));
            // Beside a question, too: its choices have keys of their own.
            let completes = || view.rows.iter().find(|row| matches!(row.take, Take::Line(_)));
            let row = chosen.or_else(completes).or(view.rows.first()).ok_or("nothing is offered")?;
            take(state, shown, row)
        }
    ),
    quick!("quick.down", "Next row", "Choose the row below.", &["down"], true, |state, shown| {
        step(state, shown, 1)
    }),
    quick!(
        "quick.up",
        "Row above",
        "Choose the row above; from an empty line take the last card back.",
        &["up"],
        true,
        |state, shown| step(state, shown, -1)
    ),
    choose!(1, "quick.choose_1", "ctrl+1"),
    choose!(2, "quick.choose_2", "ctrl+2"),
    choose!(3, "quick.choose_3", "ctrl+3"),
    choose!(4, "quick.choose_4", "ctrl+4"),
    choose!(5, "quick.choose_5", "ctrl+5"),
    choose!(6, "quick.choose_6", "ctrl+6"),
];

fn known<'a>(state: &'a State, shown: &'a Shown) -> Known<'a> {
    Known {
        book: &state.book,
        today: state.today,
        seed: state.next_seed(),
        answers: &state.session.quick.answers,
        figures: Some(&shown.figures),
    }
}

/// What the line shows, while it is open.
fn view(state: &State, shown: &Shown) -> Result<QuickView, &'static str> {
    match state.session.overlay {
        Some(Overlay::Quick) => Ok(QuickView::of(state, shown)),
        _ => Err("the line is not open"),
    }
}

impl QuickView {
    /// What the line shows now.
    #[must_use]
    pub fn of(state: &State, shown: &Shown) -> Self {
        let waits = waits(&state.session.quick);
        Self { waits, ..Self::of_line(state, shown) }
    }

    fn of_line(state: &State, shown: &Shown) -> Self {
        let (place, known, keys) = (&state.session.quick, known(state, shown), &state.session.keys);
        if let Some((opening, cards)) = place.stack.split_first() {
            let view = Self::of_stack(place, opening, cards, &known);
            return Self { says: hints::with_keys(keys, &view.says), ..view };
        }
        if begins_cards(&place.line) {
            let reading =
                read_cards(&place.line, &[], &known).readings.into_iter().next().unwrap_or_default();
            let says = reading
                .needed
                .clone()
                .unwrap_or_else(|| "{quick.enter}, then a line for each card".to_owned());
            let says = hints::with_keys(keys, &says);
            return Self { reading, says, ..Self::default() };
        }
        let reading = read(&place.line, &known);
        let mut view = Self { ready: reading.edit.is_some(), ..Self::default() };
        if let Some(question) = &reading.question {
            view.ask(question, keys);
        }
        if place.line.trim().is_empty() {
            view.offer(&examples(&known), keys);
        } else {
            view.complete(&place.line, &known, keys);
        }
        view.says = says(&reading, keys);
        view.reading = reading;
        view
    }

    fn of_stack(place: &QuickPlace, opening: &str, cards: &[String], known: &Known<'_>) -> Self {
        let typing = !place.line.trim().is_empty();
        let lines: Vec<String> = cards.iter().cloned().chain(typing.then(|| place.line.clone())).collect();
        let mut stack = read_cards(opening, &lines, known);
        let reading = if typing { stack.readings.pop().unwrap_or_default() } else { Reading::default() };
        let says = match (cards.len(), &reading.needed) {
            (_, Some(needed)) if typing => needed.clone(),
            (_, _) if typing => "{quick.enter} lays this card on the stack".to_owned(),
            (0, _) => "A line for each card: name, firm, mail, what they want".to_owned(),
            (1, _) => "{quick.enter} on the empty line enters the card".to_owned(),
            (count, _) => format!("{{quick.enter}} on the empty line enters all {count} cards"),
        };
        Self { ready: stack.edit.is_some(), stack: stack.readings, reading, says, ..Self::default() }
    }

    fn ask(&mut self, question: &Question, keys: &Keys) {
        self.rows_title.clone_from(&question.text);
        self.asks = true;
        let rows = question.choices.iter().zip(1_usize..).map(|(choice, number)| QuickRow {
            text: choice.label.clone(),
            detail: String::new(),
            key: hints::first_key(keys, &format!("quick.choose_{number}")),
            take: Take::Answer(question.id.clone(), choice.key.clone()),
        });
        self.rows = rows.collect();
    }

    fn offer(&mut self, examples: &[Example], keys: &Keys) {
        "Such as".clone_into(&mut self.rows_title);
        let lines = examples.iter().map(|example| QuickRow {
            text: example.line.clone(),
            detail: example.what.to_owned(),
            key: None,
            take: Take::Line(example.line.clone()),
        });
        let forms = FORMS.iter().filter_map(|id| command(id)).map(|form| QuickRow {
            text: format!("Form: {}", form.title.trim_end_matches(" …")),
            detail: String::new(),
            key: hints::first_key(keys, form.id),
            take: Take::Run(form.id),
        });
        self.rows = lines.chain(forms).collect();
    }

    fn complete(&mut self, line: &str, known: &Known<'_>, keys: &Keys) {
        if !self.asks {
            "Completions".clone_into(&mut self.rows_title);
        }
        let mut tab = hints::first_key(keys, "quick.take");
        self.rows.extend(completions(line, known).into_iter().map(|completed| QuickRow {
            text: completed.text,
            detail: completed.detail,
            // The first of them is taken without choosing.
            key: tab.take(),
            take: Take::Line(completed.line),
        }));
    }
}

/// What is said of lines that were pasted along, or set aside for cards.
fn waits(place: &QuickPlace) -> Option<String> {
    let waiting: Vec<&String> = place.waiting.iter().chain(&place.set_aside).collect();
    let next = waiting.first()?;
    Some(match waiting.len() {
        1 => format!("One more line waits: {next}"),
        count => format!("{count} more lines wait, next: {next}"),
    })
}

/// What `Enter` does with a line, or what stands in its way.
fn says(reading: &Reading, keys: &Keys) -> String {
    if reading.question.is_some() {
        return "Choose one first".to_owned();
    }
    match (&reading.needed, &reading.edit) {
        (Some(needed), _) => hints::with_keys(keys, needed),
        (None, Some(edit)) => edit.label.clone(),
        (None, None) => String::new(),
    }
}

fn take(state: &State, shown: &Shown, row: &QuickRow) -> Resolved {
    match &row.take {
        Take::Line(line) => Ok(Action::Quick(QuickAction::Put(line.clone()))),
        Take::Answer(question, key) => Ok(Action::Quick(QuickAction::Answer(question.clone(), key.clone()))),
        Take::Run(id) => {
            let form = command(id).ok_or("there is no such form")?;
            (form.resolve)(state, shown)
        }
    }
}

fn enter(state: &State, shown: &Shown, stays: bool) -> Resolved {
    let view = view(state, shown)?;
    let place = &state.session.quick;
    if let Some(row) = place.cursor.and_then(|at| view.rows.get(at)) {
        return take(state, shown, row);
    }
    let others = !place.waiting.is_empty() || place.set_aside.is_some() && place.stack.is_empty();
    if others && place.line.trim().is_empty() {
        return Ok(Action::Quick(QuickAction::Skip));
    }
    if !place.stack.is_empty() {
        if place.line.trim().is_empty() {
            return finish(state, shown);
        }
        let stands = view.reading.needed.is_none();
        return if stands { Ok(Action::Quick(QuickAction::Stack)) } else { Ok(Action::Refuse(view.says)) };
    }
    if begins_cards(&place.line) {
        let opens = view.reading.needed.is_none();
        return if opens { Ok(Action::Quick(QuickAction::Stack)) } else { Ok(Action::Refuse(view.says)) };
    }
    if let Some(edit) = view.reading.edit {
        return Ok(Action::Quick(QuickAction::Enter(edit, stays)));
    }
    if view.asks {
        // The hand goes into the list; a second stroke takes what it is at.
        return Ok(Action::Quick(QuickAction::Point(Some(0))));
    }
    if place.line.trim().is_empty() { Err("nothing is typed yet") } else { Ok(Action::Refuse(view.says)) }
}

/// Enters the whole stack of cards, with the one that is typed.
fn finish(state: &State, shown: &Shown) -> Resolved {
    let place = &state.session.quick;
    let (opening, cards) = place.stack.split_first().ok_or("there is no stack of cards")?;
    let typed = (!place.line.trim().is_empty()).then(|| place.line.clone());
    let lines: Vec<String> = cards.iter().cloned().chain(typed).collect();
    match read_cards(opening, &lines, &known(state, shown)).edit {
        Some(edit) => Ok(Action::Quick(QuickAction::Enter(edit, false))),
        None => Err("there is no card yet"),
    }
}

fn step(state: &State, shown: &Shown, by: isize) -> Resolved {
    let view = view(state, shown)?;
    let place = &state.session.quick;
    if by < 0 && place.cursor.is_none() && place.line.is_empty() && !place.stack.is_empty() {
        return Ok(Action::Quick(QuickAction::Unstack));
    }
    let last = view.rows.len().checked_sub(1).ok_or("nothing is offered")?;
    let next = match (place.cursor, by) {
        (None, 1) => Some(0),
        (None, _) => Some(last),
        (Some(0), -1) => None,
        (Some(at), by) => Some(at.saturating_add_signed(by).min(last)),
    };
    Ok(Action::Quick(QuickAction::Point(next)))
}
