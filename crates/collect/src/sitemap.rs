//! Sitemaps and news sitemaps (sitemaps.org).

use crate::feed::Item;
use crate::limits::{ENTRIES_MAX, SITEMAPS_MAX};
use crate::xml::{self, Node};

/// What a sitemap lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// Pages.
    Pages(Vec<Item>),
    /// Other sitemaps, the last changed first.
    Index(Vec<String>),
}

/// Why a sitemap could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SitemapError {
    /// A page stands where the sitemap should.
    #[error("this is a web page, not a sitemap")]
    Page,
    /// A feed stands there.
    #[error("this is a feed, not a sitemap: name it as kind = \"feed\"")]
    Feed,
    /// Nothing a sitemap could be.
    #[error("this is no sitemap that can be read ({0})")]
    Broken(String),
}

/// Reads a sitemap.
///
/// # Errors
/// If it is none.
pub fn parse(bytes: &[u8]) -> Result<Sitemap, SitemapError> {
    if xml::looks_like_page(bytes) {
        return Err(SitemapError::Page);
    }
    let root = Node::parse(bytes).map_err(SitemapError::Broken)?;
    match root.name.as_str() {
        "urlset" => {
            let mut pages: Vec<Item> =
                root.children.iter().filter(|it| it.name == "url").filter_map(page).collect();
            // A sitemap may list a whole archive: what is newest is wanted.
            pages.sort_by(|a, b| newest(b).cmp(&newest(a)));
            pages.truncate(ENTRIES_MAX);
            Ok(Sitemap::Pages(pages))
        }
        "sitemapindex" => {
            let mut all: Vec<(Option<String>, String)> = root
                .children
                .iter()
                .filter(|it| it.name == "sitemap")
                .filter_map(|it| Some((it.child("lastmod").and_then(Node::words), it.child("loc")?.words()?)))
                .collect();
            all.sort_by(|a, b| b.0.cmp(&a.0));
            Ok(Sitemap::Index(all.into_iter().take(SITEMAPS_MAX).map(|it| it.1).collect()))
        }
        "rss" | "feed" | "RDF" => Err(SitemapError::Feed),
        other => Err(SitemapError::Broken(format!("its first element is {other}"))),
    }
}

fn newest(it: &Item) -> Option<&str> {
    it.published.as_deref().or(it.updated.as_deref())
}

fn page(it: &Node) -> Option<Item> {
    let news = it.child("news");
    let of_news = |name: &str| news.and_then(|it| it.child(name)).and_then(Node::words);
    let publication = news.and_then(|it| it.child("publication"));
    let of_publication = |name: &str| publication.and_then(|it| it.child(name)).and_then(Node::words);
    Some(Item {
        url: Some(it.child("loc")?.words()?),
        title: of_news("title"),
        published: of_news("publication_date"),
        updated: it.child("lastmod").and_then(Node::words),
        language: of_publication("language"),
        outlet: of_publication("name"),
        content: None,
        summary_only: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_sitemaps_give_pages_with_dates() {
        let it = br#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
          <url><loc>https://post.example/1</loc><lastmod>2031-05-03</lastmod></url>
          <url><loc> https://post.example/2 </loc><news:news><news:publication><news:name>Post</news:name><news:language>en</news:language></news:publication><news:publication_date>2031-05-04T08:00:00Z</news:publication_date><news:title>Road &amp; pass</news:title></news:news></url>
          <url></url></urlset>"#;
        let Ok(Sitemap::Pages(pages)) = parse(it) else { panic!("pages") };
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0].url.as_deref(), Some("https://post.example/2"));
        assert_eq!(
            (pages[0].outlet.as_deref(), pages[0].title.as_deref()),
            (Some("Post"), Some("Road & pass"))
        );
    }

    #[test]
    fn what_is_no_sitemap_is_named() {
        assert_eq!(parse(b"<rss></rss>"), Err(SitemapError::Feed));
        assert_eq!(parse(b"<!doctype html><p>"), Err(SitemapError::Page));
        assert!(matches!(parse(b"<urlset><url>"), Err(SitemapError::Broken(_))));
        let index =
            parse(b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>");
        assert_eq!(index, Ok(Sitemap::Index(vec!["https://a.example/1.xml".to_owned()])));
    }
}
