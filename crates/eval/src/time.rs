//! Expressions of time against TimeML corpora and gold files.
//!
//! Measures are those of TempEval-3: spans strict and relaxed (any overlap),
//! and value F1, which counts the relaxed matches whose `value` is the same
//! string. `meaning` counts those whose values denote the same time
//! (`PT24H` and `P1D`, `2000-W7` and `2000-W07`, `1949-XX` and `1949`).

use truce_model::{Edtf, Span};
use truce_time::{TimeContext, Timex};

/// Counts over some documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeScore {
    /// Documents.
    pub documents: usize,
    /// Expressions in the gold.
    pub gold: usize,
    /// Expressions found.
    pub found: usize,
    /// Found with the same span.
    pub strict: usize,
    /// Found with an overlapping span.
    pub relaxed: usize,
    /// Relaxed, and of the same type.
    pub kind: usize,
    /// Relaxed, with the same value as a string.
    pub value: usize,
    /// Relaxed, with a value that denotes the same.
    pub meaning: usize,
}

impl TimeScore {
    /// F1 of `right` matches.
    pub fn f1(&self, right: usize) -> f64 {
        if self.gold + self.found == 0 { 0.0 } else { 2.0 * right as f64 / (self.gold + self.found) as f64 }
    }

    /// Adds another document's counts.
    pub fn add(&mut self, other: TimeScore) {
        self.documents += other.documents;
        self.gold += other.gold;
        self.found += other.found;
        self.strict += other.strict;
        self.relaxed += other.relaxed;
        self.kind += other.kind;
        self.value += other.value;
        self.meaning += other.meaning;
    }
}

/// One expression of the gold beside what was found there.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The gold's words; empty for a false find.
    pub gold_words: String,
    /// The gold's value.
    pub gold_value: String,
    /// The words found; empty for a miss.
    pub words: String,
    /// The value found.
    pub value: String,
    /// Words before it.
    pub before: String,
    /// Words after it.
    pub after: String,
    /// Day of publication.
    pub published: String,
}

impl Compared {
    /// Whether the two values denote the same.
    pub fn right(&self) -> bool {
        !self.gold_words.is_empty()
            && !self.words.is_empty()
            && meaning(&self.gold_value) == meaning(&self.value)
    }
}

/// A document of a TimeML corpus.
#[derive(Clone, Debug, Default)]
pub struct TimeMl {
    /// The text between the TEXT tags, without tags.
    pub text: String,
    /// The document's creation time.
    pub created: Option<String>,
    /// Its expressions.
    pub expressions: Vec<Timex>,
}

/// Reads a TimeML document. Odd marking is skipped.
pub fn parse(source: &str) -> TimeMl {
    let mut out = TimeMl::default();
    if let Some(at) = source.find("<DCT>") {
        out.created = source[at..].find("value=\"").and_then(|it| {
            let from = at + it + 7;
            source[from..].find('"').map(|end| source[from..from + end].to_owned())
        });
    }
    let Some(from) = source.find("<TEXT>").map(|it| it + 6) else { return out };
    let to = source[from..].find("</TEXT>").map_or(source.len(), |it| from + it);
    let body = &source[from..to];
    let mut open: Option<(usize, &'static str, String)> = None;
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        if rest.starts_with('<') {
            let Some(end) = rest.find('>') else { break };
            let tag = &rest[1..end];
            if tag.starts_with("TIMEX3") {
                let kind = match attribute(tag, "type") {
                    Some("TIME") => "TIME",
                    Some("DURATION") => "DURATION",
                    Some("SET") => "SET",
                    _ => "DATE",
                };
                open = Some((out.text.len(), kind, attribute(tag, "value").unwrap_or("").to_owned()));
            } else if tag.starts_with("/TIMEX3")
                && let Some((start, kind, value)) = open.take()
            {
                // An empty expression marks what is not written.
                if out.text.len() > start {
                    out.expressions.push(Timex { span: Span::new(start, out.text.len()), kind, value });
                }
            }
            at += end + 1;
            continue;
        }
        if rest.starts_with('&') {
            let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\'')];
            if let Some((name, ch)) = known.iter().find(|(name, _)| rest.starts_with(name)) {
                out.text.push(*ch);
                at += name.len();
                continue;
            }
        }
        let Some(ch) = rest.chars().next() else { break };
        out.text.push(ch);
        at += ch.len_utf8();
    }
    out
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].find('"').map(|end| &tag[from..from + end])
}

/// Scores one document; the comparisons are listed for error analysis.
pub fn score(document: &TimeMl) -> (TimeScore, Vec<Compared>) {
    let text = &document.text;
    let ctx = TimeContext { published: document.created.as_deref().and_then(Edtf::new) };
    let found = truce_time::timex(text, Span::new(0, text.len()), &ctx);
    let mut score = TimeScore {
        documents: 1,
        gold: document.expressions.len(),
        found: found.len(),
        ..Default::default()
    };
    let mut used = vec![false; found.len()];
    let mut out = Vec::new();
    let words = |span: Span| span.of(text).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    let around = |span: Span| {
        let clip = |from: usize, to: usize| {
            let from = (from..=to).find(|it| text.is_char_boundary(*it)).unwrap_or(to);
            let to = (from..=to).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(from);
            text[from..to].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (start, end) = (span.start as usize, span.end as usize);
        (clip(start.saturating_sub(45), start), clip(end, (end + 30).min(text.len())))
    };
    for gold in &document.expressions {
        let best = (0..found.len())
            .filter(|n| !used[*n] && found[*n].span.overlaps(gold.span))
            .max_by_key(|n| (found[*n].span.overlap(gold.span), std::cmp::Reverse(*n)));
        let (before, after) = around(gold.span);
        let mut compared = Compared {
            gold_words: words(gold.span),
            gold_value: gold.value.clone(),
            words: String::new(),
            value: String::new(),
            before,
            after,
            published: document.created.clone().unwrap_or_default(),
        };
        if let Some(n) = best {
            used[n] = true;
            let it = &found[n];
            score.relaxed += 1;
            score.strict += usize::from(it.span == gold.span);
            score.kind += usize::from(it.kind == gold.kind);
            score.value += usize::from(it.value == gold.value);
            score.meaning += usize::from(meaning(&it.value) == meaning(&gold.value));
            compared.words = words(it.span);
            compared.value = it.value.clone();
        }
        out.push(compared);
    }
    for (it, used) in found.iter().zip(used) {
        if !used {
            let (before, after) = around(it.span);
            out.push(Compared {
                gold_words: String::new(),
                gold_value: String::new(),
                words: words(it.span),
                value: it.value.clone(),
                before,
                after,
                published: document.created.clone().unwrap_or_default(),
            });
        }
    }
    (score, out)
}

/// A value in a spelling that is the same for what denotes the same.
pub fn meaning(value: &str) -> String {
    let mut value = value.trim().to_owned();
    for blank in ["-XX-XX", "-XX"] {
        if value.starts_with(|it: char| it.is_ascii_digit())
            && let Some(cut) = value.strip_suffix(blank)
        {
            value = cut.to_owned();
        }
    }
    if let Some((year, week)) = value.split_once("-W")
        && week.len() == 1
    {
        value = format!("{year}-W0{week}");
    }
    let number = |it: &str| it.parse::<u32>().ok();
    let scaled = [("PT", "H", 24, "P", "D"), ("P", "M", 12, "P", "Y"), ("P", "D", 7, "P", "W")];
    for (head, tail, divisor, to, unit) in scaled {
        if let Some(count) = value.strip_prefix(head).and_then(|it| it.strip_suffix(tail)).and_then(number)
            && count % divisor == 0
            && count > 0
        {
            value = format!("{to}{}{unit}", count / divisor);
        }
    }
    for (tail, factor) in [("DE", 10), ("E", 10), ("C", 100), ("CE", 100)] {
        if let Some(count) = value.strip_prefix('P').and_then(|it| it.strip_suffix(tail)).and_then(number) {
            value = format!("P{}Y", count * factor);
        }
    }
    if let Some(count) = value.strip_prefix('P').and_then(|it| it.strip_suffix('Q')).and_then(number) {
        value = format!("P{}M", count * 3);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "<TimeML><DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2023-04-26\">26</TIMEX3></DCT>\
        <TEXT>Northland &amp; Rivermark <EVENT>met</EVENT> on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2023-04-23\">Sunday</TIMEX3> \
        for <TIMEX3 tid=\"t2\" type=\"DURATION\" value=\"P1D\">24 hours</TIMEX3>.</TEXT></TimeML>";

    #[test]
    fn a_document_is_read_and_scored() {
        let document = parse(DOCUMENT);
        assert!(document.text.starts_with("Northland & Rivermark met on Sunday"));
        let (score, _) = score(&document);
        assert_eq!((score.gold, score.found, score.strict, score.value, score.meaning), (2, 2, 2, 1, 2));
    }

    #[test]
    fn values_that_denote_the_same() {
        for (a, b) in
            [("PT24H", "P1D"), ("2000-W7", "2000-W07"), ("1949-XX", "1949"), ("P1E", "P10Y"), ("P12M", "P1Y")]
        {
            assert_eq!(meaning(a), meaning(b));
        }
        assert_ne!(meaning("P1M"), meaning("PT1M"));
    }
}
