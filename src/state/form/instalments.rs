//! The form of how the price of a deal is split. Its parts are typed in one field: `1 dec 1,200; 1 jan 1,200`, or
//! `3 x 1,200 from 1 dec`.

use rust_decimal::Decimal;

use crate::domain::{Currency, Deal, FIRST_DAY, Instalment, InstalmentPlan, Interval, LAST_DAY, Money};
use crate::figures::amount_in_full;
use crate::state::amount_entry::{amount_text, clear_amount, is_currency, parse_amount, words};
use crate::state::day_entry::{Lean, parse_day};
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

/// So many parts a price has at most.
const MOST: usize = 120;
const EXPECTED: &str = "expected parts such as 1 dec 1,200; 1 jan 1,200 or 3 x 1,200 from 1 dec every month";

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Instalments of a deal",
    edit_title: "Instalments of a deal",
    fields: &[
        required("client", "Client", "who pays them", FieldKind::OwnClient),
        required("deal", "Deal", "whose price is split", FieldKind::Deal),
        required("plan", "Parts", "1 dec 1,200; 1 jan 1,200 or 3 x 1,200 from 1 dec", FieldKind::Parts),
        required("day", "Agreed on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = super::filled_for_deal(context, target);
    let deal = super::started_deal(context, target);
    if let Some((deal, plan)) = deal.and_then(|deal| Some((deal, deal.instalments.as_ref()?))) {
        let currency = context.currency_of(Some(&deal.client));
        filled.retain(|(name, _)| *name != "day");
        filled.push(("day", plan.agreed.to_string()));
        filled.push(("plan", plan_text(plan, currency)));
    }
    filled
}

/// What is said of the plan that the deal has already.
pub(super) fn held_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let plan = reader.named_deal()?.instalments.as_ref()?;
    let count = plan.instalments.len();
    let parts = if count == 1 { "instalment" } else { "instalments" };
    let becomes = match reader.typed("plan") {
        None => "is taken away".to_owned(),
        Some(_) if reader.untouched("plan") => {
            format!("was agreed on {}", crate::written::day_in_full(plan.agreed))
        }
        Some(_) => "is changed".to_owned(),
    };
    Some(("plan", format!("its plan of {count} {parts} {becomes}")))
}

fn plan_text(plan: &InstalmentPlan, currency: Currency) -> String {
    let part = |it: &Instalment| format!("{} {}", it.due, amount_text(it.amount, currency));
    plan.instalments.iter().map(part).collect::<Vec<_>>().join("; ")
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let shown = super::started_deal(reader.context(), reader.target())
        .filter(|known| deal.as_ref().is_some_and(|deal| deal.id == known.id));
    let held = shown.and_then(|deal| deal.instalments.clone());
    let agreed = reader.keep("day", held.as_ref().map(|plan| Some(plan.agreed)), Reader::past_day);
    let kept = held.as_ref().map(|plan| Some(plan.instalments.clone()));
    let parts = reader.keep("plan", kept, |reader, name| {
        // Empty takes a plan away.
        let text = reader.typed(name)?;
        parts(reader, text).map_err(|why| reader.refuse(name, why)).ok()
    });
    let deal = deal?;
    if parts.is_none() && reader.typed("plan").is_none() {
        if deal.instalments.is_none() {
            reader.refuse("plan", EXPECTED);
            return None;
        }
        let label = format!("{} is not paid in instalments", deal.title);
        return Some(Edit::put(label, Deal { instalments: None, ..deal }));
    }
    let (mut instalments, agreed) = (parts?, agreed?);
    // A part that was invoiced keeps its invoice.
    let before = deal.instalments.as_ref().map(|plan| plan.instalments.as_slice()).unwrap_or_default();
    let mut named: Vec<usize> = Vec::new();
    for part in &mut instalments {
        let is_it = |(at, known): &(usize, &Instalment)| {
            !named.contains(at) && known.due == part.due && known.amount == part.amount
        };
        if let Some((at, known)) = before.iter().enumerate().find(is_it) {
            named.push(at);
            part.invoice.clone_from(&known.invoice);
        }
    }
    let label = match instalments.len() {
        1 => format!("{} is paid in 1 instalment", deal.title),
        many => format!("{} is paid in {many} instalments", deal.title),
    };
    Some(Edit::put(label, Deal { instalments: Some(InstalmentPlan { agreed, instalments }), ..deal }))
}

/// Reads `DAY AMOUNT` or `COUNT x AMOUNT from DAY every INTERVAL`, several separated by `;`.
fn parts(reader: &Reader<'_>, text: &str) -> Result<Vec<Instalment>, String> {
    let (today, currency) = (reader.context().today, reader.currency("plan"));
    let mut parts: Vec<Instalment> = Vec::new();
    for typed in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let found = series(typed, currency, today).or_else(|| Some(vec![single(typed, currency, today)?]));
        let found = found.ok_or_else(|| format!("{typed:?}: {EXPECTED}"))?;
        for (_, amount) in &found {
            clear_amount(amount, currency)?;
        }
        parts.extend(found.into_iter().map(|(part, _)| part));
        if parts.len() > MOST {
            return Err(format!("a price is split into {MOST} parts at most"));
        }
    }
    let first = parts.first().map(|part| part.amount.currency);
    if parts.iter().any(|part| Some(part.amount.currency) != first) {
        return Err("all parts of a price are in one currency".to_owned());
    }
    parts.sort_by_key(|part| part.due);
    if parts.is_empty() { Err(EXPECTED.to_owned()) } else { Ok(parts) }
}

fn instalment(due: chrono::NaiveDate, amount: Money) -> Instalment {
    Instalment { due, amount, invoice: None }
}

fn positive(text: &str, currency: Currency) -> Option<Money> {
    parse_amount(text, currency).ok().filter(|amount| amount.amount > Decimal::ZERO)
}

fn day_of(text: &str, today: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
    parse_day(text, today, Lean::Ahead).filter(|day| (FIRST_DAY..=LAST_DAY).contains(day))
}

/// A part, and what was typed as its amount.
type Typed = (Instalment, String);

/// `1 dec 1,200 usd`.
fn single(typed: &str, currency: Currency, today: chrono::NaiveDate) -> Option<Typed> {
    let words: Vec<&str> = words(typed).collect();
    let length = match words.as_slice() {
        [.., code] if is_currency(code) => 2,
        _ => 1,
    };
    let (day, amount) = words.split_at_checked(words.len().checked_sub(length)?)?;
    let amount = amount.join(" ");
    Some((instalment(day_of(&day.join(" "), today)?, positive(&amount, currency)?), amount))
}

/// `3 x 1,200 from 1 dec every 2 weeks`.
fn series(typed: &str, currency: Currency, today: chrono::NaiveDate) -> Option<Vec<Typed>> {
    let (what, when) = typed.split_once(" from ")?;
    let (count, amount) = what.split_once(['x', '\u{d7}'])?;
    let count: usize = count.trim().parse().ok().filter(|count| (1..=MOST).contains(count))?;
    let typed = amount.trim().to_owned();
    let amount = positive(&typed, currency)?;
    let (first, every) = match when.split_once(" every ") {
        Some((first, every)) => {
            let every = every.trim();
            (first, every.parse::<Interval>().or_else(|_| format!("1 {every}").parse()).ok()?)
        }
        None => (when, Interval::MONTHLY),
    };
    let first = day_of(first.trim(), today)?;
    (0..count)
        .map(|nth| {
            let due = every.occurrence(first, u32::try_from(nth).ok()?)?;
            Some((instalment(due, amount), typed.clone()))
        })
        .collect()
}

/// What the parts come to, for the form's echo.
pub(super) fn echo(reader: &Reader<'_>, text: &str) -> Option<String> {
    let parts = parts(reader, text).ok()?;
    let mut amounts = parts.iter().map(|part| part.amount.amount);
    let sum = amounts.try_fold(Decimal::ZERO, Decimal::checked_add)?;
    let (first, last) = (parts.first()?, parts.last()?);
    let count = if parts.len() == 1 { "1 part".to_owned() } else { format!("{} parts", parts.len()) };
    let day = |it: &Instalment| crate::written::day_in_full(it.due);
    let days = if first.due == last.due { day(first) } else { format!("{} to {}", day(first), day(last)) };
    Some(format!("{count}, {} in all, {days}", amount_in_full(Money::new(sum, first.amount.currency))))
}
