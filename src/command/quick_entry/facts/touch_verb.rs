//! The verbs of touches, and what each tells: who spoke, by what, and of which kind.

use std::ops::Range;

use crate::domain::{Temperature, TouchKind};

use crate::command::quick_entry::grammar::closed::LEADS;
use crate::command::quick_entry::grammar::unclear::turning;
use crate::command::quick_entry::words::line::Line;

/// How a verb is said, which tells who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::command::quick_entry) enum Form {
    /// `called`: by whoever stands before it, else by me.
    Past,
    /// `call`, `meeting`: by me, unless it came from them.
    Noun,
    /// `asked`, `praised`: by them.
    Theirs,
    /// `reminded`: by me.
    Mine,
}

/// What a verb says of a touch.
#[derive(Debug, Clone)]
pub(in crate::command::quick_entry) struct Verb {
    pub(in crate::command::quick_entry) words: Range<usize>,
    pub(in crate::command::quick_entry) form: Form,
    pub(in crate::command::quick_entry) channel: Option<&'static str>,
    pub(in crate::command::quick_entry) kind: Option<TouchKind>,
    pub(in crate::command::quick_entry) temperature: Option<Temperature>,
    /// Whether a proposal was asked for.
    pub(in crate::command::quick_entry) asked_for_proposal: bool,
    /// Whether its words belong to the note.
    pub(in crate::command::quick_entry) tells: bool,
    /// Whether all that follows is what was said.
    pub(in crate::command::quick_entry) says: bool,
}

impl Verb {
    /// Whether all it tells is that something was sent: what follows is that.
    pub(in crate::command::quick_entry) fn is_sent(&self) -> bool {
        self.tells && self.form == Form::Past && self.channel.is_none() && self.kind.is_none()
    }
}

/// Phrases, how they are said, the channel and the kind they stand for.
type Said = (&'static [&'static str], Form, Option<&'static str>, Option<TouchKind>);

/// The more telling come first.
const SAID: [Said; 25] = [
    (&["nudged", "pinged"], Form::Mine, None, None),
    (
        &["got back to me", "got back to us", "came back to me", "came back to us", "wrote back"],
        Form::Theirs,
        None,
        None,
    ),
    (
        &[
            "pushed down the price",
            "pushed the price down",
            "pushed on the price",
            "pushed the price",
            "pushed price",
            "pushed our price",
            "pushes the price",
            "pushed back on the price",
            "pushed for a lower price",
            "pushed for a better price",
            "asked for a lower price",
            "asked for a better price",
            "wants a lower price",
            "wants a better price",
            "wants it cheaper",
            "haggled",
        ],
        Form::Theirs,
        None,
        Some(TouchKind::PricePush),
    ),
    (
        &["pushed the scope", "pushed scope", "pushes the scope", "wants more for the same price"],
        Form::Theirs,
        None,
        Some(TouchKind::ScopePush),
    ),
    (
        &[
            "asked for advice",
            "asked for my advice",
            "asked my advice",
            "asked for my opinion",
            "asked my opinion",
            "asks for advice",
        ],
        Form::Theirs,
        None,
        Some(TouchKind::AdviceAsked),
    ),
    (
        &[
            "gave a testimonial",
            "wrote a testimonial",
            "testimonial",
            "wrote a review",
            "wrote us a review",
            "left a review",
            "left us a review",
            "gave us a review",
        ],
        Form::Theirs,
        None,
        Some(TouchKind::Testimonial),
    ),
    (
        &["praised", "praises", "praise", "good feedback", "great feedback", "positive feedback"],
        Form::Theirs,
        None,
        Some(TouchKind::Praise),
    ),
    (&["complained", "complains", "complaint"], Form::Theirs, None, Some(TouchKind::Complaint)),
    (
        &["recommended us", "recommended me", "recommended", "referred us", "referred me", "referred"],
        Form::Theirs,
        None,
        Some(TouchKind::Referral),
    ),
    (&["introduced us", "introduced me", "introduced"], Form::Theirs, None, Some(TouchKind::Introduction)),
    (&["thanked us", "thanked me", "thanked", "thanks"], Form::Past, None, Some(TouchKind::Thanks)),
    (
        &["reminded", "reminder", "final notice", "chased", "dunned"],
        Form::Mine,
        None,
        Some(TouchKind::Reminder),
    ),
    (&["gave a headsup", "headsup", "heads up", "forewarned"], Form::Past, None, Some(TouchKind::HeadsUp)),
    (
        &["checked in with", "checked in on", "checked in", "checkin"],
        Form::Mine,
        None,
        Some(TouchKind::KeepInTouch),
    ),
    (
        &["progress report", "status report", "sent a report", "reported to"],
        Form::Mine,
        None,
        Some(TouchKind::Report),
    ),
    (
        &["review meeting", "review with", "reviewed with", "review"],
        Form::Noun,
        Some("meeting"),
        Some(TouchKind::Review),
    ),
    (&["pitched to", "pitched"], Form::Mine, None, Some(TouchKind::Selling)),
    (&["helped us", "helped me"], Form::Theirs, None, Some(TouchKind::HelpReceived)),
    (&["helped"], Form::Past, None, Some(TouchKind::HelpGiven)),
    (&["asked", "asks", "wants to know", "inquired", "enquired"], Form::Theirs, None, None),
    (&["spoke to", "spoke with", "talked to", "talked with", "spoke", "talked"], Form::Past, None, None),
    (&["replied to", "replied", "answered"], Form::Past, None, None),
    (
        &["sent a message to", "messaged", "texted", "whatsapped", "sent a text"],
        Form::Past,
        Some("message"),
        None,
    ),
    (
        &[
            "video call",
            "videocall",
            "zoom call",
            "teams call",
            "zoomed",
            "zoom",
            "facetime",
            "skype",
            "skyped",
        ],
        Form::Noun,
        Some("video"),
        None,
    ),
    (
        &[
            "told me that",
            "told us that",
            "told me",
            "told us",
            "said that",
            "said to me",
            "said",
            "says that",
            "says",
            "told",
            "swore",
            "swears",
        ],
        Form::Past,
        None,
        None,
    ),
];
/// Of these, what is followed by nothing but what was said.
const SAYING: [&str; 13] = [
    "swore",
    "swears",
    "told",
    "told me that",
    "told us that",
    "told me",
    "told us",
    "said that",
    "said to me",
    "said",
    "says that",
    "says",
    "wants to know",
];
/// What is spoken into a telephone for later; the note keeps that it was.
const VOICEMAIL: [&str; 3] = ["voicemail", "voice mail", "voice message"];
/// A message only where a line begins with it: a text is what many clients pay for.
const TEXT: &str = "text";
/// Verbs and nouns of a channel, by the channel.
const CHANNELS: [(&[&str], Form, &str); 13] = [
    (&VOICEMAIL, Form::Noun, "phone"),
    (&["phone call", "call", "phone", "ring"], Form::Noun, "phone"),
    (&["called", "phoned", "rang", "telephoned", "caled", "calld", "calls"], Form::Past, "phone"),
    (&["mail", "email", "mial", "emial"], Form::Noun, "mail"),
    (&["mailed", "emailed", "wrote to", "wrote", "mails", "emails", "writes"], Form::Past, "mail"),
    (&["write to", "write"], Form::Noun, "mail"),
    (&["letter"], Form::Noun, "letter"),
    (&["chat", "slack"], Form::Noun, "chat"),
    (&["chatted with", "chatted", "slacked"], Form::Past, "chat"),
    (
        &[
            "linkedin message",
            "instagram message",
            "whatsapp message",
            "text message",
            "message",
            "dm",
            "sms",
            "whatsapp",
            TEXT,
        ],
        Form::Noun,
        "message",
    ),
    (
        &[
            "met up with",
            "met with",
            "sat down with",
            "visited",
            "saw",
            "caught up with",
            "popped in at",
            "dropped in at",
            "dropped by",
            "stopped by",
            "popped by",
        ],
        Form::Past,
        "meeting",
    ),
    (
        &[
            "meet with",
            "meeting",
            "visit",
            "kickoff",
            "kick off",
            "lunch",
            "coffee",
            "dinner",
            "breakfast",
            "beer",
            "drinks",
        ],
        Form::Noun,
        "meeting",
    ),
    (&["video"], Form::Noun, "video"),
];
/// What may stand before a discount.
const ASKED_FOR: [&str; 7] =
    ["asked for", "asks for", "asking for", "pushed for", "pushes for", "wants", "wanted"];
const FEELINGS: [(&[&str], Temperature); 3] = [
    (
        &[
            "is happy",
            "is very happy",
            "is glad",
            "is pleased",
            "is delighted",
            "seems happy",
            "feels glad",
            "was happy",
            "was very happy",
            "was glad",
            "was pleased",
            "was delighted",
        ],
        Temperature::Glad,
    ),
    (&["is okay", "is ok", "is fine", "is content", "seems okay", "feels okay"], Temperature::Okay),
    (
        &[
            "is unhappy",
            "is uneasy",
            "is worried",
            "is annoyed",
            "is angry",
            "is upset",
            "is disappointed",
            "is nervous",
            "seems uneasy",
            "feels uneasy",
            "was unhappy",
            "was annoyed",
            "was angry",
            "was upset",
            "was disappointed",
        ],
        Temperature::Uneasy,
    ),
];
/// Whether a word alone opens a line that tells of a touch.
pub(in crate::command::quick_entry) fn is_noun(said: &str) -> bool {
    let nouns = CHANNELS.iter().filter(|(_, form, _)| *form == Form::Noun).flat_map(|(phrases, ..)| *phrases);
    nouns
        .chain(&["complaint", "testimonial", "reminder", "final notice", "praise", "thanks", "review"])
        .any(|noun| *noun == said)
}

/// The verb of a touch, the most telling one.
pub(in crate::command::quick_entry) fn verb(line: &Line<'_>) -> Option<Verb> {
    let heading = line.heading();
    // `called acme about the review` tells of a call.
    let leads = |at: &usize| LEADS.contains(&line.plain(*at));
    let lead = heading.clone().find(leads).unwrap_or(heading.end);
    verb_in(line, heading.start..lead).or_else(|| verb_in(line, heading))
}

/// The same among the words of a range.
fn verb_in(line: &Line<'_>, heading: Range<usize>) -> Option<Verb> {
    let verb = |words, form, channel, kind| Verb {
        words,
        form,
        channel,
        kind,
        temperature: None,
        asked_for_proposal: false,
        tells: false,
        says: false,
    };
    if let Some(words) = asked_for(line, &heading, &["quote", "proposal", "offer"]) {
        return Some(Verb { asked_for_proposal: true, tells: true, ..verb(words, Form::Theirs, None, None) });
    }
    if let Some((words, tells)) = discount(line).filter(|(words, _)| words.end <= heading.end) {
        return Some(Verb { tells, ..verb(words, Form::Theirs, None, Some(TouchKind::PricePush)) });
    }
    // `said that the draft is fine` tells of the draft.
    let told =
        line.find(&["that", "said", "told", "says"], heading.clone()).map_or(heading.end, |it| it.start);
    // `called acme about the map, he is happy` tells of a call.
    let comma = heading.clone().find(|at| line.is_parted(*at)).unwrap_or(heading.end);
    let told = if comma < told && channel_in(line, heading.start..comma).is_some() { comma } else { told };
    for (phrases, feeling) in FEELINGS {
        if let Some(words) = line.find(phrases, heading.start..told) {
            let kind = Some(TouchKind::Temperature);
            return Some(Verb { temperature: Some(feeling), ..verb(words, Form::Theirs, None, kind) });
        }
    }
    for (phrases, form, channel, kind) in SAID {
        // `bob was told to wait` is nothing that he said.
        let suffered = |words: &Range<usize>| {
            let before = words.start.checked_sub(1).map_or("", |at| line.plain(at));
            line.plain(words.start) == "told" && matches!(before, "was" | "were" | "been")
        };
        if let Some(words) = line.find(phrases, heading.clone()).filter(|words| !suffered(words)) {
            let tells = kind.is_none() && form == Form::Theirs;
            let says = SAYING.contains(&line.typed(&words).to_lowercase().as_str());
            return Some(Verb { tells, says, ..verb(words, form, channel, kind) });
        }
    }
    let (words, form, channel) = channel_in(line, heading)?;
    let tells = line.find(&VOICEMAIL, words.clone()).is_some();
    Some(Verb { tells, ..verb(words, form, Some(channel), None) })
}

/// Of several channels the first word tells: `wrote a letter`, `call about the mail`.
fn channel_in(line: &Line<'_>, heading: Range<usize>) -> Option<(Range<usize>, Form, &'static str)> {
    let found = CHANNELS.iter().filter_map(|(phrases, form, channel)| {
        let words = phrases.iter().find_map(|phrase| line.find(&[*phrase], heading.clone()))?;
        // `sent the draft by mail` tells how it went, which is read apart.
        let led = words.start.checked_sub(1).is_some_and(|at| matches!(line.plain(at), "by" | "via" | "per"));
        let from_or_to = matches!(line.plain(words.end), "from" | "to");
        let is_copy =
            line.plain(words.start) == TEXT && words.len() == 1 && !(words.start == 0 && from_or_to);
        if led || is_copy {
            return None;
        }
        Some((words, *form, *channel))
    });
    found.min_by_key(|(words, ..)| (words.start, std::cmp::Reverse(words.len())))
}

/// A verb of a channel in a range, with the channel: `called`, `wrote`.
pub(in crate::command::quick_entry) fn past_channel(
    line: &Line<'_>,
    within: Range<usize>,
) -> Option<(Range<usize>, &'static str)> {
    let past = CHANNELS.iter().filter(|(_, form, channel)| *form == Form::Past && *channel != "meeting");
    past.filter_map(|(phrases, _, channel)| Some((line.find(phrases, within.clone())?, *channel)))
        .min_by_key(|(words, _)| words.start)
}

/// `asked for a quote`, `wants a detailed proposal`.
fn asked_for(line: &Line<'_>, within: &Range<usize>, what: &[&str]) -> Option<Range<usize>> {
    const LEAD: [&str; 5] = ["asked for", "asks for", "requested", "wants", "wanted"];
    const NONE: [&str; 4] = ["no", "without", "than", "to"];
    const MOST: usize = 4;
    let led = line.find(&LEAD, within.clone())?;
    let noun = (led.end..(led.end + MOST).min(within.end)).find(|at| what.contains(&line.plain(*at)))?;
    let between = led.end..noun;
    let denied = between.clone().any(|at| NONE.contains(&line.plain(at)) || line.is_parted(at + 1));
    let clear = !denied && turning(line, between).is_none() && line.all_free(led.start..noun + 1);
    clear.then_some(led.start..noun + 1)
}

/// `asked for a discount`, `pushed for 20% discount`, `wants 10% off`, and whether its words tell how much.
fn discount(line: &Line<'_>) -> Option<(Range<usize>, bool)> {
    const SIZES: [&str; 6] = ["big", "bigger", "small", "further", "another", "percent"];
    let led = line.find(&ASKED_FOR, line.heading())?;
    let counts = |at: usize| line.plain(at).starts_with(|c: char| c.is_ascii_digit());
    let sizes = |at: usize| counts(at) || SIZES.contains(&line.plain(at));
    let end = (led.end..line.head).find(|at| !line.is_filler(*at) && !sizes(*at))?;
    let between = led.end..end;
    let is_discount = match line.plain(end) {
        "discount" | "rebate" => true,
        "off" => between.clone().any(counts),
        _ => false,
    };
    (is_discount && line.all_free(led.start..end + 1))
        .then(|| (led.start..end + 1, between.clone().any(sizes)))
}

/// `sent acme the draft`, `showed acme the draft`, where nothing else is told.
pub(in crate::command::quick_entry) fn sent(line: &Line<'_>) -> Option<Verb> {
    let words = line.find(&["sent", "showed", "forwarded"], line.heading())?;
    Some(Verb {
        words,
        form: Form::Past,
        channel: None,
        kind: None,
        temperature: None,
        asked_for_proposal: false,
        tells: true,
        says: false,
    })
}
