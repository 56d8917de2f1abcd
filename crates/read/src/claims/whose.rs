//! Whose conduct a word tells, as far as only the speaker makes it plain:
//! *we*, *the enemy*, a subject that the parser took from outside the
//! speaker's words, a doer named beside the breach.

use truce_model::{ActorId, Kind};
use truce_syntax::Upos;

use super::clause::Tree;
use super::draft::Scene;
use super::lexicon::{Form, Lexicon, Valence};
use super::trigger::Trigger;

/// What is known of the statement a word of conduct stands in.
pub struct Saying<'s> {
    /// Who is answerable for it.
    pub speakers: &'s [ActorId],
    /// What is said.
    pub content: truce_model::Span,
}

/// Settles whose conduct each trigger is.
pub fn settle(scene: &Scene, triggers: &mut [Trigger], sayings: &[Option<Saying>]) {
    for (trigger, saying) in triggers.iter_mut().zip(sayings) {
        if let Some(saying) = saying {
            subject_inside(scene, trigger, saying);
            it_speaks(scene, trigger, saying);
            if trigger.agents.is_empty() {
                first_person(scene, trigger, saying);
            }
            if trigger.agents.is_empty() {
                repelled(scene, trigger, saying);
            }
            let sides: Vec<ActorId> = saying.speakers.iter().map(|it| scene.who.side(it)).collect();
            if trigger.agents.iter().all(|it| sides.contains(&scene.who.side(it))) {
                other_side(scene, trigger, saying);
            }
            they(scene, trigger, saying);
            quoted_they(scene, trigger, saying);
            this_is(scene, trigger, saying);
            if trigger.agents.is_empty() {
                keeper_of_ours(scene, trigger, saying);
            }
        }
    }
    doer_of_breach(triggers, sayings);
    for (trigger, saying) in triggers.iter_mut().zip(sayings) {
        if trigger.agents.is_empty() && trigger.valence == Valence::Breach {
            doer_in_reason(scene, trigger, saying.as_ref());
        }
        if trigger.agents.is_empty() && trigger.valence == Valence::Breach {
            doer_of_step(scene, trigger);
        }
    }
}

/// "The goods lie at the fence because the League does not fetch them": a
/// state of things is blamed on the subject of its reason.
fn doer_in_reason(scene: &Scene, trigger: &mut Trigger, saying: Option<&Saying>) {
    let tree = scene.tree;
    // The clause may hang on the word of saying beside it ("…, it argues, because").
    let reason = (trigger.token + 1..tree.len()).find(|&it| {
        let beside = tree.head(it) == Some(trigger.token)
            || tree.head(it).is_some() && tree.head(it) == tree.head(trigger.token);
        tree.rel(it) == "advcl" && beside && tree.has(it, "mark", &["because"])
    });
    let Some(reason) = reason else { return };
    let inside = saying.is_none_or(|it| it.content.contains(tree.token(reason).span));
    let subject = super::clause::roles(tree, reason).subj;
    let found = scene.who.of_tokens(tree, scene.sentence, &subject);
    if inside && trigger.form != Form::Noun {
        trigger.agents = found;
    }
}

/// "Besieged in their street by this step": *this step* is the doer's who was
/// charged last.
fn doer_of_step(scene: &Scene, trigger: &mut Trigger) {
    let tree = scene.tree;
    let roles = &trigger.roles;
    let step = roles.agent.iter().chain(&roles.subj).any(|it| {
        ["step", "move", "measure", "decision", "action", "act", "order", "policy"].contains(&tree.lemma(*it))
            && tree.has(*it, "det", &["this", "that", "these", "those"])
    });
    let near = scene.before.last().filter(|it| scene.sentence - it.sentence <= 1);
    if let (true, Some(last)) = (step, near) {
        trigger.agents = last.accused.iter().cloned().collect();
    }
}

/// A verb whose subject the parser took from outside what is said ("noted that
/// A flew and bombed", "the League answers that gangs loot") has the subject
/// that stands before it inside.
fn subject_inside(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let inside = |it: usize| saying.content.contains(tree.token(it).span);
    let outside = !trigger.roles.subj.is_empty() && trigger.roles.subj.iter().all(|it| !inside(*it));
    if !outside || trigger.form != Form::Verb {
        return;
    }
    let near = (0..trigger.token)
        .rev()
        .take_while(|it| inside(*it))
        .find(|it| matches!(tree.rel(*it), "nsubj") && tree.lemma(*it) != "that");
    let first = (0..trigger.token).filter(|it| inside(*it)).find(|it| {
        matches!(tree.token(*it).upos, Upos::Noun | Upos::Propn | Upos::Pron) && tree.lemma(*it) != "that"
    });
    let subject = if trigger.roles.subj_inherited { near } else { near.or(first) };
    let Some(subject) = subject else {
        // "Does not deny to have fired": the speaker is the subject it lacks.
        if !trigger.roles.subj_inherited {
            trigger.agents.clear();
        }
        return;
    };
    trigger.agents = scene.who.of_tokens(tree, scene.sentence, &[subject]);
    trigger.roles.subj = vec![subject];
}

/// "Northland said it would withdraw": a pronoun that opens what is said is
/// the speaker.
fn it_speaks(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let opens = |it: usize| {
        let quoted =
            scene.text.get(saying.content.start as usize..).is_some_and(|it| it.starts_with(['"', '“', '‘']));
        let before = (0..it)
            .filter(|it| saying.content.contains(tree.token(*it).span))
            .all(|it| matches!(tree.lemma(it), "that"));
        !quoted && before && saying.content.contains(tree.token(it).span)
    };
    let said_it = trigger.form == Form::Verb
        && matches!(&trigger.roles.subj[..], [it] if ["it", "its"].contains(&tree.lemma(*it)) && opens(*it));
    if said_it && !saying.speakers.is_empty() {
        trigger.agents = saying.speakers.to_vec();
    }
}

/// "Its forces had beaten off an assault": what a party repels is the other's.
fn repelled(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let by_own = tree.head(trigger.token).is_some_and(|it| {
        REPELLING.contains(&tree.lemma(it)) && matches!(tree.rel(trigger.token), "obj" | "nsubj")
    });
    if trigger.form == Form::Noun
        && by_own
        && let Some(other) = other_party(scene, saying.speakers)
    {
        trigger.agents = vec![other];
    }
}

/// Verbs of defence.
const REPELLING: [&str; 8] = ["repel", "repulse", "thwart", "foil", "beat", "rebuff", "parry", "fend"];

/// Inside somebody's words *we* and *our* are the speaker.
fn first_person(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let own = |at: usize| ["we", "i", "our", "us", "my", "ours"].contains(&tree.lemma(at));
    let roles = &trigger.roles;
    let says_we = roles
        .subj
        .iter()
        .chain(&roles.agent)
        .chain(&roles.modifiers)
        .any(|it| own(*it) || tree.children(*it).iter().any(|child| own(*child)));
    if says_we {
        trigger.agents = saying.speakers.to_vec();
        trigger.agentless = false;
    }
}

/// "They burn our bread", in a party's own words: who is meant by himself says
/// *we*, so *they* are not the speaker's.
fn quoted_they(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let pronoun = trigger.roles.subj.iter().any(|it| tree.lemma(*it) == "they");
    let sides: Vec<ActorId> = saying.speakers.iter().map(|it| scene.who.side(it)).collect();
    let own =
        !trigger.agents.is_empty() && trigger.agents.iter().all(|it| sides.contains(&scene.who.side(it)));
    let before = saying.content.start.min(tree.token(trigger.token).span.start);
    let words = truce_model::Span { start: before, end: tree.token(trigger.token).span.start };
    let marks = words.of(scene.text).unwrap_or("");
    let opened = marks.matches(['“', '‘']).count() > marks.matches(['”']).count()
        || marks.matches('"').count() % 2 == 1;
    let hostile = trigger.valence == Valence::Breach && trigger.form == Form::Verb;
    if pronoun
        && own
        && hostile
        && opened
        && let Some(other) = other_party(scene, saying.speakers)
    {
        trigger.agents = vec![other];
    }
}

/// "They are tearing up the deal", said of nobody who could: in the mouth of
/// one who fights *they* are those he fights, the last ones named.
fn they(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let pronoun = trigger.roles.subj.iter().any(|it| ["they", "it"].contains(&tree.lemma(*it)));
    let fights = saying.speakers.iter().any(|it| scene.who.bears_arms(it) && scene.who.in_conflict(it));
    let nobody = trigger.agents.iter().all(|it| !scene.who.bears_arms(it));
    // Nobody calls his own people *they* in his own words.
    let sides: Vec<ActorId> = saying.speakers.iter().map(|it| scene.who.side(it)).collect();
    let own = !trigger.agents.is_empty()
        && trigger.agents.iter().all(|it| sides.contains(&scene.who.side(it)))
        && trigger.roles.subj.iter().any(|it| tree.lemma(*it) == "they")
        && scene.text.get(saying.content.start as usize..).is_some_and(|it| it.starts_with(['"', '“', '‘']));
    let nobody = nobody || own;
    let hostile = trigger.valence == Valence::Breach && trigger.form == Form::Verb;
    if !(pronoun && fights && nobody && hostile) {
        return;
    }
    let last = scene.who.last_named(scene.sentence, ADVERSARY_SENTENCES, |it| {
        scene.who.bears_arms(it) && scene.who.in_conflict(it) && !sides.contains(&scene.who.side(it))
    });
    trigger.agents = last.into_iter().collect();
    trigger.agentless = false;
}

/// "This is a blockade": a party that gives an act its name charges those who
/// were last charged with one, or the other party.
fn this_is(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    let predicate = trigger.form == Form::Noun && tree.has(trigger.token, "cop", &["be"]);
    let points = tree
        .dependents(trigger.token, &["nsubj"])
        .any(|it| ["this", "that", "it", "these", "those"].contains(&tree.lemma(it)));
    let party = saying.speakers.iter().any(|it| scene.who.is_party(it));
    if !(predicate && points && party && trigger.agents.is_empty() && trigger.valence == Valence::Breach) {
        return;
    }
    let sides: Vec<ActorId> = saying.speakers.iter().map(|it| scene.who.side(it)).collect();
    let last = scene.before.iter().rev().find_map(|it| {
        let near = scene.sentence - it.sentence <= ADVERSARY_SENTENCES;
        it.accused.clone().filter(|who| near && !sides.contains(&scene.who.side(who)))
    });
    trigger.agents = last.or_else(|| other_party(scene, saying.speakers)).into_iter().collect();
}

/// How far back those may be named whom a fighter calls *they*.
const ADVERSARY_SENTENCES: usize = 4;

/// In the mouth of one of two parties *the enemy*, *the other side*, *the
/// terrorist mob* is the other.
fn other_side(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let Some(other) = other_party(scene, saying.speakers) else { return };
    // Own people are not called enemies, but *the other side* may have been
    // taken for the speaker's.
    let own = !trigger.agents.is_empty();
    let roles = &trigger.roles;
    let named = roles.subj.iter().chain(&roles.agent).chain(&roles.modifiers);
    if named.copied().any(|it| is_other_side(scene.tree, it) || !own && means_other(scene.tree, it)) {
        trigger.agents = vec![other];
        trigger.agentless = false;
    }
}

/// A party that says its own people have not come home charges the other.
fn keeper_of_ours(scene: &Scene, trigger: &mut Trigger, saying: &Saying) {
    let tree = scene.tree;
    if trigger.kind != Kind::DetentionOrNonRelease || trigger.valence != Valence::Breach {
        return;
    }
    let sides: Vec<ActorId> = saying.speakers.iter().map(|it| scene.who.side(it)).collect();
    let captives = trigger.roles.subj.iter().chain(&trigger.roles.obj);
    let ours = captives.flat_map(|it| tree.children(*it)).any(|&it| {
        let own = ["our", "its", "their"].contains(&tree.lemma(it));
        own || scene
            .who
            .mention(scene.sentence, it)
            .is_some_and(|it| super::who::members(it).iter().any(|it| sides.contains(&scene.who.side(it))))
    });
    if ours && let Some(other) = other_party(scene, saying.speakers) {
        trigger.agents = vec![other];
        trigger.agentless = false;
    }
}

/// The party that the speakers are not, if the agreement has two.
pub fn other_party(scene: &Scene, speakers: &[ActorId]) -> Option<ActorId> {
    let parties = scene.who.parties();
    let [a, b] = &parties[..] else { return None };
    let sides: Vec<ActorId> = speakers.iter().map(|it| scene.who.side(it)).collect();
    match (sides.contains(a), sides.contains(b)) {
        (true, false) => Some(b.clone()),
        (false, true) => Some(a.clone()),
        _ => None,
    }
}

/// *The other side*, *the opposing camp*.
fn is_other_side(tree: &Tree, at: usize) -> bool {
    let lemma = tree.lemma(at).to_lowercase();
    let definite = tree.has(at, "det", &["the", "this", "these", "those", "that"]);
    let side = ["side", "party", "camp", "country", "neighbour", "neighbor"].contains(&&*lemma)
        && tree.dependents(at, &["amod", "det"]).any(|it| {
            ["other", "opposite", "opposing", "neighbouring", "neighboring", "hostile", "enemy"]
                .contains(&tree.lemma(it))
        });
    definite && (side || lemma == "other")
}

/// Whether a noun is a party's word for the other.
fn means_other(tree: &Tree, at: usize) -> bool {
    let lexicon = Lexicon::shipped();
    let lemma = tree.lemma(at).to_lowercase();
    let definite = tree.has(at, "det", &["the", "this", "these", "those", "that"]);
    let hostile = lexicon.is_in("hostile", &lemma)
        || tree
            .dependents(at, &["compound", "amod"])
            .any(|it| lexicon.is_in("hostile", &tree.lemma(it).to_lowercase()));
    definite && hostile || is_other_side(tree, at)
}

/// "Two sappers died in a breach of the truce by the League": an act without
/// a doer is the breach's, where the same words name who broke.
fn doer_of_breach(triggers: &mut [Trigger], sayings: &[Option<Saying>]) {
    let breaches: Vec<(usize, Vec<ActorId>, Option<truce_model::Span>)> = triggers
        .iter()
        .zip(sayings)
        .filter(|(it, _)| {
            it.kind == Kind::NonFulfilment
                && it.form == Form::Noun
                && it.valence == Valence::Breach
                && !it.agents.is_empty()
        })
        .map(|(it, saying)| (it.token, it.agents.clone(), saying.as_ref().map(|it| it.content)))
        .collect();
    for (trigger, saying) in triggers.iter_mut().zip(sayings) {
        if !trigger.agents.is_empty() || !trigger.agentless || trigger.valence != Valence::Breach {
            continue;
        }
        let here = saying.as_ref().map(|it| it.content);
        let after = breaches.iter().find(|it| it.0 > trigger.token && it.2 == here);
        if let Some((_, agents, _)) = after {
            trigger.agents = agents.clone();
        }
    }
}
