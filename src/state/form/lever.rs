//! The forms of levers: one for each kind, which gives a lever to the what-if and changes no fact.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{AnyRecord, ClientId, Interval, Lever, Money, Percent, Table};
use crate::state::amount_entry::{amount_text, percent_text};
use crate::state::day_entry::Lean;
use crate::state::what_if::WhatIfAction;

use super::find::invoice_words;
use super::{Context, FieldKind, FieldSpec, FormSpec, Read, Reader, Target, client_name, optional, required};

/// A kind of lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the lever of the same name")]
pub enum LeverKind {
    PaysLater,
    Leaves,
    LetGo,
    RatesRise,
    Deposit,
    Instalments,
    ManySmall,
    NeverPaid,
    Income,
    Expense,
}

const CLIENT: FieldSpec = required("client", "Client", "name", FieldKind::OwnClient);
const LEAVES: &[FieldSpec] =
    &[CLIENT, required("on", "Last day", "fri, +1m, 31 dec", FieldKind::Day(Lean::Ahead))];
const MONEY: &[FieldSpec] = &[
    required("what", "What", "what it is for", FieldKind::Text),
    required("amount", "Amount", "1,200", FieldKind::Amount),
    required("day", "On", "the first day: fri, +1m, 1 jan", FieldKind::Day(Lean::Ahead)),
    optional("every", "Every", "1 month, 2 weeks; empty: once", FieldKind::Text),
];

/// The form of a kind of lever.
const fn spec(
    title: &'static str,
    fields: &'static [FieldSpec],
    read: fn(&mut Reader<'_>) -> Option<WhatIfAction>,
) -> FormSpec {
    FormSpec { new_title: title, edit_title: title, fields, fill, read: Read::WhatIf(read) }
}

static PAYS_LATER: FormSpec = spec(
    "What if a client pays later",
    &[CLIENT, required("days", "Days later", "14; -7: earlier", FieldKind::Count)],
    |reader| {
        let (client, days) = (reader.client("client"), reader.days("days"));
        if days == Some(0) {
            reader.refuse("days", "0 days later is no change");
        }
        put(reader, Lever::PaysLater { client: client?.id().clone(), days: days? })
    },
);
static LEAVES_FORM: FormSpec = spec("What if a client leaves", LEAVES, |reader| {
    let (client, on) = (reader.client("client"), ahead(reader, "on"));
    put(reader, Lever::Leaves { client: client?.id().clone(), on: on? })
});
static LET_GO: FormSpec = spec("What if you let a client go", LEAVES, |reader| {
    let (client, on) = (reader.client("client"), ahead(reader, "on"));
    put(reader, Lever::LetGo { client: client?.id().clone(), on: on? })
});
static RATES_RISE: FormSpec = spec(
    "What if rates rise",
    &[
        required("percent", "By", "8\u{a0}%", FieldKind::Percent),
        required("from", "From", "1 jan, +1m", FieldKind::Day(Lean::Ahead)),
        optional("clients", "For", "Acme; Bolt; empty: everybody", FieldKind::Clients),
    ],
    |reader| {
        let (percent, from) = (reader.percent("percent"), reader.day("from"));
        let clients = reader.clients("clients");
        if percent.is_some_and(|it| it.is_zero() || it.per_hundred() < -Decimal::ONE_HUNDRED) {
            reader.refuse("percent", "expected a change of at least −100\u{a0}%, such as 8\u{a0}%");
        }
        put(reader, Lever::RatesRise { clients, percent: percent?, from: from? })
    },
);
static DEPOSIT: FormSpec = spec(
    "What if new deals pay a deposit",
    &[required("percent", "When won", "30\u{a0}%", FieldKind::Percent)],
    |reader| {
        let percent = reader.percent("percent")?;
        if percent <= Percent::ZERO || percent.per_hundred() > Decimal::ONE_HUNDRED {
            reader.refuse("percent", "expected a part of the price, above 0\u{a0}% and up to 100\u{a0}%");
        }
        put(reader, Lever::Deposit { percent })
    },
);
static INSTALMENTS: FormSpec = spec(
    "What if a deal is paid in instalments",
    &[
        CLIENT,
        required("deal", "Deal", "title", FieldKind::Deal),
        required("parts", "Parts", "3", FieldKind::Count),
        required("every", "Every", "1 month, 2 weeks", FieldKind::Text),
    ],
    |reader| {
        // Without a client there is no deal to look for: one reason is enough.
        let deal = reader.client("client").and_then(|_| reader.deal("deal"));
        let (parts, every) = (several(reader, "parts", Lever::MOST_PARTS), reader.interval("every"));
        put(reader, Lever::Instalments { deal: deal?, parts: parts?, every: every? })
    },
);
static MANY_SMALL: FormSpec = spec(
    "What if many small clients stand for a few large ones",
    &[
        required("largest", "Largest clients", "2", FieldKind::Count),
        required("each", "Small ones for each", "5", FieldKind::Count),
    ],
    |reader| {
        let largest = reader.count("largest", 1_000);
        if largest == Some(0) {
            reader.refuse("largest", "expected at least 1");
        }
        let each = several(reader, "each", Lever::MOST_EACH);
        put(reader, Lever::ManySmall { largest: largest?, each: each? })
    },
);
static NEVER_PAID: FormSpec = spec(
    "What if an invoice is never paid",
    &[required("invoice", "Invoice", "number or client", FieldKind::Invoice)],
    |reader| {
        let invoice = reader.invoice("invoice")?;
        if reader.context().known_invoice(&invoice).open().is_zero() {
            reader.refuse("invoice", "nothing is open on this invoice");
        }
        put(reader, Lever::NeverPaid { invoice: invoice.id.clone() })
    },
);
static INCOME: FormSpec = spec("What if money comes in", MONEY, |reader| {
    let Assumed { what, amount, day, every } = money(reader, "what goes out is a lever of its own")?;
    put(reader, Lever::Income { what, amount, day, every })
});
static EXPENSE: FormSpec = spec("What if money goes out", MONEY, |reader| {
    let Assumed { what, amount, day, every } = money(reader, "what comes in is a lever of its own")?;
    put(reader, Lever::Expense { what, amount, day, every })
});

impl LeverKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::PaysLater,
        Self::Leaves,
        Self::LetGo,
        Self::RatesRise,
        Self::Deposit,
        Self::Instalments,
        Self::ManySmall,
        Self::NeverPaid,
        Self::Income,
        Self::Expense,
    ];

    /// The kind of a lever.
    #[must_use]
    pub fn of(lever: &Lever) -> Self {
        match lever {
            Lever::PaysLater { .. } => Self::PaysLater,
            Lever::Leaves { .. } => Self::Leaves,
            Lever::LetGo { .. } => Self::LetGo,
            Lever::RatesRise { .. } => Self::RatesRise,
            Lever::Deposit { .. } => Self::Deposit,
            Lever::Instalments { .. } => Self::Instalments,
            Lever::ManySmall { .. } => Self::ManySmall,
            Lever::NeverPaid { .. } => Self::NeverPaid,
            Lever::Income { .. } => Self::Income,
            Lever::Expense { .. } => Self::Expense,
        }
    }

    /// How its form is made.
    pub(super) fn spec(self) -> &'static FormSpec {
        match self {
            Self::PaysLater => &PAYS_LATER,
            Self::Leaves => &LEAVES_FORM,
            Self::LetGo => &LET_GO,
            Self::RatesRise => &RATES_RISE,
            Self::Deposit => &DEPOSIT,
            Self::Instalments => &INSTALMENTS,
            Self::ManySmall => &MANY_SMALL,
            Self::NeverPaid => &NEVER_PAID,
            Self::Income => &INCOME,
            Self::Expense => &EXPENSE,
        }
    }
}

/// The client a lever is about: the one it names, or whose deal or invoice it names.
pub(super) fn client_of(context: &Context<'_>, lever: &Lever) -> Option<ClientId> {
    let whose = |table, id: &str| context.book.find(table, id)?.client().cloned();
    match lever {
        Lever::RatesRise { .. } => None,
        Lever::Instalments { deal, .. } => whose(Table::Deals, deal.as_str()),
        Lever::NeverPaid { invoice } => whose(Table::Invoices, invoice.as_str()),
        lever => lever.clients().first().cloned(),
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled: Vec<(&'static str, String)> =
        client_name(context, target).map(|name| ("client", name)).into_iter().collect();
    let Target::Lever(_, lever) = target else {
        let invoice = super::payment::existing(context, target);
        filled.extend(invoice.map(|it| ("invoice", invoice_words(context, &context.known_invoice(&it)))));
        return filled;
    };
    match lever {
        Lever::PaysLater { days, .. } => filled.push(("days", days.to_string())),
        Lever::Leaves { on, .. } | Lever::LetGo { on, .. } => filled.push(("on", on.to_string())),
        Lever::RatesRise { clients, percent, from } => {
            let known = clients.iter().filter_map(|id| context.book.client(id));
            let names: Vec<&str> = known.map(|client| client.client.name.as_str()).collect();
            filled.extend([
                ("percent", percent_text(*percent)),
                ("from", from.to_string()),
                ("clients", names.join("; ")),
            ]);
        }
        Lever::Deposit { percent } => filled.push(("percent", percent_text(*percent))),
        Lever::Instalments { deal, parts, every } => {
            if let Some(AnyRecord::Deal(deal)) = context.book.find(Table::Deals, deal.as_str()) {
                filled.push(("deal", deal.title.clone()));
            }
            filled.extend([("parts", parts.to_string()), ("every", every.to_string())]);
        }
        Lever::ManySmall { largest, each } => {
            filled.extend([("largest", largest.to_string()), ("each", each.to_string())]);
        }
        Lever::NeverPaid { invoice } => {
            if let Some(AnyRecord::Invoice(invoice)) = context.book.find(Table::Invoices, invoice.as_str()) {
                filled.push(("invoice", invoice_words(context, &context.known_invoice(&invoice))));
            }
        }
        Lever::Income { what, amount, day, every } | Lever::Expense { what, amount, day, every } => {
            filled.extend([
                ("what", what.clone()),
                ("amount", amount_text(*amount, context.book.currency())),
                ("day", day.to_string()),
                ("every", every.map(|every| every.to_string()).unwrap_or_default()),
            ]);
        }
    }
    filled
}

/// The lever goes in place of the one the form was opened on, or below the hand.
#[expect(clippy::unnecessary_wraps, reason = "the end of every form's reading")]
fn put(reader: &Reader<'_>, lever: Lever) -> Option<WhatIfAction> {
    let at = match reader.target() {
        Target::Lever(at, _) => Some(*at),
        _ => None,
    };
    Some(WhatIfAction::Put(at, lever))
}

/// A day that lies ahead; one that stood there before may have passed.
fn ahead(reader: &mut Reader<'_>, name: &str) -> Option<NaiveDate> {
    let day = reader.day(name)?;
    if day < reader.context().today && !reader.untouched(name) {
        reader.refuse(name, "this day has passed");
    }
    Some(day)
}

/// A number from two on.
fn several(reader: &mut Reader<'_>, name: &str, most: u32) -> Option<u32> {
    let count = reader.count(name, most)?;
    if count < 2 {
        reader.refuse(name, "expected at least 2");
    }
    Some(count)
}

/// The fields of money that is assumed.
struct Assumed {
    what: String,
    amount: Money,
    day: NaiveDate,
    every: Option<Interval>,
}

/// `other_way`: what is said of an amount below nought.
fn money(reader: &mut Reader<'_>, other_way: &str) -> Option<Assumed> {
    let what = reader.text("what");
    let currency = reader.context().book.currency();
    let amount = reader.amount_in("amount", currency);
    let every = reader.typed("every").is_some().then(|| reader.interval("every")).flatten();
    // A series may have begun already.
    let day = if every.is_some() { reader.day("day") } else { ahead(reader, "day") };
    if amount.is_some_and(|amount| amount.is_zero()) {
        reader.refuse("amount", "expected an amount above nought");
    } else if amount.is_some_and(|amount| amount.amount < Decimal::ZERO) {
        reader.refuse("amount", format!("expected an amount above nought: {other_way}"));
    }
    Some(Assumed { what: what?, amount: amount?, day: day?, every })
}
