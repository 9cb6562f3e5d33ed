//! What was achieved for a client: year by year, deal by deal, and what that was worth to them.

use chrono::Datelike;
use egui::{Align, Id, Layout, Rect, Ui, pos2, vec2};

use super::{Hit, List, nothing_ui};
use crate::command::key_of;
use crate::figures::dossier::{Achieved, AchievedKind};
use crate::figures::proof::FigureKey;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{Row, VirtualList, buttons_ui, buttons_width, ghost};
use crate::kit::{icon, number};
use crate::panels::figure::{Figure, hover};
use crate::panels::proof::provable_words;
use crate::state::Action;

/// Width of the year.
const YEAR: f32 = 48.0;
/// Width of the icon.
const ICON: f32 = 26.0;
/// Width of the day.
const DAY: f32 = 64.0;
/// Width of what it is worth.
const WORTH: f32 = 120.0;
/// Beyond this width a row would tear its worth away from its words.
const WIDEST: f32 = 1200.0;

pub(super) fn achieved_ui(ui: &mut Ui, list: List<'_>) -> Hit {
    let achieved = &list.page.dossier.achieved;
    if achieved.is_empty() {
        let sentence =
            "Results of deals, goals that were achieved and what invoices say was delivered stand here.";
        return nothing_ui(ui, icon::TREND_UP, sentence, "deal.add", "add a deal");
    }
    let mut hit = Hit { actions: head_ui(ui, list), ..Hit::default() };
    let name = format!("What was achieved for {}", list.page.client.name);
    let mut first = true;
    VirtualList::new("achieved", &name, achieved.len()).row_height(height::DENSE).reveal(list.reveal).show(
        ui,
        |ui, index| {
            let Some(it) = achieved.get(index) else { return };
            let before = if std::mem::take(&mut first) { None } else { index.checked_sub(1) };
            let before = before.and_then(|before| achieved.get(before));
            let says = spoken(it, list);
            let response = Row::new(Id::unique(("achieved", index)), &says)
                .dense()
                .selected(list.cursor == Some(index))
                .show(ui, |ui, rect| row_ui(ui, rect, it, before, list));
            if response.clicked() {
                hit.clicked = Some(index);
            }
            if response.double_clicked() {
                hit.opened = Some(index);
            }
        },
    );
    hit
}

/// What all of it is worth, and the buttons that write it down.
fn head_ui(ui: &mut Ui, list: List<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        ui.add_space(space::M);
        ui.spacing_mut().item_spacing.x = space::XS;
        let keys = ["dossier.print", "dossier.markdown"].map(|id| key_of(ui, id).unwrap_or_default());
        let [print, markdown] = &keys;
        let buttons = vec![
            (ghost("Page to print").key(print), "dossier.print"),
            (ghost("Markdown").key(markdown), "dossier.markdown"),
        ];
        let room = (ui.available_width() - buttons_width(ui, &buttons) - space::XS).max(0.0);
        ui.allocate_ui_with_layout(vec2(room, 32.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(room);
            let ink = Ink::body(tokens);
            let Some(worth) = &list.page.dossier.worth else {
                let says = "What it is worth to them was not told yet";
                text::label(ui, says, &ink.colour(tokens.secondary));
                return;
            };
            let worth = Figure::listed_answer(worth, list.currency);
            let says = match &worth.why {
                None => format!("Worth {} {} to them, as far as it was told", worth.text, list.currency),
                Some(why) => format!("Worth to them: not known. {why}"),
            };
            let key = FigureKey::AchievedWorth(list.page.client.id.clone());
            actions.extend(provable_words(ui, &says, &ink.medium(), &key, list.session));
        });
        actions.extend(buttons_ui(ui, buttons).map(Action::Run));
    });
    ui.add_space(space::XS);
    actions
}

fn look(kind: &AchievedKind) -> (&'static str, &'static str) {
    match kind {
        AchievedKind::Goal { .. } => (icon::TARGET, "Goal"),
        AchievedKind::Result => (icon::TREND_UP, "Result"),
        AchievedKind::Beyond => (icon::TREND_UP, "Result, beyond what was agreed"),
        AchievedKind::Delivered => (icon::INVOICE, "Delivered"),
        AchievedKind::Gift => (icon::GIFT, "A gift"),
    }
}

/// What goes with it.
fn besides(it: &Achieved) -> String {
    let kind = match &it.kind {
        AchievedKind::Goal { .. } => Some(it.kind.course()),
        AchievedKind::Beyond => Some("beyond what was agreed".to_owned()),
        AchievedKind::Gift => Some("a gift".to_owned()),
        AchievedKind::Result | AchievedKind::Delivered => None,
    };
    let times = (it.times > 1).then(|| format!("{} times", it.times));
    kind.into_iter().chain(times).collect::<Vec<_>>().join(", ")
}

fn spoken(it: &Achieved, list: List<'_>) -> String {
    let deal = it.deal.as_ref().map(|(_, title)| format!(" of {title}")).unwrap_or_default();
    let worth = it.worth.map(|worth| format!(", worth {}", Figure::listed(worth, list.currency).text));
    let (_, kind) = look(&it.kind);
    let besides = besides(it);
    let besides = if besides.is_empty() { besides } else { format!(", {besides}") };
    let day = number::date(it.day, list.page.day);
    format!("{kind}{deal}, {day}: {}{besides}{}", it.what, worth.unwrap_or_default())
}

fn row_ui(ui: &mut Ui, rect: Rect, it: &Achieved, before: Option<&Achieved>, list: List<'_>) {
    let rect = rect.with_max_x(rect.right().min(rect.left() + WIDEST));
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let deal_width = (rect.width() * 0.24).clamp(90.0, 230.0);
    let at = |left: f32, width: f32| Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
    let new_year = before.is_none_or(|before| before.day.year() != it.day.year());
    let deal = |it: &Achieved| it.deal.as_ref().map(|(id, _)| id.clone());
    let new_deal = new_year || before.is_some_and(|before| deal(before) != deal(it));
    if new_year {
        if before.is_some() {
            painter.hline(rect.x_range(), rect.top() + 0.5, egui::Stroke::new(1.0, tokens.hairline));
        }
        let ink = Ink::new(size::SMALL, tokens.text).medium();
        text::paint(painter, at(rect.left(), YEAR), Align::Min, &it.day.year().to_string(), &ink, Cut::Never);
    }
    if new_deal {
        let title = it.deal.as_ref().map_or("Besides", |(_, title)| title);
        let place = at(rect.left() + YEAR, deal_width - space::M);
        let taken = text::paint(painter, place, Align::Min, title, &Ink::second(tokens), Cut::Middle);
        if taken.width() + 1.0 < text::width(painter, title, &Ink::second(tokens)) {
            hover(ui, place, title);
        }
    }
    let painter = ui.painter();
    let left = rect.left() + YEAR + deal_width;
    let (sign, _) = look(&it.kind);
    let sign_ink = Ink::new(size::LEAD, tokens.secondary);
    text::paint(painter, at(left, ICON), Align::Min, sign, &sign_ink, Cut::Never);
    let day_place = at(rect.right() - DAY, DAY);
    let caption = Ink::new(size::SMALL, tokens.tertiary);
    let day = crate::written::day_of_year(it.day);
    text::paint(painter, day_place, Align::Max, &day, &caption, Cut::Never);
    let mut right = day_place.left() - space::S;
    if let Some(worth) = it.worth {
        let place = at(right - WORTH, WORTH);
        let ink = Ink::body(tokens).medium();
        right = Figure::listed(worth, list.currency).paint(ui, place, Align::Max, &ink).left() - space::M;
    }
    let painter = ui.painter();
    let quiet = matches!(it.kind, AchievedKind::Delivered);
    let ink = Ink::body(tokens).colour(if quiet { tokens.secondary } else { tokens.text });
    let words = Rect::from_min_max(pos2(left + ICON, rect.top()), pos2(right, rect.bottom()));
    let besides = besides(it);
    let wanted = text::width(painter, &it.what, &ink);
    let taken = text::paint(painter, words, Align::Min, &it.what, &ink, Cut::End);
    let rest = words.with_min_x(taken.right() + space::S);
    if rest.width() > 60.0 {
        text::paint(
            painter,
            rest,
            Align::Min,
            &besides,
            &Ink::second(tokens).colour(tokens.tertiary),
            Cut::End,
        );
    }
    let all = wanted + space::S + text::width(painter, &besides, &Ink::second(tokens));
    if all > words.width() {
        hover(ui, words, &[it.what.as_str(), &besides].join("\n"));
    }
}
