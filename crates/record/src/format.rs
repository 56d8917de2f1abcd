//! The written form, field by field. Fields stand in alphabetical order, so
//! that keys come out sorted; a test checks it.

use std::io::Write;

use serde::{Deserialize, Serialize};

/// The version this crate writes.
pub const FORMAT: &str = "trucewatch/1";

/// Who made a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeBy {
    /// Names of the models that were used, sorted.
    pub models: Vec<String>,
    /// `trucewatch`.
    pub program: String,
    /// Its version.
    pub version: String,
}

/// Everything that was found in a set of reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Actors of the pack, and those met in the reports. Sorted by id.
    pub actors: Vec<Actor>,
    /// The agreement the reports were read against.
    pub agreement: Option<AgreementRef>,
    /// The reports. Sorted by id.
    pub articles: Vec<Article>,
    /// What statements do to obligations. Sorted by article and position.
    pub claims: Vec<Claim>,
    /// One per provision and period.
    pub findings: Vec<Finding>,
    /// Always [`FORMAT`].
    pub format: String,
    /// Claims about the same conduct. Sorted by id.
    pub incidents: Vec<Incident>,
    /// What was written, chained.
    pub ledger: Vec<LedgerLine>,
    /// All text that descends from one origin. Sorted by id.
    pub lineages: Vec<Lineage>,
    /// Who made it.
    pub made_by: MadeBy,
    /// What a person should look at.
    pub problems: Vec<Problem>,
    /// Passages that descend from one text.
    pub reuse: Vec<Reuse>,
    /// Who says what. Sorted by article and position.
    pub statements: Vec<Statement>,
}

/// An agreement by its id and the hash of its pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementRef {
    /// `nk-2020`.
    pub id: String,
    /// SHA-256 of the pack's file.
    pub sha256: String,
}

/// Anyone who can speak or be accused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// As used in claims and statements.
    pub id: String,
    /// `state`, `mission`, `person`, …
    pub kind: String,
    /// Names as printed; the first is shown.
    pub names: Vec<String>,
    /// Whose conduct the actor's conduct counts as; `null` for its own.
    pub side: Option<String>,
}

/// Words of the article an item belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// First code point.
    pub start: usize,
}

/// Words of any article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    /// The article.
    pub article: String,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// First code point.
    pub start: usize,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Derived from `sha256`.
    pub id: String,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Lineages some of its text belongs to.
    pub lineages: Vec<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Where it was read from, as given.
    pub path: String,
    /// Where the page names whose picture it shows.
    pub picture_credit: Option<Quote>,
    /// When it was published.
    pub published: Published,
    /// What reading made of it.
    pub read: ReadCounts,
    /// Every code point belongs to exactly one.
    pub segments: Vec<Segment>,
    /// SHA-256 of the bytes as received.
    pub sha256: String,
    /// What all offsets point into.
    pub text: String,
    /// Where the text names the agency it was taken from.
    pub text_credit: Option<Quote>,
    /// The headline.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
}

/// When an article was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// `stated`, `inferred`, `unknown`.
    pub basis: String,
    /// The words it rests on, if they stand in the text.
    pub evidence: Option<Quote>,
    /// `minute`, `day`, `month`, `year`, `interval`.
    pub precision: Option<String>,
    /// The reasoning.
    pub reason: Option<String>,
    /// EDTF.
    pub value: Option<String>,
}

/// What reading made of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadCounts {
    /// Places where reading gave up.
    pub problems: usize,
    /// Sentences read; 0 for a report in a language that is not read.
    pub sentences: usize,
}

/// A stretch of an article of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// One past the last code point.
    pub end: usize,
    /// `headline`, `body`, `teaser`, …
    pub kind: String,
    /// First code point.
    pub start: usize,
}

/// Who says something. `text`, `start` and `end` are `null` together, where
/// the words that name the speaker stand elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Whom the words mean; `outlet` for the article's own voice.
    pub actor: Option<String>,
    /// Outer sources first.
    pub chain: Vec<String>,
    /// One past the last code point.
    pub end: Option<usize>,
    /// Whose conduct the actor's counts as.
    pub side: Option<String>,
    /// First code point.
    pub start: Option<usize>,
    /// The words naming the speaker.
    pub text: Option<String>,
}

/// Who says what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// To whom it is said.
    pub addressee: Vec<String>,
    /// The article it stands in.
    pub article: String,
    /// What is said.
    pub content: Quote,
    /// The reporting words.
    pub cue: Option<Quote>,
    /// Derived from its content.
    pub id: String,
    /// `direct`, `mixed`, `indirect`.
    pub mode: String,
    /// The rule that made it.
    pub rule: String,
    /// Who says it.
    pub source: Source,
}

/// When a conduct took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The words it was read from.
    pub exact: Option<String>,
    /// The arithmetic, in words.
    pub rule: String,
    /// EDTF.
    pub value: String,
}

/// Where a conduct took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The words.
    pub exact: String,
    /// A place of the pack or gazetteer.
    pub id: Option<String>,
    /// `point`, `line`, `area`, `near`, `country`.
    pub precision: String,
}

/// A number claimed, never summed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The words.
    pub exact: String,
    /// Most; `null` for "at least".
    pub high: Option<u64>,
    /// Least.
    pub low: u64,
    /// `killed`, `wounded`, …
    pub what: String,
}

/// What a statement does to an obligation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Whose conduct it is about.
    pub accused: Option<String>,
    /// The article it stands in.
    pub article: String,
    /// Who makes it.
    pub claimant: Option<String>,
    /// Numbers, as claimed.
    pub counts: Vec<Count>,
    /// The words; never empty.
    pub evidence: Vec<Cited>,
    /// Derived from its content.
    pub id: String,
    /// What conduct.
    pub kind: Option<String>,
    /// Loaded words the claimant uses.
    pub label: Option<Quote>,
    /// Where.
    pub place: Option<Place>,
    /// The obligations it bears on.
    pub provisions: Vec<String>,
    /// The rule that made it.
    pub rule: String,
    /// For denials: the words for what exactly is denied.
    pub scope: Option<Quote>,
    /// What it does.
    pub stance: String,
    /// The statement it rests on.
    pub statement: Option<String>,
    /// When.
    pub time: Option<Time>,
}

/// Two passages that descend from one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reuse {
    /// One end.
    pub a: Cited,
    /// The other end.
    pub b: Cited,
    /// The differences.
    pub changes: Vec<Change>,
    /// `verbatim`, `edited`, `quote_variant`, `framing_swap`, `paraphrase`.
    pub kind: String,
}

/// One difference between two passages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Words in `a`.
    pub a: Option<Quote>,
    /// Words in `b`.
    pub b: Option<Quote>,
    /// Whether they stand inside quotation marks.
    pub in_quotation: bool,
}

/// All text that descends from one origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// The agency, if a text credit or dateline names it.
    pub agency: Agency,
    /// Articles that carry some of it.
    pub articles: Vec<String>,
    /// Derived from its passages.
    pub id: String,
    /// The passages.
    pub passages: Vec<Cited>,
}

/// Which agency, and why it is named or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Why.
    pub basis: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// An answer by the accused, or for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The claim that answers.
    pub claim: String,
    /// Why it is held to be an answer to this charge.
    pub reason: String,
    /// `full`, `partial`, `other_object`; the last is no answer.
    pub scope: String,
    /// The charge.
    pub to: String,
}

/// Least and most independent origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origins {
    /// Most.
    pub high: usize,
    /// Least.
    pub low: usize,
}

/// Claims about the same conduct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Whose conduct.
    pub accused: Option<String>,
    /// Who charges or reports (sides), sorted.
    pub claimants: Vec<String>,
    /// The charges and reports.
    pub claims: Vec<String>,
    /// Where sources contradict each other.
    pub conflicts: Vec<String>,
    /// Source reliability and information credibility (Admiralty), set by
    /// people; `F6` until then.
    pub credibility: String,
    /// Derived from its claims.
    pub id: String,
    /// What conduct.
    pub kind: Option<String>,
    /// Origins of the charging words.
    pub lineages: Vec<String>,
    /// How many of them are independent.
    pub origins: Origins,
    /// Where.
    pub place: Option<Place>,
    /// Why the claims were joined.
    pub reasons: Vec<String>,
    /// The answers.
    pub replies: Vec<Reply>,
    /// Where it stands.
    pub standing: String,
    /// When.
    pub time: Option<Time>,
}

/// What can be said of one provision in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Claims that answer.
    pub answers: Vec<String>,
    /// How many articles were read.
    pub articles_read: usize,
    /// Incidents that charge a breach.
    pub charges: Vec<String>,
    /// The finding.
    pub finding: String,
    /// The period, as an EDTF interval.
    pub period: Option<String>,
    /// The obligation.
    pub provision: String,
}

/// Something a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The article it concerns.
    pub article: Option<String>,
    /// One past the last code point.
    pub end: Option<usize>,
    /// Which stage says so.
    pub stage: String,
    /// First code point.
    pub start: Option<usize>,
    /// What happened and what to do.
    pub what: String,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerLine {
    /// When; `null` without a desk.
    pub at: Option<String>,
    /// SHA-256 over the other fields.
    pub hash: String,
    /// SHA-256 of what it concerns.
    pub payload_sha256: String,
    /// Hash of the line before.
    pub previous: String,
    /// Position, from 0.
    pub seq: u64,
    /// What was done.
    pub what: String,
    /// Program or reviewer.
    pub who: String,
}

/// An expression of time (`trucewatch read`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeMention {
    /// What it was counted from.
    pub anchor: String,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// How fine it is.
    pub grain: String,
    /// The rule, with its arithmetic.
    pub rule: String,
    /// First code point.
    pub start: usize,
    /// EDTF date or interval, or ISO 8601 duration.
    pub value: Option<String>,
}

/// A mention of a place (`trucewatch read`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceMention {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// A place of the pack or gazetteer.
    pub id: Option<String>,
    /// Latitude, degrees × 10⁷.
    pub lat_e7: Option<i32>,
    /// Longitude, degrees × 10⁷.
    pub lon_e7: Option<i32>,
    /// Its name in pack or gazetteer.
    pub name: Option<String>,
    /// `point`, `line`, `area`, `near`, `country`.
    pub precision: String,
    /// `literal`, `governmental`, `adjectival`.
    pub reading: String,
    /// The rule that made it.
    pub rule: String,
    /// First code point.
    pub start: usize,
}

/// A mention of conduct as PLOVER types it (`trucewatch read`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Who did it.
    pub actor: Option<String>,
    /// One past the last code point.
    pub end: usize,
    /// The trigger.
    pub exact: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// To whom.
    pub recipient: Option<String>,
    /// The rule that made it.
    pub rule: String,
    /// First code point.
    pub start: usize,
    /// `asserted`, `attributed`, `denied`, …
    pub status: String,
    /// When.
    pub time: Option<String>,
    /// PLOVER root.
    #[serde(rename = "type")]
    pub plover: String,
}

impl Record {
    /// Writes the record: sorted keys, one space of indent, a final line end.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, out: &mut impl Write) -> std::io::Result<()> {
        let indent = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut writer = serde_json::Serializer::with_formatter(&mut *out, indent);
        self.serialize(&mut writer).map_err(std::io::Error::from)?;
        out.write_all(b"\n")
    }

    /// The record as JSON text.
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(&mut out).expect("writing to memory cannot fail");
        String::from_utf8(out).expect("JSON is UTF-8")
    }
}
