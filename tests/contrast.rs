//! Whether what is painted can be read: every piece of text in every place against the ground it really stands on.

use std::collections::BTreeSet;

use egui::epaint::{ClippedShape, PathShape, TextShape};
use egui::{Color32, Mesh, Pos2, Rect, Rgba, Shape, Theme, pos2};

use rapport::kit::theme::Tokens;

use crate::accessible::{DIALOGS, PLACES};
use crate::window::Machine;
use egui_kittest::kittest::{AccessKitNode, Queryable};

/// What WCAG 2.2 asks of text, and of signs.
const TEXT: f64 = 4.5;
const SIGN: f64 = 3.0;

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: Color32) -> f64 {
    let [r, g, b, _] = Rgba::from(colour).to_array().map(f64::from);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Everything painted, in order, each with what it is cut to.
fn flat(shapes: &[ClippedShape]) -> Vec<(Rect, &Shape)> {
    fn walk<'a>(clip: Rect, shape: &'a Shape, all: &mut Vec<(Rect, &'a Shape)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(clip, shape, all)),
            Shape::Noop => {}
            shape => all.push((clip, shape)),
        }
    }
    let mut all = Vec::new();
    for it in shapes {
        walk(it.clip_rect, &it.shape, &mut all);
    }
    all
}

/// The colour that a shape lays over a point, if it does.
fn fill_at(shape: &Shape, at: Pos2) -> Option<Color32> {
    match shape {
        Shape::Rect(rect) => rect.rect.contains(at).then_some(rect.fill),
        Shape::Circle(circle) => (circle.center.distance(at) <= circle.radius).then_some(circle.fill),
        Shape::Path(path) => (path.closed && inside(path, at)).then_some(path.fill),
        Shape::Mesh(mesh) => mesh_at(mesh, at),
        _ => None,
    }
    .filter(|colour| *colour != Color32::TRANSPARENT)
}

/// Whether a line from the point to the right crosses the outline an odd number of times.
fn inside(path: &PathShape, at: Pos2) -> bool {
    let next = path.points.iter().cycle().skip(1);
    let crosses = |(a, b): &(&Pos2, &Pos2)| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    };
    path.points.iter().zip(next).filter(crosses).count() % 2 == 1
}

fn mesh_at(mesh: &Mesh, at: Pos2) -> Option<Color32> {
    let side = |p: Pos2, q: Pos2| (q.x - p.x) * (at.y - p.y) - (q.y - p.y) * (at.x - p.x);
    mesh.triangles()
        .filter_map(|corners| {
            let [a, b, c] = corners.map(|corner| mesh.vertices[corner as usize]);
            let sides = [side(a.pos, b.pos), side(b.pos, c.pos), side(c.pos, a.pos)];
            let all_one_way = sides.iter().all(|it| *it >= 0.0) || sides.iter().all(|it| *it <= 0.0);
            all_one_way.then_some(a.color)
        })
        .last()
}

/// The colours of a text, each with the characters in it.
fn inks(text: &TextShape) -> Vec<(Color32, String)> {
    let sections = text.galley.job.sections.iter().map(|section| {
        let own = section.format.color;
        let colour = if own == Color32::PLACEHOLDER { text.fallback_color } else { own };
        let range = section.byte_range.start.0..section.byte_range.end.0;
        let words = text.galley.job.text.get(range).unwrap_or_default();
        (text.override_text_color.unwrap_or(colour), words.to_owned())
    });
    sections.filter(|(_, words)| !words.trim().is_empty()).collect()
}

fn cannot_be_worked(node: &AccessKitNode<'_>) -> bool {
    node.is_disabled()
}

/// Whether all of it is signs of the icon face.
fn is_sign(words: &str) -> bool {
    words.chars().all(|c| matches!(c, '\u{E000}'..='\u{F8FF}' | '●' | '▲' | '◆' | '▼') || c.is_whitespace())
}

/// The texts that cannot be read where they stand, a line each. Of what cannot be worked at the moment, and is drawn faint,
/// WCAG asks nothing.
fn unreadable(shapes: &[ClippedShape], asleep: &[Rect], ground: Color32) -> BTreeSet<String> {
    let all = flat(shapes);
    let mut found = BTreeSet::new();
    for (index, (clip, shape)) in all.iter().enumerate() {
        let Shape::Text(text) = shape else { continue };
        let place = text.visual_bounding_rect().intersect(*clip);
        if !place.is_positive() {
            continue;
        }
        let over = |at: Pos2, (clip, shape): &(Rect, &Shape)| {
            if clip.contains(at) { fill_at(shape, at) } else { None }
        };
        let centre = place.center();
        if asleep.iter().any(|control| control.contains(centre)) {
            continue;
        }
        if all.iter().skip(index + 1).any(|later| over(centre, later).is_some()) {
            continue;
        }
        for (ink, words) in inks(text) {
            let least = if is_sign(&words) { SIGN } else { TEXT };
            let points = (1u8..8).map(|n| pos2(place.left() + place.width() * f32::from(n) / 8.0, centre.y));
            let poor: Vec<(f64, Color32)> = points
                .filter_map(|at| {
                    let below = all.iter().take(index).filter_map(|shape| over(at, shape));
                    let under = below.fold(ground, Color32::blend);
                    let ratio = contrast(under.blend(ink), under);
                    (ratio < least).then_some((ratio, under))
                })
                .collect();
            // A line that runs through a word makes it no harder to read; a ground does.
            if poor.len() >= 3 {
                let (ratio, under) = poor[0];
                found.insert(format!("{words:?}: {ink:?} on {under:?} reaches {ratio:.2}"));
            }
        }
    }
    found
}

#[test]
fn every_text_that_is_painted_can_be_read_on_what_it_stands_on() {
    let machine = Machine::new();
    let mut window = machine.start();
    let mut all = BTreeSet::new();
    for theme in [Theme::Dark, Theme::Light] {
        window.harness.ctx.set_theme(theme);
        window.harness.run_steps(2);
        for (place, keys) in PLACES.iter().chain(&DIALOGS) {
            window.press(keys);
            window.harness.run_steps(2);
            let asleep: Vec<Rect> = {
                let nodes = window.harness.query_all_by(cannot_be_worked);
                nodes.map(|node: egui_kittest::Node<'_>| node.rect()).collect()
            };
            let ground = Tokens::for_theme(theme).ground;
            let poor = unreadable(&window.harness.output().shapes, &asleep, ground);
            all.extend(poor.into_iter().map(|it| format!("{theme:?}, {place}: {it}")));
            for _ in 0..6 {
                window.press("esc");
            }
            window.press("ctrl+1");
        }
    }
    assert!(all.is_empty(), "{}", all.into_iter().collect::<Vec<_>>().join("\n"));
}
