//! What proofs are made from: the figures on the screen, and the facts they were computed from.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Book, Business, ClientId, Currency, Deal, DealId, Invoice, InvoiceId, Money, Table};
use crate::figures::forecast::Outlook;
use crate::figures::standing::Standing;
use crate::figures::{Answer, Client, Figures};

use super::{FigureKey, Part, Proof, Rule, Term, Value, Whose};

/// The figures, the book as it was known at their day, what is known of the future, and which of them is to be proved.
pub(in crate::figures) struct Ground<'a> {
    pub(in crate::figures) key: &'a FigureKey,
    pub(in crate::figures) figures: &'a Figures,
    pub(in crate::figures) known: &'a Book,
    pub(in crate::figures) outlook: &'a Outlook,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        key: &'a FigureKey,
        figures: &'a Figures,
        known: &'a Book,
        outlook: &'a Outlook,
    ) -> Self {
        Self { key, figures, known, outlook }
    }

    pub(in crate::figures) fn business(&self) -> &'a Business {
        self.known.business()
    }

    pub(in crate::figures) fn day(&self) -> NaiveDate {
        self.figures.day
    }

    pub(in crate::figures) fn currency(&self) -> Currency {
        self.figures.currency
    }

    /// No money, in the book's currency.
    pub(in crate::figures) fn nothing(&self) -> Value {
        Value::Money(Money::zero(self.currency()))
    }

    /// The clients meant; `None` where there is no such client.
    pub(super) fn clients(&self, whose: &Whose) -> Option<&'a [Arc<Client>]> {
        match whose {
            Whose::All => Some(&self.figures.of_clients),
            Whose::One(id) => self.figures.client(id).map(std::slice::from_ref),
        }
    }

    /// A client as a term names it.
    pub(in crate::figures) fn who(&self, id: &ClientId) -> Option<(ClientId, Arc<str>)> {
        self.figures.client(id).map(|client| (id.clone(), client.name.clone()))
    }

    /// What the figure is called: of one client, with its name.
    pub(super) fn title(&self, what: &str, whose: &Whose) -> String {
        match whose {
            Whose::All => what.to_owned(),
            Whose::One(id) => self.titled(what, id),
        }
    }

    /// The same for a figure that is one client's.
    pub(super) fn titled(&self, what: &str, client: &ClientId) -> String {
        let name = self.figures.client(client).map_or("", |client| &client.name);
        format!("{what}, {name}")
    }

    pub(super) fn invoice(&self, id: &InvoiceId) -> Option<&'a Arc<Invoice>> {
        self.figures.of_clients.iter().find_map(|client| client.known.facts.get::<Invoice>(id.as_str()))
    }

    /// A deal, and whose it is.
    pub(super) fn deal(&self, id: &DealId) -> Option<(&'a Arc<Client>, &'a Arc<Deal>)> {
        let of = |client: &'a Arc<Client>| Some((client, client.known.facts.get::<Deal>(id.as_str())?));
        self.figures.of_clients.iter().find_map(of)
    }

    /// What `find` finds in each invoice of some clients; the earliest day first.
    pub(super) fn of_invoices(
        clients: &[Arc<Client>],
        find: impl Fn(&Standing<'_>) -> Option<Term>,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for client in clients {
            for invoice in &client.known.facts.invoices {
                let Some(term) = find(&Standing::of(invoice)) else { continue };
                terms.push(Term { client: Some((client.id.clone(), client.name.clone())), ..term });
            }
        }
        terms.sort_by(|a, b| (a.day, &a.what, &a.record).cmp(&(b.day, &b.what, &b.record)));
        terms
    }

    /// A term that is an amount of money found in a record, in the book's currency.
    pub(in crate::figures) fn converted(
        &self,
        what: impl Into<String>,
        own: Money,
        amount: &Answer<Money>,
        record: (Table, &str),
    ) -> Term {
        let own = Some(own).filter(|own| own.currency != self.currency());
        Term { own, ..Term::money(what, amount) }.in_record(record.0, record.1)
    }

    /// A proof that is a sum of one part.
    pub(super) fn sum<T>(
        &self,
        title: String,
        value: &Answer<T>,
        as_value: impl FnOnce(T) -> Value,
        formula: &str,
        part: Part,
    ) -> Proof
    where
        T: Clone,
    {
        self.made(title, value.clone().map(as_value), formula, Rule::Sum, vec![part])
    }

    /// A proof of figures that stand beside each other; the first of them gives it its value.
    pub(in crate::figures) fn told(&self, title: String, formula: &str, parts: Vec<Part>) -> Proof {
        let parts: Vec<Part> = parts.into_iter().filter(|part| !part.terms.is_empty()).collect();
        let first = parts.iter().flat_map(|part| &part.terms).next();
        let value = first.map_or_else(|| Err(super::nothing_told()), |term| term.amount.clone());
        self.made(title, value, formula, Rule::Told, parts)
    }

    /// A proof without method, delays and anything left out.
    pub(in crate::figures) fn made(
        &self,
        title: String,
        value: Answer<Value>,
        formula: &str,
        rule: Rule,
        parts: Vec<Part>,
    ) -> Proof {
        Proof {
            key: self.key.clone(),
            title,
            value,
            formula: formula.to_owned(),
            parts,
            rule,
            left_out: Vec::new(),
            method: None,
            beside: Vec::new(),
            delays: Vec::new(),
        }
    }
}

/// An invoice as a term names it.
pub(in crate::figures) fn named(invoice: &Invoice) -> String {
    format!("Invoice {}", invoice.number)
}
