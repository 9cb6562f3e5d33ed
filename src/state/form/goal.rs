//! The form of a goal: what a deal is to achieve, from where to where.

use crate::domain::Goal;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Set a goal",
    edit_title: "Set a goal",
    fields: &[
        required("client", "Client", "with whom", FieldKind::Client),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("what", "What is measured", "days until the invoice is paid", FieldKind::Text),
        required("target", "To be", "within 14 days", FieldKind::Text),
        optional("baseline", "Is now", "40 days", FieldKind::Text),
        required("day", "Set on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: super::filled_for_deal,
    read: Read::Edit(read),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let (what, target, baseline) = (reader.text("what"), reader.text("target"), reader.text("baseline"));
    let day = reader.past_day("day");
    let (mut deal, what, target, day) = (deal?, what?, target?, day?);
    let label = format!("Set a goal for {}: {what}", deal.title);
    let goal =
        Goal { day, what, baseline, target: Some(target), achieved: None, achieved_on: None, worth: None };
    deal.goals.push(goal);
    Some(Edit::put(label, deal))
}
