//! What a person prefers, as it is shown and changed while the settings are open.

use std::path::PathBuf;

use super::session::{Session, ThemeChoice};
use crate::written::{DayOrder, Marks};

/// How much moves on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MotionChoice {
    /// Short movements that show where things went.
    #[default]
    Full,
    /// Controls fade, nothing travels.
    Reduced,
    /// Nothing.
    Off,
}

/// The sizes one can choose, in per cent of the system's own.
pub const ZOOMS: [u16; 10] = [75, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/// A line of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettingsRow {
    /// Light, dark, or as the system has it.
    Theme,
    /// How large everything is drawn.
    Zoom,
    /// How much moves.
    Motion,
    /// Whether keys that type a character count outside fields.
    PlainKeys,
    /// The marks in numbers.
    Numbers,
    /// The order of a day's parts.
    Days,
    /// The file of keys of one's own.
    Keys,
    /// The open book.
    Book,
    /// Earlier versions of it.
    Backups,
    /// One of the keys of one's own that do not count, by its place among them.
    KeyProblem(usize),
}

/// A preference with its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The theme.
    Theme(ThemeChoice),
    /// The zoom in per cent.
    Zoom(u16),
    /// How much moves.
    Motion(MotionChoice),
    /// Whether plain keys do nothing outside fields.
    PlainKeysOff(bool),
    /// The marks in numbers.
    Marks(Marks),
    /// The order of a day's parts.
    Days(DayOrder),
}

impl SettingsRow {
    /// All lines, in order.
    pub const ALL: [Self; 9] = [
        Self::Theme,
        Self::Zoom,
        Self::Motion,
        Self::PlainKeys,
        Self::Numbers,
        Self::Days,
        Self::Keys,
        Self::Book,
        Self::Backups,
    ];

    /// All lines as they stand now: what is wrong with keys comes last.
    pub fn lines(session: &Session) -> impl Iterator<Item = Self> + use<> {
        Self::ALL.into_iter().chain((0..session.key_problems.len()).map(Self::KeyProblem))
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Theme => "Theme",
            Self::Zoom => "Zoom",
            Self::Motion => "Motion",
            Self::PlainKeys => "Plain keys",
            Self::Numbers => "Numbers",
            Self::Days => "Days",
            Self::Keys => "Keys",
            Self::Book => "Book",
            Self::Backups => "Backups",
            Self::KeyProblem(_) => "Keys that do not count",
        }
    }

    /// What else it may be looked for by.
    #[must_use]
    pub fn also_called(self) -> &'static str {
        match self {
            Self::Theme => "colours dark light mode",
            Self::Zoom => "size larger smaller text",
            Self::Motion => "animation reduced movement",
            Self::PlainKeys => "single keys shortcuts off",
            Self::Numbers => "number format decimal comma point",
            Self::Days => "day date format",
            Self::Keys => "keys file shortcuts keyboard",
            Self::Book => "book file folder",
            Self::Backups => "backup earlier versions folder",
            Self::KeyProblem(_) => "",
        }
    }

    /// What can be chosen here; nothing where a file is shown.
    #[must_use]
    pub fn choices(self) -> Vec<(String, Setting)> {
        let named = |(name, setting): (&str, Setting)| (name.to_owned(), setting);
        match self {
            Self::Theme => [
                ("System", Setting::Theme(ThemeChoice::System)),
                ("Light", Setting::Theme(ThemeChoice::Light)),
                ("Dark", Setting::Theme(ThemeChoice::Dark)),
            ]
            .map(named)
            .into(),
            Self::Zoom => ZOOMS.iter().map(|zoom| (percent(*zoom), Setting::Zoom(*zoom))).collect(),
            Self::Motion => [
                ("Full", Setting::Motion(MotionChoice::Full)),
                ("Reduced", Setting::Motion(MotionChoice::Reduced)),
                ("Off", Setting::Motion(MotionChoice::Off)),
            ]
            .map(named)
            .into(),
            Self::PlainKeys => {
                [("On", Setting::PlainKeysOff(false)), ("Off", Setting::PlainKeysOff(true))].map(named).into()
            }
            Self::Numbers => [
                ("1,234.50", Setting::Marks(Marks::Comma)),
                ("1.234,50", Setting::Marks(Marks::Point)),
                ("1\u{202f}234,50", Setting::Marks(Marks::Space)),
                ("1\u{2019}234.50", Setting::Marks(Marks::Apostrophe)),
            ]
            .map(named)
            .into(),
            Self::Days => [
                ("4 Mar 2026", Setting::Days(DayOrder::DayFirst)),
                ("Mar 4 2026", Setting::Days(DayOrder::MonthFirst)),
                ("2026-03-04", Setting::Days(DayOrder::YearFirst)),
            ]
            .map(named)
            .into(),
            Self::Keys | Self::Book | Self::Backups | Self::KeyProblem(_) => Vec::new(),
        }
    }

    /// What is chosen now; `None` where a file is shown.
    #[must_use]
    pub fn chosen(self, session: &Session) -> Option<Setting> {
        match self {
            Self::Theme => Some(Setting::Theme(session.theme)),
            Self::Zoom => Some(Setting::Zoom(session.zoom)),
            Self::Motion => Some(Setting::Motion(session.motion)),
            Self::PlainKeys => Some(Setting::PlainKeysOff(session.keys.plain_off)),
            Self::Numbers => Some(Setting::Marks(session.format.marks)),
            Self::Days => Some(Setting::Days(session.format.days)),
            Self::Keys | Self::Book | Self::Backups | Self::KeyProblem(_) => None,
        }
    }

    /// The choice after the present one, or before it; `None` at the end.
    #[must_use]
    pub fn beside(self, session: &Session, forward: bool) -> Option<Setting> {
        if self == Self::Zoom {
            // The zoom may be one between the choices: Ctrl with plus and minus moves it in steps of its own.
            let next = if forward {
                ZOOMS.into_iter().find(|zoom| *zoom > session.zoom)
            } else {
                ZOOMS.into_iter().rev().find(|zoom| *zoom < session.zoom)
            };
            return next.map(Setting::Zoom);
        }
        let (choices, chosen) = (self.choices(), self.chosen(session)?);
        let at = choices.iter().position(|(_, setting)| *setting == chosen)?;
        let at = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        choices.get(at?).map(|(_, setting)| *setting)
    }
}

/// A zoom as it is said: `125 %`.
#[must_use]
pub fn percent(zoom: u16) -> String {
    format!("{zoom}\u{a0}%")
}

/// The files the settings tell of, as they were when the settings were opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingsFiles {
    /// The file of keys of one's own.
    pub keys: PathBuf,
    /// Whether it is there.
    pub keys_there: bool,
    /// Whether it is there and cannot be read; why is among the problems of the keys.
    pub keys_unreadable: bool,
    /// The folder with earlier versions of the open book, how many there are, and when the newest was replaced.
    pub backups: Option<(PathBuf, usize, Option<String>)>,
}

/// Something done in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsAction {
    /// Opens them.
    Open,
    /// Puts the cursor on a line.
    Point(SettingsRow),
    /// Prefers this from now on.
    Set(Setting),
    /// Makes the file of keys where there is none.
    WriteKeys,
    /// Shows the folder of the line's file.
    ShowFolder(SettingsRow),
    /// This is how the files are.
    Found(SettingsFiles),
}
