//! The measures of the CoNLL 2018 shared task: how well raw text was turned
//! into sentences, tokens, words, tags, lemmas and trees.

use truce_text::Span;

use crate::conllu::Treebank;
use crate::{Engine, Name, NameKind, Parts, Sentence, Upos};

/// One word as the measures see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Place of its written token, counted in characters that are no white space.
    pub start: usize,
    /// One past its end.
    pub end: usize,
    /// Whether its written token holds several words.
    pub multiword: bool,
    /// The form in small letters.
    pub form: String,
    /// Part of speech.
    pub upos: String,
    /// Lemma; `_` in the gold fits everything.
    pub lemma: String,
    /// Index of its head in the whole text; `None` for a root.
    pub head: Option<usize>,
    /// Relation without subtype.
    pub deprel: String,
}

/// One annotated text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// Words of all sentences.
    pub words: Vec<Item>,
    /// Written tokens.
    pub tokens: Vec<(usize, usize)>,
    /// Sentences.
    pub sentences: Vec<(usize, usize)>,
}

/// F1 of each measure, as fractions of 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Sentences.
    pub sentences: f64,
    /// Written tokens.
    pub tokens: f64,
    /// Syntactic words.
    pub words: f64,
    /// Parts of speech.
    pub upos: f64,
    /// Lemmas.
    pub lemma: f64,
    /// Heads.
    pub uas: f64,
    /// Heads and relations.
    pub las: f64,
    /// Heads and relations of content words.
    pub clas: f64,
}

fn f1(right: usize, gold: usize, found: usize) -> f64 {
    if gold + found == 0 { 0.0 } else { 2.0 * right as f64 / (gold + found) as f64 }
}

fn shared(gold: &[(usize, usize)], found: &[(usize, usize)]) -> usize {
    let (mut g, mut f, mut right) = (0, 0, 0);
    while g < gold.len() && f < found.len() {
        if gold[g] == found[f] {
            right += 1;
        }
        if gold[g].0 < found[f].0 {
            g += 1;
        } else if found[f].0 < gold[g].0 {
            f += 1;
        } else {
            g += 1;
            f += 1;
        }
    }
    right
}

fn is_content(deprel: &str) -> bool {
    !matches!(deprel, "aux" | "cop" | "mark" | "det" | "clf" | "case" | "cc" | "punct")
}

/// Compares `found` with `gold`; both must annotate the same characters.
pub fn score(gold: &Annotation, found: &Annotation) -> Scores {
    let pairs = align(&gold.words, &found.words);
    let mut back = vec![None; found.words.len()];
    for (g, f) in &pairs {
        back[*f] = Some(*g);
    }
    // A head that is no gold word is wrong, whatever it is.
    let same_head = |g: usize, f: usize| match (gold.words[g].head, found.words[f].head) {
        (None, None) => true,
        (Some(gold), Some(found)) => back[found] == Some(gold),
        _ => false,
    };
    let (all_gold, all_found) = (gold.words.len(), found.words.len());
    let over = |good: &dyn Fn(usize, usize) -> bool| {
        f1(pairs.iter().filter(|(g, f)| good(*g, *f)).count(), all_gold, all_found)
    };
    let labelled = |g: usize, f: usize| same_head(g, f) && gold.words[g].deprel == found.words[f].deprel;
    let content = |words: &[Item]| words.iter().filter(|it| is_content(&it.deprel)).count();
    Scores {
        sentences: f1(shared(&gold.sentences, &found.sentences), gold.sentences.len(), found.sentences.len()),
        tokens: f1(shared(&gold.tokens, &found.tokens), gold.tokens.len(), found.tokens.len()),
        words: over(&|_, _| true),
        upos: over(&|g, f| gold.words[g].upos == found.words[f].upos),
        lemma: over(&|g, f| gold.words[g].lemma == "_" || gold.words[g].lemma == found.words[f].lemma),
        uas: over(&same_head),
        las: over(&labelled),
        clas: f1(
            pairs.iter().filter(|(g, f)| is_content(&gold.words[*g].deprel) && labelled(*g, *f)).count(),
            content(&gold.words),
            content(&found.words),
        ),
    }
}

/// Pairs of words that are the same word: by place, and inside tokens of
/// several words by the longest common run of forms.
pub fn align(gold: &[Item], found: &[Item]) -> Vec<(usize, usize)> {
    let (mut g, mut f, mut out) = (0, 0, Vec::new());
    while g < gold.len() && f < found.len() {
        if gold[g].multiword || found[f].multiword {
            let (from_g, from_f, to_g, to_f) = multiword_region(gold, found, g, f);
            common(gold, found, (from_g, to_g), (from_f, to_f), &mut out);
            (g, f) = (to_g, to_f);
        } else if (gold[g].start, gold[g].end) == (found[f].start, found[f].end) {
            out.push((g, f));
            g += 1;
            f += 1;
        } else if gold[g].start <= found[f].start {
            g += 1;
        } else {
            f += 1;
        }
    }
    out
}

fn multiword_region(
    gold: &[Item],
    found: &[Item],
    mut g: usize,
    mut f: usize,
) -> (usize, usize, usize, usize) {
    let mut end;
    if gold[g].multiword {
        end = gold[g].end;
        if !found[f].multiword && found[f].start < gold[g].start {
            f += 1;
        }
    } else {
        end = found[f].end;
        if !gold[g].multiword && gold[g].start < found[f].start {
            g += 1;
        }
    }
    let (from_g, from_f) = (g, f);
    let beyond = |words: &[Item], at: usize, end: usize| {
        words.get(at).is_none_or(|it| if it.multiword { it.start >= end } else { it.end > end })
    };
    let extend = |it: &Item, end: usize| if it.multiword { end.max(it.end) } else { end };
    while !beyond(gold, g, end) || !beyond(found, f, end) {
        if g < gold.len() && (f >= found.len() || gold[g].start <= found[f].start) {
            end = extend(&gold[g], end);
            g += 1;
        } else {
            end = extend(&found[f], end);
            f += 1;
        }
    }
    (from_g, from_f, g, f)
}

fn common(
    gold: &[Item],
    found: &[Item],
    (from_g, to_g): (usize, usize),
    (from_f, to_f): (usize, usize),
    out: &mut Vec<(usize, usize)>,
) {
    let (rows, columns) = (to_g - from_g, to_f - from_f);
    let mut longest = vec![vec![0usize; columns + 1]; rows + 1];
    for g in (0..rows).rev() {
        for f in (0..columns).rev() {
            longest[g][f] = if gold[from_g + g].form == found[from_f + f].form {
                1 + longest[g + 1][f + 1]
            } else {
                longest[g + 1][f].max(longest[g][f + 1])
            };
        }
    }
    let (mut g, mut f) = (0, 0);
    while g < rows && f < columns {
        if gold[from_g + g].form == found[from_f + f].form {
            out.push((from_g + g, from_f + f));
            g += 1;
            f += 1;
        } else if longest[g][f] == longest[g + 1][f] {
            g += 1;
        } else {
            f += 1;
        }
    }
}

/// Byte offsets to counts of characters that are no white space.
struct Ruler(Vec<u32>);

impl Ruler {
    fn new(text: &str) -> Ruler {
        let mut counts = vec![0u32; text.len() + 1];
        let mut count = 0;
        for (at, ch) in text.char_indices() {
            counts[at..at + ch.len_utf8()].fill(count);
            count += u32::from(!ch.is_whitespace());
        }
        counts[text.len()] = count;
        Ruler(counts)
    }

    fn span(&self, span: Span) -> (usize, usize) {
        (self.0[span.start as usize] as usize, self.0[span.end as usize] as usize)
    }
}

fn base(deprel: &str) -> String {
    deprel.split(':').next().unwrap_or(deprel).to_owned()
}

/// The gold annotation of a treebank and the raw text it is of.
pub fn gold(bank: &Treebank) -> (String, Annotation) {
    let raw = bank.raw_text();
    let ruler = Ruler::new(&raw.text);
    let mut out = Annotation::default();
    for (number, sentence) in bank.sentences.iter().enumerate() {
        out.sentences.push(ruler.span(raw.sentences[number]));
        let first = out.words.len();
        for (surface, place) in sentence.surfaces.iter().zip(&raw.surfaces[number]) {
            let (start, end) = ruler.span(*place);
            out.tokens.push((start, end));
            for word in &sentence.words[surface.first..=surface.last] {
                out.words.push(Item {
                    start,
                    end,
                    multiword: surface.last > surface.first,
                    form: word.form.to_lowercase(),
                    upos: word.upos.clone(),
                    lemma: word.lemma.clone(),
                    head: word.head.checked_sub(1).map(|it| first + it),
                    deprel: base(&word.deprel),
                });
            }
        }
    }
    (raw.text, out)
}

/// What the engine's sentences say, in the measures' terms.
pub fn found(text: &str, sentences: &[Sentence]) -> Annotation {
    let ruler = Ruler::new(text);
    let mut out = Annotation::default();
    for sentence in sentences {
        let Some((head, tail)) = sentence.tokens.first().zip(sentence.tokens.last()) else { continue };
        out.sentences.push(ruler.span(Span { start: head.span.start, end: tail.span.end }));
        let first = out.words.len();
        let mut at = 0;
        while at < sentence.tokens.len() {
            let mut last = at;
            while last + 1 < sentence.tokens.len() && joined(text, sentence, last) {
                last += 1;
            }
            let place = ruler
                .span(Span { start: sentence.tokens[at].span.start, end: sentence.tokens[last].span.end });
            out.tokens.push(place);
            for token in &sentence.tokens[at..=last] {
                out.words.push(Item {
                    start: place.0,
                    end: place.1,
                    multiword: last > at,
                    form: text[token.span.range()].to_lowercase(),
                    upos: token.upos.as_str().to_owned(),
                    lemma: token.lemma.to_string(),
                    head: token.head.map(|it| first + it as usize),
                    deprel: token.deprel.base().to_owned(),
                });
            }
            at = last + 1;
        }
    }
    out
}

/// Whether token `at` and the next are one written token.
fn joined(text: &str, sentence: &Sentence, at: usize) -> bool {
    let (one, two) = (&sentence.tokens[at], &sentence.tokens[at + 1]);
    if one.span.end != two.span.start {
        return false;
    }
    let (first, second) = (&text[one.span.range()], &text[two.span.range()]);
    truce_text::tokens::is_joined(first, second) || (two.upos == Upos::Part && matches!(second, "'" | "’"))
}

/// Sentence ends found that are none (`+`) and those missed (`-`), with the
/// words around them, for looking at errors.
pub fn boundary_differences(bank: &Treebank) -> Vec<String> {
    let raw = bank.raw_text();
    let around = |at: usize| {
        let left: String =
            raw.text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let right: String = raw.text[at..].chars().take(40).collect();
        format!("{left}⏎{right}").replace('\n', "¶")
    };
    let gold: std::collections::BTreeSet<u32> = raw.sentences.iter().map(|it| it.end).collect();
    let found: std::collections::BTreeSet<u32> =
        truce_text::sentences::split(&raw.text, 0).into_iter().map(|it| it.end).collect();
    let extra = found.difference(&gold).map(|it| format!("+ {}", around(*it as usize)));
    let missed = gold.difference(&found).map(|it| format!("- {}", around(*it as usize)));
    extra.chain(missed).collect()
}

/// Stretches of the text where the words found are not the gold words:
/// gold and found, for looking at errors.
pub fn word_differences(bank: &Treebank) -> Vec<(String, String)> {
    let raw = bank.raw_text();
    let mut out = Vec::new();
    for (number, sentence) in bank.sentences.iter().enumerate() {
        let span = raw.sentences[number];
        let local = &raw.text[span.range()];
        let found: Vec<&str> =
            truce_text::tokens::tokenize(local, 0).into_iter().map(|it| &local[it.range()]).collect();
        let gold: Vec<&str> = sentence.words.iter().map(|it| it.form.as_str()).collect();
        let (mut g, mut f) = (0, 0);
        while g < gold.len() && f < found.len() {
            if gold[g] == found[f] {
                g += 1;
                f += 1;
                continue;
            }
            let (from_g, from_f) = (g, f);
            let (mut left, mut right) = (gold[g].len(), found[f].len());
            while left != right {
                if left < right {
                    g += 1;
                    left += gold.get(g).map_or(usize::MAX / 4, |it| it.len());
                } else {
                    f += 1;
                    right += found.get(f).map_or(usize::MAX / 4, |it| it.len());
                }
                if g >= gold.len() || f >= found.len() {
                    break;
                }
            }
            g = (g + 1).min(gold.len());
            f = (f + 1).min(found.len());
            out.push((gold[from_g..g].join(" "), found[from_f..f].join(" ")));
        }
    }
    out
}

/// Scores the engine on a treebank from raw text.
pub fn from_raw(engine: &Engine, bank: &Treebank) -> Scores {
    let (text, gold) = gold(bank);
    let sentences = engine.parse(&text, 0);
    score(&gold, &found(&text, &sentences))
}

/// Scores only sentences and tokens, without tagging and parsing.
pub fn segments(engine: &Engine, bank: &Treebank) -> Scores {
    let (text, gold) = gold(bank);
    let sentences: Vec<Sentence> = engine
        .segment(&text)
        .into_iter()
        .map(|spans| Sentence {
            span: spans[0],
            tokens: spans
                .into_iter()
                .map(|span| crate::Token {
                    span,
                    lemma: "".into(),
                    upos: Upos::X,
                    feats: crate::Feats::default(),
                    head: None,
                    deprel: crate::Deprel::Dep,
                })
                .collect(),
            names: Vec::new(),
        })
        .collect();
    score(&gold, &found(&text, &sentences))
}

/// Scores tags, lemmas and trees with the gold sentences and words given.
pub fn from_gold_tokens(parts: &Parts<'_>, bank: &Treebank) -> Scores {
    let (_, gold) = gold(bank);
    let mut found = gold.clone();
    let mut first = 0;
    for sentence in &bank.sentences {
        let forms: Vec<&str> = sentence.words.iter().map(|it| it.form.as_str()).collect();
        let analysis = parts.analyse(&forms);
        for at in 0..forms.len() {
            let item = &mut found.words[first + at];
            item.upos = analysis.upos[at].as_str().to_owned();
            item.lemma = analysis.lemmas[at].clone();
            item.head = analysis.heads[at].map(|it| first + it as usize);
            item.deprel = analysis.deprels[at].base().to_owned();
        }
        first += forms.len();
    }
    score(&gold, &found)
}

/// Counts of names: found rightly, in the gold, found; per kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameScore {
    /// Same span and kind: person, organisation, place, other.
    pub right: [u32; 4],
    /// In the gold.
    pub gold: [u32; 4],
    /// Found.
    pub found: [u32; 4],
    /// Same span, any kind.
    pub spans: u32,
}

impl NameScore {
    /// Adds one sentence. Where names of the kind "other" are not marked in
    /// the gold, those found do not count.
    pub fn add(&mut self, gold: &[Name], found: &[Name], others_marked: bool) {
        let counts = |it: &&Name| others_marked || it.kind != NameKind::Other;
        let number = |it: &Name| it.kind as usize;
        for name in gold.iter().filter(counts) {
            self.gold[number(name)] += 1;
        }
        for name in found.iter().filter(counts) {
            self.found[number(name)] += 1;
            self.right[number(name)] += u32::from(gold.contains(name));
            self.spans += u32::from(gold.iter().any(|it| (it.first, it.last) == (name.first, name.last)));
        }
    }

    /// F1 over all kinds.
    pub fn f1(&self) -> f64 {
        let sum = |it: &[u32; 4]| it.iter().sum::<u32>() as usize;
        f1(sum(&self.right), sum(&self.gold), sum(&self.found))
    }

    /// F1 of one kind.
    pub fn f1_of(&self, kind: NameKind) -> f64 {
        let it = kind as usize;
        f1(self.right[it] as usize, self.gold[it] as usize, self.found[it] as usize)
    }

    /// F1 of the spans, whatever their kind.
    pub fn span_f1(&self) -> f64 {
        let sum = |it: &[u32; 4]| it.iter().sum::<u32>() as usize;
        f1(self.spans as usize, sum(&self.gold), sum(&self.found))
    }
}

#[cfg(test)]
mod tests {
    use super::{Annotation, Item, align, score};

    fn item(start: usize, end: usize, form: &str, head: Option<usize>, deprel: &str) -> Item {
        Item {
            start,
            end,
            multiword: false,
            form: form.to_owned(),
            upos: "X".to_owned(),
            lemma: form.to_owned(),
            head,
            deprel: deprel.to_owned(),
        }
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn same_is_perfect() {
        let words = vec![item(0, 2, "he", Some(1), "nsubj"), item(2, 6, "left", None, "root")];
        let text = Annotation { words, tokens: vec![(0, 2), (2, 6)], sentences: vec![(0, 6)] };
        let it = score(&text, &text);
        for value in [it.sentences, it.tokens, it.words, it.upos, it.lemma, it.uas, it.las, it.clas] {
            close(value, 1.0);
        }
    }

    #[test]
    fn split_word_costs_both_sides() {
        // Gold: ab cd ; found: a b cd, all hanging on cd.
        let gold = Annotation {
            words: vec![item(0, 2, "ab", Some(1), "nsubj"), item(2, 4, "cd", None, "root")],
            tokens: vec![(0, 2), (2, 4)],
            sentences: vec![(0, 4)],
        };
        let found = Annotation {
            words: vec![
                item(0, 1, "a", Some(2), "nsubj"),
                item(1, 2, "b", Some(2), "nsubj"),
                item(2, 4, "cd", None, "root"),
            ],
            tokens: vec![(0, 1), (1, 2), (2, 4)],
            sentences: vec![(0, 4)],
        };
        let it = score(&gold, &found);
        // One right of 3 found and 2 gold.
        close(it.tokens, 0.4);
        close(it.words, 0.4);
        close(it.las, 0.4);
        close(it.sentences, 1.0);
    }

    #[test]
    fn heads_are_compared_through_the_alignment() {
        let gold = vec![
            item(0, 1, "a", Some(2), "det"),
            item(1, 2, "b", Some(2), "amod"),
            item(2, 3, "c", None, "root"),
        ];
        let mut wrong = gold.clone();
        wrong[0].head = Some(1);
        wrong[1].deprel = "compound".to_owned();
        let all = |words: &[Item]| Annotation { words: words.to_vec(), tokens: vec![], sentences: vec![] };
        let it = score(&all(&gold), &all(&wrong));
        close(it.uas, 2.0 / 3.0);
        close(it.las, 1.0 / 3.0);
        // Content words: b (wrong label) and c; det does not count.
        close(it.clas, 0.5);
    }

    #[test]
    fn function_relations_found_count_against_content() {
        let gold = vec![item(0, 1, "a", Some(1), "obl"), item(1, 2, "b", None, "root")];
        let mut wrong = gold.clone();
        wrong[0].deprel = "case".to_owned();
        let all = |words: &[Item]| Annotation { words: words.to_vec(), tokens: vec![], sentences: vec![] };
        // One right; two content words in the gold, one found.
        close(score(&all(&gold), &all(&wrong)).clas, 2.0 / 3.0);
    }

    #[test]
    fn words_in_contractions_align_by_form() {
        let multi = |mut it: Item| {
            it.multiword = true;
            it
        };
        let gold = vec![
            multi(item(0, 5, "do", None, "root")),
            multi(item(0, 5, "n't", Some(0), "advmod")),
            item(5, 7, "go", Some(0), "xcomp"),
        ];
        let plain = vec![item(0, 5, "don't", None, "root"), item(5, 7, "go", Some(0), "xcomp")];
        assert_eq!(align(&gold, &gold), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(align(&gold, &plain), [(2, 1)]);
        let halves = vec![
            item(0, 2, "do", None, "root"),
            item(2, 5, "n't", Some(0), "advmod"),
            item(5, 7, "go", Some(0), "xcomp"),
        ];
        assert_eq!(align(&gold, &halves), [(0, 0), (1, 1), (2, 2)]);
    }
}
