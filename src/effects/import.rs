//! What an import would bring, worked out for the window's preview.

use crate::domain::{Book, Currency};
use crate::state::{ImportChoice, ImportDraft, ImportField, ImportPreview, ImportRow, Origin};
use crate::store::import::{
    Change, Column, CurrencyFrom, DateOrder, DateTrouble, Field, ImportError, Options, Outcome, Override,
    Plan, PlannedRow, columns_found, in_currency, plan_into_new,
};
use crate::written::{self, counted};

/// How many rows of an import its preview shows.
const PREVIEW_ROWS: usize = 12;
/// How many skipped rows it names.
const PREVIEW_SKIPS: usize = 8;

/// What importing `draft` would bring with `book` on the screen, which came from `origin`.
pub(super) fn preview(draft: &ImportDraft, book: &Book, origin: &Origin) -> ImportPreview {
    let into = target(origin, book, draft.currency);
    let map = draft.choices.iter().filter_map(|(field, choice)| {
        let column = match choice {
            ImportChoice::Guessed => return None,
            ImportChoice::Column(header) => header.as_str(),
            ImportChoice::LeftOut => "-",
        };
        Override::parse(&format!("{field}={column}")).ok()
    });
    let dates = draft.dates.map(|order| match order {
        crate::state::DateOrder::Dmy => DateOrder::Dmy,
        crate::state::DateOrder::Mdy => DateOrder::Mdy,
        crate::state::DateOrder::Ymd => DateOrder::Ymd,
    });
    let options = Options { map: map.collect(), dates, currency: draft.currency };
    match plan_into_new(&draft.bytes, &options, &into) {
        Ok(plan) => planned(&plan, book, into.records().next().is_none()),
        Err(why) => ImportPreview {
            fields: fields(draft, &options, &why),
            headers: crate::store::import::headers(&draft.bytes),
            rows: Vec::new(),
            more_rows: 0,
            summary: String::new(),
            skipped: Vec::new(),
            currency: draft.currency.unwrap_or(into.currency()),
            currency_guessed: draft.currency.is_none() && into.records().next().is_none(),
            base: book.clone(),
            book: None,
            refused: Some(refusal(&why)),
        },
    }
}

/// The fields as they were found or chosen, where the file could not be planned.
fn fields(draft: &ImportDraft, options: &Options, why: &ImportError) -> Vec<ImportField> {
    let found = columns_found(&draft.bytes, options);
    let chosen =
        |field: &str| draft.choices.iter().find(|(known, _)| known == field).map(|(_, choice)| choice);
    let missing = |field: &Field| match why {
        ImportError::MissingColumns { fields, .. } => fields.contains(field),
        _ => false,
    };
    let field = |field: &Field| {
        let column = found.iter().find(|column| column.field == *field);
        ImportField {
            field: field.name().to_owned(),
            column: match (column, chosen(field.name())) {
                (Some(column), _) => Some(column.header.clone()),
                (None, Some(ImportChoice::Column(header))) => Some(header.clone()),
                (None, _) => None,
            },
            why: match column {
                Some(column) => reading(column),
                None if missing(field) => "needed: choose a column".to_owned(),
                None => String::new(),
            },
            needed: field.is_required(),
        }
    };
    Field::ALL.iter().map(field).collect()
}

/// Why a file is not imported, in the words of the window, where a column is chosen in the list.
fn refusal(why: &ImportError) -> String {
    if let ImportError::Dates(troubles) = why {
        let says: Vec<String> = troubles.iter().map(DateTrouble::says).collect();
        return format!("{}. Choose the order of days below, or correct the file", says.join("; "));
    }
    let ImportError::MissingColumns { fields, doubted, .. } = why else { return why.to_string() };
    let names: Vec<String> = fields.iter().map(|field| format!("“{field}”")).collect();
    let rows =
        if fields.len() == 1 { "choose one in its row below" } else { "choose them in their rows below" };
    let doubts = doubted.iter().filter(|(field, _)| fields.contains(field));
    let doubts = doubts.map(|(field, header)| format!(". The values of “{header}” do not fit “{field}”"));
    format!("no column is found for {}: {rows}{}", names.join(", "), doubts.collect::<String>())
}

fn planned(plan: &Plan, base: &Book, into_new: bool) -> ImportPreview {
    let field = |field: &Field| {
        let column = plan.columns.iter().find(|column| column.field == *field);
        ImportField {
            field: field.name().to_owned(),
            column: column.map(|column| column.header.clone()),
            why: column.map_or_else(|| plan.doubts(*field), reading),
            needed: field.is_required(),
        }
    };
    let mut rows: Vec<ImportRow> = plan.rows.iter().filter_map(used).collect();
    let more_rows = rows.len().saturating_sub(PREVIEW_ROWS);
    rows.truncate(PREVIEW_ROWS);
    let counts = plan.counts();
    let skipped = plan.skipped().map(|(line, reason)| format!("line {line}: {reason}")).take(PREVIEW_SKIPS);
    let more = counts.skipped.checked_sub(PREVIEW_SKIPS).filter(|more| *more > 0);
    let skipped = skipped.chain(more.map(|more| format!("and {} more", written::count(more))));
    let invoices = counted(counts.added.saturating_sub(counts.credits), "new invoice");
    let added = match (counts.credits, counts.added.saturating_sub(counts.credits)) {
        (0, _) => invoices,
        (credits, 0) => counted(credits, "new credit note"),
        (credits, _) => format!("{invoices} and {}", counted(credits, "credit note")),
    };
    let summary = format!(
        "{added} of {}, {} updated, {} unchanged, {} skipped, in {}",
        counted(counts.clients_added, "new client"),
        written::count(counts.updated),
        written::count(counts.unchanged),
        written::count(counts.skipped),
        plan.currency
    );
    let headers = plan.columns.iter().map(|column| column.header.clone()).chain(plan.unused.iter().cloned());
    ImportPreview {
        fields: Field::ALL.iter().map(field).collect(),
        headers: headers.collect(),
        rows,
        more_rows,
        summary,
        skipped: skipped.collect(),
        currency: plan.currency,
        currency_guessed: into_new && plan.currency_from == CurrencyFrom::Book,
        base: base.clone(),
        book: (counts.added + counts.updated > 0).then(|| plan.apply()),
        refused: (counts.added + counts.updated == 0).then(|| match counts.unchanged {
            0 => "no row of this file can be used: the reasons stand below".to_owned(),
            _ if counts.skipped > 0 => "nothing in this file that can be used is new to the book".to_owned(),
            _ => "nothing in this file is new to the book".to_owned(),
        }),
    }
}

/// A row that can be used; nothing of one that is skipped.
fn used(row: &PlannedRow) -> Option<ImportRow> {
    let invoice = row.invoice.as_ref()?;
    let becomes = match &row.outcome {
        Outcome::Skipped(_) => return None,
        Outcome::Added(_) if invoice.amount.amount.is_sign_negative() => "new credit note",
        Outcome::Added(_) => "new",
        Outcome::Updated(_, Change { paid: Some(_), disputed: true }) => "paid, disputed",
        Outcome::Updated(_, Change { paid: Some(_), .. }) => "paid now",
        Outcome::Updated(..) => "disputed now",
        Outcome::Unchanged(_) => "unchanged",
    };
    Some(ImportRow {
        number: invoice.number.clone(),
        client: invoice.client.clone(),
        issued: invoice.issued,
        due: invoice.due,
        amount: invoice.amount,
        paid: invoice.paid,
        becomes,
    })
}

/// Why a column was taken and how its values are read, in a line.
fn reading(column: &Column) -> String {
    if column.reading.is_empty() {
        column.why.to_string()
    } else {
        format!("{}; {}", column.why, column.reading)
    }
}

/// The book an import goes into: the one on the screen; an empty one in place of the sample, in
/// its currency, as one that starts with one client. An empty one is in the currency that was chosen.
fn target(origin: &Origin, book: &Book, chosen: Option<Currency>) -> Book {
    let into = if *origin == Origin::Sample { Book::empty(book.currency()) } else { book.clone() };
    match chosen {
        Some(chosen) if into.records().next().is_none() => in_currency(&into, chosen),
        _ => into,
    }
}
