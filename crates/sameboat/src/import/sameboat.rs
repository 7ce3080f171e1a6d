//! Reading a file of our own format: groups and providers.

use domain::text::Line;
use feeds::sameboat;
use store::imports::{Staged, StagedProvider};

use super::files::File;
use super::{Arguments, GroupRow, ImportError, Source};

/// The programme, which is the file's own organisation unless one is given, and every row of both lists.
pub(super) fn read(arguments: &Arguments, files: &[File]) -> Result<Source<'static>, ImportError> {
    let [file] = files else {
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
    let read = sameboat::read(&file.bytes, programme.as_ref());
    let file = read.map_err(|why| ImportError::Sameboat {
        file: file.name.clone(),
        why,
    })?;
    let count = file.groups.len();
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
    Ok(Source {
        programme: programme.unwrap_or(file.organisation).to_string(),
        count,
        groups: Box::new(groups),
        providers: Some(providers.collect()),
    })
}
