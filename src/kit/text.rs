//! Text in a rectangle: how it looks, where it stands, where it is cut.
//!
//! Rows and charts place their words themselves, so this paints rather than lays out. Names are cut in the middle, so
//! that both ends can be told apart; amounts are never cut.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Painter, Rect, RichText, Ui, pos2};

use super::fonts;
use super::theme::{LINE, Tokens, size};

/// Size, weight and colour of a piece of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    /// Face and size.
    pub font: FontId,
    /// Colour.
    pub colour: Color32,
}

impl Ink {
    /// Regular text of a size and colour.
    #[must_use]
    pub fn new(size: f32, colour: Color32) -> Self {
        Self { font: fonts::regular(size), colour }
    }

    /// What is read: 13, primary.
    #[must_use]
    pub fn body(tokens: &Tokens) -> Self {
        Self::new(size::BODY, tokens.text)
    }

    /// What is read second: 12, secondary.
    #[must_use]
    pub fn second(tokens: &Tokens) -> Self {
        Self::new(size::SMALL, tokens.secondary)
    }

    /// Captions: 11, tertiary.
    #[must_use]
    pub fn caption(tokens: &Tokens) -> Self {
        Self::new(size::CAPTION, tokens.tertiary)
    }

    /// The same in medium weight.
    #[must_use]
    pub fn medium(self) -> Self {
        Self { font: fonts::medium(self.font.size), ..self }
    }

    /// The same in semibold weight.
    #[must_use]
    pub fn semibold(self) -> Self {
        Self { font: fonts::semibold(self.font.size), ..self }
    }

    /// The same in another colour.
    #[must_use]
    pub fn colour(self, colour: Color32) -> Self {
        Self { colour, ..self }
    }

    /// Text for egui's own labels, with the line height of the design.
    #[must_use]
    pub fn rich(&self, text: impl Into<String>) -> RichText {
        RichText::new(text)
            .font(self.font.clone())
            .color(self.colour)
            .line_height(Some((self.font.size * LINE).round()))
    }
}

/// What happens to text that is wider than its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cut {
    /// The end gives way: sentences.
    #[default]
    End,
    /// The middle gives way: names, files, numbers of invoices.
    Middle,
    /// Nothing gives way: amounts.
    Never,
}

/// A label that takes part in the layout and wraps.
pub fn label(ui: &mut Ui, text: impl Into<String>, ink: &Ink) -> egui::Response {
    ui.label(ink.rich(text))
}

/// An icon that takes part in the layout. Nobody hears it: what it means stands in words beside it.
pub fn icon(ui: &mut Ui, glyph: &str, ink: &Ink) {
    let galley = ui.painter().layout_no_wrap(glyph.to_owned(), ink.font.clone(), ink.colour);
    let (place, _) = ui.allocate_exact_size(galley.size(), egui::Sense::hover());
    ui.painter().galley(place.min, galley, ink.colour);
}

/// Paints one line in `rect`, centred in its height, and returns the space it took.
///
/// The whole text is drawn if it fits; else it is cut as asked.
#[expect(clippy::must_use_candidate, reason = "what counts is the painting")]
pub fn paint(painter: &Painter, rect: Rect, align: Align, text: &str, ink: &Ink, cut: Cut) -> Rect {
    let galley = fitted(painter, text, ink, rect.width(), cut);
    place(painter, rect, align, galley, ink.colour)
}

/// Of several ways to say a thing, the longest first, the first one that fits into a width; the last one where none does.
#[must_use]
pub fn that_fits<'a>(painter: &Painter, ways: &'a [String], ink: &Ink, room: f32) -> &'a str {
    let fits = |way: &&String| width(painter, way, ink) <= room + 0.5;
    ways.iter().find(fits).or(ways.last()).map_or("", String::as_str)
}

/// As much of a sentence as fits into a width and ends with a clause; the whole sentence where none does.
#[must_use]
pub fn clauses_that_fit<'a>(painter: &Painter, says: &'a str, ink: &Ink, room: f32) -> &'a str {
    clauses(says).find(|part| width(painter, part, ink) <= room + 0.5).unwrap_or(says)
}

/// A sentence, and each of its beginnings that ends with a clause, the longest first.
fn clauses(says: &str) -> impl Iterator<Item = &str> {
    let ends = says
        .rmatch_indices([',', ';'])
        .filter(|(at, _)| says.get(at + 1..).is_some_and(|after| after.starts_with(' ')));
    std::iter::once(says).chain(ends.filter_map(|(at, _)| says.get(..at)))
}

/// Paints one line that runs downwards from the top of `rect`, centred in its width and cut at its end: for what is too
/// narrow for words.
pub fn paint_down(painter: &Painter, rect: Rect, text: &str, ink: &Ink) {
    let galley = fitted(painter, text, ink, rect.height(), Cut::End);
    // Turned by a quarter about its left top corner, the height of the line lies to the left of that corner.
    let corner = pos2((rect.center().x + galley.size().y / 2.0).round(), rect.top().round());
    let shape = egui::epaint::TextShape::new(corner, galley, ink.colour);
    painter.add(shape.with_angle(std::f32::consts::FRAC_PI_2));
}

/// Width in points that `text` takes on one line.
#[must_use]
pub fn width(painter: &Painter, text: &str, ink: &Ink) -> f32 {
    painter.layout_no_wrap(text.to_owned(), ink.font.clone(), ink.colour).size().x
}

fn place(painter: &Painter, rect: Rect, align: Align, galley: Arc<Galley>, colour: Color32) -> Rect {
    let size = galley.size();
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.center().x - size.x / 2.0,
        Align::Max => rect.right() - size.x,
    };
    let ppp = painter.pixels_per_point();
    let snap = |v: f32| (v * ppp).round() / ppp;
    let at = pos2(snap(x), snap(rect.center().y - size.y / 2.0));
    painter.galley(at, galley, colour);
    Rect::from_min_size(at, size)
}

/// A text that somebody wrote on several lines, on one.
fn in_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn fitted(painter: &Painter, text: &str, ink: &Ink, width: f32, cut: Cut) -> Arc<Galley> {
    let line = |text: &str| painter.layout_no_wrap(in_one_line(text), ink.font.clone(), ink.colour);
    // Half a point of grace: a place made to measure is rounded to pixels.
    let room = width + 0.5;
    match cut {
        Cut::Never => line(text),
        Cut::Middle => {
            let whole = line(text);
            if whole.size().x <= room {
                return whole;
            }
            line(&cut_middle(text, |part| line(part).size().x <= room))
        }
        Cut::End => {
            let mut job = LayoutJob::simple_singleline(text.to_owned(), ink.font.clone(), ink.colour);
            job.wrap = TextWrapping::truncate_at_width(room);
            painter.layout_job(job)
        }
    }
}

/// Shortens text in the middle until `fits` agrees: `Northwind Trading` to `Nort…ding`. At least the ellipsis is left.
#[must_use]
pub fn cut_middle(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let shortened = |keep: usize| {
        let head: String = characters.iter().take(keep.div_ceil(2)).collect();
        let tail: String = characters.iter().skip(characters.len() - keep / 2).collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    // How many characters can stay, found by halving.
    let (mut low, mut high) = (0, characters.len().saturating_sub(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(&shortened(middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    shortened(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_in_the_middle() {
        let nine = |text: &str| text.chars().count() <= 9;
        assert_eq!(cut_middle("Northwind Trading", nine), "Nort…ding");
        assert_eq!(cut_middle("Acme", nine), "Acme");
    }

    #[test]
    fn a_sentence_ends_with_a_clause() {
        let ways: Vec<&str> = clauses("Leaves 1,040 EUR an hour, from 9 hours; the target is 85.").collect();
        assert_eq!(
            ways,
            [
                "Leaves 1,040 EUR an hour, from 9 hours; the target is 85.",
                "Leaves 1,040 EUR an hour, from 9 hours",
                "Leaves 1,040 EUR an hour",
            ]
        );
    }

    #[test]
    fn no_room_at_all_leaves_the_ellipsis() {
        assert_eq!(cut_middle("Łódź Ąż", |_| false), "…");
        assert_eq!(cut_middle("", |_| false), "…");
    }
}
