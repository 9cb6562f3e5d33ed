//! Words as they are compared: without capitals, accents and marks.

use crate::domain::is_legal_form;

/// A word in small letters and digits, accents folded: `Café` is `cafe`, `Bob's` is `bob`, `Größe` is `grosse`.
#[must_use]
pub(in crate::command) fn plain(word: &str) -> String {
    let owner = ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end));
    let word = owner.unwrap_or(word);
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    let folded = slug::slugify(word).replace('-', "");
    // A script that has no letters of ours stays as it is.
    if folded.is_empty() { word.chars().filter(|c| c.is_alphanumeric()).collect() } else { folded }
}

/// The plain words of a name, without what only says its legal form.
#[must_use]
pub(in crate::command::quick_entry) fn name_words(name: &str) -> Vec<String> {
    let tells = |word: &&String| !is_legal_form(word) && !matches!(word.as_str(), "the" | "and");
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '&' | '/' | ',' | '(' | ')'));
    let words: Vec<String> = words.map(plain).filter(|word| !word.is_empty()).collect();
    let telling: Vec<String> = words.iter().filter(tells).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Whether two words differ by one slip of the hand: a letter too many, too few, another one, or two in the wrong order.
#[must_use]
pub(in crate::command::quick_entry) fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (left, right) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    match (left, right) {
        ([], [_]) | ([_], []) => true,
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c => rest == others,
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([_, rest @ ..], others) if rest == others => true,
        (rest, [_, others @ ..]) => rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_capitals_accents_and_marks() {
        assert_eq!(
            ["Café", "Bob’s", "GRÖßE", "O'Neill", "Łódź"].map(plain),
            ["cafe", "bob", "grosse", "oneill", "lodz"]
        );
        assert_eq!(name_words("Müller & Söhne GmbH"), ["muller", "sohne"]);
        assert_eq!(name_words("The AG"), ["the", "ag"], "a name that is nothing else");
    }

    #[test]
    fn one_slip_of_the_hand_is_one_letter_or_two_swapped() {
        for (one, other, slip) in [
            ("acme", "acmee", true),
            ("acme", "acm", true),
            ("acme", "acne", true),
            ("acme", "amce", true),
            ("muller", "mueller", true),
            ("acme", "acme", false),
            ("acme", "acre me", false),
            ("acme", "caem", false),
            ("", "a", true),
        ] {
            assert_eq!(one_slip(one, other), slip, "{one} {other}");
            assert_eq!(one_slip(other, one), slip, "{other} {one}");
        }
    }
}
