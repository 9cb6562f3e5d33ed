//! The facts of a book and their rules.
//!
//! Everything here is a value: records made of dated facts, the [`Book`] that shares them, and what follows from them
//! alone. **This folder must not know** a screen, a file, a clock or a thread: a day that matters is an argument.

mod again;
mod arrival;
mod book;
mod business;
mod client;
mod credit;
mod day;
mod deal;
mod expense;
mod id;
mod invoice;
mod known_on;
mod legal_form;
mod merge;
mod money;
mod outcome;
mod outgoing;
mod plausible;
mod promise;
mod record;
mod renaming;
mod renewal;
mod retainer;
mod scenario;
mod template;
mod threshold;
mod touch;
mod triage_mark;
mod unnamed;
mod weight;
mod work;

pub use again::OrderedAgain;
pub use arrival::Arrival;
pub use book::{Book, ClientFacts, EditError, Facts, circle_words};
pub use business::{
    Account, Balance, Business, Criterion, ExchangeRate, HourlyRate, MissingRate, Phase, RateCardEntry,
    Stage, TaxDays, Template, built_in_stage,
};
pub use client::{
    ByHandKind, Client, ClientKind, ClientRate, DoorAnswer, DoorCheck, DoorQuestion, Ended, Feeling, Fit,
    Met, Origin, Person, Relation,
};
pub use day::{
    FIRST_DAY, Interval, IntervalUnit, LAST_DAY, add_days, days_between, first_of_month, last_of_month,
    next_month,
};
pub use deal::{
    Agreement, Basis, Deal, DownPayment, Goal, Hesitation, HesitationCause, Instalment, InstalmentPlan,
    LessScope, NextStep, PriceTold, Proposal, StageFact, TermsTold, WorkResult,
};
pub use expense::Expense;
pub use id::{
    AccountId, ClientId, DealId, ExpenseId, HandledId, IdError, InvoiceId, OutgoingId, PromiseId, RenewalId,
    RetainerId, ScenarioId, SnoozeId, TouchId, WorkId, derived_id, fresh_id,
};
pub use invoice::{Dispute, Invoice, Line, Payment, PromisedPayment, WriteOff, WriteOffCause};
pub use legal_form::is_legal_form;
pub use merge::{Difference, Merge, MergeField, merge};
pub use money::{AmountError, Currency, CurrencyMismatch, Money, Percent, per_cent};
pub use outcome::Outcome;
pub use outgoing::{HandedOver, Outgoing, is_mail_address, unfilled_fields, unfilled_mark};
pub use plausible::{Implausible, implausible, likely};
pub use promise::{Moved, Party, Promise};
pub use record::{AnyRecord, Filed, Record, Reference, Table};
pub use renaming::follow_person;
pub use renewal::{ChainLink, Renewal, Renewed};
pub use retainer::Retainer;
pub use scenario::{Lever, LeverRow, Scenario};
pub use template::{About, Piece, TemplateId, Wording, field_table, pieces, template_table};
pub use threshold::{IN_ORDER, Range, THRESHOLDS, Threshold, ThresholdRow};
pub use touch::{Direction, Temperature, Touch, TouchKind};
pub use triage_mark::{Handled, Snooze, Wait};
pub use unnamed::Named;
pub use weight::{MOST_WEIGHT, WEIGHTS, WeightRow, is_weight};
pub use work::{Purpose, Work};
