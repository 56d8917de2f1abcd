//! Which stretch of a text is headline, body, caption, teaser and so on.
//!
//! Decided by layout, repetition, position and the cue words of
//! `lexicon/segments.txt`; never by what an article is about.
//!
//! ## Reads
//! Lines, their markup, length, place and repetition, and cue words of pages:
//! *Read more*, *Photo:*, *Related*.
//!
//! ## Matters because
//! Teasers speak of other wars; a claim read in one is an accusation nobody
//! made in this report.
//!
//! ## Example
//! "More from Rivermark" above a list of titles ends the body.
//!
//! ## Misses
//! Teasers that look like paragraphs and have no heading.

use truce_model::{Segment, SegmentKind as Kind};

use crate::cues::{Cue, cue};
use crate::dating::stamp;
use crate::lexicon::{Class, lexicon};
use crate::lines::{Line, split};
use crate::{inline, sections};

/// Code points of a headline at most.
const HEADLINE_CHARS_MAX: usize = 220;

/// Code points of a subhead at most.
const SUBHEAD_CHARS_MAX: usize = 260;

/// Code points of a crosshead at most.
const CROSSHEAD_CHARS_MAX: usize = 100;

/// A text and what its lines are.
#[derive(Debug)]
pub(crate) struct Layout<'t> {
    pub(crate) lines: Vec<Line<'t>>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) kinds: Vec<Kind>,
    /// Sorted, covering, on character bounds.
    pub(crate) segments: Vec<Segment>,
    /// The line that is the headline.
    pub(crate) headline: Option<usize>,
    /// The first and last line of the body.
    pub(crate) body: Option<(usize, usize)>,
}

/// Lines looked ahead at most where something near is sought.
const LOOK_AHEAD: usize = 14;

/// What is being decided, line by line.
pub(crate) struct Draft<'l, 't> {
    pub(crate) lines: &'l [Line<'t>],
    pub(crate) cues: &'l [Cue],
    pub(crate) kinds: Vec<Option<Kind>>,
    /// The last line of open prose, found after teasers are marked.
    pub(crate) last_prose: usize,
}

impl Draft<'_, '_> {
    /// Prose that nothing yet says is something else.
    pub(crate) fn is_open_prose(&self, at: usize) -> bool {
        self.kinds[at].is_none() && self.cues[at] == Cue::None && self.lines[at].is_prose()
    }
}

/// Divides `text`. `title` is the headline if something else gave it.
pub(crate) fn segment<'t>(text: &'t str, title: Option<&str>) -> Layout<'t> {
    let lines = split(text);
    let mut cues: Vec<Cue> = lines.iter().map(cue).collect();
    settle_agencies(&lines, &mut cues);
    let mut draft = Draft { lines: &lines, cues: &cues, kinds: vec![None; lines.len()], last_prose: 0 };
    sections::mark_teasers(&mut draft, sections::RESUMED_IN_TEXT);
    draft.last_prose = (0..lines.len()).rev().find(|it| draft.is_open_prose(*it)).unwrap_or(0);
    let (headline, first) = head(&mut draft, title);
    let body = first.map(|first| (first, last_of_body(&draft, first)));
    if let Some((first, last)) = body {
        middle(&mut draft, first, last);
        tail(&mut draft, last + 1);
    } else {
        tail(&mut draft, 0);
    }
    let kinds: Vec<Kind> = draft.kinds.iter().map(|it| it.unwrap_or(Kind::Other)).collect();
    let segments = inline::cover(text, &lines, &kinds, body);
    Layout { lines, cues, kinds, segments, headline, body }
}

/// Words of a caption in the middle of a body at most.
const CAPTION_WORDS_MAX: usize = 45;

/// "(AFP)" at the end of a line credits a picture above and inside a report,
/// and the report itself at its end.
pub(crate) fn settle_agencies(lines: &[Line<'_>], cues: &mut [Cue]) {
    let prose = |at: usize, cues: &[Cue]| cues[at] == Cue::None && lines[at].is_prose();
    let mut begun = false;
    for at in 0..lines.len() {
        if cues[at] == Cue::AgencyAtEnd {
            let later = (at + 1..(at + 4).min(lines.len())).any(|it| prose(it, cues));
            let caption =
                later && (!begun || lines[at].words.len() <= CAPTION_WORDS_MAX) || !lines[at].is_prose();
            cues[at] = if caption { Cue::Caption } else { Cue::None };
        }
        begun |= prose(at, cues);
    }
}

/// The kind a cue gives where position adds nothing.
pub(crate) fn kind_of(cue: Cue, line: &Line<'_>) -> Option<Kind> {
    Some(match cue {
        Cue::None => return None,
        Cue::Section | Cue::Inset | Cue::InsetLine => Kind::Teaser,
        Cue::Share if line.words.len() <= 3 => Kind::Navigation,
        Cue::Share | Cue::Legal | Cue::Note | Cue::Markup => Kind::Other,
        Cue::Navigation | Cue::Tags => Kind::Navigation,
        Cue::Stamp => Kind::Dateline,
        Cue::Byline => Kind::Byline,
        Cue::Caption | Cue::AgencyAtEnd => Kind::Caption,
        Cue::PictureCredit | Cue::BareAgency | Cue::SignOff => Kind::Credit,
        Cue::LiveTime => Kind::Crosshead,
    })
}

/// Decides the lines before the body; gives the headline's line and the first
/// line of the body.
fn head(draft: &mut Draft<'_, '_>, title: Option<&str>) -> (Option<usize>, Option<usize>) {
    let wanted: Option<String> = title.map(normal);
    let mut headline: Option<usize> = None;
    let mut signed = false;
    for at in 0..draft.lines.len() {
        let line = &draft.lines[at];
        if draft.kinds[at].is_some() {
            continue;
        }
        let is_title = wanted.as_deref().is_some_and(|it| it == line.words.join(" "));
        if is_title && headline.is_none() {
            headline = Some(at);
            draft.kinds[at] = Some(Kind::Headline);
            continue;
        }
        if let Some(kind) = kind_of(draft.cues[at], line) {
            let entry = draft.cues[at] == Cue::LiveTime && headline.is_some();
            if entry && draft.lines.get(at + 1).is_some_and(|it| it.is_prose() || it.bullet) {
                return (headline, Some(at));
            }
            signed |= matches!(kind, Kind::Byline | Kind::Dateline);
            draft.kinds[at] = Some(kind);
            continue;
        }
        let Some(found) = headline else {
            if could_be_headline(line) && !is_masthead(draft, at) {
                headline = Some(at);
                draft.kinds[at] = Some(Kind::Headline);
            } else if line.is_prose() && !is_masthead(draft, at) {
                return (None, Some(at));
            } else {
                draft.kinds[at] = Some(Kind::Navigation);
            }
            continue;
        };
        if line.words == draft.lines[found].words {
            draft.kinds[at] = Some(Kind::Other);
            continue;
        }
        if line.copies > 1 && copies_follow_closely(draft, at) {
            draft.kinds[at] = Some(Kind::Caption);
            continue;
        }
        match after_headline(draft, found, at, signed) {
            Some(kind) => {
                signed |= matches!(kind, Kind::Byline | Kind::Dateline);
                draft.kinds[at] = Some(kind);
            }
            None => return (headline, Some(at)),
        }
    }
    (headline, None)
}

fn normal(title: &str) -> String {
    split(title).iter().flat_map(|it| it.words.clone()).collect::<Vec<_>>().join(" ")
}

/// A caption that is repeated stands near its copy; a refrain in prose does
/// not.
fn copies_follow_closely(draft: &Draft<'_, '_>, at: usize) -> bool {
    let words = &draft.lines[at].words;
    let near = at.saturating_sub(6)..(at + 7).min(draft.lines.len());
    near.into_iter().any(|it| it != at && draft.lines[it].words == *words)
}

fn could_be_headline(line: &Line<'_>) -> bool {
    line.chars <= HEADLINE_CHARS_MAX
        && !line.bullet
        && line.words.len() >= 2
        && !(line.end_mark
            && line.text.trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', ';', ':', ',']))
        && !(line.inner_end && line.chars > 120)
}

/// A name of an outlet or section above the headline: short, and a better
/// headline comes before the first prose.
fn is_masthead(draft: &Draft<'_, '_>, at: usize) -> bool {
    let line = &draft.lines[at];
    if line.end_mark && !line.shouted || line.words.len() > MASTHEAD_WORDS_MAX {
        return false;
    }
    let refs = line.word_refs();
    let named = lexicon().holds(&refs, Class::Outlet);
    let menu = lexicon().fit(&refs, Class::Nav).is_some_and(|it| it.whole);
    let marked = is_divided(line);
    let capped = line.capitals >= 75 && line.words.len() <= 6;
    let short = line.words.len() <= 3;
    if !(menu || short || capped || marked || (named && line.capitals >= 60)) {
        return false;
    }
    let mut seen = 0;
    for next in at + 1..(at + LOOK_AHEAD).min(draft.lines.len()) {
        if draft.kinds[next].is_some() || draft.cues[next] != Cue::None {
            continue;
        }
        let it = &draft.lines[next];
        if could_be_headline(it)
            && (it.words.len() > line.words.len() || it.words.len() >= 4)
            && looks_like_news(it, line)
        {
            return true;
        }
        seen += 1;
        if it.is_prose() || seen > 3 {
            return false;
        }
    }
    false
}

/// Words of a masthead at most.
const MASTHEAD_WORDS_MAX: usize = 16;

/// Parts set off by bars, wide spaces or dashes, the first of them a name and
/// no sentence.
fn is_divided(line: &Line<'_>) -> bool {
    let marks = ["|", "›", "»", " · ", "   ", " – ", " — "];
    let Some((at, mark)) = marks.iter().filter_map(|it| Some((line.text.find(it)?, *it))).min() else {
        return false;
    };
    let first: Vec<&str> = line.text[..at].split_whitespace().collect();
    let lower = first.iter().filter(|it| it.starts_with(char::is_lowercase)).count();
    if first.is_empty() || first.len() > 6 || lower > 1 {
        return false;
    }
    // A headline may hold a dash: then the name of an outlet or a date must
    // say that it is none.
    let dash = mark == " – " || mark == " — ";
    let words: Vec<String> = first.iter().map(|it| it.to_lowercase()).collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    !dash || lexicon().holds(&refs, Class::Outlet) || stamp::find(line.text).is_some()
}

/// A headline rather than a person's name: it has words without a capital, or
/// more of them than the line above.
fn looks_like_news(line: &Line<'_>, above: &Line<'_>) -> bool {
    let lower = (line.capitals < 100 || line.shouted) && line.words.len() >= 4;
    lower || (line.words.len() >= 5 && above.words.len() <= 4)
}

/// Decides a line between headline and body; `None` where the body begins.
fn after_headline(draft: &Draft<'_, '_>, headline: usize, at: usize, signed: bool) -> Option<Kind> {
    let line = &draft.lines[at];
    let next = draft.lines.get(at + 1);
    let prose_follows = draft.last_prose > at;
    if line.is_prose() || line.bullet {
        let touches = at == headline + 1;
        let single = line.chars <= SUBHEAD_CHARS_MAX && !line.inner_end && !line.bullet;
        if touches && single && prose_follows && !signed && furniture_follows(draft, at) {
            return Some(Kind::Subhead);
        }
        return None;
    }
    if !prose_follows && line.breaks_off() {
        return None;
    }
    let names = line.capitals >= 80 && line.words.len() <= 7 && !line.end_mark;
    if names && prose_follows {
        let place = line.shouted && signed && line.words.len() <= 3;
        let crosshead = signed
            && line.closes_block
            && line.opens_block
            && line.words.len() >= 3
            && next.is_some_and(|it| it.is_prose());
        return Some(if place {
            Kind::Dateline
        } else if crosshead && line.shouted {
            Kind::Crosshead
        } else {
            Kind::Byline
        });
    }
    let asks = line.text.ends_with('?');
    if asks && next.is_some_and(|it| it.is_prose()) && line.words.len() <= 14 && (signed || at > headline + 1)
    {
        return Some(Kind::Crosshead);
    }
    if line.end_mark && next.is_some_and(|it| it.is_prose()) && !furniture_follows(draft, at) {
        // A short sentence that opens the body.
        return None;
    }
    let near = at - headline <= LOOK_AHEAD
        && draft.kinds[headline + 1..at]
            .iter()
            .all(|it| matches!(it, Some(Kind::Byline | Kind::Dateline | Kind::Navigation | Kind::Subhead)));
    if near && line.words.len() >= 3 && line.chars <= SUBHEAD_CHARS_MAX {
        return Some(Kind::Subhead);
    }
    if line.words.len() >= 4 && prose_follows {
        return Some(Kind::Caption);
    }
    Some(Kind::Other)
}

/// Whether a caption, credit, byline or date comes before the next prose.
fn furniture_follows(draft: &Draft<'_, '_>, at: usize) -> bool {
    for next in at + 1..(at + LOOK_AHEAD).min(draft.lines.len()) {
        if draft.is_open_prose(next) {
            // A caption without a credit is prose that is repeated.
            if draft.lines[next].copies > 1 {
                return true;
            }
            return false;
        }
        if matches!(
            draft.cues[next],
            Cue::Caption | Cue::PictureCredit | Cue::BareAgency | Cue::Byline | Cue::Stamp | Cue::Share
        ) {
            return true;
        }
        let it = &draft.lines[next];
        if draft.cues[next] == Cue::None && it.capitals >= 80 && it.words.len() <= 5 && !it.end_mark {
            return true;
        }
    }
    false
}

/// The last line that is prose of this article.
fn last_of_body(draft: &Draft<'_, '_>, first: usize) -> usize {
    let last = (first..draft.lines.len()).rev().find(|it| is_body_by_itself(draft, *it)).unwrap_or(first);
    // A last paragraph may be cut off in the middle of a sentence.
    let next = last + 1;
    if next < draft.lines.len()
        && draft.kinds[next].is_none()
        && draft.cues[next] == Cue::None
        && draft.lines[next].breaks_off()
    {
        return next;
    }
    last
}

fn is_body_by_itself(draft: &Draft<'_, '_>, at: usize) -> bool {
    if draft.kinds[at].is_some() || draft.cues[at] != Cue::None {
        return false;
    }
    let line = &draft.lines[at];
    if has_address(line.text) && line.words.len() <= 20 {
        return false;
    }
    if line.copies > 1 && copies_follow_closely(draft, at) {
        return false;
    }
    // A question behind credits announces another story.
    let before = at.checked_sub(1).map(|it| draft.cues[it]);
    if line.text.ends_with('?')
        && !line.inner_end
        && line.opens_block
        && matches!(
            before,
            Some(Cue::SignOff | Cue::PictureCredit | Cue::Legal | Cue::Note | Cue::Share | Cue::Tags)
        )
    {
        return false;
    }
    let short_sentence =
        line.end_mark && line.text.ends_with(['.', '!', '”', '"', '’']) && line.words.len() >= 3;
    line.is_prose()
        || (short_sentence && draft.lines[..at].last().is_some_and(|it| it.is_prose()))
        || (line.breaks_off() && line.chars >= 60)
        || (line.bullet && line.words.len() >= 10 && line.glue >= 1)
}

/// An address of a mailbox or page.
fn has_address(text: &str) -> bool {
    text.contains("http://")
        || text.contains("https://")
        || text.contains("www.")
        || text.split_whitespace().any(|it| {
            it.split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.starts_with('.'))
        })
}

/// Decides the lines from the first to the last of the body.
fn middle(draft: &mut Draft<'_, '_>, first: usize, last: usize) {
    let questions = (first..=last).filter(|it| is_question_head(draft, *it)).count();
    for at in first..=last {
        if draft.kinds[at].is_some() {
            continue;
        }
        let line = &draft.lines[at];
        if let Some(kind) = kind_of(draft.cues[at], line) {
            draft.kinds[at] = Some(kind);
            continue;
        }
        let kind = if line.copies > 1 && copies_follow_closely(draft, at) {
            if line.is_prose() { Kind::Caption } else { Kind::Other }
        } else if has_address(line.text) && line.words.len() <= 12 {
            Kind::Other
        } else if is_question_head(draft, at) && questions >= 2 {
            Kind::Crosshead
        } else if line.end_mark || line.bullet || line.is_prose() || line.breaks_off() {
            Kind::Body
        } else if line.chars <= CROSSHEAD_CHARS_MAX && line.opens_block && line.words.len() <= 14 {
            Kind::Crosshead
        } else {
            Kind::Body
        };
        draft.kinds[at] = Some(kind);
    }
}

/// A short question that opens a block, as headings of explainers do.
fn is_question_head(draft: &Draft<'_, '_>, at: usize) -> bool {
    let line = &draft.lines[at];
    draft.kinds[at].is_none()
        && draft.cues[at] == Cue::None
        && line.text.ends_with('?')
        && line.opens_block
        && !line.inner_end
        && line.words.len() <= 14
        // A speaker's label makes it a question of an interview.
        && !line.text.contains(": ")
        && !line.text.starts_with(['"', '“', '‘', '«'])
        && draft.lines.get(at + 1).is_some_and(|it| it.is_prose())
}

/// Decides the lines after the body.
fn tail(draft: &mut Draft<'_, '_>, from: usize) {
    for at in from..draft.lines.len() {
        if draft.kinds[at].is_some() {
            continue;
        }
        let line = &draft.lines[at];
        draft.kinds[at] = Some(match kind_of(draft.cues[at], line) {
            Some(Kind::Crosshead) => Kind::Other,
            Some(it) => it,
            None if line.words.len() <= 2 => Kind::Navigation,
            None if has_address(line.text) => Kind::Other,
            None if line.copies > 1 => Kind::Other,
            None => Kind::Teaser,
        });
    }
}
