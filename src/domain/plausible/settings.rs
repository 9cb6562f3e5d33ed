//! What cannot be right about the firm's settings.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Notes, meant};
use crate::domain::{
    Business, IN_ORDER, MOST_WEIGHT, Piece, THRESHOLDS, Template, TemplateId, Threshold, WEIGHTS, is_weight,
    pieces,
};

/// Accounts, rates, names and numbers of the firm.
pub(super) fn settings(business: &Business, notes: &mut Notes) {
    for (at, account) in business.accounts.iter().enumerate() {
        let mut days = BTreeSet::new();
        for (nth, balance) in account.balances.iter().enumerate() {
            let field = format!("accounts[{at}].balances[{nth}].day");
            notes.happened(field.as_str(), balance.day);
            if !days.insert(balance.day) {
                notes
                    .note(field, format!("{:?} has two balances on {}: keep one", account.name, balance.day));
            }
        }
    }
    for (at, rate) in business.exchange_rates.iter().enumerate() {
        notes.positive(format!("exchange_rates[{at}].rate"), rate.rate);
        notes.happened(format!("exchange_rates[{at}].day"), rate.day);
        if rate.currency == business.currency {
            let message = format!("{} is the book's own currency and has no rate: remove it", rate.currency);
            notes.note(format!("exchange_rates[{at}].currency"), message);
        }
    }
    let rates = [("target_rate", business.target_rate), ("break_even_rate", business.break_even_rate)];
    for (field, rate) in rates.into_iter().filter_map(|(field, rate)| Some((field, rate?))) {
        notes.positive(field, rate.amount);
    }
    if let Some(hours) = business.capacity_hours.filter(|hours| *hours > Decimal::from(168)) {
        notes.note(
            "capacity_hours",
            format!("{hours} are more hours than a week has: write the hours of one week"),
        );
    }
    business.capacity_hours.into_iter().for_each(|hours| notes.not_negative("capacity_hours", hours));
    business.tax_set_aside.into_iter().for_each(|share| notes.percent("tax_set_aside", share.per_hundred()));
    thresholds(business, notes);
    weights(business, notes);
    repeated_ids("stages", business.stages.iter().map(|stage| stage.id.as_str()), notes);
    repeated_ids("criteria", business.criteria.iter().map(|criterion| criterion.id.as_str()), notes);
    repeated_ids("templates", business.templates.iter().map(|template| template.id.as_str()), notes);
    for (at, template) in business.templates.iter().enumerate() {
        fields_of(template, at, notes);
    }
    repeated_ids("accounts", business.accounts.iter().map(|account| account.id.as_str()), notes);
    for (at, stage) in business.stages.iter().enumerate() {
        stage
            .chance
            .into_iter()
            .for_each(|it| notes.percent(format!("stages[{at}].chance"), it.per_hundred()));
    }
}

/// Every threshold must be one there is, in its range, and in order with those it is compared with.
fn thresholds(business: &Business, notes: &mut Notes) {
    let field = |name: &str| format!("thresholds[{name:?}]");
    for (name, number) in &business.thresholds {
        match THRESHOLDS.iter().find(|row| row.name == name) {
            None => {
                let meant = meant(name, THRESHOLDS.iter().map(|row| row.name));
                notes.note(field(name), format!("there is no threshold {name:?}{meant}"));
            }
            Some(row) if !row.range.has(*number) => {
                let whole = if row.range.parts { "" } else { "whole " };
                let (range, built_in) = (row.range, row.built_in());
                let cure = format!("write a {whole}number from {range}; until then {built_in} counts");
                notes.note(field(name), format!("{number} is out of range: {cure}"));
            }
            Some(_) => {}
        }
    }
    let own = |of: Threshold| {
        let row = of.row();
        business.thresholds.get(row.name).copied().filter(|it| row.range.has(*it))
    };
    let value = |of: Threshold| own(of).unwrap_or_else(|| of.row().built_in());
    for these in IN_ORDER {
        let wrong = these.windows(2).find_map(|two| match *two {
            [low, high] if value(low) > value(high) => Some((low, high)),
            _ => None,
        });
        let Some((low, high)) = wrong else { continue };
        let (at, other, is) = if own(high).is_some() { (high, low, "below") } else { (low, high, "above") };
        let built_in: Vec<String> =
            these.iter().map(|it| format!("{} {}", it.row().name, it.row().built_in())).collect();
        let (number, than) = (value(at), format!("{}, {}", other.row().name, value(other)));
        let until = format!("until then what is built in counts: {}", built_in.join(", "));
        notes.note(field(at.row().name), format!("{number} is {is} {than}: change one of them; {until}"));
    }
}

/// Every weight must be one there is, in its range, and one at least must count.
fn weights(business: &Business, notes: &mut Notes) {
    for (name, number) in &business.weights {
        let Some(row) = WEIGHTS.iter().find(|row| row.name == name) else {
            let meant = meant(name, WEIGHTS.iter().map(|row| row.name));
            notes.note(format!("weights[{name:?}]"), format!("there is no indicator {name:?}{meant}"));
            continue;
        };
        if !is_weight(*number) {
            let cure = format!(
                "write a number from 0 to {MOST_WEIGHT} points; until then {} counts",
                row.built_in()
            );
            notes.note(format!("weights[{name:?}]"), format!("{number} is out of range: {cure}"));
        }
    }
    if WEIGHTS.iter().all(|row| business.weights.get(row.name).is_some_and(Decimal::is_zero)) {
        let cure = "give one of them more; until then what is built in counts";
        notes.note("weights", format!("no indicator counts, for all have 0: {cure}"));
    }
}

/// The template must be one that letters are made from, and its fields such that a letter from it can fill.
fn fields_of(template: &Template, at: usize, notes: &mut Notes) {
    let Some(id) = TemplateId::named(&template.id) else {
        let meant = meant(&template.id, TemplateId::ALL.iter().map(|id| id.name()));
        let message = format!("no letter is made from a template {:?}{meant}", template.id);
        notes.note(format!("templates[{at}].id"), message);
        return;
    };
    let fields = || id.about().fields();
    let mut told = BTreeSet::new();
    for piece in pieces(&template.text) {
        let Piece::Field(name) = piece else { continue };
        if !fields().any(|known| known == name) && told.insert(name) {
            let meant = meant(name, fields());
            let message = match meant.as_str() {
                "" => format!(
                    "{name:?} is no field of {:?}: take one of {}",
                    template.id,
                    fields().collect::<Vec<_>>().join(", ")
                ),
                meant => format!("{name:?} is no field of {:?}{meant}", template.id),
            };
            notes.note(format!("templates[{at}].text"), message);
        }
    }
}

fn repeated_ids<'a>(list: &str, ids: impl Iterator<Item = &'a str>, notes: &mut Notes) {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.enumerate() {
        if !seen.insert(id) {
            notes.note(format!("{list}[{at}].id"), format!("{id:?} is there twice: rename or remove one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{found, one, parsed};
    use crate::domain::AnyRecord;

    fn of(business: &str) -> Vec<String> {
        found(business, Vec::new())
    }

    #[test]
    fn settings_use_known_names_once_and_rates_above_zero() {
        one(
            &of("thresholds: {\"silent_day\": \"3\"}"),
            "thresholds[\"silent_day\"]: there is no threshold \"silent_day\": did you mean \"silent_days\"?",
        );
        let rate = |rest: &str| format!("exchange_rates: [(day: \"2026-01-01\", {rest})]");
        one(&of(&rate("currency: \"USD\", rate: \"0\"")), "exchange_rates[0].rate: 0 is not above zero");
        one(
            &of(&rate("currency: \"EUR\", rate: \"1\"")),
            "exchange_rates[0].currency: EUR is the book's own currency",
        );
        let balances =
            "balances: [(day: \"2026-01-01\", amount: \"1\"), (day: \"2026-01-01\", amount: \"2\")]";
        one(
            &of(&format!("accounts: [(id: \"a\", name: \"A\", {balances})]")),
            "accounts[0].balances[1].day: \"A\" has two balances",
        );
        one(
            &of("criteria: [(id: \"a\", meaning: \"A\"), (id: \"a\", meaning: \"B\")]"),
            "criteria[1].id: \"a\" is there twice",
        );
        one(&of("capacity_hours: \"200\""), "capacity_hours: 200 are more hours than a week has");
        let fit = parsed("(id: \"c\", name: \"C\", fit: [(criterion: \"x\", meets: true)])");
        one(
            &found("", vec![AnyRecord::Client(Arc::new(fit))]),
            "fit[0].criterion: there is no criterion \"x\"",
        );
    }

    #[test]
    fn a_threshold_has_its_range_and_until_it_is_in_it_what_is_built_in_counts() {
        let threshold = |name: &str, value: &str| of(&format!("thresholds: {{\"{name}\": \"{value}\"}}"));
        one(
            &threshold("health_months", "0"),
            "thresholds[\"health_months\"]: 0 is out of range: write a whole number from 1 to 240 months; until then 24 \
                counts",
        );
        one(&threshold("late_days_worst", "-3"), "thresholds[\"late_days_worst\"]: -3 is out of range");
        one(
            &threshold("silent_days", "30.5"),
            "thresholds[\"silent_days\"]: 30.5 is out of range: write a whole",
        );
        assert!(threshold("weeks_a_year", "44.5").is_empty(), "half a week can be worked");
        for row in crate::domain::THRESHOLDS {
            for beyond in [row.range.least - 1, row.range.most + 1] {
                let found = threshold(row.name, &beyond.to_string());
                one(&found, &format!("thresholds[\"{}\"]: {beyond} is out of range", row.name));
            }
        }
    }

    #[test]
    fn thresholds_that_are_compared_are_in_order() {
        let thresholds = |of_book: &str| of(&format!("thresholds: {{{of_book}}}"));
        one(
            &thresholds("\"health_good\": \"40\""),
            "thresholds[\"health_good\"]: 40 is below health_risk, 45: change one of them; until then what is built in \
                counts: health_risk 45, health_good 70",
        );
        one(
            &thresholds("\"health_risk\": \"80\""),
            "thresholds[\"health_risk\"]: 80 is above health_good, 70: change one of them",
        );
        assert!(thresholds("\"health_risk\": \"80\", \"health_good\": \"90\"").is_empty());
        one(&thresholds("\"most_rise\": \"3\""), "thresholds[\"most_rise\"]: 3 is below usual_rise, 5");
    }

    #[test]
    fn a_weight_is_of_an_indicator_and_not_below_nought_and_one_at_least_counts() {
        let weights = |of_book: &str| of(&format!("weights: {{{of_book}}}"));
        one(
            &weights("\"pays_as_agreed\": \"-5\""),
            "weights[\"pays_as_agreed\"]: -5 is out of range: write a number from 0 to 1000 points; until then 25 counts",
        );
        one(
            &weights("\"pays_as_agred\": \"5\""),
            "weights[\"pays_as_agred\"]: there is no indicator \"pays_as_agred\": did you mean \"pays_as_agreed\"?",
        );
        let none: Vec<String> =
            crate::domain::WEIGHTS.iter().map(|row| format!("\"{}\": \"0\"", row.name)).collect();
        one(
            &weights(&none.join(", ")),
            "weights: no indicator counts, for all have 0: give one of them more",
        );
    }
}
