//! The sample book: whole, varied and believable on whichever day it is opened.

#![expect(clippy::unwrap_used, reason = "a broken sample book must fail its tests")]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rapport::cli;
use rapport::domain::{
    Basis, Business, Client, ClientKind, Deal, Direction, Expense, Handled, Invoice, Outgoing, Party,
    Promise, Purpose, Record, Relation, Renewal, Retainer, Snooze, Table, Touch, Work, add_days,
    days_between, last_of_month,
};
use rapport::figures::Figures;
use rapport::figures::forecast::{Ask, Forecast};
use rapport::figures::today::ItemKind;
use rapport::store::{Severity, load, sample};
use rust_decimal::Decimal;
use serde::Deserialize;

/// A book as it stands in its text, record for record.
#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Tables {
    format: u32,
    business: Business,
    clients: Vec<Client>,
    deals: Vec<Deal>,
    retainers: Vec<Retainer>,
    invoices: Vec<Invoice>,
    touches: Vec<Touch>,
    promises: Vec<Promise>,
    work: Vec<Work>,
    expenses: Vec<Expense>,
    renewals: Vec<Renewal>,
    snoozes: Vec<Snooze>,
    handled: Vec<Handled>,
    outbox: Vec<Outgoing>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn tables(text: &str) -> Tables {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(text)
        .unwrap()
}

fn sample_tables() -> Tables {
    tables(&sample::text(sample::ANCHOR))
}

/// Every value in a text that is a day, in order.
fn days_of(text: &str) -> Vec<NaiveDate> {
    text.split('"').skip(1).step_by(2).filter(|it| it.len() == 10).filter_map(|it| it.parse().ok()).collect()
}

#[test]
fn the_sample_moves_rigidly_to_any_day() {
    let written = sample::text(sample::ANCHOR);
    let days = days_of(&written);
    assert!(days.len() > 2000);
    for today in ["2028-02-29", "2026-12-31", "2027-01-01", "2024-02-29", "1999-12-31"].map(day) {
        let moved = sample::text(today);
        let distance = days_between(sample::ANCHOR, today);
        let expected: Vec<NaiveDate> = days.iter().map(|it| add_days(*it, distance)).collect();
        assert_eq!(days_of(&moved), expected);
        // Moved back, it is the same book.
        let home: Vec<&str> = moved.split('"').collect();
        let back: Vec<String> = home
            .iter()
            .enumerate()
            .map(|(position, piece)| match piece.parse::<NaiveDate>() {
                Ok(it) if position % 2 == 1 && piece.len() == 10 => add_days(it, -distance).to_string(),
                _ => (*piece).to_owned(),
            })
            .collect();
        assert!(tables(&back.join("\"")) == sample_tables());
    }
}

#[test]
fn the_sample_opens_whole_on_any_day() {
    for today in ["2026-11-20", "2028-02-29", "2027-01-01"].map(day) {
        let loaded = load(sample::text(today).as_bytes()).unwrap();
        let told: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(loaded.book.clients().len(), sample_tables().clients.len());
    }
}

/// The figures of the sample book as of a day, with what its forecast brings to the queue.
fn queue(today: NaiveDate) -> Figures {
    let loaded = load(sample::text(today).as_bytes()).unwrap();
    let forecast = Forecast::of(&loaded.book, today, &Ask::default());
    let business = loaded.book.business().as_of(today);
    Figures::clone(&Figures::of(&loaded.book, today).with_ahead(&business, &forecast))
}

#[test]
fn every_kind_of_item_waits_in_the_morning_and_the_queue_can_be_cleared() {
    for today in ["2026-11-20", "2028-02-29", "2027-01-01"].map(day) {
        let queue = queue(today).today;
        for kind in ItemKind::ALL {
            let there = queue.items.iter().any(|item| item.kind == *kind);
            assert!(there, "no {kind} on {today}");
        }
        assert!(
            (ItemKind::ALL.len()..=44).contains(&queue.items.len()),
            "{} items on {today}",
            queue.items.len()
        );
        assert!(!queue.snoozed.is_empty() && !queue.handled.is_empty());
    }
}

#[test]
fn every_kind_of_client_is_there() {
    use ClientKind::{
        Advocate, AtRisk, Dormant, Ended, New, Partner, Prospect, Steady, SteppingStone, Toxic,
    };
    let rows = &queue(sample::ANCHOR).clients.rows;
    for kind in [Prospect, New, Steady, SteppingStone, AtRisk, Toxic, Advocate, Dormant, Ended, Partner] {
        let there = rows.iter().any(|row| row.kind.as_ref().is_some_and(|it| it.kind == kind));
        assert!(there, "no {kind:?}");
    }
}

#[test]
fn no_client_with_a_job_agreed_is_without_a_kind_on_any_day() {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    for back in [0, 30, 91, 182, 365, 548, 730, 1000] {
        let figures = Figures::of(&book, add_days(sample::ANCHOR, -back));
        for client in figures.of_clients.iter().filter(|it| it.kind.is_none()) {
            let facts = &client.known.facts;
            let agreed = client.invoices > 0 || !facts.retainers.is_empty() || client.signals.orders() > 0;
            assert!(!agreed, "{} {back} days before", client.name);
        }
    }
}

#[test]
fn the_studio_earns_what_a_studio_earns_and_depends_on_one_client() {
    let figures = queue(sample::ANCHOR);
    let income = figures.clients.totals.income_12m.clone().unwrap().amount;
    assert!(income > Decimal::from(80_000) && income < Decimal::from(96_000), "{income}");
    let largest =
        figures.clients.rows.iter().filter_map(|row| figures.clients.share(row).ok()).max().unwrap();
    assert!(largest > Decimal::new(25, 2) && largest < Decimal::new(35, 2), "{largest}");
    let balance = figures.cash.balance.clone().unwrap().amount;
    assert!(balance > Decimal::from(9000) && balance < Decimal::from(25_000), "{balance}");
    for month in &figures.cash.months {
        let out = month.money_out.clone().unwrap().amount;
        assert!(out < Decimal::from(20_000), "{out} went in {}", month.month);
    }
}

#[test]
fn checking_the_sample_finds_the_one_number_that_cannot_be_right() {
    let loaded = load(sample::text(sample::ANCHOR).as_bytes()).unwrap();
    let told: Vec<String> = loaded.problems_on(sample::ANCHOR).iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    let problem = &loaded.problems_on(sample::ANCHOR)[0];
    assert_eq!(problem.severity, Severity::Warning);
    assert!(problem.path.ends_with("payments[0].day"), "{}", problem.path);
}

#[test]
fn the_sample_has_the_size_of_a_small_studio() {
    let book = sample_tables();
    assert_eq!(book.format, 1);
    assert!((24..=30).contains(&book.clients.len()), "{} clients", book.clients.len());
    assert!((190..=230).contains(&book.invoices.len()), "{} invoices", book.invoices.len());
    assert!((300..=900).contains(&book.work.len()));
    assert!(sample::text(sample::ANCHOR).len() < 400_000);
    let first = book.invoices.first().unwrap().issued;
    assert!(days_between(first, sample::ANCHOR) > 1000, "three years of facts, not since {first}");
}

#[test]
fn ids_are_unique_and_every_named_record_is_there() {
    fn ids<R: Record>(records: &[R]) -> BTreeSet<String> {
        let ids: BTreeSet<String> = records.iter().map(|record| record.id_str().to_owned()).collect();
        assert_eq!(ids.len(), records.len(), "an id of {} is there twice", R::TABLE);
        ids
    }
    fn named<R: Record>(records: &[R], known: &[(Table, BTreeSet<String>)]) {
        for record in records {
            for it in record.references() {
                let there = known.iter().any(|(table, ids)| *table == it.table && ids.contains(&it.id));
                assert!(there, "{}: {} names {}", record.id_str(), it.field, it.id);
            }
        }
    }
    let book = sample_tables();
    let known = [
        (Table::Clients, ids(&book.clients)),
        (Table::Deals, ids(&book.deals)),
        (Table::Retainers, ids(&book.retainers)),
        (Table::Invoices, ids(&book.invoices)),
        (Table::Touches, ids(&book.touches)),
        (Table::Promises, ids(&book.promises)),
        (Table::Work, ids(&book.work)),
        (Table::Expenses, ids(&book.expenses)),
        (Table::Renewals, ids(&book.renewals)),
    ];
    ids(&book.snoozes);
    ids(&book.handled);
    named(&book.clients, &known);
    named(&book.deals, &known);
    named(&book.retainers, &known);
    named(&book.invoices, &known);
    named(&book.touches, &known);
    named(&book.promises, &known);
    named(&book.work, &known);
    named(&book.expenses, &known);
    named(&book.renewals, &known);
    named(&book.snoozes, &known);
    named(&book.handled, &known);
}

#[test]
fn tables_are_in_the_order_of_time() {
    fn ascending(days: impl Iterator<Item = NaiveDate>) {
        let days: Vec<NaiveDate> = days.collect();
        assert!(days.is_sorted());
    }
    let book = sample_tables();
    ascending(book.deals.iter().map(|deal| deal.stages.first().unwrap().day));
    ascending(book.retainers.iter().map(|retainer| retainer.agreed));
    ascending(book.invoices.iter().map(|invoice| invoice.issued));
    ascending(book.touches.iter().map(|touch| touch.day));
    ascending(book.promises.iter().map(|promise| promise.made));
    ascending(book.work.iter().map(|work| work.day));
    for deal in &book.deals {
        ascending(deal.stages.iter().map(|stage| stage.day));
    }
}

#[test]
fn one_number_cannot_be_right_and_no_other() {
    let book = sample_tables();
    let early: Vec<&str> = book
        .invoices
        .iter()
        .filter(|invoice| invoice.payments.iter().any(|payment| payment.day < invoice.issued))
        .map(|invoice| invoice.client.as_str())
        .collect();
    assert_eq!(early, ["weingut-sauer"]);
    for invoice in &book.invoices {
        assert!(invoice.due >= invoice.issued);
        assert!(invoice.open().amount >= Decimal::ZERO, "{} was paid too much", invoice.number);
    }
    assert!(book.touches.iter().all(|touch| touch.day <= sample::ANCHOR));
    assert!(book.work.iter().all(|work| work.hours > Decimal::ZERO && work.hours <= Decimal::from(12)));
}

#[test]
fn nothing_happened_before_they_met() {
    let book = sample_tables();
    for client in &book.clients {
        let met = client.met.as_ref().unwrap().day;
        let first = [
            book.deals
                .iter()
                .filter(|it| it.client == client.id)
                .map(|it| it.stages.first().unwrap().day)
                .min(),
            book.invoices.iter().filter(|it| it.client == client.id).map(|it| it.issued).min(),
            book.touches.iter().filter(|it| it.client == client.id).map(|it| it.day).min(),
        ];
        assert!(first.into_iter().flatten().all(|first| first >= met), "{}", client.id);
    }
}

#[test]
fn people_who_are_named_are_among_the_clients_people() {
    let book = sample_tables();
    let knows = |client: &str, person: &Option<String>| {
        let client = book.clients.iter().find(|it| it.id.as_str() == client).unwrap();
        person.as_ref().is_none_or(|person| client.people.iter().any(|it| it.name == *person))
    };
    for touch in &book.touches {
        assert!(knows(touch.client.as_str(), &touch.person), "{}", touch.id);
    }
    for promise in &book.promises {
        assert!(knows(promise.client.as_str(), &promise.person), "{}", promise.id);
    }
    for deal in &book.deals {
        assert!(knows(deal.client.as_str(), &deal.decider), "{}", deal.id);
    }
}

#[test]
fn every_kind_of_relationship_and_client_fact_occurs() {
    let clients = sample_tables().clients;
    let any = |holds: &dyn Fn(&Client) -> bool| clients.iter().any(holds);
    for relation in [Relation::Client, Relation::Partner, Relation::Contact] {
        assert!(any(&|it| it.relation == relation), "{relation:?}");
    }
    // What the facts do not decide yet is set by hand.
    for kind in [ClientKind::AtRisk, ClientKind::Toxic, ClientKind::Advocate, ClientKind::SteppingStone] {
        assert!(any(&|it| it.kind.as_ref().is_some_and(|set| set.kind == kind)), "{kind:?}");
    }
    assert!(any(&|it| it.ended.as_ref().is_some_and(|ended| ended.why.is_some() && ended.how.is_some())));
    assert!(any(&|it| it.rates.len() > 1) && any(&|it| !it.feelings.is_empty()));
    assert!(any(&|it| it.door_check.len() == 5) && any(&|it| it.fit.iter().any(|fit| !fit.meets)));
    assert!(any(&|it| it.currency.is_some()) && any(&|it| it.reports.is_some()));
    // Somebody introduced by somebody who was introduced.
    let by = |client: &Client| client.met.as_ref().and_then(|met| met.introduced_by.clone());
    let chain = |it: &Client| {
        let first = by(it);
        first.is_some_and(|id| clients.iter().any(|other| other.id == id && by(other).is_some()))
    };
    assert!(any(&chain));
}

#[test]
fn every_kind_of_deal_fact_occurs() {
    let deals = sample_tables().deals;
    let any = |holds: &dyn Fn(&Deal) -> bool| assert!(deals.iter().any(holds));
    for stage in ["engaged", "presented", "proposal", "agreed", "in_work", "delivered", "done", "lost"]
        .map(str::to_owned)
    {
        assert!(deals.iter().flat_map(|deal| &deal.stages).any(|fact| fact.stage == stage), "{stage}");
    }
    let causes: BTreeSet<_> = deals.iter().flat_map(|deal| &deal.hesitations).map(|it| it.cause).collect();
    assert_eq!(causes.len(), 6);
    for basis in [Basis::Time, Basis::Fixed, Basis::Product] {
        any(&|it| it.basis == Some(basis));
    }
    any(&|it| it.stages.iter().any(|stage| stage.override_of.is_some()));
    any(&|it| it.stages.iter().any(|stage| stage.why.is_some()));
    any(&|it| it.next_step.as_ref().is_some_and(|step| step.due == sample::ANCHOR));
    any(&|it| it.agreement.as_ref().is_some_and(|agreement| agreement.refused.is_some()));
    any(&|it| it.down_payment.as_ref().is_some_and(|down| down.invoice.is_some()));
    any(&|it| {
        it.instalments.as_ref().is_some_and(|plan| plan.instalments.iter().any(|p| p.invoice.is_none()))
    });
    any(&|it| it.results.iter().any(|result| result.beyond));
    any(&|it| it.goals.iter().any(|goal| goal.achieved_on.is_some() && goal.worth.is_some()));
    any(&|it| it.they_get.is_some() && it.we_get.is_some());
}

#[test]
fn every_kind_of_money_fact_occurs() {
    let book = sample_tables();
    let any = |holds: &dyn Fn(&Invoice) -> bool| assert!(book.invoices.iter().any(holds));
    any(&|it| it.payments.len() > 1);
    any(&|it| it.total().amount.is_sign_negative());
    any(&|it| it.lines.iter().any(|line| line.price.is_zero()));
    any(&|it| it.lines.iter().any(|line| line.tax.is_some()));
    any(&|it| it.lines.iter().any(|line| line.quantity != Decimal::ONE));
    any(&|it| it.open_dispute().is_some());
    any(&|it| it.disputes.iter().any(|dispute| dispute.until.is_some()));
    any(&|it| it.write_off.as_ref().is_some_and(|it| it.lesson.is_some()) && !it.payments.is_empty());
    any(&|it| it.promised.iter().any(|promised| promised.pay_by < sample::ANCHOR) && it.write_off.is_none());
    let currencies: BTreeSet<String> =
        book.invoices.iter().filter_map(Invoice::currency).map(|it| it.to_string()).collect();
    assert!(currencies.contains("USD") && currencies.contains("CHF"));
    assert!(book.retainers.iter().any(|it| it.from == last_of_month(it.from) && it.until.is_none()));
    assert!(book.retainers.iter().any(|it| it.until.is_some()));
    assert!(book.retainers.iter().any(|it| it.basis == Some(Basis::ByProduct)));
    let expenses = &book.expenses;
    assert!(expenses.iter().any(|it| it.every.is_some() && it.until.is_some()));
    assert!(expenses.iter().any(|it| it.every.is_none() && it.deal.is_some()));
    assert!(expenses.iter().any(|it| it.noted.is_some()));
    let business = &book.business;
    assert!(business.accounts.iter().all(|account| account.balances.len() > 30));
    assert!(business.reserve.is_some() && business.income_goal.is_some() && business.tax_set_aside.is_some());
    assert!(business.target_rate.is_some() && business.break_even_rate.is_some());
    assert!(
        !business.criteria.is_empty() && !business.rate_card.is_empty() && !business.thresholds.is_empty()
    );
}

#[test]
fn every_kind_of_keeping_fact_occurs() {
    let book = sample_tables();
    let kinds: BTreeSet<_> = book.touches.iter().filter_map(|touch| touch.kind).collect();
    assert_eq!(kinds.len(), 19, "{kinds:?}");
    let temperatures: BTreeSet<_> = book.touches.iter().filter_map(|touch| touch.temperature).collect();
    assert_eq!(temperatures.len(), 3);
    assert!(book.touches.iter().any(|it| it.may_quote == Some(true)));
    assert!(book.touches.iter().any(|it| it.answers.is_some() && it.direction == Direction::In));
    assert!(book.touches.iter().any(|it| it.introduces.is_some()));
    let moved = |early: bool| {
        book.promises.iter().any(|it| it.moved.iter().any(|moved| (moved.day <= it.due) == early))
    };
    assert!(moved(true) && moved(false));
    assert!(book.promises.iter().any(|it| it.by == Party::Me && it.kept.is_none()));
    assert!(book.promises.iter().any(|it| it.by == Party::Them && it.kept.is_none()));
    for purpose in [Purpose::Job, Purpose::Beyond, Purpose::Relationship, Purpose::BeforeSale] {
        assert!(book.work.iter().any(|it| it.purpose == purpose), "{purpose:?}");
    }
    assert!(book.work.iter().any(|it| it.client.is_none()));
    assert!(book.renewals.iter().any(|it| it.client.is_none()));
    assert!(book.renewals.iter().any(|it| it.chain.len() == 3 && it.contacts.len() == 1));
    assert!(
        book.renewals.iter().any(|it| it.verified.is_empty())
            && book.renewals.iter().any(|it| !it.renewed.is_empty())
    );
    assert!(book.snoozes.iter().any(|it| it.until > sample::ANCHOR) && !book.handled.is_empty());
}

#[test]
fn the_command_prints_the_book_of_the_day_asked_for() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let asked = cli::sample::Args { today: Some(day("2028-02-29")) };
    assert_eq!(cli::sample::run(&asked, sample::ANCHOR, &mut out, &mut err), 0);
    assert_eq!(String::from_utf8(out).unwrap(), sample::text(day("2028-02-29")));
    assert!(err.is_empty());
    let mut out = Vec::new();
    let now = cli::sample::Args { today: None };
    assert_eq!(cli::sample::run(&now, sample::ANCHOR, &mut out, &mut err), 0);
    assert_eq!(String::from_utf8(out).unwrap(), sample::text(sample::ANCHOR));
}
