//! What every reader of a feed shares: how it is asked, what became of each row, and why a file is no feed.
//!
//! A reader is a function `rows(feed, &Reading) -> Result<Rows, FeedError>`. It goes through the feed once: what is wrong with it
//! as a whole is an error at once. After that each row is read when it is asked for, so that a large feed is never in memory.

use std::fmt;

use chrono_tz::Tz;
use domain::groups::{Listing, WebPage};
use domain::mending::Unfinished;
use domain::text::Line;

use crate::codes::Codes;
use crate::wrong::NoListing;
use crate::{Format, looks};

pub use crate::text::Bytes;

/// A larger file is refused, where the format is read as a whole: HSDS and iCalendar.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// A larger file is refused, where it is read row by row.
pub const MOST_BYTES_IN_ROWS: u64 = 1024 * 1024 * 1024;
/// A longer row is refused.
pub const MOST_ROW_BYTES: usize = 4 * 1024 * 1024;
/// A feed with more rows is refused.
pub const MOST_ROWS: usize = 1_000_000;

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
    /// Of a row that is held: what it says, field by field, without secrets. For whoever mends it.
    pub said: Vec<(String, String)>,
    /// Of a row that is held and can be mended: the facts as far as they go. Only one with an id of its own can: what is
    /// said in place of a fact must find its row again.
    pub unfinished: Option<Unfinished>,
}

impl Row {
    /// A row that was read. `said` is asked for if it is held; `named`: whether its id is its own.
    pub(crate) fn new(
        (number, id): (usize, String),
        named: Named,
        read: Result<Listing, NoListing>,
        notes: Vec<String>,
        said: impl FnOnce() -> Vec<(String, String)>,
    ) -> Self {
        let (listing, unfinished) = match read {
            Ok(listing) => (Ok(listing), None),
            Err(no) => (Err(no.held), no.unfinished),
        };
        Self {
            number,
            id,
            notes,
            said: if listing.is_err() { said() } else { Vec::new() },
            listing,
            unfinished: unfinished.filter(|_| named == Named::Itself),
        }
    }
}

/// By what a row is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// Something of its own, which the next export has too.
    Itself,
    /// Its place among the others.
    ByPlace,
}

impl Named {
    pub(crate) fn by<T>(name: Option<&T>) -> Self {
        name.map_or(Self::ByPlace, |_| Self::Itself)
    }
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
    #[error("it cannot be read: {0}.")]
    Read(String),
    #[error("the file was changed while it was read. Import it again.")]
    Changed,
    #[error("the file has {size} bytes; the most is {most}. Split it and give both files at once.")]
    TooLarge { size: u64, most: u64 },
    #[error("the feed has more than {MOST_ROWS} rows. Split it and give both files at once.")]
    TooManyRows,
    #[error(
        "the row at line {0} has more than {MOST_ROW_BYTES} bytes; a quote or a bracket may be missing. Export the feed again."
    )]
    RowTooLarge(u64),
    #[error(
        "the text is not UTF-8 (byte {0} is wrong), it may be Windows-1252; save the feed as UTF-8 (in Excel: “CSV UTF-8”)"
    )]
    NotUtf8(u64),
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

impl FeedError {
    pub(crate) fn read(error: impl fmt::Display) -> Self {
        Self::Read(error.to_string())
    }
}

/// The rows of a feed, each read when it is asked for. An error ends them: the feed is not what it was when it was looked through.
pub struct Rows<'a> {
    left: usize,
    next: Option<Next<'a>>,
}

type Next<'a> = Box<dyn FnMut() -> Result<Option<Row>, FeedError> + Send + 'a>;

impl<'a> Rows<'a> {
    /// `next` gives exactly `count` rows, and then none.
    pub(crate) fn new(
        count: usize,
        next: impl FnMut() -> Result<Option<Row>, FeedError> + Send + 'a,
    ) -> Result<Self, FeedError> {
        match count {
            0 => Err(FeedError::NoRows),
            count if count > MOST_ROWS => Err(FeedError::TooManyRows),
            left => Ok(Self {
                left,
                next: Some(Box::new(next)),
            }),
        }
    }

    /// Of a feed that is in memory as a whole.
    pub(crate) fn of(
        count: usize,
        mut rows: impl Iterator<Item = Row> + Send + 'a,
    ) -> Result<Self, FeedError> {
        Self::new(count, move || Ok(rows.next()))
    }

    /// How many are still to come.
    pub fn left(&self) -> usize {
        self.left
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, FeedError>;

    fn next(&mut self) -> Option<Self::Item> {
        let error = match (self.next.as_mut()?(), self.left) {
            (Ok(None), 0) => return None,
            (Ok(Some(row)), 1..) => {
                self.left -= 1;
                return Some(Ok(row));
            }
            (Ok(_), _) => FeedError::Changed,
            (Err(error), _) => error,
        };
        self.next = None;
        Some(Err(error))
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
