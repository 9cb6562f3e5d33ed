//! A card: what it is about, what it says in a sentence, and lines of figures, each of which can be proved.

use egui::{Align, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::figures::firm::FirmFigure;
use crate::figures::proof::FigureKey;
use crate::figures::{Answer, Unknown};
use crate::kit::chart::paint_pattern;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, Tone, size, space};
use crate::kit::widgets::{glyph, section_header};
use crate::panels::figure::{Figure, hover};
use crate::panels::proof::{provable_place, provable_words};
use crate::state::{Action, Session};
use crate::written::capital;

/// Height of a line of figures in points.
const LINE: f32 = 24.0;
/// Height of a line of words.
const WORDS: f32 = 18.0;
/// Mean width of a letter of words, in points, to tell how many lines they take.
const LETTER: f32 = 6.1;
/// Width of a digit of a figure.
const DIGIT: f32 = 7.9;
/// Least width of a label beside its figures.
const LABEL: f32 = 120.0;

/// A figure and what proves it.
#[derive(Debug, Clone)]
pub(super) struct Number {
    figure: Figure,
    key: Option<FigureKey>,
}

impl Number {
    /// A figure of the firm.
    pub(super) fn of(figure: Figure, key: FirmFigure) -> Self {
        Self { figure, key: Some(FigureKey::Firm(key)) }
    }

    /// A figure with a key of its own; none where there is nothing to prove.
    pub(super) fn keyed(figure: Figure, key: Option<FigureKey>) -> Self {
        Self { figure, key }
    }

    /// A count of the firm's.
    pub(super) fn count(count: usize, key: FirmFigure) -> Self {
        Self::of(Figure::known(count.to_string(), count == 0), key)
    }
}

/// A line of a card.
#[derive(Debug, Clone)]
pub(super) struct Line {
    label: String,
    tone: Tone,
    pattern: Option<usize>,
    cells: Vec<Number>,
    note: String,
    note_key: Option<FigureKey>,
}

impl Line {
    /// A line with its figures, from the left.
    pub(super) fn new(label: impl Into<String>, cells: Vec<Number>) -> Self {
        Self {
            label: label.into(),
            tone: Tone::Neutral,
            pattern: None,
            cells,
            note: String::new(),
            note_key: None,
        }
    }

    /// How it is judged.
    pub(super) fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// The pattern by which a chart shows it.
    pub(super) fn pattern(self, part: usize) -> Self {
        Self { pattern: Some(part), ..self }
    }

    /// What it says in a sentence, under it, and the figures in it.
    pub(super) fn note(self, note: impl Into<String>, of: Vec<FirmFigure>) -> Self {
        Self { note: note.into(), note_key: Some(several(of)), ..self }
    }
}

/// A card.
#[derive(Debug, Clone)]
pub(super) struct Card {
    title: &'static str,
    says: String,
    says_key: Option<FigureKey>,
    heads: Vec<&'static str>,
    cell: f32,
    lines: Vec<Line>,
}

impl Card {
    /// A card whose lines have figures under these heads. Where none of them is known, the sentence alone says why.
    pub(super) fn new(title: &'static str, heads: &[&'static str], lines: Vec<Line>) -> Self {
        let is_known = |line: &Line| line.cells.iter().any(|number| number.figure.why.is_none());
        let lines = if lines.iter().any(is_known) { lines } else { Vec::new() };
        Self { title, says: String::new(), says_key: None, heads: heads.to_vec(), cell: 82.0, lines }
    }

    /// What it says in a sentence; where that is unknown, why.
    pub(super) fn says(self, says: &Answer<String>) -> Self {
        let says = match says {
            Ok(says) => capital(says),
            Err(Unknown(why)) => format!("Not known: {why}"),
        };
        Self { says, ..self }
    }

    /// The figures in that sentence.
    pub(super) fn made_of(self, of: Vec<FirmFigure>) -> Self {
        self.proved_by(Some(several(of)))
    }

    /// What proves that sentence.
    pub(super) fn proved_by(self, key: Option<FigureKey>) -> Self {
        Self { says_key: key, ..self }
    }

    /// The least width of its figures in points.
    pub(super) fn cell(self, cell: f32) -> Self {
        Self { cell, ..self }
    }

    /// Roughly how high it is in a column so wide.
    pub(super) fn height(&self, width: f32) -> f32 {
        let words = |text: &str| {
            #[expect(clippy::cast_precision_loss, reason = "a few words")]
            let lines = (text.chars().count() as f32 * LETTER / width).ceil();
            lines * WORDS
        };
        let heads = if self.has_no_heads() || self.lines.is_empty() { 0.0 } else { WORDS + space::XS };
        let stacked = self.is_stacked(width);
        let line = |line: &Line| if stacked { stacked_height(line) } else { LINE };
        let lines = self.lines.iter().map(|it| line(it) + words(&it.note));
        28.0 + words(&self.says) + space::XS + heads + lines.sum::<f32>()
    }

    /// Shows it over the whole width.
    pub(super) fn show(&self, ui: &mut Ui, session: &Session) -> Vec<Action> {
        let tokens = Tokens::of(ui);
        ui.push_id(self.title, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            section_header(ui, self.title, None, None);
            let mut actions = Vec::new();
            if !self.says.is_empty() {
                let ink = Ink::second(tokens);
                actions.extend(sentence_ui(ui, &self.says, &ink, self.says_key.as_ref(), session));
            }
            ui.add_space(space::XS);
            if !self.has_no_heads() && !self.lines.is_empty() && !self.is_stacked(ui.available_width()) {
                self.heads_ui(ui);
            }
            for (at, line) in self.lines.iter().enumerate() {
                actions.extend(ui.push_id(at, |ui| self.line_ui(ui, line, session)).inner);
            }
            actions
        })
        .inner
    }

    fn has_no_heads(&self) -> bool {
        self.heads.iter().all(|head| head.is_empty())
    }

    /// The width of a column of figures, counted from the left: that of its longest one, which is never cut.
    fn width_of(&self, at: usize) -> f32 {
        let figures = self.lines.iter().filter_map(|line| line.cells.get(at));
        let longest = figures.map(|number| number.figure.text.chars().count()).max().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a few digits")]
        let longest = longest as f32 * DIGIT + space::S;
        longest.max(self.cell)
    }

    /// Whether its figures leave no room for labels beside them in a column so wide, so that they stand below.
    fn is_stacked(&self, width: f32) -> bool {
        let widths: Vec<f32> = (0..self.heads.len()).map(|at| self.width_of(at)).collect();
        widths.iter().any(|width| *width > self.cell) && widths.iter().sum::<f32>() + LABEL > width
    }

    /// The place of a figure, counted from the left.
    fn place(&self, rect: Rect, at: usize) -> Rect {
        let after: f32 = (at + 1..self.heads.len()).map(|later| self.width_of(later)).sum();
        let right = rect.right() - after;
        let left = right - self.width_of(at) + space::S;
        Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()))
    }

    /// The line of a figure below the label, counted from the first.
    fn place_below(rect: Rect, at: usize) -> Rect {
        #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
        let top = rect.top() + LINE + at as f32 * WORDS;
        Rect::from_min_max(pos2(rect.left() + space::L, top), pos2(rect.right(), top + WORDS))
    }

    fn heads_ui(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), WORDS + space::XS));
        let ink = Ink::new(size::SMALL, tokens.tertiary);
        for (at, head) in self.heads.iter().enumerate() {
            text::paint(ui.painter(), self.place(rect, at), Align::Max, head, &ink, Cut::Never);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.hairline));
    }

    fn line_ui(&self, ui: &mut Ui, line: &Line, session: &Session) -> Vec<Action> {
        let tokens = Tokens::of(ui);
        let stacked = self.is_stacked(ui.available_width());
        let height = if stacked { stacked_height(line) } else { LINE };
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), height));
        let rect = whole.with_max_y(whole.top() + LINE);
        let response = ui.interact(rect, ui.scope_id().with("line"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &line.label));
        let mut left = rect.left();
        if let Some(part) = line.pattern {
            let swatch = Rect::from_min_size(pos2(left, rect.center().y - 5.0), vec2(10.0, 10.0));
            paint_pattern(ui.painter(), tokens, swatch, part);
            left += 18.0;
        }
        let first = if stacked { rect.right() } else { self.place(rect, 0).left() };
        let place = Rect::from_min_max(pos2(left, rect.top()), pos2(first - space::S, rect.bottom()));
        let taken =
            text::paint(ui.painter(), place, Align::Min, &line.label, &Ink::body(tokens), Cut::Middle);
        glyph(ui.painter(), tokens, pos2(taken.right() + 12.0, rect.center().y), line.tone);
        hover(ui, place, &line.label);
        let mut actions = Vec::new();
        for (at, number) in line.cells.iter().enumerate() {
            let place = if stacked { Self::place_below(whole, at) } else { self.place(rect, at) };
            let ink = if at == 0 { Ink::body(tokens).medium() } else { Ink::body(tokens) };
            let taken = number.figure.paint(ui, place, Align::Max, &ink);
            let head = self.heads.get(at).copied().unwrap_or_default();
            if stacked {
                let ink = Ink::new(size::SMALL, tokens.tertiary);
                text::paint(ui.painter(), place, Align::Min, head, &ink, Cut::End);
            }
            let of = if head.is_empty() { String::new() } else { format!(", {head}") };
            let says = format!("{}, {}{of}: {}", self.title, line.label, number.figure.spoken());
            let target = place.with_min_x(taken.left().min(place.right() - 24.0));
            if let Some(key) = &number.key {
                let shown = ui.push_id(at, |ui| provable_place(ui, target, &says, key, session));
                actions.extend(shown.inner);
            }
        }
        if !line.note.is_empty() {
            let (note, ink) = (capital(&line.note), Ink::second(tokens));
            actions.extend(sentence_ui(ui, &note, &ink, line.note_key.as_ref(), session));
            ui.add_space(space::XS);
        }
        actions
    }
}

/// What proves a sentence with these figures.
fn several(of: Vec<FirmFigure>) -> FigureKey {
    FigureKey::Several(of.into_iter().map(FigureKey::Firm).collect())
}

/// A sentence that wraps; one with numbers in it leads to their proof.
fn sentence_ui(
    ui: &mut Ui,
    says: &str,
    ink: &Ink,
    key: Option<&FigureKey>,
    session: &Session,
) -> Vec<Action> {
    let says = one_sentence(says);
    if let Some(key) = key.filter(|_| says.contains(|letter: char| letter.is_ascii_digit())) {
        return provable_words(ui, &says, ink, key, session);
    }
    text::label(ui, says, ink);
    Vec::new()
}

/// The height of a line whose figures stand below its label.
fn stacked_height(line: &Line) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let below = line.cells.len() as f32 * WORDS;
    LINE + below
}

/// A clause as a sentence that is not broken before a per cent sign.
fn one_sentence(says: &str) -> String {
    format!("{}.", says.trim_end_matches('.').replace(" %", "\u{a0}%"))
}
