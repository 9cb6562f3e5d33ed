//! A kind of client as it is said and judged on the screen.

use egui::{Align, Painter, Rect, pos2};

use crate::domain::ClientKind;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone};
use crate::kit::widgets::glyph;

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

/// Paints a kind with the glyph of its tone, so that all names stand in one line whether they have a glyph or not.
pub(super) fn paint_kind(painter: &Painter, tokens: &Tokens, rect: Rect, kind: ClientKind) {
    let tone = kind_tone(kind);
    glyph(painter, tokens, pos2(rect.left() + 6.0, rect.center().y), tone);
    let place = Rect::from_min_max(pos2(rect.left() + 18.0, rect.top()), rect.max);
    let ink = Ink::body(tokens).colour(tokens.secondary);
    text::paint(painter, place, Align::Min, kind_words(kind), &ink, Cut::End);
}

/// How urgent it is that something is late by so many days: the same everywhere, in the colours of the ageing bar.
pub(super) fn late_tone(days: i64) -> Tone {
    match days {
        ..=0 => Tone::Neutral,
        1..=60 => Tone::Watch,
        _ => Tone::Risk,
    }
}
