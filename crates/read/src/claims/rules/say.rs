//! What a source says of conduct under a neutral cue.

use truce_model::{ActorId, CueClass, Kind, Stance};

use super::demand::CHARGING;
use super::outlet::can_be_credited;
use super::tone;
use super::{Common, acts, each, is_own, is_spoken_of};
use crate::claims::clause::{self, Modality};
use crate::claims::draft::{Draft, Said, Scene};
use crate::claims::lexicon::{Form, Lexicon, Valence};
use crate::claims::trigger::Trigger;
use crate::claims::whose::other_party;

/// ## Reads
/// Conduct told under *said* and its like. Of the speaker's own side:
/// a breach is acknowledged (justified, if a reason stands in the clause), a
/// breach said not to have happened is denied, an obligation said to be kept
/// is credited, future keeping is pledged. Of others: a party charges, a third
/// party reports unless its words speak of a breach; what ought to be done is
/// demanded. Conditional conduct is no claim.
///
/// ## Matters because
/// Most claims are made under *said*, and only the tie between speaker and
/// doer tells a charge from an admission.
///
/// ## Example
/// "Rivermark said its guns had fired back to protect the village."
///
/// ## Misses
/// A reason given in the next sentence is not tied to the act.
pub fn draft(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    if tone::draft(scene, said, out) || super::deny::whole(scene, said, out) {
        return;
    }
    let from = out.len();
    acts_of(scene, said, out);
    if out.len() == from && !super::justify::draft(scene, said, out) {
        praised(scene, said, out);
    }
}

/// "commended Northland for its goodwill": keeping is credited where a party
/// is praised and no act is named.
fn praised(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    if said.class() != CueClass::Praise {
        return;
    }
    let object = super::accuse::cue_object(scene, said);
    let bound =
        !object.is_empty() && object.iter().all(|it| scene.who.is_party(it)) && !is_own(scene, said, &object);
    if bound {
        let common =
            Common { stance: Stance::Credits, kind: Some(Kind::NonFulfilment), rule: "claim/praise" };
        each(scene, said, None, &object, &common, out);
    }
}

fn acts_of(scene: &Scene, said: &Said, out: &mut Vec<Draft>) {
    let mut made: Vec<(Kind, Stance, Vec<ActorId>)> = Vec::new();
    let claimed: Vec<&Trigger> =
        said.triggers.iter().copied().filter(|it| stance(scene, said, it).is_some()).collect();
    presupposed(scene, said, &claimed, out);
    for trigger in acts(scene, &claimed) {
        let Some((stance, accused, rule)) = stance(scene, said, trigger) else { continue };
        let owned_up = said.class() == CueClass::Admit;
        if stance == Stance::Credits && (owned_up || !can_be_credited(trigger.kind)) {
            continue;
        }
        let key = (trigger.kind, stance, accused.clone());
        if made.contains(&key) {
            continue;
        }
        made.push(key);
        let kind = match stance {
            Stance::Pledges if trigger.valence == Valence::Breach => Kind::HostilePropaganda,
            _ => trigger.kind,
        };
        let common = Common { stance, kind: Some(kind), rule };
        each(scene, said, Some(trigger), &accused, &common, out);
    }
}

fn stance(scene: &Scene, said: &Said, trigger: &Trigger) -> Option<(Stance, Vec<ActorId>, &'static str)> {
    let own = is_own(scene, said, &trigger.agents);
    if let Some(admitted) = admitted(scene, said, trigger) {
        return Some(admitted);
    }
    let party = said.speakers.iter().any(|it| scene.who.is_party(it));
    let agents = trigger.agents.clone();
    // Monitors and mediators bear no arms.
    let armed = matches!(trigger.kind, Kind::ArmedAttack | Kind::ShellingOrStrike | Kind::MineOrIed);
    let unarmed = |it: &ActorId| scene.who.is_guard(it) && !scene.who.bears_arms(it);
    if armed && !agents.is_empty() && agents.iter().all(unarmed) {
        return None;
    }
    // What a party defends is its own doing, or its friend's.
    let defends = said.class() == CueClass::Justify && trigger.valence != Valence::Keep;
    if defends && party && trigger.modality == Modality::Asserted {
        let who = if agents.is_empty() { said.speakers.clone() } else { agents };
        return Some((Stance::Justifies, who, "claim/defend"));
    }
    let noun = trigger.form == Form::Noun;
    let in_purpose = trigger.modality == Modality::Purpose;
    match (trigger.modality, trigger.valence) {
        (Modality::Conditional, _) => None,
        (Modality::Possible, _) => None,
        (Modality::Future, Valence::Keep) => {
            let who = if agents.is_empty() { said.speakers.clone() } else { agents };
            let who = own_part(scene, said, who);
            let own = is_own(scene, said, &who);
            // Those with nothing to keep promise nothing.
            let bound =
                party || said.speakers.iter().any(|it| scene.who.bears_arms(it) || scene.who.is_guard(it));
            (own && bound || !trigger.agents.is_empty()).then_some((Stance::Pledges, who, "claim/say-pledge"))
        }
        // "Would not put it in writing": what others refused they have refused.
        (Modality::Future, Valence::Breach) if trigger.negated && !own && !agents.is_empty() => {
            let stance = if party { Stance::Alleges } else { Stance::Reports };
            Some((stance, agents, "claim/say-refused"))
        }
        (Modality::Future, _) => {
            let force = matches!(trigger.kind, Kind::ArmedAttack | Kind::ShellingOrStrike);
            match (own, force) {
                (true, true) => Some((Stance::Pledges, agents, "claim/say-threat")),
                (true, false) => Some((Stance::Acknowledges, agents, "claim/say-will-break")),
                _ => None,
            }
        }
        (Modality::Should, Valence::Keep) if !own => Some((Stance::Demands, agents, "claim/say-demand")),
        (Modality::Should, _) => None,
        (_, Valence::Breach | Valence::Bare) if own => {
            if noun && !is_spoken_of(scene, trigger) {
                return None;
            }
            // Relief workers and residents owe nothing under the agreement: what they
            // do is no breach that could be admitted.
            let owes = said.speakers.iter().any(|it| {
                use truce_model::ActorKind::{Organisation, Public};
                scene.who.is_party(it)
                    || !matches!(scene.who.kind(&scene.who.side(it)), Some(Organisation | Public))
            });
            if !owes {
                return None;
            }
            let reason = gives_reason(scene, said, trigger);
            let stance = if reason || said.class() == CueClass::Justify {
                Stance::Justifies
            } else {
                Stance::Acknowledges
            };
            Some((stance, agents, "claim/say-own-act"))
        }
        (_, Valence::Breach | Valence::Bare) => {
            if in_purpose && agents.is_empty() {
                return None;
            }
            if noun && !noun_is_charge(scene, said, trigger, party) {
                return None;
            }
            if agents.is_empty()
                && (party && hits_enemy(scene, said, trigger) || hits_charged(scene, said, trigger))
            {
                return Some((Stance::Acknowledges, said.speakers.clone(), "claim/say-own-weapons"));
            }
            if party && agents.is_empty() && explains(scene, said, trigger) {
                return Some((Stance::Justifies, said.speakers.clone(), "claim/say-why-held-up"));
            }
            let blames = said.class() == CueClass::Accuse || speaks_of_breach(scene, said, trigger);
            let retold = noun && is_reported_noun(scene, trigger) && !party;
            let stance = if !retold && (party || blames) { Stance::Alleges } else { Stance::Reports };
            let owned_up = said.class() == CueClass::Admit && agents.is_empty();
            let stance = if owned_up { Stance::Acknowledges } else { stance };
            Some((stance, agents, "claim/say-others-act"))
        }
        (_, Valence::Keep) => {
            // "It was no breach", "the withdrawal was carried out": said of
            // the act itself.
            let predicate = noun && trigger.negated && scene.tree.has(trigger.token, "cop", &["be"]);
            if predicate && party && trigger.agents.is_empty() {
                return Some((Stance::Denies, said.speakers.clone(), "claim/say-no-breach"));
            }
            if noun && !trigger.negated && is_realised(scene, trigger) && !agents.is_empty() {
                return Some((Stance::Credits, agents, "claim/say-realised"));
            }
            // "no fire was noted from A"
            if noun && trigger.negated && is_noted(scene, trigger) && !agents.is_empty() {
                let stance = if own { Stance::Denies } else { Stance::Credits };
                return Some((stance, agents, "claim/say-none-noted"));
            }
            if noun || in_purpose {
                return None;
            }
            // That all is well with nobody named, said by a party, is said of
            // its own conduct (codebook, settled case 6).
            let who =
                if agents.is_empty() && (trigger.agentless || party || speaks_of_own(scene, said, trigger)) {
                    said.speakers.clone()
                } else {
                    agents
                };
            // Of strangers to the conflict nothing is known that they keep.
            let bound = party
                || said
                    .speakers
                    .iter()
                    .any(|it| scene.who.in_pack(it) || scene.who.in_pack(&scene.who.side(it)));
            let passes = matches!(trigger.kind, Kind::MovementObstruction | Kind::HumanitarianObstruction);
            if trigger.agents.is_empty() && !bound && !passes && scene.who.has_pack() {
                return None;
            }
            let own = is_own(scene, said, &who);
            // A friend cleared of a charge is denied for (codebook, settled
            // case 27).
            let answers = trigger.negated && was_charged(scene, said, trigger.kind, &who);
            let denies = (own || answers) && trigger.negated;
            let stance = if denies { Stance::Denies } else { Stance::Credits };
            if let Some(denied) = denied_before(scene, said, trigger).filter(|_| stance == Stance::Denies) {
                return Some((stance, vec![denied], "claim/say-keeping"));
            }
            let accused = if trigger.agents.is_empty() && !own { Vec::new() } else { who };
            Some((stance, accused, "claim/say-keeping"))
        }
    }
}

/// "There is no force there": after a denial by the same speaker it denies the
/// same thing again.
fn denied_before(scene: &Scene, said: &Said, trigger: &Trigger) -> Option<ActorId> {
    let last = scene.before.last().filter(|it| scene.sentence - it.sentence <= 1)?;
    let same = last.stance == Stance::Denies
        && last.claimant.as_ref().is_some_and(|it| said.speakers.contains(it))
        && trigger.agents.is_empty();
    same.then(|| last.accused.clone()).flatten()
}

/// Whether somebody else charged one of `accused` with the same conduct.
fn was_charged(scene: &Scene, said: &Said, kind: Kind, accused: &[ActorId]) -> bool {
    let sides: Vec<ActorId> = accused.iter().map(|it| scene.who.side(it)).collect();
    scene.before.iter().any(|it| {
        it.kind == Some(kind)
            && matches!(it.stance, Stance::Alleges | Stance::Condemns | Stance::Reports)
            && it.accused.as_ref().is_some_and(|it| sides.contains(&scene.who.side(it)))
            && !it.claimant.as_ref().is_some_and(|it| said.speakers.contains(it))
    })
}

/// "No one under our watch": the first person in the doer's phrase.
fn speaks_of_own(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    let content = said.content(scene);
    trigger
        .roles
        .subj
        .iter()
        .flat_map(|it| tree.subtree(*it))
        .any(|it| content.contains(tree.token(it).span) && ["we", "our", "us"].contains(&tree.lemma(it)))
}

/// Of what two sides promise under one cue, the part of the side whose
/// statement this is.
fn own_part(scene: &Scene, said: &Said, who: Vec<ActorId>) -> Vec<ActorId> {
    let content = said.statement.content.span();
    let joint = scene
        .statements
        .iter()
        .filter(|it| it.content.span() == content && it.source.actor != said.statement.source.actor)
        .count();
    let own: Vec<ActorId> =
        who.iter().filter(|it| is_own(scene, said, std::slice::from_ref(it))).cloned().collect();
    if joint > 0 && who.len() > 1 && !own.is_empty() { own } else { who }
}

/// A charge inside a reason or a purpose: "to prevent the illegal transport of
/// weapons by Rivermark" (codebook, settled case 5).
fn presupposed(scene: &Scene, said: &Said, claimed: &[&Trigger], out: &mut Vec<Draft>) {
    for trigger in &said.triggers {
        let unlawful =
            scene.tree.children(trigger.token).iter().any(|it| CHARGING.contains(&scene.tree.lemma(*it)));
        let told = claimed.iter().any(|it| it.token == trigger.token && it.valence == Valence::Breach);
        if !unlawful || told || trigger.form != Form::Noun || trigger.agents.is_empty() {
            continue;
        }
        if is_own(scene, said, &trigger.agents) {
            continue;
        }
        let common = Common { stance: Stance::Alleges, kind: Some(trigger.kind), rule: "claim/presupposed" };
        each(scene, said, Some(trigger), &trigger.agents, &common, out);
    }
}

/// Whether the noun's clause says that it came about: "was carried out".
fn is_realised(scene: &Scene, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    matches!(tree.rel(trigger.token), "nsubj" | "nsubj:pass")
        && tree
            .head(trigger.token)
            .is_some_and(|it| REALISED.contains(&tree.lemma(it)) && !clause::is_negated(tree, it))
}

/// Whether the noun's clause says that it was seen or heard of.
fn is_noted(scene: &Scene, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    tree.head(trigger.token).is_some_and(|it| NOTED.contains(&tree.lemma(it)))
}

/// Verbs that say of an act that it came about.
const REALISED: [&str; 12] = [
    "carry",
    "complete",
    "take",
    "finish",
    "implement",
    "proceed",
    "go",
    "conclude",
    "happen",
    "begin",
    "start",
    "continue",
];

/// Verbs of those who watch.
pub const NOTED: [&str; 16] = [
    "note",
    "record",
    "register",
    "observe",
    "see",
    "report",
    "detect",
    "document",
    "log",
    "count",
    "spot",
    "hear",
    "confirm",
    "notice",
    "establish",
    "list",
];

/// "confirmed a strike": what a party confirms without naming another doer is
/// its own act.
fn admitted(scene: &Scene, said: &Said, trigger: &Trigger) -> Option<(Stance, Vec<ActorId>, &'static str)> {
    let cue = said.statement.cue.as_ref()?.span();
    let cue = scene.token_at(cue.start as usize)?;
    let admits = said.class() == CueClass::Admit
        || ["confirm", "admit", "acknowledge", "concede", "own"].contains(&scene.tree.lemma(cue));
    let party = said.speakers.iter().any(|it| scene.who.is_party(it) || scene.who.bears_arms(it));
    let object = trigger.roles.agent.is_empty() && trigger.agents.is_empty() && trigger.agentless;
    (admits && party && object && trigger.valence == Valence::Breach)
        .then(|| (Stance::Acknowledges, said.speakers.clone(), "claim/admit"))
}

/// A party that tells of weapons hitting what it calls the enemy's tells of
/// its own: "jets had bombed hideouts".
fn hits_enemy(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    let objects = [trigger.roles.obj.as_slice(), &trigger.roles.obl].concat();
    trigger.form == Form::Verb
        && matches!(trigger.kind, Kind::ShellingOrStrike | Kind::ArmedAttack)
        && (objects.iter().any(|it| ENEMY.contains(&tree.lemma(*it)))
            || hits_other_army(scene, said, trigger))
}

/// "At least 200 Rivermark soldiers were killed", said by Northland.
fn hits_other_army(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let lexicon = Lexicon::shipped();
    let Some(other) = other_party(scene, &said.speakers) else { return false };
    trigger.agentless
        && trigger.roles.obj.iter().any(|it| {
            let whose = scene.who.of_tokens(scene.tree, scene.sentence, &[*it]);
            lexicon.is_in("combatant", scene.tree.lemma(*it))
                && whose.iter().any(|it| scene.who.side(it) == other)
        })
}

/// "Regime guns were put under fire": a party that tells of fire on those it
/// has charged tells of its own.
fn hits_charged(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let force = matches!(trigger.kind, Kind::ShellingOrStrike | Kind::ArmedAttack);
    let passive = trigger.form == Form::Verb && trigger.roles.subj.is_empty();
    let fights = said.speakers.iter().any(|it| scene.who.bears_arms(it) && scene.who.in_conflict(it));
    if !(force && passive && fights) {
        return false;
    }
    let hit = scene.who.of_tokens(scene.tree, scene.sentence, &trigger.roles.obj);
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    let charged = |who: &ActorId| {
        let side = scene.who.side(who);
        !sides.contains(&side)
            && scene.before.iter().any(|it| {
                it.stance == Stance::Alleges
                    && it.claimant.as_ref().is_some_and(|it| sides.contains(&scene.who.side(it)))
                    && it.accused.as_ref().is_some_and(|it| scene.who.side(it) == side)
            })
    };
    !hit.is_empty() && hit.iter().all(charged)
}

/// What only an enemy has.
const ENEMY: [&str; 22] = [
    "hideout",
    "target",
    "militant",
    "terrorist",
    "insurgent",
    "den",
    "launcher",
    "infiltrator",
    "saboteur",
    "extremist",
    "bandit",
    "cell",
    "jihadist",
    "launchpad",
    "khwarij",
    "khawarij",
    "jihadi",
    "gunman",
    "aggressor",
    "mercenary",
    "bomber",
    "intruder",
];

/// A noun of conduct in a say-content is a charge of its own only where it
/// names its doer or calls the act unlawful, or is what the clause is about.
fn noun_is_charge(scene: &Scene, said: &Said, trigger: &Trigger, party: bool) -> bool {
    let unlawful =
        scene.tree.children(trigger.token).iter().any(|it| CHARGING.contains(&scene.tree.lemma(*it)));
    let named = !trigger.agents.is_empty();
    if is_reported_noun(scene, trigger) && named {
        return true;
    }
    let counted = scene.tree.head(trigger.token).is_some_and(|head| {
        let cue = said.statement.cue.as_ref();
        scene.tree.rel(trigger.token) == "obj"
            && cue.is_some_and(|it| it.span().overlaps(scene.tree.token(head).span))
    });
    if counted {
        return true;
    }
    let by_name = !trigger.roles.agent.is_empty() && named;
    (party && named) || unlawful || by_name || (named && is_spoken_of(scene, trigger)) || {
        let rel = scene.tree.rel(trigger.token);
        matches!(rel, "nsubj" | "root") && trigger.kind != Kind::NonFulfilment
    }
}

/// "Was handed reports of breaches by both": the teller only tells of charges
/// (codebook, settled case 22).
fn is_reported_noun(scene: &Scene, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    trigger.form == Form::Noun
        && tree.preposition(trigger.token) == Some("of")
        && tree.head(trigger.token).is_some_and(|it| {
            ["report", "account", "allegation", "complaint", "case", "accusation", "notification"]
                .contains(&tree.lemma(it))
        })
}

/// Whether the statement's own words call the act a breach.
fn speaks_of_breach(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    if trigger.kind == Kind::NonFulfilment && !trigger.agents.is_empty() {
        return true;
    }
    let lexicon = Lexicon::shipped();
    scene.lemmas_in(said.content(scene)).iter().any(|it| {
        lexicon.is_in("breachword", it)
            && ["violation", "breach", "defiance", "contravention", "contempt", "crime"].contains(it)
    })
}

/// "The road was shut for the drivers' own safety, the army said": a party
/// that gives a harmless reason for what holds others up, and blames nobody,
/// explains its own doing.
fn explains(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let obstructs = matches!(
        trigger.kind,
        Kind::MovementObstruction
            | Kind::HumanitarianObstruction
            | Kind::MonitorObstruction
            | Kind::DetentionOrNonRelease
    );
    let content = said.content(scene);
    let sides: Vec<ActorId> = said.speakers.iter().map(|it| scene.who.side(it)).collect();
    let inside = || (0..scene.tree.len()).filter(|it| content.contains(scene.tree.token(*it).span));
    let reason = inside().any(|it| HARMLESS.contains(&scene.tree.lemma(it)));
    let others = || {
        inside().filter_map(|it| scene.who.mention(scene.sentence, it)).any(|it| {
            let members = crate::claims::who::members(it);
            members.iter().any(|it| scene.who.is_party(it) && !sides.contains(&scene.who.side(it)))
        })
    };
    obstructs && trigger.form == Form::Verb && reason && !others()
}

/// Words that give a reason which blames nobody.
const HARMLESS: [&str; 14] = [
    "because",
    "safety",
    "security",
    "repair",
    "maintenance",
    "owing",
    "due",
    "pending",
    "precaution",
    "paperwork",
    "permit",
    "inspection",
    "weather",
    "mud",
];

/// Whether a reason for the act stands in its clause.
fn gives_reason(scene: &Scene, said: &Said, trigger: &Trigger) -> bool {
    let tree = scene.tree;
    let content = said.content(scene);
    (0..tree.len()).any(|it| {
        let inside = content.contains(tree.token(it).span);
        let lemma = tree.lemma(it);
        let purpose = tree.has(it, "mark", &["to"]) && tree.head(trigger.token) == Some(it)
            || tree.rel(it) == "advcl"
                && tree.has(it, "mark", &["to"])
                && (tree.head(it) == Some(trigger.token) || tree.is_verb_chain(trigger.token, it));
        let word = [
            "because",
            "self-defence",
            "need",
            "self-defense",
            "response",
            "retaliation",
            "protect",
            "defend",
            "necessary",
            "right",
        ]
        .contains(&lemma);
        inside && (purpose || word)
    })
}
