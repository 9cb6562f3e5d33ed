//! Where the balance may be: on a day, at its lowest, and for how long it lasts.

use chrono::NaiveDate;

use crate::domain::{Money, add_days};
use crate::figures::forecast::{Forecast, Layers, RUNWAY_WEEKS};
use crate::figures::words::date;

use super::flow::by_day;
use super::{Course, Ground, Part, Proof, Rule, Term, Unit, Value, counted, left_out, of_forecast, titled};
use crate::figures::proof::FigureKey;

/// A figure that paths were drawn for.
struct Drawn {
    title: String,
    value: Money,
    /// The day up to which flows are terms.
    by: NaiveDate,
    formula: &'static str,
    /// What the last term is: how far the paths lie from what is expected.
    apart: String,
    method: String,
}

pub(in super::super) fn balance_on(
    on: &Ground<'_>,
    course: Course,
    layers: Layers,
    day: NaiveDate,
) -> Option<Proof> {
    let title = titled(&format!("Balance on {}", date(day, on.day())), course);
    of_forecast(on, course, &title, |forecast| {
        let at = forecast.fan(layers)?.days.iter().find(|at| at.day == day)?;
        let [_, low, _, median, _, high, _] = at.quantiles;
        let title = match forecast.opening {
            Ok(_) => title.clone(),
            Err(_) => titled(&format!("Change of cash until {}", date(day, on.day())), course),
        };
        let drawn = Drawn {
            title,
            value: median,
            by: day,
            formula: "What is in the accounts, and every amount that comes or goes by then times its chance: that is \
                      expected. Of the paths drawn half are above the middle, which is another number: in a path money \
                      is there or it is not.",
            apart: "The middle of the paths, against what is expected".to_owned(),
            method: method(layers),
        };
        let (proof, expected) = drawn.proof(on, course, forecast, layers);
        let mut beside = vec![("8 in 10 from".to_owned(), low), ("to".to_owned(), high)];
        beside.push(("expected".to_owned(), expected));
        let mut beside = moneys(beside);
        beside.push(drawn_paths(forecast));
        Some(Proof { beside, ..proof })
    })
}

/// What half of the paths stay above.
pub(in super::super) fn lowest_half(on: &Ground<'_>, course: Course, layers: Layers) -> Option<Proof> {
    let title = titled("Half stay above", course);
    of_forecast(on, course, &title, |forecast| {
        let lowest = &forecast.fan(layers)?.lowest;
        let drawn = Drawn {
            title: title.clone(),
            value: lowest.median,
            by: lowest.day,
            formula: "Of each path drawn the lowest balance of all its days, whenever that is; half of these lie above the \
                      figure. The terms say what is expected by the day on which the middle of the paths is lowest.",
            apart: "The middle of the paths' own lowest, against that".to_owned(),
            method: method(layers),
        };
        let (proof, expected) = drawn.proof(on, course, forecast, layers);
        let expected_then = format!("expected on {}", date(lowest.day, on.day()));
        let figures = vec![("9 in 10 stay above".to_owned(), lowest.nine_in_ten), (expected_then, expected)];
        let mut beside = moneys(figures);
        beside.push(drawn_paths(forecast));
        Some(Proof { beside, ..proof })
    })
}

pub(in super::super) fn lowest(on: &Ground<'_>, course: Course, layers: Layers) -> Option<Proof> {
    let title = titled("9 in 10 stay above", course);
    of_forecast(on, course, &title, |forecast| {
        let lowest = &forecast.fan(layers)?.lowest;
        let drawn = Drawn {
            title: title.clone(),
            value: lowest.nine_in_ten,
            by: lowest.day,
            formula: "Of each path drawn the lowest balance of all its days, whenever that is; nine in ten of these lie \
                      above the figure. The terms say what is expected by the day on which the middle of the paths is \
                      lowest.",
            apart: "The tenth lowest of a hundred paths, against that".to_owned(),
            method: method(layers),
        };
        let (proof, expected) = drawn.proof(on, course, forecast, layers);
        let expected_then = format!("expected on {}", date(lowest.day, on.day()));
        let mut beside =
            moneys(vec![("half stay above".to_owned(), lowest.median), (expected_then, expected)]);
        if let Some(risk) = lowest.under_reserve {
            beside.push(("chance of going under the reserve".to_owned(), super::chance(risk)));
        }
        beside.push(drawn_paths(forecast));
        Some(Proof { beside, ..proof })
    })
}

fn moneys(figures: Vec<(String, Money)>) -> Vec<(String, Value)> {
    figures.into_iter().map(|(what, money)| (what, Value::Money(money))).collect()
}

fn drawn_paths(forecast: &Forecast) -> (String, Value) {
    ("paths drawn".to_owned(), Value::things(forecast.draws))
}

/// How paths are drawn, in words.
pub(super) fn method(layers: Layers) -> String {
    format!(
        "{} In each path every receipt and expense comes on a day drawn from its own chances; what belongs to one client \
         comes early or late together. The same book gives the same paths.",
        counted(layers)
    )
}

impl Drawn {
    /// Its proof, and what is expected by its day.
    fn proof(self, on: &Ground<'_>, course: Course, forecast: &Forecast, layers: Layers) -> (Proof, Money) {
        let today = date(forecast.day, on.day());
        let opening = match &forecast.opening {
            Ok(opening) => Term::money(format!("In all accounts on {today}"), &Ok(*opening))
                .with_figure(FigureKey::Balance),
            Err(why) => Term::new(format!("Counted from nought: {why}"), Ok(on.nothing())),
        };
        let coming = by_day(course, forecast, layers, self.by);
        let title = format!("Comes and goes by {}, each amount times its chance", date(self.by, on.day()));
        let parts =
            [Part::of("There today", on.nothing(), vec![opening]), Part::of(&title, on.nothing(), coming)];
        let amount = |part: &Part| part.total.as_ref().ok().and_then(Value::number).unwrap_or_default();
        let expected = parts.iter().map(amount).fold(rust_decimal::Decimal::ZERO, |sum, it| sum + it);
        let apart = Money::new(self.value.amount - expected, self.value.currency);
        let apart =
            Part::of("What chance makes of it", on.nothing(), vec![Term::money(self.apart, &Ok(apart))]);
        let value = Ok(Value::Money(self.value));
        let parts = parts.into_iter().chain([apart]).collect();
        let proof = on.made(self.title, value, self.formula, Rule::Sum, parts);
        let proof = Proof { method: Some(self.method), left_out: left_out(&forecast.left_out), ..proof };
        (proof, Money::new(expected, self.value.currency))
    }
}

pub(in super::super) fn runway(on: &Ground<'_>) -> Proof {
    const TITLE: &str = "Runway";
    let Some(forecast) = super::forecast(on, Course::Facts) else { return super::pending(on, TITLE) };
    let runway = match &forecast.runway {
        Ok(runway) => runway,
        Err(why) => return super::unknown(on, TITLE, why),
    };
    let week = |weeks: i64| Value::Number(weeks.into(), Unit::Weeks);
    let terms = (1..).zip(&runway.above).map(|(nth, above): (i64, &Money)| {
        let end = add_days(forecast.day, nth * 7);
        let term = Term::new(format!("Week {nth}: left above the reserve"), Ok(week(1))).on(end);
        let key = FigureKey::BalanceOn(Course::Facts, Layers::default(), end);
        let figure = Some(key).filter(|_| end <= forecast.until);
        Term { own: Some(*above), figure, ..term }
    });
    let part = Part::of("Weeks at whose end the money lasts", week(0), terms.collect());
    let value = known_weeks(runway.committed_weeks);
    let title =
        if runway.committed_weeks.is_some() { TITLE.to_owned() } else { format!("{TITLE}, at least") };
    let formula = "The whole weeks until the balance is under the reserve (under nought without one) for the first time, \
                   if agreed money alone comes and goes: issued invoices, signed instalments, running retainers, planned \
                   expenses.";
    let proof = on.made(title, Ok(value), formula, Rule::Sum, vec![part]);
    let method = format!("Of the paths over two years the middle one counts. {}", method(Layers::default()));
    let beside = vec![
        ("if nothing comes in any more".to_owned(), known_weeks(runway.without_receipts_weeks)),
        drawn_paths(forecast),
    ];
    Proof { method: Some(method), beside, left_out: left_out(&forecast.left_out), ..proof }
}

/// All weeks that were looked at, where it lasts for longer.
fn known_weeks(weeks: Option<i64>) -> Value {
    Value::Number(weeks.unwrap_or(RUNWAY_WEEKS).into(), Unit::Weeks)
}
