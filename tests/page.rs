//! One client's page: its timeline, its deals' margins and how each invoice stands.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use rapport::domain::{ClientId, ClientKind};
use rapport::figures::{EntryKind, Figures, Memo, Page};

use crate::facts::{book, day, money};

const ACME: &str =
    r#"client (id: "acme", name: "Acme", met: (day: "2025-12-01", place: "the fair", why: "a new site"))"#;

fn page(lines: &[&str], on: &str) -> Page {
    let book = book(lines);
    Page::of(book.business(), &Figures::of(&book, day(on)), &ClientId::new("acme").unwrap()).unwrap()
}

fn invoice(paid: &str) -> String {
    format!(
        r#"invoice (id: "1", number: "1", client: "acme", deal: "site", issued: "2026-01-01", due: "2026-01-31",
            tax: "20%", lines: [(result: "x", price: "1000 EUR")], {paid})"#
    )
}

const DEAL: &str = r#"deal (id: "site", client: "acme", title: "Site", value: "1000 EUR",
    stages: [(day: "2025-12-10", stage: "engaged"), (day: "2025-12-20", stage: "in_work")], delivered: "2026-01-01")"#;

#[test]
fn the_timeline_tells_every_fact_known_by_the_day_newest_first() {
    let lines = [
        ACME,
        DEAL,
        &invoice(r#"payments: [(day: "2026-02-01", amount: "1200 EUR", method: "transfer")]"#),
        r#"touch (id: "t", day: "2026-01-15", client: "acme", person: "Ana", direction: in, channel: "phone",
            kind: advice_asked, note: "asked about hosting")"#,
        r#"promise (id: "p", client: "acme", by: me, what: "send a draft", made: "2025-12-10", due: "2025-12-15",
            kept: "2025-12-14")"#,
    ];
    let page = page(&lines, "2026-02-01");
    let shown: Vec<String> =
        page.timeline.iter().map(|entry| format!("{} {}", entry.day, entry.text)).collect();
    assert_eq!(
        shown,
        [
            "2026-02-01 Paid for 1 by transfer",
            "2026-01-15 From Ana by phone, advice asked: asked about hosting",
            "2026-01-01 Invoice 1 sent, due 31 Jan",
            "2026-01-01 Site: delivered",
            "2025-12-20 Site: In work",
            "2025-12-14 send a draft: kept",
            "2025-12-10 I promised by 15 Dec: send a draft",
            "2025-12-10 Site: Engaged",
            "2025-12-01 Met at the fair: a new site",
        ]
    );
    let first = page.timeline.first().unwrap();
    assert_eq!((first.kind, first.amount), (EntryKind::Payment, Some(money("1200 EUR"))));
    assert!(page.timeline.iter().all(|entry| entry.day <= page.day));
}

#[test]
fn a_promise_kept_late_says_so_and_one_delivery_stands_once() {
    let deal = DEAL.replace(
        "], delivered",
        r#", (day: "2026-01-01", stage: "delivered", why: "all at once")], delivered"#,
    );
    let late = r#"promise (id: "p", client: "acme", by: me, what: "captions", made: "2025-12-21", due: "2025-12-26",
        moved: [(day: "2025-12-24", to: "2025-12-28")], kept: "2025-12-31")"#;
    let timeline = page(&[ACME, &deal, late], "2026-02-01").timeline;
    let told = |on: &str| -> Vec<_> {
        let of_day = timeline.iter().filter(|entry| entry.day == day(on));
        of_day.map(|entry| (entry.kind, entry.text.as_str())).collect()
    };
    assert_eq!(told("2025-12-31"), [(EntryKind::PromiseLate, "captions: done 3 days late")]);
    assert_eq!(told("2026-01-01"), [(EntryKind::Delivered, "Site: delivered: all at once")]);
}

#[test]
fn the_timeline_shows_an_expense_as_money_going_out() {
    let ladder = ACME.replace("the fair", "on the ladder");
    let font = r#"expense (id: "font", what: "Font", amount: "100 EUR", day: "2026-01-05", client: "acme")"#;
    let timeline = page(&[&ladder, font], "2026-02-01").timeline;
    let [spent, met] = timeline.as_slice() else { panic!("{timeline:?}") };
    assert_eq!((spent.text.as_str(), spent.amount), ("Font", Some(money("-100 EUR"))));
    assert_eq!(met.text, "Met on the ladder: a new site");
}

#[test]
fn an_hour_is_worth_income_less_expenses_and_unknown_without_hours() {
    let paid = invoice(r#"payments: [(day: "2026-02-01", amount: "1200 EUR")]"#);
    let font = r#"expense (id: "font", what: "Font", amount: "100 EUR", day: "2026-01-05", client: "acme", deal: "site")"#;
    let without = page(&[ACME, DEAL, &paid, font], "2026-02-01");
    let deal = without.deals.first().unwrap();
    assert_eq!((deal.income.clone(), deal.expenses.clone()), (Ok(money("1000 EUR")), Ok(money("100 EUR"))));
    assert_eq!(deal.hourly.clone().unwrap_err().0, "no hours were noted for this deal");
    let work = r#"work (id: "w", day: "2026-01-02", client: "acme", deal: "site", hours: "20")"#;
    let beyond =
        r#"work (id: "x", day: "2026-01-03", client: "acme", deal: "site", hours: "2.5", purpose: beyond)"#;
    let with = page(&[ACME, DEAL, &paid, font, work, beyond], "2026-02-01");
    let deal = with.deals.first().unwrap();
    assert_eq!(deal.hourly, Ok(money("40 EUR")));
    assert_eq!(
        (deal.hours.to_string(), deal.hours_beyond.to_string()),
        ("22.5".to_owned(), "2.5".to_owned())
    );
}

#[test]
fn an_invoice_says_how_it_stands() {
    let words = |paid: &str, on: &str| {
        page(&[ACME, DEAL, &invoice(paid)], on).invoices.first().unwrap().words.clone()
    };
    let paid = |on: &str| format!(r#"payments: [(day: "{on}", amount: "1200 EUR")]"#);
    assert_eq!(words("", "2026-01-26"), "due in 5 d");
    assert_eq!(words("", "2026-01-31"), "due today");
    assert_eq!(words("", "2026-02-12"), "12 d late");
    assert_eq!(words(&paid("2026-01-28"), "2026-02-12"), "paid 3 d early");
    assert_eq!(words(&paid("2026-01-31"), "2026-02-12"), "paid on the day");
    assert_eq!(words(&paid("2026-02-02"), "2026-02-01"), "1 d late");
    let disputed = r#"disputes: [(from: "2026-02-01")]"#;
    assert_eq!(words(disputed, "2026-02-12"), "12 d late, disputed");
    let written_off = r#"write_off: (day: "2026-02-10", cause: will_not)"#;
    assert_eq!(words(written_off, "2026-02-12"), "written off");
}

#[test]
fn the_kind_is_told_of_everybody_with_whom_something_was_agreed() {
    let kind = |lines: &[&str], on: &str| page(lines, on).kind.map(|it| it.kind);
    assert_eq!(kind(&[ACME], "2026-01-01"), Some(ClientKind::Prospect));
    assert_eq!(kind(&[ACME, DEAL], "2026-01-01"), Some(ClientKind::New));
    let done = DEAL.replace("in_work", "done");
    assert_eq!(kind(&[ACME, &done], "2026-03-01"), Some(ClientKind::New));
    assert_eq!(kind(&[ACME, &done], "2026-08-01"), Some(ClientKind::SteppingStone));
    assert_eq!(kind(&[ACME, &done], "2027-08-01"), Some(ClientKind::Dormant));
    let fee = r#"retainer (id: "care", client: "acme", what: "Care", amount: "10 EUR", every: "1 month",
        agreed: "2026-01-01", from: "2026-01-01")"#;
    assert_eq!(kind(&[ACME, &done, fee], "2026-08-01"), Some(ClientKind::New));
    // No invoice tells how it pays: within a year that may come.
    assert_eq!(kind(&[ACME, &done, fee], "2027-08-01"), Some(ClientKind::SteppingStone));
    let by_hand = ACME.replace("met:", r#"kind: (kind: toxic, day: "2026-01-01", reason: "pushes"), met:"#);
    assert_eq!(kind(&[&by_hand, &done], "2027-08-01"), Some(ClientKind::Toxic));
    assert_eq!(kind(&[&by_hand, &done], "2025-12-31"), Some(ClientKind::New));
    let monthly = |delay: u32| -> Vec<String> {
        (1..=8)
            .map(|month| {
                format!(
                    r#"invoice (id: "{month}", number: "{month}", client: "acme", issued: "2026-0{month}-01",
                        due: "2026-0{month}-08", lines: [(result: "x", price: "10 EUR")],
                        payments: [(day: "2026-0{}-{}", amount: "10 EUR")])"#,
                    month + delay / 20,
                    8 + delay % 20,
                )
                .replace("-8\"", "-08\"")
            })
            .collect()
    };
    let with = |invoices: Vec<String>| {
        let lines: Vec<&str> = std::iter::once(ACME).chain(invoices.iter().map(String::as_str)).collect();
        kind(&lines, "2026-09-20")
    };
    assert_eq!(with(monthly(3)), Some(ClientKind::Steady));
    let mut regular = monthly(3);
    regular.extend([DEAL.to_owned(), fee.to_owned()]);
    let lines: Vec<&str> = std::iter::once(ACME).chain(regular.iter().map(String::as_str)).collect();
    assert_eq!(kind(&lines, "2027-01-20"), Some(ClientKind::Steady));
    assert_eq!(with(monthly(15)), Some(ClientKind::SteppingStone), "it pays late");
}

#[test]
fn a_page_is_remembered_until_its_book_or_day_changes_and_absent_before_the_client_was_known() {
    let book = book(&[ACME, DEAL]);
    let acme = ClientId::new("acme").unwrap();
    let (mut memo, today) = (Memo::new(), day("2026-06-01"));
    let first = memo.page(&book, day("2026-01-01"), today, &acme).unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &memo.page(&book, day("2026-01-01"), today, &acme).unwrap()));
    assert_ne!(memo.page(&book, day("2026-01-02"), today, &acme).unwrap().day, first.day);
    assert!(memo.page(&book, day("2025-11-30"), today, &acme).is_none());
}

#[test]
fn an_hour_of_a_deal_counts_what_is_billed_and_open_as_that_of_its_client_does() {
    let deal = DEAL.replace("in_work\")", "in_work\"), (day: \"2026-01-02\", stage: \"done\")");
    let work = r#"work (id: "w", day: "2026-01-01", client: "acme", deal: "site", hours: "20")"#;
    let hourly = |paid: &str| {
        let page = page(&[ACME, &deal, &invoice(paid), work], "2026-01-10");
        page.deals.first().unwrap().hourly.clone()
    };
    // 1,000 net ÷ 20 h, nothing of it paid yet, half of it, all of it.
    for paid in [
        "",
        r#"payments: [(day: "2026-01-05", amount: "600 EUR")]"#,
        r#"payments: [(day: "2026-01-05", amount: "1200 EUR")]"#,
    ] {
        assert_eq!(hourly(paid), Ok(money("50 EUR")), "{paid}");
    }
    let lost = r#"write_off: (day: "2026-01-08", cause: cannot)"#;
    assert_eq!(hourly(lost), Ok(money("0 EUR")));
}
