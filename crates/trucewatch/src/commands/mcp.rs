//! A record that assistants can ask.

use std::io::{BufRead, Read, Write};
use std::path::Path;

use truce_publish::{MCP_MESSAGE_BYTES_MAX, McpServer};

use crate::failure::{DONE, Failure};
use crate::packs;

use super::verify::open;

pub fn run(record: &Path, agreement: Option<&Path>) -> Result<u8, Failure> {
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let server = McpServer::new(&record, agreement.as_ref());
    let mut input = std::io::stdin().lock();
    let mut out = std::io::stdout().lock();
    let failed = |error: std::io::Error| Failure::output("standard output", &error);
    loop {
        let mut line = Vec::new();
        // A longer message is cut; what is left of it is no JSON and is told.
        let most = MCP_MESSAGE_BYTES_MAX as u64 + 1;
        let read = (&mut input)
            .take(most)
            .read_until(b'\n', &mut line)
            .map_err(|error| Failure::nothing(format!("cannot read standard input: {error}"), ""))?;
        if read == 0 {
            return Ok(DONE);
        }
        if let Some(answer) = server.answer(&String::from_utf8_lossy(&line)) {
            writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(failed)?;
        }
    }
}
