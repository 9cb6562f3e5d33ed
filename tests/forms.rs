//! Forms: what one writes it reads back, and what one was not asked to change stays as it is.

use chrono::NaiveDate;
use rapport::domain::{AnyRecord, Book, Deal, DealId, Invoice, Table};
use rapport::state::form::Context;
use rapport::state::{Action, Change, Entered, Form, FormKind, Overlay, PageSection, Target};
use rapport::store::{load, sample};
use rapport::written::{self, DayOrder, Format, Marks};

use crate::desk::Desk;
use crate::facts::{self, day};

const TODAY: &str = "2026-11-20";

/// Records that no text tells apart, or whose texts are easily misread.
const NASTY: [&str; 24] = [
    r#"client (id: "muller-1", name: "Müller", added: "2026-01-01", tags: ["a, b", " c "])"#,
    r#"client (id: "muller-2", name: "Müller", added: "2026-01-01", met: (day: "2026-12-24", introduced_by: "muller-1"),
        people: [(name: "Ann", mail: "no address"), (name: "Ann", role: "buyer")])"#,
    r#"client (id: "abroad", name: "Abroad", added: "2026-01-01", currency: "USD", cadence_days: 0, notes: " kept ")"#,
    r#"deal (id: "one", client: "muller-2", title: "Website", value: "900.00 USD",
        stages: [(day: "2026-10-01", stage: "engaged"), (day: "2026-10-01", stage: "engaged", why: "again")])"#,
    r#"deal (id: "two", client: "muller-2", title: "Website", value: "12.125 EUR",
        stages: [(day: "2026-10-02", stage: "engaged"), (day: "2026-12-24", stage: "proposal")],
        next_step: (what: "call", due: "2026-12-27", set: "2026-12-26"))"#,
    r#"deal (id: "euros", client: "abroad", title: "Phase 2; and 3", value: "4800.00 EUR",
        stages: [(day: "2026-10-02", stage: "no such stage")])"#,
    r#"deal (id: "dollars", client: "abroad", title: "Phase 2", value: "4800.00 USD",
        stages: [(day: "2026-10-02", stage: "engaged")])"#,
    r#"invoice (id: "i1", number: "1", client: "muller-2", deal: "two", issued: "2026-11-01", due: "2026-11-20", lines: [
        (result: "Support week 3", price: "450.00 EUR"), (result: "A; B; 7", quantity: "2.125", price: "0.085 EUR"),
        (result: "Phase 2 x", price: "12.500 EUR"), (result: "Twin", price: "1 EUR", tax: "7%"),
        (result: "Twin", price: "1 EUR", tax: "19%"), (result: " two  spaces", price: "12.1234 EUR")],
        payments: [(day: "2026-11-10", amount: "5.125 EUR"), (day: "2026-12-24", amount: "9999 EUR")])"#,
    r#"invoice (id: "i2", number: "1", client: "muller-1", issued: "2026-11-01", due: "2026-10-20", lines: [
        (result: "Work", price: "450.00 USD")], payments: [(day: "2026-10-10", amount: "450.000001 USD")])"#,
    r#"invoice (id: "i3", number: "2", client: "abroad", issued: "2026-11-01", due: "2026-11-20", lines: [
        (result: "Work 12", price: "450.00 EUR")], payments: [(day: "2026-11-10", amount: "450 EUR")])"#,
    r#"invoice (id: "i4", number: "3", client: "abroad", issued: "2026-11-01", due: "2026-11-20", lines: [
        (result: "", price: "12.500 KWD")])"#,
    r#"invoice (id: "i5", number: "3", client: "abroad", issued: "2026-12-01", due: "2026-12-20", lines: [])"#,
    r#"touch (id: "t1", client: "muller-2", day: "2026-11-01", direction: out, deal: "two")"#,
    r#"touch (id: "t2", client: "muller-1", day: "2026-12-24", direction: in, channel: "mail", written: false)"#,
    r#"promise (id: "p1", client: "muller-2", by: me, what: "proofs", made: "2026-11-01", due: "2026-11-05",
        moved: [(day: "2026-12-24", to: "2026-12-30")], kept: "2026-12-29")"#,
    r#"promise (id: "p2", client: "muller-1", by: them, what: "texts", made: "2026-11-05", due: "2026-11-01")"#,
    r#"outgoing (id: "l1", client: "muller-2", subject: " S\nT ", to: "no address", text: " [kept?]\n\n", queued: "2026-12-24")"#,
    r#"work (id: "w1", day: "2026-12-24", hours: "30.125", purpose: beyond)"#,
    r#"work (id: "w2", client: "muller-2", deal: "one", day: "2026-11-01", hours: "0", note: " n ")"#,
    r#"expense (id: "e1", what: "Rent", amount: "-4.125 USD", day: "2027-01-01", every: "1 month", until: "2026-01-01")"#,
    r#"expense (id: "e2", what: "Train", client: "abroad", deal: "euros", amount: "9 EUR", day: "2026-12-24", noted: "2026-11-01")"#,
    r#"retainer (id: "r1", client: "abroad", what: "Care", amount: "100.005 EUR", every: "2 weeks", agreed: "2026-12-24",
        from: "2026-12-30", until: "2026-12-01", basis: by_product)"#,
    r#"renewal (id: "x1", what: "x.org", client: "muller-1", noted: "2026-01-01", expires: "2026-02-01", contacts: ["A, b"],
        renewed: [(day: "2026-01-20", until: "2027-02-01"), (day: "2026-12-24", until: "2028-02-01")],
        chain: [(role: "host: x", who: ";")], renews_itself: false, verified: ["2026-12-24"])"#,
    r#"promise (id: "p3", client: "muller-1", by: them, what: " ", made: "2026-12-05", due: "2026-12-07")"#,
];

fn nasty() -> Book {
    facts::book(&NASTY)
}

fn desk(book: Book) -> Desk {
    Desk::of(book, day(TODAY))
}

/// Every form that changes a record or a part of it.
fn forms_of(record: &AnyRecord) -> Vec<(FormKind, Target)> {
    let id = record.id_str().to_owned();
    let whole = Target::Record(record.table(), id.clone());
    let parts = |kind: FormKind, count: usize| {
        (0..count).map(|at| (kind, Target::Part(record.table(), id.clone(), at))).collect::<Vec<_>>()
    };
    match record {
        AnyRecord::Client(client) => {
            let mut forms = parts(FormKind::Person, client.people.len());
            forms.push((FormKind::Client, whole));
            forms
        }
        AnyRecord::Deal(deal) => {
            let mut forms = vec![(FormKind::Deal, whole.clone())];
            forms.extend(deal.next_step.as_ref().map(|_| (FormKind::NextStep, whole.clone())));
            forms.extend(parts(FormKind::Goal, deal.goals.len()));
            forms.push((FormKind::Offer, whole));
            forms
        }
        AnyRecord::Invoice(invoice) => {
            let mut forms = parts(FormKind::Payment, invoice.payments.len());
            forms.push((FormKind::Invoice, whole));
            forms
        }
        AnyRecord::Touch(_) => vec![(FormKind::Touch, whole)],
        AnyRecord::Outgoing(_) => vec![(FormKind::Letter, whole)],
        AnyRecord::Promise(_) => vec![(FormKind::Promise, whole)],
        AnyRecord::Work(_) => vec![(FormKind::Work, whole)],
        AnyRecord::Expense(_) => vec![(FormKind::Expense, whole)],
        AnyRecord::Retainer(_) => vec![(FormKind::Retainer, whole)],
        AnyRecord::Renewal(_) => vec![(FormKind::Renewal, whole)],
        _ => Vec::new(),
    }
}

fn untouched_gives_an_equal_record(book: &Book, today: NaiveDate) -> usize {
    let mut forms = 0;
    for record in book.records() {
        for (kind, target) in forms_of(&record) {
            let context = Context { book, today };
            let form = Form::open(kind, target.clone(), 7, &context);
            let later_step = kind == FormKind::NextStep && form.values.iter().all(String::is_empty);
            if later_step {
                continue; // It is not known yet: the form makes a new one.
            }
            let entered =
                form.read(&context).unwrap_or_else(|errors| panic!("{kind:?} {target:?}: {errors:?}"));
            let Entered::Edit(edit) = entered else { panic!("{kind:?} changes a record") };
            let [Change::Put(after)] = edit.changes.as_slice() else { panic!("{kind:?} changes one record") };
            assert_eq!(format!("{after:#?}"), format!("{record:#?}"), "{kind:?} on {today}");
            forms += 1;
        }
    }
    forms
}

#[test]
fn a_form_opened_and_committed_untouched_gives_an_equal_record_in_every_writing() {
    for marks in [Marks::Comma, Marks::Point, Marks::Space, Marks::Apostrophe] {
        for days in [DayOrder::DayFirst, DayOrder::MonthFirst, DayOrder::YearFirst] {
            written::use_format(Format { marks, days });
            assert!(untouched_gives_an_equal_record(&nasty(), day(TODAY)) > 15);
        }
    }
    written::use_format(Format::default());
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    assert!(untouched_gives_an_equal_record(&book, sample::ANCHOR) > 500);
    untouched_gives_an_equal_record(&book, day("2025-03-01"));
    assert!(untouched_gives_an_equal_record(&nasty(), day(TODAY)) > 15);
    untouched_gives_an_equal_record(&nasty(), day("2027-03-01"));
}

#[test]
fn what_a_form_shows_in_the_chosen_marks_reads_back_when_it_is_typed_over_with_the_same() {
    for (marks, price, lines, hours) in [
        (Marks::Comma, "4,800.00 USD", "Support 450.00; Design 2.5 x 1,200.00", "2.5"),
        (Marks::Point, "4.800,00 USD", "Support 450,00; Design 2,5 x 1.200,00", "2,5"),
        (Marks::Space, "4\u{202f}800,00 USD", "Support 450,00; Design 2,5 x 1\u{202f}200,00", "2,5"),
        (Marks::Apostrophe, "4\u{2019}800.00 USD", "Support 450.00; Design 2.5 x 1\u{2019}200.00", "2.5"),
    ] {
        written::use_format(Format { marks, ..Format::default() });
        let book = facts::book(&[
            r#"client (id: "a", name: "Ann")"#,
            r#"deal (id: "d", client: "a", title: "Shop", value: "4800 USD", stages: [(day: "2026-10-02", stage: "engaged")])"#,
            r#"invoice (id: "i", number: "1", client: "a", issued: "2026-11-01", due: "2026-11-20", tax: "7.5%", lines: [
                (result: "Support", price: "450 EUR"), (result: "Design", quantity: "2.5", price: "1200 EUR")])"#,
            r#"work (id: "w", client: "a", day: "2026-11-01", hours: "2.5")"#,
        ]);
        let context = Context { book: &book, today: day(TODAY) };
        for (kind, table, id, field, text) in [
            (FormKind::Deal, Table::Deals, "d", "value", price),
            (FormKind::Invoice, Table::Invoices, "i", "lines", lines),
            (FormKind::Work, Table::Work, "w", "hours", hours),
        ] {
            let mut form = Form::open(kind, Target::Record(table, id.to_owned()), 7, &context);
            let at = kind.spec().fields.iter().position(|it| it.name == field).unwrap();
            assert_eq!(form.values[at], text);
            // As if all of it had been typed.
            form.initial.iter_mut().for_each(|text| text.push('x'));
            form.initial[kind.spec().fields.iter().position(|it| it.name == "client").unwrap()].pop();
            let Ok(Entered::Edit(edit)) = form.read(&context) else { panic!("{:?}", form.read(&context)) };
            let [Change::Put(after)] = edit.changes.as_slice() else { panic!() };
            let before = book.find(table, id).unwrap();
            assert_eq!(format!("{after:#?}"), format!("{before:#?}"), "{marks:?}");
        }
    }
    written::use_format(Format::default());
}

#[test]
fn committing_an_untouched_form_leaves_the_very_book() {
    let mut desk = desk(nasty());
    let before = desk.state.book.clone();
    desk.act(Action::OpenForm(FormKind::Invoice, Target::Record(Table::Invoices, "i1".into())));
    desk.press("enter");
    assert!(desk.state.session.overlay.is_none());
    assert!(desk.state.book.is_same(&before));
    assert_eq!(desk.notice(), "Nothing was changed");
}

fn invoice(desk: &Desk, id: &str) -> Invoice {
    match desk.state.book.find(Table::Invoices, id) {
        Some(AnyRecord::Invoice(invoice)) => Invoice::clone(&invoice),
        _ => panic!("no invoice {id}"),
    }
}

fn edit(
    desk: &mut Desk,
    kind: FormKind,
    table: Table,
    id: &str,
    field: &str,
    change: impl Fn(&str) -> String,
) {
    desk.act(Action::OpenForm(kind, Target::Record(table, id.into())));
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    let at = kind.spec().fields.iter().position(|it| it.label == field).unwrap();
    let text = change(&form.values[at]);
    desk.fill(field, &text);
    let errors = desk.shown().form.unwrap().fields.into_iter().filter_map(|field| field.error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new());
    desk.press("enter");
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn adding_a_line_leaves_every_other_line_as_it_is() {
    let mut desk = desk(nasty());
    let before = invoice(&desk, "i1");
    edit(&mut desk, FormKind::Invoice, Table::Invoices, "i1", "Results", |text| format!("{text}; Extra 1 5"));
    let after = invoice(&desk, "i1");
    assert_eq!(after.lines[..6], before.lines[..]);
    assert_eq!(
        (after.lines[6].result.as_str(), after.lines[6].price.to_string().as_str()),
        ("Extra 1", "5.00 EUR")
    );
}

#[test]
fn a_renamed_line_keeps_its_own_tax_and_twins_keep_theirs() {
    let mut desk = desk(nasty());
    edit(&mut desk, FormKind::Invoice, Table::Invoices, "i1", "Results", |text| {
        text.replacen("Twin 1.00", "Gift 2.00", 1)
    });
    let lines = invoice(&desk, "i1").lines;
    let taxes: Vec<_> =
        lines[3..5].iter().map(|line| (line.result.as_str(), line.tax.unwrap().to_string())).collect();
    assert_eq!(taxes, [("Gift", "7\u{a0}%".to_owned()), ("Twin", "19\u{a0}%".to_owned())]);
    assert_eq!(lines[1].result, "A; B; 7");
}

#[test]
fn a_result_that_ends_in_digits_keeps_them() {
    let mut desk = desk(nasty());
    desk.act(Action::OpenForm(FormKind::Invoice, Target::NewPart(Table::Deals, "dollars".into())));
    assert_eq!(desk.field("Results").1.as_deref(), Some("1 line, 4,800.00 USD net"));
    desk.fill("Number", "10");
    desk.press("enter");
    desk.act(Action::OpenForm(FormKind::Invoice, Target::NewPart(Table::Deals, "euros".into())));
    assert_eq!(desk.field("Results").1.as_deref(), Some("1 line, 4,800.00 EUR net"));
    desk.fill("Number", "11");
    desk.press("enter");
    let lines = |number: &str| {
        let invoices = desk.state.book.clients().flat_map(|client| client.facts.invoices.clone());
        let lines = invoices.filter(|invoice| invoice.number == number).flat_map(|it| it.lines.clone());
        lines.map(|line| (line.result, line.price.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(lines("10"), [("Phase 2".to_owned(), "4800.00 USD".to_owned())]);
    assert_eq!(lines("11"), [("Phase 2; and 3".to_owned(), "4800.00 EUR".to_owned())]);
}

#[test]
fn a_price_takes_a_second_word_only_for_its_currency() {
    let mut desk = desk(nasty());
    desk.act(Action::OpenForm(FormKind::Invoice, Target::New(None)));
    desk.fill("Client", "Abroad");
    for (typed, says) in [
        ("Support week 3 450", "1 line, 450.00 USD net"),
        ("Support week 3 450 eur", "1 line, 450.00 EUR net"),
        ("Support week 3 450 €", "1 line, 450.00 EUR net"),
        ("Support week 3 € 450", "1 line, 450.00 EUR net"),
        ("Phase 2 450; Hosting 12 x 15", "2 lines, 630.00 USD net"),
    ] {
        desk.fill("Results", typed);
        assert_eq!(desk.field("Results").1.as_deref(), Some(says), "{typed}");
    }
}

#[test]
fn editing_a_record_of_one_twin_does_not_move_it_to_the_other() {
    let mut desk = desk(nasty());
    edit(&mut desk, FormKind::Touch, Table::Touches, "t1", "How", |_| "phone".to_owned());
    let Some(AnyRecord::Touch(touch)) = desk.state.book.find(Table::Touches, "t1") else { panic!() };
    assert_eq!((touch.client.as_str(), touch.deal.as_ref().map(DealId::as_str)), ("muller-2", Some("two")));
    edit(&mut desk, FormKind::Invoice, Table::Invoices, "i1", "Thanks", |_| "thank you".to_owned());
    assert_eq!(invoice(&desk, "i1").deal.as_ref().map(DealId::as_str), Some("two"));
    edit(&mut desk, FormKind::Deal, Table::Deals, "dollars", "Value", |text| text.replace("4,800", "4,900"));
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "dollars") else { panic!() };
    assert_eq!(deal.value.unwrap().to_string(), "4900.00 USD");
    edit(&mut desk, FormKind::Deal, Table::Deals, "one", "Value", |text| text.replace("900", "950"));
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "one") else { panic!() };
    assert_eq!(deal.value.unwrap().to_string(), "950.00 USD");
}

#[test]
fn another_stage_is_entered_today_unless_another_day_is_typed() {
    let mut desk = desk(nasty());
    desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, "one".into())));
    desk.fill("Stage", "proposal");
    assert_eq!(desk.field("In stage since").1.as_deref(), Some("Fri 20 Nov, today"));
    desk.press("enter");
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "one") else { panic!() };
    let stages: Vec<_> = deal.stages.iter().map(|fact| (fact.stage.as_str(), fact.day.to_string())).collect();
    assert_eq!(stages[2], ("proposal", TODAY.to_owned()));
    edit(&mut desk, FormKind::Deal, Table::Deals, "one", "In stage since", |_| "2026-11-18".to_owned());
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "one") else { panic!() };
    assert_eq!((deal.stages.len(), deal.stages[2].day), (3, day("2026-11-18")));
}

#[test]
fn a_stage_typed_notes_what_speaks_against_it_as_a_move_on_the_board_does() {
    let mut desk = desk(nasty());
    desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, "one".into())));
    desk.fill("Stage", "In work");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed Website. Mind: there is no agreement in writing");
    let deal = |desk: &Desk, id: &str| match desk.state.book.find(Table::Deals, id) {
        Some(AnyRecord::Deal(deal)) => Deal::clone(&deal),
        _ => panic!("no deal {id}"),
    };
    let entered = deal(&desk, "one").stages.pop().unwrap();
    assert_eq!(entered.override_of.as_deref(), Some("unsigned no-down-payment"));
    // Its day is corrected, and nothing else of it changes; another field notes nothing.
    edit(&mut desk, FormKind::Deal, Table::Deals, "one", "Notes", |_| "x".to_owned());
    assert_eq!(desk.notice(), "Changed Website");
    assert_eq!(deal(&desk, "one").stages.pop(), Some(entered));
    edit(&mut desk, FormKind::Deal, Table::Deals, "dollars", "Stage", |_| "Agreed".to_owned());
    assert_eq!(deal(&desk, "dollars").stages.pop().unwrap().override_of, None, "nothing speaks against it");
}

#[test]
fn a_form_knows_only_what_was_known_and_loses_nothing_that_came_later() {
    let line = r#"invoice (id: "i", number: "9", client: "c", issued: "2026-06-01", due: "2026-06-20",
        lines: [(result: "Work", price: "100 EUR")], payments: [(day: "2026-12-24", amount: "100 EUR")])"#;
    let mut desk = desk(facts::book(&[r#"client (id: "c", name: "Acme")"#, line]));
    desk.act(Action::OpenForm(FormKind::Payment, Target::NewPart(Table::Invoices, "i".into())));
    assert_eq!(desk.field("Amount"), (None, Some("100.00 EUR".to_owned())));
    desk.press("enter");
    let payments = invoice(&desk, "i").payments;
    let days: Vec<_> = payments.iter().map(|payment| payment.day.to_string()).collect();
    assert_eq!(days, ["2026-12-24", TODAY]);
    desk.act(Action::OpenForm(FormKind::Payment, Target::NewPart(Table::Invoices, "i".into())));
    desk.fill("Amount", "1");
    assert_eq!(desk.field("Amount").0.as_deref(), Some("1.00 EUR more than is open"));
}

#[test]
fn a_deal_is_moved_by_what_was_known_and_keeps_the_stage_it_enters_later() {
    let deal = r#"deal (id: "d", client: "c", title: "Site",
        stages: [(day: "2026-10-01", stage: "engaged"), (day: "2026-12-24", stage: "proposal")],
        proposal: (asked: "2026-12-20"), price_told: (day: "2026-12-20"), terms_told: (day: "2026-12-20"))"#;
    let mut desk = desk(facts::book(&[r#"client (id: "c", name: "Acme")"#, deal]));
    desk.press("g b");
    desk.act(Action::DropDeal("d".to_owned(), "proposal".to_owned()));
    assert!(desk.notice().contains("Mind: nobody asked for a proposal"), "{}", desk.notice());
    let Some(AnyRecord::Deal(deal)) = desk.state.book.find(Table::Deals, "d") else { panic!() };
    assert_eq!(deal.stages.len(), 3);
}

/// The timeline of a client, with the cursor at the entry whose text begins so.
fn at_entry(desk: &mut Desk, client: &str, text: &str) {
    desk.act(Action::OpenClient(rapport::domain::ClientId::new(client).unwrap()));
    desk.act(Action::ShowSection(PageSection::Timeline));
    let shown = desk.shown();
    let timeline = &shown.page.as_ref().unwrap().timeline;
    let row = timeline.iter().position(|entry| entry.text.starts_with(text)).expect("there is such an entry");
    desk.act(Action::Point(shown.cursor_at(&desk.state.session, row)));
}

#[test]
fn a_payment_is_changed_where_the_timeline_tells_of_it() {
    let mut desk = desk(nasty());
    at_entry(&mut desk, "muller-2", "Paid for 1");
    desk.press("f2");
    desk.fill("Amount", "6");
    desk.fill("Invoice", "2");
    desk.press("enter");
    let why = "a payment stays with its invoice: remove it here and record it there";
    assert_eq!(desk.field("Invoice").0.as_deref(), Some(why));
    desk.fill("Invoice", "1");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed payment of 6.00 EUR for 1");
    let payments = invoice(&desk, "i1").payments;
    assert_eq!((payments.len(), payments[0].amount.to_string()), (2, "6.00 EUR".to_owned()));
}

#[test]
fn del_names_the_record_and_refuses_what_is_only_a_part_of_one() {
    let mut desk = Desk::sample();
    desk.act(Action::Run("record.remove"));
    assert!(desk.state.session.overlay.is_none());
    assert_eq!(desk.notice(), "This is a reason to act, not a fact: open the client to remove facts");
    let mut desk = self::desk(nasty());
    at_entry(&mut desk, "muller-2", "Website");
    desk.press("del");
    assert!(desk.state.session.overlay.is_none());
    assert!(desk.notice().contains("part of its record"), "{}", desk.notice());
    at_entry(&mut desk, "muller-2", "Invoice 1 sent");
    desk.press("del");
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(asked.question, "Remove the invoice “1”?");
}

#[test]
fn a_draft_that_may_not_be_committed_now_stays_open() {
    let mut desk = desk(nasty());
    desk.press("shift+a c");
    desk.fill("Name", "Ahorn");
    desk.state.as_of = Some(day("2026-11-01"));
    desk.act(Action::Commit);
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))));
    desk.state.as_of = None;
    desk.act(Action::Commit);
    assert_eq!(desk.notice(), "Added Ahorn");
}

#[test]
fn a_credit_or_payment_asks_first_of_which_invoice_it_is_where_that_is_not_known() {
    let book = nasty();
    let context = Context { book: &book, today: day(TODAY) };
    for kind in [FormKind::Credit, FormKind::Payment] {
        let label = |target: Target| {
            let form = Form::open(kind, target, 7, &context);
            kind.spec().fields[form.focus].label
        };
        assert_eq!(label(Target::New(None)), "Invoice", "{kind:?}");
        assert_eq!(label(Target::NewPart(Table::Invoices, "i1".to_owned())), "Amount", "{kind:?}");
    }
}

#[test]
fn the_tax_of_a_new_invoice_follows_the_client_until_one_is_typed() {
    let mut desk = desk(facts::book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"client (id: "zoe", name: "Zoe")"#,
        r#"client (id: "kai", name: "Kai")"#,
        r#"client (id: "us", name: "Larkspur", currency: "USD")"#,
        r#"invoice (id: "1", number: "R-1", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "x", price: "100 EUR")], tax: "19%")"#,
        r#"invoice (id: "2", number: "R-2", client: "zoe", issued: "2026-10-02", due: "2026-10-15",
            lines: [(result: "x", price: "100 EUR")], tax: "7%")"#,
    ]));
    let tax = |desk: &Desk| {
        let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("a form is open") };
        let at = form.kind.spec().fields.iter().position(|field| field.name == "tax").unwrap();
        form.values[at].replace('\u{a0}', " ")
    };
    desk.act(Action::OpenForm(FormKind::Invoice, Target::New(None)));
    for (client, expected) in
        [("Acm", "19 %"), ("Acme", "19 %"), ("Zoe", "7 %"), ("Kai", "7 %"), ("Larkspur", ""), ("Nobody", "")]
    {
        desk.fill("Client", client);
        assert_eq!(tax(&desk), expected, "{client}");
    }
    desk.fill("Tax", "5 %");
    desk.fill("Client", "Acme");
    assert_eq!(tax(&desk), "5 %", "what was typed stays");
}

#[test]
fn a_number_is_written_as_the_others_of_the_book_and_its_twin_is_found() {
    let mut desk = desk(facts::book(&[
        r#"client (id: "acme", name: "Acme")"#,
        r#"invoice (id: "1", number: "R-2026-014", client: "acme", issued: "2026-10-01", due: "2026-10-15",
            lines: [(result: "x", price: "100 EUR")])"#,
    ]));
    desk.act(Action::OpenForm(FormKind::Invoice, Target::New(None)));
    desk.fill("Client", "Acme");
    desk.fill("Results", "Website 2400");
    desk.fill("Number", "r-2026-014");
    assert!(desk.field("Number").0.is_some(), "it is there already");
    desk.fill("Number", "r-2026-020");
    desk.act(Action::Commit);
    let numbers: Vec<&str> =
        desk.state.book.clients().flat_map(|it| &it.facts.invoices).map(|it| it.number.as_str()).collect();
    assert!(numbers.contains(&"R-2026-020"), "{numbers:?}");
}
