//! A kind of client as it is said and judged on the screen.

use crate::domain::ClientKind;
use crate::kit::theme::Tone;

/// What a kind is called.
pub(super) fn kind_words(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::Prospect => "Prospect",
        ClientKind::New => "New",
        ClientKind::Steady => "Steady",
        ClientKind::SteppingStone => "Stepping stone",
        ClientKind::AtRisk => "At risk",
        ClientKind::Toxic => "Toxic",
        ClientKind::Advocate => "Advocate",
        ClientKind::Dormant => "Dormant",
        ClientKind::Ended => "Ended",
        ClientKind::Partner => "Partner",
    }
}

/// How a kind is judged; neutral where it is neither good nor bad.
pub(super) fn kind_tone(kind: ClientKind) -> Tone {
    match kind {
        ClientKind::Steady | ClientKind::Advocate => Tone::Good,
        ClientKind::SteppingStone | ClientKind::AtRisk => Tone::Watch,
        ClientKind::Toxic => Tone::Risk,
        ClientKind::Prospect
        | ClientKind::New
        | ClientKind::Dormant
        | ClientKind::Ended
        | ClientKind::Partner => Tone::Neutral,
    }
}

/// What a group of clients of a kind is called; `None` is where the facts do not decide it.
pub(super) fn kind_title(kind: Option<ClientKind>) -> &'static str {
    kind.map_or("Kind not decided yet", kind_words)
}

/// How urgent it is that something is late by so many days: the same everywhere, in the colours of the ageing bar.
pub(super) fn late_tone(days: i64) -> Tone {
    match days {
        ..=0 => Tone::Neutral,
        1..=60 => Tone::Watch,
        _ => Tone::Risk,
    }
}
