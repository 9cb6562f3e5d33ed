//! The preview of an import: which column is which, what comes in, what is skipped.

use egui::{Align, Id, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::command::key_of;
use crate::figures::amount_in_full;
use crate::kit::icon;
use crate::kit::text::{self, Cut, Ink};
use crate::kit::theme::{Tokens, height, size, space};
use crate::kit::widgets::{Dialog, Row, buttons_ui, buttons_width, ghost, list_box_ui, primary, secondary};
use crate::state::{Action, DateOrder, ImportField, ImportPreview, ImportState};
use crate::written;

/// Draws the preview.
pub(super) fn import_ui(ui: &mut Ui, import: &ImportState) -> Vec<Action> {
    let title = format!("Import {}", import.draft.name());
    let keys = ["import.take", "import.dates", "import.currency", "app.back"]
        .map(|id| key_of(ui, id).unwrap_or_default());
    let [take, dates, currency, back] = &keys;
    let order = match import.draft.dates {
        None => "Dates: as found",
        Some(DateOrder::Dmy) => "Dates: day first",
        Some(DateOrder::Mdy) => "Dates: month first",
        Some(DateOrder::Ymd) => "Dates: year first",
    };
    let money = match (import.draft.currency, &import.preview) {
        (Some(chosen), _) => format!("Currency: {chosen}"),
        (None, Some(preview)) if preview.currency_guessed => {
            format!("Currency: {}, a guess", preview.currency)
        }
        (None, Some(preview)) => format!("Currency: as found, {}", preview.currency),
        (None, None) => "Currency: as found".to_owned(),
    };
    let ready = import.preview.as_ref().is_some_and(|preview| preview.book.is_some());
    let shown = Dialog::new(Id::unique("import"), &title).width(900.0).show(
        ui,
        |ui| match &import.preview {
            None => {
                text::label(ui, "Reading the file …", &Ink::second(Tokens::of(ui)));
                Vec::new()
            }
            Some(preview) => preview_ui(ui, import, preview),
        },
        vec![
            (ghost("Cancel").key(back), "app.back"),
            (secondary(&money).key(currency), "import.currency"),
            (secondary(order).key(dates), "import.dates"),
            (primary("Import").key(take).enabled(ready), "import.take"),
        ],
    );
    let mut actions = shown.body;
    actions.extend(shown.footer.map(Action::Run));
    actions
}

fn preview_ui(ui: &mut Ui, import: &ImportState, preview: &ImportPreview) -> Vec<Action> {
    let tokens = Tokens::of(ui);
    let mut actions = Vec::new();
    match &preview.refused {
        Some(why) => {
            let ink = Ink::body(tokens).colour(tokens.risk);
            ui.add(egui::Label::new(ink.rich(format!("{} {why}", icon::RISK))).wrap());
        }
        None => {
            text::label(ui, preview.summary.as_str(), &Ink::body(tokens).medium());
        }
    }
    ui.add_space(space::XS);
    let keys = [key_of(ui, "import.left"), key_of(ui, "import.right")].map(Option::unwrap_or_default);
    let [left, right] = &keys;
    text::label(
        ui,
        format!("Columns · {left} and {right} choose another"),
        &Ink::new(size::SMALL, tokens.tertiary),
    );
    ui.spacing_mut().item_spacing.y = 0.0;
    let fields = &preview.fields;
    list_box_ui(ui, "Columns", fields.len(), |ui| {
        for (at, field) in fields.iter().enumerate() {
            actions.extend(field_ui(ui, field, (at, fields.len()), at == import.cursor));
        }
    });
    let is_read = |header: &&String| fields.iter().any(|field| field.column.as_ref() == Some(*header));
    let unread: Vec<&str> = preview.headers.iter().filter(|it| !is_read(it)).map(String::as_str).collect();
    if !unread.is_empty() {
        ui.add_space(space::XS);
        let ink = Ink::new(size::SMALL, tokens.tertiary);
        ui.add(egui::Label::new(ink.rich(format!("Not read: {}", unread.join(", ")))).truncate());
    }
    ui.add_space(space::M);
    if !preview.rows.is_empty() {
        rows_ui(ui, preview);
    }
    if !preview.skipped.is_empty() {
        ui.add_space(space::S);
        text::label(ui, "Skipped", &Ink::new(size::SMALL, tokens.tertiary).semibold());
        for line in &preview.skipped {
            ui.add(egui::Label::new(Ink::second(tokens).rich(line.as_str())).truncate());
        }
    }
    actions
}

fn field_ui(ui: &mut Ui, field: &ImportField, (at, of): (usize, usize), selected: bool) -> Option<Action> {
    let tokens = Tokens::of(ui);
    let none = if field.needed { "none yet" } else { "left out" };
    let column = field.column.as_deref().unwrap_or(none);
    let label = format!("{}: {column}. {}", field.field, field.why);
    let row = Row::new(Id::unique(("import field", at)), &label)
        .dense()
        .place(at, of)
        .selected(selected)
        .sense(Sense::CLICK);
    let mut pressed = None;
    let response = row.show(ui, |ui, mut rect| {
        let whole = rect;
        if selected {
            let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
            let mut ui = ui.new_child(builder);
            ui.spacing_mut().item_spacing.x = 0.0;
            let keys = ["import.left", "import.right"].map(|id| key_of(&ui, id).unwrap_or_default());
            let [left, right] = &keys;
            let buttons = vec![
                (ghost("Previous column").icon_only(icon::CARET_LEFT).key(left), "import.left"),
                (ghost("Next column").icon_only(icon::CARET_RIGHT).key(right), "import.right"),
            ];
            rect.max.x -= buttons_width(&ui, &buttons) + space::S;
            pressed = buttons_ui(&mut ui, buttons).map(Action::Run);
        }
        let painter = ui.painter();
        // The columns stand where those of the other rows do, buttons or none.
        let part = |from: f32, to: f32| {
            let right = (whole.left() + whole.width() * to - space::S).min(rect.right());
            Rect::from_min_max(
                pos2(whole.left() + whole.width() * from, rect.top()),
                pos2(right, rect.bottom()),
            )
        };
        let ink = match field.column {
            Some(_) => Ink::body(tokens).medium(),
            None => Ink::body(tokens).colour(tokens.tertiary),
        };
        text::paint(painter, part(0.0, 0.18), Align::Min, &field.field, &Ink::body(tokens), Cut::End);
        text::paint(painter, part(0.18, 0.45), Align::Min, column, &ink, Cut::Middle);
        text::paint(painter, part(0.45, 1.0), Align::Min, &field.why, &Ink::second(tokens), Cut::End);
    });
    pressed.or_else(|| response.clicked().then_some(Action::PointImport(at)))
}

fn rows_ui(ui: &mut Ui, preview: &ImportPreview) {
    let tokens = Tokens::of(ui);
    let shares = [0.14, 0.22, 0.125, 0.125, 0.13, 0.125, 0.135];
    let line = |ui: &mut Ui, cells: [&str; 7], ink: &Ink| {
        let size = vec2(ui.available_width(), height::TARGET);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let said = || cells.iter().filter(|cell| !cell.is_empty()).copied().collect::<Vec<_>>().join(", ");
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said()));
        let mut left = rect.left() + space::M;
        let width = rect.width() - 2.0 * space::M;
        for (at, (cell, share)) in cells.into_iter().zip(shares).enumerate() {
            let right = left + width * share;
            let place = Rect::from_min_max(pos2(left, rect.top()), pos2(right - space::L, rect.bottom()));
            let align = if at == 4 { Align::Max } else { Align::Min };
            text::paint(ui.painter(), place, align, cell, ink, Cut::Middle);
            left = right;
        }
    };
    let head = Ink::new(size::SMALL, tokens.tertiary).semibold();
    line(ui, ["Number", "Client", "Issued", "Due", "Amount", "Paid", "Becomes"], &head);
    for row in &preview.rows {
        let [issued, due] = [row.issued, row.due].map(written::day_in_full);
        let paid = row.paid.map(written::day_in_full).unwrap_or_default();
        let cells = [&row.number, &row.client, &issued, &due, &amount_in_full(row.amount), &paid];
        let [number, client, issued, due, amount, paid] = cells.map(String::as_str);
        let cells = [number, client, issued, due, amount, paid, row.becomes];
        line(ui, cells, &Ink::body(tokens));
    }
    if preview.more_rows > 0 {
        let more = format!("and {} more", written::count(preview.more_rows));
        text::label(ui, more, &Ink::new(size::SMALL, tokens.tertiary));
    }
}
