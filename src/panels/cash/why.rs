//! Why this month looks different than some days ago: from what it was to bring then to what it is to bring now.

use egui::{Align, Layout, Rect, Role, ScrollArea, Ui, UiBuilder, WidgetInfo};

use super::words;
use crate::command::key_of;
use crate::figures::forecast::{Change, ChangeTerm};
use crate::figures::proof::FigureKey;
use crate::kit::chart::{Step, StepKind, Waterfall};
use crate::kit::text::Ink;
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::{Empty, ghost, moved_cursor, section_header};
use crate::kit::{icon, number};
use crate::panels::proof::{self, provable, provable_words};
use crate::state::{Action, CHANGES, CashAction, CashSide, Session, Shown};

pub(super) fn why_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let title = match session.cash.since_days {
        1 => "Why this month changed since yesterday".to_owned(),
        days => format!("Why this month changed in {days} days"),
    };
    let head = section_header(ui, &title, None, None);
    if close_button(ui, head.rect) {
        actions.push(Action::Cash(CashAction::Side(CashSide::Days)));
    }
    let Some(change) = &shown.outlook.change else {
        let sentence = "The two days are being compared.";
        Empty { icon: icon::CHART, sentence, key: None }.show(ui);
        return actions;
    };
    let today = shown.figures.cash.day;
    let ink = Ink::second(Tokens::of(ui));
    let key = FigureKey::MonthChange;
    actions.extend(provable_words(ui, &says(change, today), &ink, &key, session));
    ui.add_space(space::XS);
    ScrollArea::vertical().id_salt("why").auto_shrink([false, false]).show(ui, |ui| {
        let (steps, rows) = (steps(change, today), shown.change_rows());
        let says = says(change, today);
        let at = session.cash.change.as_ref().and_then(|at| rows.iter().position(|row| row == at));
        let cursor = Some(at.unwrap_or(0));
        let answer = Waterfall { says: &says, steps: &steps, cursor }.show(ui);
        // The first row is the sum on the earlier day.
        let term =
            |row: usize| row.checked_sub(1).and_then(|row| change.terms.get(row)).filter(|_| row <= CHANGES);
        if let Some(term) = answer.chart.hovered.and_then(term) {
            answer.chart.hover_text(ui, &told(term));
        }
        let moved = moved_cursor(ui, "why", cursor).is_some();
        if let (Some(row), Some((key, step))) =
            (answer.at_cursor, cursor.and_then(|at| Some((rows.get(at)?, steps.get(at)?))))
        {
            let says = format!("{}: {}", step.label, step.figure);
            let says = if step.note.is_empty() { says } else { format!("{says}, {}", step.note) };
            let told = proof::spoken(ui, &says);
            row.widget_info(|| WidgetInfo::selected(Role::ListItem, true, true, &told));
            if row.has_focus() && (moved || row.gained_focus()) {
                row.scroll_to_me(None);
            }
            actions.extend(provable(ui, &row, key, session));
        }
        if let Some(key) =
            answer.chart.clicked.filter(|row| Some(*row) != cursor).and_then(|row| rows.get(row))
        {
            let point = Action::Cash(CashAction::PointChange(key.clone()));
            actions.extend([point, Action::FocusFigure(key.clone()), Action::Prove(key.clone())]);
        }
    });
    actions
}

fn close_button(ui: &mut Ui, head: Rect) -> bool {
    let corner = UiBuilder::new().max_rect(head).layout(Layout::right_to_left(Align::Center));
    let mut corner = ui.new_child(corner);
    let next = key_of(ui, "cash.why");
    let button = ghost("Back to the days").icon_only(icon::CROSS);
    let button = match &next {
        Some(key) => button.key(key),
        None => button,
    };
    button.show(&mut corner).clicked()
}

/// What changed, in a sentence.
fn says(change: &Change, today: chrono::NaiveDate) -> String {
    let month = number::month(change.month);
    let by = change.now.amount - change.before.amount;
    let (before, now) = (words::full(change.before), words::full(change.now));
    let on = number::date(change.from, today);
    if change.terms.is_empty() {
        return format!("{month} was to bring {before} on {on}, and still is: nothing changed.");
    }
    let by = words::full(crate::domain::Money::new(by.abs(), change.now.currency));
    let way = if change.now.amount >= change.before.amount { "more" } else { "less" };
    format!("{month} was to bring {before} on {on}; now {now}, {by} {way}.")
}

fn steps(change: &Change, today: chrono::NaiveDate) -> Vec<Step> {
    let total = |label: String, money| Step {
        label,
        note: String::new(),
        value: words::value(&Ok(money)),
        figure: words::full(money),
        kind: StepKind::Total,
    };
    let step = |term: &ChangeTerm| Step {
        label: who(term).to_owned(),
        note: if term.client.is_some() {
            format!("{}: {}", term.why, term.what)
        } else {
            term.why.to_owned()
        },
        value: words::value(&Ok(term.difference())),
        figure: words::signed(term.difference()),
        kind: StepKind::Change,
    };
    let mut steps = vec![total(format!("As seen {}", number::date(change.from, today)), change.before)];
    steps.extend(change.terms.iter().take(CHANGES).map(step));
    if let Some(sum) = change.rest(CHANGES) {
        steps.push(Step {
            label: format!("{} others", number::count(change.terms.len().saturating_sub(CHANGES))),
            note: String::new(),
            value: words::value(&Ok(sum)),
            figure: words::signed(sum),
            kind: StepKind::Change,
        });
    }
    steps.push(total("As seen now".to_owned(), change.now));
    steps
}

/// Whose it is, or what it is where it belongs to no client.
fn who(term: &ChangeTerm) -> &str {
    term.client.as_ref().map_or(term.what.as_str(), |(_, name)| name.as_ref())
}

fn told(term: &ChangeTerm) -> String {
    format!(
        "{}\n{}: {}\nThen {}, now {}",
        who(term),
        term.what,
        term.why,
        words::full(term.before),
        words::full(term.now)
    )
}
