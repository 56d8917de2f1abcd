//! CSV (RFC 4180), with a guard against words that a spreadsheet would run.

use super::table::{Cell, Table};

/// Writes a table; with `tags`, a row of HXL tags stands under the header.
pub(super) fn write(table: &Table, tags: bool) -> Vec<u8> {
    let mut out = String::new();
    line(&mut out, table.columns.iter().map(|it| it.0.to_owned()));
    if tags {
        line(&mut out, table.columns.iter().map(|it| it.1.to_owned()));
    }
    for row in &table.rows {
        line(&mut out, row.iter().map(plain));
    }
    out.into_bytes()
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(it) => guarded(it),
        Cell::Number(it) => it.to_string(),
        Cell::Degrees(it) => degrees(*it),
        Cell::Empty => String::new(),
    }
}

/// A text that a spreadsheet would take for a formula is given an apostrophe,
/// which spreadsheets hide. See OWASP, "CSV injection".
pub(super) fn guarded(text: &str) -> String {
    let text: String = text.chars().map(|it| if it == '\0' { '\u{FFFD}' } else { it }).collect();
    let runs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(' ').starts_with(runs) { format!("'{text}") } else { text }
}

/// Degrees × 10⁷ as decimal degrees, exactly.
fn degrees(e7: i32) -> String {
    let whole = e7.unsigned_abs();
    let sign = if e7 < 0 { "-" } else { "" };
    let fraction = format!("{:07}", whole % 10_000_000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", whole / 10_000_000)
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_words_are_not() {
        assert_eq!(guarded("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("  -1+1"), "'  -1+1");
        assert_eq!(guarded("a=b"), "a=b");
        assert_eq!(plain(&Cell::Degrees(-52_000_000)), "-5.2");
    }

    #[test]
    fn degrees_have_no_noise() {
        let cases = [
            (0, "0"),
            (1, "0.0000001"),
            (-1, "-0.0000001"),
            (i32::MIN, "-214.7483648"),
            (467_000_000, "46.7"),
        ];
        for (e7, written) in cases {
            assert_eq!(degrees(e7), written);
        }
    }

    #[test]
    fn quotes_are_doubled() {
        let mut out = String::new();
        line(&mut out, ["a\"b".to_owned(), "c,d".to_owned(), "e".to_owned()].into_iter());
        assert_eq!(out, "\"a\"\"b\",\"c,d\",e\r\n");
    }
}
