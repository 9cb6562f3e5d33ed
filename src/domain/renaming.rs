//! What follows from another name or mail address of a person: the facts of their client name them by it.

use std::sync::Arc;

use super::{AnyRecord, ClientFacts, Deal, Outgoing, Person, Promise, Record, Renewal, Touch};

/// The records of a client that name a person as they were, with the name and the address they have now: who decides and
/// asked, touches, promises, letters, points of contact; and the address of letters that wait.
///
/// `position` is theirs among the people of the client. Where another one bears their old name it stands where it stands:
/// nobody knows which of both is meant.
#[must_use]
pub fn follow_person(known: &ClientFacts, position: usize, was: &Person, is: &Person) -> Vec<AnyRecord> {
    let mut others = known.client.people.iter().enumerate().filter(|(at, _)| *at != position);
    let shared = others.any(|(_, other)| other.name == was.name);
    let renamed = (was.name != is.name && !shared).then_some((was.name.as_str(), is.name.as_str()));
    let mail = was.mail.as_deref().zip(is.mail.as_deref()).filter(|(was, is)| was != is);
    let named = |name: &mut Option<String>| {
        if let Some((was, is)) = renamed
            && name.as_deref() == Some(was)
        {
            *name = Some(is.to_owned());
        }
    };
    let facts = &known.facts;
    let mut follows = Vec::new();
    changed(&mut follows, &facts.deals, |deal: &mut Deal| {
        named(&mut deal.decider);
        if let Some(proposal) = &mut deal.proposal {
            named(&mut proposal.asked_by);
        }
    });
    changed(&mut follows, &facts.touches, |touch: &mut Touch| named(&mut touch.person));
    changed(&mut follows, &facts.promises, |promise: &mut Promise| named(&mut promise.person));
    changed(&mut follows, &facts.renewals, |renewal: &mut Renewal| {
        if let Some((was, is)) = renamed {
            renewal.contacts.iter_mut().filter(|name| *name == was).for_each(|name| is.clone_into(name));
        }
    });
    changed(&mut follows, &facts.outbox, |letter: &mut Outgoing| {
        named(&mut letter.person);
        if let Some((was, is)) = mail
            && letter.waits()
            && letter.to.as_deref().is_some_and(|to| to.eq_ignore_ascii_case(was))
        {
            letter.to = Some(is.to_owned());
        }
    });
    follows
}

/// Adds those that `change` makes other ones of.
fn changed<R: Record + Clone + PartialEq>(
    follows: &mut Vec<AnyRecord>,
    records: &[Arc<R>],
    change: impl Fn(&mut R),
) {
    for record in records {
        let mut after = R::clone(record);
        change(&mut after);
        if after != **record {
            follows.push(R::any(Arc::new(after)));
        }
    }
}
