//! The filter of the clients: what each term finds, worked through by hand, and what is said of those not understood.

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::domain::{ClientKind, Money};
use rapport::figures::today::Item;
use rapport::figures::{
    Answer, CLIENT_TERMS, ClientFilter, ClientGroup, ClientSort, Clients, Figures, ITEM_TERMS, ItemFilter,
    Row,
};
use rapport::store::{load, sample};
use rapport::written;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::facts::{book, day};

fn today() -> NaiveDate {
    day("2026-06-30")
}

/// Two who owe, one silent and one not; one of whom nothing is known.
fn clients() -> Clients {
    let book = book(&[
        r#"client (id: "acme", name: "Acme Müller", tags: ["retainer", "Long tail"])"#,
        r#"client (id: "bert", name: "Bert", people: [(name: "Ana Ruiz")])"#,
        r#"client (id: "cleo", name: "Cleo Retainer", ended: (day: "2026-05-01", why: "moved"))"#,
        r#"touch (id: "t1", client: "acme", day: "2026-05-31", direction: in, channel: "call")"#,
        r#"touch (id: "t2", client: "bert", day: "2026-06-29", direction: out, channel: "mail")"#,
        r#"invoice (id: "i1", number: "1", client: "acme", issued: "2026-05-01", due: "2026-06-10",
            lines: [(result: "x", price: "1000 EUR")])"#,
        r#"invoice (id: "i2", number: "2", client: "bert", issued: "2026-01-01", due: "2026-01-31",
            lines: [(result: "x", price: "300 EUR")], payments: [(day: "2026-02-14", amount: "300 EUR")])"#,
        r#"invoice (id: "i3", number: "3", client: "acme", issued: "2026-01-01", due: "2026-01-31",
            lines: [(result: "x", price: "100 EUR")], payments: [(day: "2026-01-31", amount: "100 EUR")])"#,
    ]);
    Figures::of(&book, today()).clients.as_ref().clone()
}

/// The ids of those a filter lets through.
fn found(clients: &Clients, typed: &str) -> Vec<String> {
    let filter = ClientFilter::new(typed);
    let rows = clients.rows(&filter, ClientSort::Name, false);
    rows.into_iter().map(|at| clients.rows[at].id.to_string()).collect()
}

#[test]
fn each_term_finds_what_it_says() {
    let clients = clients();
    for (typed, ids) in [
        ("", &["acme", "bert", "cleo"][..]),
        ("muller", &["acme"]),
        ("RUIZ ana", &["bert"]),
        ("retainer", &["acme", "cleo"]),
        ("tag:retainer", &["acme"]),
        ("tag:LONG-TAIL", &["acme"]),
        ("tag:long", &[]),
        ("kind:ended", &["cleo"]),
        ("Kind:END", &["cleo"]),
        ("-kind:ended", &["acme", "bert"]),
        ("!kind:ended ana", &["bert"]),
        ("-ana", &["acme", "cleo"]),
        ("silent>29", &["acme"]),
        ("silent>30", &[]),
        ("silent>=30", &["acme"]),
        ("silent≥30", &["acme"]),
        ("silent<30", &["bert"]),
        ("silent<=1", &["bert"]),
        ("silent=1", &["bert"]),
        ("owed>999.5", &["acme"]),
        ("owed=1000", &["acme"]),
        ("owed<1", &["bert", "cleo"]),
        ("overdue>0", &["acme"]),
        ("income=300", &["bert"]),
        ("share>74%", &["bert"]),
        ("share=25", &["acme"]),
        // Weighted by amounts: 1,000 late by 20 days and 100 by none.
        ("dbt>17", &["acme"]),
        ("dbt=14", &["bert"]),
        ("owed>100 tag:retainer", &["acme"]),
        ("owed>100 -tag:retainer", &[]),
    ] {
        assert_eq!(found(&clients, typed), ids, "{typed:?}");
        assert_eq!(ClientFilter::new(typed).notes(), &[] as &[String], "{typed:?}");
    }
}

#[test]
fn a_figure_is_compared_as_the_table_shows_it() {
    // The income of 12 months is 2,522.40, 7,477.20 and 0.40: the table writes 2,522, 7,477 and 0.40, and shares of 25 %, 75 %
    // and less than 0.1 %.
    let paid = |id: &str, amount: &str| {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "{id}", issued: "2026-01-01", due: "2026-01-31",
                lines: [(result: "x", price: "{amount} EUR")], payments: [(day: "2026-02-14", amount: "{amount} EUR")])"#
        )
    };
    let records = [
        r#"client (id: "acme", name: "Acme")"#.to_owned(),
        r#"client (id: "bert", name: "Bert")"#.to_owned(),
        r#"client (id: "cleo", name: "Cleo")"#.to_owned(),
        paid("acme", "2522.40"),
        paid("bert", "7477.20"),
        paid("cleo", "0.40"),
    ];
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let clients = Figures::of(&book(&records), today()).clients.as_ref().clone();
    for (typed, ids) in [
        ("share=25", &["acme"][..]),
        ("share>25", &["bert"]),
        ("share<25", &["cleo"]),
        ("share>=75", &["bert"]),
        ("share<0.1", &["cleo"]),
        ("share>0", &["acme", "bert", "cleo"]),
        ("income=2522", &["acme"]),
        ("income>2522", &["bert"]),
        ("income=0.4", &["cleo"]),
    ] {
        assert_eq!(found(&clients, typed), ids, "{typed:?}");
    }
}

/// So the filter asks for what stands there, whatever the share.
#[test]
fn a_share_is_compared_as_it_is_written() {
    for part in 0..3000_i32 {
        let share = Decimal::new(i64::from(part), 4);
        let asked = written::share_per_cent(share).normalize();
        let says = written::share(f64::from(part) / 10_000.0);
        let is_small = says.starts_with('<') && asked < Decimal::new(1, 1);
        assert!(is_small || says == written::per_cent(asked), "{share}: {asked} and {says}");
    }
}

#[test]
fn what_is_unknown_is_neither_above_nor_below_anything() {
    let clients = clients();
    // Nobody noted hours, nobody was known 90 days ago with enough history, and with Cleo nobody ever spoke.
    for typed in ["rate<1000", "rate>=0", "!rate>1000", "trend<0", "-trend<0", "trend>=0"] {
        assert!(found(&clients, typed).is_empty(), "{typed}");
    }
    for typed in ["cleo score<101", "cleo score>=0", "cleo -score>0", "cleo silent>0", "cleo !silent>0"] {
        assert!(found(&clients, typed).is_empty(), "{typed}");
    }
    for typed in ["silent>=0", "-silent>500"] {
        assert_eq!(found(&clients, typed), ["acme", "bert"], "{typed}");
    }
    assert!(found(&clients, "cleo dbt<1000").is_empty());
}

#[test]
fn a_term_that_is_not_understood_is_a_word_and_its_note_says_the_cure() {
    for (typed, cure) in [
        ("kind:bad", "the kinds are prospect, new, steady"),
        ("kind:", "the kinds are"),
        ("-kind:x", "the kinds are"),
        ("tag:", "as in tag:retainer"),
        ("score:50", "as in score<50"),
        ("colour:red", "as in kind:toxic"),
        ("points<3", "score, trend, silent, owed, overdue, income, share, dbt, rate"),
        ("<3", "score, trend, silent"),
        ("score<", "write a plain number, as in score<50"),
        ("score<many", "write a plain number"),
        ("owed>1,000", "write a plain number, as in owed>50"),
        ("silent=<30", "write a plain number"),
    ] {
        let filter = ClientFilter::new(typed);
        let [note] = filter.notes() else { panic!("{typed}: {:?}", filter.notes()) };
        assert!(note.starts_with(&format!("“{typed}”")) && note.contains(cure), "{note}");
        assert!(found(&clients(), typed).is_empty() != typed.starts_with('-'), "{typed}");
    }
    let odd = book(&[r#"client (id: "odd", name: "Re:Public & <3")"#]);
    let odd = &Figures::of(&odd, today()).clients;
    assert_eq!(found(odd, "re:pub <3"), ["odd"]);
    assert!(found(odd, "-re:pub").is_empty());
}

#[test]
fn a_sign_alone_is_a_word() {
    assert_eq!(found(&clients(), "!"), [] as [&str; 0]);
    assert_eq!(ClientFilter::new("- !").notes(), &[] as &[String]);
}

#[test]
fn every_term_that_is_documented_is_understood() {
    for (term, _) in CLIENT_TERMS {
        assert_eq!(ClientFilter::new(term).notes(), &[] as &[String], "{term}");
    }
}

/// A queue of a late invoice, a silent client and a promise of mine.
fn queue() -> Vec<Item> {
    let book = book(&[
        r#"client (id: "acme", name: "Acme Müller")"#,
        r#"client (id: "bert", name: "Bert")"#,
        r#"touch (id: "t1", client: "acme", day: "2026-05-31", direction: in, channel: "call")"#,
        r#"invoice (id: "i1", number: "77", client: "acme", issued: "2026-05-01", due: "2026-06-10",
            lines: [(result: "x", price: "1000 EUR")])"#,
        r#"promise (id: "p1", client: "bert", by: me, what: "Texts", made: "2026-06-01", due: "2026-07-01")"#,
    ]);
    Figures::of(&book, today()).today.items.iter().map(|item| Item::clone(item)).collect()
}

#[test]
fn each_term_of_the_queue_finds_what_it_says() {
    let queue = queue();
    let kinds: Vec<&str> = queue.iter().map(|item| item.kind.token()).collect();
    assert!(kinds.contains(&"overdue-invoice") && kinds.contains(&"my-promise-due"), "{kinds:?}");
    let found = |typed: &str| {
        let filter = ItemFilter::new(typed);
        assert_eq!(filter.notes(), &[] as &[String], "{typed:?}");
        let passing = queue.iter().filter(|item| filter.passes(item, today()));
        passing.map(|item| item.kind.token()).collect::<Vec<_>>()
    };
    assert_eq!(found("").len(), queue.len());
    assert_eq!(found("muller 77"), ["overdue-invoice"]);
    assert_eq!(found("kind:overdue"), ["overdue-invoice"]);
    assert_eq!(found("kind:money client:MULLER"), ["overdue-invoice"]);
    assert_eq!(found("client:bert kind:my"), ["my-promise-due"]);
    assert_eq!(found("kind:money amount>999.5"), ["overdue-invoice"]);
    assert_eq!(found("amount>1000"), [] as [&str; 0]);
    assert_eq!(found("kind:overdue silent=30"), ["overdue-invoice"]);
    assert_eq!(found("kind:overdue silent>30"), [] as [&str; 0]);
    assert_eq!(found("kind:overdue cost<=0"), [] as [&str; 0]);
    let all = queue.len();
    assert_eq!(found("-kind:overdue").len(), all - 1);
    // The invoice is late since June 11, the promise comes up two days ahead of its own.
    assert_eq!(found("kind:overdue new:week"), [] as [&str; 0]);
    assert_eq!(found("kind:overdue new:month"), ["overdue-invoice"]);
    assert_eq!(found("kind:my new:2d"), ["my-promise-due"]);
}

#[test]
fn a_term_of_the_queue_that_is_not_understood_is_a_word_and_its_note_says_the_cure() {
    for (typed, cure) in [
        ("kind:bad", "kind:overdue"),
        ("kind:", "kind:overdue"),
        ("client:", "as in client:acme"),
        ("new:soon", "write new:today"),
        ("colour:red", "before a colon stands kind, client or new"),
        ("score<50", "what can be compared is amount, cost, silent"),
        ("amount:500", "as in amount<50"),
        ("amount>much", "write a plain number"),
    ] {
        let filter = ItemFilter::new(typed);
        let [note] = filter.notes() else { panic!("{typed}: {:?}", filter.notes()) };
        assert!(note.starts_with(&format!("“{typed}”")) && note.contains(cure), "{note}");
        assert!(!queue().iter().any(|item| filter.passes(item, today())), "{typed}: looked for as a word");
    }
    for (term, _) in ITEM_TERMS {
        assert_eq!(ItemFilter::new(term).notes(), &[] as &[String], "{term}");
    }
}

#[test]
fn the_readme_says_what_the_filters_understand() {
    let readme = include_str!("../README.md").replace("\r\n", "\n");
    for terms in [&CLIENT_TERMS[..], &ITEM_TERMS[..]] {
        let table = rapport::command::filter_table(terms);
        assert!(readme.contains(&table), "the README's table of the filter should be:\n\n{table}");
    }
}

fn sample_clients() -> Clients {
    let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
    Figures::of(&book, sample::ANCHOR).clients.as_ref().clone()
}

#[test]
fn groups_hold_every_row_once_in_the_order_asked_for_with_those_that_need_attention_first() {
    let clients = sample_clients();
    let plain = clients.rows(&ClientFilter::default(), ClientSort::Income, true);
    let mut rows = plain.clone();
    let groups = clients.grouped(&mut rows);
    let kinds: Vec<Option<ClientKind>> = groups.iter().map(|group| group.kind).collect();
    assert_eq!(kinds[..2], [Some(ClientKind::AtRisk), Some(ClientKind::Toxic)]);
    assert_eq!(kinds.last(), Some(&Some(ClientKind::Ended)));
    let kind_of = |at: usize| clients.rows[at].kind.as_ref().map(|it| it.kind);
    let mut seen = Vec::new();
    for ClientGroup { kind, first, clients: count, income_12m, .. } in &groups {
        let of_kind: Vec<usize> = plain.iter().copied().filter(|at| kind_of(*at) == *kind).collect();
        assert_eq!(rows[*first..first + count], of_kind, "{kind:?}");
        let sum: Decimal =
            of_kind.iter().map(|at| clients.rows[*at].income_12m.as_ref().unwrap().amount).sum();
        assert_eq!(income_12m.as_ref().unwrap().amount, sum, "{kind:?}");
        seen.extend(of_kind);
    }
    assert_eq!(seen, rows);
    seen.sort_unstable();
    assert_eq!(seen, (0..clients.rows.len()).collect::<Vec<_>>());
}

/// A comparison as it is typed, and the same by hand.
#[derive(Debug, Clone)]
struct Comparison {
    name: &'static str,
    sign: &'static str,
    number: i64,
    negated: bool,
}

/// The figure of a row by its name, as the table shows it.
fn by_hand(clients: &Clients, row: &Row, name: &str) -> Option<Decimal> {
    let amount = |answer: &Answer<Money>| {
        let money = answer.as_ref().ok()?;
        let places = if money.amount.abs() < Decimal::ONE_THOUSAND { money.currency.decimals() } else { 0 };
        Some(money.amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    };
    match name {
        "score" => row.health.health.score.as_ref().ok().map(|it| it.points.round()),
        "trend" => row.health.trend.as_ref().ok().map(Decimal::round),
        "silent" => {
            let days =
                [row.last_in, row.last_out].into_iter().flatten().map(|it| (sample::ANCHOR - it).num_days());
            days.min().map(Decimal::from)
        }
        "owed" => amount(&row.open),
        "overdue" => amount(&row.overdue),
        "income" => amount(&row.income_12m),
        "share" => clients.share(row).ok().map(written::share_per_cent),
        "dbt" => row.dbt_days.as_ref().ok().map(Decimal::round),
        "rate" => amount(&row.hourly),
        _ => unreachable!("{name}"),
    }
}

impl Comparison {
    fn typed(&self) -> String {
        format!("{}{}{}{}", if self.negated { "-" } else { "" }, self.name, self.sign, self.number)
    }

    fn holds(&self, clients: &Clients, row: &Row) -> bool {
        let number = Decimal::from(self.number);
        by_hand(clients, row, self.name).is_some_and(|figure| {
            let holds = match self.sign {
                "<" => figure < number,
                "<=" => figure <= number,
                ">" => figure > number,
                ">=" => figure >= number,
                _ => figure == number,
            };
            holds != self.negated
        })
    }
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let names = ["score", "trend", "silent", "owed", "overdue", "income", "share", "dbt", "rate"];
    let number = prop_oneof![-20..120_i64, 0..3000_i64];
    (
        prop::sample::select(names.to_vec()),
        prop::sample::select(vec!["<", "<=", ">", ">=", "="]),
        number,
        any::<bool>(),
    )
        .prop_map(|(name, sign, number, negated)| Comparison { name, sign, number, negated })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comparisons_hold_as_by_hand(terms in prop::collection::vec(comparison(), 1..3)) {
        let clients = sample_clients_once();
        let typed: Vec<String> = terms.iter().map(Comparison::typed).collect();
        let filter = ClientFilter::new(&typed.join(" "));
        prop_assert!(filter.notes().is_empty(), "{:?}", filter.notes());
        for row in &clients.rows {
            prop_assert_eq!(filter.passes(row, clients), terms.iter().all(|it| it.holds(clients, row)), "{} {}", row.name, typed.join(" "));
        }
    }

    #[test]
    fn any_text_is_a_filter(
        typed in prop_oneof![
            ".{0,40}",
            "([-!]?(kind|tag|score|silent|owed)?[:<>=≤≥%−]{0,3}[a-z0-9é.,-]{0,6} ?){0,5}",
        ],
    ) {
        let clients = sample_clients_once();
        let filter = ClientFilter::new(&typed);
        let found = clients.rows(&filter, ClientSort::Score, true);
        prop_assert!(found.len() <= clients.rows.len());
        prop_assert!(filter.notes().len() <= typed.split_whitespace().count());
    }
}

fn sample_clients_once() -> &'static Clients {
    static ONCE: std::sync::OnceLock<Clients> = std::sync::OnceLock::new();
    ONCE.get_or_init(sample_clients)
}
