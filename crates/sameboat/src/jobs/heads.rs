//! Signs where the audit's chain ends and puts that elsewhere: into a file, and once a day into a letter to the auditors.

use std::path::{Path, PathBuf};

use store::audit::{self, Filed, Head, HeadLetter};
use store::{Store, StoreError, Who, files};
use web::{Words, letters};

use super::Means;

const AUDIT: Who = Who::Job("audit");

pub(super) async fn sign(means: &Means) -> Result<String, String> {
    let store = &means.store;
    let head = head(store).await.map_err(|why| why.to_string())?;
    let (filed, file) = match &means.settings.audit_head {
        None => (Filed::No, Ok(())),
        Some(file) => match append(file.clone(), head.to_string()).await {
            Ok(()) => (Filed::Yes, Ok(())),
            Err(why) => (Filed::No, Err(cannot(file, &why))),
        },
    };
    let letters = keep(means, &head, filed).await.map_err(|why| why.to_string())?;
    file?;
    let filed = match filed {
        Filed::Yes => ", in the file",
        Filed::No => "",
    };
    Ok(format!(
        "link {} signed{filed}, {letters} letters",
        head.position()
    ))
}

async fn head(store: &Store) -> Result<Head, StoreError> {
    audit::link(store).await?;
    audit::head(&mut store.read(AUDIT).await?).await
}

async fn keep(means: &Means, head: &Head, filed: Filed) -> Result<usize, StoreError> {
    let words = Words::english();
    let subject = letters::subject(&words);
    let body = letters::head(&words, &means.site, head);
    let letter = means.site.sends_mail.then_some(HeadLetter {
        subject: &subject,
        body: &body,
    });
    let mut writing = means.store.write(AUDIT).await?;
    let letters = audit::keep(&mut writing, head, filed, letter.as_ref()).await?;
    writing.commit().await?;
    Ok(letters)
}

/// A line at the end of the file; it is on the disk when this returns. A file that is not there is made for this user only.
async fn append(file: PathBuf, line: String) -> std::io::Result<()> {
    let written = tokio::task::spawn_blocking(move || {
        use std::io::Write;
        let mut file = files::for_owner().append(true).create(true).open(file)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_all()
    });
    written.await.map_err(std::io::Error::other)?
}

fn cannot(file: &Path, why: &std::io::Error) -> String {
    format!(
        "The statement about the audit's chain could not be written to {}: {why}. Look whether it is there and writable, or choose another with --audit-head.",
        file.display()
    )
}
