//! Small questions about single words and offices.

use truce_model::ActorKind;

use super::register::{self, Office, OfficeClass, slug};
use crate::prepared::{MentionKind, SentenceCtx};

/// Words of time that the tagger takes for part of a name beside them.
pub(super) fn is_time(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "tonight",
        "tomorrow",
    ];
    DAYS.contains(&word)
}

/// Small words inside names.
pub(super) fn is_name_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "bin"
            | "ibn"
            | "van"
            | "von"
            | "de"
            | "der"
            | "abu"
            | "-"
            | "'"
            | "al-"
            | "ad"
            | "ash"
            | "as"
    )
}

/// Whether a role makes a state one of those the agreement binds.
pub(super) fn is_bound(role: truce_model::Role) -> bool {
    use truce_model::Role;
    matches!(role, Role::Party | Role::Signatory | Role::Guarantor)
}

/// Whether the noun names an office held by one person.
pub(super) fn is_person_noun(noun: &str) -> bool {
    !noun.is_empty()
        && register::offices()
            .get(noun)
            .is_some_and(|it| it.iter().any(|it| it.words.len() == 1 && it.class == OfficeClass::Person))
}

/// Offices that only states have.
pub(super) fn is_of_state(word: &str) -> bool {
    matches!(
        word,
        "prime"
            | "president"
            | "pm"
            | "cabinet"
            | "parliament"
            | "mfa"
            | "mod"
            | "fm"
            | "ministry"
            | "minister"
            | "federal"
            | "pmo"
            | "president-office"
            | "justice-minister"
            | "state-minister"
            | "defence-minister"
            | "interior-minister"
            | "chief-of-staff"
            | "general-staff"
            | "army-chief"
    )
}

/// Nouns that take up a person met before, whatever the person's office.
pub(super) fn is_anaphoric(noun: &str) -> bool {
    matches!(
        noun,
        "official"
            | "officer"
            | "source"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "general"
            | "diplomat"
            | "commander"
    )
}

/// Nouns for those who fight without a state.
pub(super) fn is_fighter(noun: &str) -> bool {
    matches!(
        noun,
        "fighter"
            | "gunman"
            | "gunmen"
            | "militant"
            | "militia"
            | "militiaman"
            | "militiamen"
            | "rebel"
            | "insurgent"
            | "separatist"
            | "paramilitary"
            | "jihadist"
            | "extremist"
            | "guerrilla"
    )
}

/// Third-person forms of verbs that report and are no noun beside a subject.
pub(super) fn is_reporting_form(word: &str) -> bool {
    matches!(
        word,
        "denies"
            | "says"
            | "accuses"
            | "insists"
            | "rejects"
            | "vows"
            | "claims"
            | "alleges"
            | "admits"
            | "concedes"
            | "maintains"
            | "warns"
            | "urges"
            | "demands"
            | "reports"
            | "argues"
            | "complains"
            | "confirms"
            | "acknowledges"
            | "promises"
            | "pledges"
            | "believes"
            | "fears"
    )
}

/// "the envoys of Maridia": a plural office of somebody named after it.
pub(super) fn is_office_of_others(ctx: &SentenceCtx, first: usize, last: usize) -> bool {
    let office = last > first
        && ctx.word(first) == "the"
        && register::office_at(&ctx.lower, last).is_some_and(|it| it.0.class == OfficeClass::Person);
    office && ctx.parsed.tokens[last].feats.plural && matches!(ctx.word(last + 1), "of" | "for" | "from")
}

/// The first token after a dateline at the head of a sentence ("ALDER, March
/// 3 (Wire) - Northland …"): places and agencies before it do nothing.
pub(super) fn after_dateline(ctx: &SentenceCtx, printed: &[super::register::Case3]) -> usize {
    const DATELINE_WORDS_MAX: usize = 14;
    let capitals = printed.first() == Some(&super::register::Case3::All) && ctx.word(0).len() > 3;
    if !capitals {
        return 0;
    }
    let end = DATELINE_WORDS_MAX.min(ctx.lower.len().saturating_sub(1));
    let spaced = |it: usize| {
        let (a, b) = (ctx.parsed.tokens[it - 1].span, ctx.parsed.tokens[it].span);
        matches!(ctx.word(it), "-" | "–" | "—" | "--") && a.end < b.start
    };
    (1..end).find(|it| spaced(*it)).map_or(0, |it| it + 1)
}

pub(super) fn is_backed(ctx: &SentenceCtx, last: usize) -> bool {
    let backs = |it: &str| {
        matches!(
            it,
            "backed"
                | "led"
                | "aligned"
                | "allied"
                | "brokered"
                | "mediated"
                | "sponsored"
                | "supported"
                | "held"
                | "controlled"
                | "occupied"
        )
    };
    matches!(ctx.word(last + 1), "-" | "–") && backs(ctx.word(last + 2))
}

pub(super) fn kind_of(office: &Office) -> ActorKind {
    match office.class {
        OfficeClass::Body => ActorKind::GovernmentBody,
        OfficeClass::Person => ActorKind::Person,
        OfficeClass::Force => ActorKind::ArmedForce,
        OfficeClass::Public => ActorKind::Public,
        OfficeClass::Group | OfficeClass::Civil | OfficeClass::Paper | OfficeClass::Media => {
            ActorKind::Organisation
        }
    }
}

pub(super) fn kind_of_mention(
    office: &Office,
    owner: Option<usize>,
    name: Option<(usize, usize)>,
) -> MentionKind {
    match (owner, name) {
        (_, Some(_)) => MentionKind::Name,
        (Some(_), None) if office.class != OfficeClass::Public => MentionKind::Office,
        _ => MentionKind::Nominal,
    }
}

/// An id for a person met in the article.
pub(super) fn person_id(name: &str) -> String {
    let last = name.rsplit([' ', '\u{a0}']).next().unwrap_or(name);
    slug(last)
}
