//! Who says what, against attribution corpora in brat format (PolNeAR).
//!
//! Roles are compared one to one inside an article: a predicted span is right
//! if it shares a character with its gold partner (`overlap`) or is the same
//! (`exact`). A linked triple is right if source, cue and content all overlap
//! those of one gold attribution. Contents under one cue count as one
//! attribution, as the corpus has it.

use std::collections::BTreeMap;

use truce_model::{Evidence, Span, Statement};
use truce_text::CodePoints;

/// One attribution: each role may have several pieces, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who.
    pub source: Vec<Span>,
    /// The reporting words.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// Reads a brat file about `text`; offsets are code points there. Lines that
/// are none of its business are passed over.
pub fn parse_brat(ann: &str, text: &str) -> Vec<Attribution> {
    let points = CodePoints::new(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in ann.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(what)) = (cells.next(), cells.next()) else { continue };
        if id.starts_with('T') {
            let Some((_, places)) = what.split_once(' ') else { continue };
            let pieces =
                places.split(';').filter_map(|it| piece(it, &points)).map(|it| it.trimmed(text)).collect();
            spans.insert(id, pieces);
        } else if id.starts_with('E') {
            let mut it = Attribution::default();
            for pair in what.split(' ') {
                let Some((role, id)) = pair.split_once(':') else { continue };
                let pieces = spans.get(id).cloned().unwrap_or_default();
                match role.trim_end_matches(|it: char| it.is_ascii_digit()) {
                    "Source" => it.source.extend(pieces),
                    "Cue" => it.cue.extend(pieces),
                    "Content" => it.content.extend(pieces),
                    _ => {}
                }
            }
            if !it.content.is_empty() {
                out.push(it);
            }
        }
    }
    out
}

fn piece(words: &str, points: &CodePoints<'_>) -> Option<Span> {
    let (start, end) = words.trim().split_once(' ')?;
    let (start, end) = (points.to_byte(start.parse().ok()?)?, points.to_byte(end.parse().ok()?)?);
    (start < end).then(|| Span::new(start, end))
}

/// What was read, one attribution per cue, as the corpus has it: statements
/// inside the content of another are left out, since every word belongs to one
/// attribution only; a quotation without cue or source belongs to the
/// attribution before it; a content that runs on behind its reporting clause
/// comes in pieces around it.
pub fn from_statements(statements: &[Statement], text: &str) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    let nested = |it: &Statement| {
        let cue = it.cue.as_ref().map_or(it.content.span(), Evidence::span);
        statements.iter().any(|outer| {
            let (content, own) = (outer.content.span(), outer.cue.as_ref().map(Evidence::span));
            outer.id != it.id
                && content.contains(cue)
                && own.is_none_or(|own| !own.overlaps(cue) && !it.content.span().contains(own))
                && content != it.content.span()
        })
    };
    for it in statements.iter().filter(|it| !nested(it)) {
        let piece = |it: &Option<Evidence>| it.as_ref().map(Evidence::span).into_iter().collect::<Vec<_>>();
        let next = Attribution {
            source: piece(&it.source.words),
            cue: piece(&it.cue),
            content: around(it.content.span(), &it.source.words, &it.cue, text),
        };
        let follows = next.cue.is_empty() && next.source.is_empty();
        let same = match follows {
            true => out.last_mut(),
            false => {
                out.iter_mut().find(|it| !it.cue.is_empty() && it.cue == next.cue && it.source == next.source)
            }
        };
        match same {
            Some(same) if same.content != next.content => same.content.extend(next.content),
            Some(_) => {}
            None => out.push(next),
        }
    }
    out
}

/// `content` without the reporting clause inside it and the marks around that.
fn around(content: Span, source: &Option<Evidence>, cue: &Option<Evidence>, text: &str) -> Vec<Span> {
    let inside = |it: &Option<Evidence>| {
        it.as_ref().map(Evidence::span).filter(|it| content.contains(*it) && *it != content)
    };
    let hole = match (inside(cue), inside(source)) {
        (Some(cue), Some(source)) => cue.cover(source),
        (Some(cue), None) => cue,
        (None, _) => return vec![content],
    };
    let joint = |ch: char| ch.is_whitespace() || matches!(ch, ',' | '–' | '—' | '-');
    let before = text.get(content.start as usize..hole.start as usize).unwrap_or("");
    let after = text.get(hole.end as usize..content.end as usize).unwrap_or("");
    let before_end = content.start as usize + before.trim_end_matches(joint).len();
    let after_start = content.end as usize - after.trim_start_matches(joint).len();
    [Span::new(content.start as usize, before_end), Span::new(after_start, content.end as usize)]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect()
}

/// Counts of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the gold.
    pub gold: usize,
    /// In the prediction.
    pub predicted: usize,
    /// Right.
    pub right: usize,
}

impl Tally {
    /// Precision, recall, F1 as fractions of 1; 0 where undefined.
    pub fn prf(self) -> (f64, f64, f64) {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let (p, r) = (share(self.right, self.predicted), share(self.right, self.gold));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    fn add(&mut self, other: Tally) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.right += other.right;
    }
}

/// All measures, summed over articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Content, sharing a character.
    pub content_overlap: Tally,
    /// Content, the same span.
    pub content_exact: Tally,
    /// Source, sharing a character.
    pub source_overlap: Tally,
    /// Source, the same span.
    pub source_exact: Tally,
    /// Cue, sharing a character.
    pub cue_overlap: Tally,
    /// Cue, the same span.
    pub cue_exact: Tally,
    /// All three roles overlapping those of one gold attribution; gold ones
    /// without a source are left out.
    pub triple_overlap: Tally,
}

impl Scores {
    /// Adds the scores of another article.
    pub fn add(&mut self, other: &Scores) {
        self.content_overlap.add(other.content_overlap);
        self.content_exact.add(other.content_exact);
        self.source_overlap.add(other.source_overlap);
        self.source_exact.add(other.source_exact);
        self.cue_overlap.add(other.cue_overlap);
        self.cue_exact.add(other.cue_exact);
        self.triple_overlap.add(other.triple_overlap);
    }

    /// Names and tallies, in the order of the table.
    pub fn rows(&self) -> [(&'static str, Tally); 7] {
        [
            ("content overlap", self.content_overlap),
            ("content exact", self.content_exact),
            ("source overlap", self.source_overlap),
            ("source exact", self.source_exact),
            ("cue overlap", self.cue_overlap),
            ("cue exact", self.cue_exact),
            ("triple overlap", self.triple_overlap),
        ]
    }
}

/// Scores one article.
pub fn score(gold: &[Attribution], predicted: &[Attribution]) -> Scores {
    let role = |pick: fn(&Attribution) -> &Vec<Span>, exact: bool| {
        let fits = |g: &Attribution, p: &Attribution| fit(pick(g), pick(p), exact);
        tally(&present(gold, pick), &present(predicted, pick), fits)
    };
    let triple = |g: &Attribution, p: &Attribution| {
        let parts = [
            fit(&g.content, &p.content, false),
            fit(&g.cue, &p.cue, false),
            fit(&g.source, &p.source, false),
        ];
        if parts.contains(&0) { 0 } else { parts.iter().sum() }
    };
    Scores {
        content_overlap: role(|it| &it.content, false),
        content_exact: role(|it| &it.content, true),
        source_overlap: role(|it| &it.source, false),
        source_exact: role(|it| &it.source, true),
        cue_overlap: role(|it| &it.cue, false),
        cue_exact: role(|it| &it.cue, true),
        triple_overlap: tally(&present(gold, |it| &it.source), &present(predicted, |it| &it.source), triple),
    }
}

/// Attributions with something in the role, one per distinct span: two cues
/// with one subject share their source.
fn present(all: &[Attribution], pick: fn(&Attribution) -> &Vec<Span>) -> Vec<Attribution> {
    all.iter().filter(|it| !pick(it).is_empty()).cloned().collect()
}

/// Shared bytes; for exact comparison 1 or 0.
fn fit(a: &[Span], b: &[Span], exact: bool) -> usize {
    if exact {
        return usize::from(sorted(a) == sorted(b));
    }
    a.iter().flat_map(|a| b.iter().map(move |b| a.overlap(*b))).sum()
}

fn sorted(spans: &[Span]) -> Vec<Span> {
    let mut out = spans.to_vec();
    out.sort();
    out
}

/// One-to-one, the best fitting pairs first.
fn tally(
    gold: &[Attribution],
    predicted: &[Attribution],
    fits: impl Fn(&Attribution, &Attribution) -> usize,
) -> Tally {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (p, b) in predicted.iter().enumerate() {
            let quality = fits(a, b);
            if quality > 0 {
                pairs.push((quality, g, p));
            }
        }
    }
    pairs.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1, it.2));
    let (mut used_g, mut used_p) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut right = 0;
    for (_, g, p) in pairs {
        if !used_g[g] && !used_p[p] {
            used_g[g] = true;
            used_p[p] = true;
            right += 1;
        }
    }
    Tally { gold: gold.len(), predicted: predicted.len(), right }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Öst said it was shut. Nord denied it.";
    const ANN: &str = "T1\tSource 0 3\tÖst\nT2\tCue 4 8\tsaid\nT3\tContent 9 20\tit was shut\nE1\tAttribution:T9 Source:T1 Cue:T2 Content:T3\n\
        T4\tSource 22 26\tNord\nT5\tCue 27 33\tdenied\nT6\tContent 34 36\tit\nE2\tAttribution:T9 Source:T4 Cue:T5 Content:T6\n";

    #[test]
    fn brat_is_read_in_code_points() {
        let gold = parse_brat(ANN, TEXT);
        assert_eq!(gold.len(), 2);
        assert_eq!(gold[0].content[0].of(TEXT), Some("it was shut"));
        assert_eq!(gold[1].cue[0].of(TEXT), Some("denied"));
    }

    #[test]
    fn a_content_around_its_cue_comes_in_pieces() {
        use truce_model::{Article, Published, Segment, SegmentKind};
        let text = "It was, Öst said, shut.";
        let article = Article {
            id: "a".into(),
            path: String::new(),
            sha256: String::new(),
            outlet: None,
            url: None,
            title: None,
            language: None,
            published: Published::unknown("a test"),
            text: text.into(),
            segments: vec![Segment { kind: SegmentKind::Body, span: Span::new(0, text.len()) }],
            text_credit: None,
            picture_credit: None,
        };
        let cite = |words: &str| {
            let start = text.find(words).expect("words of the text");
            Evidence::cite(&article, Span::new(start, start + words.len()))
        };
        let pieces = around(Span::new(0, text.len() - 1), &cite("Öst"), &cite("said"), text);
        let shown: Vec<_> = pieces.iter().filter_map(|it| it.of(text)).collect();
        assert_eq!(shown, ["It was", "shut"]);
    }

    #[test]
    fn perfect_and_wrong() {
        let gold = parse_brat(ANN, TEXT);
        let all = score(&gold, &gold);
        for (name, tally) in all.rows() {
            assert_eq!(tally.prf().2, 1.0, "{name}");
        }
        let mut swapped = gold.clone();
        swapped[0].source = gold[1].source.clone();
        swapped[1].source = gold[0].source.clone();
        let scores = score(&gold, &swapped);
        assert_eq!(scores.source_overlap.right, 2);
        assert_eq!(scores.triple_overlap.right, 0);
        let mut short = gold.clone();
        short[0].content[0].end -= 3;
        let scores = score(&gold, &short);
        assert_eq!((scores.content_overlap.right, scores.content_exact.right), (2, 1));
        assert_eq!(score(&gold, &[]).content_overlap.prf(), (0.0, 0.0, 0.0));
    }
}
