//! The forms of what is agreed before the work: the agreement's way, and the down payment that is asked.

use crate::domain::{Agreement, Deal, DownPayment};
use crate::figures::amount_in_full;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{FieldKind, FormSpec, Read, Reader, optional, required};

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
        required("client", "Client", "with whom", FieldKind::Client),
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
        required("client", "Client", "of whom", FieldKind::Client),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("amount", "How much", "1,200", FieldKind::Amount),
        required("day", "Asked on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("invoice", "With invoice", "the one that asks for it", FieldKind::Invoice),
    ],
    fill: super::filled_for_deal,
    read: Read::Edit(read_down_payment),
};

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let (came, day) = (reader.choice("came", &CAME), reader.past_day("day"));
    let (mut deal, came, day) = (deal?, came?, day?);
    let known = deal.agreement.clone().unwrap_or_default();
    let (agreement, word) = match came {
        Came::Sent => (Agreement { sent: Some(day), ..known }, "sent"),
        Came::Signed => (Agreement { signed: Some(day), ..known }, "signed"),
        Came::Refused => (Agreement { refused: Some(day), ..known }, "refused"),
    };
    if agreement.sent.is_some_and(|sent| day < sent) {
        reader.refuse("day", "it was sent only after that");
    }
    let label = format!("Agreement for {} {word}", deal.title);
    deal.agreement = Some(agreement);
    Some(Edit::put(label, deal))
}

fn read_down_payment(reader: &mut Reader<'_>) -> Option<Edit> {
    let deal = reader.whole_deal();
    let amount = reader.more_than_nothing("amount", Reader::amount);
    let typed = if reader.typed("invoice").is_some() { reader.invoice("invoice") } else { None };
    let (deal, amount, asked) = (deal?, amount?, reader.past_day("day")?);
    if typed.as_ref().is_some_and(|invoice| invoice.client != deal.client) {
        reader.refuse("invoice", "this is an invoice of another client");
    }
    let known = deal.down_payment.as_ref().and_then(|down| down.invoice.clone());
    let invoice = typed.map(|invoice| invoice.id.clone()).or(known);
    let label = format!("Asked {} down for {}", amount_in_full(amount), deal.title);
    Some(Edit::put(label, Deal { down_payment: Some(DownPayment { asked, amount, invoice }), ..deal }))
}
