//! The levers of the what-if as its list shows them: what each assumes, and what comes of it.

use crate::domain::{Lever, Money};
use crate::figures::forecast::what_if::{BreakEven, LettingGo, lever_words};
use crate::figures::forecast::{Layer, Outlook};
use crate::figures::proof::FigureKey;
use crate::figures::{Answer, Figures};

use super::State;

/// A lever of the what-if.
#[derive(Debug, Clone, PartialEq)]
pub struct LeverLine {
    /// What it assumes.
    pub assumes: String,
    /// What it does to what is to come, in words; nothing while it is muted or not worked out yet.
    pub does: Option<String>,
    /// By how much more, or less, is expected within the days looked at.
    pub by: Option<Money>,
    /// The layer that is not counted now and without which it does nothing.
    pub waits_for: Option<Layer>,
    /// Which of the levers that count it is, once what it does is known.
    pub counted: Option<usize>,
    /// Whether it is left out.
    pub muted: bool,
}

/// The levers of the what-if, in the order they are pulled.
pub(super) fn lever_lines(state: &State, outlook: &Outlook) -> Vec<LeverLine> {
    let draft = &state.session.what_if;
    // What was worked out belongs to the levers as they were asked about; until it is about these it is not shown.
    let asked = draft.levers();
    let fork = outlook.what_if.as_ref().filter(|fork| fork.levers == asked);
    let mut effects = fork.iter().flat_map(|fork| &fork.forecast.effects).enumerate();
    let lines = draft.rows.iter().map(|row| {
        let effect = if row.muted { None } else { effects.next() };
        LeverLine {
            assumes: lever_words(&row.lever, &state.book, state.day()),
            does: effect.map(|(_, effect)| effect.words.clone()),
            by: effect.map(|(_, effect)| effect.counted(state.session.cash.layers)),
            waits_for: effect.and_then(|(_, effect)| effect.waits_for(state.session.cash.layers)),
            counted: effect.map(|(at, _)| at),
            muted: row.muted,
        }
    });
    lines.collect()
}

/// What else follows from a lever.
#[derive(Debug, Clone, PartialEq)]
pub enum LeverNote {
    /// What goes with a client, and what it frees.
    Leaving(LettingGo),
    /// How many may leave before dearer rates no longer pay, and what proves it.
    Rise(Answer<BreakEven>, FigureKey),
}

/// What else follows from the lever that the hand is at.
pub(super) fn lever_note(state: &State, figures: &Figures) -> Option<LeverNote> {
    let draft = &state.session.what_if;
    match draft.row().filter(|_| draft.open).map(|row| &row.lever)? {
        Lever::LetGo { client, .. } | Lever::Leaves { client, .. } => {
            LettingGo::of(state.book.business(), figures, client).map(LeverNote::Leaving)
        }
        Lever::RatesRise { clients, percent, .. } => {
            let key = FigureKey::BreakEven(clients.clone(), *percent);
            Some(LeverNote::Rise(BreakEven::of(figures, clients, *percent), key))
        }
        _ => None,
    }
}

impl LeverNote {
    /// In sentences, each with what proves it; `money` writes an amount.
    #[must_use]
    pub fn said(&self, money: &dyn Fn(Money) -> String) -> Vec<(FigureKey, String)> {
        match self {
            Self::Leaving(leaving) => leaving.said(money),
            Self::Rise(Ok(rise), key) => vec![(key.clone(), rise.words(money))],
            Self::Rise(Err(why), key) => vec![(key.clone(), why.to_string())],
        }
    }
}
