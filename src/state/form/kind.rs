//! Which forms there are, and how each is made: one row a form.

use super::spec::FormSpec;
use super::{
    LeverKind, agreement, business, client, client_kind, credit, criterion, deal, ended, expense, feeling,
    goal, hesitation, instalments, invoice, letter, merge, next_step, offer, payment, person, promise, rate,
    rate_card, renewal, result, retainer, rule, scenario, several, stage, start, template, touch, triage,
    unpaid, work,
};

/// Declares the forms, each with what it is for and how it is made.
macro_rules! forms {
    (
        of_facts { $($(#[$fact_doc:meta])+ $fact:ident = $fact_spec:path,)+ }
        of_levers { $($(#[$lever_doc:meta])+ $lever:ident = $lever_spec:path,)+ }
    ) => {
        /// Which form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FormKind {
            $($(#[$fact_doc])+ $fact,)+
            $($(#[$lever_doc])+ $lever,)+
            /// A lever of the what-if.
            Lever(LeverKind),
        }

        impl FormKind {
            /// Every form of a fact.
            pub const ALL: [Self; [$(stringify!($fact)),+].len()] = [$(Self::$fact),+];

            /// How it is made.
            #[must_use]
            pub fn spec(self) -> &'static FormSpec {
                match self {
                    $(Self::$fact => &$fact_spec,)+
                    $(Self::$lever => &$lever_spec,)+
                    Self::Lever(kind) => kind.spec(),
                }
            }
        }
    };
}

forms! {
    of_facts {
        /// A client, partner or contact.
        Client = client::SPEC,
        /// A person at a client.
        Person = person::SPEC,
        /// A deal.
        Deal = deal::SPEC,
        /// That a deal is lost, and why.
        Lost = deal::LOST,
        /// What is planned next with a deal.
        NextStep = next_step::SPEC,
        /// An invoice.
        Invoice = invoice::SPEC,
        /// A payment of an invoice.
        Payment = payment::SPEC,
        /// A credit note that takes back a part of an invoice.
        Credit = credit::SPEC,
        /// A credit note that there is already, set off against an invoice.
        SetOff = credit::SET_OFF,
        /// The day by which they said they would pay.
        PromisedPayment = payment::PROMISED,
        /// A touch.
        Touch = touch::SPEC,
        /// A touch with each of several clients.
        Touches = touch::EACH,
        /// A promise of either side.
        Promise = promise::SPEC,
        /// What an hour costs a client.
        Rate = rate::SPEC,
        /// A goal of a deal.
        Goal = goal::SPEC,
        /// Hours that were worked.
        Work = work::SPEC,
        /// An expense.
        Expense = expense::SPEC,
        /// A regular fee.
        Retainer = retainer::SPEC,
        /// What a regular fee costs from a day on.
        FeePrice = retainer::NEW_PRICE,
        /// Something that expires.
        Renewal = renewal::SPEC,
        /// How far the agreement of a deal came.
        Agreement = agreement::SPEC,
        /// The down payment asked for a deal.
        DownPayment = agreement::DOWN_PAYMENT,
        /// Something that came of a deal.
        WorkResult = result::SPEC,
        /// Why a prospect hesitates.
        Hesitation = hesitation::SPEC,
        /// The firm's own settings.
        Firm = business::FIRM,
        /// What was in an account at the end of a day.
        Balance = business::BALANCE,
        /// What another currency is worth.
        Exchange = business::EXCHANGE,
        /// A kind of client, by hand.
        Kind = client_kind::SPEC,
        /// That it ended with a client.
        Ended = ended::SPEC,
        /// A letter of the outbox.
        Letter = letter::SPEC,
        /// When a put-off item is to come back.
        Snooze = triage::SNOOZE,
        /// Why nothing is to be done about an item.
        Dismiss = triage::DISMISS,
        /// The first client of a new book: who, and what is owed.
        Start = start::SPEC,
        /// Which two clients are one.
        Merge = merge::SPEC,
        /// What several clients get at once.
        Clients = several::CLIENTS,
        /// What several deals get at once.
        Deals = several::DEALS,
        /// How the price of a deal is split.
        Instalments = instalments::SPEC,
        /// An account.
        Account = business::ACCOUNT,
        /// A price of the rate card.
        RateCard = rate_card::SPEC,
        /// What is wanted of a client.
        Criterion = criterion::SPEC,
        /// A stage of the board.
        Stage = stage::SPEC,
        /// A text that letters are made from.
        Template = template::SPEC,
        /// How it feels to work for a client.
        Feeling = feeling::SPEC,
        /// A number that rules compare with.
        Threshold = rule::THRESHOLD,
        /// How much an indicator of health counts.
        Weight = rule::WEIGHT,
        /// What was told and offered of a deal.
        Offer = offer::SPEC,
        /// That an invoice is disputed, or is no longer.
        Dispute = unpaid::DISPUTE,
        /// That what is open of an invoice will not be paid.
        WriteOff = unpaid::WRITE_OFF,
    }
    of_levers {
        /// What the levers are kept under.
        KeepScenario = scenario::KEEP,
        /// Which scenario's levers are taken up.
        OpenScenario = scenario::OPEN,
    }
}

impl FormKind {
    /// Whether it changes facts; what is assumed does not.
    #[must_use]
    pub fn changes_facts(self) -> bool {
        !matches!(self, Self::Lever(_) | Self::OpenScenario)
    }
}
