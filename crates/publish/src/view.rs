//! A record with its cross-references resolved: ids to things, code points to
//! bytes, actors to names. Everything printed is looked up here.
//!
//! Words can be shown as a source only as a [`Cite`], and a `Cite` exists
//! only if the article holds exactly these words at this place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use truce_model::Agreement;
use truce_record::{Actor, Article, Cited, Claim, Incident, Lineage, Quote, Record};
use truce_text::CodePoints;

use crate::day::{self, Day};
use crate::strings as s;

/// Words of an article that were checked to stand where they are said to
/// stand. Private fields: built by [`View::cite`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite<'r> {
    article: usize,
    start: usize,
    end: usize,
    exact: &'r str,
}

impl<'r> Cite<'r> {
    /// Number of the article in the record.
    pub(crate) fn article(self) -> usize {
        self.article
    }

    /// Where the words stand, in code points.
    pub(crate) fn position(self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// The words.
    pub(crate) fn exact(self) -> &'r str {
        self.exact
    }

    /// The id of the words in the source reader.
    pub(crate) fn anchor(self) -> String {
        format!("a{}-{}-{}", self.article + 1, self.start, self.end)
    }
}

/// Incidents shown on a page; more would make it a file nobody opens.
pub(crate) const INCIDENTS_MAX: usize = 250;

/// Claims listed for one side and one kind of conduct.
pub(crate) const CLAIMS_PER_CELL_MAX: usize = 40;

/// Lines longer than this are not searched for the sentence around a quote.
const CONTEXT_BYTES_MAX: usize = 4000;

/// A record, indexed.
pub(crate) struct View<'r> {
    pub record: &'r Record,
    pub agreement: Option<&'r Agreement>,
    points: Vec<CodePoints<'r>>,
    article_at: BTreeMap<&'r str, usize>,
    claim_at: BTreeMap<&'r str, (usize, &'r Claim)>,
    incident_at: BTreeMap<&'r str, (usize, &'r Incident)>,
    lineage_at: BTreeMap<&'r str, (usize, &'r Lineage)>,
    actor_at: BTreeMap<&'r str, &'r Actor>,
    /// Incidents and claims that a page shows one by one.
    incidents_shown: BTreeSet<usize>,
    claims_shown: BTreeSet<usize>,
    /// How many articles the whole record has, where this is a slice of it.
    pub read_elsewhere: Option<usize>,
    /// Whether nothing is left out, however long the pages become.
    whole: bool,
    /// What a page has linked to so far; the source reader marks exactly this.
    cited: RefCell<BTreeSet<Cite<'r>>>,
}

impl<'r> View<'r> {
    pub fn new(record: &'r Record, agreement: Option<&'r Agreement>) -> View<'r> {
        let mut view = View {
            record,
            agreement,
            points: record.articles.iter().map(|it| CodePoints::new(&it.text)).collect(),
            article_at: record.articles.iter().enumerate().map(|(n, it)| (it.id.as_str(), n)).collect(),
            claim_at: indexed(&record.claims, |it| &it.id),
            incident_at: indexed(&record.incidents, |it| &it.id),
            lineage_at: indexed(&record.lineages, |it| &it.id),
            actor_at: record.actors.iter().map(|it| (it.id.as_str(), it)).collect(),
            incidents_shown: BTreeSet::new(),
            claims_shown: BTreeSet::new(),
            read_elsewhere: None,
            whole: false,
            cited: RefCell::default(),
        };
        view.incidents_shown = view.choose_incidents();
        view.claims_shown = view.choose_claims();
        view
    }

    /// A view that leaves nothing out, for pages of many files.
    pub fn whole(record: &'r Record, agreement: Option<&'r Agreement>) -> View<'r> {
        let mut view = View::new(record, agreement);
        view.incidents_shown = (0..record.incidents.len()).collect();
        view.claims_shown = (0..record.claims.len()).collect();
        view.whole = true;
        view
    }

    /// How many of `count` things a page shows that usually shows `max`.
    pub fn at_most(&self, count: usize, max: usize) -> usize {
        if self.whole { count } else { count.min(max) }
    }

    /// Those on which most is said on both sides; what nobody charges last.
    fn choose_incidents(&self) -> BTreeSet<usize> {
        let mut all: Vec<(usize, usize)> =
            self.record.incidents.iter().enumerate().map(|(n, it)| (self.weight(it), n)).collect();
        all.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1));
        all.into_iter().take(INCIDENTS_MAX).map(|it| it.1).collect()
    }

    /// The first claims of each side on each kind of conduct.
    fn choose_claims(&self) -> BTreeSet<usize> {
        let mut seen: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
        let mut out = BTreeSet::new();
        for (n, it) in self.record.claims.iter().enumerate() {
            let side = it.claimant.as_deref().map(|it| self.side(it));
            let count = seen.entry((side, it.kind.as_deref())).or_default();
            *count += 1;
            if *count <= CLAIMS_PER_CELL_MAX {
                out.insert(n);
            }
        }
        out
    }

    /// How much is said on both sides of an incident.
    pub fn weight(&self, incident: &'r Incident) -> usize {
        let answers: BTreeSet<&str> = incident.replies.iter().map(|it| it.claim.as_str()).collect();
        let said = incident.claims.len() + 2 * answers.len() + 2 * incident.claimants.len();
        said + if self.charged(incident) { 1_000_000 } else { 0 }
    }

    /// Whether a page shows an incident one by one.
    pub fn shows_incident(&self, n: usize) -> bool {
        self.incidents_shown.contains(&n)
    }

    /// Whether a page lists a claim.
    pub fn shows_claim(&self, n: usize) -> bool {
        self.claims_shown.contains(&n)
    }

    /// The incidents that a page shows, by day.
    pub fn incidents_listed(&self) -> Vec<(usize, &'r Incident)> {
        self.incidents_by_day().into_iter().filter(|it| self.shows_incident(it.0)).collect()
    }

    /// Cites code points `start..end` of an article, or returns `None` if
    /// they do not read `exact`.
    pub fn cite(&self, article: &str, start: usize, end: usize, exact: &str) -> Option<Cite<'r>> {
        let number = *self.article_at.get(article)?;
        let found = self.words(number, start, end)?;
        (found == exact && !found.trim().is_empty()).then_some(Cite {
            article: number,
            start,
            end,
            exact: found,
        })
    }

    pub fn cite_cited(&self, it: &Cited) -> Option<Cite<'r>> {
        self.cite(&it.article, it.start, it.end, &it.exact)
    }

    pub fn cite_quote(&self, article: &str, it: &Quote) -> Option<Cite<'r>> {
        self.cite(article, it.start, it.end, &it.exact)
    }

    /// The rest of the sentence around cited words: what stands before and
    /// after them, within their line.
    pub fn context(&self, cite: Cite<'r>) -> (&'r str, &'r str) {
        let text = &self.record.articles[cite.article].text;
        let ends = (self.byte(cite.article, cite.start), self.byte(cite.article, cite.end));
        let (Some(start), Some(end)) = ends else { return ("", "") };
        let from = text[..start].rfind('\n').map_or(0, |it| it + 1);
        let to = text[end..].find('\n').map_or(text.len(), |it| end + it);
        if to - from > CONTEXT_BYTES_MAX {
            return ("", "");
        }
        let sentences = truce_text::sentences::split(&text[from..to], from);
        let first = sentences.iter().find(|it| it.contains_at(start)).map_or(start, |it| it.start as usize);
        let last = sentences.iter().rev().find(|it| it.contains_at(end.saturating_sub(1)));
        let last = last.map_or(end, |it| it.end as usize).max(end);
        (text.get(first.min(start)..start).unwrap_or(""), text.get(end..last).unwrap_or(""))
    }

    /// All places a claim rests on that still hold.
    pub fn evidence(&self, claim: &Claim) -> Vec<Cite<'r>> {
        claim.evidence.iter().filter_map(|it| self.cite_cited(it)).collect()
    }

    /// The words between two code points of an article.
    pub fn words(&self, article: usize, start: usize, end: usize) -> Option<&'r str> {
        let points = self.points.get(article)?;
        let (from, to) = (points.to_byte(start)?, points.to_byte(end)?);
        self.record.articles[article].text.get(from..to)
    }

    /// Where code point `n` of an article begins, in bytes.
    pub fn byte(&self, article: usize, n: usize) -> Option<usize> {
        self.points.get(article)?.to_byte(n)
    }

    /// Notes that the page links to `cite`, and gives the link's target.
    pub fn link(&self, cite: Cite<'r>) -> String {
        self.cited.borrow_mut().insert(cite);
        format!("#{}", cite.anchor())
    }

    /// What was linked to in one article, in order of position.
    pub fn linked_in(&self, article: usize) -> Vec<Cite<'r>> {
        self.cited.borrow().iter().filter(|it| it.article == article).copied().collect()
    }

    pub fn article(&self, id: &str) -> Option<(usize, &'r Article)> {
        let number = *self.article_at.get(id)?;
        Some((number, &self.record.articles[number]))
    }

    pub fn claim(&self, id: &str) -> Option<&'r Claim> {
        self.claim_at.get(id).map(|it| it.1)
    }

    /// Position of a claim in the record.
    pub fn claim_number(&self, id: &str) -> Option<usize> {
        self.claim_at.get(id).map(|it| it.0)
    }

    pub fn incident(&self, id: &str) -> Option<(usize, &'r Incident)> {
        self.incident_at.get(id).copied()
    }

    pub fn lineage(&self, id: &str) -> Option<(usize, &'r Lineage)> {
        self.lineage_at.get(id).copied()
    }

    /// The name an actor is shown under.
    pub fn actor<'v>(&'v self, id: &'v str) -> &'v str {
        if id == "outlet" {
            return s::OUTLET_VOICE;
        }
        self.actor_at.get(id).and_then(|it| it.names.first()).map_or(id, String::as_str)
    }

    /// What an actor is: `state`, `mission`, …
    pub fn actor_kind(&self, id: &str) -> Option<&'r str> {
        self.actor_at.get(id).map(|it| it.kind.as_str())
    }

    /// The name of an actor of the pack, which knows parties that no report names.
    pub fn pack_actor<'v>(&'v self, id: &'v str) -> &'v str {
        let known = self.agreement.and_then(|it| it.actors.iter().find(|it| it.id.as_str() == id));
        known.and_then(|it| it.names.first()).map_or_else(|| self.actor(id), String::as_str)
    }

    /// The name of whoever is meant, or the honest word for nobody.
    pub fn who<'v>(&'v self, id: Option<&'v str>, nobody: &'static str) -> &'v str {
        id.map_or(nobody, |it| self.actor(it))
    }

    /// Whose conduct an actor's counts as; itself if it is on no side.
    pub fn side<'v>(&'v self, id: &'v str) -> &'v str {
        self.actor_at.get(id).and_then(|it| it.side.as_deref()).unwrap_or(id)
    }

    /// The name of a place: as the pack gives it, else as printed.
    pub fn place<'v>(&'v self, place: &'v truce_record::Place) -> &'v str {
        let known = place.id.as_deref().and_then(|id| self.pack_place(id));
        known.and_then(|it| it.names.first()).map_or(&place.exact, String::as_str)
    }

    pub fn pack_place(&self, id: &str) -> Option<&'r truce_model::Place> {
        self.agreement?.places.iter().find(|it| it.id.as_str() == id)
    }

    /// Who printed it; unknown is an answer.
    pub fn outlet(&self, article: usize) -> &'r str {
        self.record.articles[article].outlet.as_deref().unwrap_or(s::OUTLET_UNKNOWN)
    }

    /// What a report is called in a link: its outlet, else its file.
    pub fn label(&self, article: usize) -> &'r str {
        let it = &self.record.articles[article];
        let file = it.path.rsplit(['/', '\\']).find(|it| !it.is_empty());
        it.outlet.as_deref().or(file).unwrap_or(s::OUTLET_UNKNOWN)
    }

    /// First and last day on which an article may have been published.
    pub fn published(&self, article: usize) -> (Option<Day>, Option<Day>) {
        self.record.articles[article].published.value.as_deref().map_or((None, None), day::ends)
    }

    /// First and last day on which any report was published.
    pub fn period(&self) -> Option<(Day, Day)> {
        let days = || (0..self.record.articles.len()).map(|it| self.published(it));
        let first = days().filter_map(|it| it.0.or(it.1)).min()?;
        let last = days().filter_map(|it| it.1.or(it.0)).max()?;
        Some((first, last))
    }

    /// Articles of which at least one sentence was read.
    pub fn articles_read(&self) -> usize {
        let here = || self.record.articles.iter().filter(|it| it.read.sentences > 0).count();
        self.read_elsewhere.unwrap_or_else(here)
    }

    /// Claims that no incident holds as a charge or as an answer.
    pub fn free_claims(&self) -> Vec<&'r Claim> {
        let held: BTreeSet<&str> = self
            .record
            .incidents
            .iter()
            .flat_map(|it| it.claims.iter().chain(it.replies.iter().map(|it| &it.claim)))
            .map(String::as_str)
            .collect();
        self.record.claims.iter().filter(|it| !held.contains(it.id.as_str())).collect()
    }

    /// The incidents in the order a reader wants them: by day, undated last.
    pub fn incidents_by_day(&self) -> Vec<(usize, &'r Incident)> {
        let mut all: Vec<_> = self.record.incidents.iter().enumerate().collect();
        all.sort_by_key(|(_, it)| {
            let (first, last) = it.time.as_ref().map_or((None, None), |it| day::ends(&it.value));
            let day = first.or(last);
            (day.is_none(), day, it.kind.clone(), it.accused.clone(), it.id.clone())
        });
        all
    }

    /// Pairs of charge and answer that count: an answer about another object
    /// is none.
    pub fn answers(&self, incident: &'r Incident) -> Vec<(&'r truce_record::Reply, &'r Claim)> {
        incident
            .replies
            .iter()
            .filter(|it| it.scope != "other_object")
            .filter_map(|it| Some((it, self.claim(&it.claim)?)))
            .collect()
    }

    /// Whether anybody charges anybody with an incident, or answers.
    pub fn charged(&self, incident: &'r Incident) -> bool {
        !incident.replies.is_empty() || incident.claims.iter().filter_map(|it| self.claim(it)).any(is_charge)
    }

    /// Whether the charges of an incident have no answer in what was read.
    /// Only a charge can lack an answer; a report that blames nobody cannot.
    pub fn unanswered(&self, incident: &'r Incident) -> bool {
        self.answers(incident).is_empty()
            && incident.accused.is_some()
            && incident.claims.iter().filter_map(|it| self.claim(it)).any(is_charge)
    }
}

/// Whether a claim charges somebody.
pub(crate) fn is_charge(claim: &Claim) -> bool {
    matches!(claim.stance.as_str(), "alleges" | "condemns")
}

fn indexed<'r, T>(all: &'r [T], id: impl Fn(&'r T) -> &'r String) -> BTreeMap<&'r str, (usize, &'r T)> {
    all.iter().enumerate().map(|(n, it)| (id(it).as_str(), (n, it))).collect()
}
