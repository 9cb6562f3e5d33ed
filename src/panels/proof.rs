//! Proofs: how the keyboard and the pointer lead from a figure to its proof, and the proof itself.

use std::sync::Arc;

use chrono::NaiveDate;
use egui::{
    Align, Context, EventFilter, Galley, Id, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figure::UNKNOWN;
use crate::command::key_of;
use crate::domain::{Money, per_cent};
use crate::figures::Answer;
use crate::figures::proof::{Delay, FigureKey, Line, Part, Proof, Rule, Term, Unit, Value};
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{
    Dialog, Row, VirtualList, bring_focused, focus_ring, ghost, hover_ui, is_covered, key_cap, moved_cursor,
    primary, say_place,
};
use crate::kit::{icon, number};
use crate::state::{Action, ProofPlace, Session, Shown};

/// Width of the dialog in points.
const WIDTH: f32 = 680.0;
/// What the dialog needs besides its body, in points: title, footer, margins.
const AROUND: f32 = 220.0;
/// The list is never lower than so many rows.
const ROWS_AT_LEAST: usize = 4;
/// Height of the strip of delays in points.
const STRIP: f32 = 34.0;
/// More decimals than these are not written, but rounded.
const MOST_DECIMALS: u32 = 4;

/// What those who hear the screen are told of a figure that can be proved.
pub(super) fn spoken(ctx: &Context, says: &str) -> String {
    match key_of(ctx, "figure.prove") {
        Some(key) => format!("{says}, press {key} for its proof"),
        None => says.to_owned(),
    }
}

/// A tooltip that says more about a figure, if there is more to say, and which key proves it. It is also there while the
/// figure has the keyboard.
pub(super) fn tooltip(response: Response, says: &str) {
    // One that is open would stay over what was opened above it, as long as the figure has the keyboard.
    if is_covered(&response) {
        return;
    }
    let show = |ui: &mut Ui| {
        if !says.is_empty() {
            ui.label(says);
        }
        ui.horizontal(|ui| {
            key_cap(ui, &key_of(ui, "figure.prove").unwrap_or_default());
            let tokens = Tokens::of(ui);
            text::label(ui, "what it is made of", &Ink::caption(tokens));
        });
    };
    if response.has_focus() {
        response.show_tooltip_ui(show);
    } else {
        hover_ui(response, show);
    }
}

/// Lets the keyboard and the pointer lead from a figure to its proof. `response` is that of its place, and senses clicks.
///
/// Which figure has the keyboard is state, so that it has it again once a proof was looked at: what lies over the view
/// takes the focus away.
pub(super) fn provable(ui: &Ui, response: &Response, key: &FigureKey, session: &Session) -> Vec<Action> {
    if session.overlay.is_some() {
        return Vec::new();
    }
    if response.clicked() {
        response.request_focus();
        claim(ui, response);
        return vec![Action::FocusFigure(key.clone()), Action::Prove(key.clone())];
    }
    followed(ui, response, key, session)
}

/// Makes the figure of a place that answers clicks itself the focused one while the place has the keyboard.
pub(super) fn followed(ui: &Ui, response: &Response, key: &FigureKey, session: &Session) -> Vec<Action> {
    if session.overlay.is_some() {
        return Vec::new();
    }
    bring_focused(response);
    if response.has_focus() {
        claim(ui, response);
        keep_arrows(ui, response);
        let is_new = session.focus.as_ref() != Some(key);
        return if is_new { vec![Action::FocusFigure(key.clone())] } else { Vec::new() };
    }
    if session.focus.as_ref() != Some(key) {
        return Vec::new();
    }
    // A figure may stand in two places; the one that had the keyboard last speaks for it.
    let holder = ui.data(|data| data.get_temp::<Id>(holder_id()));
    match ui.memory(egui::Memory::focused) {
        Some(other) if holder != Some(other) => vec![Action::LeaveFigure(key.clone())],
        Some(_) => Vec::new(),
        None if response.lost_focus() => vec![Action::LeaveFigure(key.clone())],
        None => {
            if holder.is_none_or(|holder| holder == response.id) {
                response.request_focus();
            }
            Vec::new()
        }
    }
}

fn holder_id() -> Id {
    Id::unique("the figure that has the keyboard")
}

/// Notes that this place has the keyboard for its figure.
fn claim(ui: &Ui, response: &Response) {
    ui.data_mut(|data| data.insert_temp(holder_id(), response.id));
}

/// Leaves the arrows to the commands while a place has the keyboard: Tab walks figures, and egui would walk on with both.
fn keep_arrows(ui: &Ui, response: &Response) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
}

/// A place where a figure is painted, which `says` tells: the keyboard and the pointer lead from it to its proof.
pub(super) fn provable_place(
    ui: &mut Ui,
    place: Rect,
    says: &str,
    key: &FigureKey,
    session: &Session,
) -> Vec<Action> {
    let id = ui.scope_id().with(("figure", key));
    figure_place(ui, (id, place), (says, says), key, session)
}

/// The place of a figure in the row at hand. As `id` is that of the column, the keyboard stays in the column while the
/// cursor moves from row to row. `says` is what it is, and `more` what its tooltip adds.
pub(super) fn figure_place(
    ui: &mut Ui,
    (id, place): (Id, Rect),
    (says, more): (&str, &str),
    key: &FigureKey,
    session: &Session,
) -> Vec<Action> {
    let response = ui.interact(place, id, Sense::click());
    let told = spoken(ui, says);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if response.has_focus() {
        focus_ring(ui, place.expand2(vec2(space::XS, -1.0)), 4);
    }
    let actions = provable(ui, &response, key, session);
    tooltip(response, more);
    actions
}

/// Words that tell a figure: the keyboard and the pointer lead from them to its proof.
pub(super) fn provable_words(
    ui: &mut Ui,
    words: &str,
    ink: &Ink,
    key: &FigureKey,
    session: &Session,
) -> Vec<Action> {
    let label = egui::Label::new(ink.rich(words)).sense(Sense::click()).selectable(false);
    let response = ui.add(label);
    let told = spoken(ui, words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    if response.has_focus() {
        focus_ring(ui, response.rect.expand(space::XXS), 4);
    }
    let actions = provable(ui, &response, key, session);
    tooltip(response, "");
    actions
}

/// Draws the proof that is looked at.
pub fn proof_ui(ui: &mut Ui, shown: &Shown, place: &ProofPlace) -> Vec<Action> {
    let mut actions = Vec::new();
    let day = shown.figures.day;
    let proof = shown.proof.as_deref();
    let title = proof.map_or("Not there", |proof| &proof.title);
    let dialog = Dialog::new(Id::unique("proof"), title).width(WIDTH);
    let buttons = footer(proof.and_then(|proof| proof.term(place.cursor)), place);
    let keys: Vec<String> = buttons.iter().map(|(id, ..)| key_of(ui, id).unwrap_or_default()).collect();
    let footer = buttons.iter().zip(&keys).map(|((id, label), key)| {
        let button = if *id == "app.back" { primary(label) } else { ghost(label) };
        (button.key(key), *id)
    });
    let footer = footer.collect();
    let shown = dialog.show(
        ui,
        |ui| match proof {
            Some(proof) => actions.extend(body_ui(ui, proof, place, day)),
            None => gone_ui(ui),
        },
        footer,
    );
    actions.extend(shown.footer.map(Action::Run));
    if shown.clicked_outside {
        actions.push(Action::Run("proof.close"));
    }
    actions
}

fn gone_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let says = "This figure is not in the book as it is shown: what it was about was changed, removed or not known yet.";
    text::label(ui, says, &Ink::body(tokens).colour(tokens.secondary));
}

/// The commands of the buttons, and what they are called.
fn footer(term: Option<&Term>, place: &ProofPlace) -> Vec<(&'static str, &'static str)> {
    let deeper = term.is_some_and(|term| term.figure.is_some()).then_some(("proof.deeper", "Prove the term"));
    let open = term.is_some_and(|term| term.client.is_some()).then_some(("proof.open", "Go to the record"));
    let back = ("app.back", if place.above.is_empty() { "Close" } else { "Back" });
    deeper.into_iter().chain(open).chain([back]).collect()
}

fn body_ui(ui: &mut Ui, proof: &Proof, place: &ProofPlace, day: NaiveDate) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let top = ui.cursor().top();
    let whole = ui.content_rect().height() - AROUND;
    ui.spacing_mut().item_spacing.y = space::S;
    value_ui(ui, &proof.value);
    text::label(ui, proof.formula.as_str(), &Ink::second(tokens));
    if let Some(method) = &proof.method {
        text::label(ui, method.as_str(), &Ink::second(tokens));
    }
    if !proof.beside.is_empty() {
        text::label(ui, beside(proof), &Ink::body(tokens).medium());
    }
    if !proof.delays.is_empty() {
        delays_ui(ui, proof);
    }
    let equation = equation(proof);
    let below = if equation.is_some() { height::DENSE + space::S } else { 0.0 };
    let opened = Opened::of(ui, proof, place, day);
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    let (wanted, least) = (
        height::DENSE * proof.lines() as f32 + opened.as_ref().map_or(0.0, |it| it.higher),
        height::DENSE * proof.lines().min(ROWS_AT_LEAST) as f32,
    );
    let left = (whole - (ui.cursor().top() - top) - below).max(least);
    // Half a row at the end says that there is more.
    let height = if wanted > left { ((left / height::DENSE).floor() - 0.5) * height::DENSE } else { wanted };
    let actions = list_ui(ui, proof, place, day, (height, opened.as_ref()));
    if let Some(equation) = equation {
        let ink = Ink::new(size::BODY, tokens.text).medium();
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &equation));
        text::paint(ui.painter(), rect.shrink2(vec2(space::M, 0.0)), Align::Max, &equation, &ink, Cut::Never);
    }
    actions
}

/// What else belongs to the figure, in one line.
fn beside(proof: &Proof) -> String {
    let mut says = String::new();
    for (what, value) in &proof.beside {
        // The end of a range goes on after its beginning.
        let apart = match what.as_str() {
            _ if says.is_empty() => "",
            "to" => " ",
            _ => " · ",
        };
        says = format!("{says}{apart}{what} {}", glance(*value));
    }
    says
}

/// The figure itself, large; where it is unknown, why.
fn value_ui(ui: &mut Ui, value: &Answer<Value>) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let (figure, note) = match value {
        Ok(Value::Money(money)) => (exact(*money), money.currency.code().to_owned()),
        Ok(value) => (glance(*value), String::new()),
        Err(why) => (UNKNOWN.to_owned(), format!("Not known: {why}")),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{figure} {note}")));
    let ink = Ink::new(size::LARGE, tokens.text).semibold();
    let taken = text::paint(ui.painter(), rect, Align::Min, &figure, &ink, Cut::Never);
    let after = Rect::from_min_max(pos2(taken.right() + space::S, rect.top() + 5.0), rect.max);
    text::paint(ui.painter(), after, Align::Min, &note, &Ink::second(tokens), Cut::End);
}

/// The words of the term at hand, which has as many lines as they need.
struct Opened {
    line: usize,
    words: Arc<Galley>,
    /// How much higher it is than other terms.
    higher: f32,
}

impl Opened {
    /// `None` where they have room on one line.
    fn of(ui: &Ui, proof: &Proof, place: &ProofPlace, day: NaiveDate) -> Option<Self> {
        let cursor = place.cursor.min(proof.terms().saturating_sub(1));
        let term = proof.term(cursor)?;
        // A row has its margins, and beside it a bar to scroll by.
        let row = Rect::from_min_size(Pos2::ZERO, vec2(ui.available_width() - 4.0 * space::M, height::DENSE));
        let nowhere = ui.painter().with_clip_rect(Rect::NOTHING);
        let (what, _) =
            paint_figures(&nowhere, Tokens::of(ui), row, term, proof, day, amounts_width(ui, proof));
        let ink = Ink::body(Tokens::of(ui));
        if text::width(&nowhere, &term.what, &ink) <= what.width() {
            return None;
        }
        let words = nowhere.layout(term.what.clone(), ink.font, ink.colour, what.width().max(80.0));
        let first = words.rows.first().map_or(0.0, |row| row.rect().height());
        let higher = words.size().y - first;
        Some(Self { line: proof.line_of(cursor), words, higher })
    }
}

fn list_ui(
    ui: &mut Ui,
    proof: &Proof,
    place: &ProofPlace,
    day: NaiveDate,
    (height, opened): (f32, Option<&Opened>),
) -> Vec<Action> {
    let mut actions = Vec::new();
    let cursor = place.cursor.min(proof.terms().saturating_sub(1));
    let reveal = moved_cursor(ui, ("proof", &place.key), Some(cursor)).map(|term| proof.line_of(term));
    // The first terms come into sight with their heading.
    let reveal = reveal.map(|line| if line == 1 { 0 } else { line });
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let amounts = amounts_width(ui, proof);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let list = VirtualList::new(("proof", &place.key), "What it is made of", proof.lines());
    let list = list.row_height(height::DENSE).reveal(reveal);
    let list = list.opened(opened.map(|it| it.line), opened.map_or(0.0, |it| it.higher));
    list.show(&mut inside, |ui, index| match proof.line(index) {
        Some(Line::Head(part)) => head_ui(ui, &counted(&part.title, part.terms.len())),
        Some(Line::LeftOut) => head_ui(ui, &counted("Left out: not known", proof.left_out.len())),
        Some(Line::Total(part)) => total_ui(ui, part),
        Some(Line::Term(term, at)) => {
            let label = spoken_term(term, day);
            let id = Id::unique(("term", &place.key, at));
            let opened = opened.filter(|it| it.line == index);
            let height = height::DENSE + opened.map_or(0.0, |it| it.higher);
            let row = Row::new(id, &label).height(height).selected(at == cursor);
            let response = row.show(ui, |ui, rect| {
                let rect = rect.with_max_y(rect.top() + height::DENSE);
                paint_term(ui, rect, (term, opened), proof, day, amounts);
            });
            if response.clicked() {
                actions.push(Action::PointProof(at));
            }
            if response.double_clicked() {
                actions.push(Action::Run("proof.open"));
            }
        }
        None => {}
    });
    actions
}

fn counted(title: &str, terms: usize) -> String {
    match terms {
        0 => format!("{title}: none"),
        1 => title.to_owned(),
        _ => format!("{title} · {}", number::count(terms)),
    }
}

/// How wide the column of amounts is: as the totals need it, for they are mostly the widest.
fn amounts_width(ui: &Ui, proof: &Proof) -> f32 {
    let ink = Ink::new(size::BODY, Tokens::of(ui).text).semibold();
    let totals = proof.parts.iter().filter_map(|part| part.read().ok());
    let widths = totals.map(|total| text::width(ui.painter(), &written(&total), &ink));
    widths.fold(72.0, f32::max)
}

/// Inside of a row's margins, but for the sign that a term can be proved itself.
fn columns(rect: Rect) -> (Rect, Rect) {
    let sign = Rect::from_min_max(pos2(rect.right() - 20.0, rect.top()), rect.max);
    (Rect::from_min_max(rect.min, pos2(sign.left(), rect.bottom())), sign)
}

fn head_ui(ui: &mut Ui, title: &str) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, title));
    say_place(&response, None, false);
    let ink = Ink::new(size::SMALL, tokens.tertiary).medium();
    text::paint(ui.painter(), rect.shrink2(vec2(space::M, 0.0)), Align::Min, title, &ink, Cut::End);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.hairline));
}

fn total_ui(ui: &mut Ui, part: &Part) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE), Sense::hover());
    let total = part.read().map_or_else(|why| format!("not known: {why}"), |total| written(&total));
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, format!("Sum: {total}")));
    say_place(&response, None, false);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, tokens.hairline));
    let (inside, _) = columns(rect.shrink2(vec2(space::M, 0.0)));
    let ink = Ink::new(size::BODY, tokens.text).semibold();
    let known = part.total.is_ok();
    let cut = if known { Cut::Never } else { Cut::End };
    let taken = text::paint(ui.painter(), inside, Align::Max, &total, &ink, cut);
    let before = Rect::from_min_max(inside.min, pos2(taken.left() - space::M, inside.bottom()));
    let sign = Ink::new(size::BODY, tokens.tertiary).medium();
    text::paint(ui.painter(), before, Align::Max, "=", &sign, Cut::End);
}

fn spoken_term(term: &Term, day: NaiveDate) -> String {
    let client = term.client.as_ref().map(|(_, name)| name.to_string());
    let when = term.day.map(|on| number::relative_date(on, day));
    let amount = match read(term) {
        Ok(Value::Money(money)) => with_code(money),
        Ok(value) => on_day(&value, day),
        Err(why) => format!("not known: {why}"),
    };
    let parts = [Some(term.what.clone()), client, when, Some(amount)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn paint_term(
    ui: &Ui,
    rect: Rect,
    (term, opened): (&Term, Option<&Opened>),
    proof: &Proof,
    day: NaiveDate,
    amounts: f32,
) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let (what, words) = paint_figures(painter, tokens, rect, term, proof, day, amounts);
    let ink = Ink::body(tokens);
    let taken = match opened {
        None => text::paint(painter, what, Align::Min, &term.what, &ink, Cut::Middle),
        Some(opened) => {
            let top = what.center().y - (opened.words.size().y - opened.higher) / 2.0;
            painter.galley(pos2(what.left(), top.round()), Arc::clone(&opened.words), ink.colour);
            what
        }
    };
    if let Some(name) = name_beside(term, proof) {
        let after = words.with_min_x(taken.right() + space::S);
        text::paint(painter, after, Align::Min, name, &Ink::second(tokens), Cut::Middle);
    }
}

/// The client of a term, which the title does not name of a figure that is one client's.
fn name_beside<'a>(term: &'a Term, proof: &Proof) -> Option<&'a str> {
    let (_, name) = term.client.as_ref()?;
    Some(name.as_ref()).filter(|name| !proof.title.ends_with(*name))
}

/// Paints what a term adds, and when; gives the place of what it is, and that of all words.
fn paint_figures(
    painter: &Painter,
    tokens: &Tokens,
    rect: Rect,
    term: &Term,
    proof: &Proof,
    day: NaiveDate,
    amounts: f32,
) -> (Rect, Rect) {
    let (inside, sign) = columns(rect);
    if term.figure.is_some() {
        let ink = Ink::new(size::CAPTION, tokens.tertiary);
        text::paint(painter, sign, Align::Max, icon::CARET_RIGHT, &ink, Cut::Never);
    }
    let ink = Ink::body(tokens);
    let second = Ink::second(tokens).colour(tokens.tertiary);
    let amount = match read(term) {
        // Terms that stand beside each other may be in several currencies.
        Ok(Value::Money(money)) if proof.rule == Rule::Told => {
            text::paint(painter, inside, Align::Max, &with_code(money), &ink, Cut::Never)
        }
        Ok(value) => text::paint(painter, inside, Align::Max, &on_day(&value, day), &ink, Cut::Never),
        Err(why) => {
            let half = inside.with_min_x(inside.center().x);
            text::paint(painter, half, Align::Max, &format!("{UNKNOWN} {why}"), &second, Cut::End)
        }
    };
    let mut right = amount.left().min(inside.right() - amounts) - space::L;
    let to_the_left = |right: f32| Rect::from_min_max(inside.min, pos2(right, inside.bottom()));
    if let Some(on) = term.day {
        const DAY: f32 = 78.0;
        let taken =
            text::paint(painter, to_the_left(right), Align::Max, &number::date(on, day), &second, Cut::Never);
        right = taken.left().min(right - DAY) - space::S;
    }
    if let Some(own) = term.own {
        let says = with_code(own);
        right = text::paint(painter, to_the_left(right), Align::Max, &says, &second, Cut::Never).left()
            - space::M;
    }
    let words = to_the_left(right);
    let what = match name_beside(term, proof) {
        Some(_) => words.with_max_x(words.left() + words.width() * 0.62),
        None => words,
    };
    (what, words)
}

/// How the parts make the figure, where that is not one sum.
fn equation(proof: &Proof) -> Option<String> {
    // What stands beside the days of a receipt is not added to them.
    let parts = if matches!(proof.rule, Rule::DaysAfter(_)) { 1 } else { proof.parts.len() };
    let totals: Answer<Vec<String>> =
        proof.parts.iter().take(parts).map(|part| part.read().map(|total| written(&total))).collect();
    let totals = totals.ok()?;
    let figure = proof.value.as_ref().map_or(UNKNOWN.to_owned(), written);
    let made = match (proof.rule, totals.as_slice()) {
        (Rule::Sum, [_, _, ..]) => totals.join(" + ").replace("+ −", "− "),
        (Rule::Quotient(times), [upper, lower, ..]) if times == Decimal::ONE => format!("{upper} ÷ {lower}"),
        (Rule::QuotientUp, [upper, lower, ..]) => format!("{upper} ÷ {lower}, rounded up"),
        (Rule::Quotient(times) | Rule::TenthsOfQuotient(times), [upper, lower, ..]) => {
            format!("{upper} × {} ÷ {lower}", times.normalize())
        }
        (Rule::Product | Rule::WeekOfDelay, [first, second]) => format!("{first} × {second}"),
        (Rule::DaysAfter(day), [days, ..]) => {
            format!("{} + {days}", written(&Value::On(day))).replace("+ −", "− ")
        }
        _ => return None,
    };
    Some(format!("{made} = {figure}"))
}

/// What a term adds, with as many decimals as one reads.
fn read(term: &Term) -> Answer<Value> {
    term.amount.clone().map(|amount| term.rounded.unwrap_or(amount))
}

/// A value in a proof looked at on a day: a day is told against it.
fn on_day(value: &Value, day: NaiveDate) -> String {
    match value {
        Value::On(on) => number::relative_date(*on, day),
        value => written(value),
    }
}

fn with_code(money: Money) -> String {
    format!("{} {}", exact(money), money.currency)
}

/// Money without its currency, with every decimal that one reads.
fn exact(money: Money) -> String {
    decimals(money.amount, money.currency.decimals())
}

/// At least so many decimals, and no more than one reads.
fn decimals(number: Decimal, least: u32) -> String {
    number::exact(number.round_dp(MOST_DECIMALS.max(least)), least)
}

/// As the screen shows it: what was divided, to one place. The equation below the list has more of them.
/// A value as it is read at a glance: days to a tenth, shares to a tenth of a per cent.
pub(super) fn glance(value: Value) -> String {
    match value {
        Value::Number(number, unit @ (Unit::Days | Unit::PerHundred | Unit::Times | Unit::Points)) => {
            written(&Value::Number(number.round_dp(1), unit))
        }
        Value::Number(number, Unit::Fraction) => written(&Value::Number(number.round_dp(3), Unit::Fraction)),
        other => written(&other),
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Money(money) => exact(*money),
        Value::Number(number, Unit::Days) => format!("{} d", decimals(*number, 0)),
        Value::Number(number, Unit::Weeks) => format!("{} wk", decimals(*number, 0)),
        Value::Number(number, Unit::Hours) => format!("{} h", decimals(*number, 0)),
        Value::Number(number, Unit::PerHundred) => per_cent(decimals(*number, 0)),
        Value::Number(number, Unit::Fraction) => {
            per_cent(decimals(number.saturating_mul(Decimal::ONE_HUNDRED), 0))
        }
        Value::Number(number, Unit::Times) => format!("{} times", decimals(*number, 0)),
        Value::Number(number, Unit::Things | Unit::Points | Unit::MoneyDays(_)) => decimals(*number, 0),
        Value::On(day) => number::day_in_full(*day),
    }
}

/// The delays as dots on one axis: early to the left of the due day, late to the right of it; hollow while open.
fn delays_ui(ui: &mut Ui, proof: &Proof) {
    let tokens = Tokens::of(ui);
    let delays = proof.delays.as_slice();
    let first = delays.iter().map(|delay| delay.days).min().unwrap_or(0);
    let last = delays.iter().map(|delay| delay.days).max().unwrap_or(0);
    let (earliest, latest) = (first.min(0), last.max(0));
    let all = proof.parts.iter().map(|part| part.terms.len()).max().unwrap_or(delays.len());
    // The forecast lets an invoice count the less the longer ago it was paid.
    let larger = match proof.key {
        FigureKey::Dbt(_) => "for more money",
        _ => "the more it counts",
    };
    let of_all = if all > delays.len() { "last " } else { "" };
    let says = format!(
        "The {of_all}{} against the due day, {}: a dot each, larger {larger}, hollow while open",
        match delays.len() {
            1 => "invoice".to_owned(),
            count => format!("{} invoices", number::count(count)),
        },
        if first == last { off(first) } else { format!("from {} to {}", off(first), off(last)) }
    );
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &says));
    let axis = rect.shrink2(vec2(space::L, 0.0));
    #[expect(clippy::cast_possible_truncation, reason = "a position on the screen")]
    let x = |days: i64| {
        let span = (latest - earliest).max(1).to_f64().unwrap_or(1.0);
        let along = (days - earliest).to_f64().unwrap_or(0.0) / span;
        axis.left() + along as f32 * axis.width()
    };
    let painter = ui.painter();
    let middle = rect.center().y;
    painter.hline(rect.x_range(), middle, Stroke::new(1.0, tokens.hairline));
    painter.vline(x(0), rect.y_range(), Stroke::new(1.0, tokens.tertiary));
    for delay in delays {
        dot(ui, delay, pos2(x(delay.days), middle), tokens);
    }
    text::label(ui, says.as_str(), &Ink::caption(tokens));
}

#[expect(clippy::cast_possible_truncation, reason = "the radius of a dot")]
fn dot(ui: &Ui, delay: &Delay, at: egui::Pos2, tokens: &Tokens) {
    let radius = 2.0 + 4.0 * delay.weight.clamp(0.0, 1.0).sqrt() as f32;
    if delay.paid {
        ui.painter().circle_filled(at, radius, tokens.accent.gamma_multiply(0.6));
    } else {
        ui.painter().circle(at, radius, tokens.surface, Stroke::new(1.5, tokens.watch));
    }
}

/// `3 d early`, `on the day`, `42 d late`.
fn off(days: i64) -> String {
    match days {
        0 => "on the day".to_owned(),
        1.. => format!("{} late", number::days(days)),
        early => format!("{} early", number::days(early.saturating_neg())),
    }
}
