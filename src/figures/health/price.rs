//! Respects the price: pushes on price and scope, and discounts for which no scope was left out, for each deal.
//!
//! Pushes are touches of the kinds `price_push` and `scope_push`. A discount is a deal agreed at less than the price told. 100
//! points without any, none from `pushes_worst` a deal on. A deal counts where a price was noted for it; a push is known without
//! one. Without a push nobody can know, where no touch was noted or no price talked about.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Deal, DealId, Direction, Money, Phase, Table, Threshold, TouchKind};
use crate::figures::jobs::won_on;
use crate::figures::proof::{Unit, Value};
use crate::figures::rates::{self, Priced};
use crate::figures::words::{amount_in_full, capital, per_cent};
use crate::figures::{Answer, Unknown};

use super::look::{Look, touch_facts};
use super::{Evidence, Indicator, Measure, Reading, once_each, scale};

/// A push on price or scope.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Push {
    /// When.
    pub(in crate::figures) day: NaiveDate,
    /// What was pushed.
    pub(in crate::figures) what: Pushed,
    /// The deal it was about, where that is noted.
    pub(in crate::figures) deal: Option<DealId>,
    /// The record that tells.
    pub(in crate::figures) fact: (Table, String),
}

/// What was pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Pushed {
    /// The price.
    Price,
    /// The scope.
    Scope,
    /// The price, and it was given way: a discount for which no scope was left out.
    Discount,
}

impl Pushed {
    pub(in crate::figures) const ALL: [Self; 3] = [Self::Price, Self::Scope, Self::Discount];

    /// What they did, in a few words.
    pub(in crate::figures) fn words(self) -> &'static str {
        match self {
            Self::Price => "pushed the price",
            Self::Scope => "pushed the scope",
            Self::Discount => "got a discount without less scope",
        }
    }
}

/// The pushes of the window that were about one deal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DealPushes {
    /// How often its price was pushed.
    pub price: usize,
    /// How often its scope was.
    pub scope: usize,
    /// By which part of the price told it was cheaper without less scope, of one; `None` where it was not.
    pub discount: Option<Decimal>,
}

impl DealPushes {
    /// Those of `deal` among the client's.
    pub(in crate::figures) fn of(pushes: &[Push], deal: &Deal) -> Self {
        let count = |what: Pushed| {
            let of_deal = pushes.iter().filter(|push| push.deal.as_ref() == Some(&deal.id));
            of_deal.filter(|push| push.what == what).count()
        };
        let told = deal.price_told.as_ref().and_then(|told| told.amount);
        let less = discount(deal).filter(|_| count(Pushed::Discount) > 0);
        let share = less.zip(told).and_then(|(less, told)| less.amount.checked_div(told.amount));
        Self { price: count(Pushed::Price), scope: count(Pushed::Scope), discount: share }
    }

    /// In words: `price pushed twice · 10 % discount without less scope`; empty without any.
    #[must_use]
    pub fn words(&self) -> String {
        let pushed = |what: &str, count: usize| match count {
            0 => None,
            1 => Some(format!("{what} pushed once")),
            2 => Some(format!("{what} pushed twice")),
            more => Some(format!("{what} pushed {more} times")),
        };
        let discount = self.discount.map(|share| format!("{} discount without less scope", per_cent(share)));
        let said = [pushed("price", self.price), pushed("scope", self.scope), discount];
        said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Every push of the window, by day.
pub(in crate::figures) fn pushes(look: &Look<'_>) -> Vec<Push> {
    let mut pushes: Vec<Push> = look
        .touches()
        .into_iter()
        .filter_map(|touch| {
            // What was said to them is no push of theirs.
            if touch.direction == Direction::Out {
                return None;
            }
            let what = match touch.kind? {
                TouchKind::PricePush => Pushed::Price,
                TouchKind::ScopePush => Pushed::Scope,
                _ => return None,
            };
            let (deal, fact) = (touch.deal.clone(), (Table::Touches, touch.id.to_string()));
            Some(Push { day: touch.day, what, deal, fact })
        })
        .collect();
    pushes.extend(look.known.facts.deals.iter().filter_map(|deal| {
        Some(Push {
            day: discounted_without_less(look, deal)?,
            what: Pushed::Discount,
            deal: Some(deal.id.clone()),
            fact: (Table::Deals, deal.id.to_string()),
        })
    }));
    pushes.sort_by(|a, b| (a.day, &a.fact).cmp(&(b.day, &b.fact)));
    pushes
}

/// What they pushed themselves: a discount is one that was given.
pub(in crate::figures) fn pushes_of_theirs(look: &Look<'_>) -> Vec<Push> {
    let mut pushes = pushes(look);
    pushes.retain(|push| push.what != Pushed::Discount);
    pushes
}

/// Pushes in words, each sort counted apart: `pushed the price once, pushed the scope 3 times`.
pub(in crate::figures) fn pushes_in_words(pushes: &[Push]) -> String {
    let said: Vec<String> = Pushed::ALL
        .into_iter()
        .filter_map(|what| match pushes.iter().filter(|push| push.what == what).count() {
            0 => None,
            1 => Some(format!("{} once", what.words())),
            2 => Some(format!("{} twice", what.words())),
            n => Some(format!("{} {n} times", what.words())),
        })
        .collect();
    if said.is_empty() { "pushed neither price nor scope".to_owned() } else { said.join(", ") }
}

/// The day in the window on which a deal was won at a discount for which no scope was left out.
pub(super) fn discounted_without_less(look: &Look<'_>, deal: &Deal) -> Option<NaiveDate> {
    let day = won_on(look.stages, deal).filter(|day| look.is_recent(*day))?;
    (discount(deal).is_some() && deal.less_scope.is_none()).then_some(day)
}

/// By how much the deal is worth less than the price told.
pub(in crate::figures) fn discount(deal: &Deal) -> Option<Money> {
    let told = deal.price_told.as_ref()?.amount?;
    let value = deal.value.filter(|value| value.currency == told.currency)?;
    let less = told.amount.saturating_sub(value.amount);
    (less > Decimal::ZERO).then(|| Money::new(less, told.currency))
}

/// The points of the reading without the records it was made of.
pub(super) fn points(look: &Look<'_>) -> Answer<Decimal> {
    let priced = look.known.facts.deals.iter().filter(|deal| priced(look, deal)).count();
    let pushes = pushes(look);
    match why_unknown(priced, look.touches().len(), &pushes) {
        Some(why) => Err(Unknown::because(why)),
        None => Reading::points_of(&[measure(look, &pushes, priced, String::new())]),
    }
}

/// Why nobody can know whether they push; `None` where it is known.
fn why_unknown(priced: usize, touches: usize, pushes: &[Push]) -> Option<&'static str> {
    match (priced, touches) {
        _ if !pushes.is_empty() => None,
        (0, _) => Some("no deal with a price was talked about in the window"),
        (_, 0) => Some("no touch is noted in the window, so nobody can know whether they pushed"),
        _ => None,
    }
}

/// How many pushes there are for each deal.
fn for_each_deal(pushes: &[Push], priced: usize) -> Decimal {
    Decimal::from(pushes.len()).checked_div(priced.max(1).into()).unwrap_or_default()
}

fn measure(look: &Look<'_>, pushes: &[Push], priced: usize, says: String) -> Measure {
    let worst = look.threshold(Threshold::PushesWorst);
    let points = scale(for_each_deal(pushes, priced), worst, Decimal::ZERO);
    Measure::new("Pushes for each deal", 1, points, says)
}

pub(super) fn reading(look: &Look<'_>) -> Reading {
    let priced: Vec<&Deal> =
        look.known.facts.deals.iter().map(AsRef::as_ref).filter(|it| priced(look, it)).collect();
    let touches = look.touches();
    let mut facts = touch_facts(&touches);
    facts.extend(look.known.facts.deals.iter().map(|deal| (Table::Deals, deal.id.to_string())));
    facts.extend(rates::first_dealt(look.known).map(|(_, fact)| fact));
    facts.push(look.client_fact());
    let facts = once_each(facts);
    let evidence = Evidence::of(priced.len(), "deals");
    let pushes = pushes(look);
    if let Some(why) = why_unknown(priced.len(), touches.len(), &pushes) {
        return Reading::unknown(Indicator::Price, why, evidence, facts);
    }
    let deals = if priced.is_empty() { "no deal with a price".to_owned() } else { evidence.words() };
    let what = pushes_in_words(&pushes);
    let mut measure = measure(look, &pushes, priced.len(), format!("{what}, in {deals}"));
    for kind in Pushed::ALL {
        measure = measure.counting(kind.words(), pushes.iter().filter(|push| push.what == kind).count());
    }
    measure = measure.counting("Deals with a price", priced.len());
    let rate = RateNow::of(look);
    if let Some(rate) = &rate {
        measure = measure
            .with("The rate", Value::Money(rate.now.rate))
            .days("Since it holds", look.days_since(rate.now.from));
        if let Some((before, after)) = &rate.rose {
            measure = measure
                .days("Since it rose", look.days_since(after.from))
                .with("The rate before it rose", Value::Money(before.rate));
        }
    }
    let rate = rate.map_or_else(|| "no rate is noted".to_owned(), |rate| rate.words(look));
    let measures = vec![measure];
    Reading {
        indicator: Indicator::Price,
        value: Ok(Value::Number(for_each_deal(&pushes, priced.len()), Unit::Things)),
        points: Reading::points_of(&measures),
        measures,
        says: format!("{}, in {deals}; {rate}.", capital(&what)),
        evidence,
        facts,
    }
}

/// A deal with a price that was talked about or agreed in the window.
pub(in crate::figures) fn priced(look: &Look<'_>, deal: &Deal) -> bool {
    let has_price = deal.value.is_some() || deal.price_told.is_some();
    let open = look.phase(deal) == Some(Phase::Open);
    has_price && (open || deal.stages.iter().any(|stage| look.is_recent(stage.day)))
}

/// What an hour costs the client now and since when, and when it last rose and from what.
struct RateNow {
    now: Priced,
    rose: Option<(Priced, Priced)>,
}

impl RateNow {
    /// `None` where no rate of theirs is noted, nor one of the rate card with a day.
    fn of(look: &Look<'_>) -> Option<Self> {
        let (_, priced) = rates::priced(look.business, look.known, look.day);
        let now = *priced.iter().rfind(|it| it.from <= look.day)?;
        Some(Self { now, rose: rates::last_rise(&priced, look.day) })
    }

    /// How high it is, for how long, and when it last rose.
    fn words(&self, look: &Look<'_>) -> String {
        let days = match look.days_since(self.now.from) {
            0 => "since today".to_owned(),
            1 => "for 1 day".to_owned(),
            days => format!("for {days} days"),
        };
        let rose = match &self.rose {
            Some((before, after)) if after.from == self.now.from => {
                format!(", and was {} before", amount_in_full(before.rate))
            }
            Some((_, after)) => format!(", and last rose {} days ago", look.days_since(after.from)),
            None => String::new(),
        };
        format!("the rate has been {} {days}{rose}", amount_in_full(self.now.rate))
    }
}
