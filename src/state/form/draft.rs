//! A form being filled in.

use std::sync::Arc;

use crate::domain::{AnyRecord, Client, ClientId, unfilled_fields};
use crate::state::edit::{Change, Edit};

use super::spec::Read;
use super::{Context, Entered, FieldKind, FieldSpec, FormKind, Reader, Target};

/// A form being filled in: a draft that nothing else depends on until it is committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Which form.
    pub kind: FormKind,
    /// What it makes or changes; of something new, what its fields say that it is about.
    pub target: Target,
    /// What it was opened on.
    pub opened: Target,
    /// The text of each field.
    pub values: Vec<String>,
    /// The text the form wrote into each field: where it still stands, what the record holds is kept as it is.
    pub initial: Vec<String>,
    /// The field that has the hand.
    pub focus: usize,
    /// The completion chosen with the arrows, if one is.
    pub completion: Option<usize>,
    /// Whether the proposals of the field that has the hand were closed.
    pub list_closed: bool,
    /// The texts it came back with, where it was left before.
    pub came_back: Option<Vec<String>>,
    /// Whether committing was tried, after which empty fields say that they are needed.
    pub tried: bool,
    /// From which a new record's id is made; given by the action that opened the form.
    pub seed: u64,
}

/// What becomes of what is typed in a form that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is typed.
    Nothing,
    /// It is kept until the same form is opened again.
    Kept,
    /// It came back and was left as it was.
    Dropped,
}

impl Form {
    /// Opens a form on what it is to make or change. The hand starts at the first field that is empty.
    #[must_use]
    pub fn open(kind: FormKind, target: Target, seed: u64, context: &Context<'_>) -> Self {
        let spec = kind.spec();
        let filled = (spec.fill)(context, &target);
        // A lever may be opened at what it does not ask for.
        debug_assert!(
            matches!(kind, FormKind::Lever(_))
                || filled.iter().all(|(name, _)| spec.position(name).is_some())
        );
        let values: Vec<String> = spec
            .fields
            .iter()
            .map(|field| {
                let text = filled.iter().find(|(name, _)| *name == field.name);
                text.map(|(_, text)| text.clone()).unwrap_or_default()
            })
            .collect();
        let changes_something =
            matches!(target, Target::Record(..) | Target::Part(..) | Target::Row(..) | Target::Lever(..));
        let start = match kind {
            // What is filled in already is what one most often changes here, once it is known of which invoice.
            FormKind::Payment | FormKind::Credit if values.first().is_some_and(|it| !it.is_empty()) => {
                spec.position("amount")
            }
            _ => values.iter().position(String::is_empty),
        };
        let focus = match kind {
            // What is left to write comes first.
            FormKind::Letter => {
                let unfilled = values.iter().position(|text| !unfilled_fields(text).is_empty());
                unfilled.or_else(|| spec.position("text"))
            }
            // Of a promise its day changes most.
            FormKind::Promise if changes_something => spec.position("due"),
            _ if changes_something => None,
            _ => start,
        };
        let (initial, focus) = (values.clone(), focus.unwrap_or(0));
        let opened = target.clone();
        Self {
            kind,
            target,
            opened,
            values,
            initial,
            focus,
            completion: None,
            list_closed: false,
            came_back: None,
            tried: false,
            seed,
        }
    }

    /// Whether the field that has the hand holds many lines, so that `Enter` and the arrows belong to its text.
    #[must_use]
    pub fn is_in_long_text(&self) -> bool {
        self.kind.spec().fields.get(self.focus).is_some_and(|field| matches!(field.kind, FieldKind::Long))
    }

    /// Whether every field holds the text it started with.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.values == self.initial
    }

    /// Whether this draft is of what another form was just opened on.
    #[must_use]
    pub fn goes_on_with(&self, opened: &Self) -> bool {
        let of = |form: &Self| match &form.opened {
            // A draft is given another id each time.
            Target::Draft(letter) => (Some((letter.client.clone(), letter.item.clone())), None),
            other => (None, Some(other.clone())),
        };
        let same = self.kind == opened.kind && of(self) == of(opened);
        same && (!matches!(self.opened, Target::Part(..)) || self.is_of_the_part(opened))
    }

    /// Whether this draft is of a part of a record that another form was just opened on at another place, since a part that
    /// stood before it is gone.
    #[must_use]
    pub(in crate::state) fn is_of_what_moved(&self, opened: &Self) -> bool {
        let same_record = match (&self.opened, &opened.opened) {
            (Target::Part(table, id, _), Target::Part(of, other, _)) => table == of && id == other,
            _ => false,
        };
        same_record && self.kind == opened.kind && self.is_of_the_part(opened)
    }

    /// Whether two forms of a part of a record are of the same part: at its place may stand another one by now, which what it
    /// is called and when it was tell.
    fn is_of_the_part(&self, opened: &Self) -> bool {
        let alike = |at: usize, field: &FieldSpec| {
            let tells = field.required && !field.kind.names_what_it_is_about();
            !tells || self.initial.get(at) == opened.initial.get(at)
        };
        self.kind.spec().fields.iter().enumerate().all(|(at, field)| alike(at, field))
    }

    /// What was typed into it, where another form was just opened on what took the place of its own.
    pub(in crate::state) fn typed_for_another(&self, opened: &Self) -> Option<String> {
        let same_place = match (&self.opened, &opened.opened) {
            (Target::Lever(was, _), Target::Lever(is, _)) => was == is,
            (was, is) => matches!(was, Target::Part(..)) && was == is,
        };
        if self.kind != opened.kind || !same_place || self.goes_on_with(opened) {
            return None;
        }
        let texts = self.values.iter().zip(&self.initial);
        let typed =
            self.kind.spec().fields.iter().zip(texts).filter(|(_, (typed, written))| typed != written);
        let typed = typed.map(|(field, (typed, _))| format!("{} “{typed}”", field.label));
        Some(typed.collect::<Vec<_>>().join(", "))
    }

    /// Goes on with what was typed into another form of the same; gives the labels of the fields that were typed in and say
    /// something else in the book by now.
    pub(in crate::state) fn go_on_with(&mut self, kept: Self, context: &Context<'_>) -> Vec<&'static str> {
        let before = self.clone();
        let mut overtaken = Vec::new();
        let texts = kept.values.into_iter().zip(kept.initial);
        let fields = self.kind.spec().fields.iter().zip(self.values.iter_mut().zip(&self.initial));
        for ((field, (value, now)), (typed, written)) in fields.zip(texts) {
            if typed != written {
                if *now != written && *now != typed {
                    overtaken.push(field.label);
                }
                *value = typed;
            }
        }
        if !self.changes_something() && self.kind != FormKind::Letter {
            // What it starts with is proposed, and stands in no record.
            overtaken.clear();
        }
        self.focus = kept.focus;
        self.follow(&before, context);
        self.came_back = Some(self.values.clone());
        overtaken
    }

    /// What becomes of it when it is left.
    #[must_use]
    pub fn leaves(&self) -> Leaving {
        // A day to come back on is chosen anew, by one key.
        if self.is_untouched() || self.kind == FormKind::Snooze {
            Leaving::Nothing
        } else if self.kind != FormKind::Letter && self.came_back.as_ref() == Some(&self.values) {
            Leaving::Dropped
        } else {
            Leaving::Kept
        }
    }

    /// Whether the proposals for what is typed in the field that has the hand are open.
    #[must_use]
    pub fn has_open_list(&self, context: &Context<'_>) -> bool {
        self.is_typing()
            && !self.list_closed
            && !Reader::new(self, context).completions(self.focus).is_empty()
    }

    /// Whether the field that has the hand holds something that was typed.
    pub(super) fn is_typing(&self) -> bool {
        let typed = self.values.get(self.focus).filter(|value| !value.trim().is_empty());
        typed.is_some() && typed != self.initial.get(self.focus)
    }

    /// Whether it changes something that exists, rather than making something.
    #[must_use]
    pub fn changes_something(&self) -> bool {
        // The firm's settings are always there.
        self.kind == FormKind::Firm
            || matches!(
                self.target,
                Target::Record(..) | Target::Part(..) | Target::Row(..) | Target::Lever(..)
            )
    }

    /// Its title: what it makes, or what it changes.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let spec = self.kind.spec();
        if self.changes_something() { spec.edit_title } else { spec.new_title }
    }

    /// Reads it into what it stands for.
    ///
    /// # Errors
    /// What stands in the way, by the position of the field.
    pub fn read(&self, context: &Context<'_>) -> Result<Entered, Vec<(usize, String)>> {
        let Some(client) = self.new_client(context) else { return self.read_in(context) };
        let (name, new) = (client.name.clone(), Change::Put(AnyRecord::Client(Arc::new(client))));
        let first = Edit { label: String::new(), changes: vec![new.clone()] };
        let book = first.apply(context.book).map_err(|error| vec![(0, error.to_string())])?;
        let entered = self.read_in(&Context { book: &book, today: context.today })?;
        Ok(match entered {
            Entered::Edit(mut edit) => {
                edit.changes.insert(0, new);
                edit.label = format!("{}; {name} is new", edit.label);
                Entered::Edit(edit)
            }
            other => other,
        })
    }

    /// The first client of a book without any, where the form makes something for the client that is typed.
    pub(super) fn new_client(&self, context: &Context<'_>) -> Option<Client> {
        let at = self.kind.spec().position_of(FieldKind::OwnClient)?;
        // What is about a deal needs one.
        let needs_more =
            |field: &FieldSpec| field.required && matches!(field.kind, FieldKind::Deal | FieldKind::Client);
        let needs_more = self.kind.spec().fields.iter().any(needs_more);
        let makes = matches!(self.target, Target::New(_)) && !matches!(self.kind, FormKind::Lever(_));
        let name = self.values.get(at).map(|name| name.trim()).filter(|name| !name.is_empty())?;
        if needs_more || !makes || context.book.clients().next().is_some() {
            return None;
        }
        let mut client = Client::new(ClientId::fresh(name, self.seed), name);
        client.added = Some(context.today);
        Some(client)
    }

    fn read_in(&self, context: &Context<'_>) -> Result<Entered, Vec<(usize, String)>> {
        let mut reader = Reader::new(self, context);
        let entered = match self.kind.spec().read {
            Read::Edit(read) => read(&mut reader).map(Entered::Edit),
            Read::WhatIf(read) => read(&mut reader).map(Entered::WhatIf),
            Read::Merge(read) => read(&mut reader).map(Entered::Merge),
        };
        let errors = reader.into_errors();
        match entered {
            Some(Entered::Edit(edit)) if errors.is_empty() => match edit.apply(context.book) {
                Ok(_) => Ok(Entered::Edit(edit)),
                Err(error) => Err(vec![(0, error.to_string())]),
            },
            Some(other) if errors.is_empty() => Ok(other),
            _ => Err(errors),
        }
    }
}
