//! A font file with only the glyphs that are used. Glyph numbers stay, so
//! that nothing else must change; outlines of the others are empty.

use std::collections::BTreeSet;

use super::faces::Font;

/// Tables that a font embedded by glyph number needs.
const KEPT: [&[u8; 4]; 7] = [b"cvt ", b"fpgm", b"prep", b"hhea", b"hmtx", b"maxp", b"head"];

pub(super) fn subset(font: &Font, used: &BTreeSet<u16>) -> Vec<u8> {
    let (loca, glyf) = (font.table(b"loca"), font.table(b"glyf"));
    let long = font.table(b"head").get(50..52).is_some_and(|it| it == [0, 1]);
    let count = if long { loca.len() / 4 } else { loca.len() / 2 }.saturating_sub(1);
    let place = |n: usize| -> usize {
        if long {
            let it = loca.get(n * 4..n * 4 + 4).unwrap_or(&[0; 4]);
            u32::from_be_bytes([it[0], it[1], it[2], it[3]]) as usize
        } else {
            let it = loca.get(n * 2..n * 2 + 2).unwrap_or(&[0; 2]);
            usize::from(u16::from_be_bytes([it[0], it[1]])) * 2
        }
    };
    let outline = |n: usize| glyf.get(place(n)..place(n + 1)).unwrap_or(&[]);
    let mut wanted: BTreeSet<usize> = BTreeSet::from([0]);
    let mut waiting: Vec<usize> = used.iter().map(|it| usize::from(*it)).collect();
    while let Some(n) = waiting.pop() {
        if n < count && wanted.insert(n) {
            waiting.extend(parts(outline(n)));
        }
    }
    let (mut new_glyf, mut new_loca) = (Vec::new(), Vec::new());
    for n in 0..count {
        new_loca.extend((new_glyf.len() as u32).to_be_bytes());
        if wanted.contains(&n) {
            new_glyf.extend(outline(n));
            new_glyf.resize(new_glyf.len().next_multiple_of(4), 0);
        }
    }
    new_loca.extend((new_glyf.len() as u32).to_be_bytes());
    let mut tables: Vec<([u8; 4], Vec<u8>)> =
        KEPT.iter().map(|it| (**it, font.table(it).to_vec())).filter(|it| !it.1.is_empty()).collect();
    for (tag, bytes) in &mut tables {
        if tag == b"head" && bytes.len() >= 52 {
            bytes[8..12].fill(0);
            // Places are written in their long form.
            bytes[50..52].copy_from_slice(&[0, 1]);
        }
    }
    tables.push((*b"glyf", new_glyf));
    tables.push((*b"loca", new_loca));
    tables.sort_by_key(|it| it.0);
    file(&tables)
}

/// The glyphs that a composed glyph is made of.
fn parts(outline: &[u8]) -> Vec<usize> {
    let word = |at: usize| outline.get(at..at + 2).map(|it| u16::from_be_bytes([it[0], it[1]]));
    let mut out = Vec::new();
    if word(0).is_none_or(|it| it != 0xFFFF) {
        return out;
    }
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (word(at), word(at + 2)) {
        out.push(usize::from(glyph));
        at += 4 + if flags & 1 != 0 { 4 } else { 2 };
        at += match flags & 0b1100_1000 {
            0x08 => 2,
            0x40 => 4,
            0x80 => 8,
            _ => 0,
        };
        if flags & 0x20 == 0 {
            break;
        }
    }
    out
}

fn file(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 15 - count.leading_zeros() as u16;
    let mut out = Vec::new();
    out.extend([0, 1, 0, 0]);
    for it in [count, 16 << power, power, (count << 4) - (16 << power)] {
        out.extend(it.to_be_bytes());
    }
    let mut at = 12 + tables.len() * 16;
    for (tag, bytes) in tables {
        out.extend(tag);
        out.extend(checksum(bytes).to_be_bytes());
        out.extend((at as u32).to_be_bytes());
        out.extend((bytes.len() as u32).to_be_bytes());
        at += bytes.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, bytes) in tables {
        if tag == b"head" {
            head = Some(out.len());
        }
        out.extend(bytes);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    if let Some(head) = head {
        let whole = 0xB1B0_AFBAu32.wrapping_sub(checksum(&out));
        out[head + 8..head + 12].copy_from_slice(&whole.to_be_bytes());
    }
    out
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, it| {
        let mut word = [0; 4];
        word[..it.len()].copy_from_slice(it);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::faces::fonts;
    use super::*;
    use rustybuzz::ttf_parser::{Face, GlyphId};

    #[test]
    fn what_is_used_keeps_its_outline() {
        let font = &fonts()[0];
        let used: BTreeSet<u16> = font.shape("Éa", false).iter().map(|it| it.id).collect();
        let bytes = subset(font, &used);
        assert!(bytes.len() < 20_000, "{}", bytes.len());
        let face = Face::parse(&bytes, 0).expect("still a font");
        for id in &used {
            assert!(face.glyph_bounding_box(GlyphId(*id)).is_some(), "glyph {id}");
        }
        let other = font.shape("Z", false)[0].id;
        assert!(face.glyph_bounding_box(GlyphId(other)).is_none());
    }
}
