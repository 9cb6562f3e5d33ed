//! Expenses, one-off and recurring: on their days, for certain.

use std::sync::Arc;

use crate::domain::{Expense, Money, Table, days_between};

use super::{Flow, FlowKind, Gather, Layer, When, Whose};
use crate::figures::forecast::Pmf;

impl Gather<'_> {
    /// What is spent after the day; what was spent by then is in the balance.
    pub(super) fn expenses(&mut self, expenses: &[Arc<Expense>], whose: Option<&Whose<'_>>) {
        for expense in expenses {
            let days = expense.days(self.tomorrow(), self.until);
            if days.is_empty() || expense.amount.is_zero() {
                continue;
            }
            let amount = match self.convert(expense.amount) {
                Ok(amount) => Money::new(-amount.amount, amount.currency),
                Err(why) => {
                    self.leave_out(expense.what.clone(), expense.amount, why);
                    continue;
                }
            };
            for on in days.into_iter().filter(|on| *on > self.day) {
                self.flows.push(Flow {
                    key: format!("expenses/{}/{on}", expense.id),
                    layer: Layer::Committed,
                    kind: FlowKind::Expense,
                    client: whose.map(Whose::client),
                    what: expense.what.clone(),
                    record: Some((Table::Expenses, expense.id.to_string())),
                    amount,
                    income: Money::zero(amount.currency),
                    due: Some(on),
                    when: When::After(Arc::new(Pmf::on(days_between(self.day, on)))),
                });
            }
        }
    }
}
