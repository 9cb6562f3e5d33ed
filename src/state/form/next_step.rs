//! The form of what is planned next with a deal.

use crate::domain::{Deal, NextStep};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Next step",
    edit_title: "Next step",
    fields: &[
        required("what", "Next step", "what you will do", FieldKind::Text),
        required("due", "Due", "fri, +3d, 12 mar", FieldKind::Day(Lean::Ahead)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let step = super::deal::existing(context, target).and_then(|deal| deal.next_step);
    let step = step.filter(|step| step.set.is_none_or(|set| set <= context.today));
    step.map(|step| vec![("what", step.what), ("due", step.due.to_string())]).unwrap_or_default()
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal: Deal = super::deal::existing(reader.context(), reader.target())?;
    let untouched = reader.untouched("what") && reader.untouched("due");
    let shown = fill(reader.context(), reader.target());
    if let Some(step) = deal.next_step.as_ref().filter(|_| untouched && !shown.is_empty()) {
        return Some(Edit::put(format!("Next for {}: {}", deal.title, step.what), deal));
    }
    let (what, due) = (reader.text("what"), reader.day("due"));
    let (what, due) = (what?, due?);
    let label = format!("Next for {}: {what}", deal.title);
    let set = Some(reader.context().today);
    Some(Edit::put(label, Deal { next_step: Some(NextStep { what, due, set }), ..deal }))
}
