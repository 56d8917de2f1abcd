//! Joins the stages: extract, trace, read, assess, record.
//!
//! It knows threads and progress, but no files, clocks or network: reports
//! come in as bytes, and who calls decides where they are from. Results do
//! not depend on the order of the reports or the number of threads.

mod intake;
mod parallel;
mod run;
mod watch;

pub use intake::{Intake, take_in};
pub use parallel::map;
pub use run::{
    Outcome, Program, READ_LANGUAGES, assess_read, date_by_twins, models, read_each, run, trace_only, unread,
};
pub use watch::{Silent, Stage, Watch};
