//! The icons, by what they mean here. Each is one character of the icon face and can stand in any text.

/// The view Today.
pub const TODAY: &str = "\u{E5B6}";
/// The view Board.
pub const BOARD: &str = "\u{EB54}";
/// The view Cash.
pub const CASH: &str = "\u{E78E}";
/// The view Clients.
pub const CLIENTS: &str = "\u{E4D6}";
/// One client or person.
pub const CLIENT: &str = "\u{E4C2}";
/// Start with a client.
pub const ADD_CLIENT: &str = "\u{E4D0}";
/// Add.
pub const ADD: &str = "\u{E3D4}";
/// Take away.
pub const REMOVE: &str = "\u{E32A}";
/// Search, filter.
pub const SEARCH: &str = "\u{E30C}";
/// A filter is on.
pub const FILTER: &str = "\u{E268}";
/// Something needs attention.
pub const WARNING: &str = "\u{E4E0}";
/// Something to know.
pub const INFO: &str = "\u{E2CE}";
/// Help.
pub const HELP: &str = "\u{E3E8}";
/// By telephone.
pub const PHONE: &str = "\u{E3B8}";
/// By mail.
pub const MAIL: &str = "\u{E218}";
/// By chat or message.
pub const CHAT: &str = "\u{E168}";
/// Face to face.
pub const MEETING: &str = "\u{E582}";
/// A day.
pub const CALENDAR: &str = "\u{E10A}";
/// Something that renews.
pub const RENEWAL: &str = "\u{E3F6}";
/// An invoice.
pub const INVOICE: &str = "\u{EE42}";
/// An expense.
pub const RECEIPT: &str = "\u{E3EC}";
/// Money received.
pub const PAYMENT: &str = "\u{EA8C}";
/// An account.
pub const BANK: &str = "\u{E0B4}";
/// A proposal or document.
pub const PROPOSAL: &str = "\u{E23A}";
/// An agreement.
pub const AGREEMENT: &str = "\u{EBAC}";
/// A promise.
pub const PROMISE: &str = "\u{E606}";
/// Work, hours.
pub const WORK: &str = "\u{E492}";
/// A deal.
pub const DEAL: &str = "\u{E0EE}";
/// A note.
pub const NOTE: &str = "\u{E34C}";
/// Time.
pub const CLOCK: &str = "\u{E19A}";
/// As it was on another day.
pub const HISTORY: &str = "\u{E1A0}";
/// Put off.
pub const SNOOZE: &str = "\u{E5EE}";
/// Done.
pub const CHECK: &str = "\u{E182}";
/// Handled.
pub const HANDLED: &str = "\u{E184}";
/// Close, dismiss.
pub const CROSS: &str = "\u{E4F6}";
/// Undo.
pub const UNDO: &str = "\u{E08A}";
/// Opens below; sorted downwards.
pub const CARET_DOWN: &str = "\u{E136}";
/// Closes; sorted upwards.
pub const CARET_UP: &str = "\u{E13C}";
/// Back.
pub const CARET_LEFT: &str = "\u{E138}";
/// On, opens.
pub const CARET_RIGHT: &str = "\u{E13A}";
/// Up.
pub const ARROW_UP: &str = "\u{E08E}";
/// Down.
pub const ARROW_DOWN: &str = "\u{E03E}";
/// Came from them.
pub const INCOMING: &str = "\u{E040}";
/// Went to them.
pub const OUTGOING: &str = "\u{E092}";
/// Rising.
pub const TREND_UP: &str = "\u{E4AE}";
/// Falling.
pub const TREND_DOWN: &str = "\u{E4AC}";
/// Open a book.
pub const OPEN: &str = "\u{E256}";
/// Save.
pub const SAVE: &str = "\u{E248}";
/// Import.
pub const IMPORT: &str = "\u{E20C}";
/// Export.
pub const EXPORT: &str = "\u{E4C0}";
/// Settings.
pub const SETTINGS: &str = "\u{E272}";
/// Read-only.
pub const LOCKED: &str = "\u{E308}";
/// Remove.
pub const DELETE: &str = "\u{E4A6}";
/// Copy.
pub const COPY: &str = "\u{E1CA}";
/// Keys.
pub const KEYBOARD: &str = "\u{E2D8}";
/// The sample book.
pub const SAMPLE: &str = "\u{E6A2}";
/// A follow-up.
pub const FLAG: &str = "\u{E244}";
/// A goal.
pub const TARGET: &str = "\u{E47C}";
/// A gift.
pub const GIFT: &str = "\u{E276}";
/// Glad.
pub const GLAD: &str = "\u{E436}";
/// Okay.
pub const OKAY: &str = "\u{E43A}";
/// Nothing here.
pub const EMPTY: &str = "\u{E4AA}";
/// A domain or site.
pub const GLOBE: &str = "\u{E288}";
/// An introduction.
pub const INTRODUCTION: &str = "\u{E68E}";
/// Money going out.
pub const EXPENSE: &str = "\u{E1D2}";
/// Can be dragged.
pub const DRAG: &str = "\u{EAE2}";
/// A chart.
pub const CHART: &str = "\u{E156}";
/// A list.
pub const LIST: &str = "\u{EADC}";
/// Keep an eye on it: goes with the colour `watch`.
pub const WATCH: &str = "▲";
/// Act: goes with the colour `risk`.
pub const RISK: &str = "◆";

/// The window's icon.
#[must_use]
pub fn window() -> egui::IconData {
    decoded(include_bytes!("../../assets/icons/rapport.png")).unwrap_or_default()
}

fn decoded(bytes: &[u8]) -> Option<egui::IconData> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut rgba).ok()?;
    Some(egui::IconData { rgba, width: frame.width, height: frame.height })
}
