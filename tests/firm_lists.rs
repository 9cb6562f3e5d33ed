//! The lists among the firm's settings: walked, added to, changed and removed by keys, each as one step of undo; and what
//! depends on a row is shown before it goes.

use rapport::command::list_row;
use rapport::domain::{AnyRecord, Business, Deal, THRESHOLDS, Table, TemplateId, WEIGHTS};
use rapport::state::form::Context;
use rapport::state::{
    Change, Cursor, Entered, FirmList, FirmRow, Form, FormKind, ListsPlace, Overlay, Target, firm_rows,
};

use crate::desk::Desk;
use crate::facts::{book_of, day};

const TODAY: &str = "2026-11-20";

const FIRM: &str = r#"(name: "Linden", currency: "EUR",
    accounts: [(id: "bank", name: "Bank", balances: [(day: "2026-11-01", amount: "5000.005 EUR"), (day: "2026-10-01", amount: "-40 EUR"),
        (day: "2026-12-24", amount: "1 USD")]), (id: "till", name: "Till")],
    exchange_rates: [(day: "2026-11-01", currency: "USD", rate: "0.9200"), (day: "2026-01-01", currency: "USD", rate: "0.91"),
        (day: "2026-12-24", currency: "CHF", rate: "1.05")],
    rate_card: [(from: "2026-01-01", what: "Design / UX", rate: "90.000 EUR"), (from: "2027-01-01", what: "Design / UX", rate: "95 USD"),
        (from: "2026-01-01", what: "design / ux", rate: "91 EUR")],
    criteria: [(id: "local", meaning: "nearby"), (id: "pays", meaning: " on time ")],
    templates: [(id: "thanks", text: "Dear {person},\r\nthank you {kindness}. {nope}")])"#;

fn firm() -> Business {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(FIRM).unwrap()
}

fn desk() -> Desk {
    let lines = [
        r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01", fit: [(criterion: "local", meets: true), (criterion: "pays", meets: false)])"#,
        r#"client (id: "bob", name: "Bob Ltd", added: "2026-01-01", fit: [(criterion: "local", meets: false)])"#,
        r#"deal (id: "site", client: "ada", title: "New site", value: "3600 EUR", stages: [(day: "2026-11-01", stage: "engaged")])"#,
    ];
    Desk::of(book_of(firm(), &lines), day(TODAY))
}

fn titles(desk: &Desk) -> Vec<String> {
    desk.shown().lists.iter().map(|row| format!("{}: {}", row.title, row.detail)).collect()
}

/// The lists, at one of them.
fn at(list: FirmList) -> Desk {
    let mut desk = desk();
    desk.press("g f");
    for _ in 0..FirmList::ALL.iter().position(|known| *known == list).unwrap() {
        desk.press("right");
    }
    assert_eq!(desk.state.session.lists.as_ref().map(|place| place.list), Some(list));
    desk
}

fn fill(desk: &mut Desk, fields: &[(&str, &str)]) -> String {
    for (label, text) in fields {
        desk.fill(label, text);
    }
    desk.press("enter");
    desk.notice().to_owned()
}

#[track_caller]
fn refused(desk: &Desk, label: &str) -> String {
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "{}", desk.notice());
    desk.field(label).0.unwrap_or_else(|| panic!("nothing stands in the way at {label}"))
}

/// What is asked before the row under the cursor goes.
fn asked(desk: &mut Desk) -> (String, String) {
    desk.press("del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    (asked.question.clone(), asked.consequence.clone())
}

#[track_caller]
fn undo_is_one_step(desk: &mut Desk, before: &rapport::domain::Book) {
    assert!(desk.state.session.lists.is_some(), "one is back at the list");
    assert_eq!(desk.state.history.depth(), 1, "{}", desk.notice());
    desk.press("z");
    assert!(desk.state.book.is_same(before));
    assert!(desk.state.session.lists.is_some());
}

#[test]
fn every_row_opens_its_form_and_an_untouched_form_changes_nothing() {
    let desk = desk();
    let context = Context { book: &desk.state.book, today: day(TODAY) };
    let mut forms = 0;
    for list in FirmList::ALL {
        for row in firm_rows(&desk.state.book, list) {
            let kind = match list {
                FirmList::Accounts if row.below => FormKind::Balance,
                FirmList::Accounts => FormKind::Account,
                FirmList::Exchange => FormKind::Exchange,
                FirmList::RateCard => FormKind::RateCard,
                FirmList::Criteria => FormKind::Criterion,
                FirmList::Stages => FormKind::Stage,
                FirmList::Letters => FormKind::Template,
                FirmList::Thresholds => FormKind::Threshold,
                FirmList::Weights => FormKind::Weight,
                FirmList::Expenses | FirmList::Renewals => continue,
            };
            let form = Form::open(kind, Target::Row(list, row.key.clone()), 7, &context);
            assert!(form.changes_something());
            let entered = form.read(&context).unwrap_or_else(|why| panic!("{kind:?} {}: {why:?}", row.key));
            let Entered::Edit(edit) = entered else { panic!() };
            let [Change::Settings(after)] = edit.changes.as_slice() else { panic!("{kind:?}") };
            assert_eq!(**after, **desk.state.book.business(), "{kind:?} {}", row.key);
            forms += 1;
        }
    }
    assert_eq!(forms, 2 + 3 + 3 + 3 + 2 + 8 + TemplateId::ALL.len() + THRESHOLDS.len() + WEIGHTS.len());
}

#[test]
fn the_lists_lie_over_the_view_and_esc_closes_them() {
    let mut desk = desk();
    desk.press("g f");
    assert_eq!(
        titles(&desk),
        [
            "Bank: 3 balances",
            "24 Dec 2026: 1.00 USD",
            "1 Nov 2026: 5,000.005 EUR",
            "1 Oct 2026: \u{2212}40.00 EUR",
            "Till: 0 balances"
        ]
    );
    desk.press("l l");
    assert_eq!(titles(&desk).len(), 3);
    desk.press("enter esc");
    assert!(desk.state.session.lists.is_some() && desk.state.session.overlay.is_none());
    desk.press("esc");
    assert!(desk.state.session.lists.is_none());
    desk.press("g f");
    desk.press("ctrl+k");
    assert!(desk.state.session.overlay.is_some(), "the palette opens over them");
    desk.press("esc esc");
    assert!(desk.state.session.lists.is_none());
}

#[test]
fn a_balance_is_corrected_and_removed_and_an_account_goes_with_its_balances() {
    let mut desk = at(FirmList::Accounts);
    let before = desk.state.book.clone();
    desk.press("j j enter");
    assert_eq!(fill(&mut desk, &[("Was in it", "5100")]), "Bank held 5,100.00 EUR on 1 Nov 2026");
    assert_eq!(desk.state.book.business().accounts[0].balances.len(), 3);
    undo_is_one_step(&mut desk, &before);
    let (question, _) = asked(&mut desk);
    assert_eq!(question, "Remove the balance of Bank on 1 Nov 2026?");
    desk.press("enter");
    assert_eq!(desk.state.book.business().accounts[0].balances.len(), 2);
    undo_is_one_step(&mut desk, &before);
    desk.press("k k");
    let (question, consequence) = asked(&mut desk);
    assert_eq!(question, "Remove the account Bank?");
    assert!(consequence.starts_with("Its 3 balances go with it"), "{consequence}");
    desk.press("y");
    assert_eq!(desk.state.book.business().accounts.len(), 1);
    undo_is_one_step(&mut desk, &before);
    desk.press("enter");
    fill(&mut desk, &[("Name", "till")]);
    assert_eq!(refused(&desk, "Name"), "there is an account of this name already");
}

#[test]
fn an_exchange_rate_is_corrected_and_its_removal_says_what_counts_then() {
    let mut desk = at(FirmList::Exchange);
    let before = desk.state.book.clone();
    assert_eq!(titles(&desk)[0], "1 CHF from 24 Dec 2026: 1.05 EUR");
    desk.press("j enter");
    assert_eq!(fill(&mut desk, &[("Was worth", "0.95")]), "One USD is 0.95 EUR");
    undo_is_one_step(&mut desk, &before);
    assert_eq!(asked(&mut desk).1, "From then on the rate of 1 Jan 2026 counts. Undo brings it back.");
    desk.press("n j");
    let (_, consequence) = asked(&mut desk);
    assert_eq!(consequence, "Amounts in USD of that time cannot be added up any more. Undo brings it back.");
}

#[test]
fn a_price_of_the_rate_card_is_added_once_for_a_day() {
    let mut desk = at(FirmList::RateCard);
    let before = desk.state.book.clone();
    desk.press("n");
    let price = [("For what", "Workshop day"), ("How much", "0"), ("From", "2027-01-01")];
    fill(&mut desk, &price);
    assert_eq!(refused(&desk, "How much"), "expected more than nothing");
    assert_eq!(fill(&mut desk, &[("How much", "1,200")]), "Workshop day costs 1,200.00 EUR from 1 Jan 2027");
    assert_eq!(desk.state.book.business().rate_card.len(), 4);
    undo_is_one_step(&mut desk, &before);
    desk.press("n");
    fill(&mut desk, &[("For what", "DESIGN / UX"), ("How much", "9"), ("From", "2027-01-01")]);
    assert_eq!(refused(&desk, "From"), "its price from this day on is noted already: change that one");
}

#[test]
fn a_criterion_takes_what_is_noted_of_clients_along_when_it_is_renamed_or_removed() {
    let mut desk = at(FirmList::Criteria);
    let before = desk.state.book.clone();
    desk.press("enter");
    fill(&mut desk, &[("Name", "pays")]);
    assert_eq!(refused(&desk, "Name"), "there is a criterion of this name already");
    assert_eq!(fill(&mut desk, &[("Name", "near")]), "Changed the criterion near");
    let fits = |desk: &Desk| -> Vec<String> {
        desk.state.book.clients().flat_map(|it| it.client.fit.clone()).map(|fit| fit.criterion).collect()
    };
    assert_eq!(fits(&desk), ["near", "pays", "near"]);
    undo_is_one_step(&mut desk, &before);
    let (_, consequence) = asked(&mut desk);
    assert!(consequence.starts_with("Whether they meet it is noted of 2 clients"), "{consequence}");
    desk.press("enter");
    assert_eq!(fits(&desk), ["pays"]);
    undo_is_one_step(&mut desk, &before);
}

#[test]
fn stages_become_the_books_own_with_the_first_change_and_one_that_was_entered_stays() {
    let mut desk = at(FirmList::Stages);
    let before = desk.state.book.clone();
    assert!(desk.shown().lists.iter().all(|row| row.built_in));
    desk.press("del");
    assert_eq!(desk.notice(), "Not done: 1 deal was in Engaged: a stage stays as long as a deal tells of it");
    desk.press("enter");
    assert_eq!(fill(&mut desk, &[("Stale after", "9")]), "Changed the stage Engaged");
    let stages = &desk.state.book.business().stages;
    assert_eq!((stages.len(), stages[0].stale_days), (8, Some(9)));
    undo_is_one_step(&mut desk, &before);
    desk.press("n");
    let new = [("Name", "Trial"), ("A deal here is", "to be won"), ("Chance", "130"), ("Comes after", "eng")];
    fill(&mut desk, &new);
    assert_eq!(refused(&desk, "Chance"), "expected a chance between 0\u{a0}% and 100\u{a0}%");
    assert_eq!(fill(&mut desk, &[("Chance", "30")]), "Added the stage Trial");
    let names: Vec<_> = desk.state.book.business().stages.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names[..3], ["Engaged", "Trial", "Presented"]);
    desk.press("j j");
    let (question, consequence) = asked(&mut desk);
    assert_eq!(question, "Remove the stage Presented?");
    assert!(consequence.starts_with("No deal was ever in it"));
    desk.press("enter k enter");
    fill(&mut desk, &[("Comes after", "")]);
    let names: Vec<_> = desk.state.book.business().stages.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names[..3], ["Trial", "Engaged", "Proposal"], "it comes first");
    desk.press("z z z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn deals_keep_a_stage_to_begin_in() {
    let stages = r#"stages: [(id: "a", name: "A", phase: open), (id: "b", name: "B", phase: won)]"#;
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let business: Business = options.from_str(&format!(r#"(currency: "EUR", {stages})"#)).unwrap();
    let mut desk = Desk::of(book_of(business, &[]), day(TODAY));
    desk.press("g f right right right right del");
    assert_eq!(desk.notice(), "Not done: deals need one stage to begin in");
    desk.press("enter");
    fill(&mut desk, &[("A deal here is", "lost")]);
    assert_eq!(refused(&desk, "A deal here is"), "deals need one stage to begin in");
}

#[test]
fn one_goes_back_to_the_built_in_stages_unless_a_deal_tells_of_ones_own() {
    let mut desk = at(FirmList::Stages);
    let before = desk.state.book.clone();
    desk.press("b");
    assert_eq!(desk.notice(), "Not done: these stages come with the program already");
    desk.press("enter");
    fill(&mut desk, &[("Stale after", "9")]);
    desk.press("n");
    fill(&mut desk, &[("Name", "Trial"), ("A deal here is", "to be won"), ("Comes after", "eng")]);
    let own: Vec<bool> = desk.shown().lists.iter().map(|row| !row.built_in).collect();
    assert_eq!(
        own,
        [true, true, false, false, false, false, false, false, false],
        "only these are one's own"
    );
    desk.press("b");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(asked.question, "Go back to the built-in stages?");
    assert!(
        asked.consequence.starts_with(
            "What goes: Trial. What is again as it comes with the program: Engaged. Undo brings it back."
        ),
        "{}",
        asked.consequence
    );
    desk.press("enter");
    assert_eq!(desk.notice(), "The built-in stages count again");
    assert!(desk.state.book.business().stages.is_empty());
    desk.press("z z z");
    assert!(desk.state.book.is_same(&before));
}

#[test]
fn a_book_holds_of_a_built_in_stage_no_more_than_its_id() {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let stages = r#"[(id:"engaged",name:"Engaged",phase:open,stale_days:9,chance:"10%"),(id:"presented"),(id:"done")]"#;
    let business: Business = options.from_str(&format!(r#"(currency: "EUR", stages: {stages})"#)).unwrap();
    assert_eq!(business.stages[1].name, "Presented");
    assert_eq!(options.to_string(&business.stages).unwrap(), stages);
    for (stage, why) in [
        (r#"(id: "trial")"#, r#""trial" is no built-in stage: add its name and phase"#),
        (r#"(id: "trial", phase: open)"#, r#"the stage "trial" has no name: add it, as in (name: …)"#),
        (r#"(id: "done", name: "Over")"#, r#"the stage "done" has no phase: add it, as in (phase: …)"#),
    ] {
        let text = format!("(format: 1, business: (currency: \"EUR\", stages: [{stage}]))");
        let problems = rapport::store::load(text.as_bytes()).map(|it| it.problems).unwrap_or_default();
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|it| it.contains(why)), "{said:?}");
    }
}

#[test]
fn a_threshold_is_changed_within_its_range_and_order_and_goes_back_to_built_in() {
    let mut desk = at(FirmList::Thresholds);
    let before = desk.state.book.clone();
    assert_eq!(titles(&desk)[1], "Days of silence after which a client without a cadence comes up: 45 days");
    desk.press("j enter");
    let view = desk.shown().form.unwrap();
    assert_eq!(view.title, "Days of silence after which a client without a cadence comes up");
    assert_eq!(view.note.unwrap(), "Built in: 45 days. A whole number from 1 to 3650 days.");
    for (typed, why) in [
        ("0", "expected a whole number from 1 to 3650 days"),
        ("1,000", "expected a whole number up to 3650"),
        ("soon", "expected a whole number up to 3650"),
    ] {
        desk.fill("Number", typed);
        assert_eq!(desk.field("Number").0.unwrap(), why);
    }
    assert_eq!(
        fill(&mut desk, &[("Number", "60")]),
        "Now 60 days: days of silence after which a client without a cadence comes up"
    );
    assert_eq!(
        titles(&desk)[1],
        "Days of silence after which a client without a cadence comes up: 60 days · built in: 45"
    );
    assert_eq!(desk.state.book.business().threshold(rapport::domain::Threshold::SilentDays), 60.into());
    undo_is_one_step(&mut desk, &before);
    desk.press("ctrl+shift+z b");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert!(
        asked.consequence.starts_with("The built-in one counts again: 45 days."),
        "{}",
        asked.consequence
    );
    desk.press("enter");
    assert!(desk.state.book.business().thresholds.is_empty());
    desk.press("b");
    assert_eq!(desk.notice(), "Not done: this number comes with the program: change it to have your own");
    // Typed back to what is built in, or left empty, it is no number of the book's own.
    for typed in ["45", ""] {
        desk.press("enter");
        fill(&mut desk, &[("Number", "50")]);
        assert_eq!(desk.state.book.business().thresholds.len(), 1);
        desk.press("enter");
        fill(&mut desk, &[("Number", typed)]);
        assert!(desk.state.book.business().thresholds.is_empty());
    }
    let at = THRESHOLDS.iter().position(|row| row.name == "concentration_watch").unwrap();
    (1..at).for_each(|_| desk.press("down"));
    desk.press("enter");
    desk.fill("Number", "50");
    assert_eq!(
        desk.field("Number").0.unwrap(),
        "expected at most 40, where this stands: percent of income from one client that is a risk"
    );
}

#[test]
fn a_weight_is_changed_and_not_all_of_them_can_be_nothing() {
    let mut desk = at(FirmList::Weights);
    assert_eq!(titles(&desk)[0], "Days beyond terms, promises to pay, disputes and losses: 25 points");
    for _ in 1..WEIGHTS.len() {
        desk.press("enter");
        fill(&mut desk, &[("Points", "0")]);
        desk.press("down");
    }
    desk.press("enter");
    desk.fill("Points", "0");
    assert_eq!(desk.field("Points").0.unwrap(), "one indicator at least has to count: all others have 0");
    fill(&mut desk, &[("Points", "12.5")]);
    assert_eq!(desk.state.book.business().weights.len(), WEIGHTS.len());
    assert!(titles(&desk)[6].ends_with("12.5 points · built in: 10"), "{}", titles(&desk)[6]);
}

#[test]
fn a_letters_text_becomes_ones_own_names_unknown_fields_as_one_types_and_goes_back() {
    let mut desk = at(FirmList::Letters);
    let before = desk.state.book.clone();
    let id = TemplateId::named(&desk.shown().lists[0].key).unwrap();
    desk.press("enter");
    let view = desk.shown().form.unwrap();
    assert_eq!(view.title, format!("Letter: {}", id.meaning()));
    assert!(view.note.unwrap().contains("{person}"));
    desk.fill("Text", "Dear {persn},\n\nhello.");
    assert_eq!(desk.field("Text").0.unwrap(), "{persn} is no field of this letter: did you mean {person}?");
    desk.fill("Subject", "To {number}");
    assert_eq!(desk.field("Subject").0.unwrap(), "{number} is no field of this letter");
    desk.fill("Subject", "Hello {client}");
    desk.fill("Text", "Dear {person},\n\nhello.");
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), format!("Changed the text for “{}”", id.meaning()));
    let wording = id.wording(desk.state.book.business());
    assert_eq!((wording.subject, wording.body), (Some("Hello {client}"), "Dear {person},\n\nhello."));
    assert_eq!(titles(&desk)[0], format!("{}: your own text", id.meaning()));
    // Typed back to what it was, it is no text of one's own.
    let built_in = Business::new(before.currency());
    desk.press("enter");
    desk.fill("Subject", id.wording(&built_in).subject.unwrap());
    desk.fill("Text", id.wording(&built_in).body);
    desk.press("ctrl+enter");
    assert_eq!(desk.state.book.business().templates, before.business().templates);
    desk.press("z");
    let (question, consequence) = asked(&mut desk);
    assert_eq!(question, format!("Remove your own text for “{}”?", id.meaning()));
    assert!(consequence.starts_with("The one that comes with the program counts again"));
    desk.press("enter");
    assert_eq!(desk.state.book.business().templates, before.business().templates);
    desk.press("del");
    assert_eq!(desk.notice(), "Not done: this text comes with the program: change it to have your own");
    desk.press("n");
    assert_eq!(desk.notice(), "Each letter there is has its text: change one");
}

fn deal(desk: &Desk) -> Deal {
    match desk.state.book.find(Table::Deals, "site") {
        Some(AnyRecord::Deal(deal)) => Deal::clone(&deal),
        _ => panic!(),
    }
}

#[test]
fn a_price_is_split_into_parts_by_hand_or_in_a_row() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    desk.press("shift+a n");
    desk.fill("Client", "ada");
    desk.fill("Deal", "new");
    desk.fill("Parts", "3 x 1,200 from 2026-12-31 every month");
    let echo = desk.field("Parts").1.unwrap();
    assert_eq!(echo, "3 parts, 3,600.00 EUR in all, 31 Dec 2026 to 28 Feb 2027");
    desk.press("enter");
    assert_eq!(desk.notice(), "New site is paid in 3 instalments");
    let plan = deal(&desk).instalments.unwrap();
    let days: Vec<_> = plan.instalments.iter().map(|part| part.due).collect();
    assert_eq!(days, [day("2026-12-31"), day("2027-01-31"), day("2027-02-28")]);
    assert_eq!(plan.agreed, day(TODAY));
    assert_eq!(desk.state.history.depth(), 1);
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    desk.press("shift+a n");
    let fields = [("Client", "ada"), ("Deal", "new"), ("Parts", "1 dec 1,200; nonsense")];
    fill(&mut desk, &fields);
    assert!(refused(&desk, "Parts").starts_with("\"nonsense\": expected parts such as"));
    fill(&mut desk, &[("Parts", "1 dec 1,200; 1 jan 12 usd")]);
    assert_eq!(refused(&desk, "Parts"), "all parts of a price are in one currency");
    fill(&mut desk, &[("Parts", "1 jan 1,200; 1 dec 2,400")]);
    let plan = deal(&desk).instalments.unwrap();
    assert_eq!((plan.instalments[0].due, plan.instalments.len()), (day("2026-12-01"), 2));
}

#[test]
fn a_plan_that_is_there_is_filled_in_kept_untouched_and_keeps_the_invoices_of_its_parts() {
    let lines = [
        r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01")"#,
        r#"invoice (id: "i1", number: "1", client: "ada", issued: "2026-11-01", due: "2026-12-01", lines: [(result: "A", price: "10.005 EUR")])"#,
        r#"deal (id: "site", client: "ada", title: "New site", stages: [(day: "2026-11-01", stage: "engaged")],
            instalments: (agreed: "2026-11-02", instalments: [(due: "2026-12-01", amount: "10.50 EUR", invoice: "i1"), (due: "2026-11-30", amount: "5 EUR")]))"#,
    ];
    let context_of = |desk: &Desk| desk.state.book.clone();
    let mut desk = Desk::of(book_of(firm(), &lines), day(TODAY));
    let book = context_of(&desk);
    let context = Context { book: &book, today: day(TODAY) };
    let form =
        Form::open(FormKind::Instalments, Target::NewPart(Table::Deals, "site".to_owned()), 7, &context);
    let Ok(Entered::Edit(edit)) = form.read(&context) else { panic!() };
    let [Change::Put(AnyRecord::Deal(after))] = edit.changes.as_slice() else { panic!() };
    assert_eq!(**after, deal(&desk));
    desk.act(rapport::state::Action::OpenForm(
        FormKind::Instalments,
        Target::NewPart(Table::Deals, "site".to_owned()),
    ));
    desk.fill("Parts", "2026-12-01 10.50; 2027-01-01 5");
    desk.press("enter");
    let plan = deal(&desk).instalments.unwrap();
    let named: Vec<_> = plan.instalments.iter().map(|part| part.invoice.is_some()).collect();
    assert_eq!((plan.agreed, named), (day("2026-11-02"), vec![true, false]));
    desk.press("shift+a n");
    desk.act(rapport::state::Action::Back);
    desk.act(rapport::state::Action::OpenForm(
        FormKind::Instalments,
        Target::NewPart(Table::Deals, "site".to_owned()),
    ));
    desk.fill("Parts", "");
    desk.press("enter");
    assert_eq!(desk.notice(), "New site is not paid in instalments");
    assert!(deal(&desk).instalments.is_none());
}

#[test]
fn of_a_client_it_is_said_which_criteria_it_meets_how_it_was_met_and_how_it_feels() {
    let mut desk = desk();
    desk.press("g c home");
    while desk.shown().selected_client(&desk.state.session).unwrap().as_str() != "ada" {
        desk.press("j");
    }
    desk.press("f2");
    let form = desk.shown().form.unwrap();
    assert!(form.fields.iter().any(|field| field.label == "Fit what you want"));
    desk.fill("Fit what you want", "local, not nice");
    assert_eq!(desk.field("Fit what you want").0.unwrap(), "\"nice\": expected one of local, pays");
    desk.fill("Fit what you want", "not local, pa");
    let completions =
        desk.shown().form.unwrap().fields.into_iter().find(|it| it.label == "Fit what you want");
    assert_eq!(completions.unwrap().completions, ["not local, pays"]);
    let more = [("They were", "fallen"), ("Value most", "calm"), ("Like to be told", "by phone")];
    assert_eq!(fill(&mut desk, &more), "Changed Ada Ltd");
    let client = desk.state.book.clients().next().unwrap().client.clone();
    let fits: Vec<_> = client.fit.iter().map(|fit| (fit.criterion.as_str(), fit.meets)).collect();
    assert_eq!(fits, [("local", false), ("pays", true)]);
    assert_eq!((client.values_most.as_deref(), client.reports.as_deref()), (Some("calm"), Some("by phone")));
    assert_eq!(client.origin, Some(rapport::domain::Origin::FellInto));
    desk.press("shift+a g");
    assert_eq!(fill(&mut desk, &[("It feels", "heavy")]), "Noted how it feels to work for Ada Ltd");
    assert_eq!(desk.state.book.clients().next().unwrap().client.feelings.len(), 1);
    assert_eq!(desk.state.history.depth(), 2);
}

#[test]
fn the_cursor_is_found_where_it_was_noted_and_by_its_key_where_rows_moved() {
    let row = |key: &str| FirmRow {
        key: key.to_owned(),
        title: String::new(),
        detail: String::new(),
        below: false,
        built_in: false,
    };
    let rows = [row("a"), row("b"), row("c")];
    let place = |key: &str, index| ListsPlace {
        list: FirmList::Criteria,
        cursor: Cursor { key: key.to_owned(), index, column: 0 },
    };
    assert_eq!(list_row(&place("", 0), &rows), Some(0), "a list that was just opened");
    assert_eq!(list_row(&place("b", 1), &rows), Some(1));
    assert_eq!(list_row(&place("c", 0), &rows), Some(2), "it moved down");
    assert_eq!(list_row(&place("gone", 1), &rows), Some(1), "what takes its place");
    assert_eq!(list_row(&place("gone", 9), &rows), Some(2));
    assert_eq!(list_row(&place("a", 0), &[]), None);
}
