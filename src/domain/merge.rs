//! Two clients that are one: what goes over to the one that stays, where they differ, and what cannot be.
//!
//! No amount, day or id of a fact changes, so every total of the firm is what it was, but for what was noted with both: of
//! two facts that are the same in all but their ids one is taken, and the preview names them. What names the one that goes names
//! the one that stays: who introduced whom, levers of scenarios, marks of the queue.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    AnyRecord, Book, ByHandKind, Client, ClientFacts, ClientId, ClientKind, Currency, Deal, Ended, Expense,
    Facts, Filed, Fit, Handled, Invoice, Lever, Met, Origin, Outgoing, Person, Promise, Relation, Renewal,
    Retainer, Scenario, Snooze, Table, Touch, Work, circle_words,
};

/// A field in which two clients may differ, of which one value is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the field of the same name")]
pub enum MergeField {
    Name,
    Relation,
    Met,
    Kind,
    Ended,
    Terms,
    Cadence,
    Currency,
    ValuesMost,
    Reports,
    Origin,
    /// What an hour costs from this day on.
    Rate(NaiveDate),
    /// Whether they meet this criterion.
    Fit(String),
}

impl fmt::Display for MergeField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "Name",
            Self::Relation => "Relation",
            Self::Met => "Met",
            Self::Kind => "Kind by hand",
            Self::Ended => "Ended",
            Self::Terms => "Payment terms",
            Self::Cadence => "Cadence",
            Self::Currency => "Currency",
            Self::ValuesMost => "Values most",
            Self::Reports => "Reports",
            Self::Origin => "Origin",
            Self::Rate(from) => return write!(f, "Rate from {}", date(*from)),
            Self::Fit(criterion) => return write!(f, "Fit: {criterion}"),
        })
    }
}

/// A field in which they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: MergeField,
    /// What the one that stays says.
    pub stays: String,
    /// What the one that goes says.
    pub goes: String,
    /// Whether that is what is kept.
    pub takes_other: bool,
}

/// What merging two clients would do.
#[derive(Debug, Clone)]
pub struct Merge {
    /// The client as it would be.
    pub client: Client,
    /// What the one that stays is called before it.
    pub stays: String,
    /// What the one that goes is called.
    pub goes: String,
    /// How many records of each table go over; none of those that are not named.
    pub moves: Vec<(Table, usize)>,
    /// Where they differ.
    pub differs: Vec<Difference>,
    /// What of the one that goes is noted with the one that stays as well, and is taken once.
    pub taken_once: Vec<AnyRecord>,
    /// What else becomes of it, a sentence each.
    pub notes: Vec<String>,
    /// The book after it, or why it cannot be.
    pub result: Result<Book, String>,
}

/// What merging `goes` into `stays` would do, with the other's value in these fields; `None` where they are not two clients
/// of the book.
#[must_use]
pub fn merge(book: &Book, stays: &ClientId, goes: &ClientId, other: &BTreeSet<MergeField>) -> Option<Merge> {
    if stays == goes {
        return None;
    }
    let (kept, gone) = (book.client(stays)?, book.client(goes)?);
    let mut two =
        Two { stays: &kept.client, goes: &gone.client, other, differs: Vec::new(), notes: Vec::new() };
    let client = two.client(book);
    let Two { differs, mut notes, .. } = two;
    notes.extend(along(&kept.client, &gone.client, &client));
    let (next, named) = merged(book, &client, kept, gone);
    if named.introduces {
        notes.push("That one introduced the other is left out: nobody introduces themselves".to_owned());
    }
    if named.others > 0 {
        let records = if named.others == 1 { "record of others names" } else { "records of others name" };
        notes.push(format!("{} {records} {} from now on", named.others, client.name));
    }
    let twins = twins(&kept.facts, &gone.facts);
    if !twins.is_empty() {
        let said: Vec<String> = twins.iter().map(twin_words).collect();
        notes.push(format!("Noted with both, and taken once: {}", said.join(", ")));
    }
    let is_twin = |record: &AnyRecord| {
        twins.iter().any(|it| (it.table(), it.id_str()) == (record.table(), record.id_str()))
    };
    let numbers: BTreeSet<&str> = kept.facts.invoices.iter().map(|it| it.number.as_str()).collect();
    let twice = gone.facts.invoices.iter().filter(|it| !is_twin(&AnyRecord::Invoice((*it).clone())));
    let twice = twice.map(|it| it.number.as_str()).filter(|it| numbers.contains(it));
    let twice: BTreeSet<&str> = twice.collect();
    if !twice.is_empty() {
        let these = twice.into_iter().collect::<Vec<_>>().join(", ");
        notes.push(format!("Invoice numbers that are there twice then: {these}"));
    }
    let result = match next.circle(&client) {
        Some(circle) => {
            Err(format!("{}; keep the other's way of having met, or change it before", circle_words(&circle)))
        }
        None => Ok(next),
    };
    let count = |table: Table| {
        gone.facts.records().filter(|record| record.table() == table && !is_twin(record)).count()
    };
    let moves = Table::ALL.into_iter().map(|table| (table, count(table))).filter(|(_, count)| *count > 0);
    let moves = moves.collect();
    Some(Merge {
        stays: kept.client.name.clone(),
        goes: gone.client.name.clone(),
        moves,
        client,
        differs,
        taken_once: twins,
        notes,
        result,
    })
}

/// `stepping stone`.
fn kind_words(kind: ClientKind) -> String {
    let mut words = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn date(day: NaiveDate) -> String {
    crate::written::day_in_full(day)
}

/// Two clients that become one.
struct Two<'a> {
    stays: &'a Client,
    goes: &'a Client,
    /// The fields of which the value of the one that goes is kept.
    other: &'a BTreeSet<MergeField>,
    differs: Vec<Difference>,
    notes: Vec<String>,
}

impl Two<'_> {
    /// One of two values.
    fn pick<T: PartialEq + Clone>(
        &mut self,
        field: MergeField,
        (stays, goes): (&T, &T),
        say: impl Fn(&T) -> String,
    ) -> T {
        if stays == goes {
            return stays.clone();
        }
        let takes_other = self.other.contains(&field);
        self.differs.push(Difference { field, stays: say(stays), goes: say(goes), takes_other });
        if takes_other { goes.clone() } else { stays.clone() }
    }

    /// The only value there is, or one of two.
    fn fill<T: PartialEq + Clone>(
        &mut self,
        field: MergeField,
        of: impl Fn(&Client) -> &Option<T>,
        say: impl Fn(&T) -> String,
    ) -> Option<T> {
        match (of(self.stays), of(self.goes)) {
            (Some(stays), Some(goes)) => Some(self.pick(field, (stays, goes), say)),
            (None, Some(goes)) => {
                self.notes.push(format!("{field}: {}, from {}", say(goes), self.goes.name));
                Some(goes.clone())
            }
            (stays, None) => stays.clone(),
        }
    }

    /// The client they become.
    fn client(&mut self, book: &Book) -> Client {
        let (stays, goes) = (self.stays, self.goes);
        let or_none = |say: fn(&ByHandKind) -> String| {
            move |it: &Option<ByHandKind>| it.as_ref().map_or_else(|| "by the facts".to_owned(), say)
        };
        let name = self.pick(MergeField::Name, (&stays.name, &goes.name), String::clone);
        let relation = self.pick(MergeField::Relation, (&stays.relation, &goes.relation), |it| {
            match it {
                Relation::Client => "client",
                Relation::Partner => "partner",
                Relation::Contact => "contact",
            }
            .to_owned()
        });
        let mut met = self.fill(MergeField::Met, |it| &it.met, |it| met_words(book, it));
        // What is left out of how they met would otherwise hide what was known since.
        let days = [stays, goes].into_iter().flat_map(|it| it.added.into_iter().chain(met_on(it)));
        let added = days.min().filter(|day| met.as_ref().is_none_or(|met| *day < met.day)).or(stays.added);
        if let Some(met) = &mut met
            && met.introduced_by.as_ref().is_some_and(|by| [&stays.id, &goes.id].contains(&by))
        {
            met.introduced_by = None;
            self.notes
                .push("That one introduced the other is left out: nobody introduces themselves".to_owned());
        }
        // That none is noted says something here: the facts decide, and it goes on.
        let kind = self.pick(
            MergeField::Kind,
            (&stays.kind, &goes.kind),
            or_none(|it| format!("{}, {}: {}", kind_words(it.kind), date(it.day), it.reason)),
        );
        let ended = self.pick(MergeField::Ended, (&stays.ended, &goes.ended), |it: &Option<Ended>| {
            let Some(it) = it else { return "goes on".to_owned() };
            let why = it.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            format!("{}{why}", date(it.day))
        });
        let days = |it: &u32| if *it == 1 { "1 day".to_owned() } else { format!("{it} days") };
        Client {
            id: stays.id.clone(),
            name,
            relation,
            added,
            met,
            people: self.people(),
            tags: united(&stays.tags, &goes.tags),
            values_most: self.fill(MergeField::ValuesMost, |it| &it.values_most, String::clone),
            terms_days: self.fill(MergeField::Terms, |it| &it.terms_days, days),
            currency: self.currency(book.currency()),
            cadence_days: self.fill(MergeField::Cadence, |it| &it.cadence_days, days),
            reports: self.fill(MergeField::Reports, |it| &it.reports, String::clone),
            rates: self.rates(),
            fit: self.fit(),
            origin: self.fill(
                MergeField::Origin,
                |it| &it.origin,
                |it| {
                    match it {
                        Origin::Chosen => "chosen",
                        Origin::FellInto => "fell into",
                    }
                    .to_owned()
                },
            ),
            feelings: {
                let mut feelings = united(&goes.feelings, &stays.feelings);
                feelings.sort_by_key(|it| it.day);
                feelings
            },
            // Of two answers of one day that of the one that stays comes last, and counts.
            door_check: {
                let mut checks = united(&goes.door_check, &stays.door_check);
                checks.sort_by_key(|it| it.day);
                checks
            },
            kind,
            ended,
            ends_on: None,
            notes: match (&stays.notes, &goes.notes) {
                (Some(stays), Some(goes)) if stays != goes => Some(format!("{stays}\n{goes}")),
                (stays, goes) => stays.clone().or_else(|| goes.clone()),
            },
        }
    }

    /// Without one of its own a client is in the book's currency, which may differ from the other's.
    fn currency(&mut self, of_book: Currency) -> Option<Currency> {
        let (stays, goes) = (self.stays.currency, self.goes.currency);
        if stays.unwrap_or(of_book) == goes.unwrap_or(of_book) {
            return stays.or(goes);
        }
        self.pick(MergeField::Currency, (&stays, &goes), |it| match it {
            Some(own) => own.to_string(),
            None => format!("{of_book}, as the book"),
        })
    }

    /// The people of both: who is there twice and contradicts themselves in nothing is one.
    fn people(&mut self) -> Vec<Person> {
        let mut people = self.stays.people.clone();
        for person in &self.goes.people {
            let same = |known: &&mut Person| known.name.to_lowercase() == person.name.to_lowercase();
            let Some(known) = people.iter_mut().find(same) else {
                people.push(person.clone());
                continue;
            };
            if let Some(one) = one_person(known, person) {
                *known = one;
            } else {
                self.notes.push(format!("{} is there twice then: what is noted differs", person.name));
                people.push(person.clone());
            }
        }
        people
    }

    fn rates(&mut self) -> Vec<super::ClientRate> {
        let mut rates = self.stays.rates.clone();
        for rate in &self.goes.rates {
            match rates.iter_mut().find(|known| known.from == rate.from) {
                None => rates.push(rate.clone()),
                Some(known) => {
                    *known = self.pick(MergeField::Rate(rate.from), (&known.clone(), rate), |it| {
                        format!(
                            "{} {} an hour",
                            crate::written::exact(it.rate.amount, it.rate.currency.decimals()),
                            it.rate.currency
                        )
                    });
                }
            }
        }
        rates.sort_by_key(|rate| rate.from);
        rates
    }

    fn fit(&mut self) -> Vec<Fit> {
        let mut fits = self.stays.fit.clone();
        for fit in &self.goes.fit {
            match fits.iter_mut().find(|known| known.criterion == fit.criterion) {
                None => fits.push(fit.clone()),
                Some(known) => {
                    let field = MergeField::Fit(fit.criterion.clone());
                    let says = |it: &Fit| if it.meets { "yes" } else { "no" }.to_owned();
                    *known = self.pick(field, (&known.clone(), fit), says);
                }
            }
        }
        fits
    }
}

/// What of the one that goes comes along in the record of the one that stays.
fn along(stays: &Client, goes: &Client, one: &Client) -> Option<String> {
    let tags: Vec<&str> =
        one.tags.iter().filter(|tag| !stays.tags.contains(tag)).map(String::as_str).collect();
    let new = |kept: usize, all: usize| all.saturating_sub(kept);
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let notes = stays.notes.is_some() && goes.notes.is_some() && one.notes != stays.notes;
    let parts = [
        counted(new(stays.people.len(), one.people.len()), "person", "people"),
        (!tags.is_empty())
            .then(|| format!("the {} {}", if tags.len() == 1 { "tag" } else { "tags" }, tags.join(", "))),
        counted(new(stays.rates.len(), one.rates.len()), "rate", "rates"),
        counted(new(stays.fit.len(), one.fit.len()), "answer to what you want", "answers to what you want"),
        counted(
            new(stays.feelings.len(), one.feelings.len()),
            "note of how it feels",
            "notes of how it feels",
        ),
        counted(new(stays.door_check.len(), one.door_check.len()), "door answer", "door answers"),
        notes.then(|| "the notes, below those there are".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("What comes along with {}: {}", goes.name, parts.join(", ")))
}

fn met_on(client: &Client) -> Option<NaiveDate> {
    client.met.as_ref().map(|met| met.day)
}

fn met_words(book: &Book, met: &Met) -> String {
    let by = met.introduced_by.as_ref().and_then(|by| book.client(by));
    let by = by.map(|by| format!("through {}", by.client.name));
    let parts = [Some(date(met.day)), met.place.clone(), met.why.clone(), met.channel.clone(), by];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// All of both, what they share once.
fn united<T: PartialEq + Clone>(one: &[T], other: &[T]) -> Vec<T> {
    let mut all = one.to_vec();
    all.extend(other.iter().filter(|it| !one.contains(it)).cloned());
    all
}

/// What is known of a person from two notes of them; `None` where these contradict each other.
fn one_person(one: &Person, other: &Person) -> Option<Person> {
    fn both<T: PartialEq + Clone>(one: Option<&T>, other: Option<&T>) -> Result<Option<T>, ()> {
        match (one, other) {
            (Some(one), Some(other)) if one != other => Err(()),
            (one, other) => Ok(one.or(other).cloned()),
        }
    }
    Some(Person {
        name: one.name.clone(),
        mail: both(one.mail.as_ref(), other.mail.as_ref()).ok()?,
        phone: both(one.phone.as_ref(), other.phone.as_ref()).ok()?,
        role: both(one.role.as_ref(), other.role.as_ref()).ok()?,
        decides: both(one.decides.as_ref(), other.decides.as_ref()).ok()?,
        up_to: both(one.up_to.as_ref(), other.up_to.as_ref()).ok()?,
    })
}

/// What named the one that goes.
#[derive(Default)]
struct Named {
    /// How many records of others.
    others: usize,
    /// Whether a talk of the two introduced one to the other.
    introduces: bool,
}

/// The book in which they are one.
fn merged(book: &Book, client: &Client, kept: &ClientFacts, gone: &ClientFacts) -> (Book, Named) {
    let (stays, goes) = (&client.id, gone.id());
    let mut named = Named::default();
    let mut facts = kept.facts.clone();
    move_all(&mut facts, &without_twins(&kept.facts, &gone.facts), stays, goes);
    for touch in &mut facts.touches {
        if touch.introduces.as_ref().is_some_and(|it| it == stays || it == goes) {
            Arc::make_mut(touch).introduces = None;
            named.introduces = true;
        }
    }
    let one = Arc::new(ClientFacts { client: Arc::new(client.clone()), facts });
    let mut clients: BTreeMap<ClientId, Arc<ClientFacts>> = BTreeMap::new();
    for known in book.clients().filter(|known| known.id() != goes) {
        let next = if known.id() == stays { one.clone() } else { renamed(known, stays, goes, &mut named) };
        clients.insert(known.id().clone(), next);
    }
    let names_it = |row: &Scenario| row.levers.iter().any(|row| row.lever.clients().contains(goes));
    let mut firm = book.firm().clone();
    if firm.scenarios.iter().any(|it| names_it(it)) {
        for scenario in Arc::make_mut(&mut firm).scenarios.iter_mut().filter(|it| names_it(it)) {
            named.others += 1;
            Arc::make_mut(scenario).levers.iter_mut().for_each(|row| row.lever.rename_client(goes, stays));
        }
    }
    (Book::from_parts(book.business().clone(), clients, firm), named)
}

/// The facts of the one that goes that are noted with the one that stays as well: the same in all but id and client, each of
/// those that stay taken for one. One that another fact names stays itself.
fn twins(kept: &Facts, gone: &Facts) -> Vec<AnyRecord> {
    fn of<R: Filed>(kept: &Facts, gone: &Facts, like: impl Fn(&R, &R) -> R) -> Vec<AnyRecord> {
        let mut free: Vec<&Arc<R>> = R::list(kept).iter().collect();
        let same = R::list(gone).iter().filter(|it| {
            let at = free.iter().position(|known| like(known, it) == ***known);
            at.map(|at| free.remove(at)).is_some()
        });
        same.map(|it| R::any(it.clone())).collect()
    }
    // As the one goes by the id and the client of the other, they differ in what they tell.
    macro_rules! like {
        ($record:ident) => {
            of::<$record>(kept, gone, |known, it| $record {
                id: known.id.clone(),
                client: known.client.clone(),
                ..it.clone()
            })
        };
    }
    let mut found = like!(Touch);
    found.extend(like!(Invoice));
    // Hours without a word about them are alike by chance, and those of one day add up.
    found.extend(
        like!(Work).into_iter().filter(|it| matches!(it, AnyRecord::Work(work) if work.note.is_some())),
    );
    found.extend(like!(Expense));
    found.extend(like!(Promise));
    found.extend(like!(Retainer));
    found.extend(like!(Renewal));
    if found.is_empty() {
        return found;
    }
    let named: Vec<(Table, String)> =
        gone.records().flat_map(|it| it.references()).map(|it| (it.table, it.id)).collect();
    found.retain(|it| !named.iter().any(|(table, id)| (*table, id.as_str()) == (it.table(), it.id_str())));
    found
}

/// What goes over.
fn without_twins(kept: &Facts, gone: &Facts) -> Facts {
    fn strip<R: Filed>(facts: &mut Facts, twins: &[AnyRecord]) {
        R::list_mut(facts)
            .retain(|it| !twins.iter().any(|twin| (twin.table(), twin.id_str()) == (R::TABLE, it.id_str())));
    }
    let twins = twins(kept, gone);
    let mut facts = gone.clone();
    if !twins.is_empty() {
        strip::<Touch>(&mut facts, &twins);
        strip::<Invoice>(&mut facts, &twins);
        strip::<Work>(&mut facts, &twins);
        strip::<Expense>(&mut facts, &twins);
        strip::<Promise>(&mut facts, &twins);
        strip::<Retainer>(&mut facts, &twins);
        strip::<Renewal>(&mut facts, &twins);
    }
    facts
}

/// A fact that is noted twice, in a few words.
fn twin_words(record: &AnyRecord) -> String {
    match record {
        AnyRecord::Touch(touch) => format!("touch of {}", date(touch.day)),
        AnyRecord::Invoice(invoice) => format!("invoice {}", invoice.number),
        AnyRecord::Work(work) => {
            format!("{} h on {}", crate::written::decimal(work.hours), date(work.day))
        }
        AnyRecord::Expense(expense) => format!("expense {}", expense.what),
        AnyRecord::Promise(promise) => format!("promise {}", promise.what),
        AnyRecord::Retainer(retainer) => format!("fee {}", retainer.what),
        AnyRecord::Renewal(renewal) => format!("renewal {}", renewal.what),
        other => other.table().singular().to_owned(),
    }
}

/// Another client, with the one that stays where it named the one that goes.
fn renamed(
    known: &Arc<ClientFacts>,
    stays: &ClientId,
    goes: &ClientId,
    named: &mut Named,
) -> Arc<ClientFacts> {
    let introduces = |touch: &Touch| touch.introduces.as_ref() == Some(goes);
    let introduced = known.client.introduced_by() == Some(goes);
    if !introduced && !known.facts.touches.iter().any(|touch| introduces(touch)) {
        return known.clone();
    }
    let mut next = ClientFacts::clone(known);
    if introduced {
        named.others += 1;
        if let Some(met) = &mut Arc::make_mut(&mut next.client).met {
            met.introduced_by = Some(stays.clone());
        }
    }
    for touch in next.facts.touches.iter_mut().filter(|touch| introduces(touch)) {
        named.others += 1;
        Arc::make_mut(touch).introduces = Some(stays.clone());
    }
    Arc::new(next)
}

/// Moves the facts of the one that goes behind those of the one that stays.
fn move_all(facts: &mut Facts, gone: &Facts, stays: &ClientId, goes: &ClientId) {
    fn go<R: Filed>(facts: &mut Facts, gone: &Facts, set: impl Fn(&mut R)) {
        let moved = R::list(gone).iter().map(|record| {
            let mut record = R::clone(record);
            set(&mut record);
            Arc::new(record)
        });
        R::list_mut(facts).extend(moved);
    }
    // An item of the queue is about a record by its id: one about the client itself is about the one that stays.
    let of_record = gone.records().any(|record: AnyRecord| record.id_str() == goes.as_str());
    let item = |item: &mut String| {
        if let Some((kind, _)) = item.rsplit_once(':').filter(|(_, id)| !of_record && *id == goes.as_str()) {
            *item = format!("{kind}:{stays}");
        }
    };
    let whose = || Some(stays.clone());
    go::<Deal>(facts, gone, |it| it.client = stays.clone());
    go::<Retainer>(facts, gone, |it| it.client = stays.clone());
    go::<Invoice>(facts, gone, |it| it.client = stays.clone());
    go::<Touch>(facts, gone, |it| it.client = stays.clone());
    go::<Promise>(facts, gone, |it| it.client = stays.clone());
    go::<Work>(facts, gone, |it| it.client = whose());
    go::<Expense>(facts, gone, |it| it.client = whose());
    go::<Renewal>(facts, gone, |it| it.client = whose());
    go::<Snooze>(facts, gone, |it| (it.client = whose(), item(&mut it.item)).0);
    go::<Handled>(facts, gone, |it| (it.client = whose(), item(&mut it.item)).0);
    go::<Outgoing>(facts, gone, |it| {
        it.client = stays.clone();
        it.item.iter_mut().for_each(item);
    });
}

impl Lever {
    /// Names one client where it named another, once.
    pub fn rename_client(&mut self, from: &ClientId, to: &ClientId) {
        match self {
            Self::PaysLater { client, .. } | Self::Leaves { client, .. } | Self::LetGo { client, .. }
                if client == from =>
            {
                *client = to.clone();
            }
            Self::RatesRise { clients, .. } if clients.contains(from) => {
                let has = clients.contains(to);
                clients.retain(|client| client != from);
                if !has {
                    clients.push(to.clone());
                }
            }
            _ => {}
        }
    }
}
