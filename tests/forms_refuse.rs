//! What no form takes, wherever it is typed.

use rapport::domain::{Book, ClientId, Table};
use rapport::state::form::{Context, FieldKind};
use rapport::state::{FirmList, Form, FormKind, LeverKind, Target};

use crate::facts::{book, day};

fn facts() -> Book {
    book(&[
        r#"client (id: "ada", name: "Ada Ltd", added: "2026-01-01")"#,
        r#"deal (id: "logo", client: "ada", title: "Logo", stages: [(day: "2026-11-01", stage: "engaged")])"#,
        r#"retainer (id: "care", client: "ada", what: "Care", amount: "50 EUR", every: "1 month", agreed: "2026-11-01", from: "2026-12-01")"#,
        r#"invoice (id: "i1", number: "1", client: "ada", issued: "2026-11-01", due: "2026-12-01", lines: [(result: "A", price: "90 EUR")])"#,
        r#"invoice (id: "i2", number: "2", client: "ada", issued: "2026-11-02", due: "2026-12-01", lines: [(result: "A", price: "-20 EUR")])"#,
    ])
}

#[test]
fn no_amount_below_nothing_is_taken_but_for_what_an_account_can_owe() {
    let book = facts();
    let context = Context { book: &book, today: day("2026-11-20") };
    let ada = || Target::New(ClientId::new("ada").ok());
    let targets = [
        ada(),
        Target::Record(Table::Deals, "logo".to_owned()),
        Target::NewPart(Table::Deals, "logo".to_owned()),
        Target::NewPart(Table::Retainers, "care".to_owned()),
        Target::NewPart(Table::Invoices, "i1".to_owned()),
        Target::Row(FirmList::RateCard, String::new()),
    ];
    let levers = LeverKind::ALL.into_iter().map(FormKind::Lever);
    let mut asked = 0;
    for kind in FormKind::ALL.into_iter().chain(levers).filter(|kind| *kind != FormKind::Balance) {
        let fields = kind.spec().fields;
        let amounts = fields
            .iter()
            .enumerate()
            .filter(|(_, it)| matches!(it.kind, FieldKind::Amount | FieldKind::Cost));
        for (at, field) in amounts {
            asked += 1;
            let refused = targets.iter().any(|target| {
                let mut form = Form::open(kind, target.clone(), 1, &context);
                form.values[at] = "-500".to_owned();
                // What stands in the way elsewhere is filled in, so that this alone is asked.
                for (other, field) in
                    fields.iter().enumerate().filter(|(other, it)| *other != at && it.required)
                {
                    if form.values[other].is_empty() {
                        form.values[other] = match field.kind {
                            FieldKind::OwnClient | FieldKind::Client => "Ada Ltd",
                            FieldKind::Deal => "Logo",
                            FieldKind::Invoice => "1",
                            FieldKind::Day(_) | FieldKind::StageDay => "today",
                            FieldKind::Choice(words) => words[0],
                            _ => "1 month",
                        }
                        .to_owned();
                    }
                }
                form.read(&context).is_err_and(|errors| errors.iter().any(|(place, _)| *place == at))
            });
            assert!(refused, "{kind:?} takes {} below nothing", field.label);
        }
    }
    assert!(asked > 20, "{asked}");
}
