//! What kind of values a column holds.

use std::collections::HashSet;

use super::amounts::{currency, is_surely_an_amount, looks_like_an_amount};
use super::dates::looks_like_a_day;
use super::field::Field;
use super::rows::{is_no_day, read_disputed};
use super::table::Sheet;
use crate::domain::Currency;

/// What the values of a column have in common.
#[derive(Default)]
pub(super) struct Profile {
    filled: usize,
    rows: usize,
    days: usize,
    no_days: usize,
    amounts: usize,
    sure_amounts: usize,
    currencies: usize,
    answers: usize,
    different: usize,
    words: usize,
}

impl Profile {
    pub(super) fn of(sheet: &Sheet, index: usize) -> Self {
        /// So many rows tell what the values of a column are.
        const LOOKED_AT: usize = 500;
        let mut values = Self { rows: sheet.rows.len().min(LOOKED_AT), ..Self::default() };
        let mut seen: HashSet<&str> = HashSet::new();
        for cell in sheet.rows.iter().take(LOOKED_AT).map(|row| row.cell(index)) {
            if cell.is_empty() {
                continue;
            }
            values.filled += 1;
            values.days += usize::from(looks_like_a_day(cell));
            values.no_days += usize::from(is_no_day(cell));
            values.amounts += usize::from(looks_like_an_amount(cell));
            values.sure_amounts += usize::from(is_surely_an_amount(cell));
            values.currencies += usize::from(currency(cell, Currency::USD).is_some());
            values.answers += usize::from(read_disputed(cell).is_some());
            values.words += usize::from(cell.contains(char::is_alphabetic));
            values.different += usize::from(seen.insert(cell));
        }
        values
    }

    /// Whether nearly all filled cells are of a kind.
    fn mostly(&self, count: usize) -> bool {
        self.filled == 0 || count * 5 >= self.filled * 4
    }

    /// Whether its values do not speak against a field.
    pub(super) fn may_be(&self, field: Field) -> bool {
        // With a handful of rows one bad cell must not hide a column whose header is plain.
        let some = |count: usize| self.mostly(count) || (count > 0 && self.filled <= 10);
        match field {
            Field::Client => !(self.filled > 0 && self.days == self.filled),
            Field::Number => true,
            Field::Issued | Field::Due => some(self.days),
            Field::Amount => some(self.amounts),
            Field::Currency => some(self.currencies),
            Field::Paid => some(self.days + self.no_days) && (self.days > 0 || self.filled == self.no_days),
            Field::Disputed => some(self.answers),
        }
    }

    pub(super) fn all_days(&self) -> bool {
        self.filled > 0 && self.filled * 10 >= self.rows * 9 && self.mostly(self.days)
    }

    pub(super) fn surely_amounts(&self) -> bool {
        self.filled > 0 && self.mostly(self.amounts) && self.sure_amounts > 0 && self.days == 0
    }

    pub(super) fn all_differ(&self) -> bool {
        self.rows > 1 && self.different == self.rows && self.days == 0 && self.sure_amounts == 0
    }

    pub(super) fn names(&self) -> bool {
        self.filled > 0
            && self.mostly(self.words)
            && self.days == 0
            && self.sure_amounts == 0
            && self.answers == 0
            && self.different > 1
            && self.different < self.filled
    }
}
