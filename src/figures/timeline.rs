//! Every fact about a client as a line of its timeline, newest first.

use std::fmt::Display;

use chrono::NaiveDate;

use crate::domain::{
    Business, Client, ClientFacts, Deal, Direction, Expense, Facts, Invoice, Money, Party, Promise, Renewal,
    Retainer, Stage, StageFact, Table, Touch, Work, WriteOffCause, days_between,
};

use super::delivery::is_of_delivered;
use super::place::at_place;
use super::words::date;
use super::{Entry, EntryKind};

/// Every fact known at the end of `day`, newest first; those of one day in the order of the book, the last first.
pub(super) fn timeline(business: &Business, known: &ClientFacts, day: NaiveDate) -> Vec<Entry> {
    let mut lines = Lines { stages: business.stages(), entries: Vec::new() };
    let facts = &known.facts;
    lines.client(&known.client, day);
    facts.touches.iter().for_each(|touch| lines.touch(touch));
    facts.deals.iter().for_each(|deal| lines.deal(deal));
    facts.retainers.iter().for_each(|retainer| lines.retainer(retainer));
    facts.promises.iter().for_each(|promise| lines.promise(promise));
    facts.work.iter().for_each(|work| lines.work(work));
    facts.expenses.iter().for_each(|expense| lines.expense(expense, day));
    facts.renewals.iter().for_each(|renewal| lines.renewal(renewal));
    facts.invoices.iter().for_each(|invoice| lines.invoice(facts, invoice));
    lines.entries.reverse();
    lines.entries.sort_by_key(|entry| std::cmp::Reverse(entry.day));
    lines.entries
}

struct Lines {
    stages: Vec<Stage>,
    entries: Vec<Entry>,
}

/// What the lines of one record share.
struct Of<'a> {
    lines: &'a mut Vec<Entry>,
    table: Table,
    id: String,
}

impl Of<'_> {
    fn add(&mut self, day: NaiveDate, kind: EntryKind, text: impl Into<String>, amount: Option<Money>) {
        let (table, id) = (self.table, self.id.clone());
        self.lines.push(Entry { day, kind, text: text.into(), amount, table, id });
    }
}

/// `what: note`, or `what` alone.
fn noted(what: &str, note: Option<&(impl Display + ?Sized)>) -> String {
    note.map_or_else(|| what.to_owned(), |note| format!("{what}: {note}"))
}

/// A touch in a line.
pub(super) fn touch_words(touch: &Touch) -> String {
    let way = match touch.direction {
        Direction::In => "From",
        Direction::Out => "To",
    };
    let who = touch.person.as_deref().unwrap_or("them");
    let channel = touch.channel.as_ref().map(|channel| format!(" by {channel}")).unwrap_or_default();
    let about = touch.kind.map(|kind| format!(", {}", in_words(&kind))).unwrap_or_default();
    let mood = touch.temperature.map(|mood| format!(", {}", in_words(&mood))).unwrap_or_default();
    noted(&format!("{way} {who}{channel}{about}{mood}"), touch.note.as_ref())
}

/// A name from the book's own vocabulary in words: `heads_up` is `heads up`. Serde knows the name already.
fn in_words(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

impl Lines {
    fn of(&mut self, table: Table, id: &impl Display) -> Of<'_> {
        Of { lines: &mut self.entries, table, id: id.to_string() }
    }

    fn client(&mut self, client: &Client, day: NaiveDate) {
        let mut of = self.of(Table::Clients, &client.id);
        if let Some(met) = &client.met {
            let place =
                met.place.as_deref().and_then(at_place).map(|place| format!(" {place}")).unwrap_or_default();
            of.add(met.day, EntryKind::Met, noted(&format!("Met{place}"), met.why.as_ref()), None);
        }
        for feeling in &client.feelings {
            of.add(feeling.day, EntryKind::Feeling, feeling.note.as_str(), None);
        }
        for check in &client.door_check {
            let text = format!("Door check, {}: {}", in_words(&check.question), in_words(&check.answer));
            of.add(check.day, EntryKind::DoorCheck, text, None);
        }
        for rate in &client.rates {
            if rate.from > day {
                let text = format!("An hour will cost them, from {}", date(rate.from, day));
                of.add(rate.known_on(), EntryKind::Retainer, text, Some(rate.rate));
            } else {
                of.add(rate.from, EntryKind::Retainer, "An hour costs them", Some(rate.rate));
            }
        }
        if let Some(kind) = &client.kind {
            let text = format!("Seen as {}: {}", in_words(&kind.kind), kind.reason);
            of.add(kind.day, EntryKind::Kind, text, None);
        }
        if let Some(ended) = &client.ended {
            of.add(ended.day, EntryKind::Ended, noted("Ended", ended.why.as_ref()), None);
        }
        if let Some(end) = client.ended.iter().chain(&client.ends_on).find(|end| end.known_on() < end.day) {
            let text = format!("Agreed to end on {}", date(end.day, day));
            of.add(end.known_on(), EntryKind::Ended, noted(&text, end.why.as_ref()), None);
        }
    }

    fn touch(&mut self, touch: &Touch) {
        let kind = match touch.direction {
            Direction::In => EntryKind::TouchIn,
            Direction::Out => EntryKind::TouchOut,
        };
        self.of(Table::Touches, &touch.id).add(touch.day, kind, touch_words(touch), None);
    }

    fn deal(&mut self, deal: &Deal) {
        let title = &deal.title;
        let stages = self.stages.as_slice();
        let mut of = Of { lines: &mut self.entries, table: Table::Deals, id: deal.id.to_string() };
        // A stage that only says once more that it was delivered is no line of its own.
        let says_delivered =
            |fact: &StageFact| deal.delivered == Some(fact.day) && is_of_delivered(stages, &fact.stage);
        for fact in deal.stages.iter().filter(|fact| !says_delivered(fact)) {
            let to =
                stages.iter().find(|stage| stage.id == fact.stage).map_or(&fact.stage, |stage| &stage.name);
            of.add(fact.day, EntryKind::Stage, noted(&format!("{title}: {to}"), fact.why.as_ref()), None);
        }
        if let Some(told) = &deal.price_told {
            of.add(told.day, EntryKind::Proposal, format!("{title}: price told"), told.amount);
        }
        if let Some(less) = &deal.less_scope {
            of.add(
                less.day,
                EntryKind::Proposal,
                format!("Less scope for a smaller price: {}", less.what),
                None,
            );
        }
        if let Some(told) = &deal.terms_told {
            let days = told.days.map(|days| format!(", {days} days")).unwrap_or_default();
            of.add(told.day, EntryKind::Proposal, format!("{title}: terms told{days}"), None);
        }
        if let Some(proposal) = &deal.proposal {
            let by = proposal.asked_by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            if let Some(asked) = proposal.asked {
                of.add(asked, EntryKind::Proposal, format!("{title}: proposal asked for{by}"), None);
            }
            if let Some(sent) = proposal.sent {
                of.add(sent, EntryKind::Proposal, format!("{title}: proposal sent"), deal.value);
            }
        }
        for hesitation in &deal.hesitations {
            let text = format!("{title}: held up, {}", in_words(&hesitation.cause));
            of.add(hesitation.day, EntryKind::Hesitation, noted(&text, hesitation.note.as_ref()), None);
        }
        if let Some(agreement) = &deal.agreement {
            let steps =
                [(agreement.sent, "sent"), (agreement.signed, "signed"), (agreement.refused, "refused")];
            for (day, what) in steps.into_iter().filter_map(|(day, what)| Some((day?, what))) {
                of.add(day, EntryKind::Agreement, format!("{title}: agreement {what}"), None);
            }
        }
        if let Some(down) = &deal.down_payment {
            let text = format!("{title}: down payment asked for");
            of.add(down.asked, EntryKind::DownPayment, text, Some(down.amount));
        }
        if let Some(plan) = &deal.instalments {
            let text = format!("{title}: {} instalments agreed", plan.instalments.len());
            of.add(plan.agreed, EntryKind::Agreement, text, None);
        }
        for goal in &deal.goals {
            let target = goal.target.as_ref().map(|target| format!(", {target}")).unwrap_or_default();
            of.add(goal.day, EntryKind::Goal, format!("{title}: goal, {}{target}", goal.what), goal.worth);
            if let (Some(day), Some(achieved)) = (goal.achieved_on, &goal.achieved) {
                let text = format!("{title}: {} reached {achieved}", goal.what);
                of.add(day, EntryKind::Goal, text, goal.worth);
            }
        }
        for result in &deal.results {
            let beyond = if result.beyond { ", beyond the agreement" } else { "" };
            let text = format!("{title}: {}{beyond}", result.what);
            of.add(result.day, EntryKind::Result, text, result.worth);
        }
        if let Some(delivered) = deal.delivered {
            let why = deal.stages.iter().find(|stage| says_delivered(stage)).and_then(|it| it.why.as_ref());
            of.add(delivered, EntryKind::Delivered, noted(&format!("{title}: delivered"), why), None);
        }
    }

    fn retainer(&mut self, retainer: &Retainer) {
        let text = format!(
            "{} agreed, every {} from {}",
            retainer.what,
            retainer.every,
            date(retainer.from, retainer.agreed)
        );
        let mut of = self.of(Table::Retainers, &retainer.id);
        of.add(retainer.agreed, EntryKind::Retainer, text, Some(retainer.amount));
    }

    fn invoice(&mut self, facts: &Facts, invoice: &Invoice) {
        let number = &invoice.number;
        let mut of = self.of(Table::Invoices, &invoice.id);
        let is_credit = invoice.is_credit_note();
        let text = if is_credit {
            format!("Credit note {number} sent")
        } else {
            format!("Invoice {number} sent, due {}", date(invoice.due, invoice.issued))
        };
        of.add(invoice.issued, EntryKind::Invoice, text, Some(invoice.total()));
        for promised in &invoice.promised {
            let text = format!("Said they would pay {number} by {}", date(promised.pay_by, promised.day));
            of.add(promised.day, EntryKind::PromisedPayment, text, None);
        }
        for dispute in &invoice.disputes {
            let text = noted(&format!("Invoice {number} disputed"), dispute.about.as_ref());
            of.add(dispute.from, EntryKind::Dispute, text, None);
            if let Some(until) = dispute.until {
                of.add(until, EntryKind::Dispute, format!("Dispute about {number} settled"), None);
            }
        }
        // What was set off is one fact of two records, and told of the invoice.
        for offset in invoice.offsets().filter(|_| !is_credit) {
            let by = offset.offset.as_ref().and_then(|id| facts.get::<Invoice>(id.as_str()));
            let by = by.map(|by| format!(" by {}", by.number)).unwrap_or_default();
            of.add(offset.day, EntryKind::Credited, format!("Credited on {number}{by}"), Some(offset.amount));
        }
        for payment in invoice.received() {
            let method = payment.method.as_ref().map(|method| format!(" by {method}")).unwrap_or_default();
            let text = format!("Paid for {number}{method}");
            of.add(payment.day, EntryKind::Payment, text, Some(payment.amount));
        }
        if let Some(write_off) = &invoice.write_off {
            let cause = match write_off.cause {
                WriteOffCause::Misunderstanding => "a misunderstanding",
                WriteOffCause::Dissatisfied => "they were not content",
                WriteOffCause::Cannot => "they cannot pay",
                WriteOffCause::WillNot => "they will not pay",
            };
            let left = Money::new(invoice.asked().amount - invoice.paid().amount, invoice.asked().currency);
            let text = format!("Invoice {number} written off: {cause}");
            of.add(write_off.day, EntryKind::WriteOff, text, Some(left));
        }
    }

    fn promise(&mut self, promise: &Promise) {
        let who = match promise.by {
            Party::Me => "I promised",
            Party::Them => "They promised",
        };
        let what = &promise.what;
        let mut of = self.of(Table::Promises, &promise.id);
        of.add(
            promise.made,
            EntryKind::PromiseMade,
            format!("{who} by {}: {what}", date(promise.due, promise.made)),
            None,
        );
        for moved in &promise.moved {
            of.add(
                moved.day,
                EntryKind::PromiseMoved,
                format!("{what}: moved to {}", date(moved.to, moved.day)),
                None,
            );
        }
        if let Some(kept) = promise.kept {
            // The day that was named last is the one that was to be kept.
            let by = promise.moved.iter().max_by_key(|it| it.day).map_or(promise.due, |it| it.to);
            match days_between(by, kept) {
                late @ 1.. => {
                    let plural = if late == 1 { "" } else { "s" };
                    of.add(
                        kept,
                        EntryKind::PromiseLate,
                        format!("{what}: done {late} day{plural} late"),
                        None,
                    );
                }
                _ => of.add(kept, EntryKind::PromiseKept, format!("{what}: kept"), None),
            }
        }
    }

    fn work(&mut self, work: &Work) {
        let text = format!("{} h, {}", crate::written::decimal(work.hours), in_words(&work.purpose));
        let text = noted(&text, work.note.as_ref());
        self.of(Table::Work, &work.id).add(work.day, EntryKind::Work, text, None);
    }

    fn expense(&mut self, expense: &Expense, day: NaiveDate) {
        let mut of = self.of(Table::Expenses, &expense.id);
        let spent = Money::new(-expense.amount.amount, expense.amount.currency);
        for on in expense.days(expense.day, day) {
            of.add(on, EntryKind::Expense, expense.what.as_str(), Some(spent));
        }
    }

    fn renewal(&mut self, renewal: &Renewal) {
        let what = &renewal.what;
        let mut of = self.of(Table::Renewals, &renewal.id);
        of.add(
            renewal.noted,
            EntryKind::Renewal,
            format!("{what}: expires {}", date(renewal.expires, renewal.noted)),
            None,
        );
        for renewed in &renewal.renewed {
            let text = format!("{what}: renewed until {}", date(renewed.until, renewed.day));
            of.add(renewed.day, EntryKind::Renewal, text, renewal.price);
        }
        for verified in &renewal.verified {
            of.add(*verified, EntryKind::Renewal, format!("{what}: checked"), None);
        }
    }
}
