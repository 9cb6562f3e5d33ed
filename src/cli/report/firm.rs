//! The figures of the firm, as the JSON of a report says them.

use serde_json::Value;

use super::json::{Keys, list, number};
use crate::figures::firm::{
    BasisIncome, BreakRow, CeilingOfTime, ChannelRow, ClientShare, ComingBack, CriterionFit, Difference,
    Firm, Gifts, KindOwes, MixMonth, MoneyAtRisk, OriginRow, Practice, PracticeRow, SecondDeals, Side, Trust,
    ValueTalks, WantedFit, WorkRow, basis_token, cause_token, origin_token,
};
use crate::figures::kind_token;

/// Income by what it rests on.
pub(super) fn of_mix(by_basis: &[BasisIncome]) -> Value {
    mix_keys(by_basis).done()
}

fn mix_keys(by_basis: &[BasisIncome]) -> Keys {
    let mut keys = Keys::default();
    for of in by_basis {
        keys.amount(basis_token(of.basis), &of.income);
    }
    keys
}

/// What one client brings and takes.
pub(super) fn of_share(share: &ClientShare) -> Value {
    let mut keys = Keys::default();
    keys.set("client", share.client.as_str());
    keys.number("share", &share.share);
    keys.number("hours_share", &share.hours_share);
    keys.answer("level", &share.level, |level| level.token().into());
    keys.done()
}

/// Everything else.
pub(super) fn of_firm(firm: &Firm) -> Value {
    let mut keys = Keys::default();
    keys.set("months", list(&firm.mix.months, of_month));
    keys.amount("goal", &firm.mix.goal);
    keys.amount("goal_a_month", &firm.mix.goal_a_month);
    keys.number("not_said_share", &firm.mix.not_said_share);
    keys.count("clients_for_80", &firm.spread.clients);
    keys.set("fit", of_fit(&firm.fit));
    keys.set("ceiling", of_ceiling(&firm.ceiling));
    keys.set("second_deals", of_second_deals(&firm.second_deals));
    keys.set("new_work", list(&firm.new_work.rows, of_new_work));
    keys.set("channels", list(&firm.channels.rows, of_channel));
    keys.set("trust", of_trust(&firm.trust));
    keys.set("at_risk", of_at_risk(&firm.at_risk));
    keys.set("gifts", of_gifts(&firm.gifts));
    keys.set("origins", list(&firm.origins.rows, of_origin));
    keys.set("value_talks", of_value_talks(&firm.value_talks));
    keys.set("practices", list(&firm.practices.rows, of_practice));
    keys.done()
}

fn of_month(month: &MixMonth) -> Value {
    let mut keys = mix_keys(&month.by_basis);
    keys.set("month", month.month.format("%Y-%m").to_string());
    keys.amount("income", &month.income);
    keys.done()
}

fn of_fit(fit: &WantedFit) -> Value {
    let mut keys = Keys::default();
    keys.number("share", &fit.overall);
    keys.set("criteria", list(&fit.criteria, of_criterion));
    keys.done()
}

fn of_criterion(criterion: &CriterionFit) -> Value {
    let mut keys = Keys::default();
    keys.set("id", criterion.id.as_str());
    keys.set("meets", criterion.meets);
    keys.set("said", criterion.said);
    keys.set("not_said", criterion.not_said);
    keys.number("share", &criterion.share);
    keys.number("income_share", &criterion.income_share);
    keys.done()
}

fn of_ceiling(ceiling: &CeilingOfTime) -> Value {
    let mut keys = Keys::default();
    keys.number("hours_a_week", &ceiling.hours_a_week);
    keys.set("weeks_a_year", number(ceiling.weeks_a_year));
    keys.amount("rate", &ceiling.rate);
    keys.amount("ceiling", &ceiling.ceiling);
    keys.amount("from_other_bases", &ceiling.from_other_bases);
    keys.done()
}

fn of_second_deals(second: &SecondDeals) -> Value {
    let mut keys = coming_back(&second.all);
    let of_year = |of: &ComingBack| {
        let mut keys = coming_back(of);
        keys.known("year", of.year, |year| (*year).into(), "it is of all years");
        keys.done()
    };
    keys.set("years", list(&second.years, of_year));
    keys.done()
}

fn coming_back(of: &ComingBack) -> Keys {
    let mut keys = Keys::default();
    keys.number("share", &of.share);
    keys.set("counted", of.counted);
    keys.set("came_back", of.came_back);
    keys.set("waiting", of.waiting);
    keys
}

fn of_new_work(row: &WorkRow) -> Value {
    let mut keys = Keys::default();
    keys.set("from", row.from.token());
    keys.count("deals", &row.deals);
    keys.number("share", &row.share);
    keys.amount("value", &row.value);
    keys.set("without_value", row.without_value);
    keys.done()
}

fn of_channel(row: &ChannelRow) -> Value {
    let mut keys = Keys::default();
    let name = row.key.as_ref().map(|_| row.name.as_str());
    keys.known("channel", name, |name| (*name).into(), "nobody noted the channel");
    keys.set("met", row.met);
    keys.set("contacted", row.contacted);
    keys.number("contacted_share", &row.contacted_share);
    keys.set("proposal", row.proposal);
    keys.set("won", row.won);
    keys.number("won_share", &row.won_share);
    keys.set("second", row.second);
    keys.number("presale_hours", &row.presale_hours);
    keys.number("presale_hours_a_client", &row.presale_hours_a_client);
    keys.done()
}

fn of_trust(trust: &Trust) -> Value {
    let mut keys = Keys::default();
    keys.amount("direct", &trust.direct);
    keys.amount("introduced", &trust.introduced);
    keys.number("multiplier", &trust.multiplier);
    keys.done()
}

fn of_at_risk(at_risk: &MoneyAtRisk) -> Value {
    let mut keys = Keys::default();
    keys.amount("open", &at_risk.open);
    keys.amount("at_risk", &at_risk.at_risk);
    keys.number("share", &at_risk.share);
    keys.set("kinds", list(&at_risk.rows, of_kind));
    keys.done()
}

fn of_kind(row: &KindOwes) -> Value {
    let mut keys = Keys::default();
    keys.known("kind", row.kind, |kind| kind_token(*kind).into(), "the facts do not decide it");
    keys.set("clients", row.clients);
    keys.amount("open", &row.open);
    keys.amount("overdue", &row.overdue);
    keys.done()
}

fn of_gifts(gifts: &Gifts) -> Value {
    let mut keys = Keys::default();
    keys.count("lines", &gifts.lines);
    keys.number("hours", &gifts.hours);
    keys.count("results", &gifts.results);
    keys.amount("margin", &gifts.margin);
    keys.amount("cost_at_target", &gifts.at_target.cost);
    keys.amount("cost_at_break_even", &gifts.at_break_even.cost);
    keys.number("share_at_target", &gifts.at_target.share);
    keys.number("share_at_break_even", &gifts.at_break_even.share);
    keys.done()
}

fn of_origin(row: &OriginRow) -> Value {
    let mut keys = Keys::default();
    keys.set("origin", origin_token(row.origin));
    keys.set("clients", row.clients);
    keys.amount("income", &row.income);
    keys.number("share", &row.share);
    keys.number("hours", &row.hours);
    keys.amount("hourly", &row.hourly);
    keys.done()
}

fn of_value_talks(talks: &ValueTalks) -> Value {
    let mut keys = Keys::default();
    keys.count("deals", &talks.deals);
    keys.count("lost", &talks.lost);
    keys.amount("money_lost", &talks.money_lost);
    keys.set("rows", list(&talks.rows, of_break));
    keys.done()
}

fn of_break(row: &BreakRow) -> Value {
    let mut keys = Keys::default();
    keys.known("stage", row.stage.as_deref(), |stage| (*stage).into(), "it was before the first stage");
    keys.set("cause", cause_token(row.cause));
    keys.set("deals", row.deals);
    keys.set("lost", row.lost);
    keys.amount("money_lost", &row.money_lost);
    keys.done()
}

fn of_practice(row: &PracticeRow) -> Value {
    let mut keys = Keys::default();
    keys.set(
        "practice",
        match &row.practice {
            Practice::InvoiceSoon => "invoice_soon",
            Practice::DownPayment => "down_payment",
            Practice::SignedAgreement => "signed_agreement",
            Practice::ResultsInWords => "results_in_words",
            Practice::Thanks => "thanks",
            Practice::PaidBy(_) => "method",
        },
    );
    keys.set("title", row.title.as_str());
    keys.set("with", of_side(&row.with));
    keys.set("without", of_side(&row.without));
    keys.answer("difference_days", &row.delay, of_difference);
    keys.answer("difference_disputed", &row.disputed, of_difference);
    keys.set("words", row.words.as_str());
    keys.done()
}

fn of_side(side: &Side) -> Value {
    let mut keys = Keys::default();
    keys.set("invoices", side.invoices);
    keys.number("mean_days", &side.mean_days);
    keys.set("disputed", side.disputed);
    keys.number("disputed_share", &side.disputed_share);
    keys.done()
}

fn of_difference(difference: &Difference) -> Value {
    let rounded = |end: f64| (end * 10_000.0).round() / 10_000.0;
    let mut keys = Keys::default();
    keys.set("by", number(difference.by));
    keys.set("low", rounded(difference.low));
    keys.set("high", rounded(difference.high));
    keys.set("clients", difference.clients);
    keys.set("beyond_chance", difference.is_beyond_chance());
    keys.done()
}
