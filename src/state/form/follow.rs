//! A form that is told in its fields what it is about: it takes what that holds already, as if it had been opened there,
//! and says so. Nothing is written over that the form has not shown.

use super::{Context, Form, FormKind, Reader, agreement, business, instalments, unpaid};

impl Form {
    /// Fills in what follows from what was typed since `before`, where nobody typed something else.
    pub(in crate::state) fn follow(&mut self, before: &Self, context: &Context<'_>) {
        if self.values == before.values {
            return;
        }
        let named = self.names_another(before).then(|| Reader::new(self, context).named_target()).flatten();
        if let Some(target) = named.filter(|named| *named != self.target) {
            let filled = (self.kind.spec().fill)(context, &target);
            self.target = target;
            for (position, field) in self.kind.spec().fields.iter().enumerate() {
                let text = filled.iter().find(|(name, _)| *name == field.name && !field.only_when_opened);
                self.take(before, position, text.map(|(_, text)| text.clone()).unwrap_or_default());
            }
        }
        if let Some((name, text)) = follows(&Reader::new(self, context))
            && let Some(position) = self.kind.spec().position(name)
        {
            self.take(before, position, text);
        }
    }

    /// Whether a field that says what it is about was typed since `before`.
    fn names_another(&self, before: &Self) -> bool {
        let fields = self.kind.spec().fields.iter().zip(self.values.iter().zip(&before.values));
        let mut names = fields.filter(|(field, _)| field.kind.names_what_it_is_about());
        names.any(|(_, (now, then))| now != then)
    }

    /// Takes a text for a field, unless somebody typed another one there.
    fn take(&mut self, before: &Self, position: usize, text: String) {
        let (Some(value), Some(initial)) = (self.values.get_mut(position), self.initial.get_mut(position))
        else {
            return;
        };
        let typed = before.values.get(position) != Some(value) || value != initial;
        if !typed {
            value.clone_from(&text);
        }
        *initial = text;
    }
}

/// What follows from the choices of a form for another field of it: its name and its text.
fn follows(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    (reader.kind() == FormKind::Agreement).then(|| agreement::follows(reader))
}

/// What is in the book already of what a form would write, and the field it is said at.
pub(super) fn held(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    match reader.kind() {
        FormKind::Instalments => instalments::held_words(reader),
        FormKind::Agreement => agreement::held_words(reader),
        FormKind::DownPayment => agreement::held_down_words(reader),
        FormKind::Dispute => unpaid::held_dispute_words(reader),
        FormKind::WriteOff => unpaid::held_write_off_words(reader),
        FormKind::Balance => business::held_balance_words(reader),
        FormKind::Exchange => business::held_exchange_words(reader),
        _ => None,
    }
}
