//! Letters that are ready to go out: the outbox. Rapport sends none; it hands them to a mail program, or copies them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    About, ClientId, DealId, Direction, InvoiceId, OutgoingId, TemplateId, Touch, TouchId, TouchKind,
};

/// A letter in the outbox. It waits until it is handed over or dropped, and stays in the book as a fact either way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// Its id.
    pub id: OutgoingId,
    /// To whom.
    pub client: ClientId,
    /// To which person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// To which mail address; absent: whoever sends it says so in the mail program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it is called, on one line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The template it was made from; absent where a book is older than that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateId>,
    /// The item of the queue it answers, as `report` prints its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What the touch is about that it becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TouchKind>,
    /// The deal it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// The invoice it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<InvoiceId>,
    /// When it was put into the outbox.
    pub queued: NaiveDate,
    /// That it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
    /// When it was dropped without having been handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<NaiveDate>,
}

/// That a letter was opened in a mail program, or copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// When.
    pub day: NaiveDate,
    /// The touch that was logged with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<TouchId>,
    /// How many facts that the item it answers was drawn from had become known on that day: one that comes later on it brings the
    /// item back. Absent: of that day none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<usize>,
}

impl Outgoing {
    /// Whether it is still to go out.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.handed_over.is_none() && self.dropped.is_none()
    }

    /// The fields that nobody filled, of subject and text, each once: it cannot go out with them.
    #[must_use]
    pub fn unfilled(&self) -> Vec<&str> {
        let mut names = unfilled_fields(&self.subject);
        for name in unfilled_fields(&self.text) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The touch that handing it over on `day` is: ours, in writing, by mail.
    #[must_use]
    pub fn touch(&self, id: TouchId, day: NaiveDate) -> Touch {
        Touch {
            id,
            day,
            client: self.client.clone(),
            person: self.person.clone(),
            direction: Direction::Out,
            channel: Some("mail".to_owned()),
            written: true,
            // Who asks for an answer once more waits for it anew.
            answer_wanted: self.template == Some(TemplateId::Feedback),
            answers: None,
            kind: self.kind,
            temperature: None,
            may_quote: None,
            deal: self.deal.clone(),
            invoice: self.invoice.clone(),
            introduces: None,
            note: Some(self.subject.clone()).filter(|subject| !subject.is_empty()),
        }
    }
}

/// Begins the name of a field in its mark that no letter has: a slip in a template of one's own.
const UNKNOWN: &str = "unknown: ";

/// How a field that nobody filled stands in a letter: `[person?]`; one that no letter has: `[unknown: persn?]`.
#[must_use]
pub fn unfilled_mark(field: &str) -> String {
    let unknown = if is_field(field) || field.starts_with(UNKNOWN) { "" } else { UNKNOWN };
    format!("[{unknown}{field}?]")
}

/// Whether some letter has a field of this name.
fn is_field(name: &str) -> bool {
    About::ALL.iter().any(|about| about.fields().any(|field| field == name))
}

/// The fields of a text that nobody filled, each once: those of which the [mark](unfilled_mark) stands in it. Other words in brackets
/// are text.
#[must_use]
pub fn unfilled_fields(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    // What stands between a bracket that opens and the next one that closes, with no other bracket between them.
    for piece in text.split('[').skip(1) {
        let name = piece.split_once(']').and_then(|(inside, _)| inside.strip_suffix('?'));
        let is_name = |name: &&str| is_field(name) || name.starts_with(UNKNOWN);
        if let Some(name) = name.filter(is_name).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// Whether a text can be a mail address: one `@` with something on both sides, and nothing that would end it or begin
/// another one.
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    let ends_it = |c: char| c.is_whitespace() || c.is_control() || ",;:<>()[]\"\\".contains(c);
    let sides = text.split_once('@');
    sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(ends_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_field_is_found_wherever_it_stands_and_other_brackets_are_text() {
        assert_eq!(unfilled_fields("Dear [person?], [due?] and [due?]"), ["person", "due"]);
        assert_eq!(unfilled_fields("[[rate_before?]"), ["rate_before"]);
        assert_eq!(unfilled_fields(&unfilled_mark("due")), ["due"]);
        assert_eq!(unfilled_fields("[1] [why not?] [?] [open? day?] ]x?[ App [beta?]"), [""; 0]);
        let unknown = unfilled_fields("Dear [unknown: persn?],");
        assert_eq!(unknown, ["unknown: persn"], "it is in the template, and no letter has it");
        assert_eq!([unfilled_mark("persn"), unfilled_mark(unknown[0])], ["[unknown: persn?]"; 2]);
    }

    #[test]
    fn a_mail_address_is_one_address_and_nothing_else() {
        for good in ["ann@example.org", "a.b+c@müller.example", "o'neil@x"] {
            assert!(is_mail_address(good), "{good}");
        }
        for bad in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "a@b@c",
            "a b@c",
            "a@b, d@e",
            "a@b\nBcc: x@y",
            "Ann <a@b>",
            "a@b;c",
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }
}
