//! Draws egui's output on the processor, with no display and no GPU.
//!
//! egui paints nothing but coloured, textured triangles. This fills them as a GPU does: edge functions on corners
//! snapped to 1/256 pixel with the top-left rule (so neighbours neither overlap nor gape), bilinear sampling, and
//! blending of premultiplied colours in gamma space.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels are counted and measured at once; sizes are bounded when a canvas is made"
)]

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, TextureId, TexturesDelta};

/// The longest side of a picture in pixels.
pub const MAX_SIDE: u32 = 8192;

/// A finished picture: rows from the top, each pixel opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    pixels: Vec<Color32>,
}

impl Image {
    /// The colour at a place; `None` outside the picture.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> Option<Color32> {
        if x >= self.width || y >= self.height {
            return None;
        }
        self.pixels.get(y as usize * self.width as usize + x as usize).copied()
    }

    /// The pixels from the top left on, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[Color32] {
        &self.pixels
    }

    /// The picture as the bytes of a PNG file.
    ///
    /// # Errors
    /// When the encoder refuses the picture, which a picture with at least one pixel does not bring about.
    pub fn to_png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&bytes)?;
        writer.finish()?;
        Ok(file)
    }
}

/// Less than this part of a texel makes no difference in a channel of 256 steps.
const NEARLY_NONE: f32 = 1.0 / 512.0;

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Texture {
    fn texel(&self, x: i32, y: i32) -> [f32; 4] {
        let x = x.clamp(0, self.width as i32 - 1) as usize;
        let y = y.clamp(0, self.height as i32 - 1) as usize;
        self.pixels.get(y * self.width + x).copied().unwrap_or_default().to_array().map(f32::from)
    }

    /// Bilinear sample at normalised coordinates, 0 to 255 a channel.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (x - left, y - top);
        let (x, y) = (left as i32, top as i32);
        // Glyphs mostly stand on whole pixels: then one texel is the answer.
        if across < NEARLY_NONE && down < NEARLY_NONE {
            return self.texel(x, y);
        }
        let upper = mix(self.texel(x, y), self.texel(x + 1, y), across);
        let lower = mix(self.texel(x, y + 1), self.texel(x + 1, y + 1), across);
        mix(upper, lower, down)
    }
}

fn mix(a: [f32; 4], b: [f32; 4], t: f32) -> [f32; 4] {
    let mut out = a;
    for (out, b) in out.iter_mut().zip(b) {
        *out += (b - *out) * t;
    }
    out
}

/// Keeps egui's textures from frame to frame, and paints on demand.
#[derive(Default)]
pub struct Rasteriser {
    textures: HashMap<TextureId, Texture>,
}

impl Rasteriser {
    /// Takes in the textures that a frame has changed. To be called for each frame, painted or not.
    pub fn update_textures(&mut self, mut delta: TexturesDelta) {
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each texture is on its own, their order does not matter"
        )]
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                let [width, height] = image.size;
                match change.pos {
                    None => {
                        self.textures.insert(id, Texture { width, height, pixels: image.pixels.clone() });
                    }
                    Some(at) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            patch(texture, at, width, &image.pixels);
                        }
                    }
                }
            }
        }
        self.textures.retain(|id, _| !delta.free.contains(id));
        delta.clear();
    }

    /// Paints a frame on a ground of one colour. Sides are cut to [`MAX_SIDE`].
    #[must_use]
    pub fn paint(
        &self,
        size: [u32; 2],
        scale: f32,
        ground: Color32,
        primitives: &[ClippedPrimitive],
    ) -> Image {
        let [width, height] = size.map(|side| side.min(MAX_SIDE));
        let mut canvas = Canvas {
            width: width as usize,
            pixels: vec![ground; width as usize * height as usize],
            clip: [0; 4],
        };
        for primitive in primitives {
            // Paint callbacks belong to a GPU; nothing here makes one.
            let Primitive::Mesh(mesh) = &primitive.primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let clip = primitive.clip_rect;
            let bound = |value: f32, side: u32| (value * scale).round().clamp(0.0, side as f32) as i32;
            canvas.clip = [
                bound(clip.min.x, width),
                bound(clip.min.y, height),
                bound(clip.max.x, width),
                bound(clip.max.y, height),
            ];
            canvas.mesh(mesh, texture, scale);
        }
        Image { width, height, pixels: canvas.pixels }
    }
}

fn patch(texture: &mut Texture, [x, y]: [usize; 2], width: usize, pixels: &[Color32]) {
    let stride = texture.width;
    for (row, source) in pixels.chunks_exact(width.max(1)).enumerate() {
        let start = (y + row) * stride + x;
        if let Some(target) = texture.pixels.get_mut(start..start + width) {
            target.copy_from_slice(source);
        }
    }
}

struct Canvas {
    width: usize,
    pixels: Vec<Color32>,
    /// Left, top, right, bottom in pixels; the last two are outside.
    clip: [i32; 4],
}

/// One side of a triangle: positive inside, zero on the line.
struct Edge {
    /// Change from one pixel to the next in a row.
    dx: i64,
    /// Change from one row to the next.
    dy: i64,
    /// Value at the centre of the first pixel.
    origin: i64,
}

/// A value that changes evenly over a triangle: at the first pixel, across, down.
#[derive(Clone, Copy)]
struct Plane([f32; 3]);

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, scale: f32) {
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |n: usize| corners.get(n).and_then(|index| mesh.vertices.get(*index as usize));
            if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) {
                self.triangle([a, b, c], texture, scale);
            }
        }
    }

    fn triangle(&mut self, [a, mut b, mut c]: [&Vertex; 3], texture: &Texture, scale: f32) {
        let snap = |v: &Vertex| {
            // Far beyond any canvas nothing is seen, and products still fit into 64 bits.
            let fixed = |value: f32| (value * scale * 256.0).round().clamp(-1e8, 1e8) as i64;
            (fixed(v.pos.x), fixed(v.pos.y))
        };
        let area = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
            (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
        };
        let mut twice_area = area(snap(a), snap(b), snap(c));
        if twice_area == 0 {
            return;
        }
        if twice_area < 0 {
            std::mem::swap(&mut b, &mut c);
            twice_area = -twice_area;
        }
        let (pa, pb, pc) = (snap(a), snap(b), snap(c));

        let [clip_left, clip_top, clip_right, clip_bottom] = self.clip;
        let left = (pa.0.min(pb.0).min(pc.0) >> 8).max(i64::from(clip_left));
        let top = (pa.1.min(pb.1).min(pc.1) >> 8).max(i64::from(clip_top));
        let right = ((pa.0.max(pb.0).max(pc.0) >> 8) + 1).min(i64::from(clip_right));
        let bottom = ((pa.1.max(pb.1).max(pc.1) >> 8) + 1).min(i64::from(clip_bottom));
        if left >= right || top >= bottom {
            return;
        }

        let first = ((left << 8) + 128, (top << 8) + 128);
        let edges = [edge(pb, pc, first), edge(pc, pa, first), edge(pa, pb, first)];
        let same = |x: &Vertex, y: &Vertex| x.color == y.color && x.uv == y.uv;
        let flat = same(a, b) && same(a, c);
        let plane = |value: fn(&Vertex) -> f32| {
            let whole = twice_area as f32;
            let values = [value(a), value(b), value(c)];
            let blend = |part: fn(&Edge) -> i64| {
                edges.iter().zip(values).map(|(edge, value)| part(edge) as f32 / whole * value).sum::<f32>()
            };
            Plane([blend(|edge| edge.origin), blend(|edge| edge.dx), blend(|edge| edge.dy)])
        };
        let planes = (!flat).then(|| {
            [
                plane(|v| v.uv.x),
                plane(|v| v.uv.y),
                plane(|v| f32::from(v.color.r())),
                plane(|v| f32::from(v.color.g())),
                plane(|v| f32::from(v.color.b())),
                plane(|v| f32::from(v.color.a())),
            ]
        });
        let one_colour = shade(texture.sample(a.uv.x, a.uv.y), a.color.to_array().map(f32::from));

        for y in 0..bottom - top {
            let Some((from, to)) = span(&edges, y, right - left) else { continue };
            let start = (top + y) as usize * self.width + left as usize;
            let Some(row) = self.pixels.get_mut(start + from as usize..start + to as usize) else { continue };
            match planes {
                None => fill(row, one_colour),
                Some(planes) => fill_shaded(row, planes, from as f32, y as f32, texture),
            }
        }
    }
}

/// The edge from `p` to `q`. Edges that are neither top nor left give their own line away to the neighbour.
fn edge(p: (i64, i64), q: (i64, i64), first: (i64, i64)) -> Edge {
    let (dx, dy) = (q.0 - p.0, q.1 - p.1);
    let top_left = dy < 0 || (dy == 0 && dx > 0);
    let at = dx * (first.1 - p.1) - dy * (first.0 - p.0);
    Edge { dx: -dy * 256, dy: dx * 256, origin: at - i64::from(!top_left) }
}

/// Which pixels of a row lie inside all three edges: from, and the one after the last.
fn span(edges: &[Edge; 3], y: i64, width: i64) -> Option<(i64, i64)> {
    let (mut from, mut to) = (0, width);
    for edge in edges {
        let at = edge.origin + edge.dy * y;
        match edge.dx {
            0 if at < 0 => return None,
            0 => {}
            rise if rise > 0 => from = from.max(-at.div_euclid(rise)),
            fall => to = to.min(at.div_euclid(-fall) + 1),
        }
    }
    (from < to).then_some((from, to))
}

fn shade(texel: [f32; 4], colour: [f32; 4]) -> [f32; 4] {
    let mut out = texel;
    for (out, colour) in out.iter_mut().zip(colour) {
        *out *= colour / 255.0;
    }
    out
}

fn fill(row: &mut [Color32], colour: [f32; 4]) {
    let [.., alpha] = colour;
    if alpha >= 254.99 {
        row.fill(blend(Color32::BLACK, colour));
    } else if colour.iter().any(|channel| *channel > 0.0) {
        for pixel in row {
            *pixel = blend(*pixel, colour);
        }
    }
}

fn fill_shaded(row: &mut [Color32], planes: [Plane; 6], from: f32, row_below: f32, texture: &Texture) {
    let start = planes.map(|Plane([at, across, down])| at + down * row_below + across * from);
    let steps = planes.map(|Plane([_, across, _])| across);
    let one_texel = {
        let ([u, v, ..], [du, dv, ..]) = (start, steps);
        let still = [u, v, du, dv].iter().all(|value| value.abs() <= f32::EPSILON);
        still.then(|| texture.sample(u, v))
    };
    for (x, pixel) in row.iter_mut().enumerate() {
        let mut at = start;
        for (at, step) in at.iter_mut().zip(steps) {
            *at += step * x as f32;
        }
        let [u, v, red, green, blue, alpha] = at;
        let texel = one_texel.unwrap_or_else(|| texture.sample(u, v));
        if texel.iter().all(|channel| *channel <= 0.0) {
            continue;
        }
        *pixel = blend(*pixel, shade(texel, [red, green, blue, alpha]));
    }
}

/// Lays a premultiplied colour over an opaque one, in gamma space as egui does.
fn blend(under: Color32, [r, g, b, a]: [f32; 4]) -> Color32 {
    let rest = 1.0 - (a / 255.0).clamp(0.0, 1.0);
    let channel = |over: f32, under: u8| (over + f32::from(under) * rest).round().clamp(0.0, 255.0) as u8;
    Color32::from_rgba_premultiplied(channel(r, under.r()), channel(g, under.g()), channel(b, under.b()), 255)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Pos2, Rect, pos2};

    fn half(colour: Color32) -> Color32 {
        colour.gamma_multiply(0.5)
    }

    fn painted(corners: &[Pos2], indices: &[u32], colour: Color32, clip: Rect) -> Image {
        let mut raster = Rasteriser::default();
        let white = egui::ColorImage::filled([1, 1], Color32::WHITE);
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::default(), egui::epaint::ImageDelta::full(white, egui::TextureOptions::LINEAR));
        raster.update_textures(delta);
        let vertices =
            corners.iter().map(|at| Vertex { pos: *at, uv: Pos2::ZERO, color: colour }).collect::<Vec<_>>();
        let mesh = Mesh { indices: indices.to_vec(), vertices, texture_id: TextureId::default() };
        let primitive = ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh) };
        raster.paint([8, 8], 1.0, Color32::BLACK, &[primitive])
    }

    #[test]
    fn two_triangles_share_their_edge_without_gap_or_overlap() {
        let corners = [pos2(1.3, 0.7), pos2(7.1, 1.9), pos2(6.4, 7.2), pos2(0.9, 6.6)];
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(8.0, 8.0));
        let image = painted(&corners, &[0, 1, 2, 0, 2, 3], half(Color32::WHITE), whole);
        let inside: Vec<_> = image.pixels().iter().filter(|pixel| **pixel != Color32::BLACK).collect();
        assert!(inside.len() > 20);
        assert!(inside.iter().all(|pixel| **pixel == *inside[0]), "a pixel was painted twice");
    }

    #[test]
    fn a_square_covers_exactly_the_pixels_whose_centres_it_holds() {
        let corners = [pos2(2.0, 2.0), pos2(5.0, 2.0), pos2(5.0, 4.0), pos2(2.0, 4.0)];
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(8.0, 8.0));
        for indices in [[0, 1, 2, 0, 2, 3], [2, 1, 0, 3, 2, 0]] {
            let image = painted(&corners, &indices, Color32::WHITE, whole);
            let lit = image.pixels().iter().filter(|pixel| **pixel == Color32::WHITE).count();
            assert_eq!(lit, 6);
            assert_eq!(image.pixel(2, 2), Some(Color32::WHITE));
            assert_eq!(image.pixel(5, 2), Some(Color32::BLACK));
        }
    }

    #[test]
    fn nothing_is_painted_outside_the_clip() {
        let corners = [pos2(-900.0, -900.0), pos2(900.0, -900.0), pos2(0.0, 1900.0)];
        let clip = Rect::from_min_max(pos2(3.0, 3.0), pos2(5.0, 6.0));
        let image = painted(&corners, &[0, 1, 2], Color32::WHITE, clip);
        assert_eq!(image.pixels().iter().filter(|pixel| **pixel == Color32::WHITE).count(), 6);
    }
}
