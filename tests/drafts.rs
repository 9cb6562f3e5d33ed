//! Letters as drafts: which template an item gets, what fills it, what is marked, and what holds for all of them.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use proptest::prelude::*;
use rapport::domain::{
    About, Book, Business, ClientFacts, Currency, Deal, Invoice, Promise, Renewal, Template, TemplateId,
    Touch, add_days, field_table, template_table, unfilled_fields, unfilled_mark,
};
use rapport::figures::draft::Matter;
use rapport::figures::today::ItemKind;
use rapport::figures::{Client, Figures, Letter};
use rapport::store;

use crate::facts::{book_of, day, money};

const TODAY: &str = "2026-11-20";

fn firm() -> Business {
    let mut business = Business::new(Currency::EUR);
    "Atelier Feldmark".clone_into(&mut business.name);
    business.person = Some("Jo Feld".to_owned());
    business.brand_message = Some("You make something good, and want to be seen.".to_owned());
    business
}

const ACME: &str = r#"client (id: "acme", name: "Acme", terms_days: 14,
    met: (day: "2026-11-18", place: "their counter", why: "bags for their shop"),
    people: [(name: "Ben", mail: "ben@acme.example"), (name: "Ana Ruiz", mail: " ana@acme.example ", decides: true)])"#;

/// Facts that tell everything a letter can ask for.
const FULL: &[&str] = &[
    ACME,
    r#"deal (id: "site", client: "acme", title: "Site", value: "4000 EUR", they_get: "more calls.",
        decider: "Ana Ruiz", stages: [(day: "2026-09-01", stage: "proposal")],
        proposal: (sent: "2026-09-02", valid_until: "2026-12-01"), terms_told: (day: "2026-09-01", days: 10),
        less_scope: (day: "2026-09-03", what: "the shop"), agreement: (sent: "2026-09-04"),
        down_payment: (asked: "2026-09-05", amount: "1500 CHF"),
        next_step: (what: "first draft", due: "2026-11-24"),
        goals: [(day: "2026-09-01", what: "Calls", baseline: "2 a week", target: "5", achieved: "6 a week",
            achieved_on: "2026-10-20")],
        results: [(day: "2026-10-01", what: "New pages.", beyond: false)])"#,
    r#"invoice (id: "1042", number: "1042", client: "acme", deal: "site", issued: "2026-10-01", due: "2026-11-02",
        tax: "19%", lines: [(result: "Sketches", quantity: "1", price: "1234.56 CHF")],
        promised: [(day: "2026-11-05", pay_by: "2026-11-12")])"#,
    r#"promise (id: "p", client: "acme", by: me, what: "the draft.", made: "2026-11-01", due: "2026-11-21",
        moved: [(day: "2026-11-20", to: "2026-11-25")])"#,
    r#"renewal (id: "r", client: "acme", what: "acme.example", noted: "2026-01-01", expires: "2026-12-04",
        price: "60.5 USD", contacts: ["Ana", "Ben"])"#,
    r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: in, kind: praise, person: "Ben", note: "glad.")"#,
    r#"work (id: "w", day: "2026-11-01", client: "acme", deal: "site", hours: "2")"#,
    r#"deal (id: "film", client: "acme", title: "Film", stages: [(day: "2026-05-01", stage: "in_work")])"#,
];

/// What is known of a client, and what follows from it.
struct Known {
    figures: Arc<Figures>,
    client: Client,
}

impl Known {
    /// A letter to the client.
    fn letter(&self, template: TemplateId, business: &Business, matter: Matter<'_>) -> Letter {
        Letter::of(template, business, &self.figures, &self.client, matter)
    }

    /// The same where something else is known of it.
    fn with(&self, business: &Business, facts: ClientFacts) -> Self {
        let client = Client::of(business, &Arc::new(facts), day(TODAY));
        Self { figures: self.figures.clone(), client }
    }
}

impl Deref for Known {
    type Target = ClientFacts;

    fn deref(&self) -> &ClientFacts {
        &self.client.known
    }
}

fn known(book: &Book) -> Known {
    let facts = book.clients().next().unwrap();
    Known { figures: Figures::of(book, day(TODAY)), client: Client::of(book.business(), facts, day(TODAY)) }
}

/// A letter about what `template` is about, from these facts.
fn letter_of(template: TemplateId, business: &Business, known: &Known) -> Letter {
    let facts = &known.facts;
    let worked_out: Vec<(&str, Option<String>)> =
        template.about().own_fields().iter().map(|(name, _)| (*name, Some(format!("<{name}>")))).collect();
    let matter = match template.about() {
        About::Client => Matter::Client,
        About::Invoice => Matter::Invoice(facts.get::<Invoice>("1042").unwrap()),
        About::Deal => Matter::Deal(facts.get::<Deal>("site").unwrap()),
        About::Promise => Matter::Promise(facts.get::<Promise>("p").unwrap()),
        About::Renewal => Matter::Renewal(facts.get::<Renewal>("r").unwrap()),
        About::Touch => Matter::Touch(facts.get::<Touch>("t").unwrap()),
        About::Rate | About::Fee | About::End => Matter::Fields(&worked_out),
    };
    known.letter(template, business, matter)
}

fn full(template: TemplateId) -> Letter {
    letter_of(template, &firm(), &known(&book_of(firm(), FULL)))
}

#[test]
fn facts_fill_every_built_in_template_but_for_the_answer_that_only_its_writer_knows() {
    for template in TemplateId::ALL {
        let letter = full(*template);
        let answers =
            template.answers_first() || matches!(template, TemplateId::Answer | TemplateId::Complaint);
        let left: &[&str] = if answers { &["answer"] } else { &[] };
        assert_eq!(letter.missing, left, "{}", template.name());
        assert!(!letter.text.contains(['{', '}']), "{}", letter.text);
        assert!(
            letter.text.starts_with("Dear ")
                && letter.text.ends_with("Kind regards\nJo Feld\nAtelier Feldmark")
        );
        assert!(!letter.subject.is_empty());
    }
}

#[test]
fn every_field_that_is_documented_is_filled() {
    for about in About::ALL {
        let template = *TemplateId::ALL.iter().find(|id| id.about() == about).unwrap();
        let lines: Vec<String> = about.fields().map(|name| format!("{name}: {{{name}}}")).collect();
        let text = lines.join("\n");
        let business =
            Business { templates: vec![Template { id: template.name().to_owned(), text }], ..firm() };
        let letter = letter_of(template, &business, &known(&book_of(firm(), FULL)));
        let answers = matches!(about, About::Touch | About::Invoice | About::Deal);
        let left: &[&str] = if answers { &["answer"] } else { &[] };
        assert_eq!(letter.missing, left, "{}", letter.text);
    }
}

#[test]
fn a_letter_is_signed_by_the_person_and_the_firm_as_far_as_they_are_known() {
    let signed = |person: Option<&str>, name: &str| {
        let mut business = firm();
        (business.person, business.name) = (person.map(str::to_owned), name.to_owned());
        let letter = letter_of(TemplateId::CheckIn, &business, &known(&book_of(business.clone(), FULL)));
        let end = letter.text.split_once("Kind regards\n").unwrap().1.to_owned();
        (end, letter.missing)
    };
    assert_eq!(signed(None, "Feld & Co"), ("Feld & Co".to_owned(), vec![]));
    assert_eq!(signed(Some("Jo Feld"), ""), ("Jo Feld".to_owned(), vec![]));
    assert_eq!(signed(Some(" Jo Feld "), "Jo Feld"), ("Jo Feld".to_owned(), vec![]), "who is the firm");
    assert_eq!(signed(Some(" "), ""), ("[signature?]".to_owned(), vec!["signature".to_owned()]));
}

#[test]
fn amounts_keep_their_currency_and_days_are_written_out() {
    let reminder = full(TemplateId::ReminderClear);
    assert!(
        reminder.text.contains("Invoice 1042 for 1,469.13 CHF was due on 2 November 2026"),
        "{}",
        reminder.text
    );
    assert_eq!(reminder.subject, "Invoice 1042 is 18 days late");
    assert!(full(TemplateId::DownPayment).text.contains("a down payment of 1,500 CHF."));
    assert!(full(TemplateId::Renewal).text.contains("costs 60.50 USD"));
    assert!(full(TemplateId::HeadsUp).text.contains("21 November 2026 for this: the draft. That day"));
    assert!(full(TemplateId::Review).text.contains("- Calls: from 2 a week to 6 a week; the aim was 5\n"));
}

#[test]
fn a_letter_is_addressed_to_whoever_its_record_names_else_to_who_decides() {
    let to = |letter: Letter| (letter.person.unwrap(), letter.to);
    let mail = |mail: &str| Some(mail.to_owned());
    assert_eq!(to(full(TemplateId::CheckIn)), ("Ana Ruiz".to_owned(), mail("ana@acme.example")));
    assert_eq!(to(full(TemplateId::NotDecider)), ("Ben".to_owned(), mail("ben@acme.example")));
    assert_eq!(to(full(TemplateId::Thanks)), ("Ben".to_owned(), mail("ben@acme.example")));
    let stranger = r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: in, person: "Cleo")"#;
    let letter = letter_of(TemplateId::Answer, &firm(), &known(&book_of(firm(), &[ACME, stranger])));
    assert_eq!(to(letter), ("Cleo".to_owned(), None));
    let nobody = r#"client (id: "acme", name: "Acme")"#;
    let letter = letter_of(TemplateId::Temperature, &firm(), &known(&book_of(firm(), &[nobody])));
    assert_eq!((letter.person, letter.to), (None, None));
    assert_eq!(letter.missing, ["work", "person"]);
    assert!(letter.text.starts_with("Dear [person?],"));
}

#[test]
fn what_is_filled_in_by_hand_is_no_longer_missing() {
    let letter = full(TemplateId::Answer);
    assert!(letter.text.contains(&unfilled_mark("answer")));
    assert_eq!(unfilled_fields(&letter.text), ["answer"]);
    let written = letter.text.replace(&unfilled_mark("answer"), "Yes, by Friday.");
    assert_eq!(unfilled_fields(&written), [""; 0]);
}

#[test]
fn a_template_of_the_book_takes_the_place_of_the_built_in_one_and_may_bring_its_subject() {
    let with = |text: &str| {
        let templates = vec![Template { id: "thanks".to_owned(), text: text.to_owned() }];
        let business = Business { templates, ..firm() };
        letter_of(TemplateId::Thanks, &business, &known(&book_of(firm(), FULL)))
    };
    let own = with("Subject: For {client}\n\nThank you {kindness}, {person}. {nonsense}\n");
    assert_eq!(
        (own.subject.as_str(), own.text.as_str()),
        ("For Acme", "Thank you for your kind words, Ben. [unknown: nonsense?]")
    );
    assert_eq!(own.missing, ["nonsense"]);
    assert_eq!(with("Thanks.").subject, "Thank you");
}

// Laws over the built-in texts.

const REMINDERS: [TemplateId; 9] = [
    TemplateId::ReminderSettled,
    TemplateId::ReminderAnswer,
    TemplateId::ReminderPersonal,
    TemplateId::ReminderFriendly,
    TemplateId::ReminderClear,
    TemplateId::ReminderFirm,
    TemplateId::ReminderPromise,
    TemplateId::DownPayment,
    TemplateId::DownPaymentAnswer,
];

#[test]
fn every_letter_begins_its_first_sentence_with_a_capital() {
    for template in TemplateId::ALL {
        let text = full(*template).text;
        let body = text.split_once(",\n\n").unwrap().1;
        assert!(body.starts_with(|c: char| c.is_uppercase() || c == '['), "{}: {body}", template.name());
    }
}

#[test]
fn whatever_asks_for_money_says_thank_you() {
    for template in REMINDERS.into_iter().chain([TemplateId::InvoiceCover, TemplateId::Dispute]) {
        let text = full(template).text.to_lowercase();
        assert!(text.contains("thank you"), "{}", template.name());
    }
}

/// The last paragraph before the greeting.
fn last_words(letter: &Letter) -> String {
    let paragraphs: Vec<&str> = letter.text.split("\n\n").collect();
    paragraphs[paragraphs.len() - 2].to_owned()
}

#[test]
fn a_first_word_speaks_in_the_second_person_names_no_price_and_ends_in_an_invitation() {
    let intro = full(TemplateId::Intro);
    assert!(last_words(&intro).ends_with('?'), "{}", intro.text);
    for words in ["on 18 November 2026 at your counter.", "bags for your shop", "You make something good"] {
        assert!(intro.text.contains(words), "{words}: {}", intro.text);
    }
    let words: BTreeSet<&str> = intro.text.split(|c: char| !c.is_alphabetic()).collect();
    for third in ["they", "their", "them", "he", "she", "his", "her", "EUR", "price", "cost", "costs"] {
        assert!(!words.contains(third), "{third}: {}", intro.text);
    }
    // Notes that would break this are left to be written.
    let noted = |why: &str, brand: &str| {
        let client = format!(
            r#"client (id: "acme", name: "Acme", people: [(name: "Ana")],
                met: (day: "2026-11-18", place: "the fair", why: "{why}"))"#
        );
        let business = Business { brand_message: Some(brand.to_owned()), ..firm() };
        let intro = letter_of(TemplateId::Intro, &business, &known(&book_of(firm(), &[&client])));
        assert!(!intro.text.contains("500"));
        intro.missing
    };
    assert_eq!(noted("a site for 500 EUR", "You win."), ["met_why"]);
    assert_eq!(noted("she wants a site", "You win."), ["met_why"]);
    assert_eq!(noted("a site for five hundred euros", "You win."), ["met_why"]);
    assert_eq!(noted("my cousin's site", "You win."), ["met_why"]);
    assert_eq!(noted("wants a site", "You win."), [""; 0]);
    assert_eq!(noted("a site", "You pay €500."), ["brand_message"]);
}

#[test]
fn a_check_in_sells_nothing_and_the_questions_are_asked() {
    let check_in = full(TemplateId::CheckIn).text;
    for word in ["offer", "price", "proposal", "invoice"] {
        assert!(!check_in.contains(word), "{word}");
    }
    let asks = [
        TemplateId::WhatChanged,
        TemplateId::ValueUnclear,
        TemplateId::NotDecider,
        TemplateId::Temperature,
        TemplateId::Review,
        TemplateId::Feedback,
        TemplateId::TestimonialAsk,
        TemplateId::Maintenance,
    ];
    for template in asks {
        assert!(full(template).text.contains('?'), "{}", template.name());
    }
    assert!(full(TemplateId::Feedback).subject.contains("27 November 2026"));
}

// Which template an item gets.

fn drafts(lines: &[&str]) -> Vec<(ItemKind, Option<Letter>)> {
    let business = firm();
    let acme = (!lines.iter().any(|line| line.starts_with("client"))).then_some(ACME);
    let lines: Vec<&str> = acme.into_iter().chain(lines.iter().copied()).collect();
    let book = book_of(business.clone(), &lines);
    let figures = Figures::of(&book, day(TODAY));
    figures.today.items.iter().map(|item| (item.kind, Letter::for_item(&business, &figures, item))).collect()
}

#[track_caller]
fn template(lines: &[&str], kind: ItemKind) -> Option<TemplateId> {
    let all = drafts(lines);
    let found = all.iter().find(|(of, _)| *of == kind).unwrap_or_else(|| panic!("no {kind} among {all:?}"));
    found.1.as_ref().map(|letter| letter.template)
}

/// An invoice over 1,000 euros, due 18 days ago; `rest` adds fields.
fn late(rest: &str) -> String {
    format!(
        r#"invoice (id: "1042", number: "1042", client: "acme", issued: "2026-10-01", due: "2026-11-02",
            lines: [(result: "Site", price: "1000.00 EUR")], {rest})"#
    )
}

fn reminder(id: usize, on: &str) -> String {
    format!(
        r#"touch (id: "rem{id}", day: "{on}", client: "acme", direction: out, kind: reminder, invoice: "1042")"#
    )
}

fn paid(id: usize, due: &str, on: &str) -> String {
    format!(
        r#"invoice (id: "p{id}", number: "p{id}", client: "acme", issued: "2025-01-01", due: "{due}",
            lines: [(result: "Site", price: "10.00 EUR")], payments: [(day: "{on}", amount: "10.00 EUR")])"#
    )
}

fn of_kind(kind: &str) -> String {
    ACME.replacen(
        "terms_days",
        &format!(r#"kind: (kind: {kind}, day: "2026-01-01", reason: "x"), terms_days"#),
        1,
    )
}

#[test]
fn the_tone_of_a_reminder_rises_with_each_one_sent_and_with_the_kind_of_client() {
    use TemplateId::{ReminderClear as Clear, ReminderFirm as Firm, ReminderFriendly as Friendly};
    let tones = |kind: &str| {
        [0, 1, 2, 3].map(|sent| {
            let mut lines = vec![of_kind(kind), late("")];
            lines.extend((0..sent).map(|id| reminder(id, "2026-11-10")));
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            template(&lines, ItemKind::OverdueInvoice).unwrap()
        })
    };
    assert_eq!(tones("steady"), [Friendly, Friendly, Clear, Firm]);
    assert_eq!(tones("advocate"), tones("steady"));
    assert_eq!(tones("new"), [Friendly, Clear, Firm, Firm]);
    assert_eq!(tones("at_risk"), tones("new"));
    assert_eq!(tones("stepping_stone"), [Clear, Firm, Firm, Firm]);
    assert_eq!(tones("toxic"), tones("stepping_stone"));
}

#[test]
fn a_letter_about_another_invoice_or_a_reminder_of_none_counts_where_this_one_was_late_then_and_not_paused() {
    use TemplateId::{ReminderClear as Clear, ReminderFriendly as Friendly};
    let older = r#"invoice (id: "7", number: "7", client: "acme", issued: "2026-09-01", due: "2026-10-01",
        lines: [(result: "x", price: "10 EUR")], payments: [(day: "2026-11-17", amount: "10 EUR")])"#;
    let tone_of = |kind: ItemKind, more: &str, on: &str| {
        let of_older = reminder(0, on).replace("1042", "7");
        let letter = format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", queued: "{on}", kind: reminder, invoice: "7",
                handed_over: (day: "{on}", touch: "rem0"))"#
        );
        template(&[&of_kind("new"), older, &late(more), &of_older, &letter], kind).unwrap()
    };
    let tone = |more: &str, on: &str| tone_of(ItemKind::OverdueInvoice, more, on);
    let due = known(&book_of(firm(), &[ACME, &late("")])).facts.get::<Invoice>("1042").unwrap().due;
    let named_none = |more: &str, on: &str| {
        let reminded = reminder(0, on).replace(r#"invoice: "1042""#, more);
        template(&[&of_kind("new"), &late(""), &reminded], ItemKind::OverdueInvoice).unwrap()
    };
    assert_eq!(named_none("", &add_days(due, 3).to_string()), Clear, "it asked for all that was late");
    assert_eq!(named_none("", &due.to_string()), Friendly, "nothing was late yet");
    let of_deal = named_none(r#"deal: "d""#, &add_days(due, 3).to_string());
    assert_eq!(of_deal, Friendly, "a down payment of another deal was asked for");
    let after = add_days(due, 3).to_string();
    let in_person = reminder(0, &after).replace("1042", "7");
    let of_other = template(&[&of_kind("new"), older, &late(""), &in_person], ItemKind::OverdueInvoice);
    assert_eq!(of_other, Some(Friendly), "what was said in person named the other alone");
    assert_eq!(tone("", &after), Clear, "the letter named both");
    assert_eq!(tone("", &due.to_string()), Friendly, "it was not late yet");
    let before = add_days(due, 1);
    let disputed = format!(r#"disputes: [(from: "{before}", until: "{after}")]"#);
    let settled = TemplateId::ReminderSettled;
    assert_eq!(tone(&disputed, &after), settled, "it was disputed then: none went since it was settled");
    let promised = format!(r#"promised: [(day: "{before}", pay_by: "{}")]"#, add_days(due, 4));
    let broken = ItemKind::BrokenPromiseToPay;
    assert_eq!(tone_of(broken, &promised, &after), TemplateId::ReminderPromise, "it was promised for later");
}

#[test]
fn a_punctual_clients_first_lateness_gets_a_personal_word_once() {
    let before: Vec<String> = ["01-20", "02-20", "03-20"]
        .iter()
        .enumerate()
        .map(|(id, it)| paid(id, &format!("2026-{it}"), &format!("2026-{it}")))
        .collect();
    let open = late("");
    let mut lines: Vec<&str> = before.iter().map(String::as_str).collect();
    lines.push(&open);
    assert_eq!(template(&lines, ItemKind::OverdueInvoice), Some(TemplateId::ReminderPersonal));
    let reminded = reminder(0, "2026-11-10");
    let with_reminder: Vec<&str> = lines.iter().copied().chain([reminded.as_str()]).collect();
    assert_ne!(template(&with_reminder, ItemKind::OverdueInvoice), Some(TemplateId::ReminderPersonal));
    let was_late = paid(9, "2026-04-20", "2026-05-20");
    let with_lateness: Vec<&str> = lines.iter().copied().chain([was_late.as_str()]).collect();
    assert_ne!(template(&with_lateness, ItemKind::OverdueInvoice), Some(TemplateId::ReminderPersonal));
}

#[test]
fn a_broken_word_is_asked_about_first_and_counts_like_a_reminder_then() {
    let once = late(r#"promised: [(day: "2026-11-04", pay_by: "2026-11-08")]"#);
    let kind = ItemKind::BrokenPromiseToPay;
    assert_eq!(template(&[&once], kind), Some(TemplateId::ReminderPromise));
    assert_eq!(template(&[&once, &reminder(0, "2026-11-03")], kind), Some(TemplateId::ReminderPromise));
    assert_eq!(template(&[&once, &reminder(0, "2026-11-12")], kind), Some(TemplateId::ReminderFirm));
    let twice = late(
        r#"promised: [(day: "2026-11-05", pay_by: "2026-11-12"), (day: "2026-11-13", pay_by: "2026-11-18")]"#,
    );
    assert_eq!(template(&[&twice], kind), Some(TemplateId::ReminderFirm));
}

fn proposal(rest: &str) -> String {
    format!(
        r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-09-01", stage: "proposal")],
            proposal: (sent: "2026-09-02"), {rest})"#
    )
}

#[test]
fn each_cause_of_hesitation_has_its_answer_and_without_one_the_question_what_has_changed() {
    let kind = ItemKind::StalledProposal;
    assert_eq!(template(&[&proposal("")], kind), Some(TemplateId::WhatChanged));
    for (cause, answer) in [
        ("value_unclear", TemplateId::ValueUnclear),
        ("not_decision_maker", TemplateId::NotDecider),
        ("price_late", TemplateId::PriceLate),
        ("cash_trouble", TemplateId::CashTrouble),
        ("only_shopping", TemplateId::OnlyShopping),
        ("something_changed", TemplateId::SomethingChanged),
    ] {
        let deal = proposal(&format!(r#"hesitations: [(day: "2026-10-01", cause: {cause})]"#));
        assert_eq!(template(&[&deal], kind), Some(answer));
    }
    let next = proposal(r#"next_step: (what: "call", due: "2026-11-20")"#);
    assert_eq!(template(&[&next], ItemKind::NextStepDue), Some(TemplateId::WhatChanged));
    let planned_just_now = next.replace("2026-09-02", "2026-11-18");
    assert_eq!(template(&[&planned_just_now], ItemKind::NextStepDue), None, "the step has its own words");
    let spoke = r#"touch (id: "t", day: "2026-11-19", client: "acme", direction: in)"#;
    assert_eq!(template(&[&next, spoke], ItemKind::NextStepDue), None);
    let idea = next.replace(r#"proposal: (sent: "2026-09-02"), "#, "").replace("\"proposal\"", "\"engaged\"");
    assert_eq!(template(&[&idea], ItemKind::NextStepDue), None);
}

#[test]
fn a_price_that_is_pushed_gets_less_for_less_and_pushed_again_a_polite_no() {
    let push = |id: &str| {
        format!(r#"touch (id: "{id}", day: "2026-11-15", client: "acme", direction: in, kind: price_push)"#)
    };
    let deal = proposal("");
    let (once, again) = (push("a"), push("b"));
    assert_eq!(template(&[&deal, &once], ItemKind::PricePushed), Some(TemplateId::SmallerScope));
    assert_eq!(template(&[&deal, &once, &again], ItemKind::PricePushed), Some(TemplateId::PoliteNo));
    let toxic = of_kind("toxic");
    assert_eq!(template(&[&toxic, &deal, &once], ItemKind::PricePushed), Some(TemplateId::PoliteNo));
}

#[test]
fn a_push_of_the_price_of_an_earlier_deal_does_not_count_against_this_one() {
    let push = |id: &str, on: &str, rest: &str| {
        format!(r#"touch (id: "{id}", day: "{on}", client: "acme", direction: in, kind: price_push {rest})"#)
    };
    let deal = proposal("");
    let now = push("now", "2026-11-15", "");
    let before = push("then", "2024-03-01", "");
    assert_eq!(template(&[&deal, &before, &now], ItemKind::PricePushed), Some(TemplateId::SmallerScope));
    let named = push("then", "2024-03-01", r#", deal: "site""#);
    assert_eq!(template(&[&deal, &named, &now], ItemKind::PricePushed), Some(TemplateId::PoliteNo));
}

#[test]
fn a_complaint_is_answered_as_one_and_not_thanked_for_as_a_question() {
    let letter = full(TemplateId::Complaint);
    let text = format!("{}\n{}", letter.subject, letter.text);
    assert!(
        !text.contains("question") && text.contains("I am sorry") && text.contains("Dear Ben,"),
        "{text}"
    );
}

#[test]
fn how_they_feel_is_asked_of_the_work_under_way_and_not_of_what_is_delivered() {
    let deal = |id: &str, rest: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "The {id}", stages: [(day: "2026-10-01", stage: "in_work")] {rest})"#
        )
    };
    let hours = |id: &str, deal: &str, on: &str| {
        format!(r#"work (id: "{id}", day: "{on}", client: "acme", deal: "{deal}", hours: "2")"#)
    };
    let lines = [
        deal("site", ""),
        deal("leaflet", r#", delivered: "2026-11-17""#),
        hours("a", "site", "2026-10-10"),
        hours("b", "site", "2026-11-12"),
        hours("c", "leaflet", "2026-11-16"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let all = drafts(&lines);
    let asked = all.iter().find(|(kind, _)| *kind == ItemKind::TemperatureDue).unwrap();
    assert_eq!(asked.1.as_ref().unwrap().subject, "A short question about The site");
}

#[test]
fn a_name_that_may_begin_with_the_family_name_is_left_to_be_filled_in() {
    let addressed = |name: &str| {
        let client = format!(r#"client (id: "acme", name: "Acme", people: [(name: "{name}")])"#);
        let letter = letter_of(TemplateId::CheckIn, &firm(), &known(&book_of(firm(), &[&client])));
        letter.person
    };
    for turned in ["Müller, Hans", "von Berg, Anna Maria", "Ruiz, Ana (sales)"] {
        assert_eq!(addressed(turned), None, "{turned}");
    }
    for (noted, called) in [
        ("Ana Ruiz, Sales", "Ana Ruiz"),
        ("Ana, CEO", "Ana"),
        ("Ana, sister of Ben", "Ana"),
        ("Ana (sales)", "Ana"),
    ] {
        assert_eq!(addressed(noted).as_deref(), Some(called));
    }
}

#[test]
fn an_agreement_is_asked_for_where_one_was_sent_and_the_terms_are_said_where_none_was() {
    let deal = |agreement: &str| {
        format!(
            r#"deal (id: "site", client: "acme", title: "Site", {agreement}
                stages: [(day: "2026-09-01", stage: "in_work")])"#
        )
    };
    let kind = ItemKind::UnsignedAgreement;
    assert_eq!(template(&[&deal(r#"agreement: (sent: "2026-09-01"),"#)], kind), Some(TemplateId::Agreement));
    let refused = deal(r#"agreement: (sent: "2026-09-01", refused: "2026-09-09"),"#);
    assert_eq!(template(&[&refused], kind), Some(TemplateId::RestateTerms));
    assert_eq!(template(&[&deal("")], kind), Some(TemplateId::RestateTerms));
    let door = r#"client (id: "acme", name: "Acme", door_check: [
        (day: "2026-11-01", question: signs_agreement, answer: no), (day: "2026-11-01", question: pays_down, answer: no)])"#;
    assert_eq!(template(&[door, &proposal("")], ItemKind::DoorCheckFailed), Some(TemplateId::RestateTerms));
}

#[test]
fn the_other_kinds_get_the_letter_their_facts_ask_for() {
    let new = &[ACME];
    assert_eq!(template(new, ItemKind::NewContact), Some(TemplateId::Intro));
    let touch =
        |id: &str, rest: &str| format!(r#"touch (id: "{id}", day: "2026-11-10", client: "acme", {rest})"#);
    for (rest, kind, expected) in [
        ("direction: in, answer_wanted: true", ItemKind::Unanswered, TemplateId::Answer),
        ("direction: in, kind: complaint", ItemKind::Unanswered, TemplateId::Complaint),
        (
            "direction: in, temperature: uneasy, answer_wanted: true",
            ItemKind::Unanswered,
            TemplateId::Complaint,
        ),
        ("direction: out, answer_wanted: true", ItemKind::FeedbackOwed, TemplateId::Feedback),
        ("direction: in, kind: advice_asked", ItemKind::IdeaToFollow, TemplateId::Idea),
        ("direction: in, kind: referral", ItemKind::ThanksDue, TemplateId::Thanks),
    ] {
        let told = r#"touch (id: "told", day: "2026-11-19", client: "acme", direction: out, kind: report)"#;
        assert_eq!(template(&[&touch("t", rest), told], kind), Some(expected));
    }
    // Somebody new who asked is answered, and else written to first.
    assert_eq!(template(&[], ItemKind::NewContact), Some(TemplateId::Intro));
    let asked = touch("t", "direction: in, answer_wanted: true");
    assert_eq!(template(&[&asked], ItemKind::NewContact), Some(TemplateId::Answer));
    let promise = |by: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: {by}, what: "copy", made: "2026-11-01", due: "2026-11-19")"#
        )
    };
    assert_eq!(template(&[&promise("me")], ItemKind::MyPromiseDue), Some(TemplateId::HeadsUp));
    assert_eq!(template(&[&promise("them")], ItemKind::TheirPromiseBroken), Some(TemplateId::Reassure));
    let renewal =
        r#"renewal (id: "r", client: "acme", what: "x", noted: "2026-01-01", expires: "2026-11-25")"#;
    assert_eq!(template(&[renewal], ItemKind::RenewalNear), Some(TemplateId::Renewal));
    let by_itself = renewal.replace("what:", "renews_itself: true, what:");
    assert_eq!(template(&[&by_itself], ItemKind::RenewalNear), Some(TemplateId::RenewalItself));
    let expired = renewal.replace("2026-11-25", "2026-11-19");
    assert_eq!(template(&[&expired], ItemKind::RenewalNear), Some(TemplateId::RenewalExpired));
    let unsure = by_itself.replace("2026-11-25", "2026-11-19");
    assert_eq!(template(&[&unsure], ItemKind::RenewalNear), None, "whether it did, one looks oneself");
    let own = r#"renewal (id: "r", what: "x", noted: "2026-01-01", expires: "2026-11-25")"#;
    assert_eq!(template(&[own], ItemKind::RenewalNear), None);
    let disputed = late(r#"disputes: [(from: "2026-11-10")]"#);
    assert_eq!(template(&[&disputed], ItemKind::DisputedInvoice), Some(TemplateId::Dispute));
    let delivered = r#"deal (id: "site", client: "acme", title: "Site", value: "100 EUR", delivered: "2026-10-01",
        stages: [(day: "2026-09-01", stage: "delivered")], down_payment: (asked: "2026-09-01", amount: "50 EUR"))"#;
    assert_eq!(template(&[delivered], ItemKind::DeliveredNotInvoiced), Some(TemplateId::InvoiceCover));
    assert!(drafts(&[delivered]).iter().all(|(kind, _)| *kind != ItemKind::MissingDownPayment));
}

#[test]
fn a_down_payment_of_which_a_part_came_is_asked_for_with_thanks_for_it_and_as_the_rest() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "in_work")],
        down_payment: (asked: "2026-10-01", amount: "500 EUR"))"#;
    let part = r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-10-02", due: "2026-12-02",
        lines: [(result: "x", price: "900 EUR")], payments: [(day: "2026-10-05", amount: "200 EUR")])"#;
    let says = |lines: &[&str]| {
        let book = book_of(firm(), lines);
        let known = known(&book);
        let of = Matter::Deal(known.facts.get::<Deal>("site").unwrap());
        known.letter(TemplateId::DownPayment, book.business(), of).text
    };
    let whole = says(&[ACME, deal]);
    let asked = "a down payment of 500 EUR. I asked for it on 1 October 2026, and it has not come in yet.";
    assert!(whole.contains(asked), "{whole}");
    let rest = says(&[ACME, deal, part]);
    assert!(
        rest.contains("500 EUR, of which 200 EUR came, thank you, and 300 EUR is still open. I"),
        "{rest}"
    );
    assert!(rest.contains("and not all of it has come in yet."), "{rest}");
    let figures = Figures::of(&book_of(firm(), &[ACME, deal, part]), day(TODAY));
    let item = figures.today.items.iter().find(|it| it.kind == ItemKind::MissingDownPayment).unwrap();
    assert_eq!(item.at_stake, Some(money("300 EUR")));
}

#[test]
fn a_letter_says_nothing_that_the_facts_have_overtaken() {
    let says = |template: TemplateId, record: &str, more: &[&str]| {
        let lines: Vec<&str> = [ACME, record].into_iter().chain(more.iter().copied()).collect();
        let known = known(&book_of(firm(), &lines));
        let matter = match template.about() {
            About::Promise => Matter::Promise(&known.facts.promises[0]),
            About::Renewal => Matter::Renewal(&known.facts.renewals[0]),
            _ => Matter::Deal(&known.facts.deals[0]),
        };
        known.letter(template, &firm(), matter).text
    };
    let holds = |text: String, words: &str| assert!(text.contains(words), "{words}: {text}");
    let promise = |due: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: me, what: "copy", made: "2026-11-01", due: "{due}")"#
        )
    };
    holds(
        says(TemplateId::HeadsUp, &promise(TODAY), &[]),
        "That day does not hold, and you should hear it from me and in time.",
    );
    let passed = says(TemplateId::HeadsUp, &promise("2026-11-19"), &[]);
    assert!(!passed.contains("in time"), "{passed}");
    holds(passed, "That day has passed, and you should have heard from me before it. It will be [new_day?].");
    let expired = r#"renewal (id: "r", client: "acme", what: "acme.example", noted: "2026-01-01", expires: "2026-11-19")"#;
    holds(
        says(TemplateId::RenewalExpired, expired, &[]),
        "This expired on 19 November 2026, and as far as I know nobody renewed it: acme.example.",
    );
    let deal = |rest: &str| format!(r#"deal (id: "site", client: "acme", title: "Site", {rest})"#);
    let proposed = |until: &str| deal(&format!(r#"proposal: (sent: "2026-10-01", valid_until: "{until}")"#));
    for (deal, stands) in [
        (proposed(TODAY), "If it does, the proposal stands: shall we go on?"),
        (
            proposed("2026-11-19"),
            "If it does, I renew the proposal, which held until 19 November 2026: shall we go on?",
        ),
        (deal(""), "If it does, my price stands: shall we go on?"),
    ] {
        holds(says(TemplateId::PoliteNo, &deal, &[]), stands);
        let stands = stands.trim_start_matches("If it does, ").trim_end_matches(": shall we go on?");
        holds(says(TemplateId::PriceLate, &deal, &[]), &format!("Today {stands}, and what you get for it"));
    }
    let work = r#"work (id: "w", day: "2026-11-01", client: "acme", deal: "site", hours: "2")"#;
    let at = |stage: &str| deal(&format!(r#"stages: [(day: "2026-11-01", stage: "{stage}")]"#));
    holds(says(TemplateId::RestateTerms, &at("agreed"), &[]), "A part is paid before I begin.");
    holds(says(TemplateId::RestateTerms, &at("agreed"), &[work]), "A part is paid before I go on.");
    holds(says(TemplateId::RestateTerms, &at("in_work"), &[]), "A part is paid before I go on.");
    let sent = deal(r#"proposal: (sent: "2026-10-20")"#);
    let spoke = |on: &str| format!(r#"touch (id: "t", day: "{on}", client: "acme", direction: in)"#);
    let before = says(TemplateId::WhatChanged, &sent, &[&spoke("2026-10-19")]);
    holds(before, "the proposal for Site, and I have not heard from you since.");
    let after = says(TemplateId::WhatChanged, &sent, &[&spoke("2026-10-28")]);
    holds(after, "the proposal for Site, and I last heard from you on 28 October 2026.");
    let down = |stage: &str| {
        deal(&format!(
            r#"stages: [(day: "2026-11-01", stage: "{stage}")], down_payment: (asked: "2026-11-01", amount: "500 EUR")"#
        ))
    };
    holds(says(TemplateId::DownPayment, &down("agreed"), &[]), "It keeps your place in my calendar");
    let begun = says(TemplateId::DownPayment, &down("in_work"), &[]);
    assert!(!begun.contains("calendar"), "{begun}");
    holds(begun, "I began the work counting on it. Will you send it by");
    let named = says(TemplateId::NotDecider, &deal(r#"decider: "Zoe Berg""#), &[]);
    holds(named, "May I have a word with Zoe Berg, and which day would suit both of you?");
    holds(says(TemplateId::NotDecider, &deal(""), &[]), "May I have a word with Ana Ruiz,");
    let of_deal = says(TemplateId::NotDecider, &deal(r#"decider: "Ben""#), &[]);
    assert!(of_deal.starts_with("Dear Ana Ruiz,"), "the deal says who decides it: {of_deal}");
    holds(of_deal, "May I have a word with Ben,");
}

#[test]
fn a_reminder_of_what_was_paid_in_part_names_the_whole_and_thanks_for_the_part() {
    let lines = [
        ACME,
        r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-10-01", due: "2026-11-02",
            lines: [(result: "Site", price: "1547 EUR")], payments: [(day: "2026-11-10", amount: "500 EUR")])"#,
    ];
    let book = book_of(firm(), &lines);
    let whole = known(&book);
    let invoice = whole.facts.get::<Invoice>("1").unwrap();
    for reminder in [
        TemplateId::ReminderPersonal,
        TemplateId::ReminderFriendly,
        TemplateId::ReminderClear,
        TemplateId::ReminderFirm,
    ] {
        let letter = whole.letter(reminder, book.business(), Matter::Invoice(invoice));
        let says = "nvoice 1 for 1,547 EUR, of which 500 EUR came, thank you, and 1,047 EUR is still open, was due on";
        assert!(letter.text.contains(says), "{}", letter.text);
        assert!(letter.text.contains("the rest") && !letter.text.contains("seen it come"), "{}", letter.text);
    }
    let promise = TemplateId::ReminderPromise;
    let letter = whole.letter(promise, book.business(), Matter::Invoice(invoice));
    let says = "and 500 EUR of 1,547 EUR came, thank you; 1,047 EUR has not come in yet.";
    assert!(letter.text.contains(says), "{}", letter.text);
}

#[test]
fn what_else_is_late_is_named_as_a_whole_with_thanks_for_the_part_of_it_that_came() {
    let late = |id: &str, price: &str, rest: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2026-10-01", due: "2026-11-0{id}",
            lines: [(result: "Site", price: "{price}")], {rest})"#
        )
    };
    let part = late("2", "700 EUR", r#"payments: [(day: "2026-11-10", amount: "600 EUR")]"#);
    let lines = [ACME.to_owned(), late("1", "500 EUR", ""), part];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = book_of(firm(), &lines);
    let whole = known(&book);
    let invoice = Matter::Invoice(whole.facts.get::<Invoice>("1").unwrap());
    let letter = whole.letter(TemplateId::ReminderClear, book.business(), invoice);
    let says = "Invoice 2 for 700 EUR, due on 2 November 2026, is open too: 600 EUR of it came, thank you, and \
        100 EUR is left.";
    assert!(letter.text.contains(says), "{}", letter.text);
}

#[test]
fn a_reminder_asks_for_all_that_is_late_and_for_nothing_that_waits() {
    let late = |id: &str, due: &str, rest: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2026-10-01", due: "{due}",
            lines: [(result: "Site", price: "2100 EUR")], {rest})"#
        )
    };
    let lines = [
        ACME.to_owned(),
        late("1", "2026-11-02", ""),
        late("2", "2026-11-05", ""),
        late("3", "2026-11-04", r#"disputes: [(from: "2026-11-06", about: "hours")]"#),
        late("4", "2026-11-03", r#"promised: [(day: "2026-11-10", pay_by: "2027-03-01")]"#),
        late("5", "2027-03-01", ""),
        // What they said last counts: a later day was named before.
        late(
            "6",
            "2026-11-06",
            r#"promised: [(day: "2026-11-10", pay_by: "2027-03-01"), (day: "2026-11-12", pay_by: "2026-11-14")]"#,
        ),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = book_of(firm(), &lines);
    let whole = known(&book);
    let invoice = whole.facts.get::<Invoice>("1").unwrap();
    let letter = whole.letter(TemplateId::ReminderClear, book.business(), Matter::Invoice(invoice));
    let says = "late now. Invoice 2 for 2,100 EUR, due on 5 November 2026, is open too. Invoice 6 for 2,100 EUR, due on 6 November 2026, is open too. Please pay all three (6,300 EUR together) by 27 November 2026";
    assert!(letter.missing.is_empty() && letter.text.contains(says), "{}", letter.text);
}

#[test]
fn a_reminder_asks_for_what_an_open_credit_leaves_and_there_is_none_where_that_is_nothing() {
    let credit = |amount: &str| {
        format!(
            r#"invoice (id: "c", number: "C-1", client: "acme", issued: "2026-11-05", due: "2026-11-05",
            lines: [(result: "Credit", price: "-{amount} EUR")])"#
        )
    };
    let letter = |credit: &str| {
        let all = drafts(&[&late(""), credit]);
        all.into_iter().find(|(kind, _)| *kind == ItemKind::OverdueInvoice).unwrap().1
    };
    let part = letter(&credit("300")).unwrap();
    holds(&part.text, " Less my credit note C-1 for 300 EUR, it comes to 700 EUR.");
    holds(&part.text, "what is left (700 EUR)");
    assert_eq!(letter(&credit("1000")), None);
    let over = r#"invoice (id: "o", number: "7", client: "acme", issued: "2026-08-05", due: "2026-08-15",
        lines: [(result: "Plan", price: "50 EUR")], payments: [(day: "2026-08-15", amount: "90 EUR")])"#;
    holds(
        &letter(over).unwrap().text,
        " Less 40 EUR that you paid too much on invoice 7, it comes to 960 EUR.",
    );
}

/// What a letter about a client's one invoice, deal, promise or touch says, with these facts beside it.
fn says(template: TemplateId, record: &str, more: &[&str]) -> String {
    letter_about(template, record, more).text
}

fn letter_about(template: TemplateId, record: &str, more: &[&str]) -> Letter {
    let lines: Vec<&str> = [ACME, record].into_iter().chain(more.iter().copied()).collect();
    let known = known(&book_of(firm(), &lines));
    let matter = match template.about() {
        About::Promise => Matter::Promise(&known.facts.promises[0]),
        About::Invoice => Matter::Invoice(&known.facts.invoices[0]),
        About::Touch => Matter::Touch(&known.facts.touches[0]),
        About::Client => Matter::Client,
        _ => Matter::Deal(&known.facts.deals[0]),
    };
    known.letter(template, &firm(), matter)
}

#[track_caller]
fn holds(text: &str, words: &str) {
    assert!(text.contains(words), "{words}: {text}");
}

#[test]
fn every_reminder_asks_for_all_that_is_late_with_its_sum() {
    let invoice = |id: &str, price: &str, rest: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2026-10-01", due: "2026-11-0{id}",
            lines: [(result: "Site", price: "{price}")], promised: [(day: "2026-11-03", pay_by: "2026-11-12")], {rest})"#
        )
    };
    let (one, two) = (invoice("1", "500 EUR", ""), invoice("2", "2500 EUR", ""));
    let both = |template| says(template, &one, &[&two]);
    holds(
        &both(TemplateId::ReminderClear),
        "Please pay both (3,000 EUR together) by 27 November 2026, or name",
    );
    holds(
        &both(TemplateId::ReminderFirm),
        "Please pay both (3,000 EUR together) in full by 27 November 2026.",
    );
    holds(
        &both(TemplateId::ReminderFriendly),
        "Would you see to both (3,000 EUR together) in the next few days?",
    );
    holds(&both(TemplateId::ReminderPromise), "which day can I count on for both (3,000 EUR together) now?");
    let alone = |template| says(template, &one, &[]);
    holds(&alone(TemplateId::ReminderClear), "Please pay it by");
    holds(&alone(TemplateId::ReminderPromise), "which day can I count on for it now?");
    let (part, francs) = (
        invoice("2", "700 EUR", r#"payments: [(day: "2026-11-10", amount: "600 EUR")]"#),
        invoice("3", "9 CHF", ""),
    );
    let clear = says(TemplateId::ReminderClear, &one, &[&part, &francs]);
    holds(&clear, "Please pay what is open of all three (600 EUR and 9 CHF) by");
}

#[test]
fn a_personal_word_is_for_the_one_slip_and_the_firm_tone_not_for_whom_it_ends_with() {
    let before: Vec<String> = ["01-20", "02-20", "03-20"]
        .iter()
        .enumerate()
        .map(|(id, it)| paid(id, &format!("2026-{it}"), &format!("2026-{it}")))
        .collect();
    let of = |more: &[&str]| {
        let lines: Vec<&str> = before.iter().map(String::as_str).chain(more.iter().copied()).collect();
        template(&lines, ItemKind::OverdueInvoice)
    };
    let once = late("");
    assert_eq!(of(&[&once]), Some(TemplateId::ReminderPersonal));
    let second = once.replace("1042", "1043").replace("2026-11-02", "2026-11-12");
    assert_ne!(of(&[&once, &second]), Some(TemplateId::ReminderPersonal));
    assert_ne!(of(&[&once.replace("2026-11-02", "2026-09-02")]), Some(TemplateId::ReminderPersonal));
    let ended = ACME.replacen("terms_days", r#"ended: (day: "2026-11-15", why: "x"), terms_days"#, 1);
    let reminded = [reminder(0, "2026-11-05"), reminder(1, "2026-11-10")];
    let ends = [ended.as_str(), &once, &reminded[0], &reminded[1]];
    assert_eq!(template(&ends, ItemKind::OverdueInvoice), Some(TemplateId::ReminderClear));
}

#[test]
fn before_a_yes_neither_the_agreement_nor_the_down_payment_thanks_for_one() {
    let deal = |stage: &str| {
        format!(
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-11-01", stage: "{stage}")],
            agreement: (sent: "2026-11-03"), down_payment: (asked: "2026-11-04", amount: "500 EUR"))"#
        )
    };
    let open = says(TemplateId::Agreement, &deal("proposal"), &[]);
    holds(
        &open,
        "On 3 November 2026 I sent you the agreement for Site, and it is not signed yet. It says what you get",
    );
    assert!(!open.contains("yes"), "{open}");
    let won = says(TemplateId::Agreement, &deal("agreed"), &[]);
    holds(
        &won,
        "Thank you for the yes to Site. What is still missing is your signature under our agreement. It says",
    );
    let open = says(TemplateId::DownPayment, &deal("proposal"), &[]);
    holds(
        &open,
        "A part of Site is paid before the work on it begins: a down payment of 500 EUR. I asked for it on 4 November 2026",
    );
    assert!(!open.contains("order") && !open.contains("agreed"), "{open}");
    let won = says(TemplateId::DownPayment, &deal("agreed"), &[]);
    holds(&won, "Thank you for the order of Site. We agreed on a down payment of 500 EUR. I asked");
}

#[test]
fn a_promise_is_said_to_them_or_left_to_be_written() {
    let promise = |by: &str, what: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: {by}, what: "{what}", made: "2026-11-01", due: "2026-11-19")"#
        )
    };
    let mine = says(TemplateId::HeadsUp, &promise("me", "send them a quote."), &[]);
    holds(&mine, "I named you 19 November 2026 for this: send you a quote. That day");
    let refused = letter_about(TemplateId::HeadsUp, &promise("me", "send him the draft"), &[]);
    assert_eq!(refused.missing, ["promise", "new_day"], "{}", refused.text);
    let theirs = says(TemplateId::Reassure, &promise("them", "call me back about my offer"), &[]);
    holds(
        &theirs,
        "for 19 November 2026: call me back about my offer. It has not come yet, and that is all right: I have kept",
    );
    let asked = letter_about(TemplateId::Reassure, &promise("them", "a word on the logo?"), &[]);
    holds(&asked.text, ": a word on the logo. It");
    assert_eq!(asked.subject, "Which day now: a word on the logo?");
    // Beside a reminder nothing is said to be all right.
    let owing = says(TemplateId::Reassure, &promise("them", "object list"), &[&late("")]);
    holds(&owing, "for 19 November 2026: object list. It has not come yet.\n");
}

#[test]
fn less_scope_is_offered_only_where_it_was_found_since_they_pushed() {
    let deal = |on: &str| {
        format!(
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-09-01", stage: "proposal")],
            less_scope: (day: "{on}", what: "no second language."))"#
        )
    };
    let push = r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: in, kind: price_push)"#;
    let before = letter_about(TemplateId::SmallerScope, &deal("2026-11-09"), &[push]);
    assert_eq!(before.missing, ["less_scope"], "{}", before.text);
    for since in [deal("2026-11-10"), deal("2026-11-12")] {
        let says = says(TemplateId::SmallerScope, &since, &[push]);
        holds(&says, "here is what we could leave out for now: the second language.\n");
    }
}

#[test]
fn where_it_hurts_the_letter_is_that_of_the_step_which_its_row_names() {
    let toxic = of_kind("toxic");
    let of = |more: &[&str]| {
        let lines: Vec<&str> = [toxic.as_str()].into_iter().chain(more.iter().copied()).collect();
        template(&lines, ItemKind::ToxicPattern)
    };
    let deal = |id: &str, stage: &str, rest: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "{id}", stages: [(day: "2026-03-01", stage: "{stage}")], {rest})"#
        )
    };
    let old = deal("flyer", "lost", "");
    let evidence = r#"touch (id: "e", day: "2026-10-01", client: "acme", direction: out, kind: evidence)"#;
    let met = r#"touch (id: "m", day: "2026-10-05", client: "acme", direction: out, channel: "meeting")"#;
    assert_eq!(of(&[&old]), Some(TemplateId::Review), "show the evidence");
    assert_eq!(of(&[&old, evidence]), Some(TemplateId::Review), "meet");
    assert_eq!(of(&[&old, evidence, met]), None, "no terms for what was lost");
    let at_work = deal("site", "in_work", "");
    assert_eq!(of(&[&old, &at_work, evidence, met]), Some(TemplateId::RestateTerms));
    let goals = deal("site", "in_work", r#"goals: [(day: "2026-08-01", what: "fewer rounds")]"#);
    let long_ago = [evidence.replace("2026-10-01", "2026-07-01"), met.replace("2026-10-05", "2026-07-05")];
    let again = r#"touch (id: "r", day: "2026-10-20", client: "acme", direction: out, kind: review)"#;
    let push = r#"touch (id: "p", day: "2026-10-25", client: "acme", direction: in, kind: scope_push)"#;
    let first = r#"touch (id: "q", day: "2026-06-01", client: "acme", direction: in, kind: scope_push)"#;
    let leave = [&goals, &long_ago[0], &long_ago[1], again, push, first];
    assert_eq!(of(&leave), None, "the way out has its own letter");
}

#[test]
fn what_came_long_ago_is_not_said_to_be_late() {
    for template in [TemplateId::GoodWord, TemplateId::Review] {
        let text = full(template).text;
        assert!(!text.contains("lately") && !text.contains("of late"), "{text}");
    }
}

#[test]
fn an_answer_that_is_owed_is_named_and_is_needed_only_where_work_goes_on() {
    let asked = |note: &str| {
        format!(
            r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: out, answer_wanted: true, {note})"#
        )
    };
    let idle = says(TemplateId::Feedback, &asked(r#"note: "asked them which logo is theirs""#), &[]);
    holds(
        &idle,
        "On 10 November 2026 I asked you for an answer (which logo is yours), and it has not come yet. Could",
    );
    let work =
        r#"deal (id: "d", client: "acme", title: "D", stages: [(day: "2026-11-01", stage: "in_work")])"#;
    let at_work = letter_about(TemplateId::Feedback, &asked(r#"note: "she was curt""#), &[work]);
    holds(&at_work.text, "I asked you for an answer, and I need it to go on. Could");
    assert_eq!(at_work.missing, [""; 0]);
}

#[test]
fn thanks_for_words_say_that_they_may_be_shown_only_where_they_may() {
    let words = |quote: &str| {
        let touch = format!(
            r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: in, kind: testimonial, {quote})"#
        );
        says(TemplateId::Thanks, &touch, &[])
    };
    holds(&words("may_quote: true"), "Thank you for the words I may show.");
    holds(&words("may_quote: false"), "Thank you for your kind words.");
    holds(&words(""), "Thank you for your kind words.");
}

#[test]
fn one_word_of_thanks_is_for_all_that_the_same_person_did_and_was_not_thanked_for() {
    let touch = |id: &str, on: &str, kind: &str, person: &str| {
        format!(
            r#"touch (id: "{id}", day: "{on}", client: "acme", direction: in, kind: {kind}, person: "{person}")"#
        )
    };
    let helped = touch("t", "2026-11-10", "help_received", "Ben");
    let introduced = touch("u", "2026-11-12", "introduction", "Ben");
    let other = touch("v", "2026-11-12", "praise", "Ana Ruiz");
    let thanks = |more: &[&str]| says(TemplateId::Thanks, &helped, more);
    holds(&thanks(&[]), "Thank you for your help.");
    holds(&thanks(&[&introduced, &other]), "Thank you for your help and for the introduction.");
    let again = touch("w", "2026-11-13", "help_received", "Ben");
    holds(&thanks(&[&introduced, &again]), "Thank you for your help and for the introduction.");
}

#[test]
fn letters_list_results_and_no_costs_and_name_no_missed_goal() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-09-01", stage: "in_work")],
        goals: [(day: "2026-09-01", what: "calls", baseline: "10", target: "20", achieved: "4", achieved_on: "2026-11-01")])"#;
    let bill = r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-01", due: "2026-11-15",
        lines: [(result: "Shop", price: "500 EUR"), (result: "Travel costs to Berlin", price: "80 EUR"), (result: "First third", price: "90 EUR")])"#;
    let letter = letter_about(TemplateId::Review, deal, &[bill]);
    assert!(letter.text.contains("- Shop\n"), "{}", letter.text);
    for not in ["Travel", "First third", "calls"] {
        assert!(!letter.text.contains(not), "{not}: {}", letter.text);
    }
}

#[test]
fn a_promise_to_pay_is_no_burden_to_be_taken_off() {
    let asks = |what: &str| {
        let promise = format!(
            r#"promise (id: "p", client: "acme", by: them, what: "{what}", made: "2026-11-01", due: "2026-11-10")"#
        );
        says(TemplateId::Reassure, &promise, &[])
    };
    holds(&asks("the texts"), "What can I take off your hands");
    holds(&asks("pay the second part"), "Which day can I count on now?");
}

#[test]
fn thanks_for_a_down_payment_look_ahead_until_the_work_is_delivered() {
    let invoice = r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-01", due: "2026-11-15",
        lines: [(result: "Down payment", price: "500 EUR")], payments: [(day: "2026-11-10", amount: "500 EUR")])"#;
    let thanks = |stage: &str, rest: &str| {
        let deal = format!(
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "{stage}")],
            down_payment: (asked: "2026-11-01", amount: "500 EUR", invoice: "1"), {rest})"#
        );
        says(TemplateId::ThanksPayment, invoice, &[&deal])
    };
    holds(&thanks("agreed", ""), "With it I can begin the work.");
    holds(&thanks("in_work", ""), "With it I can go on with the work.");
    let done = thanks("in_work", r#"delivered: "2026-11-05""#);
    holds(
        &done,
        "If anything about the work is not as you want it, tell me, and I will see to it. If you are thinking of something new",
    );
    for stage in ["delivered", "lost"] {
        holds(&thanks(stage, ""), "If anything about the work is not as you want it");
    }
    holds(&says(TemplateId::ThanksPayment, invoice, &[]), "If anything about the work is not as you want it");
}

#[test]
fn a_next_step_is_told_only_where_it_may_be_and_what_follows_a_semicolon_is_not_said_to_them() {
    let deal = |step: &str| {
        format!(
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "in_work")],
            results: [(day: "2026-11-01", what: "Sketches")], next_step: (what: "{step}", due: "2026-11-25"))"#
        )
    };
    let told = says(TemplateId::Progress, &deal("show them the draft"), &[]);
    holds(&told, "Next comes: show you the draft, by 25 November 2026.");
    for step in ["chase them for texts", "call Ben", "wait until he says yes"] {
        let letter = letter_about(TemplateId::Progress, &deal(step), &[]);
        assert_eq!(letter.missing, ["next_step"], "{}", letter.text);
    }
    let met = ACME.replacen("bags for their shop", "bags for their shop; pays 500 EUR at most", 1);
    let intro = letter_of(TemplateId::Intro, &firm(), &known(&book_of(firm(), &[&met])));
    holds(&intro.text, "What I took with me from it: bags for your shop.\n");
}

#[test]
fn a_letter_asks_after_work_that_was_done_and_never_after_what_was_lost_or_is_still_to_be_won() {
    let deal = |id: &str, stage: &str, on: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "The {id}", stages: [(day: "{on}", stage: "{stage}")])"#
        )
    };
    let hours = |deal: &str, on: &str, purpose: &str| {
        format!(
            r#"work (id: "{deal}", day: "{on}", client: "acme", deal: "{deal}", hours: "2", purpose: {purpose})"#
        )
    };
    let letter = |template: TemplateId, lines: &[String]| {
        let lines: Vec<&str> = [ACME].into_iter().chain(lines.iter().map(String::as_str)).collect();
        letter_of(template, &firm(), &known(&book_of(firm(), &lines)))
    };
    let asked = |lines: &[String]| letter(TemplateId::Temperature, lines).subject;
    let done = deal("brochure", "done", "2026-06-20");
    let lost = deal("rebranding", "lost", "2026-07-20");
    let offer = deal("shop", "proposal", "2026-11-18");
    let both = [done.clone(), lost.clone(), offer.clone()];
    assert_eq!(asked(&both), "A short question about The brochure");
    let worked = [
        done.clone(),
        deal("site", "in_work", "2026-06-01"),
        offer.clone(),
        hours("site", "2026-09-12", "job"),
        hours("shop", "2026-11-19", "before_sale"),
    ];
    assert_eq!(asked(&worked), "A short question about The site");
    let check_in = letter(TemplateId::CheckIn, &both);
    assert!(check_in.text.contains("I only wonder how you are."), "{}", check_in.text);
    let sold_nothing = letter(TemplateId::CheckIn, &[lost, offer]);
    assert!(sold_nothing.text.contains("I only wonder how you are."), "{}", sold_nothing.text);
    assert!(sold_nothing.missing.is_empty());
}

#[test]
fn thanks_for_a_payment_say_what_it_was_for_and_not_that_they_have_it() {
    let down = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-11-01", due: "2026-11-15",
        lines: [(result: "Down payment for the site", price: "500 EUR")], payments: [(day: "2026-11-10", amount: "500 EUR")])"#;
    let known = known(&book_of(firm(), &[ACME, down]));
    let matter = Matter::Invoice(known.facts.get::<Invoice>("1").unwrap());
    let text = known.letter(TemplateId::ThanksPayment, &firm(), matter).text;
    assert!(text.contains("It was for this:\n- Down payment for the site"), "{text}");
    assert!(!text.contains("you have"), "{text}");
}

#[test]
fn a_good_word_says_what_came_of_the_work_and_asks_for_nothing() {
    let letter = full(TemplateId::GoodWord);
    assert!(letter.missing.is_empty() && letter.text.contains("Thank you"), "{}", letter.text);
    assert!(letter.text.contains("- Calls: from 2 a week to 6 a week"), "{}", letter.text);
    assert!(!letter.text.contains('?'), "{}", letter.text);
}

#[test]
fn the_sample_has_a_draft_for_whatever_is_about_writing_to_somebody() {
    let loaded = store::load(store::sample::text(store::sample::ANCHOR).as_bytes()).unwrap();
    let figures = Figures::of(&loaded.book, store::sample::ANCHOR);
    let mut sendable = 0;
    for item in &figures.today.items {
        let letter = Letter::for_item(loaded.book.business(), &figures, item);
        let nobody = item.client.is_none()
            || matches!(
                item.kind,
                ItemKind::BreakEvenProject
                    | ItemKind::Implausible
                    | ItemKind::NextStepDue
                    | ItemKind::FeeUnchanged
                    | ItemKind::RenewalUnsure
                    // Its invoice is not due yet.
                    | ItemKind::MissingDownPayment
            );
        assert!(letter.is_some() || nobody, "{}", item.id);
        let Some(letter) = letter else { continue };
        sendable += usize::from(letter.missing.is_empty());
    }
    assert!(sendable * 2 > figures.today.items.len(), "{sendable} of {}", figures.today.items.len());
}

// What a book's own templates may say.

#[test]
fn a_slip_in_a_template_is_reported_where_it_stands_with_what_would_be_right() {
    let book = |templates: &str| {
        let text = format!("(format: 1, business: (currency: \"EUR\",\ntemplates: [\n{templates}\n]))");
        let loaded = store::load(text.as_bytes()).unwrap();
        loaded.problems_on(day(TODAY)).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        book(r#"(id: "thanks", text: "Subject: {cliant}\n{amount} {person} { x } {cliant}")"#),
        [
            "3:22: warning: business.templates[0].text: \"cliant\" is no field of \"thanks\": did you mean \"client\"?",
            "3:22: warning: business.templates[0].text: \"amount\" is no field of \"thanks\": take one of client, person, \
             firm, me, signature, brand_message, met_place, met_day, met_why, work, achieved, answer_day, asked_on, asked_about, awaited, kindness, note, answer",
        ]
    );
    assert_eq!(
        book(r#"(id: "thank", text: "Dear {anything}")"#),
        [
            "3:6: warning: business.templates[0].id: no letter is made from a template \"thank\": did you mean \"thanks\"?"
        ]
    );
    assert!(book(r#"(id: "reminder_firm", text: "{number} {amount} {due}")"#).is_empty());
}

#[test]
fn the_readme_lists_every_template_and_field() {
    let readme = include_str!("../README.md");
    for table in [template_table(), field_table()] {
        assert!(readme.contains(&table), "the README should hold:\n\n{table}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{person} [answer?] {".to_owned()),
        Just("Ana\r\nBcc: all@example.org".to_owned()),
        Just("<script>&\"'\u{202E}\u{0}".to_owned()),
        any::<String>(),
        "[{}a-z_\\[\\]?$€ \n]{0,40}",
    ]
}

proptest! {
    #[test]
    fn no_facts_break_a_letter_and_a_hostile_name_stands_in_it_as_it_is(
        (name, title, note, own) in (hostile(), hostile(), hostile(), hostile()),
        ahead in -400_i64..400,
    ) {
        let business = Business {
            name: title.clone(),
            brand_message: Some(note.clone()),
            templates: vec![Template { id: "thanks".to_owned(), text: format!("{own}\n{{client}}") }],
            ..firm()
        };
        let book = book_of(business.clone(), FULL);
        let whole = known(&book);
        let mut facts = ClientFacts::clone(&whole);
        let mut client = facts.client.as_ref().clone();
        client.name.clone_from(&name);
        client.people[1].name.clone_from(&title);
        if let Some(met) = &mut client.met {
            met.why = Some(note.clone());
            met.place = Some(title.clone());
        }
        facts.client = Arc::new(client);
        let mut deal = facts.facts.deals[0].as_ref().clone();
        deal.title.clone_from(&title);
        facts.facts.deals = vec![Arc::new(deal)];
        let known = whole.with(&business, facts);
        for template in TemplateId::ALL {
            let letter = letter_of(*template, &business, &known);
            prop_assert!(!letter.subject.contains(['\n', '\r']));
            prop_assert_eq!(letter.name.as_ref(), name.as_str());
        }
        if !name.trim().is_empty() {
            let thanks = letter_of(TemplateId::Thanks, &business, &known);
            prop_assert!(thanks.text.ends_with(name.as_str()), "{:?}", thanks.text);
        }
        let figures = Figures::of(&book, rapport::domain::add_days(day(TODAY), ahead));
        for item in &figures.today.items {
            drop(Letter::for_item(&business, &figures, item));
        }
    }
}

#[test]
fn a_value_that_looks_like_a_field_is_not_filled_again() {
    let client = r#"client (id: "acme", name: "{firm} {person}", people: [(name: "{client}")])"#;
    let text = "{client}/{person}".to_owned();
    let business = Business { templates: vec![Template { id: "check_in".to_owned(), text }], ..firm() };
    let letter = letter_of(TemplateId::CheckIn, &business, &known(&book_of(firm(), &[client])));
    assert_eq!((letter.text.as_str(), letter.missing.len()), ("{firm} {person}/{client}", 0));
}

// What a letter says is true of its facts, and of what else goes on with the client.

#[test]
fn a_progress_report_is_about_the_work_its_item_names() {
    let deal = |id: &str, on: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "The {id}", stages: [(day: "{on}", stage: "in_work")],
            results: [(day: "2026-11-01", what: "Sketches of the {id}")])"#
        )
    };
    let (film, site) = (deal("film", "2026-09-01"), deal("site", "2026-06-01"));
    let agreed = deal("book", "2026-11-10").replace("in_work", "agreed");
    let all = drafts(&[&film, &site, &agreed]);
    let (_, report) = all.iter().find(|(kind, _)| *kind == ItemKind::ReportDue).unwrap();
    assert_eq!(report.as_ref().unwrap().subject, "The site: where we stand");
    let figures = Figures::of(&book_of(firm(), &[ACME, &film, &site, &agreed]), day(TODAY));
    let item = figures.today.items.iter().find(|it| it.kind == ItemKind::ReportDue).unwrap();
    assert!(item.why.contains("The site"), "{}", item.why);
}

#[test]
fn a_pushed_price_that_names_no_deal_is_answered_for_the_open_one_that_moved_last() {
    let deal = |id: &str, on: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "The {id}", stages: [(day: "{on}", stage: "proposal")],
            less_scope: (day: "2026-11-16", what: "no film"))"#
        )
    };
    let (site, shop) = (deal("site", "2026-09-01"), deal("shop", "2026-11-01"));
    let push = |rest: &str| {
        format!(
            r#"touch (id: "t", day: "2026-11-15", client: "acme", direction: in, kind: price_push, {rest})"#
        )
    };
    let subject = |push: &str| {
        let all = drafts(&[&shop, &site, push]);
        all.into_iter().find(|(kind, _)| *kind == ItemKind::PricePushed).unwrap().1.unwrap().subject
    };
    assert_eq!(subject(&push("")), "The shop, smaller");
    assert_eq!(subject(&push(r#"deal: "site""#)), "The site, smaller");
}

#[test]
fn whoever_decides_is_not_told_to_need_somebody_elses_yes() {
    let of = |people: &str, deal: &str| {
        let client = format!(r#"client (id: "acme", name: "Acme", people: [{people}])"#);
        let deal = format!(r#"deal (id: "site", client: "acme", title: "Site", {deal})"#);
        letter_of(TemplateId::NotDecider, &firm(), &known(&book_of(firm(), &[&client, &deal])))
    };
    let alone = of(r#"(name: "Ana", decides: true)"#, "");
    assert_eq!((alone.person, alone.to, alone.missing), (None, None, vec!["person".to_owned()]));
    assert_eq!(of(r#"(name: "Ana")"#, r#"decider: "Ana""#).person, None);
    let both = r#"(name: "Ana", decides: true), (name: "Bo"), (name: "Cleo", decides: false)"#;
    assert_eq!(of(both, "").person.as_deref(), Some("Cleo"));
    assert_eq!(of(both, r#"decider: "Cleo""#).person.as_deref(), Some("Ana"));
    assert_eq!(of(r#"(name: "Bo")"#, "").person.as_deref(), Some("Bo"));
}

#[test]
fn a_down_payment_is_asked_for_once_it_is_due_and_not_as_ahead_of_work_that_is_delivered() {
    let deal = |rest: &str| {
        format!(
            r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "in_work")], {rest})"#
        )
    };
    let invoice = |due: &str| {
        format!(
            r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-11-01", due: "{due}",
            lines: [(result: "Start", price: "500 EUR")])"#
        )
    };
    let billed = deal(r#"down_payment: (asked: "2026-11-01", amount: "500 EUR", invoice: "1")"#);
    assert_eq!(template(&[&billed, &invoice("2026-11-25")], ItemKind::MissingDownPayment), None);
    let asked = r#"down_payment: (asked: "2026-11-01", amount: "500 EUR")"#;
    assert_eq!(template(&[&deal(asked)], ItemKind::MissingDownPayment), Some(TemplateId::DownPayment));
    let delivered =
        says(TemplateId::DownPayment, &deal(&format!(r#"delivered: "2026-11-10", {asked}"#)), &[]);
    holds(&delivered, "The work is with you, and this part of it is still open.");
    assert!(!delivered.contains("counting on it"), "{delivered}");
}

#[test]
fn a_question_of_theirs_that_waits_is_not_passed_over_as_the_last_word_heard() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", proposal: (sent: "2026-10-01"))"#;
    let asked = r#"touch (id: "q", day: "2026-10-10", client: "acme", direction: in, answer_wanted: true)"#;
    let answered = r#"touch (id: "a", day: "2026-10-12", client: "acme", direction: out, answers: "q")"#;
    assert_eq!(letter_about(TemplateId::WhatChanged, deal, &[asked]).missing, ["heard"]);
    let since = says(TemplateId::WhatChanged, deal, &[asked, answered]);
    holds(&since, "and I last heard from you on 10 October 2026.");
}

#[test]
fn an_answer_is_needed_to_go_on_only_where_work_goes_on_with_what_it_is_about() {
    let asked = |rest: &str| {
        format!(
            r#"touch (id: "t", day: "2026-11-10", client: "acme", direction: out, answer_wanted: true, {rest})"#
        )
    };
    let deal = |id: &str, stage: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "D", stages: [(day: "2026-11-01", stage: "{stage}")])"#
        )
    };
    let (site, shop, book) = (deal("site", "in_work"), deal("shop", "proposal"), deal("book", "agreed"));
    let of = |rest: &str, deals: &[&str]| says(TemplateId::Feedback, &asked(rest), deals);
    holds(&of("", &[&site]), "and I need it to go on.");
    holds(&of(r#"deal: "site""#, &[&site, &shop]), "and I need it to go on.");
    holds(&of(r#"deal: "shop""#, &[&site, &shop]), "and it has not come yet.");
    holds(&of("", &[&book]), "and it has not come yet.");
}

#[test]
fn thanks_for_a_payment_ask_for_nothing_new_where_it_ends_hurts_or_more_is_late() {
    let paid = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-11-01", due: "2026-11-15",
        lines: [(result: "Site", price: "500 EUR")], payments: [(day: "2026-11-10", amount: "500 EUR")])"#;
    let of = |client: &str, more: &[&str]| {
        let lines: Vec<&str> = [client, paid].into_iter().chain(more.iter().copied()).collect();
        let known = known(&book_of(firm(), &lines).as_of(day(TODAY)));
        let matter = Matter::Invoice(known.facts.get::<Invoice>("1").unwrap());
        known.letter(TemplateId::ThanksPayment, &firm(), matter).text
    };
    let new = "If you are thinking of something new, I would like to hear about it.";
    holds(&of(ACME, &[]), new);
    let ends =
        ACME.replacen("terms_days", r#"ended: (day: "2026-12-31", agreed: "2026-11-01"), terms_days"#, 1);
    for (client, more) in [(of_kind("toxic"), ""), (ends, ""), (ACME.to_owned(), late("").as_str())] {
        let more: Vec<&str> = (!more.is_empty()).then_some(more).into_iter().collect();
        let text = of(&client, &more);
        assert!(!text.contains("something new"), "{text}");
    }
}

#[test]
fn a_renewal_without_a_price_to_pay_names_none() {
    let renewal = |price: &str| {
        format!(
            r#"renewal (id: "r", client: "acme", what: "acme.example", noted: "2026-01-01", expires: "2026-12-04",
            contacts: ["Ana"], {price})"#
        )
    };
    for template in [TemplateId::Renewal, TemplateId::RenewalItself, TemplateId::RenewalExpired] {
        let of =
            |price: &str| letter_of(template, &firm(), &known(&book_of(firm(), &[ACME, &renewal(price)])));
        holds(&of(r#"price: "60 EUR""#).text, "acme.example. Renewing it costs 60 EUR. ");
        let free = of(r#"price: "0 EUR""#);
        assert!(free.missing.is_empty() && !free.text.contains("cost"), "{}", free.text);
        assert_eq!(of("").missing, ["costs"], "what it costs is to be filled in");
    }
}

#[test]
fn with_whom_an_end_is_agreed_no_terms_are_restated() {
    let ends =
        ACME.replacen("terms_days", r#"ended: (day: "2026-12-31", agreed: "2026-11-01"), terms_days"#, 1);
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-09-01", stage: "in_work")])"#;
    assert_eq!(template(&[&ends, deal], ItemKind::UnsignedAgreement), None);
    assert_eq!(template(&[deal], ItemKind::UnsignedAgreement), Some(TemplateId::RestateTerms));
}

#[test]
fn a_check_in_and_a_word_on_what_changed_stay_true_beside_any_other_letter() {
    let check_in = full(TemplateId::CheckIn).text;
    holds(&check_in, "This letter asks for nothing: I only wonder how you are.");
    let changed = full(TemplateId::SomethingChanged).text;
    holds(&changed, "Something has changed on your side since we first spoke of Site.");
}

#[test]
fn once_a_dispute_is_settled_the_first_reminder_says_so_and_the_tone_begins_anew() {
    let disputed = late(r#"disputes: [(from: "2026-11-06", until: "2026-11-12")]"#);
    let before = [reminder(0, "2026-11-04"), reminder(1, "2026-11-05"), reminder(2, "2026-11-05")];
    let new = of_kind("new");
    let of = |more: &[&str]| {
        let lines = [new.as_str(), &disputed, &before[0], &before[1], &before[2]];
        let lines: Vec<&str> = lines.into_iter().chain(more.iter().copied()).collect();
        template(&lines, ItemKind::OverdueInvoice)
    };
    assert_eq!(of(&[]), Some(TemplateId::ReminderSettled));
    assert_eq!(of(&[&reminder(3, "2026-11-12")]), Some(TemplateId::ReminderClear), "one since then");
    let says = says(TemplateId::ReminderSettled, &disputed, &[]);
    holds(&says, "Thank you for settling with me what was not right about invoice 1042.");
    holds(&says, "Would you see to it by 27 November 2026?");
    // A day named since, and not kept, is asked about; one named before is forgotten with the rest.
    let named = |on: &str| {
        let promised = format!(r#"promised: [(day: "{on}", pay_by: "2026-11-15")]"#);
        let invoice = late(&format!(r#"disputes: [(from: "2026-11-06", until: "2026-11-12")], {promised}"#));
        template(&[&new, &invoice], ItemKind::BrokenPromiseToPay)
    };
    assert_eq!(named("2026-11-13"), Some(TemplateId::ReminderPromise));
    assert_eq!(named("2026-11-05"), Some(TemplateId::ReminderSettled));
}

#[test]
fn while_a_question_of_theirs_waits_a_reminder_begins_with_the_answer_that_is_still_to_be_written() {
    let asked = r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#;
    let (open, reminded) = (late(""), reminder(0, "2026-11-12"));
    let new = of_kind("new");
    let all = drafts(&[&new, &open, asked, &reminded]);
    let (_, letter) = all.into_iter().find(|(kind, _)| *kind == ItemKind::OverdueInvoice).unwrap();
    let letter = letter.unwrap();
    assert_eq!(letter.template, TemplateId::ReminderAnswer);
    assert_eq!(letter.missing, ["answer"], "it is not queued before it is written");
    let answer = "my answer to what I heard from you on 10 November 2026. Thank you for your patience.\n\n[answer?]\n\n";
    holds(&letter.text, answer);
    let answered = r#"touch (id: "a", day: "2026-11-11", client: "acme", direction: out, answers: "q")"#;
    let kind = ItemKind::OverdueInvoice;
    assert_eq!(template(&[&new, &open, asked, answered, &reminded], kind), Some(TemplateId::ReminderClear));
    let waits = r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", item: "unanswered:q", queued: "2026-11-20")"#;
    let beside = template(&[&new, &open, asked, &reminded, waits], kind);
    assert_eq!(beside, Some(TemplateId::ReminderClear), "the answer waits in the outbox");
}

#[test]
fn a_reminder_thanks_for_what_was_heard_since_the_last_one_or_the_day_they_named() {
    let open = late("");
    let word =
        |on: &str| format!(r#"touch (id: "in", day: "{on}", client: "acme", direction: in, note: "soon")"#);
    let tones = [TemplateId::ReminderFriendly, TemplateId::ReminderClear, TemplateId::ReminderFirm];
    for tone in tones {
        let since = says(tone, &open, &[&reminder(0, "2026-11-08"), &word("2026-11-10")]);
        holds(&since, " I heard from you on 10 November 2026: thank you for that.");
        for before in [says(tone, &open, &[&word("2026-11-10")]), says(tone, &open, &[])] {
            assert!(!before.contains("heard"), "{before}");
        }
        let earlier = says(tone, &open, &[&reminder(0, "2026-11-11"), &word("2026-11-10")]);
        assert!(!earlier.contains("heard"), "{earlier}");
    }
    // So does the question after a day that was named and not kept.
    let named = late(r#"promised: [(day: "2026-11-04", pay_by: "2026-11-10")]"#);
    let broken = |on: &str| says(TemplateId::ReminderPromise, &named, &[&word(on)]);
    holds(
        &broken("2026-11-11"),
        "1,000 EUR has not come in yet. I heard from you on 11 November 2026: thank",
    );
    for before in ["2026-11-04", "2026-11-10"] {
        assert!(!broken(before).contains("heard"), "{before}");
    }
}

#[test]
fn a_reminder_thanks_for_a_heads_up_about_its_invoice_that_nobody_asked_for() {
    let told = |about: &str| {
        format!(
            r#"touch (id: "in", day: "2026-11-10", client: "acme", direction: in, kind: heads_up, {about})"#
        )
    };
    for tone in [TemplateId::ReminderFriendly, TemplateId::ReminderPersonal] {
        let thanked = says(tone, &late(""), &[&told(r#"invoice: "1042""#)]);
        holds(&thanked, " I heard from you on 10 November 2026: thank you for that.");
        let of_other = says(tone, &late(""), &[&told(r#"invoice: "7""#)]);
        assert!(!of_other.contains("heard"), "{of_other}");
    }
}

#[test]
fn what_they_agreed_promised_named_or_disputed_since_the_proposal_was_heard() {
    let proposed = r#"deal (id: "site", client: "acme", title: "Site", proposal: (asked: "2026-09-20", sent: "2026-10-01"),
        stages: [(day: "2026-10-01", stage: "proposal")])"#;
    let care = |rest: &str| format!(r#"deal (id: "care", client: "acme", title: "Care", {rest})"#);
    let promise = |by: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: {by}, what: "texts", made: "2026-11-12", due: "2026-11-19")"#
        )
    };
    let silent = "and I have not heard from you since.";
    let heard = "and I last heard from you on 12 November 2026.";
    for (fact, words) in [
        (care(r#"agreement: (sent: "2026-11-10", signed: "2026-11-12")"#), heard),
        (care(r#"agreement: (sent: "2026-11-12")"#), silent),
        (care(r#"stages: [(day: "2026-11-12", stage: "agreed")]"#), heard),
        (care(r#"stages: [(day: "2026-11-12", stage: "engaged")]"#), silent),
        (promise("them"), heard),
        (promise("me"), silent),
        (late(r#"promised: [(day: "2026-11-12", pay_by: "2026-11-16")]"#), heard),
        (late(r#"disputes: [(from: "2026-11-12")]"#), heard),
        (late(""), silent),
    ] {
        holds(&says(TemplateId::WhatChanged, proposed, &[&fact]), words);
    }
}

#[test]
fn a_step_that_is_due_gets_no_letter_of_silence_while_they_promised_something() {
    let planned = r#"deal (id: "site", client: "acme", title: "Site", proposal: (sent: "2026-10-01"),
        stages: [(day: "2026-10-01", stage: "proposal")], next_step: (what: "call", due: "2026-11-18", set: "2026-10-02"))"#;
    let promise = |due: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: them, what: "decide", made: "2026-10-02", due: "{due}")"#
        )
    };
    let ahead = template(&[planned, &promise("2026-11-25")], ItemKind::NextStepDue);
    assert_eq!(ahead, None);
    let passed = template(&[planned, &promise("2026-11-10")], ItemKind::NextStepDue);
    assert_eq!(passed, Some(TemplateId::WhatChanged));
}

#[test]
fn what_was_delivered_comes_with_its_invoice_only_where_there_is_one() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", delivered: "2026-11-10",
        stages: [(day: "2026-09-01", stage: "delivered")], results: [(day: "2026-11-01", what: "New pages")])"#;
    let invoice = |issued: &str| {
        format!(
            r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "{issued}", due: "2026-12-10",
            lines: [(result: "Site", price: "1190 EUR")])"#
        )
    };
    let none = letter_about(TemplateId::InvoiceCover, deal, &[]);
    holds(&none.text, "\n\nThe invoice will follow in the next few days. Thank you for the trust");
    assert_eq!(none.missing, [""; 0], "it may wait in the outbox");
    holds(&says(TemplateId::InvoiceCover, deal, &[&invoice("2026-10-01")]), "The invoice will follow");
    let there = says(TemplateId::InvoiceCover, deal, &[&invoice("2026-11-12")]);
    holds(&there, "\n\nInvoice 1 for 1,190 EUR is attached. Thank you for the trust");
}

#[test]
fn what_expires_is_named_as_a_thing_or_left_to_be_written() {
    let renewal = |what: &str| {
        format!(
            r#"renewal (id: "r", client: "acme", what: "{what}", noted: "2026-01-01", expires: "2026-12-04",
            price: "60 EUR", contacts: ["Ana"])"#
        )
    };
    let of = |what: &str| {
        letter_of(TemplateId::Renewal, &firm(), &known(&book_of(firm(), &[ACME, &renewal(what)])))
    };
    let hosting = of("their hosting");
    assert_eq!(hosting.subject, "Expires on 4 December 2026: your hosting");
    holds(&hosting.text, "This expires on 4 December 2026: your hosting. Renewing it costs 60 EUR. If");
    holds(&of("font licences").text, "This expires on 4 December 2026: font licences.");
    for what in ["their hosting expires", "hosting, which he never pays"] {
        assert_eq!(of(what).missing, ["renewal"], "{what}");
    }
}

#[test]
fn a_note_that_names_another_client_stands_in_no_letter() {
    let brandt = r#"client (id: "brandt", name: "Brandt Orgelbau", added: "2026-01-01")"#;
    let met = ACME.replacen("bags for their shop", "a site like Brandt's", 1);
    let letter = |others: &[&str]| {
        let lines: Vec<&str> = [met.as_str()].into_iter().chain(others.iter().copied()).collect();
        letter_of(TemplateId::Intro, &firm(), &known(&book_of(firm(), &lines)))
    };
    assert_eq!(letter(&[]).missing, [""; 0]);
    assert_eq!(letter(&[brandt]).missing, ["met_why"]);
}

#[test]
fn a_fee_that_rises_is_named_as_theirs_or_left_to_be_written() {
    let of = |what: &str| {
        let fee = format!(
            r#"retainer (id: "r", client: "acme", what: "{what}", amount: "100 EUR", every: "1 month",
            agreed: "2024-01-01", from: "2024-01-01")"#
        );
        let paid = paid(1, "2026-10-20", "2026-10-20");
        let thanked = r#"touch (id: "t", day: "2026-11-19", client: "acme", direction: out, kind: thanks)"#;
        let all = drafts(&[&fee, &paid, thanked]);
        all.into_iter().find(|(kind, _)| *kind == ItemKind::FeeUnchanged).unwrap().1.unwrap()
    };
    holds(&of("Care of their site").text, "Thank you for the trust you put in me with Care of your site.");
    assert_eq!(of("Care she never pays").missing, ["fee"]);
}

#[test]
fn while_a_question_of_theirs_waits_a_down_payment_is_asked_for_behind_the_answer() {
    let deal = r#"deal (id: "site", client: "acme", title: "New site", value: "4000 EUR", stages: [(day: "2026-10-20", stage: "in_work")],
        down_payment: (asked: "2026-10-01", amount: "1000 EUR"))"#;
    let asked = r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#;
    let kind = ItemKind::MissingDownPayment;
    assert_eq!(template(&[deal], kind), Some(TemplateId::DownPayment));
    let all = drafts(&[deal, asked]);
    let letter = all.into_iter().find(|(of, _)| *of == kind).unwrap().1.unwrap();
    assert_eq!(
        (letter.template, letter.missing.as_slice()),
        (TemplateId::DownPaymentAnswer, &["answer".to_owned()][..])
    );
    holds(
        &letter.text,
        "my answer to what I heard from you on 10 November 2026. Thank you for your patience.\n\n[answer?]",
    );
    holds(
        &letter.text,
        "Then there is the down payment for New site: 1,000 EUR. I asked for it on 1 October 2026,",
    );
    let answered = r#"touch (id: "a", day: "2026-11-11", client: "acme", direction: out, answers: "q")"#;
    assert_eq!(template(&[deal, asked, answered], kind), Some(TemplateId::DownPayment));
}

#[test]
fn no_letter_or_item_says_whether_a_title_is_one_or_many() {
    const VERBS: [&str; 24] = [
        "is", "are", "was", "were", "has", "have", "does", "do", "stands", "stand", "stays", "stay", "costs",
        "cost", "goes", "go", "needs", "need", "serves", "serve", "brings", "bring", "expires", "expire",
    ];
    // Behind one of these it is not the title that the verb is about.
    const BEFORE: [&str; 8] = ["on", "of", "for", "with", "from", "in", "at", "want"];
    let faults = |says: &str, title: &str| {
        let marked = says.replace(title, "TITLE");
        let words: Vec<String> = marked.split_whitespace().map(str::to_lowercase).collect();
        let at = words.windows(3).any(|three| {
            let [before, word, after] = three else { return false };
            word == "title" && VERBS.contains(&after.as_str()) && !BEFORE.contains(&before.as_str())
        });
        // Nor the first word of all.
        at || words.windows(2).next().is_some_and(|two| two[0] == "title" && VERBS.contains(&two[1].as_str()))
    };
    assert!(faults("So graphics is done", "graphics") && !faults("The work on graphics is done", "graphics"));
    for title in ["graphics", "the drivers pages", "New site"] {
        let lines: Vec<String> = FULL
            .iter()
            .map(|line| line.replace(r#"title: "Site""#, &format!(r#"title: "{title}""#)))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let book = book_of(firm(), &lines);
        let whole = known(&book);
        for template in TemplateId::ALL {
            let letter = letter_of(*template, &firm(), &whole);
            for says in [&letter.subject, &letter.text] {
                let says = says.replace("<fee>", title);
                assert!(!faults(&says, title), "{}: {says}", template.name());
            }
        }
        for item in &Figures::of(&book, day(TODAY)).today.items {
            assert!(!faults(&item.why, title), "{}", item.why);
        }
    }
}

#[test]
fn an_answer_before_a_reminder_says_once_what_came_and_what_has_not() {
    let part = late(r#"payments: [(day: "2026-11-05", amount: "300.00 EUR")]"#);
    let asked = r#"touch (id: "q", day: "2026-11-10", client: "acme", direction: in, answer_wanted: true)"#;
    let all = drafts(&[&part, asked]);
    let letter = all.into_iter().find(|(kind, _)| *kind == ItemKind::OverdueInvoice).unwrap().1.unwrap();
    let says = "Then there is invoice 1042, due on 2 November 2026: 300 EUR of 1,000 EUR came, thank you; 700 EUR has not come \
        in yet. Would you see to the rest by";
    holds(&letter.text, says);
}

#[test]
fn terms_are_said_as_one_says_them() {
    for (days, says) in [(0, "paid at once."), (1, "paid within 1 day."), (14, "paid within 14 days.")] {
        let deal = format!(
            r#"deal (id: "site", client: "acme", title: "Site", terms_told: (day: "2026-11-01", days: {days}))"#
        );
        holds(&says_of(&deal), says);
    }
}

fn says_of(deal: &str) -> String {
    says(TemplateId::RestateTerms, deal, &[])
}
