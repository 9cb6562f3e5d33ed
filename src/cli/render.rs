//! `rapport render BOOK --view … OUT.png`: the same panels as in the window, drawn without a display.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::book;
use crate::command::Guide;
use crate::domain::ClientId;
use crate::figures::Memo;
use crate::figures::forecast::{OutlookMemo, Question};
use crate::kit::{fallback, headless};
use crate::panels::window_ui;
use crate::state::{Action, Cursor, Origin, PagePlace, PageSection, RatesAction, Shown, State, View, reduce};
use crate::store::{Loaded, Source, file, splice};

/// Draw a view of a book as a PNG, without a display
#[derive(Debug, clap::Args)]
pub struct Render {
    /// The book
    pub book: PathBuf,
    /// The view: today, board, cash, clients, firm, rates, outbox, client:ID for a client's page, or client:ID/Deals for a part of it
    #[arg(long, default_value = "today")]
    pub view: String,
    /// Look at the book as of this day [default: today]
    #[arg(long, value_name = "DAY", value_parser = super::parse_day)]
    pub as_of: Option<NaiveDate>,
    /// The size of the window in points
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = parse_size)]
    pub size: [u32; 2],
    /// Pixels for a point
    #[arg(long, default_value_t = 1.0)]
    pub scale: f32,
    /// The theme: dark or light
    #[arg(long, default_value = "dark", value_parser = ["dark", "light"])]
    pub theme: String,
    /// The picture to write
    pub out: PathBuf,
}

fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let parts = text.split_once('x').and_then(|(w, h)| Some([w.parse().ok()?, h.parse().ok()?]));
    parts.ok_or_else(|| "expected a size such as 1280x800".to_owned())
}

/// Draws and writes the picture. Exit code 0; 2 when the book, the view or the size cannot be used.
pub fn run(args: &Render, today: NaiveDate, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let loaded = match book::read(&args.book) {
        Ok(loaded) => loaded,
        Err(message) => {
            let _ = writeln!(err, "{message}");
            return 2;
        }
    };
    match draw(args, loaded, today) {
        Ok(()) => {
            // The picture is written whether or not anybody reads this.
            let _ = writeln!(out, "{}", args.out.display());
            0
        }
        Err(why) => {
            let _ = writeln!(err, "rapport: {why}");
            2
        }
    }
}

fn draw(args: &Render, loaded: Loaded, today: NaiveDate) -> Result<(), String> {
    // A day ahead is a working day to come; a day back is for looking, as in the window.
    let day = args.as_of.unwrap_or(today);
    let mut state = State::new(loaded.book, day.max(today), 0);
    state.file.origin = Origin::File(args.book.clone());
    reduce(&mut state, Action::LookAt((day < today).then_some(day)));
    show(&mut state, &args.view)?;
    let theme = if args.theme == "light" { egui::Theme::Light } else { egui::Theme::Dark };
    let mut memo = Memo::new();
    let mut known = OutlookMemo::default();
    let mut answer = |question: Question| known.answer(&question, &mut |_| ControlFlow::Continue(()));
    let shown = Shown::whole(&mut memo, &answer(state.question()), &state);
    // What the item that the hand is at means is asked once it is known which one that is.
    let shown = Shown::whole(&mut memo, &answer(shown.question(&state)), &state);
    let guide = Guide::of(&state, &shown);
    let ctx = headless::context(theme);
    // Names in scripts that our own faces lack are drawn with the system's, as in the window.
    let text = splice(&Source::empty(), &state.book);
    let missing = fallback::missing([text.as_str()]);
    if !missing.is_empty() {
        for face in fallback::system_faces(&missing, fontdb::Database::load_system_fonts) {
            ctx.add_font(face);
        }
    }
    let image = headless::draw_in(&ctx, args.size, args.scale, |ui| {
        window_ui(ui, &state, &shown, &guide);
    });
    let png = image.map_err(|why| why.to_string())?.to_png().map_err(|why| why.to_string())?;
    file::write_over(&args.out, &png)
        .map_err(|why| format!("{} could not be written: {why}", args.out.display()))
}

/// Turns the state to the view asked for.
fn show(state: &mut State, view: &str) -> Result<(), String> {
    state.session.view = match view.split_once(':') {
        Some(("client", id)) => {
            let part = |(_, part): &(&str, &str)| {
                let named = |it: &PageSection| it.title().replace(' ', "-").eq_ignore_ascii_case(part);
                PageSection::ALL.into_iter().find(named)
            };
            // An id may hold a slash itself.
            let is_client = |id: &str| ClientId::new(id).is_ok_and(|id| state.book.client(&id).is_some());
            let (id, section) = match id.rsplit_once('/').filter(|_| !is_client(id)) {
                None => (id, PageSection::default()),
                Some(named) => {
                    let all = PageSection::ALL.map(|it| it.title().replace(' ', "-"));
                    let part = part(&named).filter(|_| is_client(named.0));
                    let unknown =
                        format!("there is no client {id:?}, and no such part of a page: {}", all.join(", "));
                    (named.0, part.ok_or(unknown)?)
                }
            };
            let client = ClientId::new(id).ok().filter(|id| state.book.client(id).is_some());
            let client = client.ok_or_else(|| format!("there is no client {id:?} in this book"))?;
            state.session.page = Some(PagePlace { client, section, cursor: Cursor::default() });
            View::Clients
        }
        _ => match view {
            "today" => View::Today,
            "board" => View::Board,
            "cash" => View::Cash,
            "clients" => View::Clients,
            "outbox" => View::Outbox,
            "firm" => {
                state.session.clients.firm = true;
                View::Clients
            }
            "rates" => {
                reduce(state, Action::Rates(RatesAction::Toggle));
                View::Clients
            }
            _ => {
                return Err(format!(
                    "there is no view {view:?}: expected today, board, cash, clients, firm, rates, outbox or client:ID"
                ));
            }
        },
    };
    Ok(())
}
