//! What of a book belongs into a calendar: every day on which something is due, runs out or comes back.
//!
//! A pure function of what was known at the end of a day. It names clients and what is due, and no amounts: calendars are
//! shared and shown to others more readily than books. What is done leaves the calendar, and what is past and still open
//! stays in it.

mod ics;

use chrono::NaiveDate;

use super::jobs::phase_of;
use super::review::to_review;
use super::today::Today;
use crate::domain::{Book, Business, ClientFacts, Deal, Invoice, Party, Phase, Promise, Renewal};

pub use ics::ics;

/// What a day in the calendar is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// An invoice is due.
    InvoiceDue,
    /// They said they would pay by then.
    PaymentPromised,
    /// The next step of a deal.
    NextStep,
    /// I promised something for this day.
    MyPromise,
    /// They did.
    TheirPromise,
    /// Something expires.
    Renewal,
    /// A review is due.
    Review,
    /// The last day of a client with whom it is agreed to end.
    LastDay,
    /// What was put off comes back.
    Snooze,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::InvoiceDue,
        Self::PaymentPromised,
        Self::NextStep,
        Self::MyPromise,
        Self::TheirPromise,
        Self::Renewal,
        Self::Review,
        Self::LastDay,
        Self::Snooze,
    ];

    /// Its name in ids, in kebab case.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::InvoiceDue => "invoice-due",
            Self::PaymentPromised => "payment-promised",
            Self::NextStep => "next-step",
            Self::MyPromise => "my-promise",
            Self::TheirPromise => "their-promise",
            Self::Renewal => "renewal",
            Self::Review => "review",
            Self::LastDay => "last-day",
            Self::Snooze => "snooze",
        }
    }

    /// What a calendar files it under.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::InvoiceDue => "Invoice due",
            Self::PaymentPromised => "Payment promised",
            Self::NextStep => "Next step",
            Self::MyPromise => "My promise",
            Self::TheirPromise => "Their promise",
            Self::Renewal => "Renewal",
            Self::Review => "Review",
            Self::LastDay => "Last day",
            Self::Snooze => "Back in the queue",
        }
    }
}

/// A day in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is about.
    pub kind: EventKind,
    /// The id of the record, or of the item that comes back: with the kind the same from day to day, so that a calendar
    /// moves the event when its day moves.
    pub about: String,
    /// When.
    pub day: NaiveDate,
    /// What a calendar shows: `Renewal: example.org · Acme`.
    pub summary: String,
    /// More of it; may be empty.
    pub more: String,
}

/// Everything in a book that has a day to come, or one that has passed and is still open; by day, then by kind and id.
///
/// `known` is what was known at the end of `day`, and `today` its queue.
#[must_use]
pub fn calendar(known: &Book, today: &Today, day: NaiveDate) -> Vec<Event> {
    let mut events: Vec<Event> =
        known.clients().flat_map(|client| of_client(known.business(), client, day)).collect();
    events.extend(known.firm().renewals.iter().map(|it| renewal(it, None)));
    for put_off in &today.snoozed {
        let item = &put_off.item;
        let what = format!("{}: {}", item.kind.title(), item.title);
        let name = Some(item.client_name.as_str()).filter(|name| !name.is_empty());
        events.push(event(EventKind::Snooze, &item.id, put_off.until, &what, name, ""));
    }
    events.sort_by(|a, b| (a.day, a.kind, &a.about).cmp(&(b.day, b.kind, &b.about)));
    events
}

fn event(
    kind: EventKind,
    about: &str,
    day: NaiveDate,
    what: &str,
    client: Option<&str>,
    more: &str,
) -> Event {
    let of = client.map(|name| format!(" · {name}")).unwrap_or_default();
    let (about, more) = (about.to_owned(), more.to_owned());
    Event { kind, about, day, summary: format!("{}: {what}{of}", kind.title()), more }
}

/// Once a relationship has ended, only money is left.
fn of_client(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Event> {
    let (facts, name) = (&known.facts, known.client.name.as_str());
    let mut events: Vec<Event> = facts.invoices.iter().flat_map(|it| invoice(it, name)).collect();
    if known.client.over_on().is_some() {
        return events;
    }
    let about = known.client.id.as_str();
    if let Some(ends) = &known.client.ends_on {
        events.push(event(EventKind::LastDay, about, ends.day, "it is agreed to end", Some(name), ""));
    }
    let stages = business.stages();
    let is_alive = |deal: &&Deal| {
        let phase = deal.stage().and_then(|fact| phase_of(&stages, &fact.stage));
        matches!(phase, None | Some(Phase::Open | Phase::Won))
    };
    let deals = facts.deals.iter().map(AsRef::as_ref).filter(is_alive);
    events.extend(deals.filter_map(|deal| next_step(deal, name)));
    events.extend(facts.promises.iter().filter(|it| it.kept.is_none()).map(|it| promise(it, name)));
    events.extend(facts.renewals.iter().map(|it| renewal(it, Some(name))));
    if let Some(due) = to_review(business, known, day).map(|it| it.due(business)) {
        events.push(event(EventKind::Review, about, due, "look back at the work", Some(name), ""));
    }
    events
}

/// While something of it is open: when it is due, and when they said they would pay.
fn invoice(it: &Invoice, client: &str) -> Vec<Event> {
    if it.open().is_zero() || it.open().amount.is_sign_negative() {
        return Vec::new();
    }
    // `Invoice due` says what it is; a promised payment does not.
    let of = |kind, day| {
        let word = if kind == EventKind::InvoiceDue { "" } else { "invoice " };
        event(kind, it.id.as_str(), day, &format!("{word}{}", it.number), Some(client), "")
    };
    let promised = it.promised.iter().max_by_key(|promised| promised.day);
    let promised = promised.map(|promised| of(EventKind::PaymentPromised, promised.pay_by));
    [of(EventKind::InvoiceDue, it.due)].into_iter().chain(promised).collect()
}

fn next_step(deal: &Deal, client: &str) -> Option<Event> {
    let step = deal.next_step.as_ref()?;
    Some(event(EventKind::NextStep, deal.id.as_str(), step.due, &step.what, Some(client), &deal.title))
}

fn promise(it: &Promise, client: &str) -> Event {
    let kind = match it.by {
        Party::Me => EventKind::MyPromise,
        Party::Them => EventKind::TheirPromise,
    };
    event(
        kind,
        it.id.as_str(),
        it.due_now(),
        &it.what,
        Some(client),
        it.person.as_deref().unwrap_or_default(),
    )
}

fn renewal(it: &Renewal, client: Option<&str>) -> Event {
    let chain: Vec<String> = it.chain.iter().map(|link| format!("{}: {}", link.role, link.who)).collect();
    event(EventKind::Renewal, it.id.as_str(), it.expires_now(), &it.what, client, &chain.join("\n"))
}
