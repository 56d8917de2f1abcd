//! The site: pages that lead to each other and to the data, and nowhere else.

mod support {
    #[path = "mod.rs"]
    mod fixture;
    pub mod page;
    pub use fixture::*;
}

use std::collections::{BTreeMap, BTreeSet};

use truce_publish::site;

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let (record, agreement) = (support::record(), support::agreement());
    let files = site(&record, Some(&agreement)).expect("a site");
    let paths: BTreeSet<&str> = files.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths.len(), files.len(), "no path twice");
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut pages = Vec::new();
    for it in files.iter().filter(|it| it.path.ends_with(".html")) {
        let text = std::str::from_utf8(&it.bytes).expect("UTF-8");
        let elements = support::page::parse(text);
        let own = elements.iter().filter_map(|it| it.attributes.get("id").cloned()).collect();
        ids.insert(&it.path, own);
        pages.push((it.path.as_str(), elements));
    }
    let mut to_words = 0;
    for (path, elements) in &pages {
        for it in elements {
            for name in ["src", "action"] {
                assert!(!it.attributes.contains_key(name), "{path}: {it:?}");
            }
            let Some(href) = it.attributes.get("href") else { continue };
            let (file, id) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { path } else { file };
            assert!(paths.contains(file), "{path}: {href} leads to no file");
            if !id.is_empty() {
                assert!(ids[file].contains(id), "{path}: {href} leads to no place");
            }
            to_words += usize::from(file.starts_with("report-") && id.starts_with('a') && it.class("src"));
        }
    }
    assert!(to_words > 20, "{to_words} links to source words");
    let of = |prefix: &str| paths.iter().filter(|it| it.starts_with(prefix)).count();
    assert_eq!(of("incident-"), record.incidents.len());
    assert_eq!(of("report-"), record.articles.len());
    assert!(paths.contains("data/record.json") && paths.contains("data/ical.ics"));
    assert_eq!(files, site(&record, Some(&agreement)).expect("a site"), "the same each time");
}

#[test]
fn a_site_without_a_pack_is_a_site() {
    let files = site(&support::record(), None).expect("a site");
    assert!(files.iter().any(|it| it.path == "index.html"));
}

#[test]
fn outside_words_cannot_become_links() {
    let mut record = support::record();
    record.articles[0].outlet = Some("x\" href=\"#i1\" <a href=\"#i1\">".to_owned());
    let files = site(&record, None).expect("a site");
    for it in files.iter().filter(|it| it.path.ends_with(".html")) {
        support::page::parse(std::str::from_utf8(&it.bytes).expect("UTF-8"));
    }
}
