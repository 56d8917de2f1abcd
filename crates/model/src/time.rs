//! Dates as the field writes them: EDTF, with honest uncertainty.

/// A date or interval in Extended Date/Time Format (ISO 8601-2), level 1, or
/// an ISO 8601 duration.
///
/// Invariant: non-empty; built by the `time` crate or checked by the pack or
/// record reader.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf(Box<str>);

impl Edtf {
    /// Wraps an EDTF string. Shape is the caller's promise; emptiness is not
    /// accepted.
    pub fn new(value: impl Into<Box<str>>) -> Option<Edtf> {
        let value = value.into();
        (!value.trim().is_empty()).then_some(Edtf(value))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first and last day meant, as `YYYY-MM-DD`; `None` for open or
    /// unreadable ends and for durations. Times of day are cut off.
    pub fn days(&self) -> (Option<String>, Option<String>) {
        let mut ends = self.0.splitn(2, '/');
        let first = ends.next().unwrap_or("");
        let last = ends.next().unwrap_or(first);
        (day_edge(first, false), day_edge(last, true))
    }

    /// Whether the two may denote a common day. Open ends reach for ever.
    pub fn meets(&self, other: &Edtf) -> bool {
        let (a, b) = (self.days(), other.days());
        let before = |end: &Option<String>, start: &Option<String>| match (end, start) {
            (Some(end), Some(start)) => end < start,
            _ => false,
        };
        !before(&a.1, &b.0) && !before(&b.1, &a.0)
    }
}

/// The first or last day of one end of an interval.
fn day_edge(part: &str, last: bool) -> Option<String> {
    let part: String = part.split('T').next()?.chars().filter(|it| !"~?%".contains(*it)).collect();
    let fields: Vec<&str> = part.split('-').collect();
    let number = |it: &str, width: usize| (it.len() == width).then(|| it.parse::<u32>().ok()).flatten();
    let year = number(fields.first()?, 4)?;
    let month = match fields.get(1) {
        None => return Some(format!("{year:04}-{}", if last { "12-31" } else { "01-01" })),
        Some(it) => number(it, 2)?,
    };
    let (first_month, last_month) = match month {
        1..=12 => (month, month),
        // Seasons of ISO 8601-2.
        21 => (3, 5),
        22 => (6, 8),
        23 => (9, 11),
        24 => (12, 12),
        _ => return None,
    };
    match fields.get(2) {
        Some(it) => Some(format!("{year:04}-{month:02}-{:02}", number(it, 2)?)),
        None if last => Some(format!("{year:04}-{last_month:02}-31")),
        None => Some(format!("{year:04}-{first_month:02}-01")),
    }
}

impl std::fmt::Display for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Debug for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Edtf;

    #[test]
    fn intervals_meet() {
        let edtf = |it: &str| Edtf::new(it).expect("not empty");
        assert!(edtf("2022-12/..").meets(&edtf("2023-03-01")));
        assert!(!edtf("2023-04-23").meets(&edtf("2023-04-24")));
        assert!(edtf("2023-04-23T07:50Z").meets(&edtf("2023-04")));
        assert_eq!(edtf("2023-04").days().1.as_deref(), Some("2023-04-31"));
        assert!(Edtf::new(" ").is_none());
    }
}
