//! Reading a file of our own format: groups and providers.

use domain::text::Line;
use feeds::sameboat::{self, FileError};
use store::imports::{Staged, StagedProvider};

use super::{Arguments, GroupRow, ImportError, Rows, bytes};

/// The programme, which is the file's own organisation unless one is given, and every row of both lists.
pub(super) fn read(arguments: &Arguments) -> Result<(String, Rows), ImportError> {
    let [path] = arguments.files.as_slice() else {
        return Err(ImportError::SeveralFiles);
    };
    if arguments.page.is_some() {
        return Err(ImportError::PageOfSameboat);
    }
    if !arguments.topics.is_empty() {
        return Err(ImportError::TopicOfSameboat);
    }
    let programme = arguments.programme.as_deref().map(Line::parse).transpose();
    let programme = programme.map_err(ImportError::Programme)?;
    let wrong = |file, why| ImportError::Sameboat { file, why };
    let bytes = bytes(path, |file, size| wrong(file, FileError::TooLarge(size)))?;
    let file =
        sameboat::read(&bytes, programme.as_ref()).map_err(|why| wrong(path.display().to_string(), why))?;
    let groups = file.groups.into_iter().map(|row| GroupRow {
        file: None,
        row: row.number,
        staged: Staged {
            row: row.number,
            id: row.id,
            listing: row.listing.map_err(|why| why.to_string()),
            notes: row.notes,
        },
    });
    let providers = file.providers.into_iter().map(|row| StagedProvider {
        row: row.number,
        id: row.id,
        provider: row.provider.map_err(|why| why.to_string()),
        groups: row.groups,
        part_of: row.part_of,
        notes: row.notes,
    });
    let rows = Rows {
        groups: groups.collect(),
        providers: Some(providers.collect()),
    };
    Ok((programme.unwrap_or(file.organisation).to_string(), rows))
}
