//! A compiled gazetteer: a sorted table of folded names, searched where it
//! lies. Nothing is unpacked at load.
//!
//! ```text
//! "TWGZ1\n"  then six u32: countries, divisions, entries, names, blocks, bytes of display names
//! countries  2 bytes each
//! divisions  country u8, length u8, code
//! entries    latitude i24, longitude i24 (degrees × 10⁴), country u8, division u16, people u8, kind u8, display u24
//! display    length u8, bytes
//! blocks     u32 each: where every 16th name begins
//! names      shared u8, rest u8, bytes, count u8, entries u24 each
//! ```
//!
//! Names are cut at 255 bytes and 255 entries; both are far beyond what occurs.

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A city, town or village.
    Settlement,
    /// A first-level division.
    Division,
    /// A second-level division.
    District,
}

/// One row to compile.
#[derive(Clone, Debug)]
pub struct Row {
    /// As shown.
    pub name: String,
    /// Other names.
    pub others: Vec<String>,
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Code of the first-level division within the country.
    pub division: String,
    /// Inhabitants.
    pub people: u64,
    /// What it is.
    pub kind: Kind,
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'g> {
    /// Its number.
    pub id: u32,
    /// As shown.
    pub name: &'g str,
    /// Degrees × 10⁷.
    pub lat_e7: i32,
    /// Degrees × 10⁷.
    pub lon_e7: i32,
    /// ISO 3166-1 alpha-2.
    pub country: &'g str,
    /// Number of the first-level division; 0 for none.
    pub division: u16,
    /// Ten times the binary logarithm of the inhabitants.
    pub people: u8,
    /// What it is.
    pub kind: Kind,
}

const MAGIC: &[u8; 6] = b"TWGZ1\n";
const ENTRY_BYTES: usize = 14;
const BLOCK: usize = 16;

/// Compiles rows; the same rows in the same order give the same bytes.
pub fn compile(rows: &[Row]) -> Vec<u8> {
    use std::collections::BTreeMap;
    let mut countries: Vec<&str> =
        rows.iter().map(|it| it.country.as_str()).filter(|it| it.len() == 2).collect();
    countries.sort_unstable();
    countries.dedup();
    let mut divisions: Vec<(&str, &str)> = rows
        .iter()
        .filter(|it| !it.division.is_empty() && it.country.len() == 2)
        .map(|it| (it.country.as_str(), it.division.as_str()))
        .collect();
    divisions.sort_unstable();
    divisions.dedup();
    let mut entries = Vec::new();
    let mut display = Vec::new();
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let rows: Vec<&Row> = rows.iter().filter(|it| it.country.len() == 2 && !it.name.is_empty()).collect();
    for (id, row) in rows.iter().enumerate() {
        let country = countries.binary_search(&row.country.as_str()).unwrap_or(0) as u8;
        let division = divisions
            .binary_search(&(row.country.as_str(), row.division.as_str()))
            .map_or(0, |at| at as u16 + 1);
        let small = |degrees: f64| (degrees * 1e4).round() as i32;
        entries.extend_from_slice(&small(row.latitude).to_le_bytes()[..3]);
        entries.extend_from_slice(&small(row.longitude).to_le_bytes()[..3]);
        entries.push(country);
        entries.extend_from_slice(&division.to_le_bytes());
        entries.push(((row.people as f64 + 1.0).log2() * 10.0).round().min(255.0) as u8);
        entries.push(row.kind as u8);
        entries.extend_from_slice(&(display.len() as u32).to_le_bytes()[..3]);
        let mut cut = row.name.len().min(255);
        while !row.name.is_char_boundary(cut) {
            cut -= 1;
        }
        display.push(cut as u8);
        display.extend_from_slice(&row.name.as_bytes()[..cut]);
        for name in std::iter::once(&row.name).chain(&row.others) {
            let folded = crate::fold::fold(name);
            if (2..=60).contains(&folded.len()) {
                let ids = names.entry(folded).or_default();
                if ids.last() != Some(&(id as u32)) && ids.len() < 255 {
                    ids.push(id as u32);
                }
            }
        }
    }
    let mut table = Vec::new();
    let mut blocks: Vec<u32> = Vec::new();
    let mut before: &[u8] = &[];
    for (n, (name, ids)) in names.iter().enumerate() {
        let bytes = name.as_bytes();
        if n % BLOCK == 0 {
            blocks.push(table.len() as u32);
            before = &[];
        }
        let shared = bytes.iter().zip(before).take_while(|(a, b)| a == b).count();
        table.push(shared as u8);
        table.push((bytes.len() - shared) as u8);
        table.extend_from_slice(&bytes[shared..]);
        table.push(ids.len() as u8);
        for id in ids {
            table.extend_from_slice(&id.to_le_bytes()[..3]);
        }
        before = bytes;
    }
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    for count in [countries.len(), divisions.len(), rows.len(), names.len(), blocks.len(), display.len()] {
        out.extend_from_slice(&(count as u32).to_le_bytes());
    }
    for country in &countries {
        out.extend_from_slice(country.as_bytes());
    }
    for (country, code) in &divisions {
        out.push(countries.binary_search(country).unwrap_or(0) as u8);
        out.push(code.len() as u8);
        out.extend_from_slice(code.as_bytes());
    }
    out.extend_from_slice(&entries);
    out.extend_from_slice(&display);
    for block in blocks {
        out.extend_from_slice(&block.to_le_bytes());
    }
    out.extend_from_slice(&table);
    out
}

/// A compiled gazetteer, read where it lies.
#[derive(Clone, Debug)]
pub struct Gazetteer<'g> {
    countries: &'g [u8],
    divisions: Vec<(&'g str, &'g str)>,
    entries: &'g [u8],
    display: &'g [u8],
    blocks: &'g [u8],
    table: &'g [u8],
}

impl<'g> Gazetteer<'g> {
    /// Opens compiled bytes; `None` if they are none.
    pub fn open(bytes: &'g [u8]) -> Option<Gazetteer<'g>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let mut counts = [0usize; 6];
        for (n, count) in counts.iter_mut().enumerate() {
            *count = u32::from_le_bytes(rest.get(n * 4..n * 4 + 4)?.try_into().ok()?) as usize;
        }
        let [countries, divisions, entries, _, blocks, display] = counts;
        let mut at = 24usize;
        let mut take = |length: usize| -> Option<&'g [u8]> {
            let part = rest.get(at..at.checked_add(length)?)?;
            at += length;
            Some(part)
        };
        let countries = take(countries.checked_mul(2)?)?;
        let code = |n: u8| -> Option<&'g str> {
            std::str::from_utf8(countries.get(usize::from(n) * 2..usize::from(n) * 2 + 2)?).ok()
        };
        let mut list = Vec::with_capacity(divisions.min(65_536));
        for _ in 0..divisions {
            let head = take(2)?;
            let (country, length) = (*head.first()?, *head.get(1)?);
            list.push((code(country)?, std::str::from_utf8(take(usize::from(length))?).ok()?));
        }
        let entries = take(entries.checked_mul(ENTRY_BYTES)?)?;
        let display = take(display)?;
        let blocks = take(blocks.checked_mul(4)?)?;
        Some(Gazetteer { countries, divisions: list, entries, display, blocks, table: rest.get(at..)? })
    }

    /// Country and code of a division by its number.
    pub fn division(&self, number: u16) -> Option<(&'g str, &'g str)> {
        self.divisions.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The entry with this number.
    pub fn entry(&self, id: u32) -> Option<Entry<'g>> {
        let at = id as usize * ENTRY_BYTES;
        let it = self.entries.get(at..at + ENTRY_BYTES)?;
        let small = |at: usize| {
            let raw = i32::from_le_bytes([0, it[at], it[at + 1], it[at + 2]]) >> 8;
            raw * 1000
        };
        let display = usize::from(it[11]) | usize::from(it[12]) << 8 | usize::from(it[13]) << 16;
        let length = usize::from(*self.display.get(display)?);
        let country = usize::from(it[6]) * 2;
        Some(Entry {
            id,
            name: std::str::from_utf8(self.display.get(display + 1..display + 1 + length)?).ok()?,
            lat_e7: small(0),
            lon_e7: small(3),
            country: std::str::from_utf8(self.countries.get(country..country + 2)?).ok()?,
            division: u16::from_le_bytes([it[7], it[8]]),
            people: it[9],
            kind: match it[10] {
                0 => Kind::Settlement,
                1 => Kind::Division,
                _ => Kind::District,
            },
        })
    }

    /// All entries with this folded name.
    pub fn named(&self, folded: &str) -> Vec<Entry<'g>> {
        self.ids(folded)
            .chunks_exact(3)
            .filter_map(|it| self.entry(u32::from_le_bytes([it[0], it[1], it[2], 0])))
            .collect()
    }

    /// Whether some entry has this folded name.
    pub fn knows(&self, folded: &str) -> bool {
        !self.ids(folded).is_empty()
    }

    /// The numbers of the entries with this folded name, three bytes each.
    fn ids(&self, folded: &str) -> &'g [u8] {
        let wanted = folded.as_bytes();
        let block_start = |n: usize| -> usize {
            self.blocks
                .get(n * 4..n * 4 + 4)
                .and_then(|it| it.try_into().ok())
                .map_or(self.table.len(), |it| u32::from_le_bytes(it) as usize)
        };
        let first = |n: usize| -> &[u8] {
            let at = block_start(n);
            let length = self.table.get(at + 1).map_or(0, |it| usize::from(*it));
            self.table.get(at + 2..at + 2 + length).unwrap_or(&[])
        };
        // The last block whose first name is not after the wanted one.
        let (mut low, mut high) = (0, self.blocks.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            if first(middle) <= wanted { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return &[] };
        let mut at = block_start(block);
        // How much of the wanted name the name before shares with it.
        let mut matched = 0usize;
        for _ in 0..BLOCK {
            let (Some(shared), Some(rest)) = (self.table.get(at), self.table.get(at + 1)) else { return &[] };
            let (shared, rest) = (usize::from(*shared), usize::from(*rest));
            let Some(bytes) = self.table.get(at + 2..at + 2 + rest) else { return &[] };
            let Some(count) = self.table.get(at + 2 + rest) else { return &[] };
            let ids = at + 3 + rest;
            let end = ids + usize::from(*count) * 3;
            if shared <= matched {
                let tail = wanted.get(shared..).unwrap_or(&[]);
                let same = tail.iter().zip(bytes).take_while(|(a, b)| a == b).count();
                matched = shared + same;
                if same == rest && matched == wanted.len() {
                    return self.table.get(ids..end).unwrap_or(&[]);
                }
                // Names after this one are greater than the wanted one too.
                if same < rest && (same == tail.len() || bytes[same] > tail[same]) {
                    return &[];
                }
            }
            at = end;
        }
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, others: &[&str], country: &str, people: u64) -> Row {
        Row {
            name: name.into(),
            others: others.iter().map(|it| (*it).to_owned()).collect(),
            latitude: 39.8177,
            longitude: -46.7528,
            country: country.into(),
            division: "01".into(),
            people,
            kind: Kind::Settlement,
        }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let mut rows = vec![row("Alder", &["Aldër", "Alderburg"], "NO", 100), row("Alder", &[], "RI", 5)];
        for n in 0..500 {
            rows.push(row(&format!("Town {n}"), &[&format!("Other {}", n / 3)], "NO", n));
        }
        let bytes = compile(&rows);
        let gazetteer = Gazetteer::open(&bytes).unwrap();
        let found = gazetteer.named("alder");
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].country, found[0].lat_e7, found[0].lon_e7), ("RI", 398_177_000, -467_528_000));
        assert_eq!(gazetteer.named("alderburg").len(), 1);
        for n in 0..500 {
            assert_eq!(gazetteer.named(&format!("town {n}"))[0].name, format!("Town {n}"));
            assert!(gazetteer.knows(&format!("other {}", n / 3)));
        }
        for missing in ["", "a", "aldes", "town", "town 500", "zzz", "town 49x"] {
            assert!(!gazetteer.knows(missing), "{missing}");
        }
        assert_eq!(compile(&rows), bytes);
    }

    #[test]
    fn broken_bytes_are_none() {
        let bytes = compile(&[row("Alder", &[], "NO", 100)]);
        for cut in 0..bytes.len() {
            if let Some(gazetteer) = Gazetteer::open(&bytes[..cut]) {
                let _ = gazetteer.named("alder");
            }
        }
        assert!(Gazetteer::open(b"something else").is_none());
    }
}
