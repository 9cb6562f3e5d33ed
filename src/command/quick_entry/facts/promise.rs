//! Promises: `i promised acme the draft by fri`, `acme will send texts by monday`, `acme promised to pay 12 dec`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Currency, Deal, DealId, Invoice, Party, Promise, PromiseId, PromisedPayment};
use crate::figures::asked_without_invoice;
use crate::state::Edit;

use crate::command::quick_entry::grammar::closed::BEFORE_VERB;
use crate::command::quick_entry::grammar::reader::{Answered, Reader, put, said};
use crate::command::quick_entry::who::which_invoice;
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_deadline};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What says that somebody promises, or owes something that is no money.
pub(in crate::command::quick_entry) const PROMISE: [&str; 11] = [
    "promised",
    "promises",
    "promise",
    "will",
    "is going to",
    "are going to",
    "im going to",
    "i am going to",
    "promissed",
    "owe",
    "owes",
];

/// Who promised, with the words that say so: `i promised`, `acme will`, `we'll`.
pub(in crate::command::quick_entry) fn promised(line: &Line<'_>) -> Option<(Range<usize>, Party)> {
    if let Some(at) = line.heading().find(|at| line.is_free(*at) && is_short(line, *at)) {
        return Some((at..at + 1, Party::Me));
    }
    let found = line.find(&PROMISE, line.heading())?;
    // `acme owes 1200` is no promise.
    let owes = matches!(line.plain(found.start), "owe" | "owes");
    // The number of a day is none: `i owe acme a draft by 8 dec`.
    if owes && amounts(line, line.all(), Currency::EUR).iter().any(|amount| !amount.is_of_day(line)) {
        return None;
    }
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

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, by: Party) -> Option<Edit> {
    let all = reader.line.all();
    let verb = reader.line.heading().find(|at| promises(&reader.line, *at)).unwrap_or(0);
    let invoice = which_invoice::invoice_named(reader, all.clone());
    let is_named = !reader.names_nobody(&all);
    let who = match invoice.filter(|_| !is_named) {
        Some(invoice) => which_invoice::own(reader, Some(invoice))?,
        None => reader.who_or_new(all.clone(), "Say to whom")?,
    };
    reader.close(0..verb, &BEFORE_VERB);
    refuse_suffered(reader, verb);
    let due = reader.last_day_ahead(all.clone());
    let pays = by == Party::Them
        && reader.swallow(&["to pay", "pay", "be paid", "payment", "to transfer", "transfer"], all.clone());
    if by == Party::Them && !pays && may_be_payment(reader, &who)? {
        reader.answered = Answered::Wholly;
        return pay_by(reader, &who, invoice, due);
    }
    if pays
        && invoice.is_none()
        && let Some(amount) = only_amount(reader, &who)
    {
        return promised_amount(reader, &who, &amount, due);
    }
    if pays
        && invoice.is_none()
        && let Some(deal) = down_payment_without_invoice(reader, &who)
    {
        return pay_down(reader, who, deal, due);
    }
    if pays {
        return pay_by(reader, &who, invoice, due);
    }
    reader.refuse_others(&who, all.clone());
    if !reader.agreed() {
        refuse_another(reader);
        refuse_no_promise(reader, verb, by);
    }
    if by == Party::Them
        && invoice.is_none()
        && let Some(amount) = only_amount(reader, &who)
    {
        let will_pay = format!("{} will pay {}", who.name, said(amount.money));
        let choices = vec![Choice { key: "pay".to_owned(), label: will_pay }];
        let question = "Did they promise to pay? What else they promise is said in words".to_owned();
        reader.ask(format!("promised:{}:{}", who.id, amount.money), question, choices)?;
        return promised_amount(reader, &who, &amount, due);
    }
    if let Some(words) = reader
        .line
        .find(&["maybe", "perhaps", "probably", "possibly", "nothing", "if", "unless"], reader.line.heading())
    {
        reader.wonder(&words);
    }
    let Some(what) = reader.rest_as(ChipKind::Note, all) else {
        reader.need("Say what was promised");
        return None;
    };
    let Some(due) = due else {
        reader.need("Say by which day");
        return None;
    };
    Some(noted(reader, who, by, what, due, None))
}

/// The promise, once it is known what is promised and by when.
pub(in crate::command::quick_entry) fn noted(
    reader: &mut Reader<'_>,
    who: Who<'_>,
    by: Party,
    what: String,
    due: NaiveDate,
    deal: Option<DealId>,
) -> Edit {
    let promises = who.facts.map(|facts| facts.facts.promises.as_slice()).unwrap_or_default();
    if promises.iter().any(|known| known.what == what && known.by == by && known.kept.is_none()) {
        reader.warn("The same promise is open already");
    }
    let label = match by {
        Party::Me => format!("Noted what you promised {}: {what}", who.name),
        Party::Them => format!("Noted what {} promised: {what}", who.name),
    };
    let promise = Promise {
        id: PromiseId::fresh(&what, reader.seed()),
        client: who.id,
        by,
        person: who.person,
        what,
        made: reader.known.today,
        due,
        moved: Vec::new(),
        kept: None,
        deal,
    };
    put(label, vec![AnyRecord::Promise(Arc::new(promise))])
}

/// The one deal of which a down payment was asked for without an invoice, where no invoice of theirs is open.
fn down_payment_without_invoice<'a>(reader: &Reader<'a>, who: &Who<'a>) -> Option<&'a Deal> {
    let (known, today) = (who.facts?, reader.known.today);
    if !open_invoices(who, today).is_empty() {
        return None;
    }
    let deals = asked_without_invoice(reader.known.book.business(), &known.facts, today);
    match deals.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// That the down payment of a deal comes by a day: there is no invoice that could say so.
fn pay_down(reader: &mut Reader<'_>, who: Who<'_>, deal: &Deal, due: Option<NaiveDate>) -> Option<Edit> {
    reader.swallow(&["the down payment", "down payment", "the deposit", "deposit"], reader.line.all());
    if !reader.is_told(reader.line.all()) {
        return None;
    }
    reader.chip(ChipKind::Deal, deal.title.clone());
    let Some(due) = due else {
        reader.need("Say by which day");
        return None;
    };
    Some(noted(reader, who, Party::Them, "pay the down payment".to_owned(), due, Some(deal.id.clone())))
}

/// The invoices of which something is open on a day.
fn open_invoices<'a>(who: &Who<'a>, today: NaiveDate) -> Vec<&'a Arc<Invoice>> {
    let invoices = who.facts.map(|facts| facts.facts.invoices.as_slice()).unwrap_or_default();
    let is_open = |it: &&Arc<Invoice>| {
        it.as_of(today).is_some_and(|known| known.open().amount > rust_decimal::Decimal::ZERO)
    };
    invoices.iter().filter(is_open).collect()
}

/// Whether a word says that somebody promises.
fn promises(line: &Line<'_>, at: usize) -> bool {
    let goes_to = line.plain(at) == "going" && line.plain(at + 1) == "to";
    PROMISE.contains(&line.plain(at)) || goes_to || is_short(line, at)
}

/// Whether a word is a `will` of mine in short.
fn is_short(line: &Line<'_>, at: usize) -> bool {
    let text = line.words.get(at).map_or(String::new(), |word| word.text.to_lowercase().replace('’', "'"));
    matches!(text.as_str(), "i'll" | "we'll")
}

/// `i was promised a draft`, `promised by acme`: whose promise it is, is said the other way round.
fn refuse_suffered(reader: &mut Reader<'_>, verb: usize) {
    let line = &reader.line;
    let before = verb.checked_sub(1).map_or("", |at| line.plain(at));
    let by = line.plain(verb + 1) == "by" && reader.whom.iter().any(|name| name.start == verb + 2);
    if by || matches!(before, "was" | "were" | "been") {
        reader.need("Say who promised: i promised acme …, or acme promised …");
    }
}

/// What is no promise though it is told like one: what will not be done, or only be so, what they get or need, what was promised to
/// somebody else, and what follows the day, which may be another one.
fn refuse_no_promise(reader: &mut Reader<'_>, verb: usize, by: Party) {
    const STATES: [&str; 14] = [
        "be", "need", "get", "hate", "like", "love", "want", "stay", "close", "buy", "miss", "lose", "turn",
        "open",
    ];
    const ELSE: [&str; 9] =
        ["myself", "himself", "herself", "themselves", "ourselves", "his", "her", "their", "its"];
    let line = &reader.line;
    let next = (verb + 1..line.head).find(|at| line.is_free(*at)).unwrap_or(line.head);
    let word = line.plain(next);
    let back = matches!(line.plain(next + 1), "us" | "me" | "back" | "in" | "it");
    let will = matches!(line.plain(verb), "will" | "to") || is_short(line, verb);
    let state = will && by == Party::Them && STATES.contains(&word) && !back;
    let not = matches!(word, "not" | "never") && line.plain(next + 1) != "to";
    let other = line.plain(verb).starts_with("promis") && next == verb + 1 && ELSE.contains(&word);
    // `monday or tuesday`; `by friday, emil the prices`
    let used = line.heading().rev().find(|at| !line.is_free(*at)).unwrap_or(0);
    let follows = |at: usize| line.is_free(at) && !line.is_filler(at);
    let behind = (used + 1..line.head).find(|at| follows(*at)).filter(|_| line.is_parted(used + 1));
    let either =
        line.heading().find(|at| line.plain(*at) == "or" && line.is_free(*at) && !line.is_free(at + 1));
    // `end rarely of next week`
    let ends = |at: usize| {
        line.plain(at) == "end"
            && line.is_free(at)
            && (at + 1..at + 4).any(|at| at < line.head && !line.is_free(at))
    };
    let end = line.heading().find(|at| ends(*at));
    let strange = (state || not || other).then_some(next).or(either).or(behind).or(end);
    if let Some(at) = strange {
        reader.wonder(&(at..at + 1));
    }
}

/// Says of a second promise, or a second day by which something is due, that it is entered apart.
fn refuse_another(reader: &mut Reader<'_>) {
    let line = &reader.line;
    // `promised that bob will call` is one.
    let again = line.heading().any(|at| line.is_free(at) && promises(line, at) && line.plain(at) != "will");
    if again || find_deadline(line, line.heading(), reader.known.today).is_some() {
        reader.need("These are two promises: enter one at a time");
    }
}

/// `acme promised to settle the invoice`, `acme promised the rest`: whether that is a payment, where an invoice of theirs is open; it
/// is asked.
fn may_be_payment(reader: &mut Reader<'_>, who: &Who<'_>) -> Option<bool> {
    const MONEY: [&str; 10] = [
        "remaining",
        "settle",
        "wire",
        "rest",
        "money",
        "invoice",
        "bill",
        "deposit",
        "balance",
        "outstanding",
    ];
    let line = &reader.line;
    let said = line.heading().any(|at| line.is_free(at) && MONEY.contains(&line.plain(at)));
    if !said || open_invoices(who, reader.known.today).is_empty() {
        return Some(false);
    }
    let choices = vec![
        Choice { key: "pay".to_owned(), label: format!("{} will pay", who.name) },
        Choice { key: "other".to_owned(), label: "They promise something else".to_owned() },
    ];
    let text = "Is that a payment?".to_owned();
    Some(reader.ask(format!("promised-payment:{}", who.id), text, choices)? == "pay")
}

/// The amount that is all that was promised, where an invoice of theirs is open.
fn only_amount(reader: &Reader<'_>, who: &Who<'_>) -> Option<Amount> {
    let all = reader.line.all();
    let today = reader.known.today;
    let invoices = who.facts.map(|facts| facts.facts.invoices.as_slice()).unwrap_or_default();
    let mut known = invoices.iter().filter_map(|it| it.as_of(today));
    if !known.any(|it| it.open().amount > rust_decimal::Decimal::ZERO) {
        return None;
    }
    let found = amounts(&reader.line, all.clone(), reader.currency(Some(who)));
    let [only] = found.as_slice() else { return None };
    let others =
        reader.line.runs(all).into_iter().any(|run| run.start < only.words.start || run.end > only.words.end);
    (!others).then(|| only.clone())
}

/// `acme will pay 1200 by fri`: the invoice of which that is all that is open.
fn promised_amount<'a>(
    reader: &mut Reader<'a>,
    who: &Who<'a>,
    amount: &Amount,
    due: Option<NaiveDate>,
) -> Option<Edit> {
    let money = amount.money;
    reader.line.take(amount.words.clone());
    reader.chip_of(ChipKind::Money, said(money), &amount.words);
    let today = reader.known.today;
    let invoices = who.facts.map(|facts| facts.facts.invoices.as_slice()).unwrap_or_default();
    let same = |it: &&Arc<Invoice>| it.as_of(today).is_some_and(|known| known.open() == money);
    let same: Vec<&'a Arc<Invoice>> = invoices.iter().filter(same).collect();
    let [only] = same.as_slice() else {
        let need = "A promised payment is of all that is open of an invoice: say which, as “promised to pay” and its number";
        reader.need(need);
        return None;
    };
    reader.chip(ChipKind::Invoice, only.number.clone());
    pay_by(reader, who, Some(*only), due)
}

/// A promised payment, where it was answered that this is one: of the invoice that is named, or of which the amount is all that is
/// open.
pub(in crate::command::quick_entry) fn read_pay_by<'a>(
    reader: &mut Reader<'a>,
    who: &Who<'a>,
    due: &Day,
    amount: Option<&Amount>,
) -> Option<Edit> {
    let invoice = which_invoice::invoice_named(reader, reader.line.all());
    reader.note_day(Some(due), due.on, "due ");
    match amount.filter(|_| invoice.is_none()) {
        Some(amount) => promised_amount(reader, who, amount, Some(due.on)),
        None => pay_by(reader, who, invoice, Some(due.on)),
    }
}

/// The day by which an invoice is to be paid.
fn pay_by<'a>(
    reader: &mut Reader<'a>,
    who: &Who<'a>,
    invoice: Option<&'a Arc<Invoice>>,
    due: Option<NaiveDate>,
) -> Option<Edit> {
    if !reader.is_asking() && !reader.is_told(reader.line.all()) {
        return None;
    }
    let today = reader.known.today;
    let open = open_invoices(who, today);
    let invoice = match (invoice, open.as_slice()) {
        (Some(named), _) => named,
        (None, []) => {
            reader.need(format!("No invoice of {} is open", who.name));
            return None;
        }
        (None, [only]) => {
            reader.chip(ChipKind::Invoice, format!("{} (open {})", only.number, said(only.open())));
            *only
        }
        (None, several) => {
            let choices = several.iter().map(|invoice| Choice {
                key: invoice.id.to_string(),
                label: format!("{} · {} open", invoice.number, said(invoice.open())),
            });
            let ids: Vec<&str> = several.iter().map(|invoice| invoice.id.as_str()).collect();
            let asked = format!("pays:{}", ids.join(","));
            let answer = reader.ask(asked, "Which invoice?".to_owned(), choices.collect())?;
            several.iter().find(|invoice| invoice.id.as_str() == answer)?
        }
    };
    if invoice.client != who.id || !open.iter().any(|known| known.id == invoice.id) {
        reader.need(format!("{} is no open invoice of {}", invoice.number, who.name));
    }
    let Some(pay_by) = due else {
        reader.need("Say by which day");
        return None;
    };
    let mut changed = Invoice::clone(invoice);
    changed.promised.push(PromisedPayment { day: today, pay_by });
    let label = format!(
        "{} promised to pay {} by {}",
        who.name,
        changed.number,
        crate::written::weekday_in_full(pay_by)
    );
    Some(put(label, vec![AnyRecord::Invoice(Arc::new(changed))]))
}
