//! The source reader: every report as received, with the words that other
//! sections link to marked, and what was not read greyed out and named.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use truce_record::Article;

use super::{frame, incidents};
use crate::say::{Outside, escape};
use crate::strings as s;
use crate::view::View;

/// Links back from one marked passage.
const BACK_MAX: usize = 3;

/// Up to so many reports are shown whole; of more, those that are linked to.
const ARTICLES_MAX: usize = 400;

/// Words to be marked, in bytes.
struct Mark {
    start: usize,
    end: usize,
    anchor: String,
    family: &'static str,
    /// Claims that rest on these words.
    claims: Vec<usize>,
}

/// The claims that rest on each cited place.
type Resting = BTreeMap<(usize, usize, usize), Vec<usize>>;

fn resting(view: &View) -> Resting {
    let mut resting: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
    for (n, claim) in view.record.claims.iter().enumerate() {
        for cite in view.evidence(claim) {
            let (start, end) = cite.position();
            resting.entry((cite.article(), start, end)).or_default().push(n);
        }
    }
    resting
}

/// Every report by itself, marked with what was linked to so far.
pub(super) fn each(view: &View) -> Vec<Markup> {
    let resting = resting(view);
    view.record.articles.iter().enumerate().map(|(n, it)| article(view, n, it, &resting)).collect()
}

pub(super) fn section(view: &View) -> Markup {
    let resting = resting(view);
    html! {
        (legend())
        @let all = view.record.articles.len();
        @for (n, it) in view.record.articles.iter().enumerate() {
            @if all <= ARTICLES_MAX || !view.linked_in(n).is_empty() { (article(view, n, it, &resting)) }
            @else { p.meta id={ "art" (n + 1) } { (Outside(view.label(n))) " · " (s::NOT_SHOWN) } }
        }
    }
}

/// What the marks mean.
pub(super) fn legend() -> Markup {
    html! {
        p.lead { (s::SOURCES_LEAD) }
        ul.legend aria-label=(s::LEGEND) {
            li { mark.charge { (s::MARK_CHARGE) } }
            li { mark.answer { (s::MARK_ANSWER) } }
            li { mark.other { (s::MARK_OTHER) } }
            li { span.greyed { (s::NOT_EVIDENCE) } }
        }
    }
}

fn article(view: &View, n: usize, it: &Article, resting: &Resting) -> Markup {
    let marks = marks(view, n, resting);
    let mut opened = BTreeSet::new();
    html! {
        article.source id={ "art" (n + 1) } {
            header {
                h3 { (Outside(view.label(n))) @if let Some(title) = &it.title { span.title { (Outside(title)) } } }
                p.meta {
                    (s::PUBLISHED) ": " b { (Outside(it.published.value.as_deref().unwrap_or(s::UNKNOWN))) }
                    " (" (Outside(&it.published.basis)) ") · "
                    (Outside(it.language.as_deref().unwrap_or(s::UNKNOWN)))
                    @if it.read.sentences == 0 { " · " strong { (s::NOT_READ) } }
                    @for id in &it.lineages {
                        @if let Some((l, _)) = view.lineage(id) { " · " a.ref href={ "#l" (l + 1) } { "L" (l + 1) } }
                    }
                }
                p.meta.custody {
                    (Outside(&it.path)) " · SHA-256 " code { (Outside(&it.sha256)) }
                    @if let Some(url) = &it.url { " · " (Outside(url)) }
                }
                @if let Some(credit) = &it.text_credit { p.meta { (s::TEXT_CREDIT) ": " (Outside(&credit.exact)) } }
                @if let Some(credit) = &it.picture_credit { p.meta { (s::PICTURE_CREDIT) ": " (Outside(&credit.exact)) } }
            }
            div.text dir="auto" lang=[it.language.as_deref().map(frame::slug)] {
                @for (kind, start, end) in segments(view, n, it) {
                    @let read = matches!(kind, "headline" | "subhead" | "body");
                    @let words = it.text.get(start..end).unwrap_or("");
                    @if words.trim().is_empty() { (PreEscaped("\n")) }
                    @else {
                        div class={ "seg " (if read { "read" } else { "unread" }) " s-" (frame::slug(kind)) } {
                            span.segname { (s::segment(kind, read)) }
                            span.words { (PreEscaped(marked(view, it, start, end, &marks, &mut opened))) }
                        }
                    }
                }
            }
        }
    }
}

/// The segments in bytes; what no segment holds is shown as `other`, since
/// nothing of a report is left out.
fn segments<'r>(view: &View, n: usize, it: &'r Article) -> Vec<(&'r str, usize, usize)> {
    let mut out: Vec<(&str, usize, usize)> = Vec::new();
    let mut at = 0;
    for segment in &it.segments {
        let (Some(start), Some(end)) = (view.byte(n, segment.start), view.byte(n, segment.end)) else {
            continue;
        };
        if start < at || end <= start {
            continue;
        }
        if start > at {
            out.push(("other", at, start));
        }
        // Paragraphs of one kind read as one text.
        match out.last_mut() {
            Some(last) if last.0 == segment.kind && last.2 == start => last.2 = end,
            _ => out.push((&segment.kind, start, end)),
        }
        at = end;
    }
    if at < it.text.len() {
        out.push(("other", at, it.text.len()));
    }
    out
}

fn marks(view: &View, n: usize, resting: &Resting) -> Vec<Mark> {
    let mark = |cite: crate::view::Cite| {
        let (from, to) = cite.position();
        let claims = resting.get(&(n, from, to)).cloned().unwrap_or_default();
        let families: BTreeSet<&str> =
            claims.iter().map(|it| incidents::family(&view.record.claims[*it].stance)).collect();
        let family = ["charge", "answer"].into_iter().find(|it| families.contains(it)).unwrap_or("other");
        Some(Mark {
            start: view.byte(n, from)?,
            end: view.byte(n, to)?,
            anchor: cite.anchor(),
            family,
            claims,
        })
    };
    let mut all: Vec<Mark> = view.linked_in(n).into_iter().filter_map(mark).collect();
    all.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    all
}

/// The words of one segment with its marks. Marks that cross are closed and
/// opened again; each bears its id once.
fn marked(
    view: &View,
    it: &Article,
    start: usize,
    end: usize,
    marks: &[Mark],
    opened: &mut BTreeSet<usize>,
) -> String {
    let inside: Vec<usize> =
        (0..marks.len()).filter(|n| marks[*n].start < end && marks[*n].end > start).collect();
    let mut out = String::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut at = start;
    loop {
        let opens = inside.get(next).map(|n| marks[*n].start.max(start));
        let closes = stack.iter().map(|n| marks[*n].end.min(end)).min();
        let stop = opens.into_iter().chain(closes).min().unwrap_or(end);
        escape(it.text.get(at..stop).unwrap_or(""), &mut out);
        at = stop;
        if closes == Some(stop) {
            close(view, &mut stack, marks, (stop, end), opened, &mut out);
        } else if opens == Some(stop) {
            let n = inside[next];
            next += 1;
            open(n, marks, opened, &mut out);
            stack.push(n);
        } else {
            return out;
        }
    }
}

fn open(n: usize, marks: &[Mark], opened: &mut BTreeSet<usize>, out: &mut String) {
    let mark = &marks[n];
    let first = opened.insert(n);
    let tag = html! {
        @if first { mark class=(mark.family) id=(mark.anchor) tabindex="-1" {} }
        @else { mark class=(mark.family) {} }
    };
    out.push_str(tag.into_string().trim_end_matches("</mark>"));
}

/// Closes every mark that ends at `stop`, opening again those in between.
fn close(
    view: &View,
    stack: &mut Vec<usize>,
    marks: &[Mark],
    (stop, end): (usize, usize),
    opened: &mut BTreeSet<usize>,
    out: &mut String,
) {
    let Some(deepest) = stack.iter().position(|n| marks[*n].end.min(end) == stop) else { return };
    let above = stack.split_off(deepest);
    let mut back = String::new();
    for n in above.iter().rev() {
        out.push_str("</mark>");
        if marks[*n].end == stop {
            back.push_str(&links_back(view, &marks[*n]).into_string());
        }
    }
    out.push_str(&back);
    for n in above {
        if marks[n].end.min(end) > stop {
            open(n, marks, opened, out);
            stack.push(n);
        }
    }
}

fn links_back(view: &View, mark: &Mark) -> Markup {
    html! {
        @for n in mark.claims.iter().filter(|it| view.shows_claim(**it)).take(BACK_MAX) {
            a.back href={ "#c" (n + 1) } aria-label={ (s::BACK) " " (n + 1) } { (n + 1) }
        }
    }
}
