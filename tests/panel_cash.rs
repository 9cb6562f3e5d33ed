//! The view Cash, drawn without a display: of the sample book, of an import, of a book with nothing in it.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use chrono::NaiveDate;
use egui::accesskit::Toggled;
use egui::{CentralPanel, Event, Frame, Modifiers, PointerButton, Role, Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::domain::{Book, Currency, Lever, LeverRow, Money, Percent};
use rapport::figures::Memo;
use rapport::figures::forecast::{Layer, Outlook};
use rapport::kit::theme::Tokens;
use rapport::kit::{fonts, headless, number, theme};
use rapport::panels::cash_ui;
use rapport::state::{Action, CashSide, Shown, State, View};
use rapport::store::{import, load, sample};

/// The size of the view in a small window, in one of 1280 x 800 with the pane beside it and without, of 1920 x 1080.
const SIZES: [(&str, [u32; 2]); 5] = [
    ("540", [540, 700]),
    ("772", [772, 712]),
    ("1000", [1000, 640]),
    ("1090", [1090, 690]),
    ("1700", [1700, 950]),
];

struct Scene {
    state: State,
    shown: Shown,
}

impl Scene {
    fn of(book: Book, today: NaiveDate, change: impl FnOnce(&mut State)) -> Self {
        let mut state = State::new(book, today, 1);
        state.session.view = View::Cash;
        change(&mut state);
        let shown = Shown::whole(&mut Memo::new(), &Outlook::of(&state.question()), &state);
        Self { state, shown }
    }

    fn draw(&self, ui: &mut Ui) -> Vec<Action> {
        let frame = Frame::new().fill(Tokens::of(ui).ground);
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| cash_ui(ui, &self.shown, &self.state.session))
            .inner
    }

    /// Every expected receipt under the filter, by its client.
    fn receipts(&self) -> Vec<String> {
        let rows = 0..self.shown.cash.len();
        rows.filter_map(|row| self.shown.owed(row)).map(|it| it.client_name.to_string()).collect()
    }
}

fn sample_scene() -> Scene {
    let today = sample::ANCHOR;
    Scene::of(load(sample::text(today).as_bytes()).unwrap().book, today, |_| ())
}

fn import_scene(change: impl FnOnce(&mut State)) -> Scene {
    let bytes = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    let book = Book::empty(Currency::USD);
    let plan = import::plan(&bytes, &import::Options::default(), &book).unwrap();
    Scene::of(plan.apply(), "2013-06-30".parse().unwrap(), change)
}

fn filtered(words: &str) -> Scene {
    import_scene(|state| state.session.filters.set(View::Cash, words.to_owned()))
}

fn empty_scene() -> Scene {
    Scene::of(Book::empty(Currency::EUR), sample::ANCHOR, |_| ())
}

fn picture(scene: &Scene, name: &str, sizes: &[(&str, [u32; 2])]) {
    for (width, size) in sizes.iter().copied() {
        for (theme, look) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
            let image = headless::draw(size, 1.0, theme, |ui| drop(scene.draw(ui))).unwrap();
            let folder = format!("{}/../pictures", env!("CARGO_TARGET_TMPDIR"));
            std::fs::create_dir_all(&folder).unwrap();
            let path = format!("{folder}/cash-{name}-{width}-{look}.png");
            std::fs::File::create(path).unwrap().write_all(&image.to_png().unwrap()).unwrap();
        }
    }
}

#[test]
fn every_book_is_drawn_in_both_themes_and_all_sizes() {
    picture(&sample_scene(), "sample", &SIZES);
    picture(&empty_scene(), "empty", &SIZES[2..3]);
    picture(&import_scene(|_| ()), "import", &SIZES[3..]);
    picture(&filtered("0688"), "filter", &SIZES[1..2]);
    picture(&filtered("nobody"), "nothing-found", &SIZES[1..2]);
}

#[test]
fn the_same_state_gives_the_same_picture() {
    let scene = sample_scene();
    let once = || headless::draw([1090, 690], 1.0, Theme::Light, |ui| drop(scene.draw(ui))).unwrap();
    assert!(once() == once());
}

/// The view with what it was asked for since.
struct Hand<'a> {
    harness: Harness<'a>,
    actions: Rc<RefCell<Vec<Action>>>,
}

fn hand(scene: Rc<RefCell<Scene>>, size: [f32; 2]) -> Hand<'static> {
    let actions = Rc::new(RefCell::new(Vec::new()));
    let (into, mut dressed) = (actions.clone(), false);
    let mut harness =
        Harness::builder().with_size(vec2(size[0], size[1])).with_step_dt(0.02).build_ui(move |ui| {
            if dressed {
                into.borrow_mut().extend(scene.borrow().draw(ui));
            } else {
                fonts::install(ui);
                theme::apply(ui);
                dressed = true;
            }
        });
    harness.run();
    Hand { harness, actions }
}

fn with(scene: Scene, size: [f32; 2]) -> (Hand<'static>, Rc<RefCell<Scene>>) {
    let scene = Rc::new(RefCell::new(scene));
    (hand(scene.clone(), size), scene)
}

#[test]
fn the_figures_and_charts_say_what_they_show() {
    let (hand, scene) = with(sample_scene(), [1090.0, 690.0]);
    let cash = scene.borrow().shown.figures.cash.clone();
    let owed = number::summary(cash.receivables.clone().unwrap().amount, 2);
    hand.harness.get_by_label_contains(&format!("Owed to you, EUR: {owed}"));
    hand.harness.get_by_label_contains("Balance, EUR: ");
    for start in [
        "DSO: ",
        "CEI: ",
        "DBT: ",
        "Runway: ",
        "Money in and out by month from ",
        "Balance up to ",
        "9 in 10: stays above ",
        "How past forecasts held",
        "Owed ",
    ] {
        assert!(hand.harness.query_all_by_label_contains(start).count() > 0, "{start}");
    }
    hand.harness.get_by_role_and_label(Role::Button, "Record payment");
    hand.harness.get_by_role_and_label(Role::ListBox, "Expected receipts");
    hand.harness.get_by_role_and_label(Role::ListBox, "What comes and goes");
    for (label, on) in [("likely", Toggled::True), ("open deals", Toggled::False)] {
        let toggle = hand.harness.get_by_role_and_label(Role::CheckBox, label);
        assert_eq!(toggle.accesskit_node().toggled(), Some(on), "{label}");
    }
}

#[test]
fn beside_the_fan_stand_the_days_then_the_levers_or_why_the_month_changed() {
    let mut scene = sample_scene();
    scene.state.session.what_if.open = true;
    let (levers, _) = with(scene, [1090.0, 690.0]);
    levers.harness.get_by_label_contains("Assume something beside the facts");
    levers.harness.get_by_label("Rates rise");
    let why = Scene::of(sample_scene().state.book, sample::ANCHOR, |state| {
        state.session.cash.side = CashSide::Why;
    });
    let (why, _) = with(why, [1090.0, 690.0]);
    why.harness.get_by_label_contains("Why this month changed in 7 days");
    assert!(why.harness.query_all_by_label_contains("As seen now: ").count() > 0);
}

#[test]
fn how_far_the_axis_of_receipts_goes_is_known_before_a_frame_is_drawn() {
    let scene = import_scene(|_| ());
    let day = scene.shown.figures.day;
    let receipts = &scene.shown.outlook.base.as_ref().unwrap().receipts;
    let days = receipts.iter().filter_map(|it| Some((it.expected()? - day).num_days()));
    let (near, far): (Vec<i64>, Vec<i64>) = days.partition(|days| *days <= 182);
    assert!(!near.is_empty() && near.len() > far.len());
    assert_eq!(scene.shown.last_receipt_days, near.into_iter().max());
    assert!(!scene.shown.owed_abroad);
    let elsewhere = Scene::of(scene.state.book.clone(), day, |state| state.session.view = View::Board);
    assert_eq!(elsewhere.shown.last_receipt_days, None, "only Cash shows it");
}

#[test]
fn before_the_forecast_is_there_the_view_says_so_and_the_list_stands() {
    let mut scene = sample_scene();
    scene.shown = Shown::whole(&mut Memo::new(), &Outlook::default(), &scene.state);
    let (hand, scene) = with(scene, [1090.0, 690.0]);
    hand.harness.get_by_label("The forecast is being worked out.");
    assert_eq!(scene.borrow().receipts().len(), scene.borrow().shown.figures.cash.owed.len());
}

#[test]
fn an_unknown_balance_says_why_and_is_never_nought() {
    let (hand, _) = with(import_scene(|_| ()), [1090.0, 690.0]);
    hand.harness.get_by_label_contains("Balance, USD: –, not known: no account has a balance yet");
    // The fan tells the change from nought, and says so.
    hand.harness.get_by_label_contains("Change of cash, next 13 weeks");
    assert!(hand.harness.query_all_by_label_contains("The balance is not known").count() > 0);
}

#[test]
fn an_empty_book_and_a_filter_that_finds_nothing_say_different_things() {
    let (empty, _) = with(empty_scene(), [1090.0, 690.0]);
    empty.harness.get_by_label_contains("Open invoices stand here");
    let (nothing, _) = with(filtered("nobody"), [1090.0, 690.0]);
    nothing.harness.get_by_label("No open invoice matches “nobody”.");
}

#[test]
fn a_click_points_at_the_receipt_and_a_double_click_opens_it() {
    let (mut hand, scene) = with(sample_scene(), [1090.0, 690.0]);
    let third = scene.borrow().receipts()[2].clone();
    let number = scene.borrow().shown.owed(2).unwrap().number.clone();
    let says = format!("{third}, invoice {number}, ");
    hand.harness.get_by_label_contains(&says).click();
    hand.harness.run();
    let wanted = scene.borrow().shown.cursor_at(&scene.borrow().state.session, 2);
    let pointed = hand.actions.borrow().iter().any(|it| matches!(it, Action::Point(at) if *at == wanted));
    assert!(pointed, "{:?}", hand.actions.borrow());
    let at = hand.harness.get_by_label_contains(&says).rect().center();
    hand.harness.hover_at(at);
    hand.harness.step();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        hand.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        hand.harness.step();
    }
    let opened = hand.actions.borrow().iter().any(|it| matches!(it, Action::Run("list.open")));
    assert!(opened, "{:?}", hand.actions.borrow());
}

#[test]
fn the_button_records_a_payment_by_its_command() {
    let (mut hand, _) = with(sample_scene(), [1090.0, 690.0]);
    hand.harness.get_by_role_and_label(Role::Button, "Record payment").click();
    hand.harness.run();
    assert!(matches!(hand.actions.borrow().as_slice(), [Action::Run("invoice.record_payment")]));
}

#[test]
fn of_a_long_list_only_rows_in_sight_are_laid_out_and_the_cursor_is_among_them() {
    for size in [[772.0, 712.0], [1090.0, 690.0]] {
        let (mut hand, scene) = with(import_scene(|_| ()), size);
        let rows = scene.borrow().shown.cash.len();
        assert!(rows > 60, "{rows}");
        let last = rows - 1;
        {
            let mut scene = scene.borrow_mut();
            let cursor = scene.shown.cursor_at(&scene.state.session, last);
            scene.state.session.cursors.cash = cursor;
        }
        hand.harness.run();
        let options: Vec<_> = hand.harness.query_all_by_role(Role::ListBoxOption).collect();
        assert!(options.len() < 40, "{} rows were laid out", options.len());
        let selected: Vec<_> =
            options.iter().filter(|option| option.accesskit_node().is_selected() == Some(true)).collect();
        let number = scene.borrow().shown.owed(last).unwrap().number.clone();
        assert_eq!(selected.len(), 1);
        assert!(selected[0].accesskit_node().label().unwrap().contains(&number));
    }
}

/// Every text that was painted, and whether it was cut at its end.
fn painted(hand: &Hand<'_>) -> Vec<(String, bool)> {
    fn collect(shape: &egui::Shape, into: &mut Vec<(String, bool)>) {
        match shape {
            egui::Shape::Text(text) => into.push((text.galley.text().to_owned(), text.galley.elided)),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, into)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    hand.harness.output().shapes.iter().for_each(|it| collect(&it.shape, &mut texts));
    texts
}

fn assuming(levers: Vec<Lever>) -> Scene {
    Scene::of(sample_scene().state.book, sample::ANCHOR, |state| {
        state.session.what_if.open = true;
        state.session.what_if.rows = levers.into_iter().map(LeverRow::new).collect();
    })
}

fn expense(what: &str) -> Lever {
    let amount = Money::parse("900 EUR").unwrap();
    Lever::Expense { what: what.to_owned(), amount, day: "2026-12-10".parse().unwrap(), every: None }
}

#[test]
fn the_lever_at_hand_is_in_sight_wherever_the_hand_goes() {
    const COUNT: usize = 14;
    let mut scene = assuming((0..COUNT).map(|n| expense(&format!("Thing {n:02}"))).collect());
    scene.state.session.what_if.cursor = COUNT - 1;
    let (mut hand, scene) = with(scene, [1090.0, 690.0]);
    let seen = |hand: &Hand<'_>, n: usize| {
        let label = format!("Thing {n:02}: 900.00 EUR goes out on 10 Dec, ");
        let rows: Vec<_> = hand.harness.query_all_by_label_contains(&label).map(|row| row.rect()).collect();
        let head = hand.harness.get_by_role_and_label(Role::Heading, "What if, 14").rect();
        rows.iter().any(|row| row.top() >= head.bottom() - 0.5 && row.bottom() <= 690.0)
    };
    assert!(seen(&hand, COUNT - 1) && !seen(&hand, 0));
    for n in [0, 7, COUNT - 1] {
        scene.borrow_mut().state.session.what_if.cursor = n;
        hand.harness.run();
        assert!(seen(&hand, n), "lever {n}");
    }
}

#[test]
fn a_lever_on_open_deals_says_that_they_are_not_counted() {
    let lever = Lever::Deposit { percent: Percent::new(30.into()) };
    let scene = assuming(vec![lever.clone()]);
    assert_eq!(scene.shown.levers[0].waits_for, Some(Layer::Possible));
    let (hand, _) = with(scene, [1090.0, 690.0]);
    assert!(hand.harness.query_all_by_label_contains("counts only with open deals: ").count() > 0);
    let counted = Scene::of(sample_scene().state.book, sample::ANCHOR, |state| {
        state.session.cash.layers.possible = true;
        state.session.what_if.open = true;
        state.session.what_if.rows = vec![LeverRow::new(lever)];
    });
    assert_eq!(counted.shown.levers[0].waits_for, None);
}

#[test]
fn an_invoice_in_another_currency_says_its_chance_too() {
    let book = |size| {
        let text = r#"(
            format: 1,
            business: (currency: "EUR", exchange_rates: [(day: "2026-01-01", currency: "USD", rate: "0.9")]),
            clients: [(id: "acme", name: "Acme")],
            invoices: [
                (id: "i1", number: "1", client: "acme", issued: "2026-11-01", due: "2026-11-25", lines: [(result: "R", price: "5000.00 USD")]),
                (id: "i2", number: "2", client: "acme", issued: "2026-11-01", due: "2026-11-25", lines: [(result: "R", price: "5000.00 CHF")]),
            ],
        )"#;
        let loaded = load(text.as_bytes()).unwrap();
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let scene = Scene::of(loaded.book, sample::ANCHOR, |_| ());
        painted(&with(scene, size).0)
    };
    let ends = |texts: &[(String, bool)], start: &str, end: &str| {
        texts.iter().any(|(text, _)| text.starts_with(start) && text.ends_with(end))
    };
    let wide = book([1700.0, 950.0]);
    assert!(ends(&wide, "≈ 4,500 · ", "% in 30 d"), "{wide:?}");
    assert!(ends(&wide, "– · ", "% in 30 d"), "{wide:?}");
    let narrow = book([1090.0, 690.0]);
    assert!(ends(&narrow, "≈ 4,500 · ", "%"), "{narrow:?}");
}

#[test]
fn a_habit_is_said_up_to_its_number_of_invoices_at_every_width() {
    for size in [[1090.0, 690.0], [1700.0, 950.0]] {
        let (hand, _) = with(sample_scene(), size);
        let texts = painted(&hand);
        let habits = || texts.iter().filter(|(text, _)| text.contains(", n ") || text.contains("invoices"));
        assert!(habits().count() > 3, "{texts:?}");
        let today = texts.iter().filter(|(text, _)| text == "today").count();
        assert_eq!(today, 2, "the axis of the list stands beside it, too");
        let cut: Vec<_> = texts
            .iter()
            .filter(|(text, cut)| *cut && (text.contains(", n ") || text.contains(", from ")))
            .collect();
        assert!(cut.is_empty(), "{size:?}: {cut:?}");
    }
}

#[test]
fn a_day_names_what_comes_in_first_and_tax_once_without_a_chance() {
    let facts = sample_scene();
    let day = facts.shown.outlook.base.as_ref().unwrap().taxes[0].day;
    let scene = Scene::of(facts.state.book, sample::ANCHOR, |state| state.session.cash.day = Some(day));
    let parts = &scene.shown.on_day;
    let first_out = parts.iter().position(|part| part.amount.amount.is_sign_negative()).unwrap();
    assert!(first_out > 0 && parts[first_out..].iter().all(|part| part.amount.amount.is_sign_negative()));
    let tax: Vec<_> = parts.iter().filter(|part| &*part.who == "Tax set aside").collect();
    assert_eq!(tax.iter().map(|part| part.chance).collect::<Vec<_>>(), [None]);
    let (hand, _) = with(scene, [1090.0, 690.0]);
    assert!(hand.harness.query_all_by_label_contains("In: ").count() > 0);
}

#[test]
fn the_divider_of_an_earlier_day_is_called_by_its_date() {
    let scene = Scene::of(sample_scene().state.book, sample::ANCHOR, |state| {
        state.as_of = Some(sample::ANCHOR);
    });
    let texts = painted(&with(scene, [1700.0, 950.0]).0);
    let date = format!(
        "{} {}",
        number::date(sample::ANCHOR, sample::ANCHOR),
        chrono::Datelike::year(&sample::ANCHOR)
    );
    assert_eq!(texts.iter().filter(|(text, _)| *text == date).count(), 2, "at the fan and over the list");
    assert!(texts.iter().all(|(text, _)| text != "today"));
}
