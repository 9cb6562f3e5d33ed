//! What the end of a line could be completed to: clients, people, deals and open invoices.

use rust_decimal::Decimal;

use crate::state::day_entry::Lean;

use crate::command::quick_entry::Known;
use crate::command::quick_entry::facts::payment::PAID;
use crate::command::quick_entry::grammar::opening::is_opening;
use crate::command::quick_entry::grammar::reader::said;
use crate::command::quick_entry::who::name::{Names, likeliest};
use crate::command::quick_entry::words::day::last_day;
use crate::command::quick_entry::words::fold::{name_words, plain};
use crate::command::quick_entry::words::line::Line;

/// So many completions are offered at most.
const MOST: usize = 6;
/// So many words may be the beginning of a name.
const LONGEST: usize = 3;

/// A completion of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// What would be put at the end.
    pub text: String,
    /// What it is.
    pub detail: String,
    /// The whole line with it.
    pub line: String,
}

/// What the end of a line could be completed to, the likeliest first. After the colon everything is a text of one's own.
#[must_use]
pub fn completions(raw: &str, known: &Known<'_>) -> Vec<Completed> {
    let line = Line::new(raw, is_opening);
    if line.words.is_empty() || !line.text().is_empty() || raw.trim_end().ends_with(':') {
        return Vec::new();
    }
    let names = Names::of(known.book);
    let mut found = if raw.ends_with(char::is_whitespace) {
        of_client(raw, &line, &names, known)
    } else {
        (1..=LONGEST.min(line.words.len()))
            .rev()
            .flat_map(|count| named(raw, &line, count, &names, known))
            .collect()
    };
    // A number that was typed without its marks is none yet; names are as they are compared.
    let digits = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let folded = |word: &str| if digits(word) { word.to_lowercase() } else { plain(word) };
    let words = |line: &str| line.split_whitespace().map(folded).collect::<Vec<_>>();
    let mut seen = Vec::new();
    found.retain(|completed| {
        // What two words begin, the last of them alone begins as well.
        let row = (completed.text.clone(), completed.detail.clone());
        let new = !seen.contains(&row) && words(&completed.line) != words(raw);
        seen.push(row);
        new
    });
    found.truncate(MOST);
    found
}

/// Names that the last words begin.
fn named(raw: &str, line: &Line<'_>, count: usize, names: &Names<'_>, known: &Known<'_>) -> Vec<Completed> {
    let first = line.words.len() - count;
    let typed: Vec<&str> = (first..line.words.len()).map(|at| line.plain(at)).collect();
    let Some(start) = line.words.get(first).map(|word| word.span.start) else { return Vec::new() };
    let letters: usize = typed.iter().map(|word| word.chars().count()).sum();
    // A word that only joins others, or one letter, would find everybody; a day is whole as it stands.
    let is_day = last_day(line, line.heading(), known.today, Lean::Ahead)
        .is_some_and(|day| day.words.end == line.words.len() && day.words.start < line.words.len() - 1);
    if letters < 2 || line.is_filler(first) || is_day {
        return Vec::new();
    }
    let before = raw.get(..start).unwrap_or_default();
    let completed = |text: &str, detail: String| Completed {
        text: text.to_owned(),
        detail,
        line: format!("{before}{text} "),
    };
    let begins = |words: &[String]| {
        (0..words.len()).any(|from| {
            let rest = words.get(from..).unwrap_or_default();
            let fits = typed.iter().zip(rest).enumerate().all(|(at, (typed, word))| {
                if at + 1 == count { word.starts_with(typed) } else { word == typed }
            });
            fits && rest.len() >= count
        })
    };
    let mut found = Vec::new();
    for is_person in [false, true] {
        let meant = names.iter().filter(|(client, person, words)| {
            person.is_some() == is_person && begins(words) && client.as_of(known.today).is_some()
        });
        found.extend(meant.map(|(client, person, _)| match person {
            Some(person) => completed(&person.name, client.client.name.clone()),
            None => completed(&client.client.name, "client".to_owned()),
        }));
    }
    if count == 1 {
        found.extend(numbers(typed.first().copied().unwrap_or_default(), known, &completed));
    }
    let own = likeliest(names.within(line, &(0..first)), true);
    if let [only] = own.as_slice() {
        let deals = only.client.facts.deals.iter().filter(|deal| begins(&name_words(&deal.title)));
        let deals = deals.filter(|deal| deal.as_of(known.today).is_some());
        let mut deals: Vec<Completed> = deals
            .map(|deal| completed(&deal.title, format!("deal of {}", only.client.client.name)))
            .collect();
        deals.append(&mut found);
        found = deals;
    }
    found
}

/// Open invoices whose number the word begins or ends.
fn numbers(typed: &str, known: &Known<'_>, completed: &dyn Fn(&str, String) -> Completed) -> Vec<Completed> {
    let mut found = Vec::new();
    if typed.len() < 2 {
        return found;
    }
    for client in known.book.clients() {
        for invoice in &client.facts.invoices {
            let number = plain(&invoice.number);
            if !number.starts_with(typed) {
                continue;
            }
            let Some(now) = invoice.as_of(known.today).filter(|now| now.open().amount > Decimal::ZERO) else {
                continue;
            };
            found.push(completed(&now.number, format!("{} · {} open", client.client.name, said(now.open()))));
        }
    }
    found.truncate(MOST);
    found
}

/// After a client: its open invoices where money came, else its deals.
fn of_client(raw: &str, line: &Line<'_>, names: &Names<'_>, known: &Known<'_>) -> Vec<Completed> {
    let own = likeliest(names.within(line, &line.all()), true);
    let [only] = own.as_slice() else { return Vec::new() };
    // Only right after the name: later the line says something else.
    if only.fit.words.end != line.words.len() {
        return Vec::new();
    }
    let completed = |text: &str, detail: String| Completed {
        text: text.to_owned(),
        detail,
        line: format!("{raw}{text} "),
    };
    let name = &only.client.client.name;
    if line.find(&PAID, line.all()).is_some() {
        let open = only.client.facts.invoices.iter().filter_map(|invoice| invoice.as_of(known.today));
        let open = open.filter(|invoice| invoice.open().amount > Decimal::ZERO);
        return open
            .map(|invoice| completed(&invoice.number, format!("{name} · {} open", said(invoice.open()))))
            .collect();
    }
    let deals = only.client.facts.deals.iter().rev().filter(|deal| deal.as_of(known.today).is_some());
    deals.take(MOST).map(|deal| completed(&deal.title, format!("deal of {name}"))).collect()
}
