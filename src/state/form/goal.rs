//! The form of a goal: what a deal is to achieve, from where to where.

use crate::domain::{AnyRecord, Deal, Goal, Table};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Set a goal",
    edit_title: "Set a goal",
    fields: &[
        required("client", "Client", "with whom", FieldKind::Client),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("what", "What is measured", "days until the invoice is paid", FieldKind::Text),
        required("target", "To be", "within 14 days", FieldKind::Text),
        optional("baseline", "Is now", "40 days", FieldKind::Text),
        required("day", "Set on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
    ],
    fill,
    read: Read::Edit(read),
};

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string())];
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    let known = super::own_client(context, target).and_then(|id| context.book.client(&id));
    let deals =
        known.iter().flat_map(|known| &known.facts.deals).filter_map(|deal| deal.as_of(context.today));
    // The one that moved last is most likely meant.
    let last = deals.max_by_key(|deal| deal.stage().map(|at| at.day));
    filled.extend(last.map(|deal| ("deal", deal.title.clone())));
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    // Without a client there is no deal to look for: one reason is enough.
    let deal = reader.client("client").and_then(|_| reader.deal("deal"));
    let (what, target, baseline) = (reader.text("what"), reader.text("target"), reader.text("baseline"));
    let day = reader.past_day("day");
    let (deal, what, target, day) = (deal?, what?, target?, day?);
    let AnyRecord::Deal(deal) = reader.context().book.find(Table::Deals, deal.as_str())? else { return None };
    let mut deal = Deal::clone(&deal);
    let label = format!("Set a goal for {}: {what}", deal.title);
    let goal =
        Goal { day, what, baseline, target: Some(target), achieved: None, achieved_on: None, worth: None };
    deal.goals.push(goal);
    Some(Edit::put(label, deal))
}
