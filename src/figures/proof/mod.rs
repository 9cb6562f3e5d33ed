//! Why a figure is what it is: its terms down to the facts, which sum to it exactly.
//!
//! [`prove`] answers for every [`FigureKey`]. A proof takes its terms from the functions that compute the figure, never
//! from a second way of computing it, and its value from the figures on the screen: that the one is made of the other is
//! checked by [`Proof::holds`], and by a test for every key of several books. A proof is made when somebody asks for it,
//! not with the figures.
//!
//! A figure of a kind not known here yet takes a variant of [`FigureKey`], an arm in [`prove`], and one function that
//! gives its [`Proof`].

mod ahead;
mod board;
mod deal;
mod exit;
mod firm;
mod foretold;
mod ground;
mod group;
mod health;
mod invoice;
mod key;
mod money;
mod owed;
mod page;
mod rate;
mod record;
mod rounding;
mod several;
mod stake;
mod touch;
mod value;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Book, ClientId, Money, Table, add_days};

use super::forecast::Outlook;
use super::today::at_least_something;
use super::{Answer, Figures, Unknown};

pub use key::{
    Course, Difference, ExitFigure, FigureKey, HealthFigure, Leaving, PageFigure, RateFigure, Whose,
};
pub use value::{Unit, Value};

pub(super) use ground::{Ground, named};
pub(super) use invoice::open_terms;
pub(super) use money::{Count, payments, rounding};

/// Why a figure is what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// Of which figure.
    pub key: FigureKey,
    /// What it is called: `Receivables`.
    pub title: String,
    /// The figure, as it is on the screen.
    pub value: Answer<Value>,
    /// The rule in words, with its source.
    pub formula: String,
    /// What it is made of: one sum, or the two that are divided or multiplied.
    pub parts: Vec<Part>,
    /// How the parts make the figure.
    pub rule: Rule,
    /// What could not be counted.
    pub left_out: Vec<Term>,
    /// How a chance was found, in words.
    pub method: Option<String>,
    /// Other figures that belong to it, each after the words that name it.
    pub beside: Vec<(String, Value)>,
    /// Delays it was learnt from, to be drawn.
    pub delays: Vec<Delay>,
}

/// How the parts of a proof make the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// It is their sum.
    Sum,
    /// It is the sum of the first; the others tell what else there is.
    SumOfFirst,
    /// It is so many times the first, divided by the second; money is rounded.
    Quotient(Decimal),
    /// The same for a number that is rounded to tenths.
    TenthsOfQuotient(Decimal),
    /// It is the first divided by the second, and what is left counts as a whole.
    QuotientUp,
    /// It is the first times the second; money is rounded.
    Product,
    /// The same as what a week's delay costs: to the hundredth, and at least one hundredth.
    WeekOfDelay,
    /// It is the latest day among the terms.
    Latest,
    /// It is so many days after this day, as the first part says; the others tell what else there is.
    DaysAfter(NaiveDate),
    /// It is the first of what is told: every term is a figure of its own, and nothing is added up.
    Told,
}

/// Terms that are added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What they are.
    pub title: String,
    /// Each of them.
    pub terms: Vec<Term>,
    /// Their sum.
    pub total: Answer<Value>,
    /// Whether each of them is a figure of its own, so that no sum stands under them.
    pub told: bool,
}

/// A term: a fact, or what follows from one.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it is: `Invoice 1042`.
    pub what: String,
    /// Whose.
    pub client: Option<(ClientId, Arc<str>)>,
    /// The day that counts.
    pub day: Option<NaiveDate>,
    /// What it adds.
    pub amount: Answer<Value>,
    /// The same with as many decimals as one reads, where it has more; so that what is read adds up to the sum.
    pub rounded: Option<Value>,
    /// The same in its own currency, where that is not the book's; of a week of the runway what is left then.
    pub own: Option<Money>,
    /// The record it is in.
    pub record: Option<(Table, String)>,
    /// The figure it is, where that has terms of its own.
    pub figure: Option<FigureKey>,
}

/// How late something was paid, as a dot of a strip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// When it was due.
    pub day: NaiveDate,
    /// How many days late it was paid, or is; negative when early.
    pub days: i64,
    /// How much it counts, the largest 1.
    pub weight: f64,
    /// Whether it was paid, and is not open still.
    pub paid: bool,
}

/// A line of a proof as a list shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line<'a> {
    /// What the terms below are.
    Head(&'a Part),
    /// A term, and which one of all.
    Term(&'a Term, usize),
    /// What the terms above add up to.
    Total(&'a Part),
    /// That what stands below was left out.
    LeftOut,
}

/// Proves a figure: `None` where there is no such figure. `known` is the book as known at the end of the figures' day.
/// What `outlook` does not tell yet is unknown for that reason.
#[must_use]
pub fn prove(key: &FigureKey, figures: &Figures, known: &Book, outlook: &Outlook) -> Option<Proof> {
    use FigureKey as Key;
    let on = Ground::new(key, figures, known, outlook);
    match key {
        Key::Receivables(whose) => owed::receivables(&on, whose),
        Key::Overdue(whose) => owed::overdue(&on, whose),
        Key::AgeingBucket(bucket) => owed::bucket(&on, *bucket),
        Key::Dso => Some(owed::dso(&on)),
        Key::Cei => Some(owed::cei(&on)),
        Key::Dbt(whose) => owed::dbt(&on, whose),
        Key::InvoicesPaid(whose) => invoice::paid(&on, whose),
        Key::InvoiceTotal(id) => invoice::total(&on, id),
        Key::InvoiceOpen(id) => invoice::open(&on, id),
        Key::Balance => Some(money::balance(&on)),
        Key::Reserve => money::reserve(&on),
        Key::MonthIn(month) => money::month_in(&on, *month),
        Key::MonthOut(month) => money::month_out(&on, *month),
        Key::Income(whose) => money::income(&on, whose),
        Key::Share(client) => money::share(&on, client),
        Key::AheadIn => Some(money::ahead(&on, true)),
        Key::AheadOut => Some(money::ahead(&on, false)),
        Key::Runway => Some(ahead::runway(&on)),
        Key::Lowest(course, layers) => ahead::lowest(&on, *course, *layers),
        Key::LowestHalf(course, layers) => ahead::lowest_half(&on, *course, *layers),
        Key::UnderReserve(course, layers) => ahead::under_reserve(&on, *course, *layers),
        Key::BalanceOn(course, layers, day) => ahead::balance_on(&on, *course, *layers, *day),
        Key::ComingOn(course, layers, day) => ahead::coming_on(&on, *course, *layers, *day),
        Key::Flow(course, key, by) => ahead::flow(&on, *course, key, *by),
        Key::ExpectedIn(course, layer) => ahead::expected(&on, *course, *layer, true),
        Key::ExpectedOut(course, layer) => ahead::expected(&on, *course, *layer, false),
        Key::TaxDue(course, layer, day) => ahead::tax_due(&on, *course, *layer, *day),
        Key::TaxAccrued => Some(ahead::tax_accrued(&on)),
        Key::Receipt(invoice) => ahead::receipt(&on, invoice),
        Key::MonthChange => Some(ahead::month_change(&on)),
        Key::MonthThen => Some(ahead::month_then(&on)),
        Key::ChangeRow(key) => ahead::change_row(&on, key),
        Key::ChangeRest(from) => ahead::change_rest(&on, *from),
        Key::TrackRecord => Some(ahead::track_record(&on)),
        Key::Calibrated(level) => ahead::calibrated(&on, *level),
        Key::WhatIf(difference, layers) => ahead::what_if(&on, *difference, *layers),
        Key::LeverEffect(lever, layers) => ahead::lever_effect(&on, *lever, *layers),
        Key::LettingGo(client, of) => ahead::letting_go(&on, client, *of),
        Key::BreakEven(clients, percent) => Some(ahead::break_even(&on, clients, *percent)),
        Key::TodayStake(family) => stake::family(&on, *family),
        Key::Item(id) => stake::item(&on, id),
        Key::ItemCost(id) => stake::cost(&on, id),
        Key::IncomeToExpect(client) => stake::income(&on, client),
        Key::Consequence(id) => Some(ahead::consequence(&on, id)),
        Key::ColumnSum(id) => board::sum(&on, id),
        Key::ColumnWeighted(id) => board::weighted(&on, id),
        Key::ColumnChance(id) => board::chance(&on, id),
        Key::DealValue(id) => deal::value(&on, id),
        Key::DealWeighted(id) => board::deal_weighted(&on, id),
        Key::DealIncome(id) => deal::income(&on, id),
        Key::DealExpenses(id) => deal::expenses(&on, id),
        Key::DealHours(id) => deal::hours(&on, id, false),
        Key::DealHoursBeyond(id) => deal::hours(&on, id, true),
        Key::DealMargin(id) => deal::margin(&on, id),
        Key::DealHourly(id) => deal::hourly(&on, id),
        Key::DealShortfall(id) => deal::shortfall(&on, id),
        Key::LifetimeIncome(client) => page::lifetime_income(&on, client),
        Key::Traced(client) => page::traced(&on, client),
        Key::AchievedWorth(client) => page::achieved_worth(&on, client),
        Key::Page(client, figure) => page::of(&on, client, *figure),
        Key::Record(table, id) => record::of(&on, *table, id),
        Key::Several(keys) => several::of(&on, keys),
        Key::Health(client, figure) => health::of(&on, client, *figure),
        Key::Group(kind, filter) => group::of(&on, *kind, filter),
        Key::Foretold => foretold::of(&on),
        Key::Firm(figure) => firm::prove(&on, figure),
        Key::Exit(figure) => exit::exit(&on, figure),
        Key::Rate(figure) => rate::rate(&on, figure),
        Key::LastTouch(client, direction) => touch::last(&on, client, *direction),
    }
}

impl Proof {
    /// How many terms it has, those left out among them.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.parts.iter().map(|part| part.terms.len()).sum::<usize>() + self.left_out.len()
    }

    /// A term, counted through all parts.
    #[must_use]
    pub fn term(&self, mut index: usize) -> Option<&Term> {
        for terms in self.parts.iter().map(|part| &part.terms).chain([&self.left_out]) {
            match terms.get(index) {
                Some(term) => return Some(term),
                None => index -= terms.len(),
            }
        }
        None
    }

    /// How many lines a list of it has.
    #[must_use]
    pub fn lines(&self) -> usize {
        let left_out = if self.left_out.is_empty() { 0 } else { self.left_out.len() + 1 };
        self.parts.iter().map(|part| self.lines_of(part)).sum::<usize>() + left_out
    }

    /// How many lines a part takes: its title, its terms, and their sum where it has one.
    fn lines_of(&self, part: &Part) -> usize {
        part.terms.len() + 1 + usize::from(self.rule != Rule::Told && !part.told)
    }

    /// A line of that list. It looks at the parts alone, however many terms they have.
    #[must_use]
    pub fn line(&self, index: usize) -> Option<Line<'_>> {
        let (mut line, mut before) = (index, 0);
        for part in &self.parts {
            let terms = part.terms.len();
            match line {
                0 => return Some(Line::Head(part)),
                _ if line <= terms => return Some(Line::Term(part.terms.get(line - 1)?, before + line - 1)),
                _ if line < self.lines_of(part) => return Some(Line::Total(part)),
                _ => line -= self.lines_of(part),
            }
            before += terms;
        }
        match line {
            0 if !self.left_out.is_empty() => Some(Line::LeftOut),
            0 => None,
            _ => Some(Line::Term(self.left_out.get(line - 1)?, before + line - 1)),
        }
    }

    /// The line of that list a term stands in.
    #[must_use]
    pub fn line_of(&self, term: usize) -> usize {
        let (mut line, mut left) = (0, term);
        for part in &self.parts {
            if left < part.terms.len() {
                return line + 1 + left;
            }
            left -= part.terms.len();
            line += self.lines_of(part);
        }
        line + 1 + left
    }

    /// What the parts make of the figure.
    ///
    /// # Errors
    /// When a term is unknown, or there is nothing to divide by.
    pub fn made(&self) -> Answer<Value> {
        let total = |index: usize| {
            let part = self.parts.get(index).ok_or_else(|| Unknown::because("a part of it is missing"))?;
            part.total.clone()
        };
        let number = |value: Value| value.number().ok_or_else(|| Unknown::because("a day is no number"));
        // What a quotient counts is known by the figure alone.
        let quotient = |times: Decimal| {
            let (upper, lower) = (number(total(0)?)?, number(total(1)?)?);
            let quotient = upper.saturating_mul(times).checked_div(lower);
            quotient.ok_or_else(|| Unknown::because("there is nothing to divide by"))
        };
        match self.rule {
            Rule::Sum => {
                let mut totals = self.parts.iter().map(|part| part.total.clone());
                let first = totals.next().unwrap_or_else(|| Err(Unknown::because("it has no parts")))?;
                totals.try_fold(first, |sum, total| sum.plus(total?))
            }
            Rule::Quotient(times) => Ok(self.value.clone()?.with(quotient(times)?).rounded()),
            Rule::TenthsOfQuotient(times) => Ok(self.value.clone()?.with(quotient(times)?.round_dp(1))),
            Rule::QuotientUp => Ok(self.value.clone()?.with(quotient(Decimal::ONE)?.ceil())),
            Rule::Product => {
                let first = total(0)?;
                Ok(first.with(number(first)?.saturating_mul(number(total(1)?)?)).rounded())
            }
            Rule::WeekOfDelay => {
                let first = total(0)?;
                let product = number(first)?.saturating_mul(number(total(1)?)?);
                Ok(first.with(at_least_something(product)))
            }
            Rule::Latest | Rule::SumOfFirst => total(0),
            Rule::Told => {
                let first = self.parts.iter().flat_map(|part| &part.terms).next();
                first.map_or_else(|| Err(nothing_told()), |term| term.amount.clone())
            }
            Rule::DaysAfter(day) => {
                let days = number(total(0)?)?.round().to_i64();
                let days = days.ok_or_else(|| Unknown::because("it lies beyond the calendar"))?;
                Ok(Value::On(add_days(day, days)))
            }
        }
    }

    /// Whether the terms make the figure, exactly. Where the figure is unknown, so is what they make.
    #[must_use]
    pub fn holds(&self) -> bool {
        match (&self.value, self.made()) {
            (Ok(value), Ok(made)) => *value == made,
            (value, made) => value.is_err() == made.is_err(),
        }
    }
}

fn nothing_told() -> Unknown {
    Unknown::because("nothing is noted")
}

/// The latest of the days among some terms.
fn latest(terms: &[Term]) -> Answer<Value> {
    let days = terms.iter().filter_map(|term| match term.amount {
        Ok(Value::On(day)) => Some(day),
        _ => None,
    });
    days.max().map(Value::On).ok_or_else(|| Unknown::because("there is no such day"))
}

impl Part {
    /// Terms and their sum, from `zero` on.
    pub(in crate::figures) fn of(title: &str, zero: Value, mut terms: Vec<Term>) -> Self {
        let sum = || terms.iter().try_fold(zero, |sum, term| sum.plus(term.amount.clone()?));
        let total = match zero {
            Value::On(_) => latest(&terms),
            _ => sum(),
        };
        rounding::round(&mut terms, &total);
        Self { title: title.to_owned(), terms, total, told: false }
    }

    /// Terms that are each a figure of its own: they have no sum.
    pub(in crate::figures) fn told(title: &str, terms: Vec<Term>) -> Self {
        let total = Err(Unknown::because("nothing is added up"));
        Self { title: title.to_owned(), terms, total, told: true }
    }

    /// What the terms add up to, as it is read.
    ///
    /// # Errors
    /// Why they have no sum.
    pub fn read(&self) -> Answer<Value> {
        let is_rounded = self.terms.iter().any(|term| term.rounded.is_some());
        self.total.clone().map(|total| if is_rounded { rounding::read(total) } else { total })
    }
}

impl Term {
    /// A term that is neither dated nor anybody's.
    pub(in crate::figures) fn new(what: impl Into<String>, amount: Answer<Value>) -> Self {
        Self {
            what: what.into(),
            client: None,
            day: None,
            amount,
            rounded: None,
            own: None,
            record: None,
            figure: None,
        }
    }

    /// An amount of money that may be unknown.
    pub(in crate::figures) fn money(what: impl Into<String>, amount: &Answer<Money>) -> Self {
        Self::new(what, amount.clone().map(Value::Money))
    }

    /// The same as a deduction.
    pub(in crate::figures) fn less(self) -> Self {
        let own = self.own.map(|own| Money::new(-own.amount, own.currency));
        Self { amount: self.amount.map(Value::negated), own, ..self }
    }

    pub(in crate::figures) fn on(self, day: NaiveDate) -> Self {
        Self { day: Some(day), ..self }
    }

    pub(in crate::figures) fn in_record(self, table: Table, id: &str) -> Self {
        Self { record: Some((table, id.to_owned())), ..self }
    }

    pub(in crate::figures) fn with_figure(self, figure: FigureKey) -> Self {
        Self { figure: Some(figure), ..self }
    }
}
