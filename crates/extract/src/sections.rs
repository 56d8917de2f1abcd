//! Other stories on the page: lists under a heading, and single insets.
//!
//! ## Reads
//! Headings over lists of other stories, and single insets between paragraphs.
//!
//! ## Matters because
//! After such a list the report may go on; cutting it there loses its end.
//!
//! ## Example
//! "Also read: Floods in Northland" between two paragraphs is an inset.
//!
//! ## Misses
//! Insets without a mark that are as long as a paragraph.

use std::collections::BTreeSet;

use truce_model::SegmentKind as Kind;

use crate::cues::Cue;
use crate::segment::Draft;

/// Lists after which an article can be resumed.
const LISTS_MAX: usize = 24;

/// Letters of a word that can tell what a text is about.
const TOPIC_LETTERS_MIN: usize = 5;

/// Share of a paragraph's topic words, in percent, that the article must have
/// used before for the article to be resumed after a list of other stories.
pub(crate) const RESUMED_IN_TEXT: usize = 30;

/// The same on pages, where what is no part of the report is mostly gone.
pub(crate) const RESUMED_ON_PAGES: usize = 12;

/// Marks the teasers that a label announces.
///
/// `resumed_min` is the share of topic words from which a report is resumed.
pub(crate) fn mark_teasers(draft: &mut Draft<'_, '_>, resumed_min: usize) {
    let mut at = 0;
    let mut prose_before = 0;
    let mut lists = 0;
    let prose_in_all = (0..draft.lines.len()).filter(|it| draft.is_open_prose(*it)).count();
    while at < draft.lines.len() {
        let end = match draft.cues[at] {
            Cue::InsetLine => at + 1,
            Cue::Inset => inset_end(draft, at),
            Cue::Section if prose_before == 0 && prose_in_all > 1 => head_list_end(draft, at),
            // Every list is compared with all that went before it.
            Cue::Section if lists >= LISTS_MAX => draft.lines.len(),
            Cue::Section => {
                lists += 1;
                section_end(draft, at, resumed_min)
            }
            _ => {
                prose_before += usize::from(draft.is_open_prose(at));
                at += 1;
                continue;
            }
        };
        for it in at..end {
            // A word or two at the foot of a list is a link of the page.
            let link =
                end == draft.lines.len() && it + 2 >= end && it > at && draft.lines[it].words.len() <= 2;
            draft.kinds[it] = (!link || draft.lines[it].bullet).then_some(Kind::Teaser);
        }
        at = end;
    }
}

/// One label, perhaps printed twice, takes one headline; a block of headlines
/// without blank lines is taken whole.
fn inset_end(draft: &Draft<'_, '_>, label: usize) -> usize {
    let lines = draft.lines;
    let mut at = label + 1;
    while at < lines.len() && draft.cues[at] == Cue::Inset {
        at += 1;
    }
    if at >= lines.len() || !is_item(draft, at) {
        return at;
    }
    at += 1;
    while at < lines.len() && !lines[at].opens_block && is_item(draft, at) {
        at += 1;
    }
    at
}

/// A headline of another story: short, without the end of a sentence.
fn is_item(draft: &Draft<'_, '_>, at: usize) -> bool {
    let line = &draft.lines[at];
    let quiet =
        matches!(draft.cues[at], Cue::None | Cue::InsetLine | Cue::Stamp | Cue::LiveTime | Cue::Navigation);
    quiet && (line.bullet || !line.is_prose() || line.text.ends_with('?')) && !line.breaks_off()
}

/// A list above the article ends with its block.
fn head_list_end(draft: &Draft<'_, '_>, label: usize) -> usize {
    let lines = draft.lines;
    let mut at = label + 1;
    while at < lines.len() && (lines[at].bullet || !lines[at].opens_block) && is_item(draft, at) {
        at += 1;
    }
    at
}

/// A list under a heading runs to the end of the text, unless the article is
/// plainly resumed: two paragraphs of prose, at the margin, about what the
/// article is about.
fn section_end(draft: &Draft<'_, '_>, label: usize, resumed_min: usize) -> usize {
    let lines = draft.lines;
    let known = topic_words(draft, 0, label);
    let margin = body_indent(draft, label);
    let mut at = label + 1;
    while at < lines.len() {
        let next = at + 1;
        let pair = next < lines.len()
            && [at, next].iter().all(|it| {
                draft.is_open_prose(*it)
                    && !lines[*it].bullet
                    && lines[*it].indent <= margin
                    && lines[*it].end_mark
            });
        if pair && resumed_share(draft, at, &known) >= resumed_min {
            return at;
        }
        at += 1;
    }
    at
}

fn body_indent(draft: &Draft<'_, '_>, label: usize) -> usize {
    (0..label).filter(|it| draft.is_open_prose(*it)).map(|it| draft.lines[it].indent).max().unwrap_or(0)
}

fn topic_words<'l>(draft: &'l Draft<'_, '_>, from: usize, to: usize) -> BTreeSet<&'l str> {
    (from..to)
        .flat_map(|it| draft.lines[it].words.iter())
        .map(String::as_str)
        .filter(|it| is_topic(it))
        .collect()
}

fn is_topic(word: &str) -> bool {
    word.chars().count() >= TOPIC_LETTERS_MIN
}

fn resumed_share(draft: &Draft<'_, '_>, at: usize, known: &BTreeSet<&str>) -> usize {
    let words = topic_words(draft, at, at + 2);
    let shared = words.iter().filter(|it| known.contains(**it)).count();
    (shared * 100).checked_div(words.len()).unwrap_or(0)
}
