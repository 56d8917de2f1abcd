//! Limits on what a page may cost, and how such pages are still read.

/// Elements that hold nothing and need no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"];

/// Elements open inside each other at most. Browsers stop at 512, and news pages stay below 100; every open
/// element makes the parser's search for implied end tags longer.
pub(crate) const NESTING_MAX: usize = 256;

/// Tags of a page at most that are built into a tree: the search for the part
/// that holds the report compares siblings with each other.
pub(crate) const TAGS_MAX: usize = 30_000;

/// The name under which comments are passed over.
const COMMENT: &str = "!--";

/// What a tag is, as far as limits care.
struct Tag<'p> {
    name: &'p str,
    closes: bool,
    /// Its `<`.
    start: usize,
    /// One past the tag's `>`.
    end: usize,
}

/// Why a page is not built into a tree, if it is not.
pub(crate) fn too_much(page: &str) -> Option<String> {
    let opened = page.bytes().filter(|it| *it == b'<').count();
    if opened > TAGS_MAX {
        return Some(format!("{opened} tags are more than {TAGS_MAX}"));
    }
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut at = 0;
    while let Some(tag) = next_tag(page, &mut at) {
        if tag.name == COMMENT {
            continue;
        }
        if VOID.iter().any(|it| it.eq_ignore_ascii_case(tag.name)) || page[..tag.end].ends_with("/>") {
            continue;
        }
        // A paragraph or list item that is never closed is not nested.
        let implied = ["p", "li", "td", "tr", "th", "dt", "dd", "option"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(tag.name));
        if implied {
            continue;
        }
        depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    if deepest > NESTING_MAX {
        return Some(format!("elements are nested {deepest} deep, more than {NESTING_MAX}"));
    }
    None
}

/// The next tag from `at`; raw elements are skipped with their content.
fn next_tag<'p>(page: &'p str, at: &mut usize) -> Option<Tag<'p>> {
    let bytes = page.as_bytes();
    loop {
        let open = *at + page[*at..].find('<')?;
        let rest = &page[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            *at = comment.find("-->").map_or(page.len(), |it| open + 4 + it + 3);
            return Some(Tag { name: COMMENT, closes: false, start: open, end: *at });
        }
        let closes = rest.starts_with('/');
        let name_at = open + 1 + usize::from(closes);
        let length =
            bytes[name_at..].iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'-').count();
        if length == 0 {
            *at = open + 1;
            continue;
        }
        let name = &page[name_at..name_at + length];
        let end = page[name_at..].find('>').map_or(page.len(), |it| name_at + it + 1);
        *at = end;
        if !closes && RAW.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            *at = end_of_raw(page, end, name);
        }
        return Some(Tag { name, closes, start: open, end });
    }
}

/// One past the end tag of the raw element `name`, or the page's end.
fn end_of_raw(page: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = page[at..].find("</") {
        let tail = &page[at + found + 2..];
        if tail.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
            return at + found;
        }
        at += found + 2;
    }
    page.len()
}

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "nav",
    "main",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "hr",
    "form",
    "dd",
    "dt",
];

/// The words of a page without its markup, block by block: for pages beyond
/// the limits.
pub(crate) fn strip(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let (mut at, mut text_from) = (0, 0);
    while let Some(tag) = next_tag(page, &mut at) {
        push_words(&mut out, &page[text_from..tag.start.max(text_from)]);
        if BLOCKS.iter().any(|it| it.eq_ignore_ascii_case(tag.name)) && !out.ends_with("\n\n") {
            out.push_str("\n\n");
        }
        // A raw element's content is skipped up to its end tag.
        text_from = at;
    }
    push_words(&mut out, &page[text_from.min(page.len())..]);
    out.trim().to_owned()
}

fn push_words(out: &mut String, raw: &str) {
    for word in raw.split_ascii_whitespace() {
        if !out.is_empty() && !out.ends_with(['\n', ' ']) {
            out.push(' ');
        }
        push_decoded(out, word);
    }
    if raw.ends_with(|it: char| it.is_ascii_whitespace()) && !out.is_empty() && !out.ends_with(['\n', ' ']) {
        out.push(' ');
    }
}

/// The references that prose holds; others stay as they are.
fn push_decoded(out: &mut String, word: &str) {
    const NAMED: &[(&str, &str)] = &[
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&hellip;", "…"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&#160;", "\u{a0}"),
    ];
    let mut rest = word;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match NAMED.iter().find(|it| rest.starts_with(it.0)) {
            Some((name, decoded)) => {
                out.push_str(decoded);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_and_stripped_without_a_tree() {
        let page = format!("{}<p>Truce &amp; talks</p>{}", "<div>".repeat(600), "</div>".repeat(600));
        assert!(too_much(&page).expect("too deep").contains("600 deep"));
        assert_eq!(strip(&page), "Truce & talks");
        assert!(too_much("<p>One<p>Two<br><img src=x>").is_none());
    }

    #[test]
    fn scripts_are_no_words() {
        assert_eq!(strip("<script>if (a < b) {}</script><p>Truce</p><style>p > a</style>"), "Truce");
        assert_eq!(strip("<p>a < b <!-- no --> c"), "a < b c");
        assert_eq!(strip("<scr"), "");
    }
}
