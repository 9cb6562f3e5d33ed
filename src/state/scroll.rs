//! Scrolling by keys, of what is read and has no cursor.

/// Where something is scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// Down by a few lines.
    Down,
    /// Up by a few lines.
    Up,
    /// Down by what is in sight.
    ScreenDown,
    /// Up by what is in sight.
    ScreenUp,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

/// What was last asked for.
///
/// How far something is scrolled belongs to whoever draws it, who alone knows how long it is: the state counts what was asked,
/// and it is followed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scrolled {
    /// How often something was asked for.
    pub turn: u64,
    /// What the last time; nothing before.
    pub to: Option<Scroll>,
}

impl Scrolled {
    /// Asks once more.
    pub(super) fn ask(&mut self, to: Scroll) {
        (self.turn, self.to) = (self.turn.wrapping_add(1), Some(to));
    }
}
