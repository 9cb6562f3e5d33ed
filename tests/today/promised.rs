//! What they promised for a day ahead pauses what is asked of them, until the day after.

use super::*;

const DECIDED: &str = "2026-11-25";
const DAY_AFTER: &str = "2026-11-26";

/// They promised it on 15 November for the 25th; `rest` adds fields.
fn promise(what: &str, rest: &str) -> String {
    format!(
        r#"promise (id: "p", client: "acme", by: them, what: "{what}", made: "2026-11-15", due: "2026-11-25", {rest})"#
    )
}

/// The facts that bring an item about the deal `site`, none of which names a promise.
fn asked_of_them() -> [(ItemKind, Vec<String>); 5] {
    let at_work = |rest: &str| {
        deal(&format!(r#"value: "4000.00 EUR", stages: [(day: "2026-10-01", stage: "in_work")], {rest}"#))
    };
    let signed = r#"agreement: (sent: "2026-09-20", signed: "2026-09-25")"#;
    [
        (
            ItemKind::OverdueInvoice,
            vec![at_work(signed), invoice("1042", "2026-10-01", "2026-11-03", r#"deal: "site""#)],
        ),
        (
            ItemKind::MissingDownPayment,
            vec![at_work(&format!(
                r#"{signed}, down_payment: (asked: "2026-10-01", amount: "1000.00 EUR")"#
            ))],
        ),
        (ItemKind::UnsignedAgreement, vec![at_work(r#"agreement: (sent: "2026-10-10")"#)]),
        (
            ItemKind::StalledProposal,
            vec![deal(
                r#"proposal: (sent: "2026-10-01"), stages: [(day: "2026-10-01", stage: "proposal")], value: "4000.00 EUR""#,
            )],
        ),
        (
            ItemKind::FeedbackOwed,
            vec![
                at_work(signed),
                touch("q", "2026-11-02", r#"direction: out, answer_wanted: true, deal: "site""#),
            ],
        ),
    ]
}

fn in_money(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::OverdueInvoice | ItemKind::MissingDownPayment)
}

fn with<'a>(facts: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    facts.iter().map(String::as_str).chain(more.iter().copied()).collect()
}

#[test]
fn what_they_promised_pauses_what_is_asked_of_them_and_it_resumes_by_itself_on_the_day_after() {
    let other = r#"deal (id: "other", client: "acme", title: "Flyer", stages: [(day: "2026-10-01", stage: "engaged")])"#;
    for (kind, facts) in asked_of_them() {
        assert!(has(&with(&facts, &[]), TODAY, kind), "{kind}");
        let what = if in_money(kind) { "pay it" } else { "see to it" };
        for named in ["", r#"deal: "site""#] {
            let promised = promise(what, named);
            let lines = with(&facts, &[&promised]);
            assert!(has(&lines, "2026-11-14", kind) && !has(&lines, "2026-11-15", kind), "{kind}: {named}");
            assert!(!has(&lines, TODAY, kind) && !has(&lines, DECIDED, kind), "{kind}: {named}");
            let back =
                found(&lines, DAY_AFTER, kind).unwrap_or_else(|| panic!("{kind} is not back: {named}"));
            assert_eq!(back.since, day(DAY_AFTER), "{kind}: {named}");
        }
        let of_other = promise(what, r#"deal: "other""#);
        assert!(has(&with(&facts, &[other, &of_other]), TODAY, kind), "{kind}: that is about another deal");
        let other_thing = promise("a testimonial", "");
        assert_eq!(
            has(&with(&facts, &[&other_thing]), TODAY, kind),
            in_money(kind),
            "{kind}: that is no money"
        );
        let ours = promise(what, "").replace("by: them", "by: me");
        assert!(has(&with(&facts, &[&ours]), TODAY, kind), "{kind}: that is ours to keep");
    }
}

#[test]
fn what_they_did_pauses_nothing_any_more() {
    for (kind, facts) in asked_of_them() {
        // What was done is news to a proposal: it stalls anew.
        if kind != ItemKind::StalledProposal {
            let what = if in_money(kind) { "transfer it" } else { "send the texts" };
            let kept = promise(what, r#"kept: "2026-11-18""#);
            let lines = with(&facts, &[&kept]);
            assert!(!has(&lines, "2026-11-17", kind) && has(&lines, "2026-11-18", kind), "{kind}");
        }
    }
}

#[test]
fn what_is_mine_to_do_waits_for_no_promise_of_theirs() {
    let at_work = deal(r#"value: "4000.00 EUR", stages: [(day: "2026-10-01", stage: "in_work")]"#);
    assert!(has(&[&at_work, &promise("the texts", "")], TODAY, ItemKind::UnsignedAgreement), "none was sent");
}

#[test]
fn a_promise_that_was_broken_is_named_once() {
    for (kind, facts) in asked_of_them() {
        for what in ["pay it", "see to it"] {
            let promised = promise(what, r#"deal: "site""#);
            let all = items(&with(&facts, &[&promised]), DAY_AFTER);
            let broken = all.iter().filter(|it| it.kind == ItemKind::TheirPromiseBroken).count();
            let named = all.iter().filter(|it| it.why.contains("they promised to pay by 25 Nov")).count();
            let expected = if in_money(kind) && what == "pay it" { (0, 1) } else { (1, 0) };
            assert_eq!((broken, named), expected, "{kind}: {what}");
        }
    }
}

#[test]
fn what_comes_back_does_not_say_that_nothing_was_heard() {
    let [.., (stalled, proposed), (owed, asked)] = asked_of_them();
    let promised = promise("decide on it", r#"deal: "site""#);
    let text = why(&with(&proposed, &[&promised]), DAY_AFTER, stalled);
    assert_eq!(text, "Sent 56 days ago; nothing for 11 days, and no next step");
    let text = why(&with(&asked, &[&promised]), DAY_AFTER, owed);
    assert_eq!(text, "Asked 24 days ago on 2 Nov, and it has not come");
}

#[test]
fn a_heads_up_about_an_invoice_pauses_its_chase_as_a_word_does() {
    let late = invoice("1042", "2026-10-01", "2026-11-03", "");
    let word = |rest: &str| touch("h", "2026-11-19", &format!("direction: in, {rest}"));
    let kind = ItemKind::OverdueInvoice;
    let told = word(r#"kind: heads_up, invoice: "1042""#);
    assert!(has(&[&late, &told], "2026-11-18", kind) && !has(&[&late, &told], "2026-11-19", kind));
    assert!(!has(&[&late, &told], "2026-11-25", kind));
    assert_eq!(found(&[&late, &told], "2026-11-26", kind).unwrap().since, day("2026-11-26"));
    for other in [r#"invoice: "1042""#, "kind: heads_up", r#"kind: heads_up, invoice: "7""#] {
        assert!(has(&[&late, &word(other)], TODAY, kind), "{other}");
    }
    let paid = paid("7", "2026-09-01", "2026-10-01", "2026-10-01");
    assert!(has(&[&late, &paid, &word(r#"kind: heads_up, invoice: "7""#)], TODAY, kind), "of what is paid");
}
