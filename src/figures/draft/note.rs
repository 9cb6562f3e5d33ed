//! What was noted of somebody, said to them in a first word: in the second person, and without a price.

use crate::domain::{Currency, Party};

/// Verbs that only people do, said of somebody and to them. At the start of a clause without a subject it is them.
const WISHES: [(&str, &str); 15] = [
    ("wants", "want"),
    ("wanted", "wanted"),
    ("needs", "need"),
    ("needed", "needed"),
    ("asks", "ask"),
    ("asked", "asked"),
    ("likes", "like"),
    ("liked", "liked"),
    ("plans", "plan"),
    ("planned", "planned"),
    ("hopes", "hope"),
    ("hoped", "hoped"),
    ("wishes", "wish"),
    ("would", "would"),
    ("mentioned", "mentioned"),
];
/// Verbs that may be of a thing as well: it is them where the note begins so, or goes on after it spoke of them.
const DOINGS: [(&str, &str); 12] = [
    ("is", "are"),
    ("was", "were"),
    ("has", "have"),
    ("had", "had"),
    ("does", "do"),
    ("runs", "run"),
    ("sells", "sell"),
    ("makes", "make"),
    ("opens", "open"),
    ("works", "work"),
    ("looks", "look"),
    ("looked", "looked"),
];
/// Words that begin what follows a person who is spoken of, and no thing of hers: `send her a quote`, `call her tomorrow`.
const AFTER_HER: &[&str] = &[
    "a",
    "an",
    "the",
    "in",
    "on",
    "at",
    "by",
    "to",
    "for",
    "of",
    "with",
    "from",
    "about",
    "into",
    "over",
    "up",
    "back",
    "again",
    "out",
    "off",
    "and",
    "or",
    "but",
    "before",
    "after",
    "when",
    "whether",
    "if",
    "that",
    "what",
    "which",
    "who",
    "how",
    "why",
    "where",
    "until",
    "till",
    "as",
    "than",
    "today",
    "tomorrow",
    "tonight",
    "soon",
    "later",
    "now",
    "then",
    "once",
    "twice",
    "directly",
    "personally",
    "this",
    "these",
    "those",
    "some",
    "any",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "here",
    "there",
    "know",
    "please",
    "not",
    "so",
    "during",
    "without",
    "my",
    "our",
    "your",
    "their",
    "its",
    "his",
];
/// Verbs of which both somebody and something may be the object: `send her photos` says to whom, or whose.
const GIVING: &[&str] = &[
    "send", "sends", "sent", "give", "gives", "gave", "show", "shows", "showed", "tell", "tells", "told",
    "ask", "asks", "asked", "bring", "brings", "brought", "offer", "offers", "offered", "pay", "pays",
    "paid", "owe", "owes", "write", "writes", "wrote", "lend", "help",
];
/// What one does to somebody who is to do something: no word to say to them.
const PRODDING: &[&str] = &[
    "chase",
    "chasing",
    "remind",
    "reminding",
    "reminder",
    "push",
    "pushing",
    "nudge",
    "nudging",
    "press",
    "pester",
    "prod",
];
/// After one of these another clause begins.
const ENDS: [char; 10] = [',', ';', ':', '.', '!', '?', '–', '—', '(', '\n'];
/// Numbers in words, as far as prices are said with them.
const NUMBERS: [&str; 29] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "few",
    "couple",
];
const LARGE: [&str; 7] = ["hundred", "hundreds", "thousand", "thousands", "million", "millions", "grand"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What was noted of somebody, said to them: `their shop` becomes `your shop`, and `wants a quote` becomes `you want a quote`.
///
/// `None` where it speaks of him or her, whose verbs would not fit, of me, or of somebody else by name.
pub(super) fn to_them(note: &str) -> Option<String> {
    said(note, Doer::They)
}

/// What was promised, said to them: as [`to_them`], but of me it may speak. It is I who write; what they promised to do for me is
/// for me still, and whom it calls `them` is somebody else.
pub(in crate::figures) fn promised(what: &str, by: Party) -> Option<String> {
    let doer = match by {
        Party::Me => Doer::Me,
        Party::Them => Doer::TheyForMe,
    };
    said(what, doer)
}

/// What is planned next, said to them; `None` where it is about getting them to do something, or speaks of one of these people by
/// name.
pub(super) fn planned<'a>(what: &str, people: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> =
        people.flat_map(str::split_whitespace).map(str::to_lowercase).filter(|name| name.len() > 2).collect();
    let plain = what.to_lowercase();
    let mut words = plain.split(|c: char| !c.is_alphanumeric());
    if plain.contains("follow up")
        || words.any(|word| PRODDING.contains(&word) || names.iter().any(|it| it == word))
    {
        return None;
    }
    said(what, Doer::Me)
}

/// What was asked of them, from the note of it, said to them: of `asked them whether they like the draft` what follows. What stands
/// after a `;` is a note to oneself. `None` where the note tells what was done, and not what was asked.
pub(super) fn asked(note: &str) -> Option<String> {
    const LEAD: &[&str] = &["i", "asked", "ask", "wrote", "mailed", "them", "her", "him", "about", "for"];
    const ASKING: &[&str] = &["whether", "if", "which", "what", "when", "how", "who", "where", "why"];
    let mut asked = note.split(';').next().unwrap_or_default().trim();
    let mut is_asked = asked.contains('?');
    while let Some((first, rest)) = asked.split_once(' ') {
        let first = first.to_lowercase();
        is_asked |=
            ASKING.contains(&first.as_str()) || matches!(first.as_str(), "asked" | "ask" | "about" | "for");
        if !LEAD.contains(&first.as_str()) {
            break;
        }
        asked = rest.trim_start();
    }
    said(asked.trim_end_matches(['.', ' ']), Doer::Me).filter(|asked| is_asked && !asked.is_empty())
}

/// What can be left out, as the thing itself: `no second language` and `without the shop` are the second language and the shop.
/// `None` where it is said some other way, of which nobody knows what is left out: `fewer pages`.
pub(super) fn left_out(what: &str) -> Option<String> {
    const OTHERWISE: [&str; 9] = ["fewer", "less", "skip", "drop", "not", "only", "just", "you", "smaller"];
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
            let is_article =
                |word: &&str| matches!(word.to_lowercase().as_str(), "a" | "an" | "the" | "your" | "any");
            words.next_if(|next| next.eq_ignore_ascii_case("any"));
            if !words.peek().is_some_and(is_article) {
                out.push("the");
            }
            begins = false;
            continue;
        }
        out.push(word);
        begins = word.ends_with([',', ';']) || matches!(word, "and" | "or");
    }
    Some(out.join(" "))
}

/// Who does what a note tells without saying who, and how far it may speak of me.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doer {
    /// They do, and of me it says nothing.
    They,
    /// I do: what it says of me, I may say.
    Me,
    /// They do, as they promised me: what is for me stays so.
    TheyForMe,
}

fn said(note: &str, doer: Doer) -> Option<String> {
    let (mut said, mut rest) = (String::new(), note);
    // Whether a clause begins here, whether it is about them, and the word before.
    let (mut begins, mut about_them, mut before) = (true, false, "");
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        let start = after.find(char::is_alphabetic).unwrap_or(after.len());
        let (between, next) = after.split_at_checked(start)?;
        let plain = word.to_lowercase();
        let verb = |verbs: &[(&str, &'static str)]| {
            verbs.iter().find(|(theirs, _)| *theirs == plain).map(|(_, yours)| *yours)
        };
        let (wish, doing) = (verb(&WISHES), verb(&DOINGS));
        let is_join = |word: &str| matches!(word, "and" | "or" | "but");
        let joins = is_join(before);
        let mut is_them = false;
        said.push_str(&match plain.as_str() {
            // The country is no person.
            "us" if word == "US" => word.to_owned(),
            "he" | "she" | "him" | "himself" | "herself" | "hers" => return None,
            "i" | "myself" | "we" | "ourselves" if doer != Doer::Me => return None,
            "me" | "my" | "mine" | "us" | "our" | "ours" if doer == Doer::They => return None,
            "them" if doer == Doer::TheyForMe => return None,
            // What I do with several things is done with them.
            "them" if doer == Doer::Me && names_several(&said) => return None,
            "her" => match her(before, between, next)? {
                "you" if doer == Doer::TheyForMe => return None,
                yours => as_in(word, yours),
            },
            "they" | "them" => {
                is_them = begins;
                as_in(word, "you")
            }
            "their" | "his" => as_in(word, "your"),
            "theirs" => as_in(word, "yours"),
            "themselves" => as_in(word, "yourselves"),
            // Without a subject it would be I who did it.
            _ if wish.or(doing).is_some() && begins && doer == Doer::Me => return None,
            _ if let Some(yours) = wish.or(doing) => {
                let looks_for = !plain.starts_with("look") || next.starts_with("for ");
                if begins {
                    let is_sure = looks_for && (wish.is_some() || said.is_empty() || about_them);
                    is_them = is_sure;
                    is_sure.then(|| format!("{} {yours}", as_in(word, "you")))?
                } else if joins && about_them {
                    yours.to_owned()
                } else if wish.is_some() && before.starts_with(char::is_uppercase) {
                    // Somebody by name.
                    return None;
                } else {
                    word.to_owned()
                }
            }
            _ => word.to_owned(),
        });
        // What follows a comma may still be about them; another word there is another subject.
        about_them = is_them || (about_them && (!begins || is_join(&plain)));
        said.push_str(between);
        begins = between.contains(ENDS) || between.contains(" - ") || (begins && is_join(&plain));
        (before, rest) = (word, next);
    }
    Some(said)
}

/// What `her` is to them: `you` in `send her a quote`, `your` in `her kiln`; `None` where it may be either.
fn her(before: &str, between: &str, next: &str) -> Option<&'static str> {
    let mut words = next.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let (next, then) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if next.is_empty() || between.contains(ENDS) || AFTER_HER.contains(&next.as_str()) {
        return Some("you");
    }
    let time = ["week", "month", "year", "time", "monday", "tuesday", "wednesday", "thursday", "friday"];
    if matches!(next.as_str(), "next" | "last" | "first") && time.contains(&then.as_str()) {
        return Some("you");
    }
    let is_unsure = GIVING.contains(&before.to_lowercase().as_str()) || between.contains(char::is_numeric);
    (!is_unsure).then_some("your")
}

/// Whether a text may speak of several things: a word of it looks like a plural.
fn names_several(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.any(|word| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss"))
}

/// A word with a large first letter where the one it stands for has one.
fn as_in(before: &str, word: &str) -> String {
    if !before.starts_with(char::is_uppercase) {
        return word.to_owned();
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a text names an amount of money: a number and a currency, large numbers in words, or thousands as people write them
/// (`5k`).
pub(super) fn names_a_price(text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "euro", "euros", "dollar", "dollars", "pound", "pounds", "franc", "francs", "quid", "bucks", "eur",
        "usd", "gbp", "chf",
    ];
    let plain = text.to_lowercase();
    let words = || plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let in_thousands = |word: &str| {
        let digits = word.strip_suffix('k').unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    let counts =
        |word: &str| NUMBERS.contains(&word) || matches!(word, "a" | "of" | "half" | "several" | "some");
    let large = || {
        let pairs = std::iter::once("").chain(words()).zip(words());
        pairs.filter(|(_, word)| LARGE.contains(word)).any(|(before, _)| counts(before))
    };
    let currency = || {
        text.contains(['€', '$', '£', '¥', '₹', '₽', '₺', '₩'])
            || words().any(|word| NAMES.contains(&word))
            || text.split(|c: char| !c.is_alphabetic()).any(|word| Currency::known().any(|code| code == word))
    };
    let number =
        || text.contains(char::is_numeric) || words().any(|it| NUMBERS.contains(&it) || LARGE.contains(&it));
    plain.split_whitespace().any(|word| in_thousands(word.trim_end_matches(['.', ',', ';', '?', '!'])))
        || large()
        || (number() && currency())
}

/// Whether a text may name an amount: it [does](names_a_price), or has a number of two digits or more that is no year, day, time or
/// part of a name.
pub(super) fn may_name_a_price(text: &str) -> bool {
    let outer = |c: char| !c.is_alphanumeric() && c != '%';
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(outer)).collect();
    let is_month = |word: Option<&&str>| {
        let word = word.map(|word| word.to_lowercase()).filter(|word| word.len() >= 3);
        word.is_some_and(|word| MONTHS.iter().any(|month| month.starts_with(&word)))
    };
    let is_amount = |(at, word): (usize, &&str)| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let (number, unit) = word.split_at_checked(end).unwrap_or_default();
        let is_year = matches!(number.parse::<u16>(), Ok(1990..=1999 | 2001..=2049));
        let is_day = number.len() <= 2
            && (is_month(words.get(at + 1))
                || is_month(at.checked_sub(1).and_then(|before| words.get(before))));
        let known = match unit {
            "" => is_year || is_day,
            "s" => is_year,
            "st" | "nd" | "rd" | "th" | "am" | "pm" => number.len() <= 2,
            _ => is_day_or_time(word),
        };
        digits >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) && !known
    };
    names_a_price(text) || words.iter().enumerate().any(is_amount)
}

/// `10:30`, `24/7`, `12.3.`, `2026-11-20`.
fn is_day_or_time(word: &str) -> bool {
    let parts = |mark: char| -> Vec<&str> { word.split(mark).collect() };
    let short = |part: &&str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let year = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    match (parts(':').as_slice(), parts('/').as_slice(), parts('-').as_slice(), parts('.').as_slice()) {
        ([hour, minute], ..) => short(hour) && minute.len() == 2 && short(minute),
        (_, [first, second], ..) => short(first) && short(second),
        (_, _, [y, m, d], _) => year(y) && short(m) && short(d),
        (_, _, _, [d, m, y]) => short(d) && short(m) && (short(y) || year(y)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_of_them_is_said_to_them() {
        let said = |note: &str| to_them(note);
        assert_eq!(said("Their shop, and what they sell").as_deref(), Some("Your shop, and what you sell"));
        assert_eq!(said("her kiln").as_deref(), Some("your kiln"));
        assert_eq!(said("the theatre’s theme, hers").as_deref(), None);
        assert_eq!(said("wanted a shop she can fill herself"), None);
        assert_eq!(said("").as_deref(), Some(""));
    }

    #[test]
    fn a_verb_without_a_subject_is_theirs() {
        for (note, said) in [
            ("new site, wants a quote", "new site, you want a quote"),
            ("Wants a shop and needs hosting", "You want a shop and need hosting"),
            ("wants a shop, and needs hosting", "you want a shop, and you need hosting"),
            ("asked about hosting; would like a call", "you asked about hosting; you would like a call"),
            ("looks for a designer", "you look for a designer"),
            ("is opening a café, has no site", "you are opening a café, you have no site"),
            ("they want a shop and have photos", "you want a shop and have photos"),
            ("a shop that sells and has a blog", "a shop that sells and has a blog"),
            ("the shop needs photos", "the shop needs photos"),
            ("a shop in the US", "a shop in the US"),
        ] {
            assert_eq!(to_them(note).as_deref(), Some(said), "{note}");
        }
        for note in ["their shop, looks dated", "new site, is in a hurry", "Bob wants a shop"] {
            assert_eq!(to_them(note), None, "{note}");
        }
    }

    #[test]
    fn what_is_said_of_me_is_not_said_to_them() {
        for note in ["my mum's blog", "sent by me", "I know the owner", "our logo", "as we said", "one of us"]
        {
            assert_eq!(to_them(note), None, "{note}");
        }
    }

    #[test]
    fn her_is_told_from_hers_and_is_left_alone_where_it_may_be_either() {
        for (note, said) in [
            ("send her a quote", Some("send you a quote")),
            ("show her the draft in her shop", Some("show you the draft in your shop")),
            ("call her, then write", Some("call you, then write")),
            ("a word with her", Some("a word with you")),
            ("call her next week about her next project", Some("call you next week about your next project")),
            ("her \u{201c}Kiln\u{201d} logo", Some("your \u{201c}Kiln\u{201d} logo")),
            ("send her photos", None),
            ("send her 3 drafts", None),
            ("send him the draft", None),
        ] {
            assert_eq!(to_them(note).as_deref(), said, "{note}");
        }
    }

    #[test]
    fn a_promise_may_speak_of_me_and_says_no_you_for_somebody_else() {
        let (mine, theirs) = (|what| promised(what, Party::Me), |what| promised(what, Party::Them));
        assert_eq!(mine("send her my draft").as_deref(), Some("send you my draft"));
        assert_eq!(mine("call them back about their site").as_deref(), Some("call you back about your site"));
        assert_eq!(mine("send what he asked for"), None);
        assert_eq!(theirs("call me back about my offer").as_deref(), Some("call me back about my offer"));
        assert_eq!(theirs("send me their photos").as_deref(), Some("send me your photos"));
        for note in ["I will pay", "ask them", "ask her about it", "she sends the texts"] {
            assert_eq!(theirs(note), None, "{note}");
        }
    }

    #[test]
    fn a_next_step_is_told_only_where_it_is_no_prodding_and_about_nobody_else() {
        let said = |what| planned(what, ["Ana Ruiz"].into_iter());
        assert_eq!(said("show them the first draft").as_deref(), Some("show you the first draft"));
        assert_eq!(said("my second draft").as_deref(), Some("my second draft"));
        for what in [
            "chase them for texts",
            "Remind Bo",
            "follow up",
            "call Ana",
            "wait until he says yes",
            "sort the photos and upload them",
        ] {
            assert_eq!(said(what), None, "{what}");
        }
    }

    #[test]
    fn what_was_asked_is_told_from_what_was_done() {
        for (note, says) in [
            ("asked them whether they like the draft.", Some("whether you like the draft")),
            ("Asked about the colour of her logo; she dithers", Some("the colour of your logo")),
            ("Which logo is theirs?", Some("Which logo is yours?")),
            ("about the texts for the shop", Some("the texts for the shop")),
            ("proposal sent", None),
            ("films are cut, showing them next week", None),
            ("sent the draft, asked for an answer", None),
            ("is slow to answer", None),
            ("asked her whether she likes it", None),
            ("asked", None),
            ("", None),
        ] {
            assert_eq!(asked(note).as_deref(), says, "{note}");
        }
    }

    #[test]
    fn what_is_left_out_is_said_as_the_thing_itself() {
        for (what, thing) in [
            ("no second language", "the second language"),
            ("without the shop", "the shop"),
            ("No blog, no photos and without a film", "the blog, the photos and a film"),
            ("without any photos", "the photos"),
            ("the shop", "the shop"),
            ("logos with no text", "logos with no text"),
            ("no", "no"),
        ] {
            assert_eq!(left_out(what).as_deref(), Some(thing), "{what}");
        }
        for otherwise in ["fewer pages", "you do the texts yourselves", "skip the blog"] {
            assert_eq!(left_out(otherwise), None, "{otherwise}");
        }
    }

    #[test]
    fn no_price_is_named_however_it_is_written() {
        for note in [
            "a site for 2,000 EUR",
            "a site under 500€",
            "wants a quote for about 2000 eur",
            "a shop for 5k.",
            "a site for two thousand euros",
            "offered 2500 for a shop, net",
            "offered 2000 for it",
            "pay 40 a month",
            "fifty euros a month",
            "a couple of hundred euros",
            "a thousand at most",
            "two grand",
            "2 000 in all",
            "1.500,- in all",
            "15% off",
            "40pcs",
        ] {
            assert!(may_name_a_price(note), "{note}");
        }
        for note in [
            "two sites in Europe by 2027",
            "the 20th anniversary on 12 March",
            "open 24/7, from 10:30 on March 12",
            "B2B and mp3 for 3 shops",
            "a blog of the 1990s, by 2027-03-12",
            "the Grand Hotel, a hundredfold",
        ] {
            assert!(!may_name_a_price(note), "{note}");
        }
        assert!(
            !names_a_price("20 years of good sites, for 100 firms"),
            "one's own words are not looked at so hard"
        );
        assert!(names_a_price("You pay €500.") && names_a_price("five hundred is enough"));
    }
}
