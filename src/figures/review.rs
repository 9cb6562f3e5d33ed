//! When a look back at the work with a client is due, for Today, the calendar and the client's page alike.
//!
//! It is due so many days (`review_days`) after the last review, or after the work began if that was later. Work begins anew after
//! a pause of twice as many: who was worked for long ago, and again since yesterday, has nothing to look back at yet.

use chrono::NaiveDate;

use crate::domain::{
    Business, ClientFacts, Facts, Table, Threshold, Touch, TouchKind, Work, add_days, days_between,
};

/// From which day on the next review is counted, and what tells of it: the last review, or the first work.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreviewed {
    /// The table of the record: touches for a review, else work.
    pub table: Table,
    /// Its id.
    pub id: String,
    /// The day.
    pub from: NaiveDate,
}

impl Unreviewed {
    /// From the facts known; `None` without work for a job and without a review.
    #[must_use]
    pub fn of(business: &Business, known: &ClientFacts) -> Option<Self> {
        let facts = &known.facts;
        let reviews = facts.touches.iter().filter(|touch| touch.kind == Some(TouchKind::Review));
        let review = reviews.max_by_key(|touch| (touch.day, &touch.id)).map(|touch| Self::review(touch));
        let work = began(business, facts).map(Self::work);
        // Of one day the review counts.
        [work, review].into_iter().flatten().max_by_key(|it| it.from)
    }

    fn review(touch: &Touch) -> Self {
        Self { table: Table::Touches, id: touch.id.to_string(), from: touch.day }
    }

    fn work(work: &Work) -> Self {
        Self { table: Table::Work, id: work.id.to_string(), from: work.day }
    }

    /// Whether it counts from a review, rather than from the first work.
    #[must_use]
    pub fn is_review(&self) -> bool {
        self.table == Table::Touches
    }

    /// The day on which the next review is due, be it past or to come.
    #[must_use]
    pub fn due(&self, business: &Business) -> NaiveDate {
        add_days(self.from, business.threshold_days(Threshold::ReviewDays))
    }
}

/// The same, where a review is worth while: with work for a job in the last `reviewed_work_days`.
pub(super) fn to_review(business: &Business, known: &ClientFacts, day: NaiveDate) -> Option<Unreviewed> {
    let worked = business.threshold_days(Threshold::ReviewedWorkDays);
    let last = for_jobs(&known.facts).map(|work| work.day).max()?;
    (days_between(last, day) <= worked).then(|| Unreviewed::of(business, known))?
}

fn for_jobs(facts: &Facts) -> impl Iterator<Item = &Work> {
    facts.work.iter().map(AsRef::as_ref).filter(|work| work.purpose.serves_a_job())
}

/// The first work after the last pause of more than twice the `review_days`.
fn began<'a>(business: &Business, facts: &'a Facts) -> Option<&'a Work> {
    let pause = business.threshold_days(Threshold::ReviewDays).saturating_mul(2);
    let mut all: Vec<&Work> = for_jobs(facts).collect();
    all.sort_unstable_by_key(|work| std::cmp::Reverse((work.day, &work.id)));
    let mut began: Option<&Work> = None;
    for work in all {
        if began.is_some_and(|later| days_between(work.day, later.day) > pause) {
            break;
        }
        began = Some(work);
    }
    began
}
