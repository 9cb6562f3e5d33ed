//! Lines that tell of nothing by a verb that is known, or say more than their verb can take: `acme approved the covers`,
//! `send acme the logo by fri`, `okapi deposit landed, 1785`. It is asked what they are, and whatever is answered every word of
//! theirs is kept; where a payment has no room for them, that is said.

mod about;
mod entered;
mod likely;
mod vocabulary;

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Deal, Direction, Money, Party, Promise, TouchKind};
use crate::state::Edit;
use crate::state::day_entry::day_words;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::grammar::reader::{Reader, said};
use crate::command::quick_entry::{ChipKind, Choice};

use about::{About, about, invoiced};
use entered::carry_out;
use likely::meanings;

pub(in crate::command::quick_entry) use about::names_one;
pub(in crate::command::quick_entry) use likely::is_decision;

/// What is asked of a price with nobody it could be for.
const NOBODY_NAMED: &str = "What is it? A deal begins with “deal”, an invoice with “invoice” and the client";

/// What such a line may be.
#[derive(Debug, Clone, Copy)]
enum Meaning<'a> {
    Paid,
    PayBy,
    Won(&'a Arc<Deal>),
    Lost(&'a Arc<Deal>),
    Deal,
    Invoice,
    Spent,
    Renewal,
    Work,
    Step(&'a Arc<Deal>),
    Promise(Party),
    Kept(&'a Arc<Promise>),
    /// What they said or did, of a kind.
    OfKind(TouchKind),
    Touch(Direction),
    Note,
}

impl Meaning<'_> {
    /// What an answer is kept as.
    fn key(&self) -> String {
        match self {
            Self::Paid => "paid".to_owned(),
            Self::PayBy => "pay-by".to_owned(),
            Self::Won(deal) => format!("won:{}", deal.id),
            Self::Lost(deal) => format!("lost:{}", deal.id),
            Self::Deal => "deal".to_owned(),
            Self::Invoice => "invoice".to_owned(),
            Self::Spent => "spent".to_owned(),
            Self::Renewal => "renewal".to_owned(),
            Self::Work => "work".to_owned(),
            Self::Step(deal) => format!("step:{}", deal.id),
            Self::Promise(Party::Me) => "my-promise".to_owned(),
            Self::Promise(Party::Them) => "their-promise".to_owned(),
            Self::Kept(promise) => format!("kept:{}", promise.id),
            Self::OfKind(kind) => format!("word:{kind:?}"),
            Self::Touch(Direction::In) => "theirs".to_owned(),
            Self::Touch(Direction::Out) => "mine".to_owned(),
            Self::Note => "note".to_owned(),
        }
    }

    fn label(&self, about: &About<'_>, reader: &Reader<'_>) -> String {
        let name = about.client().map_or("", |client| client.client.name.as_str());
        let today = reader.known.today;
        let due = about.due.as_ref().map(|due| day_words(due.on, today)).unwrap_or_default();
        let amount = about.money().map(said).unwrap_or_default();
        match self {
            Self::Paid if about.amount.is_none() => {
                let open: Decimal = about
                    .open
                    .iter()
                    .map(|invoice| invoice.open().amount)
                    .fold(Decimal::ZERO, Decimal::saturating_add);
                let currency =
                    about.open.first().map_or(reader.known.book.currency(), |it| it.open().currency);
                format!("{name} paid all that is open, {}", said(Money::new(open, currency)))
            }
            Self::Paid => format!("{name} paid {amount}"),
            Self::PayBy => format!("{name} will pay by {due}"),
            Self::Won(deal) => format!("{} is won", deal.title),
            Self::Lost(deal) => format!("{} is lost", deal.title),
            Self::Deal => format!("A new deal worth {amount}"),
            Self::Invoice => format!("An invoice over {amount}"),
            Self::Spent => {
                // What one spends is in one's own currency, unless another is said.
                let spent = about.amount.as_ref().map(|amount| {
                    let own = Money::new(amount.money.amount, reader.known.book.currency());
                    if amount.marked { amount.money } else { own }
                });
                format!("You spent {}", spent.map(said).unwrap_or_default())
            }
            Self::Work => "Hours worked".to_owned(),
            Self::Renewal => format!("It runs out on {due}: a renewal"),
            Self::Step(deal) => format!("Next step of {}, {due}", deal.title),
            Self::Promise(Party::Me) => format!("You promise it to {name}"),
            Self::Promise(Party::Them) => format!("{name} promises it"),
            Self::Kept(promise) => format!("Kept: {}", facts::kept::told(reader, promise)),
            Self::OfKind(TouchKind::Praise) => format!("{name} praised your work"),
            Self::OfKind(TouchKind::Complaint) => format!("{name} complained"),
            Self::OfKind(TouchKind::Reminder) => format!("You reminded {name}"),
            Self::OfKind(TouchKind::Referral) => format!("{name} recommended you"),
            Self::OfKind(_) => format!("{name} pushed the price"),
            Self::Touch(Direction::In) => format!("{name} said or did so{}: a touch", about.when(today)),
            Self::Touch(Direction::Out) => format!("You said or did so{}: a touch", about.when(today)),
            Self::Note => format!("Only a note on {name}"),
        }
    }
}

/// Asks what the line is, and reads it as that; where that cannot be told, it says that no fact is told.
pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    if let Some(words) = invoiced(reader) {
        reader.open(ChipKind::Invoice, "Invoice", &words);
        return facts::invoice::read(reader);
    }
    let about = about(reader);
    if reader.is_asking() {
        return None;
    }
    let Some(about) = about else { return reader.nothing_told() };
    let meanings = meanings(reader, &about);
    if meanings.is_empty() {
        return reader.nothing_told();
    }
    let choices =
        meanings.iter().map(|it| Choice { key: it.key(), label: it.label(&about, reader) }).collect();
    let is_price = meanings.iter().any(|it| matches!(it, Meaning::Paid | Meaning::Spent | Meaning::Invoice));
    let (id, question) = match (about.amount.as_ref().filter(|_| is_price), &about.named) {
        (Some(amount), Some(_)) => (format!("what:{}", said(amount.money)), "What is it?".to_owned()),
        (Some(amount), None) => (format!("what:{}", said(amount.money)), NOBODY_NAMED.to_owned()),
        (None, _) => {
            let words = about.named.as_ref().map(|(_, words)| words.clone()).unwrap_or_default();
            let said = without_name(reader, &words);
            (format!("unsaid:{}", said.to_lowercase()), format!("What is “{said}”?"))
        }
    };
    let answer = reader.ask(id, question, choices)?;
    let meaning = meanings.into_iter().find(|meaning| meaning.key() == answer)?;
    carry_out(reader, meaning, &about)
}

/// Whether a line without a verb tells of what was bought, where it is asked and that is answered.
pub(in crate::command::quick_entry) fn is_spent(reader: &mut Reader<'_>) -> bool {
    let Some(about) = about(reader).filter(|about| about.named.is_none()) else { return false };
    let Some(Meaning::Spent) = meanings(reader, &about).first().copied() else { return false };
    let label = Meaning::Spent.label(&about, reader);
    let id = format!("what:{}", about.money().map(said).unwrap_or_default());
    reader.ask(id, NOBODY_NAMED.to_owned(), vec![Choice { key: "spent".to_owned(), label }]).is_some()
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
