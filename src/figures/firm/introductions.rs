//! Who came by introduction.
//!
//! Somebody did who was introduced (`met.introduced_by`, or a touch from somebody else that `introduces` them), or whose
//! channel is an introduction or a referral even where nobody noted whose.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::look::Look;
use crate::domain::{ClientId, Direction};
use crate::figures::Client;

/// The channels that are an introduction by their name.
const BY_NAME: [&str; 2] = ["introduction", "referral"];

/// What one client's facts say about introductions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::figures) struct Introducing {
    /// Whether its own facts say that it was introduced.
    introduced: bool,
    /// Whom it introduced.
    introduces: Vec<ClientId>,
}

/// Everybody who was introduced by somebody's touch.
pub(in crate::figures) struct Introduced<'a>(BTreeSet<&'a ClientId>);

impl Introducing {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let client = &look.known.client;
        let met = client.met.as_ref();
        let by = met.and_then(|met| met.introduced_by.as_ref()).is_some_and(|by| *by != client.id);
        let channel = met.and_then(|met| met.channel.as_ref()).map(|channel| channel.trim().to_lowercase());
        let by_name = channel.is_some_and(|channel| BY_NAME.contains(&channel.as_str()));
        let theirs = look.known.facts.touches.iter().filter(|touch| touch.direction == Direction::In);
        let introduces = theirs.filter_map(|touch| touch.introduces.clone()).filter(|id| *id != client.id);
        Self { introduced: by || by_name, introduces: introduces.collect() }
    }
}

impl<'a> Introduced<'a> {
    pub(in crate::figures) fn among(clients: &'a [Arc<Client>]) -> Self {
        Self(clients.iter().flat_map(|client| &client.firm.introducing.introduces).collect())
    }

    /// Whether a client came by introduction.
    pub(in crate::figures) fn holds(&self, client: &Client) -> bool {
        client.firm.introducing.introduced || self.0.contains(&client.id)
    }
}
