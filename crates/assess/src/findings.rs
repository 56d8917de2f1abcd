//! What can be said of each provision in each period.
//!
//! A period without a word about a provision has the finding `no
//! information`, not `no breach`: silence of the reports is not peace.

use std::collections::{BTreeMap, BTreeSet};

use truce_model::{
    ActorId, ClaimId, Edtf, Finding, FindingWord, Incident, Modality, Provision, ReplyScope, Stance, Standing,
};

use crate::ctx::{Ctx, Item};
use crate::period::{self, Period};

/// One finding per provision and period; reports without a date have a
/// period of their own, `None`.
pub(crate) fn findings(ctx: &Ctx<'_>, incidents: &[Incident]) -> Vec<Finding> {
    let read: Vec<_> = ctx.articles.iter().filter(|it| it.1.sentences > 0).collect();
    let periods = period::periods(read.iter().filter_map(|it| it.0.published.value.as_ref()));
    let period_of = |published: Option<&Edtf>| -> Option<usize> {
        let days = period::days(published?)?;
        periods.iter().position(|it| it.holds(days))
    };
    let mut articles_read: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (article, _) in &read {
        *articles_read.entry(period_of(article.published.value.as_ref())).or_default() += 1;
    }
    let by_id: BTreeMap<&ClaimId, &Item<'_>> = ctx.items.iter().map(|it| (&it.claim.id, it)).collect();
    let mut out = Vec::new();
    for provision in &ctx.agreement.provisions {
        for (period, articles) in &articles_read {
            let in_period = |it: &Item<'_>| period_of(it.published()) == *period;
            let about: Vec<&Item<'_>> = ctx
                .items
                .iter()
                .filter(|it| in_period(it) && it.claim.provisions.contains(&provision.id))
                .collect();
            let ids: BTreeSet<&ClaimId> = about.iter().map(|it| &it.claim.id).collect();
            let charges: Vec<&Incident> = incidents
                .iter()
                .filter(|it| {
                    it.claims.iter().any(|it| ids.contains(it)) && owes(ctx, provision, it.accused.as_ref())
                })
                .collect();
            let period = period.map(|it| &periods[it]);
            out.push(finding(provision, period, &about, &charges, *articles, &by_id));
        }
    }
    out
}

fn finding(
    provision: &Provision,
    period: Option<&Period>,
    about: &[&Item<'_>],
    charges: &[&Incident],
    articles_read: usize,
    by_id: &BTreeMap<&ClaimId, &Item<'_>>,
) -> Finding {
    let edtf = period.and_then(Period::edtf);
    let mut answers: BTreeSet<ClaimId> = charges
        .iter()
        .flat_map(|it| &it.replies)
        .filter(|it| it.scope != ReplyScope::OtherObject)
        .map(|it| it.claim.clone())
        .collect();
    // A denial of a breach of this provision, whoever charged it.
    answers.extend(about.iter().filter(|it| it.is_answer()).map(|it| it.claim.id.clone()));
    let stances: BTreeSet<Stance> =
        answers.iter().filter_map(|it| by_id.get(it)).map(|it| it.claim.stance).collect();
    let breakable = !matches!(provision.modality, Modality::May | Modality::Declaration | Modality::Term);
    let word = if !breakable || !in_force(provision, edtf.as_ref()) {
        FindingWord::NotApplicable
    } else if !charges.is_empty() {
        if charges.iter().any(|it| it.standing == Standing::Verified) {
            FindingWord::FoundByMandatedBody
        } else if stances.contains(&Stance::Acknowledges)
            || stances.contains(&Stance::Justifies)
            || charges.iter().any(|it| it.standing == Standing::Acknowledged)
        {
            FindingWord::ActAcknowledged
        } else if stances.contains(&Stance::Denies) || stances.contains(&Stance::Credits) {
            FindingWord::Contested
        } else {
            FindingWord::Alleged
        }
    } else if about.is_empty() {
        FindingWord::NoInformation
    } else {
        FindingWord::NoBreachAlleged
    };
    Finding {
        provision: provision.id.clone(),
        period: edtf,
        finding: word,
        charges: charges.iter().map(|it| it.id.clone()).collect(),
        answers: answers.into_iter().collect(),
        articles_read,
    }
}

/// Whether the provision binds the side at all. A provision that names
/// nobody binds every party.
fn owes(ctx: &Ctx<'_>, provision: &Provision, accused: Option<&ActorId>) -> bool {
    let Some(accused) = accused else { return false };
    provision.obligated.is_empty()
        || provision.obligated.iter().any(|it| ctx.agreement.side_of(it) == *accused || it == accused)
}

fn in_force(provision: &Provision, period: Option<&Edtf>) -> bool {
    let Some(period) = period else { return true };
    let day = |it: &Edtf, last: bool| if last { it.days().1 } else { it.days().0 };
    let begun = match (provision.from.as_ref().and_then(|it| day(it, false)), day(period, true)) {
        (Some(from), Some(end)) => from <= end,
        _ => true,
    };
    let ended = match (provision.until.as_ref().and_then(|it| day(it, true)), day(period, false)) {
        (Some(until), Some(start)) => until < start,
        _ => false,
    };
    begun && !ended
}
