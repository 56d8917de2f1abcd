//! An article made ready for reading: parsed sentences of the readable
//! segments, quotations and mentions of actors.
//!
//! Nothing outside headline, subhead and body gets in, so no later rule can
//! read a teaser by mistake.

use truce_model::{Actor, ActorId, Agreement, Article, Problem, SegmentKind, Span};
use truce_syntax::Sentence;

use crate::actors;
use crate::parses;
use crate::repairs;
use crate::stand_ins::StandIns;
use crate::statements::quotes::{self, Quotation};
use crate::tree::Tree;

/// A longer sentence is a table or a dump; only its first tokens are read.
pub const SENTENCE_TOKENS_MAX: usize = 400;

/// An article prepared for reading.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// The article.
    pub article: &'a Article,
    /// Parsed sentences of readable segments only, in order.
    pub sentences: Vec<SentenceCtx>,
    /// The paragraphs the sentences stand in, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Words between quotation marks, by position.
    pub quotes: Vec<Quotation>,
    /// Mentions of actors, by sentence and first token.
    pub mentions: Vec<ActorMention>,
    /// Actors met that the pack does not know, by id.
    pub actors: Vec<Actor>,
    /// Where preparing gave up.
    pub problems: Vec<Problem>,
    /// By sentence and token: the mention it belongs to, the smallest one.
    pub(crate) mention_of: Vec<Vec<Option<u32>>>,
}

/// A line of running text.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub segment: SegmentKind,
}

/// A sentence with what surrounds it.
#[derive(Clone, Debug)]
pub struct SentenceCtx {
    /// Words, tags and tree.
    pub parsed: Sentence,
    /// What kind of segment it stands in.
    pub segment: SegmentKind,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Children and extents.
    pub tree: Tree,
    /// The words in lower case, apostrophes straight.
    pub lower: Vec<Box<str>>,
    /// By token: the outermost quotation it stands in.
    pub quote: Vec<Option<u32>>,
}

impl SentenceCtx {
    /// The bytes of tokens `first..=last`.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        self.parsed.tokens[first].span.cover(self.parsed.tokens[last].span)
    }

    /// The lemma of token `at`, in lower case; empty past the end.
    pub fn lemma(&self, at: usize) -> &str {
        self.parsed.tokens.get(at).map_or("", |it| &it.lemma)
    }

    /// The word at `at` in lower case; empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", |it| it)
    }
}

/// How an actor is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A name of the pack, the register or a person met before.
    Name,
    /// A name used as an adjective or noun modifier: *Northland* in
    /// *Northland troops*, where the whole is a mention of its own.
    Demonym,
    /// A body, office or force of an actor: *Northland's foreign ministry*.
    Office,
    /// A description: *the ministry*, *residents*.
    Nominal,
    /// *It*, *he*, *who*.
    Pronoun,
    /// *Both sides*: more than one actor at once.
    Group,
}

/// Words that mean an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMention {
    /// Where they stand.
    pub span: Span,
    /// Number of the sentence.
    pub sentence: usize,
    /// First and last token, inclusive.
    pub tokens: (usize, usize),
    /// The token that carries the meaning.
    pub head: usize,
    /// Whom they mean; `None` if it could not be told.
    pub actor: Option<ActorId>,
    /// Whose conduct that actor's counts as.
    pub side: Option<ActorId>,
    /// How they mean it.
    pub kind: MentionKind,
    /// The members, for [`MentionKind::Group`].
    pub group: Vec<ActorId>,
    /// Whether it is the subject of a clause.
    pub is_subject: bool,
}

impl Prepared<'_> {
    /// The mention that token `token` of sentence `sentence` belongs to: the
    /// one headed by it if there is one, else the smallest around it.
    pub fn mention_at(&self, sentence: usize, token: usize) -> Option<&ActorMention> {
        let at = (*self.mention_of.get(sentence)?.get(token)?)?;
        self.mentions.get(at as usize)
    }

    /// The mentions of one sentence, in order.
    pub fn mentions_in(&self, sentence: usize) -> &[ActorMention] {
        let first = self.mentions.partition_point(|it| it.sentence < sentence);
        let last = self.mentions.partition_point(|it| it.sentence <= sentence);
        &self.mentions[first..last]
    }

    /// The sentence that holds byte `at`, if one does.
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let next = self.sentences.partition_point(|it| it.parsed.span.end as usize <= at);
        self.sentences.get(next).filter(|it| it.parsed.span.contains_at(at)).map(|_| next)
    }
}

/// Parses the readable segments of `article` and finds its quotations and
/// actors. Never fails.
pub fn prepare<'a>(agreement: Option<&Agreement>, article: &'a Article) -> Prepared<'a> {
    let paragraphs = paragraphs(article);
    let spans: Vec<Span> = paragraphs.iter().map(|it| it.span).collect();
    let quotes = quotes::quotations(&article.text, &spans);
    let stand_ins = StandIns::new(agreement);
    let mut sentences = Vec::new();
    let mut problems = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let words = article.words(paragraph.span);
        for mut parsed in parses::parse(words, paragraph.span.start as usize, &stand_ins) {
            if parsed.tokens.is_empty() {
                continue;
            }
            if parsed.tokens.len() > SENTENCE_TOKENS_MAX {
                problems.push(Problem {
                    article: Some(article.id.clone()),
                    stage: "read",
                    what: format!(
                        "sentence of more than {SENTENCE_TOKENS_MAX} words: only its beginning was read"
                    ),
                    span: Some(parsed.span),
                });
                cut(&mut parsed);
            }
            let words: Vec<Box<str>> = parsed.tokens.iter().map(|it| lower(article.words(it.span))).collect();
            repairs::repair(&mut parsed, &words);
            crate::closing_reports::repair(&mut parsed, &words);
            sentences.push(SentenceCtx {
                tree: Tree::new(&parsed),
                lower: words,
                quote: parsed.tokens.iter().map(|it| quote_at(&quotes, it.span)).collect(),
                segment: paragraph.segment,
                paragraph: number,
                parsed,
            });
        }
    }
    let mut prepared = Prepared {
        article,
        mention_of: Vec::new(),
        sentences,
        paragraphs,
        quotes,
        mentions: Vec::new(),
        actors: Vec::new(),
        problems,
    };
    actors::mark(agreement, &mut prepared);
    prepared
}

fn lower(word: &str) -> Box<str> {
    word.to_lowercase().replace('’', "'").into()
}

/// The outermost quotation that holds `span`.
fn quote_at(quotes: &[Quotation], span: Span) -> Option<u32> {
    let next = quotes.partition_point(|it| it.span.start <= span.start);
    // Depth is bounded, so the outermost one is a few steps back.
    quotes[..next]
        .iter()
        .enumerate()
        .rev()
        .take(8)
        .find(|(_, it)| it.depth == 0)
        .filter(|(_, it)| it.span.contains(span))
        .map(|(at, _)| at as u32)
}

/// Keeps the first tokens; heads that point past them become roots' children.
fn cut(sentence: &mut Sentence) {
    sentence.tokens.truncate(SENTENCE_TOKENS_MAX);
    let count = sentence.tokens.len() as u32;
    let root = sentence.tokens.iter().position(|it| it.head.is_none());
    let anchor = root.unwrap_or(0) as u32;
    for (at, token) in sentence.tokens.iter_mut().enumerate() {
        if at as u32 == anchor {
            token.head = None;
        } else if token.head.is_none_or(|it| it >= count) {
            token.head = Some(anchor);
        }
    }
    sentence.names.retain(|it| it.last < count);
}

/// Lines of the readable segments; a line that goes on in lower case after no
/// end mark is joined to the one before.
fn paragraphs(article: &Article) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for segment in article.readable() {
        let words = article.words(segment.span);
        let base = segment.span.start as usize;
        let mut at = 0;
        let mut joinable = false;
        for line in words.split('\n') {
            let span = Span::new(base + at, base + at + line.len()).trimmed(&article.text);
            at += line.len() + 1;
            if span.is_empty() {
                joinable = false;
                continue;
            }
            let goes_on = article.words(span).starts_with(|it: char| it.is_lowercase());
            match out.last_mut() {
                Some(last)
                    if joinable
                        && goes_on
                        && !article.words(last.span).ends_with(['.', '!', '?', ':', '”', '"', '’']) =>
                {
                    last.span = last.span.cover(span);
                }
                _ => out.push(Paragraph { span, segment: segment.kind }),
            }
            joinable = true;
        }
    }
    out
}
