//! Credit notes set off against their invoices: no money moved, so what was set off is neither paid nor open nor late.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test writes itself is well formed")]

use proptest::prelude::*;
use rapport::command::quick_entry::{self, Known};
use rapport::domain::{
    AnyRecord, Book, ClientId, Invoice, InvoiceId, Money, Percent, PromisedPayment, Table, implausible,
};
use rapport::figures::Figures;
use rapport::figures::forecast::{Flows, Habits};
use rapport::figures::health::Indicator;
use rapport::figures::today::ItemKind;
use rapport::state::{Action, FormKind, Overlay, PageSection, Target};
use rapport::store::load;
use rust_decimal::Decimal;

use crate::desk::Desk;
use crate::facts::{book, day, money};
use crate::figures_laws::{a_book, a_day, records};

/// Sixty days after the invoice of a thousand was due.
const TODAY: &str = "2026-11-20";

const ACME: &str = r#"client (id: "acme", name: "Acme", added: "2026-01-01", terms_days: 14)"#;

/// Three invoices of a hundred, each paid the day after it was due.
const PAID: [&str; 3] = [
    r#"invoice (id: "p1", number: "2026-001", client: "acme", issued: "2026-06-01", due: "2026-06-15",
        lines: [(result: "work", price: "100 EUR")], payments: [(day: "2026-06-16", amount: "100 EUR")])"#,
    r#"invoice (id: "p2", number: "2026-002", client: "acme", issued: "2026-07-01", due: "2026-07-15",
        lines: [(result: "work", price: "100 EUR")], payments: [(day: "2026-07-16", amount: "100 EUR")])"#,
    r#"invoice (id: "p3", number: "2026-003", client: "acme", issued: "2026-08-01", due: "2026-08-15",
        lines: [(result: "work", price: "100 EUR")], payments: [(day: "2026-08-16", amount: "100 EUR")])"#,
];

/// An invoice of a thousand that was due sixty days ago; `rest` are its payments.
fn thousand(rest: &str) -> String {
    format!(
        r#"invoice (id: "big", number: "2026-004", client: "acme", issued: "2026-09-07", due: "2026-09-21",
            lines: [(result: "work", price: "1000 EUR")], payments: [{rest}])"#
    )
}

fn credit(amount: &str, rest: &str) -> String {
    format!(
        r#"invoice (id: "c7", number: "C-7", client: "acme", issued: "2026-11-18", due: "2026-11-18",
            lines: [(result: "Credit on 2026-004", price: "-{amount} EUR")], payments: [{rest}])"#
    )
}

fn with(invoice: &str, credit: &str) -> Book {
    book(&[ACME, PAID[0], PAID[1], PAID[2], invoice, credit])
}

/// The invoice credited by this much on the 18th of November, and on both sides.
fn credited(amount: &str) -> Book {
    with(
        &thousand(&format!(r#"(day: "2026-11-18", amount: "{amount} EUR", offset: "c7")"#)),
        &credit(amount, &format!(r#"(day: "2026-11-18", amount: "-{amount} EUR", offset: "big")"#)),
    )
}

/// As if neither had been.
fn without() -> Book {
    book(&[ACME, PAID[0], PAID[1], PAID[2]])
}

fn acme() -> ClientId {
    ClientId::new("acme").unwrap()
}

fn the(book: &Book, id: &str) -> Invoice {
    let AnyRecord::Invoice(invoice) = book.find(Table::Invoices, id).unwrap() else { panic!("{id}") };
    Invoice::clone(&invoice)
}

fn chases(book: &Book, on: &str) -> Vec<String> {
    let figures = Figures::of(book, day(on));
    let chases = figures.today.items.iter().filter(|item| item.kind == ItemKind::OverdueInvoice);
    chases.map(|item| item.why.clone()).collect()
}

fn points(book: &Book, on: &str, indicator: Indicator) -> String {
    let figures = Figures::of(book, day(on));
    let health = figures.healths.client(&acme()).unwrap();
    let reading = health.health.reading(indicator).unwrap();
    reading.points.as_ref().map_or_else(ToString::to_string, |it| it.round_dp(4).normalize().to_string())
}

fn dbt(book: &Book, on: &str) -> String {
    let figures = Figures::of(book, day(on));
    let days = figures.client(&acme()).unwrap().dbt_days.clone();
    days.map_or_else(|why| why.to_string(), |days| days.round_dp(4).normalize().to_string())
}

#[test]
fn an_invoice_credited_whole_is_chased_no_more_and_counts_as_if_it_had_not_been() {
    let open = with(&thousand(""), &credit("1000", ""));
    assert_eq!(chases(&open, TODAY).len(), 1);
    // (3 × 100 × 1 + 1,000 × 60) ÷ 1,300.
    assert_eq!(dbt(&open, TODAY), "46.3846");
    let credited = credited("1000");
    assert!(chases(&credited, TODAY).is_empty());
    assert_eq!(dbt(&credited, TODAY), "1");
    for indicator in [Indicator::Pays, Indicator::Writing, Indicator::Returns] {
        assert_eq!(
            points(&credited, TODAY, indicator),
            points(&without(), TODAY, indicator),
            "{indicator:?}"
        );
    }
    let figures = Figures::of(&credited, day(TODAY));
    let client = figures.client(&acme()).unwrap();
    assert_eq!(client.income_12m.clone().unwrap(), money("300 EUR"));
    assert_eq!(client.ledger.receivables.clone().unwrap(), money("0 EUR"));
    assert_eq!((client.paid_invoices, client.invoices), (3, 3));
    assert_eq!(client.delays, [1, 1, 1]);
}

#[test]
fn before_the_day_of_the_credit_the_invoice_is_open_and_late() {
    let credited = credited("1000");
    assert_eq!(chases(&credited, "2026-11-17").len(), 1);
    assert_eq!(the(&credited.as_of(day("2026-11-17")), "big").open(), money("1000 EUR"));
    assert_eq!(the(&credited.as_of(day("2026-11-18")), "big").open(), money("0 EUR"));
    let receivables = |on: &str| Figures::of(&credited, day(on)).client(&acme()).unwrap().ledger.clone();
    assert_eq!(receivables("2026-11-17").receivables.unwrap(), money("1000 EUR"));
    assert_eq!(receivables("2026-11-18").receivables.unwrap(), money("0 EUR"));
}

#[test]
fn an_invoice_credited_in_part_asks_for_the_rest() {
    let credited = credited("400");
    let why = chases(&credited, TODAY);
    assert_eq!(why, ["60 days late; usually pays 1 day late, from 3 invoices"]);
    let invoice = the(&credited, "big");
    assert_eq!(
        (invoice.asked(), invoice.open(), invoice.paid()),
        (money("600 EUR"), money("600 EUR"), money("0 EUR"))
    );
    // (3 × 100 × 1 + 600 × 60) ÷ 900.
    assert_eq!(dbt(&credited, TODAY), "40.3333");
    let rest = with(
        &thousand(
            r#"(day: "2026-09-22", amount: "600 EUR"), (day: "2026-11-18", amount: "400 EUR", offset: "c7")"#,
        ),
        &credit("400", r#"(day: "2026-11-18", amount: "-400 EUR", offset: "big")"#),
    );
    // What was set off was never late: all that is asked came the day after it was due.
    assert_eq!(dbt(&rest, TODAY), "1");
    assert_eq!(the(&rest, "big").settled_on(), Some(day("2026-09-22")));
    let page = at_invoice(rest.clone(), "2026-004").shown().page.unwrap();
    let words: Vec<_> = page.invoices.iter().take(2).map(|it| it.words.as_str()).collect();
    assert_eq!(words, ["set off", "paid 1 d late, part credited"]);
    let income = Figures::of(&rest, day(TODAY)).client(&acme()).unwrap().income_12m.clone();
    assert_eq!(income.unwrap(), money("900 EUR"));
}

#[test]
fn what_was_set_off_is_no_order_and_teaches_nothing() {
    let observed = |book: &Book| {
        let known = book.as_of(day(TODAY));
        let habits = Habits::of(&known, day(TODAY));
        habits.observed(&acme()).iter().map(|it| (it.invoice.to_string(), it.days)).collect::<Vec<_>>()
    };
    assert_eq!(observed(&credited("1000")), observed(&without()));
    let promised = |book: &Book| {
        let mut invoice = the(book, "big");
        invoice.promised.push(PromisedPayment { day: day("2026-09-25"), pay_by: day("2026-10-01") });
        let book = book.with(AnyRecord::Invoice(invoice.into())).unwrap();
        Habits::of(&book.as_of(day(TODAY)), day(TODAY)).kept(&acme()).broken
    };
    assert_eq!((promised(&credited("1000")), promised(&credited("400"))), (0, 1));
    let part: Vec<_> = observed(&credited("400")).into_iter().filter(|(id, _)| id == "big").collect();
    assert_eq!(part, [("big".to_owned(), 60)]);
}

#[test]
fn a_down_payment_that_was_set_off_has_not_come() {
    let deal = r#"deal (id: "site", client: "acme", title: "Site", value: "5000 EUR",
        stages: [(day: "2026-09-01", stage: "agreed"), (day: "2026-11-19", stage: "in_work")],
        down_payment: (asked: "2026-09-07", amount: "1000 EUR", invoice: "big"))"#;
    let set_off = [
        thousand(r#"(day: "2026-11-18", amount: "1000 EUR", offset: "c7")"#),
        credit("1000", r#"(day: "2026-11-18", amount: "-1000 EUR", offset: "big")"#),
    ];
    let set_off = book(&[ACME, deal, &set_off[0], &set_off[1]]);
    let paid = book(&[ACME, deal, &thousand(r#"(day: "2026-09-20", amount: "1000 EUR")"#)]);
    // Nothing is signed, which counts twice; the down payment once.
    assert_eq!(points(&paid, TODAY, Indicator::Writing).as_str(), "50");
    assert_eq!(points(&set_off, TODAY, Indicator::Writing).as_str(), "0");
}

#[test]
fn a_letter_thanks_for_money_alone() {
    let facts = [
        ACME,
        &thousand(
            r#"(day: "2026-10-01", amount: "100 EUR"), (day: "2026-11-18", amount: "400 EUR", offset: "c7")"#,
        ),
        &credit("400", r#"(day: "2026-11-18", amount: "-400 EUR", offset: "big")"#),
    ];
    let mut desk = Desk::of(book(&facts), day(TODAY));
    desk.press("g t");
    let figures = desk.shown().figures.clone();
    let item = figures.today.items.iter().find(|it| it.kind == ItemKind::OverdueInvoice).unwrap();
    let draft = rapport::figures::Letter::for_item(desk.state.book.business(), &figures, item);
    let text = draft.unwrap().text;
    let says =
        "600 EUR (after a credit of 400 EUR), of which 100 EUR came, thank you, and 500 EUR is still open";
    assert!(text.contains(says), "{text}");
}

fn implausible_of(book: &Book) -> Vec<String> {
    implausible(book, day(TODAY))
        .into_iter()
        .map(|it| format!("{}.{}: {}", it.id, it.field, it.message))
        .collect()
}

#[test]
fn what_is_set_off_on_one_side_alone_is_told_with_its_cure() {
    assert_eq!(implausible_of(&credited("400")), Vec::<String>::new());
    let one = with(&thousand(r#"(day: "2026-11-18", amount: "400 EUR", offset: "c7")"#), &credit("400", ""));
    let cure = "big.payments[0].offset: C-7 does not say so: add (day: \"2026-11-18\", amount: \"-400.00 EUR\", offset: \"big\") \
        to its payments, or remove this one";
    assert_eq!(implausible_of(&one), [cure]);
    // Another amount or day is no other side; and each side tells of itself.
    let other = with(
        &thousand(r#"(day: "2026-11-18", amount: "400 EUR", offset: "c7")"#),
        &credit("400", r#"(day: "2026-11-19", amount: "-400 EUR", offset: "big")"#),
    );
    assert_eq!(implausible_of(&other).len(), 2);
    let wrong_sign = with(
        &thousand(r#"(day: "2026-11-18", amount: "-400 EUR", offset: "c7")"#),
        &credit("400", r#"(day: "2026-11-18", amount: "400 EUR", offset: "big")"#),
    );
    let found = implausible_of(&wrong_sign);
    assert!(
        found[0].starts_with("big.payments[0].amount: what is set off on an invoice is above zero"),
        "{found:#?}"
    );
    assert!(
        found
            .iter()
            .any(|it| it.starts_with("c7.payments[0].amount: what is set off on a credit note is below"))
    );
    let two_bills =
        with(&thousand(r#"(day: "2026-10-18", amount: "100 EUR", offset: "p3")"#), &credit("400", ""));
    let found = implausible_of(&two_bills);
    assert_eq!(
        found,
        ["big.payments[0].offset: 2026-003 is an invoice too: an invoice is set off against a credit note"]
    );
}

#[test]
fn a_file_that_names_no_other_side_is_told_where() {
    let text = |offset: &str, client: &str| {
        format!(
            r#"Book(format: 1, business: (currency: "EUR"),
    clients: [(id: "acme", name: "Acme"), (id: "bolt", name: "Bolt")],
    invoices: [
        (id: "big", number: "4", client: "acme", issued: "2026-09-07", due: "2026-09-21",
            lines: [(result: "work", price: "1000")], payments: [(day: "2026-11-18", amount: "400", offset: "{offset}")]),
        (id: "c7", number: "C-7", client: "{client}", issued: "2026-11-18", due: "2026-11-18",
            lines: [(result: "credit", price: "-400")]),
    ])"#
        )
    };
    let told = |offset: &str, client: &str| {
        let problems = load(text(offset, client).as_bytes()).unwrap().problems;
        problems
            .into_iter()
            .map(|it| format!("{}:{} {}: {}", it.line, it.column, it.path, it.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("c7", "acme"), Vec::<String>::new());
    let nobody =
        "5:109 invoices[big].payments[0].offset: there is no invoice \"c9\": add it, or correct the id";
    assert_eq!(told("c9", "acme"), [nobody]);
    let others = "the invoice \"c7\" is one of client \"bolt\": name one of this invoice's own client";
    assert!(told("c7", "bolt")[0].ends_with(others), "{:?}", told("c7", "bolt"));
}

/// The page of Acme, with the cursor at an invoice of its list.
fn at_invoice(book: Book, number: &str) -> Desk {
    let mut desk = Desk::of(book, day(TODAY));
    desk.act(Action::OpenClient(acme()));
    desk.act(Action::ShowSection(PageSection::Invoices));
    for _ in 0..20 {
        let page = desk.shown().page.unwrap();
        let row = desk.shown().row(&desk.state.session).unwrap();
        if page.invoices[row].number == number {
            return desk;
        }
        desk.press("j");
    }
    panic!("no invoice {number}");
}

fn open() -> Book {
    let taxed = r#"invoice (id: "big", number: "2026-004", client: "acme", issued: "2026-09-07", due: "2026-09-21", tax: "19%",
        lines: [(result: "work", price: "800 EUR"), (result: "print", price: "45.18 EUR", tax: "7%")])"#;
    book(&[ACME, PAID[0], PAID[1], PAID[2], taxed])
}

#[test]
fn one_form_writes_the_credit_note_and_sets_it_off_as_one_step() {
    let mut desk = at_invoice(open(), "2026-004");
    desk.act(Action::Run("invoice.credit"));
    // 800 and 19 %, 45.18 and 7 %.
    assert_eq!(desk.field("Amount"), (None, Some("1,000.34 EUR".to_owned())));
    desk.fill("Reason", "agreed on the phone");
    desk.press("enter");
    assert_eq!(desk.notice(), "Credited 1,000.34 EUR on 2026-004 by 2026-005");
    let invoice = the(&desk.state.book, "big");
    assert_eq!(
        (invoice.open(), invoice.paid(), invoice.credited()),
        (money("0 EUR"), money("0 EUR"), money("1000.34 EUR"))
    );
    let id = invoice.payments[0].offset.clone().unwrap();
    let credit = the(&desk.state.book, id.as_str());
    assert_eq!(
        (credit.number.as_str(), credit.open(), credit.net().unwrap()),
        ("2026-005", money("0 EUR"), money("-845.18 EUR"))
    );
    assert_eq!(credit.tax_amount(), money("-155.16 EUR"));
    let lines: Vec<_> =
        credit.lines.iter().map(|it| (it.result.as_str(), it.price.to_string(), it.tax)).collect();
    let seven = Some(Percent::new(Decimal::from(7)));
    let result = "Credit on 2026-004: agreed on the phone";
    assert_eq!(lines, [(result, "-800.00 EUR".to_owned(), None), (result, "-45.18 EUR".to_owned(), seven)]);
    assert!(implausible_of(&desk.state.book).is_empty());
    let page = desk.shown().page.unwrap();
    let words: Vec<_> =
        page.invoices.iter().take(2).map(|it| (it.number.clone(), it.words.clone())).collect();
    assert_eq!(
        words,
        [("2026-005".to_owned(), "set off".to_owned()), ("2026-004".to_owned(), "credited".to_owned())]
    );
    let told: Vec<_> = page.timeline.iter().take(2).map(|it| it.text.clone()).collect();
    assert_eq!(told, ["Credit note 2026-005 sent", "Credited on 2026-004 by 2026-005"]);
    desk.act(Action::Undo);
    assert_eq!(desk.state.book, open());
}

#[test]
fn a_part_credited_has_its_net_and_tax_to_the_cent() {
    let invoice = the(&open(), "big");
    for cents in [1, 2, 3, 999, 50_017, 50_018, 100_033] {
        let amount = Money::new(Decimal::new(cents, 2), invoice.currency().unwrap());
        let credit = invoice.credit_note(InvoiceId::new("c").unwrap(), "C-1", day(TODAY), amount, None);
        assert_eq!(credit.total(), Money::new(-amount.amount, amount.currency), "{cents}");
    }
    let half =
        invoice.credit_note(InvoiceId::new("c").unwrap(), "C-1", day(TODAY), money("500.17 EUR"), None);
    assert_eq!((half.net().unwrap(), half.tax_amount()), (money("-422.59 EUR"), money("-77.58 EUR")));
}

#[test]
fn a_credit_asks_for_what_is_open_at_most_and_a_number_of_its_own() {
    let mut desk = at_invoice(open(), "2026-004");
    desk.act(Action::Run("invoice.credit"));
    desk.fill("Amount", "1000.35");
    assert_eq!(desk.field("Amount").0.as_deref(), Some("0.01 EUR more than is open"));
    desk.fill("Amount", "0");
    assert_eq!(desk.field("Amount").0.as_deref(), Some("an amount above nothing is set off"));
    desk.fill("Credit note", "2026-003");
    assert_eq!(
        desk.field("Credit note").0.as_deref(),
        Some("this client has an invoice of this number already")
    );
    desk.fill("Issued", "1 sep");
    assert_eq!(desk.field("Issued").0.as_deref(), Some("the invoice was issued later, on 7 Sep 2026"));
    let mut desk = at_invoice(open(), "2026-003");
    desk.act(Action::Run("invoice.credit"));
    assert_eq!(desk.notice(), "Nothing is open on this invoice");
}

#[test]
fn a_credit_note_that_is_open_is_set_off_from_either_side() {
    for number in ["2026-004", "C-7"] {
        let mut desk = at_invoice(with(&thousand(""), &credit("400", "")), number);
        desk.act(Action::Run("invoice.set_off"));
        assert_eq!(desk.field("Amount"), (None, Some("400.00 EUR".to_owned())), "{number}");
        desk.press("enter");
        assert_eq!(desk.notice(), "Set off 400.00 EUR of C-7 against 2026-004");
        assert_eq!(the(&desk.state.book, "big").open(), money("600 EUR"));
        assert_eq!(the(&desk.state.book, "c7").open(), money("0 EUR"));
        assert!(implausible_of(&desk.state.book).is_empty());
    }
    let mut desk = at_invoice(open(), "2026-004");
    desk.act(Action::Run("invoice.set_off"));
    assert_eq!(desk.notice(), "No credit note is open");
}

#[test]
fn removing_one_side_opens_the_other_again() {
    let mut desk = at_invoice(credited("400"), "C-7");
    desk.act(Action::Run("record.remove"));
    desk.press("enter");
    assert_eq!(the(&desk.state.book, "big").open(), money("1000 EUR"));
    let mut desk = Desk::of(credited("400"), day(TODAY));
    desk.act(Action::OpenClient(acme()));
    desk.act(Action::ShowSection(PageSection::Timeline));
    let at =
        desk.shown().page.unwrap().timeline.iter().position(|it| it.text.starts_with("Credited on")).unwrap();
    (0..at).for_each(|_| desk.press("j"));
    desk.act(Action::Run("record.remove"));
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
    assert_eq!(
        asked.consequence,
        "Both 2026-004 and C-7 count as open by that much again. Undo sets it off again."
    );
    desk.press("enter");
    assert_eq!(the(&desk.state.book, "big").open(), money("1000 EUR"));
    assert_eq!(the(&desk.state.book, "c7").open(), money("-400 EUR"));
    desk.act(Action::Undo);
    assert_eq!(desk.state.book, credited("400"));
}

#[test]
fn a_payment_form_leaves_what_was_set_off_alone() {
    let mut desk = Desk::of(credited("400"), day(TODAY));
    desk.act(Action::OpenForm(FormKind::Payment, Target::Part(Table::Invoices, "big".into(), 0)));
    desk.fill("Amount", "300");
    let refusal = "what was set off stands on two invoices: remove it, and set off anew";
    assert_eq!(desk.field("Amount").0.as_deref(), Some(refusal));
}

#[test]
fn a_line_credits_and_sets_off_too() {
    let read = |book: &Book, line: &str| {
        let known = Known { book, today: day(TODAY), seed: 7, answers: &[], figures: None };
        quick_entry::read(line, &known)
    };
    let open = with(&thousand(""), &credit("400", ""));
    for line in [
        "set off C-7 against 2026-004",
        "set off 2026-004 with C-7 on 19 nov",
        "offset C-7 against 2026-004 400",
    ] {
        let reading = read(&open, line);
        let after =
            reading.edit.unwrap_or_else(|| panic!("{line}: {:?}", reading.needed)).apply(&open).unwrap();
        assert_eq!(
            (the(&after, "big").open(), the(&after, "c7").open()),
            (money("600 EUR"), money("0 EUR")),
            "{line}"
        );
        assert!(implausible_of(&after).is_empty(), "{line}");
    }
    let needed = |line: &str| read(&open, line).needed.unwrap_or_default();
    assert_eq!(needed("set off 500 of C-7 against 2026-004"), "This is 100.00 EUR more than is open");
    assert_eq!(needed("set off C-7 against 2026-003"), "Nothing is open on 2026-003");
    assert_eq!(needed("set off C-7 against 2026-004 on 17 nov"), "C-7 was issued later, on Wed 18 Nov");
}

/// What is open of all invoices and credit notes, and the sum of all that is to come, in the book's currency.
fn totals(book: &Book, on: chrono::NaiveDate) -> Option<(Decimal, Decimal)> {
    let known = book.as_of(on);
    let flows = Flows::of(&known, &Habits::of(&known, on), on, 91).flows;
    let receivables = Figures::of(book, on).cash.receivables.clone().ok()?.amount;
    let of_invoices = flows.iter().filter(|flow| flow.key.starts_with("invoices/"));
    Some((receivables, of_invoices.map(|flow| flow.amount.amount).sum()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn setting_off_changes_neither_what_is_owed_nor_what_is_to_come(
        lines in records(), on in a_day(), of in any::<prop::sample::Index>(), share in 1_i64..=100, whole in any::<bool>(),
    ) {
        let before = a_book("2024-01-01", &lines);
        let known = before.as_of(on);
        let invoices: Vec<_> = known.clients().flat_map(|it| &it.facts.invoices).filter(|it| it.open().amount > Decimal::ZERO).collect();
        prop_assume!(!invoices.is_empty());
        let invoice = the(&before, of.get(&invoices).id.as_str());
        let open = std::sync::Arc::new(invoice.clone()).as_of(on).unwrap().open();
        let amount = if whole { open } else { Money::new((open.amount * Decimal::new(share, 2)).round_dp(2), open.currency) };
        prop_assume!(amount.amount > Decimal::ZERO);
        let mut credit = invoice.credit_note(InvoiceId::new("credit").unwrap(), "C-1", on, amount, None);
        let put = |book: &Book, invoice: &Invoice| book.with(AnyRecord::Invoice(invoice.clone().into())).unwrap();
        let written = put(&before, &credit);
        let mut set_off = invoice.clone();
        set_off.set_off(&mut credit, amount, on);
        let after = put(&put(&written, &credit), &set_off);
        let (written, after) = (totals(&written, on).unwrap(), totals(&after, on).unwrap());
        // Two amounts of another currency are converted, and rounded, each for itself.
        let most = if amount.currency == before.currency() { Decimal::ZERO } else { Decimal::new(1, 2) };
        prop_assert!((written.0 - after.0).abs() <= most && (written.1 - after.1).abs() <= most, "{written:?} {after:?}");
    }
}
