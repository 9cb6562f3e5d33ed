//! The stages of a book's own: what is told from a deal being in one does not hang on what it is called.

use rapport::domain::{Book, Business, Currency, Phase};
use rapport::figures::{Figures, Letter, Page};
use rapport::store::{load, sample};

use crate::facts::{book_of, day};

const TODAY: &str = "2026-11-20";

/// A firm with the stages that come with the program, under other ids; those of a `phase` that are not among the first `kept` of it
/// are left out.
fn own(kept: [usize; 2]) -> Business {
    let mut business = Business::new(Currency::EUR);
    "Feldmark".clone_into(&mut business.name);
    let mut stages = business.stages();
    let [open, won] = kept;
    let mut seen = [0, 0];
    stages.retain(|stage| {
        let [opened, agreed] = &mut seen;
        let (count, kept) = match stage.phase {
            Phase::Open => (opened, open),
            Phase::Won => (agreed, won),
            Phase::Closed | Phase::Lost => return true,
        };
        *count += 1;
        *count <= kept
    });
    for stage in &mut stages {
        stage.id.insert_str(0, "own-");
    }
    business.stages = stages;
    business
}

/// The items of the queue, each with its sentence and the text of its letter.
fn queue(book: &Book) -> Vec<(String, String, Option<String>)> {
    let figures = Figures::of(book, day(TODAY));
    let letter = |item| Letter::for_item(book.business(), &figures, item).map(|it| it.text);
    let items = figures.today.items.iter();
    items.map(|item| (item.id.clone(), item.why.clone(), letter(item))).collect()
}

#[test]
fn the_sample_says_the_same_with_its_stages_under_other_ids() {
    let text = sample::text(day(TODAY));
    let stages: Vec<String> = own([9, 9])
        .stages
        .iter()
        .map(|it| {
            let stale = it.stale_days.map_or_else(String::new, |days| format!(", stale_days: {days}"));
            let chance =
                it.chance.map_or_else(String::new, |it| format!(r#", chance: "{}%""#, it.per_hundred()));
            let phase = format!("{:?}", it.phase).to_lowercase();
            format!(r#"(id: "{}", name: "{}", phase: {phase}{stale}{chance})"#, it.id, it.name)
        })
        .collect();
    let renamed = text.replace(r#"stage: ""#, r#"stage: "own-"#).replacen(
        "business: (",
        &format!("business: (stages: [{}], ", stages.join(", ")),
        1,
    );
    let [built_in, own] = [text, renamed].map(|text| {
        let loaded = load(text.as_bytes()).unwrap();
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        loaded.book
    });
    assert_eq!(queue(&own), queue(&built_in));
    let of = |book: &Book| Figures::of(book, day(TODAY));
    let (figures, those) = (of(&own), of(&built_in));
    for client in those.of_clients.iter() {
        let [own, built_in] = [(&own, &figures), (&built_in, &those)].map(|(book, figures)| {
            let page = Page::of(book.business(), figures, &client.id).unwrap();
            page.timeline.into_iter().map(|entry| entry.text).collect::<Vec<_>>()
        });
        assert_eq!(own, built_in, "{}", client.name);
    }
}

/// The ids of the queue of a deal that came into these stages on these days.
fn of_deal(business: Business, entered: &[(&str, &str)]) -> Vec<String> {
    let entered: Vec<String> =
        entered.iter().map(|(on, stage)| format!(r#"(day: "{on}", stage: "own-{stage}")"#)).collect();
    let client = r#"client (id: "acme", name: "Acme", added: "2026-01-01", people: [(name: "Ann")])"#;
    let deal = format!(
        r#"deal (id: "site", client: "acme", title: "Site", value: "900 EUR", stages: [{}])"#,
        entered.join(", ")
    );
    let touch = r#"touch (id: "t", day: "2026-09-01", client: "acme", direction: out)"#;
    queue(&book_of(business, &[client, &deal, touch])).into_iter().map(|(id, ..)| id).collect()
}

#[test]
fn a_proposal_is_one_in_the_last_of_several_stages_still_to_be_won_unless_it_went_back() {
    let stalled = |kept, entered: &[(&str, &str)]| {
        of_deal(own([kept, 9]), entered).contains(&"stalled-proposal:site".to_owned())
    };
    let proposed = ("2026-10-01", "proposal");
    assert!(stalled(3, &[proposed]));
    assert!(!stalled(3, &[("2026-10-01", "presented")]), "no proposal is out yet");
    assert!(stalled(2, &[("2026-10-01", "presented")]), "it is the last one of two");
    assert!(!stalled(1, &[("2026-10-01", "engaged")]), "nobody knows, where there is but one");
    assert!(!stalled(3, &[proposed, ("2026-10-05", "presented")]), "it went back");
}

#[test]
fn what_was_handed_over_is_in_the_last_of_three_stages_of_work_agreed() {
    let delivered = |kept, entered: &[(&str, &str)]| {
        of_deal(own([9, kept]), entered).contains(&"delivered-not-invoiced:site".to_owned())
    };
    let handed_over = [("2026-09-01", "in_work"), ("2026-10-01", "delivered")];
    assert!(delivered(3, &handed_over));
    assert!(!delivered(3, &handed_over[..1]));
    assert!(!delivered(2, &handed_over[..1]), "of two the last is that of the work");
    assert!(!delivered(3, &[("2026-10-01", "delivered"), ("2026-10-05", "in_work")]), "it went back");
}

#[test]
fn the_timeline_calls_a_stage_by_its_name() {
    let mut business = own([9, 9]);
    business.stages[2].name = "Angebot an Müller".to_owned();
    let deal = r#"deal (id: "site", client: "acme", title: "Site", stages: [(day: "2026-10-01", stage: "own-proposal"),
        (day: "2026-10-02", stage: "gone_by")])"#;
    let book = book_of(business, &[r#"client (id: "acme", name: "Acme")"#, deal]);
    let figures = Figures::of(&book, day(TODAY));
    let page = Page::of(book.business(), &figures, &figures.of_clients[0].id).unwrap();
    let lines: Vec<&str> = page.timeline.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(lines, ["Site: gone_by", "Site: Angebot an Müller"], "one that is no more by its id");
}
