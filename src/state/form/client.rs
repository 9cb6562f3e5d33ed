//! The form of a client, partner or contact.

use crate::domain::{Client, ClientId, Met, Relation, Table, circle_words};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const RELATIONS: [Relation; 3] = [Relation::Client, Relation::Partner, Relation::Contact];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New client",
    edit_title: "Client",
    fields: &[
        required("name", "Name", "what they are called", FieldKind::Text),
        required("relation", "Relation", "", FieldKind::Choice(&["client", "partner", "contact"])),
        optional("met", "Met on", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("place", "Met where", "at the spring fair", FieldKind::Text),
        optional("why", "Met why", "wants a new website", FieldKind::Text),
        optional("channel", "Through", "fair, website, introduction", FieldKind::Channel),
        optional("introduced_by", "Introduced by", "a client's name", FieldKind::Client),
        optional("tags", "Tags", "words, separated by commas", FieldKind::Tags),
        optional("terms", "Payment terms", "days an invoice gives", FieldKind::Count),
        optional("cadence", "Cadence", "days between touches", FieldKind::Count),
        optional("currency", "Currency", "such as EUR, where it is not the book's", FieldKind::Text),
        optional("notes", "Notes", "", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Client> {
    let Target::Record(Table::Clients, id) = target else { return None };
    let id = ClientId::new(id).ok()?;
    context.book.client(&id).map(|known| Client::clone(&known.client))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(client) = existing(context, target) else {
        return vec![("relation", "client".to_owned()), ("met", context.today.to_string())];
    };
    let relation = match client.relation {
        Relation::Client => "client",
        Relation::Partner => "partner",
        Relation::Contact => "contact",
    };
    let met = client.met.clone().filter(|met| met.day <= context.today);
    let introducer = met.as_ref().and_then(|met| met.introduced_by.as_ref());
    let introducer = introducer.and_then(|id| context.book.client(id)).map(|known| known.client.name.clone());
    let number = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
    vec![
        ("name", client.name),
        ("relation", relation.to_owned()),
        ("met", met.as_ref().map(|met| met.day.to_string()).unwrap_or_default()),
        ("place", met.as_ref().and_then(|met| met.place.clone()).unwrap_or_default()),
        ("why", met.as_ref().and_then(|met| met.why.clone()).unwrap_or_default()),
        ("channel", met.as_ref().and_then(|met| met.channel.clone()).unwrap_or_default()),
        ("introduced_by", introducer.unwrap_or_default()),
        ("tags", client.tags.join(", ")),
        ("terms", number(client.terms_days)),
        ("cadence", number(client.cadence_days)),
        ("currency", client.currency.map(|currency| currency.to_string()).unwrap_or_default()),
        ("notes", client.notes.unwrap_or_default()),
    ]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let held = before.as_ref();
    let name = reader.keep("name", held.map(|it| Some(it.name.clone())), Reader::text);
    let relation = reader
        .keep("relation", held.map(|it| Some(it.relation)), |reader, name| reader.choice(name, &RELATIONS));
    let met = met(reader, held);
    let terms = reader.keep("terms", held.map(|it| it.terms_days), |reader, name| reader.count(name, 365));
    let cadence = reader.keep("cadence", held.map(|it| it.cadence_days), |reader, name| {
        reader.count(name, 3650).filter(|days| *days > 0)
    });
    let currency = reader.keep("currency", held.map(|it| it.currency), Reader::code);
    let tags = reader.keep("tags", held.map(|it| it.tags.clone()), |reader, name| {
        let tags = reader.text(name).unwrap_or_default();
        tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    });
    let notes = reader.keep("notes", held.map(|it| it.notes.clone()), Reader::text);
    let name = name?;
    let renamed = held.is_none() || !reader.untouched("name");
    let twin = reader.context().book.clients().find(|known| {
        known.client.name.to_lowercase() == name.to_lowercase()
            && before.as_ref().is_none_or(|before| before.id != known.client.id)
    });
    if renamed && twin.is_some() {
        reader.refuse("name", "there is a client of this name already");
    }
    let verb = if before.is_some() { "Changed" } else { "Added" };
    let mut client = before.unwrap_or_else(|| {
        let mut new = Client::new(ClientId::fresh(&name, reader.seed()), &name);
        new.added = Some(reader.context().today);
        new
    });
    client.name.clone_from(&name);
    client.relation = relation?;
    client.met = met;
    client.tags = tags;
    client.terms_days = terms;
    client.cadence_days = cadence;
    client.currency = currency;
    client.notes = notes;
    if let Some(circle) = reader.context().book.circle(&client) {
        reader.refuse("introduced_by", circle_words(&circle));
    }
    Some(Edit::put(format!("{verb} {name}"), client))
}

fn met(reader: &mut Reader<'_>, before: Option<&Client>) -> Option<Met> {
    let untouched =
        ["met", "place", "why", "channel", "introduced_by"].iter().all(|name| reader.untouched(name));
    if let Some(before) = before.filter(|_| untouched) {
        return before.met.clone();
    }
    let held = before.and_then(|before| before.met.as_ref()).filter(|met| met.day <= reader.context().today);
    let day = reader.past_day("met");
    let (place, why, channel) = (reader.text("place"), reader.text("why"), reader.text("channel"));
    let introduced_by =
        reader.keep("introduced_by", held.map(|met| met.introduced_by.clone()), |reader, name| {
            reader.client(name).map(|known| known.client.id.clone())
        });
    let something = place.is_some() || why.is_some() || channel.is_some() || introduced_by.is_some();
    if day.is_none() && something {
        reader.refuse("met", "say on which day you met");
    }
    Some(Met { day: day?, place, why, channel, introduced_by })
}
