//! The table of clients, a client's page and the pane beside a list: what they draw, say and answer.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Frame, Role, Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::domain::{Book, ClientId, Currency};
use rapport::figures::forecast::Outlook;
use rapport::figures::{ClientSort, Figures, Page};
use rapport::kit::theme::Tokens;
use rapport::kit::{fonts, headless, theme};
use rapport::panels::{beside_ui, clients_ui, page_ui};
use rapport::state::{Action, Cursor, PagePlace, PageSection, Session, Shown, State, View, reduce};
use rapport::store::{import, load, sample};

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
    let figures = Figures::of(&state.book, state.day());
    let of = figures.clone();
    Shown::of(state, figures, Outlook::default(), |id| Page::of(state.book.business(), &of, id).map(Arc::new))
}

/// With the page open of the client that has most in this part.
fn on_page(mut state: State, section: PageSection) -> State {
    let figures = Figures::of(&state.book, state.day());
    let pages = figures.clients.rows.iter();
    let pages = pages.filter_map(|row| Page::of(state.book.business(), &figures, &row.id));
    let busiest = pages.max_by_key(|page| match section {
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
    let state = sample_state();
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
    let shown = shown(&state);
    let mut ready = false;
    let mut harness = Harness::builder().with_size(vec2(1090.0, 690.0)).build_ui_state(
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
    for (title, sort) in [("Client", ClientSort::Name), ("Overdue", ClientSort::Overdue)] {
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
    harness_of_empty.get_by_label("A C");
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
    let state = on_page(sample_state(), PageSection::Deals);
    let seen = shown(&state);
    let page = seen.page.clone().unwrap();
    let by = page.introduced_by.clone().unwrap();
    let name = seen.figures.client(&by).unwrap().name.to_string();
    let wanted = [Action::Point(seen.cursor_at(&state.session, 0)), Action::OpenClient(by)];
    let mut harness = harness(state, page_ui);
    harness.get_by_role(Role::ListBoxOption).click();
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
