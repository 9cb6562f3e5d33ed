//! Moves of deals: `acme website proposed`, `won acme website`, `lost acme shop: too expensive`.

use std::sync::Arc;

use crate::command::board::{Moved, moved_deal};
use crate::domain::{AnyRecord, Phase};
use crate::state::Edit;

use super::ChipKind;
use super::kind::StageTo;
use super::reader::{Reader, put};

pub(super) fn read(reader: &mut Reader<'_>, to: &StageTo) -> Option<Edit> {
    let heading = reader.line.heading();
    // Behind a comma stands why.
    let ends = heading.clone().find(|at| reader.line.words.get(*at).is_some_and(|word| word.parts));
    let moved = 0..ends.map_or(heading.end, |at| at + 1);
    reader.swallow(&["moved", "move", "moves", "went", "goes", "now", "stage"], moved);
    let day = reader.past_day(heading.clone());
    let stages = reader.stages();
    let stage = match to {
        StageTo::Named(stage) => Some(stage.clone()),
        StageTo::Won => stages.into_iter().find(|stage| stage.phase == Phase::Won),
        StageTo::Lost => stages.into_iter().find(|stage| stage.phase == Phase::Lost),
    };
    let Some(stage) = stage else {
        reader.need("This book has no stage for that");
        return None;
    };
    // What is won or lost was still to be decided; everything else may go anywhere.
    let phases: &[Phase] = match stage.phase {
        Phase::Won if matches!(to, StageTo::Won) => &[Phase::Open],
        Phase::Lost => &[Phase::Open, Phase::Won],
        Phase::Open => &[Phase::Open],
        _ => &[Phase::Open, Phase::Won],
    };
    let (who, deal) = reader.deal_about(heading, phases)?;
    let today = reader.known.today;
    let known = deal.as_of(today).unwrap_or_else(|| deal.clone());
    if known.stage().is_some_and(|fact| fact.stage == stage.id) {
        reader.warn(format!("{} is in this stage already", deal.title));
    }
    let why = if stage.phase == Phase::Lost { why(reader) } else { None };
    if stage.phase == Phase::Lost && why.is_none() {
        reader.need("Say why, after a colon");
        return None;
    }
    let Moved { mut deal, warnings } =
        moved_deal(reader.known.book, reader.known.figures, deal, &stage, day, today)?;
    for warning in warnings {
        reader.warn(warning);
    }
    let label = if stage.phase == Phase::Lost {
        // What was planned is done with; a step planned after the working day stays.
        deal.next_step.take_if(|step| step.set.is_none_or(|set| set <= today));
        format!("Lost {} of {}", deal.title, who.name)
    } else {
        format!("Moved {} of {} to {}", deal.title, who.name, stage.name)
    };
    if let Some(fact) = deal.stages.last_mut() {
        fact.why = why;
    }
    Some(put(label, vec![AnyRecord::Deal(Arc::new(deal))]))
}

/// Why it is lost: after the colon, after a comma or `because`.
fn why(reader: &mut Reader<'_>) -> Option<String> {
    if let Some((text, words)) = reader.told() {
        reader.chip_of_all(ChipKind::Note, format!("“{text}”"), &words);
        return Some(text);
    }
    let heading = reader.line.heading();
    let comma = (0..reader.line.head).find(|at| reader.line.words.get(*at).is_some_and(|word| word.parts));
    let because = reader.line.find(&["because of", "because", "since"], heading.clone());
    if let Some(words) = &because {
        reader.absorb(words.clone());
    }
    let from = match (because, comma) {
        (Some(words), _) => words.end,
        (None, Some(comma)) => comma + 1,
        (None, None) => return None,
    };
    let (text, words) = reader.whole(from..heading.end)?;
    reader.chip_of_all(ChipKind::Note, text.clone(), &words);
    Some(text)
}
