//! The firm's figures: a small book worked out by hand, and laws that hold for every book.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{
    Basis, Book, Business, ClientId, ClientKind, Criterion, Currency, HesitationCause, Origin, add_days,
};
use rapport::figures::firm::{ChannelStep, Firm, FirmFigure, Level, Practice, Rate, WorkFrom};
use rapport::figures::forecast::Outlook;
use rapport::figures::proof::{FigureKey, Value, prove};
use rapport::figures::{Answer, Figures, Memo};
use rapport::store::{import, load, sample};
use rust_decimal::Decimal;

use crate::facts::{book, book_of, day, money};
use crate::figures_laws::{a_book, a_day, records};
use crate::proofs::fault;

const ON: &str = "2026-06-30";

fn firm_on(book: &Book, on: NaiveDate) -> Arc<Firm> {
    Memo::new().firm(book, on, on)
}

/// Acme came by itself and stays; Bolt was introduced by it; of Czech little is known; Dora is new.
fn studio() -> Book {
    let criterion = |id: &str| Criterion { id: id.to_owned(), meaning: format!("{id} well") };
    let business = Business {
        target_rate: Some(money("85 EUR")),
        break_even_rate: Some(money("48 EUR")),
        capacity_hours: Some(28.into()),
        income_goal: Some(money("120000 EUR")),
        criteria: vec![criterion("pays"), criterion("decides")],
        ..Business::new(Currency::EUR)
    };
    book_of(
        business,
        &[
            r#"client (id: "acme", name: "Acme", met: (day: "2024-03-01", channel: "Fair"), origin: chosen,
                kind: (kind: steady, day: "2025-01-01", reason: "x"),
                fit: [(criterion: "pays", meets: true), (criterion: "decides", meets: false)])"#,
            r#"client (id: "bolt", name: "Bolt", met: (day: "2025-02-01", channel: "fair ", introduced_by: "acme"),
                origin: fell_into, fit: [(criterion: "pays", meets: true), (criterion: "no such", meets: true)])"#,
            r#"client (id: "czech", name: "Czech", added: "2025-01-01",
                kind: (kind: stepping_stone, day: "2026-01-01", reason: "x"))"#,
            r#"client (id: "dora", name: "Dora", met: (day: "2026-01-05"))"#,
            r#"touch (id: "t1", client: "acme", day: "2024-03-03", direction: out)"#,
            r#"touch (id: "t2", client: "bolt", day: "2025-02-05", direction: out)"#,
            r#"deal (id: "site", client: "acme", title: "Site", basis: fixed, value: "4000 EUR",
                stages: [(day: "2024-03-10", stage: "engaged"), (day: "2024-04-01", stage: "done")])"#,
            r#"deal (id: "shop", client: "acme", title: "Shop", basis: time, value: "3000 EUR",
                stages: [(day: "2025-01-15", stage: "done")])"#,
            r#"deal (id: "relaunch", client: "acme", title: "Relaunch", basis: fixed, value: "5000 EUR",
                stages: [(day: "2025-11-01", stage: "engaged"), (day: "2025-12-01", stage: "agreed")],
                results: [(day: "2026-02-01", what: "A font", beyond: true), (day: "2026-02-01", what: "A site")])"#,
            r#"deal (id: "old", client: "acme", title: "Old", value: "2000 EUR",
                stages: [(day: "2025-05-01", stage: "engaged"), (day: "2025-05-20", stage: "proposal"),
                    (day: "2025-07-01", stage: "lost")],
                hesitations: [(day: "2025-06-01", cause: price_late), (day: "2025-06-10", cause: price_late),
                    (day: "2025-05-05", cause: value_unclear),
                    (day: "2025-07-01", cause: cash_trouble)])"#,
            r#"deal (id: "app", client: "bolt", title: "App", basis: time, value: "2400 EUR",
                stages: [(day: "2025-08-01", stage: "proposal"), (day: "2025-09-01", stage: "in_work")])"#,
            r#"deal (id: "logo", client: "dora", title: "Logo", stages: [(day: "2026-02-01", stage: "agreed")])"#,
            r#"retainer (id: "care", client: "acme", what: "Care", amount: "600 EUR", every: "1 year",
                agreed: "2026-02-01", from: "2026-03-01")"#,
            r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2024-05-01", due: "2024-05-31",
                lines: [(result: "Site", price: "4000 EUR")], payments: [(day: "2024-06-10", amount: "4000 EUR")])"#,
            r#"invoice (id: "2", number: "2", client: "acme", deal: "shop", issued: "2025-02-01", due: "2025-03-03",
                lines: [(result: "Shop", price: "3000 EUR")], payments: [(day: "2025-03-01", amount: "3000 EUR")])"#,
            r#"invoice (id: "3", number: "3", client: "acme", deal: "relaunch", issued: "2026-01-10", due: "2026-02-09",
                tax: "20%", lines: [(result: "Relaunch", price: "5000 EUR"), (result: "A font", price: "0 EUR")],
                payments: [(day: "2026-02-19", amount: "6000 EUR")])"#,
            r#"invoice (id: "4", number: "4", client: "acme", retainer: "care", issued: "2026-03-01", due: "2026-03-31",
                lines: [(result: "Care", price: "600 EUR")], payments: [(day: "2026-03-05", amount: "600 EUR")])"#,
            r#"invoice (id: "5", number: "5", client: "acme", deal: "relaunch", issued: "2026-06-20", due: "2026-07-20",
                lines: [(result: "Rest", price: "1500 EUR")])"#,
            r#"invoice (id: "6", number: "6", client: "bolt", deal: "app", issued: "2025-10-01", due: "2025-10-31",
                lines: [(result: "App", price: "2400 EUR")], payments: [(day: "2025-10-20", amount: "2400 EUR")])"#,
            r#"invoice (id: "7", number: "7", client: "czech", issued: "2025-08-01", due: "2025-08-31",
                lines: [(result: "Help", price: "1000 EUR")], payments: [(day: "2025-08-15", amount: "1000 EUR")])"#,
            r#"invoice (id: "8", number: "8", client: "czech", issued: "2026-06-01", due: "2026-06-15",
                lines: [(result: "Help", price: "500 EUR")])"#,
            r#"work (id: "w1", day: "2026-01-05", client: "acme", deal: "relaunch", hours: "40")"#,
            r#"work (id: "w2", day: "2026-01-06", client: "acme", deal: "relaunch", hours: "10", purpose: beyond)"#,
            r#"work (id: "w3", day: "2025-09-10", client: "bolt", deal: "app", hours: "20")"#,
            r#"work (id: "w4", day: "2025-08-15", client: "bolt", deal: "app", hours: "3", purpose: before_sale)"#,
            r#"work (id: "w5", day: "2026-01-05", hours: "100")"#,
            r#"expense (id: "e1", what: "Desk", day: "2026-01-05", amount: "1000 EUR")"#,
            r#"expense (id: "e2", what: "Fonts", day: "2026-02-01", amount: "200 EUR", client: "acme")"#,
            r#"expense (id: "e3", what: "Chair", day: "2025-06-30", amount: "900 EUR")"#,
        ],
    )
}

fn studio_firm() -> Arc<Firm> {
    firm_on(&studio(), day(ON))
}

#[expect(clippy::unnecessary_wraps, reason = "compared with answers")]
fn over(part: i64, whole: i64) -> Answer<Decimal> {
    Ok(Decimal::from(part) / Decimal::from(whole))
}

fn id(text: &str) -> ClientId {
    ClientId::new(text).unwrap()
}

#[test]
fn income_rests_on_what_the_retainer_or_the_deal_says() {
    let mix = studio_firm().mix.clone();
    let of = |basis| mix.income_by(basis).unwrap();
    assert_eq!(of(Some(Basis::Time)), money("2400 EUR"));
    assert_eq!(of(Some(Basis::Fixed)), money("5000 EUR"));
    assert_eq!(of(Some(Basis::Retainer)), money("600 EUR"));
    assert_eq!(of(Some(Basis::Product)), money("0 EUR"));
    assert_eq!(of(None), money("1000 EUR"));
    assert_eq!((mix.income.clone(), mix.recurring_share.clone()), (Ok(money("9000 EUR")), over(600, 9000)));
    assert_eq!(
        (mix.goal.clone(), mix.goal_a_month.clone()),
        (Ok(money("120000 EUR")), Ok(money("10000 EUR")))
    );
    // From July 2024, the 24th month back, to June 2026; the payment of June 2024 lies before it.
    assert_eq!((mix.months.len(), mix.months[0].month), (24, day("2024-07-01")));
    let february = mix.months.iter().find(|month| month.month == day("2026-02-01")).unwrap();
    assert_eq!(february.income, Ok(money("5000 EUR")));
    assert_eq!(
        mix.words.unwrap(),
        "6.7\u{a0}% of the income recurs, from retainers and by-products; of 11\u{a0}% nobody said what it rests on"
    );
}

#[test]
fn a_chart_of_months_begins_with_the_first_payment() {
    let young = firm_on(&studio(), day("2024-07-15"));
    let months: Vec<NaiveDate> = young.mix.months.iter().map(|month| month.month).collect();
    assert_eq!(months, [day("2024-06-01"), day("2024-07-01")]);
}

#[test]
fn two_of_three_clients_make_80_percent() {
    let spread = studio_firm().spread.clone();
    assert_eq!((spread.clients, spread.with_income), (Ok(2), 3));
    assert_eq!(spread.words.unwrap(), "2 of 3 clients make 80\u{a0}% of the income");
}

#[test]
fn what_rests_on_one_client_is_told_in_income_and_hours() {
    let firm = studio_firm();
    let shares: Vec<_> =
        firm.concentration.clients.iter().map(|it| (it.client.as_str(), it.level.clone())).collect();
    assert_eq!(shares, [("acme", Ok(Level::Risk)), ("bolt", Ok(Level::Watch)), ("czech", Ok(Level::None))]);
    let acme = firm.concentration.largest().unwrap();
    assert_eq!((acme.share.clone(), acme.hours_share.clone()), (over(5600, 9000), over(50, 73)));
    assert_eq!(firm.concentration.hours, Ok(73.into()));
    assert_eq!(
        firm.concentration.words,
        Ok("Acme brings 62\u{a0}% of the income and takes 68\u{a0}% of the hours: a risk".to_owned())
    );
}

#[test]
fn a_criterion_counts_the_clients_of_whom_it_is_said() {
    let fit = studio_firm().fit.clone();
    let [pays, decides] = fit.criteria.as_slice() else { panic!("{fit:?}") };
    assert_eq!((pays.meets, pays.said, pays.not_said), (2, 2, 2));
    assert_eq!((decides.meets, decides.said, decides.not_said), (0, 1, 3));
    assert_eq!((pays.income_share.clone(), decides.share.clone()), (over(1, 1), over(0, 1)));
    assert_eq!((fit.clients, fit.overall), (4, over(2, 3)));
    assert_eq!(pays.words, "2 of 2 (100\u{a0}%) meet it; of 2 it is not said");
}

#[test]
fn time_has_a_ceiling_and_the_rest_must_come_from_elsewhere() {
    let firm = studio_firm();
    // 28 × 46 × 85.
    assert_eq!(firm.ceiling.ceiling, Ok(money("109480 EUR")));
    assert_eq!(firm.ceiling.from_other_bases, Ok(money("10520 EUR")));
    let mut business = Business::clone(studio().business());
    business.thresholds.insert("weeks_a_year".to_owned(), 52.into());
    let more = firm_on(&studio().with_settings(Arc::new(business)), day(ON));
    assert_eq!(more.ceiling.ceiling, Ok(money("123760 EUR")));
    assert_eq!(more.ceiling.from_other_bases, Ok(money("0 EUR")));
}

#[test]
fn who_came_back_is_told_by_the_year_met_once_12_months_passed() {
    let second = studio_firm().second_deals.clone();
    let years: Vec<_> =
        second.years.iter().map(|it| (it.year, it.counted, it.came_back, it.waiting)).collect();
    assert_eq!(years, [(Some(2024), 1, 1, 0), (Some(2025), 0, 0, 2)]);
    assert_eq!((second.all.share.clone(), second.all.waiting), (over(1, 1), 2));
    assert!(second.years[1].share.is_err());
    // A year later Czech and Bolt are counted: neither paid for a second deal in time.
    let later = firm_on(&studio(), day("2026-10-20")).second_deals.clone();
    assert_eq!(later.all.share, over(1, 3));
}

#[test]
fn new_work_comes_from_the_same_client_by_introduction_or_from_a_stranger() {
    let new = studio_firm().new_work.clone();
    let row = |from| new.row(from).unwrap();
    assert_eq!(
        (row(WorkFrom::SameClient).deals.clone(), row(WorkFrom::SameClient).value.clone()),
        (Ok(1), Ok(money("5000 EUR")))
    );
    assert_eq!(
        (row(WorkFrom::Introduction).deals.clone(), row(WorkFrom::Introduction).value.clone()),
        (Ok(1), Ok(money("2400 EUR")))
    );
    let stranger = row(WorkFrom::Stranger);
    assert_eq!(
        (stranger.deals.clone(), stranger.without_value, stranger.share.clone()),
        (Ok(1), 1, over(1, 3))
    );
    assert!(stranger.value.is_err());
    assert_eq!(
        new.words.unwrap(),
        "3 deals won in 12 months: from the same clients 33\u{a0}%, by introduction 33\u{a0}%, from strangers 33\u{a0}%"
    );
}

#[test]
fn a_touch_that_introduces_somebody_counts_as_well() {
    let lines = [
        r#"client (id: "acme", name: "Acme")"#,
        r#"client (id: "bolt", name: "Bolt")"#,
        r#"touch (id: "t", client: "acme", day: "2026-01-01", direction: in, introduces: "bolt")"#,
        r#"deal (id: "d", client: "bolt", title: "D", stages: [(day: "2026-02-01", stage: "agreed")])"#,
    ];
    let firm = firm_on(&book(&lines), day(ON));
    assert_eq!(firm.new_work.row(WorkFrom::Introduction).unwrap().deals, Ok(1));
}

#[test]
fn channels_lead_from_meeting_to_the_second_deal() {
    let channels = studio_firm().channels.clone();
    let fair = channels.row(Some("fair")).unwrap();
    assert_eq!((fair.name.as_str(), channels.not_noted), ("Fair", 1));
    let steps = ChannelStep::ALL.map(|step| fair.count(step));
    assert_eq!(steps, [2, 1, 2, 2, 1]);
    assert_eq!((fair.contacted_share.clone(), fair.presale_hours.clone()), (over(1, 2), Ok(3.into())));
    assert_eq!(fair.presale_hours_a_client, over(3, 2));
    assert_eq!(channels.rows.last().unwrap().key, None);
    // Two days after meeting Dora there is still time.
    let early = firm_on(&studio(), day("2026-01-07")).channels.clone();
    assert!(early.row(None).unwrap().contacted_share.is_err());
}

#[test]
fn contact_stood_where_they_wrote_first_or_a_deal_was_engaged_within_the_days() {
    let book = book(&[
        r#"client (id: "wrote", name: "Wrote", met: (day: "2026-01-05", channel: "Fair"))"#,
        r#"touch (id: "in", client: "wrote", day: "2026-01-07", direction: in)"#,
        r#"client (id: "engaged", name: "Engaged", met: (day: "2026-01-05", channel: "Fair"))"#,
        r#"deal (id: "site", client: "engaged", title: "Site", stages: [(day: "2026-01-08", stage: "engaged")])"#,
        r#"client (id: "late", name: "Late", met: (day: "2026-01-05", channel: "Fair"))"#,
        r#"touch (id: "out", client: "late", day: "2026-01-09", direction: out)"#,
        r#"client (id: "before", name: "Before", met: (day: "2026-01-05", channel: "Fair"))"#,
        r#"touch (id: "old", client: "before", day: "2026-01-02", direction: in)"#,
    ]);
    let fair = firm_on(&book, day("2026-02-01")).channels.row(Some("fair")).cloned().unwrap();
    assert_eq!((fair.met, fair.contacted, fair.judged), (4, 2, 4));
}

#[test]
fn trust_multiplies_direct_income() {
    let trust = studio_firm().trust.clone();
    assert_eq!(
        (trust.direct.clone(), trust.introduced.clone()),
        (Ok(money("13600 EUR")), Ok(money("2400 EUR")))
    );
    assert_eq!(trust.multiplier, over(16000, 13600));
    assert_eq!((trust.direct_clients, trust.introduced_clients), (2, 1));
}

#[test]
fn money_is_at_risk_with_clients_who_have_least_reason_to_pay() {
    let risk = studio_firm().at_risk.clone();
    assert_eq!((risk.open.clone(), risk.at_risk.clone()), (Ok(money("2000 EUR")), Ok(money("500 EUR"))));
    assert_eq!(risk.share, over(1, 4));
    assert_eq!(risk.rows[0].kind, Some(ClientKind::SteppingStone));
    assert_eq!(risk.row(Some(ClientKind::Steady)).unwrap().overdue, Ok(money("0 EUR")));
}

#[test]
fn gifts_cost_a_part_of_the_margin() {
    let gifts = studio_firm().gifts.clone();
    assert_eq!(
        (gifts.lines.clone(), gifts.hours.clone(), gifts.results.clone()),
        (Ok(1), Ok(10.into()), Ok(1))
    );
    assert_eq!(gifts.margin, Ok(money("8800 EUR")));
    assert_eq!(
        (gifts.at(Rate::Target).cost.clone(), gifts.at(Rate::Target).share.clone()),
        (Ok(money("850 EUR")), over(850, 8800))
    );
    assert_eq!(gifts.at(Rate::BreakEven).cost, Ok(money("480 EUR")));
}

#[test]
fn chosen_clients_stand_beside_those_one_fell_into() {
    let origins = studio_firm().origins.clone();
    let chosen = origins.row(Some(Origin::Chosen)).unwrap();
    assert_eq!(
        (chosen.clients, chosen.income.clone(), chosen.hourly.clone()),
        (1, Ok(money("5600 EUR")), Ok(money("108 EUR")))
    );
    assert_eq!(origins.row(Some(Origin::FellInto)).unwrap().hourly, Ok(money("104.35 EUR")));
    let unsaid = origins.row(None).unwrap();
    assert_eq!((unsaid.clients, unsaid.income.clone(), unsaid.with_hours), (2, Ok(money("1000 EUR")), 0));
    assert!(unsaid.hourly.is_err());
}

#[test]
fn a_deal_held_up_counts_once_for_each_stage_and_cause_and_once_in_all() {
    let talks = studio_firm().value_talks.clone();
    let late = talks.row(Some("proposal"), HesitationCause::PriceLate).unwrap();
    assert_eq!((late.deals, late.lost, late.money_lost.clone()), (1, 1, Ok(money("2000 EUR"))));
    assert_eq!(late.stage_name, "Proposal");
    let unclear = talks.row(Some("engaged"), HesitationCause::ValueUnclear).unwrap();
    assert_eq!((unclear.deals, unclear.money_lost.clone()), (1, Ok(money("2000 EUR"))));
    let at_the_end = talks.row(Some("proposal"), HesitationCause::CashTrouble).unwrap();
    assert_eq!(at_the_end.lost, 1, "noted as it was lost: it broke in the stage before");
    assert_eq!((talks.deals, talks.lost, talks.money_lost), (Ok(1), Ok(1), Ok(money("2000 EUR"))));
}

/// Invoices with thanks paid 1 to `kept` days late, and without 11 days late and more, each of its own client or all of one.
fn thanked(kept: i64, not_kept: i64, of_one: bool) -> Book {
    let mut lines = Vec::new();
    let due = day("2026-03-01");
    for (thanks, count, from) in [("thanks: \"Thank you\",", kept, 0), ("", not_kept, 10)] {
        for late in 1..=count {
            let id = format!("{from}-{late}");
            let client = if of_one { format!("c{from}") } else { format!("c{id}") };
            if !of_one || late == 1 {
                lines.push(format!(r#"client (id: "{client}", name: "{client}")"#));
            }
            let paid = add_days(due, from + late);
            lines.push(format!(
                r#"invoice (id: "{id}", number: "{id}", client: "{client}", issued: "2026-02-01", due: "{due}", {thanks}
                    lines: [(result: "x", price: "100 EUR")], payments: [(day: "{paid}", amount: "100 EUR", method: "Bank")],
                    disputes: [{}])"#,
                if late == 1 { r#"(from: "2026-02-10", until: "2026-02-20")"# } else { "" }
            ));
        }
    }
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_practice_is_told_with_an_interval_from_eight_invoices_of_each_on() {
    let practices = firm_on(&thanked(8, 8, false), day(ON)).practices.clone();
    let thanks = practices.row(&Practice::Thanks).unwrap();
    assert_eq!((thanks.with.mean_days.clone(), thanks.without.mean_days.clone()), (over(9, 2), over(29, 2)));
    assert_eq!(thanks.with.disputed_share, over(1, 8));
    let delay = thanks.delay.clone().unwrap();
    assert_eq!((delay.by, delay.clients), ((-10).into(), 8));
    // Both variances are 6, so the standard error is √1.5 with 14 degrees of freedom: 10 ± 2.1448 × 1.2247.
    assert!((delay.low + 12.627).abs() < 0.002 && (delay.high + 7.373).abs() < 0.002, "{delay:?}");
    assert!(delay.is_beyond_chance() && !thanks.disputed.clone().unwrap().is_beyond_chance());
    assert_eq!(
        thanks.words,
        "paid 10 days earlier with it than without (95\u{a0}%: 12.6 days earlier to 7.4 days earlier): more than chance"
    );
    let few = firm_on(&thanked(7, 8, false), day(ON)).practices.clone();
    let few = few.row(&Practice::Thanks).unwrap();
    assert!(few.delay.is_err() && few.with.mean_days.is_err() && few.without.disputed_share.is_err());
    assert_eq!(few.words, "too few: 7 invoices with it, 8 without; from 8 of each on");
    assert_eq!((few.with.invoices, few.without.invoices), (7, 8));
}

#[test]
fn a_practice_kept_with_one_client_tells_more_about_that_client() {
    let practices = firm_on(&thanked(8, 8, true), day(ON)).practices.clone();
    let thanks = practices.row(&Practice::Thanks).unwrap();
    assert!(!thanks.delay.clone().unwrap().is_beyond_chance());
    assert!(thanks.words.ends_with("may be due to one client"), "{}", thanks.words);
}

#[test]
fn practices_are_known_only_where_the_facts_tell() {
    let lines = [
        r#"client (id: "a", name: "A")"#,
        r#"deal (id: "d", client: "a", title: "D", stages: [(day: "2026-01-01", stage: "agreed")], delivered: "2026-02-01",
            agreement: (signed: "2026-01-05"), down_payment: (asked: "2026-01-01", amount: "10 EUR", invoice: "down"))"#,
        r#"invoice (id: "down", number: "0", client: "a", deal: "d", issued: "2026-01-02", due: "2026-01-10",
            lines: [(result: "Down", price: "10 EUR")], payments: [(day: "2026-01-06", amount: "10 EUR", method: "Cash")])"#,
        r#"invoice (id: "soon", number: "1", client: "a", deal: "d", issued: "2026-02-03", due: "2026-02-10",
            lines: [(result: "A site in two languages", price: "10 EUR")])"#,
        r#"invoice (id: "late", number: "2", client: "a", deal: "d", issued: "2026-02-04", due: "2026-02-10",
            lines: [(result: "10 h", price: "10 EUR")], write_off: (day: "2026-03-01", cause: will_not))"#,
        r#"invoice (id: "other", number: "3", client: "a", issued: "2026-02-04", due: "2026-07-10",
            lines: [(result: "Not due yet", price: "10 EUR")])"#,
    ];
    let practices = firm_on(&book(&lines), day(ON)).practices.clone();
    let sides = |practice: &Practice| {
        let row = practices.row(practice).unwrap();
        (row.with.invoices, row.without.invoices)
    };
    assert_eq!(sides(&Practice::InvoiceSoon), (1, 1));
    assert_eq!(sides(&Practice::DownPayment), (2, 0));
    assert_eq!(sides(&Practice::SignedAgreement), (2, 1));
    assert_eq!(sides(&Practice::ResultsInWords), (1, 2));
    assert_eq!(sides(&Practice::Thanks), (0, 3));
    assert_eq!(sides(&Practice::PaidBy("cash".into())), (1, 0));
    let words = practices.row(&Practice::ResultsInWords).unwrap();
    assert_eq!((words.without.invoices, words.without.timed), (2, 1), "what was written off has no delay");
}

/// Every figure of the firm with its proof's value; each proof holds, and leads on to what there is.
fn proved(book: &Book, on: NaiveDate) -> Vec<(FirmFigure, Answer<Value>)> {
    let (figures, known, outlook) = (Figures::of(book, on), book.as_of(on), Outlook::default());
    let prove = |key: &FigureKey| prove(key, &figures, &known, &outlook);
    let keys = firm_on(book, on).keys();
    let found = keys.into_iter().map(|key| {
        let proof = prove(&FigureKey::Firm(key.clone())).unwrap_or_else(|| panic!("{key:?} has no proof"));
        if let Some(fault) = fault(&proof) {
            panic!("{key:?}: {fault}");
        }
        assert!(!proof.title.is_empty() && proof.formula.ends_with('.'), "{proof:?}");
        for term in proof.parts.iter().flat_map(|part| part.terms.iter().take(2)) {
            assert!(term.figure.as_ref().is_none_or(|key| prove(key).is_some()), "{term:?}");
            let record = term.record.as_ref();
            assert!(record.is_none_or(|(table, id)| known.find(*table, id).is_some()), "{term:?}");
        }
        (key, proof.value)
    });
    found.collect()
}

#[test]
fn every_figure_of_the_studio_is_made_of_its_terms() {
    let proved = proved(&studio(), day(ON));
    let value = |key: &FirmFigure| proved.iter().find(|(of, _)| of == key).unwrap().1.clone();
    assert_eq!(value(&FirmFigure::Spread), Ok(Value::things(2)));
    assert_eq!(value(&FirmFigure::OriginHourly(Some(Origin::Chosen))), Ok(Value::Money(money("108 EUR"))));
    assert_eq!(value(&FirmFigure::NewWork(WorkFrom::SameClient)), Ok(Value::things(1)));
    assert!(value(&FirmFigure::HoursShare(id("bolt"))).is_ok());
    assert!(value(&FirmFigure::Delay(Practice::Thanks, true)).is_err());
}

#[test]
fn every_figure_of_practices_is_made_of_its_terms() {
    let proved = proved(&thanked(9, 8, false), day(ON));
    let delay = FirmFigure::Delay(Practice::Thanks, true);
    assert!(proved.iter().any(|(key, value)| *key == delay && value.is_ok()));
}

#[test]
fn every_figure_of_the_sample_is_made_of_its_terms() {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    for back in [0, 45, 400] {
        assert!(proved(&book, add_days(sample::ANCHOR, -back)).len() > 150);
    }
}

#[test]
fn every_figure_of_an_import_is_made_of_its_terms() {
    let bytes = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    let plan = import::plan(&bytes, &import::Options::default(), &Book::empty(Currency::USD)).unwrap();
    assert!(proved(&plan.apply(), day("2013-06-30")).len() > 100);
}

#[test]
fn of_an_empty_book_every_figure_is_unknown() {
    let mut business = Business::new(Currency::EUR);
    business.criteria = vec![Criterion { id: "pays".to_owned(), meaning: "pays".to_owned() }];
    for book in [
        Book::empty(Currency::EUR),
        Book::with_business(business),
        self::book(&[r#"client (id: "a", name: "A")"#]),
    ] {
        for (key, value) in proved(&book, day(ON)) {
            assert!(value.is_err(), "{key:?} is {value:?}");
        }
        assert!(firm_on(&book, day(ON)).concentration.level.is_err());
    }
}

#[test]
fn the_largest_numbers_a_book_can_hold_end_nothing() {
    let business = Business {
        target_rate: Some(money("999999999999 EUR")),
        break_even_rate: Some(money("999999999999 EUR")),
        capacity_hours: Some(Decimal::from(1_000_000)),
        income_goal: Some(money("999999999999 EUR")),
        ..Business::new(Currency::EUR)
    };
    let mut lines = vec![
        r#"client (id: "a", name: "A", met: (day: "1900-01-01", channel: "x"))"#.to_owned(),
        r#"deal (id: "d", client: "a", title: "D", value: "999999999999 EUR", stages: [(day: "2026-01-01", stage: "lost")],
            hesitations: [(day: "2026-01-01", cause: price_late)])"#.to_owned(),
    ];
    for at in 0..20 {
        lines.push(format!(
            r#"invoice (id: "{at}", number: "{at}", client: "a", issued: "1900-01-01", due: "1900-01-02",
                lines: [(result: "x", quantity: "1000000", price: "999999999999.999999 EUR")],
                payments: [(day: "2026-05-01", amount: "999999999999 EUR")])"#
        ));
        lines.push(format!(
            r#"work (id: "w{at}", client: "a", day: "2026-01-01", hours: "1000000", purpose: beyond)"#
        ));
    }
    let book = book_of(business, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let (on, outlook) = (day(ON), Outlook::default());
    let (figures, known) = (Figures::of(&book, on), book.as_of(on));
    for key in firm_on(&book, on).keys() {
        let proof = prove(&FigureKey::Firm(key.clone()), &figures, &known, &outlook).unwrap();
        assert!(proof.holds(), "{key:?}: {proof:?}");
    }
}

/// An invoice of one of a few deals, a retainer or neither, with practices.
fn an_invoice() -> impl Strategy<Value = String> {
    let of = prop::sample::select(vec![
        r#"deal: "d0","#,
        r#"deal: "d1","#,
        r#"retainer: "r0","#,
        r#"retainer: "gone","#,
        "",
    ]);
    let paid = prop::option::of((a_day(), prop::sample::select(vec!["Bank", "bank ", "Cash"])));
    (1000_usize..1100, a_day(), -50_i64..400, of, paid, any::<bool>(), any::<bool>()).prop_map(
        |(id, issued, price, of, paid, thanks, disputed)| {
            let due = add_days(issued, 14);
            let paid = paid.map(|(on, method)| {
                format!(r#"payments: [(day: "{}", amount: "{price} EUR", method: "{method}")],"#, on.max(issued))
            });
            let thanks = if thanks { r#"thanks: "Thank you","# } else { "" };
            let disputed = if disputed { format!(r#"disputes: [(from: "{due}")],"#) } else { String::new() };
            format!(
                r#"invoice (id: "i{id}", number: "{id}", client: "acme", {of} issued: "{issued}", due: "{due}", {thanks}
                    {} {disputed} lines: [(result: "A thing of use", price: "{price} EUR"), (result: "x", price: "0 EUR")])"#,
                paid.unwrap_or_default()
            )
        },
    )
}

/// Deals with all these figures ask for, work, a retainer and an introduction.
fn more() -> impl Strategy<Value = Vec<String>> {
    let stage = || prop::sample::select(vec!["engaged", "proposal", "agreed", "done", "lost"]);
    let basis = prop::sample::select(vec!["basis: time,", "basis: by_product,", ""]);
    let deal = (0_usize..2, basis, a_day(), a_day(), stage(), stage(), prop::option::of(a_day())).prop_map(
        |(id, basis, first, second, before, after, delivered)| {
            let delivered = delivered.map(|on| format!(r#"delivered: "{on}","#)).unwrap_or_default();
            format!(
                r#"deal (id: "d{id}", client: "acme", title: "D{id}", {basis} value: "{id}00 EUR", {delivered}
                    stages: [(day: "{first}", stage: "{before}"), (day: "{second}", stage: "{after}")],
                    hesitations: [(day: "{second}", cause: price_late), (day: "{first}", cause: cash_trouble)],
                    results: [(day: "{second}", what: "r", beyond: true)])"#
            )
        },
    );
    let purpose = prop::sample::select(vec!["job", "beyond", "before_sale"]);
    let work = (0_usize..99, a_day(), -2_i64..40, purpose, prop::sample::select(vec!["acme", "bolt"]))
        .prop_map(|(id, on, hours, purpose, client)| {
            format!(
                r#"work (id: "w{id}", day: "{on}", client: "{client}", hours: "{hours}", purpose: {purpose})"#
            )
        });
    let retainer = a_day().prop_map(|on| {
        format!(
            r#"retainer (id: "r0", client: "acme", what: "Care", amount: "10 EUR", every: "1 month", agreed: "{on}", from: "{on}")"#
        )
    });
    let introduces = a_day().prop_map(|on| {
        format!(r#"touch (id: "tt", client: "acme", day: "{on}", direction: in, introduces: "bolt")"#)
    });
    let record = prop_oneof![6 => an_invoice(), 3 => deal, 3 => work, 1 => retainer, 1 => introduces];
    (records(), prop::collection::vec(record, 0..25)).prop_map(|(mut lines, more)| {
        lines.extend(more);
        let id = |line: &String| line.split('"').nth(1).unwrap_or_default().to_owned();
        lines.sort_by_key(&id);
        lines.dedup_by_key(|line| id(line));
        lines
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_book_is_made_of_its_terms(lines in more(), on in a_day(), rate_from in prop_oneof![3 => Just("2023-01-01"), 1 => Just("2024-09-01")]) {
        proved(&a_book(rate_from, &lines), on);
    }

    #[test]
    fn the_firm_of_a_day_does_not_know_what_came_later(lines in more(), on in a_day()) {
        let book = a_book("2023-01-01", &lines);
        prop_assert_eq!(firm_on(&book, on), firm_on(&book.as_of(on), on));
    }

    #[test]
    fn shares_and_sums_add_up_to_what_they_are_of(lines in more(), on in a_day()) {
        let book = a_book("2023-01-01", &lines);
        let (firm, figures) = (firm_on(&book, on), Figures::of(&book, on));
        let income = figures.clients.totals.income_12m.clone().unwrap();
        match &firm.mix.income {
            Ok(mixed) => prop_assert_eq!(*mixed, income),
            Err(_) => prop_assert!(income.is_zero()),
        }
        if firm.concentration.income.is_ok() {
            let sum: Decimal = firm.concentration.clients.iter().map(|it| it.share.clone().unwrap()).sum();
            prop_assert!((sum - Decimal::ONE).abs() < Decimal::new(1, 20), "{}", sum);
        }
        if let Ok(hours) = firm.concentration.hours {
            let sum: Decimal = firm.concentration.clients.iter().map(|it| it.hours).sum();
            prop_assert_eq!(sum, hours);
        }
        match &firm.at_risk.open {
            Ok(open) => prop_assert_eq!(Ok(*open), figures.cash.receivables.clone()),
            Err(_) => prop_assert!(figures.cash.receivables.clone().unwrap().is_zero()),
        }
        for month in &firm.mix.months {
            let parts: Decimal = month.by_basis.iter().map(|it| it.income.clone().unwrap().amount).sum();
            prop_assert_eq!(parts, month.income.clone().unwrap().amount);
        }
        let counted: usize = firm.second_deals.years.iter().map(|it| it.counted + it.waiting).sum();
        prop_assert_eq!(counted, firm.second_deals.all.counted + firm.second_deals.all.waiting);
    }

    #[test]
    fn what_is_remembered_of_the_firm_is_what_is_computed_anew(lines in more(), on in a_day(), edit in an_invoice()) {
        let book = a_book("2023-01-01", &lines);
        let edited = book.with(crate::facts::read(&edit.replace(r#"deal: "d0","#, "").replace(r#"deal: "d1","#, "").replace(r#"retainer: "r0","#, "").replace(r#"retainer: "gone","#, ""))).unwrap();
        let mut memo = Memo::new();
        let before = memo.firm(&book, on, on);
        prop_assert_eq!(memo.firm(&edited, on, on), firm_on(&edited, on));
        prop_assert!(Arc::ptr_eq(&before, &memo.firm(&book, on, on)));
    }
}

#[test]
fn a_fee_that_got_another_price_is_no_second_job() {
    let fee = |id: &str, what: &str, amount: &str, days: &str| {
        format!(
            r#"retainer (id: "{id}", client: "acme", what: "{what}", amount: "{amount} EUR", every: "1 month", agreed: "2024-01-01", {days})"#
        )
    };
    let paid = |fee: &str, on: &str, amount: &str| {
        format!(
            r#"invoice (id: "{fee}-1", number: "{fee}-1", client: "acme", retainer: "{fee}", issued: "{on}", due: "{on}",
                payments: [(day: "{on}", amount: "{amount} EUR")], lines: [(result: "x", price: "{amount} EUR")])"#
        )
    };
    let came_back = |what: &str| {
        let book = crate::facts::book(&[
            r#"client (id: "acme", name: "Acme", added: "2024-01-01")"#,
            &fee("old", "Care", "100", r#"from: "2024-01-15", until: "2024-06-14""#),
            &fee("new", what, "120", r#"from: "2024-06-15", until: "2024-12-31""#),
            &paid("old", "2024-02-15", "100"),
            &paid("new", "2024-06-15", "120"),
        ]);
        firm_on(&book, day("2026-06-30")).second_deals.clone().all.share
    };
    assert_eq!((came_back("Care"), came_back("Hosting")), (over(0, 1), over(1, 1)));
}
