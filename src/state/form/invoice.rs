//! The form of an invoice. Its lines are typed in one field: `Website 2400; Hosting 12 x 15`.

use rust_decimal::Decimal;

use crate::domain::{ClientId, Currency, Invoice, InvoiceId, Line, Money, Percent, add_days};
use crate::state::amount_entry::parse_amount;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Reader, Target, amount_text, optional, required};

/// The days an invoice gives where nothing else is agreed.
const USUAL_TERMS_DAYS: u32 = 30;

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New invoice",
    edit_title: "Invoice",
    fields: &[
        required("client", "Client", "who is to pay", FieldKind::Client),
        required("number", "Number", "as printed on it", FieldKind::Text),
        required("lines", "Results", "Website 2,400; Hosting 12 x 15", FieldKind::Text),
        optional("tax", "Tax", "such as 19%", FieldKind::Percent),
        required("issued", "Issued", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("due", "Due", "empty: the client's usual terms", FieldKind::Day(Lean::Ahead)),
        optional("deal", "Deal", "what it is for", FieldKind::Deal),
        optional("thanks", "Thanks", "a word of thanks on it", FieldKind::Text),
        optional("notes", "Notes", "", FieldKind::Text),
    ],
    fill,
    read,
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Invoice> {
    if !matches!(target, Target::Record(..)) {
        return None;
    }
    super::payment::existing(context, target).map(|invoice| Invoice::clone(&invoice))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(invoice) = existing(context, target) else {
        return fill_new(context, target);
    };
    let known = context.book.client(&invoice.client);
    let deal = invoice.deal.as_ref().and_then(|id| known?.facts.get::<crate::domain::Deal>(id.as_str()));
    let tax = if invoice.tax.is_zero() { String::new() } else { invoice.tax.to_string() };
    vec![
        ("client", known.map(|it| it.client.name.clone()).unwrap_or_default()),
        ("number", invoice.number.clone()),
        ("lines", lines_text(context, &invoice.lines)),
        ("tax", tax),
        ("issued", invoice.issued.to_string()),
        ("due", invoice.due.to_string()),
        ("deal", deal.map(|deal| deal.title.clone()).unwrap_or_default()),
        ("thanks", invoice.thanks.unwrap_or_default()),
        ("notes", invoice.notes.unwrap_or_default()),
    ]
}

/// A new invoice starts with today, the next number and the tax of the client's last one.
fn fill_new(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("issued", context.today.to_string()), ("number", next_number(context))];
    filled.extend(super::client_name(context, target).map(|name| ("client", name)));
    let for_deal = super::deal::named(context, target);
    if let Some(deal) = &for_deal {
        filled.push(("deal", deal.title.clone()));
        let price = deal.value.map(|value| format!("{} {}", deal.title, amount_text(context, value)));
        filled.extend(price.map(|price| ("lines", price)));
    }
    let client = match target {
        Target::New(client) => client.clone(),
        _ => for_deal.map(|deal| deal.client),
    };
    if let Some(client) = &client {
        let last =
            context.book.client(client).and_then(|it| it.facts.invoices.iter().max_by_key(|it| it.issued));
        let tax = last.map(|invoice| invoice.tax).filter(|tax| !tax.is_zero());
        filled.extend(tax.map(|tax| ("tax", tax.to_string())));
    }
    filled
}

/// The number after that of the invoice issued last, where it ends in digits.
fn next_number(context: &Context<'_>) -> String {
    let invoices = context.book.clients().flat_map(|client| &client.facts.invoices);
    let Some(last) = invoices.max_by(|a, b| (a.issued, &a.number).cmp(&(b.issued, &b.number))) else {
        return "1".to_owned();
    };
    let digits = last.number.chars().rev().take_while(char::is_ascii_digit).count();
    let (head, tail) = last.number.split_at(last.number.len() - digits);
    match tail.parse::<u64>().ok().and_then(|number| number.checked_add(1)) {
        Some(next) => format!("{head}{next:0digits$}"),
        None => String::new(),
    }
}

fn lines_text(context: &Context<'_>, lines: &[Line]) -> String {
    let line = |line: &Line| {
        let price = amount_text(context, line.price);
        if line.quantity == Decimal::ONE {
            format!("{} {price}", line.result)
        } else {
            format!("{} {} x {price}", line.result, line.quantity.normalize())
        }
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let number = reader.text("number");
    let currency = reader.currency();
    let lines = reader.text("lines").and_then(|text| {
        read_lines(&text, currency, before.as_ref()).map_err(|why| reader.refuse("lines", why)).ok()
    });
    let tax = reader.percent("tax").unwrap_or(Percent::ZERO);
    let issued = reader.past_day("issued");
    let due = reader.day("due");
    let deal = reader.deal("deal");
    let (thanks, notes) = (reader.text("thanks"), reader.text("notes"));
    let (client, number, lines, issued) = (client?, number?, lines?, issued?);
    let terms = client.client.terms_days.unwrap_or(USUAL_TERMS_DAYS);
    let due = due.unwrap_or_else(|| add_days(issued, terms.into()));
    if due < issued {
        reader.refuse("due", "an invoice is due on or after the day it was issued");
    }
    refuse_twin(reader, &client.client.id, &number, before.as_ref());
    let verb = if before.is_some() { "Changed invoice" } else { "Added invoice" };
    let mut invoice = before.unwrap_or_else(|| {
        let id = InvoiceId::fresh(&number, reader.seed());
        Invoice::new(id, client.client.id.clone(), &number, issued, due, Vec::new())
    });
    if invoice
        .payments
        .iter()
        .any(|payment| Some(payment.amount.currency) != lines.first().map(|line| line.price.currency))
    {
        reader.refuse("lines", "its payments are in another currency");
    }
    invoice.client = client.client.id.clone();
    invoice.number.clone_from(&number);
    (invoice.lines, invoice.tax, invoice.issued, invoice.due) = (lines, tax, issued, due);
    (invoice.deal, invoice.thanks, invoice.notes) = (deal, thanks, notes);
    Some(Edit::put(format!("{verb} {number}"), invoice))
}

fn refuse_twin(reader: &mut Reader<'_>, client: &ClientId, number: &str, before: Option<&Invoice>) {
    let Some(known) = reader.context().book.client(client) else { return };
    let twin = known
        .facts
        .invoices
        .iter()
        .any(|invoice| invoice.number == number && before.is_none_or(|before| before.id != invoice.id));
    if twin {
        reader.refuse("number", "this client has an invoice of this number already");
    }
}

/// Reads `RESULT AMOUNT` or `RESULT QUANTITY x AMOUNT`, several separated by `;`. A line that was there keeps its own
/// tax.
fn read_lines(text: &str, currency: Currency, before: Option<&Invoice>) -> Result<Vec<Line>, String> {
    let mut lines: Vec<Line> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let line = read_line(part, currency)
            .ok_or_else(|| format!("{part:?}: expected a result and its price, such as Website 2,400"))?;
        if lines.first().is_some_and(|first| first.price.currency != line.price.currency) {
            return Err("all lines of an invoice are in one currency".to_owned());
        }
        let known = before.and_then(|before| before.lines.iter().find(|known| known.result == line.result));
        lines.push(Line { tax: known.and_then(|known| known.tax), ..line });
    }
    if lines.is_empty() { Err("expected a result and its price".to_owned()) } else { Ok(lines) }
}

fn read_line(text: &str, currency: Currency) -> Option<Line> {
    let words: Vec<&str> = text.split_whitespace().collect();
    // The price may end in a code of its own: "Website 2400 USD".
    (1..=2).rev().find_map(|length| {
        let at = words.len().checked_sub(length)?;
        let price = parse_amount(&words.get(at..)?.join(" "), currency).ok()?;
        let rest = words.get(..at)?;
        let (rest, quantity) = match rest {
            [rest @ .., quantity, "x" | "×"] => (rest, quantity.replace(',', ".").parse().ok()?),
            _ => (rest, Decimal::ONE),
        };
        let allowed = quantity.abs() <= Decimal::from(1_000_000) && quantity.scale() <= 6;
        (!rest.is_empty() && allowed).then(|| Line { result: rest.join(" "), quantity, price, tax: None })
    })
}

/// What an invoice of these lines would come to, for the form's echo.
pub(super) fn lines_echo(text: &str, currency: Currency) -> Option<String> {
    let lines = read_lines(text, currency, None).ok()?;
    let net = lines.iter().map(|line| line.net().amount).sum();
    let currency = lines.first()?.price.currency;
    let count = lines.len();
    Some(format!("{count} {}, {} net", if count == 1 { "line" } else { "lines" }, Money::new(net, currency)))
}
