//! Small helps for XML and markup of anybody.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::limits::XML_DEPTH_MAX;

/// Whether bytes are a web page, whatever they were called.
pub(crate) fn looks_like_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let rest = head
        .split_once("?>")
        .map_or(head, |it| if head.starts_with("<?xml") { it.1.trim_start() } else { head });
    rest.starts_with("<!doctype html") || rest.starts_with("<html")
}

/// How deep elements are nested, if it is XML and within the limit.
pub(crate) fn depth(bytes: &[u8]) -> Option<usize> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let (mut now, mut most) = (0usize, 0usize);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => {
                now += 1;
                most = most.max(now);
                if most > XML_DEPTH_MAX {
                    return None;
                }
            }
            Ok(Event::End(_)) => now = now.saturating_sub(1),
            Ok(Event::Eof) => return (most > 0).then_some(most),
            Err(_) => return (most > 0).then_some(most),
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The name of the first element, without its prefix.
pub(crate) fn root(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(it) | Event::Empty(it)) => {
                return Some(it.local_name().as_ref().to_owned());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// An element with what is in it, as far as metadata needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Without its prefix.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

/// Elements of one document at most.
const NODES_MAX: usize = 200_000;

impl Node {
    /// Reads a whole document.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Node, String> {
        let mut reader = Reader::from_reader(bytes);
        let mut open = vec![Node::default()];
        let mut buffer = Vec::new();
        let mut count = 0;
        loop {
            let event = reader.read_event_into(&mut buffer).map_err(|it| it.to_string())?;
            match event {
                Event::Start(it) => {
                    count += 1;
                    if open.len() > XML_DEPTH_MAX || count > NODES_MAX {
                        return Err("it has too many elements or they are nested too deep".to_owned());
                    }
                    open.push(Node::of(&it));
                }
                Event::Empty(it) => {
                    count += 1;
                    if let Some(last) = open.last_mut() {
                        last.children.push(Node::of(&it));
                    }
                }
                Event::End(_) => {
                    if let (Some(done), Some(last)) = (open.pop(), open.last_mut()) {
                        // The words of an element include those inside it.
                        last.text.push_str(&done.text);
                        last.children.push(done);
                    }
                }
                Event::Text(it) => {
                    if let Some(last) = open.last_mut() {
                        last.text.push_str(&it);
                    }
                }
                Event::GeneralRef(it) => {
                    let name = it.to_string();
                    if let Some(last) = open.last_mut() {
                        last.text.push_str(&entity(&name));
                    }
                }
                Event::CData(it) => {
                    if let Some(last) = open.last_mut() {
                        last.text.push_str(&it);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
        }
        if open.len() > 1 {
            return Err("it ends before its elements are closed".to_owned());
        }
        let mut root = open.pop().unwrap_or_default();
        root.children.pop().ok_or_else(|| "it holds no element".to_owned())
    }

    fn of(it: &quick_xml::events::BytesStart) -> Node {
        let mut attributes = it.attributes();
        attributes.with_checks(false);
        let attributes = attributes.flatten();
        Node {
            name: it.local_name().as_ref().to_owned(),
            attributes: attributes
                .map(|it| (it.key.local_name().as_ref().to_owned(), plain(&it.value)))
                .collect(),
            ..Node::default()
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|it| it.name == name)
    }

    /// All elements of a name, at any depth.
    pub(crate) fn all<'n>(&'n self, name: &str, out: &mut Vec<&'n Node>) {
        for it in &self.children {
            if it.name == name {
                out.push(it);
            }
            it.all(name, out);
        }
    }

    /// Its words, without white space at the ends.
    pub(crate) fn words(&self) -> Option<String> {
        let it = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!it.is_empty()).then_some(it)
    }
}

/// A character or general entity of XML, and the commonest of HTML.
fn entity(name: &str) -> String {
    let code = name.strip_prefix('#').and_then(|it| match it.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => it.parse().ok(),
    });
    if let Some(it) = code.and_then(char::from_u32) {
        return it.to_string();
    }
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" | "ldquo" | "rdquo" => "\"",
        "apos" | "rsquo" | "lsquo" => "'",
        "nbsp" => " ",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        _ => return format!("&{name};"),
    }
    .to_owned()
}

/// Words without tags and with entities undone, on one line.
pub(crate) fn plain(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        if let Some(inner) = from.strip_prefix('<') {
            match inner.find('>') {
                Some(end) => {
                    out.push(' ');
                    rest = &inner[end + 1..];
                }
                None => {
                    out.push('<');
                    rest = inner;
                }
            }
        } else {
            let end = from.char_indices().take(12).find(|it| it.1 == ';').map(|it| it.0);
            match end {
                Some(end) if end > 1 => {
                    out.push_str(&entity(&from[1..end]));
                    rest = &from[end + 1..];
                }
                _ => {
                    out.push('&');
                    rest = &from[1..];
                }
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes for element content.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_of_markup() {
        assert_eq!(
            plain("<b>Fire</b> &amp; talks &#8211; a < b &unknown; &"),
            "Fire & talks – a < b &unknown; &"
        );
    }

    #[test]
    fn documents_become_nodes() {
        let it = Node::parse(b"<?xml version='1.0'?><n:a x='1&amp;2'><b>t<c/>u &lt;</b><b>v</b></n:a>")
            .expect("XML");
        assert_eq!((it.name.as_str(), it.attribute("x")), ("a", Some("1&2")));
        let mut all = Vec::new();
        it.all("b", &mut all);
        assert_eq!(all.iter().filter_map(|it| it.words()).collect::<Vec<_>>(), ["tu <", "v"]);
        assert!(Node::parse(b"<a><b>").is_err());
        assert!(Node::parse("<a>".repeat(1000).as_bytes()).is_err());
        assert!(Node::parse(b"").is_err());
    }

    #[test]
    fn pages_are_known() {
        assert!(looks_like_page(b"\xEF\xBB\xBF <!DOCTYPE HTML><title>x"));
        assert!(looks_like_page(b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"));
        assert!(!looks_like_page(b"<?xml version=\"1.0\"?><rss>"));
    }
}
