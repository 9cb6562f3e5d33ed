//! The book: all facts, shared and never changed. An edit makes the next book and shares what it did not touch.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{
    AnyRecord, Business, Client, ClientId, Currency, Deal, Expense, Filed, Handled, Invoice, Outgoing,
    Promise, Reference, Renewal, Retainer, Scenario, Snooze, Table, Touch, Work,
};

/// The facts about one client, or about the firm itself. Each list is in the order of the book.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "each list holds the records of the same name")]
pub struct Facts {
    pub deals: Vec<Arc<Deal>>,
    pub retainers: Vec<Arc<Retainer>>,
    pub invoices: Vec<Arc<Invoice>>,
    pub touches: Vec<Arc<Touch>>,
    pub promises: Vec<Arc<Promise>>,
    pub work: Vec<Arc<Work>>,
    pub expenses: Vec<Arc<Expense>>,
    pub renewals: Vec<Arc<Renewal>>,
    pub snoozes: Vec<Arc<Snooze>>,
    pub handled: Vec<Arc<Handled>>,
    pub outbox: Vec<Arc<Outgoing>>,
    pub scenarios: Vec<Arc<Scenario>>,
}

/// A client and everything known about it: the unit in which figures are memoised, by the pointer of its `Arc`.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientFacts {
    /// Who it is.
    pub client: Arc<Client>,
    /// What is known.
    pub facts: Facts,
}

/// A book of facts. Cloning it costs three reference counts.
#[derive(Debug, Clone)]
pub struct Book {
    business: Arc<Business>,
    clients: Arc<BTreeMap<ClientId, Arc<ClientFacts>>>,
    firm: Arc<Facts>,
}

/// Why an edit cannot be made. The book is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// A field names a record that is not there, or is another client's.
    Dangling(Reference),
    /// There is no such record.
    Missing(Table, String),
    /// Other records name the one to be removed: how many, and the first of them.
    StillNamed {
        /// The record that was to be removed.
        table: Table,
        /// Its id.
        id: String,
        /// How many records name it.
        count: usize,
        /// One of them.
        by: (Table, String),
    },
    /// A client would have been introduced by somebody who goes back to that client: the names of all of them, each before the
    /// one who introduced it.
    Circle(Vec<String>),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dangling(Reference { field, table, id, same_client: false }) => {
                write!(f, "{field}: there is no {} {id:?}", table.singular())
            }
            Self::Dangling(Reference { field, table, id, .. }) => {
                write!(f, "{field}: this client has no {} {id:?}", table.singular())
            }
            Self::Missing(table, id) => write!(f, "there is no {} {id:?}", table.singular()),
            Self::StillNamed { table, count, by: (by, by_id), .. } => write!(
                f,
                "{count} other {} this {}, first the {} {by_id:?}: change or remove {} first",
                if *count == 1 { "record names" } else { "records name" },
                table.singular(),
                by.singular(),
                if *count == 1 { "it" } else { "them" },
            ),
            Self::Circle(names) => write!(f, "met.introduced_by: {}", circle_words(names)),
        }
    }
}

impl std::error::Error for EditError {}

/// That clients go back to one another in a circle: their names, each before the one who introduced it. A long circle is cut.
#[must_use]
pub fn circle_words(names: &[String]) -> String {
    const NAMED: usize = 8;
    match names {
        [] | [_] => "nobody introduces themselves: name who did, or leave it out".to_owned(),
        [first, ..] => {
            let named: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
            let chain = named.join(", who was introduced by ");
            let more = match names.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" through {more} more"),
            };
            format!("{chain}{more}, who was introduced by {first}: nobody can go back to themselves")
        }
    }
}

impl Facts {
    /// The record of this type with this id.
    #[must_use]
    pub fn get<R: Filed>(&self, id: &str) -> Option<&Arc<R>> {
        R::list(self).iter().find(|record| record.id_str() == id)
    }

    /// Every record, table by table.
    pub fn records(&self) -> impl Iterator<Item = AnyRecord> {
        fn all<'a, R: Filed + 'a>(facts: &'a Facts) -> impl Iterator<Item = AnyRecord> + 'a {
            R::list(facts).iter().cloned().map(R::any)
        }
        all::<Deal>(self)
            .chain(all::<Retainer>(self))
            .chain(all::<Invoice>(self))
            .chain(all::<Touch>(self))
            .chain(all::<Promise>(self))
            .chain(all::<Work>(self))
            .chain(all::<Expense>(self))
            .chain(all::<Renewal>(self))
            .chain(all::<Snooze>(self))
            .chain(all::<Handled>(self))
            .chain(all::<Outgoing>(self))
            .chain(all::<Scenario>(self))
    }

    fn find(&self, table: Table, id: &str) -> Option<AnyRecord> {
        fn get<R: Filed>(facts: &Facts, id: &str) -> Option<AnyRecord> {
            facts.get::<R>(id).cloned().map(R::any)
        }
        match table {
            Table::Clients => None,
            Table::Deals => get::<Deal>(self, id),
            Table::Retainers => get::<Retainer>(self, id),
            Table::Invoices => get::<Invoice>(self, id),
            Table::Touches => get::<Touch>(self, id),
            Table::Promises => get::<Promise>(self, id),
            Table::Work => get::<Work>(self, id),
            Table::Expenses => get::<Expense>(self, id),
            Table::Renewals => get::<Renewal>(self, id),
            Table::Snoozes => get::<Snooze>(self, id),
            Table::Handled => get::<Handled>(self, id),
            Table::Outbox => get::<Outgoing>(self, id),
            Table::Scenarios => get::<Scenario>(self, id),
        }
    }

    fn remove(&mut self, table: Table, id: &str) {
        fn drop_from<R: Filed>(facts: &mut Facts, id: &str) {
            R::list_mut(facts).retain(|record| record.id_str() != id);
        }
        match table {
            Table::Clients => {}
            Table::Deals => drop_from::<Deal>(self, id),
            Table::Retainers => drop_from::<Retainer>(self, id),
            Table::Invoices => drop_from::<Invoice>(self, id),
            Table::Touches => drop_from::<Touch>(self, id),
            Table::Promises => drop_from::<Promise>(self, id),
            Table::Work => drop_from::<Work>(self, id),
            Table::Expenses => drop_from::<Expense>(self, id),
            Table::Renewals => drop_from::<Renewal>(self, id),
            Table::Snoozes => drop_from::<Snooze>(self, id),
            Table::Handled => drop_from::<Handled>(self, id),
            Table::Outbox => drop_from::<Outgoing>(self, id),
            Table::Scenarios => drop_from::<Scenario>(self, id),
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records().next().is_none()
    }
}

impl ClientFacts {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &ClientId {
        &self.client.id
    }
}

impl Book {
    /// A book without facts.
    #[must_use]
    pub fn empty(currency: Currency) -> Self {
        Self::with_business(Business::new(currency))
    }

    /// A book of a firm without other facts.
    #[must_use]
    pub fn with_business(business: Business) -> Self {
        Self { business: Arc::new(business), clients: Arc::default(), firm: Arc::default() }
    }

    /// A book of records whose ids are known to differ and whose references are known to hold, such as those a load has
    /// checked. A record of a client that is not among them is left out.
    #[must_use]
    pub fn from_records(business: Arc<Business>, records: impl IntoIterator<Item = AnyRecord>) -> Self {
        let mut clients: BTreeMap<ClientId, ClientFacts> = BTreeMap::new();
        let mut firm = Facts::default();
        let mut rest = Vec::new();
        for record in records {
            if let AnyRecord::Client(client) = record {
                clients.insert(client.id.clone(), ClientFacts { client, facts: Facts::default() });
            } else {
                rest.push(record);
            }
        }
        for record in rest {
            let facts = match record.client() {
                None => Some(&mut firm),
                Some(id) => clients.get_mut(id).map(|client| &mut client.facts),
            };
            if let Some(facts) = facts {
                push(facts, record);
            }
        }
        let clients = clients.into_iter().map(|(id, facts)| (id, Arc::new(facts))).collect();
        Self { business, clients: Arc::new(clients), firm: Arc::new(firm) }
    }

    /// The firm's settings.
    #[must_use]
    pub fn business(&self) -> &Arc<Business> {
        &self.business
    }

    /// The currency of the book and its reports.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.business.currency
    }

    /// The facts that belong to no client.
    #[must_use]
    pub fn firm(&self) -> &Arc<Facts> {
        &self.firm
    }

    /// Every client, ordered by id.
    #[must_use]
    pub fn clients(&self) -> impl ExactSizeIterator<Item = &Arc<ClientFacts>> {
        self.clients.values()
    }

    /// A client with all that is known about it.
    #[must_use]
    pub fn client(&self, id: &ClientId) -> Option<&Arc<ClientFacts>> {
        self.clients.get(id)
    }

    /// Every record but the firm's settings, client by client.
    pub fn records(&self) -> impl Iterator<Item = AnyRecord> {
        let of_clients = self.clients.values().flat_map(|client| {
            std::iter::once(AnyRecord::Client(client.client.clone())).chain(client.facts.records())
        });
        of_clients.chain(self.firm.records())
    }

    /// The record of a table with this id. Looks through all clients: once an edit, never once a row.
    #[must_use]
    pub fn find(&self, table: Table, id: &str) -> Option<AnyRecord> {
        if table == Table::Clients {
            let id = ClientId::new(id).ok()?;
            return self.clients.get(&id).map(|client| AnyRecord::Client(client.client.clone()));
        }
        self.clients
            .values()
            .find_map(|client| client.facts.find(table, id))
            .or_else(|| self.firm.find(table, id))
    }

    /// Whether both are the very same value: nothing was edited between them.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.business, &other.business)
            && Arc::ptr_eq(&self.clients, &other.clients)
            && Arc::ptr_eq(&self.firm, &other.firm)
    }

    /// The next book, with `business` in place of the settings.
    #[must_use]
    pub fn with_settings(&self, business: Arc<Business>) -> Self {
        Self { business, ..self.clone() }
    }

    /// The next book, with `record` added, or in place of the one with its id.
    ///
    /// # Errors
    /// When it names a record that is not there, or a client goes back to itself by who introduced whom.
    pub fn with(&self, record: AnyRecord) -> Result<Self, EditError> {
        for reference in record.references() {
            let own = reference.table == record.table() && reference.id == record.id_str();
            let found = self.find(reference.table, &reference.id);
            let holds =
                own || found.is_some_and(|found| !reference.same_client || found.client() == record.client());
            if !holds {
                return Err(EditError::Dangling(reference));
            }
        }
        if let AnyRecord::Client(client) = &record
            && let Some(circle) = self.circle(client)
        {
            return Err(EditError::Circle(circle));
        }
        let mut next = self.clone();
        if let AnyRecord::Client(client) = record {
            let clients = Arc::make_mut(&mut next.clients);
            if let Some(known) = clients.get_mut(&client.id) {
                Arc::make_mut(known).client = client;
            } else {
                let facts = ClientFacts { client: client.clone(), facts: Facts::default() };
                clients.insert(client.id.clone(), Arc::new(facts));
            }
            return Ok(next);
        }
        let before = next.find(record.table(), record.id_str());
        if let Some(before) = before.filter(|before| before.client() != record.client()) {
            next.facts_mut(before.client())?.remove(before.table(), before.id_str());
        }
        let facts = next.facts_mut(record.client())?;
        put(facts, record);
        Ok(next)
    }

    /// The next book, without a record. A client goes with all that is known about it.
    ///
    /// # Errors
    /// When there is no such record, or others that would stay name it.
    pub fn without(&self, table: Table, id: &str) -> Result<Self, EditError> {
        let record = self.find(table, id).ok_or_else(|| EditError::Missing(table, id.to_owned()))?;
        let goes_too = |other: &AnyRecord| {
            (other.table() == table && other.id_str() == id)
                || (table == Table::Clients && other.client() == record.client())
        };
        let mut naming = self.records().filter(|other| {
            !goes_too(other) && other.references().iter().any(|named| named.table == table && named.id == id)
        });
        if let Some(first) = naming.next() {
            let by = (first.table(), first.id_str().to_owned());
            return Err(EditError::StillNamed { table, id: id.to_owned(), count: 1 + naming.count(), by });
        }
        drop(naming);
        let mut next = self.clone();
        if let AnyRecord::Client(client) = &record {
            Arc::make_mut(&mut next.clients).remove(&client.id);
        } else {
            next.facts_mut(record.client())?.remove(table, id);
        }
        Ok(next)
    }

    /// The names of those through whom a client would go back to itself by who introduced whom, in the place of the one of its
    /// id: itself first, each before the one who introduced it. `None` where it goes back to somebody whom nobody introduced.
    #[must_use]
    pub fn circle(&self, client: &Client) -> Option<Vec<String>> {
        let mut names = vec![client.name.clone()];
        let mut by = client.introduced_by();
        // A circle that others form among themselves is none of this client.
        for _ in 0..=self.clients.len() {
            let id = by?;
            if *id == client.id {
                return Some(names);
            }
            let known = self.clients.get(id)?;
            names.push(known.client.name.clone());
            by = known.client.introduced_by();
        }
        None
    }

    fn facts_mut(&mut self, client: Option<&ClientId>) -> Result<&mut Facts, EditError> {
        match client {
            None => Ok(Arc::make_mut(&mut self.firm)),
            Some(id) => match Arc::make_mut(&mut self.clients).get_mut(id) {
                Some(client) => Ok(&mut Arc::make_mut(client).facts),
                None => Err(EditError::Missing(Table::Clients, id.to_string())),
            },
        }
    }

    /// A book of the same facts under other `Arc`s of clients and firm; see `known_on`.
    pub(super) fn from_parts(
        business: Arc<Business>,
        clients: BTreeMap<ClientId, Arc<ClientFacts>>,
        firm: Arc<Facts>,
    ) -> Self {
        Self { business, clients: Arc::new(clients), firm }
    }
}

/// Equal facts, wherever they are in memory.
impl PartialEq for Book {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
            || (self.business == other.business && self.clients == other.clients && self.firm == other.firm)
    }
}

fn push(facts: &mut Facts, record: AnyRecord) {
    match record {
        AnyRecord::Client(_) => {}
        AnyRecord::Deal(record) => facts.deals.push(record),
        AnyRecord::Retainer(record) => facts.retainers.push(record),
        AnyRecord::Invoice(record) => facts.invoices.push(record),
        AnyRecord::Touch(record) => facts.touches.push(record),
        AnyRecord::Promise(record) => facts.promises.push(record),
        AnyRecord::Work(record) => facts.work.push(record),
        AnyRecord::Expense(record) => facts.expenses.push(record),
        AnyRecord::Renewal(record) => facts.renewals.push(record),
        AnyRecord::Snooze(record) => facts.snoozes.push(record),
        AnyRecord::Handled(record) => facts.handled.push(record),
        AnyRecord::Outgoing(record) => facts.outbox.push(record),
        AnyRecord::Scenario(record) => facts.scenarios.push(record),
    }
}

fn put(facts: &mut Facts, record: AnyRecord) {
    fn replace<R: Filed>(facts: &mut Facts, record: &Arc<R>) -> bool {
        let list = R::list_mut(facts);
        match list.iter_mut().find(|known| known.id_str() == record.id_str()) {
            Some(known) => {
                *known = record.clone();
                true
            }
            None => false,
        }
    }
    let replaced = match &record {
        AnyRecord::Client(_) => true,
        AnyRecord::Deal(record) => replace(facts, record),
        AnyRecord::Retainer(record) => replace(facts, record),
        AnyRecord::Invoice(record) => replace(facts, record),
        AnyRecord::Touch(record) => replace(facts, record),
        AnyRecord::Promise(record) => replace(facts, record),
        AnyRecord::Work(record) => replace(facts, record),
        AnyRecord::Expense(record) => replace(facts, record),
        AnyRecord::Renewal(record) => replace(facts, record),
        AnyRecord::Snooze(record) => replace(facts, record),
        AnyRecord::Handled(record) => replace(facts, record),
        AnyRecord::Outgoing(record) => replace(facts, record),
        AnyRecord::Scenario(record) => replace(facts, record),
    };
    if !replaced {
        push(facts, record);
    }
}
