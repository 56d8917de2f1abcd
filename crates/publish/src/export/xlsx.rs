//! A workbook with claims, incidents and statements, and a sheet that says
//! what it is.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::csv::guarded;
use super::table::{self, Cell, Table};
use crate::strings as s;
use crate::view::View;

/// Rows of a sheet, less the header.
const ROWS_MAX: usize = 1_048_575;

/// Characters of a cell, as UTF-16 counts them.
const UNITS_MAX: usize = 32_767;

pub(super) fn write(view: &View) -> Result<Vec<u8>, ExportError> {
    let tables = [table::incidents(view), table::claims(view), table::statements(view)];
    for it in &tables {
        if it.rows.len() > ROWS_MAX {
            return Err(ExportError::TooManyRows { table: it.name, rows: it.rows.len(), max: ROWS_MAX });
        }
    }
    build(view, &tables).map_err(ExportError::Workbook)
}

fn build(view: &View, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed time: the same record gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author(s::PROGRAM).set_creation_datetime(&made));
    let bold = Format::new().set_bold();
    about(view, book.add_worksheet(), &bold)?;
    for it in tables {
        sheet(it, book.add_worksheet(), &bold)?;
    }
    book.save_to_buffer()
}

fn about(view: &View, sheet: &mut Worksheet, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name("about")?;
    sheet.set_column_width(0, 110)?;
    let record = view.record;
    sheet.write_string_with_format(0, 0, s::MONITORS, bold)?;
    sheet.write_string(1, 0, s::NOTHING_DECIDED)?;
    sheet.write_string(
        2,
        0,
        format!("{} {}, {}", record.made_by.program, record.made_by.version, record.format),
    )?;
    for (row, it) in (4..).zip(s::LIMITS_LIST) {
        sheet.write_string(row, 0, *it)?;
    }
    Ok(())
}

fn sheet(table: &Table, sheet: &mut Worksheet, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    for (n, (name, _)) in (0..).zip(table.columns) {
        sheet.write_string_with_format(0, n, *name, bold)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (n, cell) in (0..).zip(cells) {
            match cell {
                // Written as a string, a formula is not run; the guard stays
                // for those who save the sheet as CSV.
                Cell::Text(it) => sheet.write_string(row, n, fit(&guarded(it)))?,
                Cell::Number(it) => sheet.write_number(row, n, *it as f64)?,
                Cell::Degrees(it) => sheet.write_number(row, n, f64::from(*it) / 1e7)?,
                Cell::Empty => continue,
            };
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// What a cell holds of a text; XML has no place for control characters.
fn fit(text: &str) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|it| {
        units += it.len_utf16();
        units <= UNITS_MAX
    });
    let safe = |it: char| (it.is_control() && !matches!(it, '\n' | '\t')) || crate::say::is_noncharacter(it);
    kept.map(|it| if safe(it) { '\u{FFFD}' } else { it }).collect()
}
