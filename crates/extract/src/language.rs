//! What language a report is in, where that can be told.

use whatlang::{Lang, detect};

/// Code points of the body that are looked at.
const SAMPLE_CHARS_MAX: usize = 6_000;

/// Letters below which a text is too short to tell.
const LETTERS_MIN: usize = 60;

/// Confidence below which the answer is "unknown".
const CONFIDENCE_MIN: f64 = 0.6;

/// Words that English prose cannot do without and that few other languages
/// have.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "that", "with", "was", "were", "had", "has", "have", "which", "their", "from",
    "said", "by", "for", "been", "its", "would", "after",
];

/// Share of such words, in percent, from which a text is English.
const ENGLISH_SHARE_MIN: usize = 12;

/// The languages that are read; others are stored and traced.
pub(crate) const READ: &[&str] = &["en"];

/// The ISO 639-1 code of the language of `body`, or `None` if it cannot be
/// told. English needs evidence too: it is never assumed.
pub(crate) fn identify(body: &str) -> Option<String> {
    let sample: String = body.chars().take(SAMPLE_CHARS_MAX).collect();
    let words: Vec<String> = sample
        .split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let english = words.iter().filter(|it| ENGLISH.contains(&it.as_str())).count();
    if words.len() >= 8 && english * 100 >= words.len() * ENGLISH_SHARE_MIN {
        return Some("en".to_owned());
    }
    if sample.chars().filter(|it| it.is_alphabetic()).count() < LETTERS_MIN {
        return None;
    }
    let found = detect(&sample)?;
    if found.confidence() < CONFIDENCE_MIN {
        return None;
    }
    // A text without the words above is no English prose, whatever its
    // letters look like.
    if found.lang() == Lang::Eng && english * 100 < words.len() * (ENGLISH_SHARE_MIN / 2) {
        return None;
    }
    Some(two_letters(found.lang()).to_owned())
}

/// The first part of a language tag: `en` of `en-GB` or `en_US`.
pub(crate) fn primary(tag: &str) -> Option<String> {
    let part = tag.split(['-', '_', ',', ';']).next()?.trim().to_lowercase();
    ((2..=3).contains(&part.len()) && part.chars().all(|it| it.is_ascii_alphabetic())).then_some(part)
}

/// ISO 639-1 where it has a code, ISO 639-3 where not.
fn two_letters(lang: Lang) -> &'static str {
    match lang.code() {
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "no",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "epo" => "eo",
        "cym" => "cy",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let told = |it: &str| identify(it);
        assert_eq!(
            told("The army of Northland said that it had left the pass and that its guns were silent.")
                .as_deref(),
            Some("en")
        );
        assert_eq!(
            told("Армия Северной страны заявила в воскресенье, что она покинула перевал и прекратила огонь на всей линии.").as_deref(),
            Some("ru")
        );
        assert_eq!(
            told("L'armée du Nord a déclaré dimanche qu'elle avait quitté le col et que ses canons se taisaient depuis la veille.").as_deref(),
            Some("fr")
        );
    }

    #[test]
    fn too_short_is_unknown() {
        assert_eq!(identify("Truce broken"), None);
        assert_eq!(identify(""), None);
    }

    #[test]
    fn tags() {
        assert_eq!(primary("en-GB").as_deref(), Some("en"));
        assert_eq!(primary("english"), None);
    }
}
