//! Content encodings, with a limit on what comes out.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::limits::{DECODED_BYTES_FREE, DECODED_BYTES_MAX, DECODED_RATIO_MAX};

/// Undoes the encodings of a `Content-Encoding` field, outermost last.
///
/// # Errors
/// What is wrong, in words.
pub(crate) fn decode(body: &[u8], field: Option<&str>) -> Result<Vec<u8>, String> {
    let names: Vec<String> = field
        .unwrap_or("")
        .split(',')
        .map(|it| it.trim().to_ascii_lowercase())
        .filter(|it| !it.is_empty())
        .collect();
    if names.len() > 2 {
        return Err(format!("{} content encodings on top of each other", names.len()));
    }
    let mut out = body.to_vec();
    for name in names.iter().rev() {
        out = match name.as_str() {
            "identity" => out,
            "gzip" | "x-gzip" => limited(MultiGzDecoder::new(&out[..]), out.len())?,
            // Servers disagree on whether deflate has a zlib header.
            "deflate" => match limited(ZlibDecoder::new(&out[..]), out.len()) {
                Ok(it) => it,
                Err(_) => limited(DeflateDecoder::new(&out[..]), out.len())?,
            },
            other => return Err(format!("the content encoding {other} was not asked for and is not read")),
        };
    }
    Ok(out)
}

/// Unpacks a gzip file, such as `sitemap.xml.gz`.
pub(crate) fn gunzip(body: &[u8]) -> Result<Vec<u8>, String> {
    limited(MultiGzDecoder::new(body), body.len())
}

fn limited(reader: impl Read, coded: usize) -> Result<Vec<u8>, String> {
    let most =
        DECODED_BYTES_MAX.min((coded as u64).saturating_mul(DECODED_RATIO_MAX).max(DECODED_BYTES_FREE));
    let mut out = Vec::new();
    reader
        .take(most + 1)
        .read_to_end(&mut out)
        .map_err(|it| format!("it is not compressed as it says: {it}"))?;
    if out.len() as u64 > most {
        return Err(format!("{coded} bytes unpack to more than {most}: a bomb, or no report"));
    }
    Ok(out)
}

/// Undoes `Transfer-Encoding: chunked`; `None` if it is not chunked after all.
pub(crate) fn dechunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = body.iter().take(64).position(|it| *it == b'\n')?;
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend(body.get(..size)?);
        body = body.get(size..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut it = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        it.write_all(bytes).expect("in memory");
        it.finish().expect("in memory")
    }

    #[test]
    fn what_was_packed_comes_out_and_bombs_do_not() {
        assert_eq!(decode(&zipped(b"truce"), Some("gzip")).as_deref(), Ok(&b"truce"[..]));
        assert_eq!(decode(b"truce", None).as_deref(), Ok(&b"truce"[..]));
        assert!(decode(b"truce", Some("br")).is_err());
        assert!(decode(b"truce", Some("gzip")).is_err());
        let bomb = zipped(&vec![0u8; 40 << 20]);
        assert!(decode(&bomb, Some("gzip")).expect_err("a bomb").contains("bomb"));
        assert!(decode(&zipped(&bomb), Some("gzip, gzip")).is_err());
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunk(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").as_deref(), Some(&b"abcde"[..]));
        assert_eq!(dechunk(b"<html>"), None);
        assert_eq!(dechunk(b"ffffffffffffffff\r\n"), None);
        assert_eq!(dechunk(b"5\r\nab"), None);
    }
}
