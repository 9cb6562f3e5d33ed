//! Finds clients, deals, days and amounts among the words of a line, and keeps account of every word that was used.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Client, ClientFacts, ClientId, Currency, Deal, Phase, Record, Stage};
use crate::state::day_entry::{Lean, day_words};
use crate::state::{Change, Edit};

use super::amount::{Amount, amounts};
use super::day::{Day, find_day, last_day};
use super::fold::name_words;
use super::line::Line;
use super::name::{Named, fits, likeliest, names};
use super::{Chip, ChipKind, Choice, Known, Question, Reading};

/// So many ways to go on are offered at most.
const MOST_CHOICES: usize = 6;
/// What may stand between somebody and where they work.
const AT: [&str; 6] = ["at", "from", "of", "with", "to", "by"];

/// Whom a fact is about.
#[derive(Debug, Clone)]
pub(super) struct Who<'a> {
    pub(super) id: ClientId,
    pub(super) name: String,
    /// What is known of them; nothing of a client that the line makes.
    pub(super) facts: Option<&'a Arc<ClientFacts>>,
    /// Which person of theirs, by the whole name.
    pub(super) person: Option<String>,
}

/// Whose a fact is that may be nobody's.
#[derive(Debug, Clone)]
pub(super) enum Owner<'a> {
    /// The firm's own.
    Firm,
    /// A client's.
    Client(Who<'a>),
}

impl<'a> Owner<'a> {
    /// The client, where it is one's.
    pub(super) fn client(self) -> Option<Who<'a>> {
        match self {
            Self::Firm => None,
            Self::Client(who) => Some(who),
        }
    }
}

/// A line being read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) known: Known<'a>,
    pub(super) line: Line<'a>,
    chips: Vec<Chip>,
    question: Option<Question>,
    needed: Option<String>,
    /// What has to be in the book before the facts.
    first: Vec<Change>,
    made: u64,
    /// Words of a doubt: nothing is entered.
    doubted: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(known: Known<'a>, line: Line<'a>) -> Self {
        let (chips, first) = (Vec::new(), Vec::new());
        Self { known, line, chips, question: None, needed: None, first, made: 0, doubted: false }
    }

    /// A seed for the next record of this line.
    pub(super) fn seed(&mut self) -> u64 {
        self.made = self.made.wrapping_add(1);
        self.known.seed.wrapping_add(self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Words that put the whole in doubt are never a part of a fact: they are said not to be understood.
    pub(super) fn refuse_doubts(&mut self) {
        for words in self.line.doubts() {
            self.doubted = true;
            self.chip_of(ChipKind::NotUnderstood, self.line.typed(&words).to_owned(), &[words.clone()]);
            self.line.take(words);
        }
    }

    // What is said back.

    /// A chip that follows from the book, or is said of words that another one accounts for.
    pub(super) fn chip(&mut self, kind: ChipKind, label: impl Into<String>) {
        self.chips.push(Chip { kind, label: label.into(), spans: Vec::new() });
    }

    /// A chip that was read from words.
    pub(super) fn chip_of(&mut self, kind: ChipKind, label: impl Into<String>, words: &[Range<usize>]) {
        let spans = words.iter().filter_map(|range| self.line.span(range)).collect();
        self.chips.push(Chip { kind, label: label.into(), spans });
    }

    /// Uses words for the chip that says what sort of fact this is.
    pub(super) fn open(&mut self, kind: ChipKind, label: &str, words: &[Range<usize>]) {
        for range in words {
            self.line.take(range.clone());
        }
        self.chip_of(kind, label, words);
    }

    /// Says that it is another sort of fact than its verb led to expect.
    pub(super) fn reopen(&mut self, kind: ChipKind, label: &str) {
        if let Some(chip) = self.chips.first_mut() {
            (chip.kind, chip.label) = (kind, label.to_owned());
        }
    }

    /// Uses a phrase that says nothing more than the sort of fact does.
    pub(super) fn swallow(&mut self, phrases: &[&str], within: Range<usize>) -> bool {
        let found = self.line.find(phrases, within);
        found.is_some_and(|words| {
            self.absorb(words);
            true
        })
    }

    /// Uses words that say nothing more than the sort of fact does.
    pub(super) fn absorb(&mut self, words: Range<usize>) {
        let span = self.line.span(&words);
        self.line.take(words);
        if let Some(chip) = self.chips.first_mut() {
            chip.spans.extend(span);
        }
    }

    /// Says what is missing or stands in the way; what was said first stands.
    pub(super) fn need(&mut self, what: impl Into<String>) {
        self.needed.get_or_insert_with(|| what.into());
    }

    /// Something to mind that does not stand in the way.
    pub(super) fn warn(&mut self, what: impl Into<String>) {
        self.chip(ChipKind::Warning, what);
    }

    /// The answer to a question: the only choice there is to make is still a choice, since it was not said.
    pub(super) fn ask(&mut self, id: String, text: String, mut choices: Vec<Choice>) -> Option<String> {
        choices.truncate(MOST_CHOICES);
        let answer =
            self.known.answers.iter().rev().find(|(asked, _)| *asked == id).map(|(_, key)| key.clone());
        let answer = answer.filter(|key| choices.iter().any(|choice| choice.key == *key));
        if answer.is_none() && self.question.is_none() {
            self.question = Some(Question { id, text, choices });
        }
        answer
    }

    /// Whether something is asked already.
    pub(super) fn is_asking(&self) -> bool {
        self.question.is_some()
    }

    // Whom.

    /// Whom the words of a range name. Of several it is asked which; `None` then, and where nobody is named.
    pub(super) fn who(&mut self, within: Range<usize>) -> Option<Who<'a>> {
        let found = names(self.known.book, &self.line, within.clone());
        let exact = likeliest(found.clone(), true);
        let found = if exact.is_empty() { likeliest(found, false) } else { exact };
        self.one_of(found, within)
    }

    /// As [`Self::who`], but only by names written out: where a fact may as well be nobody's. A short word that is a part of
    /// a name may be another word (`blue paint`): it is asked, unless it stands first where whoever it is about does.
    pub(super) fn who_exactly(&mut self, within: Range<usize>, first_is_who: bool) -> Option<Who<'a>> {
        let found = likeliest(names(self.known.book, &self.line, within.clone()), true);
        let best = &found.first()?.fit;
        let typed = self.line.typed(&best.words);
        let telling = |at: &usize| self.line.is_free(*at) && !self.line.is_filler(*at);
        let leads = first_is_who && within.clone().find(telling) == Some(best.words.start);
        if !best.whole && typed.chars().count() < 5 && !leads {
            let name = found.first().map(|named| named.client.client.name.clone())?;
            let choices = vec![
                Choice { key: "yes".to_owned(), label: format!("For {name}") },
                Choice { key: "no".to_owned(), label: format!("No: “{typed}” is only a word") },
            ];
            let asked = format!("for:{}", typed.to_lowercase());
            if self.ask(asked, format!("Is this for {name}?"), choices)? == "no" {
                return None;
            }
        }
        self.one_of(found, within)
    }

    fn one_of(&mut self, mut found: Vec<Named<'a>>, within: Range<usize>) -> Option<Who<'a>> {
        if found.len() > 1 {
            // `Ana at Nordlicht`: what else is said tells which.
            let others = names(self.known.book, &self.line, within.clone());
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
        let chosen = if several { self.which(&found) } else { Some(first.clone()) };
        self.line.take(first.fit.words.clone());
        let Some(named) = chosen else {
            self.chip_of(ChipKind::Client, self.line.typed(&first.fit.words).to_owned(), &[first.fit.words]);
            return None;
        };
        Some(self.settled(&named, within))
    }

    /// Asks which of several is meant.
    fn which(&mut self, found: &[Named<'a>]) -> Option<Named<'a>> {
        let words = found.first().map(|named| self.line.typed(&named.fit.words))?;
        let people = found.iter().all(|named| named.person.is_some());
        let text = if people { format!("Which {}?", capitalised(words)) } else { "Which client?".to_owned() };
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
        let others = names(self.known.book, &self.line, within);
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
        self.chip_of(ChipKind::Client, label, &spans);
        Who { id: client.id().clone(), name, facts: Some(client), person }
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
    pub(super) fn who_or_new(&mut self, within: Range<usize>, missing: &str) -> Option<Who<'a>> {
        if let Some(who) = self.who(within.clone()) {
            return Some(who);
        }
        if self.is_asking() {
            return None;
        }
        match self.unknown_name(within) {
            Some(words) => self.new_client(&words),
            None => {
                self.need(missing);
                None
            }
        }
    }

    /// The words that look like the name of somebody who is not in the book: the first free one, and those with capitals
    /// after it where it has one too.
    pub(super) fn unknown_name(&self, within: Range<usize>) -> Option<Range<usize>> {
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
        let first = self.line.words.get(run.start)?;
        first.text.chars().any(char::is_alphabetic).then_some(run.start..end)
    }

    /// Asks whether a name is a new client, and makes it if so.
    pub(super) fn new_client(&mut self, words: &Range<usize>) -> Option<Who<'a>> {
        let typed = self.line.typed(words);
        let name = titled(typed);
        let choices = vec![Choice { key: "new".to_owned(), label: format!("New client “{name}”") }];
        let answer = self.ask(
            format!("new:{}", typed.to_lowercase()),
            format!("There is no client “{name}”"),
            choices,
        );
        self.line.take(words.clone());
        if answer.is_none() {
            self.chip_of(ChipKind::Client, format!("“{name}”?"), &[words.clone()]);
            return None;
        }
        Some(self.make_client(words))
    }

    /// Makes a client of these words, to be put before the facts.
    pub(super) fn make_client(&mut self, words: &Range<usize>) -> Who<'a> {
        let name = titled(self.line.typed(words));
        self.line.take(words.clone());
        self.chip_of(ChipKind::Client, format!("New client {name}"), &[words.clone()]);
        let id = ClientId::fresh(&name, self.seed());
        let mut client = Client::new(id.clone(), &name);
        client.added = Some(self.known.today);
        self.put_first(client);
        Who { id, name, facts: None, person: None }
    }

    /// Puts a record before the facts that name it.
    pub(super) fn put_first<R: Record>(&mut self, record: R) {
        self.first.push(Change::Put(R::any(Arc::new(record))));
    }

    /// The currency that amounts of somebody are in where they do not say.
    pub(super) fn currency(&self, who: Option<&Who<'_>>) -> Currency {
        let own = who.and_then(|who| who.facts).and_then(|facts| facts.client.currency);
        own.unwrap_or(self.known.book.currency())
    }

    // Deals.

    /// The stages of the book.
    pub(super) fn stages(&self) -> Vec<Stage> {
        self.known.book.business().stages()
    }

    /// What the stage a deal is in means, as known on the working day; without one it is still to be won.
    pub(super) fn phase(&self, deal: &Arc<Deal>) -> Phase {
        let Some(known) = deal.as_of(self.known.today) else { return Phase::Open };
        let stages = self.stages();
        let stage = known.stage().and_then(|fact| stages.iter().find(|stage| stage.id == fact.stage));
        stage.map_or(Phase::Open, |stage| stage.phase)
    }

    /// The deals of somebody that are known by now and in one of these phases.
    pub(super) fn deals_in(&self, who: &Who<'a>, phases: &[Phase]) -> Vec<&'a Arc<Deal>> {
        let deals = who.facts.map(|facts| facts.facts.deals.as_slice()).unwrap_or_default();
        let known = deals.iter().filter(|deal| deal.as_of(self.known.today).is_some());
        known.filter(|deal| phases.contains(&self.phase(deal))).collect()
    }

    /// The deal of somebody that words of a range name, with the words.
    pub(super) fn named_deal(
        &mut self,
        who: &Who<'a>,
        within: Range<usize>,
    ) -> Option<(&'a Arc<Deal>, Range<usize>)> {
        let deals = who.facts.map(|facts| facts.facts.deals.as_slice()).unwrap_or_default();
        let known: Vec<&'a Arc<Deal>> =
            deals.iter().filter(|deal| deal.as_of(self.known.today).is_some()).collect();
        let best = self.best_deals(&known, within);
        self.one_deal(&best)
    }

    /// The deals whose titles the words of a range fit best, those that are not over before others.
    fn best_deals(
        &self,
        deals: &[&'a Arc<Deal>],
        within: Range<usize>,
    ) -> Vec<(&'a Arc<Deal>, Range<usize>)> {
        let mut found: Vec<(u32, bool, &'a Arc<Deal>, Range<usize>)> = Vec::new();
        for deal in deals {
            let best = fits(&self.line, within.clone(), &name_words(&deal.title)).into_iter();
            if let Some(fit) = best.max_by_key(|fit| fit.score) {
                let alive = matches!(self.phase(deal), Phase::Open | Phase::Won);
                found.push((fit.score, alive, deal, fit.words));
            }
        }
        let Some(best) = found.iter().map(|(score, alive, ..)| (*score, *alive)).max() else {
            return Vec::new();
        };
        found.retain(|(score, alive, ..)| (*score, *alive) == best);
        found.into_iter().map(|(_, _, deal, words)| (deal, words)).collect()
    }

    fn one_deal(&mut self, found: &[(&'a Arc<Deal>, Range<usize>)]) -> Option<(&'a Arc<Deal>, Range<usize>)> {
        match found {
            [] => None,
            [only] => Some(only.clone()),
            several => {
                let deals: Vec<&'a Arc<Deal>> = several.iter().map(|(deal, _)| *deal).collect();
                let chosen = self.which_deal(&deals)?;
                several.iter().find(|(deal, _)| deal.id == chosen.id).cloned()
            }
        }
    }

    fn which_deal(&mut self, deals: &[&'a Arc<Deal>]) -> Option<&'a Arc<Deal>> {
        let client = |deal: &Deal| {
            let known = self.known.book.client(&deal.client);
            known.map(|known| known.client.name.clone()).unwrap_or_default()
        };
        let label = |deal: &&'a Arc<Deal>| format!("{} · {}", deal.title, client(deal));
        let choices: Vec<Choice> =
            deals.iter().map(|deal| Choice { key: deal.id.to_string(), label: label(deal) }).collect();
        let ids: Vec<&str> = deals.iter().map(|deal| deal.id.as_str()).collect();
        let answer = self.ask(format!("deal:{}", ids.join(",")), "Which deal?".to_owned(), choices)?;
        deals.iter().find(|deal| deal.id.as_str() == answer).copied()
    }

    /// The deal a fact is about, in one of these phases: the one named, else the only one its client has, else it is asked.
    /// The client may be left out where the title tells.
    pub(super) fn deal_about(
        &mut self,
        within: Range<usize>,
        phases: &[Phase],
    ) -> Option<(Who<'a>, &'a Arc<Deal>)> {
        let found = names(self.known.book, &self.line, within.clone());
        if likeliest(found, true).is_empty() {
            let all: Vec<&'a Arc<Deal>> =
                self.known.book.clients().flat_map(|known| &known.facts.deals).collect();
            let mut titled = self.best_deals(&all, within.clone());
            titled.retain(|(deal, words)| {
                deal.as_of(self.known.today).is_some()
                    && phases.contains(&self.phase(deal))
                    && self.line.typed(words).chars().count() >= 4
            });
            if !titled.is_empty() {
                let (deal, words) = self.one_deal(&titled)?;
                self.line.take(words.clone());
                let known = self.known.book.client(&deal.client)?;
                self.chip_of(ChipKind::Deal, format!("{} · {}", deal.title, known.client.name), &[words]);
                let (id, name) = (known.id().clone(), known.client.name.clone());
                return Some((Who { id, name, facts: Some(known), person: None }, deal));
            }
        }
        let who = self.who(within.clone());
        if who.is_none() && !self.is_asking() {
            let free = self.unknown_name(within.clone());
            self.need(if free.is_some() { "Say which client or deal" } else { "Say which deal" });
        }
        let who = who?;
        let deal = self.deal_of(&who, within, phases)?;
        Some((who, deal))
    }

    /// The deal of somebody: the one named, else the only one in these phases, else it is asked.
    pub(super) fn deal_of(
        &mut self,
        who: &Who<'a>,
        within: Range<usize>,
        phases: &[Phase],
    ) -> Option<&'a Arc<Deal>> {
        if let Some((deal, words)) = self.named_deal(who, within) {
            self.line.take(words.clone());
            self.chip_of(ChipKind::Deal, deal.title.clone(), &[words]);
            return Some(deal);
        }
        let deals = self.deals_in(who, phases);
        let deal = match deals.as_slice() {
            [] => {
                self.need(format!(
                    "{} has no deal for this: enter one first, deal {} and a title",
                    who.name, who.name
                ));
                return None;
            }
            [only] => *only,
            several => self.which_deal(several)?,
        };
        self.chip(ChipKind::Deal, deal.title.clone());
        Some(deal)
    }

    // Days and amounts.

    /// The day on which something happened: the one said, or today. One that lies ahead is none.
    pub(super) fn past_day(&mut self, within: Range<usize>) -> NaiveDate {
        let today = self.known.today;
        let found = find_day(&self.line, within, today, Lean::Back);
        let day = found.as_ref().map_or(today, |found| found.day);
        self.note_day(found.as_ref(), day, "");
        if day > today {
            self.need("This day lies ahead: a fact is noted on the day it happened");
        }
        day
    }

    /// The day ahead that ends a range.
    pub(super) fn last_day_ahead(&mut self, within: Range<usize>) -> Option<NaiveDate> {
        let found = last_day(&self.line, within, self.known.today, Lean::Ahead)?;
        self.note_day(Some(&found), found.day, "due ");
        if found.day < self.known.today {
            self.need("This day has passed: what is due lies ahead");
        }
        Some(found.day)
    }

    pub(super) fn note_day(&mut self, found: Option<&Day>, day: NaiveDate, lead: &str) {
        let words: Vec<Range<usize>> = found.map(|found| found.words.clone()).into_iter().collect();
        for range in &words {
            self.line.take(range.clone());
        }
        self.chip_of(ChipKind::Day, format!("{lead}{}", day_words(day, self.known.today)), &words);
    }

    /// The amount among the words of a range; of several it is asked which.
    pub(super) fn amount(&mut self, within: Range<usize>, currency: Currency) -> Option<Amount> {
        let found = amounts(&self.line, within, currency);
        let chosen = match found.as_slice() {
            [] => return None,
            [only] => only.clone(),
            several => {
                let label = |amount: &Amount| self.line.typed(&amount.words).to_owned();
                let choices: Vec<Choice> = several
                    .iter()
                    .map(|amount| Choice { key: label(amount), label: said(amount.money) })
                    .collect();
                let texts: Vec<String> = several.iter().map(label).collect();
                let answer =
                    self.ask(format!("amount:{}", texts.join("/")), "Which amount?".to_owned(), choices)?;
                several.iter().find(|amount| self.line.typed(&amount.words) == answer)?.clone()
            }
        };
        self.line.take(chosen.words.clone());
        if chosen.money.amount.is_zero() {
            self.need("An amount of nothing is none");
        }
        Some(chosen)
    }

    // What is left.

    /// What is left of a range, as it was typed, for a note or a title; its words are used.
    pub(super) fn rest(&mut self, within: Range<usize>) -> Option<(String, Vec<Range<usize>>)> {
        let runs = self.line.runs(within.clone());
        let text: Vec<&str> = runs.iter().map(|run| self.line.typed(run)).collect();
        let text = text.join(" ");
        for at in within {
            if self.line.is_free(at) {
                self.line.take(at..at + 1);
            }
        }
        (!text.is_empty()).then_some((text, runs))
    }

    /// What is left, said in a chip of this kind.
    pub(super) fn rest_as(&mut self, kind: ChipKind, within: Range<usize>) -> Option<String> {
        let (text, runs) = self.rest(within)?;
        self.chip_of(kind, text.clone(), &runs);
        Some(text)
    }

    /// The text after the colon, with its marks, where none of its words was used; else what is left of it.
    pub(super) fn told(&mut self) -> Option<(String, Vec<Range<usize>>)> {
        let text = self.line.text();
        if text.is_empty() {
            return None;
        }
        if !self.line.all_free(text.clone()) {
            return self.rest(text);
        }
        let before = text.start.checked_sub(1).and_then(|at| self.line.words.get(at))?.span.end;
        let marks = |c: char| c.is_whitespace() || ":,;)\"”-–—".contains(c);
        let raw =
            self.line.raw.get(before..).unwrap_or_default().trim_start_matches(marks).trim_end().to_owned();
        self.line.take(text.clone());
        Some((raw, vec![text]))
    }

    /// That the line tells of nothing that is a fact.
    pub(super) fn nothing_told(&mut self) -> Option<Edit> {
        let all = self.line.all();
        let only_name = self.who(all.clone()).filter(|_| self.line.runs(all).is_empty());
        if let Some(who) = only_name {
            self.need(format!("Say what happened with {}", who.name));
        }
        None
    }

    /// The reading: an edit only where every word is accounted for and nothing is asked or missing.
    pub(super) fn finish(mut self, edit: Option<Edit>) -> Reading {
        let (heading, text) = (self.line.heading(), self.line.text());
        let mut left: Vec<Range<usize>> =
            self.line.runs(heading).into_iter().chain(self.line.runs(text)).collect();
        if self.question.is_some() {
            // They are read once that is answered.
            left.clear();
        }
        for run in &left {
            self.chip_of(ChipKind::NotUnderstood, self.line.typed(run).to_owned(), std::slice::from_ref(run));
        }
        let not_understood = self.doubted || !left.is_empty();
        if not_understood && self.needed.is_none() && self.question.is_none() {
            self.needed = Some(
                "Take out what is not understood, or put it after a colon where a note is taken".to_owned(),
            );
        }
        let clear = !not_understood && self.needed.is_none() && self.question.is_none();
        let first = std::mem::take(&mut self.first);
        let edit = edit
            .filter(|_| clear)
            .map(|edit| Edit { changes: first.into_iter().chain(edit.changes).collect(), ..edit });
        let (edit, needed) = match edit.map(|edit| (edit.apply(self.known.book), edit)) {
            Some((Ok(_), edit)) => (Some(edit), self.needed),
            Some((Err(error), _)) => (None, Some(error.to_string())),
            None => (None, self.needed),
        };
        Reading { chips: self.chips, question: self.question, needed, edit }
    }
}

/// A record put as the edit of a line.
pub(super) fn put(label: String, records: Vec<AnyRecord>) -> Edit {
    Edit { label, changes: records.into_iter().map(Change::Put).collect() }
}

/// An amount in full, as it is said.
pub(super) fn said(money: crate::domain::Money) -> String {
    crate::figures::amount_in_full(money)
}

/// A name as it would be written: with capitals, where it was typed without any.
pub(super) fn titled(typed: &str) -> String {
    if typed.chars().any(char::is_uppercase) {
        return typed.to_owned();
    }
    typed.split_whitespace().map(capitalised).collect::<Vec<_>>().join(" ")
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
