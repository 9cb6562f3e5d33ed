//! What an item of the queue means for the cash of the next 13 weeks, in one sentence with a figure.
//!
//! | item | what is told |
//! |---|---|
//! | overdue invoice, promise to pay broken, down payment missing | the lowest balance and the chance under the reserve if what is late comes a week earlier |
//! | delivered, not invoiced | the same if what is due of the deal comes a week later |
//! | invoice disputed | the same if it is never paid |
//! | cash may run low, dry spell | what is missing: the item is about the forecast itself |
//! | new contact, stalled proposal, door check failed, unsigned agreement, next step due | what less is expected without the deal |
//! | price pushed | the same of a tenth of its price |
//! | a client to be kept | what less is expected if they do not come back; else the income of twelve months times the chance of an order |
//! | fee unchanged | what more is expected with the rise of its letter, from the day on that it names |
//! | toxic pattern | what less is expected without them |
//! | else | that the forecast does not hang on it, and why |
//!
//! What moves is drawn again from the very numbers the forecast was drawn from, so that what differs is due to it alone. What
//! is expected is a sum over the flows of the forecast, each its amount times its chance, as far as it is agreed, likely or
//! possible. **This file must not know** how often it is asked: one answer costs a pass over the draws, so it is worked out
//! where no frame waits, for the item that the hand is at.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::asked::{down_payment_to_come, invoiced_since};
use super::delivery::delivered_on;
use super::flow::Flows as Received;
use super::forecast::what_if::Change;
use super::forecast::{Dormancy, Draws, Fan, Flow, FlowKind, Forecast, Layer, Layers, Paths, When};
use super::rates::Rise;
use super::standing::Standing;
use super::today::{Item, ItemKind, chased_invoices};
use super::words::{amount, date, per_cent, percent_of_paths};
use crate::domain::{Book, ClientFacts, Deal, Money, Table, days_between};

/// What is counted when paths are compared: as in the rules of the queue.
const COUNTED: Layers = Layers { likely: true, possible: false };
/// So many days something comes earlier or later.
const MOVED_DAYS: i64 = 7;
/// Weeks that the forecast of the queue looks ahead.
const WEEKS: i64 = 13;
/// Days of the year for which the chance of another order is told.
const YEAR_DAYS: i64 = 365;

/// What an item means for the cash to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequence {
    /// Of which item, by its id.
    pub item: String,
    /// What it means.
    pub told: Told,
    /// As of the end of this day.
    pub day: NaiveDate,
}

/// What is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// How the balance runs when something moves.
    Drawn(Drawn),
    /// What is expected of some flows.
    Expected(Expected),
    /// The income to expect of twelve months, times the chance that they order again.
    Worth {
        /// The income, as the item puts it at stake.
        income: Money,
        /// The chance of an order within a year; `None` where they never ordered.
        chance: Option<Decimal>,
    },
    /// What is missing, in the item's own forecast: the words before and after the amount at stake.
    Missing(&'static str, Money, &'static str),
    /// Nothing, and why.
    Nothing(String),
}

/// How something moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// It comes a week earlier.
    Earlier,
    /// It comes a week later.
    Later,
    /// It never comes.
    Never,
}

/// How the balance runs when something moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// How.
    pub moves: Moves,
    /// What: the keys of the flows.
    pub flows: Vec<String>,
    /// The middle of the paths' own lowest points.
    pub lowest: Change<Money>,
    /// The share of paths that go under the reserve; `None` without a reserve.
    pub under_reserve: Option<Change<f64>>,
}

/// What is expected of some flows within the 13 weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// `If it is lost`.
    pub when: &'static str,
    /// `less`, `more`.
    pub than: &'static str,
    /// Each flow, by its key and what it is, and what is expected of it.
    pub flows: Vec<(String, String, Money)>,
    /// The part of them that is meant.
    pub share: Decimal,
    /// That part of their sum, rounded.
    pub amount: Money,
    /// Whether it all hangs on open deals, which a balance counts only where it is told to.
    pub possible: bool,
}

impl Consequence {
    /// What `item` means, by the `quarter`: the forecast of 13 weeks of the same book and day.
    #[must_use]
    pub fn of(book: &Book, quarter: &Forecast, item: &Item) -> Self {
        let known = item.client.as_ref().and_then(|id| book.client(id)?.as_of(quarter.day));
        let about = About { book, quarter, item, known };
        Self { item: item.id.clone(), told: about.told(), day: quarter.day }
    }

    /// The sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.told {
            Told::Drawn(drawn) => drawn.words(),
            Told::Expected(it) => {
                let of = if it.possible { ", of open deals" } else { "" };
                format!("{}: {} {} expected within {WEEKS} weeks{of}", it.when, said(it.amount), it.than)
            }
            Told::Worth { income, chance } => {
                let income_words = format!("income of 12 months to expect: {}", said(*income));
                match chance {
                    Some(chance) => format!(
                        "Worth {} over 12 months: {income_words}, {} that they order again",
                        said(income.times(*chance)),
                        per_cent(*chance)
                    ),
                    None => format!("Not in the forecast yet; {income_words}"),
                }
            }
            Told::Missing(before, money, after) => format!("{before} {} {after}", said(*money)),
            Told::Nothing(why) => format!("No effect on the forecast: {why}"),
        }
    }
}

impl Drawn {
    fn words(&self) -> String {
        let when = match self.moves {
            Moves::Earlier => "If it comes a week earlier",
            Moves::Later => "If it waits another week",
            Moves::Never => "If it is never paid",
        };
        let low = &self.lowest;
        let lowest = if low.by().is_zero() {
            format!("lowest point stays at {}", said(low.base))
        } else {
            format!("lowest point {} → {}", said(low.base), said(low.what_if))
        };
        let risk = self.under_reserve.map(|risk| {
            let (was, is) = (percent_of_paths(risk.base), percent_of_paths(risk.what_if));
            if was == is {
                format!("; chance under the reserve stays at {is}")
            } else {
                format!("; chance under the reserve {was} → {is}")
            }
        });
        format!("{when}: {lowest}{}", risk.unwrap_or_default())
    }
}

/// An amount in whole units from a thousand on, as summaries write it.
fn said(money: Money) -> String {
    let whole = money.amount.abs() >= Decimal::ONE_THOUSAND;
    amount(if whole { Money::new(money.amount.round(), money.currency) } else { money })
}

/// What an item is about.
struct About<'a> {
    book: &'a Book,
    quarter: &'a Forecast,
    item: &'a Item,
    /// What is known of its client.
    known: Option<Arc<ClientFacts>>,
}

impl About<'_> {
    fn told(&self) -> Told {
        use ItemKind as K;
        let nothing = |why: &str| Told::Nothing(why.to_owned());
        match self.item.kind {
            K::OverdueInvoice | K::BrokenPromiseToPay
                if self.item.at_stake.is_some_and(|left| left.is_zero()) =>
            {
                nothing("it is settled against an open credit, and no money moves")
            }
            K::OverdueInvoice | K::BrokenPromiseToPay => {
                let late = self.chased();
                self.drawn(Moves::Earlier, |flow| late.iter().any(|id| is_record(flow, Table::Invoices, id)))
            }
            K::DisputedInvoice => {
                self.drawn(Moves::Never, |flow| is_record(flow, Table::Invoices, &self.item.record))
            }
            K::MissingDownPayment => {
                let invoice = self.down_payment();
                self.drawn(Moves::Earlier, |flow| match &invoice {
                    Some(invoice) => is_record(flow, Table::Invoices, invoice),
                    None => flow.kind == FlowKind::DownPayment && self.is_of_deal(flow),
                })
            }
            K::DeliveredNotInvoiced => {
                let rest_is_billed = self.is_billed_since_delivery();
                self.drawn(Moves::Later, |flow| {
                    // What is not due yet does not wait for anybody.
                    let is_due = flow.due.map_or(!rest_is_billed, |due| due < self.quarter.day);
                    is_due && self.is_of_deal(flow)
                })
            }
            K::BreakEvenProject => nothing("its price is agreed; what more it takes is hours"),
            K::Implausible => nothing("what it makes of this number is in doubt until it is right"),
            K::CashBelowReserve => self
                .missing("It is the forecast itself: with", "more, nine in ten paths stay above the reserve"),
            K::DrySpell => {
                self.missing("It is the forecast itself: with", "more, as much would come in as goes out")
            }
            K::NewContact => self.without("If nothing comes of it", |flow| flow.kind == FlowKind::Deal),
            K::StalledProposal | K::NextStepDue => {
                self.without("If it is lost", |flow| self.is_of_deal(flow))
            }
            K::UnsignedAgreement => self.without("If they never sign", |flow| self.is_of_deal(flow)),
            K::DoorCheckFailed => self.without("If you walk away", |flow| flow.kind == FlowKind::Deal),
            K::PricePushed => {
                self.expected(("For each 10 % off the price", "less"), Decimal::new(1, 1), |flow| {
                    self.is_of_deal(flow)
                })
            }
            K::FeeUnchanged => self.risen(),
            K::ToxicPattern => self.without("If you let them go", is_still_to_be_asked),
            K::RenewalNear | K::RenewalUnsure => match self.item.at_stake {
                Some(stake) => {
                    Told::Nothing(format!("renewals are not in it; {} hang on this one", said(stake)))
                }
                None => nothing("renewals are not in it"),
            },
            K::MomentToAsk => nothing("a name counts once it is a deal"),
            K::MaintenanceOffer => nothing("a fee counts once it is agreed"),
            K::Silent
            | K::Unanswered
            | K::FeedbackOwed
            | K::IdeaToFollow
            | K::MyPromiseDue
            | K::TheirPromiseBroken
            | K::ReviewDue
            | K::TemperatureDue
            | K::ReportDue
            | K::ThanksDue
            | K::GoodWordDue
            | K::CheckInFirst => self.without("If they do not come back", is_still_to_be_asked),
        }
    }

    /// What more comes of the fee, or of the orders, that the letter raises, from the day on that it names.
    fn risen(&self) -> Told {
        let (business, day) = (self.book.business(), self.quarter.day);
        let rise = self.known.as_ref().and_then(|known| Rise::of_unchanged(business, known, day));
        let Some(rise) = rise else { return Told::Nothing("a rise counts once it is noted".to_owned()) };
        let before = days_between(day, rise.from) - 1;
        self.expected(("If they agree to the rise", "more"), rise.share, |flow| match &rise.fee {
            Some(fee) => {
                is_record(flow, Table::Retainers, fee.as_str())
                    && flow.fee_day().is_some_and(|day| day >= rise.from)
            }
            // Of an order that may come before that day nobody knows which rate it has.
            None => flow.kind == FlowKind::Order && flow.expected_within(before).is_zero(),
        })
    }

    /// The invoices that a chase of the client is for.
    fn chased(&self) -> Vec<String> {
        let Some(known) = &self.known else { return Vec::new() };
        let business = self.book.business();
        let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
        let received = Received::of(&invoices, &[], business, self.quarter.day);
        chased_invoices(business, known, &invoices, &received, self.quarter.day)
    }

    /// The invoice of the down payment, where it was sent.
    fn down_payment(&self) -> Option<String> {
        let facts = &self.known.as_ref()?.facts;
        let deal = facts.get::<Deal>(&self.item.record)?;
        let to_come = down_payment_to_come(self.book.business(), facts, deal, self.quarter.day)?;
        to_come.invoice.map(|invoice| invoice.id.to_string())
    }

    /// Whether the item's deal was billed since it was delivered, as that rule takes it: all but its instalments.
    fn is_billed_since_delivery(&self) -> bool {
        let deal = self.known.as_ref().and_then(|known| known.facts.get::<Deal>(&self.item.record));
        let facts = self.known.as_ref().map(|known| &known.facts);
        let delivered = deal.and_then(|deal| delivered_on(&self.book.business().stages(), deal));
        // Before delivery only what is due by its plan waits.
        let since = facts.zip(deal).zip(delivered);
        since.is_none_or(|((facts, deal), delivered)| invoiced_since(facts, &deal.id, delivered))
    }

    fn is_of_deal(&self, flow: &Flow) -> bool {
        is_record(flow, Table::Deals, &self.item.record)
    }

    /// The flows of the item's client that are meant, and come in.
    fn flows(&self, is_meant: impl Fn(&Flow) -> bool) -> impl Iterator<Item = &Flow> {
        let client = self.item.client.as_ref();
        let theirs = move |flow: &&Flow| flow.client.as_ref().map(|(id, _)| id) == client;
        let comes_in = |flow: &&Flow| flow.amount.amount > Decimal::ZERO;
        self.quarter.flows.iter().filter(theirs).filter(comes_in).filter(move |flow| is_meant(flow))
    }

    /// How the balance runs when these flows move; without a balance, what is expected of them.
    fn drawn(&self, moves: Moves, is_meant: impl Fn(&Flow) -> bool) -> Told {
        let (Ok(opening), Some(base)) = (&self.quarter.opening, self.quarter.fan(COUNTED)) else {
            return self.expected(("If it never comes", "less"), Decimal::ONE, is_meant);
        };
        let keys: Vec<String> = self.flows(is_meant).map(|flow| flow.key.clone()).collect();
        if keys.is_empty() {
            return Told::Nothing("nothing of it is counted there".to_owned());
        }
        let mut flows = Vec::clone(&self.quarter.flows);
        if moves == Moves::Never {
            flows.retain(|flow| !keys.contains(&flow.key));
        }
        for flow in flows.iter_mut().filter(|flow| keys.contains(&flow.key)) {
            flow.when = moved(&flow.when, if moves == Moves::Later { MOVED_DAYS } else { -MOVED_DAYS });
        }
        let days = days_between(self.quarter.day, self.quarter.until);
        let draws = u32::try_from(self.quarter.draws).unwrap_or(u32::MAX);
        let draws = Draws { days, draws, strengths: self.quarter.strengths };
        let paths = Paths::of(&flows, &self.quarter.set_aside, &draws);
        let with = Fan::of(&paths, COUNTED, self.quarter.day, Some(*opening), self.quarter.reserve);
        let (without, with) = (&base.lowest, &with.lowest);
        Told::Drawn(Drawn {
            moves,
            flows: keys,
            lowest: Change { base: without.median, what_if: with.median },
            under_reserve: without
                .under_reserve
                .zip(with.under_reserve)
                .map(|(base, what_if)| Change { base, what_if }),
        })
    }

    /// What less is expected without these flows; where nothing is, what the client is worth in a year.
    fn without(&self, when: &'static str, is_meant: impl Fn(&Flow) -> bool) -> Told {
        match self.expected((when, "less"), Decimal::ONE, is_meant) {
            Told::Nothing(_) => self.worth(),
            told => told,
        }
    }

    /// A share of what is expected of these flows within the 13 weeks; nothing where none is.
    fn expected(
        &self,
        (when, than): (&'static str, &'static str),
        share: Decimal,
        is_meant: impl Fn(&Flow) -> bool,
    ) -> Told {
        let days = days_between(self.quarter.day, self.quarter.until);
        let expected = self.flows(is_meant).map(|flow| (flow, flow.expected_within(days)));
        let (mut flows, mut possible) = (Vec::new(), true);
        for (flow, expected) in expected.filter(|(_, expected)| !expected.is_zero()) {
            possible &= flow.layer == Layer::Possible;
            flows.push((flow.key.clone(), flow.what.clone(), expected));
        }
        let sum = flows.iter().fold(Decimal::ZERO, |sum, (.., it)| sum.saturating_add(it.amount));
        let amount = Money::new(sum.saturating_mul(share), self.quarter.currency).rounded();
        if amount.is_zero() {
            let why = format!("nothing of it is expected by {}", date(self.quarter.until, self.quarter.day));
            return Told::Nothing(why);
        }
        Told::Expected(Expected { when, than, flows, share, amount, possible })
    }

    /// What the client is worth in a year, as far as the past tells.
    fn worth(&self) -> Told {
        let Some(income) = self.item.at_stake else {
            let why = self.item.at_stake_why.clone();
            return Told::Nothing(why.unwrap_or_else(|| "nothing is known of what it is worth".to_owned()));
        };
        let chance = self.item.client.as_ref().and_then(|client| {
            let orders = Dormancy::of(&self.book.as_of(self.quarter.day), self.quarter.day);
            Decimal::from_f64(orders.chance(client, YEAR_DAYS)?).map(|chance| chance.round_dp(2))
        });
        Told::Worth { income, chance }
    }

    fn missing(&self, before: &'static str, after: &'static str) -> Told {
        match self.item.at_stake {
            Some(missing) => Told::Missing(before, missing, after),
            None => Told::Nothing("it is the forecast itself".to_owned()),
        }
    }
}

fn is_record(flow: &Flow, table: Table, id: &str) -> bool {
    flow.record.as_ref().is_some_and(|(of, record)| *of == table && record == id)
}

/// Whether a flow is still to be ordered, agreed or invoiced: what is invoiced is paid, whoever leaves.
fn is_still_to_be_asked(flow: &Flow) -> bool {
    !matches!(flow.kind, FlowKind::Invoice | FlowKind::Expense | FlowKind::Assumed)
}

fn moved(when: &When, days: i64) -> When {
    match when {
        When::After(pmf) => When::After(Arc::new(pmf.shifted(days))),
        When::Following(event, after) => When::Following(event.clone(), Arc::new(after.shifted(days))),
    }
}
