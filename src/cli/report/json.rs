//! The JSON of `rapport report --json`. Its keys are stable: they may become more, and never mean something else.
//!
//! Amounts are decimal strings with the decimals of their currency, and in the book's currency (`currency`) unless said
//! otherwise. Days are ISO (`2026-11-21`), months too (`2026-11`). Counts, costs, shares and everything in days are
//! numbers with at most four decimals. What is unknown is `null`, and beside each null stands a key of the same name with
//! `_why` at its end, which says in a clause why.
//!
//! | key | what it says |
//! |---|---|
//! | `as_of` | the day of all figures: facts of later days are unknown to them |
//! | `currency` | the book's currency, into which every amount is converted |
//! | `today[]` | the queue, the costliest delay first |
//! | `today[].id`, `.kind` | the item, the same from day to day; and its kind |
//! | `today[].client` | whose it is: a client's id |
//! | `today[].title` | what it is about, in a few words |
//! | `today[].why` | why now, in a sentence with its figures |
//! | `today[].at_stake`, `.currency` | the money at stake, and its currency |
//! | `today[].cost` | what a week's delay costs, in the book's currency |
//! | `today[].last_touch` | the day of the last touch with the client, in either direction |
//! | `outbox[]` | letters that wait to go out, the longest first: `id`, `client`, `to`, `subject`, `queued`, `item` (that it answers) |
//! | `board[]` | the book's stages in order |
//! | `board[].stage`, `.name`, `.phase` | the stage's id, name, and what it means: open, won, closed, lost |
//! | `board[].count`, `.count_all` | deals listed; and in all, with those closed or lost more than 90 days ago |
//! | `board[].sum`, `.weighted` | Σ value, and Σ value × chance, of the deals listed that have a value |
//! | `board[].without_value` | how many of them have none |
//! | `board[].deals[]` | `id`, `client`, `title`, `value`, `days_in_stage`, `days_since_touch`, `stale_days` (days beyond the stage's limit; 0: fresh), `gates[]` (what speaks against being here), `checks[]` (invoices written off whose lesson is to be checked before work) |
//! | `without_deal.contacts[]`, `.between_jobs[]` | ids of clients who never had a deal, and of those who have paid and have no open one |
//! | `cash.balance` | all accounts, with payments and expenses since they were read |
//! | `cash.receivables`, `.overdue` | Σ open amounts of the invoices issued, gross; and of those past their due day |
//! | `cash.ageing` | the same by how long they have been due: `not_due`, `d1_30`, `d31_60`, `d61_90`, `d90_plus` |
//! | `cash.dso_days` | receivables / invoiced in the 90 days ending at the day × 90 |
//! | `cash.cei` | (opening + invoiced − closing) / (opening + invoiced − closing not due) × 100 over the same 90 days |
//! | `cash.dbt_days` | amount-weighted mean of settled − due, or of day − due while open, over what came due in 24 months; without what was set off or written off |
//! | `cash.months[]` | `month`, `in` (payments, gross), `out` (expenses), from the first month with either |
//! | `cash.expected[]` | open invoices: `invoice`, `number`, `client`, `due`, `open` and `currency` (the invoice's own), `amount` (in the book's), `expected` (the day by which it is as likely paid as not), `from` and `to` (eight in ten fall between these), `basis` (how this client pays), `disputed`; `rapport forecast` tells more |
//! | `cash.ahead[]` | agreed or planned for the coming 90 days: `day`, `what`, `client`, `in` or `out` |
//! | `clients[]` | every client, by id |
//! | `clients[].id`, `.name`, `.kind` | who; and the kind, where the facts decide it |
//! | `clients[].kind_because[]` | what decided the kind, each in a clause |
//! | `clients[].last_day` | the day it ended, or is agreed to end on; nothing where no end is known |
//! | `clients[].score`, `.band` | health from 0 to 100; and between which points it lies in eight of ten cases |
//! | `clients[].trend_90d` | the score less that of 90 days before; unknown once it has ended |
//! | `clients[].indicators[]` | what the score is made of: `id`, `value` and its `unit`, `score` (0 to 100), `evidence` (how many, of hours with their part), `says` (a sentence), `facts[]` (the ids of all records looked at) |
//! | `clients[].indicators[].unit` | `days` (`pays_as_agreed`: beyond terms; `open_lines`: since the last touch), `money_per_hour` (`worth_the_effort`; in the book's currency, written as other amounts), `pushes_per_deal` (`respects_the_price`), `share` (of one; `in_writing`: of the value started, what was signed and paid down, `comes_back`: the chance to order within 12 months), `good_words` (`speaks_well`: how many) |
//! | `clients[].open`, `.overdue`, `.dbt_days` | as for `cash` |
//! | `clients[].income_12m`, `.share` | payments of the 12 months ending at the day, net of tax; and their share of all income, of one |
//! | `clients[].last_in`, `.last_out` | the last touch from them, and to them |
//! | `clients[].invoices`, `.paid_invoices` | how many were issued, but those that were set off whole; and how many of them are settled |
//! | `mix` | income of the 12 months ending at the day by what it rests on: `time`, `fixed`, `retainer`, `by_product`, `product`, `not_said` |
//! | `recurring_share` | the part of it from retainers and by-products, of one |
//! | `concentration[]` | clients with income or hours in those 12 months, the largest share first: `client`, `share` (of income), `hours_share`, `level` (`none`, `watch`, `risk`: of the share of income, by the thresholds) |
//! | `firm.months[]` | `month`, the keys of `mix`, `income` (Σ of them); at most 24 calendar months |
//! | `firm.goal`, `.goal_a_month` | the income wanted in a year, and a twelfth of it |
//! | `firm.not_said_share` | the part of the income of 12 months of which nobody said what it rests on, of one |
//! | `firm.clients_for_80` | the fewest clients that make 80 % of the income of 12 months |
//! | `firm.fit` | `share` (of all that is said of clients about the criteria, what is met), `criteria[]` (`id`, `meets`, `said`, `not_said`, `share`, `income_share`) |
//! | `firm.ceiling` | `hours_a_week`, `weeks_a_year`, `rate` (the target rate), `ceiling` (the three multiplied), `from_other_bases` (what of the goal lies above it) |
//! | `firm.second_deals` | first-time clients with a second deal paid within 12 months: `share`, `counted`, `came_back`, `waiting` (first paid less than 12 months ago), `years[]` (the same by `year` met) |
//! | `firm.new_work[]` | deals won in 12 months: `from` (`same_client`, `introduction`, `stranger`), `deals`, `share`, `value`, `without_value` |
//! | `firm.channels[]` | by `channel` met through: `met`, `contacted` and `contacted_share` (a touch of either side, or a deal that entered a stage, within `new_contact_days`), `proposal`, `won`, `won_share`, `second`, `presale_hours`, `presale_hours_a_client` |
//! | `firm.trust` | income since the book began: `direct`, `introduced`, `multiplier` ((direct + introduced) / direct) |
//! | `firm.at_risk` | `open`, `at_risk` (with stepping-stone, at-risk, toxic, dormant and ended clients), `share`, `kinds[]` (`kind`, `clients`, `open`, `overdue`) |
//! | `firm.gifts` | of 12 months: `lines` (at no price), `hours` and `results` (beyond what was agreed), `margin` (income − expenses of clients), `cost_at_target`, `cost_at_break_even` (of the hours), `share_at_target`, `share_at_break_even` (of the margin) |
//! | `firm.origins[]` | `origin` (`chosen`, `fell_into`, `not_said`), `clients`, `income`, `share`, `hours`, `hourly` |
//! | `firm.value_talks` | hesitations: `deals`, `lost`, `money_lost`, `rows[]` (`stage`, `cause`, `deals`, `lost`, `money_lost`) |
//! | `firm.practices[]` | does it work here: `practice`, `title`, `with` and `without` (`invoices`, `mean_days` beyond terms, `disputed`, `disputed_share`), `difference_days` and `difference_disputed` (`by`, `low`, `high`: with less without, and a rough 95 % interval; `clients`; `beyond_chance`), `words` |

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json as object};

use super::firm;
use crate::domain::{ClientId, Money, Phase};
use crate::figures::firm::Firm;
use crate::figures::forecast::Receipt;
use crate::figures::health::{ClientHealth, Indicator, Reading};
use crate::figures::proof::{Unit, Value as Worth};
use crate::figures::today::Item;
use crate::figures::{
    Ageing, AheadRow, Answer, Card, CardKey, Cash, Clients, Column, Figures, Lane, Month, Row, Unknown,
    Waiting, kind_token,
};

/// All figures as JSON; see the table above for its keys.
#[must_use]
pub fn json(figures: &Figures, receipts: &[Receipt], firm: &Firm) -> Value {
    let (board, clients) = (&figures.board.columns, &figures.clients);
    let stages = board.iter().filter(|column| column.lane == Lane::Stage);
    let mut keys = Keys::default();
    keys.set("as_of", figures.day.to_string());
    keys.set("currency", figures.currency.code());
    keys.set("today", list(&figures.today.items, |item| of_item(item, figures)));
    keys.set("outbox", list(&figures.outbox.waiting, of_waiting));
    keys.set("board", Value::Array(stages.map(|column| of_column(column, figures)).collect()));
    keys.set(
        "without_deal",
        object!({
            "contacts": of_lane(board, Lane::Contacts),
            "between_jobs": of_lane(board, Lane::BetweenJobs),
        }),
    );
    keys.set("cash", of_cash(&figures.cash, receipts));
    keys.set("clients", list(&clients.rows, |row| of_row(row, figures, clients)));
    keys.set("mix", firm::of_mix(&firm.mix.by_basis));
    keys.number("recurring_share", &firm.mix.recurring_share);
    keys.set("concentration", list(&firm.concentration.clients, firm::of_share));
    keys.set("firm", firm::of_firm(firm));
    keys.done()
}

fn of_waiting(waiting: &Waiting) -> Value {
    let letter = &waiting.letter;
    let mut keys = Keys::default();
    keys.set("id", letter.id.as_str());
    keys.set("client", letter.client.as_str());
    keys.known("to", letter.to.as_deref(), |to| (*to).into(), "no mail address is noted");
    keys.set("subject", letter.subject.as_str());
    keys.set("queued", letter.queued.to_string());
    keys.known("item", letter.item.as_deref(), |item| (*item).into(), "it answers no item of the queue");
    keys.done()
}

/// An object that grows key by key; what is unknown gets its `…_why`.
#[derive(Default)]
pub(in crate::cli) struct Keys(Map<String, Value>);

impl Keys {
    pub(in crate::cli) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    pub(in crate::cli) fn answer<T>(&mut self, key: &str, answer: &Answer<T>, value: impl Fn(&T) -> Value) {
        match answer {
            Ok(known) => self.set(key, value(known)),
            Err(Unknown(why)) => {
                self.set(key, Value::Null);
                self.set(&format!("{key}_why"), why.as_str());
            }
        }
    }

    pub(in crate::cli) fn known<T>(
        &mut self,
        key: &str,
        known: Option<T>,
        value: impl Fn(&T) -> Value,
        why: &str,
    ) {
        self.answer(key, &known.ok_or_else(|| Unknown(why.to_owned())), value);
    }

    pub(in crate::cli) fn amount(&mut self, key: &str, answer: &Answer<Money>) {
        self.answer(key, answer, |money| amount(*money).into());
    }

    pub(in crate::cli) fn number(&mut self, key: &str, answer: &Answer<Decimal>) {
        self.answer(key, answer, |it| number(*it));
    }

    pub(in crate::cli) fn day(&mut self, key: &str, day: Option<NaiveDate>, why: &str) {
        self.known(key, day, |day| day.to_string().into(), why);
    }

    pub(super) fn count(&mut self, key: &str, answer: &Answer<usize>) {
        self.answer(key, answer, |count| (*count).into());
    }

    pub(in crate::cli) fn client(&mut self, client: Option<&ClientId>) {
        self.known("client", client, |id| id.as_str().into(), "it is the firm's own");
    }

    pub(in crate::cli) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

pub(in crate::cli) fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

/// An amount with the decimals of its currency.
pub(in crate::cli) fn amount(money: Money) -> String {
    let mut amount = money.rounded().amount;
    amount.rescale(money.currency.decimals());
    // Rounding leaves a minus before nought.
    if amount.is_zero() { amount.abs().to_string() } else { amount.to_string() }
}

/// A number with at most four decimals.
pub(in crate::cli) fn number(decimal: Decimal) -> Value {
    let text = decimal.round_dp(4).normalize().to_string();
    // Read back as JSON: an integer stays one, and a fraction gets the nearest binary number only here, on its way out.
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

pub(in crate::cli) fn of_item(item: &Item, figures: &Figures) -> Value {
    let mut keys = Keys::default();
    keys.set("id", item.id.as_str());
    keys.set("kind", item.kind.token());
    keys.client(item.client.as_ref());
    keys.set("title", item.title.as_str());
    keys.set("why", item.why.as_str());
    let why = item.at_stake_why.as_deref().unwrap_or("nobody said what it is worth");
    keys.known("at_stake", item.at_stake, |money| amount(*money).into(), why);
    keys.set("currency", item.at_stake.map_or(figures.currency, |money| money.currency).code());
    keys.set("cost", number(item.cost));
    let why = if item.client.is_some() { "no touch is noted" } else { "it is about no client" };
    keys.known("last_touch", item.last_touch, |day| day.to_string().into(), why);
    keys.done()
}

fn of_column(column: &Column, figures: &Figures) -> Value {
    let mut keys = Keys::default();
    keys.set("stage", column.id.as_str());
    keys.set("name", column.name.as_str());
    keys.known("phase", column.phase, |it| phase(*it).into(), "the book lists no stage of this id");
    keys.set("count", column.count);
    keys.set("count_all", column.count_all);
    keys.amount("sum", &column.sum);
    keys.amount("weighted", &column.weighted);
    keys.set("without_value", column.without_value);
    keys.set("deals", list(&column.cards, |card| of_card(card, figures)));
    keys.done()
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Open => "open",
        Phase::Won => "won",
        Phase::Closed => "closed",
        Phase::Lost => "lost",
    }
}

fn of_card(card: &Card, figures: &Figures) -> Value {
    let mut keys = Keys::default();
    if let CardKey::Deal(id) = &card.key {
        keys.set("id", id.as_str());
    }
    keys.set("client", card.client.as_str());
    keys.set("title", card.title.as_str());
    let value = card.value.clone().unwrap_or_else(|| Err(Unknown("the deal has no value yet".to_owned())));
    keys.amount("value", &value);
    keys.known("days_in_stage", card.days_in_stage, |days| (*days).into(), "it entered no stage yet");
    keys.known("days_since_touch", card.days_since_touch, |days| (*days).into(), "no touch yet");
    keys.set("stale_days", card.stale_days.unwrap_or(0));
    keys.set("gates", list(&card.gates, |gate| gate.kind.token().into()));
    keys.set("checks", list(&figures.checks_of(card), |lesson| lesson.invoice.as_str().into()));
    keys.done()
}

fn of_lane(columns: &[Column], lane: Lane) -> Value {
    let cards = columns.iter().filter(|column| column.lane == lane).flat_map(|column| &column.cards);
    Value::Array(cards.map(|card| card.client.as_str().into()).collect())
}

fn of_cash(cash: &Cash, receipts: &[Receipt]) -> Value {
    let mut keys = Keys::default();
    keys.amount("balance", &cash.balance);
    keys.amount("receivables", &cash.receivables);
    keys.amount("overdue", &cash.overdue);
    keys.set("ageing", of_ageing(&cash.ageing));
    keys.number("dso_days", &cash.dso_days);
    keys.number("cei", &cash.cei);
    keys.number("dbt_days", &cash.dbt_days);
    keys.set("months", list(&cash.months, of_month));
    keys.set("expected", list(receipts, of_receipt));
    keys.set("ahead", list(&cash.ahead.rows, |row| of_ahead(row)));
    keys.done()
}

fn of_ageing(ageing: &Ageing) -> Value {
    let names = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"];
    let mut keys = Keys::default();
    for (name, bucket) in names.into_iter().zip(ageing.buckets()) {
        keys.amount(name, &bucket.amount);
    }
    keys.done()
}

fn of_month(month: &Month) -> Value {
    let mut keys = Keys::default();
    keys.set("month", month.month.format("%Y-%m").to_string());
    keys.amount("in", &month.money_in);
    keys.amount("out", &month.money_out);
    keys.done()
}

fn of_receipt(receipt: &Receipt) -> Value {
    let mut keys = Keys::default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    keys.set("invoice", receipt.invoice.as_str());
    keys.set("number", receipt.number.as_str());
    keys.set("client", receipt.client.as_str());
    keys.set("due", receipt.due.to_string());
    keys.set("open", amount(receipt.open));
    keys.set("currency", receipt.open.currency.code());
    keys.amount("amount", &receipt.amount);
    keys.set("expected", day(receipt.expected()));
    keys.set("from", day(receipt.p10()));
    keys.set("to", day(receipt.p90()));
    keys.set("basis", receipt.habit.words());
    keys.set("disputed", receipt.disputed);
    keys.done()
}

fn of_ahead(row: &AheadRow) -> Value {
    let mut keys = Keys::default();
    keys.set("day", row.day.to_string());
    keys.set("what", row.what.as_str());
    keys.client(row.client.as_ref().map(|(id, _)| id));
    keys.amount(if row.comes_in { "in" } else { "out" }, &row.amount);
    keys.done()
}

fn of_health(keys: &mut Keys, of: &ClientHealth) {
    keys.answer("score", &of.health.score, |score| number(score.points));
    keys.answer("band", &of.health.score, |score| {
        Value::from(vec![number(score.low()), number(score.high())])
    });
    keys.number("trend_90d", &of.trend);
    keys.set("indicators", list(&of.health.readings, |reading| of_reading(reading)));
}

fn of_reading(reading: &Reading) -> Value {
    let mut keys = Keys::default();
    keys.set("id", reading.indicator.token());
    keys.answer("value", &reading.value, |value| match value {
        Worth::Money(money) => amount(*money).into(),
        // Shares are of one, as everywhere in the report.
        Worth::Number(hundredths, Unit::PerHundred) => {
            number(hundredths.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default())
        }
        Worth::Number(decimal, _) => number(*decimal),
        Worth::On(day) => day.to_string().into(),
    });
    keys.set("unit", unit(reading.indicator));
    keys.number("score", &reading.points);
    keys.set("evidence", number(reading.evidence.count));
    keys.set("says", reading.says.as_str());
    keys.set("facts", list(&reading.facts, |(_, id)| id.as_str().into()));
    keys.done()
}

/// What the value of an indicator counts.
fn unit(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Pays | Indicator::Lines => "days",
        Indicator::Effort => "money_per_hour",
        Indicator::Price => "pushes_per_deal",
        Indicator::Writing | Indicator::Returns => "share",
        Indicator::Speaks => "good_words",
    }
}

fn of_row(row: &Row, figures: &Figures, clients: &Clients) -> Value {
    let mut keys = Keys::default();
    keys.set("id", row.id.as_str());
    keys.set("name", &*row.name);
    let kind = row.kind.as_ref().map(|it| it.kind);
    keys.known("kind", kind, |kind| kind_token(*kind).into(), "the facts do not decide it");
    let because = row.kind.as_ref().map(|it| it.because.as_slice()).unwrap_or_default();
    keys.set("kind_because", list(because, |why| why.as_str().into()));
    let last_day = figures.client(&row.id).and_then(|client| client.known.client.last_day());
    keys.day("last_day", last_day, "no end is agreed");
    of_health(&mut keys, &row.health);
    keys.amount("open", &row.open);
    keys.amount("overdue", &row.overdue);
    keys.number("dbt_days", &row.dbt_days);
    keys.amount("income_12m", &row.income_12m);
    keys.number("share", &clients.share(row));
    keys.day("last_in", row.last_in, "no touch from them yet");
    keys.day("last_out", row.last_out, "no touch to them yet");
    keys.set("invoices", row.invoices);
    keys.set("paid_invoices", row.paid_invoices);
    keys.done()
}
