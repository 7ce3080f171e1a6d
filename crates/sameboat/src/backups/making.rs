//! Making backups: `sameboat backup`, the job that makes them by itself, and the one before an upgrade.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use chrono::TimeDelta;
use domain::clock::Clock;
use indicatif::ProgressBar;
use serde_json::json;
use store::backups::{self, Everything, Made, Manifest};
use store::{Store, StoreError, Who, files};

use super::archive::{ArchiveError, pack};
use super::{Output, Plan, place, progress, recipients, size};
use crate::clock::SystemClock;
use crate::printing::{self, say};
use crate::settings::Settings;

const JOB: Who = Who::Job("backups");

/// If nothing was done since the last one, the next is made after this time.
const AT_LEAST_EVERY: TimeDelta = TimeDelta::days(1);

pub(crate) struct Arguments {
    pub to: Option<PathBuf>,
    pub recipients: Vec<String>,
    pub output: Output,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    #[error("say where to write it: --to FOLDER, or --backup-to in the settings")]
    NoPlace,
    #[error(
        "say for whom to encrypt it: --recipient age1…, or --backup-recipient in the settings. `sameboat backup keygen` makes a pair of keys."
    )]
    NobodyToRead,
    #[error("--recipient: {0}")]
    Recipient(String),
    #[error("{file} cannot be written: {why}")]
    Keys { file: String, why: std::io::Error },
    #[error("the public key cannot be printed: {0}")]
    Print(#[from] std::io::Error),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// Where a backup goes: into a folder under a name of its own, or to this file.
enum Place {
    Folder(PathBuf),
    File(PathBuf),
}

/// `sameboat backup`.
pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let plan = settings.backups.as_ref();
    let place = match (&arguments.to, plan) {
        (Some(path), _) if is_folder(path) => Place::Folder(path.clone()),
        (Some(path), _) => Place::File(path.clone()),
        (None, Some(plan)) => Place::Folder(plan.folder.clone()),
        (None, None) => return Err(BackupError::NoPlace.into()),
    };
    let given = recipients(&arguments.recipients.join(",")).map_err(BackupError::Recipient)?;
    let readers = if given.is_empty() {
        settings.backup_recipients.clone()
    } else {
        given
    };
    if readers.is_empty() {
        return Err(BackupError::NobodyToRead.into());
    }
    let all = Everything::open(&settings.database, Arc::new(SystemClock)).await?;
    let (file, made, manifest) = make(&all, &place, &readers, progress(None)).await?;
    // An earlier schema has no place to write it down, and without the keys the audit takes no row.
    if manifest.is_of_this_version()
        && let Err(why) = write_down(settings, &made, &manifest).await
    {
        eprintln!("It is made, but not written down in the database, where the admin would see it: {why}");
    }
    let seconds = begun.elapsed().as_secs_f64();
    match arguments.output {
        Output::Json => {
            let said = json!({
                "file": file, "bytes": made.bytes, "sha256": made.sha256, "seconds": seconds, "manifest": manifest,
            });
            say!("{}", serde_json::to_string_pretty(&said)?)?;
        }
        Output::Words => tell(&file, &made, &manifest, &readers, seconds)?,
    }
    Ok(())
}

async fn write_down(settings: &Settings, made: &Made, manifest: &Manifest) -> Result<(), Box<dyn Error>> {
    let store = settings.open().await?;
    let recorded = record(&store, Who::Operator, made, manifest).await;
    store.close().await;
    Ok(recorded?)
}

fn tell(
    file: &Path,
    made: &Made,
    manifest: &Manifest,
    readers: &[Recipient],
    seconds: f64,
) -> std::io::Result<()> {
    say!(
        "{}: {} rows of {} tables, {}, in {seconds:.1} s.",
        file.display(),
        manifest.rows(),
        manifest.tables.len(),
        size(made.bytes)
    )?;
    for other in &manifest.left_out {
        say!("The table “{other}” is none of Sameboat's, so it is not in it.")?;
    }
    let readers: Vec<_> = readers.iter().map(ToString::to_string).collect();
    say!(
        "Only the identity of {} opens it. See whether it does:\n\n    sameboat restore --drill --from {} --identity FILE\n",
        readers.join(" or "),
        file.display()
    )?;
    say!("The key ring (--key-file) is not in it: keep a copy of that too, apart from the backups.")
}

/// `sameboat backup keygen`: a pair of keys, as `age-keygen` writes it.
pub(crate) fn keygen(out: Option<&Path>) -> Result<(), BackupError> {
    let identity = Identity::generate();
    let recipient = identity.to_public();
    let text = format!(
        "# created: {}\n# public key: {recipient}\n{}\n",
        SystemClock.now().to_rfc3339(),
        identity.to_string().expose_secret()
    );
    let Some(file) = out else {
        printing::all(text.as_bytes())?;
        eprintln!(
            "\nGive the public key to --backup-recipient. Keep the rest, the identity, off this machine and in two places: without it no backup can be read."
        );
        return Ok(());
    };
    let cannot = |why| BackupError::Keys {
        file: file.display().to_string(),
        why,
    };
    let opened = files::for_owner().write(true).create_new(true).open(file);
    let mut written = opened.map_err(cannot)?;
    written
        .write_all(text.as_bytes())
        .and_then(|()| written.sync_all())
        .map_err(cannot)?;
    say!("{recipient}")?;
    eprintln!(
        "\nThis is the public key, for --backup-recipient. {} is the identity: move it off this machine and keep it in two places; without it no backup can be read.",
        file.display()
    );
    Ok(())
}

/// The job: makes a backup if something was done since the last, or that is a day ago, and takes away what is needless then.
pub(crate) async fn scheduled(store: &Store, plan: Option<&Plan>) -> Result<String, String> {
    let Some(plan) = plan else {
        return Ok("Not made: none is set up (--backup-to).".to_owned());
    };
    let last = last(store).await.map_err(|why| why.to_string())?;
    if let Some(last) = last.filter(|last| plan.folder.join(&last.name).exists())
        && last.is_current
        && last.age < AT_LEAST_EVERY
    {
        return Ok("Nothing was done since the last one.".to_owned());
    }
    let place = Place::Folder(plan.folder.clone());
    let all = store.everything(&JOB).map_err(|why| why.to_string())?;
    let made = make(&all, &place, &plan.recipients, ProgressBar::hidden()).await;
    let (_, made, manifest) = made.map_err(|why| why.to_string())?;
    record(store, JOB, &made, &manifest)
        .await
        .map_err(|why| why.to_string())?;
    let told = format!("{} rows, {}", manifest.rows(), size(made.bytes));
    match prune(store, plan, &manifest.header.short()).await {
        Ok(0) => Ok(told),
        Ok(gone) => Ok(format!("{told}; {gone} older ones taken away")),
        Err(why) => Err(format!(
            "made ({told}), but older ones could not be taken away: {why}"
        )),
    }
}

async fn last(store: &Store) -> Result<Option<backups::Backup>, StoreError> {
    backups::newest_by_us(&mut store.read(JOB).await?).await
}

async fn prune(store: &Store, plan: &Plan, whose: &str) -> Result<usize, Box<dyn Error + Send + Sync>> {
    let (folder, whose) = (plan.folder.clone(), whose.to_owned());
    let gone = tokio::task::spawn_blocking(move || place::prune(&folder, &whose)).await??;
    if !gone.is_empty() {
        let mut writing = store.write(JOB).await?;
        backups::forget(&mut writing, &gone).await?;
        writing.commit().await?;
    }
    Ok(gone.len())
}

/// Before rows in PostgreSQL are upgraded: what SQLite has beside its file.
pub(crate) async fn before_upgrade(all: &Everything, plan: Option<&Plan>) -> Result<(), String> {
    let Some(plan) = plan else {
        tracing::warn!(
            "the schema is upgraded without a backup by Sameboat: none is set up (--backup-to, --backup-recipient)"
        );
        return Ok(());
    };
    let place = Place::Folder(plan.folder.clone());
    let made = make(all, &place, &plan.recipients, ProgressBar::hidden()).await;
    let (file, ..) = made.map_err(|why| why.to_string())?;
    tracing::info!(file = %file.display(), "made a backup before the upgrade");
    Ok(())
}

async fn record(store: &Store, who: Who, made: &Made, manifest: &Manifest) -> Result<(), StoreError> {
    let mut writing = store.write(who).await?;
    backups::record(&mut writing, made, manifest).await?;
    writing.commit().await
}

async fn make(
    all: &Everything,
    place: &Place,
    readers: &[Recipient],
    bar: ProgressBar,
) -> Result<(PathBuf, Made, Manifest), ArchiveError> {
    let folder = match place {
        Place::Folder(folder) => folder.as_path(),
        Place::File(file) => files::folder(file),
    };
    if let Place::File(file) = place
        && file.exists()
    {
        return Err(ArchiveError::Exists(file.display().to_string()));
    }
    files::private_folders(folder).map_err(|why| ArchiveError::Write {
        file: folder.display().to_string(),
        why,
    })?;
    let (packed, manifest) = pack(all, folder, readers.to_vec(), bar).await?;
    let file = match place {
        Place::Folder(folder) => folder.join(place::name(&manifest.header.short(), manifest.header.made_at)),
        Place::File(file) => file.clone(),
    };
    let made = Made {
        name: file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        bytes: packed.bytes,
        sha256: packed.sha256.clone(),
    };
    packed.keep(&file)?;
    Ok((file, made, manifest))
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/')
}
