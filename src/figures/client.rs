//! Everything that is computed from one client's facts alone, so that an edit costs one client.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Business, ClientFacts, ClientId, Currency, Deal, DealId, Direction, Money, Phase, Stage,
};

use super::ahead::client_ahead;
use super::card::Deck;
use super::filter::{folded, searchable};
use super::firm::FirmPart;
use super::flow::Flows;
use super::health::{Look, Signals};
use super::jobs::phase_of;
use super::kind::{Decided, decide};
use super::ledger::months_before;
use super::owed::Whose;
use super::shortfall::shortfalls;
use super::standing::{Standing, delays};
use super::today::{Item, items_of};
use super::{AheadRow, Answer, Card, Lane, Ledger, LessonPart, Owed, Shortfall};

/// Money in or out by the first day of its month, in the book's currency.
pub type ByMonth = BTreeMap<NaiveDate, Answer<Money>>;

/// One client's figures as of a day.
#[derive(Debug, Clone)]
pub struct Client {
    /// Who.
    pub id: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// The facts as known at the end of the day.
    pub known: Arc<ClientFacts>,
    /// The name without case and accents, by which clients are sorted.
    pub folded: Arc<str>,
    /// Words a filter looks in: name, people, tags.
    pub search: String,
    /// The currency of all its figures: the book's.
    pub currency: Currency,
    /// What kind of client it is and why, where the facts decide it.
    pub kind: Option<Decided>,
    /// What its facts say of its health, and what they said 90 days before.
    pub signals: Arc<Signals>,
    /// The same 90 days before; `None` where it was not known then.
    pub signals_before: Option<Arc<Signals>>,
    /// Receivables and the terms of the ledger figures.
    pub ledger: Ledger,
    /// Days beyond terms, amount-weighted.
    pub dbt_days: Answer<Decimal>,
    /// Income: payments net of tax.
    pub income: ByMonth,
    /// Income of the 12 months ending at the day.
    pub income_12m: Answer<Money>,
    /// Payments received, gross.
    pub money_in: ByMonth,
    /// Expenses for this client.
    pub money_out: ByMonth,
    /// Money in (positive) and out (negative) by day, ascending.
    pub flows: Vec<(NaiveDate, Answer<Money>)>,
    /// The last time they were in touch.
    pub last_in: Option<NaiveDate>,
    /// The last time we were in touch with them.
    pub last_out: Option<NaiveDate>,
    /// How many invoices.
    pub invoices: usize,
    /// How many of them are settled.
    pub paid_invoices: usize,
    /// Days from due to settled of each settled invoice, ascending.
    pub delays: Vec<i64>,
    /// Every invoice with something still to come.
    pub owed: Vec<Arc<Owed>>,
    /// A card for each deal, beside the id of its stage (`None`: it entered none yet).
    pub cards: Vec<(Option<String>, Arc<Card>)>,
    /// Its own card, when it stands on the board without a deal.
    pub lone: Option<(Lane, Arc<Card>)>,
    /// What is agreed or planned for the coming days.
    pub ahead: Vec<Arc<AheadRow>>,
    /// How many deals are open or won and not closed.
    pub deals_open: usize,
    /// What needs attention.
    pub items: Vec<Arc<Item>>,
    /// What it brings to the figures of the firm.
    pub firm: FirmPart,
    /// How many decided deals passed each stage: won and lost.
    pub passed: BTreeMap<String, Passed>,
    /// Its deals that do not bring the break-even rate for their hours so far.
    pub shortfalls: BTreeMap<DealId, Shortfall>,
    /// What was learnt from it, and at which of its deals lessons can come back.
    pub lessons: LessonPart,
}

/// How many decided deals passed a stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    /// Were won.
    pub won: u32,
    /// Were lost.
    pub lost: u32,
}

impl Client {
    /// One client's figures from its facts as `known` at the end of `day`, and the firm's settings as known then.
    #[must_use]
    pub fn of(business: &Business, known: &Arc<ClientFacts>, day: NaiveDate) -> Self {
        let stages = business.stages();
        let (client, facts) = (&known.client, &known.facts);
        let name: Arc<str> = client.name.as_str().into();
        let invoices: Vec<Standing<'_>> =
            facts.invoices.iter().map(|invoice| Standing::of(invoice)).collect();
        let ledger = Ledger::of(&invoices, business, day);
        let look = Look::new(business, &stages, known, &invoices, day);
        let signals = Arc::new(Signals::seen(&look));
        let (signals_before, kind) = decide(known, &look, &signals);
        let flows = Flows::of(&invoices, &facts.expenses, business, day);
        let client_kind = kind.as_ref().map(|decided| decided.kind);
        let shortfalls = shortfalls(business, &stages, known, &invoices, day);
        let deck = Deck {
            business,
            stages: &stages,
            known,
            name: &name,
            kind: client_kind,
            owed: &ledger.receivables,
            shortfalls: &shortfalls,
            day,
        };
        let (cards, lone) = (deck.deals(), deck.lone());
        let search = words_of(known);
        let owed = {
            let whose = Whose { id: &client.id, name: &name, search: &search };
            invoices.iter().filter_map(|it| Owed::of(it, &whose, business, day)).map(Arc::new).collect()
        };
        let last =
            |direction| facts.touches.iter().filter(|it| it.direction == direction).map(|it| it.day).max();
        Self {
            id: client.id.clone(),
            folded: folded(&client.name),
            search,
            currency: business.currency,
            dbt_days: ledger.dbt_days(),
            ledger,
            kind,
            signals,
            signals_before,
            income_12m: flows.income_since(months_before(day, 12), business.currency),
            income: flows.income_by_month(business.currency),
            money_in: flows.in_by_month(business.currency),
            money_out: flows.out_by_month(business.currency),
            flows: flows.by_day(business.currency),
            last_in: last(Direction::In),
            last_out: last(Direction::Out),
            invoices: invoices
                .iter()
                .filter(|it| !it.invoice.is_set_off() && it.asked.amount >= Decimal::ZERO)
                .count(),
            paid_invoices: invoices
                .iter()
                .filter(|it| it.settled.is_some() && it.asked.amount >= Decimal::ZERO)
                .count(),
            delays: delays(&invoices),
            owed,
            cards,
            lone,
            ahead: client_ahead(business, known, &stages, &name, day).into_iter().map(Arc::new).collect(),
            deals_open: deals_open(&stages, known),
            items: items_of(business, known, &invoices, (&flows, &shortfalls), client_kind, day)
                .into_iter()
                .map(Arc::new)
                .collect(),
            firm: FirmPart::of(business, &stages, known, &invoices, day),
            passed: passed(&stages, known),
            shortfalls,
            lessons: LessonPart::of(&look, &name),
            name,
            known: known.clone(),
        }
    }
}

fn words_of(known: &ClientFacts) -> String {
    let client = &known.client;
    let people = client.people.iter().map(|person| person.name.as_str());
    let tags = client.tags.iter().map(String::as_str);
    searchable(std::iter::once(client.name.as_str()).chain(people).chain(tags))
}

fn deals_open(stages: &[Stage], known: &ClientFacts) -> usize {
    let over = |stage: &str| matches!(phase_of(stages, stage), Some(Phase::Closed | Phase::Lost));
    known.facts.deals.iter().filter(|deal| deal.stage().is_none_or(|at| !over(&at.stage))).count()
}

/// For each open stage, how many deals that entered it were won and lost since.
fn passed(stages: &[Stage], known: &ClientFacts) -> BTreeMap<String, Passed> {
    let mut passed: BTreeMap<String, Passed> = BTreeMap::new();
    for stage in stages.iter().filter(|stage| stage.phase == Phase::Open) {
        for (_, won) in passed_by(stages, known, &stage.id) {
            let entry = passed.entry(stage.id.clone()).or_default();
            match won {
                Some(true) => entry.won += 1,
                Some(false) => entry.lost += 1,
                None => {}
            }
        }
    }
    passed
}

/// The deals that entered a stage, and whether each was won since; `None` while that is open.
pub(super) fn passed_by<'a>(
    stages: &'a [Stage],
    known: &'a ClientFacts,
    stage: &'a str,
) -> impl Iterator<Item = (&'a Deal, Option<bool>)> {
    known.facts.deals.iter().filter_map(move |deal| {
        let now = phase_of(stages, &deal.stage()?.stage)?;
        let won = match now {
            Phase::Open => None,
            Phase::Won | Phase::Closed => Some(true),
            Phase::Lost => Some(false),
        };
        deal.stages.iter().any(|fact| fact.stage == stage).then_some((deal.as_ref(), won))
    })
}
