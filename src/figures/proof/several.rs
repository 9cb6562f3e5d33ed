//! Figures that stand in one sentence: each with what it is made of, one step deep.

use super::{FigureKey, Ground, Part, Proof, Term, prove};

/// Every figure of a sentence as a term that can be proved itself, and what its parts come to.
pub(super) fn of(on: &Ground<'_>, keys: &[FigureKey]) -> Option<Proof> {
    let mut parts = Vec::new();
    let mut title = None;
    for key in keys {
        let proof = prove(key, on.figures, on.known, on.outlook)?;
        let own = Term::new(proof.title.clone(), proof.value.clone()).with_figure(key.clone());
        let made = proof.parts.iter().filter_map(|part| {
            let total = part.total.clone().ok()?;
            Some(Term::new(part.title.clone(), Ok(total)).with_figure(key.clone()))
        });
        let beside = proof.beside.iter().map(|(what, value)| Term::new(what.clone(), Ok(*value)));
        let terms = std::iter::once(own).chain(made).chain(beside).collect();
        parts.push(Part::told(&proof.title, terms));
        title.get_or_insert(proof.title);
    }
    let formula =
        "The figures of one sentence, each with what it is made of; every one can be proved in its turn.";
    Some(on.told(title?, formula, parts))
}
