//! "Unknown" is a value: a figure without enough evidence says why, and is never nought.

use std::fmt;

use crate::domain::{CurrencyMismatch, MissingRate};

/// Why a figure cannot be told, as a clause without a full stop: `no account has a balance yet`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub String);

/// A figure, or why there is none.
pub type Answer<T> = Result<T, Unknown>;

impl Unknown {
    /// For this reason.
    #[must_use]
    pub fn because(reason: &str) -> Self {
        Self(reason.to_owned())
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unknown {}

impl From<MissingRate> for Unknown {
    fn from(missing: MissingRate) -> Self {
        Self(missing.to_string())
    }
}

impl From<CurrencyMismatch> for Unknown {
    fn from(mismatch: CurrencyMismatch) -> Self {
        Self(mismatch.to_string())
    }
}
