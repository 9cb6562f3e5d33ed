//! A figure as it is written: its text, or a dash and why there is none.

use egui::{Align, Rect, Sense, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{Currency, Money};
use crate::figures::{Answer, Unknown};
use crate::kit::number;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::Tokens;
use crate::kit::widgets::hover_text;
use crate::written::capital;

/// What stands in the place of a figure that is not known.
pub(super) const UNKNOWN: &str = "–";

/// A figure ready to be painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// As it is written.
    pub(super) text: String,
    /// Why it is not known.
    pub(super) why: Option<String>,
    /// Nothing or unknown: it steps back behind those that say something.
    pub(super) quiet: bool,
}

impl Figure {
    /// A figure that is known.
    pub(super) fn known(text: String, quiet: bool) -> Self {
        Self { text, why: None, quiet }
    }

    /// A figure that is not, and why.
    pub(super) fn unknown(why: &str) -> Self {
        Self { text: UNKNOWN.to_owned(), why: Some(capital(why)), quiet: true }
    }

    fn of<T>(answer: &Answer<T>, known: impl FnOnce(&T) -> Self) -> Self {
        match answer {
            Ok(value) => known(value),
            Err(Unknown(why)) => Self::unknown(why),
        }
    }

    /// An amount of a list whose header names the `listed` currency: no cents from 1,000 up, another currency said.
    pub(super) fn listed(amount: Money, listed: Currency) -> Self {
        if amount.is_zero() {
            return Self::known("0".to_owned(), true);
        }
        let text = number::summary(amount.amount, amount.currency.decimals());
        Self::known(with_code(text, amount.currency, listed), false)
    }

    /// The same for an amount that may be unknown.
    pub(super) fn listed_answer(answer: &Answer<Money>, listed: Currency) -> Self {
        Self::of(answer, |amount| Self::listed(*amount, listed))
    }

    /// An amount in full.
    pub(super) fn exact(answer: &Answer<Money>, listed: Currency) -> Self {
        Self::of(answer, |amount| {
            let text = number::exact(amount.amount, amount.currency.decimals());
            Self::known(with_code(text, amount.currency, listed), amount.is_zero())
        })
    }

    /// Days, rounded to whole ones: `12 d`.
    pub(super) fn days(answer: &Answer<Decimal>) -> Self {
        Self::of(answer, |days| {
            let whole = days.round().to_i64().unwrap_or_default();
            Self::known(number::days(whole), whole == 0)
        })
    }

    /// Hours, to a tenth: `12.5 h`.
    pub(super) fn hours(answer: &Answer<Decimal>) -> Self {
        Self::of(answer, |hours| {
            let tenths = hours.round_dp(1);
            Self::known(format!("{} h", crate::written::decimal(tenths)), tenths.is_zero())
        })
    }

    /// A fraction of one as per cent.
    pub(super) fn share(answer: &Answer<Decimal>) -> Self {
        Self::of(answer, |share| {
            let share = share.to_f64().unwrap_or_default();
            Self::known(number::percent(share), share == 0.0)
        })
    }

    /// The figure for those who hear the screen.
    pub(super) fn spoken(&self) -> String {
        match &self.why {
            Some(why) => format!("not known, {}", lower(why)),
            None => self.text.clone(),
        }
    }

    /// Paints it, quieter where it says nothing, with the reason under the pointer where it is not known.
    pub(super) fn paint(&self, ui: &mut Ui, rect: Rect, align: Align, ink: &Ink) -> Rect {
        let quiet = || Ink::new(ink.font.size, Tokens::of(ui).tertiary);
        let ink = if self.quiet { quiet() } else { ink.clone() };
        let taken = text::paint(ui.painter(), rect, align, &self.text, &ink, Cut::Never);
        if let Some(why) = &self.why {
            hover(ui, rect, why);
        }
        taken
    }
}

/// Says something more about what is painted in `rect` while the pointer is over it.
pub(super) fn hover(ui: &mut Ui, rect: Rect, says: &str) {
    if ui.rect_contains_pointer(rect) {
        let id = ui.scope_id().with(("hover", rect.min.x.to_bits(), rect.min.y.to_bits()));
        hover_text(ui.interact(rect, id, Sense::hover()), says);
    }
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn with_code(text: String, currency: Currency, listed: Currency) -> String {
    if currency == listed { text } else { format!("{text} {currency}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(text: &str) -> Money {
        Money::new(text.parse().unwrap(), Currency::EUR)
    }

    #[test]
    fn a_list_drops_cents_of_large_amounts_and_says_a_currency_that_is_not_its_own() {
        assert_eq!(Figure::listed(euros("12400.50"), Currency::EUR).text, "12,401");
        assert_eq!(Figure::listed(euros("-40.5"), Currency::EUR).text, "−40.50");
        assert_eq!(Figure::listed(euros("40.5"), Currency::USD).text, "40.50 EUR");
        assert!(Figure::listed(euros("0"), Currency::EUR).quiet);
    }

    #[test]
    fn an_unknown_figure_is_a_dash_with_its_reason() {
        let figure = Figure::days(&Err(Unknown::because("no invoice was due yet")));
        assert_eq!((figure.text.as_str(), figure.why.as_deref()), ("–", Some("No invoice was due yet")));
        assert_eq!(figure.spoken(), "not known, no invoice was due yet");
    }
}
