//! Words that several figures use.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::{self, Money};
use crate::written;

pub(super) use crate::written::{capital, chance as percent, date, exact_share as per_cent, long_day};

/// An amount as a letter writes it: `180,000 EUR`, with cents only where there are some.
pub(super) fn amount(money: Money) -> String {
    let decimals = money.currency.decimals();
    let rounded = money.amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let places = if rounded.fract().is_zero() { 0 } else { decimals as usize };
    format!("{} {}", written::number(&format!("{rounded:.places$}")), money.currency)
}

/// An amount in full: `9,000.00 EUR`.
#[must_use]
pub fn amount_in_full(money: Money) -> String {
    let mut amount = money.amount;
    amount.rescale(amount.normalize().scale().max(money.currency.decimals()));
    format!("{} {}", written::number(&amount.to_string()), money.currency)
}

/// An amount that is foretold or sums up, with no more than it can know: `10,500 EUR`, but `500.00 EUR`.
pub(super) fn round_amount(money: Money) -> String {
    let whole = money.amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    if whole.abs() < Decimal::ONE_THOUSAND {
        return amount_in_full(money.rounded());
    }
    format!("{} {}", written::number(&whole.to_string()), money.currency)
}

/// A number as it is: `1,200.5`, `−2.8`.
pub(super) fn number(number: Decimal) -> String {
    written::decimal(number)
}

/// On one line, without anything that cannot be seen.
pub(super) fn plain(text: &str) -> String {
    let seen: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Turns the writing round or cannot be seen: it could make a text read otherwise than it is.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A share of the paths that were drawn, in whole per cent. It is never nought nor certain: paths that were not drawn may
/// run otherwise.
pub(super) fn percent_of_paths(share: f64) -> String {
    match share {
        it if it < 0.01 => domain::per_cent("<1"),
        it if it > 0.99 => domain::per_cent(">99"),
        it => percent(it),
    }
}

/// Where somebody was met, with its preposition unless the book gives one: `at the fair`, `on the ladder`, `online`, `on the train
/// to Berlin`, `on LinkedIn`. A name of one word is taken for that of a town: `in Berlin`.
#[must_use]
pub fn at_place(place: &str) -> String {
    sure_place(place).unwrap_or_else(|| format!("at {}", place.trim()))
}

/// The same, where the preposition and the article are sure: of `cold call` nobody knows either.
pub(super) fn sure_place(place: &str) -> Option<String> {
    const PREPOSITIONS: [&str; 10] =
        ["at", "on", "in", "by", "through", "via", "over", "near", "from", "during"];
    const ADVERBS: [&str; 5] = ["online", "here", "there", "outside", "abroad"];
    const ARTICLES: [&str; 9] = ["the", "a", "an", "your", "their", "my", "our", "his", "her"];
    const ON: &[&str] =
        &["train", "bus", "tram", "plane", "flight", "ferry", "boat", "ship", "phone", "telephone", "forum"];
    const BY: [&str; 4] = ["mail", "e-mail", "email", "post"];
    const ON_SCREEN: &[&str] = &[
        "zoom",
        "teams",
        "microsoft teams",
        "google meet",
        "skype",
        "linkedin",
        "xing",
        "twitter",
        "x",
        "instagram",
        "tiktok",
        "youtube",
        "reddit",
        "bluesky",
        "threads",
        "pinterest",
        "behance",
        "dribbble",
        "github",
        "upwork",
        "fiverr",
        "malt",
        "etsy",
        "whatsapp",
        "telegram",
        "facebook",
        "mastodon",
        "slack",
        "discord",
        "signal",
    ];
    const EVENTS: &[&str] = &[
        "workshop",
        "meetup",
        "meet-up",
        "conference",
        "congress",
        "convention",
        "fair",
        "market",
        "seminar",
        "webinar",
        "training",
        "exhibition",
        "reception",
        "festival",
        "event",
        "party",
        "wedding",
        "concert",
        "office",
        "library",
        "museum",
        "gallery",
        "theatre",
        "studio",
        "shop",
        "café",
        "cafe",
        "restaurant",
        "hotel",
        "station",
        "airport",
        "gym",
        "club",
    ];
    const BARE: &[&str] = &["lunch", "dinner", "breakfast", "work", "school", "university", "church", "home"];
    let place = place.trim();
    let (first, rest) = place.split_once(char::is_whitespace).unwrap_or((place, ""));
    let lower = first.to_lowercase();
    // An adverb needs none, but not as part of a name: `the Online Days`.
    if PREPOSITIONS.contains(&lower.as_str()) || (rest.is_empty() && ADVERBS.contains(&lower.as_str())) {
        return Some(format!("{lower} {rest}").trim_end().to_owned());
    }
    let whole = place.to_lowercase();
    if ON_SCREEN.contains(&whole.as_str()) {
        return Some(format!("on {place}"));
    }
    if BY.contains(&whole.as_str()) {
        return Some(format!("by {whole}"));
    }
    // What is a thing needs its article, and is no town, however it is written.
    let (article, thing) = if lower == "the" { (first, rest) } else { ("the", place) };
    let (noun, further) = thing.split_once(char::is_whitespace).unwrap_or((thing, ""));
    let noun = noun.to_lowercase();
    let is_way = further.is_empty() || further.starts_with("to ") || further.starts_with("from ");
    if is_way && ON.contains(&noun.as_str()) {
        return Some(format!("on {} {noun} {further}", article.to_lowercase()).trim_end().to_owned());
    }
    if EVENTS.contains(&whole.as_str()) {
        return Some(format!("at the {whole}"));
    }
    if BARE.contains(&whole.as_str()) {
        return Some(format!("at {whole}"));
    }
    if ARTICLES.contains(&lower.as_str()) {
        return Some(format!("at {place}"));
    }
    // What it is, before it is said of what, where or when; with a large letter it is a name: `Acme Studio`.
    let is_joint = |word: &&str| ["in", "at", "of", "on", "for", "with"].contains(word);
    let what: Vec<&str> = place.split_whitespace().take_while(|word| !is_joint(word)).collect();
    let is_thing = match what.as_slice() {
        [] => false,
        [only] => EVENTS.contains(&only.to_lowercase().as_str()),
        [.., last] => EVENTS.contains(last) || BARE.contains(last),
    };
    if is_thing {
        return Some(format!("at the {place}"));
    }
    let is_name = first.chars().next().is_some_and(char::is_uppercase);
    let is_short = first.chars().skip(1).all(|c| !c.is_uppercase());
    let says = if rest.is_empty() && is_short { format!("in {place}") } else { format!("at {place}") };
    is_name.then_some(says)
}

/// A sentence as a clause of another: a small letter first, but of `I`, and no full stop.
pub(super) fn clause(says: &str) -> String {
    let says = says.trim_end_matches('.');
    let mut letters = says.chars();
    match letters.next() {
        Some(first) if !says.starts_with("I ") => first.to_lowercase().chain(letters).collect(),
        _ => says.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn an_amount_has_its_thousands_parted_and_a_share_of_paths_is_never_nought() {
        let said = ["9000 EUR", "1234567.5 EUR", "-999 EUR", "1000 JPY", "0 EUR"]
            .map(|text| amount_in_full(Money::parse(text).unwrap()));
        assert_eq!(said, ["9,000.00 EUR", "1,234,567.50 EUR", "−999.00 EUR", "1,000 JPY", "0.00 EUR"]);
        let shares = [0.0, 0.004, 0.06, 0.125, 0.994, 1.0].map(percent_of_paths);
        assert_eq!(shares, ["<1", "<1", "6", "12", ">99", ">99"].map(domain::per_cent));
    }

    #[test]
    fn a_place_gets_a_preposition_only_where_it_has_none() {
        assert_eq!(
            [
                "the fair",
                "At the Christmas fair",
                "on the ladder",
                "Online",
                "Innsbruck",
                "IHK",
                "their fair"
            ]
            .map(at_place),
            [
                "at the fair",
                "at the Christmas fair",
                "on the ladder",
                "online",
                "in Innsbruck",
                "at IHK",
                "at their fair"
            ]
        );
    }

    #[test]
    fn a_vehicle_a_screen_and_an_event_are_no_towns() {
        for (place, said) in [
            ("the train to Berlin", "on the train to Berlin"),
            ("Train to Berlin", "on the train to Berlin"),
            ("the phone", "on the phone"),
            ("phone", "on the phone"),
            ("Twitter", "on Twitter"),
            ("instagram", "on instagram"),
            ("the forum", "on the forum"),
            ("E-mail", "by e-mail"),
            ("open workshop", "at the open workshop"),
            ("chamber breakfast", "at the chamber breakfast"),
            ("trade fair in Linz", "at the trade fair in Linz"),
            ("Acme Studio", "at Acme Studio"),
            ("Zoom", "on Zoom"),
            ("LinkedIn", "on LinkedIn"),
            ("Microsoft Teams", "on Microsoft Teams"),
            ("Workshop", "at the workshop"),
            ("Meetup", "at the meetup"),
            ("workshop in Berlin", "at the workshop in Berlin"),
            ("the fair in Graz", "at the fair in Graz"),
            ("Lunch", "at lunch"),
            ("the train station", "at the train station"),
            ("the Zoom office", "at the Zoom office"),
            ("Conference of the Makers", "at the Conference of the Makers"),
            ("Zürich", "in Zürich"),
        ] {
            assert_eq!(at_place(place), said, "{place}");
        }
    }

    #[test]
    fn an_amount_has_cents_only_where_there_are_some() {
        let of = |text: &str| amount(Money::new(text.parse().unwrap_or_default(), Currency::EUR));
        assert_eq!(of("180000.00"), "180,000 EUR");
        assert_eq!(of("1234.5"), "1,234.50 EUR");
        assert_eq!(of("-0.1"), "\u{2212}0.10 EUR");
        assert_eq!(of("999.999"), "1,000 EUR");
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(plain("a\u{202E}b\n\t c\u{0}"), "ab c");
    }
}
