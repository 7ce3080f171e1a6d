//! Meeting Guide JSON (code4recovery/spec), as organisers' sites really write it.
//!
//! Every row becomes a listing or is held with a reason. Contacts, passcodes and join links are not kept.

mod row;
mod types;
pub(crate) mod value;

use domain::groups::{Listing, WebPage};
use domain::text::Line;
use serde_json::Value;

use chrono_tz::Tz;

/// A larger file is refused.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A feed with more rows is refused.
pub const MOST_ROWS: usize = 200_000;

/// What the feed itself does not say.
#[derive(Debug, Clone)]
pub struct Reading {
    pub programme: Line,
    /// The zone of rows that name none.
    pub zone: Tz,
    /// The programme's own page: how to come, for rows without one of their own.
    pub page: Option<WebPage>,
    /// What all groups of the programme are about.
    pub topics: Vec<Line>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Counted from 1.
    pub number: usize,
    /// Stable from one import to the next, and unique in the feed.
    pub id: String,
    pub listing: Result<Listing, Held>,
    /// What was assumed or left out.
    pub notes: Vec<String>,
}

/// Why a row is no listing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Held {
    #[error("this row is not a meeting: it is {0}, not an object")]
    NotAnObject(&'static str),
    #[error("it has no name; give it one in “name”")]
    NoName,
    #[error("its name holds only contact details, which we do not keep; give it a name")]
    NameOfSecrets,
    #[error("“day” is {0}; write 0 (Sunday) to 6 (Saturday)")]
    Day(String),
    #[error("“time” is {0}; write 19:00 or 7:00 PM")]
    Time(String),
    #[error("it has a day but no time; add “time”, or take out “day” for a meeting by appointment")]
    NoTime,
    #[error("it names no address and no online meeting; add “formatted_address”, or “conference_url”")]
    NoPlace,
    #[error(
        "nobody could find out how to come: its join link is not public and it names no page; add “url”, or import with --page"
    )]
    NoWayToCome,
    #[error("the same as row {0}")]
    SameAs(usize),
    #[error("{0}")]
    Refused(String),
}

/// Why a whole file is no feed. Nothing of it is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    #[error("the file is empty; export the feed again")]
    Empty,
    #[error("the file has {0} bytes; the most is {MOST_BYTES}. Split it and give both files at once.")]
    TooLarge(usize),
    #[error("the feed has {0} rows; the most is {MOST_ROWS}. Split it and give both files at once.")]
    TooManyRows(usize),
    #[error("the text is not UTF-8 (byte {0} is wrong); save the feed as UTF-8")]
    NotUtf8(usize),
    #[error("the text is UTF-16; save the feed as UTF-8")]
    Utf16,
    #[error(
        "this is a web page, not a feed: the address may be wrong, or the site answered with an error. Open it in a browser and look for the JSON feed."
    )]
    WebPage,
    #[error("the JSON is broken at line {line}, column {column}: {why}. Export the feed again.")]
    Json { line: usize, column: usize, why: String },
    #[error("the JSON is {0}; a Meeting Guide feed is a list of meetings")]
    NotAList(&'static str),
    #[error(
        "the feed lists no meeting at all. If that is true, nothing needs to be imported; if not, export it again."
    )]
    NoRows,
}

/// Reads a feed: every row, in order.
pub fn read(bytes: &[u8], how: &Reading) -> Result<Vec<Row>, FeedError> {
    let rows = rows(text(bytes)?)?;
    let mut reader = row::Reader::new(how);
    Ok(rows
        .iter()
        .enumerate()
        .map(|(index, value)| reader.row(index + 1, value))
        .collect())
}

/// The text of a feed, whatever its format.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, FeedError> {
    if bytes.len() > MOST_BYTES {
        return Err(FeedError::TooLarge(bytes.len()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FeedError::Utf16);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| FeedError::NotUtf8(error.valid_up_to() + 1))?
        .trim();
    match text.chars().next() {
        None => Err(FeedError::Empty),
        Some('<') => Err(FeedError::WebPage),
        Some(_) => Ok(text),
    }
}

fn rows(text: &str) -> Result<Vec<Value>, FeedError> {
    let rows = match serde_json::from_str(text).map_err(broken)? {
        Value::Array(rows) => rows,
        Value::Object(mut wrapper) => match wrapper.remove("meetings") {
            Some(Value::Array(rows)) => rows,
            _ => return Err(FeedError::NotAList("an object")),
        },
        other => return Err(FeedError::NotAList(value::kind(&other))),
    };
    match rows.len() {
        0 => Err(FeedError::NoRows),
        count if count > MOST_ROWS => Err(FeedError::TooManyRows(count)),
        _ => Ok(rows),
    }
}

/// JSON that cannot be read, and where it breaks.
pub(crate) fn broken(error: serde_json::Error) -> FeedError {
    let said = error.to_string();
    let why = said.split(" at line ").next().unwrap_or_default().to_owned();
    FeedError::Json {
        line: error.line(),
        column: error.column(),
        why,
    }
}
