//! What stands on a client's page alone: its income of all times, what came through it, what was achieved for it.

use std::slice;

use crate::domain::ClientId;
use crate::figures::dossier::Dossier;
use crate::figures::referral::{all_below, lifetime_income as lifetime};
use crate::figures::sum::{Sum, converted};

use super::money::{Count, payments};
use super::{FigureKey, Ground, Part, Proof, Term, Value};

pub(super) fn lifetime_income(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let terms = payments(on, slice::from_ref(client), Count::Net, |_, _| true);
    let part = Part::of("Payments net of tax, by day", on.nothing(), terms);
    let formula = "All payments so far, net of tax: of a part payment its share of the invoice's net. At the exchange rates \
                   of their days.";
    Some(on.sum(on.titled("Income of all times", id), &lifetime(client), Value::Money, formula, part))
}

pub(super) fn traced(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let below = all_below(on.figures, on.figures.client(id)?);
    let incomes: Vec<_> = below.iter().map(|client| (client, lifetime(client))).collect();
    let value = Sum::of(on.currency(), incomes.iter().map(|(_, income)| income));
    let terms = incomes.iter().map(|(client, income)| {
        let by = client.known.client.introduced_by().and_then(|by| on.who(by));
        let by = by.map(|(_, name)| format!("Introduced by {name}")).unwrap_or_default();
        let term = Term::money(by, income).with_figure(FigureKey::LifetimeIncome(client.id.clone()));
        let met = client.known.client.met.as_ref().map(|met| met.day);
        Term { client: on.who(&client.id), day: met, ..term }
    });
    let part = Part::of("Introduced, directly and through others", on.nothing(), terms.collect());
    let formula = "The income of all times of everybody who goes back to this client by who introduced whom, each counted \
                   once; its own is not counted.";
    Some(on.sum(on.titled("Came through", id), &value, Value::Money, formula, part))
}

pub(super) fn achieved_worth(on: &Ground<'_>, id: &ClientId) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let dossier = Dossier::of(on.business(), &client.known, on.day());
    let told = dossier.achieved.iter().filter_map(|it| Some((it, it.worth?)));
    let terms = told.map(|(it, own)| {
        let amount = converted(on.business(), own, it.day);
        let (table, record) = &it.fact;
        let term = on.converted(it.what.clone(), own, &amount, (*table, record)).on(it.day);
        Term { client: on.who(id), ..term }
    });
    let part =
        Part::of("Goals achieved and results, as far as their worth was told", on.nothing(), terms.collect());
    let formula =
        "What goals achieved and results are worth to the client, at the exchange rates of their days.";
    let value = dossier.worth?;
    Some(on.sum(on.titled("Worth of what was achieved", id), &value, Value::Money, formula, part))
}
