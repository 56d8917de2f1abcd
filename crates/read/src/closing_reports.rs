//! Reports that end their sentence: *…, a spokesman for the government said
//! late on Tuesday.*
//!
//! Most sentences of the wires end so, and where a participle or a list stands
//! before (*killing three people, a spokesman …*) the parser takes the speaker
//! for one more member of it. The words leave no choice: a noun phrase after a
//! comma, a finite reporting verb, and nothing behind it but when and where.

use truce_syntax::{Deprel, Sentence, Upos};

use crate::statements::cues::cues;

/// Words of the phrase that speaks.
const SPEAKER_WORDS_MAX: usize = 16;

/// Words behind the verb that say when, where and to whom.
const TAIL_WORDS_MAX: usize = 22;

/// Makes the closing verb the root, its phrase the subject, and what stands
/// before its complement.
pub(crate) fn repair(sentence: &mut Sentence, words: &[Box<str>]) {
    let found = (0..sentence.tokens.len()).rev().find_map(|it| closing(sentence, words, it));
    let Some(closing) = found else { return };
    let before = sentence.tokens.clone();
    hang(sentence, &closing);
    if !is_tree(sentence) {
        sentence.tokens = before;
    }
}

/// A reporting clause at the end.
struct Closing {
    /// The comma before it.
    comma: usize,
    /// Last token of the phrase that speaks, before any apposition.
    last: usize,
    verb: usize,
}

/// The closing report of which `verb` is the verb, if it is one that the tree
/// has not as such.
fn closing(sentence: &Sentence, words: &[Box<str>], verb: usize) -> Option<Closing> {
    let tokens = &sentence.tokens;
    let token = &tokens[verb];
    let finite = (token.feats.past || token.feats.present) && !token.feats.infinitive && !token.feats.gerund;
    if token.upos != Upos::Verb || !finite || !reports(&token.lemma) || verb < 4 {
        return None;
    }
    if !is_tail(sentence, words, verb + 1) {
        return None;
    }
    // "…, its deputy head, Anna Lund, told reporters": the phrase before the
    // apposition speaks.
    let mut last = verb - 1;
    if &*words[last] == "," {
        let open = (verb.saturating_sub(SPEAKER_WORDS_MAX)..last).rev().find(|it| &*words[*it] == ",")?;
        let relative = matches!(&*words[open + 1], "who" | "which");
        if open + 1 >= last || !(relative || is_phrase(sentence, words, open + 1, last - 1)) {
            return None;
        }
        last = open.checked_sub(1)?;
    }
    let comma = (last.saturating_sub(SPEAKER_WORDS_MAX)..=last).rev().find(|it| &*words[*it] == ",")?;
    if comma < 2 || comma + 1 > last || !is_phrase(sentence, words, comma + 1, last) {
        return None;
    }
    // What is said must be a clause.
    let told = (0..comma).any(|it| {
        let it = &tokens[it];
        let participle = it.deprel == Deprel::Acl && it.feats.participle_past;
        let finite = (it.feats.past || it.feats.present) && !it.feats.gerund;
        it.upos == Upos::Aux || it.upos == Upos::Verb && (finite || participle)
    });
    let opens = matches!(
        &*words[0],
        "when"
            | "as"
            | "after"
            | "before"
            | "while"
            | "if"
            | "although"
            | "though"
            | "since"
            | "once"
            | "because"
    );
    let marks = words.iter().any(|it| matches!(&**it, "\"" | "“" | "”" | "``" | "''"));
    let has_subject = sentence.children(verb).any(|it| {
        matches!(tokens[it].deprel, Deprel::Nsubj | Deprel::NsubjOuter) && comma < it && it <= last
    });
    let complement = token.deprel != Deprel::Root
        || sentence
            .children(verb)
            .any(|it| it < comma && matches!(tokens[it].deprel, Deprel::Ccomp | Deprel::Parataxis));
    let known = has_subject && complement && matches!(token.deprel, Deprel::Root | Deprel::Parataxis);
    (told && !opens && !marks && !known).then_some(Closing { comma, last, verb })
}

/// Whether the verb takes a clause of what is said.
fn reports(lemma: &str) -> bool {
    cues().verbs.get(lemma).is_some_and(|rows| rows.iter().any(|it| it.frames.clause && it.frames.quote))
}

/// Whether the words from `first` to `last` are one noun phrase without a
/// verb: "a spokesman for the Karsovan government".
fn is_phrase(sentence: &Sentence, words: &[Box<str>], first: usize, last: usize) -> bool {
    let upos = |it: usize| sentence.tokens[it].upos;
    let pronoun = first == last && matches!(&*words[first], "it" | "he" | "she" | "they");
    let opens = matches!(upos(first), Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num)
        || matches!(&*words[first], "its" | "his" | "her" | "their" | "one" | "some" | "several");
    let wh = |it: usize| {
        matches!(&*words[it], "which" | "who" | "whom" | "that" | "what" | "whose" | "where" | "when")
    };
    let noun = (first..=last).any(|it| matches!(upos(it), Upos::Noun | Upos::Propn));
    let inside = (first..=last).all(|it| {
        let allowed = matches!(
            upos(it),
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Part | Upos::Adp
        );
        let joined = matches!(&*words[it], "and" | "-" | "its" | "his" | "her" | "their");
        (allowed || joined) && !wh(it)
    });
    let closed = !matches!(upos(last), Upos::Adp | Upos::Det | Upos::Part);
    pronoun || opens && noun && inside && closed
}

/// Whether from `first` to the end there is only when, where, to whom, and
/// perhaps what was added.
fn is_tail(sentence: &Sentence, words: &[Box<str>], first: usize) -> bool {
    let tokens = &sentence.tokens;
    for at in first..tokens.len() {
        let word = &*words[at];
        if word == "," && words.get(at + 1).is_some_and(|it| it.ends_with("ing")) {
            return true;
        }
        let participle = tokens[at].feats.participle_past && !tokens[at].feats.past;
        let clause = matches!(tokens[at].upos, Upos::Verb | Upos::Aux | Upos::Sconj) && !participle;
        if clause
            || at - first >= TAIL_WORDS_MAX
            || matches!(word, "that" | ":" | "\"" | "“" | ";" | "and" | "but")
        {
            return false;
        }
    }
    true
}

/// Hangs the sentence on its closing verb.
#[allow(clippy::needless_range_loop)] // Tokens beside it are changed too.
fn hang(sentence: &mut Sentence, closing: &Closing) {
    let Closing { comma, last, verb } = *closing;
    let Some(root) = sentence.root() else { return };
    let first = comma + 1;
    let tokens = &mut sentence.tokens;
    // The head is the last noun before a preposition; of a name its first word.
    let core =
        (first..=last).find(|it| *it > first && tokens[*it].upos == Upos::Adp).map_or(last, |it| it - 1);
    let mut head = (first..=core)
        .rev()
        .find(|it| matches!(tokens[*it].upos, Upos::Noun | Upos::Propn | Upos::Pron))
        .unwrap_or(core);
    while tokens[head].deprel == Deprel::Flat {
        match tokens[head].head.map(|it| it as usize).filter(|it| first <= *it && *it < head) {
            Some(up) => head = up,
            None => break,
        }
    }
    let inside = |it: Option<u32>| it.is_some_and(|it| first <= it as usize && it as usize <= last);
    for at in first..=last {
        if at == head || inside(tokens[at].head) && at <= core {
            continue;
        }
        let noun = matches!(tokens[at].upos, Upos::Noun | Upos::Propn);
        if at > core && tokens[at].upos == Upos::Adp {
            // A preposition belongs to the next noun.
            let next = (at + 1..=last).find(|it| matches!(tokens[*it].upos, Upos::Noun | Upos::Propn));
            tokens[at].head = Some(next.unwrap_or(head) as u32);
            tokens[at].deprel = Deprel::Case;
        } else if !inside(tokens[at].head) || tokens[at].head == Some(at as u32) {
            tokens[at].head = Some(head as u32);
            if noun {
                tokens[at].deprel = if at > core { Deprel::Nmod } else { Deprel::Compound };
            }
        }
    }
    let (head_id, verb_id) = (head as u32, verb as u32);
    let main = if root < comma {
        root
    } else {
        // The clause before lost its place: its first finite verb leads it, or
        // what was taken for a participle of its subject ("guns shelled").
        let verbs = || (0..comma).filter(|it| tokens[*it].upos == Upos::Verb && !tokens[*it].feats.gerund);
        let finite = verbs().find(|it| tokens[*it].feats.past || tokens[*it].feats.present);
        let taken =
            || verbs().find(|it| tokens[*it].deprel == Deprel::Acl && tokens[*it].feats.participle_past);
        match finite.or_else(taken) {
            Some(it) => it,
            None => return,
        }
    };
    if let (Deprel::Acl, Some(subject)) = (tokens[main].deprel, tokens[main].head.map(|it| it as usize)) {
        for it in tokens.iter_mut().take(comma).skip(main + 1) {
            if it.head == Some(subject as u32) {
                it.head = Some(main as u32);
            }
        }
        tokens[subject].head = Some(main as u32);
        tokens[subject].deprel = Deprel::Nsubj;
        tokens[main].feats.past = true;
        tokens[main].feats.participle_past = false;
    }
    let main_id = main as u32;
    for at in 0..tokens.len() {
        let Some(up) = tokens[at].head else { continue };
        let up = up as usize;
        if at < comma && at != main && up >= comma {
            tokens[at].head = Some(main_id);
        } else if at > verb && up < comma {
            tokens[at].head = Some(verb_id);
        } else if (last + 1..verb).contains(&at) && up < comma && tokens[at].upos != Upos::Punct {
            tokens[at].head = Some(head_id);
        }
    }
    tokens[verb].head = None;
    tokens[verb].deprel = Deprel::Root;
    tokens[main].head = Some(verb_id);
    tokens[main].deprel = Deprel::Ccomp;
    tokens[head].head = Some(verb_id);
    tokens[head].deprel = Deprel::Nsubj;
    // Another subject that the parser gave the verb belongs to the phrase.
    for at in first..verb {
        let other = at != head && tokens[at].head == Some(verb_id);
        if other && matches!(tokens[at].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl) {
            tokens[at].head = Some(head_id);
            tokens[at].deprel = Deprel::Nmod;
        }
    }
}

/// Whether every token reaches the one root.
fn is_tree(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let roots = tokens.iter().filter(|it| it.head.is_none()).count();
    roots == 1
        && (0..tokens.len()).all(|from| {
            let mut at = from;
            for _ in 0..=tokens.len() {
                match tokens[at].head {
                    None => return true,
                    Some(up) => at = up as usize,
                }
            }
            false
        })
}
