//! Tables as Apache Parquet: one row group, plain encoding, no compression.
//!
//! The format's flat part is small; it is written here instead of drawing in
//! a library many times the size of this program. Read by pyarrow in tests.

use super::table::{Cell, Table};

const MAGIC: &[u8; 4] = b"PAR1";

/// Rows of one page; readers hold a page in memory at once.
const PAGE_ROWS: usize = 16_384;

/// Columns of numbers. Their type does not depend on what the rows hold.
const NUMBERS: &[&str] = &[
    "killed_claimed_low",
    "killed_claimed_high",
    "evidence_start",
    "evidence_end",
    "mentions",
    "articles",
    "lineages",
    "origins_low",
    "origins_high",
    "content_start",
    "content_end",
];

// Numbers of the format: parquet.thrift.
const INT64: i64 = 2;
const BYTE_ARRAY: i64 = 6;
const OPTIONAL: i64 = 1;
const UTF8: i64 = 0;
const PLAIN: i64 = 0;
const RLE: i64 = 3;

pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut chunks = Vec::new();
    for (n, (name, _)) in table.columns.iter().enumerate() {
        let start = out.len();
        let number = NUMBERS.contains(name);
        for rows in table.rows.chunks(PAGE_ROWS) {
            let page = page(rows.iter().map(|it| &it[n]), number);
            out.extend(header(rows.len(), page.len()));
            out.extend(page);
        }
        chunks.push(Chunk { name, number, start, length: out.len() - start });
    }
    let footer = footer(table, &chunks);
    out.extend(&footer);
    out.extend(u32::try_from(footer.len()).expect("a footer has a few kilobytes").to_le_bytes());
    out.extend(MAGIC);
    out
}

/// A column as it lies in the file.
struct Chunk {
    name: &'static str,
    number: bool,
    start: usize,
    length: usize,
}

/// Which cells hold something, then what they hold.
fn page<'c>(cells: impl Iterator<Item = &'c Cell>, number: bool) -> Vec<u8> {
    let mut runs: Vec<(bool, u64)> = Vec::new();
    let mut values = Vec::new();
    for cell in cells {
        let held = value(cell, number, &mut values);
        match runs.last_mut() {
            Some((last, count)) if *last == held => *count += 1,
            _ => runs.push((held, 1)),
        }
    }
    let mut levels = Vec::new();
    for (held, count) in runs {
        varint(count << 1, &mut levels);
        levels.push(u8::from(held));
    }
    let mut out = (levels.len() as u32).to_le_bytes().to_vec();
    out.extend(levels);
    out.extend(values);
    out
}

fn value(cell: &Cell, number: bool, out: &mut Vec<u8>) -> bool {
    match (cell, number) {
        (Cell::Number(it), true) => out.extend(it.to_le_bytes()),
        (Cell::Degrees(it), true) => out.extend(i64::from(*it).to_le_bytes()),
        (Cell::Text(it), false) => text(it, out),
        (Cell::Number(it), false) => text(&it.to_string(), out),
        (Cell::Degrees(it), false) => text(&it.to_string(), out),
        (Cell::Empty, _) | (Cell::Text(_), true) => return false,
    }
    true
}

fn text(it: &str, out: &mut Vec<u8>) {
    out.extend((it.len() as u32).to_le_bytes());
    out.extend(it.as_bytes());
}

fn header(rows: usize, bytes: usize) -> Vec<u8> {
    let mut thrift = Thrift::default();
    thrift.i32(1, 0).i32(2, bytes as i64).i32(3, bytes as i64);
    thrift.open(5).i32(1, rows as i64).i32(2, PLAIN).i32(3, RLE).i32(4, RLE).close();
    thrift.end()
}

fn footer(table: &Table, chunks: &[Chunk]) -> Vec<u8> {
    let rows = table.rows.len() as i64;
    let kind = |it: &Chunk| if it.number { INT64 } else { BYTE_ARRAY };
    let mut thrift = Thrift::default();
    thrift.i32(1, 1).list(2, STRUCT, chunks.len() + 1);
    thrift.element().binary(4, table.name).i32(5, chunks.len() as i64).close();
    for it in chunks {
        thrift.element().i32(1, kind(it)).i32(3, OPTIONAL).binary(4, it.name);
        if !it.number {
            thrift.i32(6, UTF8);
        }
        thrift.close();
    }
    thrift.i64(3, rows);
    // A file without rows has no row group; readers refuse empty ones.
    thrift.list(4, STRUCT, usize::from(rows > 0));
    if rows > 0 {
        thrift.element().list(1, STRUCT, chunks.len());
        for it in chunks {
            thrift.element().i64(2, it.start as i64).open(3).i32(1, kind(it));
            thrift.list(2, I32, 2).bare(PLAIN).bare(RLE);
            thrift.list(3, BINARY, 1).bare_text(it.name);
            thrift
                .i32(4, 0)
                .i64(5, rows)
                .i64(6, it.length as i64)
                .i64(7, it.length as i64)
                .i64(9, it.start as i64);
            thrift.close().close();
        }
        let bytes: usize = chunks.iter().map(|it| it.length).sum();
        thrift.i64(2, bytes as i64).i64(3, rows).close();
    }
    thrift.binary(6, "trucewatch");
    thrift.end()
}

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Thrift's compact protocol, as far as Parquet's footer needs it.
#[derive(Default)]
struct Thrift {
    out: Vec<u8>,
    /// The last field of each open structure.
    fields: Vec<i16>,
    last: i16,
}

impl Thrift {
    fn field(&mut self, id: i16, kind: u8) {
        let step = u8::try_from(id - self.last).expect("fields are written in order");
        self.out.push(step << 4 | kind);
        self.last = id;
    }

    fn i32(&mut self, id: i16, it: i64) -> &mut Thrift {
        self.field(id, I32);
        self.bare(it)
    }

    fn i64(&mut self, id: i16, it: i64) -> &mut Thrift {
        self.field(id, I64);
        self.bare(it)
    }

    fn binary(&mut self, id: i16, it: &str) -> &mut Thrift {
        self.field(id, BINARY);
        self.bare_text(it)
    }

    fn list(&mut self, id: i16, of: u8, length: usize) -> &mut Thrift {
        self.field(id, LIST);
        if length < 15 {
            self.out.push((length as u8) << 4 | of);
        } else {
            self.out.push(0xF0 | of);
            varint(length as u64, &mut self.out);
        }
        self
    }

    fn bare(&mut self, it: i64) -> &mut Thrift {
        varint(((it << 1) ^ (it >> 63)) as u64, &mut self.out);
        self
    }

    fn bare_text(&mut self, it: &str) -> &mut Thrift {
        varint(it.len() as u64, &mut self.out);
        self.out.extend(it.as_bytes());
        self
    }

    fn open(&mut self, id: i16) -> &mut Thrift {
        self.field(id, STRUCT);
        self.element()
    }

    /// A structure in a list.
    fn element(&mut self) -> &mut Thrift {
        self.fields.push(self.last);
        self.last = 0;
        self
    }

    fn close(&mut self) -> &mut Thrift {
        self.out.push(0);
        self.last = self.fields.pop().expect("as many closed as opened");
        self
    }

    fn end(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

fn varint(mut it: u64, out: &mut Vec<u8>) {
    while it >= 0x80 {
        out.push(it as u8 | 0x80);
        it >>= 7;
    }
    out.push(it as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_varying_length() {
        let coded = |it: u64| {
            let mut out = Vec::new();
            varint(it, &mut out);
            out
        };
        assert_eq!(coded(0), [0]);
        assert_eq!(coded(127), [0x7F]);
        assert_eq!(coded(300), [0xAC, 0x02]);
    }

    #[test]
    fn empty_cells_are_runs_and_not_values() {
        let cells = [Cell::Empty, Cell::Number(3), Cell::Number(4), Cell::Empty];
        let page = page(cells.iter(), true);
        assert_eq!(page[..10], [6, 0, 0, 0, 2, 0, 4, 1, 2, 0]);
        assert_eq!(page[10..], [3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
    }
}
