//! Where the claims of a gold are lost on the way through the reader.
//!
//! Every gold claim falls into the first stage that fails: `headline` (no
//! sentence of the body), `statement` (no statement stands there), `speaker`
//! (its source is somebody else), `word` (no word of conduct is known there),
//! `accused` (no word of conduct has this doer), `rule` (all is there and no
//! rule makes the claim), `found` (found). With the gold's own statements
//! (`--gold-statements`) only what the claim rules lose is seen.
//!
//! ```text
//! cargo run -p truce-read --example funnel -- ../shared/gold/development-a ../shared/gold/development-a/packs [--list] [--gold-statements]
//! ```

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{article, pack, statements};
use serde_json::Value;
use truce_model::{ActorId, Agreement, Claim, Evidence, Span, Statement};
use truce_read::Prepared;
use truce_read::claims::clause::Tree;
use truce_read::claims::trigger::{self, Trigger};
use truce_read::claims::who::Who;
use truce_text::CodePoints;

/// Stages in order.
const STAGES: [&str; 8] =
    ["headline", "statement", "speaker", "word", "other kind", "accused", "rule", "found"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, packs, options @ ..] = &arguments[..] else {
        eprintln!("usage: funnel FOLDER PACKS [--list] [--gold-statements]");
        return;
    };
    let list = options.iter().any(|it| it == "--list");
    let given = options.iter().any(|it| it == "--gold-statements");
    let folder = Path::new(folder);
    let raw = std::fs::read_to_string(folder.join("gold.json")).expect("gold.json is there");
    let gold: Value = serde_json::from_str(&raw).expect("gold.json is JSON");
    let mut agreements: BTreeMap<String, Option<Agreement>> = BTreeMap::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut by_stance: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    for it in gold["articles"].as_array().expect("a list of articles") {
        let file = it["file"].as_str().expect("a file name");
        let text = std::fs::read_to_string(folder.join("articles").join(file)).expect("the article is there");
        let points = CodePoints::new(&text);
        let id = it["agreement"].as_str().or(gold["agreement"].as_str()).unwrap_or("").to_owned();
        let agreement = agreements.entry(id.clone()).or_insert_with(|| pack(Path::new(packs), &id)).as_ref();
        let article = article(it, file, &text, &points);
        let prepared = truce_read::prepare(agreement, &article);
        let (statements, claims) = if given {
            let statements = statements(it, &gold, &article, &points, &prepared);
            let ctx = truce_time::TimeContext::from_published(&article.published);
            let (mut times, mut places) = (Vec::new(), Vec::new());
            for segment in article.readable() {
                times.extend(truce_time::find(&article.text, segment.span, &ctx));
                places.extend(truce_place::find(&article.text, segment.span, agreement));
            }
            let claims = truce_read::claims::claims(agreement, &prepared, &statements, &times, &places);
            (statements, claims)
        } else {
            let reading = truce_read::read(agreement, &article);
            (reading.statements, reading.claims)
        };
        let sides = Sides { gold: &gold, agreement, prepared: &prepared };
        let mut free: Vec<bool> = vec![true; claims.len()];
        let scene = Scene { prepared: &prepared, agreement, statements: &statements, claims: &claims, sides };
        let golds: Vec<GoldClaim> = it["claims"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| GoldClaim::of(it, &text, &points))
            .collect();
        // The better fit first, so that one claim is not taken by another gold one.
        let mut found: Vec<bool> = vec![false; golds.len()];
        for full in [true, false] {
            for (at, it) in golds.iter().enumerate().filter(|(at, _)| !found[*at]).collect::<Vec<_>>() {
                let hit = (0..claims.len()).find(|at| free[*at] && scene.fits(it, &claims[*at], full));
                if let Some(hit) = hit {
                    free[hit] = false;
                    found[at] = true;
                }
            }
        }
        for (it, found) in golds.iter().zip(found) {
            let stage = if found { STAGES.len() - 1 } else { scene.lost_at(it) };
            *counts.entry(stage).or_default() += 1;
            *by_stance.entry(it.stance.clone()).or_default().entry(stage).or_default() += 1;
            if list && !found {
                println!("[{}] {} {}", STAGES[stage], it.id, it.says);
                for span in &it.evidence {
                    println!("    “{}”", article.words(*span).replace('\n', " / "));
                }
                scene.print(it);
            }
        }
        if list {
            for (claim, _) in claims.iter().zip(&free).filter(|(_, free)| **free) {
                println!("[not in gold] {file} {}", said(claim));
            }
        }
    }
    for (at, name) in STAGES.iter().enumerate() {
        println!("{name:10} {}", counts.get(&at).unwrap_or(&0));
    }
    println!("{:14}{}", "by stance", STAGES.map(|it| format!("{it:>11}")).concat());
    for (stance, counts) in by_stance {
        let row: String =
            (0..STAGES.len()).map(|it| format!("{:>11}", counts.get(&it).unwrap_or(&0))).collect();
        println!("{stance:14}{row}");
    }
}

struct Sides<'a> {
    gold: &'a Value,
    agreement: Option<&'a Agreement>,
    prepared: &'a Prepared<'a>,
}

impl Sides<'_> {
    fn of(&self, id: &str) -> String {
        let id = ActorId::from(id);
        let pack = self.agreement.and_then(|it| it.actor(&id)).map(|it| it.side.clone());
        if let Some(side) = pack {
            return side.unwrap_or(id).to_string();
        }
        if let Some(side) = self.prepared.actors.iter().find(|it| it.id == id).and_then(|it| it.side.as_ref())
        {
            return side.to_string();
        }
        let known = self.gold["actors"].as_array().into_iter().flatten();
        let side = known
            .filter(|it| it["id"].as_str() == Some(id.as_str()))
            .find_map(|it| it["side"].as_str().map(str::to_owned));
        side.unwrap_or(id.to_string())
    }

    fn fits(&self, gold: &[Option<String>], ours: Option<&str>) -> bool {
        gold.iter().any(|it| match (it, ours) {
            (None, None) => true,
            (Some(a), Some(b)) => self.of(a) == self.of(b),
            _ => false,
        })
    }
}

struct GoldClaim {
    id: String,
    says: String,
    stance: String,
    stances: Vec<Option<String>>,
    kinds: Vec<Option<String>>,
    claimant: Vec<Option<String>>,
    accused: Vec<Option<String>>,
    evidence: Vec<Span>,
}

impl GoldClaim {
    fn of(it: &Value, text: &str, points: &CodePoints) -> Option<GoldClaim> {
        let all = |field: &str| -> Vec<Option<String>> {
            let own = std::iter::once(&it[field]);
            let more = it["alt"][field].as_array().into_iter().flatten();
            own.chain(more).map(|it| it.as_str().map(str::to_owned)).collect()
        };
        let span = |it: &Value| {
            let start = points.to_byte(it["start"].as_u64()? as usize)?;
            let end = points.to_byte(it["end"].as_u64()? as usize)?;
            (end <= text.len()).then(|| Span::new(start, end))
        };
        let more = it["evidence_more"].as_array().into_iter().flatten().filter_map(span);
        let text_of = |field: &str| it[field].as_str().unwrap_or("-").to_owned();
        Some(GoldClaim {
            id: text_of("id"),
            says: format!(
                "{} {} > {} {}",
                text_of("stance"),
                text_of("claimant"),
                text_of("accused"),
                text_of("kind")
            ),
            stance: text_of("stance"),
            stances: all("stance"),
            kinds: all("kind"),
            claimant: all("claimant"),
            accused: all("accused"),
            evidence: span(it).into_iter().chain(more).collect(),
        })
    }
}

struct Scene<'a> {
    prepared: &'a Prepared<'a>,
    agreement: Option<&'a Agreement>,
    statements: &'a [Statement],
    claims: &'a [Claim],
    sides: Sides<'a>,
}

fn half(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize;
    shared > 0 && shared * 2 >= a.len().min(b.len())
}

impl Scene<'_> {
    fn fits(&self, gold: &GoldClaim, claim: &Claim, full: bool) -> bool {
        let words = gold.evidence.iter().any(|a| claim.evidence.iter().any(|b| half(*a, b.span())));
        let sides = self.sides.fits(&gold.claimant, claim.claimant.as_ref().map(|it| it.as_str()))
            && self.sides.fits(&gold.accused, claim.accused.as_ref().map(|it| it.as_str()));
        let kind = gold.kinds.contains(&claim.kind.map(|it| it.as_str().to_owned()));
        let stance = gold.stances.contains(&Some(claim.stance.as_str().to_owned()));
        words && sides && (!full || (kind && stance))
    }

    fn statements_at(&self, gold: &GoldClaim) -> Vec<&Statement> {
        let touches = |it: &&Statement| {
            gold.evidence.iter().any(|span| {
                half(*span, it.content.span()) || it.cue.as_ref().is_some_and(|cue| span.contains(cue.span()))
            })
        };
        self.statements.iter().filter(touches).collect()
    }

    fn triggers_at(&self, gold: &GoldClaim) -> Vec<(String, Trigger)> {
        let who = Who::new(self.prepared, self.agreement);
        let mut out = Vec::new();
        for (number, sentence) in self.prepared.sentences.iter().enumerate() {
            let tree = Tree::new(&sentence.parsed);
            if !gold.evidence.iter().any(|it| it.overlaps(sentence.parsed.span)) {
                continue;
            }
            for it in trigger::find(&tree, number, &who) {
                let at = tree.token(it.token).span;
                if gold.evidence.iter().any(|span| span.overlaps(at)) {
                    out.push((tree.lemma(it.token).to_owned(), it));
                }
            }
        }
        out
    }

    fn lost_at(&self, gold: &GoldClaim) -> usize {
        let body = self.prepared.sentences.iter().any(|it| {
            it.segment == truce_model::SegmentKind::Body
                && gold.evidence.iter().any(|span| span.overlaps(it.parsed.span))
        });
        let outlet = gold.claimant[0].as_deref() == Some("outlet");
        let statements = self.statements_at(gold);
        let speaker = statements.iter().any(|it| {
            self.sides.fits(&gold.claimant, it.source.actor.as_ref().map(|it| it.as_str()))
                || self.sides.fits(&gold.claimant, it.source.side.as_ref().map(|it| it.as_str()))
        });
        let triggers = self.triggers_at(gold);
        let kind = triggers.iter().any(|(_, it)| gold.kinds.contains(&Some(it.kind.as_str().to_owned())));
        let accused = gold.accused.contains(&None)
            || triggers
                .iter()
                .any(|(_, it)| it.agents.iter().any(|it| self.sides.fits(&gold.accused, Some(it.as_str()))));
        let stage = if !body {
            "headline"
        } else if !outlet && statements.is_empty() {
            "statement"
        } else if !outlet && !speaker {
            "speaker"
        } else if triggers.is_empty() {
            "word"
        } else if !kind {
            "other kind"
        } else if !accused {
            "accused"
        } else {
            "rule"
        };
        STAGES.iter().position(|it| *it == stage).unwrap_or(0)
    }

    fn print(&self, gold: &GoldClaim) {
        for it in self.statements_at(gold) {
            println!(
                "      said by {} [{:?} {}] {}: {}",
                it.source.actor.as_ref().map_or("?", |it| it.as_str()),
                it.cue_class,
                it.cue.as_ref().map_or("-", Evidence::exact),
                it.rule,
                it.content.exact().replace('\n', " / "),
            );
        }
        for (lemma, it) in self.triggers_at(gold) {
            let agents: Vec<&str> = it.agents.iter().map(|it| it.as_str()).collect();
            println!(
                "      word {lemma} {} {:?} {:?} {:?} by {agents:?} (line {})",
                it.kind.as_str(),
                it.form,
                it.valence,
                it.modality,
                it.line
            );
        }
        for it in self.claims {
            let here = gold.evidence.iter().any(|a| it.evidence.iter().any(|b| half(*a, b.span())));
            if here {
                println!("      claim {}", said(it));
            }
        }
    }
}

fn said(it: &Claim) -> String {
    format!(
        "{} {} > {} {} [{}] “{}”",
        it.stance.as_str(),
        it.claimant.as_ref().map_or("?", |it| it.as_str()),
        it.accused.as_ref().map_or("-", |it| it.as_str()),
        it.kind.map_or("-", |it| it.as_str()),
        it.rule,
        it.evidence[0].exact().replace('\n', " / "),
    )
}
