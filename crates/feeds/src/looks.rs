//! Which format a file is in, by what stands in it and never by its name.

use std::fmt;
use std::io::{BufRead, SeekFrom};

use serde_json::{Map, Value};

use crate::json::{Step, Walk};
use crate::reading::FeedError;
use crate::text::{Bytes, begins, head};

/// A format that can be read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    MeetingGuide,
    /// A table: the columns of 12 Step Meeting List, or a Meeting Guide sheet saved as CSV.
    Csv,
    Bmlt,
    Hsds,
    Ical,
    Sameboat,
}

impl Format {
    pub const ALL: [Self; 6] = [
        Self::MeetingGuide,
        Self::Csv,
        Self::Bmlt,
        Self::Hsds,
        Self::Ical,
        Self::Sameboat,
    ];

    /// As it is written after `--as`, and kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::MeetingGuide => "meeting-guide",
            Self::Csv => "csv",
            Self::Bmlt => "bmlt",
            Self::Hsds => "hsds",
            Self::Ical => "ical",
            Self::Sameboat => "sameboat",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The names of all formats.
pub(crate) fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

/// How many rows are looked at.
const LOOKED_AT: usize = 5;

/// What a file is, by its first part. None where it could be anything; an error where it is no text, or broken from the start.
pub fn looks(mut feed: impl Bytes) -> Result<Option<Format>, FeedError> {
    let head = head(&mut feed)?;
    let start: String = head.chars().take(15).collect();
    match head.chars().next() {
        _ if start.eq_ignore_ascii_case("BEGIN:VCALENDAR") => Ok(Some(Format::Ical)),
        Some('[' | '{') => {
            let from = begins(&mut feed)?;
            feed.seek(SeekFrom::Start(from)).map_err(FeedError::read)?;
            of_json(&mut Walk::new(feed))
        }
        _ => Ok(crate::tsml::is_table(&head).then_some(Format::Csv)),
    }
}

/// By the first rows of a list, or by the fields of an object up to the one that says it.
fn of_json<R: BufRead>(walk: &mut Walk<R>) -> Result<Option<Format>, FeedError> {
    let mut fields = Map::new();
    while let Some(step) = walk.next()? {
        let name = match step {
            Step::List(None) => return of_rows(walk),
            Step::List(Some(name)) => match name.as_str() {
                "meetings" => return Ok(of_rows(walk)?.or(Some(Format::MeetingGuide))),
                "contents" | "services" => return Ok(of_rows(walk)?.or(Some(Format::Hsds))),
                _ => name,
            },
            Step::Value(Some(name)) => name,
            Step::Row | Step::Value(None) => continue,
        };
        if name == "sameboat" {
            return Ok(Some(Format::Sameboat));
        }
        fields.insert(name, Value::Null);
    }
    Ok(of_row(&fields).filter(|format| *format == Format::Hsds))
}

fn of_rows<R: BufRead>(walk: &mut Walk<R>) -> Result<Option<Format>, FeedError> {
    for _ in 0..LOOKED_AT {
        if walk.next()? != Some(Step::Row) {
            break;
        }
        walk.check()?;
        if let Some(format) = walk.parse().ok().as_ref().and_then(of_row) {
            return Ok(Some(format));
        }
    }
    Ok(None)
}

fn of_row(row: &Map<String, Value>) -> Option<Format> {
    let has = |names: &[&str]| names.iter().any(|name| row.contains_key(*name));
    match () {
        () if has(&["id_bigint", "weekday_tinyint", "meeting_name", "key_string"]) => Some(Format::Bmlt),
        () if has(&["helpline"]) && has(&["parent_id", "world_id", "type"]) => Some(Format::Bmlt),
        () if has(&[
            "schedules",
            "service_at_locations",
            "organization_id",
            "assured_date",
        ]) =>
        {
            Some(Format::Hsds)
        }
        () if has(&["organization", "status"]) && has(&["name"]) && !has(&["slug", "day"]) => {
            Some(Format::Hsds)
        }
        () if has(&["slug", "day", "time", "types", "formatted_address"]) => Some(Format::MeetingGuide),
        () => None,
    }
}
