//! A situation report as DOCX (ECMA-376), which Word and LibreOffice open.
//!
//! Every sentence links to a bookmark at its source words. The parts are
//! written here, since they are few; the container is the `zip` crate's.

mod body;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Report, SitrepError};
use crate::strings as s;
use crate::view::View;

const STYLES: &str = include_str!("styles.xml");

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const PACKAGE_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;

/// The parts of a document that hold words.
pub(super) fn write<'r>(view: &View<'r>, report: &Report<'r>) -> Result<Vec<u8>, SitrepError> {
    let footer = format!(
        r#"<w:ftr xmlns:w="{}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:t xml:space="preserve"> · </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"#,
        xml::WORD,
        xml::run(s::MONITORS, ""),
    );
    let core = format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>en</dc:language></cp:coreProperties>"#,
        xml::escape(&super::plain(&report.title)),
        s::PROGRAM,
    );
    let document = body::document(view, report);
    let parts: [(&str, &str); 7] = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", PACKAGE_RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/footer1.xml", &footer),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
    ];
    // The date of the entries is fixed: the same record gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |error: &dyn std::fmt::Display| SitrepError::Written { what: error.to_string() };
    for (name, part) in parts {
        zip.start_file(name, options).map_err(|it| failed(&it))?;
        let declared = part.starts_with("<?xml");
        let written = if declared { Ok(()) } else { zip.write_all(DECLARATION.as_bytes()) };
        written.and_then(|()| zip.write_all(part.as_bytes())).map_err(|it| failed(&it))?;
    }
    Ok(zip.finish().map_err(|it| failed(&it))?.into_inner())
}
