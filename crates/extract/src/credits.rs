//! Whose text and whose picture: two fields that must not be mixed up.
//!
//! ## Reads
//! Bylines, datelines and lines of credit, each for the text or for a picture.
//!
//! ## Matters because
//! An agency under a photograph did not write the report; taking it for the
//! source makes two witnesses one, or one two.
//!
//! ## Example
//! "Photo: Alder Press" credits the picture and not the text.
//!
//! ## Misses
//! Credits inside sentences ("as our colleagues write").

use truce_model::{Segment, SegmentKind as Kind, Span};

use crate::cues::{self, Cue};
use crate::lexicon::{Class, lexicon};
use crate::segment::Layout;

/// The credits a page prints.
#[derive(Debug, Default)]
pub(crate) struct Credits {
    pub(crate) text: Option<Span>,
    pub(crate) picture: Option<Span>,
}

/// Finds the credits of a segmented text.
///
/// A bare agency name is the picture's where the page names no other owner of
/// the picture: it stands where pictures are credited. Only where another
/// owner is named can it be the text's.
pub(crate) fn credits(text: &str, layout: &Layout<'_>, segments: &[Segment]) -> Credits {
    let picture = picture_credit(layout);
    let mut bare: Option<Span> = None;
    let mut byline: Option<Span> = None;
    let mut sign_off: Option<Span> = None;
    for (at, line) in layout.lines.iter().enumerate() {
        match layout.cues[at] {
            Cue::BareAgency => bare = bare.or(Some(line.span)),
            Cue::SignOff
                if sign_off.is_none() && (names_agency(line.text) || cues::is_bracketed_name(line.text)) =>
            {
                sign_off = Some(line.span)
            }
            _ => {}
        }
        if layout.kinds[at] == Kind::Byline && byline.is_none() && names_agency(line.text) {
            byline = Some(line.span);
        }
    }
    let dateline = segments
        .iter()
        .filter(|it| it.kind == Kind::Dateline)
        .find_map(|it| bracketed_agency(text, layout, it.span));
    let trailer = segments.iter().rev().filter(|it| it.kind == Kind::Credit).find_map(|it| {
        let words = it.span.trimmed(text);
        let line_start = layout.lines.iter().any(|line| line.span.start == words.start);
        (!line_start && names_agency(words.of(text)?)).then_some(words)
    });
    let mut text_credit = dateline.or(byline).or(sign_off).or(trailer);
    let mut picture_credit = picture;
    if let Some(bare) = bare {
        match picture {
            Some(it) if !same_agency(text, bare, it) => text_credit = text_credit.or(Some(bare)),
            Some(_) => {}
            None => picture_credit = Some(bare),
        }
    }
    Credits { text: text_credit, picture: picture_credit }
}

fn picture_credit(layout: &Layout<'_>) -> Option<Span> {
    for (at, line) in layout.lines.iter().enumerate() {
        let shown = matches!(
            layout.cues[at],
            Cue::Caption | Cue::PictureCredit | Cue::Byline | Cue::SignOff | Cue::Legal
        ) && !matches!(layout.kinds[at], Kind::Teaser);
        if !shown {
            continue;
        }
        let caption = matches!(layout.cues[at], Cue::Caption | Cue::PictureCredit);
        let found = cues::picture_credit(line.text).filter(|it| {
            // Outside a caption "© Agency" are the rights in the text.
            caption || (it.sure && !line.text[it.start..].starts_with('©'))
        });
        let from = found.map(|it| it.start).or_else(|| caption.then(|| handout(line.text)).flatten());
        if let Some(from) = from
            && names_somebody(&line.text[from..])
        {
            let start = line.span.start as usize + from;
            return Some(Span::new(start, line.span.end as usize));
        }
    }
    None
}

/// `… released by the army IDF handout`: capitals before a last picture word.
fn handout(caption: &str) -> Option<usize> {
    let (before, last) = caption.rsplit_once(' ')?;
    lexicon().fit(&[last.to_lowercase().as_str()], Class::Picture)?;
    let at = before.rfind(' ').map_or(0, |it| it + 1);
    before[at..].starts_with(char::is_uppercase).then_some(at)
}

/// "File Picture" names nobody.
fn names_somebody(credit: &str) -> bool {
    let words: Vec<String> = credit
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().any(|it| {
        lexicon().fit(&[it.as_str()], Class::Picture).is_none()
            && !matches!(it.as_str(), "file" | "by" | "of" | "from" | "credit" | "via" | "archive")
            || matches!(it.as_str(), "getty")
    })
}

fn names_agency(text: &str) -> bool {
    let words = words_of(text);
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    lexicon().holds(&refs, Class::Agency)
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|it: char| !it.is_alphanumeric() && it != '-')
        .flat_map(|it| it.split('-').map(str::to_lowercase).collect::<Vec<_>>())
        .filter(|it| !it.is_empty())
        .collect()
}

/// `AFP` of `JERUSALEM (AFP) —`.
///
/// What stands in brackets there is who filed the text. An outlet that puts
/// its own name there reports for itself, so a name of the masthead is none.
fn bracketed_agency(text: &str, layout: &Layout<'_>, span: Span) -> Option<Span> {
    let words = span.of(text)?;
    let open = words.find(['(', '/'])?;
    let rest = &words[open + 1..];
    let close = rest.find([')', '/'])?;
    let name = rest[..close].trim();
    let start = span.start as usize + open + 1;
    let placed = words[close + open + 2..].chars().all(|it| !it.is_alphanumeric());
    let own = words_of(name).iter().any(|it| {
        let above = layout.lines.iter().zip(&layout.kinds).take(MASTHEAD_LINES);
        above
            .filter(|line| *line.1 != Kind::Headline)
            .any(|line| line.0.span.end <= span.start && line.0.words.contains(it))
    });
    let unknown = placed
        && !own
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 3
        && !name.chars().any(|it| it.is_ascii_digit());
    (names_agency(name) || unknown).then(|| Span::new(start, start + close))
}

/// Lines at the head in which an outlet's name stands.
const MASTHEAD_LINES: usize = 6;

fn same_agency(text: &str, a: Span, b: Span) -> bool {
    let names = |it: Span| words_of(it.of(text).unwrap_or(""));
    let (a, b) = (names(a), names(b));
    a.iter().any(|it| b.contains(it) && lexicon().fit(&[it.as_str()], Class::Picture).is_none())
}
