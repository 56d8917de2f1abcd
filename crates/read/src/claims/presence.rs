//! Troops that are somewhere, captives that are held: predicates without a
//! verb of conduct.

use truce_model::Kind;
use truce_syntax::Upos;

use super::clause::{self, Tree};
use super::lexicon::{Form, Lexicon, Valence};
use super::trigger::Trigger;
use super::who::Who;

/// Words after *there is* within which the thing and its place stand.
const EXISTENTIAL_WORDS_MAX: usize = 12;

/// ## Reads
/// "are still in every port", "there are no soldiers in the valley", "31
/// officers are still in custody": armed people said to be or not to be on
/// some ground, captives said to be held.
///
/// ## Matters because
/// The plainest denials and charges of non-withdrawal have no verb but *be*.
///
/// ## Example
/// "There had been no Rivermark soldiers in Alder Pass, the minister said."
///
/// ## Misses
/// Presence told by what troops do there ("queue at the bakery").
pub fn find(tree: &Tree, sentence: usize, who: &Who) -> Vec<Trigger> {
    let mut out = Vec::new();
    for at in 0..tree.len() {
        out.extend(predicate(tree, sentence, at, who));
        out.extend(existential(tree, sentence, at, who));
    }
    out
}

/// "are still in …", "is not in …", with the place as the predicate.
fn predicate(tree: &Tree, sentence: usize, at: usize, who: &Who) -> Option<Trigger> {
    if !tree.has(at, "cop", &["be"]) && !is_under_remain(tree, at) {
        return None;
    }
    let inside = matches!(
        tree.preposition(at)?,
        "in" | "inside" | "on" | "at" | "near" | "around" | "across" | "within" | "under" | "behind"
    );
    if !inside {
        return None;
    }
    let lexicon = Lexicon::shipped();
    let roles = clause::roles(tree, at);
    // "The fighters, he said, (…) are still in the port": the subject may have
    // become the root over what was inserted.
    let root = || (0..at).find(|it| tree.head(*it).is_none() && tree.token(*it).upos == Upos::Noun);
    let subject = roles.subj.first().copied().or_else(root)?;
    let lemma = tree.lemma(at).to_lowercase();
    if lexicon.is_in("captivity", &lemma) {
        return Some(trigger(tree, sentence, at, Kind::DetentionOrNonRelease, roles, who, &[]));
    }
    let flies = lexicon.is_in("aircraft", &tree.lemma(subject).to_lowercase());
    if flies && (is_ground(tree, sentence, at, who) || tree.lemma(at) == "area") {
        return Some(trigger(tree, sentence, at, Kind::AirspaceOrSurveillance, roles, who, &[subject]));
    }
    let stays = tree.has(at, "advmod", &["still"]) || clause::is_negated(tree, at);
    if !stays || !is_armed(tree, sentence, subject, who) || !is_ground(tree, sentence, at, who) {
        return None;
    }
    Some(trigger(tree, sentence, at, Kind::NonWithdrawal, roles, who, &[subject]))
}

fn is_under_remain(tree: &Tree, at: usize) -> bool {
    tree.rel(at) == "xcomp" && tree.head(at).is_some_and(|it| ["remain", "stay"].contains(&tree.lemma(it)))
}

/// "there is no …", "there were still …".
fn existential(tree: &Tree, sentence: usize, at: usize, who: &Who) -> Option<Trigger> {
    if tree.lemma(at) != "there" || tree.rel(at) != "expl" {
        return None;
    }
    let end = (at + EXISTENTIAL_WORDS_MAX).min(tree.len());
    let be = (at + 1..end).take(3).find(|it| tree.lemma(*it) == "be")?;
    let thing = (be + 1..end).find(|&it| {
        matches!(tree.token(it).upos, Upos::Noun | Upos::Propn) && is_armed(tree, sentence, it, who)
    })?;
    let between =
        |from: usize, to: usize, words: &[&str]| (from..to).any(|it| words.contains(&tree.lemma(it)));
    let negated = between(at, thing, &["no", "not", "n't", "never"]);
    let still = between(at, thing, &["still"]);
    let preposition =
        (thing + 1..end).find(|it| ["in", "inside", "on", "at", "near"].contains(&tree.lemma(*it)))?;
    let ground = (preposition + 1..end).any(|it| is_ground(tree, sentence, it, who));
    if !(negated || still) || !ground {
        return None;
    }
    let mut found =
        trigger(tree, sentence, thing, Kind::NonWithdrawal, clause::roles(tree, thing), who, &[thing]);
    found.negated = negated;
    found.valence = if negated { Valence::Keep } else { Valence::Breach };
    Some(found)
}

fn is_armed(tree: &Tree, sentence: usize, token: usize, who: &Who) -> bool {
    let lexicon = Lexicon::shipped();
    let lemma = tree.lemma(token).to_lowercase();
    let means = who.of_tokens(tree, sentence, &[token]);
    let people = tree.token(token).feats.plural && !means.is_empty();
    // "a handful of army guns"
    let measured = ["handful", "number", "dozen", "hundred", "thousand", "score", "some", "couple", "few"]
        .contains(&&*lemma)
        && tree.dependents(token, &["nmod"]).any(|it| is_armed(tree, sentence, it, who));
    measured
        || lexicon.is_in("force", &lemma)
        || lexicon.is_in("combatant", &lemma)
        || who.is_of_class("force", sentence, tree, token)
        || (people && means.iter().all(|it| who.in_pack(it)))
        // "A handful of guns", "dozens of fighters"
        || tree.dependents(token, &["nmod"]).any(|it| {
            let lemma = tree.lemma(it).to_lowercase();
            tree.preposition(it) == Some("of")
                && (lexicon.is_in("force", &lemma) || lexicon.is_in("combatant", &lemma))
        })
}

fn is_ground(tree: &Tree, sentence: usize, token: usize, who: &Who) -> bool {
    let one = |it: usize| {
        Lexicon::shipped().is_in("ground", tree.lemma(it)) || who.is_of_class("ground", sentence, tree, it)
    };
    one(token) || tree.dependents(token, &["nmod"]).any(one)
}

fn trigger(
    tree: &Tree,
    sentence: usize,
    at: usize,
    kind: Kind,
    roles: clause::Roles,
    who: &Who,
    doers: &[usize],
) -> Trigger {
    let negated = clause::is_negated(tree, at);
    let measured: Vec<usize> = doers.iter().flat_map(|it| tree.dependents(*it, &["nmod"])).collect();
    let mut agents = who.of_tokens(tree, sentence, doers);
    if agents.is_empty() {
        agents = who.of_tokens(tree, sentence, &measured);
    }
    Trigger {
        sentence,
        token: at,
        kind,
        valence: if negated { Valence::Keep } else { Valence::Breach },
        negated,
        modality: clause::modality(tree, at),
        agentless: agents.is_empty(),
        agents,
        form: Form::Adjective,
        line: 0,
        weight: 1,
        used: Vec::new(),
        roles,
        taken_over: false,
    }
}
