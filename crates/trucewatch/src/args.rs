//! The command line.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

/// Reads news reports about a ceasefire into an auditable record of
/// compliance. Trucewatch monitors reports; it does not verify events.
#[derive(Debug, Parser)]
#[command(name = "trucewatch", version, after_help = EXIT_CODES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    #[command(flatten)]
    pub common: Common,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 done with problems worth a look (listed); \
2 wrong usage or bad pack; 3 nothing could be read.";

/// Options of every verb.
#[derive(Debug, ClapArgs)]
pub struct Common {
    /// Threads to read with [default: all processors]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Tell nothing but errors and problems
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Print JSON for programs
    #[arg(long, global = true)]
    pub json: bool,
}

impl Common {
    /// The number of threads to use.
    pub fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// Reports to read.
#[derive(Debug, ClapArgs)]
pub struct Reports {
    /// Files (.txt, .html, .jsonl; .warc, .wacz, .eml, feeds, ninjs, NewsML-G2), folders, or - for
    /// JSON Lines on standard input
    #[arg(required = true, value_name = "REPORTS")]
    pub reports: Vec<PathBuf>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Reports to a compliance brief: a summary here, record.json and brief.html in DIR
    Brief {
        #[command(flatten)]
        reports: Reports,
        /// Folder of the agreement's pack
        #[arg(long, value_name = "DIR")]
        agreement: PathBuf,
        /// Folder to write to
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// One JSON line per report: what was read in it
    Read {
        #[command(flatten)]
        reports: Reports,
        /// Folder of the agreement's pack
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
        /// Only the article and its events, coded in this scheme: plover
        #[arg(long, value_name = "SCHEME", value_parser = ["plover"])]
        events: Option<String>,
    },
    /// One JSON line per pair of reused passages, then one per lineage
    Trace {
        #[command(flatten)]
        reports: Reports,
        /// Folder of an agreement's pack, whose place names count as equal
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
    },
    /// Says what of a record no longer holds, and where
    Verify {
        /// The record
        record: PathBuf,
        /// The reports it was made from
        #[arg(value_name = "REPORTS")]
        reports: Vec<PathBuf>,
    },
    /// A record as a file for other programs
    Export {
        /// The record
        record: PathBuf,
        /// csv, csv-incidents, csv-statements, hxl, geojson, web-annotation, prov, plover, acled,
        /// schema-org, ical, parquet, parquet-incidents, parquet-statements, xlsx; or site: the whole
        /// record as pages that need no server
        #[arg(long, value_name = "FORMAT")]
        format: String,
        /// File to write [default: standard output]; for a site, the folder
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
        /// Folder of the agreement's pack, for places on the map
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
    },
    /// A record as a situation report
    Sitrep {
        /// The record
        record: PathBuf,
        /// md, html, docx or pdf
        #[arg(long, value_name = "FORMAT", default_value = "md")]
        format: String,
        /// File to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The record of the period before, to say what changed
        #[arg(long, value_name = "RECORD")]
        previous: Option<PathBuf>,
        /// Folder of the agreement's pack
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
    },
    /// A desk: a team's daily work on a store, in the browser. Without a verb of its own, serves it
    Desk {
        /// File of the store; it is made if it is not there and an agreement is given
        #[arg(long, global = true, value_name = "FILE", default_value = "desk.trucewatch")]
        store: PathBuf,
        /// Address to listen on; other than loopback only behind a proxy with TLS
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8765")]
        listen: SocketAddr,
        /// Address people use, where a proxy serves the desk: `https://desk.example`
        #[arg(long, value_name = "URL")]
        origin: Option<String>,
        /// Folder of the agreement's pack, for a new desk or a new version of its pack
        #[arg(long, global = true, value_name = "DIR")]
        agreement: Option<PathBuf>,
        /// What to do instead of serving
        #[command(subcommand)]
        verb: Option<DeskVerb>,
    },
    /// Reports from feeds, sitemaps, pages and folders into archives (WARC) that `brief` reads
    Collect {
        /// The file of sources (TOML; see docs/collect.md)
        #[arg(value_name = "SOURCES.toml")]
        sources: PathBuf,
        /// Folder for archives and state
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Go on, asking each source when it is due
        #[arg(long)]
        watch: bool,
        /// Ask nothing; say how each source stands
        #[arg(long, conflicts_with = "watch")]
        status: bool,
    },
    /// What in a record meets your rules and is new: here, as an Atom feed, to a web address
    Alert {
        /// The record
        record: PathBuf,
        /// The file of rules (TOML; see docs/collect.md)
        #[arg(long, value_name = "RULES.toml")]
        rules: PathBuf,
        /// The record before: what stands there is not told again
        #[arg(long, value_name = "RECORD")]
        previous: Option<PathBuf>,
        /// Folder of the agreement's pack, for its terms
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
        /// Write an Atom feed
        #[arg(long, value_name = "FILE")]
        atom: Option<PathBuf>,
    },
    /// Answers assistants about a record (Model Context Protocol, on standard input and output)
    Mcp {
        /// The record
        record: PathBuf,
        /// Folder of the agreement's pack
        #[arg(long, value_name = "DIR")]
        agreement: Option<PathBuf>,
    },
    /// Agreement packs
    #[command(subcommand)]
    Agreement(AgreementVerb),
    /// Quality against gold files
    #[command(subcommand)]
    Eval(EvalVerb),
}

/// What can be done with a desk.
#[derive(Debug, Subcommand)]
pub enum DeskVerb {
    /// Makes an empty desk for an agreement
    Init,
    /// Takes reports in, reads and assesses them
    Add {
        #[command(flatten)]
        reports: Reports,
        /// Store only; a served desk reads them by itself
        #[arg(long)]
        store_only: bool,
    },
    /// Reads what waits and assesses everything
    Assess,
    /// Verifies the chain, every payload, every source, every decision
    Check,
    /// Copies the desk, while others work on it
    Backup {
        /// File to write
        to: PathBuf,
    },
    /// Puts a backup in the desk's place
    Restore {
        /// The backup
        from: PathBuf,
        /// Put it in the place of the desk that is there, which is kept beside it
        #[arg(long)]
        replace: bool,
    },
    /// Goes on from an older state of the desk, which is noted in the ledger
    AcceptOlder,
    /// Writes the whole desk into a folder: record, ledger, pack, sources
    Export {
        /// Folder to make
        to: PathBuf,
        /// Do not cover masked names; noted in the ledger
        #[arg(long)]
        unmasked: bool,
    },
    /// Writes the record, as it stands or as it stood on a day
    Record {
        /// A day (2031-05-09) or a moment (RFC 3339)
        #[arg(long, value_name = "WHEN")]
        as_of: Option<String>,
        /// File to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Makes a one-time link by which a person joins
    Invite {
        /// reader, coder, reviewer, administrator
        #[arg(long, default_value = "reviewer")]
        role: String,
    },
}

/// What can be done with packs.
#[derive(Debug, Subcommand)]
pub enum AgreementVerb {
    /// Says everything that is wrong with packs
    Check {
        /// Folders of packs
        #[arg(required = true, value_name = "DIR")]
        packs: Vec<PathBuf>,
    },
    /// Tells what a pack holds
    Show {
        /// Folder of the pack
        #[arg(value_name = "DIR")]
        pack: PathBuf,
    },
    /// Makes a pack to begin with
    New {
        /// Folder to make; its name is the pack's id
        #[arg(value_name = "DIR")]
        pack: PathBuf,
    },
}

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum EvalVerb {
    /// The whole pipeline on gold files with their articles
    Gold {
        /// Gold files; their articles stand in `articles/` beside them
        #[arg(required = true, value_name = "GOLD.json")]
        gold: Vec<PathBuf>,
        /// Folders that hold packs, besides `packs/` beside the gold and `agreements/`
        #[arg(long, value_name = "DIR")]
        packs: Vec<PathBuf>,
        /// Score this record instead of making one
        #[arg(long, value_name = "RECORD")]
        record: Option<PathBuf>,
        /// Also list what was missed, false or different
        #[arg(long)]
        list: bool,
        /// Floors below which the exit code is 1
        #[arg(long, value_name = "FILE", default_value = "floors.toml")]
        floors: PathBuf,
        /// Write the records made into this folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Parsing, on CoNLL-U files; names, on files with a word and its label per line
    Syntax {
        /// Treebanks, or with --names files like those of WikiGold, UNER and re3d
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Give the tokens of the gold instead of raw text
        #[arg(long)]
        gold_tokens: bool,
        /// Score names instead of trees
        #[arg(long, conflicts_with = "gold_tokens")]
        names: bool,
        /// Only the last fifth of the sentences: the model was trained on the rest of WikiGold
        #[arg(long, requires = "names")]
        last_fifth: bool,
    },
    /// Expressions of time, on TimeML files or folders of them
    Time {
        /// Files ending in .tml, or folders
        #[arg(required = true, value_name = "PATH")]
        files: Vec<PathBuf>,
    },
    /// Places, on corpora in the format of the geoparsing guide
    Place {
        /// Corpus files (XML)
        #[arg(required = true, value_name = "FILE.xml")]
        files: Vec<PathBuf>,
    },
    /// PLOVER types of events, on tab-separated sets with marked parties
    Plover {
        /// Sets with the columns marked_sentence (or sentence, source, target) and gold_root
        #[arg(required = true, value_name = "PATH.tsv")]
        files: Vec<PathBuf>,
        /// Write one line a row: id, type, mode, gold type, rule, lexicon line, word
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
        /// Only rows whose number leaves REST when divided by N
        #[arg(long, value_name = "REST/N")]
        part: Option<String>,
    },
    /// How real predicates are said to be, on JSON Lines with `text` and `targets`
    Factuality {
        /// Sets
        #[arg(required = true, value_name = "FILE.jsonl")]
        files: Vec<PathBuf>,
        /// A part of the set that may be looked at, to put our values on its scale
        #[arg(long, value_name = "FILE.jsonl")]
        scale: Option<PathBuf>,
        /// Write one line a predicate: gold, ours, reason, tense, word, governing word
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
    },
    /// Reuse of text, on folders with sets as JSON Lines (`.jsonl`, `.jsonl.gz`)
    Trace {
        /// Folders
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Who says what, on folders with `attributions/*.ann` and `text/*.txt`
    Attribution {
        /// Folders
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
}
