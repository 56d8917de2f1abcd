//! Drafts become statements: speakers are resolved, contents cut to readable
//! text, modes and chains worked out, doubles dropped.

use truce_model::{ActorId, Evidence, Mode, Source, Span, Statement, StatementId};
use truce_syntax::Upos;

use super::cues::Realm;
use super::{Breadth, Draft, Speaker, Tokens, verbs};
use crate::actors::register::slug;
use crate::prepared::{ActorMention, MentionKind, Prepared};

/// A speaker with words and identity.
#[derive(Clone, Debug, Default)]
struct Voice {
    words: Option<Span>,
    actor: Option<ActorId>,
    side: Option<ActorId>,
    named: bool,
}

/// Statements before it that one may repeat or stand in: those of a few
/// sentences around. Keeps long pages linear.
const NEIGHBOURS_MAX: usize = 48;

/// Builds the statements, sorted by position.
pub(super) fn assemble(prepared: &Prepared<'_>, breadth: Breadth, mut drafts: Vec<Draft>) -> Vec<Statement> {
    drafts.sort_by_key(|it| (it.content.start, it.cue.map(|it| it.start), it.content.end));
    let mut out: Vec<Statement> = Vec::new();
    let mut previous: Option<Voice> = None;
    // Reading order is that of the sentences, not of the contents.
    drafts.sort_by_key(|it| it.sentence);
    for draft in &drafts {
        let voices = voices(prepared, draft, previous.as_ref());
        for voice in voices {
            if !is_kept(draft, &voice, breadth) {
                continue;
            }
            let Some(statement) = statement(prepared, draft, &voice) else { continue };
            let double = out.iter().rev().take(NEIGHBOURS_MAX).any(|it| {
                it.content.span() == statement.content.span()
                    && (it.cue == statement.cue && it.source.actor == statement.source.actor
                        || statement.cue.is_none())
            });
            if !double {
                out.push(statement);
            }
            if draft.realm != Realm::Thought {
                previous = Some(voice);
            }
        }
    }
    chains(&mut out);
    out.sort_by_key(|it| (it.content.span(), it.cue.as_ref().map(Evidence::span), it.id.clone()));
    out
}

/// Whether a draft has somebody to answer for it.
fn is_kept(draft: &Draft, voice: &Voice, breadth: Breadth) -> bool {
    match (&draft.speaker, draft.realm) {
        (Speaker::Nobody, _) => breadth == Breadth::Attributed,
        (Speaker::Previous, _) => voice.words.is_some() || voice.actor.is_some(),
        (_, Realm::Weak) => voice.named,
        _ => true,
    }
}

/// The speakers of a draft: one, or one per member where a group charges
/// itself or speaks as "both sides".
fn voices(prepared: &Prepared<'_>, draft: &Draft, previous: Option<&Voice>) -> Vec<Voice> {
    let words = match &draft.speaker {
        Speaker::Words(words) => *words,
        Speaker::Previous => {
            return previous.cloned().map(|it| Voice { words: None, ..it }).into_iter().collect();
        }
        Speaker::Nobody => return vec![Voice::default()],
    };
    let ctx = &prepared.sentences[words.sentence];
    let span = ctx.span_of(words.first, words.last);
    let mention = mention(prepared, words);
    if let Some(group) = mention.filter(|it| it.kind == MentionKind::Group && !it.group.is_empty()) {
        return group
            .group
            .iter()
            .map(|it| Voice {
                words: Some(span),
                actor: Some(it.clone()),
                side: Some(it.clone()),
                named: true,
            })
            .collect();
    }
    if is_mutual(prepared, draft) {
        let members = verbs::members(prepared, words);
        if members.len() > 1 {
            return members
                .into_iter()
                .filter_map(|it| prepared.mention_at(words.sentence, it))
                .map(|it| Voice {
                    words: Some(span),
                    actor: it.actor.clone(),
                    side: it.side.clone(),
                    named: true,
                })
                .collect();
        }
    }
    let voice = match mention {
        Some(it) => Voice {
            words: Some(span),
            actor: it.actor.clone(),
            side: it.side.clone(),
            named: it.actor.is_some(),
        },
        None => {
            let actor = unnamed(prepared, words);
            Voice { words: Some(span), side: actor.clone(), actor, named: false }
        }
    };
    vec![voice]
}

/// The mention the speaker's words hold: the one at their head, else the last
/// that is no modifier before it.
fn mention<'p>(prepared: &'p Prepared<'_>, words: Tokens) -> Option<&'p ActorMention> {
    let good = |it: &&ActorMention| it.actor.is_some() || !it.group.is_empty();
    let at_head = prepared.mention_at(words.sentence, words.head).filter(good);
    // "The agency's director, Ivo Brand,": the name says more than the office.
    let name = prepared.mentions_in(words.sentence).iter().find(|it| {
        it.tokens.0 == words.last + 2
            && it.kind == MentionKind::Name
            && prepared.sentences[words.sentence].word(words.last + 1) == ","
    });
    let office = at_head.is_none_or(|it| matches!(it.kind, MentionKind::Office | MentionKind::Nominal));
    if let Some(it) = name.filter(|it| office && it.side.is_some() && is_apposed(prepared, words, it)) {
        return Some(it);
    }
    if let Some(it) = at_head.filter(|it| it.kind != MentionKind::Demonym || it.tokens.1 == words.head) {
        return Some(it);
    }
    prepared
        .mentions_in(words.sentence)
        .iter()
        .filter(|it| {
            it.tokens.0 >= words.first && it.tokens.1 <= words.last && it.kind != MentionKind::Demonym
        })
        .find(good)
        .or(at_head)
        .or_else(|| {
            let inside = prepared.mentions_in(words.sentence).iter();
            inside.filter(|it| it.tokens.0 >= words.first && it.tokens.1 <= words.last).find(good)
        })
}

/// Whether the tree makes a name the apposition of the speaker's words.
fn is_apposed(prepared: &Prepared<'_>, words: Tokens, name: &ActorMention) -> bool {
    let tokens = &prepared.sentences[words.sentence].parsed.tokens;
    (name.tokens.0..=name.tokens.1).any(|it| {
        tokens[it].deprel == truce_syntax::Deprel::Appos
            && tokens[it].head.is_some_and(|head| (words.first..=words.last).contains(&(head as usize)))
    })
}

/// A canonical id for a speaker nobody knows: the words without article.
fn unnamed(prepared: &Prepared<'_>, words: Tokens) -> Option<ActorId> {
    let ctx = &prepared.sentences[words.sentence];
    if ctx.parsed.tokens[words.head].upos == Upos::Pron {
        return None;
    }
    let first = (words.first..=words.head)
        .find(|it| !matches!(ctx.parsed.tokens[*it].upos, Upos::Det | Upos::Pron | Upos::Punct | Upos::Adp))
        .unwrap_or(words.head);
    let first = first.max(words.head.saturating_sub(2));
    let name = slug(ctx.span_of(first, words.head).of(&prepared.article.text)?);
    (!name.is_empty()).then(|| name.into())
}

/// Whether the charge goes both ways.
fn is_mutual(prepared: &Prepared<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue else { return false };
    let words = prepared.article.words(cue).to_lowercase();
    let next = prepared.article.text.get(cue.end as usize..).unwrap_or("").trim_start();
    words.contains("each other")
        || draft.rule == "statement/mutual"
        || next.starts_with("each other")
        || next.starts_with("one another")
}

fn statement(prepared: &Prepared<'_>, draft: &Draft, voice: &Voice) -> Option<Statement> {
    let article = prepared.article;
    let span = readable(prepared, draft.content.trimmed(&article.text))?;
    let content = Evidence::cite(article, span)?;
    let cue = draft.cue.and_then(|it| Evidence::cite(article, it));
    let addressee = draft
        .addressee
        .and_then(|it| mention(prepared, it))
        .map(|it| if it.group.is_empty() { it.actor.clone().into_iter().collect() } else { it.group.clone() })
        .unwrap_or_default();
    Some(Statement {
        id: id(article.id.as_str(), span, draft.cue, voice.actor.as_ref()),
        source: Source {
            words: voice.words.and_then(|it| Evidence::cite(article, it)),
            actor: voice.actor.clone(),
            side: voice.side.clone(),
            chain: Vec::new(),
        },
        cue,
        mode: mode(prepared, span),
        content,
        addressee,
        cue_class: draft.class,
        rule: draft.rule,
    })
}

/// The part of `span` in the readable segment it begins in.
fn readable(prepared: &Prepared<'_>, span: Span) -> Option<Span> {
    let segment = prepared.article.segment_at(span.start as usize)?;
    if !segment.kind.is_read() {
        return None;
    }
    // Quotations over paragraphs may run over several readable segments.
    let mut end = segment.span.end;
    let after = prepared.article.segments.partition_point(|it| it.span.start < segment.span.end);
    for next in &prepared.article.segments[after..] {
        if !next.kind.is_read() || end >= span.end {
            break;
        }
        end = next.span.end;
    }
    let cut = Span::new(span.start as usize, span.end.min(end) as usize).trimmed(&prepared.article.text);
    (!cut.is_empty()).then_some(cut)
}

/// Whether all, some or none of the content stands between quotation marks.
fn mode(prepared: &Prepared<'_>, span: Span) -> Mode {
    let text = &prepared.article.text;
    let mut quoted = 0;
    let mut whole = false;
    let first = prepared.quotes.partition_point(|it| it.span.start < span.start);
    for quote in
        prepared.quotes.iter().skip(first.saturating_sub(8)).take_while(|it| it.span.start < span.end)
    {
        if quote.span.overlap(span) > 2 {
            quoted += 1;
        }
        let outside =
            [(span.start, quote.span.start.max(span.start)), (quote.span.end.min(span.end), span.end)];
        let bare = outside.iter().all(|(from, to)| {
            from >= to
                || text
                    .get(*from as usize..*to as usize)
                    .is_some_and(|it| !it.chars().any(char::is_alphanumeric))
        });
        whole |= bare && quote.span.overlap(span) > 2;
    }
    match (whole, quoted) {
        (true, _) => Mode::Direct,
        (false, 0) => Mode::Indirect,
        (false, _) => Mode::Mixed,
    }
}

/// Outer sources, outermost first: those whose content holds this statement.
fn chains(statements: &mut [Statement]) {
    let spans: Vec<(Span, Option<Span>, Option<ActorId>)> = statements
        .iter()
        .map(|it| (it.content.span(), it.cue.as_ref().map(Evidence::span), it.source.actor.clone()))
        .collect();
    for (at, statement) in statements.iter_mut().enumerate() {
        let (content, cue, actor) = &spans[at];
        let Some(cue) = cue else { continue };
        let mut outer: Vec<(usize, ActorId)> = spans
            .iter()
            .enumerate()
            .take(at + NEIGHBOURS_MAX)
            .skip(at.saturating_sub(NEIGHBOURS_MAX))
            .filter(|(other, it)| {
                *other != at && it.0.contains(*cue) && it.0.contains(*content) && it.0 != *content
            })
            .filter(|(_, it)| it.1.is_none_or(|outer_cue| !it.0.contains(outer_cue) || outer_cue != *cue))
            .filter_map(|(_, it)| it.2.clone().map(|actor| (it.0.len(), actor)))
            .filter(|it| Some(&it.1) != actor.as_ref())
            .collect();
        outer.sort_by_key(|it| std::cmp::Reverse(it.0));
        outer.dedup_by(|a, b| a.1 == b.1);
        statement.source.chain = outer.into_iter().map(|it| it.1).collect();
    }
}

/// An id from what the statement is, stable between runs: FNV-1a over the
/// article, the spans and the speaker.
fn id(article: &str, content: Span, cue: Option<Span>, actor: Option<&ActorId>) -> StatementId {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    eat(article.as_bytes());
    for it in [content.start, content.end, cue.map_or(0, |it| it.start), cue.map_or(0, |it| it.end)] {
        eat(&it.to_le_bytes());
    }
    eat(actor.map_or("", ActorId::as_str).as_bytes());
    // Twelve hex digits: 48 bits tell apart the statements of one archive.
    format!("s-{:012x}", hash >> 16).into()
}
