//! The forms of what is agreed before the work: the agreement's way, and the down payment that is asked.

use chrono::NaiveDate;

use crate::domain::{Agreement, Deal, DownPayment, Invoice};
use crate::figures::{amount_in_full, down_payment_came};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;
use crate::written::day_in_full;

use super::find::invoice_words;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

/// How far an agreement came.
#[derive(Debug, Clone, Copy)]
enum Came {
    Sent,
    Signed,
    Refused,
}

const CAME: [Came; 3] = [Came::Sent, Came::Signed, Came::Refused];
const CAME_WORDS: &[&str] = &["sent", "signed", "refused"];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Note an agreement",
    edit_title: "Note an agreement",
    fields: &[
        required("client", "Client", "with whom", FieldKind::OwnClient),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("came", "It was", "sent, signed or refused", FieldKind::Choice(CAME_WORDS)),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill: super::filled_for_deal,
    read: Read::Edit(read),
};

pub(super) const DOWN_PAYMENT: FormSpec = FormSpec {
    new_title: "Ask for a down payment",
    edit_title: "Ask for a down payment",
    fields: &[
        required("client", "Client", "of whom", FieldKind::OwnClient),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("amount", "How much", "1,200", FieldKind::Amount),
        required("day", "Asked on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("invoice", "With invoice", "the one that asks for it", FieldKind::Invoice),
    ],
    fill: fill_down_payment,
    read: Read::Edit(read_down_payment),
};

/// When an agreement came so far.
fn noted_on(known: &Agreement, came: Came) -> Option<NaiveDate> {
    match came {
        Came::Sent => known.sent,
        Came::Signed => known.signed,
        Came::Refused => known.refused,
    }
}

/// The same of what still counts: what was sent or signed before a refusal is done with, and is done anew.
fn came_on(known: &Agreement, came: Came) -> Option<NaiveDate> {
    noted_on(known, came).filter(|_| matches!(came, Came::Refused) || known.refusal().is_none())
}

/// The day the form goes on with: when it came so far, where that is noted already, else the working day.
pub(super) fn follows(reader: &Reader<'_>) -> (&'static str, String) {
    let known = reader.named_deal().and_then(|deal| deal.agreement.as_ref());
    let day = known.zip(reader.chosen("came", &CAME)).and_then(|(known, came)| came_on(known, came));
    ("day", day.unwrap_or(reader.context().today).to_string())
}

/// What is said of how far the agreement came already.
pub(super) fn held_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let known = reader.named_deal()?.agreement.as_ref()?;
    let steps = CAME
        .iter()
        .zip(CAME_WORDS)
        .filter_map(|(came, word)| Some(format!("{word} on {}", day_in_full(noted_on(known, *came)?))));
    let steps = steps.collect::<Vec<_>>().join(", ");
    let came = reader.chosen("came", &CAME);
    let again = came.is_some_and(|came| came_on(known, came).is_some());
    let changed = match (came, reader.day_typed("day")) {
        (Some(Came::Sent), Some(day)) if begins_anew(known, day) => {
            ": sent anew, the refusal no longer counts"
        }
        (Some(_), None) if again && reader.typed("day").is_none() => ", which this takes away",
        _ if again => reader.says_changed(&["day"]),
        _ => "",
    };
    (!steps.is_empty()).then(|| ("came", format!("{steps}{changed}")))
}

/// Whether an agreement that is sent on a day was refused before, so that it begins anew.
fn begins_anew(known: &Agreement, sent: NaiveDate) -> bool {
    known.refused.is_some_and(|refused| sent > refused)
}

/// It starts with the down payment that was asked already.
fn fill_down_payment(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = super::filled_for_deal(context, target);
    let Some((deal, down)) =
        super::started_deal(context, target).and_then(|deal| Some((deal, deal.down_payment.as_ref()?)))
    else {
        return filled;
    };
    filled.retain(|(name, _)| *name != "day");
    filled.push(("day", down.asked.to_string()));
    filled.push(("amount", amount_text(down.amount, context.currency_of(Some(&deal.client)))));
    let known = context.book.client(&deal.client);
    let invoice =
        down.invoice.as_ref().zip(known).and_then(|(id, known)| known.facts.get::<Invoice>(id.as_str()));
    filled.extend(invoice.map(|it| ("invoice", invoice_words(context, &context.known_invoice(it)))));
    filled
}

/// What is said of the down payment that was asked already.
pub(super) fn held_down_words(reader: &Reader<'_>) -> Option<(&'static str, String)> {
    let deal = reader.named_deal()?;
    let down = deal.down_payment.as_ref()?;
    let paid = if came(reader, deal) { " and paid" } else { "" };
    let changed = reader.says_changed(&["amount", "day", "invoice"]);
    let asked = day_in_full(down.asked);
    Some(("amount", format!("{} asked on {asked}{paid}{changed}", amount_in_full(down.amount))))
}

/// Whether a deal's down payment came.
fn came(reader: &Reader<'_>, deal: &Deal) -> bool {
    let Context { book, today } = *reader.context();
    book.client(&deal.client)
        .is_some_and(|known| down_payment_came(book.business(), &known.facts, deal, today))
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let came = reader.choice("came", &CAME);
    let known = deal.as_ref().and_then(|deal| deal.agreement.clone()).unwrap_or_default();
    let is_known = came.is_some_and(|came| came_on(&known, came).is_some());
    // Empty takes away what is noted.
    let day = match reader.typed("day") {
        None if is_known => None,
        _ => Some(reader.past_day("day")?),
    };
    let (mut deal, came) = (deal?, came?);
    let (agreement, word) = match came {
        Came::Sent if day.is_some_and(|day| begins_anew(&known, day)) => {
            (Agreement { sent: day, ..Agreement::default() }, "sent")
        }
        Came::Sent => (Agreement { sent: day, ..known }, "sent"),
        Came::Signed => (Agreement { signed: day, ..known }, "signed"),
        Came::Refused => (Agreement { refused: day, ..known }, "refused"),
    };
    if let Some(signed) =
        agreement.signed.filter(|signed| !matches!(came, Came::Signed) && day > Some(*signed))
    {
        let signed = day_in_full(signed);
        reader.refuse(
            "day",
            format!("it was signed on {signed}: enter a day up to then, or change that day first"),
        );
    }
    if agreement.sent.is_some_and(|sent| day.is_some_and(|day| day < sent)) {
        reader.refuse("day", "it was sent only after that");
    }
    let label = match day {
        Some(_) => format!("Agreement for {} {word}", deal.title),
        None => format!("Agreement for {}: no longer {word}", deal.title),
    };
    deal.agreement = Some(agreement).filter(|it| *it != Agreement::default());
    Some(Edit::put(label, deal))
}

fn read_down_payment(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let shown = super::started_deal(reader.context(), reader.target())
        .filter(|known| deal.as_ref().is_some_and(|deal| deal.id == known.id));
    let held = shown.and_then(|deal| deal.down_payment.clone());
    let amount = reader.keep("amount", held.as_ref().map(|it| Some(it.amount)), |reader, name| {
        reader.more_than_nothing(name, Reader::amount)
    });
    let asked = reader.keep("day", held.as_ref().map(|it| Some(it.asked)), Reader::past_day);
    let known = held.as_ref().map(|it| it.invoice.clone());
    let invoice = reader.keep("invoice", known, |reader, name| {
        let typed = reader.typed(name).is_some().then(|| reader.invoice(name)).flatten()?;
        let owner = reader.named_deal().map(|deal| deal.client.clone());
        if owner.is_some_and(|owner| typed.client != owner) {
            reader.refuse(name, "this is an invoice of another client");
        }
        Some(typed.id.clone())
    });
    let (deal, amount, asked) = (deal?, amount?, asked?);
    let other = deal.down_payment.as_ref().filter(|down| down.amount != amount || down.asked != asked);
    if let Some(down) = other.filter(|_| came(reader, &deal)) {
        let (was, day) = (amount_in_full(down.amount), day_in_full(down.asked));
        let why =
            format!("{was} was asked down on {day} and is paid: ask for more with an invoice or instalments");
        reader.refuse("amount", why);
    }
    let label = format!("Asked {} down for {}", amount_in_full(amount), deal.title);
    Some(Edit::put(label, Deal { down_payment: Some(DownPayment { asked, amount, invoice }), ..deal }))
}
