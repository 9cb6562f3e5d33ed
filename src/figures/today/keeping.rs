//! Items about clients to be kept: silence, answers, promises, reviews, good words.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::contact::is_kind;
use super::cost;
use super::view::{Case, View};
use super::words::{date, days, distance, sentence};
use super::{Item, ItemKind};
use crate::domain::{
    Arrival, ClientKind, Deal, Direction, Invoice, Party, Promise, Table, Threshold, Touch, TouchKind,
    add_days, days_between,
};
use crate::figures::answering::wants_answer;
use crate::figures::delivery::worked_on_last;
use crate::figures::review::to_review;
use crate::figures::spoken::said;

pub(super) fn add(view: &View, items: &mut Vec<Item>) {
    if let Some(ended) = view.known.client.over_on() {
        // What they ask afterwards is answered all the same.
        let asked = touch_items(view, items).into_iter();
        items.extend(asked.filter(|item| item.kind == ItemKind::Unanswered && item.since > ended));
        return;
    }
    let facts = &view.known.facts;
    let answers = touch_items(view, items);
    // Who waits for an answer, was never written to, has a stalled proposal or is to be checked in with first gets one item,
    // not a second for silence.
    let one_is_enough = [ItemKind::Unanswered, ItemKind::NewContact, ItemKind::StalledProposal];
    // Nor is anybody asked for news with whom the end is agreed.
    let spoken_for = view.only_asked_for_money()
        || view.known.client.last_day().is_some()
        || items.iter().chain(&answers).any(|item| one_is_enough.contains(&item.kind));
    if !spoken_for {
        items.extend(silent(view).map(|case| view.item(case)));
    }
    let thanked = answers.iter().any(|item| item.kind == ItemKind::ThanksDue);
    items.extend(answers);
    if !thanked {
        items.extend(payment_thanks(view).map(|case| view.item(case)));
    }
    items.extend(
        facts.promises.iter().filter_map(|promise| promised(view, promise)).map(|case| view.item(case)),
    );
    // Nobody is asked how it goes who waits for an answer to what they said of it.
    let waits = view.waits_for_a_word();
    let review = review_due(view).filter(|_| !waits);
    items.extend(review.or_else(|| report_due(view)).map(|case| view.item(case)));
    items.extend(temperature_due(view).filter(|_| !waits).map(|case| view.item(case)));
    if !waits && !items.iter().any(|item| item.kind == ItemKind::ThanksDue) {
        items.extend(good_word_due(view).map(|case| view.item(case)));
    }
}

/// No touch for longer than the cadence, and no next step planned, with a client that matters: one that paid in the last
/// `matters_days`, a deal that is alive, a running retainer or a cadence of its own. What is agreed, promised or disputed was
/// spoken of; an invoice, a payment or work counts only where no word of anybody was ever noted.
fn silent<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let client = &view.known.client;
    let facts = &view.known.facts;
    let alive: Vec<_> = facts.deals.iter().filter(|deal| view.is_alive(deal)).collect();
    let matters_days = view.business.threshold_days(Threshold::MattersDays);
    let matters = client.cadence_days.is_some()
        || !alive.is_empty()
        || view.last_payment.is_some_and(|day| days_between(day, view.day) <= matters_days)
        || view.running_retainers().next().is_some();
    let planned = alive.iter().filter_map(|deal| deal.next_step.as_ref()).any(|step| step.due >= view.day);
    if !matters || planned {
        return None;
    }
    let cadence =
        client.cadence_days.map_or_else(|| view.business.threshold_days(Threshold::SilentDays), i64::from);
    let spoke = view.touches.last.map(|spoke| last_agreed(view).map_or(spoke, |agreed| agreed.max(spoke)));
    let last = spoke.or_else(|| last_agreed(view).max(last_dealing(view)))?;
    let quiet = days_between(last, view.day);
    if quiet <= cadence {
        return None;
    }
    let said = match spoke {
        Some(_) => format!("Nobody spoke for {}", days(quiet)),
        None => format!("No touch noted; the last dealing was {} ago", days(quiet)),
    };
    let rhythm = if client.cadence_days.is_some() { "every {} suits them" } else { "{} is the limit" };
    let per_mille = if quiet >= 2 * cadence { cost::SILENT_TWICE } else { cost::SILENT };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::Silent,
        table: Table::Clients,
        record: client.id.as_str(),
        title: "Keep in touch".to_owned(),
        why: sentence([said, rhythm.replace("{}", &days(cadence))]),
        since: add_days(last, cadence + 1),
        changed: None,
        cost: cost::weekly(stake.value, per_mille),
        stake,
    })
}

/// When something was last agreed, promised, named or disputed: nobody does that without a word.
fn last_agreed(view: &View) -> Option<NaiveDate> {
    said(&view.stages, &view.known.facts).filter(|on| *on <= view.day).max()
}

/// When they were last dealt with, without a word.
fn last_dealing(view: &View) -> Option<NaiveDate> {
    let invoiced = view.known.facts.invoices.iter().map(|invoice| invoice.issued);
    invoiced.chain(view.last_payment).chain(view.work.last_of_any).max()
}

/// Items that a single touch calls for: at most one of each kind, for the touch that has waited longest. What somebody new asks,
/// and a push of the price, has one item, the dearer: of `others` the cheaper one goes.
fn touch_items(view: &View, others: &mut Vec<Item>) -> Vec<Item> {
    let mut unanswered: Vec<&Touch> = Vec::new();
    let mut ideas: Vec<&Touch> = Vec::new();
    let mut kindnesses: Vec<&Touch> = Vec::new();
    let mut asked: Vec<&Touch> = Vec::new();
    for (position, touch) in view.known.facts.touches.iter().enumerate() {
        let moment = Some((touch.day, position));
        if touch.direction == Direction::Out {
            let is_open = touch.answer_wanted && view.touches.heard_from(touch) <= moment;
            // What they promised for a day ahead is waited for.
            if is_open && !view.is_promised(touch.deal.as_ref()) {
                asked.push(touch);
            }
            continue;
        }
        let answered = view.touches.is_answered(touch, position);
        if wants_answer(view.business, touch, view.day) && !answered {
            unanswered.push(touch);
        } else if touch.kind == Some(TouchKind::AdviceAsked) && !answered && !led_to_a_deal(view, touch) {
            ideas.push(touch);
        }
        if is_kind(touch) && !view.touches.is_thanked(touch, position) {
            kindnesses.push(touch);
        }
    }
    let pushed = others.iter().find(|item| item.kind == ItemKind::PricePushed);
    let is_pushed = |touch: &Touch| {
        let of_deal = |item: &Item| touch.deal.as_ref().is_none_or(|deal| deal.as_str() == item.record);
        touch.kind == Some(TouchKind::PricePush) && pushed.is_some_and(of_deal)
    };
    let (pushes, questions): (Vec<&Touch>, Vec<&Touch>) =
        unanswered.into_iter().partition(|touch| is_pushed(touch));
    let question = match touch_case(view, ItemKind::Unanswered, &questions) {
        Some(case) => dearer(others, ItemKind::NewContact, case),
        None => touch_case(view, ItemKind::Unanswered, &pushes)
            .and_then(|case| dearer(others, ItemKind::PricePushed, case)),
    };
    let idea = touch_case(view, ItemKind::IdeaToFollow, &ideas);
    [
        question,
        idea.and_then(|case| dearer(others, ItemKind::NewContact, case)),
        touch_case(view, ItemKind::ThanksDue, &kindnesses),
        touch_case(view, ItemKind::FeedbackOwed, &asked),
    ]
    .into_iter()
    .flatten()
    .map(|case| view.item(case))
    .collect()
}

/// A case, unless the item of a kind costs as much, which then says what this one would; where that costs less, it goes.
fn dearer<'a>(others: &mut Vec<Item>, kind: ItemKind, case: Case<'a>) -> Option<Case<'a>> {
    let cost = case.cost.a_week();
    if let Some(item) = others.iter_mut().find(|item| item.kind == kind && item.cost >= cost) {
        // A pushed price says itself that it has no answer.
        if kind == ItemKind::NewContact {
            item.why = format!("{}; {}{}", item.why, case.why.get(..1)?.to_lowercase(), case.why.get(1..)?);
        }
        return None;
    }
    others.retain(|item| item.kind != kind);
    Some(case)
}

/// A payment worth a word in the last `paid_thanks_days`, not thanked since: that of a client's first invoice, or one that
/// settled an invoice after a reminder.
fn payment_thanks<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let wait = view.business.threshold_days(Threshold::PaidThanksDays);
    let paid =
        view.invoices.iter().filter(|it| it.asked.amount > Decimal::ZERO && it.invoice.write_off.is_none());
    let settled = paid.filter_map(|it| Some((it.settled?, it.invoice)));
    // What they paid in part before this one is their first, settled or not.
    let first_came = |invoice: &Invoice| invoice.received().map(|payment| payment.day).min();
    let first = view.invoices.iter().map(|it| it.invoice);
    let (_, first) = first.filter_map(|it| Some((first_came(it)?, &it.id))).min()?;
    let lately = settled.filter(|(day, _)| (1..=wait).contains(&days_between(*day, view.day)));
    let thanked = view.touches.last_thanks();
    let mut worth = lately.filter_map(|(day, invoice)| {
        let reminded = view.touches.reminders_of(invoice).is_some();
        let what = match (invoice.id == *first, reminded) {
            (true, _) if first_came(invoice) == Some(day) => "their first payment",
            (true, _) => "the first invoice they paid",
            (false, true) => "paid after a reminder",
            _ => return None,
        };
        thanked.is_none_or(|thanked| thanked < day).then_some((day, invoice, what))
    });
    let (day, invoice, what) = worth.next()?;
    let came = format!(
        "Invoice {} was paid {}, on {}",
        invoice.number,
        distance(day, view.day),
        date(day, view.day)
    );
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::ThanksDue,
        table: Table::Invoices,
        record: invoice.id.as_str(),
        title: format!("Invoice {}", invoice.number),
        why: sentence([came, what.to_owned(), "a word of thanks is remembered".to_owned()]),
        since: add_days(day, 1),
        changed: invoice.changed_on(),
        cost: cost::weekly(stake.value, cost::THANKS),
        stake,
    })
}

/// Whether it was about a deal, or one began since: what moves of an older one came of something else.
fn led_to_a_deal(view: &View, touch: &Touch) -> bool {
    let began = |deal: &Deal| deal.stages.iter().map(|fact| fact.day).min();
    touch.deal.is_some()
        || view.known.facts.deals.iter().any(|deal| began(deal).is_some_and(|began| began >= touch.day))
}

/// The item for the oldest of some touches that still counts, where they have waited long enough.
fn touch_case<'a>(view: &View, kind: ItemKind, touches: &[&'a Touch]) -> Option<Case<'a>> {
    let days_of = |threshold| view.business.threshold_days(threshold);
    let (wait, share) = match kind {
        ItemKind::Unanswered => (days_of(Threshold::UnansweredDays), cost::UNANSWERED),
        ItemKind::FeedbackOwed => (days_of(Threshold::FeedbackDays), cost::FEEDBACK_OWED),
        ItemKind::ThanksDue => (1, cost::THANKS),
        _ => (days_of(Threshold::UnansweredDays), cost::IDEA),
    };
    let meant = days_of(Threshold::MeantDays);
    let waits = |touch: &Touch| days_between(touch.day, view.day);
    // A question stays one however old it is; the rest is past its time after two months.
    let counts = |touch: &Touch| kind == ItemKind::Unanswered || waits(touch) <= meant;
    let counting: Vec<&&Touch> = touches.iter().filter(|touch| counts(touch)).collect();
    let oldest = counting.iter().min_by_key(|touch| touch.day)?;
    // It is open since they were asked first; who asks again waits anew.
    let asked_again = counting.iter().map(|touch| touch.day).max().filter(|last| *last > oldest.day);
    let asked_again = asked_again.filter(|_| kind == ItemKind::FeedbackOwed);
    let from = asked_again.unwrap_or(oldest.day);
    if days_between(from, view.day) < wait {
        return None;
    }
    let (ago, on) = (distance(oldest.day, view.day), date(oldest.day, view.day));
    let said = match kind {
        ItemKind::Unanswered => format!("Waits for an answer for {}, since {on}", days(waits(oldest))),
        ItemKind::FeedbackOwed => {
            let mut promises = view.their_promises(oldest.deal.as_ref());
            let spoke = promises.any(|promise| promise.made >= oldest.day);
            let came = if spoke { "it has not come" } else { "nothing came back" };
            format!("Asked {ago} on {on}, and {came}")
        }
        ItemKind::ThanksDue => format!("{} {ago} on {on}, not thanked yet", kindness(oldest)),
        _ => format!("Asked for advice {ago} on {on}, and neither an answer nor a deal came of it"),
    };
    let more = match (asked_again, counting.len().saturating_sub(1)) {
        (Some(last), _) => format!("asked again {}", distance(last, view.day)),
        (None, 0) => String::new(),
        (None, more) => format!("and {more} more since"),
    };
    let note = oldest.note.as_deref().unwrap_or_default().trim_end_matches('.').to_owned();
    let passed = view.promise_passed(oldest.deal.as_ref()).filter(|_| kind == ItemKind::FeedbackOwed);
    let since = add_days(from, wait);
    let stake = view.expected.clone();
    Some(Case {
        kind,
        table: Table::Touches,
        record: oldest.id.as_str(),
        title: oldest.person.clone().unwrap_or_else(|| kind.title().to_owned()),
        why: sentence([said, note, more]),
        since: passed.map_or(since, |passed| passed.max(since)),
        changed: Arrival::last(counting.iter().map(|touch| touch.day)),
        cost: cost::weekly(stake.value, share),
        stake,
    })
}

fn kindness(touch: &Touch) -> &'static str {
    match touch.kind {
        Some(TouchKind::Referral) => "Sent somebody",
        Some(TouchKind::Introduction) => "Introduced somebody",
        Some(TouchKind::HelpReceived) => "Helped",
        Some(TouchKind::Testimonial) => "Gave a testimonial",
        _ => "Gave praise",
    }
}

/// A promise that is due: mine from `promise_ahead_days` before its day on, and once it was moved until they are told; theirs
/// once it is broken.
fn promised<'a>(view: &View, promise: &'a Promise) -> Option<Case<'a>> {
    if promise.kept.is_some() {
        return None;
    }
    let due = promise.due_now();
    let ahead = view.business.threshold_days(Threshold::PromiseAheadDays);
    let left = days_between(view.day, due);
    let made = format!("promised on {}", date(promise.made, view.day));
    let moved = match promise.moved.len() {
        0 => String::new(),
        1 => "moved once".to_owned(),
        times => format!("moved {times} times"),
    };
    // A day of mine that moved without a word is a slip, whatever the book says.
    let last_move = promise.moved.iter().map(|moved| moved.day).max();
    let spoke = |since: NaiveDate| view.touches.last_out.is_some_and(|(day, _)| day >= since);
    let untold = last_move.filter(|day| promise.by == Party::Me && left >= 0 && !spoke(*day));
    let when = match left {
        _ if untold.is_some() => format!("Moved to {}, and not told yet", date(due, view.day)),
        0 => "Due today".to_owned(),
        1.. => format!("Due {}", distance(due, view.day)),
        _ => format!("{} past its day", days(-left)),
    };
    let (kind, since, share) = match promise.by {
        Party::Me if let Some(moved) = untold => (ItemKind::MyPromiseDue, moved, cost::MY_PROMISE),
        Party::Me if left > ahead => return None,
        Party::Me => {
            let share = if left < 0 { cost::MY_PROMISE_PAST } else { cost::MY_PROMISE };
            let told = promise.moved.iter().map(|moved| moved.day).fold(promise.made, NaiveDate::max);
            (ItemKind::MyPromiseDue, add_days(due, -ahead).max(told), share)
        }
        Party::Them if left >= 0 => return None,
        Party::Them => (ItemKind::TheirPromiseBroken, add_days(due, 1), cost::THEIR_PROMISE),
    };
    let stake = view.expected.clone();
    Some(Case {
        kind,
        table: Table::Promises,
        record: promise.id.as_str(),
        title: promise.what.clone(),
        why: sentence([when, made, moved]),
        since,
        changed: promise.changed_on(),
        cost: cost::weekly(stake.value, share),
        stake,
    })
}

fn review_due<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let wait = view.business.threshold_days(Threshold::ReviewDays);
    let last = to_review(view.business, view.known, view.day)?;
    let since = last.due(view.business);
    if since > view.day {
        return None;
    }
    let ago = days_between(last.from, view.day);
    let reviewed = if last.is_review() {
        format!("The last review was {} ago", days(ago))
    } else {
        format!("Work for {} without a review", days(ago))
    };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::ReviewDue,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "Review".to_owned(),
        why: sentence([reviewed, format!("one is due every {}", days(wait))]),
        since,
        changed: None,
        cost: cost::weekly(stake.value, cost::REVIEW),
        stake,
    })
}

/// Work on a deal goes on, with hours in the last `temperature_days`, and for as long nobody asked how they feel, nor before it began.
fn temperature_due<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let wait = view.business.threshold_days(Threshold::TemperatureDays);
    let lately = |day: NaiveDate| days_between(day, view.day) <= wait;
    view.work.last.filter(|last| lately(*last))?;
    let (began, last, deal) = worked_on_last(view.business, &view.known.facts)?;
    let heard = view.touches.last_temperature.filter(|heard| *heard >= began);
    let from = heard.unwrap_or(began);
    let ago = days_between(from, view.day);
    if ago <= wait || !lately(last) {
        return None;
    }
    let asked = match heard {
        Some(_) => format!("Last asked how they feel {} ago", days(ago)),
        None => format!("Work for {}, and not asked yet how they feel", days(ago)),
    };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::TemperatureDue,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "How do they feel?".to_owned(),
        why: sentence([asked, format!("work on {} is under way", deal.title)]),
        since: add_days(from, wait + 1),
        changed: None,
        cost: cost::weekly(stake.value, cost::TEMPERATURE),
        stake,
    })
}

/// Work on a deal has gone on for `report_days`, and for as long nobody told them how far it is: no report, review or
/// evidence of ours.
fn report_due<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let wait = view.business.threshold_days(Threshold::ReportDays);
    let (began, deal) = view.to_report_on()?;
    let told = view.touches.last_told;
    let from = told.unwrap_or(began).max(began);
    let ago = days_between(from, view.day);
    if ago <= wait {
        return None;
    }
    let said = match told {
        Some(told) if told >= began => format!("The last progress report was {} ago", days(ago)),
        _ => format!("Work on {} for {}, and no progress report", deal.title, days(ago)),
    };
    let likes = view.known.client.reports.as_ref();
    let likes =
        likes.map_or_else(String::new, |how| format!("as they like it: {}", how.trim_end_matches('.')));
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::ReportDue,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "Progress report".to_owned(),
        why: sentence([said, format!("one is due every {}", days(wait)), likes]),
        since: add_days(from, wait + 1),
        changed: None,
        cost: cost::weekly(stake.value, cost::REPORT),
        stake,
    })
}

/// A steady client or an advocate whom we have not thanked or praised for `good_word_days`, nor since it first paid.
fn good_word_due<'a>(view: &View<'a>) -> Option<Case<'a>> {
    let kind = view.kind.filter(|kind| matches!(kind, ClientKind::Steady | ClientKind::Advocate))?;
    let wait = view.business.threshold_days(Threshold::GoodWordDays);
    let from = view.touches.last_good_word.or(view.first_payment)?;
    let ago = days_between(from, view.day);
    if ago <= wait {
        return None;
    }
    let said = match view.touches.last_good_word {
        Some(_) => format!("The last good word was {} ago", days(ago)),
        None => format!("Nothing good said in the {} since they first paid", days(ago)),
    };
    let whom = if kind == ClientKind::Advocate { "they speak well of you" } else { "they are steady" };
    let stake = view.expected.clone();
    Some(Case {
        kind: ItemKind::GoodWordDue,
        table: Table::Clients,
        record: view.known.client.id.as_str(),
        title: "A good word".to_owned(),
        why: sentence([said, whom.to_owned(), format!("{} is the limit", days(wait))]),
        since: add_days(from, wait + 1),
        changed: None,
        cost: cost::weekly(stake.value, cost::GOOD_WORD),
        stake,
    })
}
