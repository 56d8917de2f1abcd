//! A situation report in Markdown. Words from outside are escaped, so that
//! they cannot become links, headings or HTML.

use super::{Block, Report, has_words, number};
use crate::say::{Grounds, Part};
use crate::strings as s;
use crate::view::{Cite, View};

pub(super) fn write<'r>(view: &View<'r>, report: &Report<'r>) -> String {
    let mut out = format!("# {}\n\n**{}** {}\n", parts(&report.title), s::MONITORS, s::NOTHING_DECIDED);
    let mut cited: Vec<Cite> = Vec::new();
    for section in &report.sections {
        out += &format!("\n## {}\n\n", section.title);
        for block in &section.blocks {
            match block {
                Block::Heading(it) => out += &format!("\n### {}\n\n", parts(it)),
                Block::Note(it) => out += &format!("- *{}*\n", parts(it)),
                Block::Said(it) => {
                    out += &format!("- {} {}\n", parts(&it.parts), refs(&it.grounds, &mut cited))
                }
                Block::Table { head, rows } => {
                    let words = has_words(rows);
                    let titles: Vec<&str> =
                        head.iter().copied().chain(words.then_some(s::SOURCE_WORDS)).collect();
                    out += &format!("| {} |\n|{}\n", titles.join(" | "), "---|".repeat(titles.len()));
                    for row in rows {
                        let mut cells: Vec<String> = row.cells.iter().map(|it| parts(it)).collect();
                        if words {
                            cells.push(row.grounds.as_ref().map_or(String::new(), |it| refs(it, &mut cited)));
                        }
                        out += &format!("| {} |\n", cells.join(" | "));
                    }
                }
            }
        }
    }
    sources(view, &cited, &mut out);
    out
}

fn sources(view: &View, cited: &[Cite], out: &mut String) {
    *out += &format!("\n## {}\n\n", s::SITREP_SOURCES);
    for (n, it) in view.record.articles.iter().enumerate() {
        let title = it.title.as_deref().unwrap_or("");
        let published = it.published.value.as_deref().unwrap_or(s::UNKNOWN);
        *out += &format!(
            "{}. {}, “{}”, {} ({}). {} SHA-256 `{}`\n",
            number(n),
            escape(view.label(n)),
            escape(title),
            escape(published),
            escape(&it.published.basis),
            escape(&it.path),
            it.sha256.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
        );
    }
    *out += &format!("\n### {}\n\n", s::SOURCE_WORDS_TITLE);
    let mut sorted = cited.to_vec();
    sorted.sort();
    sorted.dedup();
    for it in sorted {
        *out += &format!("- {}: “{}”\n", label(it), escape(it.exact()));
    }
}

/// `[3:120–188]`: article and code points.
fn label(it: Cite) -> String {
    let (start, end) = it.position();
    format!("\\[{}:{start}–{end}\\]", number(it.article()))
}

fn refs<'r>(grounds: &Grounds<'r>, cited: &mut Vec<Cite<'r>>) -> String {
    cited.extend(grounds.cites());
    grounds.cites().map(label).collect::<Vec<_>>().join(" ")
}

fn parts(all: &[Part]) -> String {
    let one = |it: &Part| match it {
        Part::Ours(it) => it.clone(),
        Part::Theirs(it) => escape(it),
    };
    all.iter().map(one).collect()
}

/// Escapes what Markdown or HTML would read as more than words. Line ends and
/// control characters become spaces; embeddings are closed by isolates.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut turned = false;
    let mut rest = text.chars();
    while let Some(ch) = rest.next() {
        turned |= matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        match ch {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(ch);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A scheme or an address would become a link by itself.
            ':' if rest.as_str().starts_with(|it: char| !it.is_whitespace() && !it.is_numeric()) => {
                out.push_str("&#58;")
            }
            '.' if out.len() >= 3 && out.as_bytes()[out.len() - 3..].eq_ignore_ascii_case(b"www") => {
                out.push_str("&#46;")
            }
            '@' => out.push_str("&#64;"),
            _ if ch.is_control() || ch == '\u{2028}' || ch == '\u{2029}' => out.push(' '),
            _ => out.push(ch),
        }
    }
    if turned { format!("\u{2068}{out}\u{2069}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn words_stay_words() {
        assert_eq!(escape("a](https://x)\n# b <b>"), "a\\]\\(https&#58;//x\\) \\# b &lt;b&gt;");
        assert_eq!(escape("killed: 5 at 08:30, www.x"), "killed: 5 at 08:30, www&#46;x");
        assert_eq!(escape("x\u{202E}y"), "\u{2068}x\u{202E}y\u{2069}");
    }
}
