//! The form of a client, partner or contact.

use crate::domain::{Client, ClientId, Fit, Met, Origin, Relation, Table, circle_words};
use crate::state::day_entry::Lean;
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

/// Before a criterion that they do not meet.
const NOT: &str = "not ";
pub(super) const ORIGINS: [Origin; 2] = [Origin::Chosen, Origin::FellInto];
pub(super) const ORIGIN_WORDS: &[&str] = &["chosen", "fallen into"];
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
        optional("origin", "They were", "chosen or fallen into", FieldKind::Choice(ORIGIN_WORDS)),
        optional("values", "Value most", "what matters to them", FieldKind::Text),
        optional("reports", "Like to be told", "a call on Fridays, a page a month", FieldKind::Text),
        optional(
            "fit",
            "Fit what you want",
            "the criteria they meet: nearby, not pays well",
            FieldKind::Criteria,
        ),
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
    let origin = ORIGINS.iter().position(|it| Some(*it) == client.origin);
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
        ("origin", origin.and_then(|at| ORIGIN_WORDS.get(at)).copied().unwrap_or_default().to_owned()),
        ("values", client.values_most.unwrap_or_default()),
        ("reports", client.reports.unwrap_or_default()),
        ("fit", fit_text(&client.fit)),
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
        let days = reader.count(name, 3650);
        if days == Some(0) {
            reader.refuse(name, "expected a whole number from 1 to 3650, or nothing for none");
        }
        days
    });
    let currency = reader.keep("currency", held.map(|it| it.currency), Reader::code);
    let tags = reader.keep("tags", held.map(|it| it.tags.clone()), |reader, name| {
        let tags = reader.text(name).unwrap_or_default();
        let mut once: Vec<String> = Vec::new();
        for tag in tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            if !once.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
                once.push(tag.to_owned());
            }
        }
        once
    });
    let origin =
        reader.keep("origin", held.map(|it| it.origin), |reader, name| reader.choice(name, &ORIGINS));
    let values_most = reader.keep("values", held.map(|it| it.values_most.clone()), Reader::text);
    let reports = reader.keep("reports", held.map(|it| it.reports.clone()), Reader::text);
    let fit = reader.keep("fit", held.map(|it| it.fit.clone()), |reader, name| {
        let known = held.map(|it| it.fit.as_slice()).unwrap_or_default();
        fit(reader, name, known)
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
    (client.origin, client.values_most, client.reports, client.fit) = (origin, values_most, reports, fit);
    if let Some(circle) = reader.context().book.circle(&client) {
        reader.refuse("introduced_by", circle_words(&circle));
    }
    Some(Edit::put(format!("{verb} {name}"), client))
}

fn fit_text(fit: &[Fit]) -> String {
    let word = |it: &Fit| format!("{}{}", if it.meets { "" } else { NOT }, it.criterion);
    fit.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The criteria they meet, with commas between them; those they do not meet with `not` before them.
fn fit(reader: &mut Reader<'_>, name: &str, known: &[Fit]) -> Vec<Fit> {
    let text = reader.text(name).unwrap_or_default();
    let criteria: Vec<&String> = reader.context().book.business().criteria.iter().map(|it| &it.id).collect();
    let mut fits: Vec<Fit> = Vec::new();
    for typed in text.split(',').map(str::trim).filter(|typed| !typed.is_empty()) {
        let (meets, typed) = typed.strip_prefix(NOT).map_or((true, typed), |rest| (false, rest.trim()));
        let lower = typed.to_lowercase();
        let is_it = |id: &&&String| id.to_lowercase() == lower;
        let mut starting = criteria.iter().filter(|id| id.to_lowercase().starts_with(&lower));
        let only = starting.next().filter(|_| starting.next().is_none());
        let found = criteria.iter().find(is_it).or(only).map(|id| (*id).clone());
        // What the file says of a criterion that is gone stays as long as it stands here.
        let found =
            found.or_else(|| known.iter().find(|it| it.criterion == typed).map(|it| it.criterion.clone()));
        match found {
            Some(criterion) if fits.iter().any(|it| it.criterion == criterion) => {
                reader.refuse(name, format!("{criterion} is said twice"));
            }
            Some(criterion) => fits.push(Fit { criterion, meets }),
            None if criteria.is_empty() => {
                reader.refuse(name, "nothing is noted yet of what you want: the firm's lists hold it");
            }
            None => {
                let names: Vec<&str> = criteria.iter().map(|id| id.as_str()).collect();
                reader.refuse(name, format!("{typed:?}: expected one of {}", names.join(", ")));
            }
        }
    }
    fits
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
