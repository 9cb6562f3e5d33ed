//! Reads the texts of a form into typed values, and notes what stands in the way.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, ClientFacts, ClientId, Currency, Deal, DealId, FIRST_DAY, Interval, Invoice, LAST_DAY, Money,
    Percent, Retainer, RetainerId, Scenario, Table,
};
use crate::figures::amount_in_full;
use crate::state::amount_entry::{clear_amount, number_text, parse_amount, parse_number};
use crate::state::day_entry::{EXAMPLES, Lean, day_words, parse_day};
use crate::state::snooze_entry::{SNOOZE_EXAMPLES, SnoozeEntry};

use super::{Context, FieldKind, FieldSpec, Form, FormKind, Target};

/// How many completions a field offers.
const MOST_COMPLETIONS: usize = 6;
/// The days that end or fall due, and those they are looked for from.
const BEGINS: [(&str, &str); 6] = [
    ("due", "issued"),
    ("due", "made"),
    ("valid", "sent"),
    ("from", "agreed"),
    ("until", "from"),
    ("until", "day"),
];
/// The most days that somebody pays later or earlier.
const MOST_DAYS: i64 = 3_650;

/// Reads a form's fields by name.
pub struct Reader<'a> {
    form: &'a Form,
    context: &'a Context<'a>,
    /// The client the form started from, looked up once.
    own_client: Option<&'a Arc<ClientFacts>>,
    errors: Vec<(usize, String)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(form: &'a Form, context: &'a Context<'a>) -> Self {
        let own = super::own_client(context, &form.target);
        let own_client = own.and_then(|id| context.book.client(&id));
        Self { form, context, own_client, errors: Vec::new() }
    }

    pub(super) fn into_errors(self) -> Vec<(usize, String)> {
        self.errors
    }

    /// What the form makes or changes.
    pub(super) fn target(&self) -> &'a Target {
        &self.form.target
    }

    /// The book and the day.
    pub(super) fn context(&self) -> &'a Context<'a> {
        self.context
    }

    /// Which form it is.
    pub(super) fn kind(&self) -> FormKind {
        self.form.kind
    }

    /// What the fields say that a new fact is about, as if the form had been opened there: the invoice where it begins
    /// with one, else the client's deal, else the client. `None` where they name nothing, and where it changes something.
    pub(super) fn named_target(&self) -> Option<Target> {
        let of_new = matches!(
            self.form.target,
            Target::New(_) | Target::NewPart(Table::Clients | Table::Deals | Table::Invoices, _)
        );
        if !of_new || matches!(self.form.kind, FormKind::Lever(_)) {
            return None;
        }
        if self.form.kind.spec().fields.first()?.name == "invoice" {
            let invoice = self.named_invoice()?;
            return Some(Target::NewPart(Table::Invoices, invoice.id.to_string()));
        }
        self.field("client").filter(|(_, field, _)| field.kind == FieldKind::Client)?;
        let Some(typed) = self.typed("client") else { return Some(Target::New(None)) };
        let client = self.form_client_named(typed)?.id();
        let moved = self.own_client.is_none_or(|own| own.id() != client);
        let new = Target::New(Some(client.clone()));
        match self.typed("deal") {
            None => Some(new),
            // That of the client before.
            Some(_) if moved && self.untouched("deal") => Some(new),
            Some(title) => match self.deal_named(title) {
                Some(deal) => Some(Target::NewPart(Table::Deals, deal.id.to_string())),
                None => moved.then_some(new),
            },
        }
    }

    /// The deal that the fields name.
    pub(super) fn named_deal(&self) -> Option<&'a Arc<Deal>> {
        self.deal_named(self.typed("deal")?)
    }

    /// The invoice that the fields name.
    pub(super) fn named_invoice(&self) -> Option<&'a Arc<Invoice>> {
        self.invoice_named(self.typed("invoice")?)
    }

    /// `, which this changes` where one of these fields holds another text than the form wrote.
    pub(super) fn says_changed(&self, names: &[&str]) -> &'static str {
        if names.iter().all(|name| self.untouched(name)) { "" } else { ", which this changes" }
    }

    /// From which new ids are made.
    pub(super) fn seed(&self) -> u64 {
        self.form.seed
    }

    fn field(&self, name: &str) -> Option<(usize, &'static FieldSpec, &'a str)> {
        let fields = self.form.kind.spec().fields;
        let (position, field) = fields.iter().enumerate().find(|(_, field)| field.name == name)?;
        Some((position, field, self.form.values.get(position).map_or("", |value| value.trim())))
    }

    /// The text of a field, without reading it: nothing is noted.
    pub(super) fn typed(&self, name: &str) -> Option<&'a str> {
        self.field(name).map(|(.., value)| value).filter(|value| !value.is_empty())
    }

    /// Whether a field holds the text the form wrote.
    pub(super) fn untouched(&self, name: &str) -> bool {
        let position = self.field(name).map(|(position, ..)| position);
        position.is_some_and(|at| self.form.values.get(at) == self.form.initial.get(at))
    }

    /// Whether every field holds the text the form wrote.
    pub(super) fn is_untouched(&self) -> bool {
        self.form.is_untouched()
    }

    /// What the record holds, while the field has the text the form wrote for it; else what `read` makes of the text. So
    /// nothing is lost that a text cannot say, nor what became known after the working day.
    pub(super) fn keep<T>(
        &mut self,
        name: &str,
        held: Option<T>,
        read: impl FnOnce(&mut Self, &str) -> T,
    ) -> T {
        match held {
            Some(held) if self.untouched(name) => held,
            _ => read(self, name),
        }
    }

    /// Notes what stands in the way at a field.
    pub(super) fn refuse(&mut self, name: &str, why: impl Into<String>) {
        if let Some((position, ..)) = self.field(name) {
            self.errors.push((position, why.into()));
        }
    }

    /// The text of a field; `None` when empty, which is an error where the field is required.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let (_, field, value) = self.field(name)?;
        if value.is_empty() {
            if field.required {
                self.refuse(name, format!("{} is needed", field.label));
            }
            return None;
        }
        Some(value.to_owned())
    }

    /// A text read by `parse`; what it cannot read is refused with `expected`.
    fn parsed<T>(&mut self, name: &str, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.refuse(name, format!("expected {expected}"));
        }
        value
    }

    /// A day.
    pub(super) fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let lean = self.lean(self.field(name)?.1);
        let today = self.context.today;
        self.parsed(name, EXAMPLES, |text| parse_day(text, today, lean))
            .filter(|day| (FIRST_DAY..=LAST_DAY).contains(day))
    }

    /// The day that is typed, without reading it: nothing is noted.
    pub(super) fn day_typed(&self, name: &str) -> Option<NaiveDate> {
        let (_, field, text) = self.field(name)?;
        parse_day(text, self.context.today, self.lean(field))
    }

    /// Which way a day without a year is looked for: what ends or falls due from the day on that it begins with.
    fn lean(&self, field: &FieldSpec) -> Lean {
        let FieldKind::Day(lean) = field.kind else { return Lean::Ahead };
        if self.form.kind == FormKind::Expense && field.name == "day" && self.typed("every").is_some() {
            return Lean::Near;
        }
        let mut begins = BEGINS.iter().filter(|(name, _)| lean == Lean::Ahead && *name == field.name);
        let day = begins.find_map(|(_, begins)| self.day_typed(begins));
        day.map_or(lean, Lean::From)
    }

    /// A day ahead, or an event.
    pub(super) fn snooze(&mut self, name: &str) -> Option<SnoozeEntry> {
        let today = self.context.today;
        self.parsed(name, SNOOZE_EXAMPLES, |text| SnoozeEntry::parse(text, today))
    }

    /// A day on which something happened: not after the working day.
    pub(super) fn past_day(&mut self, name: &str) -> Option<NaiveDate> {
        let day = self.day(name)?;
        if day > self.context.today {
            self.refuse(name, "this day lies ahead: a fact is noted on the day it happened");
            return None;
        }
        Some(day)
    }

    /// An amount; without a code it is in `currency`.
    pub(super) fn amount_in(&mut self, name: &str, currency: Currency) -> Option<Money> {
        let text = self.text(name)?;
        match clear_amount(&text, currency) {
            Ok(amount) => Some(amount),
            Err(why) => {
                self.refuse(name, why);
                None
            }
        }
    }

    /// An amount in the currency that new amounts of the form's client start with.
    pub(super) fn amount(&mut self, name: &str) -> Option<Money> {
        self.amount_in(name, self.currency(name))
    }

    /// The currency that amounts in a field are in where they do not say: that of the form's client, and for a text that
    /// the form wrote that of the client it wrote it for.
    pub(super) fn currency(&self, name: &str) -> Currency {
        // A book that begins has the one that is typed beside its first amount.
        let begins = self.form.kind == FormKind::Start;
        let typed = self.field("currency").filter(|_| begins);
        if let Some(code) = typed.and_then(|(.., code)| code.to_uppercase().parse().ok()) {
            return code;
        }
        let client = if self.untouched(name) { self.own_client } else { None };
        let client = client.or_else(|| self.form_client());
        self.context.currency_of(client.map(|client| client.id()))
    }

    /// The currency of an amount in the form's words: the invoice's where the form has one.
    fn spoken_currency(&self, name: &str) -> Currency {
        let invoice = self.field("invoice").and_then(|(.., value)| self.invoice_named(value));
        invoice.and_then(|invoice| invoice.currency()).unwrap_or_else(|| self.currency(name))
    }

    /// The code of a currency.
    pub(super) fn code(&mut self, name: &str) -> Option<Currency> {
        let code = self.text(name)?;
        code.to_uppercase().parse().map_err(|error| self.refuse(name, format!("{error}"))).ok()
    }

    /// A whole number up to `most`.
    pub(super) fn count(&mut self, name: &str, most: u32) -> Option<u32> {
        self.parsed(name, &format!("a whole number up to {most}"), |text| {
            text.parse().ok().filter(|count| *count <= most)
        })
    }

    /// A number from nothing up to `most`, such as hours: `2.5`, `2,5`.
    pub(super) fn quantity(&mut self, name: &str, most: Decimal) -> Option<Decimal> {
        self.parsed(
            name,
            &format!("a number such as {}, at most {most}", number_text(Decimal::new(25, 1))),
            |text| {
                let number = parse_number(text)?;
                (Decimal::ZERO..=most).contains(&number).then_some(number)
            },
        )
    }

    /// The amount that `read` finds, which has to be above nothing.
    pub(super) fn more_than_nothing(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<Money>,
    ) -> Option<Money> {
        let amount = read(self, name)?;
        if amount.amount <= Decimal::ZERO {
            self.refuse(name, "expected more than nothing");
            return None;
        }
        Some(amount)
    }

    /// A number of days, negative or not.
    pub(super) fn days(&mut self, name: &str) -> Option<i64> {
        let expected = format!("a number of days such as 14 or -7, at most {MOST_DAYS} either way");
        self.parsed(name, &expected, |text| {
            text.replace('\u{2212}', "-").parse().ok().filter(|days: &i64| days.abs() <= MOST_DAYS)
        })
    }

    /// How often; empty is once.
    pub(super) fn interval(&mut self, name: &str) -> Option<Interval> {
        self.parsed(name, "an interval such as 1 month, 2 weeks or 1 year", |text| text.parse().ok())
    }

    /// A percentage, of any size.
    pub(super) fn percent(&mut self, name: &str) -> Option<Percent> {
        self.parsed(name, "a percentage such as 19\u{a0}%", |text| {
            Percent::parse(&text.replace(',', ".")).ok()
        })
    }

    /// A part of a whole: a tax, a chance.
    pub(super) fn share(&mut self, name: &str) -> Option<Percent> {
        let share = self.percent(name)?;
        if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share.per_hundred()) {
            self.refuse(name, "expected a share between 0\u{a0}% and 100\u{a0}%");
            return None;
        }
        Some(share)
    }

    /// The position of a choice among the field's words: the word itself or its beginning.
    pub(super) fn choice<T: Copy>(&mut self, name: &str, values: &[T]) -> Option<T> {
        let FieldKind::Choice(words) = self.field(name)?.1.kind else { return None };
        let expected = words.join(", ");
        self.parsed(name, &format!("one of {expected}"), |text| {
            choice_position(words, text).and_then(|position| values.get(position).copied())
        })
    }

    /// The choice that is typed, without reading it: nothing is noted.
    pub(super) fn chosen<T: Copy>(&self, name: &str, values: &[T]) -> Option<T> {
        let (_, field, text) = self.field(name)?;
        let FieldKind::Choice(words) = field.kind else { return None };
        values.get(choice_position(words, text)?).copied()
    }

    /// A client by name.
    pub(super) fn client(&mut self, name: &str) -> Option<Arc<ClientFacts>> {
        if name == "client" && self.untouched(name) && self.form.changes_something() {
            return self.own_client.map(Arc::clone);
        }
        let text = self.text(name)?;
        let found = if name == "client" { self.form_client_named(&text) } else { self.client_named(&text) };
        let found = found.map(Arc::clone);
        if found.is_none() {
            let several = self.matching_clients(&text).len() > 1;
            let why = if several { "several clients match: type more" } else { "there is no such client" };
            self.refuse(name, why);
        }
        found
    }

    /// Clients by name with semicolons between them.
    pub(super) fn clients(&mut self, name: &str) -> Vec<ClientId> {
        let Some(text) = self.text(name) else { return Vec::new() };
        let mut found: Vec<ClientId> = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match self.client_named(part) {
                Some(client) if found.contains(client.id()) => {}
                Some(client) => found.push(client.id().clone()),
                None => self.refuse(name, format!("there is no one client {part:?}")),
            }
        }
        found
    }

    /// A kept scenario by name.
    pub(super) fn scenario(&mut self, name: &str) -> Option<Arc<Scenario>> {
        let text = self.text(name)?;
        let found = self.scenarios().find(|scenario| same(&scenario.name, &text)).map(Arc::clone);
        if found.is_none() {
            self.refuse(name, "there is no such scenario");
        }
        found
    }

    fn scenarios(&self) -> impl Iterator<Item = &'a Arc<Scenario>> {
        self.context.book.firm().scenarios.iter().rev()
    }

    /// A deal of the form's client by title; empty is none.
    pub(super) fn deal(&mut self, name: &str) -> Option<DealId> {
        let text = self.text(name)?;
        if let Some(found) = self.deal_named(&text) {
            return Some(found.id.clone());
        }
        let several = !self.deals_matching(&text).is_empty();
        let why =
            if several { "several deals match: type more" } else { "this client has no deal of that name" };
        self.refuse(name, why);
        None
    }

    /// The one deal of the form's client that words name.
    fn deal_named(&self, text: &str) -> Option<&'a Arc<Deal>> {
        let own = self.own_deal();
        let exact = self.deals().into_iter().filter(|deal| same(&deal.title, text));
        // Of several of one title the one the form is about, else one that is known by now.
        let exact = exact
            .min_by_key(|deal| (own.as_ref() != Some(&deal.id), deal.as_of(self.context.today).is_none()));
        exact.or_else(|| match self.deals_matching(text).as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// A person of the form's client: the one whose name begins so, else the name as it is typed.
    pub(super) fn person(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        Some(self.person_named(&text).unwrap_or(text))
    }

    /// The one person of the form's client that words name.
    fn person_named(&self, text: &str) -> Option<String> {
        let people = self.form_client().map(|client| client.client.people.as_slice()).unwrap_or_default();
        let exact = people.iter().find(|person| same(&person.name, text));
        let mut begin = people.iter().filter(|person| matches(&person.name, text));
        let found = exact.or_else(|| begin.next().filter(|_| begin.next().is_none()));
        found.map(|person| person.name.clone())
    }

    /// The deal that a form of its facts is for.
    pub(super) fn whole_deal(&mut self) -> Option<Deal> {
        // Without a client there is no deal to look for: one reason is enough.
        let id = self.client("client").and_then(|_| self.deal("deal"))?;
        match self.context.book.find(Table::Deals, id.as_str())? {
            AnyRecord::Deal(deal) => Some(Deal::clone(&deal)),
            _ => None,
        }
    }

    /// The deal the record holds while neither it nor the client was typed over; else the deal typed.
    pub(super) fn kept_deal(&mut self, name: &str) -> Option<DealId> {
        if self.form.changes_something() && self.untouched(name) && self.untouched("client") {
            return self.own_deal();
        }
        self.deal(name)
    }

    /// A regular fee of the form's client by what it is for; empty is none.
    pub(super) fn fee(&mut self, name: &str) -> Option<RetainerId> {
        let text = self.text(name)?;
        let fees: Vec<&Arc<Retainer>> = self.fees().filter(|fee| matches(&fee.what, &text)).collect();
        let exact = fees.iter().find(|fee| same(&fee.what, &text));
        let found = exact.or(if fees.len() == 1 { fees.first() } else { None });
        if found.is_none() {
            let several = fees.len() > 1;
            let why = if several { "several fees match: type more" } else { "this client pays no such fee" };
            self.refuse(name, why);
        }
        found.map(|fee| fee.id.clone())
    }

    fn fees(&self) -> impl Iterator<Item = &'a Arc<Retainer>> {
        self.form_client().into_iter().flat_map(|client| &client.facts.retainers)
    }

    /// An invoice by number.
    pub(super) fn invoice(&mut self, name: &str) -> Option<Arc<Invoice>> {
        let text = self.text(name)?;
        let found = self.invoice_named(&text).map(Arc::clone);
        if found.is_none() {
            self.refuse(name, "there is no invoice of that number");
        }
        found
    }

    /// A credit note by number.
    pub(super) fn credit_note(&mut self, name: &str) -> Option<Arc<Invoice>> {
        let text = self.text(name)?;
        let found = self.invoice_named(&text).filter(|it| it.is_credit_note()).map(Arc::clone);
        if found.is_none() {
            self.refuse(name, "there is no credit note of that number");
        }
        found
    }

    /// What was understood from a field, where that differs from what was typed.
    pub(super) fn echo(&self, position: usize) -> Option<String> {
        let field = self.form.kind.spec().fields.get(position)?;
        let value = self.form.values.get(position)?.trim();
        if value.is_empty() {
            return None;
        }
        let understood = match field.kind {
            FieldKind::Day(_) if field.name == "since" && super::deal::moves_today(self) => {
                day_words(self.context.today, self.context.today)
            }
            FieldKind::Day(_) => {
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
            FieldKind::Client if field.name == "client" => self.form_client_named(value)?.client.name.clone(),
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
            FieldKind::Text if field.name == "lines" => super::invoice::lines_echo(self, value)?,
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
            FieldKind::Client => {
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

    /// The client the form is about: its target's, or the one typed into its client field.
    pub(super) fn form_client(&self) -> Option<&'a Arc<ClientFacts>> {
        let typed = self.field("client").and_then(|(.., value)| self.form_client_named(value));
        typed.or(self.own_client)
    }

    /// The deal the form started from: what its record is about, or what the new record is for.
    fn own_deal(&self) -> Option<DealId> {
        let (Target::Record(table, id) | Target::NewPart(table, id) | Target::Part(table, id, _)) =
            &self.form.target
        else {
            return None;
        };
        self.context.book.find(*table, id)?.deal().cloned()
    }

    /// The client of a name: of several of one name the one the form started from.
    fn form_client_named(&self, text: &str) -> Option<&'a Arc<ClientFacts>> {
        let own = self.own_client.filter(|own| same(&own.client.name, text));
        own.or_else(|| self.client_named(text))
    }

    /// The invoice of a number or in the words of a completion: of several the one the form started from.
    fn invoice_named(&self, text: &str) -> Option<&'a Arc<Invoice>> {
        let in_words = |invoice: &Arc<Invoice>| {
            // Cheap first: the words begin with the number.
            let mut typed = lowercase(text);
            lowercase(&invoice.number).all(|letter| typed.next() == Some(letter))
                && same(&invoice_words(self.context, &self.context.known_invoice(invoice)), text)
        };
        let named = |invoice: &&Arc<Invoice>| in_words(invoice) || same(&invoice.number, text);
        if let Target::Part(Table::Invoices, id, _) | Target::NewPart(Table::Invoices, id) = &self.form.opened
        {
            let own = self.all_invoices().find(|invoice| invoice.id.as_str() == id).filter(named);
            if own.is_some() {
                return own;
            }
        }
        // Gone through once: of a number alone it has to be known that no other has it.
        let (mut of_number, mut several) = (None, false);
        for invoice in self.all_invoices() {
            if in_words(invoice) {
                return Some(invoice);
            }
            if same(&invoice.number, text) {
                several |= of_number.is_some();
                of_number = Some(invoice);
            }
        }
        of_number.filter(|_| !several)
    }

    /// The credit notes of which something is left: those of the form's client, or of all where it has none.
    fn credit_notes(&self) -> impl Iterator<Item = &'a Arc<Invoice>> {
        let own = self.own_client.map(|client| client.id());
        self.all_invoices()
            .filter(move |it| own.is_none_or(|own| it.client == *own))
            .filter(|it| super::credit::is_open_credit(&self.context.known_invoice(it)))
    }

    fn deals(&self) -> Vec<&'a Arc<Deal>> {
        self.form_client().map(|client| client.facts.deals.iter().rev().collect()).unwrap_or_default()
    }

    /// The deals of the form's client that are known by now and whose title has words that begin so.
    fn deals_matching(&self, text: &str) -> Vec<&'a Arc<Deal>> {
        let known = self.deals().into_iter().filter(|deal| deal.as_of(self.context.today).is_some());
        known.filter(|deal| matches(&deal.title, text)).collect()
    }

    fn all_invoices(&self) -> impl Iterator<Item = &'a Arc<Invoice>> {
        self.context.book.clients().flat_map(|client| &client.facts.invoices)
    }

    fn clients_matching(&self, text: &str) -> impl Iterator<Item = &'a Arc<ClientFacts>> {
        self.context.book.clients().filter(move |client| matches(&client.client.name, text))
    }

    fn matching_clients(&self, text: &str) -> Vec<&'a Arc<ClientFacts>> {
        self.clients_matching(text).collect()
    }

    fn client_named(&self, text: &str) -> Option<&'a Arc<ClientFacts>> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let exact = self.context.book.clients().find(|client| same(&client.client.name, text));
        let by_id = || ClientId::new(text).ok().and_then(|id| self.context.book.client(&id));
        exact.or_else(by_id).or_else(|| {
            let matching = self.matching_clients(text);
            if let [only] = matching.as_slice() { Some(*only) } else { None }
        })
    }
}

/// What stands before the last of several, with the sign that parts them; and the last.
fn lead_and_last(value: &str, sign: char) -> (String, &str) {
    match value.rsplit_once(sign) {
        Some((before, last)) => (format!("{}{sign} ", before.trim()), last),
        None => (String::new(), value),
    }
}

/// An invoice in the words of a completion: number, client, what is open.
pub(super) fn invoice_words(context: &Context<'_>, invoice: &Invoice) -> String {
    let client = context.book.client(&invoice.client).map_or("", |client| client.client.name.as_str());
    format!("{} · {client} · {}", invoice.number, amount_in_full(invoice.open()))
}

fn lowercase(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

pub(super) fn same(one: &str, other: &str) -> bool {
    // Compared letter by letter: this is asked of every invoice of a book with every key.
    lowercase(one.trim()).eq(lowercase(other.trim()))
}

/// Whether every word typed begins a word of the candidate.
pub(super) fn matches(candidate: &str, typed: &str) -> bool {
    let candidate = candidate.to_lowercase();
    let starts: Vec<&str> =
        candidate.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    typed
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| starts.iter().any(|start| start.starts_with(word)))
}

/// The word that is typed, or that begins with it; `stepping-stone` and `stepping_stone` are `stepping stone`.
fn choice_position(words: &[&str], typed: &str) -> Option<usize> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let typed = plain(typed);
    let exact = words.iter().position(|word| plain(word) == typed);
    exact.or_else(|| {
        let mut starting = words.iter().enumerate().filter(|(_, word)| plain(word).starts_with(&typed));
        starting.next().map(|(position, _)| position).filter(|_| starting.next().is_none())
    })
}
