//! The JSON of `rapport backtest --json`. Its keys are stable: they may become more, and never mean something else.
//!
//! Days, amounts and what is unknown are written as in `rapport report --json`. Scores and chances are numbers with at most
//! six decimals, so that who scores the predictions again comes to the same.
//!
//! | key | what it says |
//! |---|---|
//! | `from`, `to`, `every` | the first cut-off, the last day that can be one, and days from one to the next |
//! | `cutoffs` | how many there are |
//! | `currency` | the book's currency, that of `cash` |
//! | `scores` | how predictions of invoices that were paid since held: `forecast`, `due_day` ("paid on the due date"), `client_mean` ("as late as this client's invoices were on average") |
//! | `scores.*.count` | from how many predictions |
//! | `scores.*.mae`, `.median_ae` | mean and median absolute error of the median, in days |
//! | `scores.*.pinball_10`, `_50`, `_90` | pinball loss at these quantiles, in days |
//! | `scores.*.crps` | continuous ranked probability score, in days, from the chance of every single day |
//! | `scores.*.coverage` | the share that came from the 10 % to the 90 % quantile, of one |
//! | `scores.*.brier_30` | mean squared error of the chance to be paid within 30 days |
//! | `cash_scores[]` | how forecasts of the money that comes in held: `weeks` (8 or 13), `scheduled` (whether invoices issued in the 13 weeks are counted, or only those open at the cut-off), `forecasts` (how many), `held` (how many of them held by the last week end), `week_ends` (in all of them, money always counted from the cut-off), `wape` (Σ of absolute errors of the median / Σ of what came, over all week ends), `in_doubt` (week ends on which the 10 % and the 90 % quantile differ: once all open invoices are sure to be paid nothing is left to miss), `coverage` (the share of the week ends in doubt by which what came lay from the one to the other) |
//! | `cash[]` | each week end: `cutoff`, `week` (1 to 13), `scheduled`, `p10`, `p50`, `p90`, `came`: all that came in since the cut-off |
//! | `predictions[]` | each invoice that was open at a cut-off: `cutoff`, `invoice`, `client`, `number` (the invoice's own), `open` and `currency` |
//! | `predictions[].quantiles` | when it is paid with a chance of 5 %, 10 % … 95 %: 19 numbers of days after the cut-off |
//! | `predictions[].p_paid_30` | the chance that it is paid within 30 days |
//! | `predictions[].paid_after_days` | when it was, in days after the cut-off; null while it is not |
//! | `predictions[].crps` | the score of this one |

use serde_json::{Value, json as object};

use crate::cli::report::amount;
use crate::figures::forecast::{Backtest, CashCheck, CashScore, Prediction, Score};

/// Past forecasts as JSON; see the table above for its keys.
#[must_use]
pub fn json(backtest: &Backtest) -> Value {
    let plan = &backtest.plan;
    object!({
        "from": plan.from.to_string(),
        "to": plan.to.to_string(),
        "every": plan.every,
        "cutoffs": plan.cutoffs().count(),
        "currency": backtest.currency.code(),
        "scores": {
            "forecast": of_score(backtest.forecast.as_ref()),
            "due_day": of_score(backtest.due_day.as_ref()),
            "client_mean": of_score(backtest.client_mean.as_ref()),
        },
        "cash_scores": list(&backtest.cash_scores, of_cash_score),
        "cash": list(&backtest.cash, of_cash),
        "predictions": list(&backtest.predictions, of_prediction),
    })
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

/// A number with at most six decimals.
fn number(number: f64) -> Value {
    Value::from(libm::round(number * 1e6) / 1e6)
}

/// The keys of a score; without predictions all but the count are null.
fn of_score(score: Option<&Score>) -> Value {
    let figure = |of: fn(&Score) -> f64| score.map_or(Value::Null, |score| number(of(score)));
    let figures: [(&str, Value); 8] = [
        ("mae", figure(|it| it.mae)),
        ("median_ae", figure(|it| it.median_ae)),
        ("pinball_10", figure(|it| it.pinball[0])),
        ("pinball_50", figure(|it| it.pinball[1])),
        ("pinball_90", figure(|it| it.pinball[2])),
        ("crps", figure(|it| it.crps)),
        ("coverage", figure(|it| it.coverage)),
        ("brier_30", figure(|it| it.brier_30)),
    ];
    let mut keys = serde_json::Map::new();
    keys.insert("count".to_owned(), score.map_or(0, |score| score.count).into());
    for (key, figure) in figures {
        let unknown = figure.is_null();
        keys.insert(key.to_owned(), figure);
        if unknown {
            keys.insert(format!("{key}_why"), NOTHING_PAID.into());
        }
    }
    Value::Object(keys)
}

const NOTHING_PAID: &str = "no invoice that was open at a cut-off was paid since";

fn of_cash_score(score: &CashScore) -> Value {
    let mut value = object!({
        "weeks": score.weeks,
        "scheduled": score.scheduled,
        "forecasts": score.forecasts,
        "held": score.held,
        "week_ends": score.week_ends,
        "wape": score.wape.map(number),
        "in_doubt": score.in_doubt,
        "coverage": score.coverage.map(number),
    });
    if let Value::Object(keys) = &mut value {
        for (key, why, unknown) in [
            ("wape_why", "nothing came in these weeks", score.wape.is_none()),
            ("coverage_why", "nothing was in doubt in these weeks", score.coverage.is_none()),
        ] {
            if unknown {
                keys.insert(key.to_owned(), why.into());
            }
        }
    }
    value
}

fn of_cash(check: &CashCheck) -> Value {
    object!({
        "cutoff": check.cutoff.to_string(),
        "week": check.week,
        "scheduled": check.scheduled,
        "p10": amount(check.p10),
        "p50": amount(check.p50),
        "p90": amount(check.p90),
        "came": amount(check.came),
    })
}

fn of_prediction(prediction: &Prediction) -> Value {
    let mut value = object!({
        "cutoff": prediction.cutoff.to_string(),
        "invoice": prediction.invoice.as_str(),
        "client": prediction.client.as_str(),
        "number": prediction.number,
        "open": amount(prediction.open),
        "currency": prediction.open.currency.code(),
        "quantiles": prediction.quantiles,
        "p_paid_30": number(prediction.paid_30),
        "paid_after_days": prediction.paid_after,
        "crps": prediction.judged.map(|judged| number(judged.crps)),
    });
    if let (Value::Object(keys), None) = (&mut value, prediction.paid_after) {
        for key in ["paid_after_days_why", "crps_why"] {
            keys.insert(key.to_owned(), "it is not paid so far".into());
        }
    }
    value
}
