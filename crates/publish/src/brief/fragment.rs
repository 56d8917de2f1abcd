//! Parts of the brief for the pages of a desk: the same look and the same
//! words, over a slice of the record. Links lead to the desk's pages.

use maud::{Markup, html};
use truce_model::Agreement;
use truce_record::{Cited, Record};

use super::{STYLE, incidents, lineages, obligations, places, reader, timeline};
use crate::say::{Grounds, Outside, Plain, quoted};
use crate::strings as s;
use crate::view::View;
use crate::voice;

/// A part of the brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment<'a> {
    /// Every obligation with its findings.
    Obligations,
    /// One obligation.
    Obligation(&'a str),
    /// The incidents of the slice, one card each.
    Incidents,
    /// Claims by who makes them and with what stance, word by word.
    Voices,
    /// The claims of the slice, one line each, with their words.
    Claims,
    /// The articles of the slice, with these code points marked besides the
    /// words of claims.
    Reader(&'a [(usize, usize)]),
    /// Passages that the two articles of the slice share.
    Compare,
    /// Incidents of the slice on the line of days.
    Timeline,
    /// Claims of the slice about passage, day by day.
    Places,
}

/// The style that the fragments are made for.
pub fn style() -> &'static str {
    STYLE
}

/// What a standing, a kind of conduct or a stance is called on pages.
pub fn kind_name(kind: Option<&str>) -> String {
    s::kind(kind)
}

/// What a standing means, in one clause.
pub fn standing_meaning(standing: &str) -> &'static str {
    s::standing(standing)
}

/// What the method cannot do.
pub fn limits() -> &'static [&'static str] {
    s::LIMITS_LIST
}

/// Text from outside, escaped and isolated, for pages that are not made here.
pub fn outside(text: &str) -> Markup {
    html! { (Outside(text)) }
}

/// Text from outside, escaped, for attributes and inside isolating elements.
pub fn plain(text: &str) -> Markup {
    html! { (Plain(text)) }
}

/// Builds a part of the brief from a slice of the record. `articles_read` is
/// the number for the whole desk, which a slice cannot know.
pub fn fragment(
    record: &Record,
    agreement: Option<&Agreement>,
    articles_read: usize,
    part: Fragment<'_>,
) -> String {
    let mut view = View::new(record, agreement);
    view.read_elsewhere = Some(articles_read);
    let view = &view;
    let markup = match part {
        Fragment::Obligations => obligations::section(view),
        Fragment::Obligation(id) => obligations::one(view, id),
        Fragment::Incidents => html! {
            @for (n, it) in record.incidents.iter().enumerate() { (incidents::card(view, n, it)) }
        },
        Fragment::Voices => html! {
            div.positions {
                @for it in voice::voices(view, record.claims.iter()) { (incidents::voice(view, &it)) }
            }
        },
        Fragment::Claims => claims(view),
        Fragment::Reader(marks) => {
            mark_all(view, marks);
            reader::section(view)
        }
        Fragment::Compare => lineages::pair_of(view),
        Fragment::Timeline => timeline::section(view),
        Fragment::Places => places::section(view),
    };
    relink(&markup.into_string(), view)
}

fn claims(view: &View) -> Markup {
    html! {
        ul.claims.long {
            @for claim in &view.record.claims {
                li {
                    @match voice::sentence(view, claim) {
                        Some(it) => {
                            p { (it.html(view)) }
                            @if let Some(grounds) = Grounds::of([it.grounds.first()]) { (quoted(view, &grounds)) }
                        },
                        None => (s::EVIDENCE_GONE),
                    }
                    @if let Some(at) = view.claim_number(&claim.id) {
                        a.ref href={ "#c" (at + 1) } { "Claim and its trail" }
                    }
                    span.dim.rule { " · rule: " (Outside(&claim.rule)) }
                }
            }
        }
    }
}

/// Marks what claims of the slice rest on, and what was asked for besides.
fn mark_all(view: &View, marks: &[(usize, usize)]) {
    for claim in &view.record.claims {
        let named = [&claim.label, &claim.scope];
        let quotes = named.into_iter().flatten().filter_map(|it| view.cite_quote(&claim.article, it));
        for cite in view.evidence(claim).into_iter().chain(quotes) {
            view.link(cite);
        }
    }
    for (n, article) in view.record.articles.iter().enumerate() {
        for (start, end) in marks {
            let cite = view.words(n, *start, *end).and_then(|it| view.cite(&article.id, *start, *end, it));
            if let Some(cite) = cite {
                view.link(cite);
            }
        }
    }
}

/// Letters of an id that may stand in an address as they are.
fn in_address(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The address of cited words in the source reader of a desk.
pub fn cited_address(it: &Cited) -> String {
    words_address(&it.article, it.start, it.end)
}

fn words_address(article: &str, start: usize, end: usize) -> String {
    format!("/articles/{}?mark={start}-{end}#a1-{start}-{end}", in_address(article))
}

/// Links within the brief become links to the pages of the desk. Text from
/// outside cannot hold `href="#`, since its quotation marks are escaped.
fn relink(page: &str, view: &View) -> String {
    const LINK: &str = "href=\"#";
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(at) = rest.find(LINK) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let target = &after[LINK.len()..];
        let end = target.find('"').unwrap_or(target.len());
        let to = address(&target[..end], view).unwrap_or_else(|| format!("#{}", &target[..end]));
        out.push_str(&format!("href=\"{to}"));
        rest = &target[end..];
    }
    out.push_str(rest);
    out
}

/// The page that an anchor of the brief becomes.
fn address(anchor: &str, view: &View) -> Option<String> {
    let number = |prefix: &str| anchor.strip_prefix(prefix)?.parse::<usize>().ok()?.checked_sub(1);
    let record = view.record;
    if let Some(n) = number("art") {
        return Some(format!("/articles/{}", in_address(&record.articles.get(n)?.id)));
    }
    if let Some(rest) = anchor.strip_prefix('a') {
        let mut fields = rest.splitn(3, '-').map(str::parse::<usize>);
        let (n, start, end) = (fields.next()?.ok()?, fields.next()?.ok()?, fields.next()?.ok()?);
        return Some(words_address(&record.articles.get(n.checked_sub(1)?)?.id, start, end));
    }
    if let Some(n) = number("i") {
        return Some(format!("/incidents/{}", in_address(&record.incidents.get(n)?.id)));
    }
    if let Some(n) = number("c") {
        return Some(format!("/claims/{}", in_address(&record.claims.get(n)?.id)));
    }
    if let Some(n) = number("l") {
        return Some(format!("/lineages/{}", in_address(&record.lineages.get(n)?.id)));
    }
    let provision = number("p")?;
    Some(format!("/obligations/{}", in_address(view.agreement?.provisions.get(provision)?.id.as_str())))
}
