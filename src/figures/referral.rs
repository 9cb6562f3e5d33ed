//! Who introduced whom, and what came of it: a tree from the one whom nobody introduced.
//!
//! A client has one introducer at most, so each amount stands once below each of those it goes back to. A book holds no circle;
//! should one come all the same, nobody is visited twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::{ClientId, Money};

use super::sum::Sum;
use super::words::amount_in_full;
use super::{Answer, Client, Figures};

/// Somebody in the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Referred {
    /// Who.
    pub id: ClientId,
    /// What it is called.
    pub name: Arc<str>,
    /// How many introductions lie between it and the root.
    pub depth: usize,
    /// Its income of all times: payments net of tax, in the book's currency.
    pub income: Answer<Money>,
    /// How many it introduced, directly and through others.
    pub below: usize,
    /// The income of all of these.
    pub traced: Answer<Money>,
}

impl Referred {
    /// What came of those it introduced, in a sentence.
    pub(super) fn came_of(&self) -> String {
        let of = if self.below == 1 { "1 client".to_owned() } else { format!("{} clients", self.below) };
        match &self.traced {
            Ok(traced) => format!("Introduced {of}, with {} so far.", amount_in_full(*traced)),
            Err(why) => format!("Introduced {of}; what they brought is not known: {why}."),
        }
    }
}

/// Everybody who goes back to one root.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Referrals {
    /// The root first; each is followed by those it introduced, in the order of their names.
    pub people: Vec<Referred>,
}

/// Whom each client introduced, in the order of their names.
struct Introduced<'a>(BTreeMap<&'a ClientId, Vec<&'a Arc<Client>>>);

impl<'a> Introduced<'a> {
    fn of(figures: &'a Figures) -> Self {
        let mut introduced: BTreeMap<&ClientId, Vec<&Arc<Client>>> = BTreeMap::new();
        for client in figures.of_clients.iter() {
            if let Some(by) = client.known.client.introduced_by() {
                introduced.entry(by).or_default().push(client);
            }
        }
        for those in introduced.values_mut() {
            those.sort_by(|a, b| (&a.folded, &a.id).cmp(&(&b.folded, &b.id)));
        }
        Self(introduced)
    }

    /// A client and all that go back to it, each with its depth and followed by those it introduced.
    fn from(&self, root: &'a Arc<Client>) -> Vec<(usize, &'a Arc<Client>)> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let mut open = vec![(0, root)];
        while let Some((depth, client)) = open.pop() {
            if !seen.insert(&client.id) {
                continue;
            }
            found.push((depth, client));
            let those = self.0.get(&client.id).into_iter().flatten();
            open.extend(those.rev().map(|it| (depth + 1, *it)));
        }
        found
    }
}

/// The one that a client goes back to: whom nobody introduced who is known.
fn root<'a>(figures: &'a Figures, of: &'a Arc<Client>) -> &'a Arc<Client> {
    let (mut at, mut seen) = (of, BTreeSet::from([&of.id]));
    while let Some(by) = at.known.client.introduced_by().and_then(|by| figures.client(by)) {
        if !seen.insert(&by.id) {
            break;
        }
        at = by;
    }
    at
}

/// A client's income of all times.
pub(super) fn lifetime_income(client: &Client) -> Answer<Money> {
    Sum::of(client.currency, client.income.values())
}

/// Those whom a client introduced, directly and through others.
pub(super) fn all_below<'a>(figures: &'a Figures, of: &'a Arc<Client>) -> Vec<&'a Arc<Client>> {
    Introduced::of(figures).from(of).into_iter().skip(1).map(|(_, client)| client).collect()
}

impl Referrals {
    /// The tree that a client stands in; without anybody where it neither introduced nor was introduced by anybody known.
    #[must_use]
    pub fn of(figures: &Figures, client: &Arc<Client>) -> Self {
        let tree = Introduced::of(figures).from(root(figures, client));
        if tree.len() < 2 {
            return Self::default();
        }
        let mut people: Vec<Referred> = tree
            .into_iter()
            .map(|(depth, client)| Referred {
                id: client.id.clone(),
                name: client.name.clone(),
                depth,
                income: lifetime_income(client),
                below: 0,
                traced: Ok(Money::zero(figures.currency)),
            })
            .collect();
        // From the last one up, what came through somebody is known before it is added to the one above.
        let mut above: Vec<Option<usize>> = Vec::with_capacity(people.len());
        let mut path: Vec<usize> = Vec::new();
        for (at, person) in people.iter().enumerate() {
            path.truncate(person.depth);
            above.push(path.last().copied());
            path.push(at);
        }
        for at in (0..people.len()).rev() {
            let Some(person) = people.get(at) else { continue };
            let (below, through) = (person.below + 1, [person.income.clone(), person.traced.clone()]);
            let Some(above) = above.get(at).copied().flatten().and_then(|above| people.get_mut(above)) else {
                continue;
            };
            above.below += below;
            let mut sum = Sum::new(figures.currency);
            std::iter::once(&above.traced).chain(&through).for_each(|part| sum.add(part));
            above.traced = sum.answer();
        }
        Self { people }
    }
}
