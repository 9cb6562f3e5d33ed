//! What leaves the process: the disk, the clock, dialogs and threads.
//!
//! The [`Desk`] holds the file behind the open book. What takes long runs on threads of its own and comes back as an
//! action; [`Wake`] tells the window that one is there. Panels never see this. **This folder must not know** egui.

mod desk;
mod import;
mod mail;
mod open_file;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::state::Effect;

pub use desk::Desk;
pub use mail::Opener;

/// Tells the window that an action waits.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The working day, by the machine's clock and time zone.
#[must_use]
pub fn today() -> NaiveDate {
    now().date()
}

/// The time, by the machine's clock and time zone.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now() -> NaiveDateTime {
    chrono::Local::now().naive_local()
}

/// A seed for the ids of new records, different in every run.
#[must_use]
pub fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// An effect with the home folder in place of a leading `~` in its path, as shells read it.
#[must_use]
pub fn at_home(effect: Effect) -> Effect {
    let expanded = |path: PathBuf| match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path,
    };
    match effect {
        Effect::Open(path) => Effect::Open(expanded(path)),
        Effect::SaveAs(path) => Effect::SaveAs(expanded(path)),
        Effect::Export(path, text) => Effect::Export(expanded(path), text),
        Effect::ReadImport(path) => Effect::ReadImport(expanded(path)),
        Effect::WriteDossier { client, format, path, over } => {
            Effect::WriteDossier { client, format, path: expanded(path), over }
        }
        Effect::WriteCalendar { path, over } => Effect::WriteCalendar { path: expanded(path), over },
        other => other,
    }
}

/// How long until the day turns.
#[must_use]
pub fn until_midnight() -> Duration {
    let now = now();
    let midnight = now.date().succ_opt().and_then(|day| day.and_hms_opt(0, 0, 1));
    midnight.and_then(|midnight| (midnight - now).to_std().ok()).unwrap_or(Duration::from_hours(1))
}
