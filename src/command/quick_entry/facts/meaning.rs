//! Lines that tell of nothing by a verb that is known, or say more than their verb can take: `acme approved the covers`,
//! `send acme the logo by fri`, `okapi deposit landed, 1785`. It is asked what they are, and whatever is answered every word of
//! theirs is kept, but for a payment, of which the answer says all.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, ClientFacts, Deal, Direction, Invoice, Money, Party, Phase};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::cost::names_cost;
use crate::command::quick_entry::facts::payment::CALLED;
use crate::command::quick_entry::grammar::reader::{Answered, Reader, put, said};
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::who::name::{Named, likeliest};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_day, find_deadline};
use crate::command::quick_entry::words::fold::name_words;
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

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
    Step(&'a Arc<Deal>),
    Promise(Party),
    Touch(Direction),
    Note,
}

/// So many deals of a client are offered at most.
const MOST_DEALS: usize = 2;
/// So many ways to go on at most, the note among them.
const MOST: usize = 6;
/// Words that tell of money that comes or came.
const PAYS: [&str; 33] = [
    "pay",
    "pays",
    "paid",
    "payed",
    "payd",
    "payment",
    "money",
    "settle",
    "settles",
    "settled",
    "deposit",
    "downpayment",
    "transfer",
    "transfers",
    "transfered",
    "transferred",
    "wire",
    "wires",
    "wired",
    "received",
    "recieved",
    "recd",
    "landed",
    "arrived",
    "cash",
    "paypal",
    "bank",
    "bill",
    "bills",
    "invoice",
    "invoices",
    "rest",
    "gave",
];
/// Words that tell that all came that was asked for.
const PAID_UP: [&str; 5] = ["paid", "payed", "payd", "settled", "pay"];
/// Words that tell that a part did.
const PARTLY: [&str; 8] = ["half", "part", "partly", "third", "some", "only", "quarter", "percent"];
/// What a client says who agrees, and who does not.
const AGREED: [&str; 20] = [
    "said yes",
    "says yes",
    "green light",
    "go ahead",
    "gave the go",
    "gave us the go",
    "gave me the go",
    "got the job",
    "got the deal",
    "is on board",
    "are on board",
    "okd",
    "ok'd",
    "okayed",
    "is a go",
    "agreed to the",
    "confirmed the order",
    "confirmed the job",
    "accepted the quote",
    "wants to go ahead",
];
const TURNED_DOWN: [&str; 19] = [
    "said no",
    "says no",
    "turned us down",
    "turned me down",
    "turned it down",
    "went with",
    "someone else",
    "somebody else",
    "no budget",
    "not interested",
    "called off",
    "called it off",
    "call it off",
    "is dead",
    "backed out",
    "pulled out",
    "went elsewhere",
    "wont happen",
    "fell through",
];
/// Things that run out, and what says that they do.
const RUNS_OUT: [&str; 22] = [
    "domain",
    "hosting",
    "certificate",
    "cert",
    "ssl",
    "licence",
    "license",
    "licences",
    "licenses",
    "subscription",
    "insurance",
    "plan",
    "renewal",
    "renew",
    "ends",
    "expiry",
    "valid",
    "maintenance",
    "contract",
    "backup",
    "passport",
    "permit",
];
/// Words that tell of money that went back, or is owed.
const WENT_BACK: [&str; 10] =
    ["back", "refund", "refunded", "owes", "owe", "owed", "minus", "less", "discount", "returned"];
/// What is counted by a number that is no money.
const COUNTED: [&str; 18] = [
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hours", "people", "times", "am",
    "pm", "o'clock", "oclock", "uhr", "percent", "min",
];
/// Words beside an amount that tell of something else than a price.
const ELSE: [&str; 15] = [
    "got",
    "owes",
    "owe",
    "owed",
    "refund",
    "refunded",
    "transferred",
    "sent",
    "back",
    "lent",
    "returned",
    "charged",
    "overpaid",
    "discount",
    "minus",
];

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
            Self::Step(deal) => format!("step:{}", deal.id),
            Self::Promise(Party::Me) => "my-promise".to_owned(),
            Self::Promise(Party::Them) => "their-promise".to_owned(),
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
                let open: Decimal = about.open.iter().map(|invoice| invoice.open().amount).sum();
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
            Self::Renewal => format!("It runs out on {due}: a renewal"),
            Self::Step(deal) => format!("Next step of {}, {due}", deal.title),
            Self::Promise(Party::Me) => format!("You promise it to {name}"),
            Self::Promise(Party::Them) => format!("{name} promises it"),
            Self::Touch(Direction::In) => format!("{name} said or did so{}: a touch", about.when(today)),
            Self::Touch(Direction::Out) => format!("You said or did so{}: a touch", about.when(today)),
            Self::Note => format!("Only a note on {name}"),
        }
    }
}

/// What a line tells that is not understood.
struct About<'a> {
    /// The only client that is named, and the words that do.
    named: Option<(&'a Arc<ClientFacts>, Range<usize>)>,
    /// The only amount of money, and whether it is the whole of a line that says how much and what for.
    amount: Option<Amount>,
    /// By when it is due, on a day ahead.
    due: Option<Day>,
    /// The day on which it happened, where the same words may as well be one ahead.
    either: Option<NaiveDate>,
    /// Whether a word turns what is said.
    turned: bool,
    /// The invoices of theirs of which something is open.
    open: Vec<Arc<Invoice>>,
}

impl<'a> About<'a> {
    fn client(&self) -> Option<&'a Arc<ClientFacts>> {
        self.named.as_ref().map(|(client, _)| *client)
    }

    fn money(&self) -> Option<Money> {
        self.amount.as_ref().map(|amount| amount.money)
    }

    /// On which day it happened, where that is not sure: ` on Mon 16 Nov`.
    fn when(&self, today: NaiveDate) -> String {
        self.either.map(|day| format!(" on {}", day_words(day, today))).unwrap_or_default()
    }

    /// Whether the amount is all that is open of an invoice.
    fn is_open(&self) -> bool {
        self.money().is_some_and(|money| self.open.iter().any(|invoice| invoice.open() == money))
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
        (Some(amount), None) => (
            format!("what:{}", said(amount.money)),
            "What is it? A deal begins with “deal”, an invoice with “invoice” and the client".to_owned(),
        ),
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
    let text = "What is it? A deal begins with “deal”, an invoice with “invoice” and the client".to_owned();
    reader.ask(id, text, vec![Choice { key: "spent".to_owned(), label }]).is_some()
}

/// `acme deposit invoice 1785`, `acme 2500 invoiced`: the word that says it is one.
fn invoiced(reader: &mut Reader<'_>) -> Option<Range<usize>> {
    let named = only_named(reader)?;
    let name = named.fit.words;
    money(reader, Some(named.client))?;
    let line = &reader.line;
    if turning(line, line.all()).is_some() {
        return None;
    }
    if let Some(words) = line.find(&["invoiced", "billed"], name.end..line.head) {
        return Some(words);
    }
    let words = line.find(&["invoice", "bill"], name.end..line.head)?;
    let called = line.typed(&(name.end..words.start)).to_lowercase();
    (called.is_empty() || CALLED.contains(&called.as_str())).then_some(words)
}

/// Whether the line names one client before its colon, and no other.
pub(in crate::command::quick_entry) fn names_one(reader: &Reader<'_>) -> bool {
    only_named(reader).is_some()
}

/// The only client that the line names before its colon.
fn only_named<'a>(reader: &Reader<'a>) -> Option<Named<'a>> {
    let named = likeliest(reader.names(&reader.line.heading()), true);
    let first = named.first()?.clone();
    named.iter().all(|it| it.client.id() == first.client.id()).then_some(first)
}

/// The only amount of a line that has no text behind a colon, where it is money and no number of something else. `None` as well
/// where it is asked whether it is a year.
fn money(reader: &mut Reader<'_>, client: Option<&Arc<ClientFacts>>) -> Option<Amount> {
    if !reader.line.text().is_empty() {
        return None;
    }
    let theirs = client.and_then(|client| client.client.currency);
    let currency = theirs.unwrap_or(reader.known.book.currency());
    let found = amounts(&reader.line, reader.line.all(), currency);
    let found = if found.is_empty() { found } else { reader.without_years(found)? };
    let amount = found.first().filter(|_| found.len() == 1)?.clone();
    let line = &reader.line;
    // `5 jan`, `1 day`: a number of something else.
    let counts = client.is_some()
        && !names_cost(line)
        && !amount.marked
        && (line.typed(&amount.words).len() == 1
            || line.typed(&amount.words).len() == 2 && line.plain(amount.words.end).ends_with('s'));
    let is_time = counts || COUNTED.contains(&line.plain(amount.words.end));
    let days = [Lean::Back, Lean::Ahead].map(|lean| find_day(line, line.all(), reader.known.today, lean));
    let of_day = days.iter().flatten().any(|day| day.words.contains(&amount.words.start));
    (!is_time && !of_day).then_some(amount)
}

/// What the line tells, where words stand beside whoever is named and how much it is.
fn about<'a>(reader: &mut Reader<'a>) -> Option<About<'a>> {
    let named = likeliest(reader.names(&reader.line.heading()), true);
    let several = named.iter().any(|it| Some(it.client.id()) != named.first().map(|first| first.client.id()));
    let guessed = named.is_empty() && !likeliest(reader.names(&reader.line.all()), false).is_empty();
    if several || guessed {
        return None;
    }
    let first = named.first().map(|first| (first.client, first.fit.words.clone()));
    let client = first.as_ref().map(|(client, _)| *client);
    let amount = money(reader, client);
    if reader.is_asking() {
        return None;
    }
    if amount.is_none() && client.is_none() {
        if reader.line.text().is_empty() {
            reader.refuse_vague(reader.line.heading(), true);
        }
        return None;
    }
    let line = &reader.line;
    let today = reader.known.today;
    let due = find_deadline(line, line.all(), today);
    let due = due.or_else(|| find_day(line, line.all(), today, Lean::Ahead).filter(|day| day.on > today));
    let past = find_day(line, line.heading(), today, Lean::Back);
    // `linkedin message to bob on mon` may be the last one as well.
    let past = past.filter(|day| day.on <= today);
    let either = due.as_ref().is_some_and(|due| due.bare_weekday && !due.deadline) && past.is_some();
    let used = |at: &usize| {
        let days = [due.as_ref(), past.as_ref()];
        let named = first.as_ref().is_some_and(|(_, words)| words.contains(at));
        let counted = amount.as_ref().is_some_and(|amount| amount.words.contains(at));
        named || counted || days.into_iter().flatten().any(|day| day.words.contains(at))
    };
    let is_word = |at: &usize| {
        let other = line.is_free(*at) && !line.is_filler(*at) && !used(at);
        other && line.plain(*at).contains(char::is_alphabetic)
    };
    if !line.all().any(|at| is_word(&at)) {
        return None;
    }
    let turned =
        turning(line, line.all()).is_some_and(|words| !matches!(line.plain(words.start), "must" | "gotta"));
    let invoices = client.map(|client| client.facts.invoices.as_slice()).unwrap_or_default();
    let known = invoices.iter().filter_map(|invoice| invoice.as_of(today));
    let open = known.filter(|invoice| invoice.open().amount > Decimal::ZERO).collect();
    let either = past.filter(|_| either).map(|day| day.on);
    Some(About { named: first, amount, due, either, turned, open })
}

/// What the line may be, the likeliest first.
fn meanings<'a>(reader: &Reader<'a>, about: &About<'a>) -> Vec<Meaning<'a>> {
    let line = &reader.line;
    let says = |words: &[&str]| line.all().any(|at| line.is_free(at) && words.contains(&line.plain(at)));
    let told_else = says(&ELSE);
    let priced = about.amount.is_some() && !told_else && !about.turned;
    let Some(client) = about.client() else {
        return if priced { vec![Meaning::Spent] } else { Vec::new() };
    };
    let mut found: Vec<Meaning<'a>> = Vec::new();
    if !about.turned {
        let pays = !about.open.is_empty() && (says(&PAYS) || about.is_open());
        let all =
            about.amount.is_some() || (says(&PAID_UP) && !says(&PARTLY) && is_of_one_currency(&about.open));
        let came = pays && all && !says(&WENT_BACK) && !went_out(line, about);
        if came && (about.due.is_none() || about.either.is_some()) {
            found.push(Meaning::Paid);
        }
        if pays && about.due.is_some() {
            found.push(Meaning::PayBy);
        }
        found.extend(decided(reader, client));
        if about.due.is_some() {
            if priced && says(&["due"]) {
                found.push(Meaning::Invoice);
            }
            if says(&RUNS_OUT) {
                found.push(Meaning::Renewal);
            }
            let most = if about.either.is_some() { 1 } else { MOST_DEALS };
            found.extend(alive(reader, client, &[Phase::Open, Phase::Won]).take(most).map(Meaning::Step));
            if !pays {
                found.extend([Meaning::Promise(Party::Me), Meaning::Promise(Party::Them)]);
            }
        } else if priced {
            // `paid hein 340 for printing` tells of no price that is still to be paid.
            let paid = line.find(&["paid", "payed", "payd"], line.all()).is_some();
            found.extend([Meaning::Deal, Meaning::Invoice].into_iter().filter(|_| !paid));
            found.push(Meaning::Spent);
        }
    }
    found.push(Meaning::Touch(Direction::In));
    if about.due.is_none() || about.either.is_some() {
        found.push(Meaning::Touch(Direction::Out));
    }
    found.truncate(MOST - 1);
    found.push(Meaning::Note);
    found
}

/// Whether the line says that it was I who paid: `i paid bob 500`, `transferred 500 to bob`, `bob was paid 500`.
fn went_out(line: &Line<'_>, about: &About<'_>) -> bool {
    let name = about.named.as_ref().map_or(0, |(_, words)| words.start);
    let mine = matches!(line.plain(0), "i" | "we");
    let towards = name.checked_sub(1).is_some_and(|at| line.plain(at) == "to");
    mine || towards || line.find(&["been paid", "was paid", "were paid"], line.all()).is_some()
}

fn is_of_one_currency(open: &[Arc<Invoice>]) -> bool {
    let mut currencies = open.iter().map(|invoice| invoice.open().currency);
    currencies.next().is_some_and(|first| currencies.all(|other| other == first))
}

/// The deals of a client that are in one of these phases on the working day.
fn alive<'a>(
    reader: &Reader<'a>,
    client: &'a ClientFacts,
    phases: &[Phase],
) -> impl Iterator<Item = &'a Arc<Deal>> {
    let known = client.facts.deals.iter().filter(|deal| deal.as_of(reader.known.today).is_some());
    let found: Vec<&'a Arc<Deal>> = known.filter(|deal| phases.contains(&reader.phase(deal))).collect();
    found.into_iter()
}

/// The deals that were still to be decided, where the line says how they were.
fn decided<'a>(reader: &Reader<'a>, client: &'a ClientFacts) -> Vec<Meaning<'a>> {
    let line = &reader.line;
    let lost = line.find(&TURNED_DOWN, line.all()).is_some();
    let won = !lost && line.find(&AGREED, line.all()).is_some();
    if !won && !lost {
        return Vec::new();
    }
    let decided = alive(reader, client, &[Phase::Open]).take(MOST_DEALS);
    decided.map(|deal| if won { Meaning::Won(deal) } else { Meaning::Lost(deal) }).collect()
}

/// `bela said yes`: whether no more is said than that something is agreed to or not, where a deal is still to be decided.
pub(in crate::command::quick_entry) fn is_decision(reader: &Reader<'_>, said: &Range<usize>) -> bool {
    let line = &reader.line;
    let answer = |at: usize| matches!(line.plain(at), "yes" | "no" | "ok" | "okay");
    let names = reader.names(&(0..said.start));
    let named = names.iter().find(|named| named.fit.exact);
    let counts = |at: usize| !line.plain(at).contains(char::is_alphabetic) || line.plain(at).ends_with('k');
    let short = answer(said.end) && (said.end + 1..line.words.len()).all(counts);
    short && named.is_some_and(|named| alive(reader, named.client, &[Phase::Open]).next().is_some())
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

fn carry_out<'a>(reader: &mut Reader<'a>, meaning: Meaning<'a>, about: &About<'a>) -> Option<Edit> {
    // What is sold or bought has a title, of which no word may be strange.
    let is_titled = matches!(meaning, Meaning::Deal | Meaning::Invoice | Meaning::Spent);
    reader.answered = if is_titled { Answered::Titled } else { Answered::Wholly };
    match meaning {
        Meaning::Paid => {
            reader.chip(ChipKind::Payment, "Payment");
            facts::payment::read(reader)
        }
        Meaning::PayBy => {
            reader.chip(ChipKind::Promise, "Their promise");
            facts::promise::read_pay_by(reader, about.due.as_ref()?, about.amount.as_ref())
        }
        Meaning::Won(deal) | Meaning::Lost(deal) => {
            let is_lost = matches!(meaning, Meaning::Lost(_));
            reader.chip(ChipKind::Stage, if is_lost { "Lost" } else { "Won" });
            let (who, day) = whom_and_when(reader, false)?;
            let why = verbatim(reader)?;
            facts::stage::decided(
                reader,
                &who,
                deal,
                if is_lost { Phase::Lost } else { Phase::Won },
                day,
                why,
            )
        }
        Meaning::Deal => {
            reader.chip(ChipKind::Deal, "New deal");
            facts::deal::read(reader)
        }
        Meaning::Invoice => {
            reader.chip(ChipKind::Invoice, "Invoice");
            facts::invoice::read(reader)
        }
        Meaning::Spent => {
            reader.chip(ChipKind::Expense, "Expense");
            reader.swallow(&["paid", "payed", "payd"], reader.line.heading());
            facts::expense::read(reader)
        }
        Meaning::Renewal => {
            reader.chip(ChipKind::Renewal, "Renewal");
            facts::renewal::read(reader)
        }
        Meaning::Step(deal) => step(reader, deal, about.due.as_ref()?),
        Meaning::Promise(by) => {
            reader.chip(ChipKind::Promise, if by == Party::Me { "My promise" } else { "Their promise" });
            facts::promise::read(reader, by)
        }
        Meaning::Touch(direction) => touch(reader, direction, about.due.is_some() && about.either.is_none()),
        Meaning::Note => {
            reader.chip(ChipKind::Note, "Note");
            let who = reader.who(reader.line.heading())?;
            let text = verbatim(reader)?;
            facts::note::noted(reader, &who, None, text)
        }
    }
}

/// Whom the line is about, and when it happened; `is_due`: a day ahead is what was told, and not when.
fn whom_and_when<'a>(reader: &mut Reader<'a>, is_due: bool) -> Option<(Who<'a>, NaiveDate)> {
    let heading = reader.line.heading();
    let who = reader.who(heading.clone())?;
    reader.refuse_others(&who, heading.clone());
    let day = if is_due { reader.known.today } else { reader.past_day(heading) };
    Some((who, day))
}

/// The next step of a deal, in the words of the line.
fn step(reader: &mut Reader<'_>, deal: &Arc<Deal>, due: &Day) -> Option<Edit> {
    reader.chip(ChipKind::NextStep, "Next step");
    reader.chip(ChipKind::Deal, deal.title.clone());
    let who = reader.who(reader.line.heading())?;
    reader.note_day(Some(due), due.on, "due ");
    let (what, words) = facts::note::said(reader)?;
    reader.chip_of_all(ChipKind::Note, format!("“{what}”"), &words);
    Some(facts::plan::stepped(reader, deal, &who.name, what, due.on))
}

/// `is_due`: a day ahead is what was told, and not when.
fn touch(reader: &mut Reader<'_>, direction: Direction, is_due: bool) -> Option<Edit> {
    reader.chip(ChipKind::Touch, facts::direction::direction_words(direction));
    let (who, day) = whom_and_when(reader, is_due)?;
    // `acme shop: they like it`: what stands beside the name before a colon is a deal.
    let deal =
        if reader.line.text().is_empty() { None } else { reader.named_deal(&who, reader.line.heading()) };
    let deal = deal.filter(|(deal, words)| {
        let title = name_words(&deal.title);
        words.clone().all(|at| title.iter().any(|word| word == reader.line.plain(at)))
    });
    if let Some((deal, words)) = &deal {
        reader.line.take(words.clone());
        reader.chip_of(ChipKind::Deal, deal.title.clone(), words);
    }
    let text = verbatim(reader)?;
    let mut touch = facts::touch::bare(reader, &who, day, direction);
    touch.deal = deal.map(|(deal, _)| deal.id.clone());
    touch.note = Some(text);
    Some(put(format!("Logged touch with {}", who.name), vec![AnyRecord::Touch(Arc::new(touch))]))
}

/// What is told as it was typed, said in a chip: without the name and the day it begins or ends with, which its fact holds, or
/// what stands behind a colon where nothing else stands before.
fn verbatim(reader: &mut Reader<'_>) -> Option<String> {
    let line = &reader.line;
    let tells = |at: usize| line.is_free(at) && !line.is_filler(at);
    let (text, words) = if !line.text().is_empty() && !line.heading().any(tells) {
        reader.told()?
    } else {
        let first = line.all().find(|at| tells(*at))?;
        let last = line.all().rev().find(|at| tells(*at))?;
        // Behind a name all is a part of it but what leads to it.
        let leads = |at: &usize| matches!(line.plain(*at), "that" | "about" | "re" | "and");
        let named = (0..first).rev().find(|at| !line.is_free(*at)).map_or(0, |at| at + 1);
        let starts = (named..first).find(|at| !leads(at)).unwrap_or(first);
        let ends = if line.all_free(last + 1..line.words.len()) { line.words.len() } else { last + 1 };
        let words = starts..ends;
        let text = line.typed(&words).to_owned();
        reader.line.take(words.clone());
        (text, vec![words])
    };
    reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
    Some(text)
}
