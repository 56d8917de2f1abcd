//! What a single line says about itself, wherever it stands.

use crate::dating::stamp;
use crate::lexicon::{Class, Fit, lexicon};
use crate::lines::Line;

/// Words of a line at most for it to be furniture by its first words alone;
/// a paragraph may begin with any of them.
const FURNITURE_WORDS_MAX: usize = 22;

/// Words of a bare list heading at most.
const HEADING_WORDS_MAX: usize = 6;

/// A name in a credit or byline is not longer than this many words.
const NAME_WORDS_MAX: usize = 8;

/// Bytes of a credit at the end of a line at most.
const CREDIT_BYTES_MAX: usize = 140;

/// Words of a caption that ends with a © and a name at most.
const RIGHTS_CAPTION_WORDS_MAX: usize = 30;

/// What a line says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// Nothing.
    None,
    /// Heading over a list of other stories.
    Section,
    /// Label of one other story, which follows.
    Inset,
    /// Label and headline of another story in one line.
    InsetLine,
    /// Buttons, subscriptions, cookie notes.
    Share,
    /// Breadcrumbs, menus, page numbers.
    Navigation,
    /// A printed date of publication.
    Stamp,
    /// Who wrote it.
    Byline,
    /// A caption, by its opening or its credit.
    Caption,
    /// Ends with the name of an agency: a caption, or the end of a report.
    AgencyAtEnd,
    /// Whose picture it is.
    PictureCredit,
    /// The name of an agency and nothing else.
    BareAgency,
    /// Credit of writers, editors, agencies.
    SignOff,
    /// Rights.
    Legal,
    /// Keywords.
    Tags,
    /// A note of the editors.
    Note,
    /// A time of day as the heading of an entry.
    LiveTime,
    /// Left-overs of markup.
    Markup,
}

/// Tells what `line` says about itself.
pub(crate) fn cue(line: &Line<'_>) -> Cue {
    let words = line.word_refs();
    if words.is_empty() {
        return Cue::Markup;
    }
    if let Some(it) = structural(line, &words) {
        return it;
    }
    if words.len() > FURNITURE_WORDS_MAX && !line.text.starts_with(['(', '©']) {
        return captioned(line, &words).unwrap_or_else(|| long_furniture(line, &words));
    }
    let lex = lexicon();
    if lex.fit(&words, Class::Agency).is_some_and(|it| it.whole)
        || lex.fit(&words, Class::AgencyPicture).is_some_and(|it| it.whole)
        || is_agencies(line)
    {
        return if line.text.starts_with(['—', '–', '-', '(']) { Cue::SignOff } else { Cue::BareAgency };
    }
    if lex.fit(&words, Class::Tags).is_some() && has_label_mark(line.text) {
        return Cue::Tags;
    }
    if is_sign_off(line, &words) {
        return Cue::SignOff;
    }
    if line.text.starts_with('©') || lex.fit(&words, Class::Legal).is_some() {
        return if is_picture_rights(line) { Cue::Caption } else { Cue::Legal };
    }
    if let Some(it) = captioned(line, &words) {
        return it;
    }
    if stamp::is_stamp_line(line.text) {
        return Cue::Stamp;
    }
    if let Some(it) = labelled(line, &words) {
        return it;
    }
    let noted = |it: Fit| {
        // "Correction officers were among the dead" is prose.
        let label = label_splits(line.text, it.words);
        label || (it.words >= 2 && (line.end_mark || line.text.contains(':')))
    };
    if lex.fit(&words, Class::Note).is_some_and(noted) {
        return Cue::Note;
    }
    if is_byline(line, &words) {
        return Cue::Byline;
    }
    Cue::None
}

/// What the shape alone says: menus, markup, times, page numbers.
fn structural(line: &Line<'_>, words: &[&str]) -> Option<Cue> {
    let text = line.text;
    if text.starts_with('<') && text.ends_with('>') || text.starts_with("<!--") {
        return Some(Cue::Markup);
    }
    if text.starts_with('[') && text.ends_with(']') && words.len() <= 8 {
        return Some(Cue::Markup);
    }
    if !text.chars().any(char::is_alphabetic) {
        let figures = text.chars().filter(char::is_ascii_digit).count();
        if stamp::is_stamp_line(text) {
            return Some(Cue::Stamp);
        }
        if is_clock(text) {
            return Some(Cue::LiveTime);
        }
        return (figures == 0 || text.chars().any(|it| "|<>»«/".contains(it))).then_some(if figures == 0 {
            Cue::Markup
        } else {
            Cue::Navigation
        });
    }
    if starts_with_clock(text) && words.len() <= 12 && !line.end_mark {
        return Some(Cue::LiveTime);
    }
    if is_menu(line, words) {
        return Some(if stamp::find(text).is_some() { Cue::Stamp } else { Cue::Navigation });
    }
    None
}

/// Short items between separators, none of them a sentence.
fn is_menu(line: &Line<'_>, words: &[&str]) -> bool {
    let text = line.text;
    if line.end_mark && words.len() > 6 {
        return false;
    }
    let wide = text.contains("  ");
    let items: Vec<&str> = if wide && !text.contains(['|', '›', '»', '·', '•', '>']) {
        text.split("  ").collect()
    } else {
        text.split(['|', '›', '»', '·', '•', '>', '\u{2192}']).collect()
    };
    let items: Vec<&str> = items.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    if items.len() < 2 {
        return false;
    }
    let longest = items.iter().map(|it| it.split_whitespace().count()).max().unwrap_or(0);
    let known = items.iter().filter(|it| is_menu_word(it)).count();
    longest <= 4 || (longest <= 6 && known >= 1 && items.len() >= 3)
}

fn is_menu_word(item: &str) -> bool {
    let words: Vec<String> = item.split_whitespace().map(str::to_lowercase).collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    lexicon().fit(&refs, Class::Nav).is_some_and(|it| it.whole)
        || lexicon().fit(&refs, Class::Share).is_some_and(|it| it.whole)
}

/// `14.05`, `9:30 am`, `21:15 GMT`.
fn is_clock(text: &str) -> bool {
    starts_with_clock(text) && text.chars().count() <= 8
}

pub(crate) fn starts_with_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    let hours = bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    if !(1..=2).contains(&hours) || bytes.len() < hours + 3 {
        return false;
    }
    let minutes = &bytes[hours + 1..hours + 3];
    let hour: u32 = text[..hours].parse().unwrap_or(99);
    matches!(bytes[hours], b':' | b'.' | b'h')
        && minutes.iter().all(u8::is_ascii_digit)
        && minutes[0] < b'6'
        && hour < 24
        && bytes.get(hours + 3).is_none_or(|it| !it.is_ascii_digit() && !matches!(it, b'%' | b'.'))
}

/// A label and what it announces.
fn labelled(line: &Line<'_>, words: &[&str]) -> Option<Cue> {
    let lex = lexicon();
    if let Some(fit) = lex.fit(words, Class::Section) {
        let heading = words.len() <= HEADING_WORDS_MAX
            && (!line.text.ends_with(['.', '!']) || line.text.ends_with("..."));
        if heading && (fit.whole || !label_splits(line.text, fit.words)) {
            return Some(Cue::Section);
        }
        if label_splits(line.text, fit.words) {
            return Some(Cue::InsetLine);
        }
    }
    if let Some(fit) = lex.fit(words, Class::Inset) {
        if fit.whole {
            return Some(Cue::Inset);
        }
        // "Read more about the truce" is a link; "Watch" must be marked off,
        // because sentences begin with it.
        let shouted = line.text.split_whitespace().take(fit.words).all(is_shouted) && !line.shouted;
        let sure = fit.words >= 2 && !line.end_mark && words[0] != "more" && words[0] != "most";
        if label_splits(line.text, fit.words) || (shouted && !line.end_mark) || sure {
            return Some(Cue::InsetLine);
        }
        if line.text.starts_with(['»', '→', '►', '▶']) {
            return Some(Cue::InsetLine);
        }
    }
    if let Some(fit) = lex.fit(words, Class::Share) {
        let short = words.len() <= 4 && !line.end_mark;
        if fit.whole || (fit.words >= 2 || short) && words.len() <= FURNITURE_WORDS_MAX {
            return Some(Cue::Share);
        }
        // Subscriptions and donations speak to the reader in one line.
        if matches!(words[0], "subscribe" | "donate" | "newsletter" | "register" | "advertisement")
            && !line.is_prose()
        {
            return Some(Cue::Share);
        }
    }
    None
}

fn is_shouted(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Whether the first `count` words end with a mark that sets a label off:
/// `Also read: …`, `READ MORE | …`, `Video – …`.
fn label_splits(text: &str, count: usize) -> bool {
    let mut seen = 0;
    let mut rest = text.trim_start_matches(|it: char| !it.is_alphanumeric());
    while seen < count {
        let Some(end) = rest.find(char::is_whitespace) else { return false };
        let (word, tail) = rest.split_at(end);
        rest = tail.trim_start();
        seen += usize::from(word.chars().any(char::is_alphanumeric));
        if seen == count && word.ends_with([':', '|']) {
            return true;
        }
    }
    rest.starts_with([':', '|', '–', '—', '-', '»', '›', '>', '•', '·'])
}

fn has_label_mark(text: &str) -> bool {
    text.contains([':', '|', '#'])
}

/// `(Reporting by …; Editing by …)`, `— Reuters`, `nh-ts/bar`.
fn is_sign_off(line: &Line<'_>, words: &[&str]) -> bool {
    let lex = lexicon();
    let text = line.text;
    let inside = text.strip_prefix('(').and_then(|it| it.strip_suffix(')').or_else(|| it.strip_suffix(").")));
    let dashed = text.trim_start_matches(['—', '–', '-', '_', '*', ' ']);
    let opened = inside.unwrap_or(dashed);
    let opened: Vec<String> = opened
        .split_whitespace()
        .map(|it| it.trim_matches([':', ',', ';', '.', '(']).to_lowercase())
        .collect();
    let opened: Vec<&str> = opened.iter().map(String::as_str).collect();
    let marked = inside.is_some() || dashed.len() < text.len();
    if let Some(fit) = lex.fit(&opened, Class::Signoff) {
        // "Sources said …" is prose; "Source: …" and "(Source …)" are none.
        let label = label_splits(text, fit.words) || fit.whole;
        let brief = fit.words >= 2 && words.len() <= 11 && !line.inner_end;
        if marked || label || brief || (fit.words >= 2 && text.contains(';')) {
            return true;
        }
    }
    if marked
        && dashed.len() < text.len()
        && lex.find_at(&opened, Class::Agency).is_some()
        && words.len() <= 10
    {
        return true;
    }
    if text.starts_with("__") {
        return true;
    }
    is_initials(text) || is_bracketed_name(text)
}

/// `(CW)` on a line of its own: the agency that the report came from.
pub(crate) fn is_bracketed_name(text: &str) -> bool {
    let name = text.strip_prefix('(').and_then(|it| it.trim_end_matches('.').strip_suffix(')')).unwrap_or("");
    (2..=12).contains(&name.chars().count())
        && name.chars().all(|it| it.is_uppercase() || it == '/' || it == '-')
}

/// Desk initials: `nh-ts/bar`, `AF/RZ`, and agency rights behind them.
fn is_initials(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let parts: Vec<&str> = first.split(['/', '-']).collect();
    let initials = parts.len() >= 2
        && first.contains('/')
        && parts
            .iter()
            .all(|it| (1..=4).contains(&it.chars().count()) && it.chars().all(char::is_alphabetic))
        && (parts.iter().all(|it| it.chars().all(char::is_lowercase))
            || parts.iter().all(|it| it.chars().all(char::is_uppercase)));
    let rest = text[first.len()..].trim();
    initials && (rest.is_empty() || rest.starts_with('©'))
}

/// Agencies only, joined: `AFP/Reuters`, `AP, AFP and Reuters`.
fn is_agencies(line: &Line<'_>) -> bool {
    let text = line.text.trim_matches(|it: char| !it.is_alphanumeric());
    let parts: Vec<String> = text
        .split(['/', ',', '&', ';'])
        .flat_map(|it| it.split(" and "))
        .map(|it| it.trim().to_lowercase())
        .filter(|it| !it.is_empty())
        .collect();
    !parts.is_empty()
        && parts.len() <= 5
        && parts.iter().all(|it| {
            let words: Vec<&str> = it.split_whitespace().collect();
            lexicon().fit(&words, Class::Agency).is_some_and(|it| it.whole)
                || lexicon().fit(&words, Class::AgencyPicture).is_some_and(|it| it.whole)
        })
}

/// A caption by its credit or its opening, or a picture credit alone.
fn captioned(line: &Line<'_>, words: &[&str]) -> Option<Cue> {
    if let Some(found) = picture_credit(line.text) {
        let before = line.text[..found.start].trim_matches(|it: char| !it.is_alphanumeric());
        let rights = line.text[found.start..].starts_with('©');
        if rights && (words.len() > RIGHTS_CAPTION_WORDS_MAX || line.inner_end) {
            return None;
        }
        return Some(match (before.is_empty(), found.sure) {
            (true, _) => Cue::PictureCredit,
            (false, true) => Cue::Caption,
            (false, false) => Cue::AgencyAtEnd,
        });
    }
    let lex = lexicon();
    let opening = lex.fit(words, Class::Caption).is_some_and(|it| {
        it.whole || it.words >= 2 || label_splits(line.text, it.words) || line.text.starts_with("FILE")
    });
    // "In this picture of ruin the army left" is prose; captions are short.
    (opening && words.len() <= 60 && !line.text.starts_with(['"', '“', '‘'])).then_some(Cue::Caption)
}

fn is_picture_rights(line: &Line<'_>) -> bool {
    // "© Zarmina Popal" under a picture: a name of two or three words.
    let name = line.text.trim_start_matches(['©', ' ']);
    line.text.starts_with('©') && picture_words(name) > 0
}

fn picture_words(text: &str) -> usize {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase())
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    usize::from(lexicon().holds(&refs, Class::Picture))
}

/// A picture credit at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PictureCredit {
    /// Where it begins.
    pub(crate) start: usize,
    /// Whether it says that it is a picture's; a bare agency may be the
    /// text's.
    pub(crate) sure: bool,
}

/// The picture credit at the end of `text`.
///
/// Credits stand in parentheses, behind a slash, a bar, a dash, a © or a
/// picture word with a colon, and name few words.
pub(crate) fn picture_credit(text: &str) -> Option<PictureCredit> {
    let from = text.len().saturating_sub(CREDIT_BYTES_MAX);
    let from = (from..text.len()).find(|it| text.is_char_boundary(*it))?;
    for (at, ch) in text[from..].char_indices() {
        let at = from + at;
        let tail = &text[at..];
        let left = &text[..at];
        let starts_word = left.chars().next_back().is_none_or(|it| !it.is_alphanumeric());
        if !starts_word && ch != '/' {
            continue;
        }
        let count = tail.split_whitespace().count();
        if count > NAME_WORDS_MAX + 2 {
            continue;
        }
        if let Some(sure) = credits_picture(tail, left) {
            return Some(PictureCredit { start: at, sure });
        }
    }
    None
}

/// Whether `tail`, which ends a line, is a picture credit, and says so.
fn credits_picture(tail: &str, left: &str) -> Option<bool> {
    let lex = lexicon();
    let first = tail.chars().next().unwrap_or(' ');
    let inner = tail.trim_start_matches(['(', '[', '/', '|', '—', '–', '-', '©', ' ']);
    let bracketed = matches!(first, '(' | '[') && tail.trim_end_matches('.').ends_with([')', ']']);
    let split = matches!(first, '/' | '|' | '—' | '–' | '©') || (first == '-' && left.ends_with(' '));
    let body = inner.trim_end_matches([')', ']', '.', ' ']);
    if body.contains(['(', '"', '“']) || body.contains(". ") && !body.contains(':') {
        return None;
    }
    let words: Vec<String> = body
        .split(|it: char| it.is_whitespace() || it == '/')
        .map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase())
        .filter(|it| !it.is_empty())
        .collect();
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    if refs.is_empty() || refs.len() > NAME_WORDS_MAX {
        return None;
    }
    let picture = lex.find_at(&refs, Class::Picture);
    let has_picture = lex.holds(&refs, Class::Picture);
    let agency = |it: &[&str]| {
        lex.fit(it, Class::Agency).is_some_and(|it| it.whole)
            || lex.fit(it, Class::AgencyPicture).is_some_and(|it| it.whole)
    };
    let names = body
        .split(['/', ' '])
        .filter(|it| it.chars().any(char::is_alphabetic))
        .all(|it| it.starts_with(|it: char| it.is_uppercase() || !it.is_alphanumeric()) || is_link_word(it));
    // "Photo: AFP", "Pic: Rex", "Photo by EPA", "Courtesy of the family".
    let opens_sentence = left.trim().is_empty()
        || left.trim_end().ends_with(['.', '!', '?', '…', ')', '/', ',', '"', '”', '’', '–', '—', '-', '|']);
    if let Some(count) = picture {
        let after = body.split_whitespace().nth(count.saturating_sub(1)).unwrap_or("");
        if after.ends_with(':') && refs.len() > count && first.is_alphanumeric() {
            return Some(true);
        }
        let linked = refs.get(count).is_some_and(|it| matches!(*it, "by" | "of" | "from" | "credit" | "via"))
            || refs.get(count).is_some_and(|_| agency(&refs[count..]));
        if linked && opens_sentence && first.is_alphanumeric() {
            return Some(true);
        }
        if refs.len() == count && left.trim().is_empty() && (count >= 2 || bracketed) {
            return Some(true);
        }
    }
    if (bracketed || split) && (has_picture || agency(&refs)) && (names || picture.is_some()) {
        return (!left.trim().is_empty() || has_picture).then_some(has_picture);
    }
    if bracketed
        && names
        && body.contains('/')
        && body.split('/').any(|it| agency(&lower_words(it).iter().map(String::as_str).collect::<Vec<_>>()))
    {
        return (!left.trim().is_empty()).then_some(true);
    }
    if split && first == '©' && names && !left.trim().is_empty() && refs.len() <= 5 {
        return Some(false);
    }
    // "AP Photo/Nadim Kassir", "IDF handout", "Star file photo", "AFP" after
    // the end of the caption's sentence.
    if first.is_uppercase() && left.trim_end().ends_with(['.', '!', '?', ',']) && refs.len() <= 4 && names {
        return (agency(&refs) || has_picture).then_some(has_picture);
    }
    None
}

fn lower_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

fn is_link_word(word: &str) -> bool {
    let bare = word.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    matches!(
        bare.as_str(),
        "by" | "of"
            | "via"
            | "the"
            | "and"
            | "for"
            | "from"
            | "file"
            | "photo"
            | "photos"
            | "handout"
            | "image"
            | "images"
            | "picture"
            | "pictures"
            | "courtesy"
            | "credit"
            | "de"
            | "van"
            | "von"
            | "al"
            | "pool"
            | "grab"
            | "video"
    )
}

/// "By Dana Rivers", "From our staff", "Mariam Hosn, Newport".
fn is_byline(line: &Line<'_>, words: &[&str]) -> bool {
    let lex = lexicon();
    if line.bullet || words.len() > 16 {
        return false;
    }
    let sentence = line.text.ends_with(['.', '?', '!']) && !line.text.to_lowercase().contains("e-mail");
    if lex.fit(words, Class::Byline).is_some() {
        let opening = words[0];
        // "By Friday the troops had left" begins a sentence; a byline names.
        let second = line.text.split_whitespace().nth(1).unwrap_or("");
        let named = second.starts_with(char::is_uppercase)
            || matches!(second, "our" | "staff" | "the" | "agency")
            || opening != "by";
        let verbless = line.glue <= 2;
        let dated = opening == "by" && words.get(1).is_some_and(|it| stamp::is_time_word(it));
        return named
            && verbless
            && !sentence
            && !dated
            && (line.text.contains(':') || opening != "text" && opening != "words" && opening != "author");
    }
    if words.len() > 12 || sentence {
        return false;
    }
    // "EXCLUSIVE by Dan Pickers, Defence Editor".
    let by = words.iter().position(|it| *it == "by");
    let role = lex.holds(words, Class::Role);
    if let Some(at) = by
        && at <= 4
        && words.len() - at <= 8
        && line.text.split_whitespace().nth(at + 1).is_some_and(|it| it.starts_with(char::is_uppercase))
        && (role || line.capitals >= 70)
        && line.text.split_whitespace().nth(at).is_some_and(|it| it.eq_ignore_ascii_case("by"))
    {
        return true;
    }
    // "NTB desk with agencies", "Reuters with files from Newport staff".
    let agency = lex.holds(words, Class::Agency);
    if (role || agency) && line.capitals >= 50 && words.contains(&"with") && words.len() <= 8 {
        return true;
    }
    role && agency && words.len() <= 6
}

/// Furniture of more words than a line should have: cookie and rights notes,
/// editors' notes.
fn long_furniture(line: &Line<'_>, words: &[&str]) -> Cue {
    let lex = lexicon();
    if lex.fit(words, Class::Share).is_some_and(|it| it.words >= 3) {
        return Cue::Share;
    }
    if lex.fit(words, Class::Legal).is_some_and(|it| it.words >= 3 || line.text.starts_with("Copyright")) {
        return Cue::Legal;
    }
    if lex.fit(words, Class::Note).is_some_and(|it| it.words >= 3 || line.text.contains(':'))
        && words.len() <= 80
    {
        return Cue::Note;
    }
    if lex.fit(words, Class::Tags).is_some_and(|it| label_splits(line.text, it.words)) && !line.end_mark {
        return Cue::Tags;
    }
    if lex.fit(words, Class::Inset).is_some_and(|it| it.words >= 2 && label_splits(line.text, it.words))
        && !line.inner_end
    {
        return Cue::InsetLine;
    }
    if line.text.starts_with('(') && is_sign_off(line, words) {
        return Cue::SignOff;
    }
    Cue::None
}
