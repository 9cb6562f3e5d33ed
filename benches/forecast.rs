//! What the draws of a forecast cost: `cargo bench --bench forecast`.
//!
//! 1,000 items over 26 weeks in 2,000 draws, and the fans of all four choices of layers, on one core. The items are open
//! invoices (each on its own), or scheduled ones (drawn with what they have in common), or all three layers at once, with
//! tax set aside. The best of several runs counts: it is the one that was disturbed least.
//!
//! Below, the whole forecast of 13 weeks, from the facts to all fans: of the sample and of 2,466 imported invoices.
//!
//! **What must hold**: each of the first three takes at most 100 ms, the forecast of a book of 200 invoices at most 50 ms.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "the flows are our own")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use books::{imported, sampled};
use chrono::NaiveDate;
use rapport::domain::{ClientId, Currency, Money};
use rapport::figures::forecast::{
    Ask, Draws, Event, Fan, Flow, FlowKind, Forecast, Layer, Layers, Paths, Pmf, SetAside, Strengths, When,
};
use rapport::store::sample;
use rust_decimal::Decimal;

mod books;

const ITEMS: i64 = 1_000;
const CLIENTS: i64 = 100;
const WEEKS: i64 = 26;
const DRAWS: u32 = 2_000;
const RUNS: u32 = 15;
/// What each may take.
const BUDGET: Duration = Duration::from_millis(100);

/// A delay like that of a client: most of it around a day, with a long tail.
fn delay(around: i64) -> Pmf {
    let chance = |day: i64| {
        let off = f64::from(i32::try_from(day - around).unwrap()) / 9.0;
        1.0 / (1.0 + off * off)
    };
    Pmf::of_days((1..=400).map(chance), 0.01)
}

fn item(number: i64, kind: FlowKind, layer: Layer) -> Flow {
    let client = format!("client-{}", number % CLIENTS);
    let amount = Money::new(Decimal::new(10_000 + number * 977 % 500_000, 2), Currency::EUR);
    let pmf = Arc::new(delay(3 + number * 31 % 150));
    let when = if kind == FlowKind::Deal {
        let won = Event { key: format!("deals/{number}"), when: delay(40).with_chance(0.3) };
        When::Following(Arc::new(won), pmf)
    } else {
        When::After(pmf)
    };
    Flow {
        key: format!("items/{number}"),
        layer,
        kind,
        client: Some((ClientId::new(&client).unwrap(), client.as_str().into())),
        what: "a result".to_owned(),
        record: None,
        amount,
        income: amount.times(Decimal::new(84, 2)),
        due: None,
        when,
    }
}

/// The best time of several runs.
fn best(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap()
}

fn main() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let open: Vec<Flow> =
        (0..ITEMS).map(|number| item(number, FlowKind::Invoice, Layer::Committed)).collect();
    let scheduled: Vec<Flow> =
        (0..ITEMS).map(|number| item(number, FlowKind::Instalment, Layer::Committed)).collect();
    let mixed: Vec<Flow> = (0..ITEMS)
        .map(|number| match number % 3 {
            0 => item(number, FlowKind::Invoice, Layer::Committed),
            1 => item(number, FlowKind::Fee, Layer::Likely),
            _ => item(number, FlowKind::Deal, Layer::Possible),
        })
        .collect();
    let nothing = SetAside::nothing(Currency::EUR);
    let taxed = SetAside {
        share: Decimal::new(25, 2),
        days: vec![40, 131],
        accrued: Money::new(Decimal::new(2_000, 0), Currency::EUR),
        with_tax: true,
        ..nothing.clone()
    };
    let how = Draws { days: WEEKS * 7, draws: DRAWS, strengths: Strengths::default() };
    println!("{ITEMS} items, {WEEKS} weeks, {DRAWS} draws: best of {RUNS} runs");
    println!("{:<34} {:>10} {:>10} {:>10}", "", "paths", "fans", "both");
    let cases = [
        ("open invoices", &open, &nothing),
        ("scheduled, drawn together", &scheduled, &nothing),
        ("three layers, with events and tax", &mixed, &taxed),
    ];
    for (name, flows, set_aside) in cases {
        let paths = Paths::of(flows, set_aside, &how);
        let draw = best(|| drop(std::hint::black_box(Paths::of(flows, set_aside, &how))));
        let opening = Some(Money::new(Decimal::new(10_000, 0), Currency::EUR));
        let fans = best(|| {
            for layers in Layers::ALL.into_iter().filter(|it| paths.tells_apart(*it)) {
                drop(std::hint::black_box(Fan::of(&paths, layers, day, opening, opening)));
            }
        });
        let verdict = if draw + fans <= BUDGET { "" } else { "  over the budget" };
        println!("{name:<34} {:>10} {:>10} {:>10}{verdict}", ms(draw), ms(fans), ms(draw + fans));
    }
    println!("\n{:<34} {:>10} {:>10} {:>10}", "", "invoices", "flows", "forecast");
    let then = NaiveDate::from_ymd_opt(2013, 6, 30).unwrap();
    for (name, book, day) in [("the sample", sampled(), sample::ANCHOR), ("late_payments", imported(), then)]
    {
        let ask = Ask::default();
        let flows = Forecast::of(&book, day, &ask).flows.len();
        let invoices: usize = book.clients().map(|client| client.facts.invoices.len()).sum();
        let time = best(|| drop(std::hint::black_box(Forecast::of(&book, day, &ask))));
        println!("{name:<34} {invoices:>10} {flows:>10} {:>10}", ms(time));
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}
