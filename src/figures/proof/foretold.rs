//! How well the scores foretold what became of clients: client by client.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::figures::health::{Fate, LookedBack};

use super::{Ground, Part, Proof, Term, Unit, Value};

/// Decimals of a share in per cent, as a fraction.
const SHARE_DECIMALS: u32 = 4;

/// The scores 90 days before; `None` while they are not worked out.
pub(super) fn of(on: &Ground<'_>) -> Option<Proof> {
    let record = on.outlook.foretold.as_ref()?;
    let [_, ninety] = &record.horizons;
    let share = |what: &str, share: f64| {
        let share = Decimal::from_f64(share).unwrap_or_default().round_dp(SHARE_DECIMALS);
        Term::new(what, Ok(Value::Number(share, Unit::Fraction)))
    };
    let mut found = match &ninety.apart {
        Ok(apart) => vec![
            share("Of all pairs, those told apart", apart.area),
            share("At least, in 95\u{a0}% of cases", apart.low),
            share("At most", apart.high),
        ],
        Err(why) => vec![Term::new("Told apart", Err(why.clone()))],
    };
    for (what, count) in [
        ("Ended badly, with a score then", ninety.ended_badly),
        ("Stayed, with a score then", ninety.stayed),
        ("Ended badly, without one", ninety.ended_badly_unknown),
        ("Stayed, without one", ninety.stayed_unknown),
        ("Needed of each", ninety.needed()),
        ("Without a score, of those that are too few", ninety.missing()),
    ] {
        found.push(Term::new(what, Ok(Value::things(count))));
    }
    let before = Value::Number(ninety.days.into(), Unit::Days);
    found.push(Term::new("Before the end, or the day that stands for it", Ok(before)));
    let scored = |fate: fn(Fate) -> bool| -> Vec<Term> {
        let those = record.clients.iter().filter(|it| fate(it.fate));
        let term = |it: &LookedBack| {
            let [_, score] = &it.scores;
            let score = score.clone().map(|points| Value::Number(points, Unit::Points));
            Term { client: on.who(&it.client), day: it.day.clone().ok(), ..Term::new(it.why.clone(), score) }
        };
        those.map(term).collect()
    };
    let formula = "Of every client that ended badly and every one that stayed, the score of 90 days before: in which share of \
                   the pairs that of the one that stayed was higher; equal ones count half. Told from eight of each on.";
    let parts = vec![
        Part::told("What was found", found),
        Part::told("Ended badly: the score then", scored(|fate| matches!(fate, Fate::EndedBadly(_)))),
        Part::told("Stayed: the score then", scored(|fate| fate == Fate::Stayed)),
    ];
    Some(on.told("Does the score predict?".to_owned(), formula, parts))
}
