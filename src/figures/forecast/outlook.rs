//! What is asked of the future, and what is known of it so far. The parts take from milliseconds to seconds, so each is
//! asked for on its own, is worked out away from the window, and stands here once it is there.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, InvoiceId, Lever, days_between, last_of_month};

use super::{Ask, Change, Forecast, Fork, Layers, Receipt, Strengths, TrackRecord};

/// So many forecasts are kept: an undo and a look back cost nothing.
const KEPT: usize = 6;

/// What is asked of the future.
#[derive(Debug, Clone)]
pub struct Question {
    /// The book.
    pub book: Book,
    /// As of the end of this day.
    pub day: NaiveDate,
    /// How many days ahead.
    pub days: i64,
    /// The levers of a what-if that are not muted; empty: none is asked for.
    pub levers: Vec<Lever>,
    /// Which layers the change of the month counts.
    pub layers: Layers,
    /// What the month is compared with: the forecast as of this earlier day.
    pub since: Option<NaiveDate>,
    /// Whether it is asked how past forecasts held.
    pub record: bool,
}

/// What is known of the future.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// The forecast.
    pub base: Option<Arc<Forecast>>,
    /// The same under the levers of the what-if.
    pub what_if: Option<Arc<Fork>>,
    /// Why the month looks different than on an earlier day.
    pub change: Option<Arc<Change>>,
    /// How past forecasts held.
    pub record: Option<Arc<TrackRecord>>,
    /// Whether an answer is still being worked out: what stands here may be that of the question before.
    pub pending: bool,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.book.is_same(&other.book)
            && (self.day, self.days, self.layers) == (other.day, other.days, other.layers)
            && (self.since, self.record) == (other.since, other.record)
            && self.levers == other.levers
    }
}

impl Question {
    fn ask(&self) -> Ask {
        Ask { days: self.days, levers: Vec::new(), ..Ask::default() }
    }
}

impl Outlook {
    /// All that is asked, worked out at once.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        OutlookMemo::default().answer(question, &mut |_| ControlFlow::Continue(()))
    }

    /// This, and the parts it has not got yet from the answer before: they stand until their own are there.
    #[must_use]
    pub fn over(self, before: &Self) -> Self {
        if !self.pending {
            return self;
        }
        Self {
            base: self.base.or_else(|| before.base.clone()),
            what_if: self.what_if.or_else(|| before.what_if.clone()),
            change: self.change.or_else(|| before.change.clone()),
            record: self.record.or_else(|| before.record.clone()),
            pending: true,
        }
    }

    /// Whether it is the very same answer, and not one that may be alike.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
        }
        same(self.base.as_ref(), other.base.as_ref())
            && same(self.what_if.as_ref(), other.what_if.as_ref())
            && same(self.change.as_ref(), other.change.as_ref())
            && same(self.record.as_ref(), other.record.as_ref())
    }

    /// When an open invoice may be paid.
    #[must_use]
    pub fn receipt(&self, invoice: &InvoiceId) -> Option<&Receipt> {
        self.base.as_ref()?.receipt(invoice)
    }
}

/// What was worked out before, for the questions asked last.
#[derive(Debug, Default)]
pub struct OutlookMemo {
    forecasts: Vec<(Book, NaiveDate, Ask, Arc<Forecast>)>,
    records: Vec<(Book, NaiveDate, Arc<TrackRecord>)>,
}

impl OutlookMemo {
    /// Answers a question part by part: `tell` is given what is known after each part, and may say that nobody waits for
    /// the rest.
    pub fn answer(
        &mut self,
        question: &Question,
        tell: &mut dyn FnMut(&Outlook) -> ControlFlow<()>,
    ) -> Outlook {
        let mut outlook = Outlook { pending: true, ..Outlook::default() };
        // Broken off is answered as far as it got.
        let _ = self.fill(&mut outlook, question, tell);
        outlook.pending = false;
        outlook
    }

    fn fill(
        &mut self,
        outlook: &mut Outlook,
        question: &Question,
        tell: &mut dyn FnMut(&Outlook) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let base = self.forecast(&question.book, question.day, question.ask());
        outlook.base = Some(base.clone());
        tell(outlook)?;
        if !question.levers.is_empty() {
            let strengths = Some(base.strengths);
            let ask = Ask { levers: question.levers.clone(), strengths, ..question.ask() };
            let forecast = self.forecast(&question.book, question.day, ask);
            outlook.what_if = Some(Arc::new(Fork::of(&base, forecast, &question.levers)));
            tell(outlook)?;
        }
        if let Some(since) = question.since {
            // The month's end may lie beyond what is looked at; paths are not needed for what is expected.
            let until_its_end = |day| Ask {
                days: days_between(day, last_of_month(question.day)),
                draws: 1,
                strengths: Some(Strengths::default()),
                ..question.ask()
            };
            let before = self.forecast(&question.book, since, until_its_end(since));
            let now = self.forecast(&question.book, question.day, until_its_end(question.day));
            outlook.change = Some(Arc::new(Change::between(&question.book, &before, &now, question.layers)));
            tell(outlook)?;
        }
        if question.record {
            outlook.record = Some(self.record(question, outlook, tell)?);
        }
        ControlFlow::Continue(())
    }

    fn forecast(&mut self, book: &Book, day: NaiveDate, ask: Ask) -> Arc<Forecast> {
        let same =
            |it: &(Book, NaiveDate, Ask, Arc<Forecast>)| it.0.is_same(book) && it.1 == day && it.2 == ask;
        let found = if let Some(position) = self.forecasts.iter().position(same) {
            self.forecasts.remove(position)
        } else {
            let forecast = Arc::new(Forecast::of(book, day, &ask));
            (book.clone(), day, ask, forecast)
        };
        let forecast = found.3.clone();
        self.forecasts.insert(0, found);
        self.forecasts.truncate(KEPT);
        forecast
    }

    fn record(
        &mut self,
        question: &Question,
        outlook: &Outlook,
        tell: &mut dyn FnMut(&Outlook) -> ControlFlow<()>,
    ) -> ControlFlow<(), Arc<TrackRecord>> {
        let known = self.records.iter().find(|it| it.0.is_same(&question.book) && it.1 == question.day);
        if let Some((_, _, record)) = known {
            return ControlFlow::Continue(record.clone());
        }
        let record = TrackRecord::of(&question.book, question.day, &mut || tell(outlook))?;
        let record = Arc::new(record);
        self.records.insert(0, (question.book.clone(), question.day, record.clone()));
        self.records.truncate(KEPT);
        ControlFlow::Continue(record)
    }
}
