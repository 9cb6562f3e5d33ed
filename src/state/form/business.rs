//! The forms of the firm's own settings: what it is called and wants, its balances, what other currencies are worth.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{Account, AccountId, Balance, Business, ExchangeRate, Money};
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

/// A week has no more hours.
const MOST_HOURS: i64 = 168;

pub(super) const FIRM: FormSpec = FormSpec {
    new_title: "Your firm",
    edit_title: "Your firm",
    fields: &[
        optional("name", "Name", "what letters are signed with", FieldKind::Text),
        optional("brand", "Brand message", "what they want, to them: you sleep again", FieldKind::Text),
        optional("reserve", "Reserve", "the cash not to fall below: 6,000", FieldKind::Amount),
        optional("target", "Target rate", "what an hour should bring: 90", FieldKind::Amount),
        optional("break_even", "Break-even rate", "what an hour must bring: 55", FieldKind::Amount),
        optional("hours", "Hours a week", "that can be worked for clients: 30", FieldKind::Text),
        optional("goal", "Income wanted", "in a year, net of tax: 70,000", FieldKind::Amount),
        optional("set_aside", "Set aside", "of net income for income tax: 30\u{a0}%", FieldKind::Percent),
    ],
    fill,
    read: Read::Edit(read),
};

pub(super) const BALANCE: FormSpec = FormSpec {
    new_title: "Note a balance",
    edit_title: "Note a balance",
    fields: &[
        required("account", "Account", "bank, till, card", FieldKind::Account),
        required("amount", "Was in it", "12,480; below nothing: -300", FieldKind::Amount),
        required("day", "At the end of", "yesterday, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: fill_balance,
    read: Read::Edit(read_balance),
};

pub(super) const EXCHANGE: FormSpec = FormSpec {
    new_title: "Note an exchange rate",
    edit_title: "Note an exchange rate",
    fields: &[
        required("currency", "One", "USD, CHF", FieldKind::Text),
        required("rate", "Was worth", "so much in the book's currency: 0.92", FieldKind::Text),
        required("day", "From", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: |context, _| vec![("day", context.today.to_string())],
    read: Read::Edit(read_exchange),
};

fn settings(label: impl Into<String>, business: Business) -> Edit {
    Edit { label: label.into(), changes: vec![Change::Settings(Arc::new(business))] }
}

fn fill(context: &Context<'_>, _: &Target) -> Vec<(&'static str, String)> {
    let business = context.book.business();
    let amount = |money: Option<Money>| money.map(|it| it.to_string()).unwrap_or_default();
    vec![
        ("name", business.name.clone()),
        ("brand", business.brand_message.clone().unwrap_or_default()),
        ("reserve", amount(business.reserve)),
        ("target", amount(business.target_rate)),
        ("break_even", amount(business.break_even_rate)),
        ("hours", business.capacity_hours.map(|it| it.normalize().to_string()).unwrap_or_default()),
        ("goal", amount(business.income_goal)),
        ("set_aside", business.tax_set_aside.map(|it| it.to_string()).unwrap_or_default()),
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
    let tax_set_aside = reader.keep("set_aside", Some(known.tax_set_aside), |reader, name| {
        let share = reader.percent(name)?;
        if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share.per_hundred()) {
            reader.refuse(name, "expected a share between 0\u{a0}% and 100\u{a0}%");
        }
        Some(share)
    });
    let (name, brand_message) = (reader.text("name").unwrap_or_default(), reader.text("brand"));
    if let (Some(target), Some(least)) = (target_rate, break_even_rate)
        && target.amount < least.amount
    {
        reader.refuse("target", "an hour should bring at least what it must bring");
        return None;
    }
    let next = Business {
        name,
        brand_message,
        reserve,
        target_rate,
        break_even_rate,
        capacity_hours,
        income_goal,
        tax_set_aside,
        ..known
    };
    Some(settings("Changed the firm's settings", next))
}

fn fill_balance(context: &Context<'_>, _: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string())];
    // With one account there is nothing to choose.
    if let [only] = context.book.business().accounts.as_slice() {
        filled.push(("account", only.name.clone()));
    }
    filled
}

fn read_balance(reader: &mut Reader<'_>) -> Option<Edit> {
    let name = reader.text("account");
    let mut business = Business::clone(reader.context().book.business());
    let currency = business.currency;
    let amount = reader.amount_in("amount", currency);
    let (name, amount, day) = (name?, amount?, reader.past_day("day")?);
    let label = format!("{name} held {amount} on {}", crate::written::day_in_full(day));
    let accounts = &mut business.accounts;
    let is_it = |account: &Account| account.name.trim().eq_ignore_ascii_case(name.trim());
    if !accounts.iter().any(is_it) {
        let id = AccountId::fresh(&name, reader.seed());
        accounts.push(Account { id, name: name.clone(), balances: Vec::new() });
    }
    let balances = &mut accounts.iter_mut().find(|account| is_it(account))?.balances;
    // Of a day there is one balance: what is said now counts.
    balances.retain(|balance| balance.day != day);
    balances.push(Balance { day, amount });
    balances.sort_by_key(|balance| balance.day);
    Some(settings(label, business))
}

fn read_exchange(reader: &mut Reader<'_>) -> Option<Edit> {
    let mut business = Business::clone(reader.context().book.business());
    let currency = reader.code("currency");
    if currency == Some(business.currency) {
        reader.refuse("currency", "that is the book's own currency");
    }
    let rate = reader.quantity("rate", Decimal::from(1_000_000));
    if rate.is_some_and(|rate| rate.is_zero()) {
        reader.refuse("rate", "expected more than nothing");
    }
    let (currency, rate, day) = (currency?, rate?, reader.past_day("day")?);
    let label = format!("One {currency} is {} {}", rate.normalize(), business.currency);
    business.exchange_rates.retain(|it| (it.currency, it.day) != (currency, day));
    business.exchange_rates.push(ExchangeRate { day, currency, rate });
    business.exchange_rates.sort_by_key(|it| (it.currency, it.day));
    Some(settings(label, business))
}
