//! The content the program runs with: what is part of it, and the organisation's own files over that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use content::{Content, Files, Slips};

use crate::settings::Settings;

/// The largest file of content; a larger one is none of ours.
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ContentError {
    #[error("{path} cannot be read: {why}. Name another folder with --content, or give it to this user.")]
    Read { path: PathBuf, why: std::io::Error },
    #[error(
        "{path} is not text in UTF-8, or larger than 1 MB. Save it as UTF-8 text, or take it out of the folder."
    )]
    Text { path: PathBuf },
    #[error("{0}")]
    Slips(#[from] Slips),
    #[error("--country is “{country}”, which help.toml does not have. It has {}. Choose one, or add yours in a folder named with --content.", .there.join(", "))]
    Country { country: String, there: Vec<String> },
}

/// Reads and checks all of it; a slip anywhere is an error.
pub(crate) fn read(settings: &Settings) -> Result<Arc<Content>, ContentError> {
    let mut files = Files::bundled();
    if let Some(folder) = &settings.content {
        overlay(folder, folder, &mut files)?;
    }
    let mut content = Content::read(&files)?;
    if content.help.country(&settings.country).is_none() {
        return Err(ContentError::Country {
            country: settings.country.clone(),
            there: content
                .help
                .countries
                .into_iter()
                .map(|country| country.code)
                .collect(),
        });
    }
    content.help.put_own(
        &settings.country,
        settings.crisis_line.clone(),
        settings.emergency.clone(),
        settings.today(),
    );
    Ok(Arc::new(content))
}

/// Each file takes the place of the bundled one with its path, or stands beside the others.
fn overlay(root: &Path, folder: &Path, files: &mut Files) -> Result<(), ContentError> {
    let unread = |path: &Path| {
        let path = path.to_owned();
        move |why| ContentError::Read { path, why }
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unread(folder))? {
        paths.push(entry.map_err(unread(folder))?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            overlay(root, &path, files)?;
            continue;
        }
        let ours = path
            .extension()
            .is_some_and(|ending| ["toml", "md", "json"].iter().any(|known| ending == *known));
        if !ours {
            continue;
        }
        let size = std::fs::metadata(&path).map_err(unread(&path))?.len();
        let bytes = std::fs::read(&path).map_err(unread(&path))?;
        let text = String::from_utf8(bytes).ok().filter(|_| size <= MOST_BYTES);
        let Some(text) = text else {
            return Err(ContentError::Text { path });
        };
        let inside = path.strip_prefix(root).unwrap_or(&path);
        files.put(inside.to_string_lossy().replace('\\', "/"), text);
    }
    Ok(())
}
