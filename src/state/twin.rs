//! What in the book is so like what a form is about to add that it may be the same. It warns, and never stands in the way.

use rust_decimal::Decimal;

use crate::domain::{
    AnyRecord, Book, Client, Deal, Invoice, Money, Person, Renewal, days_between, is_legal_form,
};
use crate::figures::amount_in_full;
use crate::written::{capital, day_in_full};

use super::edit::{Change, Edit};

/// No country taxes a sale higher: 27 per cent, in Hungary.
const HIGHEST_TAX: Decimal = Decimal::from_parts(27, 0, 0, false, 2);
/// So many days are long before something began: more than it takes to note it late.
const LONG_DAYS: i64 = 60;
/// Whether a word of a firm's name says nothing of who it is.
fn is_form(word: &str) -> bool {
    is_legal_form(word) || matches!(word, "the" | "and" | "und")
}

/// Why what an edit adds may be in the book already, in a sentence.
pub(super) fn twin(book: &Book, edit: &Edit) -> Option<String> {
    edit.changes.iter().find_map(|change| match change {
        Change::Put(record) => of_record(book, record),
        _ => None,
    })
}

fn of_record(book: &Book, record: &AnyRecord) -> Option<String> {
    let before = book.find(record.table(), record.id_str());
    match record {
        AnyRecord::Client(client) => {
            let known = book.client(&client.id);
            let new_name = known.is_none_or(|known| known.client.name != client.name);
            let twin = new_name.then(|| firm(book, client)).flatten();
            let known = known.map(|known| known.client.people.as_slice()).unwrap_or_default();
            let mut new = client.people.iter().enumerate().filter(|(_, person)| !known.contains(person));
            twin.or_else(|| new.find_map(|(at, one)| person(book, client, at, one)))
        }
        AnyRecord::Invoice(invoice) => {
            let known = match &before {
                Some(AnyRecord::Invoice(known)) => Some(known.as_ref()),
                _ => None,
            };
            let odd = number(book, invoice, known).or_else(|| payment(invoice, known));
            odd.or_else(|| known.is_none().then(|| untaxed(book, invoice)).flatten())
        }
        AnyRecord::Deal(deal) => {
            let known = match &before {
                Some(AnyRecord::Deal(known)) => Some(known.as_ref()),
                _ => None,
            };
            let as_new = || if known.is_none() { of_fact(book, record) } else { None };
            let odd = parts(deal, known).or_else(|| down_payment(deal, known));
            odd.or_else(|| signed_early(deal, known)).or_else(as_new)
        }
        _ if before.is_some() => None,
        AnyRecord::Renewal(renewal) => of_fact(book, record).or_else(|| expired(renewal)),
        record => of_fact(book, record),
    }
}

/// A fact that is the same in everything that tells it from others.
fn of_fact(book: &Book, record: &AnyRecord) -> Option<String> {
    let facts = match record.client() {
        Some(client) => &book.client(client)?.facts,
        None => book.firm().as_ref(),
    };
    let (is_there, says) = match record {
        AnyRecord::Deal(new) => (
            facts.deals.iter().any(|it| same(&it.title, &new.title)),
            "this client has a deal of this title already",
        ),
        AnyRecord::Retainer(new) => (
            facts.retainers.iter().any(|it| same(&it.what, &new.what)),
            "this client pays a fee for this already",
        ),
        AnyRecord::Touch(new) => (
            facts.touches.iter().any(|it| {
                (it.day, it.direction, &it.channel, it.kind, &it.note)
                    == (new.day, new.direction, &new.channel, new.kind, &new.note)
            }),
            "the same touch is in the book already",
        ),
        AnyRecord::Promise(new) => (
            facts.promises.iter().any(|it| it.by == new.by && it.kept.is_none() && same(&it.what, &new.what)),
            "the same promise is open already",
        ),
        AnyRecord::Work(new) => (
            facts.work.iter().any(|it| {
                (it.day, &it.deal, it.hours, it.purpose) == (new.day, &new.deal, new.hours, new.purpose)
            }),
            "the same hours are in the book already",
        ),
        AnyRecord::Expense(new) => (
            facts
                .expenses
                .iter()
                .any(|it| (it.day, it.amount) == (new.day, new.amount) && same(&it.what, &new.what)),
            "the same expense is in the book already",
        ),
        AnyRecord::Renewal(new) => {
            (facts.renewals.iter().any(|it| same(&it.what, &new.what)), "this is among the renewals already")
        }
        _ => (false, ""),
    };
    is_there.then(|| capital(says))
}

/// A client whose name differs in nothing that says who it is.
fn firm(book: &Book, client: &Client) -> Option<String> {
    let wanted = name_words(&client.name);
    let twin = book.clients().find(|known| {
        *known.id() != client.id && !wanted.is_empty() && name_words(&known.client.name) == wanted
    })?;
    Some(format!("{} is in the book already: is it the same?", twin.client.name))
}

/// Somebody of the same name or address, here or elsewhere.
fn person(book: &Book, client: &Client, at: usize, person: &Person) -> Option<String> {
    let here = client.people.iter().enumerate().filter(|(nth, _)| *nth != at).map(|(_, it)| (None, it));
    let elsewhere = book.clients().filter(|known| *known.id() != client.id);
    let elsewhere = elsewhere
        .flat_map(|known| known.client.people.iter().map(move |it| (Some(known.client.name.as_str()), it)));
    let whose = |at: Option<&str>| at.map_or_else(|| "here".to_owned(), |at| format!("at {at}"));
    let mut by_name = None;
    for (place, other) in here.chain(elsewhere) {
        let mails = person.mail.as_ref().zip(other.mail.as_ref());
        if mails.is_some_and(|(mail, known)| same(mail, known)) {
            return Some(format!("{} {} has this address already", other.name, whose(place)));
        }
        if by_name.is_none() && same(&other.name, &person.name) {
            by_name = Some(format!("{} is {} already", other.name, whose(place)));
        }
    }
    by_name
}

/// An invoice of another client with the same number.
fn number(book: &Book, invoice: &Invoice, known: Option<&Invoice>) -> Option<String> {
    if known.is_some_and(|known| known.number == invoice.number) {
        return None;
    }
    let others = book.clients().filter(|client| *client.id() != invoice.client);
    let bears = |it: &std::sync::Arc<Invoice>| it.id != invoice.id && same(&it.number, &invoice.number);
    let mut bearers = others.filter(|client| client.facts.invoices.iter().any(bears));
    bearers.next().map(|client| format!("{} has an invoice of this number too", client.client.name))
}

/// A new invoice without tax to a client whose last one bears some.
fn untaxed(book: &Book, invoice: &Invoice) -> Option<String> {
    let bare = invoice.tax.is_zero() && invoice.lines.iter().all(|line| line.tax.is_none());
    let asks = invoice.total().amount > Decimal::ZERO;
    let before = &book.client(&invoice.client).filter(|_| bare && asks)?.facts.invoices;
    let last = before.iter().filter(|it| it.issued <= invoice.issued).max_by_key(|it| it.issued)?;
    (!last.tax.is_zero()).then(|| format!("No tax on it, and {} on their last one", last.tax))
}

/// A payment of the same amount on the same day.
fn payment(invoice: &Invoice, known: Option<&Invoice>) -> Option<String> {
    let before = known?;
    let added = invoice.payments.len() > before.payments.len();
    let new = invoice.payments.iter().rev().find(|it| !before.payments.contains(it));
    // One that is equal in all is no new value: then the last one is it.
    let new = new.or_else(|| invoice.payments.last()).filter(|_| added)?;
    let twin = before.payments.iter().any(|it| (it.day, it.amount) == (new.day, new.amount));
    twin.then(|| capital("the same payment is in the book already"))
}

/// Instalments, gross, that come to more than the price, net, with any tax on it.
fn parts(deal: &Deal, known: Option<&Deal>) -> Option<String> {
    let plan = deal.instalments.as_ref()?;
    if known.is_some_and(|known| known.instalments == deal.instalments && known.value == deal.value) {
        return None;
    }
    let price = deal.value?;
    let each = plan.instalments.iter().filter(|part| part.amount.currency == price.currency);
    let sum = each.fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount.amount));
    if sum <= price.amount.saturating_mul(Decimal::ONE.saturating_add(HIGHEST_TAX)) {
        return None;
    }
    let [sum, price] = [sum, price.amount].map(|it| amount_in_full(Money::new(it, price.currency)));
    let says = format!("the parts come to {sum}, more than the price of {price} with any tax on it");
    Some(capital(&says))
}

/// A down payment, gross, that is more than the price, net, with any tax on it.
fn down_payment(deal: &Deal, known: Option<&Deal>) -> Option<String> {
    let (down, price) = (deal.down_payment.as_ref()?, deal.value?);
    let same = known.is_some_and(|it| it.down_payment == deal.down_payment && it.value == deal.value);
    let most = price.amount.saturating_mul(Decimal::ONE.saturating_add(HIGHEST_TAX));
    if same || down.amount.currency != price.currency || down.amount.amount <= most {
        return None;
    }
    let price = amount_in_full(price);
    Some(capital(&format!("this is more than the price of {price} with any tax on it")))
}

/// An agreement signed long before its deal began.
fn signed_early(deal: &Deal, known: Option<&Deal>) -> Option<String> {
    if known.is_some_and(|known| known.agreement == deal.agreement) {
        return None;
    }
    let signed = deal.agreement.as_ref()?.signed?;
    let began = deal.stages.iter().map(|stage| stage.day).min()?;
    let early = days_between(signed, began) > LONG_DAYS;
    early.then(|| capital(&format!("the deal began only on {}", day_in_full(began))))
}

/// Something to be renewed that had expired long before it was noted.
fn expired(renewal: &Renewal) -> Option<String> {
    let late = renewal.renewed.is_empty() && days_between(renewal.expires, renewal.noted) > LONG_DAYS;
    late.then(|| capital(&format!("this expired long ago, on {}", day_in_full(renewal.expires))))
}

fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.trim().to_lowercase();
    letters(one) == letters(other)
}

/// The words that say who it is.
fn name_words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace('.', "");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !is_form(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legal_form_and_punctuation_tell_no_firm_from_another() {
        assert_eq!(name_words("Müller & Co. KG"), name_words("müller"));
        assert_ne!(name_words("Studio Ost"), name_words("Studio West"));
        assert!(name_words("The Co. Ltd").is_empty());
    }
}
