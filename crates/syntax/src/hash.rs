//! Hashing of feature keys: fixed for ever, because the model stores hashes.

/// Starts or continues a key.
#[inline]
pub fn mix(key: u64, value: u64) -> u64 {
    let it = (key.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    it ^ (it >> 29)
}

/// The key of a word.
#[inline]
pub fn word(text: &str) -> u64 {
    bytes(text.as_bytes())
}

/// The key of some bytes.
#[inline]
pub fn bytes(bytes: &[u8]) -> u64 {
    let mut key = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        key = (key ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    key ^ (key >> 31)
}
