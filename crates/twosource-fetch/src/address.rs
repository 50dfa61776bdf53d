//! Which addresses of the network may be connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one of the public internet: not private, loopback, link-local, shared, reserved, multicast or
/// for documentation (IANA special-purpose registries of IPv4 and IPv6, RFC 6890 and its updates).
///
/// IPv6 addresses that carry an IPv4 address (mapped, compatible, NAT64, 6to4) are judged by that one.
///
/// ```
/// # use twosource_fetch::is_public;
/// assert!(is_public("93.184.216.34".parse().unwrap()));
/// assert!(!is_public("169.254.169.254".parse().unwrap()));
/// assert!(!is_public("::ffff:127.0.0.1".parse().unwrap()));
/// ```
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// First bits and how many of them: blocks of IPv4 that are not of the public internet.
const CLOSED_V4: [(u32, u32); 15] = [
    (0x0000_0000, 8),  // this network
    (0x0A00_0000, 8),  // private
    (0x6440_0000, 10), // shared by carriers
    (0x7F00_0000, 8),  // loopback
    (0xA9FE_0000, 16), // link-local, with the metadata services of clouds
    (0xAC10_0000, 12), // private
    (0xC000_0000, 24), // protocol assignments
    (0xC000_0200, 24), // documentation
    (0xC058_6300, 24), // 6to4 relays
    (0xC0A8_0000, 16), // private
    (0xC612_0000, 15), // benchmarks
    (0xC633_6400, 24), // documentation
    (0xCB00_7100, 24), // documentation
    (0xE000_0000, 4),  // multicast
    (0xF000_0000, 4),  // reserved, and broadcast
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !CLOSED_V4
        .iter()
        .any(|(block, length)| bits >> (32 - length) == block >> (32 - length))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let last = || {
        Ipv4Addr::new(
            (parts[6] >> 8) as u8,
            parts[6] as u8,
            (parts[7] >> 8) as u8,
            parts[7] as u8,
        )
    };
    match parts {
        // mapped ::ffff:a.b.c.d, translated ::ffff:0:a.b.c.d, compatible ::a.b.c.d (with :: and ::1), NAT64
        [0, 0, 0, 0, 0, 0xffff, ..] | [0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            is_public_v4(last())
        }
        [0, 0, 0, 0, 0, 0, ..] => false,
        // 6to4
        [0x2002, high, low, ..] => is_public_v4(Ipv4Addr::new(
            (high >> 8) as u8,
            high as u8,
            (low >> 8) as u8,
            low as u8,
        )),
        // protocol assignments with Teredo; documentation
        [0x2001, second, ..] if second < 0x200 || second == 0x0db8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // what is assigned as global unicast
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Addresses that share their first bits, such as `10.1.0.0/16`: a network that may be asked although it is not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    length: u32,
}

impl Network {
    /// Whether the address lies in it. An IPv4 address written as IPv6 is the IPv4 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                (u32::from(first) ^ u32::from(address))
                    .checked_shr(32 - self.length)
                    .unwrap_or(0)
                    == 0
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                (u128::from(first) ^ u128::from(address))
                    .checked_shr(128 - self.length)
                    .unwrap_or(0)
                    == 0
            }
            _ => false,
        }
    }
}

/// An address, or one with the number of its leading bits that count: `127.0.0.0/8`.
impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (first, length) = match text.split_once('/') {
            Some((first, length)) => (first, Some(length)),
            None => (text, None),
        };
        let first: IpAddr = first
            .parse()
            .map_err(|_| format!("{first:?} is no address such as 10.1.0.0 or fd00::"))?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Some(most), |length| {
            length.parse().ok().filter(|length| *length <= most)
        });
        let length = length.ok_or_else(|| format!("behind the / stands a number of bits, 0 to {most}"))?;
        Ok(Self { first, length })
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, is_public};

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, within) in [
            ("127.0.0.0/8", "127.9.9.9", true),
            ("127.0.0.0/8", "::ffff:127.0.0.1", true),
            ("127.0.0.0/8", "128.0.0.1", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("0.0.0.0/0", "203.0.113.1", true),
            ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fd12::1", true),
            ("::/0", "fe80::1", true),
        ] {
            let network: Network = network.parse().unwrap();
            assert_eq!(
                network.contains(address.parse().unwrap()),
                within,
                "{network:?} {address}"
            );
        }
        for wrong in ["", "x", "10.0.0.0/33", "10.0.0.0/x", "::/129"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_the_public_internet_is_public() {
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.255.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::1",
        ];
        let closed = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "100::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
        ];
        for address in public {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in closed {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }
}
