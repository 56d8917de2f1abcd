//! From drafts to claims: time, place, provisions, counts, merging of
//! repetitions, ids.

use truce_model::{Agreement, Claim, ClaimId, Evidence, PlaceMention, Stance, Statement, TimeMention};

use super::clause::Tree;
use super::draft::Draft;
use super::ground;
use super::when::{self, Settled, When};
use super::who::Who;
use super::{counts, provisions};
use crate::prepared::Prepared;

/// Turns drafts into claims, in order of their words.
pub fn settle(
    agreement: Option<&Agreement>,
    prepared: &Prepared,
    statements: &[Statement],
    times: &[TimeMention],
    places: &[PlaceMention],
    who: &Who,
    drafts: Vec<Draft>,
) -> Vec<Claim> {
    let when = When { prepared, agreement, statements, times };
    let mut claims: Vec<Claim> = Vec::new();
    // Where each draft ended up, so that a denial can take over from its charge.
    let mut settled: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    // The sentence of each claim's first words.
    let mut sentences: Vec<usize> = Vec::new();
    for draft in &drafts {
        let Some(evidence) = Evidence::cite(prepared.article, draft.evidence) else {
            settled.push(None);
            continue;
        };
        let sentence = &prepared.sentences[draft.sentence];
        let tree = Tree::new(&sentence.parsed);
        let like = draft.like.and_then(|it| settled.get(it).copied().flatten());
        let time = when::own(when, &tree, draft)
            .or_else(|| {
                like.filter(|_| !when::is_lasting(&tree, draft.token))
                    .and_then(|it: usize| claims[it].time.clone())
            })
            .or_else(|| {
                let told = Settled { claims: &claims, sentences: &sentences };
                when::told_before(&told, &tree, draft, who)
            })
            .or_else(|| when::of_sentence_before(when, &tree, draft));
        let place = ground::own(when, &tree, draft, places)
            .or_else(|| {
                like.filter(|_| !when::is_lasting(&tree, draft.token))
                    .and_then(|it: usize| claims[it].place.clone())
            })
            .or_else(|| {
                let told = Settled { claims: &claims, sentences: &sentences };
                ground::told_before(&told, &tree, draft, who)
            });
        let counts = counts::in_sentence(prepared, &tree)
            .into_iter()
            .filter(|(token, _)| draft.evidence.contains(tree.token(*token).span))
            .map(|(_, it)| it)
            .collect();
        let provisions = agreement.map_or_else(Vec::new, |it| {
            let value = time.as_ref().map(|it| &it.value);
            provisions::of_claim(it, who, draft.kind, draft.accused.as_ref(), place.as_ref(), value)
        });
        let label = label_of(prepared, draft, statements);
        let claim = Claim {
            id: ClaimId::from(""),
            article: prepared.article.id.clone(),
            statement: draft.statement.map(|it| statements[it].id.clone()),
            stance: draft.stance,
            claimant: draft.claimant.clone(),
            accused: draft.accused.clone(),
            kind: draft.kind,
            provisions,
            time,
            place,
            label,
            scope: draft.scope.and_then(|it| Evidence::cite(prepared.article, it)),
            counts,
            evidence: vec![evidence],
            rule: draft.rule,
        };
        let at = place_claim(&mut claims, claim, who);
        if at == sentences.len() {
            sentences.push(draft.sentence);
        }
        settled.push(Some(at));
    }
    for at in 0..claims.len() {
        let told = Settled { claims: &claims, sentences: &sentences };
        if let Some(time) = when::told_after(&told, at, who) {
            claims[at].time = Some(time);
        }
    }
    for claim in &mut claims {
        claim.id = id_of(claim);
    }
    claims
}

/// A repetition is one claim with several evidence spans (codebook, section
/// 3); a new time, place or number makes a second one.
fn place_claim(claims: &mut Vec<Claim>, claim: Claim, who: &Who) -> usize {
    let same = claims.iter().position(|it| {
        let side = |actor: &Option<truce_model::ActorId>| actor.as_ref().map(|it| who.side(it));
        side(&it.claimant) == side(&claim.claimant)
            && side(&it.accused) == side(&claim.accused)
            && group(it.stance) == group(claim.stance)
            && it.kind == claim.kind
            // A named act is more than the general charge each made of the other.
            && (it.rule == "claim/mutual") == (claim.rule == "claim/mutual")
            && match (&it.time, &claim.time) {
                (Some(a), Some(b)) => a.value == b.value,
                _ => true,
            }
            && match (&it.place, &claim.place) {
                (Some(a), Some(b)) => a.words.exact() == b.words.exact() || (a.id.is_some() && a.id == b.id),
                _ => true,
            }
    });
    match same {
        Some(at) => {
            let kept = &mut claims[at];
            let known = kept.evidence.iter().any(|it| it.span().contains(claim.evidence[0].span()));
            if !known {
                kept.evidence.extend(claim.evidence);
            }
            kept.time = kept.time.take().or(claim.time);
            kept.place = kept.place.take().or(claim.place);
            kept.label = kept.label.take().or(claim.label);
            at
        }
        None => {
            claims.push(claim);
            claims.len() - 1
        }
    }
}

fn group(stance: Stance) -> u8 {
    match stance {
        Stance::Alleges | Stance::Condemns => 0,
        Stance::Acknowledges | Stance::Justifies => 1,
        other => 2 + other as u8,
    }
}

/// Loaded words inside quotation marks within the statement.
fn label_of(prepared: &Prepared, draft: &Draft, statements: &[Statement]) -> Option<Evidence> {
    let content = statements.get(draft.statement?)?.content.span();
    let quoted = prepared.quotes.iter().map(|it| it.span).find(|it| {
        content.contains(*it) && *it != content && it.len() * 4 < content.len() * 3 && it.len() <= 80
    })?;
    Evidence::cite(prepared.article, quoted)
}

/// Stable between runs: 64-bit FNV-1a over what the claim says and where.
fn id_of(claim: &Claim) -> ClaimId {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut eat = |it: &str| {
        for byte in it.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    eat(claim.article.as_str());
    eat(claim.stance.as_str());
    eat(claim.claimant.as_ref().map_or("", |it| it.as_str()));
    eat(claim.accused.as_ref().map_or("", |it| it.as_str()));
    eat(claim.kind.map_or("", |it| it.as_str()));
    for evidence in &claim.evidence {
        eat(&format!("{}-{}", evidence.span().start, evidence.span().end));
    }
    ClaimId::from(format!("c-{hash:016x}"))
}
