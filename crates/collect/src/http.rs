//! The head of an HTTP answer, as bytes and as fields.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// A status with its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) fields: Vec<(String, String)>,
}

impl Head {
    /// Splits an answer into its head and its body.
    pub(crate) fn split(message: &[u8]) -> Option<(Head, &[u8])> {
        let mut at = 0;
        let mut lines = Vec::new();
        loop {
            let end = at + message.get(at..)?.iter().position(|it| *it == b'\n')?;
            let line =
                String::from_utf8_lossy(message[at..end].strip_suffix(b"\r").unwrap_or(&message[at..end]))
                    .into_owned();
            at = end + 1;
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let status = lines.first()?.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in &lines[1..] {
            match line.split_once(':') {
                _ if line.starts_with([' ', '\t']) => {
                    if let Some(last) = fields.last_mut() {
                        last.1.push(' ');
                        last.1.push_str(line.trim());
                    }
                }
                Some((name, value)) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
                }
                None => {}
            }
        }
        Some((Head { status, fields }, &message[at..]))
    }

    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The media type without its parameters, in lower case.
    pub(crate) fn media_type(&self) -> Option<String> {
        let it = self.field("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
        (!it.is_empty()).then_some(it)
    }

    /// Seconds that `Retry-After` asks for.
    pub(crate) fn retry_after(&self, now: Timestamp) -> Option<u64> {
        let it = self.field("retry-after")?;
        if let Ok(seconds) = it.parse() {
            return Some(seconds);
        }
        let until = DateTimeParser::new().parse_timestamp(it).ok()?;
        u64::try_from(until.as_second() - now.as_second()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_split_from_bodies() {
        let (head, body) = Head::split(
            b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\nX: a\r\n b\r\n\r\n\r\nbody",
        )
        .expect("a head");
        assert_eq!((head.status, body), (200, &b"\r\nbody"[..]));
        assert_eq!(head.media_type().as_deref(), Some("text/html"));
        assert_eq!(head.field("x"), Some("a b"));
        assert_eq!(Head::split(b"HTTP/1.1 200 OK\r\nX: 1"), None);
        assert_eq!(Head::split(b"hello\r\n\r\n"), None);
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let of = |it: &str| Head { status: 429, fields: vec![("retry-after".into(), it.into())] };
        let now: Timestamp = "2031-05-04T10:00:00Z".parse().expect("a time");
        assert_eq!(of("120").retry_after(now), Some(120));
        assert_eq!(of("Sun, 04 May 2031 10:01:00 GMT").retry_after(now), Some(60));
        assert_eq!(of("soon").retry_after(now), None);
    }
}
