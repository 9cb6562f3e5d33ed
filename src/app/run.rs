//! The window itself: its size and icon, and what is said where none can be opened.

use std::path::Path;

use super::{App, Wish};
use crate::cli::subcommands;
use crate::store::place::{self, Surroundings};
use crate::store::settings::{Settings, WindowPlace};

/// Opens the window and runs until it is closed.
///
/// # Errors
/// When there is no display to open it on, in a sentence that names what works without one.
pub fn run(wish: Wish) -> Result<(), String> {
    let surroundings = Surroundings::of_this_machine();
    let settings_file = place::settings_file(&surroundings, Path::exists);
    let window = Settings::load(&settings_file).settings.window.filter(WindowPlace::is_usable);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Rapport")
        .with_app_id("rapport")
        .with_inner_size(window.map_or([1280.0, 800.0], |window| [window.size.0, window.size.1]))
        .with_min_inner_size([720.0, 480.0])
        .with_maximized(window.is_some_and(|window| window.maximised))
        .with_icon(crate::kit::icon::window());
    if let Some((x, y)) = window.and_then(|window| window.position) {
        viewport = viewport.with_position([x, y]);
    }
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let opened = eframe::run_native(
        "rapport",
        options,
        Box::new(move |creation| Ok(Box::new(App::open(&creation.egui_ctx, &wish, &surroundings)))),
    );
    opened.map_err(|why| {
        format!(
            "The window could not be opened ({}). Without a display these work: rapport {}; see rapport --help",
            plain(&why),
            subcommands().join(", ")
        )
    })
}

/// The reason without the paths of the source files that some libraries put into their messages.
fn plain(why: &eframe::Error) -> String {
    match why {
        eframe::Error::WinitEventLoop(_) => "there is no display".to_owned(),
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) => {
            "its graphics cannot be set up".to_owned()
        }
        other => other.to_string(),
    }
}
