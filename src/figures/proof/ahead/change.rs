//! Why a month looks different than on an earlier day, down to the payments and flows of each row.

use crate::domain::Money;
use crate::figures::forecast::{Brought, Change, ChangeTerm};
use crate::figures::proof::FigureKey;
use crate::figures::words::{date, percent};

use super::{Course, Ground, Part, Proof, Rule, Term, Value};

const COUNTED: &str = "What came and went in the month by the day looked at, and what is expected of the rest of it, each amount \
     times its chance.";

/// A row as a term: by how much it differs.
fn row(it: &ChangeTerm) -> Term {
    let term = Term::money(format!("{}: {}", it.what, it.why), &Ok(it.difference()));
    let term = term.with_figure(FigureKey::ChangeRow(it.key.clone()));
    Term { client: it.client.clone(), record: it.record.clone(), ..term }
}

pub(in super::super) fn month_change(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "What this month is to bring";
    let Some(change) = &on.outlook.change else { return super::pending(on, TITLE) };
    let before = Term::money("Then", &Ok(change.before)).on(change.from).with_figure(FigureKey::MonthThen);
    let formula =
        format!("{COUNTED} What it was to bring on the earlier day, and everything that differs since.");
    let seen = format!("As seen on {}", date(change.from, on.day()));
    let rows = change.terms.iter().map(row).collect();
    on.made(
        format!("What {} is to bring", crate::written::long_month(change.month)),
        Ok(Value::Money(change.now)),
        &formula,
        Rule::Sum,
        vec![
            Part::of(&seen, on.nothing(), vec![before]),
            Part::of("What differs since, the greatest first", on.nothing(), rows),
        ],
    )
}

pub(in super::super) fn month_then(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "What this month was to bring";
    let Some(change) = &on.outlook.change else { return super::pending(on, TITLE) };
    let term = |it: &ChangeTerm| {
        let term = Term::money(it.what.clone(), &Ok(it.before));
        let term = term.with_figure(FigureKey::ChangeRow(it.key.clone()));
        Term { client: it.client.clone(), record: it.record.clone(), ..term }
    };
    let mut rows: Vec<&ChangeTerm> = change.terms.iter().chain(&change.alike).collect();
    rows.retain(|it| !it.then.is_empty());
    rows.sort_by(|a, b| {
        let size = |it: &ChangeTerm| it.before.amount.abs();
        size(b).cmp(&size(a)).then_with(|| a.key.cmp(&b.key))
    });
    let on_day = date(change.from, on.day());
    let title =
        format!("What {} was to bring, as seen on {on_day}", crate::written::long_month(change.month));
    let part = Part::of("What each thing was to bring", on.nothing(), rows.into_iter().map(term).collect());
    let formula = format!("{COUNTED} All of it as it was known on the earlier day.");
    on.sum(title, &Ok(change.before), Value::Money, &formula, part)
}

fn find<'a>(change: &'a Change, key: &str) -> Option<&'a ChangeTerm> {
    change.terms.iter().chain(&change.alike).find(|it| it.key == key)
}

pub(in super::super) fn change_row(on: &Ground<'_>, key: &str) -> Option<Proof> {
    let Some(change) = &on.outlook.change else {
        return Some(super::pending(on, "A change of this month"));
    };
    let row = find(change, key)?;
    let what = match &row.client {
        Some((_, name)) => format!("{}, {name}", row.what),
        None => row.what.clone(),
    };
    let terms = |parts: &[Brought], is_now: bool| -> Vec<Term> {
        parts.iter().map(|part| term(on, part, is_now.then_some(change))).collect()
    };
    let then = terms(&row.then, false).into_iter().map(Term::less).collect();
    let was = format!("Taken off: what it was to bring, as seen on {}", date(change.from, on.day()));
    let formula = format!(
        "{COUNTED} What it brings as seen now, less what it was to bring as seen on the earlier day: {}.",
        row.why
    );
    Some(on.made(
        format!("{}: {what}", crate::written::long_month(change.month)),
        Ok(Value::Money(row.difference())),
        &formula,
        Rule::Sum,
        vec![
            Part::of("What it brings, as seen now", on.nothing(), terms(&row.seen, true)),
            Part::of(&was, on.nothing(), then),
        ],
    ))
}

/// What came, or is expected; of what is expected now, where the forecast shows it, with its own proof.
fn term(on: &Ground<'_>, part: &Brought, now: Option<&Change>) -> Term {
    let what = match &part.expected {
        Some((_, chance)) if *chance < 1.0 => format!("{}, {}", part.what, percent(*chance)),
        _ => part.what.clone(),
    };
    let figure = now.zip(part.expected.as_ref()).and_then(|(change, (key, _))| {
        let forecast = super::forecast(on, Course::Facts)?;
        let until = crate::domain::last_of_month(change.month);
        let known = forecast.flows.binary_search_by(|flow| flow.key.as_str().cmp(key)).is_ok();
        (known && until <= forecast.until && change.to == forecast.day)
            .then(|| FigureKey::Flow(Course::Facts, key.clone(), until))
    });
    let term = Term::money(what, &Ok(part.amount));
    Term { client: part.client.clone(), day: part.day, record: part.record.clone(), figure, ..term }
}

pub(in super::super) fn change_rest(on: &Ground<'_>, from: usize) -> Option<Proof> {
    let Some(change) = &on.outlook.change else {
        return Some(super::pending(on, "The other changes of this month"));
    };
    let rest = change.terms.get(from..)?;
    let sum = change.rest(from).unwrap_or_else(|| Money::zero(change.now.currency));
    let title = format!("{}: what else differs", crate::written::long_month(change.month));
    let part = Part::of("The smaller differences", on.nothing(), rest.iter().map(row).collect());
    let formula = format!("{COUNTED} What the smaller differences make together.");
    Some(on.sum(title, &Ok(sum), Value::Money, &formula, part))
}
