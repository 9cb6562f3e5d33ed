//! The charts draw themselves: what they say, where their words stand, and that the same is drawn twice.

use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;

use egui::{Align, Frame, Layout, Margin, Rect, Role, Shape, Theme, Ui, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use rapport::kit::chart::{
    Calibration, ChartResponse, Compared, DayCursor, Expected, Fan, FanSpark, Held, Level, Mark, PastRange,
    Quantile, SparkDay, Spread, Step, StepKind, Threshold, TimeAxis, Waterfall,
};
use rapport::kit::headless;
use rapport::kit::raster::Image;
use rapport::kit::theme::{Tokens, Tone, space};
use rapport::kit::widgets::section_header;

/// Days ahead whose spread grows with the square root of time, around a median.
fn opening(from: f64, days: u16, median: impl Fn(u16) -> f64, width: f64) -> Vec<Spread> {
    let spread = |n: u16| {
        let middle = median(n);
        let quantiles =
            [-1.96, -1.28, -0.67, 0.0, 0.67, 1.28, 1.96].map(|z| middle + z * width * f64::from(n).sqrt());
        Spread { day: from + f64::from(n), quantiles }
    };
    (1..=days).map(spread).collect()
}

/// A balance of a small firm: fees in on the first of a month, rent and tax out in its middle.
fn monthly(day: u16) -> f64 {
    let months = f64::from(day / 30);
    let rent = if day % 30 >= 14 { -2600.0 } else { 0.0 };
    let tax = if (40..=90).contains(&day) { -3900.0 } else { 0.0 };
    9400.0 + 700.0 * months + rent + tax
}

fn past() -> Vec<(f64, f64)> {
    let changes = [
        (0.0, 7200.0),
        (9.0, 11_400.0),
        (16.0, 8800.0),
        (24.0, 6100.0),
        (31.0, 10_600.0),
        (44.0, 8000.0),
        (52.0, 9400.0),
    ];
    changes.into()
}

fn months(from: f64, count: u16) -> Vec<(f64, String)> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    (0..count)
        .map(|n| {
            let name = names[usize::from(n + 9) % 12];
            let label = if name == "Jan" { "2027".to_owned() } else { name.to_owned() };
            (from + 30.4 * f64::from(n), label)
        })
        .collect()
}

/// A fan with all that can be asked of it.
fn full_fan(ui: &mut Ui, height: f32) -> ChartResponse {
    let past = past();
    let ahead = opening(60.0, 91, monthly, 290.0);
    let what_if = opening(60.0, 91, |day| monthly(day) - if day > 20 { 3200.0 } else { 0.0 }, 330.0);
    let marks = [
        Mark { day: 104.0, value: 3600.0, label: "lowest 18 Apr", compared: false },
        Mark { day: 134.0, value: 1800.0, label: "lowest 2 May", compared: true },
    ];
    let days = months(0.0, 6);
    Fan {
        says: "9 in 10: stays above 1,200; lowest 18 Apr",
        past: &past,
        today: 60.0,
        now: "today",
        ahead: &ahead,
        compared: Some(Compared { ahead: &what_if, label: "what if" }),
        quantile: Some((Quantile::P10, "P10")),
        threshold: Some(Threshold { value: 4000.0, label: "reserve 4,000" }),
        marks: &marks,
        cursor: Some(DayCursor { day: 87.0, label: "Tue 24 Nov" }),
        days: &days,
    }
    .show(ui, height)
}

/// The fan as it mostly is.
fn plain_fan(ui: &mut Ui, height: f32) -> ChartResponse {
    let past = past();
    let ahead = opening(60.0, 91, monthly, 290.0);
    let days = months(0.0, 6);
    let mark = Mark { day: 104.0, value: 3600.0, label: "lowest 18 Apr", compared: false };
    Fan {
        says: "9 in 10: stays above 900; lowest 18 Apr",
        past: &past,
        today: 60.0,
        now: "today",
        ahead: &ahead,
        compared: None,
        quantile: Some((Quantile::P50, "P50")),
        threshold: Some(Threshold { value: 4000.0, label: "reserve 4,000" }),
        marks: &[mark],
        cursor: None,
        days: &days,
    }
    .show(ui, height)
}

/// 52 weeks, and one day on which everything but a little has left.
fn year_fan(ui: &mut Ui, height: f32) -> ChartResponse {
    let ahead =
        opening(60.0, 364, |day| if day == 200 { 600.0 } else { 8000.0 + 9.0 * f64::from(day) }, 120.0);
    let days = months(60.0, 13);
    let mark = Mark { day: 260.0, value: 600.0, label: "lowest 18 Apr", compared: false };
    Fan {
        says: "One day of the year is low",
        past: &[(60.0, 8000.0)],
        today: 60.0,
        now: "today",
        ahead: &ahead,
        compared: None,
        quantile: None,
        threshold: Some(Threshold { value: 2000.0, label: "reserve 2,000" }),
        marks: &[mark],
        cursor: None,
        days: &days,
    }
    .show(ui, height)
}

fn steps() -> Vec<Step> {
    let step = |label: &str, value: f64, figure: &str, kind| Step {
        note: String::new(),
        label: label.into(),
        value,
        figure: figure.into(),
        kind,
    };
    vec![
        step("Expected on 22 Oct", 8200.0, "8,200", StepKind::Total),
        step("Northwind Trading and Shipping Company paid later", -2100.0, "−2,100", StepKind::Change),
        step("New invoices", 3400.0, "+3,400", StepKind::Change),
        step("Café Morgenrot promised", 12.0, "+12.00", StepKind::Change),
        step("Exchange rates", 0.0, "0.00", StepKind::Change),
        step("Deal lost: Hollow Oak", -1650.0, "−1,650", StepKind::Change),
        step("Expected on 22 Nov", 7862.0, "7,862", StepKind::Total),
    ]
}

fn levels() -> Vec<Level> {
    let level = |said: f64, came: f64, count: usize| Level {
        said,
        came,
        between: Some(((said - 0.09).max(0.0), (said + 0.09).min(1.0))),
        count,
    };
    vec![
        level(0.1, 0.13, 240),
        level(0.25, 0.22, 240),
        level(0.5, 0.55, 240),
        level(0.75, 0.71, 120),
        level(0.9, 0.93, 60),
    ]
}

fn ranges() -> Vec<PastRange> {
    (0..26_i16)
        .map(|n| {
            let middle = 9000.0 + 2600.0 * (f64::from(n) / 4.0).sin();
            let came = middle + f64::from((n * 37) % 50 - 25) * 150.0;
            PastRange { label: format!("week {}", n + 1), low: middle - 2400.0, high: middle + 2900.0, came }
        })
        .collect()
}

fn waterfall(ui: &mut Ui) -> ChartResponse {
    Waterfall { says: "From 8,200 to 7,862", steps: &steps(), cursor: Some(2) }.show(ui).chart
}

fn broken_waterfall(ui: &mut Ui) -> ChartResponse {
    let mut steps = steps();
    for step in steps.iter_mut().filter(|step| step.kind == StepKind::Total) {
        step.value += 60_000.0;
        step.figure = format!("6{}", step.figure);
    }
    Waterfall { says: "From 68,200 to 67,862", steps: &steps, cursor: None }.show(ui).chart
}

fn strips(ui: &mut Ui) {
    let axis = TimeAxis { from: -30.0, to: 60.0, today: 0.0 };
    let labels = [(-18.0, "1 Nov".to_owned()), (12.0, "1 Dec".to_owned()), (43.0, "1 Jan".to_owned())];
    let row = |ui: &mut Ui| ui.allocate_exact_size(vec2(ui.available_width(), 28.0), egui::Sense::hover()).0;
    let column = row(ui);
    axis.paint_head(ui, column, "today", &labels);
    let strip = |due, expected, from, to, promised, tone| Expected {
        due: Some(due),
        expected: Some(expected),
        between: Some((from, to)),
        likely: Some((from + (expected - from) * 0.6, expected + (to - expected) * 0.4)),
        promised,
        tone,
    };
    for strip in [
        strip(-12.0, 6.0, 1.0, 21.0, Some(4.0), Tone::Watch),
        strip(10.0, 19.0, 12.0, 44.0, None, Tone::Neutral),
        strip(30.0, 42.0, 33.0, 80.0, Some(38.0), Tone::Neutral),
        strip(-71.0, 15.0, 1.0, 130.0, None, Tone::Risk),
        strip(70.0, 84.0, 72.0, 120.0, None, Tone::Neutral),
        Expected { due: Some(20.0), expected: Some(20.0), ..Expected::default() },
    ] {
        let column = row(ui);
        axis.paint_strip(ui, column, strip);
    }
}

fn spark_days() -> Vec<SparkDay> {
    let days = opening(0.0, 91, monthly, 290.0);
    days.iter()
        .map(|day| {
            let [_, low, _, median, _, high, _] = day.quantiles;
            SparkDay { low, median, high }
        })
        .collect()
}

fn on_surface(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    let surface = Tokens::of(ui).surface;
    Frame::new().fill(surface).corner_radius(6).inner_margin(Margin::same(16)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        section_header(ui, title, None, Some("EUR"));
        contents(ui);
    });
    ui.add_space(space::L);
}

fn gallery(ui: &mut Ui) {
    let frame = Frame::new().fill(Tokens::of(ui).ground).inner_margin(Margin::same(16));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        on_surface(ui, "Balance", |ui| drop(plain_fan(ui, 240.0)));
        on_surface(ui, "Balance, and what if", |ui| drop(full_fan(ui, 280.0)));
        on_surface(ui, "52 weeks", |ui| drop(year_fan(ui, 180.0)));
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            on_surface(left, "Why it changed", |ui| drop(waterfall(ui)));
            on_surface(left, "Of large totals", |ui| drop(broken_waterfall(ui)));
            on_surface(right, "Expected receipts", strips);
            on_surface(right, "Honesty", |ui| {
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    Calibration {
                        says: "Of what was said to come in half of cases, 55% came",
                        levels: &levels(),
                    }
                    .show(ui, 168.0);
                    let room = vec2(ui.available_width(), 168.0);
                    ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                        Held { says: "21 of 26 held", ranges: &ranges() }.show(ui, 110.0);
                        ui.add_space(space::M);
                        let spark = FanSpark {
                            says: "lowest in May",
                            days: &spark_days(),
                            threshold: Some(4000.0),
                            beneath: &[],
                        };
                        spark.show(ui, ui.available_width().min(120.0), 20.0);
                    });
                });
            });
        });
    });
}

fn save(image: &Image, name: &str) {
    let path = format!("{}/../{name}.png", env!("CARGO_TARGET_TMPDIR"));
    std::fs::File::create(path).unwrap().write_all(&image.to_png().unwrap()).unwrap();
}

#[test]
fn the_charts_are_drawn_in_both_themes_and_two_widths() {
    for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        for (size, width) in [([1280, 1640], "wide"), ([640, 1640], "narrow")] {
            let image = headless::draw(size, 1.0, theme, gallery).unwrap();
            save(&image, &format!("charts-{name}-{width}"));
            let tokens = Tokens::for_theme(theme);
            let count = |colour| image.pixels().iter().filter(|pixel| **pixel == colour).count();
            for (what, colour, at_least) in [
                ("outer band", tokens.fan[0], 4_000),
                ("middle band", tokens.fan[1], 4_000),
                ("inner band", tokens.fan[2], 4_000),
                ("lines", tokens.accent, 1_000),
                ("totals", tokens.edge, 1_000),
                ("risk", tokens.risk, 500),
                ("good", tokens.good, 30),
            ] {
                assert!(count(colour) >= at_least, "{name} {width}: only {} pixels of {what}", count(colour));
            }
        }
    }
}

/// The shapes of the second frame of a screen.
fn shapes(size: [f32; 2], mut contents: impl FnMut(&mut Ui)) -> Vec<Shape> {
    let ctx = headless::context(Theme::Dark);
    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(size[0], size[1]));
    let mut frame = |time: f64| {
        let input =
            egui::RawInput { screen_rect: Some(screen), time: Some(time), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(input, &mut contents);
        output.textures_delta.clear();
        output.shapes
    };
    frame(0.0);
    let mut flat = Vec::new();
    for clipped in frame(1.0) {
        flatten(clipped.shape, &mut flat);
    }
    flat
}

fn flatten(shape: Shape, into: &mut Vec<Shape>) {
    match shape {
        Shape::Vec(shapes) => shapes.into_iter().for_each(|shape| flatten(shape, into)),
        Shape::Noop => {}
        shape => into.push(shape),
    }
}

/// Where the ink of each text is.
fn words(shapes: &[Shape]) -> Vec<(String, Rect)> {
    let of = |shape: &Shape| match shape {
        Shape::Text(text) => {
            Some((text.galley.text().to_owned(), text.galley.mesh_bounds.translate(text.pos.to_vec2())))
        }
        _ => None,
    };
    shapes.iter().filter_map(of).filter(|(text, _)| !text.is_empty()).collect()
}

/// Holds a chart to what every one must keep: nothing but numbers, all inside of the screen, no word over another.
fn assert_sound(what: &str, shapes: &[Shape], screen: Rect) {
    for shape in shapes {
        let bounds = shape.visual_bounding_rect();
        if bounds.is_negative() {
            continue;
        }
        assert!(bounds.is_finite(), "{what}: {shape:?}");
        assert!(
            screen.expand(2.0).contains_rect(bounds),
            "{what}: {bounds:?} is beyond {screen:?}: {shape:?}"
        );
    }
    let words = words(shapes);
    for (index, (one, place)) in words.iter().enumerate() {
        for (other, beside) in words.iter().skip(index + 1) {
            assert!(
                !place.intersects(*beside),
                "{what}: {one:?} at {place:?} touches {other:?} at {beside:?}"
            );
        }
    }
}

/// A chart that is only looked at.
type Painted = fn(&mut Ui);

/// Which point of a chart is under the pointer, and which was clicked last.
type Answer = Rc<Cell<(Option<usize>, Option<usize>)>>;

/// A median of some shape and how far the bands lie from it.
type Course = (&'static str, fn(u16) -> f64, f64);

const COURSES: [Course; 7] = [
    ("usual", monthly, 290.0),
    ("negative", |day| -4000.0 - 30.0 * f64::from(day), 200.0),
    ("all equal", |_| 5000.0, 0.0),
    ("nothing", |_| 0.0, 0.0),
    ("huge", |day| 6e14 - 1e12 * f64::from(day), 1e12),
    ("minute", |day| 0.001 * f64::from(day), 0.0001),
    ("without sense", |day| if day % 3 == 0 { f64::NAN } else { f64::INFINITY }, 1.0),
];

#[test]
fn a_fan_keeps_its_words_apart_and_inside_whatever_it_is_given() {
    for (name, course, spread) in COURSES {
        for days in [0, 1, 2, 14, 91, 400] {
            for with_past in [false, true] {
                for width in [240.0, 420.0, 1000.0] {
                    let what = format!("{name}, {days} days, {with_past}, {width}");
                    let past: Vec<(f64, f64)> =
                        (0..60).filter(|_| with_past).map(|n| (f64::from(n), course(n))).collect();
                    let ahead = opening(60.0, days, course, spread);
                    let other = opening(60.0, days, |day| course(day) * 0.8, spread * 1.5);
                    let labels = months(0.0, 16);
                    let low = course(days / 2);
                    let marks = [
                        Mark {
                            day: 60.0 + f64::from(days / 2),
                            value: low,
                            label: "lowest 18 Apr",
                            compared: false,
                        },
                        Mark {
                            day: 60.0 + f64::from(days),
                            value: low * 0.8,
                            label: "lowest 2 May",
                            compared: true,
                        },
                    ];
                    let painted = shapes([width, 220.0], |ui| {
                        let fan = Fan {
                            says: "a fan",
                            past: &past,
                            today: 60.0,
                            now: "today",
                            ahead: &ahead,
                            compared: Some(Compared { ahead: &other, label: "what if" }),
                            quantile: Some((Quantile::P90, "P90")),
                            threshold: Some(Threshold { value: 4000.0, label: "reserve 4,000" }),
                            marks: &marks,
                            cursor: Some(DayCursor { day: 61.0, label: "Tue 24 Nov" }),
                            days: &labels,
                        };
                        fan.show(ui, 220.0);
                    });
                    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 220.0));
                    assert_sound(&what, &painted, screen);
                    let told: Vec<String> = words(&painted).into_iter().map(|(text, _)| text).collect();
                    for word in ["today", "◆ reserve 4,000"] {
                        assert!(
                            told.iter().any(|text| text == word),
                            "{what}: {word} is missing in {told:?}"
                        );
                    }
                }
            }
        }
    }
}

/// The quads of the bands of a fan.
fn bands(shapes: &[Shape]) -> Vec<Rect> {
    let meshes = shapes.iter().filter_map(|shape| match shape {
        Shape::Mesh(mesh) => Some(mesh),
        _ => None,
    });
    let quads = meshes.flat_map(|mesh| {
        let corners: Vec<_> = mesh.vertices.iter().map(|vertex| vertex.pos).collect();
        corners.windows(4).step_by(2).map(Rect::from_points).collect::<Vec<_>>()
    });
    quads.collect()
}

#[test]
fn words_on_the_bands_are_primary_or_have_a_ground_of_their_own() {
    let tokens = Tokens::for_theme(Theme::Dark);
    for (width, chart) in [300.0, 640.0, 1200.0].into_iter().flat_map(|width| [(width, true), (width, false)])
    {
        let painted = shapes([width, 240.0], |ui| {
            let fan = if chart { full_fan } else { year_fan };
            fan(ui, 240.0);
        });
        let bands = bands(&painted);
        assert!(!bands.is_empty());
        let mut grounds: Vec<Rect> = Vec::new();
        for shape in &painted {
            match shape {
                Shape::Rect(rect) if rect.fill == tokens.surface => grounds.push(rect.rect),
                Shape::Text(text) if text.galley.job.sections[0].format.color != tokens.text => {
                    let place = text.galley.mesh_bounds.translate(text.pos.to_vec2());
                    let bare = !grounds.iter().any(|ground| ground.contains_rect(place));
                    let lies_on_a_band = bands.iter().any(|band| band.intersects(place));
                    assert!(!(bare && lies_on_a_band), "{:?} in {width}", text.galley.text());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_chart_keeps_its_words_apart_and_inside() {
    let charts: [(&str, Painted); 7] = [
        ("plain", |ui| drop(plain_fan(ui, 240.0))),
        ("year", |ui| drop(year_fan(ui, 180.0))),
        ("waterfall", |ui| drop(waterfall(ui))),
        ("broken waterfall", |ui| drop(broken_waterfall(ui))),
        ("held", |ui| drop(Held { says: "held", ranges: &ranges() }.show(ui, 110.0))),
        ("calibration", |ui| drop(Calibration { says: "plot", levels: &levels() }.show(ui, 168.0))),
        ("strips", strips),
    ];
    for (name, chart) in charts {
        for width in [200.0, 320.0, 640.0, 1200.0] {
            let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 300.0));
            assert_sound(&format!("{name}, {width}"), &shapes([width, 300.0], chart), screen);
        }
    }
}

#[test]
fn a_dip_of_one_day_in_52_weeks_reaches_down_to_where_it_is() {
    const HEIGHT: f32 = 180.0;
    let accent = Tokens::for_theme(Theme::Dark).accent;
    let lowest = |dip: Option<u16>, width: f32| {
        let course = move |day| if Some(day) == dip { 0.0 } else { 9000.0 };
        let ahead = opening(0.0, 364, course, 0.0);
        let painted = shapes([width, HEIGHT], |ui| {
            let fan = Fan {
                says: "a year",
                past: &[(0.0, 9000.0)],
                today: 0.0,
                now: "today",
                ahead: &ahead,
                compared: None,
                quantile: None,
                threshold: None,
                marks: &[],
                cursor: None,
                days: &[],
            };
            fan.show(ui, HEIGHT);
        });
        let dashes = painted.iter().filter_map(|shape| match shape {
            Shape::LineSegment { points, stroke } if stroke.color == accent => {
                Some(points.map(|point| point.y))
            }
            _ => None,
        });
        dashes.flatten().fold(0.0, f32::max)
    };
    for width in [140.0, 300.0, 1200.0] {
        let level = lowest(None, width);
        for day in (1..=364).step_by(11) {
            // Of a dash that ends short of the tip at most a gap is lacking.
            let dip = lowest(Some(day), width);
            assert!(
                dip > level + 100.0 && dip >= HEIGHT - 24.0 - 4.5,
                "{day} in {width}: {dip}, else {level}"
            );
        }
    }
}

#[test]
fn a_long_name_at_the_end_of_a_line_is_cut_and_leaves_the_plot_its_place() {
    let ahead = opening(0.0, 91, monthly, 290.0);
    let label = "Northwind leaves in spring and rates rise by ten per cent from May on";
    let painted = shapes([640.0, 220.0], |ui| {
        let fan = Fan {
            says: "a fan",
            past: &[],
            today: 0.0,
            now: "today",
            ahead: &ahead,
            compared: Some(Compared { ahead: &ahead, label }),
            quantile: Some((Quantile::P50, "P50")),
            threshold: None,
            marks: &[],
            cursor: None,
            days: &[],
        };
        fan.show(ui, 220.0);
    });
    let words = words(&painted);
    let (cut, place) = words.iter().find(|(text, _)| text.starts_with("North")).unwrap();
    assert!(cut.contains('…') && cut.ends_with("on"), "{cut}");
    assert!(place.left() >= 640.0 * 0.7 && place.right() <= 640.0, "{place:?}");
    assert!(words.iter().any(|(text, _)| text == "P50"));
}

#[test]
fn the_same_charts_give_the_same_shapes() {
    let once = || shapes([900.0, 1640.0], gallery);
    assert!(once() == once());
}

/// A chart in a window 600 points wide, and the answer of its last frame.
fn harness<'a>(mut chart: impl FnMut(&mut Ui) -> ChartResponse + 'a) -> (Harness<'a>, Answer) {
    let answer = Rc::new(Cell::new((None, None)));
    let (kept, ready) = (answer.clone(), Cell::new(false));
    let mut harness = Harness::builder().with_size(vec2(600.0, 400.0)).build_ui(move |ui| {
        if ready.replace(true) {
            let response = chart(ui);
            let (_, clicked) = kept.get();
            kept.set((response.hovered, response.clicked.or(clicked)));
        } else {
            rapport::kit::fonts::install(ui);
            rapport::kit::theme::apply(ui);
        }
    });
    harness.run();
    (harness, answer)
}

#[test]
fn the_pointer_finds_the_nearest_day_of_a_fan_and_a_click_gives_it() {
    let fan = |ui: &mut Ui| plain_fan(ui, 240.0);
    let (mut harness, answer) = harness(fan);
    let rect = harness.get_by_label("9 in 10: stays above 900; lowest 18 Apr").rect();
    // The last day of the axis is day 151: sixty behind, ninety-one ahead. Its name stands at the right of the plot.
    let mut seen = Vec::new();
    for x in [rect.left() + 10.0, rect.center().x, rect.right() - 45.0, rect.right() - 2.0] {
        harness.hover_at(pos2(x, rect.center().y));
        harness.run();
        seen.push(answer.get().0);
    }
    assert!(seen[0].is_none() && seen[3].is_none(), "beside the plot is no day: {seen:?}");
    assert!((70..85).contains(&seen[1].unwrap()) && (140..=151).contains(&seen[2].unwrap()), "{seen:?}");

    harness.drag_at(rect.center());
    harness.drop_at(rect.center());
    harness.run();
    assert_eq!(answer.get().1, seen[1]);
}

#[test]
fn a_day_of_the_answer_counts_from_the_first_day_of_the_axis() {
    let ahead = opening(60.0, 10, monthly, 1.0);
    let fan = |past| Fan {
        says: "",
        past,
        today: 60.0,
        now: "today",
        ahead: &ahead,
        compared: None,
        quantile: None,
        threshold: None,
        marks: &[],
        cursor: None,
        days: &[],
    };
    let behind = fan(&[(50.0, 1.0)]);
    assert_eq!((behind.day(0), behind.day(12)), (50.0, 62.0));
    assert_eq!((fan(&[]).day(0), fan(&[]).day(3)), (60.0, 63.0));
}

#[test]
fn a_waterfall_has_one_stop_for_the_keyboard_and_tells_every_term() {
    let (mut harness, answer) = harness(waterfall);
    harness.get_by_label("From 8,200 to 7,862");
    harness.get_by_role_and_label(Role::ListItem, "New invoices: +3,400");
    // Its cursor is at the third row, which alone is a stop for Tab.
    harness.key_press(egui::Key::Tab);
    harness.run();
    assert_eq!(answer.get().0, Some(2), "the row under the cursor has the keyboard");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(answer.get().1, Some(2));
    let row = harness.get_by_label("Exchange rates: 0.00").rect();
    harness.hover_at(row.center());
    harness.run();
    assert_eq!(answer.get().0, Some(4), "the pointer comes before the keyboard");
}

#[test]
fn every_chart_says_in_words_what_it_shows() {
    let (harness, _) = harness(|ui| {
        full_fan(ui, 120.0);
        drop(Calibration { says: "half of the levels came as said", levels: &levels() }.show(ui, 100.0));
        let _ = FanSpark { says: "lowest in May", days: &spark_days(), threshold: None, beneath: &[] }
            .show(ui, 120.0, 20.0);
        Held { says: "21 of 26 held", ranges: &ranges() }.show(ui, 60.0)
    });
    for words in [
        "9 in 10: stays above 1,200; lowest 18 Apr",
        "half of the levels came as said",
        "lowest in May",
        "21 of 26 held",
    ] {
        harness.get_by_role_and_label(Role::Label, words);
    }
}

#[test]
fn the_pointer_finds_a_past_range_and_a_level() {
    let (mut held, answer) = harness(|ui| Held { says: "21 of 26 held", ranges: &ranges() }.show(ui, 60.0));
    let rect = held.get_by_label("21 of 26 held").rect();
    held.hover_at(rect.left_top() + vec2(2.0, 10.0));
    held.run();
    assert_eq!(answer.get().0, Some(0));

    let (mut plot, answer) =
        harness(|ui| Calibration { says: "a plot", levels: &levels() }.show(ui, 168.0).0);
    let rect = plot.get_by_label("a plot").rect();
    // Half was said, 55 % came: the middle of the plot and a little above it.
    plot.hover_at(pos2(rect.left() + 36.0 + 62.0, rect.bottom() - 20.0 - 0.55 * 124.0));
    plot.run();
    assert_eq!(answer.get().0, Some(2));
    plot.hover_at(rect.left_top() + vec2(40.0, 40.0));
    plot.run();
    assert_eq!(answer.get().0, None);
}
