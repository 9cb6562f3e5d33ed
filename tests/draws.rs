//! The draws: paths of the balance from flows that are written by hand.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{ClientId, Currency, Money, add_days};
use rapport::figures::forecast::{
    Draws, Event, Fan, FanDay, Flow, FlowKind, Layer, Layers, Paths, Pmf, SetAside, Strength, Strengths,
    When, days_drawn,
};
use rust_decimal::Decimal;

use crate::facts::{day, money};

const ALL: Layers = Layers { likely: true, possible: true };

pub(crate) fn flow(key: &str, amount: &str, pmf: Pmf) -> Flow {
    let amount = money(amount);
    let comes_in = amount.amount > Decimal::ZERO;
    Flow {
        key: key.to_owned(),
        layer: Layer::Committed,
        kind: if comes_in { FlowKind::Invoice } else { FlowKind::Expense },
        client: None,
        what: key.to_owned(),
        record: None,
        amount,
        income: if comes_in { amount } else { Money::zero(amount.currency) },
        due: None,
        when: When::After(Arc::new(pmf)),
    }
}

fn of_client(client: &str, flow: Flow) -> Flow {
    Flow { client: Some((ClientId::new(client).unwrap(), client.into())), ..flow }
}

fn draws(days: i64) -> Draws {
    let scheduled = Strength { market: 0.05, client: 0.20 };
    Draws { days, draws: 2_000, strengths: Strengths { open: Strength::NONE, scheduled } }
}

fn nothing() -> SetAside {
    SetAside::nothing(Currency::EUR)
}

fn today() -> NaiveDate {
    day("2026-11-20")
}

fn fan(flows: &[Flow], set_aside: &SetAside, days: i64, opening: &str, reserve: &str) -> Fan {
    let paths = Paths::of(flows, set_aside, &draws(days));
    Fan::of(&paths, ALL, today(), Some(money(opening)), Some(money(reserve)))
}

fn medians(fan: &Fan) -> Vec<String> {
    fan.days.iter().map(|it| it.median().amount.normalize().to_string()).collect()
}

/// The share of draws in which a flow has come by a day.
fn share_by(flow: &Flow, draws: &Draws, days: i64) -> f64 {
    let drawn = days_drawn(flow, draws);
    let by = drawn.iter().filter(|it| it.is_some_and(|on| on <= days)).count();
    f64::from(u32::try_from(by).unwrap()) / f64::from(draws.draws)
}

#[test]
fn what_is_certain_gives_the_balance_worked_out_by_hand() {
    let flows = [
        flow("rent", "-900.10 EUR", Pmf::on(2)),
        flow("fee", "250 EUR", Pmf::on(3)),
        flow("laptop", "-1200.05 EUR", Pmf::on(3)),
        flow("late", "5000 EUR", Pmf::on(9)),
    ];
    let fan = fan(&flows, &nothing(), 4, "2000.005 EUR", "150 EUR");
    assert_eq!(medians(&fan), ["2000.005", "1099.905", "149.855", "149.855"]);
    assert!(fan.days.iter().all(|it| it.quantiles == [it.median(); 7]));
    assert_eq!(fan.days.iter().map(|it| it.under_by).collect::<Vec<_>>(), [0.0, 0.0, 1.0, 1.0].map(Some));
    assert_eq!((fan.lowest.day, fan.lowest.median), (day("2026-11-23"), money("149.855 EUR")));
    assert_eq!((fan.lowest.nine_in_ten, fan.lowest.under_reserve), (money("149.855 EUR"), Some(1.0)));
}

#[test]
fn a_balance_that_only_touches_the_reserve_is_not_under_it() {
    let flows = [flow("rent", "-100 EUR", Pmf::on(1))];
    assert_eq!(fan(&flows, &nothing(), 2, "400 EUR", "300 EUR").lowest.under_reserve, Some(0.0));
    assert_eq!(fan(&flows, &nothing(), 2, "400 EUR", "300.01 EUR").lowest.under_reserve, Some(1.0));
    assert_eq!(fan(&flows, &nothing(), 2, "400 EUR", "300.001 EUR").lowest.under_reserve, Some(1.0));
}

#[test]
fn without_a_balance_the_fan_tells_the_change_and_nothing_about_the_reserve() {
    let paths = Paths::of(&[flow("rent", "-100 EUR", Pmf::on(1))], &nothing(), &draws(2));
    let fan = Fan::of(&paths, ALL, today(), None, Some(money("300 EUR")));
    assert_eq!(medians(&fan), ["-100", "-100"]);
    assert_eq!((fan.lowest.under_reserve, fan.days[1].under_by), (None, None));
}

#[test]
fn nothing_comes_before_tomorrow_and_no_flow_no_change() {
    let fan = fan(&[], &nothing(), 3, "10 EUR", "0 EUR");
    assert_eq!(fan.days.iter().map(|it| it.day).next(), Some(day("2026-11-21")));
    assert_eq!(medians(&fan), ["10", "10", "10"]);
    assert_eq!((fan.lowest.day, fan.lowest.nine_in_ten), (day("2026-11-21"), money("10 EUR")));
    let soon = flow("soon", "1 EUR", Pmf::of_days([0.5, 0.5], 0.0));
    assert!(days_drawn(&soon, &draws(5)).iter().all(|on| on.is_some_and(|on| (1..=2).contains(&on))));
}

#[test]
fn two_flows_have_the_distribution_that_counting_every_case_gives() {
    // 100 comes on day 1 with .3, on day 2 with .5, else never; 40 goes on day 1 with .6, else on day 2.
    let flows = [
        flow("in", "100 EUR", Pmf::of_days([0.3, 0.5], 0.0)),
        flow("out", "-40 EUR", Pmf::of_days([0.6, 0.4], 0.0)),
    ];
    let paths = Paths::of(&flows, &nothing(), &draws(2));
    let share = |days: i64, change: &str| {
        let by = paths.by(ALL, days);
        let alike = by.iter().filter(|it| **it == money(change)).count();
        f64::from(u32::try_from(alike).unwrap()) / 2_000.0
    };
    // Four standard errors of a share over 2,000 draws are at most .045.
    for (days, change, exact) in [
        (1, "0 EUR", 0.7 * 0.4),
        (1, "100 EUR", 0.3 * 0.4),
        (1, "-40 EUR", 0.7 * 0.6),
        (1, "60 EUR", 0.3 * 0.6),
        (2, "60 EUR", 0.8),
        (2, "-40 EUR", 0.2),
    ] {
        assert!((share(days, change) - exact).abs() < 0.045, "{days} {change}: {}", share(days, change));
    }
    // The path is under nought when 40 goes on day 1 before 100 comes, or 100 never comes: .6·.7 + .4·.2 = .50.
    let under = fan(&flows, &nothing(), 2, "0 EUR", "0 EUR").lowest.under_reserve.unwrap();
    assert!((under - 0.5).abs() < 0.045, "{under}");
}

#[test]
fn each_flow_keeps_the_chances_of_its_days_however_strongly_flows_hang_together() {
    let pmf = || Pmf::of_days([0.05, 0.15, 0.3, 0.0, 0.2], 0.05);
    for strength in
        [Strength::NONE, Strength { market: 0.05, client: 0.2 }, Strength { market: 0.6, client: 0.4 }]
    {
        let how = Draws { strengths: Strengths { open: strength, scheduled: strength }, ..draws(30) };
        let flow = of_client("acme", flow("a", "1 EUR", pmf()));
        for days in [1, 2, 3, 4, 5, 12, 30] {
            let (share, exact) = (share_by(&flow, &how, days), pmf().within(days));
            assert!((share - exact).abs() < 0.045, "{strength:?} {days}: {share} for {exact}");
        }
    }
}

/// The variance of what 20 flows of two clients have brought by the middle of their time.
fn variance(strength: Strength) -> f64 {
    let flows: Vec<Flow> = (0..20)
        .map(|n| {
            of_client(["acme", "bolt"][n % 2], flow(&format!("f{n}"), "1 EUR", Pmf::of_days([0.5, 0.5], 0.0)))
        })
        .collect();
    let how = Draws { strengths: Strengths { open: strength, scheduled: strength }, ..draws(2) };
    let sums = Paths::of(&flows, &nothing(), &how).by(ALL, 1);
    let counts: Vec<f64> = sums.iter().map(|it| it.amount.to_string().parse::<f64>().unwrap()).collect();
    let mean = counts.iter().sum::<f64>() / 2_000.0;
    assert!((mean - 10.0).abs() < 0.7, "{mean}");
    counts.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / 1_999.0
}

#[test]
fn what_hangs_together_spreads_the_sum_by_what_theory_says() {
    // Of indicators of z ≤ 0 with correlation r, the covariance is asin(r) / 2π (Sheppard): .25 of one's own. With r = .25
    // for the 10·9·2 pairs of one client and .05 for the 200 pairs of two: 20·.25 + 180·asin(.25)/2π + 200·asin(.05)/2π.
    let alone = variance(Strength::NONE);
    assert!((alone - 5.0).abs() < 5.0 * 0.15, "{alone}");
    let together = variance(Strength { market: 0.05, client: 0.2 });
    let tau = std::f64::consts::TAU;
    let theory = 5.0 + 180.0 * libm::asin(0.25) / tau + 200.0 * libm::asin(0.05) / tau;
    assert!((together - theory).abs() < theory * 0.15, "{together} for {theory}");
    assert!(together > 2.0 * alone);
}

#[test]
fn a_flow_that_changes_moves_no_other_and_the_order_of_flows_does_not_matter() {
    let scheduled = |key: &str, client: &str| {
        let pmf = Pmf::of_days((0..60).map(|_| 1.0 / 60.0), 0.0);
        of_client(client, Flow { kind: FlowKind::Fee, ..flow(key, "100.01 EUR", pmf) })
    };
    let flows = [scheduled("a", "acme"), scheduled("b", "acme"), scheduled("c", "bolt")];
    let alone: Vec<_> = flows.iter().map(|it| days_drawn(it, &draws(40))).collect();
    assert_ne!(alone[0], alone[1]);
    // Changing a changes the sum of every day by the change of a alone.
    let dearer = Flow { amount: money("150.01 EUR"), ..flows[0].clone() };
    let before = Paths::of(&flows, &nothing(), &draws(40)).by(ALL, 30);
    let after = Paths::of(&[flows[2].clone(), dearer, flows[1].clone()], &nothing(), &draws(40)).by(ALL, 30);
    for ((before, after), on) in before.iter().zip(&after).zip(&alone[0]) {
        let more = if on.is_some_and(|on| on <= 30) { money("50 EUR") } else { money("0 EUR") };
        assert_eq!(after.amount - before.amount, more.amount);
    }
}

#[test]
fn the_draws_of_a_flow_are_the_same_for_all_time() {
    let pmf = || Pmf::of_days((0..60).map(|_| 1.0 / 60.0), 0.0);
    let first = |flow: &Flow| days_drawn(flow, &draws(60)).into_iter().take(6).flatten().collect::<Vec<_>>();
    let invoice = of_client("acme", flow("invoices/2026-014", "1 EUR", pmf()));
    assert_eq!(first(&invoice), GOLDEN_OPEN);
    assert_eq!(first(&Flow { kind: FlowKind::Fee, ..invoice }), GOLDEN_SCHEDULED);
}

/// Worked out by another program from the rules in `draw.rs` and `random.rs`.
const GOLDEN_OPEN: [i64; 6] = [26, 53, 49, 53, 40, 50];
const GOLDEN_SCHEDULED: [i64; 6] = [18, 48, 53, 59, 21, 55];

#[test]
fn what_follows_an_event_comes_after_it_and_never_without_it() {
    let won = Arc::new(Event { key: "deals/site".to_owned(), when: Pmf::of_days([0.1, 0.3, 0.2], 0.0) });
    let after = |key: &str, days: i64| {
        let when = When::Following(won.clone(), Arc::new(Pmf::on(days)));
        Flow { kind: FlowKind::Deal, layer: Layer::Possible, when, ..flow(key, "1 EUR", Pmf::on(1)) }
    };
    let (deposit, rest) = (after("deposit", 2), after("rest", 5));
    let (first, second) = (days_drawn(&deposit, &draws(7)), days_drawn(&rest, &draws(7)));
    for (first, second) in first.iter().zip(&second) {
        match first {
            Some(on) => assert_eq!(*second, Some(on + 3).filter(|on| *on <= 7)),
            None => assert_eq!(*second, None),
        }
    }
    assert!(first.iter().flatten().all(|on| (3..=5).contains(on)));
    assert!((share_by(&deposit, &draws(7), 3) - 0.1).abs() < 0.03);
    assert!((share_by(&deposit, &draws(7), 7) - 0.6).abs() < 0.045);
    assert!((deposit.when.within(4) - 0.4).abs() < 1e-12 && (rest.when.within(7) - 0.4).abs() < 1e-12);
    assert!((rest.when.on_day(7) - 0.3).abs() < 1e-12);
}

#[test]
fn layers_add_up_in_every_draw() {
    let spread = || Pmf::of_days((0..20).map(|_| 0.05), 0.0);
    let flows = [
        flow("a", "100 EUR", spread()),
        Flow { layer: Layer::Likely, kind: FlowKind::Order, ..flow("b", "70 EUR", spread()) },
        Flow { layer: Layer::Possible, kind: FlowKind::Deal, ..flow("c", "30 EUR", spread()) },
    ];
    let taxed = SetAside { share: Decimal::new(3, 1), days: vec![8], accrued: money("5 EUR"), ..nothing() };
    let paths = Paths::of(&flows, &taxed, &draws(20));
    for days in [1, 7, 8, 20] {
        let [none, likely, possible, all] = Layers::ALL.map(|layers| paths.by(layers, days));
        for (((none, likely), possible), all) in none.iter().zip(&likely).zip(&possible).zip(&all) {
            assert_eq!(likely.amount + possible.amount - none.amount, all.amount);
        }
        let alone = Paths::of(&flows[..1], &taxed, &draws(20)).by(Layers::default(), days);
        assert_eq!(none, alone);
    }
    assert!(paths.has(Layer::Likely) && !Paths::of(&flows[..1], &taxed, &draws(20)).has(Layer::Likely));
}

#[test]
fn a_low_point_between_two_month_ends_is_found() {
    // Both months end above 3,000; on 15 December the tax leaves and the fees come a day later.
    let flows = [
        flow("tax", "-2900 EUR", Pmf::on(25)),
        flow("fee", "2900 EUR", Pmf::on(26)),
        flow("rent", "-100 EUR", Pmf::on(10)),
    ];
    let fan = fan(&flows, &nothing(), 60, "3200 EUR", "1000 EUR");
    assert_eq!((fan.lowest.day, fan.lowest.median), (day("2026-12-15"), money("200 EUR")));
    assert_eq!(fan.lowest.under_reserve, Some(1.0));
    assert!(
        fan.days
            .iter()
            .filter(|it| it.day != day("2026-12-15"))
            .all(|it| it.median().amount >= money("3100 EUR").amount)
    );
}

#[test]
fn each_paths_own_minimum_is_lower_than_the_lowest_band_of_single_days() {
    // On one of 50 days, each as likely, 1,000 goes and comes back the day after: no single day is low in 10 % of the
    // paths, and every path is low on some day.
    let dip = Arc::new(Event { key: "dip".to_owned(), when: Pmf::of_days((0..50).map(|_| 0.02), 0.0) });
    let after = |key: &str, amount: &str, days: i64| {
        let when = When::Following(dip.clone(), Arc::new(Pmf::on(days)));
        Flow { when, ..flow(key, amount, Pmf::on(1)) }
    };
    let fan =
        fan(&[after("out", "-1000 EUR", 1), after("in", "1000 EUR", 2)], &nothing(), 60, "1000 EUR", "1 EUR");
    assert!(fan.days.iter().all(|it| it.quantiles[1] == money("1000 EUR")));
    assert_eq!((fan.lowest.nine_in_ten, fan.lowest.median), (money("0 EUR"), money("0 EUR")));
    assert_eq!(fan.lowest.under_reserve, Some(1.0));
}

#[test]
fn tax_accrues_with_every_receipt_and_leaves_on_its_day() {
    let taxed = SetAside {
        share: Decimal::new(25, 2),
        days: vec![3, 6],
        accrued: money("40 EUR"),
        with_tax: true,
        ..nothing()
    };
    let gross = |key: &str, amount: &str, income: &str, days: i64| Flow {
        income: money(income),
        ..flow(key, amount, Pmf::on(days))
    };
    let flows = [
        // 25 of income and 19 of its own tax leave on day 3.
        gross("a", "119 EUR", "100 EUR", 2),
        // On the tax day itself: 50 leave the same day.
        gross("b", "200 EUR", "200 EUR", 3),
        // Afterwards: 10 leave on day 6.
        gross("c", "40 EUR", "40 EUR", 4),
        // After the last tax day nothing leaves any more, and an expense sets nothing aside.
        gross("d", "1000 EUR", "1000 EUR", 7),
        flow("rent", "-30 EUR", Pmf::on(1)),
    ];
    let fan = fan(&flows, &taxed, 8, "1000 EUR", "0 EUR");
    assert_eq!(medians(&fan), ["970", "1089", "1155", "1195", "1195", "1185", "2185", "2185"]);
}

#[test]
fn a_credit_note_lessens_the_tax() {
    let taxed = SetAside { share: Decimal::new(25, 2), days: vec![2], with_tax: true, ..nothing() };
    let credit = Flow { income: money("-100 EUR"), ..flow("credit", "-119 EUR", Pmf::on(1)) };
    assert_eq!(taxed.part_of(&credit), money("-44 EUR"));
    assert_eq!(medians(&fan(&[credit], &taxed, 2, "200 EUR", "0 EUR")), ["81", "125"]);
}

#[test]
fn tax_follows_the_day_that_was_drawn() {
    let taxed = SetAside { share: Decimal::new(5, 1), days: vec![2, 4], ..nothing() };
    let paths = Paths::of(&[flow("a", "100 EUR", Pmf::of_days([0.0, 0.4, 0.6], 0.0))], &taxed, &draws(4));
    let days = days_drawn(&flow("a", "100 EUR", Pmf::of_days([0.0, 0.4, 0.6], 0.0)), &draws(4));
    let [second, third, fourth] = [2, 3, 4].map(|day| paths.by(ALL, day));
    for (draw, on) in days.iter().enumerate() {
        let expected = if *on == Some(2) { ["50 EUR", "50 EUR"] } else { ["0 EUR", "100 EUR"] };
        assert_eq!([second[draw], third[draw]], expected.map(money));
        assert_eq!(fourth[draw], money("50 EUR"));
    }
}

#[test]
fn a_bill_for_tax_never_brings_back_what_a_path_did_not_set_aside() {
    // 3,000 are set aside of an invoice that comes in half of the paths before the tax day, and 2,000 are billed on it.
    let invoice = flow("invoice", "10000 EUR", Pmf::of_days([0.0, 0.5], 0.0));
    let bill = flow("bill", "-2000 EUR", Pmf::on(4));
    let taxed =
        SetAside { share: Decimal::new(3, 1), days: vec![4], billed: vec![money("2000 EUR")], ..nothing() };
    let paths = Paths::of(&[bill, invoice.clone()], &taxed, &draws(10));
    for (came, sum) in days_drawn(&invoice, &draws(10)).iter().zip(paths.by(ALL, 4)) {
        // Came: 10,000 less 2,000 of the bill and 1,000 beside it. Did not: the bill is paid all the same.
        let expected = if came.is_some() { "7000 EUR" } else { "-2000 EUR" };
        assert_eq!(sum, money(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn of_every_path_the_larger_of_bill_and_set_aside_is_gone(
        receipts in prop::collection::vec((1_i64..5_000, 0.0_f64..1.0, 0_usize..3), 1..6), bill in 0_i64..4_000
    ) {
        let layers = [Layer::Committed, Layer::Likely, Layer::Possible];
        let flows: Vec<Flow> = receipts.iter().enumerate().map(|(at, (amount, chance, layer))| {
            let when = Pmf::of_days([chance / 2.0, chance / 2.0], 0.0);
            Flow { layer: layers[*layer], ..flow(&format!("in {at}"), &format!("{amount} EUR"), when) }
        }).collect();
        let taxed = SetAside {
            share: Decimal::new(25, 2), days: vec![3], billed: vec![money(&format!("{bill} EUR"))], ..nothing()
        };
        let with_bill = flow("bill", &format!("-{bill} EUR"), Pmf::on(3));
        let gross = Paths::of(&flows, &nothing(), &draws(5)).by(ALL, 3);
        let parts: Vec<Decimal> = flows.iter().map(|flow| taxed.part_of(flow).amount).collect();
        let drawn: Vec<_> = flows.iter().map(|flow| days_drawn(flow, &draws(5))).collect();
        let all: Vec<Flow> = flows.into_iter().chain([with_bill]).collect();
        let net = Paths::of(&all, &taxed, &draws(5)).by(ALL, 3);
        for (draw, (gross, net)) in gross.iter().zip(&net).enumerate() {
            let came = drawn.iter().zip(&parts).filter(|(days, _)| days[draw].is_some());
            let set_aside: Decimal = came.map(|(_, part)| *part).sum();
            prop_assert_eq!(gross.amount - net.amount, set_aside.max(Decimal::from(bill)));
        }
    }
}

#[test]
fn nought_and_huge_amounts_and_days_without_end_are_drawn_without_fault() {
    let most = "999999999999.999999 EUR";
    let flows: Vec<Flow> = (0..300)
        .map(|n| {
            let amount = Money::new(money(most).amount * Decimal::from(900_000), Currency::EUR);
            Flow { amount, income: amount, ..flow(&format!("f{n}"), "1 EUR", Pmf::of_days([0.5], 0.5)) }
        })
        .chain([flow("nought", "0 EUR", Pmf::on(1)), flow("never", "5 EUR", Pmf::of_days([], 0.0))])
        .collect();
    let taxed = SetAside { share: Decimal::ONE, days: vec![5, 4_000_000], with_tax: true, ..nothing() };
    let paths =
        Paths::of(&flows, &taxed, &Draws { days: i64::MAX, draws: 20, strengths: Strengths::default() });
    let fan = Fan::of(&paths, ALL, day("2199-12-30"), Some(money(most)), Some(money("-1 EUR")));
    assert_eq!(fan.days.len(), 1_827);
    assert_eq!(fan.lowest.under_reserve, Some(0.0));
    let least = Paths::of(&flows, &taxed, &Draws { days: -3, draws: 0, strengths: Strengths::default() });
    assert_eq!(Fan::of(&least, ALL, today(), None, None).days.len(), 1);
    // What stands at odds with the rules is put within them.
    let odd = Strength { market: f64::NAN, client: 7.0 };
    let how = Draws { strengths: Strengths { open: odd, scheduled: odd }, ..draws(5) };
    let flow = of_client("acme", flow("odd", "1 EUR", Pmf::of_days([0.5, 0.5], 0.0)));
    assert!((share_by(&flow, &how, 1) - 0.5).abs() < 0.045);
}

fn a_flow() -> impl Strategy<Value = Flow> {
    let chances = prop::collection::vec(0.0_f64..1.0, 1..40);
    let layer = prop::sample::select(vec![Layer::Committed, Layer::Likely, Layer::Possible]);
    let kind = prop::sample::select(vec![FlowKind::Invoice, FlowKind::Fee, FlowKind::Deal]);
    (0_u32..1_000_000, -90_000_i64..90_000, chances, 0.0_f64..0.2, layer, kind, 0_usize..3).prop_map(
        |(key, cents, chances, beyond, layer, kind, client)| {
            let amount = Money::new(Decimal::new(cents, 2), Currency::EUR);
            let flow = flow(&format!("k{key}"), "1 EUR", Pmf::of_days(chances, beyond));
            let flow = Flow { amount, income: amount, layer, kind, ..flow };
            if client == 0 { flow } else { of_client(&format!("c{client}"), flow) }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_paths_are_the_flows_on_their_days(flows in prop::collection::vec(a_flow(), 0..8), days in 1_i64..50) {
        let how = Draws { draws: 40, ..draws(50) };
        let by = Paths::of(&flows, &nothing(), &how).by(ALL, days);
        let mut sums = vec![Decimal::ZERO; 40];
        for flow in &flows {
            for (sum, on) in sums.iter_mut().zip(days_drawn(flow, &how)) {
                if on.is_some_and(|on| on <= days) {
                    *sum += flow.amount.amount;
                }
            }
        }
        prop_assert_eq!(by.iter().map(|it| it.amount).collect::<Vec<_>>(), sums);
    }

    #[test]
    fn layers_add_up_in_every_path_whatever_is_set_aside_and_billed(
        flows in prop::collection::vec(a_flow(), 0..8), share in 0_u32..60, bills in prop::collection::vec(0_i64..900, 2),
        accrued in 0_i64..500, days in 1_i64..30
    ) {
        let taxed = SetAside {
            share: Decimal::new(share.into(), 2), days: vec![7, 20], with_tax: true,
            billed: bills.iter().map(|bill| money(&format!("{bill} EUR"))).collect(),
            accrued: money(&format!("{accrued} EUR")),
        };
        let paths = Paths::of(&flows, &taxed, &Draws { draws: 40, ..draws(30) });
        let [none, likely, possible, all] = Layers::ALL.map(|layers| paths.by(layers, days));
        for (((none, likely), possible), all) in none.iter().zip(&likely).zip(&possible).zip(&all) {
            prop_assert_eq!(likely.amount + possible.amount - none.amount, all.amount);
        }
        // What is only possible changes nothing of what is agreed.
        let agreed: Vec<Flow> = flows.into_iter().filter(|flow| flow.layer == Layer::Committed).collect();
        let alone = Paths::of(&agreed, &taxed, &Draws { draws: 40, ..draws(30) });
        prop_assert_eq!(none, alone.by(Layers::default(), days));
    }

    #[test]
    fn money_is_conserved_for_every_flow(flow in a_flow(), days in 0_i64..80) {
        let (within, left) = (flow.expected_within(days), flow.left_after(days));
        prop_assert_eq!(within.amount + left.amount, flow.amount.amount);
        prop_assert!(within.amount.abs() <= flow.amount.amount.abs());
        prop_assert!((0.0..=1.0).contains(&flow.when.within(days)));
    }

    #[test]
    fn bands_lie_in_order_and_no_minimum_above_the_end(flows in prop::collection::vec(a_flow(), 0..8)) {
        let paths = Paths::of(&flows, &nothing(), &Draws { draws: 60, ..draws(30) });
        for layers in Layers::ALL {
            let fan = Fan::of(&paths, layers, today(), Some(money("100 EUR")), Some(money("50 EUR")));
            for it in &fan.days {
                prop_assert!(it.quantiles.is_sorted_by_key(|it| it.amount));
            }
            let lowest = &fan.lowest;
            let at = fan.days.iter().map(FanDay::median).min_by_key(|it| it.amount).unwrap();
            prop_assert!(lowest.median.amount <= at.amount && lowest.nine_in_ten.amount <= lowest.median.amount);
            prop_assert!(fan.days.iter().all(|it| it.day > today() && it.day <= add_days(today(), 30)));
            prop_assert!(fan.days.is_sorted_by_key(|it| it.under_by));
            prop_assert_eq!(fan.days.last().and_then(|it| it.under_by), lowest.under_reserve);
        }
    }
}
