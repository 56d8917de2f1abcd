//! A page's blocks as one text, and what each of them is.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{SegmentKind as Kind, Span};

use super::blocks::{Block, Mark};
use super::{Page, same_words};
use crate::cues::{Cue, cue};
use crate::inline;
use crate::lexicon::{Class, lexicon};
use crate::lines::{Line, split};
use crate::sections;
use crate::segment::{Draft, Layout, kind_of, settle_agencies};

/// Share of linked characters, in percent, from which a block is links.
const LINKED_MIN: usize = 75;

/// Words of a block of links at most.
const LINKED_WORDS_MAX: usize = 30;

/// Words of a caption without the end of a sentence at most.
const CAPTION_WORDS_MAX: usize = 25;

/// Words of a heading at most.
const HEADING_WORDS_MAX: usize = 30;

/// Blocks at the head in which bylines and dates stand.
const HEAD_BLOCKS: usize = 8;

/// Parts of class names that mark blocks of other stories and of services.
const FOREIGN_NAMES: &[&str] = &[
    "related",
    "recommend",
    "promo",
    "newsletter",
    "subscribe",
    "teaser",
    "sponsor",
    "advert",
    "read-more",
    "readmore",
    "read_more",
    "more-on",
    "share",
    "social",
    "comment",
    "breadcrumb",
    "signup",
    "sign-up",
    "paywall",
    "taboola",
    "outbrain",
    "most-read",
    "also-read",
    "see-also",
    "cookie",
    "disclaimer",
    "toolbar",
    "pagination",
    "donat",
];

/// Parts of class names that mark captions and credits.
const CAPTION_NAMES: &[&str] =
    &["caption", "credit", "photo-", "image-desc", "media__", "legend", "bildunter"];

/// Parts of class names that mark bylines and dates.
const BYLINE_NAMES: &[&str] =
    &["byline", "author", "dateline", "timestamp", "post-meta", "entry-meta", "article-meta", "published"];

/// Parts of class names that mark keywords.
const TAG_NAMES: &[&str] = &["tags", "keyword", "taglist", "tag-list", "post-tag", "categories"];

/// The text of a page: its headline, then its blocks, one paragraph each.
pub(crate) fn compose(page: &Page, title: Option<&str>) -> (String, Vec<(Span, usize)>) {
    let mut text = String::new();
    let mut places = Vec::new();
    if let Some(title) = title.filter(|it| !it.trim().is_empty()) {
        text.push_str(title.trim());
    }
    for (at, block) in page.blocks.iter().enumerate() {
        if at < HEAD_BLOCKS && title.is_some_and(|it| same_words(it, &block.text)) {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        places.push((Span::new(start, text.len()), at));
    }
    (text, places)
}

/// Divides the text of a page.
pub(crate) fn segment<'t>(text: &'t str, page: &Page, places: &[(Span, usize)], titled: bool) -> Layout<'t> {
    let lines = split(text);
    let blocks: Vec<Option<&Block>> = lines
        .iter()
        .map(|line| {
            let at = places.partition_point(|it| it.0.end <= line.span.start);
            places.get(at).filter(|it| it.0.overlaps(line.span)).map(|it| &page.blocks[it.1])
        })
        .collect();
    let mut cues: Vec<Cue> = lines.iter().map(cue).collect();
    settle_agencies(&lines, &mut cues);
    let repeated = lines.iter().filter(|it| it.copies > 1).count();
    let hints = Hints {
        common: common_names(&page.blocks),
        repeats: repeated * 100 > lines.len() * REPEATED_SHARE_MAX,
    };
    for at in 0..lines.len() {
        if let Some(block) = blocks[at] {
            cues[at] = refine(cues[at], &lines[at], block, at, &hints);
        }
    }
    for at in 1..lines.len() {
        // "Tags", and under it the keywords.
        if cues[at - 1] == Cue::Tags && lines[at - 1].words.len() <= 2 && !lines[at].end_mark {
            cues[at] = Cue::Tags;
        }
    }
    mark_services(&lines, &mut cues);
    let mut draft = Draft { lines: &lines, cues: &cues, kinds: vec![None; lines.len()], last_prose: 0 };
    let headline = (titled && !lines.is_empty()).then_some(0);
    if headline.is_some() {
        draft.kinds[0] = Some(Kind::Headline);
    }
    sections::mark_teasers(&mut draft, sections::RESUMED_ON_PAGES);
    if headline.is_some() {
        draft.kinds[0] = Some(Kind::Headline);
    }
    for at in 0..lines.len() {
        if draft.kinds[at].is_some() {
            continue;
        }
        let mark = blocks[at].map_or(Mark::Text, |it| it.mark);
        let heading = mark == Mark::Heading && lines[at].words.len() <= HEADING_WORDS_MAX;
        let kind = match kind_of(cues[at], &lines[at]) {
            Some(it) => it,
            None if heading && at <= 1 && headline.is_some() => Kind::Subhead,
            None if heading => Kind::Crosshead,
            None if is_standfirst(&lines, &blocks, at) && headline.is_some() => Kind::Subhead,
            None => Kind::Body,
        };
        draft.kinds[at] = Some(kind);
    }
    let mut kinds: Vec<Kind> = draft.kinds.into_iter().map(|it| it.unwrap_or(Kind::Other)).collect();
    let last = kinds.iter().rposition(|it| *it == Kind::Body);
    for (at, kind) in kinds.iter_mut().enumerate() {
        // A heading with nothing of the report behind it heads something else.
        if *kind == Kind::Crosshead && last.is_none_or(|it| at > it) {
            *kind = Kind::Teaser;
        }
    }
    let first = kinds.iter().position(|it| *it == Kind::Body);
    let body = first.zip(last);
    let segments = inline::cover(text, &lines, &kinds, body);
    Layout { lines, cues, kinds, segments, headline, body }
}

/// Parts of class names that mark the subhead.
const SUBHEAD_NAMES: &[&str] =
    &["standfirst", "subhead", "sub-head", "subtitle", "sub-title", "strapline", "dek"];

/// The line under the headline that sums the report up.
fn is_standfirst(lines: &[Line<'_>], blocks: &[Option<&Block>], at: usize) -> bool {
    let line = &lines[at];
    let named = blocks[at].is_some_and(|it| SUBHEAD_NAMES.iter().any(|name| it.names.contains(name)));
    let bare = at == 1 && !line.end_mark && !line.inner_end;
    (named && at <= 3 || bare) && line.words.len() <= HEADING_WORDS_MAX && lines.get(at + 1).is_some()
}

/// Lines at the foot in which an outlet speaks to its readers.
const FOOT_LINES: usize = 7;

/// Words of a line to the readers at most.
const SERVICE_WORDS_MAX: usize = 70;

/// Marks the lines at the foot that speak of newsletters, accounts and rights
/// and not of the news.
fn mark_services(lines: &[Line<'_>], cues: &mut [Cue]) {
    let foot: Vec<usize> =
        (1..lines.len()).rev().filter(|it| cues[*it] == Cue::None).take(FOOT_LINES).collect();
    for at in foot {
        let line = &lines[at];
        let quoted = line.text.contains(['"', '“', '«']);
        if !quoted
            && line.words.len() <= SERVICE_WORDS_MAX
            && lexicon().holds(&line.word_refs(), Class::Service)
        {
            cues[at] = Cue::Share;
        }
    }
}

/// Share of repeated lines, in percent, above which repeating is the way the
/// report is written.
const REPEATED_SHARE_MAX: usize = 20;

/// What all of a page says about each of its blocks.
struct Hints<'p> {
    /// Class names that most of the report carries.
    common: BTreeSet<&'p str>,
    /// Repeated lines say nothing.
    repeats: bool,
}

/// What a block is, by its line's cue and its markup.
fn refine(found: Cue, line: &Line<'_>, block: &Block, at: usize, hints: &Hints<'_>) -> Cue {
    // A name that most of the report carries is its wrapper's.
    let speaks = !hints.common.contains(block.names.as_str());
    let named = |names: &[&str]| speaks && names.iter().any(|it| block.names.contains(it));
    let count = line.words.len();
    if block.mark == Mark::Caption || (named(CAPTION_NAMES) && count <= 60) {
        return Cue::Caption;
    }
    if block.pictured
        && block.mark == Mark::Text
        && !line.end_mark
        && !line.text.starts_with(|it: char| it.is_ascii_digit())
        && count <= CAPTION_WORDS_MAX
    {
        return Cue::Caption;
    }
    let links =
        block.link_share() >= LINKED_MIN && count <= LINKED_WORDS_MAX && !(line.end_mark && count > 12);
    if links {
        return Cue::InsetLine;
    }
    if named(FOREIGN_NAMES) && count <= 40 {
        return Cue::Share;
    }
    if named(BYLINE_NAMES) && count <= 25 && !line.is_prose() {
        return Cue::Byline;
    }
    if named(TAG_NAMES) && !line.is_prose() {
        return Cue::Tags;
    }
    if block.mark == Mark::Cell {
        return Cue::None;
    }
    if line.copies > 1 && !line.is_prose() && found == Cue::None && !hints.repeats {
        return Cue::Share;
    }
    match found {
        // In the part that holds the report, a paragraph is the report's
        // unless it says otherwise: position says less than in plain text.
        Cue::Byline | Cue::Stamp if at > HEAD_BLOCKS && count > 6 => Cue::None,
        Cue::Navigation if block.link_share() < 30 && count > 5 => Cue::None,
        Cue::Inset | Cue::Section
            if block.mark == Mark::Text && line.end_mark && !line.text.ends_with("...") =>
        {
            Cue::None
        }
        Cue::LiveTime => Cue::None,
        it => it,
    }
}

/// Share of a report's characters, in percent, from which a class name is its
/// wrapper's.
const WRAPPER_SHARE_MIN: usize = 25;

/// Class names that a large part of the text carries.
fn common_names(blocks: &[Block]) -> BTreeSet<&str> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for block in blocks {
        *sizes.entry(block.names.as_str()).or_default() += block.text.len();
    }
    let all: usize = sizes.values().sum();
    sizes.into_iter().filter(|it| it.1 * 100 >= all * WRAPPER_SHARE_MIN).map(|it| it.0).collect()
}
