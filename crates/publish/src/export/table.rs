//! Claims, incidents and statements as tables with HXL tags.

use truce_record::{Claim, Incident, Statement};

use crate::day;
use crate::strings as s;
use crate::view::View;
use crate::voice;

/// A value in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(u64),
    /// Degrees × 10⁷.
    Degrees(i32),
    /// Not known.
    Empty,
}

/// Rows under named columns.
pub(super) struct Table {
    /// What the rows are.
    pub name: &'static str,
    /// Name and HXL tag of each column.
    pub columns: &'static [(&'static str, &'static str)],
    /// As many cells each as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

pub(super) fn text(it: impl Into<String>) -> Cell {
    let it = it.into();
    if it.is_empty() { Cell::Empty } else { Cell::Text(it) }
}

pub(super) fn maybe(it: Option<&str>) -> Cell {
    it.map_or(Cell::Empty, text)
}

fn number(it: Option<u64>) -> Cell {
    it.map_or(Cell::Empty, Cell::Number)
}

fn joined<'a>(all: impl IntoIterator<Item = &'a String>) -> Cell {
    text(all.into_iter().map(String::as_str).collect::<Vec<_>>().join("; "))
}

/// The first and last day of an EDTF value.
fn days(value: Option<&str>) -> (Cell, Cell) {
    let (first, last) = value.map_or((None, None), day::ends);
    (text(first.map_or(String::new(), day::iso)), text(last.map_or(String::new(), day::iso)))
}

/// Every claim, with its words.
pub(super) fn claims(view: &View) -> Table {
    let columns: &[(&str, &str)] = &[
        ("claim_id", "#meta+id+claim"),
        ("stance", "#event+stance"),
        ("kind", "#event+type+code"),
        ("claimant_id", "#respondee+code"),
        ("claimant", "#respondee+name"),
        ("claimant_side", "#respondee+side"),
        ("accused_id", "#org+accused+code"),
        ("accused", "#org+accused+name"),
        ("provisions", "#indicator+provision+list"),
        ("time_edtf", "#date+occurred+edtf"),
        ("time_first_day", "#date+occurred+start"),
        ("time_last_day", "#date+occurred+end"),
        ("time_rule", "#meta+date+method"),
        ("place_id", "#loc+code"),
        ("place", "#loc+name"),
        ("place_precision", "#geo+precision"),
        ("counts_claimed", "#affected+claimed+text"),
        ("killed_claimed_low", "#affected+killed+claimed+min"),
        ("killed_claimed_high", "#affected+killed+claimed+max"),
        ("label", "#description+label"),
        ("scope", "#description+scope"),
        ("evidence", "#description+quote"),
        ("article_id", "#meta+source+id"),
        ("outlet", "#org+source+name"),
        ("article_url", "#meta+source+url"),
        ("published_edtf", "#date+reported"),
        ("published_basis", "#meta+date+basis"),
        ("evidence_start", "#meta+quote+start"),
        ("evidence_end", "#meta+quote+end"),
        ("mentions", "#meta+quote+num"),
        ("rule", "#meta+method"),
    ];
    Table { name: "claims", columns, rows: view.record.claims.iter().map(|it| claim(view, it)).collect() }
}

fn claim(view: &View, it: &Claim) -> Vec<Cell> {
    let article = view.article(&it.article).map(|it| it.1);
    let time = it.time.as_ref();
    let place = it.place.as_ref();
    let (first, last) = days(time.map(|it| it.value.as_str()));
    let killed = it.counts.iter().find(|it| it.what == "killed");
    let evidence = it.evidence.first();
    let counts: Vec<String> = it.counts.iter().map(voice::count).collect();
    vec![
        text(&*it.id),
        text(&*it.stance),
        maybe(it.kind.as_deref()),
        maybe(it.claimant.as_deref()),
        maybe(it.claimant.as_deref().map(|it| view.actor(it))),
        maybe(it.claimant.as_deref().map(|it| view.side(it))),
        maybe(it.accused.as_deref()),
        maybe(it.accused.as_deref().map(|it| view.actor(it))),
        joined(&it.provisions),
        maybe(time.map(|it| it.value.as_str())),
        first,
        last,
        maybe(time.map(|it| it.rule.as_str())),
        maybe(place.and_then(|it| it.id.as_deref())),
        maybe(place.map(|it| view.place(it))),
        maybe(place.map(|it| it.precision.as_str())),
        joined(&counts),
        number(killed.map(|it| it.low)),
        number(killed.and_then(|it| it.high)),
        maybe(it.label.as_ref().map(|it| it.exact.as_str())),
        maybe(it.scope.as_ref().map(|it| it.exact.as_str())),
        maybe(evidence.map(|it| it.exact.as_str())),
        text(&*it.article),
        maybe(article.and_then(|it| it.outlet.as_deref())),
        maybe(article.and_then(|it| it.url.as_deref())),
        maybe(article.and_then(|it| it.published.value.as_deref())),
        maybe(article.map(|it| it.published.basis.as_str())),
        number(evidence.map(|it| it.start as u64)),
        number(evidence.map(|it| it.end as u64)),
        Cell::Number(it.evidence.len() as u64),
        text(&*it.rule),
    ]
}

/// Every incident, with its charges and answers.
pub(super) fn incidents(view: &View) -> Table {
    let columns: &[(&str, &str)] = &[
        ("incident_id", "#meta+id+incident"),
        ("kind", "#event+type+code"),
        ("accused_id", "#org+accused+code"),
        ("accused", "#org+accused+name"),
        ("time_edtf", "#date+occurred+edtf"),
        ("time_first_day", "#date+occurred+start"),
        ("time_last_day", "#date+occurred+end"),
        ("place_id", "#loc+code"),
        ("place", "#loc+name"),
        ("place_precision", "#geo+precision"),
        ("standing", "#status+name"),
        ("credibility", "#status+credibility"),
        ("claimants", "#respondee+list"),
        ("charges", "#meta+charge+list"),
        ("answers", "#meta+answer+list"),
        ("reply", "#status+reply"),
        ("articles", "#meta+source+num"),
        ("lineages", "#meta+lineage+num"),
        ("origins_low", "#meta+origin+min"),
        ("origins_high", "#meta+origin+max"),
        ("counts_claimed", "#affected+claimed+text"),
        ("conflicts", "#description+conflict"),
    ];
    let rows = view.record.incidents.iter().map(|it| incident(view, it)).collect();
    Table { name: "incidents", columns, rows }
}

fn incident(view: &View, it: &Incident) -> Vec<Cell> {
    let time = it.time.as_ref().map(|it| it.value.as_str());
    let place = it.place.as_ref();
    let (first, last) = days(time);
    let claims: Vec<&Claim> = it.claims.iter().filter_map(|it| view.claim(it)).collect();
    let articles: std::collections::BTreeSet<&str> = claims.iter().map(|it| it.article.as_str()).collect();
    let answers: Vec<&String> =
        it.replies.iter().filter(|it| it.scope != "other_object").map(|it| &it.claim).collect();
    let reply = if answers.is_empty() {
        format!("none carried in {} articles", view.articles_read())
    } else {
        "carried".to_owned()
    };
    vec![
        text(&*it.id),
        maybe(it.kind.as_deref()),
        maybe(it.accused.as_deref()),
        maybe(it.accused.as_deref().map(|it| view.actor(it))),
        maybe(time),
        first,
        last,
        maybe(place.and_then(|it| it.id.as_deref())),
        maybe(place.map(|it| view.place(it))),
        maybe(place.map(|it| it.precision.as_str())),
        text(&*it.standing),
        text(&*it.credibility),
        joined(&it.claimants),
        joined(&it.claims),
        joined(answers),
        text(reply),
        Cell::Number(articles.len() as u64),
        Cell::Number(it.lineages.len() as u64),
        Cell::Number(it.origins.low as u64),
        Cell::Number(it.origins.high as u64),
        text(numbers_as_claimed(view, &claims)),
        joined(&it.conflicts),
    ]
}

/// `Rivermark: killed: 5; Northland: killed: 2`: beside each other, never
/// added up.
pub(super) fn numbers_as_claimed(view: &View, claims: &[&Claim]) -> String {
    let mut all: Vec<String> = Vec::new();
    for claim in claims {
        let who = view.who(claim.claimant.as_deref(), s::SPEAKER_UNKNOWN);
        for it in &claim.counts {
            let said = format!("{who}: {}", voice::count(it));
            if !all.contains(&said) {
                all.push(said);
            }
        }
    }
    all.join("; ")
}

/// Every statement, with its words.
pub(super) fn statements(view: &View) -> Table {
    let columns: &[(&str, &str)] = &[
        ("statement_id", "#meta+id+statement"),
        ("speaker_id", "#respondee+code"),
        ("speaker", "#respondee+name"),
        ("speaker_words", "#respondee+text"),
        ("speaker_side", "#respondee+side"),
        ("chain", "#respondee+chain"),
        ("cue", "#description+cue"),
        ("content", "#description+quote"),
        ("mode", "#event+mode"),
        ("addressee", "#org+addressee"),
        ("article_id", "#meta+source+id"),
        ("outlet", "#org+source+name"),
        ("published_edtf", "#date+reported"),
        ("content_start", "#meta+quote+start"),
        ("content_end", "#meta+quote+end"),
        ("rule", "#meta+method"),
    ];
    let row = |it: &Statement| {
        let article = view.article(&it.article).map(|it| it.1);
        vec![
            text(&*it.id),
            maybe(it.source.actor.as_deref()),
            maybe(it.source.actor.as_deref().map(|it| view.actor(it))),
            maybe(it.source.text.as_deref()),
            maybe(it.source.side.as_deref()),
            joined(&it.source.chain),
            maybe(it.cue.as_ref().map(|it| it.exact.as_str())),
            text(&*it.content.exact),
            text(&*it.mode),
            joined(&it.addressee),
            text(&*it.article),
            maybe(article.and_then(|it| it.outlet.as_deref())),
            maybe(article.and_then(|it| it.published.value.as_deref())),
            Cell::Number(it.content.start as u64),
            Cell::Number(it.content.end as u64),
            text(&*it.rule),
        ]
    };
    Table { name: "statements", columns, rows: view.record.statements.iter().map(row).collect() }
}
