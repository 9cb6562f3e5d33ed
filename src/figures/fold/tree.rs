//! Sums over all clients in a tree, of which an edit computes one path anew.
//!
//! Where a part of the tree is split follows from the ids of the clients in it alone: before the one with the greatest hash
//! among those in its middle half. So a client who is added or removed moves no split but by chance, the tree is never
//! higher than a few times the least it could be, and two ways to the same clients give the same tree.

use std::hash::Hasher;
use std::sync::Arc;

use fnv::FnvHasher;

use super::Sums;
use crate::domain::Currency;
use crate::figures::Client;

/// So many clients are summed without a split: a smaller number holds more sums in memory, a larger one adds more anew.
const UNSPLIT: usize = 16;

/// The sums over some clients, and over either half of them.
#[derive(Debug)]
pub(in crate::figures) struct Tree {
    sums: Sums,
    halves: Option<[Arc<Tree>; 2]>,
}

/// A tree and what it was made of.
type Known<'a> = (&'a Arc<Tree>, &'a [Arc<Client>]);

impl Tree {
    /// The tree of `clients`, in the order of their ids, sharing with the one known before what has not changed.
    pub(in crate::figures) fn of(
        currency: Currency,
        clients: &[Arc<Client>],
        before: Option<Known<'_>>,
    ) -> Arc<Self> {
        if let Some((tree, of)) = before
            && same(of, clients, Arc::ptr_eq)
        {
            return tree.clone();
        }
        if clients.len() <= UNSPLIT {
            return Arc::new(Self { sums: Sums::of(currency, clients), halves: None });
        }
        let known_halves = before.and_then(halves);
        let at = match &known_halves {
            // The same ids are split at the same place; comparing pointers costs less than hashing.
            Some([(_, left), (_, right)]) if of_the_same([left, right], clients) => left.len(),
            _ => split(clients),
        };
        let (left, right) = clients.split_at(at.min(clients.len()));
        let [left_before, right_before] = known_halves.map_or([None, None], |halves| halves.map(Some));
        let halves = [Self::of(currency, left, left_before), Self::of(currency, right, right_before)];
        let [of_left, of_right] = &halves;
        Arc::new(Self { sums: of_left.sums.plus(&of_right.sums, currency), halves: Some(halves) })
    }

    /// The sums over all its clients.
    pub(in crate::figures) fn sums(&self) -> &Sums {
        &self.sums
    }
}

fn halves((tree, of): Known<'_>) -> Option<[Known<'_>; 2]> {
    let [left, right] = tree.halves.as_ref()?;
    let (of_left, of_right) = of.split_at_checked(left.sums.clients)?;
    Some([(left, of_left), (right, of_right)])
}

fn same<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn of_the_same([left, right]: [&[Arc<Client>]; 2], clients: &[Arc<Client>]) -> bool {
    let same_id = |a: &Arc<Client>, b: &Arc<Client>| Arc::ptr_eq(a, b) || a.id == b.id;
    let (of_left, of_right) = clients.split_at(left.len().min(clients.len()));
    same(left, of_left, same_id) && same(right, of_right, same_id)
}

/// Where clients are split in two.
fn split(clients: &[Arc<Client>]) -> usize {
    let hash = |client: &Arc<Client>| {
        let mut hasher = FnvHasher::default();
        hasher.write(client.id.as_str().as_bytes());
        hasher.finish()
    };
    let quarter = clients.len() / 4;
    let middle = clients.iter().enumerate().skip(quarter).take(clients.len() / 2);
    middle.max_by_key(|(_, client)| hash(client)).map_or(clients.len() / 2, |(at, _)| at)
}
