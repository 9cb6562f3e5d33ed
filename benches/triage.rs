//! What a key press in a long queue costs: `cargo bench --bench triage`.
//!
//! A book of 500 clients with an item each, and some history: from the key to the frame that shows what it did. That is the
//! meaning of the key, the edit, the figures, the lists, what the window says about commands, the layout of the whole window at
//! 1440x900 with the pane beside the queue, and its tessellation; AccessKit is off, as it is until a screen reader asks.
//! Forecasts are worked out on another thread, and no frame waits for them.
//!
//! **What must hold**: 99 in 100 presses take at most 16 ms of the processor.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::unwrap_used, reason = "the book is our own")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use egui::{Context, RawInput, Rect, Theme, pos2, vec2};
use rapport::command::{Chord, Guide, Keymap, Press, Stroke, meaning, places};
use rapport::domain::Book;
use rapport::figures::Memo;
use rapport::figures::forecast::Outlook;
use rapport::kit::headless;
use rapport::panels::window_ui;
use rapport::state::{Action, Effect, Shown, State, reduce};
use rapport::store::load;

const SIZE: [f32; 2] = [1440.0, 900.0];
const ITEMS: usize = 500;
/// Frames until sizes and fonts have come to rest.
const WARM: usize = 20;
/// What a press may take.
const BUDGET: Duration = Duration::from_millis(16);
/// What a morning is made of: down, the letter queued, handled, undone, put off to tomorrow, a look at the client, back up.
const KEYS: [&str; 16] =
    ["j", "1", "j", "e", "j", "z", "s", "1", "j", "j", "1", "k", "e", "space", "space", "z"];
const ROUNDS: usize = 30;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

/// Five hundred clients with three paid invoices, a touch and something that waits.
fn book() -> Book {
    let mut clients = String::new();
    let mut invoices = String::new();
    let mut touches = String::new();
    let mut promises = String::new();
    for at in 0..ITEMS {
        let id = format!("c{at:03}");
        write!(
            clients,
            r#"(id: "{id}", name: "Client {at}", people: [(name: "Ann", mail: "ann@{id}.example")]),"#
        )
        .unwrap();
        for month in 1..=3 {
            write!(
                invoices,
                r#"(id: "{id}-{month}", number: "{id}-{month}", client: "{id}", issued: "2026-0{month}-01", due: "2026-0{month}-15",
                    lines: [(result: "Work", price: "{}.00 EUR")], payments: [(day: "2026-0{month}-2{}", amount: "{}.00 EUR")]),"#,
                900 + at, at % 9, 900 + at
            )
            .unwrap();
        }
        write!(touches, r#"(id: "{id}-last", day: "2026-11-05", client: "{id}", direction: out),"#).unwrap();
        let waits = match at % 4 {
            0 | 1 => write!(
                invoices,
                r#"(id: "{id}-open", number: "{id}-open", client: "{id}", issued: "2026-09-01", due: "2026-10-{:02}",
                    lines: [(result: "Work", price: "{}.00 EUR")]),"#,
                1 + at % 28,
                700 + at
            ),
            2 => write!(
                promises,
                r#"(id: "{id}-p", client: "{id}", by: them, what: "the texts", made: "2026-10-01", due: "2026-11-10"),"#
            ),
            _ => write!(
                touches,
                r#"(id: "{id}-q", day: "2026-11-06", client: "{id}", direction: in, kind: referral),"#
            ),
        };
        waits.unwrap();
    }
    let text = format!(
        r#"(format: 1, business: (name: "Atelier Feldmark", currency: "EUR"), clients: [{clients}], invoices: [{invoices}],
            touches: [{touches}], promises: [{promises}])"#
    );
    let loaded = load(text.as_bytes()).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems.first());
    loaded.book
}

/// A window without a window.
struct Desk {
    state: State,
    memo: Memo,
    shown: Shown,
    guide: Guide,
    keymap: Keymap,
    ctx: Context,
    frame: u32,
    start: Instant,
}

impl Desk {
    fn new() -> Self {
        let state = State::new(book(), today(), 7);
        let mut memo = Memo::new();
        let shown = Shown::whole(&mut memo, &Outlook::default(), &state);
        let guide = Guide::of(&state, &shown);
        let (keymap, ctx) = (Keymap::of_table(), headless::context(Theme::Dark));
        #[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
        let start = Instant::now();
        Self { state, memo, shown, guide, keymap, ctx, frame: 0, start }
    }

    fn draw(&mut self) {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(SIZE[0], SIZE[1]))),
            time: Some(f64::from(self.frame)),
            focused: true,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            std::hint::black_box(window_ui(ui, &self.state, &self.shown, &self.guide));
        });
        output.textures_delta.clear();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }

    /// Carries out an action with all that follows from it, as the window does.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        let action = meaning(action, &self.state, &self.shown);
        let effects = reduce(&mut self.state, action);
        self.shown = Shown::whole(&mut self.memo, &Outlook::default(), &self.state);
        self.guide = Guide::of(&self.state, &self.shown);
        if let Some(settled) = self.shown.settle(&self.state) {
            reduce(&mut self.state, settled);
            self.shown = Shown::whole(&mut self.memo, &Outlook::default(), &self.state);
        }
        effects
    }

    /// A key, what it does, and the frame that shows it.
    fn press(&mut self, key: &str) -> Duration {
        let stroke = Stroke { chord: Chord::parse(key).unwrap(), repeat: false, event: 0 };
        let before = processor(self.start);
        match self.keymap.press(&places(&self.state), self.state.session.prefix.as_deref(), stroke) {
            Press::Command(command) => drop(self.act(Action::Run(command.id))),
            Press::Prefix(first) => drop(self.act(Action::Await(Some(first)))),
            Press::Nothing => {}
        }
        self.draw();
        processor(self.start).saturating_sub(before)
    }
}

/// The time this thread has had the processor; where the system does not tell, the time that passed.
fn processor(start: Instant) -> Duration {
    // Linux counts up to the last time it looked at the thread: giving the processor away for a moment makes it look.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn main() {
    let mut desk = Desk::new();
    let items = desk.shown.today.len();
    assert!(items >= ITEMS, "{items} items wait");
    desk.press("space");
    (0..WARM).for_each(|_| desk.draw());
    let mut all: Vec<(Duration, &str)> = Vec::new();
    for _ in 0..ROUNDS {
        all.extend(KEYS.map(|key| (desk.press(key), key)));
    }
    all.sort_unstable();
    let at = |thousandth: usize| all.get(all.len() * thousandth / 1_000).copied().unwrap_or_default();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!("{items} items, {} presses: milliseconds of the processor from the key to the frame", all.len());
    for (name, thousandth) in [("half", 500), ("95 in 100", 950), ("99 in 100", 990), ("the worst", 999)] {
        let (time, key) = at(thousandth);
        println!("{name:<10} {:>8.3}  ({key})", milliseconds(time));
    }
    for key in ["j", "1", "e", "z", "s", "space"] {
        let mut of_key: Vec<Duration> =
            all.iter().filter(|(_, it)| *it == key).map(|(time, _)| *time).collect();
        of_key.sort_unstable();
        println!(
            "{key:<10} {:>8.3}  median",
            milliseconds(of_key.get(of_key.len() / 2).copied().unwrap_or_default())
        );
    }
    let p99 = at(990).0;
    println!("{}", if p99 <= BUDGET { "within 16 ms" } else { "over 16 ms" });
    std::process::exit(i32::from(p99 > BUDGET));
}
