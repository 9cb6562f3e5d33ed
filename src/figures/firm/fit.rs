//! Whether the clients are those one wants: of whom it was said, how many meet each criterion of the firm's.
//!
//! Looked at are clients who are served or were, and not ended. A criterion nobody spoke of for a client is not said; it
//! counts neither for nor against.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::look::{Look, share_of, share_of_count};
use crate::domain::Business;
use crate::figures::sum::Sum;
use crate::figures::words::per_cent;
use crate::figures::{Answer, Client, Unknown};

const NOT_SAID: &str = "of no client it is said whether they meet it";

/// How the clients meet what the firm wants of them.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedFit {
    /// One a criterion, in the order of the book.
    pub criteria: Vec<CriterionFit>,
    /// How many clients were looked at.
    pub clients: usize,
    /// Of everything said of these clients, what is met; a fraction of one.
    pub overall: Answer<Decimal>,
}

/// How the clients meet one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionFit {
    /// The criterion's id.
    pub id: String,
    /// What it means.
    pub meaning: String,
    /// How many meet it.
    pub meets: usize,
    /// Of how many that is said, one way or the other.
    pub said: usize,
    /// Of how many it is not.
    pub not_said: usize,
    /// Those who meet it by those of whom it is said, a fraction of one.
    pub share: Answer<Decimal>,
    /// The same of their income of the last 12 months.
    pub income_share: Answer<Decimal>,
    /// The same in a sentence.
    pub words: String,
}

/// What is said of a client for each criterion of the firm, in their order; nothing for one who is not looked at.
pub(in crate::figures) fn answers(look: &Look<'_>) -> Vec<Option<bool>> {
    if look.known.client.ended.is_some() || !look.is_served() {
        return Vec::new();
    }
    let fit = &look.known.client.fit;
    let said = |criterion: &str| fit.iter().find(|fit| fit.criterion == criterion).map(|fit| fit.meets);
    look.business.criteria.iter().map(|criterion| said(&criterion.id)).collect()
}

impl WantedFit {
    pub(super) fn of(business: &Business, clients: &[Arc<Client>]) -> Self {
        let criteria = business.criteria.iter().enumerate();
        let criteria: Vec<CriterionFit> = criteria
            .map(|(at, criterion)| CriterionFit::of(business, at, &criterion.id, &criterion.meaning, clients))
            .collect();
        let (meets, said) = criteria
            .iter()
            .fold((0, 0), |(meets, said), criterion| (meets + criterion.meets, said + criterion.said));
        let overall = if criteria.is_empty() {
            Err(Unknown::because("the firm does not say whom it wants as a client"))
        } else {
            share_of_count(meets, said, "of no client it is said whether they are wanted")
        };
        let looked_at = clients.iter().filter(|client| !client.firm.fit.is_empty()).count();
        Self { criteria, clients: looked_at, overall }
    }
}

impl CriterionFit {
    fn of(business: &Business, at: usize, id: &str, meaning: &str, clients: &[Arc<Client>]) -> Self {
        let (mut meets, mut said, mut not_said) = (0, 0, 0);
        let (mut income, mut all) = (Sum::new(business.currency), Sum::new(business.currency));
        for client in clients {
            match client.firm.fit.get(at) {
                Some(Some(met)) => {
                    said += 1;
                    all.add(&client.income_12m);
                    if *met {
                        meets += 1;
                        income.add(&client.income_12m);
                    }
                }
                Some(None) => not_said += 1,
                None => {}
            }
        }
        let share = share_of_count(meets, said, NOT_SAID);
        let income_share = match (income.answer(), all.answer()) {
            _ if said == 0 => Err(Unknown::because(NOT_SAID)),
            (Ok(part), Ok(all)) => {
                share_of(part.amount, all.amount, "those of whom it is said brought no income in 12 months")
            }
            (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
        };
        let rest = if not_said == 0 { String::new() } else { format!("; of {not_said} it is not said") };
        let words = match &share {
            Ok(share) => format!("{meets} of {said} ({}) meet it{rest}", per_cent(*share)),
            Err(unknown) => unknown.0.clone(),
        };
        Self {
            id: id.to_owned(),
            meaning: meaning.to_owned(),
            meets,
            said,
            not_said,
            share,
            income_share,
            words,
        }
    }
}
