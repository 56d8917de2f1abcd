//! The `trucewatch` binary: arguments and wiring.
//!
//! Everything that touches files, terminals and exit codes is here; what the
//! words of reports mean is decided in the stages.

mod args;
mod commands;
mod failure;
mod input;
mod output;
mod packs;
mod progress;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors; a closed pipe is none either.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { failure::USAGE } else { failure::DONE });
        }
    };
    match commands::run(&args) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => ExitCode::from(failure.tell()),
    }
}
