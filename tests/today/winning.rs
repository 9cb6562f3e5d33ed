//! Items about work still to be won.

use super::*;

const MET: &str =
    r#"client (id: "acme", name: "Acme", met: (day: "2026-11-19", place: "the fair", why: "wants a site"))"#;

#[test]
fn a_new_contact_waits_for_a_word_and_presses_more_once_three_days_have_passed() {
    let kind = ItemKind::NewContact;
    let fresh = found(&[MET], "2026-11-20", kind).unwrap();
    assert_eq!(fresh.why, "Met yesterday (the fair), wants a site; 2 days left to write");
    assert_eq!(
        why(&[MET], "2026-11-22", kind),
        "Met 3 days ago (the fair), wants a site; to be written to today"
    );
    let past = found(&[MET], "2026-11-24", kind).unwrap();
    assert_eq!(past.why, "Met 5 days ago (the fair), wants a site; 2 days past the 3 days to write in");
    assert!(past.cost > fresh.cost);
    assert!(!has(&[MET, &touch("in", "2026-11-20", "direction: out")], TODAY, kind));
    assert!(has(&[MET, &touch("in", "2026-11-20", "direction: in")], TODAY, kind));
}

#[test]
fn who_was_invoiced_or_worked_for_is_no_new_contact() {
    let old = invoice("1", "2026-11-20", "2026-12-20", "");
    assert!(!has(&[MET, &old], TODAY, ItemKind::NewContact));
    assert!(items(&[&paid("1", "2026-10-01", "2026-11-01", "2026-11-01")], TODAY).is_empty());
}

#[test]
fn whose_job_is_agreed_running_or_delivered_is_no_new_contact() {
    let kind = ItemKind::NewContact;
    let at = |stage: &str, rest: &str| {
        deal(&format!(r#"stages: [(day: "2026-11-19", stage: "{stage}")], {rest}"#))
    };
    assert!(has(&[MET, &at("engaged", "")], TODAY, kind));
    for stage in ["agreed", "in_work", "delivered", "done"] {
        assert!(!has(&[MET, &at(stage, "")], TODAY, kind), "{stage}");
    }
    assert!(!has(&[MET, &at("engaged", r#"agreement: (sent: "2026-11-20")"#)], TODAY, kind));
    assert!(!has(&[MET, &at("engaged", r#"delivered: "2026-11-20""#)], TODAY, kind));
    let fee = r#"retainer (id: "r", client: "acme", what: "Care", amount: "120.00 EUR", every: "1 month",
        agreed: "2026-11-19", from: "2026-12-01")"#;
    assert!(!has(&[MET, fee], TODAY, kind));
}

fn proposal(rest: &str) -> String {
    deal(&format!(
        r#"value: "8000.00 EUR", stages: [(day: "2026-11-01", stage: "proposal")],
        proposal: (asked: "2026-10-28", sent: "2026-11-01", valid_until: "2026-11-30"), {rest}"#
    ))
}

#[test]
fn a_proposal_stalls_when_its_stages_days_pass_without_a_next_step() {
    let kind = ItemKind::StalledProposal;
    assert!(!has(&[&proposal("")], "2026-11-11", kind));
    let item = found(&[&proposal("")], "2026-11-12", kind).unwrap();
    assert_eq!(item.why, "Sent 11 days ago; nothing for 11 days, and no next step; valid until 30 Nov");
    assert_eq!((item.at_stake, item.cost), (eur("3200.00"), "160.00".parse().unwrap()));
    let pressing = found(&[&proposal("")], "2026-11-24", kind).unwrap();
    assert_eq!(pressing.cost, "320.00".parse().unwrap());
}

#[test]
fn a_step_ahead_a_touch_or_the_end_of_the_deal_unstalls_a_proposal() {
    let kind = ItemKind::StalledProposal;
    assert!(!has(
        &[&proposal(r#"next_step: (what: "call", due: "2026-11-21", set: "2026-11-15")"#)],
        TODAY,
        kind
    ));
    assert!(has(
        &[&proposal(r#"next_step: (what: "call", due: "2026-11-10", set: "2026-11-05")"#)],
        TODAY,
        kind
    ));
    assert!(!has(&[&proposal(""), &lately()], "2026-11-19", kind));
    let lost = deal(
        r#"proposal: (sent: "2026-11-01"), stages: [(day: "2026-11-01", stage: "proposal"), (day: "2026-11-20", stage: "lost")]"#,
    );
    assert!(has(&[&lost], "2026-11-19", kind) && !has(&[&lost], TODAY, kind));
}

#[test]
fn a_stalled_proposal_names_what_held_it_up() {
    let held = proposal(
        r#"hesitations: [(day: "2026-11-03", cause: value_unclear), (day: "2026-11-05", cause: not_decision_maker)]"#,
    );
    assert_eq!(
        why(&[&held], TODAY, ItemKind::StalledProposal),
        "Sent 20 days ago; nothing for 16 days, and no next step; they hesitate: whoever talks does not decide; \
         valid until 30 Nov"
    );
}

#[test]
fn a_next_step_comes_up_on_its_day_and_gives_way_to_a_stalled_proposal() {
    let planned = |due: &str| {
        deal(&format!(
            r#"stages: [(day: "2026-11-01", stage: "engaged")], next_step: (what: "Call Ana", due: "{due}")"#
        ))
    };
    let kind = ItemKind::NextStepDue;
    assert!(!has(&[&planned("2026-11-22"), &lately()], TODAY, kind));
    assert_eq!(why(&[&planned(TODAY), &lately()], TODAY, kind), "Next step due today: Call Ana");
    assert_eq!(why(&[&planned("2026-11-20")], TODAY, kind), "Next step due 1 day ago: Call Ana");
    let both = proposal(r#"next_step: (what: "call", due: "2026-11-05")"#);
    assert!(!has(&[&both], TODAY, kind));
}

#[test]
fn an_agreement_sent_and_not_signed_comes_up_while_work_goes_on_or_after_a_week() {
    let sent = |stage: &str, rest: &str| {
        deal(&format!(
            r#"value: "4000.00 EUR", stages: [(day: "2026-11-10", stage: "{stage}")], agreement: (sent: "2026-11-10"{rest})"#
        ))
    };
    let kind = ItemKind::UnsignedAgreement;
    assert!(!has(&[&sent("agreed", "")], "2026-11-17", kind));
    let idle = found(&[&sent("agreed", "")], "2026-11-18", kind).unwrap();
    assert_eq!(idle.why, "Sent 8 days ago, not signed; work has not begun");
    let at_work = found(&[&sent("in_work", "")], "2026-11-18", kind).unwrap();
    assert_eq!(at_work.why, "Sent 8 days ago, not signed; work goes on since 10 Nov");
    assert!(at_work.cost > idle.cost);
    let signed = sent("in_work", r#", signed: "2026-11-15""#);
    assert!(has(&[&signed], "2026-11-14", kind) && !has(&[&signed], "2026-11-15", kind));
    let refused = sent("agreed", r#", refused: "2026-11-15""#);
    assert!(!has(&[&refused], TODAY, kind));
}

#[test]
fn work_without_any_agreement_is_named_until_it_is_delivered() {
    let kind = ItemKind::UnsignedAgreement;
    let open = deal(r#"stages: [(day: "2026-11-10", stage: "engaged")]"#);
    assert!(!has(&[&open], TODAY, kind));
    let work = |purpose: &str| {
        format!(
            r#"work (id: "w", day: "2026-11-12", client: "acme", deal: "site", hours: "2", purpose: {purpose})"#
        )
    };
    assert!(!has(&[&open, &work("before_sale")], TODAY, kind));
    assert_eq!(why(&[&open, &work("job")], TODAY, kind), "No agreement noted; work goes on since 12 Nov");
    let delivered = deal(r#"stages: [(day: "2026-11-10", stage: "in_work")], delivered: "2026-11-20""#);
    assert!(has(&[&delivered], "2026-11-19", kind) && !has(&[&delivered], TODAY, kind));
}

#[test]
fn a_pushed_price_waits_for_an_answer_while_the_deal_is_open() {
    let kind = ItemKind::PricePushed;
    let push = touch("p", "2026-11-15", r#"direction: in, kind: price_push, deal: "site""#);
    let open = deal(r#"stages: [(day: "2026-11-01", stage: "engaged")]"#);
    assert_eq!(
        why(&[&open, &push], TODAY, kind),
        "They pushed the price 6 days ago, without an answer; offer less for less, or a polite no"
    );
    assert!(!has(&[&open, &push, &touch("a", "2026-11-16", "direction: out")], TODAY, kind));
    let report = touch("a", "2026-11-16", "direction: out, kind: report");
    assert!(has(&[&open, &push, &report], TODAY, kind), "a progress report is no answer to it");
    let agreed = deal(r#"stages: [(day: "2026-11-01", stage: "agreed")]"#);
    assert!(!has(&[&agreed, &push], TODAY, kind));
}

#[test]
fn of_several_pushes_the_one_of_the_dearest_deal_that_is_open_is_told() {
    let kind = ItemKind::PricePushed;
    let job = |id: &str, value: &str, stage: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "{id}", value: "{value} EUR", chance: "50%", stages: [(day: "2026-11-01", stage: "{stage}")])"#
        )
    };
    let push =
        |id: &str, on: &str| touch(id, on, &format!(r#"direction: in, kind: price_push, deal: "{id}""#));
    let (shop, first, second) =
        (job("shop", "8000.00", "proposal"), push("shop", "2026-11-15"), push("flyer", "2026-11-16"));
    for stage in ["agreed", "lost"] {
        let lines = [shop.as_str(), &job("flyer", "500.00", stage), &first, &second];
        assert_eq!(found(&lines, TODAY, kind).unwrap().id, "price-pushed:shop", "{stage}");
    }
    let flyer = job("flyer", "500.00", "proposal");
    let item = found(&[&shop, &flyer, &first, &second], TODAY, kind).unwrap();
    assert_eq!((item.id.as_str(), item.at_stake), ("price-pushed:shop", eur("4000.00")));
    assert_eq!(found(&[&shop, &flyer, &second], TODAY, kind).unwrap().id, "price-pushed:flyer");
}

#[test]
fn what_they_ask_makes_one_item_the_dearer() {
    use ItemKind::{IdeaToFollow, NewContact, PricePushed, Unanswered};
    let kinds = |lines: &[&str]| -> Vec<ItemKind> {
        let asked = [IdeaToFollow, NewContact, PricePushed, Unanswered];
        items(lines, TODAY).iter().map(|item| item.kind).filter(|kind| asked.contains(kind)).collect()
    };
    let open = |value: &str| {
        deal(&format!(r#"stages: [(day: "2026-11-01", stage: "engaged")], value: "{value}", chance: "50%""#))
    };
    let push =
        touch("p", "2026-11-15", r#"direction: in, kind: price_push, answer_wanted: true, deal: "site""#);
    let spoke = touch("a", "2026-11-01", "direction: out");
    let income = paid("1", "2026-10-01", "2026-10-15", "2026-10-15");
    assert_eq!(kinds(&[&open("9000 EUR"), &spoke, &income, &push]), [PricePushed]);
    assert_eq!(kinds(&[&open("9 EUR"), &spoke, &income, &push]), [Unanswered]);
    let asked = touch("q", "2026-11-16", "direction: in, answer_wanted: true");
    assert_eq!(kinds(&[&open("9000 EUR"), &spoke, &income, &push, &asked]), [PricePushed, Unanswered]);
    let met = r#"client (id: "acme", name: "Acme", met: (day: "2026-11-15"))"#;
    let advice = touch("i", "2026-11-16", "direction: in, kind: advice_asked");
    assert_eq!(kinds(&[met, &asked]), [NewContact]);
    assert_eq!(kinds(&[met, &advice]), [NewContact]);
    assert_eq!(
        why(&[met, &asked], TODAY, NewContact),
        "Met 6 days ago; 3 days past the 3 days to write in; waits for an answer for 5 days, since 16 Nov"
    );
    // The letter to somebody new answers what they asked.
    let intro = r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", queued: "2026-11-17",
        item: "new-contact:acme", handed_over: (day: "2026-11-17", touch: "a"))"#;
    assert_eq!(kinds(&[met, &asked, &touch("a", "2026-11-17", "direction: out"), intro]), []);
}

#[test]
fn a_prospect_fails_the_door_check_on_two_answers_and_passes_when_one_is_mended() {
    let kind = ItemKind::DoorCheckFailed;
    let checked = |more: &str| {
        format!(
            r#"client (id: "acme", name: "Acme", door_check: [(day: "2026-11-10", question: signs_agreement, answer: no),
            (day: "2026-11-11", question: price_pushed, answer: yes), {more}])"#
        )
    };
    let open = deal(r#"stages: [(day: "2026-11-01", stage: "engaged")]"#);
    assert!(!has(&[&checked(""), &open], "2026-11-10", kind));
    assert_eq!(
        why(&[&checked(""), &open], TODAY, kind),
        "Before any work: signs no agreement, pushes the price"
    );
    let mended = checked(r#"(day: "2026-11-20", question: signs_agreement, answer: yes)"#);
    assert!(!has(&[&mended, &open], TODAY, kind));
}

#[test]
fn what_they_said_before_they_asked_for_the_proposal_holds_it_up_no_more() {
    let held = |asked: &str, on: &str| {
        deal(&format!(
            r#"hesitations: [(day: "{on}", cause: cash_trouble)], proposal: ({asked}sent: "2026-11-01"),
                stages: [(day: "2026-10-01", stage: "engaged"), (day: "2026-11-01", stage: "proposal")]"#
        ))
    };
    let hesitates = |asked: &str, on: &str| {
        why(&[&held(asked, on)], TODAY, ItemKind::StalledProposal).contains("they hesitate")
    };
    let asked = r#"asked: "2026-10-25", "#;
    assert!(!hesitates(asked, "2026-10-02") && hesitates(asked, "2026-10-28"));
    assert!(!hesitates("", "2026-10-28") && hesitates("", "2026-11-02"));
}

#[test]
fn an_agreement_that_was_refused_comes_up_a_week_later_before_any_work() {
    let refused = deal(
        r#"agreement: (sent: "2026-10-01", refused: "2026-10-05"), stages: [(day: "2026-09-20", stage: "agreed")]"#,
    );
    let kind = ItemKind::UnsignedAgreement;
    assert!(!has(&[&refused], "2026-10-12", kind));
    assert_eq!(why(&[&refused], "2026-10-13", kind), "Signing was refused 8 days ago; work has not begun");
}

#[test]
fn an_agreement_that_is_sent_again_after_a_refusal_waits_for_signing() {
    let again = deal(
        r#"agreement: (sent: "2026-10-10", refused: "2026-10-05"), stages: [(day: "2026-09-20", stage: "agreed")]"#,
    );
    let kind = ItemKind::UnsignedAgreement;
    assert_eq!(why(&[&again], "2026-10-20", kind), "Sent 10 days ago, not signed; work has not begun");
}

#[test]
fn who_fails_the_door_check_puts_all_open_deals_at_stake() {
    let client = r#"client (id: "acme", name: "Acme", door_check: [(day: "2026-11-10", question: signs_agreement, answer: no),
        (day: "2026-11-11", question: price_pushed, answer: yes)])"#;
    let open = |id: &str, value: &str| {
        format!(
            r#"deal (id: "{id}", client: "acme", title: "{id}", value: "{value} EUR", chance: "50%", stages: [(day: "2026-11-01", stage: "engaged")])"#
        )
    };
    let item = found(&[client, &open("a", "100.00"), &open("b", "900.00")], TODAY, ItemKind::DoorCheckFailed);
    assert_eq!(item.unwrap().at_stake, eur("500.00"));
}
