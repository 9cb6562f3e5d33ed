//! A calendar as RFC 5545 writes it, which every calendar program reads.

use chrono::NaiveDate;

use super::Event;

/// Octets of a line without its end.
const LONGEST_LINE: usize = 75;

/// The whole file. Two of one book and day are the same byte for byte.
///
/// Every event is a whole day that leaves the person free, and keeps its `UID` from file to file. The time stamp that the
/// standard asks for is the beginning of `day`, the day looked at.
#[must_use]
pub fn ics(events: &[Event], day: NaiveDate) -> String {
    let mut file = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Rapport//EN", "CALSCALE:GREGORIAN"] {
        add(&mut file, line);
    }
    add(&mut file, "METHOD:PUBLISH");
    for event in events {
        add(&mut file, "BEGIN:VEVENT");
        add(&mut file, &format!("UID:{}-{}@rapport", event.kind.token(), escaped(&event.about)));
        add(&mut file, &format!("DTSTAMP:{}T000000Z", basic(day)));
        add(&mut file, &format!("DTSTART;VALUE=DATE:{}", basic(event.day)));
        // The end is the first day that is not meant any more.
        add(&mut file, &format!("DTEND;VALUE=DATE:{}", basic(event.day.succ_opt().unwrap_or(event.day))));
        add(&mut file, &format!("SUMMARY:{}", escaped(&event.summary)));
        if !event.more.is_empty() {
            add(&mut file, &format!("DESCRIPTION:{}", escaped(&event.more)));
        }
        add(&mut file, &format!("CATEGORIES:{}", escaped(event.kind.title())));
        add(&mut file, "TRANSP:TRANSPARENT");
        add(&mut file, "END:VEVENT");
    }
    add(&mut file, "END:VCALENDAR");
    file
}

fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// A text as a value: with what separates values escaped, and without other characters that no value may hold.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' | '\r' => value.push_str("\\n"),
            '\t' => value.push('\t'),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// Adds a line, folded so that no part is longer than [`LONGEST_LINE`] octets or ends within a character.
fn add(file: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LONGEST_LINE {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(c);
        octets += c.len_utf8();
    }
    file.push_str("\r\n");
}
