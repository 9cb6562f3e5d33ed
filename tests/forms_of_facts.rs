//! The forms of hours, expenses, fees, renewals, what is agreed, what came of it, and the firm's own settings: what is typed
//! becomes the fact, one edit is one step of undo, and what cannot be is said at its field.

use rapport::domain::{AnyRecord, Deal, Table};
use rapport::state::{Action, FormKind, Overlay, PageSection, Target};

use crate::desk::Desk;
use crate::facts::{book, day};

const TODAY: &str = "2026-11-20";

fn desk() -> Desk {
    let lines = [
        r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01")"#,
        r#"client (id: "bob", name: "Bob Ltd", added: "2026-01-01")"#,
        r#"deal (id: "site", client: "ada", title: "New site", stages: [(day: "2026-11-01", stage: "engaged")])"#,
        r#"deal (id: "shop", client: "ada", title: "Shop", stages: [(day: "2026-11-10", stage: "engaged")])"#,
    ];
    Desk::of(book(&lines), day(TODAY))
}

/// Opens a form by its keys, fills it and commits it; what was said then.
fn filled(desk: &mut Desk, keys: &str, fields: &[(&str, &str)]) -> String {
    desk.press(keys);
    for (label, text) in fields {
        desk.fill(label, text);
    }
    desk.press("enter");
    desk.notice().to_owned()
}

/// That the form is still open, and what it says about a field.
#[track_caller]
fn refused(desk: &Desk, label: &str) -> String {
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "{}", desk.notice());
    desk.field(label).0.unwrap_or_else(|| panic!("nothing stands in the way at {label}"))
}

fn only(desk: &Desk, table: Table) -> AnyRecord {
    let mut found = desk.state.book.records().filter(|record| record.table() == table);
    let only = found.next().unwrap_or_else(|| panic!("no {table:?}"));
    assert!(found.next().is_none(), "several {table:?}");
    only
}

fn deal(desk: &Desk, id: &str) -> Deal {
    match desk.state.book.find(Table::Deals, id) {
        Some(AnyRecord::Deal(deal)) => Deal::clone(&deal),
        _ => panic!("no deal {id}"),
    }
}

/// Undoing the one step gives the very book, and redoing it the other one.
#[track_caller]
fn is_one_step(desk: &mut Desk, before: &rapport::domain::Book) {
    assert_eq!(desk.state.history.depth(), 1, "{}", desk.notice());
    desk.press("z");
    assert!(desk.state.book.is_same(before));
    desk.press("ctrl+shift+z");
    assert!(!desk.state.book.is_same(before));
}

#[test]
fn hours_are_logged_for_a_deal_or_for_the_firm_itself() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let says = filled(
        &mut desk,
        "shift+a w",
        &[("Client", "ada"), ("Deal", "new"), ("Hours", "2,5"), ("Note", "plan")],
    );
    assert_eq!(says, "Logged 2.5 h for Ada Ltd");
    let AnyRecord::Work(work) = only(&desk, Table::Work) else { panic!() };
    assert_eq!((work.hours.to_string().as_str(), work.day), ("2.5", day(TODAY)));
    assert_eq!(work.deal.as_ref().map(rapport::domain::DealId::as_str), Some("site"));
    is_one_step(&mut desk, &before);
    desk.press("z");
    for (hours, why) in [
        ("25", "expected a number such as 2.5, at most 24"),
        ("-1", "expected a number such as 2.5, at most 24"),
        ("0", "expected more than nothing"),
    ] {
        filled(&mut desk, "shift+a w", &[("Client", ""), ("Hours", hours)]);
        assert_eq!(refused(&desk, "Hours"), why);
        desk.press("esc");
    }
    assert_eq!(filled(&mut desk, "shift+a w", &[("Client", ""), ("Hours", "1")]), "Logged 1 h for the firm");
}

#[test]
fn an_expense_falls_once_or_again_and_again_and_one_ahead_is_known_from_today() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let rent = [("What for", "Rent"), ("How much", "420"), ("When", "2026-12-01"), ("How often", "1 month")];
    assert_eq!(filled(&mut desk, "shift+a e", &rent), "Noted expense: Rent, 420.00 EUR");
    let AnyRecord::Expense(expense) = only(&desk, Table::Expenses) else { panic!() };
    assert_eq!(expense.every.map(|every| every.to_string()).as_deref(), Some("1 month"));
    assert_eq!((expense.noted, expense.client.is_none()), (Some(day(TODAY)), true));
    is_one_step(&mut desk, &before);
    let once = [("What for", "Laptop"), ("How much", "0"), ("When", "today"), ("Until", "2027-01-01")];
    filled(&mut desk, "shift+a e", &once);
    assert_eq!(refused(&desk, "How much"), "expected more than nothing");
    desk.fill("How much", "1 900");
    desk.press("enter");
    assert_eq!(
        refused(&desk, "Until"),
        "what falls once has no last day: say how often, or leave this empty"
    );
}

#[test]
fn a_regular_fee_says_how_often_and_ends_after_it_begins() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let fee = [("Client", "bob"), ("What for", "Care"), ("How much", "540"), ("First fee", "2026-12-01")];
    assert_eq!(filled(&mut desk, "shift+a f", &fee), "Agreed fee: Care, 540.00 EUR every 1 month");
    let AnyRecord::Retainer(retainer) = only(&desk, Table::Retainers) else { panic!() };
    assert_eq!((retainer.from, retainer.agreed), (day("2026-12-01"), day(TODAY)));
    is_one_step(&mut desk, &before);
    filled(
        &mut desk,
        "shift+a f",
        &[("Client", "bob"), ("What for", "X"), ("How much", "1"), ("Until", "2026-11-19")],
    );
    assert_eq!(refused(&desk, "Until"), "the last day lies before the first fee");
}

#[test]
fn what_expires_is_noted_with_who_is_involved_and_corrected_where_it_counts() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let domain = [
        ("What expires", "ada.example"),
        ("Expires", "2027-03-12"),
        ("Client", "ada"),
        ("They pay", "30"),
        ("Renews itself", "no"),
        ("Points of contact", "Ann Lee, Ben Ray"),
        ("Who is involved", "registrar: Gandi; host: Hetzner"),
    ];
    assert_eq!(filled(&mut desk, "shift+a x", &domain), "Noted renewal: ada.example, 12 Mar 2027");
    let AnyRecord::Renewal(renewal) = only(&desk, Table::Renewals) else { panic!() };
    assert_eq!((renewal.contacts.len(), renewal.chain.len(), renewal.renews_itself), (2, 2, Some(false)));
    assert_eq!((renewal.chain[1].role.as_str(), renewal.chain[1].who.as_str()), ("host", "Hetzner"));
    is_one_step(&mut desk, &before);
    filled(
        &mut desk,
        "shift+a x",
        &[("What expires", "y"), ("Expires", "+9d"), ("Who is involved", "Gandi")],
    );
    assert_eq!(
        refused(&desk, "Who is involved"),
        "\"Gandi\": expected a role and a name, such as host: Hetzner"
    );
}

#[test]
fn what_is_about_a_deal_is_filled_in_for_the_one_at_the_cursor() {
    let mut desk = desk();
    desk.press("g b");
    // Two deals stand in one column; the one that the cursor is at is meant, not the one that moved last.
    let at = |desk: &Desk| desk.shown().selected(&desk.state.session).map(|it| it.id);
    for key in ["l", "l", "l", "l", "j", "j"] {
        if at(&desk).as_deref() != Some("site") {
            desk.press(key);
        }
    }
    assert_eq!(at(&desk).as_deref(), Some("site"));
    assert_eq!(filled(&mut desk, "shift+a a", &[("It was", "signed")]), "Agreement for New site signed");
    assert_eq!(deal(&desk, "site").agreement.unwrap().signed, Some(day(TODAY)));
    assert_eq!(
        filled(&mut desk, "shift+a m", &[("How much", "1200")]),
        "Asked 1,200.00 EUR down for New site"
    );
    assert_eq!(deal(&desk, "site").down_payment.unwrap().amount.to_string(), "1200.00 EUR");
    let result = [("What came of it", "orders by themselves"), ("Worth to them", "3000"), ("A gift", "yes")];
    assert_eq!(filled(&mut desk, "shift+a o", &result), "Noted a result of New site: orders by themselves");
    assert!(deal(&desk, "site").results[0].beyond);
    assert_eq!(filled(&mut desk, "shift+a k", &[("Why", "no money")]), "New site hesitates: no money now");
    assert_eq!(deal(&desk, "site").hesitations.len(), 1);
    assert_eq!(desk.state.history.depth(), 4);
}

#[test]
fn an_agreement_is_not_signed_before_it_was_sent() {
    let mut desk = desk();
    filled(&mut desk, "shift+a a", &[("Client", "ada"), ("Deal", "shop"), ("It was", "sent")]);
    filled(
        &mut desk,
        "shift+a a",
        &[("Client", "ada"), ("Deal", "shop"), ("It was", "signed"), ("When", "2026-11-19")],
    );
    assert_eq!(refused(&desk, "When"), "it was sent only after that");
}

#[test]
fn the_firms_settings_are_one_edit_and_hold_together() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let firm = [
        ("Firm", "Linden"),
        ("Reserve", "6000"),
        ("Target rate", "90"),
        ("Break-even rate", "55"),
        ("Hours a week", "30"),
        ("Income wanted", "70000"),
        ("Set aside", "30"),
    ];
    assert_eq!(filled(&mut desk, "shift+a y", &firm), "Changed the firm's settings");
    let business = desk.state.book.business().clone();
    assert_eq!(
        (business.name.as_str(), business.reserve.unwrap().to_string().as_str()),
        ("Linden", "6000.00 EUR")
    );
    assert_eq!(business.tax_set_aside.unwrap().per_hundred().to_string(), "30");
    is_one_step(&mut desk, &before);
    filled(&mut desk, "shift+a y", &[("Target rate", "50")]);
    assert_eq!(refused(&desk, "Target rate"), "an hour should bring at least what it must bring");
    desk.press("esc");
    filled(&mut desk, "shift+a y", &[("Reserve", "60 USD")]);
    assert_eq!(refused(&desk, "Reserve"), "expected an amount in EUR, the book's currency");
    desk.press("esc");
    filled(&mut desk, "shift+a y", &[("Set aside", "130")]);
    assert_eq!(refused(&desk, "Set aside"), "expected a share between 0\u{a0}% and 100\u{a0}%");
    // What was typed comes back, and is dropped when the form is left as it is.
    desk.press("esc");
    desk.press("shift+a y esc");
    assert_eq!(filled(&mut desk, "shift+a y", &[]), "Nothing was changed");
}

#[test]
fn income_tax_leaves_on_days_of_ones_own_or_on_those_built_in() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    filled(&mut desk, "shift+a y", &[("Income tax leaves on", "2026-03-10")]);
    assert_eq!(refused(&desk, "Again every"), "say how often it leaves again");
    desk.fill("Again every", "3 months");
    desk.press("enter");
    let days = desk.state.book.business().tax_days.unwrap();
    assert_eq!((days.first, days.every.to_string().as_str()), (day("2026-03-10"), "3 months"));
    is_one_step(&mut desk, &before);
    filled(&mut desk, "shift+a y", &[("Income tax leaves on", ""), ("Again every", "")]);
    assert!(desk.state.book.business().tax_days.is_none());
}

#[test]
fn what_was_told_and_offered_is_noted_of_the_deal_at_the_cursor_with_its_days() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let site = Target::Record(Table::Deals, "site".to_owned());
    desk.act(Action::OpenForm(FormKind::Offer, site.clone()));
    assert_eq!(desk.shown().form.unwrap().title, "What was told and offered: New site");
    let offer = [
        ("Price told", "4,800"),
        ("Terms told", "14"),
        ("Terms told on", "2026-11-12"),
        ("Proposal asked for on", "2026-11-10"),
        ("Asked for by", "Ann"),
        ("Proposal sent on", "2026-11-09"),
        ("They get", "orders by themselves"),
        ("Left out for less money", "the blog"),
    ];
    for (label, text) in offer {
        desk.fill(label, text);
    }
    assert_eq!(refused(&desk, "Proposal sent on"), "it was asked for only after that");
    desk.fill("Proposal sent on", "2026-11-13");
    desk.press("enter");
    let it = deal(&desk, "site");
    let told = it.price_told.unwrap();
    assert_eq!((told.day, told.amount.unwrap().to_string().as_str()), (day(TODAY), "4800.00 EUR"));
    assert_eq!(it.terms_told.map(|told| (told.day, told.days)), Some((day("2026-11-12"), Some(14))));
    let proposal = it.proposal.unwrap();
    assert_eq!((proposal.asked, proposal.asked_by.as_deref()), (Some(day("2026-11-10")), Some("Ann")));
    assert_eq!(it.less_scope.unwrap().what, "the blog");
    is_one_step(&mut desk, &before);
    desk.act(Action::OpenForm(FormKind::Offer, site));
    desk.fill("Price told", "");
    desk.fill("Told on", "");
    desk.press("enter");
    let it = deal(&desk, "site");
    assert!(it.price_told.is_none() && it.terms_told.is_some(), "what was not touched stays");
}

#[test]
fn a_goal_is_set_and_what_it_achieved_is_noted_where_it_stands() {
    let mut desk = desk();
    let client = rapport::domain::ClientId::new("ada").unwrap();
    desk.act(Action::OpenForm(FormKind::Goal, Target::New(Some(client.clone()))));
    for (label, text) in [("Deal", "new"), ("What is measured", "orders a week"), ("To be", "20")] {
        desk.fill(label, text);
    }
    desk.press("enter");
    assert_eq!(desk.notice(), "Set a goal for New site: orders a week");
    desk.act(Action::OpenClient(client));
    desk.act(Action::ShowSection(PageSection::Goals));
    desk.press("enter");
    desk.fill("Achieved", "26");
    desk.fill("Worth to them", "3000");
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed the goal of New site: orders a week");
    let goal = deal(&desk, "site").goals.remove(0);
    assert_eq!((goal.achieved.as_deref(), goal.achieved_on), (Some("26"), Some(day(TODAY))));
    assert_eq!(goal.worth.unwrap().to_string(), "3000.00 EUR");
}

#[test]
fn an_invoice_is_disputed_settled_and_written_off_with_what_that_teaches() {
    let mut desk = desk();
    let invoice = [("Client", "ada"), ("Number", "7"), ("Results", "Site 900"), ("Issued", "2026-11-01")];
    filled(&mut desk, "shift+a i", &invoice);
    let disputed = [("Invoice", "7"), ("Since", "2026-11-12"), ("What about", "the hours")];
    assert_eq!(filled(&mut desk, "shift+a q", &disputed), "Invoice 7 is disputed");
    let invoice = |desk: &Desk| match only(desk, Table::Invoices) {
        AnyRecord::Invoice(invoice) => rapport::domain::Invoice::clone(&invoice),
        _ => panic!(),
    };
    assert_eq!(invoice(&desk).open_dispute().unwrap().about.as_deref(), Some("the hours"));
    let settled = [("Invoice", "7"), ("Since", "2026-11-12"), ("Settled on", "2026-11-18")];
    assert_eq!(filled(&mut desk, "shift+a q", &settled), "Invoice 7 is settled");
    assert_eq!(invoice(&desk).disputes.len(), 1);
    let off = [("Invoice", "7"), ("Why", "they cannot"), ("What it teaches", "ask for a deposit")];
    assert_eq!(filled(&mut desk, "shift+a l", &off), "Wrote off 900.00 EUR of 7");
    let after = invoice(&desk);
    assert!(after.open().is_zero());
    assert_eq!(after.write_off.unwrap().lesson.as_deref(), Some("ask for a deposit"));
}

#[test]
fn a_balance_opens_an_account_and_a_second_one_of_a_day_takes_its_place() {
    let mut desk = desk();
    assert_eq!(
        filled(
            &mut desk,
            "shift+a b",
            &[("Account", "Bank"), ("Was in it", "12480"), ("At the end of", "2026-11-19")]
        ),
        "Bank held 12,480.00 EUR on 19 Nov 2026"
    );
    filled(&mut desk, "shift+a b", &[("Was in it", "-300"), ("At the end of", "2026-11-19")]);
    filled(&mut desk, "shift+a b", &[("Account", "bank"), ("Was in it", "5")]);
    let business = desk.state.book.business();
    let [account] = business.accounts.as_slice() else { panic!("{:?}", business.accounts) };
    let balances: Vec<String> =
        account.balances.iter().map(|it| format!("{} {}", it.day, it.amount)).collect();
    assert_eq!(balances, ["2026-11-19 -300.00 EUR", "2026-11-20 5.00 EUR"]);
    filled(&mut desk, "shift+a b", &[("Was in it", "5"), ("At the end of", "2026-11-21")]);
    assert_eq!(
        refused(&desk, "At the end of"),
        "this day lies ahead: a fact is noted on the day it happened"
    );
}

#[test]
fn an_exchange_rate_is_of_another_currency_and_above_nothing() {
    let mut desk = desk();
    assert_eq!(
        filled(&mut desk, "shift+a u", &[("One", "usd"), ("Was worth", "0,92")]),
        "One USD is 0.92 EUR"
    );
    filled(&mut desk, "shift+a u", &[("One", "eur"), ("Was worth", "1")]);
    assert_eq!(refused(&desk, "One"), "that is the book's own currency");
    desk.fill("One", "francs");
    assert!(desk.field("One").0.is_some());
    desk.fill("One", "CHF");
    desk.fill("Was worth", "0");
    assert_eq!(desk.field("Was worth").0.as_deref(), Some("expected more than nothing"));
}

#[test]
fn what_no_tax_chance_or_deal_can_be_is_refused_where_it_is_typed() {
    let mut desk = desk();
    desk.press("shift+a i");
    for (typed, says) in [
        ("190", Some("expected a share between 0\u{a0}% and 100\u{a0}%")),
        ("-19", Some("expected a share between 0\u{a0}% and 100\u{a0}%")),
        ("19", None),
        ("100", None),
    ] {
        desk.fill("Tax", typed);
        assert_eq!(desk.field("Tax").0.as_deref(), says, "{typed}");
    }
    desk.press("esc esc shift+a d");
    for (label, typed, says) in [
        ("Chance by hand", "140", Some("expected a share between 0\u{a0}% and 100\u{a0}%")),
        ("Chance by hand", "60", None),
        ("Value", "-5", Some("a deal is worth nothing or more")),
        ("Value", "0", None),
        ("Delivered", "2026-11-01", Some("the deal entered its first stage only after that")),
        ("Delivered", "2026-11-20", None),
        ("Value", "x", Some("expected an amount such as 1200 or 1,200.50 EUR")),
        ("Value", "90 per hour", Some("expected an amount such as 1200 or 1,200.50 EUR")),
        ("Value", "500.555", Some("this may be 500,555.00 or 500.56: write it so")),
        ("Value", "500,555", None),
    ] {
        desk.fill(label, typed);
        assert_eq!(desk.field(label).0.as_deref(), says, "{label}: {typed}");
    }
    desk.press("esc esc shift+a i");
    for (typed, says) in [
        ("Logo 1.200", Some("this may be 1,200.00 or 1.20: write it so")),
        ("Text 3 x 1.200", Some("this may be 1,200.00 or 1.20: write it so")),
        ("Logo 1,200; Text 1,200.50", None),
    ] {
        desk.fill("Results", typed);
        assert_eq!(desk.field("Results").0.as_deref(), says, "{typed}");
    }
    desk.press("esc esc shift+a n");
    for (typed, says) in [
        ("1 dec 1.200", Some("this may be 1,200.00 or 1.20: write it so")),
        ("3 x 1.200 from 1 dec", Some("this may be 1,200.00 or 1.20: write it so")),
        ("1 dec 1,200", None),
    ] {
        desk.fill("Parts", typed);
        assert_eq!(desk.field("Parts").0.as_deref(), says, "{typed}");
    }
    desk.press("esc esc shift+a b");
    desk.fill("Was in it", "-500.555");
    let says = desk.field("Was in it").0;
    assert_eq!(says.as_deref(), Some("this may be \u{2212}500,555.00 or \u{2212}500.56: write it so"));
}

#[test]
fn a_tag_is_kept_once_however_often_it_is_typed() {
    let mut desk = desk();
    filled(&mut desk, "shift+a c", &[("Name", "Cy"), ("Tags", "a,a, A, b")]);
    let cy = desk.state.book.clients().find(|client| client.client.name == "Cy").unwrap();
    assert_eq!(cy.client.tags, ["a", "b"]);
}

#[test]
fn what_is_odd_about_days_and_amounts_of_a_deal_is_warned_of() {
    let warning = |keys: &str, fields: &[(&str, &str)]| {
        let mut desk = desk();
        desk.press(keys);
        for (label, text) in fields {
            desk.fill(label, text);
        }
        let form = desk.shown().form.clone().unwrap();
        assert!(form.ready, "a warning stands in nobody's way: {form:?}");
        form.warning
    };
    let to_shop = [("Client", "ada"), ("Deal", "shop"), ("It was", "signed")];
    let signed = |on| warning("shift+a a", &[to_shop.as_slice(), &[("When", on)]].concat());
    assert_eq!(signed("2026-01-10").as_deref(), Some("The deal began only on 10 Nov 2026"));
    assert_eq!(signed("2026-11-01"), None);
    let renewal = |on| warning("shift+a x", &[("What expires", "ada.example"), ("Expires", on)]);
    assert_eq!(renewal("2025-03-01").as_deref(), Some("This expired long ago, on 1 Mar 2025"));
    assert_eq!((renewal("2026-11-01"), renewal("2027-03-01")), (None, None));
    let mut desk = desk();
    let mut site = deal(&desk, "site");
    site.value = Some(rapport::domain::Money::parse("1000 EUR").unwrap());
    desk.state.book = rapport::state::Edit::put("Valued", site).apply(&desk.state.book).unwrap();
    for (amount, says) in
        [("5000", Some("This is more than the price of 1,000.00 EUR with any tax on it")), ("1190", None)]
    {
        desk.press("shift+a m");
        for (label, text) in [("Client", "ada"), ("Deal", "new site"), ("How much", amount)] {
            desk.fill(label, text);
        }
        assert_eq!(desk.shown().form.as_ref().unwrap().warning.as_deref(), says);
        desk.press("esc esc");
    }
}

#[test]
fn at_an_invoice_a_form_of_a_deals_facts_is_for_the_deal_of_the_invoice() {
    let invoice = |deal: &str| {
        format!(
            r#"invoice (id: "1", number: "1", client: "ada", issued: "2026-09-01", due: "2026-09-15",
            lines: [(result: "work", price: "900 EUR")]{deal})"#
        )
    };
    for (deal, shown) in [(r#", deal: "site""#, "New site"), ("", "")] {
        let lines = [
            r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01")"#.to_owned(),
            r#"deal (id: "site", client: "ada", title: "New site", stages: [(day: "2026-08-01", stage: "engaged")])"#.to_owned(),
            r#"deal (id: "shop", client: "ada", title: "Shop", stages: [(day: "2026-11-18", stage: "engaged")])"#.to_owned(),
            invoice(deal),
        ];
        let mut desk = Desk::of(book(&lines.iter().map(String::as_str).collect::<Vec<_>>()), day(TODAY));
        let at = |desk: &Desk| desk.shown().selected(&desk.state.session).map(|it| it.table);
        for _ in 0..10 {
            if at(&desk) != Some(Table::Invoices) {
                desk.press("j");
            }
        }
        assert_eq!(at(&desk), Some(Table::Invoices));
        for keys in ["shift+a a", "shift+a m", "shift+a n", "shift+a o", "shift+a k"] {
            desk.press(keys);
            let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("{}", desk.notice()) };
            let fields = form.kind.spec().fields;
            let of_deal = fields.iter().position(|field| field.name == "deal").unwrap();
            assert_eq!(form.values[of_deal], shown, "{keys}");
            assert!(!shown.is_empty() || form.focus == of_deal, "{keys}: the hand is where it is to be said");
            desk.press("esc esc");
        }
        desk.press("shift+a j");
        match &desk.state.session.overlay {
            Some(Overlay::Form(form)) => {
                assert_eq!(form.target, Target::Record(Table::Deals, "site".to_owned()));
            }
            Some(Overlay::Palette(palette)) => {
                let asked = palette.of.as_ref().map(|of| of.command);
                assert_eq!((asked, shown), (Some("offer.note"), ""), "of which deal it is asked");
            }
            _ => panic!("{}", desk.notice()),
        }
    }
}

#[test]
fn the_invoice_of_a_deal_begins_with_its_next_instalment_else_with_what_is_left_of_its_value() {
    let lines = |parts: &str, bill: &str| {
        let deal = format!(
            r#"deal (id: "shop", client: "acme", title: "Shop", value: "3000 EUR", stages: [(day: "2026-06-01", stage: "in_work")], {parts})"#
        );
        let bill = format!(
            r#"invoice (id: "i", number: "12", client: "acme", issued: "2026-07-01", due: "2026-07-15",
                lines: [(result: "x", price: "1000 EUR")], {bill})"#
        );
        crate::facts::book(&[r#"client (id: "acme", name: "Acme")"#, &deal, &bill])
    };
    let begins = |book: &rapport::domain::Book| {
        let context = rapport::state::form::Context { book, today: crate::facts::day("2026-11-20") };
        let target = rapport::state::Target::NewPart(rapport::domain::Table::Deals, "shop".to_owned());
        let form = rapport::state::Form::open(rapport::state::FormKind::Invoice, target, 7, &context);
        let at = form.kind.spec().fields.iter().position(|field| field.name == "lines").unwrap();
        form.values[at].clone()
    };
    let plan = r#"instalments: (agreed: "2026-06-01", instalments: [(due: "2026-07-15", amount: "1190 EUR", invoice: "i"),
        (due: "2026-09-01", amount: "1190 EUR"), (due: "2026-12-01", amount: "1190 EUR")])"#;
    assert_eq!(begins(&lines("", "")), "Shop 3,000.00");
    assert_eq!(begins(&lines("", r#"deal: "shop""#)), "Shop 2,000.00");
    assert_eq!(begins(&lines(plan, r#"deal: "shop""#)), "Shop 1,000.00", "the plan is gross");
}
