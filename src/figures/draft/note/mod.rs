//! What of a note may be said to the client it is about.
//!
//! A note is written for oneself, and most of what may stand in one is not for the client. So nothing is said but what shows by its
//! form that it can be:
//!
//! 1. **One short clause.** What follows a `;` is a note to oneself and is left out. With any other mark within it than the commas of
//!    a list, or more than `MOST_WORDS` words, it is not said.
//! 2. **Of nobody else.** `they` and `their` become `you` and `your`, where they can only be them; `her` and `his` become `your` where
//!    they can only tell whose. What speaks of these people by name, of him, of her, or of me is not said; what I plan or was
//!    promised may be for me. Nor is said what names another client of the book, or somebody of theirs.
//! 3. **Nothing that turns or judges, and nothing of one's own business.** A word of `TURNING`, `JUDGING` or `PRIVATE` is not said,
//!    whatever it stands beside; nor is a price.
//! 4. **In the form of its field.** See [`Note`].
//!
//! What fails is `None`: the letter marks its field, or does without it.

mod others;
mod word;

use std::sync::Arc;

use super::price::{may_name_a_price, names_a_price};
use crate::domain::{Client, Party};
use crate::figures;
use crate::figures::place::sure_place;
use others::names_another;
use word::{ASKING, COUNTS, Kind, SAYING, Word, has, joined, parts, turned};

/// Where a note stands, and so which form it must have.
///
/// *Things* are what nouns name: `new site for the bakery`, `bags and a shop`. An article stands only where a thing begins, no plural
/// is followed by another word without a joint between them, and no thing ends like a word that says how somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Note {
    /// Why they were met: things, or what they want of things: `wants a shop` is `you want a shop`.
    Why,
    /// Where they were met: a place whose preposition is sure, or a name. What follows a comma is left out.
    Place,
    /// What they get.
    Gets,
    /// What can be left out: things.
    Scope,
    /// What comes next: things that begin like things, or one of [`DOING`] and what it is done with.
    Step,
    /// What was promised: whoever promised it does it.
    Promise(Party),
    /// What was asked of them: a question, or things.
    Asked,
    /// What was done, achieved or noted of what they said: of them it says nothing at all.
    Fact,
    /// What expires of theirs: things, which they know by that name.
    Renewal,
    /// A line of an invoice, which they have: as it is, unless it speaks of people.
    Line,
    /// What a deal is called: the same, but `their` is `your`.
    Title,
}

impl Note {
    /// Whether it is written for oneself: an invoice they have, a deal and what they renew they call so, and where one met, both know.
    pub(super) fn is_for_oneself(self) -> bool {
        !matches!(self, Self::Line | Self::Title | Self::Place | Self::Renewal)
    }
}

/// What is done for a client, and can be said to it.
const DOING: &[&str] = &[
    "send",
    "show",
    "deliver",
    "present",
    "finish",
    "build",
    "design",
    "draft",
    "draw",
    "sketch",
    "write",
    "print",
    "photograph",
    "record",
    "film",
    "edit",
    "translate",
    "set",
    "test",
    "launch",
    "publish",
    "upload",
    "install",
    "mount",
    "prepare",
    "review",
    "discuss",
    "meet",
    "call",
    "visit",
    "update",
    "hand",
];

/// What a note says that they want, and the same said to them. At the start of a clause without a subject it is them.
const WISHES: &[(&str, &str)] = &[
    ("wants", "want"),
    ("wanted", "wanted"),
    ("want", "want"),
    ("needs", "need"),
    ("needed", "needed"),
    ("need", "need"),
    ("likes", "like"),
    ("liked", "liked"),
    ("plans", "plan"),
    ("planned", "planned"),
    ("mentioned", "mentioned"),
    ("asked for", "asked for"),
    ("asks for", "ask for"),
    ("asked about", "asked about"),
    ("asks about", "ask about"),
    ("looks for", "look for"),
    ("looked for", "looked for"),
    ("is looking for", "are looking for"),
    ("would like", "would like"),
];

/// What becomes of what is renewed, in words that make a sentence of it.
const EXPIRING: &[&str] = &["expires", "expire", "renews", "renew", "ends", "lapses", "runs", "due"];

/// A note, said to the client it is about; `None` where it does not show that it may be. `all`: every client of the book.
pub(in crate::figures) fn sayable(
    note: Note,
    text: &str,
    to: &Client,
    all: &[Arc<figures::Client>],
) -> Option<String> {
    let said = in_its_form(note, text, to)?;
    (!note.is_for_oneself() || !names_another(&said, to, all)).then_some(said)
}

/// A note said to the client it is about, where its words and their form show that it may be.
fn in_its_form(note: Note, text: &str, to: &Client) -> Option<String> {
    if matches!(note, Note::Line | Note::Title) {
        return label(text, note == Note::Title);
    }
    let text = text.split(';').next().unwrap_or_default().trim();
    let is_question = text.ends_with('?');
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '?' | '!'));
    let price = match note {
        Note::Why | Note::Place => may_name_a_price(text),
        Note::Fact => false,
        _ => names_a_price(text),
    };
    if price {
        return None;
    }
    let said = match note {
        Note::Place => turned(text.split(',').next().unwrap_or_default(), note, to)?,
        Note::Asked => turned(question(text, is_question)?, note, to)?,
        Note::Scope => turned(&left_out(text)?, note, to)?,
        _ => turned(text, note, to)?,
    };
    match note {
        Note::Why => why(&said),
        Note::Place => sure_place(&joined(&said)),
        Note::Scope => parts(&said).all(are_things).then(|| joined(&said)),
        Note::Renewal => (parts(&said).all(are_things) && !has(&said, EXPIRING)).then(|| joined(&said)),
        Note::Step => is_step(&said).then(|| joined(&said)),
        Note::Promise(_) => {
            (!has(&said, ASKING) && !has(&said, SAYING) && later_parts_add(&said)).then(|| joined(&said))
        }
        Note::Fact => later_parts_add(&said).then(|| joined(&said)),
        Note::Gets | Note::Asked | Note::Line | Note::Title => Some(joined(&said)),
    }
}

/// Whether words are things and nothing more.
fn are_things(words: &[Word]) -> bool {
    let mut before: Option<&Word> = None;
    for word in words {
        if word.is(ASKING) || word.is(SAYING) {
            return false;
        }
        let thing = before.filter(|before| before.kind() == Kind::Thing);
        let fits = match word.kind() {
            Kind::Article | Kind::You => thing.is_none(),
            Kind::Joint => thing.is_none_or(|thing| !thing.is_trait()),
            // `to` and a bare word may be a verb.
            Kind::Thing if before.is_some_and(|before| before.plain == "to") => {
                !word.said.starts_with(char::is_lowercase)
            }
            Kind::Thing => thing.is_none_or(|thing| !thing.is_plural()),
        };
        if !fits {
            return false;
        }
        before = Some(word);
    }
    before.is_some_and(|last| matches!(last.kind(), Kind::Thing | Kind::You) && !last.is_trait())
}

/// Why they were met: things, or what they want of things.
fn why(words: &[Word]) -> Option<String> {
    let several = words.iter().any(|word| word.comma);
    let mut said: Vec<String> = Vec::new();
    for (at, part) in parts(words).enumerate() {
        let joint = part.first().filter(|word| at > 0 && word.is(&["and", "or"]));
        let part = if joint.is_some() { part.get(1..)? } else { part };
        let (wish, things) = wish(part);
        let shows = wish.is_some()
            || !several
            || part.len() > 1
            || part.first().is_some_and(|word| word.is_plural() || word.begins_things());
        // Without a wish `you` would do something, and a joint would join nothing.
        let is_bare = wish.is_none() && things.iter().take(1).any(|word| word.kind() == Kind::Joint);
        let acts = wish.is_none() && things.iter().any(|word| word.kind() == Kind::You);
        if !shows || is_bare || acts || !are_things(things) {
            return None;
        }
        let wish = wish.map(|yours| format!("you {yours}"));
        let joint = joint.map(|word| word.said.clone());
        said.push(joint.into_iter().chain(wish).chain([joined(things)]).collect::<Vec<_>>().join(" "));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// What a part of a note says that they want, said to them, and the things they want.
fn wish(part: &[Word]) -> (Option<&'static str>, &[Word]) {
    let said = match part.split_first() {
        Some((first, rest)) if first.kind() == Kind::You => rest,
        _ => part,
    };
    for (theirs, yours) in WISHES {
        let count = theirs.split(' ').count();
        let begins =
            said.iter().zip(theirs.split(' ')).all(|(word, theirs)| word.plain == theirs && !word.comma);
        if begins && said.len() > count {
            return (Some(yours), said.get(count..).unwrap_or_default());
        }
    }
    (None, part)
}

/// Whether words are what comes next.
fn is_step(words: &[Word]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let is_done = first.is(DOING) && !first.comma;
    let is_joined = || rest.first().is_none_or(|word| word.kind() == Kind::Joint);
    let begins = first.kind() == Kind::Article
        || first.is(COUNTS)
        || first.plain.starts_with(|c: char| c.is_ascii_digit())
        || (first.is_plural() && is_joined());
    let things = if is_done { rest } else { words };
    (is_done || begins) && parts(things).all(are_things) && later_parts_add(words)
}

/// Whether what follows a comma only adds to what stands before it: things, or what became of them.
fn later_parts_add(words: &[Word]) -> bool {
    parts(words).skip(1).all(|part| match part {
        [only] => only.is_plural() || only.plain.ends_with("ed"),
        [first, ..] => {
            first.begins_things()
                || (first.is_plural() && part.get(1).is_some_and(|it| it.kind() == Kind::Joint))
        }
        [] => false,
    })
}

/// What was asked of them, from the note of it: of `asked Ann whether they like the draft` what follows who was asked. `None` where the
/// note tells what was done, and not what was asked.
fn question(note: &str, mut is_asked: bool) -> Option<&str> {
    const WHOM: &[&str] = &["them", "her", "him"];
    let begins =
        |word: &str| ASKING.contains(&word.to_lowercase().as_str()) || word.eq_ignore_ascii_case("if");
    let mut asked = note;
    let mut to_somebody = false;
    while let Some((first, rest)) = asked.split_once(' ') {
        let plain = first.to_lowercase();
        let next = rest.split(' ').next().unwrap_or_default();
        match plain.as_str() {
            "i" => {}
            "asked" | "ask" | "wrote" | "mailed" => to_somebody = true,
            "about" | "for" => is_asked = true,
            _ if to_somebody && WHOM.contains(&plain.as_str()) => {}
            // Who was asked, by name.
            _ if to_somebody
                && first.starts_with(char::is_uppercase)
                && (begins(next) || matches!(next, "about" | "for")) => {}
            _ => break,
        }
        is_asked |= matches!(plain.as_str(), "asked" | "ask");
        asked = rest.trim_start();
        // One thing was asked about: what follows may say `for` once more.
        if matches!(plain.as_str(), "about" | "for") {
            break;
        }
    }
    let first = asked.split(' ').next().unwrap_or_default();
    is_asked |= begins(first);
    (is_asked && !matches!(first, "asked" | "ask")).then_some(asked)
}

/// What can be left out, as the thing itself: `no second language` and `without the shop` are the second language and the shop.
/// `None` where it is said some other way, of which nobody knows what is left out: `fewer pages`.
fn left_out(what: &str) -> Option<String> {
    const OTHERWISE: [&str; 7] = ["fewer", "less", "smaller", "shorter", "simpler", "skip", "drop"];
    let first = what.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    if OTHERWISE.contains(&first.as_str()) {
        return None;
    }
    let mut out: Vec<&str> = Vec::new();
    let mut words = what.split_whitespace().peekable();
    let mut begins = true;
    while let Some(word) = words.next() {
        let is_without = |word: &str| matches!(word.to_lowercase().as_str(), "no" | "without");
        if begins && is_without(word) && words.peek().is_some() {
            let is_article = |word: &&str| {
                matches!(word.to_lowercase().as_str(), "a" | "an" | "the" | "your" | "their" | "any")
            };
            words.next_if(|next| next.eq_ignore_ascii_case("any"));
            if !words.peek().is_some_and(is_article) {
                out.push("the");
            }
            begins = false;
            continue;
        }
        out.push(word);
        begins = word.ends_with(',') || matches!(word, "and" | "or");
    }
    Some(out.join(" "))
}

/// What something is called, which they know by that name: as it is, unless it speaks of people; with `turns`, `their` is `your`.
fn label(text: &str, turns: bool) -> Option<String> {
    const PEOPLE: &[&str] =
        &["he", "she", "him", "her", "his", "himself", "herself", "they", "them", "themselves", "i", "me"];
    let mut said = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        let start = after.find(char::is_alphabetic).unwrap_or(after.len());
        let (between, next) = after.split_at_checked(start)?;
        // A large letter may be that of a name.
        if PEOPLE.contains(&word) || (word == "their" && !turns) {
            return None;
        }
        said.push_str(if word == "their" { "your" } else { word });
        said.push_str(between);
        rest = next;
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Business, ClientFacts, ClientId, Currency, Facts, Person};
    use chrono::NaiveDate;

    fn day() -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 11, 20)
    }

    /// A client with one person, and with two.
    fn client(people: &[&str]) -> Client {
        let person = |name: &&str| Person {
            name: (*name).to_owned(),
            mail: None,
            phone: None,
            role: None,
            decides: None,
            up_to: None,
        };
        let people = people.iter().map(person).collect();
        Client { people, ..Client::new(ClientId::new("acme").unwrap(), "Ines Moor") }
    }

    #[track_caller]
    fn all(note: Note, rows: &[(&str, Option<&str>)]) {
        let ana = client(&["Ana Ruiz"]);
        for (text, said) in rows {
            assert_eq!(sayable(note, text, &ana, &[]).as_deref(), *said, "{note:?}: {text}");
        }
    }

    #[test]
    fn why_they_were_met_is_said_in_things_and_in_what_they_want_of_them() {
        all(
            Note::Why,
            &[
                ("new site for the bakery", Some("new site for the bakery")),
                ("bags for their shop", Some("bags for your shop")),
                ("bags and a shop", Some("bags and a shop")),
                ("posters, cards and a site.", Some("posters, cards and a site")),
                ("their tea boxes", Some("your tea boxes")),
                ("eleven families, one house", Some("eleven families, one house")),
                ("wooden boats, and a first website", Some("wooden boats, and a first website")),
                ("new site, wants a quote", Some("new site, you want a quote")),
                ("Wants a shop", Some("you want a shop")),
                ("they want a shop", Some("you want a shop")),
                ("needs apprentices", Some("you need apprentices")),
                ("needed banners by the next day", Some("you needed banners by the next day")),
                ("asked about hosting", Some("you asked about hosting")),
                ("is looking for a designer", Some("you are looking for a designer")),
                ("would like a call", Some("you would like a call")),
                ("wants a quote for her shop", Some("you want a quote for your shop")),
                ("bags; pays late, says Jo", Some("bags")),
                ("a leaflet in the US", Some("a leaflet in the US")),
                // Of how they are, of what they do, and of what is not theirs.
                ("interested, but stingy", None),
                ("interested", None),
                ("interested in a shop", None),
                ("curious about hosting", None),
                ("owns a bakery, wants a shop", None),
                ("owns two shops", None),
                ("hates mondays", None),
                ("old site failed on telephones", None),
                ("bad covers, good books", None),
                ("visitors kept ending in the boiler room", None),
                ("patients could not book", None),
                ("everyone there looks dated", None),
                ("wooden boats, and no website at all", None),
                ("liked a diagram of mine", None),
                ("my cousin's site", None),
                ("wanted a shop she can fill herself", None),
                ("a site (again)", None),
                ("a shop: the third try", None),
                ("a shop – if the bank agrees", None),
                ("wants to pay less", None),
                ("Ana wants a shop", None),
                ("the boss wants a shop", None),
                ("doesn't know", None),
                ("they bake bread", None),
                ("a site for 500 EUR", None),
                ("wants a site, a shop, a blog, a film, a flyer, a card and a new name for all of it", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn a_place_is_said_where_its_preposition_is_sure() {
        all(
            Note::Place,
            &[
                ("their counter", Some("at your counter")),
                ("her kiln", Some("at your kiln")),
                ("a concert in the chapel", Some("at a concert in the chapel")),
                (
                    "on the ladder in Brandt\u{2019}s workshop",
                    Some("on the ladder in Brandt\u{2019}s workshop"),
                ),
                ("open workshop", Some("at the open workshop")),
                ("farmers market", Some("at the farmers market")),
                ("chamber breakfast, table nine", Some("at the chamber breakfast")),
                ("their yard, rain", Some("at your yard")),
                ("Surava, on the platform", Some("(Surava)")),
                ("Google", Some("(Google)")),
                ("Vienna", Some("in Vienna")),
                ("Twitter", Some("on Twitter")),
                ("the forum", Some("on the forum")),
                ("e-mail", Some("by e-mail")),
                ("cold call", None),
                ("referral", None),
                ("my sister's wedding", None),
                ("a boring fair", None),
            ],
        );
    }

    #[test]
    fn what_they_get_is_said_to_them_and_what_is_left_out_is_said_as_a_thing() {
        all(
            Note::Gets,
            &[
                ("be found by those who look for an organ", Some("be found by those who look for an organ")),
                ("two apprentices who stay", Some("two apprentices who stay")),
                ("bags they can fill themselves", Some("bags you can fill yourselves")),
                ("leads from abroad, counted", Some("leads from abroad, counted")),
                ("more calls, and they shut up", None),
                ("a site, but a small one", None),
                ("peace with his brother", None),
            ],
        );
        all(
            Note::Scope,
            &[
                ("no second language", Some("the second language")),
                ("without the shop", Some("the shop")),
                ("No blog, no photos and without a film.", Some("the blog, the photos and a film")),
                ("without any photos", Some("the photos")),
                ("their blog", Some("your blog")),
                ("fewer pages", None),
                ("skip the blog", None),
                ("you do the texts yourselves", None),
                ("the shop, if they insist", None),
            ],
        );
    }

    #[test]
    fn a_next_step_is_a_thing_or_what_one_does_for_a_client() {
        all(
            Note::Step,
            &[
                ("show them the first draft", Some("show you the first draft")),
                ("show her the draft", Some("show you the draft")),
                ("send the proposal, after the tasting", Some("send the proposal, after the tasting")),
                ("test with the people at the counter", Some("test with the people at the counter")),
                ("first draft", Some("first draft")),
                ("my second draft", Some("my second draft")),
                ("drafts for the diaries", Some("drafts for the diaries")),
                ("photographs in the workshop with Lena", Some("photographs in the workshop with Lena")),
                ("plan exit", None),
                ("plan the exit", None),
                ("prepare a replacement, outsourced", None),
                ("decide whether to drop you", None),
                ("decide on dropping them", None),
                ("chase them for texts", None),
                ("remind Bo", None),
                ("follow up", None),
                ("call Ana", None),
                ("wait until he says yes", None),
                ("wait for their yes", None),
                ("restate the terms, or leave it", None),
                ("send the invoice before they vanish", None),
                ("show the draft, ask for money", None),
                ("sort the photos and upload them", None),
                ("get rid of them", None),
            ],
        );
        assert_eq!(sayable(Note::Step, "show him the draft", &client(&["Ana", "Bo"]), &[]), None, "whom?");
    }

    #[test]
    fn a_promise_is_said_to_them_and_names_none_of_them() {
        all(
            Note::Promise(Party::Me),
            &[
                ("send them my draft", Some("send you my draft")),
                ("call them back about their site", Some("call you back about your site")),
                ("texts in three languages", Some("texts in three languages")),
                ("portraits of the workshop, retouched", Some("portraits of the workshop, retouched")),
                ("send what he asked for", None),
                ("comments on Ana's texts", None),
                ("a draft, though she is slow", None),
            ],
        );
        all(
            Note::Promise(Party::Them),
            &[
                ("call me back about my offer", Some("call me back about my offer")),
                ("send me their photos", Some("send me your photos")),
                ("pay both open quarters", Some("pay both open quarters")),
                ("a word on the logo?", Some("a word on the logo")),
                ("ana sends the texts", None),
                ("I will pay", None),
                ("ask them", None),
                ("texts, for the third time: no excuse", None),
            ],
        );
        assert_eq!(
            sayable(Note::Promise(Party::Them), "Ines sends the texts", &client(&[]), &[]),
            None,
            "the client"
        );
    }

    #[test]
    fn what_was_asked_is_told_from_what_was_done_and_from_whom_it_was_asked() {
        all(
            Note::Asked,
            &[
                ("asked them whether they like the draft.", Some("whether you like the draft")),
                ("asked Bo whether the colours fit", Some("whether the colours fit")),
                ("asked Ana whether the colours fit", Some("whether the colours fit")),
                ("Asked about the colour of her logo; she dithers", Some("the colour of your logo")),
                ("Which logo is theirs?", Some("Which logo is yours")),
                ("about the texts for the shop", Some("the texts for the shop")),
                ("asked if they need a print file", Some("if you need a print file")),
                ("asked about it", None),
                ("whether Ana likes it", None),
                ("asked her whether she likes it", None),
                ("proposal sent", None),
                ("proposal sent: site for two shops", None),
                ("films are cut, showing them next week", None),
                ("sent the draft, asked for an answer", None),
                ("asked", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn what_expires_is_said_as_a_thing_and_nothing_that_says_so_itself() {
        all(
            Note::Renewal,
            &[
                ("acme.example", Some("acme.example")),
                ("their hosting", Some("your hosting")),
                ("font licence", Some("font licence")),
                ("hosting and mail for acme.example", Some("hosting and mail for acme.example")),
                ("acme.example, the domain", Some("acme.example, the domain")),
                ("their hosting expires", None),
                ("hosting runs out", None),
                ("hosting is due", None),
                ("hosting they never pay for", None),
                ("the boss's domain", None),
                ("", None),
            ],
        );
        let moor = sayable(Note::Renewal, "Moor website", &client(&[]), &[]);
        assert_eq!(moor.as_deref(), Some("Moor website"), "that is what they are called");
    }

    #[test]
    fn no_note_is_said_that_names_another_client_or_somebody_of_theirs() {
        let known = |name: &str, people: &[&str]| {
            let of = Client { name: name.to_owned(), ..client(people) };
            let of = Client { id: ClientId::new(&slug::slugify(name)).unwrap(), added: day(), ..of };
            let facts = ClientFacts { client: Arc::new(of), facts: Facts::default() };
            let business = Business::new(Currency::EUR);
            Arc::new(figures::Client::of(&business, &Arc::new(facts), day().unwrap()))
        };
        let all = [known("Brandt Orgelbau", &["Lena Voss"]), known("Acme", &["Ana Ruiz"])];
        let to = all[1].known.client.clone();
        let says = |note: Note, text: &str| sayable(note, text, &to, &all);
        for (note, text) in [
            (Note::Step, "show them the drafts for Brandt"),
            (Note::Step, "show them the drafts for brandt orgelbau"),
            (Note::Fact, "a site like Brandt\u{2019}s"),
            (Note::Why, "photographs with Lena"),
            (Note::Scope, "the pages of Orgelbau"),
        ] {
            assert_eq!(says(note, text), None, "{text}");
        }
        assert_eq!(says(Note::Step, "drafts for Acme").as_deref(), Some("drafts for Acme"));
        assert_eq!(says(Note::Fact, "an organ online").as_deref(), Some("an organ online"));
        let place = says(Note::Place, "on the ladder in Brandt\u{2019}s workshop");
        assert!(place.is_some(), "where one met, both know");
    }

    #[test]
    fn of_what_was_done_nothing_is_said_that_speaks_of_people() {
        all(
            Note::Fact,
            &[
                ("1,500 copies, two thirds gone in a year", Some("1,500 copies, two thirds gone in a year")),
                (
                    "an order takes two minutes instead of six",
                    Some("an order takes two minutes instead of six"),
                ),
                ("the drivers\u{2019} screen as well", Some("the drivers\u{2019} screen as well")),
                (
                    "open on the day promised, every label in its place",
                    Some("open on the day promised, every label in its place"),
                ),
                ("three extra rounds they pushed for", None),
                ("41 pieces online, entered by herself", None),
                ("their third change of mind", None),
                ("my best work", None),
                ("Outsourced to Fiverr", None),
                ("a template, reused", None),
                ("margin of half", None),
                ("launched, finally", None),
                ("site online, owner moaned", None),
                ("Ana's shop", None),
            ],
        );
        all(
            Note::Line,
            &[
                ("Care of the site: backups, one new opus", Some("Care of the site: backups, one new opus")),
                ("Shop she can fill herself: start", None),
            ],
        );
        all(
            Note::Title,
            &[
                ("Shop in their own colours", Some("Shop in your own colours")),
                ("Site", Some("Site")),
                ("Poster for She Runs", Some("Poster for She Runs")),
                ("Shop she can fill herself", None),
            ],
        );
    }
}
