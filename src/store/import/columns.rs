//! Which column of a file holds which fact of an invoice: asked for, told by its header, or told by its values.

use std::collections::HashSet;
use std::fmt;

use super::ImportError;
use super::amounts::{is_surely_an_amount, looks_like_an_amount};
use super::dates::{looks_like_a_day, written_day};
use super::order::DateOrder;
use super::rows::{is_no_day, read_disputed};
use super::table::{Sheet, shown, squeezed};

/// A fact of an invoice that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Who is to pay.
    Client,
    /// The number printed on it.
    Number,
    /// When it was sent.
    Issued,
    /// When it is to be paid.
    Due,
    /// What is to be paid, all in.
    Amount,
    /// In what.
    Currency,
    /// When it was paid in full.
    Paid,
    /// Whether it is or was disputed.
    Disputed,
}

impl Field {
    /// Every field, in the order it is shown.
    pub const ALL: [Self; 8] = [
        Self::Client,
        Self::Number,
        Self::Issued,
        Self::Due,
        Self::Amount,
        Self::Currency,
        Self::Paid,
        Self::Disputed,
    ];

    /// Its name in `--map`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Number => "number",
            Self::Issued => "issued",
            Self::Due => "due",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Paid => "paid",
            Self::Disputed => "disputed",
        }
    }

    /// Whether no invoice can do without it.
    #[must_use]
    pub fn is_required(self) -> bool {
        !matches!(self, Self::Currency | Self::Paid | Self::Disputed)
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Issued | Self::Due | Self::Paid)
    }

    fn words(self) -> Words {
        match self {
            Self::Client => CLIENT,
            Self::Number => NUMBER,
            Self::Issued => ISSUED,
            Self::Due => DUE,
            Self::Amount => AMOUNT,
            Self::Currency => CURRENCY,
            Self::Paid => PAID,
            Self::Disputed => DISPUTED,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Headers that mean a field, without space, case and punctuation: the first are the likeliest. A header that merely
/// holds one of them as a word counts less, and not at all beside a word of `not`.
struct Words {
    means: &'static [&'static str],
    not: &'static [&'static str],
}

const CLIENT: Words = Words {
    means: &[
        "client",
        "clientname",
        "customer",
        "customername",
        "kunde",
        "kundenname",
        "auftraggeber",
        "billto",
        "debtor",
        "debitor",
        "company",
        "companyname",
        "firma",
        "contactname",
        "recipient",
        "empfänger",
        "cliente",
        "customerid",
        "clientid",
        "kundennummer",
        "kundennr",
        "account",
        "accountname",
        "contact",
        "organisation",
        "organization",
        "payer",
        "name",
    ],
    not: &[
        "address", "email", "mail", "phone", "city", "country", "street", "zip", "postcode", "group", "type",
        "since", "manager", "adresse", "ort", "land", "po", "vat", "tax", "balance", "total", "amount",
        "date", "project", "item", "product", "file",
    ],
};
const NUMBER: Words = Words {
    means: &[
        "invoicenumber",
        "invoiceno",
        "invoicenr",
        "invoicenum",
        "rechnungsnummer",
        "rechnungsnr",
        "rechnungnr",
        "rechnungno",
        "number",
        "belegnummer",
        "belegnr",
        "invoiceid",
        "invoice",
        "documentnumber",
        "documentno",
        "docno",
        "docnumber",
        "billnumber",
        "billno",
        "rgnr",
        "renr",
        "nummer",
        "rechnung",
        "no",
        "nr",
        "num",
        "numéro",
        "factura",
        "facture",
        "reference",
        "ref",
        "referenz",
        "id",
    ],
    not: &[
        "date", "datum", "amount", "total", "status", "customer", "client", "kunden", "phone", "line", "tax",
        "vat", "order", "po", "currency", "type", "betrag", "value", "due", "url", "account",
    ],
};
const ISSUED: Words = Words {
    means: &[
        "issued",
        "issuedate",
        "dateissued",
        "issuedon",
        "invoicedate",
        "dateofinvoice",
        "dateofissue",
        "rechnungsdatum",
        "rechnungdatum",
        "belegdatum",
        "ausgestellt",
        "ausgestelltam",
        "ausstellungsdatum",
        "invoiced",
        "invoicedon",
        "billdate",
        "billingdate",
        "documentdate",
        "docdate",
        "sent",
        "senton",
        "date",
        "datum",
        "fecha",
        "data",
        "created",
        "createdon",
        "createdat",
    ],
    not: &[
        "due",
        "paid",
        "payment",
        "settled",
        "delivery",
        "start",
        "end",
        "from",
        "to",
        "until",
        "order",
        "bis",
        "update",
        "updated",
        "paperless",
        "birth",
        "leistung",
        "service",
    ],
};
const DUE: Words = Words {
    means: &[
        "due",
        "duedate",
        "datedue",
        "dueon",
        "dueby",
        "payby",
        "paymentdue",
        "paymentduedate",
        "fällig",
        "fälligam",
        "fälligkeit",
        "fälligkeitsdatum",
        "faellig",
        "faelligam",
        "faelligkeit",
        "zahlbarbis",
        "zuzahlenbis",
        "zahlungsfrist",
        "zahlungsziel",
        "vencimiento",
        "échéance",
        "scadenza",
    ],
    not: &["amount", "balance", "total", "days", "sum", "betrag", "tage"],
};
const AMOUNT: Words = Words {
    means: &[
        "amount",
        "invoiceamount",
        "invoicetotal",
        "totalamount",
        "grossamount",
        "total",
        "gross",
        "grosstotal",
        "grandtotal",
        "totalgross",
        "bruttobetrag",
        "brutto",
        "rechnungsbetrag",
        "rechnungssumme",
        "gesamtbetrag",
        "gesamt",
        "gesamtsumme",
        "endbetrag",
        "betrag",
        "summe",
        "invoicevalue",
        "value",
        "sum",
        "importe",
        "montant",
        "importo",
        "netamount",
        "nettobetrag",
        "net",
        "netto",
        "subtotal",
    ],
    not: &[
        "tax",
        "vat",
        "gst",
        "mwst",
        "ust",
        "steuer",
        "paid",
        "due",
        "open",
        "outstanding",
        "balance",
        "discount",
        "days",
        "rate",
        "currency",
        "bezahlt",
        "offen",
        "date",
        "hours",
        "unit",
        "id",
    ],
};
const CURRENCY: Words = Words {
    means: &[
        "currency",
        "currencycode",
        "invoicecurrency",
        "währung",
        "waehrung",
        "whg",
        "ccy",
        "devise",
        "moneda",
    ],
    not: &["rate"],
};
const PAID: Words = Words {
    means: &[
        "paid",
        "paidon",
        "datepaid",
        "paiddate",
        "paymentdate",
        "dateofpayment",
        "paymentreceived",
        "settled",
        "settleddate",
        "settledon",
        "datesettled",
        "settlementdate",
        "fullypaidondate",
        "lastpaymentdate",
        "bezahlt",
        "bezahltam",
        "zahlungsdatum",
        "zahldatum",
        "zahlungseingang",
        "gezahltam",
        "beglichen",
        "beglichenam",
        "cleared",
        "cleareddate",
        "cleardate",
        "paidat",
    ],
    not: &["amount", "due", "days", "total", "sum", "betrag", "method", "terms", "late"],
};
const DISPUTED: Words = Words {
    means: &[
        "disputed",
        "dispute",
        "indispute",
        "isdisputed",
        "strittig",
        "streitig",
        "bestritten",
        "beanstandet",
        "reklamiert",
        "reklamation",
        "litige",
    ],
    not: &["date", "reason", "amount", "resolved"],
};

/// What `--map FIELD=COLUMN` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The fact.
    pub field: Field,
    /// The column's header or its number from 1; `None` leaves the fact out.
    pub column: Option<String>,
}

impl Override {
    /// Reads `FIELD=COLUMN`, or `FIELD=-`.
    ///
    /// # Errors
    /// When it has another form or names no field; says the likely meant one.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        let (name, column) = text
            .split_once('=')
            .ok_or_else(|| ImportError::Map(format!("expected FIELD=COLUMN, found {}", shown(text))))?;
        let wanted = name.trim().to_lowercase();
        let field = Field::ALL.into_iter().find(|field| field.name() == wanted).ok_or_else(|| {
            let names: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
            let likely = likely_meant(&wanted, names.iter().copied());
            let question = likely.map(|name| format!(": did you mean {name}?")).unwrap_or_default();
            ImportError::Map(format!(
                "there is no field {}{question} Fields: {}",
                shown(name),
                names.join(", ")
            ))
        })?;
        let column = column.trim();
        match column {
            "" => Err(ImportError::Map(format!("{field}= names no column; {field}=- leaves it out"))),
            "-" if field.is_required() => {
                Err(ImportError::Map(format!("{field} cannot be left out: no invoice can do without it")))
            }
            "-" => Ok(Self { field, column: None }),
            name => Ok(Self { field, column: Some(name.to_owned()) }),
        }
    }
}

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

/// Finds the column of every field.
pub(super) fn choose(sheet: &Sheet, overrides: &[Override]) -> Result<Vec<Column>, ImportError> {
    let mut choice = Choice { sheet, found: Vec::new(), left_out: Vec::new() };
    for asked in overrides {
        choice.take_asked(asked)?;
    }
    choice.take_by_headers();
    choice.take_by_values();
    let missing: Vec<Field> =
        Field::ALL.into_iter().filter(|field| field.is_required() && choice.is_open(*field)).collect();
    if !missing.is_empty() {
        return Err(ImportError::MissingColumns { fields: missing, headers: sheet.headers.clone() });
    }
    choice.found.sort_by_key(|column| column.field);
    Ok(choice.found)
}

struct Choice<'a> {
    sheet: &'a Sheet,
    found: Vec<Column>,
    left_out: Vec<Field>,
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

    /// The columns not taken yet, with their values.
    fn free(&self) -> Vec<usize> {
        let taken: Vec<usize> = self.found.iter().map(|column| column.index).collect();
        (0..self.sheet.headers.len()).filter(|index| !taken.contains(index)).collect()
    }

    fn take_by_headers(&mut self) {
        let mut offers = Vec::new();
        for index in self.free() {
            let header = self.sheet.headers.get(index).map_or("", String::as_str);
            let offered: Vec<_> = Field::ALL
                .into_iter()
                .filter(|field| self.is_open(*field))
                .filter_map(|field| header_says(header, field).map(|(rank, why)| (rank, field, why)))
                .collect();
            if !offered.is_empty() {
                let values = Values::of(self.sheet, index);
                offers.extend(
                    offered
                        .into_iter()
                        .filter(|(_, field, _)| values.may_be(*field))
                        .map(|(rank, field, why)| (rank, field, index, why)),
                );
            }
        }
        offers.sort_by_key(|(rank, field, index, _)| (*rank, *field, *index));
        for (_, field, index, why) in offers {
            if self.is_open(field) && self.free().contains(&index) {
                self.take(field, index, why);
            }
        }
    }

    /// Takes a column for a field the headers did not tell, where only one can be meant.
    fn take_by_values(&mut self) {
        if Field::ALL.into_iter().all(|field| !field.is_required() || !self.is_open(field)) {
            return;
        }
        let values: Vec<(usize, Values)> =
            self.free().into_iter().map(|index| (index, Values::of(self.sheet, index))).collect();
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
        self.take_the_only(Field::Amount, &values, Values::surely_amounts, "the only column of amounts");
        self.take_the_only(
            Field::Number,
            &values,
            Values::all_differ,
            "the only column whose values all differ",
        );
        self.take_the_only(Field::Client, &values, Values::names, "the only column of words that recur");
    }

    fn take_the_only(
        &mut self,
        field: Field,
        values: &[(usize, Values)],
        fits: fn(&Values) -> bool,
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

/// What the values of a column have in common.
struct Values {
    filled: usize,
    rows: usize,
    days: usize,
    no_days: usize,
    amounts: usize,
    sure_amounts: usize,
    currencies: usize,
    answers: usize,
    different: usize,
    words: usize,
}

impl Values {
    fn of(sheet: &Sheet, index: usize) -> Self {
        /// So many rows tell what the values of a column are.
        const LOOKED_AT: usize = 500;
        let mut values = Self {
            filled: 0,
            rows: sheet.rows.len().min(LOOKED_AT),
            days: 0,
            no_days: 0,
            amounts: 0,
            sure_amounts: 0,
            currencies: 0,
            answers: 0,
            different: 0,
            words: 0,
        };
        let mut seen: HashSet<&str> = HashSet::new();
        for cell in sheet.rows.iter().take(LOOKED_AT).map(|row| row.cell(index)) {
            if cell.is_empty() {
                continue;
            }
            values.filled += 1;
            values.days += usize::from(looks_like_a_day(cell));
            values.no_days += usize::from(is_no_day(cell));
            values.amounts += usize::from(looks_like_an_amount(cell));
            values.sure_amounts += usize::from(is_surely_an_amount(cell));
            values.currencies +=
                usize::from(super::amounts::currency(cell, crate::domain::Currency::USD).is_some());
            values.answers += usize::from(read_disputed(cell).is_some());
            values.words += usize::from(cell.contains(char::is_alphabetic));
            values.different += usize::from(seen.insert(cell));
        }
        values
    }

    /// Whether nearly all filled cells are of a kind.
    fn mostly(&self, count: usize) -> bool {
        self.filled == 0 || count * 5 >= self.filled * 4
    }

    /// Whether its values do not speak against a field.
    fn may_be(&self, field: Field) -> bool {
        // With a handful of rows one bad cell must not hide a column whose header is plain.
        let some = |count: usize| self.mostly(count) || (count > 0 && self.filled <= 10);
        match field {
            Field::Client => !(self.filled > 0 && self.days == self.filled),
            Field::Number => true,
            Field::Issued | Field::Due => some(self.days),
            Field::Amount => some(self.amounts),
            Field::Currency => some(self.currencies),
            Field::Paid => some(self.days + self.no_days) && (self.days > 0 || self.filled == self.no_days),
            Field::Disputed => some(self.answers),
        }
    }

    fn all_days(&self) -> bool {
        self.filled > 0 && self.filled * 10 >= self.rows * 9 && self.mostly(self.days)
    }

    fn surely_amounts(&self) -> bool {
        self.filled > 0 && self.mostly(self.amounts) && self.sure_amounts > 0 && self.days == 0
    }

    fn all_differ(&self) -> bool {
        self.rows > 1 && self.different == self.rows && self.days == 0 && self.sure_amounts == 0
    }

    fn names(&self) -> bool {
        self.filled > 0
            && self.mostly(self.words)
            && self.days == 0
            && self.sure_amounts == 0
            && self.answers == 0
            && self.different > 1
            && self.different < self.filled
    }
}

/// How well a header says a field: the lower the rank the better.
fn header_says(header: &str, field: Field) -> Option<(usize, Why)> {
    /// Ranks of headers that hold a field's word follow those that are one.
    const HOLDS: usize = 1000;
    let words = split(header);
    let all = words.concat();
    let meant = field.words();
    if let Some(rank) = meant.means.iter().position(|known| *known == all) {
        return Some((rank, Why::Header));
    }
    if words.iter().any(|word| meant.not.contains(&word.as_str())) {
        return None;
    }
    // Two words side by side may be one of ours: "Invoice Date (UTC)".
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(a, b)| format!("{a}{b}"));
    let held: Vec<String> = pairs.chain(words.iter().cloned()).collect();
    let (rank, known) =
        meant.means.iter().enumerate().find(|(_, known)| held.iter().any(|word| word == *known))?;
    Some((HOLDS + rank, Why::HeaderHolds(known)))
}

/// The words of a header in lowercase: `InvoiceDate` and `invoice_date` are both two.
fn split(header: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for c in header.chars() {
        let starts = c.is_uppercase() && was_lower;
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
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

/// The name most like `wanted`, if one is like it at all.
fn likely_meant<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    names
        .map(|name| (strsim::jaro_winkler(wanted, &name.to_lowercase()), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Vec<(Field, usize)> {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        choose(&sheet, &[]).unwrap().iter().map(|column| (column.field, column.index + 1)).collect()
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
        let text = "α,β,γ,δ,ε\nAcme,17,2026-03-02,2026-02-01,12.50\nAcme,18,2026-03-30,2026-03-01,99.00\n\
                    Bolt,19,2026-03-31,2026-03-02,10.00\n";
        use Field::{Amount, Client, Due, Issued, Number};
        // β differs in every row, and so does ε, but that holds amounts.
        assert_eq!(chosen(text), [(Client, 1), (Number, 2), (Issued, 4), (Due, 3), (Amount, 5)]);
    }
}
