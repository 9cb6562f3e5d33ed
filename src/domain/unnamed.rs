//! A record that no longer names others: what becomes of it when they are removed and it stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{AnyRecord, InvoiceId, LeverRow, Table};

/// Records by table and id.
pub type Named = BTreeSet<(Table, String)>;

impl AnyRecord {
    /// The same record without the names of those that are gone; whose it is stays. `None` where it names none of them.
    #[must_use]
    pub fn unnamed(&self, gone: &Named) -> Option<Self> {
        let is_gone = |table: Table, id: &str| gone.contains(&(table, id.to_owned()));
        if !self.references().iter().any(|named| named.field != "client" && is_gone(named.table, &named.id)) {
            return None;
        }
        macro_rules! drop_if {
            ($($field:expr => $table:ident),* $(,)?) => {{$(
                drop($field.take_if(|id| is_gone(Table::$table, id.as_str())));
            )*}};
        }
        let mut record = self.clone();
        match &mut record {
            Self::Client(it) => {
                if let Some(met) = &mut Arc::make_mut(it).met {
                    drop_if!(met.introduced_by => Clients);
                }
            }
            Self::Deal(it) => {
                let it = Arc::make_mut(it);
                if let Some(down) = &mut it.down_payment {
                    drop_if!(down.invoice => Invoices);
                }
                for part in it.instalments.iter_mut().flat_map(|plan| &mut plan.instalments) {
                    drop_if!(part.invoice => Invoices);
                }
            }
            Self::Retainer(it) => drop_if!(Arc::make_mut(it).deal => Deals),
            Self::Invoice(it) => {
                let it = Arc::make_mut(it);
                drop_if!(it.deal => Deals, it.retainer => Retainers);
                // Without its other side nothing was set off.
                let is_gone = |id: &InvoiceId| is_gone(Table::Invoices, id.as_str());
                it.payments.retain(|payment| !payment.offset.as_ref().is_some_and(is_gone));
            }
            Self::Touch(it) => {
                let it = Arc::make_mut(it);
                drop_if!(it.deal => Deals, it.invoice => Invoices, it.answers => Touches, it.introduces => Clients);
            }
            Self::Promise(it) => drop_if!(Arc::make_mut(it).deal => Deals),
            Self::Work(it) => drop_if!(Arc::make_mut(it).deal => Deals),
            Self::Expense(it) => drop_if!(Arc::make_mut(it).deal => Deals),
            Self::Outgoing(it) => {
                let it = Arc::make_mut(it);
                drop_if!(it.deal => Deals, it.invoice => Invoices);
                if let Some(handed) = &mut it.handed_over {
                    drop_if!(handed.touch => Touches);
                }
            }
            // An assumption about what is gone assumes nothing.
            Self::Scenario(it) => {
                let it = Arc::make_mut(it);
                let without = |row: LeverRow| {
                    let mut gone = gone.iter();
                    let lever = gone.try_fold(row.lever, |lever, (table, id)| lever.without(*table, id))?;
                    Some(LeverRow { lever, muted: row.muted })
                };
                it.levers = std::mem::take(&mut it.levers).into_iter().filter_map(without).collect();
            }
            Self::Renewal(_) | Self::Snooze(_) | Self::Handled(_) => {}
        }
        Some(record)
    }
}
