//! Record → text, the one way this program writes: fields in the order of their struct, what says nothing left out.

use std::fmt::Write as _;

use ron::extensions::Extensions;
use serde::Serialize;

use super::tree::{Shape, Tree};
use super::whole::FORMAT;
use crate::domain::{AnyRecord, Book, Business, Currency, Money, Record, Table};

/// How many characters a line of new text holds before it is broken.
const WIDEST: usize = 110;

/// A field as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
}

/// The fields of a record in a book of `currency`, whose amounts go without a code. `None` if it cannot be written, which
/// no record of a book is known to cause.
pub(super) fn fields_of(record: &AnyRecord, currency: Currency) -> Option<Vec<Field>> {
    match record {
        AnyRecord::Client(record) => fields_of_record(&**record, currency),
        AnyRecord::Deal(record) => fields_of_record(&**record, currency),
        AnyRecord::Retainer(record) => fields_of_record(&**record, currency),
        AnyRecord::Invoice(record) => fields_of_record(&**record, currency),
        AnyRecord::Touch(record) => fields_of_record(&**record, currency),
        AnyRecord::Promise(record) => fields_of_record(&**record, currency),
        AnyRecord::Work(record) => fields_of_record(&**record, currency),
        AnyRecord::Expense(record) => fields_of_record(&**record, currency),
        AnyRecord::Renewal(record) => fields_of_record(&**record, currency),
        AnyRecord::Snooze(record) => fields_of_record(&**record, currency),
        AnyRecord::Handled(record) => fields_of_record(&**record, currency),
        AnyRecord::Outgoing(record) => fields_of_record(&**record, currency),
        AnyRecord::Scenario(record) => fields_of_record(&**record, currency),
    }
}

fn fields_of_record<R: Record>(record: &R, currency: Currency) -> Option<Vec<Field>> {
    let mut copy = record.clone();
    copy.each_amount(&mut |money| unstate(money, currency));
    fields(&copy)
}

/// The fields of the firm's settings.
pub(super) fn fields_of_business(business: &Business) -> Option<Vec<Field>> {
    let mut copy = business.clone();
    copy.each_amount(&mut |money| unstate(money, business.currency));
    fields(&copy)
}

fn unstate(money: &mut Money, currency: Currency) {
    if money.currency == currency {
        money.currency = Currency::UNSTATED;
    }
}

fn fields(value: &impl Serialize) -> Option<Vec<Field>> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let text = options.to_string(value).ok()?;
    let tree = Tree::parse(&text, 0..text.len()).ok()?;
    let field = |node| Some(Field { name: tree.key(node)?.to_owned(), value: spaced(&tree, node) });
    tree.children(0).map(field).collect()
}

/// A value with a space where a person would put one.
fn spaced(tree: &Tree<'_>, node: usize) -> String {
    let items = || -> Vec<String> { tree.children(node).map(|child| spaced(tree, child)).collect() };
    match tree.node(node).map(|node| node.shape) {
        Some(Shape::Struct) => {
            let field = |child| format!("{}: {}", tree.key(child).unwrap_or_default(), spaced(tree, child));
            let fields: Vec<String> = tree.children(node).map(field).collect();
            // A lever is told by the name before its brackets.
            format!("{}({})", tree.name(node), fields.join(", "))
        }
        Some(Shape::Tuple) => format!("({})", items().join(", ")),
        Some(Shape::List) => format!("[{}]", items().join(", ")),
        Some(Shape::Map) => {
            let pairs: Vec<String> = items().chunks(2).map(|pair| pair.join(": ")).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Some(Shape::Text) => match tree.text(node) {
            Ok(text) => quoted(&text),
            Err(_) => tree.written(node).to_owned(),
        },
        _ => tree.written(node).to_owned(),
    }
}

/// A text in quotes, with as few escapes as it can have: every character that can be seen stands for itself.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{feff}') =>
            {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A record on one line, or on a few when it is long; `indent` is what its line begins with.
pub(super) fn record_text(fields: &[Field], indent: &str, newline: &str) -> String {
    let mut text = String::from("(");
    let mut column = indent.chars().count() + 1;
    for (position, field) in fields.iter().enumerate() {
        let piece = format!("{}: {}", field.name, field.value);
        let width = piece.chars().count();
        if position > 0 {
            text.push(',');
            if column + width + 3 > WIDEST {
                text.push_str(newline);
                text.push_str(indent);
                text.push(' ');
                column = indent.chars().count() + 1;
            } else {
                text.push(' ');
                column += 2;
            }
        }
        text.push_str(&piece);
        column += width;
    }
    text.push(')');
    text
}

/// A book that has no text yet.
pub(super) fn new_book(book: &Book) -> String {
    let mut text = format!("(\n    format: {FORMAT},\n");
    if let Some(fields) = fields_of_business(book.business()) {
        let _ = writeln!(text, "    business: {},", record_text(&fields, "    ", "\n"));
    }
    let records: Vec<AnyRecord> = book.records().collect();
    for table in Table::ALL {
        let mut of_table = records.iter().filter(|record| record.table() == table).peekable();
        if of_table.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "    {table}: [");
        for fields in of_table.filter_map(|record| fields_of(record, book.currency())) {
            let _ = writeln!(text, "        {},", record_text(&fields, "        ", "\n"));
        }
        text.push_str("    ],\n");
    }
    text.push_str(")\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Client, ClientId, Invoice};

    #[test]
    fn amounts_of_the_books_currency_go_without_a_code() {
        let text = "(id: \"i\", number: \"1\", client: \"c\", issued: \"2026-01-01\", due: \"2026-01-15\", lines: [(result: \
            \"R\", price: \"5.00 EUR\")], tax: \"19%\")";
        let invoice: Invoice = ron::from_str(text).unwrap();
        let value = |currency| {
            let fields = fields_of_record(&invoice, currency).unwrap();
            fields.into_iter().find(|field| field.name == "lines").unwrap().value
        };
        assert_eq!(value(Currency::EUR), "[(result: \"R\", price: \"5.00\")]");
        assert_eq!(value(Currency::USD), "[(result: \"R\", price: \"5.00 EUR\")]");
    }

    #[test]
    fn text_keeps_its_letters_and_reads_back() {
        let said = "O'Neil \"the\" \\ Größe é̈ \u{200f} 🦀\n\t\u{7}";
        let mut client = Client::new(ClientId::new("c").unwrap(), said);
        client.notes = Some("plain".to_owned());
        let fields = fields_of_record(&client, Currency::EUR).unwrap();
        let written = record_text(&fields, "", "\n");
        assert!(written.contains("O'Neil \\\"the\\\" \\\\ Größe é̈ \\u{200f} 🦀\\n\\t\\u{7}"), "{written}");
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        assert_eq!(options.from_str::<Client>(&written).unwrap(), client);
    }
}
