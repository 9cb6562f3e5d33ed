//! The form of a touch: one contact made.

use crate::domain::{
    AnyRecord, ClientId, Deal, Direction, Invoice, InvoiceId, Table, Temperature, Touch, TouchId, TouchKind,
};
use crate::figures::Rung;
use crate::figures::today::ItemKind;
use crate::state::day_entry::Lean;
use crate::state::edit::{Change, Edit};
use crate::state::triage::Seat;

use super::triage::put_away;
use super::{Context, FieldKind, FormSpec, Read, Reader, Target, optional, required};

const DIRECTIONS: [Direction; 2] = [Direction::Out, Direction::In];
const WRITTEN: [&str; 4] = ["mail", "letter", "chat", "message"];
const KINDS: [Option<TouchKind>; 20] = [
    None,
    Some(TouchKind::KeepInTouch),
    Some(TouchKind::Reminder),
    Some(TouchKind::Report),
    Some(TouchKind::Review),
    Some(TouchKind::Thanks),
    Some(TouchKind::Temperature),
    Some(TouchKind::HeadsUp),
    Some(TouchKind::AdviceAsked),
    Some(TouchKind::Praise),
    Some(TouchKind::Testimonial),
    Some(TouchKind::Complaint),
    Some(TouchKind::PricePush),
    Some(TouchKind::ScopePush),
    Some(TouchKind::Referral),
    Some(TouchKind::Introduction),
    Some(TouchKind::HelpGiven),
    Some(TouchKind::HelpReceived),
    Some(TouchKind::Evidence),
    Some(TouchKind::Selling),
];
const KIND_WORDS: &[&str] = &[
    "nothing special",
    "keep in touch",
    "reminder to pay",
    "progress report",
    "review",
    "thanks",
    "temperature",
    "heads-up",
    "advice asked",
    "praise",
    "testimonial",
    "complaint",
    "price pushed",
    "scope pushed",
    "referral",
    "introduction",
    "help given",
    "help received",
    "evidence",
    "selling",
];
const TEMPERATURES: [Temperature; 3] = [Temperature::Glad, Temperature::Okay, Temperature::Uneasy];

pub(super) const SPEC: FormSpec = FormSpec {
    new_title: "Log a touch",
    edit_title: "Touch",
    fields: &[
        required("client", "Client", "with whom", FieldKind::OwnClient),
        required("direction", "Who spoke", "", FieldKind::Choice(&["we did", "they did"])),
        required("channel", "How", "mail, phone, meeting", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("note", "Note", "what was said", FieldKind::Text),
        optional("kind", "What about", "reminder, thanks, review …", FieldKind::Choice(KIND_WORDS)),
        optional("person", "Person", "with which person", FieldKind::Person),
        optional("answer", "Answer owed", "yes or no", FieldKind::Choice(&["no", "yes"])),
        optional(
            "temperature",
            "They feel",
            "glad, okay or uneasy",
            FieldKind::Choice(&["glad", "okay", "uneasy"]),
        ),
        optional("deal", "Deal", "what it was about", FieldKind::Deal),
        optional("invoice", "Invoice", "which one it was about", FieldKind::Invoice),
        optional("quote", "May be quoted", "yes or no; empty: not asked", FieldKind::Choice(&["yes", "no"])),
        optional("introduces", "Introduces", "whom, of the clients", FieldKind::Client),
    ],
    fill,
    read: Read::Edit(read),
};

/// One touch with each client that the selected items are about.
pub(super) const EACH: FormSpec = FormSpec {
    new_title: "Log a touch with each client",
    edit_title: "Log a touch with each client",
    fields: &[
        required("direction", "Who spoke", "", FieldKind::Choice(&["we did", "they did"])),
        required("channel", "How", "mail, phone, meeting", FieldKind::Text),
        required("day", "When", "today, fri, 12 mar", FieldKind::Day(Lean::Back)),
        optional("note", "Note", "what was said to each of them", FieldKind::Text),
        optional("kind", "What about", "reminder, thanks, review …", FieldKind::Choice(KIND_WORDS)),
    ],
    fill: fill_each,
    read: Read::Edit(read_each),
};

fn fill_each(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let mut filled = vec![
        ("direction", "we did".to_owned()),
        ("channel", "mail".to_owned()),
        ("day", context.today.to_string()),
    ];
    let items = super::triage::items(target).unwrap_or_default();
    let mut kinds = items.iter().map(|seat| about(&seat.item));
    // What it is about is filled in where it is the same with all of them.
    if let Some(Some(kind)) = kinds.next().filter(|first| kinds.all(|kind| kind == *first)) {
        filled.push(("kind", kind.to_owned()));
    }
    filled
}

fn read_each(reader: &mut Reader<'_>) -> Option<Edit> {
    let items = super::triage::items(reader.target())?;
    let direction = reader.choice("direction", &DIRECTIONS);
    let channel = reader.text("channel");
    let day = reader.past_day("day");
    let note = reader.text("note");
    let kind = reader.choice("kind", &KINDS).flatten();
    let (direction, channel, day) = (direction?, channel?, day?);
    let written = WRITTEN.contains(&channel.to_lowercase().as_str());
    let mut touches: Vec<Touch> = Vec::new();
    for seat in &items {
        let known = seat.client.as_ref().and_then(|id| reader.context().book.client(id));
        let Some(client) = known.map(|known| &known.client) else { continue };
        let invoice = invoice_of(&seat.item);
        match touches.iter_mut().find(|touch| touch.client == client.id) {
            // Said once, also where it is about several things.
            Some(touch) => touch.invoice = touch.invoice.take().or(invoice),
            None => touches.push(Touch {
                id: TouchId::fresh(
                    &format!("{} {channel}", client.name),
                    reader.seed().wrapping_add(u64::try_from(touches.len()).unwrap_or_default()),
                ),
                day,
                client: client.id.clone(),
                person: None,
                direction,
                channel: Some(channel.clone()),
                written,
                answer_wanted: false,
                answers: None,
                kind,
                temperature: None,
                may_quote: None,
                deal: None,
                invoice,
                introduces: None,
                note: note.clone(),
            }),
        }
    }
    let label = match touches.len() {
        0 => return None,
        1 => "Logged a touch with 1 client".to_owned(),
        many => format!("Logged a touch with each of {many} clients"),
    };
    let put = |touch: Touch| Change::Put(AnyRecord::Touch(touch.into()));
    let edit = Edit { label, changes: touches.into_iter().map(put).collect() };
    let (book, today, seed) = (reader.context().book, reader.context().today, reader.seed());
    let stays = (0..).zip(&items).filter(|(_, seat)| outlives_a_touch(&seat.item));
    Some(stays.fold(edit, |edit, (nth, seat)| put_away(edit, book, today, seed.wrapping_add(nth), seat)))
}

fn existing(context: &Context<'_>, target: &Target) -> Option<Touch> {
    let Target::Record(Table::Touches, id) = target else { return None };
    match context.book.find(Table::Touches, id)? {
        AnyRecord::Touch(touch) => Some(Touch::clone(&touch)),
        _ => None,
    }
}

fn fill(context: &Context<'_>, target: &Target) -> Vec<(&'static str, String)> {
    let Some(touch) = existing(context, target) else {
        let is_meeting = matches!(target, Target::Item(item, _) if item.starts_with(MEETING_STEP));
        let mut filled = vec![
            ("direction", "we did".to_owned()),
            ("channel", if is_meeting { "meeting" } else { "mail" }.to_owned()),
            ("day", context.today.to_string()),
        ];
        filled.extend(super::client_name(context, target).map(|name| ("client", name)));
        if let Target::Item(item, _) = target {
            filled.extend(about(item).map(|words| ("kind", words.to_owned())));
            filled.extend(person_of(context, item).map(|person| ("person", person)));
            // Who asks for an answer once more waits for it anew.
            if matches!(ItemKind::of_item(item), Some((ItemKind::FeedbackOwed, _))) {
                filled.push(("answer", "yes".to_owned()));
            }
        }
        return filled;
    };
    let client = context.book.client(&touch.client);
    let deal = touch.deal.as_ref().and_then(|id| client?.facts.get::<Deal>(id.as_str()));
    let invoice = touch.invoice.as_ref().and_then(|id| client?.facts.get::<Invoice>(id.as_str()));
    let introduced = touch.introduces.as_ref().and_then(|id| context.book.client(id));
    let kind = KINDS.iter().position(|kind| *kind == touch.kind).and_then(|at| KIND_WORDS.get(at));
    let temperature = touch.temperature.map(|feeling| match feeling {
        Temperature::Glad => "glad",
        Temperature::Okay => "okay",
        Temperature::Uneasy => "uneasy",
    });
    vec![
        ("client", client.map(|it| it.client.name.clone()).unwrap_or_default()),
        ("direction", if touch.direction == Direction::Out { "we did" } else { "they did" }.to_owned()),
        ("channel", touch.channel.unwrap_or_default()),
        ("day", touch.day.to_string()),
        ("note", touch.note.unwrap_or_default()),
        ("kind", kind.copied().unwrap_or_default().to_owned()),
        ("person", touch.person.unwrap_or_default()),
        ("answer", if touch.answer_wanted { "yes" } else { "no" }.to_owned()),
        ("temperature", temperature.unwrap_or_default().to_owned()),
        ("deal", deal.map(|deal| deal.title.clone()).unwrap_or_default()),
        ("invoice", invoice.map(|it| it.number.clone()).unwrap_or_default()),
        ("quote", touch.may_quote.map(|may| if may { "yes" } else { "no" }).unwrap_or_default().to_owned()),
        ("introduces", introduced.map(|it| it.client.name.clone()).unwrap_or_default()),
    ]
}

/// The items that stand for steps of the ladder: showing the evidence, and meeting to look at it.
const EVIDENCE_STEP: &str = "ladder-evidence";
const MEETING_STEP: &str = "ladder-meeting";

/// The target of a touch that does a step of the ladder with a client, where a touch does it.
#[must_use]
pub fn ladder_touch(rung: Rung, client: &ClientId) -> Option<Target> {
    let item = match rung {
        Rung::Evidence => EVIDENCE_STEP,
        Rung::Meet | Rung::Reevaluate => MEETING_STEP,
        Rung::Goals | Rung::Leave => return None,
    };
    Some(Target::Item(format!("{item}:{client}"), Some(client.clone())))
}

fn outlives_a_touch(item: &str) -> bool {
    ItemKind::of_item(item).is_some_and(|(kind, _)| kind.outlives_a_touch())
}

/// What a touch made about an item of the queue, or a step of the ladder, is about.
fn about(item: &str) -> Option<&'static str> {
    use ItemKind as K;
    match item.split_once(':')?.0 {
        MEETING_STEP => return Some("review"),
        EVIDENCE_STEP => return Some("evidence"),
        _ => {}
    }
    match ItemKind::of_item(item)?.0 {
        K::OverdueInvoice | K::BrokenPromiseToPay | K::MissingDownPayment => Some("reminder to pay"),
        K::Silent | K::CheckInFirst => Some("keep in touch"),
        K::ReportDue => Some("progress report"),
        K::MaintenanceOffer => Some("selling"),
        K::MyPromiseDue => Some("heads-up"),
        K::ReviewDue => Some("review"),
        K::TemperatureDue => Some("temperature"),
        K::ThanksDue | K::GoodWordDue => Some("thanks"),
        K::NewContact => Some("introduction"),
        _ => None,
    }
}

/// The person who spoke, of an item about what somebody said: a word to them answers them.
fn person_of(context: &Context<'_>, item: &str) -> Option<String> {
    use ItemKind::{FeedbackOwed, IdeaToFollow, ThanksDue, Unanswered};
    let (Unanswered | IdeaToFollow | ThanksDue | FeedbackOwed, id) = ItemKind::of_item(item)? else {
        return None;
    };
    match context.book.find(Table::Touches, id)? {
        AnyRecord::Touch(touch) => touch.person.clone(),
        _ => None,
    }
}

/// The invoice that a touch made about an item of the queue is about.
fn invoice_of(item: &str) -> Option<InvoiceId> {
    use ItemKind::{BrokenPromiseToPay, DisputedInvoice, OverdueInvoice};
    let (OverdueInvoice | BrokenPromiseToPay | DisputedInvoice, id) = ItemKind::of_item(item)? else {
        return None;
    };
    InvoiceId::new(id).ok()
}

fn read(reader: &mut Reader<'_>) -> Option<Edit> {
    let before = existing(reader.context(), reader.target());
    let client = reader.client("client");
    let held = before.as_ref();
    let direction = reader.keep("direction", held.map(|it| Some(it.direction)), |reader, name| {
        reader.choice(name, &DIRECTIONS)
    });
    let channel = reader.keep("channel", held.map(|it| it.channel.clone()), Reader::text);
    let day = reader.keep("day", held.map(|it| Some(it.day)), Reader::past_day);
    let kind =
        reader.keep("kind", held.map(|it| it.kind), |reader, name| reader.choice(name, &KINDS).flatten());
    let answer_wanted = reader.keep("answer", held.map(|it| it.answer_wanted), |reader, name| {
        reader.choice(name, &[false, true]).unwrap_or(false)
    });
    let temperature = reader.keep("temperature", held.map(|it| it.temperature), |reader, name| {
        reader.choice(name, &TEMPERATURES)
    });
    let deal = reader.kept_deal("deal");
    let note = reader.keep("note", held.map(|it| it.note.clone()), Reader::text);
    let person = reader.keep_of_client("person", held.map(|it| it.person.clone()), Reader::person);
    let about = reader.keep_of_client("invoice", held.map(|it| it.invoice.clone()), |reader, name| {
        let typed = reader.typed(name).is_some().then(|| reader.invoice(name)).flatten();
        typed.map(|invoice| invoice.id.clone())
    });
    let may_quote =
        reader.keep("quote", held.map(|it| it.may_quote), |reader, name| reader.choice(name, &[true, false]));
    let introduces = reader.keep("introduces", held.map(|it| it.introduces.clone()), |reader, name| {
        reader.client(name).map(|known| known.id().clone())
    });
    let (client, direction, day) = (client?, direction?, day?);
    let typed = |name: &str| held.is_none() || !reader.untouched(name);
    let (invoice_typed, introduced_typed) =
        (typed("invoice") || typed("client"), typed("introduces") || typed("client"));
    let theirs = |id: &InvoiceId| client.facts.get::<Invoice>(id.as_str()).is_some();
    if invoice_typed && about.as_ref().is_some_and(|id| !theirs(id)) {
        reader.refuse("invoice", "this is an invoice of another client");
    }
    if introduced_typed && introduces.as_ref() == Some(client.id()) {
        reader.refuse("introduces", "nobody is introduced by themselves");
    }
    // A touch in the book may have no channel; one that is typed in has.
    if held.is_none() && channel.is_none() {
        return None;
    }
    let name = client.client.name.clone();
    let verb = if before.is_some() { "Changed touch with" } else { "Logged touch with" };
    let written = channel.as_ref().is_some_and(|it| WRITTEN.contains(&it.to_lowercase().as_str()));
    let base = before.unwrap_or_else(|| Touch {
        id: TouchId::fresh(&format!("{name} {}", channel.as_deref().unwrap_or_default()), reader.seed()),
        day,
        client: client.client.id.clone(),
        person: None,
        direction,
        channel: None,
        written,
        answer_wanted,
        answers: None,
        kind: None,
        temperature: None,
        may_quote: None,
        deal: None,
        invoice: None,
        introduces: None,
        note: None,
    });
    // Changing the channel says anew whether it was in writing; leaving it leaves that too.
    let written = if base.channel == channel { base.written } else { written };
    let invoice = match reader.target() {
        Target::Item(item, _) => about.or_else(|| invoice_of(item)),
        _ => about,
    };
    let client = client.client.id.clone();
    let touch = Touch {
        invoice,
        day,
        client: client.clone(),
        person,
        direction,
        channel,
        written,
        answer_wanted,
        kind,
        temperature,
        may_quote,
        deal,
        introduces,
        note,
        ..base
    };
    let edit = Edit::put(format!("{verb} {name}"), touch);
    // A touch that takes no reason away is as good as a letter handed over: its item waits for what comes of it.
    Some(match reader.target() {
        Target::Item(item, Some(theirs)) if *theirs == client && outlives_a_touch(item) => {
            let seat = &Seat { item: item.clone(), client: Some(client) };
            put_away(edit, reader.context().book, reader.context().today, reader.seed(), seat)
        }
        _ => edit,
    })
}
