//! Rates: when each client's last rose, what to ask next, what it comes to, and applying it as one step.

use rapport::domain::{Book, Business, ClientId, Currency, HourlyRate, Percent};
use rapport::figures::forecast::Outlook;
use rapport::figures::forecast::what_if::RiseBase;
use rapport::figures::proof::{FigureKey, RateFigure, Value, prove};
use rapport::figures::{Figures, Letter, RateRow, RateSource, Rates, Unknown};
use rapport::state::{Action, Effect, Overlay, RateField, RatesAction, View};
use rapport::store::{Source, load, splice};
use rapport::written::{Format, long_day, number, use_format};
use rust_decimal::Decimal;

use crate::desk::Desk;
use crate::facts::{book_of, day, money};
use crate::proofs::fault;

/// A book as its file is written.
fn book_text(book: &Book) -> String {
    splice(&Source::empty(), book)
}

const TODAY: &str = "2026-11-20";

fn firm() -> Business {
    let rate = |text: &str| -> Option<HourlyRate> { Some(money(text)) };
    let mut business = Business::new(Currency::EUR);
    business.name = String::from("Feldmark");
    (business.target_rate, business.break_even_rate) = (rate("90 EUR"), rate("50 EUR"));
    business
}

/// A client with this field, an invoice of 900 that was paid this year and so many hours in it.
fn client(id: &str, fields: &str, hours: &str) -> Vec<String> {
    let mut lines = vec![
        format!(r#"client (id: "{id}", name: "{id}", added: "2023-01-01", {fields})"#),
        format!(
            r#"invoice (id: "i-{id}", number: "{id}", client: "{id}", issued: "2026-03-01", due: "2026-03-15",
                lines: [(result: "Work", price: "900 EUR")], payments: [(day: "2026-03-15", amount: "900 EUR")])"#
        ),
    ];
    if !hours.is_empty() {
        lines.push(format!(r#"work (id: "w-{id}", client: "{id}", day: "2026-03-10", hours: "{hours}")"#));
    }
    lines
}

fn rate(from: &str, amount: &str) -> String {
    format!(r#"(from: "{from}", rate: "{amount} EUR")"#)
}

fn rates_of(lines: Vec<Vec<String>>) -> Book {
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    book_of(firm(), &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Below the target by much and by little, above it, asked this year, with a rate agreed for later, without a rate.
fn several() -> Book {
    rates_of(vec![
        client("low", &format!("rates: [{}, {}]", rate("2024-01-01", "60"), rate("2025-01-01", "66")), "10"),
        client("near", &format!("rates: [{}]", rate("2024-06-01", "84")), "20"),
        client("above", &format!("rates: [{}]", rate("2025-02-01", "95")), "5.5"),
        client("asked", &format!("rates: [{}, {}]", rate("2024-02-01", "80"), rate("2025-12-01", "88")), "8"),
        client(
            "later",
            &format!(
                r#"rates: [{}, (from: "2027-01-01", rate: "85 EUR", agreed: "2026-11-01")]"#,
                rate("2024-02-01", "80")
            ),
            "8",
        ),
        client("none", "", ""),
    ])
}

fn row(book: &Book, id: &str, percent: Option<&str>) -> RateRow {
    let figures = Figures::of(book, day(TODAY));
    let percent = percent.map(|text| Percent::parse(text).unwrap());
    Rates::of(book.business(), &figures, percent).row(&ClientId::new(id).unwrap()).unwrap().clone()
}

fn proposal(book: &Book, id: &str, percent: Option<&str>) -> String {
    match row(book, id, percent).proposal {
        Ok(rate) => rate.to_string(),
        Err(why) => why.0,
    }
}

#[test]
fn a_rate_rises_to_the_target_but_by_no_more_than_the_cap_and_above_it_by_the_usual_rise() {
    let book = several();
    // 66 × 1.15 = 75.9, in whole units and not above.
    assert_eq!(proposal(&book, "low", None), "75.00 EUR");
    assert_eq!(proposal(&book, "near", None), "90.00 EUR");
    // 95 × 1.05 = 99.75.
    assert_eq!(proposal(&book, "above", None), "100.00 EUR");
}

#[test]
fn a_target_less_than_two_per_cent_away_counts_as_reached() {
    let of = |amount: &str| {
        rates_of(vec![client("close", &format!("rates: [{}]", rate("2025-02-01", amount)), "8")])
    };
    // 89 × 1.02 = 90.78: 90 would not be worth asking for, so that 89 × 1.05 = 93.45 is proposed, as at the target.
    assert_eq!(proposal(&of("89"), "close", None), "93.00 EUR");
    assert_eq!(proposal(&of("90"), "close", None), "95.00 EUR");
    // 89 × 1.015 = 90.3.
    assert_eq!(proposal(&of("89"), "close", Some("1.5")), "90.00 EUR");
    // 88.2 × 1.02 = 89.96.
    assert_eq!(proposal(&of("88.2"), "close", None), "90.00 EUR");
}

#[test]
fn a_rise_that_whole_units_leave_below_two_per_cent_is_not_proposed() {
    let book = rates_of(vec![client("small", &format!("rates: [{}]", rate("2025-02-01", "6.9")), "8")]);
    // 6.9 × 1.15 = 7.935: 7 at most, which is less than 6.9 × 1.02 = 7.04.
    assert_eq!(proposal(&book, "small", None), "7.00 EUR is under 2\u{a0}% more");
}

#[test]
fn a_per_cent_that_is_typed_takes_the_place_of_the_rule_within_the_cap() {
    let book = several();
    // 66 × 1.08 = 71.28; 84 × 1.08 = 90.72; 95 × 1.08 = 102.6.
    assert_eq!(
        ["low", "near", "above"].map(|id| proposal(&book, id, Some("8%"))),
        ["71.00 EUR", "91.00 EUR", "103.00 EUR"]
    );
    assert_eq!(proposal(&book, "low", Some("40")), "75.00 EUR");
    assert_eq!(proposal(&book, "low", Some("0.1")), "the rise is less than a whole unit");
}

#[test]
fn nobody_is_asked_twice_within_a_year_nor_while_a_rate_agreed_for_later_waits() {
    let book = several();
    assert_eq!(proposal(&book, "asked", None), "asked less than a year ago, on 1 Dec 2025");
    assert_eq!(proposal(&book, "later", None), "85.00 EUR is agreed from 1 Jan 2027 on");
    let later = row(&book, "later", None);
    assert_eq!((later.rate, later.later), (Ok(money("80 EUR")), Some((day("2027-01-01"), money("85 EUR")))));
    // Before it was agreed nobody knew of it.
    let before = Figures::of(&book, day("2026-10-31"));
    let before = Rates::of(book.business(), &before, None);
    assert_eq!(before.row(&ClientId::new("later").unwrap()).unwrap().proposal, Ok(money("90 EUR")));
}

#[test]
fn what_rose_last_and_what_is_left_of_an_hour_are_told_or_unknown() {
    let book = several();
    let low = row(&book, "low", None);
    assert_eq!((low.since, low.last_rise), (Some(day("2025-01-01")), Ok(Decimal::from(10))));
    assert_eq!((low.hours_12m, low.hourly), (Ok(Decimal::from(10)), Ok(money("90 EUR"))));
    // 10 h × (75 − 66).
    assert_eq!(low.extra, Ok(money("90 EUR")));
    let none = row(&book, "none", None);
    assert_eq!((none.rate, none.source, none.since), (Ok(money("90 EUR")), RateSource::Target, None));
    assert!(none.hours_12m.is_err() && none.extra.is_err() && none.last_rise.is_err());
}

#[test]
fn a_fall_is_no_rise_and_a_rate_agreed_anew_stands_since_the_first_time() {
    let of = |rates: &[(&str, &str)]| {
        let rates: Vec<String> = rates.iter().map(|(from, amount)| rate(from, amount)).collect();
        row(&rates_of(vec![client("it", &format!("rates: [{}]", rates.join(", ")), "8")]), "it", None)
    };
    let fell = of(&[("2023-01-01", "60"), ("2024-01-01", "66"), ("2025-01-01", "63")]);
    assert_eq!((fell.since, fell.last_rise), (Some(day("2025-01-01")), Ok(Decimal::from(10))));
    let only_fell = of(&[("2024-01-01", "66"), ("2025-01-01", "63")]);
    assert_eq!(only_fell.last_rise, Err(Unknown::because("it never rose")));
    let again = of(&[("2023-01-01", "60"), ("2024-01-01", "66"), ("2025-01-01", "66")]);
    assert_eq!((again.since, again.last_rise), (Some(day("2024-01-01")), Ok(Decimal::from(10))));
    assert!(again.proposal.is_ok());
    // They were asked when it was agreed anew.
    let lately = of(&[("2024-01-01", "66"), ("2026-05-01", "66")]);
    assert_eq!(lately.proposal, Err(Unknown::because("asked less than a year ago, on 1 May")));
}

#[test]
fn without_a_rate_of_its_own_a_client_pays_the_first_line_of_the_card() {
    let mut business = firm();
    let line = |from: &str, what: &str, rate: &str| rapport::domain::RateCardEntry {
        from: day(from),
        what: what.to_owned(),
        rate: money(rate),
    };
    business.rate_card = vec![
        line("2024-01-01", "design", "80 EUR"),
        line("2024-01-01", "workshop day", "700 EUR"),
        line("2025-01-01", "design", "88 EUR"),
        // Nobody agreed to what the card is to say.
        line("2027-01-15", "design", "99 EUR"),
    ];
    // Who came at the card's price was never asked for it, and saw no rise; nor is it asked in its first year.
    let mut lines = client("none", "", "4");
    let newcomer = book_of(business.clone(), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let came = row(&newcomer, "none", None);
    assert_eq!((came.since, came.last_rise.is_err()), (Some(day("2026-03-01")), true));
    assert_eq!(came.proposal, Err(Unknown::because("began at it less than a year ago, on 1 Mar")));
    lines.push(r#"work (id: "first", client: "none", day: "2024-06-01", hours: "1")"#.to_owned());
    let book = book_of(business, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let none = row(&book, "none", None);
    assert_eq!(
        (none.source, none.rate, none.last_rise),
        (RateSource::Card, Ok(money("88 EUR")), Ok(Decimal::from(10)))
    );
    assert_eq!(none.proposal, Ok(money("90 EUR")));
    // The first rate of its own is a rise over the card's, also before it begins.
    let own = r#"rates: [(from: "2027-01-01", rate: "95 EUR", agreed: "2026-11-10")]"#;
    let mut lines = client("none", own, "4");
    lines.push(r#"work (id: "first", client: "none", day: "2024-06-01", hours: "1")"#.to_owned());
    let book =
        book_of(book.business().as_ref().clone(), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let agreed = row(&book, "none", None);
    assert_eq!(
        (agreed.source, agreed.rate, agreed.later),
        (RateSource::Card, Ok(money("88 EUR")), Some((day("2027-01-01"), money("95 EUR"))))
    );
    let figures = Figures::of(&book, day("2027-02-01"));
    let rates = Rates::of(book.business(), &figures, None);
    let rose = rates.row(&ClientId::new("none").unwrap()).unwrap().last_rise.clone();
    assert_eq!(rose.map(|it| it.round_dp(2)), Ok("7.95".parse().unwrap()), "95 over 88");
}

#[test]
fn a_foreign_rate_rises_to_what_the_target_is_worth_in_it() {
    let mut business = firm();
    business.exchange_rates = vec![rapport::domain::ExchangeRate {
        day: day("2026-01-01"),
        currency: "USD".parse().unwrap(),
        rate: Decimal::new(9, 1),
    }];
    let line = client("abroad", r#"rates: [(from: "2024-01-01", rate: "95 USD")]"#, "10");
    let book = book_of(business, &line.iter().map(String::as_str).collect::<Vec<_>>());
    let abroad = row(&book, "abroad", None);
    // 90 EUR are 100 USD; 10 h × 5 USD are 45 EUR.
    assert_eq!((abroad.proposal, abroad.extra), (Ok(money("100 USD")), Ok(money("45 EUR"))));
    // Without an exchange rate nothing is guessed.
    let book = book_of(firm(), &line.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(row(&book, "abroad", None).proposal.is_err());
}

#[test]
fn toxic_clients_are_asked_first_and_those_who_are_not_asked_stand_last() {
    let toxic = r#"kind: (kind: toxic, day: "2026-10-01", reason: "pushes"), "#;
    let book = rates_of(vec![
        client("b-old", &format!("rates: [{}]", rate("2023-02-01", "70")), "5"),
        client("a-young", &format!("rates: [{}]", rate("2025-02-01", "70")), "5"),
        client("t", &format!("{toxic}rates: [{}]", rate("2025-03-01", "70")), "5"),
        client("w", &format!("rates: [{}]", rate("2026-03-01", "70")), "5"),
    ]);
    let figures = Figures::of(&book, day(TODAY));
    let rates = Rates::of(book.business(), &figures, None);
    let order: Vec<&str> = rates.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(order, ["t", "b-old", "a-young", "w"]);
}

#[test]
fn with_nobody_agreed_and_with_those_it_ended_with_there_is_no_rate_to_raise() {
    let book = rates_of(vec![
        vec![r#"client (id: "p", name: "Prospect", added: "2026-01-01")"#.to_owned()],
        vec![r#"client (id: "q", name: "Partner", relation: partner, added: "2026-01-01")"#.to_owned()],
        client("e", r#"ended: (day: "2026-05-01")"#, "5"),
    ]);
    let figures = Figures::of(&book, day(TODAY));
    assert_eq!(Rates::of(book.business(), &figures, None).rows, Vec::new());
}

#[test]
fn the_rise_of_several_pays_as_long_as_no_more_than_its_part_of_what_they_bring_leaves() {
    let book = several();
    let figures = Figures::of(&book, day(TODAY));
    let rates = Rates::of(book.business(), &figures, None);
    let chosen = ["low", "near"].map(|id| ClientId::new(id).unwrap());
    let preview = rates.preview(book.business(), &chosen);
    // 10 × 66 + 20 × 84 = 2340; 10 × 75 + 20 × 90 = 2550.
    assert_eq!((preview.clients, preview.hours), (2, Ok(Decimal::from(30))));
    assert_eq!((preview.before, preview.after), (Ok(money("2340 EUR")), Ok(money("2550 EUR"))));
    assert_eq!(preview.extra, Ok(money("210 EUR")));
    let break_even = preview.break_even.unwrap();
    assert_eq!(break_even.share, Decimal::from(210) / Decimal::from(2550));
    // Of the hours at the present rates, not of the 1,800 that came in: 2340 × 210 / 2550.
    assert_eq!((break_even.base, break_even.concerned.clone()), (RiseBase::Hours, Ok(money("2340 EUR"))));
    assert_eq!(
        (break_even.may_go.clone().unwrap().rounded(), break_even.may_leave),
        (money("192.71 EUR"), 0)
    );
    let says = break_even.words(&|money| money.rounded().to_string());
    assert!(says.contains("of the 2340.00 EUR that the hours of the 2 clients cost now leaves"), "{says}");
    // With nobody chosen nothing is said, and nobody who is not asked counts.
    assert!(rates.preview(book.business(), &[]).break_even.is_err());
    let asked = [ClientId::new("asked").unwrap()];
    assert_eq!(rates.preview(book.business(), &asked).clients, 0);
}

#[test]
fn every_figure_of_the_rates_is_made_of_its_terms() {
    let sample = load(rapport::store::sample::text(rapport::store::sample::ANCHOR).as_bytes()).unwrap().book;
    for (book, on) in [(several(), day(TODAY)), (sample, rapport::store::sample::ANCHOR)] {
        let (figures, known) = (Figures::of(&book, on), book.as_of(on));
        for percent in [None, Some(Percent::parse("8%").unwrap())] {
            let rates = Rates::of(book.business(), &figures, percent);
            let all: Vec<ClientId> = rates.rows.iter().map(|row| row.id.clone()).collect();
            let mut keys = vec![
                RateFigure::HoursOf(all.clone(), percent),
                RateFigure::ExtraOf(all.clone(), percent),
                RateFigure::MayGo(all.clone(), percent),
                RateFigure::MayGo(Vec::new(), percent),
            ];
            for id in all {
                keys.extend([RateFigure::Now(id.clone()), RateFigure::Since(id.clone())]);
                keys.extend([RateFigure::LastRise(id.clone()), RateFigure::Hourly(id.clone())]);
                keys.extend([RateFigure::Hours(id.clone()), RateFigure::Rise(id.clone(), percent)]);
                keys.push(RateFigure::Extra(id, percent));
            }
            for key in keys.into_iter().map(FigureKey::Rate) {
                let proof = prove(&key, &figures, &known, &Outlook::default()).unwrap();
                assert_eq!(fault(&proof), None, "{key:?}");
                assert!(proof.formula.ends_with('.'), "{key:?}");
            }
        }
    }
    let book = several();
    let figures = Figures::of(&book, day(TODAY));
    let key = FigureKey::Rate(RateFigure::Extra(ClientId::new("low").unwrap(), None));
    let proof = prove(&key, &figures, &book, &Outlook::default()).unwrap();
    let terms: Vec<_> = proof.parts[0].terms.iter().map(|term| term.amount.clone().unwrap()).collect();
    assert_eq!(terms, [Value::Money(money("750 EUR")), Value::Money(money("-660 EUR"))]);
}

#[test]
fn a_letter_is_filled_from_facts_and_marks_what_they_do_not_tell() {
    let book = several();
    let figures = Figures::of(&book, day(TODAY));
    let letter = row(&book, "low", None).letter(book.business(), &figures, day("2027-01-01")).unwrap();
    for words in ["From 1 January 2027 on", "costs 75 EUR", "been 66 EUR since 1 January 2025", "Feldmark"] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    assert_eq!(letter.missing, ["person"]);
    assert!(letter.text.starts_with("Dear [person?],"));
    assert!(row(&book, "asked", None).letter(book.business(), &figures, day("2027-01-01")).is_none());
    let mut business = firm();
    let template =
        |text: &str| rapport::domain::Template { id: "fee_rise".to_owned(), text: text.to_owned() };
    business.templates = vec![template("{client}: {rate}, {percent} more")];
    let own = row(&book, "low", None).letter(&business, &figures, day("2027-01-01")).unwrap();
    assert_eq!(own.text, "low: 75 EUR, 13.6\u{a0}% more");
    assert_eq!(Letter::markdown(&[own]), "# low\n\nlow: 75 EUR, 13.6\u{a0}% more\n\n");
}

fn desk() -> Desk {
    let mut desk = Desk::of(several(), day(TODAY));
    desk.press("g r");
    desk
}

fn rates_in(desk: &Desk, id: &str) -> Vec<String> {
    let known = desk.state.book.client(&ClientId::new(id).unwrap()).unwrap();
    known.client.rates.iter().map(|rate| format!("{} from {}", rate.rate, rate.from)).collect()
}

#[test]
fn the_rates_of_three_clients_are_agreed_as_one_step_and_undone_to_the_same_book_and_bytes() {
    let mut desk = desk();
    let before = desk.state.book.clone();
    let bytes = book_text(&before);
    desk.press("shift+x");
    let chosen = desk.shown().rates.unwrap().chosen;
    assert_eq!(chosen.len(), 3);
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Agreed the new rates of 3 clients from 1 Jan 2027");
    assert_eq!(rates_in(&desk, "low").last().unwrap(), "75.00 EUR from 2027-01-01");
    assert_eq!(rates_in(&desk, "near").last().unwrap(), "90.00 EUR from 2027-01-01");
    assert_eq!(desk.state.history.depth(), 1);
    // They are known at once, and nobody is asked again.
    let rows = desk.shown().rates.unwrap().rates.rows;
    assert!(rows.iter().filter(|row| chosen.contains(&row.id)).all(|row| row.later.is_some()));
    // What was agreed is told to them all the same.
    let view = desk.shown().rates.unwrap();
    assert_eq!((view.chosen.len(), view.told.len(), view.letters.len()), (0, 3, 3));
    let letter = &view.letters[0].text;
    assert!(letter.contains("90 EUR") && letter.contains("1 January 2027"), "{letter}");
    let agreed = desk.state.book.clone();
    assert!(load(book_text(&agreed).as_bytes()).unwrap().problems_on(day(TODAY)).is_empty());
    desk.press("z");
    assert!(desk.state.book.is_same(&before));
    assert_eq!(book_text(&desk.state.book), bytes);
    desk.press("shift+z");
    assert!(desk.state.book.is_same(&agreed));
}

#[test]
fn one_is_chosen_with_a_key_and_one_who_was_asked_is_refused_with_the_reason() {
    let mut desk = desk();
    desk.press("x");
    assert_eq!(desk.shown().rates.unwrap().chosen.len(), 1);
    // It went on to the next row.
    desk.press("k x");
    assert_eq!(desk.shown().rates.unwrap().chosen, Vec::new());
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "Choose first whom to ask");
    desk.press("shift+g");
    desk.press("x");
    assert!(desk.notice().contains("is not asked: "), "{}", desk.notice());
    assert_eq!(desk.state.history.depth(), 0);
}

#[test]
fn what_is_typed_is_read_as_one_types_and_a_wrong_day_or_per_cent_applies_nothing() {
    let mut desk = desk();
    desk.press("shift+x");
    desk.press("r");
    let typed = |field, text: &str| Action::Rates(RatesAction::Type(field, text.to_owned()));
    desk.act(typed(RateField::Percent, "8%"));
    // A field has the hand: plain keys are text.
    desk.press("x");
    assert_eq!(desk.shown().rates.unwrap().chosen.len(), 3);
    desk.press("enter");
    let view = desk.shown().rates.unwrap();
    assert_eq!(
        view.rates.rows.iter().find(|row| row.id.as_str() == "low").unwrap().proposal,
        Ok(money("71 EUR"))
    );
    for wrong in ["", "soon", "2026-11-19"] {
        desk.act(typed(RateField::From, wrong));
        desk.press("esc");
        desk.press("ctrl+enter");
        assert_eq!(desk.notice(), "Say first from which day on", "{wrong}");
        desk.press("c");
        assert_eq!(desk.notice(), "Say first from which day on", "{wrong}");
    }
    desk.act(typed(RateField::From, "2027-02-01"));
    desk.act(typed(RateField::Percent, "-3"));
    desk.press("esc");
    desk.press("ctrl+enter");
    assert_eq!(desk.notice(), "The per cent typed cannot be read");
    assert_eq!(desk.state.history.depth(), 0);
}

#[test]
fn letters_are_copied_or_written_to_a_file_that_is_asked_for() {
    let mut desk = desk();
    desk.press("shift+x");
    desk.press("c");
    assert_eq!(desk.notice(), "Copied 3 letters; 3 have something to fill in, marked [like this?]");
    let copied = desk.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert_eq!(copied.matches("\n# ").count() + usize::from(copied.starts_with("# ")), 3);
    desk.press("w");
    let Some(Overlay::Path(prompt)) = &desk.state.session.overlay else { panic!("a path is asked for") };
    assert_eq!(prompt.text, "letters.md");
    desk.press("enter");
    let written = desk.effects.iter().any(|effect| matches!(effect, Effect::Export(path, text) if path.ends_with("letters.md") && **text == *copied));
    assert!(written);
}

#[test]
fn the_rates_stand_in_place_of_the_clients_and_escape_leads_back() {
    let mut desk = Desk::of(several(), day(TODAY));
    desk.press("g r");
    assert_eq!(desk.state.session.view, View::Clients);
    assert!(desk.state.session.rating().is_some());
    desk.press("j");
    let second = desk.shown().rates.unwrap().rates.rows[1].id.clone();
    assert_eq!(desk.shown().selected_client(&desk.state.session), Some(second.clone()));
    desk.press("=");
    assert!(desk.shown().proof.is_some_and(|proof| proof.title.starts_with("More a year")));
    desk.press("esc");
    desk.press("enter");
    assert_eq!(desk.state.session.page.as_ref().unwrap().client, second);
    desk.press("esc");
    assert!(desk.state.session.rating().is_some());
    desk.press("/");
    assert_eq!(desk.notice(), "The rates have no filter");
    desk.press("esc");
    assert!(desk.state.session.rates.is_none());
    // Looking back nothing is agreed.
    desk.press("g r");
    desk.press("[");
    desk.press("shift+x");
    desk.press("ctrl+enter");
    assert!(desk.notice().starts_with("You are looking at"), "{}", desk.notice());
}

#[test]
fn a_rate_is_noted_by_hand_and_then_there_is_something_to_rise_from() {
    let mut desk = desk();
    let id = ClientId::new("none").unwrap();
    desk.act(Action::Rates(RatesAction::Point(id.clone())));
    desk.press("x");
    assert_eq!(desk.notice(), "none is not asked: no rate of theirs is noted");
    desk.press("shift+a h");
    desk.fill("An hour costs", "0");
    assert_eq!(desk.field("An hour costs").0.as_deref(), Some("expected more than nothing"));
    desk.fill("An hour costs", "70");
    desk.fill("From", "2025-01-01");
    desk.press("enter");
    assert_eq!(desk.notice(), "An hour costs none 70.00 EUR from 1 Jan 2025");
    assert_eq!(desk.shown().rates.unwrap().rates.row(&id).unwrap().proposal, Ok(money("80 EUR")));
    desk.press("shift+a h");
    desk.fill("An hour costs", "75");
    desk.fill("From", "2025-01-01");
    assert_eq!(desk.field("From").0.as_deref(), Some("a rate from this day on is noted already"));
    desk.press("esc");
    desk.press("z");
    assert_eq!(rates_in(&desk, "none"), [] as [String; 0]);
}

#[test]
fn with_nobody_to_ask_no_field_takes_the_keys() {
    let mut desk = Desk::of(Book::empty(Currency::EUR), day(TODAY));
    desk.press("g r");
    desk.press("r");
    assert_eq!(desk.notice(), "There is no client to ask");
    desk.press("shift+x");
    desk.press("ctrl+enter");
    desk.press("w");
    assert!(desk.state.session.overlay.is_none() && desk.state.history.depth() == 0);
    desk.press("esc");
    assert!(desk.state.session.rates.is_none());
}

/// A letter to a client that tells of a rise and went out.
fn told(client: &str, template: &str, text: &str, went: &str) -> String {
    format!(
        r#"outgoing (id: "told-{client}", client: "{client}", subject: "S", template: {template}, text: "{text}",
            queued: "{went}", handed_over: (day: "{went}"))"#
    )
}

#[test]
fn who_was_told_of_a_rise_by_letter_is_asked_no_other_until_that_is_noted() {
    let text =
        "From 1 January 2027 on an hour of my work costs 75 EUR; it has been 66 EUR since 1 January 2025.";
    let with = |text: &str, went: &str| {
        let mut lines = client("low", &format!("rates: [{}]", rate("2025-01-01", "66")), "10");
        lines.push(told("low", "fee_rise", text, went));
        rates_of(vec![lines])
    };
    let why = |book: &Book| row(book, "low", None).proposal.unwrap_err().0;
    let book = with(text, "2026-11-10");
    assert_eq!(why(&book), "told on 10 Nov of 75.00 EUR from 1 Jan 2027 on, not noted yet");
    assert!(
        row(&book, "low", None)
            .letter(book.business(), &Figures::of(&book, day(TODAY)), day(TODAY))
            .is_none()
    );
    assert_eq!(why(&with("My prices rise.", "2026-11-10")), "told of a rise on 10 Nov, not noted yet");
    assert!(row(&with(text, "2025-10-10"), "low", None).proposal.is_ok(), "that was more than a year ago");
    assert!(row(&with(text, "2024-12-10"), "low", None).proposal.is_ok(), "the rate has risen since");
    // What they were told is what is noted.
    let mut desk = Desk::of(book, day(TODAY));
    desk.press("g r");
    desk.press("x");
    assert!(desk.notice().ends_with("not noted yet"), "{}", desk.notice());
    desk.act(Action::Run("rate.add"));
    desk.act(Action::Run("form.commit"));
    assert_eq!(rates_in(&desk, "low").last().unwrap(), "75.00 EUR from 2027-01-01");
    let row = desk.shown().rates.unwrap().rates.rows.remove(0);
    assert_eq!((row.told, row.later), (None, Some((day("2027-01-01"), money("75.00 EUR")))));
}

#[test]
fn what_a_letter_told_of_a_rise_is_known_however_its_numbers_and_days_are_written() {
    for format in Format::all() {
        use_format(format);
        let (to, from) = (number("1175.50"), long_day(day("2027-01-01")));
        let text = format!("From {from} on an hour of my work costs {to} EUR.");
        use_format(Format::default());
        let mut lines = client("low", &format!("rates: [{}]", rate("2025-01-01", "66")), "10");
        lines.push(told("low", "fee_rise", &text, "2026-11-10"));
        let why = row(&rates_of(vec![lines]), "low", None).proposal.unwrap_err().0;
        assert_eq!(why, "told on 10 Nov of 1,175.50 EUR from 1 Jan 2027 on, not noted yet", "{text}");
    }
}

#[test]
fn the_new_price_of_a_fee_is_noted_in_one_step_and_the_old_one_ends_the_day_before() {
    let text = "The fee has been 100 EUR a month since 15 December 2024; from 1 January 2027 on it is 105 EUR a month.";
    let letter = told("acme", "fee_review", text, "2026-11-10");
    let book = book_of(
        firm(),
        &[
            r#"client (id: "acme", name: "Acme", added: "2024-01-01")"#,
            r#"retainer (id: "care", client: "acme", what: "Care", amount: "100.00 EUR", every: "1 month", agreed: "2024-12-01", from: "2024-12-15", basis: product)"#,
            r#"invoice (id: "i", number: "1", client: "acme", issued: "2026-10-15", due: "2026-10-30", retainer: "care",
                lines: [(result: "Care", price: "100 EUR")], payments: [(day: "2026-10-30", amount: "100 EUR")])"#,
            &letter,
        ],
    );
    let mut desk = Desk::of(book.clone(), day(TODAY));
    let is_there =
        |desk: &Desk| desk.shown().figures.today.items.iter().any(|item| item.id == "fee-unchanged:acme");
    let item = desk.shown().figures.today.find("fee-unchanged:acme").unwrap().clone();
    assert!(
        item.why.ends_with("told on 10 Nov of 105.00 EUR from 1 Jan 2027 on: note the new one"),
        "{}",
        item.why
    );
    let new_price = |desk: &mut Desk| {
        let action = rapport::command::suggest(
            &desk.state,
            &desk.shown(),
            &item,
            rapport::command::Suggestion::NewPrice,
        );
        desk.act(action.unwrap());
    };
    new_price(&mut desk);
    let form = desk.shown().form.unwrap();
    assert_eq!((form.title.as_str(), form.warning), ("New price: Care", None));
    desk.fill("First fee at it", "2024-12-15");
    assert!(desk.field("First fee at it").0.unwrap().contains("choose a later day"));
    // What was typed is kept once, and dropped when the form is left as it came back.
    desk.press("esc");
    new_price(&mut desk);
    desk.press("esc");
    new_price(&mut desk);
    desk.act(Action::Run("form.commit"));
    assert_eq!(desk.notice(), "New price of Care: 105.00 EUR every 1 month from 15 Jan 2027 on");
    let known = desk.state.book.client(&ClientId::new("acme").unwrap()).unwrap().clone();
    let fees: Vec<_> =
        known.facts.retainers.iter().map(|it| (it.amount, it.from, it.until, it.basis)).collect();
    let basis = Some(rapport::domain::Basis::Product);
    assert_eq!(
        fees,
        [
            (money("100.00 EUR"), day("2024-12-15"), Some(day("2027-01-14")), basis),
            (money("105.00 EUR"), day("2027-01-15"), None, basis)
        ]
    );
    assert!(!is_there(&desk));
    assert_eq!(desk.state.history.depth(), 1);
    desk.act(Action::Undo);
    assert!(desk.state.book.is_same(&book) && is_there(&desk));
}
