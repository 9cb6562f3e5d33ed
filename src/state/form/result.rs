//! The form of something that came of a deal.

use crate::domain::WorkResult;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

const BEYOND: [bool; 2] = [false, true];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note a result",
    edit_title: "Note a result",
    fields: &[
        required("client", "Client", "for whom", FieldKind::OwnClient),
        required("deal", "Deal", "of what", FieldKind::Deal),
        required("what", "What came of it", "the shop takes orders by itself", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("worth", "Worth to them", "3,000", FieldKind::Amount),
        optional("beyond", "A gift", "yes: it was not asked for", FieldKind::Choice(&["no", "yes"])),
    ],
    fill: super::filled_for_deal,
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let (what, day) = (reader.text("what"), reader.past_day("day"));
    let worth = reader.nothing_or_more("worth", Reader::amount);
    let beyond = reader.choice("beyond", &BEYOND).unwrap_or_default();
    let (mut deal, what, day) = (deal?, what?, day?);
    let label = format!("Noted a result of {}: {what}", deal.title);
    deal.results.push(WorkResult { day, what, beyond, worth });
    Some(Edit::put(label, deal))
}
