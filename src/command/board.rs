//! Moving on the board, and moving deals.

use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Book, Deal, Phase, Stage, StageFact, Table};
use crate::figures::{CardKey, Figures, GateKind, Lane, gates, gates_of_lessons};
use crate::state::{Action, Change, Edit, FormKind, Selection, Shown, State, Target, TriageAction, View};

use super::lists::board_cursor;
use super::{Command, Group, Place, Resolved};

const BOARD: &[Place] = &[Place::Board];

/// A row for moving the deal to the stage of a digit.
macro_rules! to_stage {
    ($digit:literal, $id:literal, $title:literal, $keys:literal) => {
        Command {
            id: $id,
            title: $title,
            help: "Move the deal to this stage of the board, counted from the left, today.",
            keys: &[$keys],
            places: BOARD,
            group: Group::Board,
            repeats: false,
            resolve: |state, shown| move_to_position(state, shown, $digit - 1),
        }
    };
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "board.left",
        title: "Column to the left",
        help: "Go to the column to the left.",
        keys: &["h", "left"],
        places: BOARD,
        group: Group::Board,
        repeats: true,
        resolve: |state, shown| column(state, shown, -1),
    },
    Command {
        id: "board.right",
        title: "Column to the right",
        help: "Go to the column to the right.",
        keys: &["l", "right"],
        places: BOARD,
        group: Group::Board,
        repeats: true,
        resolve: |state, shown| column(state, shown, 1),
    },
    Command {
        id: "board.move_left",
        title: "Move the deal left",
        help: "Move the deal to the stage before, today.",
        keys: &["shift+h", "shift+left"],
        places: BOARD,
        group: Group::Board,
        repeats: false,
        resolve: |state, shown| move_by(state, shown, -1),
    },
    Command {
        id: "board.move_right",
        title: "Move the deal right",
        help: "Move the deal to the next stage, today.",
        keys: &["shift+l", "shift+right"],
        places: BOARD,
        group: Group::Board,
        repeats: false,
        resolve: |state, shown| move_by(state, shown, 1),
    },
    to_stage!(1, "board.to_stage_1", "Move to stage 1", "m 1"),
    to_stage!(2, "board.to_stage_2", "Move to stage 2", "m 2"),
    to_stage!(3, "board.to_stage_3", "Move to stage 3", "m 3"),
    to_stage!(4, "board.to_stage_4", "Move to stage 4", "m 4"),
    to_stage!(5, "board.to_stage_5", "Move to stage 5", "m 5"),
    to_stage!(6, "board.to_stage_6", "Move to stage 6", "m 6"),
    to_stage!(7, "board.to_stage_7", "Move to stage 7", "m 7"),
    to_stage!(8, "board.to_stage_8", "Move to stage 8", "m 8"),
    to_stage!(9, "board.to_stage_9", "Move to stage 9", "m 9"),
    Command {
        id: "deal.won",
        title: "Won",
        help: "Move the deal to the first stage that counts as won, today.",
        keys: &["w"],
        places: BOARD,
        group: Group::Board,
        repeats: false,
        resolve: |state, shown| {
            let stages = state.book.business().stages();
            let won =
                stages.iter().find(|stage| stage.phase == Phase::Won).ok_or("no stage counts as won")?;
            move_to(state, shown, &won.id)
        },
    },
    Command {
        id: "deal.lost",
        title: "Lost …",
        help: "Note that the deal is lost, and why.",
        keys: &["shift+w"],
        places: BOARD,
        group: Group::Board,
        repeats: false,
        resolve: |state, shown| {
            if let Some(deals) = several(state, shown)? {
                return Ok(Action::OpenForm(FormKind::Lost, Target::Several(Table::Deals, deals)));
            }
            let deal = current(state, shown)?;
            Ok(Action::OpenForm(FormKind::Lost, Target::NewPart(Table::Deals, deal)))
        },
    },
];

/// `Move to Proposal`, for the stage of a digit.
pub(super) fn stage_title(state: &State, digit: &str) -> Option<String> {
    let position = digit.parse::<usize>().ok()?.checked_sub(1)?;
    let stages = state.book.business().stages();
    stages.get(position).map(|stage| format!("Move to {}", stage.name))
}

fn on_board(state: &State) -> Result<(), &'static str> {
    let here = state.session.view == View::Board && state.session.page.is_none();
    if here { Ok(()) } else { Err("the board is not shown") }
}

fn column(state: &State, shown: &Shown, by: isize) -> Resolved {
    on_board(state)?;
    let last = shown.board.len().checked_sub(1).ok_or("the board has no columns")?;
    let column = shown.column(&state.session).saturating_add_signed(by).min(last);
    let rows = shown.board.get(column).map_or(0, Vec::len);
    let row =
        shown.row(&state.session).unwrap_or(state.session.cursors.board.index).min(rows.saturating_sub(1));
    Ok(Action::Point(board_cursor(shown, column, row)))
}

/// The id of the deal under the cursor.
fn current(state: &State, shown: &Shown) -> Result<String, &'static str> {
    on_board(state)?;
    let row = shown.row(&state.session).ok_or("this column is empty")?;
    let card = shown.card(shown.column(&state.session), row).ok_or("this column is empty")?;
    match &card.key {
        CardKey::Deal(id) => Ok(id.to_string()),
        CardKey::Client(_) => Err("this is a client without a deal: add one first"),
    }
}

/// Moves the deal by columns, among those that are stages.
fn move_by(state: &State, shown: &Shown, by: isize) -> Resolved {
    let columns = &shown.figures.board.columns;
    if let Some(deals) = several(state, shown)? {
        let beside = |deal: String| {
            let is_it = |card: &Arc<crate::figures::Card>| matches!(&card.key, CardKey::Deal(id) if id.as_str() == deal);
            let at = columns.iter().position(|column| column.cards.iter().any(is_it))?;
            let next = columns.get(at.checked_add_signed(by)?).filter(|column| column.lane == Lane::Stage)?;
            Some((deal, next.id.clone()))
        };
        return move_all(state, deals.into_iter().filter_map(beside).collect());
    }
    current(state, shown)?;
    let next = shown.column(&state.session).checked_add_signed(by).and_then(|at| columns.get(at));
    match next {
        Some(column) if column.lane == Lane::Stage => move_to(state, shown, &column.id),
        _ => Err("there is no further stage"),
    }
}

fn move_to_position(state: &State, shown: &Shown, position: usize) -> Resolved {
    on_board(state)?;
    let stages = state.book.business().stages();
    let stage = stages.get(position).ok_or("the board has fewer stages")?;
    move_to(state, shown, &stage.id)
}

/// The deals that are selected on the board; nothing while no card is.
fn several(state: &State, shown: &Shown) -> Result<Option<Vec<String>>, &'static str> {
    on_board(state)?;
    let picked = shown.picked(&state.session);
    if picked.is_empty() {
        return Ok(None);
    }
    let deals: Vec<String> =
        picked.into_iter().filter(|it| it.table == Table::Deals).map(|it| it.id).collect();
    if deals.is_empty() { Err("none of the selected is a deal") } else { Ok(Some(deals)) }
}

/// Moves several deals, each to its stage, as one edit.
fn move_all(state: &State, moves: Vec<(String, String)>) -> Resolved {
    let stages = state.book.business().stages();
    let (mut changes, mut warned, mut first) = (Vec::new(), 0_usize, None);
    for (deal, stage) in moves {
        let (Some(deal), Some(to)) =
            (super::queue::find_deal(state, &deal), stages.iter().find(|known| known.id == stage))
        else {
            continue;
        };
        let known = deal.as_of(state.today).unwrap_or_else(|| deal.clone());
        if known.stage().is_some_and(|fact| fact.stage == to.id) {
            continue;
        }
        if to.phase == Phase::Lost {
            return Err("what is lost says why: use the command Lost for these");
        }
        let Some(moved) = moved_deal(&state.book, None, &deal, to, state.today, state.today) else {
            continue;
        };
        if let Some(warning) = moved.warnings.into_iter().next() {
            warned += 1;
            first.get_or_insert_with(|| format!(". {warning} ({})", deal.title));
        }
        changes.push(Change::Put(AnyRecord::Deal(Arc::new(moved.deal))));
    }
    let mut label = match changes.len() {
        0 => return Err("none of the selected deals goes further there"),
        1 => "Moved 1 deal".to_owned(),
        several => format!("Moved {several} deals"),
    };
    label.push_str(&first.unwrap_or_default());
    if warned > 1 {
        // Writing to a String cannot fail.
        let _ = write!(label, " and {} more", warned - 1);
    }
    Ok(Action::Triage(TriageAction::Act(Edit { label, changes }, Selection::default())))
}

fn move_to(state: &State, shown: &Shown, stage: &str) -> Resolved {
    if let Some(deals) = several(state, shown)? {
        return move_all(state, deals.into_iter().map(|deal| (deal, stage.to_owned())).collect());
    }
    let deal = current(state, shown)?;
    move_deal(state, shown, &deal, stage)
}

/// What moving a deal to a stage means: a dated fact, or the form that asks why it is lost. Gates warn in what the footer
/// says, lessons of invoices written off come back there, and neither ever blocks; the override is noted in the fact.
///
/// # Errors
/// Why it cannot be moved there.
pub fn move_deal(state: &State, shown: &Shown, deal: &str, stage: &str) -> Resolved {
    let deal = super::queue::find_deal(state, deal).ok_or("the deal is gone")?;
    // What speaks against it is only what is known by the working day; the whole deal is moved.
    let known_deal = deal.as_of(state.today).unwrap_or_else(|| deal.clone());
    let stages = state.book.business().stages();
    let to = stages.into_iter().find(|known| known.id == stage).ok_or("there is no such stage")?;
    if known_deal.stage().is_some_and(|fact| fact.stage == to.id) {
        return Err("the deal is in this stage already");
    }
    if to.phase == Phase::Lost {
        return Ok(Action::OpenForm(FormKind::Lost, Target::NewPart(Table::Deals, deal.id.to_string())));
    }
    let today = state.today;
    let moved = moved_deal(&state.book, Some(&*shown.figures), &deal, &to, today, today);
    let Moved { deal: moved, warnings } = moved.ok_or("its client is gone")?;
    let mut label = format!("Moved {} to {}", deal.title, to.name);
    for warning in warnings {
        label.push_str(". ");
        label.push_str(&warning);
    }
    Ok(Action::Edit(Edit::put(label, moved)))
}

/// A deal in another stage, and what speaks against that.
pub(super) struct Moved {
    /// The deal, with what is overridden noted in the fact.
    pub(super) deal: Deal,
    /// The first gate that warns, and the first lesson that comes back.
    pub(super) warnings: Vec<String>,
}

/// Moves a deal to a stage on a day; `None` where its client is gone. Lessons come back only where the figures are given.
pub(super) fn moved_deal(
    book: &Book,
    figures: Option<&Figures>,
    deal: &Arc<Deal>,
    to: &Stage,
    day: NaiveDate,
    today: NaiveDate,
) -> Option<Moved> {
    let known = book.client(&deal.client)?;
    let known = known.as_of(today).unwrap_or_else(|| known.clone());
    // What speaks against it is only what is known by the working day; the whole deal is moved.
    let known_deal = deal.as_of(today).unwrap_or_else(|| deal.clone());
    let business = book.business();
    let gates = gates(business, &known, &known_deal, &to.id, today);
    let lessons = figures.map(|figures| figures.checks(&deal.client, &deal.id)).unwrap_or_default();
    let checks = gates_of_lessons(business, &to.id, &lessons, today);
    let mut tokens: Vec<&str> = gates.iter().map(|gate| gate.kind.token()).collect();
    tokens.extend((!checks.is_empty()).then_some(GateKind::Lesson.token()));
    let override_of = (!tokens.is_empty()).then(|| tokens.join(" "));
    let first_gate = gates.first().map(|gate| format!("Mind: {}", gate.because));
    let warnings = first_gate.into_iter().chain(checks.first().map(|check| check.because.clone())).collect();
    let mut deal = Deal::clone(deal);
    deal.stages.push(StageFact { day, stage: to.id.clone(), why: None, override_of });
    Some(Moved { deal, warnings })
}
