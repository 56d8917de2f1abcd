//! When the conduct of a claim took place.
//!
//! An expression belongs to a predicate by the tree; what belongs to the act
//! of saying is no date of conduct. A date told before is taken over only
//! where the words go on about the same conduct. Nothing is taken from the
//! day of publication but what the words count from it.

use truce_model::{
    ActorId, Agreement, Claim, ClaimTime, Edtf, Evidence, Kind, Span, Stance, Statement, TimeMention,
};
use truce_syntax::Upos;

use super::clause::Tree;
use super::draft::Draft;
use super::lexicon::{Form, Lexicon};
use super::who::Who;
use crate::prepared::Prepared;

/// What times are read from.
#[derive(Clone, Copy)]
pub struct When<'w> {
    /// The article.
    pub prepared: &'w Prepared<'w>,
    /// The agreement, for `since the truce began`.
    pub agreement: Option<&'w Agreement>,
    /// The article's statements.
    pub statements: &'w [Statement],
    /// The article's expressions of time.
    pub times: &'w [TimeMention],
}

/// ## Reads
/// The expression that hangs on the word of conduct or on its clause: "shelled
/// the pass *on Sunday*", "*Tuesday's* shelling", "has blocked the road *since
/// December*" (up to publication), "has refused *for five months*", "*since
/// the truce began*" (the day the agreement took effect).
///
/// ## Matters because
/// A sentence of the wires has two times, that of the act and that of the
/// statement about it, and the wrong one dates an act a day late.
///
/// ## Example
/// "Northland said on Monday that Rivermark had shelled the pass on Sunday."
/// is dated Sunday.
///
/// ## Misses
/// Dates given by an event ("the day of the funeral"), and times that the
/// parser hangs on the wrong verb.
pub fn own(when: When<'_>, tree: &Tree, draft: &Draft) -> Option<ClaimTime> {
    // What is asked for has not happened, and concern without conduct has no
    // time of conduct.
    if draft.stance == Stance::Demands || draft.kind.is_none() {
        return None;
    }
    let sentence = tree.sentence.span;
    let cues = cues(when, tree);
    let content = draft.statement.map(|it| when.statements[it].content.span());
    let mut best: Option<(u32, u32, ClaimTime)> = None;
    let mut offer = |cost: Option<u32>, start: u32, time: &dyn Fn() -> Option<ClaimTime>| {
        let Some(cost) = cost else { return };
        let better = best.as_ref().is_none_or(|(least, at, _)| (cost, start) < (*least, *at));
        if better && let Some(time) = time() {
            best = Some((cost, start, time));
        }
    };
    for mention in when.times.iter().filter(|it| sentence.contains(it.span)) {
        let Some(token) = head_of(tree, mention.span) else { continue };
        let cost = || {
            if is_told(when, tree, draft, content, mention.span) {
                return None;
            }
            distance(tree, token, draft.token, &cues, content)
        };
        offer(cost(), mention.span.start, &|| value_of(when, tree, mention, token));
    }
    if let Some((span, token)) = since_accord(tree, when) {
        offer(distance(tree, token, draft.token, &cues, content), span.start, &|| {
            in_force(when, span, is_counted(tree, token))
        });
    }
    best.map(|it| it.2)
        .or_else(|| of_same_act(when, tree, draft, &cues))
        .or_else(|| of_fresh_act(when, tree, draft, &cues))
}

/// "Asked about an air raid on Wednesday, he confirmed one strike": the act is
/// named twice in the sentence, and once with its time.
fn of_same_act(when: When<'_>, tree: &Tree, draft: &Draft, cues: &[usize]) -> Option<ClaimTime> {
    let lexicon = Lexicon::shipped();
    let same = |at: usize| {
        at != draft.token
            && tree.token(at).upos == Upos::Noun
            && lexicon
                .frames(Form::Noun, &tree.lemma(at).to_lowercase())
                .iter()
                .any(|it| Some(it.kind) == draft.kind)
    };
    let asserted = matches!(draft.stance, Stance::Acknowledges | Stance::Justifies | Stance::Denies);
    if !asserted || !is_event(draft.kind) {
        return None;
    }
    let sentence = tree.sentence.span;
    (0..tree.len()).filter(|it| same(*it)).find_map(|act| {
        let near = when.times.iter().filter(|it| sentence.contains(it.span)).filter_map(|it| {
            let token = head_of(tree, it.span)?;
            let cost = distance(tree, token, act, cues, None).filter(|it| *it <= NEAR_COST)?;
            Some((cost, it, token))
        });
        let (_, mention, token) = near.min_by_key(|it| it.0)?;
        value_of(when, tree, mention, token)
    })
}

/// Within the phrase of the act, at most one noun between.
const NEAR_COST: u32 = 2;

/// How a day taken from a charge is marked; other acts do not take it over.
const FRESH: &str = "the day of the charge, which calls the act fresh";

/// "Traded blame on Wednesday for fresh fighting": an act called fresh in a
/// charge that has a day is of that day.
fn of_fresh_act(when: When<'_>, tree: &Tree, draft: &Draft, cues: &[usize]) -> Option<ClaimTime> {
    let noun = tree.token(draft.token).upos == Upos::Noun;
    if !noun || !tree.has(draft.token, "amod", &["fresh", "renewed", "new", "latest"]) {
        return None;
    }
    let sentence = tree.sentence.span;
    when.times.iter().filter(|it| sentence.contains(it.span)).find_map(|it| {
        let value = it.value.as_ref().filter(|it| is_day(it))?;
        let token = head_of(tree, it.span)?;
        let verb = path(tree, token).into_iter().skip(1).find(|it| tree.token(*it).upos == Upos::Verb)?;
        let charge = cues.contains(&verb) || path(tree, draft.token).contains(&verb);
        charge.then(|| ClaimTime {
            value: value.clone(),
            words: Evidence::cite(when.prepared.article, it.span),
            rule: format!("{} ← {FRESH}", it.rule),
        })
    })
}

/// ## Reads
/// The day of the sentence before in the same paragraph, where that tells of
/// something past on one day: "On Friday a shell burst in the yard. Two
/// porters lost their legs."
///
/// ## Matters because
/// The blow is often told without a word of conduct, and its harm with one.
///
/// ## Example
/// "On Sunday smoke rose over Millbrook. Two villagers were killed."
///
/// ## Misses
/// Harm told in the next paragraph.
pub fn of_sentence_before(when: When<'_>, tree: &Tree, draft: &Draft) -> Option<ClaimTime> {
    let harm = matches!(draft.stance, Stance::Reports | Stance::Alleges)
        && draft.kind == Some(Kind::HarmToCivilians);
    if !harm || !goes_on(tree, draft) {
        return None;
    }
    let before = draft.sentence.checked_sub(1)?;
    let (here, there) = (&when.prepared.sentences[draft.sentence], &when.prepared.sentences[before]);
    if here.paragraph != there.paragraph {
        return None;
    }
    let tree = Tree::new(&there.parsed);
    let cues = cues(when, &tree);
    let mut found: Option<ClaimTime> = None;
    for mention in when.times.iter().filter(|it| there.parsed.span.contains(it.span)) {
        let value = mention.value.as_ref().filter(|it| is_day(it))?;
        let token = head_of(&tree, mention.span)?;
        let verb = path(&tree, token).into_iter().skip(1).find(|it| tree.token(*it).upos == Upos::Verb)?;
        let told = tree.token(verb).feats.past && !cues.contains(&verb);
        if !told || found.as_ref().is_some_and(|it| day_of(&it.value) != day_of(value)) {
            return None;
        }
        found = Some(ClaimTime {
            value: value.clone(),
            words: Evidence::cite(when.prepared.article, mention.span),
            rule: format!("{} ← told in the sentence before", mention.rule),
        });
    }
    found
}

/// Whether the expression stands in the words of another speaker than the
/// draft's.
fn is_told(when: When<'_>, tree: &Tree, draft: &Draft, content: Option<Span>, time: Span) -> bool {
    let conduct = draft.evidence;
    // "The council yesterday reproached the front for having kept its guns":
    // what is said is not dated by words outside of it.
    if let (Some(own), Some(at)) = (content, draft.statement) {
        let cue = when.statements[at].cue.as_ref().is_some_and(|it| tree.sentence.span.contains(it.span()));
        let inside = own.contains(tree.token(draft.token).span);
        if cue && inside && !own.contains(time) {
            return true;
        }
    }
    when.statements.iter().any(|it| {
        let other = it.content.span();
        other.contains(time)
            && !other.overlaps(conduct)
            && content.is_none_or(|own| !own.contains(other) && !other.contains(own))
    })
}

/// Tokens of the sentence's cues.
pub(super) fn cues(when: When<'_>, tree: &Tree) -> Vec<usize> {
    let sentence = tree.sentence.span;
    when.statements
        .iter()
        .filter_map(|it| it.cue.as_ref())
        .filter(|it| sentence.contains(it.span()))
        .flat_map(|it| tokens_in(tree, it.span()))
        .collect()
}

fn tokens_in(tree: &Tree, span: Span) -> Vec<usize> {
    (0..tree.len()).filter(|it| span.overlaps(tree.token(*it).span)).collect()
}

/// The token of the span that hangs on something outside of it.
pub(super) fn head_of(tree: &Tree, span: Span) -> Option<usize> {
    let tokens = tokens_in(tree, span);
    let outside = |it: &&usize| tree.head(**it).is_none_or(|head| !tokens.contains(&head));
    let content = |it: &&usize| !matches!(tree.rel(**it), "case" | "mark" | "punct" | "det");
    tokens.iter().find(|it| outside(it) && content(it)).or_else(|| tokens.iter().find(outside)).copied()
}

/// Costs of the steps between an expression and the conduct.
mod cost {
    /// A governor within the clause.
    pub const STEP: u32 = 1;
    /// An adverbial or relative clause or a second verb.
    pub const CLAUSE: u32 = 4;
}

/// How far an expression is from the conduct in the tree; `None` if it
/// belongs to something else.
pub(super) fn distance(
    tree: &Tree,
    expression: usize,
    conduct: usize,
    cues: &[usize],
    content: Option<Span>,
) -> Option<u32> {
    let (a, b) = (path(tree, expression), path(tree, conduct));
    let meet = a.iter().position(|it| b.contains(it))?;
    let down = b.iter().position(|it| *it == a[meet])?;
    // Nor to the agreement: "the 2031 accord", "the truce signed this week".
    let lexicon = Lexicon::shipped();
    let of_accord = a[1..].iter().take_while(|it| **it != conduct && !b.contains(it)).any(|it| {
        tree.token(*it).upos != Upos::Verb && lexicon.is_in("accord", &tree.lemma(*it).to_lowercase())
    });
    if of_accord {
        return None;
    }
    // "any return to the slaughter of the winter" has not happened.
    let hoped = b.iter().take_while(|it| tree.token(**it).upos != Upos::Verb);
    // "flew on every day of the truce and bombed a market on 27 May"
    if meet > 0 && expression < tree.len() && is_timed(tree, conduct, &a) {
        return None;
    }
    if hoped.into_iter().any(|it| tree.has(*it, "det", &["any"])) {
        return None;
    }
    if belongs_to_thing(tree, &a, meet, conduct) {
        return None;
    }
    // The expression may not belong to the act of saying, but for one that
    // stands behind the conduct, within what is said: parsers often hang
    // "on Sunday" on the verb above.
    let governor = a[1..].iter().copied().find(|it| *it == conduct || tree.token(*it).upos == Upos::Verb);
    let mut total = 0;
    if governor.is_some_and(|it| cues.contains(&it) && it != conduct) {
        let at = tree.token(expression).span;
        let behind = expression > conduct && content.is_some_and(|it| it.contains(at));
        if !behind {
            return None;
        }
        total += cost::CLAUSE;
    }
    // Up from the expression, below the common governor.
    for &it in &a[1..meet.max(1)] {
        total += step(tree, it, conduct)?;
    }
    if meet > 0 && a[meet] != conduct {
        total += cost::STEP;
    }
    for &it in &b[..down] {
        // "has been shut since May, and the traders complain": a clause with
        // a subject of its own shares only what stands before both.
        let own = tree.rel(it) == "conj" && tree.dependents(it, &["nsubj"]).next().is_some();
        if own && tree.head(it).is_none_or(|head| expression > head) {
            return None;
        }
        total += down_step(tree, it)?;
    }
    Some(total)
}

/// Nouns of time.
const TIME_NOUNS: [&str; 14] = [
    "day",
    "night",
    "week",
    "month",
    "year",
    "hour",
    "morning",
    "evening",
    "afternoon",
    "dawn",
    "dusk",
    "noon",
    "midnight",
    "weekend",
];

/// Whether the verb of conduct has a time of its own that is not the
/// expression.
fn is_timed(tree: &Tree, conduct: usize, expression: &[usize]) -> bool {
    tree.token(conduct).upos == Upos::Verb
        && tree.dependents(conduct, &["obl"]).any(|it| {
            let case = tree.has(it, "case", &["on", "at", "in", "during"]) || tree.preposition(it).is_none();
            case && TIME_NOUNS.contains(&tree.lemma(it))
                && !expression.contains(&it)
                && tree.dependents(conduct, &["obl"]).all(|other| !expression.contains(&other))
        })
        && !expression.contains(&conduct)
}

/// "Next month's tri-series", "any return to the slaughter of the winter":
/// the expression tells which thing is meant, not when something was done.
fn belongs_to_thing(tree: &Tree, up: &[usize], meet: usize, conduct: usize) -> bool {
    let lexicon = Lexicon::shipped();
    let modifies = matches!(tree.rel(up[0]), "nmod" | "compound" | "amod" | "nummod");
    let nouns = up[1..].iter().copied().take(meet.max(1)).filter(|it| tree.token(*it).upos == Upos::Noun);
    nouns.enumerate().any(|(n, it)| {
        let is_event = !lexicon.frames(Form::Noun, &tree.lemma(it).to_lowercase()).is_empty();
        let thing = n == 0 && modifies && it != conduct && !is_event && tree.head(up[0]) == Some(it);
        let marked = tree.preposition(up[0]).is_some();
        let any = tree.has(it, "det", &["any", "no", "every"]);
        thing && !marked || any && it != conduct
    })
}

/// The cost of a governor of the expression that is none of the conduct.
fn step(tree: &Tree, at: usize, conduct: usize) -> Option<u32> {
    let verb = tree.token(at).upos == Upos::Verb;
    Some(match tree.rel(at) {
        "ccomp" | "csubj" => return None,
        // "the raids that killed ten on Friday" are of Friday; "shelled the
        // village that it had left in March" is not of March.
        "acl" if tree.head(at) != Some(conduct) || tree.token(conduct).upos == Upos::Verb => {
            if tree.dependents(at, &["nsubj", "mark"]).next().is_some() {
                return None;
            }
            cost::CLAUSE
        }
        "acl" => cost::CLAUSE / 2,
        "advcl" if tree.has(at, "mark", &["if", "unless", "until", "before"]) => return None,
        "advcl" | "parataxis" => cost::CLAUSE,
        "conj" if verb => cost::CLAUSE,
        _ => cost::STEP,
    })
}

/// The cost of a step from the conduct up to the common governor.
fn down_step(tree: &Tree, at: usize) -> Option<u32> {
    let verb = tree.token(at).upos == Upos::Verb;
    Some(match tree.rel(at) {
        "ccomp" => cost::CLAUSE * 2,
        "advcl" if tree.has(at, "mark", &["if", "unless", "until", "before"]) => return None,
        "acl" if verb && tree.dependents(at, &["nsubj"]).next().is_some() => cost::CLAUSE,
        "advcl" | "parataxis" => cost::CLAUSE / 2,
        "conj" if verb => cost::CLAUSE / 2,
        _ => cost::STEP,
    })
}

pub(super) fn path(tree: &Tree, from: usize) -> Vec<usize> {
    let mut out = vec![from];
    let mut at = from;
    while let Some(head) = tree.head(at) {
        if out.len() > tree.len() {
            break;
        }
        out.push(head);
        at = head;
    }
    out
}

/// The value of an expression as a time of conduct: open intervals are closed
/// by the day of publication, lengths counted back from it where the verb
/// says that they last to now.
fn value_of(when: When<'_>, tree: &Tree, mention: &TimeMention, token: usize) -> Option<ClaimTime> {
    let value = mention.value.as_ref()?;
    let published = when.prepared.article.published.value.as_ref();
    let words = || Evidence::cite(when.prepared.article, mention.span);
    let made = |it: truce_time::Stretch| ClaimTime {
        value: it.value,
        words: words(),
        rule: format!("{} ← {}", mention.rule, it.arithmetic),
    };
    match mention.grain {
        "set" => None,
        "duration" => {
            let first = tokens_in(tree, mention.span).into_iter().next()?;
            let lasting =
                first.checked_sub(1).is_some_and(|it| ["for", "in", "over"].contains(&tree.lemma(it)))
                    || tree.has(token, "case", &["for", "over"]);
            if !lasting || !is_perfect(tree, token) {
                return None;
            }
            Some(made(truce_time::stretch_up_to(value, published?)?))
        }
        _ => {
            let since = when.prepared.article.words(mention.span).to_lowercase().starts_with("since");
            let counted = since && is_counted(tree, token);
            let closed = counted.then(|| truce_time::closed_by(value, published?)).flatten();
            Some(closed.map_or_else(
                || ClaimTime { value: value.clone(), words: words(), rule: mention.rule.clone() },
                made,
            ))
        }
    }
}

/// Whether the clause of a token counts: "43 times since", "has killed 280
/// people since". What is counted is over, what only lasts may go on.
fn is_counted(tree: &Tree, at: usize) -> bool {
    let mut above = path(tree, at).into_iter().skip(1);
    let Some(verb) =
        above.find(|it| tree.token(*it).upos == Upos::Verb && !tree.has(*it, "mark", &["since"]))
    else {
        return false;
    };
    let negated = super::clause::is_negated(tree, verb);
    let number = |it: &usize| {
        tree.token(*it).upos == Upos::Num && tree.lemma(*it) != "one"
            || ["dozen", "several", "hundred", "thousand", "score", "repeatedly", "twice"]
                .contains(&tree.lemma(*it))
    };
    // The number may stand anywhere in the clause but in the date itself.
    let under = path(tree, at).into_iter().take_while(|it| *it != verb).last();
    let date = under.map_or_else(Vec::new, |it| tree.subtree(it));
    !negated && tree.phrase(verb).iter().any(|it| number(it) && !date.contains(it))
}

/// Whether the clause of a token is in the perfect: "has refused", "have been
/// held".
fn is_perfect(tree: &Tree, at: usize) -> bool {
    let verb = path(tree, at).into_iter().find(|it| tree.token(*it).upos == Upos::Verb);
    verb.is_some_and(|verb| {
        path(tree, verb).into_iter().take(3).any(|it| {
            tree.dependents(it, &["aux"]).any(|aux| tree.lemma(aux) == "have" && !tree.token(aux).feats.past)
        })
    })
}

/// How many words may stand between `since` and what it names.
const SINCE_REACH: usize = 8;

/// Words that say that an agreement began.
const BEGINS: [&str; 16] = [
    "begin",
    "start",
    "take",
    "come",
    "enter",
    "entry",
    "sign",
    "signing",
    "signature",
    "effect",
    "force",
    "agree",
    "conclude",
    "announce",
    "hold",
    "proclaim",
];
/// Words that say that it ended.
const ENDS: [&str; 10] =
    ["collapse", "end", "break", "expire", "lapse", "fail", "violate", "resume", "unravel", "falter"];

/// `since the truce began`, `since the signature`: its words, and the token
/// it hangs by.
fn since_accord(tree: &Tree, when: When<'_>) -> Option<(Span, usize)> {
    let lexicon = Lexicon::shipped();
    let since = (0..tree.len()).find(|it| tree.lemma(*it).eq_ignore_ascii_case("since"))?;
    let end = (since + 1 + SINCE_REACH).min(tree.len());
    let stop = (since + 1..end).find(|it| tree.token(*it).upos == Upos::Punct).unwrap_or(end);
    let words: Vec<String> = (since + 1..stop).map(|it| tree.lemma(it).to_lowercase()).collect();
    // "since the truce began on 6 March" has a date of its own.
    let span = tree.token(since).span;
    let reach = span.cover(tree.token(stop.max(since + 1) - 1).span);
    let dated = when.times.iter().any(|it| reach.overlaps(it.span) && it.value.is_some());
    if dated || words.iter().any(|it| ENDS.contains(&it.as_str())) {
        return None;
    }
    let accord = words
        .iter()
        .position(|it| lexicon.is_in("accord", it) || ["signature", "signing"].contains(&it.as_str()));
    let begins = words.iter().position(|it| BEGINS.contains(&it.as_str()));
    let it = words.first().is_some_and(|it| it == "it");
    let last = match (accord, begins) {
        (Some(accord), Some(begins)) => accord.max(begins),
        (Some(accord), None) => accord,
        (None, Some(begins)) if it => begins,
        _ => return None,
    };
    let last = if words.get(last + 1).is_some_and(|it| ["effect", "hold", "force"].contains(&it.as_str())) {
        last + 1
    } else if words.get(last + 2).is_some_and(|it| ["effect", "hold", "force"].contains(&it.as_str())) {
        last + 2
    } else {
        last
    };
    let span = span.cover(tree.token(since + 1 + last).span);
    head_of(tree, span).map(|token| (span, token))
}

/// From the day the agreement took effect up to publication.
fn in_force(when: When<'_>, words: Span, counted: bool) -> Option<ClaimTime> {
    let agreement = when.agreement?;
    let text = when.prepared.article.words(words).to_lowercase();
    let signed = text.contains("sign");
    let begun = agreement.in_force.as_ref().filter(|_| !signed).unwrap_or(&agreement.signed);
    let day = begun.days().0?;
    let open = Edtf::new(format!("{day}/.."))?;
    let published = when.prepared.article.published.value.as_ref();
    let closed = published.filter(|_| counted).and_then(|it| truce_time::closed_by(&open, it));
    let value = closed.map_or(open, |it| it.value);
    let what = if signed { "signed" } else { "in force" };
    Some(ClaimTime {
        rule: format!("since the agreement: {text} ← {} {what} on {day}", agreement.id),
        value,
        words: Evidence::cite(when.prepared.article, words),
    })
}

/// A claim already settled, with the sentence of its first words.
pub struct Settled<'s> {
    /// The claims, in order.
    pub claims: &'s [Claim],
    /// By claim: the sentence of its first words.
    pub sentences: &'s [usize],
}

/// ## Reads
/// The time of an act told before: further words about the same conduct of
/// the same actor ("denied any hand in *the ambush*"), or the harm and the
/// reply told right after the blow.
///
/// ## Matters because
/// A report dates an act once and goes on about it: the denial, the reason,
/// the dead.
///
/// ## Example
/// "Rivermark shelled Millbrook on Tuesday. Two villagers were killed."
///
/// ## Misses
/// Acts told again by a name of their own ("the raid of the bakery").
pub fn told_before(told: &Settled, tree: &Tree, draft: &Draft, who: &Who) -> Option<ClaimTime> {
    if !goes_on(tree, draft) {
        return None;
    }
    let side = |it: &Option<ActorId>| it.as_ref().map(|it| who.side(it));
    let the = is_definite(tree, draft.token);
    told.claims.iter().zip(told.sentences).rev().find_map(|(claim, sentence)| {
        let time = claim.time.as_ref().filter(|it| !it.rule.ends_with(FRESH))?;
        let same_side = side(&claim.accused) == side(&draft.accused);
        let same = claim.kind == draft.kind && (same_side && draft.accused.is_some() || the);
        let open = claim.accused.is_none() || draft.accused.is_none();
        // "Among the breaches were three raids": the count has the day.
        let counted = claim.kind == Some(Kind::NonFulfilment) && same_side && draft.accused.is_some();
        let near = (is_event(claim.kind) || counted)
            && draft.sentence - sentence <= TOLD_SENTENCES
            && (open && !counted || same_side)
            // What happened in the course of a count has no day of its own.
            && is_day(&time.value);
        (same || near).then(|| time.clone())
    })
}

/// ## Reads
/// The day of an act that the next sentences date: "charged that Rivermark
/// had broken the truce with air raids. Warplanes hit two houses on Friday."
///
/// ## Matters because
/// Wires open with the charge and give the day with the details.
///
/// ## Example
/// "Northland accused Rivermark of shelling the pass. Twelve shells fell on
/// Friday night, the mayor said."
///
/// ## Misses
/// Details told more than three sentences on.
pub fn told_after(told: &Settled, at: usize, who: &Who) -> Option<ClaimTime> {
    let claim = &told.claims[at];
    let tells = matches!(claim.stance, Stance::Reports | Stance::Alleges | Stance::Condemns);
    if claim.time.is_some() || !tells || !is_event(claim.kind) {
        return None;
    }
    let side = |it: &Option<ActorId>| it.as_ref().map(|it| who.side(it));
    let mut found: Option<&ClaimTime> = None;
    for (later, sentence) in told.claims.iter().zip(told.sentences).skip(at + 1) {
        let Some(time) = &later.time else { continue };
        let open = later.accused.is_none() || claim.accused.is_none();
        let near = *sentence >= told.sentences[at] && *sentence - told.sentences[at] <= TOLD_SENTENCES;
        let tells = matches!(later.stance, Stance::Reports | Stance::Alleges | Stance::Condemns);
        let fits = tells
            && near
            && later.kind == claim.kind
            && (open || side(&later.accused) == side(&claim.accused));
        if !fits || !is_day(&time.value) {
            continue;
        }
        // Two days told: which one the charge means is not said.
        if found.is_some_and(|it| day_of(&it.value) != day_of(&time.value)) {
            return None;
        }
        found = Some(time);
    }
    found.cloned()
}

/// Whether the draft tells of an act that may have been dated before: no
/// demand, no lasting state, nothing told of the present.
pub(super) fn goes_on(tree: &Tree, draft: &Draft) -> bool {
    let tells = matches!(
        draft.stance,
        Stance::Reports
            | Stance::Alleges
            | Stance::Condemns
            | Stance::Denies
            | Stance::Acknowledges
            | Stance::Justifies
    );
    tells && is_event(draft.kind) && !is_lasting(tree, draft.token)
}

/// "Is being held", "are digging", "was being kept": told as lasting, so not
/// of the day told before.
pub fn is_lasting(tree: &Tree, at: usize) -> bool {
    let token = tree.token(at);
    token.upos == Upos::Verb && token.feats.present
        || tree
            .dependents(at, &["aux"])
            .any(|it| tree.lemma(it) == "be" && (tree.token(it).feats.present || tree.token(it).feats.gerund))
}

/// "The ambush", "that raid", "these strikes".
fn is_definite(tree: &Tree, at: usize) -> bool {
    tree.token(at).upos == Upos::Noun && tree.has(at, "det", &["the", "this", "that", "these", "those"])
}

/// Kinds that happen on a day.
pub(super) fn is_event(kind: Option<Kind>) -> bool {
    use truce_model::Kind::{
        ArmedAttack, DetentionOrNonRelease, HarmToCivilians, HumanitarianObstruction, MineOrIed, NewPosition,
        ShellingOrStrike,
    };
    matches!(
        kind,
        Some(
            ArmedAttack
                | DetentionOrNonRelease
                | HarmToCivilians
                | HumanitarianObstruction
                | MineOrIed
                | NewPosition
                | ShellingOrStrike
        )
    )
}

/// One day, with or without a time of day.
fn is_day(value: &Edtf) -> bool {
    let (first, last) = value.days();
    first.is_some() && first == last
}

fn day_of(value: &Edtf) -> Option<String> {
    value.days().0
}

/// How far back an act told before may lie.
const TOLD_SENTENCES: usize = 3;
