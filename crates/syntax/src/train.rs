//! Training: treebanks in, model bytes out, the same bytes every time.

use std::collections::BTreeMap;

use crate::atoms::Atoms;
use crate::boundaries;
use truce_text::Span;

use crate::beam::{Arena, Hypothesis, LEFT, Labels, NIL, PIECE_TOKENS_MAX, SHIFT, Workspace, gold_moves};
use crate::conllu::{TreeSentence, Treebank};
use crate::engine::{Parts, leaves};
use crate::features::Leaf;
use crate::learn::{Dice, Learner};
use crate::lemma;
use crate::lines::{MoveLearner, pack as pack_lines};
use crate::model;
use crate::score;
use crate::table::{Table, Weights};
use crate::tagger;
use crate::{Deprel, Upos};

/// How long to train.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Passes of the tagger over the text.
    pub tagger_passes: usize,
    /// Passes of the parser over the text.
    pub parser_passes: usize,
    /// Parts for tagging the training text with taggers that did not see it.
    pub folds: usize,
    /// The first passes of the parser, without a beam.
    pub greedy_passes: usize,
    /// Hypotheses kept while learning trees.
    pub beam: usize,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { tagger_passes: 8, parser_passes: 10, folds: 4, greedy_passes: 3, beam: 4 }
    }
}

/// A sentence ready for training.
struct Example {
    forms: Vec<String>,
    atoms: Vec<Atoms>,
    tags: Vec<u8>,
    heads: Vec<u16>,
    labels: Vec<u8>,
    moves: Vec<u8>,
}

struct Inventory {
    tags: Vec<(Upos, String)>,
    labels: Vec<Deprel>,
}

/// Learns the sentence ends that no full stop marks.
pub fn train_boundaries(banks: &[Treebank], say: &mut dyn FnMut(&str)) -> Vec<u8> {
    struct Stretch {
        spans: Vec<Span>,
        atoms: Vec<Atoms>,
        ends: Vec<bool>,
    }
    let mut learner = Learner::default();
    let mut texts = Vec::new();
    for bank in banks {
        let raw = bank.raw_text();
        let gold: std::collections::BTreeSet<u32> = raw.sentences.iter().map(|it| it.end).collect();
        let stretches: Vec<Stretch> = truce_text::sentences::split(&raw.text, 0)
            .into_iter()
            .map(|it| {
                let spans = truce_text::tokens::tokenize(&raw.text[it.range()], it.start as usize);
                let atoms = spans.iter().map(|it| Atoms::new(&raw.text[it.range()])).collect();
                let ends = spans.iter().map(|it| gold.contains(&it.end)).collect();
                Stretch { spans, atoms, ends }
            })
            .collect();
        texts.push((raw.text, stretches));
    }
    let mut order: Vec<(usize, usize)> = texts
        .iter()
        .enumerate()
        .flat_map(|(text, (_, it))| (0..it.len()).map(move |at| (text, at)))
        .collect();
    let (mut dice, mut row) = (Dice::new(5), Vec::new());
    for pass in 0..BOUNDARY_PASSES {
        dice.shuffle(&mut order);
        let (mut wrong, mut ends) = (0, 0);
        for (text, number) in &order {
            let (text, stretches) = &texts[*text];
            let it = &stretches[*number];
            let mut from = 0;
            for at in 1..it.spans.len() {
                boundaries::keys(text, &it.spans, &it.atoms, from, at, &mut row);
                let mut scores = [0i32; 2];
                for key in &row {
                    learner.add(*key, &mut scores);
                }
                let gold = it.ends[at - 1];
                learner.step += 1;
                ends += usize::from(gold);
                if (scores[1] > scores[0]) != gold {
                    wrong += 1;
                    learner.update(&row, usize::from(gold), 1);
                    learner.update(&row, usize::from(!gold), -1);
                }
                if gold {
                    from = at;
                }
            }
        }
        say(&format!("boundaries pass {pass}: {wrong} wrong, {ends} ends"));
    }
    learner.freeze(BOUNDARY_SCALE, 2)
}

const BOUNDARY_SCALE: f64 = 10.0;
const BOUNDARY_PASSES: usize = 6;

/// What the stages before the parser made.
pub struct Tagged {
    /// Sections of the model so far.
    pub sections: BTreeMap<&'static str, Vec<u8>>,
    /// Tags of the training sentences, by taggers that had not seen them.
    pub predicted: Vec<Vec<u8>>,
}

/// Trains everything; `say` gets a line of progress now and then.
pub fn train(banks: &[Treebank], plan: Plan, say: &mut dyn FnMut(&str)) -> Vec<u8> {
    let tagged = train_tags(banks, plan, None, say);
    train_trees(banks, plan, tagged, None, say, &mut |_| {})
}

/// Trains lemmas and tags.
pub fn train_tags(
    banks: &[Treebank],
    plan: Plan,
    check: Option<&Treebank>,
    say: &mut dyn FnMut(&str),
) -> Tagged {
    let sentences: Vec<&TreeSentence> = banks.iter().flat_map(|it| &it.sentences).collect();
    let inventory = inventory(&sentences);
    let examples: Vec<Example> = sentences.iter().map(|it| example(it, &inventory)).collect();
    let all: Vec<usize> = (0..examples.len()).collect();
    let mut sections: BTreeMap<&'static str, Vec<u8>> = BTreeMap::new();
    let tag_lines: Vec<String> = inventory.tags.iter().map(|(u, x)| format!("{} {x}", u.as_str())).collect();
    sections.insert("tags", tag_lines.join("\n").into_bytes());
    let label_lines: Vec<&str> = inventory.labels.iter().map(|it| it.as_str()).collect();
    sections.insert("labels", label_lines.join("\n").into_bytes());

    let (lemmas, rules) = lemma::train(sentences.iter().zip(&examples).flat_map(|(sentence, example)| {
        sentence.words.iter().zip(&example.tags).filter(|(word, _)| word.lemma != "_").map(|(word, tag)| {
            (
                word.form.as_str(),
                *tag,
                word.lemma.as_str(),
                word.upos == "PROPN" || word.xpos.starts_with("NNP"),
            )
        })
    }));
    say(&format!("lemmas: {} rules, {} bytes", rules.len(), lemmas.len()));
    sections.insert("lemmas", lemmas);
    let rule_lines: Vec<String> = rules.iter().map(lemma::Rule::write).collect();
    sections.insert("rules", rule_lines.join("\n").into_bytes());

    let uposes: Vec<&str> = inventory.tags.iter().map(|it| it.0.as_str()).collect();
    let (lexicon, tagger) = train_tagger(
        &examples,
        &all,
        inventory.tags.len(),
        plan.tagger_passes,
        TAGGER_MARGIN,
        check,
        &uposes,
        say,
    );
    let frozen = tagger.freeze(TAGGER_SCALE, 1);
    say(&format!("tagger: {} features, {} bytes", tagger.features(), frozen.len()));
    sections.insert("tagger", frozen);
    sections.insert("lexicon", lexicon);
    drop(tagger);

    // Tags as the parser will see them: by taggers that have not seen the text.
    let mut predicted: Vec<Vec<u8>> = vec![Vec::new(); examples.len()];
    for fold in 0..plan.folds {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|it| *it / FOLD_SENTENCES % plan.folds == fold);
        let (lexicon, tagger) = train_tagger(
            &examples,
            &outside,
            inventory.tags.len(),
            plan.tagger_passes.div_ceil(2),
            0,
            None,
            &uposes,
            say,
        );
        let frozen = tagger.freeze(TAGGER_SCALE, 1);
        let (Some(weights), Some(lexicon)) = (Table::open(&frozen), Table::open(&lexicon)) else { continue };
        let (mut right, mut count) = (0, 0);
        for at in inside {
            let tags = tagger::tag(&examples[at].atoms, &weights, &lexicon, inventory.tags.len());
            right += tags.iter().zip(&examples[at].tags).filter(|(a, b)| a == b).count();
            count += tags.len();
            predicted[at] = tags;
        }
        say(&format!("fold {fold}: {right} of {count} tags right"));
    }
    Tagged { sections, predicted }
}

/// Trains the parser and writes the model. With `check` the model is scored
/// on it after every pass and given to `keep`.
pub fn train_trees(
    banks: &[Treebank],
    plan: Plan,
    tagged: Tagged,
    check: Option<&Treebank>,
    say: &mut dyn FnMut(&str),
    keep: &mut dyn FnMut(&[u8]),
) -> Vec<u8> {
    let sentences: Vec<&TreeSentence> = banks.iter().flat_map(|it| &it.sentences).collect();
    let inventory = inventory(&sentences);
    let examples: Vec<Example> = sentences.iter().map(|it| example(it, &inventory)).collect();
    let Tagged { mut sections, predicted } = tagged;
    sections.insert("boundaries", train_boundaries(banks, say));
    let leaves = training_leaves(&examples, &predicted, &inventory, &sections);
    let pack = |sections: &BTreeMap<&'static str, Vec<u8>>, learners: &ParserLearners| {
        let mut sections = sections.clone();
        sections
            .insert("moves", pack_lines(&learners.moves.freeze(PARSER_SCALE, PARSER_HITS_MIN), MOVE_NOISE));
        sections.insert("arcs", learners.arcs.freeze(ARC_SCALE, ARC_HITS_MIN));
        sections
    };
    let learners = train_parser(&examples, &leaves, &inventory, plan, say, &mut |learners, say| {
        let Some(bank) = check else { return };
        let bytes = model::write(&pack(&sections, learners));
        if let Ok(mut parts) = Parts::open(&bytes) {
            keep(&bytes);
            parts.beam = 1;
            let it = score::from_gold_tokens(&parts, bank);
            say(&format!("greedy: uas {:.4} las {:.4}", it.uas, it.las));
            parts.beam = plan.beam;
            let it = score::from_gold_tokens(&parts, bank);
            say(&format!(
                "check: upos {:.4} uas {:.4} las {:.4} bytes {}",
                it.upos,
                it.uas,
                it.las,
                bytes.len()
            ));
        }
    });
    let packed = pack(&sections, &learners);
    sections = packed;
    thin(&mut sections);
    for (name, bytes) in &sections {
        say(&format!("section {name}: {} bytes", bytes.len()));
    }
    say(&format!("parser: {} and {} features", learners.moves.features(), learners.arcs.features()));
    model::write(&sections)
}

fn training_leaves(
    examples: &[Example],
    predicted: &[Vec<u8>],
    inventory: &Inventory,
    sections: &BTreeMap<&'static str, Vec<u8>>,
) -> Vec<Vec<Leaf>> {
    let lemmas = sections.get("lemmas").and_then(|it| Table::open(it));
    let rules: Vec<lemma::Rule> = sections
        .get("rules")
        .and_then(|it| std::str::from_utf8(it).ok())
        .map(|it| it.lines().filter_map(lemma::Rule::read).collect())
        .unwrap_or_default();
    let Some(lemmas) = lemmas else { return Vec::new() };
    examples
        .iter()
        .zip(predicted)
        .map(|(example, tags)| {
            let forms: Vec<&str> = example.forms.iter().map(String::as_str).collect();
            let tags = if tags.len() == forms.len() { tags } else { &example.tags };
            let upos: Vec<Upos> = tags.iter().map(|it| inventory.tags[usize::from(*it)].0).collect();
            let lemmas: Vec<String> =
                forms.iter().zip(tags).map(|(form, tag)| lemma::lemma(form, *tag, &lemmas, &rules)).collect();
            leaves(&forms, &example.atoms, tags, &upos, &lemmas)
        })
        .collect()
}

const ARC_SCALE: f64 = 8.0;
const ARC_HITS_MIN: u32 = 3;
/// Weights of moves up to this are left out of the model.
const MOVE_NOISE: u8 = 4;
const PARSER_HITS_MIN: u32 = 5;
const TAGGER_SCALE: f64 = 8.0;
const TAGGER_MARGIN: i32 = 0;
const PARSER_SCALE: f64 = 8.0;
/// Neighbouring sentences stay in one fold.
const FOLD_SENTENCES: usize = 40;
/// Tags seen less often become the most frequent tag of their part of speech.
const TAG_COUNT_MIN: u32 = 4;

fn inventory(sentences: &[&TreeSentence]) -> Inventory {
    let mut counts: BTreeMap<(Upos, String), u32> = BTreeMap::new();
    let mut labels: BTreeMap<Deprel, u32> = BTreeMap::new();
    for word in sentences.iter().flat_map(|it| &it.words) {
        let upos = Upos::parse(&word.upos).unwrap_or(Upos::X);
        *counts.entry((upos, word.xpos.clone())).or_default() += 1;
        *labels.entry(Deprel::parse(&word.deprel).unwrap_or(Deprel::Dep)).or_default() += 1;
    }
    labels.entry(Deprel::Root).or_default();
    let tags = counts.into_iter().filter(|(_, n)| *n >= TAG_COUNT_MIN).map(|(it, _)| it).collect();
    Inventory { tags, labels: labels.into_keys().collect() }
}

fn example(sentence: &TreeSentence, inventory: &Inventory) -> Example {
    let n = sentence.words.len().min(PIECE_TOKENS_MAX);
    let words = &sentence.words[..n];
    let tags = words
        .iter()
        .map(|word| {
            let upos = Upos::parse(&word.upos).unwrap_or(Upos::X);
            let exact = inventory.tags.iter().position(|(u, x)| *u == upos && *x == word.xpos);
            exact.or_else(|| inventory.tags.iter().position(|(u, _)| *u == upos)).unwrap_or(0) as u8
        })
        .collect();
    let mut heads: Vec<u16> = words
        .iter()
        .map(|it| if it.head == 0 || it.head > n { n as u16 } else { it.head as u16 - 1 })
        .collect();
    projectivise(&mut heads);
    let labels = words
        .iter()
        .map(|it| {
            let label = Deprel::parse(&it.deprel).unwrap_or(Deprel::Dep);
            inventory.labels.iter().position(|it| *it == label).unwrap_or(0) as u8
        })
        .collect();
    let forms: Vec<String> = words.iter().map(|it| it.form.clone()).collect();
    let atoms = forms.iter().map(|it| Atoms::new(it)).collect();
    let moves = gold_moves(&heads);
    Example { forms, atoms, tags, heads, labels, moves }
}

/// Lifts the shortest crossing arc to its head's head until none crosses.
/// `heads` use `heads.len()` for the root.
pub fn projectivise(heads: &mut [u16]) {
    let n = heads.len();
    loop {
        let mut shortest: Option<(usize, usize)> = None;
        for child in 0..n {
            let head = usize::from(heads[child]);
            if head >= n {
                continue;
            }
            let (low, high) = (child.min(head), child.max(head));
            let crossed = (low + 1..high).any(|between| {
                // Every word between must descend from the head.
                let mut at = between;
                for _ in 0..=n {
                    if at == head {
                        return false;
                    }
                    if at >= n {
                        return true;
                    }
                    at = usize::from(heads[at]);
                }
                true
            });
            if crossed && shortest.is_none_or(|(size, _)| high - low < size) {
                shortest = Some((high - low, child));
            }
        }
        let Some((_, child)) = shortest else { return };
        heads[child] = heads[usize::from(heads[child])];
    }
}

/// Words and the tags they had, for words seen often enough.
fn lexicon(examples: &[Example], chosen: &[usize]) -> Vec<u8> {
    let mut words: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    for at in chosen {
        for (atoms, tag) in examples[*at].atoms.iter().zip(&examples[*at].tags) {
            *words.entry(atoms.lower).or_default().entry(*tag).or_default() += 1;
        }
    }
    let rows = words
        .into_iter()
        .filter_map(|(key, tags)| {
            let sum: u32 = tags.values().sum();
            if sum < 3 {
                return None;
            }
            let pairs = tags
                .into_iter()
                .filter(|(_, n)| n * 12 >= sum)
                .map(|(tag, n)| (tag, if n * 2 > sum { 2 } else { 1 }))
                .collect();
            Some((key, pairs))
        })
        .collect();
    Table::write(rows)
}

#[expect(clippy::too_many_arguments, reason = "a training run has that many settings, and one caller")]
fn train_tagger(
    examples: &[Example],
    chosen: &[usize],
    classes: usize,
    passes: usize,
    margin: i32,
    check: Option<&Treebank>,
    uposes: &[&str],
    say: &mut dyn FnMut(&str),
) -> (Vec<u8>, Learner) {
    let lexicon = lexicon(examples, chosen);
    let mut learner = Learner::default();
    let Some(known_words) = Table::open(&lexicon) else { return (lexicon, learner) };
    let mut order = chosen.to_vec();
    let mut dice = Dice::new(11);
    let (mut row, mut scores) = (Vec::new(), vec![0i32; classes]);
    for pass in 0..passes {
        dice.shuffle(&mut order);
        let (mut wrong, mut count) = (0, 0);
        for at in &order {
            let example = &examples[*at];
            let known = tagger::prepare(&example.atoms, &known_words);
            let mut tags: Vec<u8> = Vec::with_capacity(example.tags.len());
            for word in 0..example.tags.len() {
                let (one, two) = tagger::history(&tags, word);
                tagger::keys(&known, &example.atoms, word, one, two, &mut row);
                scores.fill(0);
                for key in &row {
                    learner.add(*key, &mut scores);
                }
                let guess = tagger::best(&scores);
                let gold = usize::from(example.tags[word]);
                learner.step += 1;
                count += 1;
                let wins = scores[gold];
                scores[gold] = i32::MIN;
                let rival = tagger::best(&scores);
                wrong += usize::from(guess != gold);
                if guess != gold || wins - scores[rival] < margin {
                    learner.update(&row, gold, 1);
                    learner.update(&row, rival, -1);
                }
                tags.push(guess as u8);
            }
        }
        say(&format!("tagger pass {pass}: {wrong} of {count} wrong"));
        if let Some(bank) = check {
            let frozen = learner.freeze(TAGGER_SCALE, 1);
            let Some(weights) = Table::open(&frozen) else { continue };
            let (mut right, mut count) = (0, 0);
            for sentence in &bank.sentences {
                let atoms: Vec<Atoms> = sentence.words.iter().map(|it| Atoms::new(&it.form)).collect();
                let tags = tagger::tag(&atoms, &weights, &known_words, classes);
                count += tags.len();
                right += tags
                    .iter()
                    .zip(&sentence.words)
                    .filter(|(tag, word)| uposes[usize::from(**tag)] == word.upos)
                    .count();
            }
            say(&format!("check: upos {:.4} bytes {}", right as f64 / count as f64, frozen.len()));
        }
    }
    (lexicon, learner)
}

/// The parser's two learners.
struct ParserLearners {
    moves: MoveLearner,
    arcs: Learner,
}

/// What is done between passes: measuring, told through the second argument.
type Check<'c> = dyn FnMut(&ParserLearners, &mut dyn FnMut(&str)) + 'c;

fn train_parser(
    examples: &[Example],
    leaves: &[Vec<Leaf>],
    inventory: &Inventory,
    plan: Plan,
    say: &mut dyn FnMut(&str),
    check: &mut Check<'_>,
) -> ParserLearners {
    let labels = Labels {
        count: inventory.labels.len(),
        root: inventory.labels.iter().position(|it| *it == Deprel::Root).unwrap_or(0) as u8,
    };
    let mut learners = ParserLearners { moves: MoveLearner::default(), arcs: Learner::default() };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice::new(23);
    let mut work = Workspace::default();
    for pass in 0..plan.parser_passes {
        dice.shuffle(&mut order);
        if pass == plan.greedy_passes {
            learners.moves.restart();
        }
        let (mut wrong, mut wrong_labels) = (0u32, 0u32);
        for at in &order {
            let (example, leaves) = (&examples[*at], &leaves[*at]);
            if pass < plan.greedy_passes {
                let explore = pass > 0;
                let it =
                    learn_greedily(&mut work, example, leaves, labels, explore, &mut dice, &mut learners);
                wrong += it.0;
                wrong_labels += it.1;
                continue;
            }
            wrong += u32::from(learn_moves(&mut work, example, leaves, plan.beam, labels, &mut learners));
            wrong_labels += learn_labels(&mut work, example, leaves, labels, &mut learners.arcs);
        }
        say(&format!("parser pass {pass}: {wrong} of {} trees and {wrong_labels} labels wrong", order.len()));
        check(&learners, say);
    }
    learners
}

/// Learning without a beam, by a dynamic oracle: in every state the best of
/// the moves that lose no more gold arcs than needed is right, and the parser
/// follows its own choices most of the time. Gives wrong moves and labels.
fn learn_greedily(
    work: &mut Workspace,
    example: &Example,
    leaves: &[Leaf],
    labels: Labels,
    explore: bool,
    dice: &mut Dice,
    learners: &mut ParserLearners,
) -> (u32, u32) {
    work.arena.clear();
    let (mut at, mut wrong, mut wrong_labels) = (0u32, 0, 0);
    let size = leaves.len() as u16;
    for _ in 0..2 * leaves.len() {
        learners.moves.step += 1;
        let state = work.arena.states[at as usize];
        let legal = work.arena.legal(&state, size);
        let costs = costs(&work.arena, &state, &example.heads);
        let least = (0..3).filter(|it| legal[*it]).map(|it| costs[it]).min().unwrap_or(0);
        let scores = work.moves(at, leaves, &learners.moves);
        let top = |good: &dyn Fn(usize) -> bool| {
            (0..3).filter(|it| legal[*it] && good(*it)).max_by_key(|it| (scores[*it], std::cmp::Reverse(*it)))
        };
        let (Some(mut made), Some(want)) = (top(&|_| true), top(&|it| costs[it] == least)) else { break };
        if costs[made] > least {
            wrong += 1;
            let keys = work.move_keys(at, leaves);
            learners.moves.update(keys, want, 1);
            learners.moves.update(keys, made, -1);
            if !explore || dice.next().is_multiple_of(10) {
                made = want;
            }
        }
        let made = made as u8;
        let label = work.label(at, made, leaves, &learners.arcs, labels);
        if made != SHIFT && !(state.next == size && made == LEFT) {
            let gold = example.labels[usize::from(work.arena.nodes[state.top as usize].word)];
            learners.arcs.step += 1;
            if label != gold && gold != labels.root {
                wrong_labels += 1;
                let keys = work.label_keys(at, made, leaves);
                learners.arcs.update(keys, usize::from(gold), 1);
                learners.arcs.update(keys, usize::from(label), -1);
            }
        }
        at = work.arena.make(at, made, label, 0);
    }
    (wrong, wrong_labels)
}

/// How many gold arcs each move puts out of reach.
fn costs(arena: &Arena, state: &Hypothesis, gold: &[u16]) -> [u32; 3] {
    let mut out = [0u32; 3];
    let size = gold.len();
    let Some(top) = arena.nodes.get(state.top as usize) else { return out };
    let next = usize::from(state.next);
    if next < size {
        let mut at = state.top;
        while let Some(node) = arena.nodes.get(at as usize) {
            // Shifting: the next word loses dependents on the stack, and a
            // head below the top.
            out[0] += u32::from(gold[usize::from(node.word)] == state.next);
            out[0] += u32::from(at != state.top && gold[next] == node.word);
            at = node.below;
        }
    }
    let head = gold[usize::from(top.word)];
    let waiting = gold[next.min(size)..].iter().filter(|it| **it == top.word).count() as u32;
    let below = arena.nodes.get(top.below as usize).map(|it| it.word);
    out[1] = waiting + u32::from(below == Some(head)) + u32::from(head > state.next);
    out[2] = waiting + u32::from(head >= state.next);
    out
}

/// One step of learning with a beam: at the point where the best hypothesis is
/// furthest ahead of the gold one, the weights are moved from it to the gold.
fn learn_moves(
    work: &mut Workspace,
    example: &Example,
    leaves: &[Leaf],
    width: usize,
    labels: Labels,
    learners: &mut ParserLearners,
) -> bool {
    learners.moves.step += 1;
    work.arena.clear();
    let mut beam = vec![0u32];
    let mut gold = 0u32;
    let mut worst: Option<(i64, u32, u32)> = None;
    let mut fallen = 0;
    for made in &example.moves {
        let before = gold;
        work.step(&mut beam, (width, i64::MAX / 4), leaves, &learners.moves, &learners.arcs, labels);
        let survivor = beam.iter().copied().find(|it| {
            let state = &work.arena.states[*it as usize];
            state.parent == before && state.made.0 == *made
        });
        gold = match survivor {
            Some(state) => state,
            None => {
                let it = work.arena.states[before as usize];
                let scores = work.moves(before, leaves, &learners.moves);
                let label = work.label(before, *made, leaves, &learners.arcs, labels);
                let score = it.score + i64::from(scores[usize::from(*made)]);
                fallen += 1;
                work.arena.make(before, *made, label, score)
            }
        };
        let Some(best) = beam.first().copied() else { break };
        let lead = work.arena.states[best as usize].score - work.arena.states[gold as usize].score;
        if best != gold && worst.is_none_or(|(size, _, _)| lead >= size) {
            worst = Some((lead, best, gold));
        }
        if fallen > FALLEN_STEPS_MAX {
            break;
        }
    }
    let finished =
        usize::from(work.arena.states[gold as usize].next) == leaves.len() && fallen <= FALLEN_STEPS_MAX;
    if finished && beam.first() == Some(&gold) {
        return false;
    }
    let Some((_, best, gold)) = worst else { return false };
    let (path_best, path_gold) = (path(work, best), path(work, gold));
    let same = path_best.iter().zip(&path_gold).take_while(|(a, b)| a == b).count();
    for (state, made) in &path_gold[same..] {
        learners.moves.update(work.move_keys(*state, leaves), usize::from(*made), 1);
    }
    for (state, made) in &path_best[same..] {
        learners.moves.update(work.move_keys(*state, leaves), usize::from(*made), -1);
    }
    true
}

/// How long the search goes on after the gold tree has fallen off the beam.
const FALLEN_STEPS_MAX: usize = 12;

/// States and the moves made in them, from the beginning to `last`.
fn path(work: &Workspace, last: u32) -> Vec<(u32, u8)> {
    let mut out = Vec::new();
    let mut at = last;
    while work.arena.states[at as usize].parent != NIL {
        let state = &work.arena.states[at as usize];
        out.push((state.parent, state.made.0));
        at = state.parent;
    }
    out.reverse();
    out
}

/// Learns labels along the gold moves; the labels before are the predicted ones.
fn learn_labels(
    work: &mut Workspace,
    example: &Example,
    leaves: &[Leaf],
    labels: Labels,
    learner: &mut Learner,
) -> u32 {
    work.arena.clear();
    let (mut at, mut wrong) = (0u32, 0);
    for made in &example.moves {
        let guess = work.label(at, *made, leaves, learner, labels);
        let state = work.arena.states[at as usize];
        let to_root = usize::from(state.next) == leaves.len() && *made == LEFT;
        if *made != SHIFT && !to_root {
            let word = work.arena.nodes[state.top as usize].word;
            let gold = example.labels[usize::from(word)];
            learner.step += 1;
            if gold != guess {
                wrong += 1;
                let keys = work.label_keys(at, *made, leaves);
                learner.update(keys, usize::from(gold), 1);
                learner.update(keys, usize::from(guess), -1);
            }
        }
        at = work.arena.make(at, *made, guess, 0);
    }
    wrong
}

/// Leaves the smallest weights out of the tables of tags and labels.
pub fn thin(sections: &mut BTreeMap<&'static str, Vec<u8>>) {
    for name in ["tagger", "arcs"] {
        let thinned = sections.get(name).and_then(|it| Table::open(it)).map(|it| it.thin(TABLE_NOISE));
        sections.extend(thinned.map(|it| (name, it)));
    }
}

const TABLE_NOISE: u8 = 2;

/// Packs the moves of a model made before they were packed.
pub fn pack_moves(bytes: &[u8], noise: u8) -> Vec<u8> {
    pack_lines(bytes, noise)
}

/// Writes model sections, for keeping a stage's result.
pub fn write_sections(sections: &BTreeMap<&'static str, Vec<u8>>) -> Vec<u8> {
    model::write(sections)
}

/// Reads what [`write_sections`] wrote.
///
/// # Errors
/// If the bytes are no sections.
pub fn read_sections(bytes: &'static [u8]) -> Result<BTreeMap<&'static str, Vec<u8>>, model::BadModel> {
    Ok(model::open(bytes)?.into_iter().map(|(name, it)| (name, it.to_vec())).collect())
}
