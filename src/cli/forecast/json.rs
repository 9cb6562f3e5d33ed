//! The JSON of `rapport forecast --json`. Its keys are stable: they may become more, and never mean something else.
//!
//! Days, amounts and what is unknown are written as in `rapport report --json`. Chances and shares are numbers between
//! nought and one with at most four decimals.
//!
//! | key | what it says |
//! |---|---|
//! | `as_of`, `until` | the day of the forecast: facts of later days are unknown to it; and the last day looked at |
//! | `currency` | the book's currency, into which every amount is converted |
//! | `opening` | what is in all accounts at the end of the day; where it is unknown, balances tell the change from nought |
//! | `reserve` | the cash the firm does not want to fall below |
//! | `receipts[]` | open invoices, by the day they are expected: `invoice`, `number`, `client`, `due`, `open` and `currency` (the invoice's own), `amount` (in the book's), `disputed` |
//! | `receipts[].p10`, `.p50`, `.p90` | the days by which it is paid with a chance of 10, 50 and 90 % |
//! | `receipts[].paid_within_30`, `.not_within_200` | the chance that it is paid within 30 days, and that it is not within 200 |
//! | `receipts[].habit_days`, `.habit`, `.n` | how many days late this client pays on average, the same in words, and from how many invoices of its own |
//! | `balances[]` | how the balance may run, for each choice of `layers`: `committed` (agreed), `likely` (expected from habit), `possible` (open deals) |
//! | `balances[].days[]` | `day`; `p10`, `p50`, `p90`: the balance at its end is at most this in 10, 50 and 90 % of the drawn paths; `under_by`: the share of paths that went under the reserve by then |
//! | `balances[].lowest` | the lowest points: `day` (of the lowest median), `median` and `nine_in_ten` (half, and nine in ten, of the paths stay above this all the time), `under_reserve` (the share that goes under the reserve) |
//! | `expected[]` | what is expected of each `layer` in all: `in`, `out` and `tax` (set aside, and leaving), the last two negative |
//! | `taxes[]` | what leaves of what was set aside: `day`, `layer`, `amount` |
//! | `coming[]` | everything that is to come or go: `key`, `layer`, `client`, `what`, `amount` (negative: goes out), `due`, `chance` (to come by the last day), `expected` (amount × chance) |
//! | `runway` | for how many weeks the balance stays at the reserve, without one at nought: `committed_weeks` (with committed money alone), `without_receipts_weeks` (when nothing comes in any more) |
//! | `left_out[]` | what could not be counted: `what`, `amount`, `currency`, `why` |

use serde_json::{Value, json as object};

use crate::cli::report::{Keys, amount, list};
use crate::figures::Unknown;
use crate::figures::forecast::{
    Expectation, Fan, FanDay, Flow, Forecast, Layer, LeftOut, Lowest, Receipt, Runway, TaxDue,
};

/// A forecast as JSON; see the table above for its keys.
#[must_use]
pub fn json(forecast: &Forecast) -> Value {
    let mut keys = Keys::default();
    keys.set("as_of", forecast.day.to_string());
    keys.set("until", forecast.until.to_string());
    keys.set("currency", forecast.currency.code());
    keys.amount("opening", &forecast.opening);
    keys.known("reserve", forecast.reserve, |it| amount(*it).into(), no_reserve(forecast));
    keys.set("receipts", list(&forecast.receipts, of_receipt));
    keys.set("balances", list(&forecast.fans, |fan| of_fan(fan, forecast)));
    keys.set("expected", list(&Layer::ALL.map(|layer| forecast.expected(layer)), of_expectation));
    keys.set("taxes", list(&forecast.taxes, of_tax));
    let days = forecast.until.signed_duration_since(forecast.day).num_days();
    keys.set("coming", list(&forecast.flows, |flow| of_flow(flow, days)));
    keys.answer("runway", &forecast.runway, of_runway);
    keys.set("left_out", list(&forecast.left_out, of_left_out));
    keys.done()
}

fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Committed => "committed",
        Layer::Likely => "likely",
        Layer::Possible => "possible",
    }
}

fn no_reserve(forecast: &Forecast) -> &str {
    let left_out = forecast.left_out.iter().find(|it| it.what == "Reserve");
    left_out.map_or("the book states no reserve", |it| it.why.0.as_str())
}

/// A number with at most four decimals.
fn number(number: f64) -> Value {
    // Rounding leaves a minus before nought; adding nought takes it away.
    Value::from(libm::round(number * 1e4) / 1e4 + 0.0)
}

fn of_receipt(receipt: &Receipt) -> Value {
    let mut keys = Keys::default();
    keys.set("invoice", receipt.invoice.as_str());
    keys.set("number", receipt.number.as_str());
    keys.set("client", receipt.client.as_str());
    keys.set("due", receipt.due.to_string());
    keys.set("open", amount(receipt.open));
    keys.set("currency", receipt.open.currency.code());
    keys.amount("amount", &receipt.amount);
    keys.set("disputed", receipt.disputed);
    for (key, chance) in [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)] {
        keys.day(key, receipt.paid_by(chance), "it may never be paid with so great a chance");
    }
    keys.set("paid_within_30", number(receipt.chance_within(30)));
    keys.set("not_within_200", number(receipt.chance_not_within(200)));
    keys.set("habit_days", number(receipt.habit.days));
    keys.set("habit", receipt.habit.words());
    keys.set("n", receipt.habit.own);
    keys.done()
}

fn of_fan(fan: &Fan, forecast: &Forecast) -> Value {
    let counted = Layer::ALL.into_iter().filter(|it| fan.layers.counts(*it));
    object!({
        "layers": counted.map(layer).collect::<Vec<_>>(),
        "days": list(&fan.days, |day| of_day(day, forecast)),
        "lowest": of_lowest(&fan.lowest, forecast),
    })
}

fn of_day(day: &FanDay, forecast: &Forecast) -> Value {
    let [_, p10, _, p50, _, p90, _] = day.quantiles;
    let mut keys = Keys::default();
    keys.set("day", day.day.to_string());
    for (key, balance) in [("p10", p10), ("p50", p50), ("p90", p90)] {
        keys.set(key, amount(balance));
    }
    share(&mut keys, "under_by", day.under_by, forecast);
    keys.done()
}

fn of_lowest(lowest: &Lowest, forecast: &Forecast) -> Value {
    let mut keys = Keys::default();
    keys.set("day", lowest.day.to_string());
    keys.set("median", amount(lowest.median));
    keys.set("nine_in_ten", amount(lowest.nine_in_ten));
    share(&mut keys, "under_reserve", lowest.under_reserve, forecast);
    keys.done()
}

/// A share of paths that go under the reserve.
fn share(keys: &mut Keys, key: &str, share: Option<f64>, forecast: &Forecast) {
    let why = match &forecast.opening {
        Err(Unknown(why)) => why,
        Ok(_) => no_reserve(forecast),
    };
    keys.known(key, share, |share| number(*share), why);
}

fn of_expectation(of: &Expectation) -> Value {
    object!({
        "layer": layer(of.layer),
        "in": amount(of.money_in),
        "out": amount(of.money_out),
        "tax": amount(of.tax),
    })
}

fn of_tax(tax: &TaxDue) -> Value {
    object!({ "day": tax.day.to_string(), "layer": layer(tax.layer), "amount": amount(tax.amount) })
}

fn of_flow(flow: &Flow, days: i64) -> Value {
    let mut keys = Keys::default();
    keys.set("key", flow.key.as_str());
    keys.set("layer", layer(flow.layer));
    keys.client(flow.client.as_ref().map(|(id, _)| id));
    keys.set("what", flow.what.as_str());
    keys.set("amount", amount(flow.amount));
    keys.day("due", flow.due, "no day was agreed");
    keys.set("chance", number(flow.when.within(days)));
    keys.set("expected", amount(flow.expected_within(days)));
    keys.done()
}

fn of_runway(runway: &Runway) -> Value {
    let mut keys = Keys::default();
    for (key, weeks) in [
        ("committed_weeks", runway.committed_weeks),
        ("without_receipts_weeks", runway.without_receipts_weeks),
    ] {
        keys.known(key, weeks, |weeks| (*weeks).into(), "not within two years");
    }
    keys.done()
}

fn of_left_out(left_out: &LeftOut) -> Value {
    object!({
        "what": left_out.what.as_str(),
        "amount": amount(left_out.amount),
        "currency": left_out.amount.currency.code(),
        "why": left_out.why.0.as_str(),
    })
}
