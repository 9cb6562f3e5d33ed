//! The form of a kind set by hand, with its reason, over the one the facts decide.

use crate::domain::{ByHandKind, Client, ClientId, ClientKind, Table};
use crate::state::edit::Edit;

use super::{Context, FieldKind, FormSpec, Read, Reader, Target, required};

const KINDS: [Option<ClientKind>; 10] = [
    None,
    Some(ClientKind::Steady),
    Some(ClientKind::SteppingStone),
    Some(ClientKind::AtRisk),
    Some(ClientKind::Toxic),
    Some(ClientKind::Advocate),
    Some(ClientKind::Dormant),
    Some(ClientKind::New),
    Some(ClientKind::Prospect),
    Some(ClientKind::Partner),
];
const AS_FACTS_SAY: &str = "as the facts say";
const WORDS: &[&str] = &[
    AS_FACTS_SAY,
    "steady",
    "stepping stone",
    "at risk",
    "toxic",
    "advocate",
    "dormant",
    "new",
    "prospect",
    "partner",
];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "What kind of client",
    edit_title: "What kind of client",
    fields: &[
        required("kind", "Kind", "steady, at risk, toxic …", FieldKind::Choice(WORDS)),
        // Needed for every kind but the one the facts say.
        required("reason", "Why", "what the facts do not tell", FieldKind::Text),
    ],
    fill,
    read: Read::Edit(read),
};

fn existing(context: &Context<'_>, target: &Target) -> Option<Client> {
    let Target::Record(Table::Clients, id) = target else { return None };
    context.book.client(&ClientId::new(id).ok()?).map(|known| Client::clone(&known.client))
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let by_hand = existing(context, target).and_then(|client| client.kind);
    let by_hand = by_hand.filter(|by_hand| by_hand.day <= context.today);
    let at = by_hand.as_ref().and_then(|by_hand| KINDS.iter().position(|kind| *kind == Some(by_hand.kind)));
    let word = at.and_then(|at| WORDS.get(at)).copied().unwrap_or_default();
    vec![("kind", word.to_owned()), ("reason", by_hand.map(|by_hand| by_hand.reason).unwrap_or_default())]
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let client = existing(reader.context(), reader.target())?;
    let kind = reader.choice("kind", &KINDS)?;
    let Some(kind) = kind else {
        return Some(Edit::put(
            format!("{} is seen as the facts say", client.name),
            Client { kind: None, ..client },
        ));
    };
    let Some(reason) = reader.typed("reason").map(str::to_owned) else {
        reader.refuse("reason", "say why: it stands over what the facts say");
        return None;
    };
    let day = reader.context().today;
    let label = format!("{} is seen as another kind, by hand", client.name);
    Some(Edit::put(label, Client { kind: Some(ByHandKind { kind, day, reason }), ..client }))
}
