//! Next steps: `acme website next: call on tue`, `follow up acme website tue`.

use std::sync::Arc;

use crate::domain::{AnyRecord, Deal, NextStep, Phase};
use crate::state::Edit;

use super::ChipKind;
use super::reader::{Reader, put};

/// The first words of what says that this is a next step.
const NEXT_WORDS: [&str; 3] = ["next", "follow", "followup"];
/// What may stand before them beside the deal.
const BEFORE_NEXT: [&str; 15] =
    ["the", "a", "an", "my", "our", "i", "we", "for", "with", "at", "of", "from", "on", "in", "please"];

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let (heading, text) = (reader.line.heading(), reader.line.text());
    // The day stands at the end of the step, or with the deal.
    let mut due = if text.is_empty() { None } else { reader.last_day_ahead(text.clone()) };
    if due.is_none() {
        due = reader.last_day_ahead(heading.clone());
    }
    let verb = heading.clone().find(|at| NEXT_WORDS.contains(&reader.line.plain(*at))).unwrap_or(0);
    let follow_up = reader.line.all().any(|at| matches!(reader.line.plain(at), "follow" | "followup"));
    let (who, deal) = reader.deal_about(heading.clone(), &[Phase::Open, Phase::Won])?;
    reader.close(0..verb, &BEFORE_NEXT);
    let said = reader.rest(heading).map(|(text, words)| {
        reader.chip_of_all(ChipKind::Note, text.clone(), &words);
        text
    });
    let told = reader.rest(text).map(|(text, words)| {
        reader.chip_of_all(ChipKind::Note, text.clone(), &words);
        text
    });
    let what = match (said, told) {
        (Some(said), Some(told)) => format!("{said}: {told}"),
        (Some(what), None) | (None, Some(what)) => what,
        (None, None) if follow_up => "follow up".to_owned(),
        (None, None) => {
            reader.need("Say what the next step is");
            return None;
        }
    };
    let Some(due) = due else {
        reader.need("Say by which day");
        return None;
    };
    let today = reader.known.today;
    if let Some(step) = deal.next_step.as_ref().filter(|step| step.set.is_none_or(|set| set <= today)) {
        reader.warn(format!("in place of: {}", step.what));
    }
    let label = format!("Next for {} of {}: {what}", deal.title, who.name);
    let step = NextStep { what, due, set: Some(today) };
    let changed = Deal { next_step: Some(step), ..Deal::clone(deal) };
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}
