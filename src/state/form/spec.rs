//! How a form is made: its fields, what they start with, and what they are read into.

use crate::state::day_entry::Lean;
use crate::state::edit::Edit;
use crate::state::merge_place::MergePlace;
use crate::state::what_if::WhatIfAction;

use super::{Context, Reader, Target};

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text on one line.
    Text,
    /// Any text of many lines.
    Long,
    /// The lines of an invoice.
    Lines,
    /// A mail address; those of the form's client are proposed.
    Mail,
    /// A day, looked for ahead or back.
    Day(Lean),
    /// The day a deal entered the stage that is typed: of today where that is another stage.
    StageDay,
    /// A day ahead, or an event.
    Snooze,
    /// An amount, with or without its currency: where it is not said, that of the form's client.
    Amount,
    /// What something costs the firm: where it is not said, in the book's currency.
    Cost,
    /// A whole number.
    Count,
    /// A percentage.
    Percent,
    /// A client by name.
    Client,
    /// The client that the form is about, by name.
    OwnClient,
    /// A deal of the form's client by title.
    Deal,
    /// An open invoice by number.
    Invoice,
    /// An open credit note by number.
    CreditNote,
    /// A regular fee of the form's client by what it is for.
    Fee,
    /// A person of the form's client.
    Person,
    /// Clients by name, with semicolons between them.
    Clients,
    /// A kept scenario by name.
    Scenario,
    /// An account by name, known or new.
    Account,
    /// Words with commas between them, known or new.
    Tags,
    /// What is wanted of a client, with commas between.
    Criteria,
    /// Through what one met, known or new.
    Channel,
    /// A stage of the board by name.
    Stage,
    /// The parts of a price, with their days.
    Parts,
    /// One of these.
    Choice(&'static [&'static str]),
}

impl FieldKind {
    /// Whether it says of which record a form's fact is: what that holds already is filled in.
    pub(super) fn names_what_it_is_about(self) -> bool {
        matches!(self, Self::OwnClient | Self::Deal | Self::Invoice)
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Its name within the form.
    pub name: &'static str,
    /// What it is called on the screen.
    pub label: &'static str,
    /// What may be typed, shown while it is empty.
    pub hint: &'static str,
    /// What is typed.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
    /// Of a day that ends something or falls due: the field with the day that begins it, from which on it is looked for.
    pub(super) begun_by: Option<&'static str>,
    /// Of the first day of a series: the field that says how often, which makes it one.
    pub(super) repeated_by: Option<&'static str>,
    /// Whether it is filled in only where the form was opened on what it is about, not where that is typed.
    pub(super) only_when_opened: bool,
}

/// A field that must be filled.
pub(super) const fn required(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: FieldKind,
) -> FieldSpec {
    let (begun_by, repeated_by, only_when_opened) = (None, None, false);
    FieldSpec { name, label, hint, kind, required: true, begun_by, repeated_by, only_when_opened }
}

/// A field that may stay empty.
pub(super) const fn optional(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: FieldKind,
) -> FieldSpec {
    FieldSpec { required: false, ..required(name, label, hint, kind) }
}

impl FieldSpec {
    /// The same field, whose day is looked for from that of another field on.
    pub(super) const fn begun_by(self, name: &'static str) -> Self {
        Self { begun_by: Some(name), ..self }
    }

    /// The same field, whose day is the first of a series where another field says how often.
    pub(super) const fn repeated_by(self, name: &'static str) -> Self {
        Self { repeated_by: Some(name), ..self }
    }

    /// The same field, filled in only where the form was opened on what it is about.
    pub(super) const fn only_when_opened(self) -> Self {
        Self { only_when_opened: true, ..self }
    }
}

/// The texts that the fields of a form start with, by name.
pub(super) type Fill = fn(&Context<'_>, &Target) -> Vec<(&'static str, String)>;

/// How a form is made.
pub struct FormSpec {
    /// What it is called when it makes something.
    pub new_title: &'static str,
    /// What it is called when it changes something.
    pub edit_title: &'static str,
    /// Its fields, in order.
    pub fields: &'static [FieldSpec],
    /// The texts its fields start with, by name; what is left out starts empty.
    pub(super) fill: Fill,
    /// Reads its fields.
    pub(super) read: Read,
}

impl FormSpec {
    /// The place of a field.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let found = self.fields.iter().position(|field| field.name == name);
        debug_assert!(found.is_some(), "the form {:?} has no field {name:?}", self.new_title);
        found
    }

    /// The place of the first field of a kind.
    pub(super) fn position_of(&self, kind: FieldKind) -> Option<usize> {
        self.fields.iter().position(|field| field.kind == kind)
    }
}

/// How a form's fields are read. Errors are noted at the reader; what is read counts only without any.
pub(super) enum Read {
    /// Into an edit of the book.
    Edit(fn(&mut Reader<'_>) -> Option<Edit>),
    /// Into something for the what-if, which changes no fact.
    WhatIf(fn(&mut Reader<'_>) -> Option<WhatIfAction>),
    /// Into two clients, whose merging is shown before it is done.
    Merge(fn(&mut Reader<'_>) -> Option<MergePlace>),
}

/// What a form stands for.
#[derive(Debug, Clone)]
pub enum Entered {
    /// An edit of the book.
    Edit(Edit),
    /// Something for the what-if.
    WhatIf(WhatIfAction),
    /// Two clients that are one.
    Merge(MergePlace),
}
