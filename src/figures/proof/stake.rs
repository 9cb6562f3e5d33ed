//! What is at stake in the queue, and what a week's delay costs.

use rust_decimal::Decimal;

use crate::domain::{ClientId, Money};
use crate::figures::Unknown;
use crate::figures::today::{Family, Item, income_to_expect, largest, stake_of};

use super::{FigureKey, Ground, Part, Proof, Rule, Term, Unit, Value};

fn find<'a>(on: &Ground<'a>, id: &str) -> Option<&'a Item> {
    on.figures.today.find(id).map(AsRef::as_ref)
}

fn stake(item: &Item) -> super::Answer<Value> {
    let why = || Unknown(item.at_stake_why.clone().unwrap_or_default());
    item.at_stake.map(Value::Money).ok_or_else(why)
}

fn term(on: &Ground<'_>, item: &Item) -> Term {
    let what = match item.kind.title() {
        kind if kind == item.title => kind.to_owned(),
        kind => format!("{kind}: {}", item.title),
    };
    let term = Term::new(what, stake(item)).on(item.since).with_figure(FigureKey::Item(item.id.clone()));
    let record = item.table.map(|table| (table, item.record.clone()));
    Term { client: item.client.as_ref().and_then(|id| on.who(id)), record, ..term }
}

pub(super) fn family(on: &Ground<'_>, family: Family) -> Option<Proof> {
    let tally = on.figures.today.tallies.iter().find(|tally| tally.family == family)?;
    let mut items = largest(&on.figures.today.items, family);
    items.sort_by(|a, b| {
        let amount = |item: &Item| item.at_stake.map(|money| money.amount);
        amount(b).cmp(&amount(a)).then_with(|| a.id.cmp(&b.id))
    });
    let (known, unknown): (Vec<&Item>, Vec<&Item>) =
        items.into_iter().partition(|item| item.at_stake.is_some());
    let terms = known.into_iter().map(|item| term(on, item)).collect();
    let value = Ok(Value::Money(Money::new(tally.at_stake, on.currency())));
    let proof = on.made(
        format!("At stake, {}", family.title()),
        value,
        "Every invoice, deal or client in the queue once, with the largest amount that one of its items puts at stake. \
         Keeping counts a client once, however many reasons there are to get in touch.",
        Rule::Sum,
        vec![Part::of("Items, the largest amount first", on.nothing(), terms)],
    );
    Some(Proof { left_out: unknown.into_iter().map(|item| term(on, item)).collect(), ..proof })
}

fn titled(on: &Ground<'_>, what: &str, item: &Item) -> String {
    let about = format!("{what}, {}", item.title);
    match &item.client {
        Some(client) => on.titled(&about, client),
        None => about,
    }
}

pub(super) fn item(on: &Ground<'_>, id: &str) -> Option<Proof> {
    let item = find(on, id)?;
    let title = titled(on, "At stake", item);
    let Some(made) = stake_of(on, item) else {
        let nobody = Part::of(item.kind.title(), on.nothing(), vec![Term { figure: None, ..term(on, item) }]);
        let formula = "Nobody knows how much: every figure that rests on it is in doubt.";
        return Some(on.made(title, stake(item), formula, Rule::Sum, vec![nobody]));
    };
    Some(on.made(title, stake(item), made.formula, made.rule, made.parts))
}

pub(super) fn income(on: &Ground<'_>, client: &ClientId) -> Option<Proof> {
    let (income, made) = income_to_expect(on, on.figures.client(client)?);
    let title = on.titled("Income to expect in 12 months", client);
    Some(on.made(title, income.map(Value::Money), made.formula, made.rule, made.parts))
}

pub(super) fn cost(on: &Ground<'_>, id: &str) -> Option<Proof> {
    let item = find(on, id)?;
    let money = |amount: Decimal| Ok(Value::Money(Money::new(amount, on.currency())));
    let mut terms = Vec::new();
    if let Some(stake) = item.at_stake {
        terms.push(term(on, item));
        let rest = item.cost_of.saturating_sub(stake.amount);
        if !rest.is_zero() {
            terms.push(Term::new("Before it is rounded", money(rest)));
        }
    } else {
        let what = "Stands for an amount that is not known: ten hours at the target rate, else 500";
        terms.push(Term::new(what, money(item.cost_of)));
    }
    let share = Term::new(
        format!("{}, its share a week", item.kind.title()),
        Ok(Value::Number(item.cost_share, Unit::Fraction)),
    );
    let zero = Value::Number(Decimal::ZERO, Unit::Fraction);
    let formula = format!(
        "{}: {}. At least a hundredth. The shares are stated assumptions that give the queue its order, not forecasts.",
        item.kind.title(),
        item.kind.delay()
    );
    let proof = on.made(
        titled(on, "A week's delay", item),
        money(item.cost),
        &formula,
        Rule::WeekOfDelay,
        vec![
            Part::of("What it is a share of", on.nothing(), terms),
            Part::of("Share a week", zero, vec![share]),
        ],
    );
    Some(proof)
}
