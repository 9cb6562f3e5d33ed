//! The changes that one can bring about, what each costs, and how it is made in a scratch copy of a client's facts.
//!
//! Records that are added have ids that begin with `if:`; no id that the program makes holds a colon.

use std::mem::discriminant;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Agreement, Business, ClientFacts, ClientId, Deal, DealId, Direction, DownPayment, Interval, Invoice,
    InvoiceId, Line, Money, Payment, Phase, PriceTold, PromiseId, Retainer, RetainerId, Stage, StageFact,
    Touch, TouchId, TouchKind, add_days,
};
use crate::figures::health::Indicator;
use crate::figures::jobs::begun_stages;
use crate::figures::words::{amount_in_full, date};

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
pub(super) fn work_stages(stages: &[Stage]) -> impl Iterator<Item = &Stage> {
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
