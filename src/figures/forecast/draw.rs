//! Paths of the balance: on which day each flow comes in each draw, and what that makes of every day.
//!
//! In a draw every flow has a number z = √market·G + √client·K + √(1 − market − client)·ε, with G the same for all flows,
//! K for all of one client and ε its own, each standard normal; it comes on the first day by which it came with a chance
//! of at least Φ(z) (a Gaussian copula: the chances of its days stay what they are, but what belongs together comes late
//! together). How strongly flows hang together belongs to their kind: [`Strengths`]. All three numbers follow from a name
//! and the index of the draw alone, so a flow that changes moves no other, and the order of the flows does not matter.
//!
//! Money is added in whole units, so no sum depends on its order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{ClientId, Currency, Money};

use super::random::{Normals, Of, Stream};
use super::steps::Steps;
use super::tax::Pot;
use super::{Event, Flow, FlowKind, Layer, Layers, Pmf, SetAside, When};

/// The most days looked at: five years.
pub const MOST_DAYS: i64 = 1_827;
/// The most paths drawn.
const MOST_DRAWS: u32 = 20_000;

/// How strongly flows come early or late together: shares of the variance of z, together at most one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// What all flows have in common.
    pub market: f64,
    /// What the flows of one client have in common beyond that.
    pub client: f64,
}

impl Strength {
    /// Each flow on its own.
    pub const NONE: Self = Self { market: 0.0, client: 0.0 };

    /// Within what a share can be.
    fn possible(self) -> Self {
        let share = |it: f64| if it.is_finite() { it.clamp(0.0, 1.0) } else { 0.0 };
        let market = share(self.market);
        Self { market, client: share(self.client).min(1.0 - market) }
    }

    fn is_none(self) -> bool {
        self.market <= 0.0 && self.client <= 0.0
    }
}

/// How strongly flows hang together, by their kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strengths {
    /// Open invoices, each of which has its own story.
    pub open: Strength,
    /// All that is not invoiced yet, and the days of events.
    pub scheduled: Strength,
}

impl Strengths {
    /// That of a kind.
    #[must_use]
    pub fn of(&self, kind: FlowKind) -> Strength {
        if kind == FlowKind::Invoice { self.open.possible() } else { self.scheduled.possible() }
    }
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draws {
    /// How many days ahead: from one to [`MOST_DAYS`].
    pub days: i64,
    /// How many paths.
    pub draws: u32,
    /// How strongly flows hang together.
    pub strengths: Strengths,
}

/// On which day a flow comes in each draw: days after the day of the forecast, `None` when it comes later or never.
#[must_use]
pub fn days_drawn(flow: &Flow, draws: &Draws) -> Vec<Option<i64>> {
    let (days, count) = bounds(draws);
    let mut positions = Vec::new();
    Common::new(count).draw(flow, &draws.strengths, days, &mut positions);
    let within = |position: u32| usize::try_from(position).is_ok_and(|position| position < days);
    positions.into_iter().map(|it| within(it).then(|| i64::from(it) + 1)).collect()
}

fn bounds(draws: &Draws) -> (usize, u32) {
    let days = usize::try_from(draws.days.clamp(1, MOST_DAYS)).unwrap_or(1);
    (days, draws.draws.clamp(1, MOST_DRAWS))
}

/// The numbers that flows have in common, each made when it is first needed.
struct Common {
    draws: u32,
    normals: Normals,
    market: Option<Vec<f64>>,
    clients: BTreeMap<ClientId, Vec<f64>>,
}

impl Common {
    fn new(draws: u32) -> Self {
        Self { draws, normals: Normals::new(), market: None, clients: BTreeMap::new() }
    }

    /// Puts the position of the flow's day in each draw into `into`: nought is the first one, and `days` any later one.
    fn draw(&mut self, flow: &Flow, strengths: &Strengths, days: usize, into: &mut Vec<u32>) {
        let client = flow.client.as_ref().map(|(id, _)| id);
        let own = strengths.of(flow.kind);
        into.clear();
        match &flow.when {
            When::After(pmf) => self.draw_day(pmf, Stream::new(Of::Flow, &flow.key), own, client, days, into),
            When::Following(event, after) => {
                let with_others = strengths.scheduled.possible();
                let stream = Stream::new(Of::Event, &event.key);
                self.draw_day(&event.when, stream, with_others, client, days, into);
                let mut later = Vec::with_capacity(into.len());
                self.draw_day(after, Stream::new(Of::Flow, &flow.key), own, client, days, &mut later);
                let beyond = u32::try_from(days).unwrap_or(u32::MAX);
                for (day, later) in into.iter_mut().zip(&later) {
                    // The positions count from nought: the first day after the first day is the second day.
                    *day = day.saturating_add(*later).saturating_add(1).min(beyond);
                }
            }
        }
    }

    fn draw_day(
        &mut self,
        pmf: &Pmf,
        stream: Stream,
        strength: Strength,
        client: Option<&ClientId>,
        days: usize,
        into: &mut Vec<u32>,
    ) {
        if strength.is_none() {
            let steps = Steps::of(pmf, days);
            into.extend((0..self.draws).map(|draw| steps.position(stream.uniform(draw))));
            return;
        }
        let steps = Steps::of_normal(pmf, days);
        // What belongs to no client has nothing in common with a client's flows.
        let of_client = if client.is_some() { strength.client } else { 0.0 };
        let own = (1.0 - strength.market - of_client).max(0.0).sqrt();
        let (of_market, of_client) = (strength.market.sqrt(), of_client.sqrt());
        let draws = self.draws;
        let quick = &self.normals;
        let normal = |stream: Stream, draw: u32| quick.quantile(stream.uniform(draw));
        let normals = |stream: Stream| (0..draws).map(|draw| normal(stream, draw)).collect::<Vec<f64>>();
        let market = self.market.get_or_insert_with(|| normals(Stream::new(Of::Market, "")));
        match client {
            Some(id) => {
                if !self.clients.contains_key(id) {
                    self.clients.insert(id.clone(), normals(Stream::new(Of::Client, id.as_str())));
                }
                let none = Vec::new();
                let theirs = self.clients.get(id).unwrap_or(&none);
                into.extend((0..draws).zip(market.iter().zip(theirs)).map(|(draw, (market, theirs))| {
                    steps.position(of_market * market + of_client * theirs + own * normal(stream, draw))
                }));
            }
            None => into.extend(
                (0..draws)
                    .zip(market.iter())
                    .map(|(draw, market)| steps.position(of_market * market + own * normal(stream, draw))),
            ),
        }
    }
}

/// What comes and goes on each day in each draw.
#[derive(Debug, Clone)]
pub struct Paths {
    days: usize,
    draws: usize,
    unit: Unit,
    /// By layer, in the order of [`Layer`].
    layers: [Sums; 3],
    with_bills: Vec<WithBills>,
}

/// What of the money set aside for a tax day goes with bills, by layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct WithBills {
    /// On average of the draws.
    pub(super) amounts: [Money; 3],
    /// Whether that is all that was set aside, in every draw.
    pub(super) all: [bool; 3],
}

/// What one layer brings.
#[derive(Debug, Clone, Default)]
struct Sums {
    /// In every draw, day by day.
    certain: Vec<i64>,
    /// Beside that, day by day and within a day draw by draw, with a day more for all that comes later; empty where nothing
    /// is left to chance.
    drawn: Vec<i64>,
    any: bool,
}

impl Paths {
    /// Draws what `flows`, all in one currency, and what is set aside from them for the state make of every day.
    #[must_use]
    pub fn of(flows: &[Flow], set_aside: &SetAside, draws: &Draws) -> Self {
        let (days, count) = bounds(draws);
        let parts: Vec<Money> = flows.iter().map(|flow| set_aside.part_of(flow)).collect();
        let amounts = flows.iter().map(|flow| flow.amount).chain(parts.iter().copied());
        let more = set_aside.billed.iter().copied().chain([set_aside.accrued]);
        let unit = Unit::for_all(set_aside.accrued.currency, amounts.chain(more));
        let mut paths = Self {
            days,
            draws: usize::try_from(count).unwrap_or(1),
            unit,
            layers: std::array::from_fn(|_| Sums::default()),
            with_bills: Vec::new(),
        };
        let mut pots = Pots::of(set_aside, days, paths.draws);
        if let Some(pot) = pots.after(0) {
            pot.add_certain(Layer::Committed, unit.count(set_aside.accrued.amount));
        }
        let mut common = Common::new(count);
        let mut positions = Vec::with_capacity(paths.draws);
        for (flow, part) in flows.iter().zip(&parts) {
            let (amount, part) = (unit.count(flow.amount.amount), unit.count(part.amount));
            if let Some(position) = certain_day(&flow.when, days) {
                paths.add_certain(flow.layer, position, amount);
                if let Some(pot) = pots.after(position) {
                    pot.add_certain(flow.layer, part);
                }
                continue;
            }
            common.draw(flow, &draws.strengths, days, &mut positions);
            paths.add_drawn(flow.layer, &positions, amount);
            if part != 0 {
                pots.add_drawn(flow.layer, &positions, part);
            }
        }
        paths.empty(pots, set_aside);
        paths
    }

    /// What was set aside leaves on each tax day, but for what goes with the bills of the day.
    fn empty(&mut self, pots: Pots, set_aside: &SetAside) {
        let bills = set_aside.billed.iter().map(|bills| self.unit.count(bills.amount));
        let bills: Vec<i64> = bills.chain(std::iter::repeat(0)).take(pots.waiting.len()).collect();
        for ((position, pot), bills) in pots.waiting.into_iter().zip(bills) {
            let emptied = pot.emptied(bills, self.draws);
            for (layer, leaves) in Layer::ALL.into_iter().zip(&emptied.leaves) {
                match leaves.first() {
                    Some(first) if leaves.iter().all(|it| it == first) => {
                        if *first != 0 {
                            self.add_certain(layer, position, -first);
                        }
                    }
                    _ => self.add_row(layer, position, leaves),
                }
            }
            self.with_bills.push(WithBills {
                amounts: emptied.with_bills.map(|count| self.unit.money(count).rounded()),
                all: emptied.all_with_bills,
            });
        }
    }

    /// What of the money set aside goes with bills, for each tax day within the days.
    pub(super) fn with_bills(&self) -> &[WithBills] {
        &self.with_bills
    }

    /// How many days ahead the paths run.
    #[must_use]
    pub fn days(&self) -> usize {
        self.days
    }

    /// How many paths there are.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// Whether anything of a layer is among what was drawn.
    #[must_use]
    pub fn has(&self, layer: Layer) -> bool {
        self.layers.get(layer.index()).is_some_and(|sums| sums.any)
    }

    /// Whether a choice of layers counts no layer of which there is nothing: any other choice is like one of these.
    #[must_use]
    pub fn tells_apart(&self, layers: Layers) -> bool {
        [Layer::Likely, Layer::Possible].into_iter().all(|layer| !layers.counts(layer) || self.has(layer))
    }

    /// What the days up to each one have brought in each draw, day by day: what is handed to `each` is in [`Unit`]s. Stops
    /// when `each` says so.
    pub(super) fn walk(&self, layers: Layers, mut each: impl FnMut(usize, &[i64]) -> ControlFlow<()>) {
        let counted: Vec<&Sums> = Layer::ALL
            .iter()
            .zip(&self.layers)
            .filter(|(layer, sums)| layers.counts(**layer) && sums.any)
            .map(|(_, sums)| sums)
            .collect();
        let mut sum = vec![0_i64; self.draws];
        for day in 0..self.days {
            for layer in &counted {
                let certain = layer.certain.get(day).copied().unwrap_or(0);
                let from = day * self.draws;
                match layer.drawn.get(from..from + self.draws) {
                    Some(row) => sum.iter_mut().zip(row).for_each(|(sum, drawn)| *sum += drawn + certain),
                    None => sum.iter_mut().for_each(|sum| *sum += certain),
                }
            }
            if each(day, &sum).is_break() {
                return;
            }
        }
    }

    /// What the days up to one have brought in each draw: money counted from nought.
    #[must_use]
    pub fn by(&self, layers: Layers, days: i64) -> Vec<Money> {
        let mut by = vec![Money::zero(self.unit.currency); self.draws];
        self.walk(layers, |day, sums| {
            if i64::try_from(day + 1) != Ok(days) {
                return ControlFlow::Continue(());
            }
            by = sums.iter().map(|sum| self.unit.money(*sum)).collect();
            ControlFlow::Break(())
        });
        by
    }

    pub(super) fn unit(&self) -> Unit {
        self.unit
    }

    fn sums(&mut self, layer: Layer) -> Option<&mut Sums> {
        self.layers.get_mut(layer.index())
    }

    fn add_certain(&mut self, layer: Layer, position: usize, count: i64) {
        let days = self.days;
        let Some(sums) = self.sums(layer) else { return };
        sums.any = true;
        sums.certain.resize(days, 0);
        if let Some(sum) = sums.certain.get_mut(position) {
            *sum += count;
        }
    }

    fn add_drawn(&mut self, layer: Layer, positions: &[u32], count: i64) {
        let (days, draws) = (self.days, self.draws);
        let Some(sums) = self.sums(layer) else { return };
        sums.any = true;
        sums.drawn.resize((days + 1) * draws, 0);
        for (draw, position) in positions.iter().enumerate() {
            let at = (*position as usize) * draws + draw;
            if let Some(sum) = sums.drawn.get_mut(at) {
                *sum += count;
            }
        }
    }

    /// Takes away on one day what leaves in each draw.
    fn add_row(&mut self, layer: Layer, position: usize, leaves: &[i64]) {
        let (days, draws) = (self.days, self.draws);
        let Some(sums) = self.sums(layer) else { return };
        sums.any = true;
        sums.drawn.resize((days + 1) * draws, 0);
        let row = sums.drawn.get_mut(position * draws..).unwrap_or_default();
        row.iter_mut().zip(leaves).for_each(|(sum, leaves)| *sum -= leaves);
    }
}

/// The position of the day on which something comes for certain; one beyond the last where it never does.
fn certain_day(when: &When, days: usize) -> Option<usize> {
    let certain = |pmf: &Arc<Pmf>| Steps::certain(pmf, days);
    match when {
        When::After(pmf) => certain(pmf),
        When::Following(event, after) => {
            let event: &Event = event;
            let (event, after) = (Steps::certain(&event.when, days)?, certain(after)?);
            Some(event.saturating_add(after).saturating_add(1).min(days))
        }
    }
}

/// What waits for each tax day.
struct Pots {
    /// For each day which of them waits for what comes on it; none beyond the last one.
    of_day: Vec<Option<usize>>,
    /// With the position of the tax day.
    waiting: Vec<(usize, Pot)>,
    draws: usize,
}

impl Pots {
    fn of(set_aside: &SetAside, days: usize, draws: usize) -> Self {
        let position = |day: i64| usize::try_from(day - 1).ok().filter(|position| *position < days);
        let waiting: Vec<(usize, Pot)> =
            set_aside.days.iter().filter_map(|day| Some((position(*day)?, Pot::default()))).collect();
        let of_day =
            (0..=days).map(|day| waiting.iter().position(|(position, _)| *position >= day)).collect();
        Self { of_day, waiting, draws }
    }

    /// What waits for the tax day on which leaves what came on the day at this position.
    fn after(&mut self, position: usize) -> Option<&mut Pot> {
        let pot = self.of_day.get(position).copied().flatten()?;
        self.waiting.get_mut(pot).map(|(_, pot)| pot)
    }

    fn add_drawn(&mut self, layer: Layer, positions: &[u32], part: i64) {
        let draws = self.draws;
        for (draw, position) in positions.iter().enumerate() {
            if let Some(pot) = usize::try_from(*position).ok().and_then(|position| self.after(position)) {
                pot.add_drawn(layer, draws, draw, part);
            }
        }
    }
}

/// The unit in which money is counted: a power of ten, so fine that every amount is a whole number of it, unless their
/// sum would not fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    currency: Currency,
    /// The unit is 10^−decimals.
    decimals: i32,
}

impl Unit {
    /// The most units that all amounts together come to.
    const MOST: i64 = 1 << 61;

    fn for_all(currency: Currency, amounts: impl Iterator<Item = Money>) -> Self {
        let (mut finest, mut sum) = (0, Decimal::ZERO);
        for money in amounts {
            finest = finest.max(money.amount.normalize().scale());
            sum = sum.checked_add(money.amount.abs()).unwrap_or(Decimal::MAX);
        }
        let finest = i32::try_from(finest.min(9)).unwrap_or(9);
        let fits = |decimals: &i32| {
            Self { currency, decimals: *decimals }.scaled(sum).is_some_and(|sum| sum <= Self::MOST.into())
        };
        let decimals = (-28..=finest).rev().find(fits).unwrap_or(-28);
        Self { currency, decimals }
    }

    /// An amount as so many units, not rounded yet.
    fn scaled(self, amount: Decimal) -> Option<Decimal> {
        let power = ten_to(self.decimals.unsigned_abs())?;
        if self.decimals >= 0 { amount.checked_mul(power) } else { amount.checked_div(power) }
    }

    fn count(self, amount: Decimal) -> i64 {
        self.scaled(amount).and_then(|units| units.round().to_i64()).unwrap_or(0)
    }

    /// The fewest units that come to at least this amount.
    pub(super) fn at_least(self, amount: Decimal) -> i64 {
        let beyond = if amount.is_sign_negative() { i64::MIN } else { i64::MAX };
        self.scaled(amount).and_then(|units| units.ceil().to_i64()).unwrap_or(beyond)
    }

    pub(super) fn money(self, count: i64) -> Money {
        let count = Decimal::from(count);
        let power = ten_to(self.decimals.unsigned_abs()).unwrap_or(Decimal::ONE);
        let amount = if self.decimals >= 0 { count.checked_div(power) } else { count.checked_mul(power) };
        Money::new(amount.unwrap_or_default(), self.currency)
    }
}

fn ten_to(power: u32) -> Option<Decimal> {
    (0..power).try_fold(Decimal::ONE, |product, _| product.checked_mul(Decimal::TEN))
}
