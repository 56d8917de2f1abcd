//! RSS, Atom and JSON Feed, through `feed-rs`.

use feed_rs::model::{Entry, Feed};
use truce_extract::{Given, RawFormat, RawReport};
use url::Url;

use crate::limits::ENTRIES_MAX;
use crate::xml;

/// An entry of a feed or sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Where the report is.
    pub url: Option<String>,
    /// The headline, in plain words.
    pub title: Option<String>,
    /// When it was published, as the feed says.
    pub published: Option<String>,
    /// When it was last changed, as the feed says.
    pub updated: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// Who prints it.
    pub outlet: Option<String>,
    /// Text that the feed carries, as HTML.
    pub content: Option<String>,
    /// Whether `content` is only a summary.
    pub summary_only: bool,
}

/// Why a feed could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// A page stands where the feed should.
    #[error("this is a web page, not a feed{hint}")]
    Page {
        /// Where the page says its feed is.
        hint: String,
    },
    /// Nothing a feed could be.
    #[error("this is no feed that can be read ({0})")]
    Broken(String),
}

/// Reads a feed that was found at `base`.
///
/// # Errors
/// If it is no feed; a page names the feeds it links to.
pub fn parse(bytes: &[u8], base: Option<&str>) -> Result<Vec<Item>, FeedError> {
    if xml::looks_like_page(bytes) {
        return Err(FeedError::Page { hint: hint(bytes, base) });
    }
    if xml::depth(bytes).is_none() && !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(FeedError::Broken("its elements are nested too deep or it is no XML".to_owned()));
    }
    let parser = feed_rs::parser::Builder::new().base_uri(base).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(bytes).map_err(|it| FeedError::Broken(it.to_string()))?;
    Ok(feed.entries.iter().take(ENTRIES_MAX).map(|it| item(&feed, it, base)).collect())
}

fn item(feed: &Feed, it: &Entry, base: Option<&str>) -> Item {
    let page = |it: &&feed_rs::model::Link| it.rel.as_deref().is_none_or(|it| it == "alternate");
    let link = it.links.iter().find(page).or(it.links.first());
    let base = base.and_then(|it| Url::parse(it).ok());
    let url = link.and_then(|it| match &base {
        Some(base) => base.join(&it.href).ok(),
        None => Url::parse(&it.href).ok(),
    });
    let whole = it.content.as_ref().and_then(|it| it.body.clone()).filter(|it| !it.trim().is_empty());
    let summary = it.summary.as_ref().map(|it| it.content.clone()).filter(|it| !it.trim().is_empty());
    Item {
        url: url.filter(|it| matches!(it.scheme(), "http" | "https")).map(Into::into),
        title: it.title.as_ref().map(|it| xml::plain(&it.content)).filter(|it| !it.is_empty()),
        published: it.published.map(|it| it.to_rfc3339()),
        updated: it.updated.map(|it| it.to_rfc3339()),
        language: it.language.clone().or_else(|| feed.language.clone()),
        outlet: feed.title.as_ref().map(|it| xml::plain(&it.content)).filter(|it| !it.is_empty()),
        summary_only: whole.is_none(),
        content: whole.or(summary),
    }
}

/// Where a page says its feeds are.
fn hint(bytes: &[u8], base: Option<&str>) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200_000)]).into_owned();
    let base = base.and_then(|it| Url::parse(it).ok());
    let mut found = Vec::new();
    for tag in head.split("<link").skip(1) {
        let tag = tag.split('>').next().unwrap_or("");
        let lower = tag.to_ascii_lowercase();
        let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json"]
            .iter()
            .any(|it| lower.contains(it));
        if let Some(href) = attribute(tag, "href").filter(|_| is_feed) {
            let whole = base.as_ref().and_then(|it| it.join(href).ok()).map_or(href.to_owned(), Into::into);
            found.push(whole);
        }
    }
    found.truncate(3);
    if found.is_empty() {
        "; it names no feed of its own".to_owned()
    } else {
        format!("; its feeds are {}", found.join(", "))
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.to_ascii_lowercase().find(&format!("{name}="))?;
    let rest = tag.get(at + name.len() + 1..)?;
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// The reports that a feed carries itself, with how many are only summaries.
pub(crate) fn reports(path: &str, items: Vec<Item>) -> (Vec<RawReport>, usize) {
    let mut out = Vec::new();
    let mut summaries = 0;
    for (n, it) in items.into_iter().enumerate() {
        let Some(content) = it.content else { continue };
        summaries += usize::from(it.summary_only);
        let title = it.title.as_deref().map_or(String::new(), |it| format!("<h1>{}</h1>", xml::escape(it)));
        let body = if content.contains('<') { content } else { format!("<p>{}</p>", xml::escape(&content)) };
        out.push(RawReport {
            path: format!("{path}#{}", n + 1),
            bytes: format!("<html><body><article>{title}{body}</article></body></html>").into_bytes(),
            format: Some(RawFormat::Html),
            given: Given {
                published: it.published.or(it.updated),
                outlet: it.outlet,
                url: it.url,
                title: it.title,
                language: it.language,
            },
        });
    }
    (out, summaries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Stonebridge Courier</title><link>https://courier.example/</link>
      <item><title>Shelling &amp;amp; talks</title><link>/2031/05/04/a.html</link><pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate><description>Northland said &lt;b&gt;no&lt;/b&gt;.</description></item>
      <item><title>No link</title></item></channel></rss>"#;

    #[test]
    fn rss_gives_items_with_whole_addresses() {
        let items = parse(RSS.as_bytes(), Some("https://courier.example/feed")).expect("a feed");
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].url.as_deref(), Some("https://courier.example/2031/05/04/a.html"));
        assert_eq!(items[0].outlet.as_deref(), Some("Stonebridge Courier"));
        assert!(items[0].published.as_deref().is_some_and(|it| it.starts_with("2031-05-04T10:00:00")));
        assert!(items[0].summary_only);
        assert_eq!(items[1].url, None);
        let (reports, summaries) = reports("f.xml", items);
        assert_eq!((reports.len(), summaries), (1, 1));
        assert!(String::from_utf8_lossy(&reports[0].bytes).contains("Northland said"));
    }

    #[test]
    fn json_feeds_and_atom_are_feeds() {
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","url":"https://post.example/1","title":"T","content_text":"Body","date_published":"2031-05-04T10:00:00Z"}]}"#;
        assert_eq!(
            parse(json.as_bytes(), None).expect("a feed")[0].url.as_deref(),
            Some("https://post.example/1")
        );
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><id>x</id><updated>2031-05-04T10:00:00Z</updated><entry><id>1</id><title>T</title><updated>2031-05-04T10:00:00Z</updated><link rel="edit" href="https://p.example/e"/><link href="https://p.example/1"/></entry></feed>"#;
        assert_eq!(
            parse(atom.as_bytes(), None).expect("a feed")[0].url.as_deref(),
            Some("https://p.example/1")
        );
    }

    #[test]
    fn a_page_is_told_from_a_feed() {
        let page = b"<!DOCTYPE html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head></html>";
        let error = parse(page, Some("https://courier.example/")).expect_err("a page");
        assert_eq!(
            error.to_string(),
            "this is a web page, not a feed; its feeds are https://courier.example/rss"
        );
        assert!(parse(b"hello", None).is_err());
        assert!(parse(b"", None).is_err());
        assert!(parse("<a>".repeat(100_000).as_bytes(), None).is_err());
    }
}
