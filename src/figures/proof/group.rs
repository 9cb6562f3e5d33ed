//! Clients of one kind: what they bring and owe together.

use crate::domain::ClientKind;
use crate::figures::{ClientFilter, ClientSort, kind_token};

use super::{FigureKey, Ground, Part, Proof, Rule, Term, Value, Whose};

/// The sums of a group, of the rows that the filter lets through; `None` where it lets none of them through.
pub(super) fn of(on: &Ground<'_>, kind: Option<ClientKind>, filter: &str) -> Option<Proof> {
    let clients = &on.figures.clients;
    let mut rows = clients.rows(&ClientFilter::new(filter), ClientSort::Name, false);
    let group = clients.grouped(&mut rows).into_iter().find(|group| group.kind == kind)?;
    let rows = rows.iter().skip(group.first).take(group.clients).filter_map(|at| clients.rows.get(*at));
    let (mut incomes, mut owed) = (Vec::new(), Vec::new());
    for row in rows {
        let term = |amount, figure: fn(Whose) -> FigureKey| Term {
            client: on.who(&row.id),
            ..Term::money("", amount).with_figure(figure(Whose::One(row.id.clone())))
        };
        incomes.push(term(&row.income_12m, FigureKey::Income));
        owed.push(term(&row.open, FigureKey::Receivables));
    }
    let proof = on.made(
        format!("Clients of one kind: {}", kind.map_or("not decided yet", kind_token)),
        group.income_12m.clone().map(Value::Money),
        "The income of 12 months of the clients in the group, and what they owe: as in their rows.",
        Rule::SumOfFirst,
        vec![
            Part::of("Income of 12 months, by client", on.nothing(), incomes),
            Part::of("Owed, by client", on.nothing(), owed),
        ],
    );
    Some(Proof { beside: vec![("clients".to_owned(), Value::things(group.clients))], ..proof })
}
