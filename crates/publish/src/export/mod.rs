//! What leaves the house as data, in the formats this field exchanges.
//!
//! Each format is a file of its own. None adds up claims, and none shows a
//! point for an area.

mod acled;
mod annotation;
mod csv;
mod geojson;
mod ical;
mod parquet;
mod plover;
mod prov;
mod schema_org;
mod table;
mod xlsx;

pub(crate) use ical::deadlines;

use truce_model::Agreement;
use truce_record::Record;

use crate::view::View;

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $ending:literal, $media:literal;)*) => {
        /// A format of export.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format { $($(#[$doc])* $variant,)* }

        impl Format {
            /// All formats, in order.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            /// The name on the command line and in addresses.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// The usual ending of a file, without the dot.
            pub fn ending(self) -> &'static str {
                match self { $(Format::$variant => $ending,)* }
            }

            /// The media type.
            pub fn media_type(self) -> &'static str {
                match self { $(Format::$variant => $media,)* }
            }
        }
    };
}

formats! {
    /// Claims, a row each.
    CsvClaims = "csv", "csv", "text/csv; charset=utf-8";
    /// Incidents, a row each.
    CsvIncidents = "csv-incidents", "csv", "text/csv; charset=utf-8";
    /// Statements, a row each.
    CsvStatements = "csv-statements", "csv", "text/csv; charset=utf-8";
    /// Claims with a row of HXL tags under the header.
    Hxl = "hxl", "csv", "text/csv; charset=utf-8";
    /// Incidents on the map (RFC 7946), those without a place too.
    GeoJson = "geojson", "geojson", "application/geo+json";
    /// Claims as W3C Web Annotations.
    WebAnnotation = "web-annotation", "jsonld", "application/ld+json";
    /// How the record came about, as PROV-JSON.
    Prov = "prov", "json", "application/json";
    /// Claims as PLOVER events.
    Plover = "plover", "json", "application/json";
    /// Incidents in the columns that users of ACLED know.
    Acled = "acled", "csv", "text/csv; charset=utf-8";
    /// Claims as schema.org describes them.
    SchemaOrg = "schema-org", "jsonld", "application/ld+json";
    /// Deadlines of the agreement, and those that pledges and demands name.
    ICalendar = "ical", "ics", "text/calendar; charset=utf-8";
    /// Claims for data tools.
    ParquetClaims = "parquet", "parquet", "application/vnd.apache.parquet";
    /// Incidents for data tools.
    ParquetIncidents = "parquet-incidents", "parquet", "application/vnd.apache.parquet";
    /// Statements for data tools.
    ParquetStatements = "parquet-statements", "parquet", "application/vnd.apache.parquet";
    /// Claims, incidents and statements as sheets of one workbook.
    Xlsx = "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

impl Format {
    /// The format with this name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|it| it.name() == name)
    }
}

/// Why a record could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// More rows than a sheet can hold.
    #[error("{rows} {table} do not fit on a sheet, which holds {max}: export as csv instead")]
    TooManyRows {
        /// The table.
        table: &'static str,
        /// Its rows.
        rows: usize,
        /// What fits.
        max: usize,
    },
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
}

/// Exports a record. Coordinates come from the agreement; without it nothing
/// is placed on the map. The same record gives the same bytes.
///
/// # Errors
/// See [`ExportError`]; only workbooks can fail.
pub fn export(
    record: &Record,
    agreement: Option<&Agreement>,
    format: Format,
) -> Result<Vec<u8>, ExportError> {
    let view = View::new(record, agreement);
    Ok(match format {
        Format::CsvClaims => csv::write(&table::claims(&view), false),
        Format::CsvIncidents => csv::write(&table::incidents(&view), false),
        Format::CsvStatements => csv::write(&table::statements(&view), false),
        Format::Hxl => csv::write(&table::claims(&view), true),
        Format::GeoJson => json(&geojson::collection(&view)),
        Format::WebAnnotation => json(&annotation::collection(&view)),
        Format::Prov => json(&prov::document(&view)),
        Format::Plover => json(&plover::events(&view)),
        Format::Acled => csv::write(&acled::events(&view), false),
        Format::SchemaOrg => json(&schema_org::graph(&view)),
        Format::ICalendar => ical::calendar(&view).into_bytes(),
        Format::ParquetClaims => parquet::write(&table::claims(&view)),
        Format::ParquetIncidents => parquet::write(&table::incidents(&view)),
        Format::ParquetStatements => parquet::write(&table::statements(&view)),
        Format::Xlsx => xlsx::write(&view)?,
    })
}

fn json(value: &serde_json::Value) -> Vec<u8> {
    let mut out = serde_json::to_vec_pretty(value).expect("values of JSON can be written as JSON");
    out.push(b'\n');
    out
}
