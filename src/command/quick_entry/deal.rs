//! New deals: `deal acme website 8000`.

use std::sync::Arc;

use crate::domain::{AnyRecord, Deal, DealId, Phase, StageFact};
use crate::state::Edit;

use super::ChipKind;
use super::fold::name_words;
use super::kind::named_stage;
use super::reader::{Reader, put, said};

pub(super) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let who = reader.who_or_new(all.clone(), "Say with whom")?;
    let day = reader.past_day(all.clone());
    let amount = reader.amount(all.clone(), reader.currency(Some(&who)));
    if reader.is_asking() {
        return None;
    }
    if let Some(amount) = &amount {
        reader.chip_of(ChipKind::Money, said(amount.money), &amount.words);
    }
    let stages = reader.stages();
    // A stage is said at the end; elsewhere its words belong to the title.
    let last = reader.line.runs(all.clone()).last().map(|run| run.end);
    let named = last.and_then(|end| named_stage(&reader.line, &stages, end.saturating_sub(2)..end));
    let named = named.filter(|(words, _)| Some(words.end) == last);
    let stage = if let Some((words, stage)) = named {
        reader.open(ChipKind::Stage, &stage.name, &words);
        Some(stage)
    } else {
        let first = stages.into_iter().find(|stage| stage.phase == Phase::Open);
        if let Some(stage) = &first {
            reader.chip(ChipKind::Stage, stage.name.clone());
        }
        first
    };
    let Some(title) = reader.rest_as(ChipKind::Deal, all) else {
        reader.need("Say what the deal is about");
        return None;
    };
    let twin = who.facts.and_then(|facts| {
        facts.facts.deals.iter().find(|deal| name_words(&deal.title) == name_words(&title))
    });
    if let Some(twin) = twin {
        reader.warn(format!("{} has a deal {} already", who.name, twin.title));
    }
    let mut deal = Deal::new(DealId::fresh(&title, reader.seed()), who.id.clone(), &title);
    deal.value = amount.map(|amount| amount.money);
    deal.stages = stage
        .map(|stage| StageFact { day, stage: stage.id, why: None, override_of: None })
        .into_iter()
        .collect();
    Some(put(format!("Added {title} with {}", who.name), vec![AnyRecord::Deal(Arc::new(deal))]))
}
