//! Expressions of time to intervals, and publication dates from them.
//!
//! No clock: what cannot be counted from the article stays unknown. The crate
//! does not know what a claim is; [`attach`] works on plain positions.
//!
//! ## How claims are dated
//!
//! On the gold sets the date of a claim is, in this order,
//! 1. the mention that belongs to its predicate ([`attach`]);
//! 2. the date of the conduct told before, where the claim goes on about it
//!    (a denial, a reason, "it said");
//! 3. nothing, for demands, concern and general charges;
//! 4. the day of publication only where the words say so (`today`, `this
//!    morning`, `at dawn`).
//!
//! An open `since` interval is closed by the day of publication where counts
//! are given ("43 times since March 6").

mod attach;
pub mod calendar;
mod cues;
mod expr;
mod join;
mod lengths;
mod lex;
mod patterns;
mod resolve;
mod value;

pub use attach::{Attachment, attach};
pub use calendar::{Date, Weekday};
pub use lengths::{Stretch, closed_by, stretch_up_to};
pub use resolve::Window;

use truce_model::{Edtf, Published, Span, TimeMention};

use crate::cues::{Direction, direction};
use crate::patterns::{FAMILIES, Found, Tokens};
use crate::resolve::{Around, Resolved, resolve};
use crate::value::{Point, Value};

/// What relative expressions are counted from.
#[derive(Clone, Debug, Default)]
pub struct TimeContext {
    /// Publication date of the article, if known: EDTF.
    pub published: Option<Edtf>,
}

impl TimeContext {
    /// The context an article's publication date gives.
    pub fn from_published(published: &Published) -> TimeContext {
        TimeContext { published: published.value.clone() }
    }
}

/// An expression as TIMEX3 marks it: without prepositions, ends of an
/// interval apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// `DATE`, `TIME`, `DURATION`, `SET`.
    pub kind: &'static str,
    /// The `value` attribute; empty where it cannot be known.
    pub value: String,
}

/// Finds all expressions of time in `text[within]`; spans point into `text`.
///
/// `the next day` and the like are counted from the mention before, so give
/// the whole body at once where there is one.
pub fn find(text: &str, within: Span, ctx: &TimeContext) -> Vec<TimeMention> {
    let Some(words) = within.of(text) else { return Vec::new() };
    let tokens = lex::tokens(words, within.start as usize);
    let it = Tokens(&tokens);
    let cores = read(it, ctx);
    join::mentions(text, it, &cores, ctx.published.as_ref().and_then(Window::of))
}

/// Finds the same expressions as TIMEX3 marks them, for comparison with
/// corpora of the field.
pub fn timex(text: &str, within: Span, ctx: &TimeContext) -> Vec<Timex> {
    let Some(words) = within.of(text) else { return Vec::new() };
    let tokens = lex::tokens(words, within.start as usize);
    let it = Tokens(&tokens);
    read(it, ctx)
        .into_iter()
        // "since then" is no expression of TIMEX3.
        .filter(|core| core.expr != expr::Expr::Then)
        .map(|core| {
            let value = core.resolved.timex.as_ref().unwrap_or(&core.resolved.value);
            let kind = match value {
                Value::Point(Point::Minute { .. } | Point::Part(..)) => "TIME",
                Value::Duration(_) => "DURATION",
                Value::Set(_) => "SET",
                _ => "DATE",
            };
            let (start, end) = patterns::core(it, core.start, core.end);
            Timex { span: it.0[start].span.cover(it.0[end - 1].span), kind, value: value.timex() }
        })
        .collect()
}

/// One expression, resolved.
#[derive(Clone, Debug)]
struct Core {
    start: usize,
    end: usize,
    rule: &'static str,
    resolved: Resolved,
    direction: Direction,
    /// Whether the next core is the other end of one interval with it.
    joined: bool,
    /// How it was meant, for what joins it to its neighbours.
    expr: expr::Expr,
}

/// Reads and resolves everything, left to right.
fn read(it: Tokens<'_>, ctx: &TimeContext) -> Vec<Core> {
    let published = ctx.published.as_ref().and_then(Window::of);
    let mut out: Vec<Core> = Vec::new();
    let mut previous: Option<Point> = None;
    let mut previous_end = 0;
    let mut at = 0;
    while at < it.0.len() {
        let Some(found) = longest(it, at) else {
            at += 1;
            continue;
        };
        let count = found.hits.len();
        for (n, hit) in found.hits.into_iter().enumerate() {
            let direction = direction(it, hit.start, hit.end);
            let previous_near = previous.is_some() && !sentence_ends(it, previous_end, hit.start);
            let around = Around { published, previous, previous_near, direction };
            let resolved = resolve(&hit.expr, around);
            match &resolved.value {
                // "a year earlier" compares; the story stays where it was.
                _ if matches!(hit.expr, expr::Expr::Ago { unit: lex::Unit::Year, .. }) => {}
                Value::Point(Point::Minute { date, .. }) => previous = Some(Point::Day(*date)),
                Value::Point(Point::Part(date, _)) => previous = Some(Point::Day(*date)),
                Value::Point(point) => previous = Some(*point),
                // A day that is not known is not the day before it either.
                Value::Unknown => previous = None,
                _ => {}
            }
            previous_end = hit.end;
            out.push(Core {
                start: hit.start,
                end: hit.end,
                rule: hit.rule,
                resolved,
                direction,
                joined: found.joined && n + 1 < count,
                expr: hit.expr,
            });
        }
        at = found.end.max(at + 1);
    }
    out
}

fn longest(it: Tokens<'_>, at: usize) -> Option<Found> {
    if matches!(it.word(at), lex::Word::Other) {
        return None;
    }
    let mut best: Option<Found> = None;
    for family in FAMILIES {
        if let Some(found) = family(it, at)
            && best.as_ref().is_none_or(|best| found.end > best.end)
        {
            best = Some(found);
        }
    }
    best
}

/// Whether a sentence ends between the two tokens.
fn sentence_ends(it: Tokens<'_>, from: usize, to: usize) -> bool {
    (from..to.min(it.0.len()))
        .any(|at| it.mark(at, '.') && it.0.get(at + 1).is_some_and(|next| next.spaced && next.capital))
}
