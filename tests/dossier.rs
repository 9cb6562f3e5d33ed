//! What was achieved for a client: what counts, in which order, and how it is written down.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use rapport::domain::{ClientId, Currency};
use rapport::figures::dossier::{AchievedKind, Dossier};
use rapport::figures::forecast::Outlook;
use rapport::figures::proof::{FigureKey, prove};
use rapport::figures::{Figures, Page};
use rapport::store::{load, sample};

use crate::facts::{book, book_of, day, money};

const ACME: &str = r#"client (id: "acme", name: "Acme", met: (day: "2024-01-01"))"#;

const SITE: &str = r#"deal (id: "site", client: "acme", title: "Site", value: "1000 EUR",
    down_payment: (asked: "2025-01-05", amount: "300 EUR", invoice: "down"),
    goals: [
        (day: "2025-01-02", what: "calls a week", baseline: "20", target: "5", achieved: "4", achieved_on: "2025-06-01",
            worth: "1500 EUR"),
        (day: "2025-01-02", what: "orders a week", baseline: "2", target: "8", worth: "9000 EUR"),
    ],
    results: [
        (day: "2025-03-01", what: "the site works on telephones"),
        (day: "2026-02-01", what: "an order from abroad", beyond: true, worth: "500 EUR"),
    ])"#;

fn invoice(id: &str, on: &str, deal: &str, lines: &str, more: &str) -> String {
    format!(
        r#"invoice (id: "{id}", number: "{id}", client: "acme", {deal} issued: "{on}", due: "{on}", lines: [{lines}], {more})"#
    )
}

fn line(result: &str, price: &str) -> String {
    format!(r#"(result: "{result}", price: "{price} EUR")"#)
}

fn dossier(lines: &[&str], on: &str) -> Dossier {
    let book = book(lines);
    Page::of(book.business(), &Figures::of(&book, day(on)), &ClientId::new("acme").unwrap()).unwrap().dossier
}

fn told(dossier: &Dossier) -> Vec<String> {
    let told = dossier.achieved.iter().map(|it| {
        let deal = it.deal.as_ref().map_or("–", |(_, title)| title);
        let kind = match &it.kind {
            AchievedKind::Goal { .. } => "goal",
            AchievedKind::Result => "result",
            AchievedKind::Beyond => "beyond",
            AchievedKind::Delivered => "delivered",
            AchievedKind::Gift => "gift",
        };
        format!("{} {deal} {kind} {} ×{}", it.day, it.what, it.times)
    });
    told.collect()
}

#[test]
fn goals_achieved_results_and_what_was_delivered_stand_by_year_and_deal_and_day() {
    let of_deal = r#"deal: "site","#;
    let lines = [
        ACME.to_owned(),
        SITE.to_owned(),
        invoice("down", "2025-01-05", of_deal, &line("Site: start", "300"), ""),
        invoice("rest", "2025-03-05", of_deal, &[line("Site", "700"), line("Portraits", "0")].join(","), ""),
        invoice("c1", "2025-04-01", "", &line("Care", "10"), ""),
        invoice("c2", "2025-05-01", "", &line("Care", "10"), ""),
        invoice("c3", "2026-05-01", "", &[line("Care", "10"), line("Less for you", "-5")].join(","), ""),
        invoice(
            "lost",
            "2025-05-02",
            "",
            &line("What they would not pay", "10"),
            r#"write_off: (day: "2025-09-01", cause: dissatisfied)"#,
        ),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let dossier = dossier(&lines, "2026-06-01");
    assert_eq!(
        told(&dossier),
        [
            "2026-02-01 Site beyond an order from abroad ×1",
            "2026-05-01 – delivered Care ×1",
            "2025-03-01 Site result the site works on telephones ×1",
            "2025-03-05 Site delivered Site ×1",
            "2025-03-05 Site gift Portraits ×1",
            "2025-06-01 Site goal calls a week ×1",
            "2025-05-01 – delivered Care ×2",
        ]
    );
    assert_eq!(dossier.worth, Some(Ok(money("2000 EUR"))), "an open goal is worth nothing yet");
    assert_eq!(dossier.achieved[5].kind.course(), "from 20 to 4; the aim was 5");
}

#[test]
fn nothing_is_achieved_before_its_day_and_nothing_is_worth_what_nobody_told() {
    let before = dossier(&[ACME, SITE], "2025-05-31");
    assert_eq!(told(&before), ["2025-03-01 Site result the site works on telephones ×1"]);
    assert_eq!(before.worth, None);
    let empty = dossier(&[ACME], "2025-05-31");
    assert!(empty.achieved.is_empty() && empty.worth.is_none());
    assert!(empty.markdown().contains("Nothing is noted yet"));
    assert!(empty.html().contains("Nothing is noted yet"));
}

#[test]
fn a_worth_in_a_currency_without_a_rate_makes_the_sum_unknown_and_is_written_as_it_was_told() {
    let site = SITE.replace("1500 EUR", "1500 USD");
    let dossier = dossier(&[ACME, &site], "2026-06-01");
    assert!(dossier.worth.clone().unwrap().is_err());
    let text = dossier.markdown();
    assert!(text.contains("**1,500 USD**") && !text.contains("as far as it was told"), "{text}");
}

#[test]
fn markdown_tells_all_of_it_on_lines_of_their_own() {
    let text = dossier(&[ACME, SITE], "2026-06-01").markdown();
    let expected = "# What we achieved

**Acme** · 1 June 2026

**Worth 2,000 EUR to you, as far as it was told.**

## 2026

### Site

- 1 Feb: an order from abroad *(beyond what was agreed)*, worth **500 EUR**

## 2025

### Site

- 1 Mar: the site works on telephones
- 1 Jun: calls a week *(from 20 to 4; the aim was 5)*, worth **1,500 EUR**
";
    assert_eq!(text, expected);
}

/// What somebody might be called who wants to break out of a page.
const HOSTILE: [&str; 6] = [
    "</td><script>alert(1)</script>",
    "\\\"><img src=x onerror='alert(1)'>",
    "</style></title><!-- ",
    "]]> & &amp; &#60;b&#62; <![CDATA[",
    "# [x](javascript:alert(1)) *b* `c` ~~d~~ | e",
    "\\u{202e}live\\u{0}\\nline two\\u{200b}",
];

/// Its readable text, after holding that it is well formed and holds no element and no attribute but our own.
fn text_of(html: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document =
        roxmltree::Document::parse_with_options(html, options).unwrap_or_else(|why| panic!("{why}:\n{html}"));
    let ours = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3", "p",
        "table", "tr", "td", "span",
    ];
    let mut text = String::new();
    for node in document.descendants() {
        if node.is_element() {
            assert!(ours.contains(&node.tag_name().name()), "{:?}", node.tag_name());
            for attribute in node.attributes() {
                assert!(["lang", "charset", "class"].contains(&attribute.name()), "{attribute:?}");
            }
        }
        assert!(!node.is_comment(), "a comment: {html}");
        if node.is_text() && node.parent().is_none_or(|parent| parent.tag_name().name() != "style") {
            text.push_str(node.text().unwrap_or_default());
        }
    }
    text
}

#[test]
fn no_name_breaks_out_of_the_page() {
    for name in HOSTILE {
        let client = ACME.replace("Acme", name);
        let deal = SITE.replace("\"Site\"", &format!("\"{name}\"")).replace("an order from abroad", name);
        let deal = deal.replace("calls a week", name).replace("\"20\"", &format!("\"{name}\""));
        let lines = invoice("i", "2025-05-01", "", &line(name, "10"), "");
        let mut business = rapport::domain::Business::new(Currency::EUR);
        business.name = "<b>Feldmark</b> & Co".to_owned();
        let book = book_of(business, &[&client, &deal, &lines]);
        let on = day("2026-06-01");
        let page =
            Page::of(book.business(), &Figures::of(&book, on), &ClientId::new("acme").unwrap()).unwrap();
        let text = text_of(&page.dossier.html());
        assert!(text.contains("<b>Feldmark</b> & Co"), "{text}");
        if let Some(seen) = name.strip_prefix("</td>") {
            assert!(text.matches(seen).count() >= 5, "what was typed is read as it was typed: {text}");
        }
        let hidden = |c: char| c.is_control() && c != '\n' || c == '\u{202e}' || c == '\u{200b}';
        let markdown = page.dossier.markdown();
        assert!(!markdown.contains(hidden) && !text.contains(hidden));
        assert!(
            !markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains("[x]("),
            "{markdown}"
        );
        let lines = markdown.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(lines, 6, "a title, two years and three groups are headings and nothing else: {markdown}");
    }
}

#[test]
fn every_dossier_of_the_sample_is_well_formed_needs_nothing_else_and_fits_a_page() {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    let figures = Figures::of(&book, sample::ANCHOR);
    let known = book.as_of(sample::ANCHOR);
    let mut told = 0;
    for client in figures.of_clients.iter() {
        let dossier = Page::of(book.business(), &figures, &client.id).unwrap().dossier;
        let html = dossier.html();
        text_of(&html);
        for fetched in ["http:", "https:", "src=", "href=", "url(", "@import"] {
            assert!(!html.contains(fetched), "{fetched} in {html}");
        }
        assert!(html.contains("@page { size: A4;"));
        // A page of A4 holds some 45 lines of this size below its head; titles take two.
        let titles = html.matches("<h2>").count() + html.matches("<h3>").count();
        assert!(dossier.achieved.len() + 2 * titles <= 45, "{}: {}", client.name, dossier.achieved.len());
        let key = FigureKey::AchievedWorth(client.id.clone());
        let proof = prove(&key, &figures, &known, &Outlook::default());
        assert_eq!(proof.is_some(), dossier.worth.is_some());
        assert!(proof.is_none_or(|proof| proof.holds() && proof.terms() > 0));
        told += usize::from(dossier.worth.is_some());
    }
    assert!(told > 2, "some of it is worth something");
}
