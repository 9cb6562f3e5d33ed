//! The form of a price of the rate card.

use crate::domain::{Business, RateCardEntry};
use crate::figures::amount_in_full;
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;
use crate::state::firm_list::{FirmList, price};

use crate::written;

use super::business::settings;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New price of the rate card",
    edit_title: "Price of the rate card",
    fields: &[
        required("what", "For what", "design, workshop day", FieldKind::Text),
        required("rate", "How much", "95 or 95 usd", FieldKind::Amount),
        required("from", "From", "the first day: 1 jan, today", FieldKind::Day(Lean::Ahead)),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<RateCardEntry> {
    let Target::Row(FirmList::RateCard, key) = target else { return None };
    price(context.book.business(), key).cloned()
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    match existing(context, target) {
        Some(it) => {
            vec![
                ("what", it.what),
                ("rate", amount_text(it.rate, context.book.currency())),
                ("from", it.from.to_string()),
            ]
        }
        None => vec![("from", context.today.to_string())],
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let mut business = Business::clone(reader.context().book.business());
    let currency = business.currency;
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let rate = reader.keep("rate", held.map(|it| Some(it.rate)), |reader, name| {
        reader.more_than_nothing(name, |reader, name| reader.amount_in(name, currency))
    });
    let from = reader.keep("from", held.map(|it| Some(it.from)), Reader::day);
    let (what, rate, from) = (what?, rate?, from?);
    let is_twin = |it: &RateCardEntry| it.from == from && it.what.to_lowercase() == what.to_lowercase();
    let at = held.and_then(|held| business.rate_card.iter().position(|it| it == held));
    if business.rate_card.iter().enumerate().any(|(nth, it)| is_twin(it) && Some(nth) != at)
        && !(reader.untouched("what") && reader.untouched("from") && held.is_some())
    {
        reader.refuse("from", "its price from this day on is noted already: change that one");
    }
    let label = format!("{what} costs {} from {}", amount_in_full(rate), written::day_in_full(from));
    let new = RateCardEntry { from, what, rate };
    match at.and_then(|at| business.rate_card.get_mut(at)) {
        Some(known) => *known = new,
        None => business.rate_card.push(new),
    }
    Some(settings(label, business))
}
