//! CoNLL-U as the Universal Dependencies treebanks write it: read for
//! training and scoring only.

use truce_text::Span;

/// One syntactic word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as written.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// English (Penn) part of speech.
    pub xpos: String,
    /// Head, counted from 1; 0 is the root.
    pub head: usize,
    /// Relation with its subtype.
    pub deprel: String,
    /// Last column.
    pub misc: String,
}

/// A written token: one word, or several written as one (`don't`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// As written.
    pub form: String,
    /// First word, counted from 0.
    pub first: usize,
    /// Last word (inclusive).
    pub last: usize,
    /// Whether white space follows.
    pub space_after: bool,
}

/// One sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeSentence {
    /// `sent_id`.
    pub id: String,
    /// A document begins here.
    pub new_document: bool,
    /// A paragraph begins here.
    pub new_paragraph: bool,
    /// Words in order.
    pub words: Vec<Word>,
    /// Written tokens in order.
    pub surfaces: Vec<Surface>,
}

/// A treebank and the raw text it annotates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Treebank {
    /// Sentences in order.
    pub sentences: Vec<TreeSentence>,
}

/// Raw text with the place of every sentence and written token in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawText {
    /// The text: one space between sentences, an empty line between paragraphs.
    pub text: String,
    /// Place of each sentence.
    pub sentences: Vec<Span>,
    /// Place of each written token, per sentence.
    pub surfaces: Vec<Vec<Span>>,
}

/// What is wrong with a CoNLL-U file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

impl std::fmt::Display for BadLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for BadLine {}

impl Treebank {
    /// Reads a whole file.
    ///
    /// # Errors
    /// With the line that is no CoNLL-U.
    pub fn read(text: &str) -> Result<Treebank, BadLine> {
        let mut bank = Treebank::default();
        let mut now = TreeSentence::default();
        for (number, line) in text.lines().enumerate() {
            let bad = |what| BadLine { line: number + 1, what };
            if line.trim().is_empty() {
                if !now.words.is_empty() {
                    bank.sentences.push(std::mem::take(&mut now));
                }
            } else if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                now.new_document |= comment.starts_with("newdoc");
                let par = comment == "newpar" || comment.starts_with("newpar ");
                now.new_paragraph |= par;
                if let Some(id) = comment.strip_prefix("sent_id = ") {
                    now.id = id.to_owned();
                }
            } else {
                let fields: Vec<&str> = line.split('\t').collect();
                if fields.len() != 10 {
                    return Err(bad("ten fields wanted"));
                }
                let space_after = !fields[9].split('|').any(|it| it == "SpaceAfter=No");
                if let Some((first, last)) = fields[0].split_once('-') {
                    let first: usize = first.parse().map_err(|_| bad("bad range"))?;
                    let last: usize = last.parse().map_err(|_| bad("bad range"))?;
                    if first != now.words.len() + 1 || last < first {
                        return Err(bad("range out of order"));
                    }
                    let form = fields[1].to_owned();
                    now.surfaces.push(Surface { form, first: first - 1, last: last - 1, space_after });
                } else if !fields[0].contains('.') {
                    let at = now.words.len();
                    if now.surfaces.last().is_none_or(|it| it.last < at) {
                        let form = fields[1].to_owned();
                        now.surfaces.push(Surface { form, first: at, last: at, space_after });
                    }
                    now.words.push(Word {
                        form: fields[1].to_owned(),
                        lemma: fields[2].to_owned(),
                        upos: fields[3].to_owned(),
                        xpos: fields[4].to_owned(),
                        head: fields[6].parse().map_err(|_| bad("bad head"))?,
                        deprel: fields[7].to_owned(),
                        misc: fields[9].to_owned(),
                    });
                }
            }
        }
        if !now.words.is_empty() {
            bank.sentences.push(now);
        }
        Ok(bank)
    }

    /// The text the trees were drawn for.
    pub fn raw_text(&self) -> RawText {
        let mut out = RawText::default();
        for (number, sentence) in self.sentences.iter().enumerate() {
            if number > 0 && (sentence.new_document || sentence.new_paragraph) {
                out.text.truncate(out.text.trim_end().len());
                out.text.push_str("\n\n");
            }
            let start = out.text.len();
            let mut end = start;
            let mut places = Vec::with_capacity(sentence.surfaces.len());
            for surface in &sentence.surfaces {
                let from = out.text.len();
                out.text.push_str(&surface.form);
                end = out.text.len();
                places.push(Span::new(from, end));
                if surface.space_after {
                    out.text.push(' ');
                }
            }
            out.sentences.push(Span::new(start, end));
            out.surfaces.push(places);
        }
        out
    }
}
