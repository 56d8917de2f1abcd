//! Quality against gold files.

mod floors;
mod gold;

use crate::args::{Common, EvalVerb};
use crate::failure::Failure;

pub fn run(common: &Common, verb: &EvalVerb) -> Result<u8, Failure> {
    match verb {
        EvalVerb::Gold { gold, packs, record, list, floors, out } => gold::run(
            common,
            &gold::Asked { gold, packs, record: record.as_deref(), list: *list, floors, out: out.as_deref() },
        ),
    }
}
