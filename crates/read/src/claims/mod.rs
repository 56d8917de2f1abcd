//! Claims: what statements, and the outlet's own sentences, do to
//! obligations (codebook, sections 3 and 4).
//!
//! Words of conduct come from the frame lexicon; who does what to whom from
//! the tree; the stance from the cue and from whose conduct it is. Nothing is
//! guessed: an agentless passive accuses nobody.

pub mod clause;
pub mod counts;
pub mod doers;
pub mod draft;
pub mod ground;
pub mod lexicon;
pub mod presence;
pub mod provisions;
pub mod reality;
pub mod rules;
pub mod settle;
pub mod trigger;
pub mod unnamed;
pub mod when;
pub mod who;
pub mod whose;

use truce_model::{
    ActorId, Agreement, Claim, CueClass, Mode, PlaceMention, SegmentKind, Span, Stance, Statement,
    TimeMention,
};

use crate::prepared::Prepared;
use clause::Tree;
use draft::{Draft, Said, Scene};
use trigger::Trigger;
use who::Who;
use whose::Saying;

/// Reads the claims of a prepared article, in order of their words.
pub fn claims(
    agreement: Option<&Agreement>,
    prepared: &Prepared,
    statements: &[Statement],
    times: &[TimeMention],
    places: &[PlaceMention],
) -> Vec<Claim> {
    let who = Who::new(prepared, agreement).with_places(places);
    let mut all: Vec<Vec<Trigger>> = prepared
        .sentences
        .iter()
        .enumerate()
        .map(|(number, it)| match it.segment {
            SegmentKind::Body => trigger::find(&Tree::new(&it.parsed), number, &who),
            _ => Vec::new(),
        })
        .collect();
    let unnamed = unnamed::sides(&who, prepared, statements, &all);
    let speakers = |it: &Statement| -> Vec<ActorId> {
        let found = speakers(it, prepared);
        found.into_iter().map(|it| unnamed.get(&it).cloned().unwrap_or(it)).collect()
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for (number, sentence) in prepared.sentences.iter().enumerate() {
        // The headline may be coded but never as a second instance of what
        // the body says; the body says it in nearly every report.
        if sentence.segment != SegmentKind::Body {
            continue;
        }
        let tree = Tree::new(&sentence.parsed);
        let mut triggers = std::mem::take(&mut all[number]);
        take_over_culprits(&tree, &mut triggers, &drafts);
        take_over_listed(&tree, &mut triggers, &drafts);
        let mut found = Vec::new();
        let text = &prepared.article.text;
        let scene = Scene {
            sentence: number,
            tree: &tree,
            triggers: &triggers,
            who: &who,
            statements,
            before: &drafts,
            text,
        };
        let told: Vec<bool> = statements.iter().map(|it| !is_conduct(&scene, it)).collect();
        let owners: Vec<Option<usize>> = triggers.iter().map(|it| owner(&scene, it, &told)).collect();
        let speaking: Vec<Option<Vec<ActorId>>> =
            owners.iter().map(|it| it.map(|it| speakers(&statements[it]))).collect();
        let sayings: Vec<Option<Saying>> = owners
            .iter()
            .zip(&speaking)
            .map(|(owner, speakers)| {
                let (owner, speakers) = (owner.as_ref()?, speakers.as_ref()?);
                Some(Saying { speakers, content: statements[*owner].content.span() })
            })
            .collect();
        let mut settled = triggers.clone();
        whose::settle(&scene, &mut settled, &sayings);
        let scene = Scene { triggers: &settled, ..scene };
        read_sentence(&scene, &speakers, times, (&told, &owners), &mut found);
        drafts.extend(found);
    }
    settle::settle(agreement, prepared, statements, times, places, &who, drafts)
}

/// Definite words for an act told before ("the checkpoint", "these strikes")
/// take over whose it was (codebook, settled case 29).
fn take_over_culprits(tree: &Tree, triggers: &mut [Trigger], before: &[Draft]) {
    for trigger in triggers.iter_mut().filter(|it| it.form == lexicon::Form::Noun && it.agents.is_empty()) {
        let definite = tree.has(trigger.token, "det", &["the", "this", "that", "these", "those"]);
        if !definite {
            continue;
        }
        let charges = |it: &&Draft| matches!(it.stance, Stance::Reports | Stance::Alleges | Stance::Condemns);
        let same = before
            .iter()
            .rev()
            .filter(charges)
            .find(|it| it.kind == Some(trigger.kind) && it.accused.is_some());
        trigger.agents.extend(same.and_then(|it| it.accused.clone()));
        trigger.taken_over = true;
    }
}

/// "Among the breaches were three raids and a new post": what is listed under
/// breaches told before is done by those who were charged with them (codebook,
/// settled case 29).
fn take_over_listed(tree: &Tree, triggers: &mut [Trigger], before: &[Draft]) {
    let Some(last) = before.last().map(|it| it.sentence) else { return };
    let breaches = (0..tree.len()).any(|it| {
        let noun = lexicon::Lexicon::shipped().is_in("breachword", tree.lemma(it))
            && tree.has(it, "det", &["the", "these", "those"]);
        let among = tree.preposition(it) == Some("among")
            || tree.rel(it) == "nsubj"
                && tree
                    .head(it)
                    .is_some_and(|it| ["include", "comprise", "range", "involve"].contains(&tree.lemma(it)));
        among && (noun || ["they", "these", "those"].contains(&tree.lemma(it)))
    });
    if !breaches {
        return;
    }
    let mut accused: Vec<ActorId> = Vec::new();
    for it in before
        .iter()
        .filter(|it| it.sentence == last && matches!(it.stance, Stance::Alleges | Stance::Reports))
    {
        accused.extend(it.accused.clone().filter(|it| !accused.contains(it)));
    }
    for trigger in
        triggers.iter_mut().filter(|it| it.agents.is_empty() && it.valence == lexicon::Valence::Breach)
    {
        trigger.agents.clone_from(&accused);
        trigger.taken_over = true;
    }
}

/// All drafts of one sentence.
fn read_sentence(
    scene: &Scene,
    speakers: &dyn Fn(&Statement) -> Vec<ActorId>,
    times: &[TimeMention],
    (told, owners): (&[bool], &[Option<usize>]),
    out: &mut Vec<Draft>,
) {
    let mutual = rules::mutual::draft(scene, out);
    let from = out.len();
    let sentence = scene.tree.sentence.span;
    for (index, statement) in scene.statements.iter().enumerate() {
        let content = statement.content.span();
        if !told[index] || !content.overlaps(sentence) || mutual.is_some_and(|it| is_mutual(statement, it)) {
            continue;
        }
        // "To Sudan, where the two generals accuse each other": another war.
        let group = statement.source.words.as_ref().is_some_and(|it| scene.who.is_group(it.span()));
        if group && scene.who.is_elsewhere(scene.sentence) {
            continue;
        }
        let triggers: Vec<&Trigger> = scene
            .triggers
            .iter()
            .zip(owners)
            .filter(|(_, owner)| **owner == Some(index))
            .map(|(it, _)| it)
            .collect();
        // A content that runs over several sentences makes its bare claims
        // (no word of conduct) once, where its cue stands.
        let cue_here = statement.cue.as_ref().is_none_or(|it| sentence.contains(it.span()));
        let said = Said { index, statement, speakers: speakers(statement), triggers };
        if said.triggers.is_empty() && !cue_here && rules::tone::asks(scene, &said).is_none() {
            continue;
        }
        rules::of_statement(scene, &said, out);
    }
    drop_general(out, from);
    carry_on(scene, out, from);
    answered(scene, out, from);
    rules::deny_clause::draft(scene, out);
    if mutual.is_some() {
        return;
    }
    if is_background(scene, times) {
        return;
    }
    let own: Vec<&Trigger> = scene
        .triggers
        .iter()
        .zip(owners)
        .filter(|(it, owner)| owner.is_none() && !is_cue(scene, it, told))
        .map(|(it, _)| it)
        .collect();
    rules::count::draft(scene, &own, out);
    rules::outlet::draft(scene, &own, out);
}

/// A concern or demand without conduct is no claim of its own beside one with
/// conduct by the same speaker in the same sentence.
fn drop_general(out: &mut Vec<Draft>, from: usize) {
    let named: Vec<(Option<ActorId>, truce_model::Stance)> = out[from..]
        .iter()
        .filter(|it| it.kind.is_some())
        .map(|it| (it.claimant.clone(), it.stance))
        .collect();
    let mut at = 0;
    out.retain(|it| {
        at += 1;
        at <= from || it.kind.is_some() || !named.contains(&(it.claimant.clone(), it.stance))
    });
}

/// "rejected rebel charges that a gunship had struck": what somebody charged
/// and another rejects for himself is charged to him.
fn answered(scene: &Scene, out: &mut [Draft], from: usize) {
    for at in from..out.len() {
        if out[at].stance != Stance::Alleges || out[at].accused.is_some() {
            continue;
        }
        let denied = out[from..].iter().find(|it| {
            it.stance == Stance::Denies
                && it.sentence == scene.sentence
                && it.kind == out[at].kind
                && it.claimant != out[at].claimant
                && it.accused.is_some()
        });
        if let Some(accused) = denied.and_then(|it| it.accused.clone()) {
            out[at].accused = Some(accused);
        }
    }
}

/// "Northland must stop", he said, "and let the lorries through": the second
/// half of a demand is made of whom the first is.
fn carry_on(scene: &Scene, out: &mut [Draft], from: usize) {
    let sentence = scene.sentence;
    for at in from..out.len() {
        if out[at].stance != Stance::Demands || out[at].accused.is_some() {
            continue;
        }
        let same = |it: &&Draft| {
            it.sentence == sentence
                && it.stance == Stance::Demands
                && it.claimant == out[at].claimant
                && it.accused.is_some()
        };
        let first: Vec<ActorId> =
            out[from..at].iter().filter(same).filter_map(|it| it.accused.clone()).collect();
        if let [only] = &first[..] {
            out[at].accused = Some(only.clone());
        }
    }
}

/// The smallest content that holds the trigger.
fn owner(scene: &Scene, trigger: &Trigger, told: &[bool]) -> Option<usize> {
    let span = scene.tree.token(trigger.token).span;
    (0..scene.statements.len())
        .filter(|it| told[*it])
        .filter(|it| scene.statements[*it].content.span().contains(span))
        .min_by_key(|it| scene.statements[*it].content.span().len())
}

/// Whether the trigger's word is itself a reporting word.
fn is_cue(scene: &Scene, trigger: &Trigger, told: &[bool]) -> bool {
    let span = scene.tree.token(trigger.token).span;
    scene
        .statements
        .iter()
        .zip(told)
        .filter(|(_, told)| **told)
        .map(|(it, _)| it)
        .filter_map(|it| it.cue.as_ref())
        .any(|it| it.span().overlaps(span))
}

fn is_mutual(statement: &Statement, clause: Span) -> bool {
    statement.cue.as_ref().is_some_and(|it| clause.contains(it.span()))
}

/// Whether what looks like a cue is conduct: "attacked a village", "honours
/// the deal".
fn is_conduct(scene: &Scene, statement: &Statement) -> bool {
    let Some(cue) = &statement.cue else { return false };
    // "held Northland responsible", "demanded its release": phrases that
    // accuse, deny or demand are reports whatever their verb alone may be.
    let back = cue.exact().to_lowercase().ends_with(" back");
    let phrase = cue.exact().contains(' ')
        && !back
        && matches!(statement.cue_class, CueClass::Accuse | CueClass::Deny | CueClass::Demand);
    // "hit back at 'dozens of targets'", "its men 'hold their fire'": quoted words
    // that say nothing by themselves.
    let content = statement.content.span();
    let named_only = || {
        let verb = |it: &usize| {
            let token = scene.tree.token(*it);
            token.upos == truce_syntax::Upos::Verb || token.upos == truce_syntax::Upos::Aux
        };
        (0..scene.tree.len())
            .filter(|it| content.contains(scene.tree.token(*it).span))
            .filter(|it| !cue.span().contains(scene.tree.token(*it).span))
            .all(|it| !verb(&it))
    };
    let says = matches!(statement.cue_class, CueClass::Say | CueClass::Deny | CueClass::Other);
    (statement.mode == Mode::Indirect || (says && named_only()))
        && !phrase
        && scene.triggers.iter().any(|it| {
            let at = scene.tree.token(it.token).span;
            let object = it
                .roles
                .obj
                .iter()
                .chain(it.roles.obl.iter().filter(|_| statement.mode != Mode::Indirect))
                .any(|it| statement.content.span().contains(scene.tree.token(*it).span));
            it.form == lexicon::Form::Verb && it.weight > 0 && cue.span().contains(at) && object
        })
}

/// Who is answerable for a statement: its source, or the members where the
/// source is a group or two speakers.
fn speakers(statement: &Statement, prepared: &Prepared) -> Vec<ActorId> {
    if let Some(words) = &statement.source.words {
        let group = prepared.mentions.iter().find(|it| {
            let same = it.span == words.span()
                || (words.span().contains(it.span) && it.span.len() * 2 > words.span().len());
            !it.group.is_empty() && same
        });
        if let Some(group) = group {
            return group.group.clone();
        }
        let joint = joint_speakers(words.span(), prepared);
        if joint.len() > 1 {
            return joint;
        }
    }
    statement.source.actor.iter().cloned().collect()
}

/// "Residents and League officials": each of those joined in the words that
/// speak, where they are not of one side.
fn joint_speakers(words: truce_model::Span, prepared: &Prepared) -> Vec<ActorId> {
    let inside: Vec<_> = prepared
        .mentions
        .iter()
        .filter(|it| words.contains(it.span) && it.kind != crate::prepared::MentionKind::Demonym)
        .collect();
    let mut whole: Vec<_> = inside
        .iter()
        .filter(|it| !inside.iter().any(|other| other.span != it.span && other.span.contains(it.span)))
        .collect();
    whole.sort_by_key(|it| it.span.start);
    whole.dedup_by_key(|it| it.span);
    let text = &prepared.article.text;
    let joined = whole.windows(2).all(|it| {
        let between = text.get(it[0].span.end as usize..it[1].span.start as usize).unwrap_or("-");
        matches!(between.trim(), "and" | "," | ", and" | "and the" | "as well as" | "and a" | "and an")
    });
    let mut out: Vec<ActorId> = Vec::new();
    let mut sides: Vec<&ActorId> = Vec::new();
    for it in whole {
        let Some(actor) = &it.actor else { return Vec::new() };
        let side = it.side.as_ref().unwrap_or(actor);
        if !sides.contains(&side) {
            sides.push(side);
            out.push(actor.clone());
        }
    }
    if joined { out } else { Vec::new() }
}

/// Earlier wars and earlier agreements are no claims: a sentence in the
/// outlet's voice whose time lies before the agreement.
fn is_background(scene: &Scene, times: &[TimeMention]) -> bool {
    let Some(start) = scene.who.agreement_start() else { return false };
    let span = scene.tree.sentence.span;
    // "Nothing has passed since", "is still shut": told up to now.
    let old = |it: usize| {
        let since = scene.tree.token(it).span;
        times.iter().any(|time| {
            let beside = time.span.contains(since)
                || (time.span.start >= since.end && time.span.start - since.end <= 2);
            beside && time.value.as_ref().and_then(|it| it.days().0).is_some_and(|it| it < start)
        })
    };
    let lasts = (0..scene.tree.len()).any(|it| match scene.tree.lemma(it) {
        "since" => !old(it),
        lemma => ["still", "now", "remain"].contains(&lemma),
    });
    if lasts {
        return false;
    }
    // "Fighting the week before had killed dozens": before what is told.
    let before = (1..scene.tree.len()).any(|it| {
        ["before", "earlier", "previous"].contains(&scene.tree.lemma(it))
            && ["week", "month", "year"].contains(&scene.tree.lemma(it - 1))
    });
    if before && (0..scene.tree.len()).any(|it| scene.who.word(scene.tree.token(it).span) == "had") {
        return true;
    }
    let ends: Vec<String> = times
        .iter()
        .filter(|it| span.contains(it.span))
        .filter_map(|it| it.value.as_ref())
        // An open interval that began before the agreement tells of the war
        // the agreement was to end.
        .filter_map(|it| if it.as_str().ends_with("/..") { it.days().0 } else { it.days().1 })
        .collect();
    !ends.is_empty() && ends.iter().all(|it| *it < start)
}
