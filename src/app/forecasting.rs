//! Forecasts are worked out on a thread of their own. A newer question breaks the older one off, and no frame waits.

use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::effects::Wake;
use crate::figures::forecast::{Outlook, OutlookMemo, Question};
use crate::written::{self, Format};

/// What window and thread hand each other.
#[derive(Default)]
struct Slot {
    question: Option<(Question, Format)>,
    answer: Option<Outlook>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    slot: Mutex<Slot>,
    asked: Condvar,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks for forecasts and takes the answers.
pub(super) struct Forecaster {
    shared: Arc<Shared>,
    asked: Option<(Question, Format)>,
}

impl Forecaster {
    /// Starts the thread; `wake` tells the window that an answer waits.
    pub(super) fn new(wake: Wake) -> Self {
        let shared = Arc::new(Shared::default());
        let at_work = shared.clone();
        thread::spawn(move || work(&at_work, &wake));
        Self { shared, asked: None }
    }

    /// Asks a question, unless it was asked last. Gives whether it is a new one.
    pub(super) fn ask(&mut self, question: &Question) -> bool {
        // Its sentences are written as this thread writes.
        let asked = (question.clone(), written::format());
        if self.asked.as_ref() == Some(&asked) {
            return false;
        }
        self.asked = Some(asked.clone());
        let mut slot = self.shared.slot();
        slot.question = Some(asked);
        // What was answered to the question before is about a book that is no longer on the screen.
        slot.answer = None;
        self.shared.asked.notify_one();
        true
    }

    /// What is known of the last question's answer since the last call.
    pub(super) fn arrived(&self) -> Option<Outlook> {
        self.shared.slot().answer.take()
    }
}

impl Drop for Forecaster {
    fn drop(&mut self) {
        self.shared.slot().closed = true;
        self.shared.asked.notify_one();
    }
}

fn work(shared: &Shared, wake: &Wake) {
    let mut memo = OutlookMemo::default();
    while let Some((question, format)) = next(shared) {
        if written::format() != format {
            written::use_format(format);
            memo = OutlookMemo::default();
        }
        let mut tell = |outlook: &Outlook| {
            let mut slot = shared.slot();
            if slot.closed || slot.question.is_some() {
                return ControlFlow::Break(());
            }
            slot.answer = Some(outlook.clone());
            drop(slot);
            wake();
            ControlFlow::Continue(())
        };
        let outlook = memo.answer(&question, &mut tell);
        // The last word says that nothing more is to come.
        let _ = tell(&outlook);
    }
}

/// Waits for the next question; `None` once the window is gone.
fn next(shared: &Shared) -> Option<(Question, Format)> {
    let slot = shared.slot();
    let waiting = |slot: &mut Slot| !slot.closed && slot.question.is_none();
    let mut slot = shared.asked.wait_while(slot, waiting).unwrap_or_else(PoisonError::into_inner);
    if slot.closed { None } else { slot.question.take() }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use chrono::NaiveDate;

    use crate::domain::{Book, Currency};

    use super::*;

    fn question(days: i64) -> Question {
        Question {
            book: Book::empty(Currency::EUR),
            day: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            days,
            levers: Vec::new(),
            layers: crate::figures::forecast::Layers::default(),
            since: None,
            record: false,
            health: false,
            item: None,
            earlier: crate::figures::forecast::Earlier::default(),
        }
    }

    #[test]
    fn the_newest_question_is_answered_and_the_same_one_is_asked_once() {
        let (send, woken) = mpsc::channel();
        let mut forecaster = Forecaster::new(Arc::new(move || {
            // Nobody listens any more once the test is over.
            let _ = send.send(());
        }));
        let (first, second) = (question(28), question(56));
        assert!(forecaster.ask(&first) && !forecaster.ask(&first));
        assert!(forecaster.ask(&second));
        let answer = loop {
            woken.recv().unwrap();
            if let Some(answer) = forecaster.arrived().filter(|answer| !answer.pending) {
                break answer;
            }
        };
        let until = answer.base.unwrap().until;
        assert_eq!(until, NaiveDate::from_ymd_opt(2027, 1, 15).unwrap(), "eight weeks after the day");
    }
}
