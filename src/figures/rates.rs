//! Rates: when each client's last rose, what to ask next, and how many may leave before that no longer pays.
//!
//! **Which rate**: the client's own; without one the first line of the rate card; without that the target.
//!
//! **The proposal**: up to the target rate; where that is reached, or there is none, by `usual_rise` per cent. A target less than
//! `least_rise` per cent away counts as reached: so small a rise is not worth the talk. Where the rest of the rule leaves less
//! than that, nothing is proposed. A per cent that is typed takes the place of all this. In whole units, and never by more than `most_rise` per cent, in whole units too. Nobody is
//! asked twice within 12 months, nor while a rate agreed for later waits, or one that a letter told of is not noted yet.
//!
//! **The order**: toxic clients first (they pay what they cost, or go), then stepping stones, then the others; a client at
//! risk late, for there is something to mend first, and a dormant one last. Of equals the one whose rate has stood longest, one that never had a
//! rate of its own before all others.
//!
//! **More a year** = hours worked for the job in the last 12 months × (new − present rate): what the rise brings if these
//! hours stay. Hours beyond what was agreed, before a sale or for the relationship are not paid, and do not count.
//!
//! **Break-even**: with hours h, before = Σ h × present, after = Σ h × new. What may go is (after − before) / after of it, which
//! for one rise P of all is P / (1 + P): see [`BreakEven`]. It is told of the same hours at the present rates, and never of all
//! income: a fixed price or a fee does not rise with a rate.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{
    Business, ClientFacts, ClientId, ClientKind, Currency, Money, Percent, Purpose, Relation, RetainerId,
    Table, TemplateId, Threshold, Work, add_days, next_month, per_cent,
};

use super::draft::{Letter, Matter, Note, sayable};
use super::forecast::what_if::{BreakEven, RiseBase};
use super::health::FactId;
use super::kind::Decided;
use super::ledger::months_before;
use super::sum::{Sum, converted};
use super::today::{Unchanged, how_often};
use super::told::{Told, told_of_rise};
use super::words::{amount, amount_in_full, date, long_day};
use super::{Answer, Client, Figures, Unknown};

/// A rise is told so many days before it holds.
const NOTICE_DAYS: i64 = 30;
/// Months within which nobody is asked twice.
const ASK_MONTHS: u32 = 12;

/// Every client's rate and what to ask next.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// As of the end of this day.
    pub day: NaiveDate,
    /// The currency of every sum.
    pub currency: Currency,
    /// What all are to be raised by; `None`: each as the rule says.
    pub percent: Option<Percent>,
    /// The rule by which a rise is proposed, in words with this book's figures.
    pub rule: String,
    /// One a client that can be asked, in the order in which one asks.
    pub rows: Vec<RateRow>,
}

/// A client's rate, and what to ask next.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRow {
    /// Who.
    pub id: ClientId,
    /// What they are called.
    pub name: Arc<str>,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<Decided>,
    /// What an hour costs them now, in their own currency.
    pub rate: Answer<Money>,
    /// Where that is noted.
    pub source: RateSource,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// What was agreed for later.
    pub later: Option<(NaiveDate, Money)>,
    /// What they were told of by letter, where it is not noted yet.
    pub told: Option<Told>,
    /// By how many per cent it rose last.
    pub last_rise: Answer<Decimal>,
    /// What was left of an hour, over the window of health.
    pub hourly: Answer<Money>,
    /// Hours worked for the job in the last 12 months.
    pub hours_12m: Answer<Decimal>,
    /// What to ask next, in their own currency; or why nothing.
    pub proposal: Answer<Money>,
    /// By how many per cent that is more.
    pub rise: Answer<Decimal>,
    /// What it brings in a year if the hours stay, in the book's currency.
    pub extra: Answer<Money>,
}

/// Where a client's rate is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSource {
    /// On the client.
    Own,
    /// It is the first line of the rate card.
    Card,
    /// It is the firm's target rate.
    Target,
}

/// What a rise for some clients comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct RisePreview {
    /// How many clients are to be asked.
    pub clients: usize,
    /// The hours of all of them.
    pub hours: Answer<Decimal>,
    /// What these cost now, in a year.
    pub before: Answer<Money>,
    /// What they will cost.
    pub after: Answer<Money>,
    /// By how much more that is.
    pub extra: Answer<Money>,
    /// How much of what they will bring may go before the rise no longer pays.
    pub break_even: Answer<BreakEven>,
}

/// What an hour costs from a day on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Priced {
    pub(super) from: NaiveDate,
    pub(super) asked: NaiveDate,
    pub(super) rate: Money,
}

impl Rates {
    /// The rates of all clients that can be asked: not those with whom nothing was agreed yet, partners, or those with whom it
    /// ended. `percent` raises all by as much; without it each is raised as the rule says.
    #[must_use]
    pub fn of(business: &Business, figures: &Figures, percent: Option<Percent>) -> Self {
        let asked = figures.of_clients.iter().filter(|client| can_be_asked(client));
        let rows = asked.map(|client| RateRow::of(business, client, percent, figures.day));
        let mut rows: Vec<RateRow> = rows.collect();
        rows.sort_by_cached_key(|row| {
            // Those that can be asked stand before those that cannot.
            let waits = row.proposal.is_err();
            (
                waits,
                rank(row),
                row.since.is_some(),
                row.since,
                Reverse(row.hours_12m.clone().ok()),
                row.id.clone(),
            )
        });
        Self { day: figures.day, currency: figures.currency, percent, rule: rule(business), rows }
    }

    /// A client's row.
    #[must_use]
    pub fn row(&self, id: &ClientId) -> Option<&RateRow> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// What it comes to when these clients are asked what is proposed.
    #[must_use]
    pub fn preview(&self, business: &Business, chosen: &[ClientId]) -> RisePreview {
        let rows = || self.rows.iter().filter(|row| row.proposal.is_ok() && chosen.contains(&row.id));
        let in_a_year = |rate: fn(&RateRow) -> &Answer<Money>| {
            let each: Vec<Answer<Money>> =
                rows().map(|row| row.in_a_year(business, self.day, rate(row))).collect();
            Sum::of(self.currency, &each)
        };
        let before = in_a_year(|row| &row.rate);
        let after = in_a_year(|row| &row.proposal);
        let less = |after: &Money, before: &Money| after.amount.saturating_sub(before.amount);
        let extra = match (&before, &after) {
            (Ok(before), Ok(after)) => Ok(Money::new(less(after, before), self.currency)),
            (Err(why), _) | (_, Err(why)) => Err(why.clone()),
        };
        let clients = rows().count();
        // Nobody leaves from whom no hour was worked.
        let at_work = rows().filter(|row| row.hours_12m.as_ref().is_ok_and(|hours| !hours.is_zero())).count();
        let hours = rows().try_fold(Decimal::ZERO, |sum, row| Ok(sum.saturating_add(row.hours_12m.clone()?)));
        let share = match (&extra, &after) {
            _ if clients == 0 => Err(Unknown::because("nobody is chosen")),
            (Ok(extra), Ok(after)) => extra
                .amount
                .checked_div(after.amount)
                .ok_or_else(|| Unknown::because("no hours were worked for them in the last 12 months")),
            (Err(why), _) | (_, Err(why)) => Err(why.clone()),
        };
        RisePreview {
            clients,
            hours,
            break_even: share
                .map(|share| BreakEven::of_share(RiseBase::Hours, at_work, before.clone(), share)),
            before,
            after,
            extra,
        }
    }
}

fn rule(business: &Business) -> String {
    let of = |threshold| Percent::new(business.threshold(threshold));
    let usual = of(Threshold::UsualRise);
    let first = match business.target_rate {
        Some(target) => {
            let target = amount_in_full(target);
            let least = of(Threshold::LeastRise);
            format!(
                "Proposed: up to the target rate of {target}; where that is reached, or less than {least} away, {usual} more"
            )
        }
        None => format!("Proposed: {usual} more, for there is no target rate"),
    };
    format!(
        "{first}. In whole units, {} at least and {} at most at once, and nobody twice within a year.",
        of(Threshold::LeastRise),
        of(Threshold::MostRise)
    )
}

/// Whether one can ask a client for more: something was agreed or invoiced, and it is not over.
fn can_be_asked(client: &Client) -> bool {
    let kind = client.kind.as_ref().map(|decided| decided.kind);
    let asked = !matches!(kind, Some(ClientKind::Prospect | ClientKind::Ended | ClientKind::Partner));
    asked && client.known.client.relation == Relation::Client && client.known.client.last_day().is_none()
}

fn rank(row: &RateRow) -> u8 {
    match row.kind.as_ref().map(|decided| decided.kind) {
        Some(ClientKind::Toxic) => 0,
        Some(ClientKind::SteppingStone) => 1,
        Some(ClientKind::AtRisk) => 3,
        Some(ClientKind::Dormant) => 4,
        _ => 2,
    }
}

/// What an hour costs a client, from the earliest day on, and where that of the day is noted. Empty: it is nowhere noted with a
/// day. Until its own first rate begins, a client pays that of the card; one with its own from the start never did.
pub(super) fn priced(business: &Business, known: &ClientFacts, day: NaiveDate) -> (RateSource, Vec<Priced>) {
    let facts = &known.facts;
    let own = known.client.rates.iter();
    let mut priced: Vec<Priced> =
        own.map(|it| Priced { from: it.from, asked: it.known_on(), rate: it.rate }).collect();
    let begins = priced.iter().map(|it| it.from).min();
    let agreed = priced.iter().map(|it| it.asked).min();
    let dealt = first_dealt(known).map(|(day, _)| day);
    let on_card = |agreed: NaiveDate| dealt.is_some_and(|dealt| dealt < agreed);
    if agreed.is_none_or(on_card) {
        let first = business.rate_card.first().map(|line| line.what.as_str());
        let lines = business.rate_card.iter().filter(|line| Some(line.what.as_str()) == first);
        // What the card will say is agreed with nobody.
        let lines = lines.filter(|line| line.from <= day && begins.is_none_or(|begins| line.from < begins));
        let mut lines: Vec<Priced> =
            lines.map(|line| Priced { from: line.from, asked: line.from, rate: line.rate }).collect();
        lines.sort_by_key(|line| line.from);
        // What the card said before they came never rose for them: they began at its price of that day.
        let came =
            dealt.or_else(|| facts.deals.iter().filter_map(|it| it.stages.first()).map(|at| at.day).min());
        if let Some(came) = came {
            let before = lines.iter().rposition(|line| line.from <= came).unwrap_or_default();
            lines.drain(..before);
            if let Some(first) = lines.first_mut().filter(|first| first.from < came) {
                (first.from, first.asked) = (came, came);
            }
        }
        priced.extend(lines);
    }
    priced.sort_by_key(|priced| priced.from);
    // What was asked for again at the same price stands since the first time, and was asked for at the last.
    priced.dedup_by(|later, earlier| {
        let same = later.rate == earlier.rate;
        if same && later.asked <= day {
            earlier.asked = earlier.asked.max(later.asked);
        }
        same
    });
    let first = priced.first().map(|it| it.from);
    let source = match begins {
        Some(begins) if begins <= day || first == Some(begins) => RateSource::Own,
        _ if first.is_some() => RateSource::Card,
        _ => RateSource::Target,
    };
    (source, priced)
}

/// When one dealt with a client first, by its work and its invoices, and the record that tells: since then it pays the card's price.
pub(super) fn first_dealt(known: &ClientFacts) -> Option<(NaiveDate, FactId)> {
    let work = known.facts.work.iter().map(|it| (it.day, Table::Work, it.id.as_str()));
    let invoices = known.facts.invoices.iter().map(|it| (it.issued, Table::Invoices, it.id.as_str()));
    let first = work.chain(invoices).min_by_key(|(day, ..)| *day);
    first.map(|(day, table, id)| (day, (table, id.to_owned())))
}

/// The rate before the last rise, and the one that it rose to: what fell since is no rise, and of rates in two currencies nobody
/// knows.
pub(super) fn last_rise(priced: &[Priced], day: NaiveDate) -> Option<(Priced, Priced)> {
    let rose = |(before, after): &(Priced, Priced)| {
        after.from <= day
            && (before.rate.currency != after.rate.currency || before.rate.amount < after.rate.amount)
    };
    let pairs = priced.iter().copied().zip(priced.iter().skip(1).copied());
    pairs.rev().find(rose)
}

/// The work for the job in the last 12 months.
pub(super) fn paid_work(client: &Client, day: NaiveDate) -> impl Iterator<Item = &Arc<Work>> {
    let after = months_before(day, 12);
    let work = client.known.facts.work.iter();
    work.filter(move |work| after < work.day && work.day <= day && work.purpose == Purpose::Job)
}

impl RateRow {
    fn of(business: &Business, client: &Client, percent: Option<Percent>, day: NaiveDate) -> Self {
        let (source, priced) = priced(business, &client.known, day);
        let current = priced.iter().rposition(|it| it.from <= day);
        let before = current.and_then(|at| priced.get(at.checked_sub(1)?)).copied();
        let later = priced.iter().find(|it| it.from > day).copied();
        let current = current.and_then(|at| priced.get(at)).copied();
        let rate = current
            .map(|it| it.rate)
            .or_else(|| business.target_rate.filter(|_| source == RateSource::Target));
        let rate = rate.ok_or_else(|| Unknown::because("no rate is noted"));
        let worked: Vec<Decimal> = paid_work(client, day).map(|work| work.hours).collect();
        // Where hours are logged, none in a year are none.
        let hours_12m = if client.known.facts.work.is_empty() {
            Err(Unknown::because("no hours were ever logged for them"))
        } else {
            Ok(worked.iter().fold(Decimal::ZERO, |sum, hours| sum.saturating_add(*hours)))
        };
        let told = Told::of_rate(business, &client.known, day);
        let proposal = match (&rate, later) {
            _ if let Some(told) = told => Err(Unknown(format!("{}, not noted yet", told.words(day)))),
            (_, Some(later)) => Err(Unknown(format!(
                "{} is agreed from {} on",
                amount_in_full(later.rate),
                date(later.from, day)
            ))),
            (Ok(_), None) if source == RateSource::Target => {
                Err(Unknown::because("no rate of theirs is noted"))
            }
            (Ok(rate), None) => match current.filter(|it| it.asked > months_before(day, ASK_MONTHS)) {
                Some(asked) => {
                    let says = match (source, before) {
                        (RateSource::Card, None) => "began at it",
                        (RateSource::Card, Some(_)) => "the card's price changed",
                        _ => "asked",
                    };
                    Err(Unknown(format!("{says} less than a year ago, on {}", date(asked.asked, day))))
                }
                None => propose(business, *rate, percent, day),
            },
            (Err(why), None) => Err(why.clone()),
        };
        let mut row = Self {
            id: client.id.clone(),
            name: client.name.clone(),
            kind: client.kind.clone(),
            since: current.map(|it| it.from),
            later: later.map(|it| (it.from, it.rate)),
            told,
            last_rise: match (last_rise(&priced, day), before) {
                (Some((before, after)), _) => per_hundred_more(before.rate, after.rate),
                (None, Some(_)) => Err(Unknown::because("it never rose")),
                (None, None) => Err(Unknown::because("no earlier rate is noted")),
            },
            hourly: client.signals.effort.hourly(),
            rise: proposal.clone().and_then(|proposal| per_hundred_more(rate.clone()?, proposal)),
            extra: Err(Unknown::because("nothing is proposed")),
            rate,
            source,
            hours_12m,
            proposal,
        };
        row.extra = row.proposal.clone().and_then(|_| {
            let (after, before) =
                (row.in_a_year(business, day, &row.proposal)?, row.in_a_year(business, day, &row.rate)?);
            Ok(Money::new(after.amount.saturating_sub(before.amount), business.currency))
        });
        row
    }

    /// What the hours of a year cost at a rate, in the book's currency.
    pub(super) fn in_a_year(
        &self,
        business: &Business,
        day: NaiveDate,
        rate: &Answer<Money>,
    ) -> Answer<Money> {
        let rate = rate.clone()?;
        let cost = rate.amount.checked_mul(self.hours_12m.clone()?);
        let cost = cost.ok_or_else(|| Unknown::because("it is more than can be counted"))?;
        converted(business, Money::new(cost, rate.currency).rounded(), day)
    }
}

/// By how many per cent one rate is above another; below nought where it is below.
fn per_hundred_more(before: Money, after: Money) -> Answer<Decimal> {
    if before.currency != after.currency {
        return Err(Unknown::because("the rate before was in another currency"));
    }
    let more = after.amount.saturating_sub(before.amount).saturating_mul(Decimal::ONE_HUNDRED);
    more.checked_div(before.amount).ok_or_else(|| Unknown::because("the rate before was nought"))
}

/// What would be asked of somebody who pays `rate`, worth asking for or not: in whole units, and not too much at once.
pub(super) fn wanted(
    business: &Business,
    rate: Money,
    percent: Option<Percent>,
    day: NaiveDate,
) -> Answer<Money> {
    let raised = |per_hundred: Decimal| raised(rate.amount, per_hundred);
    let wanted = if let Some(percent) = percent {
        raised(percent.per_hundred())
    } else {
        let least = raised(business.threshold(Threshold::LeastRise));
        // A target that would be too little to ask for is as good as reached.
        let worth = |target: &Decimal| *target > rate.amount && in_whole_units(*target) >= least;
        let target = to_target(business, rate, day)?.filter(worth);
        target.unwrap_or_else(|| raised(business.threshold(Threshold::UsualRise)))
    };
    let most = raised(business.threshold(Threshold::MostRise)).floor();
    let whole = in_whole_units(wanted).min(most);
    Ok(Money::new(whole, rate.currency))
}

/// What to ask of somebody who pays `rate`.
fn propose(business: &Business, rate: Money, percent: Option<Percent>, day: NaiveDate) -> Answer<Money> {
    let whole = wanted(business, rate, percent, day)?.amount;
    let least = business.threshold(Threshold::LeastRise);
    if whole <= rate.amount {
        return Err(Unknown::because("the rise is less than a whole unit"));
    }
    if percent.is_none() && whole < raised(rate.amount, least) {
        let says = format!(
            "{} is under {} more",
            amount_in_full(Money::new(whole, rate.currency)),
            Percent::new(least)
        );
        return Err(Unknown(says));
    }
    Ok(Money::new(whole, rate.currency))
}

/// The target rate in the currency of `rate`; `None` where the firm has none.
fn to_target(business: &Business, rate: Money, day: NaiveDate) -> Answer<Option<Decimal>> {
    let Some(target) = business.target_rate else { return Ok(None) };
    if target.currency == rate.currency {
        return Ok(Some(target.amount));
    }
    let (target, own) = (converted(business, target, day)?, converted(business, rate, day)?);
    Ok(target.amount.saturating_mul(rate.amount).checked_div(own.amount))
}

impl RateRow {
    /// The rise that is agreed for later already, and when it begins.
    #[must_use]
    pub fn agreed(&self) -> Option<(NaiveDate, Money)> {
        let (from, later) = self.later?;
        let now = self.rate.as_ref().ok()?;
        (now.currency == later.currency && now.amount < later.amount).then_some((from, later))
    }

    /// The letter that tells of the rise, as a draft: of the one proposed, or agreed already; `None` where there is none.
    #[must_use]
    pub fn letter(&self, business: &Business, figures: &Figures, from: NaiveDate) -> Option<Letter> {
        let from = if self.proposal.is_ok() { from } else { self.agreed()?.0 };
        Some(self.draft(business, figures, figures.client(&self.id)?, from))
    }

    /// The same; where nothing is proposed or agreed, the new rate is still to be filled in.
    fn draft(&self, business: &Business, figures: &Figures, client: &Client, from: NaiveDate) -> Letter {
        let rate = self.proposal.as_ref().ok().copied().or_else(|| Some(self.agreed()?.1));
        let rise = rate.zip(self.rate.as_ref().ok()).and_then(|(to, now)| per_hundred_more(*now, to).ok());
        let percent = rise.map(|rise| per_cent(crate::written::decimal(rise.round_dp(1))));
        let fields = [
            ("from", Some(long_day(from))),
            ("rate", rate.map(amount)),
            ("rate_before", self.rate.as_ref().ok().copied().map(amount)),
            ("since", self.since.map(long_day)),
            ("percent", percent),
        ];
        Letter::of(TemplateId::FeeRise, business, figures, client, Matter::Fields(&fields))
    }
}

/// A regular fee after the usual rise, in whole units; `None` where that is no more.
fn raised_fee(business: &Business, fee: Money) -> Option<Money> {
    let raised = in_whole_units(raised(fee.amount, business.threshold(Threshold::UsualRise)));
    (raised > fee.amount).then_some(Money::new(raised, fee.currency))
}

/// What the letter about a rate or a regular fee that has stood for long tells of.
pub(super) struct Rise {
    /// The fee; `None`: the rate.
    pub(super) fee: Option<RetainerId>,
    /// By what part of it.
    pub(super) share: Decimal,
    /// From when on.
    pub(super) from: NaiveDate,
}

/// What has stood for longest, where they were not told of its rise already.
fn not_told(known: &ClientFacts, day: NaiveDate) -> Option<Unchanged<'_>> {
    Unchanged::of(known, day).filter(|it| told_of_rise(&known.facts, it.since(), day).is_none())
}

impl Rise {
    /// The rise of what has stood for longest; `None` where none is proposed, or they were told of one already.
    pub(super) fn of_unchanged(business: &Business, known: &ClientFacts, day: NaiveDate) -> Option<Self> {
        let stands = not_told(known, day)?;
        let (fee, before, after) = match stands {
            Unchanged::Fee(fee) => (Some(fee.id.clone()), fee.amount, raised_fee(business, fee.amount)?),
            Unchanged::Rate(rate) => (None, rate.rate, propose(business, rate.rate, None, day).ok()?),
        };
        let share = after.amount.saturating_sub(before.amount).checked_div(before.amount)?;
        Some(Self { fee, share: share.round_dp(4), from: rise_from(day) })
    }
}

/// The letter about a rate or a regular fee that has stood for long, from the [usual day](rise_from) on; none where they were
/// told of a rise already.
pub(super) fn unchanged_letter(business: &Business, figures: &Figures, client: &Client) -> Option<Letter> {
    let day = figures.day;
    let from = rise_from(day);
    let fee = match not_told(&client.known, day)? {
        Unchanged::Rate(_) => {
            return Some(RateRow::of(business, client, None, day).draft(business, figures, client, from));
        }
        Unchanged::Fee(fee) => fee,
    };
    let often = |money: Money| format!("{} {}", amount(money), how_often(fee.every));
    let new = raised_fee(business, fee.amount);
    let fields = [
        ("fee", sayable(Note::Title, &fee.what, &client.known.client, &figures.of_clients)),
        ("fee_before", Some(often(fee.amount))),
        ("fee_new", new.map(often)),
        ("since", Some(long_day(fee.from))),
        ("from", Some(long_day(from))),
    ];
    Some(Letter::of(TemplateId::FeeReview, business, figures, client, Matter::Fields(&fields)))
}

/// The day from which on a rise holds that is told today: the first of a month, at least thirty days ahead.
#[must_use]
pub fn rise_from(day: NaiveDate) -> NaiveDate {
    next_month(add_days(day, NOTICE_DAYS - 1))
}

fn in_whole_units(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

fn raised(amount: Decimal, per_hundred: Decimal) -> Decimal {
    let more = per_hundred.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    amount.saturating_mul(more.saturating_add(Decimal::ONE))
}
