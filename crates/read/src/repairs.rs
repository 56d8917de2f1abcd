//! Trees mended where the grammar leaves no choice.
//!
//! A parser trained on other prose goes wrong in ways that can be seen from
//! the words alone: a participle after *had* that hangs on its own object, a
//! verb whose base form it cannot spell, a clause whose subject became the
//! root. Mending them once, before anything is read, spares every rule after.

use truce_syntax::{Deprel, Sentence, Token, Upos};

use crate::claims::lexicon::{Form, Lexicon};
use crate::statements::cues::{self, cues};

/// How far before a participle its auxiliary may stand.
const AUXILIARY_WORDS_MAX: usize = 4;

/// Mends a sentence in place; `words` are its tokens in lower case.
pub(crate) fn repair(sentence: &mut Sentence, words: &[Box<str>]) {
    mines(sentence, words);
    lemmas(sentence, words);
    participles(sentence, words);
    passives(sentence);
    days(sentence, words);
    told(sentence);
    gerunds(sentence, words);
    said_objects(sentence);
    in_no_way(sentence, words);
    headless(sentence);
    fragments(sentence, words);
    pronouns(sentence, words);
}

fn is_known(lemma: &str) -> bool {
    let cues = cues();
    !Lexicon::shipped().frames(Form::Verb, lemma).is_empty()
        || cues.verbs.contains_key(lemma)
        || cues.phrases.contains_key(lemma)
}

/// "Every mine it laid": behind an article it is a thing, not what is mine.
#[allow(clippy::needless_range_loop)] // Tokens beside it are changed too.
fn mines(sentence: &mut Sentence, words: &[Box<str>]) {
    for at in 1..sentence.tokens.len() {
        let described =
            matches!(sentence.tokens[at - 1].upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun);
        if &*words[at] != "mine" || sentence.tokens[at].upos != Upos::Pron || !described {
            continue;
        }
        let bare = sentence.children(at).all(|it| sentence.tokens[it].deprel != Deprel::Case);
        let it = &mut sentence.tokens[at];
        it.upos = Upos::Noun;
        it.lemma = "mine".into();
        if bare && it.deprel == Deprel::Obl {
            it.deprel = Deprel::Obj;
        }
    }
}

/// The base form of a rare verb, by its ending and the lexica: *shelled* is
/// of *shell* and not of *shel*, *underlined* of *underline*.
fn lemmas(sentence: &mut Sentence, words: &[Box<str>]) {
    for (token, word) in sentence.tokens.iter_mut().zip(words) {
        if token.upos != Upos::Verb || is_known(&token.lemma) {
            continue;
        }
        if let Some(base) = base_form(word) {
            token.lemma = base.into();
        }
    }
}

/// A base form that the word's ending allows and that is known to report or
/// to be conduct.
fn base_form(word: &str) -> Option<String> {
    for (ending, with) in [("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        if stem.len() < 3 || !stem.is_ascii() {
            continue;
        }
        let doubled = stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        let undoubled = if doubled { &stem[..stem.len() - 1] } else { stem };
        for candidate in [format!("{stem}{with}"), format!("{stem}e"), undoubled.to_owned()] {
            if is_known(&candidate) {
                return Some(candidate);
            }
        }
    }
    IRREGULAR.iter().find(|it| it.0 == word && is_known(it.1)).map(|it| it.1.to_owned())
}

/// Forms that no ending explains and that taggers leave as they stand.
const IRREGULAR: [(&str, &str); 34] = [
    ("arisen", "arise"),
    ("beaten", "beat"),
    ("begun", "begin"),
    ("bled", "bleed"),
    ("borne", "bear"),
    ("broken", "break"),
    ("driven", "drive"),
    ("dug", "dig"),
    ("fallen", "fall"),
    ("fled", "flee"),
    ("flown", "fly"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("forgone", "forgo"),
    ("fought", "fight"),
    ("hidden", "hide"),
    ("overran", "overrun"),
    ("overthrown", "overthrow"),
    ("ridden", "ride"),
    ("sank", "sink"),
    ("shaken", "shake"),
    ("slain", "slay"),
    ("slung", "sling"),
    ("stolen", "steal"),
    ("strewn", "strew"),
    ("stricken", "strike"),
    ("struck", "strike"),
    ("sunk", "sink"),
    ("sworn", "swear"),
    ("taken", "take"),
    ("torn", "tear"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("withheld", "withhold"),
];

/// "jets had hit the town": *had* was taken for the verb and *hit* for part
/// of its object. The participle is the verb and *had* its auxiliary.
fn participles(sentence: &mut Sentence, words: &[Box<str>]) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let misplaced = matches!(
            token.deprel,
            Deprel::Case | Deprel::Mark | Deprel::Det | Deprel::Cc | Deprel::Compound | Deprel::Amod
        );
        if token.upos != Upos::Verb || !misplaced || token.feats.gerund {
            continue;
        }
        let Some(object) = token.head.map(|it| it as usize) else { continue };
        if object <= at {
            continue;
        }
        let Some(auxiliary) = auxiliary_before(sentence, words, at) else { continue };
        if sentence.tokens[object].head != Some(auxiliary as u32) {
            continue;
        }
        // "has armed groups": a participle right before its noun describes it;
        // a determiner or number between them makes it a verb.
        let described =
            sentence.tokens[at].deprel == Deprel::Amod || sentence.tokens[at].deprel == Deprel::Compound;
        if described && !opens_phrase(&sentence.tokens[at + 1]) {
            continue;
        }
        exchange(sentence, auxiliary, at);
    }
}

fn opens_phrase(token: &Token) -> bool {
    matches!(token.upos, Upos::Det | Upos::Num | Upos::Pron)
}

/// *Had*, *has*, *have* before `at` with nothing but adverbs between.
fn auxiliary_before(sentence: &Sentence, words: &[Box<str>], at: usize) -> Option<usize> {
    for before in (at.saturating_sub(AUXILIARY_WORDS_MAX)..at).rev() {
        let token = &sentence.tokens[before];
        if matches!(&*words[before], "had" | "has" | "have" | "'ve" | "having") {
            return (token.upos == Upos::Verb).then_some(before);
        }
        if !matches!(token.upos, Upos::Adv | Upos::Part | Upos::Punct) {
            return None;
        }
    }
    None
}

/// Makes `verb` the head of the clause that `auxiliary` headed.
fn exchange(sentence: &mut Sentence, auxiliary: usize, verb: usize) {
    let (head, deprel) = (sentence.tokens[auxiliary].head, sentence.tokens[auxiliary].deprel);
    for at in 0..sentence.tokens.len() {
        if at != verb && sentence.tokens[at].head == Some(auxiliary as u32) {
            sentence.tokens[at].head = Some(verb as u32);
        }
    }
    let it = &mut sentence.tokens[verb];
    it.head = head;
    it.deprel = deprel;
    it.feats.participle_past = true;
    it.feats.past = false;
    let it = &mut sentence.tokens[auxiliary];
    it.head = Some(verb as u32);
    it.deprel = Deprel::Aux;
    it.upos = Upos::Aux;
}

/// "The mission, on Sunday, condemned": a day does nothing; what it was taken
/// to do, another does.
fn days(sentence: &mut Sentence, words: &[Box<str>]) {
    for at in 1..sentence.tokens.len() {
        let day = cues::is_day(&words[at])
            && matches!(sentence.tokens[at].deprel, Deprel::Nsubj | Deprel::NsubjPass);
        let dated = matches!(&*words[at - 1], "on" | "," | "last" | "this" | "late" | "early");
        if !(day && dated) {
            continue;
        }
        let Some(verb) = sentence.tokens[at].head else { continue };
        // Only where the root is a noun that the verb can be given to.
        let above = sentence.tokens[verb as usize].head.map(|it| it as usize);
        let free = above.is_some_and(|it| {
            sentence.tokens[it].head.is_none()
                && it < at
                && matches!(sentence.tokens[it].upos, Upos::Noun | Upos::Propn)
        });
        if !free {
            continue;
        }
        sentence.tokens[at].deprel = Deprel::OblUnmarked;
        // Its preposition was read as the clause's.
        if sentence.tokens[at - 1].head == Some(verb) && sentence.tokens[at - 1].deprel == Deprel::Mark {
            sentence.tokens[at - 1].head = Some(at as u32);
            sentence.tokens[at - 1].deprel = Deprel::Case;
        }
    }
}

/// "says the army shelled Alder": nobody says an army; what looks like its
/// description is what is said of it.
fn told(sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.upos != Upos::Verb
            || token.deprel != Deprel::Acl
            || token.feats.gerund
            || token.feats.infinitive
        {
            continue;
        }
        let Some(noun) = token.head.map(|it| it as usize).filter(|it| it + 1 == verb) else { continue };
        let object = sentence.tokens[noun].deprel == Deprel::Obj;
        let Some(cue) = sentence.tokens[noun].head.map(|it| it as usize).filter(|it| *it < noun) else {
            continue;
        };
        let says = SAYING.contains(&&*sentence.tokens[cue].lemma);
        let goes_on = sentence.tokens.get(verb + 1).is_some_and(|it| {
            matches!(it.upos, Upos::Det | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj | Upos::Noun)
        });
        if !(object && says && goes_on) {
            continue;
        }
        let (noun_id, verb_id, cue_id) = (noun as u32, verb as u32, cue as u32);
        for at in verb + 1..sentence.tokens.len() {
            let it = &mut sentence.tokens[at];
            if it.head == Some(noun_id) {
                it.head = Some(verb_id);
            }
            if it.head == Some(verb_id) && it.deprel == Deprel::OblUnmarked && at < verb + OBJECT_WORDS_MAX {
                it.deprel = Deprel::Obj;
            }
        }
        sentence.tokens[verb].head = Some(cue_id);
        sentence.tokens[verb].deprel = Deprel::Ccomp;
        sentence.tokens[verb].feats.past = true;
        sentence.tokens[verb].feats.participle_past = false;
        sentence.tokens[noun].head = Some(verb_id);
        sentence.tokens[noun].deprel = Deprel::Nsubj;
    }
}

/// "said patrols on the road would go on": nobody says patrols; they are the
/// subject that the clause after them lacks.
fn said_objects(sentence: &mut Sentence) {
    for cue in 0..sentence.tokens.len() {
        if !SAYING.contains(&&*sentence.tokens[cue].lemma) {
            continue;
        }
        let object =
            sentence.children(cue).find(|it| *it > cue && sentence.tokens[*it].deprel == Deprel::Obj);
        let Some(object) = object else { continue };
        let noun = matches!(sentence.tokens[object].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let clause = sentence.children(cue).find(|it| {
            *it > object
                && sentence.tokens[*it].deprel == Deprel::Ccomp
                && sentence.tokens[*it].upos == Upos::Verb
        });
        let Some(clause) = clause.filter(|_| noun) else { continue };
        let has_subject = sentence.children(clause).any(|it| {
            matches!(
                sentence.tokens[it].deprel,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Csubj
                    | Deprel::Mark
                    | Deprel::Expl
                    | Deprel::NsubjOuter
            )
        });
        if has_subject {
            continue;
        }
        let passive = sentence.children(clause).any(|it| sentence.tokens[it].deprel == Deprel::AuxPass);
        let it = &mut sentence.tokens[object];
        it.head = Some(clause as u32);
        it.deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
    }
}

/// "It was in no way a breach": *in no way* only negates; what follows it is
/// the predicate.
fn in_no_way(sentence: &mut Sentence, words: &[Box<str>]) {
    for way in 2..sentence.tokens.len() {
        let phrase = [&*words[way - 2], &*words[way - 1], &*words[way]];
        let negates = matches!(phrase, ["in", "no", "way" | "sense"] | ["by", "no", "mean" | "means"]);
        if !negates {
            continue;
        }
        let noun = sentence
            .children(way)
            .find(|it| *it > way && matches!(sentence.tokens[*it].upos, Upos::Noun | Upos::Adj | Upos::Verb));
        let Some(noun) = noun else { continue };
        let (head, deprel) = (sentence.tokens[way].head, sentence.tokens[way].deprel);
        for at in 0..sentence.tokens.len() {
            let own = at == way - 2 || at == way - 1;
            if at != noun && !own && sentence.tokens[at].head == Some(way as u32) {
                sentence.tokens[at].head = Some(noun as u32);
            }
        }
        sentence.tokens[noun].head = head;
        sentence.tokens[noun].deprel = deprel;
        sentence.tokens[way].head = Some(noun as u32);
        sentence.tokens[way].deprel = Deprel::Obl;
    }
}

/// "The government imposed blockades in the city": a whole sentence read as
/// one noun with a participle between two nouns.
fn headless(sentence: &mut Sentence) {
    let Some(object) = sentence.root() else { return };
    let verbless = sentence
        .tokens
        .iter()
        .all(|it| !matches!(it.upos, Upos::Verb | Upos::Aux) || it.deprel == Deprel::Amod);
    if sentence.tokens[object].upos != Upos::Noun || !verbless || sentence.tokens.len() < HEADLESS_WORDS_MIN {
        return;
    }
    let verb = sentence.children(object).find(|&it| {
        let token = &sentence.tokens[it];
        let finite = token.feats.past || token.feats.participle_past;
        token.upos == Upos::Verb && token.deprel == Deprel::Amod && finite && it > 0 && it < object
    });
    let Some(verb) = verb else { return };
    let subject = verb - 1;
    let noun = &sentence.tokens[subject];
    let named = matches!(noun.upos, Upos::Noun | Upos::Propn)
        && matches!(noun.deprel, Deprel::Compound | Deprel::Nmod | Deprel::NmodUnmarked)
        && noun.head == Some(object as u32);
    if !named {
        return;
    }
    for at in 0..sentence.tokens.len() {
        if at != subject && at != verb && sentence.tokens[at].head == Some(object as u32) {
            let to = if at < verb { subject } else { object };
            sentence.tokens[at].head = Some(to as u32);
        }
    }
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].deprel = Deprel::Root;
    sentence.tokens[verb].feats.past = true;
    sentence.tokens[verb].feats.participle_past = false;
    for (at, deprel) in [(subject, Deprel::Nsubj), (object, Deprel::Obj)] {
        sentence.tokens[at].head = Some(verb as u32);
        sentence.tokens[at].deprel = deprel;
    }
}

/// Shorter ones are headlines, which leave out *by* and *was*.
const HEADLESS_WORDS_MIN: usize = 6;

/// Verbs that take what is said and no person.
const SAYING: [&str; 14] = [
    "say", "claim", "insist", "allege", "argue", "maintain", "think", "believe", "add", "report", "announce",
    "declare", "state", "assert",
];

/// How far after its verb a bare object may stand.
const OBJECT_WORDS_MAX: usize = 4;

/// "accused of smuggling rockets": a verb in *-ing* between a preposition and
/// its object was taken for part of a compound.
#[allow(clippy::needless_range_loop)] // Tokens beside it are changed too.
fn gerunds(sentence: &mut Sentence, words: &[Box<str>]) {
    for at in 1..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[at];
        let looks =
            token.upos == Upos::Noun && token.deprel == Deprel::Compound && words[at].ends_with("ing");
        let Some(object) = token.head.map(|it| it as usize).filter(|it| looks && *it > at) else { continue };
        let before = &sentence.tokens[at - 1];
        let governed = before.upos == Upos::Adp || before.upos == Upos::Sconj;
        let thing = EVENTS.contains(&&*sentence.tokens[object].lemma);
        let Some(base) = base_form(&words[at]).filter(|_| governed && !thing) else { continue };
        let object_id = object as u32;
        let (head, deprel) = (sentence.tokens[object].head, sentence.tokens[object].deprel);
        let clause = match deprel {
            Deprel::Obl => Deprel::Advcl,
            Deprel::Nmod => Deprel::Acl,
            Deprel::Conj => Deprel::Conj,
            _ => continue,
        };
        for child in 0..at {
            let it = &mut sentence.tokens[child];
            if it.head == Some(object_id) {
                it.head = Some(at as u32);
                if it.deprel == Deprel::Case {
                    it.deprel = Deprel::Mark;
                }
            }
        }
        let it = &mut sentence.tokens[at];
        it.head = head;
        it.deprel = clause;
        it.upos = Upos::Verb;
        it.lemma = base.into();
        it.feats.gerund = true;
        let it = &mut sentence.tokens[object];
        it.head = Some(at as u32);
        it.deprel = Deprel::Obj;
    }
}

/// Nouns that a noun in *-ing* describes ("shelling incidents").
const EVENTS: [&str; 16] = [
    "attack",
    "incident",
    "report",
    "campaign",
    "operation",
    "violation",
    "position",
    "process",
    "mission",
    "service",
    "ground",
    "spree",
    "round",
    "case",
    "claim",
    "exchange",
];

/// A verb with *be* as its copula is a passive, or with *-ing* a progressive.
fn passives(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        if token.deprel != Deprel::Cop || &*token.lemma != "be" {
            continue;
        }
        let Some(verb) = token.head.map(|it| it as usize) else { continue };
        if sentence.tokens[verb].upos != Upos::Verb || verb < at {
            continue;
        }
        if sentence.tokens[verb].feats.gerund {
            sentence.tokens[at].deprel = Deprel::Aux;
            continue;
        }
        let to = sentence.children(verb).any(|it| &*sentence.tokens[it].lemma == "to" && it > at);
        if to {
            continue;
        }
        sentence.tokens[at].deprel = Deprel::AuxPass;
        for child in 0..sentence.tokens.len() {
            let child = &mut sentence.tokens[child];
            if child.head == Some(verb as u32) && child.deprel == Deprel::Nsubj {
                child.deprel = Deprel::NsubjPass;
            }
        }
    }
}

/// "The command, for its part, \"is observing the truce\"": a noun that became
/// the root over a finite verb without a subject is its subject.
fn fragments(sentence: &mut Sentence, words: &[Box<str>]) {
    let Some(root) = sentence.root() else { return };
    finite_after_all(sentence, root);
    plural_after_all(sentence, words, root);
    if !matches!(sentence.tokens[root].upos, Upos::Noun | Upos::Propn | Upos::Pron) {
        return;
    }
    let root_alone = sentence.children(root).all(|it| {
        !matches!(
            sentence.tokens[it].deprel,
            Deprel::Cop | Deprel::Nsubj | Deprel::NsubjOuter | Deprel::Case | Deprel::NsubjPass
        )
    });
    if !root_alone {
        return;
    }
    let verb = sentence.children(root).find(|&it| {
        let token = &sentence.tokens[it];
        let clause = matches!(
            token.deprel,
            Deprel::Advcl | Deprel::Parataxis | Deprel::Ccomp | Deprel::Acl | Deprel::Appos | Deprel::Xcomp
        );
        let mut finite = token.feats.past && !token.feats.participle_past;
        let mut own = false;
        for child in sentence.children(it) {
            let child = &sentence.tokens[child];
            finite |= child.upos == Upos::Aux && !child.feats.infinitive;
            own |= matches!(
                child.deprel,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Csubj
                    | Deprel::Mark
                    | Deprel::NsubjOuter
                    | Deprel::Expl
            );
        }
        it > root && token.upos == Upos::Verb && clause && finite && !own
    });
    let Some(verb) = verb else { return };
    let passive = sentence.children(verb).any(|it| sentence.tokens[it].deprel == Deprel::AuxPass);
    for at in root + 1..sentence.tokens.len() {
        if at > verb && sentence.tokens[at].head == Some(root as u32) {
            sentence.tokens[at].head = Some(verb as u32);
        }
    }
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].deprel = Deprel::Root;
    sentence.tokens[root].head = Some(verb as u32);
    sentence.tokens[root].deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
}

/// "The mission called upon both to …": where a whole sentence has no finite
/// verb, the form in *-ed* right behind its noun is none of its adjectives.
fn finite_after_all(sentence: &mut Sentence, root: usize) {
    let tokens = &sentence.tokens;
    let verb = root + 1;
    let closed = tokens.last().is_some_and(|it| it.upos == Upos::Punct && &*it.lemma == ".");
    let determined = sentence.children(root).any(|it| tokens[it].deprel == Deprel::Det)
        || tokens[root].upos == Upos::Propn;
    let finite = tokens.iter().any(|it| {
        it.upos == Upos::Aux
            || it.upos == Upos::Verb && (it.feats.past || it.feats.present) && !it.feats.gerund
    });
    let behind = tokens.get(verb).is_some_and(|it| {
        it.upos == Upos::Verb
            && it.deprel == Deprel::Acl
            && it.head == Some(root as u32)
            && it.feats.participle_past
            && cues().verbs.contains_key(&*it.lemma)
    });
    let agent = sentence.children(verb).any(|it| tokens[it].deprel == Deprel::OblAgent);
    if closed && determined && behind && !finite && !agent {
        let it = &mut sentence.tokens[verb];
        it.feats.participle_past = false;
        it.feats.past = true;
    }
}

/// "Northland denies sending troops": where a whole sentence has no finite
/// verb, what was taken for a plural behind a name, and reports, is the verb.
fn plural_after_all(sentence: &mut Sentence, words: &[Box<str>], root: usize) {
    let tokens = &sentence.tokens;
    let finite = tokens.iter().any(|it| {
        it.upos == Upos::Aux
            || it.upos == Upos::Verb && (it.feats.past || it.feats.present) && !it.feats.gerund
    });
    // The gerund behind it may have become the root.
    let led = tokens[root].feats.gerund && root > 1 && tokens[root - 1].deprel == Deprel::Nsubj;
    let at = if led { root - 1 } else { root };
    let lemma = crate::statements::cues::stem(&words[at]);
    let plural = matches!(tokens[at].upos, Upos::Noun | Upos::Propn)
        && words[at].ends_with('s')
        && cues().verbs.contains_key(&*lemma);
    let Some(name) = at.checked_sub(1) else { return };
    let named = tokens[name].head == Some(at as u32)
        && matches!(tokens[name].upos, Upos::Propn | Upos::Noun)
        && matches!(tokens[name].deprel, Deprel::Compound | Deprel::Nmod | Deprel::NmodDesc | Deprel::Flat);
    let next = tokens.get(at + 1);
    let goes_on = next.is_some_and(|it| {
        it.feats.gerund || matches!(it.upos, Upos::Det | Upos::Pron | Upos::Propn | Upos::Sconj | Upos::Num)
    });
    if finite || !plural || !named || !goes_on {
        return;
    }
    let gerund = led || next.is_some_and(|it| it.feats.gerund && it.head == Some(at as u32));
    let determiners: Vec<usize> =
        (0..name).filter(|it| sentence.tokens[*it].head == Some(at as u32)).collect();
    for it in determiners {
        sentence.tokens[it].head = Some(name as u32);
    }
    sentence.tokens[name].deprel = Deprel::Nsubj;
    let it = &mut sentence.tokens[at];
    it.head = None;
    it.deprel = Deprel::Root;
    it.upos = Upos::Verb;
    it.lemma = lemma.into();
    it.feats.plural = false;
    it.feats.present = true;
    if gerund {
        sentence.tokens[at + 1].head = Some(at as u32);
        sentence.tokens[at + 1].deprel = Deprel::Xcomp;
    }
}

/// "neither has moved", "both have left": a word for two before a verb without
/// a subject is its subject.
#[allow(clippy::needless_range_loop)] // Tokens beside it are changed too.
fn pronouns(sentence: &mut Sentence, words: &[Box<str>]) {
    for at in 0..sentence.tokens.len() {
        if !matches!(&*words[at], "neither" | "both" | "none" | "each" | "nobody") {
            continue;
        }
        let Some(next) = sentence.tokens.get(at + 1) else { continue };
        let verb = match next.upos {
            Upos::Aux => next.head.map(|it| it as usize),
            Upos::Verb if next.feats.past || next.feats.present => Some(at + 1),
            _ => None,
        };
        let Some(verb) = verb.filter(|it| *it > at && sentence.tokens[*it].upos == Upos::Verb) else {
            continue;
        };
        let has_subject = sentence.children(verb).any(|it| {
            matches!(sentence.tokens[it].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj)
        });
        let free = sentence.children(at).next().is_none();
        if has_subject || !free || sentence.tokens[at].head.is_none() {
            continue;
        }
        let passive = sentence.children(verb).any(|it| sentence.tokens[it].deprel == Deprel::AuxPass);
        let it = &mut sentence.tokens[at];
        it.head = Some(verb as u32);
        it.upos = Upos::Pron;
        it.deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
    }
}

#[cfg(test)]
mod tests {
    use super::base_form;

    #[test]
    fn base_forms() {
        assert_eq!(base_form("shelled").as_deref(), Some("shell"));
        assert_eq!(base_form("underlined").as_deref(), Some("underline"));
        assert_eq!(base_form("grabbed").as_deref(), Some("grab"));
        assert_eq!(base_form("zzzed"), None);
    }
}
