//! Agreements and what was handed over: `acme website agreement signed`, `delivered acme website`.

use std::ops::Range;
use std::sync::Arc;

use crate::command::board::moved_deal;
use crate::domain::{Agreement, AnyRecord, Deal, Phase};
use crate::state::Edit;
use crate::state::day_entry::day_words;

use crate::command::quick_entry::grammar::closed::DEAL_JOINS;
use crate::command::quick_entry::grammar::reader::{Reader, put};
use crate::command::quick_entry::words::line::Line;
use crate::command::quick_entry::{ChipKind, Choice};

/// What happened to an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command::quick_entry) enum Signed {
    Sent,
    Agreed,
    Refused,
}

pub(in crate::command::quick_entry) const AGREEMENT: [&str; 29] = [
    "posted the agreement",
    "mailed the agreement",
    "emailed the agreement",
    "contract is back",
    "agreement is back",
    "posted the contract",
    "mailed the contract",
    "emailed the contract",
    "contract went out",
    "agreement went out",
    "contract is out",
    "contract off to",
    "returned the signed contract",
    "contract back signed",
    "contract came back signed",
    "received the signed contract",
    "received the signed agreement",
    "agreement signed",
    "contract signed",
    "agreement sent",
    "contract sent",
    "sent agreement",
    "sent contract",
    "sent the agreement",
    "sent the contract",
    "signed",
    "refused to sign",
    "refused the agreement",
    "refused the contract",
];
pub(in crate::command::quick_entry) const DELIVERED: [&str; 4] =
    ["handed over", "delivered", "delivery of", "shipped"];

/// What happened to it, by the words that say so.
pub(in crate::command::quick_entry) fn signed(reader: &mut Reader<'_>, words: Range<usize>) -> Signed {
    let text = reader.line.typed(&words).to_lowercase();
    let out = ["sent", "posted", "mailed", "went out", "is out", "off to"];
    let what = if out.iter().any(|out| text.contains(out)) {
        Signed::Sent
    } else if text.contains("refused") {
        Signed::Refused
    } else {
        Signed::Agreed
    };
    let label = match what {
        Signed::Sent => "Agreement sent",
        Signed::Agreed => "Agreement signed",
        Signed::Refused => "Agreement refused",
    };
    reader.open(ChipKind::Agreement, label, &words);
    what
}

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>, what: Signed) -> Option<Edit> {
    reader.joins = &DEAL_JOINS;
    let all = reader.line.all();
    reader.swallow(&["the agreement", "the contract", "agreement", "contract"], all.clone());
    reader.swallow(&["signed"], all.clone());
    let day = reader.past_day(all.clone());
    let by_them = matches!(what, Signed::Sent) && reader.by_person_before("sent");
    let (who, deal) = reader.deal_about(all, &[Phase::Open, Phase::Won])?;
    if by_them {
        super::stage::ask_whether_mine(reader, "Did you send it? What they sent is a touch")?;
    }
    reader.refuse_before(deal, day);
    let mut changed = Deal::clone(deal);
    // `acme signed` says no more.
    let named = reader.line.heading().any(|at| matches!(reader.line.plain(at), "agreement" | "contract"));
    let bare = matches!(what, Signed::Agreed) && !named && reader.phase(deal) == Phase::Open;
    if bare && is_won(reader, deal)? {
        let won = reader.stages().into_iter().find(|stage| stage.phase == Phase::Won)?;
        let (known, today) = (reader.known, reader.known.today);
        let moved = moved_deal(known.book, known.figures, deal, &won, day, today)?;
        for warning in moved.warnings {
            reader.warn(warning);
        }
        changed = moved.deal;
    }
    let agreement = changed.agreement.get_or_insert_default();
    // Sent after a refusal, it begins anew.
    if matches!(what, Signed::Sent) && agreement.refused.is_some_and(|refused| refused < day) {
        *agreement = Agreement::default();
    }
    // What a refusal ended is done anew.
    let anew = agreement.refusal().is_some() && !matches!(what, Signed::Refused);
    let (place, verb) = match what {
        Signed::Sent => (&mut agreement.sent, "sent"),
        Signed::Agreed => (&mut agreement.signed, "signed"),
        Signed::Refused => (&mut agreement.refused, "refused"),
    };
    let before = place.replace(day);
    if before.is_some_and(|before| before <= reader.known.today) && !anew {
        reader.need(format!("This agreement was {verb} already: change it in its form ({{agreement.note}})"));
    }
    let label = format!("Agreement {verb}: {} of {}", changed.title, who.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}

/// Whether a deal that is still to be won is won with its agreement; it is asked.
fn is_won(reader: &mut Reader<'_>, deal: &Deal) -> Option<bool> {
    let choices = vec![
        Choice { key: "won".to_owned(), label: "Yes, and it is won".to_owned() },
        Choice { key: "signed".to_owned(), label: "Only the agreement is signed".to_owned() },
    ];
    let text = format!("{} is still to be won: is it, with that?", deal.title);
    Some(reader.ask(format!("signed-won:{}", deal.id), text, choices)? == "won")
}

pub(in crate::command::quick_entry) fn read_delivered(reader: &mut Reader<'_>) -> Option<Edit> {
    reader.joins = &DEAL_JOINS;
    let all = reader.line.all();
    let day = reader.past_day(all.clone());
    let by_them = reader.by_person_before("delivered");
    let (who, deal) = reader.deal_about(all, &[Phase::Won])?;
    if by_them {
        super::stage::ask_whether_mine(reader, "Did you hand it over? What they did is a touch")?;
    }
    reader.refuse_before(deal, day);
    let mut changed = Deal::clone(deal);
    if changed.delivered.replace(day).is_some_and(|before| before <= reader.known.today) {
        reader.need("This was delivered already: change it in the deal");
    }
    let known = deal.as_of(reader.known.today).unwrap_or_else(|| deal.clone());
    let stages = reader.stages();
    let at = known.stage().and_then(|fact| stages.iter().find(|stage| stage.id == fact.stage));
    if let Some(at) = at.filter(|at| at.id != "delivered" && stages.iter().any(|it| it.id == "delivered")) {
        reader.warn(format!("Its stage stays {}: “… -> delivered” moves it", at.name));
    }
    let label = format!("Delivered {} to {}", changed.title, who.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}

/// What says that work is done.
const FINISHED: [&str; 6] = ["finished", "completed", "wrapped up", "launched", "went live", "is live"];

/// The words that say so.
pub(in crate::command::quick_entry) fn finished(line: &Line<'_>) -> Option<Range<usize>> {
    line.find(&FINISHED, line.heading())
}

/// What is finished may be handed over, or the whole deal over: it is asked.
pub(in crate::command::quick_entry) fn read_finished(reader: &mut Reader<'_>) -> Option<Edit> {
    reader.joins = &DEAL_JOINS;
    let all = reader.line.all();
    let day = reader.past_day(all.clone());
    let (who, deal) = reader.deal_about(all.clone(), &[Phase::Won])?;
    reader.refuse_before(deal, day);
    if !reader.is_told(all) {
        return None;
    }
    let today = reader.known.today;
    let over = reader.stages().into_iter().find(|stage| stage.phase == Phase::Closed);
    let on = day_words(day, today);
    let mut choices = vec![Choice { key: "delivered".to_owned(), label: format!("Handed over, {on}") }];
    let done = over.as_ref().map(|stage| format!("All is over: moved to {}", stage.name));
    choices.extend(done.map(|label| Choice { key: "over".to_owned(), label }));
    let text = format!("Was {} handed over, or is it over?", deal.title);
    let answer = reader.ask(format!("finished:{}", deal.id), text, choices)?;
    let (changed, label) = if answer == "over" {
        let moved = moved_deal(reader.known.book, reader.known.figures, deal, &over?, day, today)?;
        for warning in moved.warnings {
            reader.warn(warning);
        }
        (moved.deal, format!("Finished {} of {}", deal.title, who.name))
    } else {
        if deal.delivered.is_some_and(|before| before <= today) {
            reader.need("This was delivered already: change it in the deal");
        }
        (
            Deal { delivered: Some(day), ..Deal::clone(deal) },
            format!("Delivered {} to {}", deal.title, who.name),
        )
    };
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}
