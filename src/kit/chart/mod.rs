//! Charts, painted by hand: points and labels in, shapes out. Floating point is allowed here, and only here.
//!
//! Every chart is also a text node that says in words what it shows. Actual is solid, forecast is outlined or dashed.
//!
//! Must not know: what the points mean.

mod axis;
mod balance;
mod band;
mod bullet;
mod calibration;
mod days;
mod fan;
mod held;
mod label;
mod months;
mod parts;
mod path;
mod range;
mod spark;
mod stack;
mod threshold;
mod waterfall;

pub use axis::{Ticks, ticks};
pub use balance::Balance;
pub use band::{Band, paint_band};
pub use bullet::Bullet;
pub use calibration::{Calibration, Level};
pub use fan::{Compared, DayCursor, Fan, Mark, Quantile, Spread};
pub use held::{Held, PastRange};
pub use months::{Bar, MonthBars, MonthBarsResponse, MonthFlow};
pub use parts::{Part, Parts, PartsFill};
pub use range::{Expected, TimeAxis};
pub use spark::{FanSpark, SparkDay, paint_sparkline_on};
pub use stack::{MonthStack, MonthStacks, PATTERNS, paint_pattern, paint_stack};
pub use threshold::Threshold;
pub use waterfall::{Step, StepKind, Waterfall, WaterfallResponse};

use egui::{PopupAnchor, Response, Role, Sense, Tooltip, Ui, WidgetInfo, vec2};

/// What happened to a chart.
#[derive(Debug, Clone)]
pub struct ChartResponse {
    /// The chart as a whole.
    pub response: Response,
    /// Index of the month, day, row or point under the pointer.
    pub hovered: Option<usize>,
    /// Index of the month, day, row or point that was clicked.
    pub clicked: Option<usize>,
}

impl ChartResponse {
    /// Shows words beside the pointer while it is over the chart.
    pub fn hover_text(&self, ui: &Ui, words: &str) {
        if self.hovered.is_none() || words.is_empty() || crate::kit::widgets::keeps_quiet(&self.response) {
            return;
        }
        let id = self.response.id.with("words");
        let beside =
            Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, PopupAnchor::Pointer).gap(12.0);
        beside.show(|ui| ui.label(words));
    }
}

/// Takes the place of a chart, and says what it shows.
fn canvas(ui: &mut Ui, height: f32, says: &str) -> (egui::Rect, Response) {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, says));
    (rect, response)
}
