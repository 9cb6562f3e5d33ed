//! What-if: each lever on a list of flows made by hand, and what differs in figures and words.

#![cfg(test)]

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{
    AnyRecord, Book, ClientId, Currency, DealId, Interval, InvoiceId, Lever, LeverRow, Money, Percent, Table,
    add_days,
};
use rapport::figures::Figures;
use rapport::figures::forecast::what_if::{
    BreakEven, Change, Comparison, Effect, Ground, LettingGo, Side, WhatIf, expected_within, what_if,
};
use rapport::figures::forecast::{
    Ask, Draws, Event, Fan, FanDay, Flow, FlowKind, Forecast, Layer, Layers, Lowest, Pmf, Strengths, When,
    days_drawn,
};
use rapport::state::WhatIfDraft;
use rapport::store::{load, sample};

const DAYS: i64 = 91;
const EVERY_LAYER: Layers = Layers { likely: true, possible: true };

/// What a lever does to all layers together.
fn in_all(effect: &Effect) -> Money {
    effect.counted(EVERY_LAYER)
}

/// What is expected of all layers together.
fn of_all(flows: &[Flow]) -> Money {
    let layers = [Layer::Committed, Layer::Likely, Layer::Possible];
    let sums = layers.map(|layer| expected_within(flows, layer, Currency::EUR, DAYS).amount);
    Money::new(sums.into_iter().sum(), Currency::EUR)
}

fn day() -> NaiveDate {
    on("2026-11-20")
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn euros(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

fn client(id: &str) -> ClientId {
    ClientId::new(id).unwrap()
}

fn percent(text: &str) -> Percent {
    Percent::parse(text).unwrap()
}

fn book() -> Book {
    let text = r#"(
        format: 1,
        business: (currency: "EUR", exchange_rates: [(currency: "USD", day: "2026-01-01", rate: "0.5")]),
        clients: [(id: "acme", name: "Acme", terms_days: 10), (id: "bolt", name: "Bolt")],
        deals: [(id: "site", client: "acme", title: "Site"), (id: "shop", client: "bolt", title: "Shop")],
        invoices: [
            (id: "i1", number: "17", client: "acme", issued: "2026-11-01", due: "2026-11-11", lines: [(result: "R", price: "100.00")]),
        ],
    )"#;
    let loaded = load(text.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.book
}

/// Comes for certain on the day after so many days.
fn after(days: i64) -> When {
    When::After(Arc::new(Pmf::on(days)))
}

/// Follows an event that is as likely on the 10th as on the 40th day, one chance in four each.
fn following(event: &str, days: i64) -> When {
    let chances = (1..=40).map(|it| if it == 10 || it == 40 { 0.25 } else { 0.0 });
    let event = Event { key: event.to_owned(), when: Pmf::of_days(chances, 0.0) };
    When::Following(Arc::new(event), Arc::new(Pmf::on(days)))
}

fn flow(key: &str, of: &str, kind: FlowKind, amount: &str, when: When) -> Flow {
    let layer = match kind {
        FlowKind::Order | FlowKind::Rest => Layer::Likely,
        FlowKind::Deal => Layer::Possible,
        _ => Layer::Committed,
    };
    let name = if of == "acme" { "Acme" } else { "Bolt" };
    let record = match key.split('/').collect::<Vec<_>>().as_slice() {
        ["invoices", id, ..] => Some((Table::Invoices, (*id).to_owned())),
        ["deals", id, ..] => Some((Table::Deals, (*id).to_owned())),
        _ => None,
    };
    Flow {
        key: key.to_owned(),
        layer,
        kind,
        client: Some((client(of), name.into())),
        what: key.to_owned(),
        record,
        amount: euros(amount),
        income: euros(amount),
        due: None,
        when,
    }
}

fn due(mut flow: Flow, due: &str) -> Flow {
    flow.due = Some(on(due));
    flow
}

/// Something of every kind, in the order of their keys.
fn flows() -> Vec<Flow> {
    use FlowKind as K;
    let mut flows = vec![
        due(flow("invoices/i1", "acme", K::Invoice, "100.00", after(5)), "2026-11-11"),
        due(flow("retainers/care/2026-12-01", "acme", K::Fee, "300.00", after(21)), "2026-12-11"),
        due(flow("retainers/care/2027-01-01", "acme", K::Fee, "300.00", after(52)), "2027-01-11"),
        flow("orders/acme/1", "acme", K::Order, "1000.00", following("orders/acme", 10)),
        flow("orders/acme/2", "acme", K::Order, "1000.00", following("orders/acme", 40)),
        due(flow("deals/site/rest", "acme", K::Rest, "500.00", after(30)), "2026-12-20"),
        flow("deals/shop/value", "bolt", K::Deal, "2000.01", following("deals/shop", 30)),
        due(flow("expenses/host/2026-12-15", "acme", K::Expense, "-20.00", after(25)), "2026-12-15"),
        due(flow("expenses/host/2027-01-15", "acme", K::Expense, "-20.00", after(56)), "2027-01-15"),
        flow("orders/bolt/1", "bolt", K::Order, "50.00", after(7)),
    ];
    flows.sort_by(|a, b| a.key.cmp(&b.key));
    flows
}

/// Whoever is asked for something pays it on its due day.
fn on_due(_: &ClientId, _: NaiveDate, due: NaiveDate) -> Arc<Pmf> {
    Arc::new(Pmf::on(due.signed_duration_since(day()).num_days()))
}

fn pulled(levers: &[Lever]) -> WhatIf {
    let book = book();
    what_if(flows(), levers, &Ground { known: &book, day: day(), days: DAYS, scheduled: &on_due })
}

fn pull(lever: Lever) -> (Vec<Flow>, Effect) {
    let WhatIf { flows, mut effects } = pulled(&[lever]);
    let effect = effects.pop().unwrap();
    assert!(effects.is_empty());
    assert!(flows.is_sorted_by(|a, b| a.key < b.key), "keys are in order and none is there twice");
    (flows, effect)
}

fn find<'a>(flows: &'a [Flow], key: &str) -> &'a Flow {
    flows.iter().find(|flow| flow.key == key).unwrap_or_else(|| panic!("no flow {key}"))
}

fn sum(flows: &[Flow]) -> Money {
    Money::new(flows.iter().map(|flow| flow.amount.amount).sum(), Currency::EUR)
}

/// The first flow that differs from the base, by key, and those that came or went.
fn changed(flows: &[Flow]) -> Vec<String> {
    let base = self::flows();
    let mut keys: Vec<String> = Vec::new();
    for flow in flows {
        if !base.contains(flow) {
            keys.push(flow.key.clone());
        }
    }
    for flow in &base {
        if flows.iter().all(|it| it.key != flow.key) {
            keys.push(format!("-{}", flow.key));
        }
    }
    keys
}

#[test]
fn without_levers_it_is_the_very_same_list() {
    let result = pulled(&[]);
    assert_eq!((result.flows, result.effects.len()), (flows(), 0));
}

#[test]
fn what_follows_an_event_is_expected_by_the_chances_of_both() {
    // One chance in four on day 10, one on day 40; 30 days later it is paid.
    let when = following("e", 30);
    for (days, expected) in [(39, 0.0), (40, 0.25), (69, 0.25), (70, 0.5), (91, 0.5)] {
        assert!((when.within(days) - expected).abs() < 1e-12, "{days}");
    }
    let flows = [flow("deals/d", "acme", FlowKind::Deal, "2000.01", when)];
    assert_eq!(of_all(&flows), euros("1000.01"));
}

#[test]
fn a_client_that_pays_later_pays_everything_later_and_no_one_else_does() {
    let (flows, effect) = pull(Lever::PaysLater { client: client("acme"), days: 14 });
    assert_eq!(find(&flows, "invoices/i1").when, after(19));
    assert_eq!(find(&flows, "retainers/care/2026-12-01").when, after(35));
    assert_eq!(find(&flows, "orders/acme/1").when, following("orders/acme", 24));
    assert_eq!(effect.words, "6 receipts of Acme come 14 days later");
    assert_eq!(effect.changed, 6);
    let untouched = ["deals/shop/value", "orders/bolt/1", "expenses/host/2026-12-15"];
    for key in untouched {
        assert_eq!(find(&flows, key), find(&self::flows(), key));
    }
    assert_eq!(sum(&flows), sum(&self::flows()));
    // The second order after an event on day 40 comes on day 80 + 14, beyond the 91 days: 1,000 × ¼ less.
    assert_eq!(in_all(&effect), euros("-250.00"));
}

#[test]
fn nobody_pays_before_tomorrow_nor_before_being_asked() {
    let (flows, effect) = pull(Lever::PaysLater { client: client("acme"), days: -30 });
    assert_eq!(find(&flows, "invoices/i1").when.clone(), after(1));
    // The fee of 1 December, 11 days ahead, would come 9 days before the forecast.
    assert_eq!(find(&flows, "retainers/care/2026-12-01").when.clone(), after(11));
    assert!(effect.words.ends_with("30 days earlier"));
    let nobody = pull(Lever::PaysLater { client: client("nobody"), days: 3 }).1;
    assert_eq!((nobody.changed, nobody.words.as_str()), (0, "nothing is to come from nobody"));
}

#[test]
fn an_invoice_never_paid_is_left_out_and_nothing_else() {
    let (flows, effect) = pull(Lever::NeverPaid { invoice: InvoiceId::new("i1").unwrap() });
    assert_eq!(changed(&flows), ["-invoices/i1"]);
    assert_eq!(
        (in_all(&effect), effect.words.as_str()),
        (euros("-100.00"), "what is open on invoice 17 does not come")
    );
    let settled = pull(Lever::NeverPaid { invoice: InvoiceId::new("i9").unwrap() });
    assert_eq!((changed(&settled.0).len(), settled.1.changed), (0, 0));
}

#[test]
fn a_client_that_leaves_still_pays_what_is_invoiced_by_then() {
    let leaves = Lever::Leaves { client: client("acme"), on: on("2026-12-10") };
    let (flows, effect) = pull(leaves);
    let mut kept = changed(&flows);
    kept.sort();
    assert_eq!(
        kept,
        [
            // Asked for on 10 December, ten days before it is due: the last day counts.
            "-expenses/host/2026-12-15",
            "-expenses/host/2027-01-15",
            // The second order comes 30 days after the first, on 20 December at the earliest.
            "-orders/acme/2",
            "-retainers/care/2027-01-01",
            "orders/acme/1",
        ]
    );
    // The first order comes on day 10 or 40; the client leaves on day 20.
    let When::Following(event, _) = &find(&flows, "orders/acme/1").when else { panic!("an order follows") };
    assert_eq!(event.key, "orders/acme");
    assert!((event.when.within(10) - 0.25).abs() < 1e-12 && (event.when.within(99) - 0.25).abs() < 1e-12);
    assert_eq!(
        effect.words,
        "Acme: 4 receipts or expenses after 10 Dec left out, 1 order or deal only if made by then"
    );
    // −300 the fee, −1,000 × ½ the second order, −1,000 × ¼ half of the first, +20 hosting saved twice (20 + 20).
    assert_eq!(in_all(&effect), euros("-1010.00"));
    let let_go = Lever::LetGo { client: client("acme"), on: on("2026-12-10") };
    assert_eq!(pull(let_go).0, flows);
    let gone_already = pull(Lever::Leaves { client: client("acme"), on: on("2026-01-01") }).0;
    let left: Vec<_> =
        gone_already.iter().filter(|it| it.client.as_ref().unwrap().0 == client("acme")).collect();
    assert_eq!(left.len(), 1);
    let later = pull(Lever::Leaves { client: client("acme"), on: on("2027-12-31") });
    assert_eq!(
        (changed(&later.0).len(), later.1.words.as_str()),
        (0, "nothing of Acme is to come after 31 Dec 2027")
    );
}

#[test]
fn a_part_of_a_deal_is_asked_for_its_terms_before_its_day_so_a_client_that_leaves_between_still_pays_it() {
    let part =
        |key: &str, kind, agreed: &str, pays: i64| due(flow(key, "acme", kind, "10.00", after(pays)), agreed);
    // Acme has 10 days to pay: asked for on 5 December, 15 December, and already: tomorrow at the earliest.
    let parts = vec![
        part("deals/site/down", FlowKind::DownPayment, "2026-12-15", 25),
        part("deals/site/instalments/2026-12-25", FlowKind::Instalment, "2026-12-25", 35),
        part("deals/site/instalments/2026-11-25", FlowKind::Instalment, "2026-11-25", 5),
    ];
    let book = book();
    let ground = Ground { known: &book, day: day(), days: DAYS, scheduled: &on_due };
    let left = |last: &str| -> Vec<String> {
        let lever = Lever::Leaves { client: client("acme"), on: on(last) };
        what_if(parts.clone(), &[lever], &ground)
            .flows
            .into_iter()
            .map(|flow| flow.due.unwrap().to_string())
            .collect()
    };
    assert_eq!(left("2026-12-14"), ["2026-12-15", "2026-11-25"]);
    assert_eq!(left("2026-12-15"), ["2026-12-15", "2026-12-25", "2026-11-25"]);
    assert_eq!(left("2026-12-04"), ["2026-11-25"]);
    assert_eq!(left("2026-11-21"), ["2026-11-25"]);
    assert_eq!(left("2026-11-20"), [""; 0]);
}

#[test]
fn an_instalment_is_invoiced_on_the_same_day_by_the_forecast_and_by_the_lever() {
    let text = r#"(
        format: 1,
        business: (currency: "EUR"),
        clients: [(id: "acme", name: "Acme", terms_days: 10)],
        deals: [(id: "site", client: "acme", title: "Site", value: "900.00", stages: [(day: "2026-11-01", stage: "agreed")],
            instalments: (agreed: "2026-11-01", instalments: [(due: "2026-12-25", amount: "900.00")]))],
    )"#;
    let book = load(text.as_bytes()).unwrap().book;
    let left = |last: Option<&str>| {
        let levers = last.map(|last| Lever::Leaves { client: client("acme"), on: on(last) });
        let ask = Ask { draws: 10, levers: levers.into_iter().collect(), ..Ask::default() };
        Forecast::of(&book, day(), &ask).flows.iter().find(|it| it.kind == FlowKind::Instalment).cloned()
    };
    let first = match left(None).unwrap().when {
        When::After(pmf) => add_days(day(), pmf.quantile(1e-12).unwrap()),
        When::Following(..) => panic!("an agreed part waits for nothing"),
    };
    assert!(first >= on("2026-12-15"), "nobody pays before it is invoiced: {first}");
    assert!(left(Some("2026-12-15")).is_some() && left(Some("2026-12-14")).is_none());
}

#[test]
fn rates_rise_for_what_is_invoiced_from_that_day_on_and_not_for_what_is_signed() {
    let rise = |clients: Vec<ClientId>, from: &str| Lever::RatesRise {
        clients,
        percent: percent("10%"),
        from: on(from),
    };
    let (flows, effect) = pull(rise(vec![client("acme")], "2026-12-20"));
    assert_eq!(changed(&flows), ["orders/acme/1", "orders/acme/2", "retainers/care/2027-01-01"]);
    assert_eq!(find(&flows, "retainers/care/2027-01-01").amount, euros("330.00"));
    // Day 30: of the order's chances on day 10 and day 40 one lies after it, so half of the rise is expected.
    assert_eq!(find(&flows, "orders/acme/1").amount, euros("1050.00"));
    assert_eq!(find(&flows, "orders/acme/1").income, euros("1050.00"));
    assert_eq!(find(&flows, "orders/acme/1").when, find(&self::flows(), "orders/acme/1").when);
    assert_eq!(effect.words, "3 fees, orders or deals at 10\u{a0}% more from 20 Dec on");
    let (all, _) = pull(rise(Vec::new(), "2026-11-20"));
    assert_eq!(
        changed(&all),
        [
            "deals/shop/value",
            "orders/acme/1",
            "orders/acme/2",
            "orders/bolt/1",
            "retainers/care/2026-12-01",
            "retainers/care/2027-01-01"
        ]
    );
    assert_eq!(find(&all, "deals/shop/value").amount, euros("2200.01"));
    let none = pull(rise(vec![client("bolt")], "2028-01-01"));
    assert_eq!(changed(&none.0), ["orders/bolt/1"]);
}

#[test]
fn a_deposit_comes_when_the_deal_is_won_and_the_rest_as_before() {
    let (flows, effect) = pull(Lever::Deposit { percent: percent("30%") });
    assert_eq!(changed(&flows), ["deals/shop/value", "deals/shop/value#deposit"]);
    let (deposit, rest) = (find(&flows, "deals/shop/value#deposit"), find(&flows, "deals/shop/value"));
    assert_eq!((deposit.amount, rest.amount), (euros("600.00"), euros("1400.01")));
    // Bolt's terms are unknown: 14 days after it is won.
    assert_eq!(deposit.when, following("deals/shop", 14));
    assert_eq!(rest.when, following("deals/shop", 30));
    assert_eq!((deposit.layer, deposit.kind), (Layer::Possible, FlowKind::DownPayment));
    assert_eq!(effect.words, "1 open deal with 30\u{a0}% when won");
    // All of it: no rest is left to come.
    let (all, _) = pull(Lever::Deposit { percent: percent("100%") });
    assert_eq!(changed(&all), ["deals/shop/value#deposit", "-deals/shop/value"]);
    // A second one finds a plan.
    let twice =
        pulled(&[Lever::Deposit { percent: percent("30%") }, Lever::Deposit { percent: percent("20%") }]);
    assert_eq!(twice.effects[1].words, "no open deal could ask for a deposit; 1 keeps the plan it has");
    assert_eq!(twice.flows, flows);
}

#[test]
fn instalments_are_equal_and_add_up_to_the_last_cent() {
    let instalments =
        |deal: &str, every| Lever::Instalments { deal: DealId::new(deal).unwrap(), parts: 3, every };
    let (flows, effect) = pull(instalments("shop", Interval::MONTHLY));
    assert_eq!(changed(&flows), ["deals/shop/value", "deals/shop/value#2", "deals/shop/value#3"]);
    let parts: Vec<_> = flows.iter().filter(|it| it.key.starts_with("deals/shop")).collect();
    let amounts: Vec<_> = parts.iter().map(|it| it.amount).collect();
    assert_eq!(amounts, [euros("666.67"), euros("666.67"), euros("666.67")]);
    // November has 30 days and December 31.
    let whens: Vec<_> = parts.iter().map(|it| it.when.clone()).collect();
    assert_eq!(whens, [30, 60, 91].map(|days| following("deals/shop", days)));
    assert_eq!(effect.words, "Shop is paid in 3 parts, 1 month apart");
    let (rest, _) = pull(instalments("site", "2 weeks".parse().unwrap()));
    let dues: Vec<_> = rest.iter().filter(|it| it.kind == FlowKind::Rest).map(|it| it.due.unwrap()).collect();
    assert_eq!(dues, [on("2026-12-20"), on("2027-01-03"), on("2027-01-17")]);
    assert_eq!(sum(&rest), sum(&self::flows()));
    let none = pull(instalments("gone", Interval::MONTHLY)).1;
    assert_eq!(none.words, "nothing of gone is still to be invoiced");
}

#[test]
fn what_is_signed_and_what_is_not_stay_apart_in_instalments() {
    let mut flows = flows();
    let signed = due(flow("deals/site/1", "acme", FlowKind::Instalment, "100.00", after(3)), "2026-11-23");
    flows.push(signed);
    let book = book();
    let ground = Ground { known: &book, day: day(), days: DAYS, scheduled: &on_due };
    let lever = Lever::Instalments { deal: DealId::new("site").unwrap(), parts: 2, every: Interval::MONTHLY };
    let result = what_if(flows, &[lever], &ground);
    let of = |layer| -> Vec<(Money, NaiveDate)> {
        let deal = result.flows.iter().filter(|it| it.key.starts_with("deals/site") && it.layer == layer);
        deal.map(|it| (it.amount, it.due.unwrap())).collect()
    };
    let days = [on("2026-11-23"), on("2026-12-23")];
    assert_eq!(of(Layer::Committed), days.map(|day| (euros("50.00"), day)));
    assert_eq!(of(Layer::Likely), days.map(|day| (euros("250.00"), day)));
}

#[test]
fn many_small_clients_bring_the_same_and_are_drawn_apart() {
    let (flows, effect) = pull(Lever::ManySmall { largest: 1, each: 3 });
    // Acme brings the most: 100 + 600 + 1,000 × ½ twice + 500.
    let first = find(&flows, "orders/acme/1");
    let second = find(&flows, "orders/acme/1#small-2");
    let third = find(&flows, "orders/acme/1#small-3");
    assert_eq!(
        [first, second, third].map(|it| it.amount),
        [euros("333.34"), euros("333.33"), euros("333.33")]
    );
    let ids = [first, second, third].map(|it| it.client.clone().unwrap().0);
    assert_eq!(ids[0], client("acme"));
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    assert_eq!(second.client.clone().unwrap().1.as_ref(), "Acme 2 of 3");
    let events = [first, second, third].map(|it| match &it.when {
        When::Following(event, _) => event.key.clone(),
        When::After(_) => panic!("an order follows"),
    });
    assert_eq!(events, ["orders/acme", "orders/acme#small-2", "orders/acme#small-3"]);
    // The other order of the same small client follows the same event.
    let other = find(&flows, "orders/acme/2#small-2");
    assert!(matches!(&other.when, When::Following(event, _) if event.key == "orders/acme#small-2"));
    assert_eq!(other.client.clone().unwrap().0, ids[1]);
    assert_eq!((sum(&flows), in_all(&effect)), (sum(&self::flows()), euros("0.00")));
    assert_eq!(effect.words, "the largest 1 client is 3 small ones");
    assert_eq!(find(&flows, "expenses/host/2026-12-15").amount, euros("-20.00"));
    let (both, effect) = pull(Lever::ManySmall { largest: 9, each: 2 });
    assert_eq!((sum(&both), both.len()), (sum(&self::flows()), 18));
    assert_eq!(effect.words, "the largest 2 clients are each 2 small ones");
}

#[test]
fn income_and_expenses_are_assumed_on_their_days_within_the_horizon() {
    let income = |day: &str, every| Lever::Income {
        what: "Workshop".to_owned(),
        amount: euros("900.00"),
        day: on(day),
        every,
    };
    let (flows, effect) = pull(income("2026-12-31", Some(Interval::MONTHLY)));
    let days = ["2026-12-31", "2027-01-31"];
    assert_eq!(changed(&flows), days.map(|day| format!("assumed/1#{day}")));
    let first = find(&flows, "assumed/1#2026-12-31");
    assert_eq!((first.kind, first.layer), (FlowKind::Assumed, Layer::Committed));
    assert_eq!((first.amount, first.income), (euros("900.00"), euros("900.00")));
    assert_eq!(first.when, after(41));
    assert_eq!(
        (in_all(&effect), effect.words.as_str()),
        (euros("1800.00"), "Workshop 2 times from 31 Dec to 31 Jan 2027")
    );
    for outside in ["2026-11-20", "2027-02-20"] {
        let (flows, effect) = pull(income(outside, None));
        assert_eq!((changed(&flows).len(), effect.changed), (0, 0));
    }
    let expense = |amount: Money| Lever::Expense {
        what: "Laptop".to_owned(),
        amount,
        day: on("2027-02-19"),
        every: None,
    };
    let (flows, _) = pull(expense(Money::new(10.into(), Currency::USD)));
    let laptop = find(&flows, "assumed/1#2027-02-19");
    assert_eq!((laptop.amount, laptop.income), (euros("-5.00"), euros("0")));
    let unknown = pull(expense(Money::new(10.into(), "JPY".parse().unwrap()))).1;
    assert_eq!(unknown.words, "Laptop is left out: no exchange rate from JPY into EUR by 2026-11-20");
}

#[test]
fn levers_work_one_after_the_other() {
    let levers = [
        Lever::Deposit { percent: percent("50%") },
        Lever::RatesRise { clients: Vec::new(), percent: percent("10%"), from: day() },
        Lever::PaysLater { client: client("bolt"), days: 7 },
        Lever::ManySmall { largest: 5, each: 2 },
        Lever::Instalments { deal: DealId::new("shop").unwrap(), parts: 4, every: Interval::MONTHLY },
        Lever::ManySmall { largest: 1, each: 2 },
        Lever::Expense {
            what: "Rent".to_owned(),
            amount: euros("1.00"),
            day: day(),
            every: Some(Interval::MONTHLY),
        },
        Lever::Expense {
            what: "Rent".to_owned(),
            amount: euros("1.00"),
            day: day(),
            every: Some(Interval::MONTHLY),
        },
    ];
    let result = pulled(&levers);
    assert_eq!(result.effects.len(), levers.len());
    assert!(result.flows.is_sorted_by(|a, b| a.key < b.key), "no key is there twice");
    // What each lever says it changed adds up to what changed.
    let said: rust_decimal::Decimal = result.effects.iter().map(|effect| in_all(effect).amount).sum();
    let before = of_all(&flows()).amount;
    assert_eq!(of_all(&result.flows).amount - before, said);
}

fn any_lever() -> impl Strategy<Value = Lever> {
    let of = || prop::sample::select(vec![client("acme"), client("bolt"), client("gone")]);
    let any_day = || (-400_i64..800).prop_map(|days| add_days(day(), days));
    let every = || prop::sample::select(vec![None, Some(Interval::MONTHLY), "3 days".parse().ok()]);
    let amount = || {
        (0_i64..1_000_000_000)
            .prop_map(|cents| Money::new(rust_decimal::Decimal::new(cents, 2), Currency::EUR))
    };
    prop_oneof![
        (of(), any::<i64>()).prop_map(|(client, days)| Lever::PaysLater { client, days }),
        (of(), any_day()).prop_map(|(client, on)| Lever::Leaves { client, on }),
        (of(), any_day()).prop_map(|(client, on)| Lever::LetGo { client, on }),
        (prop::collection::vec(of(), 0..2), -1000_i64..1000, any_day()).prop_map(
            |(clients, percent, from)| {
                Lever::RatesRise { clients, percent: Percent::new(percent.into()), from }
            }
        ),
        (-1000_i64..1000).prop_map(|percent| Lever::Deposit { percent: Percent::new(percent.into()) }),
        (prop::sample::select(vec!["site", "shop", "gone"]), any::<u32>()).prop_map(|(deal, parts)| {
            Lever::Instalments {
                deal: DealId::new(deal).unwrap(),
                parts: parts % 200,
                every: Interval::YEARLY,
            }
        }),
        (0_u32..4, 0_u32..60).prop_map(|(largest, each)| Lever::ManySmall { largest, each }),
        Just(Lever::NeverPaid { invoice: InvoiceId::new("i1").unwrap() }),
        (amount(), any_day(), every()).prop_map(|(amount, day, every)| Lever::Income {
            what: "x".to_owned(),
            amount,
            day,
            every
        }),
        (amount(), any_day(), every()).prop_map(|(amount, day, every)| Lever::Expense {
            what: "x".to_owned(),
            amount,
            day,
            every
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No lever makes two flows of one key, and nothing that is not an assumption changes what a lever leaves alone.
    #[test]
    fn any_levers_leave_a_list_in_order_whose_draws_are_told_apart(levers in prop::collection::vec(any_lever(), 0..4)) {
        let result = pulled(&levers);
        prop_assert!(result.flows.is_sorted_by(|a, b| a.key < b.key));
        prop_assert_eq!(result.effects.len(), levers.len());
        for effect in &result.effects {
            prop_assert!(effect.changed > 0 || in_all(effect).is_zero(), "{:?}", effect);
        }
    }

    /// A muted lever is as none, whatever stands beside it; with all muted, or the what-if closed, what is to come is that
    /// of the facts.
    #[test]
    fn muting_a_lever_is_as_if_it_were_not_there(
        rows in prop::collection::vec((any_lever(), any::<bool>()), 0..4), open: bool
    ) {
        let draft = |rows: &[(Lever, bool)]| WhatIfDraft {
            open,
            rows: rows.iter().map(|(lever, muted)| LeverRow { muted: *muted, lever: lever.clone() }).collect(),
            ..WhatIfDraft::default()
        };
        let heard: Vec<_> = rows.iter().filter(|(_, muted)| open && !muted).cloned().collect();
        let without: Vec<Lever> = heard.into_iter().map(|(lever, _)| lever).collect();
        prop_assert_eq!(pulled(&draft(&rows).levers()), pulled(&without));
        let muted: Vec<_> = rows.into_iter().map(|(lever, _)| (lever, true)).collect();
        let none = pulled(&draft(&muted).levers());
        prop_assert_eq!((none.flows, none.effects), (flows(), Vec::new()));
    }

    /// What the rows of the levers say and what the sentences say is one figure: more in less more out, to the last coin.
    #[test]
    fn what_the_levers_do_is_what_differs_in_money_in_and_out(levers in prop::collection::vec(any_lever(), 0..4)) {
        let (base, result, fan) = (flows(), pulled(&levers), fan("2026-12-18", "4100", "3000", None));
        let differs = Comparison::of(
            Side { fan: &fan, flows: &base }, Side { fan: &fan, flows: &result.flows }, day(), DAYS
        );
        let done = result.effects.iter().map(|effect| effect.counted(fan.layers).amount);
        let done: rust_decimal::Decimal = done.sum();
        prop_assert_eq!(done, differs.money_in.by().amount - differs.money_out.by().amount);
    }

    /// What only moves money in time, or splits it, neither makes nor loses any.
    #[test]
    fn moving_and_splitting_conserve_money(
        parts in 1_u32..200, each in 1_u32..60, largest in 0_u32..3, share in 0_i64..100, later in -50_i64..50
    ) {
        let levers = [
            Lever::PaysLater { client: client("acme"), days: later },
            Lever::Deposit { percent: Percent::new(share.into()) },
            Lever::Instalments { deal: DealId::new("shop").unwrap(), parts, every: Interval::MONTHLY },
            Lever::ManySmall { largest, each },
        ];
        let result = pulled(&levers);
        prop_assert_eq!(sum(&result.flows), sum(&flows()));
        let income = |flows: &[Flow]| flows.iter().map(|it| it.income.amount).sum::<rust_decimal::Decimal>();
        prop_assert_eq!(income(&result.flows), income(&flows()));
    }
}

fn fan(day: &str, median: &str, nine_in_ten: &str, risk: Option<f64>) -> Fan {
    Fan {
        layers: Layers { likely: true, possible: false },
        days: vec![FanDay { day: on(day), quantiles: [euros(median); 7], under_by: None }],
        lowest: Lowest {
            day: on(day),
            median: euros(median),
            nine_in_ten: euros(nine_in_ten),
            under_reserve: risk,
        },
    }
}

fn plain(money: Money) -> String {
    money.amount.normalize().to_string()
}

#[test]
fn a_comparison_says_what_differs_and_counts_the_layers_shown() {
    let base = flows();
    let pulled = pulled(&[Lever::NeverPaid { invoice: InvoiceId::new("i1").unwrap() }]).flows;
    let (without, with) =
        (fan("2026-12-18", "4100", "3000", Some(0.06)), fan("2027-03-14", "3200", "2100", Some(0.125)));
    let of = |with: &Fan, flows: &[Flow]| {
        Comparison::of(Side { fan: &without, flows: &base }, Side { fan: with, flows }, day(), DAYS)
    };
    let comparison = of(&with, &pulled);
    assert_eq!(comparison.lowest.by(), euros("-900"));
    // Committed and likely: 100 + 600 + 2 × 500 + 500 + 50 without the invoice 100 less; the open deal is not shown.
    assert_eq!(comparison.money_in, Change { base: euros("2250.00"), what_if: euros("2150.00") });
    assert_eq!(comparison.money_out.by(), euros("0"));
    assert_eq!(
        comparison.words(&plain),
        [
            "lowest on 14 Mar 2027 instead of 18 Dec, at 3200: 900 less",
            "9 in 10 stay above 2100: 900 less",
            "12\u{a0}% chance of going under the reserve instead of 6\u{a0}%",
            "100 less comes in",
        ]
    );
    // Nothing differs: the lowest point, its day and the risk are said all the same.
    assert_eq!(
        of(&without, &base).words(&plain),
        ["lowest on 18 Dec, at 4100: as before", "6\u{a0}% chance of going under the reserve, as before"]
    );
    let safe = fan("2026-12-18", "4100", "3000", Some(0.0));
    assert_eq!(
        of(&safe, &base).words(&plain)[1],
        "<1\u{a0}% chance of going under the reserve instead of 6\u{a0}%"
    );
    let nearly = fan("2026-12-18", "4100", "3000", None);
    assert_eq!(of(&nearly, &base).under_reserve, None);
}

/// A book of 12 months whose figures are worked out on paper.
fn firm() -> Book {
    let invoice = |id: &str, client: &str, paid: &str, amount: &str| {
        format!(
            "(id: \"{id}\", number: \"{id}\", client: \"{client}\", issued: \"2026-01-01\", due: \"2026-01-15\", tax: \"19%\", \
             lines: [(result: \"R\", price: \"{amount}\")], payments: [(day: \"{paid}\", amount: \"{}\")])",
            (amount.parse::<rust_decimal::Decimal>().unwrap()
                * "1.19".parse::<rust_decimal::Decimal>().unwrap())
            .round_dp(2)
        )
    };
    let deal = |id: &str, client: &str, stage: &str, value: &str| {
        format!(
            "(id: \"{id}\", client: \"{client}\", title: \"{id}\", stages: [(day: \"2026-10-01\", stage: \"{stage}\")], value: \"{value}\")"
        )
    };
    let text = format!(
        "(format: 1, business: (currency: \"EUR\"),
          clients: [(id: \"acme\", name: \"Acme\"), (id: \"bolt\", name: \"Bolt\"), (id: \"cord\", name: \"Cord\")],
          invoices: [{}, {}, {}],
          deals: [{}, {}, {}, {}, {}],
          work: [(id: \"w1\", day: \"2026-06-01\", client: \"acme\", hours: \"40\"), (id: \"w2\", day: \"2026-09-01\", client: \"acme\", hours: \"12\"),
                 (id: \"w0\", day: \"2026-05-20\", client: \"acme\", hours: \"99\")])",
        invoice("1", "acme", "2026-02-01", "6000.00"),
        invoice("0", "acme", "2025-11-20", "999.00"),
        invoice("2", "bolt", "2026-02-01", "4000.00"),
        deal("d1", "acme", "proposal", "9999.00"),
        deal("d2", "bolt", "proposal", "2000.00"),
        deal("d3", "cord", "engaged", "1000.00"),
        deal("d4", "bolt", "done", "3000.00"),
        deal("d5", "cord", "agreed", "2000.00"),
    );
    let loaded = load(text.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.book
}

#[test]
fn letting_a_client_go_tells_what_is_lost_freed_and_needed() {
    let book = firm();
    let figures = Figures::of(&book, day());
    let going = LettingGo::of(book.business(), &figures, &client("acme")).unwrap();
    // Paid from 21 November 2025 on, net of tax.
    assert_eq!(going.income_lost, Ok(euros("6000.00")));
    // 151 hours in the same 12 months, of 365 days.
    assert_eq!(
        (going.hours_a_year.clone(), going.hours_a_week.clone()),
        (Ok(151.into()), Ok("2.9".parse().unwrap()))
    );
    // Acme's own deal goes too: 2,000 × 40 % + 1,000 × 10 %.
    assert_eq!((going.pipeline.clone(), going.open_deals), (Ok(euros("900.00")), 2));
    assert_eq!(going.covers, Ok("0.15".parse().unwrap()));
    // (3,000 + 2,000) / 2, and 6,000 / 2,500 = 2.4 are three deals.
    assert_eq!(going.mean_deal, Ok(euros("2500.00")));
    assert_eq!(going.deals_needed, Ok(3.into()));
    assert_eq!(
        going.words(&plain),
        [
            "Acme brought 6000 in the last 12 months",
            "frees 2.9 hours a week",
            "open deals with others are worth 900 by their chances: 0.2 times of what is lost",
            "takes 3 new deals of the mean value of 2500",
        ]
    );
    let cord = LettingGo::of(book.business(), &figures, &client("cord")).unwrap();
    assert_eq!(
        cord.words(&plain),
        [
            "Cord brought no income in the last 12 months",
            "how many hours it frees is not known: no work was ever logged for them"
        ]
    );
    assert!(LettingGo::of(book.business(), &figures, &client("gone")).is_none());
    let empty = book.without(Table::Deals, "d4").unwrap().without(Table::Deals, "d5").unwrap();
    let figures = Figures::of(&empty, day());
    let bolt = LettingGo::of(empty.business(), &figures, &client("bolt")).unwrap();
    assert_eq!(bolt.deals_needed.unwrap_err().to_string(), "no deal with a value was won from others yet");
}

#[test]
fn a_rise_breaks_even_when_p_of_one_plus_p_leaves() {
    let book = firm();
    let figures = Figures::of(&book, day());
    let even = BreakEven::of(&figures, &[], percent("25%")).unwrap();
    // 0.25 / 1.25: a fifth of 6,000 + 4,000. What is left, 8,000, brings 10,000 again.
    assert_eq!(even.share, "0.2".parse().unwrap());
    assert_eq!((even.concerned.clone(), even.may_go.clone()), (Ok(euros("10000.00")), Ok(euros("2000.00"))));
    assert_eq!((even.clients, even.may_leave), (2, 0));
    assert_eq!(
        even.words(&plain),
        "pays as long as no more than 20\u{a0}% of the 10000 from the 2 clients concerned leaves: 2000, not even one of \
         average size"
    );
    let double = BreakEven::of(&figures, &[client("bolt"), client("acme")], percent("100%")).unwrap();
    assert_eq!((double.may_go.clone(), double.may_leave), (Ok(euros("5000.00")), 1));
    assert!(double.words(&plain).ends_with("leaves: 5000, 1 of average size"));
    let nobody = BreakEven::of(&figures, &[client("cord")], percent("5%")).unwrap();
    assert_eq!(nobody.words(&plain), "nobody concerned brought any income in the last 12 months");
    assert!(BreakEven::of(&figures, &[], percent("-5%")).is_err());
}

#[test]
fn a_what_if_leaves_the_book_alone() {
    let book = book();
    let ground = Ground { known: &book, day: day(), days: DAYS, scheduled: &on_due };
    let lever = Lever::NeverPaid { invoice: InvoiceId::new("i1").unwrap() };
    assert_eq!(what_if(flows(), &[lever], &ground).flows.len(), flows().len() - 1);
    let Some(AnyRecord::Invoice(invoice)) = book.find(Table::Invoices, "i1") else { panic!("it is there") };
    assert_eq!(invoice.open(), euros("100.00"));
}

#[test]
fn each_lever_changes_the_forecast_of_the_sample_and_leaves_what_it_does_not_touch() {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    let forecast = |levers: Vec<Lever>| {
        Forecast::of(&book, sample::ANCHOR, &Ask { draws: 200, levers, ..Ask::default() })
    };
    let base = forecast(Vec::new());
    assert!(base.effects.is_empty());
    let of = |kind: FlowKind| base.flows.iter().find(|flow| flow.kind == kind).unwrap();
    let fee = of(FlowKind::Fee).client.clone().unwrap().0;
    let deal = DealId::new(&of(FlowKind::Deal).record.clone().unwrap().1).unwrap();
    let invoice = InvoiceId::new(&of(FlowKind::Invoice).record.clone().unwrap().1).unwrap();
    let next_week = add_days(sample::ANCHOR, 7);
    let amount = Money::new(500.into(), book.currency());
    let levers = [
        Lever::PaysLater { client: fee.clone(), days: 20 },
        Lever::Leaves { client: fee.clone(), on: next_week },
        Lever::LetGo { client: fee, on: next_week },
        Lever::RatesRise { clients: Vec::new(), percent: percent("10%"), from: next_week },
        Lever::Deposit { percent: percent("30%") },
        Lever::Instalments { deal, parts: 4, every: Interval::MONTHLY },
        Lever::ManySmall { largest: 2, each: 5 },
        Lever::NeverPaid { invoice },
        Lever::Income { what: "Workshop".to_owned(), amount, day: next_week, every: None },
        Lever::Expense { what: "Laptop".to_owned(), amount, day: next_week, every: None },
    ];
    let layers = Layers { likely: true, possible: true };
    for lever in levers {
        let with = forecast(vec![lever.clone()]);
        let [effect] = with.effects.as_slice() else { panic!("one lever has one effect") };
        assert!(effect.changed > 0, "{lever:?}: {}", effect.words);
        assert!(with.fan(layers) != base.fan(layers), "{lever:?} changes the fan");
        let comparison = Comparison::between(&base, &with, layers).unwrap();
        let by = comparison.money_in.by().amount - comparison.money_out.by().amount;
        assert!((by - in_all(effect).amount).abs() <= "0.02".parse().unwrap(), "{lever:?}: {by} {effect:?}");
        // What the lever leaves alone comes on the same days in every draw.
        let draws = Draws { days: DAYS, draws: 50, strengths: Strengths::default() };
        for flow in with.flows.iter().filter(|flow| base.flows.contains(flow)).take(5) {
            let before = base.flows.iter().find(|it| it.key == flow.key).unwrap();
            assert_eq!(days_drawn(flow, &draws), days_drawn(before, &draws));
        }
    }
}

#[test]
fn a_client_that_leaves_orders_on_the_same_days_until_then() {
    let book = book();
    let ground = Ground { known: &book, day: day(), days: DAYS, scheduled: &on_due };
    let lever = Lever::Leaves { client: client("acme"), on: on("2026-12-10") };
    let left = what_if(flows(), &[lever], &ground).flows;
    let draws = Draws { days: DAYS, draws: 400, strengths: Strengths::default() };
    let before = days_drawn(find(&flows(), "orders/acme/1"), &draws);
    let after = days_drawn(find(&left, "orders/acme/1"), &draws);
    // Ordered on day 10 it is paid on day 20; ordered on day 40 it no longer comes.
    let kept: Vec<_> = before.iter().map(|day| day.filter(|day| *day == 20)).collect();
    assert_eq!(after, kept);
    assert!(kept.iter().flatten().count() > 50 && before.iter().flatten().any(|day| *day == 50));
}
