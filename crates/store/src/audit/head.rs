//! A signed statement of where the audit's chain ends. Kept elsewhere, it shows later whether rows from before it were changed or
//! taken away: also to whoever has the server's public key and nothing else of ours.
//!
//! One line: `sameboat-audit-head 1 database=… position=… rows=… hash=… at=… key=… signature=…`. The signature (Ed25519) is over
//! the bytes before ` signature=`.

use std::fmt;

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use uuid::Uuid;

use crate::key::{Key, Purpose, hex, unhex};

const BEGIN: &str = "sameboat-audit-head";
const VERSION: &str = "1";

/// What is said: where the chain of one database ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub database: Uuid,
    /// The number of the last link; 0 before the first.
    pub position: i64,
    /// How many rows there are, linked or not.
    pub rows: i64,
    /// Of the last link.
    pub hash: [u8; 32],
    /// To the second.
    pub at: DateTime<Utc>,
}

/// The same with the key that signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub(super) stated: Stated,
    pub(super) key: [u8; 32],
    signature: [u8; 64],
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("statement {0} in it cannot be read; copy its whole line, from {BEGIN} to the end of the signature")]
pub struct HeadError(usize);

impl Head {
    pub(super) fn sign(key: &Key, stated: Stated) -> Self {
        let signing = SigningKey::from_bytes(&key.derived(Purpose::AuditHead));
        let stated = Stated {
            at: stated.at.trunc_subsecs(0),
            ..stated
        };
        let key = signing.verifying_key().to_bytes();
        let signature = signing.sign(said(&stated, &key).as_bytes()).to_bytes();
        Self {
            stated,
            key,
            signature,
        }
    }

    /// Every statement in a text: a line, a file of them, a letter that was answered.
    pub fn find_all(text: &str) -> Vec<Result<Self, HeadError>> {
        let is_quote = |word: &&str| !word.bytes().all(|byte| byte == b'>');
        let words: Vec<&str> = text.split_whitespace().filter(is_quote).collect();
        let begins = words.iter().enumerate().filter(|(_, word)| **word == BEGIN);
        begins
            .enumerate()
            .map(|(number, (at, _))| Self::read(&words[at + 1..]).ok_or(HeadError(number + 1)))
            .collect()
    }

    /// Whether it was signed by the key it names.
    pub(super) fn is_signed(&self) -> bool {
        let said = said(&self.stated, &self.key);
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.key)
            .is_ok_and(|key| key.verify_strict(said.as_bytes(), &signature).is_ok())
    }

    pub fn position(&self) -> i64 {
        self.stated.position
    }

    pub fn at(&self) -> DateTime<Utc> {
        self.stated.at
    }

    /// The public key of the server, in hexadecimal.
    pub fn public_key(&self) -> String {
        hex(&self.key)
    }

    fn read(words: &[&str]) -> Option<Self> {
        let [version, rest @ ..] = words else { return None };
        let fields: Vec<&str> = ["database", "position", "rows", "hash", "at", "key", "signature"]
            .iter()
            .zip(rest)
            .map(|(name, word)| word.strip_prefix(name)?.strip_prefix('='))
            .collect::<Option<_>>()?;
        let [database, position, rows, hash, at, key, signature] = fields[..] else {
            return None;
        };
        let head = Self {
            stated: Stated {
                database: Uuid::parse_str(database).ok()?,
                position: position.parse().ok()?,
                rows: rows.parse().ok()?,
                hash: unhex(hash)?.try_into().ok()?,
                at: at.parse().ok()?,
            },
            key: unhex(key)?.try_into().ok()?,
            signature: unhex(signature)?.try_into().ok()?,
        };
        (*version == VERSION).then_some(head)
    }
}

/// The public key that a server's statements are signed by.
pub(super) fn public(key: &Key) -> [u8; 32] {
    SigningKey::from_bytes(&key.derived(Purpose::AuditHead))
        .verifying_key()
        .to_bytes()
}

fn said(stated: &Stated, key: &[u8; 32]) -> String {
    let Stated {
        database,
        position,
        rows,
        hash,
        at,
    } = stated;
    let (hash, key) = (hex(hash), hex(key));
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "{BEGIN} {VERSION} database={database} position={position} rows={rows} hash={hash} at={at} key={key}"
    )
}

/// The line.
impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} signature={}",
            said(&self.stated, &self.key),
            hex(&self.signature)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        let stated = Stated {
            database: Uuid::from_u128(7),
            position: 1_234,
            rows: 1_240,
            hash: [9; 32],
            at: "2026-11-24T15:00:00.123456Z".parse().unwrap(),
        };
        Head::sign(&Key::new([42; 32]), stated)
    }

    #[test]
    fn a_statement_is_read_as_it_was_written_from_lines_files_and_quoted_letters() {
        let head = head();
        let line = head.to_string();
        assert_eq!(Head::find_all(&line), [Ok(head.clone())]);
        let letter = format!(
            "> Keep this:\n>\n> {}\n\nThank you\n{line}\n",
            line.replace(" hash", "\n> hash")
        );
        assert_eq!(Head::find_all(&letter), [Ok(head.clone()), Ok(head.clone())]);
        assert!(head.is_signed());
        assert_eq!(head.key, public(&Key::new([42; 32])));
        assert_ne!(head.key, public(&Key::new([43; 32])));
    }

    #[test]
    fn a_statement_in_which_one_character_is_another_is_none_or_not_signed() {
        let line = head().to_string();
        // Every third character: checking a signature takes its time.
        for at in (BEGIN.len()..line.len()).step_by(3) {
            let mut bytes = line.clone().into_bytes();
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
            let edited = String::from_utf8(bytes).unwrap();
            for found in Head::find_all(&edited) {
                assert!(found.is_err() || !found.unwrap().is_signed(), "{edited}");
            }
        }
        let cut = &line[..line.len() - 2];
        assert_eq!(Head::find_all(cut), [Err(HeadError(1))]);
    }
}
