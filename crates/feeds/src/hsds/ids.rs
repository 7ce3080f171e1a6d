//! Ids as HSDS has them: UUIDs, always the same for the same thing.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// A UUID of version 8 (RFC 9562) from the SHA-256 of these names.
pub(super) fn uuid(names: &[&str]) -> String {
    let mut hash = Sha256::new_with_prefix("sameboat hsds");
    for name in names {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
    }
    let mut bytes = hash.finalize();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut uuid = String::with_capacity(36);
    for (at, byte) in bytes.iter().take(16).enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        let _ = write!(uuid, "{byte:02x}");
    }
    uuid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_its_names_and_no_others() {
        let id = uuid(&["service", "k7m2p9qd4x"]);
        assert_eq!(id, uuid(&["service", "k7m2p9qd4x"]));
        assert_ne!(id, uuid(&["servicek", "7m2p9qd4x"]));
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(&id[14..15], "8");
        assert!("89ab".contains(&id[19..20]), "{id}");
    }
}
