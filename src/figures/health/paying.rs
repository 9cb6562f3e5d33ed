//! Pays as agreed: days beyond terms, promises to pay, and what was disputed or lost.
//!
//! - **Days beyond terms**: the mean of paid − due (or the day − due while open) over the invoices due in the window, each part of
//!   an invoice by the day it was paid and weighted by its amount, so that a cent left open does not make all of it late; drawn
//!   towards the book's mean as if by three invoices of it, as that is to a week late (see [`super::Pool`]), so that nobody is
//!   drawn to itself alone. 100 points on the day or before, none from `late_days_worst` on. A single late invoice that is out of
//!   character counts like the middle of the others: once is no habit. That holds for as much of it as twice what the others come
//!   to, less what else is late; and between twice `late_days_worst` and three times it comes to count as late as it is. What is lost on their account counts
//!   by the day it was written off, as `late_days_worst` late at least; how late they pay on average is told without it.
//! - **Promises to pay**: kept by the day 100, moved with a word before it 75, slipped in silence 0.
//! - **Overdue, disputed or lost**: (Σ written off + ¼ · Σ in doubt) / Σ invoiced in the window; none 100 points, a quarter 0.
//!   In doubt is what is disputed, half of what was and is settled, and what is overdue, growing with the days to all of it at
//!   `late_days_worst`: a bill paid late is better than one that is not paid yet. What was written off because they were
//!   dissatisfied counts half, and because of a misunderstanding not at all: that tells of the agreement, not of the client (see
//!   [`super::writing`]); neither do the dispute and the days named before it. What is out of character is not in doubt. What is
//!   overdue stays, here and in the days, until it is paid or written off, however old it is.
//!
//! Unknown until an invoice was due, but for what is in doubt or lost: that is known.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{InvoiceId, Money, Table, Threshold, WriteOffCause, days_between, per_cent};
use crate::figures::proof::{Unit, Value};
use crate::figures::standing::{Standing, mean_days, median};
use crate::figures::sum::converted;
use crate::figures::words::{capital, number};
use crate::figures::{Answer, Unknown};

use super::look::Look;
use super::outcome::{Outcomes, of_invoice};
use super::pool::{Pool, Terms};
use super::{Evidence, FactId, Indicator, Measure, Reading, once_each, scale};

/// As many invoices of the book's mean are added to a client's own.
pub(in crate::figures) const SHRUNK_BY: i64 = 3;
/// Beside so many paid ones a single late invoice is out of character, if the middle of them is at most `punctual_days` late and
/// that one alone more.
const CHARACTER: usize = 3;

/// How one client paid, from its own facts alone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Paying {
    /// Σ amount, in the book's currency; what could not be counted is unknown.
    amount: Answer<Decimal>,
    /// Σ amount × days beyond terms.
    amount_days: Decimal,
    invoices: usize,
    promises: Outcomes,
    /// Σ invoiced in the window, and of it what was lost and what was disputed.
    invoiced: Decimal,
    lost: Decimal,
    /// What was lost as it counts against them, by its cause.
    blamed: Decimal,
    disputed: Decimal,
    overdue: Decimal,
    /// What is in doubt: of the disputed and overdue as much as counts.
    doubt: Decimal,
    /// How many of which nothing was paid were written off on their account.
    written_off: usize,
    /// How many were written off as a misunderstanding.
    misunderstood: usize,
    /// What was lost on their account, as it counts among the days; invoices of which nothing was paid.
    lost_terms: Terms,
    /// How late those are that were paid and are not late, from due to settled.
    usual: Vec<i64>,
    /// Those that are late.
    late: Vec<Late>,
    punctual_days: Decimal,
    worst_days: Decimal,
    facts: Vec<FactId>,
}

/// An invoice that is later than `punctual_days`, paid by now or open.
#[derive(Debug, Clone, PartialEq)]
struct Late {
    invoice: InvoiceId,
    number: String,
    days: i64,
    amount: Decimal,
    amount_days: Decimal,
    /// How much of it is in doubt for being late alone.
    doubt: Decimal,
    /// Whether it was written off: that is no slip.
    lost: bool,
}

/// The one late invoice of a client that is otherwise punctual.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Exception {
    /// Which.
    pub(in crate::figures) invoice: InvoiceId,
    /// The number printed on it.
    pub(in crate::figures) number: String,
    /// How many days late it is, by the mean of its parts.
    pub(in crate::figures) days: i64,
    /// As how many days late it counts: as the middle of the others, and more beyond what a slip lasts.
    pub(in crate::figures) counts: i64,
    /// As much of it as is out of character, in the book's currency.
    pub(in crate::figures) amount: Decimal,
    /// The rest of it, which counts as any other, and the same × days.
    pub(in crate::figures) rest: Decimal,
    pub(in crate::figures) rest_days: Decimal,
    /// Σ amount × days of all of it, as it is.
    amount_days: Decimal,
    /// How much of it is in doubt no more.
    doubt: Decimal,
    /// Whether all of it counts like the middle of the others.
    pub(in crate::figures) whole: bool,
}

impl Exception {
    /// Σ amount × days beyond terms, as it counts.
    pub(super) fn counted_days(&self) -> Decimal {
        self.amount.saturating_mul(self.counts.into()).saturating_add(self.rest_days)
    }

    /// `1042 50 days late, which is out of character`, and as what it counts where it does not count as the others do.
    pub(in crate::figures) fn words(&self) -> String {
        let Self { days, number, counts, whole, .. } = self;
        let counts = if *whole { String::new() } else { format!(" and counts as {counts}") };
        let of = if self.rest.is_zero() { "which" } else { "part of which" };
        format!("{number} {days} days late, {of} is out of character{counts}")
    }
}

impl Paying {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let mut paying = Self::nothing(look);
        for standing in look.invoices {
            paying.add(look, standing);
        }
        paying.facts = once_each(paying.facts);
        paying
    }

    /// Of no invoice yet.
    pub(super) fn nothing(look: &Look<'_>) -> Self {
        Self {
            amount: Ok(Decimal::ZERO),
            amount_days: Decimal::ZERO,
            invoices: 0,
            promises: Outcomes::default(),
            lost_terms: Terms::default(),
            misunderstood: 0,
            invoiced: Decimal::ZERO,
            lost: Decimal::ZERO,
            blamed: Decimal::ZERO,
            disputed: Decimal::ZERO,
            overdue: Decimal::ZERO,
            doubt: Decimal::ZERO,
            written_off: 0,
            usual: Vec::new(),
            late: Vec::new(),
            punctual_days: look.threshold(Threshold::PunctualDays),
            worst_days: look.threshold(Threshold::LateDaysWorst),
            facts: Vec::new(),
        }
    }

    /// One invoice more; a credit note tells nothing, nor does an invoice that was set off.
    pub(super) fn add(&mut self, look: &Look<'_>, standing: &Standing<'_>) {
        if standing.asked.amount <= Decimal::ZERO {
            return;
        }
        let invoice = standing.invoice;
        // What is owed is owed, however long ago it was billed.
        let late = days_between(invoice.due, look.day);
        let is_overdue = standing.is_open() && late > 0;
        let lost = invoice.write_off.as_ref().is_some_and(|it| look.is_recent(it.day));
        let issued = look.is_recent(invoice.issued) || is_overdue || lost;
        let due = look.is_recent(invoice.due);
        if !issued && !due {
            return;
        }
        self.facts.push((Table::Invoices, invoice.id.to_string()));
        let misunderstood =
            invoice.write_off.as_ref().is_some_and(|it| it.cause == WriteOffCause::Misunderstanding);
        if !misunderstood {
            for outcome in of_invoice(invoice, standing.settled, look.day) {
                self.promises.add(outcome);
            }
        }
        let total = match converted(look.business, standing.asked, invoice.issued) {
            Ok(total) => total.amount,
            Err(why) => {
                self.amount = Err(why);
                return;
            }
        };
        let due = Due::of(look, standing);
        if let Some(due) = &due {
            self.add_due(standing, due);
        }
        if issued {
            let part = |share: Decimal| total.saturating_mul(share);
            self.invoiced = self.invoiced.saturating_add(total);
            if let Some(write_off) = &invoice.write_off {
                let unpaid = standing.asked.amount.saturating_sub(standing.paid.amount);
                let share = unpaid.checked_div(standing.asked.amount).unwrap_or_default();
                let blame = blame(write_off.cause);
                if !blame.is_zero() {
                    self.lost = self.lost.saturating_add(part(share));
                }
                self.blamed = self.blamed.saturating_add(part(share.saturating_mul(blame)));
                self.written_off += usize::from(!blame.is_zero() && due.is_none());
                self.misunderstood += usize::from(misunderstood);
            }
            let mut disputed = Decimal::ZERO;
            if !invoice.disputes.is_empty() && !misunderstood {
                self.disputed = self.disputed.saturating_add(total);
                // With all of it paid there is nothing left to dispute.
                let goes_on = invoice.open_dispute().is_some() && standing.is_open();
                disputed = if goes_on { Decimal::ONE } else { Decimal::new(5, 1) };
            }
            let mut overdue = Decimal::ZERO;
            if is_overdue {
                overdue = standing.open.amount.checked_div(standing.asked.amount).unwrap_or_default();
                self.overdue = self.overdue.saturating_add(part(overdue));
                let so_late = Decimal::from(late).checked_div(self.worst_days);
                overdue = overdue
                    .saturating_mul(so_late.unwrap_or(Decimal::ONE).clamp(Decimal::ZERO, Decimal::ONE));
            }
            self.doubt = self.doubt.saturating_add(part(disputed.max(overdue)));
            if let Some(late) = self.late.last_mut().filter(|late| late.invoice == invoice.id) {
                late.doubt = part(disputed.max(overdue)).saturating_sub(part(disputed));
            }
        }
    }

    fn add_due(&mut self, standing: &Standing<'_>, due: &Due) {
        let (amount, amount_days) = due.sums();
        self.amount = self.amount.clone().map(|sum| sum.saturating_add(amount));
        self.amount_days = self.amount_days.saturating_add(amount_days);
        self.invoices += 1;
        if let Some((amount, days)) = due.lost {
            let lost = Terms {
                amount,
                amount_days: amount.saturating_mul(days.into()),
                invoices: usize::from(due.parts.is_empty()),
            };
            self.lost_terms = self.lost_terms.and(lost);
        }
        let invoice = standing.invoice;
        if Decimal::from(due.days) > self.punctual_days {
            let (id, number) = (invoice.id.clone(), invoice.number.clone());
            let (days, doubt) = (due.days, Decimal::ZERO);
            let lost = invoice.write_off.is_some();
            self.late.push(Late { invoice: id, number, days, amount, amount_days, doubt, lost });
        } else {
            self.usual.extend(standing.settled.map(|settled| days_between(invoice.due, settled)));
        }
    }

    /// The one late invoice of a client that is otherwise punctual: enough others were paid to tell a habit, and what is late
    /// besides is less than it. It ceases to be one by and by: no day and no cent more makes all of it count at once.
    pub(in crate::figures) fn exception(&self) -> Option<Exception> {
        let late = self.late.iter().filter(|it| !it.lost).max_by_key(|it| it.amount_days)?;
        let mut usual = self.usual.clone();
        usual.sort_unstable();
        let usual = median(&usual).filter(|_| usual.len() >= CHARACTER)?;
        if Decimal::from(usual) > self.punctual_days {
            return None;
        }
        let others = self.amount.as_ref().ok()?.saturating_sub(late.amount);
        let besides = self.late.iter().fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.amount));
        let besides = besides.saturating_sub(late.amount);
        let amount = late.amount.min(others.saturating_mul(Decimal::TWO)).saturating_sub(besides);
        if amount <= Decimal::ZERO {
            return None;
        }
        let rest = late.amount.saturating_sub(amount);
        let beyond = Decimal::from(late.days).saturating_sub(self.worst_days.saturating_mul(Decimal::TWO));
        let fades = beyond.max(Decimal::ZERO).checked_div(self.worst_days)?;
        if fades >= Decimal::ONE {
            return None;
        }
        let more = Decimal::from(late.days.saturating_sub(usual)).saturating_mul(fades);
        let counts = usual.saturating_add(more.round().to_i64()?);
        let of_rest = rest.checked_div(late.amount).unwrap_or(Decimal::ONE);
        let share = Decimal::ONE.saturating_sub(of_rest);
        Some(Exception {
            invoice: late.invoice.clone(),
            number: late.number.clone(),
            days: late.days,
            counts,
            amount,
            rest,
            rest_days: late.amount_days.saturating_mul(of_rest),
            amount_days: late.amount_days,
            doubt: late.doubt.saturating_mul(share).saturating_mul(Decimal::ONE.saturating_sub(fades)),
            whole: rest.is_zero() && fades.is_zero(),
        })
    }

    /// Σ amount × days beyond terms, the one out of character as it counts.
    fn counted_days(&self, exception: Option<&Exception>) -> Decimal {
        exception.map_or(self.amount_days, |it| {
            self.amount_days.saturating_sub(it.amount_days).saturating_add(it.counted_days())
        })
    }

    /// The same without the records it was made of, where only the points are asked for.
    pub(super) fn without_facts(self) -> Self {
        Self { facts: Vec::new(), ..self }
    }

    /// What was due, to be pooled with that of other clients; nothing where an amount cannot be told in the book's currency.
    pub(in crate::figures) fn terms(&self) -> Terms {
        match &self.amount {
            Ok(amount) => Terms {
                amount_days: self.counted_days(self.exception().as_ref()),
                amount: *amount,
                invoices: self.invoices,
            },
            Err(_) => Terms::default(),
        }
    }

    /// The same as it is pooled: nobody by more than `late_days_worst` either way, so that one old debt makes nobody else late.
    pub(super) fn pooled(&self) -> Terms {
        let terms = self.terms();
        let most = terms.amount.saturating_mul(self.worst_days);
        Terms { amount_days: terms.amount_days.clamp(-most, most), ..terms }
    }

    /// The same of what was paid or is open: how late they pay.
    pub(in crate::figures) fn paid_terms(&self) -> Terms {
        self.terms().less(self.lost_terms)
    }

    /// The client's own mean, in days beyond terms.
    fn days(&self, exception: Option<&Exception>) -> Answer<Decimal> {
        let amount = self.amount.clone()?;
        let mean = self.counted_days(exception).checked_div(amount);
        let off = self.written_off > 0 || self.misunderstood > 0;
        let why = if off { "what was due was written off" } else { "no invoice was due in the window" };
        mean.ok_or_else(|| Unknown::because(why))
    }

    /// The same drawn towards the book's mean.
    fn drawn(&self, own: Decimal, pool: &Pool) -> Decimal {
        let (count, more) = (Decimal::from(self.invoices), Decimal::from(SHRUNK_BY));
        let sum = own.saturating_mul(count).saturating_add(pool.days_beyond_terms().saturating_mul(more));
        sum.checked_div(count.saturating_add(more)).unwrap_or(own)
    }

    pub(super) fn reading(&self, pool: &Pool) -> Reading {
        let evidence = Evidence::of(self.invoices + self.written_off, "invoices");
        let exception = self.exception();
        let own = self.days(exception.as_ref());
        let quarter = Decimal::new(25, 2);
        let excused = exception.as_ref().map_or(Decimal::ZERO, |it| it.doubt);
        let doubt = self.doubt.saturating_sub(excused);
        let trouble = self.blamed.saturating_add(doubt.saturating_mul(quarter));
        if let Err(why) = &own
            && (trouble.is_zero() || self.amount.is_err())
        {
            return Reading::unknown(Indicator::Pays, &why.0, evidence, self.facts.clone());
        }
        let mut measures = Vec::new();
        let paid = if self.lost_terms.amount.is_zero() {
            own.clone()
        } else {
            self.paid_terms().days().ok_or_else(|| Unknown::because("nothing of what was due was paid"))
        };
        if let Ok(own) = own.clone() {
            let drawn = self.drawn(own, pool);
            let lost = if self.lost_terms.amount.is_zero() { "" } else { " with what is lost" };
            let says = format!("{}{lost}, drawn to {} by the book's mean", late(own), days(drawn));
            let points = scale(drawn, self.worst_days, Decimal::ZERO);
            let measure = Measure::new("Days beyond terms", 3, points, says).days("On average", own);
            let measure = match &paid {
                Ok(paid) if *paid != own => measure.days("On average, of what was paid", *paid),
                _ => measure,
            };
            let measure = measure.days("Drawn by the book's mean", drawn);
            measures.push(match &exception {
                Some(it) => {
                    measure.days("Out of character, and so late", it.days).days("It counts as", it.counts)
                }
                None => measure,
            });
        }
        measures.extend(self.promises.measure("Promises to pay"));
        if let Some(share) = trouble.checked_div(self.invoiced) {
            let named = [(self.lost, "lost"), (self.disputed, "disputed"), (self.overdue, "overdue")];
            let named = named.into_iter().filter(|(amount, _)| !amount.is_zero());
            let said: Vec<String> =
                named.map(|(amount, what)| format!("{} {what}", share_of(amount, self.invoiced))).collect();
            let says = if said.is_empty() { "none".to_owned() } else { said.join(", ") };
            let says = if excused.is_zero() { says } else { format!("{says}, excused as out of character") };
            let points = scale(share, quarter, Decimal::ZERO);
            let part = |amount: Decimal| {
                Value::Number(amount.checked_div(self.invoiced).unwrap_or_default(), Unit::Fraction)
            };
            let measure = Measure::new("Overdue, disputed or lost", 1, points, says);
            let measure = measure.with("Of what was invoiced, lost", part(self.lost));
            let measure = if self.blamed == self.lost {
                measure
            } else {
                measure.with("What is lost counts as", part(self.blamed))
            };
            let measure = measure.with("Of what was invoiced, disputed", part(self.disputed));
            measures.push(measure.with("Of what was invoiced, overdue", part(self.overdue)));
        }
        let mut says = match (&paid, &own) {
            (Ok(paid), _) => format!("Pays {}, from {}", late(*paid), evidence.words()),
            (Err(_), Ok(_)) => format!("Paid nothing of {}", evidence.words()),
            (_, Err(why)) => capital(&why.0),
        };
        if let Some(exception) = &exception {
            says = format!("{says}; {}", exception.words());
        }
        if self.promises.count() > 0 {
            says = format!("{says}; promises to pay: {}", self.promises.words());
        }
        for (amount, what) in [(self.overdue, "overdue"), (self.disputed, "disputed"), (self.lost, "lost")] {
            if !amount.is_zero() {
                let is = if what == "disputed" { "is or was" } else { "is" };
                says =
                    format!("{says}; {} of what was invoiced {is} {what}", share_of(amount, self.invoiced));
                if what == "lost" && self.blamed != self.lost {
                    says = format!("{says}, which counts as {}", share_of(self.blamed, self.invoiced));
                }
            }
        }
        Reading {
            indicator: Indicator::Pays,
            value: paid.map(|paid| Value::Number(paid, Unit::Days)),
            points: Reading::points_of(&measures),
            measures,
            evidence,
            says: format!("{says}."),
            facts: self.facts.clone(),
        }
    }
}

/// How far what was written off for this counts against the client.
fn blame(cause: WriteOffCause) -> Decimal {
    match cause {
        WriteOffCause::Misunderstanding => Decimal::ZERO,
        WriteOffCause::Dissatisfied => Decimal::new(5, 1),
        WriteOffCause::Cannot | WriteOffCause::WillNot => Decimal::ONE,
    }
}

/// An invoice that was due in the window, or is overdue since before it, by its parts.
pub(in crate::figures) struct Due {
    /// What was paid of it and is open, in the book's currency, each with its days beyond terms.
    pub(in crate::figures) parts: Vec<(Decimal, i64)>,
    /// What was lost of it on their account, as far as it counts, and as how many days late.
    lost: Option<(Decimal, i64)>,
    /// The mean of all of it, rounded.
    pub(in crate::figures) days: i64,
}

impl Due {
    /// `None` where it is not counted, or its amount cannot be told in the book's currency.
    pub(in crate::figures) fn of(look: &Look<'_>, standing: &Standing<'_>) -> Option<Self> {
        let is_owed = standing.is_open() && standing.invoice.due < look.day;
        let off = standing.invoice.write_off.as_ref();
        let is_lost = off.is_some_and(|off| look.is_recent(off.day) && !blame(off.cause).is_zero());
        if !look.is_recent(standing.invoice.due) && !is_owed && !is_lost {
            return None;
        }
        let in_own = |amount: Decimal| Money::new(amount, standing.asked.currency);
        let mut parts = standing.parts_beyond_terms(look.day);
        if off.is_some() {
            parts.retain(|(amount, _)| !amount.is_zero());
        }
        let mut lost = off.and_then(|off| {
            let unpaid = standing.asked.amount.saturating_sub(standing.paid.amount).max(Decimal::ZERO);
            let worst = look.threshold(Threshold::LateDaysWorst).to_i64().unwrap_or(i64::MAX);
            let counts = unpaid.saturating_mul(blame(off.cause));
            (!counts.is_zero()).then(|| (counts, days_between(standing.invoice.due, off.day).max(worst)))
        });
        for (amount, _) in parts.iter_mut().chain(&mut lost) {
            *amount = converted(look.business, in_own(*amount), standing.invoice.issued).ok()?.amount;
        }
        let all: Vec<(Decimal, i64)> = parts.iter().copied().chain(lost).collect();
        let days = mean_days(&all)?;
        Some(Self { parts, lost, days })
    }

    /// Σ amount, and Σ amount × days.
    fn sums(&self) -> (Decimal, Decimal) {
        let add = |(amount, amount_days): (Decimal, Decimal), (part, days): &(Decimal, i64)| {
            let more = part.saturating_mul((*days).into());
            (amount.saturating_add(*part), amount_days.saturating_add(more))
        };
        self.parts.iter().chain(&self.lost).fold((Decimal::ZERO, Decimal::ZERO), add)
    }
}

/// `12 days late`, `3 days early`, `on the day`.
pub(super) fn late(days: Decimal) -> String {
    let whole = days.round();
    let plural = if whole.abs() == Decimal::ONE { "" } else { "s" };
    if whole.is_zero() {
        "on the day".to_owned()
    } else if whole.is_sign_negative() {
        format!("{} day{plural} early", whole.abs())
    } else {
        format!("{whole} day{plural} late")
    }
}

fn days(days: Decimal) -> String {
    number(days.round_dp(1))
}

/// A part in whole per cent, and never none where there is some.
pub(super) fn share_of(part: Decimal, whole: Decimal) -> String {
    let percent = part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default();
    if percent > Decimal::ZERO && percent < Decimal::ONE { per_cent("<1") } else { per_cent(percent.round()) }
}
