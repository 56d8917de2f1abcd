//! How real a predicate is said to be: a value from -3 (it is said not to be
//! so) over 0 (nothing is said) to 3 (it is said to be so), by rule.
//!
//! A predicate's own negation, modal, tense and clause come first; then every
//! word that governs it, from the inside out, takes away or turns round its
//! share. Tenths of a point are integers, so that nothing depends on rounding.

mod lexicon;

use truce_syntax::{Deprel, Feats, Sentence, Upos};

pub use lexicon::{Complement, Signature, Signatures};

/// Longest chain of governing words that is followed.
const CHAIN_MAX: usize = 24;

/// How real a predicate is said to be, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factuality {
    /// From -30 to 30: tenths of a point.
    pub tenths: i16,
    /// What took most away, innermost first: `asserted`, `negated`,
    /// `possible`, `obliged`, `future`, `conditional`, `asked`, `commanded`,
    /// `purpose`, `governed`.
    pub reason: &'static str,
    /// The word that says so; the predicate itself if none does.
    pub word: usize,
    /// When the predicate's own form puts it.
    pub tense: Tense,
}

/// When a predicate's form puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tense {
    /// A finite past, or a perfect.
    Past,
    /// A finite present.
    Present,
    /// A present progressive.
    Ongoing,
    /// An infinitive or a form after a modal.
    Bare,
    /// A participle or gerund without a helper.
    Participle,
    /// No verb.
    Nominal,
}

impl Factuality {
    /// The value as a number from -3 to 3.
    pub fn value(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

/// Reads how real the predicate at token `at` is said to be.
///
/// ## Reads
/// Negation (*not*, *no*, *never*, *without*), modals, the future, *if* and
/// *unless*, questions, commands, purpose, and the words the predicate hangs
/// on, by their signature in `lexicon/veridicality.txt`: *managed to*, *failed
/// to*, *denied that*, *hoped to*, *demanded*.
///
/// ## Matters because
/// A withdrawal that is demanded, planned, doubted or refused is no
/// withdrawal; a record that counts it as one is wrong in the direction that
/// hurts most.
///
/// ## Example
/// "Rivermark failed to withdraw from the ridge." (*withdraw*: -3)
///
/// ## Misses
/// Irony, what the world knows, and governing words that are not in the
/// lexicon; a modal of ability (*could see*) is read as a possibility.
pub fn factuality(sentence: &Sentence, at: usize) -> Factuality {
    Reader { sentence }.read(at, 0)
}

/// What nouns and adjuncts keep of a governing word that is in no lexicon: they
/// are mostly there whether it holds or not, less so where that is open.
const INHERITS: Signature = Signature { so: 10, not: 0 };

/// The same for relative clauses and participles on a noun.
const TELLS_OF: Signature = Signature { so: 10, not: 5 };

struct Reader<'s> {
    sentence: &'s Sentence,
}

/// A predicate's own share of truth, in hundredths from -100 to 100.
#[derive(Clone, Copy)]
struct Share {
    hundredths: i32,
    reason: &'static str,
    word: usize,
}

const NEGATIONS: &[&str] = &["not", "n't", "never", "neither", "hardly", "scarcely", "barely", "nor"];
const NO: &[&str] = &["no", "none", "nobody", "nothing", "neither", "zero"];
const CONDITIONS: &[&str] = &["if", "unless", "whether", "lest", "provided", "providing", "suppose"];

impl Reader<'_> {
    fn lemma(&self, at: usize) -> String {
        self.sentence.tokens[at].lemma.to_lowercase()
    }

    fn head(&self, at: usize) -> Option<usize> {
        self.sentence.tokens[at].head.map(|it| it as usize)
    }

    fn rel(&self, at: usize) -> &'static str {
        self.sentence.tokens[at].deprel.base()
    }

    fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[at].upos
    }

    fn feats(&self, at: usize) -> Feats {
        self.sentence.tokens[at].feats
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.sentence.children(at)
    }

    fn is_predicate(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Verb | Upos::Aux)
            || self.children(at).any(|it| self.sentence.tokens[it].deprel == Deprel::Cop)
    }

    fn has_mark(&self, at: usize, words: &[&str]) -> Option<usize> {
        self.children(at).find(|it| {
            matches!(self.rel(*it), "mark" | "advmod" | "case") && words.contains(&self.lemma(*it).as_str())
        })
    }

    fn is_infinitive(&self, at: usize) -> bool {
        self.has_mark(at, &["to"]).is_some_and(|it| self.rel(it) == "mark")
    }

    fn has_yet(&self, at: usize) -> bool {
        self.children(at).any(|it| self.lemma(it) == "yet")
    }

    fn has_aux(&self, at: usize) -> bool {
        self.children(at).any(|it| self.rel(it) == "aux")
    }

    /// The clause a coordinated predicate shares its governor with.
    fn first_conjunct(&self, mut at: usize) -> usize {
        for _ in 0..CHAIN_MAX {
            match self.head(at) {
                Some(head) if self.rel(at) == "conj" => at = head,
                _ => break,
            }
        }
        at
    }

    fn read(&self, at: usize, depth: usize) -> Factuality {
        let own = self.own(at);
        let mut share = own;
        let outer = self.first_conjunct(at);
        if depth < CHAIN_MAX
            && let Some(from) = self.governed(outer, depth)
        {
            // The innermost cause is named, unless it says nothing.
            let reason = if own.reason == "asserted" { from.reason } else { own.reason };
            let word = if own.reason == "asserted" { from.word } else { own.word };
            share = Share { hundredths: own.hundredths * from.hundredths / 100, reason, word };
        }
        let tenths = (share.hundredths * 3 / 10).clamp(-30, 30) as i16;
        Factuality { tenths, reason: share.reason, word: share.word, tense: self.tense(at) }
    }

    fn tense(&self, at: usize) -> Tense {
        let helpers = || self.children(at).filter(|it| matches!(self.rel(*it), "aux" | "cop"));
        let feats = self.feats(at);
        if !matches!(self.upos(at), Upos::Verb | Upos::Aux) && !helpers().any(|it| self.rel(it) == "cop") {
            return Tense::Nominal;
        }
        let past = |it: usize| self.feats(it).past || self.lemma(it) == "have";
        if feats.past || helpers().any(past) {
            return Tense::Past;
        }
        let modal = |it: usize| !matches!(self.lemma(it).as_str(), "be" | "have" | "do" | "get");
        if helpers().any(modal) || feats.infinitive && helpers().next().is_none() {
            return Tense::Bare;
        }
        let helped = helpers().next().is_some();
        match (feats.gerund, feats.participle_past) {
            (true, _) if helped => Tense::Ongoing,
            (true, _) => Tense::Participle,
            (_, true) if !helped => Tense::Participle,
            _ => Tense::Present,
        }
    }

    /// What the predicate and the words on it say.
    fn own(&self, at: usize) -> Share {
        let mut share = Share { hundredths: 100, reason: "asserted", word: at };
        let cut = |it: &mut Share, to: i32, reason: &'static str, word: usize| {
            it.hundredths = it.hundredths * to / 100;
            it.reason = reason;
            it.word = word;
        };
        let predicate = self.is_predicate(at);
        // A conjunct without a subject of its own shares the first's helpers.
        let mut helpers: Vec<usize> = self.children(at).collect();
        let shares =
            self.rel(at) == "conj" && !helpers.iter().any(|it| matches!(self.rel(*it), "nsubj" | "aux"));
        if let Some(head) = self.head(at).filter(|_| shares && predicate) {
            helpers.extend(self.children(head).filter(|it| self.rel(*it) == "aux"));
        }
        let mut negated = None;
        for &it in &helpers {
            let lemma = self.lemma(it);
            let word = lemma.as_str();
            match self.rel(it) {
                "aux" => match word {
                    "may" | "might" => cut(&mut share, 22, "possible", it),
                    "could" => cut(&mut share, 30, "possible", it),
                    "can" => cut(&mut share, 50, "possible", it),
                    "would" | "'d" => cut(&mut share, 28, "conditional", it),
                    "will" | "shall" | "'ll" | "wo" => {
                        let would = self.sentence.tokens[it].feats.past;
                        cut(
                            &mut share,
                            if would { 28 } else { 62 },
                            if would { "conditional" } else { "future" },
                            it,
                        );
                    }
                    "should" | "must" | "ought" | "need" => cut(&mut share, 25, "obliged", it),
                    _ => {}
                },
                "advmod" if NEGATIONS.contains(&word) => negated = Some(it),
                "advmod" if matches!(word, "maybe" | "perhaps" | "possibly") => {
                    cut(&mut share, 40, "possible", it)
                }
                "advmod" if matches!(word, "probably" | "likely" | "presumably") => {
                    cut(&mut share, 65, "possible", it)
                }
                "advmod" if matches!(word, "almost" | "nearly") => cut(&mut share, -50, "negated", it),
                "det" if NO.contains(&word) => negated = Some(it),
                "nsubj" | "obj" if predicate => {
                    let none = NO.contains(&word)
                        || self
                            .children(it)
                            .any(|under| self.rel(under) == "det" && self.lemma(under) == "no");
                    if none {
                        negated = Some(it);
                    }
                }
                "case" | "mark" if word == "without" => negated = Some(it),
                "amod"
                    if matches!(
                        word,
                        "possible"
                            | "potential"
                            | "likely"
                            | "future"
                            | "proposed"
                            | "planned"
                            | "threatened"
                    ) =>
                {
                    cut(&mut share, 30, "possible", it);
                }
                "amod" if matches!(word, "alleged" | "suspected" | "reported" | "supposed" | "so-called") => {
                    cut(&mut share, 60, "possible", it);
                }
                _ => {}
            }
        }
        if self.lemma(at) == "go"
            && self.feats(at).gerund
            && self.children(at).any(|it| self.rel(it) == "xcomp" && self.is_infinitive(it))
        {
            cut(&mut share, 62, "future", at);
        }
        // "Is going to", "has to".
        if self.rel(at) == "xcomp"
            && let Some(head) = self.head(at)
            && self.is_infinitive(at)
        {
            match self.lemma(head).as_str() {
                "go" if self.feats(head).gerund => cut(&mut share, 100, "future", head),
                // "Had yet to withdraw": it had not.
                "have" if self.has_yet(head) || self.has_yet(at) => negated = Some(head),
                "have" | "need" => cut(&mut share, 40, "obliged", head),
                _ => {}
            }
        }
        if let Some(it) = negated {
            let before = share.hundredths;
            share = Share { hundredths: -before * 9 / 10, reason: "negated", word: it };
            if before.abs() < 70 {
                share.hundredths = -(before.abs() + 30).min(80);
            }
        }
        share
    }

    /// What the word that governs the clause at `at` leaves of its truth.
    fn governed(&self, at: usize, depth: usize) -> Option<Share> {
        let share =
            |hundredths: i32, reason: &'static str, word: usize| Some(Share { hundredths, reason, word });
        let Some(head) = self.head(at) else {
            let last = self.sentence.tokens.last()?;
            if &*last.lemma == "?" || self.sentence.tokens.iter().rev().take(3).any(|it| &*it.lemma == "?") {
                return share(25, "asked", at);
            }
            let feats = self.feats(at);
            let bare = self.upos(at) == Upos::Verb
                && feats.infinitive
                && !self.children(at).any(|it| matches!(self.rel(it), "nsubj" | "csubj" | "aux" | "expl"));
            return if bare { share(20, "commanded", at) } else { None };
        };
        if let Some(mark) = self.has_mark(at, CONDITIONS) {
            return share(if self.lemma(mark) == "unless" { -5 } else { 12 }, "conditional", mark);
        }
        let predicate = self.is_predicate(at);
        let outer = || self.read(head, depth + 1);
        let infinitive = self.is_infinitive(at);
        match self.rel(at) {
            "ccomp" | "xcomp" | "csubj" | "parataxis" if self.rel(at) != "parataxis" => {
                let complement = if infinitive || self.rel(at) == "xcomp" && !self.feats(at).gerund {
                    Complement::Infinitive
                } else if self.feats(at).gerund && !self.children(at).any(|it| self.rel(it) == "aux") {
                    Complement::Nominal
                } else {
                    Complement::Finite
                };
                let otherwise = match complement {
                    Complement::Finite => Signature { so: 9, not: 6 },
                    Complement::Infinitive if infinitive => Signature { so: 4, not: -4 },
                    _ => Signature { so: 8, not: -4 },
                };
                self.through(head, complement, Some(otherwise), outer())
            }
            "advcl" | "acl" if infinitive => {
                if self.upos(head) == Upos::Noun || self.rel(at) == "acl" {
                    let otherwise = Signature { so: 3, not: -2 };
                    return self.through(head, Complement::Infinitive, Some(otherwise), outer());
                }
                share(25, "purpose", at)
            }
            "acl" if self.has_mark(at, &["that", "of"]).is_some() => {
                let otherwise = Signature { so: 9, not: 8 };
                let finite = self.has_mark(at, &["that"]).is_some();
                let complement = if finite { Complement::Finite } else { Complement::Nominal };
                self.through(head, complement, Some(otherwise), outer())
            }
            "obj" | "obl" | "nsubj" | "nmod" if !predicate || self.feats(at).gerund => {
                let passive = self.sentence.tokens[at].deprel == Deprel::NsubjPass;
                if self.rel(at) == "nsubj" && !passive {
                    let modal = self.own(head);
                    return (modal.reason == "possible" || modal.reason == "future")
                        .then(|| Share { hundredths: modal.hundredths.abs().max(40), ..modal });
                }
                self.through(head, Complement::Nominal, Some(INHERITS), outer())
            }
            "advcl" => {
                if self.feats(at).gerund || self.feats(at).participle_past && !self.has_aux(at) {
                    let share = self.through(head, Complement::Nominal, Some(INHERITS), outer());
                    // "Kept them from crossing" is governed, "by crossing" is not.
                    if self.has_mark(at, &["from", "into", "in"]).is_some() {
                        return share;
                    }
                    return share.map(|it| self.loose(it));
                }
                let marked = self.has_mark(
                    at,
                    &["as", "after", "because", "since", "once", "until", "before", "when", "where"],
                );
                let of_head = self.own(head);
                let past = self.tense(at) == Tense::Past;
                match marked {
                    Some(mark) if !past && of_head.reason != "asserted" && of_head.reason != "negated" => {
                        share(35, "conditional", mark)
                    }
                    Some(mark) if matches!(self.lemma(mark).as_str(), "until" | "before") => {
                        share(70, "conditional", mark)
                    }
                    _ => None,
                }
            }
            // Relative clauses and participles are as real as what they tell of.
            "acl" => {
                self.through(head, Complement::Nominal, Some(TELLS_OF), outer()).map(|it| self.loose(it))
            }
            _ => None,
        }
    }

    /// A share that a word leaves of a clause it does not really govern.
    fn loose(&self, share: Share) -> Share {
        Share { hundredths: share.hundredths.max(0), ..share }
    }

    /// What `head` leaves of a complement, given how real `head` itself is.
    fn through(
        &self,
        head: usize,
        complement: Complement,
        otherwise: Option<Signature>,
        outer: Factuality,
    ) -> Option<Share> {
        let lemma = self.lemma(head);
        let part = match self.upos(head) {
            Upos::Noun | Upos::Propn => 'n',
            Upos::Adj | Upos::Adv => 'a',
            _ => 'v',
        };
        let lexicon = Signatures::embedded();
        let found = lexicon.of(part, &lemma, complement).or_else(|| {
            // Participles are tagged both ways.
            let other = if part == 'a' { 'v' } else { 'a' };
            lexicon.of(other, &lemma, complement)
        });
        let known = found.is_some();
        let signature = found.or(otherwise)?;
        let so = i32::from(outer.tenths.max(0)) * 10 / 3;
        let not = i32::from((-outer.tenths).max(0)) * 10 / 3;
        let open = 100 - so - not;
        let (a, b) = (i32::from(signature.so), i32::from(signature.not));
        // Where the governing word is open, what holds either way still does.
        let neither = if a.signum() == b.signum() { a.abs().min(b.abs()) * a.signum() } else { (a + b) / 2 };
        let hundredths = (so * a + not * b + open * neither) / 10;
        let reason = if hundredths >= 60 {
            "asserted"
        } else if known {
            "governed"
        } else {
            outer.reason
        };
        Some(Share { hundredths, reason, word: head })
    }
}
