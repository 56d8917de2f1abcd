//! Lines onto pages: headings stay with what follows, sentences are kept
//! together where they are short, tables repeat their head.

use std::collections::BTreeMap;

use super::lines::{Line, Piece, Stretch, Tone, lay};
use crate::view::Cite;

/// A4 in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 56.0;
const BOTTOM: f32 = 64.0;
/// Height of a line, as a share of its size.
const LEADING: f32 = 1.36;
/// Paragraphs of so many lines are not cut.
const WHOLE_LINES_MAX: usize = 6;

/// What stands on a page.
pub(super) enum Mark<'r> {
    /// A stretch of words with its base line.
    Words(Stretch<'r>, f32),
    /// A filled box: x, y, width, height.
    Box(Tone, [f32; 4]),
}

/// A page that is being filled, from its top.
#[derive(Default)]
pub(super) struct Page<'r> {
    pub marks: Vec<Mark<'r>>,
    /// Boxes that lead to source words.
    pub links: Vec<([f32; 4], Cite<'r>)>,
}

/// A heading for the outline.
pub(super) struct Entry {
    pub title: String,
    pub page: usize,
    pub y: f32,
    pub level: usize,
}

/// How a paragraph stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub indent: f32,
    pub above: f32,
    pub below: f32,
    /// A line at its left.
    pub bar: Option<Tone>,
    /// Height of what follows that must fit on the same page.
    pub keep: f32,
}

/// Pages as they fill.
pub(super) struct Flow<'r> {
    pub pages: Vec<Page<'r>>,
    /// Where source words stand.
    pub anchors: BTreeMap<Cite<'r>, (usize, f32)>,
    pub outline: Vec<Entry>,
    y: f32,
}

impl<'r> Flow<'r> {
    pub fn new() -> Flow<'r> {
        Flow {
            pages: vec![Page::default()],
            anchors: BTreeMap::new(),
            outline: Vec::new(),
            y: HEIGHT - MARGIN,
        }
    }

    fn page(&mut self) -> &mut Page<'r> {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = HEIGHT - MARGIN;
    }

    fn room(&self) -> f32 {
        self.y - BOTTOM
    }

    fn at_top(&self) -> bool {
        self.y >= HEIGHT - MARGIN - 0.1
    }

    /// Leaves a space, which no page begins with.
    pub fn space(&mut self, height: f32) {
        if !self.at_top() {
            self.y -= height;
        }
    }

    /// A line across the page.
    pub fn rule(&mut self, tone: Tone, thick: f32) {
        let y = self.y;
        self.page().marks.push(Mark::Box(tone, [MARGIN, y - thick, WIDTH - 2.0 * MARGIN, thick]));
        self.y -= thick;
    }

    /// Notes that a heading stands here.
    pub fn heading(&mut self, title: String, level: usize) {
        let entry = Entry { title, page: self.pages.len() - 1, y: self.y, level };
        self.outline.push(entry);
    }

    /// Makes sure that so much fits on this page.
    pub fn need(&mut self, height: f32) {
        if self.room() < height && !self.at_top() {
            self.turn();
        }
    }

    /// A paragraph. `words` are the source words that stand in it.
    pub fn paragraph(&mut self, pieces: &[Piece<'r>], look: Look, words: Option<Cite<'r>>) {
        let x = MARGIN + look.indent;
        let lines = lay(pieces, WIDTH - MARGIN - x);
        if lines.is_empty() {
            return;
        }
        self.space(look.above);
        let height: f32 = lines.iter().map(|it| it.size * LEADING).sum();
        let whole = lines.len() <= WHOLE_LINES_MAX;
        let first: f32 = lines.iter().take(2).map(|it| it.size * LEADING).sum();
        self.need(if whole { height + look.keep } else { first });
        if let Some(cite) = words {
            let place = (self.pages.len() - 1, self.y);
            self.anchors.entry(cite).or_insert(place);
        }
        let mut top = self.y;
        for line in lines {
            if self.room() < line.size * LEADING && !self.at_top() {
                self.bar(look.bar, top);
                self.turn();
                top = self.y;
            }
            self.line(line, x);
        }
        self.bar(look.bar, top);
        self.y -= look.below;
    }

    fn bar(&mut self, tone: Option<Tone>, top: f32) {
        let y = self.y;
        if let Some(tone) = tone.filter(|_| top - y > 1.0) {
            self.page().marks.push(Mark::Box(tone, [MARGIN, y + 1.0, 1.2, top - y - 2.0]));
        }
    }

    fn line(&mut self, line: Line<'r>, x: f32) {
        let height = line.size * LEADING;
        let base = self.y - height + line.size * 0.34;
        self.y -= height;
        self.put(line, x, base);
    }

    fn put(&mut self, line: Line<'r>, x: f32, base: f32) {
        let page = self.page();
        for mut it in line.stretches {
            it.x += x;
            if let Some(cite) = it.link {
                page.links.push(([it.x, base - it.size * 0.25, it.x + it.width, base + it.size * 0.8], cite));
            }
            page.marks.push(Mark::Words(it, base));
        }
    }

    /// A table: shares of the width, the head, and rows of cells.
    pub fn table(&mut self, shares: &[f32], head: &[Vec<Piece<'r>>], rows: &[Vec<Vec<Piece<'r>>>]) {
        const GAP: f32 = 8.0;
        let all = WIDTH - 2.0 * MARGIN;
        let sum: f32 = shares.iter().sum();
        let widths: Vec<f32> = shares.iter().map(|it| all * it / sum).collect();
        let cells = |row: &[Vec<Piece<'r>>]| -> Vec<Vec<Line<'r>>> {
            row.iter().zip(&widths).map(|(it, width)| lay(it, width - GAP)).collect()
        };
        let height = |row: &[Vec<Line<'r>>]| {
            row.iter().map(|it| it.iter().map(|it| it.size * LEADING).sum::<f32>()).fold(0.0, f32::max)
        };
        let head = cells(head);
        let head_height = height(&head) + 8.0;
        self.need(head_height + 40.0);
        self.row(&head, &widths);
        self.rule(Tone::Ink, 1.2);
        for row in rows {
            let row = cells(row);
            let tall = height(&row) + 8.0;
            if self.room() < tall.min(200.0) && !self.at_top() {
                self.turn();
                self.row(&head, &widths);
                self.rule(Tone::Ink, 1.2);
            }
            self.row(&row, &widths);
            self.rule(Tone::Hair, 0.6);
        }
        self.space(6.0);
    }

    /// One row, cut at the end of a page if it is taller than one.
    fn row(&mut self, cells: &[Vec<Line<'r>>], widths: &[f32]) {
        self.y -= 4.0;
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..most {
            let size = cells.iter().filter_map(|it| it.get(n)).map(|it| it.size).fold(0.0, f32::max);
            if self.room() < size * LEADING && !self.at_top() {
                self.turn();
            }
            let base = self.y - size * LEADING + size * 0.34;
            self.y -= size * LEADING;
            let mut x = MARGIN;
            for (cell, width) in cells.iter().zip(widths) {
                if let Some(line) = cell.get(n) {
                    self.put(line.clone(), x, base);
                }
                x += width;
            }
        }
        self.y -= 4.0;
    }

    /// What stands at the foot of every page.
    pub fn feet(&mut self, words: impl Fn(usize, usize) -> Vec<Piece<'r>>) {
        let count = self.pages.len();
        for n in 0..count {
            let Some(line) = lay(&words(n + 1, count), WIDTH - 2.0 * MARGIN).into_iter().next() else {
                continue;
            };
            for mut it in line.stretches {
                it.x += MARGIN;
                self.pages[n].marks.push(Mark::Words(it, 36.0));
            }
        }
    }
}
