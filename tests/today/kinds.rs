//! For every kind of item the facts that make it appear and the fact that makes it go, in one table; and laws over all.

use proptest::prelude::*;
use rapport::domain::add_days;
use rapport::figures::Figures;
use rapport::figures::forecast::{Ask, Forecast};

use super::*;

/// A book in which an item of a kind waits on the day of these tests, and the same with what makes it go.
pub(super) struct Case {
    pub(super) waits: Vec<String>,
    gone: Vec<String>,
}

/// What is there, and what comes to it.
fn and(waits: &[&str], more: &str) -> Case {
    let waits: Vec<String> = waits.iter().map(|line| (*line).to_owned()).collect();
    let gone = waits.iter().cloned().chain([more.to_owned()]).collect();
    Case { waits, gone }
}

/// What is there, of which the first record becomes another.
fn instead(waits: &[&str], first: &str) -> Case {
    let waits: Vec<String> = waits.iter().map(|line| (*line).to_owned()).collect();
    let gone = [first.to_owned()].into_iter().chain(waits.iter().skip(1).cloned()).collect();
    Case { waits, gone }
}

/// A kind without a row here does not compile.
pub(super) fn case(kind: ItemKind) -> Case {
    use ItemKind as K;
    let open = |rest: &str| invoice("1042", "2026-10-01", "2026-11-03", rest);
    let at_work = |rest: &str| {
        deal(&format!(r#"value: "4000.00 EUR", stages: [(day: "2026-10-10", stage: "in_work")], {rest}"#))
    };
    let income = paid("1", "2026-01-01", "2026-01-15", "2026-01-15");
    let out = |kind: &str| touch("out", "2026-11-21", &format!("direction: out, kind: {kind}"));
    let spoke = touch("spoke", "2026-11-21", "direction: out");
    let before = touch("before", "2026-11-09", "direction: out");
    match kind {
        K::OverdueInvoice => instead(&[&open("")], &paid("1042", "2026-10-01", "2026-11-03", TODAY)),
        K::DisputedInvoice => instead(
            &[&open(r#"disputes: [(from: "2026-11-10")]"#)],
            &open(r#"disputes: [(from: "2026-11-10", until: "2026-11-20")]"#),
        ),
        K::BrokenPromiseToPay => {
            let promised = r#"promised: [(day: "2026-11-05", pay_by: "2026-11-12")]"#;
            let again = r#"promised: [(day: "2026-11-05", pay_by: "2026-11-12"), (day: "2026-11-20", pay_by: "2026-11-27")]"#;
            instead(&[&open(promised)], &open(again))
        }
        K::DeliveredNotInvoiced => and(
            &[&deal(
                r#"value: "4000.00 EUR", stages: [(day: "2026-10-10", stage: "in_work")], delivered: "2026-11-10""#,
            )],
            &invoice("9", "2026-11-20", "2026-12-20", r#"deal: "site""#),
        ),
        K::MissingDownPayment => {
            let down = |invoice: &str| {
                at_work(&format!(r#"down_payment: (asked: "2026-10-01", amount: "1000.00 EUR"{invoice})"#))
            };
            let mut case = instead(&[&down("")], &down(r#", invoice: "9""#));
            case.gone.push(paid("9", "2026-10-02", "2026-10-16", "2026-11-20"));
            case
        }
        K::BreakEvenProject => {
            let hours = r#"work (id: "w", day: "2026-11-10", client: "acme", deal: "site", hours: "100")"#;
            let dearer = deal(r#"value: "9000.00 EUR", stages: [(day: "2026-10-10", stage: "in_work")]"#);
            instead(&[&at_work(""), hours], &dearer)
        }
        K::CashBelowReserve => {
            let press = |amount: &str| {
                format!(
                    r#"expense (id: "e", what: "Press", amount: "{amount} EUR", day: "2026-12-12", noted: "2026-11-01")"#
                )
            };
            instead(&[&press("2500.00")], &press("1500.00"))
        }
        K::DrySpell => {
            let talk = |id: &str, on: &str| {
                format!(
                    r#"deal (id: "{id}", client: "acme", title: "Talk", stages: [(day: "{on}", stage: "engaged"), (day: "{on}", stage: "lost")])"#
                )
            };
            let press = r#"expense (id: "e", what: "Press", amount: "900.00 EUR", day: "2026-12-12", noted: "2026-11-01")"#;
            let talks: Vec<String> =
                (1..=10).map(|month| talk(&format!("d{month}"), &format!("2026-{month:02}-05"))).collect();
            let waits: Vec<&str> = talks.iter().map(String::as_str).chain([press]).collect();
            and(&waits, &talk("new", "2026-11-20"))
        }
        K::Implausible => instead(
            &[
                r#"invoice (id: "i", number: "i", client: "acme", issued: "2026-11-20", due: "2026-10-01", lines: [(result: "x", price: "9.00 EUR")])"#,
            ],
            &invoice("i", "2026-11-20", "2026-12-01", ""),
        ),
        K::NewContact => and(&[r#"client (id: "acme", name: "Acme", met: (day: "2026-11-19"))"#], &spoke),
        K::StalledProposal => and(
            &[&deal(
                r#"value: "8000.00 EUR", proposal: (sent: "2026-11-01"), stages: [(day: "2026-11-01", stage: "proposal")]"#,
            )],
            &touch("about", TODAY, r#"direction: out, deal: "site""#),
        ),
        K::PricePushed => and(
            &[
                &deal(r#"value: "8000.00 EUR", stages: [(day: "2026-11-01", stage: "proposal")]"#),
                &touch("push", "2026-11-18", "direction: in, kind: price_push"),
            ],
            &spoke,
        ),
        K::DoorCheckFailed => {
            let client = |answer: &str| {
                format!(
                    r#"client (id: "acme", name: "Acme", door_check: [(day: "2026-11-10", question: signs_agreement, answer: no), (day: "2026-11-12", question: pays_down, answer: no){answer}])"#
                )
            };
            let talks = deal(r#"value: "8000.00 EUR", stages: [(day: "2026-11-01", stage: "engaged")]"#);
            instead(
                &[&client(""), &talks],
                &client(r#", (day: "2026-11-20", question: pays_down, answer: yes)"#),
            )
        }
        K::UnsignedAgreement => instead(
            &[&at_work(r#"agreement: (sent: "2026-10-10")"#)],
            &at_work(r#"agreement: (sent: "2026-10-10", signed: "2026-11-20")"#),
        ),
        K::NextStepDue => {
            let planned = |due: &str| {
                deal(&format!(
                    r#"stages: [(day: "2026-11-01", stage: "engaged")], next_step: (what: "Call Ana", due: "{due}", set: "2026-11-01")"#
                ))
            };
            instead(&[&planned(TODAY)], &planned("2026-11-30"))
        }
        K::Silent => and(&[&paid("1", "2026-08-01", "2026-08-15", "2026-08-15")], &spoke),
        K::Unanswered => {
            and(&[&before, &touch("q", "2026-11-10", "direction: in, answer_wanted: true")], &spoke)
        }
        K::FeedbackOwed => and(
            &[&touch("q", "2026-11-10", "direction: out, answer_wanted: true")],
            &touch("a", "2026-11-20", "direction: in"),
        ),
        K::IdeaToFollow => {
            and(&[&before, &touch("q", "2026-11-10", "direction: in, kind: advice_asked")], &spoke)
        }
        K::MyPromiseDue | K::TheirPromiseBroken => {
            let by = if kind == K::MyPromiseDue { "me" } else { "them" };
            let promise = |kept: &str| {
                format!(
                    r#"promise (id: "p", client: "acme", by: {by}, what: "Draft", made: "2026-11-01", due: "2026-11-15"{kept})"#
                )
            };
            instead(&[&promise("")], &promise(r#", kept: "2026-11-21""#))
        }
        K::RenewalNear | K::RenewalUnsure => {
            let expires = if kind == K::RenewalNear { "2026-12-01" } else { "2027-09-01" };
            let renewal = |rest: &str| {
                format!(
                    r#"renewal (id: "r", what: "acme.org", client: "acme", noted: "2025-12-01", expires: "{expires}", price: "30.00 EUR", contacts: ["Ana", "Ben"], {rest})"#
                )
            };
            instead(
                &[&renewal("")],
                &renewal(r#"verified: ["2026-11-20"], renewed: [(day: "2026-11-20", until: "2027-12-01")]"#),
            )
        }
        K::ReviewDue => and(
            &[
                r#"work (id: "a", day: "2026-01-10", client: "acme", hours: "2")"#,
                r#"work (id: "b", day: "2026-11-10", client: "acme", hours: "2")"#,
            ],
            &out("review"),
        ),
        K::TemperatureDue => and(
            &[
                &at_work(""),
                r#"work (id: "a", day: "2026-11-01", client: "acme", hours: "2")"#,
                r#"work (id: "b", day: "2026-11-14", client: "acme", hours: "2")"#,
            ],
            &out("temperature"),
        ),
        K::ReportDue => and(&[&at_work("")], &out("report")),
        K::ThanksDue => and(&[&touch("q", "2026-11-10", "direction: in, kind: referral")], &out("thanks")),
        K::GoodWordDue => {
            let care = r#"retainer (id: "r", client: "acme", what: "Care", amount: "100.00 EUR", every: "1 month", agreed: "2026-01-01", from: "2026-01-01")"#;
            let month = |n: usize| {
                paid(
                    &n.to_string(),
                    &format!("2026-0{n}-01"),
                    &format!("2026-0{n}-15"),
                    &format!("2026-0{n}-15"),
                )
            };
            let months: Vec<String> = (1..=4).map(month).collect();
            let waits: Vec<&str> = [care].into_iter().chain(months.iter().map(String::as_str)).collect();
            and(&waits, &out("thanks"))
        }
        K::CheckInFirst => {
            let asks: Vec<String> = (1..=3)
                .map(|n| touch(&format!("r{n}"), &format!("2026-11-0{n}"), "direction: out, kind: reminder"))
                .collect();
            let waits: Vec<&str> =
                [income.as_str()].into_iter().chain(asks.iter().map(String::as_str)).collect();
            and(&waits, &out("keep_in_touch"))
        }
        K::MomentToAsk => and(
            &[
                &income,
                &touch("p", "2026-11-15", "direction: in, kind: praise"),
                &touch("t", "2026-11-16", "direction: out, kind: thanks"),
            ],
            &out("testimonial"),
        ),
        K::MaintenanceOffer => and(
            &[
                &deal(
                    r#"stages: [(day: "2026-09-01", stage: "agreed"), (day: "2026-10-15", stage: "done")], delivered: "2026-10-10""#,
                ),
                &invoice(
                    "1",
                    "2026-10-11",
                    "2026-10-25",
                    r#"deal: "site", payments: [(day: "2026-10-20", amount: "1000.00 EUR")]"#,
                ),
                &lately(),
            ],
            &out("selling"),
        ),
        K::FeeUnchanged => {
            let rated = |more: &str| {
                format!(
                    r#"client (id: "acme", name: "Acme", rates: [(from: "2025-01-01", rate: "80.00 EUR"){more}])"#
                )
            };
            instead(
                &[&rated(""), &paid("1", "2026-07-01", "2026-07-15", "2026-07-15")],
                &rated(r#", (from: "2027-01-01", rate: "88.00 EUR", agreed: "2026-11-20")"#),
            )
        }
        K::ToxicPattern => and(
            &[
                &paid("1", "2026-08-01", "2026-08-31", "2026-08-31"),
                r#"work (id: "w", day: "2026-08-12", client: "acme", hours: "40")"#,
                &touch("p", "2026-09-01", "direction: in, kind: scope_push"),
                &touch("e", "2026-11-01", "direction: out, kind: evidence"),
                &touch("m", "2026-11-05", r#"direction: out, channel: "meeting""#),
            ],
            &deal(
                r#"stages: [(day: "2026-11-06", stage: "engaged")], goals: [(day: "2026-11-06", what: "fewer rounds")]"#,
            ),
        ),
    }
}

/// A firm with a break-even rate, a reserve, and 3,000 euros on 1 November.
fn firm() -> Business {
    let business = r#"(name: "Studio", currency: "EUR", reserve: "1000.00 EUR", break_even_rate: "50.00 EUR",
        accounts: [(id: "main", name: "Main", balances: [(day: "2026-11-01", amount: "3000.00 EUR")])])"#;
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(business).unwrap()
}

pub(super) fn book_with(lines: &[String]) -> Book {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    book_of(firm(), &lines)
}

/// The queue of a day with what the forecast brings to it.
pub(super) fn whole_queue(book: &Book, on: NaiveDate) -> Today {
    let forecast = Forecast::of(book, on, &Ask { draws: 200, ..Ask::default() });
    let figures = Figures::of(book, on).with_ahead(&book.business().as_of(on), &forecast);
    Today::clone(&figures.today)
}

#[test]
fn every_kind_appears_because_of_facts_and_goes_because_of_one() {
    for kind in ItemKind::ALL {
        let Case { waits, gone } = case(*kind);
        let there = |lines: &[String]| {
            whole_queue(&book_with(lines), day(TODAY)).items.iter().any(|item| item.kind == *kind)
        };
        assert!(there(&waits), "{kind} does not appear");
        assert!(!there(&gone), "{kind} does not go");
    }
}

/// A letter about an item of this queue; nobody writes to the firm itself, or to a number that cannot be right.
fn letter(item: &Item, queued: &str, rest: &str) -> Option<String> {
    item.client.as_ref().filter(|_| item.kind != ItemKind::Implausible)?;
    Some(format!(
        r#"outgoing (id: "letter", client: "acme", subject: "S", text: "T", item: "{}", queued: "{queued}", {rest})"#,
        item.id
    ))
}

#[test]
fn an_item_of_any_kind_waits_while_its_letter_waits_and_comes_back_without_it() {
    for kind in ItemKind::ALL {
        let waits = case(*kind).waits;
        let queue = |more: Option<String>| {
            let lines: Vec<String> = waits.iter().cloned().chain(more).collect();
            whole_queue(&book_with(&lines), day(TODAY))
        };
        let holds = |items: &[Arc<Item>]| items.iter().any(|item| item.kind == *kind);
        let alone = queue(None);
        let item = alone.items.iter().find(|item| item.kind == *kind).unwrap();
        let Some(waiting) = letter(item, TODAY, "") else { continue };
        let away = queue(Some(waiting));
        if *kind == ItemKind::DeliveredNotInvoiced {
            let went = queue(letter(item, TODAY, &format!(r#"handed_over: (day: "{TODAY}")"#)));
            assert!(holds(&away.items) && holds(&went.items), "an invoice alone makes it go, no letter");
            continue;
        }
        assert!(!holds(&away.items) && holds(&away.waiting), "{kind} does not wait for its letter");
        assert_eq!(away.items.len() + 1, alone.items.len(), "{kind}");
        let dropped = queue(letter(item, TODAY, &format!(r#"dropped: "{TODAY}""#)));
        assert!(holds(&dropped.items) && dropped.waiting.is_empty(), "{kind} is not back");
        let later = queue(letter(item, "2026-11-22", ""));
        assert_eq!(later, alone, "{kind} knows a letter of tomorrow");
        // Handed over, nothing of it is left to be done today, by its own rule or as if it was marked.
        let went = queue(letter(item, TODAY, &format!(r#"handed_over: (day: "{TODAY}")"#)));
        assert!(
            !went.items.iter().any(|it| it.id == item.id) && went.waiting.is_empty(),
            "{kind} is back at once"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_of_any_kind_looks_past_the_day(which in 0..ItemKind::ALL.len(), ahead in -420_i64..60, gone: bool, queued in -5_i64..5) {
        let on = add_days(day(TODAY), ahead);
        let Case { waits, gone: after } = case(ItemKind::ALL[which]);
        let mut lines = if gone { after } else { waits };
        let token = ItemKind::ALL[which].token();
        lines.push(format!(
            r#"outgoing (id: "letter", client: "acme", subject: "S", text: "T", item: "{token}:acme", queued: "{}")"#,
            add_days(on, queued)
        ));
        let whole = book_with(&lines);
        prop_assert_eq!(whole_queue(&whole, on), whole_queue(&whole.as_of(on), on));
    }
}
