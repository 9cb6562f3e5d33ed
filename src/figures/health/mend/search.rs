//! The search for the cheapest set of changes.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::Arc;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, ClientId, Deal, DealId, DownPayment, Facts, Invoice, InvoiceId, Stage, Threshold,
    TouchKind, WriteOffCause, add_days,
};
use crate::figures::health::effort::{Effort, UnderWay};
use crate::figures::health::look::Look;
use crate::figures::health::paying::Paying;
use crate::figures::health::pool::Others;
use crate::figures::health::returning::Returning;
use crate::figures::health::{Indicator, lines, price, speaking, writing};
use crate::figures::standing::Standing;
use crate::figures::words::{amount_in_full, date};
use crate::figures::{Answer, Figures, Unknown};

use super::Mend;
use super::change::{Change, told_once};
use super::offer::offers;

/// Every set is tried where there are no more than so many; each takes some microseconds …
const MOST_SETS: usize = 2048;
/// … of a client with no more than so many records, and more of one with more.
const MANY_RECORDS: usize = 500;
/// Where there are more, a set has at most so many changes …
const FEW_CHANGES: usize = 3;
/// … and of one kind so many are tried.
const MOST_OF_A_KIND: usize = 6;

/// One client, what could be brought about, and all it takes to tell what would come of it.
pub(super) struct Search<'a> {
    business: &'a Business,
    stages: Vec<Stage>,
    known: &'a ClientFacts,
    standings: Vec<Standing<'a>>,
    others: Others<'a>,
    offered: Vec<Change>,
    /// The same with nothing but the invoices that something offered changes …
    few: ClientFacts,
    /// … and how they pay, and what is left of an hour, by the others, which need not be added up again and again.
    paying: Paying,
    effort: Effort,
    /// The deals that are still talked about or at work; nothing offered for the effort changes that.
    under_way: UnderWay,
    /// What is known but for the invoices.
    talk: ClientFacts,
    /// What is in writing by the deals whose down payment no offered payment is of …
    writing: writing::Parts,
    /// … and the other deals, with the invoices that tell of their down payments and the work on them.
    down: ClientFacts,
    /// What they ordered so far; what is offered only adds to it.
    returning: Returning,
    day: NaiveDate,
}

/// A change and the points it gives by itself. Without any it may still help beside others: who pays the one old bill leaves nothing
/// to be judged by, until the next is paid.
type Tried<'c> = (&'c Change, Option<Decimal>);

/// Some changes and what they come to.
struct Set<'c> {
    changes: Vec<&'c Change>,
    cost: u32,
}

impl<'a> Search<'a> {
    /// `None` where there is no such client.
    pub(super) fn of(business: &'a Business, figures: &'a Figures, id: &ClientId) -> Option<Self> {
        let clients = &figures.of_clients;
        let place = clients.binary_search_by(|client| client.id.cmp(id)).ok()?;
        let known: &ClientFacts = &clients.get(place)?.known;
        let signals = clients.iter().map(|client| client.signals.as_ref());
        let day = figures.day;
        let standings: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
        let stages = business.stages();
        let look = Look::new(business, &stages, known, &standings, day);
        let offered = offers(&look);
        let changed: BTreeSet<&InvoiceId> = offered.iter().filter_map(Change::invoice).collect();
        let others = standings.iter().filter(|it| !changed.contains(&it.invoice.id));
        let unchanged: Vec<Standing<'_>> = others.copied().collect();
        let of_others = Look::new(business, &stages, known, &unchanged, day);
        let mut paying = Paying::nothing(&of_others);
        for standing in &unchanged {
            paying.add(&of_others, standing);
        }
        let (under_way, returning) = (UnderWay::of(&look), Returning::of(&look));
        let effort = Effort::with(&of_others, &under_way).without_facts();
        let paying = paying.without_facts();
        let invoices = known.facts.invoices.iter().filter(|it| changed.contains(&it.id)).cloned();
        let facts = Facts { invoices: invoices.collect(), ..Facts::default() };
        let few = ClientFacts { client: known.client.clone(), facts };
        let facts = Facts { invoices: Vec::new(), ..known.facts.clone() };
        let talk = ClientFacts { client: known.client.clone(), facts };
        let others = Others::of(signals, place, &figures.healths.pool, day);
        let down = with_down_payments(known, &offered);
        let paid: BTreeSet<&DealId> = down.facts.deals.iter().map(|deal| &deal.id).collect();
        let writing = writing::Parts::without(&look, &paid);
        Some(Self {
            business,
            stages,
            known,
            standings,
            others,
            offered,
            few,
            paying,
            effort,
            under_way,
            talk,
            writing,
            down,
            returning,
            day,
        })
    }

    /// What would mend an indicator.
    pub(super) fn mend(&self, indicator: Indicator) -> Answer<Option<Mend>> {
        let good = self.business.threshold(Threshold::HealthGood);
        let from = self.points(indicator, &[])?;
        if from >= good {
            return Ok(None);
        }
        let mut tried = self.tried(indicator);
        let all = if self.known.facts.records().take(MANY_RECORDS + 1).count() > MANY_RECORDS {
            0
        } else {
            MOST_SETS
        };
        let mut most = usize::MAX;
        if how_many(&tried) > all {
            tried = foremost_of_a_kind(tried);
            if how_many(&tried) > all {
                most = FEW_CHANGES;
            }
        }
        let sets = sets(&tried, most);
        // What helps most for its cost, where neither a set is enough nor a single change helps.
        let mut helps: Option<(&Set<'_>, Decimal)> = None;
        for sets in sets.chunk_by(|a, b| a.cost == b.cost) {
            let mut best: Option<(&Set<'_>, Decimal)> = None;
            for set in sets {
                let Ok(points) = self.points(indicator, &set.changes) else { continue };
                if points >= good && best.is_none_or(|(_, known)| points > known) {
                    best = Some((set, points));
                }
                let for_cost = |set: &Set<'_>, to: Decimal| (to - from) / Decimal::from(set.cost.max(1));
                let more = |(known, to)| for_cost(set, points) > for_cost(known, to);
                if points > from && helps.is_none_or(more) {
                    helps = Some((set, points));
                }
            }
            if let Some((set, to)) = best {
                return Ok(Some(self.told(&set.changes, from, to, good)));
            }
        }
        let mut best: Option<(&Change, Decimal)> = None;
        let helping = tried.iter().filter_map(|(change, points)| Some((*change, (*points)?)));
        for (change, points) in helping.filter(|(_, points)| *points > from) {
            let for_cost =
                |change: &Change, points: Decimal| (points - from) / Decimal::from(change.cost().max(1));
            if best.is_none_or(|(known, to)| for_cost(change, points) > for_cost(known, to)) {
                best = Some((change, points));
            }
        }
        if let Some((change, to)) = best {
            return Ok(Some(self.told(&[change], from, to, good)));
        }
        let (set, to) = helps.ok_or_else(|| self.why_not(indicator))?;
        Ok(Some(self.told(&set.changes, from, to, good)))
    }

    /// The changes to be tried for an indicator, each with the points it gives by itself, in the order they are offered.
    fn tried(&self, indicator: Indicator) -> Vec<Tried<'_>> {
        let offered = self.offered.iter().filter(|it| it.is_for(indicator) && self.may_matter(indicator, it));
        offered.map(|it| (it, self.points(indicator, &[it]).ok())).collect()
    }

    /// The points of an indicator once these changes happened.
    fn points(&self, indicator: Indicator, changes: &[&Change]) -> Answer<Decimal> {
        let talk = |read: &dyn Fn(&Look<'_>) -> Answer<Decimal>| self.talk_points(changes, read);
        match indicator {
            Indicator::Pays => self.paying_points(changes),
            Indicator::Returns => self.returning_points(changes),
            Indicator::Effort => self.effort_points(changes),
            Indicator::Price => talk(&price::points),
            Indicator::Lines => talk(&lines::points),
            Indicator::Writing => self.writing_points(changes),
            Indicator::Speaks => talk(&|look| speaking::reading(look).points),
        }
    }

    /// The points of what no invoice tells of.
    fn talk_points(
        &self,
        changes: &[&Change],
        points: &dyn Fn(&Look<'_>) -> Answer<Decimal>,
    ) -> Answer<Decimal> {
        let scratch = self.changed(&self.talk, changes);
        points(&Look::new(self.business, &self.stages, &scratch, &[], self.day))
    }

    /// The points for what is in writing, of which both deals and invoices tell. What a payment settles was asked for before: it
    /// changes nothing but whether a down payment came.
    fn writing_points(&self, changes: &[&Change]) -> Answer<Decimal> {
        let scratch = self.changed(&self.down, changes);
        let look = Look::new(self.business, &self.stages, &scratch, &[], self.day);
        let mut added = writing::Understood::default();
        for invoice in scratch.facts.invoices.iter().skip(self.down.facts.invoices.len()) {
            added.add(&look, &Standing::of(invoice));
        }
        self.writing.points_with(&look, &added)
    }

    /// A copy of some facts in which these changes happened.
    fn changed(&self, facts: &ClientFacts, changes: &[&Change]) -> ClientFacts {
        let mut scratch = facts.clone();
        for change in changes {
            change.make(&self.stages, &mut scratch, self.day);
        }
        scratch
    }

    /// The points for paying, which are asked for most often.
    fn paying_points(&self, changes: &[&Change]) -> Answer<Decimal> {
        let scratch = self.changed(&self.few, changes);
        let look = Look::new(self.business, &self.stages, &scratch, &[], self.day);
        let mut paying = self.paying.clone();
        for invoice in &scratch.facts.invoices {
            paying.add(&look, &Standing::of(invoice));
        }
        paying.reading(&self.others.with_paying(&paying)).points
    }

    /// The points for the effort, which every payment matters to.
    fn effort_points(&self, changes: &[&Change]) -> Answer<Decimal> {
        let scratch = self.changed(&self.few, changes);
        let look = Look::new(self.business, &self.stages, &scratch, &[], self.day);
        let mut effort = self.effort.clone();
        let invoices = scratch.facts.invoices.iter();
        let counts = |it: &&Arc<Invoice>| self.under_way.adds(it.deal.as_ref(), it.issued);
        for invoice in invoices.filter(counts) {
            let share = self.under_way.share(&look, invoice.deal.as_ref(), invoice.issued);
            effort.add(&look, &Standing::of(invoice), share);
        }
        effort.reading(&look).points
    }

    /// The points for coming back, of which every invoice tells.
    fn returning_points(&self, changes: &[&Change]) -> Answer<Decimal> {
        let nothing = ClientFacts { client: self.known.client.clone(), facts: Facts::default() };
        let scratch = self.changed(&nothing, changes);
        let more = Returning::of(&Look::new(self.business, &self.stages, &scratch, &[], self.day));
        let returning = self.returning.with(&more);
        returning.reading(&self.others.with_returning(&returning)).points
    }

    /// Whether a change may matter to an indicator it is offered for: a payment to what is in writing only where it is, or is
    /// of a deal with, a down payment.
    fn may_matter(&self, indicator: Indicator, change: &Change) -> bool {
        let Some(id) = change.invoice().filter(|_| indicator == Indicator::Writing) else { return true };
        self.down.facts.invoices.iter().any(|invoice| invoice.id == *id)
    }

    fn told(&self, changes: &[&Change], from: Decimal, to: Decimal, good: Decimal) -> Mend {
        let words = told_once(changes, self.day);
        let mended = to >= good;
        let words = match words.as_slice() {
            [first @ .., last] if first.len() > 1 => format!("{} and {last}", first.join(", ")),
            few => few.join(" and "),
        };
        let cost = changes.iter().map(|change| change.cost()).sum();
        let changes = changes.iter().map(|change| (*change).clone()).collect();
        let mut mend = Mend { changes, cost, from, to, mended, says: String::new() };
        let lacking =
            if mended { String::new() } else { format!(", of the {} that are good", good.normalize()) };
        let (was, is) = mend.shown();
        let gain = mend.gain();
        let points = if gain == Decimal::ONE { "point" } else { "points" };
        mend.says = format!("+{gain} {points} if {words}: {was} → {is}{lacking}.");
        mend
    }

    /// What more is to be agreed for the deal at work that falls shortest of break-even, so that its hours so far bring it.
    fn price_to_be_agreed(&self) -> Option<String> {
        let missing = self.under_way.short().filter_map(|(id, shortfall)| Some((shortfall.missing()?, id)));
        let (missing, id) = missing.max_by_key(|(missing, id)| (missing.amount, Reverse(*id)))?;
        let deal = self.known.facts.deals.iter().find(|deal| deal.id == *id)?;
        let more = amount_in_full(missing);
        Some(format!("agree {more} more for {} before you go on, and it brings break-even", deal.title))
    }

    /// Why nothing that is offered lifts an indicator, and when what costs it most stops counting by itself.
    fn why_not(&self, indicator: Indicator) -> Unknown {
        let look = Look::new(self.business, &self.stages, self.known, &self.standings, self.day);
        if self.known.client.over().is_some() {
            return Unknown::because("it has ended, and nothing is to be brought about");
        }
        let first = match indicator {
            Indicator::Price => price::pushes(&look).first().map(|push| ("the first push", push.day)),
            Indicator::Speaks => {
                let mut touches = look.touches().into_iter();
                let complaint = touches.find(|touch| touch.kind == Some(TouchKind::Complaint));
                complaint.map(|touch| ("the first complaint", touch.day))
            }
            Indicator::Pays => {
                let lost = self.standings.iter().map(|it| it.invoice).filter(|it| {
                    let cause = it.write_off.as_ref().map(|it| it.cause);
                    cause.is_some_and(|cause| cause != WriteOffCause::Misunderstanding)
                        && (look.is_recent(it.issued)
                            || it.write_off.as_ref().is_some_and(|it| look.is_recent(it.day)))
                });
                let counted_from =
                    |it: &Invoice| it.write_off.as_ref().map_or(it.issued, |off| off.day.max(it.issued));
                lost.map(counted_from).min().map(|issued| ("the first bill written off", issued))
            }
            _ => None,
        };
        if indicator == Indicator::Effort
            && let Some(more) = self.price_to_be_agreed()
        {
            return Unknown(format!("nothing one can do today lifts it by itself; {more}"));
        }
        match first {
            Some((what, was)) => {
                let until = date(counts_until(&look, was), self.day);
                Unknown(format!("nothing one can do today lifts it; {what} counts until {until}"))
            }
            None => Unknown::because("nothing one can do today lifts it"),
        }
    }
}

/// The deals of whose down payments an offered payment may be, with the invoices that tell of these and the work on them.
fn with_down_payments(known: &ClientFacts, offered: &[Change]) -> ClientFacts {
    let facts = &known.facts;
    let paid: BTreeSet<&InvoiceId> = offered
        .iter()
        .filter(|it| matches!(it, Change::TheyPay { .. }))
        .filter_map(Change::invoice)
        .collect();
    let paid_deals =
        facts.invoices.iter().filter(|it| paid.contains(&it.id)).filter_map(|it| it.deal.as_ref());
    let paid_deals: BTreeSet<&DealId> = paid_deals.collect();
    let is_of = |deal: &&Arc<Deal>| {
        let down = deal.down_payment.as_ref();
        let named = |down: &DownPayment| down.invoice.as_ref().is_some_and(|it| paid.contains(it));
        down.is_some_and(|down| named(down) || paid_deals.contains(&deal.id))
    };
    let deals: Vec<Arc<Deal>> = facts.deals.iter().filter(is_of).cloned().collect();
    let ids: BTreeSet<&DealId> = deals.iter().map(|deal| &deal.id).collect();
    let asked: BTreeSet<&InvoiceId> =
        deals.iter().filter_map(|deal| deal.down_payment.as_ref()?.invoice.as_ref()).collect();
    let invoices = facts
        .invoices
        .iter()
        .filter(|it| asked.contains(&it.id) || it.deal.as_ref().is_some_and(|deal| ids.contains(deal)));
    let work = facts.work.iter().filter(|it| it.deal.as_ref().is_some_and(|deal| ids.contains(deal)));
    let (invoices, work) = (invoices.cloned().collect(), work.cloned().collect());
    let facts = Facts { deals: deals.clone(), invoices, work, ..Facts::default() };
    ClientFacts { client: known.client.clone(), facts }
}

/// The last day on which something of a day is looked back on.
fn counts_until(look: &Look<'_>, was: NaiveDate) -> NaiveDate {
    let near = was.checked_add_months(Months::new(look.months)).unwrap_or(was);
    // Months differ in length, so the day may be a few off.
    let mut near = (-4..4).map(|days| add_days(near, days));
    near.rfind(|day| look.counts_on(was, *day)).unwrap_or(was)
}

/// The change right before that a later one of the same is only taken with.
fn needed<'c>(changes: &[Tried<'c>], place: usize) -> Option<&'c Change> {
    let (change, points) = changes.get(place)?;
    let (before, same) = changes.get(place.checked_sub(1)?)?;
    (points.is_some() && same == points && before.is_like(change)).then_some(*before)
}

/// How many sets of these changes there are, the one of none among them.
fn how_many(changes: &[Tried<'_>]) -> usize {
    let (mut all, mut alike) = (1_usize, 1_usize);
    for place in 0..changes.len() {
        // Of so many that come to the same there are sets of none to all.
        if needed(changes, place).is_some() {
            all /= alike;
        } else {
            alike = 1;
        }
        alike += 1;
        all = all.saturating_mul(alike);
    }
    all
}

/// Of each kind those that help most by themselves, in the order they came.
fn foremost_of_a_kind(tried: Vec<Tried<'_>>) -> Vec<Tried<'_>> {
    let mut ranked: Vec<(usize, Tried<'_>)> = tried.into_iter().enumerate().collect();
    ranked.sort_by(|(at, (_, a)), (later, (_, b))| b.cmp(a).then_with(|| at.cmp(later)));
    let mut kept: Vec<(usize, Tried<'_>)> = Vec::new();
    for it in ranked {
        let kind = discriminant(it.1.0);
        if kept.iter().filter(|(_, (known, _))| discriminant(*known) == kind).count() < MOST_OF_A_KIND {
            kept.push(it);
        }
    }
    kept.sort_by_key(|(at, _)| *at);
    kept.into_iter().map(|(_, it)| it).collect()
}

/// Every set of at most so many changes, by cost; of equal cost that of the fewest changes first, then in their order. Of
/// changes that come to the same a later one is only taken with the one before it.
fn sets<'c>(changes: &[Tried<'c>], most: usize) -> Vec<Set<'c>> {
    let mut sets: Vec<(Set<'c>, usize)> = vec![(Set { changes: Vec::new(), cost: 0 }, 0)];
    let mut at = 0;
    while let Some((set, from)) = sets.get(at) {
        at += 1;
        if set.changes.len() >= most {
            continue;
        }
        let more = changes.iter().enumerate().skip(*from).filter(|(place, _)| {
            needed(changes, *place)
                .is_none_or(|it| set.changes.last().is_some_and(|last| std::ptr::eq(*last, it)))
        });
        let more = more.map(|(place, (change, _))| {
            let mut longer = set.changes.clone();
            longer.push(change);
            (Set { changes: longer, cost: set.cost.saturating_add(change.cost()) }, place + 1)
        });
        let more: Vec<_> = more.collect();
        sets.extend(more);
    }
    let mut sets: Vec<Set<'c>> =
        sets.into_iter().map(|(set, _)| set).filter(|set| !set.changes.is_empty()).collect();
    // They come by their number of changes and in their order, which a stable sort keeps.
    sets.sort_by_key(|set| set.cost);
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::TouchId;

    #[test]
    fn there_are_as_many_sets_as_are_made() {
        let answer = |id: &str| Change::IAnswer { touch: TouchId::new(id).unwrap(), asked: NaiveDate::MIN };
        let changes = [answer("a"), answer("b"), answer("c"), Change::Praise, Change::Testimonial];
        let tried = |points: [i64; 5]| -> Vec<Tried<'_>> {
            changes.iter().zip(points.map(|it| Some(Decimal::from(it)))).collect()
        };
        for (points, expected) in
            [([5, 5, 5, 1, 1], 4 * 2 * 2), ([5, 5, 6, 1, 1], 3 * 2 * 2 * 2), ([4, 5, 6, 1, 1], 32)]
        {
            let tried = tried(points);
            assert_eq!((how_many(&tried), sets(&tried, usize::MAX).len() + 1), (expected, expected));
        }
        assert_eq!(how_many(&[]), 1);
    }
}
