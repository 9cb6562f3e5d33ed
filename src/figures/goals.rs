//! What a client's deals are to achieve, and the reviews where that was looked at.

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, Deal, DealId, Direction, Goal, Money, Outcome, Threshold, Touch, TouchId,
    TouchKind,
};

use super::review::Unreviewed;
use super::{Answer, Unknown};

/// A goal of a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalLine {
    /// The deal it belongs to …
    pub deal: DealId,
    /// … what that is called …
    pub deal_title: String,
    /// … and which of its goals it is.
    pub position: usize,
    /// When it was set.
    pub set: NaiveDate,
    /// What is measured.
    pub what: String,
    /// Where it was.
    pub baseline: Option<String>,
    /// Where it is to be.
    pub target: Option<String>,
    /// Where it got.
    pub achieved: Option<String>,
    /// When that was seen.
    pub achieved_on: Option<NaiveDate>,
    /// What it is worth to the client.
    pub worth: Option<Money>,
}

/// A review that was held.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewLine {
    /// The touch.
    pub touch: TouchId,
    /// When.
    pub day: NaiveDate,
    /// With whom.
    pub person: Option<String>,
    /// Who asked for it.
    pub direction: Direction,
    /// What was said.
    pub note: Option<String>,
}

/// Goals and reviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Goals {
    /// Open ones first, the oldest first; then those achieved, the newest first.
    pub goals: Vec<GoalLine>,
    /// The newest first.
    pub reviews: Vec<ReviewLine>,
    /// When the next review is due: so many days after the last one, or without one after work began.
    pub next_review: Answer<NaiveDate>,
    /// Days between reviews.
    pub review_days: i64,
    /// From which day on the next one is counted.
    pub unreviewed: Option<Unreviewed>,
}

/// Whether a goal was reached or missed, and is no longer open.
pub(super) fn is_achieved(goal: &Goal) -> bool {
    goal.achieved.is_some() || goal.achieved_on.is_some()
}

impl GoalLine {
    fn of(deal: &Deal, position: usize, goal: &Goal) -> Self {
        Self {
            deal: deal.id.clone(),
            deal_title: deal.title.clone(),
            position,
            set: goal.day,
            what: goal.what.clone(),
            baseline: goal.baseline.clone(),
            target: goal.target.clone(),
            achieved: goal.achieved.clone(),
            achieved_on: goal.achieved_on,
            worth: goal.worth,
        }
    }

    /// What came of it, once it was looked at again.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::of(self.baseline.as_deref(), self.target.as_deref(), self.achieved.as_deref())
    }

    /// Whether it is still to be achieved.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.achieved.is_none() && self.achieved_on.is_none()
    }
}

impl Goals {
    /// From the facts known.
    #[must_use]
    pub fn of(business: &Business, known: &ClientFacts) -> Self {
        let facts = &known.facts;
        let each = |deal| move |(position, goal)| GoalLine::of(deal, position, goal);
        let mut goals: Vec<GoalLine> =
            facts.deals.iter().flat_map(|deal| deal.goals.iter().enumerate().map(each(deal))).collect();
        goals.sort_by(|a, b| {
            let newest = |goal: &GoalLine| std::cmp::Reverse(goal.achieved_on.unwrap_or(goal.set));
            let order = |goal: &GoalLine| (!goal.is_open(), goal.is_open().then_some(goal.set), newest(goal));
            (order(a), &a.deal, a.position).cmp(&(order(b), &b.deal, b.position))
        });
        let held = facts.touches.iter().filter(|touch| touch.kind == Some(TouchKind::Review));
        let mut reviews: Vec<ReviewLine> = held.map(|touch| ReviewLine::of(touch)).collect();
        reviews.sort_by(|a, b| (b.day, &b.touch).cmp(&(a.day, &a.touch)));
        let review_days = business.threshold_days(Threshold::ReviewDays);
        let unreviewed = Unreviewed::of(business, known);
        let next_review = unreviewed.as_ref().map(|it| it.due(business));
        let next_review =
            next_review.ok_or_else(|| Unknown::because("neither work nor a review was noted yet"));
        Self { goals, reviews, next_review, review_days, unreviewed }
    }
}

impl ReviewLine {
    fn of(touch: &Touch) -> Self {
        Self {
            touch: touch.id.clone(),
            day: touch.day,
            person: touch.person.clone(),
            direction: touch.direction,
            note: touch.note.clone(),
        }
    }
}
