//! Which figure is meant: every one that a person can see has a key.

use chrono::NaiveDate;

use crate::domain::{
    ClientId, ClientKind, DealId, Direction, DoorQuestion, InvoiceId, Party, Percent, Table,
};
use crate::figures::Rung;
use crate::figures::firm::FirmFigure;
use crate::figures::forecast::{Layer, Layers};
use crate::figures::health::Indicator;
use crate::figures::today::Family;

/// Whose figure it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// All clients' together.
    All,
    /// One client's.
    One(ClientId),
}

/// Which forecast a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Course {
    /// The forecast of the facts.
    Facts,
    /// The one under the levers of the what-if.
    WhatIf,
}

/// What differs under the levers of a what-if.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// What nine in ten paths stay above.
    Lowest,
    /// The chance of going under the reserve.
    UnderReserve,
    /// What half of the paths stay above, and the day on which the balance is lowest.
    LowestHalf,
    /// What is expected to come in.
    MoneyIn,
    /// What is expected to go out.
    MoneyOut,
}

/// What it means to let a client go, beside the income that is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaving {
    /// The hours a week it frees.
    Hours,
    /// What open deals with others are worth by their chances, against what is lost.
    Covers,
    /// What a deal won from others was worth in the mean.
    MeanDeal,
    /// How many such deals make up for what is lost.
    DealsNeeded,
}

/// What is told of a client's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HealthFigure {
    /// The score.
    Score,
    /// By how much the score moved in 90 days.
    Trend,
    /// The points of an indicator.
    Points(Indicator),
    /// What an indicator found, in its own unit.
    Found(Indicator),
    /// How many clauses decided what kind of client it is.
    Kind,
}

/// What else a client's page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageFigure {
    /// The days that one side named in its promises, and how they went.
    Promises(Party),
    /// What is told of something achieved, by its position among all of it.
    Achieved(usize),
    /// When the next review is due.
    NextReview,
    /// What is known of a question of the door check.
    Door(DoorQuestion),
}

/// A figure of the rates. Those of a rise hold by how much all are to be raised; `None`: each as the rule says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateFigure {
    /// What an hour costs a client now.
    Now(ClientId),
    /// Since when.
    Since(ClientId),
    /// By how many per cent it rose last.
    LastRise(ClientId),
    /// What was left of an hour.
    Hourly(ClientId),
    /// Hours worked for the job in 12 months.
    Hours(ClientId),
    /// By how many per cent the next rate is more.
    Rise(ClientId, Option<Percent>),
    /// What the next rate brings in a year.
    Extra(ClientId, Option<Percent>),
    /// The hours of several clients.
    HoursOf(Vec<ClientId>, Option<Percent>),
    /// What the next rates of several clients bring in a year.
    ExtraOf(Vec<ClientId>, Option<Percent>),
    /// How much may go before they no longer pay.
    MayGo(Vec<ClientId>, Option<Percent>),
    /// By what all are raised, as the rule says.
    Rule,
}

/// A figure of the way out: of the ladder, and of letting a client go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExitFigure {
    /// The day a step of the ladder was done.
    Step(ClientId, Rung),
    /// Why the next step is what it is.
    Next(ClientId),
    /// The hours a week that letting go frees.
    HoursAWeek(ClientId),
    /// The same in a year.
    HoursAYear(ClientId),
    /// An amount as it is agreed: of a deal, a part of its price, a fee, a renewal; by its position among what is left behind.
    Agreed(ClientId, usize),
}

/// A figure that can be proved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKey {
    // Owed.
    /// What is owed.
    Receivables(Whose),
    /// The part of it that is late.
    Overdue(Whose),
    /// The part of it in one of the five buckets of its age, from not due to the oldest.
    AgeingBucket(usize),
    /// Days sales outstanding.
    Dso,
    /// Collection effectiveness.
    Cei,
    /// Days beyond terms.
    Dbt(Whose),
    /// How many invoices are settled.
    InvoicesPaid(Whose),
    /// What an invoice asks.
    InvoiceTotal(InvoiceId),
    /// What is open of it.
    InvoiceOpen(InvoiceId),

    // Came and went.
    /// What is in all accounts.
    Balance,
    /// The cash not to fall below.
    Reserve,
    /// Payments received in the month of this first day.
    MonthIn(NaiveDate),
    /// Expenses of the month of this first day.
    MonthOut(NaiveDate),
    /// Income of the last 12 months.
    Income(Whose),
    /// A client's share of all income of the last 12 months.
    Share(ClientId),
    /// What is agreed to come in.
    AheadIn,
    /// What is planned to go out.
    AheadOut,

    // What may come.
    /// For how many weeks the money lasts.
    Runway,
    /// What nine in ten paths of the balance stay above.
    Lowest(Course, Layers),
    /// What half of the paths of the balance stay above.
    LowestHalf(Course, Layers),
    /// The chance of going under the reserve.
    UnderReserve(Course, Layers),
    /// The middle of the balance on a day.
    BalanceOn(Course, Layers, NaiveDate),
    /// What may come or go on a very day.
    ComingOn(Course, Layers, NaiveDate),
    /// What is expected of a flow, by its key, until a day.
    Flow(Course, String, NaiveDate),
    /// What is expected to come in of a layer.
    ExpectedIn(Course, Layer),
    /// What is expected to go out of it.
    ExpectedOut(Course, Layer),
    /// What is expected to leave for the state on a tax day, from the receipts of a layer.
    TaxDue(Course, Layer, NaiveDate),
    /// What was set aside for it since the last tax day.
    TaxAccrued,
    /// The day an invoice is expected to be paid.
    Receipt(InvoiceId),
    /// Why the month looks different than on an earlier day.
    MonthChange,
    /// What the month was to bring as seen on that day.
    MonthThen,
    /// By how much one thing makes the month look different, by its key.
    ChangeRow(String),
    /// The same of all things together from this one on, the greatest difference first.
    ChangeRest(usize),
    /// How past forecasts held.
    TrackRecord,
    /// How often invoices were paid by the day told for a chance, by its position among those looked at.
    Calibrated(usize),
    /// What differs under the levers of the what-if.
    WhatIf(Difference, Layers),
    /// What a lever of it does to what is expected, by its position among those that count.
    LeverEffect(usize, Layers),
    /// What it means to let a client go.
    LettingGo(ClientId, Leaving),
    /// How much of the income of these clients may go before dearer rates no longer pay; nobody named: of all.
    BreakEven(Vec<ClientId>, Percent),

    // The queue.
    /// What a family's items put at stake.
    TodayStake(Family),
    /// What an item puts at stake, by its id.
    Item(String),
    /// What a week's delay of an item costs, by its id.
    ItemCost(String),
    /// The income to expect of a client in the next 12 months.
    IncomeToExpect(ClientId),
    /// What an item means for the cash to come, by its id.
    Consequence(String),

    // The board and its deals.
    /// What the deals of a column are worth, by its id.
    ColumnSum(String),
    /// The same, each times its chance.
    ColumnWeighted(String),
    /// The chance used for the deals of a column.
    ColumnChance(String),
    /// What a deal is worth.
    DealValue(DealId),
    /// The same times its chance.
    DealWeighted(DealId),
    /// What a deal brought.
    DealIncome(DealId),
    /// What was spent on it.
    DealExpenses(DealId),
    /// Hours worked on it.
    DealHours(DealId),
    /// Of those, hours beyond what was agreed.
    DealHoursBeyond(DealId),
    /// What is left of its income once its expenses are taken off.
    DealMargin(DealId),
    /// What it left an hour.
    DealHourly(DealId),
    /// What an hour of it brings so far, of a deal that does not bring the break-even rate.
    DealShortfall(DealId),

    // Clients' pages.
    /// What a client brought at all times.
    LifetimeIncome(ClientId),
    /// What all brought whom a client introduced, directly and through others.
    Traced(ClientId),
    /// What was achieved for a client, as far as its worth was told.
    AchievedWorth(ClientId),
    /// What is told of a client's health.
    Health(ClientId, HealthFigure),
    /// What else a client's page tells.
    Page(ClientId, PageFigure),
    /// Every number that a record tells, and how it stands.
    Record(Table, String),

    // All clients.
    /// Several figures that stand in one sentence.
    Several(Vec<FigureKey>),
    /// What clients of a kind bring and owe, of those that a filter lets through.
    Group(Option<ClientKind>, String),
    /// How well the scores foretold what became of clients.
    Foretold,

    // The firm.
    /// A figure of the firm as a whole.
    Firm(FirmFigure),
    // Rates and the way out.
    /// A figure of the rates.
    Rate(RateFigure),
    /// A figure of the way out.
    Exit(ExitFigure),

    // Touches.
    /// The last touch of a client in one direction.
    LastTouch(ClientId, Direction),
}
