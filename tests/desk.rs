//! A desk for tests: a state, its keys and its lists, without a window.

use std::cell::RefCell;

use chrono::NaiveDate;
use egui::{Event, Modifiers};
use rapport::command::palette::{self, PaletteRow};
use rapport::command::{Chord, KeyName, Keymap, Press, Stroke, is_typing, meaning, places, strokes};
use rapport::domain::Book;
use rapport::figures::Memo;
use rapport::figures::forecast::Outlook;
use rapport::state::{Action, Effect, Keys, Overlay, QuickAction, Shown, State, reduce};
use rapport::store::{load, sample};

/// A seed like any other.
const SEED: u64 = 7;

pub(crate) struct Desk {
    pub(crate) state: State,
    pub(crate) effects: Vec<Effect>,
    /// What is known of the future: nothing, unless a test asks for it.
    pub(crate) outlook: Outlook,
    keymap: Keymap,
    /// The keys that the keymap was made of.
    bound: Keys,
    /// As the window's: laws of their own hold that what is remembered is what would be computed from nothing.
    memo: RefCell<Memo>,
}

impl Desk {
    /// The sample book on the day it was written for.
    pub(crate) fn sample() -> Self {
        let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
        Self::of(book, sample::ANCHOR)
    }

    pub(crate) fn of(book: Book, today: NaiveDate) -> Self {
        let (state, keymap) = (State::new(book, today, SEED), Keymap::of_table());
        Self {
            state,
            effects: Vec::new(),
            outlook: Outlook::default(),
            keymap,
            bound: Keys::default(),
            memo: RefCell::default(),
        }
    }

    /// What the lists hold now.
    pub(crate) fn shown(&self) -> Shown {
        Shown::whole(&mut self.memo.borrow_mut(), &self.outlook, &self.state)
    }

    /// Answers what the state asks of the future, as the window's thread does.
    pub(crate) fn foresee(&mut self) {
        self.outlook = Outlook::of(&self.state.question());
        // What the item that the hand is at means is asked once it is known which one that is.
        let question = self.shown().question(&self.state);
        if question.item.is_some() {
            self.outlook = Outlook::of(&question);
        }
    }

    pub(crate) fn act(&mut self, action: Action) {
        let action = meaning(action, &self.state, &self.shown());
        self.effects.extend(reduce(&mut self.state, action));
        if let Some(settled) = self.shown().settle(&self.state) {
            self.effects.extend(reduce(&mut self.state, settled));
        }
    }

    /// Presses a key or a sequence of two, as a keyboard would send them.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.strike(Chord::parse(key).unwrap(), false);
        }
    }

    /// Holds a key down: once struck, then repeated.
    pub(crate) fn hold(&mut self, key: &str, times: usize) {
        for time in 0..times {
            self.strike(Chord::parse(key).unwrap(), time > 0);
        }
    }

    fn strike(&mut self, chord: Chord, repeat: bool) {
        let typing = is_typing(&self.state);
        for stroke in strokes(&[event(chord, repeat)], typing) {
            self.stroke(stroke);
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        if self.bound != self.state.session.keys {
            self.bound = self.state.session.keys.clone();
            self.keymap = Keymap::of(&self.bound);
        }
        let prefix = self.state.session.prefix.clone();
        match self.keymap.press(&places(&self.state), prefix.as_deref(), stroke) {
            Press::Command(command) => {
                self.act(Action::Await(None));
                self.act(Action::Run(command.id));
            }
            Press::Prefix(first) => self.act(Action::Await(Some(first))),
            Press::Nothing => self.act(Action::Await(None)),
        }
    }

    /// Types into the field that has the hand.
    pub(crate) fn type_text(&mut self, text: &str) {
        let action = match &self.state.session.overlay {
            Some(Overlay::Palette(open)) => Action::SetQuery(format!("{}{text}", open.query)),
            Some(Overlay::Form(form)) => Action::SetField(form.focus, text.to_owned()),
            Some(Overlay::Quick) => Action::Quick(QuickAction::Type(text.to_owned())),
            Some(Overlay::Path(prompt)) => Action::SetPath(format!("{}{text}", prompt.text)),
            _ => Action::SetFilter(text.to_owned()),
        };
        self.act(action);
    }

    /// Fills a field of the open form by its label.
    pub(crate) fn fill(&mut self, label: &str, text: &str) {
        let Some(Overlay::Form(form)) = &self.state.session.overlay else { panic!("no form is open") };
        let position = form.kind.spec().fields.iter().position(|field| field.label == label);
        self.act(Action::SetField(position.unwrap_or_else(|| panic!("no field {label}")), text.to_owned()));
    }

    /// What the open form says about a field: what stands in the way, and what was understood.
    pub(crate) fn field(&self, label: &str) -> (Option<String>, Option<String>) {
        let view = self.shown().form.expect("a form is open");
        let field =
            view.fields.into_iter().find(|field| field.label == label).expect("there is such a field");
        (field.error, field.echo)
    }

    pub(crate) fn palette_rows(&self) -> Vec<PaletteRow> {
        match &self.state.session.overlay {
            Some(Overlay::Palette(open)) => palette::rows_of(open, &self.state, &self.shown()),
            _ => Vec::new(),
        }
    }

    pub(crate) fn notice(&self) -> &str {
        self.state.session.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }
}

fn event(chord: Chord, repeat: bool) -> Event {
    let modifiers =
        Modifiers { ctrl: chord.ctrl, command: chord.ctrl, shift: chord.shift, ..Modifiers::NONE };
    let key = match chord.key {
        KeyName::Char(c) => return Event::Text(c.to_string()),
        KeyName::Key(key) => key,
        KeyName::Digit(digit) => egui::Key::from_name(&digit.to_string()).unwrap(),
    };
    Event::Key { key, physical_key: Some(key), pressed: true, repeat, modifiers }
}
