//! Items about what in a book cannot be right.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cost::{self, Stake};
use super::words::date;
use super::{Arrivals, Item, ItemKind};
use crate::domain::{AnyRecord, Arrival, Book, ClientId, FIRST_DAY, Implausible, Table, implausible};
use crate::figures::words::capital;

/// What in a book cannot be right: one item a record, naming the first thing and how many more there are.
///
/// `book` may hold facts of later days; it is the caller's choice whether to pass what was known at the end of `day`
/// (as every other figure does) or all of it, where a day that lies ahead is one of the things that cannot be right.
#[must_use]
pub fn implausible_items(book: &Book, day: NaiveDate) -> Vec<Item> {
    of_findings(book, implausible(book, day), day)
}

fn of_findings(book: &Book, findings: Vec<Implausible>, day: NaiveDate) -> Vec<Item> {
    let mut by_record: BTreeMap<(Option<Table>, String), (Implausible, usize)> = BTreeMap::new();
    for finding in findings {
        let record = (finding.table, finding.id.clone());
        by_record.entry(record).and_modify(|(_, count)| *count += 1).or_insert((finding, 1));
    }
    let mut owners = BTreeMap::new();
    if !by_record.is_empty() {
        for record in book.records() {
            let key = (Some(record.table()), record.id_str().to_owned());
            if by_record.contains_key(&key) {
                owners.insert(key, record);
            }
        }
    }
    by_record
        .into_iter()
        .map(|(key, (finding, count))| item(book, owners.get(&key), finding, count, day))
        .collect()
}

fn item(book: &Book, record: Option<&AnyRecord>, finding: Implausible, count: usize, day: NaiveDate) -> Item {
    let client: Option<&ClientId> = record.and_then(AnyRecord::client);
    let name = client.and_then(|id| book.client(id)).map(|known| known.client.name.clone());
    let stake = Stake::unknown(book.business(), "what is right is not known");
    let cost = cost::weekly(stake.value, cost::IMPLAUSIBLE);
    let table = finding.table.map_or("business", Table::name);
    let since = since(record).unwrap_or(FIRST_DAY).min(day);
    let more = if count > 1 { format!("; and {} more in this record", count - 1) } else { String::new() };
    Item {
        id: format!("{}:{table}:{}", ItemKind::Implausible.token(), finding.id),
        kind: ItemKind::Implausible,
        client: client.cloned(),
        client_name: name.unwrap_or_default(),
        title: title(record, &finding, day),
        why: format!("{}: {}{more}", field_words(&finding.field), with_days(&finding.message, day)),
        at_stake: stake.money,
        at_stake_why: stake.why,
        cost: cost.a_week(),
        cost_of: cost.of,
        cost_share: cost.share,
        last_touch: None,
        since,
        changed: Arrival::none(since),
        // Nobody's word or money makes a number right.
        came: Arrivals::default(),
        mailed: None,
        table: finding.table,
        record: finding.id,
    }
}

/// A field's path in words: `payments[1].day` as `Payments 2, day`.
fn field_words(path: &str) -> String {
    let steps = path.split('.').map(|step| {
        let (name, at) = step.split_once('[').unwrap_or((step, ""));
        let nth = at.trim_end_matches(']').parse::<usize>().map(|at| format!(" {}", at.saturating_add(1)));
        format!("{}{}", name.replace('_', " "), nth.unwrap_or_default())
    });
    capital(&steps.collect::<Vec<_>>().join(", "))
}

/// A message with its days as the screen writes them.
fn with_days(message: &str, today: NaiveDate) -> String {
    let words = message.split(' ').map(|word| {
        let iso = word.split_at_checked("2026-11-20".len());
        let read = iso.and_then(|(day, rest)| Some((day.parse::<NaiveDate>().ok()?, rest)));
        read.map_or_else(|| word.to_owned(), |(day, rest)| format!("{}{rest}", date(day, today)))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn title(record: Option<&AnyRecord>, finding: &Implausible, today: NaiveDate) -> String {
    match record {
        Some(AnyRecord::Client(client)) => client.name.clone(),
        Some(AnyRecord::Deal(deal)) => deal.title.clone(),
        Some(AnyRecord::Retainer(retainer)) => retainer.what.clone(),
        Some(AnyRecord::Invoice(invoice)) => format!("Invoice {}", invoice.number),
        Some(AnyRecord::Promise(promise)) => promise.what.clone(),
        Some(AnyRecord::Expense(expense)) => expense.what.clone(),
        Some(AnyRecord::Renewal(renewal)) => renewal.what.clone(),
        Some(AnyRecord::Scenario(scenario)) => scenario.name.clone(),
        Some(AnyRecord::Outgoing(letter)) => letter.subject.clone(),
        Some(AnyRecord::Touch(touch)) => format!("Touch of {}", date(touch.day, today)),
        Some(AnyRecord::Work(work)) => format!("Work of {}", date(work.day, today)),
        Some(AnyRecord::Snooze(_) | AnyRecord::Handled(_)) | None => match finding.table {
            Some(table) => format!("{} {}", table.name(), finding.id),
            None => "The firm's settings".to_owned(),
        },
    }
}

/// The day of the record, so that its item does not come up anew every day.
fn since(record: Option<&AnyRecord>) -> Option<NaiveDate> {
    match record? {
        AnyRecord::Client(client) => client.met.as_ref().map(|met| met.day).or(client.added),
        AnyRecord::Deal(deal) => deal.stages.iter().map(|fact| fact.day).max(),
        AnyRecord::Retainer(retainer) => Some(retainer.agreed),
        AnyRecord::Invoice(invoice) => Some(invoice.issued),
        AnyRecord::Touch(touch) => Some(touch.day),
        AnyRecord::Promise(promise) => Some(promise.made),
        AnyRecord::Work(work) => Some(work.day),
        AnyRecord::Expense(expense) => Some(expense.noted.unwrap_or(expense.day)),
        AnyRecord::Renewal(renewal) => Some(renewal.noted),
        AnyRecord::Snooze(snooze) => Some(snooze.day),
        AnyRecord::Handled(handled) => Some(handled.day),
        AnyRecord::Outgoing(letter) => Some(letter.queued),
        AnyRecord::Scenario(scenario) => Some(scenario.made),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{Business, Client, Currency};

    #[test]
    fn a_record_that_cannot_be_right_is_one_item_however_much_is_wrong_with_it() {
        let acme = Client::new(ClientId::new("acme").unwrap(), "Acme");
        let business = Arc::new(Business::new(Currency::EUR));
        let book = Book::from_records(business, [AnyRecord::Client(Arc::new(acme))]);
        let finding = |table, id: &str, field: &str| Implausible {
            table,
            id: id.to_owned(),
            field: field.to_owned(),
            message: "lies ahead".to_owned(),
        };
        let clients = Some(Table::Clients);
        let findings = vec![
            finding(clients, "acme", "met.day"),
            finding(None, "", "exchange_rates[0].day"),
            finding(clients, "acme", "added"),
        ];
        let day = "2026-11-21".parse().unwrap();
        let items = of_findings(&book, findings, day);
        let [firm, acme] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(acme.id, "implausible-number:clients:acme");
        assert_eq!(acme.why, "Met, day: lies ahead; and 1 more in this record");
        assert_eq!((acme.client_name.as_str(), acme.at_stake), ("Acme", None));
        assert_eq!((firm.title.as_str(), firm.client.as_ref()), ("The firm's settings", None));
        assert!(of_findings(&book, Vec::new(), day).is_empty());
    }
}
