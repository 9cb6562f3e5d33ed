//! The last touch of a client.

use crate::domain::{ClientId, Direction, Table};
use crate::figures::Unknown;
use crate::figures::timeline::touch_words;

use super::{Ground, Part, Proof, Rule, Term, Value};

pub(super) fn last(on: &Ground<'_>, client: &ClientId, direction: Direction) -> Option<Proof> {
    let figures = on.figures.client(client)?;
    let (what, last) = match direction {
        Direction::In => ("Last touch from them", figures.last_in),
        Direction::Out => ("Last touch to them", figures.last_out),
    };
    let touches = figures.known.facts.touches.iter().filter(|touch| touch.direction == direction);
    let mut terms: Vec<Term> = touches
        .map(|touch| {
            let term = Term::new(touch_words(touch), Ok(Value::On(touch.day))).on(touch.day);
            let term = term.in_record(Table::Touches, touch.id.as_str());
            Term { client: on.who(client), ..term }
        })
        .collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.day));
    Some(on.made(
        on.titled(what, client),
        last.map(Value::On).ok_or_else(|| Unknown::because("no such touch is noted")),
        "The latest of the touches noted in this direction.",
        Rule::Latest,
        vec![Part::of("Touches, the latest first", Value::On(on.day()), terms)],
    ))
}
