//! The palette: what is typed finds commands and clients, the likeliest first.

use crate::domain::ClientId;
use crate::state::{Action, Shown, State};

use super::{Command, Place, Resolved, commands};

/// How many rows the palette shows at most.
const MOST: usize = 60;
/// How many clients it shows at most.
const MOST_CLIENTS: usize = 20;

/// What a row of the palette stands for.
#[derive(Debug, Clone)]
pub enum Find {
    /// A command, and what it means now.
    Command(&'static Command, Box<Resolved>),
    /// A client's page.
    Client(ClientId),
}

/// A row of the palette.
#[derive(Debug, Clone)]
pub struct PaletteRow {
    /// What it says.
    pub title: String,
    /// What it does, or why it cannot be done now.
    pub detail: String,
    /// Its key, if it has one.
    pub key: Option<String>,
    /// Whether it can be done now.
    pub enabled: bool,
    /// What it stands for.
    pub find: Find,
}

impl PaletteRow {
    /// What running it does.
    ///
    /// # Errors
    /// Why it does nothing now.
    pub fn action(&self) -> Resolved {
        match &self.find {
            Find::Client(client) => Ok(Action::All(vec![Action::Back, Action::OpenClient(client.clone())])),
            Find::Command(command, resolved) => {
                let action = Resolved::clone(resolved)?;
                Ok(Action::All(vec![Action::Back, Action::Used(command.id), action]))
            }
        }
    }
}

/// The rows for what is typed, the likeliest first. Without a word: what was used last, then all commands.
#[must_use]
pub fn rows(query: &str, state: &State, shown: &Shown) -> Vec<PaletteRow> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<(u32, PaletteRow)> = commands()
        .filter(|command| is_offered(command))
        .filter_map(|command| {
            let title = command.title_in(state)?;
            let score = score(&query, &title, command.id)?;
            let recent = state.session.recent.iter().position(|id| *id == command.id);
            let recent = recent.map_or(0, |at| 20_u32.saturating_sub(u32::try_from(at).unwrap_or(20)));
            Some((score + recent, command_row(command, title, state, shown)))
        })
        .collect();
    if !query.is_empty() {
        let clients = shown.figures.clients.rows.iter().filter_map(|row| {
            let score = score(&query, &row.name, row.id.as_str())?;
            Some((
                score,
                PaletteRow {
                    title: row.name.to_string(),
                    detail: "Client".to_owned(),
                    key: None,
                    enabled: true,
                    find: Find::Client(row.id.clone()),
                },
            ))
        });
        let mut clients: Vec<_> = clients.collect();
        clients.sort_by(|(a, _), (b, _)| b.cmp(a));
        clients.truncate(MOST_CLIENTS);
        found.append(&mut clients);
    }
    // A stable sort: equals stay in the order of the table. What cannot be done now comes last among its equals.
    found.sort_by(|(a, row), (b, other)| (b + u32::from(other.enabled)).cmp(&(a + u32::from(row.enabled))));
    found.into_iter().map(|(_, row)| row).take(MOST).collect()
}

/// Keys inside dialogs mean nothing outside them.
fn is_offered(command: &Command) -> bool {
    command.places.iter().any(|place| {
        matches!(
            place,
            Place::Anywhere
                | Place::Today
                | Place::Board
                | Place::Cash
                | Place::Months
                | Place::WhatIf
                | Place::Clients
                | Place::Firm
                | Place::Rates
                | Place::Outbox
                | Place::Page
        )
    }) || command.id == "app.quit"
}

fn command_row(command: &'static Command, title: String, state: &State, shown: &Shown) -> PaletteRow {
    let resolved = (command.resolve)(state, shown);
    let detail = match &resolved {
        Ok(_) => command.help.to_owned(),
        Err(why) => format!("Not now: {why}"),
    };
    PaletteRow {
        title,
        detail,
        key: super::first_key(&state.session.keys, command.id),
        enabled: resolved.is_ok(),
        find: Find::Command(command, Box::new(resolved)),
    }
}

/// How well a query fits a title or an id; `None`: not at all. Exact id, then beginnings of words, then letters in order.
fn score(query: &str, title: &str, id: &str) -> Option<u32> {
    if query.is_empty() {
        return Some(1);
    }
    let title = title.to_lowercase();
    if id == query || title == query {
        return Some(1000);
    }
    if title.starts_with(query) {
        return Some(600);
    }
    let starts: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = || query.split_whitespace();
    if words().all(|word| starts.iter().any(|start| start.starts_with(word))) {
        return Some(400);
    }
    if words().all(|word| title.contains(word) || id.contains(word)) {
        return Some(200);
    }
    let mut letters = title.chars();
    let in_order = query.chars().filter(|c| !c.is_whitespace()).all(|c| letters.any(|letter| letter == c));
    in_order.then_some(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_id_comes_before_word_starts_and_these_before_loose_letters() {
        let exact = score("app.help", "Keys", "app.help");
        let start = score("rec pay", "Record a payment …", "invoice.record_payment");
        let inside = score("ayment", "Record a payment …", "invoice.record_payment");
        let loose = score("rdpt", "Record a payment …", "invoice.record_payment");
        assert!(exact > start && start > inside && inside > loose && loose.is_some());
        assert_eq!(score("xyz", "Record a payment …", "invoice.record_payment"), None);
    }
}
