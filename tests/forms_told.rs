//! Forms that are told in their fields what they are about: they take what that holds already and say so, they write over
//! nothing that they have not shown, and what is typed in them comes back when they are left.

use rapport::domain::{AnyRecord, Book, Client, ClientId, Deal, Invoice, Outgoing, Table, Touch};
use rapport::state::{Action, FormKind, Overlay, QuickAction, Target};

use crate::desk::Desk;
use crate::facts::{book, day};

const TODAY: &str = "2026-11-30";

/// A firm with a plan, a down payment, an agreement, a dispute and a write-off, each of another client than the first.
fn facts() -> Book {
    book(&[
        r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01", cadence_days: 21)"#,
        r#"deal (id: "ada-1", client: "ada", title: "Logo", stages: [(day: "2026-11-20", stage: "engaged")])"#,
        r#"client (id: "berg", name: "Bergbahn AG", added: "2026-01-01", people: [(name: "Frieda Moser"), (name: "Yusuf Aydin", mail: "yusuf@berg.example"), (name: "Yves Roth")])"#,
        r#"deal (id: "pages", client: "berg", title: "Pages for tickets", decider: "Yusuf Aydin",
            stages: [(day: "2026-09-01", stage: "engaged"), (day: "2026-10-01", stage: "proposal")],
            proposal: (asked: "2026-09-20", asked_by: "Yusuf Aydin", sent: "2026-10-01"),
            instalments: (agreed: "2026-10-02", instalments: [(due: "2026-11-01", amount: "4000 EUR", invoice: "r1"),
            (due: "2027-01-25", amount: "4000 EUR")]))"#,
        r#"deal (id: "site", client: "berg", title: "Site", stages: [(day: "2024-02-01", stage: "engaged")],
            agreement: (sent: "2025-02-20", signed: "2025-02-24"),
            down_payment: (asked: "2024-02-08", amount: "1392.30 EUR", invoice: "r2"))"#,
        r#"invoice (id: "r1", number: "R-1", client: "berg", deal: "pages", issued: "2026-11-01", due: "2026-11-15", lines: [(result: "a", price: "4000 EUR")],
            disputes: [(from: "2026-11-12", about: "the treasurer counts other pages")])"#,
        r#"invoice (id: "r2", number: "R-2", client: "berg", deal: "site", issued: "2024-02-08", due: "2024-02-20", lines: [(result: "b", price: "1392.30 EUR")],
            payments: [(day: "2024-02-19", amount: "1392.30 EUR")])"#,
        r#"invoice (id: "r3", number: "R-3", client: "berg", issued: "2024-12-01", due: "2024-12-15", lines: [(result: "c", price: "700 EUR")],
            write_off: (day: "2025-05-04", cause: misunderstanding, lesson: "Say how many rounds"))"#,
        r#"touch (id: "t1", client: "berg", day: "2026-11-01", direction: in, person: "Yusuf Aydin")"#,
        r#"promise (id: "p1", client: "berg", by: them, person: "Yusuf Aydin", what: "texts", made: "2026-11-05", due: "2026-12-05")"#,
        r#"outgoing (id: "l1", client: "berg", person: "Yusuf Aydin", to: "yusuf@berg.example", subject: "S", text: "T", queued: "2026-11-28")"#,
        r#"outgoing (id: "l2", client: "berg", person: "Yusuf Aydin", to: "yusuf@berg.example", subject: "S", text: "T", queued: "2026-11-08",
            handed_over: (day: "2026-11-08"))"#,
    ])
}

fn desk() -> Desk {
    Desk::of(facts(), day(TODAY))
}

fn open(desk: &mut Desk, kind: FormKind) {
    desk.act(Action::OpenForm(kind, Target::New(None)));
}

fn fill(desk: &mut Desk, fields: &[(&str, &str)]) {
    for (label, text) in fields {
        desk.fill(label, text);
    }
}

/// Opens a form on nothing, fills it in and commits it.
fn filled(desk: &mut Desk, kind: FormKind, fields: &[(&str, &str)]) {
    open(desk, kind);
    fill(desk, fields);
    desk.press("enter");
}

#[track_caller]
fn focused(desk: &Desk) -> &'static str {
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("no form") };
    form.kind.spec().fields[form.focus].label
}

fn refused(desk: &Desk, label: &str) -> String {
    assert!(matches!(desk.state.session.overlay, Some(Overlay::Form(_))), "{}", desk.notice());
    desk.field(label).0.unwrap_or_else(|| panic!("nothing stands in the way at {label}"))
}

fn echo(desk: &Desk, label: &str) -> String {
    desk.field(label).1.unwrap_or_default()
}

fn value(desk: &Desk, label: &str) -> String {
    let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!("no form is open") };
    let at = form.kind.spec().fields.iter().position(|field| field.label == label).unwrap();
    form.values[at].clone()
}

fn deal(desk: &Desk, id: &str) -> Deal {
    match desk.state.book.find(Table::Deals, id) {
        Some(AnyRecord::Deal(deal)) => Deal::clone(&deal),
        _ => panic!("no deal {id}"),
    }
}

fn invoice(desk: &Desk, id: &str) -> Invoice {
    match desk.state.book.find(Table::Invoices, id) {
        Some(AnyRecord::Invoice(invoice)) => Invoice::clone(&invoice),
        _ => panic!("no invoice {id}"),
    }
}

fn client(desk: &Desk, id: &str) -> Client {
    Client::clone(&desk.state.book.client(&ClientId::new(id).unwrap()).unwrap().client)
}

#[test]
fn instalments_of_a_deal_that_is_typed_start_with_its_plan_and_taking_it_away_is_said() {
    let mut desk = desk();
    let before = deal(&desk, "pages");
    open(&mut desk, FormKind::Instalments);
    fill(&mut desk, &[("Client", "bergbahn"), ("Deal", "Pages for tickets")]);
    assert_eq!(value(&desk, "Parts"), "2026-11-01 4,000.00; 2027-01-25 4,000.00");
    assert!(echo(&desk, "Parts").ends_with("its plan of 2 instalments was agreed on 2 Oct 2026"));
    assert_eq!(value(&desk, "Agreed on"), "2026-10-02");
    desk.press("enter");
    assert_eq!(deal(&desk, "pages"), before);
    // Parts typed by hand stay, whatever is typed after them.
    open(&mut desk, FormKind::Instalments);
    fill(&mut desk, &[("Parts", "2 x 6,000 from 1 jan"), ("Client", "berg"), ("Deal", "pages")]);
    assert_eq!(value(&desk, "Parts"), "2 x 6,000 from 1 jan");
    assert!(echo(&desk, "Parts").ends_with("its plan of 2 instalments is changed"));
    fill(&mut desk, &[("Parts", "")]);
    assert_eq!(echo(&desk, "Parts"), "its plan of 2 instalments is taken away");
    // Another deal has none.
    fill(&mut desk, &[("Deal", "site")]);
    assert_eq!((value(&desk, "Parts"), echo(&desk, "Parts")), (String::new(), String::new()));
    assert_eq!(value(&desk, "Agreed on"), TODAY);
}

#[test]
fn a_plan_that_was_filled_in_leaves_again_with_its_deal() {
    let mut desk = desk();
    open(&mut desk, FormKind::Instalments);
    fill(&mut desk, &[("Client", "berg"), ("Deal", "pages"), ("Client", "ada")]);
    assert_eq!(value(&desk, "Deal"), "pages", "it was typed");
    fill(&mut desk, &[("Deal", "logo")]);
    assert_eq!(value(&desk, "Parts"), "");
}

#[test]
fn writing_off_an_invoice_that_is_typed_starts_with_how_it_was_written_off() {
    let mut desk = desk();
    let before = invoice(&desk, "r3");
    open(&mut desk, FormKind::WriteOff);
    fill(&mut desk, &[("Invoice", "R-3"), ("Why", "they cannot")]);
    assert_eq!(echo(&desk, "Why"), "they cannot pay · written off on 4 May 2025, which this changes");
    assert_eq!(
        (value(&desk, "Decided on"), value(&desk, "What it teaches")),
        ("2025-05-04".to_owned(), "Say how many rounds".to_owned())
    );
    desk.press("enter");
    let after = invoice(&desk, "r3").write_off.unwrap();
    let before = before.write_off.unwrap();
    assert_eq!((after.day, after.lesson), (before.day, before.lesson));
}

#[test]
fn a_dispute_of_an_invoice_that_is_typed_keeps_what_it_is_about_and_is_not_begun_anew() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    open(&mut desk, FormKind::Dispute);
    fill(&mut desk, &[("Invoice", "R-1")]);
    assert_eq!(value(&desk, "What about"), "the treasurer counts other pages");
    assert!(echo(&desk, "Since").ends_with("disputed since 12 Nov 2026"), "{}", echo(&desk, "Since"));
    desk.press("enter");
    assert_eq!(
        refused(&desk, "Settled on"),
        "it is disputed since 12 Nov 2026 already: say when that was settled"
    );
    assert!(desk.state.book.is_same(&before));
    fill(&mut desk, &[("Settled on", "today")]);
    desk.press("enter");
    let [dispute] = invoice(&desk, "r1").disputes.try_into().unwrap();
    assert_eq!((dispute.from, dispute.until), (day("2026-11-12"), Some(day(TODAY))));
    assert_eq!(dispute.about.as_deref(), Some("the treasurer counts other pages"));
}

#[test]
fn a_dispute_that_was_to_be_settled_leaves_no_day_for_another_invoice() {
    let mut desk = desk();
    desk.act(Action::OpenForm(FormKind::Dispute, Target::NewPart(Table::Invoices, "r1".to_owned())));
    assert_eq!(value(&desk, "Settled on"), TODAY);
    fill(&mut desk, &[("Invoice", "R-2")]);
    assert_eq!((value(&desk, "Settled on"), value(&desk, "What about")), (String::new(), String::new()));
    assert_eq!((value(&desk, "Since").as_str(), echo(&desk, "Since").contains("disputed")), (TODAY, false));
}

#[test]
fn a_second_down_payment_is_refused_once_the_first_is_paid() {
    let mut desk = desk();
    open(&mut desk, FormKind::DownPayment);
    fill(&mut desk, &[("Client", "berg"), ("Deal", "site")]);
    assert_eq!(
        (value(&desk, "How much"), value(&desk, "Asked on")),
        ("1,392.30".to_owned(), "2024-02-08".to_owned())
    );
    assert!(echo(&desk, "How much").ends_with("1,392.30 EUR asked on 8 Feb 2024 and paid"));
    fill(&mut desk, &[("How much", "500")]);
    desk.press("enter");
    assert_eq!(
        refused(&desk, "How much"),
        "1,392.30 EUR was asked down on 8 Feb 2024 and is paid: ask for more with an invoice or instalments"
    );
}

#[test]
fn an_agreement_is_not_sent_after_it_was_signed_and_goes_on_with_the_day_it_was_sent() {
    let mut desk = desk();
    open(&mut desk, FormKind::Agreement);
    fill(&mut desk, &[("Client", "berg"), ("Deal", "site"), ("It was", "sent")]);
    assert_eq!(value(&desk, "When"), "2025-02-20");
    assert_eq!(echo(&desk, "It was"), "sent on 20 Feb 2025, signed on 24 Feb 2025");
    fill(&mut desk, &[("When", "today")]);
    desk.press("enter");
    assert_eq!(
        refused(&desk, "When"),
        "it was signed on 24 Feb 2025: enter a day up to then, or change that day first"
    );
    fill(&mut desk, &[("When", "2025-02-21")]);
    assert!(echo(&desk, "It was").ends_with(", which this changes"));
    // Of a deal without one it is today.
    fill(&mut desk, &[("When", "2025-02-20"), ("Deal", "pages")]);
    assert_eq!(value(&desk, "When"), TODAY);
}

#[test]
fn a_payment_takes_what_is_open_of_the_invoice_that_is_typed() {
    let mut desk = desk();
    open(&mut desk, FormKind::Payment);
    fill(&mut desk, &[("Invoice", "R-1")]);
    assert_eq!(value(&desk, "Amount"), "4,000.00");
    fill(&mut desk, &[("Amount", "100"), ("Invoice", "R-3")]);
    assert_eq!(value(&desk, "Amount"), "100");
    fill(&mut desk, &[("Invoice", "R-1"), ("Amount", "-500")]);
    desk.press("enter");
    assert_eq!(
        refused(&desk, "Amount"),
        "nothing was paid on this invoice: a credit takes a part of it back"
    );
}

#[test]
fn an_account_is_found_by_a_part_of_its_name_and_a_new_one_is_said() {
    let mut desk = desk();
    filled(
        &mut desk,
        FormKind::Balance,
        &[("Account", "Current account, Regiobank"), ("Was in it", "100"), ("At the end of", "1 nov")],
    );
    open(&mut desk, FormKind::Balance);
    fill(&mut desk, &[("Account", "card")]);
    assert_eq!(echo(&desk, "Account"), "a new account: card");
    fill(&mut desk, &[("Account", "regiobank"), ("Was in it", "12345"), ("At the end of", "1 nov")]);
    assert_eq!(echo(&desk, "Account"), "Current account, Regiobank");
    assert!(echo(&desk, "Was in it").ends_with("100.00 EUR is noted for that day: this takes its place"));
    desk.press("enter");
    assert_eq!(desk.state.book.business().accounts.len(), 1, "{}", desk.notice());
}

#[test]
fn a_stage_is_not_entered_before_the_one_it_follows() {
    let mut desk = desk();
    for (id, fields, why) in [
        (
            "ada-1",
            [("Stage", "presented"), ("In stage since", "1 jan 2024")],
            "it entered Engaged on 20 Nov 2026: enter that day or a later one",
        ),
        (
            "pages",
            [("Stage", "proposal"), ("In stage since", "1 jan 2024")],
            "it entered Engaged on 1 Sept 2026: enter that day or a later one",
        ),
    ] {
        desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, id.to_owned())));
        fill(&mut desk, &fields);
        desk.press("enter");
        assert_eq!(refused(&desk, "In stage since").replace("Sept", "Sep"), why.replace("Sept", "Sep"));
        desk.state.session.overlay = None;
    }
    desk.act(Action::OpenForm(FormKind::Lost, Target::NewPart(Table::Deals, "ada-1".to_owned())));
    fill(&mut desk, &[("Why", "too dear"), ("When", "1 nov")]);
    desk.press("enter");
    assert_eq!(refused(&desk, "When"), "it entered Engaged on 20 Nov 2026: enter that day or a later one");
}

#[test]
fn a_person_that_is_renamed_is_renamed_wherever_facts_name_them() {
    let mut desk = desk();
    desk.act(Action::OpenForm(FormKind::Person, Target::Part(Table::Clients, "berg".to_owned(), 1)));
    fill(&mut desk, &[("Name", "Yusuf Ak"), ("Mail", "ak@berg.example")]);
    desk.press("enter");
    assert_eq!(desk.notice(), "Changed Yusuf Ak, also in 5 facts");
    let pages = deal(&desk, "pages");
    assert_eq!(pages.decider.as_deref(), Some("Yusuf Ak"), "{}", desk.notice());
    assert_eq!(pages.proposal.unwrap().asked_by.as_deref(), Some("Yusuf Ak"));
    let known = desk.state.book.client(&ClientId::new("berg").unwrap()).unwrap();
    assert_eq!(known.facts.get::<Touch>("t1").unwrap().person.as_deref(), Some("Yusuf Ak"));
    assert_eq!(known.facts.promises[0].person.as_deref(), Some("Yusuf Ak"));
    let letter = |id: &str| Outgoing::clone(known.facts.get::<Outgoing>(id).unwrap());
    assert_eq!(
        (letter("l1").person.as_deref(), letter("l1").to.as_deref()),
        (Some("Yusuf Ak"), Some("ak@berg.example"))
    );
    // It went to the address of then.
    assert_eq!(
        (letter("l2").person.as_deref(), letter("l2").to.as_deref()),
        (Some("Yusuf Ak"), Some("yusuf@berg.example"))
    );
    assert_eq!(desk.state.history.depth(), 1);
}

#[test]
fn a_letter_that_waits_follows_an_address_that_changed_in_quick_entry() {
    let mut desk = desk();
    desk.press("a");
    desk.act(Action::Quick(QuickAction::Type("yusuf's email is now y@berg.example".to_owned())));
    desk.press("enter");
    let known = desk.state.book.client(&ClientId::new("berg").unwrap()).unwrap();
    assert_eq!(known.client.people[1].mail.as_deref(), Some("y@berg.example"), "{}", desk.notice());
    assert_eq!(known.facts.get::<Outgoing>("l1").unwrap().to.as_deref(), Some("y@berg.example"));
}

#[test]
fn a_person_is_found_by_the_beginning_of_the_name_and_one_nobody_knows_stays_as_typed() {
    let mut desk = desk();
    desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, "pages".to_owned())));
    for (typed, said, stored) in
        [("Frie", "Frieda Moser", "Frieda Moser"), ("Y", "", "Y"), ("Otto", "", "Otto")]
    {
        fill(&mut desk, &[("Who decides", typed)]);
        assert_eq!(echo(&desk, "Who decides"), said);
        desk.press("enter");
        assert_eq!(deal(&desk, "pages").decider.as_deref(), Some(stored));
        desk.act(Action::OpenForm(FormKind::Deal, Target::Record(Table::Deals, "pages".to_owned())));
    }
}

#[test]
fn what_is_due_is_looked_for_from_the_day_it_was_issued_or_made() {
    let mut desk = desk();
    open(&mut desk, FormKind::Invoice);
    fill(&mut desk, &[("Client", "ada"), ("Results", "Logo 900"), ("Issued", "1 oct"), ("Due", "31 oct")]);
    assert_eq!(echo(&desk, "Due"), "Sat 31 Oct, 30 days ago");
    fill(&mut desk, &[("Issued", "today")]);
    assert_eq!(echo(&desk, "Due"), "Sun 31 Oct 2027, in 335 days");
    desk.state.session.overlay = None;
    open(&mut desk, FormKind::Promise);
    fill(&mut desk, &[("Made", "1 oct"), ("Due", "15 oct")]);
    assert_eq!(echo(&desk, "Due"), "Thu 15 Oct, 46 days ago");
    desk.state.session.overlay = None;
    open(&mut desk, FormKind::Expense);
    fill(&mut desk, &[("When", "1 dec")]);
    assert_eq!(echo(&desk, "When"), "Mon 1 Dec 2025, 364 days ago");
    fill(&mut desk, &[("How often", "1 month")]);
    assert_eq!(echo(&desk, "When"), "Tue 1 Dec, tomorrow");
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let mut desk = desk();
    filled(
        &mut desk,
        FormKind::Renewal,
        &[("What expires", "x.org"), ("Expires", "12 mar"), ("They pay", "-50"), ("It costs you", "-20")],
    );
    assert_eq!(refused(&desk, "They pay"), "expected nothing or more");
    assert_eq!(refused(&desk, "It costs you"), "expected nothing or more");
    desk.state.session.overlay = None;
    desk.act(Action::OpenForm(FormKind::Client, Target::Record(Table::Clients, "ada".to_owned())));
    fill(&mut desk, &[("Cadence", "0")]);
    desk.press("enter");
    assert_eq!(refused(&desk, "Cadence"), "expected a whole number from 1 to 3650, or nothing for none");
    fill(&mut desk, &[("Cadence", "")]);
    desk.press("enter");
    assert_eq!(client(&desk, "ada").cadence_days, None);
}

#[test]
fn what_is_typed_in_a_form_that_is_left_comes_back_and_is_dropped_when_it_is_left_again() {
    let mut desk = desk();
    open(&mut desk, FormKind::Client);
    fill(&mut desk, &[("Name", "Foo Bar"), ("Met where", "Fair")]);
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
    assert_eq!(desk.notice(), "Kept what you typed: open the form again to go on");
    // Another one is not it.
    desk.act(Action::OpenForm(FormKind::Client, Target::Record(Table::Clients, "ada".to_owned())));
    desk.press("esc");
    open(&mut desk, FormKind::Client);
    assert_eq!(desk.notice(), "What you typed before is here again: leave the form to drop it");
    assert_eq!((value(&desk, "Name"), value(&desk, "Met where")), ("Foo Bar".to_owned(), "Fair".to_owned()));
    desk.press("esc");
    assert_eq!(desk.notice(), "Dropped what was typed");
    open(&mut desk, FormKind::Client);
    assert_eq!(value(&desk, "Name"), "");
}

#[test]
fn a_form_that_comes_back_takes_what_its_client_has_by_now() {
    let mut desk = desk();
    open(&mut desk, FormKind::Instalments);
    fill(&mut desk, &[("Client", "berg"), ("Deal", "pages")]);
    desk.press("esc esc");
    open(&mut desk, FormKind::Instalments);
    assert_eq!(value(&desk, "Parts"), "2026-11-01 4,000.00; 2027-01-25 4,000.00");
}

#[test]
fn the_first_esc_closes_the_proposals_for_what_is_typed() {
    let mut desk = desk();
    open(&mut desk, FormKind::Invoice);
    fill(&mut desk, &[("Client", "a")]);
    let proposed = |desk: &Desk| desk.shown().form.unwrap().fields[0].completions.len();
    assert_eq!(proposed(&desk), 2);
    assert!(desk.shown().form.unwrap().list_open);
    desk.press("esc");
    assert!(!desk.shown().form.unwrap().list_open);
    assert_eq!((proposed(&desk), value(&desk, "Client")), (0, "a".to_owned()));
    fill(&mut desk, &[("Client", "ad")]);
    assert_eq!(proposed(&desk), 1);
    desk.press("down esc");
    assert_eq!(proposed(&desk), 0);
    desk.press("esc");
    assert!(desk.state.session.overlay.is_none());
}

#[test]
fn the_first_fact_of_an_empty_book_brings_its_client() {
    let mut desk = Desk::of(book(&[]), day(TODAY));
    open(&mut desk, FormKind::Invoice);
    fill(&mut desk, &[("Client", "Acme"), ("Results", "Website 500")]);
    assert_eq!(echo(&desk, "Client"), "a new client: Acme");
    desk.press("enter");
    let known: Vec<_> = desk.state.book.clients().collect();
    assert_eq!((known.len(), known[0].client.name.as_str(), known[0].facts.invoices.len()), (1, "Acme", 1));
    assert_eq!(known[0].client.added, Some(day(TODAY)));
    assert_eq!(desk.state.history.depth(), 1);
    // From then on a slip is no client.
    filled(&mut desk, FormKind::Invoice, &[("Client", "Amce"), ("Results", "Website 500")]);
    assert_eq!(refused(&desk, "Client"), "there is no such client");
}

/// The records of a book, printed by table and id.
fn printed(book: &Book) -> Vec<String> {
    book.records().map(|record| format!("{record:?}")).collect()
}

#[test]
fn a_form_that_is_told_only_what_it_is_about_changes_nothing_that_is_held() {
    let held = rapport::store::load(rapport::store::sample::text(rapport::store::sample::ANCHOR).as_bytes());
    let book = held.unwrap().book;
    let today = rapport::store::sample::ANCHOR;
    let mut told: Vec<(FormKind, Vec<(&str, String)>)> = Vec::new();
    for record in book.records() {
        match &record {
            AnyRecord::Deal(deal) if deal.as_of(today).is_some() => {
                let known = book.client(&deal.client).unwrap();
                let names = [("Client", known.client.name.clone()), ("Deal", deal.title.clone())];
                let mut of_deal = |kind, more: &[(&'static str, &str)]| {
                    let more = more.iter().map(|(label, text)| (*label, (*text).to_owned()));
                    told.push((kind, names.iter().cloned().chain(more).collect()));
                };
                if deal.instalments.is_some() {
                    of_deal(FormKind::Instalments, &[]);
                }
                if deal.down_payment.is_some() {
                    of_deal(FormKind::DownPayment, &[]);
                }
                if let Some(agreement) = &deal.agreement {
                    for (came, on) in [
                        ("sent", agreement.sent),
                        ("signed", agreement.signed),
                        ("refused", agreement.refused),
                    ] {
                        // What a refusal ended is done anew.
                        if on.is_some() && (came == "refused" || agreement.refusal().is_none()) {
                            of_deal(FormKind::Agreement, &[("It was", came)]);
                        }
                    }
                }
            }
            AnyRecord::Invoice(invoice) if invoice.issued <= today => {
                let number = vec![("Invoice", invoice.number.clone())];
                if invoice.write_off.is_some() {
                    told.push((FormKind::WriteOff, number.clone()));
                }
                if invoice.open_dispute().is_some() {
                    told.push((FormKind::Dispute, number));
                }
            }
            _ => {}
        }
    }
    assert!(told.len() > 10, "{}", told.len());
    let before = printed(&book);
    let mut desk = Desk::of(book, today);
    for (kind, fields) in told {
        open(&mut desk, kind);
        for (label, text) in &fields {
            desk.fill(label, text);
        }
        desk.press("enter");
        assert!(printed(&desk.state.book) == before, "{kind:?} {fields:?}: {}", desk.notice());
        desk.state.session.overlay = None;
    }
}

fn change(desk: &mut Desk, kind: FormKind, table: Table, id: &str) {
    desk.act(Action::OpenForm(kind, Target::Record(table, id.to_owned())));
}

#[test]
fn what_was_typed_comes_back_beside_what_changed_of_its_record_meanwhile() {
    let mut desk = desk();
    change(&mut desk, FormKind::Client, Table::Clients, "ada");
    fill(&mut desk, &[("Notes", "asks about hosting")]);
    desk.press("esc");
    let tag = |desk: &mut Desk| {
        desk.act(Action::OpenForm(
            FormKind::Clients,
            Target::Several(Table::Clients, vec!["ada".into(), "berg".into()]),
        ));
        fill(desk, &[("Add tags", "print"), ("Cadence", "40")]);
        desk.press("enter");
    };
    tag(&mut desk);
    change(&mut desk, FormKind::Client, Table::Clients, "ada");
    assert_eq!(desk.notice(), "What you typed before is here again: leave the form to drop it");
    assert_eq!((value(&desk, "Notes"), value(&desk, "Tags")), ("asks about hosting".into(), "print".into()));
    desk.press("enter");
    let now = client(&desk, "ada");
    assert_eq!((now.notes.as_deref(), now.cadence_days), (Some("asks about hosting"), Some(40)));
    assert_eq!(now.tags, ["print"]);
}

#[test]
fn what_comes_back_over_a_field_that_changed_meanwhile_says_so() {
    let mut desk = desk();
    change(&mut desk, FormKind::Client, Table::Clients, "ada");
    fill(&mut desk, &[("Cadence", "30")]);
    desk.press("esc");
    desk.act(Action::OpenForm(FormKind::Clients, Target::Several(Table::Clients, vec!["ada".into()])));
    fill(&mut desk, &[("Cadence", "40")]);
    desk.press("enter");
    change(&mut desk, FormKind::Client, Table::Clients, "ada");
    assert_eq!(
        desk.notice(),
        "What you typed before is here again: Cadence was changed meanwhile, and is replaced by it"
    );
    assert_eq!(value(&desk, "Cadence"), "30");
    // What is in the book by now is typed by nobody.
    fill(&mut desk, &[("Cadence", "50")]);
    desk.press("esc");
    desk.act(Action::OpenForm(FormKind::Clients, Target::Several(Table::Clients, vec!["ada".into()])));
    fill(&mut desk, &[("Cadence", "50")]);
    desk.press("enter");
    change(&mut desk, FormKind::Client, Table::Clients, "ada");
    assert_eq!(desk.notice(), "What you typed before is in the book by now");
}

#[test]
fn what_was_typed_for_a_part_does_not_come_back_in_the_part_that_took_its_place() {
    let mut desk = desk();
    let person = |at| Target::Part(Table::Clients, "berg".to_owned(), at);
    desk.act(Action::OpenForm(FormKind::Person, person(0)));
    fill(&mut desk, &[("Role", "treasurer")]);
    desk.press("esc");
    let mut without = client(&desk, "berg");
    without.people.remove(0);
    desk.act(Action::Edit(rapport::state::Edit::put("Removed", without)));
    desk.act(Action::OpenForm(FormKind::Person, person(0)));
    assert_eq!((value(&desk, "Name"), value(&desk, "Role")), ("Yusuf Aydin".into(), String::new()));
    let dropped = "What you typed before was for what stood here then, and is dropped: Role “treasurer”";
    assert_eq!((desk.notice(), desk.state.session.unfinished().forms.len()), (dropped, 0));
    // It stays the same person whatever else is said of them.
    fill(&mut desk, &[("Role", "clerk")]);
    desk.press("esc");
    let mut with = client(&desk, "berg");
    with.people[0].phone = Some("1".to_owned());
    desk.act(Action::Edit(rapport::state::Edit::put("Changed", with)));
    desk.act(Action::OpenForm(FormKind::Person, person(0)));
    assert_eq!((value(&desk, "Role"), value(&desk, "Phone")), ("clerk".into(), "1".into()));
}

#[test]
fn what_was_typed_for_a_part_comes_back_where_it_stands_after_one_before_it_is_gone() {
    let mut desk = desk();
    let person = |at| Target::Part(Table::Clients, "berg".to_owned(), at);
    desk.act(Action::OpenForm(FormKind::Person, person(1)));
    let name = value(&desk, "Name");
    fill(&mut desk, &[("Role", "clerk")]);
    desk.press("esc");
    // While it stands where it stood, nobody else gets what was typed.
    desk.act(Action::OpenForm(FormKind::Person, person(0)));
    assert_eq!(value(&desk, "Role"), client(&desk, "berg").people[0].role.clone().unwrap_or_default());
    desk.press("esc");
    let mut without = client(&desk, "berg");
    without.people.remove(0);
    desk.act(Action::Edit(rapport::state::Edit::put("Removed", without)));
    desk.act(Action::OpenForm(FormKind::Person, person(0)));
    assert_eq!((value(&desk, "Name"), value(&desk, "Role")), (name, "clerk".into()));
}

#[test]
fn what_was_typed_of_the_first_client_of_a_new_book_comes_back() {
    let mut desk = desk();
    desk.state.file.saved = desk.state.book.clone();
    desk.act(Action::StartBook);
    desk.fill("Client", "Bobs");
    desk.press("esc");
    desk.act(Action::StartBook);
    assert_eq!(value(&desk, "Client"), "Bobs", "{}", desk.notice());
}

#[test]
fn many_forms_are_kept_and_opening_another_book_asks_before_they_go() {
    let mut desk = desk();
    let kinds =
        [FormKind::Client, FormKind::Renewal, FormKind::Expense, FormKind::Invoice, FormKind::Promise];
    let more = [FormKind::Goal, FormKind::WorkResult, FormKind::Work, FormKind::Deal, FormKind::Hesitation];
    for kind in kinds.into_iter().chain(more) {
        open(&mut desk, kind);
        let Some(Overlay::Form(form)) = &desk.state.session.overlay else { panic!() };
        let last = form.values.len() - 1;
        desk.act(Action::SetField(last, "abc".to_owned()));
        desk.press("esc esc");
    }
    assert_eq!(desk.state.session.unfinished().forms.len(), 10);
    open(&mut desk, FormKind::Client);
    assert_eq!(value(&desk, "Notes"), "abc", "the first of them too");
    desk.state.session.overlay = None;
    desk.state.file.saved = desk.state.book.clone();
    desk.act(Action::Open("other.ron".into()));
    let Some(Overlay::Confirm(asked)) = &desk.state.session.overlay else { panic!("nothing is asked") };
    let named = "What you typed in New renewal (abc), New expense (abc), New invoice (R-4) and 6 more forms";
    assert!(asked.consequence.contains(named), "{asked:?}");
}

#[test]
fn what_moves_to_another_client_takes_nobody_of_the_client_before_along() {
    let mut desk = desk();
    let nobody = "is nobody of this client: choose somebody else, or empty this";
    change(&mut desk, FormKind::Promise, Table::Promises, "p1");
    fill(&mut desk, &[("Client", "ada")]);
    desk.press("enter");
    assert_eq!(refused(&desk, "Person"), nobody);
    fill(&mut desk, &[("Person", "")]);
    desk.press("enter");
    assert!(desk.state.session.overlay.is_none(), "{}", desk.notice());
    change(&mut desk, FormKind::Touch, Table::Touches, "t1");
    fill(&mut desk, &[("Client", "ada")]);
    desk.press("enter");
    assert_eq!(refused(&desk, "Person"), nobody);
    desk.state.session.overlay = None;
    // A name that both have is the same person's, as far as can be known.
    let mut ada = client(&desk, "ada");
    ada.people = client(&desk, "berg").people;
    desk.act(Action::Edit(rapport::state::Edit::put("Added", ada)));
    change(&mut desk, FormKind::Touch, Table::Touches, "t1");
    fill(&mut desk, &[("Client", "ada")]);
    desk.press("enter");
    assert!(desk.state.session.overlay.is_none(), "{}", desk.notice());
}

#[test]
fn a_deal_that_moves_to_another_client_takes_no_decider_along_and_a_touch_no_invoice() {
    let mut desk = Desk::of(
        book(&[
            r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01")"#,
            r#"client (id: "berg", name: "Bergbahn AG", added: "2026-01-01", people: [(name: "Yusuf Aydin")])"#,
            r#"deal (id: "d", client: "berg", title: "Pages", decider: "Yusuf Aydin", stages: [(day: "2026-09-01", stage: "engaged")],
                proposal: (asked: "2026-09-02", asked_by: "Yusuf Aydin"))"#,
            r#"invoice (id: "r1", number: "R-1", client: "berg", issued: "2026-11-01", due: "2026-11-15", lines: [(result: "a", price: "40 EUR")])"#,
            r#"touch (id: "t1", client: "berg", day: "2026-11-01", direction: in, channel: "mail", invoice: "r1")"#,
        ]),
        day(TODAY),
    );
    change(&mut desk, FormKind::Deal, Table::Deals, "d");
    fill(&mut desk, &[("Client", "ada")]);
    desk.press("enter");
    assert!(refused(&desk, "Who decides").starts_with("is nobody of this client"));
    // Of several faults the hand goes to the first.
    fill(&mut desk, &[("Title", "")]);
    desk.press("enter");
    assert_eq!(focused(&desk), "Title");
    fill(&mut desk, &[("Title", "Pages"), ("Who decides", "")]);
    desk.press("enter");
    assert_eq!(deal(&desk, "d").proposal.unwrap().asked_by, None);
    assert!(desk.notice().ends_with("that Yusuf Aydin asked for its proposal goes"), "{}", desk.notice());
    change(&mut desk, FormKind::Touch, Table::Touches, "t1");
    fill(&mut desk, &[("Client", "ada")]);
    desk.press("enter");
    assert_eq!(refused(&desk, "Invoice"), "this is an invoice of another client");
}

#[test]
fn an_agreement_that_is_sent_anew_ends_the_refusal_and_a_step_is_taken_away() {
    let mut desk = desk();
    let note = |desk: &mut Desk, came: &str, on: &str| {
        open(desk, FormKind::Agreement);
        fill(desk, &[("Client", "berg"), ("Deal", "pages"), ("It was", came), ("When", on)]);
    };
    note(&mut desk, "sent", "2026-10-01");
    desk.press("enter");
    note(&mut desk, "refused", "2026-11-01");
    desk.press("enter");
    note(&mut desk, "sent", "2026-11-10");
    assert_eq!(
        echo(&desk, "It was"),
        "sent on 1 Oct 2026, refused on 1 Nov 2026: sent anew, the refusal no longer counts"
    );
    desk.press("enter");
    let held = deal(&desk, "pages").agreement.unwrap();
    assert_eq!((held.sent, held.refused), (Some(day("2026-11-10")), None));
    let found = rapport::domain::implausible(&desk.state.book, day(TODAY));
    assert!(found.iter().all(|it| !it.field.starts_with("agreement")), "{found:?}");
    // Refused by mistake.
    note(&mut desk, "refused", "2026-11-20");
    desk.press("enter");
    note(&mut desk, "refused", "");
    assert!(echo(&desk, "It was").ends_with(", which this takes away"), "{}", echo(&desk, "It was"));
    desk.press("enter");
    assert_eq!(desk.notice(), "Agreement for Pages for tickets: no longer refused");
    assert_eq!(deal(&desk, "pages").agreement.unwrap().refused, None);
    note(&mut desk, "sent", "");
    desk.press("enter");
    assert_eq!(deal(&desk, "pages").agreement, None);
    note(&mut desk, "sent", "");
    desk.press("enter");
    assert_eq!(refused(&desk, "When"), "When must be filled in");
}

#[test]
fn an_agreement_is_sent_anew_today_and_what_was_signed_before_the_refusal_is_gone() {
    let mut desk = desk();
    let note = |desk: &mut Desk, came: &str, on: Option<&str>| {
        open(desk, FormKind::Agreement);
        fill(desk, &[("Client", "berg"), ("Deal", "pages"), ("It was", came)]);
        if let Some(on) = on {
            fill(desk, &[("When", on)]);
        }
    };
    note(&mut desk, "sent", Some("2026-10-01"));
    desk.press("enter");
    let mut pages = deal(&desk, "pages");
    let agreement = pages.agreement.get_or_insert_default();
    (agreement.signed, agreement.refused) = (Some(day("2026-10-20")), Some(day("2026-10-25")));
    desk.act(Action::Edit(rapport::state::Edit::put("Taken back", pages)));
    note(&mut desk, "sent", None);
    assert_eq!(value(&desk, "When"), TODAY);
    desk.press("enter");
    let held = deal(&desk, "pages").agreement.unwrap();
    assert_eq!((held.sent, held.signed, held.refused), (Some(day(TODAY)), None, None));
}

#[test]
fn what_cannot_be_right_of_an_agreement_opens_the_form_that_corrects_it() {
    let mut desk = Desk::of(
        book(&[
            r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01", cadence_days: 400)"#,
            r#"deal (id: "d", client: "ada", title: "Logo", stages: [(day: "2026-09-01", stage: "engaged")],
                agreement: (sent: "2026-11-10", refused: "2026-11-01"), next_step: (what: "call", due: "2026-12-20"))"#,
        ]),
        day(TODAY),
    );
    desk.act(Action::SetFilter("right".to_owned()));
    desk.press("1");
    assert!(
        matches!(&desk.state.session.overlay, Some(Overlay::Form(form)) if form.kind == FormKind::Agreement),
        "{}",
        desk.notice()
    );
    assert_eq!(value(&desk, "Deal"), "Logo");
    fill(&mut desk, &[("It was", "refused"), ("When", "")]);
    desk.press("enter");
    assert_eq!(deal(&desk, "d").agreement.unwrap().refused, None, "{}", desk.notice());
}

#[test]
fn what_is_needed_is_not_called_optional() {
    let mut desk = desk();
    for (kind, label) in [(FormKind::Goal, "To be"), (FormKind::Instalments, "Parts")] {
        open(&mut desk, kind);
        fill(&mut desk, &[("Client", "ada"), ("Deal", "logo")]);
        let field = desk.shown().form.unwrap().fields.into_iter().find(|field| field.label == label);
        assert!(field.unwrap().required, "{label}");
        desk.state.session.overlay = None;
    }
}

#[test]
fn dismissing_says_what_is_dismissed() {
    let mut desk = desk();
    desk.press("g t del");
    let title = desk.shown().form.unwrap().title;
    let item = desk.shown();
    let first = item.figures.today.items.iter().find(|item| title.contains(&item.title));
    assert!(title.starts_with("Dismiss: ") && first.is_some(), "{title}");
    desk.press("esc shift+x");
    let many = desk.shown().selected.len();
    if many > 1 {
        desk.press("del");
        assert_eq!(desk.shown().form.unwrap().title, format!("Dismiss: {many} selected items"));
    }
}

#[test]
fn dismissing_what_only_the_forecast_says_tells_its_kind() {
    let mut desk = desk();
    let item = rapport::figures::today::ItemKind::CashBelowReserve;
    desk.act(Action::OpenForm(FormKind::Dismiss, Target::Item(format!("{}:firm", item.token()), None)));
    assert_eq!(desk.shown().form.unwrap().title, format!("Dismiss: {}", item.title()));
}

#[test]
fn an_invoice_below_nothing_says_that_it_is_a_credit_note() {
    let mut desk = desk();
    open(&mut desk, FormKind::Invoice);
    fill(&mut desk, &[("Client", "ada"), ("Results", "Logo 500; Logo taken back -700")]);
    assert!(echo(&desk, "Results").ends_with("net: a credit note"), "{}", echo(&desk, "Results"));
    fill(&mut desk, &[("Results", "Logo 500; Logo taken back -200")]);
    assert!(echo(&desk, "Results").ends_with(" net"));
    fill(&mut desk, &[("Results", "Logo taken back -200"), ("Number", "C-9")]);
    desk.press("enter");
    assert_eq!(desk.notice(), "Added credit note C-9");
}
