//! Small pieces that several sections print.

use maud::{Markup, html};

use crate::day::{self, Day};
use crate::say::Outside;
use crate::strings as s;
use crate::view::View;

/// `11 May 2031`, with the machine's form beside it.
pub(super) fn date(it: Day) -> Markup {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, date) = day::to_civil(it);
    html! { time datetime=(day::iso(it)) { (date) " " (MONTHS[(month - 1) as usize]) " " (year) } }
}

/// The steps of an incident's standing, with the present one marked in words
/// and in form.
pub(super) fn standing(standing: &str) -> Markup {
    const LADDER: [&str; 6] =
        ["reported", "attributed", "contested", "acknowledged", "corroborated", "verified"];
    html! {
        span.ladder title=(s::standing(standing)) {
            @if let Some(at) = LADDER.iter().position(|it| *it == standing) {
                span.steps aria-hidden="true" {
                    @for n in 0..LADDER.len() {
                        @if n == at { i.here {} } @else if n < at { i.past {} } @else { i {} }
                    }
                }
            }
            span.word { (Outside(standing)) }
        }
    }
}

/// A finding as a small plate; its form says how much is known.
pub(super) fn finding(word: &str, read: usize) -> Markup {
    let class = match word {
        "no information" | "no breach alleged" => "f-none",
        "alleged" => "f-alleged",
        "contested" => "f-contested",
        "act acknowledged, legality contested" => "f-admitted",
        "found by a mandated body" => "f-found",
        _ => "f-void",
    };
    html! { span class={ "finding " (class) } { (Outside(&s::finding(word, read))) } }
}

/// A link to an obligation by its id in the agreement.
pub(super) fn provision(view: &View, id: &str) -> Markup {
    let at = view.agreement.and_then(|it| it.provisions.iter().position(|it| it.id.as_str() == id));
    html! {
        @match at {
            Some(n) => a.prov href={ "#p" (n + 1) } { (Outside(id)) },
            None => span.prov { (Outside(id)) },
        }
    }
}

/// The number an incident is shown under.
pub(super) fn incident(view: &View, id: &str) -> Markup {
    html! {
        @if let Some((n, it)) = view.incident(id) {
            @let name = html! {
                (s::kind(it.kind.as_deref())) ", "
                (Outside(view.who(it.accused.as_deref(), s::NOBODY_ACCUSED)))
            };
            @if view.shows_incident(n) { a.ref href={ "#i" (n + 1) } { (name) } } @else { (name) }
        }
    }
}

/// A word that may stand in a class or attribute: letters, digits, hyphens.
pub(super) fn slug(word: &str) -> String {
    word.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(24).collect()
}
