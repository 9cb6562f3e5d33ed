//! The form of why a prospect hesitates, which says what to answer.

use crate::domain::{Hesitation, HesitationCause};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

const CAUSES: [HesitationCause; 6] = [
    HesitationCause::ValueUnclear,
    HesitationCause::NotDecisionMaker,
    HesitationCause::PriceLate,
    HesitationCause::CashTrouble,
    HesitationCause::OnlyShopping,
    HesitationCause::SomethingChanged,
];
const CAUSE_WORDS: &[&str] = &[
    "the value is unclear",
    "they do not decide",
    "the price came late",
    "no money now",
    "only shopping",
    "something changed",
];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note a hesitation",
    edit_title: "Note a hesitation",
    fields: &[
        required("client", "Client", "who hesitates", FieldKind::OwnClient),
        required("deal", "Deal", "about what", FieldKind::Deal),
        required("cause", "Why", "the value is unclear, no money now …", FieldKind::Choice(CAUSE_WORDS)),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("note", "Note", "what they said", FieldKind::Text),
    ],
    fill: super::filled_for_deal,
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let (cause, day) = (reader.choice("cause", &CAUSES), reader.past_day("day"));
    let note = reader.text("note");
    let (mut deal, cause, day) = (deal?, cause?, day?);
    let words = CAUSES.iter().position(|it| *it == cause).and_then(|at| CAUSE_WORDS.get(at));
    let label = format!("{} hesitates: {}", deal.title, words.copied().unwrap_or_default());
    deal.hesitations.push(Hesitation { day, cause, note });
    Some(Edit::put(label, deal))
}
