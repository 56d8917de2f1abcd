//! Writing: whole files or none, and a standard output that may be closed.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Writes to standard output; buffered, flushed at the end.
///
/// # Errors
/// What writing says; a closed pipe ends the program without a word.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|error| Failure::output("standard output", &error))
}

/// Writes all `files` into the folder `into`, which is made if needed.
///
/// All contents are first written beside their places and then moved there,
/// so that a reader never meets half a file, and a full disk leaves the
/// earlier files as they were.
///
/// # Errors
/// What could not be written.
pub fn write_folder(into: &Path, files: &[(&str, &[u8])]) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let shown = path.display().to_string();
        move |error: io::Error| Failure::output(&shown, &error)
    };
    fs::create_dir_all(into).map_err(failed(into))?;
    let mut moves: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = files.iter().try_for_each(|(name, bytes)| {
        let place = into.join(name);
        let beside = into.join(format!(".{name}.{}.tmp", std::process::id()));
        moves.push((beside.clone(), place));
        let mut file = fs::File::create(&beside).map_err(failed(&beside))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed(&beside))
    });
    let moved = written.and_then(|()| {
        moves.iter().try_for_each(|(beside, place)| fs::rename(beside, place).map_err(failed(place)))
    });
    if moved.is_err() {
        for (beside, _) in &moves {
            let _ = fs::remove_file(beside);
        }
    }
    moved
}

/// Writes a folder of files, below it folders as the names say.
///
/// The whole is written beside its place and moved there, so that a full disk
/// leaves what was there before. A folder that is there already is replaced
/// only if it is empty or has the file `mark`, by which one of ours is known.
///
/// # Errors
/// What could not be written, or that something else is in the way.
pub fn write_tree(into: &Path, files: &[(&str, &[u8])], mark: &str) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let shown = path.display().to_string();
        move |error: io::Error| Failure::output(&shown, &error)
    };
    let name = into.file_name().map(|it| it.to_string_lossy().into_owned());
    let Some(name) = name else {
        return Err(Failure::usage(format!("{} names no folder", into.display()), "give a folder to make"));
    };
    let there = into.symlink_metadata().is_ok();
    let empty = there && fs::read_dir(into).is_ok_and(|mut it| it.next().is_none());
    if there && !empty && !into.join(mark).is_file() {
        return Err(Failure::usage(
            format!("{} holds other things", into.display()),
            "give a folder that is new, empty, or was written by this command",
        ));
    }
    let parent = into.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = parent.join(format!(".{name}.{}.tmp", std::process::id()));
    let former = parent.join(format!(".{name}.{}.old", std::process::id()));
    let written = files.iter().try_for_each(|(name, bytes)| {
        let path = beside.join(name);
        let folder = path.parent().unwrap_or(&beside);
        fs::create_dir_all(folder).map_err(failed(folder))?;
        let mut file = fs::File::create(&path).map_err(failed(&path))?;
        file.write_all(bytes).map_err(failed(&path))
    });
    let moved = written.and_then(|()| {
        if there {
            fs::rename(into, &former).map_err(failed(into))?;
        }
        fs::rename(&beside, into).map_err(|error| {
            let _ = fs::rename(&former, into);
            failed(into)(error)
        })
    });
    if moved.is_err() {
        let _ = fs::remove_dir_all(&beside);
    } else if there {
        let _ = fs::remove_dir_all(&former);
    }
    moved
}

/// Writes one file whole, or standard output if there is no path.
///
/// # Errors
/// What could not be written.
pub fn write_or_print(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = path else { return print(|out| out.write_all(bytes)) };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match path.file_name().and_then(|it| it.to_str()) {
        Some(name) => write_folder(folder, &[(name, bytes)]),
        None => Err(Failure::usage(format!("{} names no file", path.display()), "give a file to write")),
    }
}
