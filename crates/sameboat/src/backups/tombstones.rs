//! Who was deleted, in a file beside the backups and in the data folder: one mark a line, and nothing of anybody. A backup from before
//! that is restored, in whatever way, deletes them again.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use store::retention::{self, MARK_LENGTH};
use store::{Store, StoreError, Who};

use crate::settings::Settings;

/// Backups have other names, so nothing that prunes them takes it away.
const NAME: &str = "tombstones.txt";

const OBEYING: Who = Who::Operator;

/// The marks of a file; none if there is no file. What is no mark is passed over: a damaged line must not keep the others from
/// being obeyed.
pub(super) fn read(file: &Path) -> io::Result<BTreeSet<String>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(why) => return Err(why),
    };
    let is_mark =
        |line: &&str| line.len() == MARK_LENGTH && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok(text
        .lines()
        .map(str::trim)
        .filter(is_mark)
        .map(str::to_ascii_lowercase)
        .collect())
}

/// The marks that are in a folder.
pub(super) fn in_folder(folder: &Path) -> io::Result<BTreeSet<String>> {
    read(&folder.join(NAME))
}

/// Adds the marks that a folder does not have; how many. Those that are there stay, whatever the database says now.
fn append(folder: &Path, marks: &BTreeSet<String>) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(NAME);
    let new: Vec<_> = marks.difference(&read(&file)?).cloned().collect();
    if new.is_empty() {
        return Ok(0);
    }
    let mut opened = store::files::for_owner().append(true).create(true).open(&file)?;
    // The line before may have been cut off.
    opened.write_all(format!("\n{}\n", new.join("\n")).as_bytes())?;
    opened.sync_all()?;
    Ok(new.len())
}

/// Where marks are kept.
fn folders(settings: &Settings) -> Vec<PathBuf> {
    let backups = settings.backups.as_ref().map(|plan| plan.folder.clone());
    std::iter::once(settings.data.clone()).chain(backups).collect()
}

/// The job: writes down who was deleted.
pub(crate) async fn keep(store: &Store, settings: &Settings) -> Result<String, String> {
    let marks = async {
        let mut writing = store.write(Who::Job("tombstones")).await?;
        retention::marks(&mut writing).await
    };
    let marks = marks.await.map_err(|why: StoreError| why.to_string())?;
    let mut written = 0;
    for folder in folders(settings) {
        let added = append(&folder, &marks);
        written +=
            added.map_err(|why| format!("{} cannot be written: {why}", folder.join(NAME).display()))?;
    }
    Ok(format!("{} in all, {written} written now.", marks.len()))
}

/// Adds marks to those of the data folder, for the next start to obey.
pub(super) fn put_aside(settings: &Settings, marks: &BTreeSet<String>) -> io::Result<usize> {
    append(&settings.data, marks)
}

/// Deletes again whom these marks mean; how many.
pub(super) async fn obey(store: &Store, marks: &BTreeSet<String>) -> Result<u64, StoreError> {
    let mut writing = store.write(OBEYING).await?;
    let gone = retention::obey(&mut writing, marks).await?;
    if gone > 0 {
        writing.commit().await?;
    }
    Ok(gone)
}

/// At each start: whatever way a database came here, whoever was deleted stays so. A file that cannot be read is told.
pub(crate) async fn obey_all(store: &Store, settings: &Settings) -> Result<(), StoreError> {
    let mut marks = BTreeSet::new();
    for folder in folders(settings) {
        match in_folder(&folder) {
            Ok(mut found) => marks.append(&mut found),
            Err(why) => {
                let file = folder.join(NAME);
                tracing::error!(file = %file.display(), %why, "who was deleted cannot be read there");
            }
        }
    }
    let gone = obey(store, &marks).await?;
    if gone > 0 {
        tracing::warn!(
            gone,
            "people who were deleted had come back with the database, and were deleted again"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_added_once_and_what_is_no_mark_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let mark = |digit: &str| digit.repeat(MARK_LENGTH);
        assert_eq!(in_folder(folder.path()).unwrap(), BTreeSet::new());
        let one = BTreeSet::from([mark("a")]);
        assert_eq!(append(folder.path(), &one).unwrap(), 1);
        assert_eq!(append(folder.path(), &one).unwrap(), 0);
        let file = folder.path().join(NAME);
        // A line that was cut off, as by a full disk.
        let mut text = std::fs::read_to_string(&file).unwrap();
        text.push_str("not a mark\nabc");
        std::fs::write(&file, text).unwrap();
        let two = BTreeSet::from([mark("a"), mark("b")]);
        assert_eq!(append(folder.path(), &two).unwrap(), 1);
        assert_eq!(in_folder(folder.path()).unwrap(), two);
        // What a restored database does not know stays.
        assert_eq!(append(folder.path(), &BTreeSet::new()).unwrap(), 0);
        assert_eq!(in_folder(folder.path()).unwrap(), two);
    }
}
