//! What a person prefers, and how the window was left: a small RON file, never in the book.
//!
//! Nothing here is worth an error: what cannot be read is kept aside and the usual settings are used, with a message.

use std::io;
use std::path::{Path, PathBuf};

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize, Serializer};

use super::file::{ReadError, read};
use super::place::make_folder;
use super::save::{Expected, SaveError, SaveRequest, Saved, Step, save};
use super::swap;
use crate::written::{DayOrder, Marks};

/// The settings. Fields unknown here (of another version) are ignored, missing ones have their usual value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The book that was open last, absolute.
    #[serde(serialize_with = "path_as_text")]
    pub last_book: Option<PathBuf>,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// How much is animated.
    pub motion: Motion,
    /// How large everything is drawn.
    pub zoom: Zoom,
    /// The marks in numbers.
    pub numbers: Marks,
    /// The order of a day's parts.
    pub days: DayOrder,
    /// Whether keys that type a character do nothing outside fields.
    pub plain_keys_off: bool,
    /// What was chosen in the palette, the last one first, and how much that weighs.
    pub used: Vec<(String, u32)>,
    /// How the window was left; `None` before it was ever closed.
    pub window: Option<WindowPlace>,
    /// Whether the first run's choices have been answered.
    pub seen_first_run: bool,
}

/// The colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// What the system has.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How much is animated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// Everything that is.
    #[default]
    Full,
    /// Fades only; nothing moves.
    Reduced,
    /// Nothing.
    Off,
}

/// How large everything is drawn: 1 is the system's own size, kept between 0.75 and 3, where everything can still be reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "f32", into = "f32")]
pub struct Zoom(f32);

impl Zoom {
    /// The nearest allowed zoom; 1 for what is no number.
    #[must_use]
    pub fn new(factor: f32) -> Self {
        Self(if factor.is_finite() { factor.clamp(0.75, 3.0) } else { 1.0 })
    }

    /// The factor.
    #[must_use]
    pub fn factor(self) -> f32 {
        self.0
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self(1.0)
    }
}

impl From<f32> for Zoom {
    fn from(factor: f32) -> Self {
        Self::new(factor)
    }
}

impl From<Zoom> for f32 {
    fn from(zoom: Zoom) -> Self {
        zoom.0
    }
}

/// Where the window was and how large, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    /// Width and height of its inside.
    pub size: (f32, f32),
    /// The left upper corner of its frame; `None` where the system does not tell (Wayland).
    pub position: Option<(f32, f32)>,
    /// Whether it filled the screen.
    pub maximised: bool,
}

impl WindowPlace {
    /// Whether a window of this place could be used: finite numbers, and a size between a stamp and a wall.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let (width, height) = self.size;
        let in_range = |length: f32| (100.0..=20_000.0).contains(&length);
        let on_earth = |(x, y): (f32, f32)| x.abs() <= 100_000.0 && y.abs() <= 100_000.0;
        in_range(width) && in_range(height) && self.position.is_none_or(on_earth)
    }
}

/// Settings as they were found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    /// The settings, or the usual ones.
    pub settings: Settings,
    /// What to tell the person, if they could not be read.
    pub message: Option<String>,
}

impl Settings {
    /// Reads the settings. A file that makes no sense is renamed to `rapport-settings.ron.broken` and the usual settings
    /// are used.
    #[must_use]
    pub fn load(path: &Path) -> Loaded {
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(ReadError::Missing(_)) => return Loaded::default(),
            Err(error) => {
                let message = format!("{error}; the usual settings are used");
                return Loaded { settings: Self::default(), message: Some(message) };
            }
        };
        match Self::from_bytes(&bytes) {
            Ok(settings) => Loaded { settings, message: None },
            Err(why) => {
                let aside = match keep_aside(path) {
                    Ok(aside) => format!("the file was kept as {}", aside.display()),
                    Err(error) => format!("the file could not be kept aside ({error})"),
                };
                let message = format!("{}: {why}; {aside} and the usual settings are used", path.display());
                Loaded { settings: Self::default(), message: Some(message) }
            }
        }
    }

    /// Saves the settings, making the folder if need be. The last window to close wins.
    ///
    /// # Errors
    /// When the file cannot be written; see [`save`].
    pub fn save(&self, path: &Path) -> Result<Saved, SaveError> {
        let failed = |source| SaveError::at(Step::Look, path, source);
        make_folder(path).map_err(failed)?;
        let text = ron_options()
            .to_string_pretty(self, ron::ser::PrettyConfig::new().new_line("\n"))
            .map_err(|error| failed(io::Error::other(error)))?;
        let known = match read(path) {
            Ok(bytes) => Some(bytes),
            Err(ReadError::Missing(_)) => None,
            Err(ReadError::Io { source, .. }) => return Err(failed(source)),
            Err(error) => return Err(failed(io::Error::other(error))),
        };
        let expected = known.as_deref().map_or(Expected::Absent, Expected::Bytes);
        save(&SaveRequest { path, bytes: format!("{text}\n").as_bytes(), expected, backup_at: None })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "these settings are not UTF-8 text".to_owned())?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut settings: Self = ron_options()
            .from_str(text)
            .map_err(|error| format!("these settings cannot be read ({error})"))?;
        settings.window = settings.window.filter(WindowPlace::is_usable);
        Ok(settings)
    }
}

fn ron_options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

fn keep_aside(path: &Path) -> io::Result<PathBuf> {
    let mut aside = path.as_os_str().to_os_string();
    aside.push(".broken");
    for nth in 1..100 {
        let aside = if nth == 1 {
            PathBuf::from(&aside)
        } else {
            PathBuf::from(format!("{}-{nth}", aside.to_string_lossy()))
        };
        match swap::rename_new(path, &aside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => return result.map(|()| aside),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

/// A path that is not UTF-8 has no text; forgetting it is better than not saving the rest.
#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn path_as_text<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_deref().and_then(Path::to_str).serialize(serializer)
}
