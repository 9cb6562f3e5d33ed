//! Letting a client go: what is lost, what is freed, and what would have to come instead.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Business, ClientId, Deal, DealId, Money, Phase, Work, days_between};
use crate::figures::chance::chance_of_deal;
use crate::figures::jobs::phase_of;
use crate::figures::ledger::months_before;
use crate::figures::proof::{FigureKey, Leaving, Whose};
use crate::figures::sum::{Sum, converted, ratio};
use crate::figures::{Answer, CardKey, Client, Figures, Unknown};

/// What goes and what is freed is that of so many months: one window for both.
const MONTHS: u32 = 12;

/// What it means to let a client go.
#[derive(Debug, Clone, PartialEq)]
pub struct LettingGo {
    /// Who.
    pub client: ClientId,
    /// What they are called.
    pub name: Arc<str>,
    /// Income of the last 12 months: what goes with them in a year like the last.
    pub income_lost: Answer<Money>,
    /// Hours logged for them in the same 12 months, of every purpose; none where hours were only logged before.
    pub hours_a_year: Answer<Decimal>,
    /// The same by the weeks of these months.
    pub hours_a_week: Answer<Decimal>,
    /// Σ value × chance of the open deals with others.
    pub pipeline: Answer<Money>,
    /// How many open deals with others have a value.
    pub open_deals: usize,
    /// The pipeline divided by the income lost.
    pub covers: Answer<Decimal>,
    /// The mean value of the deals ever won from others.
    pub mean_deal: Answer<Money>,
    /// The income lost divided by that mean, rounded up: so many new deals are needed.
    pub deals_needed: Answer<Decimal>,
}

impl LettingGo {
    /// What it means to let this client go. `None` when the figures do not know it.
    #[must_use]
    pub fn of(business: &Business, figures: &Figures, client: &ClientId) -> Option<Self> {
        let gone = figures.client(client)?;
        let open = deals_with_others(figures, client);
        let pipeline = match open.as_slice() {
            [] => Err(Unknown::because("no open deal with others has a value")),
            _ => Sum::of(figures.currency, open.iter().map(|it| &it.worth)),
        };
        let income_lost = gone.income_12m.clone();
        let covers = pipeline
            .clone()
            .and_then(|pipeline| ratio(pipeline.amount, income_lost.clone()?.amount, "nothing is lost"));
        let mean_deal = mean_won(business, figures, client);
        let deals_needed = mean_deal.clone().and_then(|mean| {
            Ok(ratio(income_lost.clone()?.amount, mean.amount, "the deals won were worth nothing")?.ceil())
        });
        Some(Self {
            client: client.clone(),
            name: gone.name.clone(),
            income_lost,
            hours_a_year: hours_a_year(gone, figures.day),
            hours_a_week: hours_a_week(gone, figures.day),
            pipeline,
            open_deals: open.len(),
            covers,
            mean_deal,
            deals_needed,
        })
    }

    /// In sentences, one a figure; `money` writes an amount.
    #[must_use]
    pub fn words(&self, money: &dyn Fn(Money) -> String) -> Vec<String> {
        self.said(money).into_iter().map(|(_, words)| words).collect()
    }

    /// The same sentences, each with what proves it.
    #[must_use]
    pub fn said(&self, money: &dyn Fn(Money) -> String) -> Vec<(FigureKey, String)> {
        let of = |leaving| FigureKey::LettingGo(self.client.clone(), leaving);
        let lost = match &self.income_lost {
            Ok(income) if income.is_zero() => {
                format!("{} brought no income in the last 12 months", self.name)
            }
            Ok(income) => format!("{} brought {} in the last 12 months", self.name, money(*income)),
            Err(why) => format!("what {} brought is not known: {why}", self.name),
        };
        let hours = match &self.hours_a_week {
            Ok(hours) if *hours == Decimal::ONE => "frees 1 hour a week".to_owned(),
            Ok(hours) => format!("frees {} hours a week", hours.normalize()),
            Err(why) => format!("how many hours it frees is not known: {why}"),
        };
        let income = FigureKey::Income(Whose::One(self.client.clone()));
        let mut sentences = vec![(income, lost), (of(Leaving::Hours), hours)];
        if self.income_lost.as_ref().is_ok_and(Money::is_zero) {
            return sentences;
        }
        let covers = match (&self.pipeline, &self.covers) {
            (Ok(pipeline), Ok(covers)) => format!(
                "open deals with others are worth {} by their chances: {} of what is lost",
                money(*pipeline),
                times(*covers)
            ),
            (Err(why), _) | (_, Err(why)) => format!("what would replace it is not known: {why}"),
        };
        sentences.push((of(Leaving::Covers), covers));
        let needed = match (&self.mean_deal, &self.deals_needed) {
            (Ok(mean), Ok(needed)) => {
                let deals = if *needed == Decimal::ONE { "deal" } else { "deals" };
                format!("takes {} new {deals} of the mean value of {}", needed.normalize(), money(*mean))
            }
            (Err(why), _) | (_, Err(why)) => format!("how many new deals it takes is not known: {why}"),
        };
        sentences.push((of(Leaving::DealsNeeded), needed));
        sentences
    }
}

/// `0.8 times`, `2 times`.
fn times(ratio: Decimal) -> String {
    format!("{} times", ratio.round_dp(1).normalize())
}

/// A deal with somebody else.
pub(in crate::figures) struct Other {
    /// Which.
    pub(in crate::figures) deal: DealId,
    /// Whose.
    pub(in crate::figures) client: ClientId,
    /// What it is called.
    pub(in crate::figures) title: String,
    /// What it counts for.
    pub(in crate::figures) worth: Answer<Money>,
}

/// The open deals with others that have a value, each with its value × chance.
pub(in crate::figures) fn deals_with_others(figures: &Figures, without: &ClientId) -> Vec<Other> {
    let open = figures.board.columns.iter().filter(|column| column.phase == Some(Phase::Open));
    let weighted = open.flat_map(|column| {
        let of_stage = column.chance.as_ref().map(|(chance, _)| *chance);
        column.cards.iter().filter(|card| card.client != *without).filter_map(move |card| {
            let CardKey::Deal(deal) = &card.key else { return None };
            let value = card.value.clone()?;
            let chance = chance_of_deal(Phase::Open, card.chance, of_stage);
            let chance = chance.ok_or_else(|| Unknown(format!("the stage {} has no chance", column.name)));
            let worth = value.and_then(|value| Ok(value.times(chance?)));
            Some(Other { deal: deal.clone(), client: card.client.clone(), title: card.title.clone(), worth })
        })
    });
    weighted.collect()
}

/// The deals that were won from others and have a value.
pub(in crate::figures) fn deals_won_from_others(
    business: &Business,
    figures: &Figures,
    without: &ClientId,
) -> Vec<Other> {
    let stages = business.stages();
    let is_won = |deal: &&Arc<Deal>| {
        let phase = deal.stage().and_then(|at| phase_of(&stages, &at.stage));
        matches!(phase, Some(Phase::Won | Phase::Closed))
    };
    let others = figures.of_clients.iter().filter(|other| other.id != *without);
    let won = others.flat_map(|client| client.known.facts.deals.iter().filter(is_won));
    let valued = won.filter_map(|deal| {
        let worth = converted(business, deal.value?, figures.day);
        let (client, title) = (deal.client.clone(), deal.title.clone());
        Some(Other { deal: deal.id.clone(), client, title, worth })
    });
    valued.collect()
}

/// The mean value of the deals that were won from others.
fn mean_won(business: &Business, figures: &Figures, without: &ClientId) -> Answer<Money> {
    let won = deals_won_from_others(business, figures, without);
    let sum = Sum::of(business.currency, won.iter().map(|it| &it.worth))?;
    let mean = ratio(sum.amount, won.len().into(), "no deal with a value was won from others yet")?;
    Ok(Money::new(mean, business.currency).rounded())
}

/// The hours logged for a client in the last 12 months, and how many days these have.
pub(in crate::figures) fn hours_logged(client: &Client, day: NaiveDate) -> (Vec<&Arc<Work>>, i64) {
    let after = months_before(day, MONTHS);
    let work = client.known.facts.work.iter().filter(|work| after < work.day && work.day <= day);
    (work.collect(), days_between(after, day))
}

/// Hours logged in the last 12 months. Where hours are logged, none in a year are none.
fn hours_a_year(client: &Client, day: NaiveDate) -> Answer<Decimal> {
    if client.known.facts.work.is_empty() {
        return Err(Unknown::because("no work was ever logged for them"));
    }
    let (logged, _) = hours_logged(client, day);
    Ok(logged.iter().fold(Decimal::ZERO, |sum, work| sum.saturating_add(work.hours)))
}

/// Hours logged in the last 12 months by the weeks of these months, to one decimal.
fn hours_a_week(client: &Client, day: NaiveDate) -> Answer<Decimal> {
    let (_, days) = hours_logged(client, day);
    let weekly = ratio(hours_a_year(client, day)?.saturating_mul(7.into()), days.into(), "no days")?;
    Ok(weekly.round_dp(1))
}
