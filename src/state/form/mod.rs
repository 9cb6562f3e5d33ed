//! Forms: how a fact is typed in.
//!
//! A form is a table of fields and one function that reads them into an [`Edit`], or into a lever of the what-if, which is
//! no fact. All forms are made the same way, so a
//! new one is a new file here with a [`FormSpec`] and a row in [`FormKind::spec`]; drawing, completion, validation as one
//! types and committing come with it.

mod agreement;
mod business;
mod client;
mod credit;
mod criterion;
mod deal;
mod ended;
mod expense;
mod feeling;
mod follow;
mod goal;
mod hesitation;
mod instalments;
mod invoice;
mod kind;
mod letter;
mod lever;
mod merge;
mod next_step;
mod offer;
mod payment;
mod person;
mod promise;
mod rate;
mod rate_card;
mod reader;
mod renewal;
mod result;
mod retainer;
mod rule;
mod scenario;
mod several;
mod stage;
mod start;
mod template;
mod touch;
mod triage;
mod unpaid;
mod work;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{
    AnyRecord, Book, Client, ClientId, Currency, Deal, DealId, Invoice, Lever, Outgoing, Table,
    unfilled_fields,
};

use super::day_entry::Lean;
use super::edit::{Change, Edit};
use super::firm_list::FirmList;
use super::merge_place::MergePlace;
use super::triage::Seat;
use super::twin::twin;
use super::what_if::WhatIfAction;

pub use invoice::{USUAL_TERMS_DAYS, as_in_book, next_credit_number, next_invoice_number};
pub use lever::LeverKind;
pub use reader::Reader;
pub(super) use rule::out_of_order;
pub use touch::ladder_touch;
pub(in crate::state) use triage::seen;
pub use triage::{marked, put_away, snoozed, whose};

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// A client, partner or contact.
    Client,
    /// A person at a client.
    Person,
    /// A deal.
    Deal,
    /// That a deal is lost, and why.
    Lost,
    /// What is planned next with a deal.
    NextStep,
    /// An invoice.
    Invoice,
    /// A payment of an invoice.
    Payment,
    /// A credit note that takes back a part of an invoice.
    Credit,
    /// A credit note that there is already, set off against an invoice.
    SetOff,
    /// The day by which they said they would pay.
    PromisedPayment,
    /// A touch.
    Touch,
    /// A touch with each of several clients.
    Touches,
    /// A promise of either side.
    Promise,
    /// What an hour costs a client.
    Rate,
    /// A goal of a deal.
    Goal,
    /// Hours that were worked.
    Work,
    /// An expense.
    Expense,
    /// A regular fee.
    Retainer,
    /// What a regular fee costs from a day on.
    FeePrice,
    /// Something that expires.
    Renewal,
    /// How far the agreement of a deal came.
    Agreement,
    /// The down payment asked for a deal.
    DownPayment,
    /// Something that came of a deal.
    WorkResult,
    /// Why a prospect hesitates.
    Hesitation,
    /// The firm's own settings.
    Firm,
    /// What was in an account at the end of a day.
    Balance,
    /// What another currency is worth.
    Exchange,
    /// A kind of client, by hand.
    Kind,
    /// That it ended with a client.
    Ended,
    /// A letter of the outbox.
    Letter,
    /// When a put-off item is to come back.
    Snooze,
    /// Why nothing is to be done about an item.
    Dismiss,
    /// The first client of a new book: who, and what is owed.
    Start,
    /// A lever of the what-if.
    Lever(LeverKind),
    /// What the levers are kept under.
    KeepScenario,
    /// Which scenario's levers are taken up.
    OpenScenario,
    /// Which two clients are one.
    Merge,
    /// What several clients get at once.
    Clients,
    /// What several deals get at once.
    Deals,
    /// How the price of a deal is split.
    Instalments,
    /// An account.
    Account,
    /// A price of the rate card.
    RateCard,
    /// What is wanted of a client.
    Criterion,
    /// A stage of the board.
    Stage,
    /// A text that letters are made from.
    Template,
    /// How it feels to work for a client.
    Feeling,
    /// A number that rules compare with.
    Threshold,
    /// How much an indicator of health counts.
    Weight,
    /// What was told and offered of a deal.
    Offer,
    /// That an invoice is disputed, or is no longer.
    Dispute,
    /// That what is open of an invoice will not be paid.
    WriteOff,
}

/// What a form fills in or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A new record, for this client if one is given.
    New(Option<ClientId>),
    /// A record that exists.
    Record(Table, String),
    /// The part of a record with this position: a person of a client, a payment of an invoice.
    Part(Table, String, usize),
    /// A new part of a record: a payment of this invoice.
    NewPart(Table, String),
    /// An item of the queue, by its id and whose it is.
    Item(String, Option<ClientId>),
    /// Items of the queue that were selected.
    Items(Vec<Seat>),
    /// A row of a list of the firm's, by its key.
    Row(FirmList, String),
    /// Records of a table that were selected.
    Several(Table, Vec<String>),
    /// A letter that is to be queued.
    Draft(Box<Outgoing>),
    /// The lever at this position of the what-if.
    Lever(usize, Lever),
}

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text on one line.
    Text,
    /// Any text of many lines.
    Long,
    /// A mail address; those of the form's client are proposed.
    Mail,
    /// A day, looked for ahead or back.
    Day(Lean),
    /// A day ahead, or an event.
    Snooze,
    /// An amount, with or without its currency: where it is not said, that of the form's client.
    Amount,
    /// What something costs the firm: where it is not said, in the book's currency.
    Cost,
    /// A whole number.
    Count,
    /// A percentage.
    Percent,
    /// A client by name.
    Client,
    /// A deal of the form's client by title.
    Deal,
    /// An open invoice by number.
    Invoice,
    /// An open credit note by number.
    CreditNote,
    /// A regular fee of the form's client by what it is for.
    Fee,
    /// A person of the form's client.
    Person,
    /// Clients by name, with semicolons between them.
    Clients,
    /// A kept scenario by name.
    Scenario,
    /// An account by name, known or new.
    Account,
    /// Words with commas between them, known or new.
    Tags,
    /// What is wanted of a client, with commas between.
    Criteria,
    /// Through what one met, known or new.
    Channel,
    /// A stage of the board by name.
    Stage,
    /// The parts of a price, with their days.
    Parts,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// A field of a form.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Its name within the form.
    pub name: &'static str,
    /// What it is called on the screen.
    pub label: &'static str,
    /// What may be typed, shown while it is empty.
    pub hint: &'static str,
    /// What is typed.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
}

/// Text for a field that must be filled.
const fn required(name: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec { name, label, hint, kind, required: true }
}

/// Text for a field that may stay empty.
const fn optional(name: &'static str, label: &'static str, hint: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec { name, label, hint, kind, required: false }
}

/// How a form is made.
pub struct FormSpec {
    /// What it is called when it makes something.
    pub new_title: &'static str,
    /// What it is called when it changes something.
    pub edit_title: &'static str,
    /// Its fields, in order.
    pub fields: &'static [FieldSpec],
    /// The texts its fields start with, by name; what is left out starts empty.
    fill: fn(&Context<'_>, &Target) -> Vec<(&'static str, String)>,
    /// Reads its fields.
    read: Read,
}

/// How a form's fields are read. Errors are noted at the reader; what is read counts only without any.
enum Read {
    /// Into an edit of the book.
    Edit(fn(&mut Reader<'_>) -> Option<Edit>),
    /// Into something for the what-if, which changes no fact.
    WhatIf(fn(&mut Reader<'_>) -> Option<WhatIfAction>),
    /// Into two clients, whose merging is shown before it is done.
    Merge(fn(&mut Reader<'_>) -> Option<MergePlace>),
}

/// What a form stands for.
#[derive(Debug, Clone)]
pub enum Entered {
    /// An edit of the book.
    Edit(Edit),
    /// Something for the what-if.
    WhatIf(WhatIfAction),
    /// Two clients that are one.
    Merge(MergePlace),
}

/// What a form knows while it is filled in.
///
/// It changes the whole book, so that facts dated after the working day stay; what it shows and holds against what is
/// typed is only what was known by then. That is worked out record by record, where it is needed: a form is read anew
/// with every key.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The book it will change.
    pub book: &'a Book,
    /// The working day.
    pub today: NaiveDate,
}

impl Context<'_> {
    /// The currency that amounts of a client are in where nothing else is said: its own, else the book's.
    fn currency_of(&self, client: Option<&ClientId>) -> Currency {
        let own = client.and_then(|id| self.book.client(id)).and_then(|known| known.client.currency);
        own.unwrap_or(self.book.currency())
    }

    /// An invoice as it is known on the working day; as it is when it was issued later.
    fn known_invoice(&self, invoice: &Arc<Invoice>) -> Arc<Invoice> {
        invoice.as_of(self.today).unwrap_or_else(|| invoice.clone())
    }
}

/// A form being filled in: a draft that nothing else depends on until it is committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Which form.
    pub kind: FormKind,
    /// What it makes or changes; of something new, what its fields say that it is about.
    pub target: Target,
    /// What it was opened on.
    pub opened: Target,
    /// The text of each field.
    pub values: Vec<String>,
    /// The text the form wrote into each field: where it still stands, what the record holds is kept as it is.
    pub initial: Vec<String>,
    /// The field that has the hand.
    pub focus: usize,
    /// The completion chosen with the arrows, if one is.
    pub completion: Option<usize>,
    /// Whether the proposals of the field that has the hand were closed.
    pub list_closed: bool,
    /// The texts it came back with, where it was left before.
    pub came_back: Option<Vec<String>>,
    /// Whether committing was tried, after which empty fields say that they are needed.
    pub tried: bool,
    /// From which a new record's id is made; given by the action that opened the form.
    pub seed: u64,
}

/// What becomes of what is typed in a form that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is typed.
    Nothing,
    /// It is kept until the same form is opened again.
    Kept,
    /// It came back and was left as it was.
    Dropped,
}

/// A form as it is shown: what each field says, and whether it can be committed.
#[derive(Debug, Clone, PartialEq)]
pub struct FormView {
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// What it would do, where that is more than its fields say.
    pub note: Option<String>,
    /// What may be in the book already, of what it would add.
    pub warning: Option<String>,
    /// Whether nothing stands in the way of committing.
    pub ready: bool,
    /// Whether the proposals for what is typed are open, so that going back closes them first.
    pub list_open: bool,
}

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldView {
    /// Its label.
    pub label: &'static str,
    /// Shown while it is empty.
    pub hint: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// What stands in the way.
    pub error: Option<String>,
    /// What was understood: a day in full, a client's whole name.
    pub echo: Option<String>,
    /// What it could be completed to.
    pub completions: Vec<String>,
    /// Whether it holds many lines.
    pub long: bool,
}

impl FormKind {
    /// How it is made.
    #[must_use]
    pub fn spec(self) -> &'static FormSpec {
        match self {
            Self::Client => &client::SPEC,
            Self::Person => &person::SPEC,
            Self::Deal => &deal::SPEC,
            Self::Lost => &deal::LOST,
            Self::NextStep => &next_step::SPEC,
            Self::Invoice => &invoice::SPEC,
            Self::Payment => &payment::SPEC,
            Self::Credit => &credit::SPEC,
            Self::SetOff => &credit::SET_OFF,
            Self::PromisedPayment => &payment::PROMISED,
            Self::Touch => &touch::SPEC,
            Self::Touches => &touch::EACH,
            Self::Promise => &promise::SPEC,
            Self::Rate => &rate::SPEC,
            Self::Goal => &goal::SPEC,
            Self::Work => &work::SPEC,
            Self::Expense => &expense::SPEC,
            Self::Retainer => &retainer::SPEC,
            Self::FeePrice => &retainer::NEW_PRICE,
            Self::Renewal => &renewal::SPEC,
            Self::Agreement => &agreement::SPEC,
            Self::DownPayment => &agreement::DOWN_PAYMENT,
            Self::WorkResult => &result::SPEC,
            Self::Hesitation => &hesitation::SPEC,
            Self::Firm => &business::FIRM,
            Self::Balance => &business::BALANCE,
            Self::Exchange => &business::EXCHANGE,
            Self::Kind => &kind::SPEC,
            Self::Ended => &ended::SPEC,
            Self::Letter => &letter::SPEC,
            Self::Snooze => &triage::SNOOZE,
            Self::Dismiss => &triage::DISMISS,
            Self::Start => &start::SPEC,
            Self::Lever(kind) => kind.spec(),
            Self::KeepScenario => &scenario::KEEP,
            Self::OpenScenario => &scenario::OPEN,
            Self::Merge => &merge::SPEC,
            Self::Clients => &several::CLIENTS,
            Self::Deals => &several::DEALS,
            Self::Instalments => &instalments::SPEC,
            Self::Account => &business::ACCOUNT,
            Self::RateCard => &rate_card::SPEC,
            Self::Criterion => &criterion::SPEC,
            Self::Stage => &stage::SPEC,
            Self::Template => &template::SPEC,
            Self::Feeling => &feeling::SPEC,
            Self::Threshold => &rule::THRESHOLD,
            Self::Weight => &rule::WEIGHT,
            Self::Offer => &offer::SPEC,
            Self::Dispute => &unpaid::DISPUTE,
            Self::WriteOff => &unpaid::WRITE_OFF,
        }
    }

    /// Whether it changes facts; what is assumed does not.
    #[must_use]
    pub fn changes_facts(self) -> bool {
        !matches!(self, Self::Lever(_) | Self::OpenScenario)
    }

    /// Every form of a fact.
    pub const ALL: [Self; 48] = [
        Self::Client,
        Self::Person,
        Self::Deal,
        Self::Lost,
        Self::NextStep,
        Self::Invoice,
        Self::Payment,
        Self::Credit,
        Self::SetOff,
        Self::PromisedPayment,
        Self::Touch,
        Self::Touches,
        Self::Promise,
        Self::Rate,
        Self::Goal,
        Self::Work,
        Self::Expense,
        Self::Retainer,
        Self::FeePrice,
        Self::Renewal,
        Self::Agreement,
        Self::DownPayment,
        Self::WorkResult,
        Self::Hesitation,
        Self::Firm,
        Self::Balance,
        Self::Exchange,
        Self::Kind,
        Self::Ended,
        Self::Letter,
        Self::Snooze,
        Self::Dismiss,
        Self::Start,
        Self::Merge,
        Self::Clients,
        Self::Deals,
        Self::Instalments,
        Self::Account,
        Self::RateCard,
        Self::Criterion,
        Self::Stage,
        Self::Template,
        Self::Feeling,
        Self::Threshold,
        Self::Weight,
        Self::Offer,
        Self::Dispute,
        Self::WriteOff,
    ];
}

impl Form {
    /// Opens a form on what it is to make or change. The hand starts at the first field that is empty.
    #[must_use]
    pub fn open(kind: FormKind, target: Target, seed: u64, context: &Context<'_>) -> Self {
        let spec = kind.spec();
        let filled = (spec.fill)(context, &target);
        let values: Vec<String> = spec
            .fields
            .iter()
            .map(|field| {
                let text = filled.iter().find(|(name, _)| *name == field.name);
                text.map(|(_, text)| text.clone()).unwrap_or_default()
            })
            .collect();
        let changes_something =
            matches!(target, Target::Record(..) | Target::Part(..) | Target::Row(..) | Target::Lever(..));
        let start = match kind {
            // What is filled in already is what one most often changes here, once it is known of which invoice.
            FormKind::Payment | FormKind::Credit if values.first().is_some_and(|it| !it.is_empty()) => {
                spec.fields.iter().position(|field| field.name == "amount")
            }
            _ => values.iter().position(String::is_empty),
        };
        let focus = match kind {
            // What is left to write comes first.
            FormKind::Letter => {
                let unfilled = values.iter().position(|text| !unfilled_fields(text).is_empty());
                unfilled.or_else(|| spec.fields.iter().position(|field| field.name == "text"))
            }
            // Of a promise its day changes most.
            FormKind::Promise if changes_something => {
                spec.fields.iter().position(|field| field.name == "due")
            }
            _ if changes_something => None,
            _ => start,
        };
        let (initial, focus) = (values.clone(), focus.unwrap_or(0));
        let opened = target.clone();
        Self {
            kind,
            target,
            opened,
            values,
            initial,
            focus,
            completion: None,
            list_closed: false,
            came_back: None,
            tried: false,
            seed,
        }
    }

    /// Whether the field that has the hand holds many lines, so that `Enter` and the arrows belong to its text.
    #[must_use]
    pub fn is_in_long_text(&self) -> bool {
        self.kind.spec().fields.get(self.focus).is_some_and(|field| matches!(field.kind, FieldKind::Long))
    }

    /// Whether every field holds the text it started with.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.values == self.initial
    }

    /// Whether this draft is of what another form was just opened on: of a letter or a record with the same texts to
    /// start with.
    #[must_use]
    pub fn goes_on_with(&self, opened: &Self) -> bool {
        let of = |form: &Self| match &form.opened {
            // A draft is given another id each time.
            Target::Draft(letter) => (Some((letter.client.clone(), letter.item.clone())), None),
            other => (None, Some(other.clone())),
        };
        let makes = self.kind != FormKind::Letter && !self.changes_something();
        self.kind == opened.kind && of(self) == of(opened) && (makes || self.initial == opened.initial)
    }

    /// Goes on with what was typed into another form of the same.
    pub(in crate::state) fn go_on_with(&mut self, kept: Self, context: &Context<'_>) {
        let before = self.clone();
        for (value, (typed, written)) in self.values.iter_mut().zip(kept.values.into_iter().zip(kept.initial))
        {
            if typed != written {
                *value = typed;
            }
        }
        self.focus = kept.focus;
        self.follow(&before, context);
        self.came_back = Some(self.values.clone());
    }

    /// What becomes of it when it is left.
    #[must_use]
    pub fn leaves(&self) -> Leaving {
        // A day to come back on is chosen anew, by one key.
        if self.is_untouched() || self.kind == FormKind::Snooze {
            Leaving::Nothing
        } else if self.kind != FormKind::Letter && self.came_back.as_ref() == Some(&self.values) {
            Leaving::Dropped
        } else {
            Leaving::Kept
        }
    }

    /// Whether the proposals for what is typed in the field that has the hand are open.
    #[must_use]
    pub fn has_open_list(&self, context: &Context<'_>) -> bool {
        self.is_typing()
            && !self.list_closed
            && !Reader::new(self, context).completions(self.focus).is_empty()
    }

    /// Whether the field that has the hand holds something that was typed.
    fn is_typing(&self) -> bool {
        let typed = self.values.get(self.focus).filter(|value| !value.trim().is_empty());
        typed.is_some() && typed != self.initial.get(self.focus)
    }

    /// Whether it changes something that exists, rather than making something.
    #[must_use]
    pub fn changes_something(&self) -> bool {
        // The firm's settings are always there.
        self.kind == FormKind::Firm
            || matches!(
                self.target,
                Target::Record(..) | Target::Part(..) | Target::Row(..) | Target::Lever(..)
            )
    }

    /// Its title: what it makes, or what it changes.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let spec = self.kind.spec();
        if self.changes_something() { spec.edit_title } else { spec.new_title }
    }

    /// Reads it into what it stands for.
    ///
    /// # Errors
    /// What stands in the way, by the position of the field.
    pub fn read(&self, context: &Context<'_>) -> Result<Entered, Vec<(usize, String)>> {
        let Some(client) = self.new_client(context) else { return self.read_in(context) };
        let (name, new) = (client.name.clone(), Change::Put(AnyRecord::Client(Arc::new(client))));
        let first = Edit { label: String::new(), changes: vec![new.clone()] };
        let book = first.apply(context.book).map_err(|error| vec![(0, error.to_string())])?;
        let entered = self.read_in(&Context { book: &book, today: context.today })?;
        Ok(match entered {
            Entered::Edit(mut edit) => {
                edit.changes.insert(0, new);
                edit.label = format!("{}; {name} is new", edit.label);
                Entered::Edit(edit)
            }
            other => other,
        })
    }

    /// The first client of a book without any, where the form makes something for the client that is typed.
    fn new_client(&self, context: &Context<'_>) -> Option<Client> {
        let fields = self.kind.spec().fields;
        let at = fields.iter().position(|field| field.name == "client" && field.kind == FieldKind::Client)?;
        // What is about a deal needs one.
        let needs_more = fields.iter().any(|field| {
            field.required
                && matches!(field.kind, FieldKind::Deal | FieldKind::Client)
                && field.name != "client"
        });
        let makes = matches!(self.target, Target::New(_)) && !matches!(self.kind, FormKind::Lever(_));
        let name = self.values.get(at).map(|name| name.trim()).filter(|name| !name.is_empty())?;
        if needs_more || !makes || context.book.clients().next().is_some() {
            return None;
        }
        let mut client = Client::new(ClientId::fresh(name, self.seed), name);
        client.added = Some(context.today);
        Some(client)
    }

    fn read_in(&self, context: &Context<'_>) -> Result<Entered, Vec<(usize, String)>> {
        let mut reader = Reader::new(self, context);
        let entered = match self.kind.spec().read {
            Read::Edit(read) => read(&mut reader).map(Entered::Edit),
            Read::WhatIf(read) => read(&mut reader).map(Entered::WhatIf),
            Read::Merge(read) => read(&mut reader).map(Entered::Merge),
        };
        let errors = reader.into_errors();
        match entered {
            Some(Entered::Edit(edit)) if errors.is_empty() => match edit.apply(context.book) {
                Ok(_) => Ok(Entered::Edit(edit)),
                Err(error) => Err(vec![(0, error.to_string())]),
            },
            Some(other) if errors.is_empty() => Ok(other),
            _ => Err(errors),
        }
    }

    /// The form as it is shown.
    #[must_use]
    pub fn view(&self, context: &Context<'_>) -> FormView {
        let read = self.read(context);
        let note = match &read {
            Ok(Entered::Edit(edit)) => several::note(context, &self.target, edit),
            _ => None,
        };
        let warning = match &read {
            // The first client comes into a book of its own, and a new price is no second fee.
            Ok(Entered::Edit(edit)) if !matches!(self.kind, FormKind::Start | FormKind::FeePrice) => {
                twin(context.book, edit)
            }
            _ => None,
        };
        let note =
            note.or_else(|| template::note(&self.target)).or_else(|| rule::note(context, &self.target));
        let title = match (template::named(&self.target), rule::title(&self.target)) {
            (Some(letter), _) => format!("Letter: {}", letter.meaning()),
            (None, Some(rule)) => rule,
            // Where no field says of which deal it is.
            _ if matches!(self.kind, FormKind::Offer | FormKind::NextStep) => {
                let deal = deal::existing(context, &self.target);
                format!("{}: {}", self.title(), deal.map(|it| it.title).unwrap_or_default())
            }
            _ if let Some(fee) = retainer::at_old_price(context, &self.target) => {
                format!("{}: {}", self.title(), fee.what)
            }
            _ => self.title().to_owned(),
        };
        let errors = read.err();
        let reader = Reader::new(self, context);
        let held = follow::held(&reader);
        let new_client = self.new_client(context);
        let fields: Vec<FieldView> = self
            .kind
            .spec()
            .fields
            .iter()
            .enumerate()
            .map(|(position, field)| {
                let value = self.values.get(position).map_or("", |value| value.trim());
                let error = errors
                    .iter()
                    .flatten()
                    .find(|(at, _)| *at == position)
                    .map(|(_, error)| error.clone())
                    .filter(|_| self.tried || !value.is_empty());
                let new = new_client.as_ref().filter(|_| field.name == "client");
                let said = [
                    new.map(|client| format!("a new client: {}", client.name)),
                    reader.echo(position),
                    held.clone().filter(|(name, _)| *name == field.name).map(|(_, words)| words),
                ];
                let said: Vec<String> = said.into_iter().flatten().collect();
                let closed = self.list_closed && self.focus == position;
                FieldView {
                    label: field.label,
                    hint: field.hint,
                    required: field.required,
                    error,
                    echo: (!said.is_empty()).then(|| said.join(" \u{b7} ")),
                    completions: if closed { Vec::new() } else { reader.completions(position) },
                    long: matches!(field.kind, FieldKind::Long),
                }
            })
            .collect();
        let proposes = fields.get(self.focus).is_some_and(|field| !field.completions.is_empty());
        let list_open = self.completion.is_some() || (self.is_typing() && proposes);
        FormView { title, fields, note, warning, ready: errors.is_none(), list_open }
    }

    /// The completion that `Enter` or `Tab` would take for the field with the hand, if one was chosen.
    #[must_use]
    pub fn chosen_completion(&self, context: &Context<'_>) -> Option<String> {
        let completions = Reader::new(self, context).completions(self.focus);
        completions.into_iter().nth(self.completion?)
    }
}

/// The client a form starts from.
fn own_client(context: &Context<'_>, target: &Target) -> Option<ClientId> {
    match target {
        Target::New(client) | Target::Item(_, client) => client.clone(),
        Target::Record(table, id) | Target::Part(table, id, _) | Target::NewPart(table, id) => {
            context.book.find(*table, id)?.client().cloned()
        }
        Target::Draft(letter) => Some(letter.client.clone()),
        Target::Items(_) | Target::Several(..) | Target::Row(..) => None,
        Target::Lever(_, lever) => lever::client_of(context, lever),
    }
}

/// The texts that a form of a deal's facts starts with, and the working day: the deal it is for, that of the invoice it was
/// opened at, or else the one of its client that moved last. Of an invoice that is for no deal it is not guessed.
fn filled_for_deal(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![("day", context.today.to_string())];
    filled.extend(client_name(context, target).map(|name| ("client", name)));
    filled.extend(started_deal(context, target).map(|deal| ("deal", deal.title.clone())));
    filled
}

/// The deal that a form of a deal's facts starts with: what it says is said of this one.
fn started_deal<'a>(context: &Context<'a>, target: &Target) -> Option<&'a Arc<Deal>> {
    let deals = &context.book.client(&own_client(context, target)?)?.facts.deals;
    let named = match target {
        Target::NewPart(Table::Deals, id) => DealId::new(id).ok(),
        Target::NewPart(Table::Invoices, _) => Some(payment::existing(context, target)?.deal.clone()?),
        _ => None,
    };
    if let Some(named) = named {
        return deals.iter().find(|deal| deal.id == named);
    }
    // The one that moved last is most likely meant.
    let known = deals.iter().filter_map(|deal| Some((deal, deal.as_of(context.today)?)));
    known.max_by_key(|(_, known)| known.stage().map(|at| at.day)).map(|(deal, _)| deal)
}

/// The title of a deal; empty where there is none.
fn deal_title(context: &Context<'_>, deal: Option<&DealId>) -> String {
    let deal = deal.and_then(|id| context.book.find(Table::Deals, id.as_str()));
    match deal {
        Some(AnyRecord::Deal(deal)) => deal.title.clone(),
        _ => String::new(),
    }
}

/// The name of the client a form starts from.
fn client_name(context: &Context<'_>, target: &Target) -> Option<String> {
    context.book.client(&own_client(context, target)?).map(|known| known.client.name.clone())
}
