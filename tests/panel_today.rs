//! The triage queue and the choice of a day to put an item off to: drawn, read aloud, clicked.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use egui::{Role, Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use rapport::command;
use rapport::domain::{
    AnyRecord, Book, Business, Currency, Handled, HandledId, Snooze, SnoozeId, Wait, add_days,
};
use rapport::figures::forecast::Outlook;
use rapport::figures::{Figures, Letter, Memo};
use rapport::kit::{fonts, headless, theme};
use rapport::panels::{beside_ui, snooze_ui, today_ui};
use rapport::state::{Action, Cursor, Overlay, PageSection, Shown, State, View};
use rapport::store;

fn sample() -> State {
    let today = store::sample::ANCHOR;
    let loaded = store::load(store::sample::text(today).as_bytes()).unwrap();
    State::new(loaded.book, today, 1)
}

fn imported() -> State {
    let csv = include_bytes!("fixtures/late_payments.csv");
    let options = store::import::Options { dates: Some(store::import::DateOrder::Dmy), ..Default::default() };
    let plan = store::import::plan(csv, &options, &Book::empty(Currency::USD)).unwrap();
    State::new(plan.apply(), NaiveDate::from_ymd_opt(2013, 6, 30).unwrap(), 1)
}

fn empty() -> State {
    State::new(Book::with_business(Business::new(Currency::EUR)), store::sample::ANCHOR, 1)
}

/// The sample with every item marked as handled, but for a few that are put off.
fn done() -> State {
    let mut state = sample();
    let today = state.today;
    let figures = Figures::of(&state.book, today);
    for (index, item) in figures.today.items.iter().enumerate() {
        let (id, client) = (item.id.clone(), item.client.clone());
        let seed = u64::try_from(index).unwrap();
        let mark = if index < 6 {
            let until = add_days(today, 1 + i64::try_from(index).unwrap());
            AnyRecord::from_snooze(Snooze {
                id: SnoozeId::fresh("snooze", seed),
                item: id,
                client,
                day: today,
                until,
                wait: [None, Some(Wait::TheyReply), Some(Wait::Paid), Some(Wait::NoReply)][index % 4],
                seen: 99,
            })
        } else {
            AnyRecord::from_handled(Handled {
                id: HandledId::fresh("handled", seed),
                item: id,
                client,
                day: today,
                dismissed: None,
                seen: None,
            })
        };
        state.book = state.book.with(mark).unwrap();
    }
    state
}

trait FromMark {
    fn from_snooze(snooze: Snooze) -> Self;
    fn from_handled(handled: Handled) -> Self;
}

impl FromMark for AnyRecord {
    fn from_snooze(snooze: Snooze) -> Self {
        <Snooze as rapport::domain::Record>::any(Arc::new(snooze))
    }

    fn from_handled(handled: Handled) -> Self {
        <Handled as rapport::domain::Record>::any(Arc::new(handled))
    }
}

fn shown(state: &State) -> Shown {
    Shown::whole(&mut Memo::new(), &Outlook::default(), state)
}

fn at_row(mut state: State, row: usize) -> State {
    let cursor = shown(&state).cursor_at(&state.session, row);
    state.session.cursors.today = cursor;
    state
}

fn filtered(mut state: State, filter: &str) -> State {
    state.session.filters.set(View::Today, filter.to_owned());
    state
}

fn snoozing(mut state: State) -> State {
    let shown = shown(&state);
    let item = shown.figures.today.items.iter().find(|item| item.kind.is_chase()).unwrap();
    state.session.overlay = Some(Overlay::Snooze(item.id.clone(), item.client.clone()));
    state
}

fn panel(ui: &mut Ui, state: &State, shown: &Shown) -> Vec<Action> {
    let mut actions = today_ui(ui, shown, &state.session);
    actions.extend(snooze_ui(ui, shown, &state.session));
    actions
}

fn picture(name: &str, state: &State, size: [u32; 2], theme: Theme) {
    let shown = shown(state);
    let image = headless::draw(size, 1.0, theme, |ui| {
        let tokens = rapport::kit::theme::Tokens::of(ui);
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(tokens.surface))
            .show(ui, |ui| drop(panel(ui, state, &shown)));
    })
    .unwrap();
    let theme = if theme == Theme::Dark { "dark" } else { "light" };
    save(&image, &format!("{name}-{theme}"));
}

fn save(image: &rapport::kit::raster::Image, name: &str) {
    let folder = format!("{}/../pictures", env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).unwrap();
    let mut file = std::fs::File::create(format!("{folder}/today-{name}.png")).unwrap();
    file.write_all(&image.to_png().unwrap()).unwrap();
}

#[test]
fn the_queue_is_drawn_in_every_state_and_both_themes() {
    let usual = [1090, 690];
    for theme in [Theme::Dark, Theme::Light] {
        picture("sample", &sample(), usual, theme);
        picture("import", &at_row(imported(), 3), usual, theme);
        picture("done", &done(), usual, theme);
        picture("snooze", &snoozing(sample()), usual, theme);
        picture("empty", &empty(), usual, theme);
    }
    picture("sample-large", &at_row(sample(), 2), [1700, 950], Theme::Light);
    picture("sample-narrow", &at_row(sample(), 1), [560, 690], Theme::Dark);
    picture("filtered", &filtered(sample(), "invoice"), usual, Theme::Dark);
    picture("nothing-found", &filtered(sample(), "xyzzy"), usual, Theme::Light);
    let end = shown(&sample()).today.len() - 1;
    picture("end", &at_row(sample(), end), usual, Theme::Light);
}

#[test]
fn the_queue_is_drawn_within_the_window() {
    let state = at_row(sample(), 0);
    let shown = shown(&state);
    let guide = rapport::command::Guide::of(&state, &shown);
    let image = headless::draw([1280, 800], 1.0, Theme::Light, |ui| {
        drop(rapport::panels::window_ui(ui, &state, &shown, &guide));
    })
    .unwrap();
    save(&image, "window-light");
}

#[test]
fn the_same_state_painted_twice_gives_the_same_picture() {
    let state = at_row(sample(), 2);
    let shown = shown(&state);
    let once = || {
        headless::draw([900, 600], 1.0, Theme::Dark, |ui| drop(today_ui(ui, &shown, &state.session))).unwrap()
    };
    assert!(once() == once());
}

type Log = Rc<RefCell<Vec<Action>>>;

fn harness(state: State) -> (Harness<'static>, Log, Shown) {
    let log = Log::default();
    let (answers, known) = (log.clone(), shown(&state));
    let shown = known.clone();
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(vec2(1090.0, 690.0)).build_ui(move |ui| {
        if std::mem::replace(&mut dressed, true) {
            answers.borrow_mut().extend(panel(ui, &state, &shown));
        } else {
            fonts::install(ui);
            theme::apply(ui);
        }
    });
    harness.run();
    (harness, log, known)
}

#[test]
fn rows_lie_under_each_other_also_below_the_open_one() {
    for (state, width) in [(at_row(sample(), 1), 1090.0), (at_row(sample(), 1), 560.0)] {
        let (mut harness, _, shown) = harness(state);
        harness.set_size(vec2(width, 690.0));
        harness.run();
        let bottoms_and_tops = (0..4).map(|row| {
            let name = row_label(&shown, row);
            let rect = harness.get_by_label_contains(&name).rect();
            (rect.top().round(), rect.bottom().round())
        });
        let edges: Vec<(f32, f32)> = bottoms_and_tops.collect();
        for pair in edges.windows(2) {
            assert!((pair[0].1 - pair[1].0).abs() < 0.5, "{edges:?}");
        }
    }
}

fn commands_run(log: &Log) -> Vec<&'static str> {
    let run = |action: &Action| match action {
        Action::Run(id) => Some(*id),
        _ => None,
    };
    log.borrow().iter().filter_map(run).collect()
}

fn row_label(shown: &Shown, row: usize) -> String {
    let item = shown.item(row).unwrap();
    format!("{}: {} · {}", item.kind.title(), item.client_name, item.title)
}

#[test]
fn the_queue_is_a_list_of_sentences_that_ends() {
    let (harness, log, shown) = harness(sample());
    harness.get_by_role_and_label(Role::ListBox, "Today");
    let name = row_label(&shown, 0);
    let first = harness.get_by_label_contains(&name);
    let said = first.accesskit_node().label().unwrap();
    for part in [shown.item(0).unwrap().why.as_str(), "at stake", "a week"] {
        assert!(said.contains(part), "{said}");
    }
    harness.get_by_role_and_label(Role::Heading, "Friday, 20 November 2026");
    assert!(log.borrow().is_empty(), "nothing was done: {:?}", log.borrow());
    let last = shown.today.len() - 1;
    let (harness, ..) = self::harness(at_row(sample(), last));
    harness.get_by_label_contains("That is all for today");
    harness.get_by_label_contains(&row_label(&shown, last));
}

#[test]
fn a_click_on_a_row_points_at_it_and_a_button_then_acts() {
    let (mut harness, log, shown) = harness(sample());
    harness.get_by_label_contains(&row_label(&shown, 2)).click();
    harness.run();
    let cursors = log
        .borrow()
        .iter()
        .filter_map(|action| match action {
            Action::Point(cursor) => Some((cursor.key.clone(), cursor.index)),
            _ => None,
        })
        .collect::<Vec<_>>();
    assert_eq!(cursors, vec![(shown.item(2).unwrap().id.clone(), 2)]);
    log.borrow_mut().clear();

    let first =
        command::suggestions(shown.item(0).unwrap(), shown.draft.as_ref(), &shown.figures.today)[0].label();
    harness.get_by_role_and_label(Role::Button, &first).click();
    harness.run();
    assert!(matches!(&log.borrow()[..], [Action::Point(cursor), Action::Run("item.first_action")]
        if cursor.index == 0));
    log.borrow_mut().clear();
    for (label, id) in [("Handled", "item.handled"), ("Snooze", "item.snooze")] {
        harness.get_by_role_and_label(Role::Button, label).click();
        harness.run();
        assert_eq!(commands_run(&log), vec![id]);
        log.borrow_mut().clear();
    }
}

#[test]
fn no_row_is_open_while_a_page_lies_over_the_queue() {
    let mut state = sample();
    let client = shown(&state).item(0).unwrap().client.clone().unwrap();
    state.session.page =
        Some(rapport::state::PagePlace { client, section: PageSection::Timeline, cursor: Cursor::default() });
    let (harness, ..) = harness(state);
    assert!(harness.query_by_role_and_label(Role::Button, "Handled").is_none());
}

#[test]
fn three_empty_places_say_three_things() {
    let (mut book, log, _) = harness(empty());
    book.get_by_label("No clients yet");
    for (label, id) in [("Start with one client", "file.start"), ("Import invoices", "file.import")] {
        book.get_by_role_and_label(Role::Button, label).click();
        book.run();
        assert_eq!(commands_run(&log).last(), Some(&id));
    }
    let (mut filter, log, _) = harness(filtered(sample(), "xyzzy"));
    filter.get_by_label("Nothing with “xyzzy”");
    filter.get_by_role_and_label(Role::Button, "Clear the filter").click();
    filter.run();
    assert!(matches!(&log.borrow()[..], [Action::SetFilter(text)] if text.is_empty()));
    let (end, ..) = harness(done());
    end.get_by_label("Nothing else needs you today");
    end.get_by_label_contains("handled today");
    end.get_by_label_contains("and 3 more");
}

#[test]
fn an_empty_queue_says_what_is_late_all_the_same_and_what_is_new() {
    let client = r#"client (id: "acme", name: "Acme")"#;
    let asked =
        r#"touch (id: "t", day: "2026-11-18", client: "acme", direction: out, kind: reminder, invoice: "1")"#;
    let late = r#"invoice (id: "1", number: "1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
        lines: [(result: "Logo", price: "1000 EUR")])"#;
    let state = |lines: &[&str]| State::new(crate::facts::book(lines), store::sample::ANCHOR, 1);
    let paid = late.replace("lines:", r#"payments: [(day: "2026-10-14", amount: "1000 EUR")], lines:"#);
    let (nothing, ..) = harness(state(&[client, &paid, asked]));
    nothing.get_by_label_contains("No client waits for you, and no money is late.");
    let (reminded, ..) = harness(state(&[client, late, asked]));
    reminded.get_by_label_contains("EUR 1,000 is late, and was asked for or put off");
    assert!(reminded.query_by_label_contains("no money is late").is_none());
}

#[test]
fn each_preset_of_the_snooze_dialog_says_its_day_and_runs_its_command() {
    let (mut harness, log, _) = harness(snoozing(sample()));
    for (label, id) in [
        ("Tomorrow, in 1 d · Sat 21 Nov", "snooze.tomorrow"),
        ("Next Monday, in 3 d · Mon 23 Nov", "snooze.monday"),
        ("In a week, in 7 d · Fri 27 Nov", "snooze.week"),
        ("When they reply, in 30 d · 20 Dec at the latest", "snooze.reply"),
        ("When paid, in 30 d · 20 Dec at the latest", "snooze.paid"),
        ("Another day or event, just type: fri, if no reply 5d", "snooze.day"),
        ("Cancel", "app.back"),
    ] {
        harness.get_by_label(label).click();
        harness.run();
        assert_eq!(commands_run(&log), vec![id]);
        log.borrow_mut().clear();
    }
}

#[test]
fn a_preset_that_is_of_no_use_for_some_of_the_selected_says_so_in_its_row() {
    let (several, ..) = harness(after("ctrl+a s"));
    several.get_by_label_contains("When paid, some ");
    several.get_by_label("In a week, in 7 d · Fri 27 Nov");
}

#[test]
fn the_day_a_preset_says_is_the_day_its_command_takes() {
    let state = snoozing(sample());
    let shown = shown(&state);
    // What would be tomorrow on a Sunday is the Monday after.
    let sunday = "2026-11-22".parse().unwrap();
    let monday = command::snooze_preset("snooze.monday", sunday).unwrap();
    assert_eq!(monday.until.to_string(), "2026-11-30");
    for id in ["snooze.tomorrow", "snooze.monday", "snooze.week", "snooze.reply", "snooze.paid"] {
        let said = command::snooze_preset(id, state.today).unwrap();
        let done = command::meaning(Action::Run(id), &state, &shown);
        let taken = format!("until: {}, wait: {:?}", said.until, said.wait);
        assert!(format!("{done:?}").contains(&taken), "{id}: {done:?}");
    }
}

/// The state after these keys.
fn after(keys: &str) -> State {
    let mut desk = crate::desk::Desk::sample();
    desk.press(keys);
    desk.state
}

/// A harness of a state and what is known of the future.
fn foreseen(mut desk: crate::desk::Desk) -> (Harness<'static>, Log) {
    desk.foresee();
    let (log, shown, state) = (Log::default(), desk.shown(), desk.state);
    let answers = log.clone();
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(vec2(1090.0, 690.0)).build_ui(move |ui| {
        if std::mem::replace(&mut dressed, true) {
            answers.borrow_mut().extend(today_ui(ui, &shown, &state.session));
        } else {
            fonts::install(ui);
            theme::apply(ui);
        }
    });
    harness.run();
    (harness, log)
}

#[test]
fn selected_rows_say_so_and_what_is_done_with_them_has_buttons() {
    let state = after("x j x");
    let (mut harness, log, shown) = harness(state);
    let (selected, other) = (format!("Selected. {}", row_label(&shown, 0)), row_label(&shown, 1));
    let first = harness.get_by_label_contains(&selected);
    assert_eq!(first.accesskit_node().is_selected(), Some(true));
    let second = harness.get_by_label_contains(&other);
    assert_eq!(second.accesskit_node().is_selected(), Some(false));
    harness.get_by_label_contains("2 selected · EUR ");
    for (label, id) in [
        ("Handled", "item.handled"),
        ("Snooze", "item.snooze"),
        ("Queue drafts", "draft.queue"),
        ("Log a touch", "touch.log"),
        ("Dismiss", "item.dismiss"),
        ("Clear", "app.back"),
    ] {
        harness.get_by_role_and_label(Role::Button, label).click();
        harness.run();
        assert_eq!(commands_run(&log), vec![id]);
        log.borrow_mut().clear();
    }
    let (snooze, ..) = self::harness(after("x x s"));
    snooze.get_by_label("2 selected items");
    let mut filtered = after("x x");
    let first = self::harness(filtered.clone()).2.item(0).unwrap().client_name.clone();
    filtered.session.filters.set(View::Today, format!("client:{}", first.split(' ').next().unwrap()));
    let (some, ..) = self::harness(filtered);
    some.get_by_label_contains("· 1 more behind the filter");
}

#[test]
fn ctrl_and_shift_with_a_click_select() {
    let (mut harness, log, shown) = harness(after("j"));
    let selected = |log: &Log| -> Vec<usize> {
        let items = log.borrow().iter().find_map(|action| match action {
            Action::Triage(rapport::state::TriageAction::Select(selection, Some(_))) => {
                Some(selection.items.clone())
            }
            _ => None,
        });
        let items = items.unwrap_or_else(|| panic!("{:?}", log.borrow()));
        (0..shown.today.len()).filter(|row| items.contains(&shown.item(*row).unwrap().id)).collect()
    };
    harness.get_by_label_contains(&row_label(&shown, 3)).click_modifiers(egui::Modifiers::COMMAND);
    harness.run();
    assert_eq!(selected(&log), [3]);
    log.borrow_mut().clear();
    harness.get_by_label_contains(&row_label(&shown, 4)).click_modifiers(egui::Modifiers::SHIFT);
    harness.run();
    assert_eq!(selected(&log), [1, 2, 3, 4]);
}

#[test]
fn what_is_new_is_a_row_of_its_own_that_merges_it_in() {
    let mut desk = crate::desk::Desk::sample();
    desk.press("j s 1");
    desk.act(Action::SetToday(add_days(desk.state.today, 1)));
    let new = desk.shown().arrivals;
    assert!(new > 0);
    let (mut harness, log, _) = harness(desk.state);
    harness.get_by_role_and_label(Role::Button, &format!("{new} new: merge in")).click();
    harness.run();
    assert_eq!(commands_run(&log), ["queue.merge"]);
}

#[test]
fn the_headline_counts_what_is_done_and_what_a_filter_finds() {
    let all = shown(&sample()).today.len();
    let (harness, ..) = self::harness(after("e j e"));
    harness.get_by_label_contains(&format!("2 of {all} done"));
    let overdue = filtered(sample(), "kind:overdue");
    let found = shown(&overdue).today.len();
    assert!(found > 0 && found < all);
    let (harness, ..) = self::harness(overdue);
    harness.get_by_label_contains(&format!("{found} of {all} things with “kind:overdue”"));
}

#[test]
fn the_course_of_the_balance_says_what_it_shows_and_what_the_last_action_did() {
    let (waiting, ..) = harness(sample());
    waiting.get_by_label("How the balance may run is being worked out.");
    let mut desk = crate::desk::Desk::sample();
    desk.press("/");
    desk.type_text("kind:overdue");
    desk.press("enter p enter esc");
    assert!(desk.state.history.depth() == 1, "{}", desk.notice());
    let (mut harness, log) = foreseen(desk);
    harness.get_by_label_contains("Balance, next 13 weeks, EUR, without open deals: lowest about");
    harness.get_by_label_contains("last action: lowest ");
    harness
        .get_all_by_label_contains("chance of going under 10,500")
        .find(|node| node.accesskit_node().role() == Role::Button)
        .unwrap()
        .click();
    harness.run();
    assert!(log.borrow().iter().any(|action| matches!(action, Action::Prove(_))), "{:?}", log.borrow());
}

#[test]
fn the_end_says_what_was_done_and_what_it_did_to_the_money_to_come() {
    let mut desk = crate::desk::Desk::sample();
    desk.act(Action::Sign(0));
    desk.press("x x x s 3 ctrl+a e");
    desk.act(Action::Sign(130));
    assert!(desk.shown().today.is_empty());
    let done = desk.shown().done;
    let (mut harness, log) = foreseen(desk);
    let (all, handled) = (done.total(), done.handled);
    harness.get_by_label(&format!(
        "{all} done in 3 minutes: {handled} handled, 3 snoozed. What came since you began here waits above."
    ));
    harness.get_by_label_contains("Cash expected on 19 Feb");
    harness.get_by_label_contains("Chance of falling under the reserve of 10,500: ");
    assert!(harness.get_all_by_label_contains("wait in the outbox").count() > 0);
    harness.get_by_role_and_label(Role::Button, "Open the outbox").click();
    harness.run();
    assert_eq!(commands_run(&log), ["view.outbox"]);
}

#[test]
fn where_there_is_nothing_to_compare_the_end_says_so() {
    let lines = [
        r#"client (id: "acme", name: "Acme")"#,
        r#"promise (id: "p", client: "acme", by: me, what: "Draft", made: "2026-11-01", due: "2026-11-20")"#,
    ];
    let mut desk = crate::desk::Desk::of(crate::facts::book(&lines), crate::facts::day("2026-11-20"));
    desk.press("ctrl+a e");
    assert!(desk.shown().today.is_empty());
    let (harness, _) = foreseen(desk);
    assert!(
        harness.get_all_by_label_contains("How the balance may run is not known: no account").count() > 0
    );
}

fn beside(state: State) -> (Harness<'static>, Log) {
    let (log, known) = (Log::default(), shown(&state));
    let answers = log.clone();
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(vec2(332.0, 690.0)).build_ui(move |ui| {
        if std::mem::replace(&mut dressed, true) {
            answers.borrow_mut().extend(beside_ui(ui, &known, &state.session));
        } else {
            fonts::install(ui);
            theme::apply(ui);
        }
    });
    harness.run();
    (harness, log)
}

/// The row of the first item whose draft this is true of.
fn row_with(state: &State, is: impl Fn(&Letter) -> bool) -> usize {
    let count = shown(state).today.len();
    (0..count).find(|row| shown(&at_row(state.clone(), *row)).draft.as_ref().is_some_and(&is)).unwrap()
}

#[test]
fn the_draft_of_the_item_stands_beside_the_queue_and_its_button_and_key_copy_it() {
    let state = sample();
    let state = at_row(state.clone(), row_with(&state, |letter| letter.missing.is_empty()));
    let letter = shown(&state).draft.unwrap();
    let (mut harness, log) = beside(state.clone());
    harness.get_by_role_and_label(Role::Heading, "Draft");
    harness.get_by_label(&letter.subject);
    harness.get_by_label(&letter.text);
    harness.get_by_label_contains(&format!("To: {}", letter.person.unwrap()));
    assert!(harness.query_by_label_contains("Still to fill in").is_none());
    harness.get_by_role_and_label(Role::Button, "Copy").click();
    harness.run();
    assert_eq!(commands_run(&log), ["draft.copy"]);
    let copied = command::meaning(Action::Run("draft.copy"), &state, &shown(&state));
    assert!(
        matches!(copied, Action::Copy(text, says) if text == letter.text && says == "Copied the text of the draft; {draft.copy_subject} copies its subject")
    );
}

#[test]
fn what_only_its_writer_can_fill_in_is_marked_and_named() {
    let state = sample();
    let state = at_row(state.clone(), row_with(&state, |letter| !letter.missing.is_empty()));
    let letter = shown(&state).draft.unwrap();
    let named = letter.missing.join(", ");
    let (harness, _) = beside(state.clone());
    harness.get_by_label(&format!("▲ Still to fill in: {named}."));
    let copied = command::meaning(Action::Run("draft.copy"), &state, &shown(&state));
    assert!(matches!(copied, Action::Copy(_, says) if says.ends_with(&format!("still to fill in: {named}"))));
}

#[test]
fn where_there_is_nothing_to_write_there_is_no_draft() {
    let state = sample();
    let count = shown(&state).today.len();
    let without = (0..count).find(|row| shown(&at_row(state.clone(), *row)).draft.is_none()).unwrap();
    let state = at_row(state, without);
    let refused = command::meaning(Action::Run("draft.copy"), &state, &shown(&state));
    assert!(matches!(refused, Action::Refuse(why) if why.contains("nothing to write")), "{without}");
    let mut other = state;
    other.session.view = View::Clients;
    assert!(shown(&other).draft.is_none());
}
