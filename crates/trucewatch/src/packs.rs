//! Opening agreement packs.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use truce_model::Agreement;
use truce_pack::PackError;

use crate::failure::Failure;

/// A pack's file larger than this is not read.
const PACK_BYTES_MAX: u64 = 8 << 20;

/// The file of a pack, given the folder or the file.
pub fn pack_file(given: &Path) -> PathBuf {
    if given.is_dir() { given.join("agreement.toml") } else { given.to_owned() }
}

/// Opens the pack at `given` (its folder, or its `agreement.toml`).
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(given: &Path) -> Result<Agreement, Failure> {
    let (file, toml, geojson) = texts(given)?;
    truce_pack::parse(&file, &toml, geojson.as_deref()).map_err(|errors| bad_pack(&errors))
}

/// The texts of a pack: its file as shown, its TOML and its GeoJSON.
///
/// # Errors
/// If there is no pack, or it cannot be read.
pub fn texts(given: &Path) -> Result<(String, String, Option<String>), Failure> {
    let file = pack_file(given);
    let toml = text(&file)?.ok_or_else(|| {
        Failure::usage(
            format!("{} is no agreement pack: there is no {}", given.display(), file.display()),
            "give the folder of a pack, such as agreements/nk-2020; \
             `trucewatch agreement new DIR` makes an empty one",
        )
    })?;
    let geojson = text(&file.with_file_name("places.geojson"))?;
    Ok((file.display().to_string(), toml, geojson))
}

fn text(path: &Path) -> Result<Option<String>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::usage(
            format!("cannot read {}: {error}", path.display()),
            "check the file and its permissions",
        )
    };
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(it) if it.len() > PACK_BYTES_MAX => {
            return Err(Failure::usage(
                format!(
                    "{} has {} bytes; a pack's file has at most {PACK_BYTES_MAX}",
                    path.display(),
                    it.len()
                ),
                "give the pack's own file",
            ));
        }
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map(Some).map_err(|error| {
        Failure::usage(
            format!("{} is not UTF-8 (byte {})", path.display(), error.utf8_error().valid_up_to()),
            "save it as UTF-8",
        )
    })
}

/// Tells everything that is wrong with a pack.
pub fn bad_pack(errors: &[PackError]) -> Failure {
    let mut what = format!("the pack has {} error(s):", errors.len());
    for it in errors {
        let _ = write!(what, "\n  {}", at(it));
        let mend = if it.mend.is_empty() { "see docs/packs.md" } else { &it.mend };
        let _ = write!(what, "\n    to mend: {mend}");
    }
    Failure::usage(what, "")
}

/// `file:line:column: what`, without what is unknown.
fn at(it: &PackError) -> String {
    match it.line {
        0 => format!("{}: {}", it.file, it.what),
        line => format!("{}:{line}:{}: {}", it.file, it.column, it.what),
    }
}
