//! What income rests on, month by month against the goal; and what time alone could bring.

use chrono::Datelike;
use egui::{Ui, vec2};
use rust_decimal::prelude::ToPrimitive;

use super::card::{Card, Line, Number};
use super::words::income_words;
use crate::domain::Money;
use crate::figures::Answer;
use crate::figures::firm::{Firm, FirmFigure, MixMonth, basis_title};
use crate::figures::proof::{FigureKey, Whose};
use crate::kit::chart::{MonthStack, MonthStacks};
use crate::kit::number;
use crate::kit::text::{self, Ink};
use crate::kit::theme::{Tokens, space};
use crate::kit::widgets::section_header;
use crate::panels::figure::Figure;
use crate::panels::proof::provable;
use crate::state::{Action, Session};

const CHART: f32 = 220.0;
/// From this width on the figures stand beside the chart.
const BESIDE_FROM: f32 = 860.0;

/// Shows the months as stacks, and beside or below them the 12 months in figures.
pub(super) fn income_ui(ui: &mut Ui, firm: &Firm, session: &Session) -> Vec<Action> {
    let whole = ui.available_width();
    if whole < BESIDE_FROM {
        let mut actions = chart_ui(ui, firm, session);
        actions.extend(mix(firm).show(ui, session));
        return actions;
    }
    let table = (whole * 0.32).clamp(330.0, 480.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XXL, 0.0);
        let mut actions = Vec::new();
        ui.vertical(|ui| {
            ui.set_width(whole - table - space::XXL);
            actions.extend(chart_ui(ui, firm, session));
        });
        ui.vertical(|ui| {
            ui.set_width(table);
            actions.extend(mix(firm).show(ui, session));
        });
        actions
    })
    .inner
}

fn value(answer: &Answer<Money>) -> f64 {
    answer.as_ref().ok().and_then(|it| it.amount.to_f64()).unwrap_or(0.0)
}

fn chart_ui(ui: &mut Ui, firm: &Firm, session: &Session) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    section_header(ui, "Income by month", None, Some(firm.currency.code()));
    let months = &firm.mix.months;
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        text::label(ui, "Nothing was paid yet: each month's income stands here.", &Ink::second(tokens));
        return Vec::new();
    };
    let stacks: Vec<MonthStack> =
        months.iter().enumerate().map(|(at, month)| stack(at, month, firm)).collect();
    let goal = value(&firm.mix.goal_a_month);
    let goal_says =
        format!("the goal of a month: {}", Figure::listed_answer(&firm.mix.goal_a_month, firm.currency).text);
    let line = (goal > 0.0).then_some((goal, goal_says.as_str()));
    let says = format!(
        "Income by month from {} to {}; in {}: {}; {}",
        number::month(first.month),
        number::month(last.month),
        number::month(last.month),
        Figure::listed_answer(&last.income, firm.currency).spoken(),
        if goal > 0.0 { goal_says.as_str() } else { "no income goal is set" },
    );
    let answer = MonthStacks { says: &says, months: &stacks, line }.show(ui, CHART);
    if answer.response.gained_focus() {
        answer.response.scroll_to_me(None);
    }
    let month = answer.clicked.and_then(|at| months.get(at)).unwrap_or(last);
    let key = FigureKey::Firm(FirmFigure::MonthIncome(month.month));
    provable(ui, &answer.response, &key, session)
}

fn stack(at: usize, month: &MixMonth, firm: &Firm) -> MonthStack {
    let told = |answer| Figure::listed_answer(answer, firm.currency).spoken();
    let parts = month.by_basis.iter().filter(|it| !it.income.as_ref().is_ok_and(Money::is_zero));
    let parts = parts.map(|it| format!("\n{}: {}", basis_title(it.basis), told(&it.income)));
    MonthStack {
        label: number::month_name(month.month.month()).to_owned(),
        year: names_year(&firm.mix.months, at).then(|| month.month.year().to_string()),
        parts: month.by_basis.iter().map(|it| value(&it.income)).collect(),
        tooltip: format!(
            "{}: {}{}",
            number::month(month.month),
            told(&month.income),
            parts.collect::<String>()
        ),
    }
}

/// The year stands under each January, and under the first month unless a January follows it closely.
fn names_year(months: &[MixMonth], at: usize) -> bool {
    let is_january = |month: &MixMonth| month.month.month() == 1;
    match at {
        0 => !months.iter().skip(1).take(2).any(is_january),
        _ => months.get(at).is_some_and(is_january),
    }
}

/// The 12 months by what they rest on.
fn mix(firm: &Firm) -> Card {
    let mix = &firm.mix;
    let money = |answer| Figure::listed_answer(answer, firm.currency);
    let mut lines: Vec<Line> = mix
        .by_basis
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let share = Figure::share(&mix.share(part));
            let share = match part.basis {
                None => Number::of(share, FirmFigure::NotSaidShare),
                Some(_) => Number::of(share, FirmFigure::Mix(part.basis)),
            };
            let income = Number::of(money(&part.income), FirmFigure::Mix(part.basis));
            Line::new(basis_title(part.basis), vec![income, share]).pattern(at)
        })
        .collect();
    let all = Number::keyed(money(&mix.income), Some(FigureKey::Income(Whose::All)));
    lines.push(Line::new("All", vec![all]));
    let recurs = |figure| Number::of(figure, FirmFigure::RecurringShare);
    let cells = vec![recurs(money(&mix.recurring)), recurs(Figure::share(&mix.recurring_share))];
    lines.push(Line::new("Recurs", cells));
    lines.push(Line::new("Goal a month", vec![Number::of(money(&mix.goal_a_month), FirmFigure::GoalAMonth)]));
    Card::new("What income rests on", &["12 months", "share"], lines)
        .says(&Ok(income_words(mix)))
        .made_of(vec![FirmFigure::OfGoal])
}

/// What time alone could bring.
pub(super) fn ceiling(firm: &Firm) -> Card {
    let it = &firm.ceiling;
    let money = |answer| Figure::listed_answer(answer, firm.currency);
    // Hours, rate and goal are terms of the two figures they make.
    let of = |figure, key| vec![Number::of(figure, key)];
    let lines = vec![
        Line::new("Hours a year that can be sold", of(Figure::hours(&it.hours_a_year), FirmFigure::Ceiling)),
        Line::new("What an hour should bring", of(money(&it.rate), FirmFigure::Ceiling)),
        Line::new("Ceiling of time", of(money(&it.ceiling), FirmFigure::Ceiling)),
        Line::new("Goal of a year", of(money(&it.goal), FirmFigure::FromOtherBases)),
        Line::new("Must come from elsewhere", of(money(&it.from_other_bases), FirmFigure::FromOtherBases)),
    ];
    let of = vec![FirmFigure::Ceiling, FirmFigure::FromOtherBases];
    Card::new("The ceiling of time", &[""], lines).says(&it.words).made_of(of)
}
