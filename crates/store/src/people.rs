//! People, their sessions, tokens and roles, and the audit of sign-ins.
//! Secrets are kept as SHA-256 (of long random tokens) or as whatever hash of
//! a password the caller made; nothing here can be used to sign in.

use truce_ledger::sha256_hex;

use crate::db::{Row, with};
use crate::{Store, StoreError};

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks.
    Reader,
    /// Codes claims, which settles nothing.
    Coder,
    /// Decides.
    Reviewer,
    /// Decides, and manages people and names.
    Administrator,
}

impl Role {
    /// All roles, least first.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Coder, Role::Reviewer, Role::Administrator];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Coder => "coder",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this word.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name they sign in with, and that the ledger shows.
    pub id: String,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub made: String,
    /// Whether they may no longer sign in.
    pub disabled: bool,
    /// The last change they marked as seen.
    pub seen: u64,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: Person,
    /// What their forms must bring back.
    pub csrf: String,
    /// Whether it is an API token, which needs no such word.
    pub by_token: bool,
}

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: String,
    /// Who, or the name that was tried.
    pub who: String,
    /// What.
    pub what: String,
    /// From where.
    pub address: Option<String>,
}

/// A token: its hash, its label, when it was made, when it was revoked.
pub type TokenRow = (String, String, String, Option<String>);

const PERSON: &str = "p.id, p.role, p.made, p.disabled, p.seen";

fn person(it: &mut Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: it.text(0)?,
        role: Role::parse(&it.text(1)?).ok_or(StoreError::Shape("a role that is none"))?,
        made: it.text(2)?,
        disabled: it.opt(3)?.is_some(),
        seen: it.int(4)? as u64,
    })
}

/// Letters a name may have; the ledger shows it, so it is plain.
fn good_name(id: &str) -> bool {
    (2..=40).contains(&id.len()) && id.chars().all(|it| it.is_ascii_alphanumeric() || "._-".contains(it))
}

impl Store {
    /// Whether anybody can sign in.
    ///
    /// # Errors
    /// What the database says.
    pub fn has_people(&self) -> Result<bool, StoreError> {
        Ok(self.db.number("SELECT COUNT(*) FROM people", &[])? > 0)
    }

    /// Everybody.
    ///
    /// # Errors
    /// What the database says.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        self.db.rows(&format!("SELECT {PERSON} FROM people p ORDER BY p.id"), &[], person)
    }

    /// One person with the hash of their password.
    ///
    /// # Errors
    /// What the database says.
    pub fn person(&self, id: &str) -> Result<Option<(Person, String)>, StoreError> {
        self.db.one(&format!("SELECT {PERSON}, p.hash FROM people p WHERE p.id = ?1"), with![id], |it| {
            let hash = it.text(5)?;
            Ok((person(it)?, hash))
        })
    }

    /// Makes a link by which one person can join in a role, once.
    ///
    /// # Errors
    /// What the database says.
    pub fn invite(&self, token: &str, role: Role, by: &str, seconds: i64) -> Result<(), StoreError> {
        self.db.transact(|db| {
            let now = self.clock.seconds();
            db.run("DELETE FROM invitations WHERE expires < ?1", with![now])?;
            db.run(
                "INSERT INTO invitations (token, role, expires, made_by) VALUES (?1, ?2, ?3, ?4)",
                with![sha256_hex(token.as_bytes()), role.as_str(), now + seconds, by],
            )?;
            Ok(())
        })?;
        self.audit(by, &format!("made an invitation for a {}", role.as_str()), None)
    }

    /// The role an invitation gives, if it still holds.
    ///
    /// # Errors
    /// What the database says.
    pub fn invitation(&self, token: &str) -> Result<Option<Role>, StoreError> {
        let role = self.db.one(
            "SELECT role FROM invitations WHERE token = ?1 AND expires >= ?2",
            with![sha256_hex(token.as_bytes()), self.clock.seconds()],
            |it| it.text(0),
        )?;
        Ok(role.and_then(|it| Role::parse(&it)))
    }

    /// Uses an invitation up: a person joins.
    ///
    /// # Errors
    /// If the invitation does not hold, or the name is taken or not plain.
    pub fn join(&self, token: &str, id: &str, hash: &str) -> Result<Role, StoreError> {
        if !good_name(id) {
            return Err(StoreError::refused(
                "a name has 2 to 40 letters, digits, dots, hyphens or underscores",
            ));
        }
        let role = self.db.transact(|db| {
            let token = sha256_hex(token.as_bytes());
            let role = db.one(
                "SELECT role FROM invitations WHERE token = ?1 AND expires >= ?2",
                with![&token, self.clock.seconds()],
                |it| it.text(0),
            )?;
            let role = role
                .and_then(|it| Role::parse(&it))
                .ok_or_else(|| StoreError::refused("this link was used, or is too old"))?;
            if db.number("SELECT COUNT(*) FROM people WHERE lower(id) = lower(?1)", with![id])? > 0 {
                return Err(StoreError::refused("that name is taken"));
            }
            db.run("DELETE FROM invitations WHERE token = ?1", with![&token])?;
            db.run(
                "INSERT INTO people (id, hash, role, made) VALUES (?1, ?2, ?3, ?4)",
                with![id, hash, role.as_str(), self.clock.stamp()],
            )?;
            Ok(role)
        })?;
        self.audit(id, &format!("joined as {}", role.as_str()), None)?;
        Ok(role)
    }

    /// Changes role or access of a person. The last administrator stays one.
    ///
    /// # Errors
    /// If there is no such person, or nobody would be left.
    pub fn set_person(&self, id: &str, role: Role, disabled: bool, by: &str) -> Result<(), StoreError> {
        self.db.transact(|db| {
            let stamp = disabled.then(|| self.clock.stamp());
            if db.run(
                "UPDATE people SET role = ?2, disabled = ?3 WHERE id = ?1",
                with![id, role.as_str(), stamp],
            )? == 0
            {
                return Err(StoreError::refused(format!("there is nobody called {id}")));
            }
            if db.number(
                "SELECT COUNT(*) FROM people WHERE role = 'administrator' AND disabled IS NULL",
                &[],
            )? == 0
            {
                return Err(StoreError::refused("the last administrator stays one"));
            }
            db.run("DELETE FROM sessions WHERE person = ?1", with![id])?;
            if disabled {
                db.run(
                    "UPDATE tokens SET revoked = ?2 WHERE person = ?1 AND revoked IS NULL",
                    with![id, self.clock.stamp()],
                )?;
            }
            Ok(())
        })?;
        let access = if disabled { "shut out" } else { "let in" };
        self.audit(by, &format!("{id} is {} and {access}", role.as_str()), None)
    }

    /// Begins a session.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin_session(
        &self,
        token: &str,
        csrf: &str,
        person: &str,
        seconds: i64,
    ) -> Result<(), StoreError> {
        let now = self.clock.seconds();
        self.db.transact(|db| {
            db.run("DELETE FROM sessions WHERE expires < ?1", with![now])?;
            db.run(
                "INSERT INTO sessions (token, person, csrf, expires) VALUES (?1, ?2, ?3, ?4)",
                with![sha256_hex(token.as_bytes()), person, csrf, now + seconds],
            )?;
            Ok(())
        })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What the database says.
    pub fn end_session(&self, token: &str) -> Result<(), StoreError> {
        self.db.run("DELETE FROM sessions WHERE token = ?1", with![sha256_hex(token.as_bytes())]).map(|_| ())
    }

    /// Who a cookie belongs to.
    ///
    /// # Errors
    /// What the database says.
    pub fn session(&self, token: &str) -> Result<Option<Session>, StoreError> {
        self.db.one(
            &format!(
                "SELECT {PERSON}, s.csrf FROM sessions s JOIN people p ON p.id = s.person \
                 WHERE s.token = ?1 AND s.expires >= ?2 AND p.disabled IS NULL"
            ),
            with![sha256_hex(token.as_bytes()), self.clock.seconds()],
            |it| {
                let csrf = it.text(5)?;
                Ok(Session { person: person(it)?, csrf, by_token: false })
            },
        )
    }

    /// Makes a token for programs.
    ///
    /// # Errors
    /// What the database says.
    pub fn make_token(&self, token: &str, person: &str, label: &str) -> Result<(), StoreError> {
        let label: String = label.chars().filter(|it| !it.is_control()).take(80).collect();
        self.db.run(
            "INSERT INTO tokens (token, person, label, made) VALUES (?1, ?2, ?3, ?4)",
            with![sha256_hex(token.as_bytes()), person, label, self.clock.stamp()],
        )?;
        self.audit(person, "made an API token", None)
    }

    /// Tokens of a person: their hash, label, when made, when revoked.
    ///
    /// # Errors
    /// What the database says.
    pub fn tokens(&self, person: &str) -> Result<Vec<TokenRow>, StoreError> {
        self.db.rows(
            "SELECT token, label, made, revoked FROM tokens WHERE person = ?1 ORDER BY made DESC, token",
            with![person],
            |it| Ok((it.text(0)?, it.text(1)?, it.text(2)?, it.opt(3)?)),
        )
    }

    /// Revokes a token of a person, by its hash.
    ///
    /// # Errors
    /// If there is none.
    pub fn revoke_token(&self, hash: &str, person: &str) -> Result<(), StoreError> {
        let done = self.db.run(
            "UPDATE tokens SET revoked = ?3 WHERE token = ?1 AND person = ?2 AND revoked IS NULL",
            with![hash, person, self.clock.stamp()],
        )?;
        if done == 0 {
            return Err(StoreError::refused("there is no such token"));
        }
        self.audit(person, "revoked an API token", None)
    }

    /// Who a token belongs to.
    ///
    /// # Errors
    /// What the database says.
    pub fn token(&self, token: &str) -> Result<Option<Session>, StoreError> {
        self.db.one(
            &format!(
                "SELECT {PERSON} FROM tokens t JOIN people p ON p.id = t.person \
                 WHERE t.token = ?1 AND t.revoked IS NULL AND p.disabled IS NULL"
            ),
            with![sha256_hex(token.as_bytes())],
            |it| Ok(Session { person: person(it)?, csrf: String::new(), by_token: true }),
        )
    }

    /// Marks changes as seen by a person.
    ///
    /// # Errors
    /// What the database says.
    pub fn mark_seen(&self, person: &str, change: u64) -> Result<(), StoreError> {
        self.db.run("UPDATE people SET seen = ?2 WHERE id = ?1", with![person, change]).map(|_| ())
    }

    /// Writes a line of the audit.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit(&self, who: &str, what: &str, address: Option<&str>) -> Result<(), StoreError> {
        let who: String = who.chars().filter(|it| !it.is_control()).take(60).collect();
        self.db
            .run(
                "INSERT INTO audit (at, who, what, address) VALUES (?1, ?2, ?3, ?4)",
                with![self.clock.stamp(), who, what, address],
            )
            .map(|_| ())
    }

    /// The audit, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_page(&self, count: usize) -> Result<Vec<AuditRow>, StoreError> {
        self.db.rows(
            "SELECT at, who, what, address FROM audit ORDER BY n DESC LIMIT ?1",
            with![count],
            |it| Ok(AuditRow { at: it.text(0)?, who: it.text(1)?, what: it.text(2)?, address: it.opt(3)? }),
        )
    }
}
