//! What decided a kind: clauses, what their numbers are, and the records they rest on.

use rust_decimal::Decimal;

use crate::domain::ClientKind;
use crate::figures::health::{FactId, Indicator, once_each};
use crate::figures::proof::{Unit, Value};

/// A kind, and what decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Which.
    pub kind: ClientKind,
    /// What decided, each in a clause with its figures.
    pub because: Vec<String>,
    /// What the numbers of these clauses are.
    pub measured: Vec<Measured>,
    /// The records that decided, each once.
    pub facts: Vec<FactId>,
}

/// What a number of a clause is, so that it can be proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Of what: `Days beyond terms on average`.
    pub what: &'static str,
    /// The number as it was measured.
    pub value: Value,
    /// The indicator whose words the clause repeats, with these points.
    pub indicator: Option<Indicator>,
}

/// A clause, and what its numbers are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    says: String,
    measured: Vec<Measured>,
}

impl From<String> for Said {
    fn from(says: String) -> Self {
        Self { says, measured: Vec::new() }
    }
}

impl From<&str> for Said {
    fn from(says: &str) -> Self {
        says.to_owned().into()
    }
}

impl Said {
    pub(super) fn with(mut self, what: &'static str, value: Value) -> Self {
        self.measured.push(Measured { what, value, indicator: None });
        self
    }

    pub(super) fn days(self, what: &'static str, days: i64) -> Self {
        self.with(what, Value::Number(days.into(), Unit::Days))
    }

    /// With an indicator whose words it repeats; its points where they are known.
    pub(super) fn of(mut self, indicator: Indicator, points: Option<Decimal>) -> Self {
        let value = points.map(|points| Value::Number(points, Unit::Points));
        let measured = |value| Measured { what: indicator.title(), value, indicator: Some(indicator) };
        self.measured.extend(value.map(measured));
        self
    }
}

impl Decided {
    pub(super) fn by(kind: ClientKind, because: impl Into<Said>, facts: Vec<FactId>) -> Self {
        let mut grounds = Grounds::default();
        grounds.add(because, facts);
        grounds.into_kind(kind)
    }

    /// What decided, in one line.
    #[must_use]
    pub fn why(&self) -> String {
        self.because.join("; ")
    }
}

/// What speaks for a kind: clauses, and the records they rest on.
#[derive(Default)]
pub(super) struct Grounds {
    pub(super) because: Vec<String>,
    measured: Vec<Measured>,
    facts: Vec<FactId>,
}

/// A clause, and the records it rests on.
pub(super) type Clause = (Said, Vec<FactId>);

impl Grounds {
    pub(super) fn add(&mut self, says: impl Into<Said>, facts: Vec<FactId>) {
        let Said { says, measured } = says.into();
        self.because.push(says);
        self.measured.extend(measured);
        self.facts.extend(facts);
    }

    pub(super) fn into_kind(self, kind: ClientKind) -> Decided {
        Decided { kind, because: self.because, measured: self.measured, facts: once_each(self.facts) }
    }
}
