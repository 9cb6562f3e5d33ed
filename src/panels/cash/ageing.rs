//! What is owed by how long it has been due.

use egui::{Role, Ui, WidgetInfo};

use super::words;
use crate::figures::proof::{FigureKey, Whose};
use crate::figures::{Bucket, Cash};
use crate::kit::chart::{Part, Parts, PartsFill};
use crate::kit::theme::space;
use crate::kit::widgets::{focus_ring, hover_text, section_header};
use crate::panels::proof::{self, provable};
use crate::state::{Action, Session};

const AGES: [&str; 5] =
    ["Not yet due", "1–30 days late", "31–60 days late", "61–90 days late", "Over 90 days"];

pub(super) fn ageing_ui(ui: &mut Ui, cash: &Cash, session: &Session) -> Vec<Action> {
    section_header(ui, "Owed by age", None, Some(cash.currency.code()));
    let buckets = cash.ageing.buckets();
    let parts: Vec<Part> = AGES.into_iter().zip(buckets).map(|(age, bucket)| part(age, bucket)).collect();
    let says =
        format!("Owed {}, of which late {}", words::told(&cash.receivables), words::told(&cash.overdue));
    ui.add_space(space::XS);
    let (response, rows) = Parts { says: &says, parts: &parts, fill: PartsFill::Rising }.show(ui);
    let told = proof::spoken(ui, &says);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    let mut actions = provable(ui, &response, &FigureKey::Receivables(Whose::All), session);
    if response.has_focus() {
        focus_ring(ui, response.rect, 4);
    }
    if let Some(why) = buckets.iter().find_map(|bucket| bucket.amount.as_ref().err()) {
        hover_text(response, format!("Not all of it is known: {why}"));
    }
    for (bucket, row) in rows.into_iter().enumerate() {
        actions.extend(provable(ui, &row, &FigureKey::AgeingBucket(bucket), session));
        proof::tooltip(row, "");
    }
    actions
}

fn part(age: &str, bucket: &Bucket) -> Part {
    let label = match bucket.count {
        0 => age.to_owned(),
        count => format!("{age} · {}", words::invoices(count)),
    };
    Part { label, value: words::value(&bucket.amount), figure: words::glance(&bucket.amount) }
}
