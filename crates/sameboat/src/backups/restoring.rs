//! `sameboat restore`: a database made of a backup, or only a trial of it.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use store::backups::{Loaded, Manifest, load};
use store::{DatabaseUrl, KeyError, KeyRing, Store, Who};
use tokio::sync::mpsc;
use tokio::task;

use super::archive::{ArchiveError, identities, unpack};
use super::{Output, place, progress, tombstones};
use crate::clock::SystemClock;
use crate::printing::say;
use crate::settings::Settings;

const WAITING: usize = 4;

pub(crate) struct Restore {
    /// A backup, or a folder of which the newest is taken.
    pub from: PathBuf,
    pub to: Option<String>,
    pub identity: PathBuf,
    pub drill: bool,
    /// Who was deleted since, besides what is beside the backup and in the data folder.
    pub tombstones: Option<PathBuf>,
    pub output: Output,
}

#[derive(Debug, thiserror::Error)]
enum RestoreError {
    #[error(
        "say which database to make: --to sqlite:FILE or --to postgres://…, which must be empty; or try it only, with --drill"
    )]
    NoTarget,
    #[error("there is no backup in {0}")]
    NoneThere(String),
    #[error("{0} cannot be read: {1}")]
    Read(String, std::io::Error),
    #[error(
        "{0} places of its audit are not as they were written, and were not when the backup was made: `sameboat audit verify` says which"
    )]
    Audit(usize),
}

/// What was found when the database was opened with its keys.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Opened {
    /// It opens, and so does all that is sealed: how many values. How much of the audit is not as it was written.
    /// How many people who were deleted since were in it, and are deleted again.
    Whole {
        sealed: u64,
        audit_broken: usize,
        deleted_again: u64,
    },
    /// The keys that are here are not those that open it, or there are none.
    NoKeys(String),
    /// It was not tried: a trial in PostgreSQL leaves nothing to open.
    NotTried,
}

pub(crate) async fn restore(settings: &Settings, asked: &Restore) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let from = backup(&asked.from)?;
    let marks = marks(settings, asked, &from)?;
    // Decrypted rows are in it for a while: it is in a folder for this user only, and gone afterwards.
    let scratch = tempfile::tempdir()?;
    let to = match &asked.to {
        Some(to) => DatabaseUrl::parse(to)?,
        None if asked.drill => DatabaseUrl::Sqlite(scratch.path().join("drill.db")),
        None => return Err(RestoreError::NoTarget.into()),
    };
    let loaded = loaded(&from, &asked.identity, &to).await?;
    let manifest = loaded.manifest.clone();
    let opened = if asked.drill && asked.to.is_some() {
        loaded.forget().await?;
        Opened::NotTried
    } else {
        loaded.keep().await?;
        open(settings, &manifest, &to, &marks).await
    };
    if matches!(opened, Opened::NoKeys(_)) && !asked.drill {
        // The next start has the keys and obeys them.
        tombstones::put_aside(settings, &marks)?;
    }
    scratch.close()?;
    let seconds = begun.elapsed().as_secs_f64();
    if asked.output == Output::Json {
        let said = json!({
            "from": from, "to": to.to_string(), "drill": asked.drill, "seconds": seconds, "opened": opened, "manifest": manifest,
        });
        say!("{}", serde_json::to_string_pretty(&said)?)?;
    } else {
        tell(&from, &manifest, &opened, seconds)?;
        if asked.drill {
            say!("This was a trial: nothing of it is left.")?;
        } else {
            say!("It is in {to}. Start with --database {to}.")?;
        }
    }
    match opened {
        Opened::Whole { audit_broken, .. } if audit_broken > 0 => {
            Err(RestoreError::Audit(audit_broken).into())
        }
        _ => Ok(()),
    }
}

fn tell(from: &Path, manifest: &Manifest, opened: &Opened, seconds: f64) -> std::io::Result<()> {
    say!(
        "{}: made {}, schema {}, {} rows in {} tables and {} rows of audit; each table is what was saved, in {seconds:.1} s.",
        from.display(),
        manifest.header.made_at.format("%F %T UTC"),
        manifest.header.schema.last().map_or("", String::as_str),
        manifest.rows(),
        manifest.tables.len(),
        manifest.audit.rows,
    )?;
    match opened {
        Opened::Whole {
            sealed,
            deleted_again,
            ..
        } => {
            say!("The key ring that is here opens it, and all of its {sealed} sealed values.")?;
            if *deleted_again > 0 {
                say!(
                    "People who had been deleted since and were in it: {deleted_again}. They are deleted again."
                )?;
            }
        }
        Opened::NoKeys(why) => {
            let keys = match manifest.header.keys.as_slice() {
                [] => String::new(),
                keys => format!(", with {}", keys.join(", ")),
            };
            say!(
                "What is sealed in it was not opened: {why}. It needs the key ring of the installation that it is of{keys}: give a copy of that with --key-file, and start with it."
            )?;
        }
        Opened::NotTried => {}
    }
    Ok(())
}

/// Opens it as the program does, which brings its schema up to date, and all that is sealed.
async fn open(
    settings: &Settings,
    manifest: &Manifest,
    to: &DatabaseUrl,
    marks: &BTreeSet<String>,
) -> Opened {
    let ring = match settings.keys() {
        Ok(ring) => ring,
        // What is said to who begins anew is wrong for who has a backup: a new key opens nothing of it.
        Err(KeyError::Missing { file }) => return Opened::NoKeys(format!("there is no key file {file}")),
        Err(why) => return Opened::NoKeys(sentence(&why)),
    };
    let names = ring.names();
    if let Some(missing) = manifest.header.keys.iter().find(|key| !names.contains(key)) {
        return Opened::NoKeys(format!("the key ring that is here has no key {missing}"));
    }
    match look_through(to, ring, marks).await {
        Ok(opened) => opened,
        Err(why) => Opened::NoKeys(sentence(&*why)),
    }
}

/// Without its last stop: another follows.
fn sentence(why: &dyn Error) -> String {
    why.to_string().trim_end_matches('.').to_owned()
}

async fn look_through(
    to: &DatabaseUrl,
    ring: KeyRing,
    marks: &BTreeSet<String>,
) -> Result<Opened, Box<dyn Error>> {
    let store = Store::open(to, Arc::new(SystemClock), ring).await?;
    let deleted_again = tombstones::obey(&store, marks).await?;
    let writing = store.write(Who::Operator).await?;
    let (sealed, damage) = store::sealed::check(&writing).await?;
    drop(writing);
    let audit = store::audit::verify(&store, &[]).await?;
    store.close().await;
    if damage.is_empty() {
        return Ok(Opened::Whole {
            sealed,
            audit_broken: audit.count,
            deleted_again,
        });
    }
    Err(format!("{} of its sealed values do not open", damage.len()).into())
}

/// Decrypts and loads a backup; it is neither kept nor forgotten yet.
pub(super) async fn loaded(from: &Path, identity: &Path, to: &DatabaseUrl) -> Result<Loaded, Box<dyn Error>> {
    let identities = identities(identity)?;
    let (pieces, lines) = mpsc::channel(WAITING);
    let (file, bar) = (from.to_owned(), progress(Some(0)));
    let unpacking = task::spawn_blocking(move || unpack(&file, &identities, &bar, &pieces));
    let loaded = load(lines, to).await;
    // What is wrong with the file itself says more than what its lines lack because of it.
    let unpacked = unpacking.await.map_err(|_| ArchiveError::Ended)?;
    if let Err(why) = unpacked {
        if let Ok(loaded) = loaded {
            loaded.forget().await?;
        }
        return Err(why.into());
    }
    loaded.map_err(|why| format!("{}: {why}", from.display()).into())
}

/// Who was deleted since, by what is beside the backup, in the data folder and in the file that was named.
fn marks(settings: &Settings, asked: &Restore, from: &Path) -> Result<BTreeSet<String>, RestoreError> {
    let cannot = |at: &Path, why| RestoreError::Read(at.display().to_string(), why);
    let beside = from.parent().unwrap_or(Path::new("."));
    let mut marks = BTreeSet::new();
    for folder in [beside, &settings.data] {
        marks.append(&mut tombstones::in_folder(folder).map_err(|why| cannot(folder, why))?);
    }
    if let Some(file) = &asked.tombstones {
        if !file.exists() {
            return Err(cannot(file, std::io::ErrorKind::NotFound.into()));
        }
        marks.append(&mut tombstones::read(file).map_err(|why| cannot(file, why))?);
    }
    Ok(marks)
}

fn backup(from: &Path) -> Result<PathBuf, RestoreError> {
    if !from.is_dir() {
        return Ok(from.to_owned());
    }
    let name = || from.display().to_string();
    let newest = place::newest(from).map_err(|why| RestoreError::Read(name(), why))?;
    newest.ok_or_else(|| RestoreError::NoneThere(name()))
}
