//! Writing WARC files: each record whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::clock::written;
use crate::fetch::Fetched;
use crate::limits::ARCHIVE_BYTES_MAX;

/// An archive that grows record by record, in files of bounded size.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    file: Option<(File, PathBuf, u64)>,
    /// Records written by this program, so that ids differ.
    count: u64,
}

impl Archive {
    /// An archive in `folder`, which is made if needed. No file is begun
    /// before there is something to write.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn new(folder: &Path) -> std::io::Result<Archive> {
        std::fs::create_dir_all(folder)?;
        Ok(Archive { folder: folder.to_owned(), file: None, count: 0 })
    }

    /// The file that is being written.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_ref().map(|it| it.1.as_path())
    }

    /// Keeps what was fetched, with what is known about it.
    ///
    /// # Errors
    /// What writing says; the file then ends with the record before.
    pub fn response(&mut self, it: &Fetched, about: &[(&str, String)]) -> std::io::Result<()> {
        let id = self.id(it.at, &it.url, &it.sha256);
        let payload = format!("sha256:{}", hex(&it.sha256));
        // The transfer's framing is gone from the body, so its field is set aside.
        let head = String::from_utf8_lossy(&it.head)
            .replace("\r\ntransfer-encoding:", "\r\nx-archive-orig-transfer-encoding:");
        let mut block = head.into_bytes();
        block.extend(&it.raw);
        let mut fields = vec![
            ("WARC-Target-URI", it.url.clone()),
            ("WARC-Payload-Digest", payload),
            ("Content-Type", "application/http; msgtype=response".to_owned()),
        ];
        if let Some(ip) = it.ip {
            fields.push(("WARC-IP-Address", ip.to_string()));
        }
        let mut bytes = record("response", &id, it.at, &fields, &block);
        let mut lines: Vec<(&str, String)> = Vec::new();
        if it.asked != it.url {
            lines.push(("trucewatch-asked", it.asked.clone()));
        }
        lines.extend(it.through.iter().map(|it| ("trucewatch-through", it.clone())));
        lines.extend(about.iter().map(|(key, value)| (*key, value.clone())));
        bytes.extend(self.metadata(&id, &it.url, it.at, &lines));
        self.write(&bytes, it.at)
    }

    /// Keeps a report that did not come over the network.
    ///
    /// # Errors
    /// What writing says; the file then ends with the record before.
    pub fn resource(
        &mut self,
        uri: &str,
        media: &str,
        body: &[u8],
        at: Timestamp,
        about: &[(&str, String)],
    ) -> std::io::Result<()> {
        let sha256: [u8; 32] = Sha256::digest(body).into();
        let id = self.id(at, uri, &sha256);
        let fields = vec![
            ("WARC-Target-URI", uri.to_owned()),
            ("WARC-Payload-Digest", format!("sha256:{}", hex(&sha256))),
            ("Content-Type", media.to_owned()),
        ];
        let mut bytes = record("resource", &id, at, &fields, body);
        let lines: Vec<(&str, String)> = about.iter().map(|(key, value)| (*key, value.clone())).collect();
        bytes.extend(self.metadata(&id, uri, at, &lines));
        self.write(&bytes, at)
    }

    /// Waits until what was written lies on the disk.
    ///
    /// # Errors
    /// What the disk says.
    pub fn sync(&self) -> std::io::Result<()> {
        self.file.as_ref().map_or(Ok(()), |it| it.0.sync_data())
    }

    fn metadata(&mut self, to: &str, uri: &str, at: Timestamp, lines: &[(&str, String)]) -> Vec<u8> {
        if lines.is_empty() {
            return Vec::new();
        }
        let block: String =
            lines.iter().map(|(key, value)| format!("{key}: {}\r\n", one_line(value))).collect();
        let sha256: [u8; 32] = Sha256::digest(block.as_bytes()).into();
        let id = self.id(at, uri, &sha256);
        let fields = vec![
            ("WARC-Target-URI", uri.to_owned()),
            ("WARC-Concurrent-To", to.to_owned()),
            ("Content-Type", "application/warc-fields".to_owned()),
        ];
        record("metadata", &id, at, &fields, block.as_bytes())
    }

    /// A name no other record has: made from what the record is, and counted.
    fn id(&mut self, at: Timestamp, uri: &str, sha256: &[u8; 32]) -> String {
        self.count += 1;
        let mut hash = Sha256::new();
        hash.update(at.as_nanosecond().to_le_bytes());
        hash.update(uri.as_bytes());
        hash.update(sha256);
        hash.update(self.count.to_le_bytes());
        hash.update(std::process::id().to_le_bytes());
        let it = hex(&hash.finalize());
        // A UUID of version 8, whose bits are free (RFC 9562).
        format!("<urn:uuid:{}-{}-8{}-8{}-{}>", &it[..8], &it[8..12], &it[13..16], &it[17..20], &it[20..32])
    }

    fn write(&mut self, bytes: &[u8], at: Timestamp) -> std::io::Result<()> {
        if self.file.as_ref().is_none_or(|it| it.2 >= ARCHIVE_BYTES_MAX) {
            self.begin(at)?;
        }
        let Some((file, _, length)) = &mut self.file else { return Ok(()) };
        append(file, length, bytes)
    }

    fn begin(&mut self, at: Timestamp) -> std::io::Result<()> {
        let stamp = at.strftime("%Y%m%d-%H%M%S").to_string();
        for number in 0..10_000u32 {
            let path = self.folder.join(format!("collect-{stamp}-{number:04}.warc.gz"));
            let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
                other => other?,
            };
            let block = format!(
                "software: trucewatch/{}\r\nformat: WARC File Format 1.1\r\n",
                env!("CARGO_PKG_VERSION")
            );
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let id = self.id(at, &name, &[0; 32]);
            let fields =
                vec![("WARC-Filename", name), ("Content-Type", "application/warc-fields".to_owned())];
            let mut length = 0;
            append(&mut file, &mut length, &record("warcinfo", &id, at, &fields, block.as_bytes()))?;
            self.file = Some((file, path, length));
            return Ok(());
        }
        Err(std::io::Error::other("ten thousand archive files bear this second's name"))
    }
}

/// Appends whole records or nothing: what a full disk cut short is taken back.
fn append(file: &mut File, length: &mut u64, bytes: &[u8]) -> std::io::Result<()> {
    let done = file.seek(SeekFrom::Start(*length)).and_then(|_| file.write_all(bytes));
    match done {
        Ok(()) => *length += bytes.len() as u64,
        Err(_) => file.set_len(*length)?,
    }
    done
}

/// One record as a gzip member of its own.
fn record(kind: &str, id: &str, at: Timestamp, fields: &[(&str, String)], block: &[u8]) -> Vec<u8> {
    let mut head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\nWARC-Block-Digest: sha256:{}\r\n",
        written(at),
        hex(&Sha256::digest(block))
    );
    for (name, value) in fields {
        head += &format!("{name}: {}\r\n", one_line(value));
    }
    head += &format!("Content-Length: {}\r\n\r\n", block.len());
    let mut out = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    let written = out
        .write_all(head.as_bytes())
        .and_then(|()| out.write_all(block))
        .and_then(|()| out.write_all(b"\r\n\r\n"));
    written.and_then(|()| out.finish()).expect("memory can be written to")
}

fn one_line(it: &str) -> String {
    it.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
