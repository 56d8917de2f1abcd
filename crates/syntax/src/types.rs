//! What a parsed sentence is.

use truce_text::Span;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // The labels are those of Universal Dependencies.
        pub enum $name { $($variant,)* }

        impl $name {
            /// All labels, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The label as written in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The label with this spelling.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|it| it.as_str() == word)
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tags (UD v2).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Dependency relations of UD v2 as used in the English treebanks.
    Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", FlatForeign = "flat:foreign", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodNpmod = "nmod:npmod", NmodPoss = "nmod:poss", NmodTmod = "nmod:tmod", NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
        Obl = "obl", OblAgent = "obl:agent", OblNpmod = "obl:npmod", OblTmod = "obl:tmod",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation without its subtype: `acl:relcl` is `acl`.
    pub fn base(self) -> &'static str {
        let word = self.as_str();
        word.split_once(':').map_or(word, |(base, _)| base)
    }
}

/// The morphology reading needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Feats {
    /// Finite past form.
    pub past: bool,
    /// Finite present form.
    pub present: bool,
    /// Past participle.
    pub participle_past: bool,
    /// Gerund or present participle.
    pub gerund: bool,
    /// Infinitive or base form.
    pub infinitive: bool,
    /// Plural noun, pronoun or verb.
    pub plural: bool,
    /// Third person pronoun or verb.
    pub third_person: bool,
}

/// A word with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the article.
    pub span: Span,
    /// Its lemma, lower case but for proper nouns.
    pub lemma: Box<str>,
    /// Its part of speech.
    pub upos: Upos,
    /// Its morphology.
    pub feats: Feats,
    /// Index of its head in the sentence; `None` for the root.
    pub head: Option<u32>,
    /// Its relation to the head.
    pub deprel: Deprel,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation, mission, army or body of state.
    Organisation,
    /// A place.
    Place,
    /// Any other name (nationality, event, agreement).
    Other,
}

impl NameKind {
    /// All kinds, in order.
    pub const ALL: [NameKind; 4] =
        [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other];
}

/// A name: tokens `first..=last` of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// What it names.
    pub kind: NameKind,
}

/// A parsed sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its words in order. Invariant: heads form one tree.
    pub tokens: Vec<Token>,
    /// Its names in order, without overlaps.
    pub names: Vec<Name>,
}

impl Sentence {
    /// Indices of the direct dependents of token `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> {
        (0..self.tokens.len()).filter(move |it| self.tokens[*it].head == Some(head as u32))
    }

    /// The root's index.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|it| it.head.is_none())
    }

    /// First and last token of the subtree of `at` (inclusive).
    pub fn subtree_bounds(&self, at: usize) -> (usize, usize) {
        let (mut first, mut last) = (at, at);
        // What is known of each word: under `at` or not.
        let mut known: Vec<Option<bool>> = vec![None; self.tokens.len()];
        if let Some(it) = known.get_mut(at) {
            *it = Some(true);
        }
        let mut path = Vec::new();
        for it in 0..self.tokens.len() {
            let mut now = it;
            let under = loop {
                if let Some(answer) = known[now] {
                    break answer;
                }
                path.push(now);
                match self.tokens[now].head {
                    Some(head) if path.len() <= self.tokens.len() => now = head as usize,
                    _ => break false,
                }
            };
            for word in path.drain(..) {
                known[word] = Some(under);
            }
            if under {
                first = first.min(it);
                last = last.max(it);
            }
        }
        (first, last)
    }

    /// The dependents of every word, computed once for many look-ups.
    pub fn child_lists(&self) -> ChildLists {
        let mut starts = vec![0u32; self.tokens.len() + 1];
        for head in self.tokens.iter().filter_map(|it| it.head) {
            starts[head as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts.last().map_or(0, |it| *it as usize)];
        for (at, token) in self.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head as usize] as usize] = at as u32;
                next[head as usize] += 1;
            }
        }
        ChildLists { starts, children }
    }

    /// Whether token `it` is `top` or a descendant of it.
    pub fn is_under(&self, it: usize, top: usize) -> bool {
        let mut at = it;
        // A tree of n nodes has no path longer than n; the bound guards
        // against a malformed one.
        for _ in 0..=self.tokens.len() {
            if at == top {
                return true;
            }
            match self.tokens[at].head {
                Some(head) => at = head as usize,
                None => return false,
            }
        }
        false
    }
}

/// The dependents of every word of one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildLists {
    /// Where each word's dependents begin in `children`, and the end.
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl ChildLists {
    /// Direct dependents of token `head`, in order.
    pub fn of(&self, head: usize) -> &[u32] {
        &self.children[self.starts[head] as usize..self.starts[head + 1] as usize]
    }
}
