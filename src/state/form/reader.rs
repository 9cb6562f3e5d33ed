//! Reads the texts of a form into typed values, and notes what stands in the way.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, ClientFacts, ClientId, Currency, Deal, DealId, FIRST_DAY, Interval, Invoice, LAST_DAY, Money,
    Percent, Retainer, RetainerId, Scenario, Table,
};
use crate::state::amount_entry::{clear_amount, number_text, parse_number};
use crate::state::day_entry::{EXAMPLES, Lean, parse_day};
use crate::state::snooze_entry::{SNOOZE_EXAMPLES, SnoozeEntry};

use super::find::{choice_position, matches, same};
use super::{Context, FieldKind, FieldSpec, Form, FormKind, Target};

/// The most days that somebody pays later or earlier.
const MOST_DAYS: i64 = 3_650;

/// Reads a form's fields by name.
pub struct Reader<'a> {
    pub(super) form: &'a Form,
    pub(super) context: &'a Context<'a>,
    /// The client the form started from, looked up once.
    pub(super) own_client: Option<&'a Arc<ClientFacts>>,
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

    /// `, which this changes` where one of these fields holds another text than the form wrote.
    pub(super) fn says_changed(&self, names: &[&str]) -> &'static str {
        if names.iter().all(|name| self.untouched(name)) { "" } else { ", which this changes" }
    }

    /// From which new ids are made.
    pub(super) fn seed(&self) -> u64 {
        self.form.seed
    }

    /// A field of a name: its place, how it is made, and its text.
    fn field(&self, name: &str) -> Option<(usize, &'static FieldSpec, &'a str)> {
        let spec = self.form.kind.spec();
        let position = spec.position(name)?;
        Some((position, spec.fields.get(position)?, self.value(position)))
    }

    /// The text of a field.
    pub(super) fn value(&self, position: usize) -> &'a str {
        self.form.values.get(position).map_or("", |value| value.trim())
    }

    /// The text of the first field of a kind, where the form has one and it is not empty.
    pub(super) fn typed_of(&self, kind: FieldKind) -> Option<&'a str> {
        let position = self.form.kind.spec().position_of(kind)?;
        Some(self.value(position)).filter(|value| !value.is_empty())
    }

    /// Whether a field at a place holds the text the form wrote.
    pub(super) fn untouched_at(&self, position: usize) -> bool {
        self.form.values.get(position) == self.form.initial.get(position)
    }

    /// The text of a field, without reading it: nothing is noted.
    pub(super) fn typed(&self, name: &str) -> Option<&'a str> {
        self.field(name).map(|(.., value)| value).filter(|value| !value.is_empty())
    }

    /// Whether a field holds the text the form wrote.
    pub(super) fn untouched(&self, name: &str) -> bool {
        self.form.kind.spec().position(name).is_some_and(|at| self.untouched_at(at))
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
        // What stands in the way does so, whichever field says it.
        let position = self.form.kind.spec().position(name).unwrap_or_default();
        self.errors.push((position, why.into()));
    }

    /// The text of a field; `None` when empty, which is an error where the field is required.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let (_, field, value) = self.field(name)?;
        if value.is_empty() {
            if field.required {
                self.refuse(name, format!("{} must be filled in", field.label));
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
    pub(super) fn lean(&self, field: &FieldSpec) -> Lean {
        let lean = match field.kind {
            FieldKind::Day(lean) => lean,
            FieldKind::StageDay => Lean::Back,
            _ => Lean::Ahead,
        };
        if field.repeated_by.and_then(|every| self.typed(every)).is_some() {
            return Lean::Near;
        }
        field.begun_by.and_then(|begun| self.day_typed(begun)).map_or(lean, Lean::From)
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
        let typed = (self.form.kind == FormKind::Start).then(|| self.typed("currency")).flatten();
        if let Some(code) = typed.and_then(|code| code.to_uppercase().parse().ok()) {
            return code;
        }
        let client = if self.untouched(name) { self.own_client } else { None };
        let client = client.or_else(|| self.form_client());
        self.context.currency_of(client.map(|client| client.id()))
    }

    /// The currency of an amount in the form's words: the invoice's where the form has one.
    pub(super) fn spoken_currency(&self, name: &str) -> Currency {
        let invoice = self.named_invoice();
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

    /// The amount that `read` finds, which may be nothing, but not below.
    pub(super) fn nothing_or_more(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<Money>,
    ) -> Option<Money> {
        let amount = read(self, name)?;
        if amount.amount < Decimal::ZERO {
            self.refuse(name, "expected nothing or more");
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
        let is_own = self.field(name)?.1.kind == FieldKind::OwnClient;
        if is_own && self.untouched(name) && self.form.changes_something() {
            return self.own_client.map(Arc::clone);
        }
        let text = self.text(name)?;
        let found = if is_own { self.form_client_named(&text) } else { self.client_named(&text) };
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

    /// A person of the form's client: the one whose name begins so, else the name as it is typed.
    pub(super) fn person(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        let found = self.person_named(&text);
        if found.is_none() && self.untouched(name) && !self.keeps_client() {
            // It was written for the client before.
            self.refuse(name, "is nobody of this client: choose somebody else, or empty this");
        }
        Some(found.unwrap_or(text))
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

    /// What the record holds of its client, such as a person there, while neither it nor the client was typed over; else
    /// what `read` makes of the text.
    pub(super) fn keep_of_client<T>(
        &mut self,
        name: &str,
        held: Option<T>,
        read: impl FnOnce(&mut Self, &str) -> T,
    ) -> T {
        match held {
            Some(held) if self.untouched(name) && self.keeps_client() => held,
            _ => read(self, name),
        }
    }

    /// Whether a record stays with its client.
    fn keeps_client(&self) -> bool {
        self.form.kind.spec().position_of(FieldKind::OwnClient).is_none_or(|at| self.untouched_at(at))
    }

    /// The deal the record holds while neither it nor the client was typed over; else the deal typed.
    pub(super) fn kept_deal(&mut self, name: &str) -> Option<DealId> {
        if self.form.changes_something() && self.untouched(name) && self.keeps_client() {
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
}
