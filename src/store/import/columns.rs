//! Which column of a file holds which fact of an invoice: asked for, told by its header, or told by its values.

use std::fmt;

use super::ImportError;
use super::dates::written_day;
use super::field::{Field, Override, likely_meant};
use super::headers::header_says;
use super::order::DateOrder;
use super::profile::Profile;
use super::table::{Sheet, shown, squeezed};

/// Why a column was taken for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was asked for.
    Asked,
    /// Its header says so.
    Header,
    /// Its header speaks of it, among other words.
    HeaderHolds(&'static str),
    /// Its values do, as this sentence tells.
    Values(&'static str),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked => f.write_str("as asked"),
            Self::Header => f.write_str("by its header"),
            Self::HeaderHolds(word) => write!(f, "by {word:?} in its header"),
            Self::Values(sentence) => write!(f, "by its values: {sentence}"),
        }
    }
}

/// Which column a field is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The fact it holds.
    pub field: Field,
    /// Its place, from 0.
    pub index: usize,
    /// Its header.
    pub header: String,
    /// Why it was taken.
    pub why: Why,
    /// How its values are read, such as the order of days and what decided it; empty for plain text.
    pub reading: String,
}

/// `column 5 "InvoiceDate", by its header; day/month/year: …`.
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {} {}, {}", self.index + 1, shown(&self.header), self.why)?;
        if self.reading.is_empty() { Ok(()) } else { write!(f, "; {}", self.reading) }
    }
}

/// Finds the column of every field.
pub(super) fn choose(sheet: &Sheet, overrides: &[Override]) -> Result<Chosen, ImportError> {
    let mut choice = Choice { sheet, found: Vec::new(), left_out: Vec::new(), doubted: Vec::new() };
    for asked in overrides {
        choice.take_asked(asked)?;
    }
    choice.take_by_headers();
    choice.take_by_values();
    let missing: Vec<Field> =
        Field::ALL.into_iter().filter(|field| field.is_required() && choice.is_open(*field)).collect();
    if !missing.is_empty() {
        return Err(ImportError::MissingColumns {
            fields: missing,
            headers: sheet.headers.clone(),
            doubted: choice.doubted(),
            found: choice.found,
        });
    }
    choice.found.sort_by_key(|column| column.field);
    let doubted = choice.doubted();
    Ok(Chosen { columns: choice.found, doubted })
}

/// The columns of a file that are used, and those that might have been.
pub(super) struct Chosen {
    pub(super) columns: Vec<Column>,
    pub(super) doubted: Vec<(Field, String)>,
}

struct Choice<'a> {
    sheet: &'a Sheet,
    found: Vec<Column>,
    left_out: Vec<Field>,
    doubted: Vec<(Field, String)>,
}

impl Choice<'_> {
    fn is_open(&self, field: Field) -> bool {
        !self.left_out.contains(&field) && self.found.iter().all(|column| column.field != field)
    }

    fn take(&mut self, field: Field, index: usize, why: Why) {
        let header = self.sheet.headers.get(index).cloned().unwrap_or_default();
        self.found.push(Column { field, index, header, why, reading: String::new() });
    }

    fn take_asked(&mut self, asked: &Override) -> Result<(), ImportError> {
        let field = asked.field;
        if !self.is_open(field) {
            return Err(ImportError::Map(format!("{field} is mapped twice")));
        }
        match &asked.column {
            None => self.left_out.push(field),
            Some(name) => {
                let index = column_named(name, &self.sheet.headers)?;
                self.take(field, index, Why::Asked);
            }
        }
        Ok(())
    }

    /// The headers that say a field still open, over values that say otherwise.
    fn doubted(&self) -> Vec<(Field, String)> {
        self.doubted.iter().filter(|(field, _)| self.is_open(*field)).cloned().collect()
    }

    /// The columns not taken yet.
    fn free(&self) -> Vec<usize> {
        let taken: Vec<usize> = self.found.iter().map(|column| column.index).collect();
        (0..self.sheet.headers.len()).filter(|index| !taken.contains(index)).collect()
    }

    fn take_by_headers(&mut self) {
        let mut offers = Vec::new();
        for index in self.free() {
            let header = self.sheet.headers.get(index).map_or("", String::as_str);
            let mut profile = None;
            for field in Field::ALL {
                let says = if self.is_open(field) { header_says(header, field) } else { None };
                let Some((rank, why)) = says else { continue };
                let profile = profile.get_or_insert_with(|| Profile::of(self.sheet, index));
                if profile.may_be(field) {
                    offers.push((rank, field, index, why));
                } else if why == Why::Header {
                    self.doubted.push((field, header.to_owned()));
                }
            }
        }
        offers.sort_by_key(|(rank, field, index, _)| (*rank, *field, *index));
        for (_, field, index, why) in offers {
            if self.is_open(field) && self.free().contains(&index) {
                self.take(field, index, why);
            }
        }
    }

    /// Takes a column for a field the headers did not tell, where only one can be meant. A column whose header says
    /// something else is none of them.
    fn take_by_values(&mut self) {
        if Field::ALL.into_iter().all(|field| !field.is_required() || !self.is_open(field)) {
            return;
        }
        let silent = |index: &usize| {
            let header = self.sheet.headers.get(*index).map_or("", String::as_str);
            Field::ALL
                .into_iter()
                .all(|field| header_says(header, field).is_none_or(|(_, why)| why != Why::Header))
        };
        let silent = self.free().into_iter().filter(silent);
        let values: Vec<(usize, Profile)> =
            silent.map(|index| (index, Profile::of(self.sheet, index))).collect();
        let mut days: Vec<usize> =
            values.iter().filter(|(_, v)| v.all_days()).map(|(index, _)| *index).collect();
        let open_days = [Field::Issued, Field::Due].into_iter().filter(|field| self.is_open(*field)).count();
        if open_days > 0 && days.len() == open_days {
            if open_days == 2 && !self.is_mostly_earlier(&days) {
                days.reverse();
            }
            let open = [Field::Issued, Field::Due].into_iter().filter(|field| self.is_open(*field));
            let open: Vec<Field> = open.collect();
            for (field, index) in open.into_iter().zip(days) {
                let sentence = if open_days == 2 {
                    "the two columns of days, the earlier first"
                } else {
                    "the one column of days left"
                };
                self.take(field, index, Why::Values(sentence));
            }
        }
        self.take_the_only(Field::Amount, &values, Profile::surely_amounts, "the only column of amounts");
        self.take_the_only(
            Field::Number,
            &values,
            Profile::all_differ,
            "the only column whose values all differ",
        );
        self.take_the_only(Field::Client, &values, Profile::names, "the only column of words that recur");
    }

    fn take_the_only(
        &mut self,
        field: Field,
        values: &[(usize, Profile)],
        fits: fn(&Profile) -> bool,
        sentence: &'static str,
    ) {
        let free = self.free();
        let mut fitting = values.iter().filter(|(index, values)| free.contains(index) && fits(values));
        if let (true, Some((index, _)), None) = (self.is_open(field), fitting.next(), fitting.next()) {
            self.take(field, *index, Why::Values(sentence));
        }
    }

    /// Whether the first of two columns of days is the earlier one in most rows, as far as every order agrees.
    fn is_mostly_earlier(&self, days: &[usize]) -> bool {
        let [first, second] = days else { return true };
        let later = |row: &super::table::Row| -> Option<bool> {
            let (a, b) = (written_day(row.cell(*first))?, written_day(row.cell(*second))?);
            let compare = |order: DateOrder| Some(a.in_order(order)? > b.in_order(order)?);
            match (compare(DateOrder::Dmy), compare(DateOrder::Mdy)) {
                (Some(x), Some(y)) if x != y => None,
                (x, y) => x.or(y),
            }
        };
        let told: Vec<bool> = self.sheet.rows.iter().filter_map(later).collect();
        told.iter().filter(|later| **later).count() * 2 <= told.len()
    }
}

/// The column of this header, else of this number.
fn column_named(name: &str, headers: &[String]) -> Result<usize, ImportError> {
    let wanted = squeezed(name).to_lowercase();
    let mut same = headers.iter().enumerate().filter(|(_, header)| header.to_lowercase() == wanted);
    match (same.next(), same.next()) {
        (Some((index, _)), None) => return Ok(index),
        (Some((first, _)), Some((second, _))) => {
            return Err(ImportError::Map(format!(
                "columns {} and {} are both called {}: use the number",
                first + 1,
                second + 1,
                shown(name)
            )));
        }
        _ => {}
    }
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=headers.len()).contains(&number)
    {
        return Ok(number - 1);
    }
    let likely = likely_meant(&wanted, headers.iter().map(String::as_str));
    let question = likely.map(|header| format!(": did you mean {}?", shown(header))).unwrap_or_default();
    Err(ImportError::Map(format!(
        "there is no column {}{question} Columns: {}",
        shown(name),
        listed(headers)
    )))
}

/// Headers with their numbers, for a message.
pub(super) fn listed(headers: &[String]) -> String {
    const SHOWN: usize = 40;
    let mut names: Vec<String> = headers
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(index, header)| format!("{} {}", index + 1, shown(header)))
        .collect();
    if headers.len() > SHOWN {
        names.push(format!("and {} more", headers.len() - SHOWN));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Vec<(Field, usize)> {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        choose(&sheet, &[]).unwrap().columns.iter().map(|column| (column.field, column.index + 1)).collect()
    }

    #[test]
    fn english_and_german_headers_are_known() {
        use Field::{Amount, Client, Due, Issued, Number, Paid};
        let german = "Kunde;Rechnungs-Nr.;Rechnungsdatum;Fällig am;Betrag (brutto);MwSt.;bezahlt am\n\
                      A;1;1.2.2026;2.3.2026;12,50;1,9;\n";
        let found = [(Client, 1), (Number, 2), (Issued, 3), (Due, 4), (Amount, 5), (Paid, 7)];
        assert_eq!(chosen(german), found);
        let english = "Invoice No,Customer Name,Customer Email,Date,Due Date,Amount Due,Total Amount,Paid\n\
                       1,A,a@a.example,2026-01-01,2026-01-31,0.00,12.50,2026-01-20\n";
        let found = [(Client, 2), (Number, 1), (Issued, 4), (Due, 5), (Amount, 7), (Paid, 8)];
        assert_eq!(chosen(english), found);
    }

    #[test]
    fn a_header_whose_values_are_of_another_kind_is_not_believed() {
        let text = "client,number,issued,due,amount,paid,paid on\n\
                    A,1,2026-01-01,2026-01-31,5.00,yes,2026-01-20\nB,2,2026-01-01,2026-01-31,5.00,no,\n";
        assert!(chosen(text).contains(&(Field::Paid, 7)));
    }

    #[test]
    fn values_tell_what_foreign_headers_do_not() {
        use Field::{Amount, Client, Due, Issued, Number};
        let text = "α,β,γ,δ,ε\nAcme,17,2026-03-02,2026-02-01,12.50\nAcme,18,2026-03-30,2026-03-01,99.00\n\
                    Bolt,19,2026-03-31,2026-03-02,10.00\n";
        // β differs in every row, and so does ε, but that holds amounts.
        assert_eq!(chosen(text), [(Client, 1), (Number, 2), (Issued, 4), (Due, 3), (Amount, 5)]);
    }
}
