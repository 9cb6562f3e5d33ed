//! The table of clients, a client's page and the pane beside a list: what they draw, say and answer.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Frame, Role, Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command::{Guide, meaning};
use rapport::domain::{AnyRecord, Book, ClientId, Currency, Invoice, Money, Record};
use rapport::figures::firm::{ChannelStep, FirmFigure};
use rapport::figures::forecast::Outlook;
use rapport::figures::health::Indicator;
use rapport::figures::proof::{FigureKey, HealthFigure, Whose};
use rapport::figures::{CLIENT_TERMS, ClientSort, Figures, ITEM_TERMS, Memo, Page};
use rapport::kit::theme::Tokens;
use rapport::kit::{fonts, headless, theme};
use rapport::panels::{beside_ui, clients_ui, page_ui, window_ui};
use rapport::state::{
    Action, ClientLine, Cursor, PagePlace, PageSection, Session, Shown, State, View, reduce,
};
use rapport::store::{import, load, sample};
use rust_decimal::Decimal;

use crate::desk::Desk;

type Panel = fn(&mut Ui, &Shown, &Session) -> Vec<Action>;

fn sample_state() -> State {
    let text = sample::text(sample::ANCHOR);
    let book = load(text.as_bytes()).unwrap().book;
    let mut state = State::new(book, sample::ANCHOR, 1);
    state.session.view = View::Clients;
    state
}

fn import_state() -> State {
    let csv =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/late_payments.csv")).unwrap();
    let plan = import::plan(&csv, &import::Options::default(), &Book::empty(Currency::USD)).unwrap();
    let mut state = State::new(plan.apply(), NaiveDate::from_ymd_opt(2013, 6, 30).unwrap(), 1);
    state.session.view = View::Clients;
    state
}

fn empty_state() -> State {
    let mut state = State::new(Book::empty(Currency::EUR), sample::ANCHOR, 1);
    state.session.view = View::Clients;
    state
}

fn shown(state: &State) -> Shown {
    Shown::whole(&mut Memo::new(), &Outlook::default(), state)
}

/// With the page open of the client that has most in this part.
fn on_page(mut state: State, section: PageSection) -> State {
    let figures = Figures::of(&state.book, state.day());
    let pages = figures.clients.rows.iter();
    let pages = pages.filter_map(|row| Page::of(state.book.business(), &figures, &row.id));
    let busiest = pages.max_by_key(|page| match section {
        PageSection::Health => page.row.health.reasons.len(),
        PageSection::Achieved => page.dossier.achieved.len(),
        PageSection::Goals => page.goals.goals.len() * 10 + page.goals.reviews.len(),
        PageSection::Referrals => page.referrals.people.len(),
        PageSection::Timeline => page.timeline.len(),
        PageSection::Deals => {
            page.deals.len() + 10 * page.deals.iter().map(|deal| deal.gates.len()).sum::<usize>()
        }
        PageSection::Invoices => page.invoices.len(),
        PageSection::Promises => page.promises.len(),
        PageSection::Renewals => page.renewals.len(),
        PageSection::People => page.client.people.len() + page.introduced.len(),
        PageSection::WayOut => page.way_out().len() + 10 * page.ladder.hurts.len(),
    });
    let busiest = busiest.unwrap();
    state.session.page =
        Some(PagePlace { client: busiest.client.id.clone(), section, cursor: Cursor::default() });
    state
}

fn on_surface(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let fill = Tokens::of(ui).surface;
    Frame::new().fill(fill).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        contents(ui);
    });
}

/// Draws a panel twice, holds that both are the same, and writes a picture to look at.
fn picture(name: &str, size: [u32; 2], theme: Theme, state: &State, panel: Panel) {
    let shown = shown(state);
    let draw = || {
        headless::draw(size, 1.0, theme, |ui| {
            on_surface(ui, |ui| drop(panel(ui, &shown, &state.session)));
        })
        .unwrap()
    };
    let image = draw();
    assert!(image == draw(), "{name} is drawn in two ways");
    let folder = format!("{}/../pictures", env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).unwrap();
    let mut file = std::fs::File::create(format!("{folder}/{name}.png")).unwrap();
    file.write_all(&image.to_png().unwrap()).unwrap();
}

const NARROW: [u32; 2] = [1090, 690];
const WIDE: [u32; 2] = [1700, 950];

#[test]
fn the_table_is_drawn_for_every_book_and_size() {
    let sample = sample_state();
    picture("clients-sample-dark", NARROW, Theme::Dark, &sample, clients_ui);
    picture("clients-sample-light", NARROW, Theme::Light, &sample, clients_ui);
    picture("clients-sample-wide", WIDE, Theme::Light, &sample, clients_ui);
    picture("clients-sample-slim", [750, 690], Theme::Dark, &sample, clients_ui);
    picture("clients-import", NARROW, Theme::Dark, &import_state(), clients_ui);
    picture("clients-empty", NARROW, Theme::Dark, &empty_state(), clients_ui);
    let mut filtered = sample_state();
    filtered.session.filters.set(View::Clients, "steady".to_owned());
    picture("clients-filtered", NARROW, Theme::Light, &filtered, clients_ui);
    filtered.session.filters.set(View::Clients, "nobody like that".to_owned());
    picture("clients-filtered-away", NARROW, Theme::Light, &filtered, clients_ui);
    let mut grouped = sample_state();
    grouped.session.clients.grouped = true;
    picture("clients-by-kind-dark", NARROW, Theme::Dark, &grouped, clients_ui);
    picture("clients-by-kind-light", WIDE, Theme::Light, &grouped, clients_ui);
}

#[test]
fn the_firm_is_drawn_for_every_book_and_size() {
    for (name, state) in [("sample", sample_state()), ("import", import_state()), ("empty", empty_state())] {
        let mut state = state;
        state.session.clients.firm = true;
        picture(&format!("firm-{name}"), [1090, 1400], Theme::Dark, &state, clients_ui);
        picture(&format!("firm-{name}-slim"), [500, 690], Theme::Dark, &state, clients_ui);
        picture(&format!("firm-{name}-wide"), WIDE, Theme::Light, &state, clients_ui);
    }
}

/// What the nodes of a role are called.
fn labels<T>(harness: &Harness<'_, T>, role: Role) -> Vec<String> {
    harness.get_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_row_says_the_score_its_band_and_what_costs_points() {
    let harness = harness(sample_state(), clients_ui);
    let rows = labels(&harness, Role::ListBoxOption);
    let row = |name: &str| rows.iter().find(|row| row.starts_with(name)).unwrap();
    let hallberg = row("Spedition Hallberg");
    assert!(hallberg.contains("Steady, score 99, good; between 9"), "{hallberg}");
    assert!(hallberg.contains("from 7 of 7 indicators, in 90 days +3, verbal −1, income"), "{hallberg}");
    let prospect = row("Ida Solberg");
    assert!(prospect.contains("score not known, a prospect has no health yet"), "{prospect}");
    assert!(prospect.contains("nothing costs points"), "{prospect}");
}

#[test]
fn how_a_score_ran_is_drawn_and_said_once_it_is_known() {
    let state = sample_state();
    let mut seen = shown(&state);
    let row = |seen: &Shown| {
        let harness = harness_on(state.clone(), seen.clone(), clients_ui, vec2(1090.0, 690.0));
        let rows = labels(&harness, Role::ListBoxOption);
        rows.into_iter().find(|row| row.starts_with("Baugruppe Nordufer")).unwrap()
    };
    assert!(!row(&seen).contains("over the last"));
    seen.outlook = Outlook::of(&state.question());
    let line = seen.outlook.lines.clone().unwrap();
    let points = line.client(&ClientId::new("baugruppe-nord").unwrap()).unwrap();
    let points: Vec<_> = points.iter().flatten().map(rust_decimal::Decimal::round).collect();
    let said = format!("over the last 24 months from {} to {}, between", points[0], points[points.len() - 1]);
    assert!(row(&seen).contains(&said), "{said}: {}", row(&seen));
}

#[test]
fn columns_give_way_in_their_order_and_what_the_rows_are_in_the_order_of_stays() {
    let heads = |width: f32, sort: ClientSort| {
        let mut state = sample_state();
        state.session.sort = (sort, true);
        labels(&harness_of(state, clients_ui, vec2(width, 690.0)), Role::ColumnHeader)
    };
    let narrow = heads(1104.0, ClientSort::Share);
    let all = [
        "Client",
        "Score",
        "90 days",
        "Kind",
        "Costs points",
        "Share",
        "An hour",
        "DBT",
        "From them",
        "To them",
    ];
    assert_eq!(narrow[..10], all, "at 1280 points everything of a client's health and dealings is in sight");
    assert_eq!(narrow[10..], ["Owed, EUR"]);
    assert_eq!(heads(1744.0, ClientSort::Share).len(), 14);
    let slim = heads(560.0, ClientSort::Share);
    assert_eq!(slim, ["Client", "Score", "Kind", "Share", "Owed, EUR"]);
    assert!(heads(560.0, ClientSort::LastOut).contains(&"To them".to_owned()));
}

#[test]
fn headings_stand_over_the_groups_and_answer_no_click() {
    let mut state = sample_state();
    state.session.clients.grouped = true;
    let seen = shown(&state);
    let toxic = seen.groups[1].clone();
    let first = seen.cursor_at(&state.session, toxic.first);
    let name = seen.client(toxic.first).unwrap().name.to_string();
    let mut harness = harness(state, clients_ui);
    let headings = labels(&harness, Role::Heading);
    assert!(headings[0].starts_with("At risk: 1 client  ·  income of 12 months 1,600"), "{headings:?}");
    assert!(headings[1].starts_with("Toxic: 1 client"), "{headings:?}");
    harness.get_by_role_and_label(Role::Heading, &headings[1]).click();
    harness.run();
    assert!(harness.state().is_empty());
    let row = harness
        .get_all_by_role(Role::ListBoxOption)
        .find(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with(&format!("{name},"))));
    row.unwrap().click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::Point(first)]));
}

#[test]
fn every_line_of_the_grouped_table_is_a_heading_or_a_row() {
    let mut state = sample_state();
    state.session.clients.grouped = true;
    let seen = shown(&state);
    let mut rows = 0;
    let mut groups = 0;
    for line in 0..seen.client_lines() {
        match seen.client_line(line) {
            ClientLine::Group(at) => {
                assert_eq!((at, seen.groups[at].first), (groups, rows), "line {line}");
                groups += 1;
            }
            ClientLine::Row(row) => {
                assert_eq!((row, seen.line_of_client(row)), (rows, line));
                rows += 1;
            }
        }
    }
    assert_eq!((rows, groups), (seen.clients.len(), seen.groups.len()));
    assert_eq!(seen.client_line(usize::MAX - 20), ClientLine::Row(usize::MAX - 20 - groups));
}

#[test]
fn keys_group_the_clients_and_show_the_firm_whose_figures_are_of_no_single_client() {
    let mut desk = Desk::sample();
    desk.press("g c");
    let before = desk.shown().clients.clone();
    desk.press("b");
    let seen = desk.shown();
    assert!(desk.state.session.clients.grouped && seen.clients != before);
    desk.press("j");
    assert_eq!(desk.shown().row(&desk.state.session), Some(1));
    desk.press("b");
    assert_eq!(desk.shown().clients, before);
    desk.press("i");
    assert!(desk.state.session.shows_firm() && desk.shown().firm.is_some());
    assert_eq!(desk.shown().selected_client(&desk.state.session), None);
    let cursor = desk.state.session.cursors.clients.clone();
    for key in ["j", "enter", "del", "/", "b"] {
        desk.press(key);
        assert!(desk.state.session.overlay.is_none() && desk.state.session.page.is_none(), "{key}");
    }
    assert_eq!(desk.state.session.cursors.clients, cursor);
    desk.press("esc");
    assert!(!desk.state.session.shows_firm() && desk.state.session.view == View::Clients);
    desk.press("g t");
    assert!(desk.shown().firm.is_none());
    desk.act(Action::Run("clients.firm"));
    assert!(desk.state.session.shows_firm());
}

#[test]
fn on_the_firm_the_footer_says_how_to_scroll_and_where_its_key_leads() {
    let mut desk = Desk::sample();
    let hints = |desk: &Desk| {
        let hints = Guide::of(&desk.state, &desk.shown()).hints;
        hints.into_iter().map(|hint| format!("{} {}", hint.key, hint.title)).collect::<Vec<_>>()
    };
    desk.press("g c");
    assert!(hints(&desk).contains(&"I The firm".to_owned()));
    desk.press("i");
    let said = hints(&desk);
    for wanted in ["J Scroll down", "PgDn A screen down", "I Back to the clients"] {
        assert!(said.contains(&wanted.to_owned()), "{said:?}");
    }
}

/// A panel with its state: what is done changes it.
fn living(state: State, panel: Panel, size: egui::Vec2) -> Harness<'static, State> {
    let mut ready = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, state: &mut State| {
            if !ready {
                fonts::install(ui);
                theme::apply(ui);
                ready = true;
                return;
            }
            let seen = shown(state);
            for action in panel(ui, &seen, &state.session) {
                let action = meaning(action, state, &seen);
                let _ = reduce(state, action);
            }
        },
        state,
    );
    harness.run();
    harness
}

#[test]
fn a_figure_that_stands_in_two_places_keeps_the_keyboard_where_it_is() {
    let mut harness = living(sample_state(), clients_ui, vec2(1744.0, 950.0));
    let all = FigureKey::Income(Whose::All);
    // The strip and the totals; the row of the cursor tells its own client's.
    let of_all = |label: &&String| {
        label.starts_with("Income of 12 months: ") || label.starts_with("Income of 12 months, all: ")
    };
    let places: Vec<String> = labels(&harness, Role::Button).iter().filter(of_all).cloned().collect();
    assert_eq!(places.len(), 2, "{places:?}");
    for place in &places {
        harness.get_by_role_and_label(Role::Button, place).focus();
        // It comes to rest: the two places do not pass the keyboard to and fro.
        harness.run();
        assert_eq!(harness.state().session.focus.as_ref(), Some(&all));
        assert!(harness.get_by_role_and_label(Role::Button, place).accesskit_node().is_focused());
    }
}

#[test]
fn all_that_the_firm_can_prove_stands_on_its_page() {
    let mut state = sample_state();
    state.session.clients.firm = true;
    let mut harness = harness_of(state.clone(), clients_ui, vec2(1744.0, 4000.0));
    harness.get_all_by_role(Role::Button).for_each(|place| place.click_accesskit());
    harness.step();
    let keys = harness.state().iter().filter_map(|action| match action {
        Action::Prove(FigureKey::Several(keys)) => Some(keys.clone()),
        Action::Prove(key) => Some(vec![key.clone()]),
        _ => None,
    });
    let seen: BTreeSet<FigureKey> = keys.flatten().collect();
    // But for what each month and basis brought by itself.
    let firm = shown(&state).firm.unwrap();
    for key in firm.keys() {
        use FirmFigure as Figure;
        let beyond = match &key {
            Figure::MixMonth(..)
            | Figure::MonthIncome(_)
            | Figure::Hours
            | Figure::ChannelHoursAClient(_) => true,
            Figure::Channel(_, ChannelStep::Contacted) => true,
            Figure::HoursShare(client) => {
                !firm.concentration.clients.iter().take(6).any(|share| share.client == *client)
            }
            _ => false,
        };
        assert!(beyond || seen.contains(&FigureKey::Firm(key.clone())), "{key:?} is nowhere on the page");
    }
}

/// The sample with invoices some millions of times as high.
fn inflated_state() -> State {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    let records = book.records().map(|record| match record {
        AnyRecord::Invoice(invoice) => {
            let mut invoice = Invoice::clone(&invoice);
            let inflate = |money: &mut Money| money.amount *= Decimal::from(3_141_593);
            invoice.lines.iter_mut().for_each(|line| inflate(&mut line.price));
            invoice.payments.iter_mut().for_each(|payment| inflate(&mut payment.amount));
            Invoice::any(Arc::new(invoice))
        }
        other => other,
    });
    let mut state = State::new(Book::from_records(book.business().clone(), records), sample::ANCHOR, 1);
    state.session.view = View::Clients;
    state
}

#[test]
fn no_figure_of_the_firm_lies_over_another_however_large() {
    for size in [vec2(1090.0, 6000.0), vec2(1744.0, 6000.0), vec2(500.0, 9000.0)] {
        for mut state in [sample_state(), inflated_state()] {
            state.session.clients.firm = true;
            let harness = harness_of(state, clients_ui, size);
            let places = harness.get_all_by_role(Role::Button);
            let places: Vec<_> =
                places.map(|it| (it.accesskit_node().label().unwrap_or_default(), it.rect())).collect();
            assert!(places.len() > 100);
            for (at, (says, place)) in places.iter().enumerate() {
                for (other, over) in places.iter().skip(at + 1) {
                    let both = place.intersect(*over);
                    assert!(
                        both.width() < 1.0 || both.height() < 1.0,
                        "{size:?}: {says} and {other}: {both:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_month_of_the_chart_leads_to_its_income() {
    let mut state = sample_state();
    state.session.clients.firm = true;
    let last = shown(&state).firm.unwrap().mix.months.last().unwrap().month;
    let mut harness = harness_of(state, clients_ui, vec2(1744.0, 950.0));
    let chart = harness.get_by_label_contains("Income by month from").rect();
    let at = egui::pos2(chart.right() - 10.0, chart.center().y);
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    let wanted = FigureKey::Firm(FirmFigure::MonthIncome(last));
    assert!(told(harness.state()).contains(&format!("{:?}", Action::Prove(wanted))), "{:?}", harness.state());
}

#[test]
fn the_strip_says_income_against_the_goal_what_recurs_and_on_whom_it_rests() {
    let mut harness = harness(sample_state(), clients_ui);
    harness.get_by_label_contains("Income of 12 months: 93,399, press");
    harness.get_by_label_contains("102\u{a0}% of the goal of 92,000, press");
    harness.get_by_label_contains("Fixed value: 42,899, 46\u{a0}% of the income of 12 months");
    harness.get_by_label_contains("of the income recurs");
    harness.get_by_label_contains("clients make 80\u{a0}% of the income");
    harness.get_by_label_contains("worth watching");
    harness.get_by_role_and_label(Role::Button, "The firm").click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::Run("clients.firm")]));
}

#[test]
fn a_term_that_is_not_understood_is_said_under_the_field() {
    let mut state = sample_state();
    state.session.filtering = true;
    state.session.filters.set(View::Clients, "score:50".to_owned());
    let window: Panel = |ui, shown, session| {
        let mut state = sample_state();
        state.session = session.clone();
        window_ui(ui, &state, shown, &Guide::default())
    };
    let harness = harness(state, window);
    harness.get_by_label_contains("“score:50” is looked for as a word: a figure is compared, as in score<50");
}

#[test]
fn the_keys_of_a_place_say_what_its_filter_understands() {
    let mut desk = Desk::sample();
    desk.press("g b ?");
    assert!(Guide::of(&desk.state, &desk.shown()).terms.is_empty(), "words alone");
    desk.press("esc g t ?");
    assert_eq!(Guide::of(&desk.state, &desk.shown()).terms, ITEM_TERMS);
    desk.press("esc");
    desk.press("g c");
    desk.press("?");
    assert_eq!(Guide::of(&desk.state, &desk.shown()).terms, CLIENT_TERMS);
}

#[test]
fn the_pane_says_score_trend_and_reasons_each_with_its_proof() {
    let mut state = sample_state();
    state.session.peeks.push(View::Clients);
    let client = shown(&state).beside.unwrap().client.id.clone();
    let mut harness = harness(state, beside_ui);
    for (says, figure) in [
        ("Score 99, good; between", HealthFigure::Score),
        ("In 90 days +3", HealthFigure::Trend),
        ("In writing, −1", HealthFigure::Points(Indicator::Writing)),
    ] {
        harness.state_mut().clear();
        harness.get_by_label_contains(says).click();
        harness.run();
        let key = FigureKey::Health(client.clone(), figure);
        assert!(told(harness.state()).contains(&format!("{:?}", Action::Prove(key))), "{says}");
    }
}

#[test]
fn every_part_of_a_page_is_drawn() {
    for section in PageSection::ALL {
        let name = format!("page-{}", section.title().to_lowercase());
        picture(&name, NARROW, Theme::Dark, &on_page(sample_state(), section), page_ui);
    }
    picture("page-light", NARROW, Theme::Light, &on_page(sample_state(), PageSection::Deals), page_ui);
    picture("page-wide", WIDE, Theme::Light, &on_page(sample_state(), PageSection::Timeline), page_ui);
    picture("page-import", NARROW, Theme::Dark, &on_page(import_state(), PageSection::Invoices), page_ui);
    picture("page-import-deals", NARROW, Theme::Dark, &on_page(import_state(), PageSection::Deals), page_ui);
    let mut within = on_page(sample_state(), PageSection::Timeline);
    let cursor = shown(&within).cursor_at(&within.session, 120);
    let _ = reduce(&mut within, Action::Point(cursor));
    picture("page-timeline-within", NARROW, Theme::Light, &within, page_ui);
    let mut gone = sample_state();
    let client = ClientId::new("nobody-here").unwrap();
    gone.session.page = Some(PagePlace { client, section: PageSection::Timeline, cursor: Cursor::default() });
    picture("page-gone", NARROW, Theme::Dark, &gone, page_ui);
}

#[test]
fn the_pane_beside_is_drawn_for_every_client() {
    let mut state = sample_state();
    state.session.peeks.push(View::Clients);
    let rows = shown(&state).clients.len();
    for row in 0..rows {
        let mut state = state.clone();
        let at = shown(&state).cursor_at(&state.session, row);
        state.session.cursors.clients = at;
        let theme = if row % 2 == 0 { Theme::Dark } else { Theme::Light };
        picture(&format!("beside-{row}"), [340, 690], theme, &state, beside_ui);
    }
    picture("beside-import", [320, 690], Theme::Dark, &import_state(), beside_ui);
    picture("beside-empty", [340, 690], Theme::Light, &empty_state(), beside_ui);
}

/// A window of a panel whose answers are kept.
fn harness(state: State, panel: Panel) -> Harness<'static, Vec<Action>> {
    harness_of(state, panel, vec2(1090.0, 690.0))
}

/// The same in a window of another size.
fn harness_of(state: State, panel: Panel, size: egui::Vec2) -> Harness<'static, Vec<Action>> {
    let shown = shown(&state);
    harness_on(state, shown, panel, size)
}

/// The same of what is shown.
fn harness_on(state: State, shown: Shown, panel: Panel, size: egui::Vec2) -> Harness<'static, Vec<Action>> {
    let mut ready = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, kept: &mut Vec<Action>| {
            if ready {
                kept.extend(panel(ui, &shown, &state.session));
            } else {
                fonts::install(ui);
                theme::apply(ui);
                ready = true;
            }
        },
        Vec::new(),
    );
    harness.run();
    harness
}

fn told(actions: &[Action]) -> Vec<String> {
    actions.iter().map(|action| format!("{action:?}")).collect()
}

#[test]
fn a_click_on_a_client_points_at_it_and_a_second_opens_it() {
    let state = sample_state();
    let seen = shown(&state);
    let third = seen.client(2).unwrap().name.to_string();
    let wanted = seen.cursor_at(&state.session, 2);
    let mut harness = harness(state, clients_ui);
    harness.get_by_role(Role::ListBox);
    let row = harness.get_all_by_role(Role::ListBoxOption).find(|row| {
        row.accesskit_node().label().is_some_and(|label| label.starts_with(&format!("{third},")))
    });
    row.unwrap().click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::Point(wanted)]));
}

#[test]
fn a_click_on_a_header_sorts_by_its_column() {
    let mut harness = harness(sample_state(), clients_ui);
    for (title, sort) in
        [("Client", ClientSort::Name), ("Owed, EUR", ClientSort::Open), ("Score", ClientSort::Score)]
    {
        harness.state_mut().clear();
        harness.get_by_role_and_label(Role::ColumnHeader, title).click();
        harness.run();
        assert_eq!(told(harness.state()), told(&[Action::Sort(sort)]));
    }
}

#[test]
fn an_empty_book_and_a_filter_that_finds_nobody_say_different_things() {
    let harness_of_empty = harness(empty_state(), clients_ui);
    harness_of_empty.get_by_label_contains("Your clients stand here");
    harness_of_empty.get_by_label("Shift+A C");
    let mut state = sample_state();
    state.session.filters.set(View::Clients, "zzz".to_owned());
    let harness_of_filtered = harness(state, clients_ui);
    harness_of_filtered.get_by_label_contains("“zzz”");
    harness_of_filtered.get_by_label("Esc");
}

#[test]
fn the_parts_of_a_page_say_how_much_they_hold_and_lead_there() {
    let state = on_page(sample_state(), PageSection::Timeline);
    let invoices = shown(&state).page.unwrap().invoices.len();
    let mut harness = harness(state, page_ui);
    harness.get_by_role_and_label(Role::Tab, &format!("Invoices  {invoices}")).click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::ShowSection(PageSection::Invoices)]));
}

#[test]
fn the_cursor_of_a_long_timeline_is_brought_into_sight() {
    let mut state = on_page(sample_state(), PageSection::Timeline);
    let seen = shown(&state);
    let last = seen.len(&state.session) - 1;
    let cursor = seen.cursor_at(&state.session, last);
    let _ = reduce(&mut state, Action::Point(cursor));
    let oldest = seen.page.unwrap().timeline[last].text.clone();
    let harness = harness(state, page_ui);
    let rows: Vec<_> = harness.get_all_by_role(Role::ListBoxOption).collect();
    assert!(rows.len() < 40, "{} rows were laid out", rows.len());
    assert!(rows.iter().any(|row| row.accesskit_node().label().unwrap().contains(&oldest)));
}

#[test]
fn a_click_on_a_fact_points_at_it_and_the_name_of_who_introduced_them_leads_there() {
    let mut state = on_page(sample_state(), PageSection::Deals);
    let introduced =
        state.book.clients().find(|it| it.client.introduced_by().is_some() && !it.facts.deals.is_empty());
    let client = introduced.unwrap().id().clone();
    state.session.page = state.session.page.map(|place| PagePlace { client, ..place });
    let seen = shown(&state);
    let page = seen.page.clone().unwrap();
    let by = page.introduced_by.clone().unwrap();
    let name = seen.figures.client(&by).unwrap().name.to_string();
    let wanted = [Action::Point(seen.cursor_at(&state.session, 0)), Action::OpenClient(by)];
    let mut harness = harness(state, page_ui);
    // In its middle stands a figure, which answers by its proof.
    harness.get_by_role(Role::ListBoxOption).click_accesskit();
    harness.run();
    harness.get_by_role_and_label(Role::Link, &name).click();
    harness.run();
    assert_eq!(told(harness.state()), told(&wanted));
}

#[test]
fn unknown_figures_are_a_dash_with_their_reason() {
    let mut state = import_state();
    state.session.filters.set(View::Clients, "4640".to_owned());
    state.session.peeks.push(View::Clients);
    let harness = harness(state, beside_ui);
    harness.get_by_label("From them: not known, no touch from them is noted");
}

#[test]
fn a_client_that_is_gone_is_said_to_be_with_the_way_back() {
    let mut state = sample_state();
    let client = ClientId::new("nobody-here").unwrap();
    state.session.page =
        Some(PagePlace { client, section: PageSection::Timeline, cursor: Cursor::default() });
    let harness = harness(state, page_ui);
    harness.get_by_label_contains("not in the book");
    harness.get_by_label("back to Clients");
    harness.get_by_label("Esc");
}

#[test]
fn the_name_beside_a_list_opens_the_client() {
    let mut state = sample_state();
    state.session.peeks.push(state.session.view);
    let page = shown(&state).beside.unwrap();
    let mut harness = harness(state, beside_ui);
    harness.get_by_role_and_label(Role::Link, &format!("Open {}", page.client.name)).click();
    harness.run();
    assert_eq!(told(harness.state()), told(&[Action::OpenClient(page.client.id.clone())]));
}
