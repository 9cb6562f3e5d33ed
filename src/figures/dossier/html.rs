//! A dossier as one page of HTML: nothing is fetched, and it prints on A4.
//!
//! It is well-formed XML too, so that any reader of either can tell whether a name has broken out of its place.

use std::fmt::Write as _;

use super::words::{NO_DEAL, NOTHING, amount, besides, day_of_year, long_day, plain, worth};
use super::{Achieved, Dossier};

const STYLE: &str = "
@page { size: A4; margin: 16mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 174mm; padding: 12mm 0; color: #171a1f; background: #fff;
  font: 9.5pt/1.4 'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-variant-numeric: tabular-nums; }
header { border-bottom: 0.5pt solid #7a828e; padding-bottom: 3mm; margin-bottom: 4mm; }
h1 { font-size: 18pt; font-weight: 600; line-height: 1.2; margin: 0 0 1mm; }
h2 { font-size: 11pt; font-weight: 600; margin: 4mm 0 0; break-after: avoid; }
h3 { font-size: 9.5pt; font-weight: 600; margin: 2mm 0 0.5mm; break-after: avoid; overflow-wrap: anywhere; }
p { margin: 0; color: #444c58; overflow-wrap: anywhere; }
.worth { color: #171a1f; font-size: 11pt; font-weight: 600; margin-top: 2mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
tr { break-inside: avoid; }
td { vertical-align: top; padding: 0.4mm 0; overflow-wrap: anywhere; }
td.day { width: 16mm; color: #59626f; }
td.amount { width: 32mm; text-align: right; font-weight: 600; white-space: nowrap; }
.besides { color: #59626f; }
@media print { body { padding: 0; max-width: none; } }
";

/// The whole page.
pub(super) fn page(dossier: &Dossier) -> String {
    let client = escaped(&dossier.client);
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    let _ = writeln!(page, "<title>What we achieved, {client}</title>");
    let _ = writeln!(page, "<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>What we achieved</h1>");
    let firm = escaped(&dossier.firm);
    let by = if firm.is_empty() { String::new() } else { format!(" · {firm}") };
    let _ = writeln!(page, "<p>{client} · {}{by}</p>", long_day(dossier.day));
    if let Some(worth) = worth(dossier) {
        let _ = writeln!(page, "<p class=\"worth\">{}</p>", escaped(&worth));
    }
    page.push_str("</header>\n<main>\n");
    if dossier.achieved.is_empty() {
        let _ = writeln!(page, "<p>{NOTHING}</p>");
    }
    for (year, groups) in dossier.years() {
        let _ = writeln!(page, "<section>\n<h2>{year}</h2>");
        for group in groups {
            let _ = writeln!(page, "<h3>{}</h3>\n<table>", escaped(group.title().unwrap_or(NO_DEAL)));
            for it in group.achieved {
                row(&mut page, it);
            }
            page.push_str("</table>\n");
        }
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn row(page: &mut String, it: &Achieved) {
    let besides = besides(it);
    let besides = if besides.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"besides\">({})</span>", escaped(&besides.join(", ")))
    };
    let worth = it.worth.map(|worth| escaped(&amount(worth))).unwrap_or_default();
    let _ = writeln!(
        page,
        "<tr><td class=\"day\">{}</td><td>{}{besides}</td><td class=\"amount\">{worth}</td></tr>",
        day_of_year(it.day),
        escaped(&it.what),
    );
}

/// A text that means itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
