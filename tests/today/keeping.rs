//! Items about clients to be kept.

use super::*;

fn paying(cadence: &str) -> [String; 2] {
    [
        format!(r#"client (id: "acme", name: "Acme", {cadence})"#),
        paid("1", "2026-08-01", "2026-08-31", "2026-08-31"),
    ]
}

#[test]
fn a_client_with_income_is_silent_beyond_its_cadence_until_somebody_speaks() {
    let kind = ItemKind::Silent;
    let spoke = touch("t", "2026-10-20", "direction: in");
    let [client, income] = paying("cadence_days: 30");
    assert!(!has(&[&client, &income, &spoke], "2026-11-19", kind));
    let item = found(&[&client, &income, &spoke], "2026-11-20", kind).unwrap();
    assert_eq!(item.why, "Nobody spoke for 31 days; every 30 days suits them");
    assert_eq!((item.at_stake, item.cost), (eur("1000.00"), "10.00".parse().unwrap()));
    assert_eq!(
        found(&[&client, &income, &spoke], "2026-12-19", kind).unwrap().cost,
        "20.00".parse().unwrap()
    );
    let again = touch("u", "2026-11-18", "direction: out");
    assert!(!has(&[&client, &income, &spoke, &again], "2026-11-20", kind));
}

#[test]
fn without_a_cadence_the_threshold_counts_and_without_a_touch_the_last_dealing() {
    let [client, income] = paying("");
    assert!(!has(&[&client, &income], "2026-10-15", ItemKind::Silent));
    assert_eq!(
        why(&[&client, &income], "2026-10-16", ItemKind::Silent),
        "No touch noted; the last dealing was 46 days ago; 45 days is the limit"
    );
}

#[test]
fn only_relationships_that_matter_are_silent_and_a_planned_step_keeps_silence_away() {
    let spoke = touch("t", "2026-01-01", "direction: out");
    assert!(!has(&[&spoke], TODAY, ItemKind::Silent));
    let old = paid("1", "2023-01-01", "2023-01-31", "2023-01-31");
    assert!(!has(&[&old, &spoke], TODAY, ItemKind::Silent));
    let open = |step: &str| deal(&format!(r#"stages: [(day: "2026-01-01", stage: "engaged")], {step}"#));
    assert!(has(&[&open(""), &spoke], TODAY, ItemKind::Silent));
    let planned = open(r#"next_step: (what: "call", due: "2026-12-01")"#);
    assert!(!has(&[&planned, &spoke], TODAY, ItemKind::Silent));
}

#[test]
fn nothing_but_money_is_left_of_an_ended_relationship() {
    let lines = [
        r#"client (id: "acme", name: "Acme", cadence_days: 10, met: (day: "2026-10-01"), ended: (day: "2026-11-15"))"#,
        &invoice("1", "2026-08-01", "2026-08-31", ""),
        &touch("t", "2026-10-20", "direction: in, answer_wanted: true"),
        r#"promise (id: "p", client: "acme", by: me, what: "Draft", made: "2026-10-01", due: "2026-11-01")"#,
        r#"renewal (id: "r", what: "acme.org", client: "acme", noted: "2025-11-01", expires: "2026-11-20")"#,
        r#"work (id: "w", day: "2026-11-12", client: "acme", hours: "2")"#,
    ];
    let families =
        |on: &str| -> Vec<Family> { items(&lines, on).iter().map(|item| item.kind.family()).collect() };
    assert!(families("2026-11-14").contains(&Family::Keeping));
    assert_eq!(families(TODAY), [Family::Money]);
}

#[test]
fn a_question_of_theirs_is_unanswered_after_two_days_until_we_speak() {
    let kind = ItemKind::Unanswered;
    let asked =
        touch("q", "2026-11-10", r#"direction: in, answer_wanted: true, person: "Ana", note: "hosting?""#);
    let before = touch("b", "2026-11-09", "direction: out");
    assert!(!has(&[&before, &asked], "2026-11-11", kind));
    let item = found(&[&before, &asked], TODAY, kind).unwrap();
    assert_eq!((item.title.as_str(), item.id.as_str()), ("Ana", "unanswered:q"));
    assert_eq!(item.why, "Waits for an answer for 11 days, since 10 Nov; hosting?");
    let same_day = touch("a", "2026-11-10", "direction: out");
    assert!(!has(&[&asked, &same_day], TODAY, kind));
    assert!(has(&[&same_day, &asked], TODAY, kind), "spoken before they asked");
    let named = touch("a", "2026-11-10", r#"direction: out, answers: "q""#);
    assert!(!has(&[&named, &asked], TODAY, kind));
}

#[test]
fn a_complaint_and_an_uneasy_answer_want_a_word_for_two_months_asked_for_or_not() {
    let before = touch("b", "2026-11-09", "direction: out");
    for trouble in ["direction: in, kind: complaint", "direction: in, temperature: uneasy"] {
        let said = touch("t", "2026-11-15", trouble);
        assert!(has(&[&before, &said], "2026-11-20", ItemKind::Unanswered), "{trouble}");
        assert!(!has(&[&before, &said], "2027-02-05", ItemKind::Unanswered), "{trouble}: long past");
        let word = touch("u", "2026-11-16", "direction: out");
        assert!(!has(&[&before, &said, &word], "2026-11-20", ItemKind::Unanswered), "{trouble}");
    }
    let glad = touch("t", "2026-11-15", "direction: in, temperature: glad");
    assert!(!has(&[&before, &glad], "2026-11-20", ItemKind::Unanswered));
}

#[test]
fn nobody_is_asked_for_news_with_whom_an_end_is_agreed() {
    let [_, income] = paying("");
    let spoke = touch("t", "2026-09-20", "direction: in");
    let client = |end: &str| format!(r#"client (id: "acme", name: "Acme", cadence_days: 30, {end})"#);
    assert!(has(&[&client(""), &income, &spoke], "2026-11-20", ItemKind::Silent));
    let ends = client(r#"ended: (day: "2026-12-31", agreed: "2026-11-01")"#);
    assert!(!has(&[&ends, &income, &spoke], "2026-11-20", ItemKind::Silent));
}

#[test]
fn a_word_of_ours_about_something_else_leaves_their_question_unanswered() {
    let kind = ItemKind::Unanswered;
    let asked = touch("q", "2026-11-10", "direction: in, answer_wanted: true");
    let later = |rest: &str| touch("a", "2026-11-12", &format!("direction: out, {rest}"));
    let about_else = [
        "reminder",
        "report",
        "review",
        "evidence",
        "selling",
        "thanks",
        "praise",
        "testimonial",
        "referral",
        "introduction",
        "heads_up",
        "temperature",
    ];
    for other in about_else {
        assert!(has(&[&asked, &later(&format!("kind: {other}"))], TODAY, kind), "{other}");
        let named = later(&format!(r#"kind: {other}, answers: "q""#));
        assert!(!has(&[&asked, &named], TODAY, kind), "{other} that names it");
    }
    for talk in ["", "kind: help_given", "kind: keep_in_touch"] {
        assert!(!has(&[&asked, &later(talk)], TODAY, kind), "{talk}");
    }
}

#[test]
fn a_letter_answers_a_question_if_it_was_written_for_an_answer() {
    let asked = touch("q", "2026-11-10", "direction: in, answer_wanted: true");
    let went = touch("a", "2026-11-12", "direction: out");
    let letter = |item: &str| {
        format!(
            r#"outgoing (id: "l", client: "acme", subject: "S", text: "T", {item} queued: "2026-11-12",
                handed_over: (day: "2026-11-12", touch: "a"))"#
        )
    };
    for (item, answers) in [
        ("", false),
        (r#"item: "review-due:acme","#, false),
        (r#"item: "renewal-near:r","#, false),
        (r#"item: "unanswered:q","#, true),
        (r#"item: "price-pushed:site","#, true),
    ] {
        let unanswered = has(&[&asked, &went, &letter(item)], TODAY, ItemKind::Unanswered);
        assert_eq!(unanswered, !answers, "{item}");
    }
}

#[test]
fn an_answer_of_theirs_is_owed_after_a_week_and_forgotten_after_two_months() {
    let kind = ItemKind::FeedbackOwed;
    let asked = touch("q", "2026-11-10", "direction: out, answer_wanted: true");
    assert!(!has(&[&asked], "2026-11-16", kind) && !has(&[&asked], "2027-01-10", kind));
    assert_eq!(why(&[&asked], TODAY, kind), "Asked 11 days ago on 10 Nov, and nothing came back");
    assert!(!has(&[&asked, &touch("a", "2026-11-12", "direction: in")], TODAY, kind));
}

#[test]
fn who_asks_again_waits_anew_for_what_is_open_since_the_first_time() {
    let kind = ItemKind::FeedbackOwed;
    let asked = touch("q", "2026-11-05", "direction: out, answer_wanted: true");
    let again = touch("r", "2026-11-14", "direction: out, answer_wanted: true");
    assert!(has(&[&asked], "2026-11-14", kind));
    assert!(!has(&[&asked, &again], "2026-11-15", kind) && !has(&[&asked, &again], "2026-11-20", kind));
    let item = found(&[&asked, &again], TODAY, kind).unwrap();
    assert_eq!(item.why, "Asked 16 days ago on 5 Nov, and nothing came back; asked again 7 days ago");
    assert_eq!(item.id, "feedback-owed:q", "the same from day to day");
    let theirs = [
        touch("q", "2026-11-05", "direction: in, answer_wanted: true"),
        touch("r", "2026-11-20", "direction: in, answer_wanted: true"),
    ];
    let ours = touch("o", "2026-11-01", "direction: out");
    let waits = has(&[&ours, &theirs[0], &theirs[1]], TODAY, ItemKind::Unanswered);
    assert!(waits, "who waits for me waits on");
}

#[test]
fn advice_asked_is_an_idea_to_follow_until_an_answer_or_a_deal() {
    let kind = ItemKind::IdeaToFollow;
    let asked = touch("q", "2026-11-10", "direction: in, kind: advice_asked");
    assert!(has(&[&touch("b", "2026-11-09", "direction: out"), &asked], TODAY, kind));
    let deal = deal(r#"stages: [(day: "2026-11-12", stage: "engaged")]"#);
    assert!(!has(&[&asked, &deal], TODAY, kind) && !has(&[&asked, &lately()], TODAY, kind));
}

#[test]
fn a_kindness_wants_thanks() {
    let kind = ItemKind::ThanksDue;
    let sent = touch("q", "2026-11-10", "direction: in, kind: referral");
    assert_eq!(why(&[&sent], TODAY, kind), "Sent somebody 11 days ago on 10 Nov, not thanked yet");
    assert!(has(&[&sent, &touch("a", "2026-11-11", "direction: out")], TODAY, kind));
    assert!(!has(&[&sent, &touch("a", "2026-11-11", "direction: out, kind: thanks")], TODAY, kind));
}

#[test]
fn a_promise_of_mine_comes_up_two_days_ahead_and_of_theirs_once_it_is_broken() {
    let promise = |by: &str, rest: &str| {
        format!(
            r#"promise (id: "p", client: "acme", by: {by}, what: "Draft", made: "2026-11-01", due: "2026-11-15", {rest})"#
        )
    };
    let (mine, theirs) = (ItemKind::MyPromiseDue, ItemKind::TheirPromiseBroken);
    assert!(!has(&[&promise("me", "")], "2026-11-12", mine));
    assert_eq!(why(&[&promise("me", "")], "2026-11-13", mine), "Due in 2 days; promised on 1 Nov");
    assert_eq!(why(&[&promise("me", "")], "2026-11-18", mine), "3 days past its day; promised on 1 Nov");
    assert!(!has(&[&promise("them", "")], "2026-11-15", theirs));
    assert!(has(&[&promise("them", "")], "2026-11-16", theirs));
    let moved = promise("me", r#"moved: [(day: "2026-11-14", to: "2026-11-23")]"#);
    assert_eq!(
        why(&[&moved], "2026-11-15", mine),
        "Moved to 23 Nov, and not told yet; promised on 1 Nov; moved once"
    );
    let told = touch("told", "2026-11-16", "direction: out, kind: heads_up");
    assert!(!has(&[&moved, &told], "2026-11-16", mine) && !has(&[&moved, &told], "2026-11-20", mine));
    assert_eq!(why(&[&moved, &told], TODAY, mine), "Due in 2 days; promised on 1 Nov; moved once");
    let kept = promise("me", r#"kept: "2026-11-14""#);
    assert!(has(&[&kept], "2026-11-13", mine) && !has(&[&kept], "2026-11-14", mine));
}

#[test]
fn a_renewal_comes_up_thirty_days_ahead_and_names_what_is_missing() {
    let kind = ItemKind::RenewalNear;
    let renewal = |rest: &str| {
        format!(
            r#"renewal (id: "r", what: "acme.org", client: "acme", noted: "2025-12-01", expires: "2026-12-10", {rest})"#
        )
    };
    let bare = renewal(r#"price: "30.00 EUR", contacts: ["Ana"]"#);
    assert!(!has(&[&bare], "2026-11-09", kind) && has(&[&bare], "2026-11-10", kind));
    let item = found(&[&bare], TODAY, kind).unwrap();
    assert_eq!(item.why, "Expires in 19 days, on 10 Dec; one point of contact only; never verified");
    assert_eq!(item.at_stake, eur("30.00"));
    let sound = renewal(
        r#"price: "30.00 EUR", renews_itself: true, contacts: ["Ana", "Ben"], verified: ["2026-10-01"]"#,
    );
    let sound = found(&[&sound], TODAY, kind).unwrap();
    assert_eq!(sound.why, "Expires in 19 days, on 10 Dec; renews itself");
    assert!(sound.cost < item.cost);
    let renewed = renewal(r#"renewed: [(day: "2026-11-20", until: "2027-12-10")]"#);
    assert!(has(&[&renewed], "2026-11-19", kind) && !has(&[&renewed], TODAY, kind));
}

#[test]
fn the_firms_own_renewals_come_up_without_a_client() {
    let own = r#"renewal (id: "r", what: "studio.org", noted: "2025-12-01", expires: "2026-11-20")"#;
    let item = found(&[own], TODAY, ItemKind::RenewalNear).unwrap();
    assert_eq!((item.client, item.client_name.as_str()), (None, ""));
    assert!(item.why.starts_with("Expired yesterday, on 20 Nov"), "{}", item.why);
}

#[test]
fn a_client_with_work_is_reviewed_twice_a_year() {
    let kind = ItemKind::ReviewDue;
    let works = [
        r#"work (id: "a", day: "2026-05-01", client: "acme", hours: "2")"#,
        r#"work (id: "b", day: "2026-10-10", client: "acme", hours: "2")"#,
    ];
    assert!(!has(&works, "2026-10-27", kind) && has(&works, "2026-10-28", kind));
    assert_eq!(why(&works, TODAY, kind), "Work for 204 days without a review; one is due every 180 days");
    let review = touch("t", "2026-09-01", "direction: out, kind: review");
    assert!(!has(&[works[0], works[1], &review], TODAY, kind));
    assert!(!has(&works, "2027-02-01", kind), "no work for ninety days");
}

#[test]
fn while_work_is_under_way_somebody_asks_how_they_feel() {
    let kind = ItemKind::TemperatureDue;
    let site = |rest: &str| deal(&format!(r#"stages: [(day: "2026-10-20", stage: "agreed")], {rest}"#));
    let works = |deal: &str| {
        ["2026-11-01", "2026-11-14"]
            .map(|on| format!(r#"work (id: "{on}", day: "{on}", client: "acme", hours: "2" {deal})"#))
    };
    let [first, last] = works(r#", deal: "site""#);
    let under_way = [site("").clone(), first, last];
    let lines: Vec<&str> = under_way.iter().map(String::as_str).collect();
    assert!(!has(&lines, "2026-11-15", kind) && has(&lines, "2026-11-16", kind));
    assert_eq!(
        why(&lines, TODAY, kind),
        "Work for 20 days, and not asked yet how they feel; work on New site is under way"
    );
    let asked = touch("t", "2026-11-12", "direction: in, temperature: glad");
    assert!(!has(&[lines[0], lines[1], lines[2], &asked], TODAY, kind));
    let delivered = site(r#"delivered: "2026-11-18""#);
    assert!(!has(&[&delivered, lines[1], lines[2]], TODAY, kind), "nothing is under way any more");
    let [first, last] = works("");
    assert!(!has(&[&first, &last], TODAY, kind) && !has(&[&delivered, &first, &last], TODAY, kind));
    let in_work = deal(r#"stages: [(day: "2026-10-20", stage: "in_work")]"#);
    assert!(
        has(&[&in_work, &first, &last], TODAY, kind),
        "hours that name no deal are for what is under way"
    );
}

#[test]
fn review_and_mood_count_from_the_work_at_hand_and_not_from_a_job_of_last_year() {
    let work = |on: &str, job: &str| {
        format!(r#"work (id: "{on}", day: "{on}", client: "acme", deal: "{job}", hours: "2")"#)
    };
    let before = [work("2025-09-20", "flyer"), touch("t", "2025-09-01", "direction: in, temperature: glad")];
    let site = deal(r#"stages: [(day: "2026-11-19", stage: "in_work")]"#);
    let [now, later] = [work("2026-11-20", "site"), work("2026-12-04", "site")];
    let both = [ItemKind::ReviewDue, ItemKind::TemperatureDue];
    let lines = [before[0].as_str(), &before[1], &site, &now];
    assert!(!both.iter().any(|kind| has(&lines, TODAY, *kind)), "{:#?}", items(&lines, TODAY));
    let lines = [before[0].as_str(), &before[1], &site, &now, &later];
    assert!(!has(&lines, "2026-12-03", both[1]));
    assert_eq!(
        why(&lines, "2026-12-04", both[1]),
        "Work for 15 days, and not asked yet how they feel; work on New site is under way"
    );
}

#[test]
fn nobody_is_asked_how_it_goes_who_waits_for_an_answer() {
    let site = deal(r#"stages: [(day: "2026-04-01", stage: "in_work")]"#);
    let [first, last] = ["2026-05-01", "2026-10-01"]
        .map(|on| format!(r#"work (id: "{on}", day: "{on}", client: "acme", deal: "site", hours: "2")"#));
    let now = r#"work (id: "now", day: "2026-11-19", client: "acme", deal: "site", hours: "2")"#;
    let lines = [site.as_str(), &first, &last, now];
    let both = [ItemKind::ReviewDue, ItemKind::TemperatureDue];
    assert!(both.iter().all(|kind| has(&lines, TODAY, *kind)));
    let trouble = touch("no", TODAY, "direction: in, kind: complaint");
    let lines = [site.as_str(), &first, &last, now, &trouble];
    assert!(!both.iter().any(|kind| has(&lines, TODAY, *kind)));
    let answer = touch("yes", TODAY, "direction: out");
    let lines = [site.as_str(), &first, &last, now, &trouble, &answer];
    assert!(both.iter().all(|kind| has(&lines, TODAY, *kind)));
}

#[test]
fn what_is_signed_or_promised_ends_silence_though_no_touch_tells_of_it() {
    let spoke = touch("t", "2026-03-01", "direction: in");
    let signed = |on: &str| {
        deal(&format!(
            r#"stages: [(day: "2026-03-01", stage: "engaged")], agreement: (sent: "2026-03-02", signed: "{on}")"#
        ))
    };
    let [recent, old] = ["2026-11-12", "2026-03-05"].map(signed);
    assert!(!has(&[&spoke, &recent], TODAY, ItemKind::Silent));
    assert!(why(&[&spoke, &old], TODAY, ItemKind::Silent).starts_with("Nobody spoke for 261 days;"));
    let paid = paid("1", "2026-11-01", "2026-11-15", "2026-11-15");
    assert!(has(&[&spoke, &old, &paid], TODAY, ItemKind::Silent), "money comes without a word");
}

#[test]
fn without_a_touch_a_payment_ends_silence_whatever_was_agreed_before() {
    let fee = r#"retainer (id: "f", client: "acme", what: "Care", amount: "100 EUR", every: "1 month", from: "2025-12-01", agreed: "2025-12-01")"#;
    let paid = paid("1", "2026-11-01", "2026-11-15", "2026-11-14");
    assert!(!has(&[fee, &paid], TODAY, ItemKind::Silent));
    assert!(
        why(&[fee], TODAY, ItemKind::Silent).starts_with("No touch noted; the last dealing was 355 days ago")
    );
}

#[test]
fn what_they_ask_after_the_end_is_answered_all_the_same() {
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-11-01"))"#;
    let asked = |on: &str| touch("t", on, "direction: in, answer_wanted: true, kind: complaint");
    assert!(has(&[ended, &asked("2026-11-10")], TODAY, ItemKind::Unanswered));
    assert!(!has(&[ended, &asked("2026-10-10")], TODAY, ItemKind::Unanswered), "the end was the answer");
}

#[test]
fn who_was_asked_by_name_answers_himself() {
    let kind = ItemKind::FeedbackOwed;
    let asked = touch("a", "2026-11-01", r#"direction: out, answer_wanted: true, person: "Gil""#);
    let heard = |person: &str| touch("b", "2026-11-10", &format!("direction: in, {person}"));
    assert!(has(&[&asked, &heard(r#"person: "Gea""#)], TODAY, kind));
    assert!(!has(&[&asked, &heard(r#"person: "Gil""#)], TODAY, kind));
    assert!(!has(&[&asked, &heard("")], TODAY, kind), "it may have been Gil");
}

#[test]
fn an_idea_is_followed_by_a_deal_that_began_since_and_not_by_what_moves_of_an_older_one() {
    let asked = touch("q", "2026-11-10", "direction: in, kind: advice_asked");
    let before = touch("b", "2026-11-09", "direction: out");
    let older = |stage: &str| {
        deal(&format!(
            r#"stages: [(day: "2026-09-01", stage: "agreed"), (day: "2026-11-12", stage: "{stage}")]"#
        ))
    };
    assert!(has(&[&before, &asked, &older("in_work")], TODAY, ItemKind::IdeaToFollow));
}

#[test]
fn a_first_payment_is_not_one_that_came_after_a_part_of_another_invoice() {
    let kind = ItemKind::ThanksDue;
    let part =
        invoice("0", "2026-05-01", "2027-01-15", r#"payments: [(day: "2026-05-20", amount: "900.00 EUR")]"#);
    let whole = paid("1", "2026-11-01", "2026-11-15", "2026-11-20");
    assert!(why(&[&whole], TODAY, kind).contains("their first payment"));
    assert!(!has(&[&part, &whole], TODAY, kind));
    let settled = invoice(
        "0",
        "2026-05-01",
        "2027-01-15",
        r#"payments: [(day: "2026-05-20", amount: "900.00 EUR"), (day: "2026-11-20", amount: "100.00 EUR")]"#,
    );
    assert!(why(&[&settled], TODAY, kind).contains("the first invoice they paid"));
}

#[test]
fn hours_before_a_sale_and_for_the_relationship_are_no_work_under_way() {
    let hours = |purpose: &str| {
        ["2026-05-01", "2026-11-14"].map(|on| {
            format!(r#"work (id: "{on}", day: "{on}", client: "acme", hours: "2", purpose: {purpose})"#)
        })
    };
    let site = deal(r#"stages: [(day: "2026-05-01", stage: "in_work")]"#);
    for (purpose, is_work) in
        [("job", true), ("beyond", true), ("before_sale", false), ("relationship", false)]
    {
        let [first, last] = hours(purpose);
        for kind in [ItemKind::TemperatureDue, ItemKind::ReviewDue] {
            assert_eq!(has(&[&site, &first, &last], TODAY, kind), is_work, "{purpose}: {kind}");
        }
    }
    let [job, _] = hours("job");
    let [_, coffee] = hours("relationship");
    assert!(!has(&[&site, &job, &coffee], TODAY, ItemKind::TemperatureDue), "the work was long ago");
}

#[test]
fn a_renewal_that_is_far_off_is_to_be_checked_with_one_contact_or_unverified_for_six_months() {
    let kind = ItemKind::RenewalUnsure;
    let renewal = |rest: &str| {
        format!(
            r#"renewal (id: "r", what: "acme.org", client: "acme", noted: "2025-12-01", expires: "2027-06-10", price: "30.00 EUR", {rest})"#
        )
    };
    let two = r#"contacts: ["Ana", "Ben"]"#;
    let verified = |on: &str| renewal(&format!(r#"{two}, verified: ["{on}"]"#));
    assert!(!has(&[&verified("2026-05-22")], TODAY, kind));
    assert_eq!(why(&[&verified("2026-05-21")], TODAY, kind), "Expires in 201 days; last verified on 21 May");
    let alone = renewal(r#"contacts: ["Ana"], verified: ["2026-11-01"]"#);
    assert_eq!(why(&[&alone], TODAY, kind), "Expires in 201 days; one point of contact only");
    assert!(has(&[&renewal(two)], TODAY, kind), "noted a year ago and never verified");
    // Once it is near, its own item says the same.
    assert!(!has(&[&alone], "2027-05-20", kind) && has(&[&alone], "2027-05-20", ItemKind::RenewalNear));
}

#[test]
fn a_progress_report_is_due_after_a_month_of_work_until_it_was_sent() {
    let kind = ItemKind::ReportDue;
    let works = deal(r#"stages: [(day: "2026-10-20", stage: "in_work")]"#);
    assert!(!has(&[&works], "2026-11-19", kind));
    assert_eq!(
        why(&[&works], TODAY, kind),
        "Work on New site for 32 days, and no progress report; one is due every 30 days"
    );
    let sent = touch("t", "2026-11-20", "direction: out, kind: report");
    assert!(!has(&[&works, &sent], TODAY, kind) && !has(&[&works, &sent], "2026-12-20", kind));
    assert!(
        why(&[&works, &sent], "2026-12-21", kind).starts_with("The last progress report was 31 days ago")
    );
    let delivered = deal(r#"stages: [(day: "2026-10-20", stage: "in_work")], delivered: "2026-11-20""#);
    assert!(!has(&[&delivered], TODAY, kind));
}

#[test]
fn a_word_to_one_person_thanks_and_answers_nobody_else_and_one_to_nobody_in_particular_all() {
    let says = |id: &str, on: &str, person: &str, rest: &str| {
        touch(id, on, &format!(r#"direction: in, person: "{person}", {rest}"#))
    };
    let word = |kind: &str, person: &str| touch("w", "2026-11-15", &format!("direction: out{kind}{person}"));
    let (to_kim, to_all) = (r#", person: "Kim""#, "");
    for (item, said, kind) in [
        (ItemKind::ThanksDue, "kind: praise", ", kind: thanks"),
        (ItemKind::Unanswered, "answer_wanted: true", ""),
    ] {
        let kim = says("k", "2026-11-10", "Kim (sales)", said);
        let kay = says("y", "2026-11-11", "Kay", said);
        let nobody = touch("n", "2026-11-11", &format!("direction: in, {said}"));
        let left = found(&[&kim, &kay, &word(kind, to_kim)], TODAY, item);
        assert_eq!(left.map(|item| item.title), Some("Kay".to_owned()), "{item}");
        assert!(!has(&[&kim, &kay, &word(kind, to_all)], TODAY, item), "{item}");
        assert!(!has(&[&kim, &nobody, &word(kind, to_kim)], TODAY, item), "{item}: nobody knows who spoke");
    }
}

fn steady() -> Vec<String> {
    let retainer = r#"retainer (id: "r", client: "acme", what: "Care", amount: "100.00 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-01-01")"#;
    let mut lines = vec![retainer.to_owned()];
    lines.extend((1..=4).map(|n| {
        paid(&n.to_string(), &format!("2026-0{n}-01"), &format!("2026-0{n}-15"), &format!("2026-0{n}-15"))
    }));
    lines
}

#[test]
fn a_good_client_to_whom_nothing_good_was_said_for_six_months_is_owed_a_word() {
    let kind = ItemKind::GoodWordDue;
    let steady = steady();
    let lines = |more: &[String]| -> Vec<String> { steady.iter().chain(more).cloned().collect() };
    let found = |more: &[String], on: &str| {
        let lines = lines(more);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        found(&lines, on, kind)
    };
    assert_eq!(found(&[], "2026-07-17"), None, "183 days since they first paid");
    assert_eq!(
        found(&[], TODAY).unwrap().why,
        "Nothing good said in the 310 days since they first paid; they are steady; 183 days is the limit"
    );
    let thanked = [touch("t", "2026-11-20", "direction: out, kind: thanks")];
    assert!(found(&thanked, "2026-11-19").is_some() && found(&thanked, TODAY).is_none());
    // Praise of theirs calls for thanks, which is the same word.
    assert_eq!(found(&[touch("p", "2026-11-15", "direction: in, kind: praise")], TODAY), None);
    let once = paid("1", "2026-01-01", "2026-01-15", "2026-01-15");
    assert!(!has(&[&once], TODAY, kind), "who came once is not steady");
}

#[test]
fn below_break_even_and_pushing_is_a_pattern_that_waits_while_new_goals_have_their_time() {
    let kind = ItemKind::ToxicPattern;
    let mut business = Business::new(Currency::EUR);
    business.break_even_rate = eur("50.00");
    let income = paid("1", "2026-08-01", "2026-08-31", "2026-08-31");
    let work = r#"work (id: "w", day: "2026-08-12", client: "acme", hours: "40")"#;
    let push = touch("p", "2026-09-01", "direction: in, kind: scope_push");
    let found = |lines: &[&str], on: &str| {
        let today = queue_of(&book_of(business.clone(), lines), on);
        today.items.iter().find(|item| item.kind == kind).map(|item| item.why.clone())
    };
    assert_eq!(found(&[&income, work], TODAY), None, "nobody pushed");
    assert_eq!(found(&[&income, &push], TODAY), None, "no hours");
    assert_eq!(
        found(&[&income, work, &push], TODAY).unwrap(),
        "leaves 25.00 EUR an hour, below the break-even rate of 50.00 EUR, from 40 hours; pushed the scope on 1 Sep; \
         next: show them what was achieved and what it took"
    );
    let evidence = touch("e", "2026-11-01", "direction: out, kind: evidence");
    let met = touch("m", "2026-11-05", r#"direction: out, channel: "meeting""#);
    let told = found(&[&income, work, &push, &evidence, &met], TODAY).unwrap();
    assert!(told.ends_with("next: set new goals together"), "{told}");
    let goals = deal(
        r#"stages: [(day: "2026-11-06", stage: "engaged")], goals: [(day: "2026-11-06", what: "fewer rounds")]"#,
    );
    let lines = [income.as_str(), work, &push, &evidence, &met, &goals];
    assert_eq!(found(&lines, TODAY), None, "the goals have sixty days");
    assert!(found(&lines, "2027-01-06").unwrap().ends_with("next: look at it again"));
    let ended = r#"client (id: "acme", name: "Acme", ended: (day: "2026-11-20"))"#;
    assert_eq!(found(&[ended, &income, work, &push], TODAY), None);
}

#[test]
fn of_a_fee_that_gets_another_price_a_year_is_expected_once() {
    let fee = |id: &str, amount: &str, days: &str| {
        format!(
            r#"retainer (id: "{id}", client: "acme", what: "Care", amount: "{amount} EUR", every: "1 month", agreed: "2025-01-01", {days})"#
        )
    };
    let asked = touch("q", "2026-11-10", "direction: in, answer_wanted: true");
    let now = fee("now", "100.00", r#"from: "2025-02-01", until: "2026-12-31""#);
    let next = fee("next", "110.00", r#"from: "2027-01-01""#);
    let at_stake = |on: &str| found(&[&now, &next, &asked], on, ItemKind::Unanswered).unwrap().at_stake;
    assert_eq!(at_stake(TODAY), eur("1200.00"));
    assert_eq!(at_stake("2027-01-02"), eur("1320.00"));
    let other = fee("other", "110.00", r#"from: "2027-01-10""#);
    let both = found(&[&now, &other, &asked], TODAY, ItemKind::Unanswered).unwrap();
    assert_eq!(both.at_stake, eur("2520.00"), "that one is another");
}
