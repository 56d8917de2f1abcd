//! Errors for people: what went wrong, where, and what to do.

use std::io::Write;

/// Done.
pub const DONE: u8 = 0;
/// Done, with problems worth a look, which were listed.
pub const PROBLEMS: u8 = 1;
/// Wrong usage or a bad pack.
pub const USAGE: u8 = 2;
/// Nothing could be read.
pub const NOTHING: u8 = 3;

/// Why the program stops.
#[derive(Debug)]
pub struct Failure {
    /// Exit code.
    pub code: u8,
    /// What and where.
    pub what: String,
    /// What to do.
    pub mend: String,
    /// Nothing is told: the reader of our output went away.
    silent: bool,
}

impl Failure {
    /// Wrong usage or a bad pack.
    pub fn usage(what: impl Into<String>, mend: impl Into<String>) -> Failure {
        Failure { code: USAGE, what: what.into(), mend: mend.into(), silent: false }
    }

    /// Nothing could be read.
    pub fn nothing(what: impl Into<String>, mend: impl Into<String>) -> Failure {
        Failure { code: NOTHING, what: what.into(), mend: mend.into(), silent: false }
    }

    /// Output failed. A closed pipe is how `| head` says that it has enough.
    pub fn output(what: &str, error: &std::io::Error) -> Failure {
        Failure {
            code: if error.kind() == std::io::ErrorKind::BrokenPipe { DONE } else { USAGE },
            what: format!("cannot write {what}: {error}"),
            mend: "make room, or choose another place to write to".into(),
            silent: error.kind() == std::io::ErrorKind::BrokenPipe,
        }
    }

    /// Writes it to standard error and gives the exit code.
    pub fn tell(&self) -> u8 {
        if !self.silent {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "trucewatch: {}", self.what);
            if !self.mend.is_empty() {
                let _ = writeln!(err, "  to mend: {}", self.mend);
            }
        }
        self.code
    }
}
