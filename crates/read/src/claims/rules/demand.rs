//! Demands.

use truce_model::{ActorId, Kind, Stance};

use super::{Common, each, is_own};
use crate::claims::clause;
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::{Form, Valence};
use crate::claims::trigger::Trigger;

/// ## Reads
/// A call to comply, stop, withdraw, open: the kind is the conduct that would
/// break what is asked for, the accused is who is asked. Without a named
/// conduct the kind is null.
///
/// ## Matters because
/// A demand shows what a speaker holds to be owed; it is no charge.
///
/// ## Example
/// "The Concord urged both sides to pull back from the pass."
///
/// ## Misses
/// Demands hidden in wishes ("it would be good if …").
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    // "The ministry, asked by this newspaper, …" asks for no conduct.
    let questions = said.class() == truce_model::CueClass::Ask;
    if questions && said.triggers.iter().all(|it| it.valence != Valence::Keep) {
        return;
    }
    let cue = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize));
    draft_from(scene, said, cue, out);
}

/// The same, with the asking verb given ("We ask …" inside a quotation).
pub fn draft_from(scene: &Scene, said: &Said, cue: Option<usize>, out: &mut Vec<Draft>) {
    let mut asked = asked(scene, said, cue);
    if is_own(scene, said, &asked) && !is_own_force(scene, cue) {
        // "called on the two parties": a group that came out as the speakers
        // themselves means the parties to the agreement; a pronoun that did
        // means somebody else.
        let parties = scene.who.parties();
        let group = scene
            .lemmas_in(said.whole(scene))
            .iter()
            .any(|it| ["party", "side", "camp", "rival"].contains(it));
        asked = if group && parties.len() == 2 { parties } else { Vec::new() };
    }
    if asked.is_empty() && is_asked_of_them(scene, cue) {
        let parties = scene.who.parties();
        if parties.len() == 2 && !said.speakers.iter().any(|it| parties.contains(&scene.who.side(it))) {
            asked = parties;
        }
    }
    if is_own(scene, said, &asked) {
        return ordered(scene, said, out);
    }
    let mut kinds: Vec<Kind> = Vec::new();
    for trigger in &said.triggers {
        if !is_demanded(scene, trigger) || kinds.contains(&trigger.kind) {
            continue;
        }
        // "respect the ceasefire and stop bloodshed": the act outranks the
        // bare call to comply.
        let general = trigger.kind == Kind::NonFulfilment
            && said.triggers.iter().any(|it| it.kind != Kind::NonFulfilment && is_demanded(scene, it));
        if general {
            continue;
        }
        kinds.push(trigger.kind);
        let accused = match (asked.is_empty(), is_own(scene, said, &trigger.agents)) {
            _ if let Some(second) = second_asked(scene, said, trigger) => second,
            (false, _) => asked.clone(),
            (true, true) => Vec::new(),
            (true, false) if trigger.agents.is_empty() => doer_told_before(scene, said, trigger),
            (true, false) => trigger.agents.clone(),
        };
        let common =
            Common { stance: Stance::Demands, kind: Some(kind_of(scene, trigger)), rule: "claim/demand-act" };
        each(scene, said, Some(trigger), &accused, &common, out);
    }
    // Strangers to the conflict are asked for many things that are no conduct.
    let stranger = |it: &ActorId| {
        use truce_model::ActorKind::{Person, Public, State};
        !scene.who.in_pack(it)
            && !scene.who.in_pack(&scene.who.side(it))
            && matches!(scene.who.kind(it), Some(Person | Public | State) | None)
    };
    asked.retain(|it| !scene.who.has_pack() || !stranger(it));
    if kinds.is_empty() && !asked.is_empty() && !is_own(scene, said, &asked) {
        let common = Common { stance: Stance::Demands, kind: None, rule: "claim/demand-general" };
        each(scene, said, None, &asked, &common, out);
    }
    presupposed(scene, said, &asked, out);
}

/// "Urged Northland to lift the siege and Rivermark to free its captives": the
/// second infinitive has its own addressee right before it.
fn second_asked(scene: &Scene, said: &Said, trigger: &Trigger) -> Option<Vec<ActorId>> {
    let tree = scene.tree;
    let to = trigger.token.checked_sub(1).filter(|it| tree.lemma(*it) == "to")?;
    let name = to.checked_sub(1)?;
    let mention = scene.who.mention(scene.sentence, name)?;
    let skip = |it: usize, words: &[&str]| {
        if words.contains(&tree.lemma(it)) { it.saturating_sub(1) } else { it }
    };
    // "called on A to … and on B to …"
    let joint = skip(skip(mention.tokens.0.checked_sub(1)?, &["the", "a"]), &["on", "upon", "for"]);
    let found = crate::claims::who::members(mention);
    let listed = ["and", ","].contains(&tree.lemma(joint));
    // "Urged A and B to …" asks both for one thing.
    let content = said.whole(scene);
    let earlier = (1..joint).any(|it| {
        content.contains(tree.token(it).span)
            && tree.lemma(it - 1) == "to"
            && tree.token(it).upos == truce_syntax::Upos::Verb
    });
    (earlier && listed && !found.is_empty() && !is_own(scene, said, &found)).then_some(found)
}

/// "Urged them to": with no party speaking, *them* are the parties.
fn is_asked_of_them(scene: &Scene, cue: Option<usize>) -> bool {
    let tree = scene.tree;
    cue.is_some_and(|cue| {
        let roles = clause::roles(tree, cue);
        let subjects = roles.comp.iter().flat_map(|it| tree.dependents(*it, &["nsubj"]).collect::<Vec<_>>());
        let asked: Vec<usize> = roles.obj.iter().copied().chain(subjects).collect();
        asked.iter().any(|it| ["they", "them"].contains(&tree.lemma(*it)))
            || (cue + 1 < tree.len() && tree.lemma(cue + 1) == "they")
    })
}

/// "Demanded that it be taken down": the pronoun stands for a thing told
/// before, and who is asked is he whose act that was.
fn doer_told_before(scene: &Scene, said: &Said, trigger: &Trigger) -> Vec<ActorId> {
    let roles = &trigger.roles;
    let pronoun = roles.obj.iter().any(|it| ["it", "they", "them", "this"].contains(&scene.tree.lemma(*it)));
    if !pronoun {
        return Vec::new();
    }
    let last = scene.before.iter().rev().find(|it| it.kind == Some(trigger.kind) && it.accused.is_some());
    let found: Vec<ActorId> = last.and_then(|it| it.accused.clone()).into_iter().collect();
    if is_own(scene, said, &found) { Vec::new() } else { found }
}

/// Whether the object of the cue is named as the speaker's own force ("ordered
/// the army", "his troops"), not only by a pronoun or as one of a group.
fn is_own_force(scene: &Scene, cue: Option<usize>) -> bool {
    let tree = scene.tree;
    cue.is_some_and(|cue| {
        clause::roles(tree, cue).obj.iter().any(|&it| {
            tree.token(it).upos != truce_syntax::Upos::Pron
                && !["party", "side", "camp"].contains(&tree.lemma(it))
        })
    })
}

/// What is to pass may be only a pronoun ("let them through"): then it is
/// what was held up before.
fn kind_of(scene: &Scene, trigger: &Trigger) -> Kind {
    let pronoun = trigger
        .roles
        .obj
        .iter()
        .chain(&trigger.roles.subj)
        .any(|it| ["they", "it", "them"].contains(&scene.tree.lemma(*it)));
    let held = scene.before.last().filter(|it| scene.sentence - it.sentence <= 1).and_then(|it| it.kind);
    match (trigger.kind, held) {
        (Kind::MovementObstruction, Some(Kind::HumanitarianObstruction)) if pronoun => {
            Kind::HumanitarianObstruction
        }
        _ => trigger.kind,
    }
}

/// An order to one's own forces is an act of one's own.
fn ordered(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    for trigger in &said.triggers {
        let stance = match trigger.valence {
            Valence::Keep => Stance::Pledges,
            _ => Stance::Acknowledges,
        };
        let common = Common { stance, kind: Some(trigger.kind), rule: "claim/order" };
        each(scene, said, Some(trigger), &said.speakers, &common, out);
    }
}

/// What is asked for: conduct that keeps an obligation, or the end of conduct
/// that breaks one.
fn is_demanded(scene: &Scene, trigger: &Trigger) -> bool {
    // "all who hold a gate must open it": a relative clause says who is asked.
    if scene.tree.token(trigger.token).deprel == truce_syntax::Deprel::AclRelcl {
        return false;
    }
    if trigger.form == Form::Noun && trigger.valence == Valence::Breach {
        return false;
    }
    let circumstance = matches!(scene.tree.rel(trigger.token), "advcl") && trigger.valence == Valence::Breach;
    trigger.valence == Valence::Keep && !circumstance
}

/// Who is asked: the addressee, else the subject of what is demanded.
pub fn asked(scene: &Scene, said: &Said, cue: Option<usize>) -> Vec<ActorId> {
    let tree = scene.tree;
    if let Some(cue) = cue {
        let roles = clause::roles(tree, cue);
        let phrases: Vec<usize> = roles
            .obl
            .iter()
            .chain(&roles.of)
            .copied()
            .filter(|it| matches!(tree.preposition(*it), Some("on" | "upon" | "to" | "from" | "of" | "with")))
            .collect();
        // "renewed its call on the envoy": the call is not who is asked.
        let (calls, objects): (Vec<usize>, Vec<usize>) =
            roles.obj.iter().copied().partition(|it| CALLS.contains(&tree.lemma(*it)));
        let on: Vec<usize> = calls.iter().flat_map(|it| tree.dependents(*it, &["nmod", "obl"])).collect();
        for list in [&objects, &on, &phrases] {
            let found = scene.who.of_tokens(tree, scene.sentence, list);
            if !found.is_empty() {
                return with_listed(scene, cue, found);
            }
        }
        for &clause in &roles.comp {
            let inner = clause::roles(tree, clause);
            let found = scene.who.of_tokens(tree, scene.sentence, &inner.subj);
            if !found.is_empty() && !is_own(scene, said, &found) {
                return found;
            }
        }
    }
    let addressees: Vec<ActorId> = said.statement.addressee.clone();
    if !addressees.is_empty() {
        return addressees;
    }
    Vec::new()
}

/// Nouns for the asking itself.
const CALLS: [&str; 9] =
    ["call", "appeal", "demand", "request", "plea", "order", "ultimatum", "invitation", "exhortation"];

/// A charge presupposed by a demand: "end the unlawful blockade" holds an
/// allegation besides the demand (codebook, settled case 5).
fn presupposed(scene: &Scene, said: &Said, asked: &[ActorId], out: &mut Vec<Draft>) {
    for trigger in &said.triggers {
        let charged = trigger.form == Form::Noun
            && trigger.kind != Kind::NonFulfilment
            && scene.tree.children(trigger.token).iter().any(|it| CHARGING.contains(&scene.tree.lemma(*it)));
        if !charged {
            continue;
        }
        let accused = if trigger.agents.is_empty() { asked.to_vec() } else { trigger.agents.clone() };
        if accused.is_empty() || is_own(scene, said, &accused) {
            continue;
        }
        let common = Common { stance: Stance::Alleges, kind: Some(trigger.kind), rule: "claim/presupposed" };
        each(scene, said, Some(trigger), &accused, &common, out);
    }
}

/// Adjectives that make a noun of conduct a charge.
pub const CHARGING: [&str; 12] = [
    "illegal",
    "unlawful",
    "illicit",
    "criminal",
    "brutal",
    "unprovoked",
    "treacherous",
    "barbaric",
    "blatant",
    "flagrant",
    "inhuman",
    "savage",
];

/// Others asked in the same breath: "appealed to A, B and C to …", however the
/// parser joined them.
fn with_listed(scene: &Scene, cue: usize, mut asked: Vec<ActorId>) -> Vec<ActorId> {
    let tree = scene.tree;
    let verb = (cue + 1..tree.len())
        .find(|it| tree.lemma(*it) == "to" && tree.token(*it).upos == truce_syntax::Upos::Part);
    let Some(verb) = verb else { return asked };
    let listed = (cue + 1..verb).any(|it| matches!(tree.lemma(it), "," | "and"));
    let clause = (cue + 1..verb).any(|it| ["which", "who", "that", "whose"].contains(&tree.lemma(it)));
    if !listed || clause {
        return asked;
    }
    for token in cue + 1..verb {
        let head = scene.who.mention(scene.sentence, token).is_some_and(|it| it.head == token);
        if !head {
            continue;
        }
        for actor in scene.who.of_tokens(tree, scene.sentence, &[token]) {
            if !asked.iter().any(|it| scene.who.side(it) == scene.who.side(&actor)) {
                asked.push(actor);
            }
        }
    }
    asked
}
