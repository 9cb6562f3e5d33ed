//! What comes and goes, day by day, beside the fan: each thing on the day it is most expected.

use chrono::NaiveDate;
use egui::{Align, Id, Rect, Ui, pos2, vec2};

use super::words;
use crate::figures::forecast::{AgendaRow, DayPart, Forecast, Layer};
use crate::figures::proof::{Course, FigureKey};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, size, space};
use crate::kit::widgets::{Empty, Row, VirtualList, moved_cursor, section_header};
use crate::kit::{icon, number};
use crate::panels::proof::{figure_place, provable_words};
use crate::state::{Action, CashAction, Session, Shown};

/// Two lines.
const ROW: f32 = 40.0;
/// From this height on, in points, more of what a day brings is named.
const ROOMY_FROM: f32 = 320.0;

pub(super) fn days_ui(ui: &mut Ui, shown: &Shown, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(forecast) = &shown.outlook.base else {
        section_header(ui, "What comes and goes", None, None);
        return actions;
    };
    let code = forecast.currency.code();
    let day = session.cash.day.map(|_| session.cash.day_at(forecast.day));
    let title = match day {
        Some(day) => format!("{} {} and after", number::weekday_name(day), number::date(day, forecast.day)),
        None => "What comes and goes".to_owned(),
    };
    let count = Some(shown.coming.len()).filter(|count| *count > 0);
    section_header(ui, &title, count, Some(code));
    if shown.coming.is_empty() {
        let sentence = "Invoices, fees, instalments and expenses to come stand here, day by day.";
        Empty { icon: icon::CALENDAR, sentence, key: None }.show(ui);
        return actions;
    }
    if let Some(day) = day {
        actions.extend(day_ui(ui, shown, forecast, day, session));
    }
    let at = |row: usize| shown.coming(row);
    let hand = day.map(|day| shown.first_coming_from(day));
    let list = VirtualList::new("coming", "What comes and goes", shown.coming.len())
        .row_height(ROW)
        .reveal(moved_cursor(ui, "coming", hand));
    list.show(ui, |ui, row| {
        let Some(coming) = at(row) else { return };
        // The day stands once, at the first of its rows.
        let first = row.checked_sub(1).and_then(at).is_none_or(|before| before.day != coming.day);
        let marked = day == Some(coming.day);
        actions.extend(row_ui(ui, row, coming, forecast, first, marked.then_some(session)));
    });
    actions
}

/// What the day of the cursor brings: where the balance may be at its end, and from whom something may come on it.
fn day_ui(ui: &mut Ui, shown: &Shown, forecast: &Forecast, day: NaiveDate, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let layers = session.cash.layers;
    let tokens = Tokens::of(ui);
    let fan = forecast.fan(session.cash.layers);
    if let Some(on) = fan.and_then(|fan| fan.days.iter().find(|it| it.day == day)) {
        let [_, low, _, median, _, high, _] = on.quantiles.map(|money| words::glance(&Ok(money)));
        let what = if forecast.opening.is_ok() { "Balance" } else { "Change" };
        let says = format!("{what} {median}; 8 in 10: {low} to {high}");
        let key = FigureKey::BalanceOn(Course::Facts, layers, day);
        actions.extend(provable_words(ui, &says, &Ink::body(tokens).medium(), &key, session));
    }
    // The days below it keep two thirds of a high panel, and half of a low one.
    let (most_in, most_out) = if ui.available_height() >= ROOMY_FROM { (6, 5) } else { (3, 3) };
    let (money_in, money_out): (Vec<&DayPart>, Vec<&DayPart>) =
        shown.on_day.iter().partition(|part| part.amount.amount.is_sign_positive());
    let says = [("In", money_in, most_in), ("Out", money_out, most_out)];
    let says: Vec<String> =
        says.into_iter().filter_map(|(way, parts, most)| parts_words(way, &parts, most)).collect();
    let says = match says.as_slice() {
        [] => "Nothing comes or goes on this day.".to_owned(),
        ways => ways.join(" "),
    };
    let key = FigureKey::ComingOn(Course::Facts, layers, day);
    actions.extend(provable_words(ui, &says, &Ink::second(tokens), &key, session));
    ui.add_space(space::S);
    actions
}

/// What comes in on a day, or goes out, and from whom: `In: Acme +1,200.00 (4%), Bolt +300.00 (2%) and 7 smaller or less
/// likely.` What is expected of a tax has no chance of its own.
fn parts_words(way: &str, parts: &[&DayPart], most: usize) -> Option<String> {
    let part = |it: &&DayPart| {
        let name = format!("{} {}", it.who, words::signed(it.amount));
        match it.chance {
            None => format!("{name} (expected)"),
            Some(1.0..) => name,
            Some(chance) => format!("{name} ({})", words::chance(chance)),
        }
    };
    // Tax stands last and is named all the same.
    let (tax, others): (Vec<&DayPart>, Vec<&DayPart>) = parts.iter().partition(|it| it.chance.is_none());
    let named = others.iter().take(most).chain(&tax).map(part).collect::<Vec<_>>();
    if named.is_empty() {
        return None;
    }
    let more = match others.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" and {} smaller or less likely", number::count(more)),
    };
    Some(format!("{way}: {}{more}.", named.join(", ")))
}

fn row_ui(
    ui: &mut Ui,
    row: usize,
    coming: &AgendaRow,
    forecast: &Forecast,
    first: bool,
    at: Option<&Session>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let when = number::relative_date(coming.day, forecast.day);
    let name = coming.client.as_ref().map(|(_, name)| name.as_ref());
    let sure = sureness(coming);
    let label = format!(
        "{}{}, {when}, {} {}{}",
        coming.what,
        name.map(|name| format!(", {name}")).unwrap_or_default(),
        if coming.amount.amount.is_sign_negative() { "out" } else { "in" },
        words::full(coming.amount),
        sure.as_ref().map(|sure| format!(", {sure}")).unwrap_or_default(),
    );
    let id = Id::unique(("coming", row));
    let response = Row::new(id, &label).height(ROW).marked(at.is_some()).show(ui, |ui, rect| {
        let amount = paint(ui, rect, coming, forecast, first, sure.as_deref());
        // What comes on the day of the cursor can be proved one by one.
        if let Some(session) = at {
            let key = match &coming.flow {
                Some(flow) => FigureKey::Flow(Course::Facts, flow.clone(), forecast.until),
                None => FigureKey::TaxDue(Course::Facts, coming.layer, coming.day),
            };
            let id = Id::unique(("coming figure", &key));
            let place = Rect::from_center_size(amount.center(), vec2(amount.width(), 28.0));
            actions.extend(figure_place(ui, (id, place), (&label, ""), &key, session));
        }
    });
    if response.double_clicked() {
        actions.extend(coming.client.as_ref().map(|(client, _)| Action::OpenClient(client.clone())));
    } else if response.clicked() {
        actions.push(Action::Cash(CashAction::PointDay(coming.day)));
    }
    actions
}

/// How sure it is to come at all, where that is to be said: `likely`, `30 % open deal`.
fn sureness(coming: &AgendaRow) -> Option<String> {
    let chance = words::chance(coming.chance);
    match coming.layer {
        Layer::Committed if coming.chance < 0.9 => Some(format!("{chance} in sight")),
        Layer::Committed => None,
        Layer::Likely => Some(format!("{chance}, from habit")),
        Layer::Possible => Some(format!("{chance}, open deal")),
    }
}

/// Paints a row; gives the place of its amount.
fn paint(
    ui: &Ui,
    rect: Rect,
    coming: &AgendaRow,
    forecast: &Forecast,
    first: bool,
    sure: Option<&str>,
) -> Rect {
    const DAY: f32 = 64.0;
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let middle = rect.center().y;
    let date = number::short_date(coming.day, forecast.day);
    let ink = Ink::new(size::SMALL, tokens.secondary).medium();
    // Days that begin with their year are wider, all of them equally.
    let date_width = text::width(painter, &date, &ink).ceil().max(DAY);
    if first {
        let single = coming.client.is_none() && sure.is_none();
        let bottom = if single { rect.bottom() } else { middle };
        let day = Rect::from_min_max(rect.min, pos2(rect.left() + date_width, bottom));
        text::paint(painter, day.translate(vec2(0.0, 1.0)), Align::Min, &date, &ink, Cut::End);
    }
    let comes_in = coming.amount.amount.is_sign_positive();
    let ink = Ink::body(tokens).colour(if comes_in { tokens.text } else { tokens.secondary });
    let amount = words::signed(coming.amount);
    let taken = text::paint(painter, rect, Align::Max, &amount, &ink, Cut::Never);
    let left = rect.left() + date_width + space::S;
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(taken.left() - space::S, rect.bottom()));
    let upper = Rect::from_min_max(pos2(left, middle - 17.0), pos2(words.right(), middle));
    let lower = upper.translate(vec2(0.0, 16.0));
    let name = coming.client.as_ref().map(|(_, name)| name.as_ref());
    let second =
        [name.map(|_| coming.what.as_str()), sure].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // A single line stands in the middle.
    let first_line = if second.is_empty() { words } else { upper };
    text::paint(
        painter,
        first_line,
        Align::Min,
        name.unwrap_or(&coming.what),
        &Ink::body(tokens),
        Cut::Middle,
    );
    let ink = Ink::new(size::SMALL, tokens.tertiary);
    text::paint(painter, lower, Align::Min, &second, &ink, Cut::End);
    taken
}
