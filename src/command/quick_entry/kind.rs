//! What sort of fact a line tells of, by its verbs.

use std::ops::Range;

use crate::domain::{Currency, Party, Phase, Relation, Stage};
use crate::state::day_entry::Lean;

use super::ChipKind;
use super::amount::amounts;
use super::day::find_day;
use super::line::{Line, Word};
use super::reader::Reader;
use super::touch;
use super::touch_verb::{self, Verb};
use super::work;

/// What sort of fact.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Payment,
    Credit,
    SetOff,
    Invoice,
    Touch(Verb),
    Met,
    Client(Relation),
    Deal,
    Stage(StageTo),
    Agreement(Signed),
    Delivered,
    NextStep,
    Promise(Party),
    Work,
    Expense,
    Renewal,
    Note,
    /// How somebody is reached changed.
    Details,
    /// An invoice that will not be paid, which is more than a line tells.
    WriteOff,
    /// Several at once.
    Several,
}

/// To which stage a deal goes.
#[derive(Debug, Clone)]
pub(super) enum StageTo {
    Won,
    Lost,
    Named(Stage),
}

/// What happened to an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    Sent,
    Agreed,
    Refused,
}

pub(super) const PAID: [&str; 17] = [
    "received payment",
    "received a payment",
    "got a payment",
    "has paid",
    "have paid",
    "payment received",
    "paid",
    "payed",
    "payd",
    "payment",
    "transferred",
    "transfer",
    "wired",
    "settled",
    "received",
    "recieved",
    "got",
];
const CREDIT: [&str; 3] = ["credit note", "credited", "credit"];
const SET_OFF: [&str; 3] = ["set off", "offset", "setoff"];
const INVOICE: [&str; 11] = [
    "new invoice",
    "send invoice",
    "sent invoice",
    "add invoice",
    "invoice",
    "invoiced",
    "invocie",
    "invoce",
    "inv",
    "billed",
    "bill",
];
const MET: [&str; 6] = ["got to know", "bumped into", "ran into", "just met", "met", "meet"];
const DEAL: [&str; 6] = ["new deal", "add deal", "deal", "new opportunity", "opportunity", "prospect deal"];
const EXPENSE: [&str; 9] =
    ["paid for", "new expense", "expense", "spent", "spend", "bought", "buy", "expenses", "cost"];
/// Of these a line has one.
const SPENT: [&str; 3] = ["spent", "spend", "bought"];
const CLIENT: [(&str, Relation); 14] = [
    ("new client", Relation::Client),
    ("add client", Relation::Client),
    ("add a client", Relation::Client),
    ("client", Relation::Client),
    ("new customer", Relation::Client),
    ("add customer", Relation::Client),
    ("customer", Relation::Client),
    ("new partner", Relation::Partner),
    ("add partner", Relation::Partner),
    ("partner", Relation::Partner),
    ("new contact", Relation::Contact),
    ("add contact", Relation::Contact),
    ("contact", Relation::Contact),
    ("new prospect", Relation::Client),
];
const NEXT: [&str; 7] =
    ["next step", "next", "follow up with", "followup with", "follow up on", "follow up", "followup"];
const PROMISE: [&str; 5] = ["promised", "promises", "promise", "will", "promissed"];
const NOTE: [&str; 4] = ["note on", "note", "notes", "remember"];
const RENEWS: [&str; 5] = ["expires", "expire", "renews", "runs out", "is renewed"];
const AGREEMENT: [&str; 12] = [
    "agreement signed",
    "contract signed",
    "agreement sent",
    "contract sent",
    "sent agreement",
    "sent contract",
    "sent the agreement",
    "sent the contract",
    "signed",
    "refused to sign",
    "refused the agreement",
    "refused the contract",
];
const DELIVERED: [&str; 4] = ["handed over", "delivered", "delivery of", "shipped"];
const PROPOSED: [&str; 11] = [
    "sent the proposal",
    "sent a proposal",
    "sent proposal",
    "proposal sent",
    "sent the offer",
    "sent an offer",
    "sent offer",
    "sent quote",
    "sent a quote",
    "proposed",
    "quoted",
];

const WRITE_OFF: [&str; 4] = ["write off", "wrote off", "written off", "writeoff"];
/// What is done to a meeting or call that did not happen, or not yet.
const UNDONE: [&str; 28] = [
    "missed",
    "misses",
    "miss",
    "refused",
    "refuses",
    "declined",
    "declines",
    "rejected",
    "rejects",
    "cancel",
    "cancels",
    "cancelling",
    "skipped",
    "skips",
    "forgot",
    "forgets",
    "ignored",
    "postpones",
    "postpone",
    "reschedules",
    "moved",
    "delayed",
    "scheduled",
    "arranged",
    "planned",
    "wants",
    "requested",
    "needs",
];
/// Nobody, who does nothing.
const NOBODY: [&str; 6] = ["nobody", "noone", "none", "nothing", "neither", "no one"];
/// What a note says that is about nothing that happened.
const FAILED: [&str; 26] = [
    "did not happen",
    "didnt happen",
    "never happened",
    "did not take place",
    "didnt take place",
    "never took place",
    "did not come",
    "didnt come",
    "never came",
    "did not show up",
    "didnt show up",
    "never showed up",
    "not happened",
    "was cancelled",
    "was canceled",
    "got cancelled",
    "is cancelled",
    "cancelled",
    "canceled",
    "was postponed",
    "postponed",
    "rescheduled",
    "no show",
    "noshow",
    "fell through",
    "called off",
];

/// What somebody did, where it stands after `and`: another fact.
const DONE: [&str; 39] = [
    "left",
    "sent",
    "invoiced",
    "billed",
    "paid",
    "payed",
    "spent",
    "bought",
    "met",
    "won",
    "lost",
    "signed",
    "delivered",
    "shipped",
    "promised",
    "proposed",
    "quoted",
    "presented",
    "called",
    "phoned",
    "rang",
    "mailed",
    "emailed",
    "wrote",
    "texted",
    "messaged",
    "chatted",
    "spoke",
    "talked",
    "visited",
    "asked",
    "reminded",
    "chased",
    "praised",
    "complained",
    "thanked",
    "recommended",
    "received",
    "transferred",
];
/// Of these even a comma parts another fact: money and invoices.
const SETTLED: [&str; 6] = ["invoiced", "billed", "paid", "payed", "spent", "bought"];

/// Whether these words can do nothing but open a line, so that a colon after them begins no text.
pub(super) fn is_opening(words: &[Word<'_>]) -> bool {
    let text = words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
    let said = text.as_str();
    let clients = CLIENT.iter().map(|(words, _)| *words);
    let mut opening =
        PAID.into_iter().chain(INVOICE).chain(DEAL).chain(EXPENSE).chain(clients).chain(NEXT).chain(NOTE);
    opening.any(|phrase| phrase == said)
        || MET.contains(&said)
        || PROMISE.contains(&said)
        || DELIVERED.contains(&said)
        || matches!(said, "renewal" | "won" | "lost" | "work" | "hours" | "proposed" | "touch")
        || touch_verb::is_noun(said)
}

/// The kind of fact the line tells of; its verbs are used for the first chip. `None` where it tells of none.
pub(super) fn kind(reader: &mut Reader<'_>) -> Option<Kind> {
    // `remember to call` is a plan, no note.
    let is_plan = opens(&reader.line, &["remember to"]).is_some();
    let note = opens(&reader.line, &NOTE).or_else(|| note_at_end(&reader.line));
    if let Some(words) = note.filter(|_| !is_plan) {
        reader.open(ChipKind::Note, "Note", &words);
        return Some(Kind::Note);
    }
    reader.refuse_doubts();
    for words in undone(reader) {
        reader.doubt(&words);
        reader.need("Only what happened is entered: what did not is left out, or put after a colon");
    }
    if let Some(words) = written_off(&reader.line) {
        reader.open(ChipKind::Invoice, "Write off", &words);
        return Some(Kind::WriteOff);
    }
    if let Some(words) = super::details::said(&reader.line) {
        reader.open(ChipKind::Person, "How they are reached", &words);
        return Some(Kind::Details);
    }
    if is_followed(&reader.line) {
        return Some(Kind::Several);
    }
    opening(reader).or_else(|| anywhere(reader))
}

/// `write off acme`, `write acme off`.
fn written_off(line: &Line<'_>) -> Option<Range<usize>> {
    let written = || {
        let words = opens(line, &["write", "wrote"])?;
        line.find(&["off"], words.end..line.head).map(|_| words)
    };
    opens(line, &WRITE_OFF).or_else(written)
}

/// The words that say that a touch or payment did not happen: `no meeting with zoe`, `nobody called`, `acme refused the call`,
/// `zoe meeting: did not happen`. Of hours nothing is, since they were worked, and of a promise nothing either.
fn undone(reader: &Reader<'_>) -> Vec<Range<usize>> {
    let line = &reader.line;
    // What is met, sold or spent is told in words of every sort.
    let clients: Vec<&str> = CLIENT.iter().map(|(phrase, _)| *phrase).collect();
    let told = [MET.as_slice(), &INVOICE, &DEAL, &EXPENSE, &CREDIT, &clients];
    let told = told.iter().any(|phrases| opens(line, phrases).is_some())
        && opens(line, &["met with", "meet with"]).is_none();
    if told || promise(line).is_some() || !work::hours(line).is_empty() {
        return Vec::new();
    }
    let verb = touch_verb::verb(line);
    let heading = line.heading();
    let article =
        |at: &usize| matches!(line.plain(*at), "the" | "a" | "an" | "my" | "our" | "another" | "any");
    let noun = |at: usize| {
        let word = line.plain(at);
        let many = word.strip_suffix('s').is_some_and(touch_verb::is_noun);
        line.is_free(at) && (touch_verb::is_noun(word) || many)
    };
    let money = |at: usize| matches!(line.plain(at), "payment" | "payments" | "money" | "transfer");
    let mut found = Vec::new();
    for at in heading.clone().filter(|at| line.is_free(*at)) {
        let next = (at + 1..heading.end).find(|at| !article(at)).unwrap_or(heading.end);
        let before = |words: &[&str]| line.find(words, 0..at).is_some();
        // Behind what was done they are a part of what is told: `rang zoe, nobody there`.
        let done = verb.as_ref().is_some_and(|verb| verb.words.end <= at) || before(&DONE);
        let is_undone = match line.plain(at) {
            "without" => noun(next),
            "no" => (noun(next) && !done) || money(next),
            // `missed our call`, `missed acme's call`; but what they want may be a phone of their own.
            "wants" | "needs" | "requested" => noun(next) && !done,
            // A deal is moved to a stage, and may be called anything.
            "moved" => noun(next) && !done && named_stage(line, &reader.stages(), heading.clone()).is_none(),
            word if UNDONE.contains(&word) => {
                (next..next + 3).any(|at| at < heading.end && noun(at)) && !done
            }
            _ => false,
        };
        if is_undone {
            found.push(at..(next + 1).min(heading.end));
        }
        let nobody = NOBODY.iter().find_map(|word| line.find(&[*word], at..heading.end));
        let called = verb.as_ref().is_some_and(|verb| verb.words.end == at);
        if let Some(nobody) = nobody.filter(|words| words.start == at && (!done || called)) {
            found.push(nobody);
        }
    }
    let text = line.text();
    let failed = FAILED.iter().find_map(|phrase| line.find(&[*phrase], text.clone()));
    let first = text.clone().find(|at| !article(at) && !matches!(line.plain(*at), "it" | "this" | "that"));
    // `she did not come`; but `they cancelled` may be what was told.
    let they = first.filter(|at| matches!(line.plain(*at), "he" | "she" | "they" | "nobody"));
    let they = they.filter(|at| matches!(line.plain(at + 1), "did" | "didnt" | "never")).map(|at| at + 1);
    let first = they.or(first);
    let ends = |words: &Range<usize>| {
        let parted = line.words.get(words.end - 1).is_some_and(|word| word.parts);
        let on = matches!(line.plain(words.end), "" | "by" | "because" | "due" | "until" | "again");
        parted || on || words.end >= text.end
    };
    found.extend(failed.filter(|words| Some(words.start) == first && ends(words)));
    found
}

/// Kinds that a line opens with.
fn opening(reader: &mut Reader<'_>) -> Option<Kind> {
    let line = &reader.line;
    if let Some((words, relation)) =
        CLIENT.iter().find_map(|(phrase, relation)| opens(line, &[*phrase]).map(|words| (words, *relation)))
    {
        let label = match relation {
            Relation::Client => "New client",
            Relation::Partner => "New partner",
            Relation::Contact => "New contact",
        };
        reader.open(ChipKind::Client, label, &words);
        return Some(Kind::Client(relation));
    }
    if opens(line, &["met with", "meet with"]).is_none()
        && let Some(words) = opens(line, &MET)
    {
        if line.find(&MET, words.end..line.head).is_some() {
            return Some(Kind::Several);
        }
        reader.open(ChipKind::Met, "Met", &words);
        return Some(Kind::Met);
    }
    if let Some(words) = opens(line, &SET_OFF) {
        reader.open(ChipKind::Payment, "Set off", &words);
        reader.swallow(&["against", "with"], reader.line.all());
        return Some(Kind::SetOff);
    }
    if let Some(words) = opens(line, &CREDIT).filter(|words| line.plain(words.end) != "card") {
        reader.open(ChipKind::Invoice, "Credit", &words);
        return Some(Kind::Credit);
    }
    let is_paid = line.find(&["paid", "payed", "payd"], line.all()).is_some();
    for (phrases, kind, chip, label) in [
        (INVOICE.as_slice(), Kind::Invoice, ChipKind::Invoice, "Invoice"),
        (DEAL.as_slice(), Kind::Deal, ChipKind::Deal, "New deal"),
        (EXPENSE.as_slice(), Kind::Expense, ChipKind::Expense, "Expense"),
        (["renewal", "new renewal"].as_slice(), Kind::Renewal, ChipKind::Renewal, "Renewal"),
        (NEXT.as_slice(), Kind::NextStep, ChipKind::NextStep, "Next step"),
    ] {
        let Some(words) = opens(line, phrases) else { continue };
        if matches!(kind, Kind::Expense) && line.find(&SPENT, words.end..line.head).is_some() {
            return Some(Kind::Several);
        }
        if matches!(kind, Kind::Invoice) && is_paid {
            continue;
        }
        if matches!(kind, Kind::Deal)
            && let Some((stage_words, to)) = moved(reader, &words)
        {
            let label = match &to {
                StageTo::Won => "Won".to_owned(),
                StageTo::Lost => "Lost".to_owned(),
                StageTo::Named(stage) => format!("To {}", stage.name),
            };
            reader.open(ChipKind::Stage, &label, &stage_words);
            reader.absorb(words);
            return Some(Kind::Stage(to));
        }
        reader.open(chip, label, &words);
        return Some(kind);
    }
    None
}

/// Kinds whose verb may stand anywhere before the colon.
fn anywhere(reader: &mut Reader<'_>) -> Option<Kind> {
    let line = &reader.line;
    let heading = line.heading();
    let verb = touch_verb::verb(line);
    let paid = paid(line, line.all());
    let promise = promise(line);
    let hours = work::hours(line).into_iter().next();
    let agreement = line.find(&AGREEMENT, heading.clone());
    let won = line.find(&["won"], heading.clone());
    let lost = line.find(&["lost"], heading.clone());
    let delivered = line.find(&DELIVERED, heading.clone());
    // What is said in a talk is its note, and stands after a colon: two verbs are two facts.
    let also = |words: &Option<Range<usize>>| words.as_ref().map(|words| words.start);
    let others = [
        also(&paid),
        promise.as_ref().map(|(words, _)| words.start),
        also(&won),
        also(&lost),
        also(&delivered),
    ];
    let first_touch = verb.as_ref().map(|verb| verb.words.start);
    let talk_first = first_touch.is_some_and(|touch| others.iter().flatten().any(|other| *other > touch));
    let paid_and = paid.is_some() && (promise.is_some() || hours.is_some() || verb.is_some());
    if talk_first || paid_and {
        return Some(Kind::Several);
    }
    if hours.is_some() {
        return Some(Kind::Work);
    }
    if let Some((words, by)) = promise {
        let label = if by == Party::Me { "My promise" } else { "Their promise" };
        reader.open(ChipKind::Promise, label, &words);
        return Some(Kind::Promise(by));
    }
    // `next week` is a day.
    let next = line.find(&NEXT, heading.clone()).filter(|words| line.plain(words.end) != "week");
    if let Some(words) = next {
        reader.open(ChipKind::NextStep, "Next step", &words);
        return Some(Kind::NextStep);
    }
    if let Some(words) = agreement {
        return Some(Kind::Agreement(signed(reader, words)));
    }
    if let Some(words) = won {
        reader.open(ChipKind::Stage, "Won", &words);
        return Some(Kind::Stage(StageTo::Won));
    }
    if let Some(words) = lost {
        reader.open(ChipKind::Stage, "Lost", &words);
        return Some(Kind::Stage(StageTo::Lost));
    }
    if let Some(verb) = verb {
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    if let Some(words) = delivered {
        reader.open(ChipKind::Agreement, "Delivered", &words);
        return Some(Kind::Delivered);
    }
    if let Some(words) = line.find(&RENEWS, heading.clone()) {
        reader.open(ChipKind::Renewal, "Renewal", &words);
        return Some(Kind::Renewal);
    }
    if let Some(words) = paid {
        reader.open(ChipKind::Payment, "Payment", &words);
        return Some(Kind::Payment);
    }
    if let Some((words, stage)) = stage(reader) {
        reader.open(ChipKind::Stage, &format!("To {}", stage.name), &words);
        return Some(Kind::Stage(StageTo::Named(stage)));
    }
    if let Some(verb) = touch_verb::sent(&reader.line) {
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    // `1200 from acme`.
    let line = &reader.line;
    let from = line.find(&["from"], heading.clone())?;
    amounts(line, heading, Currency::EUR).first()?;
    reader.open(ChipKind::Payment, "Payment", &from);
    Some(Kind::Payment)
}

/// A phrase at the beginning of the line, after nothing but `I`, `we` and the like.
fn opens(line: &Line<'_>, phrases: &[&str]) -> Option<Range<usize>> {
    let polite = |at: &usize| matches!(line.plain(*at), "i" | "we" | "just" | "please" | "today");
    let start = (0..line.head).find(|at| !polite(at))?;
    let longest = start..line.head;
    phrases.iter().find_map(|phrase| {
        let length = phrase.split(' ').count();
        line.find(&[*phrase], longest.start..(start + length).min(longest.end))
    })
}

/// `called acme and sent invoice 500`: whether something else that was done follows. What was done in some hours is one thing.
fn is_followed(line: &Line<'_>) -> bool {
    if !work::hours(line).is_empty() {
        return false;
    }
    let verb = touch_verb::verb(line).map(|verb| verb.words.start);
    let mut joints = line.heading().filter(|at| line.is_free(*at)).skip(1);
    joints.any(|at| {
        let and = matches!(line.plain(at), "and" | "then");
        let comma = at.checked_sub(1).and_then(|at| line.words.get(at)).is_some_and(|word| word.parts);
        let polite =
            |at: &usize| line.is_filler(*at) || matches!(line.plain(*at), "then" | "also" | "he" | "she");
        let done = (at..line.head).find(|at| !polite(at)).unwrap_or(line.head);
        let invoice =
            line.plain(done) == "sent" && line.find(&INVOICE, done + 1..(done + 4).min(line.head)).is_some();
        // `Müller and Söhne paid` is one thing: something was told before.
        let told =
            opens(line, &INVOICE).or_else(|| opens(line, &DEAL)).or_else(|| opens(line, &EXPENSE)).is_some()
                || verb.is_some_and(|verb| verb < at)
                || (0..at).any(|at| DONE.contains(&line.plain(at)));
        let names = |at: usize| and && told && DONE.contains(&line.plain(at)) && line.is_free(at);
        names(done) || names(done + 1) || (comma && told && (SETTLED.contains(&line.plain(done)) || invoice))
    })
}

/// Where a line that opens with `deal` goes on to say that the deal moved: `deal acme shop -> won`, `deal acme shop won`.
fn moved(reader: &Reader<'_>, deal: &Range<usize>) -> Option<(Range<usize>, StageTo)> {
    let line = &reader.line;
    let heading = deal.end..line.head;
    let day = find_day(line, heading.clone(), reader.known.today, Lean::Back).map_or(0..0, |day| day.words);
    let end = heading.clone().rev().find(|at| !day.contains(at))? + 1;
    let arrow = heading
        .clone()
        .find(|at| line.words.get(*at).is_some_and(|word| matches!(word.text, "->" | "→" | "=>")));
    let ended = |at: usize| at == deal.end || at + 1 == end || arrow.is_some_and(|arrow| at == arrow + 1);
    for (word, to) in [("won", StageTo::Won), ("lost", StageTo::Lost)] {
        if let Some(at) =
            heading.clone().find(|at| line.plain(*at) == word && line.is_free(*at) && ended(*at))
        {
            return Some((at..at + 1, to));
        }
    }
    let (words, stage) = named_stage(line, &reader.stages(), arrow? + 1..end)?;
    Some((words, StageTo::Named(stage)))
}

/// `acme note: …`.
fn note_at_end(line: &Line<'_>) -> Option<Range<usize>> {
    let last = line.head.checked_sub(1)?;
    (line.plain(last) == "note" && line.words.get(last)?.colon).then_some(last..last + 1)
}

/// The words that say money came; `got` and `received` only beside an amount.
fn paid(line: &Line<'_>, within: Range<usize>) -> Option<Range<usize>> {
    let found = line.find(&PAID, line.heading())?;
    let verb = line.plain(found.start);
    let word = |at: usize| line.plain(at).chars().any(char::is_alphabetic) && !line.is_filler(at);
    let subject = (0..found.start).any(word);
    let from = line.find(&["from"], line.heading()).is_some();
    // `Acme got 500` and `transferred 500 to Acme` are money that went the other way.
    let comes = match verb {
        "got" | "received" | "recieved" => found.len() > 1 || !subject,
        "transferred" | "transfer" | "wired" => subject || from,
        _ => true,
    };
    let weak =
        matches!(verb, "got" | "received" | "recieved" | "settled" | "transferred" | "transfer" | "wired")
            && found.len() == 1;
    (comes && (!weak || !amounts(line, within, Currency::EUR).is_empty())).then_some(found)
}

/// Who promised, with the words that say so: `i promised`, `acme will`, `we'll`.
fn promise(line: &Line<'_>) -> Option<(Range<usize>, Party)> {
    let short = |at: usize| {
        let text =
            line.words.get(at).map_or(String::new(), |word| word.text.to_lowercase().replace('’', "'"));
        matches!(text.as_str(), "i'll" | "we'll")
    };
    if let Some(at) = line.heading().find(|at| line.is_free(*at) && short(*at)) {
        return Some((at..at + 1, Party::Me));
    }
    let found = line.find(&PROMISE, line.heading())?;
    let mut before = 0..found.start;
    // `promised acme` without a subject is what I did.
    let theirs = before.any(|at| !line.is_filler(at));
    // `Will` is a name as well: alone it promises only between somebody and what they will do.
    if line.plain(found.start) == "will" && found.start == 0 {
        return None;
    }
    let by = if theirs { Party::Them } else { Party::Me };
    let start = if by == Party::Me { 0 } else { found.start };
    Some((start..found.end, by))
}

fn signed(reader: &mut Reader<'_>, words: Range<usize>) -> Signed {
    let text = reader.line.typed(&words).to_lowercase();
    let what = if text.contains("sent") {
        Signed::Sent
    } else if text.contains("refused") {
        Signed::Refused
    } else {
        Signed::Agreed
    };
    let label = match what {
        Signed::Sent => "Agreement sent",
        Signed::Agreed => "Agreement signed",
        Signed::Refused => "Agreement refused",
    };
    reader.open(ChipKind::Agreement, label, &words);
    what
}

/// The stage the line names, by its name or by what one does to enter it.
fn stage(reader: &Reader<'_>) -> Option<(Range<usize>, Stage)> {
    let line = &reader.line;
    let stages = reader.stages();
    if let Some(words) = line.find(&PROPOSED, line.heading()) {
        let is_proposal = |stage: &&Stage| {
            let name = format!("{} {}", stage.id, stage.name).to_lowercase();
            stage.phase == Phase::Open && ["propos", "offer", "quot"].iter().any(|part| name.contains(part))
        };
        return stages.iter().find(is_proposal).map(|stage| (words, stage.clone()));
    }
    named_stage(line, &stages, line.heading())
}

/// The stage whose name stands in a range, with the words that say the deal goes there.
pub(super) fn named_stage(
    line: &Line<'_>,
    stages: &[Stage],
    within: Range<usize>,
) -> Option<(Range<usize>, Stage)> {
    stages.iter().find_map(|stage| {
        let name = super::fold::name_words(&stage.name).join(" ");
        let found = line.find(&[name.as_str()], within.clone())?;
        Some((found, stage.clone()))
    })
}
