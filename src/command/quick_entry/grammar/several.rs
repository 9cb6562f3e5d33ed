//! Two facts in one line, which is one too many: `called acme and sent invoice 500`.

use crate::command::quick_entry::facts::touch_verb;
use crate::command::quick_entry::facts::work;
use crate::command::quick_entry::grammar::opening::{DEAL, EXPENSE, INVOICE, opens};
use crate::command::quick_entry::words::line::Line;

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

/// `called acme and sent invoice 500`: whether something else that was done follows. What was done in some hours is one thing.
pub(in crate::command::quick_entry) fn is_followed(line: &Line<'_>) -> bool {
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
