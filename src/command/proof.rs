//! Proving a figure: which one is meant, and moving among the terms of its proof.

use crate::domain::{ClientId, Direction, InvoiceId, Table};
use crate::figures::health::Indicator;
use crate::figures::proof::{
    Course, Difference, ExitFigure, FigureKey, HealthFigure, PageFigure, Proof, RateFigure, Term, Whose,
};
use crate::figures::{CardKey, ClientSort, Page, WayOutRow};
use crate::state::{Action, CashSide, Cursor, Overlay, PageSection, ProofPlace, Session, Shown, State, View};

use super::{Command, Group, Place, Resolved};

/// How far a page key moves.
const PAGE: isize = 10;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        id: "figure.prove",
        title: "Prove the figure",
        help: "Show what the focused figure, or that of the row, is made of, down to the facts.",
        keys: &["="],
        places: &[Place::Anywhere],
        group: Group::Lists,
        repeats: false,
        resolve: prove,
    },
    dialog!(
        "proof.down",
        "Next term",
        "Go to the term below.",
        &["j", "down"],
        Proof,
        true,
        |state, shown| { step(state, shown, 1) }
    ),
    dialog!(
        "proof.up",
        "Previous term",
        "Go to the term above.",
        &["k", "up"],
        Proof,
        true,
        |state, shown| { step(state, shown, -1) }
    ),
    dialog!(
        "proof.page_down",
        "Ten terms down",
        "Go ten terms down.",
        &["pagedown"],
        Proof,
        true,
        |state, shown| { step(state, shown, PAGE) }
    ),
    dialog!("proof.page_up", "Ten terms up", "Go ten terms up.", &["pageup"], Proof, true, |state, shown| {
        step(state, shown, -PAGE)
    }),
    dialog!(
        "proof.first",
        "First term",
        "Go to the first term.",
        &["g g", "home"],
        Proof,
        false,
        |state, shown| { step(state, shown, isize::MIN) }
    ),
    dialog!(
        "proof.last",
        "Last term",
        "Go to the last term.",
        &["shift+g", "end"],
        Proof,
        false,
        |state, shown| { step(state, shown, isize::MAX) }
    ),
    dialog!(
        "proof.open",
        "Go to the record",
        "Go to the record of the term.",
        &["enter"],
        Proof,
        false,
        open
    ),
    dialog!(
        "proof.deeper",
        "Prove the term",
        "Show what the term is made of itself.",
        &["l", "right"],
        Proof,
        false,
        |state, shown| {
            let figure = term(state, shown)?.figure.clone();
            figure.map(Action::Prove).ok_or("this term is a fact: it is made of nothing else")
        }
    ),
    dialog!(
        "proof.back",
        "Back to the sum",
        "Go back to the proof this one was reached from.",
        &["h", "left"],
        Proof,
        false,
        |state, _| {
            let above = place(state)?.above.last();
            above.map(|_| Action::Back).ok_or("this is the figure it began with")
        }
    ),
    dialog!("proof.close", "Close the proof", "Close this proof.", &["="], Proof, false, |state, _| {
        let steps = place(state)?.above.len() + 1;
        Ok(Action::All(vec![Action::Back; steps]))
    }),
];

fn prove(state: &State, shown: &Shown) -> Resolved {
    let focused = state.session.focus.clone();
    let key = focused.or_else(|| of_row(state, shown));
    key.map(Action::Prove).ok_or("no figure is chosen: Tab to one, then {figure.prove}")
}

/// The figure that stands for the row under the cursor.
fn of_row(state: &State, shown: &Shown) -> Option<FigureKey> {
    let session = &state.session;
    if let Some(ahead) = of_ahead(session, shown) {
        return Some(ahead);
    }
    if let (Some(place), Some(view)) = (session.rating(), &shown.rates) {
        let row = view.rates.rows.get(view.row(place)?)?;
        return Some(FigureKey::Rate(RateFigure::Extra(row.id.clone(), view.rates.percent)));
    }
    let row = shown.row(session)?;
    if let (Some(place), Some(page)) = (&session.page, &shown.page) {
        return match place.section {
            PageSection::Deals => {
                let deal = page.deals.get(row)?;
                let id = deal.id.clone();
                let has_margin = deal.margin.as_ref().is_ok_and(|margin| !margin.is_zero());
                Some(match (&deal.hourly, deal.value) {
                    (Ok(_), _) => FigureKey::DealHourly(id),
                    (Err(_), _) if has_margin => FigureKey::DealMargin(id),
                    (Err(_), Some(_)) => FigureKey::DealValue(id),
                    (Err(_), None) => FigureKey::DealIncome(id),
                })
            }
            PageSection::Achieved => {
                page.dossier.achieved.get(row).map(|_| of_page(page, PageFigure::Achieved(row)))
            }
            PageSection::Referrals => page.referrals.people.get(row).map(|person| match person.below {
                0 => FigureKey::LifetimeIncome(person.id.clone()),
                _ => FigureKey::Traced(person.id.clone()),
            }),
            PageSection::Health if page.door.is_some() => {
                let line = page.door.as_ref()?.get(row)?;
                Some(of_page(page, PageFigure::Door(line.question)))
            }
            PageSection::Health => {
                let indicator = page.row.health.health.readings.get(row)?.indicator;
                Some(FigureKey::Health(page.client.id.clone(), HealthFigure::Points(indicator)))
            }
            PageSection::People => None,
            // Their numbers are facts: the record proves them.
            PageSection::Invoices
            | PageSection::Timeline
            | PageSection::Goals
            | PageSection::Promises
            | PageSection::Renewals => {
                let record = shown.selected(session)?;
                Some(FigureKey::Record(record.table, record.id))
            }
            PageSection::WayOut => match page.way_out().get(row)? {
                WayOutRow::Mine(at) => {
                    let (table, id) = page.leaving.mine.get(*at)?.record.clone();
                    Some(FigureKey::Record(table, id))
                }
                WayOutRow::Step(rung) => {
                    Some(FigureKey::Exit(ExitFigure::Step(page.client.id.clone(), *rung)))
                }
                WayOutRow::Theirs(at) => {
                    let id = page.leaving.theirs.get(*at)?.invoice.to_string();
                    Some(FigureKey::Record(Table::Invoices, id))
                }
                WayOutRow::Hand(at) => Some(FigureKey::Exit(ExitFigure::Agreed(page.client.id.clone(), *at))),
            },
        };
    }
    match session.view {
        View::Today => shown.item(row).map(|item| FigureKey::Item(item.id.clone())),
        View::Board => {
            let card = shown.card(shown.column(session), row)?;
            match &card.key {
                CardKey::Deal(id) => card.value.as_ref().map(|_| FigureKey::DealValue(id.clone())),
                CardKey::Client(id) => Some(FigureKey::Income(Whose::One(id.clone()))),
            }
        }
        View::Cash => Some(of_owed(shown.owed(row)?.invoice.clone(), shown)),
        View::Clients => Some(of_client(shown.client(row)?.id.clone(), session.sort.0)),
        // A letter is no figure.
        View::Outbox => None,
    }
}

fn of_page(page: &Page, figure: PageFigure) -> FigureKey {
    FigureKey::Page(page.client.id.clone(), figure)
}

/// What stands beside the fan, once the hand is there: what the levers change, why the month changed, or what comes on the
/// day of the fan's cursor.
fn of_ahead(session: &Session, shown: &Shown) -> Option<FigureKey> {
    let (cash, forecast) = (&session.cash, shown.outlook.base.as_ref()?);
    if session.view != View::Cash || session.page.is_some() {
        return None;
    }
    if session.is_assuming() {
        shown.outlook.what_if.as_ref()?;
        let lever = shown.levers.get(session.what_if.cursor).and_then(|line| line.counted);
        return Some(match lever {
            Some(lever) => FigureKey::LeverEffect(lever, cash.layers),
            None => FigureKey::WhatIf(Difference::Lowest, cash.layers),
        });
    }
    if !cash.at_day {
        return None;
    }
    let day = cash.day_at(forecast.day);
    let row = shown.coming(shown.first_coming_from(day));
    let row = row.filter(|row| row.day == day && cash.side == CashSide::Days);
    Some(match row {
        Some(row) => match &row.flow {
            Some(key) => FigureKey::Flow(Course::Facts, key.clone(), forecast.until),
            None => FigureKey::TaxDue(Course::Facts, row.layer, row.day),
        },
        None => FigureKey::BalanceOn(Course::Facts, cash.layers, day),
    })
}

/// When an open invoice is expected; before the forecast is there, what is open of it.
fn of_owed(invoice: InvoiceId, shown: &Shown) -> FigureKey {
    match shown.outlook.receipt(&invoice) {
        Some(_) => FigureKey::Receipt(invoice),
        None => FigureKey::InvoiceOpen(invoice),
    }
}

/// The figure of a client in the column the table is sorted by; the income where that is none.
fn of_client(client: ClientId, sort: ClientSort) -> FigureKey {
    let one = || Whose::One(client.clone());
    match sort {
        ClientSort::Score => FigureKey::Health(client, HealthFigure::Score),
        ClientSort::Trend => FigureKey::Health(client, HealthFigure::Trend),
        ClientSort::Hourly => FigureKey::Health(client, HealthFigure::Found(Indicator::Effort)),
        ClientSort::Kind => FigureKey::Health(client, HealthFigure::Kind),
        ClientSort::Name | ClientSort::Income => FigureKey::Income(one()),
        ClientSort::Share => FigureKey::Share(client),
        ClientSort::Open => FigureKey::Receivables(one()),
        ClientSort::Overdue => FigureKey::Overdue(one()),
        ClientSort::Dbt => FigureKey::Dbt(one()),
        ClientSort::LastIn => FigureKey::LastTouch(client, Direction::In),
        ClientSort::LastOut => FigureKey::LastTouch(client, Direction::Out),
        ClientSort::Invoices => FigureKey::InvoicesPaid(one()),
    }
}

fn place(state: &State) -> Result<&ProofPlace, &'static str> {
    match &state.session.overlay {
        Some(Overlay::Proof(place)) => Ok(place),
        _ => Err("no proof is open"),
    }
}

fn proof(shown: &Shown) -> Result<&Proof, &'static str> {
    shown.proof.as_deref().ok_or("the figure is no longer there")
}

fn term<'a>(state: &State, shown: &'a Shown) -> Result<&'a Term, &'static str> {
    let place = place(state)?;
    proof(shown)?.term(place.cursor).ok_or("there is no term")
}

fn step(state: &State, shown: &Shown, by: isize) -> Resolved {
    let place = place(state)?;
    let last = proof(shown)?.terms().checked_sub(1).ok_or("there is no term")?;
    Ok(Action::PointProof(place.cursor.min(last).saturating_add_signed(by).min(last)))
}

/// To the client's page, at the part that lists the record.
fn open(state: &State, shown: &Shown) -> Resolved {
    let term = term(state, shown)?;
    let (client, _) = term.client.as_ref().ok_or("this is the firm's own: it stands on no client's page")?;
    let section = match term.record.as_ref().map(|(table, _)| *table) {
        Some(Table::Deals) => PageSection::Deals,
        Some(Table::Invoices) => PageSection::Invoices,
        Some(Table::Promises) => PageSection::Promises,
        Some(Table::Renewals) => PageSection::Renewals,
        _ => PageSection::Timeline,
    };
    let mut actions = vec![Action::OpenClient(client.clone()), Action::ShowSection(section)];
    if let Some((_, id)) = term.record.as_ref().filter(|_| section != PageSection::Timeline) {
        actions.push(Action::Point(Cursor { key: id.clone(), index: 0, column: 0 }));
    }
    Ok(Action::All(actions))
}
