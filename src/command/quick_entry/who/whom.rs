//! Whom the words of a line name: a client, one of their people, or somebody new.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Client, ClientFacts, ClientId, Currency, is_legal_form};
use crate::written::capital;

use crate::command::quick_entry::grammar::reader::{Reader, titled};
use crate::command::quick_entry::who::name::{Named, is_title, likeliest};
use crate::command::quick_entry::who::new_name::is_no_name;
use crate::command::quick_entry::words::amount::{amounts, names_currency};
use crate::command::quick_entry::words::day::{is_month, is_weekday};
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::{ChipKind, Choice};

/// What may stand between somebody and where they work.
const AT: [&str; 6] = ["at", "from", "of", "with", "to", "by"];

/// Whom a fact is about.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) struct Who<'a> {
    pub(in crate::command::quick_entry) id: ClientId,
    pub(in crate::command::quick_entry) name: String,
    /// What is known of them; nothing of a client that the line makes.
    pub(in crate::command::quick_entry) facts: Option<&'a Arc<ClientFacts>>,
    /// Which person of theirs, by the whole name.
    pub(in crate::command::quick_entry) person: Option<String>,
}

/// Whose a fact is that may be nobody's.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) enum Owner<'a> {
    /// The firm's own.
    Firm,
    /// A client's.
    Client(Who<'a>),
}

/// Whether a word is meant as the name it fits.
enum Meant {
    Yes,
    No,
    /// It is asked.
    Asked,
}

impl<'a> Owner<'a> {
    /// The client, where it is one's.
    pub(in crate::command::quick_entry) fn client(self) -> Option<Who<'a>> {
        match self {
            Self::Firm => None,
            Self::Client(who) => Some(who),
        }
    }
}

impl<'a> Reader<'a> {
    /// Whom the words of a range name. Of several it is asked which; `None` then, and where nobody is named.
    pub(in crate::command::quick_entry) fn who(&mut self, within: Range<usize>) -> Option<Who<'a>> {
        let found = self.names(&within);
        let exact = likeliest(found.clone(), true);
        let found = if exact.is_empty() { likeliest(found, false) } else { exact };
        self.one_of(found, within)
    }

    /// As [`Self::who`], but only by names written out: where a fact may as well be nobody's. A short word that is a part of
    /// a name may be another word (`blue paint`): it is asked, unless it stands first where whoever it is about does.
    pub(in crate::command::quick_entry) fn who_exactly(
        &mut self,
        within: Range<usize>,
        first_is_who: bool,
    ) -> Option<Who<'a>> {
        let mut names = self.names(&within);
        let mut found = likeliest(names.clone(), true);
        loop {
            match self.is_name_meant(&found, &within, first_is_who) {
                Meant::Yes => break,
                Meant::Asked => return None,
                Meant::No => {}
            }
            let words = found.first()?.fit.words.clone();
            names.retain(|named| named.fit.words.end <= words.start || named.fit.words.start >= words.end);
            found = likeliest(names.clone(), true);
        }
        self.one_of(found, within)
    }

    /// Whether a short word that is a part of a name is meant as one; where that is not sure it is asked.
    fn is_name_meant(&mut self, found: &[Named<'a>], within: &Range<usize>, first_is_who: bool) -> Meant {
        let Some(named) = found.first() else { return Meant::Yes };
        let best = &named.fit;
        let typed = self.line.typed(&best.words);
        let telling = |at: &usize| self.line.is_free(*at) && !self.line.is_filler(*at);
        let leads = first_is_who && within.clone().find(telling) == Some(best.words.start);
        if best.whole || typed.chars().count() >= 5 || leads {
            return Meant::Yes;
        }
        let name = named.client.client.name.clone();
        let choices = vec![
            Choice { key: "yes".to_owned(), label: format!("For {name}") },
            Choice { key: "no".to_owned(), label: format!("No: “{typed}” is only a word") },
        ];
        let asked = format!("for:{}", typed.to_lowercase());
        match self.ask(asked, format!("Is this for {name}?"), choices).as_deref() {
            Some("yes") => Meant::Yes,
            Some(_) => Meant::No,
            None => Meant::Asked,
        }
    }

    fn one_of(&mut self, mut found: Vec<Named<'a>>, within: Range<usize>) -> Option<Who<'a>> {
        if found.len() > 1 {
            // `Ana at Nordlicht`: what else is said tells which.
            let others = self.names(&within);
            let also = |named: &Named<'a>| {
                others.iter().any(|other| {
                    let apart = other.fit.words.start >= named.fit.words.end
                        || other.fit.words.end <= named.fit.words.start;
                    other.client.id() == named.client.id() && other.fit.exact && apart
                })
            };
            let told: Vec<Named<'a>> = found.iter().filter(|named| also(named)).cloned().collect();
            if told.len() == 1 {
                found = told;
            }
        }
        let (first, several) = (found.first()?.clone(), found.len() > 1);
        if !several && !self.is_no_other(&first)? {
            return None;
        }
        if let Some(longer) = self.written_longer(&first, &within)
            && self.is_another_firm(&first, &longer)?
        {
            return Some(self.make_client(&longer));
        }
        let chosen = if several { self.which(&found) } else { Some(first.clone()) };
        self.line.take(first.fit.words.clone());
        let Some(named) = chosen else {
            self.chip_of(ChipKind::Client, self.line.typed(&first.fit.words).to_owned(), &first.fit.words);
            return None;
        };
        Some(self.settled(&named, within))
    }

    /// Whether a person whose name differs by a letter is meant, and not somebody else: `Selma` is no Selam. It is asked.
    fn is_no_other(&mut self, named: &Named<'a>) -> Option<bool> {
        let Some(person) = named.person.filter(|_| named.fit.slip) else { return Some(true) };
        let typed = self.line.typed(&named.fit.words).to_owned();
        let (name, client) = (&person.name, &named.client.client.name);
        let choices = vec![
            Choice { key: "yes".to_owned(), label: format!("{name} · {client}") },
            Choice { key: "no".to_owned(), label: "Somebody else".to_owned() },
        ];
        let asked = format!("slip:{}", typed.to_lowercase());
        Some(self.ask(asked, format!("Is “{typed}” {name}?"), choices)? == "yes")
    }

    /// `Moll Druck`, where a Druckerei Hein is known: a word of a name beside others with capitals that are none of it.
    fn written_longer(&self, named: &Named<'a>, within: &Range<usize>) -> Option<Range<usize>> {
        let words = named.fit.words.clone();
        let others = self.names(within);
        let of_somebody = |at: usize| others.iter().any(|it| it.fit.exact && it.fit.words.contains(&at));
        let titles = named.client.facts.deals.iter().flat_map(|deal| name_words(&deal.title));
        let titled: Vec<String> = titles.collect();
        let is_part = |at: usize| {
            let (text, plain) = (self.line.words.get(at).map_or("", |word| word.text), self.line.plain(at));
            let small = text.chars().any(char::is_lowercase);
            let title = is_title(plain);
            let when = matches!(plain, "yesterday" | "today" | "tomorrow" | "now" | "just" | "then" | "also");
            let other = title
                || when
                || is_month(plain)
                || is_weekday(plain)
                || names_currency(text)
                || is_legal_form(plain);
            let capital = text.starts_with(char::is_uppercase) && small && self.line.is_free(at);
            within.contains(&at)
                && capital
                && !other
                && !self.line.is_filler(at)
                && !of_somebody(at)
                && !titled.iter().any(|word| word == plain)
        };
        let mut longer = words.clone();
        while longer.start > 0 && is_part(longer.start - 1) && !self.line.is_parted(longer.start) {
            longer.start -= 1;
        }
        while is_part(longer.end) && !self.line.is_parted(longer.end) {
            longer.end += 1;
        }
        let small = longer.start.checked_sub(1).filter(|_| longer == words);
        if let Some(at) = small.filter(|at| within.contains(at) && self.may_be_first_name(*at, &titled)) {
            longer.start = at;
        }
        (!named.fit.whole && longer != words).then_some(longer)
    }

    /// `invoice jule brandt 350 tattoo`, `spent 40 on ink for jule brandt`: whether a small word before a name may be a first name,
    /// where who is to pay, or whom something is for, is named and nothing else.
    fn may_be_first_name(&self, at: usize, titles: &[String]) -> bool {
        let line = &self.line;
        let text = line.words.get(at).map_or("", |word| word.text);
        let is_word = line.is_free(at) && !line.is_filler(at) && text.chars().all(char::is_alphabetic);
        let before = at.checked_sub(1);
        let opens = before.is_none_or(|before| !line.is_free(before));
        let led = before.is_some_and(|before| matches!(line.plain(before), "for" | "with"));
        let names_first = matches!(self.first_kind(), Some(ChipKind::Invoice | ChipKind::Deal));
        let tells = line.words.len() > 2 && !line.is_parted(at + 1);
        is_word
            && tells
            && (led || (opens && names_first))
            && !titles.iter().any(|title| title == line.plain(at))
    }

    /// Whether a longer name is somebody new; it is asked.
    fn is_another_firm(&mut self, named: &Named<'a>, longer: &Range<usize>) -> Option<bool> {
        let name = self.line.typed(longer).to_owned();
        let client = &named.client.client.name;
        let known =
            named.person.map_or_else(|| client.clone(), |person| format!("{} · {client}", person.name));
        let choices = vec![
            Choice { key: "known".to_owned(), label: known.clone() },
            Choice { key: "new".to_owned(), label: format!("New client “{name}”") },
        ];
        let text = format!("Is “{name}” {known}?");
        let answer = self.ask(format!("longer:{}", name.to_lowercase()), text, choices);
        if answer.is_none() {
            self.line.take(longer.clone());
            self.chip_of(ChipKind::Client, format!("“{name}”?"), longer);
        }
        Some(answer? == "new")
    }

    /// Asks which of several is meant; first come those of whom just the amount is open that is told.
    fn which(&mut self, found: &[Named<'a>]) -> Option<Named<'a>> {
        let told = amounts(&self.line, self.line.all(), self.known.book.currency());
        let owes = |named: &Named<'a>| {
            let known = named.client.facts.invoices.iter().filter_map(|it| it.as_of(self.known.today));
            let open: Vec<Decimal> = known.map(|invoice| invoice.open().amount).collect();
            told.iter().any(|amount| !amount.money.amount.is_zero() && open.contains(&amount.money.amount))
        };
        let mut found = found.to_vec();
        found.sort_by_key(|named| !owes(named));
        let words = found.first().map(|named| self.line.typed(&named.fit.words))?;
        let people = found.iter().all(|named| named.person.is_some());
        let text = if people { format!("Which {}?", capital(words)) } else { "Which client?".to_owned() };
        let label = |named: &Named<'a>| match named.person {
            Some(person) => format!("{} · {}", person.name, named.client.client.name),
            None => named.client.client.name.clone(),
        };
        let key = |named: &Named<'a>| {
            let person = named.person.map_or("", |person| person.name.as_str());
            format!("{}/{person}", named.client.id())
        };
        let choices = found.iter().map(|named| Choice { key: key(named), label: label(named) }).collect();
        let answer = self.ask(format!("who:{}", words.to_lowercase()), text, choices)?;
        found.iter().find(|named| key(named) == answer).cloned()
    }

    /// Notes who it is, and finds the person beside the client or the client beside the person.
    fn settled(&mut self, named: &Named<'a>, within: Range<usize>) -> Who<'a> {
        let client = named.client;
        let mut spans = vec![named.fit.words.clone()];
        let mut person = named.person.map(|person| person.name.clone());
        let others = self.names(&within);
        let mut others: Vec<Named<'a>> =
            others.into_iter().filter(|other| other.client.id() == client.id() && other.fit.exact).collect();
        others.sort_by_key(|other| (other.fit.words.start, std::cmp::Reverse(other.fit.words.len())));
        let other = others.into_iter().find(|other| {
            let wanted = if person.is_some() { other.person.is_none() } else { other.person.is_some() };
            wanted && self.stands_beside(&other.fit.words)
        });
        if let Some(other) = other {
            person = person.or_else(|| other.person.map(|person| person.name.clone()));
            self.line.take(other.fit.words.clone());
            spans.push(other.fit.words);
        }
        // The same word may be the client and its only person.
        let name = client.client.name.clone();
        let label = person.as_ref().map_or_else(|| name.clone(), |person| format!("{person} · {name}"));
        let typed = self.line.typed(&named.fit.words);
        let label = if named.fit.exact { label } else { format!("{label}, for “{typed}”") };
        // `Herr Weyer paid`.
        if let Some(at) = named.fit.words.start.checked_sub(1)
            && self.line.is_free(at)
            && is_title(self.line.plain(at))
        {
            self.line.take(at..at + 1);
            spans.push(at..at + 1);
        }
        self.chip_of_all(ChipKind::Client, label, &spans);
        self.whom.extend(spans);
        Who { id: client.id().clone(), name, facts: Some(client), person }
    }

    /// `regina sent the proposal`, `kranich delivered the covers`: whether a name stands right before a verb that was used, and what
    /// it did behind it.
    pub(in crate::command::quick_entry) fn by_person_before(&self, verb: &str) -> bool {
        let line = &self.line;
        let Some(at) = line.heading().find(|at| line.plain(*at) == verb && !line.is_free(*at)) else {
            return false;
        };
        let names = self.names(&line.heading());
        let named = names.iter().any(|it| it.fit.exact && it.fit.words.end == at);
        let article = matches!(line.plain(at + 1), "the" | "a" | "an" | "all" | "some");
        named && article
    }

    /// Whether words stand beside words that are used, with nothing between but where somebody works.
    fn stands_beside(&self, words: &Range<usize>) -> bool {
        let joins = |at: usize| self.line.is_free(at) && AT.contains(&self.line.plain(at));
        let before = (0..words.start).rev().find(|at| !joins(*at)).is_some_and(|at| !self.line.is_free(at));
        let after =
            (words.end..self.line.head).find(|at| !joins(*at)).is_some_and(|at| !self.line.is_free(at));
        before || after
    }

    /// Whom the words name; where they name nobody known, it is asked whether the first of them are a new client.
    pub(in crate::command::quick_entry) fn who_or_new(
        &mut self,
        within: Range<usize>,
        missing: &str,
    ) -> Option<Who<'a>> {
        if let Some(who) = self.who(within.clone()) {
            return Some(who);
        }
        if self.is_asking() {
            return None;
        }
        let Some(words) = self.unknown_name(within) else {
            self.need(missing);
            return None;
        };
        self.new_client(&words)
    }

    /// Says that another client stands beside what is told, who is no part of it: `called acme and zoe`. Led by a word such
    /// as `about`, a name is what it is about.
    pub(in crate::command::quick_entry) fn refuse_others(&mut self, who: &Who<'_>, within: Range<usize>) {
        const LEADS: [&str; 12] =
            ["about", "re", "regarding", "for", "of", "from", "to", "with", "at", "by", "through", "than"];
        let article = |at: &usize| matches!(self.line.plain(*at), "the" | "a" | "an" | "my" | "our");
        let found = self.names(&within);
        let another = found.iter().find(|named| {
            let led = (within.start..named.fit.words.start).rev().find(|at| !article(at));
            let led = led.is_some_and(|at| LEADS.contains(&self.line.plain(at)));
            let telling = self.line.typed(&named.fit.words).chars().count() >= 3;
            let is_part = !named.fit.whole && self.is_in_a_name(&named.fit.words);
            named.fit.exact && telling && *named.client.id() != who.id && !led && !is_part
        });
        if let Some(named) = another {
            let name = named.client.client.name.clone();
            self.need(format!("One client a line: what is about {name} is entered apart, or after a colon"));
        }
    }

    /// `Simon Beck`: whether a word is one of a longer name that is written with capitals.
    fn is_in_a_name(&self, words: &Range<usize>) -> bool {
        let capital = |at: usize| {
            let text = self.line.words.get(at).map_or("", |word| word.text);
            self.line.is_free(at) && !self.line.is_filler(at) && text.starts_with(char::is_uppercase)
        };
        let alone = |at: usize| self.line.is_parted(at);
        capital(words.start) && capital(words.end) && !alone(words.end)
    }

    /// Asks whether the name of another client is only a word of what is sold: `invoice acme 500 logo for zoe`.
    pub(in crate::command::quick_entry) fn ask_of_others(
        &mut self,
        who: &Who<'_>,
        within: Range<usize>,
    ) -> Option<()> {
        let found = self.names(&within);
        let mine = |words: &Range<usize>| {
            found
                .iter()
                .any(|it| *it.client.id() == who.id && it.fit.exact && it.fit.words.start == words.start)
        };
        let another = found.iter().find(|named| {
            let telling = self.line.typed(&named.fit.words).chars().count() >= 3;
            named.fit.exact && telling && *named.client.id() != who.id && !mine(&named.fit.words)
        });
        let Some(named) = another else { return Some(()) };
        let typed = self.line.typed(&named.fit.words).to_owned();
        let label = format!("{}: “{typed}” is a word of what it is for", who.name);
        let choices = vec![Choice { key: "word".to_owned(), label }];
        let text = format!("Is it for {}, or for {}? One client a line", who.name, named.client.client.name);
        self.ask(format!("other:{}:{}", who.id, typed.to_lowercase()), text, choices).map(|_| ())
    }

    /// The words that look like the name of somebody who is not in the book: the first free one, and those with capitals
    /// after it where it has one too.
    pub(in crate::command::quick_entry) fn unknown_name(&self, within: Range<usize>) -> Option<Range<usize>> {
        let run = self.line.runs(within).into_iter().next()?;
        let run = run.clone().find(|at| !self.line.is_filler(*at))?..run.end;
        let capital = |at: usize| {
            let word = self.line.words.get(at);
            word.is_some_and(|word| word.text.starts_with(char::is_uppercase))
        };
        let parted = |at: usize| self.line.words.get(at).is_some_and(|word| word.parts);
        let mut end = run.start + 1;
        while end < run.end && capital(run.start) && capital(end) && !parted(end - 1) {
            end += 1;
        }
        if is_no_name(&self.line, run.start) {
            return None;
        }
        let first = self.line.words.get(run.start)?;
        first.text.chars().any(char::is_alphabetic).then_some(run.start..end)
    }

    /// Asks whether a name is a new client, and makes it if so.
    pub(in crate::command::quick_entry) fn new_client(&mut self, words: &Range<usize>) -> Option<Who<'a>> {
        let typed = self.line.typed(words);
        let name = titled(typed);
        let mut choices = vec![Choice { key: "new".to_owned(), label: format!("New client “{name}”") }];
        // Typed without capitals, a name may go on: which words it has is not for the program to guess.
        let longer = self.longer_name(words);
        choices.extend(longer.as_ref().map(|longer| {
            let name = titled(self.line.typed(longer));
            Choice { key: "longer".to_owned(), label: format!("New client “{name}”") }
        }));
        let answer = self.ask(
            format!("new:{}", typed.to_lowercase()),
            format!("There is no client “{name}”"),
            choices,
        );
        let longer = longer.filter(|_| answer.as_deref() == Some("longer"));
        let words = &longer.unwrap_or_else(|| words.clone());
        self.line.take(words.clone());
        if answer.is_none() {
            self.chip_of(ChipKind::Client, format!("“{name}”?"), words);
            return None;
        }
        Some(self.make_client(words))
    }

    /// A name of one word without capitals, with the word after it where that may be a part of it.
    fn longer_name(&self, words: &Range<usize>) -> Option<Range<usize>> {
        let next = words.end;
        let plain = words.len() == 1 && !self.line.typed(words).chars().any(char::is_uppercase);
        let parted = self.line.words.get(words.start).is_some_and(|word| word.parts || word.colon);
        let follows = next < self.line.head && self.line.is_free(next) && !self.line.is_filler(next);
        let is_word =
            self.line.words.get(next).is_some_and(|word| word.text.chars().all(char::is_alphabetic));
        (plain && !parted && follows && is_word).then_some(words.start..next + 1)
    }

    /// Somebody who follows from what else is told.
    pub(in crate::command::quick_entry) fn of_client(&mut self, known: &'a Arc<ClientFacts>) -> Who<'a> {
        let (id, name) = (known.id().clone(), known.client.name.clone());
        self.chip(ChipKind::Client, name.clone());
        Who { id, name, facts: Some(known), person: None }
    }

    /// Makes a client of these words, to be put before the facts.
    pub(in crate::command::quick_entry) fn make_client(&mut self, words: &Range<usize>) -> Who<'a> {
        let name = titled(self.line.typed(words));
        self.line.take(words.clone());
        self.whom.push(words.clone());
        self.chip_of(ChipKind::Client, format!("New client {name}"), words);
        let id = ClientId::fresh(&name, self.seed());
        let mut client = Client::new(id.clone(), &name);
        client.added = Some(self.known.today);
        self.put_first(client);
        Who { id, name, facts: None, person: None }
    }

    /// The currency that amounts of somebody are in where they do not say.
    pub(in crate::command::quick_entry) fn currency(&self, who: Option<&Who<'_>>) -> Currency {
        let own = who.and_then(|who| who.facts).and_then(|facts| facts.client.currency);
        own.unwrap_or(self.known.book.currency())
    }
}
