//! Handing alerts to a web address: signed, retried, bounded.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use ureq::unversioned::transport::DefaultConnector;

use crate::clock::Clock;
use crate::fetch::{FetchError, Guard, checked};
use crate::limits::CONNECT_TIME_MAX;
use crate::warc::hex;

/// Bytes of one delivery.
pub const DELIVERY_BYTES_MAX: usize = 1 << 20;
/// Tries of one delivery, with growing pauses between them.
pub const DELIVERY_TRIES_MAX: u32 = 4;

/// Posts JSON to an address. With a secret, `X-Trucewatch-Signature` holds
/// `sha256=` and the HMAC-SHA256 of the body. Answers that say "later" and
/// failures on the way are tried again; redirects are not followed.
///
/// # Errors
/// Why it was not taken.
pub fn deliver<C: Clock>(
    address: &str,
    body: &[u8],
    secret: Option<&[u8]>,
    allowed: BTreeSet<String>,
    clock: &C,
) -> Result<(), FetchError> {
    if body.len() > DELIVERY_BYTES_MAX {
        return Err(FetchError::TooLarge(address.to_owned()));
    }
    let url = checked(address)?;
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(format!("trucewatch/{}", env!("CARGO_PKG_VERSION")))
        .timeout_global(Some(Duration::from_secs(20)))
        .timeout_connect(Some(CONNECT_TIME_MAX))
        .build();
    let guard = Guard { allowed: Arc::new(allowed), seen: Arc::default() };
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), guard);
    let mut last = FetchError::TooSlow(url.to_string());
    for tried in 0..DELIVERY_TRIES_MAX {
        if tried > 0 {
            clock.sleep(Duration::from_secs(1 << (2 * (tried - 1))));
        }
        let mut request = agent.post(url.as_str()).header("content-type", "application/json");
        if let Some(secret) = secret {
            request =
                request.header("x-trucewatch-signature", format!("sha256={}", hex(&hmac(secret, body))));
        }
        match request.send(body) {
            Ok(it) => match it.status().as_u16() {
                200..=299 => return Ok(()),
                status @ (408 | 425 | 429 | 500..=599) => {
                    last = FetchError::Status { url: url.to_string(), status }
                }
                status => return Err(FetchError::Status { url: url.to_string(), status }),
            },
            Err(error) => {
                last = crate::fetch::told(&url, &error);
                if matches!(last, FetchError::Private { .. }) {
                    return Err(last);
                }
            }
        }
    }
    Err(last)
}

/// HMAC (RFC 2104) with SHA-256.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0u8; 64];
    if key.len() > 64 {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |with: u8| block.map(|it| it ^ with);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5C)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_rfc_4231() {
        let of = |key: &[u8], message: &[u8]| hex(&hmac(key, message));
        assert_eq!(
            of(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            of(&[0xAA; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
