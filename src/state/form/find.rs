//! What the words of a field name: a client, a deal, an invoice; and what the form is about because of them.

use std::sync::Arc;

use crate::domain::{ClientFacts, ClientId, Deal, DealId, Invoice, Retainer, Scenario, Table};
use crate::figures::amount_in_full;

use super::{Context, FieldKind, FormKind, Reader, Target};

impl<'a> Reader<'a> {
    /// The client the form is about: its target's, or the one typed into its client field.
    pub(super) fn form_client(&self) -> Option<&'a Arc<ClientFacts>> {
        let typed = self.typed_of(FieldKind::OwnClient).and_then(|text| self.form_client_named(text));
        typed.or(self.own_client)
    }

    /// The client of a name: of several of one name the one the form started from.
    pub(super) fn form_client_named(&self, text: &str) -> Option<&'a Arc<ClientFacts>> {
        let own = self.own_client.filter(|own| same(&own.client.name, text));
        own.or_else(|| self.client_named(text))
    }

    pub(super) fn client_named(&self, text: &str) -> Option<&'a Arc<ClientFacts>> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let exact = self.context.book.clients().find(|client| same(&client.client.name, text));
        let by_id = || ClientId::new(text).ok().and_then(|id| self.context.book.client(&id));
        exact.or_else(by_id).or_else(|| {
            let matching = self.matching_clients(text);
            if let [only] = matching.as_slice() { Some(*only) } else { None }
        })
    }

    pub(super) fn clients_matching(&self, text: &str) -> impl Iterator<Item = &'a Arc<ClientFacts>> {
        self.context.book.clients().filter(move |client| matches(&client.client.name, text))
    }

    pub(super) fn matching_clients(&self, text: &str) -> Vec<&'a Arc<ClientFacts>> {
        self.clients_matching(text).collect()
    }

    /// The deal the form started from: what its record is about, or what the new record is for.
    pub(super) fn own_deal(&self) -> Option<DealId> {
        let (Target::Record(table, id) | Target::NewPart(table, id) | Target::Part(table, id, _)) =
            &self.form.target
        else {
            return None;
        };
        self.context.book.find(*table, id)?.deal().cloned()
    }

    /// The one deal of the form's client that words name.
    pub(super) fn deal_named(&self, text: &str) -> Option<&'a Arc<Deal>> {
        let own = self.own_deal();
        let exact = self.deals().into_iter().filter(|deal| same(&deal.title, text));
        // Of several of one title the one the form is about, else one that is known by now.
        let exact = exact
            .min_by_key(|deal| (own.as_ref() != Some(&deal.id), deal.as_of(self.context.today).is_none()));
        exact.or_else(|| match self.deals_matching(text).as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }

    pub(super) fn deals(&self) -> Vec<&'a Arc<Deal>> {
        self.form_client().map(|client| client.facts.deals.iter().rev().collect()).unwrap_or_default()
    }

    /// The deals of the form's client that are known by now and whose title has words that begin so.
    pub(super) fn deals_matching(&self, text: &str) -> Vec<&'a Arc<Deal>> {
        let known = self.deals().into_iter().filter(|deal| deal.as_of(self.context.today).is_some());
        known.filter(|deal| matches(&deal.title, text)).collect()
    }

    /// The deal that the fields name.
    pub(super) fn named_deal(&self) -> Option<&'a Arc<Deal>> {
        self.deal_named(self.typed_of(FieldKind::Deal)?)
    }

    /// The one person of the form's client that words name.
    pub(super) fn person_named(&self, text: &str) -> Option<String> {
        let people = self.form_client().map(|client| client.client.people.as_slice()).unwrap_or_default();
        let exact = people.iter().find(|person| same(&person.name, text));
        let mut begin = people.iter().filter(|person| matches(&person.name, text));
        let found = exact.or_else(|| begin.next().filter(|_| begin.next().is_none()));
        found.map(|person| person.name.clone())
    }

    pub(super) fn fees(&self) -> impl Iterator<Item = &'a Arc<Retainer>> {
        self.form_client().into_iter().flat_map(|client| &client.facts.retainers)
    }

    /// The invoice that the fields name.
    pub(super) fn named_invoice(&self) -> Option<&'a Arc<Invoice>> {
        self.invoice_named(self.typed_of(FieldKind::Invoice)?)
    }

    /// The invoice of a number or in the words of a completion: of several the one the form started from.
    pub(super) fn invoice_named(&self, text: &str) -> Option<&'a Arc<Invoice>> {
        let in_words = |invoice: &Arc<Invoice>| {
            // Cheap first: the words begin with the number.
            let mut typed = lowercase(text);
            lowercase(&invoice.number).all(|letter| typed.next() == Some(letter))
                && same(&invoice_words(self.context, &self.context.known_invoice(invoice)), text)
        };
        let named = |invoice: &&Arc<Invoice>| in_words(invoice) || same(&invoice.number, text);
        if let Target::Part(Table::Invoices, id, _) | Target::NewPart(Table::Invoices, id) = &self.form.opened
        {
            let own = self.all_invoices().find(|invoice| invoice.id.as_str() == id).filter(named);
            if own.is_some() {
                return own;
            }
        }
        // Gone through once: of a number alone it has to be known that no other has it.
        let (mut of_number, mut several) = (None, false);
        for invoice in self.all_invoices() {
            if in_words(invoice) {
                return Some(invoice);
            }
            if same(&invoice.number, text) {
                several |= of_number.is_some();
                of_number = Some(invoice);
            }
        }
        of_number.filter(|_| !several)
    }

    pub(super) fn all_invoices(&self) -> impl Iterator<Item = &'a Arc<Invoice>> {
        self.context.book.clients().flat_map(|client| &client.facts.invoices)
    }

    /// The credit notes of which something is left: those of the form's client, or of all where it has none.
    pub(super) fn credit_notes(&self) -> impl Iterator<Item = &'a Arc<Invoice>> {
        let own = self.own_client.map(|client| client.id());
        self.all_invoices()
            .filter(move |it| own.is_none_or(|own| it.client == *own))
            .filter(|it| super::credit::is_open_credit(&self.context.known_invoice(it)))
    }

    pub(super) fn scenarios(&self) -> impl Iterator<Item = &'a Arc<Scenario>> {
        self.context.book.firm().scenarios.iter().rev()
    }

    /// What the fields say that a new fact is about, as if the form had been opened there: the invoice where it begins
    /// with one, else the client's deal, else the client. `None` where they name nothing, and where it changes something.
    pub(super) fn named_target(&self) -> Option<Target> {
        let of_new = matches!(
            self.form.target,
            Target::New(_) | Target::NewPart(Table::Clients | Table::Deals | Table::Invoices, _)
        );
        if !of_new || matches!(self.form.kind, FormKind::Lever(_)) {
            return None;
        }
        let fields = self.form.kind.spec().fields;
        if fields.first()?.kind == FieldKind::Invoice {
            let invoice = self.named_invoice()?;
            return Some(Target::NewPart(Table::Invoices, invoice.id.to_string()));
        }
        self.form.kind.spec().position_of(FieldKind::OwnClient)?;
        let Some(typed) = self.typed_of(FieldKind::OwnClient) else { return Some(Target::New(None)) };
        let client = self.form_client_named(typed)?.id();
        let moved = self.own_client.is_none_or(|own| own.id() != client);
        let new = Target::New(Some(client.clone()));
        let Some(title) = self.typed_of(FieldKind::Deal) else { return Some(new) };
        let deal_stands =
            self.form.kind.spec().position_of(FieldKind::Deal).is_some_and(|at| self.untouched_at(at));
        match self.deal_named(title) {
            // That of the client before.
            _ if moved && deal_stands => Some(new),
            Some(deal) => Some(Target::NewPart(Table::Deals, deal.id.to_string())),
            None => moved.then_some(new),
        }
    }
}

/// An invoice in the words of a completion: number, client, what is open.
pub(super) fn invoice_words(context: &Context<'_>, invoice: &Invoice) -> String {
    let client = context.book.client(&invoice.client).map_or("", |client| client.client.name.as_str());
    format!("{} · {client} · {}", invoice.number, amount_in_full(invoice.open()))
}

pub(super) fn lowercase(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

pub(super) fn same(one: &str, other: &str) -> bool {
    // Compared letter by letter: this is asked of every invoice of a book with every key.
    lowercase(one.trim()).eq(lowercase(other.trim()))
}

/// Whether every word typed begins a word of the candidate.
pub(super) fn matches(candidate: &str, typed: &str) -> bool {
    let candidate = candidate.to_lowercase();
    let starts: Vec<&str> =
        candidate.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    typed
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| starts.iter().any(|start| start.starts_with(word)))
}

/// The word that is typed, or that begins with it; `stepping-stone` and `stepping_stone` are `stepping stone`.
pub(super) fn choice_position(words: &[&str], typed: &str) -> Option<usize> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let typed = plain(typed);
    let exact = words.iter().position(|word| plain(word) == typed);
    exact.or_else(|| {
        let mut starting = words.iter().enumerate().filter(|(_, word)| plain(word).starts_with(&typed));
        starting.next().map(|(position, _)| position).filter(|_| starting.next().is_none())
    })
}
