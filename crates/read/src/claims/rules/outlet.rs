//! What the outlet tells in its own voice.

use truce_model::{ActorId, Kind, Stance};

use super::{acts, is_spoken_of};
use crate::claims::clause::Modality;
use crate::claims::draft::{Draft, Scene};
use crate::claims::lexicon::{Form, Lexicon, Valence};
use crate::claims::trigger::Trigger;

/// ## Reads
/// Conduct told without any source: `reports`, with whoever the words name;
/// an agentless passive names nobody (codebook, settled cases 4, 24). Conduct
/// said to be kept is credited.
///
/// ## Matters because
/// The outlet's own account is a claim like any other, and no more.
///
/// ## Example
/// "Rivermark on Sunday closed the Alder road."
///
/// ## Misses
/// Accounts given only by nouns ("after days of shelling").
pub fn draft(scene: &Scene, own: &[&Trigger], out: &mut Vec<Draft>) {
    promised(scene, own, out);
    let mut made: Vec<(Kind, Stance, Vec<ActorId>)> = Vec::new();
    let told: Vec<&Trigger> = own
        .iter()
        .copied()
        .filter(|it| !is_of_a_war(scene, it) && !is_bare_death(scene, it) && !describes_holder(scene, it))
        .filter(|it| it.modality == Modality::Asserted && (it.form != Form::Noun || happens(scene, it)))
        .collect();
    for trigger in acts(scene, &told) {
        let stance = match trigger.valence {
            Valence::Keep if trigger.form == Form::Noun => continue,
            Valence::Keep if trigger.agents.is_empty() && !is_quiet(scene, trigger) => continue,
            Valence::Keep if !can_be_credited(trigger.kind) || is_dated_by(scene, trigger) => continue,
            Valence::Keep => Stance::Credits,
            _ if (calls_breach(scene, trigger) || is_blamed(scene, trigger))
                && !trigger.agents.is_empty() =>
            {
                Stance::Alleges
            }
            _ => Stance::Reports,
        };
        // A country the agreement does not know has its own wars.
        let foreign = trigger.agents.iter().all(|it| scene.who.is_foreign(it));
        let elsewhere = trigger.agents.is_empty() && scene.who.is_elsewhere(scene.sentence);
        if !trigger.agents.is_empty() && foreign || elsewhere {
            continue;
        }
        let key = (trigger.kind, stance, trigger.agents.clone());
        if made.contains(&key) {
            continue;
        }
        made.push(key);
        let accused: Vec<Option<ActorId>> = if trigger.agents.is_empty() {
            vec![None]
        } else {
            trigger.agents.iter().cloned().map(Some).collect()
        };
        for who in accused {
            out.push(Draft {
                sentence: scene.sentence,
                token: trigger.token,
                stance,
                claimant: Some(ActorId::outlet()),
                accused: who,
                kind: Some(trigger.kind),
                evidence: scene.clause_span(trigger.token),
                statement: None,
                scope: None,
                rule: "claim/outlet",
                like: None,
            });
        }
    }
}

/// "Since it opened": a clause that only dates another.
fn is_dated_by(scene: &Scene, trigger: &Trigger) -> bool {
    scene.tree.rel(trigger.token) == "advcl"
        && scene.tree.has(trigger.token, "mark", &["since", "after", "before", "until", "when", "once"])
}

/// "Where seven troops died": soldiers who died, by nobody's hand as told, are
/// the circumstance of an act told elsewhere.
fn is_bare_death(scene: &Scene, trigger: &Trigger) -> bool {
    trigger.kind == Kind::ArmedAttack
        && trigger.agents.is_empty()
        && ["die", "fall", "perish", "lose"].contains(&scene.tree.lemma(trigger.token))
}

/// "The guns have kept still", "the truce is holding": kept by nobody in
/// particular.
fn is_quiet(scene: &Scene, trigger: &Trigger) -> bool {
    let lexicon = Lexicon::shipped();
    trigger.form != Form::Noun
        && trigger.roles.subj.iter().any(|it| {
            let lemma = scene.tree.lemma(*it);
            ["gun", "weapon", "front", "frontline"].contains(&lemma) || lexicon.is_in("truce", lemma)
        })
}

/// How far before its verb the word may stand that makes a clause one of time.
const CIRCUMSTANCE_WORDS: usize = 8;

/// A promise told without a cue of its own: "the two governments had agreed
/// to prolong the truce" (codebook, settled cases 10, 17).
fn promised(scene: &Scene, own: &[&Trigger], out: &mut Vec<Draft>) {
    for trigger in own {
        let promised = scene.tree.head(trigger.token).is_some_and(|it| {
            scene.tree.rel(trigger.token) == "xcomp"
                && PROMISES.contains(&scene.tree.lemma(it))
                && !crate::claims::clause::is_negated(scene.tree, it)
                // "three months after the rivals agreed to …" dates something
                // else.
                && !(it.saturating_sub(CIRCUMSTANCE_WORDS)..it)
                    .rev()
                    .take_while(|at| scene.tree.lemma(*at) != ",")
                    .any(|at| ["after", "since", "before", "until", "when"].contains(&scene.tree.lemma(at)))
        });
        if !promised || trigger.valence != Valence::Keep || trigger.modality != Modality::Future {
            continue;
        }
        for who in &trigger.agents {
            out.push(Draft {
                sentence: scene.sentence,
                token: trigger.token,
                stance: Stance::Pledges,
                claimant: Some(who.clone()),
                accused: Some(who.clone()),
                kind: Some(trigger.kind),
                evidence: scene.clause_span(scene.tree.head(trigger.token).unwrap_or(trigger.token)),
                statement: None,
                scope: None,
                rule: "claim/outlet-pledge",
                like: None,
            });
        }
    }
}

/// Verbs that bind their subject.
const PROMISES: [&str; 9] =
    ["agree", "promise", "vow", "pledge", "undertake", "swear", "consent", "commit", "offer"];

/// How far above a clause its war may stand.
const ABOVE_MAX: usize = 6;

/// "the League, which holds the mills": who holds what is background.
fn describes_holder(scene: &Scene, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    let relative = tree.token(trigger.token).deprel == truce_syntax::Deprel::AclRelcl;
    let old = tree.subtree(trigger.token).iter().any(|it| ["decade", "century"].contains(&tree.lemma(*it)));
    trigger.kind == Kind::NonWithdrawal && (relative && trigger.valence == Valence::Breach || old)
}

/// "A six-week war that killed thousands": earlier wars are background.
fn is_of_a_war(scene: &Scene, trigger: &Trigger) -> bool {
    let war = |it: &usize| ["war", "conflict"].contains(&scene.tree.lemma(*it));
    if trigger.roles.subj.iter().any(war) || trigger.roles.agent.iter().any(war) {
        return true;
    }
    // "a war of eleven weeks in which 3,000 people were killed"
    let mut at = trigger.token;
    for _ in 0..ABOVE_MAX {
        if war(&at) {
            return true;
        }
        match scene.tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Meeting, mediating and patrolling are news, not the keeping of a promise.
pub fn can_be_credited(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::RefusalOfTalks | Kind::GuarantorInaction | Kind::ArmsOrTroopMovement | Kind::HarmToCivilians
    )
}

/// Verbs that say of an act-noun that it took place.
const HAPPEN: [&str; 26] = [
    "kill",
    "wound",
    "injure",
    "leave",
    "destroy",
    "cause",
    "displace",
    "claim",
    "lead",
    "hit",
    "continue",
    "erupt",
    "break",
    "occur",
    "happen",
    "resume",
    "take",
    "go",
    "shake",
    "begin",
    "start",
    "intensify",
    "flare",
    "rage",
    "persist",
    "be",
];

/// "Which was behind the bombing": the outlet pins the act on somebody.
fn is_blamed(scene: &Scene, trigger: &Trigger) -> bool {
    trigger.form == Form::Noun
        && !trigger.agents.is_empty()
        && scene.tree.preposition(trigger.token) == Some("behind")
}

fn happens(scene: &Scene, trigger: &Trigger) -> bool {
    if is_blamed(scene, trigger) {
        return true;
    }
    if !is_spoken_of(scene, trigger) || scene.tree.rel(trigger.token) != "nsubj" {
        return false;
    }
    let told_of = |it: usize| scene.tree.has(it, "cop", &["be"]);
    scene.tree.head(trigger.token).is_some_and(|it| told_of(it) || HAPPEN.contains(&scene.tree.lemma(it)))
}

/// Whether the sentence itself calls the act a breach ("in violation of a
/// truce"): then the outlet charges.
fn calls_breach(scene: &Scene, trigger: &Trigger) -> bool {
    let lexicon = Lexicon::shipped();
    let words = scene.tree.phrase(trigger.token);
    words.iter().any(|&it| {
        let lemma = scene.tree.lemma(it);
        lexicon.is_in("breachword", lemma)
            && ["violation", "breach", "defiance", "contravention"].contains(&lemma)
    })
}
