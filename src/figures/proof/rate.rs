//! Rates: what an hour costs, what is asked next, and what a rise comes to.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{ClientId, Money, Percent, Table, Threshold};
use crate::figures::rates::{Priced, last_rise, paid_work, priced, wanted};
use crate::figures::{Answer, RateRow, RateSource, Rates, Unknown, amount_in_full};

use super::{Ground, Part, Proof, RateFigure, Rule, Term, Unit, Value};

pub(super) fn rate(on: &Ground<'_>, figure: &RateFigure) -> Option<Proof> {
    match figure {
        RateFigure::Now(id) => Some(One::of(on, id, None)?.now()),
        RateFigure::Since(id) => Some(One::of(on, id, None)?.since()),
        RateFigure::LastRise(id) => Some(One::of(on, id, None)?.last_rise()),
        RateFigure::Hourly(id) => One::of(on, id, None)?.hourly(),
        RateFigure::Hours(id) => Some(One::of(on, id, None)?.hours()),
        RateFigure::Rise(id, percent) => Some(One::of(on, id, *percent)?.rise()),
        RateFigure::Extra(id, percent) => Some(One::of(on, id, *percent)?.extra()),
        RateFigure::HoursOf(ids, percent) => Some(Several::of(on, ids, *percent).hours()),
        RateFigure::ExtraOf(ids, percent) => Some(Several::of(on, ids, *percent).extra()),
        RateFigure::Rule => Some(rule(on)),
        RateFigure::MayGo(ids, percent) => Some(Several::of(on, ids, *percent).may_go()),
    }
}

/// The settings of the rule.
fn rule(on: &Ground<'_>) -> Proof {
    let formula =
        "The target rate and the thresholds usual_rise, least_rise and most_rise of the firm's settings.";
    let rates = Rates::of(on.business(), on.figures, None);
    let proof =
        on.told("The rule of the rates".to_owned(), formula, vec![Part::told("Settings", settings(on))]);
    Proof { method: Some(rates.rule), ..proof }
}

fn settings(on: &Ground<'_>) -> Vec<Term> {
    let business = on.business();
    let target = business.target_rate.map(|rate| Term::new("Target rate", Ok(Value::Money(rate))));
    let thresholds = [
        ("Usual rise", Threshold::UsualRise),
        ("Least rise", Threshold::LeastRise),
        ("Most at once", Threshold::MostRise),
    ];
    let thresholds = thresholds
        .map(|(what, of)| Term::new(what, Ok(Value::Number(business.threshold(of), Unit::PerHundred))));
    target.into_iter().chain(thresholds).collect()
}

const HOURS: Value = Value::Number(Decimal::ZERO, Unit::Hours);

/// One client's rate.
struct One<'a> {
    on: &'a Ground<'a>,
    row: RateRow,
    percent: Option<Percent>,
}

impl<'a> One<'a> {
    fn of(on: &'a Ground<'a>, id: &ClientId, percent: Option<Percent>) -> Option<Self> {
        let row = Rates::of(on.business(), on.figures, percent).row(id)?.clone();
        Some(Self { on, row, percent })
    }

    fn titled(&self, what: &str) -> String {
        self.on.titled(what, &self.row.id)
    }

    fn known(&self) -> Option<&'a crate::figures::Client> {
        self.on.figures.client(&self.row.id).map(AsRef::as_ref)
    }

    /// The rates up to the day, the earliest first.
    fn priced(&self) -> Vec<Priced> {
        let known = self
            .known()
            .map(|client| priced(self.on.business(), &client.known, self.on.day()).1)
            .unwrap_or_default();
        known.into_iter().filter(|it| it.from <= self.on.day()).collect()
    }

    /// Every rate that is noted, those agreed for later too: from when it holds, and when it was told.
    fn noted(&self) -> Vec<Term> {
        let known = self
            .known()
            .map(|client| priced(self.on.business(), &client.known, self.on.day()).1)
            .unwrap_or_default();
        let each = known.into_iter().flat_map(|it| {
            let rate = self.term("Rate", Some(it.from), Ok(Value::Money(it.rate)));
            [
                rate,
                self.term("Holds from", None, Ok(Value::On(it.from))),
                self.term("Told", None, Ok(Value::On(it.asked))),
            ]
        });
        each.collect()
    }

    /// A term of this client's; in its own record where its rate is noted there.
    fn term(&self, what: impl Into<String>, day: Option<NaiveDate>, amount: Answer<Value>) -> Term {
        let term = Term { client: self.on.who(&self.row.id), day, ..Term::new(what, amount) };
        match self.row.source {
            RateSource::Own => term.in_record(Table::Clients, self.row.id.as_str()),
            RateSource::Card | RateSource::Target => term,
        }
    }

    fn rate_term(&self) -> Term {
        let what = match self.row.source {
            RateSource::Own => "An hour costs them",
            RateSource::Card => "The first line of the rate card",
            RateSource::Target => "The firm's target rate",
        };
        self.term(what, self.row.since, self.row.rate.clone().map(Value::Money))
    }

    /// No money in the currency of the rate.
    fn nothing(&self) -> Value {
        let currency = self.row.rate.as_ref().map_or(self.on.currency(), |rate| rate.currency);
        Value::Money(Money::zero(currency))
    }

    fn now(&self) -> Proof {
        let part = Part::of("Rate", self.nothing(), vec![self.rate_term()]);
        let formula = "The client's own rate that holds on the day; without one that of the first line of the rate card, and \
                       without that the target rate.";
        self.on.sum(self.titled("Rate"), &self.row.rate, Value::Money, formula, part)
    }

    fn since(&self) -> Proof {
        let term = |it: Priced| self.term(amount_in_full(it.rate), Some(it.from), Ok(Value::On(it.from)));
        let terms = self.priced().into_iter().rev().map(term).collect();
        let value = self.row.since.map(Value::On);
        self.on.made(
            self.titled("Rate since"),
            value.ok_or_else(|| Unknown::because("the rate is noted without a day")),
            "The latest day up to now from which on a rate holds.",
            Rule::Latest,
            vec![Part::of("Rates, the latest first", Value::On(self.on.day()), terms)],
        )
    }

    fn last_rise(&self) -> Proof {
        let (before, after) = last_rise(&self.priced(), self.on.day()).unzip();
        let term = |it: Option<Priced>| match it {
            Some(it) => self.term("Rate", Some(it.from), Ok(Value::Money(it.rate))),
            None => self.term("Rate", None, Err(Unknown::because("it never rose, as far as is noted"))),
        };
        let formula = "(Rate after the last rise − the one before) ÷ the one before × 100.";
        let value = self.row.last_rise.clone();
        self.per_hundred("Last rise", value, formula, term(after), term(before))
    }

    /// By how many per cent one amount is above another.
    fn per_hundred(
        &self,
        what: &str,
        value: Answer<Decimal>,
        formula: &str,
        after: Term,
        before: Term,
    ) -> Proof {
        let less = Term { what: "Before".to_owned(), ..before.clone() }.less();
        let made = vec![
            Part::of("More", self.nothing(), vec![after, less]),
            Part::of("Before", self.nothing(), vec![before]),
        ];
        let value = value.map(|it| Value::Number(it, Unit::PerHundred));
        self.on.made(self.titled(what), value, formula, Rule::Quotient(Decimal::ONE_HUNDRED), made)
    }

    fn hourly(&self) -> Option<Proof> {
        let effort = &self.known()?.signals.effort;
        // The records it looked through are those of the indicator "worth the effort".
        let margin = Term {
            client: self.on.who(&self.row.id),
            ..Term::money("Paid and open, less expenses", &effort.margin)
        };
        let hours = match self.row.hourly.clone() {
            Err(why) if effort.hours <= Decimal::ZERO => Err(why),
            _ => Ok(Value::Number(effort.hours, Unit::Hours)),
        };
        let hours = Term { client: self.on.who(&self.row.id), ..Term::new("Worked", hours) };
        Some(self.on.made(
            self.titled("Left of an hour"),
            self.row.hourly.clone().map(Value::Money),
            "Payments and what is open, net of tax, less expenses over the window of health, ÷ hours worked, whatever they were for; without what is \
             still talked about or at work, unless it falls short of break-even already. Rounded.",
            Rule::Quotient(Decimal::ONE),
            vec![
                Part::of("Paid and open, less expenses", self.on.nothing(), vec![margin]),
                Part::of("Hours", HOURS, vec![hours]),
            ],
        ))
    }

    fn hours(&self) -> Proof {
        let work = self.known().into_iter().flat_map(|client| paid_work(client, self.on.day()));
        let mut terms: Vec<Term> = work
            .map(|work| {
                let what = work.note.clone().unwrap_or_else(|| "For the job".to_owned());
                let term = Term::new(what, Ok(Value::Number(work.hours, Unit::Hours))).on(work.day);
                Term { client: self.on.who(&self.row.id), ..term.in_record(Table::Work, work.id.as_str()) }
            })
            .collect();
        terms.sort_by_key(|term| term.day);
        if let Err(why) = &self.row.hours_12m {
            terms.push(Term::new("No work", Err(why.clone())));
        }
        let value = self.row.hours_12m.clone();
        let formula = "Hours worked for the job in the last 12 months: those beyond what was agreed, before a sale or for the \
                       relationship are not paid.";
        let part = Part::of("Hours, by day", HOURS, terms);
        let as_hours = |hours| Value::Number(hours, Unit::Hours);
        self.on.sum(self.titled("Hours, 12 months"), &value, as_hours, formula, part)
    }

    fn rise(&self) -> Proof {
        let proposed = self.term("Proposed", None, self.row.proposal.clone().map(Value::Money));
        let formula = "(Proposed − present rate) ÷ present rate × 100. Up to the target rate, else by the usual rise; in whole \
                       units, at most by most_rise, and nobody twice within 12 months.";
        let proof = self.per_hundred("Rise", self.row.rise.clone(), formula, proposed, self.rate_term());
        let rate = self.row.rate.clone();
        let wanted = rate.and_then(|rate| wanted(self.on.business(), rate, self.percent, self.on.day()));
        let wanted = self.term("By the rule, in whole units", None, wanted.map(Value::Money));
        let more = [
            Part::told("The next rate", vec![wanted]),
            Part::told("Rates noted", self.noted()),
            Part::told("Settings", settings(self.on)),
        ];
        Proof { parts: proof.parts.into_iter().chain(more).collect(), ..proof }
    }

    /// What the hours of a year cost, at the next rate or the present one.
    fn year(&self, next: bool) -> Term {
        let (what, rate) = if next {
            ("Hours at the new rate", &self.row.proposal)
        } else {
            ("Hours at the present rate", &self.row.rate)
        };
        let cost = self.row.in_a_year(self.on.business(), self.on.day(), rate).map(Value::Money);
        let term = Term { client: self.on.who(&self.row.id), ..Term::new(what, cost) };
        term.with_figure(super::FigureKey::Rate(RateFigure::Hours(self.row.id.clone())))
    }

    fn more(&self) -> [Term; 2] {
        [self.year(true), self.year(false).less()]
    }

    fn extra(&self) -> Proof {
        let part = Part::of("In a year", self.on.nothing(), self.more().to_vec());
        let formula =
            "Hours of 12 months × (new − present rate): what it brings in a year if these hours stay.";
        self.on.sum(self.titled("More a year"), &self.row.extra, Value::Money, formula, part)
    }
}

/// Several clients' rates together.
struct Several<'a> {
    on: &'a Ground<'a>,
    ones: Vec<One<'a>>,
    preview: crate::figures::RisePreview,
}

impl<'a> Several<'a> {
    fn of(on: &'a Ground<'a>, ids: &[ClientId], percent: Option<Percent>) -> Self {
        let rates = Rates::of(on.business(), on.figures, percent);
        let preview = rates.preview(on.business(), ids);
        let chosen = rates.rows.into_iter().filter(|row| row.proposal.is_ok() && ids.contains(&row.id));
        Self { on, ones: chosen.map(|row| One { on, row, percent }).collect(), preview }
    }

    fn hours(&self) -> Proof {
        let term = |one: &One<'_>| {
            let hours = one.row.hours_12m.clone().map(|hours| Value::Number(hours, Unit::Hours));
            let term = Term { client: self.on.who(&one.row.id), ..Term::new("Hours, 12 months", hours) };
            term.with_figure(super::FigureKey::Rate(RateFigure::Hours(one.row.id.clone())))
        };
        let part = Part::of("By client", HOURS, self.ones.iter().map(term).collect());
        let formula = "The hours of 12 months of those who are chosen.";
        let as_hours = |hours| Value::Number(hours, Unit::Hours);
        self.on.sum("Hours of those chosen".to_owned(), &self.preview.hours, as_hours, formula, part)
    }

    fn extra_part(&self) -> Part {
        let terms = self.ones.iter().map(|one| {
            let key = RateFigure::Extra(one.row.id.clone(), one.percent);
            let term = Term::money("More a year", &one.row.extra).with_figure(super::FigureKey::Rate(key));
            Term { client: self.on.who(&one.row.id), ..term }
        });
        Part::of("More a year", self.on.nothing(), terms.collect())
    }

    fn extra(&self) -> Proof {
        let formula = "What the new rates bring in a year if the hours stay.";
        let title = "More a year, of those chosen".to_owned();
        self.on.sum(title, &self.preview.extra, Value::Money, formula, self.extra_part())
    }

    fn may_go(&self) -> Proof {
        let value = self.preview.break_even.clone().map(|it| it.share);
        let mut after: Vec<Term> = self.ones.iter().map(|one| one.year(true)).collect();
        if after.is_empty() {
            after.push(Term::new("Nobody", Err(Unknown::because("nobody is chosen"))));
        }
        let after = Part::of("At the new rates", self.on.nothing(), after);
        let beside = self.preview.break_even.as_ref().map(|it| {
            let money = [("hours at the present rates", &it.concerned), ("of it may be lost", &it.may_go)];
            let money =
                money.into_iter().filter_map(|(what, it)| Some((what, Value::Money(it.clone().ok()?))));
            let counts =
                [("clients concerned", it.clients), ("of average size that may leave", it.may_leave)];
            let counts = counts.map(|(what, count)| (what, Value::things(count)));
            money.chain(counts).map(|(what, value)| (what.to_owned(), value)).collect()
        });
        let proof = self.on.made(
            "May be lost".to_owned(),
            value.map(|share| Value::Number(share, Unit::Fraction)),
            "What the new rates bring more ÷ all they bring: if so much of it leaves, as much is left as before. The hours that \
             this frees are a gain that is not counted.",
            Rule::Quotient(Decimal::ONE),
            vec![self.extra_part(), after],
        );
        Proof { beside: beside.unwrap_or_default(), ..proof }
    }
}
