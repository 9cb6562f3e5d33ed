//! The kinds of items that the queue knows.

use std::fmt;

/// What part of the work with clients an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Money that is owed, or could be.
    Money,
    /// Work still to be won.
    Winning,
    /// Clients to be kept.
    Keeping,
}

impl Family {
    /// All families, in order.
    pub const ALL: [Self; 3] = [Self::Money, Self::Winning, Self::Keeping];

    /// What a heading calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Money => "Money",
            Self::Winning => "Winning",
            Self::Keeping => "Keeping",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $token:literal, $title:literal, $family:ident;)*) => {
        /// Why something is in the queue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ItemKind {
            $($(#[$doc])* $name,)*
        }

        impl ItemKind {
            /// Every kind, family by family.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in reports and in an item's id, in kebab case.
            #[must_use]
            pub fn token(self) -> &'static str {
                match self { $(Self::$name => $token,)* }
            }

            /// The kind of an item and the id of the record that it is about, from its own id: `overdue-invoice:r-1042`.
            #[must_use]
            pub fn of_item(item: &str) -> Option<(Self, &str)> {
                let (token, record) = item.split_once(':')?;
                let kind = Self::ALL.iter().copied().find(|kind| kind.token() == token)?;
                Some((kind, record))
            }

            /// What a screen calls it.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The family it belongs to.
            #[must_use]
            pub fn family(self) -> Family {
                match self { $(Self::$name => Family::$family,)* }
            }
        }
    };
}

kinds! {
    /// An invoice is open past its due day.
    OverdueInvoice = "overdue-invoice", "Overdue invoice", Money;
    /// An invoice is past its due day and disputed: settle that before any reminder.
    DisputedInvoice = "invoice-disputed", "Invoice disputed", Money;
    /// The day on which they said they would pay has passed.
    BrokenPromiseToPay = "promise-to-pay-broken", "Promise to pay broken", Money;
    /// A result was handed over, or an instalment is due, and not invoiced.
    DeliveredNotInvoiced = "delivered-not-invoiced", "Not invoiced", Money;
    /// What was to be paid before work has not come.
    MissingDownPayment = "down-payment-missing", "Down payment missing", Money;
    /// What a project brought does not cover its hours.
    BreakEvenProject = "project-at-break-even", "Project at break-even", Money;
    /// The balance may fall below the reserve.
    CashBelowReserve = "cash-below-reserve", "Cash may run low", Money;
    /// Less is to come than to go for a while, and too few new conversations to fill it.
    DrySpell = "dry-spell", "Dry spell ahead", Money;
    /// A number in the book cannot be right.
    Implausible = "implausible-number", "Cannot be right", Money;

    /// Somebody met who was not written to yet.
    NewContact = "new-contact", "New contact", Winning;
    /// A proposal that nothing moves.
    StalledProposal = "stalled-proposal", "Stalled proposal", Winning;
    /// They pushed the price and got no answer.
    PricePushed = "price-pushed", "Price pushed", Winning;
    /// A prospect fails the door check.
    DoorCheckFailed = "door-check-failed", "Door check failed", Winning;
    /// Work goes on, or time passes, without a signature.
    UnsignedAgreement = "unsigned-agreement", "Unsigned agreement", Winning;
    /// The day of a planned next step has come.
    NextStepDue = "next-step-due", "Next step due", Winning;

    /// Nobody spoke for longer than suits the relationship.
    Silent = "silent", "Silent", Keeping;
    /// They wait for an answer.
    Unanswered = "unanswered", "Unanswered", Keeping;
    /// We wait for an answer of theirs.
    FeedbackOwed = "feedback-owed", "They owe an answer", Keeping;
    /// They asked for advice, and nothing came of it.
    IdeaToFollow = "idea-to-follow", "Idea to follow", Keeping;
    /// Something we promised is due.
    MyPromiseDue = "my-promise-due", "My promise due", Keeping;
    /// Something they promised did not come.
    TheirPromiseBroken = "their-promise-broken", "Their promise broken", Keeping;
    /// Something expires soon, or has expired.
    RenewalNear = "renewal-near", "Renewal near", Keeping;
    /// What is noted of something that expires later wants checking: too few points of contact, or long unverified.
    RenewalUnsure = "renewal-to-check", "Renewal to check", Keeping;
    /// No review of the work for long.
    ReviewDue = "review-due", "Review due", Keeping;
    /// Nobody asked how they feel while work is under way.
    TemperatureDue = "temperature-due", "Temperature not taken", Keeping;
    /// Nobody told them of progress while work is under way.
    ReportDue = "report-due", "Progress report due", Keeping;
    /// They did something good and were not thanked.
    ThanksDue = "thanks-due", "Thanks due", Keeping;
    /// Nothing good was said to a good client for long.
    GoodWordDue = "good-word-due", "A good word due", Keeping;
    /// All we said of late asked for money: a word that asks for nothing comes first.
    CheckInFirst = "check-in-first", "Check in first", Keeping;
    /// They are pleased: ask for a referral or a testimonial.
    MomentToAsk = "moment-to-ask", "Right moment to ask", Keeping;
    /// One job, delivered, and nobody looks after it.
    MaintenanceOffer = "maintenance-offer", "Worth a maintenance offer", Keeping;
    /// Their fee or rate has stood for long.
    FeeUnchanged = "fee-unchanged", "Fee unchanged for long", Keeping;
    /// It leaves less than break-even, and they push: re-evaluate.
    ToxicPattern = "toxic-pattern", "Toxic pattern", Keeping;
}

impl ItemKind {
    /// Whether an item of this kind is named for the invoice that is to be paid.
    #[must_use]
    pub fn is_about_invoice(self) -> bool {
        matches!(self, Self::OverdueInvoice | Self::DisputedInvoice | Self::BrokenPromiseToPay)
    }

    /// Whether it asks for all that a client owes late.
    #[must_use]
    pub fn is_chase(self) -> bool {
        matches!(self, Self::OverdueInvoice | Self::BrokenPromiseToPay)
    }

    /// Whether what is said about it leaves its reason as it is: the promise is still broken, the agreement not signed.
    #[must_use]
    pub fn outlives_a_touch(self) -> bool {
        matches!(
            self,
            Self::DisputedInvoice
                | Self::DoorCheckFailed
                | Self::UnsignedAgreement
                | Self::NextStepDue
                | Self::TheirPromiseBroken
                | Self::RenewalNear
                | Self::RenewalUnsure
                | Self::MomentToAsk
                | Self::FeeUnchanged
                | Self::ToxicPattern
        )
    }

    /// Whether its letter asks a client to pay: a chase, or a down payment that has not come.
    #[must_use]
    pub fn asks_for_money(self) -> bool {
        self.is_chase() || self == Self::MissingDownPayment
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.token())
    }
}
