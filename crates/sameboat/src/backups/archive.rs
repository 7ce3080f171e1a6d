//! The file of a backup: the lines that `store` gives, compressed (zstd), then encrypted (age). It is there whole or not at all.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, IntoInnerError, Read, Write};
use std::path::{Path, PathBuf};

use age::x25519::Recipient;
use age::{DecryptError, Decryptor, Encryptor, Identity, IdentityFile};
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use store::backups::{Everything, Manifest, SaveError, save};
use store::{OpenError, StoreError, files, hex};
use tempfile::NamedTempFile;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task;

/// Pieces that may wait between the database and the disk.
const WAITING: usize = 4;
const PIECE: usize = 256 * 1024;

/// Files that are being written begin so.
pub(super) const PART: &str = ".sameboat-part-";

/// zstd's own middle: higher ones are slower by far and hardly smaller.
const LEVEL: i32 = 3;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    #[error("{file} cannot be written: {why}. Nothing is left of it; make room, or choose another place.")]
    Write { file: String, why: io::Error },
    #[error("{0} is there already, and a backup is never written over. Name another file, or a folder.")]
    Exists(String),
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: io::Error },
    #[error("{file} is no backup of Sameboat, or its beginning is damaged")]
    NotABackup { file: String },
    #[error(
        "none of these identities opens {file}: it was made for another public key. Take the identity file that goes with it."
    )]
    WrongIdentity { file: String },
    #[error("{file} is damaged or was cut off ({why}). Take an earlier backup, or another copy of this one.")]
    Damaged { file: String, why: String },
    #[error("the identity file {file} cannot be used: {why}")]
    Identity { file: String, why: io::Error },
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the program ended while it was at it")]
    Ended,
}

/// A file that is written, and has no name yet.
pub(super) struct Packed {
    part: NamedTempFile,
    pub bytes: u64,
    pub sha256: String,
}

/// Writes everything into a file in this folder that nobody sees yet.
pub(super) async fn pack(
    all: &Everything,
    folder: &Path,
    recipients: Vec<Recipient>,
    bar: ProgressBar,
) -> Result<(Packed, Manifest), ArchiveError> {
    let part = part(folder)?;
    let cannot = {
        let file = folder.display().to_string();
        move |why| ArchiveError::Write { file, why }
    };
    let (to, from) = mpsc::channel(WAITING);
    let packing = task::spawn_blocking(move || {
        let (part, bytes, sha256) = squeeze(from, part, &recipients, &bar)?;
        part.as_file().sync_all()?;
        Ok(Packed { part, bytes, sha256 })
    });
    let saved = save(all, env!("CARGO_PKG_VERSION"), &to).await;
    drop(to);
    // A full disk is why nobody reads on, so it is told first.
    let packed = packing.await.map_err(|_| ArchiveError::Ended)?.map_err(cannot)?;
    Ok((packed, saved?))
}

fn part(folder: &Path) -> Result<NamedTempFile, ArchiveError> {
    tempfile::Builder::new()
        .prefix(PART)
        .tempfile_in(folder)
        .map_err(|why| ArchiveError::Write {
            file: folder.display().to_string(),
            why,
        })
}

/// Compresses and encrypts; gives back what it wrote to, how many bytes, and their SHA-256.
pub(super) fn squeeze<W: Write>(
    mut from: Receiver<Vec<u8>>,
    to: W,
    recipients: &[Recipient],
    bar: &ProgressBar,
) -> io::Result<(W, u64, String)> {
    let all = recipients.iter().map(|one| one as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(all).map_err(io::Error::other)?;
    let summed = Summed {
        to: BufWriter::new(to),
        hash: Sha256::new(),
        bytes: 0,
        bar,
    };
    let mut zstd = zstd::Encoder::new(encryptor.wrap_output(summed)?, LEVEL)?;
    zstd.include_checksum(true)?;
    while let Some(piece) = from.blocking_recv() {
        zstd.write_all(&piece)?;
    }
    let summed = zstd.finish()?.finish()?;
    bar.finish_and_clear();
    let sha256 = hex(&summed.hash.finalize());
    let to = summed.to.into_inner().map_err(IntoInnerError::into_error)?;
    Ok((to, summed.bytes, sha256))
}

impl Packed {
    /// Gives it its name, and beside it its sum as `sha256sum` writes it.
    pub(super) fn keep(self, file: &Path) -> Result<(), ArchiveError> {
        let cannot = |why: io::Error| match why.kind() {
            io::ErrorKind::AlreadyExists => ArchiveError::Exists(file.display().to_string()),
            _ => ArchiveError::Write {
                file: file.display().to_string(),
                why,
            },
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut sum = part(folder.unwrap_or(Path::new(".")))?;
        writeln!(sum, "{}  {name}", self.sha256)
            .and_then(|()| sum.as_file().sync_all())
            .map_err(cannot)?;
        self.part
            .persist_noclobber(file)
            .map_err(|why| cannot(why.error))?;
        // A sum that is left of a file that was taken away is of no use.
        sum.persist(sum_of(file)).map_err(|why| cannot(why.error))?;
        files::sync_name(file).map_err(cannot)
    }
}

/// The file with the sum of this one.
pub(super) fn sum_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

/// The identities in a file, as `age-keygen` writes it.
pub(super) fn identities(file: &Path) -> Result<Vec<Box<dyn Identity + Send + Sync>>, ArchiveError> {
    let cannot = |why: io::Error| ArchiveError::Identity {
        file: file.display().to_string(),
        why,
    };
    let opened = File::open(file).map_err(cannot)?;
    let read = IdentityFile::from_buffer(BufReader::new(opened)).map_err(cannot)?;
    let identities = read
        .into_identities()
        .map_err(|why| cannot(io::Error::other(why.to_string())))?;
    if identities.is_empty() {
        return Err(cannot(io::Error::other(
            "there is none in it (AGE-SECRET-KEY-1…)",
        )));
    }
    Ok(identities)
}

/// Gives the lines of a file to `to`; whoever reads them must not believe them before this has ended well: only then nothing was
/// changed and nothing cut off.
pub(super) fn unpack(
    file: &Path,
    identities: &[Box<dyn Identity + Send + Sync>],
    bar: &ProgressBar,
    to: &Sender<Vec<u8>>,
) -> Result<(), ArchiveError> {
    let name = || file.display().to_string();
    let cannot_read = |why| ArchiveError::Read { file: name(), why };
    let damaged = |why: io::Error| ArchiveError::Damaged {
        file: name(),
        why: why.to_string(),
    };
    let opened = File::open(file).map_err(cannot_read)?;
    bar.set_length(opened.metadata().map_err(cannot_read)?.len());
    let wrong = |why| match why {
        DecryptError::NoMatchingKeys => ArchiveError::WrongIdentity { file: name() },
        DecryptError::Io(why) if why.kind() != io::ErrorKind::UnexpectedEof => damaged(why),
        _ => ArchiveError::NotABackup { file: name() },
    };
    let decryptor = Decryptor::new_buffered(BufReader::new(bar.wrap_read(opened))).map_err(wrong)?;
    let identities = identities.iter().map(|one| &**one as &dyn Identity);
    let decrypted = decryptor.decrypt(identities).map_err(wrong)?;
    let mut zstd = zstd::Decoder::new(decrypted).map_err(damaged)?;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        let limited = Read::by_ref(&mut zstd).take(PIECE as u64);
        let read = { limited }.read_to_end(&mut piece).map_err(damaged)?;
        // Who reads it knows why they read no further.
        if read == 0 || to.blocking_send(piece).is_err() {
            bar.finish_and_clear();
            return Ok(());
        }
    }
}

/// Passes bytes on, and sums them.
struct Summed<'a, W: Write> {
    to: BufWriter<W>,
    hash: Sha256,
    bytes: u64,
    bar: &'a ProgressBar,
}

impl<W: Write> Write for Summed<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        self.bar.inc(written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
