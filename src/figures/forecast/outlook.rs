//! What is asked of the future, and what is known of it so far. The parts take from milliseconds to seconds, so each is
//! asked for on its own, is worked out away from the window, and stands here once it is there.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, InvoiceId, Lever, days_between, last_of_month};

use crate::figures::consequence::Consequence;
use crate::figures::health::{HealthLines, HealthRecord, LinesMemo};

use crate::figures::today::Item;

use super::{Ask, Change, Forecast, Fork, Layers, Receipt, TrackRecord};

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
    /// Whether it is asked how the health of clients ran.
    pub health: bool,
    /// The item of the queue of which it is asked what it means for the cash to come.
    pub item: Option<Arc<Item>>,
    /// What the quarter is compared with: the book as it was when the session began, and before the last edit.
    pub earlier: Earlier<Book>,
}

/// Two that are compared with what is now, where there are any.
#[derive(Debug, Clone)]
pub struct Earlier<T> {
    /// When the session began.
    pub begun: Option<T>,
    /// Before the last edit.
    pub before: Option<T>,
}

impl<T> Default for Earlier<T> {
    fn default() -> Self {
        Self { begun: None, before: None }
    }
}

/// What is known of the future.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// The forecast.
    pub base: Option<Arc<Forecast>>,
    /// The forecast of the next 13 weeks, however far ahead is asked: the queue rests on it.
    pub quarter: Option<Arc<Forecast>>,
    /// The same of the books it is compared with.
    pub earlier: Earlier<Arc<Forecast>>,
    /// The same under the levers of the what-if.
    pub what_if: Option<Arc<Fork>>,
    /// Why the month looks different than on an earlier day.
    pub change: Option<Arc<Change>>,
    /// How past forecasts held.
    pub record: Option<Arc<TrackRecord>>,
    /// How the health of clients ran.
    pub lines: Option<Arc<HealthLines>>,
    /// How well health foretold what became of clients.
    pub foretold: Option<Arc<HealthRecord>>,
    /// What the item that was asked about means for the cash to come.
    pub consequence: Option<Arc<Consequence>>,
    /// Whether more of the answer is to come.
    pub pending: bool,
    /// Whether the forecast is that of the question before, since this one's is being worked out.
    pub behind: bool,
    /// What was asked.
    asked: Option<Question>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.book.is_same(&other.book)
            && (self.day, self.days, self.layers) == (other.day, other.days, other.layers)
            && (self.since, self.record, self.health) == (other.since, other.record, other.health)
            && self.levers == other.levers
            && self.item == other.item
            && self.earlier.is_same(&other.earlier)
    }
}

impl Earlier<Book> {
    fn is_same(&self, other: &Self) -> bool {
        same_book(self.begun.as_ref(), other.begun.as_ref())
            && same_book(self.before.as_ref(), other.before.as_ref())
    }
}

fn same_book(one: Option<&Book>, other: Option<&Book>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same(other),
        (one, other) => one.is_none() && other.is_none(),
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

    /// What the queue of a day rests on alone, worked out at once.
    #[must_use]
    pub fn of_quarter(book: &Book, day: NaiveDate) -> Self {
        let quarter = Forecast::of(book, day, &Ask::default());
        Self { quarter: Some(Arc::new(quarter)), ..Self::default() }
    }

    /// What is known right after a question was asked: of the answer `before`, what still belongs to it. The forecast of the
    /// question before stands until its own is there, and says that it is behind.
    #[must_use]
    pub fn awaiting(question: &Question, before: &Self) -> Self {
        Self { pending: true, asked: Some(question.clone()), ..Self::default() }.over(before)
    }

    /// This, and the parts it has not got yet from the answer before, as far as they answer the same.
    #[must_use]
    pub fn over(self, before: &Self) -> Self {
        let (Some(asked), Some(earlier), true) = (&self.asked, &before.asked, self.pending) else {
            return self;
        };
        let same_course = asked.day == earlier.day && asked.days == earlier.days;
        let levers = same_course && asked.levers == earlier.levers;
        let month =
            asked.day == earlier.day && (asked.since, asked.layers) == (earlier.since, earlier.layers);
        // The same forecast is asked for again with every row that the hand comes to.
        let same_forecast = same_course && asked.book.is_same(&earlier.book);
        let id = |question: &Question| question.item.as_ref().map(|item| item.id.clone());
        let same_item = asked.day == earlier.day && id(asked) == id(earlier);
        // What was before the last edit belongs to the quarter beside it.
        let compared = asked.day == earlier.day && self.quarter.is_none();
        let begun = asked.day == earlier.day
            && same_book(asked.earlier.begun.as_ref(), earlier.earlier.begun.as_ref());
        Self {
            behind: self.base.is_none() && before.base.is_some() && !same_forecast,
            base: self.base.or_else(|| before.base.clone()),
            quarter: self.quarter.or_else(|| before.quarter.clone().filter(|_| asked.day == earlier.day)),
            earlier: Earlier {
                begun: self.earlier.begun.or_else(|| before.earlier.begun.clone().filter(|_| begun)),
                before: self.earlier.before.or_else(|| before.earlier.before.clone().filter(|_| compared)),
            },
            what_if: self.what_if.or_else(|| before.what_if.clone().filter(|_| levers)),
            change: self.change.or_else(|| before.change.clone().filter(|_| month)),
            record: self.record.or_else(|| before.record.clone().filter(|_| asked.day == earlier.day)),
            foretold: self.foretold.or_else(|| before.foretold.clone().filter(|_| asked.day == earlier.day)),
            lines: self.lines.or_else(|| before.lines.clone().filter(|_| asked.day == earlier.day)),
            consequence: self.consequence.or_else(|| before.consequence.clone().filter(|_| same_item)),
            pending: true,
            asked: self.asked,
        }
    }

    /// Whether it is the very same answer, and not one that may be alike.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
        }
        same(self.base.as_ref(), other.base.as_ref())
            && same(self.quarter.as_ref(), other.quarter.as_ref())
            && same(self.earlier.begun.as_ref(), other.earlier.begun.as_ref())
            && same(self.earlier.before.as_ref(), other.earlier.before.as_ref())
            && same(self.what_if.as_ref(), other.what_if.as_ref())
            && same(self.change.as_ref(), other.change.as_ref())
            && same(self.record.as_ref(), other.record.as_ref())
            && same(self.lines.as_ref(), other.lines.as_ref())
            && same(self.foretold.as_ref(), other.foretold.as_ref())
            && same(self.consequence.as_ref(), other.consequence.as_ref())
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
    lines: LinesMemo,
    foretold: Vec<(Book, NaiveDate, Arc<HealthRecord>)>,
}

impl OutlookMemo {
    /// Answers a question part by part: `tell` is given what is known after each part, and may say that nobody waits for
    /// the rest.
    pub fn answer(
        &mut self,
        question: &Question,
        tell: &mut dyn FnMut(&Outlook) -> ControlFlow<()>,
    ) -> Outlook {
        let mut outlook = Outlook { pending: true, asked: Some(question.clone()), ..Outlook::default() };
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
        let quarter = Ask::default();
        if question.days == quarter.days {
            outlook.quarter = Some(base.clone());
        }
        tell(outlook)?;
        if outlook.quarter.is_none() {
            let ask = Ask { strengths: Some(base.strengths), ..quarter };
            outlook.quarter = Some(self.forecast(&question.book, question.day, ask));
            tell(outlook)?;
        }
        if let (Some(item), Some(quarter)) = (&question.item, &outlook.quarter) {
            outlook.consequence = Some(Arc::new(Consequence::of(&question.book, quarter, item)));
            tell(outlook)?;
        }
        // Both were the book of a question before, as a rule, and are remembered.
        if let Some(book) = &question.earlier.begun {
            outlook.earlier.begun = Some(self.forecast(book, question.day, Ask::default()));
            tell(outlook)?;
        }
        if let Some(book) = &question.earlier.before {
            outlook.earlier.before = Some(self.forecast(book, question.day, Ask::default()));
            tell(outlook)?;
        }
        if !question.levers.is_empty() {
            let strengths = Some(base.strengths);
            let ask = Ask { levers: question.levers.clone(), strengths, ..question.ask() };
            let forecast = self.forecast(&question.book, question.day, ask);
            outlook.what_if = Some(Arc::new(Fork::of(&base, forecast, &question.levers)));
            tell(outlook)?;
        }
        if let Some(since) = question.since {
            // The month's end may lie beyond what is looked at.
            let until_its_end = |day| Ask {
                days: days_between(day, last_of_month(question.day)),
                strengths: Some(base.strengths),
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
        if question.health {
            tell(outlook)?;
            let lines =
                self.lines.lines(&question.book, question.day, &mut now_and_then(&mut || tell(outlook)))?;
            outlook.lines = Some(Arc::new(lines));
            tell(outlook)?;
            outlook.foretold = Some(self.foretold(question, outlook, tell)?);
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

    fn foretold(
        &mut self,
        question: &Question,
        outlook: &Outlook,
        tell: &mut dyn FnMut(&Outlook) -> ControlFlow<()>,
    ) -> ControlFlow<(), Arc<HealthRecord>> {
        let known = self.foretold.iter().find(|it| it.0.is_same(&question.book) && it.1 == question.day);
        if let Some((_, _, record)) = known {
            return ControlFlow::Continue(record.clone());
        }
        let record = Arc::new(HealthRecord::of(
            &question.book,
            question.day,
            &mut now_and_then(&mut || tell(outlook)),
        )?);
        self.foretold.insert(0, (question.book.clone(), question.day, record.clone()));
        self.foretold.truncate(KEPT);
        ControlFlow::Continue(record)
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

/// Asks `step` once in many times: telling wakes the window, and a step of the health of clients is a short one.
fn now_and_then(step: &mut dyn FnMut() -> ControlFlow<()>) -> impl FnMut() -> ControlFlow<()> {
    const EVERY: u32 = 512;
    let mut steps = 0_u32;
    move || {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(EVERY) { step() } else { ControlFlow::Continue(()) }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{Currency, Percent};

    use super::*;

    fn question(levers: Vec<Lever>) -> Question {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        let (since, layers) = (Some(day - chrono::Days::new(7)), Layers::default());
        Question {
            book: Book::empty(Currency::EUR),
            day,
            days: 28,
            levers,
            layers,
            since,
            record: false,
            health: false,
            item: None,
            earlier: Earlier::default(),
        }
    }

    #[test]
    fn while_an_answer_is_awaited_only_what_answers_the_same_stands_and_the_forecast_says_it_is_behind() {
        let lever = Lever::Deposit { percent: Percent::new(30.into()) };
        let asked = question(vec![lever.clone()]);
        let before = Outlook::of(&asked);
        assert!(before.what_if.is_some() && before.change.is_some() && !before.behind && !before.pending);
        let same = Outlook::awaiting(&asked, &before);
        assert!(same.what_if.is_some() && same.change.is_some() && !same.behind && same.pending);
        let edited = Question { book: Book::empty(Currency::EUR), ..asked.clone() };
        let same = Outlook::awaiting(&edited, &before);
        assert!(same.what_if.is_some() && same.change.is_some() && same.behind && same.pending);
        let closed = Outlook::awaiting(&question(Vec::new()), &before);
        assert!(closed.what_if.is_none() && closed.base.is_some() && closed.behind);
        let earlier = Question { day: asked.day - chrono::Days::new(1), ..asked.clone() };
        let earlier = Outlook::awaiting(&earlier, &before);
        assert!(earlier.what_if.is_none() && earlier.change.is_none());
        // Once its own forecast is there it is behind no more.
        let mut told = Vec::new();
        OutlookMemo::default().answer(&asked, &mut |outlook| {
            told.push(outlook.clone().over(&same).behind);
            ControlFlow::Continue(())
        });
        assert_eq!(told.first(), Some(&false));
    }
}
