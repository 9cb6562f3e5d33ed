//! Orders expected from habit.
//!
//! The first falls on a day that is as likely as any other within the client's pace, or within the days looked at where those
//! are fewer, and comes at all with the chance that dormancy gives; further ones follow at that pace. So a client that surely
//! goes on brings as many orders as its pace fits into the days, which is its mean in the long run.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::domain::{Invoice, MissingRate, Money, Table};
use crate::figures::forecast::dormancy::{Order, orders_of};
use crate::figures::forecast::{Pmf, Rhythm};

use super::{Event, Flow, FlowKind, Gather, Layer, Whose};

/// How many of a client's last orders say how much the next one brings.
const LAST_ORDERS: usize = 8;
/// No more orders of a client are listed than this: very frequent ones are listed several in one.
const MOST_ORDERS: f64 = 60.0;
/// A client less likely to order than this is taken not to.
const LEAST_CHANCE: f64 = 0.005;

impl Gather<'_> {
    /// What a client is expected to order, and to pay for it after an invoice on the day of the order.
    pub(super) fn orders(&mut self, whose: &Whose<'_>, rhythm: &Rhythm, chance: f64) {
        if chance < LEAST_CHANCE || self.days < 1 {
            return;
        }
        let days = f64::from(u32::try_from(self.days).unwrap_or(u32::MAX));
        let step = rhythm.pace.max(days / MOST_ORDERS);
        let (gross, net) = match self.usual_order(whose, step / rhythm.pace) {
            Ok(Some(usual)) => usual,
            Ok(None) => return,
            Err((amount, why)) => {
                self.leave_out(format!("Orders of {}", whose.name), amount, why);
                return;
            }
        };
        let event =
            Arc::new(Event { key: format!("orders/{}", whose.id()), when: evenly(step, days, chance) });
        let every = libm::round(rhythm.pace);
        let what = if every < 2.0 {
            "Order, about every day".to_owned()
        } else {
            format!("Order, about every {every} days")
        };
        for nth in 1..=61_u8 {
            // Whole days, counted from the first so that their rounding does not add up.
            let after = f64::from(nth - 1) * step;
            if after + 1.0 > days {
                break;
            }
            #[expect(clippy::cast_possible_truncation, reason = "fewer than the days looked at")]
            let after = libm::round(after) as i64;
            let when = self.following(whose, &event, after);
            self.flows.push(Flow {
                key: format!("orders/{}/{nth}", whose.id()),
                layer: Layer::Likely,
                kind: FlowKind::Order,
                client: Some(whose.client()),
                what: what.clone(),
                record: Some((Table::Clients, whose.id().to_string())),
                amount: gross,
                income: net,
                due: None,
                when,
            });
        }
    }

    /// What `times` an order brings, gross and net: the mean of the last eight. `None` where that is nothing.
    fn usual_order(
        &self,
        whose: &Whose<'_>,
        times: f64,
    ) -> Result<Option<(Money, Money)>, (Money, MissingRate)> {
        let orders = orders_of(whose.known);
        let last: Vec<&Order<'_>> = orders.iter().rev().take(LAST_ORDERS).collect();
        let invoices = || last.iter().flat_map(|order| order.invoices.iter().copied());
        let mean = |of: fn(&Invoice) -> Money| {
            let mut sum = Decimal::ZERO;
            for invoice in invoices() {
                let amount = of(invoice);
                sum = sum.saturating_add(self.convert(amount).map_err(|why| (amount, why))?.amount);
            }
            let times = Decimal::from_f64(times).unwrap_or(Decimal::ONE);
            let mean = sum.checked_div(Decimal::from(last.len())).unwrap_or_default();
            let mean = mean.checked_mul(times).unwrap_or(mean);
            Ok(Money::new(mean, self.business.currency).rounded())
        };
        let (gross, net) = (mean(Invoice::asked)?, mean(Invoice::asked_net)?);
        Ok((gross.amount > Decimal::ZERO).then_some((gross, net)))
    }
}

/// Each day within `step` as likely as any other, `chance` in all by the last of the days.
fn evenly(step: f64, days: f64, chance: f64) -> Pmf {
    let span = step.min(days).max(1.0);
    let whole = libm::ceil(span);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to the days looked at"
    )]
    let last = whole as u32;
    let by = |day: u32| (f64::from(day) / span).min(1.0) * chance;
    Pmf::of_days((1..=last).map(|day| by(day) - by(day - 1)), 0.0)
}
