//! What the footer, the help and the README say about keys, drawn from the table.

use std::fmt::Write;
use std::sync::Arc;

use crate::figures::{CLIENT_TERMS, ITEM_TERMS};
use crate::state::{Keys, Overlay, PageSection, Shown, State};

use super::bind::keys_of;
use super::key::Chord;
use super::palette::{self, PaletteRow};
use super::quick::QuickView;
use super::{Command, Group, Place, command, commands, keymap, places, places_under};

/// What the window says about commands now: worked out once for a state, not once a frame.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    /// The few keys that matter now, for the footer.
    pub hints: Vec<Hint>,
    /// What can follow the first key of a two-key command.
    pub continuations: Vec<Hint>,
    /// All keys of this place, while they are shown.
    pub help: Vec<(Group, Vec<Hint>)>,
    /// What the filter of this place understands, while its keys are shown: a term, and what it finds.
    pub terms: &'static [(&'static str, &'static str)],
    /// The rows of the palette, while it is open.
    pub palette: Vec<PaletteRow>,
    /// What the palette asks for, while a command is told whom or what it is for.
    pub question: Option<String>,
    /// What the line of quick entry shows, while it is open.
    pub quick: Option<Arc<QuickView>>,
}

impl Guide {
    /// What there is to say in this state.
    #[must_use]
    pub fn of(state: &State, shown: &Shown) -> Self {
        let overlay = state.session.overlay.as_ref();
        Self {
            hints: hints(state, shown),
            continuations: continuations(state),
            help: if matches!(overlay, Some(Overlay::Help(_))) { help(state) } else { Vec::new() },
            terms: if matches!(overlay, Some(Overlay::Help(_))) { terms(state) } else { &[] },
            palette: match overlay {
                Some(Overlay::Palette(open)) => palette::rows_of(open, state, shown),
                _ => Vec::new(),
            },
            question: match overlay {
                Some(Overlay::Palette(open)) => palette::question(open, state),
                _ => None,
            },
            quick: matches!(overlay, Some(Overlay::Quick)).then(|| Arc::new(QuickView::of(state, shown))),
        }
    }
}

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// As a key cap shows it: `G T`, `Ctrl+K`.
    pub key: String,
    /// What it does.
    pub title: String,
    /// Its command.
    pub command: &'static str,
}

/// Keys as a key cap shows them.
pub(super) fn caps(keys: &str) -> String {
    let chords: Vec<String> =
        keys.split(' ').filter_map(Chord::parse).map(|chord| chord.to_string()).collect();
    chords.join(" ")
}

/// The key of a command as a key cap shows it: the first one that works now.
#[must_use]
pub fn first_key(keys: &Keys, id: &str) -> Option<String> {
    keys_of(keys, command(id)?).next().map(caps)
}

/// The key of a command as a key cap shows it, among the keys that are shown in this context.
///
/// Like the theme, the keys are the same for everything in the window, so the window's panel gives them to the context
/// once a frame, from the state; see [`show_keys`]. Where nobody did, they are those of the table. Never ask from within
/// `widget_info`: the context is locked there, so work the words out before.
#[must_use]
pub fn key_of(ctx: &egui::Context, id: &str) -> Option<String> {
    let keys = ctx.data(|data| data.get_temp::<Keys>(egui::Id::NULL)).unwrap_or_default();
    first_key(&keys, id)
}

/// A sentence with the keys of the commands that it names in braces, `press {app.back}`, as they are in use; of a command
/// without a key its title.
#[must_use]
pub fn with_keys(keys: &Keys, sentence: &str) -> String {
    let mut said = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, (inside, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        said.push_str(before);
        match (command(inside), first_key(keys, inside)) {
            (Some(_), Some(key)) => said.push_str(&key),
            (Some(named), None) => {
                // Writing to a String cannot fail.
                let _ = write!(said, "“{}”", named.title.trim_end_matches(" …"));
            }
            (None, _) => drop(write!(said, "{{{inside}}}")),
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Shows these keys everywhere in this context from now on.
pub fn show_keys(ctx: &egui::Context, keys: &Keys) {
    ctx.data_mut(|data| data.insert_temp(egui::Id::NULL, keys.clone()));
}

fn hint(state: &State, command: &'static Command) -> Option<Hint> {
    let key = caps(keys_of(&state.session.keys, command).next()?);
    Some(Hint { key, title: command.title_in(state)?, command: command.id })
}

/// The few keys that matter now, for the footer.
fn hints(state: &State, shown: &Shown) -> Vec<Hint> {
    let here = places(state);
    let ids: &[&str] = match here.first() {
        // In an empty book there is one thing to do first.
        Some(Place::Today | Place::Board | Place::Cash | Place::Clients)
            if state.book.clients().len() == 0 =>
        {
            &["quick.open", "file.import", "file.open", "app.palette"]
        }
        Some(Place::Today) if !shown.selected.is_empty() => {
            &["item.handled", "item.snooze", "item.dismiss", "touch.log", "selection.kind", "app.back"]
        }
        Some(Place::Today) if shown.today.is_empty() => {
            &["queue.merge", "view.outbox", "edit.undo", "app.back", "app.palette"]
        }
        Some(Place::Today) => &[
            "item.first_action",
            "item.handled",
            "item.snooze",
            "selection.toggle",
            "queue.merge",
            "app.palette",
        ],
        Some(Place::Board) if !shown.picked(&state.session).is_empty() => {
            &["record.edit", "board.move_right", "deal.lost", "touch.log", "selection.kind", "app.back"]
        }
        Some(Place::Clients) if !shown.picked(&state.session).is_empty() => {
            &["record.edit", "client.merge", "touch.log", "selection.kind", "app.back"]
        }
        Some(Place::Lists) => &["lists.change", "lists.add", "lists.remove", "lists.next", "app.back"],
        Some(Place::Merge) => &["merge.go", "merge.choose", "merge.swap", "app.back"],
        Some(Place::Board) => &["board.move_right", "deal.won", "follow_up.set", "list.open", "app.palette"],
        Some(Place::Cash) => {
            &["invoice.record_payment", "follow_up.set", "list.open", "figure.prove", "app.palette"]
        }
        Some(Place::Months) => &["cash.bar_back", "cash.bar_on", "figure.prove", "app.palette"],
        Some(Place::WhatIf) if state.session.what_if.rows.is_empty() => {
            &["what_if.pays_later", "what_if.rates_rise", "what_if.expense", "what_if.take_up", "app.back"]
        }
        Some(Place::WhatIf) => {
            &["what_if.mute", "list.open", "what_if.keep", "what_if.drop", "what_if.open", "app.palette"]
        }
        Some(Place::Clients) => {
            &["list.open", "clients.sort", "clients.group", "clients.firm", "rates.open", "list.filter"]
        }
        Some(Place::Firm) => &["firm.down", "firm.page_down", "figure.prove", "clients.firm", "app.palette"],
        Some(Place::Page)
            if state.session.page.as_ref().is_some_and(|it| it.section == PageSection::WayOut) =>
        {
            &["ladder.step", "list.open", "leaving.what_if", "leaving.copy_letter", "client.end", "app.back"]
        }
        Some(Place::Page) => &["list.open", "touch.log", "invoice.record_payment", "app.back", "app.palette"],
        Some(Place::Rates) => {
            &["rates.choose", "rates.choose_all", "rates.percent", "rates.from", "rates.apply", "app.back"]
        }
        Some(Place::Outbox) => &[
            "outbox.open",
            "outbox.open_all",
            "outbox.edit",
            "outbox.copy",
            "outbox.drop",
            "outbox.client",
            "app.palette",
        ],
        Some(Place::RatesField) => &["rates.take", "app.back"],
        Some(Place::Filter) => &["filter.take", "app.back"],
        Some(Place::FormText) => &["form.commit_text", "app.back"],
        Some(Place::Form) => &["form.commit", "app.back"],
        Some(Place::Palette) => &["palette.run", "palette.argument", "app.back"],
        Some(Place::Quick) if !state.session.quick.stack.is_empty() => {
            &["quick.enter", "quick.finish", "quick.up", "app.back"]
        }
        Some(Place::Quick) => &["quick.enter", "quick.enter_next", "quick.take", "app.back"],
        Some(Place::Path) => &["path.take", "path.browse", "app.back"],
        Some(Place::Import) => &["import.take", "import.right", "import.dates", "app.back"],
        Some(Place::Confirm) => &["confirm.yes", "confirm.no"],
        Some(Place::Settings) => {
            &["settings.down", "settings.previous", "settings.next", "settings.change", "app.back"]
        }
        Some(Place::Proof) => &["proof.open", "proof.deeper", "app.back"],
        _ => &["app.back"],
    };
    let chosen = ids.iter().filter_map(|id| command(id));
    chosen
        .filter(|command| (command.resolve)(state, shown).is_ok())
        .filter_map(|command| hint(state, command))
        .collect()
}

/// The keys that can follow a prefix here, for the popup that shows them.
fn continuations(state: &State) -> Vec<Hint> {
    let Some(prefix) = &state.session.prefix else { return Vec::new() };
    let first = Chord::parse(prefix);
    let here = places(state);
    let mut hints = Vec::new();
    for command in commands().filter(|command| command.places.iter().any(|place| here.contains(place))) {
        for keys in keys_of(&state.session.keys, command) {
            let sequence = keymap::sequence(keys).unwrap_or_default();
            if let [one, two] = sequence.as_slice()
                && Some(*one) == first
            {
                let title = command.title_in(state);
                hints.extend(title.map(|title| Hint { key: two.to_string(), title, command: command.id }));
            }
        }
    }
    hints
}

/// What the filter of this place understands.
fn terms(state: &State) -> &'static [(&'static str, &'static str)] {
    match places_under(None, &state.session).first() {
        Some(Place::Clients) => &CLIENT_TERMS,
        Some(Place::Today) => &ITEM_TERMS,
        _ => &[],
    }
}

/// How many rows the help has: keys, and what the filter understands.
pub(super) fn help_rows(state: &State) -> usize {
    help(state).iter().map(|(_, hints)| hints.len()).sum::<usize>() + terms(state).len()
}

/// All keys that work here, group by group, for the help.
fn help(state: &State) -> Vec<(Group, Vec<Hint>)> {
    // Help itself lies over the place it tells about.
    let here = places_under(None, &state.session);
    let mut groups: Vec<(Group, Vec<Hint>)> = Vec::new();
    for command in commands().filter(|command| command.places.iter().any(|place| here.contains(place))) {
        let keys: Vec<String> = keys_of(&state.session.keys, command).map(caps).collect();
        if keys.is_empty() {
            continue;
        }
        let Some(title) = command.title_in(state) else { continue };
        let hint = Hint { key: keys.join(" or "), title, command: command.id };
        match groups.iter_mut().find(|(group, _)| *group == command.group) {
            Some((_, hints)) => hints.push(hint),
            None => groups.push((command.group, vec![hint])),
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    groups
}

/// The README's table of keys, in Markdown. Dialogs say their own.
#[must_use]
pub fn key_table() -> String {
    let mut table = String::from("| keys | command | what it does |\n|---|---|---|\n");
    for command in commands().filter(|command| command.group != Group::Dialog && !command.keys.is_empty()) {
        let keys: Vec<String> = command.keys.iter().map(|keys| format!("`{}`", caps(keys))).collect();
        let title = command.title.trim_end_matches(" …");
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| {} | {title} | {} |",
            keys.join(", "),
            with_keys(&Keys::default(), command.help)
        );
    }
    table
}

/// The README's table of what a filter understands, in Markdown: that of the clients, or of the queue.
#[must_use]
pub fn filter_table(terms: &[(&str, &str)]) -> String {
    let mut table = String::from("| typed | finds |\n|---|---|\n");
    for (term, meaning) in terms {
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| `{term}` | {meaning} |");
    }
    table
}
