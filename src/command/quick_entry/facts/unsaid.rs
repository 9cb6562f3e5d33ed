//! Lines that name a client and tell of nothing by a verb that is known: `acme approved the covers`, `send acme the logo by fri`.
//! It is asked what they are.

use std::ops::Range;
use std::sync::Arc;

use crate::domain::{AnyRecord, ClientFacts, Deal, Direction, Party, Phase};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::promise;
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::who::name::likeliest;
use crate::command::quick_entry::words::amount::amounts;
use crate::command::quick_entry::words::day::{Day, find_day, find_deadline};
use crate::command::quick_entry::{ChipKind, Choice};

/// What such a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unsaid {
    Touch(Direction),
    Promise(Party),
    Note,
}

impl Unsaid {
    const ALL: [(&str, Self); 5] = [
        ("my-promise", Self::Promise(Party::Me)),
        ("their-promise", Self::Promise(Party::Them)),
        ("theirs", Self::Touch(Direction::In)),
        ("mine", Self::Touch(Direction::Out)),
        ("note", Self::Note),
    ];

    fn label(self, name: &str) -> String {
        match self {
            Self::Touch(Direction::In) => format!("{name} said or did so: a touch"),
            Self::Touch(Direction::Out) => "You said or did so: a touch".to_owned(),
            Self::Promise(Party::Me) => format!("You promise it to {name}"),
            Self::Promise(Party::Them) => format!("{name} promises it"),
            Self::Note => format!("Only a note on {name}"),
        }
    }

    /// Whether this may be meant: what is due by a day is nothing I did, and what will not be done no promise.
    fn is_likely(self, is_due: bool, is_turned: bool) -> bool {
        match self {
            Self::Touch(direction) => !is_due || direction == Direction::In,
            Self::Promise(_) => is_due && !is_turned,
            Self::Note => true,
        }
    }
}

/// Asks what the line is, and reads it as that; without a client, or with more than words, it says that no fact is told.
pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let Some(About { client, words, due }) = about(reader) else { return reader.nothing_told() };
    let name = client.client.name.clone();
    let said = without_name(reader, &words);
    let asked = format!("unsaid:{}", said.to_lowercase());
    let question = format!("What is “{said}”?");
    let is_turned = turning(&reader.line, reader.line.all())
        .is_some_and(|words| !matches!(reader.line.plain(words.start), "must" | "gotta"));
    let likely = Unsaid::ALL.into_iter().filter(|(_, what)| what.is_likely(due.is_some(), is_turned));
    let steps = if is_turned { Vec::new() } else { steps(reader, client, due.as_ref()) };
    let mut choices: Vec<Choice> = steps.iter().map(|(_, choice)| choice.clone()).collect();
    choices.extend(likely.map(|(key, what)| Choice { key: key.to_owned(), label: what.label(&name) }));
    let answer = reader.ask(asked, question, choices)?;
    if let Some(((deal, _), due)) =
        steps.into_iter().find(|(_, choice)| choice.key == answer).zip(due.as_ref())
    {
        return step(reader, deal, due);
    }
    let (_, what) = Unsaid::ALL.into_iter().find(|(key, _)| *key == answer)?;
    match what {
        Unsaid::Touch(direction) => touch(reader, direction, due.is_some()),
        Unsaid::Promise(by) => {
            reader.chip(ChipKind::Promise, if by == Party::Me { "My promise" } else { "Their promise" });
            promise::read(reader, by)
        }
        Unsaid::Note => {
            reader.chip(ChipKind::Note, "Note");
            facts::note::read(reader)
        }
    }
}

/// The line without a name that it begins or ends with.
fn without_name<'a>(reader: &Reader<'a>, name: &Range<usize>) -> &'a str {
    let line = &reader.line;
    let telling = |at: &usize| !line.is_filler(*at);
    let (before, behind) = (0..name.start, name.end..line.words.len());
    if !before.clone().any(|at| telling(&at)) {
        return line.typed(&behind);
    }
    if behind.is_empty() {
        let end = before.clone().rev().find(telling).map_or(before.end, |at| at + 1);
        return line.typed(&(before.start..end));
    }
    line.raw.trim()
}

/// Who a line is about.
struct About<'a> {
    client: &'a Arc<ClientFacts>,
    /// The words that name them.
    words: Range<usize>,
    /// By when it is due, on a day ahead.
    due: Option<Day>,
}

/// The only client that is named, where words stand beside the name and no amount does.
fn about<'a>(reader: &Reader<'a>) -> Option<About<'a>> {
    let line = &reader.line;
    let named = likeliest(reader.names(&line.heading()), true);
    let only = named.first().filter(|first| named.iter().all(|it| it.client.id() == first.client.id()))?;
    let today = reader.known.today;
    let due = find_deadline(line, line.all(), today);
    let due = due.or_else(|| find_day(line, line.all(), today, Lean::Ahead).filter(|day| day.on > today));
    let past = find_day(line, line.heading(), today, Lean::Back);
    let dated = |at: usize| {
        let days = [due.as_ref(), past.as_ref()];
        days.into_iter().flatten().any(|day| day.words.contains(&at))
    };
    let counts = amounts(line, line.heading(), reader.known.book.currency());
    let is_word = |at: &usize| {
        let other = line.is_free(*at) && !line.is_filler(*at) && !only.fit.words.contains(at) && !dated(*at);
        other && line.plain(*at).starts_with(char::is_alphabetic)
    };
    // `chose version 2`
    let is_count = |words: &Range<usize>| line.typed(words).len() <= 2;
    let is_money = counts.iter().any(|it| !dated(it.words.start) && (it.marked || !is_count(&it.words)));
    let (client, words) = (only.client, only.fit.words.clone());
    (!is_money && line.all().any(|at| is_word(&at))).then_some(About { client, words, due })
}

/// The deals of whoever is named that it may be the next step of, where it is due by a day.
fn steps<'a>(
    reader: &Reader<'a>,
    client: &'a ClientFacts,
    due: Option<&Day>,
) -> Vec<(&'a Arc<Deal>, Choice)> {
    const MOST: usize = 2;
    let Some(due) = due else { return Vec::new() };
    let day = day_words(due.on, reader.known.today);
    let choice = |deal: &'a Arc<Deal>| {
        let label = format!("Next step of {}, {day}", deal.title);
        (deal, Choice { key: format!("step:{}", deal.id), label })
    };
    let known = client.facts.deals.iter().filter(|deal| deal.as_of(reader.known.today).is_some());
    let alive = known.filter(|deal| matches!(reader.phase(deal), Phase::Open | Phase::Won));
    alive.take(MOST).map(choice).collect()
}

/// The next step of a deal, in the words of the line.
fn step(reader: &mut Reader<'_>, deal: &Arc<Deal>, due: &Day) -> Option<Edit> {
    reader.chip(ChipKind::NextStep, "Next step");
    reader.chip(ChipKind::Deal, deal.title.clone());
    let who = reader.who_exactly(reader.line.heading(), true)?;
    reader.note_day(Some(due), due.on, "due ");
    reader.refuse_unclear(reader.line.all());
    let (what, words) = facts::note::said(reader)?;
    reader.chip_of_all(ChipKind::Note, format!("“{what}”"), &words);
    Some(facts::plan::stepped(reader, deal, &who.name, what, due.on))
}

/// `is_due`: a day ahead is what was told, not when.
fn touch(reader: &mut Reader<'_>, direction: Direction, is_due: bool) -> Option<Edit> {
    reader.chip(ChipKind::Touch, facts::direction::direction_words(direction));
    let heading = reader.line.heading();
    let who = reader.who_exactly(heading.clone(), true)?;
    reader.refuse_others(&who, heading.clone());
    let day = if is_due { reader.known.today } else { reader.past_day(heading) };
    // `acme shop: they like it`: what stands beside the name before a colon is a deal.
    let deal =
        if reader.line.text().is_empty() { None } else { reader.named_deal(&who, reader.line.heading()) };
    if let Some((deal, words)) = &deal {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), words);
    }
    let (text, words) = facts::note::said(reader)?;
    reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
    let mut touch = facts::touch::bare(reader, &who, day, direction);
    touch.deal = deal.map(|(deal, _)| deal.id.clone());
    touch.note = Some(text);
    Some(put(format!("Logged touch with {}", who.name), vec![AnyRecord::Touch(Arc::new(touch))]))
}
