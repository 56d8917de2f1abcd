//! Whose conduct a word of conduct names: subject, *by* phrase, possessor, who
//! is said to be behind it. An agentless passive names nobody.

use truce_model::ActorId;
use truce_syntax::Upos;

use super::clause::{self, Roles, Tree};
use super::lexicon::Form;
use super::who::Who;
use crate::statements::cues;

/// Whose conduct it is. The flag says that the words leave it out.
pub fn agents(
    tree: &Tree,
    sentence: usize,
    at: usize,
    form: Form,
    roles: &Roles,
    who: &Who,
) -> (Vec<ActorId>, bool) {
    let first = |lists: &[&[usize]]| -> Vec<ActorId> {
        for list in lists {
            let found = who.of_tokens(tree, sentence, list);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    };
    match form {
        Form::Verb | Form::Adjective => {
            let agentless = roles.agent.is_empty() && roles.subj.is_empty();
            if form == Form::Adjective && tree.is_passive(at) {
                return (first(&[&roles.subj, &roles.obj]), false);
            }
            let found = first(&[&roles.agent, &roles.subj]);
            if found.is_empty() && roles.agent.is_empty() && roles.subj.is_empty() {
                return (at_whose_post(tree, sentence, roles, who), true);
            }
            (found, agentless)
        }
        Form::Noun => {
            let from: Vec<usize> =
                roles.of.iter().copied().filter(|it| tree.preposition(*it) == Some("from")).collect();
            let of: Vec<usize> = roles
                .of
                .iter()
                .copied()
                .filter(|it| tree.preposition(*it) == Some("of") && AGENT_OF.contains(&tree.lemma(at)))
                .collect();
            let mut found = first(&[&roles.agent, &roles.modifiers, &from, &of]);
            // "61 breaches: 49 by Northland, 12 by Rivermark"
            let shares = (1..tree.len())
                .filter(|it| *it > at && tree.lemma(*it) == "by" && tree.token(*it - 1).upos == Upos::Num)
                .count();
            if shares > 1 {
                for actor in by_phrase_after(tree, sentence, at, who) {
                    if !found.contains(&actor) {
                        found.push(actor);
                    }
                }
            }
            if !found.is_empty() {
                return (found, false);
            }
            // "died in a breach of the truce by Hamas": the breach's own by-phrase.
            if tree.preposition(at) == Some("in") {
                let end = (at + 7).min(tree.len());
                let by = (at + 1..end)
                    .take_while(|it| {
                        tree.token(*it).upos != Upos::Verb && !matches!(tree.lemma(*it), "," | ";" | ".")
                    })
                    .find(|it| tree.lemma(*it) == "by");
                let doers: Vec<usize> =
                    by.into_iter().flat_map(|it| it + 1..(it + 4).min(tree.len())).collect();
                let found = first(&[&doers]);
                if !found.is_empty() {
                    return (found, false);
                }
            }
            // "tolerates it in breach of its word": whoever does it breaks it.
            if tree.preposition(at) == Some("in")
                && let Some(verb) = tree
                    .head(at)
                    .filter(|it| tree.token(*it).upos == Upos::Verb && !cues::is_report(tree.lemma(*it)))
            {
                let act = clause::roles(tree, verb);
                let found = first(&[&act.agent, &act.subj]);
                if !found.is_empty() {
                    return (found, false);
                }
            }
            // "Northland resumed its attack", "troops on the offensive": the
            // subject of the verb the noun is the object of, where that verb
            // makes it the subject's own act.
            if let Some(head) = supporting_verb(tree, at)
                && OWN_ACT.contains(&tree.lemma(head))
            {
                let subject = clause::roles(tree, head).subj;
                return (first(&[&subject]), subject.is_empty());
            }
            if let Some(subject) = answerable(tree, at) {
                let found = first(&[&subject]);
                if !found.is_empty() {
                    return (found, false);
                }
            }
            match by_phrase_after(tree, sentence, at, who) {
                found if !found.is_empty() => (found, false),
                _ => (Vec::new(), true),
            }
        }
    }
}

/// Who is said to be behind the act that a noun names: "is behind the attack",
/// "was responsible for the bombing", "the shelling was the work of".
fn answerable(tree: &Tree, noun: usize) -> Option<Vec<usize>> {
    let governed = |it: usize| -> Option<Vec<usize>> {
        let subjects = clause::roles(tree, it).subj;
        (!subjects.is_empty()).then_some(subjects)
    };
    match tree.preposition(noun) {
        Some("behind") if tree.has(noun, "cop", &["be"]) => return governed(noun),
        Some("behind") => {
            let head = tree.head(noun)?;
            return ["be", "stand", "hold"].contains(&tree.lemma(head)).then(|| governed(head)).flatten();
        }
        Some("for") => {
            let head = tree.head(noun)?;
            if ANSWERABLE.contains(&tree.lemma(head)) {
                return governed(head).or_else(|| governed(tree.head(head)?));
            }
        }
        _ => {}
    }
    if tree.rel(noun) == "nsubj" {
        let head = tree.head(noun)?;
        if ["work", "doing", "handiwork", "hand"].contains(&tree.lemma(head)) {
            let doers: Vec<usize> = tree.dependents(head, &["nmod"]).collect();
            return (!doers.is_empty()).then_some(doers);
        }
    }
    None
}

/// Words that tie a doer to an act after *for*.
const ANSWERABLE: [&str; 8] =
    ["responsible", "guilty", "culpable", "answerable", "blame", "responsibility", "credit", "liable"];

/// "was kept waiting at a Northland checkpoint", "is held in a Northland jail":
/// who keeps the place did it.
fn at_whose_post(tree: &Tree, sentence: usize, roles: &Roles, who: &Who) -> Vec<ActorId> {
    let under: Vec<usize> = roles.comp.iter().flat_map(|it| tree.dependents(*it, &["obl"])).collect();
    let posts: Vec<usize> = roles
        .obl
        .iter()
        .chain(&under)
        .copied()
        .filter(|it| matches!(tree.preposition(*it), Some("at" | "in" | "by")))
        .filter(|it| POSTS.contains(&tree.lemma(*it)))
        .collect();
    who.of_tokens(tree, sentence, &posts)
}

/// Places that those who man them answer for.
const POSTS: [&str; 12] = [
    "checkpoint",
    "roadblock",
    "post",
    "prison",
    "jail",
    "barracks",
    "checkpost",
    "cell",
    "barrier",
    "camp",
    "dungeon",
    "outpost",
];

/// A *by* phrase further on in the same stretch, where coordination led the
/// parser astray ("transport of men, weapons, mines by Rivermark").
fn by_phrase_after(tree: &Tree, sentence: usize, noun: usize, who: &Who) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    let end = (noun + BY_WORDS_MAX).min(tree.len());
    for at in noun + 1..end {
        let finite =
            tree.token(at).upos == Upos::Verb && tree.dependents(at, &["nsubj", "aux"]).next().is_some();
        if finite || tree.lemma(at) == ";" {
            break;
        }
        if tree.lemma(at) == "by" && at + 1 < tree.len() {
            let reach: Vec<usize> = (at + 1..(at + 4).min(tree.len())).collect();
            for actor in who.of_tokens(tree, sentence, &reach) {
                if !found.contains(&actor) {
                    found.push(actor);
                }
            }
        }
    }
    found
}

/// Who it came from: "under fire from a boat", "under attack by rebels".
pub fn source_after(tree: &Tree, sentence: usize, at: usize, who: &Who) -> Vec<ActorId> {
    let end = (at + BY_WORDS_MAX).min(tree.len());
    let finite = |it: usize| {
        tree.token(it).upos == Upos::Verb && tree.dependents(it, &["nsubj", "aux"]).next().is_some()
    };
    let from: Vec<usize> = (at + 1..end)
        .take_while(|it| !finite(*it) && tree.lemma(*it) != ";")
        .filter(|it| matches!(tree.preposition(*it), Some("from" | "by")))
        .collect();
    who.of_tokens(tree, sentence, &from)
}

/// How far after a noun its *by* phrase may stand.
const BY_WORDS_MAX: usize = 18;

/// The verb that carries a noun of conduct as its object, also through a
/// naming ("launched what it called an operation").
fn supporting_verb(tree: &Tree, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..4 {
        let head = tree.head(at)?;
        let carried = matches!(tree.rel(at), "obj" | "xcomp" | "ccomp" | "acl");
        if !carried {
            return None;
        }
        if OWN_ACT.contains(&tree.lemma(head)) {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Nouns whose *of* phrase names the doer rather than the done-to.
const AGENT_OF: [&str; 24] = [
    "silence",
    "inaction",
    "presence",
    "withdrawal",
    "advance",
    "refusal",
    "failure",
    "rotation",
    "movement",
    "retreat",
    "pullout",
    "aggression",
    "incursion",
    "attack",
    "departure",
    "complicity",
    "inactivity",
    "buildup",
    "passivity",
    "offensive",
    "violation",
    "compliance",
    "commitment",
    "deployment",
];

/// Verbs that make the act named by their object the subject's own.
const OWN_ACT: [&str; 30] = [
    "launch",
    "mount",
    "carry",
    "conduct",
    "stage",
    "resume",
    "continue",
    "commit",
    "make",
    "begin",
    "start",
    "undertake",
    "intensify",
    "step",
    "escalate",
    "order",
    "announce",
    "wage",
    "execute",
    "expand",
    "maintain",
    "impose",
    "tighten",
    "perpetrate",
    "do",
    "take",
    "pursue",
    "complete",
    "show",
    "exercise",
];
