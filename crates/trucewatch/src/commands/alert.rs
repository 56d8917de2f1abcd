//! Alerts by rules: on the terminal, as an Atom feed, to a web address.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use serde::Deserialize;
use truce_collect::System;
use truce_publish::{Alert, AlertRule};

use crate::args::Common;
use crate::failure::{DONE, Failure, PROBLEMS};
use crate::{output, packs};

use super::verify::open;

/// A file of rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(default)]
    rule: Vec<AlertRule>,
    webhook: Option<Webhook>,
}

/// Where alerts are posted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhook {
    url: String,
    /// A file that holds the secret they are signed with.
    secret_file: Option<std::path::PathBuf>,
    #[serde(default)]
    allow_hosts: Vec<String>,
}

/// Alerts of one delivery.
const ALERTS_PER_DELIVERY: usize = 100;

pub fn run(
    common: &Common,
    record: &Path,
    rules: &Path,
    previous: Option<&Path>,
    agreement: Option<&Path>,
    atom: Option<&Path>,
) -> Result<u8, Failure> {
    let shown = rules.display();
    let toml = std::fs::read_to_string(rules).map_err(|error| {
        Failure::usage(
            format!("cannot read {shown}: {error}"),
            "give the file of rules; docs/collect.md shows one",
        )
    })?;
    let rules: Rules = toml::from_str(&toml).map_err(|error| {
        Failure::usage(format!("{shown}: {error}"), "docs/collect.md shows a file of rules")
    })?;
    if let Some(it) = rules.rule.iter().find(|it| it.id.trim().is_empty()) {
        return Err(Failure::usage(
            format!("{shown}: a rule on {:?} has no id", it.on),
            "give each rule an id of its own",
        ));
    }
    let agreement = agreement.map(packs::open).transpose()?;
    let (record, _) = open(record)?;
    let previous = previous.map(|it| open(it).map(|it| it.0)).transpose()?;
    let found = truce_publish::alerts(&record, agreement.as_ref(), previous.as_ref(), &rules.rule);
    if let Some(path) = atom {
        let subject = record.agreement.as_ref().map_or("record", |it| it.id.as_str());
        let updated =
            found.iter().filter_map(|it| it.day.clone()).max().unwrap_or_else(|| "1970-01-01".to_owned());
        let feed = truce_publish::alerts_atom(&found, subject, &updated);
        output::write_or_print(Some(path), feed.as_bytes())?;
    }
    tell(common, &found)?;
    let sent = rules.webhook.map_or(Ok(()), |it| post(&it, &found));
    if let Err(what) = sent {
        let _ = writeln!(std::io::stderr(), "problem (alert): {what}");
        return Ok(PROBLEMS);
    }
    Ok(DONE)
}

fn post(hook: &Webhook, found: &[Alert]) -> Result<(), String> {
    let secret = match &hook.secret_file {
        None => None,
        Some(path) => {
            let it = std::fs::read_to_string(path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            Some(it.trim().as_bytes().to_vec())
        }
    };
    let allowed: BTreeSet<String> = hook.allow_hosts.iter().map(|it| it.to_ascii_lowercase()).collect();
    for some in found.chunks(ALERTS_PER_DELIVERY) {
        let body = serde_json::to_vec(&serde_json::json!({ "alerts": some })).map_err(|it| it.to_string())?;
        truce_collect::deliver(&hook.url, &body, secret.as_deref(), allowed.clone(), &System::default())
            .map_err(|error| format!("alerts were not delivered: {error}"))?;
    }
    Ok(())
}

fn tell(common: &Common, found: &[Alert]) -> Result<(), Failure> {
    if common.json {
        let text = serde_json::to_string_pretty(found).map_err(|it| Failure::usage(it.to_string(), ""))?;
        return output::print(|out| writeln!(out, "{text}"));
    }
    if common.quiet {
        return Ok(());
    }
    let plain = |it: &str| it.chars().map(|it| if it.is_control() { ' ' } else { it }).collect::<String>();
    output::print(|out| {
        for it in found {
            writeln!(
                out,
                "[{}] {}\n    “{}”\n    {}",
                plain(&it.rule),
                plain(&it.title),
                plain(&it.words),
                plain(&it.at)
            )?;
        }
        writeln!(out, "{} alert(s). Trucewatch monitors reports; it does not verify events.", found.len())
    })
}
