//! Running the real binary on folders of one's own.

#![allow(dead_code, unreachable_pub, reason = "every test file uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A plain report about the invented accord.
pub const GOOD_REPORT: &str = "Northland accuses Rivermark of shelling Alder Pass\n\n\
Stonebridge Courier\n\nMay 4, 2031\n\n\
Northland accused Rivermark of shelling Alder Pass on Sunday. Rivermark denied the charge.\n\n\
“Our guns were silent,” Rivermark's defence ministry said in a statement on Sunday.\n";

/// The pack of the examples.
pub fn pack() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../agreements/alder-2031")
}

/// What a run gave.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, not yet started.
pub fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_trucewatch"))
}

/// Runs the program to its end.
///
/// # Panics
/// If it panics, or is ended by a signal.
pub fn trucewatch(args: &[&str]) -> Done {
    let done = command().args(args).output().expect("the program starts");
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let done = Done {
        code: done.status.code().expect("not ended by a signal"),
        out: text(&done.stdout),
        err: text(&done.stderr),
    };
    assert!(!done.err.contains("panicked"), "{}", done.err);
    done
}

/// A folder of its own for one test, removed at its end.
pub struct Folder {
    root: PathBuf,
    arg: String,
}

impl Folder {
    pub fn new(name: &str) -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("trucewatch-{}-{number}-{name}", std::process::id()));
        fs::create_dir_all(&root).expect("a folder");
        Folder { arg: root.to_str().expect("UTF-8").to_owned(), root }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("written");
    }

    /// The folder itself (`.`), or a file in it, as an argument.
    pub fn arg(&self, name: &str) -> &str {
        if name == "." {
            return &self.arg;
        }
        // Arguments live as long as the test; a few bytes are kept for that.
        Box::leak(self.path(name).to_str().expect("UTF-8").to_owned().into_boxed_str())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
