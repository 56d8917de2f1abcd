//! What the examples that read gold share.

use std::path::Path;

use serde_json::Value;
use truce_model::{
    ActorId, Agreement, Article, Basis, CueClass, Edtf, Evidence, Mode, Precision, Published, Segment,
    SegmentKind, Source, Span, Statement, StatementId,
};
use truce_read::statements::cues::cues;
use truce_text::CodePoints;

pub fn pack(folder: &Path, id: &str) -> Option<Agreement> {
    let path = folder.join(id).join("agreement.toml");
    let toml = std::fs::read_to_string(&path).ok()?;
    truce_pack::read(&path.to_string_lossy(), &toml, None).agreement
}

pub fn span(it: &Value, from: &str, to: &str, points: &CodePoints) -> Option<Span> {
    let start = points.to_byte(it[from].as_u64()? as usize)?;
    let end = points.to_byte(it[to].as_u64()? as usize)?;
    Some(Span::new(start, end))
}

pub fn article(it: &Value, file: &str, text: &str, points: &CodePoints) -> Article {
    let mut segments: Vec<Segment> = it["segments"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| {
            let kind =
                SegmentKind::ALL.into_iter().find(|kind| Some(kind.as_str()) == it["kind"].as_str())?;
            Some(Segment { kind, span: span(it, "start", "end", points)? })
        })
        .collect();
    segments.sort_by_key(|it| it.span);
    let value = it["published"]["value"].as_str().and_then(Edtf::new);
    let published = match value {
        Some(value) => Published {
            value: Some(value),
            precision: Some(Precision::Day),
            basis: Basis::Stated,
            evidence: None,
            reason: "the gold says so".into(),
        },
        None => Published::unknown("the gold says so"),
    };
    Article {
        id: file.into(),
        path: file.into(),
        sha256: String::new(),
        outlet: None,
        url: None,
        title: None,
        language: Some("en".into()),
        published,
        text: text.into(),
        segments,
        text_credit: None,
        picture_credit: None,
    }
}

pub fn statements(
    it: &Value,
    gold: &Value,
    article: &Article,
    points: &CodePoints,
    prepared: &truce_read::Prepared,
) -> Vec<Statement> {
    let list = it["statements"].as_array().into_iter().flatten();
    let list = list.chain(it["statements_optional"].as_array().into_iter().flatten());
    list.filter_map(|it| {
        let content = Evidence::cite(article, span(it, "start", "end", points)?)?;
        let cue = span(it, "cue_start", "cue_end", points).and_then(|it| Evidence::cite(article, it));
        let words = span(it, "source_start", "source_end", points).and_then(|it| Evidence::cite(article, it));
        let actor = it["actor"].as_str().map(ActorId::from);
        let side = it["side"].as_str().map(ActorId::from).or_else(|| {
            let known = gold["actors"].as_array()?.iter().find(|known| known["id"] == it["actor"])?;
            known["side"].as_str().map(ActorId::from)
        });
        Some(Statement {
            id: StatementId::from(it["id"].as_str()?),
            // The side stands for the actor: the gold's own actors are not in the pack.
            source: Source { words, actor: side.clone().or(actor), side, chain: Vec::new() },
            cue_class: cue.as_ref().map_or(CueClass::Say, |it| class(prepared, it.span())),
            cue,
            content,
            mode: it["mode"].as_str().and_then(Mode::parse).unwrap_or(Mode::Indirect),
            addressee: it["addressee"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str().map(ActorId::from))
                .collect(),
            rule: "gold",
        })
    })
    .collect()
}

/// The class of a cue by its words, as the shipped lexicon has it.
fn class(prepared: &truce_read::Prepared, cue: Span) -> CueClass {
    let tokens = prepared.sentences.iter().flat_map(|it| &it.parsed.tokens);
    let lemmas: Vec<String> =
        tokens.skip_while(|it| it.span.end <= cue.start).take(8).map(|it| it.lemma.to_lowercase()).collect();
    let inside =
        prepared.sentences.iter().flat_map(|it| &it.parsed.tokens).filter(|it| cue.overlaps(it.span)).count();
    let cues = cues();
    for at in 0..inside.min(lemmas.len()) {
        let (lemma, rest) = (&lemmas[at], &lemmas[at + 1..]);
        let phrase = cues
            .phrases
            .get(lemma.as_str())
            .into_iter()
            .flatten()
            .find(|it| it.rest.len() <= rest.len() && it.rest.iter().zip(rest).all(|(a, b)| **a == **b));
        if let Some(it) = phrase.or_else(|| cues.verbs.get(lemma.as_str()).and_then(|it| it.first())) {
            return it.class;
        }
    }
    let nouns = lemmas.iter().take(inside).find_map(|it| cues.nouns.get(it.as_str()));
    nouns.and_then(|it| it.first()).map_or(CueClass::Say, |it| it.class)
}
