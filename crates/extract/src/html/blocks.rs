//! The extracted part of a page as blocks, each with what its markup says.

use dom_query::{Document, NodeRef};

/// What the markup says of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A paragraph or the like.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A caption of a picture.
    Caption,
    /// A cell of a table.
    Cell,
    /// A quotation set apart.
    Quote,
}

/// One block of the extracted part.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) text: String,
    pub(crate) mark: Mark,
    /// Code points inside links.
    pub(crate) linked: usize,
    /// Words of the classes and ids around it, in lower case.
    pub(crate) names: String,
    /// A picture stands directly before it.
    pub(crate) pictured: bool,
}

impl Block {
    /// Share of characters inside links, in percent.
    pub(crate) fn link_share(&self) -> usize {
        (self.linked * 100).checked_div(self.text.chars().count()).unwrap_or(0)
    }
}

/// Blocks of a page at most; what follows is cut with a Problem.
pub(crate) const BLOCKS_MAX: usize = 50_000;

struct Writer {
    blocks: Vec<Block>,
    pictured: bool,
    current: Block,
    in_link: usize,
}

fn empty() -> Block {
    Block { text: String::new(), mark: Mark::Text, linked: 0, names: String::new(), pictured: false }
}

impl Writer {
    fn flush(&mut self, next: Mark, names: String) {
        let done = std::mem::replace(&mut self.current, Block { mark: next, names, ..empty() });
        let text = done.text.trim();
        if !text.is_empty() && self.blocks.len() < BLOCKS_MAX {
            let pictured = std::mem::take(&mut self.pictured);
            self.blocks.push(Block { text: text.to_owned(), pictured, ..done });
        }
    }

    fn words(&mut self, raw: &str, preformatted: bool) {
        if preformatted {
            for (at, line) in raw.split('\n').enumerate() {
                if at > 0 {
                    let (mark, names) = (self.current.mark, self.current.names.clone());
                    self.flush(mark, names);
                }
                self.push_line(line);
            }
        } else {
            self.push_line(raw);
        }
    }

    fn push_line(&mut self, raw: &str) {
        let before = self.current.text.len();
        if raw.starts_with(|it: char| it.is_ascii_whitespace()) {
            self.space();
        }
        for (at, word) in raw.split_ascii_whitespace().enumerate() {
            if at > 0 {
                self.space();
            }
            self.current.text.push_str(word);
        }
        if raw.ends_with(|it: char| it.is_ascii_whitespace()) {
            self.space();
        }
        if self.in_link > 0 {
            self.current.linked += self.current.text[before..].chars().count();
        }
    }

    fn space(&mut self) {
        if !self.current.text.is_empty() && !self.current.text.ends_with(' ') {
            self.current.text.push(' ');
        }
    }
}

/// Reads the blocks of `html`, the extracted part of a page.
pub(crate) fn read(html: &str) -> Vec<Block> {
    read_document(&Document::fragment(html))
}

/// Reads all blocks of `document`.
pub(crate) fn read_document(document: &Document) -> Vec<Block> {
    let mut writer = Writer { blocks: Vec::new(), pictured: false, current: empty(), in_link: 0 };
    // An own stack: pages may nest as deep as `guard::NESTING_MAX`.
    let mut stack: Vec<(NodeRef<'_>, bool)> = vec![(document.root(), false)];
    let mut marks: Vec<Mark> = vec![Mark::Text];
    let mut names: Vec<String> = vec![String::new()];
    while let Some((node, leaving)) = stack.pop() {
        if node.is_text() {
            let preformatted = node.parent().is_some_and(|it| it.has_name("pre"));
            writer.words(&node.text(), preformatted);
            continue;
        }
        let name = node.node_name().map(|it| it.to_string()).unwrap_or_default();
        let block = block_mark(&name);
        if leaving {
            if name == "a" {
                writer.in_link = writer.in_link.saturating_sub(1);
            }
            if block.is_some() {
                marks.pop();
                names.pop();
                let (mark, around) =
                    (marks.last().copied().unwrap_or(Mark::Text), names.last().cloned().unwrap_or_default());
                writer.flush(mark, around);
            }
            continue;
        }
        match name.as_str() {
            "script" | "style" | "noscript" | "template" | "svg" | "button" | "form" | "iframe" | "video"
            | "audio" => continue,
            "br" => {
                let (mark, around) = (writer.current.mark, writer.current.names.clone());
                writer.flush(mark, around);
                continue;
            }
            "img" | "picture" | "figure" => writer.pictured = true,
            "a" => writer.in_link += 1,
            _ => {}
        }
        if let Some(mark) = block {
            let outer = marks.last().copied().unwrap_or(Mark::Text);
            // A paragraph in a caption is the caption's; one in a list is the
            // list's.
            let mark = if mark == Mark::Text { outer } else { mark };
            let own = [node.class(), node.id_attr()]
                .into_iter()
                .flatten()
                .map(|it| it.to_lowercase())
                .collect::<Vec<_>>()
                .join(" ");
            let around = names.last().cloned().unwrap_or_default();
            // Only the two innermost names count, or wrappers would speak.
            let kept: String = if own.is_empty() { around } else { own };
            marks.push(mark);
            names.push(kept.clone());
            writer.flush(mark, kept);
        }
        stack.push((node, true));
        stack.extend(node.children_it(true).map(|it| (it, false)));
    }
    writer.flush(Mark::Text, String::new());
    writer.blocks
}

fn block_mark(name: &str) -> Option<Mark> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Mark::Heading,
        "li" | "dd" | "dt" => Mark::Item,
        "figcaption" | "caption" => Mark::Caption,
        "td" | "th" => Mark::Cell,
        "blockquote" => Mark::Quote,
        "p" | "div" | "section" | "article" | "ul" | "ol" | "table" | "tr" | "tbody" | "thead" | "pre"
        | "figure" | "header" | "footer" | "aside" | "main" | "nav" | "dl" | "hr" | "address" | "details"
        | "summary" | "center" | "body" | "html" => Mark::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_marks() {
        let html = "<div><h2>Truce</h2><p>One <a href=x>two</a>\n three.</p><figure><figcaption><p>A pass</p></figcaption></figure>\
                    <ul><li>Four</li></ul>Loose<br>lines</div>";
        let blocks = read(html);
        let seen: Vec<(&str, Mark)> = blocks.iter().map(|it| (it.text.as_str(), it.mark)).collect();
        assert_eq!(
            seen,
            [
                ("Truce", Mark::Heading),
                ("One two three.", Mark::Text),
                ("A pass", Mark::Caption),
                ("Four", Mark::Item),
                ("Loose", Mark::Text),
                ("lines", Mark::Text),
            ]
        );
        assert_eq!(blocks[1].linked, 3);
    }
}
