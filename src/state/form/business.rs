//! The forms of the firm's own settings: what it is called and wants, its balances, what other currencies are worth.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Account, AccountId, Balance, Business, ExchangeRate, Money, TaxDays};
use crate::figures::amount_in_full;
use crate::state::amount_entry::{amount_text, number_text, percent_text};
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};
use crate::state::firm_list::{self, FirmList};

use super::find::{matches, same};
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

/// A week has no more hours.
const MOST_HOURS: i64 = 168;

pub(super) const FIRM: FormSpec = FormSpec {
    new_title: "Your firm",
    edit_title: "Your firm",
    fields: &[
        optional("name", "Firm", "what it is called", FieldKind::Text),
        optional("person", "Your name", "letters are signed with it, and with the firm's", FieldKind::Text),
        optional("brand", "Brand message", "what they want, to them: you sleep again", FieldKind::Text),
        optional("reserve", "Reserve", "the cash not to fall below: 6,000", FieldKind::Amount),
        optional("target", "Target rate", "what an hour should bring: 90", FieldKind::Amount),
        optional("break_even", "Break-even rate", "what an hour must bring: 55", FieldKind::Amount),
        optional("hours", "Hours a week", "that can be worked for clients: 30", FieldKind::Text),
        optional("goal", "Income wanted", "in a year, net of tax: 70,000", FieldKind::Amount),
        optional("set_aside", "Set aside", "of net income for income tax: 30\u{a0}%", FieldKind::Percent),
        optional(
            "tax_first",
            "Income tax leaves on",
            "one of the days; empty: 15 Jan, Apr, Jul, Oct",
            FieldKind::Day(Lean::Ahead),
        ),
        optional("tax_every", "Again every", "3 months, 1 year", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

pub(super) const BALANCE: FormSpec = FormSpec {
    new_title: "Note a balance",
    edit_title: "Balance",
    fields: &[
        required("account", "Account", "bank, till, card", FieldKind::Account),
        required("amount", "Was in it", "12,480; below nothing: -300", FieldKind::Amount),
        required("day", "At the end of", "yesterday, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: fill_balance,
    read: Read::Edit(read_balance),
};

pub(super) const ACCOUNT: FormSpec = FormSpec {
    new_title: "New account",
    edit_title: "Account",
    fields: &[required("name", "Name", "bank, till, card", FieldKind::Text)],
    fill: |context, target| {
        let held = held_account(context, target);
        held.map(|account| vec![("name", account.name.clone())]).unwrap_or_default()
    },
    read: Read::Edit(read_account),
};

pub(super) const EXCHANGE: FormSpec = FormSpec {
    new_title: "Note an exchange rate",
    edit_title: "Exchange rate",
    fields: &[
        required("currency", "One", "USD, CHF", FieldKind::Text),
        required("rate", "Was worth", "so much in the book's currency: 0.92", FieldKind::Text),
        required("day", "From", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: fill_exchange,
    read: Read::Edit(read_exchange),
};

pub(super) fn settings(label: impl Into<String>, business: Business) -> Edit {
    Edit { label: label.into(), changes: vec![Change::Settings(Arc::new(business))] }
}

fn fill(context: &Context<'_>, _: &Target) -> Vec<(&'static str, String)> {
    let business = context.book.business();
    let amount =
        |money: Option<Money>| money.map(|it| amount_text(it, business.currency)).unwrap_or_default();
    vec![
        ("name", business.name.clone()),
        ("person", business.person.clone().unwrap_or_default()),
        ("brand", business.brand_message.clone().unwrap_or_default()),
        ("reserve", amount(business.reserve)),
        ("target", amount(business.target_rate)),
        ("break_even", amount(business.break_even_rate)),
        ("hours", business.capacity_hours.map(number_text).unwrap_or_default()),
        ("goal", amount(business.income_goal)),
        ("set_aside", business.tax_set_aside.map(percent_text).unwrap_or_default()),
        ("tax_first", business.tax_days.map(|it| it.first.to_string()).unwrap_or_default()),
        ("tax_every", business.tax_days.map(|it| it.every.to_string()).unwrap_or_default()),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let known = Business::clone(reader.context().book.business());
    let currency = known.currency;
    // What is in another currency than the book's cannot be held against its figures.
    let mut own = |name: &str, held: Option<Money>| {
        reader.keep(name, Some(held), |reader, name| {
            reader.more_than_nothing(name, |reader, name| {
                let amount = reader.amount_in(name, currency)?;
                if amount.currency != currency {
                    reader.refuse(name, format!("expected an amount in {currency}, the book's currency"));
                    return None;
                }
                Some(amount)
            })
        })
    };
    let (reserve, target_rate) = (own("reserve", known.reserve), own("target", known.target_rate));
    let (break_even_rate, income_goal) =
        (own("break_even", known.break_even_rate), own("goal", known.income_goal));
    let capacity_hours = reader.keep("hours", Some(known.capacity_hours), |reader, name| {
        reader.quantity(name, Decimal::from(MOST_HOURS))
    });
    let tax_set_aside = reader.keep("set_aside", Some(known.tax_set_aside), Reader::share);
    let tax_days = tax_days(reader, known.tax_days);
    let name =
        reader.keep("name", Some(known.name.clone()), |reader, name| reader.text(name).unwrap_or_default());
    let brand_message = reader.keep("brand", Some(known.brand_message.clone()), Reader::text);
    let person = reader.keep("person", Some(known.person.clone()), Reader::text);
    if let (Some(target), Some(least)) = (target_rate, break_even_rate)
        && target.amount < least.amount
    {
        reader.refuse("target", "an hour should bring at least what it must bring");
        return None;
    }
    let next = Business {
        name,
        person,
        brand_message,
        reserve,
        target_rate,
        break_even_rate,
        capacity_hours,
        income_goal,
        tax_set_aside,
        tax_days,
        ..known
    };
    Some(settings("Changed the firm's settings", next))
}

/// The days on which what was set aside leaves: none of the book's own where both fields are empty.
fn tax_days(reader: &mut Reader<'_>, held: Option<TaxDays>) -> Option<TaxDays> {
    if reader.untouched("tax_first") && reader.untouched("tax_every") {
        return held;
    }
    match (reader.day("tax_first"), reader.interval("tax_every")) {
        (Some(first), Some(every)) => Some(TaxDays { first, every }),
        (Some(_), None) if reader.typed("tax_every").is_none() => {
            reader.refuse("tax_every", "say how often it leaves again");
            None
        }
        (None, Some(_)) if reader.typed("tax_first").is_none() => {
            reader.refuse("tax_first", "say one of the days on which it leaves");
            None
        }
        _ => None,
    }
}

fn held_account<'a>(context: &Context<'a>, target: &Target) -> Option<&'a Account> {
    let Target::Row(FirmList::Accounts, key) = target else { return None };
    firm_list::account(context.book.business(), key)
}

fn read_account(reader: &mut Reader<'_>) -> Option<Edit> {
    let held = held_account(reader.context(), reader.target());
    let name = reader.keep("name", held.map(|it| Some(it.name.clone())), Reader::text)?;
    let mut business = Business::clone(reader.context().book.business());
    let twin = |it: &Account| it.name.trim().to_lowercase() == name.trim().to_lowercase();
    if !(held.is_some() && reader.untouched("name"))
        && business.accounts.iter().any(|it| twin(it) && held.is_none_or(|held| held.id != it.id))
    {
        reader.refuse("name", "there is an account of this name already");
    }
    let verb = if held.is_some() { "Changed" } else { "Added" };
    let label = format!("{verb} the account {name}");
    if let Some(known) = held.and_then(|held| business.accounts.iter_mut().find(|it| it.id == held.id)) {
        known.name = name;
    } else {
        let id = AccountId::fresh(&name, reader.seed());
        business.accounts.push(Account { id, name, balances: Vec::new() });
    }
    Some(settings(label, business))
}

fn held_balance<'a>(context: &Context<'a>, target: &Target) -> Option<(&'a Account, &'a Balance)> {
    let Target::Row(FirmList::Accounts, key) = target else { return None };
    firm_list::balance(context.book.business(), key)
}

fn held_exchange<'a>(context: &Context<'a>, target: &Target) -> Option<&'a ExchangeRate> {
    let Target::Row(FirmList::Exchange, key) = target else { return None };
    firm_list::exchange(context.book.business(), key)
}

fn fill_exchange(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    match held_exchange(context, target) {
        Some(it) => vec![
            ("currency", it.currency.to_string()),
            ("rate", number_text(it.rate)),
            ("day", it.day.to_string()),
        ],
        None => vec![("day", context.today.to_string())],
    }
}

fn fill_balance(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    if let Some((account, balance)) = held_balance(context, target) {
        return vec![
            ("account", account.name.clone()),
            ("amount", amount_text(balance.amount, context.book.currency())),
            ("day", balance.day.to_string()),
        ];
    }
    let mut filled = vec![("day", context.today.to_string())];
    // With one account there is nothing to choose.
    if let [only] = context.book.business().accounts.as_slice() {
        filled.push(("account", only.name.clone()));
    }
    filled
}

/// The account of a name, or the one whose name begins so; `None` for a new one.
fn account_named<'a>(context: &Context<'a>, typed: &str) -> Result<Option<&'a Account>, &'static str> {
    let accounts = &context.book.business().accounts;
    let mut begin = accounts.iter().filter(|account| matches(&account.name, typed));
    match (accounts.iter().find(|account| same(&account.name, typed)), begin.next(), begin.next()) {
        (Some(known), ..) | (None, Some(known), None) => Ok(Some(known)),
        (None, None, _) => Ok(None),
        (None, Some(_), Some(_)) => Err("several accounts match: type more"),
    }
}

/// What was understood from the name of an account.
pub(super) fn account_echo(reader: &Reader<'_>, typed: &str) -> Option<String> {
    match account_named(reader.context(), typed).ok()? {
        Some(known) => Some(known.name.clone()),
        None => Some(format!("a new account: {typed}")),
    }
}

/// What is said of the balance that is noted for the day already.
pub(super) fn held_balance_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let account = account_named(reader.context(), reader.typed("account")?).ok()??;
    let day = reader.day_typed("day")?;
    let known = account.balances.iter().find(|balance| balance.day == day)?;
    let edited = held_balance(reader.context(), reader.target());
    if edited.is_some_and(|(of, balance)| of.id == account.id && balance.day == day) {
        return None;
    }
    let was = amount_in_full(known.amount);
    Some(("amount", format!("{was} is noted for that day: this takes its place")))
}

/// What is said of the rate that is noted from the day on already.
pub(super) fn held_exchange_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let (code, day) = (reader.typed("currency")?.to_uppercase(), reader.day_typed("day")?);
    let mut rates = reader.context().book.business().exchange_rates.iter();
    let known = rates.find(|it| it.day == day && it.currency.to_string() == code)?;
    if held_exchange(reader.context(), reader.target()) == Some(known) {
        return None;
    }
    Some(("rate", format!("{} is noted from that day: this takes its place", number_text(known.rate))))
}

fn read_balance(reader: &mut Reader<'_>) -> Option<Edit> {
    let held =
        held_balance(reader.context(), reader.target()).map(|(account, it)| (account.clone(), it.clone()));
    let name = reader.text("account");
    let mut business = Business::clone(reader.context().book.business());
    let currency = business.currency;
    let was = held.as_ref().map(|(_, it)| it);
    let amount =
        reader.keep("amount", was.map(|it| Some(it.amount)), |reader, name| reader.amount_in(name, currency));
    let day = reader.keep("day", was.map(|it| Some(it.day)), Reader::past_day);
    let (name, amount, day) = (name?, amount?, day?);
    if let Some((account, it)) = &held {
        if reader.is_untouched() {
            return Some(settings(format!("Kept the balance of {}", account.name), business));
        }
        let known = business.accounts.iter_mut().find(|known| known.id == account.id)?;
        known.balances.retain(|balance| balance.day != it.day);
    }
    let (id, name) = match account_named(reader.context(), &name) {
        Ok(Some(known)) => (known.id.clone(), known.name.clone()),
        Ok(None) => (AccountId::fresh(&name, reader.seed()), name),
        Err(why) => {
            reader.refuse("account", why);
            return None;
        }
    };
    let label = format!("{name} held {} on {}", amount_in_full(amount), crate::written::day_in_full(day));
    let accounts = &mut business.accounts;
    if !accounts.iter().any(|account| account.id == id) {
        accounts.push(Account { id: id.clone(), name, balances: Vec::new() });
    }
    let balances = &mut accounts.iter_mut().find(|account| account.id == id)?.balances;
    // Of a day there is one balance: what is said now counts.
    balances.retain(|balance| balance.day != day);
    balances.push(Balance { day, amount });
    balances.sort_by_key(|balance| balance.day);
    Some(settings(label, business))
}

fn read_exchange(reader: &mut Reader<'_>) -> Option<Edit> {
    let mut business = Business::clone(reader.context().book.business());
    let held = held_exchange(reader.context(), reader.target()).cloned();
    let currency = reader.code("currency");
    if currency == Some(business.currency) {
        reader.refuse("currency", "that is the book's own currency");
    }
    let rate = reader.keep("rate", held.as_ref().map(|it| Some(it.rate)), |reader, name| {
        reader.quantity(name, Decimal::from(1_000_000))
    });
    if rate.is_some_and(|rate| rate.is_zero()) {
        reader.refuse("rate", "expected more than nothing");
    }
    let day = reader.keep("day", held.as_ref().map(|it| Some(it.day)), Reader::past_day);
    let (currency, rate, day) = (currency?, rate?, day?);
    if let Some(held) = held {
        if reader.is_untouched() {
            return Some(settings(format!("Kept the rate of {currency}"), business));
        }
        business.exchange_rates.retain(|it| *it != held);
    }
    let label = format!("One {currency} is {} {}", number_text(rate), business.currency);
    business.exchange_rates.retain(|it| (it.currency, it.day) != (currency, day));
    business.exchange_rates.push(ExchangeRate { day, currency, rate });
    business.exchange_rates.sort_by_key(|it| (it.currency, it.day));
    Some(settings(label, business))
}
