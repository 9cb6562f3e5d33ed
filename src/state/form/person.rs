//! The form of a person at a client.

use crate::domain::{Client, ClientId, Person, Table, follow_person};
use crate::state::edit::{Change, Edit};

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const DECIDES: [Option<bool>; 3] = [Some(true), Some(false), None];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "New person",
    edit_title: "Person",
    fields: &[
        required("client", "Client", "whose", FieldKind::OwnClient),
        required("name", "Name", "first and last name", FieldKind::Text),
        optional("role", "Role", "what they do there", FieldKind::Text),
        optional("mail", "Mail", "name@example.org", FieldKind::Text),
        optional("phone", "Phone", "", FieldKind::Text),
        optional("decides", "Decides", "yes, no or unknown", FieldKind::Choice(&["yes", "no", "unknown"])),
        optional("up_to", "Up to", "what they are up to", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<(Client, usize)> {
    let Target::Part(Table::Clients, id, position) = target else { return None };
    let client = context.book.client(&ClientId::new(id).ok()?)?;
    client.client.people.get(*position)?;
    Some((Client::clone(&client.client), *position))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    if let Some((client, position)) = existing(context, target) {
        let Some(person) = client.people.get(position).cloned() else { return Vec::new() };
        let decides = match person.decides {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        return vec![
            ("client", client.name),
            ("name", person.name),
            ("role", person.role.unwrap_or_default()),
            ("mail", person.mail.unwrap_or_default()),
            ("phone", person.phone.unwrap_or_default()),
            ("decides", decides.to_owned()),
            ("up_to", person.up_to.unwrap_or_default()),
        ];
    }
    super::client_name(context, target).map(|name| ("client", name)).into_iter().collect()
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let held = before.as_ref().and_then(|(client, position)| client.people.get(*position));
    let name = reader.keep("name", held.map(|it| Some(it.name.clone())), Reader::text);
    let mail = reader.keep("mail", held.map(|it| it.mail.clone()), Reader::text);
    let mail_typed = held.is_none() || !reader.untouched("mail");
    if mail_typed && mail.as_ref().is_some_and(|mail| !mail.contains('@')) {
        reader.refuse("mail", "expected an address such as name@example.org");
    }
    let decides = reader
        .keep("decides", held.map(|it| it.decides), |reader, name| reader.choice(name, &DECIDES).flatten());
    let role = reader.keep("role", held.map(|it| it.role.clone()), Reader::text);
    let phone = reader.keep("phone", held.map(|it| it.phone.clone()), Reader::text);
    let up_to = reader.keep("up_to", held.map(|it| it.up_to.clone()), Reader::text);
    let (known, name) = (client?, name?);
    let mut client = Client::clone(&known.client);
    let new = Person { name: name.clone(), role, mail, phone, decides, up_to };
    if let Some((before, position)) = before {
        if before.id != client.id {
            reader.refuse("client", "a person cannot be moved: remove it here and add it there");
            return None;
        }
        let mut follows = Vec::new();
        if let Some(person) = client.people.get_mut(position) {
            let was = std::mem::replace(person, new);
            follows = follow_person(&known, position, &was, person);
        }
        let label = match follows.len() {
            0 => format!("Changed {name}"),
            1 => format!("Changed {name}, also in 1 fact"),
            many => format!("Changed {name}, also in {many} facts"),
        };
        let mut edit = Edit::put(label, client);
        edit.changes.extend(follows.into_iter().map(Change::Put));
        return Some(edit);
    }
    let at = client.name.clone();
    client.people.push(new);
    Some(Edit::put(format!("Added {name} at {at}"), client))
}
