//! The kit draws itself: a gallery of every widget and chart, in both themes, and what assistive technology is told.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use std::io::Write;

use egui::{Align, Frame, Id, Layout, Margin, Panel, Rect, Role, Theme, Ui, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use rapport::kit::chart::{
    Balance, Expected, MonthBars, MonthFlow, Part, Parts, PartsFill, Threshold, TimeAxis,
};
use rapport::kit::fallback;
use rapport::kit::headless;
use rapport::kit::number;
use rapport::kit::raster::Image;
use rapport::kit::text::{self, Cut, Ink};
use rapport::kit::theme::{Tokens, Tone, height, size, space};
use rapport::kit::widgets::{
    Banner, Card, Chip, Column, Completion, Dialog, Empty, Field, Figure, KeyHint, NavItem, Row, SortOrder,
    Table, TableRow, VirtualList, banner_ui, chip, completion_ui, ghost, glyph, key_cap, key_hints_ui,
    paint_chip, primary, secondary, section_header, segmented_ui,
};
use rapport::kit::{fonts, icon, theme};

const CLIENTS: [(&str, &str, &str, Tone, &str); 7] = [
    (
        "Northwind Trading and Shipping Company",
        "18 days late; usually pays in 9",
        "4,200",
        Tone::Risk,
        "12 d",
    ),
    ("Łódź Ateliers", "proposal unanswered for 11 days", "7,850", Tone::Watch, "11 d"),
    ("Café Morgenrot", "promised to pay by Tue 17 Nov", "840.50", Tone::Risk, "4 d"),
    ("Ana Ferreira", "met at the fair 2 days ago", "", Tone::Good, "2 d"),
    ("Brightwater Dental", "domain renews in 9 days, one contact", "120.00", Tone::Watch, "31 d"),
    ("Hollow Oak", "delivered, not invoiced for 6 days", "2,300", Tone::Watch, "6 d"),
    ("Kestrel & Sons", "nothing good said for 6 months", "", Tone::Good, "40 d"),
];

fn months() -> Vec<MonthFlow> {
    let flows = [
        (5200.0, 3100.0),
        (7400.0, 2900.0),
        (3100.0, 4200.0),
        (8800.0, 3300.0),
        (6100.0, 3050.0),
        (9400.0, 5200.0),
        (4700.0, 3000.0),
        (5200.0, 2800.0),
        (10_800.0, 3900.0),
        (6900.0, 3100.0),
        (7400.0, 3000.0),
        (3600.0, 3000.0),
        (2100.0, 3000.0),
    ];
    let first = chrono::NaiveDate::from_ymd_opt(2025, 11, 1).unwrap();
    flows
        .iter()
        .enumerate()
        .map(|(n, (inflow, outflow))| {
            let day = first + chrono::Months::new(u32::try_from(n).unwrap());
            let label = number::month(day);
            let (label, year) = label.split_once(' ').unwrap();
            let year = (n == 0 || label == "Jan").then(|| year.to_owned());
            MonthFlow {
                label: label.to_owned(),
                year,
                inflow: *inflow,
                outflow: *outflow,
                forecast: n > 10,
                tooltip: String::new(),
            }
        })
        .collect()
}

fn on_surface(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    Frame::new().fill(tokens.surface).corner_radius(6).inner_margin(Margin::same(16)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui);
    });
    ui.add_space(space::L);
}

fn triage_row(ui: &mut Ui, index: usize) {
    let tokens = Tokens::of(ui);
    let (name, why, stake, tone, last) = CLIENTS[index % CLIENTS.len()];
    let row = Row::new(Id::unique(("row", index)), name)
        .selected(index == 1)
        .bar((index == 2).then_some(Tone::Risk));
    row.show(ui, |ui, rect| {
        let painter = ui.painter();
        glyph(painter, tokens, pos2(rect.left() + 8.0, rect.center().y), tone);
        let column = |from: f32, to: f32| Rect::from_min_max(pos2(from, rect.top()), pos2(to, rect.bottom()));
        let left = rect.left() + 24.0;
        let body = Ink::body(tokens);
        text::paint(
            painter,
            column(left, left + 150.0),
            Align::Min,
            name,
            &body.clone().medium(),
            Cut::Middle,
        );
        let why_place = column(left + 162.0, rect.right() - 130.0);
        text::paint(painter, why_place, Align::Min, why, &body.clone().colour(tokens.secondary), Cut::End);
        text::paint(
            painter,
            column(rect.right() - 130.0, rect.right() - 50.0),
            Align::Max,
            stake,
            &body,
            Cut::Never,
        );
        text::paint(
            painter,
            rect,
            Align::Max,
            last,
            &Ink::second(tokens).colour(tokens.tertiary),
            Cut::Never,
        );
    });
}

fn left_column(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    on_surface(ui, |ui| {
        section_header(ui, "Buttons", None, None);
        ui.horizontal(|ui| {
            primary("Record payment").key("P").show(ui);
            secondary("Log a touch").icon(icon::PHONE).key("N").show(ui);
            ghost("Snooze").key("S").show(ui);
            primary("Save").enabled(false).show(ui);
            ghost("Undo").icon_only(icon::UNDO).show(ui);
        });
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            for (label, tone) in [
                ("steady", Tone::Good),
                ("at risk", Tone::Watch),
                ("toxic", Tone::Risk),
                ("new", Tone::Accent),
                ("dormant", Tone::Neutral),
            ] {
                chip(ui, label, tone);
            }
            for key in ["E", "Ctrl+K", "Shift+J", "?"] {
                key_cap(ui, key);
            }
        });
        ui.add_space(space::S);
        segmented_ui(ui, "Period", &["3 months", "12 months", "All"], 1);
    });
    on_surface(ui, |ui| {
        section_header(ui, "Today", Some(7), Some("15,310"));
        ui.allocate_ui(vec2(ui.available_width(), 6.0 * height::ROW), |ui| {
            VirtualList::new("today", "Today", CLIENTS.len()).show(ui, triage_row);
        });
    });
    on_surface(ui, |ui| {
        Field::new(Id::unique("client"), "Client").hint("Start typing a name").show(ui, &mut String::new());
        ui.add_space(space::S);
        Field::new(Id::unique("due"), "Due")
            .note(Some("Fri 4 Dec 2026, in 13 d"))
            .show(ui, &mut "+13d".to_owned());
        ui.add_space(space::S);
        let error = Some("an amount has digits, such as 1,250.00");
        Field::new(Id::unique("amount"), "Amount").error(error).show(ui, &mut "12x".to_owned());
        ui.add_space(space::S);
        Field::new(Id::unique("filter"), "Filter")
            .label_hidden()
            .icon(icon::SEARCH)
            .hint("Filter clients")
            .show(ui, &mut String::new());
        let proposals =
            [("Northwind Trading", "4 deals"), ("Northgate Clinic", "1 deal"), ("Norrland AB", "")];
        let proposals = proposals.map(|(text, detail)| Completion { text, detail });
        let _ = completion_ui(ui, "Clients", &proposals, Some(0));
    });
    let card_area = |ui: &mut Ui, index: usize, bar: Option<Tone>| {
        let (name, why, stake, tone, last) = CLIENTS[index];
        Card::new(Id::unique(("card", index)), name).selected(index == 1).bar(bar).show(ui, |ui, rect| {
            let painter = ui.painter();
            let line = |n: f32| {
                Rect::from_min_size(pos2(rect.left(), rect.top() + n * 18.0), vec2(rect.width(), 18.0))
            };
            let amount =
                text::paint(painter, line(0.0), Align::Max, stake, &Ink::body(tokens).medium(), Cut::Never);
            let mut name_place = line(0.0);
            name_place.max.x = amount.left() - 8.0;
            text::paint(painter, name_place, Align::Min, name, &Ink::body(tokens).medium(), Cut::Middle);
            text::paint(painter, line(1.0), Align::Min, why, &Ink::second(tokens), Cut::End);
            text::paint(painter, line(2.0), Align::Max, last, &Ink::caption(tokens), Cut::Never);
            let chip_at = line(2.0).left_center() + vec2(0.0, 1.0);
            let _ = paint_chip(painter, tokens, chip_at, Chip { label: "proposal", tone });
        });
    };
    ui.columns(2, |columns| {
        card_area(&mut columns[0], 0, Some(Tone::Watch));
        card_area(&mut columns[1], 1, None);
    });
    ui.add_space(space::L);
    on_surface(ui, |ui| {
        ui.allocate_ui(vec2(ui.available_width(), 150.0), |ui| {
            let sentence = "Renewals of your clients stand here: domains, hosting, licences.";
            Empty { icon: icon::RENEWAL, sentence, key: Some(("A", "add one")) }.show(ui);
        });
    });
}

fn summary(ui: &mut Ui) {
    let figures = [
        ("Balance", "11,240", "● above the reserve", Tone::Neutral),
        ("Receivables", "14,210", "34 open invoices", Tone::Neutral),
        ("DSO", "41 d", "9 d more than a year ago", Tone::Watch),
        ("CEI", "not enough history", "3 invoices in 90 days", Tone::Neutral),
    ];
    on_surface(ui, |ui| {
        ui.columns(4, |columns| {
            for (ui, (label, value, note, tone)) in columns.iter_mut().zip(figures) {
                let known = !value.starts_with("not");
                Figure { id: Id::unique(("figure", label)), label, value, note, tone, known }.show(ui);
            }
        });
    });
}

fn right_column(ui: &mut Ui) {
    summary(ui);
    on_surface(ui, |ui| {
        section_header(ui, "In and out by month", None, Some("EUR"));
        let months = months();
        MonthBars { says: "In 72,300 and out 43,550 in 13 months", months: &months, cursor: Some(5) }
            .show(ui, 220.0);
    });
    on_surface(ui, |ui| {
        section_header(ui, "Balance", None, Some("11,240"));
        let points: Vec<(f64, f64)> = (0..120_u32)
            .map(|n| {
                let day = f64::from(n);
                (
                    day,
                    6500.0 + 3800.0 * (day / 17.0).sin() - 9.0 * day + if n % 30 < 4 { 1500.0 } else { 0.0 },
                )
            })
            .collect();
        let days = [
            (0.0, "1 Sep".to_owned()),
            (30.0, "1 Oct".to_owned()),
            (61.0, "1 Nov".to_owned()),
            (91.0, "1 Dec".to_owned()),
        ];
        let threshold = Some(Threshold { value: 4000.0, label: "reserve 4,000" });
        let says = "Lowest 1,700 on 20 Dec, under the reserve of 4,000";
        Balance { says, points: &points, steps: true, today: Some(81.0), threshold, days: &days }
            .show(ui, 180.0);
    });
    ui.columns(2, |columns| {
        on_surface(&mut columns[0], |ui| {
            section_header(ui, "Receivables by age", None, Some("14,210"));
            let part = |label: &str, value: f64, figure: &str| Part {
                label: label.into(),
                value,
                figure: figure.into(),
            };
            let parts = [
                part("not due", 7420.0, "7,420"),
                part("1–30 days", 3900.0, "3,900"),
                part("31–60 days", 1850.0, "1,850"),
                part("61–90 days", 0.0, "0"),
                part("over 90 days", 1040.0, "1,040"),
            ];
            Parts {
                says: "Receivables 14,210, of which 1,040 over 90 days",
                parts: &parts,
                fill: PartsFill::Rising,
            }
            .show(ui);
        });
    });
    on_surface(ui, clients_table);
}

fn clients_table(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    section_header(ui, "Expected receipts", Some(7), Some("14,210"));
    let columns = [
        Column::text("Client").share(2.0).min(120.0),
        Column::number("Open").min(64.0),
        Column::number("DBT").min(56.0),
        Column::text("Due and expected").share(3.0).min(160.0).unsortable(),
    ];
    let axis = TimeAxis { from: -20.0, to: 60.0, today: 0.0 };
    ui.allocate_ui(vec2(ui.available_width(), 28.0 * 6.0), |ui| {
        let table = Table::new("receipts", "Expected receipts", &columns, CLIENTS.len())
            .sort(Some(SortOrder { column: 1, descending: true }));
        table.show(
            ui,
            |row| TableRow {
                id: Id::unique(("receipt", row)),
                label: CLIENTS[row].0.to_owned(),
                selected: row == 2,
                marked: false,
                bar: (row == 0).then_some(Tone::Risk),
                heading: false,
            },
            |ui, cell| {
                let (name, _, stake, tone, last) = CLIENTS[cell.row];
                match cell.column {
                    0 => drop(cell.name(ui, name, &Ink::body(tokens))),
                    1 => drop(cell.text(ui, stake, &Ink::body(tokens))),
                    2 => drop(cell.text(ui, last, &Ink::body(tokens).colour(tokens.secondary))),
                    _ => {
                        let due = f64::from(u8::try_from(cell.row).unwrap()) * 7.0 - 15.0;
                        let strip = Expected {
                            due: Some(due),
                            expected: Some(due + 12.0),
                            between: Some((due + 6.0, due + 24.0)),
                            tone,
                            ..Expected::default()
                        };
                        axis.paint_strip(ui, cell.rect, strip);
                    }
                }
            },
        );
    });
}

fn gallery(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    Panel::top("banner").frame(Frame::NONE).show(ui, |ui| {
        let banner = Banner {
            icon: icon::SAMPLE,
            sentence: "This is the sample book: nothing in it is real.",
            tone: Tone::Accent,
        };
        banner_ui(ui, banner, vec![ghost("Import a CSV"), secondary("Start with one client")]);
    });
    Panel::bottom("footer")
        .frame(Frame::new().fill(tokens.surface).inner_margin(Margin::symmetric(12, 0)))
        .show(ui, |ui| {
            let hints =
                [("E", "handled"), ("S", "snooze"), ("P", "record payment"), ("Ctrl+K", "all commands")];
            let hints = hints.map(|(key, word)| KeyHint { key, word });
            let _ = key_hints_ui(ui, &hints, "saved · as of Sat 21 Nov");
        });
    let rail = Frame::new().fill(tokens.surface).inner_margin(Margin::same(8));
    Panel::left("nav").frame(rail).exact_size(184.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let items = [
            (icon::TODAY, "Today", Some(7), "1"),
            (icon::BOARD, "Board", None, "2"),
            (icon::CASH, "Cash", None, "3"),
            (icon::CLIENTS, "Clients", Some(25), "4"),
        ];
        for (n, (icon, label, count, key)) in items.into_iter().enumerate() {
            NavItem { icon, label, count, key: Some(key), selected: n == 0, tool: false, height: None }
                .show(ui);
        }
        ui.add_space(space::XL);
        for text_size in size::ALL {
            text::label(ui, format!("{text_size} Ag 0123"), &Ink::new(text_size, tokens.text));
        }
        text::label(ui, "medium 1,250.00", &Ink::body(tokens).medium());
        text::label(ui, "semibold 1,250.00", &Ink::body(tokens).semibold());
        text::label(ui, "second −1,250.00", &Ink::second(tokens));
        text::label(ui, "caption → ● ▲ ◆ ▼", &Ink::caption(tokens));
        ui.add_space(space::M);
        ui.horizontal_wrapped(|ui| {
            for icon in [
                icon::ADD,
                icon::SEARCH,
                icon::MAIL,
                icon::PHONE,
                icon::CALENDAR,
                icon::INVOICE,
                icon::CLOCK,
                icon::SNOOZE,
                icon::CHECK,
                icon::UNDO,
                icon::WARNING,
                icon::SETTINGS,
                icon::LOCKED,
                icon::INCOMING,
                icon::OUTGOING,
            ] {
                text::label(ui, icon, &Ink::new(size::TITLE, tokens.secondary));
            }
        });
    });
    egui::CentralPanel::default()
        .frame(Frame::new().fill(tokens.ground).inner_margin(Margin::same(16)))
        .show(ui, |ui| {
            let whole = ui.available_rect_before_wrap();
            let middle = whole.left() + whole.width() * 0.45;
            let half = |left: f32, right: f32| {
                egui::UiBuilder::new()
                    .max_rect(Rect::from_min_max(pos2(left, whole.top()), pos2(right, whole.bottom())))
                    .layout(Layout::top_down(Align::Min))
            };
            ui.scope_builder(half(whole.left(), middle - 8.0), left_column);
            ui.scope_builder(half(middle + 8.0, whole.right()), right_column);
        });
}

fn save(image: &Image, name: &str) {
    let path = format!("{}/../{name}.png", env!("CARGO_TARGET_TMPDIR"));
    std::fs::File::create(path).unwrap().write_all(&image.to_png().unwrap()).unwrap();
}

#[test]
fn the_gallery_is_drawn_in_both_themes() {
    for (theme, name) in [(Theme::Dark, "gallery-dark"), (Theme::Light, "gallery-light")] {
        let image = headless::draw([1440, 1390], 1.0, theme, gallery).unwrap();
        save(&image, name);

        let tokens = Tokens::for_theme(theme);
        let count = |colour| image.pixels().iter().filter(|pixel| **pixel == colour).count();
        for (what, colour, at_least) in [
            ("surface", tokens.surface, 100_000),
            ("ground", tokens.ground, 20_000),
            ("selection", tokens.selected, 5_000),
            ("text", tokens.text, 500),
            ("accent", tokens.accent, 1_000),
            ("button", tokens.button, 1_000),
            ("hairlines", tokens.hairline, 1_000),
            ("risk", tokens.risk, 100),
        ] {
            assert!(count(colour) >= at_least, "{name}: only {} pixels of {what}", count(colour));
        }
    }
}

#[test]
fn the_same_screen_gives_the_same_picture() {
    let once = || headless::draw([900, 500], 1.5, Theme::Light, gallery).unwrap();
    assert!(once() == once());
}

#[test]
fn a_dialog_lies_over_a_dimmed_screen() {
    let image = headless::draw([900, 600], 1.0, Theme::Dark, |ui| {
        gallery(ui);
        let dialog = Dialog::new(Id::unique("dialog"), "Record a payment");
        dialog.show(
            ui,
            |ui| {
                let paid = Id::unique("paid");
                ui.memory_mut(|memory| memory.request_focus(paid));
                Field::new(paid, "Amount").show(ui, &mut "1,250.00".to_owned());
                Field::new(Id::unique("day"), "Day")
                    .note(Some("Sat 21 Nov, today"))
                    .show(ui, &mut "today".to_owned());
            },
            vec![(ghost("Cancel").key("Esc"), ()), (primary("Record").key("Enter"), ())],
        );
    })
    .unwrap();
    save(&image, "gallery-dialog");
    let tokens = Tokens::for_theme(Theme::Dark);
    assert_eq!(image.pixel(450, 230), Some(tokens.surface));
    assert_ne!(image.pixel(2, 598), Some(tokens.surface));
}

fn harness<'a>(contents: impl FnMut(&mut Ui) + 'a) -> Harness<'a> {
    let ctx_ready = std::cell::Cell::new(false);
    let mut contents = contents;
    let mut harness = Harness::builder().with_size(vec2(800.0, 600.0)).build_ui(move |ui| {
        if ctx_ready.replace(true) {
            contents(ui);
        } else {
            fonts::install(ui);
            theme::apply(ui);
        }
    });
    harness.run();
    harness
}

#[test]
fn widgets_tell_what_they_are() {
    let harness = harness(|ui| {
        primary("Record payment").key("P").show(ui);
        chip(ui, "late", Tone::Risk);
        section_header(ui, "Open", Some(3), Some("4,200"));
        Field::new(Id::unique("f"), "Client").show(ui, &mut "Acme".to_owned());
        let view = NavItem {
            icon: icon::TODAY,
            label: "Today",
            count: Some(7),
            key: None,
            selected: true,
            tool: false,
            height: None,
        };
        view.show(ui);
        NavItem { icon: icon::SEARCH, label: "Find", count: None, selected: false, tool: true, ..view }
            .show(ui);
        MonthBars { says: "In 10 and out 5", months: &months(), cursor: None }.show(ui, 100.0);
        VirtualList::new("l", "People", 2).show(ui, |ui, n| {
            let name = ["Ana", "Bo"][n];
            Row::new(Id::unique(name), name).selected(n == 1).show(ui, |_, _| ());
        });
    });
    harness.get_by_role_and_label(Role::Button, "Record payment");
    harness.get_by_label("risk: late");
    harness.get_by_role_and_label(Role::Heading, "Open, 3, 4,200");
    harness.get_by_role_and_label(Role::TextInput, "Client");
    harness.get_by_role_and_label(Role::Tab, "Today, 7");
    harness.get_by_role_and_label(Role::Button, "Find");
    harness.get_by_label("In 10 and out 5");
    harness.get_by_role_and_label(Role::ListBox, "People");
    harness.get_by_role_and_label(Role::ListBoxOption, "Bo");
}

#[test]
fn a_table_of_a_hundred_thousand_rows_lays_out_only_what_is_seen() {
    let asked = std::rc::Rc::new(std::cell::Cell::new(0));
    let (counter, sorted) = (asked.clone(), std::rc::Rc::new(std::cell::Cell::new(None)));
    let answer = sorted.clone();
    let mut harness = harness(move |ui| {
        counter.set(0);
        let columns = [Column::text("Client").min(200.0), Column::number("Open").min(80.0)];
        let response = Table::new("t", "Clients", &columns, 100_000).reveal(Some(50_000)).show(
            ui,
            |row| {
                counter.set(counter.get() + 1);
                let label = format!("client {row}");
                TableRow {
                    id: Id::unique(row),
                    label,
                    selected: false,
                    marked: false,
                    bar: None,
                    heading: false,
                }
            },
            |_, _| (),
        );
        if response.sort_by.is_some() {
            answer.set(response.sort_by);
        }
    });
    assert!(asked.get() < 60, "{} rows were laid out", asked.get());
    harness.get_by_label("client 50000");
    harness.get_by_role_and_label(Role::ColumnHeader, "Open").click();
    harness.run();
    assert_eq!(sorted.get(), Some(1));
}

#[test]
fn every_icon_has_its_sign_in_the_face() {
    let source = include_str!("../src/kit/icon.rs");
    let codes = source.split("\\u{").skip(1).filter_map(|rest| rest.split_once('}')).map(|(code, _)| code);
    let icons: String =
        codes.filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap())).collect();
    assert!(icons.chars().count() > 60);
    assert_eq!(fallback::missing([icons.as_str(), "●▲◆▼○−…·→"]), Vec::<char>::new());
}

#[test]
fn a_name_in_a_foreign_script_is_drawn_even_without_a_face_for_it() {
    let image = headless::draw([200, 40], 1.0, Theme::Dark, |ui| drop(ui.label("山田太郎 שלום"))).unwrap();
    let ground = Tokens::for_theme(Theme::Dark).ground;
    assert!(image.pixels().iter().any(|pixel| *pixel != ground));
}

#[test]
fn a_click_beside_the_text_of_a_field_is_meant_for_the_field() {
    let id = Id::unique("beside");
    let mut harness =
        harness(move |ui| drop(Field::new(id, "Client").width(300.0).show(ui, &mut String::new())));
    let field = harness.get_by_role(Role::TextInput).rect();
    harness.drag_at(field.left_center() - vec2(6.0, 0.0));
    harness.drop_at(field.left_center() - vec2(6.0, 0.0));
    harness.run_steps(2);
    assert!(harness.ctx.memory(|memory| memory.has_focus(id)));
}

#[test]
fn tab_stops_once_in_a_list() {
    let mut harness = harness(|ui| {
        VirtualList::new("l", "People", 5).show(ui, |ui, n| {
            let name = ["Ana", "Bo", "Cy", "Di", "Ed"][n];
            Row::new(Id::unique(name), name).selected(n == 2).show(ui, |_, _| ());
        });
        ghost("After").show(ui);
    });
    harness.key_press(egui::Key::Tab);
    harness.run();
    assert!(harness.get_by_label("Cy").is_focused());
    harness.key_press(egui::Key::Tab);
    harness.run();
    assert!(harness.get_by_label("After").is_focused());
}

#[test]
fn a_key_that_leads_into_a_field_selects_what_it_holds() {
    let mut harness = egui_kittest::Harness::builder().build_ui_state(
        |ui, texts: &mut [String; 2]| {
            rapport::kit::fonts::install(ui.ctx());
            let [one, other] = texts;
            rapport::kit::widgets::Field::new(egui::Id::unique("one"), "One").show(ui, one);
            rapport::kit::widgets::Field::new(egui::Id::unique("other"), "Other").show(ui, other);
        },
        ["first".to_owned(), "2026-11-21".to_owned()],
    );
    harness.key_press(egui::Key::Tab);
    harness.run_steps(2);
    harness.key_press(egui::Key::Tab);
    harness.run_steps(2);
    harness.event(egui::Event::Text("fri".to_owned()));
    harness.run_steps(2);
    assert_eq!(harness.state()[1], "fri");
}
