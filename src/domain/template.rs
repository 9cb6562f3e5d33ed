//! The texts that letters are made from: their names, what each is for, and the `{fields}` that facts fill in it.
//!
//! A text may begin with a line `Subject: …`. The built-in ones lie in `assets/templates`; the book's own take their
//! place by name.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Business;

/// What a letter is about: it tells which fields can be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The client, and nothing more: these fields are filled in every letter.
    Client,
    /// An invoice.
    Invoice,
    /// A deal.
    Deal,
    /// A promise of either side.
    Promise,
    /// Something that expires.
    Renewal,
    /// A touch: something that was asked, said or done.
    Touch,
    /// What an hour costs from a day on.
    Rate,
    /// What something regular costs from a day on.
    Fee,
    /// The end of the relationship.
    End,
}

impl About {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Client,
        Self::Invoice,
        Self::Deal,
        Self::Promise,
        Self::Renewal,
        Self::Touch,
        Self::Rate,
        Self::Fee,
        Self::End,
    ];

    /// What it is called: `an invoice`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Client => "the client",
            Self::Invoice => "an invoice",
            Self::Deal => "a deal",
            Self::Promise => "a promise",
            Self::Renewal => "a renewal",
            Self::Touch => "a touch",
            Self::Rate => "a rate",
            Self::Fee => "a fee",
            Self::End => "the end",
        }
    }

    /// Its own fields: their names, and what they hold.
    #[must_use]
    pub fn own_fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Client => CLIENT_FIELDS,
            Self::Invoice => INVOICE_FIELDS,
            Self::Deal => DEAL_FIELDS,
            Self::Promise => PROMISE_FIELDS,
            Self::Renewal => RENEWAL_FIELDS,
            Self::Touch => TOUCH_FIELDS,
            Self::Rate => RATE_FIELDS,
            Self::Fee => FEE_FIELDS,
            Self::End => END_FIELDS,
        }
    }

    /// The names of all fields of a letter about it: its own, and those of every letter.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        let own = if self == Self::Client { &[] } else { self.own_fields() };
        CLIENT_FIELDS.iter().chain(own).map(|(name, _)| *name)
    }
}

const CLIENT_FIELDS: &[(&str, &str)] = &[
    ("client", "what the client is called"),
    (
        "person",
        "who is written to: whoever the record names, else who decides (in `not_decider` who does not), else the first one noted",
    ),
    ("firm", "what your firm is called"),
    ("me", "your own name; not filled before it is among the firm's settings"),
    ("signature", "your name and your firm's, each in a line of its own; of both what is known"),
    ("brand_message", "your brand message"),
    (
        "met_place",
        "where you met, with its preposition, up to a comma; a name that may be that of a town, a firm or a page in brackets: `(Google)`; turned to them as `met_why`, and not filled where it is neither: `cold call`",
    ),
    ("met_day", "when you met"),
    (
        "met_why",
        "what for, in things (`new site for the bakery`) or what they want (`wants a shop` becomes `you want a shop`); `their` becomes `your`; not filled where it is more than one short clause, speaks of anybody else or names another client, turns or judges, is your own business, or may name a price; what follows a `;` is a note to yourself",
    ),
    (
        "work",
        "in a letter about a deal its title; else the deal worked on last for a job, or the one won that moved last; not one to be won yet, nor a lost one",
    ),
    (
        "achieved",
        "the five latest things achieved for them, as a list; left out is what speaks of people, or is more than one clause",
    ),
    ("answer_day", "a day to answer by: a week ahead, on a working day"),
];

const INVOICE_FIELDS: &[(&str, &str)] = &[
    ("number", "its number"),
    ("amount", "what is open, in its own currency"),
    ("total", "what it asks in all"),
    ("billed", "the same; once part of it was paid, with thanks for that and what is still open"),
    (
        "unpaid",
        "`it`; once part of it was paid, `the rest`; where more of theirs is late, all of that with the sum: `both (3,000 EUR together)`; less open credit `what is left (700 EUR)`",
    ),
    ("not_come", "`1,000 EUR has not come in`; once part of it was paid, with thanks for that"),
    (
        "also",
        "what else of theirs is late, and what an open credit note or too much paid leaves of it, a sentence each after a space; nothing where nothing is",
    ),
    ("issued", "when it was sent"),
    ("due", "when it was to be paid"),
    ("days_late", "`18 days`; not filled before it is late"),
    (
        "heard",
        "after a space, that you heard from them since the last reminder or the day they named, or had a heads-up about it where neither was, and when; nothing where you did not",
    ),
    ("slipped", "`, and may have slipped through, as things do`; nothing where a part came"),
    (
        "asked",
        "after a space, `on` and the day of what they said that waits for an answer; nothing where nothing waits",
    ),
    ("answer", "never filled: yours to write"),
    ("promised_day", "the day they named last for paying it"),
    ("delivered", "its results, as a list, but for those that speak of people"),
    (
        "paid_for",
        "a sentence: that you see to what is not as they want it; of the down payment of a deal that is not delivered, that you can begin or go on",
    ),
    (
        "anything_new",
        "after a space, that you would like to hear of something new; nothing while they owe something late, where it ends, and for a toxic client",
    ),
];

const DEAL_FIELDS: &[(&str, &str)] = &[
    ("deal", "its title; not filled where that speaks of him or her"),
    ("value", "its value, in its own currency"),
    ("they_get", "what they get out of it, in one clause; turned to them"),
    ("decider", "who decides"),
    ("ask_decider", "a question for a word with who decides; where nobody knows who that is, who it is"),
    ("sent", "when the proposal was sent"),
    (
        "heard",
        "`I have not heard from you since`; where they spoke, agreed, promised, named a day or disputed something since it was sent, when they last did; not filled while a question of theirs waits",
    ),
    ("valid_until", "until when the proposal holds"),
    (
        "stands",
        "`the proposal stands`; once its validity has ended, that you renew it; without one, that the price stands",
    ),
    ("terms_days", "the days for paying that were told, else the client's usual ones"),
    ("terms", "the same in words: `within 14 days`, `at once`"),
    ("begin", "`begin`, or `go on` where work has begun"),
    (
        "less_scope",
        "what can be left out for a smaller price, in things; not filled where it was noted before they pushed the price last",
    ),
    (
        "agreement_state",
        "thanks for the yes, and that the signature is missing; of a deal still to be won, when the agreement was sent and that it is not signed",
    ),
    ("down_payment", "what is to be paid before work; where part of it came, that and what is still open"),
    (
        "down_agreed",
        "thanks for the order, and what was agreed to be paid before work; of a deal still to be won, that this comes before the work",
    ),
    ("down_asked", "when that was asked for"),
    ("down_state", "`it has not come in yet`, or `not all of it has come in yet`"),
    (
        "down_why",
        "a sentence: what the down payment is for; once work has begun, that you began it counting on that; once it is delivered, that this is still open",
    ),
    (
        "asked",
        "after a space, `on` and the day of what they said that waits for an answer; nothing where nothing waits",
    ),
    ("answer", "never filled: yours to write"),
    ("done", "what was achieved in it, as `achieved`"),
    (
        "invoice_state",
        "a sentence: that the invoice sent since it was delivered is attached, with its sum; before there is one, that it follows",
    ),
    (
        "next_step",
        "what is planned next; turned to them as `met_why`, and filled only where it is a thing (`first draft`) or what one does for a client (`show them the draft`)",
    ),
    ("next_step_day", "when; both not filled once that day has passed"),
];

const PROMISE_FIELDS: &[(&str, &str)] = &[
    ("promise", "what was promised, in one clause; turned to them, but it may speak of you"),
    (
        "all_right",
        "`, and that is all right: I have kept a place for it`; nothing while they owe something late",
    ),
    ("ease", "what eases it is asked, and which day is realistic; of money only which day"),
    ("due", "the day that was promised"),
    ("slip", "a sentence: that this day does not hold, or that it has passed"),
    ("new_day", "the day it was moved to today; else yours to write"),
];

const RENEWAL_FIELDS: &[(&str, &str)] = &[
    ("renewal", "what expires, in things; turned to them as `met_why`"),
    ("expires", "when"),
    ("price", "what the client pays for it"),
    ("costs", "after a space, a sentence of that; nothing where it is nought"),
    ("contacts", "the points of contact"),
];

const TOUCH_FIELDS: &[(&str, &str)] = &[
    ("asked_on", "the day of it"),
    (
        "asked_about",
        "what you asked, in brackets after a space; nothing where its note does not tell, or speaks of somebody else",
    ),
    ("awaited", "`I need it to go on` where work goes on, on the deal it names, else `it has not come yet`"),
    (
        "kindness",
        "`for your kind words`, `for the introduction`, by its kind; `for the words I may show` only where they allowed it",
    ),
    ("note", "what you noted of it, in one clause that speaks of nobody"),
    ("answer", "never filled: yours to write"),
];

const RATE_FIELDS: &[(&str, &str)] = &[
    ("rate", "the new rate"),
    ("rate_before", "the rate so far"),
    ("since", "since when"),
    ("from", "from when on the new one holds"),
    ("percent", "by how much it rises"),
];

const FEE_FIELDS: &[(&str, &str)] = &[
    ("fee", "what it is for; turned to them as a deal's title"),
    ("fee_before", "the fee so far, and how often: `120 EUR a month`"),
    ("since", "since when"),
    ("fee_new", "the new one: `usual_rise` per cent more, in whole units"),
    ("from", "from when on the new one holds"),
];

const END_FIELDS: &[(&str, &str)] = &[
    ("last_day", "the day it ends"),
    (
        "handover",
        "a sentence, and what is to be finished or handed over, as a list; where nothing is, that the work is done",
    ),
    ("i_owe", "what you owe them"),
    ("they_owe", "what they owe you"),
];

macro_rules! templates {
    ($($name:ident = $token:literal, $about:ident, $meaning:literal;)*) => {
        /// A text that letters are made from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TemplateId {
            $(#[doc = $meaning] $name,)*
        }

        impl TemplateId {
            /// Every template, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in a book.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $token,)* }
            }

            /// What a letter made from it is about.
            #[must_use]
            pub fn about(self) -> About {
                match self { $(Self::$name => About::$about,)* }
            }

            /// What it is for, in a few words.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }

            fn built_in(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../assets/templates/", $token, ".txt")),)*
                }
            }
        }
    };
}

templates! {
    Intro = "intro", Client, "the first word after meeting somebody";
    ReminderPersonal = "reminder_personal", Invoice, "late for the first time: a personal word";
    ReminderFriendly = "reminder_friendly", Invoice, "a reminder in a friendly tone";
    ReminderClear = "reminder_clear", Invoice, "a reminder in a clear tone";
    ReminderFirm = "reminder_firm", Invoice, "a reminder in a firm tone";
    ReminderPromise = "reminder_promise", Invoice, "the day they named for paying has passed";
    ReminderSettled = "reminder_settled", Invoice, "a dispute about it was settled since the last one";
    ReminderAnswer = "reminder_answer", Invoice, "they wait for your answer: that first";
    Dispute = "dispute", Invoice, "an invoice is disputed";
    InvoiceCover = "invoice_cover", Deal, "goes with the invoice: results and thanks";
    DownPayment = "down_payment", Deal, "a down payment has not come";
    DownPaymentAnswer = "down_payment_answer", Deal, "the same, and they wait for your answer: that first";
    WhatChanged = "what_changed", Deal, "a proposal that nothing moves";
    ValueUnclear = "value_unclear", Deal, "they do not see what it is worth";
    NotDecider = "not_decider", Deal, "whoever talks does not decide";
    PriceLate = "price_late", Deal, "the price came late";
    CashTrouble = "cash_trouble", Deal, "they have no money now";
    OnlyShopping = "only_shopping", Deal, "they compare prices";
    SomethingChanged = "something_changed", Deal, "something changed on their side";
    SmallerScope = "smaller_scope", Deal, "less scope for a smaller price";
    PoliteNo = "polite_no", Deal, "the price stays as it is";
    RestateTerms = "restate_terms", Deal, "how one works, before any work";
    WalkAway = "walk_away", Deal, "no, before any work";
    Agreement = "agreement", Deal, "an agreement is not signed";
    CheckIn = "check_in", Client, "keeping in touch, selling nothing";
    GoodWord = "good_word", Client, "a good word to a good client";
    Temperature = "temperature", Client, "how they feel about the work";
    Answer = "answer", Touch, "an answer to a question";
    Complaint = "complaint", Touch, "an answer to a complaint, or to an uneasy word";
    Idea = "idea", Touch, "advice was asked, and nothing came of it";
    Feedback = "feedback", Touch, "they owe an answer: by a day";
    HeadsUp = "heads_up", Promise, "a day of yours will slip";
    Reassure = "reassure", Promise, "a day of theirs has slipped";
    Thanks = "thanks", Touch, "they did something good";
    ThanksPayment = "thanks_payment", Invoice, "they paid";
    Review = "review", Client, "an invitation to a review, with what was achieved";
    Progress = "progress", Deal, "where the work stands";
    Renewal = "renewal", Renewal, "something expires";
    RenewalItself = "renewal_itself", Renewal, "something renews itself";
    RenewalExpired = "renewal_expired", Renewal, "something has expired";
    Maintenance = "maintenance", Client, "an offer to look after what was made";
    ReferralAsk = "referral_ask", Client, "asking for an introduction";
    TestimonialAsk = "testimonial_ask", Client, "asking for words to show";
    FeeRise = "fee_rise", Rate, "a rate rises";
    FeeReview = "fee_review", Fee, "a regular fee rises";
    Goodbye = "goodbye", End, "the end, cordially";
}

/// What a letter says, before or after its fields are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording<'a> {
    /// What its first line `Subject: …` says, where it has one.
    pub subject: Option<&'a str>,
    /// The rest.
    pub body: &'a str,
}

impl<'a> Wording<'a> {
    /// Parts the subject from the text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        match first.strip_prefix("Subject:") {
            Some(subject) => Self { subject: Some(subject.trim()), body: rest.trim() },
            None => Self { subject: None, body: text.trim() },
        }
    }
}

impl TemplateId {
    /// Whether a letter from it answers first what they said, before it asks for money.
    #[must_use]
    pub fn answers_first(self) -> bool {
        matches!(self, Self::ReminderAnswer | Self::DownPaymentAnswer)
    }

    /// The template of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|id| id.name() == name)
    }

    /// The book's own wording, or the built-in one. Where the book's has no subject, that of the built-in one stays.
    #[must_use]
    pub fn wording(self, business: &Business) -> Wording<'_> {
        let built_in = Wording::of(self.built_in());
        let own = business.templates.iter().find(|template| template.id == self.name());
        own.map_or(built_in, |template| {
            let own = Wording::of(&template.text);
            Wording { subject: own.subject.or(built_in.subject), ..own }
        })
    }
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Stands as it is.
    Text(&'a str),
    /// The name of a field, without its braces.
    Field(&'a str),
}

/// The pieces of a text, in order. A brace that opens no field stays as it is.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if let Some((name, after)) = field_at(rest) {
            rest = after;
            return Some(Piece::Field(name));
        }
        // The next field begins at a brace beyond the first character.
        let mut braces = rest.char_indices().skip(1).filter(|(_, c)| *c == '{').map(|(at, _)| at);
        let end = braces.find(|at| rest.get(*at..).is_some_and(|tail| field_at(tail).is_some()));
        let (text, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        (!text.is_empty()).then_some(Piece::Text(text))
    })
}

/// The field that a text begins with, and what follows it.
fn field_at(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('{')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|end| *end > 0)?;
    let (name, after) = rest.split_at_checked(end)?;
    Some((name, after.strip_prefix('}')?))
}

/// The README's table of templates, in Markdown.
#[must_use]
pub fn template_table() -> String {
    let mut table = String::from("| template | for | about |\n|---|---|---|\n");
    for id in TemplateId::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| `{}` | {} | {} |", id.name(), id.meaning(), id.about().title());
    }
    table
}

/// The README's table of fields, in Markdown.
#[must_use]
pub fn field_table() -> String {
    let mut table = String::from("| about | field | what it holds |\n|---|---|---|\n");
    for about in About::ALL {
        let title = if about == About::Client { "every letter" } else { about.title() };
        for (name, meaning) in about.own_fields() {
            // Writing to a String cannot fail.
            let _ = writeln!(table, "| {title} | `{{{name}}}` | {meaning} |");
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brace_that_opens_no_field_stays() {
        use Piece::{Field, Text};
        let found: Vec<Piece> = pieces("{a}{b {not a field} { } {c}ü{").collect();
        assert_eq!(found, [Field("a"), Text("{b {not a field} { } "), Field("c"), Text("ü{")]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn a_first_line_may_be_the_subject() {
        let of = |text| {
            let wording = Wording::of(text);
            (wording.subject, wording.body)
        };
        assert_eq!(of("Subject: Hello\r\n\r\nDear {person}\n"), (Some("Hello"), "Dear {person}"));
        assert_eq!(of("Dear {person}\nSubject: no"), (None, "Dear {person}\nSubject: no"));
        assert_eq!(of("Subject: only"), (Some("only"), ""));
    }

    #[test]
    fn every_built_in_text_has_a_subject_and_only_fields_it_can_fill() {
        for id in TemplateId::ALL {
            let wording = Wording::of(id.built_in());
            let subject = wording.subject.unwrap_or_default();
            assert!(!subject.is_empty() && wording.body.len() > 100, "{}", id.name());
            for piece in pieces(subject).chain(pieces(wording.body)) {
                if let Piece::Field(name) = piece {
                    assert!(id.about().fields().any(|known| known == name), "{}: {name}", id.name());
                }
            }
            assert_eq!(TemplateId::named(id.name()), Some(*id));
            let kept = serde_json::to_value(id).ok();
            assert_eq!(kept.as_ref().and_then(|it| it.as_str()), Some(id.name()), "as a letter keeps it");
        }
    }
}
