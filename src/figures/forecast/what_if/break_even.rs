//! Dearer rates: how many clients may leave before the rise no longer pays.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::{ClientId, Money, Percent, per_cent};
use crate::figures::sum::Sum;
use crate::figures::{Answer, Client, Figures, Unknown};

/// How much of the income concerned may go before a rise of rates no longer pays.
///
/// With a rise of P and all else equal, what stays brings (1 + P) for each 1 it brought. If a share s leaves, the rest
/// brings (1 − s)(1 + P), which is as much as before when s = P / (1 + P). The hours of those who leave are a gain that is
/// not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// P / (1 + P), a fraction of one.
    pub share: Decimal,
    /// What the share is of.
    pub base: RiseBase,
    /// Income of the last 12 months from the clients concerned, or what their hours of that time cost at the present rates.
    pub concerned: Answer<Money>,
    /// The part of it that may go.
    pub may_go: Answer<Money>,
    /// How many clients it came from.
    pub clients: usize,
    /// How many of them may leave, if they are of average size: whole clients, rounded down.
    pub may_leave: usize,
}

/// What a rise is a rise of, and so what a share of may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiseBase {
    /// Income of the last 12 months, all of it dearer by as many per cent.
    Income,
    /// Hours for the job in the last 12 months at the present rates: a fixed price or a fee does not rise with them.
    Hours,
}

impl BreakEven {
    /// For a rise of `percent` for these clients, or for all if none is named.
    ///
    /// # Errors
    /// When rates do not rise: then nobody may leave.
    pub fn of(figures: &Figures, clients: &[ClientId], percent: Percent) -> Answer<Self> {
        let rise = percent.fraction();
        if rise <= Decimal::ZERO {
            return Err(Unknown::because("rates do not rise"));
        }
        let incomes: Vec<&Answer<Money>> =
            concerned(figures, clients).map(|client| &client.income_12m).collect();
        let income = Sum::of(figures.currency, incomes.iter().copied());
        Ok(Self::of_share(RiseBase::Income, incomes.len(), income, rise / (Decimal::ONE + rise)))
    }

    /// For a rise of which this share of what these clients bring may go.
    pub(in crate::figures) fn of_share(
        base: RiseBase,
        clients: usize,
        concerned: Answer<Money>,
        share: Decimal,
    ) -> Self {
        let may_leave = (share * Decimal::from(clients)).floor().to_usize().unwrap_or(0);
        Self {
            share,
            base,
            may_go: concerned.clone().map(|concerned| concerned.times(share)),
            concerned,
            clients,
            may_leave,
        }
    }

    /// In a sentence; `money` writes an amount.
    #[must_use]
    pub fn words(&self, money: &dyn Fn(Money) -> String) -> String {
        let share = per_cent((self.share * Decimal::ONE_HUNDRED).round_dp(1).normalize());
        let (Ok(concerned), Ok(may_go)) = (&self.concerned, &self.may_go) else {
            let what = match self.base {
                RiseBase::Income => "the income concerned",
                RiseBase::Hours => "the work by the hour",
            };
            return format!("pays as long as no more than {share} of {what} leaves");
        };
        if self.clients == 0 {
            return "nobody concerned brought any income in the last 12 months".to_owned();
        }
        let clients = match self.clients {
            1 => "the 1 client".to_owned(),
            count => format!("the {count} clients"),
        };
        let count = match self.may_leave {
            0 => "not even one of average size".to_owned(),
            count => format!("{count} of average size"),
        };
        let (concerned, may_go) = (money(*concerned), money(*may_go));
        let what = match self.base {
            RiseBase::Income => format!("the {concerned} from {clients} concerned"),
            RiseBase::Hours => format!("the {concerned} that the hours of {clients} cost now"),
        };
        format!("pays as long as no more than {share} of {what} leaves: {may_go}, {count}")
    }
}

/// The clients concerned that brought income in the last 12 months, or of whom that is not known.
pub(in crate::figures) fn concerned<'a>(
    figures: &'a Figures,
    clients: &'a [ClientId],
) -> impl Iterator<Item = &'a Client> {
    let concerned = figures.of_clients.iter().filter(|it| clients.is_empty() || clients.contains(&it.id));
    let concerned = concerned.map(AsRef::as_ref);
    concerned.filter(|client| client.income_12m.as_ref().map_or(true, |income| !income.is_zero()))
}
