//! The lists among the firm's settings: what stands in each, and what goes with a row that is removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Account, AnyRecord, Balance, Book, Business, Client, Criterion, Deal, ExchangeRate, Expense, Money,
    Phase, RateCardEntry, Renewal, Stage, THRESHOLDS, TemplateId, Threshold, ThresholdRow, WEIGHTS,
    built_in_stage,
};
use crate::figures::amount_in_full;
use crate::written::{self, capital};

use super::amount_entry::number_text;
use super::edit::{Change, Edit};
use super::form::out_of_order;
use super::session::Cursor;

/// A list among the firm's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FirmList {
    /// Accounts, each with its balances.
    #[default]
    Accounts,
    /// What other currencies are worth.
    Exchange,
    /// What is asked for what.
    RateCard,
    /// Whom one wants as a client.
    Criteria,
    /// The stages of a deal.
    Stages,
    /// The texts that letters are made from.
    Letters,
    /// The numbers that rules compare with.
    Thresholds,
    /// How much each indicator of health counts.
    Weights,
    /// Expenses of no client.
    Expenses,
    /// What expires and is the firm's own.
    Renewals,
}

impl FirmList {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Accounts,
        Self::Exchange,
        Self::RateCard,
        Self::Criteria,
        Self::Stages,
        Self::Letters,
        Self::Thresholds,
        Self::Weights,
        Self::Expenses,
        Self::Renewals,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Accounts => "Accounts",
            Self::Exchange => "Exchange rates",
            Self::RateCard => "Rate card",
            Self::Criteria => "Wanted clients",
            Self::Stages => "Stages",
            Self::Letters => "Letters",
            Self::Thresholds => "Thresholds",
            Self::Weights => "Weights",
            Self::Expenses => "Expenses",
            Self::Renewals => "Renewals",
        }
    }

    /// What would stand in it.
    #[must_use]
    pub fn empty(self) -> &'static str {
        match self {
            Self::Accounts => {
                "Accounts stand here with what was in them: the forecast begins at their balances."
            }
            Self::Exchange => {
                "What other currencies were worth stands here: amounts in them are added up by it."
            }
            Self::RateCard => "Your prices stand here: for what, how much, from which day on.",
            Self::Criteria => "What you want of a client stands here, to hold each of them against.",
            Self::Stages => "The stages of a deal stand here.",
            Self::Letters => "The texts of letters stand here.",
            Self::Thresholds => "The numbers that rules compare with stand here.",
            Self::Weights => "How much each indicator of a client's health counts stands here.",
            Self::Expenses => "What you spend for no client stands here: rent, tools, insurance.",
            Self::Renewals => "What of your own expires stands here: domains, licences, insurance.",
        }
    }
}

impl FirmList {
    /// Whether what it holds comes with the program, and one's own stands over that.
    #[must_use]
    pub fn is_built_in(self) -> bool {
        matches!(self, Self::Letters | Self::Thresholds | Self::Weights)
    }
}

/// A row of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmRow {
    /// What it is found by.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub detail: String,
    /// Whether it belongs to the row above it.
    pub below: bool,
    /// Whether it comes with the program, and is not the book's own.
    pub built_in: bool,
}

/// The lists, while they are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListsPlace {
    /// Which.
    pub list: FirmList,
    /// Where the cursor is.
    pub cursor: Cursor,
}

/// What happens among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListsAction {
    /// Shows a list.
    Show(FirmList),
    /// Puts the cursor at a row.
    Point(Cursor),
}

/// That a row is to be removed.
#[derive(Debug, Clone)]
pub struct Removal {
    /// What is asked before.
    pub question: String,
    /// What goes with it.
    pub consequence: String,
    /// Doing it.
    pub edit: Edit,
}

/// A day in the words of a row.
fn date(day: NaiveDate) -> String {
    written::day_in_full(day)
}

/// A threshold's number with what it counts: `45 days`.
pub(super) fn threshold_words(business: &Business, row: ThresholdRow, number: Decimal) -> String {
    match row.threshold {
        Threshold::SteppingStoneCap => amount_in_full(Money::new(number, business.currency)),
        _ if row.range.unit == "percent" => written::per_cent(number_text(number)),
        _ => format!("{} {}", number_text(number), row.range.unit),
    }
}

/// The detail of a number of the book's own, else of the built-in one.
fn over_built_in(own: Option<Decimal>, built_in: Decimal, words: impl Fn(Decimal) -> String) -> String {
    match own {
        Some(own) => format!("{} · built in: {}", words(own), number_text(built_in)),
        None => words(built_in),
    }
}

fn balance_key(account: &Account, balance: &Balance) -> String {
    format!("{}/{}", account.id, balance.day)
}

fn exchange_key(rate: &ExchangeRate) -> String {
    format!("{}/{}", rate.currency, rate.day)
}

fn price_key(entry: &RateCardEntry) -> String {
    format!("{}/{}", entry.from, entry.what)
}

/// The account of a key.
pub(super) fn account<'a>(business: &'a Business, key: &str) -> Option<&'a Account> {
    business.accounts.iter().find(|account| account.id.as_str() == key)
}

/// The balance of a key, and its account.
pub(super) fn balance<'a>(business: &'a Business, key: &str) -> Option<(&'a Account, &'a Balance)> {
    let all =
        business.accounts.iter().flat_map(|account| account.balances.iter().map(move |it| (account, it)));
    let mut all = all;
    all.find(|(account, balance)| balance_key(account, balance) == key)
}

/// The exchange rate of a key.
pub(super) fn exchange<'a>(business: &'a Business, key: &str) -> Option<&'a ExchangeRate> {
    business.exchange_rates.iter().find(|rate| exchange_key(rate) == key)
}

/// The price of a key.
pub(super) fn price<'a>(business: &'a Business, key: &str) -> Option<&'a RateCardEntry> {
    business.rate_card.iter().find(|entry| price_key(entry) == key)
}

/// The criterion of a key.
pub(super) fn criterion<'a>(business: &'a Business, key: &str) -> Option<&'a Criterion> {
    business.criteria.iter().find(|criterion| criterion.id == key)
}

/// What stands in a list.
#[must_use]
pub fn firm_rows(book: &Book, list: FirmList) -> Vec<FirmRow> {
    let business = book.business();
    let row = |key: String, title: String, detail: String| FirmRow {
        key,
        title,
        detail,
        below: false,
        built_in: false,
    };
    match list {
        FirmList::Accounts => {
            let mut rows = Vec::new();
            for account in &business.accounts {
                let count = account.balances.len();
                let detail = format!("{count} {}", if count == 1 { "balance" } else { "balances" });
                rows.push(row(account.id.to_string(), account.name.clone(), detail));
                let mut balances: Vec<&Balance> = account.balances.iter().collect();
                balances.sort_by_key(|balance| std::cmp::Reverse(balance.day));
                rows.extend(balances.into_iter().map(|it| FirmRow {
                    below: true,
                    ..row(balance_key(account, it), date(it.day), amount_in_full(it.amount))
                }));
            }
            rows
        }
        FirmList::Exchange => {
            let mut rates: Vec<&ExchangeRate> = business.exchange_rates.iter().collect();
            rates.sort_by_key(|rate| (rate.currency, std::cmp::Reverse(rate.day)));
            let detail = |it: &ExchangeRate| format!("{} {}", number_text(it.rate), business.currency);
            let title = |it: &ExchangeRate| format!("1 {} from {}", it.currency, date(it.day));
            rates.into_iter().map(|it| row(exchange_key(it), title(it), detail(it))).collect()
        }
        FirmList::RateCard => {
            let mut prices: Vec<&RateCardEntry> = business.rate_card.iter().collect();
            prices.sort_by_key(|it| (it.what.to_lowercase(), std::cmp::Reverse(it.from)));
            let detail = |it: &RateCardEntry| format!("{} from {}", amount_in_full(it.rate), date(it.from));
            prices.into_iter().map(|it| row(price_key(it), it.what.clone(), detail(it))).collect()
        }
        FirmList::Criteria => {
            business.criteria.iter().map(|it| row(it.id.clone(), it.id.clone(), it.meaning.clone())).collect()
        }
        FirmList::Stages => {
            let stages = business.stages().into_iter();
            stages
                .map(|it| FirmRow {
                    built_in: built_in_stage(&it.id).as_ref() == Some(&it),
                    ..row(it.id.clone(), it.name.clone(), stage_words(&it))
                })
                .collect()
        }
        FirmList::Thresholds => {
            let known = THRESHOLDS.into_iter().map(|it| {
                let own = business.thresholds.get(it.name).copied();
                let words = |number| threshold_words(business, it, number);
                let detail = over_built_in(own, it.built_in(), words);
                FirmRow { built_in: own.is_none(), ..row(it.name.to_owned(), capital(it.meaning), detail) }
            });
            let is_known = |name: &str| THRESHOLDS.iter().any(|it| it.name == name);
            known.chain(strangers(&business.thresholds, is_known)).collect()
        }
        FirmList::Weights => {
            let known = WEIGHTS.into_iter().map(|it| {
                let own = business.weights.get(it.name).copied();
                let detail =
                    over_built_in(own, it.built_in(), |number| format!("{} points", number_text(number)));
                FirmRow { built_in: own.is_none(), ..row(it.name.to_owned(), capital(it.asks), detail) }
            });
            let is_known = |name: &str| WEIGHTS.iter().any(|it| it.name == name);
            known.chain(strangers(&business.weights, is_known)).collect()
        }
        FirmList::Letters => {
            let own = |name: &str| business.templates.iter().any(|template| template.id == name);
            let known = TemplateId::ALL.iter().map(|id| {
                let built_in = !own(id.name());
                let detail = if built_in { "as it comes with the program" } else { "your own text" };
                FirmRow { built_in, ..row(id.name().to_owned(), id.meaning().to_owned(), detail.to_owned()) }
            });
            let others = business.templates.iter().filter(|it| TemplateId::named(&it.id).is_none());
            let others = others
                .map(|it| row(it.id.clone(), it.id.clone(), "no letter is made from this one".to_owned()));
            known.chain(others).collect()
        }
        FirmList::Expenses => {
            let mut expenses: Vec<&Arc<Expense>> = book.firm().expenses.iter().collect();
            // What comes again and again first, then the latest.
            expenses.sort_by_key(|it| (it.every.is_none(), std::cmp::Reverse(it.day)));
            let when = |it: &Expense| match (it.every, it.until) {
                (None, _) => format!("on {}", date(it.day)),
                (Some(every), None) => format!("every {every} from {}", date(it.day)),
                (Some(every), Some(until)) => format!("every {every} until {}", date(until)),
            };
            let detail = |it: &Expense| format!("{} {}", amount_in_full(it.amount), when(it));
            expenses.into_iter().map(|it| row(it.id.to_string(), it.what.clone(), detail(it))).collect()
        }
        FirmList::Renewals => {
            let mut renewals: Vec<&Arc<Renewal>> = book.firm().renewals.iter().collect();
            renewals.sort_by_key(|it| it.expires_now());
            let detail = |it: &Renewal| format!("expires {}", date(it.expires_now()));
            renewals.into_iter().map(|it| row(it.id.to_string(), it.what.clone(), detail(it))).collect()
        }
    }
}

/// The rows of numbers whose names the program does not know.
fn strangers(
    numbers: &BTreeMap<String, Decimal>,
    is_known: impl Fn(&str) -> bool,
) -> impl Iterator<Item = FirmRow> {
    let unknown = numbers.iter().filter(move |(name, _)| !is_known(name));
    unknown.map(|(name, number)| FirmRow {
        key: name.clone(),
        title: name.clone(),
        detail: format!("{} · no rule asks for this", number_text(*number)),
        below: false,
        built_in: false,
    })
}

/// `still to be won · stale after 14 days · 10 % chance`.
fn stage_words(stage: &Stage) -> String {
    let phase = match stage.phase {
        Phase::Open => "to be won",
        Phase::Won => "won, under way",
        Phase::Closed => "done and paid",
        Phase::Lost => "lost",
    };
    let stale = stage.stale_days.map(|days| format!("stale after {days} days"));
    let chance = stage.chance.map(|chance| format!("{chance} chance"));
    [Some(phase.to_owned()), stale, chance].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Removing a row, with what goes with it.
///
/// # Errors
/// Why it has to stay.
pub fn removal(book: &Book, list: FirmList, key: &str) -> Result<Removal, String> {
    const GONE: &str = "it is gone already";
    const COMES_WITH_IT: &str = "this number comes with the program: change it to have your own";
    let mut business = Business::clone(book.business());
    let (what, consequence) = match list {
        FirmList::Accounts => {
            if let Some((account, balance)) = balance(&business, key) {
                let what = format!("the balance of {} on {}", account.name, date(balance.day));
                for account in &mut business.accounts {
                    let id = account.id.clone();
                    account.balances.retain(|it| format!("{id}/{}", it.day) != key);
                }
                (what, "The forecast begins at the balances that are left.".to_owned())
            } else {
                let account = account(&business, key).ok_or(GONE)?;
                let consequence = match account.balances.len() {
                    0 => "Nothing else is noted of it.".to_owned(),
                    1 => "Its balance goes with it, and what was in it is not counted any more.".to_owned(),
                    many => {
                        format!("Its {many} balances go with it, and what was in it is not counted any more.")
                    }
                };
                let what = format!("the account {}", account.name);
                business.accounts.retain(|it| it.id.as_str() != key);
                (what, consequence)
            }
        }
        FirmList::Exchange => {
            let rate = exchange(&business, key).ok_or(GONE)?;
            let (currency, day) = (rate.currency, rate.day);
            business.exchange_rates.retain(|it| exchange_key(it) != key);
            let earlier = business.exchange_rates.iter().filter(|it| it.currency == currency && it.day < day);
            let consequence = match earlier.map(|it| it.day).max() {
                Some(before) => format!("From then on the rate of {} counts.", date(before)),
                None => format!("Amounts in {currency} of that time cannot be added up any more."),
            };
            (format!("the rate of {currency} from {}", date(day)), consequence)
        }
        FirmList::RateCard => {
            let what = format!("the price of {}", price(&business, key).ok_or(GONE)?.what);
            business.rate_card.retain(|it| price_key(it) != key);
            (what, "What was agreed with clients stays.".to_owned())
        }
        FirmList::Criteria => {
            criterion(&business, key).ok_or(GONE)?;
            business.criteria.retain(|it| it.id != key);
            let named = with_fit(book, key, |client| client.fit.retain(|fit| fit.criterion != key));
            let consequence = match named.len() {
                0 => "Of no client it is noted whether they meet it.".to_owned(),
                1 => "Whether they meet it is noted of 1 client, and goes with it.".to_owned(),
                many => format!("Whether they meet it is noted of {many} clients, and goes with it."),
            };
            let mut changes = vec![Change::Settings(Arc::new(business))];
            changes.extend(named);
            let edit = Edit { label: format!("Removed the criterion {key}"), changes };
            return Ok(Removal { question: format!("Remove the criterion “{key}”?"), consequence, edit });
        }
        FirmList::Stages => {
            let mut stages = business.stages();
            let stage = stages.iter().find(|stage| stage.id == key).ok_or(GONE)?;
            let was_in = |deal: &&Arc<Deal>| deal.stages.iter().any(|fact| fact.stage == key);
            let deals = book.clients().flat_map(|known| &known.facts.deals).filter(was_in).count();
            if deals > 0 {
                let (deals, were) = if deals == 1 {
                    ("1 deal".to_owned(), "was")
                } else {
                    (format!("{deals} deals"), "were")
                };
                return Err(format!(
                    "{deals} {were} in {}: a stage stays as long as a deal tells of it",
                    stage.name
                ));
            }
            let what = format!("the stage {}", stage.name);
            stages.retain(|stage| stage.id != key);
            if !stages.iter().any(|stage| stage.phase == Phase::Open) {
                return Err("deals need one stage to begin in".to_owned());
            }
            business.stages = stages;
            (what, "No deal was ever in it. The other stages stay.".to_owned())
        }
        FirmList::Letters => {
            if !business.templates.iter().any(|template| template.id == key) {
                return Err("this text comes with the program: change it to have your own".to_owned());
            }
            business.templates.retain(|template| template.id != key);
            let (what, consequence) = match TemplateId::named(key) {
                Some(id) => (
                    format!("your own text for “{}”", id.meaning()),
                    "The one that comes with the program counts again.",
                ),
                None => (format!("the text {key}"), "No letter is made from it."),
            };
            (what, consequence.to_owned())
        }
        FirmList::Thresholds => {
            let number = business.thresholds.remove(key).ok_or(COMES_WITH_IT)?;
            match THRESHOLDS.into_iter().find(|row| row.name == key) {
                Some(row) => {
                    if let Some(why) = out_of_order(&business, row) {
                        return Err(why);
                    }
                    let words = |number| threshold_words(&business, row, number);
                    (
                        format!("your own number, {}, for “{}”", words(number), row.meaning),
                        format!("The built-in one counts again: {}.", words(row.built_in())),
                    )
                }
                None => (format!("the number {key}"), "No rule asks for it.".to_owned()),
            }
        }
        FirmList::Weights => {
            let number = business.weights.remove(key).ok_or(COMES_WITH_IT)?;
            match WEIGHTS.into_iter().find(|row| row.name == key) {
                Some(row) => (
                    format!("your own weight, {} points, for “{}”", number_text(number), row.asks),
                    format!("The built-in one counts again: {} points.", row.built_in()),
                ),
                None => (format!("the weight {key}"), "No indicator bears that name.".to_owned()),
            }
        }
        FirmList::Expenses | FirmList::Renewals => return Err("this is a record of its own".to_owned()),
    };
    let edit = Edit { label: format!("Removed {what}"), changes: vec![Change::Settings(Arc::new(business))] };
    Ok(Removal { question: format!("Remove {what}?"), consequence, edit })
}

/// Going back to the stages that come with the program.
///
/// # Errors
/// Why the book's own have to stay.
pub fn built_in_again(book: &Book) -> Result<Removal, String> {
    let own = &book.business().stages;
    if own.is_empty() {
        return Err("these stages come with the program already".to_owned());
    }
    let business = Business { stages: Vec::new(), ..Business::clone(book.business()) };
    let built_in = business.stages();
    let gone: Vec<&Stage> = own.iter().filter(|it| built_in_stage(&it.id).is_none()).collect();
    let deals = || book.clients().flat_map(|known| &known.facts.deals);
    let kept = gone.iter().find(|it| deals().any(|deal| deal.stages.iter().any(|fact| fact.stage == it.id)));
    if let Some(stage) = kept {
        return Err(format!("a deal was in {}: a stage stays as long as a deal tells of it", stage.name));
    }
    let named = |stages: Vec<&Stage>, verb: &str| {
        let names: Vec<&str> = stages.iter().map(|it| it.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{verb}: {}.", names.join(", ")))
    };
    let back = built_in.iter().filter(|it| !own.iter().any(|own| own.id == it.id)).collect();
    let changed = built_in.iter().filter(|it| own.iter().any(|own| own.id == it.id && own != *it)).collect();
    let parts = [
        named(gone, "What goes"),
        named(back, "What comes back"),
        named(changed, "What is again as it comes with the program"),
    ];
    let consequence = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let consequence =
        if consequence.is_empty() { "Only their order changes.".to_owned() } else { consequence };
    Ok(Removal {
        question: "Go back to the built-in stages?".to_owned(),
        consequence,
        edit: Edit {
            label: "The built-in stages count again".to_owned(),
            changes: vec![Change::Settings(Arc::new(business))],
        },
    })
}

/// The changes of every client that says whether it meets a criterion.
pub(super) fn with_fit(book: &Book, criterion: &str, change: impl Fn(&mut Client)) -> Vec<Change> {
    let named = book.clients().filter(|known| known.client.fit.iter().any(|fit| fit.criterion == criterion));
    let changed = named.map(|known| {
        let mut client = Client::clone(&known.client);
        change(&mut client);
        Change::Put(AnyRecord::Client(Arc::new(client)))
    });
    changed.collect()
}
