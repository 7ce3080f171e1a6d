//! The server's key: 32 bytes that stand in the database, wrapped by the key ring ([`crate::keys`]), and open nothing.
//!
//! From it come, by purpose, the keys of the audit's MACs and of what is looked up without being readable: mail addresses, join
//! codes, recovery codes. A copy of the database alone signs nothing and finds nobody.

use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) const LENGTH: usize = 32;

/// Shown by nothing: its Debug says that it is sealed.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; LENGTH]>);

/// What a key is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Audit,
    /// Signs the statements about the head of the audit's chain.
    AuditHead,
    JoinCode,
    RecoveryCode,
    /// A mail address, or a number at an OpenID provider, by which someone is found.
    LookUp,
    /// Marks someone who was deleted, so that a backup that is restored deletes them again.
    Tombstone,
    /// Ends a saved search from any of its letters.
    Unsubscribe,
    Name,
}

impl Key {
    pub(crate) fn new(bytes: [u8; LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// One that ends with this run of the program, for what is kept in memory only.
    pub fn of_this_run() -> Self {
        Self::new(random())
    }

    /// What can stand for these parts where they themselves must not: the same again under the same key only.
    pub fn name(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(Purpose::Name, parts)
    }

    /// The key for one purpose.
    pub(crate) fn derived(&self, purpose: Purpose) -> Zeroizing<[u8; LENGTH]> {
        let info: &[u8] = match purpose {
            Purpose::Audit => b"sameboat audit",
            Purpose::AuditHead => b"sameboat audit head",
            Purpose::JoinCode => b"sameboat join code",
            Purpose::RecoveryCode => b"sameboat recovery code",
            Purpose::LookUp => b"sameboat look-up",
            Purpose::Tombstone => b"sameboat tombstone",
            Purpose::Unsubscribe => b"sameboat unsubscribe",
            Purpose::Name => b"sameboat name",
        };
        derive(&self.0, info)
    }

    /// An HMAC-SHA256 under the key for that purpose.
    pub(crate) fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        self.macs(purpose).of(parts)
    }

    /// The same for many messages.
    pub(crate) fn macs(&self, purpose: Purpose) -> Macs {
        let derived = self.derived(purpose);
        Macs(
            Hmac::<Sha256>::new_from_slice(&*derived)
                .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length")),
        )
    }
}

/// Makes MACs under the key for one purpose, which is derived once.
pub(crate) struct Macs(Hmac<Sha256>);

impl Macs {
    pub(crate) fn of(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            // With its length, so that no two rows are the same bytes in a row.
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([sealed])")
    }
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without randomness no secret can be made: there is nothing to go on with.
    getrandom::fill(&mut bytes).unwrap_or_else(|why| panic!("the system gives no random bytes: {why}"));
    bytes
}

/// What the database keeps of a secret that one holds: long random ones need no key.
pub(crate) fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes as hexadecimal digits, two of each.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Another key of one, for what `info` says (HKDF).
pub(crate) fn derive(key: &[u8; LENGTH], info: &[u8]) -> Zeroizing<[u8; LENGTH]> {
    let mut derived = Zeroizing::new([0; LENGTH]);
    Hkdf::<Sha256>::new(None, key)
        .expand(info, &mut *derived)
        .unwrap_or_else(|_| unreachable!("32 bytes are not too many to derive"));
    derived
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_nothing_and_each_purpose_has_its_own() {
        let key = Key::new([7; LENGTH]);
        assert_eq!(format!("{key:?}"), "Key([sealed])");
        let same: &[&[u8]] = &[b"1234"];
        assert_ne!(
            key.mac(Purpose::JoinCode, same),
            key.mac(Purpose::RecoveryCode, same)
        );
        assert_eq!(key.name(same), key.name(same));
        assert_ne!(key.name(same), Key::of_this_run().name(same));
        assert_ne!(
            key.mac(Purpose::Audit, &[b"ab", b"c"]),
            key.mac(Purpose::Audit, &[b"a", b"bc"])
        );
    }
}
