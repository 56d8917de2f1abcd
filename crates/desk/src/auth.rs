//! Passwords, tokens and cookies.

use argon2::{Algorithm, Argon2, Params, Version};

/// Memory that one password check takes.
pub const ARGON2_KIB: u32 = 19_456;
const ARGON2_PASSES: u32 = 2;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// A password has at least this many characters.
pub(crate) const PASSWORD_CHARS_MIN: usize = 12;
/// A password longer than this is refused before it is hashed.
pub(crate) const PASSWORD_BYTES_MAX: usize = 256;

/// The cookie of a session.
pub(crate) const COOKIE: &str = "trucewatch";
/// How long a session lasts.
pub(crate) const SESSION_SECONDS: i64 = 12 * 3600;
/// How long an invitation holds.
pub(crate) const INVITATION_SECONDS: i64 = 48 * 3600;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// 32 random bytes of the system, in hex.
///
/// # Errors
/// If the system has none.
pub fn random_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

fn argon2(kib: u32, passes: u32) -> Option<Argon2<'static>> {
    let params = Params::new(kib, passes, 1, Some(HASH_BYTES)).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password with Argon2id and a fresh salt; `None` for one that is
/// too short or too long, or if the system gives no random numbers.
pub fn hash_password(password: &str) -> Option<String> {
    if password.chars().count() < PASSWORD_CHARS_MIN || password.len() > PASSWORD_BYTES_MAX {
        return None;
    }
    let mut salt = [0u8; SALT_BYTES];
    getrandom::fill(&mut salt).ok()?;
    let mut out = [0u8; HASH_BYTES];
    argon2(ARGON2_KIB, ARGON2_PASSES)?.hash_password_into(password.as_bytes(), &salt, &mut out).ok()?;
    Some(format!("argon2id$v=19$m={ARGON2_KIB},t={ARGON2_PASSES},p=1${}${}", hex(&salt), hex(&out)))
}

/// Whether a password is the one that was hashed. Takes as long for a person
/// who does not exist: give [`nobody`] then.
pub(crate) fn check_password(password: &str, hash: &str) -> bool {
    if password.len() > PASSWORD_BYTES_MAX {
        return false;
    }
    let check = || -> Option<bool> {
        let mut fields = hash.split('$');
        let ("argon2id", "v=19") = (fields.next()?, fields.next()?) else { return None };
        let mut costs =
            fields.next()?.split(',').map(|it| it.split_once('=').and_then(|it| it.1.parse::<u32>().ok()));
        let (kib, passes) = (costs.next()??, costs.next()??);
        let (salt, known) = (unhex(fields.next()?)?, unhex(fields.next()?)?);
        let mut out = [0u8; HASH_BYTES];
        argon2(kib, passes)?.hash_password_into(password.as_bytes(), &salt, &mut out).ok()?;
        Some(same(&out, &known))
    };
    check().unwrap_or(false)
}

/// A hash that no password has.
pub(crate) fn nobody() -> String {
    format!(
        "argon2id$v=19$m={ARGON2_KIB},t={ARGON2_PASSES},p=1${}${}",
        "00".repeat(SALT_BYTES),
        "00".repeat(HASH_BYTES)
    )
}

/// Compares without telling by its time where two secrets part.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0u8, |it, (x, y)| it | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_alone() {
        let hash = hash_password("correct horse battery").expect("long enough");
        assert!(hash.starts_with("argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(check_password("correct horse battery", &hash));
        assert!(!check_password("correct horse batterz", &hash));
        assert!(!check_password("", &nobody()));
        assert!(!check_password("x", "argon2id$v=19$m=1"));
        assert_eq!(hash_password("short"), None);
        assert_eq!(hash_password(&"x".repeat(PASSWORD_BYTES_MAX + 1)), None);
    }
}
