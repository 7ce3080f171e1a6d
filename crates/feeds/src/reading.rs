//! What every reader of a feed shares: how it is asked, what became of each row, and why a file is no feed.
//!
//! A reader is a function `rows(bytes, &Reading) -> Result<Rows, FeedError>`. What is wrong with a file as a whole is an error
//! at once; after that each row is read when it is asked for, so that a large feed is never in memory as listings.

use std::collections::HashMap;

use chrono_tz::Tz;
use domain::groups::{Listing, WebPage};
use domain::text::Line;
use serde_json::value::RawValue;

use crate::meaning::Codes;
use crate::{Format, looks};

/// A larger file is refused.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A feed with more rows is refused.
pub const MOST_ROWS: usize = 200_000;

/// What the feed itself does not say.
#[derive(Debug, Clone)]
pub struct Reading {
    pub programme: Line,
    /// The zone of rows that name none; without one, such rows are held.
    pub zone: Option<Tz>,
    /// The programme's own page: how to come, for rows without one of their own.
    pub page: Option<WebPage>,
    /// What all groups of the programme are about.
    pub topics: Vec<Line>,
    /// Whose type codes the feed uses.
    pub codes: Codes,
}

impl Reading {
    /// Of this programme, in the codes that go with its name; nothing else is known.
    pub fn new(programme: Line) -> Self {
        Self {
            codes: Codes::of(programme.as_str()),
            programme,
            zone: None,
            page: None,
            topics: Vec::new(),
        }
    }
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
    #[error("this row cannot be read: {0}")]
    Broken(String),
    #[error("it has no name; give it one in “name”")]
    NoName,
    #[error("its name holds only contact details, which we do not keep; give it a name")]
    NameOfSecrets,
    #[error("“day” is {0}; write 0 (Sunday) to 6 (Saturday), or a name")]
    Day(String),
    #[error("“time” is {0}; write 19:00 or 7:00 PM")]
    Time(String),
    #[error("it has a day but no time; add “time”, or take out “day” for a meeting by appointment")]
    NoTime,
    #[error("no time zone: add --zone America/New_York, or whichever it is")]
    NoZone,
    #[error("it names no address and no online meeting; add {0}")]
    NoPlace(&'static str),
    #[error(
        "nobody could find out how to come: its join link is not public and it names no page; add “url”, or import with --page"
    )]
    NoWayToCome,
    #[error("the same as row {0}")]
    SameAs(usize),
    #[error("the organiser does not publish it")]
    NotPublished,
    #[error("no times at which people meet are given, so it is no group; add a schedule")]
    NoSchedule,
    #[error("when it meets cannot be said here: {0}")]
    Rule(String),
    #[error("it is {0}")]
    NotNow(&'static str),
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
    #[error(
        "the text is not UTF-8 (byte {0} is wrong), it may be Windows-1252; save the feed as UTF-8 (in Excel: “CSV UTF-8”)"
    )]
    NotUtf8(usize),
    #[error("the text is UTF-16; save the feed as UTF-8")]
    Utf16,
    #[error(
        "this is a web page, not a feed: the address may be wrong, or the site answered with an error. Open it in a browser and look for the JSON feed."
    )]
    WebPage,
    #[error("the JSON is broken at line {line}, column {column}: {why}. Export the feed again.")]
    Json { line: usize, column: usize, why: String },
    #[error("the JSON is {0}; a feed is a list of meetings")]
    NotAList(&'static str),
    #[error(
        "the feed lists no meeting at all. If that is true, nothing needs to be imported; if not, export it again."
    )]
    NoRows,
    #[error(
        "the table has no column “{0}”. Its first row names the columns: name it there, or export it again."
    )]
    NoColumn(&'static str),
    #[error("the table is broken at line {line}: {why}. Export it again.")]
    Table { line: u64, why: String },
    #[error(
        "there are formats or service bodies, but no search results. Give the file of GetSearchResults as well."
    )]
    NoResults,
    #[error(
        "the calendar is broken at line {0}: a line is “NAME:value”, and each BEGIN has its END. Export it again."
    )]
    Calendar(usize),
    #[error("this is {asked} by --as, but it looks like {looks}. Write --as {looks}, or leave --as out.")]
    OtherFormat { asked: Format, looks: Format },
    #[error(
        "this looks like none of the formats that can be read: {}. Say which with --as.",
        looks::names()
    )]
    Unknown,
}

/// The rows of a feed, each read when it is asked for.
pub struct Rows<'a> {
    left: usize,
    rows: Box<dyn Iterator<Item = Row> + Send + 'a>,
}

impl<'a> Rows<'a> {
    /// `rows` gives exactly `count` of them.
    pub(crate) fn new(count: usize, rows: impl Iterator<Item = Row> + Send + 'a) -> Result<Self, FeedError> {
        match count {
            0 => Err(FeedError::NoRows),
            count if count > MOST_ROWS => Err(FeedError::TooManyRows(count)),
            left => Ok(Self {
                left,
                rows: Box::new(rows),
            }),
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.left = self.left.saturating_sub(1);
        self.rows.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Rows<'_> {}

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

/// The rows of a JSON list, not yet read; or of the list that an object holds under the first of these names it has.
pub(crate) fn list<'a>(text: &'a str, within: &[&str]) -> Result<Vec<&'a RawValue>, FeedError> {
    match text.chars().next() {
        Some('[') => serde_json::from_str(text).map_err(broken),
        Some('{') => {
            let object: HashMap<String, &RawValue> = serde_json::from_str(text).map_err(broken)?;
            let found = within.iter().find_map(|name| object.get(*name));
            match found {
                Some(rows) if rows.get().starts_with('[') => serde_json::from_str(rows.get()).map_err(broken),
                _ => Err(FeedError::NotAList("an object")),
            }
        }
        _ => {
            let value: serde_json::Value = serde_json::from_str(text).map_err(broken)?;
            Err(FeedError::NotAList(crate::value::kind(&value)))
        }
    }
}

/// JSON that cannot be read, and where it breaks.
pub(crate) fn broken(error: serde_json::Error) -> FeedError {
    FeedError::Json {
        line: error.line(),
        column: error.column(),
        why: why(&error),
    }
}

/// Why, without where.
pub(crate) fn why(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The ids of a feed so far, each with its row and what the row said.
#[derive(Default)]
pub(crate) struct Ids<'a>(HashMap<String, (usize, &'a str)>);

/// The longest id that is kept.
const MOST_ID: usize = 200;

impl<'a> Ids<'a> {
    /// A unique id from what the row calls itself; and the row it repeats to the letter, if it does. `apart` tells rows of one
    /// name from each other; `said` is the row as it stands in the feed.
    pub(crate) fn take(
        &mut self,
        number: usize,
        named: Option<String>,
        apart: impl FnOnce() -> String,
        said: &'a str,
    ) -> (String, Option<usize>) {
        let base: String = named.unwrap_or_else(|| format!("row-{number}"));
        let base: String = base.chars().take(MOST_ID).collect();
        let first = self.0.get(&base);
        let same = first.filter(|(_, first)| *first == said).map(|(row, _)| *row);
        let stem = match first {
            Some(_) => format!("{base}-{}", apart()),
            None => base,
        };
        let mut id = stem.clone();
        for n in 2.. {
            if !self.0.contains_key(&id) {
                break;
            }
            id = format!("{stem}-{n}");
        }
        self.0.insert(id.clone(), (number, said));
        (id, same)
    }
}
