//! The embedded fonts: which one has a character, and shaping with it.

use std::sync::OnceLock;

use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Direction, Face, UnicodeBuffer};

macro_rules! fonts {
    ($($name:literal),*) => {
        [$(
            (concat!($name, "-Regular"), include_bytes!(concat!("../../../fonts/", $name, "-Regular.ttf")).as_slice()),
            (concat!($name, "-Bold"), include_bytes!(concat!("../../../fonts/", $name, "-Bold.ttf")).as_slice()),
        )*]
    };
}

/// Regular and bold in turn; the first that has a character is taken.
const FILES: [(&str, &[u8]); 10] =
    fonts!("NotoSans", "NotoSansHebrew", "NotoSansArabic", "NotoSansArmenian", "NotoSansGeorgian");

/// A font that is part of the program.
pub(super) struct Font {
    pub name: &'static str,
    face: Face<'static>,
    /// Units of one em.
    pub units: f32,
}

/// A glyph as shaped, in units of one em.
pub(super) struct Shaped {
    pub id: u16,
    /// Byte of the text it stands for.
    pub cluster: usize,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
}

/// All fonts, opened once.
pub(super) fn fonts() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let open = |&(name, bytes): &(&'static str, &'static [u8])| {
            let face = Face::from_slice(bytes, 0).expect("the embedded fonts are fonts; a test opens each");
            let units = face.units_per_em() as f32;
            Font { name, face, units }
        };
        FILES.iter().map(open).collect()
    })
}

/// The font for a character: the one before it where that has it, so that
/// spaces and marks do not change the font.
pub(super) fn choose(ch: char, bold: bool, before: Option<usize>) -> Option<usize> {
    let fonts = fonts();
    let bold = usize::from(bold);
    if is_unseen(ch) {
        return Some(before.unwrap_or(bold));
    }
    let has = |n: &usize| fonts[*n].face.glyph_index(ch).is_some();
    let stays = before.filter(|it| it % 2 == bold && !ch.is_ascii_alphanumeric()).filter(has);
    stays.or_else(|| (0..FILES.len() / 2).map(|it| it * 2 + bold).find(has))
}

/// Characters that are not drawn: marks of direction, joiners, variants.
pub(super) fn is_unseen(ch: char) -> bool {
    matches!(u32::from(ch), 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF)
}

impl Font {
    /// Shapes a text of one direction.
    pub fn shape(&self, text: &str, rtl: bool) -> Vec<Shaped> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let out = rustybuzz::shape(&self.face, &[], buffer);
        let em = |it: i32| it as f32 / self.units;
        let glyphs = out.glyph_infos().iter().zip(out.glyph_positions());
        glyphs
            .map(|(info, at)| Shaped {
                // Glyph ids are 16 bits wide in these fonts.
                id: info.glyph_id as u16,
                cluster: info.cluster as usize,
                advance: em(at.x_advance),
                dx: em(at.x_offset),
                dy: em(at.y_offset),
            })
            .collect()
    }

    /// The width of a glyph, in units of one em.
    pub fn width(&self, id: u16) -> f32 {
        f32::from(self.face.glyph_hor_advance(GlyphId(id)).unwrap_or(0)) / self.units
    }

    /// Height above and depth below the line, in units of one em.
    pub fn heights(&self) -> (f32, f32) {
        (f32::from(self.face.ascender()) / self.units, f32::from(self.face.descender()) / self.units)
    }

    /// The box round all glyphs, in units of one em.
    pub fn bounds(&self) -> [f32; 4] {
        let it = self.face.global_bounding_box();
        [it.x_min, it.y_min, it.x_max, it.y_max].map(|it| f32::from(it) / self.units)
    }

    /// A table of the font's file.
    pub fn table(&self, tag: &[u8; 4]) -> &'static [u8] {
        self.face.raw_face().table(Tag::from_bytes(tag)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_opens_and_the_scripts_are_there() {
        assert_eq!(fonts().len(), FILES.len());
        for ch in "Aя\u{400}Ωəš“–ԱԵბქשלعسپی\u{FFFD}".chars() {
            for bold in [false, true] {
                let font = choose(ch, bold, None).unwrap_or_else(|| panic!("no font has {ch:?}"));
                assert_eq!(fonts()[font].name.ends_with("Bold"), bold);
            }
        }
        assert_eq!(choose('漢', false, None), None);
        assert_eq!(choose(' ', false, Some(4)), Some(4), "a space stays in the font of its words");
    }

    #[test]
    fn letters_are_joined_from_right_to_left() {
        let font = &fonts()[choose('س', false, None).expect("Arabic")];
        let alone = font.shape("س", true)[0].id;
        let joined: Vec<u16> = font.shape("سس", true).iter().map(|it| it.id).collect();
        assert!(joined.iter().all(|it| *it != alone), "joined forms differ from the lone one");
        let order: Vec<usize> = font.shape("سب", true).iter().map(|it| it.cluster).collect();
        assert_eq!(order.first(), Some(&2), "the last letter stands leftmost");
    }
}
