//! Finds words of conduct in a sentence and reads who does what, how real it
//! is said to be, and whether it breaks or keeps an obligation.

use truce_model::{ActorId, Kind};
use truce_syntax::Upos;

use super::clause::{self, Modality, Roles, Tree};
use super::doers;
use super::lexicon::{Constraint, Form, Frame, Lexicon, Role, Valence};
use super::who::Who;

/// A word of conduct with all that the sentence says of it.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Index of the sentence.
    pub sentence: usize,
    /// The token.
    pub token: usize,
    /// What kind of conduct.
    pub kind: Kind,
    /// What it does to an obligation after negation and embedding.
    pub valence: Valence,
    /// Whether a negation had a part in `valence`.
    pub negated: bool,
    /// How real it is said to be.
    pub modality: Modality,
    /// Whose conduct.
    pub agents: Vec<ActorId>,
    /// Whether the words leave out who did it.
    pub agentless: bool,
    /// The form of the frame.
    pub form: Form,
    /// Line of the lexicon.
    pub line: u32,
    /// How many conditions the frame had.
    pub weight: usize,
    /// Tokens that made the frame match.
    pub used: Vec<usize>,
    /// Its roles.
    pub roles: Roles,
    /// Whether `agents` were taken over from an act told before.
    pub taken_over: bool,
}

/// Longest sentence that is searched for frames; longer ones are tables or
/// soup, and the cost is quadratic in the length.
pub const SENTENCE_TOKENS_MAX: usize = 400;

/// Finds all triggers of a sentence, in order.
pub fn find(tree: &Tree, sentence: usize, who: &Who) -> Vec<Trigger> {
    let lexicon = Lexicon::shipped();
    let mut out = Vec::new();
    if tree.len() > SENTENCE_TOKENS_MAX {
        return out;
    }
    let before = who.lemmas_before(sentence);
    for at in 0..tree.len() {
        if let Some(trigger) = trigger_at(tree, sentence, at, lexicon, who, &before) {
            out.push(trigger);
        }
    }
    for it in super::presence::find(tree, sentence, who) {
        if out.iter().all(|other| other.token != it.token) {
            out.push(it);
        }
    }
    out.sort_by_key(|it| it.token);
    drop_absorbed(tree, &mut out);
    share_doers(tree, &mut out);
    out
}

/// "A child was killed when Rivermark shelled the village": what a clause of
/// time or reason tells with its doer was done by him too. A mere effect told
/// with its cause ("patrols were cut short because A blocked the road") is no
/// act of its own.
fn share_doers(tree: &Tree, triggers: &mut Vec<Trigger>) {
    let all = triggers.clone();
    let cause = |of: &Trigger| {
        all.iter().find(|it| {
            tree.rel(it.token) == "advcl"
                && tree.head(it.token) == Some(of.token)
                && !it.agents.is_empty()
                && it.valence == Valence::Breach
                && it.modality == Modality::Asserted
                && tree.has(it.token, "mark", &["when", "as", "after", "because", "while"])
                    | tree.has(it.token, "advmod", &["when"])
        })
    };
    for trigger in triggers.iter_mut() {
        let suffers = trigger.form == Form::Verb
            && trigger.agents.is_empty()
            && trigger.roles.agent.is_empty()
            && matches!(
                trigger.kind,
                Kind::HarmToCivilians | Kind::ArmedAttack | Kind::ShellingOrStrike | Kind::MineOrIed
            );
        if let (true, Some(cause)) = (suffers, cause(trigger)) {
            trigger.agents.clone_from(&cause.agents);
        }
        // "Killed in a rebel ambush": whose the ambush was.
        let within = || {
            all.iter().find(|it| {
                it.form == Form::Noun
                    && tree.head(it.token).is_some_and(|up| {
                        up == trigger.token || tree.rel(up) == "conj" && tree.head(up) == Some(trigger.token)
                    })
                    && matches!(tree.preposition(it.token), Some("in" | "during" | "by"))
                    && !it.agents.is_empty()
            })
        };
        if suffers
            && trigger.agents.is_empty()
            && let Some(act) = within()
        {
            trigger.agents.clone_from(&act.agents);
        }
    }
    // "broke the truce, with jets circling over the port": whose jets they are
    // the clause above says.
    for trigger in triggers.iter_mut() {
        let weapon = trigger.form == Form::Verb
            && trigger.agents.is_empty()
            && trigger.roles.subj.iter().any(|it| {
                let lemma = tree.lemma(*it);
                ["aircraft", "farweapon", "force"].iter().any(|class| Lexicon::shipped().is_in(class, lemma))
            });
        let above = |of: usize| {
            let mut at = of;
            (0..3).find_map(|_| {
                at = tree.head(at)?;
                all.iter().find(|it| it.token == at && !it.agents.is_empty() && it.valence == Valence::Breach)
            })
        };
        if let (true, Some(act)) = (weapon, above(trigger.token)) {
            trigger.agents.clone_from(&act.agents);
        }
    }
    triggers.retain(|it| {
        // "stepped on a mine and lost a leg": told with the mine.
        let limb = it.kind == Kind::HarmToCivilians
            && tree.lemma(it.token) == "lose"
            && all.iter().any(|other| other.kind == Kind::MineOrIed);
        if limb {
            return false;
        }
        let effect = it.form == Form::Verb
            && it.agents.is_empty()
            && matches!(
                it.kind,
                Kind::MonitorObstruction | Kind::MovementObstruction | Kind::HumanitarianObstruction
            );
        !(effect && cause(it).is_some())
    });
}

/// The lemma, or where the lexicon does not know it, the base form that the
/// word's ending allows and the lexicon knows (rare verbs are often
/// lemmatised wrongly: *shelled* to *shel*).
fn known_lemma(lexicon: &Lexicon, forms: &[Form], lemma: &str, word: &str) -> String {
    let known = |it: &str| forms.iter().any(|form| !lexicon.frames(*form, it).is_empty());
    if known(lemma) {
        return lemma.to_owned();
    }
    let word = word.to_lowercase();
    let bare = ["ing", "ed", "es", "s", "d"].iter().filter_map(|it| word.strip_suffix(it));
    for base in bare.filter(|it| it.len() >= 3 && it.is_ascii()) {
        let undoubled = &base[..base.len() - 1];
        for candidate in [base.to_owned(), format!("{base}e"), undoubled.to_owned()] {
            if candidate.len() >= 3 && known(&candidate) {
                return candidate;
            }
        }
    }
    lemma.to_owned()
}

/// A noun of conduct printed with a hyphen between its parts.
fn hyphenated(tree: &Tree, at: usize, lexicon: &Lexicon, who: &Who) -> Option<String> {
    if at + 2 >= tree.len() {
        return None;
    }
    let [a, b, c] = [at, at + 1, at + 2].map(|it| tree.token(it).span);
    if a.end != b.start || b.end != c.start || who.word(b) != "-" {
        return None;
    }
    let (first, second) = (who.word(a).to_lowercase(), who.word(c).to_lowercase());
    let singular = second.strip_suffix('s').unwrap_or(&second);
    [&*second, singular]
        .into_iter()
        .flat_map(|it| [format!("{first}-{it}"), format!("{first}{it}")])
        .find(|it| !lexicon.frames(Form::Noun, it).is_empty())
}

fn forms(tree: &Tree, at: usize) -> &'static [Form] {
    match tree.token(at).upos {
        Upos::Adj if tree.rel(at) == "amod" => &[Form::Adjective],
        // "are still camped in the mill"
        Upos::Verb if tree.is_passive(at) => &[Form::Verb, Form::Adjective],
        Upos::Verb => &[Form::Verb],
        Upos::Noun if clause::is_noun_read_participle(tree, at) => &[Form::Verb],
        Upos::Noun | Upos::Propn => &[Form::Noun],
        Upos::Adj => &[Form::Adjective, Form::Verb],
        Upos::Aux => &[Form::Verb],
        _ => &[],
    }
}

fn trigger_at(
    tree: &Tree,
    sentence: usize,
    at: usize,
    lexicon: &Lexicon,
    who: &Who,
    before: &[&str],
) -> Option<Trigger> {
    let token = tree.token(at);
    let forms = forms(tree, at);
    let lemma = known_lemma(lexicon, forms, &token.lemma.to_lowercase(), who.word(token.span));
    // "pull-out", "build-up": one noun printed with a hyphen.
    let (forms, lemma) = match hyphenated(tree, at, lexicon, who) {
        Some(joined) => (&[Form::Noun][..], joined),
        None => (forms, lemma),
    };
    if forms.iter().all(|it| lexicon.frames(*it, &lemma).is_empty()) {
        return None;
    }
    // "Armed" in the name of an army is no conduct.
    let in_name = who.mention(sentence, at).is_some_and(|it| {
        it.kind == crate::prepared::MentionKind::Name && it.head != at && it.tokens.0 < it.tokens.1
    });
    if in_name {
        return None;
    }
    // "aggression forces": a noun that only says what kind of thing.
    if tree.rel(at) == "compound" && token.upos != Upos::Verb {
        return None;
    }
    // "Northland-backed", "besieged": a participle that only describes.
    let describes = token.upos == Upos::Verb
        && tree.rel(at) == "amod"
        && token.feats.participle_past
        && tree.dependents(at, &["nsubj", "aux"]).next().is_none();
    if describes {
        return None;
    }
    let roles = clause::roles(tree, at);
    let mut best: Option<(&Frame, Form, Vec<usize>)> = None;
    for &form in forms {
        for frame in lexicon.frames(form, &lemma) {
            let words = Words { tree, sentence, lexicon, who, before };
            let Some(used) = matches(&words, at, &roles, frame) else { continue };
            // "sleeping people": a participle before a noun is conduct only where
            // the noun is its object ("go on occupying homes").
            let describes = form == Form::Verb
                && tree.rel(at) == "amod"
                && !frame.constraints.iter().any(|it| it.role == Role::Obj && !it.negated);
            if describes {
                continue;
            }
            if best.as_ref().is_none_or(|(it, _, _)| frame.rank() > it.rank()) {
                best = Some((frame, form, used));
            }
        }
    }
    let (frame, form, used) = best?;
    // "at a checkpoint near Tessin": where something happens is no new post.
    let where_only = form == Form::Noun
        && frame.kind == Kind::NewPosition
        && frame.constraints.is_empty()
        && matches!(
            tree.preposition(at),
            Some(
                "at" | "near"
                    | "through"
                    | "past"
                    | "from"
                    | "via"
                    | "outside"
                    | "beyond"
                    | "by"
                    | "to"
                    | "into"
            )
        );
    if where_only {
        return None;
    }
    let mut valence = frame.valence;
    // "surrendered barely a third of its tanks": kept in so small a part that
    // it was not kept.
    let small = frame.valence == Valence::Keep && form == Form::Verb && is_diminished(tree, at, &roles);
    if small {
        valence = valence.flipped();
    }
    // Lorries with serum that are stuck are aid that is stuck.
    let carries = |it: &usize| {
        tree.subtree(*it).into_iter().filter(|it| *it != at).any(|it| CARGO.contains(&tree.lemma(it)))
    };
    let kind = if frame.kind == Kind::MovementObstruction
        && form != Form::Noun
        && (roles.subj.iter().chain(&roles.obj).any(carries)
            || (at.saturating_sub(CARGO_WORDS)..at).any(|it| CARGO.contains(&tree.lemma(it))))
    {
        Kind::HumanitarianObstruction
    } else {
        frame.kind
    };
    let negated = clause::is_negated_besides(tree, at, &used);
    let flips = clause::flips(tree, at) + usize::from(negated);
    if flips % 2 == 1 {
        valence = valence.flipped();
    }
    if is_asked(tree, at, &roles) {
        return None;
    }
    let (mut agents, mut agentless) = doers::agents(tree, sentence, at, form, &roles, who);
    // "it is beginning to rot": what is held up holds nobody up.
    let thing = frame.constraints.iter().any(|it| {
        it.role == Role::Subj && !it.negated && HELD_UP.iter().any(|class| lexicon.has_class(it, class))
    });
    if thing && roles.agent.is_empty() {
        agents.clear();
    }
    // Those who suffer do not do it, whatever the parser made of the clause.
    // Nor do captives hold themselves.
    let class = match frame.kind {
        Kind::HarmToCivilians => Some("civilian"),
        Kind::DetentionOrNonRelease => Some("captivecore"),
        _ => None,
    };
    let sufferers = form == Form::Verb
        && class.is_some_and(|class| roles.subj.iter().any(|it| lexicon.is_in(class, tree.lemma(*it))));
    // "Their jeep hit a mine"
    let trodden = frame.kind == Kind::MineOrIed
        && form == Form::Verb
        && ["hit", "strike", "step", "drive", "run", "trigger", "tread", "ride", "stumble"]
            .contains(&&*lemma);
    if sufferers || trodden || SUFFERING.contains(&&*lemma) {
        agents.clear();
        agentless = true;
    }
    if form == Form::Verb && is_under(tree, at, &lemma, frame, &used) {
        // "A post came under fire from a Rivermark boat": who is under fire
        // did not open it.
        agents = doers::source_after(tree, sentence, at, who);
        agentless = agents.is_empty();
    }
    Some(Trigger {
        sentence,
        token: at,
        kind,
        valence,
        negated,
        modality: clause::modality(tree, at),
        agents,
        agentless,
        form,
        line: frame.line,
        weight: frame.constraints.len(),
        used,
        roles,
        taken_over: false,
    })
}

/// The singular of a plural in *-men* that was left as it stood ("gunmen").
fn singular(lemma: &str) -> Option<String> {
    lemma.strip_suffix("men").filter(|it| !it.is_empty()).map(|it| format!("{it}man"))
}

/// Whether the object is said to be small: "barely a third", "only six".
fn is_diminished(tree: &Tree, at: usize, roles: &Roles) -> bool {
    let heads = roles.obj.iter().chain(&roles.obl).chain(&roles.subj);
    heads.flat_map(|it| tree.subtree(*it)).any(|it| {
        it != at
            && ["barely", "hardly", "scarcely", "merely", "only", "mere"].contains(&tree.lemma(it))
            && (it + 1..(it + 4).min(tree.len())).any(|next| {
                tree.token(next).upos == Upos::Num
                    || ["third", "half", "quarter", "fraction", "handful", "few", "dozen", "tenth", "trickle"]
                        .contains(&tree.lemma(next))
            })
    })
}

/// Whether the clause asks ("we do not know who fired").
fn is_asked(tree: &Tree, at: usize, roles: &Roles) -> bool {
    tree.rel(at) == "ccomp"
        && roles.subj.iter().any(|it| ["who", "what", "which", "whoever"].contains(&tree.lemma(*it)))
}

/// What the words of a sentence are judged by.
struct Words<'w, 's, 'p, 'a> {
    tree: &'w Tree<'s>,
    sentence: usize,
    lexicon: &'w Lexicon,
    who: &'w Who<'p, 'a>,
    /// Lemmas of the sentence before.
    before: &'w [&'w str],
}

/// The tokens that fulfil a frame's conditions, if all are fulfilled.
fn matches(words: &Words, at: usize, roles: &Roles, frame: &Frame) -> Option<Vec<usize>> {
    let mut used = Vec::new();
    for constraint in &frame.constraints {
        let found = role_word(words, at, roles, constraint);
        match (found, constraint.negated) {
            (Some(_), true) | (None, false) => return None,
            (Some(it), false) => used.push(it),
            (None, true) => {}
        }
    }
    Some(used)
}

fn role_word(words: &Words, at: usize, roles: &Roles, constraint: &Constraint) -> Option<usize> {
    let Words { tree, sentence, lexicon, who, before } = *words;
    // A pronoun stands for a thing of the class if one was named before it.
    let named_before = |it: usize| {
        THINGS.iter().any(|class| lexicon.has_class(constraint, class))
            && STANDS_FOR.contains(&tree.lemma(it))
            && (0..it)
                .map(|it| tree.lemma(it))
                .chain(before.iter().copied())
                .any(|it| lexicon.accepts_class(constraint, it))
    };
    let is_one =
        |it: usize| lexicon.classes(constraint).any(|class| who.is_of_class(class, sentence, tree, it));
    let accepts = |it: usize| {
        let lemma = tree.lemma(it).to_lowercase();
        lexicon.accepts(constraint, &lemma)
            || singular(&lemma).is_some_and(|it| lexicon.accepts(constraint, &it))
            || lexicon.accepts(constraint, &who.word(tree.token(it).span).to_lowercase())
            || named_before(it)
            || is_one(it)
    };
    let heads: Vec<usize> = match constraint.role {
        Role::Subj => [roles.subj.as_slice(), &roles.agent].concat(),
        Role::Obj => roles.obj.clone(),
        Role::Obl => {
            // The preposition itself may be the word ("against", "over").
            let phrases = [roles.obl.as_slice(), &roles.agent, &roles.comp].concat();
            if let Some(it) = phrases
                .iter()
                .flat_map(|it| tree.dependents(*it, &["case", "mark"]))
                .chain(tree.dependents(at, &["advmod", "xcomp"]))
                .chain((at + 1 < tree.len()).then_some(at + 1))
                .find(|it| accepts(*it))
            {
                return Some(it);
            }
            phrases
        }
        Role::Prt => {
            // What follows the verb at once is its particle, whatever the
            // parser hung it on ("lets in barely a third").
            let next = (at + 1 < tree.len()).then_some(at + 1);
            let particles = [roles.prt.as_slice(), &roles.adverbs].concat();
            let stranded = tree.dependents(at, &["obl", "case", "mark"]);
            return particles.into_iter().chain(stranded).chain(next).find(|it| accepts(*it));
        }
        Role::Comp => roles.comp.clone(),
        Role::Of => roles.of.clone(),
        Role::By => roles.agent.clone(),
        Role::Mod => return roles.modifiers.iter().copied().find(|it| accepts(*it)),
        Role::Advmod => return roles.adverbs.iter().copied().find(|it| accepts(*it)),
        Role::Any => return tree.subtree(at).into_iter().find(|it| *it != at && accepts(*it)),
    };
    let deep =
        matches!(constraint.role, Role::Subj | Role::Obj | Role::Obl | Role::Of | Role::Comp | Role::By);
    heads.into_iter().find_map(|it| {
        if accepts(it) {
            return Some(it);
        }
        if !deep {
            return None;
        }
        within(tree, it, 0, &accepts)
    })
}

/// A word of the phrase that says what its head is: the head noun's compound,
/// or what a measure is a measure of ("a third of the aid trucks", "lorries
/// with flour", "what we signed").
fn within(tree: &Tree, head: usize, depth: usize, accepts: &dyn Fn(usize) -> bool) -> Option<usize> {
    tree.children(head).iter().copied().find_map(|child| {
        let measure = tree.rel(child) == "nmod"
            && matches!(tree.preposition(child), Some("of" | "with" | "for" | "carrying" | "from" | "in"));
        let owned = tree.token(child).deprel.as_str() == "nmod:poss";
        let said_of = tree.rel(child) == "acl" && FREE_RELATIVES.contains(&tree.lemma(head));
        let resultative = tree.rel(child) == "obl" && tree.rel(head) == "xcomp";
        let counts = measure
            || said_of
            || owned
            || resultative
            || matches!(tree.rel(child), "compound" | "amod" | "conj");
        if counts && accepts(child) {
            return Some(child);
        }
        // "launched what it called an operation"
        if said_of {
            let named = tree.dependents(child, &["obj", "xcomp"]).find(|it| accepts(*it));
            if named.is_some() {
                return named;
            }
        }
        if measure && depth < 1 { within(tree, child, depth + 1, accepts) } else { None }
    })
}

/// Classes of things that suffer what their verb tells.
const HELD_UP: [&str; 6] = ["aid", "aidcore", "captivecore", "truce", "accord", "channel"];

/// Classes of things that prose takes up again by a pronoun.
const THINGS: [&str; 9] =
    ["accord", "truce", "channel", "route", "aid", "aidcore", "captivecore", "position", "talks"];

/// Pronouns that stand for things.
const STANDS_FOR: [&str; 5] = ["it", "they", "them", "this", "these"];

/// Heads of free relatives.
const FREE_RELATIVES: [&str; 4] = ["what", "that", "those", "whatever"];

/// How far before the word of conduct the cargo may stand.
const CARGO_WORDS: usize = 5;

/// What only aid carries.
const CARGO: [&str; 20] = [
    "aid",
    "relief",
    "food",
    "flour",
    "wheat",
    "grain",
    "medicine",
    "medication",
    "oxygen",
    "serum",
    "anesthetic",
    "anaesthetic",
    "insulin",
    "vaccine",
    "blanket",
    "tent",
    "humanitarian",
    "ambulance",
    "ration",
    "bandage",
];

/// Verbs whose subject suffers what is done.
const SUFFERING: [&str; 8] = ["die", "perish", "succumb", "flee", "suffer", "starve", "lose", "sustain"];

/// Whether the subject of the verb is under what its frame tells of: "came
/// under fire", "took fire".
fn is_under(tree: &Tree, at: usize, lemma: &str, frame: &Frame, used: &[usize]) -> bool {
    let attack = matches!(frame.kind, Kind::ArmedAttack | Kind::ShellingOrStrike);
    let under = || (at + 1..(at + 3).min(tree.len())).any(|it| tree.lemma(it) == "under");
    let fire = || used.iter().any(|it| FIRE.contains(&tree.lemma(*it)));
    match lemma {
        "come" | "be" | "remain" => attack && under(),
        "take" | "draw" | "receive" | "face" | "endure" | "meet" => attack && fire(),
        _ => false,
    }
}

/// What is taken by those who are shot at.
const FIRE: [&str; 5] = ["fire", "gunfire", "volley", "burst", "shellfire"];

/// A noun that a verb frame used, or a verb that only supports a noun, is no
/// second act.
fn drop_absorbed(tree: &Tree, triggers: &mut Vec<Trigger>) {
    // "Kept from entering": what is prevented is no act beside the prevention.
    let words: Vec<usize> = triggers.iter().map(|it| it.token).collect();
    triggers.retain(|it| {
        let from = tree.has(it.token, "mark", &["from"]) || tree.has(it.token, "case", &["from"]);
        let held = tree.head(it.token).is_some_and(|it| {
            words.contains(&it)
                && ["keep", "prevent", "bar", "block", "stop", "hinder", "ban"].contains(&tree.lemma(it))
        });
        let entering = matches!(it.kind, Kind::ArmedAttack | Kind::ArmsOrTroopMovement | Kind::NonWithdrawal);
        !(from && held && entering && it.form == Form::Verb)
    });
    let all = triggers.clone();
    triggers.retain(|it| {
        !all.iter().any(|other| {
            if other.token == it.token {
                return false;
            }
            if other.used.contains(&it.token) && other.weight >= 1 {
                return true;
            }
            // "carried out a raid", "the shelling and bombing of": one act
            // where kind and doer are the same and one stands in the other's phrase.
            let same = other.kind == it.kind && (it.agents == other.agents || it.agents.is_empty());
            same && it.form == Form::Noun
                && (tree.head(it.token) == Some(other.token)
                    || (tree.rel(it.token) == "conj"
                        && other.form == Form::Noun
                        && tree.head(it.token) == Some(other.token)))
        })
    });
}
