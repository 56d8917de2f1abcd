//! Our archives opened by a reader that is not ours (`warcio`).

mod support;

use std::process::Command;

use support::{Folder, Hand, Server, client, page};
use truce_collect::{Collector, Sources};

const SCRIPT: &str = r#"
import hashlib, sys
try:
    from warcio.archiveiterator import ArchiveIterator
except ImportError:
    sys.exit(77)
kinds = []
with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file):
        kinds.append(record.rec_type)
        body = record.raw_stream.read()
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        if digest:
            assert digest == "sha256:" + hashlib.sha256(body).hexdigest(), record.rec_type
        if record.rec_type == "response":
            assert record.http_headers.get_statuscode() == "200"
            assert record.rec_headers.get_header("WARC-Target-URI").startswith("http://localhost")
print(",".join(kinds))
"#;

#[test]
fn another_reader_opens_our_archives() {
    let server = Server::new(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => support::reply(stream, "404 Not Found", "", b""),
        _ => page(stream, "<html><body><p>Pass closed – again.</p></body></html>"),
    });
    let folder = Folder::new("readers");
    let toml =
        format!("contact = \"x\"\n[[source]]\nid = \"a\"\nkind = \"page\"\nurl = \"{}\"\n", server.url("/a"));
    let sources = Sources::parse(&toml).expect("sources");
    let mut collector = Collector::new(sources, &folder.0, client(&Hand::new())).expect("a collector");
    assert_eq!(collector.round(&mut |_| {}).expect("a round").kept, 1);
    let python = std::env::var("TRUCEWATCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let path = collector.archive().expect("an archive");
    let output = Command::new(&python).args(["-c", SCRIPT]).arg(path).output();
    let needed = std::env::var("TRUCEWATCH_NEED_READERS").is_ok();
    match output {
        Ok(it) if it.status.success() => {
            assert_eq!(String::from_utf8_lossy(&it.stdout).trim(), "warcinfo,response,metadata");
        }
        Ok(it) if it.status.code() == Some(77) => {
            println!("skipped: warcio is not installed (see .ci/run)");
            assert!(!needed, "warcio is needed");
        }
        Ok(it) => panic!("{}", String::from_utf8_lossy(&it.stderr)),
        Err(_) => {
            println!("skipped: {python} cannot be run");
            assert!(!needed, "{python} is needed");
        }
    }
}
