//! The form of a goal: what a deal is to achieve, from where to where, and how far it came.

use crate::domain::{AnyRecord, Deal, Goal, Table};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Set a goal",
    edit_title: "Goal",
    fields: &[
        required("client", "Client", "with whom", FieldKind::OwnClient),
        required("deal", "Deal", "for what", FieldKind::Deal),
        required("what", "What is measured", "days until the invoice is paid", FieldKind::Text),
        required("target", "To be", "within 14 days", FieldKind::Text),
        optional("baseline", "Is now", "40 days", FieldKind::Text),
        required("day", "Set on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("achieved", "Achieved", "where it came: 12 days", FieldKind::Text),
        optional("achieved_on", "Seen on", "the day that was seen", FieldKind::Day(Lean::Back)),
        optional("worth", "Worth to them", "3,000", FieldKind::Amount),
    ],
    fill,
    read: Read::Edit(read),
};

/// The deal and the goal of it that a form changes.
fn existing(context: &Context<'_>, target: &Target) -> Option<(Deal, usize, Goal)> {
    let Target::Part(Table::Deals, id, at) = target else { return None };
    let AnyRecord::Deal(deal) = context.book.find(Table::Deals, id)? else { return None };
    let goal = deal.goals.get(*at)?.clone();
    Some((Deal::clone(&deal), *at, goal))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some((deal, _, goal)) = existing(context, target) else {
        return super::filled_for_deal(context, target);
    };
    let currency = context.currency_of(Some(&deal.client));
    // What was seen after the working day is not known yet.
    let seen = goal.achieved_on.is_none_or(|day| day <= context.today);
    let mut filled = vec![
        ("deal", deal.title),
        ("what", goal.what),
        ("target", goal.target.unwrap_or_default()),
        ("baseline", goal.baseline.unwrap_or_default()),
        ("day", goal.day.to_string()),
        ("worth", goal.worth.map(|worth| amount_text(worth, currency)).unwrap_or_default()),
    ];
    if seen {
        filled.push(("achieved", goal.achieved.unwrap_or_default()));
        filled.push(("achieved_on", goal.achieved_on.map(|day| day.to_string()).unwrap_or_default()));
    }
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref().map(|(.., goal)| goal);
    let deal = match &before {
        Some((deal, ..)) if reader.untouched("client") && reader.untouched("deal") => Some(deal.clone()),
        _ => reader.whole_deal(),
    };
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let target = reader.keep("target", held.map(|it| it.target.clone()), Reader::text);
    let baseline = reader.keep("baseline", held.map(|it| it.baseline.clone()), Reader::text);
    let day = reader.keep("day", held.map(|it| Some(it.day)), Reader::past_day);
    let achieved = reader.keep("achieved", held.map(|it| it.achieved.clone()), Reader::text);
    let seen = reader.keep("achieved_on", held.map(|it| it.achieved_on), Reader::past_day);
    let worth = reader
        .keep("worth", held.map(|it| it.worth), |reader, name| reader.nothing_or_more(name, Reader::amount));
    let (mut deal, what, day) = (deal?, what?, day?);
    let days_typed = ["day", "achieved", "achieved_on"].iter().any(|name| !reader.untouched(name));
    // What was achieved was seen today where no other day is typed.
    let unsaid = days_typed && achieved.is_some() && seen.is_none() && reader.typed("achieved_on").is_none();
    let achieved_on = if unsaid { Some(reader.context().today) } else { seen };
    if days_typed && achieved_on.is_some_and(|seen| seen < day) {
        reader.refuse("achieved_on", "this lies before the day the goal was set");
    }
    let goal = Goal { day, what, baseline, target, achieved, achieved_on, worth };
    let Some((of, at, _)) = before else {
        let label = format!("Set a goal for {}: {}", deal.title, goal.what);
        deal.goals.push(goal);
        return Some(Edit::put(label, deal));
    };
    if of.id != deal.id {
        reader.refuse("deal", "a goal stays with its deal: remove it here and set it there");
        return None;
    }
    let label = format!("Changed the goal of {}: {}", deal.title, goal.what);
    *deal.goals.get_mut(at)? = goal;
    Some(Edit::put(label, deal))
}
