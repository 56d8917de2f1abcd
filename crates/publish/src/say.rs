//! Sentences that assert something, and text from outside.
//!
//! What a page or report says about the world it says through [`said`],
//! [`quoted`] or an [`Assertion`], and each takes [`Grounds`], which cannot be
//! built without words of an article.

use maud::{Markup, PreEscaped, Render, html};

use crate::strings as s;
use crate::view::{Cite, View};

/// Text that somebody else wrote: escaped, and isolated so that its direction
/// cannot reorder what stands beside it.
pub(crate) struct Outside<'a>(pub &'a str);

impl Render for Outside<'_> {
    fn render(&self) -> Markup {
        html! { bdi { (Plain(self.0)) } }
    }
}

/// Text that somebody else wrote, inside an element that isolates it already.
pub(crate) struct Plain<'a>(pub &'a str);

impl Render for Plain<'_> {
    fn render(&self) -> Markup {
        let mut out = String::with_capacity(self.0.len() + 16);
        escape(self.0, &mut out);
        PreEscaped(out)
    }
}

/// Escapes for text and for double-quoted attributes. Control characters that
/// HTML forbids become U+FFFD.
pub(crate) fn escape(text: &str, out: &mut String) {
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(ch),
            '\r' => out.push('\n'),
            _ if ch.is_control() || is_noncharacter(ch) => out.push('\u{FFFD}'),
            _ => out.push(ch),
        }
    }
}

/// Code points that no text may hold (Unicode, section 23.7).
pub(crate) fn is_noncharacter(ch: char) -> bool {
    let code = u32::from(ch);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// A part of a sentence: our words or theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words of the interface.
    Ours(String),
    /// Words from reports, packs or records.
    Theirs(String),
}

/// Words that a sentence rests on: at least one place in an article.
#[derive(Clone, Debug)]
pub(crate) struct Grounds<'r> {
    first: Cite<'r>,
    more: Vec<Cite<'r>>,
}

impl<'r> Grounds<'r> {
    /// Grounds on `cites`; `None` if there are none.
    pub fn of(cites: impl IntoIterator<Item = Cite<'r>>) -> Option<Grounds<'r>> {
        let mut cites = cites.into_iter();
        Some(Grounds { first: cites.next()?, more: cites.collect() })
    }

    /// The first place.
    pub fn first(&self) -> Cite<'r> {
        self.first
    }

    /// All places.
    pub fn cites(&self) -> impl Iterator<Item = Cite<'r>> {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    /// Adds a place.
    pub fn add(&mut self, cite: Cite<'r>) {
        self.more.push(cite);
    }

    /// The first place alone.
    pub fn narrow(&self) -> Grounds<'r> {
        Grounds { first: self.first, more: Vec::new() }
    }
}

/// A sentence about the world with the words it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Assertion<'r> {
    /// The sentence, in parts.
    pub parts: Vec<Part>,
    /// What it rests on. Not an `Option`: no words, no assertion.
    pub grounds: Grounds<'r>,
}

impl<'r> Assertion<'r> {
    /// The sentence, followed by a link to each place it rests on.
    pub fn html(&self, view: &View<'r>) -> Markup {
        let body = html! {
            @for part in &self.parts {
                @match part {
                    Part::Ours(it) => (it),
                    Part::Theirs(it) => (Outside(it)),
                }
            }
        };
        said(view, body, &self.grounds)
    }
}

/// A sentence on a page. The class `said` is written here and nowhere else,
/// so nothing asserted stands without a link to its words.
pub(crate) fn said<'r>(view: &View<'r>, body: Markup, grounds: &Grounds<'r>) -> Markup {
    html! { span.said { (body) " " (links(view, grounds)) } }
}

/// Words of a report, shown as such; the rest of their sentence stands around
/// them in grey.
pub(crate) fn quoted<'r>(view: &View<'r>, grounds: &Grounds<'r>) -> Markup {
    let (before, after) = view.context(grounds.first());
    html! {
        blockquote.said {
            bdi {
                @if !before.trim().is_empty() { span.ctx { (Plain(before)) } }
                (Plain(grounds.first().exact()))
                @if !after.trim().is_empty() { span.ctx { (Plain(after)) } }
            }
            " " (links(view, grounds))
        }
    }
}

/// Links shown for one sentence; more would bury it.
const LINKS_MAX: usize = 12;

/// A link to each cited place, named by outlet and date.
fn links<'r>(view: &View<'r>, grounds: &Grounds<'r>) -> Markup {
    let cites: Vec<Cite> = grounds.cites().collect();
    html! {
        span.srcs {
            @for cite in cites.iter().take(LINKS_MAX) {
                (link(view, *cite)) " "
            }
            @if cites.len() > LINKS_MAX {
                span.more { "+" (cites.len() - LINKS_MAX) }
            }
        }
    }
}

/// One link to cited words.
pub(crate) fn link<'r>(view: &View<'r>, cite: Cite<'r>) -> Markup {
    let article = &view.record.articles[cite.article()];
    let day = article.published.value.as_deref().map_or(s::UNDATED, |it| it.split('T').next().unwrap_or(it));
    html! {
        a.src href=(view.link(cite)) {
            (Outside(view.label(cite.article()))) ", " (Plain(day))
        }
    }
}

pub(crate) fn ours(it: impl Into<String>) -> Part {
    Part::Ours(it.into())
}

pub(crate) fn theirs(it: impl Into<String>) -> Part {
    Part::Theirs(it.into())
}
