//! The changes that are offered, and how each is made in a scratch copy of a client's facts.
//!
//! Records that are added have ids that begin with `if:`; no id that the program makes holds a colon.

use std::cmp::Reverse;
use std::mem::discriminant;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Agreement, Basis, Business, ClientFacts, ClientId, Deal, DealId, Direction, DownPayment, Interval,
    Invoice, InvoiceId, Line, Money, Party, Payment, Phase, PriceTold, Promise, PromiseId, Retainer,
    RetainerId, Stage, StageFact, Threshold, Touch, TouchId, TouchKind, add_days, days_between,
};
use crate::figures::health::effort::UnderWay;
use crate::figures::health::{Effort, Indicator, Look, effort, lines, price};
use crate::figures::jobs::begun_stages;
use crate::figures::standing::Standing;
use crate::figures::sum::converted;
use crate::figures::words::{amount_in_full, date};

/// So many further orders, and next jobs, are offered.
const TIMES: u8 = 3;
/// Of one kind, so many records are offered for change at most.
const MOST_OFFERED: usize = 24;
/// What is asked where nothing tells what they usually order, in the book's currency.
const ORDER_WITHOUT_HISTORY: i64 = 1000;
/// A fee agreed today is first due after so many days: later than an invoice of today could be taken for one of it.
const FIRST_FEE_DAYS: i64 = 32;

/// Something that one can bring about.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields name the record that changes, and what words need of it")]
pub enum Change {
    /// They pay what is open of an overdue invoice.
    TheyPay { invoice: InvoiceId, number: String, open: Money },
    /// What is disputed about an invoice is settled.
    Settle { invoice: InvoiceId, number: String },
    /// They order, and pay the invoice on its day.
    FurtherOrder { nth: u8, amount: Money },
    /// What is missing for the hours of finished work is billed and paid, for the deal they were of.
    Bill { up_to: UpTo, amount: Money, deal: Option<DealId> },
    /// The next job leaves as much more than its own hours are worth.
    DearerJob { up_to: UpTo, amount: Money },
    /// Scope is left out for a discount.
    LessScope { deal: DealId, title: String },
    /// A job worth this much is agreed with signature and down payment before its work.
    NextJob { nth: u8, amount: Money },
    /// I write or call.
    IGetInTouch,
    /// They do.
    TheyGetInTouch,
    /// I answer a question.
    IAnswer { touch: TouchId, asked: NaiveDate },
    /// They answer one.
    TheyAnswer { touch: TouchId, asked: NaiveDate },
    /// I keep a promise.
    IKeep { promise: PromiseId, what: String },
    /// They keep one.
    TheyKeep { promise: PromiseId, what: String },
    /// A regular fee is agreed.
    RegularFee { amount: Money },
    /// They say a word of praise.
    Praise,
    /// They give a testimonial.
    Testimonial,
    /// They send somebody.
    Referral,
}

/// What an hour is billed up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpTo {
    /// The break-even rate.
    BreakEven,
    /// The rate from which on the indicator is good.
    Good,
}

impl UpTo {
    fn words(self) -> &'static str {
        match self {
            Self::BreakEven => "the break-even rate",
            Self::Good => "a good rate",
        }
    }
}

impl Change {
    /// What it costs, in points of effort.
    #[must_use]
    pub fn cost(&self) -> u32 {
        match self {
            Self::IGetInTouch | Self::IAnswer { .. } | Self::IKeep { .. } => 1,
            Self::TheyGetInTouch
            | Self::TheyAnswer { .. }
            | Self::TheyPay { .. }
            | Self::Settle { .. }
            | Self::LessScope { .. }
            | Self::TheyKeep { .. }
            | Self::Praise
            | Self::Testimonial => 2,
            Self::Referral => 3,
            Self::Bill { up_to: UpTo::BreakEven, .. } => 4,
            Self::FurtherOrder { .. }
            | Self::NextJob { .. }
            | Self::DearerJob { up_to: UpTo::BreakEven, .. } => 5,
            Self::Bill { up_to: UpTo::Good, .. } | Self::RegularFee { .. } => 6,
            Self::DearerJob { up_to: UpTo::Good, .. } => 7,
        }
    }

    /// Whether it is offered for an indicator.
    #[must_use]
    pub fn is_for(&self, indicator: Indicator) -> bool {
        use Indicator::{Effort, Lines, Pays, Price, Returns, Speaks, Writing};
        let of: &[Indicator] = match self {
            Self::TheyPay { .. } => &[Pays, Effort, Writing],
            Self::Settle { .. } => &[Pays],
            Self::FurtherOrder { .. } => &[Pays, Returns],
            Self::Bill { .. } | Self::DearerJob { .. } => &[Effort],
            Self::LessScope { .. } => &[Price],
            Self::NextJob { .. } => &[Price, Writing],
            Self::IGetInTouch
            | Self::TheyGetInTouch
            | Self::IAnswer { .. }
            | Self::TheyAnswer { .. }
            | Self::IKeep { .. }
            | Self::TheyKeep { .. } => &[Lines],
            Self::RegularFee { .. } => &[Returns],
            Self::Praise | Self::Testimonial | Self::Referral => &[Speaks],
        };
        of.contains(&indicator)
    }

    /// The amount it is about, where its words name one.
    pub(in crate::figures) fn amount(&self) -> Option<Money> {
        match self {
            Self::TheyPay { open, .. } => Some(*open),
            Self::FurtherOrder { amount, .. }
            | Self::Bill { amount, .. }
            | Self::DearerJob { amount, .. }
            | Self::NextJob { amount, .. } => Some(*amount),
            _ => None,
        }
    }

    /// The day of the question that is answered by it.
    pub(in crate::figures) fn asked(&self) -> Option<NaiveDate> {
        match self {
            Self::IAnswer { asked, .. } | Self::TheyAnswer { asked, .. } => Some(*asked),
            _ => None,
        }
    }

    /// The invoice that changes by it.
    pub(super) fn invoice(&self) -> Option<&InvoiceId> {
        match self {
            Self::TheyPay { invoice, .. } | Self::Settle { invoice, .. } => Some(invoice),
            _ => None,
        }
    }

    /// Whether it comes to the same as another one that has as many points by itself.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let adds_one = matches!(
            self,
            Self::FurtherOrder { .. }
                | Self::NextJob { .. }
                | Self::IAnswer { .. }
                | Self::TheyAnswer { .. }
                | Self::IKeep { .. }
                | Self::TheyKeep { .. }
        );
        adds_one && discriminant(self) == discriminant(other)
    }

    /// In a clause that follows "If", as said on a day.
    #[must_use]
    pub fn words(&self, on: NaiveDate) -> String {
        let once_more = |nth: u8| {
            ["once more", "a second time", "a third time"].get(usize::from(nth.max(1)) - 1).copied()
        };
        match self {
            Self::TheyPay { number, open, .. } => {
                format!("they pay invoice {number} ({})", amount_in_full(*open))
            }
            Self::Settle { number, .. } => format!("the dispute about invoice {number} is settled"),
            Self::FurtherOrder { nth, amount } => {
                let times = once_more(*nth).unwrap_or("again");
                format!("they order {times}, for {}, and pay on the day", amount_in_full(*amount))
            }
            Self::Bill { up_to, amount, .. } => {
                let amount = amount_in_full(*amount);
                let makes = up_to.words();
                format!("{amount} more is billed and paid for finished work, which makes {makes}")
            }
            Self::DearerJob { up_to, amount } => {
                let amount = amount_in_full(*amount);
                let makes = up_to.words();
                format!("the next job leaves {amount} more than its hours at {makes}, and is paid")
            }
            Self::LessScope { title, .. } => format!("less scope is agreed for the discount on {title}"),
            Self::NextJob { amount, .. } => format!(
                "the next job, of {}, is signed before the work, with its down payment received and no push",
                amount_in_full(*amount)
            ),
            Self::IGetInTouch => "I get in touch".to_owned(),
            Self::TheyGetInTouch => "they get in touch".to_owned(),
            Self::IAnswer { asked, .. } => format!("I answer what they said on {}", date(*asked, on)),
            Self::TheyAnswer { asked, .. } => format!("they answer my question of {}", date(*asked, on)),
            Self::IKeep { what, .. } => format!("I keep my promise ({what})"),
            Self::TheyKeep { what, .. } => format!("they keep their promise ({what})"),
            Self::RegularFee { .. } => "a regular fee is agreed".to_owned(),
            Self::Praise => "they say a good word when asked".to_owned(),
            Self::Testimonial => "they give a testimonial when asked".to_owned(),
            Self::Referral => "they send somebody".to_owned(),
        }
    }

    /// What happens, in as few words as tell it.
    pub(super) fn in_short(&self) -> String {
        let says = match self {
            Self::TheyPay { number, .. } => return format!("they pay {number}"),
            Self::Settle { number, .. } => return format!("settle {number}"),
            Self::FurtherOrder { .. } => "they order and pay on the day",
            Self::Bill { .. } => "bill finished work",
            Self::DearerJob { .. } => "a better price for the next job",
            Self::LessScope { .. } => "less scope for the discount",
            Self::NextJob { .. } => "sign before the next job",
            Self::IGetInTouch => "get in touch",
            Self::TheyGetInTouch => "they get in touch",
            Self::IAnswer { .. } => "answer what they said",
            Self::TheyAnswer { .. } => "they answer",
            Self::IKeep { .. } => "keep my promise",
            Self::TheyKeep { .. } => "they keep their promise",
            Self::RegularFee { .. } => "agree a regular fee",
            Self::Praise => "ask for a good word",
            Self::Testimonial => "ask for a testimonial",
            Self::Referral => "they send somebody",
        };
        says.to_owned()
    }

    /// A scratch copy of a client's facts as `known`, in which it happened on `day`.
    #[must_use]
    pub fn apply(&self, business: &Business, known: &ClientFacts, day: NaiveDate) -> ClientFacts {
        let mut scratch = known.clone();
        self.make(&business.stages(), &mut scratch, day);
        scratch
    }

    /// Makes it happen in a scratch copy.
    pub(super) fn make(&self, stages: &[Stage], scratch: &mut ClientFacts, day: NaiveDate) {
        let client = scratch.client.id.clone();
        let facts = &mut scratch.facts;
        match self {
            Self::TheyPay { invoice, open, .. } => {
                edit(&mut facts.invoices, |it| it.id == *invoice, |it| it.payments.push(paid(*open, day)));
            }
            Self::Settle { invoice, .. } => edit(
                &mut facts.invoices,
                |it| it.id == *invoice,
                |it| {
                    for dispute in it.disputes.iter_mut().filter(|it| it.until.is_none()) {
                        dispute.until = Some(day);
                    }
                },
            ),
            Self::FurtherOrder { nth, amount } => {
                let at = format!("if:order-{nth}");
                let stage = work_stages(stages).next();
                facts.deals.extend(
                    deal(&at, &client, stage, day).map(|it| Arc::new(Deal { value: Some(*amount), ..it })),
                );
                facts.invoices.extend(bill(&at, &client, Some(&at), *amount, day));
            }
            Self::Bill { amount, deal, .. } => {
                let deal = deal.as_ref().map(DealId::as_str);
                facts.invoices.extend(bill("if:bill", &client, deal, *amount, day));
            }
            // What is left of a job beyond what its hours are worth changes the rate as if it came without them.
            Self::DearerJob { amount, .. } => {
                facts.invoices.extend(bill("if:bill", &client, None, *amount, day));
            }
            Self::LessScope { deal, .. } => edit(
                &mut facts.deals,
                |it| it.id == *deal,
                |it| {
                    it.less_scope = Some(crate::domain::LessScope { day, what: "less scope".to_owned() });
                },
            ),
            Self::NextJob { nth, amount } => {
                let at = format!("if:job-{nth}");
                let stage = begun_stages(stages).first().copied();
                let down = Money::new(amount.amount / Decimal::TWO, amount.currency).rounded();
                facts.deals.extend(deal(&at, &client, stage, day).map(|it| {
                    Arc::new(Deal {
                        price_told: Some(PriceTold { day, amount: None }),
                        agreement: Some(Agreement { sent: Some(day), signed: Some(day), refused: None }),
                        down_payment: Some(DownPayment {
                            asked: day,
                            amount: down,
                            invoice: InvoiceId::new(&at).ok(),
                        }),
                        value: Some(*amount),
                        ..it
                    })
                }));
                facts.invoices.extend(bill(&at, &client, Some(&at), down, day));
            }
            Self::IGetInTouch => facts.touches.extend(touch("if:i-speak", &client, Direction::Out, day)),
            Self::TheyGetInTouch => facts.touches.extend(touch("if:they-speak", &client, Direction::In, day)),
            Self::IAnswer { touch: question, .. } => {
                facts.touches.extend(answer("i-answer", &client, Direction::Out, question, day));
            }
            Self::TheyAnswer { touch: question, .. } => {
                facts.touches.extend(answer("they-answer", &client, Direction::In, question, day));
            }
            Self::IKeep { promise, .. } | Self::TheyKeep { promise, .. } => {
                edit(&mut facts.promises, |it| it.id == *promise, |it| it.kept = Some(day));
            }
            Self::RegularFee { amount } => {
                let from = add_days(day, FIRST_FEE_DAYS);
                facts.retainers.extend(RetainerId::new("if:fee").ok().map(|id| {
                    Arc::new(Retainer {
                        id,
                        client,
                        what: "a regular fee".to_owned(),
                        amount: *amount,
                        every: Interval::MONTHLY,
                        agreed: day,
                        from,
                        until: None,
                        basis: None,
                        deal: None,
                    })
                }));
            }
            Self::Praise => facts.touches.extend(said("if:praise", &client, TouchKind::Praise, day)),
            Self::Testimonial => {
                facts.touches.extend(said("if:testimonial", &client, TouchKind::Testimonial, day));
            }
            Self::Referral => facts.touches.extend(said("if:referral", &client, TouchKind::Referral, day)),
        }
    }
}

/// What can be brought about at a client with these facts, as `known` at the end of `day`, in the order of the table.
#[must_use]
pub fn offered(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Change> {
    let invoices: Vec<Standing<'_>> = known.facts.invoices.iter().map(|it| Standing::of(it)).collect();
    let stages = business.stages();
    offers(&Look::new(business, &stages, known, &invoices, day))
}

/// The same of a client that is looked at already.
pub(super) fn offers(look: &Look<'_>) -> Vec<Change> {
    let (facts, day) = (&look.known.facts, look.day);
    let mut offers = Vec::new();
    // With whom it has ended, there is nothing to bring about.
    if look.known.client.over().is_some() {
        return offers;
    }
    let in_book = |money: Money| converted(look.business, money, day).map(|it| it.amount).unwrap_or_default();
    let overdue = look.invoices.iter().filter(|it| it.is_open() && it.invoice.due < day);
    let weight =
        |it: &&Standing<'_>| in_book(it.open).saturating_mul(days_between(it.invoice.due, day).into());
    for it in foremost(overdue, weight) {
        let (invoice, number) = (it.invoice.id.clone(), it.invoice.number.clone());
        offers.push(Change::TheyPay { invoice, number, open: it.open });
    }
    let disputed = look.invoices.iter().filter(|it| it.invoice.open_dispute().is_some());
    for it in foremost(disputed, |it| in_book(it.asked)) {
        offers.push(Change::Settle { invoice: it.invoice.id.clone(), number: it.invoice.number.clone() });
    }
    let usual = usual_order(look);
    // Whoever is leaving neither orders nor agrees anything more.
    let goes_on = look.known.client.end().is_none();
    let can_be_won = goes_on && work_stages(look.stages).next().is_some();
    if can_be_won {
        offers.extend((1..=TIMES).map(|nth| Change::FurtherOrder { nth, amount: usual }));
    }
    offers.extend(bills(look, goes_on));
    // Of what is delivered nothing can be left out any more.
    let at_work = |deal: &Deal| deal.delivered.is_none() && look.phase(deal) == Some(Phase::Won);
    let discounted = facts.deals.iter().filter(|deal| at_work(deal));
    let discounted = discounted.filter(|deal| price::discounted_without_less(look, deal).is_some());
    for it in foremost(discounted, |it| it.value.map(in_book)) {
        offers.push(Change::LessScope { deal: it.id.clone(), title: it.title.clone() });
    }
    if can_be_won {
        offers.extend((1..=TIMES).map(|nth| Change::NextJob { nth, amount: usual }));
    }
    offers.extend([Change::IGetInTouch, Change::TheyGetInTouch]);
    let touches = look.touches();
    for direction in [Direction::In, Direction::Out] {
        let unanswered =
            lines::questions(look.known, &touches, direction).into_iter().filter(|(_, answered)| !answered);
        for (it, _) in foremost(unanswered, |(it, _)| Reverse(it.day)) {
            let (touch, asked) = (it.id.clone(), it.day);
            offers.push(match direction {
                Direction::In => Change::IAnswer { touch, asked },
                Direction::Out => Change::TheyAnswer { touch, asked },
            });
        }
    }
    for by in [Party::Me, Party::Them] {
        let to_keep = |it: &&Arc<Promise>| it.by == by && it.kept.is_none() && it.due_now() >= day;
        for it in foremost(facts.promises.iter().filter(to_keep), |it| Reverse(it.due_now())) {
            let (promise, what) = (it.id.clone(), it.what.clone());
            offers.push(match by {
                Party::Me => Change::IKeep { promise, what },
                Party::Them => Change::TheyKeep { promise, what },
            });
        }
    }
    offers.extend(goes_on.then(|| Change::RegularFee {
        amount: Money::new(usual.amount / Decimal::TEN, usual.currency).rounded(),
    }));
    offers.extend([Change::Praise, Change::Testimonial, Change::Referral]);
    offers
}

/// The records that weigh most, in the order they come; nobody sets about more at once.
fn foremost<T, W: Ord>(
    records: impl Iterator<Item = T>,
    weight: impl Fn(&T) -> W,
) -> impl Iterator<Item = T> {
    let mut records: Vec<(usize, T)> = records.enumerate().collect();
    if records.len() > MOST_OFFERED {
        records.sort_by_cached_key(|(at, record)| (Reverse(weight(record)), *at));
        records.truncate(MOST_OFFERED);
        records.sort_by_key(|(at, _)| *at);
    }
    records.into_iter().map(|(_, record)| record)
}

/// What they usually order for: the middle of what their invoices ask, or else of what their deals are worth; in the book's
/// currency.
fn usual_order(look: &Look<'_>) -> Money {
    let book = look.business;
    let positive = |amount: &Decimal| *amount > Decimal::ZERO;
    let invoiced = look.invoices.iter().filter_map(|it| converted(book, it.asked, it.invoice.issued).ok());
    let mut amounts: Vec<Decimal> = invoiced.map(|it| it.amount).filter(positive).collect();
    if amounts.is_empty() {
        let values = look.known.facts.deals.iter().filter_map(|deal| deal.value);
        let values = values.filter_map(|value| converted(book, value, look.day).ok());
        amounts = values.map(|it| it.amount).filter(positive).collect();
    }
    amounts.sort_unstable();
    let middle = amounts.get(amounts.len().saturating_sub(1) / 2).copied();
    Money::new(middle.unwrap_or_else(|| ORDER_WITHOUT_HISTORY.into()), book.currency)
}

/// What is missing for an hour of finished work to bring a rate: billed for the deal that it is for, and no less than what is left to
/// bill of it, as one that was over without it would wait for the rest. A price that is billed in full is what was agreed; the
/// next job has to leave as much more then. A bill that could name no finished deal would wait with the one at work, and
/// is not offered then; nor is one where all hours are of deals at work that fall short: these are not finished.
fn bills(look: &Look<'_>, goes_on: bool) -> Vec<Change> {
    let effort = Effort::of(look);
    let under_way = UnderWay::of(look);
    // Of a bill for a deal that was begun before the window only a part would count.
    let finished = |deal: Option<&DealId>, on| {
        under_way.adds(deal, on) && under_way.share(look, deal, on) == Decimal::ONE && look.is_recent(on)
    };
    let work: Vec<_> = look.known.facts.work.iter().filter(|it| finished(it.deal.as_ref(), it.day)).collect();
    if work.is_empty() {
        return Vec::new();
    }
    let (Ok(margin), Ok(_)) = (&effort.margin, effort.hourly()) else { return Vec::new() };
    let currency = look.business.currency;
    let billable = work.iter().rev().find_map(|work| Billable::of(look, work.deal.as_ref()));
    let without_deal = under_way.leaves(None, look.day);
    let good = effort::rate_of(look, look.threshold(Threshold::HealthGood));
    let rates = [(UpTo::BreakEven, effort::rates(look).1), (UpTo::Good, good)];
    let missing = rates.into_iter().filter_map(|(up_to, rate)| {
        let whole = Money::new(rate?.checked_mul(effort.hours)?, currency).rounded();
        let missing = whole.amount.checked_sub(margin.amount).filter(|missing| *missing > Decimal::ZERO)?;
        match billable.as_ref().filter(|it| it.most.is_none_or(|most| missing <= most)) {
            Some(it) if it.deal.is_some() || without_deal => {
                let amount = Money::new(missing.max(it.most.unwrap_or_default()), currency);
                Some(Change::Bill { up_to, amount, deal: it.deal.cloned() })
            }
            _ if goes_on && without_deal => {
                Some(Change::DearerJob { up_to, amount: Money::new(missing, currency) })
            }
            _ => None,
        }
    });
    let mut bills: Vec<Change> = missing.collect();
    // Where the rest of the deal is more than either needs, it is one bill.
    if let [first, second] = bills.as_slice()
        && first.amount() == second.amount()
    {
        bills.remove(0);
    }
    bills
}

/// Finished work for which more can be billed.
struct Billable<'a> {
    deal: Option<&'a DealId>,
    /// What is left of the agreed price, in the book's currency; `None` where it goes by the hour or nobody named one.
    most: Option<Decimal>,
}

impl<'a> Billable<'a> {
    /// `None` where all that was agreed is billed, or nothing was.
    fn of(look: &Look<'a>, deal: Option<&'a DealId>) -> Option<Self> {
        let Some(id) = deal else { return Some(Self { deal, most: None }) };
        let known = look.known.facts.deals.iter().find(|it| it.id == *id)?;
        if !matches!(look.phase(known), Some(Phase::Won | Phase::Closed)) {
            return None;
        }
        if known.value.is_none() || known.basis == Some(Basis::Time) {
            return Some(Self { deal, most: None });
        }
        effort::left_to_bill(look, id).map(|left| Self { deal, most: Some(left) })
    }
}

/// Changes in clauses, several next jobs in one.
pub(super) fn told_once(changes: &[&Change], day: NaiveDate) -> Vec<String> {
    let job = |change: &&&Change| matches!(change, Change::NextJob { .. });
    let jobs = changes.iter().filter(job).count();
    let several = jobs.checked_sub(2).and_then(|at| ["two", "three"].get(at));
    let Some((several, each)) = several.zip(changes.iter().find(job).and_then(|it| it.amount())) else {
        return changes.iter().map(|change| change.words(day)).collect();
    };
    let together = format!(
        "the next {several} jobs, of {} each, are signed before the work, with their down payments received and no push",
        amount_in_full(each)
    );
    let others = changes.iter().filter(|change| !job(change));
    others.map(|change| change.words(day)).chain([together]).collect()
}

/// The stages of work agreed, from the first one on.
fn work_stages(stages: &[Stage]) -> impl Iterator<Item = &Stage> {
    stages.iter().filter(|stage| stage.phase == Phase::Won)
}

fn edit<T: Clone>(records: &mut [Arc<T>], is: impl Fn(&T) -> bool, change: impl FnOnce(&mut T)) {
    if let Some(record) = records.iter_mut().find(|record| is(record)) {
        change(Arc::make_mut(record));
    }
}

fn paid(amount: Money, day: NaiveDate) -> Payment {
    Payment { day, amount, method: None, offset: None }
}

fn deal(id: &str, client: &ClientId, stage: Option<&Stage>, day: NaiveDate) -> Option<Deal> {
    let stages = vec![StageFact { day, stage: stage?.id.clone(), why: None, override_of: None }];
    Some(Deal { stages, ..Deal::new(DealId::new(id).ok()?, client.clone(), "a further job") })
}

/// An invoice that is sent and paid on the day.
fn bill(
    id: &str,
    client: &ClientId,
    deal: Option<&str>,
    amount: Money,
    day: NaiveDate,
) -> Option<Arc<Invoice>> {
    let line = Line { result: "as agreed".to_owned(), quantity: Decimal::ONE, price: amount, tax: None };
    let mut invoice = Invoice::new(InvoiceId::new(id).ok()?, client.clone(), id, day, day, vec![line]);
    invoice.deal = deal.and_then(|deal| DealId::new(deal).ok());
    invoice.payments.push(paid(amount, day));
    Some(Arc::new(invoice))
}

fn touch(id: &str, client: &ClientId, direction: Direction, day: NaiveDate) -> Option<Arc<Touch>> {
    Some(Arc::new(a_touch(id, client, direction, day)?))
}

fn answer(
    how: &str,
    client: &ClientId,
    direction: Direction,
    to: &TouchId,
    day: NaiveDate,
) -> Option<Arc<Touch>> {
    let id = format!("if:{how}:{to}");
    // An id may be too long to be lengthened; any other that is free does as well.
    let id = if TouchId::new(&id).is_ok() { id } else { format!("if:{how}") };
    Some(Arc::new(Touch { answers: Some(to.clone()), ..a_touch(&id, client, direction, day)? }))
}

fn said(id: &str, client: &ClientId, kind: TouchKind, day: NaiveDate) -> Option<Arc<Touch>> {
    Some(Arc::new(Touch { kind: Some(kind), ..a_touch(id, client, Direction::In, day)? }))
}

fn a_touch(id: &str, client: &ClientId, direction: Direction, day: NaiveDate) -> Option<Touch> {
    Some(Touch {
        id: TouchId::new(id).ok()?,
        day,
        client: client.clone(),
        person: None,
        direction,
        channel: None,
        written: true,
        answer_wanted: false,
        answers: None,
        kind: None,
        temperature: None,
        may_quote: None,
        deal: None,
        invoice: None,
        introduces: None,
        note: None,
    })
}
