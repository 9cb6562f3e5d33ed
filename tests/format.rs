//! The chapter on the format of a book says what the program reads.

use std::collections::BTreeSet;

use rapport::domain::{THRESHOLDS, WEIGHTS};
use rapport::store::{load, sample};

const CHAPTER: &str = include_str!("../README.md");

#[test]
fn the_example_opens_without_a_problem() {
    let blocks = CHAPTER.split("```ron\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    let example = blocks.into_iter().find(|block| block.contains("format: 1")).unwrap();
    let loaded = load(example.as_bytes()).unwrap();
    assert!(loaded.problems_on(sample::ANCHOR).is_empty(), "{:?}", loaded.problems_on(sample::ANCHOR));
    assert_eq!(loaded.book.records().count(), 4);
}

#[test]
fn every_field_and_value_of_the_sample_is_described() {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !(c.is_ascii_lowercase() || c == '_'))
    }
    let described: BTreeSet<&str> = words(CHAPTER).collect();
    let text = sample::text(sample::ANCHOR);
    let uncommented = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    for line in uncommented {
        for outside_quotes in line.split('"').step_by(2) {
            for word in words(outside_quotes) {
                assert!(described.contains(word), "{word} is not in the chapter");
            }
        }
    }
}

#[test]
fn every_threshold_is_described_with_its_built_in_value() {
    for row in THRESHOLDS {
        let line = format!("| `{}` | {} | {} | {} |", row.name, row.built_in(), row.meaning, row.range);
        assert!(CHAPTER.contains(&line), "{line}");
    }
}

#[test]
fn every_weight_is_described_with_its_built_in_value() {
    for row in WEIGHTS {
        let line = format!("| `{}` | {} | {} |", row.name, row.built_in(), row.asks);
        assert!(CHAPTER.contains(&line), "{line}");
    }
}
