//! Who the clients are, how they were met, and whether they come back.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::{ClientId, Origin, Purpose, Table};
use crate::figures::Client;
use crate::figures::firm::{
    ChannelStep, Firm, JobKind, Return, answers, is_timed, jobs, of_origin, origin_title,
};
use crate::figures::flow::spent;

use super::super::{Ground, Part, Proof, Rule, Term, Unit, Value, named};
use super::income::hours_term;
use super::{by_client, counted, fraction, hours_in, income_of, looked, money, one, quotient, sum};

/// What is said of each client for each criterion, by the criterion's position.
fn said(on: &Ground<'_>, counts: impl Fn(usize, bool) -> Option<Term>) -> Vec<Term> {
    looked(on, |client, look| {
        let said = answers(look).into_iter().enumerate();
        let said = said.filter_map(|(at, met)| met.map(|met| (at, met)));
        let terms = said.filter_map(|(at, met)| counts(at, met));
        terms
            .map(|term| Term {
                what: client.name.to_string(),
                ..term.in_record(Table::Clients, client.id.as_str())
            })
            .collect()
    })
}

fn told() -> Term {
    Term::new("", Ok(Value::things(1)))
}

pub(super) fn fit(on: &Ground<'_>, firm: &Firm, id: &str) -> Option<Proof> {
    let at = firm.fit.criteria.iter().position(|criterion| criterion.id == id)?;
    let criterion = firm.fit.criteria.get(at)?;
    let parts = [
        counted("Meet it", said(on, |of, met| (of == at && met).then(told))),
        counted("Of whom it is said", said(on, |of, _| (of == at).then(told))),
    ];
    let formula = "Clients who meet the criterion ÷ those of whom it is said whether they do. Clients served now or once, \
                   and not ended.";
    Some(quotient(on, format!("Meet: {}", criterion.meaning), fraction(&criterion.share), formula, parts))
}

pub(super) fn fit_income(on: &Ground<'_>, firm: &Firm, id: &str) -> Option<Proof> {
    let at = firm.fit.criteria.iter().position(|criterion| criterion.id == id)?;
    let criterion = firm.fit.criteria.get(at)?;
    let incomes = |meets_alone: bool| {
        looked(on, |client, look| {
            let met = answers(look).get(at).copied().flatten();
            let counts = met.is_some_and(|met| met || !meets_alone);
            counts.then(|| income_of(client)).into_iter().collect()
        })
    };
    let parts = [
        Part::of("Income of those who meet it", on.nothing(), incomes(true)),
        Part::of("Income of those of whom it is said", on.nothing(), incomes(false)),
    ];
    let title = format!("Income that meets: {}", criterion.meaning);
    let formula =
        "Income of 12 months of the clients who meet the criterion ÷ that of those of whom it is said.";
    Some(quotient(on, title, fraction(&criterion.income_share), formula, parts))
}

pub(super) fn fit_overall(on: &Ground<'_>, firm: &Firm) -> Proof {
    let parts =
        [counted("Met", said(on, |_, met| met.then(told))), counted("Said", said(on, |_, _| Some(told())))];
    let formula = "Of everything that is said of clients served about the firm's criteria, what is met.";
    quotient(on, "Wanted-client fit", fraction(&firm.fit.overall), formula, parts)
}

/// What `find` finds in the clients of an origin.
fn of(on: &Ground<'_>, origin: Option<Origin>, find: impl Fn(&Arc<Client>) -> Option<Term>) -> Vec<Term> {
    let ids: Vec<&ClientId> = of_origin(&on.figures.of_clients, origin).map(|client| &client.id).collect();
    by_client(on, |client| ids.binary_search(&&client.id).ok().and_then(|_| find(client)))
}

fn titled(what: &str, origin: Option<Origin>) -> String {
    format!("{what}, {}", origin_title(origin).to_lowercase())
}

pub(super) fn clients(on: &Ground<'_>, firm: &Firm, origin: Option<Origin>) -> Option<Proof> {
    let row = firm.origins.row(origin)?;
    let terms = of(on, origin, |client| Some(one(client)));
    let value = Ok(Value::things(row.clients));
    let formula = "Clients served now or once of whom this is noted.";
    Some(sum(on, titled("Clients", origin), value, formula, counted("Clients", terms)))
}

pub(super) fn income(on: &Ground<'_>, firm: &Firm, origin: Option<Origin>) -> Option<Proof> {
    let row = firm.origins.row(origin)?;
    let part = Part::of("By client", on.nothing(), of(on, origin, |client| Some(income_of(client))));
    let formula = "Income of 12 months of these clients, net of tax.";
    Some(sum(on, titled("Income", origin), money(&row.income), formula, part))
}

pub(super) fn hourly(on: &Ground<'_>, firm: &Firm, origin: Option<Origin>) -> Option<Proof> {
    let row = firm.origins.row(origin)?;
    let timed =
        |client: &Client| is_timed(client) && client.firm.is_served() && client.known.client.origin == origin;
    let mut left = of(on, origin, |client| is_timed(client).then(|| income_of(client)));
    left.extend(looked(on, |client, look| {
        let expenses = look.known.facts.expenses.iter().filter(|_| timed(client));
        let mut terms = Vec::new();
        for expense in expenses {
            for (day, amount) in spent(expense, on.business(), on.day()) {
                let record = (Table::Expenses, expense.id.as_str());
                let term = on.converted(expense.what.clone(), expense.amount, &amount, record);
                terms.extend(look.is_recent(day).then(|| term.on(day).less()));
            }
        }
        terms
    }));
    let hours =
        looked(on, |client, look| look.recent_work().filter(|_| timed(client)).map(hours_term).collect());
    let parts = [Part::of("Income less expenses", on.nothing(), left), hours_in("Hours, by day", hours)];
    let formula = "Income less the clients' expenses ÷ hours, all of 12 months, of the clients for whom hours were noted; \
                   rounded.";
    Some(quotient(on, titled("Left an hour", origin), money(&row.hourly), formula, parts))
}

pub(super) fn second_deals(on: &Ground<'_>, firm: &Firm, year: Option<i32>) -> Option<Proof> {
    let all = &firm.second_deals.all;
    let row = match year {
        None => all,
        Some(_) => firm.second_deals.years.iter().find(|row| row.year == year)?,
    };
    let found = |counts: fn(Return) -> bool, at: usize| {
        looked(on, |client, look| {
            let known = &client.firm.jobs;
            let met = year.is_none() || known.year == year;
            let counts = met && known.returned(on.day()).is_some_and(counts);
            let job = jobs(look).get(at).copied().filter(|_| counts);
            job.map(|job| {
                let (what, table, id) = match job.kind {
                    JobKind::Deal(deal) => (deal.title.clone(), Table::Deals, deal.id.as_str()),
                    JobKind::Retainer(it) => (it.what.clone(), Table::Retainers, it.id.as_str()),
                    JobKind::Invoice(invoice) => (named(invoice), Table::Invoices, invoice.id.as_str()),
                };
                Term::new(what, Ok(Value::things(1))).on(job.paid).in_record(table, id)
            })
            .into_iter()
            .collect()
        })
    };
    let parts = [
        counted("Second deals, by their first payment", found(|it| it == Return::Came, 1)),
        counted("First deals, by their first payment", found(|it| it != Return::Waiting, 0)),
    ];
    let title = match year {
        None => "Second deal within 12 months".to_owned(),
        Some(year) => format!("Second deal within 12 months, met in {year}"),
    };
    let formula = "Clients who paid for a second deal within 12 months of first paying ÷ clients who first paid at least 12 \
                   months ago. Before a client had a deal won or a retainer, an invoice is a deal.";
    Some(quotient(on, title, fraction(&row.share), formula, parts))
}

/// Those met through a channel who took a step.
fn met(on: &Ground<'_>, channel: Option<&str>, counts: impl Fn(&Client) -> bool) -> Vec<Term> {
    by_client(on, |client| {
        let path = client.firm.meeting.path()?;
        let term = one(client);
        let day = client.known.client.met.as_ref().map(|met| met.day);
        (path.key().map(|key| &**key) == channel && counts(client)).then_some(Term { day, ..term })
    })
}

fn took(client: &Client, step: ChannelStep) -> bool {
    client.firm.meeting.path().is_some_and(|path| path.took(step))
}

pub(super) fn channel(
    on: &Ground<'_>,
    firm: &Firm,
    channel: Option<&str>,
    step: ChannelStep,
) -> Option<Proof> {
    let row = firm.channels.row(channel)?;
    let part = counted("By client", met(on, channel, |client| took(client, step)));
    let formula = format!(
        "Of those met through this channel. In time: a touch of either side, or a deal that entered a stage, within {} days of meeting them. Won is a deal or job, a second deal \
         two of them.",
        firm.channels.days
    );
    let title = format!("{}, {}", step.title(), row.name);
    Some(sum(on, title, Ok(Value::things(row.count(step))), &formula, part))
}

pub(super) fn contacted_share(on: &Ground<'_>, firm: &Firm, channel: Option<&str>) -> Option<Proof> {
    let row = firm.channels.row(channel)?;
    let judged = |client: &Client| client.firm.meeting.path().is_some_and(|path| path.contacted.is_some());
    let parts = [
        counted("In touch in time", met(on, channel, |client| took(client, ChannelStep::Contacted))),
        counted("Could be", met(on, channel, judged)),
    ];
    let formula = format!(
        "Those with a touch of either side, or a deal that entered a stage, within {} days of meeting them ÷ those met, \
         without those for whom there is still time.",
        firm.channels.days
    );
    let title = format!("In touch in time, {}", row.name);
    Some(quotient(on, title, fraction(&row.contacted_share), &formula, parts))
}

pub(super) fn won_share(on: &Ground<'_>, firm: &Firm, channel: Option<&str>) -> Option<Proof> {
    let row = firm.channels.row(channel)?;
    let parts = [
        counted("Won", met(on, channel, |client| took(client, ChannelStep::Won))),
        counted("Met", met(on, channel, |_| true)),
    ];
    let formula = "Those who became clients ÷ those met through this channel.";
    Some(quotient(on, format!("Won, {}", row.name), fraction(&row.won_share), formula, parts))
}

fn before_sale(on: &Ground<'_>, channel: Option<&str>) -> Part {
    let terms = looked(on, |client, look| {
        let path = client.firm.meeting.path();
        let counts = path.is_some_and(|path| path.key().map(|key| &**key) == channel);
        let work = look.known.facts.work.iter().filter(|work| work.purpose == Purpose::BeforeSale);
        work.filter(|_| counts).map(|work| hours_term(work)).collect()
    });
    hours_in("Hours before the sale, by day", terms)
}

pub(super) fn presale(on: &Ground<'_>, firm: &Firm, channel: Option<&str>) -> Option<Proof> {
    let row = firm.channels.row(channel)?;
    let value = row.presale_hours.clone().map(|hours| Value::Number(hours, Unit::Hours));
    let formula = "Hours noted before the sale for those met through this channel.";
    Some(sum(on, format!("Hours before the sale, {}", row.name), value, formula, before_sale(on, channel)))
}

pub(super) fn presale_a_client(on: &Ground<'_>, firm: &Firm, channel: Option<&str>) -> Option<Proof> {
    let row = firm.channels.row(channel)?;
    let value = row.presale_hours_a_client.clone().map(|hours| Value::Number(hours, Unit::Hours));
    let won = counted("Won", met(on, channel, |client| took(client, ChannelStep::Won)));
    let title = format!("Hours before the sale a client won, {}", row.name);
    let formula =
        "Hours noted before the sale for those met through this channel ÷ those who became clients.";
    let parts = vec![before_sale(on, channel), won];
    Some(on.made(title, value, formula, Rule::Quotient(Decimal::ONE), parts))
}
