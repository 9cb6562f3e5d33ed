//! Through what people were met, and what came of it: met → in touch in time → proposal → won → second deal.
//!
//! Everybody whose meeting was noted counts, partners apart. In time is within the book's `new_contact_days` (3: 72 hours in
//! a book of days); a touch of either side is contact, and so is a deal that entered a stage: one does not write to who is at the
//! table. Who can still be written to in time is not judged yet. A proposal is one sent, or a deal that
//! came into the stage of proposals, or won. Won is a deal won and not lost since, or a job paid; a second deal is two of either. Channels
//! are told apart without case and accents, and shown as they were written first.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::look::{Look, share_of_count};
use super::second::Jobs;
use crate::domain::{Purpose, Relation, Threshold, add_days};
use crate::figures::filter::folded;
use crate::figures::proposal::proposal_sent;
use crate::figures::{Answer, Client, Unknown};

/// What came of everybody met, channel by channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Channels {
    /// The channel through which most were met first; the one nobody named last.
    pub rows: Vec<ChannelRow>,
    /// Clients and contacts of whom nobody noted how they were met.
    pub not_noted: usize,
    /// Within so many days one writes to a new contact.
    pub days: i64,
}

/// What came of those met through one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelRow {
    /// The channel by which to ask for its proof: in lower case, without accents; `None` where nobody named it.
    pub key: Option<Arc<str>>,
    /// The channel as it was written.
    pub name: String,
    /// How many were met.
    pub met: usize,
    /// With how many of them there could be contact in time by now, or was.
    pub judged: usize,
    /// How many were.
    pub contacted: usize,
    /// Those by the ones who could be, a fraction of one.
    pub contacted_share: Answer<Decimal>,
    /// How many got a proposal.
    pub proposal: usize,
    /// How many became clients.
    pub won: usize,
    /// Those by the ones met, a fraction of one.
    pub won_share: Answer<Decimal>,
    /// How many came back.
    pub second: usize,
    /// Hours before the sale; unknown where none were noted.
    pub presale_hours: Answer<Decimal>,
    /// These by the ones who became clients.
    pub presale_hours_a_client: Answer<Decimal>,
}

/// How far somebody came who was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelStep {
    /// Was met.
    Met,
    /// Was in touch in time.
    Contacted,
    /// Got a proposal.
    Proposal,
    /// Became a client.
    Won,
    /// Came back.
    Second,
}

/// What came of one client or contact.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) struct Path {
    /// The channel, in lower case without accents, and as written.
    pub(in crate::figures) channel: Option<(Arc<str>, String)>,
    /// Whether there was contact in time; `None` while there still can be.
    pub(in crate::figures) contacted: Option<bool>,
    proposal: bool,
    won: bool,
    second: bool,
    /// Hours before the sale.
    presale: Decimal,
}

/// Whether somebody was met, and through what.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::figures) enum Meeting {
    /// Was met.
    Noted(Path),
    /// Nobody noted how.
    NotNoted,
    /// It is a partner, who is not looked at.
    Partner,
}

impl ChannelStep {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Met, Self::Contacted, Self::Proposal, Self::Won, Self::Second];

    /// Its word in reports.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Contacted => "contacted",
            Self::Proposal => "proposal",
            Self::Won => "won",
            Self::Second => "second",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Contacted => "In touch in time",
            Self::Proposal => "Got a proposal",
            Self::Won => "Won",
            Self::Second => "Second deal",
        }
    }
}

impl Meeting {
    pub(super) fn of(look: &Look<'_>, jobs: &Jobs) -> Self {
        let client = &look.known.client;
        if client.relation == Relation::Partner {
            return Self::Partner;
        }
        let Some(met) = &client.met else { return Self::NotNoted };
        let written = met.channel.as_deref().map(str::trim).filter(|channel| !channel.is_empty());
        let in_time = add_days(met.day, look.business.threshold_days(Threshold::NewContactDays));
        let touches = look.known.facts.touches.iter().map(|touch| touch.day);
        let entered = look.known.facts.deals.iter().flat_map(|deal| deal.stages.iter().map(|fact| fact.day));
        let in_touch = touches.chain(entered).any(|day| met.day <= day && day <= in_time);
        let won = look.won().len();
        let before_sale = look.known.facts.work.iter().filter(|work| work.purpose == Purpose::BeforeSale);
        Self::Noted(Path {
            channel: written.map(|written| (folded(written), written.to_owned())),
            contacted: (in_touch || in_time < look.day).then_some(in_touch),
            proposal: won > 0
                || look.known.facts.deals.iter().any(|deal| proposal_sent(look.stages, deal).is_some()),
            won: won > 0 || jobs.first.is_some(),
            second: won > 1 || jobs.second.is_some(),
            presale: before_sale.fold(Decimal::ZERO, |sum, work| sum.saturating_add(work.hours)),
        })
    }

    pub(in crate::figures) fn path(&self) -> Option<&Path> {
        match self {
            Self::Noted(path) => Some(path),
            Self::NotNoted | Self::Partner => None,
        }
    }
}

impl Path {
    /// The channel by which to ask for its row.
    pub(in crate::figures) fn key(&self) -> Option<&Arc<str>> {
        self.channel.as_ref().map(|(key, _)| key)
    }

    pub(in crate::figures) fn took(&self, step: ChannelStep) -> bool {
        match step {
            ChannelStep::Met => true,
            ChannelStep::Contacted => self.contacted == Some(true),
            ChannelStep::Proposal => self.proposal,
            ChannelStep::Won => self.won,
            ChannelStep::Second => self.second,
        }
    }
}

impl Channels {
    pub(super) fn of(clients: &[Arc<Client>], days: i64) -> Self {
        let mut channels: BTreeMap<Option<&Arc<str>>, Vec<&Path>> = BTreeMap::new();
        for path in clients.iter().filter_map(|client| client.firm.meeting.path()) {
            channels.entry(path.key()).or_default().push(path);
        }
        let mut rows: Vec<ChannelRow> =
            channels.into_iter().map(|(key, paths)| ChannelRow::of(key, &paths)).collect();
        rows.sort_by_key(|row| (row.key.is_none(), std::cmp::Reverse(row.met)));
        let not_noted = clients.iter().filter(|client| client.firm.meeting == Meeting::NotNoted).count();
        Self { rows, not_noted, days }
    }

    /// The row of a channel.
    #[must_use]
    pub fn row(&self, key: Option<&str>) -> Option<&ChannelRow> {
        self.rows.iter().find(|row| row.key.as_deref() == key)
    }
}

impl ChannelRow {
    fn of(key: Option<&Arc<str>>, paths: &[&Path]) -> Self {
        let count = |step| paths.iter().filter(|path| path.took(step)).count();
        let (contacted, won) = (count(ChannelStep::Contacted), count(ChannelStep::Won));
        let judged = paths.iter().filter(|path| path.contacted.is_some()).count();
        let hours = paths.iter().fold(Decimal::ZERO, |sum, path| sum.saturating_add(path.presale));
        let presale_hours = Some(hours)
            .filter(|hours| *hours > Decimal::ZERO)
            .ok_or_else(|| Unknown::because("no hours before the sale were noted"));
        let written =
            paths.first().and_then(|path| path.channel.as_ref()).map(|(_, written)| written.clone());
        Self {
            key: key.cloned(),
            name: written.unwrap_or_else(|| "Not said".to_owned()),
            met: paths.len(),
            judged,
            contacted,
            contacted_share: share_of_count(contacted, judged, "all of them can still be written to in time"),
            proposal: count(ChannelStep::Proposal),
            won,
            won_share: share_of_count(won, paths.len(), "nobody was met"),
            second: count(ChannelStep::Second),
            presale_hours_a_client: presale_hours.clone().and_then(|hours| {
                hours.checked_div(won.into()).ok_or_else(|| Unknown::because("none of them became a client"))
            }),
            presale_hours,
        }
    }

    /// How many took a step.
    #[must_use]
    pub fn count(&self, step: ChannelStep) -> usize {
        match step {
            ChannelStep::Met => self.met,
            ChannelStep::Contacted => self.contacted,
            ChannelStep::Proposal => self.proposal,
            ChannelStep::Won => self.won,
            ChannelStep::Second => self.second,
        }
    }
}
