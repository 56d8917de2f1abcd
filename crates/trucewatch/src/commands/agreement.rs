//! Agreement packs: check, show, new.

use std::path::{Path, PathBuf};

use truce_pack::{PackFile, Severity};

use crate::args::{AgreementVerb, Common};
use crate::failure::{DONE, Failure, PROBLEMS, USAGE};
use crate::{output, packs};

pub fn run(common: &Common, verb: &AgreementVerb) -> Result<u8, Failure> {
    match verb {
        AgreementVerb::Check { packs } => check(common, packs),
        AgreementVerb::Show { pack } => {
            let agreement = packs::open(pack)?;
            let text = truce_pack::show(&agreement);
            output::print(|out| out.write_all(text.as_bytes()))?;
            Ok(DONE)
        }
        AgreementVerb::New { pack } => new(common, pack),
    }
}

fn check(common: &Common, given: &[PathBuf]) -> Result<u8, Failure> {
    let texts = given.iter().map(|it| packs::texts(it)).collect::<Result<Vec<_>, _>>()?;
    let files: Vec<PackFile<'_>> = texts
        .iter()
        .map(|(file, toml, geojson)| PackFile { file, toml, geojson: geojson.as_deref() })
        .collect();
    let report = truce_pack::check(&files);
    output::print(|out| {
        if common.json {
            let problems: Vec<_> = report
                .problems
                .iter()
                .map(|it| {
                    serde_json::json!({
                        "column": it.column, "file": it.file, "line": it.line, "mend": it.mend,
                        "severity": if it.severity == Severity::Error { "error" } else { "warning" },
                        "what": it.what,
                    })
                })
                .collect();
            return writeln!(
                out,
                "{}",
                serde_json::json!({ "good": report.is_good(), "problems": problems })
            );
        }
        for it in &report.problems {
            writeln!(out, "{it}")?;
        }
        if !common.quiet {
            writeln!(out, "{} of {} packs can be used", report.agreements.len(), given.len())?;
        }
        Ok(())
    })?;
    Ok(match (report.is_good(), report.problems.is_empty()) {
        (false, _) => USAGE,
        (true, false) => PROBLEMS,
        (true, true) => DONE,
    })
}

fn new(common: &Common, pack: &Path) -> Result<u8, Failure> {
    let shown = pack.display();
    let id = pack.file_name().and_then(|it| it.to_str()).ok_or_else(|| {
        Failure::usage(format!("{shown} names no pack"), "give a folder such as agreements/lakeland-2031")
    })?;
    let file = pack.join("agreement.toml");
    if file.exists() {
        let what = format!("{} is there already", file.display());
        return Err(Failure::usage(what, "choose another folder; nothing was changed"));
    }
    output::write_folder(pack, &[("agreement.toml", truce_pack::new(id).as_bytes())])?;
    if !common.quiet {
        output::print(|out| {
            writeln!(out, "wrote {}; then: trucewatch agreement check {shown}", file.display())
        })?;
    }
    Ok(DONE)
}
