//! On whom the firm rests: the largest clients, whether they are those it wants, chosen or fallen into.

use super::card::{Card, Line, Number};
use super::words::level_tone;
use crate::figures::firm::{Firm, FirmFigure, origin_title};
use crate::figures::proof::FigureKey;
use crate::kit::theme::Tone;
use crate::panels::figure::Figure;

/// How many of the largest are named.
const LARGEST: usize = 6;

/// What the largest clients bring and take.
pub(super) fn concentration(firm: &Firm) -> Card {
    let clients = firm.concentration.clients.iter().take(LARGEST);
    let mut lines: Vec<Line> = clients
        .map(|client| {
            let share =
                Number::keyed(Figure::share(&client.share), Some(FigureKey::Share(client.client.clone())));
            let hours = Figure::share(&client.hours_share);
            let hours = Number::of(hours, FirmFigure::HoursShare(client.client.clone()));
            let tone = client.level.clone().map_or(Tone::Neutral, level_tone);
            Line::new(client.name.as_ref(), vec![share, hours]).tone(tone)
        })
        .collect();
    let spread = match &firm.spread.clients {
        Ok(clients) => Figure::known(format!("{clients} of {}", firm.spread.with_income), false),
        Err(why) => Figure::unknown(&why.0),
    };
    lines.push(Line::new("Clients for 80\u{a0}% of income", vec![Number::of(spread, FirmFigure::Spread)]));
    let of = firm.concentration.clients.first().map(|largest| {
        let hours = FigureKey::Firm(FirmFigure::HoursShare(largest.client.clone()));
        FigureKey::Several(vec![FigureKey::Share(largest.client.clone()), hours])
    });
    Card::new("On whom it rests", &["of income", "of hours"], lines)
        .says(&firm.concentration.words)
        .proved_by(of)
}

/// Whether the clients are those one wants.
pub(super) fn fit(firm: &Firm) -> Card {
    let lines = firm.fit.criteria.iter().map(|criterion| {
        let meets = Figure::known(format!("{} of {}", criterion.meets, criterion.said), criterion.said == 0);
        let meets = Number::of(meets, FirmFigure::Fit(criterion.id.clone()));
        let income = Figure::share(&criterion.income_share);
        let income = Number::of(income, FirmFigure::FitIncome(criterion.id.clone()));
        Line::new(criterion.meaning.as_str(), vec![meets, income])
    });
    let mut lines: Vec<Line> = lines.collect();
    let overall = Number::of(Figure::share(&firm.fit.overall), FirmFigure::FitOverall);
    lines.push(Line::new("Of everything said, met", vec![overall]));
    let says = format!("of {} clients, who meet what the firm wants of them", firm.fit.clients);
    let says = firm.fit.overall.clone().map(|_| says);
    Card::new("The clients one wants", &["meet it", "of income"], lines)
        .says(&says)
        .made_of(vec![FirmFigure::FitOverall])
}

/// Clients chosen or fallen into.
pub(super) fn origins(firm: &Firm) -> Card {
    let lines = firm.origins.rows.iter().map(|row| {
        let money = |answer| Figure::listed_answer(answer, firm.currency);
        let cells = vec![
            Number::count(row.clients, FirmFigure::OriginClients(row.origin)),
            Number::of(money(&row.income), FirmFigure::OriginIncome(row.origin)),
            Number::of(money(&row.hourly), FirmFigure::OriginHourly(row.origin)),
        ];
        Line::new(origin_title(row.origin), cells)
    });
    Card::new("Chosen or fallen into", &["clients", "12 months", "an hour"], lines.collect())
        .says(&Ok("of clients who are served or were, partners left out".to_owned()))
}
