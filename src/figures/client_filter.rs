//! What the table of clients is narrowed by. Figures are compared as the table shows them: score, trend and days in whole
//! ones, amounts and shares as they are rounded there.

use rust_decimal::Decimal;

use crate::domain::{ClientKind, Money};
use crate::written::{share_per_cent, summary_amount};

use super::clients::kind_token;
use super::filter::bare;
use super::terms::{Asked, Terms, Vocabulary};
use super::{Answer, Clients, Filter, Row};

/// What can be typed, each with what it finds.
pub const CLIENT_TERMS: [(&str, &str); 9] = [
    ("ana hotel", "every word is found in the name, the people, the tags or the kind"),
    ("kind:at-risk", "clients of a kind; its first letters will do"),
    ("tag:retainer", "clients with a tag"),
    ("score<50", "a score below 50; also <=, >, >= and =, here and below"),
    ("trend<0", "points of the score gained or lost in 90 days"),
    ("silent>30", "days since the last touch, either way"),
    ("owed>1000", "what is open, in the book's currency; also overdue, income and rate (an hour)"),
    ("share>25 dbt>14", "per cent of the income of 12 months; days beyond terms"),
    ("-kind:ended", "with - or ! before it: whatever the term does not find"),
];

/// Every kind, in the order they are named.
const KINDS: [ClientKind; 10] = [
    ClientKind::Prospect,
    ClientKind::New,
    ClientKind::Steady,
    ClientKind::SteppingStone,
    ClientKind::AtRisk,
    ClientKind::Toxic,
    ClientKind::Advocate,
    ClientKind::Dormant,
    ClientKind::Ended,
    ClientKind::Partner,
];

const VOCABULARY: Vocabulary = Vocabulary {
    named: &[("kind", kind), ("tag", tag)],
    measures: &["score", "trend", "silent", "owed", "overdue", "income", "share", "dbt", "rate"],
    example: "kind:toxic",
};

/// The first letters of a kind's token.
fn kind(value: &str) -> Result<String, String> {
    let wanted = value.to_lowercase();
    let known = !wanted.is_empty() && KINDS.iter().any(|kind| kind_token(*kind).starts_with(&wanted));
    known.then_some(wanted).ok_or_else(|| format!("the kinds are {}", KINDS.map(kind_token).join(", ")))
}

/// A tag without case and accents.
fn tag(value: &str) -> Result<String, String> {
    let wanted = bare(value);
    if wanted.is_empty() { Err("write a tag, as in tag:retainer".to_owned()) } else { Ok(wanted) }
}

/// A filter of the table of clients, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientFilter(Terms);

impl ClientFilter {
    /// What a person typed. Nothing is an error: a term that is not understood is a word, and a note says so.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(Terms::read(typed, &VOCABULARY))
    }

    /// What was not understood, each in a sentence with its cure and without a full stop.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        self.0.notes()
    }

    /// Whether every term lets a row of a table through.
    #[must_use]
    pub fn passes(&self, row: &Row, table: &Clients) -> bool {
        self.0.pass(&Line { row, table })
    }
}

/// A row in its table.
struct Line<'a> {
    row: &'a Row,
    table: &'a Clients,
}

impl Asked for Line<'_> {
    fn finds(&self, word: &Filter) -> bool {
        word.finds(&self.row.search)
    }

    fn is(&self, name: &str, value: &str) -> Option<bool> {
        Some(match name {
            // A kind that the facts do not decide is none of them.
            "kind" => self.row.kind.as_ref().is_some_and(|it| kind_token(it.kind).starts_with(value)),
            _ => self.row.who.tags.iter().any(|tag| bare(tag) == value),
        })
    }

    fn figure(&self, name: &str) -> Option<Decimal> {
        let row = self.row;
        let whole = |answer: &Answer<Decimal>| answer.as_ref().ok().map(Decimal::round);
        let amount = |answer: &Answer<Money>| {
            let money = answer.as_ref().ok()?;
            Some(summary_amount(money.amount, money.currency.decimals()))
        };
        match name {
            "score" => row.health.health.score.as_ref().ok().map(|score| score.points.round()),
            "trend" => whole(&row.health.trend),
            "silent" => row.silent_days.map(Decimal::from),
            "owed" => amount(&row.open),
            "overdue" => amount(&row.overdue),
            "income" => amount(&row.income_12m),
            "share" => self.table.share(row).ok().map(share_per_cent),
            "dbt" => whole(&row.dbt_days),
            _ => amount(&row.hourly),
        }
    }
}
