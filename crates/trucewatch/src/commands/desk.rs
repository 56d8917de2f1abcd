//! A desk: serving it, and what is done to it from the terminal.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use truce_desk::{Config, WorkError};
use truce_record::MadeBy;
use truce_store::{Arrival, Clock, Memory, Role, Store, StoreError};

use crate::args::{Common, DeskVerb};
use crate::failure::{DONE, Failure, PROBLEMS};
use crate::input::Input;
use crate::progress::Progress;
use crate::{output, packs};

use super::{PROGRAM, tell_problems};

/// Seconds that a one-time link holds.
const INVITATION_SECONDS: i64 = 48 * 3600;

/// What every verb is given.
pub struct Given<'a> {
    pub store: &'a Path,
    pub listen: SocketAddr,
    pub origin: Option<String>,
    pub agreement: Option<&'a Path>,
}

fn failed(error: StoreError) -> Failure {
    let mend = match &error {
        StoreError::Missing(_) => "`trucewatch desk init --store FILE --agreement DIR` makes one",
        StoreError::Exists(_) => "choose another name, or move it away",
        _ => "",
    };
    Failure::usage(error.to_string(), mend)
}

fn stopped(error: WorkError) -> Failure {
    match error {
        WorkError::Store(error) => failed(error),
        other => Failure::usage(other.to_string(), ""),
    }
}

/// A pack's files as the store keeps them.
fn pack(folder: &Path) -> Result<truce_store::NewDesk, Failure> {
    let (file, toml, geojson) = packs::texts(folder)?;
    truce_desk::pack_of(&file, toml, geojson).map_err(|errors| packs::bad_pack(&errors))
}

/// Opens the desk; makes it if an agreement is given and there is none.
fn open(given: &Given<'_>) -> Result<Store, Failure> {
    if !given.store.exists()
        && let Some(folder) = given.agreement
    {
        return Store::create(given.store, &pack(folder)?, Clock::system()).map_err(failed);
    }
    let store = Store::open(given.store, Clock::system()).map_err(failed)?;
    if let Some(folder) = given.agreement {
        store.replace_pack(&pack(folder)?.pack).map_err(failed)?;
    }
    Ok(store)
}

/// Tells if an older state was put in the desk's place.
fn warn(store: &Store) -> Result<u8, Failure> {
    let Memory::Older { remembered, found } = store.memory().map_err(failed)? else { return Ok(DONE) };
    let _ = writeln!(
        std::io::stderr(),
        "problem (store): this desk once had {} ledger entries and now has {}: an older state was put in its place; \
         `trucewatch desk accept-older` goes on from it",
        remembered.entries,
        found.entries
    );
    Ok(PROBLEMS)
}

fn made_by() -> MadeBy {
    MadeBy { models: truce_pipeline::models(), program: PROGRAM.name.into(), version: PROGRAM.version.into() }
}

pub fn run(common: &Common, given: &Given<'_>, verb: Option<&DeskVerb>) -> Result<u8, Failure> {
    let Some(verb) = verb else { return serve(common, given) };
    let say =
        |words: String| output::print(|out| if common.quiet { Ok(()) } else { writeln!(out, "{words}") });
    let shown = given.store.display();
    match verb {
        DeskVerb::Init => {
            let folder = given.agreement.ok_or_else(|| {
                Failure::usage("a desk watches an agreement", "give --agreement with the folder of its pack")
            })?;
            let store = Store::create(given.store, &pack(folder)?, Clock::system()).map_err(failed)?;
            say(format!("{shown}: a desk for {}", store.pack().map_err(failed)?.id))?;
            Ok(DONE)
        }
        DeskVerb::Add { reports, store_only } => {
            let store = open(given)?;
            let older = warn(&store)?;
            let agreement = truce_desk::agreement_of(&store).map_err(stopped)?;
            let input = Input::find(&reports.reports)?;
            let (mut new, mut versions, mut known) = (0, 0, 0);
            let mut told = |_: &str, it: &Arrival| match it {
                Arrival::New { .. } => new += 1,
                Arrival::NewVersion { .. } => versions += 1,
                Arrival::Known { .. } => known += 1,
            };
            let stop = AtomicBool::new(false);
            let mut problems = truce_desk::take_in(
                &store,
                input.reports(),
                &agreement.anchors,
                common.threads(),
                &stop,
                &mut told,
            )
            .map_err(stopped)?;
            problems.extend(input.into_problems());
            if new + versions + known == 0 {
                tell_problems(&problems);
                return Err(Failure::nothing(
                    "nothing could be read",
                    "mend the problems above, or give other reports",
                ));
            }
            say(format!("{shown}: {new} new, {versions} new versions, {known} known already"))?;
            if !store_only {
                let progress = Progress::new(common.quiet);
                let done = truce_desk::assess(&store, &agreement, common.threads(), &progress, &stop)
                    .map_err(stopped)?;
                let it = store.overview().map_err(failed)?;
                say(format!(
                    "assessment {}: {} articles, {} incidents, {} claims to review",
                    done.generation, it.articles, it.incidents, it.waiting
                ))?;
            }
            Ok(tell_problems(&problems).max(older))
        }
        DeskVerb::Assess => {
            let store = open(given)?;
            let agreement = truce_desk::agreement_of(&store).map_err(stopped)?;
            let progress = Progress::new(common.quiet);
            let stop = AtomicBool::new(false);
            let done = truce_desk::assess(&store, &agreement, common.threads(), &progress, &stop)
                .map_err(stopped)?;
            say(format!("{shown}: assessment {}, {} changes", done.generation, done.changes))?;
            warn(&store)
        }
        DeskVerb::Check => {
            let store = Store::open_to_read(given.store, Clock::system()).map_err(failed)?;
            let faults = store.check().map_err(failed)?;
            for it in &faults {
                output::print(|out| writeln!(out, "{it}"))?;
            }
            let head = store.head().map_err(failed)?;
            let verdict =
                if faults.is_empty() { "all holds".to_owned() } else { format!("{} faults", faults.len()) };
            say(format!("{shown}: {} ledger entries, last hash {}: {verdict}", head.entries, head.hash))?;
            Ok(warn(&store)?.max(if faults.is_empty() { DONE } else { PROBLEMS }))
        }
        DeskVerb::Backup { to } => {
            let store = Store::open_to_read(given.store, Clock::system()).map_err(failed)?;
            store.backup(to).map_err(failed)?;
            say(format!("{shown}: copied to {}", to.display()))?;
            Ok(DONE)
        }
        DeskVerb::Restore { from, replace } => {
            let kept = Store::restore(from, given.store, *replace, &Clock::system()).map_err(failed)?;
            if let Some(kept) = kept {
                say(format!("the desk that was there is kept as {}", kept.display()))?;
            }
            say(format!("{shown}: restored from {}", from.display()))?;
            warn(&Store::open(given.store, Clock::system()).map_err(failed)?)
        }
        DeskVerb::AcceptOlder => {
            open(given)?.accept_older("somebody at the terminal").map_err(failed)?;
            say(format!("{shown}: goes on from here; the ledger says so"))?;
            Ok(DONE)
        }
        DeskVerb::Export { to, unmasked } => {
            let store = open(given)?;
            if *unmasked {
                store
                    .note(None, "desk", "the whole desk was exported without covering masked names", b"")
                    .map_err(failed)?;
            }
            let record = store.record(made_by()).map_err(failed)?;
            let files = store.export(to, &record, *unmasked).map_err(failed)?;
            say(format!("{shown}: {files} files in {}", to.display()))?;
            warn(&store)
        }
        DeskVerb::Record { as_of, out } => {
            let store = Store::open_to_read(given.store, Clock::system()).map_err(failed)?;
            let record = match as_of {
                Some(moment) => {
                    truce_desk::record_as_of(&store, moment, &Progress::new(common.quiet)).map_err(stopped)?
                }
                None => store.record(made_by()).map_err(failed)?,
            };
            let record = store.masker().and_then(|it| it.cover(record)).map_err(failed)?;
            output::write_or_print(out.as_deref(), record.to_json().as_bytes())?;
            Ok(DONE)
        }
        DeskVerb::Invite { role } => {
            let known = || {
                Failure::usage(
                    format!("there is no role {role}"),
                    "give reader, coder, reviewer or administrator",
                )
            };
            let role = Role::parse(role).ok_or_else(known)?;
            let token = truce_desk::random_token().map_err(|it| Failure::usage(it.to_string(), ""))?;
            open(given)?.invite(&token, role, "terminal", INVITATION_SECONDS).map_err(failed)?;
            let base = given.origin.clone().unwrap_or_else(|| format!("http://{}", given.listen));
            output::print(|out| writeln!(out, "{base}/join/{token}"))?;
            Ok(DONE)
        }
    }
}

fn serve(common: &Common, given: &Given<'_>) -> Result<u8, Failure> {
    drop(open(given)?);
    let config = Config {
        store: given.store.to_owned(),
        listen: given.listen,
        origin: given.origin.clone(),
        threads: common.threads(),
    };
    truce_desk::serve(&config, |it| {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "desk {} at http://{}", config.store.display(), it.at);
        if let Some(join) = &it.join {
            let _ = writeln!(
                out,
                "nobody can sign in yet; the first administrator joins by this link, once:\n{join}"
            );
        }
        if let Some(warning) = &it.warning {
            let _ = writeln!(out, "problem: {warning}");
        }
        if !it.at.ip().is_loopback() && config.origin.is_none() {
            let _ = writeln!(
                out,
                "problem: others on the network can reach this desk without TLS; see docs/desk.md"
            );
        }
        let _ = out.flush();
    })
    .map_err(|it| Failure::usage(it.to_string(), "choose another --listen, or see to the desk's file"))?;
    Ok(DONE)
}
