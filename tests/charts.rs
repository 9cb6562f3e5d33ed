//! The charts draw themselves: what they say, where their words stand, and that the same is drawn twice.

use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;

use egui::{Align, Context, Frame, Layout, Margin, Rect, Role, Shape, Theme, Ui, pos2, vec2};
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
    Waterfall { says: "From 8,200 to 7,862", steps: &steps(), cursor: Some(2) }.show(ui)
}

fn broken_waterfall(ui: &mut Ui) -> ChartResponse {
    let mut steps = steps();
    for step in steps.iter_mut().filter(|step| step.kind == StepKind::Total) {
        step.value += 60_000.0;
        step.figure = format!("6{}", step.figure);
    }
    Waterfall { says: "From 68,200 to 67,862", steps: &steps, cursor: None }.show(ui)
}

fn strips(ui: &mut Ui) {
    let axis = TimeAxis { from: -30.0, to: 60.0, today: 0.0 };
    let labels = [(-18.0, "1 Nov".to_owned()), (12.0, "1 Dec".to_owned()), (43.0, "1 Jan".to_owned())];
    let row = |ui: &mut Ui| ui.allocate_exact_size(vec2(ui.available_width(), 28.0), egui::Sense::hover()).0;
    let column = row(ui);
    axis.paint_head(ui, column, &labels);
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
                        let spark =
                            FanSpark { says: "lowest in May", days: &spark_days(), threshold: Some(4000.0) };
                        spark.show(ui, 120.0, 20.0);
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
        for (size, width) in [([1280, 1480], "wide"), ([640, 1480], "narrow")] {
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
