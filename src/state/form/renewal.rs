//! The form of what expires and is renewed.

use crate::domain::{AnyRecord, ChainLink, Money, Renewal, RenewalId, Table};
use crate::state::amount_entry::amount_text;
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const ITSELF: [bool; 2] = [true, false];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New renewal",
    edit_title: "Renewal",
    fields: &[
        required("what", "What expires", "example.org, font licence, hosting", FieldKind::Text),
        required("expires", "Expires", "12 mar, +30d", FieldKind::Day(Lean::Ahead)),
        optional("every", "Is renewed for", "1 year", FieldKind::Text),
        optional("client", "Client", "whose; empty: the firm's own", FieldKind::OwnClient),
        optional("price", "They pay", "30", FieldKind::Amount),
        optional("cost", "It costs you", "18", FieldKind::Cost),
        optional("itself", "Renews itself", "yes or no; empty: not known", FieldKind::Choice(&["yes", "no"])),
        optional("contacts", "Points of contact", "two people: Ann Lee, Ben Ray", FieldKind::Text),
        optional("chain", "Who is involved", "registrar: Gandi; host: Hetzner", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Renewal> {
    let Target::Record(Table::Renewals, id) = target else { return None };
    match context.book.find(Table::Renewals, id)? {
        AnyRecord::Renewal(renewal) => Some(Renewal::clone(&renewal)),
        _ => None,
    }
}

fn chain_words(chain: &[ChainLink]) -> String {
    chain.iter().map(|link| format!("{}: {}", link.role, link.who)).collect::<Vec<_>>().join("; ")
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let client = super::client_name(context, target).map(|name| ("client", name));
    let Some(renewal) = existing(context, target) else {
        let mut filled = vec![("every", "1 year".to_owned())];
        filled.extend(client);
        return filled;
    };
    let amount =
        |money: Option<Money>, currency| money.map(|it| amount_text(it, currency)).unwrap_or_default();
    let theirs = context.currency_of(renewal.client.as_ref());
    let itself = renewal.renews_itself.map(|it| if it { "yes" } else { "no" });
    let mut filled = vec![
        ("what", renewal.what.clone()),
        ("expires", renewal.expires_now().to_string()),
        ("every", renewal.every.map(|every| every.to_string()).unwrap_or_default()),
        ("price", amount(renewal.price, theirs)),
        ("cost", amount(renewal.cost, context.book.currency())),
        ("itself", itself.unwrap_or_default().to_owned()),
        ("contacts", renewal.contacts.join(", ")),
        ("chain", chain_words(&renewal.chain)),
    ];
    filled.extend(client);
    filled
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let what = reader.keep("what", held.map(|it| Some(it.what.clone())), Reader::text);
    let shown = held.map(Renewal::expires_now);
    let expires = reader.keep("expires", shown.map(Some), Reader::day);
    let every = reader.keep("every", held.map(|it| it.every), Reader::interval);
    let client = reader.client("client").map(|known| known.id().clone());
    let price = reader
        .keep("price", held.map(|it| it.price), |reader, name| reader.nothing_or_more(name, Reader::amount));
    let currency = reader.context().book.currency();
    let cost = reader.keep("cost", held.map(|it| it.cost), |reader, name| {
        reader.nothing_or_more(name, |reader, name| reader.amount_in(name, currency))
    });
    let renews_itself =
        reader.keep("itself", held.map(|it| it.renews_itself), |reader, name| reader.choice(name, &ITSELF));
    let contacts = reader.keep("contacts", held.map(|it| it.contacts.clone()), |reader, name| {
        let text = reader.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    });
    let chain = reader.keep("chain", held.map(|it| it.chain.clone()), read_chain);
    let (what, expires) = (what?, expires?);
    let today = reader.context().today;
    let verb = if held.is_some() { "Changed renewal" } else { "Noted renewal" };
    let label = format!("{verb}: {what}, {}", crate::written::day_in_full(expires));
    let mut renewal = before.unwrap_or_else(|| Renewal {
        id: RenewalId::fresh(&what, reader.seed()),
        what: String::new(),
        client: None,
        noted: today,
        expires,
        every: None,
        renewed: Vec::new(),
        chain: Vec::new(),
        cost: None,
        price: None,
        contacts: Vec::new(),
        renews_itself: None,
        verified: Vec::new(),
    });
    if shown.is_some_and(|shown| shown != expires) {
        // The day that counts now is corrected: that of the last renewal, if there was one.
        match renewal.renewed.iter_mut().max_by_key(|it| it.day) {
            Some(last) => last.until = expires,
            None => renewal.expires = expires,
        }
    }
    renewal.what = what;
    (renewal.every, renewal.client, renewal.price, renewal.cost) = (every, client, price, cost);
    (renewal.renews_itself, renewal.contacts, renewal.chain) = (renews_itself, contacts, chain);
    Some(Edit::put(label, renewal))
}

/// `registrar: Gandi; host: Hetzner`.
fn read_chain(reader: &mut Reader<'_>, name: &str) -> Vec<ChainLink> {
    let text = reader.text(name).unwrap_or_default();
    let mut chain = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(':').map(|(role, who)| (role.trim(), who.trim())) {
            Some((role, who)) if !role.is_empty() && !who.is_empty() => {
                chain.push(ChainLink { role: role.to_owned(), who: who.to_owned() });
            }
            _ => reader.refuse(name, format!("{part:?}: expected a role and a name, such as host: Hetzner")),
        }
    }
    chain
}
