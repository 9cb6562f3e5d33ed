//! Proofs: every figure on the screen is made of its terms, exactly; and the keys that lead there.

use std::collections::BTreeSet;
use std::io::Write;

use egui::{Context, Event, Key as Pressed, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use proptest::prelude::*;
use rapport::app::{App, Wish};
use rapport::command::Guide;
use rapport::domain::{
    Book, Business, ClientId, Currency, Direction, DoorQuestion, Money, Party, Percent, Table,
};
use rapport::figures::forecast::Outlook;
use rapport::figures::health::Indicator;
use rapport::figures::proof::{
    FigureKey as Key, HealthFigure, Leaving, Line, PageFigure, Part, Proof, Rule, Unit, Value, Whose, prove,
};
use rapport::figures::today::Family;
use rapport::figures::{Figures, Page};
use rapport::kit::headless;
use rapport::panels::window_ui;
use rapport::state::{Action, Overlay, PageSection, ProofPlace};
use rapport::store::place::Surroundings;
use rapport::store::{import, load, sample};
use rust_decimal::Decimal;

use crate::desk::Desk;
use crate::facts::{book, day, money};
use crate::figures_laws::{a_book, a_day, records};

/// The figures a person can see of a book: every view's, every client's and every record's.
fn keys(figures: &Figures) -> Vec<Key> {
    let all = || Whose::All;
    let mut keys = vec![Key::Balance, Key::Receivables(all()), Key::Overdue(all()), Key::Dso, Key::Cei];
    keys.extend([Key::Dbt(all()), Key::InvoicesPaid(all()), Key::Income(all()), Key::AheadIn, Key::AheadOut]);
    keys.extend(figures.cash.reserve.map(|_| Key::Reserve));
    keys.extend((0..5).map(Key::AgeingBucket));
    for month in &figures.cash.months {
        keys.extend([Key::MonthIn(month.month), Key::MonthOut(month.month)]);
    }
    keys.extend(Family::ALL.map(Key::TodayStake));
    let mut rows: Vec<usize> = (0..figures.clients.rows.len()).collect();
    let groups = figures.clients.grouped(&mut rows);
    keys.extend(groups.iter().map(|group| Key::Group(group.kind, String::new())));
    keys.push(Key::Several(vec![Key::Dso, Key::Cei, Key::Income(all())]));
    let today = &figures.today;
    let put_off = today.snoozed.iter().map(|put_off| &put_off.item);
    for item in today.items.iter().chain(put_off).chain(&today.handled) {
        keys.extend([Key::Item(item.id.clone()), Key::ItemCost(item.id.clone())]);
    }
    for column in &figures.board.columns {
        keys.extend([Key::ColumnSum(column.id.clone()), Key::ColumnWeighted(column.id.clone())]);
        keys.extend(column.chance.as_ref().map(|_| Key::ColumnChance(column.id.clone())));
        for card in column.cards.iter().filter(|card| card.value.is_some()) {
            if let rapport::figures::CardKey::Deal(id) = &card.key {
                keys.extend([Key::DealValue(id.clone()), Key::DealWeighted(id.clone())]);
            }
        }
    }
    for client in figures.of_clients.iter() {
        let one = || Whose::One(client.id.clone());
        keys.extend([
            Key::Receivables(one()),
            Key::Overdue(one()),
            Key::Dbt(one()),
            Key::InvoicesPaid(one()),
        ]);
        keys.extend([Key::Income(one()), Key::Share(client.id.clone())]);
        keys.extend([Key::LifetimeIncome(client.id.clone()), Key::Traced(client.id.clone())]);
        keys.push(Key::IncomeToExpect(client.id.clone()));
        let health = |figure| Key::Health(client.id.clone(), figure);
        keys.extend([HealthFigure::Score, HealthFigure::Trend].map(health));
        keys.extend(client.kind.as_ref().map(|_| health(HealthFigure::Kind)));
        keys.extend(Indicator::ALL.map(|it| health(HealthFigure::Points(it))));
        keys.extend(Indicator::ALL.map(|it| health(HealthFigure::Found(it))));
        keys.extend([Direction::In, Direction::Out].map(|way| Key::LastTouch(client.id.clone(), way)));
        for invoice in &client.known.facts.invoices {
            keys.extend([Key::InvoiceTotal(invoice.id.clone()), Key::InvoiceOpen(invoice.id.clone())]);
        }
        for deal in &client.known.facts.deals {
            let id = || deal.id.clone();
            keys.extend([Key::DealIncome(id()), Key::DealExpenses(id()), Key::DealHours(id())]);
            keys.extend([Key::DealHoursBeyond(id()), Key::DealHourly(id()), Key::DealMargin(id())]);
            keys.extend(client.shortfalls.get(&deal.id).map(|_| Key::DealShortfall(id())));
        }
        let leaving = [Leaving::Hours, Leaving::Covers, Leaving::MeanDeal, Leaving::DealsNeeded];
        keys.extend(leaving.map(|of| Key::LettingGo(client.id.clone(), of)));
        keys.push(Key::BreakEven(vec![client.id.clone()], Percent::new(8.into())));
        let page = |figure| Key::Page(client.id.clone(), figure);
        keys.extend([Party::Me, Party::Them].map(|by| page(PageFigure::Promises(by))));
        keys.push(page(PageFigure::NextReview));
        keys.extend(DoorQuestion::ALL.map(|question| page(PageFigure::Door(question))));
        let entries = timeline_records(figures, &client.id);
        keys.extend(entries.into_iter().map(|(table, id)| Key::Record(table, id)));
    }
    keys
}

/// The records of a client, as its timeline names them.
fn timeline_records(figures: &Figures, id: &ClientId) -> BTreeSet<(Table, String)> {
    let page = Page::of(&Business::new(figures.currency), figures, id).unwrap();
    page.timeline.into_iter().map(|entry| (entry.table, entry.id)).collect()
}

/// The sum of a part's terms, added up here; `None` where one is unknown.
pub(crate) fn added(part: &Part) -> Option<Decimal> {
    part.terms.iter().map(|term| term.amount.as_ref().ok()?.number()).sum()
}

/// Why a proof does not hold; nothing where it does.
pub(crate) fn fault(proof: &Proof) -> Option<String> {
    // What stands beside the parts that make it tells what else there is.
    let used = match proof.rule {
        Rule::Sum => proof.parts.len(),
        Rule::SumOfFirst | Rule::DaysAfter(_) => 1,
        _ => 2,
    };
    let sums: Option<Vec<Decimal>> = proof.parts.iter().take(used).map(added).collect();
    let known = proof.value.as_ref().ok().and_then(Value::number);
    let made = match (&sums, proof.rule) {
        (_, Rule::Latest | Rule::Told) => return (!proof.holds()).then(|| format!("{proof:?}")),
        (None, _) => None,
        (Some(sums), Rule::DaysAfter(day)) => {
            let days = i64::try_from(sums[0]).expect("whole days");
            let made = Value::On(rapport::domain::add_days(day, days));
            let wrong = || format!("{made:?} is not {:?}", proof.value);
            return (proof.value.as_ref() != Ok(&made) || !proof.holds()).then(wrong);
        }
        (Some(sums), Rule::Sum) => Some(sums.iter().sum::<Decimal>()),
        (Some(sums), Rule::SumOfFirst) => Some(sums[0]),
        (Some(sums), Rule::Quotient(times)) => (sums[0] * times).checked_div(sums[1]),
        (Some(sums), Rule::TenthsOfQuotient(times)) => {
            (sums[0] * times).checked_div(sums[1]).map(|made| made.round_dp(1))
        }
        (Some(sums), Rule::QuotientUp) => sums[0].checked_div(sums[1]).map(|made| made.ceil()),
        (Some(sums), Rule::Product | Rule::WeekOfDelay) => Some(sums[0] * sums[1]),
    };
    let rounded =
        matches!(proof.rule, Rule::Quotient(_) | Rule::Product) && matches!(proof.value, Ok(Value::Money(_)));
    let holds = match (known, made) {
        (Some(known), Some(made)) if rounded => {
            (known - made).abs() <= Decimal::new(5, 3)
                || known == Money::new(made, Currency::EUR).rounded().amount
        }
        (Some(known), Some(made)) if proof.rule == Rule::WeekOfDelay => {
            known == made.round_dp(2).max(Decimal::new(1, 2))
        }
        (Some(known), Some(made)) => known == made,
        (known, made) => known.is_none() == made.is_none(),
    };
    (!holds || !proof.holds()).then(|| format!("{known:?} is not {made:?}: {proof:#?}"))
}

/// How many proofs were made of a book, each of which holds.
fn all_hold(book: &Book, on: chrono::NaiveDate) -> usize {
    let (figures, known) = (Figures::of(book, on), book.as_of(on));
    let keys = keys(&figures);
    let outlook = Outlook::default();
    for key in &keys {
        let proof = prove(key, &figures, &known, &outlook).unwrap_or_else(|| panic!("{key:?} has no proof"));
        if let Some(fault) = fault(&proof) {
            panic!("{key:?}: {fault}");
        }
        assert!(!proof.title.is_empty() && proof.formula.ends_with('.'), "{proof:?}");
        for term in proof.parts.iter().flat_map(|part| part.terms.iter().take(3)).chain(&proof.left_out) {
            let deeper = term.figure.as_ref();
            assert!(deeper.is_none_or(|key| prove(key, &figures, &known, &outlook).is_some()), "{term:?}");
            let record = term.record.as_ref();
            assert!(record.is_none_or(|(table, id)| known.find(*table, id).is_some()), "{term:?}");
        }
    }
    keys.len()
}

fn sample_book() -> Book {
    load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book
}

#[test]
fn every_figure_of_the_sample_is_the_sum_of_its_terms() {
    for back in [0, 1, 45, 200] {
        let on = rapport::domain::add_days(sample::ANCHOR, -back);
        assert!(all_hold(&sample_book(), on) > 100);
    }
}

#[test]
fn every_figure_of_an_import_is_the_sum_of_its_terms() {
    let bytes = std::fs::read("tests/fixtures/late_payments.csv").unwrap();
    let plan = import::plan(&bytes, &import::Options::default(), &Book::empty(Currency::USD)).unwrap();
    assert!(all_hold(&plan.apply(), day("2013-06-30")) > 1000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_any_book_is_the_sum_of_its_terms(lines in records(), on in a_day(), rate_from in prop_oneof![3 => Just("2023-01-01"), 1 => Just("2024-09-01")]) {
        all_hold(&a_book(rate_from, &lines), on);
    }
}

/// Acme: 100 of which 40 are paid, 50 paid ten days late; Bolt: 30 that nobody paid yet.
fn small() -> Book {
    let invoice = |id: &str, client: &str, due: &str, price: &str, paid: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "{client}", issued: "2024-01-01", due: "{due}",
                lines: [(result: "Work", price: "{price} EUR")], payments: [{paid}])"#
        )
    };
    let lines = [
        r#"client (id: "acme", name: "Acme")"#.to_owned(),
        r#"client (id: "bolt", name: "Bolt")"#.to_owned(),
        invoice("1", "acme", "2024-01-31", "100", r#"(day: "2024-02-10", amount: "40 EUR")"#),
        invoice("2", "acme", "2024-01-15", "50", r#"(day: "2024-01-25", amount: "50 EUR")"#),
        invoice("3", "bolt", "2024-03-31", "30", ""),
    ];
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn proof_of(book: &Book, on: &str, key: &Key) -> Proof {
    prove(key, &Figures::of(book, day(on)), &book.as_of(day(on)), &Outlook::default()).unwrap()
}

fn amounts(part: &Part) -> Vec<(String, String)> {
    let amount = |value: &Value| value.number().unwrap().normalize().to_string();
    part.terms.iter().map(|term| (term.what.clone(), amount(term.amount.as_ref().unwrap()))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(what, amount)| ((*what).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn what_is_owed_is_what_is_open_on_each_invoice() {
    let proof = proof_of(&small(), "2024-03-01", &Key::Receivables(Whose::All));
    assert_eq!(amounts(&proof.parts[0]), pairs(&[("Invoice 1", "60"), ("Invoice 3", "30")]));
    assert_eq!(proof.value, Ok(Value::Money(money("90 EUR"))));
    let open = proof.parts[0].terms[0].figure.clone().unwrap();
    let open = proof_of(&small(), "2024-03-01", &open);
    assert_eq!(amounts(&open.parts[0]), pairs(&[("Invoice 1, asked", "100"), ("Paid", "-40")]));
}

#[test]
fn days_beyond_terms_divide_amount_days_by_amounts_and_draw_each_delay() {
    // 100 open for 30 days on 1 March, 50 paid 10 days late: (3,000 + 500) / 150.
    let proof = proof_of(&small(), "2024-03-01", &Key::Dbt(Whose::One(ClientId::new("acme").unwrap())));
    let terms = [("Invoice 2, 10 d late", "500"), ("Invoice 1, 30 d late and open", "3000")];
    assert_eq!(amounts(&proof.parts[0]), pairs(&terms));
    assert_eq!(amounts(&proof.parts[1]), pairs(&[("Invoice 2", "50"), ("Invoice 1", "100")]));
    assert_eq!(proof.value, Ok(Value::Number(Decimal::from(3500) / Decimal::from(150), Unit::Days)));
    let drawn: Vec<(i64, f64, bool)> =
        proof.delays.iter().map(|delay| (delay.days, delay.weight, delay.paid)).collect();
    assert_eq!(drawn, [(30, 1.0, false), (10, 0.5, true)]);
}

#[test]
fn collection_divides_what_was_collected_by_what_could_be() {
    // All was issued within the 90 days: 180 invoiced, 90 owed now, 30 of it not due. (180 - 90) / (180 - 30).
    let proof = proof_of(&small(), "2024-03-01", &Key::Cei);
    assert_eq!(proof.value, Ok(Value::Number(Decimal::from(60), Unit::PerHundred)));
    assert_eq!(proof.parts[0].total, Ok(Value::Money(money("90 EUR"))));
    assert_eq!(proof.parts[1].total, Ok(Value::Money(money("150 EUR"))));
}

#[test]
fn a_figure_that_is_not_there_has_no_proof() {
    let (figures, known) = (Figures::of(&small(), day("2024-03-01")), small());
    for key in
        [Key::Dbt(Whose::One(ClientId::new("nobody").unwrap())), Key::Item("x".into()), Key::AgeingBucket(5)]
    {
        assert_eq!(prove(&key, &figures, &known, &Outlook::default()), None);
    }
}

#[test]
fn a_list_of_a_proof_has_each_term_once_between_head_and_sum() {
    let proof = proof_of(&small(), "2024-03-01", &Key::Cei);
    let lines: Vec<Line<'_>> = (0..proof.lines()).map(|line| proof.line(line).unwrap()).collect();
    assert_eq!(proof.line(proof.lines()), None);
    let terms: Vec<usize> =
        lines.iter().filter_map(|line| if let Line::Term(_, at) = line { Some(*at) } else { None }).collect();
    assert_eq!(terms, (0..proof.terms()).collect::<Vec<_>>());
    for at in terms {
        let Some(Line::Term(term, _)) = proof.line(proof.line_of(at)) else { panic!("no term") };
        assert_eq!(Some(term), proof.term(at));
    }
}

pub(crate) fn proving(desk: &Desk) -> Option<ProofPlace> {
    match &desk.state.session.overlay {
        Some(Overlay::Proof(place)) => Some(place.clone()),
        _ => None,
    }
}

#[test]
fn the_key_proves_the_focused_figure_and_escape_leads_back_to_it() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.act(Action::FocusFigure(Key::Receivables(Whose::All)));
    desk.press("=");
    desk.press("j");
    let place = proving(&desk).unwrap();
    assert_eq!((place.key, place.cursor), (Key::Receivables(Whose::All), 1));
    desk.press("esc");
    assert_eq!(proving(&desk), None);
    assert_eq!(desk.state.session.focus, Some(Key::Receivables(Whose::All)));
    desk.press("=");
    desk.press("=");
    assert_eq!(proving(&desk), None);
}

#[test]
fn without_a_focused_figure_the_row_under_the_cursor_is_proved() {
    for (view, proved) in [("g t", "Item"), ("g m", "InvoiceOpen"), ("g c", "Share"), ("g b", "")] {
        let mut desk = Desk::sample();
        desk.press(view);
        desk.press("=");
        let place = proving(&desk).unwrap_or_else(|| panic!("{view}: {}", desk.notice()));
        assert!(format!("{:?}", place.key).starts_with(proved), "{view}: {:?}", place.key);
        assert!(desk.shown().proof.is_some(), "{view}");
    }
    let mut empty = Desk::of(Book::empty(Currency::EUR), sample::ANCHOR);
    empty.press("=");
    assert_eq!(
        (proving(&empty), empty.notice()),
        (None, "No figure is chosen: Tab to one, then {figure.prove}")
    );
}

#[test]
fn a_term_leads_to_its_record_and_to_its_own_proof() {
    let mut desk = Desk::sample();
    desk.press("g m");
    desk.act(Action::Prove(Key::Receivables(Whose::All)));
    desk.press("j");
    let term = desk.shown().proof.unwrap().term(1).unwrap().clone();
    desk.press("l");
    let place = proving(&desk).unwrap();
    assert_eq!((Some(place.key), place.cursor), (term.figure, 0));
    desk.press("esc");
    let place = proving(&desk).unwrap();
    assert_eq!((place.key, place.cursor), (Key::Receivables(Whose::All), 1));
    desk.press("enter");
    let page = desk.state.session.page.clone().unwrap();
    assert_eq!(
        (proving(&desk), page.client, page.section),
        (None, term.client.unwrap().0, PageSection::Invoices)
    );
    let shown = desk.shown();
    let at = shown.selected(&desk.state.session).unwrap();
    assert_eq!(Some((at.table, at.id)), term.record);
}

/// The shapes and texts of a frame of the whole window.
fn frame(ctx: &Context, desk: &Desk) -> usize {
    let shown = desk.shown();
    let guide = Guide::of(&desk.state, &shown);
    let mut shapes = 0;
    for _ in 0..4 {
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
        let input = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            drop(window_ui(ui, &desk.state, &shown, &guide));
        });
        output.textures_delta.clear();
        shapes = output.shapes.len();
    }
    shapes
}

fn book_of_invoices(count: usize) -> Book {
    let invoices = (0..count).map(|id| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "acme", issued: "2024-01-01", due: "2024-01-31",
                lines: [(result: "Work", price: "12.50 EUR")])"#
        )
    });
    let acme = [r#"client (id: "acme", name: "Acme")"#.to_owned()];
    let lines: Vec<String> = acme.into_iter().chain(invoices).collect();
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_frame_shows_no_more_of_many_terms_than_of_some() {
    let shapes = [200, 20_000].map(|count| {
        let mut desk = Desk::of(book_of_invoices(count), day("2024-03-01"));
        desk.press("g m");
        desk.act(Action::Prove(Key::Dbt(Whose::All)));
        desk.press("end");
        assert_eq!(proving(&desk).unwrap().cursor, 2 * count - 1);
        frame(&headless::context(Theme::Light), &desk)
    });
    // More delays than are drawn, as many rows.
    assert!(shapes[1] <= shapes[0] + 110, "{shapes:?}");
}

pub(crate) fn picture(desk: &Desk, name: &str, size: [u32; 2]) {
    let shown = desk.shown();
    let guide = Guide::of(&desk.state, &shown);
    for (theme, look) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let image = headless::draw(size, 1.0, theme, |ui| {
            drop(window_ui(ui, &desk.state, &shown, &guide));
        });
        let folder = format!("{}/../pictures", env!("CARGO_TARGET_TMPDIR"));
        std::fs::create_dir_all(&folder).unwrap();
        let path = format!("{folder}/proof-{name}-{}-{look}.png", size[0]);
        let png = image.unwrap().to_png().unwrap();
        std::fs::File::create(path).unwrap().write_all(&png).unwrap();
    }
}

#[test]
fn proofs_are_drawn_in_both_themes_and_in_a_small_window() {
    let client = || Desk::sample().shown().figures.cash.owed[0].client.clone();
    let invoice = || Desk::sample().shown().figures.cash.owed[0].invoice.to_string();
    let cases = [
        ("owed", Key::Receivables(Whose::All)),
        ("dbt", Key::Dbt(Whose::One(client()))),
        ("cei", Key::Cei),
        ("stake", Key::TodayStake(Family::Keeping)),
        ("balance", Key::Balance),
        ("gone", Key::Item("nothing".to_owned())),
        ("record", Key::Record(Table::Invoices, invoice())),
        ("several", Key::Several(vec![Key::Share(client()), Key::Dso])),
    ];
    for (name, key) in cases {
        let mut desk = Desk::sample();
        desk.press("g m");
        desk.act(Action::Prove(key));
        for size in [[1280, 800], [800, 600]] {
            picture(&desk, name, size);
        }
    }
}

pub(crate) struct Window(Harness<'static, App>);

impl Window {
    pub(crate) fn of_sample(folder: &std::path::Path) -> Self {
        let at = |name: &str| Some(folder.join(name));
        let surroundings = Surroundings {
            program: at("program"),
            data: at("data"),
            settings: at("settings"),
            currency: None,
        };
        let wish = Wish { sample: true, today: Some(sample::ANCHOR), ..Wish::default() };
        let harness = Harness::builder().with_size([1280.0, 800.0]);
        let harness =
            harness.build_eframe(move |creation| App::open(&creation.egui_ctx, &wish, &surroundings));
        let mut window = Self(harness);
        window.frames();
        window
    }

    fn frames(&mut self) {
        for _ in 0..4 {
            self.0.step();
        }
    }

    pub(crate) fn press(&mut self, key: Pressed) {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        self.0.input_mut().events.push(event(true));
        self.0.step();
        self.0.input_mut().events.push(event(false));
        self.frames();
    }

    pub(crate) fn types(&mut self, text: &str) {
        self.0.input_mut().events.push(Event::Text(text.to_owned()));
        self.frames();
    }

    pub(crate) fn focus(&self) -> Option<Key> {
        self.0.state().state().session.focus.clone()
    }

    fn is_proving(&self) -> bool {
        matches!(self.0.state().state().session.overlay, Some(Overlay::Proof(_)))
    }
}

#[test]
fn tab_walks_to_a_figure_which_has_the_keyboard_again_after_its_proof() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::of_sample(folder.path());
    for key in [Pressed::G, Pressed::M] {
        window.press(key);
    }
    let mut walked = Vec::new();
    for _ in 0..60 {
        window.press(Pressed::Tab);
        walked.extend(window.focus());
        if walked.len() == 3 {
            break;
        }
    }
    assert_eq!(walked, [Key::Balance, Key::Receivables(Whose::All), Key::Overdue(Whose::All)]);
    window.types("=");
    assert!(window.is_proving());
    window.press(Pressed::J);
    window.press(Pressed::Escape);
    assert!(!window.is_proving());
    assert_eq!(window.focus(), Some(Key::Overdue(Whose::All)));
    let says = "press = for its proof";
    let focused = |node: &egui_kittest::Node<'_>| node.accesskit_node().is_focused();
    let names = |window: &Window| -> Vec<String> {
        let all = window.0.query_all_by_label_contains(says);
        all.filter(focused).filter_map(|node| node.accesskit_node().label()).collect()
    };
    let named = names(&window);
    assert!(named.len() == 1 && named[0].contains("Overdue, EUR: "), "{named:?}");
    window.press(Pressed::Enter);
    assert!(window.is_proving(), "a focused figure answers Enter itself");
    window.press(Pressed::Escape);
    window.press(Pressed::Tab);
    assert_eq!(window.focus(), Some(Key::Runway));
    window.press(Pressed::Escape);
    assert_eq!(window.focus(), None);
}

#[test]
fn an_indicator_adds_to_a_score_only_where_there_is_one_and_says_of_what_it_is_known() {
    let lines = [
        r#"client (id: "ada", name: "Ada", added: "2026-01-01")"#,
        r#"invoice (id: "1", number: "1", client: "ada", issued: "2026-09-01", due: "2026-10-01",
            lines: [(result: "A", price: "90 EUR")], payments: [(day: "2026-10-03", amount: "90 EUR")])"#,
    ];
    let sample = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    for (book, on, has_score) in [(book(&lines), day("2026-11-20"), false), (sample, sample::ANCHOR, true)] {
        let (figures, known) = (Figures::of(&book, on), book.as_of(on));
        let scored = |id: &ClientId| figures.healths.client(id).is_some_and(|of| of.health.score.is_ok());
        let client = figures.of_clients.iter().map(|it| it.id.clone()).find(|id| scored(id) == has_score);
        let key = Key::Health(client.unwrap(), HealthFigure::Points(Indicator::Pays));
        let proof = prove(&key, &figures, &known, &Outlook::default()).unwrap();
        let said: Vec<&str> = proof.beside.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(said.contains(&"to the score it adds"), has_score, "{said:?}");
        assert!(said.contains(&"invoices it is known from"), "{said:?}");
    }
}
