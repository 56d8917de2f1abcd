//! The model file: named sections one after the other.
//!
//! `TRUCESYN` and a version byte, number of sections `u8`, per section name
//! length `u8`, name, length `u32`; then the sections' bytes.

use std::collections::BTreeMap;

const MAGIC: &[u8; 9] = b"TRUCESYN\x01";

/// Why a file is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadModel {
    /// It does not begin like one, or is cut short.
    Shape,
    /// This section is missing or broken.
    Section(&'static str),
}

impl std::fmt::Display for BadModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadModel::Shape => write!(f, "no syntax model of this version"),
            BadModel::Section(name) => write!(f, "section {name} of the syntax model is missing or broken"),
        }
    }
}

impl std::error::Error for BadModel {}

/// Writes sections.
pub fn write(sections: &BTreeMap<&'static str, Vec<u8>>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.push(sections.len() as u8);
    for (name, bytes) in sections {
        out.push(name.len() as u8);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    }
    for bytes in sections.values() {
        out.extend_from_slice(bytes);
    }
    out
}

/// The sections of a file, by name.
///
/// # Errors
/// If the bytes are no model.
pub fn open(bytes: &[u8]) -> Result<BTreeMap<&str, &[u8]>, BadModel> {
    sections(bytes).ok_or(BadModel::Shape)
}

fn sections(bytes: &[u8]) -> Option<BTreeMap<&str, &[u8]>> {
    let mut head = bytes.strip_prefix(MAGIC.as_slice())?;
    let take = |head: &mut &[u8], n: usize| -> Option<Vec<u8>> {
        let (front, rest) = head.split_at_checked(n)?;
        *head = rest;
        Some(front.to_vec())
    };
    let count = take(&mut head, 1)?[0];
    let mut sizes = Vec::new();
    for _ in 0..count {
        let size = usize::from(take(&mut head, 1)?[0]);
        let (name, rest) = head.split_at_checked(size)?;
        head = rest;
        let size: [u8; 4] = take(&mut head, 4)?.try_into().ok()?;
        sizes.push((std::str::from_utf8(name).ok()?, u32::from_le_bytes(size) as usize));
    }
    let mut out = BTreeMap::new();
    for (name, size) in sizes {
        let (front, rest) = head.split_at_checked(size)?;
        head = rest;
        out.insert(name, front);
    }
    Some(out)
}
