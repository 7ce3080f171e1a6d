//! The key ring: what opens the database, kept outside of it and outside of its backups.
//!
//! A text; each line that is no comment is a root key, 64 hexadecimal characters, the newest first. The newest wraps what is made
//! from now on; older ones open what was wrapped by them, until the keys were rotated. Root keys open no data: they wrap the keys
//! that do ([`crate::keys`]).

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::files;
use crate::key::{LENGTH, derive, hex, random, unhex};

/// What stands above the keys of a new file.
const HEAD: &str = "# Sameboat key ring, the newest key first. Whoever has this and the database can read it.\n# Keep a copy in another place, and never beside the backups.\n";

/// Shown by nothing: its Debug says that it is sealed.
#[derive(Clone)]
pub struct KeyRing(Arc<[Root]>);

/// One key of the ring.
pub(crate) struct Root(Zeroizing<[u8; LENGTH]>);

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "the key file {file} cannot be used: {why}. Choose another place with --key-file, or give it to this user."
    )]
    File { file: String, why: io::Error },
    #[error(
        "there is no key file {file}. For a new database make one: sameboat keys create {file}. For one that was used before put its copy there: a new key opens nothing of it."
    )]
    Missing { file: String },
    #[error(
        "{origin} is no key ring: line {line} has not 64 hexadecimal characters. Restore it from its copy; a new one would open nothing."
    )]
    Broken { origin: String, line: usize },
    #[error("{origin} holds no key. Restore it from its copy, or make one: sameboat keys create FILE.")]
    Empty { origin: String },
    #[error(
        "{file} is there already, and what it holds may be the only key of a database. Name another file."
    )]
    Exists { file: String },
}

impl KeyRing {
    /// A ring of one key.
    pub fn new(bytes: [u8; LENGTH]) -> Self {
        Self([Root(Zeroizing::new(bytes))].into())
    }

    /// Makes a file with a new key, for this user only. One that is there stays as it is.
    pub fn create(file: &Path) -> Result<Self, KeyError> {
        let ring = Self::new(random());
        match place(file, &ring.text(HEAD), Place::New) {
            Ok(()) => Ok(ring),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(KeyError::Exists {
                file: file.display().to_string(),
            }),
            Err(why) => Err(cannot(file, why)),
        }
    }

    /// The ring in this file.
    pub fn read(file: &Path) -> Result<Self, KeyError> {
        match std::fs::read_to_string(file).map(Zeroizing::new) {
            Ok(text) => Self::parse(&text, &format!("the key file {}", file.display())),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Err(KeyError::Missing {
                file: file.display().to_string(),
            }),
            Err(why) => Err(cannot(file, why)),
        }
    }

    /// The ring in this file; if there is none, a new one. For what is made anew without a question, as the demo is.
    pub fn read_or_create(file: &Path) -> Result<Self, KeyError> {
        match Self::create(file) {
            Err(KeyError::Exists { .. }) => Self::read(file),
            made => made,
        }
    }

    /// Puts a new key before those of the file: from the next start on it wraps what is made.
    pub fn add(file: &Path) -> Result<Self, KeyError> {
        let old = Self::read(file)?;
        let fresh = Self::new(random());
        let text = Zeroizing::new(format!("{}{}", &*fresh.text(HEAD), &*old.text("")));
        place(file, &text, Place::Over).map_err(|why| cannot(file, why))?;
        Self::read(file)
    }

    /// Reads a ring; `origin` is said when it cannot be.
    pub fn parse(text: &str, origin: &str) -> Result<Self, KeyError> {
        let mut roots = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let root = Root::parse(line).ok_or_else(|| KeyError::Broken {
                origin: origin.to_owned(),
                line: number + 1,
            })?;
            roots.push(root);
        }
        if roots.is_empty() {
            return Err(KeyError::Empty {
                origin: origin.to_owned(),
            });
        }
        Ok(Self(roots.into()))
    }

    /// By which each key is named where nothing of it may be shown, the newest first.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(Root::name).collect()
    }

    /// The one that wraps.
    pub(crate) fn newest(&self) -> &Root {
        &self.0[0]
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Root> {
        self.0.iter().find(|root| root.name() == name)
    }

    fn text(&self, head: &str) -> Zeroizing<String> {
        let mut text = Zeroizing::new(head.to_owned());
        for root in &*self.0 {
            text.push_str(&Zeroizing::new(hex(&*root.0)));
            text.push('\n');
        }
        text
    }
}

impl Root {
    fn parse(line: &str) -> Option<Self> {
        let bytes = Zeroizing::new(unhex(line)?);
        let bytes = <[u8; LENGTH]>::try_from(bytes.as_slice()).ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// Eight characters that say which one it is and nothing of it.
    pub(crate) fn name(&self) -> String {
        hex(&Sha256::digest(*derive(&self.0, b"sameboat name"))[..4])
    }

    /// The key that wraps other keys.
    pub(crate) fn wrapping(&self) -> Zeroizing<[u8; LENGTH]> {
        derive(&self.0, b"sameboat wrap")
    }

    /// What databases from before the ring have their MACs under.
    pub(crate) fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing([sealed])")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not if there is one.
    New,
    Over,
}

/// Whole under its name or not at all: written beside it, then put there.
fn place(file: &Path, text: &str, place: Place) -> io::Result<()> {
    files::private_folder(file)?;
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}", hex(&random::<8>())));
    let beside = std::path::PathBuf::from(name);
    let mut written = files::for_owner().write(true).create_new(true).open(&beside)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    match place {
        Place::Over => std::fs::rename(&beside, file),
        Place::New => {
            let linked = std::fs::hard_link(&beside, file);
            std::fs::remove_file(&beside)?;
            linked
        }
    }
}

fn cannot(file: &Path, why: io::Error) -> KeyError {
    KeyError::File {
        file: file.display().to_string(),
        why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_made_once_and_then_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/server.key");
        assert!(matches!(KeyRing::read(&file), Err(KeyError::Missing { .. })));
        let made = KeyRing::create(&file).unwrap();
        assert!(matches!(KeyRing::create(&file), Err(KeyError::Exists { .. })));
        assert_eq!(KeyRing::read(&file).unwrap().names(), made.names());
        assert_eq!(KeyRing::read_or_create(&file).unwrap().names(), made.names());
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn a_new_key_stands_before_the_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.key");
        let old = KeyRing::create(&file).unwrap().names();
        let both = KeyRing::add(&file).unwrap().names();
        assert_eq!((both.len(), &both[1..]), (2, &old[..]));
        assert_ne!(both[0], old[0]);
    }

    #[test]
    fn what_is_no_ring_is_told_by_its_line() {
        for (text, line) in [
            ("half a key", 1),
            ("# a comment\n\nzz", 3),
            (&"g".repeat(64), 1),
            (&format!("{}\nabc", "a".repeat(64)), 2),
        ] {
            match KeyRing::parse(text, "here") {
                Err(KeyError::Broken { line: told, .. }) => assert_eq!(told, line, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        for text in ["", "# only a comment\n"] {
            assert!(matches!(
                KeyRing::parse(text, "here"),
                Err(KeyError::Empty { .. })
            ));
        }
        assert_eq!(format!("{:?}", KeyRing::new([7; LENGTH])), "KeyRing([sealed])");
    }
}
