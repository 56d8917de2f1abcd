//! WACZ: WARC files in a ZIP file.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use truce_extract::RawReport;
use truce_model::Problem;
use zip::{CompressionMethod, ZipArchive};

use crate::problem;
use crate::warc::{self, WarcReader};

/// Entries of one file.
const ENTRIES_MAX: usize = 10_000;
/// Bytes of an archive inside that is packed once more and must be held in
/// memory; the format asks for archives to be stored as they are.
const PACKED_BYTES_MAX: u64 = 256 << 20;

/// A WARC file inside the ZIP file.
enum Inner {
    Stored { name: String, start: u64, length: u64 },
    Packed { name: String, bytes: Vec<u8> },
}

/// The reports of all archives inside.
pub(crate) fn reports(path: &Path) -> Box<dyn Iterator<Item = Result<RawReport, Problem>>> {
    let shown = path.display().to_string();
    let failed = |what: String| problem(format!("{shown}: {what}"));
    let inner = match list(path) {
        Ok(it) if it.is_empty() => Err(failed("holds no archive/*.warc; is it a WACZ file?".to_owned())),
        Ok(it) => Ok(it),
        Err(what) => Err(failed(format!("this is no WACZ file that can be read ({what})"))),
    };
    let inner = match inner {
        Ok(it) => it,
        Err(it) => return Box::new(std::iter::once(Err(it))),
    };
    let path = path.to_owned();
    Box::new(inner.into_iter().flat_map(move |it| match it {
        Inner::Stored { name, start, length } => {
            let name = format!("{}!{name}", path.display());
            let opened = File::open(&path).and_then(|mut file| {
                file.seek(SeekFrom::Start(start))?;
                WarcReader::new(file.take(length))
            });
            read(&name, opened)
        }
        Inner::Packed { name, bytes } => {
            read(&format!("{}!{name}", path.display()), WarcReader::new(std::io::Cursor::new(bytes)))
        }
    }))
}

fn read(
    name: &str,
    reader: std::io::Result<WarcReader<'static>>,
) -> Box<dyn Iterator<Item = Result<RawReport, Problem>>> {
    match reader {
        Ok(it) => Box::new(warc::reports(name, it)),
        Err(error) => Box::new(std::iter::once(Err(problem(format!("{name}: {error}"))))),
    }
}

fn list(path: &Path) -> Result<Vec<Inner>, String> {
    let file = File::open(path).map_err(|it| it.to_string())?;
    let mut zip = ZipArchive::new(file).map_err(|it| it.to_string())?;
    let mut out = Vec::new();
    for n in 0..zip.len().min(ENTRIES_MAX) {
        let entry = zip.by_index(n).map_err(|it| it.to_string())?;
        let name = entry.name().map_err(|it| it.to_string())?.into_owned();
        if !name.starts_with("archive/") || !(name.ends_with(".warc") || name.ends_with(".warc.gz")) {
            continue;
        }
        if entry.compression() == CompressionMethod::Stored {
            let start = entry.data_start().ok_or("an archive inside has no place")?;
            out.push(Inner::Stored { name, start, length: entry.size() });
        } else {
            let mut bytes = Vec::new();
            entry.take(PACKED_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|it| it.to_string())?;
            if bytes.len() as u64 > PACKED_BYTES_MAX {
                return Err(format!("{name} is packed and too large; store it unpacked"));
            }
            out.push(Inner::Packed { name, bytes });
        }
    }
    Ok(out)
}
