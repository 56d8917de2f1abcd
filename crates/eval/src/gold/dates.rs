//! Dates as the gold compares them: cut to the day.

/// EDTF cut to the day: no time, no zone, no qualifiers; `2031-05-04` for
/// `2031-05-04/2031-05-04`.
pub(crate) fn norm(value: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    let part = |it: &str| {
        let day: String =
            it.split('T').next().unwrap_or("").trim().chars().filter(|it| !"~?%".contains(*it)).collect();
        if day.is_empty() { "..".to_owned() } else { day }
    };
    let parts: Vec<String> = value.split('/').map(part).collect();
    Some(match parts.as_slice() {
        [a, b] if a == b => a.clone(),
        _ => parts.join("/"),
    })
}

/// Whether the intervals of two normed dates meet.
pub(crate) fn compatible(a: &str, b: &str) -> bool {
    match (range(a), range(b)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => false,
    }
}

fn range(value: &str) -> Option<(String, String)> {
    let (low, high) = match value.split_once('/') {
        Some((low, high)) => (low, if high.is_empty() { low } else { high }),
        None => (value, value),
    };
    Some((edge(low, false)?, edge(high, true)?))
}

fn edge(part: &str, last: bool) -> Option<String> {
    if part == ".." {
        return Some(if last { "9999-12-31" } else { "0000-01-01" }.to_owned());
    }
    let fields: Vec<&str> = part.split('-').collect();
    let digits = |it: &str, n: usize| it.len() == n && it.bytes().all(|it| it.is_ascii_digit());
    let (year, month, day) = match fields.as_slice() {
        [y] if digits(y, 4) => (*y, None, None),
        [y, m] if digits(y, 4) && digits(m, 2) => (*y, Some(*m), None),
        [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) => (*y, Some(*m), Some(*d)),
        _ => return None,
    };
    if let Some(season @ 21..=24) = month.and_then(|it| it.parse::<u32>().ok()) {
        let first = [3, 6, 9, 12][season as usize - 21];
        return Some(match last {
            false => format!("{year}-{first:02}-01"),
            true => format!("{year}-{:02}-31", (first + 2).min(12)),
        });
    }
    let month = month.unwrap_or(if last { "12" } else { "01" });
    let day = day.unwrap_or(if last { "31" } else { "01" });
    Some(format!("{year}-{month}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_to_the_day() {
        assert_eq!(norm("2031-05-04T07:50Z").as_deref(), Some("2031-05-04"));
        assert_eq!(norm("2031-05-04/2031-05-04").as_deref(), Some("2031-05-04"));
        assert_eq!(norm("2031-05~/").as_deref(), Some("2031-05/.."));
        assert_eq!(norm(""), None);
        assert!(compatible("2031-05", "2031-05-04"));
        assert!(compatible("2030-12/..", "2031-05-04"));
        assert!(!compatible("2031-22", "2031-09-01"));
        assert!(!compatible("soon", "2031-09-01"));
    }
}
