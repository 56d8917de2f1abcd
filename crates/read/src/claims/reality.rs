//! How real a predicate is said to be: negation, modality, and governors that
//! turn what is under them into its opposite.

use truce_syntax::{Deprel, Upos};

use super::clause::{CHAIN_MAX, Modality, Tree};

const NEGATORS: [&str; 8] = ["not", "n't", "never", "neither", "nor", "nobody", "none", "nothing"];

/// Whether the predicate itself is negated (its auxiliaries, its subject or
/// object with *no*).
pub fn is_negated(tree: &Tree, at: usize) -> bool {
    is_negated_besides(tree, at, &[])
}

/// The same, leaving out negative words that are part of the frame itself
/// ("did *nothing* to prevent").
pub fn is_negated_besides(tree: &Tree, at: usize, used: &[usize]) -> bool {
    let own = tree.children(at).iter().any(|&it| {
        let lemma = tree.lemma(it);
        let part = used.contains(&it);
        match tree.rel(it) {
            // "laid no mines": the mines are part of the frame, the *no* is not.
            "nsubj" | "nsubj:pass" | "obj" | "obl" => {
                !part && ["nobody", "none", "nothing", "neither"].contains(&lemma)
                    || tree.dependents(it, &["det"]).any(|det| {
                        // "moves not a finger": the negation is part of the frame.
                        ["no", "neither"].contains(&tree.lemma(det)) && !used.contains(&det)
                    })
                    // "held up because its papers were not in order" denies
                    // nothing of the holding up.
                    || tree
                        .dependents(it, &["advmod"])
                        .any(|adverb| tree.lemma(adverb) == "not" && !used.contains(&adverb))
                        && tree.dependents(it, &["mark", "cop", "nsubj"]).next().is_none()
            }
            _ if part => false,
            "advmod" => NEGATORS.contains(&lemma) || lemma == "hardly" || lemma == "no",
            "cc" => lemma == "nor",
            "mark" | "case" => lemma == "without",
            "det" => lemma == "no" || lemma == "neither",
            _ => false,
        }
    });
    if own {
        return true;
    }
    // "did not fire or advance": the second verb has no auxiliary of its own.
    if tree.rel(at) == "conj"
        && tree.dependent(at, "aux").is_none()
        && tree.dependent(at, "nsubj").is_none()
        && let Some(head) = tree.head(at)
    {
        let or = tree.has(at, "cc", &["or", "nor"]);
        return or && is_negated(tree, head);
    }
    false
}

/// The modality of the predicate at `at`, its governors included.
pub fn modality(tree: &Tree, at: usize) -> Modality {
    let mut here = at;
    let mut found = own_modality(tree, at);
    for _ in 0..CHAIN_MAX {
        let Some(head) = tree.head(here) else { break };
        match tree.rel(here) {
            "xcomp" | "conj" | "acl" | "advcl" | "obj" | "nmod" | "nsubj" | "obl" | "amod" | "compound"
                if tree.token(head).upos == Upos::Verb || tree.rel(here) == "conj" =>
            {
                // "will go on protecting", "will keep firing"
                let goes_on = tree.rel(here) == "advcl"
                    && ["go", "keep", "carry", "continue"].contains(&tree.lemma(head))
                    && tree.token(here).feats.gerund;
                // "could hit back by mining the harbour"
                let means = tree.rel(here) == "advcl" && tree.token(here).feats.gerund;
                let shares = goes_on
                    || means
                    || matches!(tree.rel(here), "xcomp" | "obj" | "nsubj" | "obl")
                    || (tree.rel(here) == "conj"
                        && tree.dependent(here, "nsubj").is_none()
                        && tree.dependent(here, "aux").is_none());
                if found == Modality::Asserted && shares {
                    found = own_modality(tree, head);
                }
            }
            _ => {}
        }
        if is_conditional_clause(tree, here) || is_conditional_clause(tree, head) {
            return Modality::Conditional;
        }
        if matches!(tree.rel(here), "ccomp" | "parataxis") {
            break;
        }
        here = head;
    }
    found
}

fn is_conditional_clause(tree: &Tree, at: usize) -> bool {
    // "If the truce is not renewed, …" with the condition read as the sentence.
    if tree.rel(at) == "root" && tree.has(at, "mark", &["if", "unless", "lest"]) {
        return true;
    }
    tree.rel(at) == "advcl"
        && (tree.has(at, "mark", &["if", "unless", "lest", "whether"])
            || tree.children(at).first().is_some_and(|&it| {
                tree.rel(it) == "aux" && ["should", "were", "had", "be"].contains(&tree.lemma(it)) && it < at
            }))
}

/// "Were A to walk out, …", "Should A attack, …": an auxiliary before its
/// subject at the head of a clause that something follows.
fn is_inverted(tree: &Tree, at: usize) -> bool {
    let Some(&first) = tree.children(at).first() else { return false };
    let subject = tree.dependents(at, &["nsubj"]).next();
    let auxiliary = matches!(tree.rel(first), "aux" | "cop") && first < at;
    let opens = first == 0 || matches!(tree.lemma(first - 1), "," | ";" | "\"" | "“" | "‘");
    auxiliary
        && opens
        && subject.is_some_and(|it| it > first)
        && (tree.lemma(first) == "should"
            || matches!(tree.lemma(first), "be" | "were") && tree.has(at, "mark", &["to"]))
}

/// Nouns whose infinitive is still open.
const OPEN: [&str; 26] = [
    "deadline",
    "order",
    "plan",
    "decision",
    "proposal",
    "pressure",
    "call",
    "demand",
    "request",
    "appeal",
    "attempt",
    "bid",
    "effort",
    "chance",
    "opportunity",
    "right",
    "need",
    "reason",
    "permission",
    "intention",
    "time",
    "way",
    "licence",
    "license",
    "willingness",
    "readiness",
];

fn own_modality(tree: &Tree, at: usize) -> Modality {
    if is_conditional_clause(tree, at) || is_inverted(tree, at) {
        return Modality::Conditional;
    }
    let under_if = tree.dependents(at, &["advcl"]).any(|it| is_conditional_clause(tree, it));
    for &child in tree.children(at) {
        if tree.rel(child) != "aux" {
            continue;
        }
        match tree.lemma(child) {
            "will" | "shall" | "'ll" => {
                return if under_if { Modality::Conditional } else { Modality::Future };
            }
            "would" | "'d" => return if under_if { Modality::Conditional } else { Modality::Future },
            "must" | "should" | "ought" => return Modality::Should,
            "may" | "might" | "could" => return Modality::Possible,
            _ => {}
        }
    }
    let token = tree.token(at);
    // "both were to pull back": what was agreed, not what was done.
    if tree.has(at, "mark", &["to"]) && tree.has(at, "aux", &["be"]) && !token.feats.gerund {
        return Modality::Should;
    }
    let to = tree.has(at, "mark", &["to"]) || (token.upos == Upos::Verb && tree.has(at, "case", &["to"]));
    let promised = tree.head(at).is_some_and(|it| PROMISING.contains(&tree.lemma(it)));
    if to && token.deprel == Deprel::Advcl {
        return if promised { Modality::Future } else { Modality::Purpose };
    }
    if to
        && let Some(head) = tree.head(at)
        && ["duty", "obligation", "responsibility", "bound", "obliged", "required", "duty-bound"]
            .contains(&tree.lemma(head))
    {
        return Modality::Should;
    }
    // "Despite a deadline to withdraw", "orders to shell": not yet done.
    if to
        && token.deprel == Deprel::Acl
        && let Some(head) = tree.head(at)
        && OPEN.contains(&tree.lemma(head))
    {
        return Modality::Purpose;
    }
    // "The goal is to occupy the port": meant and not done.
    if to
        && let Some(head) = tree.head(at)
        && AIMS.contains(&tree.lemma(head))
    {
        return Modality::Purpose;
    }
    // "the goal is to occupy", with the infinitive as the predicate.
    let aimed = to
        && tree.has(at, "cop", &["be"])
        && tree.dependents(at, &["nsubj"]).any(|it| AIMS.contains(&tree.lemma(it)));
    // "warned against using": not done yet.
    let warned =
        token.feats.gerund && (tree.has(at, "mark", &["against"]) || tree.has(at, "case", &["against"]));
    if aimed || warned {
        return Modality::Purpose;
    }
    // "Suspected of firing": somebody may have.
    let suspected = ["suspect", "suspected", "accuse", "charge"];
    if token.feats.gerund
        && tree.has(at, "mark", &["of", "with"])
        && let Some(head) = tree.head(at)
        && suspected.contains(&tree.lemma(head))
        && tree.token(head).feats.participle_past
        && matches!(tree.rel(head), "acl" | "amod")
    {
        return Modality::Possible;
    }
    if to
        && token.deprel == Deprel::Xcomp
        && let Some(head) = tree.head(at)
    {
        return match tree.lemma(head) {
            // "have yet to leave" is a fact.
            "have" | "be" | "remain"
                if tree.has(head, "advmod", &["yet"]) || tree.has(at, "advmod", &["yet"]) =>
            {
                Modality::Asserted
            }
            // "never meant to honour": as good as broken.
            "mean" | "intend" | "plan" | "want" | "bother" if is_negated(tree, head) => Modality::Asserted,
            "have" | "need" | "oblige" | "require" => Modality::Should,
            "go" | "be" | "plan" | "intend" | "want" | "vow" | "promise" | "agree" | "pledge" | "hope"
            | "prepare" | "threaten" | "offer" | "undertake" | "swear" | "mean" | "expect" | "set" => {
                Modality::Future
            }
            _ => Modality::Asserted,
        };
    }
    if under_if && !token.feats.past {
        return Modality::Conditional;
    }
    Modality::Asserted
}

/// Nouns for what is meant to be done.
const AIMS: [&str; 26] = [
    "goal",
    "aim",
    "purpose",
    "objective",
    "intention",
    "intent",
    "plan",
    "bid",
    "effort",
    "attempt",
    "campaign",
    "drive",
    "desire",
    "wish",
    "readiness",
    "willingness",
    "ability",
    "capacity",
    "power",
    "chance",
    "opportunity",
    "option",
    "temptation",
    "proposal",
    "threat",
    "preparation",
];

/// Verbs whose infinitive is still to come.
const PROMISING: [&str; 9] =
    ["agree", "promise", "vow", "pledge", "undertake", "swear", "plan", "intend", "threaten"];

/// Governors that turn what is under them into its opposite.
const STOPPERS: [&str; 21] = [
    "stop", "cease", "halt", "end", "quit", "refrain", "abstain", "desist", "avoid", "suspend", "forgo",
    "fail", "refuse", "decline", "neglect", "omit", "prevent", "bar", "forbid", "forget", "lift",
];

/// "Does not deny to have fired" admits; the denial is the cue's, not the act's.
const DENYING: [&str; 6] = ["deny", "dispute", "hide", "conceal", "contest", "disavow"];

/// Counts how often the governing predicates turn the one at `at` around
/// ("failed to withdraw", "stop shelling", "yet to leave", "prevented aid
/// from entering", "an end to the strikes").
pub fn flips(tree: &Tree, at: usize) -> usize {
    let mut count = 0;
    let mut here = at;
    if tree.has(at, "advmod", &["yet"]) && tree.has(at, "mark", &["to"]) {
        count += 1;
    }
    for _ in 0..CHAIN_MAX {
        let Some(head) = tree.head(here) else { break };
        let rel = tree.rel(here);
        let lemma = tree.lemma(head);
        // "the shelling must cease", "the attacks have stopped"
        if rel == "nsubj" && ["cease", "stop", "end", "subside", "abate", "halt"].contains(&lemma) {
            count += 1 + usize::from(is_negated(tree, head));
            break;
        }
        let under = matches!(rel, "xcomp" | "ccomp" | "obj" | "advcl" | "obl" | "acl" | "nmod");
        if !under && rel != "conj" {
            break;
        }
        let lowers = match rel {
            "obj" | "xcomp" => STOPPERS.contains(&lemma),
            "ccomp" => ["prevent", "stop", "avoid"].contains(&lemma),
            // "prevent X from entering", "keep X from crossing"
            "advcl" | "obl" => {
                let from = tree.has(here, "mark", &["from"]) || tree.has(here, "case", &["from"]);
                from && [
                    "prevent",
                    "stop",
                    "keep",
                    "bar",
                    "block",
                    "ban",
                    "hinder",
                    "refrain",
                    "abstain",
                    "desist",
                    "prohibit",
                    "deter",
                    "discourage",
                    "dissuade",
                    "preclude",
                    "restrain",
                ]
                .contains(&lemma)
            }
            "acl" => ["failure", "refusal", "unwillingness", "reluctance", "inability"].contains(&lemma),
            "nmod" => {
                ["end", "halt", "stop", "cessation", "suspension", "absence", "lack", "want", "failure"]
                    .contains(&lemma)
            }
            _ => false,
        };
        if lowers {
            count += 1;
            // "stopped shelling" within "did not stop shelling"
            if is_negated(tree, head) {
                count += 1;
            }
        } else if rel == "xcomp" && is_negated(tree, head) && !DENYING.contains(&lemma) {
            count += 1;
        } else if rel == "xcomp"
            && lemma == "have"
            && tree.has(head, "advmod", &["yet", "still"])
            && !tree.has(head, "obj", &[])
        {
            count += usize::from(tree.has(head, "advmod", &["yet"]));
        } else if rel == "xcomp" && ["be", "remain"].contains(&lemma) && tree.has(head, "advmod", &["yet"]) {
            count += 1;
        }
        if matches!(rel, "ccomp") {
            break;
        }
        here = head;
    }
    count
}
