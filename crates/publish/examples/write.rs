//! Writes everything this crate makes of a record into a folder, to be looked
//! at: `cargo run -p truce-publish --example write -- DIR [RECORD]`.

use truce_publish::SitrepFormat;

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let into = std::path::PathBuf::from(args.next().unwrap_or_else(|| "target/publish".into()));
    std::fs::create_dir_all(&into)?;
    let agreement = support::agreement();
    let given = args.next();
    let record = match &given {
        Some(path) => truce_record::from_json(&std::fs::read(path)?).map_err(std::io::Error::other)?,
        None => support::record(),
    };
    let agreement = given.is_none().then_some(&agreement);
    std::fs::write(into.join("brief.html"), truce_publish::brief_html(&record, agreement))?;
    let summary = truce_publish::summary(&record, agreement, 80, 40);
    std::fs::write(into.join("summary.txt"), &summary)?;
    for format in truce_publish::Format::ALL {
        let bytes = truce_publish::export(&record, agreement, *format).map_err(std::io::Error::other)?;
        std::fs::write(into.join(format!("{}.{}", format.name(), format.ending())), bytes)?;
    }
    for (format, name) in [(SitrepFormat::Markdown, "sitrep.md"), (SitrepFormat::Html, "sitrep.html")] {
        let report =
            truce_publish::sitrep(&record, agreement, None, format).map_err(std::io::Error::other)?;
        std::fs::write(into.join(name), report)?;
    }
    print!("{summary}");
    Ok(())
}
