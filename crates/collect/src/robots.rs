//! robots.txt as RFC 9309 reads it, with `Crawl-delay`.

use std::time::Duration;

use crate::limits::{CRAWL_DELAY_MAX, ROBOTS_BYTES_MAX};

/// Rules that are kept at most.
const RULES_MAX: usize = 2_000;
/// Bytes of a pattern.
const PATTERN_BYTES_MAX: usize = 1_024;

/// What a host asks of us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Pattern and whether it allows.
    rules: Vec<(String, bool)>,
    /// The pause it asks for between requests.
    pub delay: Option<Duration>,
}

impl Robots {
    /// Everything is allowed.
    pub fn open() -> Robots {
        Robots::default()
    }

    /// Nothing is allowed, as for a host whose rules cannot be had.
    pub fn closed() -> Robots {
        Robots { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// Reads the rules for the robot `token`: the groups that name it, else
    /// those for everybody.
    pub fn parse(bytes: &[u8], token: &str) -> Robots {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(ROBOTS_BYTES_MAX)]);
        let (mut ours, mut all) = (Robots::default(), Robots::default());
        let (mut named, mut is_ours, mut is_all, mut in_names) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if !in_names {
                        (is_ours, is_all) = (false, false);
                    }
                    in_names = true;
                    let it: String = value
                        .chars()
                        .take_while(|it| it.is_ascii_alphabetic() || matches!(it, '-' | '_'))
                        .collect();
                    is_ours |= it.eq_ignore_ascii_case(token);
                    named |= is_ours;
                    is_all |= value == "*";
                }
                key @ ("allow" | "disallow") => {
                    in_names = false;
                    for (applies, to) in [(is_ours, &mut ours), (is_all, &mut all)] {
                        let short = !value.is_empty() && value.len() <= PATTERN_BYTES_MAX;
                        if applies && short && to.rules.len() < RULES_MAX {
                            to.rules.push((value.to_owned(), key == "allow"));
                        }
                    }
                }
                "crawl-delay" => {
                    in_names = false;
                    let delay = value.parse::<f64>().ok().filter(|it| it.is_finite() && *it >= 0.0);
                    let delay =
                        delay.map(|it| Duration::from_secs_f64(it.min(CRAWL_DELAY_MAX.as_secs_f64())));
                    for (applies, to) in [(is_ours, &mut ours), (is_all, &mut all)] {
                        if applies && delay.is_some() {
                            to.delay = delay;
                        }
                    }
                }
                _ => {}
            }
        }
        if named { ours } else { all }
    }

    /// Whether the path, with its query, may be fetched: the longest rule
    /// that fits decides, and allows if two are as long.
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let fits = self.rules.iter().filter(|it| fits(it.0.as_bytes(), path.as_bytes()));
        fits.max_by_key(|it| (it.0.len(), it.1)).is_none_or(|it| it.1)
    }
}

/// `*` stands for anything, a `$` at the end for the end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(it) => (it, true),
        None => (pattern, false),
    };
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        if p == pattern.len() && (!to_end || t == path.len()) {
            return true;
        }
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p + 1, t));
            p += 1;
        } else if p < pattern.len() && t < path.len() && pattern[p] == path[t] {
            p += 1;
            t += 1;
        } else if let Some((after, from)) = star.filter(|it| it.1 < path.len()) {
            star = Some((after, from + 1));
            (p, t) = (after, from + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let it = Robots::parse(
            b"User-agent: *\nDisallow: /news/\nAllow: /news/open\nDisallow: /*.pdf$\n",
            "trucewatch",
        );
        assert!(it.allows("/"));
        assert!(!it.allows("/news/today"));
        assert!(it.allows("/news/open/1"));
        assert!(!it.allows("/a/b.pdf"));
        assert!(it.allows("/a/b.pdf?x"));
    }

    #[test]
    fn our_own_group_counts_alone() {
        let text = b"User-agent: other\nUser-agent: TruceWatch/2\nDisallow: /private\nCrawl-delay: 2.5\n\nUser-agent: *\nDisallow: /\n";
        let it = Robots::parse(text, "trucewatch");
        assert!(it.allows("/news") && !it.allows("/private/x"));
        assert_eq!(it.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text, "another").allows("/news"));
    }

    #[test]
    fn odd_files_are_survived() {
        assert!(Robots::parse(b"<html>not found</html>", "trucewatch").allows("/x"));
        assert!(Robots::parse(b"User-agent: *\nDisallow:\n", "trucewatch").allows("/x"));
        assert!(!Robots::closed().allows("/x") && Robots::closed().allows("/robots.txt"));
        let slow = format!("User-agent: *\nDisallow: /{}b\n", "*a".repeat(400));
        assert!(Robots::parse(slow.as_bytes(), "trucewatch").allows(&format!("/{}", "a".repeat(2000))));
    }
}
