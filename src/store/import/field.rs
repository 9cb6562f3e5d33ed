//! The facts of an invoice that a column can hold, and naming a column for one.

use std::fmt;

use super::ImportError;
use super::table::shown;

/// A fact of an invoice that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Who is to pay.
    Client,
    /// The number printed on it.
    Number,
    /// When it was sent.
    Issued,
    /// When it is to be paid.
    Due,
    /// What is to be paid, all in.
    Amount,
    /// In what.
    Currency,
    /// When it was paid in full.
    Paid,
    /// Whether it is or was disputed.
    Disputed,
}

impl Field {
    /// Every field, in the order it is shown.
    pub const ALL: [Self; 8] = [
        Self::Client,
        Self::Number,
        Self::Issued,
        Self::Due,
        Self::Amount,
        Self::Currency,
        Self::Paid,
        Self::Disputed,
    ];

    /// Its name in `--map`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Number => "number",
            Self::Issued => "issued",
            Self::Due => "due",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Paid => "paid",
            Self::Disputed => "disputed",
        }
    }

    /// Whether no invoice can do without it.
    #[must_use]
    pub fn is_required(self) -> bool {
        !matches!(self, Self::Currency | Self::Paid | Self::Disputed)
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Issued | Self::Due | Self::Paid)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What `--map FIELD=COLUMN` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The fact.
    pub field: Field,
    /// The column's header or its number from 1; `None` leaves the fact out.
    pub column: Option<String>,
}

impl Override {
    /// Reads `FIELD=COLUMN`, or `FIELD=-`.
    ///
    /// # Errors
    /// When it has another form or names no field; says the likely meant one.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        let (name, column) = text
            .split_once('=')
            .ok_or_else(|| ImportError::Map(format!("expected FIELD=COLUMN, found {}", shown(text))))?;
        let wanted = name.trim().to_lowercase();
        let field = Field::ALL.into_iter().find(|field| field.name() == wanted).ok_or_else(|| {
            let names: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
            let likely = likely_meant(&wanted, names.iter().copied());
            let question = likely.map(|name| format!(": did you mean {name}?")).unwrap_or_default();
            ImportError::Map(format!(
                "there is no field {}{question} Fields: {}",
                shown(name),
                names.join(", ")
            ))
        })?;
        let column = column.trim();
        match column {
            "" => Err(ImportError::Map(format!("{field}= names no column; {field}=- leaves it out"))),
            "-" if field.is_required() => {
                Err(ImportError::Map(format!("{field} cannot be left out: no invoice can do without it")))
            }
            "-" => Ok(Self { field, column: None }),
            name => Ok(Self { field, column: Some(name.to_owned()) }),
        }
    }
}

/// The name most like `wanted`, if one is like it at all.
pub(super) fn likely_meant<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    names
        .map(|name| (strsim::jaro_winkler(wanted, &name.to_lowercase()), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
