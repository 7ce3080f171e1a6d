//! Which addresses of the internet are somebody else's, reached by everyone alike.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether it is an ordinary address of the internet. What is not known to be one is none.
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_global_v4(address),
        IpAddr::V6(address) => is_global_v6(address),
    }
}

/// Networks of version 4 that are not, by the registry of special-purpose addresses (RFC 6890 and after).
const NOT_GLOBAL_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by the customers of a provider
    ([127, 0, 0, 0], 8),     // this machine
    ([169, 254, 0, 0], 16),  // this link; clouds tell machines their secrets here
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocols
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 31, 196, 0], 24), // AS112
    ([192, 52, 193, 0], 24), // AMT
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 3),     // multicast, reserved, broadcast
];

/// A public service of a cloud that is reached from within its machines only.
const OF_CLOUDS_V4: [Ipv4Addr; 1] = [Ipv4Addr::new(168, 63, 129, 16)];

fn is_global_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    let within = |(network, length): &([u8; 4], u32)| {
        let network = Ipv4Addr::from(*network).to_bits();
        (bits ^ network) >> (32 - length) == 0
    };
    !NOT_GLOBAL_V4.iter().any(within) && !OF_CLOUDS_V4.contains(&address)
}

/// Networks within the global unicast ones of version 6 that are not for everyone.
const NOT_GLOBAL_V6: [([u16; 8], u32); 5] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),         // protocols, Teredo, ORCHID
    ([0x2001, 0x0db8, 0, 0, 0, 0, 0, 0], 32),    // documentation
    ([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48), // AS112
    ([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16),         // the former 6bone
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),         // documentation
];

fn is_global_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, ..] = address.segments();
    // Translated by the network to version 4 (NAT64), or carried in it (6to4): what counts is whom it reaches there.
    if address.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let bits = u32::try_from(address.to_bits() & 0xffff_ffff).unwrap_or_default();
        return is_global_v4(Ipv4Addr::from_bits(bits));
    }
    if first == 0x2002 {
        return is_global_v4(Ipv4Addr::from_bits(u32::from(second) << 16 | u32::from(third)));
    }
    let within = |(network, length): &([u16; 8], u32)| {
        let network = Ipv6Addr::from(*network).to_bits();
        (address.to_bits() ^ network) >> (128 - length) == 0
    };
    // 2000::/3 is all that was ever given out; mapped, link-local, unique local, multicast and the rest lie outside.
    first >> 13 == 0b001 && !NOT_GLOBAL_V6.iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_each_network_of_version_4_are_in_it_and_their_neighbours_are_not() {
        for (network, length) in NOT_GLOBAL_V4 {
            let first = Ipv4Addr::from(network).to_bits();
            let last = first | (u32::MAX >> length);
            for inside in [first, last, first.midpoint(last)] {
                assert!(!is_global_v4(Ipv4Addr::from_bits(inside)), "{network:?}/{length}");
            }
        }
        let neighbours = [
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
        ];
        for address in neighbours {
            assert!(is_global(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn version_6_counts_by_whom_it_reaches() {
        for address in [
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2a00:1450::1",
        ] {
            assert!(is_global(address.parse().unwrap()), "{address}");
        }
        for address in [
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "64:ff9b:1::808:808",
            "2001::1",
            "::ffff:8.8.8.8",
            "::8.8.8.8",
        ] {
            assert!(!is_global(address.parse().unwrap()), "{address}");
        }
    }
}
