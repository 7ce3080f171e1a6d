//! `sameboat restore`: a database made of a backup, or only a trial of it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;
use store::backups::{Loaded, Manifest, load};
use store::{DatabaseUrl, Key};
use tokio::sync::mpsc;
use tokio::task;

use super::archive::{ArchiveError, identities, unpack};
use super::{Output, place, progress};
use crate::settings::Settings;

const WAITING: usize = 4;

pub(crate) struct Restore {
    /// A backup, or a folder of which the newest is taken.
    pub from: PathBuf,
    pub to: Option<String>,
    pub identity: PathBuf,
    pub drill: bool,
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
}

/// Which key a backup goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum ServerKey {
    Fits,
    Other,
    Missing,
}

pub(crate) async fn restore(settings: &Settings, asked: &Restore) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let from = backup(&asked.from)?;
    // Decrypted rows are in it for a while: it is in a folder for this user only, and gone afterwards.
    let scratch = tempfile::tempdir()?;
    let to = match &asked.to {
        Some(to) => DatabaseUrl::parse(to)?,
        None if asked.drill => DatabaseUrl::Sqlite(scratch.path().join("drill.db")),
        None => return Err(RestoreError::NoTarget.into()),
    };
    let loaded = loaded(&from, &asked.identity, &to).await?;
    let manifest = loaded.manifest.clone();
    if asked.drill {
        loaded.forget().await?;
    } else {
        loaded.keep().await?;
    }
    scratch.close()?;
    let seconds = begun.elapsed().as_secs_f64();
    let key = server_key(settings, &manifest);
    if asked.output == Output::Json {
        let said = json!({
            "from": from, "to": to.to_string(), "drill": asked.drill, "seconds": seconds, "server_key": key, "manifest": manifest,
        });
        println!("{}", serde_json::to_string_pretty(&said)?);
        return Ok(());
    }
    println!(
        "{}: made {}, schema {}, {} rows in {} tables and {} rows of audit; each table is what was saved, in {seconds:.1} s.",
        from.display(),
        manifest.header.made_at.format("%F %T UTC"),
        manifest.header.schema.last().map_or("", String::as_str),
        manifest.rows(),
        manifest.tables.len(),
        manifest.audit.rows,
    );
    if asked.drill {
        println!("This was a trial: nothing of it is left.");
    } else {
        println!("It is in {to}. Start with --database {to}.");
    }
    let file = settings.key_file.display();
    match key {
        ServerKey::Fits => println!("The server's key in {file} is the one that goes with it."),
        ServerKey::Other => println!(
            "The server's key in {file} is another one. Put the key of that installation there before you start: without it nobody's codes work, and the audit cannot be checked."
        ),
        ServerKey::Missing => println!(
            "There is no server's key in {file}. Put the key of that installation there before you start, or a new one is made: without the old one nobody's codes work, and the audit cannot be checked."
        ),
    }
    Ok(())
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

fn backup(from: &Path) -> Result<PathBuf, RestoreError> {
    if !from.is_dir() {
        return Ok(from.to_owned());
    }
    let name = || from.display().to_string();
    let newest = place::newest(from).map_err(|why| RestoreError::Read(name(), why))?;
    newest.ok_or_else(|| RestoreError::NoneThere(name()))
}

fn server_key(settings: &Settings, manifest: &Manifest) -> ServerKey {
    if !settings.key_file.exists() {
        return ServerKey::Missing;
    }
    match Key::read_or_create(&settings.key_file) {
        Ok(key) if key.fingerprint() == manifest.header.key => ServerKey::Fits,
        _ => ServerKey::Other,
    }
}
