//! Tracing against texts with known edits.
//!
//! A set is JSON Lines, one text per line: `id`, `text`, and `gold`, a number
//! that texts of one origin share. The origin itself has an id without `_`;
//! a reprint's id ends in `_` and the kind of edit. What an edit kept is read
//! off the texts: paragraphs printed unchanged, else words printed unchanged
//! at the same place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Instant;

use serde_json::{Value, json};
use truce_extract::{RawFormat, RawReport, extract};
use truce_model::{Article, ArticleId, Published, Segment, SegmentKind, Span};

/// Two texts count as a pair if shared passages are this part (per cent) of
/// the shorter one. A standing paragraph of background in two different
/// stories is reuse of that paragraph, and no reprint.
const PAIR_SHARE_MIN: usize = 25;

/// One text of a set.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name, with the kind of edit.
    pub id: String,
    /// The text.
    pub text: String,
    /// What texts of one origin share.
    pub gold: i64,
}

impl Item {
    /// The kind of edit; `None` for an origin.
    fn kind(&self) -> Option<&str> {
        self.id.rsplit_once('_').map(|it| it.1)
    }
}

/// Precision, recall and F1 of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prf {
    /// Items of the gold.
    pub gold: usize,
    /// Items found.
    pub found: usize,
    /// Items in both.
    pub both: usize,
}

impl Prf {
    /// Part of what was found that is right.
    pub fn precision(self) -> f64 {
        self.both as f64 / self.found.max(1) as f64
    }

    /// Part of the gold that was found.
    pub fn recall(self) -> f64 {
        self.both as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        2.0 * self.both as f64 / (self.gold + self.found).max(1) as f64
    }

    fn json(self) -> Value {
        json!({"precision": self.precision(), "recall": self.recall(), "f1": self.f1(),
               "gold": self.gold, "found": self.found, "both": self.both})
    }
}

/// What `eval trace` prints.
#[derive(Clone, Debug, Default)]
pub struct TraceFigures {
    /// Texts in the set.
    pub texts: usize,
    /// Pairs of texts of one origin.
    pub pairs: Prf,
    /// The same, by the kinds of edit on either side; recall only.
    pub by_kind: BTreeMap<String, Prf>,
    /// Characters that both texts of a pair print, over pairs found.
    pub spans: Prf,
    /// Of the pairs found that the set does not hold, those that print the same
    /// words all the same, by a count that knows nothing of the tracer: the
    /// wires themselves were re-sent and updated, and two reprints may have
    /// been mixed with the same third text.
    pub resends: usize,
    /// Pairs found that the set does not hold, sorted.
    pub false_pairs: Vec<(String, String)>,
    /// Pairs of the set that were not found, sorted.
    pub missed_pairs: Vec<(String, String)>,
    /// Texts per second for all of tracing: words, candidates, verified spans,
    /// changes and lineages, on one core; extraction is not counted.
    pub articles_per_second: f64,
    /// What the tracer could not do.
    pub problems: Vec<String>,
}

impl TraceFigures {
    /// As programs read it.
    pub fn json(&self) -> Value {
        let by_kind: BTreeMap<&str, Value> = self
            .by_kind
            .iter()
            .map(|(kind, it)| {
                (kind.as_str(), json!({"recall": it.recall(), "gold": it.gold, "both": it.both}))
            })
            .collect();
        let mut pairs = self.pairs.json();
        let right = self.pairs.both + self.resends;
        pairs["resends"] = json!(self.resends);
        pairs["precision_with_resends"] = json!(right as f64 / self.pairs.found.max(1) as f64);
        json!({"texts": self.texts, "pairs": pairs, "by_kind": by_kind, "spans": self.spans.json(),
               "articles_per_second": self.articles_per_second, "problems": self.problems})
    }
}

/// Reads a set.
///
/// # Errors
/// The number of the line that is no such object, and why.
pub fn items(jsonl: &str) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    for (n, line) in jsonl.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
        let wrong = |what: &str| format!("line {}: {what}", n + 1);
        let it: Value = serde_json::from_str(line).map_err(|it| wrong(&it.to_string()))?;
        out.push(Item {
            id: it["id"].as_str().ok_or_else(|| wrong("no text in `id`"))?.to_owned(),
            text: it["text"].as_str().ok_or_else(|| wrong("no text in `text`"))?.to_owned(),
            gold: it["gold"].as_i64().ok_or_else(|| wrong("no number in `gold`"))?,
        });
    }
    Ok(out)
}

/// The article of one text; all of it body where nothing can be extracted.
pub fn article(item: &Item) -> Article {
    let raw = RawReport {
        path: item.id.clone(),
        bytes: item.text.clone().into_bytes(),
        format: Some(RawFormat::Text),
        ..RawReport::default()
    };
    if let Ok((article, _)) = extract(&raw, &[]) {
        return article;
    }
    Article {
        id: ArticleId::from(item.text.as_str()),
        path: item.id.clone(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: None,
        published: Published::unknown("not looked for"),
        text: item.text.as_str().into(),
        segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, item.text.len()) }],
        text_credit: None,
        picture_credit: None,
    }
}

/// Traces a set and scores the result.
pub fn score(items: &[Item]) -> TraceFigures {
    let articles: Vec<Article> = items.iter().map(article).collect();
    let begun = Instant::now();
    let traced = truce_trace::trace(&articles, &[]);
    let seconds = begun.elapsed().as_secs_f64();

    // Equal bytes are one article, so one article may be several items.
    let mut of_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, it) in articles.iter().enumerate() {
        of_article.entry(it.id.as_str()).or_default().push(n);
    }
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for same in of_article.values() {
        for (n, a) in same.iter().enumerate() {
            found.extend(same[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut spans: BTreeMap<(usize, usize), [Vec<Range<usize>>; 2]> = BTreeMap::new();
    for it in &traced.reuse {
        for a in &of_article[it.a.article().as_str()] {
            for b in &of_article[it.b.article().as_str()] {
                let turned = a > b;
                let pair = (*a.min(b), *a.max(b));
                let entry = spans.entry(pair).or_default();
                let changed = |side: usize| {
                    it.changes
                        .iter()
                        // A change of spelling or punctuation is the same word.
                        .filter_map(|it| if side == 0 { it.a.as_ref() } else { it.b.as_ref() })
                        .map(|it| it.span().range())
                        .collect::<Vec<_>>()
                };
                for (side, end) in [(0, &it.a), (1, &it.b)] {
                    entry[side ^ usize::from(turned)].extend(without(end.span().range(), &changed(side)));
                }
            }
        }
    }
    for (pair, ends) in &spans {
        let share = |item: usize, end: &[Range<usize>]| {
            let printed = |mask: Vec<bool>| mask.iter().filter(|it| **it).count();
            let text = &items[item].text;
            let body: Vec<Range<usize>> = articles[item].readable().map(|it| it.span.range()).collect();
            100 * printed(mask(text, end)) / printed(mask(text, &body)).max(1)
        };
        if share(pair.0, &ends[0]).max(share(pair.1, &ends[1])) >= PAIR_SHARE_MIN {
            found.insert(*pair);
        }
    }
    figures(items, &found, &spans, articles.len() as f64 / seconds.max(1e-9), &traced.problems)
}

fn figures(
    items: &[Item],
    found: &BTreeSet<(usize, usize)>,
    spans: &BTreeMap<(usize, usize), [Vec<Range<usize>>; 2]>,
    articles_per_second: f64,
    problems: &[truce_model::Problem],
) -> TraceFigures {
    let mut by_origin: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (n, it) in items.iter().enumerate() {
        by_origin.entry(it.gold).or_default().push(n);
    }
    let mut gold: BTreeSet<(usize, usize)> = BTreeSet::new();
    for same in by_origin.values() {
        for (n, a) in same.iter().enumerate() {
            gold.extend(same[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut out = TraceFigures { texts: items.len(), articles_per_second, ..TraceFigures::default() };
    out.problems = problems.iter().map(|it| it.what.clone()).collect();
    out.pairs = Prf { gold: gold.len(), found: found.len(), both: gold.intersection(found).count() };
    let names = |it: &(usize, usize)| (items[it.0].id.clone(), items[it.1].id.clone());
    out.false_pairs = found.difference(&gold).map(names).collect();
    out.resends =
        found.difference(&gold).filter(|it| print_the_same(&items[it.0].text, &items[it.1].text)).count();
    out.missed_pairs = gold.difference(found).map(names).collect();
    for pair in &gold {
        let kinds: BTreeSet<&str> = [pair.0, pair.1].into_iter().filter_map(|it| items[it].kind()).collect();
        for kind in kinds {
            let it = out.by_kind.entry(kind.to_owned()).or_default();
            it.gold += 1;
            it.both += usize::from(found.contains(pair));
        }
        // Known edits are known between a reprint and its origin.
        let (a, b) = (&items[pair.0], &items[pair.1]);
        let reprint = if a.kind().is_none() { 1 } else { 0 };
        if a.kind().is_some() != b.kind().is_some() {
            let (origin, print) = if reprint == 1 { (a, b) } else { (b, a) };
            let kept = kept(&origin.text, &print.text);
            let none = Vec::new();
            let got = spans.get(pair).map_or(&none, |it| &it[reprint]);
            let (kept, got) = (mask(&print.text, &kept), mask(&print.text, got));
            out.spans.gold += kept.iter().filter(|it| **it).count();
            out.spans.found += got.iter().filter(|it| **it).count();
            out.spans.both += kept.iter().zip(&got).filter(|it| *it.0 && *it.1).count();
        }
    }
    out
}

/// Words in a row that two texts hardly share by chance.
const RUN_WORDS: usize = 8;

/// Whether a tenth of the shorter text, or fifteen runs of eight words in all,
/// stand word for word in the other.
fn print_the_same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let (a, b): (BTreeSet<&[String]>, BTreeSet<&[String]>) =
        (a.windows(RUN_WORDS).collect(), b.windows(RUN_WORDS).collect());
    let both = a.intersection(&b).count();
    both >= 15 || both > 0 && both * 10 >= a.len().min(b.len())
}

/// Which bytes lie in one of `ranges`; white space never counts.
fn mask(text: &str, ranges: &[Range<usize>]) -> Vec<bool> {
    let mut out = vec![false; text.len()];
    for it in ranges {
        out[it.start.min(text.len())..it.end.min(text.len())].fill(true);
    }
    for (at, byte) in text.bytes().enumerate() {
        out[at] &= !byte.is_ascii_whitespace();
    }
    out
}

fn without(range: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out = vec![range];
    for hole in holes {
        out = out
            .into_iter()
            .flat_map(|it| {
                [it.start..hole.start.clamp(it.start, it.end), hole.end.clamp(it.start, it.end)..it.end]
            })
            .filter(|it| it.start < it.end)
            .collect();
    }
    out
}

/// Paragraphs of a wire: divided by empty lines or by indents.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let skip = ["\n\n", "\n    "].iter().find(|it| text[at..].starts_with(**it)).map_or(0, |it| it.len());
        if skip > 0 {
            out.push(start..at);
            at += skip;
            start = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push(start..text.len());
    out.retain(|it| !text[it.clone()].trim().is_empty());
    out
}

/// What a reprint kept of its origin.
fn kept(origin: &str, print: &str) -> Vec<Range<usize>> {
    let whole: BTreeSet<&str> = paragraphs(origin).into_iter().map(|it| origin[it].trim()).collect();
    let found: Vec<Range<usize>> =
        paragraphs(print).into_iter().filter(|it| whole.contains(print[it.clone()].trim())).collect();
    if !found.is_empty() {
        return found;
    }
    let words: Vec<&str> = origin.split_whitespace().collect();
    print
        .split_whitespace()
        .zip(words)
        .filter(|it| it.0 == it.1)
        .map(|it| {
            let at = it.0.as_ptr() as usize - print.as_ptr() as usize;
            at..at + it.0.len()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{items, kept, score, without};

    const WIRE: &str = "Northland closed Alder Pass on Sunday after two convoys were shelled.\n    \
        Rivermark denied that its guns had fired and asked for an inquiry by the mission.\n    \
        The mission said four drivers were hurt near the upper bridge.";

    fn line(id: &str, text: &str, gold: i64) -> String {
        format!("{}\n", serde_json::json!({"id": id, "text": text, "gold": gold}))
    }

    #[test]
    fn kept_paragraphs_and_words() {
        let print =
            "Updated\n\nRivermark denied that its guns had fired and asked for an inquiry by the mission.";
        let got: Vec<&str> = kept(WIRE, print).into_iter().map(|it| &print[it]).collect();
        assert_eq!(
            got,
            ["Rivermark denied that its guns had fired and asked for an inquiry by the mission."]
        );
        let got: Vec<&str> = kept("a b c", "a x c").into_iter().map(|it| &"a x c"[it]).collect();
        assert_eq!(got, ["a", "c"]);
        assert_eq!(without(0..10, &[2..4, 9..12]), [0..2, 4..9]);
    }

    #[test]
    fn scores_a_small_set() {
        let cut = WIRE.split("\n    ").take(2).collect::<Vec<_>>().join("\n\n");
        let other = "Grain prices fell in Fenmoor as ships waited for a pilot and the lock stayed shut.";
        let set = line("o0", WIRE, 0) + &line("r0_0_trim", &cut, 0) + &line("o1", other, 1);
        let got = score(&items(&set).expect("a set"));
        assert_eq!((got.pairs.gold, got.pairs.found, got.pairs.both), (1, 1, 1));
        assert_eq!(got.by_kind["trim"].both, 1);
        assert!(got.spans.f1() > 0.95, "{:?}", got.spans);
        assert!(items("{}").is_err());
    }
}
