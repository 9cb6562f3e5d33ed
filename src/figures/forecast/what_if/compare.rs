//! A what-if beside the base: what differs, in figures and in words.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Currency, Money, days_between};
use crate::figures::proof::Difference;
use crate::figures::words::{date, percent_of_paths};

use super::super::{Fan, Flow, Forecast, Layer, Layers};
use super::expected::moving_within;

/// A forecast as far as it is compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// How the balance may run, with the layers that are compared.
    pub fan: &'a Fan,
    /// Everything that is to come or go.
    pub flows: &'a [Flow],
}

/// A figure without the levers and with them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change<T> {
    /// Without them.
    pub base: T,
    /// With them.
    pub what_if: T,
}

/// What differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The middle of the paths' own lowest points.
    pub lowest: Change<Money>,
    /// Nine in ten paths stay above this all the time.
    pub nine_in_ten: Change<Money>,
    /// The day on which the balance is lowest.
    pub lowest_day: Change<NaiveDate>,
    /// The share of paths that go under the reserve; `None` without a reserve or a balance.
    pub under_reserve: Option<Change<f64>>,
    /// What is expected to come in within the days looked at, of the layers compared.
    pub money_in: Change<Money>,
    /// What is expected to go out.
    pub money_out: Change<Money>,
    /// The day of the forecast, from which days are said.
    day: NaiveDate,
}

impl Change<Money> {
    /// By how much it is more with the levers; negative: less.
    #[must_use]
    pub fn by(&self) -> Money {
        Money::new(self.what_if.amount - self.base.amount, self.base.currency)
    }
}

impl Comparison {
    /// What differs between a forecast without levers and one of the same day and days with them, when these layers are
    /// counted.
    #[must_use]
    pub fn between(base: &Forecast, what_if: &Forecast, layers: Layers) -> Option<Self> {
        let side = |of| -> Option<Side<'_>> {
            let forecast: &Forecast = of;
            Some(Side { fan: forecast.fan(layers)?, flows: &forecast.flows })
        };
        let days = days_between(base.day, base.until);
        Some(Self::of(side(base)?, side(what_if)?, base.day, days))
    }

    /// What differs between two forecasts made on `day` for so many `days`, both with the layers of the base's fan.
    #[must_use]
    pub fn of(base: Side<'_>, what_if: Side<'_>, day: NaiveDate, days: i64) -> Self {
        let (without, with) = (&base.fan.lowest, &what_if.fan.lowest);
        let (layers, currency) = (base.fan.layers, without.median.currency);
        let moving = |comes_in| Change {
            base: moved(base.flows, layers, days, currency, comes_in),
            what_if: moved(what_if.flows, layers, days, currency, comes_in),
        };
        let risks = without.under_reserve.zip(with.under_reserve);
        Self {
            lowest: Change { base: without.median, what_if: with.median },
            nine_in_ten: Change { base: without.nine_in_ten, what_if: with.nine_in_ten },
            lowest_day: Change { base: without.day, what_if: with.day },
            under_reserve: risks.map(|(base, what_if)| Change { base, what_if }),
            money_in: moving(true),
            money_out: moving(false),
            day,
        }
    }

    /// In sentences: the lowest point and its day, and the risk, whether they differ or not; then what else differs. `money`
    /// writes an amount.
    #[must_use]
    pub fn words(&self, money: &dyn Fn(Money) -> String) -> Vec<String> {
        self.said(money).into_iter().map(|(_, words)| words).collect()
    }

    /// The same sentences, each with what differs by it.
    #[must_use]
    pub fn said(&self, money: &dyn Fn(Money) -> String) -> Vec<(Difference, String)> {
        let apart = |change: &Change<Money>| {
            let by = change.by();
            let size = money(Money::new(by.amount.abs(), by.currency));
            format!("{size} {}", if by.amount.is_sign_negative() { "less" } else { "more" })
        };
        let mut sentences = Vec::new();
        let low = &self.lowest;
        let (was, on) = (date(self.lowest_day.base, self.day), date(self.lowest_day.what_if, self.day));
        let (same_day, same_height) = (was == on, low.by().is_zero());
        if same_day && same_height {
            let says = format!("lowest on {on}, at {}: as before", money(low.what_if));
            sentences.push((Difference::LowestHalf, says));
        } else {
            let day = if same_day { "as before".to_owned() } else { format!("instead of {was}") };
            let height = if same_height { "the same as before".to_owned() } else { apart(low) };
            let says = format!("lowest on {on} {day}, at {}: {height}", money(low.what_if));
            sentences.push((Difference::LowestHalf, says));
        }
        if !self.nine_in_ten.by().is_zero() {
            let above = money(self.nine_in_ten.what_if);
            let says = format!("9 in 10 stay above {above}: {}", apart(&self.nine_in_ten));
            sentences.push((Difference::Lowest, says));
        }
        if let Some(risk) = self.under_reserve {
            let (was, is) = (percent_of_paths(risk.base), percent_of_paths(risk.what_if));
            let than = if was == is { ", as before".to_owned() } else { format!(" instead of {was}") };
            let says = format!("{is} chance of going under the reserve{than}");
            sentences.push((Difference::UnderReserve, says));
        }
        let moving = [
            (Difference::MoneyIn, &self.money_in, "comes in"),
            (Difference::MoneyOut, &self.money_out, "goes out"),
        ];
        for (of, change, what) in moving {
            if !change.by().is_zero() {
                sentences.push((of, format!("{} {what}", apart(change))));
            }
        }
        sentences
    }
}

/// What is expected to come in, or to go out, of these layers: the sum of each as what a lever does is made of.
fn moved(flows: &[Flow], layers: Layers, days: i64, currency: Currency, comes_in: bool) -> Money {
    let counted = Layer::ALL.into_iter().filter(|layer| layers.counts(*layer));
    let sums = counted.map(|layer| moving_within(flows, layer, currency, days, comes_in).amount);
    Money::new(sums.fold(Decimal::ZERO, Decimal::saturating_add), currency)
}
