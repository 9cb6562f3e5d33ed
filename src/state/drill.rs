//! A short drill on the sample: a few lessons, each learnt by doing what it says.

use super::session::{Overlay, View};
use super::{Origin, State};

/// One lesson. They come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// Going through the queue.
    Walk,
    /// Doing what is suggested.
    Act,
    /// Taking it back.
    Undo,
    /// Going to another view.
    Go,
    /// Asking why a figure is what it is.
    Prove,
    /// Going back a step.
    Back,
    /// Saying what happened in one line.
    Enter,
    /// Finding anything.
    Find,
    /// All is learnt.
    End,
}

impl Lesson {
    const ALL: [Self; 9] = [
        Self::Walk,
        Self::Act,
        Self::Undo,
        Self::Go,
        Self::Prove,
        Self::Back,
        Self::Enter,
        Self::Find,
        Self::End,
    ];

    /// How many there are to learn.
    pub const COUNT: usize = Self::ALL.len() - 1;

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|known| *known == self).unwrap_or(0).saturating_add(1)
    }

    fn next(self) -> Self {
        Self::ALL.get(self.number()).copied().unwrap_or(Self::End)
    }

    /// What to do; the keys of the commands in braces are put in by whoever knows them.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Walk => "Go down the queue with {list.down}, and up again with {list.up}.",
            Self::Act => {
                "{item.first_action} does what is suggested first, {item.handled} notes that a row is handled: try either on this one."
            }
            Self::Undo => "{edit.undo} takes it back. So it does with everything.",
            Self::Go => "{view.cash} goes to the money that is to come.",
            Self::Prove => "{figure.prove} shows what a figure is made of, down to the facts.",
            Self::Back => "{app.back} goes back a step: out of the proof.",
            Self::Enter => {
                "{quick.open} takes what happened in plain words: type “met Ana at the fair”, then {quick.enter}."
            }
            Self::Find => "{app.palette} finds every command, client, person, invoice and deal.",
            Self::End => {
                "That was all of it; {app.help} shows the keys of every place. Now bring your own, or look around."
            }
        }
    }
}

/// The drill as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// The lesson that is being learnt.
    pub lesson: Lesson,
    mark: Mark,
}

/// How things stood when the lesson began.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    depth: usize,
    row: String,
}

impl Mark {
    fn of(state: &State) -> Self {
        Self { depth: state.history.depth(), row: state.session.cursors.today.key.clone() }
    }
}

impl Drill {
    /// The first lesson.
    pub(super) fn begin(state: &mut State) {
        state.session.welcome = false;
        state.session.drill = Some(Self { lesson: Lesson::Walk, mark: Mark::of(state) });
    }

    /// Goes on to the next lesson.
    pub(super) fn skip(state: &mut State) {
        let mark = Mark::of(state);
        if let Some(drill) = &mut state.session.drill {
            *drill = Self { lesson: drill.lesson.next(), mark };
        }
    }

    /// Goes on once the lesson was learnt; ends where the sample is no longer on the screen.
    pub(super) fn follow(state: &mut State) {
        let Some(drill) = &state.session.drill else { return };
        if state.file.origin != Origin::Sample {
            state.session.drill = None;
        } else if drill.is_learnt(state) {
            Self::skip(state);
        }
    }

    fn is_learnt(&self, state: &State) -> bool {
        let session = &state.session;
        match self.lesson {
            Lesson::Walk => {
                !session.cursors.today.key.is_empty() && session.cursors.today.key != self.mark.row
            }
            Lesson::Act | Lesson::Enter => state.history.depth() > self.mark.depth,
            Lesson::Undo => state.history.next_redo().is_some(),
            Lesson::Go => session.view == View::Cash,
            Lesson::Prove => matches!(session.overlay, Some(Overlay::Proof(_))),
            Lesson::Back => session.overlay.is_none(),
            Lesson::Find => matches!(session.overlay, Some(Overlay::Palette(_))),
            Lesson::End => false,
        }
    }
}
