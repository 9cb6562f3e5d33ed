//! How the keyboard walks figures, and how their proofs are looked at.

use crate::state::action::Action;
use crate::state::session::{Overlay, ProofPlace, Session};

pub(super) fn proof(session: &mut Session, action: Action) {
    match action {
        Action::FocusFigure(key) => session.focus = Some(key),
        Action::LeaveFigure(key) => drop(session.focus.take_if(|focused| *focused == key)),
        Action::Prove(key) => {
            let above = match session.overlay.take() {
                Some(Overlay::Proof(mut place)) => {
                    place.above.push((place.key, place.cursor));
                    place.above
                }
                _ => Vec::new(),
            };
            session.overlay = Some(Overlay::Proof(ProofPlace { key, cursor: 0, above }));
        }
        Action::PointProof(term) => {
            if let Some(Overlay::Proof(place)) = &mut session.overlay {
                place.cursor = term;
            }
        }
        _ => {}
    }
}

/// Goes back to the proof this one was reached from; whether there was one.
pub(super) fn back(session: &mut Session) -> bool {
    let Some(Overlay::Proof(place)) = &mut session.overlay else { return false };
    let Some((key, cursor)) = place.above.pop() else { return false };
    (place.key, place.cursor) = (key, cursor);
    true
}
