//! A strict little reader of our pages: tags must nest, ids must be unique,
//! links must lead somewhere.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

/// An element with where it begins and ends in the page.
#[derive(Clone, Debug)]
pub struct Element {
    pub tag: String,
    pub attributes: BTreeMap<String, String>,
    pub start: usize,
    pub end: usize,
}

impl Element {
    pub fn class(&self, name: &str) -> bool {
        self.attributes.get("class").is_some_and(|it| it.split(' ').any(|it| it == name))
    }
}

const VOID: [&str; 4] = ["meta", "br", "link", "hr"];

/// Reads a page; panics where it is not well formed.
pub fn parse(page: &str) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = page.find("<html").expect("an html element");
    while let Some(next) = page[at..].find('<') {
        let start = at + next;
        let end = start + page[start..].find('>').expect("a tag is closed");
        let inner = &page[start + 1..end];
        at = end + 1;
        if let Some(tag) = inner.strip_prefix('/') {
            let it = open.pop().unwrap_or_else(|| panic!("</{tag}> closes nothing"));
            assert_eq!(out[it].tag, tag, "at {:?}", &page[start.saturating_sub(80)..at]);
            out[it].end = at;
            continue;
        }
        let (tag, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        assert!(tag.chars().all(|it| it.is_ascii_alphanumeric()), "tag {tag:?}");
        let attributes = attributes(rest);
        out.push(Element { tag: tag.to_owned(), attributes, start, end: at });
        if VOID.contains(&tag) {
            continue;
        }
        if tag == "style" || tag == "script" {
            let close = format!("</{tag}>");
            at += page[at..].find(&close).expect("raw text is closed") + close.len();
            out.last_mut().expect("just pushed").end = at;
            continue;
        }
        open.push(out.len() - 1);
    }
    assert!(open.is_empty(), "left open: {:?}", open.iter().map(|it| &out[*it].tag).collect::<Vec<_>>());
    out
}

fn attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    rest = rest.trim();
    while !rest.is_empty() {
        let name_end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = rest[..name_end].to_owned();
        assert!(name.chars().all(|it| it.is_ascii_alphanumeric() || it == '-'), "attribute {name:?}");
        rest = &rest[name_end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let end = quoted.find('"').expect("a value is closed");
                rest = &quoted[end + 1..];
                quoted[..end].to_owned()
            }
            None => String::new(),
        };
        assert!(out.insert(name, value).is_none(), "an attribute twice");
        rest = rest.trim_start();
    }
    out
}

/// Checks what every page of ours must hold, and gives its elements.
pub fn check(page: &str) -> Vec<Element> {
    let all = parse(page);
    let mut ids = BTreeSet::new();
    for it in &all {
        if let Some(id) = it.attributes.get("id") {
            assert!(ids.insert(id.as_str()), "id {id} twice");
        }
        for (name, value) in &it.attributes {
            assert!(!name.starts_with("on") && name != "style", "{name}={value}");
        }
        for name in ["src", "srcset", "action", "data", "poster"] {
            assert!(!it.attributes.contains_key(name), "<{}> asks for {name}", it.tag);
        }
        assert!(
            !matches!(it.tag.as_str(), "img" | "iframe" | "object" | "link" | "base" | "form"),
            "<{}>",
            it.tag
        );
    }
    for it in &all {
        if let Some(href) = it.attributes.get("href") {
            let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leads out of the page"));
            assert!(ids.contains(id), "{href} leads nowhere");
        }
        for name in ["aria-labelledby", "aria-describedby"] {
            if let Some(id) = it.attributes.get(name) {
                assert!(ids.contains(id.as_str()), "{name}={id}");
            }
        }
    }
    // What asserts holds a link to marked words.
    for said in all.iter().filter(|it| it.class("said")) {
        let within = |it: &&Element| it.start > said.start && it.end < said.end;
        let links = all.iter().filter(within).filter(|it| it.tag == "a" && it.class("src"));
        let to_words = links.filter(|it| it.attributes["href"].starts_with("#a"));
        assert!(to_words.count() > 0, "no source: {:?}", &page[said.start..said.end]);
    }
    all
}
