//! Bytes to text: encodings, and what is no text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{PAGE_BYTES_MAX, REPORT_BYTES_MAX};

/// Bytes looked at to tell an encoding or a binary file.
const PROBE_BYTES_MAX: usize = 256 * 1024;

/// Share of control characters, per thousand, above which bytes are no text.
const CONTROL_PER_MILLE_MAX: usize = 20;

/// Text and how it was read from its bytes.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Says what was decoded as what, unless it was plain UTF-8.
    pub(crate) note: Option<String>,
}

/// Reads `bytes` as text. `declared` is the encoding a page claims.
pub(crate) fn decode(
    path: &str,
    bytes: &[u8],
    declared: Option<&str>,
    is_page: bool,
) -> Result<Decoded, String> {
    let limit = if is_page { PAGE_BYTES_MAX } else { REPORT_BYTES_MAX };
    if bytes.is_empty() {
        return Err(format!("{path}: the file is empty (0 bytes); fetch or save it again"));
    }
    if bytes.len() > limit {
        return Err(format!(
            "{path}: {} bytes are more than a report may have ({limit}); split it into one file per report",
            bytes.len()
        ));
    }
    if let Some(what) = known_binary(bytes) {
        return Err(format!("{path}: this is {what}, not text; save the report as text or HTML"));
    }
    let decoded = with_encoding(path, bytes, declared)?;
    if decoded.text.trim().is_empty() {
        return Err(format!("{path}: the file holds white space only; fetch or save it again"));
    }
    Ok(decoded)
}

/// File kinds that people drop into a folder of reports by mistake.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive (perhaps DOCX or EPUB)"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a RIFF file (sound, film or picture)"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"ID3", "a sound file"),
    ];
    SIGNS.iter().find(|it| bytes.starts_with(it.0)).map(|it| it.1)
}

fn with_encoding(path: &str, bytes: &[u8], declared: Option<&str>) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let mut note = format!("{path}: decoded as {} by its byte order mark", encoding.name());
        if broken {
            note.push_str("; broken characters were replaced by \u{fffd}");
        }
        let plain = encoding == UTF_8 && !broken;
        return Ok(Decoded { text: text.into_owned(), note: (!plain).then_some(note) });
    }
    if let Some(encoding) = wide_without_mark(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        let broken = if broken { "; broken characters were replaced by \u{fffd}" } else { "" };
        let note = format!("{path}: decoded as {} by the pattern of its zero bytes{broken}", encoding.name());
        return Ok(Decoded { text: text.into_owned(), note: Some(note) });
    }
    let probe = &bytes[..bytes.len().min(PROBE_BYTES_MAX)];
    let controls =
        probe.iter().filter(|it| **it < 0x20 && !matches!(**it, b'\t' | b'\n' | b'\r' | 0xc | 0x1b)).count();
    if probe.contains(&0) || controls * 1000 > probe.len() * CONTROL_PER_MILLE_MAX {
        return Err(format!("{path}: the file is binary, not text; save the report as text or HTML"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), note: None });
    }
    if mostly_utf8(bytes) {
        let note = format!(
            "{path}: decoded as UTF-8 with broken characters replaced by \u{fffd}; check the file's source"
        );
        return Ok(Decoded { text: String::from_utf8_lossy(bytes).into_owned(), note: Some(note) });
    }
    let claimed = declared.and_then(|it| Encoding::for_label(it.trim().as_bytes())).filter(|it| *it != UTF_8);
    let (encoding, why) = match claimed {
        Some(it) => (it, "as the page declares"),
        None => (guess(probe), "a guess from its bytes; give the encoding by saving it as UTF-8"),
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let broken = if broken { "; broken characters were replaced by \u{fffd}" } else { "" };
    let note = format!("{path}: decoded as {}, {why}{broken}", encoding.name());
    Ok(Decoded { text: text.into_owned(), note: Some(note) })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// UTF-16 without a mark: Latin text has a zero in every second byte.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(4096)];
    if probe.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| probe.iter().enumerate().filter(|(at, it)| at % 2 == odd && **it == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), probe.len() / 2);
    if odd * 10 >= half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether nearly all multi-byte characters are good UTF-8: then the file is
/// damaged UTF-8 and no other encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 && good >= bad * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Decoded {
        decode("a.txt", bytes, None, false).expect("text")
    }

    #[test]
    fn utf8_is_unchanged() {
        let it = text("Nørthland – truce\r\n".as_bytes());
        assert_eq!(it.text, "Nørthland – truce\r\n");
        assert!(it.note.is_none());
    }

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(text(b"\xef\xbb\xbfTruce").text, "Truce");
        assert_eq!(text(b"\xff\xfeT\0r\0u\0c\0e\0").text, "Truce");
        assert_eq!(text(b"\0T\0r\0u\0c\0e\0!\0!\0!").text, "Truce!!!");
    }

    #[test]
    fn other_encodings_are_named() {
        let cyrillic: Vec<u8> = encoding_rs::WINDOWS_1251
            .encode("Перемирие нарушено, заявило министерство обороны Северной страны в воскресенье.")
            .0
            .into_owned();
        let it = text(&cyrillic);
        assert!(it.text.starts_with("Перемирие"), "{}", it.text);
        assert!(it.note.expect("named").contains("windows-1251"));
    }

    #[test]
    fn no_text_is_said_to_be_none() {
        for (bytes, word) in
            [(&b""[..], "empty"), (b"%PDF-1.7", "PDF"), (b"abc\0def\0\0\x01", "binary"), (b" \n", "white")]
        {
            let err = decode("x", bytes, None, false).expect_err("no text");
            assert!(err.contains(word) && err.starts_with("x: "), "{err}");
        }
    }
}
