//! What is suggested for an item of the queue: its letter first, where there is one, then what one does about it.
//!
//! The letter goes into the outbox, and the item waits for what becomes of it there: that is a rule of the figures, and
//! nothing here takes an item away.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::domain::{Agreement, AnyRecord, Deal, Promise, Renewal, Renewed, Table, TemplateId, implausible};
use crate::figures::Letter;
use crate::figures::today::{Family, Item, ItemKind, Mailed, Today, Unchanged};
use crate::state::{Action, Edit, FormKind, Seat, Shown, State, Target, View, form};

use super::queue::{current, find_deal};
use super::{Resolved, bulk, outbox};

/// So many things are suggested for an item, one a key.
const MOST: usize = 3;

/// Something one can do about an item, on a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// Put its letter into the outbox; what it is called, and whether all of it is filled in.
    Letter(&'static str, bool),
    /// Write the other letter that fits it; what that does.
    OtherLetter(&'static str),
    /// Record that it was paid.
    RecordPayment,
    /// Set it off against a credit note.
    SetOff,
    /// Note that what is left of it will not be paid.
    WriteOff,
    /// Note the day they name for paying.
    PromisedPayment,
    /// Log the touch one makes about it.
    LogTouch(&'static str),
    /// Write the invoice.
    Invoice,
    /// Make it a deal.
    NewDeal,
    /// Plan what comes next.
    NextStep,
    /// Let the deal go.
    Lost,
    /// The agreement was signed today.
    Signed,
    /// The promise was kept today.
    Kept,
    /// The promise moves to another day.
    MovePromise,
    /// It was renewed today.
    Renewed,
    /// It was checked today.
    Verified,
    /// Note the new rate or fee.
    NewPrice,
    /// Change the record.
    Change,
    /// Open the client's page.
    OpenClient,
    /// Go to a view of the firm.
    GoTo(View),
    /// Narrow the queue to what helps: what it says, and the filter.
    Only(&'static str, &'static str),
}

impl Suggestion {
    /// What its button says.
    #[must_use]
    pub fn label(self) -> Cow<'static, str> {
        let label = match self {
            Self::Letter(letter, ready) => {
                return format!("{} {letter}", if ready { "Queue" } else { "Write" }).into();
            }
            Self::RecordPayment => "Record payment",
            Self::SetOff => "Set off a credit note",
            Self::WriteOff => "Write it off",
            Self::PromisedPayment => "They named a day",
            Self::LogTouch(label) | Self::Only(label, _) | Self::OtherLetter(label) => label,
            Self::Invoice => "Add the invoice",
            Self::NewDeal => "Make it a deal",
            Self::NextStep => "Plan the next step",
            Self::Lost => "Let it go",
            Self::Signed => "Signed today",
            Self::Kept => "Kept today",
            Self::MovePromise => "Move it",
            Self::Renewed => "Renewed today",
            Self::Verified => "Checked today",
            Self::NewPrice => "Note the new price",
            Self::Change => "Correct it",
            Self::OpenClient => "Open the client",
            Self::GoTo(view) => match view {
                View::Today => "Open Today",
                View::Board => "Open the board",
                View::Cash => "Open Cash",
                View::Clients => "Open the clients",
                View::Outbox => "Open the outbox",
            },
        };
        label.into()
    }
}

/// What in the `queue` helps against a shortage that an item foretells.
fn help(item: &Item, queue: &Today) -> Option<Suggestion> {
    let (suggestion, helps): (_, fn(ItemKind) -> bool) = match item.kind {
        ItemKind::CashBelowReserve => {
            (Suggestion::Only("Chase what is late", "kind:late"), ItemKind::is_chase)
        }
        ItemKind::DrySpell => {
            (Suggestion::Only("See what can be won", "kind:winning"), |kind| kind.family() == Family::Winning)
        }
        _ => return None,
    };
    queue.items.iter().any(|other| helps(other.kind)).then_some(suggestion)
}

/// Up to three things one can do about an item of the `queue`: what else in it helps first, or the item's letter where
/// there is something to write.
#[must_use]
pub fn suggestions(item: &Item, letter: Option<&Letter>, queue: &Today) -> Vec<Suggestion> {
    let answers = letter.is_some_and(|it| matches!(it.template, TemplateId::Answer | TemplateId::Complaint));
    // Nobody is reminded before it is due, in writing or otherwise.
    let is_early = item.kind == ItemKind::MissingDownPayment && letter.is_none();
    // What an open credit covers is reminded of by nobody.
    let is_covered = item.kind.is_chase() && letter.is_none();
    let other = letter.and_then(|it| it.other_template(item.kind)).and_then(other_letter);
    let letter = letter.map(|it| Suggestion::Letter(letter_name(item.kind, it.template), is_ready(it)));
    // The invoice comes before the letter that goes with it.
    let before = usize::from(item.kind == ItemKind::DeliveredNotInvoiced);
    // Credit that covers it leaves nothing at stake.
    let is_trifle = item.at_stake.is_some_and(|left| left.amount > Decimal::ZERO);
    let acts = match is_covered {
        true if is_trifle => TRIFLE,
        true => COVERED,
        false => acts(item.kind),
    };
    let (first, rest) = acts.split_at_checked(before).unwrap_or_default();
    let said = |act: Suggestion| match act {
        Suggestion::LogTouch("Log the first word") if answers => Suggestion::LogTouch("Log your answer"),
        act => act,
    };
    let acts = first.iter().copied().chain(letter).chain(other).chain(rest.iter().copied());
    let acts = acts.filter(|act| !(is_early && matches!(act, Suggestion::LogTouch(_))));
    help(item, queue).into_iter().chain(acts.map(said)).take(MOST).collect()
}

/// Whether one key may queue a letter: all of it is filled in, and nothing that was noted for oneself goes out unread.
fn is_ready(letter: &Letter) -> bool {
    letter.missing.is_empty() && !letter.quotes
}

/// What the letter about an item is called on its button; somebody new who asked something gets an answer.
fn letter_name(kind: ItemKind, template: TemplateId) -> &'static str {
    use ItemKind as K;
    match kind {
        _ if template.answers_first() => "your answer first",
        K::OverdueInvoice | K::BrokenPromiseToPay | K::MissingDownPayment | K::FeedbackOwed => "the reminder",
        K::NewContact if template == TemplateId::Intro => "the first word",
        K::NewContact => "your answer",
        K::StalledProposal | K::NextStepDue => "a follow-up",
        K::PricePushed | K::Unanswered | K::IdeaToFollow => "your answer",
        K::ToxicPattern if template == TemplateId::Review => "the invitation",
        K::DoorCheckFailed | K::ToxicPattern => "your terms",
        K::MyPromiseDue => "a heads-up",
        K::TheirPromiseBroken | K::Silent | K::CheckInFirst => "a word",
        K::ReviewDue => "the invitation",
        K::ReportDue => "the report",
        K::TemperatureDue => "the question",
        K::ThanksDue | K::GoodWordDue => "your thanks",
        K::MaintenanceOffer => "the offer",
        _ => "the letter",
    }
}

/// The other way an item can be answered, by what that letter does.
fn other_letter(template: TemplateId) -> Option<Suggestion> {
    match template {
        TemplateId::PoliteNo => Some(Suggestion::OtherLetter("Say no politely")),
        TemplateId::SmallerScope => Some(Suggestion::OtherLetter("Offer less for less")),
        TemplateId::WalkAway => Some(Suggestion::OtherLetter("Walk away politely")),
        _ => None,
    }
}

/// What one does about something late that an open credit covers.
const COVERED: &[Suggestion] = &[Suggestion::SetOff, Suggestion::RecordPayment, Suggestion::OpenClient];

/// The same, where it is too little to ask for.
const TRIFLE: &[Suggestion] = &[Suggestion::WriteOff, Suggestion::RecordPayment, Suggestion::OpenClient];

/// What one does about an item of a kind beside writing, the likeliest first. Where there is a letter, the first two of them
/// have keys; payments and next steps have keys of their own everywhere.
fn acts(kind: ItemKind) -> &'static [Suggestion] {
    use Suggestion as S;
    match kind {
        ItemKind::OverdueInvoice | ItemKind::BrokenPromiseToPay => {
            &[S::LogTouch("Log a reminder"), S::PromisedPayment, S::RecordPayment]
        }
        ItemKind::DisputedInvoice => &[S::LogTouch("Log what was said"), S::RecordPayment, S::OpenClient],
        ItemKind::MissingDownPayment => &[S::LogTouch("Log a reminder"), S::OpenClient],
        ItemKind::DeliveredNotInvoiced => &[S::Invoice, S::OpenClient],
        ItemKind::NewContact => &[S::LogTouch("Log the first word"), S::NewDeal],
        ItemKind::StalledProposal => &[S::LogTouch("Log a follow-up"), S::Lost, S::NextStep],
        ItemKind::PricePushed => &[S::LogTouch("Log your answer"), S::OpenClient],
        ItemKind::DoorCheckFailed => &[S::LogTouch("Log that you restated them"), S::OpenClient],
        ItemKind::UnsignedAgreement => &[S::Signed, S::LogTouch("Log a reminder")],
        ItemKind::NextStepDue => &[S::LogTouch("Log it as done"), S::NextStep],
        ItemKind::Silent => &[S::LogTouch("Log a word"), S::OpenClient],
        ItemKind::Unanswered => &[S::LogTouch("Log your answer"), S::OpenClient],
        ItemKind::FeedbackOwed => &[S::LogTouch("Log a reminder"), S::OpenClient],
        ItemKind::IdeaToFollow => &[S::LogTouch("Log your answer"), S::NewDeal],
        ItemKind::MyPromiseDue => &[S::Kept, S::MovePromise, S::LogTouch("Log a heads-up")],
        ItemKind::TheirPromiseBroken => &[S::LogTouch("Log a reminder"), S::Kept, S::MovePromise],
        ItemKind::RenewalNear => &[S::Renewed, S::Verified, S::LogTouch("Log a word")],
        ItemKind::ReviewDue => &[S::LogTouch("Log the review"), S::OpenClient],
        ItemKind::TemperatureDue => &[S::LogTouch("Log how they feel"), S::OpenClient],
        ItemKind::ThanksDue => &[S::LogTouch("Log your thanks"), S::OpenClient],
        ItemKind::CashBelowReserve => &[S::GoTo(View::Cash), S::GoTo(View::Board), S::GoTo(View::Clients)],
        ItemKind::DrySpell => &[S::GoTo(View::Board), S::GoTo(View::Clients), S::GoTo(View::Cash)],
        ItemKind::RenewalUnsure => &[S::Verified, S::Change, S::LogTouch("Log a word")],
        ItemKind::ReportDue => &[S::LogTouch("Log the report"), S::OpenClient],
        ItemKind::GoodWordDue => &[S::LogTouch("Log a good word"), S::OpenClient],
        ItemKind::CheckInFirst => &[S::LogTouch("Log a check-in"), S::OpenClient],
        ItemKind::MomentToAsk => &[S::LogTouch("Log that you asked"), S::OpenClient],
        ItemKind::MaintenanceOffer => &[S::LogTouch("Log the offer"), S::NewDeal, S::OpenClient],
        ItemKind::FeeUnchanged => &[S::NewPrice, S::LogTouch("Log that you asked"), S::OpenClient],
        ItemKind::ToxicPattern => &[S::LogTouch("Log the step"), S::OpenClient],
        ItemKind::Implausible => &[S::Change, S::OpenClient],
        ItemKind::BreakEvenProject => &[S::OpenClient],
    }
}

pub(super) fn suggested(state: &State, shown: &Shown, position: usize) -> Resolved {
    if let Some(items) = bulk::selected(state, shown) {
        return bulk::suggested(state, shown, &items, position);
    }
    let item = current(state, shown)?;
    let suggested = suggestions(item, shown.draft.as_ref(), &shown.figures.today);
    suggest(state, shown, item, *suggested.get(position).ok_or("nothing more is suggested here")?)
}

/// Puts the letter about an item into the outbox, so that the hand lands on the row below; one that waits there already is
/// shown, and one that quotes a note of one's own is opened to be read first.
pub(super) fn queue_letter(state: &State, shown: &Shown, item: &Item, letter: &Letter) -> Resolved {
    if let Some(there) = waiting_letter(shown, item) {
        return Ok(there);
    }
    let draft = outbox::of_item(state, item, letter)?;
    if letter.quotes && letter.missing.is_empty() {
        let says = "It quotes a note of yours: read it, then queue it".to_owned();
        let read = Action::OpenForm(FormKind::Letter, Target::Draft(Box::new(draft)));
        return Ok(Action::All(vec![read, Action::Tell(says)]));
    }
    outbox::queue(state, vec![draft]).map(|action| match action {
        Action::Edit(edit) => Action::EditRow(edit),
        other => other,
    })
}

/// Shows the letter about an item that waits in the outbox, where one does.
fn waiting_letter(shown: &Shown, item: &Item) -> Option<Action> {
    matches!(item.mailed, Some(Mailed::Waits(_))).then(|| outbox::show_letter(shown, item)).flatten()
}

/// What a suggestion means for an item now.
///
/// # Errors
/// Why it means nothing.
pub fn suggest(state: &State, shown: &Shown, item: &Item, suggestion: Suggestion) -> Resolved {
    let client = item.client.clone();
    let record = || item.table.map(|table| (table, item.record.clone())).ok_or("it is about no record");
    match suggestion {
        Suggestion::Letter(..) => {
            let letter = Letter::for_item(state.book.business(), &shown.figures, item);
            queue_letter(state, shown, item, &letter.ok_or("there is nothing to write about this")?)
        }
        Suggestion::OtherLetter(_) => {
            if let Some(there) = waiting_letter(shown, item) {
                return Ok(there);
            }
            // It is not the one that is shown beside the queue: it is read before it waits.
            let letter = Letter::other_for_item(state.book.business(), &shown.figures, item);
            let draft = outbox::of_item(state, item, &letter.ok_or("there is no other letter")?)?;
            Ok(Action::OpenForm(FormKind::Letter, Target::Draft(Box::new(draft))))
        }
        Suggestion::RecordPayment => {
            let (table, id) = record()?;
            Ok(Action::OpenForm(FormKind::Payment, Target::NewPart(table, id)))
        }
        Suggestion::SetOff => {
            let (table, id) = record()?;
            let known = client.as_ref().and_then(|id| state.book.client(id));
            let mut invoices = known.into_iter().flat_map(|known| &known.facts.invoices);
            if !invoices.any(|it| it.is_credit_note() && !it.open().is_zero()) {
                return Err("no credit note is open: move the payment that was too much");
            }
            Ok(Action::OpenForm(FormKind::SetOff, Target::NewPart(table, id)))
        }
        Suggestion::WriteOff => {
            let (table, id) = record()?;
            Ok(Action::OpenForm(FormKind::WriteOff, Target::NewPart(table, id)))
        }
        Suggestion::PromisedPayment => {
            let (table, id) = record()?;
            Ok(Action::OpenForm(FormKind::PromisedPayment, Target::NewPart(table, id)))
        }
        Suggestion::LogTouch(_) => match client {
            Some(_) => Ok(Action::OpenForm(FormKind::Touch, Target::Item(item.id.clone(), client))),
            None => Err("it is about no client"),
        },
        Suggestion::Invoice => match item.table {
            Some(Table::Deals) => {
                Ok(Action::OpenForm(FormKind::Invoice, Target::NewPart(Table::Deals, item.record.clone())))
            }
            _ => Ok(Action::OpenForm(FormKind::Invoice, Target::New(client))),
        },
        Suggestion::NewDeal => Ok(Action::OpenForm(FormKind::Deal, Target::New(client))),
        Suggestion::NextStep => {
            Ok(Action::OpenForm(FormKind::NextStep, Target::Record(Table::Deals, record()?.1)))
        }
        Suggestion::Lost => Ok(Action::OpenForm(FormKind::Lost, Target::NewPart(Table::Deals, record()?.1))),
        Suggestion::Signed => signed(state, item),
        Suggestion::Kept => kept(state, item),
        Suggestion::MovePromise => {
            Ok(Action::OpenForm(FormKind::Promise, Target::Record(Table::Promises, record()?.1)))
        }
        Suggestion::Renewed => renewal(state, item, |renewal, state| {
            let every = renewal.every.unwrap_or(crate::domain::Interval::YEARLY);
            let until = every.occurrence(renewal.expires_now(), 1).unwrap_or(renewal.expires_now());
            renewal.renewed.push(Renewed { day: state.today, until });
            format!("Renewed {} until {}", renewal.what, crate::written::day_in_full(until))
        }),
        Suggestion::Verified => {
            let checked = renewal(state, item, |renewal, state| {
                renewal.verified.push(state.today);
                format!("Checked {}", renewal.what)
            })?;
            Ok(match checked {
                // It expires all the same: it waits for what comes of it.
                Action::EditRow(edit) if item.kind == ItemKind::RenewalNear => {
                    let seat = &Seat::of(item);
                    Action::EditRow(form::put_away(edit, &state.book, state.today, state.next_seed(), seat))
                }
                checked => checked,
            })
        }
        Suggestion::NewPrice => {
            let known = client.as_ref().and_then(|id| state.book.client(id)?.as_of(state.today));
            Ok(match known.as_deref().and_then(|known| Unchanged::of(known, state.today)) {
                Some(Unchanged::Fee(fee)) => {
                    let target = Target::NewPart(Table::Retainers, fee.id.to_string());
                    Action::OpenForm(FormKind::FeePrice, target)
                }
                _ => Action::OpenForm(FormKind::Rate, Target::New(client)),
            })
        }
        Suggestion::Change => {
            let (table, id) = record()?;
            correct(state, table, &id)
                .unwrap_or_else(|| super::records::edit_record(table, &id, None, item.client.as_ref()))
        }
        Suggestion::GoTo(view) => Ok(Action::Show(view)),
        Suggestion::Only(_, filter) => Ok(Action::SetFilter(filter.to_owned())),
        Suggestion::OpenClient => client.map(Action::OpenClient).ok_or("it is about no client"),
    }
}

/// What corrects the first thing of a deal that cannot be right, where the form of the deal itself does not.
fn correct(state: &State, table: Table, id: &str) -> Option<Resolved> {
    let found = implausible(&state.book, state.today);
    let field = found.into_iter().find(|it| it.table == Some(table) && it.id == id)?.field;
    let (record, part) = (Target::Record(table, id.to_owned()), Target::NewPart(table, id.to_owned()));
    let (kind, target) = match field.split(['.', '[']).next()? {
        "agreement" => (FormKind::Agreement, part),
        "down_payment" => (FormKind::DownPayment, part),
        "instalments" => (FormKind::Instalments, part),
        "proposal" | "price_told" | "terms_told" => (FormKind::Offer, record),
        _ => return None,
    };
    (table == Table::Deals).then_some(Ok(Action::OpenForm(kind, target)))
}

fn signed(state: &State, item: &Item) -> Resolved {
    let deal = find_deal(state, &item.record).ok_or("the deal is gone")?;
    let agreement = deal.agreement.clone().unwrap_or_default();
    let label = format!("Agreement for {} signed", deal.title);
    let agreement = Some(Agreement { signed: Some(state.today), ..agreement });
    Ok(Action::EditRow(Edit::put(label, Deal { agreement, ..Deal::clone(&deal) })))
}

fn kept(state: &State, item: &Item) -> Resolved {
    let Some(AnyRecord::Promise(promise)) = state.book.find(Table::Promises, &item.record) else {
        return Err("the promise is gone");
    };
    let label = format!("Kept: {}", promise.what);
    Ok(Action::EditRow(Edit::put(label, Promise { kept: Some(state.today), ..Promise::clone(&promise) })))
}

fn renewal(state: &State, item: &Item, change: impl FnOnce(&mut Renewal, &State) -> String) -> Resolved {
    let Some(AnyRecord::Renewal(renewal)) = state.book.find(Table::Renewals, &item.record) else {
        return Err("the renewal is gone");
    };
    let mut renewal = Renewal::clone(&renewal);
    let label = change(&mut renewal, state);
    Ok(Action::EditRow(Edit::put(label, renewal)))
}
