//! The words by which a line that is not understood hints at what it may be.

use crate::domain::TouchKind;

/// Words that tell of money that comes or came.
pub(super) const PAYS: [&str; 37] = [
    "got",
    "cleared",
    "squared",
    "paying",
    "settling",
    "transferring",
    "wiring",
    "quid",
    "pay",
    "pays",
    "paid",
    "payed",
    "payd",
    "payment",
    "money",
    "settle",
    "settles",
    "settled",
    "deposit",
    "downpayment",
    "transfer",
    "transfers",
    "transfered",
    "transferred",
    "wire",
    "wires",
    "wired",
    "received",
    "recieved",
    "recd",
    "landed",
    "arrived",
    "cash",
    "paypal",
    "bank",
    "rest",
    "gave",
];
/// Words that tell that all came that was asked for.
pub(super) const PAID_UP: [&str; 9] =
    ["paid", "payed", "payd", "settled", "pay", "landed", "arrived", "cleared", "squared"];
/// Words that tell that a part did.
pub(super) const PARTLY: [&str; 8] =
    ["half", "part", "partly", "third", "some", "only", "quarter", "percent"];
/// What a client says who agrees, and who does not.
pub(super) const AGREED: [&str; 22] = [
    "signed off",
    "is a goer",
    "said yes",
    "says yes",
    "green light",
    "go ahead",
    "gave the go",
    "gave us the go",
    "gave me the go",
    "got the job",
    "got the deal",
    "is on board",
    "are on board",
    "okd",
    "ok'd",
    "okayed",
    "is a go",
    "agreed to the",
    "confirmed the order",
    "confirmed the job",
    "accepted the quote",
    "wants to go ahead",
];
pub(super) const TURNED_DOWN: [&str; 23] = [
    "pulled the plug",
    "gone with",
    "decided against",
    "not going ahead",
    "said no",
    "says no",
    "turned us down",
    "turned me down",
    "turned it down",
    "went with",
    "someone else",
    "somebody else",
    "no budget",
    "not interested",
    "called off",
    "called it off",
    "call it off",
    "is dead",
    "backed out",
    "pulled out",
    "went elsewhere",
    "wont happen",
    "fell through",
];
/// What leads to the thing that is sold.
pub(super) const WANTS: [&str; 8] =
    ["would like to order", "would like", "wants to order", "wants", "want", "needs", "need", "ordered"];
/// Things that run out, and what says that they do.
pub(super) const RUNS_OUT: [&str; 21] = [
    "domain",
    "hosting",
    "certificate",
    "cert",
    "ssl",
    "licence",
    "license",
    "licences",
    "licenses",
    "subscription",
    "insurance",
    "plan",
    "renewal",
    "renew",
    "ends",
    "expiry",
    "valid",
    "maintenance",
    "backup",
    "passport",
    "permit",
];
/// Words that tell of money that went back, or is owed.
pub(super) const WENT_BACK: [&str; 10] =
    ["back", "refund", "refunded", "owes", "owe", "owed", "minus", "less", "discount", "returned"];
/// What is counted by a number that is no money.
pub(super) const COUNTED: [&str; 18] = [
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hours", "people", "times", "am",
    "pm", "o'clock", "oclock", "uhr", "percent", "min",
];
/// Words beside an amount that tell of something else than a price.
pub(super) const ELSE: [&str; 15] = [
    "got",
    "owes",
    "owe",
    "owed",
    "refund",
    "refunded",
    "transferred",
    "sent",
    "back",
    "lent",
    "returned",
    "charged",
    "overpaid",
    "discount",
    "minus",
];

/// What hints at the kind of what they said or did.
pub(super) const HINTS: [(TouchKind, &[&str]); 4] = [
    (
        TouchKind::Praise,
        &[
            "loved",
            "loves",
            "adores",
            "adored",
            "thrilled",
            "delighted",
            "over the moon",
            "chuffed",
            "happy",
            "great",
            "perfect",
            "gorgeous",
            "beautiful",
            "impressed",
            "proud",
        ],
    ),
    (
        TouchKind::Complaint,
        &[
            "grumbled",
            "grumbling",
            "grumbles",
            "moaned",
            "moans",
            "moaning",
            "annoyed",
            "unhappy",
            "disappointed",
            "keen",
            "happy",
            "upset",
            "angry",
            "dull",
            "broken",
            "wrong",
        ],
    ),
    (
        TouchKind::PricePush,
        &[
            "steep",
            "cheaper",
            "expensive",
            "dear",
            "price",
            "prices",
            "discount",
            "beat me down",
            "beat us down",
            "pricey",
            "budget",
        ],
    ),
    (TouchKind::Referral, &["my number", "our number", "my card", "my name", "recommends", "recommend"]),
];
