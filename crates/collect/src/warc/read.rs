//! Reading WARC files, packed or not, record by record.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use truce_extract::{Given, RawFormat, RawReport};
use truce_model::Problem;

use crate::encoding;
use crate::http::Head;
use crate::limits::{HEAD_BYTES_MAX, RECORD_BYTES_MAX};
use crate::problem;

/// What is wrong with an archive. Records before it were read.
#[derive(Debug, thiserror::Error)]
pub enum WarcError {
    /// The file ends inside a record.
    #[error(
        "it ends inside record {record}; the {before} before it are whole: copy it again from where it was made"
    )]
    Truncated {
        /// Number of the record, from 1.
        record: usize,
        /// Records that are whole.
        before: usize,
    },
    /// A record does not begin as one.
    #[error("record {record} is not a WARC record ({what}); what follows it was not read")]
    Malformed {
        /// Number of the record, from 1.
        record: usize,
        /// What is there instead.
        what: String,
    },
    /// The file cannot be read.
    #[error("record {record} cannot be read: {source}")]
    Io {
        /// Number of the record, from 1.
        record: usize,
        /// Why.
        source: std::io::Error,
    },
}

/// A record of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarcRecord {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Named fields; names in lower case.
    pub fields: Vec<(String, String)>,
    /// The block; `None` if it is larger than is held in memory.
    pub block: Option<Vec<u8>>,
}

impl WarcRecord {
    /// A named field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// Reads the records of an archive one after the other.
pub struct WarcReader<'a> {
    input: Box<dyn BufRead + 'a>,
    number: usize,
    ended: bool,
}

impl std::fmt::Debug for WarcReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WarcReader").field("number", &self.number).finish_non_exhaustive()
    }
}

impl<'a> WarcReader<'a> {
    /// Reads an archive; whether it is packed is told from its first bytes.
    ///
    /// # Errors
    /// If its first bytes cannot be read.
    pub fn new(input: impl Read + 'a) -> std::io::Result<WarcReader<'a>> {
        let mut input = BufReader::with_capacity(64 << 10, input);
        let packed = input.fill_buf()?.starts_with(&[0x1F, 0x8B]);
        let input: Box<dyn BufRead + 'a> =
            if packed { Box::new(BufReader::new(MultiGzDecoder::new(input))) } else { Box::new(input) };
        Ok(WarcReader { input, number: 0, ended: false })
    }

    fn record(&mut self) -> Result<Option<WarcRecord>, WarcError> {
        let number = self.number + 1;
        let io = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::UnexpectedEof => WarcError::Truncated { record: number, before: number - 1 },
            _ => WarcError::Io { record: number, source },
        };
        let malformed = |what: String| WarcError::Malformed { record: number, what };
        // Blank lines between records.
        let version = loop {
            match self.line().map_err(io)? {
                None => return Ok(None),
                Some(it) if it.is_empty() => {}
                Some(it) => break it,
            }
        };
        if !version.starts_with("WARC/") {
            return Err(malformed(format!(
                "it begins with {:?}",
                version.chars().take(40).collect::<String>()
            )));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut bytes = 0;
        loop {
            let Some(line) = self.line().map_err(io)? else {
                return Err(WarcError::Truncated { record: number, before: number - 1 });
            };
            bytes += line.len();
            if bytes > HEAD_BYTES_MAX {
                return Err(malformed("its head is too long".to_owned()));
            }
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some(last) = fields.last_mut() {
                    last.1.push(' ');
                    last.1.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let length =
            fields.iter().find(|it| it.0 == "content-length").and_then(|it| it.1.parse::<u64>().ok());
        let length = length.ok_or_else(|| malformed("it does not say how long it is".to_owned()))?;
        let mut block = Vec::new();
        let read = if length > RECORD_BYTES_MAX {
            std::io::copy(&mut (&mut self.input).take(length), &mut std::io::sink()).map_err(io)?
        } else {
            (&mut self.input).take(length).read_to_end(&mut block).map_err(io)? as u64
        };
        if read < length {
            return Err(WarcError::Truncated { record: number, before: number - 1 });
        }
        self.number = number;
        Ok(Some(WarcRecord { number, fields, block: (length <= RECORD_BYTES_MAX).then_some(block) }))
    }

    fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = Vec::new();
        let read = (&mut self.input).take(HEAD_BYTES_MAX as u64).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        while line.last().is_some_and(|it| matches!(it, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

impl Iterator for WarcReader<'_> {
    type Item = Result<WarcRecord, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let out = self.record().transpose();
        self.ended = !matches!(out, Some(Ok(_)));
        out
    }
}

/// The reports of an archive: pages and texts that were answered with success.
/// What our own archives say about a page (which feed named it, with which
/// date) is given with it.
pub(crate) fn reports<'a>(
    name: &str,
    reader: WarcReader<'a>,
) -> impl Iterator<Item = Result<RawReport, Problem>> + use<'a> {
    let name = name.to_owned();
    let mut reader = reader.peekable();
    std::iter::from_fn(move || {
        loop {
            let record = match reader.next()? {
                Ok(it) => it,
                Err(error) => return Some(Err(problem(format!("{name}: {error}")))),
            };
            let found = page(&name, record);
            let Some(found) = found else { continue };
            let (id, mut report) = match found {
                Ok(it) => it,
                Err(it) => return Some(Err(it)),
            };
            // Metadata about a page follows it.
            let about = reader.next_if(|it| it.as_ref().is_ok_and(|it| concerns(it, &id)));
            if let Some(Ok(it)) = about {
                given(&it, &mut report.given);
            }
            return Some(Ok(report));
        }
    })
}

fn concerns(record: &WarcRecord, id: &str) -> bool {
    let to = record.field("warc-concurrent-to").or(record.field("warc-refers-to"));
    record.field("warc-type") == Some("metadata") && to == Some(id)
}

/// What our metadata records say, in `application/warc-fields`.
fn given(record: &WarcRecord, to: &mut Given) {
    let block = record.block.as_deref().unwrap_or_default();
    for line in String::from_utf8_lossy(block).lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = Some(value.trim().to_owned()).filter(|it| !it.is_empty());
        match key.trim() {
            "trucewatch-published" => to.published = value,
            "trucewatch-outlet" => to.outlet = value,
            "trucewatch-title" => to.title = value,
            "trucewatch-language" => to.language = value,
            "trucewatch-url" => to.url = value,
            _ => {}
        }
    }
}

/// A record as a report, with its id; `None` if it is none.
fn page(name: &str, record: WarcRecord) -> Option<Result<(String, RawReport), Problem>> {
    let path = format!("{name}#{}", record.number);
    let id = record.field("warc-record-id").unwrap_or("").to_owned();
    let url = record.field("warc-target-uri").map(|it| it.trim_matches(['<', '>']).to_owned());
    let kind = record.field("warc-type").unwrap_or("").to_owned();
    let own =
        record.field("content-type").map(|it| it.split(';').next().unwrap_or("").trim().to_ascii_lowercase());
    if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
        return None;
    }
    let too_large = || {
        problem(format!(
            "{path}: {} is larger than {} MB and was not read",
            url.as_deref().unwrap_or("it"),
            RECORD_BYTES_MAX >> 20
        ))
    };
    let Some(block) = record.block.as_deref() else { return Some(Err(too_large())) };
    let (media, body) = if kind == "response" {
        let (head, body) = Head::split(block)?;
        if !(200..300).contains(&head.status) {
            return None;
        }
        let chunked =
            head.field("transfer-encoding").is_some_and(|it| it.to_ascii_lowercase().contains("chunked"));
        let whole = if chunked { encoding::dechunk(body) } else { None };
        let body = whole.unwrap_or_else(|| body.to_vec());
        let media = head.media_type();
        raw_format(media.as_deref(), url.as_deref())?;
        match encoding::decode(&body, head.field("content-encoding")) {
            Ok(it) => (media, it),
            // Some crawlers keep the field and drop the encoding.
            Err(_) if looks_like_text(&body) => (media, body),
            Err(what) => {
                return Some(Err(problem(format!("{path}: {}: {what}", url.as_deref().unwrap_or("a page")))));
            }
        }
    } else {
        (own, block.to_vec())
    };
    let format = raw_format(media.as_deref(), url.as_deref())?;
    let given = Given { url: url.filter(|it| it.starts_with("http")), ..Given::default() };
    Some(Ok((id, RawReport { path, bytes: body, format: Some(format), given })))
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(1024)];
    !head.is_empty()
        && !head.contains(&0)
        && std::str::from_utf8(head).map_or_else(|it| it.valid_up_to() + 4 > head.len(), |_| true)
}

fn raw_format(media: Option<&str>, url: Option<&str>) -> Option<RawFormat> {
    let is_rules = url.is_some_and(|it| it.ends_with("/robots.txt"));
    match media? {
        "text/html" | "application/xhtml+xml" => Some(RawFormat::Html),
        "text/plain" if !is_rules => Some(RawFormat::Text),
        _ => None,
    }
}
