//! What is at risk, what was given, and where value talks break.

use super::card::{Card, Line, Number};
use crate::figures::firm::{Firm, FirmFigure, GiftCost, Rate, cause_title};
use crate::figures::{Answer, Unknown};
use crate::kit::theme::Tone;
use crate::panels::figure::Figure;
use crate::panels::kind::kind_title;

fn count(answer: &Answer<usize>) -> Figure {
    match answer {
        Ok(count) => Figure::known(count.to_string(), *count == 0),
        Err(Unknown(why)) => Figure::unknown(why),
    }
}

/// Money at risk of non-payment, by the kind of client who owes it.
pub(super) fn at_risk(firm: &Firm) -> Card {
    let money = |answer: &_| Figure::listed_answer(answer, firm.currency);
    let lines = firm.at_risk.rows.iter().map(|row| {
        let cells = vec![
            Number::of(money(&row.open), FirmFigure::Owed(row.kind)),
            Number::of(money(&row.overdue), FirmFigure::OwedLate(row.kind)),
        ];
        let tone = if row.is_risky { Tone::Watch } else { Tone::Neutral };
        Line::new(kind_title(row.kind), cells).tone(tone)
    });
    let mut lines: Vec<Line> = lines.collect();
    lines.push(Line::new(
        "Together at risk",
        vec![Number::of(money(&firm.at_risk.at_risk), FirmFigure::AtRisk)],
    ));
    let share = Number::of(Figure::share(&firm.at_risk.share), FirmFigure::AtRiskShare);
    lines.push(Line::new("Of all that is owed", vec![share]));
    Card::new("Money at risk of non-payment", &["owed", "late"], lines)
        .says(&firm.at_risk.words)
        .made_of(vec![FirmFigure::AtRiskShare])
}

/// What was given in 12 months, against the margin.
pub(super) fn gifts(firm: &Firm) -> Card {
    let it = &firm.gifts;
    let money = |answer: &_| Figure::listed_answer(answer, firm.currency);
    let cost = |label: &str, cost: &GiftCost, rate: Rate| {
        let cells = vec![
            Number::of(money(&cost.cost), FirmFigure::GiftCost(rate)),
            Number::of(Figure::share(&cost.share), FirmFigure::GiftShare(rate)),
        ];
        Line::new(label, cells)
    };
    let lines = vec![
        Line::new("Lines at no price", vec![Number::of(count(&it.lines), FirmFigure::GiftLines)]),
        Line::new(
            "Results beyond the agreement",
            vec![Number::of(count(&it.results), FirmFigure::GiftResults)],
        ),
        Line::new("Hours beyond it", vec![Number::of(Figure::hours(&it.hours), FirmFigure::GiftHours)]),
        cost("These at the target rate", &it.at_target, Rate::Target),
        cost("At the break-even rate", &it.at_break_even, Rate::BreakEven),
        Line::new("Margin", vec![Number::of(money(&it.margin), FirmFigure::Margin)]),
    ];
    let mut of = vec![FirmFigure::GiftHours];
    of.extend([Rate::Target, Rate::BreakEven].map(FirmFigure::GiftShare));
    Card::new("Gifts against the margin", &["12 months", "of margin"], lines).says(&it.words).made_of(of)
}

/// In which stage and why deals were held up, and what was lost.
pub(super) fn value_talks(firm: &Firm) -> Card {
    let it = &firm.value_talks;
    let money = |answer: &_| Figure::listed_answer(answer, firm.currency);
    let lines = it.rows.iter().map(|row| {
        let at = Some((row.stage.clone(), row.cause));
        let cells = vec![
            Number::count(row.deals, FirmFigure::HeldUp(at.clone())),
            Number::count(row.lost, FirmFigure::HeldUpLost(at.clone())),
            Number::of(money(&row.money_lost), FirmFigure::MoneyLost(at)),
        ];
        Line::new(format!("{}: {}", row.stage_name, cause_title(row.cause)), cells)
    });
    let mut lines: Vec<Line> = lines.collect();
    let all = vec![
        Number::of(count(&it.deals), FirmFigure::HeldUp(None)),
        Number::of(count(&it.lost), FirmFigure::HeldUpLost(None)),
        Number::of(money(&it.money_lost), FirmFigure::MoneyLost(None)),
    ];
    lines.push(Line::new("All", all));
    let says = it.deals.clone().map(|_| {
        match it.without_value {
            0 => "deals that were held up, by stage and cause".to_owned(),
            1 => "deals that were held up, by stage and cause; one of those lost has no value and is in no sum".to_owned(),
            many => format!(
                "deals that were held up, by stage and cause; {many} of those lost have no value and are in no sum"
            ),
        }
    });
    Card::new("Where value talks break", &["deals", "lost", "money lost"], lines)
        .says(&says)
        .made_of(vec![FirmFigure::HeldUpLost(None)])
}
