//! A form as it is shown: what each field says, and whether it can be committed.

use crate::state::twin::twin;

use super::{
    Context, Entered, FieldKind, Form, FormKind, Reader, deal, follow, retainer, rule, several, template,
    triage,
};

/// A form as it is shown: what each field says, and whether it can be committed.
#[derive(Debug, Clone, PartialEq)]
pub struct FormView {
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// What it would do, where that is more than its fields say.
    pub note: Option<String>,
    /// What may be in the book already, of what it would add.
    pub warning: Option<String>,
    /// Whether nothing stands in the way of committing.
    pub ready: bool,
    /// Whether the proposals for what is typed are open, so that going back closes them first.
    pub list_open: bool,
}

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldView {
    /// Its label.
    pub label: &'static str,
    /// Shown while it is empty.
    pub hint: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// What stands in the way.
    pub error: Option<String>,
    /// What was understood: a day in full, a client's whole name.
    pub echo: Option<String>,
    /// What it could be completed to: only of the field that has the hand.
    pub completions: Vec<String>,
    /// Whether it holds many lines.
    pub long: bool,
}

impl Form {
    /// The form as it is shown.
    #[must_use]
    pub fn view(&self, context: &Context<'_>) -> FormView {
        let read = self.read(context);
        let note = match &read {
            Ok(Entered::Edit(edit)) => several::note(context, &self.target, edit),
            _ => None,
        };
        let warning = match &read {
            // The first client comes into a book of its own, and a new price is no second fee.
            Ok(Entered::Edit(edit)) if !matches!(self.kind, FormKind::Start | FormKind::FeePrice) => {
                twin(context.book, edit)
            }
            _ => None,
        };
        let note =
            note.or_else(|| template::note(&self.target)).or_else(|| rule::note(context, &self.target));
        let title = match (template::named(&self.target), rule::title(&self.target)) {
            (Some(letter), _) => format!("Letter: {}", letter.meaning()),
            (None, Some(rule)) => rule,
            // Where no field says of which deal it is.
            _ if matches!(self.kind, FormKind::Offer | FormKind::NextStep) => {
                let deal = deal::existing(context, &self.target);
                format!("{}: {}", self.title(), deal.map(|it| it.title).unwrap_or_default())
            }
            _ if matches!(self.kind, FormKind::Snooze | FormKind::Dismiss)
                && let Some(about) = triage::about(context, &self.target) =>
            {
                format!("{}: {about}", self.title())
            }
            _ if let Some(fee) = retainer::at_old_price(context, &self.target) => {
                format!("{}: {}", self.title(), fee.what)
            }
            _ => self.title().to_owned(),
        };
        let errors = read.err();
        let reader = Reader::new(self, context);
        let held = follow::held(&reader);
        let new_client = self.new_client(context);
        let fields: Vec<FieldView> = self
            .kind
            .spec()
            .fields
            .iter()
            .enumerate()
            .map(|(position, field)| {
                let value = self.values.get(position).map_or("", |value| value.trim());
                let error = errors
                    .iter()
                    .flatten()
                    .find(|(at, _)| *at == position)
                    .map(|(_, error)| error.clone())
                    .filter(|_| self.tried || !value.is_empty());
                let new = new_client.as_ref().filter(|_| field.kind == FieldKind::OwnClient);
                let said = [
                    new.map(|client| format!("a new client: {}", client.name)),
                    reader.echo(position),
                    held.clone().filter(|(name, _)| *name == field.name).map(|(_, words)| words),
                ];
                let said: Vec<String> = said.into_iter().flatten().collect();
                let offered = self.focus == position && !self.list_closed;
                FieldView {
                    label: field.label,
                    hint: field.hint,
                    required: field.required,
                    error,
                    echo: (!said.is_empty()).then(|| said.join(" \u{b7} ")),
                    completions: if offered { reader.completions(position) } else { Vec::new() },
                    long: matches!(field.kind, FieldKind::Long),
                }
            })
            .collect();
        let proposes = fields.get(self.focus).is_some_and(|field| !field.completions.is_empty());
        let list_open = self.completion.is_some() || (self.is_typing() && proposes);
        FormView { title, fields, note, warning, ready: errors.is_none(), list_open }
    }
}
