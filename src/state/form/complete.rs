//! What a field could be completed to, and what was understood from it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::figures::amount_in_full;
use crate::state::amount_entry::parse_amount;
use crate::state::day_entry::{day_words, parse_day};
use crate::state::snooze_entry::SnoozeEntry;

use super::find::{choice_position, invoice_words, matches, same};
use super::{FieldKind, Reader};

/// How many completions a field offers.
const MOST_COMPLETIONS: usize = 6;

impl Reader<'_> {
    /// What was understood from a field, where that differs from what was typed.
    pub(super) fn echo(&self, position: usize) -> Option<String> {
        let field = self.form.kind.spec().fields.get(position)?;
        let value = self.form.values.get(position)?.trim();
        if value.is_empty() {
            return None;
        }
        let understood = match field.kind {
            FieldKind::StageDay if super::deal::moves_today(self) => {
                day_words(self.context.today, self.context.today)
            }
            FieldKind::Day(_) | FieldKind::StageDay => {
                let today = self.context.today;
                day_words(parse_day(value, today, self.lean(field))?, today)
            }
            FieldKind::Person => self.person_named(value)?,
            FieldKind::Account => super::business::account_echo(self, value)?,
            FieldKind::Snooze => {
                let today = self.context.today;
                SnoozeEntry::parse(value, today)?.words(today)
            }
            FieldKind::Cost => amount_in_full(parse_amount(value, self.context.book.currency()).ok()?),
            FieldKind::Amount => amount_in_full(parse_amount(value, self.spoken_currency(field.name)).ok()?),
            FieldKind::OwnClient => self.form_client_named(value)?.client.name.clone(),
            FieldKind::Client => self.client_named(value)?.client.name.clone(),
            FieldKind::Deal if !self.deals().iter().any(|deal| same(&deal.title, value)) => {
                match self.deals_matching(value).as_slice() {
                    [only] => only.title.clone(),
                    _ => return None,
                }
            }
            FieldKind::Choice(words) => {
                choice_position(words, value).and_then(|position| words.get(position).copied())?.to_owned()
            }
            FieldKind::Lines => super::invoice::lines_echo(self, value)?,
            FieldKind::Parts => super::instalments::echo(self, value)?,
            _ => return None,
        };
        (!same(&understood, value)).then_some(understood)
    }

    /// What a field could be completed to: nothing once it says one of them in full.
    pub(super) fn completions(&self, position: usize) -> Vec<String> {
        let Some(field) = self.form.kind.spec().fields.get(position) else { return Vec::new() };
        let value = self.form.values.get(position).map_or("", |value| value.trim());
        let today = self.context.today;
        let candidates: Vec<String> = match field.kind {
            FieldKind::Client | FieldKind::OwnClient => {
                let known = self.clients_matching(value).filter(|client| client.as_of(today).is_some());
                known.take(MOST_COMPLETIONS).map(|client| client.client.name.clone()).collect()
            }
            FieldKind::Tags => {
                let (lead, last) = lead_and_last(value, ',');
                let tags = self.context.book.clients().flat_map(|client| client.client.tags.iter());
                let tags: BTreeSet<&String> = tags.filter(|tag| matches(tag, last)).collect();
                // One that is typed in full is done with, as is one that stands before.
                if last.trim().is_empty() || tags.iter().any(|tag| same(tag, last)) {
                    return Vec::new();
                }
                let new = tags.into_iter().filter(|tag| !lead.split(',').any(|known| same(known, tag)));
                return new.take(MOST_COMPLETIONS).map(|tag| format!("{lead}{tag}")).collect();
            }
            FieldKind::Criteria => {
                let (lead, last) = lead_and_last(value, ',');
                let (not, last) = match last.trim_start().strip_prefix("not ") {
                    Some(rest) => ("not ", rest),
                    None => ("", last.trim()),
                };
                let criteria = self.context.book.business().criteria.iter().map(|it| &it.id);
                let criteria: Vec<&String> = criteria.filter(|id| matches(id, last)).collect();
                if criteria.iter().any(|id| same(id, last)) {
                    return Vec::new();
                }
                let said = |id: &str| {
                    lead.split(',').any(|known| same(known.trim_start().trim_start_matches("not "), id))
                };
                let new = criteria.into_iter().filter(|id| !said(id));
                return new.take(MOST_COMPLETIONS).map(|id| format!("{lead}{not}{id}")).collect();
            }
            FieldKind::Channel => {
                let met = self.context.book.clients().filter_map(|client| client.client.met.as_ref());
                let channels: BTreeSet<&String> = met.filter_map(|met| met.channel.as_ref()).collect();
                channels.into_iter().cloned().collect()
            }
            FieldKind::Stage => {
                let stages = self.context.book.business().stages();
                stages.into_iter().map(|stage| stage.name).collect()
            }
            FieldKind::Clients => {
                let (lead, last) = lead_and_last(value, ';');
                let known = self.clients_matching(last).filter(|client| client.as_of(today).is_some());
                let whole =
                    known.take(MOST_COMPLETIONS).map(|client| format!("{lead}{}", client.client.name));
                let whole: Vec<String> = whole.collect();
                return if whole.iter().any(|it| same(it, value)) { Vec::new() } else { whole };
            }
            FieldKind::Account => {
                self.context.book.business().accounts.iter().map(|account| account.name.clone()).collect()
            }
            FieldKind::Scenario => self.scenarios().map(|scenario| scenario.name.clone()).collect(),
            FieldKind::Deal => {
                let known = self.deals().into_iter().filter(|deal| deal.as_of(today).is_some());
                known.map(|deal| deal.title.clone()).collect()
            }
            FieldKind::Fee => {
                let known = self.fees().filter(|fee| fee.agreed <= today);
                known.map(|fee| fee.what.clone()).collect()
            }
            FieldKind::Person => {
                let people = self.form_client().map(|client| client.client.people.clone());
                people.unwrap_or_default().into_iter().map(|person| person.name).collect()
            }
            FieldKind::Mail => {
                let people = self.form_client().map(|client| client.client.people.clone());
                people.unwrap_or_default().into_iter().filter_map(|person| person.mail).collect()
            }
            FieldKind::Invoice => self
                .all_invoices()
                .filter_map(|invoice| invoice.as_of(today))
                .filter(|invoice| invoice.open().amount > Decimal::ZERO)
                .map(|invoice| invoice_words(self.context, &invoice))
                .filter(|words| words.to_lowercase().contains(&value.to_lowercase()))
                .take(MOST_COMPLETIONS)
                .collect(),
            FieldKind::CreditNote => self
                .credit_notes()
                .map(|credit| invoice_words(self.context, &self.context.known_invoice(credit)))
                .filter(|words| words.to_lowercase().contains(&value.to_lowercase()))
                .take(MOST_COMPLETIONS)
                .collect(),
            FieldKind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            _ => return Vec::new(),
        };
        if candidates.iter().any(|candidate| same(candidate, value)) {
            return Vec::new();
        }
        candidates.into_iter().filter(|candidate| matches(candidate, value)).take(MOST_COMPLETIONS).collect()
    }
}

/// What stands before the last of several, with the sign that parts them; and the last.
fn lead_and_last(value: &str, sign: char) -> (String, &str) {
    match value.rsplit_once(sign) {
        Some((before, last)) => (format!("{}{sign} ", before.trim()), last),
        None => (String::new(), value),
    }
}
