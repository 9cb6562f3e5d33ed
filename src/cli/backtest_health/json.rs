//! The JSON of `rapport backtest-health --json`. Its keys are stable: they may become more, and never mean something else.
//!
//! Days and what is unknown are written as in `rapport report --json`. Scores have at most four decimals, those that pairs
//! are compared by; shares at most six. Who takes the area under the ROC curve of the scores printed comes to the same.
//!
//! | key | what it says |
//! |---|---|
//! | `as_of` | the day looked back from: facts of later days are unknown |
//! | `reference_day` | the day that stands for the end with those that stayed: 90 days before |
//! | `clients[]` | every client, by id |
//! | `clients[].client`, `.name` | who |
//! | `clients[].outcome` | `ended_badly`, `stayed` or `left_out` |
//! | `clients[].cause` | by what it ended badly: `write_off`, `toxic`, `ended` or `lost` |
//! | `clients[].day` | the day it ended badly; of one that stayed, the reference day |
//! | `clients[].why` | what says so, in a clause |
//! | `clients[].score_60`, `.score_90` | its score 60 and 90 days before that day, as the Clients view told it then |
//! | `auc_60`, `auc_90` | how well the score so many days before told those that ended badly from those that stayed |
//! | `auc_*.auc` | the share of pairs of the two in which the one that stayed had the higher score, of one; a tie counts half. Unknown with fewer than eight of each |
//! | `auc_*.low`, `.high` | its 95 % interval: DeLong's, on the scale of the logit; where that has no width, Wilson's with as many trials as the smaller group has clients |
//! | `auc_*.ended_badly`, `.stayed` | from how many of each |
//! | `auc_*.ended_badly_unknown`, `.stayed_unknown` | how many more had no score then, and are in no pair |
//! | `auc_*.words` | the same in a sentence |

use serde_json::Value;

use crate::cli::report::{Keys, list, number};
use crate::figures::health::{Apart, Cause, Fate, HealthRecord, Horizon, LookedBack};

/// What became of each client as JSON; see the table above for its keys.
#[must_use]
pub fn json(record: &HealthRecord) -> Value {
    let mut keys = Keys::default();
    keys.set("as_of", record.day.to_string());
    keys.set("reference_day", record.reference.to_string());
    keys.set("clients", list(&record.clients, of_client));
    for horizon in &record.horizons {
        keys.set(&format!("auc_{}", horizon.days), of_horizon(horizon));
    }
    keys.done()
}

fn of_client(it: &LookedBack) -> Value {
    let mut keys = Keys::default();
    keys.set("client", it.client.as_str());
    keys.set("name", &*it.name);
    let (outcome, cause) = match it.fate {
        Fate::EndedBadly(cause) => ("ended_badly", Some(cause)),
        Fate::Stayed => ("stayed", None),
        Fate::LeftOut => ("left_out", None),
    };
    keys.set("outcome", outcome);
    keys.known("cause", cause.map(Cause::token), |token| (*token).into(), "it did not end badly");
    keys.answer("day", &it.day, |day| day.to_string().into());
    keys.set("why", it.why.as_str());
    let [sixty, ninety] = &it.scores;
    keys.answer("score_60", sixty, |score| number(*score));
    keys.answer("score_90", ninety, |score| number(*score));
    keys.done()
}

fn of_horizon(horizon: &Horizon) -> Value {
    let mut keys = Keys::default();
    let mut share = |key: &str, of: fn(&Apart) -> f64| {
        keys.answer(key, &horizon.apart, |apart| (libm::round(of(apart) * 1e6) / 1e6).into());
    };
    share("auc", |it| it.area);
    share("low", |it| it.low);
    share("high", |it| it.high);
    keys.set("ended_badly", horizon.ended_badly);
    keys.set("stayed", horizon.stayed);
    keys.set("ended_badly_unknown", horizon.ended_badly_unknown);
    keys.set("stayed_unknown", horizon.stayed_unknown);
    keys.set("words", horizon.words());
    keys.done()
}
