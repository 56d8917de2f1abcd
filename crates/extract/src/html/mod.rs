//! Pages: the report's own text out of the markup, and what the page says of
//! itself.
//!
//! The part that holds the report is found by `dom_smoothie`; what in it is
//! caption, teaser or credit is decided here, block by block, by markup and by
//! the same cues as in plain text.

pub(crate) mod blocks;
pub(crate) mod guard;
pub(crate) mod layout;
pub(crate) mod meta;

use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, ParsePolicy, Readability};

use crate::dating::stamp;
use blocks::{Block, Mark};
use meta::Meta;

/// Characters of a visible date's block at most.
const DATE_BLOCK_CHARS_MAX: usize = 120;

/// Characters at the head of a paragraph in which a date opens it.
const DATELINE_CHARS_MAX: usize = 30;

/// Blocks around the heading in which a visible date is sought.
const DATE_BLOCKS_BEFORE: usize = 8;
const DATE_BLOCKS_AFTER: usize = 14;

/// A page as it is read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) meta: Meta,
    /// The report's blocks, in order.
    pub(crate) blocks: Vec<Block>,
    /// Blocks around the heading that hold a date, nearest first.
    pub(crate) visible_dates: Vec<String>,
    /// Blocks anywhere on the page that are short and hold figures, or hold a
    /// full date.
    pub(crate) all_dates: Vec<String>,
    /// Blocks whose words call their date the publication or the last change.
    pub(crate) labelled_dates: Vec<(stamp::Label, String)>,
    /// Short blocks called a date whose year is cut to two figures.
    pub(crate) short_dates: Vec<String>,
    /// Years printed in full anywhere on the page.
    pub(crate) years: Vec<u16>,
    /// What had to be done without.
    pub(crate) note: Option<String>,
}

/// Reads `page`. Never fails; a page beyond the limits is read without a tree.
pub(crate) fn read(page: &str) -> Page {
    if let Some(why) = guard::too_much(page) {
        let stripped = guard::strip(page);
        let lines = stripped.split("\n\n").filter(|it| !it.trim().is_empty());
        let blocks = lines.take(blocks::BLOCKS_MAX).map(|it| block(it, Mark::Text)).collect();
        let note = format!("{why}; its words were taken without regard to markup");
        return Page { blocks, note: Some(note), ..Page::default() };
    }
    let document = Document::from(page);
    let meta = meta::read(&document);
    let all = blocks::read_document(&document);
    let visible_dates = visible_dates(&all, meta.title.as_deref());
    let all_dates = all_dates(&all);
    let labelled_dates = labelled_dates(&all);
    let short_dates = short_dates(&all);
    let years = years(&all);
    let mass = prose_mass(&all);
    let mut found = main_part(document, None);
    if found.as_deref().is_none_or(|it| prose_mass(it) * 100 < mass * FOUND_SHARE_MIN) {
        // Little was found of what the page tells: look again, less strictly.
        let again = main_part(Document::from(page), Some(ParsePolicy::Moderate));
        let better = |it: &[Block]| prose_mass(it) > 2 * found.as_deref().map_or(0, prose_mass);
        if again.as_deref().is_some_and(better) {
            found = again;
        }
    }
    let mut note = None;
    let blocks = match found {
        Some(it) => it,
        None => {
            note = Some("no part of the page looks like a report; all of its text was taken".to_owned());
            all
        }
    };
    Page { meta, blocks, visible_dates, all_dates, labelled_dates, short_dates, years, note }
}

/// Share of the page's prose, in percent, below which another look is worth
/// its time.
const FOUND_SHARE_MIN: usize = 30;

/// Words of a paragraph that counts as prose at least.
const PROSE_WORDS_MIN: usize = 12;

/// The blocks of the part that holds the report. Without a policy the library
/// chooses one by itself.
fn main_part(document: Document, policy: Option<ParsePolicy>) -> Option<Vec<Block>> {
    let mode =
        if policy.is_some() { CandidateSelectMode::DomSmoothie } else { CandidateSelectMode::Readability };
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        candidate_select_mode: mode,
        ..Config::default()
    };
    let mut reader = Readability::with_document(document, None, Some(config)).ok()?;
    let article = match policy {
        None => reader.parse().ok()?,
        Some(it) => reader.parse_with_policy(it).ok()?,
    };
    Some(blocks::read(&article.content))
}

/// Bytes of paragraphs that are sentences and no links.
fn prose_mass(blocks: &[Block]) -> usize {
    let prose = |it: &&Block| {
        it.link_share() < 40
            && crate::lines::ends_sentence(&it.text)
            && it.text.split_whitespace().take(PROSE_WORDS_MIN).count() == PROSE_WORDS_MIN
    };
    blocks.iter().filter(prose).map(|it| it.text.len()).sum()
}

fn block(text: &str, mark: Mark) -> Block {
    Block {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        mark,
        linked: 0,
        names: String::new(),
        pictured: false,
    }
}

/// Short blocks near the heading that hold a full date.
fn visible_dates(all: &[Block], title: Option<&str>) -> Vec<String> {
    let heading = all
        .iter()
        .position(|it| it.mark == Mark::Heading && title.is_none_or(|title| same_words(&it.text, title)))
        .or_else(|| all.iter().position(|it| it.mark == Mark::Heading));
    let Some(heading) = heading else { return Vec::new() };
    let from = heading.saturating_sub(DATE_BLOCKS_BEFORE);
    let to = (heading + DATE_BLOCKS_AFTER).min(all.len());
    let mut found: Vec<(usize, String)> = (from..to)
        .filter(|it| all[*it].mark != Mark::Caption && all[*it].link_share() < 60)
        .filter(|it| all[*it].text.chars().count() <= DATE_BLOCK_CHARS_MAX)
        .filter(|it| stamp::is_stamp_line(&all[*it].text) || names_date(&all[*it].names))
        .filter(|it| is_one_day(&all[*it].text))
        .map(|it| (it.abs_diff(heading), all[it].text.clone()))
        .collect();
    // A date that opens the first paragraphs is a dateline.
    let opening = (heading + 1..to).filter(|it| all[*it].mark == Mark::Text).filter_map(|it| {
        let head: String = all[it].text.chars().take(DATELINE_CHARS_MAX).collect();
        stamp::find(&head).filter(|it| it.start <= 1 && it.day.is_some()).map(|_| (it - heading, head))
    });
    found.extend(opening);
    found.sort_by_key(|it| it.0);
    found.into_iter().map(|it| it.1).collect()
}

/// Whether a block prints one day, and not the time of an event: `14. - 20.
/// January`, `Deadline: 23 June`, `13:15 - 19:00`.
fn is_one_day(text: &str) -> bool {
    let Some(stamp) = stamp::find(text).filter(|it| it.day.is_some()) else { return false };
    let (before, after) = (text[..stamp.start].trim_end(), text[stamp.end..].trim_start());
    // "13:15 Uhr - 19:00 Uhr", "18 h – 20 h"
    let after = after.strip_prefix("Uhr").or(after.strip_prefix("h ")).unwrap_or(after).trim_start();
    let figures = |it: &str| it.chars().any(|it| it.is_ascii_digit());
    let range = (before.ends_with(['-', '–']) && figures(before))
        || (after.starts_with(['-', '–']) && figures(after));
    let labelled = before.ends_with(':')
        || before.to_lowercase().ends_with(" bis")
        || before.to_lowercase().ends_with(" until");
    !range && (!labelled || stamp::is_published(before) || stamp::is_update(before))
}

/// Characters of a block at most whose date can bear out the markup.
const BEARING_CHARS_MAX: usize = 300;

/// Bytes of a block at most in which a date may lack its year.
pub(crate) const SHORT_CHARS_MAX: usize = 90;

/// Blocks with a date kept at most.
const DATES_MAX: usize = 400;

fn all_dates(all: &[Block]) -> Vec<String> {
    all.iter()
        .filter(|it| it.text.len() <= BEARING_CHARS_MAX && it.text.bytes().any(|it| it.is_ascii_digit()))
        .filter(|it| {
            it.text.len() <= SHORT_CHARS_MAX || stamp::find(&it.text).is_some_and(|it| it.day.is_some())
        })
        .map(|it| it.text.clone())
        .take(DATES_MAX)
        .collect()
}

/// Whether a block belongs to other stories or to readers' comments.
fn is_foreign(names: &str) -> bool {
    [
        "comment",
        "related",
        "sidebar",
        "widget",
        "recent",
        "latest",
        "slider",
        "event",
        "list-item",
        "kommentar",
    ]
    .iter()
    .any(|it| names.contains(it))
}

fn labelled_dates(all: &[Block]) -> Vec<(stamp::Label, String)> {
    all.iter()
        .filter(|it| it.text.len() <= BEARING_CHARS_MAX && it.text.bytes().any(|it| it.is_ascii_digit()))
        .filter(|it| it.link_share() < 60 && !is_foreign(&it.names))
        .filter_map(|it| {
            let found = stamp::find(&it.text).filter(|it| it.day.is_some())?;
            stamp::label(&it.text, &found).map(|label| (label, it.text.clone()))
        })
        .take(DATES_MAX)
        .collect()
}

/// Characters of a block at most that is little more than a date.
const SHORT_DATE_CHARS_MAX: usize = 40;

fn short_dates(all: &[Block]) -> Vec<String> {
    all.iter()
        .filter(|it| it.text.chars().count() <= SHORT_DATE_CHARS_MAX && !is_foreign(&it.names))
        .filter(|it| names_date(&it.names) || it.names.contains("created"))
        .filter(|it| it.text.bytes().filter(u8::is_ascii_digit).count() >= 4)
        .map(|it| it.text.clone())
        .take(DATES_MAX)
        .collect()
}

/// Years of this century that the page prints in full, each once.
fn years(all: &[Block]) -> Vec<u16> {
    let mut out: Vec<u16> = Vec::new();
    for block in all {
        for figures in block.text.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 4) {
            let year: u16 = figures.parse().unwrap_or(0);
            if (2000..2100).contains(&year) && !out.contains(&year) {
                out.push(year);
            }
        }
    }
    out
}

fn names_date(names: &str) -> bool {
    ["date", "time", "publish", "posted", "byline", "meta"].iter().any(|it| names.contains(it))
}

pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let words = |it: &str| -> Vec<String> {
        it.split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    words(a) == words(b)
}
