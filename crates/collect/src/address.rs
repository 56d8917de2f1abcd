//! Which addresses belong to the open network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address can belong to a public host. Private, loopback,
/// link-local, shared, documentation, multicast and reserved ranges cannot
/// (IANA special-purpose registries), nor can IPv6 forms that carry one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => public_v4(it),
        IpAddr::V6(it) => public_v6(it),
    }
}

fn public_v4(it: Ipv4Addr) -> bool {
    let [a, b, c, _] = it.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn public_v6(it: Ipv6Addr) -> bool {
    let parts = it.segments();
    if let Some(inner) = it.to_ipv4_mapped() {
        return public_v4(inner);
    }
    let low = |high: u16, low: u16| Ipv4Addr::new((high >> 8) as u8, high as u8, (low >> 8) as u8, low as u8);
    match parts {
        // Translated and tunnelled IPv4.
        [0x64, 0xFF9B, 0, 0, 0, 0, a, b] | [0, 0, 0, 0, 0, 0, a, b] => public_v4(low(a, b)) && parts[6] != 0,
        [0x2002, a, b, ..] => public_v4(low(a, b)),
        // Teredo, documentation, benchmarking and others of 2001::/23.
        [0x2001, b, ..] if b < 0x200 || b == 0xDB8 => false,
        [0x3FFF, b, ..] if b < 0x1000 => false,
        // Only 2000::/3 is given out as public.
        [a, ..] => a & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_all_forms_are_not_public() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "203.0.113.7",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
            "fec0::1",
        ];
        for it in private {
            assert!(!is_public(it.parse().expect("an address")), "{it}");
        }
        for it in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(is_public(it.parse().expect("an address")), "{it}");
        }
    }
}
