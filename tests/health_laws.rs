//! Laws of client health that hold for every book: what is not known is not good, a record matters only where it is listed,
//! no other client matters but by the stated pool, and a mend keeps what it claims and is the cheapest there is.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{
    AnyRecord, Book, Business, ClientFacts, ClientId, Currency, ExchangeRate, Threshold, add_days,
};
use rapport::figures::Figures;
use rapport::figures::health::mend::{Change, mends, offered};
use rapport::figures::health::{Health, Indicator, Pool, Reading, Signals};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::facts::{day, money, read};

const STAGES: [&str; 6] = ["proposal", "agreed", "in_work", "delivered", "done", "lost"];

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..900).prop_map(|days| add_days(day("2023-06-01"), days))
}

/// A day on which health is asked for: in the later half of those on which something may have happened.
fn as_of() -> impl Strategy<Value = NaiveDate> {
    (500_i64..950).prop_map(|days| add_days(day("2023-06-01"), days))
}

fn an_amount() -> impl Strategy<Value = String> {
    (1_i64..40, prop_oneof![9 => Just("EUR"), 1 => Just("USD")])
        .prop_map(|(hundreds, currency)| format!("{}.00 {currency}", hundreds * 100))
}

/// `name: value,` or nothing.
fn field(name: &str, value: Option<String>) -> String {
    value.map(|value| format!("{name}: {value}, ")).unwrap_or_default()
}

fn quoted(value: &impl ToString) -> String {
    format!("\"{}\"", value.to_string())
}

fn a_deal(client: &'static str) -> impl Strategy<Value = String> {
    let told = prop::option::of(an_amount());
    let value = prop::option::of(an_amount());
    let signed = prop::option::of(-20_i64..20);
    let down = prop::option::of(0_usize..6);
    let more = (any::<bool>(), any::<bool>(), prop::option::of(1_i64..60));
    (0_usize..4, a_day(), prop::collection::vec((0_i64..60, 0_usize..6), 1..4), value, told, signed, down, more)
        .prop_map(move |(id, first, stages, value, told, signed, down, (less, fee, delivered))| {
            let mut on = first;
            let stages: Vec<String> = stages
                .iter()
                .map(|(later, stage)| {
                    on = add_days(on, *later);
                    format!(r#"(day: "{on}", stage: "{}")"#, STAGES.get(*stage).unwrap())
                })
                .collect();
            let less = less.then(|| format!(r#"(day: "{first}", what: "pages")"#));
            let down = down.map(|n| {
                format!(r#"(asked: "{first}", amount: "500 EUR", invoice: "{client}-i{n}")"#)
            });
            format!(
                r#"deal (id: "{client}-d{id}", client: "{client}", title: "D{id}", {}{}{}{}{}{}{}stages: [{}])"#,
                field("value", value.map(|it| quoted(&it))),
                field("price_told", told.map(|it| format!(r#"(day: "{first}", amount: "{it}")"#))),
                field("less_scope", less),
                field("agreement", signed.map(|it| format!(r#"(signed: "{}")"#, add_days(first, it)))),
                field("down_payment", down),
                field("delivered", delivered.map(|it| quoted(&add_days(first, it)))),
                field("basis", fee.then(|| "retainer".to_owned())),
                stages.join(", "),
            )
        })
}

fn an_invoice(client: &'static str) -> impl Strategy<Value = String> {
    let payments = prop::collection::vec((0_i64..120, 1_i64..=10), 0..3);
    let promised = prop::collection::vec((0_i64..60, 0_i64..40), 0..3);
    let dispute = prop::option::weighted(0.2, (0_i64..60, prop::option::of(0_i64..60)));
    let cause = prop::sample::select(vec!["misunderstanding", "dissatisfied", "cannot", "will_not"]);
    let lost = prop::option::weighted(0.15, (0_i64..120, cause));
    let deal = prop::option::of(0_usize..4);
    (0_usize..12, a_day(), 0_i64..40, an_amount(), deal, payments, promised, (dispute, lost)).prop_map(
        move |(id, issued, terms, price, deal, payments, promised, (dispute, lost))| {
            let payments: Vec<String> = payments
                .iter()
                .map(|(later, tenths)| {
                    let part = money(&price).times(Decimal::new(*tenths, 1));
                    format!(r#"(day: "{}", amount: "{part}")"#, add_days(issued, *later))
                })
                .collect();
            let promised: Vec<String> = promised
                .iter()
                .map(|(later, by)| {
                    let said = add_days(issued, *later);
                    format!(r#"(day: "{said}", pay_by: "{}")"#, add_days(said, *by))
                })
                .collect();
            let dispute = dispute.map(|(later, settled)| {
                let from = add_days(issued, later);
                let until = settled.map(|it| quoted(&add_days(from, it)));
                format!(r#"[(from: "{from}", {})]"#, field("until", until))
            });
            let lost = lost.map(|(later, cause)| {
                format!(r#"(day: "{}", cause: {cause})"#, add_days(issued, later))
            });
            format!(
                r#"invoice (id: "{client}-i{id}", number: "{id}", client: "{client}", {}issued: "{issued}", due: "{}",
                    lines: [(result: "x", price: "{price}")], {}{}payments: [{}], promised: [{}])"#,
                field("deal", deal.map(|it| format!(r#""{client}-d{it}""#))),
                add_days(issued, terms),
                field("disputes", dispute),
                field("write_off", lost),
                payments.join(", "),
                promised.join(", "),
            )
        },
    )
}

fn a_touch(client: &'static str) -> impl Strategy<Value = String> {
    let kind = prop::option::of(prop::sample::select(vec![
        "advice_asked",
        "heads_up",
        "praise",
        "testimonial",
        "complaint",
        "price_push",
        "scope_push",
        "referral",
        "review",
    ]));
    let answers = prop::option::weighted(0.3, 0_usize..20);
    (0_usize..20, a_day(), any::<bool>(), any::<bool>(), any::<bool>(), answers, kind).prop_map(
        move |(id, on, inward, written, wanted, answers, kind)| {
            format!(
                r#"touch (id: "{client}-t{id}", client: "{client}", day: "{on}", direction: {}, {}{}written: {written},
                    answer_wanted: {wanted})"#,
                if inward { "in" } else { "out" },
                field("answers", answers.map(|it| format!(r#""{client}-t{it}""#))),
                field("kind", kind.map(str::to_owned)),
            )
        },
    )
}

fn a_promise(client: &'static str) -> impl Strategy<Value = String> {
    let moved = prop::collection::vec((0_i64..60, 0_i64..60), 0..2);
    (0_usize..10, a_day(), any::<bool>(), 0_i64..60, moved, prop::option::of(0_i64..90)).prop_map(
        move |(id, made, me, later, moved, kept)| {
            let moved: Vec<String> = moved
                .iter()
                .map(|(said, to)| {
                    let said = add_days(made, *said);
                    format!(r#"(day: "{said}", to: "{}")"#, add_days(said, *to))
                })
                .collect();
            format!(
                r#"promise (id: "{client}-p{id}", client: "{client}", by: {}, what: "P{id}", made: "{made}", due: "{}",
                    {}moved: [{}])"#,
                if me { "me" } else { "them" },
                add_days(made, later),
                field("kept", kept.map(|it| quoted(&add_days(made, it)))),
                moved.join(", "),
            )
        },
    )
}

fn work(client: &'static str) -> impl Strategy<Value = String> {
    let purpose = prop::sample::select(vec!["job", "beyond", "relationship", "before_sale"]);
    (0_usize..10, a_day(), prop::option::of(0_usize..4), 1_i64..200, purpose).prop_map(
        move |(id, on, deal, tenths, purpose)| {
            format!(
                r#"work (id: "{client}-w{id}", client: "{client}", {}day: "{on}", hours: "{}", purpose: {purpose})"#,
                field("deal", deal.map(|it| format!(r#""{client}-d{it}""#))),
                Decimal::new(tenths, 1),
            )
        },
    )
}

fn an_expense(client: &'static str) -> impl Strategy<Value = String> {
    let deal = prop::option::of(0_usize..4);
    (0_usize..10, a_day(), deal, an_amount(), any::<bool>()).prop_map(move |(id, on, deal, amount, recurs)| {
        format!(
            r#"expense (id: "{client}-e{id}", client: "{client}", {}{}what: "E", amount: "{amount}", day: "{on}")"#,
            field("deal", deal.map(|it| format!(r#""{client}-d{it}""#))),
            field("every", recurs.then(|| quoted(&"3 months"))),
        )
    })
}

fn a_retainer(client: &'static str) -> impl Strategy<Value = String> {
    (0_usize..2, a_day(), an_amount(), prop::option::of(0_i64..400)).prop_map(move |(id, from, amount, until)| {
        format!(
            r#"retainer (id: "{client}-r{id}", client: "{client}", what: "Care", amount: "{amount}", every: "1 month",
                agreed: "{from}", {}from: "{from}")"#,
            field("until", until.map(|it| quoted(&add_days(from, it)))),
        )
    })
}

/// Up to so many records of a client, each id once.
fn records(client: &'static str, most: usize) -> impl Strategy<Value = Vec<String>> {
    let record = prop_oneof![
        4 => an_invoice(client),
        3 => a_deal(client),
        4 => a_touch(client),
        2 => a_promise(client),
        2 => work(client),
        1 => an_expense(client),
        1 => a_retainer(client),
    ];
    prop::collection::vec(record, 0..most).prop_map(|lines| {
        let id = |line: &String| line.split('"').nth(1).unwrap_or_default().to_owned();
        lines.into_iter().map(|line| (id(&line), line)).collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

fn firm() -> Business {
    let rate = ExchangeRate { day: day("2023-12-01"), currency: Currency::USD, rate: Decimal::new(9, 1) };
    Business {
        exchange_rates: vec![rate],
        target_rate: Some(money("80 EUR")),
        break_even_rate: Some(money("50 EUR")),
        ..Business::new(Currency::EUR)
    }
}

fn a_book(lines: &[Vec<String>]) -> Book {
    let clients = ["acme", "bolt"]
        .map(|id| read(&format!(r#"client (id: "{id}", name: "{id}", added: "2023-06-01")"#)));
    let lines = lines.iter().flatten().map(|line| read(line));
    Book::from_records(Arc::new(firm()), clients.into_iter().chain(lines))
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

fn health_of(figures: &Figures) -> Option<Health> {
    figures.healths.client(&acme()).map(|it| it.health.clone())
}

/// The same book with other facts about one client.
fn with(book: &Book, facts: &ClientFacts) -> Book {
    let others = book.clients().filter(|it| it.id() != facts.id());
    let all = |facts: &ClientFacts| -> Vec<AnyRecord> {
        std::iter::once(AnyRecord::Client(facts.client.clone())).chain(facts.facts.records()).collect()
    };
    let records = others.flat_map(|it| all(it)).chain(all(facts)).chain(book.firm().records());
    Book::from_records(book.business().clone(), records.collect::<Vec<_>>())
}

fn reading(health: &Health, indicator: Indicator) -> &Reading {
    health.reading(indicator).unwrap()
}

/// Every set of one or more of them.
fn sets<'a>(changes: &[&'a Change]) -> Vec<Vec<&'a Change>> {
    let of = |set: u32| {
        let chosen = changes.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
        chosen.map(|(_, change)| *change).collect()
    };
    (1..1_u32 << changes.len()).map(of).collect()
}

/// From so many changes on, trying every set of them takes too long for a test.
const TOO_MANY: usize = 10;

#[test]
fn a_client_of_whom_nothing_is_known_is_unknown_in_everything() {
    let figures = Figures::of(&a_book(&[]), day("2024-06-01"));
    let health = health_of(&figures).unwrap();
    assert!(health.score.is_err());
    for reading in &health.readings {
        assert!(reading.points.is_err() && reading.value.is_err(), "{reading:?}");
        assert!(reading.says.starts_with("Not known: "), "{}", reading.says);
        assert_eq!((reading.evidence.count, reading.evidence.pieces), (Decimal::ZERO, Decimal::ZERO));
    }
    for (_, mend) in mends(&firm(), &figures, &acme()) {
        assert!(mend.is_err(), "what is unknown cannot be mended: {mend:?}");
    }
}

/// Whether a record is a deal, or names one.
fn again_is_of_deal(record: &str) -> bool {
    record.starts_with("deal ") || record.contains("deal: \"")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn taking_away_a_record_changes_only_the_indicators_that_list_it(
        own in records("acme", 30), other in records("bolt", 8), on in as_of()
    ) {
        let book = a_book(&[own, other]).as_of(on);
        let Some(known) = book.client(&acme()).cloned() else { return Ok(()) };
        let before = health_of(&Figures::of(&book, on)).unwrap();
        for gone in known.facts.records() {
            let records = book.records().filter(|it| (it.table(), it.id_str()) != (gone.table(), gone.id_str()));
            let without = Book::from_records(book.business().clone(), records.collect::<Vec<_>>());
            let after = health_of(&Figures::of(&without, on)).unwrap();
            for (is, was) in after.readings.iter().zip(&before.readings) {
                if !was.looked_at(gone.table(), gone.id_str()) {
                    prop_assert_eq!(is, was, "{:?} {}", gone.table(), gone.id_str());
                }
            }
        }
    }

    #[test]
    fn health_as_of_a_day_never_depends_on_what_came_later(
        own in records("acme", 30), other in records("bolt", 15), on in as_of()
    ) {
        let later = |line: &String| line.split('"').filter_map(|it| it.parse::<NaiveDate>().ok()).all(|it| it > on);
        let earlier = |lines: &Vec<String>| -> Vec<String> { lines.iter().filter(|it| !later(it)).cloned().collect() };
        let without = a_book(&[earlier(&own), earlier(&other)]);
        let with = a_book(&[own, other]);
        let healths = |book: &Book| Figures::of(book, on).healths.clone();
        prop_assert!(healths(&with) == healths(&without));
        // Nor on later facts of a record that was known: a payment, a settled dispute, a promise kept.
        prop_assert!(healths(&with) == healths(&with.as_of(on)));
    }

    #[test]
    fn the_trend_compares_with_what_the_score_was_ninety_days_before(
        own in records("acme", 40), other in records("bolt", 15), on in as_of()
    ) {
        let book = a_book(&[own, other]);
        let now = Figures::of(&book, on);
        let Some(of) = now.healths.client(&acme()) else { return Ok(()) };
        let then = health_of(&Figures::of(&book, add_days(on, -90)));
        let points = |health: Option<&Health>| Some(health?.score.as_ref().ok()?.points);
        let expected = points(Some(&of.health)).zip(points(then.as_ref())).map(|(is, was)| is - was);
        prop_assert_eq!(of.trend.clone().ok(), expected);
    }

    #[test]
    fn no_other_client_matters_but_by_the_pool(
        own in records("acme", 30), other in records("bolt", 15), on in as_of()
    ) {
        let together = Figures::of(&a_book(&[own.clone(), other]), on);
        let apart = Figures::of(&a_book(&[own]), on);
        let (Some(with), Some(without)) = (together.client(&acme()), apart.client(&acme())) else { return Ok(()) };
        prop_assert_eq!(&with.signals, &without.signals);
        prop_assert_eq!(&with.signals_before, &without.signals_before);
        prop_assert_eq!(&with.kind, &without.kind);
        let weights = &together.healths.weights;
        let same = Health::of(&without.signals, &together.healths.pool, weights);
        prop_assert_eq!(&health_of(&together).unwrap(), &same);
        for (is, was) in same.readings.iter().zip(&health_of(&apart).unwrap().readings) {
            if !matches!(is.indicator, Indicator::Pays | Indicator::Returns) {
                prop_assert_eq!(is, was);
            }
        }
    }

    #[test]
    fn points_and_scores_are_weighted_means_of_what_is_known(
        own in records("acme", 30), other in records("bolt", 10), on in as_of()
    ) {
        let figures = Figures::of(&a_book(&[own, other]), on);
        let Some(of) = figures.healths.client(&acme()) else { return Ok(()) };
        let within = |points: &Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(points);
        let mut terms = Vec::new();
        for (reading, weight) in of.health.readings.iter().zip(&figures.healths.weights) {
            let Ok(points) = reading.points.clone() else { continue };
            prop_assert!(within(&points) && reading.measures.iter().all(|it| within(&it.points)));
            let sum: Decimal = reading.measures.iter().map(|it| it.weight * it.points).sum();
            let whole: Decimal = reading.measures.iter().map(|it| it.weight).sum();
            prop_assert_eq!(points, sum / whole);
            terms.push((weight * points, *weight));
        }
        if let Ok(score) = &of.health.score {
            let (sum, whole) = terms.iter().fold((Decimal::ZERO, Decimal::ZERO), |a, b| (a.0 + b.0, a.1 + b.1));
            prop_assert_eq!((score.points, score.known), (sum / whole, terms.len()));
            let lost: Decimal = of.reasons.iter().map(|it| it.lost).sum();
            prop_assert!(lost <= Decimal::ONE_HUNDRED - score.points + Decimal::new(1, 9));
            prop_assert!(of.reasons.len() <= 4 && of.reasons.is_sorted_by(|a, b| a.lost >= b.lost));
        } else {
            prop_assert!(terms.len() < 3 || of.health.score.clone().unwrap_err().0.starts_with("a prospect"));
        }
    }

    /// The half width before it is rounded, from the readings alone. It narrows exactly where a known indicator that counts has
    /// more pieces of evidence, or an unknown one becomes known:
    ///
    /// - pays as agreed: an invoice due in the window, or written off and theirs to answer for;
    /// - worth the effort: hours of finished work;
    /// - respects the price: a deal with a price noted;
    /// - open lines: a touch of either side;
    /// - in writing: a job begun;
    /// - comes back: an order, or the first regular fee;
    /// - speaks well: a touch of theirs.
    #[test]
    fn one_more_fact_like_those_known_never_widens_the_band_and_narrows_it_where_evidence_grows(
        own in records("acme", 24), on in as_of(), nth in any::<prop::sample::Index>()
    ) {
        prop_assume!(!own.is_empty());
        let again = nth.get(&own).replacen("\"acme-", "\"again-", 1);
        let more = [own.as_slice(), &[again]].concat();
        let of = |lines: &[String]| {
            let figures = Figures::of(&a_book(&[lines.to_vec()]), on);
            (health_of(&figures), figures.healths.weights.clone())
        };
        let ((Some(before), weights), (Some(after), _)) = (of(&own), of(&more)) else { return Ok(()) };
        let known = |reading: &Reading| match reading.points {
            Ok(_) => reading.evidence.pieces,
            Err(_) => Decimal::ZERO,
        };
        // A deal begun or billed anew decides which hours wait for an outcome: that is no fact of the effort like those known.
        let effort = |health: &Health| known(health.reading(Indicator::Effort).unwrap());
        let repeated: &String = nth.get(&own);
        let of_deal = again_is_of_deal(repeated);
        if of_deal && effort(&after) < effort(&before) {
            return Ok(());
        }
        let mut grew = false;
        for ((is, was), weight) in after.readings.iter().zip(&before.readings).zip(&weights) {
            prop_assert!(is.points.is_ok() || was.points.is_err(), "{:?} became unknown", is.indicator);
            prop_assert!(known(is) >= known(was), "{:?} has less evidence", is.indicator);
            grew |= known(is) > known(was) && !weight.is_zero();
        }
        let width = |health: &Health| -> f64 {
            let terms = health.readings.iter().zip(&weights).map(|(reading, weight)| {
                let (weight, pieces) = (weight.to_f64().unwrap(), known(reading).to_f64().unwrap());
                (weight * weight / (1.0 + pieces), weight)
            });
            let (square, whole) = terms.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1));
            1.2816 * 30.0 * square.sqrt() / whole
        };
        if grew {
            prop_assert!(width(&after) < width(&before), "{} after {}", width(&after), width(&before));
        } else {
            prop_assert!((width(&after) - width(&before)).abs() < 1e-9);
        }
        for health in [&before, &after] {
            if let Ok(score) = &health.score {
                prop_assert!((score.half_width.to_f64().unwrap() - width(health)).abs() <= 0.0501);
            }
        }
        if let (Ok(was), Ok(is)) = (&before.score, &after.score) {
            prop_assert!(is.half_width <= was.half_width);
        }
    }

    #[test]
    fn the_same_facts_once_more_never_widen_the_band(own in records("acme", 30), on in as_of()) {
        let again: Vec<String> = own.iter().map(|line| line.replace("\"acme-", "\"again-")).collect();
        let score = |lines: &[Vec<String>]| health_of(&Figures::of(&a_book(lines), on)).and_then(|it| it.score.ok());
        if let Some(once) = score(std::slice::from_ref(&own)) {
            let twice = score(&[own, again]).unwrap();
            prop_assert!(twice.half_width <= once.half_width, "{} after {}", twice.half_width, once.half_width);
            prop_assert!(twice.known >= once.known);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every set of what is offered is tried, whatever the search tries.
    #[test]
    fn a_mend_keeps_what_it_claims_and_nothing_offered_is_cheaper(
        own in records("acme", 12), other in records("bolt", 6), on in as_of()
    ) {
        let book = a_book(&[own, other]).as_of(on);
        let figures = Figures::of(&book, on);
        let (Some(known), Some(health)) = (book.client(&acme()), health_of(&figures)) else { return Ok(()) };
        let (business, weights) = (book.business(), &figures.healths.weights);
        let stages = business.stages();
        let good = business.threshold(Threshold::HealthGood);
        let all = offered(business, known, on);
        let mends = mends(business, &figures, &acme());
        prop_assert_eq!(mends.iter().map(|it| it.0).collect::<Vec<_>>(), Indicator::ALL.to_vec());
        let made = |changes: &[&Change]| {
            changes.iter().fold(ClientFacts::clone(known), |facts, change| change.apply(business, &facts, on))
        };
        for (indicator, mend) in mends {
            let was = reading(&health, indicator).points.clone();
            let Ok(was) = was else {
                prop_assert!(mend.is_err());
                continue;
            };
            if was >= good {
                prop_assert_eq!(mend, Ok(None));
                continue;
            }
            // By another way than the search's: whole signals, and a pool of all. What leaves nothing known mends nothing.
            let points = |changes: &[&Change]| {
                let signals = Arc::new(Signals::of(business, &stages, &made(changes), on));
                let each = figures.of_clients.iter();
                let each = each.map(|it| if it.id == acme() { &signals } else { &it.signals });
                let health = Health::of(&signals, &Pool::of(each, on), weights);
                reading(&health, indicator).points.clone().ok()
            };
            let offered: Vec<&Change> = all.iter().filter(|it| it.is_for(indicator)).collect();
            let cost = |changes: &[&Change]| changes.iter().map(|it| it.cost()).sum::<u32>();
            let per_cost = |cost: u32, points: Decimal| (points - was) / Decimal::from(cost);
            let single = offered.iter().filter_map(|it| Some(per_cost(it.cost(), points(&[it])?)));
            let best = single.max().unwrap_or_default();
            let claimed = mend.as_ref().ok().and_then(Option::as_ref).filter(|mend| mend.mended);
            let within = claimed.map_or(u32::MAX, |mend| mend.cost);
            let cheapest = if offered.len() < TOO_MANY {
                let sets = sets(&offered).into_iter().filter(|set| cost(set) <= within);
                let enough = sets.filter_map(|set| Some((cost(&set), points(&set).filter(|it| *it >= good)?)));
                Some(enough.min_by_key(|(cost, points)| (*cost, -*points)))
            } else {
                None
            };
            // Where nothing is enough and no single change helps, a set that does is named.
            let lifting = (cheapest == Some(None) && best <= Decimal::ZERO).then(|| {
                let each = sets(&offered).into_iter().filter(|set| !set.is_empty());
                let each = each.filter_map(|set| Some(per_cost(cost(&set), points(&set)?)));
                each.max().unwrap_or_default()
            });
            let Ok(mend) = mend else {
                prop_assert!(cheapest.flatten().is_none() && best <= Decimal::ZERO, "{:?}: {:?}", indicator, mend);
                prop_assert!(lifting.is_none_or(|it| it <= Decimal::ZERO), "{:?}: {:?}", indicator, mend);
                continue;
            };
            let mend = mend.unwrap();
            prop_assert_eq!(mend.from, was);
            prop_assert!(!mend.changes.is_empty() && mend.changes.iter().all(|it| offered.contains(&it)));
            let changes: Vec<&Change> = mend.changes.iter().collect();
            prop_assert_eq!(mend.cost, cost(&changes));
            match cheapest {
                Some(Some((cost, to))) => {
                    prop_assert_eq!((mend.cost, mend.to, mend.mended), (cost, to, true), "{:?}", mend);
                }
                Some(None) => prop_assert!(!mend.mended),
                None => {}
            }
            if !mend.mended {
                prop_assert!(mend.to > was);
                if best > Decimal::ZERO {
                    prop_assert_eq!(mend.changes.len(), 1);
                    prop_assert_eq!(per_cost(mend.cost, mend.to), best);
                } else if let Some(lifting) = lifting {
                    prop_assert_eq!(per_cost(mend.cost, mend.to), lifting);
                }
            }
            let after = health_of(&Figures::of(&with(&book, &made(&changes)), on)).unwrap();
            prop_assert_eq!(&reading(&after, indicator).points, &Ok(mend.to), "{:?}", mend);
        }
    }
}
