//! The files that are given, and which format they are in.

use std::path::Path;

use feeds::reading::{FeedError, MOST_BYTES};
use feeds::{Format, looks};

use super::{Arguments, ImportError};

pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// All files, and the format of them: as it is asked for, else as it is seen in them.
pub(super) fn read(arguments: &Arguments) -> Result<(Format, Vec<File>), ImportError> {
    let files: Vec<File> = arguments
        .files
        .iter()
        .map(|path| file(path))
        .collect::<Result<_, _>>()?;
    let mut known = arguments.format;
    for file in &files {
        let wrong = |why| ImportError::Feed {
            file: file.name.clone(),
            why,
        };
        let looks = looks(&file.bytes).map_err(wrong)?;
        match (known, looks) {
            (Some(asked), Some(looks)) if asked != looks => {
                return Err(match arguments.format {
                    Some(asked) => wrong(FeedError::OtherFormat { asked, looks }),
                    None => ImportError::Mixed {
                        file: file.name.clone(),
                        looks,
                        others: asked,
                    },
                });
            }
            (None, None) => return Err(wrong(FeedError::Unknown)),
            (known_now, looks) => known = known_now.or(looks),
        }
    }
    let format = known.ok_or(ImportError::NoProgramme)?;
    Ok((format, files))
}

/// The bytes of a file; one that is larger than any feed is not read.
fn file(path: &Path) -> Result<File, ImportError> {
    let name = path.display().to_string();
    let unreadable = |why| ImportError::Read {
        file: name.clone(),
        why,
    };
    let size = usize::try_from(std::fs::metadata(path).map_err(unreadable)?.len()).unwrap_or(usize::MAX);
    if size > MOST_BYTES {
        return Err(ImportError::Feed {
            file: name,
            why: FeedError::TooLarge(size),
        });
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    Ok(File { name, bytes })
}
