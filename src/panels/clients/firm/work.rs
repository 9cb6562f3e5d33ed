//! Where work comes from, whether clients come back, what trust brings, and which practices work here.

use super::card::{Card, Line, Number};
use crate::figures::firm::{ChannelRow, ChannelStep, ComingBack, Firm, FirmFigure, Practice, PracticeRow};
use crate::figures::{Answer, Unknown};
use crate::panels::figure::Figure;

fn count(answer: &Answer<usize>) -> Figure {
    match answer {
        Ok(count) => Figure::known(count.to_string(), *count == 0),
        Err(Unknown(why)) => Figure::unknown(why),
    }
}

/// Deals won, by where they came from.
pub(super) fn new_work(firm: &Firm) -> Card {
    let lines = firm.new_work.rows.iter().map(|row| {
        let cells = vec![
            Number::of(count(&row.deals), FirmFigure::NewWork(row.from)),
            Number::of(Figure::share(&row.share), FirmFigure::NewWorkShare(row.from)),
            Number::of(Figure::listed_answer(&row.value, firm.currency), FirmFigure::NewWorkValue(row.from)),
        ];
        Line::new(row.from.title(), cells)
    });
    let heads = ["deals", "share", "worth"];
    let of = firm.new_work.rows.iter().map(|row| FirmFigure::NewWorkShare(row.from)).collect();
    Card::new("Where new work comes from", &heads, lines.collect()).says(&firm.new_work.words).made_of(of)
}

/// Whether first-time clients came back, by the year they were met.
pub(super) fn second_deals(firm: &Firm) -> Card {
    let line = |label: String, row: &ComingBack| {
        let back = Figure::known(format!("{} of {}", row.came_back, row.counted), row.counted == 0);
        let waiting = Figure::known(row.waiting.to_string(), row.waiting == 0);
        let cells = [Figure::share(&row.share), back, waiting];
        let of = |figure| Number::of(figure, FirmFigure::SecondDeals(row.year));
        Line::new(label, cells.into_iter().map(of).collect())
    };
    let years = firm.second_deals.years.iter().rev();
    let years = years.filter_map(|row| Some(line(format!("Met in {}", row.year?), row)));
    let mut lines: Vec<Line> = years.collect();
    lines.push(line("All".to_owned(), &firm.second_deals.all));
    Card::new("A second deal within 12 months", &["came back", "clients", "too early"], lines)
        .says(&firm.second_deals.words)
        .made_of(vec![FirmFigure::SecondDeals(None)])
}

/// What came of those met through each channel.
pub(super) fn channels(firm: &Firm) -> Card {
    let lines = firm.channels.rows.iter().map(channel);
    let heads = ["met", "in time", "offer", "won", "of met", "again", "hours"];
    let not_noted = match firm.channels.not_noted {
        0 => String::new(),
        1 => "; of one nobody noted how they were met".to_owned(),
        many => format!("; of {many} nobody noted how they were met"),
    };
    let says = format!(
        "in time is in touch within {} days of meeting; hours are those before the sale{not_noted}",
        firm.channels.days
    );
    let says = if firm.channels.rows.is_empty() {
        Err(Unknown::because("of nobody it is noted how they were met"))
    } else {
        Ok(says)
    };
    let of = firm.channels.rows.iter().take(1);
    let of = of.map(|row| FirmFigure::ChannelContactedShare(row.key.clone())).collect();
    Card::new("Channels", &heads, lines.collect()).says(&says).made_of(of).cell(54.0)
}

fn channel(row: &ChannelRow) -> Line {
    let key = || row.key.clone();
    let step = |step: ChannelStep| Number::count(row.count(step), FirmFigure::Channel(key(), step));
    let cells = vec![
        step(ChannelStep::Met),
        Number::of(Figure::share(&row.contacted_share), FirmFigure::ChannelContactedShare(key())),
        step(ChannelStep::Proposal),
        step(ChannelStep::Won),
        Number::of(Figure::share(&row.won_share), FirmFigure::ChannelWonShare(key())),
        step(ChannelStep::Second),
        Number::of(Figure::hours(&row.presale_hours), FirmFigure::ChannelHours(key())),
    ];
    Line::new(row.name.as_str(), cells)
}

/// What introductions brought.
pub(super) fn trust(firm: &Firm) -> Card {
    let trust = &firm.trust;
    let multiplier = match &trust.multiplier {
        Ok(by) => Figure::known(format!("{} ×", crate::written::decimal(by.round_dp(2))), false),
        Err(why) => Figure::unknown(&why.0),
    };
    // The two sums are the terms of the multiplier.
    let of = |figure| Number::of(figure, FirmFigure::TrustMultiplier);
    let money = |answer| of(Figure::listed_answer(answer, firm.currency));
    let clients = |count: usize| of(Figure::known(count.to_string(), count == 0));
    let lines = vec![
        Line::new("Came by themselves", vec![money(&trust.direct), clients(trust.direct_clients)]),
        Line::new("Were introduced", vec![money(&trust.introduced), clients(trust.introduced_clients)]),
        Line::new("Trust multiplier", vec![of(multiplier)]),
    ];
    Card::new("What trust brings", &["ever", "clients"], lines)
        .says(&trust.words)
        .made_of(vec![FirmFigure::TrustMultiplier])
}

/// Which practices go with being paid sooner and disputed less.
pub(super) fn practices(firm: &Firm) -> Card {
    let lines = firm.practices.rows.iter().map(practice);
    let heads = ["with", "days late", "without", "days late"];
    let says = "invoices that came due, with a practice and without; that those with it are paid sooner does not prove that \
                the practice does it";
    Card::new("Does it work here?", &heads, lines.collect()).says(&Ok(says.to_owned())).cell(66.0)
}

fn practice(row: &PracticeRow) -> Line {
    let side = |with: bool| {
        let side = if with { &row.with } else { &row.without };
        let invoices = Figure::known(side.invoices.to_string(), side.invoices == 0);
        let disputed = FirmFigure::Disputed(row.practice.clone(), with);
        let days = Number::of(Figure::days(&side.mean_days), FirmFigure::Delay(row.practice.clone(), with));
        [Number::of(invoices, disputed), days]
    };
    let cells = side(true).into_iter().chain(side(false)).collect();
    let key = |figure: fn(Practice, bool) -> FirmFigure, with| figure(row.practice.clone(), with);
    let of = [true, false].map(|with| [key(FirmFigure::Delay, with), key(FirmFigure::Disputed, with)]);
    Line::new(row.title.as_str(), cells).note(row.words.as_str(), of.into_iter().flatten().collect())
}
