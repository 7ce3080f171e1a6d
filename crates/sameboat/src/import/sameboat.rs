//! Reading a file of our own format: groups and providers.

use domain::text::Line;
use feeds::sameboat::{FileError, GroupRow, ProviderRow, Reader};
use store::imports::{Corrected, Staged, StagedProvider};

use super::files::File;
use super::{Arguments, ImportError, Row, Rows, Source};

/// The programme, which is the file's own organisation unless one is given, and the rows of both lists.
pub(super) fn open<'a>(arguments: &Arguments, files: &'a mut [File]) -> Result<Source<'a>, ImportError> {
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
    let reader = Reader::open(&mut file.feed, programme.as_ref()).map_err(|why| wrong(&file.name, why))?;
    Ok(Source {
        programme: programme
            .unwrap_or_else(|| reader.organisation.clone())
            .to_string(),
        codes: None,
        count: reader.left(),
        rows: Rows::Sameboat {
            file: &file.name,
            reader: Box::new(reader),
        },
    })
}

pub(super) fn wrong(file: &str, why: FileError) -> ImportError {
    ImportError::Sameboat {
        file: file.to_owned(),
        why,
    }
}

pub(super) fn group(row: GroupRow) -> Row {
    Row {
        file: None,
        number: row.number,
        staged: Staged {
            row: row.number,
            id: row.id,
            listing: row.listing.map_err(|why| why.to_string()),
            notes: row.notes,
            said: row.said,
            unfinished: row.unfinished,
            corrected: Corrected::default(),
        },
    }
}

pub(super) fn provider(row: ProviderRow) -> StagedProvider {
    StagedProvider {
        row: row.number,
        id: row.id,
        provider: row.provider.map_err(|why| why.to_string()),
        groups: row.groups,
        part_of: row.part_of,
        notes: row.notes,
    }
}
