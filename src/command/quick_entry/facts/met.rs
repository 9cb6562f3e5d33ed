//! People met: `met Ana at the fair re new site, wants a quote`.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{AnyRecord, Client, ClientId, Direction, Met, Relation, TouchKind};
use crate::figures::at_place;
use crate::state::Edit;
use crate::state::day_entry::Lean;

use crate::command::quick_entry::facts;
use crate::command::quick_entry::facts::client::{mail, phone, reach, someone};
use crate::command::quick_entry::facts::met_why::{self, WHY};
use crate::command::quick_entry::grammar::closed::BEFORE_VERB;
use crate::command::quick_entry::grammar::opening::begins_with;
use crate::command::quick_entry::grammar::reader::{Reader, put, titled};
use crate::command::quick_entry::who::name::{Named, likeliest};
use crate::command::quick_entry::who::whom::Who;
use crate::command::quick_entry::words;
use crate::command::quick_entry::words::day::find_day;
use crate::command::quick_entry::words::line::{FILLERS, Line};
use crate::command::quick_entry::{ChipKind, Choice};

/// What begins the place.
const PLACE: [&str; 5] = ["at", "in", "on", "during", "near"];
/// What begins where somebody works.
const OF: [&str; 3] = ["from", "of", "with"];
/// What begins who made the introduction.
const THROUGH: [&str; 7] =
    ["introduced by", "introduction by", "recommended by", "referred by", "intro from", "through", "via"];
/// Of these, those that a line may begin with.
pub(in crate::command::quick_entry) const INTRODUCED_BY: [&str; 8] = [
    "introduced by",
    "introduction by",
    "introduction from",
    "intro by",
    "intro from",
    "recommended by",
    "referred by",
    "referral from",
];

pub(in crate::command::quick_entry) fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let all = reader.line.all();
    let reached = (mail(reader), phone(reader));
    if let Some(on) = ahead(reader)
        && let Some(who) = reader.who_exactly(all.clone(), true)
    {
        return facts::plan::read(reader, "meet", &who, on);
    }
    if find_day(&reader.line, all.clone(), reader.known.today, Lean::Back)
        .is_some_and(|day| day.on > reader.known.today)
    {
        reader.need(
            "This day lies ahead: whom you meet is entered once you met, a plan as the next step of a deal",
        );
    }
    let day = reader.past_day(all.clone());
    if begins_with(&reader.line, "meet") {
        // `meet lena at the fair` may be what is to be done.
        let choices = vec![Choice { key: "met".to_owned(), label: "You met already".to_owned() }];
        let question = "Did you meet already? A plan is entered as the next step of a deal".to_owned();
        reader.ask(format!("meet:{day}"), question, choices)?;
    }
    let introducer = introducer(reader);
    let role = met_why::role(reader);
    let Some(person) = name(reader) else {
        reader.need("Say whom you met");
        return None;
    };
    if is_nobody(reader, &person) {
        reader.need("Say whom you met by name; of several, enter cards: and the event, then a line each");
        return None;
    }
    reader.check_name(&person, true)?;
    reader.refuse_unclear(person.end..reader.line.head);
    let firm = firm(reader, person.end).or_else(|| firm_as_place(reader, &person));
    // Before the place: in `met bob at acme` that is where Bob works.
    let known = known(reader, &person, firm.as_ref());
    if known.is_some() {
        reader.swallow(&["again"], all.clone());
    }
    let place = place(reader, firm.as_ref().map_or(person.end, |firm| firm.end.max(person.end)));
    let why = met_why::why(reader, person.end, known.is_some());
    let why = match (role, why) {
        (Some(role), Some(why)) => Some(format!("{role}, {why}")),
        (role, why) => role.or(why),
    };
    if let Some((known, by)) = known.as_ref().zip(introducer.as_ref()) {
        let meets = introducing(reader).is_none();
        let told = (place.is_some() || why.is_some()).then(|| met_note(place.as_deref(), why.as_deref()));
        return introduction(reader, known, by, (&person, meets), (day, told));
    }
    if let Some(known) = known {
        let met = Meeting { person, firm, reached, day, place, why };
        return meeting(reader, &known, met);
    }
    if let Some(words) = &firm {
        reader.check_name(words, false)?;
    }
    if reader.is_asking() {
        return None;
    }
    let joins = |at: usize| {
        reader.line.plain(at) == "and" || reader.line.words.get(at).is_some_and(|it| it.text == "&")
    };
    if person.clone().any(joins) {
        reader.need("One person a line; of several, enter cards: and the event, then a line each");
    }
    let typed = titled(reader.line.typed(&person));
    take_as(reader, ChipKind::Person, &typed, &person);
    let at = firm.as_ref().and_then(|words| firm_known(reader, words));
    if let Some(named) = at {
        let words = firm.unwrap_or(0..0);
        take_as(reader, ChipKind::Client, &named.client.client.name, &words);
        let mut client = Client::clone(&named.client.client);
        client.people.push(someone(&typed, reached));
        let (id, name) = (client.id.clone(), client.name.clone());
        let who = Who { id, name: name.clone(), facts: Some(named.client), person: Some(typed.clone()) };
        let mut touch = facts::touch::bare(reader, &who, day, Direction::Out);
        touch.channel = Some("meeting".to_owned());
        touch.note = Some(met_note(place.as_deref(), why.as_deref()));
        let records = vec![AnyRecord::Client(Arc::new(client)), AnyRecord::Touch(Arc::new(touch))];
        return Some(put(format!("Met {typed} of {name}"), records));
    }
    let name = match &firm {
        Some(words) => {
            let name = titled(reader.line.typed(words));
            take_as(reader, ChipKind::Client, &name, words);
            name
        }
        None => typed.clone(),
    };
    facts::client::is_new(reader, &name)?;
    let mut client = Client::new(ClientId::fresh(&name, reader.seed()), &name);
    client.relation = Relation::Contact;
    let channel = introducer.as_ref().map(|_| "introduction".to_owned());
    let by = introducer.as_ref().map(|who| who.id.clone());
    client.met = Some(Met { day, place, why, channel, introduced_by: by });
    client.people.push(someone(&typed, reached));
    reader.chip(ChipKind::Met, "contact within 72 hours");
    let introduced = client.id.clone();
    let mut records = vec![AnyRecord::Client(Arc::new(client))];
    // That they made it is a good word of theirs.
    if let Some(who) = introducer {
        let mut touch = facts::touch::bare(reader, &who, day, Direction::In);
        touch.kind = Some(TouchKind::Introduction);
        touch.introduces = Some(introduced);
        touch.note = Some(format!("introduced {typed}"));
        reader.chip(ChipKind::Touch, format!("a good word of {}", who.name));
        records.push(AnyRecord::Touch(Arc::new(touch)));
    }
    Some(put(format!("Met {typed}"), records))
}

/// A day ahead, on which nobody was met yet; its words are used.
fn ahead(reader: &mut Reader<'_>) -> Option<NaiveDate> {
    let today = reader.known.today;
    let mut names = reader.names(&reader.line.heading()).into_iter();
    let is_known = names.any(|named| named.fit.exact);
    let found = find_day(&reader.line, reader.line.heading(), today, Lean::Back)?;
    if found.on <= today || !is_known {
        return None;
    }
    reader.note_day(Some(&found), found.on, "");
    Some(found.on)
}

/// `regina introduced me to Max Muster`, `regina introduced Max Muster to me`: the words that say so, where somebody stands before
/// and behind, and those that say to whom.
pub(in crate::command::quick_entry) fn introduced(
    line: &Line<'_>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let before = |words: &Range<usize>| (0..words.start).any(|at| !line.is_filler(at));
    let to_me = line.find(
        &["introduced me to", "introduced us to", "put me in touch with", "put us in touch with"],
        line.heading(),
    );
    if let Some(words) = to_me.filter(|words| before(words) && words.end < line.head) {
        return Some((words, None));
    }
    let words = line.find(&["introduced"], line.heading()).filter(before)?;
    let to_me = line.find(&["to me", "to us"], words.end..line.head)?;
    (to_me.start > words.end).then_some((words, Some(to_me)))
}

/// `got introduced to Max Muster by regina`: whether the line is told by who was introduced.
fn is_passive(line: &Line<'_>) -> bool {
    line.heading().any(|at| line.plain(at) == "introduced" && line.plain(at + 1) == "to" && !line.is_free(at))
}

/// Where the verb of an introduction stands that the line tells of.
fn introducing(reader: &Reader<'_>) -> Option<usize> {
    let line = &reader.line;
    line.heading().find(|at| {
        let active = !matches!(line.plain(at + 1), "to" | "by");
        // `put me in touch with`
        let put = line.plain(*at) == "put" && line.plain(at + 3) == "touch";
        (line.plain(*at) == "introduced" && active || put) && !line.is_free(*at)
    })
}

fn take_as(reader: &mut Reader<'_>, kind: ChipKind, label: &str, words: &Range<usize>) {
    reader.line.take(words.clone());
    reader.chip_of(kind, label, words);
}

/// Where a part of the line ends: at a comma or colon, at a used word, or where another part begins.
fn part_end(reader: &Reader<'_>, start: usize, stops: &[&[&str]]) -> usize {
    let line = &reader.line;
    let ends = |at: usize| {
        let before =
            at.checked_sub(1).filter(|before| *before >= start).and_then(|before| line.words.get(before));
        let parted = before.is_some_and(|word| word.parts || word.colon);
        parted || !line.is_free(at) || stops.iter().any(|words| words.contains(&line.plain(at)))
    };
    (start..line.words.len())
        .find(|at| *at > start && ends(*at) || (*at == start && !line.is_free(*at)))
        .unwrap_or(line.words.len())
}

/// The words of the person's name: the first ones after the verb.
fn name(reader: &Reader<'_>) -> Option<Range<usize>> {
    let line = &reader.line;
    let skips =
        |at: &usize| matches!(line.plain(*at), "with" | "a" | "an" | "the" | "up" | "i" | "we" | "just");
    let start = line.all().filter(|at| line.is_free(*at)).find(|at| !skips(at))?;
    let begins_other = PLACE.contains(&line.plain(start)) || WHY.contains(&line.plain(start));
    if begins_other || OF.contains(&line.plain(start)) {
        return None;
    }
    let by: &[&str] = if is_passive(line) { &["by"] } else { &[] };
    let others = ["through", "via", "who", "for", "introduced", "online", "again"];
    let end = part_end(reader, start, &[&PLACE, &WHY, &OF, &others, by]);
    (end > start).then_some(start..end)
}

/// `from Globex`, `(Globex)`.
fn firm(reader: &mut Reader<'_>, from: usize) -> Option<Range<usize>> {
    let line = &reader.line;
    let led = OF.contains(&line.plain(from)) && line.is_free(from);
    let bracket =
        line.words.get(from).zip(from.checked_sub(1).and_then(|at| line.words.get(at))).is_some_and(
            |(next, last)| {
                line.raw.get(last.span.end..next.span.start).is_some_and(|marks| marks.contains('('))
            },
        );
    let start = if led {
        from + 1
    } else if bracket {
        from
    } else {
        return None;
    };
    let end = part_end(reader, start, &[&PLACE, &WHY, &["through", "via", "who", "introduced"]]);
    if end <= start {
        return None;
    }
    if led {
        reader.line.take(from..from + 1);
    }
    Some(start..end)
}

/// Whether the words name nobody in particular: `3 people`, `nobody`, `some designers`.
fn is_nobody(reader: &Reader<'_>, person: &Range<usize>) -> bool {
    const COUNTS: [&str; 16] = [
        "lots", "loads", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "some",
        "several", "many", "few", "various",
    ];
    const ANYBODY: [&str; 17] = [
        "people",
        "persons",
        "folks",
        "nobody",
        "noone",
        "none",
        "somebody",
        "someone",
        "everybody",
        "everyone",
        "anybody",
        "anyone",
        "them",
        "him",
        "her",
        "clients",
        "guys",
    ];
    let (line, first) = (&reader.line, person.start);
    // `bob's brother` is nobody by name.
    let of_somebody = |at: usize| {
        line.words.get(at).is_some_and(|word| word.text.ends_with("'s") || word.text.ends_with("’s"))
    };
    if of_somebody(first) && person.len() > 1 {
        return true;
    }
    // `Some Body` is a name.
    let counts = COUNTS.contains(&line.plain(first)) && line.typed(&(first..first + 1)) == line.plain(first);
    // `a guy`, `the new director` are nobody by name.
    let article = first.checked_sub(1).is_some_and(|at| matches!(line.plain(at), "a" | "an" | "the"));
    let article = article || matches!(line.plain(first), "my" | "our" | "his" | "her");
    if article && line.typed(person).chars().all(|c| !c.is_uppercase()) {
        return true;
    }
    let counted = line.plain(first).chars().all(|c| c.is_ascii_digit()) || counts;
    let no_one = line.plain(first) == "no" && line.plain(first + 1) == "one";
    let anybody = person.clone().all(|at| ANYBODY.contains(&line.plain(at)));
    counted || no_one || anybody
}

/// `at zoe`, where a client's name has that word: they may work there, or it is a place. It is asked.
fn firm_asked(reader: &mut Reader<'_>, person: &Range<usize>, words: Range<usize>) -> Option<Range<usize>> {
    let names = reader.names(&words);
    let mut fit = names.iter().filter(|it| it.person.is_none() && it.fit.exact && it.fit.words == words);
    let (only, None) = (fit.next()?, fit.next()) else { return None };
    let (name, typed) = (only.client.client.name.clone(), reader.line.typed(&words).to_lowercase());
    let somebody = titled(reader.line.typed(person));
    let known = reader.names(person).iter().any(|it| it.fit.exact && it.client.id() == only.client.id());
    if known {
        return None;
    }
    let choices = vec![
        Choice { key: "works".to_owned(), label: format!("{somebody} works at {name}") },
        Choice { key: "place".to_owned(), label: format!("“{typed}” is where you met") },
    ];
    let answer = reader.ask(format!("works:{typed}"), format!("Is {somebody} of {name}?"), choices)?;
    if answer == "place" {
        return None;
    }
    reader.line.take(person.end..words.start);
    Some(words)
}

/// `at acme`, where that is a client by its whole name: there they work, and it is no place.
fn firm_as_place(reader: &mut Reader<'_>, person: &Range<usize>) -> Option<Range<usize>> {
    let line = &reader.line;
    let from = person.end;
    if line.plain(from) != "at" || !line.is_free(from) {
        return None;
    }
    let end = part_end(reader, from + 1, &[&PLACE, &WHY, &["through", "via", "who", "introduced"]]);
    let words = from + 1..end;
    let Some(named) = firm_known(reader, &words) else {
        return firm_asked(reader, person, words);
    };
    // Somebody of theirs whom the book knows is found without.
    let people = &named.client.client.people;
    let typed = words::fold::name_words(line.typed(person));
    let is_known = people.iter().any(|known| {
        let known = words::fold::name_words(&known.name);
        typed.iter().all(|word| known.contains(word))
    });
    if is_known {
        return None;
    }
    reader.line.take(from..from + 1);
    Some(words)
}

/// The client a firm's name is: the whole of it, or the part that was said to be where somebody works.
fn firm_known<'a>(reader: &Reader<'a>, words: &Range<usize>) -> Option<Named<'a>> {
    let found = reader.names(words);
    let asked = format!("works:{}", reader.line.typed(words).to_lowercase());
    let works = reader.known.answers.iter().any(|(id, key)| *id == asked && key == "works");
    let whole = found
        .into_iter()
        .filter(|named| named.person.is_none() && (named.fit.whole || works) && named.fit.exact);
    likeliest(whole.collect(), true).into_iter().find(|named| named.fit.words == *words)
}

/// `at the design fair`: up to a comma, or what begins the reason.
fn place(reader: &mut Reader<'_>, from: usize) -> Option<String> {
    let line = &reader.line;
    if line.plain(from) == "online" && line.is_free(from) {
        take_as(reader, ChipKind::Met, "online", &(from..from + 1));
        return Some("online".to_owned());
    }
    let at = (from..line.words.len()).find(|at| line.is_free(*at) && PLACE.contains(&line.plain(*at)))?;
    let reason = (from..at).any(|at| line.is_free(at) && WHY.contains(&line.plain(at)));
    // `Mia Vogt, a firm in basel`: a part of what is told of them.
    let comma = (from..at).rev().find(|comma| line.is_parted(*comma));
    let told = comma.is_some_and(|comma| (comma..at).any(|at| line.is_free(at) && !line.is_filler(at)));
    if reason || told {
        return None;
    }
    let end = part_end(reader, at + 1, &[&WHY, &["through", "via", "introduced"]]);
    let words = at + 1..end;
    if words.is_empty() {
        return None;
    }
    let place = placed(reader.line.plain(at), reader.line.typed(&words));
    // `at the fair and lena park`: one person a line.
    if words.clone().any(|at| reader.line.plain(at) == "and") {
        let choices = vec![Choice { key: "place".to_owned(), label: format!("Yes: {place}") }];
        let text = format!("Is “{place}” where you met? One person a line");
        reader.ask(format!("place:{}", place.to_lowercase()), text, choices)?;
    }
    reader.line.take(at..end);
    reader.chip_of(ChipKind::Met, place.clone(), &(at..end));
    Some(place)
}

/// A place as it is kept: with its preposition where it would be read with another one. `at Tollwood` is no town.
pub(in crate::command::quick_entry) fn placed(preposition: &str, place: &str) -> String {
    let (read, typed) = (at_place(place).unwrap_or_default(), format!("{preposition} {place}"));
    let has_its_own = read.eq_ignore_ascii_case(place);
    // `at the` is read where `at` is typed: the article is no preposition of its own.
    if has_its_own || read == typed || read == format!("{preposition} the {place}") {
        place.to_owned()
    } else {
        typed
    }
}

/// `through acme`.
fn introducer<'a>(reader: &mut Reader<'a>) -> Option<Who<'a>> {
    let all = reader.line.all();
    // `regina introduced me to …`: all before the verb is who did.
    if let Some(verb) = introducing(reader) {
        let who = reader.who(0..verb)?;
        reader.close(0..verb, &BEFORE_VERB);
        reader.chip(ChipKind::Met, format!("introduced by {}", who.name));
        return Some(who);
    }
    let led = reader.line.find(&THROUGH, all.clone());
    let by = || reader.line.find(&["by"], all.clone()).filter(|_| is_passive(&reader.line));
    let led = led.or_else(by)?;
    let end = part_end(reader, led.end, &[&PLACE, &WHY]);
    let who = reader.who(led.end..end)?;
    reader.close(led.end..end, &FILLERS);
    reader.line.take(led.clone());
    reader.chip_of(ChipKind::Met, format!("introduced by {}", who.name), &led);
    Some(who)
}

/// Whom the words already name: somebody called just so is meant; somebody whose name only begins so is asked about.
fn known<'a>(
    reader: &mut Reader<'a>,
    person: &Range<usize>,
    firm: Option<&Range<usize>>,
) -> Option<Named<'a>> {
    let found = reader.names(person);
    let mut exact: Vec<Named<'a>> =
        found.into_iter().filter(|named| named.fit.exact && named.fit.words == *person).collect();
    exact.sort_by_key(|named| named.person.is_some());
    exact.dedup_by(|later, first| later.client.id() == first.client.id() && first.person.is_none());
    let elsewhere = firm.map(|words| (firm_known(reader, words), words.clone()));
    if let Some((at, _)) = &elsewhere {
        // Somebody of a firm is known only where that firm has them.
        exact.retain(|named| at.as_ref().is_some_and(|at| at.client.id() == named.client.id()));
    }
    // `met bob at acme`: where somebody is that has them, it is no place.
    let here = reader.names(&(person.end..reader.line.words.len()));
    let beside = |named: &Named<'a>| {
        here.iter()
            .any(|other| other.person.is_none() && other.fit.exact && other.client.id() == named.client.id())
    };
    let whole: Vec<Named<'a>> = exact.iter().filter(|named| named.fit.whole).cloned().collect();
    if let [only] = whole.as_slice() {
        return Some(only.clone());
    }
    if let Some(named) = exact.iter().find(|named| beside(named)) {
        return Some(named.clone());
    }
    if exact.is_empty() {
        return None;
    }
    let typed = reader.line.typed(person).to_owned();
    let label = |named: &Named<'a>| match named.person {
        Some(person) => format!("A meeting with {} · {}", person.name, named.client.client.name),
        None => format!("A meeting with {}", named.client.client.name),
    };
    let key = |at: usize| format!("known{at}");
    let mut choices: Vec<Choice> =
        exact.iter().enumerate().map(|(at, named)| Choice { key: key(at), label: label(named) }).collect();
    choices.push(Choice { key: "new".to_owned(), label: format!("Somebody new: {}", titled(&typed)) });
    let first = exact
        .first()
        .map(|named| named.person.map_or(named.client.client.name.clone(), |it| it.name.clone()));
    let question = format!("Is this {}?", first.unwrap_or_default());
    let answer = reader.ask(format!("met:{}", typed.to_lowercase()), question, choices);
    let Some(answer) = answer else {
        take_as(reader, ChipKind::Person, &typed, person);
        return None;
    };
    exact.into_iter().enumerate().find(|(at, _)| key(*at) == answer).map(|(_, named)| named)
}

/// That somebody who is known already was introduced by another client, and met where that is told.
fn introduction<'a>(
    reader: &mut Reader<'a>,
    known: &Named<'a>,
    by: &Who<'_>,
    (person, meets): (&Range<usize>, bool),
    (day, told): (NaiveDate, Option<String>),
) -> Option<Edit> {
    let name = known.person.map_or(&known.client.client.name, |person| &person.name).clone();
    take_as(reader, ChipKind::Client, &name, person);
    if *known.client.id() == by.id {
        reader.need(format!("{name} is of {} too: log the talk itself", by.name));
        return None;
    }
    let mut touch = facts::touch::bare(reader, by, day, Direction::In);
    touch.kind = Some(TouchKind::Introduction);
    touch.introduces = Some(known.client.id().clone());
    let introduced = format!("introduced {name}");
    touch.note = Some(told.map_or_else(|| introduced.clone(), |told| format!("{introduced}: {told}")));
    reader.chip(ChipKind::Touch, format!("a good word of {}", by.name));
    let mut records = vec![AnyRecord::Touch(Arc::new(touch))];
    if meets {
        let client = &known.client.client;
        let (id, person) = (client.id.clone(), known.person.map(|person| person.name.clone()));
        let who = Who { id, name: client.name.clone(), facts: Some(known.client), person };
        let mut touch = facts::touch::bare(reader, &who, day, Direction::Out);
        touch.channel = Some("meeting".to_owned());
        touch.note = Some(format!("introduced by {}", by.name));
        reader.chip(ChipKind::Touch, "a meeting with somebody in the book");
        records.push(AnyRecord::Touch(Arc::new(touch)));
    }
    Some(put(format!("Logged touch with {}", by.name), records))
}

/// What a line tells of a meeting.
struct Meeting {
    /// The words that name the person.
    person: Range<usize>,
    /// The words that name where they work.
    firm: Option<Range<usize>>,
    /// Mail address and telephone.
    reached: (Option<String>, Option<String>),
    day: NaiveDate,
    place: Option<String>,
    why: Option<String>,
}

/// A meeting with somebody who is known already.
fn meeting(reader: &mut Reader<'_>, known: &Named<'_>, met: Meeting) -> Option<Edit> {
    let Meeting { person, firm, reached: (mail, phone), day, place, why } = met;
    let client = known.client;
    let name = known.person.map(|person| person.name.clone());
    let label =
        name.as_ref().map_or(client.client.name.clone(), |name| format!("{name} · {}", client.client.name));
    take_as(reader, ChipKind::Client, &label, &person);
    if let Some(words) = firm {
        take_as(reader, ChipKind::Client, &client.client.name, &words);
    }
    let facts = reader.known.book.client(client.id())?;
    let who =
        Who { id: client.id().clone(), name: client.client.name.clone(), facts: Some(facts), person: name };
    let mut touch = facts::touch::bare(reader, &who, day, Direction::Out);
    touch.channel = Some("meeting".to_owned());
    let at_theirs = place.as_deref().is_some_and(|place| {
        let named = place.split_once(' ').filter(|(first, _)| PLACE.contains(first));
        let named = named.map_or(place, |(_, named)| named);
        words::fold::name_words(named) == words::fold::name_words(&client.client.name)
    });
    let place = place.filter(|_| !at_theirs);
    touch.note = (place.is_some() || why.is_some()).then(|| met_note(place.as_deref(), why.as_deref()));
    reader.chip(ChipKind::Touch, "a meeting with somebody in the book");
    let mut records = vec![AnyRecord::Touch(Arc::new(touch))];
    if mail.is_some() || phone.is_some() {
        let mut changed = Client::clone(&client.client);
        let called = who.person.as_deref().unwrap_or(&who.name);
        match changed.people.iter_mut().find(|known| known.name == called) {
            Some(known) => {
                if let Err(says) = reach(known, mail, phone) {
                    reader.need(says);
                }
            }
            None => changed.people.push(someone(called, (mail, phone))),
        }
        records.push(AnyRecord::Client(Arc::new(changed)));
    }
    Some(put(format!("Logged meeting with {}", who.name), records))
}

/// Where and why, in a note.
pub(in crate::command::quick_entry) fn met_note(place: Option<&str>, why: Option<&str>) -> String {
    match (place.and_then(at_place), why) {
        (Some(place), Some(why)) => format!("met {place}: {why}"),
        (Some(place), None) => format!("met {place}"),
        (None, Some(why)) => why.to_owned(),
        (None, None) => "met".to_owned(),
    }
}
