//! From TOML to an agreement.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use toml::de::DeTable;
use truce_model::{
    Actor, ActorId, ActorKind, Agreement, Anchor, Edtf, Kind, Modality, Place, PlaceId, Provision,
    ProvisionId, Role, Shape, Theatre,
};

use crate::fields::{At, Ctx, Table};
use crate::nearest::nearest;
use crate::places::add_shapes;
use crate::{PACK_BYTES_MAX, PackError, Severity, dates};

/// What came of reading a pack.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The agreement; `None` if there is any error.
    pub agreement: Option<Agreement>,
    /// Errors and warnings in order of position.
    pub problems: Vec<PackError>,
}

/// Reads a pack and tells everything that is wrong with it, warnings too.
/// `geojson` is the optional `places.geojson` beside it.
pub fn read(file: &str, toml: &str, geojson: Option<&str>) -> Reading {
    let mut ctx = Ctx::new(file, toml);
    let mut agreement = None;
    let longest = toml.len().max(geojson.map_or(0, str::len));
    if longest > PACK_BYTES_MAX {
        let what = format!("the pack has {longest} bytes");
        ctx.error(0, what, format!("a file of a pack has at most {PACK_BYTES_MAX}"));
    } else {
        let (tree, errors) = DeTable::parse_recoverable(toml);
        for err in &errors {
            let at = err.span().map_or(0, |it| it.start);
            ctx.error(at, format!("not TOML: {}", err.message().trim()), "");
        }
        // What stands behind a slip in the TOML is not judged.
        if errors.is_empty() {
            let read = pack(&mut ctx, &Table::top(tree.get_ref()), toml);
            agreement = read.map(|mut it| {
                if let Some(geojson) = geojson {
                    add_shapes(&mut ctx.problems, file, geojson, &mut it);
                }
                it
            });
        }
    }
    let mut problems = ctx.problems;
    // Stable: the pack's own problems stay before those of its GeoJSON.
    problems.sort_by_key(|it| (it.file != file, it.line, it.column));
    // Ids and names are looked at more than once.
    problems.dedup();
    if problems.iter().any(|it| it.severity == Severity::Error) {
        agreement = None;
    }
    Reading { agreement, problems }
}

/// Names too general to stand for one actor: they would catch everybody.
const NAMES_TOO_GENERAL: &[&str] = &[
    "a spokesman",
    "a spokesperson",
    "he",
    "it",
    "foreign ministry",
    "ministry",
    "officials",
    "she",
    "sources",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "the authorities",
    "the foreign ministry",
    "the government",
    "the ministry",
    "the president",
    "the prime minister",
    "they",
];

/// Longest id, in characters.
const ID_CHARS_MAX: usize = 80;

/// What ids are known, and where each was given first.
struct Known {
    actors: BTreeSet<String>,
    places: BTreeSet<String>,
}

fn pack(ctx: &mut Ctx<'_>, top: &Table<'_>, toml: &str) -> Option<Agreement> {
    ctx.only(top, &["id", "title", "signed", "in_force", "theatre", "actor", "place", "provision", "anchor"]);
    let id = ctx.need_text(top, "id", "\"alder-2031\"");
    if let Some(id) = &id {
        check_id(ctx, "agreement", id);
        if !id.value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it)) {
            ctx.error(
                id.span.start,
                format!("the id {:?} cannot name a folder", id.value),
                "use letters of ASCII, digits and hyphens",
            );
        }
    }
    let title = ctx.need_text(top, "title", "\"…\", neutral, as signed");
    let signed = ctx.need_text(top, "signed", "\"2031-03-02\"");
    let signed = signed.and_then(|it| date(ctx, &it));
    let in_force = ctx.text(top, "in_force").and_then(|it| date(ctx, &it));
    let theatre = ctx.table(top, "theatre").map(|it| theatre(ctx, &it)).unwrap_or_default();

    let actor_tables = ctx.tables(top, "actor");
    let place_tables = ctx.tables(top, "place");
    let provision_tables = ctx.tables(top, "provision");
    if actor_tables.is_empty() {
        ctx.error(0, "the pack has no actor", "add at least both parties, each under [[actor]]");
    }
    if provision_tables.is_empty() {
        ctx.error(0, "the pack has no provision", "add each obligation under [[provision]]");
    }
    // Ids first, so that a side or place may be named before its table.
    let known = Known { actors: ids(ctx, "actor", &actor_tables), places: ids(ctx, "place", &place_tables) };
    ids(ctx, "provision", &provision_tables);

    let actors: Vec<_> = actor_tables.iter().filter_map(|it| actor(ctx, it, &known)).collect();
    shared_names(ctx, &actor_tables);
    let places: Vec<_> = place_tables.iter().filter_map(|it| place(ctx, it, &known)).collect();
    within_itself(ctx, &places, &place_tables);
    let provisions = provision_tables.iter().filter_map(|it| provision(ctx, it, &known)).collect();
    let anchor_tables = ctx.tables(top, "anchor");
    let anchors = anchor_tables.iter().filter_map(|it| anchor(ctx, it, &known)).collect();

    if !actor_tables.is_empty() && !actors.iter().any(|it| it.roles.contains(&Role::Party)) {
        let mend = "give each party roles = [\"party\"]";
        ctx.warning(0, "no actor has the role \"party\"", mend);
    }
    Some(Agreement {
        id: id?.value,
        title: title?.value,
        signed: signed?,
        in_force,
        theatre,
        actors,
        places,
        provisions,
        anchors,
        sha256: Sha256::digest(toml.as_bytes()).iter().map(|it| format!("{it:02x}")).collect(),
    })
}

fn theatre(ctx: &mut Ctx<'_>, table: &Table<'_>) -> Theatre {
    ctx.only(table, &["countries", "bbox"]);
    let mut countries = Vec::new();
    for it in ctx.texts(table, "countries") {
        if it.value.len() == 2 && it.value.bytes().all(|it| it.is_ascii_uppercase()) {
            countries.push(it.value);
        } else {
            ctx.error(
                it.span.start,
                format!("{:?} is no country code", it.value),
                "use two capital letters as in ISO 3166-1 (AZ, AM)",
            );
        }
    }
    let bbox_e7 = ctx.numbers(table, "bbox").and_then(|it| bbox(ctx, &it));
    Theatre { countries, bbox_e7 }
}

fn bbox(ctx: &mut Ctx<'_>, given: &At<Vec<f64>>) -> Option<[i32; 4]> {
    let order = "the order is west, south, east, north, in degrees";
    let at = given.span.start;
    let &[west, south, east, north] = given.value.as_slice() else {
        ctx.error(at, format!("bbox holds {} numbers, not 4", given.value.len()), order);
        return None;
    };
    let fits = |it: f64, most: f64| it.is_finite() && it.abs() <= most;
    if !(fits(west, 180.0) && fits(east, 180.0) && fits(south, 90.0) && fits(north, 90.0)) {
        ctx.error(at, "bbox leaves the globe", order);
        return None;
    }
    if west >= east || south >= north {
        let what = if west >= east { "west is not west of east" } else { "south is not south of north" };
        ctx.error(at, format!("bbox is out of order: {what}"), order);
        return None;
    }
    Some([west, south, east, north].map(degrees_e7))
}

/// Degrees × 10⁷, rounded.
pub(crate) fn degrees_e7(degrees: f64) -> i32 {
    (degrees * 1e7).round() as i32
}

/// Reads a date, or tells what is wrong with it.
fn date(ctx: &mut Ctx<'_>, given: &At<String>) -> Option<Edtf> {
    match dates::date(&given.value) {
        Ok(it) => Some(it),
        Err(what) => {
            ctx.error(
                given.span.start,
                format!("the date {:?} {what}", given.value),
                "write 2031-03-02, 2031-03, 2031-03-02T04:00+02:00 or two of them with a slash",
            );
            None
        }
    }
}

fn check_id(ctx: &mut Ctx<'_>, what: &str, id: &At<String>) {
    let odd = |it: char| it.is_whitespace() || it.is_control() || it == '"' || it == '/';
    if id.value.chars().any(odd) || id.value.chars().count() > ID_CHARS_MAX {
        ctx.error(
            id.span.start,
            format!("the id of this {what} has a space, a slash or too many characters"),
            "use words joined by hyphens",
        );
    }
}

/// The ids of all tables of a kind; one given twice is an error.
fn ids(ctx: &mut Ctx<'_>, what: &'static str, tables: &[Table<'_>]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for table in tables {
        let Some(id) = ctx.need_text(table, "id", "\"…\"") else { continue };
        check_id(ctx, what, &id);
        if what == "actor" && ActorId::from(id.value.as_str()).is_outlet() {
            let mend = "\"outlet\" stands for an article's own voice; take another id";
            ctx.error(id.span.start, "the id \"outlet\" is taken", mend);
        }
        if !seen.insert(id.value.clone()) {
            let what = format!("two {what}s have the id {:?}", id.value);
            ctx.error(id.span.start, what, "rename or remove the second");
        }
    }
    seen
}

/// Tells of an id that no table has.
fn named(ctx: &mut Ctx<'_>, what: &str, given: &At<String>, known: &BTreeSet<String>) -> bool {
    if known.contains(&given.value) {
        return true;
    }
    let mend = match nearest(&given.value, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("add a [[{what}]] with this id"),
    };
    ctx.error(given.span.start, format!("unknown {what} {:?}", given.value), mend);
    false
}

fn actor(ctx: &mut Ctx<'_>, table: &Table<'_>, known: &Known) -> Option<Actor> {
    ctx.only(table, &["id", "kind", "side", "names", "roles", "note"]);
    let id = ctx.text(table, "id");
    let kind = ctx.need_text(table, "kind", "\"state\"");
    let words: Vec<_> = ActorKind::ALL.iter().map(|it| it.as_str()).collect();
    let kind = kind.and_then(|it| ctx.word("kind of actor", &it, ActorKind::parse, &words));
    let side = ctx.text(table, "side").filter(|it| named(ctx, "actor", it, &known.actors));
    let names = ctx.need_texts(table, "names", "[\"Northland\"]");
    for name in &names {
        if NAMES_TOO_GENERAL.contains(&name.value.to_lowercase().as_str()) {
            ctx.warning(
                name.span.start,
                format!("the name {:?} fits everybody", name.value),
                "write whose it is",
            );
        }
    }
    let words: Vec<_> = Role::ALL.iter().map(|it| it.as_str()).collect();
    let roles = ctx.texts(table, "roles");
    let roles = roles.iter().filter_map(|it| ctx.word("role", it, Role::parse, &words)).collect();
    Some(Actor {
        id: ActorId::from(id?.value),
        kind: kind?,
        side: side.map(|it| ActorId::from(it.value)),
        names: names.into_iter().map(|it| it.value).collect(),
        roles,
    })
}

/// A name that two actors share is read as the first; somebody should know.
fn shared_names(ctx: &mut Ctx<'_>, tables: &[Table<'_>]) {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for table in tables {
        let Some(id) = ctx.text(table, "id") else { continue };
        for name in ctx.texts(table, "names") {
            match first.get(&name.value) {
                Some(other) if *other == id.value => {
                    let what = format!("the name {:?} stands twice", name.value);
                    ctx.warning(name.span.start, what, "remove one");
                }
                Some(other) => {
                    let what = format!("the name {:?} is also a name of {other:?}", name.value);
                    ctx.warning(name.span.start, what, "keep it with the one outlets mean by it");
                }
                None => {
                    first.insert(name.value, id.value.clone());
                }
            }
        }
    }
}

fn place(ctx: &mut Ctx<'_>, table: &Table<'_>, known: &Known) -> Option<Place> {
    ctx.only(table, &["id", "names", "shape", "contested_names", "within", "note"]);
    let id = ctx.text(table, "id");
    let names = ctx.need_texts(table, "names", "[\"Alder Pass\"]");
    let shape = ctx.need_text(table, "shape", "\"point\"");
    let words: Vec<_> = Shape::ALL.iter().map(|it| it.as_str()).collect();
    let shape = shape.and_then(|it| ctx.word("shape", &it, Shape::parse, &words));
    let contested_names = ctx.flag(table, "contested_names").unwrap_or(false);
    let within = ctx.texts(table, "within");
    let within = within.into_iter().filter(|it| named(ctx, "place", it, &known.places));
    let within = within.map(|it| PlaceId::from(it.value)).collect::<Vec<_>>();
    Some(Place {
        id: PlaceId::from(id?.value),
        names: names.into_iter().map(|it| it.value).collect(),
        shape: shape?,
        contested_names,
        within,
        coordinates_e7: Vec::new(),
    })
}

/// A place that lies within itself, over however many steps, is an error.
fn within_itself(ctx: &mut Ctx<'_>, places: &[Place], tables: &[Table<'_>]) {
    let by_id: BTreeMap<&PlaceId, &Place> = places.iter().map(|it| (&it.id, it)).collect();
    for table in tables {
        let Some(id) = ctx.text(table, "id") else { continue };
        let start = PlaceId::from(id.value.as_str());
        let mut seen = BTreeSet::new();
        let mut todo: Vec<&PlaceId> = by_id.get(&start).map_or(vec![], |it| it.within.iter().collect());
        while let Some(next) = todo.pop() {
            if *next == start {
                let what = format!("the place {:?} lies within itself", id.value);
                ctx.error(id.span.start, what, "let \"within\" name larger places only");
                break;
            }
            if seen.insert(next) {
                todo.extend(by_id.get(next).into_iter().flat_map(|it| &it.within));
            }
        }
    }
}

fn provision(ctx: &mut Ctx<'_>, table: &Table<'_>, known: &Known) -> Option<Provision> {
    ctx.only(
        table,
        &[
            "id",
            "point",
            "obligated",
            "obligated_explicit",
            "beneficiary",
            "action",
            "modality",
            "place",
            "from",
            "until",
            "kinds",
            "note",
        ],
    );
    let id = ctx.text(table, "id");
    let point = ctx.text(table, "point");
    let obligated = ctx.texts(table, "obligated");
    let obligated: Vec<_> =
        obligated.into_iter().filter(|it| named(ctx, "actor", it, &known.actors)).collect();
    let explicit = ctx.flag(table, "obligated_explicit");
    if obligated.is_empty() && explicit == Some(true) {
        ctx.warning(
            table.span.start,
            "nobody is obligated, yet explicitly",
            "name who is, or write obligated_explicit = false",
        );
    }
    let beneficiary = ctx.texts(table, "beneficiary");
    let action = ctx.need_text(table, "action", "\"what is owed, in your own words\"");
    let modality = ctx.need_text(table, "modality", "\"must\"");
    let words: Vec<_> = Modality::ALL.iter().map(|it| it.as_str()).collect();
    let modality = modality.and_then(|it| ctx.word("modality", &it, Modality::parse, &words));
    let place = ctx.text(table, "place").filter(|it| named(ctx, "place", it, &known.places));
    let from = open_date(ctx, table, "from");
    let until = open_date(ctx, table, "until");
    if let (Some(from), Some(until)) = (&from, &until)
        && let (Some(first), Some(last)) = (from.days().0, until.days().1)
        && last < first
    {
        let mend = "exchange \"from\" and \"until\"";
        ctx.error(table.span.start, "this provision ends before it begins", mend);
    }
    let words: Vec<_> = Kind::ALL.iter().map(|it| it.as_str()).collect();
    let given = ctx.texts(table, "kinds");
    let kinds: Vec<Kind> =
        given.iter().filter_map(|it| ctx.word("kind of conduct", it, Kind::parse, &words)).collect();
    if let (Some(Modality::May), Some(first)) = (modality, given.first()) {
        ctx.warning(
            first.span.start,
            "a clause with \"may\" cannot be violated, yet lists kinds of conduct",
            "write kinds = [] or another modality",
        );
    }
    let note = ctx.text(table, "note");
    let id = id?.value;
    Some(Provision {
        point: point.map_or_else(|| id.clone(), |it| it.value),
        id: ProvisionId::from(id),
        obligated_explicit: explicit.unwrap_or(!obligated.is_empty()),
        obligated: obligated.into_iter().map(|it| ActorId::from(it.value)).collect(),
        beneficiary: beneficiary.into_iter().map(|it| it.value).collect(),
        action: action?.value,
        modality: modality?,
        place: place.map(|it| PlaceId::from(it.value)),
        from,
        until,
        kinds,
        note: note.map(|it| it.value),
    })
}

/// A date, or `None` for ".." and where nothing is given.
fn open_date(ctx: &mut Ctx<'_>, table: &Table<'_>, key: &'static str) -> Option<Edtf> {
    let given = ctx.text(table, key)?;
    if given.value == ".." { None } else { date(ctx, &given) }
}

fn anchor(ctx: &mut Ctx<'_>, table: &Table<'_>, known: &Known) -> Option<Anchor> {
    ctx.only(table, &["date", "names", "place", "note"]);
    let given = ctx.need_text(table, "date", "\"2031-03-02\"");
    let date = given.and_then(|it| date(ctx, &it));
    let names = ctx.need_texts(table, "names", "[\"checkpoint\"]");
    let place = ctx.text(table, "place").filter(|it| named(ctx, "place", it, &known.places));
    Some(Anchor {
        date: date?,
        names: names.into_iter().map(|it| it.value).collect(),
        place: place.map(|it| PlaceId::from(it.value)),
    })
}
