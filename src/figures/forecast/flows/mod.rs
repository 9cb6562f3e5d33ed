//! Everything that is to come or go, one row each: the list that the draws, the what-if and the proofs read.
//!
//! One file for each kind: invoices, fees, deals (their parts, what is left of them, and winning them), orders, expenses.
//! Nothing is dated on the day of the forecast or before: what is overdue comes from tomorrow on. What was invoiced is
//! counted as an invoice and nowhere else. **These files must not know** draws, layers switched on and off, or levers.

mod deal;
mod expense;
mod fee;
mod invoice;
mod order;
mod part;

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Book, Business, ClientFacts, ClientId, Invoice, MissingRate, Money, Stage, Table, add_days, days_between,
};
use crate::figures::Unknown;

use super::pmf::FURTHEST;
use super::{Dormancy, Habits, Pmf, Winning};

pub(in crate::figures) use fee::fees_to_invoice;
pub(super) use invoice::stands_for;

/// Days an invoice gives where neither its client nor earlier invoices tell.
pub(super) const TERMS_DAYS: i64 = 14;
/// The most days of terms that are believed.
const MOST_TERMS: i64 = 3_650;

/// How sure it is that something is to come at all. A total never mixes them silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Agreed: issued invoices, signed instalments, running retainers, planned expenses.
    Committed,
    /// Expected from habit: further orders of clients, what is left of a deal that was won.
    Likely,
    /// Not agreed yet: open deals.
    Possible,
}

impl Layer {
    /// All layers, in order.
    pub const ALL: [Self; 3] = [Self::Committed, Self::Likely, Self::Possible];

    /// Its place in [`Layer::ALL`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Committed => 0,
            Self::Likely => 1,
            Self::Possible => 2,
        }
    }
}

/// What something that is to come or go is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowKind {
    /// An open invoice, or what is left of it.
    Invoice,
    /// An instalment that is not invoiced yet.
    Instalment,
    /// A down payment that is not invoiced yet.
    DownPayment,
    /// A retainer's fee that is not invoiced yet.
    Fee,
    /// What is left of a deal that was won, beyond its instalments.
    Rest,
    /// An order expected from habit.
    Order,
    /// An open deal.
    Deal,
    /// An expense.
    Expense,
    /// Assumed by a lever of a what-if.
    Assumed,
}

/// Something that may happen once, and on whose day others wait: that a deal is won.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Names it; the draws of its day come from this.
    pub key: String,
    /// The chance of each day; less than one in all where it may never happen.
    pub when: Pmf,
}

/// On which day something comes or goes.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// So many days after the day of the forecast.
    After(Arc<Pmf>),
    /// So many days after an event, if that happens.
    Following(Arc<Event>, Arc<Pmf>),
}

/// Something that is to come or go.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Names it, and stays the same when other facts change: its draws come from this. `invoices/2026-014`,
    /// `retainers/care/2026-12-01`.
    pub key: String,
    /// How sure it is to come at all.
    pub layer: Layer,
    /// What it is.
    pub kind: FlowKind,
    /// Whose, where it belongs to a client; a client's flows are drawn alike.
    pub client: Option<(ClientId, Arc<str>)>,
    /// What for, in a few words.
    pub what: String,
    /// The record it comes from.
    pub record: Option<(Table, String)>,
    /// How much in the book's currency: positive comes in, negative goes out.
    pub amount: Money,
    /// The part of it that is income: net of tax; nought for an expense, negative for a credit note. Tax is set aside from
    /// this.
    pub income: Money,
    /// The day it was agreed for, where there is one.
    pub due: Option<NaiveDate>,
    /// On which day it comes or goes.
    pub when: When,
}

/// What could not be counted.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// What it is.
    pub what: String,
    /// How much, in its own currency.
    pub amount: Money,
    /// Why it could not be counted.
    pub why: Unknown,
}

/// Everything that is to come or go.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// In the order of their keys.
    pub flows: Vec<Flow>,
    /// What could not be counted.
    pub left_out: Vec<LeftOut>,
}

/// What is gathered, and what it is gathered from.
struct Gather<'a> {
    business: &'a Business,
    stages: Vec<Stage>,
    habits: &'a Habits,
    day: NaiveDate,
    days: i64,
    /// The last day looked at.
    until: NaiveDate,
    flows: Vec<Flow>,
    left_out: Vec<LeftOut>,
}

/// A client, and how its invoices usually are.
struct Whose<'a> {
    known: &'a ClientFacts,
    name: Arc<str>,
    /// Days its invoices give.
    terms: i64,
    /// Tax on top of what is net, a fraction of one: that of its last invoice.
    tax: Decimal,
    /// Days from an invoice to its payment; see [`Whose::lag`].
    lag: OnceCell<Arc<Pmf>>,
}

impl Flows {
    /// What is to come or go within `days` after `day`, from a book as `known` at the end of that day.
    ///
    /// Every open invoice is among them, however late it may be paid, so that their sum is what is owed.
    #[must_use]
    pub fn of(known: &Book, habits: &Habits, day: NaiveDate, days: i64) -> Self {
        let business: &Business = known.business();
        let days = days.clamp(0, FURTHEST);
        let (flows, left_out) = (Vec::new(), Vec::new());
        let until = add_days(day, days);
        let stages = business.stages();
        let mut gather = Gather { business, stages, habits, day, days, until, flows, left_out };
        let mut deals = deal::Deals::of(known, Winning::of(known, day), &gather);
        let orders = Dormancy::of(known, day).chances(days);
        for client in known.clients() {
            let whose = Whose::of(client);
            gather.invoices(&whose);
            gather.fees(&whose);
            let at_work = gather.deals(&whose, &mut deals);
            if !at_work && let Some((rhythm, chance)) = orders.get(client.id()) {
                gather.orders(&whose, rhythm, *chance);
            }
            gather.expenses(&client.facts.expenses, Some(&whose));
        }
        gather.expenses(&known.firm().expenses, None);
        deals.mention_without_value(&mut gather);
        let Gather { mut flows, left_out, .. } = gather;
        flows.sort_by(|a, b| a.key.cmp(&b.key));
        Self { flows, left_out }
    }
}

impl Gather<'_> {
    fn tomorrow(&self) -> NaiveDate {
        add_days(self.day, 1)
    }

    fn convert(&self, money: Money) -> Result<Money, MissingRate> {
        if money.is_zero() {
            return Ok(Money::zero(self.business.currency));
        }
        self.business.convert(money, self.day)
    }

    fn leave_out(&mut self, what: String, amount: Money, why: impl Into<Unknown>) {
        self.left_out.push(LeftOut { what, amount, why: why.into() });
    }

    /// When something is paid that is invoiced on `issued`, not before tomorrow, and due on `due`, not before that.
    fn invoiced(&self, whose: &Whose<'_>, issued: NaiveDate, due: NaiveDate) -> When {
        let issued = issued.max(self.tomorrow());
        When::After(self.habits.of_scheduled(whose.id(), issued, due.max(issued)))
    }
}

/// The invoices of a client that ask for something.
fn asking(known: &ClientFacts) -> impl Iterator<Item = &Invoice> {
    known.facts.invoices.iter().map(AsRef::as_ref).filter(|it| it.asked().amount > Decimal::ZERO)
}

/// The days an invoice gives this client to pay: those agreed, else the median of its invoices', else 14.
pub(super) fn usual_terms(known: &ClientFacts) -> i64 {
    let of_invoices = || {
        let mut terms: Vec<i64> = asking(known).map(|it| days_between(it.issued, it.due)).collect();
        terms.sort_unstable();
        crate::figures::standing::median(&terms).unwrap_or(TERMS_DAYS)
    };
    known.client.terms_days.map_or_else(of_invoices, i64::from).clamp(0, MOST_TERMS)
}

impl<'a> Whose<'a> {
    fn of(known: &'a ClientFacts) -> Self {
        let last = asking(known).max_by_key(|it| it.issued);
        Self {
            known,
            name: known.client.name.as_str().into(),
            terms: usual_terms(known),
            tax: last.map_or(Decimal::ZERO, tax_of),
            lag: OnceCell::new(),
        }
    }

    fn id(&self) -> &ClientId {
        self.known.id()
    }

    fn client(&self) -> (ClientId, Arc<str>) {
        (self.id().clone(), self.name.clone())
    }

    /// Days from an invoice with the usual terms to its payment.
    fn lag(&self, gather: &Gather<'_>) -> Arc<Pmf> {
        let due = add_days(gather.day, self.terms);
        self.lag.get_or_init(|| gather.habits.of_scheduled(self.id(), gather.day, due)).clone()
    }

    /// What is net with tax on top, and what is gross without it.
    fn gross(&self, net: Money) -> Money {
        with_tax(net, self.tax)
    }

    fn net(&self, gross: Money) -> Money {
        let net = gross.amount.checked_div(Decimal::ONE + self.tax).unwrap_or(gross.amount);
        Money::new(net, gross.currency).rounded()
    }
}

/// The tax of an invoice by what it asks net: a fraction, nought where it asks nothing, at most ten (1,000 %).
fn tax_of(invoice: &Invoice) -> Decimal {
    let net = invoice.net().map(|net| net.amount).unwrap_or_default();
    let tax = invoice.tax_amount().amount.checked_div(net).unwrap_or_default();
    tax.clamp(Decimal::ZERO, Decimal::TEN)
}

fn with_tax(net: Money, tax: Decimal) -> Money {
    let gross = net.amount.checked_mul(Decimal::ONE + tax).unwrap_or(net.amount);
    Money::new(gross, net.currency).rounded()
}
