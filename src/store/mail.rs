//! A letter as mail programs take it: a `mailto:` link (RFC 6068), or where it is too long for one, an `.eml` file
//! (RFC 5322, MIME). Pure text; nothing here opens or sends anything.
//!
//! What is in a letter comes from people: a name with a line break in it must not become a header of its own. So subject and
//! names are made one line, whatever is not plain is encoded, and an address that is none is left out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::{Outgoing, is_mail_address};

/// The longest link that mail programs and the systems between take, in bytes. Windows' are said to end at 2,048; elsewhere there
/// is room, and a link opens as a letter to be sent in programs that only show an `.eml` file.
pub const LONGEST_LINK: usize = if cfg!(windows) { 1_900 } else { 8_000 };
/// What stands for itself in a link: RFC 3986's unreserved characters, and the `@` of an address.
const IN_LINK: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// The most bytes of text in one encoded word: RFC 2047 allows a word 75 characters and its line 76.
const WORD_BYTES: usize = 39;
/// The longest header value that stands as it is, in characters.
const LONGEST_PLAIN: usize = 60;
/// Characters in a line of base64.
const LINE: usize = 76;

/// How a letter goes to a mail program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mail {
    /// As a `mailto:` link.
    Link(String),
    /// As the text of an `.eml` file, because a link would be too long.
    File(String),
}

/// The shorter way that takes the whole letter.
#[must_use]
pub fn mail(letter: &Outgoing) -> Mail {
    let link = mailto(letter);
    if link.len() <= LONGEST_LINK { Mail::Link(link) } else { Mail::File(eml(letter)) }
}

/// A letter as a `mailto:` link: lines end in `%0D%0A`, and all but letters, digits and `-._~@` is percent-encoded UTF-8.
#[must_use]
pub fn mailto(letter: &Outgoing) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, IN_LINK).to_string();
    let to = address(letter).map(encoded).unwrap_or_default();
    let (subject, text) = (encoded(&one_line(&letter.subject)), encoded(&with_crlf(&letter.text)));
    format!("mailto:{to}?subject={subject}&body={text}")
}

/// A letter as an `.eml` file: a draft (`X-Unsent`) without sender and day, which the mail program fills in.
#[must_use]
pub fn eml(letter: &Outgoing) -> String {
    let mut lines = Vec::new();
    if let Some(to) = address(letter) {
        let person = letter.person.as_deref().map(one_line).filter(|person| !person.is_empty());
        lines.push(match person {
            Some(person) => format!("To: {}\r\n <{to}>", name(&person)),
            None => format!("To: {to}"),
        });
    }
    lines.push(format!("Subject: {}", unstructured(&one_line(&letter.subject))));
    lines.extend(
        [
            "X-Unsent: 1",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
        ]
        .map(str::to_owned),
    );
    let body = STANDARD.encode(with_crlf(&letter.text));
    // Base64 is ASCII, so any byte is a character.
    lines.extend(body.as_bytes().chunks(LINE).map(|line| String::from_utf8_lossy(line).into_owned()));
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text
}

/// The name of a letter's `.eml` file, as every file system takes it.
#[must_use]
pub fn file_name(letter: &Outgoing) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    format!("{}.eml", letter.id.as_str().chars().map(plain).collect::<String>())
}

fn address(letter: &Outgoing) -> Option<&str> {
    letter.to.as_deref().filter(|to| is_mail_address(to))
}

/// A text on one line, with a space for whatever is no character of one.
fn one_line(text: &str) -> String {
    let spaced = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(spaced).collect::<String>().trim().to_owned()
}

/// A text whose lines end as mail wants it, without control characters but tabs.
fn with_crlf(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: String = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    lines.replace('\n', "\r\n")
}

/// The value of a header that may hold any text.
fn unstructured(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    // What looks like an encoded word would be decoded at the other end; two spaces may become one.
    if plain && text.len() <= LONGEST_PLAIN && !text.contains("=?") && !text.contains("  ") {
        text.to_owned()
    } else {
        encoded_words(text)
    }
}

/// The name before an address. Commas, quotes and the like would end it, so all but plain words is encoded.
fn name(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    if plain && text.len() <= LONGEST_PLAIN && !text.contains("  ") {
        text.to_owned()
    } else {
        encoded_words(text)
    }
}

/// A text as encoded words, one a line; no character is cut in two.
fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if word.len() + c.len_utf8() > WORD_BYTES {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let encoded = |word: &String| format!("=?utf-8?B?{}?=", STANDARD.encode(word));
    words.iter().map(encoded).collect::<Vec<_>>().join("\r\n ")
}
