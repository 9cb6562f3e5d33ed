//! Agreements and what was handed over: `acme website agreement signed`, `delivered acme website`.

use std::sync::Arc;

use crate::domain::{AnyRecord, Deal, Phase};
use crate::state::Edit;

use super::kind::Signed;
use super::reader::{Reader, put};

pub(super) fn read(reader: &mut Reader<'_>, what: Signed) -> Option<Edit> {
    let all = reader.line.all();
    reader.swallow(&["the agreement", "the contract", "agreement", "contract"], all.clone());
    let day = reader.past_day(all.clone());
    let (who, deal) = reader.deal_about(all, &[Phase::Open, Phase::Won])?;
    let mut changed = Deal::clone(deal);
    let agreement = changed.agreement.get_or_insert_default();
    let (place, verb) = match what {
        Signed::Sent => (&mut agreement.sent, "sent"),
        Signed::Agreed => (&mut agreement.signed, "signed"),
        Signed::Refused => (&mut agreement.refused, "refused"),
    };
    let before = place.replace(day);
    if before.is_some_and(|before| before <= reader.known.today) {
        reader.need(format!("This agreement was {verb} already: change it in the deal"));
    }
    let label = format!("Agreement {verb}: {} of {}", changed.title, who.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}

pub(super) fn read_delivered(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let day = reader.past_day(all.clone());
    let (who, deal) = reader.deal_about(all, &[Phase::Won])?;
    let mut changed = Deal::clone(deal);
    if changed.delivered.replace(day).is_some_and(|before| before <= reader.known.today) {
        reader.need("This was delivered already: change it in the deal");
    }
    let label = format!("Delivered {} to {}", changed.title, who.name);
    Some(put(label, vec![AnyRecord::Deal(Arc::new(changed))]))
}
