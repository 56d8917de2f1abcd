//! Quality against gold files.

mod events;
mod floors;
mod gold;
mod stages;

use crate::args::{Common, EvalVerb};
use crate::failure::Failure;

pub fn run(common: &Common, verb: &EvalVerb) -> Result<u8, Failure> {
    match verb {
        EvalVerb::Gold { gold, packs, record, list, floors, out } => gold::run(
            common,
            &gold::Asked { gold, packs, record: record.as_deref(), list: *list, floors, out: out.as_deref() },
        ),
        EvalVerb::Syntax { files, names: true, last_fifth, .. } => stages::names(common, files, *last_fifth),
        EvalVerb::Syntax { files, gold_tokens, .. } => stages::syntax(common, files, *gold_tokens),
        EvalVerb::Time { files } => stages::time(common, files),
        EvalVerb::Place { files } => stages::place(common, files),
        EvalVerb::Factuality { files, scale, predictions } => {
            events::factuality(common, files, scale.as_deref(), predictions.as_deref())
        }
        EvalVerb::Plover { files, predictions, part } => {
            events::plover(common, files, predictions.as_deref(), part.as_deref())
        }
        EvalVerb::Trace { folders } => stages::trace(common, folders),
        EvalVerb::Attribution { folders } => stages::attribution(common, folders),
    }
}
