//! The forms that keep the levers of the what-if as a scenario, and take them up again.

use crate::state::what_if::WhatIfAction;

use super::{FieldKind, FormSpec, Read, Reader, required};

pub(super) const KEEP: FormSpec = FormSpec {
    new_title: "Keep as a scenario",
    edit_title: "Keep as a scenario",
    fields: &[required("name", "Name", "what you will know it by", FieldKind::Text)],
    fill: |_, _| Vec::new(),
    read: Read::WhatIf(read_name),
};

pub(super) const OPEN: FormSpec = FormSpec {
    new_title: "Take up a scenario",
    edit_title: "Take up a scenario",
    fields: &[required("scenario", "Scenario", "its name", FieldKind::Scenario)],
    fill: |_, _| Vec::new(),
    read: Read::WhatIf(|reader| Some(WhatIfAction::Open(reader.scenario("scenario")?.id.clone()))),
};

fn read_name(reader: &mut Reader<'_>) -> Option<WhatIfAction> {
    let name = reader.text("name")?;
    let known = &reader.context().book.firm().scenarios;
    if known.iter().any(|scenario| scenario.name.to_lowercase() == name.to_lowercase()) {
        reader.refuse("name", "there is a scenario of that name: choose another");
    }
    Some(WhatIfAction::Keep(Some(name)))
}
