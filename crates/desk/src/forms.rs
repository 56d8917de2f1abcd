//! What a request brings: parts of the path, a query, a form.

/// Fields of one form or query.
const FIELDS_MAX: usize = 200;

/// Names and values, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

/// Undoes percent encoding; what is no UTF-8 then becomes U+FFFD.
pub(crate) fn decoded(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|it| std::str::from_utf8(it).ok());
        match (bytes[at], pair.and_then(|it| u8::from_str_radix(it, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (b'+', _) if plus => {
                out.push(b' ');
                at += 1;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent encoding for one part of an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An address with a query; fields without a value are left out.
pub(crate) fn address(path: &str, fields: &[(&str, Option<&str>)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in fields {
        if let Some(value) = value {
            out.push(if out.contains('?') { '&' } else { '?' });
            out.push_str(&format!("{name}={}", encoded(value)));
        }
    }
    out
}

impl Fields {
    /// Reads `a=b&c=d`.
    pub fn parse(text: &str) -> Fields {
        let pairs = text.split('&').filter(|it| !it.is_empty()).take(FIELDS_MAX);
        Fields(
            pairs
                .map(|it| {
                    let (name, value) = it.split_once('=').unwrap_or((it, ""));
                    (decoded(name, true), decoded(value, true))
                })
                .collect(),
        )
    }

    /// The first value of a field, if it says anything.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).map(str::trim).filter(|it| !it.is_empty())
    }

    /// The first value as it came; an empty one is an answer too.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// All values of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_and_go() {
        let fields = Fields::parse("a=1+2&b=%C3%A9%26&c&a=3&d=%zz%");
        assert_eq!(fields.get("a"), Some("1 2"));
        assert_eq!(fields.get("b"), Some("é&"));
        assert_eq!(fields.get("c"), None);
        assert_eq!(fields.raw("c"), Some(""));
        assert_eq!(fields.get("d"), Some("%zz%"));
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1 2", "3"]);
        assert_eq!(decoded(&encoded("ü/?&=% +"), false), "ü/?&=% +");
        assert_eq!(
            address("/x", &[("q", Some("a b")), ("r", None), ("s", Some("é"))]),
            "/x?q=a%20b&s=%C3%A9"
        );
    }
}
