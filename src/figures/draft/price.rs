//! Whether a text names an amount of money.

use crate::domain::Currency;

/// Numbers in words, as far as prices are said with them.
const NUMBERS: [&str; 29] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "few",
    "couple",
];
const LARGE: [&str; 7] = ["hundred", "hundreds", "thousand", "thousands", "million", "millions", "grand"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a text names an amount of money: a number and a currency, large numbers in words, or thousands as people write them
/// (`5k`).
pub(super) fn names_a_price(text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "euro", "euros", "dollar", "dollars", "pound", "pounds", "franc", "francs", "quid", "bucks", "eur",
        "usd", "gbp", "chf",
    ];
    let plain = text.to_lowercase();
    let words = || plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let in_thousands = |word: &str| {
        let digits = word.strip_suffix('k').unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    let counts =
        |word: &str| NUMBERS.contains(&word) || matches!(word, "a" | "of" | "half" | "several" | "some");
    let large = || {
        let pairs = std::iter::once("").chain(words()).zip(words());
        pairs.filter(|(_, word)| LARGE.contains(word)).any(|(before, _)| counts(before))
    };
    let currency = || {
        text.contains(['€', '$', '£', '¥', '₹', '₽', '₺', '₩'])
            || words().any(|word| NAMES.contains(&word))
            || text.split(|c: char| !c.is_alphabetic()).any(|word| Currency::known().any(|code| code == word))
    };
    let number =
        || text.contains(char::is_numeric) || words().any(|it| NUMBERS.contains(&it) || LARGE.contains(&it));
    plain.split_whitespace().any(|word| in_thousands(word.trim_end_matches(['.', ',', ';', '?', '!'])))
        || large()
        || (number() && currency())
}

/// Whether a text may name an amount: it [does](names_a_price), or has a number of two digits or more that is no year, day, time or
/// part of a name.
pub(super) fn may_name_a_price(text: &str) -> bool {
    let outer = |c: char| !c.is_alphanumeric() && c != '%';
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(outer)).collect();
    let is_month = |word: Option<&&str>| {
        let word = word.map(|word| word.to_lowercase()).filter(|word| word.len() >= 3);
        word.is_some_and(|word| MONTHS.iter().any(|month| month.starts_with(&word)))
    };
    let is_amount = |(at, word): (usize, &&str)| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let (number, unit) = word.split_at_checked(end).unwrap_or_default();
        let is_year = matches!(number.parse::<u16>(), Ok(1990..=1999 | 2001..=2049));
        let is_day = number.len() <= 2
            && (is_month(words.get(at + 1))
                || is_month(at.checked_sub(1).and_then(|before| words.get(before))));
        let known = match unit {
            "" => is_year || is_day,
            "s" => is_year,
            "st" | "nd" | "rd" | "th" | "am" | "pm" => number.len() <= 2,
            _ => is_day_or_time(word),
        };
        digits >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) && !known
    };
    names_a_price(text) || words.iter().enumerate().any(is_amount)
}

/// `10:30`, `24/7`, `12.3.`, `2026-11-20`.
fn is_day_or_time(word: &str) -> bool {
    let parts = |mark: char| -> Vec<&str> { word.split(mark).collect() };
    let short = |part: &&str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    let year = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    match (parts(':').as_slice(), parts('/').as_slice(), parts('-').as_slice(), parts('.').as_slice()) {
        ([hour, minute], ..) => short(hour) && minute.len() == 2 && short(minute),
        (_, [first, second], ..) => short(first) && short(second),
        (_, _, [y, m, d], _) => year(y) && short(m) && short(d),
        (_, _, _, [d, m, y]) => short(d) && short(m) && (short(y) || year(y)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_price_is_named_however_it_is_written() {
        for note in [
            "a site for 2,000 EUR",
            "a site under 500€",
            "wants a quote for about 2000 eur",
            "a shop for 5k.",
            "a site for two thousand euros",
            "offered 2500 for a shop, net",
            "offered 2000 for it",
            "pay 40 a month",
            "fifty euros a month",
            "a couple of hundred euros",
            "a thousand at most",
            "two grand",
            "2 000 in all",
            "1.500,- in all",
            "15% off",
            "40pcs",
        ] {
            assert!(may_name_a_price(note), "{note}");
        }
        for note in [
            "two sites in Europe by 2027",
            "the 20th anniversary on 12 March",
            "open 24/7, from 10:30 on March 12",
            "B2B and mp3 for 3 shops",
            "a blog of the 1990s, by 2027-03-12",
            "the Grand Hotel, a hundredfold",
        ] {
            assert!(!may_name_a_price(note), "{note}");
        }
        assert!(
            !names_a_price("20 years of good sites, for 100 firms"),
            "one's own words are not looked at so hard"
        );
        assert!(names_a_price("You pay €500.") && names_a_price("five hundred is enough"));
    }
}
