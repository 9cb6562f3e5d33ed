//! The answers: pure functions of (book, day).
//!
//! Every figure is computed from the facts as they were known at the end of a day, so none can peek at the future.
//! [`Client`] holds what follows from one client's facts; the views fold over all of them, and [`Memo`] remembers both.
//! **This folder must not know** a screen, a file, a clock, or floating point in a ledger figure.

mod ahead;
mod answering;
mod asked;
mod balance;
mod board;
pub mod calendar;
mod card;
mod cash;
mod chance;
mod client;
mod client_filter;
mod clients;
pub mod consequence;
mod credit;
mod delivery;
mod door;
pub mod dossier;
pub mod draft;
mod filter;
pub mod firm;
mod flow;
mod fold;
pub mod forecast;
mod gate;
mod goals;
pub mod health;
mod item_filter;
mod jobs;
mod kind;
mod ladder;
mod leaving;
mod ledger;
mod lesson;
mod memo;
mod outbox;
mod owed;
mod own;
mod page;
mod place;
pub mod proof;
mod proposal;
mod rates;
mod referral;
mod review;
mod shortfall;
mod spoken;
mod standing;
mod sum;
mod terms;
mod timeline;
pub mod today;
mod told;
mod trust;
mod unknown;
mod way_out;
mod words;

pub use asked::{asked_without_invoice, down_payment_came, next_bill};
pub use board::{Board, Card, CardKey, Column, Lane, OVER_DAYS};
pub use cash::{Ahead, AheadRow, Cash, Month};
pub use client::{ByMonth, Client, Passed};
pub use client_filter::{CLIENT_TERMS, ClientFilter};
pub use clients::{ClientGroup, ClientSort, Clients, Row, Totals, kind_token};
pub use door::DoorLine;
pub use draft::Letter;
pub use filter::{Filter, searchable};
pub use gate::{Gate, GateKind, gates, gates_of_lessons};
pub use goals::{GoalLine, Goals, ReviewLine};
pub use item_filter::{ITEM_TERMS, ItemFilter};
pub use kind::{Decided, Measured};
pub use ladder::{Done, Ladder, Mine, Next, Rung, RungLine};
pub use leaving::{Hand, HandKind, Leaving};
pub use ledger::{Ageing, Bucket, DbtTerms, Ledger};
pub use lesson::{CHECKS, Lesson, LessonPart, Lessons, ToBegin, checks_at};
pub use memo::{Figures, Memo};
pub use outbox::{AllOvertaken, Outbox, Overtaken, Waiting};
pub use owed::Owed;
pub use page::{
    Bands, DealLine, Entry, EntryKind, InvoiceLine, InvoiceState, Page, PromiseLine, RenewalLine,
};
pub use place::at_place;
pub use rates::{RateRow, RateSource, Rates, RisePreview, rise_from};
pub use referral::{Referrals, Referred};
pub use shortfall::Shortfall;
pub use told::Told;
pub use trust::{Side, Trust, Went};
pub use unknown::{Answer, Unknown};
pub use way_out::WayOutRow;
pub use words::amount_in_full;
