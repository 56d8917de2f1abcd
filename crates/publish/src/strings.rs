//! Every word the interface says, in one place, so that it can be translated.
//!
//! Words of reports, packs and the record are not here. Nothing here asserts
//! anything about the world.

pub(crate) const PROGRAM: &str = "Trucewatch";
pub(crate) const TITLE: &str = "Compliance brief";
pub(crate) const MONITORS: &str = "Trucewatch monitors reports; it does not verify events.";
pub(crate) const NOTHING_DECIDED: &str =
    "It never decides who is right. What the reports do not say is shown as unknown.";
pub(crate) const SKIP: &str = "Skip to the key points";
pub(crate) const CONTENTS: &str = "Contents";
pub(crate) const NO_PACK: &str = "no agreement given";

pub(crate) const OUTLET_VOICE: &str = "the outlet itself";
pub(crate) const OUTLET_UNKNOWN: &str = "outlet not stated";
pub(crate) const NOBODY_ACCUSED: &str = "nobody named";
pub(crate) const SPEAKER_UNKNOWN: &str = "speaker not resolved";
pub(crate) const KIND_NONE: &str = "conduct not named";
pub(crate) const DATE_UNKNOWN: &str = "date not stated";
pub(crate) const PLACE_UNKNOWN: &str = "place not stated";
pub(crate) const UNKNOWN: &str = "unknown";
pub(crate) const UNDATED: &str = "undated";
pub(crate) const NONE: &str = "none";

/// Section titles with their ids.
pub(crate) const KEY: (&str, &str) = ("key", "Key points");
pub(crate) const OBLIGATIONS: (&str, &str) = ("obligations", "Obligations");
pub(crate) const INCIDENTS: (&str, &str) = ("incidents", "Incidents");
pub(crate) const POSITIONS: (&str, &str) = ("positions", "Demands and pledges");
pub(crate) const MATRIX: (&str, &str) = ("matrix", "Who says what");
pub(crate) const TIMELINE: (&str, &str) = ("timeline", "Timeline");
pub(crate) const PLACES: (&str, &str) = ("places", "Roads and places");
pub(crate) const LINEAGES: (&str, &str) = ("lineages", "Shared text");
pub(crate) const CONFLICTS: (&str, &str) = ("conflicts", "Conflicts");
pub(crate) const COVERAGE: (&str, &str) = ("coverage", "Coverage");
pub(crate) const SOURCES: (&str, &str) = ("sources", "Sources");
pub(crate) const LIMITS: (&str, &str) = ("limits", "Limits");

pub(crate) const OBLIGATIONS_LEAD: &str = "Every obligation of the agreement, in the order of its text, with what the reports allow to be said. An obligation nobody reports on says so; silence is not compliance.";
pub(crate) const INCIDENTS_LEAD: &str = "Claims about the same conduct, joined across reports, in order of the day they concern. Charges and reports stand on the left, answers of the side concerned on the right.";
pub(crate) const POSITIONS_LEAD: &str = "Claims that neither charge an incident nor answer one: what is demanded, promised, regretted or credited.";
pub(crate) const MATRIX_LEAD: &str = "Claims by who makes them and what conduct they concern. A number leads to the words. An empty cell means that nothing was found in the articles read.";
pub(crate) const TIMELINE_LEAD: &str = "Three clocks, kept apart: when the conduct is said to have happened, when it can have been stated, and when it was reported. An outline is a span within which the moment lies; an arrow is an end that nobody states.";
pub(crate) const PLACES_LEAD: &str = "What is claimed about passage, day by day. A blank day is unknown: nothing is taken to be open because nobody said that it was closed.";
pub(crate) const LINEAGES_LEAD: &str = "Text that descends from one origin is one witness, however many outlets print it. Passages are compared word by word.";
pub(crate) const CONFLICTS_LEAD: &str =
    "Where reports or sides contradict each other about date, place or number. Both versions are kept.";
pub(crate) const COVERAGE_LEAD: &str =
    "Which outlets were read on which days. A day without a report is not a day without an incident.";
pub(crate) const SOURCES_LEAD: &str = "The reports as received. Marked words are what this page rests on; a small number after them leads back to where they are used. Grey text was recognised as no part of the report and was not read.";

pub(crate) const CHARGES: &str = "Charges and reports";
pub(crate) const ANSWERS: &str = "Answers";
pub(crate) const INDEPENDENCE: &str = "Independence";
pub(crate) const WHY_JOINED: &str = "Why these claims are one incident";
pub(crate) const IN_UNDATED: &str = "in undated reports";
pub(crate) const FURTHER_INCIDENTS: &str =
    " further incidents, on which less is said, are in the record and in its exports.";
pub(crate) const FURTHER_CLAIMS: &str = " further claims are in the record and in its exports.";
pub(crate) const NOT_SHOWN: &str = "nothing on this page rests on it; its text is in the record";
pub(crate) const ONLY_REPORTED: &str = "Reported, charged by nobody";
pub(crate) const WHY_ANSWERS: &str = "Why these are answers";
pub(crate) const CONDUCT_OF: &str = "Conduct of";
pub(crate) const WHEN: &str = "When";
pub(crate) const WHERE: &str = "Where";
pub(crate) const BEARS_ON: &str = "Bears on";
pub(crate) const CREDIBILITY: &str = "Reliability and credibility";
pub(crate) const NOT_JUDGED: &str = "cannot be judged (set by people; default)";
pub(crate) const CLAIMED: &str = "As claimed (never summed)";
pub(crate) const LABELLED: &str = "Words used for the act";
pub(crate) const SCOPE_DENIED: &str = "What exactly is denied";
pub(crate) const NO_CHARGE: &str = "These reports blame nobody for a breach, so no answer is looked for.";
pub(crate) const ACCUSED_OPEN: &str = "Nobody is named as responsible, so nobody can be asked for an answer.";
pub(crate) const EVIDENCE_GONE: &str =
    "A claim is not shown: its words are no longer where the record says. Run `trucewatch verify`.";
pub(crate) const ARITHMETIC: &str = "Arithmetic";
pub(crate) const AS_TABLE: &str = "The same as a table";
pub(crate) const NO_INCIDENTS: &str = "No conduct under the agreement was reported.";
pub(crate) const NO_POSITIONS: &str = "None were found.";
pub(crate) const NO_CONFLICTS: &str = "None were found among the claims that were joined.";
pub(crate) const NO_REUSE: &str = "No passage is shared by two articles.";
pub(crate) const NO_PLACES: &str = "No claim about passage at a place of the agreement was found.";
pub(crate) const NO_DATES: &str = "Nothing that was found has a date.";
pub(crate) const NO_PROBLEMS: &str = "None.";
pub(crate) const NO_PROVISIONS: &str = "No agreement was given, so no obligations are listed.";
pub(crate) const OBLIGATION: &str = "Obligation";
pub(crate) const IMPLIED: &str = "implied, not named in the text";
pub(crate) const MAY_NOTE: &str = "a clause with ‘may’ cannot be violated";

pub(crate) const EVENT_CLOCK: &str = "conduct";
pub(crate) const STATEMENT_CLOCK: &str = "stated within";
pub(crate) const REPORT_CLOCK: &str = "reported";
pub(crate) const UNDATED_CLAIMS: &str = "Without a date";

pub(crate) const STATE_CLOSED: &str = "alleged closed or restricted";
pub(crate) const STATE_OPEN: &str = "said to be open";
pub(crate) const STATE_DISPUTED: &str = "disputed";
pub(crate) const STATE_UNKNOWN: &str = "unknown: nobody says";
pub(crate) const DAY: &str = "Day";
pub(crate) const STATE: &str = "What is claimed";

pub(crate) const OUTLET: &str = "Outlet";
pub(crate) const ARTICLE: &str = "Article";
pub(crate) const PUBLISHED: &str = "Published";
pub(crate) const BASIS: &str = "Basis";
pub(crate) const REASON: &str = "How it is known";
pub(crate) const LANGUAGE: &str = "Language";
pub(crate) const PROBLEMS: &str = "Problems";
pub(crate) const PUBLICATION_DATES: &str = "Publication dates";
pub(crate) const OUTLETS_BY_DAY: &str = "Reports per outlet and day";
pub(crate) const NOT_READ: &str = "stored and traced, not read";
pub(crate) const AGENCY: &str = "Agency";
pub(crate) const AGENCY_NONE: &str = "not stated";
pub(crate) const IN_QUOTES: &str = "changed inside quotation marks";
pub(crate) const NOT_EVIDENCE: &str = "not read";
pub(crate) const BACK: &str = "used in";
pub(crate) const TEXT_CREDIT: &str = "text credit";
pub(crate) const PICTURE_CREDIT: &str = "picture credit (says nothing about the text)";
pub(crate) const MADE_BY: &str = "Made by";
pub(crate) const MODELS: &str = "Models";
pub(crate) const AGREEMENT_HASH: &str = "Agreement pack, SHA-256";
pub(crate) const LEDGER_HEAD: &str = "Ledger head, SHA-256";
pub(crate) const LEDGER_DIGEST: &str = "Ledger digest";
pub(crate) const LEDGER_WHAT: &str = "What was written";
pub(crate) const LEDGER_N: &str = "Entries";
pub(crate) const LEDGER_FIRST: &str = "First hash";
pub(crate) const LEDGER_LAST: &str = "Last hash";
pub(crate) const PARTY: &str = "Who speaks";
pub(crate) const REGISTER: &str = "All claims, by who makes them";
pub(crate) const LEGEND: &str = "Legend";
pub(crate) const MARK_CHARGE: &str = "charge";
pub(crate) const MARK_ANSWER: &str = "answer";
pub(crate) const MARK_OTHER: &str = "other claim or passage";

pub(crate) const SITREP: &str = "Situation report";
pub(crate) const SITREP_BESIDE: &str = "Beside the previous period";
pub(crate) const BESIDE_LEAD: &str = "How much was said, then and now. More claims mean more reports, not more incidents; fewer mean less coverage as often as less fire.";
pub(crate) const MEASURE: &str = "What is counted";
pub(crate) const REPORTS_READ: &str = "reports read";
pub(crate) const OUTLETS_READ: &str = "outlets";
pub(crate) const INCIDENTS_CHARGED: &str = "incidents charged to somebody";
pub(crate) const INCIDENTS_ANSWERED: &str = "of these, answered";
pub(crate) const CLAIMS_OF: &str = "claims of";
pub(crate) const OVERLAP: &str = "Both records hold some of the same reports, so the periods overlap and the numbers cannot be compared as they stand.";
pub(crate) const SITREP_OBLIGATIONS: &str = "Obligations: what changed";
pub(crate) const SITREP_INCIDENTS: &str = "Incidents with charges and answers";
pub(crate) const SITREP_ACCESS: &str = "Access";
pub(crate) const SITREP_TRACKS: &str = "Mediation, monitors and courts";
pub(crate) const SITREP_CASUALTIES: &str = "Casualties as claimed";
pub(crate) const SITREP_COVERAGE: &str = "Coverage and limits";
pub(crate) const SITREP_METHOD: &str = "Method";
pub(crate) const SITREP_SOURCES: &str = "Sources";
pub(crate) const SOURCE_WORDS: &str = "Source words";
pub(crate) const SOURCE_WORDS_TITLE: &str = "Source words, by article and characters";
pub(crate) const THIS_PERIOD: &str = "This period";
pub(crate) const PREVIOUS_PERIOD: &str = "Previous period";
pub(crate) const NO_PREVIOUS: &str = "no previous record given";
pub(crate) const CHANGED: &str = " (changed)";
pub(crate) const NEW_SINCE: &str = "new";
pub(crate) const UNCHANGED_SINCE: &str = "standing unchanged";
pub(crate) const BEFORE: &str = "before:";
pub(crate) const ANSWER_LEAD: &str = "Answer: ";
pub(crate) const CONFLICT_LEAD: &str = "Conflict between sources: ";
pub(crate) const NOTHING_IN: &str = "Nothing was found in";
pub(crate) const NEVER_SUMMED: &str = "Each number is what one source claims. Numbers are not added up.";
pub(crate) const METHOD_NOTE: &str = "Statements, claims and their dates and places were read by rules and a small language model; claims about the same conduct were joined; text shared between outlets counts once. Numbers in brackets are article and characters of the source words.";

/// Pages of the site, besides the sections of the brief.
pub(crate) const SITE_HOME: &str = "Overview";
pub(crate) const SITE_CLAIMS: &str = "Claims";
pub(crate) const SITE_DATES: &str = "Timeline and places";
pub(crate) const SITE_REPORTS: &str = "Reports";
pub(crate) const SITE_DATA: &str = "Data";
pub(crate) const SITE_DATA_LEAD: &str = "The whole record as files for other programs. The record itself is the original; the others are made from it.";
pub(crate) const SITE_RECORD: &str = "The record, every field with its words";
pub(crate) const SITE_PREVIOUS: &str = "earlier";
pub(crate) const SITE_NEXT: &str = "later";
pub(crate) const FILE: &str = "File";
pub(crate) const BYTES: &str = "Bytes";
pub(crate) const STANDING: &str = "Standing";
pub(crate) const CONDUCT: &str = "Conduct";

pub(crate) const NO_FONT: &str = "Some source words are in letters that this document has no font for; they are printed as \u{FFFD} here and stand whole in the record.";
pub(crate) const MCP_HOW: &str = "When you use an answer, quote its words and name outlet, date and article; do not say that something happened because it was claimed, and do not add up numbers that different sources claim.";

pub(crate) const TERM_BEGINS: &str = "Term begins";
pub(crate) const TERM_ENDS: &str = "Term ends";
pub(crate) const OBLIGED: &str = "obliged";

/// What the method cannot do, for the limits box.
pub(crate) const LIMITS_LIST: &[&str] = &[
    "Only the reports listed here were read. What they leave out is not in this brief.",
    "A machine read the reports. It misses claims and misreads some; every line leads to the words so that it can be challenged.",
    "The standing of an incident says how it is reported, never whether it happened. ‘Verified’ needs a cited monitor or court.",
    "Independence is judged by shared text. Two outlets that took the same account by telephone cannot be told apart from two witnesses, which is why a least and a most are given.",
    "Numbers of casualties are shown as each source claims them and are never added up.",
    "Reports in languages that are not read are counted and traced for shared text only.",
    "Reliability and credibility (Admiralty code) are set by people; F6 means that nobody has judged them.",
];

/// The reader's word for a kind of conduct.
pub(crate) fn kind(kind: Option<&str>) -> String {
    let Some(kind) = kind else { return KIND_NONE.to_owned() };
    match kind {
        "armed_attack" => "Armed attack",
        "shelling_or_strike" => "Shelling or strike",
        "mine_or_ied" => "Mines or planted bombs",
        "arms_or_troop_movement" => "Arms or troop movement",
        "non_withdrawal" => "Failure to withdraw",
        "new_position" => "New position",
        "movement_obstruction" => "Movement obstructed",
        "humanitarian_obstruction" => "Humanitarian access obstructed",
        "harm_to_civilians" => "Harm to civilians",
        "detention_or_non_release" => "Detention or non-release",
        "monitor_obstruction" => "Monitors obstructed",
        "guarantor_inaction" => "Inaction of a guarantor",
        "airspace_or_surveillance" => "Airspace or surveillance",
        "refusal_of_talks" => "Refusal of talks",
        "hostile_propaganda" => "Threats or hostile propaganda",
        "recruitment" => "Recruitment",
        "sexual_violence" => "Sexual violence",
        "unilateral_step" => "Unilateral step",
        "non_fulfilment" => "Obligations not fulfilled",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// What a stance is called between claimant and accused.
pub(crate) fn stance(stance: &str) -> &str {
    match stance {
        "concern" => "voices concern",
        other => other,
    }
}

/// What joins a stance to the actor whose conduct it is about.
pub(crate) fn towards(stance: &str) -> &'static str {
    match stance {
        "alleges" => " against ",
        "demands" => " of ",
        "credits" | "condemns" => " ",
        "denies" | "justifies" | "pledges" => " for ",
        _ => " about ",
    }
}

/// Heading over the claims of one stance.
pub(crate) fn stance_title(stance: &str) -> &str {
    match stance {
        "demands" => "Demanded",
        "pledges" => "Pledged",
        "concern" => "Voiced as a concern",
        "credits" => "Credited as kept",
        "condemns" => "Condemned",
        other => other,
    }
}

/// How far an answer goes.
pub(crate) fn scope(scope: &str) -> &'static str {
    match scope {
        "full" => "answers the charge in full",
        "partial" => "answers part of the charge",
        _ => "speaks of something else",
    }
}

/// What a standing means, in one clause.
pub(crate) fn standing(standing: &str) -> &'static str {
    match standing {
        "reported" => "reported; nobody named is charged by anybody named",
        "attributed" => "charged by a named source; no answer, no second origin",
        "contested" => "charged, and answered by a rejection",
        "acknowledged" => "the side concerned says that the act took place",
        "corroborated" => "at least two lineages and two claimants",
        "verified" => "found by a mandated body, which is cited",
        "withdrawn" => "taken back by its source",
        "superseded" => "replaced by a later report",
        _ => "",
    }
}

/// How two passages of one origin differ.
pub(crate) fn reuse(kind: &str) -> &'static str {
    match kind {
        "verbatim" => "word for word",
        "edited" => "edited",
        "quote_variant" => "quotation altered",
        "framing_swap" => "clause swapped",
        "paraphrase" => "paraphrase",
        _ => "shared",
    }
}

/// An EDTF value in words; what is not an interval stays as it is.
pub(crate) fn when(edtf: &str) -> String {
    let Some((first, last)) = edtf.split_once('/') else { return edtf.to_owned() };
    match (first, last) {
        ("" | "..", "" | "..") => DATE_UNKNOWN.to_owned(),
        (first, "" | "..") => format!("from {first}, end not stated"),
        ("" | "..", last) => format!("until {last}, start not stated"),
        (first, last) => format!("{first} to {last}"),
    }
}

/// `1 article`, `3 articles`.
pub(crate) fn n(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

pub(crate) fn articles(count: usize) -> String {
    n(count, "article", "articles")
}

pub(crate) fn no_reply(read: usize) -> String {
    format!("No reply carried in {} read.", articles(read))
}

pub(crate) fn finding(word: &str, read: usize) -> String {
    match word {
        "no information" => format!("no information in {}", articles(read)),
        "no breach alleged" => format!("no breach alleged in {}", articles(read)),
        other => other.to_owned(),
    }
}

/// What became of the incidents of two periods.
pub(crate) fn moved(fresh: usize, turned: usize, gone: usize) -> String {
    format!(
        "{} not in the previous record, {} standing otherwise than there; {} of the previous record not reported in this one, which does not mean that anything was settled.",
        n(fresh, "incident", "incidents"),
        n(turned, "incident", "incidents"),
        n(gone, "incident", "incidents"),
    )
}

/// Explains the count of independent origins in one sentence.
pub(crate) fn independence(
    articles_n: usize,
    mentions: usize,
    lineages: usize,
    low: usize,
    high: usize,
) -> String {
    let counted = format!(
        "{}, {}, {}",
        articles(articles_n),
        n(mentions, "mention", "mentions"),
        n(lineages, "lineage", "lineages")
    );
    let bounds = if low == high {
        format!("exactly {} as far as the texts show", n(low, "origin", "origins"))
    } else {
        format!("at least {low}, at most {}", n(high, "origin", "origins"))
    };
    format!("{counted}: {bounds}.")
}

/// Why the bounds are what they are.
pub(crate) fn independence_because(articles_n: usize, lineages: usize, low: usize, high: usize) -> String {
    let shared = if articles_n == 1 {
        "Only one article carries it."
    } else if lineages == 0 {
        "No charging words are shared, so each article may be an origin of its own."
    } else if lineages < articles_n {
        "Articles that print the same passage descend from one text and count once."
    } else {
        "No two of these articles share the charging passage."
    };
    let doubt = if low < high {
        " Sources that may rest on one another without shared words make the difference between least and most."
    } else {
        ""
    };
    format!("{shared}{doubt}")
}

/// The words for a segment in the margin.
pub(crate) fn segment(kind: &str, read: bool) -> String {
    if read { kind.to_owned() } else { format!("{kind} · {NOT_EVIDENCE}") }
}
