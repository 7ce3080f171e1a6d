//! Our own format: every fact of listings and providers, and which provider leads which group.
//!
//! ```json
//! {"sameboat":1,"organisation":"…",
//!  "groups":[{"id":"…", …a listing's own fields…}],
//!  "providers":[{"id":"…", …a provider's own fields…,"groups":["ids of groups"],"part_of":"id of a provider"}]}
//! ```
//! `docs/formats/sameboat.schema.json` says it field by field. What a row says and we would not keep holds the row: a
//! slip of the pen is told, not lost. A file cannot say that its groups are this organisation's own.

mod mending;
mod read;
mod row;
mod scrubbed;
mod write;

pub use read::{Reader, read};
pub use write::{GroupOut, ProviderOut, write};

use domain::groups::Listing;
use domain::mending::Unfinished;
use domain::providers::Provider;
use domain::text::{Line, TextError};

use crate::reading::FeedError;
pub use crate::reading::{MOST_BYTES_IN_ROWS, MOST_ROWS};

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
    /// Of a row that is held: what it says, field by field, without secrets.
    pub said: Vec<(String, String)>,
    /// Of a row that is held and has an id of its own: the facts as far as they go.
    pub unfinished: Option<Unfinished>,
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
    #[error("this row cannot be read: {0}; correct it")]
    Broken(String),
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
    /// The path of a field.
    #[error("“{0}” is missing; add it")]
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
    Feed(FeedError),
    #[error("the file has {0} bytes; the most is {MOST_BYTES_IN_ROWS}. Take out what is old.")]
    TooLarge(u64),
    #[error("the file has more than {MOST_ROWS} rows. Take out what is old.")]
    TooManyRows,
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

impl From<FeedError> for FileError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::TooLarge { size, .. } => Self::TooLarge(size),
            FeedError::TooManyRows => Self::TooManyRows,
            other => Self::Feed(other),
        }
    }
}

fn named(fields: &[String]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| format!("“{field}”")).collect();
    fields.join(", ")
}
