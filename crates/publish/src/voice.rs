//! Claims of one speaker with one stance, over all articles that print them:
//! what a reader takes for one utterance.

use std::collections::BTreeMap;

use truce_record::Claim;

use crate::say::{Assertion, Grounds, Part, ours, theirs};
use crate::strings as s;
use crate::view::{Cite, View};

/// What one speaker says, once per wording.
pub(crate) struct Voice<'r> {
    pub claimant: Option<&'r str>,
    pub stance: &'r str,
    pub claims: Vec<&'r Claim>,
    /// Each wording with the places that print it, in order of publication.
    pub wordings: Vec<Wording<'r>>,
}

/// One wording and where it is printed.
pub(crate) struct Wording<'r> {
    pub exact: &'r str,
    pub grounds: Grounds<'r>,
}

/// Groups claims by speaker and stance: named speakers first, the outlets'
/// own voice after them.
pub(crate) fn voices<'r>(view: &View<'r>, claims: impl Iterator<Item = &'r Claim>) -> Vec<Voice<'r>> {
    let mut groups: BTreeMap<(bool, Option<&str>, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        let claimant = claim.claimant.as_deref();
        let key = (claimant.is_none_or(|it| it == "outlet"), claimant, claim.stance.as_str());
        groups.entry(key).or_default().push(claim);
    }
    let voice = |((_, claimant, stance), claims): ((bool, Option<&'r str>, &'r str), Vec<&'r Claim>)| Voice {
        claimant,
        stance,
        wordings: wordings(view, &claims),
        claims,
    };
    groups.into_iter().map(voice).collect()
}

/// The distinct wordings of claims. White space is no difference.
fn wordings<'r>(view: &View<'r>, claims: &[&'r Claim]) -> Vec<Wording<'r>> {
    let mut out: Vec<(String, Wording<'r>)> = Vec::new();
    let mut cites: Vec<Cite<'r>> = claims.iter().flat_map(|it| view.evidence(it)).collect();
    cites.sort_by_key(|it| (view.published(it.article()).0.is_none(), view.published(it.article()), *it));
    cites.dedup();
    for cite in cites {
        let plain: String = cite.exact().split_whitespace().collect::<Vec<_>>().join(" ");
        match out.iter_mut().find(|it| it.0 == plain) {
            Some((_, wording)) => wording.grounds.add(cite),
            None => out
                .extend(Grounds::of([cite]).map(|it| (plain, Wording { exact: cite.exact(), grounds: it }))),
        }
    }
    out.into_iter().map(|it| it.1).collect()
}

/// A claim in one sentence: who says what about whom, where, when.
pub(crate) fn sentence<'r>(view: &View<'r>, claim: &'r Claim) -> Option<Assertion<'r>> {
    let mut parts: Vec<Part> = vec![theirs(view.who(claim.claimant.as_deref(), s::SPEAKER_UNKNOWN))];
    parts.push(ours(format!(" {}", s::stance(&claim.stance))));
    // Of its own conduct a speaker speaks without being named again.
    let accused = claim.accused.as_deref().filter(|it| Some(*it) != claim.claimant.as_deref());
    if let Some(accused) = accused {
        parts.extend([ours(s::towards(&claim.stance)), theirs(view.actor(accused))]);
    }
    parts.push(ours(format!(": {}", s::kind(claim.kind.as_deref()).to_lowercase())));
    if let Some(place) = &claim.place {
        parts.extend([ours(", "), theirs(view.place(place))]);
    }
    if let Some(time) = &claim.time {
        parts.extend([ours(", "), theirs(s::when(&time.value))]);
    }
    Some(Assertion { parts, grounds: Grounds::of(view.evidence(claim))? })
}

/// The numbers claimed: `killed: 5`, `killed: at least 3`.
pub(crate) fn count(count: &truce_record::Count) -> String {
    let number = match count.high {
        None => format!("at least {}", count.low),
        Some(high) if high == count.low => high.to_string(),
        Some(high) => format!("{} to {high}", count.low),
    };
    format!("{}: {number}", count.what.replace('_', " "))
}
