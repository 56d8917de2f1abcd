//! Finding reports: files, folders, JSON Lines, archives, mail, feeds,
//! standard input.
//!
//! A file that cannot be used is a Problem; the rest of the batch is still
//! read.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use truce_extract::{Given, RawFormat, RawReport};
use truce_model::Problem;

use crate::failure::Failure;

/// A report larger than this is not read.
pub const REPORT_BYTES_MAX: u64 = 16 << 20;
/// Folders nested deeper than this are not entered.
const FOLDER_DEPTH_MAX: usize = 64;

/// Where reports come from, in a settled order.
#[derive(Debug)]
pub struct Input {
    files: Vec<PathBuf>,
    stdin: bool,
    problems: RefCell<Vec<Problem>>,
}

fn problem(what: String) -> Problem {
    Problem { article: None, stage: "collect", what, span: None }
}

/// What the name of a file says about it.
enum Named {
    Report(Option<RawFormat>),
    Lines,
    /// Archives, mail, feeds, agency formats.
    Holds(truce_collect::Holds),
    Other,
}

fn named(path: &Path) -> Named {
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("txt" | "text") => Named::Report(Some(RawFormat::Text)),
        Some("html" | "htm" | "xhtml") => Named::Report(Some(RawFormat::Html)),
        Some("jsonl" | "ndjson") => Named::Lines,
        _ => truce_collect::told(path).map_or(Named::Other, Named::Holds),
    }
}

impl Input {
    /// Finds the reports that `given` names.
    ///
    /// # Errors
    /// If a path does not exist: that is a slip of the hand, not odd input.
    pub fn find(given: &[PathBuf]) -> Result<Input, Failure> {
        let mut walk = Walk::default();
        let mut stdin = false;
        for path in given {
            if path.as_os_str() == "-" {
                stdin = true;
                continue;
            }
            match fs::metadata(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(Failure::usage(
                        format!("there is no {}", path.display()),
                        "give files (.txt, .html, .jsonl, .warc, .eml, …), folders, or - for JSON Lines on standard input",
                    ));
                }
                Err(error) => walk.problems.push(unreadable(path, &error)),
                Ok(it) if it.is_dir() => {
                    let before = walk.files.len() + walk.problems.len() + walk.skipped.len();
                    walk.folder(path, 0);
                    if walk.files.len() + walk.problems.len() + walk.skipped.len() == before {
                        walk.problems.push(problem(format!(
                            "{} holds no reports; give a folder with .txt, .html or .jsonl files",
                            path.display()
                        )));
                    }
                }
                Ok(_) => {
                    walk.files.insert(path.clone());
                }
            }
        }
        for (extension, paths) in &walk.skipped {
            walk.problems.push(problem(format!(
                "{} file(s) {extension} were not read, the first is {}; \
                 name a report's file .txt, .html or .jsonl, or give it by its own path",
                paths.len(),
                paths[0].display()
            )));
        }
        let files = walk.files.into_iter().collect();
        Ok(Input { files, stdin, problems: RefCell::new(walk.problems) })
    }

    /// The reports, one after the other. What could not be read is asked
    /// with [`Input::into_problems`] afterwards.
    pub fn reports(&self) -> impl Iterator<Item = RawReport> + '_ {
        let stdin = self.stdin.then(|| lines("-", Box::new(BufReader::new(io::stdin())), &self.problems));
        let files = self.files.iter().flat_map(|path| -> Box<dyn Iterator<Item = RawReport> + '_> {
            match named(path) {
                Named::Lines => match File::open(path) {
                    Ok(file) => {
                        lines(&path.to_string_lossy(), Box::new(BufReader::new(file)), &self.problems)
                    }
                    Err(error) => {
                        self.problems.borrow_mut().push(unreadable(path, &error));
                        Box::new(std::iter::empty())
                    }
                },
                Named::Holds(holds) => Box::new(holds.reports(path).filter_map(|it| match it {
                    Ok(it) => Some(it),
                    Err(it) => {
                        self.problems.borrow_mut().push(it);
                        None
                    }
                })),
                Named::Report(format) => Box::new(self.file(path, format).into_iter()),
                Named::Other => Box::new(self.file(path, None).into_iter()),
            }
        });
        files.chain(stdin.into_iter().flatten())
    }

    /// What could not be read.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn file(&self, path: &Path, format: Option<RawFormat>) -> Option<RawReport> {
        match read_limited(path) {
            Ok(bytes) => Some(RawReport {
                path: path.to_string_lossy().into_owned(),
                bytes,
                format,
                given: Given::default(),
            }),
            Err(it) => {
                self.problems.borrow_mut().push(it);
                None
            }
        }
    }
}

#[derive(Default)]
struct Walk {
    files: BTreeSet<PathBuf>,
    skipped: BTreeMap<String, Vec<PathBuf>>,
    problems: Vec<Problem>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, depth: usize) {
        if depth > FOLDER_DEPTH_MAX {
            let what = format!(
                "{} is nested more than {FOLDER_DEPTH_MAX} folders deep and was not entered; give it by itself",
                folder.display()
            );
            return self.problems.push(problem(what));
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(unreadable(folder, &error)),
        };
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        for path in paths {
            let hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
            // A link to a folder may lead back here.
            let link = fs::symlink_metadata(&path).is_ok_and(|it| it.is_symlink());
            if hidden || link && path.is_dir() {
                continue;
            }
            if path.is_dir() {
                self.folder(&path, depth + 1);
            } else if matches!(named(&path), Named::Other) {
                let extension = path.extension().map(|it| it.to_string_lossy().into_owned());
                let name = extension.map_or("without an ending".to_owned(), |it| format!("ending in .{it}"));
                self.skipped.entry(name).or_default().push(path);
            } else {
                self.files.insert(path);
            }
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    problem(format!("cannot read {}: {error}; check its permissions and give it again", path.display()))
}

fn read_limited(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |error: io::Error| unreadable(path, &error);
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(problem(format!(
            "{} is no file and no folder; save the report as a file",
            path.display()
        )));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    // The file may grow while it is read.
    file.take(REPORT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > REPORT_BYTES_MAX {
        return Err(problem(format!(
            "{} has {} MB; a report has at most {} MB and it was not read; split it or give the report alone",
            path.display(),
            about.len().max(REPORT_BYTES_MAX) >> 20,
            REPORT_BYTES_MAX >> 20
        )));
    }
    Ok(bytes)
}

/// One line of JSON Lines input.
#[derive(serde::Deserialize)]
struct Line {
    path: Option<String>,
    text: Option<String>,
    html: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    language: Option<String>,
}

/// The reports of a JSON Lines stream; bad lines are told and passed over.
fn lines<'p>(
    name: &str,
    mut stream: Box<dyn BufRead>,
    problems: &'p RefCell<Vec<Problem>>,
) -> Box<dyn Iterator<Item = RawReport> + 'p> {
    let name = name.to_owned();
    let mut number = 0usize;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            number += 1;
            let tell = |what: String| {
                problems.borrow_mut().push(problem(format!("{name}, line {number}: {what}")));
            };
            match limited_line(&mut *stream) {
                Ok(Some(Some(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Some(bytes))) => match report_of(&name, number, &bytes) {
                    Ok(report) => return Some(report),
                    Err(what) => tell(what),
                },
                Ok(Some(None)) => {
                    tell(format!("longer than {} MB and not read; split it", REPORT_BYTES_MAX >> 20));
                }
                Ok(None) => ended = true,
                Err(error) => {
                    tell(format!("cannot be read: {error}; the lines after it were not read either"));
                    ended = true;
                }
            }
        }
        None
    }))
}

/// Reads one line; `Some(None)` if it is too long, `None` at the end.
fn limited_line(stream: &mut dyn BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut bytes = Vec::new();
    let read = stream.take(REPORT_BYTES_MAX + 1).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 > REPORT_BYTES_MAX && bytes.last() != Some(&b'\n') {
        // The rest of the line is passed over piece by piece.
        loop {
            let piece = stream.fill_buf()?;
            if piece.is_empty() {
                break;
            }
            match piece.iter().position(|it| *it == b'\n') {
                Some(at) => {
                    stream.consume(at + 1);
                    break;
                }
                None => {
                    let length = piece.len();
                    stream.consume(length);
                }
            }
        }
        return Ok(Some(None));
    }
    Ok(Some(Some(bytes)))
}

fn report_of(name: &str, number: usize, bytes: &[u8]) -> Result<RawReport, String> {
    let line: Line = serde_json::from_slice(bytes).map_err(|error| {
        format!("{error}; a line is an object with `text` or `html`, and `path` where it is known")
    })?;
    let (bytes, format) = match (line.text, line.html) {
        (Some(text), None) => (text.into_bytes(), RawFormat::Text),
        (None, Some(html)) => (html.into_bytes(), RawFormat::Html),
        (Some(_), Some(_)) => return Err("has both `text` and `html`; give one of them".into()),
        (None, None) => return Err("has neither `text` nor `html`; give one of them".into()),
    };
    let given = Given {
        published: line.published,
        outlet: line.outlet,
        url: line.url,
        title: line.title,
        language: line.language,
    };
    let path = line.path.filter(|it| !it.trim().is_empty()).unwrap_or_else(|| format!("{name}:{number}"));
    Ok(RawReport { path, bytes, format: Some(format), given })
}
