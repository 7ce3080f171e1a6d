//! The server's key: 32 random bytes in a file beside the database, never in it.
//!
//! From it come, by purpose, the keys of the audit's MACs and of what is looked up without being readable: join codes,
//! recovery codes. A copy of the database alone opens nothing and signs nothing.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

const LENGTH: usize = 32;

/// Shown by nothing: its Debug says that it is sealed.
#[derive(Clone)]
pub struct Key([u8; LENGTH]);

/// What a key is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Audit,
    JoinCode,
    RecoveryCode,
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "the key file {file} cannot be used: {why}. Choose another place with --key-file, or give it to this user."
    )]
    File { file: String, why: io::Error },
    #[error(
        "the key file {file} does not hold 64 hexadecimal characters. Restore it from its copy; a new one would end every sign-in code."
    )]
    Broken { file: String },
}

impl Key {
    pub const fn new(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// The key in this file; if there is none, a new one, for this user only.
    pub fn read_or_create(file: &Path) -> Result<Self, KeyError> {
        let cannot = |why| KeyError::File {
            file: file.display().to_string(),
            why,
        };
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(&text).ok_or_else(|| KeyError::Broken {
                file: file.display().to_string(),
            }),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                let key = Self(random());
                match key.create(file) {
                    // Another process was a moment earlier: theirs it is.
                    Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Self::read_or_create(file),
                    done => done.map(|()| key).map_err(cannot),
                }
            }
            Err(why) => Err(cannot(why)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 2 * LENGTH || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; LENGTH];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// Whole under its name or not at all: written beside it, then linked.
    fn create(&self, file: &Path) -> io::Result<()> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
        }
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{}", hex(&random::<8>())));
        let beside = std::path::PathBuf::from(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut written = options.open(&beside)?;
        writeln!(written, "{}", hex(&self.0))?;
        written.sync_all()?;
        let linked = std::fs::hard_link(&beside, file);
        std::fs::remove_file(&beside)?;
        linked
    }

    /// An HMAC-SHA256 under the key for that purpose.
    pub(crate) fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let info: &[u8] = match purpose {
            Purpose::Audit => b"sameboat audit",
            Purpose::JoinCode => b"sameboat join code",
            Purpose::RecoveryCode => b"sameboat recovery code",
        };
        let mut derived = [0; LENGTH];
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(info, &mut derived)
            .unwrap_or_else(|_| unreachable!("32 bytes are not too many to derive"));
        let mut mac = Hmac::<Sha256>::new_from_slice(&derived)
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_then_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/server.key");
        let made = Key::read_or_create(&file).unwrap();
        assert_eq!(Key::read_or_create(&file).unwrap().0, made.0);
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        std::fs::write(&file, "half a key").unwrap();
        assert!(matches!(Key::read_or_create(&file), Err(KeyError::Broken { .. })));
    }

    #[test]
    fn a_key_says_nothing_and_each_purpose_has_its_own() {
        let key = Key([7; LENGTH]);
        assert_eq!(format!("{key:?}"), "Key([sealed])");
        let same: &[&[u8]] = &[b"1234"];
        assert_ne!(
            key.mac(Purpose::JoinCode, same),
            key.mac(Purpose::RecoveryCode, same)
        );
        assert_ne!(
            key.mac(Purpose::Audit, &[b"ab", b"c"]),
            key.mac(Purpose::Audit, &[b"a", b"bc"])
        );
    }
}
