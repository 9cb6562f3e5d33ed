//! Whether a line of an invoice tells of a result: most do, but some only tell what is to be paid.

use rust_decimal::Decimal;

use crate::domain::Line;

/// Words of lines that are there for the money: costs passed on, surcharges, parts of a price.
const OF_MONEY: [&str; 27] = [
    "advance",
    "arrears",
    "cancellation",
    "costs",
    "deposit",
    "discount",
    "downpayment",
    "expenses",
    "fee",
    "fees",
    "instalment",
    "instalments",
    "installment",
    "installments",
    "mileage",
    "overtime",
    "postage",
    "prepayment",
    "rebate",
    "remainder",
    "retainer",
    "shipping",
    "surcharge",
    "surcharges",
    "tax",
    "travel",
    "vat",
];
/// What a part of a price is called behind `first`, `second`, `last`.
const PARTS: [&str; 7] = ["half", "part", "payment", "quarter", "rate", "tenth", "third"];
/// What stands behind a number where a line tells of time.
const TIMES: [&str; 8] = ["h", "hr", "hrs", "hour", "hours", "day", "days", "d"];

/// Whether a line says something that was delivered, at a price or as a gift.
pub(super) fn tells_a_result(line: &Line) -> bool {
    let says_nothing = line.result.trim().is_empty() || line.quantity <= Decimal::ZERO;
    !says_nothing && line.price.amount >= Decimal::ZERO && is_result(&line.result)
}

fn is_result(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let of_money = words.iter().any(|word| OF_MONEY.contains(word));
    let pair = |[first, second]: [&str; 2]| {
        let of_order = matches!(first, "first" | "second" | "third" | "last" | "final" | "part" | "down")
            || is_number(first);
        (of_order && PARTS.contains(&second)) || (is_number(first) && TIMES.contains(&second))
    };
    let in_pairs = words.windows(2).filter_map(|two| two.first_chunk::<2>()).any(|two| pair(*two));
    // `12h`
    let glued = words.iter().any(|word| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < word.len() && TIMES.contains(&digits)
    });
    !(of_money || in_pairs || glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_there_for_the_money_is_no_result() {
        for text in [
            "Travel costs to Berlin",
            "Cancellation fee",
            "Interest on arrears",
            "Reminder fee",
            "Rush surcharge",
            "First third",
            "First part",
            "Second half of the site",
            "10 hours of design, 3% discount",
            "12h drawings",
            "2. instalment",
            "Down payment for the site",
            "Final payment",
            "Postage",
            "3 days on site",
            "Expenses",
            "1st part",
        ] {
            assert!(!is_result(text), "{text}");
        }
        for text in [
            "Website in two languages",
            "Third newsletter",
            "Map with points of interest",
            "Cost calculator",
            "Care of the site, November",
            "Logo",
            "Posters of the season",
            "24 drawings",
            "Stand for the fair 2026",
        ] {
            assert!(is_result(text), "{text}");
        }
    }
}
