//! The legal forms of firms, which their names may bear and which say nothing of who they are.

/// Legal forms in small letters, without their points.
const LEGAL_FORMS: [&str; 20] = [
    "gmbh", "mbh", "ltd", "limited", "inc", "llc", "llp", "plc", "ag", "kg", "ug", "ohg", "gbr", "ev", "se",
    "bv", "sarl", "srl", "sa", "co",
];

/// Whether a word of a name, in small letters and without marks, is a legal form: `gmbh`, `ltd`.
#[must_use]
pub fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&word)
}
