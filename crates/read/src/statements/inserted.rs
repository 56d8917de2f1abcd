//! ## Reads
//! A reporting clause beside or inside what it reports: *…, Northland said*,
//! *"…," said the spokesman*, *The road, he added, was shut*.
//!
//! ## Matters because
//! Agencies put the cue last, and split what they quote.
//!
//! ## Example
//! "The road, the ministry added, was shut."
//!
//! ## Misses
//! A continuation after the cue that belongs to the outlet and begins like
//! speech ("…, he said, and his men left").

use truce_syntax::{Deprel, Upos};

use super::objects::two_before;
use super::verbs::{self, Content, Found};
use super::{Tokens, clause};
use crate::prepared::{Prepared, SentenceCtx};

/// What stands before, around and after the clause of the verb `found`.
pub(super) fn contents(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Vec<Content> {
    let ctx = &prepared.sentences[number];
    let (_, end) = clause::whole(ctx);
    if two_before(ctx, found.at).is_some() {
        return Vec::new();
    }
    let inverted = inverted_speaker(prepared, number, found, end);
    // "…, the official alleged": a phrase between a comma and a cue that ends
    // the sentence speaks, though the parser gave the cue no subject.
    let ends = || closes(ctx, found.to, end);
    let trailing = || trailing_speaker(prepared, number, found, end);
    let described = || described_speaker(prepared, number, found, end);
    let between = || between_commas(prepared, number, found, end);
    let stated = inverted.or_else(trailing).or_else(described).or_else(between);
    let speaker = stated.or(speaker).or_else(|| phrase_before(prepared, number, found.at).filter(|_| ends()));
    let Some((mut first, last)) = own_clause(ctx, number, found, speaker) else {
        return quoted_before(prepared, number, found);
    };
    let mut better = stated;
    // "The road, Ivo Brand laughed, …" needs its quotation marks.
    let spoken_only = !found.cue.frames.clause;
    if !opens_after_content(prepared, number, first) {
        // The parser may cut the speaker short: "the movement | Northland
        // said" belongs together up to the comma.
        let grown = (0..first).rev().take_while(|it| is_speaker_part(ctx, *it)).last().unwrap_or(first);
        if grown < first && grown > 0 && opens_after_content(prepared, number, grown) {
            first = grown;
            better = Some(words_between(prepared, number, grown, found.at - 1));
        } else {
            return quoted_before(prepared, number, found);
        }
    }
    if !closes(ctx, last, end) {
        return quoted_before(prepared, number, found);
    }
    let relative = speaker.is_some_and(|it| matches!(ctx.word(it.head), "who" | "which" | "that" | "whom"));
    // After a comma a clause without a pronoun is no relative clause.
    let modifies =
        ctx.parsed.tokens[found.at].deprel == Deprel::AclRelcl && (first == 0 || !is_joint(ctx, first - 1));
    if first > 0 && ctx.quote[first - 1].is_none() {
        let quoted = quoted_before(prepared, number, found);
        if relative || modifies || !quoted.is_empty() {
            return quoted;
        }
    }
    let mut out = Vec::new();
    let rule = "statement/inserted-clause";
    if first == 0 {
        // The quotation ended with the sentence before.
        let Some(quote) = quote_before(prepared, number) else { return Vec::new() };
        out.push(Content::new(quote, "statement/quotation-then-cue"));
    } else {
        let left_end = (0..first).rev().find(|it| !is_joint(ctx, *it));
        let Some(left_end) = left_end else { return Vec::new() };
        if spoken_only && ctx.quote[left_end].is_none() {
            return Vec::new();
        }
        let left_start = content_start(ctx, left_end);
        let after = last + 1;
        // "Were it to leave, diplomats say, nothing would hold."
        let opens = matches!(
            ctx.word(left_start),
            "if" | "were"
                | "should"
                | "unless"
                | "when"
                | "once"
                | "without"
                | "until"
                | "among"
                | "since"
                | "after"
                | "before"
                | "though"
                | "although"
                | "while"
                | "because"
                | "had"
        );
        let complete = !opens
            && ctx.parsed.tokens[left_end].upos != Upos::Aux
            && (left_start..=left_end).any(|it| is_finite(ctx, it));
        // "what people heard, it says, was …", "it aimed, he says, at …"
        let cut = after < end
            && (is_finite(ctx, after + 1)
                || matches!(ctx.parsed.tokens[left_end].upos, Upos::Verb | Upos::Aux)
                    && ctx.quote[left_end].is_none()
                    && (ctx.parsed.tokens[after + 1].upos == Upos::Adp
                        || matches!(ctx.lemma(left_end), "become" | "be" | "remain" | "mean" | "include")));
        let complete = complete && !cut;
        let goes_on = after < end && is_joint(ctx, after) && goes_on_after(ctx, after + 1, end, complete);
        let quoted_left = ctx.quote[left_end];
        let next = (after..=end).find(|it| !is_joint(ctx, *it));
        let quoted_right = next.and_then(|it| ctx.quote[it]);
        if goes_on && quoted_left.is_none() && !starts_new_report(ctx, after + 1) {
            let from = if ctx.word(after + 1) == "and" { after + 2 } else { last };
            // "It was the rebels, she went on, who had …" runs to the end.
            let right_end = match ctx.word(after + 1) {
                "who" => end,
                _ => clause::clause_end(ctx, found.at, from.min(end), end).max(after + 1),
            };
            out.push(Content::new(clause::grown(prepared, number, left_start, right_end), rule));
        } else {
            out.push(Content::new(clause::grown(prepared, number, left_start, left_end), rule));
            let split = match (quoted_left, next, quoted_right) {
                (Some(_), Some(at), Some(quote)) if at <= after + 1 => prepared.quotes.get(quote as usize),
                _ => None,
            };
            if let Some(quote) = split {
                out.push(Content::new(quote.span, "statement/split-quotation"));
            }
        }
    }
    for it in &mut out {
        it.speaker = better;
    }
    out
}

/// Whether the speaker stands right after the verb, and something said before.
pub(super) fn is_inverted(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> bool {
    let (_, end) = clause::whole(&prepared.sentences[number]);
    inverted_speaker(prepared, number, found, end).is_some()
}

/// "…, regrets a diplomat, …": a speaker right after the verb, between joints.
fn inverted_speaker(prepared: &Prepared<'_>, number: usize, found: &Found<'_>, end: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    let before = found.at.checked_sub(1)?;
    if !(is_joint(ctx, before) || ctx.quote[before].is_some()) || found.to >= end {
        return None;
    }
    if verbs::is_telling(ctx.lemma(found.at)) {
        return None;
    }
    let first = found.to + 1;
    let part = |it: &usize| is_speaker_part(ctx, *it) || ctx.word(*it) == "and";
    let last = (first..=end).take_while(part).last()?;
    // "…, says a letter handed over by the envoys": the subject to its end.
    let subject = clause::dependents(ctx, found.at, &[Deprel::Nsubj]).find(|it| *it > found.at);
    let long = subject.map(|it| ctx.tree.bounds(it)).filter(|it| it.0 == first && it.1 >= end);
    // `The official, who …, said the truce "was …"`: the subject stands before.
    let own = clause::dependents(ctx, found.at, &[Deprel::Nsubj]).find(|it| *it < found.at);
    let filled = own.map(|it| ctx.tree.bounds(it)).is_some_and(|(from, to)| {
        to + 2 >= found.at
            && (from..=to).any(|it| matches!(ctx.word(it), "who" | "which" | "whose"))
            && !(0..from).any(|it| is_finite(ctx, it) || ctx.quote[it].is_some())
    });
    if filled {
        return None;
    }
    let own = own.is_some();
    let relative = own && (0..found.at).any(|it| matches!(ctx.word(it), "who" | "which" | "whose"));
    let by_quote = ctx.quote.get(last + 1).is_some_and(Option::is_some) && !relative;
    let closed = last >= end || is_joint(ctx, last + 1) || by_quote;
    if !closed {
        return long.map(|_| words_between(prepared, number, first, end));
    }
    // "declared the spokesman of the staff, Brigadier Ivo Brand": the name
    // after the comma is the speaker's.
    let name = (last + 2..=end).take_while(part).last();
    let named = name.filter(|it| *it == end && ctx.word(last + 1) == "," && !is_finite(ctx, last + 2));
    Some(words_between(prepared, number, first, named.unwrap_or(last)))
}

/// Words of a speaker with his offices and towns.
const APPOSED_WORDS_MAX: usize = 24;

/// "…, Rear Admiral Ivo Brand, second in command of the centre, told a
/// briefing": a speaker with appositions before a cue that ends the sentence.
fn trailing_speaker(prepared: &Prepared<'_>, number: usize, found: &Found<'_>, end: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    if found.at < 4 || ctx.word(found.at - 1) != "," || ctx.quote[found.at - 1].is_some() {
        return None;
    }
    let trails = (found.to + 1..=end).all(|it| {
        ctx.quote[it].is_none()
            && !matches!(tokens[it].upos, Upos::Verb | Upos::Aux | Upos::Sconj)
            && !matches!(ctx.word(it), "," | "that")
    });
    if !trails || !is_finite(ctx, found.at) {
        return None;
    }
    let lowest = found.at.saturating_sub(APPOSED_WORDS_MAX);
    let who = (lowest..found.at).rev().find(|it| matches!(ctx.word(*it), "who" | "whose" | "which"));
    let until = who.unwrap_or(found.at - 1);
    let verb = (0..until).rev().find(|it| is_finite(ctx, *it))?;
    let first = (verb.max(lowest) + 1..until).find(|it| is_joint(ctx, *it))? + 1;
    let opens = is_speaker_part(ctx, first)
        && prepared.mentions_in(number).iter().any(|it| {
            it.tokens.0 >= first
                && it.tokens.0 <= first + 2
                && it.kind != crate::prepared::MentionKind::Demonym
                && it.actor.is_some()
        });
    opens.then(|| words_between(prepared, number, first, found.at - 2))
}

/// "…, the relief agency that sent it said.": a speaker with a relative clause
/// before a cue that ends the sentence.
fn described_speaker(
    prepared: &Prepared<'_>,
    number: usize,
    found: &Found<'_>,
    end: usize,
) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    if found.at < 4 || !closes(ctx, found.to, end) || !is_finite(ctx, found.at) {
        return None;
    }
    let lowest = found.at.saturating_sub(APPOSED_WORDS_MAX);
    let joint = (lowest..found.at - 2).rev().find(|it| is_joint(ctx, *it))?;
    let first = joint + 1;
    let who = (first + 1..found.at - 1).find(|it| matches!(ctx.word(*it), "who" | "that" | "which"))?;
    let phrase = (first..who).all(|it| is_speaker_part(ctx, it));
    let verb = (who + 1..found.at).any(|it| is_finite(ctx, it) && !clause::is_cue_verb(ctx, it));
    let spoken = (who..found.at).all(|it| ctx.quote[it].is_none()) && (0..joint).any(|it| is_finite(ctx, it));
    (phrase && verb && spoken)
        .then(|| words_between(prepared, number, first, who - 1))
        .map(|it| Tokens { last: found.at - 1, ..it })
}

/// "…, the ministry said on Thursday, a day after …": a phrase between a joint
/// and a cue that the tree gave to somebody else.
fn between_commas(prepared: &Prepared<'_>, number: usize, found: &Found<'_>, end: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    if !is_finite(ctx, found.at) {
        return None;
    }
    let mut last = found.to;
    for child in ctx.tree.children(found.at).filter(|it| *it > found.at) {
        let (from, to) = ctx.tree.bounds(child);
        let time =
            matches!(ctx.parsed.tokens[child].deprel, Deprel::Obl | Deprel::OblTmod | Deprel::OblUnmarked);
        if time && from <= last + 1 && to < from + 5 {
            last = last.max(to);
        }
    }
    let phrase = phrase_before(prepared, number, found.at)?;
    let opened = phrase.first > 1 && is_joint(ctx, phrase.first - 1);
    let content = (0..phrase.first).any(|it| is_finite(ctx, it));
    let own = matches!(ctx.parsed.tokens[found.at - 1].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    (opened && content && own && closes(ctx, last, end)).then_some(phrase)
}

/// The noun phrase that ends right before `at`.
pub(super) fn phrase_before(prepared: &Prepared<'_>, number: usize, at: usize) -> Option<Tokens> {
    let ctx = &prepared.sentences[number];
    let first = (0..at).rev().take_while(|it| is_speaker_part(ctx, *it)).last()?;
    Some(words_between(prepared, number, first, at - 1))
}

/// The words `first..=last` as a speaker: its head is the first mention's.
fn words_between(prepared: &Prepared<'_>, number: usize, first: usize, last: usize) -> Tokens {
    let last = last.max(first);
    let ctx = &prepared.sentences[number];
    let mention = prepared.mentions_in(number).iter().find(|it| {
        it.tokens.0 >= first && it.head <= last && it.kind != crate::prepared::MentionKind::Demonym
    });
    let noun = |it: &usize| matches!(ctx.parsed.tokens[*it].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let head = mention.map(|it| it.head).or_else(|| (first..=last).find(noun)).unwrap_or(last);
    Tokens { sentence: number, first, last, head }
}

/// The tokens of "X said on Sunday": the verb, its subject, helpers, adverbs,
/// whom it was told and when.
fn own_clause(
    ctx: &SentenceCtx,
    number: usize,
    found: &Found<'_>,
    speaker: Option<Tokens>,
) -> Option<(usize, usize)> {
    let (mut first, mut last) = (found.at, found.to);
    let speaker = speaker.filter(|it| it.sentence == number)?;
    first = first.min(speaker.first);
    last = last.max(speaker.last);
    if last - first > 45 {
        return None;
    }
    for child in ctx.tree.children(found.at) {
        let (from, to) = ctx.tree.bounds(child);
        match ctx.parsed.tokens[child].deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Advmod | Deprel::CompoundPrt => {
                first = first.min(from);
                last = last.max(to);
            }
            Deprel::Obj | Deprel::Iobj if !verbs::is_telling(ctx.lemma(found.at)) => {}
            Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::OblTmod
            | Deprel::OblUnmarked
            | Deprel::OblNpmod
            | Deprel::NmodTmod
                if from > found.at
                    && from <= last + 1
                    && !(from..=to).any(|it| ctx.quote[it].is_some())
                    && to - from < 14 =>
            {
                last = last.max(to);
            }
            _ => {}
        }
    }
    // Whatever stands between must be part of it, not content.
    let stray = (first..=last)
        .any(|it| ctx.quote[it].is_some() || (it > last && ctx.parsed.tokens[it].upos == Upos::Verb));
    if first > 0 && ctx.word(first - 1) == "as" {
        first -= 1;
    }
    // A date in commas belongs to the clause: "said on May 3, 2023".
    (!stray).then_some((first, last))
}

fn is_joint(ctx: &SentenceCtx, at: usize) -> bool {
    matches!(ctx.word(at), "," | "–" | "—" | "-" | "--" | "―") && ctx.quote[at].is_none()
}

/// Whether what stands before token `first` can be content.
fn opens_after_content(prepared: &Prepared<'_>, number: usize, first: usize) -> bool {
    let ctx = &prepared.sentences[number];
    if first == 0 {
        return quote_before(prepared, number).is_some();
    }
    ctx.quote[first - 1].is_some() || is_joint(ctx, first - 1)
}

/// Whether the reporting clause ends here.
fn closes(ctx: &SentenceCtx, last: usize, end: usize) -> bool {
    last >= end
        || is_joint(ctx, last + 1)
        || ctx.quote[last + 1].is_some()
        || matches!(ctx.word(last + 1), "." | ":" | ";" | "(")
}

/// A quotation that ends right where the sentence begins.
fn quote_before(prepared: &Prepared<'_>, number: usize) -> Option<truce_model::Span> {
    let start = prepared.sentences[number].parsed.span.start as usize;
    let paragraph = prepared.sentences[number].paragraph;
    let next = prepared.quotes.partition_point(|it| (it.span.start as usize) < start);
    let near = prepared.quotes[next.saturating_sub(8)..next].iter();
    let mut outer = near.filter(|it| it.depth == 0 && it.last_paragraph == paragraph);
    let before = outer.find(|it| {
        let end = it.span.end as usize;
        end <= start && prepared.article.text.get(end..start).is_some_and(|it| it.trim().is_empty())
    })?;
    // Only an exclamation or question runs on into "said X".
    let inner = before.inner.of(&prepared.article.text)?;
    inner.ends_with(['!', '?', ',', '…']).then_some(before.span)
}

/// Where content that ends at `end` begins: the sentence's start, or after a
/// semicolon.
fn content_start(ctx: &SentenceCtx, end: usize) -> usize {
    let mut first =
        (0..end).rev().find(|it| ctx.word(*it) == ";" && ctx.quote[*it].is_none()).map_or(0, |it| it + 1);
    // "A sham, he calls it: the men, he says, …"
    let colon = (first..end).rev().find(|it| ctx.word(*it) == ":" && ctx.quote[*it].is_none());
    if let Some(colon) = colon.filter(|it| (first..*it).any(|it| is_finite(ctx, it))) {
        first = colon + 1;
    }
    // "from which, he said, a missile was fired": the relative clause alone.
    if matches!(ctx.word(end), "which" | "whom" | "that") && end > 0 {
        return if ctx.parsed.tokens[end - 1].upos == Upos::Adp { end - 1 } else { end };
    }
    // A quotation that ends the left part and is set off by a comma or colon
    // stands alone: `In a note: "…", he said`.
    if let Some(quote) = ctx.quote[end] {
        let begin = (0..=end).rev().take_while(|it| ctx.quote[*it] == Some(quote)).last().unwrap_or(end);
        if begin > 0 && matches!(ctx.word(begin - 1), ":" | ".") {
            first = begin;
        }
    }
    first
}

/// Whether speech goes on after the joint, rather than the outlet's own words:
/// always where the part before has no verb yet, else only if it is joined on.
fn goes_on_after(ctx: &SentenceCtx, at: usize, end: usize, complete: bool) -> bool {
    if at > end {
        return false;
    }
    !complete
        || matches!(
            ctx.word(at),
            "and" | "but" | "or" | "because" | "that" | "who" | "unless" | "if" | "before"
        )
}

fn is_finite(ctx: &SentenceCtx, at: usize) -> bool {
    let token = &ctx.parsed.tokens[at];
    let finite = (token.feats.past || token.feats.present) && !token.feats.participle_past;
    token.upos == Upos::Aux || token.upos == Upos::Verb && finite
}

fn is_speaker_part(ctx: &SentenceCtx, at: usize) -> bool {
    let noun = matches!(
        ctx.parsed.tokens[at].upos,
        Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Part
    );
    let noun = noun || matches!(ctx.word(at), "it" | "he" | "she" | "they");
    ctx.quote[at].is_none() && (noun || matches!(ctx.word(at), "of" | "for" | "-" | "and" | "there" | "here"))
}

/// Tokens between a quotation and its cue.
const SPEAKER_MAX: usize = 30;

/// A quotation before the cue with nothing but the speaker between:
/// `"…," Ivo Brand, who speaks for Northland, said.`
fn quoted_before(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Vec<Content> {
    let ctx = &prepared.sentences[number];
    let nearest = (found.at.saturating_sub(SPEAKER_MAX)..found.at).rev().find(|it| ctx.quote[*it].is_some());
    let Some(end) = nearest else { return Vec::new() };
    let other = (end + 1..found.at).any(|it| {
        clause::is_finite_cue(ctx, it) && ctx.lemma(it) != "speak"
            || matches!(ctx.word(it), "." | ";" | "and" | "but" | "that")
    });
    let Some(quote) = ctx.quote[end].and_then(|it| prepared.quotes.get(it as usize)) else {
        return Vec::new();
    };
    let inner = quote.inner.of(&prepared.article.text).unwrap_or("");
    let spoken = inner.ends_with([',', '!', '?', '…']) || ctx.word(end + 1) == ",";
    if other || !spoken || end + 1 >= found.at {
        return Vec::new();
    }
    let Some(first) = (end + 1..found.at).find(|it| is_speaker_part(ctx, *it)) else {
        // `"…", declared the spokesman`: nobody stands between.
        let (_, last) = clause::whole(ctx);
        let speaker = inverted_speaker(prepared, number, found, last);
        return vec![Content { speaker, ..Content::new(quote.span, "statement/quotation-then-cue") }];
    };
    let name_end = (first..found.at).take_while(|it| is_speaker_part(ctx, *it)).last().unwrap_or(first);
    let speaker = Some(words_between(prepared, number, first, name_end));
    // `The post was needed "to keep mines out," it said`: the clause began
    // before the marks.
    let begin = (0..=end).rev().take_while(|it| ctx.quote[*it] == ctx.quote[end]).last().unwrap_or(end);
    let start = content_start(ctx, end);
    let led = start < begin && (start..begin).any(|it| is_finite(ctx, it));
    let span = if led { clause::grown(prepared, number, start, end) } else { quote.span };
    vec![Content { speaker, ..Content::new(span, "statement/quotation-then-cue") }]
}

/// `"…," the governor, Ivo Brand, told the Post, "and …"`: where the tree gives
/// the cue no speaker, the words between the quotations do.
pub(super) fn between_quotations(prepared: &Prepared<'_>, number: usize, found: &Found<'_>) -> Vec<Content> {
    let ctx = &prepared.sentences[number];
    let tokens = &ctx.parsed.tokens;
    let mut out = quoted_before(prepared, number, found);
    let Some(speaker) = out.first().and_then(|it| it.speaker) else { return Vec::new() };
    let next = (found.to + 1..tokens.len())
        .take(SPEAKER_MAX)
        .take_while(|it| !matches!(tokens[*it].upos, Upos::Verb | Upos::Aux) || ctx.quote[*it].is_some())
        .find(|it| ctx.quote[*it].is_some());
    let split = next.filter(|it| ctx.word(it - 1) == ",").and_then(|it| ctx.quote[it]);
    if let Some(quote) = split.and_then(|it| prepared.quotes.get(it as usize)) {
        out.push(Content { speaker: Some(speaker), ..Content::new(quote.span, "statement/split-quotation") });
    }
    out
}

/// ", adding that …", ", and urged …": another report.
fn starts_new_report(ctx: &SentenceCtx, at: usize) -> bool {
    let next = (at..(at + 3).min(ctx.lower.len()))
        .find(|it| !matches!(ctx.parsed.tokens[*it].upos, Upos::Cconj | Upos::Adv));
    next.is_some_and(|it| {
        ctx.parsed.tokens[it].upos == Upos::Verb
            && (ctx.word(it).ends_with("ing") || clause::is_cue_verb(ctx, it))
    })
}
