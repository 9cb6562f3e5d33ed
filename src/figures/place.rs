//! Places, with the preposition that each has.

/// Where somebody was met, with its preposition where that is sure: `at the fair`, `on the ladder`, `online`, `on the train to
/// Berlin`, `on LinkedIn`, `in Vienna`; else in brackets: `(Google)`, `(cold call)`. `None` where nothing is said.
#[must_use]
pub fn at_place(place: &str) -> Option<String> {
    let place = place.trim();
    (!place.is_empty()).then(|| sure_place(place).unwrap_or_else(|| format!("({place})")))
}

/// The same as it is said to them; `None` where it is neither sure nor a name: `cold call`.
pub(super) fn sure_place(place: &str) -> Option<String> {
    const PREPOSITIONS: [&str; 10] =
        ["at", "on", "in", "by", "through", "via", "over", "near", "from", "during"];
    const ADVERBS: [&str; 5] = ["online", "here", "there", "outside", "abroad"];
    const ARTICLES: [&str; 9] = ["the", "a", "an", "your", "their", "my", "our", "his", "her"];
    const ON: &[&str] =
        &["train", "bus", "tram", "plane", "flight", "ferry", "boat", "ship", "phone", "telephone", "forum"];
    const BY: [&str; 4] = ["mail", "e-mail", "email", "post"];
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
    if TOWNS.contains(&whole.as_str()) {
        return Some(format!("in {place}"));
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
    if EVENTS.contains(&whole.as_str()) || HOUSES.contains(&whole.as_str()) {
        return Some(format!("at the {whole}"));
    }
    if BARE.contains(&whole.as_str()) {
        return Some(format!("at {whole}"));
    }
    if ARTICLES.contains(&lower.as_str()) {
        return Some(format!("at {place}"));
    }
    // What it is, before it is said of what, where or when. An event has an article also in a name (`the Design Fair`); a house has
    // none in some (`Acme Studio`).
    let is_joint = |word: &str| ["in", "at", "of", "on", "for", "with"].contains(&word);
    let what: Vec<&str> = place.split_whitespace().take_while(|word| !is_joint(word)).collect();
    let is_thing = what.last().is_some_and(|last| {
        let plain = last.to_lowercase();
        let plain = plain.as_str();
        let is_house = HOUSES.contains(&plain) || (what.len() > 1 && BARE.contains(&plain));
        EVENTS.contains(&plain) || (is_house && (what.len() == 1 || *last == plain))
    });
    if is_thing {
        return Some(format!("at the {place}"));
    }
    // Of a name nobody knows whether it is a town's, a firm's or a page's.
    let is_of_a_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || word.chars().count() <= 3
    };
    let is_name = first.starts_with(char::is_uppercase) && place.split_whitespace().all(is_of_a_name);
    (is_name && !WAYS.contains(&whole.as_str())).then(|| format!("({place})"))
}

/// Where one meets on a screen.
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

/// What is held, and where.
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
    "expo",
    "summit",
    "talk",
    "lecture",
    "reading",
    "hackathon",
];

/// Where one goes in.
const HOUSES: &[&str] = &[
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

/// How one came to know of each other, which is no place though it is written where that is asked for.
const WAYS: &[&str] =
    &["website", "homepage", "newsletter", "referral", "recommendation", "introduction", "advert", "friend"];

/// Towns that are called like nothing else; of others nobody knows.
const TOWNS: &[&str] = &[
    "amsterdam",
    "antwerp",
    "barcelona",
    "basel",
    "berlin",
    "bern",
    "bologna",
    "bremen",
    "brussels",
    "budapest",
    "cologne",
    "copenhagen",
    "dresden",
    "dublin",
    "düsseldorf",
    "edinburgh",
    "frankfurt",
    "geneva",
    "graz",
    "hamburg",
    "helsinki",
    "innsbruck",
    "köln",
    "leipzig",
    "linz",
    "lisbon",
    "london",
    "lyon",
    "madrid",
    "manchester",
    "milan",
    "munich",
    "münchen",
    "new york",
    "oslo",
    "paris",
    "prague",
    "rome",
    "rotterdam",
    "salzburg",
    "stockholm",
    "stuttgart",
    "toronto",
    "vienna",
    "warsaw",
    "wien",
    "zurich",
    "zürich",
];

#[cfg(test)]
mod tests {
    use super::*;

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
            .map(|place| at_place(place).unwrap()),
            [
                "at the fair",
                "at the Christmas fair",
                "on the ladder",
                "online",
                "in Innsbruck",
                "(IHK)",
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
            ("Acme Studio", "(Acme Studio)"),
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
            assert_eq!(at_place(place).as_deref(), Some(said), "{place}");
        }
    }

    #[test]
    fn a_place_is_said_to_them_with_a_sure_preposition_or_as_a_name_or_not_at_all() {
        for (place, said) in [
            // Towns, known and not.
            ("Berlin", Some("in Berlin")),
            ("New York", Some("in New York")),
            ("Surava", Some("(Surava)")),
            ("in Surava", Some("in Surava")),
            ("Bad Aussee", Some("(Bad Aussee)")),
            // Fairs and events, with an article and without.
            ("Design fair", Some("at the Design fair")),
            ("Frankfurt Book Fair", Some("at the Frankfurt Book Fair")),
            ("the Frankfurt Book Fair", Some("at the Frankfurt Book Fair")),
            ("a fair in Graz", Some("at a fair in Graz")),
            ("WordCamp", Some("(WordCamp)")),
            ("at WordCamp", Some("at WordCamp")),
            ("Tollwood", Some("(Tollwood)")),
            ("Christmas party", Some("at the Christmas party")),
            ("Linz Art Festival 2026", Some("(Linz Art Festival 2026)")),
            // Cafés and other houses.
            ("café", Some("at the café")),
            ("Café Central", Some("(Café Central)")),
            ("the café at the corner", Some("at the café at the corner")),
            ("coworking office", Some("at the coworking office")),
            ("Acme Studio", Some("(Acme Studio)")),
            // Companies.
            ("Google", Some("(Google)")),
            ("Siemens AG", Some("(Siemens AG)")),
            ("Brandt und Co", Some("(Brandt und Co)")),
            // Pages and channels.
            ("LinkedIn", Some("on LinkedIn")),
            ("LinkedIn message", None),
            ("Google search", None),
            ("Website", None),
            ("e-mail", Some("by e-mail")),
            ("cold call", None),
            ("Cold call", None),
            ("referral", None),
            ("Newsletter", None),
            ("phone", Some("on the phone")),
            ("online", Some("online")),
        ] {
            assert_eq!(sure_place(place).as_deref(), said, "{place}");
            let fallback = format!("({place})");
            assert_eq!(at_place(place).as_deref(), Some(said.unwrap_or(&fallback)), "{place}");
        }
        assert_eq!(["", " \u{a0}\t"].map(at_place), [None, None], "no place at all");
    }
}
