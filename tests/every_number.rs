//! Every number shown in the views of clients answers `=`, and its proof holds that very number.
//!
//! What is painted is read from the frame itself: each piece of text with its place. From it are taken away what people
//! wrote in the book, and what [`WORDS`] and [`Untold`] name; every number that is left must stand in a place that answers
//! `=`, or in the row under the cursor, whose own `=` counts too (the cursor is led to each row in turn); and the proof must
//! hold that number, or one that rounds to it. So a new number without a proof makes this fail, wherever it is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use egui::accesskit::{Action as Asked, ActionRequest, Node, NodeId, Role, TreeId};
use egui::{Context, Event, Frame, Pos2, RawInput, Rect, Shape, Theme, Ui, Vec2};
use rapport::command::meaning;
use rapport::domain::{Book, ClientId, ClientKind, Money, Percent, days_between};
use rapport::figures::firm::Firm;
use rapport::figures::forecast::Outlook;
use rapport::figures::proof::{FigureKey, Proof, Unit, Value, prove};
use rapport::figures::{EntryKind, Figures, Memo, Page};
use rapport::kit::headless;
use rapport::kit::theme::Tokens;
use rapport::panels::{beside_ui, clients_ui, page_ui, rates_ui};
use rapport::state::{Action, Cursor, PagePlace, PageSection, Shown, State, View, section_len};
use rapport::store::sample;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::desk::Desk;

/// What stands behind the words of every place that leads to a proof.
const SAYS: &str = "press = for its proof";

/// Words in which a number names what is counted, and is no figure itself; each with its reason.
const WORDS: &[(&str, &str)] = &[
    ("12 months", "the span of a figure, in its name"),
    ("12 m", "the same in short"),
    ("24 months", "the window of health, in its name"),
    ("90 days", "the span of the trend, in its name"),
    ("80\u{a0}% of", "Pareto's share, in the name of the figure"),
    ("for 80\u{a0}%", "the same"),
    ("of 100", "the scale of the score"),
    ("95\u{a0}%:", "the level of an interval, in its name"),
    ("every 1 of income", "a ratio told against one"),
];

/// Where a text stands that has no proof of its own; each with its reason.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Untold {
    /// The head of a column: it names a figure.
    Head,
    /// A switch between parts of a page: it says how many rows the part has, which are its proof.
    Tab,
    /// A heading: it says how many rows stand under it.
    Heading,
    /// A button that is no place of a figure, or a key.
    Key,
    /// A row's name: the year its clients were met, the practice with its days.
    Name,
    /// A field: what somebody typed, and how it was understood.
    Field,
    /// The marks of a scale or of an axis.
    Scale,
    /// A letter: its figures stand in the rows beside it, which prove them.
    Letter,
    /// How many rows there are besides those shown, or in all: the list is the proof.
    Count,
    /// The date a row begins with in the margin of a list: the day, the month, the year.
    Margin,
}

/// A piece of text as it was painted.
#[derive(Debug, Clone)]
struct Painted {
    text: String,
    place: Rect,
}

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    /// A figure, its sign if it has one, and how many decimals it is written with.
    Figure { size: Decimal, negative: bool, decimals: u32 },
    /// Less than so many hundredths, or more.
    Bound { size: Decimal, above: bool },
    /// A day of the calendar, its year where it is written.
    Date { day: u32, month: u32, year: Option<i32> },
    /// So many days before the day looked at, or after it.
    Distance(i64),
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The numbers of a text, from left to right.
fn numbers(text: &str) -> Vec<Number> {
    let letters: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while let Some(letter) = letters.get(at) {
            let next_is_digit = letters.get(at + 1).is_some_and(char::is_ascii_digit);
            match letter {
                letter if letter.is_ascii_digit() => digits.push(*letter),
                ',' if next_is_digit => {}
                '.' if next_is_digit => digits.push('.'),
                _ => break,
            }
            at += 1;
        }
        let before: String = letters[..start].iter().collect();
        let after: String = letters[at..].iter().collect();
        let size: Decimal = digits.parse().unwrap_or_else(|_| panic!("{digits} in {text}"));
        let month = after.strip_prefix(' ').and_then(|rest| {
            let month = MONTHS.iter().position(|month| rest.starts_with(month))?;
            let name: usize = rest.chars().take_while(|letter| letter.is_alphabetic()).count();
            Some((u32::try_from(month).unwrap() + 1, rest.chars().skip(name).collect::<String>()))
        });
        if let (Some((month, rest)), Ok(day), true) = (month, digits.parse::<u32>(), digits.len() <= 2) {
            let year: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
            let short = rest.strip_prefix(" ’").map(|rest| rest.chars().take(2).collect::<String>());
            let year = match short {
                Some(short) => short.parse().ok().map(|year: i32| 2000 + year),
                None => year.parse().ok().filter(|_| year.len() == 4),
            };
            at += text_len(&after, &rest) + if year.is_some() { 5 } else { 0 };
            found.push(Number::Date { day, month, year });
            continue;
        }
        let whole = || i64::try_from(size).unwrap_or(i64::MAX);
        if after.starts_with(" d ago") || after.starts_with(" days ago") || after.starts_with(" day ago") {
            found.push(Number::Distance(-whole()));
        } else if after.starts_with(" d") && !after.starts_with(" da") && before.ends_with("in ") {
            found.push(Number::Distance(whole()));
        } else if before.ends_with(['<', '>']) {
            found.push(Number::Bound { size, above: before.ends_with('>') });
        } else {
            let negative = before.ends_with('−');
            found.push(Number::Figure { size, negative, decimals: size.scale() });
        }
    }
    found
}

/// How many letters of `after` stand before `rest`.
fn text_len(after: &str, rest: &str) -> usize {
    after.chars().count() - rest.chars().count()
}

/// What a proof holds: the numbers of its values, those in the words of its terms, and its days.
#[derive(Debug, Default)]
struct Held {
    exact: Vec<Decimal>,
    days: Vec<NaiveDate>,
    said: Vec<Said>,
    /// Whether it is a record: its own words are what was noted.
    is_record: bool,
}

/// The numbers in the words of a term, and where the term leads.
#[derive(Debug, Clone)]
struct Said {
    what: String,
    numbers: Vec<Number>,
    leads_to: Option<FigureKey>,
}

impl Held {
    fn of(key: &FigureKey, proof: &Proof) -> Self {
        let mut held = Self { is_record: matches!(key, FigureKey::Record(..)), ..Self::default() };
        held.add(&proof.value);
        for part in &proof.parts {
            held.add(&part.total);
            held.exact.push(part.terms.len().into());
        }
        for term in proof.parts.iter().flat_map(|part| &part.terms).chain(&proof.left_out) {
            held.add(&term.amount);
            held.exact.extend(term.own.map(|own| own.amount));
            held.days.extend(term.day);
            held.said.push(Said {
                what: term.what.clone(),
                numbers: numbers(&term.what),
                leads_to: term.figure.clone(),
            });
        }
        for (_, value) in &proof.beside {
            held.add(&Ok(*value));
        }
        held
    }

    fn add(&mut self, value: &rapport::figures::Answer<Value>) {
        match value {
            Ok(Value::On(day)) => self.days.push(*day),
            Ok(Value::Number(number, Unit::Fraction)) => {
                self.exact.extend([*number, *number * Decimal::ONE_HUNDRED]);
            }
            Ok(value) => self.exact.extend(value.number()),
            Err(_) => {}
        }
    }

    /// Whether it holds a number of a text. Words that only say the text once more prove nothing.
    fn holds(&self, number: &Number, text: &str, today: NaiveDate) -> bool {
        let tells = |said: &&Said| self.is_record || !repeats(text, &said.what);
        let said = || self.said.iter().filter(tells).flat_map(|it| &it.numbers);
        let rounds = |exact: &Decimal, size: Decimal, decimals: u32| {
            [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven]
                .into_iter()
                .any(|how| exact.abs().round_dp_with_strategy(decimals, how) == size)
        };
        let distances = || self.days.iter().map(|day| days_between(today, *day));
        match *number {
            Number::Figure { size, negative, decimals } => {
                let same = |said: &Number| matches!(said, Number::Figure { size: it, .. } if *it == size);
                let fits = |exact: &Decimal| !negative || exact.is_sign_negative();
                self.exact.iter().any(|exact| fits(exact) && rounds(exact, size, decimals))
                    || said().any(same)
            }
            Number::Bound { size, above } => {
                let small = |exact: &&Decimal| !exact.is_zero() && exact.abs() < size;
                let near = |exact: &&Decimal| **exact > size && **exact < Decimal::ONE_HUNDRED;
                self.exact.iter().any(|it| if above { near(&it) } else { small(&it) })
                    || said().any(|it| it == number)
            }
            Number::Date { day, month, year } => {
                let is = |on: &NaiveDate| {
                    (on.day(), on.month()) == (day, month) && year.is_none_or(|year| on.year() == year)
                };
                let told = |said: &Number| matches!(*said, Number::Date { day: d, month: m, .. } if (d, m) == (day, month));
                self.days.iter().any(is) || said().any(told)
            }
            Number::Distance(days) => {
                distances().any(|distance| distance == days)
                    || self.exact.iter().any(|exact| exact.abs() == Decimal::from(days.abs()))
                    || said().any(|it| it == number)
            }
        }
    }

    /// Where it leads, if its words say a text once more.
    fn behind(&self, text: &str) -> Vec<FigureKey> {
        if !self.said.iter().any(|it| repeats(text, &it.what)) {
            return Vec::new();
        }
        self.said.iter().filter_map(|it| it.leads_to.clone()).collect()
    }
}

/// Whether words say once more what stands in a text, or a clause of it.
fn repeats(text: &str, words: &str) -> bool {
    let plain = |text: &str| text.trim_end_matches('.').to_lowercase();
    let (text, words) = (plain(text), plain(words));
    words.contains(' ') && (text.contains(&words) || words.contains(&text))
}

/// A place in a frame: its role, what is said of it, where it stands, whether the cursor is on it.
#[derive(Debug, Clone)]
struct Place {
    id: NodeId,
    tree: TreeId,
    role: Role,
    label: String,
    rect: Rect,
    selected: bool,
}

/// A frame: what was painted, and its places in the order of reading.
struct Seen {
    painted: Vec<Painted>,
    places: Vec<Place>,
    actions: Vec<Action>,
}

type Panel = fn(&mut Ui, &Shown, &rapport::state::Session) -> Vec<Action>;

/// The sample in a window without a display.
struct Room {
    ctx: Context,
    state: State,
    outlook: Outlook,
    figures: Arc<Figures>,
    firm: Arc<Firm>,
    known: Book,
    pages: BTreeMap<ClientId, Arc<Page>>,
    /// What people wrote, the longest first: names, titles, notes, numbers of invoices.
    written: Vec<String>,
    held: BTreeMap<FigureKey, Option<Held>>,
    time: f64,
    faults: BTreeSet<String>,
    looked_at: usize,
}

const SIZE: Vec2 = Vec2::new(2000.0, 3000.0);

impl Room {
    fn new() -> Self {
        let mut desk = Desk::sample();
        desk.press("g c");
        desk.foresee();
        let (state, outlook) = (desk.state, desk.outlook);
        assert!(outlook.foretold.is_some() && outlook.base.is_some(), "what is known of the future");
        let mut memo = Memo::new();
        let figures = memo.figures(&state.book, state.day(), state.clock);
        let firm = memo.firm(&state.book, state.day(), state.clock);
        let page = |id: &ClientId| Page::of(state.book.business(), &figures, id).map(Arc::new);
        let ids = figures.clients.rows.iter().map(|row| row.id.clone());
        let pages = ids.filter_map(|id| Some((id.clone(), page(&id)?))).collect();
        let ctx = headless::context(Theme::Light);
        ctx.enable_accesskit();
        let known = state.book.as_of(state.day());
        let written = written(&sample::text(sample::ANCHOR));
        Self {
            ctx,
            outlook,
            figures,
            firm,
            known,
            pages,
            written,
            held: BTreeMap::new(),
            time: 0.0,
            faults: BTreeSet::new(),
            looked_at: 0,
            state,
        }
    }

    fn shown(&self) -> Shown {
        let page = |id: &ClientId| self.pages.get(id).cloned();
        let mut shown = Shown::of(&self.state, self.figures.clone(), self.outlook.clone(), page);
        let session = &self.state.session;
        let is_shown = session.view == View::Clients && session.page.is_none();
        shown.firm = is_shown.then(|| self.firm.clone());
        shown
    }

    fn frame(&mut self, panel: Panel, shown: &Shown, events: Vec<Event>) -> Seen {
        self.time += 1.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            focused: true,
            ..RawInput::default()
        };
        let mut actions = Vec::new();
        let session = &self.state.session;
        let mut output = self.ctx.run_ui(input, |ui| {
            Frame::new().fill(Tokens::of(ui).surface).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                actions = panel(ui, shown, session);
            });
        });
        output.textures_delta.clear();
        let mut painted = Vec::new();
        for clipped in &output.shapes {
            texts(&clipped.shape, clipped.clip_rect, &mut painted);
        }
        let update = output.platform_output.accesskit_update.unwrap();
        let nodes: BTreeMap<NodeId, Node> = update.nodes.into_iter().collect();
        let mut places = Vec::new();
        let root = nodes.keys().copied().find(|id| !nodes.values().any(|node| node.children().contains(id)));
        walk(&nodes, root.unwrap(), update.tree_id, &mut places);
        Seen { painted, places, actions }
    }

    /// Looks at one frame: every number of it, with the cursor where the session has it.
    fn look(&mut self, name: &str, panel: Panel, untold: &dyn Fn(&Painted, &Seen) -> Option<Untold>) {
        let shown = self.shown();
        // A place that has the keyboard shows its tooltip.
        let focused = self.ctx.memory(egui::Memory::focused);
        if let Some(id) = focused {
            self.ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        self.frame(panel, &shown, Vec::new());
        let seen = self.frame(panel, &shown, Vec::new());
        let stops: Vec<Place> = seen.places.iter().filter(|it| it.label.ends_with(SAYS)).cloned().collect();
        let click = |place: &Place| {
            Event::AccessKitActionRequest(ActionRequest {
                action: Asked::Click,
                target_tree: place.tree,
                target_node: place.id,
                data: None,
            })
        };
        let clicked = self.frame(panel, &shown, stops.iter().map(click).collect());
        let keys: Vec<FigureKey> = clicked.actions.into_iter().filter_map(proved).collect();
        assert_eq!(keys.len(), stops.len(), "{name}: every place answers");
        let rows: Vec<&Place> =
            seen.places.iter().filter(|it| it.role == Role::ListBoxOption && it.selected).collect();
        // Of several that are selected, that under the cursor has places of figures.
        let has_stops = |row: &&&Place| stops.iter().any(|stop| row.rect.contains(stop.rect.center()));
        let row = if rows.len() > 1 { rows.iter().find(has_stops) } else { rows.first() };
        let row = row.map(|row| row.rect);
        let row_key = row.and_then(|_| proved(meaning(Action::Run("figure.prove"), &self.state, &shown)));
        let stops: Vec<(Place, FigureKey)> = stops.into_iter().zip(keys).collect();
        for painted in &seen.painted {
            let told = self.without_what_is_written(&painted.text);
            let numbers = numbers(&told);
            if numbers.is_empty() || exempt(painted, &seen).or_else(|| untold(painted, &seen)).is_some() {
                continue;
            }
            let mut rows = seen.places.iter().filter(|it| it.role == Role::ListBoxOption);
            let of = rows.rfind(|it| it.rect.contains(painted.place.center()));
            if of.is_some_and(|of| Some(of.rect) != row) {
                // It is looked at when the cursor comes there.
                continue;
            }
            let mut by: Vec<&FigureKey> = stops
                .iter()
                .filter(|(place, _)| overlaps(place.rect, painted.place))
                .map(|(_, key)| key)
                .collect();
            by.extend(row_key.as_ref().filter(|_| of.is_some()));
            // The strip under the rates tells the row at hand once more, figure by figure.
            if of.is_some() && self.state.session.rates.is_some() {
                by.extend(stops.iter().map(|(_, key)| key));
            }
            if by.is_empty() {
                self.faults.insert(format!("{name}: “{}” stands in no place that answers =", painted.text));
                continue;
            }
            self.looked_at += numbers.len();
            let by: Vec<FigureKey> = by.into_iter().cloned().collect();
            for number in &numbers {
                if !by.iter().any(|key| self.holds(key, number, &painted.text)) {
                    let kinds: Vec<String> = by.iter().map(|key| format!("{key:?}")).collect();
                    let fault =
                        format!("{name}: {number:?} of “{}” is not in {}", painted.text, kinds.join(" "));
                    self.faults.insert(fault);
                }
            }
        }
    }

    /// Whether a proof holds a number of a text, or, where it only says the text once more, a proof it leads to.
    fn holds(&mut self, key: &FigureKey, number: &Number, text: &str) -> bool {
        let today = self.figures.day;
        let (mut asked, mut seen) = (vec![key.clone()], BTreeSet::new());
        while let Some(key) = asked.pop() {
            if !seen.insert(format!("{key:?}")) {
                continue;
            }
            if !self.held.contains_key(&key) {
                let proof = prove(&key, &self.figures, &self.known, &self.outlook);
                self.held.insert(key.clone(), proof.as_ref().map(|proof| Held::of(&key, proof)));
            }
            let Some(held) = &self.held[&key] else { continue };
            if held.holds(number, text, today) {
                return true;
            }
            asked.extend(held.behind(text));
        }
        false
    }

    /// A text without what people wrote, and without the words in which a number is a name.
    fn without_what_is_written(&self, text: &str) -> String {
        let mut left = text.to_owned();
        for words in &self.written {
            if left.contains(words.as_str()) {
                left = left.replace(words.as_str(), " … ");
            }
        }
        for (words, _) in WORDS {
            left = left.replace(words, " … ");
        }
        left
    }

    fn end(self) {
        let faults: Vec<String> = self.faults.into_iter().collect();
        let shown = faults.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
        assert!(faults.is_empty(), "{} faults among {} numbers:\n{shown}", faults.len(), self.looked_at);
    }
}

fn proved(action: Action) -> Option<FigureKey> {
    match action {
        Action::Prove(key) => Some(key),
        _ => None,
    }
}

fn overlaps(place: Rect, text: Rect) -> bool {
    let both = place.intersect(text);
    both.is_positive()
        && both.width() >= 0.5 * text.width().min(place.width())
        && both.height() >= 0.5 * text.height().min(place.height())
}

/// The texts of a frame that are in sight.
pub(crate) fn texts_of(shapes: &[egui::epaint::ClippedShape]) -> Vec<String> {
    let mut found = Vec::new();
    for clipped in shapes {
        texts(&clipped.shape, clipped.clip_rect, &mut found);
    }
    found.into_iter().map(|painted| painted.text).collect()
}

/// The texts of a shape that are in sight.
fn texts(shape: &Shape, clip: Rect, found: &mut Vec<Painted>) {
    match shape {
        Shape::Text(text) => {
            let place = text.galley.rect.translate(text.pos.to_vec2());
            if clip.intersects(place) {
                found.push(Painted { text: text.galley.text().to_owned(), place });
            }
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, clip, found)),
        _ => {}
    }
}

/// The places under a node, in the order of reading.
fn walk(nodes: &BTreeMap<NodeId, Node>, id: NodeId, tree: TreeId, found: &mut Vec<Place>) {
    let Some(node) = nodes.get(&id) else { return };
    if let Some(bounds) = node.bounds() {
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let [x0, y0, x1, y1] = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|it| it as f32);
        found.push(Place {
            id,
            tree,
            role: node.role(),
            label: node.label().or(node.value()).unwrap_or_default().to_owned(),
            rect: Rect::from_min_max(Pos2::new(x0, y0), Pos2::new(x1, y1)),
            selected: node.is_selected() == Some(true),
        });
    }
    for child in node.children() {
        walk(nodes, *child, tree, found);
    }
}

/// The exceptions, by where a text stands; the others are told where a view is looked at.
fn exempt(painted: &Painted, seen: &Seen) -> Option<Untold> {
    let at = painted.place.center();
    let in_a = |role: Role| seen.places.iter().any(|it| it.role == role && it.rect.contains(at));
    let key = |it: &Place| it.role == Role::Button && !it.label.ends_with(SAYS) && it.rect.contains(at);
    let is_chord = |text: &str| text.contains('+') && !text.contains(' ');
    let is_count = |text: &str| {
        let words: Vec<&str> = text.trim_start_matches("and ").split(' ').collect();
        matches!(words.as_slice(), [count, "more" | "shown"] if is_digits(count))
            || matches!(words.as_slice(), ["All", count, "clients"] if is_digits(count))
            || matches!(words.as_slice(), [count, "clients", "are", "asked"] if is_digits(count))
    };
    match () {
        () if in_a(Role::ColumnHeader) => Some(Untold::Head),
        () if in_a(Role::Tab) => Some(Untold::Tab),
        () if seen.places.iter().any(|it| is_section(it, painted)) => Some(Untold::Heading),
        () if seen.places.iter().any(key) || is_chord(&painted.text) => Some(Untold::Key),
        () if in_a(Role::TextInput) => Some(Untold::Field),
        () if is_count(&painted.text) => Some(Untold::Count),
        () => None,
    }
}

/// Whether a text is the count behind the title of a section.
fn is_section(place: &Place, painted: &Painted) -> bool {
    place.role == Role::Heading
        && place.rect.contains(painted.place.center())
        && place.label.ends_with(&format!(", {}", painted.text))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit() || letter == ',')
}

/// What people wrote in a book: every text with a digit that is no amount, day or number itself.
fn written(book: &str) -> Vec<String> {
    let (mut texts, mut rest) = (BTreeSet::new(), book);
    while let Some(start) = rest.find('"') {
        rest = &rest[start + 1..];
        let mut text = String::new();
        let mut letters = rest.char_indices();
        let end = loop {
            match letters.next() {
                Some((_, '\\')) => text.extend(letters.next().map(|(_, letter)| letter)),
                Some((at, '"')) => break at,
                Some((_, letter)) => text.push(letter),
                None => break rest.len(),
            }
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        let is_fact =
            Money::parse(&text).is_ok() || Percent::parse(&text).is_ok() || text.parse::<NaiveDate>().is_ok();
        if text.contains(|letter: char| letter.is_ascii_digit()) && !is_fact {
            texts.insert(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

fn nothing(_: &Painted, _: &Seen) -> Option<Untold> {
    None
}

/// Names of rows; the marks of a chart's axes, and its line: it is one place, told by its words.
fn of_the_firm(painted: &Painted, seen: &Seen) -> Option<Untold> {
    if ["Met in ", "Invoice within "].iter().any(|name| painted.text.starts_with(name)) {
        return Some(Untold::Name);
    }
    let mut charts = seen.places.iter().filter(|it| it.label.starts_with("Income by month from "));
    charts.any(|it| it.rect.contains(painted.place.center())).then_some(Untold::Scale)
}

#[test]
fn every_number_of_the_table_of_clients_answers_for_itself() {
    let mut room = Room::new();
    for grouped in [false, true] {
        room.state.session.clients.grouped = grouped;
        for row in 0..room.shown().clients.len() {
            let cursor = room.shown().cursor_at(&room.state.session, row);
            *room.state.session.cursors.of_mut(View::Clients) = cursor;
            room.look(if grouped { "groups" } else { "table" }, clients_ui, &nothing);
        }
    }
    room.state.session.filters.set(View::Clients, "score<70".to_owned());
    room.look("groups of those a filter lets through", clients_ui, &nothing);
    assert!(room.looked_at > 500, "{}", room.looked_at);
    room.end();
}

#[test]
fn every_number_of_the_firm_answers_for_itself() {
    let mut room = Room::new();
    room.state.session.clients.firm = true;
    room.look("firm", clients_ui, &of_the_firm);
    assert!(room.looked_at > 150, "{}", room.looked_at);
    room.end();
}

/// A client of each kind that there is, and whoever has most to show in a part.
fn looked_at(room: &Room) -> Vec<(ClientId, Vec<PageSection>)> {
    let mut kinds: BTreeMap<Option<ClientKind>, &Arc<Page>> = BTreeMap::new();
    for page in room.pages.values() {
        let kind = page.kind.as_ref().map(|decided| decided.kind);
        let known = kinds.entry(kind).or_insert(page);
        if page.timeline.len() > known.timeline.len() {
            *known = page;
        }
    }
    let mut looked_at: Vec<(ClientId, Vec<PageSection>)> =
        kinds.values().map(|page| (page.client.id.clone(), PageSection::ALL.to_vec())).collect();
    for section in PageSection::ALL {
        let busiest = room.pages.values().max_by_key(|page| section_len(page, section)).unwrap();
        let id = busiest.client.id.clone();
        if !kinds.values().any(|page| page.client.id == id) {
            looked_at.push((id, vec![section]));
        }
    }
    looked_at
}

/// The rows worth looking at: of a long list those of which each is of another kind.
fn rows(page: &Page, section: PageSection) -> Vec<usize> {
    let all = section_len(page, section);
    if section != PageSection::Timeline {
        return (0..all.max(1)).take(14).collect();
    }
    let mut kinds: BTreeSet<(EntryKind, bool)> = BTreeSet::new();
    let entries = page.timeline.iter().enumerate();
    let rows = entries.filter(|(_, entry)| kinds.insert((entry.kind, entry.amount.is_some())));
    rows.map(|(at, _)| at).collect()
}

#[test]
fn every_number_of_a_clients_page_answers_for_itself() {
    let mut room = Room::new();
    let looked_at = looked_at(&room);
    let kinds: BTreeSet<_> =
        looked_at.iter().map(|(id, _)| room.pages[id].kind.as_ref().map(|it| it.kind)).collect();
    assert!(kinds.len() >= 9, "{kinds:?}");
    for (id, sections) in looked_at {
        let page = room.pages[&id].clone();
        let letter = page.leaving.letter.text.trim_end().to_owned();
        for section in sections {
            for row in rows(&page, section) {
                let place = PagePlace { client: id.clone(), section, cursor: Cursor::default() };
                room.state.session.page = Some(place.clone());
                let cursor = room.shown().cursor_at(&room.state.session, row);
                room.state.session.page = Some(PagePlace { cursor, ..place });
                let untold = |painted: &Painted, seen: &Seen| {
                    let text = painted.text.as_str();
                    // The first and the last day of the score's line, and the mark on it.
                    let mut lines =
                        seen.places.iter().filter(|it| it.label.starts_with("Score over the last 24 months"));
                    let ends = lines.any(|it| it.rect.contains(painted.place.center()))
                        && (text == "90 days ago" || text.contains(' ') && text.len() <= 11);
                    let margin = match section {
                        PageSection::Timeline => is_digits(text) && text.len() <= 2 || is_month(text),
                        PageSection::Achieved => is_digits(text) && text.len() == 4,
                        _ => false,
                    };
                    // The scale over the bars of health.
                    let marks = [Decimal::ZERO, Decimal::ONE_HUNDRED, page.bands.risk, page.bands.good];
                    let scale = section == PageSection::Health
                        && marks.iter().any(|mark| mark.normalize().to_string() == text)
                        && painted.place.height() < 15.5;
                    match () {
                        () if margin => Some(Untold::Margin),
                        () if scale || ends => Some(Untold::Scale),
                        () if text == letter => Some(Untold::Letter),
                        () => None,
                    }
                };
                room.look(&format!("{id}, {section:?}"), page_ui, &untold);
            }
        }
    }
    assert!(room.looked_at > 1000, "{}", room.looked_at);
    room.end();
}

fn is_month(text: &str) -> bool {
    let (month, year) = text.split_once(' ').unwrap_or_default();
    MONTHS.contains(&month) && year.len() == 4 && is_digits(year)
}

/// How the day that was typed was understood.
fn echo(painted: &Painted, _: &Seen) -> Option<Untold> {
    (painted.text == "Fri 1 Jan 2027").then_some(Untold::Field)
}

#[test]
fn every_number_of_the_rates_answers_for_itself() {
    let mut room = Room::new();
    let mut desk = Desk::sample();
    desk.press("g r");
    room.state.session = desk.state.session.clone();
    for row in room.shown().rates.unwrap().rates.rows {
        if let Some(place) = &mut room.state.session.rates {
            place.cursor = Some(row.id);
        }
        room.look("rates", rates_ui, &echo);
    }
    desk.press("shift+x");
    room.state.session = desk.state.session;
    room.look("rates of those chosen", rates_ui, &echo);
    assert!(room.looked_at > 150, "{}", room.looked_at);
    room.end();
}

#[test]
fn every_number_of_the_pane_beside_answers_for_itself() {
    let mut room = Room::new();
    room.state.session.peeks.push(View::Clients);
    for row in 0..room.shown().clients.len() {
        let cursor = room.shown().cursor_at(&room.state.session, row);
        *room.state.session.cursors.of_mut(View::Clients) = cursor;
        room.look("beside", beside_ui, &nothing);
    }
    assert!(room.looked_at > 300, "{}", room.looked_at);
    room.end();
}

#[test]
fn a_number_is_read_with_its_sign_and_decimals_and_a_day_is_no_number() {
    let figure = |size: &str, negative: bool| {
        let size: Decimal = size.parse().unwrap();
        Number::Figure { size, negative, decimals: size.scale() }
    };
    assert_eq!(numbers("−1,234.50 EUR, 67\u{a0}%"), [figure("1234.50", true), figure("67", false)]);
    let date = |day, month, year| Number::Date { day, month, year };
    assert_eq!(
        numbers("18 d ago · 3 Nov, in 4 d · 24 Nov 2027, 4 Mar ’23"),
        [
            Number::Distance(-18),
            date(3, 11, None),
            Number::Distance(4),
            date(24, 11, Some(2027)),
            date(4, 3, Some(2023))
        ]
    );
    assert_eq!(numbers("<1\u{a0}%"), [Number::Bound { size: 1.into(), above: false }]);
    assert_eq!(numbers("3 of 12"), [figure("3", false), figure("12", false)]);
}
