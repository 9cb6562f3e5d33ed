//! Does health predict? What became of clients, their scores before, and how well these told them apart.

#![expect(clippy::unwrap_used, reason = "what a test writes itself is well formed")]

use std::ops::ControlFlow;

use chrono::NaiveDate;
use proptest::prelude::*;
use rapport::cli::backtest_health::{json, table};
use rapport::domain::{Book, Business, ClientId, Currency, add_days};
use rapport::figures::Figures;
use rapport::figures::health::{Apart, Cause, Fate, HealthRecord, LookedBack};
use rapport::store::{load, sample};
use serde_json::Value;

use crate::facts::{book, book_of, day, money};
use crate::figures_laws::{a_book, records};

/// The day everything is looked back from; that stands for the end with those that stayed is 2026-07-03.
const AS_OF: &str = "2026-10-01";

fn record(book: &Book, on: &str) -> HealthRecord {
    let record = HealthRecord::of(book, day(on), &mut || ControlFlow::Continue(()));
    record.continue_value().unwrap()
}

fn of<'a>(record: &'a HealthRecord, id: &str) -> &'a LookedBack {
    record.clients.iter().find(|it| it.client.as_str() == id).unwrap()
}

fn book_in(lines: &[String]) -> Book {
    book(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A client with four invoices a quarter of a year apart, each paid so many days late, and a few words in both directions.
fn client(id: &str, late: [i64; 4], more: &str) -> Vec<String> {
    let mut lines = vec![format!(r#"client (id: "{id}", name: "{id}", {more})"#)];
    let issued = ["2025-03-01", "2025-06-01", "2025-09-01", "2025-12-01"];
    for (issued, late) in issued.map(day).into_iter().zip(late) {
        let due = add_days(issued, 14);
        lines.push(format!(
            r#"invoice (id: "{id}-{issued}", number: "{id}-{issued}", client: "{id}", issued: "{issued}", due: "{due}",
                lines: [(result: "x", price: "100 EUR")],
                payments: [(day: "{}", amount: "100 EUR")])"#,
            add_days(due, late)
        ));
    }
    for (on, direction) in [("2026-02-10", "in"), ("2026-02-20", "out")] {
        lines
            .push(format!(r#"touch (id: "{id}-{on}", day: "{on}", client: "{id}", direction: {direction})"#));
    }
    lines
}

/// An order after the reference day.
fn another_order(id: &str) -> String {
    format!(
        r#"invoice (id: "{id}-again", number: "again", client: "{id}", issued: "2026-08-01", due: "2026-08-15",
            lines: [(result: "x", price: "100 EUR")])"#
    )
}

/// Clients that ended on the reference day and others that stayed, each as late as said. Late is all they differ by, and so
/// the later one always has the lower score.
fn known(ended: &[i64], stayed: &[i64]) -> Book {
    let mut lines = Vec::new();
    for (at, late) in ended.iter().enumerate() {
        lines.extend(client(&format!("bad-{at}"), [*late; 4], r#"ended: (day: "2026-07-03")"#));
    }
    for (at, late) in stayed.iter().enumerate() {
        let id = format!("good-{at}");
        lines.extend(client(&id, [*late; 4], ""));
        lines.push(another_order(&id));
    }
    book_in(&lines)
}

const STAYED: [i64; 10] = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18];

mod fates {
    use super::*;

    fn bill(id: &str, client: &str, issued: &str, more: &str) -> String {
        format!(
            r#"invoice (id: "{id}", number: "{id}", client: "{client}", issued: "{issued}", due: "{issued}",
                lines: [(result: "x", price: "100 EUR")], {more})"#
        )
    }

    fn one(lines: &[String]) -> LookedBack {
        let mut record = record(&book_in(lines), AS_OF);
        assert_eq!(record.clients.len(), 1);
        record.clients.remove(0)
    }

    fn who(more: &str) -> String {
        format!(r#"client (id: "acme", name: "Acme", {more})"#)
    }

    fn ended(lines: &[String], cause: Cause, on: &str) -> LookedBack {
        let found = one(lines);
        assert_eq!((found.fate, &found.day), (Fate::EndedBadly(cause), &Ok(day(on))), "{}", found.why);
        found
    }

    fn left_out(lines: &[String], why: &str) {
        let found = one(lines);
        assert_eq!((found.fate, found.why.as_str()), (Fate::LeftOut, why));
        assert!(found.day.is_err() && found.scores.iter().all(Result::is_err));
    }

    #[test]
    fn the_first_write_off_counts_that_was_no_misunderstanding() {
        let lost = |on: &str, cause: &str| format!(r#"write_off: (day: "{on}", cause: {cause})"#);
        let lines = [
            who(""),
            bill("a", "acme", "2026-01-10", &lost("2026-03-01", "misunderstanding")),
            bill("b", "acme", "2026-01-20", &lost("2026-05-02", "will_not")),
            bill("c", "acme", "2026-02-20", &lost("2026-04-03", "dissatisfied")),
        ];
        let found = ended(&lines, Cause::WriteOff, "2026-04-03");
        assert_eq!(found.why, "c was written off: they were not content");
        left_out(&lines[..2], "it neither ordered nor paid after 2026-07-03, and did not end");
    }

    #[test]
    fn every_end_counts_but_that_of_a_talk() {
        let over = who(r#"ended: (day: "2026-05-05", why: "moved abroad, and parted as friends")"#);
        let lines = [over.clone(), bill("a", "acme", "2026-05-05", "")];
        let found = ended(&lines, Cause::Ended, "2026-05-05");
        assert_eq!(found.why, "it ended: moved abroad, and parted as friends");
        // One agreed for later counts from the day it was agreed, and one found by hand from the day it was.
        let ahead = who(r#"ended: (day: "2027-03-31", agreed: "2026-06-06", why: "in house by then")"#);
        let found = ended(&[ahead, bill("a", "acme", "2026-05-05", "")], Cause::Ended, "2026-06-06");
        assert_eq!(found.why, "it will end on 2027-03-31: in house by then");
        let by_hand = who(r#"kind: (kind: ended, day: "2026-06-06", reason: "gone")"#);
        let found = ended(&[by_hand, bill("a", "acme", "2026-05-05", "")], Cause::Ended, "2026-06-06");
        assert_eq!(found.why, "found ended by hand: gone");
        let nothing = "nothing was agreed or invoiced by 2026-07-03";
        left_out(std::slice::from_ref(&over), nothing);
        left_out(&[over, bill("a", "acme", "2026-08-05", "")], nothing);
    }

    #[test]
    fn toxic_by_hand_counts_from_its_day_and_another_kind_by_hand_keeps_the_rules_away() {
        let by_hand =
            |kind: &str| who(&format!(r#"kind: (kind: {kind}, day: "2026-06-06", reason: "so it is")"#));
        let lines = |kind: &str| [by_hand(kind), bill("a", "acme", "2026-01-05", "")];
        let found = ended(&lines("toxic"), Cause::Toxic, "2026-06-06");
        assert_eq!(found.why, "set by hand on 6 Jun: so it is");
        left_out(&lines("stepping_stone"), "it neither ordered nor paid after 2026-07-03, and did not end");
    }

    #[test]
    fn toxic_by_the_rules_counts_from_the_first_day_on_which_they_say_so() {
        let touch = |on: &str, kind: &str| {
            format!(r#"touch (id: "{on}", day: "{on}", client: "acme", direction: in, kind: {kind})"#)
        };
        let paid = r#"payments: [(day: "2026-02-01", amount: "100 EUR")]"#;
        let lines = [
            who(""),
            bill("a", "acme", "2026-01-10", paid),
            r#"work (id: "w", day: "2026-01-20", client: "acme", hours: "20")"#.to_owned(),
            touch("2026-02-10", "price_push"),
            touch("2026-03-10", "review"),
            touch("2026-04-14", "scope_push"),
            touch("2026-09-14", "scope_push"),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut firm = Business::new(Currency::EUR);
        firm.break_even_rate = Some(money("50 EUR"));
        let found = record(&book_of(firm.clone(), &lines), AS_OF);
        let found = of(&found, "acme");
        assert_eq!((found.fate, &found.day), (Fate::EndedBadly(Cause::Toxic), &Ok(day("2026-04-14"))));
        // No rate, no rule.
        let found = record(&book(&lines), AS_OF);
        assert_eq!(of(&found, "acme").fate, Fate::LeftOut);
        // 3,600 less 900 a month: from 20 April on less than 50 is left of an hour, though nothing became known that day.
        let dear = r#"expense (id: "e", what: "Server", client: "acme", amount: "900 EUR", day: "2026-02-20",
            every: "1 month", noted: "2026-02-20")"#;
        let well = lines[1].replace("100 EUR", "3600 EUR");
        let mut lines: Vec<&str> = lines[..6].to_vec();
        lines[1] = &well;
        lines.push(dear);
        let found = record(&book_of(firm, &lines), AS_OF);
        let found = of(&found, "acme");
        assert_eq!((found.fate, &found.day), (Fate::EndedBadly(Cause::Toxic), &Ok(day("2026-04-20"))));
    }

    #[test]
    fn after_two_jobs_a_silence_beyond_the_own_rhythm_is_a_loss_unless_it_ended() {
        let at = |days: &[&str]| -> Vec<String> {
            let bills = days.iter().map(|on| bill(on, "acme", on, ""));
            std::iter::once(who("")).chain(bills).collect()
        };
        // Every 29 days: dormant on the 91st day of silence.
        let found = ended(&at(&["2025-01-01", "2025-02-01", "2025-03-01"]), Cause::Lost, "2025-05-31");
        assert_eq!(found.why, "silent for 91 days, and came every 29 before");
        // It came back, twice, and stayed.
        let back = at(&["2025-01-01", "2025-02-01", "2025-03-01", "2025-09-01", "2026-08-01"]);
        assert_eq!(one(&back).fate, Fate::Stayed);
        // It came back once, and is silent since: 76 days lie between two, and twice that passed.
        let again = at(&["2025-01-01", "2025-02-01", "2025-03-01", "2025-08-17"]);
        ended(&again, Cause::Lost, "2026-01-17");
        // A loss it was where an end is noted in the silence, and none where it came back before that.
        let over = |lines: &[String]| {
            let mut lines = lines.to_vec();
            lines[0] = who(r#"ended: (day: "2025-10-01", why: "gone")"#);
            lines
        };
        ended(&over(&at(&["2025-01-01", "2025-02-01", "2025-03-01"])), Cause::Lost, "2025-05-31");
        ended(&over(&again), Cause::Ended, "2025-10-01");
        // An order on the first day of the silence keeps it; from then on it came every 50 days.
        let kept = at(&["2025-01-01", "2025-02-01", "2025-03-01", "2025-05-31"]);
        ended(&kept, Cause::Lost, "2025-09-09");
        // Twice is no rhythm yet: a year and a day. Once is no loss.
        ended(&at(&["2025-01-01", "2025-02-01"]), Cause::Lost, "2026-02-02");
        left_out(&at(&["2025-01-01"]), "it neither ordered nor paid after 2026-07-03, and did not end");
    }

    #[test]
    fn an_order_a_payment_or_a_fee_after_the_reference_day_shows_that_it_stayed() {
        let stayed = |lines: &[String], why: &str| {
            let found = one(lines);
            assert_eq!((found.fate, &found.day), (Fate::Stayed, &Ok(day("2026-07-03"))), "{}", found.why);
            assert_eq!(found.why, why);
        };
        let first = bill("a", "acme", "2026-07-01", "");
        stayed(&[who(""), first.clone(), bill("b", "acme", "2026-07-04", "")], "it ordered on 2026-07-04");
        let paid = |on: &str| {
            let paid = format!(r#"payments: [(day: "{on}", amount: "100 EUR")]"#);
            [who(""), bill("a", "acme", "2026-07-01", &paid)]
        };
        stayed(&paid("2026-07-04"), "it paid on 2026-07-04");
        stayed(&paid("2026-10-01"), "it paid on 2026-10-01");
        let quiet = "it neither ordered nor paid after 2026-07-03, and did not end";
        left_out(&paid("2026-07-03"), quiet);
        left_out(&paid("2026-10-02"), quiet);
        let fee = |until: &str| {
            let fee = format!(
                r#"retainer (id: "r", client: "acme", what: "Care", amount: "50 EUR", every: "1 month",
                    agreed: "2026-01-01", from: "2026-01-01", until: "{until}")"#
            );
            [who(""), fee]
        };
        stayed(&fee("2026-07-04"), "a regular fee runs: Care");
        left_out(&fee("2026-07-03"), quiet);
        left_out(
            &[who(""), bill("b", "acme", "2026-07-04", "")],
            "nothing was agreed or invoiced by 2026-07-03",
        );
    }

    #[test]
    fn a_partner_is_no_client() {
        let lines = [who("relation: partner"), bill("a", "acme", "2026-01-10", "")];
        left_out(&lines, "it works with the firm, and is no client");
    }
}

mod pairs {
    use super::*;

    /// The share of pairs told apart, counted one by one.
    fn counted(bad: &[f64], good: &[f64]) -> f64 {
        let pairs: Vec<f64> = bad
            .iter()
            .flat_map(|bad| good.iter().map(move |good| good.partial_cmp(bad)))
            .map(|it| match it.unwrap() {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            })
            .collect();
        pairs.iter().sum::<f64>() / f64::from(u32::try_from(pairs.len()).unwrap())
    }

    fn apart(record: &HealthRecord) -> Apart {
        record.horizons[1].apart.clone().unwrap()
    }

    #[test]
    fn of_ten_and_ten_the_share_is_that_of_paper() {
        // Of the pairs of 5 three are told apart, of those of 9 five, of the other eight all: 88 of 100.
        let record = record(&known(&[5, 9, 19, 21, 23, 25, 27, 29, 31, 33], &STAYED), AS_OF);
        assert!((apart(&record).area - 0.88).abs() < 1e-12);
        assert_eq!(
            record.words(),
            "Of 10 clients that ended badly and 10 that stayed, the score 90 days before told them apart in 88\u{a0}% of \
             pairs (60 to 97\u{a0}%)."
        );
        assert_eq!(record.horizons[0].words(), record.words().replace("90 days", "60 days"));
        assert_eq!(record.reference, day("2026-07-03"));
        // Two and a half of the pairs of 4.
        let tied = record_of(&[4, 9, 19, 21, 23, 25, 27, 29, 31, 33]);
        assert!((apart(&tied).area - 0.875).abs() < 1e-12);
    }

    fn record_of(ended: &[i64]) -> HealthRecord {
        record(&known(ended, &STAYED), AS_OF)
    }

    #[test]
    fn where_all_are_the_same_the_score_tells_nothing_and_where_all_differ_it_is_not_certain() {
        let same = record(&known(&[5; 8], &[5; 9]), AS_OF);
        assert!(
            same.words().ends_with("told them apart in 50\u{a0}% of pairs (22 to 78\u{a0}%)."),
            "{}",
            same.words()
        );
        let all = record_of(&[20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
        assert!(
            all.words().ends_with("told them apart in 100\u{a0}% of pairs (72 to 100\u{a0}%)."),
            "{}",
            all.words()
        );
    }

    #[test]
    fn with_fewer_than_eight_on_a_side_nothing_is_said_but_that() {
        let words = |ended: &[i64], stayed: &[i64]| record(&known(ended, stayed), AS_OF).words();
        for (ended, stayed, expected) in [
            (3, 10, "Too few to judge: 3 ended badly, 8 are needed."),
            (7, 8, "Too few to judge: 7 ended badly, 8 are needed."),
            (8, 2, "Too few to judge: 2 stayed, 8 are needed."),
            (0, 8, "Too few to judge: none ended badly, 8 are needed."),
            (1, 1, "Too few to judge: 1 ended badly and 1 stayed, 8 of each are needed."),
            (0, 0, "Too few to judge: none ended badly and none stayed, 8 of each are needed."),
        ] {
            assert_eq!(words(&vec![9; ended], &vec![1; stayed]), expected);
        }
        assert!(words(&[9; 8], &[1; 8]).starts_with("Of 8 clients that ended badly and 8 that stayed"));
    }

    #[test]
    fn a_client_without_a_score_then_is_in_no_pair_and_counted() {
        let mut lines = Vec::new();
        for at in 0..12 {
            let of = client(&format!("c{at}"), [at; 4], r#"ended: (day: "2026-07-03")"#);
            // Without a word it is known how it pays and that it came back, and no more.
            let silent = |line: &String| at < 5 && line.starts_with("touch");
            lines.extend(of.into_iter().filter(|line| !silent(line)));
        }
        let record = record(&book_in(&lines), AS_OF);
        let [_, ninety] = &record.horizons;
        assert_eq!((ninety.ended_badly, ninety.ended_badly_unknown), (7, 5));
        assert_eq!(
            record.words(),
            "Too few to judge: 7 ended badly and none stayed, 8 of each are needed; 5 more had no score 90 days before."
        );
        // Those that stayed are enough: of them nobody is missed.
        let mut lines = Vec::new();
        for at in 0..9 {
            let of = client(&format!("c{at}"), [at; 4], "");
            lines.extend(of.into_iter().filter(|line| at > 0 || !line.starts_with("touch")));
            lines.push(another_order(&format!("c{at}")));
        }
        // The one nobody spoke with is not lost meanwhile.
        lines.push(another_order("c0").replace("again", "between").replace("2026-08", "2026-04"));
        let enough = super::record(&book_in(&lines), AS_OF);
        assert_eq!((enough.horizons[1].stayed, enough.horizons[1].stayed_unknown), (8, 1));
        assert_eq!(enough.words(), "Too few to judge: none ended badly, 8 are needed.");
        let why = of(&record, "c0").scores[1].clone().unwrap_err().0;
        assert_eq!(why, "not enough history: 2 indicators are known, and three are needed");
    }

    #[test]
    fn who_scores_the_printed_clients_again_comes_to_the_same() {
        let record = record_of(&[4, 9, 1, 21, 23, 2, 27, 29, 31, 33]);
        let printed = json(&record);
        for horizon in ["60", "90"] {
            let scores = |outcome: &str| -> Vec<f64> {
                let clients = printed["clients"].as_array().unwrap().iter();
                let clients = clients.filter(|it| it["outcome"] == outcome);
                clients.map(|it| it[format!("score_{horizon}")].as_f64().unwrap()).collect()
            };
            let of = &printed[format!("auc_{horizon}")];
            let again = counted(&scores("ended_badly"), &scores("stayed"));
            assert!((of["auc"].as_f64().unwrap() - again).abs() < 1e-6, "{of}: {again}");
        }
    }

    /// A number from 0 to 9 that looks like chance.
    fn noise(seed: i64) -> i64 {
        (seed * 7_919 + 104_729) % 1_009 % 10
    }

    /// Twelve clients that pay later and later and twelve that pay alike, all with some noise; `ends` says who is let go.
    fn patterns(ends: impl Fn(i64) -> bool) -> Book {
        let mut lines = Vec::new();
        for at in 0..24 {
            let grows = if at < 12 { [0, 6, 12, 18] } else { [4; 4] };
            let mut late = grows;
            for (quarter, days) in (0..).zip(&mut late) {
                *days += noise(at * 4 + quarter);
            }
            let id = format!("c{at:02}");
            let on = add_days(day("2026-05-20"), at * 2);
            let more = if ends(at) { format!(r#"ended: (day: "{on}")"#) } else { String::new() };
            lines.extend(client(&id, late, &more));
            if !ends(at) {
                lines.push(another_order(&id));
            }
        }
        book_in(&lines)
    }

    #[test]
    fn a_score_that_sees_it_coming_tells_them_apart_and_one_of_shuffled_ends_does_not() {
        let seen = apart(&record(&patterns(|at| at < 12), AS_OF));
        assert!(seen.area > 0.75 && seen.low > 0.5, "{seen:?}");
        let shuffled = apart(&record(&patterns(|at| at % 2 == 0), AS_OF));
        assert!((shuffled.area - 0.5).abs() < 0.2, "{shuffled:?}");
        assert!(shuffled.low < 0.5 && shuffled.high > 0.5, "{shuffled:?}");
    }
}

mod no_peeking {
    use super::*;

    /// The score the Clients view shows on a day.
    fn shown(book: &Book, on: NaiveDate, client: &ClientId) -> Option<rust_decimal::Decimal> {
        let figures = Figures::of(book, on);
        let health = figures.healths.client(client)?;
        Some(health.health.score.as_ref().ok()?.points.round_dp(4))
    }

    #[test]
    fn the_scores_of_the_sample_are_those_the_clients_view_showed_then() {
        let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
        let record = record(&book, "2026-11-20");
        let mut known = 0;
        for it in &record.clients {
            let Ok(on) = it.day else { continue };
            for (score, before) in it.scores.iter().zip([60, 90]) {
                assert_eq!(
                    score.clone().ok(),
                    shown(&book, add_days(on, -before), &it.client),
                    "{}",
                    it.name
                );
                known += usize::from(score.is_ok());
            }
        }
        assert!(known >= 10, "{known} scores are known");
        assert!(record.count(|fate| matches!(fate, Fate::EndedBadly(_))) >= 3);
        assert!(record.words().starts_with("Too few to judge: "), "{}", record.words());
    }

    #[test]
    fn from_one_of_a_clients_days_to_the_next_nothing_more_is_known() {
        let book = load(sample::text(sample::ANCHOR).as_bytes()).unwrap().book;
        for client in book.clients() {
            let days: Vec<NaiveDate> = client.days().into_iter().collect();
            for (of, next) in days.iter().zip(&days[1..]) {
                let eve = add_days(*next, -1);
                assert!(client.as_of(*of) == client.as_of(eve), "{} from {of} to {eve}", client.id());
            }
            let (first, last) = (days[0], days[days.len() - 1]);
            assert!(client.as_of(add_days(first, -1)).is_none(), "{} before {first}", client.id());
            assert!(client.as_of(last).as_ref() == Some(client), "{} on {last}", client.id());
        }
    }

    #[test]
    fn what_came_after_an_end_changes_neither_it_nor_the_scores_before() {
        let mut lines: Vec<String> =
            (0..3).flat_map(|at| client(&format!("c{at}"), [at * 9; 4], "")).collect();
        let lost = r#"invoice (id: "w", number: "w", client: "c1", issued: "2026-02-01", due: "2026-02-15",
            lines: [(result: "x", price: "100 EUR")], write_off: (day: "2026-06-01", cause: cannot), LATER)"#;
        let with = |lines: &[String], later: &str| {
            let lines: Vec<String> = lines.iter().cloned().chain([lost.replace("LATER", later)]).collect();
            of(&record(&book_in(&lines), AS_OF), "c1").clone()
        };
        let before = with(&lines, "");
        assert_eq!((before.fate, &before.day), (Fate::EndedBadly(Cause::WriteOff), &Ok(day("2026-06-01"))));
        assert!(before.scores.iter().all(Result::is_ok));
        lines.extend(["c1", "c2"].map(another_order));
        lines.push(
            r#"touch (id: "t", day: "2026-06-02", client: "c1", direction: in, kind: complaint)"#.to_owned(),
        );
        lines[0] = lines[0].replace("name:", r#"kind: (kind: toxic, day: "2026-09-01", reason: "x"), name:"#);
        assert_eq!(with(&lines, r#"disputes: [(from: "2026-06-02")]"#), before);
        // Earlier facts do.
        lines.push(r#"touch (id: "e", day: "2026-01-20", client: "c1", direction: in)"#.to_owned());
        lines.push(
            r#"promise (id: "p", client: "c1", by: them, what: "x", made: "2026-01-20", due: "2026-01-25")"#
                .to_owned(),
        );
        assert_ne!(with(&lines, "").scores, before.scores);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn looked_back_from_its_own_day_an_end_is_the_same(lines in records()) {
            let whole = a_book("2024-01-01", &lines);
            for late in record(&whole, "2026-12-31").clients {
                let Ok(on) = late.day.clone() else { continue };
                if late.fate != Fate::Stayed {
                    let early = record(&whole, &on.to_string());
                    prop_assert_eq!(of(&early, late.client.as_str()), &late);
                }
            }
        }
    }

    #[test]
    fn it_can_be_broken_off_at_every_step() {
        let book = known(&[5, 9], &[1, 2]);
        let broken_at = |last: usize| {
            let mut steps = 0;
            let record = HealthRecord::of(&book, day(AS_OF), &mut || {
                steps += 1;
                if steps > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            (record.is_break(), steps)
        };
        let (broken, all) = broken_at(usize::MAX);
        assert!(!broken && all > 6);
        for last in 0..all {
            assert_eq!(broken_at(last), (true, last + 1));
        }
    }
}

mod printed {
    use super::*;

    #[test]
    fn a_book_without_clients_is_empty_and_not_an_error() {
        let record = record(&Book::empty(Currency::EUR), AS_OF);
        assert!(record.clients.is_empty());
        assert!(record.words().starts_with("Too few to judge: none ended badly and none stayed"));
        assert!(table(&record, &Business::new(Currency::EUR)).contains("Too few to judge"));
    }

    /// The keys of all nulls in a value, each of which has another beside it that says why.
    fn nulls(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|it| nulls(it, found)),
            Value::Object(keys) => {
                for (key, value) in keys {
                    if value.is_null() {
                        assert!(keys[&format!("{key}_why")].is_string(), "{key}");
                        found.push(key.clone());
                    }
                    nulls(value, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_null_says_why() {
        let mut lines = client("bad", [3; 4], r#"ended: (day: "2026-07-03")"#);
        lines.push(r#"client (id: "quiet", name: "Quiet")"#.to_owned());
        let printed = json(&record(&book_in(&lines), AS_OF));
        let mut found = Vec::new();
        nulls(&printed, &mut found);
        for key in ["auc", "low", "high", "cause", "day", "score_60", "score_90"] {
            assert!(found.iter().any(|it| it == key), "{key} is never null");
        }
        assert_eq!(printed["clients"][0]["cause"], "ended");
        assert_eq!(printed["clients"][0]["day"], "2026-07-03");
        assert!(printed["clients"][0]["score_90"].is_number());
        assert_eq!(printed["clients"][1]["day_why"], "it is left out");
    }

    #[test]
    fn the_readme_lists_the_keys() {
        let readme = include_str!("../README.md").replace("\r\n", "\n");
        let source = include_str!("../src/cli/backtest_health/json.rs").replace("\r\n", "\n");
        let rows: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("//! ")).collect();
        let table: Vec<&str> = rows.into_iter().filter(|row| row.starts_with('|')).collect();
        assert!(table.len() > 10);
        assert!(readme.contains(&table.join("\n")), "the README should hold:\n\n{}", table.join("\n"));
    }

    #[test]
    fn the_words_for_people_fit_a_terminal() {
        let record = record(&known(&[5; 9], &STAYED), AS_OF);
        let text = table(&record, &Business::new(Currency::EUR));
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        for words in
            ["ENDED BADLY: 9", "STAYED: 10", "9 clients that ended badly", "it ordered on 2026-08-01"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
