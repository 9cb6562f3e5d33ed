//! Finds a face of the system for characters that our own faces lack.
//!
//! Looking through all faces of a system takes a while, so this is a pure function of a database of faces, to be called
//! away from the screen. With no face found egui draws its replacement sign.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, InsertFontFamily};
use egui::{Context, FontData};
use fontdb::{Database, ID, Stretch, Style, Weight};

/// The characters that a context was to draw and no face had, wherever they stood: in the book, in a field, in a preview.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Arc<Mutex<Asked>>);

#[derive(Debug, Default)]
struct Asked {
    /// All of them.
    known: BTreeSet<char>,
    /// Those that nobody took yet.
    waiting: Vec<char>,
}

impl Wanted {
    /// Notes from now on what this context lacks.
    #[must_use]
    pub fn of(ctx: &Context) -> Self {
        let wanted = Self::default();
        let notes = wanted.clone();
        ctx.add_font_provider(Arc::new(move |asked: &FallbackRequest<'_>| {
            notes.note(asked.cluster);
            // Found faces are added later: looking for one now would hold the frame up.
            None
        }));
        wanted
    }

    fn note(&self, cluster: &str) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for c in cluster.chars().filter(|c| needs_a_face(*c)) {
            if asked.known.insert(c) {
                asked.waiting.push(c);
            }
        }
    }

    /// Those that came since the last time; none comes twice.
    #[must_use]
    pub fn take(&self) -> Vec<char> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).waiting)
    }
}

/// The characters of `texts` that our own faces can't draw, each once, in order.
#[must_use]
pub fn missing<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<char> {
    let wanted: BTreeSet<char> =
        texts.into_iter().flat_map(str::chars).filter(|c| needs_a_face(*c)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let own = cmap::Characters::of(include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf"), 0);
    let icons = cmap::Characters::of(include_bytes!("../../assets/icons/Phosphor.ttf"), 0);
    wanted
        .into_iter()
        .filter(|c| ![&own, &icons].iter().any(|face| face.as_ref().is_some_and(|f| f.has(*c))))
        .collect()
}

/// Latin is always there, and control characters have no sign.
fn needs_a_face(c: char) -> bool {
    !c.is_ascii() && !c.is_control() && !c.is_whitespace()
}

/// As [`faces_for`], of the faces that this machine has. `read` reads its font folders, which is slow: not between two frames.
#[must_use]
pub fn system_faces(missing: &[char], read: impl FnOnce(&mut Database)) -> Vec<FontInsert> {
    let mut system = Database::new();
    read(&mut system);
    faces_for(&system, missing)
}

/// The faces of the system that together cover `missing` as far as any can, the one that covers most first; at most four.
///
/// Each is ready for [`egui::Context::add_font`], as the last resort of every family.
#[must_use]
pub fn faces_for(database: &Database, missing: &[char]) -> Vec<FontInsert> {
    const AT_MOST: usize = 4;
    let mut wanted: Vec<char> = missing.to_vec();
    let mut found = Vec::new();
    while !wanted.is_empty() && found.len() < AT_MOST {
        let Some((id, covered)) = best(database, &wanted) else { break };
        wanted.retain(|c| !covered.contains(c));
        found.extend(insert(database, id));
    }
    found
}

/// The face that covers most, a plain one before a bold or slanted one, then by name: the same on every run.
fn best(database: &Database, wanted: &[char]) -> Option<(ID, Vec<char>)> {
    let mut best: Option<Candidate<'_>> = None;
    for face in database.faces() {
        let covered: Vec<char> = database
            .with_face_data(face.id, |data, index| {
                let characters = cmap::Characters::of(data, index);
                wanted
                    .iter()
                    .copied()
                    .filter(|c| characters.as_ref().is_some_and(|known| known.has(*c)))
                    .collect()
            })
            .unwrap_or_default();
        if covered.is_empty() {
            continue;
        }
        let plain =
            face.style == Style::Normal && face.weight == Weight::NORMAL && face.stretch == Stretch::Normal;
        let candidate = Candidate { id: face.id, covered, plain, name: &face.post_script_name };
        if best.as_ref().is_none_or(|old| candidate.rank() > old.rank()) {
            best = Some(candidate);
        }
    }
    best.map(|best| (best.id, best.covered))
}

struct Candidate<'a> {
    id: ID,
    covered: Vec<char>,
    plain: bool,
    name: &'a str,
}

impl Candidate<'_> {
    fn rank(&self) -> (usize, bool, Reverse<&str>) {
        (self.covered.len(), self.plain, Reverse(self.name))
    }
}

fn insert(database: &Database, id: ID) -> Option<FontInsert> {
    let name = database.face(id)?.post_script_name.clone();
    let (bytes, index) = database.with_face_data(id, |data, index| (data.to_vec(), index))?;
    let mut data = FontData::from_owned(bytes);
    data.index = index;
    let families =
        super::fonts::families().map(|family| InsertFontFamily { family, priority: FontPriority::Lowest });
    Some(FontInsert::new(&format!("system-{name}"), data, families.to_vec()))
}

/// Reads which characters a face has: the `cmap` table, formats 4 and 12 of the OpenType specification.
mod cmap {
    /// The Unicode subtable of a face.
    pub(super) struct Characters<'a> {
        table: &'a [u8],
    }

    impl<'a> Characters<'a> {
        /// Finds the table in a font file, or in one face of a collection. `None` if there is none that can be read.
        pub(super) fn of(file: &'a [u8], index: u32) -> Option<Self> {
            let face = if file.starts_with(b"ttcf") {
                usize32(file, 12 + 4 * usize::try_from(index).ok()?)?
            } else {
                0
            };
            let tables = usize16(file, face + 4)?;
            let cmap =
                (0..tables).map(|n| face + 12 + 16 * n).find(|at| file.get(*at..*at + 4) == Some(b"cmap"))?;
            let start = usize32(file, cmap + 8)?;
            let cmap = file.get(start..)?;
            let subtables = usize16(cmap, 2)?;
            let offsets = (0..subtables).filter_map(|n| usize32(cmap, 4 + 8 * n + 4));
            let readable: Vec<&[u8]> = offsets.filter_map(|at| cmap.get(at..)).collect();
            // Format 12 reaches beyond the first 65,536 characters, so it is the better one.
            let of_format = |format| readable.iter().find(|table| usize16(table, 0) == Some(format));
            let table = of_format(12).or_else(|| of_format(4))?;
            Some(Self { table })
        }

        /// Whether the face has a sign for a character.
        pub(super) fn has(&self, c: char) -> bool {
            let code = u32::from(c);
            let glyph = match usize16(self.table, 0) {
                Some(12) => self.in_groups(code),
                Some(4) => self.in_segments(code),
                _ => None,
            };
            glyph.is_some_and(|glyph| glyph != 0)
        }

        fn in_groups(&self, code: u32) -> Option<u32> {
            let code = usize::try_from(code).ok()?;
            let groups = usize32(self.table, 12)?.min(self.table.len() / 12);
            (0..groups).map(|n| 16 + 12 * n).find_map(|at| {
                let (first, last) = (usize32(self.table, at)?, usize32(self.table, at + 4)?);
                let inside = (first..=last).contains(&code);
                let glyph = usize32(self.table, at + 8)?.checked_add(code.checked_sub(first)?)?;
                if inside { u32::try_from(glyph).ok() } else { None }
            })
        }

        fn in_segments(&self, code: u32) -> Option<u32> {
            let code = usize::from(u16::try_from(code).ok()?);
            let double = usize16(self.table, 6)?;
            let segment =
                (0..double / 2).find(|n| usize16(self.table, 14 + 2 * n).is_some_and(|end| end >= code))?;
            let starts = 16 + double;
            let start = usize16(self.table, starts + 2 * segment)?;
            if code < start {
                return None;
            }
            let delta = usize16(self.table, starts + double + 2 * segment)?;
            let offset_at = starts + 2 * double + 2 * segment;
            let offset = usize16(self.table, offset_at)?;
            if offset == 0 {
                return u32::try_from((code + delta) % 65_536).ok();
            }
            match usize16(self.table, offset_at + offset + 2 * (code - start))? {
                0 => None,
                glyph => u32::try_from((glyph + delta) % 65_536).ok(),
            }
        }
    }

    fn usize16(bytes: &[u8], at: usize) -> Option<usize> {
        let pair = bytes.get(at..at.checked_add(2)?)?;
        Some(usize::from(u16::from_be_bytes(pair.try_into().ok()?)))
    }

    fn usize32(bytes: &[u8], at: usize) -> Option<usize> {
        let four = bytes.get(at..at.checked_add(4)?)?;
        usize::try_from(u32::from_be_bytes(four.try_into().ok()?)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLEX: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf");

    #[test]
    fn only_what_our_own_faces_lack_is_looked_for() {
        assert_eq!(missing(["Łódź Żółć €1,200 ▲", "Ana"]), Vec::<char>::new());
        assert_eq!(missing(["山田", "Ana 山\u{7}"]), vec!['山', '田']);
    }

    #[test]
    fn what_is_drawn_and_no_face_has_is_wanted_once() {
        let ctx = Context::default();
        crate::kit::fonts::install(&ctx);
        let wanted = Wanted::of(&ctx);
        let mut typed = "Ana".to_owned();
        let mut draw = |more: &str| {
            typed.push_str(more);
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                ui.text_edit_singleline(&mut typed);
            });
            output.textures_delta.clear();
            wanted.take()
        };
        assert_eq!(draw(""), Vec::<char>::new());
        assert_eq!(draw(" 山田"), vec!['山', '田']);
        assert_eq!(draw(" 山口 ▲"), vec!['口']);
    }

    #[test]
    fn a_face_that_has_the_character_is_found_and_without_one_there_is_none() {
        let mut database = Database::new();
        assert!(faces_for(&database, &['ж']).is_empty());
        database.load_font_data(PLEX.to_vec());
        let found = faces_for(&database, &['ж', '山']);
        assert_eq!(found.len(), 1);
        assert!(faces_for(&database, &['山']).is_empty());
    }

    #[test]
    fn broken_files_have_no_characters() {
        for length in [0, 3, 5, 11, 40, 300, 5_000] {
            let cut = PLEX.get(..length).unwrap();
            assert!(cmap::Characters::of(cut, 0).is_none_or(|face| !face.has('山')));
        }
        assert!(cmap::Characters::of(b"ttcf\0\0\0\0\0\0\0\x01", 7).is_none());
    }
}
