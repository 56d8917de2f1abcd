//! What a page says about itself: JSON-LD, OpenGraph, meta tags, `<time>`.

use dom_query::Document;
use serde_json::Value;

/// Bytes of one JSON-LD script at most.
const JSON_LD_BYTES_MAX: usize = 1024 * 1024;

/// JSON-LD items looked at at most.
const ITEMS_MAX: usize = 500;

/// Characters of a metadata field at most.
const FIELD_CHARS_MAX: usize = 400;

/// Where a date was found on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateFrom {
    /// `datePublished` of a news report in JSON-LD.
    News,
    /// `datePublished` of an article in JSON-LD.
    Report,
    /// A meta tag for the time of publication.
    Meta,
    /// `datePublished` of the page in JSON-LD.
    Page,
    /// A `<time>` or element that says it is the date of publication.
    Marked,
    /// An element whose class calls it a date.
    Named,
    /// A `<time>` without more.
    Time,
    /// A time of modification.
    Modified,
}

/// A date the page states in its markup.
#[derive(Clone, Debug)]
pub(crate) struct PageDate {
    pub(crate) from: DateFrom,
    /// The words of the field.
    pub(crate) value: String,
    /// The field's name, for the reason.
    pub(crate) field: String,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meta {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) byline: Option<String>,
    /// Whether the page calls itself goods, a program or lodgings, and no report.
    pub(crate) is_offer: bool,
    pub(crate) dates: Vec<PageDate>,
}

/// Reads the metadata of `document`.
pub(crate) fn read(document: &Document) -> Meta {
    let mut meta = Meta::default();
    read_json_ld(document, &mut meta);
    read_tags(document, &mut meta);
    read_links(document, &mut meta);
    read_times(document, &mut meta);
    meta.is_offer = is_offer(document);
    meta
}

/// Whether the page calls itself goods, a program or lodgings in its markup,
/// and nowhere a report.
fn is_offer(document: &Document) -> bool {
    let mut kinds = String::new();
    for script in document.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        if text.len() <= JSON_LD_BYTES_MAX {
            kinds.push_str(&text);
        }
    }
    let compact: String = kinds.chars().filter(|it| !it.is_whitespace()).collect();
    let marked: Vec<String> = document
        .select("[itemtype]")
        .nodes()
        .iter()
        .take(ITEMS_MAX)
        .filter_map(|it| it.attr("itemtype").map(|it| it.to_string()))
        .collect();
    let is = |kind: &str| {
        compact.contains(&format!("\"@type\":\"{kind}\""))
            || compact.contains(&format!("\"@type\":[\"{kind}\""))
            || marked.iter().any(|it| it.ends_with(&format!("schema.org/{kind}")))
    };
    let report = ["Article", "NewsArticle", "BlogPosting", "Report", "LiveBlogPosting", "TechArticle"];
    let offer = ["Product", "SoftwareApplication", "LodgingBusiness", "Hotel", "Offer", "VacationRental"];
    let calls_itself = |kind: &str| {
        let tags = document.select("meta[property='og:type']");
        tags.nodes().iter().any(|it| it.attr("content").is_some_and(|it| it.to_lowercase().contains(kind)))
    };
    let named = calls_itself("product");
    !calls_itself("article") && !report.iter().any(|it| is(it)) && (named || offer.iter().any(|it| is(it)))
}

fn keep(field: &mut Option<String>, value: &str) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if field.is_none() && !value.is_empty() {
        *field = Some(value.chars().take(FIELD_CHARS_MAX).collect());
    }
}

fn add_date(meta: &mut Meta, from: DateFrom, field: &str, value: &str) {
    let value: String = value.trim().chars().take(FIELD_CHARS_MAX).collect();
    if !value.is_empty() {
        meta.dates.push(PageDate { from, value, field: field.to_owned() });
    }
}

fn read_json_ld(document: &Document, meta: &mut Meta) {
    let mut seen = 0;
    for script in document.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        if text.len() > JSON_LD_BYTES_MAX {
            continue;
        }
        // Broken scripts are common: line breaks inside strings.
        let clean: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let clean = clean.trim().trim_end_matches(';');
        let Ok(value) = serde_json::from_str::<Value>(clean) else {
            read_broken(clean, meta);
            continue;
        };
        let mut stack = vec![value];
        while let Some(value) = stack.pop() {
            seen += 1;
            if seen > ITEMS_MAX {
                return;
            }
            match value {
                Value::Array(items) => stack.extend(items.into_iter().rev()),
                Value::Object(map) => {
                    read_item(&map, meta);
                    for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                        if let Some(it @ (Value::Array(_) | Value::Object(_))) = map.get(key) {
                            stack.push(it.clone());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Scripts that are no JSON still name their dates.
fn read_broken(script: &str, meta: &mut Meta) {
    let from = if script.contains("NewsArticle\"") { DateFrom::News } else { DateFrom::Report };
    for (key, from) in [("\"datePublished\"", from), ("\"dateModified\"", DateFrom::Modified)] {
        let Some(at) = script.find(key) else { continue };
        let rest = script[at + key.len()..].trim_start_matches([' ', ':']);
        if let Some(value) = rest.strip_prefix('"').and_then(|it| it.split('"').next()) {
            add_date(meta, from, &format!("JSON-LD {}", key.trim_matches('"')), value);
        }
    }
}

fn read_item(map: &serde_json::Map<String, Value>, meta: &mut Meta) {
    let kinds: Vec<&str> = match map.get("@type") {
        Some(Value::String(it)) => vec![it],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let report = kinds.iter().any(|it| {
        it.ends_with("Article") || it.ends_with("Posting") || matches!(*it, "Report" | "Recipe" | "Review")
    });
    let page = kinds.iter().any(|it| it.ends_with("Page"));
    if !report && !page {
        return;
    }
    let text = |key: &str| map.get(key).and_then(first_text);
    let news = kinds.iter().any(|it| it.contains("NewsArticle") || *it == "LiveBlogPosting");
    let from = match (news, report) {
        (true, _) => DateFrom::News,
        (false, true) => DateFrom::Report,
        (false, false) => DateFrom::Page,
    };
    for key in ["datePublished", "dateCreated", "uploadDate"] {
        if let Some(it) = text(key) {
            add_date(meta, from, &format!("JSON-LD {key}"), &it);
            break;
        }
    }
    if let Some(it) = text("dateModified") {
        add_date(meta, DateFrom::Modified, "JSON-LD dateModified", &it);
    }
    if let Some(it) = text("inLanguage") {
        keep(&mut meta.language, &it);
    }
    if report {
        if let Some(it) = text("headline") {
            keep(&mut meta.title, &it);
        }
        if let Some(it) = map.get("publisher").and_then(first_text) {
            keep(&mut meta.outlet, &it);
        }
        if let Some(it) = map.get("author").and_then(first_text) {
            keep(&mut meta.byline, &it);
        }
    }
}

/// The text of a value: itself, its `name`, or that of its first item.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(it) => Some(it.clone()),
        Value::Object(map) => {
            map.get("name").or_else(|| map.get("@value")).and_then(Value::as_str).map(str::to_owned)
        }
        Value::Array(items) => items.first().and_then(|it| match it {
            Value::Array(_) => None,
            it => first_text(it),
        }),
        _ => None,
    }
}

/// Meta tags for the time of publication, in lower case.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "published_time",
    "datepublished",
    "date_published",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "publication-date",
    "published",
    "published-date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dc:date",
    "dc:created",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.available",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "article.published",
    "article.created",
    "originalpublicationdate",
    "datecreated",
    "date_created",
    "created",
    "ptime",
    "displaydate",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "rnews:datepublished",
    "prism.publicationdate",
    "pdate",
    "vr:published_time",
    "bt:pubdate",
    "release_date",
    "time",
    "shareaholic:article_published_time",
];

/// Meta tags for the time of modification.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "date_modified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "modified",
    "modified_time",
    "article:modified",
    "updated_time",
    "revision_date",
    "last_modified",
    "shareaholic:article_modified_time",
    "moddate",
];

fn read_tags(document: &Document, meta: &mut Meta) {
    let (mut title, mut outlet, mut language, mut url) = (None, None, None, None);
    for tag in document.select("meta").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|it| tag.attr(it))
            .unwrap_or_default()
            .to_lowercase();
        let Some(content) = tag.attr("content").or_else(|| tag.attr("datetime")) else { continue };
        match name.as_str() {
            "og:title" | "twitter:title" | "dc.title" => keep(&mut title, &content),
            "og:site_name" | "application-name" | "dc.publisher" | "twitter:site_name" => {
                keep(&mut outlet, &content)
            }
            "og:url" => keep(&mut url, &content),
            "og:locale" | "content-language" | "language" | "dc.language" => keep(&mut language, &content),
            "author" | "dc.creator" | "article:author" | "parsely-author" if !content.starts_with("http") => {
                keep(&mut meta.byline, &content)
            }
            it if PUBLISHED.contains(&it) => add_date(meta, DateFrom::Meta, &format!("meta {it}"), &content),
            it if MODIFIED.contains(&it) => {
                add_date(meta, DateFrom::Modified, &format!("meta {it}"), &content)
            }
            _ => {}
        }
    }
    for (field, value) in [(&mut meta.title, title), (&mut meta.outlet, outlet), (&mut meta.url, url)] {
        if let Some(it) = value {
            keep(field, &it);
        }
    }
    // The root says what language the page is in; tags name the site's.
    if let Some(it) = document.html_root().attr("lang").or_else(|| document.html_root().attr("xml:lang")) {
        meta.language = None;
        keep(&mut meta.language, &it);
    } else if let Some(it) = language {
        keep(&mut meta.language, &it);
    }
}

fn read_links(document: &Document, meta: &mut Meta) {
    if let Some(link) = document.select("link[rel='canonical']").nodes().first()
        && let Some(it) = link.attr("href")
        && it.starts_with("http")
    {
        meta.url = Some(it.chars().take(FIELD_CHARS_MAX * 5).collect());
    }
    let heading = document.select("h1").nodes().first().map(|it| it.text().to_string());
    let title = document.select("title").nodes().first().map(|it| it.text().to_string());
    if let Some(title) = title.filter(|_| meta.title.is_none()) {
        // "Headline | Outlet": the heading says where the headline ends.
        let heading = heading.as_deref().map(str::trim).filter(|it| !it.is_empty() && title.contains(*it));
        keep(&mut meta.title, heading.unwrap_or_else(|| without_site(&title)));
    }
    if let Some(it) = heading {
        keep(&mut meta.title, &it);
    }
}

fn without_site(title: &str) -> &str {
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » ", " « "] {
        if let Some((before, _)) = title.rsplit_once(mark)
            && before.split_whitespace().count() >= 3
        {
            return before;
        }
    }
    title
}

fn read_times(document: &Document, meta: &mut Meta) {
    for node in document.select("[itemprop='datePublished'], [itemprop='dateCreated'], [pubdate]").nodes() {
        let value = node.attr("content").or_else(|| node.attr("datetime")).unwrap_or_else(|| node.text());
        add_date(meta, DateFrom::Marked, "the element marked datePublished", &value);
    }
    for node in document.select("abbr.published, span.published, abbr.date, .entry-date, .post-date, .published-date, .publish-date, .article-date, .article__date, .date-published, .posted-on time, .byline time, .dateline time").nodes().iter().take(3) {
        let value = node.attr("datetime").or_else(|| node.attr("title").filter(|it| it.chars().any(|it| it.is_ascii_digit()))).unwrap_or_else(|| node.text());
        add_date(meta, DateFrom::Marked, "the element of the date of publication", &value);
    }
    read_named(document, meta);
    for node in document.select("time[datetime]").nodes() {
        let class = node.class().unwrap_or_default().to_lowercase();
        let from = if class.contains("updated") || class.contains("modified") {
            DateFrom::Modified
        } else {
            DateFrom::Time
        };
        add_date(meta, from, "the first <time>", &node.attr("datetime").unwrap_or_default());
    }
}

/// Characters of an element at most that a class name calls a date.
const NAMED_CHARS_MAX: usize = 60;

/// Elements looked at at most.
const NAMED_MAX: usize = 200;

/// Levels above an element in which other stories show themselves.
const NAMED_ANCESTORS: usize = 8;

/// Elements whose class or id calls them a date, outside lists of other
/// stories, comments and the page's frame.
fn read_named(document: &Document, meta: &mut Meta) {
    let found = document.select("[class*='date'], [class*='Date'], [class*='time'], [class*='publi'], [class*='created'], [class*='posted'], [class*='submitted'], [id*='date']");
    for node in found.nodes().iter().take(NAMED_MAX) {
        let text = node.text();
        let text = text.trim();
        if text.is_empty()
            || text.len() > NAMED_CHARS_MAX * 4
            || text.chars().count() > NAMED_CHARS_MAX
            || !text.bytes().any(|it| it.is_ascii_digit())
        {
            continue;
        }
        let foreign = node.ancestors_it(Some(NAMED_ANCESTORS)).any(|it| {
            let names = [it.class(), it.id_attr()]
                .into_iter()
                .flatten()
                .map(|it| it.to_lowercase())
                .collect::<Vec<_>>()
                .join(" ");
            let frame =
                it.node_name().is_some_and(|it| matches!(&*it, "footer" | "aside" | "nav" | "li" | "a"));
            frame
                || [
                    "comment", "related", "teaser", "sidebar", "widget", "footer", "recent", "latest",
                    "slider", "event", "list",
                ]
                .iter()
                .any(|it| names.contains(it))
        });
        let own = node.class().unwrap_or_default().to_lowercase();
        if !foreign && !own.contains("comment") {
            let changed = own.contains("updated") || own.contains("modified");
            add_date(
                meta,
                if changed { DateFrom::Modified } else { DateFrom::Named },
                "the element called a date",
                text,
            );
            return;
        }
    }
}
