//! Where the conduct of a claim took place.
//!
//! Ground that hangs on the word of conduct or on its clause, by the tree; the
//! speaker's whereabouts are no place of conduct, but for people who tell what
//! happened where they live.

use super::clause::Tree;
use super::draft::Draft;
use super::when::{self, Settled, When};
use super::who::Who;
use truce_model::{
    ActorId, Agreement, ClaimPlace, Evidence, Kind, PlaceMention, PlaceReading, Span, Stance, Statement,
};

/// What has no id is a kind of place ("the road"): a named one near by is
/// meant rather.
const UNNAMED_COST: u32 = 2;
/// "To Rivermark", "from Rivermark": where something was going.
const WAY_COST: u32 = 3;
/// A whole country is rather named for whose it is.
const COUNTRY_COST: u32 = 4;
/// What stands before the conduct is rather of what is told there.
const BEFORE_COST: u32 = 1;
/// Farther off in the tree than this is another clause's.
const COST_MAX: u32 = 12;

/// ## Reads
/// Ground named in the phrase of the conduct ("shelled *Millbrook*", "closed
/// the road *at Alder Bridge*"), the nearest in the tree; where nothing else is
/// named, the place whose residents, doctors or witnesses tell of it.
///
/// ## Matters because
/// A clause bound to a place is broken there and nowhere else.
///
/// ## Example
/// "Residents of Millbrook said shells fell at dawn."
///
/// ## Misses
/// Places by description of an event ("where the talks were held").
pub fn own(when: When<'_>, tree: &Tree, draft: &Draft, places: &[PlaceMention]) -> Option<ClaimPlace> {
    // A concern or demand that names no conduct has no place of conduct.
    draft.kind?;
    let sentence = tree.sentence.span;
    let cues = when::cues(when, tree);
    let statement = draft.statement.map(|it| &when.statements[it]);
    let content = statement.map(|it| it.content.span());
    let at = tree.token(draft.token).span.start;
    let best = places
        .iter()
        .filter(|it| sentence.contains(it.span) && it.reading == PlaceReading::Literal)
        .filter(|it| !is_of_speaker(when, draft, statement, it.span) && is_in_theatre(when, draft, it))
        .filter_map(|it| {
            let token = when::head_of(tree, it.span)?;
            if is_what_was_built(when, tree, draft, it, token) || token == draft.token {
                return None;
            }
            if is_of_talks(tree, draft, token) {
                return None;
            }
            let mut cost = when::distance(tree, token, draft.token, &cues, content)?;
            cost += if it.precision == "country" { COUNTRY_COST } else { 0 };
            cost += if it.id.is_none() { UNNAMED_COST } else { 0 };
            let way = matches!(tree.preposition(token), Some("to" | "from" | "between"));
            cost += if way && draft.kind != Some(Kind::ArmsOrTroopMovement) { WAY_COST } else { 0 };
            cost += if it.span.start < at { BEFORE_COST } else { 0 };
            (cost <= COST_MAX).then_some((cost, it.span.start.abs_diff(at), it))
        })
        .min_by_key(|it| (it.0, it.1));
    best.map(|it| it.2)
        .or_else(|| told_there(when, draft, statement?, places))
        .and_then(|it| cited(when, it, draft))
}

/// A checkpoint that was set up is the act and not its place.
fn is_what_was_built(when: When<'_>, tree: &Tree, draft: &Draft, place: &PlaceMention, token: usize) -> bool {
    let named = when.prepared.article.words(place.span).contains(char::is_uppercase);
    !named
        && matches!(draft.kind, Some(Kind::NewPosition | Kind::ArmsOrTroopMovement))
        && matches!(tree.rel(token), "obj" | "nsubj")
}

/// Whether the place may be one of conduct: ground in the theatre, or ground
/// that nothing is known of.
fn is_in_theatre(when: When<'_>, draft: &Draft, place: &PlaceMention) -> bool {
    let Some(theatre) = when.agreement.map(|it| &it.theatre.countries) else { return true };
    let away = place.country.as_ref().is_some_and(|it| !theatre.iter().any(|known| known == it));
    theatre.is_empty() || !away || draft.kind == Some(Kind::RefusalOfTalks)
}

/// "The talks in Alder": where something was spoken of or signed.
fn is_of_talks(tree: &Tree, draft: &Draft, place: usize) -> bool {
    let lexicon = super::lexicon::Lexicon::shipped();
    draft.kind != Some(Kind::RefusalOfTalks)
        && tree.head(place).is_some_and(|it| {
            it != draft.token
                && lexicon.is_in("talks", &tree.lemma(it).to_lowercase())
                && !["channel", "contact", "mechanism", "committee", "table"].contains(&tree.lemma(it))
        })
}

/// Whether the words belong to who speaks, or to another's statement.
fn is_of_speaker(when: When<'_>, draft: &Draft, statement: Option<&Statement>, place: Span) -> bool {
    let own = statement.and_then(|it| it.source.words.as_ref()).is_some_and(|it| it.span().overlaps(place));
    let other = when.statements.iter().any(|it| {
        let source = it.source.words.as_ref().is_some_and(|it| it.span().contains(place));
        source && !it.content.span().contains(place)
    });
    let outside = statement.is_some_and(|it| {
        let content = it.content.span();
        content.overlaps(draft.evidence) && !content.contains(place) && !draft.evidence.contains(place)
    });
    own || other || outside
}

/// Words for people who tell what happened where they are.
const WITNESSES: [&str; 20] = [
    "resident",
    "residents",
    "witness",
    "witnesses",
    "doctor",
    "doctors",
    "medic",
    "medics",
    "villager",
    "villagers",
    "neighbour",
    "neighbours",
    "hospital",
    "hospitals",
    "local",
    "locals",
    "mayor",
    "paramedic",
    "rescuers",
    "farmers",
];

/// "Residents of Millbrook said": the place they are of.
fn told_there<'p>(
    when: When<'_>,
    draft: &Draft,
    statement: &Statement,
    places: &'p [PlaceMention],
) -> Option<&'p PlaceMention> {
    if !matches!(draft.stance, Stance::Reports | Stance::Alleges)
        || !when::is_event(draft.kind) && !stays(draft)
    {
        return None;
    }
    let source = statement.source.words.as_ref()?;
    let words = source.exact().to_lowercase();
    let witness = words.split(|it: char| !it.is_alphabetic()).any(|it| WITNESSES.contains(&it));
    // The source's words may leave the place out: "residents of" and on.
    let reach = Span { start: source.span().start, end: source.span().end + SOURCE_REACH };
    let text = &when.prepared.article.text;
    places.iter().find(|it| {
        let near = reach.overlaps(it.span) && it.span.start >= source.span().start;
        let between = text.get(source.span().start as usize..it.span.start as usize).unwrap_or(".");
        let plain = !between.contains(['.', ',', ';', '"', '“']);
        witness && near && plain && it.reading != PlaceReading::Adjectival && it.id.is_some()
    })
}

/// Bytes behind a source in which its place may stand.
const SOURCE_REACH: u32 = 24;

fn stays(draft: &Draft) -> bool {
    matches!(draft.kind, Some(Kind::NonWithdrawal | Kind::MovementObstruction))
}

/// The place with its words. "A Northland checkpoint" is Northland's and not
/// a place of that name, though a gazetteer may know a Northland.
fn cited(when: When<'_>, place: &PlaceMention, draft: &Draft) -> Option<ClaimPlace> {
    let owner = when
        .prepared
        .mentions_in(draft.sentence)
        .iter()
        .find(|it| it.span.start == place.span.start && it.span.end < place.span.end);
    let of_pack = when
        .agreement
        .is_some_and(|it: &Agreement| it.places.iter().any(|it| Some(&it.id) == place.id.as_ref()));
    let (id, span, precision) = match owner.filter(|_| !of_pack) {
        Some(owner) => {
            let rest = Span { start: owner.span.end, end: place.span.end };
            (None, rest.trimmed(&when.prepared.article.text), "area")
        }
        None => (place.id.clone(), place.span, place.precision),
    };
    Some(ClaimPlace { id, words: Evidence::cite(when.prepared.article, span)?, precision })
}

/// The place of an act told before, taken over where its time would be: the
/// denial, the reason, the dead.
pub fn told_before(told: &Settled, tree: &Tree, draft: &Draft, who: &Who) -> Option<ClaimPlace> {
    if !when::goes_on(tree, draft) {
        return None;
    }
    let side = |it: &Option<ActorId>| it.as_ref().map(|it| who.side(it));
    told.claims.iter().zip(told.sentences).rev().find_map(|(claim, sentence)| {
        let place = claim.place.as_ref()?;
        let near = draft.sentence - sentence <= NEAR_SENTENCES;
        let same_side = side(&claim.accused) == side(&draft.accused);
        let open = claim.accused.is_none() || draft.accused.is_none();
        let same = claim.kind == draft.kind && same_side;
        let harm =
            draft.kind == Some(Kind::HarmToCivilians) && when::is_event(claim.kind) && (open || same_side);
        (near && (same || harm)).then(|| place.clone())
    })
}

/// How far back an act told before may lie.
const NEAR_SENTENCES: usize = 3;
