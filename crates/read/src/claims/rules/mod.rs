//! From statements and words of conduct to claims, one rule a file.
//!
//! A rule looks at one statement (or at the outlet's own voice) in one
//! sentence and drafts what the codebook has a coder write down.

pub mod accuse;
pub mod call;
pub mod concern;
pub mod condemn;
pub mod count;
pub mod demand;
pub mod deny;
pub mod deny_clause;
pub mod excuse;
pub mod justify;
pub mod mutual;
pub mod outlet;
pub mod promise;
pub mod say;
pub mod tone;

use truce_model::{ActorId, CueClass, Kind, Stance};

use super::draft::{Draft, Said, Scene};
use super::lexicon::{Form, Valence};
use super::trigger::Trigger;

/// Drafts the claims of one statement in one sentence.
pub fn of_statement(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    // "Does not deny" admits.
    let admits = said.class() == CueClass::Admit;
    if said.class() != CueClass::Deny && said.class() != CueClass::Say && !admits && is_not_said(scene, said)
    {
        return;
    }
    let from = out.len();
    by_class(scene, said, out);
    excuse::right(scene, said, out);
    if out.len() == from {
        excuse::draft(scene, said, out);
    }
}

fn by_class(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    match said.class() {
        CueClass::Accuse => accuse::draft(scene, said, out),
        CueClass::Deny => deny::draft(scene, said, out),
        CueClass::Demand | CueClass::Ask => demand::draft(scene, said, out),
        CueClass::Condemn => condemn::draft(scene, said, out),
        CueClass::Concern => concern::draft(scene, said, out),
        CueClass::Promise | CueClass::Threaten => promise::draft(scene, said, out),
        CueClass::Call => call::draft(scene, said, out),
        CueClass::Say | CueClass::Admit | CueClass::Praise | CueClass::Justify | CueClass::Other => {
            say::draft(scene, said, out);
        }
    }
}

/// "Without accusing anybody", "stopping short of blaming either side".
fn is_not_said(scene: &Scene, said: &Said) -> bool {
    let tree = scene.tree;
    let cue = said.statement.cue.as_ref().and_then(|it| scene.token_at(it.span().start as usize));
    let Some(cue) = cue else { return false };
    let before = cue.saturating_sub(4);
    let short =
        (before..cue).any(|it| tree.lemma(it) == "short") && (before..cue).any(|it| tree.lemma(it) == "of");
    // "Declined to order", "stopped accusing"
    let turned = crate::claims::clause::flips(tree, cue) % 2 == 1;
    short || turned || crate::claims::clause::is_negated(tree, cue)
}

/// One draft per speaker and accused, with what they have in common.
pub struct Common {
    /// What it does.
    pub stance: Stance,
    /// What conduct.
    pub kind: Option<Kind>,
    /// The rule's name.
    pub rule: &'static str,
}

/// Drafts one claim per speaker and accused (codebook, settled cases 1, 18).
pub fn each(
    scene: &Scene,
    said: &Said,
    trigger: Option<&Trigger>,
    accused: &[ActorId],
    common: &Common,
    out: &mut Vec<Draft>,
) {
    // A country the agreement does not know has its own wars.
    let tells =
        matches!(common.stance, Stance::Reports | Stance::Alleges | Stance::Acknowledges | Stance::Credits);
    if tells && !accused.is_empty() && accused.iter().all(|it| scene.who.is_foreign(it)) {
        return;
    }
    let speakers: Vec<Option<ActorId>> =
        if said.speakers.is_empty() { vec![None] } else { said.speakers.iter().cloned().map(Some).collect() };
    let accused: Vec<Option<ActorId>> =
        if accused.is_empty() { vec![None] } else { accused.iter().cloned().map(Some).collect() };
    let token = trigger.map(|it| it.token).or_else(|| anchor_token(scene, said)).unwrap_or(0);
    let evidence = evidence(scene, said, trigger);
    // Joint speakers each answer for themselves: one's promise or denial is not
    // the other's.
    let joint = speakers.len() > 1 && accused.iter().all(|it| speakers.contains(it));
    let own = joint
        && matches!(
            common.stance,
            Stance::Pledges | Stance::Credits | Stance::Acknowledges | Stance::Justifies | Stance::Denies
        );
    for claimant in &speakers {
        for who in accused.iter().filter(|it| !own || *it == claimant) {
            out.push(Draft {
                sentence: scene.sentence,
                token,
                stance: common.stance,
                claimant: claimant.clone(),
                accused: who.clone(),
                kind: common.kind,
                evidence,
                statement: Some(said.index),
                scope: None,
                rule: common.rule,
                like: None,
            });
        }
    }
}

/// The words a claim rests on: the whole statement where it makes one claim,
/// the conduct's clause where it makes several.
fn evidence(scene: &Scene, said: &Said, trigger: Option<&Trigger>) -> truce_model::Span {
    let whole = said.whole(scene);
    let Some(trigger) = trigger else { return whole };
    // One act told in several words ("killed by mines laid by …") is shown whole.
    if said.triggers.iter().all(|it| it.kind == trigger.kind) {
        return whole;
    }
    let clause = scene.clause_span(trigger.token);
    let start = clause.start.max(whole.start);
    let end = clause.end.min(whole.end);
    if start < end { truce_model::Span { start, end } } else { whole }
}

fn anchor_token(scene: &Scene, said: &Said) -> Option<usize> {
    let cue = said.statement.cue.as_ref()?.span();
    scene.token_at(cue.start as usize)
}

/// Whether the claimant speaks of its own side's conduct.
pub fn is_own(scene: &Scene, said: &Said, agents: &[ActorId]) -> bool {
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    !agents.is_empty() && agents.iter().all(|it| sides.contains(&scene.who.side(it)))
}

/// Drops bare "violated the truce" triggers beside one that names the act
/// (codebook, section 4).
pub fn acts<'t>(scene: &Scene, triggers: &[&'t Trigger]) -> Vec<&'t Trigger> {
    let named = |general: &Trigger| {
        triggers.iter().any(|it| {
            let act = it.kind != Kind::NonFulfilment && it.valence == Valence::Breach;
            let same = it.agents == general.agents || it.agents.is_empty() || general.agents.is_empty();
            act && same
        })
    };
    // "killed by mines laid by the League": one act, told with its doer.
    let told_with_doer = |bare: &Trigger| {
        let lexicon = super::lexicon::Lexicon::shipped();
        let thing = |it: &usize| {
            let lemma = scene.tree.lemma(*it);
            lexicon.is_in("farweapon", lemma) || lexicon.is_in("mine", lemma)
        };
        let by_thing = bare.roles.subj.iter().chain(&bare.roles.agent).all(thing);
        bare.agents.is_empty()
            && (bare.agentless || by_thing)
            && triggers
                .iter()
                .any(|it| it.kind == bare.kind && it.token > bare.token && !it.agents.is_empty())
    };
    // "Sheltering militants who attack the town": the militants are described,
    // the sheltering is charged.
    let describes = |inner: &Trigger| {
        let tree = scene.tree;
        let within = |outer: &Trigger| {
            let noun = tree.head(inner.token);
            outer.form == Form::Verb
                && outer.token != inner.token
                && noun.is_some_and(|it| outer.roles.obj.contains(&it))
        };
        tree.token(inner.token).deprel.as_str() == "acl:relcl"
            && inner.form == Form::Verb
            && triggers.iter().any(|it| it.valence == Valence::Breach && within(it))
    };
    triggers
        .iter()
        .copied()
        .filter(|it| !told_with_doer(it) && !describes(it))
        .filter(|it| it.kind != Kind::NonFulfilment || it.valence != Valence::Breach || !named(it))
        .collect()
}

/// Whether a noun trigger stands for an act that is itself spoken of, rather
/// than for a circumstance ("after the attack").
pub fn is_spoken_of(scene: &Scene, trigger: &Trigger) -> bool {
    if trigger.form != Form::Noun {
        return true;
    }
    matches!(
        scene.tree.rel(trigger.token),
        "nsubj" | "obj" | "root" | "ccomp" | "xcomp" | "conj" | "appos" | "parataxis"
    )
}
