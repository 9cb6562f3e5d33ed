//! A client's health down to the facts: the score from its indicators, an indicator from its measures, and what it found from
//! what it looked at.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{
    ClientId, Deal, Direction, Invoice, Money, Table, Threshold, Touch, TouchKind, add_days,
};
use crate::figures::forecast::Dormancy;
use crate::figures::health::mend::mends;
use crate::figures::health::{
    ClientHealth, Due, FactId, Indicator, Look, PRIOR_DAYS, PRIOR_INVOICES, Reading, SHRUNK_BY, TREND_DAYS,
    Terms, effort_terms, lost, priced, pushes, started,
};
use crate::figures::referral::{all_below, lifetime_income};
use crate::figures::standing::Standing;
use crate::figures::sum::Sum;
use crate::figures::words::{capital, number};
use crate::figures::{Answer, Client, Decided, Measured, Unknown, kind_token};

use super::{FigureKey, Ground, HealthFigure, Part, Proof, Rule, Term, Unit, Value, named};

/// The proof of what is told of a client's health; `None` where there is no such client.
pub(super) fn of(on: &Ground<'_>, id: &ClientId, figure: HealthFigure) -> Option<Proof> {
    let client = on.figures.client(id)?;
    let of = on.figures.healths.client(id)?;
    match figure {
        HealthFigure::Score => Some(score(on, client, of)),
        HealthFigure::Trend => Some(trend(on, client, of)),
        HealthFigure::Points(indicator) => {
            of.health.reading(indicator).map(|reading| points(on, client, reading))
        }
        HealthFigure::Found(indicator) => {
            of.health.reading(indicator).map(|reading| found(on, client, reading))
        }
        HealthFigure::Kind => client.kind.as_ref().map(|decided| kind(on, client, decided)),
    }
}

fn points_value(points: Decimal) -> Value {
    Value::Number(points, Unit::Points)
}

fn score(on: &Ground<'_>, client: &Client, of: &ClientHealth) -> Proof {
    let weighted = |(reading, weight): (&Arc<Reading>, &Decimal)| {
        let points = reading.points.clone().ok()?;
        let what = format!("{}, {} × {}", reading.indicator.title(), shown(points), shown(*weight));
        let figure = FigureKey::Health(client.id.clone(), HealthFigure::Points(reading.indicator));
        Some(Term::new(what, Ok(points_value(weight.saturating_mul(points)))).with_figure(figure))
    };
    let weight = |(reading, weight): (&Arc<Reading>, &Decimal)| {
        reading.points.as_ref().ok()?;
        Some(Term::new(reading.indicator.title(), Ok(Value::Number(*weight, Unit::Things))))
    };
    let each = || of.health.readings.iter().zip(&on.figures.healths.weights);
    let weights = &on.figures.healths.weights;
    let costs = lost(&of.health.readings, weights).into_iter().map(|(reading, lost)| {
        let figure = FigureKey::Health(client.id.clone(), HealthFigure::Points(reading.indicator));
        let what = format!("{}: {}", reading.indicator.title(), reading.says);
        Term::new(what, Ok(points_value(-lost))).with_figure(figure)
    });
    let costs = costs.collect();
    let value = of.health.score.clone().map(|score| points_value(score.points));
    // Too few are known to make a score: what they would make is not it.
    let unknown = value.as_ref().err().map(|why| Term::new("Known indicators", Err(why.clone())));
    let mut products: Vec<Term> = each().filter_map(weighted).collect();
    products.extend(unknown);
    let unknown: Vec<Term> = of
        .health
        .readings
        .iter()
        .filter_map(|reading| {
            let why = reading.points.clone().err()?;
            Some(Term::new(reading.indicator.title(), Err(why)))
        })
        .collect();
    let proof = on.made(
        on.titled("Health", &client.id),
        value,
        "Σ weight × points of the indicators that are known, ÷ Σ weight. Unknown ones stay out, and widen the band: each known \
         one is taken to lie off by 30 / √(1 + pieces of evidence), each unknown one by 30, and eight in ten cases lie within.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Points × weight", points_value(Decimal::ZERO), products),
            Part::of("Weights", Value::Number(Decimal::ZERO, Unit::Things), each().filter_map(weight).collect()),
            Part::of("What costs points of the score", points_value(Decimal::ZERO), costs),
        ],
    );
    let beside = of.health.score.as_ref().map(|score| {
        vec![
            ("in 8 of 10 cases between".to_owned(), points_value(score.low())),
            ("and".to_owned(), points_value(score.high())),
            ("indicators known".to_owned(), Value::things(score.known)),
            ("of".to_owned(), Value::things(of.health.readings.len())),
        ]
    });
    Proof { left_out: unknown, beside: beside.unwrap_or_default(), ..proof }
}

fn trend(on: &Ground<'_>, client: &Client, of: &ClientHealth) -> Proof {
    let now = of.health.score.clone().map(|score| score.points);
    let value = of.trend.clone();
    let then = value.clone().and_then(|trend| Ok(now.clone()?.saturating_sub(trend)));
    let figure = FigureKey::Health(client.id.clone(), HealthFigure::Score);
    let day = add_days(on.day(), -TREND_DAYS);
    let terms = vec![
        Term::new("Now", now.map(points_value)).on(on.day()).with_figure(figure),
        Term::new("90 days before, from what was known then", then.map(points_value)).on(day).less(),
    ];
    let part = Part::of("The score on both days", points_value(Decimal::ZERO), terms);
    on.made(
        on.titled("Health, 90 days", &client.id),
        value.map(points_value),
        "The score less that of 90 days before, which is the same function of what was known then.",
        Rule::Sum,
        vec![part],
    )
}

fn points(on: &Ground<'_>, client: &Client, reading: &Reading) -> Proof {
    let all = reading.measures.iter().fold(Decimal::ZERO, |sum, it| sum.saturating_add(it.weight));
    let product = |it: &crate::figures::health::Measure| {
        let what = format!("{}: {}; {} × {}", it.what, it.says, shown(it.points), shown(it.weight));
        let figure = FigureKey::Health(client.id.clone(), HealthFigure::Found(reading.indicator));
        Term::new(what, Ok(points_value(it.weight.saturating_mul(it.points)))).with_figure(figure)
    };
    let weight =
        |it: &crate::figures::health::Measure| Term::new(it.what, Ok(Value::Number(it.weight, Unit::Things)));
    let mut products: Vec<Term> = reading.measures.iter().map(product).collect();
    products.extend(reading.points.as_ref().err().map(|why| Term::new("Not known", Err(why.clone()))));
    let measured = |it: &crate::figures::health::Measure| {
        let share = it.weight.checked_div(all).unwrap_or_default();
        let points = [
            Term::new(format!("{}, from 0 to 100", it.what), Ok(points_value(it.points))),
            Term::new("… makes of the indicator", Ok(Value::Number(share, Unit::Fraction))),
        ];
        let found =
            it.found.iter().map(|(what, value)| Term::new(format!("… {}", capital(what)), Ok(*value)));
        points.into_iter().chain(found).collect::<Vec<Term>>()
    };
    let mut parts = vec![
        Part::of("Points × weight", points_value(Decimal::ZERO), products),
        Part::of(
            "Weights",
            Value::Number(Decimal::ZERO, Unit::Things),
            reading.measures.iter().map(weight).collect(),
        ),
        Part::told("What was measured", reading.measures.iter().flat_map(measured).collect()),
        looked_at(on, client, &reading.facts),
    ];
    match reading.indicator {
        Indicator::Pays => parts.extend(drawn(on, client, reading)),
        Indicator::Returns => parts.push(rhythm(on, client)),
        Indicator::Writing => parts.push(delivered(client)),
        _ => {}
    }
    parts.extend(mend(on, client, reading));
    parts.retain(|part| !part.told || !part.terms.is_empty());
    let proof = on.made(
        on.titled(reading.indicator.title(), &client.id),
        reading.points.clone().map(points_value),
        "Σ weight × points of what is measured, ÷ Σ weight; each measure from 0 to 100.",
        Rule::Quotient(Decimal::ONE),
        parts,
    );
    // Where too few are known there is no score that it could add to.
    let of = on.figures.healths.client(&client.id).filter(|of| of.health.score.is_ok());
    let costs = of.map(|of| lost(&of.health.readings, &on.figures.healths.weights)).unwrap_or_default();
    let costs = costs.into_iter().find(|(of, _)| of.indicator == reading.indicator);
    let beside = costs.map(|(_, lost)| ("to the score it adds".to_owned(), points_value(-lost)));
    let evidence = (
        format!("{} it is known from", reading.evidence.noun),
        Value::Number(reading.evidence.count, Unit::Things),
    );
    let came_of = if reading.indicator == Indicator::Speaks { came_of(on, client) } else { Vec::new() };
    let beside = beside.into_iter().chain(came_of).chain([evidence]).collect();
    Proof { method: Some(reading.says.clone()), beside, ..proof }
}

/// Whom a client introduced and what they brought: it stands beside its good words and adds nothing to their points.
fn came_of(on: &Ground<'_>, client: &Client) -> Vec<(String, Value)> {
    let below = on.figures.client(&client.id).map(|client| all_below(on.figures, client)).unwrap_or_default();
    if below.is_empty() {
        return Vec::new();
    }
    let incomes: Vec<Answer<Money>> = below.iter().map(|it| lifetime_income(it)).collect();
    let brought = Sum::of(on.currency(), &incomes).ok();
    let brought = brought.map(|brought| ("from them".to_owned(), Value::Money(brought)));
    [("introduced".to_owned(), Value::things(below.len()))].into_iter().chain(brought).collect()
}

/// How the days of a client are drawn to the book's mean: (its own × its invoices + the book's × 3) ÷ (its invoices + 3).
fn drawn(on: &Ground<'_>, client: &Client, reading: &Reading) -> Option<Part> {
    let days = |days: Decimal| Ok(Value::Number(days, Unit::Days));
    let own = client.signals.paying.terms();
    let own_days = own.days().filter(|_| !reading.measures.is_empty())?;
    let all = on.figures.of_clients.iter().map(|client| client.signals.paying.terms());
    let all = all.fold(Terms::default(), Terms::and);
    let found = FigureKey::Health(client.id.clone(), HealthFigure::Found(Indicator::Pays));
    let mut terms = vec![
        Term::new("Its own mean", days(own_days)).with_figure(found),
        Term::new("… from so many invoices", Ok(Value::things(own.invoices))),
        Term::new("The book's mean", days(on.figures.healths.pool.days_beyond_terms())),
        Term::new("… as if by so many", Ok(Value::Number(SHRUNK_BY.into(), Unit::Things))),
    ];
    if let Some(mean) = all.days() {
        terms.push(Term::new("That is of all that were due", days(mean)));
        terms.push(Term::new("… of so many invoices", Ok(Value::things(all.invoices))));
        terms.push(Term::new("… drawn to a week", days(PRIOR_DAYS.into())));
        terms.push(Term::new("… as if by so many", Ok(Value::Number(PRIOR_INVOICES.into(), Unit::Things))));
    }
    let title = "Drawn to the book's mean: (own × its invoices + mean × 3) ÷ (its invoices + 3)";
    Some(Part::told(title, terms))
}

/// How often a client ordered, and for how long it has been silent.
fn rhythm(on: &Ground<'_>, client: &Client) -> Part {
    let rhythm = Dormancy::of(on.known, on.day()).rhythm(&client.id);
    let terms = rhythm.map(|rhythm| {
        let silence = Value::Number(rhythm.silence.into(), Unit::Days);
        vec![
            Term::new("Orders", Ok(Value::things(rhythm.orders))),
            Term::new("Days since the last order", Ok(silence)),
        ]
    });
    Part::told("The rhythm of orders", terms.unwrap_or_default())
}

/// When its deals were delivered: what complaints are told beside.
fn delivered(client: &Client) -> Part {
    let deals = client.known.facts.deals.iter();
    let delivered = deals.filter_map(|deal| {
        let term = Term::new(deal.title.clone(), Ok(Value::On(deal.delivered?)));
        Some(term.in_record(Table::Deals, deal.id.as_str()))
    });
    Part::told("Delivered", delivered.collect())
}

/// What would mend an indicator, where something is offered.
fn mend(on: &Ground<'_>, client: &Client, reading: &Reading) -> Option<Part> {
    let mends = mends(on.business(), on.figures, &client.id).into_iter();
    let mend = mends.filter(|(of, _)| *of == reading.indicator).find_map(|(_, mend)| mend.transpose());
    let terms = match mend.filter(|_| reading.points.is_ok())? {
        Err(why) => vec![Term::new("The points it would have", Err(why))],
        Ok(mend) => {
            let changes = mend.changes.iter().filter_map(|change| {
                let value = change.amount().map(Value::Money).or(change.asked().map(Value::On))?;
                Some(Term::new(capital(&change.words(on.day())), Ok(value)))
            });
            let points = vec![
                Term::new(mend.says.clone(), Ok(points_value(mend.to))),
                Term::new("As it is written, no more than it is", Ok(points_value(mend.shown().1))),
                Term::new("Less the points it has", Ok(points_value(-mend.from))),
                Term::new("So many points more, in whole ones", Ok(points_value(mend.gain()))),
                Term::new("Good from", Ok(points_value(on.business().threshold(Threshold::HealthGood)))),
                Term::new("Effort, in points of its own", Ok(Value::Number(mend.cost.into(), Unit::Points))),
            ];
            points.into_iter().chain(changes).collect()
        }
    };
    Some(Part::told("What would mend it", terms))
}

/// What decided the kind: its clauses, and the records they rest on.
fn kind(on: &Ground<'_>, client: &Client, decided: &Decided) -> Proof {
    let clause = |says: &String| Term::new(capital(says), Ok(Value::things(1)));
    let measured = |it: &Measured| {
        let figure = |indicator| FigureKey::Health(client.id.clone(), HealthFigure::Points(indicator));
        let term = Term::new(it.what, Ok(it.value));
        match it.indicator {
            Some(indicator) => term.with_figure(figure(indicator)),
            None => term,
        }
    };
    let parts = vec![
        Part::of("What decided", Value::things(0), decided.because.iter().map(clause).collect()),
        Part::told("What was measured", decided.measured.iter().map(measured).collect()),
        looked_at(on, client, &decided.facts),
    ];
    on.made(
        on.titled(&format!("Grounds: {}", kind_token(decided.kind)), &client.id),
        Ok(Value::things(decided.because.len())),
        "The first of these that holds: set by hand, or ended; partner; nothing agreed: prospect; below break-even and pushed, still          so after a review: toxic; new; silent for twice its rhythm: dormant; steady and falling on two grounds: at risk; comes          back, pays as agreed, in writing or on a regular fee: steady, and an advocate once it sent somebody; else a stepping          stone.",
        Rule::SumOfFirst,
        parts,
    )
}

/// The records that were looked at: no term of the figure, but where it comes from.
fn looked_at(on: &Ground<'_>, client: &Client, facts: &[FactId]) -> Part {
    let term = |(table, id): &FactId| {
        let (what, day) = fact(client, *table, id);
        let late = beyond_terms(on, client, *table, id)
            .map(|days| format!("{what}, {} d beyond terms", number(days.into())));
        let term = Term::new(late.unwrap_or(what), Ok(Value::things(1))).in_record(*table, id);
        Term { client: on.who(&client.id), day, ..term }
    };
    let mut terms: Vec<Term> = facts.iter().map(term).collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.day));
    Part::of("Looked at", Value::things(0), terms)
}

/// By how many days an invoice was paid after its due day, or is open beyond it; below nought before it.
fn beyond_terms(on: &Ground<'_>, client: &Client, table: Table, id: &str) -> Option<i64> {
    let invoice = client.known.facts.get::<Invoice>(id).filter(|_| table == Table::Invoices)?;
    Standing::of(invoice).mean_days_beyond_terms(on.day())
}

/// What a record is called, and its day.
fn fact(client: &Client, table: Table, id: &str) -> (String, Option<chrono::NaiveDate>) {
    let facts = &client.known.facts;
    let touch = |touch: &Touch| (crate::figures::timeline::touch_words(touch), Some(touch.day));
    let other = || (format!("{} {id}", table.singular()), None);
    match table {
        Table::Clients => ("What is noted of the client itself".to_owned(), None),
        Table::Touches => facts.get::<Touch>(id).map_or_else(other, |it| touch(it)),
        Table::Invoices => facts.get::<Invoice>(id).map_or_else(other, |it| (named(it), Some(it.issued))),
        Table::Deals => {
            let of = |it: &Arc<Deal>| (format!("Deal: {}", it.title), it.stages.first().map(|at| at.day));
            facts.get::<Deal>(id).map_or_else(other, of)
        }
        Table::Promises => facts
            .get::<crate::domain::Promise>(id)
            .map_or_else(other, |it| (format!("Promise: {}", it.what), Some(it.made))),
        Table::Work => facts.get::<crate::domain::Work>(id).map_or_else(other, |it| {
            (format!("{} h {}", it.hours, it.note.as_deref().unwrap_or("of work")), Some(it.day))
        }),
        Table::Expenses => {
            facts.get::<crate::domain::Expense>(id).map_or_else(other, |it| (it.what.clone(), Some(it.day)))
        }
        Table::Retainers => facts
            .get::<crate::domain::Retainer>(id)
            .map_or_else(other, |it| (format!("Regular fee: {}", it.what), Some(it.agreed))),
        _ => other(),
    }
}

fn found(on: &Ground<'_>, client: &Client, reading: &Reading) -> Proof {
    let business = on.business();
    let stages = business.stages();
    let invoices: Vec<Standing<'_>> =
        client.known.facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
    let look = Look::new(business, &stages, &client.known, &invoices, on.day());
    let made = match (&reading.value, reading.indicator) {
        (Err(why), _) => Found::nothing(why),
        (Ok(_), Indicator::Pays) => days_beyond_terms(on, client, &look),
        (Ok(_), Indicator::Effort) => left_of_an_hour(on, &look),
        (Ok(_), Indicator::Price) => pushes_a_deal(&look),
        (Ok(value), Indicator::Lines) => silence(&look, *value),
        (Ok(_), Indicator::Writing) => in_writing(&look),
        (Ok(value), Indicator::Returns) => chance(on, client, *value),
        (Ok(_), Indicator::Speaks) => good_words(&look),
    };
    let mut parts = made.parts;
    for term in parts.iter_mut().flat_map(|part| &mut part.terms).filter(|term| term.record.is_some()) {
        term.client = on.who(&client.id);
    }
    parts.push(looked_at(on, client, &reading.facts));
    let title = format!("{}, {}", reading.indicator.title(), reading.indicator.unit());
    let proof = on.made(on.titled(&title, &client.id), reading.value.clone(), made.formula, made.rule, parts);
    Proof { method: made.method, ..proof }
}

/// What an indicator found, and how its parts make it.
struct Found {
    formula: &'static str,
    rule: Rule,
    parts: Vec<Part>,
    method: Option<String>,
}

impl Found {
    fn of(formula: &'static str, rule: Rule, parts: Vec<Part>) -> Self {
        Self { formula, rule, parts, method: None }
    }

    fn nothing(why: &Unknown) -> Self {
        let terms = vec![Term::new("Not known", Err(why.clone()))];
        let parts = vec![
            Part::of("What was found", Value::things(0), terms),
            Part::of("Divided by", Value::things(0), Vec::new()),
        ];
        Self::of("Unknown is not nought, and never good.", Rule::Quotient(Decimal::ONE), parts)
    }
}

fn days_beyond_terms(on: &Ground<'_>, client: &Client, look: &Look<'_>) -> Found {
    let exception = client.signals.paying.exception();
    let terms = |weighted: bool| -> Vec<Term> {
        let of = |standing: &Standing<'_>| {
            let (invoice, due) = (standing.invoice, Due::of(look, standing)?);
            let made = |what: String, value: Decimal| {
                let value = Value::Number(value, Unit::MoneyDays(on.currency()));
                Term::new(what, Ok(value)).on(invoice.due).in_record(Table::Invoices, invoice.id.as_str())
            };
            let term = |what: String, amount: Decimal, days: i64| {
                let (what, times) =
                    if weighted { (format!("{what}, {} d", number(days.into())), days) } else { (what, 1) };
                made(what, amount.saturating_mul(times.into()))
            };
            let name = named(invoice);
            Some(match (&exception, due.parts.as_slice()) {
                (Some(it), _) if it.invoice == invoice.id => {
                    let what = format!("{name}, {} d and out of character: counts as", it.days);
                    let mut terms =
                        vec![term(if weighted { what } else { name.clone() }, it.amount, it.counts)];
                    if !it.rest.is_zero() {
                        let rest = if weighted { it.rest_days } else { it.rest };
                        terms.push(made(format!("{name}, the rest of it as late as it is"), rest));
                    }
                    terms
                }
                (_, [(amount, days)]) => vec![term(name, *amount, *days)],
                (_, parts) => {
                    let part = |(at, (amount, days)): (usize, &(Decimal, i64))| {
                        term(format!("{name}, part {} of {}", at + 1, parts.len()), *amount, *days)
                    };
                    parts.iter().enumerate().map(part).collect()
                }
            })
        };
        look.invoices.iter().filter_map(of).flatten().collect()
    };
    let zero = Value::Number(Decimal::ZERO, Unit::MoneyDays(on.currency()));
    Found::of(
        "Σ amount × days beyond terms ÷ Σ amount, over the invoices due in the window, each part of one by its own day: paid − due, \
         or the day − due of what is open.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Amount × days beyond terms", zero, terms(true)),
            Part::of("Amounts", zero, terms(false)),
        ],
    )
}

fn left_of_an_hour(on: &Ground<'_>, look: &Look<'_>) -> Found {
    let terms = effort_terms(look);
    let counted = || terms.iter().filter(|term| term.counts);
    let money = |term: &crate::figures::health::EffortTerm| {
        let amount: Answer<Money> = term.amount.clone()?;
        let what = match term.fact.0 {
            Table::Expenses => "Expense",
            Table::Deals => "What the hours of a deal bring that falls short",
            _ if term.open => "Open of an invoice",
            _ => "Payment",
        };
        let (table, id) = &term.fact;
        Some(Term::money(what, &amount).on(term.day).in_record(*table, id))
    };
    let hours = |term: &crate::figures::health::EffortTerm| {
        let (table, id) = &term.fact;
        let worked = Value::Number(term.hours, Unit::Hours);
        term.amount.is_none().then(|| Term::new("Worked", Ok(worked)).on(term.day).in_record(*table, id))
    };
    Found::of(
        "(Payments + what is open, net of tax) − expenses of the window, ÷ hours worked; rounded. Deals still talked \
         about, at work or not billed yet stay out, but \
         for those that fall short of break-even already: their hours bring (worth − expenses) ÷ all hours of the deal.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Paid and open, less expenses", on.nothing(), counted().filter_map(money).collect()),
            Part::of(
                "Hours",
                Value::Number(Decimal::ZERO, Unit::Hours),
                counted().filter_map(hours).collect(),
            ),
        ],
    )
}

fn pushes_a_deal(look: &Look<'_>) -> Found {
    let push = |push: &crate::figures::health::Push| {
        let (table, id) = &push.fact;
        let what = capital(push.what.words());
        Term::new(what, Ok(Value::things(1))).on(push.day).in_record(*table, id)
    };
    let deals = look.known.facts.deals.iter().filter(|deal| priced(look, deal));
    let deal = |deal: &Arc<Deal>| {
        Term::new(deal.title.clone(), Ok(Value::things(1))).in_record(Table::Deals, deal.id.as_str())
    };
    let mut deals: Vec<Term> = deals.map(deal).collect();
    if deals.is_empty() {
        deals.push(Term::new("No deal with a price is noted: as in one", Ok(Value::things(1))));
    }
    Found::of(
        "Pushes on price and scope, and discounts without less scope, ÷ deals with a price talked about in the window.",
        Rule::Quotient(Decimal::ONE),
        vec![
            Part::of("Pushes", Value::things(0), pushes(look).iter().map(push).collect()),
            Part::of("Deals", Value::things(0), deals),
        ],
    )
}

fn silence(look: &Look<'_>, value: Value) -> Found {
    let last = look.known.facts.touches.iter().max_by_key(|touch| touch.day);
    let term = last.map(|touch| {
        let what = format!("Since: {}", crate::figures::timeline::touch_words(touch));
        Term::new(what, Ok(value)).on(touch.day).in_record(Table::Touches, touch.id.as_str())
    });
    let zero = Value::Number(Decimal::ZERO, Unit::Days);
    let part = Part::of("Days since the last touch", zero, term.into_iter().collect());
    Found::of(
        "The day looked at less the day of the last touch, in either direction.",
        Rule::SumOfFirst,
        vec![part],
    )
}

fn in_writing(look: &Look<'_>) -> Found {
    let zero = Value::Number(Decimal::ZERO, Unit::Things);
    let started = started(look);
    let terms = |both: bool| {
        let counted = started.iter().filter(|it| !both || (it.signed && it.paid_down));
        counted
            .map(|it| {
                let value = Value::Number(it.value, Unit::Things);
                Term::new(it.deal.title.clone(), Ok(value)).in_record(Table::Deals, it.deal.id.as_str())
            })
            .collect()
    };
    Found::of(
        "Value of the deals whose agreement was signed before the work and whose down payment came ÷ value of all on which work \
         began in the window × 100. One without a value counts as the mean of the others.",
        Rule::Quotient(Decimal::ONE_HUNDRED),
        vec![
            Part::of("Signed before the work, and paid down", zero, terms(true)),
            Part::of("Begun", zero, terms(false)),
        ],
    )
}

fn chance(on: &Ground<'_>, client: &Client, value: Value) -> Found {
    let rhythm = Dormancy::of(on.known, on.day()).rhythm(&client.id);
    let method = rhythm.map(|rhythm| {
        format!(
            "{} orders, the last {} days ago; {:.0} days lie between two, reckoned with the book's mean. The chance falls as the \
             silence grows beyond that, and rises with the number of orders; how high it is in all is fitted on who had ordered \
             a year ago, and whether they did since.",
            rhythm.orders, rhythm.silence, rhythm.gap
        )
    });
    let term = Term::new("Chance to order within 12 months", Ok(value));
    let part = Part::of("A chance, and no sum", Value::Number(Decimal::ZERO, Unit::Fraction), vec![term]);
    let formula =
        "How likely a client orders again, from how often it ordered and how long it has been silent.";
    Found { method, ..Found::of(formula, Rule::SumOfFirst, vec![part]) }
}

fn good_words(look: &Look<'_>) -> Found {
    use TouchKind::{AdviceAsked, Introduction, Praise, Referral, Testimonial};
    let good = |touch: &&Arc<Touch>| {
        touch.direction == Direction::In
            && look.is_recent(touch.day)
            && matches!(touch.kind, Some(AdviceAsked | Introduction | Praise | Referral | Testimonial))
    };
    let term = |touch: &Arc<Touch>| {
        let what = crate::figures::timeline::touch_words(touch);
        Term::new(what, Ok(Value::things(1))).on(touch.day).in_record(Table::Touches, touch.id.as_str())
    };
    let terms = look.known.facts.touches.iter().filter(good).map(term).collect();
    let part = Part::of("Good words of theirs", Value::things(0), terms);
    Found::of(
        "Referrals, introductions, testimonials, praise and questions for advice in the window.",
        Rule::SumOfFirst,
        vec![part],
    )
}

/// A number as a term's words show it.
fn shown(number: Decimal) -> Decimal {
    number.round_dp(1).normalize()
}
