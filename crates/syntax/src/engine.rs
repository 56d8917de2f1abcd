//! The engine: model in, text in, trees out.

use std::sync::OnceLock;

use truce_text::Span;

use crate::atoms::{self, Atoms};
use crate::beam::{Labels, PIECE_TOKENS_MAX, Workspace};
use crate::boundaries;
use crate::features::{self, Leaf};
use crate::hash;
use crate::lemma::{self, Rule};
use crate::lines::Lines;
use crate::model::{self, BadModel};
use crate::names::{self, Words};
use crate::table::Table;
use crate::tagger;
use crate::{Deprel, Feats, Name, Sentence, Token, Upos};

/// Hypotheses kept while parsing.
pub const BEAM: usize = 8;

static EMBEDDED: &[u8] = include_bytes!("../../../models/syntax.bin");

/// The parser with its model.
pub struct Engine {
    pub(crate) parts: Parts<'static>,
}

/// The opened sections of a model.
pub struct Parts<'m> {
    /// Joint tags: part of speech and Penn tag.
    pub tags: Vec<(Upos, String)>,
    /// Relations in the order of the parser's labels.
    pub labels: Vec<Deprel>,
    /// Tags of known words.
    pub lexicon: Table<'m>,
    /// Weights of sentence ends.
    pub boundaries: Table<'m>,
    /// Tagger weights.
    pub tagger: Table<'m>,
    /// Weights of the parser's moves.
    pub moves: Lines,
    /// Weights of its labels.
    pub arcs: Table<'m>,
    /// Weights of names; a model in the making may have none.
    pub names: Option<Table<'m>>,
    /// Word lists for names.
    pub lists: Option<Table<'m>>,
    /// Lemma endings.
    pub lemmas: Table<'m>,
    /// Lemma rules.
    pub rules: Vec<Rule>,
    /// Hypotheses kept while parsing.
    pub beam: usize,
}

impl<'m> Parts<'m> {
    /// Opens a model file.
    ///
    /// # Errors
    /// If the bytes are no model of this version.
    pub fn open(bytes: &'m [u8]) -> Result<Parts<'m>, BadModel> {
        let sections = model::open(bytes)?;
        let table = |name: &'static str| {
            sections.get(name).and_then(|it| Table::open(it)).ok_or(BadModel::Section(name))
        };
        let lines = |name: &'static str| {
            let bytes = sections.get(name).ok_or(BadModel::Section(name))?;
            let text = std::str::from_utf8(bytes).map_err(|_| BadModel::Section(name))?;
            Ok(text.lines().collect::<Vec<&str>>())
        };
        let tags = lines("tags")?
            .into_iter()
            .map(|it| {
                let (upos, xpos) = it.split_once(' ')?;
                Some((Upos::parse(upos)?, xpos.to_owned()))
            })
            .collect::<Option<_>>()
            .ok_or(BadModel::Section("tags"))?;
        let labels = lines("labels")?
            .into_iter()
            .map(Deprel::parse)
            .collect::<Option<_>>()
            .ok_or(BadModel::Section("labels"))?;
        let rules = lines("rules")?
            .into_iter()
            .map(Rule::read)
            .collect::<Option<_>>()
            .ok_or(BadModel::Section("rules"))?;
        Ok(Parts {
            tags,
            labels,
            rules,
            beam: BEAM,
            lexicon: table("lexicon")?,
            boundaries: table("boundaries")?,
            tagger: table("tagger")?,
            moves: sections.get("moves").and_then(|it| Lines::open(it)).ok_or(BadModel::Section("moves"))?,
            arcs: table("arcs")?,
            lemmas: table("lemmas")?,
            names: table("names").ok(),
            lists: table("lists").ok(),
        })
    }

    /// Parses one tokenised sentence.
    pub fn analyse(&self, forms: &[&str]) -> Analysis {
        let atoms: Vec<Atoms> = forms.iter().map(|it| Atoms::new(it)).collect();
        self.analyse_atoms(forms, &atoms, &mut Workspace::default())
    }

    /// Tags words.
    pub(crate) fn tag(&self, atoms: &[Atoms]) -> Vec<u8> {
        tagger::tag(atoms, &self.tagger, &self.lexicon, self.tags.len())
    }

    /// Names in tagged words.
    fn names(&self, atoms: &[Atoms], upos: &[Upos], tags: &[u8]) -> Vec<Name> {
        let (Some(weights), Some(lists)) = (&self.names, &self.lists) else { return Vec::new() };
        names::spans(&names::label(&Words::new(atoms, upos, tags, lists), weights, false))
    }

    fn analyse_atoms(&self, forms: &[&str], atoms: &[Atoms], work: &mut Workspace) -> Analysis {
        let tags = self.tag(atoms);
        let upos: Vec<Upos> = tags.iter().map(|it| self.tags[usize::from(*it)].0).collect();
        let lemmas: Vec<String> = forms
            .iter()
            .zip(&tags)
            .map(|(form, tag)| lemma::lemma(form, *tag, &self.lemmas, &self.rules))
            .collect();
        let leaves = leaves(forms, atoms, &tags, &upos, &lemmas);
        let labels = self.numbering();
        let mut heads = Vec::with_capacity(forms.len());
        let mut deprels = Vec::with_capacity(forms.len());
        let mut first_root = None;
        for (number, piece) in leaves.chunks(PIECE_TOKENS_MAX).enumerate() {
            let base = number * PIECE_TOKENS_MAX;
            let state = work.parse(piece, self.beam, &self.moves, &self.arcs, labels);
            for at in 0..piece.len() {
                let head = usize::from(state.heads[at]);
                if head < piece.len() {
                    heads.push(Some((base + head) as u32));
                    deprels.push(self.labels[usize::from(state.labels[at])]);
                } else if let Some(root) = first_root {
                    heads.push(Some(root));
                    deprels.push(Deprel::Parataxis);
                } else {
                    first_root = Some((base + at) as u32);
                    heads.push(None);
                    deprels.push(Deprel::Root);
                }
            }
        }
        Analysis { lemmas, tags, upos, heads, deprels }
    }

    /// The labels' numbering.
    pub fn numbering(&self) -> Labels {
        let root = self.labels.iter().position(|it| *it == Deprel::Root).unwrap_or(0);
        Labels { count: self.labels.len(), root: root as u8 }
    }
}

/// A stretch of text between ends set by rule, cut where a sentence begins.
struct Segment {
    spans: Vec<Span>,
    atoms: Vec<Atoms>,
    bounds: Vec<usize>,
}

impl Segment {
    /// The sentences' tokens; none is empty.
    fn sentences(&self) -> impl Iterator<Item = (&[Span], &[Atoms])> {
        self.bounds
            .windows(2)
            .filter(|it| it[1] > it[0])
            .map(|it| (&self.spans[it[0]..it[1]], &self.atoms[it[0]..it[1]]))
    }
}

/// What is found out about one sentence.
pub struct Analysis {
    /// Joint tags, as numbers.
    pub tags: Vec<u8>,
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Heads.
    pub heads: Vec<Option<u32>>,
    /// Relations.
    pub deprels: Vec<Deprel>,
}

#[cfg(feature = "flat-trees")]
impl Analysis {
    /// The same words without their grammar: each hangs on the one before.
    /// For measuring what the trees bring; never part of the program.
    fn flattened(mut self) -> Analysis {
        for (at, (head, deprel)) in self.heads.iter_mut().zip(&mut self.deprels).enumerate() {
            *head = at.checked_sub(1).map(|it| it as u32);
            *deprel = if at == 0 { Deprel::Root } else { Deprel::Dep };
        }
        self
    }
}

/// What the parser sees of tagged words.
pub(crate) fn leaves(
    forms: &[&str],
    atoms: &[Atoms],
    tags: &[u8],
    upos: &[Upos],
    lemmas: &[String],
) -> Vec<Leaf> {
    let mut quoted = false;
    let mut out = Vec::with_capacity(forms.len());
    for at in 0..forms.len() {
        let sign = features::sign_bit(forms[at]);
        if sign == 8 {
            quoted = match forms[at] {
                "“" | "``" | "«" => true,
                "”" | "''" | "»" => false,
                _ => !quoted,
            };
        }
        out.push(Leaf {
            word: atoms[at].lower,
            tag: u64::from(tags[at]),
            upos: upos[at] as u64,
            lemma: hash::word(&lemmas[at]),
            ending: atoms[at].suffix[2],
            quoted,
            sign,
        });
    }
    out
}

/// Gets the tokens of a sentence and what parses it; gives its tree.
pub type Recall<'r> = dyn FnMut(&[Span], &dyn Fn() -> Sentence) -> Sentence + 'r;

impl Engine {
    /// The engine with the shipped model, loaded once per process.
    ///
    /// # Panics
    /// Never in a released binary: a test opens the embedded model.
    pub fn embedded() -> &'static Engine {
        static ENGINE: OnceLock<Engine> = OnceLock::new();
        ENGINE.get_or_init(|| Engine {
            parts: Parts::open(EMBEDDED).expect("the embedded model is checked by the tests"),
        })
    }

    /// Parses `text` into sentences; all spans are byte offsets into `text`
    /// plus `base`. Never fails; any valid text yields trees.
    pub fn parse(&self, text: &str, base: usize) -> Vec<Sentence> {
        self.parse_as(text, base, &|_| None)
    }

    /// Parses `text` reading some words as others: `reads` gives for a word
    /// the one it is to be parsed as. A caller that knows names the model
    /// never met can have them all read as one it knows well, so that no name
    /// fares better than another. Spans are those of the words printed; the
    /// lemma of such a word is the word itself.
    pub fn parse_as(
        &self,
        text: &str,
        base: usize,
        reads: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Vec<Sentence> {
        self.parse_recalling(text, base, reads, &mut |_, parse| parse())
    }

    /// [`Engine::parse_as`] for a caller that remembers sentences: `recall`
    /// gets the tokens of each (offsets into `text`) and either
    /// calls the function that parses it or gives what that gave before. A
    /// tree depends on the tokens of its sentence alone.
    pub fn parse_recalling(
        &self,
        text: &str,
        base: usize,
        reads: &dyn Fn(&str) -> Option<&'static str>,
        recall: &mut Recall<'_>,
    ) -> Vec<Sentence> {
        let work = std::cell::RefCell::new(Workspace::default());
        self.segments(text)
            .iter()
            .flat_map(|it| it.sentences())
            .map(|(spans, atoms)| {
                recall(spans, &|| {
                    let printed: Vec<&str> = spans.iter().map(|it| &text[it.range()]).collect();
                    let read: Vec<Option<&'static str>> = printed.iter().map(|it| reads(it)).collect();
                    if read.iter().all(Option::is_none) {
                        return self.sentence(spans, &printed, atoms, base, &mut work.borrow_mut());
                    }
                    let forms: Vec<&str> =
                        printed.iter().zip(&read).map(|(it, read)| read.unwrap_or(it)).collect();
                    let atoms: Vec<Atoms> = forms.iter().map(|it| Atoms::new(it)).collect();
                    let mut sentence = self.sentence(spans, &forms, &atoms, base, &mut work.borrow_mut());
                    for (at, token) in sentence.tokens.iter_mut().enumerate() {
                        if read[at].is_some() {
                            token.lemma = printed[at].into();
                        }
                    }
                    sentence
                })
            })
            .collect()
    }

    /// Sentences and tokens only: the tokens of each sentence.
    pub fn segment(&self, text: &str) -> Vec<Vec<Span>> {
        self.segments(text).iter().flat_map(|it| it.sentences()).map(|(spans, _)| spans.to_vec()).collect()
    }

    fn segments(&self, text: &str) -> Vec<Segment> {
        truce_text::sentences::split(text, 0)
            .into_iter()
            .map(|stretch| {
                let spans = truce_text::tokens::tokenize(&text[stretch.range()], stretch.start as usize);
                let atoms: Vec<Atoms> = spans.iter().map(|it| Atoms::new(&text[it.range()])).collect();
                let mut bounds = boundaries::starts(text, &spans, &atoms, &self.parts.boundaries);
                bounds.insert(0, 0);
                bounds.push(spans.len());
                Segment { spans, atoms, bounds }
            })
            .collect()
    }

    /// Analyses the tokens of one sentence.
    fn sentence(
        &self,
        spans: &[Span],
        forms: &[&str],
        atoms: &[Atoms],
        base: usize,
        work: &mut Workspace,
    ) -> Sentence {
        let found = self.parts.analyse_atoms(forms, atoms, work);
        #[cfg(feature = "flat-trees")]
        let found = found.flattened();
        let tokens = (0..forms.len())
            .map(|at| Token {
                span: spans[at].shifted(base),
                lemma: found.lemmas[at].as_str().into(),
                upos: found.upos[at],
                feats: feats(&self.parts.tags[usize::from(found.tags[at])], forms[at]),
                head: found.heads[at],
                deprel: found.deprels[at],
            })
            .collect();
        let names = self.parts.names(atoms, &found.upos, &found.tags);
        let span = spans[0].cover(spans[spans.len() - 1]).shifted(base);
        Sentence { span, tokens, names }
    }

    /// Name of the shipped model: `syntax-` and a digest of its file (FNV-1a
    /// over words of eight bytes), so that a record says by what it was read.
    pub fn model_name() -> &'static str {
        static NAME: OnceLock<String> = OnceLock::new();
        NAME.get_or_init(|| {
            let words = EMBEDDED.chunks(8).map(|it| {
                let mut word = [0u8; 8];
                word[..it.len()].copy_from_slice(it);
                u64::from_le_bytes(word)
            });
            let digest = words.fold(0xcbf2_9ce4_8422_2325u64, |hash, it| {
                (hash ^ it).wrapping_mul(0x0100_0000_01b3).rotate_left(5)
            });
            format!("syntax-{digest:016x}")
        })
    }

    /// An engine with another model.
    ///
    /// # Errors
    /// If the bytes are no model of this version.
    pub fn open(bytes: &'static [u8]) -> Result<Engine, BadModel> {
        Ok(Engine { parts: Parts::open(bytes)? })
    }

    /// The opened model.
    pub fn parts(&self) -> &Parts<'static> {
        &self.parts
    }
}

/// Morphology from the joint tag, and for pronouns from the word.
fn feats(tag: &(Upos, String), form: &str) -> Feats {
    let xpos = tag.1.as_str();
    let pronoun = tag.0 == Upos::Pron || tag.0 == Upos::Det;
    let low = if pronoun || tag.0 == Upos::Aux { atoms::plain(form).to_lowercase() } else { String::new() };
    let third = matches!(
        low.as_str(),
        "he" | "him"
            | "his"
            | "she"
            | "her"
            | "hers"
            | "it"
            | "its"
            | "they"
            | "them"
            | "their"
            | "theirs"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
    );
    let many = matches!(
        low.as_str(),
        "we" | "us"
            | "our"
            | "ours"
            | "ourselves"
            | "they"
            | "them"
            | "their"
            | "theirs"
            | "themselves"
            | "these"
            | "those"
    );
    Feats {
        past: xpos == "VBD",
        present: matches!(xpos, "VBP" | "VBZ"),
        participle_past: xpos == "VBN",
        gerund: xpos == "VBG",
        infinitive: xpos == "VB",
        plural: matches!(xpos, "NNS" | "NNPS")
            || pronoun && many
            || matches!(low.as_str(), "are" | "were") && tag.0 == Upos::Aux,
        third_person: xpos == "VBZ" || pronoun && third,
    }
}
