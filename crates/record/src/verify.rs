//! What of a record no longer holds, and where.

use std::collections::{BTreeMap, BTreeSet};

use truce_ledger::{Ledger, Line, Parsed, sha256_hex};
use truce_text::CodePoints;

use crate::{Article, Cited, Quote, Record, seal};

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where in the record, as a path: `claims[3] c-12ab… evidence[0]`.
    pub at: String,
    /// What does not hold there.
    pub what: String,
}

/// Checks everything that can be checked without the sources: chain and
/// seals, quotes against texts, segments, references.
pub fn verify(record: &Record) -> Vec<Fault> {
    let mut check = Check { faults: Vec::new(), texts: BTreeMap::new() };
    check.chain(record);
    for (n, article) in record.articles.iter().enumerate() {
        let at = format!("articles[{n}] {}", article.id);
        if check.texts.insert(&article.id, (&article.text, CodePoints::new(&article.text))).is_some() {
            check.fault(&at, "the id is there twice");
        }
    }
    for (n, article) in record.articles.iter().enumerate() {
        check.article(&format!("articles[{n}] {}", article.id), article);
    }
    check.readings(record);
    check.traces(record);
    check.assessment(record);
    check.faults
}

struct Check<'r> {
    faults: Vec<Fault>,
    texts: BTreeMap<&'r str, (&'r str, CodePoints<'r>)>,
}

impl<'r> Check<'r> {
    fn fault(&mut self, at: &str, what: impl Into<String>) {
        self.faults.push(Fault { at: at.into(), what: what.into() });
    }

    fn chain(&mut self, record: &Record) {
        let ledger = Ledger::from_lines(record.ledger.iter().map(Line::from).collect());
        for it in ledger.breaks() {
            self.fault(&format!("ledger[{}]", it.line), it.what);
        }
        // Later lines about the same thing replace earlier ones.
        let mut last: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
        for (n, line) in record.ledger.iter().enumerate() {
            match Parsed::from_words(&line.what) {
                Some(Parsed::Stored(id)) => last.insert(("article", id), (n, &line.payload_sha256)),
                Some(Parsed::Proposed(id)) => last.insert(("claim", id), (n, &line.payload_sha256)),
                Some(Parsed::Sealed(id)) => last.insert(("section", id), (n, &line.payload_sha256)),
                Some(
                    Parsed::Reviewed(..)
                    | Parsed::Withdrew(..)
                    | Parsed::Coded(..)
                    | Parsed::Undid(..)
                    | Parsed::Retracted(..)
                    | Parsed::Noted(_),
                ) => None,
                None => {
                    self.fault(&format!("ledger[{n}]"), "its words are no entry of a ledger");
                    None
                }
            };
        }
        let mut found = Vec::new();
        for (n, it) in record.articles.iter().enumerate() {
            found.push((format!("articles[{n}] {}", it.id), "article", it.id.as_str(), seal::canonical(it)));
        }
        for (n, it) in record.claims.iter().enumerate() {
            found.push((format!("claims[{n}] {}", it.id), "claim", it.id.as_str(), seal::canonical(it)));
        }
        for (name, payload) in seal::sections(record) {
            found.push((name.to_owned(), "section", name, payload));
        }
        for (at, what, id, payload) in &found {
            match last.remove(&(*what, *id)) {
                None => self.fault(at, "the ledger has no line for it"),
                Some((line, expected)) if sha256_hex(payload) != expected => {
                    self.fault(at, format!("is not what ledger[{line}] was made of"));
                }
                Some(_) => {}
            }
        }
        for ((what, id), (line, _)) in last {
            self.fault(&format!("ledger[{line}]"), format!("the {what} {id} is not in the record"));
        }
    }

    fn span(&mut self, at: &str, article: &str, start: usize, end: usize, exact: Option<&str>) {
        let Some((text, index)) = self.texts.get(article) else {
            return self.fault(at, format!("there is no article {article}"));
        };
        let words = match (index.to_byte(start), index.to_byte(end)) {
            (Some(a), Some(b)) if a <= b => text.get(a..b),
            _ => None,
        };
        match (words, exact) {
            (None, _) => self.fault(at, format!("{start}..{end} is no span of article {article}")),
            (Some(words), Some(exact)) if words != exact => {
                let what = format!(
                    "article {article} has “{}” at {start}..{end}, not “{}”",
                    shown(words),
                    shown(exact)
                );
                self.fault(at, what);
            }
            _ => {}
        }
    }

    fn quote(&mut self, at: &str, article: &str, it: &Quote) {
        self.span(at, article, it.start, it.end, Some(&it.exact));
    }

    fn cited(&mut self, at: &str, it: &Cited) {
        self.span(at, &it.article, it.start, it.end, Some(&it.exact));
    }

    /// Words cited without their place must at least stand in the text.
    fn words(&mut self, at: &str, article: &str, exact: &str) {
        if self.texts.get(article).is_some_and(|(text, _)| !text.contains(exact)) {
            self.fault(at, format!("article {article} does not hold “{}”", shown(exact)));
        }
    }

    fn article(&mut self, at: &str, it: &'r Article) {
        let mut end = 0;
        for (n, segment) in it.segments.iter().enumerate() {
            let at = format!("{at} segments[{n}]");
            if segment.start != end {
                self.fault(&at, format!("begins at {}, but the one before ended at {end}", segment.start));
            }
            self.span(&at, &it.id, segment.start, segment.end, None);
            end = segment.end;
        }
        let length = it.text.chars().count();
        if end != length {
            self.fault(at, format!("its segments end at {end}, its text at {length}"));
        }
        let named = [
            ("published", &it.published.evidence),
            ("text_credit", &it.text_credit),
            ("picture_credit", &it.picture_credit),
        ];
        for (name, quote) in named {
            if let Some(quote) = quote {
                self.quote(&format!("{at} {name}"), &it.id, quote);
            }
        }
    }

    fn readings(&mut self, record: &'r Record) {
        let mut statements = BTreeSet::new();
        for (n, it) in record.statements.iter().enumerate() {
            let at = format!("statements[{n}] {}", it.id);
            if !statements.insert(it.id.as_str()) {
                self.fault(&at, "the id is there twice");
            }
            self.quote(&format!("{at} content"), &it.article, &it.content);
            if let Some(cue) = &it.cue {
                self.quote(&format!("{at} cue"), &it.article, cue);
            }
            if let (Some(start), Some(end)) = (it.source.start, it.source.end) {
                self.span(&format!("{at} source"), &it.article, start, end, it.source.text.as_deref());
            }
        }
        let mut claims = BTreeSet::new();
        for (n, it) in record.claims.iter().enumerate() {
            let at = format!("claims[{n}] {}", it.id);
            if !claims.insert(it.id.as_str()) {
                self.fault(&at, "the id is there twice");
            }
            if it.evidence.is_empty() {
                self.fault(&at, "has no evidence");
            }
            for (m, evidence) in it.evidence.iter().enumerate() {
                self.cited(&format!("{at} evidence[{m}]"), evidence);
            }
            for (name, quote) in [("label", &it.label), ("scope", &it.scope)] {
                if let Some(quote) = quote {
                    self.quote(&format!("{at} {name}"), &it.article, quote);
                }
            }
            if let Some(exact) = it.time.as_ref().and_then(|it| it.exact.as_deref()) {
                self.words(&format!("{at} time"), &it.article, exact);
            }
            if let Some(place) = &it.place {
                self.words(&format!("{at} place"), &it.article, &place.exact);
            }
            for (m, count) in it.counts.iter().enumerate() {
                self.words(&format!("{at} counts[{m}]"), &it.article, &count.exact);
            }
            if it.statement.as_deref().is_some_and(|it| !statements.contains(it)) {
                self.fault(&at, "rests on a statement that is not in the record");
            }
        }
    }

    fn traces(&mut self, record: &'r Record) {
        for (n, it) in record.reuse.iter().enumerate() {
            let at = format!("reuse[{n}]");
            self.cited(&format!("{at} a"), &it.a);
            self.cited(&format!("{at} b"), &it.b);
            for (m, change) in it.changes.iter().enumerate() {
                for (name, quote, end) in [("a", &change.a, &it.a), ("b", &change.b, &it.b)] {
                    if let Some(quote) = quote {
                        self.quote(&format!("{at} changes[{m}] {name}"), &end.article, quote);
                    }
                }
            }
        }
        let lineages: BTreeSet<&str> = record.lineages.iter().map(|it| it.id.as_str()).collect();
        for (n, it) in record.lineages.iter().enumerate() {
            let at = format!("lineages[{n}] {}", it.id);
            for (m, passage) in it.passages.iter().enumerate() {
                self.cited(&format!("{at} passages[{m}]"), passage);
            }
            for article in
                it.articles.iter().filter(|it| !self.texts.contains_key(it.as_str())).collect::<Vec<_>>()
            {
                self.fault(&at, format!("there is no article {article}"));
            }
        }
        for (n, article) in record.articles.iter().enumerate() {
            for lineage in article.lineages.iter().filter(|it| !lineages.contains(it.as_str())) {
                self.fault(
                    &format!("articles[{n}] {}", article.id),
                    format!("there is no lineage {lineage}"),
                );
            }
        }
    }

    fn assessment(&mut self, record: &'r Record) {
        let claims: BTreeSet<&str> = record.claims.iter().map(|it| it.id.as_str()).collect();
        let incidents: BTreeSet<&str> = record.incidents.iter().map(|it| it.id.as_str()).collect();
        for (n, it) in record.incidents.iter().enumerate() {
            let at = format!("incidents[{n}] {}", it.id);
            let replies = it.replies.iter().flat_map(|it| [&it.claim, &it.to]);
            for claim in it.claims.iter().chain(replies).filter(|it| !claims.contains(it.as_str())) {
                self.fault(&at, format!("there is no claim {claim}"));
            }
        }
        for (n, it) in record.findings.iter().enumerate() {
            let at = format!("findings[{n}] {}", it.provision);
            for claim in it.answers.iter().filter(|it| !claims.contains(it.as_str())) {
                self.fault(&at, format!("there is no claim {claim}"));
            }
            for incident in it.charges.iter().filter(|it| !incidents.contains(it.as_str())) {
                self.fault(&at, format!("there is no incident {incident}"));
            }
        }
        for (n, it) in record.problems.iter().enumerate() {
            if let Some(article) = it.article.as_deref().filter(|it| !self.texts.contains_key(it)) {
                self.fault(&format!("problems[{n}]"), format!("there is no article {article}"));
            }
        }
    }
}

/// The beginning of a quotation, for a message.
fn shown(words: &str) -> String {
    const SHOWN_MAX: usize = 60;
    match words.char_indices().nth(SHOWN_MAX) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}
