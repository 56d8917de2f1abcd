//! Ends of intervals: `since X`, `from X to Y`, `between X and Y`, `until X`,
//! `by X`, and lengths that name a stretch (`in 24 hours`).

use truce_model::{Edtf, Span, TimeMention};

use crate::Core;
use crate::cues::Direction;
use crate::expr::{Count, Expr};
use crate::lex::{Unit, Word};
use crate::patterns::Tokens;
use crate::resolve::{Resolved, Window, stretch};
use crate::value::{Point, Value};

/// Mentions for the record, ends joined.
pub fn mentions(text: &str, it: Tokens<'_>, cores: &[Core], published: Option<Window>) -> Vec<TimeMention> {
    let mut out = Vec::with_capacity(cores.len());
    let mut n = 0;
    while n < cores.len() {
        let core = &cores[n];
        let before = core.start.checked_sub(1);
        let word = |keys: &[&str]| before.is_some_and(|at| it.key(at, keys));
        if let Some(next) = cores.get(n + 1)
            && (core.joined || linked(it, core, next))
        {
            let opened = word(&["from", "between"]);
            let start = if opened { core.start - 1 } else { core.start };
            out.push(interval(text, it, start, core, next));
            n += 2;
            continue;
        }
        n += 1;
        let since = since_clause(it, core.start);
        let mention = if let Some(start) = since.filter(|_| matches!(core.resolved.value, Value::Point(_))) {
            let mut mention = open(text, it, core, true, "since");
            mention.span = it.0[start].span.cover(mention.span);
            mention
        } else if let Some(resolved) = since_length(core, word(&["since"]), published) {
            made(text, it, core.start - 1, core.end, "since", &resolved)
        } else if word(&["since"]) {
            open(text, it, core, true, "since")
        } else if word(&["until", "till"]) {
            open(text, it, core, false, "until")
        } else if word(&["by"]) && core.direction == Direction::Past {
            open(text, it, core, false, "by")
        } else if let Some(resolved) = counted_stretch(core, word(&["in", "within"]), published) {
            made(text, it, core.start, core.end, core.rule, &resolved)
        } else {
            made(text, it, core.start, core.end, core.rule, &core.resolved)
        };
        out.push(mention);
    }
    out
}

/// How many words a clause between `since` and its date may have.
const SINCE_WORDS_MAX: usize = 7;

/// `since it took hold on March 6`: where the `since` is.
fn since_clause(it: Tokens<'_>, start: usize) -> Option<usize> {
    if !start.checked_sub(1).is_some_and(|at| it.key(at, &["on", "in"])) {
        return None;
    }
    for at in (start.saturating_sub(SINCE_WORDS_MAX + 2)..start - 1).rev() {
        if matches!(it.word(at), Word::Mark(_)) {
            return None;
        }
        if it.key(at, &["since"]) {
            return Some(at);
        }
    }
    None
}

/// `since nine days`, as some outlets print it: a stretch up to publication.
fn since_length(core: &Core, since: bool, published: Option<Window>) -> Option<Resolved> {
    let Expr::Lasting(Count::Of(count, half), unit) = core.expr else { return None };
    let window = published.filter(|it| since && it.first == it.last)?;
    Some(Resolved {
        value: stretch(count, half, unit, -1, window.last)?,
        timex: None,
        anchor: "published",
        arithmetic: format!("{count} {} up to {}", unit.name(), window.last),
    })
}

/// Whether two expressions are the ends of one interval.
fn linked(it: Tokens<'_>, first: &Core, second: &Core) -> bool {
    if second.start != first.end + 1 {
        return false;
    }
    let point = |core: &Core| matches!(core.resolved.value, Value::Point(_) | Value::Unknown) && !core.joined;
    if !point(first) || !point(second) {
        return false;
    }
    let before = first.start.checked_sub(1);
    let opened = |key: &str| before.is_some_and(|at| it.key(at, &[key]));
    let link = first.end;
    opened("from") && (it.key(link, &["to", "until", "till", "through"]) || it.mark(link, '-'))
        || opened("between") && it.key(link, &["and"])
        || it.mark(link, '-') && first.resolved.value.grain() == second.resolved.value.grain()
        || it.key(link, &["to", "until", "through"])
            && first.resolved.value.grain() == second.resolved.value.grain()
}

/// An interval with both ends.
fn interval(text: &str, it: Tokens<'_>, start: usize, first: &Core, second: &Core) -> TimeMention {
    let ends = match (&first.resolved.value, &second.resolved.value) {
        (Value::Point(first), Value::Point(second)) => Some((*first, *second)),
        _ => None,
    };
    let ordered = ends.filter(|(first, second)| match (first.days(), second.days()) {
        (Some(first), Some(second)) => first.0 <= second.1,
        _ => false,
    });
    let (value, anchor, arithmetic) = match ordered {
        Some((from, to)) => (
            Value::Interval(Some(from), Some(to)),
            second.resolved.anchor,
            second.resolved.arithmetic.clone(),
        ),
        None => (Value::Unknown, "none", "an end is unknown, or the ends run backwards".to_owned()),
    };
    made(text, it, start, second.end, "interval", &Resolved { value, timex: None, anchor, arithmetic })
}

/// An interval with one end.
fn open(text: &str, it: Tokens<'_>, core: &Core, since: bool, rule: &'static str) -> TimeMention {
    let mut resolved = core.resolved.clone();
    if let Value::Point(point) = resolved.value {
        resolved.value =
            if since { Value::Interval(Some(point), None) } else { Value::Interval(None, Some(point)) };
    } else if let (true, Value::Interval(first, _)) = (since, &resolved.value) {
        resolved.value = Value::Interval(*first, None);
    }
    made(text, it, core.start - 1, core.end, rule, &resolved)
}

/// `four times in 24 hours`, told of the past: the stretch up to publication.
fn counted_stretch(core: &Core, within: bool, published: Option<Window>) -> Option<Resolved> {
    let Expr::Lasting(Count::Of(count, false), unit @ (Unit::Hour | Unit::Day)) = core.expr else {
        return None;
    };
    let window = published.filter(|it| it.first == it.last)?;
    if !within || core.direction != Direction::Past {
        return None;
    }
    Some(Resolved {
        value: stretch(count, false, unit, -1, window.last)?,
        timex: None,
        anchor: "published",
        arithmetic: format!("{count} {} up to {}", unit.name(), window.last),
    })
}

/// A mention with its rule in words.
fn made(
    text: &str,
    it: Tokens<'_>,
    start: usize,
    end: usize,
    rule: &str,
    resolved: &Resolved,
) -> TimeMention {
    let span: Span = it.0[start].span.cover(it.0[end - 1].span);
    let words = span.of(text).unwrap_or("");
    let part = match resolved.value {
        Value::Point(Point::Part(_, part)) => format!(" ({})", part.name()),
        _ => String::new(),
    };
    let mut why = format!("{rule}: {}{part}", words.split_whitespace().collect::<Vec<_>>().join(" "));
    if !resolved.arithmetic.is_empty() {
        why.push_str(" ← ");
        why.push_str(&resolved.arithmetic);
    }
    TimeMention {
        span,
        value: resolved.value.edtf().and_then(Edtf::new),
        grain: resolved.value.grain(),
        anchor: resolved.anchor,
        rule: why,
    }
}
