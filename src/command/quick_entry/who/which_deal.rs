//! Which deal the words of a line are about.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Deal, Phase, Stage};
use crate::state::day_entry::short_day;

use crate::command::quick_entry::grammar::reader::Reader;
use crate::command::quick_entry::who::name::{fits, likeliest};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// Words of a part of a price, which make no other thing of a deal: `invoice acme website final payment 4500`.
const PARTS: [&str; 11] =
    ["first", "second", "third", "final", "last", "part", "partial", "advance", "deposit", "payment", "rest"];

/// Words in a row that are all of a title, in whatever order: `drivers pages` of `Recruiting pages for drivers`.
fn scattered(line: &Line<'_>, within: Range<usize>, title: &[String]) -> Option<(u32, Range<usize>)> {
    let of_it = |at: usize| line.is_free(at) && title.iter().any(|word| word == line.plain(at));
    let parted = |at: usize| line.is_parted(at);
    let longest = within.clone().filter(|at| of_it(*at) && !line.is_filler(*at)).map(|start| {
        let end = (start + 1..within.end).find(|at| !of_it(*at) || parted(*at)).unwrap_or(within.end);
        let mut told: Vec<&str> = (start..end).map(|at| line.plain(at)).filter(|it| it.len() >= 3).collect();
        told.sort_unstable();
        told.dedup();
        (u32::try_from(told.len()).unwrap_or(1) * 10, start..end)
    });
    longest.filter(|(score, _)| *score >= 20).max_by_key(|(score, _)| *score)
}

impl<'a> Reader<'a> {
    /// The stages of the book.
    pub(in crate::command::quick_entry) fn stages(&self) -> Vec<Stage> {
        self.known.book.business().stages()
    }

    /// What the stage a deal is in means, as known on the working day; without one it is still to be won.
    pub(in crate::command::quick_entry) fn phase(&self, deal: &Arc<Deal>) -> Phase {
        let Some(known) = deal.as_of(self.known.today) else { return Phase::Open };
        let stages = self.stages();
        let stage = known.stage().and_then(|fact| stages.iter().find(|stage| stage.id == fact.stage));
        stage.map_or(Phase::Open, |stage| stage.phase)
    }

    /// Says of a deal that is over that it is.
    pub(in crate::command::quick_entry) fn warn_if_over(&mut self, deal: &Arc<Deal>) {
        if let Some(since) = self.over_since(deal) {
            self.warn(format!("{} is over since {since}", deal.title));
        }
    }

    /// Since when a deal is over, in words; of one that is not, none.
    pub(in crate::command::quick_entry) fn over_since(&self, deal: &Arc<Deal>) -> Option<String> {
        let is_over = matches!(self.phase(deal), Phase::Closed | Phase::Lost);
        is_over.then(|| deal.stage().map(|fact| short_day(fact.day, self.known.today)).unwrap_or_default())
    }

    /// Says of a day before the deal began that nothing of it can have happened then.
    pub(in crate::command::quick_entry) fn refuse_before(&mut self, deal: &Deal, day: NaiveDate) {
        let began = deal.stages.iter().map(|fact| fact.day).min();
        if let Some(began) = began.filter(|began| day < *began) {
            let began = short_day(began, self.known.today);
            self.need(format!("{} began later, on {began}", deal.title));
        }
    }

    /// The deals of somebody that are known by now and in one of these phases.
    pub(in crate::command::quick_entry) fn deals_in(
        &self,
        who: &Who<'a>,
        phases: &[Phase],
    ) -> Vec<&'a Arc<Deal>> {
        let deals = who.facts.map(|facts| facts.facts.deals.as_slice()).unwrap_or_default();
        let known = deals.iter().filter(|deal| deal.as_of(self.known.today).is_some());
        known.filter(|deal| phases.contains(&self.phase(deal))).collect()
    }

    /// The deal of somebody that words of a range name, with the words.
    pub(in crate::command::quick_entry) fn named_deal(
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
            let title = as_typed(&self.line, &within, name_words(&deal.title));
            let fits = fits(&self.line, within.clone(), &title).into_iter();
            let best =
                fits.map(|fit| (fit.score, fit.words)).chain(scattered(&self.line, within.clone(), &title));
            if let Some((score, words)) = best.max_by_key(|(score, _)| *score) {
                let alive = matches!(self.phase(deal), Phase::Open | Phase::Won);
                found.push((score, alive, deal, words));
            }
        }
        let Some(best) = found.iter().map(|(score, alive, ..)| (*score, *alive)).max() else {
            return Vec::new();
        };
        found.retain(|(score, alive, ..)| (*score, *alive) == best);
        found.into_iter().map(|(_, _, deal, words)| (deal, words)).collect()
    }

    /// The deals that words of a range name without their client, those that are not over; `sure` where the title is told by
    /// two of its words at least: one may be any word.
    pub(in crate::command::quick_entry) fn titled(
        &self,
        within: Range<usize>,
        sure: bool,
    ) -> Vec<&'a Arc<Deal>> {
        let all = self.known.book.clients().flat_map(|known| &known.facts.deals);
        let known: Vec<&'a Arc<Deal>> = all.filter(|deal| deal.as_of(self.known.today).is_some()).collect();
        let mut found = self.best_deals(&known, within);
        found.retain(|(deal, words)| {
            let told = words.clone().filter(|at| !self.line.is_filler(*at)).count();
            let telling = self.line.typed(words).chars().count() >= 4;
            let alive = matches!(self.phase(deal), Phase::Open | Phase::Won);
            alive && telling && (!sure || told >= 2)
        });
        found.into_iter().map(|(deal, _)| deal).collect()
    }

    /// Whether a word that says something stands right beside words that name a deal, and may make another thing of them:
    /// `shop sign`, `winter pages`.
    pub(in crate::command::quick_entry) fn is_qualified(&self, words: &Range<usize>) -> bool {
        let tells = |at: usize| {
            let word = self.line.plain(at);
            let tells = word.starts_with(char::is_alphabetic) && !PARTS.contains(&word);
            tells && self.line.is_free(at) && !self.line.is_filler(at)
        };
        // `2 covers`
        let counts = |at: usize| {
            self.line.is_free(at) && self.line.plain(at).starts_with(|c: char| c.is_ascii_digit())
        };
        let before = words.start.checked_sub(1).is_some_and(|at| tells(at) || counts(at));
        let before = before && !self.line.is_parted(words.start);
        before || tells(words.end) && !self.line.is_parted(words.end)
    }

    /// Whether one word of a longer title names a deal in the midst of others, so that something else may be meant.
    pub(in crate::command::quick_entry) fn may_be_another(&self, deal: &Deal, words: &Range<usize>) -> bool {
        const SHORT: usize = 3;
        let title = name_words(&deal.title);
        let telling = title.iter().filter(|word| word.chars().count() >= SHORT).count();
        words.len() == 1 && telling > 1 && self.is_qualified(words)
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
    pub(in crate::command::quick_entry) fn deal_about(
        &mut self,
        within: Range<usize>,
        phases: &[Phase],
    ) -> Option<(Who<'a>, &'a Arc<Deal>)> {
        let found = self.names(&within);
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
                self.chip_of(ChipKind::Deal, format!("{} · {}", deal.title, known.client.name), &words);
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
    pub(in crate::command::quick_entry) fn deal_of(
        &mut self,
        who: &Who<'a>,
        within: Range<usize>,
        phases: &[Phase],
    ) -> Option<&'a Arc<Deal>> {
        if let Some((deal, words)) = self.named_deal(who, within) {
            self.line.take(words.clone());
            self.chip_of(ChipKind::Deal, deal.title.clone(), &words);
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
}

/// The words of a title, each in the number it is typed in: `driver pages` is of `Pages for drivers`.
fn as_typed(line: &Line<'_>, within: &Range<usize>, title: Vec<String>) -> Vec<String> {
    const SHORTEST: usize = 4;
    let typed = |word: &str| within.clone().any(|at| line.plain(at) == word);
    let other = |word: String| {
        let turned = word.strip_suffix('s').map_or_else(|| format!("{word}s"), str::to_owned);
        let is_it = word.chars().count() >= SHORTEST && !typed(&word) && typed(&turned);
        if is_it { turned } else { word }
    };
    title.into_iter().map(other).collect()
}
