//! How often somebody may ask.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// Sign-ins that may fail from one address before it must wait.
pub(crate) const SIGN_IN_BURST: u32 = 10;
/// Seconds after which one more try is allowed.
pub(crate) const SIGN_IN_REFILL_SECONDS: i64 = 30;
/// Requests of one person, or of one address that is not signed in, at once.
pub(crate) const REQUEST_BURST: u32 = 600;
/// Requests given back each second.
pub(crate) const REQUESTS_PER_SECOND: i64 = 60;
/// Keys remembered; the fullest buckets are forgotten first.
const KEYS_MAX: usize = 20_000;

/// Buckets that refill.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: Mutex<BTreeMap<String, (i64, i64)>>,
}

/// Parts of a token, so that slow refills need no fractions.
const PARTS: i64 = 60;

impl Limits {
    /// Takes one token from the bucket `key`, which holds `burst` and gains
    /// `parts` sixtieths of a token each second.
    fn take(&self, key: &str, now: i64, burst: u32, parts: i64) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let full = i64::from(burst) * PARTS;
        if buckets.len() >= KEYS_MAX {
            buckets.retain(|_, (at, left)| *left + (now - *at).max(0) * parts < full);
            if buckets.len() >= KEYS_MAX {
                buckets.clear();
            }
        }
        let (at, left) = buckets.entry(key.to_owned()).or_insert((now, full));
        *left = (*left + (now - *at).max(0).saturating_mul(parts)).min(full);
        *at = now;
        let may = *left >= PARTS;
        if may {
            *left -= PARTS;
        }
        may
    }

    /// Whether this address may try to sign in.
    pub fn may_sign_in(&self, address: &str, now: i64) -> bool {
        self.take(&format!("sign-in {address}"), now, SIGN_IN_BURST, PARTS / SIGN_IN_REFILL_SECONDS)
    }

    /// Whether this person or address may ask.
    pub fn may_ask(&self, who: &str, now: i64) -> bool {
        self.take(&format!("ask {who}"), now, REQUEST_BURST, PARTS * REQUESTS_PER_SECOND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_run_dry_and_refill() {
        let limits = Limits::default();
        for _ in 0..SIGN_IN_BURST {
            assert!(limits.may_sign_in("a", 0));
        }
        assert!(!limits.may_sign_in("a", 0));
        assert!(limits.may_sign_in("b", 0));
        assert!(!limits.may_sign_in("a", SIGN_IN_REFILL_SECONDS - 1));
        assert!(limits.may_sign_in("a", SIGN_IN_REFILL_SECONDS));
        assert!(!limits.may_sign_in("a", 10));
    }
}
