//! Invoices: records of results delivered, and what was paid for them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ClientId, Currency, CurrencyMismatch, DealId, InvoiceId, Money, Percent, RetainerId};

/// An invoice, or with a negative total a credit note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// The number printed on it.
    pub number: String,
    /// Who is to pay.
    pub client: ClientId,
    /// The deal it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal: Option<DealId>,
    /// The retainer it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retainer: Option<RetainerId>,
    /// When it was sent.
    pub issued: NaiveDate,
    /// When it is to be paid.
    pub due: NaiveDate,
    /// What was delivered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Tax on top of the lines.
    #[serde(default, skip_serializing_if = "Percent::is_zero")]
    pub tax: Percent,
    /// The word of thanks on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanks: Option<String>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// Days on which they said they would pay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promised: Vec<PromisedPayment>,
    /// When it was disputed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// That the rest will not be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write_off: Option<WriteOff>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A result on an invoice; one at no price is a gift made visible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What was delivered.
    pub result: String,
    /// How many.
    #[serde(default = "one", skip_serializing_if = "is_one", with = "quantity")]
    pub quantity: Decimal,
    /// For one, net of tax.
    pub price: Money,
    /// Tax on this line, where it differs from the invoice's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Percent>,
}

/// A payment; several partial ones are normal. Or that no money moved: a part was set off against a credit note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// When it came.
    pub day: NaiveDate,
    /// How much, gross.
    pub amount: Money,
    /// By what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The credit note that it was set off against; on a credit note the invoice. That one has the opposite amount of the same
    /// day, so both are settled by as much and no money moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<InvoiceId>,
}

/// That they said when they would pay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromisedPayment {
    /// When they said so.
    pub day: NaiveDate,
    /// The day they named.
    pub pay_by: NaiveDate,
}

/// That an invoice was disputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// From this day …
    pub from: NaiveDate,
    /// … until it was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// About what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Why an invoice will not be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOffCause {
    /// We meant different things: the agreement was not clear.
    Misunderstanding,
    /// They were not content.
    Dissatisfied,
    /// They cannot pay.
    Cannot,
    /// They will not pay.
    WillNot,
}

/// That what is open will not be paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WriteOff {
    /// When that was decided.
    pub day: NaiveDate,
    /// Why.
    pub cause: WriteOffCause,
    /// What to do differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
}

fn one() -> Decimal {
    Decimal::ONE
}

fn is_one(quantity: &Decimal) -> bool {
    *quantity == Decimal::ONE
}

/// A quantity is written as a plain number in text, `"2.5"`, and bounded like an amount.
pub(super) mod quantity {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::domain::money::parse_decimal;

    pub(in crate::domain) fn serialize<S: Serializer>(
        quantity: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&quantity.normalize())
    }

    pub(in crate::domain) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let value = parse_decimal(&text)
            .map_err(|_| de::Error::custom(format!("expected a quantity such as \"2.5\", found {text:?}")))?;
        if value.abs() > Decimal::from(1_000_000) {
            return Err(de::Error::custom(format!("expected a quantity up to a million, found {text:?}")));
        }
        Ok(value)
    }
}

impl Line {
    /// Quantity times price, net of tax, rounded to the currency's decimals.
    #[must_use]
    pub fn net(&self) -> Money {
        self.price.times(self.quantity)
    }
}

impl Invoice {
    /// An invoice of which no more is known than who is to pay what by when.
    #[must_use]
    pub fn new(
        id: InvoiceId,
        client: ClientId,
        number: &str,
        issued: NaiveDate,
        due: NaiveDate,
        lines: Vec<Line>,
    ) -> Self {
        Self {
            id,
            number: number.to_owned(),
            client,
            deal: None,
            retainer: None,
            issued,
            due,
            lines,
            tax: Percent::ZERO,
            thanks: None,
            payments: Vec::new(),
            promised: Vec::new(),
            disputes: Vec::new(),
            write_off: None,
            notes: None,
        }
    }

    /// Its currency: that of its first line, without lines that of its first payment, or `None` without either.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        let of_payments = || self.payments.first().map(|payment| payment.amount.currency);
        self.lines.first().map(|line| line.price.currency).or_else(of_payments)
    }

    /// The sum of its lines, net of tax.
    ///
    /// # Errors
    /// When its lines are in different currencies (such an invoice never enters a book).
    pub fn net(&self) -> Result<Money, CurrencyMismatch> {
        let zero = Money::zero(self.currency().unwrap_or(Currency::USD));
        self.lines.iter().try_fold(zero, |sum, line| sum.plus(line.net()))
    }

    /// The tax on its lines, summed by rate and rounded once for each.
    #[must_use]
    pub fn tax_amount(&self) -> Money {
        let mut by_rate: Vec<(Percent, Decimal)> = Vec::new();
        for line in &self.lines {
            let rate = line.tax.unwrap_or(self.tax);
            match by_rate.iter_mut().find(|(known, _)| *known == rate) {
                Some((_, net)) => *net += line.net().amount,
                None => by_rate.push((rate, line.net().amount)),
            }
        }
        let currency = self.currency().unwrap_or(Currency::USD);
        let total =
            by_rate.iter().map(|(rate, net)| Money::new(*net, currency).times(rate.fraction()).amount).sum();
        Money::new(total, currency)
    }

    /// What is to be paid: lines and tax. Nothing without lines.
    #[must_use]
    pub fn total(&self) -> Money {
        let net = self.net().unwrap_or(Money::zero(self.currency().unwrap_or(Currency::USD)));
        Money::new(net.amount + self.tax_amount().amount, net.currency)
    }

    /// The payments in which money moved: all but what was set off. Whoever asks what came, or when, asks this.
    pub fn received(&self) -> impl Iterator<Item = &Payment> + Clone {
        self.payments.iter().filter(|payment| payment.offset.is_none())
    }

    /// What was set off: against a credit note, or on one against invoices.
    pub fn offsets(&self) -> impl Iterator<Item = &Payment> + Clone {
        self.payments.iter().filter(|payment| payment.offset.is_some())
    }

    /// What was paid in money, in the invoice's currency (a payment in another never enters a book).
    #[must_use]
    pub fn paid(&self) -> Money {
        self.sum(self.received())
    }

    /// What was set off, in the invoice's currency; negative on a credit note.
    #[must_use]
    pub fn credited(&self) -> Money {
        self.sum(self.offsets())
    }

    fn sum<'a>(&self, payments: impl Iterator<Item = &'a Payment>) -> Money {
        let total = payments.map(|payment| payment.amount.amount).sum();
        Money::new(total, self.currency().unwrap_or(Currency::USD))
    }

    /// What it asks for in money: its total less what was set off. Nothing where all was: it is no bill any more.
    #[must_use]
    pub fn asked(&self) -> Money {
        let total = self.total();
        Money::new(total.amount - self.credited().amount, total.currency)
    }

    /// Whether all of it was set off: an invoice that asks for nothing any more, or a credit note that is used up.
    #[must_use]
    pub fn is_set_off(&self) -> bool {
        !self.total().is_zero() && self.asked().is_zero()
    }

    /// What it asks for in money, net of tax, pro rata.
    #[must_use]
    pub fn asked_net(&self) -> Money {
        let credited = self.credited().amount;
        let net = self.net().unwrap_or_else(|_| self.total());
        if credited.is_zero() {
            return net;
        }
        let total = self.total();
        let share = net.amount.checked_div(total.amount);
        let part = share.and_then(|share| credited.checked_mul(share)).unwrap_or(credited);
        Money::new(net.amount - Money::new(part, net.currency).rounded().amount, net.currency)
    }

    /// What is still to be paid: total less payments and what was set off, nothing once written off. Negative when too much
    /// was paid.
    #[must_use]
    pub fn open(&self) -> Money {
        let asked = self.asked();
        if self.write_off.is_some() {
            return Money::zero(asked.currency);
        }
        Money::new(asked.amount - self.paid().amount, asked.currency)
    }

    /// Whether so little is left of what was paid that nobody is asked for it: less than one of its currency.
    #[must_use]
    pub fn is_trifle(&self) -> bool {
        let open = self.open().amount;
        open > Decimal::ZERO && open < Decimal::ONE && self.received().next().is_some()
    }

    /// The day on which payments first reached what it asks, or `None` while some of it is open or was written off, and where
    /// nothing is asked because all was set off.
    #[must_use]
    pub fn settled_on(&self) -> Option<NaiveDate> {
        let total = self.total().amount;
        let asked = total - self.credited().amount;
        let mut payments: Vec<&Payment> = self.received().collect();
        payments.sort_by_key(|payment| payment.day);
        let mut paid = Decimal::ZERO;
        payments.into_iter().find_map(|payment| {
            paid += payment.amount.amount;
            let reached = if total.is_sign_negative() { paid <= asked } else { paid >= asked };
            reached.then_some(payment.day)
        })
    }

    /// What they said last about when they pay it.
    #[must_use]
    pub fn last_promise(&self) -> Option<&PromisedPayment> {
        self.promised.iter().max_by_key(|promised| promised.day)
    }

    /// Whether nobody is chased for it at the end of `day`: it is disputed, or the day they named last is still to pass.
    #[must_use]
    pub fn is_paused(&self, day: NaiveDate) -> bool {
        self.open_dispute().is_some() || self.last_promise().is_some_and(|promised| promised.pay_by >= day)
    }

    /// The dispute that is not settled yet.
    #[must_use]
    pub fn open_dispute(&self) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| dispute.until.is_none())
    }
}
