//! A predicate with its roles, polarity and modality, read off the tree.
//!
//! Roles cross the places where English leaves them unsaid: relative clauses,
//! participles, coordination and control.

pub use super::reality::{flips, is_negated, is_negated_besides, modality};
use truce_syntax::{Deprel, Sentence, Token, Upos};

/// How real a predicate is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// Said to be so.
    Asserted,
    /// Will be so.
    Future,
    /// Ought to be so.
    Should,
    /// May be so.
    Possible,
    /// Would be so if.
    Conditional,
    /// Is the purpose of something else.
    Purpose,
}

/// The tree of one sentence with children at hand.
pub struct Tree<'s> {
    /// The sentence.
    pub sentence: &'s Sentence,
    children: Vec<Vec<usize>>,
}

/// Longest chain of governors that is followed; trees of prose are far lower.
pub(super) const CHAIN_MAX: usize = 64;

impl<'s> Tree<'s> {
    /// Indexes a sentence.
    pub fn new(sentence: &'s Sentence) -> Tree<'s> {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (at, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head as usize].push(at);
            }
        }
        Tree { sentence, children }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether the sentence has no tokens.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// The token at `at`.
    pub fn token(&self, at: usize) -> &'s Token {
        &self.sentence.tokens[at]
    }

    /// The lemma at `at`.
    pub fn lemma(&self, at: usize) -> &'s str {
        &self.sentence.tokens[at].lemma
    }

    /// Its relation without subtype.
    pub fn rel(&self, at: usize) -> &'static str {
        self.sentence.tokens[at].deprel.base()
    }

    /// Direct dependents, in order.
    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    /// Whether `under` hangs on `verb` or on the verb chain it belongs to.
    pub fn is_verb_chain(&self, verb: usize, under: usize) -> bool {
        let Some(head) = self.head(under) else { return false };
        head == verb || self.head(verb) == Some(head) || self.head(head) == Some(verb)
    }

    /// The governor.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.sentence.tokens[at].head.map(|it| it as usize)
    }

    /// Dependents with one of the relations (without subtype).
    pub fn dependents<'a>(&'a self, at: usize, rels: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.children[at].iter().copied().filter(move |it| rels.contains(&self.rel(*it)))
    }

    /// The first dependent with the relation.
    pub fn dependent(&self, at: usize, rel: &str) -> Option<usize> {
        self.children[at].iter().copied().find(|it| self.rel(*it) == rel)
    }

    /// Whether `at` has a dependent with this relation and lemma.
    pub fn has(&self, at: usize, rel: &str, lemmas: &[&str]) -> bool {
        self.children[at].iter().any(|it| self.rel(*it) == rel && lemmas.contains(&self.lemma(*it)))
    }

    /// The preposition before `at`.
    pub fn preposition(&self, at: usize) -> Option<&'s str> {
        self.dependent(at, "case").map(|it| self.lemma(it))
    }

    /// Whether the verb is passive.
    pub fn is_passive(&self, at: usize) -> bool {
        self.children[at].iter().any(|it| {
            matches!(self.token(*it).deprel, Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass)
        })
    }

    /// All tokens of the subtree, in order.
    pub fn subtree(&self, at: usize) -> Vec<usize> {
        let mut out = vec![at];
        let mut next = 0;
        while next < out.len() {
            out.extend(self.children[out[next]].iter().copied());
            next += 1;
        }
        out.sort_unstable();
        out
    }

    /// The subtree without clauses of their own (relative, adverbial,
    /// complement), in order: the words of one clause or phrase.
    pub fn phrase(&self, at: usize) -> Vec<usize> {
        let mut out = vec![at];
        let mut next = 0;
        while next < out.len() {
            let here = out[next];
            for child in &self.children[here] {
                let clause = matches!(self.rel(*child), "acl" | "advcl" | "ccomp" | "csubj" | "parataxis")
                    || (self.rel(*child) == "conj" && self.token(*child).upos == Upos::Verb);
                if !clause {
                    out.push(*child);
                }
            }
            next += 1;
        }
        out.sort_unstable();
        out
    }
}

/// The roles of one predicate; each list is in order of the text.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// Who does it.
    pub subj: Vec<usize>,
    /// To whom or what.
    pub obj: Vec<usize>,
    /// The *by* phrase of a passive or a noun.
    pub agent: Vec<usize>,
    /// Other phrases with a preposition.
    pub obl: Vec<usize>,
    /// Particles.
    pub prt: Vec<usize>,
    /// Complement clauses.
    pub comp: Vec<usize>,
    /// Nouns after *of*, *on*, *against*, *to*, *for* (nouns only).
    pub of: Vec<usize>,
    /// Adjectives, compounds and possessors before it (nouns only).
    pub modifiers: Vec<usize>,
    /// Adverbs.
    pub adverbs: Vec<usize>,
    /// Whether the subject was taken over from a governing clause.
    pub subj_inherited: bool,
}

/// The noun that follows a verb with nothing but its own modifiers between:
/// its object, whatever the parser made of it.
fn noun_after(tree: &Tree, verb: usize) -> Option<usize> {
    let mut noun = None;
    for at in verb + 1..(verb + NOUN_AFTER_WORDS).min(tree.len()) {
        // "carried out more than two dozen strikes"
        let measures = noun.is_none() && MEASURING.contains(&tree.lemma(at));
        if measures || tree.token(at).deprel == Deprel::CompoundPrt {
            continue;
        }
        match tree.token(at).upos {
            Upos::Det | Upos::Adj | Upos::Num => {}
            Upos::Pron if tree.token(at).deprel == Deprel::NmodPoss => {}
            Upos::Part if tree.lemma(at) == "'s" => noun = None,
            Upos::Punct if matches!(tree.lemma(at), "\"" | "“" | "‘" | "-") => {}
            Upos::Noun | Upos::Propn => {
                // Times are no objects: "struck on Sunday", "fired all night".
                let time = tree.token(at).deprel.as_str() == "obl:unmarked" && tree.head(at) == Some(verb);
                if time {
                    return noun;
                }
                noun = Some(at);
            }
            _ => return noun,
        }
    }
    noun
}

/// How far after its verb an object's head may stand.
const NOUN_AFTER_WORDS: usize = 9;

/// Words before a number.
const MEASURING: [&str; 6] = ["more", "than", "least", "nearly", "about", "almost"];

/// Whether a conjunction of time stands right before the noun's phrase.
fn is_joined(tree: &Tree, noun: usize) -> bool {
    let first = tree.subtree(noun).first().copied().unwrap_or(noun).min(noun);
    let before = if tree.token(first).upos == Upos::Adp || tree.token(first).upos == Upos::Sconj {
        Some(first)
    } else {
        first.checked_sub(1)
    };
    before.is_some_and(|it| ["after", "before", "since", "until"].contains(&tree.lemma(it)))
}

/// Nouns of time that parsers take for subjects.
const TIMES: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
    "week",
    "month",
    "year",
    "night",
];

/// The noun before a finite verb with nothing but adverbs, auxiliaries and
/// phrases with a preposition between: its subject, where the parser found
/// none ("Northland on Sunday launched").
fn noun_before(tree: &Tree, verb: usize) -> Option<usize> {
    for at in (verb.saturating_sub(8)..verb).rev() {
        match tree.token(at).upos {
            Upos::Adv | Upos::Aux | Upos::Part | Upos::Adp | Upos::Num | Upos::Det | Upos::Adj => {}
            Upos::Noun | Upos::Propn if TIMES.contains(&tree.lemma(at).to_lowercase().as_str()) => {}
            Upos::Noun | Upos::Propn | Upos::Pron => {
                // "after Northland on Tuesday launched": a conjunction, whatever
                // its tag.
                let joins = |it: usize| ["after", "before", "since", "until", "as"].contains(&tree.lemma(it));
                let in_phrase = tree.dependent(at, "case").is_some_and(|it| it < at && !joins(it))
                    || (at > 0 && tree.token(at - 1).upos == Upos::Adp && !joins(at - 1));
                if !in_phrase {
                    return Some(at);
                }
            }
            _ => return None,
        }
    }
    None
}

/// Words that measure what follows *of*.
const QUANTITIES: [&str; 14] = [
    "dozen", "hundred", "thousand", "score", "third", "half", "quarter", "number", "many", "most", "some",
    "several", "part", "all",
];

/// A participle that was tagged as a noun: "had been hit".
pub fn is_noun_read_participle(tree: &Tree, at: usize) -> bool {
    tree.token(at).upos == Upos::Noun
        && tree.has(at, "cop", &["be"])
        && tree.has(at, "aux", &["have"])
        && tree.dependent(at, "det").is_none()
        // "Has been under siege" is no participle.
        && tree.dependent(at, "case").is_none()
}

/// Prepositions that are particles when they follow a verb at once.
const PARTICLES: [&str; 9] = ["over", "back", "up", "off", "out", "down", "in", "away", "forward"];

const RELATIVE: [&str; 4] = ["which", "who", "that", "whom"];

/// Reads the roles of token `at`.
pub fn roles(tree: &Tree, at: usize) -> Roles {
    let mut out = Roles::default();
    let passive = tree.is_passive(at);
    for &child in tree.children(at) {
        let token = tree.token(child);
        let participle = (tree.token(at).feats.participle_past && tree.has(at, "aux", &["be", "get"]))
            || is_noun_read_participle(tree, at);
        match token.deprel {
            // A participle with "be" is a passive even where the parser says
            // otherwise; an agent is taken from nowhere but a by-phrase.
            Deprel::Nsubj | Deprel::NsubjOuter if participle || passive => {
                push_with_conj(tree, &mut out.obj, child)
            }
            Deprel::Nsubj | Deprel::NsubjOuter => push_with_conj(tree, &mut out.subj, child),
            // No passive without "be": the label alone is not believed.
            Deprel::NsubjPass if !tree.has(at, "aux", &["be", "get"]) && tree.token(at).feats.past => {
                push_with_conj(tree, &mut out.subj, child);
            }
            Deprel::NsubjPass => push_with_conj(tree, &mut out.obj, child),
            Deprel::Obj | Deprel::Iobj => push_with_conj(tree, &mut out.obj, child),
            Deprel::OblAgent if tree.preposition(child) == Some("by") => {
                push_with_conj(tree, &mut out.agent, child)
            }
            Deprel::CompoundPrt => out.prt.push(child),
            Deprel::Ccomp | Deprel::Xcomp => {
                out.comp.push(child);
                out.comp.extend(tree.dependents(child, &["conj"]));
            }
            Deprel::Advmod => out.adverbs.push(child),
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss => out.modifiers.push(child),
            Deprel::Acl if token.feats.infinitive => out.comp.push(child),
            _ => match token.deprel.base() {
                "obl" => {
                    let by = tree.preposition(child) == Some("by");
                    let participle = matches!(tree.token(at).deprel, Deprel::Acl | Deprel::Amod);
                    let noun_like = tree.token(at).feats.gerund && tree.dependent(at, "nsubj").is_none();
                    if by && (passive || participle || noun_like || tree.token(at).feats.participle_past) {
                        push_with_conj(tree, &mut out.agent, child);
                    } else {
                        push_with_conj(tree, &mut out.obl, child);
                    }
                }
                "nmod" => match tree.preposition(child) {
                    Some("by") => push_with_conj(tree, &mut out.agent, child),
                    _ => push_with_conj(tree, &mut out.of, child),
                },
                _ => {}
            },
        }
    }
    // "broken by both at Alder": what stands right after the participle's *by*.
    if out.agent.is_empty()
        && tree.token(at).feats.participle_past
        && at + 2 < tree.len()
        && tree.lemma(at + 1) == "by"
        && tree.lemma(at + 2) == "both"
    {
        out.agent.push(at + 2);
    }
    // Days do nothing: "after Northland on Tuesday launched".
    out.subj.retain(|it| !TIMES.contains(&tree.lemma(*it).to_lowercase().as_str()));
    let feats = tree.token(at).feats;
    let finite = (feats.past || feats.present) && !feats.infinitive && !feats.gerund;
    // A finite clause of its own takes no subject from the one above it.
    let own_clause = matches!(tree.rel(at), "advcl" | "ccomp" | "parataxis" | "root");
    // "tensions after Northland closed the road": what joins the clause is no
    // preposition, and the noun after it does what follows.
    if !passive && finite && tree.token(at).upos == Upos::Verb {
        let joined = noun_before(tree, at).filter(|it| is_joined(tree, *it));
        if let Some(it) = joined.filter(|it| out.subj.iter().all(|subj| subj < it)) {
            out.subj = vec![it];
        }
    }
    if out.subj.is_empty() && !passive && finite && own_clause && tree.token(at).upos == Upos::Verb {
        out.subj.extend(noun_before(tree, at));
    }
    fill_gap(tree, at, passive, &mut out);
    // "said lorries had been held", with the lorries read as what was said.
    if passive
        && out.obj.is_empty()
        && tree.rel(at) == "ccomp"
        && let Some(head) = tree.head(at)
    {
        out.obj.extend(tree.dependents(head, &["obj"]).filter(|it| *it > head && *it < at));
    }
    // "hand over the captives", with the particle read as a preposition.
    if out.obj.is_empty() && tree.token(at).upos == Upos::Verb {
        let split = out.obl.iter().copied().find(|&it| {
            tree.dependents(it, &["case"]).any(|case| case == at + 1 && PARTICLES.contains(&tree.lemma(case)))
        });
        if let Some(it) = split {
            out.prt.push(at + 1);
            out.obj.push(it);
        }
    }
    // "held up two of her lorries": a number before *of* makes it the object.
    if out.obj.is_empty() && !passive && tree.token(at).upos == Upos::Verb {
        let counted = out.obl.iter().copied().find(|&it| {
            tree.dependents(it, &["nummod"]).any(|number| {
                number + 1 < tree.len() && tree.lemma(number + 1) == "of" && number > at && number <= at + 3
            })
        });
        out.obj.extend(counted);
    }
    if out.obj.is_empty() && !passive && tree.token(at).upos == Upos::Verb {
        out.obj.extend(noun_after(tree, at));
    }
    // "two of her ambulances": the measured noun is the object too.
    for object in out.obj.clone() {
        let measure = tree.token(object).upos == Upos::Num || QUANTITIES.contains(&tree.lemma(object));
        if measure && object + 1 < tree.len() && tree.lemma(object + 1) == "of" {
            let end = (object + 6).min(tree.len());
            let noun = (object + 2..end).find(|it| tree.token(*it).upos == Upos::Noun);
            out.obj.extend(noun.filter(|it| !out.obj.contains(it)));
        }
    }
    // What hangs on the object with a preposition is often meant for the verb
    // ("laid mines along the road"); both readings are open to frames.
    for object in out.obj.clone() {
        let more: Vec<usize> = tree.dependents(object, &["nmod"]).collect();
        out.obl.extend(more);
    }
    out
}

fn push_with_conj(tree: &Tree, list: &mut Vec<usize>, at: usize) {
    list.push(at);
    list.extend(tree.dependents(at, &["conj"]));
}

/// Takes over roles that the clause leaves unsaid.
fn fill_gap(tree: &Tree, at: usize, passive: bool, out: &mut Roles) {
    let Some(head) = tree.head(at) else { return };
    let token = tree.token(at);
    match token.deprel {
        Deprel::AclRelcl | Deprel::Acl => {
            let relative = |list: &[usize]| list.iter().any(|it| RELATIVE.contains(&tree.lemma(*it)));
            if relative(&out.subj) {
                out.subj = vec![head];
            } else if relative(&out.obj) {
                out.obj = vec![head];
            } else if token.feats.participle_past && out.subj.is_empty() && out.obj.is_empty() {
                out.obj.push(head);
            } else if out.subj.is_empty() && !out.obj.is_empty() && !token.feats.infinitive {
                // "units attacked the mint": with an object of its own the
                // clause is active, and its head does it.
                out.subj.push(head);
            } else if token.feats.gerund && out.subj.is_empty() {
                // "were guilty of violating": those of whom it is said.
                let said_of =
                    if tree.has(head, "cop", &["be"]) { roles(tree, head).subj } else { Vec::new() };
                out.subj = if said_of.is_empty() { vec![head] } else { said_of };
            } else if token.deprel == Deprel::AclRelcl && out.obj.is_empty() && !out.subj.is_empty() {
                out.obj.push(head);
            } else if token.feats.infinitive && out.subj.is_empty() {
                out.subj_inherited = true;
                out.subj = governing_subject(tree, head);
            }
        }
        Deprel::Conj if out.subj.is_empty() && token.upos == Upos::Verb => {
            let first = roles(tree, head);
            if passive {
                if out.obj.is_empty() {
                    out.obj = first.obj;
                }
            } else {
                out.subj = first.subj;
                out.subj_inherited = true;
                if out.subj.is_empty() && tree.is_passive(head) && !token.feats.past {
                    // "was hit and burned": the second participle shares the passive.
                    if out.obj.is_empty() {
                        out.obj = first.obj;
                    }
                }
            }
        }
        // A verb read as an adjective of its own object: "go on occupying homes".
        Deprel::Amod
            if token.upos == Upos::Verb && head > at && (token.feats.gerund || !out.subj.is_empty()) =>
        {
            out.obj.push(head);
            if out.subj.is_empty() {
                out.subj_inherited = true;
                out.subj = governing_subject(tree, head);
            }
        }
        Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Obl
            if out.subj.is_empty() && !passive && token.upos == Upos::Verb =>
        {
            let finite_subject = matches!(token.deprel, Deprel::Ccomp | Deprel::Parataxis);
            if !finite_subject {
                out.subj_inherited = true;
                let governor = roles(tree, head);
                // "accused X of blocking": the accused blocks.
                let charged =
                    ["accuse", "suspect", "blame", "charge", "convict", "acquit", "warn", "ask", "urge"]
                        .contains(&tree.lemma(head));
                out.subj = match token.deprel {
                    _ if charged && !governor.obj.is_empty() => governor.obj,
                    Deprel::Xcomp if !governor.obj.is_empty() => governor.obj,
                    _ if governor.subj.is_empty() && tree.is_passive(head) => governor.obj,
                    _ => governor.subj,
                };
            }
        }
        _ => {}
    }
}

/// The subject of the clause a noun stands in.
fn governing_subject(tree: &Tree, noun: usize) -> Vec<usize> {
    let mut at = noun;
    for _ in 0..CHAIN_MAX {
        if tree.token(at).upos == Upos::Verb {
            return roles(tree, at).subj;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return Vec::new(),
        }
    }
    Vec::new()
}
