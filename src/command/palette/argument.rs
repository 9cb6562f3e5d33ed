//! What some commands can be told whom or what they are for: chosen in the palette instead of by the cursor.

use crate::domain::{ClientId, Phase, Table, add_days};
use crate::state::day_entry::{Lean, day_words, parse_day};
use crate::state::{Action, FormKind, Shown, State, Target};

use super::rank::{BEGINS, LESS_TOLD, Query};
use super::things::{Thing, ThingKind, found};
use super::{Find, PaletteRow};
use crate::command::{Command, Resolved, move_deal};

/// What a command takes, and what it means with it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    /// A client.
    Client(fn(ClientId) -> Action),
    /// An invoice, by its id.
    Invoice(fn(String) -> Action),
    /// A deal, by its id.
    Deal(fn(&State, &Shown, &str) -> Resolved),
    /// A day that has been.
    Day,
}

impl Takes {
    /// Of which kind it is; nothing for a day.
    fn thing(self) -> Option<ThingKind> {
        match self {
            Self::Client(_) => Some(ThingKind::Client),
            Self::Invoice(_) => Some(ThingKind::Invoice),
            Self::Deal(_) => Some(ThingKind::Deal),
            Self::Day => None,
        }
    }

    /// What is asked for.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Invoice(_) => "invoice",
            Self::Deal(_) => "deal",
            Self::Day => "day",
        }
    }
}

/// A form of something new for a client.
macro_rules! of_client {
    ($form:expr) => {
        Takes::Client(|client| Action::OpenForm($form, Target::New(Some(client))))
    };
}

/// A form of something new that belongs to a deal.
macro_rules! of_deal {
    ($form:expr) => {
        Takes::Deal(|_, _, deal| Ok(Action::OpenForm($form, Target::NewPart(Table::Deals, deal.to_owned()))))
    };
}

const TAKES: [(&str, Takes); 26] = [
    ("touch.log", of_client!(FormKind::Touch)),
    ("person.add", of_client!(FormKind::Person)),
    ("deal.add", of_client!(FormKind::Deal)),
    ("invoice.add", of_client!(FormKind::Invoice)),
    ("rate.add", of_client!(FormKind::Rate)),
    ("work.log", of_client!(FormKind::Work)),
    ("retainer.add", of_client!(FormKind::Retainer)),
    ("renewal.add", of_client!(FormKind::Renewal)),
    ("promise.add", of_client!(FormKind::Promise)),
    ("client.edit", Takes::Client(|client| of_record(FormKind::Client, client.to_string()))),
    ("client.kind", Takes::Client(|client| of_record(FormKind::Kind, client.to_string()))),
    ("client.end", Takes::Client(|client| of_record(FormKind::Ended, client.to_string()))),
    (
        "invoice.record_payment",
        Takes::Invoice(|id| Action::OpenForm(FormKind::Payment, Target::NewPart(Table::Invoices, id))),
    ),
    (
        "invoice.credit",
        Takes::Invoice(|id| Action::OpenForm(FormKind::Credit, Target::NewPart(Table::Invoices, id))),
    ),
    (
        "invoice.dispute",
        Takes::Invoice(|id| Action::OpenForm(FormKind::Dispute, Target::NewPart(Table::Invoices, id))),
    ),
    (
        "invoice.write_off",
        Takes::Invoice(|id| Action::OpenForm(FormKind::WriteOff, Target::NewPart(Table::Invoices, id))),
    ),
    (
        "offer.note",
        Takes::Deal(|_, _, deal| {
            Ok(Action::OpenForm(FormKind::Offer, Target::Record(Table::Deals, deal.to_owned())))
        }),
    ),
    ("agreement.note", of_deal!(FormKind::Agreement)),
    ("down_payment.ask", of_deal!(FormKind::DownPayment)),
    ("result.note", of_deal!(FormKind::WorkResult)),
    ("hesitation.note", of_deal!(FormKind::Hesitation)),
    (
        "follow_up.set",
        Takes::Deal(|_, _, deal| {
            Ok(Action::OpenForm(FormKind::NextStep, Target::Record(Table::Deals, deal.to_owned())))
        }),
    ),
    ("deal.won", Takes::Deal(won)),
    ("deal.lost", of_deal!(FormKind::Lost)),
    ("board.move", Takes::Deal(|_, _, _| Err("choose a stage"))),
    ("as_of.day", Takes::Day),
];

fn of_record(form: FormKind, client: String) -> Action {
    Action::OpenForm(form, Target::Record(Table::Clients, client))
}

fn won(state: &State, shown: &Shown, deal: &str) -> Resolved {
    let stages = state.book.business().stages();
    let stage = stages.into_iter().find(|stage| stage.phase == Phase::Won).ok_or("no stage counts as won")?;
    move_deal(state, shown, deal, &stage.id)
}

/// Moves a deal to the stage of a digit.
fn to_stage(state: &State, shown: &Shown, deal: &str, digit: &str) -> Resolved {
    let position = digit.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
    let stages = state.book.business().stages();
    let stage = position.and_then(|at| stages.get(at)).ok_or("the board has fewer stages")?;
    move_deal(state, shown, deal, &stage.id)
}

/// What a command takes; `None` where it needs nothing.
pub(super) fn takes(command: &str) -> Option<Takes> {
    let known = if command.starts_with("board.to_stage_") { "board.move" } else { command };
    TAKES.iter().find(|(id, _)| *id == known).map(|(_, takes)| *takes)
}

/// The rows of what a command may be for.
pub(super) fn rows(command: &'static str, typed: &str, state: &State, shown: &Shown) -> Vec<PaletteRow> {
    let Some(takes) = takes(command) else { return Vec::new() };
    let Some(kind) = takes.thing() else { return days(command, typed, state) };
    let query = Query::of(typed);
    let things = found(&[kind], true, &query, state, shown).into_iter();
    things.map(|(_, thing)| thing_row(command, takes, thing.title.clone(), &thing, state, shown)).collect()
}

/// A command, and with which thing it is meant.
fn thing_row(
    command: &'static str,
    takes: Takes,
    title: String,
    thing: &Thing,
    state: &State,
    shown: &Shown,
) -> PaletteRow {
    let means = match takes {
        Takes::Client(means) => Ok(means(thing.client.clone())),
        Takes::Invoice(means) => Ok(means(thing.id.clone())),
        Takes::Deal(means) => match command.strip_prefix("board.to_stage_") {
            Some(digit) => to_stage(state, shown, &thing.id, digit),
            None => means(state, shown, &thing.id),
        },
        Takes::Day => Err("a day is meant"),
    };
    argument_row(command, title, thing.detail.clone(), Some(thing.used_as()), means)
}

/// What was looked for, and what was found.
type Known = ((ThingKind, Query), Vec<(u32, Thing)>);

/// Commands and what they are for, typed together: `acme pay`, `touch zoe`. Each with how well it fits.
pub(super) fn told<'a>(
    commands: impl Iterator<Item = (&'a Command, String)>,
    query: &Query,
    state: &State,
    shown: &Shown,
) -> Vec<(u32, PaletteRow)> {
    /// So many things are offered for a command.
    const MOST: usize = 4;
    let mut rows = Vec::new();
    // Several commands that ask for the same look for it once.
    let mut known: Vec<Known> = Vec::new();
    for (command, title) in commands {
        let Some(takes) = takes(command.id) else { continue };
        let Some((own, rest)) = query.cut(&title) else { continue };
        let Some(asked) = takes.thing().map(|kind| (kind, rest)) else { continue };
        let own = own.score(&title, command.id).unwrap_or_default().saturating_sub(LESS_TOLD);
        if !known.iter().any(|(about, _)| *about == asked) {
            let things = found(&[asked.0], true, &asked.1, state, shown).into_iter();
            // Every word begins one of the thing's, as every other word begins one of the title; and something is still to
            // come of it.
            known.push((
                asked.clone(),
                things.filter(|(fits, thing)| *fits >= BEGINS && thing.open).collect(),
            ));
        }
        let things = known.iter().find(|(about, _)| *about == asked).map(|(_, things)| things.as_slice());
        for (_, thing) in things.unwrap_or_default().iter().take(MOST) {
            let title = format!("{}: {}", title.trim_end_matches(" …"), thing.title);
            let row = thing_row(command.id, takes, title, thing, state, shown);
            rows.extend(row.enabled.then_some((own, row)));
        }
    }
    rows
}

fn argument_row(
    command: &'static str,
    title: String,
    detail: String,
    used: Option<String>,
    means: Resolved,
) -> PaletteRow {
    let detail = match &means {
        Ok(_) => detail,
        Err(why) => format!("Not now: {why}"),
    };
    PaletteRow {
        title,
        detail,
        key: None,
        enabled: means.is_ok(),
        find: Find::Argument(command, used, Box::new(means)),
    }
}

/// The days to look at: what is typed, or some that are asked for often.
fn days(command: &'static str, typed: &str, state: &State) -> Vec<PaletteRow> {
    let today = state.today;
    let row = |name: Option<&str>, day: chrono::NaiveDate| {
        let words = day_words(day, today);
        let means = if day < today {
            Ok(Action::LookAt(Some(day)))
        } else {
            Err("only days that have been can be looked at")
        };
        let (title, detail) = match name {
            Some(name) => (name.to_owned(), words),
            None => (words, "The book as it was known at the end of that day".to_owned()),
        };
        argument_row(command, title, detail, None, means)
    };
    if !typed.trim().is_empty() {
        return parse_day(typed, today, Lean::Back).map(|day| row(None, day)).into_iter().collect();
    }
    let start_of_month = chrono::Datelike::with_day(&today, 1).map(|first| add_days(first, -1));
    let often = [
        ("Yesterday", Some(add_days(today, -1))),
        ("A week ago", Some(add_days(today, -7))),
        ("The end of last month", start_of_month),
        ("A quarter ago", parse_day("-3m", today, Lean::Back)),
        ("A year ago", parse_day("-1y", today, Lean::Back)),
    ];
    often.into_iter().filter_map(|(name, day)| Some(row(Some(name), day?))).collect()
}
