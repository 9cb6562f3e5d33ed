//! The currency of the region that a computer is set to: what a new book begins in, where nothing else says so.

use crate::domain::Currency;

/// Regions by their currency. Of regions that are not here nothing is known.
const REGIONS: [(&str, &[&str]); 34] = [
    (
        "EUR",
        &[
            "AD", "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU",
            "LV", "MC", "ME", "MT", "NL", "PT", "SI", "SK", "SM", "XK",
        ],
    ),
    ("USD", &["US", "EC", "PR", "SV"]),
    ("GBP", &["GB", "IM", "JE", "GG"]),
    ("CHF", &["CH", "LI"]),
    ("AED", &["AE"]),
    ("ARS", &["AR"]),
    ("AUD", &["AU"]),
    ("BRL", &["BR"]),
    ("CAD", &["CA"]),
    ("CLP", &["CL"]),
    ("CNY", &["CN"]),
    ("COP", &["CO"]),
    ("CZK", &["CZ"]),
    ("DKK", &["DK", "FO", "GL"]),
    ("HKD", &["HK"]),
    ("HUF", &["HU"]),
    ("IDR", &["ID"]),
    ("ILS", &["IL"]),
    ("INR", &["IN"]),
    ("ISK", &["IS"]),
    ("JPY", &["JP"]),
    ("KRW", &["KR"]),
    ("MXN", &["MX"]),
    ("NOK", &["NO"]),
    ("NZD", &["NZ"]),
    ("PHP", &["PH"]),
    ("PLN", &["PL"]),
    ("RON", &["RO"]),
    ("SEK", &["SE"]),
    ("SGD", &["SG"]),
    ("THB", &["TH"]),
    ("TRY", &["TR"]),
    ("UAH", &["UA"]),
    ("ZAR", &["ZA"]),
];

/// The currency of the region of a locale such as `de_AT.UTF-8`; `None` where it names none, as `C` does.
#[must_use]
pub fn currency_of_locale(locale: &str) -> Option<Currency> {
    let tag = locale.split(['.', '@']).next()?;
    let region = tag.split(['_', '-']).skip(1).find(|part| part.len() == 2)?.to_ascii_uppercase();
    let (code, _) = REGIONS.iter().find(|(_, regions)| regions.contains(&region.as_str()))?;
    code.parse().ok()
}

/// The currency of the region that this computer is set to. Reads environment variables; nothing else here does.
#[must_use]
pub fn currency_of_this_machine() -> Option<Currency> {
    let set = ["LC_ALL", "LC_MONETARY", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    set.filter(|locale| !locale.is_empty()).find_map(|locale| currency_of_locale(&locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_region_and_a_region_has_a_currency() {
        for (locale, code) in [
            ("de_AT.UTF-8", Some("EUR")),
            ("de_CH", Some("CHF")),
            ("en-GB", Some("GBP")),
            ("en_US.UTF-8", Some("USD")),
            ("sr_Latn_ME", Some("EUR")),
            ("ca_ES@valencia", Some("EUR")),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("de", None),
            ("en_ZZ", None),
        ] {
            let found = currency_of_locale(locale).map(|currency| currency.to_string());
            assert_eq!(found.as_deref(), code, "{locale}");
        }
        assert!(REGIONS.iter().all(|(code, _)| code.parse::<Currency>().is_ok()));
    }
}
