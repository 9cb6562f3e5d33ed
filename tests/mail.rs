//! Letters as mail programs take them: whatever a book holds arrives whole, and nothing in it becomes a header.

use mail_parser::{Addr, Address, Message, MessageParser};
use proptest::prelude::*;
use rapport::domain::{AnyRecord, Outgoing};
use rapport::store::mail::{LONGEST_LINK, Mail, eml, file_name, mail, mailto};
use url::Url;

use crate::facts;

/// A letter that says this.
fn letter(to: Option<&str>, person: Option<&str>, subject: &str, text: &str) -> Outgoing {
    let line = r#"outgoing (id: "l", client: "c", subject: "", text: "", queued: "2026-11-20")"#;
    let AnyRecord::Outgoing(blank) = facts::read(line) else { panic!("no letter") };
    Outgoing {
        to: to.map(str::to_owned),
        person: person.map(str::to_owned),
        subject: subject.to_owned(),
        text: text.to_owned(),
        ..Outgoing::clone(&blank)
    }
}

/// Address, subject and text of a link, read by a parser of URLs; every other field is a fault.
fn read_link(link: &str) -> (String, String, String) {
    let url = Url::parse(link).unwrap();
    assert_eq!((url.scheme(), url.fragment()), ("mailto", None), "{link}");
    let to = percent_encoding::percent_decode_str(url.path()).decode_utf8().unwrap().into_owned();
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let [(subject, says), (body, text)] = fields.try_into().unwrap();
    assert_eq!((subject.as_str(), body.as_str()), ("subject", "body"));
    (to, says, text)
}

/// The headers a draft may have.
const HEADERS: [&str; 6] =
    ["To", "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];

/// Address, name, subject and text of a file, read by a parser of mail; every other header is a fault.
fn read_file(text: &str) -> (Option<String>, Option<String>, String, String) {
    for line in text.split("\r\n") {
        assert!(line.len() <= 78 || line.starts_with(" <") || line.starts_with("To: "), "{line}");
        assert!(!line.contains(['\r', '\n']));
    }
    let message: Message<'_> = MessageParser::default().parse(text.as_bytes()).unwrap();
    for header in message.headers() {
        assert!(HEADERS.contains(&header.name()), "{}", header.name());
    }
    let one = |address: &Address<'_>| -> Addr<'static> { address.first().unwrap().clone().into_owned() };
    let to = message.to().map(one);
    let address = to.as_ref().and_then(|to| to.address.as_ref().map(ToString::to_string));
    let name = to.as_ref().and_then(|to| to.name.as_ref().map(ToString::to_string));
    let body = message.body_text(0).unwrap().into_owned();
    (address, name, message.subject().unwrap_or_default().to_owned(), body)
}

const NASTY: &str =
    "Liebe Grüße, \"Özgür\" & Söhne: 50% + 1 = ? # \\ 🦀\n\nZweite Zeile\tmit Tabulator.\n.\nFrom here on?";

#[test]
fn a_short_letter_is_a_link_that_holds_all_of_it() {
    let letter = letter(Some("ann+x@müller.example"), Some("Ann"), "Übers Geld & \"mehr\" = ?", NASTY);
    let Mail::Link(link) = mail(&letter) else { panic!("a link is enough") };
    let (to, subject, text) = read_link(&link);
    assert_eq!((to.as_str(), subject.as_str()), ("ann+x@müller.example", "Übers Geld & \"mehr\" = ?"));
    assert_eq!(text, NASTY.replace('\n', "\r\n"));
    assert!(link.contains("%0D%0A%0D%0AZweite") && link.is_ascii() && !link.contains(['+', ' ', '"', '\'']));
}

#[test]
fn a_long_letter_is_a_file_that_holds_all_of_it() {
    let long: String = NASTY.chars().cycle().take(5_000).collect();
    let letter = letter(Some("ann@example.org"), Some("Ann \"Ö\" Müller, GmbH <x@y>"), "Größe?", &long);
    let Mail::File(file) = mail(&letter) else { panic!("too long for a link") };
    let (to, name, subject, text) = read_file(&file);
    assert_eq!(to.as_deref(), Some("ann@example.org"));
    assert_eq!(name.as_deref(), Some("Ann \"Ö\" Müller, GmbH <x@y>"));
    assert_eq!((subject.as_str(), text), ("Größe?", long.replace('\n', "\r\n")));
    assert!(
        file.contains("\r\nX-Unsent: 1\r\n") && !file.contains("\r\nFrom:") && !file.contains("\r\nDate:")
    );
}

#[test]
fn the_longest_link_is_still_a_link_and_one_byte_more_a_file() {
    let of = |length: usize| mail(&letter(None, None, "S", &"a".repeat(length)));
    let room = LONGEST_LINK - mailto(&letter(None, None, "S", "")).len();
    assert!(matches!(of(room), Mail::Link(link) if link.len() == LONGEST_LINK));
    assert!(matches!(of(room + 1), Mail::File(_)));
}

#[test]
fn a_hostile_name_subject_or_address_adds_no_header_and_no_field() {
    let evil = "Eve\r\nBcc: all@example.org\r\n\r\n<script>&body=x";
    for to in [None, Some("ann@example.org"), Some("a@b\r\nBcc: c@d"), Some("a@b?cc=c"), Some("a@b,c@d")] {
        let letter = letter(to, Some(evil), evil, "Text");
        let (address, name, subject, text) = read_file(&eml(&letter));
        assert_eq!(
            (subject.as_str(), text.trim_end()),
            ("Eve  Bcc: all@example.org    <script>&body=x", "Text")
        );
        let (link_to, link_subject, _) = read_link(&mailto(&letter));
        assert_eq!(link_subject, subject);
        match to {
            Some("ann@example.org" | "a@b?cc=c") => {
                assert_eq!(address.as_deref(), to);
                assert_eq!(name.as_deref(), Some(subject.as_str()));
                assert_eq!(Some(link_to.as_str()), to);
            }
            // What is no single address is left out.
            _ => assert_eq!((address, link_to.as_str()), (None, "")),
        }
    }
}

#[test]
fn what_looks_like_an_encoded_word_arrives_as_it_was_written() {
    for subject in ["=?utf-8?B?SGk=?=", "a  b", "", &"Wort ".repeat(40), &"🦀".repeat(70)] {
        let (_, _, read, _) = read_file(&eml(&letter(None, None, subject, "Text")));
        assert_eq!(read, subject.trim(), "{}", eml(&letter(None, None, subject, "Text")));
    }
}

#[test]
fn the_name_of_a_file_is_one_that_every_file_system_takes() {
    let mut letter = letter(None, None, "S", "T");
    letter.id = rapport::domain::OutgoingId::new("..:größe.7").unwrap();
    assert_eq!(file_name(&letter), "---größe-7.eml");
}

/// Any text of a book: of all scripts, with line breaks and what mail and links give a meaning.
fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "\\PC{0,40}",
        2 => "[ -~]{0,40}",
        1 => prop::sample::select(vec!["\n", "\n\n", "=?", "?=", "%0D%0A", "&body=", "\n.\n", "\n--", "🦀", "\u{a0}"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_letter_arrives_whole_by_link_and_by_file(subject in a_text(), person in a_text(), text in a_text()) {
        let letter = letter(Some("ann@example.org"), Some(&person), &subject, &text);
        let one_line = |text: &str| text.replace(['\n', '\u{2028}', '\u{2029}'], " ").trim().to_owned();
        let with_crlf = text.replace('\n', "\r\n");
        let (to, says, body) = read_link(&mailto(&letter));
        prop_assert_eq!((to.as_str(), says, body), ("ann@example.org", one_line(&subject), with_crlf.clone()));
        let (to, name, says, body) = read_file(&eml(&letter));
        prop_assert_eq!(to.as_deref(), Some("ann@example.org"));
        let person = one_line(&person);
        prop_assert_eq!(name.unwrap_or_default(), person);
        prop_assert_eq!(says, one_line(&subject));
        prop_assert_eq!(body, with_crlf);
    }
}
