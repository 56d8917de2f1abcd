//! The ledger of a record made without a desk: every article, every claim,
//! and each other section as a whole.

use serde::Serialize;
use truce_ledger::{Entry, Ledger, Line};
use truce_model::{ArticleId, ClaimId};

use crate::{LedgerLine, Record};

/// The form payload hashes are made of: compact JSON with sorted keys.
pub fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("records hold nothing that JSON cannot")
}

/// Sections that are sealed as a whole, with their canonical form. Articles
/// and claims have lines of their own, and the seal of `claims` and
/// `articles` holds their order and number.
pub(crate) fn sections(record: &Record) -> Vec<(&'static str, Vec<u8>)> {
    let articles: Vec<&str> = record.articles.iter().map(|it| it.id.as_str()).collect();
    let claims: Vec<&str> = record.claims.iter().map(|it| it.id.as_str()).collect();
    vec![
        ("actors", canonical(&record.actors)),
        ("agreement", canonical(&record.agreement)),
        ("articles", canonical(&articles)),
        ("claims", canonical(&claims)),
        ("findings", canonical(&record.findings)),
        ("incidents", canonical(&record.incidents)),
        ("lineages", canonical(&record.lineages)),
        ("made_by", canonical(&record.made_by)),
        ("problems", canonical(&record.problems)),
        ("reuse", canonical(&record.reuse)),
        ("statements", canonical(&record.statements)),
    ]
}

/// Writes the ledger of a record that has none.
pub fn seal(record: &mut Record) {
    let program = format!("{} {}", record.made_by.program, record.made_by.version);
    let mut ledger = Ledger::new();
    for article in &record.articles {
        let entry = Entry::Stored { article: ArticleId::from(article.id.as_str()) };
        ledger.append(&program, None, &entry, &canonical(article));
    }
    for claim in &record.claims {
        let entry = Entry::Proposed { claim: ClaimId::from(claim.id.as_str()) };
        ledger.append(&program, None, &entry, &canonical(claim));
    }
    for (section, payload) in sections(record) {
        ledger.append(&program, None, &Entry::Sealed { section: section.into() }, &payload);
    }
    record.ledger = ledger.lines().iter().map(LedgerLine::from).collect();
}

impl From<&Line> for LedgerLine {
    fn from(it: &Line) -> LedgerLine {
        LedgerLine {
            at: it.at.clone(),
            hash: it.hash.clone(),
            payload_sha256: it.payload_sha256.clone(),
            previous: it.previous.clone(),
            seq: it.seq,
            what: it.what.clone(),
            who: it.who.clone(),
        }
    }
}

impl From<&LedgerLine> for Line {
    fn from(it: &LedgerLine) -> Line {
        Line {
            seq: it.seq,
            at: it.at.clone(),
            who: it.who.clone(),
            what: it.what.clone(),
            payload_sha256: it.payload_sha256.clone(),
            previous: it.previous.clone(),
            hash: it.hash.clone(),
        }
    }
}
