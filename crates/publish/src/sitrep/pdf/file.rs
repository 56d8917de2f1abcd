//! Pages as a PDF file (ISO 32000), with the fonts that are used, an outline,
//! and links from every sentence to its words.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{ActionType, AnnotationType, CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use sha2::{Digest, Sha256};

use super::faces::{Font, fonts};
use super::flow::{Entry, Flow, HEIGHT, Mark, WIDTH};
use super::lines::{Stretch, Tone};
use super::subset::subset;

const IDENTITY: SystemInfo =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The glyphs of one font that are used, with the characters they stand for.
type Used = BTreeMap<u16, String>;

/// Numbers of objects, given out in order.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

pub(super) fn write(flow: &Flow, title: &str, program: &str) -> Vec<u8> {
    let mut numbers = Numbers(0);
    let (catalog, tree, info) = (numbers.next(), numbers.next(), numbers.next());
    let mut pdf = Pdf::new();
    let mut used: BTreeMap<usize, Used> = BTreeMap::new();
    let page_refs: Vec<Ref> = flow.pages.iter().map(|_| numbers.next()).collect();
    let mut digest = Sha256::new();
    let mut contents = Vec::new();
    for page in &flow.pages {
        let drawn = draw(&page.marks, &mut used);
        digest.update(&drawn);
        contents.push(drawn);
    }
    let font_refs: BTreeMap<usize, Ref> = used.keys().map(|it| (*it, numbers.next())).collect();
    for (n, page) in flow.pages.iter().enumerate() {
        let content = numbers.next();
        pdf.stream(content, &packed(&contents[n])).filter(Filter::FlateDecode);
        let mut links = Vec::new();
        for (rect, cite) in &page.links {
            let Some((to, y)) = flow.anchors.get(cite) else { continue };
            let id = numbers.next();
            let mut it = pdf.annotation(id);
            it.subtype(AnnotationType::Link).rect(Rect::new(rect[0], rect[1], rect[2], rect[3]));
            it.border(0.0, 0.0, 0.0, None);
            it.action().action_type(ActionType::GoTo).destination().page(page_refs[*to]).xyz(
                0.0,
                y + 4.0,
                None,
            );
            links.push(id);
        }
        let mut it = pdf.page(page_refs[n]);
        it.parent(tree).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(content);
        if !links.is_empty() {
            it.annotations(links);
        }
        let mut resources = it.resources();
        let mut all = resources.fonts();
        for (font, id) in &font_refs {
            all.pair(Name(format!("F{font}").as_bytes()), *id);
        }
    }
    for (font, glyphs) in &used {
        embed(&mut pdf, &mut numbers, font_refs[font], &fonts()[*font], glyphs);
    }
    let outline = outline(&mut pdf, &mut numbers, &flow.outline, &page_refs);
    pdf.pages(tree).kids(page_refs.iter().copied()).count(page_refs.len() as i32);
    let mut it = pdf.catalog(catalog);
    it.pages(tree).lang(TextStr("en"));
    if let Some(outline) = outline {
        it.outlines(outline);
    }
    it.viewer_preferences().display_doc_title(true);
    it.finish();
    pdf.document_info(info).title(TextStr(title)).producer(TextStr(program)).creator(TextStr(program));
    let id = digest.finalize()[..16].to_vec();
    pdf.set_file_id((id.clone(), id));
    pdf.finish()
}

fn color(tone: Tone) -> [f32; 3] {
    match tone {
        Tone::Ink => [0.086, 0.125, 0.165],
        Tone::Dim => [0.34, 0.39, 0.43],
        Tone::Accent => [0.114, 0.306, 0.388],
        Tone::Hair => [0.80, 0.81, 0.78],
    }
}

fn draw(marks: &[Mark], used: &mut BTreeMap<usize, Used>) -> Vec<u8> {
    let mut out = Content::new();
    let mut tone = None;
    for mark in marks {
        let now = match mark {
            Mark::Words(it, _) => it.tone,
            Mark::Box(it, _) => *it,
        };
        if tone != Some(now) {
            let [r, g, b] = color(now);
            out.set_fill_rgb(r, g, b);
            tone = Some(now);
        }
        match mark {
            Mark::Box(_, [x, y, width, height]) => {
                out.rect(*x, *y, *width, *height).fill_nonzero();
            }
            Mark::Words(it, base) => words(&mut out, it, *base, used.entry(it.font).or_default()),
        }
    }
    out.finish().to_vec()
}

fn words(out: &mut Content, it: &Stretch, base: f32, used: &mut Used) {
    let font = &fonts()[it.font];
    out.begin_text();
    out.set_font(Name(format!("F{}", it.font).as_bytes()), it.size);
    out.set_text_matrix([1.0, 0.0, 0.0, 1.0, it.x, base]);
    // Distances are thousandths of the size, to the left.
    let back = |points: f32| -points * 1000.0 / it.size;
    let mut from = 0;
    while from < it.glyphs.len() {
        // Glyphs at one height go together.
        let rise = it.glyphs[from].dy;
        let same = it.glyphs[from..].iter().take_while(|it| (it.dy - rise).abs() < 0.01).count();
        out.set_rise(rise);
        let mut shown = out.show_positioned();
        let mut items = shown.items();
        let mut waiting = Vec::new();
        let mut pen = 0.0;
        for glyph in &it.glyphs[from..from + same] {
            if (glyph.dx + pen).abs() > 0.01 {
                if !waiting.is_empty() {
                    items.show(Str(&waiting));
                    waiting.clear();
                }
                items.adjust(back(glyph.dx + pen));
                pen = -glyph.dx;
            }
            waiting.extend(glyph.id.to_be_bytes());
            // How far the pen is from where the next glyph stands.
            pen += glyph.advance - font.width(glyph.id) * it.size;
            if pen.abs() < 0.001 {
                pen = 0.0;
            }
            let told = used.entry(glyph.id).or_default();
            if told.is_empty() {
                told.clone_from(&glyph.text);
            }
        }
        if !waiting.is_empty() {
            items.show(Str(&waiting));
        }
        if pen.abs() > 0.01 {
            items.adjust(back(pen));
        }
        items.finish();
        shown.finish();
        from += same;
    }
    out.end_text();
}

fn embed(pdf: &mut Pdf, numbers: &mut Numbers, id: Ref, font: &Font, glyphs: &Used) {
    let (cid, descriptor, file, cmap) = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let all: BTreeSet<u16> = glyphs.keys().copied().collect();
    let name = format!("{}+{}", tag(&all), font.name);
    let name = Name(name.as_bytes());
    pdf.type0_font(id)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(cmap);
    let mut it = pdf.cid_font(cid);
    it.subtype(CidFontType::Type2)
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(0.0);
    it.cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = it.widths();
    for id in &all {
        widths.consecutive(*id, [font.width(*id) * 1000.0]);
    }
    widths.finish();
    it.finish();
    let (up, down) = font.heights();
    let [left, low, right, high] = font.bounds().map(|it| it * 1000.0);
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, low, right, high))
        .italic_angle(0.0)
        .ascent(up * 1000.0)
        .descent(down * 1000.0)
        .cap_height(714.0)
        .stem_v(if font.name.ends_with("Bold") { 140.0 } else { 80.0 })
        .font_file2(file);
    let bytes = subset(font, &all);
    let length = bytes.len() as i32;
    let coded = packed(&bytes);
    let mut stream = pdf.stream(file, &coded);
    stream.filter(Filter::FlateDecode);
    stream.pair(Name(b"Length1"), length);
    stream.finish();
    let mut map = UnicodeCmap::new(Name(b"Words"), IDENTITY);
    for (id, text) in glyphs.iter().filter(|it| !it.1.is_empty()) {
        map.pair_with_multiple(*id, text.chars());
    }
    let map = map.finish();
    pdf.cmap(cmap, &map);
}

/// Six letters that tell subsets of one font apart.
fn tag(glyphs: &BTreeSet<u16>) -> String {
    let mut hash = Sha256::new();
    for it in glyphs {
        hash.update(it.to_be_bytes());
    }
    hash.finalize()[..6].iter().map(|it| char::from(b'A' + it % 26)).collect()
}

/// Sections, and below them the incidents.
fn outline(pdf: &mut Pdf, numbers: &mut Numbers, all: &[Entry], pages: &[Ref]) -> Option<Ref> {
    if all.is_empty() {
        return None;
    }
    let root = numbers.next();
    let ids: Vec<Ref> = all.iter().map(|_| numbers.next()).collect();
    let tops: Vec<usize> = (0..all.len()).filter(|it| all[*it].level == 0).collect();
    let below = |top: usize| -> Vec<usize> {
        let next = tops.iter().find(|it| **it > top).copied().unwrap_or(all.len());
        (top + 1..next).collect()
    };
    let mut entry = |n: usize, parent: Ref, siblings: &[usize], children: &[usize]| {
        let it = &all[n];
        let at = siblings.iter().position(|it| *it == n).unwrap_or(0);
        let mut out = pdf.outline_item(ids[n]);
        out.title(TextStr(&it.title)).parent(parent);
        if let Some(before) = at.checked_sub(1) {
            out.prev(ids[siblings[before]]);
        }
        if let Some(after) = siblings.get(at + 1) {
            out.next(ids[*after]);
        }
        if let (Some(first), Some(last)) = (children.first(), children.last()) {
            // A negative number keeps them folded.
            out.first(ids[*first]).last(ids[*last]).count(-(children.len() as i32));
        }
        out.dest().page(pages[it.page]).xyz(0.0, it.y + 6.0, None);
    };
    for top in &tops {
        let children = below(*top);
        entry(*top, root, &tops, &children);
        for child in &children {
            entry(*child, ids[*top], &children, &[]);
        }
    }
    let (first, last) = (ids[*tops.first()?], ids[*tops.last()?]);
    pdf.outline(root).first(first).last(last).count(tops.len() as i32);
    Some(root)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).expect("memory can be written to")
}
