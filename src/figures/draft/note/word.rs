//! The words of a note: which are not for the client at all, and what the others are to them.

use super::Note;
use crate::domain::{Client, Party};

/// More words than these are more than one thing said.
const MOST_WORDS: usize = 14;

/// What turns a clause against itself, doubts it, or begins another one.
const TURNING: &[&str] = &[
    "but",
    "though",
    "although",
    "because",
    "since",
    "unless",
    "while",
    "whereas",
    "so",
    "if",
    "then",
    "yet",
    "still",
    "despite",
    "except",
    "otherwise",
    "no",
    "not",
    "never",
    "nor",
    "neither",
    "none",
    "nothing",
    "nobody",
    "without",
    "cannot",
    "maybe",
    "perhaps",
    "probably",
    "apparently",
    "supposedly",
];

/// What says how somebody or something is found to be. No list of these is whole: it catches what the form lets through.
const JUDGING: &[&str] = &[
    "cheap",
    "stingy",
    "tight",
    "rich",
    "broke",
    "greedy",
    "needy",
    "pushy",
    "picky",
    "fussy",
    "rude",
    "arrogant",
    "difficult",
    "annoying",
    "boring",
    "slow",
    "late",
    "lazy",
    "sloppy",
    "chaos",
    "chaotic",
    "messy",
    "mess",
    "vague",
    "unclear",
    "unsure",
    "clueless",
    "bad",
    "worst",
    "weak",
    "poor",
    "ugly",
    "awful",
    "terrible",
    "old",
    "dated",
    "silly",
    "stupid",
    "strange",
    "weird",
    "crazy",
    "mad",
    "angry",
    "nervous",
    "haggling",
    "keen",
    "finally",
    "hardly",
    "barely",
    "badly",
    "only",
    "just",
    "too",
    "even",
    "again",
    "least",
    "most",
    "reminder",
    "excuse",
    "excuses",
    "problem",
    "trouble",
    "delay",
    "delays",
    "end",
    "yesterday",
];

/// What is one's own business, or ends with a client, however it is said: how the work was done and what it leaves.
const PRIVATE: &[&str] = &[
    "exit",
    "quit",
    "fire",
    "dump",
    "replacement",
    "outsource",
    "outsourced",
    "outsourcing",
    "subcontract",
    "subcontracted",
    "subcontractor",
    "subcontractors",
    "freelancer",
    "freelancers",
    "intern",
    "fiverr",
    "upwork",
    "reused",
    "recycled",
    "margin",
    "markup",
    "profit",
    "upsell",
    "upselling",
    "competitor",
    "competitors",
    "rival",
    "rivals",
    "lawyer",
    "secret",
    "secretly",
    "confidential",
    "internal",
    "internally",
    "private",
    "privately",
];

/// How one notes the people of a client without a name.
const SOMEBODY: &[&str] = &["client", "customer", "owner", "boss", "wife", "husband", "partner"];

/// After these another word begins: prepositions, and what joins two things.
const JOINTS: &[&str] = &[
    "and", "or", "about", "above", "across", "after", "against", "along", "among", "around", "as", "at",
    "before", "behind", "below", "beside", "between", "beyond", "by", "during", "for", "from", "in",
    "inside", "into", "near", "of", "off", "on", "onto", "outside", "over", "per", "through", "to",
    "towards", "under", "until", "up", "via", "with", "within",
];

/// With these a thing begins.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "your", "our", "its", "this", "that", "these", "those", "each", "every",
    "another", "all", "both", "half",
];

/// And with these, where nothing else tells that it is one.
pub(super) const COUNTS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "first", "second", "third", "next", "last", "final", "new", "more",
];

/// What asks, and begins a clause with a verb of its own.
pub(super) const ASKING: &[&str] =
    &["whether", "which", "what", "when", "how", "who", "whom", "whose", "where", "why"];

/// Verbs that make a sentence of things.
pub(super) const SAYING: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "am", "has", "have", "had", "does", "do", "did", "will",
    "would", "can", "could", "should", "must", "may", "might", "shall",
];

/// What says nothing by itself.
const EMPTY: &[&str] =
    &["it", "one", "ones", "something", "everything", "anything", "thing", "things", "you"];

/// A word of a note, as it is said to them.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) said: String,
    /// The same in small letters, without quotation marks.
    pub(super) plain: String,
    /// Whether a comma follows.
    pub(super) comma: bool,
}

impl Word {
    pub(super) fn is(&self, of: &[&str]) -> bool {
        of.contains(&self.plain.as_str())
    }

    pub(super) fn kind(&self) -> Kind {
        if self.plain == "you" {
            Kind::You
        } else if self.is(ARTICLES) {
            Kind::Article
        } else if self.is(JOINTS) {
            Kind::Joint
        } else {
            Kind::Thing
        }
    }

    /// Whether it looks like a plural, or like a verb of somebody: `bags`, `owns`.
    pub(super) fn is_plural(&self) -> bool {
        let word = self.plain.as_str();
        let is_other = ["ss", "us", "is", "'s", "\u{2019}s"].iter().any(|end| word.ends_with(end));
        word.len() > 3 && word.ends_with('s') && !is_other
    }

    /// Whether it ends like a word that says how somebody is, or what became of something: `curious`, `interested`.
    pub(super) fn is_trait(&self) -> bool {
        let word = self.plain.as_str();
        let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
        let is_name = self.said.starts_with(char::is_uppercase);
        !is_name
            && ((word.len() > 4 && ends(&["ed", "ful", "less", "ous", "ish"]) && !word.ends_with("eed"))
                || (word.len() > 6 && ends(&["able", "ible"])))
    }

    /// Whether a part of a note that begins with it shows that it is one of things.
    pub(super) fn begins_things(&self) -> bool {
        let is_number = self.plain.starts_with(|c: char| c.is_ascii_digit());
        is_number || self.is(COUNTS) || matches!(self.kind(), Kind::Article | Kind::Joint)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Article,
    Joint,
    You,
    Thing,
}

/// The words of a text, turned to them; `None` where the text is no single short clause, or a word of it is not for them.
pub(super) fn turned(text: &str, note: Note, to: &Client) -> Option<Vec<Word>> {
    let mut words: Vec<Word> = Vec::new();
    let mut tokens = text.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        let (token, comma) = token.strip_suffix(',').map_or((token, false), |word| (word, true));
        let bare = token.trim_matches(['"', '\u{201c}', '\u{201d}', '\u{201e}']);
        let is_within = |c: char| c.is_alphanumeric() || "'\u{2019}-.,:/&+%".contains(c);
        let is_word = bare.starts_with(|c: char| c.is_alphanumeric() || c == '&')
            && bare.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '&' | '%' | '+' | '\u{2019}'));
        if !is_word || !bare.chars().all(is_within) || words.len() == MOST_WORDS {
            return None;
        }
        let plain = bare.to_lowercase();
        let next = tokens.peek().filter(|_| !comma).map(|next| next.to_lowercase());
        let before = words.last().filter(|word| !word.comma);
        let said = match yours(&plain, bare, note, (words.len(), before), next.as_deref(), to)? {
            Some(yours) => yours.to_owned(),
            None => token.to_owned(),
        };
        let plain = if said == token { plain } else { said.clone() };
        words.push(Word { said, plain, comma });
    }
    let says = |word: &Word| word.kind() == Kind::Thing && !word.is(EMPTY);
    let asks = |word: &Word| word.is(ASKING);
    words.iter().any(|word| says(word) && !asks(word)).then_some(words)
}

/// What a word is to them, where it is another; `None` where it is not for them at all.
#[expect(clippy::option_option, reason = "not said, said as it is, and said otherwise are three things")]
fn yours(
    plain: &str,
    bare: &str,
    note: Note,
    (at, before): (usize, Option<&Word>),
    next: Option<&str>,
    to: &Client,
) -> Option<Option<&'static str>> {
    let (stem, ending) = plain.split_once(['\'', '\u{2019}']).unwrap_or((plain, ""));
    // What is theirs may well be called as they are.
    let may_be_somebody = to.people.is_empty() && note != Note::Renewal;
    let names_them =
        names(to).any(|name| name.to_lowercase() == stem) || (may_be_somebody && is_name_of(bare, to));
    // `the Old Mill`
    let is_name = at > 0 && bare.starts_with(char::is_uppercase);
    let judges = JUDGING.contains(&stem) && !is_name;
    let turns = TURNING.contains(&stem) && (stem, note) != ("if", Note::Asked);
    let is_short_for_more = matches!(ending, "t" | "re" | "ve" | "ll" | "d" | "m")
        || (ending == "s" && matches!(stem, "it" | "he" | "she" | "that" | "who" | "what" | "there" | "let"));
    let is_private = note.is_for_oneself() && PRIVATE.contains(&stem);
    if names_them || is_short_for_more || judges || turns || is_private || SOMEBODY.contains(&stem) {
        return None;
    }
    let follows = |words: &[&str]| before.is_some_and(|word| word.is(words));
    let opens = at == 0 || follows(&["for", "of", "in", "on", "at", "from", "about", "into"]);
    let of_them = note != Note::Fact;
    match plain {
        // The country is no person.
        "us" if bare == "US" => Some(None),
        "they" => {
            let is_them = match note {
                Note::Why => at == 0,
                Note::Gets | Note::Asked => at == 0 || before.is_some_and(|word| !word.is(&["and", "or"])),
                _ => false,
            };
            is_them.then_some(Some("you"))
        }
        "them" => {
            let is_object = matches!(note, Note::Step | Note::Promise(Party::Me)) && at == 1;
            let is_them = is_object || follows(&["to", "for", "with", "from", "by", "about"]);
            (is_them && of_them && note != Note::Promise(Party::Them)).then_some(Some("you"))
        }
        "their" => of_them.then_some(Some("your")),
        "theirs" => of_them.then_some(Some("yours")),
        "themselves" => of_them.then_some(Some("yourselves")),
        "his" | "her" if opens && of_them && next.is_some_and(begins_a_thing) => Some(Some("your")),
        "him" | "her"
            if at == 1 && to.people.len() <= 1 && next.is_none_or(|next| ARTICLES.contains(&next)) =>
        {
            matches!(note, Note::Step | Note::Promise(Party::Me)).then_some(Some("you"))
        }
        "he" | "she" | "him" | "his" | "her" | "hers" | "himself" | "herself" | "i" | "we" | "myself"
        | "ourselves" => None,
        "me" | "my" | "mine" | "us" | "our" | "ours" => {
            matches!(note, Note::Step | Note::Promise(_)).then_some(None)
        }
        _ => Some(None),
    }
}

/// Whether a word can begin a thing of somebody's: no joint, article or time.
fn begins_a_thing(word: &str) -> bool {
    const TIMES: &[&str] =
        &["today", "tomorrow", "tonight", "soon", "now", "later", "next", "last", "first", "directly"];
    let is_day = word.ends_with("day") && !word.starts_with("birth");
    ![JOINTS, ARTICLES, ASKING, TIMES].iter().any(|words| words.contains(&word)) && !is_day
}

/// The names of a client's people, word by word.
fn names(client: &Client) -> impl Iterator<Item = &str> {
    let words = client.people.iter().flat_map(|person| person.name.split_whitespace());
    words.filter(|name| name.len() > 2)
}

/// Whether a word is a part of what a client is called, written as a name: of whom no person is noted, that may be one.
fn is_name_of(word: &str, client: &Client) -> bool {
    let word = word.split(['\'', '\u{2019}']).next().unwrap_or_default();
    word.starts_with(char::is_uppercase) && client.name.split_whitespace().any(|name| name == word)
}

pub(super) fn joined(words: &[Word]) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(&word.said);
        if word.comma {
            text.push(',');
        }
    }
    text
}

/// The parts between the commas.
pub(super) fn parts(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.split_inclusive(|word| word.comma)
}

pub(super) fn has(words: &[Word], of: &[&str]) -> bool {
    words.iter().any(|word| word.is(of))
}
