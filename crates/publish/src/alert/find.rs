//! What meets a rule.

use std::collections::BTreeSet;

use truce_record::{Claim, Incident, Record};

use super::{Alert, AlertRule, Occasion};
use crate::day;
use crate::export::deadlines;
use crate::hash::sha256_hex;
use crate::say::{Part, ours};
use crate::sitrep::same_incident;
use crate::strings as s;
use crate::view::{Cite, View, is_charge};
use crate::voice;

/// Days ahead that count where a rule does not say.
const DAYS_AHEAD: u32 = 7;

pub(super) fn meets(view: &View, previous: Option<&Record>, rule: &AlertRule) -> Vec<Alert> {
    let on = |it: Occasion| rule.on.is_empty() || rule.on.contains(&it);
    let mut out = Vec::new();
    let before: BTreeSet<&str> =
        previous.into_iter().flat_map(|it| it.claims.iter()).map(|it| it.id.as_str()).collect();
    for claim in view.record.claims.iter().filter(|it| !before.contains(it.id.as_str())) {
        let occasion = if is_charge(claim) {
            Occasion::Charge
        } else if claim.stance == "denies" {
            Occasion::Denial
        } else {
            Occasion::Claim
        };
        // A rule for claims is for charges and denials too.
        let wanted = on(occasion) || rule.on.contains(&Occasion::Claim);
        if wanted && fits(view, rule, claim) {
            out.extend(of_claim(view, rule, occasion, claim));
        }
    }
    if on(Occasion::Standing) {
        let old = previous.map_or(&[][..], |it| &it.incidents);
        for it in &view.record.incidents {
            let Some(was) = old.iter().find(|old| same_incident(old, it)) else { continue };
            if was.standing != it.standing && claims(view, it).any(|it| fits(view, rule, it)) {
                out.extend(of_standing(view, rule, it, &was.standing));
            }
        }
    }
    if on(Occasion::AlteredQuotation) && rule_is_general(rule) {
        let old: BTreeSet<(&str, &str)> = previous
            .into_iter()
            .flat_map(|it| it.reuse.iter())
            .map(|it| (it.a.exact.as_str(), it.b.exact.as_str()))
            .collect();
        for it in view.record.reuse.iter().filter(|it| it.kind == "quote_variant") {
            let (Some(a), Some(b)) = (view.cite_cited(&it.a), view.cite_cited(&it.b)) else { continue };
            if !old.contains(&(a.exact(), b.exact())) {
                let title = format!(
                    "{}: {} ⇄ {}",
                    s::reuse(&it.kind),
                    view.label(a.article()),
                    view.label(b.article())
                );
                let mut alert = alert(view, rule, Occasion::AlteredQuotation, title, b);
                alert.words = format!("“{}” / “{}”", a.exact(), b.exact());
                out.push(alert);
            }
        }
    }
    if on(Occasion::Deadline) {
        let today = view.period().map(|it| it.1);
        let ahead = i64::from(rule.days_ahead.unwrap_or(DAYS_AHEAD));
        for it in deadlines(view) {
            let near = today.is_some_and(|today| it.day >= today && it.day - today <= ahead);
            let about = rule.provision.is_empty()
                || it.provision.as_ref().is_some_and(|id| rule.provision.contains(id));
            if near
                && about
                && rule.kind.is_empty()
                && rule.party.is_empty()
                && rule.place.is_empty()
                && rule.accused.is_empty()
            {
                out.push(Alert {
                    id: id(rule, Occasion::Deadline, &it.uid),
                    rule: rule.id.clone(),
                    occasion: Occasion::Deadline,
                    title: format!("{}: {}", day::iso(it.day), it.title),
                    words: it.more,
                    at: crate::brief::subject(view).to_owned(),
                    url: it.url,
                    day: Some(day::iso(it.day)),
                });
            }
        }
    }
    let mut seen = BTreeSet::new();
    out.retain(|it| seen.insert(it.id.clone()));
    out
}

fn claims<'r>(view: &View<'r>, it: &'r Incident) -> impl Iterator<Item = &'r Claim> {
    it.claims.iter().filter_map(|it| view.claim(it)).collect::<Vec<_>>().into_iter()
}

/// Whether a rule names nothing that an altered quotation does not have.
fn rule_is_general(rule: &AlertRule) -> bool {
    [&rule.kind, &rule.party, &rule.accused, &rule.place, &rule.provision].iter().all(|it| it.is_empty())
}

fn fits(view: &View, rule: &AlertRule, it: &Claim) -> bool {
    let any = |wanted: &[String], has: &[Option<&str>]| {
        wanted.is_empty() || has.iter().flatten().any(|has| wanted.iter().any(|it| it == has))
    };
    let (claimant, accused) = (it.claimant.as_deref(), it.accused.as_deref());
    let (side, of_accused) = (claimant.map(|it| view.side(it)), accused.map(|it| view.side(it)));
    let provisions: Vec<Option<&str>> = it.provisions.iter().map(|it| Some(it.as_str())).collect();
    any(&rule.kind, &[it.kind.as_deref()])
        && any(&rule.party, &[claimant, side, accused, of_accused])
        && any(&rule.accused, &[accused, of_accused])
        && any(&rule.place, &[it.place.as_ref().and_then(|it| it.id.as_deref())])
        && any(&rule.provision, &provisions)
}

fn of_claim(view: &View, rule: &AlertRule, occasion: Occasion, it: &Claim) -> Option<Alert> {
    let words = view.evidence(it).into_iter().next()?;
    let sentence = voice::sentence(view, view.claim(&it.id)?)?;
    let mut out = alert(view, rule, occasion, plain(&sentence.parts), words);
    out.id = id(rule, occasion, &it.id);
    Some(out)
}

fn of_standing<'r>(view: &View<'r>, rule: &AlertRule, it: &'r Incident, was: &str) -> Option<Alert> {
    let words = claims(view, it).find_map(|it| view.evidence(it).into_iter().next())?;
    let mut parts = vec![ours(format!("{}, ", s::kind(it.kind.as_deref())))];
    parts.push(ours(view.who(it.accused.as_deref(), s::NOBODY_ACCUSED)));
    parts.push(ours(format!(": {} ({} {was})", it.standing, s::BEFORE)));
    let mut out = alert(view, rule, Occasion::Standing, plain(&parts), words);
    out.id = id(rule, Occasion::Standing, &format!("{} {was} {}", it.id, it.standing));
    Some(out)
}

fn alert(view: &View, rule: &AlertRule, occasion: Occasion, title: String, words: Cite) -> Alert {
    let article = &view.record.articles[words.article()];
    let (start, end) = words.position();
    let (first, last) = view.published(words.article());
    let published = article.published.value.as_deref().unwrap_or(s::UNKNOWN);
    Alert {
        id: id(rule, occasion, &format!("{title} {} {start}", article.id)),
        rule: rule.id.clone(),
        occasion,
        title,
        words: words.exact().to_owned(),
        at: format!("{}, {published}, {} {start}–{end}", view.label(words.article()), article.id),
        url: article.url.clone(),
        day: last.or(first).map(day::iso),
    }
}

fn id(rule: &AlertRule, occasion: Occasion, what: &str) -> String {
    let whole = format!("{} {occasion:?} {what}", rule.id);
    sha256_hex(whole.as_bytes())[..32].to_owned()
}

fn plain(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|it| match it {
            Part::Ours(it) | Part::Theirs(it) => it.as_str(),
        })
        .collect()
}
