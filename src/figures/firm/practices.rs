//! Does it work here? One's own practices against how late invoices are paid, and how often they are disputed.
//!
//! Looked at is every invoice that asked for something and came due by the day. Its delay is days from due to settled, or to
//! the day while it is open; one that was written off has none, and can still have been disputed. Means are of invoices, not
//! weighted by amounts. An invoice counts for or against a practice only where the facts tell:
//!
//! | practice | with | without | not told |
//! |---|---|---|---|
//! | invoice soon | sent within `invoice_days` of delivery | sent later | no delivery, or sent before it |
//! | down payment | one was paid by the day of issue | none was | no deal; it asks for the down payment itself |
//! | signed agreement | signed by the day of issue | not | no deal |
//! | results in words | three words or more on every line | not | no lines |
//! | thanks | a word of thanks on it | none | |
//! | method | settled by it | settled by another | open, or nobody noted the method |
//!
//! Below eight invoices on either side it is too few to say. A difference is told with a rough 95 % interval: where it holds
//! nought, the difference may be chance; where one side is of a client or two, it may be theirs. That those with a practice pay sooner does not prove that the practice does it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::interval::{of_delays, of_disputes};
use super::look::{Look, share_of, share_of_count};
use crate::domain::{Business, Invoice, InvoiceId, Threshold, days_between};
use crate::figures::filter::folded;
use crate::figures::standing::Standing;
use crate::figures::{Answer, Client, Unknown};

/// From so many invoices on each side on, a difference is told.
pub const ENOUGH_INVOICES: u32 = 8;
/// Of more methods of payment only the most frequent are told.
const MOST_METHODS: usize = 6;
/// So many words say what was achieved.
const WORDS_OF_A_RESULT: usize = 3;
/// From fewer clients than these on a side, a difference may be theirs rather than the practice's.
const ENOUGH_CLIENTS: usize = 3;

/// Whether one's own practices go with being paid sooner and disputed less.
#[derive(Debug, Clone, PartialEq)]
pub struct Practices {
    /// The five practices, then the methods of payment, the most frequent first.
    pub rows: Vec<PracticeRow>,
}

/// One practice: the invoices with it beside those without.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeRow {
    /// Which.
    pub practice: Practice,
    /// What it is called.
    pub title: String,
    /// Invoices with it.
    pub with: Side,
    /// Invoices without it.
    pub without: Side,
    /// How the delays differ.
    pub delay: Answer<Difference>,
    /// How the shares disputed differ.
    pub disputed: Answer<Difference>,
    /// What it says of the delays, in a sentence, or that it is too few.
    pub words: String,
}

/// Something one does, or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Practice {
    /// The invoice is sent soon after delivery.
    InvoiceSoon,
    /// A down payment came before.
    DownPayment,
    /// An agreement was signed before.
    SignedAgreement,
    /// Every line says in words what was achieved.
    ResultsInWords,
    /// There is a word of thanks on it.
    Thanks,
    /// It is paid by this method, in lower case without accents.
    PaidBy(Arc<str>),
}

/// The invoices on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// How many came due, those written off among them.
    pub invoices: u32,
    /// How many of them have a delay.
    pub timed: u32,
    /// The mean of these, in days beyond terms; unknown where too few on either side.
    pub mean_days: Answer<Decimal>,
    /// How many were disputed.
    pub disputed: u32,
    /// Those by all that came due, a fraction of one; unknown where too few on either side.
    pub disputed_share: Answer<Decimal>,
}

/// How two sides differ: with less without.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// By how much: in days, or a fraction of one; below nought is the better.
    pub by: Decimal,
    /// The lower end of a rough 95 % interval of it.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// From how many clients the invoices are, on the side that has fewer.
    pub clients: usize,
}

/// Sums over some invoices that can be added up and taken apart.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::figures) struct Tally {
    pub(super) invoices: u32,
    pub(super) timed: u32,
    /// Σ days beyond terms.
    pub(super) days: i64,
    /// Σ of their squares.
    pub(super) squares: i64,
    pub(super) disputed: u32,
}

/// What one client's invoices say of each practice.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Practised {
    /// Of the practices in the order of [`NAMED`]: with and without.
    named: [[Tally; 2]; NAMED.len()],
    /// By method, beside how it was written.
    methods: Vec<(Arc<str>, String, Tally)>,
}

/// The practices that are no method of payment.
const NAMED: [Practice; 5] = [
    Practice::InvoiceSoon,
    Practice::DownPayment,
    Practice::SignedAgreement,
    Practice::ResultsInWords,
    Practice::Thanks,
];

/// An invoice that came due.
pub(in crate::figures) struct CameDue<'a> {
    pub(in crate::figures) invoice: &'a Invoice,
    /// Days beyond terms; `None` where it was written off.
    pub(in crate::figures) days: Option<i64>,
    pub(in crate::figures) disputed: bool,
    /// Of the practices in the order of [`NAMED`]; `None` where the facts do not tell.
    named: [Option<bool>; NAMED.len()],
    /// By what it was settled, as it was written.
    method: Option<&'a str>,
}

impl Difference {
    /// Whether it is more than chance would make in nineteen of twenty cases, and not told of a client or two.
    #[must_use]
    pub fn is_beyond_chance(&self) -> bool {
        self.clients >= ENOUGH_CLIENTS && (self.low > 0.0 || self.high < 0.0)
    }
}

/// The invoices of a client that came due by the day.
pub(in crate::figures) fn came_due<'a>(look: &Look<'a>) -> Vec<CameDue<'a>> {
    let by_id: BTreeMap<&InvoiceId, &Invoice> =
        look.invoices.iter().map(|standing| (&standing.invoice.id, standing.invoice)).collect();
    let due = look.invoices.iter();
    let due = due.filter(|it| it.asked.amount > Decimal::ZERO && it.invoice.due <= look.day);
    due.map(|standing| CameDue {
        invoice: standing.invoice,
        days: standing.days_beyond_terms(look.day),
        disputed: !standing.invoice.disputes.is_empty(),
        named: [
            is_soon(look, standing.invoice),
            after_down_payment(look, &by_id, standing.invoice),
            look.deal_of(standing.invoice).map(|deal| {
                let signed = deal.agreement.as_ref().and_then(|agreement| agreement.signed);
                signed.is_some_and(|signed| signed <= standing.invoice.issued)
            }),
            in_words(standing.invoice),
            Some(standing.invoice.thanks.as_ref().is_some_and(|thanks| !thanks.trim().is_empty())),
        ],
        method: method(standing),
    })
    .collect()
}

fn is_soon(look: &Look<'_>, invoice: &Invoice) -> Option<bool> {
    let after = days_between(look.deal_of(invoice)?.delivered?, invoice.issued);
    (after >= 0).then(|| after <= look.business.threshold_days(Threshold::InvoiceDays))
}

fn after_down_payment(
    look: &Look<'_>,
    invoices: &BTreeMap<&InvoiceId, &Invoice>,
    invoice: &Invoice,
) -> Option<bool> {
    let Some(down) = &look.deal_of(invoice)?.down_payment else { return Some(false) };
    if down.invoice.as_ref() == Some(&invoice.id) {
        return None;
    }
    let asked = down.invoice.as_ref().and_then(|id| invoices.get(id));
    let came = |day: NaiveDate| day <= invoice.issued;
    Some(asked.is_some_and(|asked| {
        asked.received().any(|paid| paid.amount.amount > Decimal::ZERO && came(paid.day))
    }))
}

fn in_words(invoice: &Invoice) -> Option<bool> {
    let words =
        |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let all = invoice.lines.iter().all(|line| words(&line.result) >= WORDS_OF_A_RESULT);
    (!invoice.lines.is_empty()).then_some(all)
}

/// The method of the payment that settled an invoice.
fn method<'a>(standing: &Standing<'a>) -> Option<&'a str> {
    let settled = standing.settled?;
    let payments = standing.invoice.received().filter(|payment| payment.day <= settled);
    let last = payments.max_by_key(|payment| payment.day)?;
    last.method.as_deref().map(str::trim).filter(|method| !method.is_empty())
}

impl CameDue<'_> {
    /// Whether it was with a practice; `None` where the facts do not tell.
    pub(in crate::figures) fn with(&self, practice: &Practice) -> Option<bool> {
        if let Practice::PaidBy(method) = practice {
            return self.method.map(|own| folded(own) == *method);
        }
        self.named.get(NAMED.iter().position(|named| named == practice)?).copied().flatten()
    }

    fn tally(&self) -> Tally {
        let days = self.days.unwrap_or(0);
        Tally {
            invoices: 1,
            timed: u32::from(self.days.is_some()),
            days,
            squares: days.saturating_mul(days),
            disputed: u32::from(self.disputed),
        }
    }
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.invoices = self.invoices.saturating_add(other.invoices);
        self.timed = self.timed.saturating_add(other.timed);
        self.days = self.days.saturating_add(other.days);
        self.squares = self.squares.saturating_add(other.squares);
        self.disputed = self.disputed.saturating_add(other.disputed);
    }

    /// All of them but those of a part.
    fn less(&self, part: &Self) -> Self {
        Self {
            invoices: self.invoices.saturating_sub(part.invoices),
            timed: self.timed.saturating_sub(part.timed),
            days: self.days.saturating_sub(part.days),
            squares: self.squares.saturating_sub(part.squares),
            disputed: self.disputed.saturating_sub(part.disputed),
        }
    }
}

impl Practised {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut part = Self::default();
        let mut methods: BTreeMap<Arc<str>, (&str, Tally)> = BTreeMap::new();
        for due in came_due(look) {
            let tally = due.tally();
            for (sides, with) in part.named.iter_mut().zip(due.named) {
                let [kept, not_kept] = sides;
                match with {
                    Some(true) => kept.add(&tally),
                    Some(false) => not_kept.add(&tally),
                    None => {}
                }
            }
            if let Some(method) = due.method {
                methods.entry(folded(method)).or_insert((method, Tally::default())).1.add(&tally);
            }
        }
        let methods = methods.into_iter();
        part.methods = methods.map(|(key, (written, tally))| (key, written.to_owned(), tally)).collect();
        part
    }

    /// The invoices settled by a method beside those settled by others.
    fn by_method(&self, method: &str) -> [Tally; 2] {
        let mut all = Tally::default();
        self.methods.iter().for_each(|(.., tally)| all.add(tally));
        let with = self.methods.iter().find(|(key, ..)| **key == *method).map(|(.., tally)| *tally);
        let with = with.unwrap_or_default();
        [with, all.less(&with)]
    }
}

impl Practices {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>]) -> Self {
        let parts = || clients.iter().map(|client| &client.firm.practised);
        let soon_days = business.threshold_days(Threshold::InvoiceDays);
        let named = NAMED.into_iter().enumerate().map(|(at, practice)| {
            let sides = move |part: &Practised| part.named.get(at).copied().unwrap_or_default();
            PracticeRow::of(title(&practice, "", soon_days), practice, parts().map(sides))
        });
        let mut rows: Vec<PracticeRow> = named.collect();
        let mut methods: BTreeMap<&Arc<str>, (&str, u32)> = BTreeMap::new();
        for (key, written, tally) in parts().flat_map(|part| &part.methods) {
            let (_, count) = methods.entry(key).or_insert((written, 0));
            *count = count.saturating_add(tally.invoices);
        }
        let mut methods: Vec<(&Arc<str>, (&str, u32))> = methods.into_iter().collect();
        methods.sort_by_key(|(_, (_, count))| std::cmp::Reverse(*count));
        for (key, (written, _)) in methods.into_iter().take(MOST_METHODS) {
            let practice = Practice::PaidBy(key.clone());
            let sides = parts().map(|part| part.by_method(key));
            rows.push(PracticeRow::of(title(&practice, written, soon_days), practice, sides));
        }
        Self { rows }
    }

    /// The row of a practice.
    #[must_use]
    pub fn row(&self, practice: &Practice) -> Option<&PracticeRow> {
        self.rows.iter().find(|row| row.practice == *practice)
    }
}

fn title(practice: &Practice, written: &str, soon_days: i64) -> String {
    match practice {
        Practice::InvoiceSoon => {
            let days = if soon_days == 1 { "day" } else { "days" };
            format!("Invoice within {soon_days} {days} of delivery")
        }
        Practice::DownPayment => "Down payment received".to_owned(),
        Practice::SignedAgreement => "Agreement signed".to_owned(),
        Practice::ResultsInWords => "Results in words".to_owned(),
        Practice::Thanks => "Thanks on the invoice".to_owned(),
        Practice::PaidBy(_) => format!("Paid by {written}"),
    }
}

impl PracticeRow {
    fn of(title: String, practice: Practice, clients: impl Iterator<Item = [Tally; 2]>) -> Self {
        let counts = |[kept, not_kept]: &[Tally; 2]| kept.invoices > 0 || not_kept.invoices > 0;
        let clients: Vec<[Tally; 2]> = clients.filter(counts).collect();
        let (mut with, mut without) = (Tally::default(), Tally::default());
        for [kept, not_kept] in &clients {
            with.add(kept);
            without.add(not_kept);
        }
        let of_clients = |counts: fn(&Tally) -> u32| {
            let kept = clients.iter().filter(|[kept, _]| counts(kept) > 0).count();
            kept.min(clients.iter().filter(|[_, not_kept]| counts(not_kept) > 0).count())
        };
        let all = [with.invoices, without.invoices];
        let what = if all == [with.timed, without.timed] { "invoices" } else { "invoices not written off" };
        let timed = enough([with.timed, without.timed], what);
        let delay = timed.clone().and_then(|()| {
            let by = mean_days(&with)?.saturating_sub(mean_days(&without)?);
            let (low, high) = of_delays(&with, &without, &clients);
            Ok(Difference { by, low, high, clients: of_clients(|tally| tally.timed) })
        });
        let counted = enough(all, "invoices");
        let disputed = counted.clone().and_then(|()| {
            let by = disputed_share(&with)?.saturating_sub(disputed_share(&without)?);
            let (low, high) = of_disputes(&with, &without);
            Ok(Difference { by, low, high, clients: of_clients(|tally| tally.invoices) })
        });
        let side = |tally: &Tally| Side {
            invoices: tally.invoices,
            timed: tally.timed,
            mean_days: timed.clone().and_then(|()| mean_days(tally)),
            disputed: tally.disputed,
            disputed_share: counted.clone().and_then(|()| disputed_share(tally)),
        };
        Self {
            words: words(&delay),
            with: side(&with),
            without: side(&without),
            practice,
            title,
            delay,
            disputed,
        }
    }
}

/// Whether there are enough invoices on both sides to tell them apart.
fn enough([with, without]: [u32; 2], what: &str) -> Answer<()> {
    if with.min(without) >= ENOUGH_INVOICES {
        return Ok(());
    }
    Err(Unknown(format!(
        "too few: {with} {what} with it, {without} without; from {ENOUGH_INVOICES} of each on"
    )))
}

fn mean_days(tally: &Tally) -> Answer<Decimal> {
    share_of(tally.days.into(), tally.timed.into(), "no such invoice came due")
}

fn disputed_share(tally: &Tally) -> Answer<Decimal> {
    let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    share_of_count(count(tally.disputed), count(tally.invoices), "no such invoice came due")
}

/// What a difference of delays says: `paid 4.1 days earlier with it; 95 %: between 7.2 and 1 days earlier`.
fn words(delay: &Answer<Difference>) -> String {
    let difference = match delay {
        Ok(difference) => difference,
        Err(unknown) => return unknown.0.clone(),
    };
    let by = difference.by.round_dp(1).normalize();
    let said = if by.is_zero() {
        "paid as late with it as without".to_owned()
    } else {
        let way = if by.is_sign_negative() { "earlier" } else { "later" };
        format!("paid {} days {way} with it than without", by.abs())
    };
    let end = |days: f64| match days {
        days if days < -0.05 => format!("{:.1} days earlier", -days),
        days if days > 0.05 => format!("{days:.1} days later"),
        _ => "no difference".to_owned(),
    };
    let range = format!("95\u{a0}%: {} to {}", end(difference.low), end(difference.high));
    let verdict = match difference.clients {
        _ if difference.is_beyond_chance() => "more than chance".to_owned(),
        ENOUGH_CLIENTS.. => "may be chance".to_owned(),
        1 => "may be due to one client".to_owned(),
        few => format!("may be due to {few} clients"),
    };
    format!("{said} ({range}): {verdict}")
}
