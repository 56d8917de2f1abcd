//! IPTC NewsML-G2: news items and messages of them.

use truce_extract::{Given, RawFormat, RawReport};

use crate::xml::{self, Node};

/// Whether an element opens a NewsML-G2 document.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(name, "newsItem" | "newsMessage")
}

/// The reports of a document, and what was wrong with the others.
pub(crate) fn reports(path: &str, bytes: &[u8]) -> Vec<Result<RawReport, String>> {
    let root = match Node::parse(bytes) {
        Ok(it) => it,
        Err(what) => return vec![Err(format!("{path}: this is no NewsML that can be read ({what})"))],
    };
    if root.name == "newsItem" {
        return vec![report(path, &root)];
    }
    let mut items = Vec::new();
    root.all("newsItem", &mut items);
    items.iter().enumerate().map(|(n, it)| report(&format!("{path}#{}", n + 1), it)).collect()
}

fn report(path: &str, it: &Node) -> Result<RawReport, String> {
    let words = |path: &[&str]| {
        let mut at = it;
        for name in path {
            at = at.child(name)?;
        }
        at.words()
    };
    let status =
        it.child("itemMeta").and_then(|it| it.child("pubStatus")).and_then(|it| it.attribute("qcode"));
    if let Some(status) = status.filter(|it| it.ends_with(":canceled") || it.ends_with(":withheld")) {
        return Err(format!("{path}: its sender marks it {status}; it was not read"));
    }
    let headline = words(&["contentMeta", "headline"]).or_else(|| words(&["itemMeta", "title"]));
    let set = it.child("contentSet").ok_or_else(|| format!("{path}: a NewsML item without content"))?;
    let mut paragraphs = Vec::new();
    let inline = set
        .child("inlineXML")
        .or_else(|| set.child("inlineData"))
        .ok_or_else(|| format!("{path}: its content lies elsewhere (remoteContent) and was not read"))?;
    // Only the body: the head of NITF and XHTML repeats the metadata.
    let mut bodies = Vec::new();
    inline.all("body.content", &mut bodies);
    if bodies.is_empty() {
        inline.all("body", &mut bodies);
    }
    let body = bodies.first().copied().unwrap_or(inline);
    body.all("p", &mut paragraphs);
    let text: Vec<String> = paragraphs.iter().filter_map(|it| it.words()).collect();
    let text = if text.is_empty() { body.words().into_iter().collect() } else { text };
    if text.is_empty() {
        return Err(format!("{path}: a NewsML item without words"));
    }
    let title = headline.as_deref().map_or(String::new(), |it| format!("{it}\n\n"));
    let provider = it.child("itemMeta").and_then(|it| it.child("provider"));
    let outlet = provider.and_then(|it| it.child("name")).and_then(Node::words).or_else(|| {
        provider
            .and_then(|it| it.attribute("literal").or(it.attribute("qcode")))
            .map(|it| it.rsplit(':').next().unwrap_or(it).to_owned())
    });
    let language = it
        .attribute("lang")
        .map(str::to_owned)
        .or_else(|| it.child("contentMeta")?.child("language")?.attribute("tag").map(str::to_owned));
    Ok(RawReport {
        path: path.to_owned(),
        bytes: format!("{title}{}\n", text.join("\n\n")).into_bytes(),
        format: Some(RawFormat::Text),
        given: Given {
            published: words(&["contentMeta", "contentCreated"])
                .or_else(|| words(&["itemMeta", "firstCreated"]))
                .or_else(|| words(&["itemMeta", "versionCreated"])),
            outlet,
            url: it.attribute("guid").filter(|it| it.starts_with("http")).map(str::to_owned),
            title: headline.map(|it| xml::plain(&it)),
            language: language.map(|it| it.split('-').next().unwrap_or("").to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gives_its_items() {
        let it = r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
          <newsItem guid="urn:newsml:alder.example:1" xml:lang="en-GB"><itemMeta><provider qcode="nprov:AlderWire"/><versionCreated>2031-05-04T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
            <contentMeta><headline>Road closed</headline></contentMeta>
            <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body><p>Northland closed <b>the road</b>.</p><p>Rivermark said so.</p></body></html></inlineXML></contentSet></newsItem>
          <newsItem><itemMeta/><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem>
          <newsItem><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentSet/></newsItem></itemSet></newsMessage>"#;
        let all = reports("m.xml", it.as_bytes());
        let one = all[0].as_ref().expect("a report");
        assert_eq!(
            String::from_utf8_lossy(&one.bytes),
            "Road closed\n\nNorthland closed the road.\n\nRivermark said so.\n"
        );
        assert_eq!(
            (one.given.outlet.as_deref(), one.given.language.as_deref()),
            (Some("AlderWire"), Some("en"))
        );
        assert!(all[1].as_ref().expect_err("remote").contains("remoteContent"));
        assert!(all[2].as_ref().expect_err("cancelled").contains("canceled"));
        assert!(reports("m.xml", b"<newsMessage>")[0].is_err());
    }
}
