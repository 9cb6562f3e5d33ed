//! What came, went, is there and is agreed: payment by payment, expense by expense.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, Expense, Money, Table, first_of_month};
use crate::figures::balance::readings;
use crate::figures::flow::spent;
use crate::figures::ledger::months_before;
use crate::figures::standing::{Received, Standing};
use crate::figures::sum::converted;
use crate::figures::{Answer, Client};

use super::ground::named;
use super::{Ground, Part, Proof, Rule, Term, Unit, Value, Whose};

/// How a payment counts.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::figures) enum Count {
    /// In full.
    Gross,
    /// Less its share of tax.
    Net,
}

/// The payments of some clients on the days that count, by day.
pub(in crate::figures) fn payments(
    on: &Ground<'_>,
    clients: &[Arc<Client>],
    count: Count,
    counts: impl Fn(&Standing<'_>, NaiveDate) -> bool,
) -> Vec<Term> {
    let mut terms = Vec::new();
    for client in clients {
        for invoice in &client.known.facts.invoices {
            let standing = Standing::of(invoice);
            for Received { day, gross, net } in standing.received(on.business()) {
                if !counts(&standing, day) {
                    continue;
                }
                let amount = if count == Count::Gross { gross } else { net };
                let what = format!("{}, paid", named(invoice));
                let term = Term::money(what, &amount).on(day).in_record(Table::Invoices, invoice.id.as_str());
                terms.push(Term { client: Some((client.id.clone(), client.name.clone())), ..term });
            }
        }
    }
    terms.sort_by(by_day);
    terms
}

/// The expenses of some clients and, with theirs, the firm's own on the days that count, by day.
fn expenses(on: &Ground<'_>, counts: impl Fn(&Expense, NaiveDate) -> bool) -> Vec<Term> {
    let of_clients = on.figures.of_clients.iter();
    let of_clients =
        of_clients.flat_map(|client| client.known.facts.expenses.iter().map(move |it| (it, Some(client))));
    let all = of_clients.chain(on.known.firm().expenses.iter().map(|expense| (expense, None)));
    let mut terms = Vec::new();
    for (expense, client) in all {
        let spent = spent(expense, on.business(), on.day()).into_iter();
        for (day, amount) in spent.filter(|(day, _)| counts(expense, *day)) {
            let record = (Table::Expenses, expense.id.as_str());
            let term = on.converted(expense.what.clone(), expense.amount, &amount, record).on(day);
            terms.push(Term { client: client.map(|it| (it.id.clone(), it.name.clone())), ..term });
        }
    }
    terms.sort_by(by_day);
    terms
}

fn by_day(a: &Term, b: &Term) -> std::cmp::Ordering {
    (a.day, &a.what, &a.record).cmp(&(b.day, &b.what, &b.record))
}

/// What was spent on a deal, by day.
pub(super) fn expenses_of_deal(on: &Ground<'_>, deal: &crate::domain::DealId) -> Vec<Term> {
    expenses(on, |expense, _| expense.deal.as_ref() == Some(deal))
}

pub(super) fn balance(on: &Ground<'_>) -> Proof {
    let day = on.day();
    let read = readings(on.business(), day);
    let newest = read.iter().map(|(_, read, _)| *read).max();
    let accounts = read.into_iter().map(|(account, read, amount)| {
        let own = Some(amount).filter(|own| own.currency != on.currency());
        let term = Term::money(account.name.clone(), &converted(on.business(), amount, day)).on(read);
        Term { own, ..term }
    });
    let mut accounts: Vec<Term> = accounts.collect();
    let mut since = Vec::new();
    if let Some(newest) = newest {
        since = payments(on, &on.figures.of_clients, Count::Gross, |_, day| day > newest);
        since.extend(expenses(on, |_, day| day > newest).into_iter().map(Term::less));
        since.sort_by(by_day);
    } else {
        accounts.push(Term::money("All accounts", &on.figures.cash.balance));
    }
    on.made(
        "Balance".to_owned(),
        on.figures.cash.balance.clone().map(Value::Money),
        "The last reading of each account, and the payments and expenses after the newest of these readings. Foreign \
         accounts at the exchange rate of the day looked at, everything else at that of its own day.",
        Rule::Sum,
        vec![
            Part::of("Read in the accounts", on.nothing(), accounts),
            Part::of("Came and went since", on.nothing(), since),
        ],
    )
}

pub(super) fn reserve(on: &Ground<'_>) -> Option<Proof> {
    let (own, reserve) = (on.business().reserve?, on.figures.cash.reserve?);
    let foreign = Some(own).filter(|own| own.currency != on.currency());
    let term = Term { own: foreign, ..Term::money("Set for the firm", &Ok(reserve)) };
    let part = Part::of("The firm's settings", on.nothing(), vec![term]);
    let formula = "The cash the firm does not want to fall below, as its settings say.";
    Some(on.made("Reserve".to_owned(), Ok(Value::Money(reserve)), formula, Rule::Sum, vec![part]))
}

pub(super) fn month_in(on: &Ground<'_>, month: NaiveDate) -> Option<Proof> {
    let figure = on.figures.cash.months.iter().find(|known| known.month == month)?;
    let terms = payments(on, &on.figures.of_clients, Count::Gross, |_, day| first_of_month(day) == month);
    let title = format!("Money in, {}", crate::written::long_month(month));
    let formula = "Payments received in the month, taxes included, at the exchange rates of their days.";
    let part = Part::of("Payments, by day", on.nothing(), terms);
    Some(on.sum(title, &figure.money_in, Value::Money, formula, part))
}

pub(super) fn month_out(on: &Ground<'_>, month: NaiveDate) -> Option<Proof> {
    let figure = on.figures.cash.months.iter().find(|known| known.month == month)?;
    let terms = expenses(on, |_, day| first_of_month(day) == month);
    let title = format!("Money out, {}", crate::written::long_month(month));
    let formula = "Expenses of the month, at the exchange rates of their days.";
    let part = Part::of("Expenses, by day", on.nothing(), terms);
    Some(on.sum(title, &figure.money_out, Value::Money, formula, part))
}

/// The payments of the last 12 months, net of tax.
fn year(on: &Ground<'_>, clients: &[Arc<Client>], title: &str) -> Part {
    let after = months_before(on.day(), 12);
    let terms = payments(on, clients, Count::Net, |_, day| day > after);
    Part::of(title, on.nothing(), terms)
}

pub(super) fn income(on: &Ground<'_>, whose: &Whose) -> Option<Proof> {
    let value = match whose {
        Whose::All => &on.figures.clients.totals.income_12m,
        Whose::One(id) => &on.figures.client(id)?.income_12m,
    };
    let formula = "Payments of the 12 months ending on the day, net of tax: of a part payment its share of the invoice's \
                   net. At the exchange rates of their days.";
    let part = year(on, on.clients(whose)?, "Payments net of tax, by day");
    Some(on.sum(on.title("Income of 12 months", whose), value, Value::Money, formula, part))
}

pub(super) fn share(on: &Ground<'_>, client: &ClientId) -> Option<Proof> {
    let row = on.figures.clients.row(client)?;
    let one = Whose::One(client.clone());
    Some(on.made(
        on.titled("Share of all income", client),
        on.figures.clients.share(row).map(|share| Value::Number(share, Unit::Fraction)),
        "This client's income of 12 months ÷ that of all clients, net of tax.",
        Rule::Quotient(Decimal::ONE),
        vec![
            year(on, on.clients(&one)?, "Its payments net of tax, by day"),
            year(on, &on.figures.of_clients, "All payments net of tax, by day"),
        ],
    ))
}

pub(super) fn ahead(on: &Ground<'_>, comes_in: bool) -> Proof {
    let ahead = &on.figures.cash.ahead;
    let rows = ahead.rows.iter().filter(|row| row.comes_in == comes_in);
    let terms = rows.map(|row| {
        let term = Term::money(row.what.clone(), &row.amount).on(row.day);
        Term { client: row.client.clone(), ..term }.in_record(row.table, &row.id)
    });
    let part = Part::of("By day", on.nothing(), terms.collect());
    let (title, value, formula) = if comes_in {
        let formula = "Fees of retainers and instalments agreed and not invoiced yet, as agreed. At the exchange rates of \
                       the day looked at.";
        ("Agreed to come in", &ahead.money_in, formula)
    } else {
        (
            "Planned to go out",
            &ahead.money_out,
            "Expenses to come, at the exchange rates of the day looked at.",
        )
    };
    let title = format!("{title}, next {} days", ahead.days);
    on.sum(title, value, Value::Money, formula, part)
}

/// What rounding a sum of money adds to it, where it adds something.
pub(in crate::figures) fn rounding(terms: &[Term]) -> Option<Term> {
    let amounts: Answer<Vec<Value>> = terms.iter().map(|term| term.amount.clone()).collect();
    let mut sum: Option<Money> = None;
    for amount in amounts.ok()? {
        let Value::Money(money) = amount else { return None };
        sum = Some(sum.map_or(Ok(money), |sum| sum.plus(money)).ok()?);
    }
    let sum = sum?;
    let rest = Money::new(sum.rounded().amount - sum.amount, sum.currency);
    (!rest.is_zero()).then(|| Term::money("Rounded", &Ok(rest)))
}
