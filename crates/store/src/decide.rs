//! What people decide about claims. Each decision is a line of the ledger;
//! what stands is a fold over the claim's lines, here as in the ledger crate.

use serde::{Deserialize, Serialize};
use truce_ledger::{Entry, Parsed, ReviewerId, Verdict};
use truce_model::ClaimId;
use truce_record::{Article, Claim};

use crate::db::{Db, with};
use crate::journal::LedgerRow;
use crate::{Store, StoreError};

/// A reason longer than this is refused.
pub const REASON_CHARS_MAX: usize = 2000;
/// Parts a claim may be split into.
const PARTS_MAX: usize = 12;

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The words say what the claim says.
    Confirm,
    /// They do, once the claim reads as given here.
    Amend(Box<Claim>),
    /// They do not.
    Reject,
    /// Another claim of the same article says so already.
    Merge(String),
    /// They say several things: these.
    Split(Vec<Claim>),
    /// The last decision about the claim is taken away.
    Undo,
}

/// A decision and who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The claim.
    pub claim: &'a str,
    /// What is decided.
    pub act: Act,
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub who: &'a str,
    /// A coder's coding settles nothing.
    pub as_coder: bool,
    /// The last entry about the claim that the person had seen.
    pub seen: Option<u64>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Its entry.
    pub seq: u64,
    /// Where the claim stands now.
    pub state: String,
}

/// What a decision's entry concerns: the claims that stand after it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payload {
    pub claims: Vec<Claim>,
    pub into: Option<String>,
}

/// Where a claim stands by its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stands {
    pub state: String,
    pub by: Option<String>,
    pub at: Option<String>,
    pub seq: Option<u64>,
    pub payload: Option<String>,
}

/// Folds the lines of one claim.
pub(crate) fn standing(trail: &[LedgerRow]) -> Stands {
    let lines: Vec<_> = trail.iter().map(|it| it.line.clone()).collect();
    let undone = truce_ledger::undone(&lines);
    let mut out = Stands { state: "proposed".into(), by: None, at: None, seq: None, payload: None };
    for line in lines.iter().filter(|it| !undone.contains(&it.seq)) {
        let state = match Parsed::from_words(&line.what) {
            Some(Parsed::Reviewed(_, verdict, _)) => verdict.as_str(),
            Some(Parsed::Withdrew(..)) => "withdrawn",
            _ => continue,
        };
        out = Stands {
            state: state.into(),
            by: Some(line.who.clone()),
            at: line.at.clone(),
            seq: Some(line.seq),
            payload: Some(line.payload_sha256.clone()),
        };
    }
    out
}

impl Store {
    /// Writes a decision down. Once this returns, it survives.
    ///
    /// # Errors
    /// If the claim is unknown, the decision does not fit it, somebody else
    /// decided meanwhile, or the desk cannot be written.
    pub fn decide(&self, decision: &Decision<'_>) -> Result<Decided, StoreError> {
        let reviewer =
            ReviewerId::new(decision.who).ok_or_else(|| StoreError::refused("a decision needs a name"))?;
        if decision.reason.chars().count() > REASON_CHARS_MAX {
            return Err(StoreError::refused(format!("a reason has at most {REASON_CHARS_MAX} characters")));
        }
        let decided = self.db.transact(|db| {
            let (own, article) = self.claim_and_article(db, decision.claim)?;
            let trail = Store::trail_in(db, decision.claim)?;
            if decision.seen.is_some_and(|seen| trail.last().is_some_and(|it| it.line.seq > seen)) {
                return Err(StoreError::refused("somebody decided about this claim meanwhile; look again"));
            }
            let claim = ClaimId::from(decision.claim);
            let reason: Box<str> = match decision.reason.trim() {
                "" => "no reason given".into(),
                it => it.into(),
            };
            let (verdict, payload) = match &decision.act {
                Act::Confirm => (Verdict::Confirmed, Payload { claims: vec![own], into: None }),
                Act::Amend(to) => {
                    fits(&article, decision.claim, to)?;
                    (Verdict::Amended, Payload { claims: vec![(**to).clone()], into: None })
                }
                Act::Reject => (Verdict::Rejected, Payload::default()),
                Act::Merge(into) => {
                    self.can_merge(db, decision.claim, into, &article)?;
                    (Verdict::Merged, Payload { claims: Vec::new(), into: Some(into.clone()) })
                }
                Act::Split(parts) => {
                    if !(2..=PARTS_MAX).contains(&parts.len()) {
                        return Err(StoreError::refused(format!("a claim is split into two to {PARTS_MAX} parts")));
                    }
                    let mut parts = parts.clone();
                    for (n, part) in parts.iter_mut().enumerate() {
                        part.id = format!("{}.{}", decision.claim, n + 1);
                        fits(&article, &part.id.clone(), part)?;
                    }
                    (Verdict::Split, Payload { claims: parts, into: None })
                }
                Act::Undo => return self.undo(db, decision, reviewer, reason, &trail),
            };
            let bytes = truce_record::canonical(&payload);
            let entry = if decision.as_coder {
                Entry::Coded { claim, verdict, reviewer, reason }
            } else {
                Entry::Reviewed { claim, verdict, reviewer, reason }
            };
            let seq = self.append(db, &entry, decision.claim, &bytes)?;
            if decision.as_coder {
                let json = payload.claims.first().map(|it| String::from_utf8_lossy(&truce_record::canonical(it)).into_owned());
                db.run(
                    "INSERT INTO codings (claim, coder, verdict, json, at, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                     ON CONFLICT (claim, coder) DO UPDATE SET verdict = excluded.verdict, json = excluded.json, at = excluded.at, seq = excluded.seq",
                    with![decision.claim, decision.who, verdict.as_str(), json, self.clock.stamp(), seq],
                )?;
                let state = standing(&trail).state;
                return Ok(Decided { seq, state });
            }
            self.settle(db, decision.claim)?;
            if let Some(into) = &payload.into {
                self.settle(db, into)?;
            }
            Store::set_meta(db, "stale", "1")?;
            Ok(Decided { seq, state: verdict.as_str().to_owned() })
        })?;
        self.remember()?;
        Ok(decided)
    }

    fn undo(
        &self,
        db: &Db,
        decision: &Decision<'_>,
        reviewer: ReviewerId,
        reason: Box<str>,
        trail: &[LedgerRow],
    ) -> Result<Decided, StoreError> {
        let last = if decision.as_coder {
            let own = db.one(
                "SELECT seq FROM codings WHERE claim = ?1 AND coder = ?2",
                with![decision.claim, decision.who],
                |it| it.int(0),
            )?;
            own.map(|it| it as u64)
        } else {
            standing(trail).seq
        };
        let entry =
            last.ok_or_else(|| StoreError::refused("there is no decision about this claim to undo"))?;
        let into = trail.iter().find(|it| it.line.seq == entry).map(|it| it.line.payload_sha256.clone());
        let seq = self.append(db, &Entry::Undone { entry, reviewer, reason }, decision.claim, b"")?;
        if decision.as_coder {
            db.run(
                "DELETE FROM codings WHERE claim = ?1 AND coder = ?2",
                with![decision.claim, decision.who],
            )?;
        }
        let stands = self.settle(db, decision.claim)?;
        let merged: Option<Payload> = match into {
            Some(sha256) => Store::payload_in(db, &sha256)?,
            None => None,
        };
        if let Some(into) = merged.and_then(|it| it.into) {
            self.settle(db, &into)?;
        }
        Store::set_meta(db, "stale", "1")?;
        Ok(Decided { seq, state: stands.state })
    }

    fn payload_in(db: &Db, sha256: &str) -> Result<Option<Payload>, StoreError> {
        let bytes = db.one("SELECT bytes FROM payloads WHERE sha256 = ?1", with![sha256], |it| it.blob(0))?;
        Ok(bytes.and_then(|it| serde_json::from_slice(&it).ok()))
    }

    /// A claim as the machine proposed it, with its article.
    fn claim_and_article(&self, db: &Db, id: &str) -> Result<(Claim, Article), StoreError> {
        let found = db.one(
            "SELECT c.json, p.bytes FROM claims c JOIN articles a ON a.id = c.article JOIN payloads p ON p.sha256 = a.payload_sha256 WHERE c.id = ?1",
            with![id],
            |it| Ok((it.json(0)?, it.blob(1)?)),
        )?;
        let (claim, article) = found.ok_or_else(|| StoreError::refused(format!("there is no claim {id}")))?;
        let article =
            serde_json::from_slice(&article).map_err(|_| StoreError::Shape("an article of another shape"))?;
        Ok((claim, article))
    }

    fn can_merge(&self, db: &Db, id: &str, into: &str, article: &Article) -> Result<(), StoreError> {
        let target = db.one("SELECT article, state FROM claims WHERE id = ?1", with![into], |it| {
            Ok((it.text(0)?, it.text(1)?))
        })?;
        match target {
            None => Err(StoreError::refused(format!("there is no claim {into}"))),
            Some(_) if into == id => Err(StoreError::refused("a claim cannot be merged with itself")),
            Some((of, _)) if of != article.id => Err(StoreError::refused(
                "only claims of one article are merged; claims of several articles are joined as an incident",
            )),
            Some((_, state)) if !matches!(state.as_str(), "proposed" | "confirmed" | "amended") => {
                Err(StoreError::refused(format!("{into} is {state}; nothing can be merged into it")))
            }
            Some(_) => Ok(()),
        }
    }

    /// Brings the row of a claim to what its lines say.
    pub(crate) fn settle(&self, db: &Db, id: &str) -> Result<Stands, StoreError> {
        let stands = standing(&Store::trail_in(db, id)?);
        let row = db.one("SELECT json, offered FROM claims WHERE id = ?1", with![id], |it| {
            Ok((it.json::<Claim>(0)?, it.int(1)?))
        })?;
        let (own, offered) = row.ok_or(StoreError::Shape("a decision about a claim that is not there"))?;
        let decided = match &stands.payload {
            Some(sha256) => Store::payload_in(db, sha256)?.unwrap_or_default().claims,
            None if offered == 0 => Vec::new(),
            None => vec![own.clone()],
        };
        let mut standing = decided;
        // Words of claims that were merged into this one.
        if let Some(first) = standing.first_mut() {
            let merged = db.rows(
                "SELECT c.json, l.payload_sha256 FROM claims c JOIN ledger l ON l.seq = c.decided_seq WHERE c.article = ?1 AND c.state = 'merged'",
                with![&own.article],
                |it| Ok((it.json::<Claim>(0)?, it.text(1)?)),
            )?;
            for (other, sha256) in merged {
                if Store::payload_in(db, &sha256)?.and_then(|it| it.into).as_deref() == Some(id) {
                    first.evidence.extend(other.evidence);
                }
            }
            first.evidence.sort_by_key(|it| (it.start, it.end));
            first.evidence.dedup();
        }
        let eff = (!standing.is_empty())
            .then(|| String::from_utf8_lossy(&truce_record::canonical(&standing)).into_owned());
        let shown = standing.first().unwrap_or(&own);
        let side = self.side_in(db, shown.claimant.as_deref())?;
        db.run(
            "UPDATE claims SET state = ?2, decided_by = ?3, decided_at = ?4, decided_seq = ?5, eff = ?6, \
             stance = ?7, claimant = ?8, side = ?9, accused = ?10, kind = ?11 WHERE id = ?1",
            with![
                id,
                &stands.state,
                stands.by.as_ref(),
                stands.at.as_ref(),
                stands.seq,
                eff,
                &shown.stance,
                shown.claimant.as_ref(),
                side,
                shown.accused.as_ref(),
                shown.kind.as_ref()
            ],
        )?;
        Ok(stands)
    }

    /// Whose conduct a speaker's counts as.
    pub(crate) fn side_in(&self, db: &Db, actor: Option<&str>) -> Result<Option<String>, StoreError> {
        let Some(actor) = actor else { return Ok(None) };
        let side = db.one("SELECT side FROM actors WHERE id = ?1", with![actor], |it| it.opt(0))?.flatten();
        Ok(Some(side.unwrap_or_else(|| actor.to_owned())))
    }

    /// Takes an article out of the record. Its bytes and its lines stay.
    ///
    /// # Errors
    /// If there is no such article, or no reason.
    pub fn retract(&self, article: &str, who: &str, reason: &str) -> Result<u64, StoreError> {
        let reviewer =
            ReviewerId::new(who).ok_or_else(|| StoreError::refused("a retraction needs a name"))?;
        if reason.trim().is_empty() || reason.chars().count() > REASON_CHARS_MAX {
            return Err(StoreError::refused(format!(
                "a retraction needs a reason of at most {REASON_CHARS_MAX} characters"
            )));
        }
        let seq = self.db.transact(|db| {
            let known =
                db.one("SELECT retracted FROM articles WHERE id = ?1", with![article], |it| it.opt(0))?;
            match known {
                None => return Err(StoreError::refused(format!("there is no article {article}"))),
                Some(Some(_)) => return Err(StoreError::refused("it is retracted already")),
                Some(None) => {}
            }
            let entry = Entry::Retracted { article: article.into(), reviewer, reason: reason.into() };
            let seq = self.append(db, &entry, article, b"")?;
            db.run("UPDATE articles SET retracted = ?2 WHERE id = ?1", with![article, reason])?;
            Store::set_meta(db, "stale", "1")?;
            Ok(seq)
        })?;
        self.remember()?;
        Ok(seq)
    }

    /// Sets reliability and credibility of an incident (`A1` to `F6`).
    ///
    /// # Errors
    /// If the code is none, or there is no such incident.
    pub fn rate(&self, incident: &str, code: &str, who: &str, reason: &str) -> Result<u64, StoreError> {
        let good = matches!(code.as_bytes(), [b'A'..=b'F', b'1'..=b'6']);
        if !good {
            return Err(StoreError::refused("reliability is a letter A to F, credibility a number 1 to 6"));
        }
        let reviewer = ReviewerId::new(who).ok_or_else(|| StoreError::refused("a rating needs a name"))?;
        let seq = self.db.transact(|db| {
            if db.number("SELECT COUNT(*) FROM incidents WHERE id = ?1", with![incident])? == 0 {
                return Err(StoreError::refused(format!("there is no incident {incident}")));
            }
            let what = format!("incident {incident} rated {code}: {reason}");
            let entry = Entry::Noted { what: what.into(), reviewer: Some(reviewer) };
            let seq = self.append(db, &entry, incident, code.as_bytes())?;
            db.run(
                "INSERT INTO ratings (incident, code, who, at, seq) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (incident) DO UPDATE SET code = excluded.code, who = excluded.who, at = excluded.at, seq = excluded.seq",
                with![incident, code, who, self.clock.stamp(), seq],
            )?;
            Ok(seq)
        })?;
        self.remember()?;
        Ok(seq)
    }
}

/// Checks that a claim given by a person rests on words of its article.
fn fits(article: &Article, id: &str, claim: &Claim) -> Result<(), StoreError> {
    let wrong = |what: String| StoreError::refused(format!("the claim cannot read so: {what}"));
    if claim.id != id || claim.article != article.id {
        return Err(wrong("it names another claim or article".into()));
    }
    let model = truce_record::revive::article(article)?;
    truce_record::revive::reading(&model, 0, &[], std::slice::from_ref(claim), &[])
        .map_err(|it| wrong(it.to_string()))?;
    Ok(())
}
