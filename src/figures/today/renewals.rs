//! Items about what expires: soon, or with nobody sure about it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cost::{self, Cost, Stake};
use super::view::{Case, View};
use super::words::{date, distance, sentence};
use super::{Item, ItemKind};
use crate::domain::{Business, Facts, Money, Renewal, Table, Threshold, add_days, days_between};

/// A client's renewals.
pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    if view.known.client.ended.is_none() {
        let cases = cases(view.business, &view.known.facts, Some(&view.expected), view.day);
        items.extend(cases.map(|case| view.item(case)));
    }
}

/// The firm's own renewals.
pub(super) fn add_firm(business: &Business, firm: &Facts, day: NaiveDate, items: &mut Vec<Item>) {
    items.extend(cases(business, firm, None, day).map(Case::into_item));
}

fn cases<'a>(
    business: &'a Business,
    facts: &'a Facts,
    relation: Option<&'a Stake>,
    day: NaiveDate,
) -> impl Iterator<Item = Case<'a>> {
    let case = move |it| near(business, it, relation, day).or_else(|| unsure(business, it, relation, day));
    facts.renewals.iter().filter_map(move |it| case(it))
}

/// Something expires within `renewal_days`, or has expired and was not renewed.
fn near<'a>(
    business: &Business,
    renewal: &'a Renewal,
    relation: Option<&Stake>,
    day: NaiveDate,
) -> Option<Case<'a>> {
    let expires = renewal.expires_now();
    let ahead = business.threshold_days(Threshold::RenewalDays);
    let left = days_between(day, expires);
    if left > ahead {
        return None;
    }
    let stake = with_trust(renewal_stake(business, renewal, day), relation);
    let by_itself_too = if renewal.renews_itself == Some(true) { 4 } else { 1 };
    let cost = Cost {
        of: stake.value,
        // A share for each week that is left.
        share: Decimal::from(7) / Decimal::from(left.max(7) * by_itself_too),
    };
    let verb = if left < 0 { "Expired" } else { "Expires" };
    Some(Case {
        kind: ItemKind::RenewalNear,
        table: Table::Renewals,
        record: renewal.id.as_str(),
        title: renewal.what.clone(),
        why: sentence([
            format!("{verb} {}, on {}", distance(expires, day), date(expires, day)),
            by_itself(renewal.renews_itself),
            contacts(renewal),
            unverified(business, renewal, day),
        ]),
        since: add_days(expires, -ahead).max(renewal.noted),
        changed: renewal.changed_on(),
        cost,
        stake,
    })
}

/// Something expires later than that, and has fewer points of contact than wanted, or was not verified for `verify_days`.
fn unsure<'a>(
    business: &Business,
    renewal: &'a Renewal,
    relation: Option<&Stake>,
    day: NaiveDate,
) -> Option<Case<'a>> {
    let expires = renewal.expires_now();
    if days_between(day, expires) <= business.threshold_days(Threshold::RenewalDays) {
        return None;
    }
    let wait = business.threshold_days(Threshold::VerifyDays);
    let verified = renewal.verified.iter().max();
    // What was just noted is as good as verified.
    let from = verified.map_or(renewal.noted, |last| renewal.noted.max(*last));
    let stale = days_between(from, day) > wait;
    let few = renewal.contacts.len() < Renewal::CONTACTS_WANTED;
    if !few && !stale {
        return None;
    }
    let stake = with_trust(renewal_stake(business, renewal, day), relation);
    let unverified = if stale { unverified(business, renewal, day) } else { String::new() };
    Some(Case {
        kind: ItemKind::RenewalUnsure,
        table: Table::Renewals,
        record: renewal.id.as_str(),
        title: renewal.what.clone(),
        why: sentence([format!("Expires {}", distance(expires, day)), contacts(renewal), unverified]),
        since: if few { renewal.noted } else { add_days(from, wait + 1) },
        changed: renewal.changed_on(),
        cost: cost::weekly(stake.value, cost::RENEWAL_UNSURE),
        stake,
    })
}

/// What a renewal puts at stake itself, and the trust of whose it is, where their income is known.
fn with_trust(own: Stake, relation: Option<&Stake>) -> Stake {
    match relation.and_then(trust) {
        Some(trust) => own.and(Stake::known(trust)),
        None => own,
    }
}

/// What it costs in trust when something of a client's expires: 5 % of the income to expect of them.
pub(super) fn trust(relation: &Stake) -> Option<Money> {
    Some(relation.money?.times(Decimal::new(cost::RENEWAL_RELATION, 3)).rounded())
}

/// What a renewal puts at stake itself: its price, else its cost.
pub(super) fn renewal_stake(business: &Business, renewal: &Renewal, day: NaiveDate) -> Stake {
    match renewal.price.or(renewal.cost) {
        Some(amount) => Stake::converted(business, business.convert(amount, day)),
        None => Stake::unknown(business, "neither its price nor its cost is noted"),
    }
}

fn by_itself(renews_itself: Option<bool>) -> String {
    match renews_itself {
        Some(true) => "renews itself".to_owned(),
        Some(false) => "does not renew itself".to_owned(),
        None => String::new(),
    }
}

fn contacts(renewal: &Renewal) -> String {
    match renewal.contacts.len() {
        Renewal::CONTACTS_WANTED.. => String::new(),
        1 => "one point of contact only".to_owned(),
        _ => "no point of contact noted".to_owned(),
    }
}

fn unverified(business: &Business, renewal: &Renewal, day: NaiveDate) -> String {
    match renewal.verified.iter().max() {
        Some(last) if days_between(*last, day) <= business.threshold_days(Threshold::VerifyDays) => {
            String::new()
        }
        Some(last) => format!("last verified on {}", date(*last, day)),
        None => "never verified".to_owned(),
    }
}
