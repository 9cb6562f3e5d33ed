//! Letters from templates: the book's own text, or the built-in one, with its `{fields}` filled from facts.
//!
//! What the facts do not tell stays in the letter as `[field?]` and is named, so that nobody sends it unread.

use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Business, Client as Who, ClientId};

/// A letter, as a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub client: ClientId,
    /// What they are called.
    pub name: Arc<str>,
    /// What it says.
    pub text: String,
    /// The fields that the facts do not fill.
    pub missing: Vec<String>,
}

/// A text that letters are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateId {
    /// That the rate rises.
    FeeRise,
    /// That one stops working for somebody.
    Goodbye,
}

const FEE_RISE: &str = "Dear {person},

thank you for the work we do together. From {from} on an hour of my work costs {rate}; it has been {rate_before} since {since}. \
Everything we have agreed until then keeps its price.

If you would like to talk about it first, call me: I will gladly go through what we did this year and what comes next.

Kind regards
{firm}
";

const GOODBYE: &str = "Dear {person},

I have thought about how we work together, and I have decided to end it well rather than to go on: {last_day} is my last day \
for you.

Until then I finish, or hand over with everything that belongs to it:
{handover}

Open on my side: {i_owe}.
Open on yours: {they_owe}.

If it helps, I will name somebody who can take over and brief them. Thank you for the trust you have shown me.

Kind regards
{firm}
";

impl TemplateId {
    /// Its name in a book.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FeeRise => "fee_rise",
            Self::Goodbye => "goodbye",
        }
    }

    /// The book's own text, or the built-in one.
    #[must_use]
    pub fn text(self, business: &Business) -> &str {
        let own = business.templates.iter().find(|template| template.id == self.name());
        own.map_or(
            match self {
                Self::FeeRise => FEE_RISE,
                Self::Goodbye => GOODBYE,
            },
            |template| template.text.as_str(),
        )
    }
}

impl Letter {
    /// A letter to a client; `fields` are named beside what the facts say, where they do. `{client}`, `{person}` and `{firm}`
    /// are filled in any letter.
    pub(super) fn of(
        template: TemplateId,
        business: &Business,
        client: &Who,
        fields: &[(&str, Option<String>)],
    ) -> Self {
        let person = client.addressee();
        let firm = Some(business.name.clone()).filter(|name| !name.is_empty());
        let always = [
            ("client", Some(client.name.clone())),
            ("person", person.map(|person| person.name.clone())),
            ("firm", firm),
        ];
        let value = |name: &str| {
            let mut all = fields.iter().chain(&always);
            all.find(|(known, _)| *known == name).and_then(|(_, value)| value.clone())
        };
        let (text, missing) = filled(template.text(business), value);
        Self { client: client.id.clone(), name: client.name.as_str().into(), text, missing }
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

/// A day as a letter writes it: `1 January 2027`.
pub(super) fn letter_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The text with its `{fields}` filled, and those that are not. A brace that opens no field stays as it is.
fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> (String, Vec<String>) {
    let (mut out, mut missing, mut rest) = (String::new(), Vec::new(), text);
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after_field)) = after.split_once('}').filter(|(name, _)| is_name(name)) else {
            out.push('{');
            rest = after;
            continue;
        };
        rest = after_field;
        if let Some(value) = value(name) {
            out.push_str(&value);
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "[{name}?]");
        if !missing.iter().any(|known| known == name) {
            missing.push(name.to_owned());
        }
    }
    out.push_str(rest);
    (out, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_facts_do_not_tell_is_marked_and_named_once() {
        let value = |name: &str| (name == "person").then(|| "Ann".to_owned());
        let (text, missing) = filled("Dear {person}, {day}, {day} {not a field} { } {", value);
        assert_eq!(text, "Dear Ann, [day?], [day?] {not a field} { } {");
        assert_eq!(missing, ["day"]);
    }
}
