//! Draws a screen with no display: some frames at fixed times, and the last one as a picture.

use egui::{Context, RawInput, Rect, Theme, Ui, ViewportId, pos2, vec2};

use super::raster::{Image, MAX_SIDE, Rasteriser};
use super::theme::Tokens;

/// Why no picture could be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawError {
    /// A side is 0 or longer than [`MAX_SIDE`]: the size asked for, in pixels.
    Size {
        /// Pixels in a row.
        width: f64,
        /// Rows.
        height: f64,
    },
    /// The scale is not between 0.25 and 8.
    Scale(f32),
}

impl std::fmt::Display for DrawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size { width, height } => {
                write!(
                    f,
                    "a picture of {width:.0} x {height:.0} pixels can't be drawn: each side must be 1 to {MAX_SIDE}"
                )
            }
            Self::Scale(scale) => write!(f, "a scale of {scale} can't be drawn: it must be 0.25 to 8"),
        }
    }
}

impl std::error::Error for DrawError {}

/// A context with faces and both themes, set to one of them.
#[must_use]
pub fn context(theme: Theme) -> Context {
    let ctx = Context::default();
    super::fonts::install(&ctx);
    super::theme::apply(&ctx);
    ctx.set_theme(theme);
    ctx
}

/// Draws a screen of `size` points, each `scale` pixels wide, in a theme.
///
/// # Errors
/// When the picture would be empty or larger than [`MAX_SIDE`].
pub fn draw(
    size: [u32; 2],
    scale: f32,
    theme: Theme,
    screen: impl FnMut(&mut Ui),
) -> Result<Image, DrawError> {
    draw_in(&context(theme), size, scale, screen)
}

/// As [`draw`], in a context that the caller has prepared (with more faces, or a state of scrolling).
///
/// # Errors
/// When the picture would be empty or larger than [`MAX_SIDE`].
pub fn draw_in(
    ctx: &Context,
    size: [u32; 2],
    scale: f32,
    mut screen: impl FnMut(&mut Ui),
) -> Result<Image, DrawError> {
    /// Popups, modals and scroll areas learn their size in one frame and use it in the next.
    const FRAMES_AT_LEAST: u32 = 3;
    const FRAMES_AT_MOST: u32 = 10;
    let pixels = pixels(size, scale)?;
    let mut raster = Rasteriser::default();
    let mut frame = 0;
    loop {
        let mut output = ctx.run_ui(input(size, scale, frame), &mut screen);
        raster.update_textures(std::mem::take(&mut output.textures_delta));
        frame += 1;
        let restless =
            output.viewport_output.get(&ViewportId::ROOT).is_some_and(|view| view.repaint_delay.is_zero());
        if frame >= FRAMES_AT_LEAST && (!restless || frame >= FRAMES_AT_MOST) {
            let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
            return Ok(raster.paint(pixels, scale, Tokens::of(ctx).ground, &primitives));
        }
    }
}

fn input(size: [u32; 2], scale: f32, frame: u32) -> RawInput {
    #[expect(clippy::cast_precision_loss, reason = "at most a few thousand points")]
    let [width, height] = size.map(|side| side as f32);
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height))),
        max_texture_side: Some(2048),
        // A second for each frame: whatever moves has come to rest.
        time: Some(f64::from(frame)),
        predicted_dt: 1.0,
        focused: true,
        ..RawInput::default()
    };
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(scale);
    input
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the bounds first"
)]
fn pixels(size: [u32; 2], scale: f32) -> Result<[u32; 2], DrawError> {
    if !(0.25..=8.0).contains(&scale) {
        return Err(DrawError::Scale(scale));
    }
    let [width, height] = size.map(|side| (f64::from(side) * f64::from(scale)).round());
    let bounds = 1.0..=f64::from(MAX_SIDE);
    if !bounds.contains(&width) || !bounds.contains(&height) {
        return Err(DrawError::Size { width, height });
    }
    Ok([width as u32, height as u32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_too_large_or_empty_is_refused_with_the_bounds() {
        assert_eq!(pixels([100, 50], 2.0), Ok([200, 100]));
        assert!(pixels([0, 50], 1.0).is_err());
        assert!(pixels([9000, 50], 1.0).is_err());
        assert!(pixels([u32::MAX, 1], 8.0).is_err());
        assert!(pixels([100, 50], f32::NAN).is_err());
        let text = pixels([9000, 50], 1.0).map_err(|error| error.to_string());
        assert_eq!(
            text,
            Err("a picture of 9000 x 50 pixels can't be drawn: each side must be 1 to 8192".to_owned())
        );
    }
}
