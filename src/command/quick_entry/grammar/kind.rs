//! What sort of fact a line tells of, by its verbs.

use std::ops::Range;

use crate::domain::{Currency, Party, Relation, Stage};
use crate::state::day_entry::{Lean, day_words};

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::agreement::{AGREEMENT, DELIVERED, Signed, finished, signed};
use crate::command::quick_entry::facts::cost::cost;
use crate::command::quick_entry::facts::kept;
use crate::command::quick_entry::facts::met::{INTRODUCED_BY, introduced};
use crate::command::quick_entry::facts::next_step::{plans, postponed};
use crate::command::quick_entry::facts::payment::said_paid;
use crate::command::quick_entry::facts::promise::promised;
use crate::command::quick_entry::facts::renewal::RENEWS;
use crate::command::quick_entry::facts::renewed;
use crate::command::quick_entry::facts::stage::{accepted, stage_said};
use crate::command::quick_entry::facts::touch;
use crate::command::quick_entry::facts::touch_verb::{self, Form, Verb};
use crate::command::quick_entry::facts::work;
use crate::command::quick_entry::grammar::opening::{NOTE, in_form, is_opening, note_at_end, opening, opens};
use crate::command::quick_entry::grammar::reader::{Answered, Reader};
use crate::command::quick_entry::grammar::several::is_followed;
use crate::command::quick_entry::who::name::likeliest;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{find_day, find_deadline, is_month};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice, Known};

/// What sort of fact.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) enum Kind {
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
    /// Work is done: handed over, or over.
    Finished,
    NextStep,
    /// A deal waits.
    Postponed,
    Promise(Party),
    /// A promise was kept, whose is known where it is told.
    Kept(Option<Party>),
    Work,
    Expense,
    Renewal,
    /// Something was renewed.
    Renewed,
    Note,
    /// How somebody is reached changed.
    Details,
    /// No fact for a line: what takes it instead.
    Elsewhere(&'static str),
    /// Several at once.
    Several,
}

impl Kind {
    /// Whether the line says by a noun of its own which fact it is, so that it can be no other.
    pub(in crate::command::quick_entry) fn is_declared(&self) -> bool {
        match self {
            Self::Credit
            | Self::SetOff
            | Self::Invoice
            | Self::Met
            | Self::Client(_)
            | Self::Deal
            | Self::NextStep
            | Self::Expense
            | Self::Renewal
            | Self::Note
            | Self::Details
            | Self::Elsewhere(_)
            | Self::Several => true,
            Self::Payment
            | Self::Stage(_)
            | Self::Touch(_)
            | Self::Agreement(_)
            | Self::Delivered
            | Self::Finished
            | Self::Postponed
            | Self::Promise(_)
            | Self::Kept(_)
            | Self::Work
            | Self::Renewed => false,
        }
    }
}

/// To which stage a deal goes.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) enum StageTo {
    Won,
    /// Won by signing what was proposed.
    Signed,
    Lost,
    Named(Stage),
}

/// The kind of fact the line tells of; its verbs are used for the first chip. `None` where it tells of none.
pub(in crate::command::quick_entry) fn kind(reader: &mut Reader<'_>) -> Option<Kind> {
    // `remember to call` is a plan, no note.
    let is_plan = opens(&reader.line, &["remember to"]).is_some();
    let note = opens(&reader.line, &NOTE).or_else(|| note_at_end(&reader.line));
    if let Some(words) = note.filter(|_| !is_plan) {
        reader.open(ChipKind::Note, "Note", &words);
        return Some(Kind::Note);
    }
    reader.refuse_what_is_none();
    if let Some((words, kind, label, cure)) = in_form(&reader.line) {
        reader.open(kind, label, &words);
        return Some(Kind::Elsewhere(cure));
    }
    if let Some(words) = facts::details::said(&reader.line) {
        reader.open(ChipKind::Person, "How they are reached", &words);
        return Some(Kind::Details);
    }
    // `hein billed me 340`, `invoice from hein 340`
    let theirs = ["billed me", "billed us", "invoiced me", "invoiced us", "charged me", "charged us"];
    let from = ["invoice from", "bill from", "received invoice from", "got invoice from"];
    let heading = reader.line.heading();
    if let Some(words) = reader.line.find(&theirs, heading).or_else(|| opens(&reader.line, &from)) {
        reader.open(ChipKind::Expense, "What they billed", &words);
        return Some(Kind::Elsewhere(
            "What they bill is an expense of yours: enter “spent”, the amount and what for",
        ));
    }
    let heading = reader.line.heading();
    if let Some(words) = reader.line.find(&["disputes", "disputed", "disputing"], heading) {
        reader.open(ChipKind::Invoice, "Dispute", &words);
        return Some(Kind::Elsewhere("A dispute is noted in a form ({invoice.dispute}), and so is its end"));
    }
    if is_followed(&reader.line) {
        return Some(Kind::Several);
    }
    if let Some((words, by)) = kept::said(&reader.line) {
        reader.open(ChipKind::Promise, "Promise kept", &words);
        return Some(Kind::Kept(by));
    }
    let renews = reader.line.find(&RENEWS, reader.line.heading()).is_some();
    match cost(reader).filter(|_| !renews) {
        Some(true) => {
            reader.chip(ChipKind::Expense, "Expense");
            return Some(Kind::Expense);
        }
        // `phone bill 39.90 for acme`: it is asked what that is.
        Some(false) => return None,
        None => {}
    }
    opening(reader).or_else(|| anywhere(reader))
}

/// What may follow a name and a colon, and is no text then: `nagel: won, 4200`.
const HAPPENED: [&str; 9] =
    ["won", "lost", "paid", "delivered", "signed", "proposed", "quoted", "accepted", "proposal"];

/// The line, its colon passed over where nothing but a name stands before and what happened behind.
pub(in crate::command::quick_entry) fn without_text<'a>(line: Line<'a>, known: &Known<'a>) -> Line<'a> {
    let begins = line.plain(line.head);
    // `tannert won: 11800`
    let amount = amounts(&line, line.text(), Currency::EUR).into_iter().find(|it| it.words == line.text());
    let ends = line.head.checked_sub(1).map_or("", |at| line.plain(at));
    if amount.is_some() && HAPPENED.contains(&ends) {
        let head = line.head;
        return Line::new(line.raw, |words| words.len() <= head || is_opening(words));
    }
    // `voss: contract signed`
    let of_agreement = matches!(begins, "contract" | "agreement")
        && line.words.len() > line.head + 1
        && matches!(line.plain(line.head + 1), "signed" | "sent");
    // `introduced by lena: Mia Vogt`
    if opens(&line, &INTRODUCED_BY).is_some() && line.text().len() >= 2 {
        let head = line.head;
        return Line::new(line.raw, |words| words.len() <= head || is_opening(words));
    }
    // `voss: next step send the contract`
    let of_step = begins == "next" && line.plain(line.head + 1) == "step";
    // `brandt: 2h backups`
    let of_hours = work::hours_in(&line, line.text()).iter().any(|(words, _)| words.start == line.head);
    if line.text().is_empty() || !(HAPPENED.contains(&begins) || of_agreement || of_step || of_hours) {
        return line;
    }
    let named = line.span(&line.heading()).and_then(|span| line.raw.get(span)).unwrap_or_default();
    let mut alone = Reader::new(*known, Line::new(named, is_opening));
    let is_name = alone.who_exactly(alone.line.all(), true).is_some();
    if !is_name || alone.is_asking() || kind(&mut Reader::new(*known, Line::new(named, is_opening))).is_some()
    {
        return line;
    }
    let head = line.head;
    Line::new(line.raw, |words| words.len() <= head || is_opening(words))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// `3h acme and 20 for paper`: what was spent is a thing of its own.
fn bought_besides(line: &Line<'_>) -> bool {
    line.heading().any(|at| {
        let of_money = matches!(line.plain(at + 2), "for" | "on" | "eur" | "euro" | "euros" | "chf" | "usd");
        let joins = line.plain(at) == "plus" || (line.plain(at) == "and" && of_money);
        joins && is_number(line.plain(at + 1))
    })
}

/// `acme paid 500 and zoe 300`: whose the second amount is stands before it.
fn paid_by_another(line: &Line<'_>) -> bool {
    let heading = line.heading();
    heading.clone().any(|at| {
        let paid = |at: usize| heading.contains(&at) && is_number(line.plain(at));
        let named = !is_number(line.plain(at + 1)) && !line.is_filler(at + 1);
        line.plain(at) == "and" && named && (0..at).any(paid) && (paid(at + 2) || paid(at + 3))
    })
}

/// Whether a line begins with a verb.
fn opens_with(reader: &Reader<'_>, verb: &Verb) -> bool {
    (0..verb.words.start).all(|at| reader.line.is_filler(at))
}

/// `call with bob 20 minutes`: whether it is hours worked or a talk that took so long; it is asked.
fn is_call(reader: &mut Reader<'_>, verb: Verb, hours: Range<usize>) -> Option<Kind> {
    let typed = reader.line.typed(&hours).to_owned();
    let choices = vec![
        Choice { key: "work".to_owned(), label: format!("Worked: {typed}") },
        Choice { key: "talk".to_owned(), label: "A talk; how long it took is left out".to_owned() },
    ];
    let text = "Is that work, or a talk?".to_owned();
    if reader.ask(format!("work-or-talk:{}", typed.to_lowercase()), text, choices)? == "work" {
        return Some(Kind::Work);
    }
    touch::open(reader, &verb);
    reader.absorb(hours);
    Some(Kind::Touch(verb))
}

/// Whether what people meet for has an amount behind it and nobody beside it, so that it may have been bought.
fn is_bought(reader: &Reader<'_>, verb: &Verb) -> bool {
    let line = &reader.line;
    let meal = verb.channel == Some("meeting") && verb.form == Form::Noun;
    let costs = amounts(line, verb.words.end..line.head, Currency::EUR);
    let alone = costs.iter().any(|amount| amount.words.start == verb.words.end)
        && likeliest(reader.names(&line.all()), false).is_empty();
    // `lunch with bob 46, on me`; `lunch with bob at 12, at zoe` is a time.
    let after_name = |amount: &Amount| {
        let ends = amount.words.end == line.head || line.is_parted(amount.words.end);
        let before = amount.words.start.checked_sub(1);
        let named = before.is_some_and(|at| {
            reader.names(&line.all()).iter().any(|it| it.fit.exact && it.fit.words.end == at + 1)
        });
        ends && named && line.typed(&amount.words).len() >= 2
    };
    meal && (alone || costs.iter().any(after_name))
}

/// Whether words are nothing but a pronoun of theirs, or a name that is known.
fn is_subject(reader: &Reader<'_>, within: Range<usize>) -> bool {
    let pronoun = within.len() == 1 && matches!(reader.line.plain(within.start), "he" | "she" | "they");
    pronoun || reader.names(&within).iter().any(|named| named.fit.exact && named.fit.words == within)
}

/// Where what was said begins: behind names that are known and what joins them.
fn behind_names(reader: &Reader<'_>, from: usize) -> Option<usize> {
    let line = &reader.line;
    let names = reader.names(&line.heading());
    let named = |at: usize| names.iter().any(|it| it.fit.exact && it.fit.words.contains(&at));
    let joins = |at: &usize| named(*at) || (line.is_filler(*at) && !matches!(line.plain(*at), "i" | "we"));
    (from..line.head).find(|at| !joins(at))
}

/// Whether what follows who spoke, or whom it was said to, begins with who will do it: `he'd`, `i'll`, `they will`.
fn says_will(reader: &Reader<'_>, from: usize) -> bool {
    let line = &reader.line;
    let pronoun = |at: usize| matches!(line.plain(at), "he" | "she" | "they" | "i" | "we");
    let Some(at) = behind_names(reader, from) else { return false };
    let text = line.words.get(at).map(|word| word.text.to_lowercase().replace('’', "'")).unwrap_or_default();
    let short = text.ends_with("'d") || text.ends_with("'ll");
    short || pronoun(at) && matches!(line.plain(at + 1), "will" | "would" | "wants")
}

/// Uses who is said to do what follows a verb: `he'd`, `she will`.
fn absorb_pronoun(reader: &mut Reader<'_>, from: usize) {
    const THEY: [&str; 24] = [
        "he",
        "she",
        "they",
        "it",
        "hed",
        "shed",
        "theyd",
        "itd",
        "id",
        "wed",
        "hell",
        "shell",
        "theyll",
        "itll",
        "ill",
        "well",
        "he will",
        "she will",
        "they will",
        "i will",
        "we will",
        "he would",
        "she would",
        "they would",
    ];
    let Some(start) = behind_names(reader, from) else { return };
    let line = &reader.line;
    let found = THEY.iter().rev().find_map(|they| {
        let end = start + they.split(' ').count();
        line.find(&[*they], start..end.min(line.head))
    });
    if let Some(words) = found {
        reader.absorb(words);
    }
}

/// `bob said he'd decide by 1 dec`, `told bob he'd have the texts by 4 dec`: whether what is due by a day is promised, and by
/// whom; it is asked.
fn said_to_be_due(reader: &mut Reader<'_>, verb: &Verb) -> Option<Party> {
    let (line, today) = (&reader.line, reader.known.today);
    let will = || says_will(reader, verb.words.end);
    let ahead = || find_day(line, line.heading(), today, Lean::Ahead).filter(|_| will());
    let due = find_deadline(line, line.heading(), today).or_else(ahead);
    let due = due.filter(|due| verb.says && due.on > today);
    let theirs = (0..verb.words.start).any(|at| !line.is_filler(at));
    let Some(due) = due else {
        // `said i'd send bob the sizes before the weekend`
        let mine = |at: usize| {
            let text = line.words.get(at).map(|word| word.text.to_lowercase().replace('’', "'"));
            text.is_some_and(|text| matches!(text.as_str(), "i'd" | "i'll" | "we'd" | "we'll"))
        };
        if verb.says && !theirs && line.heading().any(mine) {
            let said = Choice { key: "said".to_owned(), label: "It was only said: a touch".to_owned() };
            let text = "Is something promised? Then say by which day, such as by fri, or".to_owned();
            reader.ask(format!("said:{}", line.raw.trim().to_lowercase()), text, vec![said]);
        }
        return None;
    };
    let (by, who) = if theirs { (Party::Them, "They promise") } else { (Party::Me, "You promise") };
    let label = format!("{who} it by {}", day_words(due.on, today));
    let choices = vec![Choice { key: "promise".to_owned(), label }, reader.part_of_what_was_said(&due.words)];
    let text = format!("Is something promised “{}”?", line.typed(&due.words));
    if reader.ask(reader.asked_for_day(&due.words), text, choices)? != "promise" {
        return None;
    }
    let label = if theirs { "Their promise" } else { "My promise" };
    reader.open(ChipKind::Promise, label, &verb.words);
    reader.answered = Answered::Wholly;
    absorb_pronoun(reader, verb.words.end);
    Some(by)
}

/// Kinds whose verb may stand anywhere before the colon.
fn anywhere(reader: &mut Reader<'_>) -> Option<Kind> {
    let line = &reader.line;
    let heading = line.heading();
    let verb = touch_verb::verb(line);
    let promise = promised(line);
    // `will pay the deposit`: what is to be paid came no more than any other promise.
    let is_to_come = |words: &Range<usize>| {
        let pay = promise.as_ref().and_then(|(said, _)| line.find(&["pay"], said.end..words.start));
        // `RE-2026-031 will be paid on 10 dec`.
        let be = promise
            .as_ref()
            .is_some_and(|(said, _)| line.plain(said.end) == "be" && words.start == said.end + 1);
        // `acme promised payment by friday`.
        let noun = promise.as_ref().is_some_and(|(said, _)| words.start == said.end && words.len() == 1)
            && line.plain(words.start) == "payment";
        be || noun || pay.is_some_and(|pay| (pay.end..words.start).all(|at| line.is_filler(at)))
    };
    let paid = said_paid(line, line.all()).filter(|words| !is_to_come(words));
    let hours = work::hours(line).into_iter().next();
    // `georg signed off the stand` says yes to something.
    let agreement = line.find(&AGREEMENT, heading.clone()).filter(|words| line.plain(words.end) != "off");
    let won = line.find(&["won"], heading.clone());
    let lost = line.find(&["lost"], heading.clone());
    let delivered = line.find(&DELIVERED, heading.clone());
    let accepted = accepted(line);
    // What is said in a talk is its note, and stands after a colon: two verbs are two facts.
    let also = |words: &Option<Range<usize>>| words.as_ref().map(|words| words.start);
    let others = [
        also(&paid),
        promise.as_ref().map(|(words, _)| words.start),
        also(&won),
        also(&lost),
        also(&delivered),
        accepted.as_ref().map(|(words, _)| words.start),
    ];
    // `called acme, 1h design`
    let called_first = verb.as_ref().is_some_and(|verb| {
        let behind = hours.as_ref().is_some_and(|(hours, _)| {
            verb.words.end < hours.start && (verb.words.end..=hours.start).any(|at| line.is_parted(at))
        });
        verb.form == Form::Past && behind
    });
    if called_first || bought_besides(line) && hours.is_some() || paid_by_another(line) && paid.is_some() {
        return Some(Kind::Several);
    }
    let first_touch = verb.as_ref().map(|verb| verb.words.start);
    // `bob says he will pay on friday`, `bob said acme will pay on friday`
    if let (Some(verb), Some((words, _))) = (&verb, &promise)
        && verb.says
        && words.start > verb.words.end
        && is_subject(reader, verb.words.end..words.start)
    {
        let (verb, words) = (verb.words.clone(), words.clone());
        // `told bob i'll call`
        let theirs = (0..verb.start).any(|at| !line.is_filler(at));
        let mine = !theirs && line.words.get(words.start).is_some_and(|word| word.text.contains(['\'', '’']));
        let by = if mine { Party::Me } else { Party::Them };
        reader.open(ChipKind::Promise, if mine { "My promise" } else { "Their promise" }, &words);
        reader.absorb(verb.clone());
        if matches!(reader.line.plain(verb.end), "he" | "she" | "they") {
            reader.absorb(verb.end..verb.end + 1);
        }
        return Some(Kind::Promise(by));
    }
    let talk_first = first_touch.is_some_and(|touch| others.iter().flatten().any(|other| *other > touch));
    let paid_and = paid.is_some() && (promise.is_some() || hours.is_some() || verb.is_some());
    if talk_first || paid_and {
        return Some(Kind::Several);
    }
    if let Some(words) =
        line.find(&["got introduced to", "was introduced to", "were introduced to"], heading.clone())
    {
        reader.open(ChipKind::Met, "Introduced", &words);
        return Some(Kind::Met);
    }
    if let Some((words, to_me)) = introduced(line) {
        reader.open(ChipKind::Met, "Introduced", &words);
        if let Some(to_me) = to_me {
            reader.absorb(to_me);
        }
        return Some(Kind::Met);
    }
    // `i promised acme a 3h workshop`: what is promised may take hours.
    let before = |at: usize| hours.as_ref().is_none_or(|(hours, _)| at < hours.start);
    let promise = promise.filter(|(words, _)| before(words.start));
    if hours.is_some() && promise.is_none() {
        let call = verb.filter(|verb| {
            let first = hours.as_ref().is_some_and(|(hours, _)| verb.words.end <= hours.start);
            verb.channel.is_some() && verb.kind.is_none() && first && opens_with(reader, verb)
        });
        let (Some(verb), Some((words, _))) = (call, hours) else { return Some(Kind::Work) };
        return is_call(reader, verb, words);
    }
    if let Some((words, by)) = promise {
        let label = if by == Party::Me { "My promise" } else { "Their promise" };
        reader.open(ChipKind::Promise, label, &words);
        return Some(Kind::Promise(by));
    }
    if let Some(words) = plans(line) {
        reader.open(ChipKind::NextStep, "Next step", &words);
        return Some(Kind::NextStep);
    }
    if let Some((words, to)) = accepted {
        reader.open(ChipKind::Stage, if matches!(to, StageTo::Lost) { "Lost" } else { "Won" }, &words);
        return Some(Kind::Stage(to));
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
    // `coffee 4.50`: it is asked what that is.
    if verb.as_ref().is_some_and(|verb| is_bought(reader, verb)) {
        return None;
    }
    // `bela said yes`: it is asked to what.
    if verb.as_ref().is_some_and(|verb| verb.says && facts::meaning::is_decision(reader, &verb.words)) {
        return None;
    }
    if let Some(verb) = verb {
        if let Some(by) = said_to_be_due(reader, &verb) {
            return Some(Kind::Promise(by));
        }
        if reader.is_asking() {
            return None;
        }
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    if let Some(words) = delivered {
        reader.open(ChipKind::Agreement, "Delivered", &words);
        return Some(Kind::Delivered);
    }
    if let Some(words) = opens(line, &["renew"]) {
        reader.open(ChipKind::Renewal, "Renew", &words);
        return Some(Kind::Elsewhere(
            "What expires comes up by itself; once it is done, enter “renewed” and what it was",
        ));
    }
    if let Some(words) = renewed::said(line) {
        reader.open(ChipKind::Renewal, "Renewed", &words);
        return Some(Kind::Renewed);
    }
    // `offer to müller expires 31.12.`
    let offered = line.find(&["offer", "proposal", "quote"], heading.clone()).is_some();
    if let Some(words) = line.find(&RENEWS, heading.clone()).filter(|_| !offered) {
        reader.open(ChipKind::Renewal, "Renewal", &words);
        return Some(Kind::Renewal);
    }
    // `domain acme 12 eur 15.6.`
    if opens(line, &["domain", "ssl certificate", "certificate"]).is_some()
        && find_day(line, heading.clone(), reader.known.today, Lean::Ahead)
            .is_some_and(|day| day.on > reader.known.today)
    {
        reader.chip(ChipKind::Renewal, "Renewal");
        return Some(Kind::Renewal);
    }
    if let Some(words) = paid {
        reader.open(ChipKind::Payment, "Payment", &words);
        return Some(Kind::Payment);
    }
    if let Some((words, stage)) = stage_said(reader) {
        reader.open(ChipKind::Stage, &format!("To {}", stage.name), &words);
        if let Some(sent) = opens(&reader.line, &["sent"]) {
            reader.absorb(sent);
        }
        return Some(Kind::Stage(StageTo::Named(stage)));
    }
    // `surava sent 4000 chf` may be a payment: it is asked.
    let sent_money = |line: &Line<'_>| {
        amounts(line, line.heading(), Currency::EUR)
            .iter()
            .any(|amount| amount.marked && !amount.is_of_day(line))
    };
    if let Some(verb) = touch_verb::sent(&reader.line).filter(|_| !sent_money(&reader.line)) {
        touch::open(reader, &verb);
        return Some(Kind::Touch(verb));
    }
    if let Some(words) = finished(&reader.line) {
        reader.open(ChipKind::Agreement, "Finished", &words);
        return Some(Kind::Finished);
    }
    if work::days(&reader.line).is_some() {
        return Some(Kind::Work);
    }
    if let Some(words) = postponed(&reader.line) {
        reader.open(ChipKind::NextStep, "Postponed", &words);
        return Some(Kind::Postponed);
    }
    // `1200 from acme`.
    let line = &reader.line;
    let from = line.find(&["from"], heading.clone())?;
    // `from 9 to 12` is a time.
    if line.plain(from.end).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // `invoice from acme 300` is one of theirs.
    if line.find(&["invoice", "bill"], 0..from.start).is_some() {
        return None;
    }
    // `from january`, and the number of a day, tell of no money that came.
    let came = amounts(line, heading, Currency::EUR).iter().any(|amount| !amount.is_of_day(line));
    if is_month(line.plain(from.end)) || !came {
        return None;
    }
    reader.open(ChipKind::Payment, "Payment", &from);
    Some(Kind::Payment)
}
