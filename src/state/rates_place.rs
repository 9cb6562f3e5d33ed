//! Rates: who is to be asked for more, by how much and from when. A draft, until it is applied as one edit.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{ClientId, Percent};
use crate::figures::{Figures, Letter, RateRow, Rates, RisePreview, rise_from};

use super::State;
use super::day_entry::{EXAMPLES, Lean, parse_day};

/// What is chosen and typed while rates are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesPlace {
    /// Who is to be asked.
    pub chosen: Vec<ClientId>,
    /// The row that the hand is at; nobody: the first one.
    pub cursor: Option<ClientId>,
    /// By how many per cent, as typed; empty: each as the rule says.
    pub percent: String,
    /// From which day on, as typed.
    pub from: String,
    /// The field that has the hand.
    pub typing: Option<RateField>,
}

/// A field over the rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateField {
    /// By how many per cent.
    Percent,
    /// From which day on.
    From,
}

/// Something done with the rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RatesAction {
    /// Shows them, or puts them away.
    Toggle,
    /// Puts the hand at a row.
    Point(ClientId),
    /// Chooses exactly these.
    Choose(Vec<ClientId>),
    /// Gives a field the hand, or takes it.
    Hand(Option<RateField>),
    /// Changes a field's text.
    Type(RateField, String),
}

impl RatesPlace {
    /// Nobody chosen, from the first of a month on that is at least 30 days ahead.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        let from = rise_from(today);
        Self {
            chosen: Vec::new(),
            cursor: None,
            percent: String::new(),
            from: from.to_string(),
            typing: None,
        }
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: RateField) -> &str {
        match field {
            RateField::Percent => &self.percent,
            RateField::From => &self.from,
        }
    }

    /// Changes the text of a field.
    pub fn set(&mut self, field: RateField, text: String) {
        match field {
            RateField::Percent => self.percent = text,
            RateField::From => self.from = text,
        }
    }
}

/// The rates as they are shown: what the draft comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct RatesView {
    /// Every client's.
    pub rates: Rates,
    /// What is typed as a per cent; `None`: each as the rule says.
    pub percent: Result<Option<Percent>, String>,
    /// What is typed as a day.
    pub from: Result<NaiveDate, String>,
    /// Those chosen that can be asked, in the order of the rows.
    pub chosen: Vec<ClientId>,
    /// Those chosen with whom a rise is agreed already, which can be told to them.
    pub told: Vec<ClientId>,
    /// What a rise for these comes to.
    pub preview: RisePreview,
    /// The letters to them, as drafts.
    pub letters: Arc<Vec<Letter>>,
}

impl RatesView {
    /// What the draft comes to; `None` while rates are not shown.
    pub(super) fn of(state: &State, figures: &Figures) -> Option<Self> {
        let place = state.session.rates.as_ref()?;
        let business = state.book.business();
        let percent = read_percent(&place.percent);
        let from = read_day(&place.from, state.day());
        let rates = Rates::of(business, figures, percent.clone().ok().flatten());
        let rows = || rates.rows.iter().filter(|row| place.chosen.contains(&row.id));
        let ids = |of: fn(&RateRow) -> bool| rows().filter(|row| of(row)).map(|row| row.id.clone()).collect();
        let chosen: Vec<ClientId> = ids(|row| row.proposal.is_ok());
        let told = ids(|row| row.proposal.is_err() && row.agreed().is_some());
        let letter = |row: &RateRow| row.letter(business, figures, from.clone().ok()?);
        let letters = Arc::new(rows().filter_map(letter).collect());
        let preview = rates.preview(business, &chosen);
        Some(Self { rates, percent, from, chosen, told, preview, letters })
    }

    /// The position of the row that the hand is at.
    #[must_use]
    pub fn row(&self, place: &RatesPlace) -> Option<usize> {
        let named = |id: &ClientId| self.rates.rows.iter().position(|row| row.id == *id);
        place.cursor.as_ref().and_then(named).or((!self.rates.rows.is_empty()).then_some(0))
    }
}

fn read_percent(text: &str) -> Result<Option<Percent>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let percent = Percent::parse(text).ok().filter(|percent| *percent > Percent::ZERO);
    percent.map(Some).ok_or_else(|| "expected more than 0\u{a0}%, such as 8\u{a0}%".to_owned())
}

fn read_day(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let day = parse_day(text, today, Lean::Ahead).ok_or_else(|| format!("expected {EXAMPLES}"))?;
    if day < today {
        return Err("this day is past: choose today or a later one".to_owned());
    }
    Ok(day)
}
