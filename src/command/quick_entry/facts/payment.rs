//! Payments: `paid acme 1200`, `acme paid 500 on 12 nov`, `acme paid RE-2026-031`.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, Currency, Invoice, Money, Payment};
use crate::state::Edit;
use crate::state::day_entry::{Lean, day_words, short_day};

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::payment_parts::{of_one, of_open, open_invoices};
use crate::command::quick_entry::grammar::closed::MONEY_JOINS;
use crate::command::quick_entry::grammar::reader::{Reader, put, said};
use crate::command::quick_entry::who::which_invoice::{find_invoice, invoice_named, known, own};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words::amount::{Amount, amounts};
use crate::command::quick_entry::words::day::{Day, find_day, may_be_decimal};
use crate::command::quick_entry::words::line::{FILLERS, Line};
use crate::command::quick_entry::{ChipKind, Choice};

pub(in crate::command::quick_entry) const PAID: [&str; 37] = [
    "has been paid",
    "have been paid",
    "has come in",
    "came in",
    "got paid by",
    "was paid by",
    "were paid by",
    "got paid",
    "received payment",
    "received a payment",
    "got a payment",
    "has paid",
    "have paid",
    "payment received",
    "paid",
    "payed",
    "payd",
    "down payment",
    "downpayment",
    "part payment",
    "partial payment",
    "advance payment",
    "first payment",
    "final payment",
    "deposit",
    "payment",
    "settled",
    "cleared",
    "transferred",
    "transfered",
    "transfer",
    "wired",
    "received",
    "recieved",
    "recd",
    "landed",
    "got",
];
/// What a payment may be called, which says nothing of its own.
pub(in crate::command::quick_entry) const CALLED: [&str; 9] = [
    "money",
    "down payment",
    "downpayment",
    "part payment",
    "partial payment",
    "advance payment",
    "first payment",
    "final payment",
    "deposit",
];
const METHODS: [&str; 14] = [
    "bank transfer",
    "wire transfer",
    "direct debit",
    "credit card",
    "transfer",
    "wire",
    "card",
    "paypal",
    "cash",
    "cheque",
    "check",
    "stripe",
    "sepa",
    "twint",
];
const IN_FULL: [&str; 6] = ["in full", "everything", "all of it", "the rest", "in whole", "all"];

/// The words that say money came; `got` and `received` only beside an amount.
pub(in crate::command::quick_entry) fn said_paid(
    line: &Line<'_>,
    within: Range<usize>,
) -> Option<Range<usize>> {
    let found = line.find(&PAID, line.heading())?;
    let verb = line.plain(found.start);
    // `acme deposit invoice 1785` is one that asks for a deposit.
    let asks = matches!(line.plain(found.end), "invoice" | "bill") && !line.is_parted(found.end);
    if asks && CALLED.contains(&line.typed(&found).to_lowercase().as_str()) {
        return None;
    }
    // `received invoice from acme 300` is one of theirs.
    let theirs = matches!(verb, "received" | "recieved" | "got") && found.len() == 1;
    if theirs && line.find(&["invoice", "bill"], found.end..(found.end + 3).min(line.head)).is_some() {
        return None;
    }
    // `payment reminder`, `reminded acme about the payment`.
    let reminds = line.find(&["reminder", "reminded", "chased"], line.heading()).is_some();
    if reminds && is_noun(verb) && found.len() == 1 {
        return None;
    }
    let word = |at: usize| line.plain(at).chars().any(char::is_alphabetic) && !line.is_filler(at);
    let subject = (0..found.start).any(word);
    let from = line.find(&["from"], line.heading()).is_some();
    let numbered = line.heading().any(|at| is_invoice_number(line, at));
    // `Acme got 500` and `transferred 500 to Acme` are money that went the other way.
    let comes = match verb {
        "got" | "received" | "recieved" | "recd" => found.len() > 1 || !subject,
        "transferred" | "transfered" | "transfer" | "wired" => subject || from,
        // `acme has been paid 500` is money that went the other way.
        "has" | "have" if found.len() == 3 && line.plain(found.start + 1) == "been" => numbered,
        _ => true,
    };
    // `acme 1200 came in`, `acme 1200 received`: right behind the amount it is that which came.
    let before = amounts(line, 0..found.start, Currency::EUR).iter().any(|it| it.words.end == found.start);
    let comes_in = line.typed(&found).to_lowercase().ends_with("in") || verb == "landed" && !numbered;
    if comes_in || (before && matches!(verb, "received" | "recieved")) {
        return before.then_some(found);
    }
    let weak = matches!(
        verb,
        "got"
            | "received"
            | "recieved"
            | "recd"
            | "landed"
            | "settled"
            | "cleared"
            | "transferred"
            | "transfered"
            | "transfer"
            | "wired"
            | "deposit"
    ) && found.len() == 1;
    let numbered =
        numbered && matches!(verb, "settled" | "cleared" | "transferred" | "transfered" | "wired" | "landed");
    let counted = || !amounts(line, within, Currency::EUR).is_empty();
    (comes && (!weak || numbered || counted())).then_some(found)
}

/// Whether a word looks like the number of an invoice: `RE-2026-031`, `R-1218`.
fn is_invoice_number(line: &Line<'_>, at: usize) -> bool {
    let text = line.words.get(at).map_or("", |word| word.text);
    let parts = text.split_once('-').filter(|(letters, _)| letters.starts_with(char::is_alphabetic));
    parts.is_some_and(|(_, rest)| rest.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    reader.joins = &MONEY_JOINS;
    let all = reader.line.all();
    let i_paid = paid_by_me(reader);
    reader.swallow(&CALLED, all.clone());
    if reader.line.heading().any(|at| is_noun(reader.line.plain(at))) {
        reader.swallow(
            &["received", "has arrived", "arrived", "landed", "has come in", "came in", "came"],
            all.clone(),
        );
    }
    let late = late(reader);
    let full = reader.swallow(&IN_FULL, all.clone());
    let method = method(reader);
    let invoice = invoice_named(reader, all.clone());
    let who = if invoice.is_some() { own(reader, invoice) } else { reader.who(all.clone()) };
    if who.is_none() && invoice.is_none() && !reader.is_asking() && is_expense(reader) {
        reader.reopen(ChipKind::Expense, "Expense");
        reader.joins = &FILLERS;
        return facts::expense::read(reader);
    }
    let bought = who.is_none() && invoice.is_none();
    let bought = bought && matches!(reader.line.plain(0), "paid" | "payed") && !reader.is_asking();
    if bought && facts::meaning::is_spent(reader) {
        reader.joins = &FILLERS;
        return facts::expense::read(reader);
    }
    if let (true, Some(who)) = (i_paid && !reader.agreed(), &who)
        && !came_in(reader, who)
    {
        return None;
    }
    refuse_day_or_amount(reader);
    let day = with_its_year(reader).unwrap_or_else(|| reader.past_day(all.clone()));
    if let Some(who) = &who {
        reader.refuse_others(who, reader.line.heading());
    }
    let counts = |at: &usize| {
        let number = reader.line.plain(*at).chars().all(|c| c.is_ascii_digit());
        let invoices =
            matches!(reader.line.plain(at + 1), "invoices" | "bills" | "instalments" | "installments");
        reader.line.is_free(*at) && number && invoices
    };
    if let Some(at) = all.clone().find(counts) {
        reader.refuse(&(at..at + 2), "Say how much came, or the numbers of the invoices, one a line");
        return None;
    }
    let currency = match invoice {
        Some(invoice) => invoice.currency().unwrap_or(reader.known.book.currency()),
        None => reader.currency(who.as_ref()),
    };
    let amount = reader.amount(all.clone(), currency);
    let amount = match (amount, &who) {
        (Some(amount), Some(who)) if invoice.is_none() => Some(in_its_currency(reader, who, amount)?),
        (amount, _) => amount,
    };
    let meant = amount.as_ref().filter(|_| invoice.is_none());
    if let Some((amount, meant)) = meant.and_then(|it| Some((it, number_of_one(reader, who.as_ref(), it)?))) {
        let choices = vec![
            Choice { key: "amount".to_owned(), label: said(amount.money) },
            Choice { key: "number".to_owned(), label: format!("invoice {}, paid in full", meant.number) },
        ];
        let question = "Is that the amount, or the number of the invoice?".to_owned();
        if reader.ask(format!("number:{}", meant.id), question, choices)? == "number" {
            let told = format!("{} (open {})", meant.number, said(meant.open()));
            reader.chip_of(ChipKind::Invoice, told, &amount.words);
            let parts = of_one(reader, &meant, None)?;
            refuse_in_time(reader, &parts, day, late.as_ref());
            return edit(reader, &parts, day, method.as_deref());
        }
    }
    let amount = amount.map(|amount| {
        reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
        amount.money
    });
    reader.swallow(&["the money for", "the money"], all.clone());
    reader.swallow(
        &["their invoice", "his invoice", "her invoice", "our invoice", "my invoice", "invoice", "invoices"],
        all,
    );
    if reader.is_asking() || !reader.is_told(reader.line.all()) {
        return None;
    }
    let parts = match invoice {
        Some(invoice) => of_one(reader, &known(reader, invoice), amount)?,
        None => of_open(reader, who.as_ref(), amount.filter(|_| !full || amount.is_some()), full)?,
    };
    refuse_in_time(reader, &parts, day, late.as_ref());
    edit(reader, &parts, day, method.as_deref())
}

/// `acme paid 12.11`: a day, or an amount? Where nothing else is one it is not for the program to guess.
fn refuse_day_or_amount(reader: &mut Reader<'_>) {
    let line = &reader.line;
    let is_either = |at: &usize| line.is_free(*at) && may_be_decimal(line, *at);
    let Some(at) = line.heading().find(is_either) else { return };
    let others = amounts(line, line.all(), reader.known.book.currency());
    if others.iter().any(|amount| !amount.words.contains(&at)) {
        return;
    }
    let typed = line.typed(&(at..at + 1)).to_owned();
    let need =
        format!("Is {typed} a day or an amount? Write {typed}. for the day, or the amount with its currency");
    reader.refuse(&(at..at + 1), need);
}

/// Whether a word is a payment, of which a verb may tell that it came.
fn is_noun(word: &str) -> bool {
    matches!(word, "payment" | "downpayment" | "deposit")
}

/// `paid 1200 late`: the words, used, which the days tell as well.
fn late(reader: &mut Reader<'_>) -> Option<Range<usize>> {
    let words = reader.line.find(&["too late", "late"], reader.line.heading())?;
    let counted = words.start.checked_sub(1).map_or("", |at| reader.line.plain(at));
    if matches!(counted, "day" | "days" | "week" | "weeks" | "month" | "months") {
        return None;
    }
    reader.absorb(words.clone());
    Some(words)
}

/// Says of a payment that is said to be late that it is not.
fn refuse_in_time(
    reader: &mut Reader<'_>,
    parts: &[(&Arc<Invoice>, Money)],
    day: NaiveDate,
    late: Option<&Range<usize>>,
) {
    let in_time = parts.iter().find(|(invoice, _)| day <= invoice.due);
    if let Some(((invoice, _), words)) = in_time.zip(late) {
        let due = short_day(invoice.due, reader.known.today);
        reader.refuse(words, format!("{} is due on {due}: this is not late", invoice.number));
    }
}

/// Whether `15` in `paid 20 nov 15` is the amount or the year is asked; gives the day where it is the year.
fn with_its_year(reader: &mut Reader<'_>) -> Option<NaiveDate> {
    let all = reader.line.all();
    let today = reader.known.today;
    let found = find_day(&reader.line, all.clone(), today, Lean::Back)?;
    let at = found.words.end;
    let number = reader.line.short_number_after(&found.words)?;
    let year = today.year() / 100 * 100 + number.parse::<i32>().ok()?;
    let on = found.on.with_year(year).filter(|on| *on <= today)?;
    // Where another amount is said, or this one has its currency, it is clear.
    let unclear = |amount: &Amount| {
        found.words.contains(&amount.words.start) || (amount.words.start == at && !amount.marked)
    };
    if !amounts(&reader.line, all, reader.known.book.currency()).iter().all(unclear) {
        return None;
    }
    let choices = vec![
        Choice { key: "amount".to_owned(), label: format!("An amount, on {}", day_words(found.on, today)) },
        Choice { key: "year".to_owned(), label: format!("The year: {}", day_words(on, today)) },
    ];
    let question = format!("Is {number} the amount, or the year?");
    if reader.ask(format!("year:{on}"), question, choices)? == "amount" {
        return None;
    }
    let found = Day { words: found.words.start..at + 1, on, ..found };
    reader.note_day(Some(&found), on, "");
    Some(on)
}

/// An amount without a currency, where nothing is open in the one that the client has now: in that of what is open, which is
/// asked where it is no whole invoice.
fn in_its_currency<'a>(reader: &mut Reader<'a>, who: &Who<'a>, amount: Amount) -> Option<Amount> {
    let open = open_invoices(reader, Some(who));
    let mut currencies: Vec<Currency> = open.iter().map(|invoice| invoice.open().currency).collect();
    currencies.dedup();
    let currency = match currencies.as_slice() {
        [only] if !amount.marked && *only != amount.money.currency => *only,
        _ => return Some(amount),
    };
    let money = Money::new(amount.money.amount, currency);
    if !open.iter().any(|invoice| invoice.open() == money) {
        let choices = vec![Choice { key: currency.to_string(), label: said(money) }];
        let question = format!("Was it {}? With its currency, anything else can be typed", said(money));
        reader.ask(format!("currency:{}", amount.money), question, choices)?;
    }
    Some(Amount { money, ..amount })
}

/// `i paid`: money that went out, unless it is said otherwise.
fn paid_by_me(reader: &Reader<'_>) -> bool {
    let line = &reader.line;
    let to_them = line
        .all()
        .any(|at| line.plain(at) == "to" && !matches!(line.plain(at + 1), "us" | "me" | "my" | "our"));
    let pays = ["paid", "payed", "payd", "transferred", "transfered", "wired", "settled"];
    let verb = line.heading().find(|at| pays.contains(&line.plain(*at))).unwrap_or(0);
    (0..verb).any(|at| matches!(line.plain(at), "i" | "we")) || to_them
}

fn came_in(reader: &mut Reader<'_>, who: &Who<'_>) -> bool {
    let choices = vec![Choice { key: "in".to_owned(), label: format!("{} paid me", who.name) }];
    let question = format!("Who paid? Enter what you paid {} as spent", who.name);
    reader.ask(format!("paid-by-me:{}", who.id), question, choices).is_some()
}

/// `paid 49 for hosting`, where nobody is called Hosting.
fn is_expense(reader: &Reader<'_>) -> bool {
    let line = &reader.line;
    // `got 49 for fonts` came in.
    let paid = line.heading().any(|at| matches!(line.plain(at), "paid" | "payed" | "payd"));
    let said_for = line.find(&["for"], line.all()).filter(|_| paid);
    if paid && facts::cost::names_cost(line) {
        return true;
    }
    said_for.is_some_and(|found| !line.runs(found.end..line.words.len()).is_empty())
        && line.find(&["from"], line.all()).is_none()
}

fn method(reader: &mut Reader<'_>) -> Option<String> {
    let all = reader.line.all();
    let found = reader.line.find(&METHODS, all)?;
    let joined = found
        .start
        .checked_sub(1)
        .filter(|at| matches!(reader.line.plain(*at), "by" | "via" | "in" | "per" | "with"));
    let is_cash = reader.line.plain(found.start) == "cash" || reader.line.plain(found.start) == "paypal";
    if joined.is_none() && !is_cash {
        return None;
    }
    let words = joined.unwrap_or(found.start)..found.end;
    let name = reader.line.typed(&found).to_lowercase();
    reader.line.take(words.clone());
    reader.chip_of(ChipKind::Money, format!("by {name}"), &words);
    Some(name)
}

/// Asks of a line that says no more than an invoice and an amount, `RE-2026-031 1200`, whether that came; whether it did.
pub(in crate::command::quick_entry) fn ask_whether_paid(reader: &mut Reader<'_>) -> bool {
    let all = reader.line.all();
    let Some((words, invoice)) = find_invoice(reader, all.clone()) else { return false };
    let currency = invoice.currency().unwrap_or(reader.known.book.currency());
    let found = amounts(&reader.line, all.clone(), currency);
    let [amount] = found.as_slice() else { return false };
    let told = |at: &usize| words.contains(at) || amount.words.contains(at) || reader.line.is_filler(*at);
    if !all.clone().all(|at| told(&at)) {
        return false;
    }
    let label = format!("{} came for {}", said(amount.money), invoice.number);
    let choices = vec![Choice { key: "paid".to_owned(), label }];
    let answer = reader.ask(format!("paid:{}", invoice.id), "Is that a payment?".to_owned(), choices);
    if answer.is_some() {
        reader.chip(ChipKind::Payment, "Payment");
    }
    answer.is_some()
}

/// The open invoice of a client whose number ends in the digits that were read as an amount, where the amount is not what is
/// open of it: then either may be meant.
fn number_of_one(reader: &Reader<'_>, who: Option<&Who<'_>>, amount: &Amount) -> Option<Arc<Invoice>> {
    const TELLING: usize = 3;
    let typed = reader.line.typed(&amount.words);
    if amount.marked || typed.len() < TELLING || !typed.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let invoices = &who?.facts?.facts.invoices;
    let open = invoices.iter().map(|invoice| known(reader, invoice)).filter(|it| !it.open().is_zero());
    let mut ends_so = open.filter(|invoice| invoice.number.ends_with(typed));
    let only = ends_so.next().filter(|invoice| invoice.open().amount != amount.money.amount);
    only.filter(|_| ends_so.next().is_none())
}

fn edit(
    reader: &mut Reader<'_>,
    parts: &[(&Arc<Invoice>, Money)],
    day: NaiveDate,
    method: Option<&str>,
) -> Option<Edit> {
    let mut records = Vec::new();
    for (invoice, amount) in parts {
        if day < invoice.issued {
            let issued = short_day(invoice.issued, reader.known.today);
            reader.need(format!("{} was issued later, on {issued}", invoice.number));
        }
        if invoice.payments.iter().any(|payment| payment.day == day && payment.amount == *amount) {
            reader.warn("The same payment is in the book already");
        }
        let mut changed = Invoice::clone(invoice);
        changed.payments.push(Payment {
            day,
            amount: *amount,
            method: method.map(str::to_owned),
            offset: None,
        });
        records.push(AnyRecord::Invoice(Arc::new(changed)));
    }
    let numbers: Vec<&str> = parts.iter().map(|(invoice, _)| invoice.number.as_str()).collect();
    let sum: Decimal = parts.iter().map(|(_, amount)| amount.amount).sum();
    let sum = Money::new(sum, parts.first()?.1.currency);
    Some(put(format!("Recorded {} for {}", said(sum), numbers.join(", ")), records))
}
