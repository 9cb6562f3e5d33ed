//! The amount a line tells of, and what is none: a year, a guess, a range.

use std::ops::Range;

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::domain::Currency;

use crate::command::quick_entry::Choice;
use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::line::FILLERS;

impl Reader<'_> {
    /// The amount among the words of a range; of several it is asked which.
    pub(in crate::command::quick_entry) fn amount(
        &mut self,
        within: Range<usize>,
        currency: Currency,
    ) -> Option<Amount> {
        let found = amounts(&self.line, within.clone(), currency);
        let found = self.without_years(found)?;
        self.refuse_vague(within.clone(), found.is_empty());
        let chosen = match found.as_slice() {
            [] => {
                if !self
                    .known
                    .answers
                    .iter()
                    .any(|(id, key)| id.starts_with("year-or-amount:") && key == "year")
                {
                    self.refuse_number(within);
                }
                return None;
            }
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
        let chosen = self.meant(chosen)?;
        self.refuse_rough(chosen.words.start);
        self.line.take(chosen.words.clone());
        if chosen.money.amount.abs() >= absurd_from(chosen.money.currency) {
            let amount = said(chosen.money);
            let choices = vec![Choice { key: "yes".to_owned(), label: format!("Yes, {amount}") }];
            self.ask(format!("amount:{amount}"), format!("Is it really {amount}?"), choices)?;
        }
        if chosen.money.amount.is_zero() {
            self.doubt("An amount of nothing is none");
        }
        Some(chosen)
    }

    /// Amounts without those that are years of a title, as in `2027 calendar 1400`. Of a year that is the only number it is asked
    /// whether it is one; `None` then.
    pub(in crate::command::quick_entry) fn without_years(
        &mut self,
        found: Vec<Amount>,
    ) -> Option<Vec<Amount>> {
        let this = self.known.today.year();
        let is_year = |amount: &Amount| {
            let typed = self.line.typed(&amount.words);
            let near = |year: i32| (this - 1..=this + 3).contains(&year);
            let title = |at: Option<usize>| {
                at.is_some_and(|at| {
                    self.line.is_free(at)
                        && !self.line.is_filler(at)
                        && self.line.plain(at).starts_with(char::is_alphabetic)
                })
            };
            let beside = title(amount.words.start.checked_sub(1)) || title(Some(amount.words.end));
            typed.len() == 4 && !amount.marked && beside && typed.parse().is_ok_and(near)
        };
        // Only where a text of one's own may hold it.
        if self.joins != FILLERS || !found.iter().any(is_year) {
            return Some(found);
        }
        let others: Vec<Amount> = found.iter().filter(|amount| !is_year(amount)).cloned().collect();
        if !others.is_empty() {
            return Some(others);
        }
        let [only] = found.as_slice() else { return Some(found) };
        let typed = self.line.typed(&only.words).to_owned();
        let choices = vec![
            Choice { key: "year".to_owned(), label: format!("The year {typed}") },
            Choice { key: "amount".to_owned(), label: format!("An amount: {}", said(only.money)) },
        ];
        let text = format!("Is {typed} a year, or an amount?");
        let is_year = self.ask(format!("year-or-amount:{typed}"), text, choices)? == "year";
        Some(if is_year { Vec::new() } else { found })
    }

    /// Of an amount that may be meant in two ways it is asked in which.
    pub(in crate::command::quick_entry) fn meant(&mut self, amount: Amount) -> Option<Amount> {
        let Some(other) = amount.otherwise else { return Some(amount) };
        let typed = self.line.typed(&amount.words);
        let ways = [amount.money, other];
        let choices = ways.map(|money| Choice { key: money.to_string(), label: said(money) });
        let text = format!("{typed} may be meant in two ways: which?");
        let answer = self.ask(format!("meant:{typed}"), text, choices.to_vec())?;
        let money = ways.into_iter().find(|money| money.to_string() == answer)?;
        Some(Amount { money, otherwise: None, ..amount })
    }

    /// Says of an amount or a time that begins at a word that it is not told exactly: `about 1200`, `less than 49`.
    pub(in crate::command::quick_entry) fn refuse_rough(&mut self, start: usize) {
        const ROUGH: [&str; 22] = [
            "third",
            "quarter",
            "percent",
            "about",
            "around",
            "roughly",
            "approximately",
            "approx",
            "ca",
            "circa",
            "under",
            "over",
            "below",
            "above",
            "than",
            "least",
            "most",
            "half",
            "up",
            "max",
            "min",
            "some",
        ];
        let joins = |at: usize| matches!(self.line.plain(at), "to" | "of" | "a" | "the");
        let before = |at: &usize| self.line.is_free(*at) && !joins(*at);
        // `half of the 3500`
        let near = (0..start).rev().take_while(|at| joins(*at)).last().unwrap_or(start).saturating_sub(1);
        let near = near.min(start.saturating_sub(2));
        let Some(at) = (near..start).rev().find(before) else { return };
        let parted = (at + 1..=start).any(|at| self.line.is_parted(at));
        // `coughed up the 300`, `went up to 72`
        let went = at.checked_sub(1).map_or("", |at| self.line.plain(at));
        let rose = matches!(went, "went" | "goes" | "gone" | "rose" | "going");
        if self.line.plain(at) == "up" && (rose || self.line.plain(at + 1) != "to") {
            return;
        }
        if ROUGH.contains(&self.line.plain(at)) && self.line.all_free(at..start) && !parted {
            self.refuse(&(at..start), "Say exactly how much");
        }
    }

    /// Says of `3k-4k` and `500/month` that they are no one amount.
    pub(in crate::command::quick_entry) fn refuse_vague(&mut self, within: Range<usize>, is_alone: bool) {
        let vague = |at: &usize| {
            let text = self.line.words.get(*at).filter(|_| self.line.is_free(*at)).map(|word| word.text);
            text.is_some_and(|text| is_vague(text, is_alone))
        };
        if let Some(at) = within.into_iter().find(vague) {
            // `61.95/month` is one, and how often.
            let apart =
                self.line.plain(at).split_once('/').filter(|(_, of)| of.starts_with(char::is_alphabetic));
            let cure = apart.map(|(each, of)| format!("Put it in words of their own: {each} a {of}"));
            self.refuse(&(at..at + 1), cure.unwrap_or_else(|| "Say one amount".to_owned()));
        }
    }

    /// Says of a number that no amount can be read from that it is none, so that it becomes no word of a text.
    fn refuse_number(&mut self, within: Range<usize>) {
        let is_number = |text: &str| {
            let number = text.trim_start_matches(['-', '+', '\u{2212}', '€', '$', '£']);
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | 'e' | 'E'))
        };
        let text =
            |at: usize| self.line.words.get(at).filter(|_| self.line.is_free(at)).map(|word| word.text);
        let found = within.into_iter().find_map(|at| Some((at, text(at).filter(|text| is_number(text))?)));
        if let Some((at, text)) = found {
            let need = format!("{text} is no amount");
            self.refuse(&(at..at + 1), need);
        }
    }
}

/// From how much on it is asked whether an amount is meant: more than firms such as these ever turn over.
pub(in crate::command::quick_entry) fn absurd_from(currency: Currency) -> Decimal {
    // Of what has no cents one unit is worth little.
    if currency.decimals() == 0 { Decimal::from(10_000_000_000_i64) } else { Decimal::from(10_000_000) }
}

/// Whether a word is several amounts, or one of many: `3k-4k`, `500/month`, `~1200`. Two plain numbers are a range where no other
/// amount is said; else they may be years.
fn is_vague(text: &str, is_alone: bool) -> bool {
    let number = |text: &str| {
        let text = text.trim_start_matches(['€', '$', '£']);
        let digits = text.trim_end_matches(['k', 'K', '€', '$', '£']);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        is_number.then_some(digits.len() < text.len() || is_alone && digits.len() >= 3)
    };
    let starts = text.trim_start_matches(['€', '$', '£']).starts_with(|c: char| c.is_ascii_digit());
    let about = text.strip_prefix(['~', '<', '>', '±']).or(text.strip_suffix('+'));
    if about.is_some_and(|text| number(text).is_some()) {
        return true;
    }
    if let Some((each, of)) = text.split_once('/') {
        return number(each).is_some() && of.chars().all(char::is_alphabetic) && !of.is_empty();
    }
    let range = text.split_once(['-', '–']).filter(|_| starts);
    range.is_some_and(|(least, most)| {
        number(least).zip(number(most)).is_some_and(|(least, most)| least || most)
    })
}
