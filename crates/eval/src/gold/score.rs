//! The comparison.

use std::collections::BTreeSet;

use serde_json::Value;

use super::claims;
use super::dates;
use super::load::{Gold, GoldArticle, GoldClaim, GoldStatement, list};
use super::matching::{Range, greedy, iou, overlap, round6};
use super::measures::{Integrity, Matched, Measure, Notes, Scores};
use super::record::{Read, ReadClaim, ReadStatement, open};

/// Compares a record, as JSON, with a gold file.
pub fn score(gold: &Gold, record: &Value) -> Scores {
    let mut read = open(gold, record);
    let mut acc = Acc::default();
    body(gold, &mut read, &mut acc);
    statements(gold, &read, &mut acc);
    all_claims(gold, &read, &mut acc);
    reuse(gold, &read, &mut acc);
    published(gold, &read, &mut acc);
    let missing = gold.articles.iter().map(|it| it.file.clone());
    acc.notes.missing_articles = missing.filter(|it| !read.seen.contains_key(it.as_str())).collect();
    acc.notes.missing_articles.sort();
    acc.integrity.spans_checked = read.spans_checked;
    acc.integrity.violations = read.violations;
    Scores {
        gold: gold.path.clone(),
        measures: acc.measures,
        integrity: acc.integrity,
        notes: acc.notes,
        listing: acc.listing,
    }
}

#[derive(Default)]
struct Acc {
    measures: Vec<Measure>,
    integrity: Integrity,
    notes: Notes,
    listing: Vec<Vec<String>>,
}

impl Acc {
    fn list(&mut self, what: &str, file: &str, fields: &[String]) {
        let mut row = vec![what.to_owned(), file.to_owned()];
        row.extend_from_slice(fields);
        self.listing.push(row);
    }
}

fn words(article: &GoldArticle, span: Range) -> String {
    const SHOWN_MAX: usize = 100;
    let end = span.1.min(article.text.len());
    article.text[span.0.min(end)..end].iter().take(SHOWN_MAX).collect()
}

/// How many code points of `span` are marked.
fn marked(marks: &[bool], span: Range) -> usize {
    let end = span.1.min(marks.len());
    marks[span.0.min(end)..end].iter().filter(|it| **it).count()
}

/// Whether the whole span is marked; nothing past the end is.
fn all_marked(marks: &[bool], span: Range) -> bool {
    marked(marks, span) == span.1 - span.0
}

fn body(gold: &Gold, read: &mut Read<'_>, acc: &mut Acc) {
    let (mut hit, mut coded, mut found) = (0, 0, 0);
    for article in &gold.articles {
        let length = article.text.len();
        let mut predicted = vec![false; length];
        let segments = read.seen.get(article.file.as_str()).map_or(&[][..], |it| list(&it["segments"]));
        for it in segments {
            let span = it["start"].as_u64().zip(it["end"].as_u64());
            let span =
                span.map(|(a, b)| (a as usize, b as usize)).filter(|it| it.0 <= it.1 && it.1 <= length);
            match span {
                Some(span) if it["kind"] == "body" => predicted[span.0..span.1].fill(true),
                Some(_) => {}
                None => read.violations.push(format!(
                    "segment {}: {} [{},{}) is no span of the text",
                    it["kind"], article.file, it["start"], it["end"]
                )),
            }
        }
        for at in (0..length).filter(|at| article.scored[*at]) {
            hit += usize::from(article.body[at] && predicted[at]);
            coded += usize::from(article.body[at]);
            found += usize::from(predicted[at]);
        }
    }
    acc.measures.push(Measure::prf("body characters", coded, found, hit));
}

fn statement_pairs(
    golds: &[GoldStatement],
    reads: &[ReadStatement],
    skip: &BTreeSet<usize>,
) -> Vec<(Vec<f64>, usize, usize)> {
    let mut pairs = Vec::new();
    for (i, gold) in golds.iter().enumerate() {
        for (j, read) in reads.iter().enumerate().filter(|(j, _)| !skip.contains(j)) {
            let best = gold.spans.iter().map(|it| iou(*it, read.span)).fold(0.0, f64::max);
            if best >= 0.5 {
                let same = |a: &str, b: &Option<String>| f64::from(u8::from(Some(a) == b.as_deref()));
                let quality =
                    vec![round6(best), same(&gold.side, &read.side), same(&gold.actor, &read.actor)];
                pairs.push((quality, i, j));
            }
        }
    }
    pairs
}

fn statements(gold: &Gold, read: &Read<'_>, acc: &mut Acc) {
    let (mut coded, mut found, mut matched) = (0, 0, 0);
    let (mut side, mut actor, mut cue, mut mode) = (0, 0, 0, 0);
    for article in &gold.articles {
        let reads = read.statements.get(article.file.as_str()).map_or(&[][..], Vec::as_slice);
        let hit = greedy(statement_pairs(&article.statements, reads, &BTreeSet::new()));
        let used: BTreeSet<usize> = hit.iter().map(|it| it.1).collect();
        let optional = greedy(statement_pairs(&article.statements_optional, reads, &used));
        let mut free: BTreeSet<usize> = optional.into_iter().map(|it| it.1).collect();
        free.extend(
            (0..reads.len()).filter(|j| !used.contains(j) && all_marked(&article.head, reads[*j].span)),
        );
        coded += article.statements.len();
        found += reads.len() - free.len();
        matched += hit.len();
        acc.integrity.statements_in_not_body +=
            reads.iter().filter(|it| marked(&article.dead, it.span) * 2 > it.span.1 - it.span.0).count();
        for (i, j) in &hit {
            let (gold, one) = (&article.statements[*i], &reads[*j]);
            let sides = one.side.as_deref().is_some_and(|it| {
                Some(it) == read.side(Some(&gold.side)).as_deref()
                    || gold.side.split('|').any(|side| side == it)
            });
            side += usize::from(sides);
            actor += usize::from(one.actor.as_deref() == Some(&gold.actor));
            cue += usize::from(cue_fits(gold, one));
            mode += usize::from(one.mode == gold.mode);
        }
        let right: BTreeSet<usize> = hit.iter().map(|it| it.0).collect();
        for (_, it) in article.statements.iter().enumerate().filter(|(i, _)| !right.contains(i)) {
            acc.list(
                "missed statement",
                &article.file,
                &[it.id.clone(), it.side.clone(), words(article, it.spans[0])],
            );
        }
        for (_, it) in reads.iter().enumerate().filter(|(j, _)| !used.contains(j) && !free.contains(j)) {
            let side = it.side.clone().unwrap_or_default();
            acc.list("false statement", &article.file, &[it.id.clone(), side, words(article, it.span)]);
        }
    }
    acc.measures.push(Measure::prf("statements", coded, found, matched));
    acc.measures.push(Measure::rate("statement source side", matched, side));
    acc.measures.push(Measure::rate("statement source actor", matched, actor));
    acc.measures.push(Measure::rate("statement cue", matched, cue));
    acc.measures.push(Measure::rate("statement mode", matched, mode));
}

fn cue_fits(gold: &GoldStatement, read: &ReadStatement) -> bool {
    let (Some(a), Some(b)) = (&gold.cue, &read.cue) else { return gold.cue.is_none() && read.cue.is_none() };
    if let (Some(a), Some(b)) = (gold.cue_span, read.cue_span) {
        return overlap(a, b) > 0;
    }
    let line = |it: &str| format!(" {} ", it.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
    let (a, b) = (line(a), line(b));
    a == b || b.contains(&a) || a.contains(&b)
}

#[derive(Default)]
struct ClaimCounts {
    gold: usize,
    read: usize,
    hit: usize,
    stance: usize,
    kind: usize,
    full: usize,
    jaccard: f64,
    dated: usize,
    date_given: usize,
    date: usize,
    date_compatible: usize,
    pairs: usize,
}

fn all_claims(gold: &Gold, read: &Read<'_>, acc: &mut Acc) {
    let mut n = ClaimCounts::default();
    for article in &gold.articles {
        claims_of(article, read, acc, &mut n);
    }
    let rate = Measure::rate;
    acc.measures.push(Measure::prf("claim detection", n.gold, n.read, n.hit));
    acc.measures.push(Measure::prf("claim full", n.gold, n.read, n.full));
    acc.measures.push(rate("claim direction", n.pairs, n.hit));
    acc.measures.push(rate("claim stance group", n.hit, n.stance));
    acc.measures.push(rate("claim kind", n.hit, n.kind));
    acc.measures
        .push(Measure { matched: Matched::Sum(n.jaccard), ..rate("claim provisions (Jaccard)", n.hit, 0) });
    let given = n.date_given;
    acc.measures.push(Measure { predicted: given, ..rate("claim date", n.dated, n.date) });
    acc.measures
        .push(Measure { predicted: given, ..rate("claim date, compatible", n.dated, n.date_compatible) });
}

fn shown_gold(it: &GoldClaim) -> String {
    let or = |it: &Option<String>| it.clone().unwrap_or_else(|| "None".into());
    format!("{} {}>{} {}", it.stance, or(&it.claimant), or(&it.accused), or(&it.kind))
}

fn shown_read(it: &ReadClaim) -> String {
    let or = |it: &Option<String>| it.clone().unwrap_or_else(|| "None".into());
    format!("{} {}>{} {}", it.stance, or(&it.claimant), or(&it.accused), or(&it.kind))
}

fn claims_of(article: &GoldArticle, read: &Read<'_>, acc: &mut Acc, n: &mut ClaimCounts) {
    let file = article.file.as_str();
    let golds: Vec<&GoldClaim> = article.claims.iter().collect();
    let reads: Vec<&ReadClaim> = read.claims.get(file).into_iter().flatten().collect();
    let hit = claims::matches(&golds, &reads, read);
    let gold_used: BTreeSet<usize> = hit.iter().map(|it| it.0).collect();
    let read_used: BTreeSet<usize> = hit.iter().map(|it| it.1).collect();
    let rest: Vec<usize> = (0..reads.len()).filter(|it| !read_used.contains(it)).collect();
    let optional: Vec<&GoldClaim> = article.claims_optional.iter().collect();
    let over: Vec<&ReadClaim> = rest.iter().map(|it| reads[*it]).collect();
    let mut free: BTreeSet<usize> =
        claims::matches(&optional, &over, read).into_iter().map(|it| rest[it.1]).collect();
    let in_head: BTreeSet<usize> = rest
        .iter()
        .copied()
        .filter(|it| {
            let evidence = &reads[*it].evidence;
            !evidence.is_empty() && evidence.iter().all(|it| all_marked(&article.head, *it))
        })
        .collect();
    free.extend(&in_head);
    n.gold += golds.len();
    n.read += reads.len() - free.len();
    n.hit += hit.len();
    acc.notes.optional_claims_found += free.difference(&in_head).count();
    acc.notes.headline_only_claims += in_head.len();
    acc.integrity.claims_in_not_body += reads
        .iter()
        .filter(|it| it.evidence.iter().any(|it| marked(&article.dead, *it) * 2 > it.1 - it.0))
        .count();
    for (i, j) in &hit {
        let (gold, one) = (golds[*i], reads[*j]);
        let (stance, kind) = (claims::stance(gold, one) > 0, claims::kind(gold, one) > 0);
        n.stance += usize::from(stance);
        n.kind += usize::from(kind);
        n.full += usize::from(stance && kind);
        n.jaccard += claims::jaccard(gold, one);
        dates_of(gold, one, n, &mut acc.notes);
        if !(stance && kind) {
            let what = format!("{} / {}", shown_gold(gold), shown_read(one));
            acc.list("stance or kind", file, &[gold.id.clone(), what, words(article, gold.evidence[0])]);
        }
    }
    // Pairs on the same words whose direction differs.
    let mut left = Vec::new();
    for (i, gold) in golds.iter().enumerate().filter(|(i, _)| !gold_used.contains(i)) {
        for (j, one) in reads.iter().enumerate() {
            let (share, union) = claims::evidence(gold, one);
            if !read_used.contains(&j) && !free.contains(&j) && share >= 0.5 {
                let fit = claims::stance(gold, one) + claims::kind(gold, one);
                left.push((vec![f64::from(fit), union], i, j));
            }
        }
    }
    let left = greedy(left);
    n.pairs += hit.len() + left.len();
    for (i, j) in &left {
        let (gold, one) = (golds[*i], reads[*j]);
        let side = |it: &Option<String>| read.side(it.as_deref());
        let reversed = gold.accused.is_some()
            && side(&one.claimant) == side(&gold.accused)
            && side(&one.accused) == side(&gold.claimant)
            && gold.claimant != gold.accused;
        acc.notes.reversed_claims += usize::from(reversed);
        let what = format!("{} / {}", shown_gold(gold), shown_read(one));
        acc.list("direction", file, &[gold.id.clone(), what, words(article, gold.evidence[0])]);
    }
    for j in rest.iter().filter(|it| !free.contains(it)) {
        let again = gold_used.iter().any(|i| {
            claims::evidence(golds[*i], reads[*j]).0 >= 0.5
                && claims::sides(golds[*i], reads[*j], read) > 0
                && claims::stance(golds[*i], reads[*j]) > 0
                && claims::kind(golds[*i], reads[*j]) > 0
        });
        acc.notes.duplicate_claims += usize::from(again);
    }
    let gold_left: BTreeSet<usize> = left.iter().map(|it| it.0).collect();
    let read_left: BTreeSet<usize> = left.iter().map(|it| it.1).collect();
    for (i, it) in golds.iter().enumerate() {
        if !gold_used.contains(&i) && !gold_left.contains(&i) {
            acc.list("missed claim", file, &[it.id.clone(), shown_gold(it), words(article, it.evidence[0])]);
        }
    }
    for (j, it) in reads.iter().enumerate() {
        if !read_used.contains(&j) && !free.contains(&j) && !read_left.contains(&j) {
            let first = it.evidence.first().map(|it| words(article, *it)).unwrap_or_default();
            acc.list("false claim", file, &[it.id.clone(), shown_read(it), first]);
        }
    }
}

fn dates_of(gold: &GoldClaim, read: &ReadClaim, n: &mut ClaimCounts, notes: &mut Notes) {
    let coded = gold.date.as_deref().and_then(dates::norm);
    let alternatives: Vec<Option<String>> =
        gold.alt.date.iter().map(|it| it.as_deref().and_then(dates::norm)).collect();
    match coded {
        Some(coded) => {
            n.dated += 1;
            n.date_given += usize::from(read.date.is_some());
            let right = read.date.as_ref() == Some(&coded) || alternatives.contains(&read.date);
            n.date += usize::from(right);
            let meets = read.date.as_ref().is_some_and(|it| dates::compatible(&coded, it));
            n.date_compatible += usize::from(right || meets);
        }
        None if read.date.is_some() && !alternatives.contains(&read.date) => notes.dates_invented += 1,
        None => {}
    }
}

fn reuse(gold: &Gold, read: &Read<'_>, acc: &mut Acc) {
    let mut pairs = Vec::new();
    for (i, coded) in gold.reuse.iter().enumerate() {
        for (j, ([x, y], kind)) in read.reuse.iter().enumerate() {
            let fit = |p: &(&str, Range), q: &(&str, Range)| {
                (p.0 == coded.a.0 && q.0 == coded.b.0).then(|| iou(coded.a.1, p.1).min(iou(coded.b.1, q.1)))
            };
            let best = fit(x, y).unwrap_or(0.0).max(fit(y, x).unwrap_or(0.0));
            if best >= 0.5 {
                let same = kind.as_ref().is_some_and(|it| coded.kinds.contains(it));
                pairs.push((vec![best, f64::from(u8::from(same))], i, j));
            }
        }
    }
    let hit = greedy(pairs);
    let kinds = hit
        .iter()
        .filter(|(i, j)| read.reuse[*j].1.as_ref().is_some_and(|it| gold.reuse[*i].kinds.contains(it)));
    acc.measures.push(Measure::prf("reuse pairs", gold.reuse.len(), read.reuse.len(), hit.len()));
    let kinds = kinds.count();
    acc.measures.push(Measure::rate("reuse kind", hit.len(), kinds));
    let shown =
        |it: &(String, Range)| gold.article(&it.0).map(|article| words(article, it.1)).unwrap_or_default();
    for (i, it) in gold.reuse.iter().enumerate() {
        if !hit.iter().any(|hit| hit.0 == i) {
            acc.list("missed reuse", &it.a.0, &[it.b.0.clone(), it.kinds[0].clone(), shown(&it.a)]);
        }
    }
    for (j, ([x, y], kind)) in read.reuse.iter().enumerate() {
        if !hit.iter().any(|hit| hit.1 == j) {
            let kind = kind.clone().unwrap_or_default();
            acc.list("false reuse", x.0, &[y.0.to_owned(), kind, shown(&(x.0.to_owned(), x.1))]);
        }
    }
    let coded = article_pairs(gold.lineages.iter().map(|it| it.iter().map(String::as_str).collect()));
    let found = article_pairs(read.lineages.iter().cloned());
    let both = coded.intersection(&found).count();
    acc.measures.push(Measure::prf("lineage article pairs", coded.len(), found.len(), both));
}

fn article_pairs<'a>(groups: impl Iterator<Item = Vec<&'a str>>) -> BTreeSet<(&'a str, &'a str)> {
    let mut out = BTreeSet::new();
    for group in groups {
        for a in &group {
            out.extend(group.iter().filter(|b| *a < **b).map(|b| (*a, *b)));
        }
    }
    out
}

fn published(gold: &Gold, read: &Read<'_>, acc: &mut Acc) {
    let (mut n, mut given, mut right, mut bases, mut basis) = (0, 0, 0, 0, 0);
    for article in &gold.articles {
        let seen = read.seen.get(article.file.as_str());
        let said = seen.map_or(&Value::Null, |it| &it["published"]);
        let value = said.as_str().or_else(|| said["value"].as_str()).and_then(dates::norm);
        if article.published.scored {
            n += 1;
            given += usize::from(value.is_some());
            let good: Vec<Option<String>> =
                article.published.values.iter().map(|it| it.as_deref().and_then(dates::norm)).collect();
            let fits = seen.is_some() && good.contains(&value);
            right += usize::from(fits);
            if !fits {
                let gold = article.published.values[0].clone().unwrap_or_else(|| "None".into());
                let said = value.clone().unwrap_or_else(|| "None".into());
                acc.list("published", &article.file, &[said, format!("gold {gold}")]);
            }
        }
        if let Some(gold) = &article.published.basis {
            bases += 1;
            basis += usize::from(said["basis"].as_str() == Some(gold));
        }
    }
    acc.measures.push(Measure { predicted: given, ..Measure::rate("published value", n, right) });
    acc.measures.push(Measure::rate("published basis", bases, basis));
}
