//! What the table of clients is narrowed by: words and terms such as `kind:toxic score<50 -tag:retainer`.
//!
//! Every term must hold. A term is a word that is found, a kind or a tag after a colon, or a figure that is compared; `-` or `!`
//! before it turns it round. What is unknown is neither above nor below anything: it passes no comparison, turned round or not.
//! Figures are compared as the table shows them: score, trend and days in whole ones.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::domain::ClientKind;

use super::clients::kind_token;
use super::{Answer, Filter, Row};

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

/// A filter of the table of clients, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientFilter {
    terms: Vec<Term>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Word(Filter),
    /// The first letters of a kind's token.
    Kind(String),
    /// A tag without case and accents.
    Tag(String),
    Compare(Measure, Compared, Decimal),
}

/// A figure of a row that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Score,
    Trend,
    Silent,
    Owed,
    Overdue,
    Income,
    Share,
    Dbt,
    Rate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

impl ClientFilter {
    /// What a person typed. Nothing is an error: a term that is not understood is a word, and a note says so.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut filter = Self::default();
        for word in typed.split_whitespace() {
            let rest = word.strip_prefix(['-', '!']).filter(|rest| !rest.is_empty());
            let test = Test::read(rest.unwrap_or(word)).unwrap_or_else(|cure| {
                filter.notes.push(format!("“{word}” is looked for as a word: {cure}"));
                Test::Word(Filter::new(rest.unwrap_or(word)))
            });
            filter.terms.push(Term { negated: rest.is_some(), test });
        }
        filter
    }

    /// What was not understood, each in a sentence with its cure and without a full stop.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Whether every term lets a row through.
    #[must_use]
    pub fn passes(&self, row: &Row) -> bool {
        self.terms.iter().all(|term| term.test.holds(row).is_some_and(|holds| holds != term.negated))
    }
}

impl Test {
    /// What a term asks, or how it is to be written.
    fn read(term: &str) -> Result<Self, String> {
        let Some((at, sign)) =
            term.char_indices().find(|(_, c)| matches!(c, ':' | '<' | '>' | '=' | '≤' | '≥'))
        else {
            return Ok(Self::Word(Filter::new(term)));
        };
        let (name, rest) =
            (term.get(..at).unwrap_or_default().to_lowercase(), term.get(at..).unwrap_or_default());
        let value = rest.get(sign.len_utf8()..).unwrap_or_default();
        if sign == ':' { Self::named(&name, value) } else { Self::compared(&name, sign, value) }
    }

    fn named(name: &str, value: &str) -> Result<Self, String> {
        match name {
            "kind" => {
                let wanted = value.to_lowercase();
                let known =
                    !wanted.is_empty() && KINDS.iter().any(|kind| kind_token(*kind).starts_with(&wanted));
                known.then_some(Self::Kind(wanted)).ok_or_else(|| {
                    let kinds = KINDS.map(kind_token).join(", ");
                    format!("the kinds are {kinds}")
                })
            }
            "tag" => {
                let wanted = folded(value);
                let known = (!wanted.is_empty()).then_some(Self::Tag(wanted));
                known.ok_or_else(|| "write a tag, as in tag:retainer".to_owned())
            }
            name if Measure::named(name).is_some() => {
                Err(format!("a figure is compared, as in {name}<50 or {name}>50"))
            }
            _ => Err("before a colon stands kind or tag, as in kind:toxic".to_owned()),
        }
    }

    fn compared(name: &str, sign: char, value: &str) -> Result<Self, String> {
        let measure = Measure::named(name).ok_or_else(|| {
            let names = Measure::ALL.map(|(_, name)| name).join(", ");
            format!("what can be compared is {names}, as in score<50")
        })?;
        let or_equal = value.strip_prefix('=').filter(|_| matches!(sign, '<' | '>'));
        let compared = match (sign, or_equal.is_some()) {
            ('<', false) => Compared::Below,
            ('>', false) => Compared::Above,
            ('<', true) | ('≤', _) => Compared::AtMost,
            ('>', true) | ('≥', _) => Compared::AtLeast,
            _ => Compared::Equal,
        };
        let number = or_equal.unwrap_or(value).trim_end_matches('%').replace('−', "-");
        let number = number.parse().map_err(|_| format!("write a plain number, as in {name}{sign}50"))?;
        Ok(Self::Compare(measure, compared, number))
    }

    /// Whether it holds of a row; `None` where the row does not know.
    fn holds(&self, row: &Row) -> Option<bool> {
        match self {
            Self::Word(word) => Some(word.finds(&row.search)),
            // A kind that the facts do not decide is none of them.
            Self::Kind(wanted) => {
                Some(row.kind.as_ref().is_some_and(|it| kind_token(it.kind).starts_with(wanted.as_str())))
            }
            Self::Tag(wanted) => Some(row.who.tags.iter().any(|tag| folded(tag) == *wanted)),
            Self::Compare(measure, compared, number) => Some(compared.holds(measure.of(row)?.cmp(number))),
        }
    }
}

impl Measure {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Score, "score"),
        (Self::Trend, "trend"),
        (Self::Silent, "silent"),
        (Self::Owed, "owed"),
        (Self::Overdue, "overdue"),
        (Self::Income, "income"),
        (Self::Share, "share"),
        (Self::Dbt, "dbt"),
        (Self::Rate, "rate"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(measure, _)| measure)
    }

    /// The figure of a row as it is shown; `None` where it is unknown.
    fn of(self, row: &Row) -> Option<Decimal> {
        let whole = |answer: &Answer<Decimal>| answer.as_ref().ok().map(Decimal::round);
        match self {
            Self::Score => row.health.health.score.as_ref().ok().map(|score| score.points.round()),
            Self::Trend => whole(&row.health.trend),
            Self::Silent => row.silent_days.map(Decimal::from),
            Self::Owed => row.open.as_ref().ok().map(|it| it.amount),
            Self::Overdue => row.overdue.as_ref().ok().map(|it| it.amount),
            Self::Income => row.income_12m.as_ref().ok().map(|it| it.amount),
            Self::Share => row.share.as_ref().ok().map(|share| share.saturating_mul(Decimal::ONE_HUNDRED)),
            Self::Dbt => whole(&row.dbt_days),
            Self::Rate => row.hourly.as_ref().ok().map(|it| it.amount),
        }
    }
}

impl Compared {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Below => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Equal => ordering.is_eq(),
            Self::AtLeast => ordering.is_ge(),
            Self::Above => ordering.is_gt(),
        }
    }
}

/// A tag without case and accents; one in another script keeps its letters.
fn folded(tag: &str) -> String {
    let folded = slug::slugify(tag);
    if folded.is_empty() { tag.to_lowercase() } else { folded }
}
