//! A dossier as Markdown.

use std::fmt::Write as _;

use super::words::{NO_DEAL, NOTHING, amount, besides, day_of_year, long_day, plain, worth};
use super::{Achieved, Dossier};

/// The whole page.
pub(super) fn page(dossier: &Dossier) -> String {
    let mut page = String::from("# What we achieved\n\n");
    let firm = escaped(&dossier.firm);
    let by = if firm.is_empty() { String::new() } else { format!(" · {firm}") };
    let _ = writeln!(page, "**{}** · {}{by}", escaped(&dossier.client), long_day(dossier.day));
    if let Some(worth) = worth(dossier) {
        let _ = writeln!(page, "\n**{}**", escaped(&worth));
    }
    if dossier.achieved.is_empty() {
        let _ = writeln!(page, "\n{NOTHING}");
    }
    for (year, groups) in dossier.years() {
        let _ = writeln!(page, "\n## {year}");
        for group in groups {
            let _ = writeln!(page, "\n### {}\n", escaped(group.title().unwrap_or(NO_DEAL)));
            for it in group.achieved {
                let _ = writeln!(page, "- {}", line(it));
            }
        }
    }
    page
}

fn line(it: &Achieved) -> String {
    let mut line = format!("{}: {}", day_of_year(it.day), escaped(&it.what));
    let besides = besides(it);
    if !besides.is_empty() {
        let _ = write!(line, " *({})*", escaped(&besides.join(", ")));
    }
    if let Some(worth) = it.worth {
        let _ = write!(line, ", worth **{}**", escaped(&amount(worth)));
    }
    line
}

/// A text that means itself: no sign in it makes Markdown or HTML of it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
