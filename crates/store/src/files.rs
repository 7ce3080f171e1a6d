//! Files and folders that are for this user only.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the file, and its folder, for this user only before anyone else opens it: the WAL of a SQLite file and every copy take the
/// same rights.
pub(crate) fn private(path: &Path) -> io::Result<()> {
    private_folder(path)?;
    let file = for_owner().append(true).create(true).open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    Ok(())
}

/// To open files that are, where they are made by it, for this user only.
pub fn for_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The folder of a file; made, if it is not there, for this user only.
pub fn private_folder(file: &Path) -> io::Result<&Path> {
    let folder = folder(file);
    private_folders(folder)?;
    Ok(folder)
}

/// Makes a folder that is not there, and those above it, for this user only.
pub fn private_folders(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Waits until the name of a file is on the disk, not only what is in it.
pub fn sync_name(file: &Path) -> io::Result<()> {
    // Only Unix opens folders.
    if cfg!(unix) {
        File::open(folder(file))?.sync_all()?;
    }
    Ok(())
}

/// Where a file is: of a name alone, here.
pub fn folder(file: &Path) -> &Path {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
