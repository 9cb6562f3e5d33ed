//! What a frame and the figures cost: `cargo bench --bench frame`; with `-- --check` it fails where a frame is over its budget.
//!
//! Every view is drawn as the window draws it, with all that is known of the future, at 1440x900, on three books: the sample, the import of 2,466 invoices, and
//! twenty copies of that import in one book; in the outbox a letter to each client waits. A frame is the layout of the whole window and its tessellation, which is all
//! that happens before the graphics card is asked; AccessKit is off, as it is until a screen reader asks. `still` draws
//! the same state again, as when the pointer moves; `step` also moves the cursor by a row, and `a letter` types one into a
//! field, with all that follows from it.
//! The figures are computed from nothing, after one edit (all other clients are remembered), and a day earlier.
//!
//! **What must hold**: a frame on the import takes at most 4 ms, and the ratio of twenty copies to one stays near 1 for a
//! frame that draws the same again: its cost follows what is visible. A step also filters and sorts the rows of all
//! lists, and the figures read every fact; both grow with the book, the first one slowly.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "the books are our own")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use books::{copies, imported, sampled, with_letters};
use chrono::NaiveDate;
use egui::{Context, RawInput, Rect, Theme, pos2, vec2};
use rapport::command::{Guide, meaning};
use rapport::domain::{AnyRecord, Book, Invoice, Record, add_days};
use rapport::figures::Memo;
use rapport::figures::forecast::{Outlook, Question};
use rapport::kit::headless;
use rapport::panels::window_ui;
use rapport::state::{
    Action, Cursor, Overlay, PagePlace, PageSection, QuickAction, Shown, State, View, reduce,
};
use rapport::store::sample;

mod books;

/// The day by the clock: facts after the day looked at are no faults of the file.
const CLOCK: NaiveDate = sample::ANCHOR;
const SIZE: [f32; 2] = [1440.0, 900.0];
/// Frames until sizes and fonts have come to rest.
const WARM: u32 = 20;
const FRAMES: u32 = 200;
/// What a frame on the import may take.
const BUDGET: Duration = Duration::from_millis(4);

/// A book, the day it is looked at, and what is known of the future then.
struct Case {
    book: Book,
    today: NaiveDate,
    outlook: Outlook,
}

impl Case {
    /// The sample, one import, and copies of it.
    fn all() -> [Self; 3] {
        let (sampled, imported) = (sampled(), imported());
        let copied = copies(&imported);
        let day = NaiveDate::from_ymd_opt(2013, 6, 30).unwrap();
        [(sampled, sample::ANCHOR), (imported, day), (copied, day)].map(|(book, today)| {
            let book = with_letters(&book, today);
            let state = state(&book, today, View::Cash);
            // How past forecasts held is asked of the whole past: too long here, and a line of the view.
            let question = Question { record: false, ..state.question() };
            Self { outlook: Outlook::of(&question), book, today }
        })
    }
}

/// What is on the screen.
#[derive(Clone, Copy)]
enum Screen {
    View(View),
    Firm,
    Page,
    Palette,
    Quick,
    Help,
    Payment,
}

/// A window without a window: state, what was computed, and egui's context.
struct Desk {
    state: State,
    memo: Memo,
    outlook: Outlook,
    shown: Shown,
    guide: Guide,
    ctx: Context,
    frame: u32,
}

impl Desk {
    fn new(case: &Case, screen: Screen) -> Self {
        let view = match screen {
            Screen::View(view) => view,
            Screen::Payment => View::Cash,
            Screen::Firm => View::Clients,
            Screen::Page | Screen::Palette | Screen::Quick | Screen::Help => View::Today,
        };
        let mut state = state(&case.book, case.today, view);
        match screen {
            Screen::View(_) | Screen::Palette | Screen::Quick | Screen::Help | Screen::Payment => {}
            Screen::Firm => state.session.clients.firm = true,
            Screen::Page => {
                // The client with most to show.
                let busiest = case.book.clients().max_by_key(|known| known.facts.records().count()).unwrap();
                state.session.page = Some(PagePlace {
                    client: busiest.id().clone(),
                    section: PageSection::default(),
                    cursor: Cursor::default(),
                });
            }
        }
        let mut memo = Memo::new();
        let shown = Shown::whole(&mut memo, &case.outlook, &state);
        assert_eq!(shown.page.is_some(), matches!(screen, Screen::Page), "there is something to draw");
        let guide = Guide::of(&state, &shown);
        let (ctx, outlook) = (headless::context(Theme::Dark), case.outlook.clone());
        let mut desk = Self { state, memo, outlook, shown, guide, ctx, frame: 0 };
        match screen {
            Screen::Palette => {
                desk.run("app.palette");
                desk.act(Action::SetQuery("r".to_owned()));
            }
            Screen::Quick => desk.run("quick.open"),
            Screen::Help => desk.run("app.help"),
            Screen::Payment => desk.run("invoice.record_payment"),
            Screen::View(_) | Screen::Firm | Screen::Page => {}
        }
        desk
    }

    /// Draws once; gives how long it took.
    fn draw(&mut self) -> Duration {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(SIZE[0], SIZE[1]))),
            time: Some(f64::from(self.frame)),
            focused: true,
            ..RawInput::default()
        };
        timed(|| {
            let mut output = self.ctx.run_ui(input, |ui| {
                std::hint::black_box(window_ui(ui, &self.state, &self.shown, &self.guide));
            });
            output.textures_delta.clear();
            std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        })
    }

    /// Carries out an action with all that follows from it, as the window does.
    fn act(&mut self, action: Action) {
        let action = meaning(action, &self.state, &self.shown);
        reduce(&mut self.state, action);
        self.shown = Shown::whole(&mut self.memo, &self.outlook, &self.state);
        self.guide = Guide::of(&self.state, &self.shown);
        if let Some(settled) = self.shown.settle(&self.state) {
            reduce(&mut self.state, settled);
        }
    }

    fn run(&mut self, command: &'static str) {
        self.act(Action::Run(command));
    }

    /// Types a letter into the palette, the line or the form and draws.
    fn letter(&mut self, times: u32) -> Duration {
        let text = ["p", "pa", "paid ", "9"]
            .get(times as usize % 4)
            .map_or_else(String::new, |text| (*text).to_owned());
        let typed = timed(|| {
            let action = match self.state.session.overlay {
                Some(Overlay::Palette(_)) => Action::SetQuery(text),
                Some(Overlay::Quick) => Action::Quick(QuickAction::Type(text)),
                _ => Action::SetField(0, text),
            };
            self.act(action);
        });
        typed + self.draw()
    }

    /// Moves the cursor down a row and draws.
    fn step(&mut self) -> Duration {
        let moved = timed(|| {
            self.run("list.down");
        });
        moved + self.draw()
    }
}

fn state(book: &Book, today: NaiveDate, view: View) -> State {
    let mut state = State::new(book.clone(), today, 7);
    (state.clock, state.session.view) = (CLOCK, view);
    state
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The middle of many measurements, and what all but a twentieth stay under.
struct Cost {
    median: Duration,
    p95: Duration,
}

impl Cost {
    fn of(times: u32, measure: impl FnMut(u32) -> Duration) -> Self {
        let mut all: Vec<Duration> = (0..times).map(measure).collect();
        all.sort_unstable();
        let at = |hundredth: usize| all.get(all.len() * hundredth / 100).copied().unwrap_or_default();
        Self { median: at(50), p95: at(95) }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Prints a line of the table: what was measured on the sample, the import and its copies. Gives whether it is over the budget.
fn say(what: &str, costs: &[Cost; 3], budget: Option<Duration>) -> bool {
    let figures = costs
        .iter()
        .map(|Cost { median, p95 }| format!("{:>10.3} {:>8.3}", milliseconds(*median), milliseconds(*p95)));
    let figures: String = figures.collect();
    let [_, one, many] = costs;
    let ratio = many.median.as_secs_f64() / one.median.as_secs_f64();
    let is_over = budget.is_some_and(|budget| one.median > budget);
    println!("{what:<24}{figures}{ratio:>9.2}{}", if is_over { "  over budget" } else { "" });
    is_over
}

/// One invoice a cent dearer: an edit like any other.
fn edited(book: &Book, times: u32) -> Book {
    let first = book.records().find_map(|record| match record {
        AnyRecord::Invoice(invoice) => Some(invoice),
        _ => None,
    });
    let mut invoice = Invoice::clone(&first.unwrap());
    invoice.notes = Some(format!("seen {times} times"));
    book.with(Invoice::any(Arc::new(invoice))).unwrap()
}

fn main() {
    let cases = Case::all();
    let counts = cases.each_ref().map(|case| case.book.records().count());
    println!("Milliseconds, median and 95th percentile of {FRAMES} frames at {}x{}.\n", SIZE[0], SIZE[1]);
    let heads = ["the sample", "the import", "20 copies of it"];
    println!("{:<24}{:>19}{:>19}{:>19}{:>9}", "", heads[0], heads[1], heads[2], "ratio");
    println!("{:<24}{:>19}{:>19}{:>19}{:>9}", "records", counts[0], counts[1], counts[2], "");
    let screens = [
        ("today", Screen::View(View::Today)),
        ("board", Screen::View(View::Board)),
        ("cash", Screen::View(View::Cash)),
        ("clients", Screen::View(View::Clients)),
        ("firm", Screen::Firm),
        ("outbox", Screen::View(View::Outbox)),
        ("client's page", Screen::Page),
    ];
    let mut over = false;
    for (name, screen) in screens {
        let mut desks = cases.each_ref().map(|case| Desk::new(case, screen));
        for desk in &mut desks {
            (0..WARM).for_each(|_| _ = desk.draw());
        }
        let still = desks.each_mut().map(|desk| Cost::of(FRAMES, |_| desk.draw()));
        over |= say(&format!("{name}, still"), &still, Some(BUDGET));
        let step = desks.each_mut().map(|desk| Cost::of(FRAMES, |_| desk.step()));
        over |= say(&format!("{name}, step"), &step, Some(BUDGET));
    }
    for (name, screen) in [
        ("palette", Screen::Palette),
        ("one line", Screen::Quick),
        ("payment form", Screen::Payment),
        ("keys", Screen::Help),
    ] {
        let mut desks = cases.each_ref().map(|case| Desk::new(case, screen));
        for desk in &mut desks {
            (0..WARM).for_each(|_| _ = desk.draw());
        }
        let still = desks.each_mut().map(|desk| Cost::of(FRAMES, |_| desk.draw()));
        over |= say(&format!("{name}, still"), &still, Some(BUDGET));
        if !matches!(screen, Screen::Help) {
            let letter = desks.each_mut().map(|desk| Cost::of(FRAMES / 4, |times| desk.letter(times)));
            say(&format!("{name}, a letter"), &letter, None);
        }
    }
    println!();
    say_figures(&cases);
    std::process::exit(i32::from(over && books::is_checked()));
}

/// What the figures cost.
fn say_figures(cases: &[Case; 3]) {
    let costs = cases.each_ref().map(|case| {
        Cost::of(10, |_| {
            timed(|| drop(std::hint::black_box(Memo::new().figures(&case.book, case.today, CLOCK))))
        })
    });
    say("figures from nothing", &costs, None);
    let costs = cases.each_ref().map(|case| {
        let mut memo = Memo::new();
        memo.figures(&case.book, case.today, CLOCK);
        Cost::of(20, |times| {
            let next = edited(&case.book, times);
            timed(|| drop(std::hint::black_box(memo.figures(&next, case.today, CLOCK))))
        })
    });
    say("figures after an edit", &costs, None);
    let costs = cases.each_ref().map(|case| {
        let mut memo = Memo::new();
        memo.figures(&case.book, case.today, CLOCK);
        Cost::of(10, |times| {
            let day = add_days(case.today, -1 - i64::from(times));
            timed(|| drop(std::hint::black_box(memo.figures(&case.book, day, CLOCK))))
        })
    });
    say("figures a day earlier", &costs, None);
}
