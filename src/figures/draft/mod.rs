//! Letters as drafts: from a template, with its `{fields}` filled from facts.
//!
//! A template is the book's own or a built-in one (see [`TemplateId`]). `choose` says which one an item of the queue
//! gets, and `fill` what stands in its fields. What the facts do not tell stays in the letter as `[field?]` and is
//! named, so that nobody sends it unread. What was noted for oneself is
//! said only where `note` finds that it can be. `named` reads back which amounts and days a letter names. **This folder must not know** how a letter leaves the program.

mod choose;
mod fill;
mod named;
mod note;
mod price;

use std::cell::Cell;
use std::fmt::Write;
use std::sync::Arc;

use crate::domain::{
    Business, ClientId, Deal, Invoice, Piece, Promise, Renewal, TemplateId, Touch, pieces, unfilled_mark,
};

pub(in crate::figures) use fill::{answer_day, is_about_money};
pub(in crate::figures) use named::{amounts, days};
pub(in crate::figures) use note::{Note, sayable};

use super::rates::unchanged_letter;
use super::today::{Item, ItemKind};
use super::words::plain;
use super::{Client, Figures};

/// A letter, as a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To which client.
    pub client: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// The person addressed.
    pub person: Option<String>,
    /// Their mail address.
    pub to: Option<String>,
    /// What it was made from.
    pub template: TemplateId,
    /// The subject, on one line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The fields of subject and text that the facts do not fill, each once, in their order.
    pub missing: Vec<String>,
    /// Whether it says something of what was noted for oneself: whatever its form, that is to be read before it goes.
    pub quotes: bool,
}

/// What a letter is about, beside the client: where its fields come from.
#[derive(Debug, Clone, Copy)]
pub enum Matter<'a> {
    /// Nothing more.
    Client,
    /// An invoice.
    Invoice(&'a Invoice),
    /// A deal.
    Deal(&'a Deal),
    /// A promise.
    Promise(&'a Promise),
    /// Something that expires.
    Renewal(&'a Renewal),
    /// A touch.
    Touch(&'a Touch),
    /// What was worked out elsewhere: fields by name.
    Fields(&'a [(&'a str, Option<String>)]),
}

impl Letter {
    /// A letter to a client about something, written on the day of the `figures`, from facts as known then.
    #[must_use]
    pub fn of(
        template: TemplateId,
        business: &Business,
        figures: &Figures,
        client: &Client,
        matter: Matter<'_>,
    ) -> Self {
        let known = client.known.as_ref();
        let source = fill::Source {
            template,
            business,
            known,
            kind: client.kind.as_ref().map(|decided| decided.kind),
            all: &figures.of_clients,
            matter,
            day: figures.day,
            quotes: Cell::default(),
        };
        let addressed = source.addressed();
        let wording = template.wording(business);
        let mut missing = Vec::new();
        let mut filled = |text: &str| {
            let mut out = String::new();
            for piece in pieces(text) {
                match piece {
                    Piece::Text(text) => out.push_str(text),
                    Piece::Field(name) => {
                        let value = source.field(name);
                        if value.is_none() && !missing.iter().any(|known| known == name) {
                            missing.push(name.to_owned());
                        }
                        out.push_str(&value.unwrap_or_else(|| unfilled_mark(name)));
                    }
                }
            }
            out
        };
        Self {
            client: known.client.id.clone(),
            name: known.client.name.as_str().into(),
            // Line ends in a subject could end the heading of a mail.
            subject: plain(&filled(wording.subject.unwrap_or_default())),
            text: filled(wording.body),
            missing,
            quotes: source.quotes.get(),
            person: addressed.name,
            to: addressed.mail,
            template,
        }
    }

    /// What is still to be filled in, in words: `less scope, answer`.
    #[must_use]
    pub fn still_to_fill(&self) -> String {
        self.missing.join(", ").replace('_', " ")
    }

    /// What to write about an item of the queue; `None` where it is about nobody, or where there is nothing to write.
    /// The rules stand in `choose`.
    #[must_use]
    pub fn for_item(business: &Business, figures: &Figures, item: &Item) -> Option<Self> {
        let client = figures.client(item.client.as_ref()?)?;
        if item.kind == ItemKind::FeeUnchanged {
            return unchanged_letter(business, figures, client);
        }
        let (template, matter) = choose::choose(business, client, item, figures.day)?;
        Some(Self::of(template, business, figures, client, matter))
    }

    /// The other letter that fits an item with two ways to go: less scope or a polite no, one's terms or walking away.
    #[must_use]
    pub fn other_for_item(business: &Business, figures: &Figures, item: &Item) -> Option<Self> {
        let client = figures.client(item.client.as_ref()?)?;
        let (chosen, matter) = choose::choose(business, client, item, figures.day)?;
        let other = choose::other(item.kind, chosen)?;
        Some(Self::of(other, business, figures, client, matter))
    }

    /// Which template that is, of an item of this kind that this letter is about.
    #[must_use]
    pub fn other_template(&self, kind: ItemKind) -> Option<TemplateId> {
        choose::other(kind, self.template)
    }

    /// Several letters as one Markdown text, each under the name of the client.
    #[must_use]
    pub fn markdown(letters: &[Self]) -> String {
        let mut text = String::new();
        for letter in letters {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "# {}\n\n{}\n", letter.name, letter.text.trim_end());
        }
        text
    }
}
