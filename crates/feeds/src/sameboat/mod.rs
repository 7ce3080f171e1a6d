//! Our own format: every fact of listings and providers, and which provider leads which group.
//!
//! ```json
//! {"sameboat":1,"organisation":"…",
//!  "groups":[{"id":"…", …a listing's own fields…}],
//!  "providers":[{"id":"…", …a provider's own fields…,"groups":["ids of groups"],"part_of":"id of a provider"}]}
//! ```
//! `docs/formats/sameboat.schema.json` says it field by field. What a row says and we would not keep holds the row: a
//! slip of the pen is told, not lost. A file cannot say that its groups are this organisation's own.

mod row;
mod scrubbed;
mod write;

pub use write::{GroupOut, ProviderOut, write};

use std::collections::HashMap;

use domain::groups::Listing;
use domain::providers::{Provider, ProviderKind};
use domain::text::{Line, TextError};
use serde_json::{Map, Value};

use crate::reading::{self, FeedError};
pub use crate::reading::{MOST_BYTES, MOST_ROWS};
use crate::value;
use row::Ids;

/// The version of the format that this program reads and writes.
pub const VERSION: u64 = 1;

/// A file, every row of both lists in order.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Whose file it is.
    pub organisation: Line,
    pub groups: Vec<GroupRow>,
    pub providers: Vec<ProviderRow>,
}

/// What became of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// Counted from 1.
    pub number: usize,
    pub id: String,
    pub listing: Result<Listing, Held>,
    /// What was left out.
    pub notes: Vec<String>,
}

/// What became of one provider.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderRow {
    /// Counted from 1.
    pub number: usize,
    pub id: String,
    pub provider: Result<Provider, Held>,
    /// Ids of groups of this file that are listings.
    pub groups: Vec<String>,
    /// The id of an organisation of this file.
    pub part_of: Option<String>,
    /// What was left out.
    pub notes: Vec<String>,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Held {
    #[error("this row is {0}, not an object; write it as {{\"id\": …}}")]
    NotAnObject(&'static str),
    #[error("it has no “id”; give it one of its own that stays the same from file to file")]
    NoId,
    #[error("its “id” {0}; give it a short one of its own")]
    Id(TextError),
    #[error("its “id” is also that of row {0}; give each row one of its own")]
    SameId(usize),
    #[error("{} is not known; correct the name or take it out", named(.0))]
    Unknown(Vec<String>),
    #[error("“{field}”: {why}; correct it")]
    Wrong { field: String, why: String },
    #[error("{0}; add it")]
    Missing(String),
    #[error("“{0}” holds only contact details, which we do not keep; write something else")]
    OnlySecrets(&'static str),
    #[error("“{0}” is a join link, which we do not keep; give the page that says how to come")]
    JoinLink(&'static str),
    #[error("{0}")]
    Refused(String),
}

/// Why a whole file cannot be read. Nothing of it is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error("the file has {0} bytes; the most is {MOST_BYTES}. Take out what is old.")]
    TooLarge(usize),
    #[error("the file has {0} rows; the most is {MOST_ROWS}. Take out what is old.")]
    TooManyRows(usize),
    #[error(
        "this is no sameboat file: it does not begin with {{\"sameboat\": 1, …}}. Choose another format with --as."
    )]
    NotSameboat,
    #[error(
        "the file is of version {0} of the format, and this program reads version {VERSION}. Install a newer program."
    )]
    Version(u64),
    #[error("“organisation” is missing or no text: write the name of who publishes the file.")]
    Organisation,
    #[error("“organisation” {0}.")]
    OrganisationName(TextError),
    #[error("“{0}” is no list; write [ … ].")]
    NotAList(&'static str),
    #[error("“{0}” is not known; a file has “organisation”, “groups” and “providers”. Correct the name.")]
    UnknownList(String),
    #[error(
        "the file lists no group and no provider. If that is true, nothing needs to be imported; if not, export it again."
    )]
    NoRows,
}

fn named(fields: &[String]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| format!("“{field}”")).collect();
    fields.join(", ")
}

/// Reads a file. Its rows are listed as from `programme`; without one, as from the file's own organisation.
pub fn read(bytes: &[u8], programme: Option<&Line>) -> Result<File, FileError> {
    let mut file = object(bytes)?;
    let organisation = match file.remove("organisation") {
        Some(Value::String(name)) => Line::parse(&name).map_err(FileError::OrganisationName)?,
        _ => return Err(FileError::Organisation),
    };
    let (groups, providers) = (list(&mut file, "groups")?, list(&mut file, "providers")?);
    file.remove("$schema");
    if let Some(name) = file.keys().next() {
        return Err(FileError::UnknownList(name.clone()));
    }
    match groups.len() + providers.len() {
        0 => return Err(FileError::NoRows),
        count if count > MOST_ROWS => return Err(FileError::TooManyRows(count)),
        _ => {}
    }
    let programme = programme.unwrap_or(&organisation);
    let mut ids = Ids::default();
    let groups: Vec<_> = groups
        .into_iter()
        .enumerate()
        .map(|(index, value)| row::group(index + 1, value, programme, &mut ids))
        .collect();
    let mut ids = Ids::default();
    let mut providers: Vec<_> = providers
        .into_iter()
        .enumerate()
        .map(|(index, value)| row::provider(index + 1, value, programme, &mut ids))
        .collect();
    link(&groups, &mut providers);
    Ok(File {
        organisation,
        groups,
        providers,
    })
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, FileError> {
    if bytes.len() > MOST_BYTES {
        return Err(FileError::TooLarge(bytes.len()));
    }
    let text = reading::text(bytes)?;
    let Value::Object(mut file) = serde_json::from_str(text).map_err(reading::broken)? else {
        return Err(FileError::NotSameboat);
    };
    match file.remove("sameboat").as_ref().and_then(Value::as_u64) {
        Some(VERSION) => Ok(file),
        Some(other) => Err(FileError::Version(other)),
        None => Err(FileError::NotSameboat),
    }
}

fn list(file: &mut Map<String, Value>, name: &'static str) -> Result<Vec<Value>, FileError> {
    match file.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(rows)) => Ok(rows),
        Some(_) => Err(FileError::NotAList(name)),
    }
}

/// Takes out links to what is not there, and says so.
fn link(groups: &[GroupRow], providers: &mut [ProviderRow]) {
    let listed: HashMap<&str, bool> = groups
        .iter()
        .map(|row| (row.id.as_str(), row.listing.is_ok()))
        .collect();
    let above: HashMap<String, (Option<ProviderKind>, Option<String>)> = providers
        .iter()
        .map(|row| {
            let kind = row.provider.as_ref().ok().map(|provider| provider.kind);
            (row.id.clone(), (kind, row.part_of.clone()))
        })
        .collect();
    for row in providers {
        let notes = &mut row.notes;
        row.groups.retain(|id| {
            let why = match listed.get(id.as_str()) {
                Some(true) => return true,
                Some(false) => "is held; not linked",
                None => "is not in this file; not linked. Correct the id or take it out",
            };
            notes.push(format!("“groups”: “{id}” {why}"));
            false
        });
        row.groups.sort();
        row.groups.dedup();
        let Some(id) = &row.part_of else { continue };
        let why = match above.get(id) {
            Some((Some(ProviderKind::Organisation), _)) if !leads_back(&row.id, id, &above) => continue,
            Some((Some(ProviderKind::Organisation), _)) => "is part of this one",
            Some((Some(_), _)) => "is no organisation",
            Some((None, _)) => "is held",
            None => "is not in this file",
        };
        notes.push(format!(
            "“part_of”: “{id}” {why}; not linked. Name an organisation of this file, or take it out"
        ));
        row.part_of = None;
    }
}

/// Whether going up from `above` comes back to `id`.
fn leads_back(id: &str, above: &str, all: &HashMap<String, (Option<ProviderKind>, Option<String>)>) -> bool {
    let mut here = Some(above);
    for _ in 0..all.len() {
        match here {
            None => return false,
            Some(other) if other == id => return true,
            Some(other) => here = all.get(other).and_then(|(_, part_of)| part_of.as_deref()),
        }
    }
    // A circle further up, which those in it are told of.
    false
}
