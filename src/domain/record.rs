//! What all records have in common: a table, an id, amounts and references to others.

use std::fmt;
use std::sync::Arc;

use super::{
    Business, Client, ClientId, Deal, DealId, Expense, Facts, Handled, Invoice, Money, Outgoing, Promise,
    Renewal, Retainer, Scenario, Snooze, Touch, Work,
};

/// A table of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Clients, partners and contacts.
    Clients,
    /// Deals.
    Deals,
    /// Regular fees.
    Retainers,
    /// Invoices.
    Invoices,
    /// Contacts made.
    Touches,
    /// Promises of both sides.
    Promises,
    /// Hours worked.
    Work,
    /// Expenses.
    Expenses,
    /// Things that expire.
    Renewals,
    /// Items of the queue that were put off.
    Snoozes,
    /// Items of the queue that were handled.
    Handled,
    /// Letters that are ready to go out, or went.
    Outbox,
    /// Assumptions kept under a name.
    Scenarios,
}

impl Table {
    /// Every table, in the order of a book.
    pub const ALL: [Self; 13] = [
        Self::Clients,
        Self::Deals,
        Self::Retainers,
        Self::Invoices,
        Self::Touches,
        Self::Promises,
        Self::Work,
        Self::Expenses,
        Self::Renewals,
        Self::Snoozes,
        Self::Handled,
        Self::Outbox,
        Self::Scenarios,
    ];

    /// Its name in a book.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Deals => "deals",
            Self::Retainers => "retainers",
            Self::Invoices => "invoices",
            Self::Touches => "touches",
            Self::Promises => "promises",
            Self::Work => "work",
            Self::Expenses => "expenses",
            Self::Renewals => "renewals",
            Self::Snoozes => "snoozes",
            Self::Handled => "handled",
            Self::Outbox => "outbox",
            Self::Scenarios => "scenarios",
        }
    }

    /// What one record of it is called, in lowercase.
    #[must_use]
    pub fn singular(self) -> &'static str {
        match self {
            Self::Clients => "client",
            Self::Deals => "deal",
            Self::Retainers => "retainer",
            Self::Invoices => "invoice",
            Self::Touches => "touch",
            Self::Promises => "promise",
            Self::Work => "piece of work",
            Self::Expenses => "expense",
            Self::Renewals => "renewal",
            Self::Snoozes => "snooze",
            Self::Handled => "handled mark",
            Self::Outbox => "letter of the outbox",
            Self::Scenarios => "scenario",
        }
    }

    /// So many records of it: `1 deal`, `3 touches`.
    #[must_use]
    pub fn counted(self, count: usize) -> String {
        match (self, count) {
            (_, 1) => format!("1 {}", self.singular()),
            (Self::Touches, _) => format!("{count} touches"),
            (Self::Work, _) => format!("{count} pieces of work"),
            (Self::Outbox, _) => format!("{count} letters of the outbox"),
            _ => format!("{count} {}s", self.singular()),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// That a record names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The field that names it, as written in a book: `client`, `met.introduced_by`.
    pub field: &'static str,
    /// The table it is looked up in.
    pub table: Table,
    /// The id it names.
    pub id: String,
    /// Whether it must belong to the same client (a deal of another client's is as good as none).
    pub same_client: bool,
}

impl Reference {
    fn to(field: &'static str, table: Table, id: &impl fmt::Display, same_client: bool) -> Self {
        Self { field, table, id: id.to_string(), same_client }
    }
}

/// A record of a book.
pub trait Record: Clone + PartialEq + fmt::Debug + serde::Serialize + serde::de::DeserializeOwned {
    /// The table it is in.
    const TABLE: Table;

    /// Its id's text.
    fn id_str(&self) -> &str;

    /// Whose it is; a client is its own, and the firm's records are nobody's.
    fn client(&self) -> Option<&ClientId>;

    /// Shows every amount to `visit`, which may settle its currency.
    fn each_amount(&mut self, visit: &mut dyn FnMut(&mut Money));

    /// The records it names.
    fn references(&self) -> Vec<Reference>;

    /// Wraps it for a place that takes any record.
    fn any(record: Arc<Self>) -> AnyRecord;
}

/// A record that is kept among a client's or the firm's [`Facts`].
pub trait Filed: Record {
    /// Its list.
    fn list(facts: &Facts) -> &Vec<Arc<Self>>;
    /// Its list, to be changed.
    fn list_mut(facts: &mut Facts) -> &mut Vec<Arc<Self>>;
}

/// A record of any table.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each variant is the record of the same name")]
pub enum AnyRecord {
    Client(Arc<Client>),
    Deal(Arc<Deal>),
    Retainer(Arc<Retainer>),
    Invoice(Arc<Invoice>),
    Touch(Arc<Touch>),
    Promise(Arc<Promise>),
    Work(Arc<Work>),
    Expense(Arc<Expense>),
    Renewal(Arc<Renewal>),
    Snooze(Arc<Snooze>),
    Handled(Arc<Handled>),
    Outgoing(Arc<Outgoing>),
    Scenario(Arc<Scenario>),
}

/// Runs `$body` with `$record` bound to the `Arc` inside an [`AnyRecord`], whatever its type.
macro_rules! with_record {
    ($any:expr, $record:ident => $body:expr) => {
        match $any {
            $crate::domain::AnyRecord::Client($record) => $body,
            $crate::domain::AnyRecord::Deal($record) => $body,
            $crate::domain::AnyRecord::Retainer($record) => $body,
            $crate::domain::AnyRecord::Invoice($record) => $body,
            $crate::domain::AnyRecord::Touch($record) => $body,
            $crate::domain::AnyRecord::Promise($record) => $body,
            $crate::domain::AnyRecord::Work($record) => $body,
            $crate::domain::AnyRecord::Expense($record) => $body,
            $crate::domain::AnyRecord::Renewal($record) => $body,
            $crate::domain::AnyRecord::Snooze($record) => $body,
            $crate::domain::AnyRecord::Handled($record) => $body,
            $crate::domain::AnyRecord::Outgoing($record) => $body,
            $crate::domain::AnyRecord::Scenario($record) => $body,
        }
    };
}

impl AnyRecord {
    /// The table it is in.
    #[must_use]
    pub fn table(&self) -> Table {
        fn of<R: Record>(_: &Arc<R>) -> Table {
            R::TABLE
        }
        with_record!(self, record => of(record))
    }

    /// Its id's text.
    #[must_use]
    pub fn id_str(&self) -> &str {
        with_record!(self, record => record.id_str())
    }

    /// Whose it is.
    #[must_use]
    pub fn client(&self) -> Option<&ClientId> {
        with_record!(self, record => record.client())
    }

    /// The deal that it is, or is of.
    #[must_use]
    pub fn deal(&self) -> Option<&DealId> {
        match self {
            Self::Deal(deal) => Some(&deal.id),
            Self::Invoice(invoice) => invoice.deal.as_ref(),
            Self::Touch(touch) => touch.deal.as_ref(),
            Self::Promise(promise) => promise.deal.as_ref(),
            Self::Work(work) => work.deal.as_ref(),
            Self::Expense(expense) => expense.deal.as_ref(),
            Self::Retainer(retainer) => retainer.deal.as_ref(),
            Self::Outgoing(letter) => letter.deal.as_ref(),
            Self::Client(_) | Self::Renewal(_) | Self::Snooze(_) | Self::Handled(_) | Self::Scenario(_) => {
                None
            }
        }
    }

    /// The records it names.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        with_record!(self, record => record.references())
    }

    /// Whether both are the very same value in memory, not merely equal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Client(a), Self::Client(b)) => Arc::ptr_eq(a, b),
            (Self::Deal(a), Self::Deal(b)) => Arc::ptr_eq(a, b),
            (Self::Retainer(a), Self::Retainer(b)) => Arc::ptr_eq(a, b),
            (Self::Invoice(a), Self::Invoice(b)) => Arc::ptr_eq(a, b),
            (Self::Touch(a), Self::Touch(b)) => Arc::ptr_eq(a, b),
            (Self::Promise(a), Self::Promise(b)) => Arc::ptr_eq(a, b),
            (Self::Work(a), Self::Work(b)) => Arc::ptr_eq(a, b),
            (Self::Expense(a), Self::Expense(b)) => Arc::ptr_eq(a, b),
            (Self::Renewal(a), Self::Renewal(b)) => Arc::ptr_eq(a, b),
            (Self::Snooze(a), Self::Snooze(b)) => Arc::ptr_eq(a, b),
            (Self::Handled(a), Self::Handled(b)) => Arc::ptr_eq(a, b),
            (Self::Outgoing(a), Self::Outgoing(b)) => Arc::ptr_eq(a, b),
            (Self::Scenario(a), Self::Scenario(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

macro_rules! record {
    ($type:ident in $table:ident, client: |$c:ident| $client:expr,
     amounts: |$a:ident, $visit:ident| $amounts:expr, references: |$r:ident, $refs:ident| $references:expr) => {
        impl Record for $type {
            const TABLE: Table = Table::$table;

            fn id_str(&self) -> &str {
                self.id.as_str()
            }

            fn client(&self) -> Option<&ClientId> {
                let $c = self;
                $client
            }

            fn each_amount(&mut self, $visit: &mut dyn FnMut(&mut Money)) {
                let $a = self;
                $amounts
            }

            fn references(&self) -> Vec<Reference> {
                let $r = self;
                let mut $refs = Vec::new();
                $references;
                $refs
            }

            fn any(record: Arc<Self>) -> AnyRecord {
                AnyRecord::$type(record)
            }
        }
    };
}

/// Adds a reference where the field is filled.
fn refer<I: fmt::Display>(
    to: &mut Vec<Reference>,
    field: &'static str,
    table: Table,
    id: Option<&I>,
    same_client: bool,
) {
    if let Some(id) = id {
        to.push(Reference::to(field, table, id, same_client));
    }
}

record!(Client in Clients,
client: |it| Some(&it.id),
amounts: |it, visit| it.rates.iter_mut().for_each(|rate| visit(&mut rate.rate)),
references: |it, refs| {
    let by = it.met.as_ref().and_then(|met| met.introduced_by.as_ref());
    refer(&mut refs, "met.introduced_by", Table::Clients, by, false);
});

record!(Deal in Deals,
client: |it| Some(&it.client),
amounts: |it, visit| {
    it.value.iter_mut().for_each(&mut *visit);
    it.price_told.iter_mut().filter_map(|told| told.amount.as_mut()).for_each(&mut *visit);
    it.down_payment.iter_mut().for_each(|down| visit(&mut down.amount));
    it.instalments.iter_mut().flat_map(|plan| &mut plan.instalments).for_each(|part| visit(&mut part.amount));
    it.goals.iter_mut().filter_map(|goal| goal.worth.as_mut()).for_each(&mut *visit);
    it.results.iter_mut().filter_map(|result| result.worth.as_mut()).for_each(&mut *visit);
},
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    let down = it.down_payment.as_ref().and_then(|down| down.invoice.as_ref());
    refer(&mut refs, "down_payment.invoice", Table::Invoices, down, true);
    for part in it.instalments.iter().flat_map(|plan| &plan.instalments) {
        refer(&mut refs, "instalments.invoice", Table::Invoices, part.invoice.as_ref(), true);
    }
});

record!(Retainer in Retainers,
client: |it| Some(&it.client),
amounts: |it, visit| visit(&mut it.amount),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
});

record!(Invoice in Invoices,
client: |it| Some(&it.client),
amounts: |it, visit| {
    it.lines.iter_mut().for_each(|line| visit(&mut line.price));
    it.payments.iter_mut().for_each(|payment| visit(&mut payment.amount));
},
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
    refer(&mut refs, "retainer", Table::Retainers, it.retainer.as_ref(), true);
    for payment in &it.payments {
        refer(&mut refs, "payments.offset", Table::Invoices, payment.offset.as_ref(), true);
    }
});

record!(Touch in Touches,
client: |it| Some(&it.client),
amounts: |_it, _visit| (),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
    refer(&mut refs, "invoice", Table::Invoices, it.invoice.as_ref(), true);
    refer(&mut refs, "answers", Table::Touches, it.answers.as_ref(), true);
    refer(&mut refs, "introduces", Table::Clients, it.introduces.as_ref(), false);
});

record!(Promise in Promises,
client: |it| Some(&it.client),
amounts: |_it, _visit| (),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
});

record!(Work in Work,
client: |it| it.client.as_ref(),
amounts: |_it, _visit| (),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, it.client.as_ref(), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
});

record!(Expense in Expenses,
client: |it| it.client.as_ref(),
amounts: |it, visit| visit(&mut it.amount),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, it.client.as_ref(), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
});

record!(Renewal in Renewals,
    client: |it| it.client.as_ref(),
    amounts: |it, visit| {
        it.cost.iter_mut().for_each(&mut *visit);
        it.price.iter_mut().for_each(&mut *visit);
    },
    references: |it, refs| refer(&mut refs, "client", Table::Clients, it.client.as_ref(), false));

record!(Snooze in Snoozes,
    client: |it| it.client.as_ref(),
    amounts: |_it, _visit| (),
    references: |it, refs| refer(&mut refs, "client", Table::Clients, it.client.as_ref(), false));

record!(Handled in Handled,
    client: |it| it.client.as_ref(),
    amounts: |_it, _visit| (),
    references: |it, refs| refer(&mut refs, "client", Table::Clients, it.client.as_ref(), false));

record!(Outgoing in Outbox,
client: |it| Some(&it.client),
amounts: |_it, _visit| (),
references: |it, refs| {
    refer(&mut refs, "client", Table::Clients, Some(&it.client), false);
    refer(&mut refs, "deal", Table::Deals, it.deal.as_ref(), true);
    refer(&mut refs, "invoice", Table::Invoices, it.invoice.as_ref(), true);
    let touch = it.handed_over.as_ref().and_then(|handed| handed.touch.as_ref());
    refer(&mut refs, "handed_over.touch", Table::Touches, touch, true);
});

record!(Scenario in Scenarios,
client: |_it| None,
amounts: |it, visit| it.levers.iter_mut().filter_map(|row| row.lever.amount_mut()).for_each(visit),
references: |it, refs| {
    for lever in it.levers.iter().map(|row| &row.lever) {
        for client in lever.clients() {
            refer(&mut refs, "levers.client", Table::Clients, Some(client), false);
        }
        refer(&mut refs, "levers.deal", Table::Deals, lever.deal(), false);
        refer(&mut refs, "levers.invoice", Table::Invoices, lever.invoice(), false);
    }
});

macro_rules! filed {
    ($($type:ident in $list:ident),* $(,)?) => {$(
        impl Filed for $type {
            fn list(facts: &Facts) -> &Vec<Arc<Self>> {
                &facts.$list
            }

            fn list_mut(facts: &mut Facts) -> &mut Vec<Arc<Self>> {
                &mut facts.$list
            }
        }
    )*};
}

filed!(
    Deal in deals,
    Retainer in retainers,
    Invoice in invoices,
    Touch in touches,
    Promise in promises,
    Work in work,
    Expense in expenses,
    Renewal in renewals,
    Snooze in snoozes,
    Handled in handled,
    Outgoing in outbox,
    Scenario in scenarios,
);

impl Business {
    /// Shows every amount to `visit`, which may settle its currency.
    pub fn each_amount(&mut self, visit: &mut dyn FnMut(&mut Money)) {
        self.accounts
            .iter_mut()
            .flat_map(|account| &mut account.balances)
            .for_each(|balance| visit(&mut balance.amount));
        self.reserve.iter_mut().for_each(&mut *visit);
        self.target_rate.iter_mut().for_each(&mut *visit);
        self.break_even_rate.iter_mut().for_each(&mut *visit);
        self.rate_card.iter_mut().for_each(|entry| visit(&mut entry.rate));
        self.income_goal.iter_mut().for_each(&mut *visit);
    }
}
